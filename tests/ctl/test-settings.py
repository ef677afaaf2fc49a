# SPDX-License-Identifier: GPL-3.0-or-later
"""What the settings show: every rule and right in words, the station's own details, who looked at what."""

from station import WOMAN_1949, StationTest, guituctl, main


class Settings(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()

    def test_every_rule_has_words_and_a_group(self):
        groups = {row["code"] for row in guituctl("codes", "rule_group").results}
        rules = self.station.run("rule", "list", "--all").results
        self.assertEqual([rule["name"] for rule in rules if rule.get("group") not in groups or not rule.get("label")], [])
        self.assertEqual({rule["group"] for rule in rules}, groups)
        units = {row["code"] for row in guituctl("codes", "rule_unit").results} | {"ground", "form", "text"}
        self.assertEqual({rule["unit"] for rule in rules} - units, set())

    def test_a_rule_of_a_place_names_it(self):
        rule = [rule for rule in self.station.run("rule", "list", "--all").results if rule.get("place") == "410000"]
        self.assertEqual([row["place_name"] for row in rule], ["河南省"])

    def test_every_right_has_words(self):
        codes = {row["code"]: row for row in guituctl("codes", "right").results}
        rights = guituctl("rights").results
        self.assertEqual({row["right"] for row in rights}, set(codes))
        self.assertEqual([row["right"] for row in rights if row["label"] not in (codes[row["right"]]["english"], codes[row["right"]]["chinese"])], [])

    def test_the_station_edits_itself(self):
        before = self.station.one("station", "show")
        self.station.one("station", "edit", "--phone", "020-87654321", "--complaints", "12345 热线")
        after = self.station.one("station", "show")
        self.assertEqual((after["phone"], after["complaints"], after["name"]), ("020-87654321", "12345 热线", before["name"]))
        self.assertEqual((after["code"], after["key"]), (before["code"], before["key"]))

    def test_the_station_keeps_its_name_and_code(self):
        self.assertEqual(self.station.run("station", "edit", "--name", "").error["field"], "name")
        self.assertEqual(self.station.run("station", "edit", "--phone", "none").error["field"], "phone")
        self.assertEqual(self.station.run("station", "edit", "--code", "1").status, 2)
        self.assertEqual(self.station.one("station", "show")["code"], "440105001")

    def test_only_the_administrator_edits_the_station(self):
        self.station.one("user", "add", "--set", "name=manager", "--set", "role=manager", "--password", "secret-123")
        self.assertEqual(self.station.run("station", "edit", "--phone", "020-87654321", user="manager").error["error"], "not-allowed")

    def test_the_access_log_names_the_person(self):
        person = self.station.one("person", "add", "--set", "name=王秀英", "--set", "id_number=" + WOMAN_1949)
        self.station.one("person", "show", person["id"], "--reveal")
        self.assertEqual([(row["user"], row["act"], row["display_name"]) for row in self.station.run("access", "list").results],
                         [("admin", "view", "王秀英")])


main()
