# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input: each is refused with the field's name, and changes nothing."""

import json
import os
import subprocess

from station import MAN_1990, PASSWORD, WOMAN_1949, StationTest, guituctl, main

ADD = ("person", "add", "--set", "sex=女")
ARRIVE = ("stay", "arrive", "--set", "person.sex=女", "--set", "came_by=police")

# Words behind ADD, exit status 2, code and field.
PERSONS = [
    (["id_number=110105194912310021"], "wrong-check-digit", "id_number"),
    (["id_number=11010519491231002"], "wrong-length", "id_number"),
    (["id_number=1101051949123100A1"], "bad-character", "id_number"),
    (["id_number=990105194912310021"], "unknown-region", "id_number"),
    (["id_number=110105194902300026"], "impossible-date", "id_number"),
    (["birth_from=1990-02-30"], "impossible-date", "birth_from"),
    (["birth_from=1990-13-01"], "impossible-date", "birth_from"),
    (["birth_from=yesterday"], "impossible-date", "birth_from"),
    (["birth_from=2999-01-01"], "impossible-date", "birth_from"),
    (["birth_from=1799-01-01"], "impossible-date", "birth_from"),
    (["birth_from=1990-01-01", "birth_to=1989-01-01"], "impossible-date", "birth_to"),
    (["birth_to=1989-01-01"], "missing", "birth_from"),
    ([f"id_number={MAN_1990}"], "contradicts-id-number", "sex"),
    ([f"id_number={WOMAN_1949}", "birth_from=1950-01-01"], "contradicts-id-number", "birth_from"),
    (["sex=female-ish"], "unknown-code", "sex"),
    (["sex="], "missing", "sex"),
    (["nation=99"], "unknown-code", "nation"),
    (["household=999999"], "unknown-code", "household"),
    (["shoe_size=44"], "unknown-field", "shoe_size"),
    (["heard_by=me"], "unknown-field", "heard_by"),
    (["name=王\a秀英"], "control-character", "name"),
    (["name=王\n秀英"], "control-character", "name"),
    (["name=王\u200b秀英"], "control-character", "name"),
    (["name=王\u202e秀英"], "control-character", "name"),
    (["marks=左手\x1b[31m疤"], "control-character", "marks"),
    (["name=" + "王" * 65], "too-long", "name"),
    (["address=" + "路" * 201], "too-long", "address"),
    (["phone=打我电话"], "bad-character", "phone"),
    (["height_cm=tall"], "not-a-number", "height_cm"),
    (["height_cm=999999999999"], "not-a-number", "height_cm"),
    (["height_cm=5"], "out-of-range", "height_cm"),
    (["photo=me.jpg"], "unknown-field", "photo"),
    (["name=王\u2028秀英"], "control-character", "name"),
    (["name=王\u3164"], "control-character", "name"),
    (["name=王\ufe0f"], "control-character", "name"),
    (["name=\ue000"], "control-character", "name"),
    (["name=\ufffe"], "control-character", "name"),
]

# Words behind ARRIVE.
ARRIVALS = [
    (["arrived_at=2020-01-01 10:00", "person.birth_from=2021-05-05"], "birth-after-arrival", "birth_from"),
    (["arrived_at=2020-02-30 10:00"], "impossible-date", "arrived_at"),
    (["arrived_at=2020-01-01 25:00"], "impossible-date", "arrived_at"),
    (["arrived_at=2999-01-01 10:00"], "in-the-future", "arrived_at"),
    (["came_by=flying-saucer"], "unknown-code", "came_by"),
    (["came_by="], "missing", "came_by"),
    (["reason=boredom"], "unknown-code", "reason"),
    (["person.shoe_size=44"], "unknown-field", "shoe_size"),
    (["person.name=" + "王" * 65], "too-long", "name"),
    (["person.sex="], "missing", "sex"),
    (["decision=admitted"], "not-here", "decision"),
    (["number=2026-1-0001"], "unknown-field", "number"),
    (["reviewed_by=01a20120-510a-7012-9c8c-ab17c450f080"], "unknown-field", "reviewed_by"),
]

