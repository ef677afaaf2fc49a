# SPDX-License-Identifier: GPL-3.0-or-later
"""The house: rooms and beds, who is where, what is in keeping, and one shift after another."""

import datetime
import json

from station import PASSWORD, Station, StationTest, main, today

SECOND = ("--second", "manager")
ROOMS = (("男101", "men", 2), ("男9", "men", 2), ("女201", "women", 2), ("童301", "minors", 3),
         ("家401", "family", 3), ("隔501", "isolation", 2), ("护601", "care", 2))


def years_ago(years):
    now = today()
    return now.replace(year=now.year - years, day=min(now.day, 28)).isoformat()


class HouseTest(StationTest):
    """Each test has a station of its own, copied from one with users and rooms."""

    count = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.make_staffed_station({role: role for role in ("intake", "caseworker", "manager", "auditor")})

    def setUp(self):
        type(self).count += 1
        self.house = self.model.copy(self.path(f"{type(self).__name__}-{self.count}"))

    def build(self):
        rooms = [{"name": name, "zone": zone, "beds": beds} for name, zone, beds in ROOMS]
        self.house.all("house", "add", stdin="\n".join(map(json.dumps, rooms)))

    def arrive(self, sex="男", age=None, station=None, **fields):
        words = [f"person.sex={sex}", *(f"person.{name}={value}" for name, value in fields.items())]
        if age is not None:
            words += [f"person.birth_from={years_ago(age)}", f"person.birth_to={years_ago(age)}"]
        return (station or self.house).register(*words)["number"]

    def put(self, bed, *words, **who):
        number = self.arrive(**who)
        self.house.one("stay", "bed", number, bed, *words)
        return number

    def refuse(self, words, status, code, field=None, **options):
        self.assert_refused(self.house, words, status, code, field, environment={"GUITU_SECOND_PASSWORD": PASSWORD}, **options)

    def board(self, *words):
        return self.house.one("stay", "board", *words)

    def on_board(self, number):
        return next(stay for stay in self.board()["stays"] if stay["number"] == number)

    def events(self, number):
        return self.house.one("stay", "show", number)["events"]


class Rooms(HouseTest):
    def test_rooms(self):
        self.build()
        rooms = self.house.all("house", "show")
        self.assertEqual([room["name"] for room in rooms], ["男9", "男101", "女201", "童301", "家401", "隔501", "护601"])
        self.assertEqual([bed["bed"] for bed in rooms[3]["beds"]], ["童301-1", "童301-2", "童301-3"])
        self.assertEqual({bed["state"] for room in rooms for bed in room["beds"]}, {"free"})
        self.assertEqual([room["name"] for room in self.house.all("house", "show", "--zone", "女区")], ["女201"])
        self.refuse(("house", "show", "--zone", "roof"), 2, "unknown-code", "zone")

    def test_bad_rooms(self):
        self.build()
        cases = (
            (("name=101-3", "zone=men", "beds=2"), 2, "bad-character", "name"),
            (("name=1 01", "zone=men", "beds=2"), 2, "bad-character", "name"),
            (("name=" + "长" * 17, "zone=men", "beds=2"), 2, "too-long", "name"),
            (("name=男101", "zone=men", "beds=2"), 1, "already-there", "name"),
            (("name=102", "zone=men", "beds=0"), 2, "out-of-range", "beds"),
            (("name=102", "zone=men", "beds=61"), 2, "out-of-range", "beds"),
            (("name=102", "zone=men", "beds=2", "closed_beds=3"), 2, "out-of-range", "closed_beds"),
            (("name=102", "zone=men", "beds=2", "sex=女"), 2, "contradicts-zone", "sex"),
            (("name=102", "beds=2"), 2, "missing", "zone"),
        )
        for fields, status, code, field in cases:
            with self.subTest(fields=fields):
                self.refuse(("house", "add", *(word for text in fields for word in ("--set", text))), status, code, field)
        self.refuse(("house", "add", "--set", "name=1", "--set", "zone=men", "--set", "beds=1"), 1, "not-allowed", user="intake")

    def test_changing_rooms(self):
        self.build()
        self.put("男101-2")
        for words, field in ((("--state", "disabled"), "state"), (("--set", "zone=women"), "zone"), (("--set", "name=男7"), "name"),
                             (("--set", "beds=1"), "beds"), (("--set", "closed_beds=2"), "closed_beds")):
            with self.subTest(words=words):
                self.refuse(("house", "edit", "男101", *words), 1, "room-taken", field)
        room = self.house.one("house", "edit", "男101", "--set", "beds=5", "--set", "closed_beds=5、 3")
        self.assertEqual((room["closed_beds"], room["free"], room["taken"]), ("5 3", 2, 1))
        self.refuse(("stay", "bed", self.arrive(), "男101-3"), 1, "bed-closed", "bed")
        self.assertEqual(self.house.one("house", "edit", "男9", "--state", "停用")["free"], 0)
        self.refuse(("stay", "bed", self.arrive(), "男9-1"), 1, "room-closed", "bed")
        self.assertNotIn("男9", [found["name"] for found in self.house.all("house", "show", "--free")])
        self.refuse(("house", "edit", "屋顶", "--set", "beds=3"), 3, "not-found", "room")
        self.assertEqual(self.house.one("house", "edit", "男9", "--state", "active", "--set", "name=男10")["name"], "男10")


