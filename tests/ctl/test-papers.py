# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of papers: filled in, drafted, issued, printed again, void, used, accepted elsewhere."""

import datetime
import json
import os
import stat
import subprocess

from station import CLOCK, WOMAN_1949, StationTest, main, only_plain, today


TRAVEL = today() + datetime.timedelta(days=3)
WOMAN_1960 = "440105196003071020"


def pdf_text(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    return "".join(text.split())


class PapersTest(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.make_station()
        cls.stay = cls.arrive("欧阳娜娜", "--set", f"person.id_number={WOMAN_1949}")

    @classmethod
    def arrive(cls, name, *words):
        arrived = cls.here.one("stay", "arrive", "--set", f"person.name={name}", "--set", "person.sex=女", "--set", "came_by=police", *words)
        cls.here.one("stay", "admit", arrived["number"])
        return arrived["number"]

    def fields_of(self, number):
        with self.here.connect() as connection:
            (text,) = connection.execute("SELECT fields FROM paper WHERE number = ? ORDER BY row DESC", (number,)).fetchone()
        return json.loads(text)

    def issue_voucher(self, *words):
        return self.here.one("paper", "issue", "train-ticket-voucher", "--stay", self.stay, "--set", "ticket.to=宜宾西",
                             "--set", f"ticket.departs_on={TRAVEL}", *words)


class FilledIn(PapersTest):
    def test_typed_fields_are_printed_and_kept(self):
        path = self.path("voucher.pdf")
        paper = self.issue_voucher("--set", "ticket.train=G2963", "--fields", json.dumps({"ticket.coach": "08"}), "--pdf", path)
        fields = self.fields_of(paper["number"])
        self.assertEqual((fields["ticket.to"], fields["ticket.departs_on"], fields["ticket.train"], fields["ticket.coach"]),
                         ("宜宾西", f"{TRAVEL.year}年{TRAVEL.month}月{TRAVEL.day}日", "G2963", "08"))
        for text in ("宜宾西", f"{TRAVEL.year}年{TRAVEL.month}月{TRAVEL.day}日", "G2963", "第一联", "第三联", paper["number"]):
            self.assertIn(text, pdf_text(path))

    def test_good_until_the_journey(self):
        """A voucher does not run out before the day of travel; the fields are typed as they are printed."""
        day = today() + datetime.timedelta(days=30)
        paper = self.here.one("paper", "issue", "train-ticket-voucher", "--stay", self.stay, "--set", "ticket.to=宜宾西", "--set", f"ticket.departs_on={day}")
        self.assertEqual(paper["expires_at"][:10], str(day))
        fields = {key: text for key, text in self.fields_of(paper["number"]).items() if key != "ledger.head" and not key.startswith("form.")}
        typed = {**fields, "paper.sequence": "第1次打印"}
        self.assertEqual(self.here.one("verify", paper["seal"], "--fields", json.dumps(typed))["fields"], "same")
        typed["paper.sequence"] = "第2次打印"
        self.assertEqual(self.here.run("verify", paper["seal"], "--fields", json.dumps(typed)).results[0]["fields"], "different")

    def test_what_is_missing_is_named(self):
        self.assert_refused(self.here, ["paper", "issue", "train-ticket-voucher", "--stay", self.stay, "--set", "ticket.to=宜宾西"],
                            2, "missing", "ticket.departs_on")
        entries = {entry["key"]: entry for entry in self.here.one("paper", "preview", "train-ticket-voucher", "--stay", self.stay)["entries"]}
        self.assertTrue(entries["ticket.departs_on"]["needed"] and entries["ticket.departs_on"]["typed"])
        self.assertNotIn("value", entries["ticket.departs_on"])
        self.assertEqual(entries["person.id_number"]["value"], "110***********002X")
        self.assertEqual((entries["person.name"]["value"], entries["person.name"]["typed"]), ("欧阳娜娜", False))
        self.assertIn("硬座", entries["ticket.seat_class"]["options"])

    def test_bad_input(self):
        words = ["paper", "issue", "train-ticket-voucher", "--stay", self.stay, "--set", "ticket.to=宜宾西"]
        for more, code, field in ((["--set", "ticket.departs_on=2026-02-30"], "impossible-date", "ticket.departs_on"),
                                  (["--set", "ticket.departs_on=2020-01-01"], "impossible-date", "ticket.departs_on"),
                                  (["--set", "ticket.price=-3"], "not-a-number", "ticket.price"),
                                  (["--set", "ticket.wings=2"], "unknown-field", "ticket.wings"),
                                  (["--fields", json.dumps({"person.name": "别人"})], "not-typed", "person.name"),
                                  (["--fields", json.dumps({"ticket.train": 3})], "wrong-type", "ticket.train")):
            with self.subTest(more=more):
                self.assert_refused(self.here, words + more, 2, code, field)

    def test_child_declares_nothing(self):
        """Who can't leave alone does not declare to leave."""
        child = self.arrive("小明", "--set", "person.birth_from=2018-05-01", "--set", "person.birth_to=2018-05-01")
        self.assert_refused(self.here, ["paper", "issue", "voluntary-leave-statement", "--stay", child], 1, "not-alone", "kind")
        self.here.one("paper", "issue", "voluntary-leave-statement", "--stay", self.stay)

    def test_no_seal_before_its_record(self):
        """A place that is no file is found out before anything is issued."""
        os.mkfifo(self.path("pipe"))
        for path in (self.path("no", "such", "folder.pdf"), self.path("pipe")):
            self.assert_refused(self.here, ["paper", "issue", "clear-card", "--stay", self.stay, "--pdf", path], 2, "unwritable", "pdf")

    def test_no_place_for_a_file(self):
        """Every verb that writes a file refuses the same places, before it does anything."""
        paper = self.here.one("paper", "issue", "clear-card", "--stay", self.stay)["number"]
        verbs = (["paper", "show", paper, "--pdf"], ["paper", "reprint", paper, "--pdf"], ["paper", "gather", paper, "--pdf"],
                 ["paper", "preview", "clear-card", "--stay", self.stay, "--pdf"], ["paper", "blank", "clear-card", "--pdf"],
                 ["station", "card"], ["bundle", "export"], ["desk", "invite"])
        for words in verbs:
            field = words[-1][2:] if words[-1] == "--pdf" else "file"
            for path in ("/dev/full", self.folder, self.path("none", "such.pdf"), self.path("loop")):
                if path == self.path("loop") and not os.path.islink(path):
                    os.symlink(path, path)
                with self.subTest(words=words, path=path):
                    self.assert_refused(self.here, [*words, path], 2, "unwritable", field)
            self.assert_refused(self.here, [*words, ""], 2, "missing", field)
        self.assertFalse(os.path.exists(self.path("none")))
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))

    def test_through_a_link(self):
        """A link stays one: the file is written where it leads, whether it is there already or not."""
        paper = self.here.one("paper", "issue", "clear-card", "--stay", self.stay)["number"]
        os.symlink("linked.pdf", self.path("link.pdf"))
        for verb in (["paper", "show", paper, "--pdf"], ["paper", "blank", "clear-card", "--pdf"], ["bundle", "export"]):
            self.here.one(*verb, self.path("link.pdf"))
            self.assertTrue(os.path.islink(self.path("link.pdf")))
            self.assertGreater(os.path.getsize(self.path("linked.pdf")), 1000)
            if verb[1] == "blank":
                os.unlink(self.path("linked.pdf"))

    def test_cash(self):
        words = ["paper", "issue", "small-cash-receipt", "--stay", self.stay, "--set", "cash.purpose=地铁票"]
        paper = self.here.one(*words, "--set", "cash.amount=12.5")
        self.assertEqual(self.fields_of(paper["number"])["cash.amount_words"], "人民币壹拾贰元伍角整")
        for amount in ("0", "-3", "1.234", "十二", "12.5元"):
            self.assert_refused(self.here, [*words, "--set", f"cash.amount={amount}"], 2, "not-a-number", "cash.amount")
        self.assert_refused(self.here, [*words, "--set", "cash.amount=20.01"], 1, "over-limit", "cash.amount")

    def test_what_a_paper_is_not_about(self):
        """Nobody gets a paper about somebody else because of an option that does not fit."""
        other = self.here.register("person.sex=女", "person.birth_from=1990-01-01")["number"]
        plan = self.here.one("transfer", "plan", other, "--set", "kind=hand-over", "--set", "to_region=511502", "--set", "to_station=宜宾市救助管理站",
                             "--set", "escorts=李明、张芳")["id"]
        issue = ["paper", "issue"]
        self.assert_refused(self.here, [*issue, "escort-log", "--stay", self.stay, "--transfer", plan], 2, "another-stay", "transfer")
        self.assert_refused(self.here, [*issue, "clear-card", "--stay", self.stay, "--transfer", plan], 2, "not-applicable", "transfer")
        self.assert_refused(self.here, [*issue, "clear-card", "--stay", self.stay, "--shift", "zzz"], 2, "not-applicable", "shift")
        self.assert_refused(self.here, [*issue, "house-list", "--stay", self.stay], 2, "not-applicable", "stay")
        self.here.one(*issue, "escort-log", "--stay", other, "--transfer", plan)

    def test_perhaps_the_wrong_form(self):
        """It is issued all the same, and told: the desk knows more than the record."""
        def kinds(kind, stay, *words):
            return [warning["kind"] for warning in self.here.one("paper", "issue", kind, "--stay", stay, *words).get("warnings", [])]
        adult = self.here.register("person.sex=女", "person.birth_from=1960-01-01")["number"]
        child = self.here.register("person.sex=女", f"person.birth_from={today().year - 12}-01-01")["number"]
        unknown = self.here.register("person.sex=女")["number"]
        self.assertEqual([kinds("guardianship-assessment", stay) for stay in (adult, child, unknown)], [["not-a-minor"], [], []])
        self.assertEqual(kinds("bed-label", adult), ["no-bed"])
        self.assertEqual(kinds("death-record", adult, "--set", "death.died_at=2026-02-03 08:00"), ["not-dead"])
        words = ("--set", "ticket.to=宜宾", "--set", f"ticket.departs_on={today()}")
        self.assertEqual(kinds("train-ticket-voucher", adult, *words), ["no-ticket-number"])
        self.here.one("person", "edit", self.here.one("stay", "show", adult)["person"]["id"], "--set", "national_number=4401050000012345678")
        self.assertEqual(kinds("train-ticket-voucher", adult, *words), [])

    def test_perhaps_the_wrong_form_of_many(self):
        """As of a single paper, told once for all of them, with the numbers of those it is about."""
        def issue(kind, *stays):
            *papers, whole = self.here.all("paper", "batch", kind, "--stays", " ".join(stays))
            return [paper["number"] for paper in papers], {warning["kind"]: warning["numbers"] for warning in whole.get("warnings", [])}

        adult = self.here.register("person.sex=女", "person.birth_from=1960-01-01")["number"]
        child = self.here.register("person.sex=女", f"person.birth_from={today().year - 12}-01-01")["number"]
        in_bed = self.here.register("person.sex=女", "person.birth_from=1970-01-01")["number"]
        self.here.one("stay", "admit", in_bed, "--bed", "A-3")
        numbers, warnings = issue("bed-label", adult, in_bed, child)
        self.assertEqual(warnings, {"no-bed": [numbers[0], numbers[2]]})
        again, warnings = issue("bed-label", in_bed, adult)
        self.assertEqual(warnings, {"no-bed": [again[1]], "issued-already": numbers[1::-1]})
        numbers, warnings = issue("guardianship-assessment", child, adult)
        self.assertEqual(warnings, {"not-a-minor": [numbers[1]]})
        single = self.here.one("paper", "issue", "bed-label", "--stay", adult)
        self.assertEqual([(warning["kind"], warning["numbers"]) for warning in single["warnings"]], [("no-bed", [single["number"]])])

    def test_amounts_and_journeys(self):
        voucher = ["paper", "draft", "train-ticket-voucher", "--stay", self.stay]
        self.assert_refused(self.here, [*voucher, "--set", "ticket.departs_on=9999-12-31"], 2, "too-far", "ticket.departs_on")
        self.assert_refused(self.here, [*voucher, "--set", "ticket.train=" + "G" * 300], 2, "too-long", "ticket.train")
        other = self.here.register("person.sex=女", "person.birth_from=1990-01-01")["number"]
        self.here.one("transfer", "plan", other, "--set", "kind=hand-over", "--set", "to_region=511502", "--set", "to_station=宜宾市救助管理站",
                      "--set", "escorts=李明、张芳")
        hospital = ["paper", "draft", "hospital-return", "--stay", self.stay]
        for text in ("很多", "120元", "-1"):
            self.assert_refused(self.here, [*hospital, "--set", f"hospital.cost={text}"], 2, "not-a-number", "hospital.cost")
        self.assertEqual(self.here.one(*hospital, "--set", "hospital.cost=120.50")["typed"], {"hospital.cost": "120.50"})
        budget = ["escort-approval", "--stay", other, "--set", "escort.transport_cost=100.50"]
        self.assert_refused(self.here, ["paper", "draft", *budget, "--set", "escort.other_cost=张三"], 2, "not-a-number", "escort.other_cost")
        self.assert_refused(self.here, ["paper", "issue", *budget, "--set", "escort.total_cost=110"], 2, "wrong-sum", "escort.total_cost")
        self.here.one("paper", "issue", *budget, "--set", "escort.lodging_cost=9.5", "--set", "escort.total_cost=110")

    def test_a_sum_is_of_its_parts(self):
        """A form that is half filled in is kept; what is sealed adds up."""
        other = self.here.register("person.sex=女", "person.birth_from=1990-01-01")["number"]
        self.here.one("transfer", "plan", other, "--set", "kind=hand-over", "--set", "to_region=511502", "--set", "to_station=宜宾市救助管理站",
                      "--set", "escorts=李明、张芳")

        def words(verb, total, **parts):
            sets = [word for name, cost in {"total": total, **parts}.items() for word in ("--set", f"escort.{name}_cost={cost}")]
            return ["paper", verb, "escort-approval", "--stay", other, *sets]

        draft = self.here.one(*words("draft", 500, transport=300))
        self.assert_refused(self.here, ["paper", "issue", "--draft", draft["id"]], 2, "wrong-sum", "escort.total_cost")
        for verb in ("draft", "issue"):
            self.assert_refused(self.here, words(verb, 100, transport=0, lodging=0, other=0), 2, "wrong-sum", "escort.total_cost")
        self.assert_refused(self.here, words("issue", 100, transport=0), 2, "wrong-sum", "escort.total_cost")
        self.here.one("paper", "issue", "--draft", draft["id"], "--set", "escort.other_cost=200")
        self.here.one(*words("issue", 500))
        self.here.one(*words("issue", 0, transport=0, lodging=0, other=0))

    def test_what_has_happened_is_not_to_come(self):
        """A journey is planned, a death is not."""
        words = ["paper", "draft", "death-record", "--stay", self.stay]
        tomorrow = today() + datetime.timedelta(days=1)
        self.assert_refused(self.here, [*words, "--set", f"death.died_at={tomorrow} 08:00"], 2, "in-the-future", "death.died_at")
        self.assert_refused(self.here, [*words, "--set", f"death.cremated_on={tomorrow}"], 2, "in-the-future", "death.cremated_on")
        self.assert_refused(self.here, [*words, "--set", "death.died_at=2026-02-03 08:00", "--set", "death.cremated_on=2026-02-02"],
                            2, "too-early", "death.cremated_on")
        self.here.one(*words, "--set", "death.died_at=2026-02-03 08:00", "--set", "death.cremated_on=2026-02-03")

    @only_plain(CLOCK)
    def test_clock_set_back(self):
        """A paper of an old year is told when the register holds later ones."""
        now = self.issue_voucher()
        self.assertNotIn("warnings", now)
        words = ["--stay", self.stay]
        back = self.here.one("paper", "issue", "clear-card", *words, through=("faketime", "2025-12-30 10:00:00"))
        self.assertEqual([warning["kind"] for warning in back["warnings"]], ["clock-behind"])
        self.assertEqual((back["warnings"][0]["newest"], back["number"].split("-")[1]), (now["issued_at"], "2025"))
        *_, whole = self.here.all("paper", "batch", "clear-card", "--stays", self.stay, through=("faketime", "2025-12-30 10:00:00"))
        self.assertEqual([warning["kind"] for warning in whole["warnings"]], ["clock-behind", "issued-already"])
        self.assertNotIn("warnings", self.here.one("paper", "issue", "clear-card", *words))

    def test_draft(self):
        draft = self.here.one("paper", "draft", "train-ticket-voucher", "--stay", self.stay, "--set", "ticket.to=成都东")
        self.assertEqual((draft["state"], draft["typed"]), ("draft", {"ticket.to": "成都东"}))
        self.assertNotIn("number", draft)
        again = self.here.one("paper", "draft", "--draft", draft["id"], "--set", "ticket.to=宜宾西", "--set", f"ticket.departs_on={TRAVEL}",
                              "--set", f"ticket.departs_at={TRAVEL} 08:30")
        again = self.here.one("paper", "draft", "--draft", draft["id"], "--fields", json.dumps(again["typed"]))  # as it is printed
        self.assertEqual(again["id"], draft["id"])
        paper = self.here.one("paper", "issue", "--draft", draft["id"])
        self.assertEqual((paper["id"], paper["state"]), (draft["id"], "issued"))
        self.assertEqual(self.fields_of(paper["number"])["ticket.to"], "宜宾西")
        self.assert_refused(self.here, ["paper", "issue", "--draft", draft["id"]], 1, "not-a-draft", "draft")
        for verb in ("draft", "preview", "issue"):
            self.assert_refused(self.here, ["paper", verb, "--draft", "nope"], 3, "not-found", "draft")

    def test_draft_given_up(self):
        for verb in ("use", "reprint"):
            unfinished = self.here.one("paper", "draft", "inquiry-letter", "--stay", self.stay)
            self.assert_refused(self.here, ["paper", verb, unfinished["id"]], 1, "not-valid", "number")
        draft = self.here.one("paper", "draft", "inquiry-letter", "--stay", self.stay, "--set", "letter.to=宜宾市公安局")
        self.assert_refused(self.here, ["paper", "void", draft["id"]], 2, "missing", "reason")
        self.here.one("paper", "void", draft["id"], "--reason", "已电话联系")
        self.assertEqual([paper for paper in self.here.all("paper", "list", self.stay) if paper["id"] == draft["id"]], [])

    def test_reprint_keeps_what_was_typed(self):
        paper = self.issue_voucher("--set", "ticket.train=G2963")
        again = self.here.one("paper", "reprint", paper["number"], "--set", "ticket.train=G2965")
        fields = self.fields_of(again["number"])
        self.assertEqual((again["number"], again["sequence"]), (paper["number"], 2))
        self.assertEqual((fields["ticket.to"], fields["ticket.train"]), ("宜宾西", "G2965"))