# Standard input of “person add”.
INPUTS = [
    (b'{"sex": "2", ', "invalid-json", None),
    (b'"a text"', "invalid-json", None),
    (b"42", "invalid-json", None),
    (b"[1, 2]", "invalid-json", None),
    (b"\x00\x01\x02", "invalid-utf-8", None),
    (b'{"sex": "2", "name": "\xff\xfe"}', "invalid-utf-8", None),
    (b'{"sex": "2", "name": "\xed\xa0\x80"}', "invalid-utf-8", None),
    (b'{"sex": {"a": 1}}', "wrong-type", "sex"),
    (b'{"sex": true}', "wrong-type", "sex"),
    (b'{"sex": "2", "name": ["x"]}', "wrong-type", "name"),
    (b'{"sex": "2", "name": 1.5}', "wrong-type", "name"),
    (b'{"sex": "2", "name": "a\\u0007b"}', "control-character", "name"),
    (b'{"sex": "2", "shoe_size": 44}', "unknown-field", "shoe_size"),
    (b"{'sex': '2'}", "invalid-json", None),
    (b'var person = {"sex": "2"};', "invalid-json", None),
    (b'/* her */ {"sex": "2"}', "invalid-json", None),
    (b'{"sex": "2" /* her */}', "invalid-json", None),
    (b'{"sex": "2", "name": "a\\u0000b"}', "control-character", None),
    (b'{"sex": "2", "national_number": 44010320260503000170}', "number-too-large", None),
    (b"[" * 100000, "invalid-json", None),
    (b'{"a":' * 100000, "invalid-json", None),
]


