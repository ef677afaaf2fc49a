# SPDX-License-Identifier: GPL-3.0-or-later
"""What two desks wrote at once: listed with everything that it takes to judge, and ended with either value."""

import json

from station import MAN_1990, PASSWORD, WOMAN_1949, Station, StationTest, main


class Conflicts(StationTest):
    @classmethod
    def setUpClass(cls):
        """Two desks wrote name, height, health and ID number of a woman, her belongings, and the bed; a clerk works at the second."""
        super().setUpClass()
        one = cls.make_station("desk-1")
        one.one("user", "add", "--set", "name=li", "--set", "full_name=李红", "--set", "role=intake", "--password", PASSWORD)
        one.one("user", "add", "--set", "name=auditor", "--set", "role=auditor", "--password", PASSWORD)
        arrived = one.register("person.sex=女", "person.name=王秀英")
        cls.person, cls.stay, cls.number = arrived["person"]["id"], arrived["stay"]["id"], arrived["number"]
        invited = one.one("desk", "invite", cls.path("invitation"))
        two = Station(cls.path("desk-2"))
        two.one("init", "--invitation", cls.path("invitation"), "--code", invited["code"], user="")
        cls.carry(one, two)
        two.user = "li"
        one.one("stay", "edit", cls.stay, "--set", "belongings=布包")
        one.one("person", "edit", cls.person, "--set", "name=王秀莹", "--set", "height_cm=151", "--set", "health=healthy", "--set", f"id_number={MAN_1990}",
                "--set", "id_override=证件原文如此")
        two.one("stay", "edit", cls.stay, "--set", "belongings=红布包")
        two.one("person", "edit", cls.person, "--set", "name=汪秀英", "--set", "height_cm=158", "--set", "health=ill", "--set", f"id_number={WOMAN_1949}",
                "--set", "id_override=系统照抄")
        for station, bed in ((one, "101"), (two, "102")):
            station.one("stay", "admit", cls.stay, "--bed", bed)
        cls.exchange(one, two)
        cls.desks = one, two

    @classmethod
    def carry(cls, source, target):
        source.one("bundle", "export", cls.path("carried.gtb"), user="admin")
        target.one("bundle", "import", cls.path("carried.gtb"), user="")

    @classmethod
    def exchange(cls, one, two):
        cls.carry(one, two)
        cls.carry(two, one)

    def setUp(self):
        name = self.id().rsplit(".", maxsplit=1)[-1]
        self.one, self.two = (desk.copy(self.path(f"{name}-{number}")) for number, desk in enumerate(self.desks, 1))
        self.two.user = "li"

    def fields(self, record, desk=None):
        """The conflicts of a record, by field."""
        return {conflict["field"]: conflict for conflict in (desk or self.one).all("conflict", "list", record)}

    def other(self, conflict):
        """The value that does not stand."""
        (value,) = [value for value in conflict["values"] if not value["stands"]]
        return value

    def n_entries(self):
        with self.one.connect() as connection:
            return connection.execute("SELECT count(*) FROM entry").fetchone()[0]

    def written(self, field):
        return [change["value"] for change in self.one.all("person", "history", self.person) if change["field"] == field]

    def assert_agreed(self):
        self.exchange(self.one, self.two)
        mine, theirs = self.one.replica(), self.two.replica()
        for table, rows in mine.items():
            self.assertEqual(rows, theirs[table], table)

    def test_a_disputed_fence_holds(self):
        """One desk protects a woman, the other at once notes another reason of her coming, which wins: she stays protected."""
        self.one.one("stay", "edit", self.stay, "--set", "reason=domestic-violence")
        self.two.one("stay", "edit", self.stay, "--set", "reason=lost")
        self.exchange(self.one, self.two)
        self.assertEqual(self.two.one("stay", "show", self.stay, user="admin")["reason"], "lost")
        self.assertEqual(self.two.one("person", "show", self.person)["display_name"], "受保护人员")
        self.one.one("conflict", "settle", "stay", self.stay, "reason")
        self.exchange(self.one, self.two)
        self.assertNotEqual(self.two.one("person", "show", self.person)["display_name"], "受保护人员")

    def test_everything_to_judge_by(self):
        listed = self.one.all("conflict", "list")
        self.assertEqual([conflict["id"] for conflict in listed], sorted((conflict["id"] for conflict in listed), reverse=True))
        self.assertEqual(next(conflict["field"] for conflict in listed if conflict["kind"] == "person"), "name")
        self.assertEqual({conflict["display_name"] for conflict in listed}, {self.one.one("person", "show", self.person)["display_name"]})
        self.assertEqual({conflict["person"] for conflict in listed}, {self.person})
        person, stay = self.fields(self.person), self.fields(self.stay)
        self.assertEqual({**person, **stay}, {conflict["field"]: conflict for conflict in listed})
        name = person["name"]
        self.assertEqual((name["kind_english"], name["kind_chinese"], name["field_english"], name["field_chinese"], name["choose"]),
                         ("Person", "求助人", "Name", "姓名", True))
        self.assertEqual([value["stands"] for value in name["values"]], [True, False])
        self.assertEqual({(value["value"], value["desk"], value["station"], value["user"], value.get("user_name")) for value in name["values"]},
                         {("王秀莹", 1, "440105001", "admin", "admin"), ("汪秀英", 2, "440105001", "li", "李红")})
        self.assertEqual({value["chinese"] for value in person["health"]["values"]}, {"健康", "其他疾病"})
        self.assertTrue(person["id_number"]["masked"])
        self.assertEqual((stay["bed"]["of"], stay["bed"]["choose"], stay["bed"]["fixed"]), (self.number, False, "own-act"))
        self.assertEqual({value["value_name"] for value in stay["decided_by"]["values"]}, {"admin", "李红"})
        self.assertEqual((stay["decided_by"]["choose"], stay["decided_by"]["fixed"]), (False, "derived-field"))
        count = self.one.one("conflict", "list", "--count")
        self.assertEqual(count, {"fields": len(listed), "records": 2})
        first = self.one.all("conflict", "list", "--limit", "1")
        self.assertEqual(first + self.one.all("conflict", "list", "--before", first[-1]["id"]), listed)

    def test_masked_until_revealed(self):
        text = json.dumps(self.one.all("conflict", "list"))
        for number in (WOMAN_1949, MAN_1990):
            self.assertNotIn(number, text)
        shown = [conflict for conflict in self.one.all("conflict", "list", self.person, "--reveal") if conflict["field"] == "id_number"]
        self.assertEqual({value["value"] for value in shown[0]["values"]}, {WOMAN_1949, MAN_1990})
        self.assertEqual([(seen["act"], seen["person"]) for seen in self.one.all("access", "list") if seen["act"] == "view"], [("view", self.person)])
        self.assert_refused(self.one, ("conflict", "list", "--reveal"), 2, "missing", "id")

    def test_either_value(self):
        """The other value becomes the present one and ends the conflict in one entry, and back; nothing typed is lost."""
        conflict = self.fields(self.person)["name"]
        stood, other = conflict["values"][0], self.other(conflict)
        settle = ("conflict", "settle", "person", self.person, "name")
        before = self.n_entries()
        settled = self.one.one(*settle, "--version", other["version"])
        self.assertEqual((settled["fields"], settled["left"], self.n_entries() - before), (["name"], [], 1))
        self.assertEqual(self.one.one("person", "show", self.person)["name"], other["value"])
        self.assertNotIn("name", self.fields(self.person))
        self.assertEqual(self.written("name"), ["王秀英", other["value"], stood["value"], other["value"]])
        self.one.one(*settle, "--version", stood["version"])  # it was a mistake
        self.assertEqual(self.one.one("person", "show", self.person)["name"], stood["value"])
        self.assert_agreed()
        self.assertNotIn("name", self.fields(self.person, self.two))
        self.two.one("person", "edit", self.person, "--set", "name=王秀英")
        self.assert_refused(self.two, (*settle, "--version", other["version"]), 1, "no-conflict", "field")

    def test_a_whole_record(self):
        """What one entry wrote is taken together; of another record, all that stands."""
        other = self.other(self.fields(self.person)["name"])
        mine = {field: self.other(conflict)["value"] for field, conflict in self.fields(self.person).items() if not conflict["masked"]}
        before = self.n_entries()
        settled = self.one.one("conflict", "settle", "person", self.person, "--all", "--version", other["version"])
        self.assertEqual(self.n_entries() - before, 1)
        self.assertEqual(sorted(settled["fields"] + settled["left"]), sorted([*mine, "id_number"]))
        self.assertEqual(settled["left"], [])
        shown = self.one.one("person", "show", self.person)
        self.assertEqual({field: str(shown[field]) for field in mine}, mine)
        settled = self.one.one("conflict", "settle", "stay", self.stay, "--all")
        self.assertIn("bed", settled["fields"])
        self.assertEqual(self.one.all("conflict", "list"), [])
        self.assert_agreed()
        self.assertEqual(self.two.one("conflict", "list", "--count"), {"fields": 0, "records": 0})
        self.assert_refused(self.one, ("conflict", "settle", "stay", self.stay, "--all"), 1, "no-conflict", "id")

    def test_what_can_only_be_confirmed(self):
        stay = self.fields(self.stay)
        for field, code in (("decided_by", "derived-field"), ("bed", "own-act")):
            words = ("conflict", "settle", "stay", self.stay, field)
            self.assert_refused(self.one, (*words, "--version", self.other(stay[field])["version"]), 1, code, "version")
            self.one.one(*words, "--version", stay[field]["values"][0]["version"])
            self.assertNotIn(field, self.fields(self.stay))
        name = ("conflict", "settle", "person", self.person, "name")
        self.assert_refused(self.one, (*name, "--version", "0-0"), 1, "replaced-value", "version")
        self.assert_refused(self.one, ("conflict", "settle", "person", self.person, "nothing"), 3, "not-found", "field")
        self.assert_refused(self.one, ("conflict", "settle", "person", self.person), 2, "missing", "field")
        self.assert_refused(self.one, name, 1, "not-allowed", user="auditor")

    def test_protected(self):
        """Who may not see the woman sees that something is in conflict, whom to ask, and no value."""
        self.one.one("person", "edit", self.person, "--set", "fence=violence")
        listed = self.one.all("conflict", "list", user="li")
        self.assertEqual({conflict["display_name"] for conflict in listed}, {"受保护人员"})
        for conflict in listed:
            self.assertNotIn("values", conflict)
        conflict = self.fields(self.person)["name"]
        words = ("conflict", "settle", "person", self.person, "name", "--version", self.other(conflict)["version"])
        self.assert_refused(self.one, words, 1, "fenced", user="li")


main()
