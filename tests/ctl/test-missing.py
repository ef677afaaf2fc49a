# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of families, here and at another station, and who may be the one they look for."""

import base64
import json
import os
import subprocess
import uuid

import network
from station import GUITUCTL, MAN_1990, PASSWORD, Station, StationTest, main, today

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
ROLES = {"clerk": "intake", "worker": "caseworker", "auditor": "auditor"}
LOST = {"name": "欧阳海涛", "sex": "1", "birth_from": "1958-03-02", "birth_to": "1958-03-02", "height_cm": "171", "lost_on": "2026-01-05",
        "household": "441423", "accent": "客家话", "marks": "左眉有疤", "kin": "儿子欧阳强 13800001234", "reporter": "欧阳强", "kinship": "20", "phone": "13800001234"}
# Who was admitted elsewhere, without papers: the name is written by its sound.
HEARD = {"name": "欧阳海滔", "sex": "1", "birth_from": "1955-01-01", "birth_to": "1961-12-31", "height_cm": "170", "household": "441423"}
# Of a report that is over, nothing that tells who it was.
KEPT = {"row", "id", "base_clock", "base_desk", "station", "number", "state", "at", "voided"}


def words(fields):
    return [word for item in fields.items() for word in ("--set", "=".join(item))]


class Missing(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        network.USERS.update(ROLES)
        cls.a, cls.b = network.make(cls.path, {"甲": ("clerk", "worker", "auditor"), "乙": ("clerk", "worker")}).values()
        with open(cls.path("face.png"), "wb") as file:
            file.write(PIXEL)

    def copies(self, *stations):
        name = self.id().rsplit(".", maxsplit=1)[-1]
        copies = [station.copy(self.path(f"{name}-{number}")) for number, station in enumerate(stations)]
        for copy, station in zip(copies, stations):
            copy.code = station.code
        return copies

    def carry(self, source, target):
        return network.carry(self.path, source, target)

    @staticmethod
    def report(station, user="clerk", **changed):
        return station.one("missing", "add", *words({**LOST, **changed}), user=user)

    @staticmethod
    def admit(station, user="clerk", **changed):
        return station.register(*[f"person.{name}={value}" for name, value in {**HEARD, **changed}.items() if value is not None], user=user)

    @staticmethod
    def shared(station):
        """What the station holds of shared reports, as it lies in the table."""
        with station.connect() as connection:
            cursor = connection.execute("SELECT * FROM sought")
            names = [column[0] for column in cursor.description]
            return [{name: value for name, value in zip(names, row) if value is not None} for row in cursor]

    @staticmethod
    def kinds(results):
        return [result["kind"] for result in results]

    def tasks(self, station, user="worker"):
        return [task for task in station.all("tasks", user=user) if task["kind"].startswith("finding")]

    def assert_empty(self, sought):
        self.assertLessEqual(set(sought), KEPT, sought)

    # --- The report -------------------------------------------------------------------------------

    def test_a_report_is_as_good_as_a_record(self):
        (a,) = self.copies(self.a)
        made = self.report(a)
        self.assertEqual((made["number"], made["state"], made["sharing"]), (f"B{today().year}-1-0001", "open", "station"))
        self.assertEqual(self.report(a, name="")["display_name"], "姓名不详")
        self.assertEqual(self.report(a, name="", alias="毛毛")["display_name"], "毛毛")
        read = self.report(a, id_number=MAN_1990, birth_from="", birth_to="", household="")
        self.assertEqual((read["birth_from"], read["household"], read["id_number"][:6] + read["id_number"][-4:] != MAN_1990), ("1990-03-07", "440105", True))
        self.assertNotIn(MAN_1990, json.dumps(read))
        self.assertEqual(self.report(a, birth_from="", birth_to="", birth_lunar="1958年正月十三")["birth_from"], "1958-03-02")
        for changed, code, field in (
                ({"sex": ""}, "missing", "sex"), ({"reporter": ""}, "missing", "reporter"), ({"phone": ""}, "missing", "phone"),
                ({"phone": "问邻居"}, "bad-character", "phone"), ({"height_cm": "400"}, "out-of-range", "height_cm"),
                ({"id_number": MAN_1990[:-1] + "3"}, "wrong-check-digit", "id_number"), ({"birth_from": "2199-01-01"}, "impossible-date", "birth_from"),
                ({"lost_on": str(today().replace(year=today().year + 1, day=1))}, "in-the-future", "lost_on"), ({"lost_on": "1950-01-01"}, "impossible-date", "lost_on"),
                ({"reported_at": "2025-12-31 10:00"}, "too-early", "reported_at"), ({"sharing": "neighbours"}, "unknown-code", "sharing")):
            with self.subTest(changed=changed):
                self.assert_refused(a, ("missing", "add", *words({**LOST, **changed})), 2, code, field, user="clerk")
        found = a.all("missing", "list", LOST["name"], "--open", user="clerk")
        self.assertEqual((len(found), found[-1]["number"]), (3, made["number"]))
        self.assertEqual(a.one("missing", "edit", made["number"], "--set", "height_cm=168", user="clerk")["height_cm"], 168)
        self.assert_refused(a, ("missing", "edit", made["id"], "--set", "lost_on=1950-01-01"), 2, "impossible-date", "lost_on", user="clerk")
        self.assertEqual(a.one("missing", "show", made["number"], user="auditor")["by_name"], "clerk")
        self.assert_refused(a, ("missing", "add", *words(LOST)), 1, "not-allowed", None, user="auditor")
        self.assert_error(a.run("missing", "show", "B2026-1-9999", user="clerk"), 3, "not-found", "missing")

    def test_who_sees_the_number_in_full_is_noted(self):
        (a,) = self.copies(self.a)
        number = self.report(a, id_number=MAN_1990, birth_from="", birth_to="")["number"]
        self.assertNotIn(MAN_1990, json.dumps(a.one("missing", "show", number, user="worker")))
        before = len(a.all("access", "list"))
        self.assertEqual(a.one("missing", "show", number, "--reveal", user="worker")["id_number"], MAN_1990)
        seen = a.all("access", "list")
        self.assertEqual((len(seen) - before, seen[0]["user"], number in seen[0]["detail"]), (1, "worker", True))

    # --- What others see --------------------------------------------------------------------------

    def test_only_what_the_family_allows_goes_out(self):
        a, b = self.copies(self.a, self.b)
        number = self.report(a, marks="左眉有疤，常说找欧阳强，证号440105199003071032", id_number=MAN_1990, birth_from="", birth_to="", health="mental")["number"]
        a.one("file", "add", "--missing", number, "--photo", "--file", self.path("face.png"), user="clerk")
        self.assertEqual(self.shared(a), [])
        a.one("missing", "edit", number, "--set", "sharing=stations", user="clerk")
        (sought,) = self.shared(a)
        self.assertEqual((sought["name"], sought["state"], sought["number"]), (LOST["name"], "open", number))
        for closed in ("phone", "photo", "health"):
            self.assertNotIn(closed, sought)
        said = json.dumps({name: value for name, value in sought.items() if isinstance(value, str)}, ensure_ascii=False)
        for never in (LOST["reporter"], LOST["phone"], MAN_1990):
            self.assertNotIn(never, said)
        a.one("missing", "edit", number, *words({"allow_phone": "yes", "allow_photo": "yes"}), user="clerk")
        self.carry(a, b)
        (seen,) = b.all("missing", "list", "--elsewhere", "--open", user="clerk")
        self.assertEqual((seen["family_phone"], seen["station_name"], seen["phone"], seen["own"]), (LOST["phone"], "甲站", "020-00000001", False))
        self.assertTrue(self.shared(b)[0]["photo"])
        a.one("missing", "edit", number, *words({"allow_phone": "no", "allow_photo": ""}), user="clerk")
        self.carry(a, b)
        self.assertFalse({"phone", "photo"} & set(self.shared(b)[0]))
        a.one("missing", "edit", number, "--set", "sharing=station", user="clerk")
        self.carry(a, b)
        for station in (a, b):
            self.assert_empty(self.shared(station)[0])
        self.assertEqual(b.all("missing", "list", "--elsewhere", "--open", user="clerk"), [])

    def test_what_is_for_this_station_stays_home(self):
        a, b = self.copies(self.a, self.b)
        self.admit(b)
        self.report(a)
        self.carry(a, b)
        self.assertEqual((self.shared(b), b.all("finding", "list", "--all", user="worker"), self.tasks(b)), ([], [], []))

    # --- At one station ---------------------------------------------------------------------------

    def test_both_directions_at_one_desk(self):
        (a,) = self.copies(self.a)
        early = self.admit(a)["person"]["id"]
        number = self.report(a)["number"]
        (found,) = a.all("finding", "list", user="worker")
        self.assertEqual((found["person"]["id"], found["missing"]["number"], found["state"]), (early, number, "open"))
        self.assertIn("name", [reason["field"] for reason in found["why"]])
        name = next(reason for reason in found["why"] if reason["field"] == "name")
        self.assertEqual((name["ours"], name["theirs"]), (HEARD["name"], LOST["name"]))
        late = self.admit(a, name="欧阳海涛")
        (warning,) = [warning for warning in late["warnings"] if warning["kind"] == "missing"]
        self.assertEqual((warning["number"], warning["family_phone"], warning["station_name"]), (number, LOST["phone"], "甲站"))
        self.assertGreater(warning["probability"], 0.2)
        self.assertTrue(warning["why"])
        self.assertEqual({found["person"]["id"] for found in a.all("finding", "list", user="worker")}, {early, late["person"]["id"]})
        self.assertIn("missing", self.kinds(a.one("person", "show", early, user="clerk")["warnings"]))
        self.assertIn("missing", self.kinds(a.one("person", "check", *words(HEARD), user="clerk")["warnings"]))
        self.assertEqual(len(a.one("missing", "show", number, user="clerk")["findings"]), 2)

    def test_who_was_in_the_house_when_the_other_was_lost(self):
        """A likeness, but not in time: it weighs against it, with the reason."""
        (a,) = self.copies(self.a)
        here = a.register(*[f"person.{name}={value}" for name, value in HEARD.items()], "arrived_at=2025-10-01 10:00", user="clerk")["stay"]
        before = self.report(a, lost_on="2025-09-20")
        after = self.report(a, name="欧阳海韬", phone="13800009999", lost_on="2026-02-01")
        of = {found["missing"]["id"]: found for found in a.all("finding", "list", user="worker") if "missing" in found}
        self.assertGreater(of[before["id"]]["probability"], 0.9)
        self.assertNotIn("in-house-then", [reason.get("how") for reason in of[before["id"]]["why"]])
        if after["id"] in of:
            self.assertLess(of[after["id"]]["probability"], of[before["id"]]["probability"] - 0.1)
            self.assertIn("in-house-then", [reason.get("how") for reason in of[after["id"]]["why"]])
        a.one("stay", "leave", here["id"], "--leave_by", "own-will", "--left_at", "2025-12-01 10:00", user="clerk")
        later = self.report(a, phone="13800008888", lost_on="2026-02-03")
        found = {found["missing"]["id"]: found for found in a.all("finding", "list", user="worker") if "missing" in found}[later["id"]]
        self.assertGreater(found["probability"], 0.9)

    def test_two_acts_end_a_search(self):
        (a,) = self.copies(self.a)
        person = self.admit(a)["person"]["id"]
        number = self.report(a, sharing="public")["number"]
        (found,) = a.all("finding", "list", user="worker")
        self.assertEqual([(task["kind"], task["about"]) for task in self.tasks(a)], [("finding", found["id"])])
        close = ("missing", "close", number, "--as", "found", "--found", person, "--confirmed_how", "photo")
        self.assert_refused(a, close, 1, "not-judged", "found", user="worker")
        self.assert_refused(a, ("finding", "decide", found["id"], "--verdict", "same", "--reason", "x"), 1, "not-allowed", None, user="clerk")
        self.assert_refused(a, ("finding", "decide", found["id"], "--verdict", "same"), 2, "missing", "reason", user="worker")
        decided = a.one("finding", "decide", found["id"], "--verdict", "same", "--reason", "疤痕一致，儿子视频辨认", user="worker")
        self.assertEqual((decided["state"], decided["by_name"], a.all("finding", "list", user="worker")), ("same", "worker", []))
        self.assertEqual(self.kinds(self.tasks(a)), ["finding-confirm"])
        self.assert_refused(a, close[:-2], 2, "missing", "confirmed_how", user="worker")
        self.assert_refused(a, close, 1, "not-allowed", None, user="clerk")
        ended = a.one(*close, "--text", "次日接回", user="worker")
        self.assertEqual((ended["state"], ended["found"], ended["confirmed_how"], self.tasks(a)), ("found", person, "photo", []))
        self.assert_empty(self.shared(a)[0])
        self.assert_refused(a, ("missing", "edit", number, "--set", "height_cm=170"), 1, "report-ended", None, user="worker")
        self.assert_refused(a, ("finding", "decide", found["id"], "--verdict", "different", "--reason", "x"), 1, "report-ended", None, user="worker")
        opened = a.one("missing", "reopen", number, "--reason", "接回的不是他", user="worker")
        self.assertEqual((opened["state"], "found" in opened, self.shared(a)[0]["name"]), ("open", False, LOST["name"]))
        self.assertEqual(self.kinds(self.tasks(a)), ["finding-confirm"])
        a.one("finding", "decide", found["id"], "--verdict", "different", "--reason", "接回的不是他", user="worker")
        self.assert_refused(a, ("missing", "close", number, "--as", "withdrawn"), 2, "missing", "text", user="worker")
        self.assertEqual(a.one("missing", "close", number, "--as", "withdrawn", "--text", "家属撤回", user="worker")["state"], "withdrawn")

    def test_what_is_different_never_comes_again(self):
        (a,) = self.copies(self.a)
        person = self.admit(a)["person"]["id"]
        number = self.report(a)["number"]
        (found,) = a.all("finding", "list", user="worker")
        a.one("finding", "decide", found["id"], "--verdict", "different", "--reason", "血型不符", user="worker")
        a.one("person", "edit", person, "--set", f"name={LOST['name']}", "--set", "birth_from=1958-03-02", "--set", "birth_to=1958-03-02", user="clerk")
        a.one("missing", "edit", number, "--set", "height_cm=170", user="clerk")
        self.assertEqual((a.all("finding", "list", user="worker"), self.tasks(a)), ([], []))
        (kept,) = a.all("finding", "list", "--all", user="worker")
        self.assertEqual((kept["state"], kept["score"]), ("different", found["score"]))
        for warnings in (a.one("person", "show", person, user="clerk")["warnings"], a.one("person", "check", "--id", person, user="clerk")["warnings"]):
            self.assertNotIn("missing", self.kinds(warnings))

    def test_unclear_comes_again(self):
        (a,) = self.copies(self.a)
        person = self.admit(a)["person"]["id"]
        self.report(a)
        (found,) = a.all("finding", "list", user="worker")
        a.one("finding", "decide", found["id"], "--verdict", "unclear", "--reason", "照片模糊", user="worker")
        (task,) = self.tasks(a)
        self.assertEqual((task["kind"], task["state"], task["about"]), ("finding", "later", found["id"]))
        a.one("person", "edit", person, "--set", f"name={LOST['name']}", user="clerk")
        (better,) = a.all("finding", "list", "--person", person, user="worker")
        self.assertGreater(better["score"], found["score"])
        self.assertEqual(better["state"], "unclear")

    def test_people_may_know_better(self):
        """Nothing was proposed, and somebody knows all the same."""
        (a,) = self.copies(self.a)
        person = self.admit(a, name="王五", birth_from="1990-01-01", birth_to="1990-01-01", household=None, height_cm=None)["person"]["id"]
        number = self.report(a)["number"]
        self.assertEqual(a.all("finding", "list", user="worker"), [])
        a.one("finding", "decide", "--missing", number, "--person", person, "--verdict", "same", "--reason", "DNA比中", user="worker")
        self.assertEqual(a.one("missing", "close", number, "--as", "found", "--found", person, "--confirmed_how", "dna", user="worker")["found"], person)

    # --- Between stations -------------------------------------------------------------------------

    def test_the_whole_way_between_two_stations(self):
        """A's family reports, B admits a man who says his name by sound, B decides, A hears of it and ends the search."""
        a, b = self.copies(self.a, self.b)
        person = self.admit(b)["person"]["id"]
        number = self.report(a, sharing="stations", allow_phone="yes")["number"]
        self.carry(a, b)
        (found,) = b.all("finding", "list", user="worker")
        self.assertEqual((found["person"]["id"], found["sought"]["number"], found["sought"]["station_name"], found["sought"]["family_phone"]),
                         (person, number, "甲站", LOST["phone"]))
        self.assertTrue({"name", "birth", "household"} <= {reason["field"] for reason in found["why"]})
        (task,) = self.tasks(b)
        self.assertEqual((task["kind"], task["text"]), ("finding", f"甲站 {number}"))
        decided = b.one("finding", "decide", found["id"], "--verdict", "same", "--reason", "本人认出儿子姓名", user="worker")
        self.assertTrue(decided["told_at"])
        self.assertEqual((self.tasks(b), [letter["act"] for letter in decided["letters"]]), ([], ["found"]))
        self.carry(b, a)
        with a.connect() as connection:
            (content,) = connection.execute("SELECT content FROM letter WHERE subject = 'finding'").fetchone()
        for private in (HEARD["name"], "1955", person, "本人认出"):
            self.assertNotIn(private, content)
        (told,) = a.all("finding", "list", user="worker")
        self.assertEqual((told["missing"]["number"], told["letter"]["station_name"], told["letter"]["phone"], told["letter"]["verdict"]), (number, "乙站", "020-00000002", "same"))
        self.assertTrue(told["letter"]["stay_number"])
        self.assertEqual(self.kinds(self.tasks(a)), ["finding"])
        a.one("finding", "decide", told["id"], "--verdict", "same", "--reason", "电话核实", user="worker")
        self.assertEqual(self.kinds(self.tasks(a)), ["finding-confirm"])
        a.one("missing", "close", number, "--as", "found", "--finding", told["id"], "--confirmed_how", "video", user="worker")
        self.carry(a, b)
        self.assert_empty(self.shared(b)[0])
        self.assertEqual(self.shared(b)[0]["state"], "found")
        (shown,) = b.all("finding", "list", "--all", user="worker")
        self.assertTrue(shown["is_over"])
        self.assertEqual([(letter["act"], letter["verdict"], letter["own"]) for letter in b.one("finding", "show", found["id"], user="worker")["letters"]],
                         [("found", "same", True), ("answer", "same", False)])
        self.carry(b, a)
        self.assertEqual((a.all("finding", "list", user="worker"), self.tasks(a), self.tasks(b)), ([], [], []))

    def test_the_notice_of_another_station(self):
        """B's notice of somebody without a name is whom A's family looks for; A decides, and B hears of it."""
        a, b = self.copies(self.a, self.b)
        person = self.admit(b)["person"]["id"]
        posting, notice = uuid.uuid4(), uuid.uuid4()
        with a.connect("rw") as connection:
            connection.execute("INSERT INTO posting (id, base_clock, base_desk, station, number, state, name, sex, birth_from, birth_to, height_cm, at)"
                               " VALUES (?, 1, 1, ?, 'G2026-1-0001', 'published', ?, '1', ?, ?, 170, '2026-11-01T10:00:00+08:00')",
                               (posting.bytes, b.code, LOST["name"], LOST["birth_from"], LOST["birth_to"]))
        with b.connect("rw") as connection:
            connection.execute("INSERT INTO notice (id, base_clock, base_desk, person, state, posting) VALUES (?, 1, 1, ?, 'published', ?)",
                               (notice.bytes, uuid.UUID(person).bytes, str(posting)))
        number = self.report(a)["number"]
        (found,) = a.all("finding", "list", user="worker")
        self.assertEqual((found["posting"]["number"], found["posting"]["station_name"], found["missing"]["number"]), ("G2026-1-0001", "乙站", number))
        name = next(reason for reason in found["why"] if reason["field"] == "name")
        self.assertEqual((name["ours"], name["theirs"]), (LOST["name"], LOST["name"]))
        self.assertEqual([task["text"] for task in self.tasks(a)], ["乙站 G2026-1-0001"])
        a.one("finding", "decide", found["id"], "--verdict", "same", "--reason", "家属认出照片", user="worker")
        self.assertEqual(self.kinds(self.tasks(a)), ["finding-confirm"])
        self.carry(a, b)
        (told,) = b.all("finding", "list", user="worker")
        self.assertEqual((told["person"]["id"], told["letter"]["report_number"], told["letter"]["station_name"]), (person, number, "甲站"))
        for private in (LOST["reporter"], LOST["phone"], "家属认出"):
            self.assertNotIn(private, json.dumps(told, ensure_ascii=False))
        a.one("missing", "close", number, "--as", "found", "--finding", found["id"], "--confirmed_how", "photo", user="worker")
        self.assertEqual(self.tasks(a), [])

    def test_a_find_that_is_taken_back(self):
        a, b = self.copies(self.a, self.b)
        self.admit(b)
        self.report(a, sharing="stations")
        self.carry(a, b)
        (found,) = b.all("finding", "list", user="worker")
        b.one("finding", "decide", found["id"], "--verdict", "same", "--reason", "像", user="worker")
        self.carry(b, a)
        (told,) = a.all("finding", "list", user="worker")
        a.one("finding", "decide", told["id"], "--verdict", "same", "--reason", "像", user="worker")
        b.one("finding", "decide", found["id"], "--verdict", "different", "--reason", "DNA不符", user="worker")
        self.carry(b, a)
        (again,) = a.all("finding", "list", user="worker")
        self.assertEqual((again["id"], again["state"], again["letter"]["verdict"], self.tasks(a)), (told["id"], "open", "different", []))

    def test_violence_does_not_find_its_way(self):
        """Whoever beat her reports her missing at A; she is at B."""
        a, b = self.copies(self.a, self.b)
        woman = {"sex": "2", "name": "欧阳海桃", "birth_from": "1988-03-02", "birth_to": "1988-03-02"}
        number = self.report(a, **{**woman, "sharing": "stations", "kin": ""})["number"]
        self.carry(a, b)
        stay = self.admit(b, **woman)
        self.assertIn("missing", self.kinds(stay["warnings"]))
        b.one("stay", "edit", stay["id"], "--set", "reason=domestic-violence", user="clerk")
        other = b.one("stay", "arrive", *[word for name, value in woman.items() for word in ("--set", f"person.{name}={value}")],
                      "--set", "came_by=police", "--set", "reason=domestic-violence", user="clerk")
        self.assertNotIn("missing", self.kinds(other["warnings"]))
        for user in ("clerk", "worker"):
            self.assertNotIn("missing", self.kinds(b.one("person", "show", stay["person"]["id"], user=user)["warnings"]))
        self.assertEqual((b.all("finding", "list", "--all", user="clerk"), self.tasks(b, "clerk")), ([], []))
        found = next(found for found in b.all("finding", "list", user="worker") if found["person"]["id"] == stay["person"]["id"])
        self.assertIn("施害人", found["warning"])
        self.assert_error(b.run("finding", "show", found["id"], user="clerk"), 1, "fenced")
        decided = b.one("finding", "decide", found["id"], "--verdict", "same", "--reason", "本人承认", user="worker")
        self.assertNotIn("told_at", decided)
        self.carry(b, a)
        with a.connect() as connection:
            self.assertEqual(connection.execute("SELECT count (*) FROM letter").fetchone(), (0,))
        self.assertEqual((a.all("finding", "list", "--all", user="worker"), self.tasks(a)), ([], []))
        # The same where the report is our own: it never says that she was found.
        own = self.report(b, **{**woman, "kin": ""})["number"]
        pair = ("--missing", own, "--person", stay["person"]["id"])
        b.one("finding", "decide", *pair, "--verdict", "same", "--reason", "本人承认", user="worker")
        self.assert_refused(b, ("missing", "close", own, "--as", "found", "--found", stay["person"]["id"], "--confirmed_how", "photo"), 1, "protected-person", "found", user="worker")
        self.assertEqual(b.one("missing", "show", own, user="clerk")["findings"], [])
        self.assertEqual(a.one("missing", "show", number, user="worker")["state"], "open")

    # --- Several desks, and what ends in between ----------------------------------------------------

    def second_desk(self, first):
        name = self.id().rsplit(".", maxsplit=1)[-1]
        invited = first.one("desk", "invite", self.path(f"{name}.gti"))
        second = Station(self.path(f"{name}-second"))
        second.one("init", "--invitation", self.path(f"{name}.gti"), "--code", invited["code"], user="")
        second.code = first.code
        self.carry(first, second)
        self.carry(second, first)
        return second

    def exchange(self, one, two):
        for _ in range(2):
            self.carry(one, two)
            self.carry(two, one)

    def test_two_desks_propose_one(self):
        """Both find the same, each on its own and weighing it differently; nobody has to settle that."""
        (first,) = self.copies(self.a)
        second = self.second_desk(first)
        person = self.admit(first)["person"]["id"]
        number = self.report(second)["number"]
        self.carry(first, second)
        second.one("person", "edit", person, "--set", "height_cm=171", user="clerk")
        self.carry(second, first)
        for desk in (first, second):
            (found,) = desk.all("finding", "list", user="worker")
            self.assertEqual((found["person"]["id"], found["missing"]["number"]), (person, number))
        self.exchange(first, second)
        self.assertEqual([desk.all("conflict", "list") for desk in (first, second)], [[], []])
        self.assertEqual(first.replica()["finding"], second.replica()["finding"])

    def test_a_desk_without_the_photo_lets_it_be(self):
        (first,) = self.copies(self.a)
        number = self.report(first, sharing="stations", allow_photo="yes")["number"]
        first.one("file", "add", "--missing", number, "--photo", "--file", self.path("face.png"), user="clerk")
        photo = self.shared(first)[0]["photo"]
        second = self.second_desk(first)
        second.one("missing", "edit", number, "--set", "clothing=蓝布衫", user="clerk")
        self.carry(second, first)
        self.assertEqual([(sought["photo"], sought["clothing"]) for sought in self.shared(first)], [(photo, "蓝布衫")])

    def test_two_desks_find_at_once(self):
        """What each of two desks found before they exchanged is one finding, and no conflict is left."""
        (first,) = self.copies(self.a)
        second = self.second_desk(first)
        self.carry(self.with_shared_report(), first)
        person = self.admit(first, name=None, birth_from=None, birth_to=None)["person"]["id"]
        self.carry(first, second)
        self.assertEqual(first.all("finding", "list", user="worker"), [])
        first.one("person", "edit", person, *words({"name": HEARD["name"], "birth_from": "1955-01-01", "birth_to": "1961-12-31"}), user="clerk")
        second.one("person", "edit", person, *words({"name": LOST["name"], "birth_from": "1955-01-01", "birth_to": "1961-12-31"}), user="clerk")
        (one,), (two,) = (desk.all("finding", "list", user="worker") for desk in (first, second))
        self.assertEqual((one["id"], one["score"] < two["score"]), (two["id"], True))
        self.exchange(first, second)
        first.one("person", "edit", person, "--set", "height_cm=171", user="clerk")
        second.one("person", "edit", person, "--set", "household=441424", user="clerk")
        (one,), (two,) = (desk.all("finding", "list", user="worker") for desk in (first, second))
        self.assertNotEqual(one["why"], two["why"])
        self.exchange(first, second)
        self.assertEqual({conflict["kind"] for desk in (first, second) for conflict in desk.all("conflict", "list")}, {"person"})
        self.assertEqual(first.replica()["finding"], second.replica()["finding"])

    def with_shared_report(self):
        b = self.b.copy(self.path("b-of-" + self.id().rsplit(".", maxsplit=1)[-1]))
        b.code = self.b.code
        self.report(b, sharing="stations")
        return b

    def test_a_killed_program_loses_nothing(self):
        """The program dies after the registration is on the disk, before anything was compared."""
        (a,) = self.copies(self.a)
        self.report(a)
        read, write = os.pipe()
        os.close(read)
        fields = [word for name, value in HEARD.items() for word in ("--set", f"person.{name}={value}")]
        with open(os.devnull, "rb") as nothing:
            killed = subprocess.run([GUITUCTL, "--store", a.directory, "--as", "clerk", "stay", "arrive", *fields, "--set", "came_by=police"],
                                    stdin=nothing, stdout=write, stderr=subprocess.PIPE, check=False, timeout=200, env={**os.environ, "GUITU_PASSWORD": PASSWORD})
        os.close(write)
        self.assertLess(killed.returncode, 0, killed.stderr)
        with a.connect() as connection:
            self.assertEqual(connection.execute("SELECT (SELECT count (*) FROM person), (SELECT count (*) FROM finding)").fetchone(), (1, 0))
        self.assertEqual(self.kinds(self.tasks(a)), ["finding"])

    def test_what_concerns_nobody_matches_nothing(self):
        (a,) = self.copies(self.a)
        stay = self.admit(a)
        self.report(a)
        (found,) = a.all("finding", "list", user="worker")
        with a.connect() as connection:
            before = connection.execute("SELECT value FROM meta WHERE name = 'read-findings'").fetchone()
        a.one("stay", "event", stay["id"], "--kind", "meal", user="clerk")
        with a.connect() as connection:
            self.assertEqual(connection.execute("SELECT value FROM meta WHERE name = 'read-findings'").fetchone(), before)
        self.assertEqual(a.one("finding", "list", user="worker"), found)


if __name__ == "__main__":
    main()
