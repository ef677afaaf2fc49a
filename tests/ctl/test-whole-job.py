# SPDX-License-Identifier: GPL-3.0-or-later
"""From the door to the paper that the next station can trust, and every way in which it must not."""

import concurrent.futures
import json
import os
import random
import subprocess

from station import CLOCK, IS_SANITIZED, WOMAN_1949, Station, StationTest, guituctl, main, only_plain

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


class WholeJob(StationTest):
    """The steps are done once; each test looks at what came of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.make_station()
        cls.next = Station(cls.path("yibin"))
        cls.next.set_up("511502001", "宜宾市救助管理站", "511502")
        arrived = cls.home.register("person.name=王秀英", "person.sex=女", f"person.id_number={WOMAN_1949}", "reason=走失")
        cls.person, cls.stay = arrived["person"]["id"], arrived["stay"]
        cls.admitted = cls.home.one("stay", "admit", cls.stay["number"], "--bed", "201")
        cls.plan = cls.home.one("transfer", "plan", cls.stay["id"], "--set", "kind=hand-over", "--set", "to_station=511502001",
                                "--set", "to_region=511502", "--set", "escorts=李明、张芳", "--set", "route=G1234")
        cls.departed = cls.home.one("transfer", "depart", cls.plan["id"], "--emergency", "无人审批")
        cls.pdf = cls.path("paper.pdf")
        cls.paper = cls.home.one("paper", "issue", "escort-handover", "--transfer", cls.plan["id"], "--pdf", cls.pdf)
        cls.seal = cls.paper["seal"]
        cls.card = cls.path("card.json")
        cls.home.one("station", "card", cls.card)
        cls.trusting = cls.next.copy(cls.path("trusting"))
        cls.trusting.one("station", "trust", cls.card)

    def assert_verdict(self, station, verdict, *words, **options):
        """The verdict is the result and, unless genuine, also the error and exit 5."""
        result = station.run("verify", *words, user="", **options)
        self.assertEqual([line["result"] for line in result.results], [verdict], result.stderr)
        if verdict == "genuine":
            self.assertEqual((result.status, result.stderr), (0, ""))
        else:
            self.assertEqual((result.status, result.error["error"]), (5, verdict))
        return result.results[0]

    def test_records(self):
        self.assertEqual((self.stay["state"], self.admitted["state"], self.departed["state"]), ("arrived", "in-house", "departed"))
        self.assertEqual((self.departed["stay"]["state"], self.departed["stay"]["leave_by"]), ("left", "escort-station"))
        shown = self.home.one("person", "show", self.person)
        self.assertEqual(shown["id_number"], "110***********002X")
        self.assertEqual([len(shown[name]) for name in ("stays", "transfers", "papers", "conflicts")], [1, 1, 1, 0])
        acts = {item["act"] for item in self.home.all("person", "history", self.person)}
        self.assertEqual(acts, {"stay arrive"})
        self.assertNotIn(WOMAN_1949, json.dumps(self.home.all("person", "history", self.person)))
        self.assertEqual(self.home.one("stay", "board")["count"], 0)
        self.assertEqual(self.home.one("ledger", "verify")["problems"], [])

    def test_to_another_station(self):
        """Not home yet, but with the same paper."""
        stay = self.home.register("person.sex=男", "person.name=林华")["stay"]
        plan = self.home.one("transfer", "plan", stay["id"], "--set", "kind=other-station", "--set", "to_station=511502001")
        other = self.home.one("transfer", "plan", stay["id"], "--set", "kind=escort-home", "--set", "to_region=511502")
        departed = self.home.one("transfer", "depart", plan["id"], "--emergency", "无人审批")["stay"]
        self.assertEqual((departed["leave_by"], departed["destination"], departed["destination_name"]), ("other-station", "511502", "四川省宜宾市翠屏区"))
        self.assertEqual(self.home.one("transfer", "show", other["id"])["state"], "cancelled")
        paper = self.home.one("paper", "issue", "escort-handover", "--transfer", plan["id"], "--pdf", self.path("other.pdf"))
        self.assert_verdict(self.trusting, "genuine", paper["seal"])
        text = subprocess.run(["pdftotext", "-layout", self.path("other.pdf"), "-"], capture_output=True, text=True, check=True)
        self.assertIn("转送他站", text.stdout)

    def test_views_in_full_are_logged(self):
        self.assertEqual(self.home.one("person", "show", self.person, "--reveal")["id_number"], WOMAN_1949)
        with self.home.connect() as connection:
            self.assertIn(("view", "admin"), connection.execute('SELECT act, "user" FROM access').fetchall())

    def test_genuine(self):
        verdict = self.assert_verdict(self.trusting, "genuine", self.seal)
        self.assertEqual((verdict["name"], verdict["birth_year"], verdict["sex"], verdict["id_tail"], verdict["station"]),
                         ("王**", 1949, "女", "002X", "440105001"))
        self.assertNotIn("秀英", json.dumps(verdict, ensure_ascii=False))
        self.assert_verdict(self.trusting, "genuine", f"  {self.seal}\r\n")
        self.assert_verdict(self.home, "genuine", self.seal)

    def test_what_is_no_seal(self):
        """A parcel's code accuses nobody of forgery."""
        for text in ("hello", "6901234567892", "https://example.org/?p=1"):
            self.assert_verdict(self.trusting, "unreadable", text)
        self.assert_verdict(self.trusting, "altered", self.seal[1:])
        self.assert_verdict(self.trusting, "altered", self.seal[:40])

    def test_two_papers_in_one_picture(self):
        other = self.home.one("paper", "issue", "intake-registration", "--stay", self.stay["id"], "--pdf", self.path("second.pdf"))
        self.assertNotEqual(other["seal"], self.seal)
        for name in ("paper", "second"):
            subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", self.path(f"{name}.pdf"), self.path(name)], check=True)
        subprocess.run(["convert", self.path("paper.png"), self.path("second.png"), "+append", self.path("both.png")], check=True)
        result = self.trusting.run("verify", "--image", self.path("both.png"), user="")
        self.assert_error(result, 2, "several-codes", "image")

    def test_unknown_issuer(self):
        self.assert_verdict(self.next, "unknown-issuer", self.seal)

    def test_read_from_the_printed_page(self):
        prefix = self.path("page")
        subprocess.run(["pdftoppm", "-r", "300", "-png", self.pdf, prefix], check=True)
        pages = sorted(name for name in os.listdir(self.folder) if name.startswith("page") and name.endswith(".png"))
        self.assertGreaterEqual(len(pages), 3)
        for page in pages:
            read = subprocess.run(["zbarimg", "-q", "--raw", self.path(page)], capture_output=True, check=True, text=True).stdout
            self.assertEqual(read.rstrip("\r\n"), self.seal)
            self.assert_verdict(self.trusting, "genuine", "--image", self.path(page))

    def changes(self):
        """Every position with another character; beside that blanks, small letters, cuts, insertions and swaps."""
        chance = random.Random(1)
        for position, character in enumerate(self.seal):
            others = [other for other in BASE45 if other != character]
            if character.isalpha():
                others.append(character.lower())
            yield self.seal[:position] + chance.choice(others) + self.seal[position + 1:]
        for _ in range(40):
            position = chance.randrange(1, len(self.seal) - 2)
            yield self.seal[:position] + self.seal[position + 1:]
            yield self.seal[:position] + chance.choice(BASE45) + self.seal[position:]
            if self.seal[position] != self.seal[position + 1]:
                yield self.seal[:position] + self.seal[position + 1] + self.seal[position] + self.seal[position + 2:]
        yield self.seal[:-1]
        yield self.seal + "0"
        yield self.seal + self.seal
        yield self.seal.lower()
        yield "GT1:"
        yield "x" * 100000

    def test_altered(self):
        texts = list(self.changes())
        if IS_SANITIZED:
            texts = texts[::7]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda text: (text, self.trusting.run("verify", text, user="")), texts)
            for text, result in results:
                self.assertEqual(result.status, 5, text)
                verdict = result.error["error"]
                if verdict == "unknown-issuer":  # the change hit the station's code
                    self.assertNotEqual(result.results[0]["station"], "440105001")
                else:
                    self.assertEqual(result.results, [{"result": "altered", "advice": result.error["message"]}])

    def test_expired(self):
        self.assert_verdict(self.trusting, "expired", self.seal, "--at", "2099-01-01 00:00")
        self.assert_verdict(self.trusting, "genuine", self.seal, "--at", self.paper["expires_at"])

    @only_plain(CLOCK)
    def test_expired_by_the_clock(self):
        self.assert_verdict(self.trusting, "expired", self.seal, through=("faketime", "2037-01-01 00:00:00"))

    def test_voided(self):
        home, receiver = self.home.copy(self.path("home-2")), self.trusting.copy(self.path("trusting-2"))
        home.one("paper", "void", self.paper["number"], "--reason", "填错")
        self.assert_refused(home, ("paper", "void", self.paper["number"], "--reason", "x"), 1, "not-valid", "number")
        self.assert_refused(home, ("paper", "void", self.paper["number"]), 2, "missing", "reason")
        self.assert_verdict(home, "voided", self.seal)
        self.assert_verdict(receiver, "genuine", self.seal)
        self.carry_marks(home, receiver)
        self.assert_verdict(receiver, "voided", self.seal)

    def test_reprinted(self):
        """Only the last printing is good."""
        home, receiver = self.home.copy(self.path("home-3")), self.trusting.copy(self.path("trusting-3"))
        again = home.one("paper", "reprint", self.paper["number"])
        self.assertEqual((again["number"], again["sequence"]), (self.paper["number"], 2))
        self.assertNotEqual(again["seal"], self.seal)
        self.carry_marks(home, receiver)
        for station in (home, receiver):
            self.assert_verdict(station, "voided", self.seal)
            self.assert_verdict(station, "genuine", again["seal"])

    def carry_marks(self, home, receiver):
        """What every station may know goes from one to the other; no person does."""
        card, bundle = self.path("receiver.json"), self.path("marks.gtb")
        receiver.one("station", "card", card)
        home.one("station", "trust", card)
        self.assertGreater(home.one("bundle", "export", bundle, "--to", "511502001")["entries"], 0)
        receiver.one("bundle", "import", bundle)
        self.assertEqual(receiver.all("person", "find"), [])
        with open(bundle, "rb") as file:
            content = file.read()
        for secret in ("王秀英", WOMAN_1949, self.paper["number"]):
            self.assertNotIn(secret.encode(), content)

    def test_the_same_bytes_again(self):
        again = self.path("again.pdf")
        self.home.one("paper", "show", self.paper["number"], "--pdf", again)
        with open(self.pdf, "rb") as first, open(again, "rb") as second:
            self.assertEqual(first.read(), second.read())

    def test_the_other_papers(self):
        registration = self.home.one("paper", "issue", "intake-registration", "--stay", self.stay["id"], "--pdf", self.path("r.pdf"))
        self.assert_verdict(self.trusting, "genuine", registration["seal"])
        for kind in self.home.all("paper", "kinds"):
            blank = self.path(kind["kind"] + ".pdf")
            self.home.one("paper", "blank", kind["kind"], "--pdf", blank)
            text = subprocess.run(["pdftotext", blank, "-"], capture_output=True, check=True, text=True).stdout
            self.assertNotIn("王秀英", text)
            checked = subprocess.run(["qpdf", "--check", blank], capture_output=True, check=False, text=True)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_cards(self):
        with open(self.card, encoding="utf-8") as file:
            card = json.load(file)
        self.assertFalse({"secret", "payload"} & set(card))
        other = Station(self.path("impostor"))
        other.set_up("440105001", "假冒救助管理站", "440105")
        other.one("station", "card", self.path("impostor.json"))
        files = {
            "altered": ({**card, "phone": "020-99999999"}, 5, "altered"),
            "another-key": (None, 5, "another-key"),
            "no-card": ({"a": 1}, 2, "malformed"),
            "list": ([1], 2, "malformed"),
        }
        for name, (content, status, code) in files.items():
            with self.subTest(name=name):
                path = self.path("impostor.json") if content is None else self.path(name + ".json")
                if content is not None:
                    with open(path, "w", encoding="utf-8") as file:
                        json.dump(content, file)
                self.assert_refused(self.trusting, ("station", "trust", path), status, code, "file")
        for text in (b"", b"\xff\xfe", b"[" * 60000, b'{"a":' * 10000):
            with self.subTest(text=text[:10]):
                with open(self.path("bad.json"), "wb") as file:
                    file.write(text)
                self.assert_refused(self.trusting, ("station", "trust", self.path("bad.json")), 2, "malformed", "file")

    def test_pretty_and_tolerant(self):
        shown = guituctl("--store", self.trusting.directory, "--pretty", "verify", self.seal[:-1], "--tolerate")
        self.assertEqual(shown.status, 0)
        self.assertEqual(json.loads(shown.stdout)["result"], "altered")
        self.assertGreater(shown.stdout.count("\n"), 2)


class Unnamed(StationTest):
    """The normal case at three in the morning: nothing is known but the sex; the name comes later."""

    def test_a_name_found_later(self):
        station = Station(self.path("unnamed"))
        station.set_up("440105003", "测试站", "440105")
        person = station.one("person", "add", "--set", "sex=男")["id"]
        for name, typed in (("王五", "ww"), ("", "ww"), ("赵六", "zl")):
            station.one("person", "edit", person, "--set", f"name={name}")
            found = [hit["id"] for hit in station.all("person", "find", typed)]
            self.assertEqual(found, [person] if name else [])
        station.all("check")


main()