class BadInput(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        arrived = cls.station.register("person.sex=女", "person.name=王秀英")
        cls.person = arrived["person"]["id"]
        cls.stay = arrived["stay"]["id"]

    def check_table(self, first_words, table):
        for fields, code, field in table:
            words = [word for text in fields for word in ("--set", text)]
            with self.subTest(fields=fields):
                self.assert_refused(self.station, (*first_words, *words), 2, code, field)

    def test_persons(self):
        self.check_table(ADD, PERSONS)

    def test_edits(self):
        edits = [row for row in PERSONS if row[1] != "contradicts-id-number"]
        self.check_table(("person", "edit", self.person), edits)

    def test_arrivals(self):
        self.check_table(ARRIVE, ARRIVALS)

    def test_standard_input(self):
        for text, code, field in INPUTS:
            with self.subTest(text=text[:60]):
                self.assert_refused(self.station, ("person", "add"), 2, code, field, stdin=text)

    def test_options_of_the_wrong_type(self):
        """They would else be taken for options that were not given."""
        person = {"person": {"sex": "2"}, "came_by": "police"}
        for option, value in (("words", 12345), ("words", []), ("words", {}), ("words", True), ("looked", "x"), ("looked", 5), ("person", 7)):
            with self.subTest(option=option, value=value):
                self.assert_refused(self.station, ("stay", "arrive"), 2, "wrong-type", option, stdin=json.dumps({**person, option: value}))

    def test_checks_while_typing(self):
        """What the window asks while somebody types answers whatever is typed."""
        for text in ('{"sex": 5}', '{"sex": "女", "birth_from": 1990}', '{"sex": []}', '{"household": 440105}', '{"birth_from": {}}'):
            with self.subTest(text=text):
                result = self.station.run("person", "check", stdin=text)
                self.assertEqual((result.status, result.stderr), (0, ""))
        self.assertEqual(self.station.one("person", "check", stdin='{"sex": []}')["problems"][0]["code"], "wrong-type")

    def test_times_of_a_stay(self):
        stay = self.station.register("person.sex=男", "person.name=林一", "arrived_at=2020-05-01 10:00")
        self.assert_refused(self.station, ("person", "edit", stay["person"]["id"], "--set", "birth_from=2021-01-01"), 2,
                            "birth-after-arrival", "birth_from")
        event = ("stay", "event", stay["stay"]["id"], "--set", "kind=meal")
        self.assert_refused(self.station, (*event, "--set", "at=2019-01-01 10:00"), 2, "before-arrival", "at")
        self.assert_refused(self.station, (*event, "--set", "at=2999-01-01 10:00"), 2, "in-the-future", "at")
        plan = ("transfer", "plan", stay["stay"]["id"], "--set", "kind=escort-home")
        self.assert_refused(self.station, (*plan, "--set", "departs_at=1990-01-01 10:00"), 2, "before-arrival", "departs_at")
        self.station.one("stay", "leave", stay["stay"]["id"], "--leave_by", "own-will", "--left_at", "2020-05-03 10:00")
        again = ("stay", "arrive", stay["person"]["id"], "--set", "came_by=self", "--set", "arrived_at=2020-05-02 10:00")
        self.assert_refused(self.station, again, 2, "overlap", "arrived_at")
        self.station.one(*again[:-1], "arrived_at=2020-05-03 10:00")

    def test_titles_and_reasons(self):
        """Texts that are no fields are kept too."""
        paper = self.station.one("paper", "issue", "intake-registration", "--stay", self.stay)
        self.assert_refused(self.station, ("paper", "void", paper["number"], "--reason", "x\u202e"), 2, "control-character", "reason")
        self.station.one("paper", "blank", "clear-card", "--pdf", self.path("scan.pdf"))
        for title, code in (("a\u202eb", "control-character"), ("a" * 201, "too-long")):
            self.assert_refused(self.station, ("file", "add", self.person, self.path("scan.pdf"), "--title", title), 2, code, "title")

    def test_words_that_are_not_utf_8(self):
        for word in (b"name=\xff\xfe", b"name=\xe7\x8e"):
            with self.subTest(word=word):
                self.assert_refused(self.station, (*ADD, "--set", word), 2, "invalid-utf-8", "name")
        self.assert_refused(self.station, (*ADD, b"--name=\xff"), 2, "invalid-utf-8", "name")
        self.assert_refused(self.station, (*ADD, "--set", b"n\xff=a"), 2, "unknown-field", "n\ufffd")
        self.assertEqual(guituctl("--store", b"\xff/x", "station", "show").error["error"], "not-found")

    def test_usage(self):
        table = [
            (("person", "fly"), "unknown-verb", None),
            (("dance",), "unknown-verb", None),
            (("person", "add", "--wings", "2"), "unknown-option", "wings"),
            (("person", "find", "--limit", "many"), "not-a-number", "limit"),
            (("person", "find", "--limit"), "missing", "limit"),
            (("person", "find", "a", "b"), "usage", None),
            (("person", "add", "--set", "name"), "usage", "set"),
            (("person", "show"), "missing", "id"),
            (("person",), "usage", None),
            (("stay", "admit"), "missing", "person"),
            (("paper", "issue"), "missing", "kind"),
            (("paper", "issue", "love-letter"), "unknown-code", "kind"),
            (("paper", "issue", "intake-registration"), "missing", "stay"),
            (("verify",), "missing", "text"),
            (("verify", "GT1:X", "--at", "soon"), "impossible-date", "at"),
            (("demo", "--people", "-5"), "out-of-range", "people"),
        ]
        for words, code, field in table:
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 2, code, field)
        self.assert_error(guituctl("--wings", "person", "add"), 2, "unknown-option", "wings")
        self.assert_error(guituctl("--store"), 2, "missing", "store")

    def test_what_is_not_there(self):
        nobody = "01a20120-510a-7012-9c8c-ab17c450f080"
        table = [
            (("person", "show", nobody), None),
            (("person", "history", nobody), None),
            (("person", "edit", nobody, "--set", "name=王"), None),
            (("person", "statement", "--set", f"person={nobody}", "--set", "text=我"), None),
            (("stay", "show", "1999-1-0001"), "stay"),
            (("stay", "leave", "1999-1-0001", "--leave_by", "own-will"), "stay"),
            (("transfer", "depart", nobody), None),
            (("paper", "show", "JJ-1999-1-00001"), "number"),
            (("paper", "void", "JJ-1999-1-00001", "--reason", "x"), "number"),
            (("user", "disable", "nobody"), "name"),
            (("bundle", "export", self.path("x.gtb"), "--to", "999999999"), "to"),
            (("codes", "shoes"), "list"),
            (("fields", "shoes"), "kind"),
        ]
        for words, field in table:
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 3, "not-found", field)

    def test_leaving(self):
        table = [
            ((), "missing", "leave_by"),
            (("--leave_by", "wings"), "unknown-code", "leave_by"),
            (("--leave_by", "ticket"), "missing", "destination"),
            (("--leave_by", "death"), "missing", "ground"),
            (("--leave_by", "kin"), "missing", "received_by"),
            (("--leave_by", "kin", "--received_by", "母亲"), "missing", "receiver_id"),
            (("--leave_by", "kin", "--received_by", "母亲", "--receiver_id", "11010519491231002X"), "missing", "receiver_proof"),
            (("--leave_by", "walked-out"), "missing", "search_actions"),
            (("--leave_by", "walked-out", "--search_actions", "站内外查找"), "missing", "cctv"),
            (("--leave_by", "own-will", "--left_at", "2001-01-01 10:00"), "before-arrival", "left_at"),
            (("--leave_by", "own-will", "--left_at", "2999-01-01 10:00"), "in-the-future", "left_at"),
        ]
        for words, code, field in table:
            with self.subTest(words=words):
                self.assert_refused(self.station, ("stay", "leave", self.stay, *words), 2, code, field)

    def test_transfers(self):
        plan = ("transfer", "plan", self.stay)
        self.assert_refused(self.station, plan, 2, "missing", "kind")
        self.assert_refused(self.station, (*plan, "--set", "kind=teleport"), 2, "unknown-code", "kind")
        for kind in ("hand-over", "other-station"):
            self.assert_refused(self.station, (*plan, "--set", f"kind={kind}"), 2, "missing", "to_station")
        self.assert_refused(self.station, (*plan, "--set", "kind=hand-over", "--set", "to_station=990105001"), 2, "missing", "to_region")
        self.assert_refused(self.station, (*plan, "--set", "kind=kin", "--set", "state=departed"), 2, "unknown-field", "state")

    def test_a_person_has_one_open_stay(self):
        self.assert_refused(self.station, ("stay", "arrive", self.person, "--set", "came_by=self"), 1, "already-here", "person")

    def test_setting_up(self):
        words = ("init", "--station", "440105002", "--name", "某站", "--admin", "admin")
        existing = ("init", "--station", "440105001", "--name", "某站", "--admin", "admin")
        self.assert_refused(self.station, existing, 1, "exists", user="")
        for changed, code, field in (((*words[:2], "44 01/05", *words[3:]), "bad-character", "station"),
                                     ((*words, "--password", "short"), "too-short", "password"),
                                     ((*words, "--region", "999999"), "unknown-code", "region"),
                                     ((*words, "--phone", "call us"), "bad-character", "phone"),
                                     (words[:5], "missing", "admin"),
                                     ((*words[:4], "某\a站", *words[5:]), "control-character", "name"),
                                     ((*words, "--invitation", self.path("none")), "no-file", "invitation")):
            with self.subTest(words=changed):
                self.assert_error(guituctl("--store", self.path("new"), *changed), 2, code, field)
                self.assert_error(guituctl("--store", self.path("new"), "station", "show"), 3, "not-found")


