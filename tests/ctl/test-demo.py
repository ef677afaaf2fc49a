# SPDX-License-Identifier: GPL-3.0-or-later
"""The same seed makes the same people."""

from station import Station, StationTest, main, today

SOUGHT = 4  # people of the story of who is searched for, beside those that are drawn
# What tells two stores apart, and not two seeds: keys, clocks, and who worked there.
OWN = {"row", "id", "base_clock", "base_desk", "person", "stay", "decided_by", "released_by", "heard_by", "by", "key", "box_key", "password"}


class Demo(StationTest):
    def make(self, name, seed):
        station = Station(self.path(name))
        station.set_up("440105001", "演示站", "440105")
        told = station.one("demo", "--people", "300", "--seed", str(seed))
        return station, told

    def records(self, station):
        """Persons, stays and statements in the order in which they were made; what is of today is when a verb ran."""
        records = {}
        with station.connect() as connection:
            for table in ("person", "stay", "statement"):
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in OWN]
                names = ", ".join(f'"{column}"' for column in columns)
                rows = connection.execute(f"SELECT {names} FROM {table} ORDER BY row").fetchall()
                records[table] = [["now" if str(value).startswith(f"{today()}T") else value for value in row] for row in rows]
        return records

    def test_seeds(self):
        first, told = self.make("first", 5)
        second, told_again = self.make("second", 5)
        other, _ = self.make("other", 6)
        self.assertEqual(told, told_again)
        self.assertEqual((told["people"], told["seed"]), (300 + SOUGHT, 5))
        records = self.records(first)
        self.assertEqual((len(records["person"]), len(records["stay"])), (told["people"], told["stays"]))
        self.assertEqual(records, self.records(second))
        self.assertNotEqual(records["person"], self.records(other)["person"])
        found = [station.all("person", "find", "--limit", "1000") for station in (first, second)]
        shown = [[{name: person[name] for name in person if name not in OWN} for person in people] for people in found]
        self.assertEqual(shown[0], shown[1])
        self.assertEqual(first.one("stay", "board")["count"], told["in_house"])
        self.assertEqual(first.one("ledger", "verify")["result"], "ok")

    def test_the_house(self):
        """Beds that break no rule, a family, somebody watched, in hospital and on leave, things in keeping, a shift."""
        station, told = self.make("house", 1)
        board = station.one("stay", "board")
        self.assertEqual([stay["conflicts"] for stay in board["stays"] if stay["conflicts"]], [])
        self.assertTrue(all("bed" in stay for stay in board["stays"]))
        self.assertEqual((board["totals"]["hospital"], board["totals"]["leave"], board["totals"]["missing"]), (1, 1, 0))
        zones = [stay.get("zone") for stay in board["stays"]]
        self.assertLessEqual({"men", "family", "isolation"}, set(zones))
        self.assertEqual(zones.count("family"), 2)
        self.assertGreater(sum(stay["belongings_held"] for stay in board["stays"]), 3)
        shown = station.one("shift", "show")
        self.assertEqual(shown["last"]["handed_by_name"], "陈敏")
        self.assertEqual(shown["open"]["open_stays"], told["in_house"])
        station.one("demo", "--people", "100", "--seed", "2")
        self.assertEqual([stay["conflicts"] for stay in station.one("stay", "board")["stays"] if stay["conflicts"]], [])

    def test_who_is_searched_for(self):
        """Every page of the search for families has something to show, in each of its states."""
        station, _ = self.make("search", 1)
        notices = station.all("notice", "list", "--all")
        self.assertEqual({notice["state"] for notice in notices}, {"draft", "published", "withdrawn"})
        self.assertEqual([notice["draft_state"] for notice in notices if notice["state"] == "draft"], ["waiting"])
        findings = station.all("finding", "list", "--all")
        self.assertEqual(sorted(finding.get("verdict", "open") for finding in findings), ["different", "open", "same", "same"])
        self.assertTrue(all(finding["why"] and (finding.get("reason") or "verdict" not in finding) for finding in findings))
        self.assertEqual(sorted(report["state"] for report in station.all("missing", "list")), ["found", "open", "open", "open"])
        (elsewhere,) = station.all("missing", "list", "--elsewhere")
        self.assertEqual((elsewhere["name"], elsewhere["own"]), ("龙兰芳", False))
        self.assertIn(elsewhere["sought"], [finding.get("other") for finding in findings if finding.get("verdict") == "same"])
        due = {(task["kind"], task["state"]) for task in station.all("tasks")}
        self.assertLessEqual({("notice-refresh", "overdue"), ("notice-review", "due"), ("notice-take-down", "later"), ("finding", "later")}, due)
        (case,) = [case for case in station.all("case", "list") if case.get("caseworker_name") == "周航" and case["sex"] == "1" and case.get("age_least", 0) > 60]
        shown = station.one("case", "show", case["id"])
        self.assertLessEqual({"promising", "dead-end"}, {clue["state"] for clue in shown["clues"]})
        self.assertLessEqual({"face", "police-missing", "dna", "call", "letter"}, {inquiry["kind"] for inquiry in shown["inquiries"]})
        self.assertTrue(all(statement.get("language") == "hak" for statement in shown["statements"]))
        self.assertEqual(station.all("case", "list", "--closed")[0]["closed_as"], "family")

    def test_what_was_done(self):
        """Who is in the house and known to nobody was looked after: most was done in time, a little is due, and little overdue."""
        station, _ = self.make("routine", 1)
        cases = station.all("case", "list")
        self.assertLess(len([case for case in cases if case.get("n_overdue")]), len(cases) / 2)
        self.assertEqual({case.get("caseworker_name") for case in cases if case["days"] > 12}, {"周航"})
        for case in cases:
            if case["days"] > 12:
                kinds = {inquiry["kind"] for inquiry in station.one("case", "show", case["id"])["inquiries"]}
                self.assertTrue("dna" in kinds and kinds & {"national-system", "face", "fingerprint"}, kinds)
        tasks = station.all("tasks")
        self.assertLessEqual(len([task for task in tasks if task["state"] == "overdue"]), 8)
        self.assertTrue([task for task in tasks if task["state"] == "due"])

    def test_a_full_house(self):
        """Where there is no bed left, people wait for one; no rule is broken for them."""
        station = Station(self.path("full"))
        station.set_up("440105001", "演示站", "440105")
        station.one("demo", "--people", "4000", "--seed", "1")
        stays = station.one("stay", "board")["stays"]
        self.assertTrue(any("bed" not in stay for stay in stays))
        self.assertEqual([stay["bed"] for stay in stays if stay["conflicts"]], [])

    def test_variety(self):
        """A few hundred are enough to meet what a station meets."""
        station, _ = self.make("variety", 1)
        people = station.all("person", "find", "--limit", "1000")
        names = [person.get("name", "") for person in people]
        self.assertTrue(any("·" in name for name in names), "no minority name")
        self.assertTrue(any(ord(letter) > 0xFFFF for name in names for letter in name), "no rare character")
        self.assertTrue(any("name" not in person for person in people), "nobody unknown")
        self.assertTrue(any("id_number" not in person for person in people), "nobody without a card")
        self.assertTrue(any(person.get("birth_from") != person.get("birth_to") for person in people), "no estimated age")
        self.assertEqual({person["sex"] for person in people} & {"1", "2"}, {"1", "2"})


main()