class Register(PapersTest):
    def test_filters_and_numbers(self):
        first = self.issue_voucher()
        second = self.issue_voucher()
        third = self.here.one("paper", "issue", "clear-card", "--stay", self.stay)
        self.here.one("paper", "void", first["number"], "--reason", "车次取消")
        self.here.one("paper", "use", second["number"], "--note", "车票已取")

        def numbers(*words):
            return [paper["number"] for paper in self.here.all("paper", "list", *words)]

        self.assertEqual(numbers("--kind", "train-ticket-voucher"), [second["number"], first["number"]])
        self.assertEqual(numbers("--state", "voided"), [first["number"]])
        self.assertEqual(numbers("--state", "used"), [second["number"]])
        self.assertEqual(numbers("--number", "mk-"), [third["number"]])
        self.assertEqual(numbers("--until", "2001-01-01"), [])
        self.assertEqual(numbers("--limit", "1", "--skip", "1"), [second["number"]])
        listed = self.here.all("paper", "list", "--state", "used")[0]
        self.assertEqual((listed["display_name"], listed["stay_number"], listed["reason"]), ("欧阳娜娜", self.stay, "车票已取"))
        self.assertEqual({series["series"][:2]: (series["last"], series["missing"]) for series in self.here.all("paper", "series")},
                         {"CP": (2, []), "MK": (1, [])})
        self.assertEqual(self.here.run("verify", second["seal"]).results[0]["result"], "used")
        self.assert_refused(self.here, ["paper", "use", first["number"]], 1, "not-valid", "number")
        self.assert_refused(self.here, ["paper", "use", third["number"], "--note", "长" * 20000], 2, "too-long", "note")
        for year in ("abc", "99999", "-202"):
            self.assert_refused(self.here, ["paper", "series", "--year", year], 2, "impossible-date", "year")
        self.assertEqual(self.here.all("paper", "series", "1999"), [])

    def test_same_bytes_later(self):
        paper = self.issue_voucher("--pdf", self.path("first.pdf"))
        self.here.one("stay", "edit", self.stay, "--set", "reason=走失")
        self.here.one("paper", "show", paper["number"], "--pdf", self.path("later.pdf"))
        with open(self.path("first.pdf"), "rb") as first, open(self.path("later.pdf"), "rb") as later:
            self.assertEqual(first.read(), later.read())