class GoodInput(StationTest):
    """The other side of each limit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()

    def test_what_was_claimed_stays_beside_what_is_verified(self):
        person = self.station.one(*ADD, "--set", "name=欧阳娜", "--set", "household=511502", "--set", "phone=13800000000")["id"]
        self.station.one("person", "statement", "--set", f"person={person}", "--set", "about=phone", "--set", "text=忘了")
        self.station.one("person", "edit", person, "--set", "name=欧阳娜娜", "--set", "verified_by=police")
        shown = self.station.one("person", "show", person)
        self.assertEqual(shown["name"], "欧阳娜娜")
        said = {statement["about"]: statement["text"] for statement in shown["statements"]}
        self.assertEqual(said, {"name": "欧阳娜", "home": "四川省宜宾市翠屏区", "phone": "忘了"})
        self.station.one("person", "edit", person, "--set", "name=欧阳娜", "--set", "verified_by=dna")
        self.assertEqual(len(self.station.one("person", "show", person)["statements"]), 3)

    def test_times_are_typed_to_the_minute(self):
        """Who leaves in the minute in which they came did not leave before."""
        for kind in (None, "escort-home"):
            arrived = self.station.register("person.sex=男", "arrived_at=2026-05-01T10:00:40+08:00")["stay"]
            if kind is None:
                left = self.station.one("stay", "leave", arrived["id"], "--leave_by", "own-will", "--left_at", "2026-05-01 10:00")
            else:
                plan = self.station.one("transfer", "plan", arrived["id"], "--set", f"kind={kind}", "--set", "to_region=511502",
                                        "--set", "departs_at=2026-05-01 10:00")
                left = self.station.one("transfer", "depart", plan["id"], "--at", "2026-05-01 10:00", "--emergency", "无人审批")["stay"]
            self.assertEqual(left["left_at"], arrived["arrived_at"])

    def test_a_warning_tells_who_is_here(self):
        fields = ("person.sex=女", "person.name=欧阳娜娜", f"person.id_number={WOMAN_1949}")
        here = self.station.register(*fields)
        (warning,) = self.station.register(*fields)["warnings"]
        self.assertEqual((warning["id"], warning["in_house"], warning["state"], warning["sex"], warning["household_name"]),
                         (here["person"]["id"], True, "arrived", "2", "北京市朝阳区"))
        self.station.one("stay", "admit", here["stay"]["id"])
        self.assertEqual({person["state"] for person in self.station.all("person", "find", "欧阳娜娜")}, {"arrived", "in-house"})

    def test_results_that_cannot_be_written(self):
        words = [os.environ["GUITUCTL"], "--store", self.station.directory, "--as", "admin", "person", "find"]
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, env={**os.environ, "GUITU_PASSWORD": PASSWORD}, check=False)
        self.assertEqual((result.returncode, json.loads(result.stderr)["error"]), (4, "unwritable"))

    def test_a_wrong_number_stands_with_a_reason(self):
        person = self.station.one(*ADD, "--set", "id_number=110105194912310021", "--set", "id_override=证件原文如此")
        shown = self.station.one("person", "show", person["id"], "--reveal")
        self.assertEqual(shown["id_number"], "110105194912310021")
        self.assertEqual(shown["id_override"], "证件原文如此")

    def test_the_number_fills_what_it_tells(self):
        person = self.station.one("person", "add", "--set", f"id_number={WOMAN_1949.lower()}")
        self.assertEqual((person["sex"], person["birth_from"], person["birth_to"], person["household"]),
                         ("2", "1949-12-31", "1949-12-31", "110105"))
        self.assertNotIn("19491231", json.dumps(person))

    def test_limits(self):
        for name in ("王" * 64, "阿卜杜拉·买买提·吐尔逊江", "吉𠮷㼆", "𬱖𫖯"):
            self.assertEqual(self.station.one(*ADD, "--set", f"name={name}")["name"], name)
        self.assertEqual(self.station.one(*ADD, "--set", "marks=左手\n右手")["marks"], "左手\n右手")
        self.assertEqual(self.station.one(*ADD, "--set", "height_cm= 170 ", "--set", "name=\u3000王五\u00a0")["name"], "王五")
        self.assertNotIn("name", self.station.one(*ADD, "--set", "name=\u3000"))

    def test_records_on_standard_input(self):
        lines = '{"sex": "男", "name": "张一"}\n\n{"sex": "男",\n "name": "张二"}\n'
        self.assertEqual([person["name"] for person in self.station.all("person", "add", stdin=lines)], ["张一", "张二"])
        together = '{"sex": "男", "name": "张一一"} {"sex": "男", "name": "张二二"}[{"sex": "男", "name": "张三三"}]'
        self.assertEqual([person["name"] for person in self.station.all("person", "add", stdin=together)], ["张一一", "张二二", "张三三"])
        array = json.dumps([{"sex": "1", "name": "张三"}, {"sex": "2", "name": "张四", "birth_from": None}])
        self.assertEqual([person["name"] for person in self.station.all("person", "add", stdin=array)], ["张三", "张四"])

    def test_what_was_acknowledged_stays_when_a_later_line_is_bad(self):
        lines = '{"sex": "男", "name": "张五"}\n{"sex": "男", "name": "张六", "birth_from": "1990-02-30"}\n{"sex": "男"}\n'
        result = self.station.run("person", "add", stdin=lines)
        self.assertEqual((result.status, result.error["error"], result.error["field"]), (2, "impossible-date", "birth_from"))
        self.assertEqual([person["name"] for person in result.results], ["张五"])
        self.assertEqual(len(self.station.all("person", "find", "张五")), 1)
        self.assertEqual(self.station.all("person", "find", "张六"), [])

    def test_an_array_is_written_whole_or_not_at_all(self):
        records = [{"sex": "男", "name": "张七"}, {"sex": "男", "name": "张八", "birth_from": "1990-02-30"}, {"sex": "男"}]
        self.assert_refused(self.station, ("person", "add"), 2, "impossible-date", "birth_from", stdin=json.dumps(records))
        self.assert_refused(self.station, ("person", "add"), 2, "invalid-json", None, stdin=json.dumps(records[:1] + [7]))
        self.assertEqual(self.station.all("person", "find", "张七"), [])
        del records[1]["birth_from"]
        people = self.station.all("person", "add", stdin=json.dumps(records))
        self.assertEqual([person.get("name") for person in people], ["张七", "张八", None])
        self.assertEqual(self.station.one("ledger", "verify")["problems"], [])

    def test_the_parts_of_an_array_see_one_another(self):
        """Two cards with one number are one person, also when both come at once."""
        (_, second) = self.station.all("stay", "arrive", stdin=json.dumps([
            {"came_by": "police", "person": {"sex": "女", "name": "蓝大妹", "birth_from": "1961-05-07"}},
            {"came_by": "police", "person": {"sex": "女", "name": "蓝大妹", "birth_from": "1961-05-07"}}]))
        self.assertEqual([warning["kind"] for warning in second["warnings"]], ["same-person"])


main()