class Beds(HouseTest):
    def test_what_each_bed_would_break(self):
        self.build()
        self.put("女201-1", sex="女")
        number = self.put("男9-1", age=30)
        rooms = {room["name"]: room["beds"] for room in self.house.all("house", "show", "--for", number)}
        self.assertEqual([bed.get("rules") for bed in rooms["女201"]], [None, ["mixed-sex"]])
        self.assertEqual([bed.get("rules") for bed in rooms["男9"]], [None, []])
        self.assertEqual(rooms["童301"][0]["rules"], ["minor-apart"])
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        self.refuse(("house", "show", "--for", number), 1, "already-left", "for")
        self.refuse(("house", "show", "--for", "2026-9-9999"), 3, "not-found", "stay")

    def test_who_is_expected(self):
        self.build()
        number = self.put("男9-1")
        waiting = self.arrive()
        self.assertEqual((self.on_board(number)["expected"], self.on_board(waiting)["expected"]), (True, False))
        self.house.one("stay", "event", number, "--set", "kind=hospital", "--set", "text=市一医院")
        self.assertFalse(self.on_board(number)["expected"])

    def test_a_bed_is_given_moved_and_freed(self):
        self.build()
        number = self.put("男101 - 02")
        other = self.arrive()
        self.assertEqual(self.on_board(number)["bed"], "男101-2")
        self.refuse(("stay", "bed", other, "男101-2"), 1, "bed-taken", "bed")
        self.refuse(("stay", "bed", other, "男101-3"), 3, "bed-unknown", "bed")
        self.refuse(("stay", "bed", other, "女"), 3, "bed-unknown", "bed")
        self.house.one("stay", "bed", number, "男9-1")
        self.assertEqual([event["text"] for event in self.events(number)], ["— → 男101-2", "男101-2 → 男9-1"])
        self.house.one("stay", "bed", number, "男9-1")
        self.assertEqual(len(self.events(number)), 2)
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        self.house.one("stay", "bed", other, "男9-1")
        self.house.one("stay", "bed", other, "")
        self.assertNotIn("bed", self.on_board(other))
        self.refuse(("stay", "bed", number, "男9-2"), 1, "already-left", "stay")

    def test_what_is_kept_apart(self):
        self.build()
        self.put("男101-1")
        self.put("女201-1", sex="女")
        self.put("童301-1", age=12)
        self.put("隔501-1", health="infectious")
        self.put("家401-1", sex="女", age=40)
        cases = (
            ({"sex": "女"}, "男101-2", {"mixed-sex"}),
            ({"sex": "女"}, "男9-1", {"mixed-sex"}),
            ({"sex": "不明"}, "男101-2", {"mixed-sex"}),
            ({"age": 12}, "男101-2", {"minor-apart"}),
            ({"age": 30}, "童301-2", {"minor-apart"}),
            ({"age": 12, "sex": "女"}, "童301-2", {"mixed-sex"}),
            ({"birth_from": years_ago(25), "birth_to": years_ago(15)}, "男101-2", {"minor-apart"}),
            ({"birth_from": years_ago(25), "birth_to": years_ago(15)}, "童301-2", {"minor-apart"}),
            ({"health": "infectious"}, "男9-1", {"isolation"}),
            ({}, "隔501-2", {"isolation"}),
            ({"sex": "女", "age": 30}, "家401-2", {"family"}),
            ({"sex": "女", "age": 10, "health": "infectious"}, "男101-2", {"mixed-sex", "minor-apart", "isolation"}),
        )
        for who, bed, rules in cases:
            with self.subTest(who=who, bed=bed):
                words = ("stay", "bed", self.arrive(**who), bed)
                self.refuse(words, 1, "bed-rules", "bed")
                message = self.house.run(*words).error["message"]
                self.assertEqual({rule for rule in ("mixed-sex", "minor-apart", "isolation", "family") if f"({rule})" in message}, rules)
        for who, bed in (({"sex": "不明"}, "男9-1"), ({"birth_from": years_ago(25), "birth_to": years_ago(15)}, "护601-1"),
                         ({"health": "infectious"}, "隔501-2"), ({"age": 11}, "童301-2"), ({}, "男101-2")):
            self.put(bed, **who)

    def test_override(self):
        self.build()
        self.put("男101-1")
        number = self.arrive(sex="女")
        bed = ("stay", "bed", number, "男101-2")
        self.refuse((*bed, "--override", "夫妻"), 1, "second-needed", "second")
        self.refuse((*bed, *SECOND), 1, "bed-rules", "bed")
        self.refuse((*bed, "--override", "夫妻", "--second", "admin"), 1, "same-person", "second")
        self.refuse((*bed, "--override", "夫妻", "--second", "auditor"), 1, "not-allowed", "second")
        wrong = self.house.run(*bed, "--override", "夫妻", *SECOND, environment={"GUITU_SECOND_PASSWORD": "not-it"})
        self.assert_error(wrong, 1, "wrong-password", "second_password")
        self.assertNotIn("bed", self.on_board(number))
        words = (*bed, "--override", "夫妻", *SECOND)
        self.house.one(*words, environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        (event,) = self.events(number)
        self.assertIn("夫妻", event["text"])
        self.assertIn("男女未分室", event["text"])
        users = {user["name"]: user["id"] for user in self.house.all("user", "list")}
        self.assertEqual((event["kind"], event["by"], event["second"]), ("bed", users["admin"], users["manager"]))
        taken = self.arrive()
        self.refuse(("stay", "bed", taken, "男101-2", "--override", "急", *SECOND), 1, "bed-taken", "bed")

    def test_families(self):
        self.build()
        mother, son, stranger = self.arrive(sex="女", age=35), self.arrive(age=8), self.arrive(age=9)
        for number in (mother, son):
            self.set_family(number)
        self.house.one("stay", "bed", mother, "家401-1")
        self.house.one("stay", "bed", son, "家401-2")
        self.refuse(("stay", "bed", stranger, "家401-3"), 1, "bed-rules", "bed")
        moved = self.house.one("stay", "bed", son, "童301-1")
        self.assertEqual([warning["kind"] for warning in moved["warnings"]], ["family-apart"])
        self.assertIn("family", self.on_board(son)["flags"])

    def test_who_is_a_family(self):
        """A family in one room is not parted on paper, and nobody is put into one, without what a bed needs."""
        self.build()
        mother, son = self.arrive(sex="女", age=35), self.arrive(age=8)
        for number in (mother, son):
            self.set_family(number)
        self.house.one("stay", "bed", mother, "家401-1")
        self.house.one("stay", "bed", son, "家401-2")
        self.refuse(("stay", "edit", son, "--set", "family="), 1, "bed-rules", "bed")
        self.refuse(("stay", "edit", son, "--set", "family=乙", "--override", "x"), 1, "second-needed", "second")
        self.house.one("stay", "edit", son, "--set", "clothing=棉袄")
        edited = self.house.one("stay", "edit", son, "--set", "family=乙", "--override", "姨母", *SECOND, environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        self.assertEqual(edited["family"], "乙")
        self.assertIn("姨母", self.events(son)[-1]["text"] + self.events(son)[0]["text"])
        self.house.one("stay", "edit", son, "--set", "family=甲")

    def set_family(self, number):
        """A family mark comes with the admission."""
        self.house.one("stay", "admit", number, "--set", "family=甲")

    def test_admission_checks_the_same(self):
        self.build()
        self.put("男101-1")
        number = self.arrive(sex="女")
        self.refuse(("stay", "admit", number, "--bed", "男101-2"), 1, "bed-rules", "bed")
        self.refuse(("stay", "arrive", "--set", "person.sex=女", "--set", "came_by=police", "--bed", "男101-2"), 1, "bed-rules", "bed")
        self.refuse(("stay", "admit", number, "--bed", "男101-2", "--override", "姐弟"), 1, "second-needed", "second")
        admitted = self.house.one("stay", "admit", number, "--bed", "男101-2", "--override", "姐弟", *SECOND,
                                  environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        self.assertEqual(admitted["bed"], "男101-2")
        self.assertIn("姐弟", self.events(number)[0]["text"])

    def test_without_rooms(self):
        """Any text is a bed then, and what stands before the hyphen is the room."""
        self.put("A-1")
        self.refuse(("stay", "bed", self.arrive(), "Ａ－1"), 1, "bed-taken", "bed")
        self.refuse(("stay", "bed", self.arrive(sex="女"), "A-2"), 1, "bed-rules", "bed")
        self.put("B-2", sex="女")
        self.put("大厅", age=70)
        (first, *_) = self.house.all("house", "show")
        self.assertEqual((first["is_declared"], first["taken"]), (False, 1))

    def test_facts_change(self):
        self.build()
        self.put("男101-1")
        number = self.put("男101-2")
        person = self.on_board(number)["person"]["id"]
        self.assertEqual(self.on_board(number)["conflicts"], [])
        self.house.one("person", "edit", person, "--set", "health=infectious")
        self.assertEqual(self.on_board(number)["conflicts"], ["isolation"])
        room = next(room for room in self.house.all("house", "show") if room["name"] == "男101")
        self.assertEqual({(conflict["rule"], conflict["bed"]) for conflict in room["conflicts"]},
                         {("isolation", "男101-1"), ("isolation", "男101-2")})
        self.assertEqual(len(self.house.one("shift", "show")["open"]["bed_conflicts"]), 2)

    def test_what_becomes_known_is_told(self):
        """An edit or a merge that makes a room unlawful is possible, and says so at once."""
        self.build()
        self.put("男101-1")
        number = self.put("男101-2")
        person = self.on_board(number)["person"]["id"]
        self.assertEqual(self.house.one("person", "edit", person, "--set", "accent=晋语")["warnings"], [])
        edited = self.house.one("person", "edit", person, "--set", "sex=女")
        self.assertEqual([(warning["kind"], warning["rules"]) for warning in edited["warnings"]], [("bed-rules", ["mixed-sex"])])
        self.assertEqual(self.on_board(number)["conflicts"], ["mixed-sex"])
        self.assertEqual(self.house.one("person", "edit", person, "--set", "accent=赣语")["warnings"], [])
        self.house.one("person", "edit", person, "--set", "sex=男")
        child = self.house.one("person", "add", "--set", "sex=男", "--set", f"birth_from={years_ago(9)}", "--set", "verified_by=kin")["id"]
        merged = self.house.one("person", "merge", person, child, "--reason", "指纹")
        self.assertEqual([warning["rules"] for warning in merged["warnings"]], [["minor-apart"]])
        self.assertEqual(self.house.one("person", "unmerge", child, "--reason", "指纹不符", *SECOND,
                                        environment={"GUITU_SECOND_PASSWORD": PASSWORD})["warnings"], [])

    def test_two_desks_give_one_bed(self):
        self.build()
        other = Station(self.path(f"desk-{self.count}"))
        invited = self.house.one("desk", "invite", self.path("invitation"))
        other.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
        self.carry(self.house, other)
        numbers = [self.arrive(station=desk) for desk in (self.house, other)]
        for desk, number in zip((self.house, other), numbers):
            desk.one("stay", "bed", number, "男101-1")
        self.carry(other, self.house)
        self.assertEqual([self.on_board(number)["conflicts"] for number in numbers], [["taken"], ["taken"]])

    def carry(self, source, target):
        source.one("bundle", "export", self.path("carried.gtb"))
        target.one("bundle", "import", self.path("carried.gtb"), user="")


class Board(HouseTest):
    def test_flags_and_totals(self):
        self.build()
        girl = self.put("童301-1", sex="女", age=10, name="小花", verified_by="kin")
        old = self.put("女201-1", sex="女", age=75, impaired="yes", wanders="yes", fence="violence")
        ill = self.put("隔501-1", health="infectious")
        self.house.one("stay", "admit", ill, "--set", "decision=emergency")
        self.assertEqual(self.on_board(girl)["flags"], ["minor", "woman"])
        self.assertEqual(self.on_board(old)["flags"], ["woman", "elderly", "wanders", "impaired", "unidentified", "fenced"])
        self.assertEqual(self.on_board(ill)["flags"], ["illness", "isolation", "unidentified", "emergency"])
        self.assertEqual(self.on_board(old)["zone"], "women")
        board = self.board()
        self.assertEqual(board["totals"], {"men": 1, "women": 2, "minors": 1, "hospital": 0, "leave": 0, "missing": 0, "free_beds": 13})
        self.assertEqual(board["count"], 3)
        waiting = self.arrive()
        self.assertEqual(self.board()["stays"][0]["number"], waiting)
        self.assertEqual([stay["number"] for stay in self.board("--flag", "minor")["stays"]], [girl])
        self.assertEqual([stay["number"] for stay in self.board("--zone", "isolation")["stays"]], [ill])
        self.assertEqual(self.board("--where", "hospital")["count"], 0)
        for option, value in (("zone", "roof"), ("flag", "tall"), ("where", "moon")):
            self.refuse(("stay", "board", f"--{option}", value), 2, "unknown-code", option)

    def test_long_stay_is_overdue(self):
        number = self.house.one("stay", "admit", "--set", "person.sex=男", "--set", "came_by=self",
                                "--set", f"arrived_at={years_ago(1)} 10:00", "--set", f"admitted_at={years_ago(1)} 10:30")["number"]
        self.assertIn("overdue", self.on_board(number)["flags"])


class Where(HouseTest):
    def event(self, number, kind, *fields):
        words = [word for field in (f"kind={kind}", *fields) for word in ("--set", field)]
        return ("stay", "event", number, *words)

    def tomorrow(self):
        return (today() + datetime.timedelta(days=1)).isoformat() + " 18:00"

    def test_leave_and_hospital(self):
        number = self.arrive(age=40)
        self.refuse(self.event(number, "return"), 1, "not-from-there", "kind")
        self.refuse(self.event(number, "absence"), 2, "missing", "until")
        self.refuse(self.event(number, "absence", "until=2020-01-01 10:00"), 2, "out-of-range", "until")
        self.house.one(*self.event(number, "absence", f"until={self.tomorrow()}"))
        stay = self.on_board(number)
        self.assertEqual((stay["where"], stay["where_until"][:16]), ("leave", self.tomorrow().replace(" ", "T")))
        self.assertIn("leave", stay["flags"])
        self.refuse(self.event(number, "absence", f"until={self.tomorrow()}"), 1, "not-from-there", "kind")
        self.house.one(*self.event(number, "return"))
        self.assertEqual(self.on_board(number)["where"], "house")
        self.assertNotIn("where_until", self.on_board(number))
        self.house.one(*self.event(number, "hospital", "text=市一医院"))
        self.refuse(self.event(number, "found"), 1, "not-from-there", "kind")
        self.house.one(*self.event(number, "meal"))
        self.assertEqual(self.board()["totals"]["hospital"], 1)
        self.house.one(*self.event(number, "discharge"))
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        self.refuse(self.event(number, "hospital"), 1, "already-left", "stay")

    def test_companions(self):
        for who in ({"age": 12}, {"impaired": "yes"}, {"health": "dementia", "age": 80}):
            with self.subTest(who=who):
                number = self.arrive(**who)
                words = self.event(number, "absence", f"until={self.tomorrow()}")
                self.refuse(words, 1, "companion-needed", "witness")
                self.house.one(*words, "--set", "witness=社工 陈敏")

    def test_noted_late(self):
        number = self.house.register("person.sex=男", "arrived_at=2026-01-05 10:00")["number"]
        self.house.one(*self.event(number, "hospital", "at=2026-01-08 10:00"))
        self.refuse(self.event(number, "discharge", "at=2026-01-07 10:00"), 1, "out-of-order", "at")
        self.house.one(*self.event(number, "discharge", "at=2026-01-09 10:00"))

    def test_roll_call(self):
        self.build()
        here, gone, away = self.put("男101-1"), self.put("男101-2"), self.put("女201-1", sex="女")
        self.house.one(*self.event(away, "hospital"))
        self.refuse(("house", "roll-call", "--absent", f"{gone} {away}"), 1, "not-expected", "absent")
        self.refuse(("house", "roll-call", "--absent", "2020-1-0001"), 1, "not-expected", "absent")
        self.refuse(("house", "roll-call", "--zone", "women", "--absent", gone), 1, "not-expected", "absent")
        call = self.house.one("house", "roll-call", "--absent", f"{gone}、{gone}", "--note", "二楼窗户未关", user="intake")
        self.assertEqual((call["expected"], call["present"], call["absent"], call["note"]), (2, 1, gone, "二楼窗户未关"))
        self.assertEqual([person["number"] for person in call["people"]], [gone])
        self.assertEqual([event["kind"] for event in self.events(gone)], ["bed", "missing"])
        self.assertEqual([self.on_board(number)["where"] for number in (here, gone, away)], ["house", "missing", "hospital"])
        self.assertEqual(self.house.one("house", "roll-call")["expected"], 1)
        self.house.one(*self.event(gone, "found"))
        self.assertEqual(self.house.one("house", "roll-call", "--zone", "men")["expected"], 2)
        self.refuse(("house", "roll-call"), 1, "not-allowed", user="auditor")


class Belongings(HouseTest):
    def take(self, number, *fields, words=(), **options):
        return self.house.one("belongings", "take", number, *(word for field in fields for word in ("--set", field)), *words, **options)

    def listed(self, number, *words):
        return self.house.one("belongings", "list", number, *words)

    def second_desk(self):
        other = Station(self.path(f"desk-{self.count}"))
        invited = self.house.one("desk", "invite", self.path("invitation"))
        other.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
        return other

    def carry(self, source, target):
        source.one("bundle", "export", self.path("carried.gtb"))
        target.one("bundle", "import", self.path("carried.gtb"), user="")

    def test_in_and_out(self):
        number = self.arrive()
        cash = self.take(number, "kind=cash", "amount_fen=12050", "bag=17", "seal=0042", "in_sign=thumb")
        phone = self.take(number, "kind=phone", "name=手机", words=SECOND, environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        self.assertEqual((cash["name"], cash["amount_fen"], cash["count"], cash["state"], cash["is_unsigned"]), ("现金", 12050, 1, "held", True))
        self.assertFalse(phone["is_unsigned"])
        self.assertEqual(len(self.house.one("shift", "show")["open"]["unsigned"]), 1)
        self.refuse(("belongings", "sign", number), 1, "same-person", "item")
        self.assertEqual([item["id"] for item in self.house.all("belongings", "sign", number, user="intake")], [cash["id"]])
        self.refuse(("belongings", "sign", cash["id"]), 1, "nothing-to-sign", "item")
        self.assertEqual(self.on_board(number)["belongings_held"], 2)
        listed = self.listed(number)
        self.assertEqual((listed["held"], listed["cash_fen"], listed["cash_held_fen"]), (2, 12050, 12050))
        give = ("belongings", "give", number, "--as", "returned")
        self.refuse(give, 2, "missing", "sign")
        self.refuse((*give, "--sign", "refused"), 2, "missing", "note")
        (given,) = self.house.all(*give, "--item", cash["id"], "--sign", "signed")
        self.assertEqual((given["state"], given["out_sign"]), ("returned", "signed"))
        self.refuse((*give, "--item", cash["id"], "--sign", "signed"), 1, "already-given", "item")
        self.refuse((*give, "--item", "nothing", "--sign", "signed"), 3, "not-found", "item")
        listed = self.listed(number, "--held")
        self.assertEqual(([item["id"] for item in listed["items"]], listed["cash_held_fen"]), ([phone["id"]], 0))
        self.house.all("belongings", "sign", cash["id"], user="manager")
        self.house.all(*give, "--sign", "refused", "--note", "见证人 李明")
        self.refuse((*give, "--sign", "signed"), 3, "nothing-held", "item")
        self.assertEqual(self.on_board(number)["belongings_held"], 0)

    def test_bad_things(self):
        number = self.arrive()
        cases = (
            (("kind=cash",), "missing", "amount_fen"),
            (("kind=cash", "amount_fen=0"), "out-of-range", "amount_fen"),
            (("kind=cash", "amount_fen=12.50"), "not-a-number", "amount_fen"),
            (("kind=phone",), "missing", "name"),
            (("kind=phone", "name=手机", "count=0"), "out-of-range", "count"),
            (("kind=phone", "name=手机", "out_sign=signed"), "unknown-field", "out_sign"),
        )
        for fields, code, field in cases:
            with self.subTest(fields=fields):
                self.refuse(("belongings", "take", number, *(word for text in fields for word in ("--set", text))), 2, code, field)
        self.refuse(("belongings", "take", number, "--set", "kind=phone", "--set", "name=手机", "--second", "admin"), 1, "same-person", "second")
        self.refuse(("belongings", "take", number), 1, "not-allowed", user="auditor")
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        self.refuse(("belongings", "take", number, "--set", "kind=phone", "--set", "name=手机"), 1, "already-left", "stay")

    def test_forbidden_things(self):
        """To the police with a receipt, or they stay in keeping; the rest is given back without them."""
        number = self.arrive()
        knife = self.take(number, "kind=forbidden", "name=匕首")
        card = self.take(number, "kind=document", "name=身份证")
        give = ("belongings", "give", number)
        self.refuse((*give, "--item", knife["id"], "--as", "returned", "--sign", "signed"), 1, "forbidden-item", "as")
        (given,) = self.house.all(*give, "--as", "returned", "--sign", "signed")
        self.assertEqual(given["id"], card["id"])
        self.refuse((*give, "--as", "police", "--to", "站前派出所"), 2, "missing", "note")
        self.refuse((*give, "--as", "police", "--note", "收据7"), 2, "missing", "to")
        (handed,) = self.house.all(*give, "--as", "police", "--to", "站前派出所", "--note", "收据7号")
        self.assertEqual((handed["state"], handed["note"], handed["out_to"]), ("police", "收据7号", "站前派出所"))

    def test_left_in_care(self):
        """Who left things behind may fetch them later."""
        number = self.arrive()
        bag = self.take(number, "kind=luggage", "name=背包")
        self.house.all("belongings", "give", number, "--as", "entrusted", "--sign", "signed")
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        (given,) = self.house.all("belongings", "give", number, "--item", bag["id"], "--as", "returned", "--to", "弟弟 张二", "--sign", "proxy")
        self.assertEqual((given["state"], given["out_to"]), ("returned", "弟弟 张二"))

    def test_at_another_desk(self):
        number = self.arrive()
        self.take(number, "kind=cash", "amount_fen=1")
        self.house.all("belongings", "sign", number, user="intake")
        other = self.second_desk()
        for source, target in ((self.house, other), (other, self.house)):
            self.carry(source, target)
            self.assertEqual(self.house.one("belongings", "list", number), other.one("belongings", "list", number))
            if target is other:
                other.all("belongings", "give", number, "--as", "returned", "--sign", "signed")
        self.assertEqual(self.listed(number)["held"], 0)

    def test_taken_while_another_desk_lets_them_go(self):
        """One yuan stays behind: there is a duty, and the next shift hears of it."""
        number = self.arrive()
        other = self.second_desk()
        self.carry(self.house, other)
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        other.one("belongings", "take", number, "--set", "kind=cash", "--set", "amount_fen=100")
        self.assertEqual(other.one("shift", "show")["open"]["left_behind"], [])
        self.carry(other, self.house)
        self.carry(self.house, other)
        for desk in (self.house, other):
            self.assertEqual([item["number"] for item in desk.one("shift", "show")["open"]["left_behind"]], [number])
            for words in ((), ("--stay", number)):
                duties = {task["kind"]: task["text"] for task in desk.all("tasks", *words) if task.get("number") == number}
                self.assertEqual(duties, {"unsigned": "现金", "belongings": "现金"})
        self.house.all("belongings", "give", number, "--as", "returned", "--sign", "signed", *SECOND, environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        self.assertEqual(self.house.one("shift", "show")["open"]["left_behind"], [])
        self.assertNotIn("belongings", [task["kind"] for task in self.house.all("tasks", "--stay", number)])


class Shifts(HouseTest):
    def test_both_sign(self):
        self.refuse(("shift", "take"), 3, "nothing-waiting", user="intake")
        self.refuse(("shift", "hand-over"), 2, "missing", "note")
        girl, man = self.arrive(sex="女", age=10), self.arrive()
        self.house.one("stay", "event", man, "--set", "kind=incident", "--set", "text=口角")
        open_items = self.house.one("shift", "show")["open"]
        self.assertEqual([item["number"] for item in open_items["arrivals"]], [girl, man])
        self.assertEqual([item["number"] for item in open_items["watched"]], [girl])
        self.assertEqual([item["text"] for item in open_items["events"]], ["口角"])
        self.assertEqual(len(open_items["without_bed"]), 2)
        first = self.house.one("shift", "hand-over", "--note", "看护女童")
        self.assertEqual((first["state"], first["in_house"]), ("waiting", 2))
        self.refuse(("shift", "take"), 1, "same-person")
        self.refuse(("shift", "hand-over", "--note", "我来"), 1, "hand-over-waiting", user="intake")
        self.refuse(("shift", "take"), 1, "not-allowed", user="auditor")
        again = self.house.one("shift", "hand-over", "--note", "看护女童，9时吃药")
        self.assertEqual([shift["id"] for shift in self.house.all("shift", "list")], [again["id"]])
        self.assertEqual([self.house.one("shift", "show", user=user)["waiting"]["is_own"] for user in ("admin", "intake")], [True, False])
        taken = self.house.one("shift", "take", "--reply", "已清点", user="intake")
        self.assertEqual((taken["id"], taken["state"], taken["reply"]), (again["id"], "taken", "已清点"))
        shown = self.house.one("shift", "show")
        self.assertEqual((shown["last"]["id"], shown["open"]["from_at"]), (again["id"], taken["taken_at"]))
        self.assertNotIn("waiting", shown)
        signed = self.house.one("shift", "show", again["id"])
        self.assertEqual([item["number"] for item in signed["open_items"]["watched"]], [girl])

    def test_at_once(self):
        words = ("shift", "hand-over", "--note", "无")
        self.refuse((*words, "--reply", "好"), 2, "missing", "second")
        self.refuse((*words, "--second", "admin"), 1, "same-person", "second")
        self.refuse((*words, "--second", "auditor"), 1, "not-allowed", "second")
        shift = self.house.one(*words, *SECOND, "--reply", "好", environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        self.assertEqual((shift["state"], shift["reply"], shift["taken_at"]), ("taken", "好", shift["handed_at"]))
        self.assertEqual(json.dumps(self.house.all("shift", "list"), ensure_ascii=False).count("好"), 1)

    def test_what_left(self):
        self.house.one("shift", "hand-over", "--note", "无", *SECOND, environment={"GUITU_SECOND_PASSWORD": PASSWORD})
        number = self.arrive()
        self.house.one("stay", "leave", number, "--leave_by", "own-will")
        open_items = self.house.one("shift", "show")["open"]
        self.assertEqual([(item["number"], item["leave_by"]) for item in open_items["leavings"]], [(number, "own-will")])
        self.assertEqual(open_items["in_house"], 0)

    def test_what_is_due(self):
        """Overdue and due today, not what is due later."""
        girl = self.arrive(sex="女", name="小花", fence="violence")
        self.house.one("stay", "admit", girl)
        for text, due in (("交电费", "2026-01-02 10:00"), ("取药", f"{today()} 23:59"), ("年检", "2099-01-02 10:00")):
            self.house.one("task", "add", "--set", "kind=other", "--set", f"text={text}", "--set", f"due_at={due}", "--set", f"stay={girl}")
        shown = {task["due_at"]: task for task in self.house.one("shift", "show")["open"]["tasks"] if task["kind"] == "other"}
        self.assertEqual([task["state"] for task in shown.values()], ["overdue", "due"])
        self.assertEqual({(task["number"], task["display_name"]) for task in shown.values()}, {(girl, "小花")})
        signed = self.house.one("shift", "hand-over", "--note", "无")
        frozen = {task["due_at"] for task in signed["open_items"]["tasks"] if task["kind"] == "other"}
        self.assertEqual(frozen, set(shown))


main()