class House(PapersTest):
    def test_void_is_marked(self):
        paper = self.issue_voucher()
        replaced = self.issue_voucher()

        def show(number, name):
            self.here.one("paper", "show", number, "--pdf", self.path(name))
            with open(self.path(name), "rb") as file:
                return file.read(), "作" in pdf_text(self.path(name)) and "废" in pdf_text(self.path(name))

        valid = show(paper["number"], "valid.pdf")
        self.assertEqual(show(paper["number"], "valid.pdf"), valid)
        self.here.one("paper", "void", paper["number"], "--reason", "车次取消")
        marked = show(paper["number"], "void.pdf")
        self.assertEqual((valid[1], marked[1]), (False, True))
        self.assertNotEqual(marked[0], valid[0])
        self.assertEqual(show(paper["number"], "void.pdf"), marked)
        self.here.one("paper", "reprint", replaced["number"])
        self.assertFalse(show(replaced["number"], "reprint.pdf")[1])
        self.assertTrue(show(replaced["id"], "replaced.pdf")[1])

    def test_list_of_the_house(self):
        self.arrive("王秀英")
        paper = self.here.one("paper", "issue", "house-list", "--pdf", self.path("house.pdf"))
        text = pdf_text(self.path("house.pdf"))
        self.assertNotIn("stay", paper)
        for name in ("欧阳娜娜", "王秀英", "2人"):
            self.assertIn(name, text)
        self.assertEqual(self.here.one("verify", paper["seal"])["result"], "genuine")

    def test_names_that_are_fenced_off(self):
        """Who may not see a record finds no name of it on a list either."""
        fenced = self.arrive("李不公开", "--set", "reason=家庭暴力")
        self.here.one("user", "add", "--set", "name=clerk", "--set", "role=intake", "--password", "secret-456")
        environment = {"GUITU_PASSWORD": "secret-456"}
        self.here.one("paper", "issue", "house-list", "--pdf", self.path("clerk.pdf"), user="clerk", environment=environment)
        whole = self.here.one("paper", "issue", "house-list", "--pdf", self.path("admin.pdf"))
        self.assertNotIn("李不公开", pdf_text(self.path("clerk.pdf")))
        self.assertIn("李不公开", pdf_text(self.path("admin.pdf")))
        for words in (("show", whole["number"], "--inline"), ("gather", whole["number"], "--pdf", self.path("gathered.pdf")), ("void", whole["number"], "--reason", "无")):
            self.assert_refused(self.here, ["paper", *words], 1, "fenced", user="clerk", environment=environment)
        self.here.one("paper", "show", whole["number"], "--inline")
        self.assert_refused(self.here, ["paper", "issue", "tracing-notice", "--stay", fenced], 1, "not-public", "stay")

    def test_shift(self):
        self.assert_error(self.here.run("paper", "issue", "shift-handover"), 3, "not-found", "shift")
        self.here.one("shift", "hand-over", "--note", "夜间注意二楼")
        self.here.one("paper", "issue", "shift-handover", "--pdf", self.path("shift.pdf"))
        self.assertIn("夜间注意二楼", pdf_text(self.path("shift.pdf")))

    def test_label_code(self):
        """The short code of a label leads to its paper, at this station only."""
        paper = self.here.one("paper", "issue", "wrist-band", "--stay", self.stay, "--pdf", self.path("band.pdf"))
        subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", self.path("band.pdf"), self.path("band")], check=True)
        code = subprocess.run(["zbarimg", "-q", "--raw", self.path("band.png")], capture_output=True, check=True, text=True,
                              env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": ""}).stdout.strip()
        self.assertRegex(code, rf"^GT0:440105001:{paper['number']}:[0-9A-F]{{12}}$")
        self.assertEqual(self.here.one("verify", code)["number"], paper["number"])
        self.assertEqual(self.here.run("verify", code[:-1] + ("0" if code[-1] != "0" else "1")).results[0]["result"], "unreadable")


class BetweenStations(PapersTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.make_station("yibin", "511502001")
        for one, other, card in ((cls.here, cls.there, "here.json"), (cls.there, cls.here, "there.json")):
            one.one("station", "card", cls.path(card))
            other.one("station", "trust", cls.path(card))

    def hand_over(self):
        stay = self.arrive("赵小梅", "--set", f"person.id_number={WOMAN_1960}")
        transfer = self.here.one("transfer", "plan", stay, "--set", "kind=hand-over", "--set", "to_station=511502001", "--set", "escorts=李明、张芳")
        return transfer["id"], self.here.one("paper", "issue", "escort-handover", "--transfer", transfer["id"])

    def test_accepted_and_back(self):
        transfer, paper = self.hand_over()
        self.assertEqual(self.there.one("verify", paper["seal"])["next"], "accept")
        receipt = self.there.one("paper", "accept", paper["seal"], "--handed-over-by", "李明、张芳", "--set", "receipt.checked=人证相符",
                                 "--pdf", self.path("receipt.pdf"))
        text = pdf_text(self.path("receipt.pdf"))
        for word in (paper["number"], "赵**", "李明、张芳", "1020", "☑人证相符"):
            self.assertIn(word, text)
        self.assertNotIn("赵小梅", text)
        self.assert_refused(self.there, ["paper", "accept", paper["seal"]], 5, "used", "text")
        self.assertEqual(self.there.run("verify", paper["seal"]).results[0]["result"], "used")

        self.assert_refused(self.there, ["paper", "reprint", receipt["number"], "--set", "received.name=王**"], 2, "not-typed", "received.name")
        receipt = self.there.one("paper", "reprint", receipt["number"])
        self.assertEqual(self.there.run("verify", paper["seal"]).results[0]["result"], "used")
        self.assertEqual(self.here.one("verify", receipt["seal"])["next"], "receipt")
        self.assert_refused(self.here, ["paper", "receipt", receipt["seal"]], 1, "not-departed", "transfer")
        self.here.one("transfer", "depart", transfer, "--emergency", "无人审批")
        self.assertEqual(self.here.one("paper", "receipt", receipt["seal"])["state"], "used")
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], shown["receipt"]), ("accepted", receipt["number"]))
        before = self.here.dump()
        self.here.one("paper", "receipt", receipt["seal"])
        self.assertEqual([self.here.dump()[name] for name in ("paper", "paper_mark", "transfer")], [before[name] for name in ("paper", "paper_mark", "transfer")])

    def test_what_is_not_accepted(self):
        _, paper = self.hand_over()
        self.assert_refused(self.here, ["paper", "accept", paper["seal"]], 1, "own-paper", "text")
        self.assert_refused(self.there, ["paper", "accept", paper["seal"][:-1]], 5, "unreadable", "text")
        registration = self.here.one("paper", "issue", "intake-registration", "--stay", self.stay)
        self.assertNotIn("next", self.there.one("verify", registration["seal"]))
        self.assert_refused(self.there, ["paper", "accept", registration["seal"]], 1, "not-accepted", "text")
        self.assert_refused(self.here, ["paper", "receipt", paper["seal"]], 2, "no-receipt", "text")
        self.here.one("paper", "void", paper["number"], "--reason", "改期")
        _, other = self.hand_over()
        receipt = self.there.one("paper", "accept", other["seal"])
        self.assert_refused(self.here, ["paper", "accept", receipt["seal"]], 1, "is-receipt", "text")
        self.assert_refused(self.here, ["paper", "issue", "receipt", "--stay", self.stay], 2, "wrong-kind", "kind")


if __name__ == "__main__":
    main()
