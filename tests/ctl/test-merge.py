# SPDX-License-Identifier: GPL-3.0-or-later
"""One person with several records: merged, shown as one, taken apart again, told apart for good; and who is related to them."""

from station import StationTest, main

NAME = "欧阳致远"


class Merge(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        for user in ("caseworker", "manager"):
            cls.station.one("user", "add", "--set", f"name={user}", "--set", f"role={user}", "--password", "secret-123")

    def add(self, *fields):
        return self.station.one("person", "add", *[word for field in ("sex=1", *fields) for word in ("--set", field)])["id"]

    def merge(self, keep, other, *words):
        return self.station.one("person", "merge", keep, other, "--reason", "照片比对一致", *words)

    def show(self, person):
        return self.station.one("person", "show", person)

    def records(self):
        dump = self.station.dump()
        return {name: dump[name] for name in ("person", "stay", "statement", "file", "kin", "transfer", "paper", "event")}

    def test_merged_records_are_shown_as_one(self):
        keep = self.add("name=欧阳", "phone=13512340001")
        other = self.add(f"name={NAME}", "alias=老欧", "address=某路2号", "birth_from=1950-01-01", "verified_by=id-card")
        self.station.one("person", "statement", "--set", f"person={other}", "--set", "text=我是老欧")
        self.station.one("person", "kin", other, "--set", "name=欧阳兰", "--set", "kinship=女")
        number = self.station.one("stay", "arrive", other, "--set", "came_by=police")["number"]
        before = self.records()
        merged = self.merge(keep, other)
        self.assertEqual((merged["leader"], merged["members"], merged["result"]), (keep, [keep, other], "merged"))
        self.assertEqual(self.records(), before)
        for asked in (keep, other):
            shown = self.show(asked)
            self.assertEqual((shown["id"], shown["leader"]), (asked, keep))
            self.assertEqual([(entry["id"], entry["name"], entry["by"], entry["reason"]) for entry in shown["merged"]],
                             [(other, NAME, "admin", "照片比对一致")])
            self.assertEqual((shown["name"], shown["phone"], shown["alias"], shown["birth_from"]), (NAME, "13512340001", "老欧", "1950-01-01"))
            self.assertEqual([stay["number"] for stay in shown["stays"]], [number])
            self.assertEqual([said["text"] for said in shown["statements"]], ["我是老欧"])
            self.assertEqual([kin["name"] for kin in shown["kin_records"]], ["欧阳兰"])
            self.assertTrue(shown["in_house"])
        for typed in (NAME, "老欧", "13512340001"):
            self.assertEqual([hit["id"] for hit in self.station.all("person", "find", typed)], [keep], typed)
        unmerged = self.station.one("person", "unmerge", other, "--reason", "指纹不符")
        self.assertEqual((unmerged["leader"], unmerged["result"]), (other, "unmerged"))
        self.assertEqual(self.records(), before)
        self.assertEqual((self.show(keep)["name"], self.show(keep)["merged"], self.show(keep)["stays"]), ("欧阳", [], []))

    def test_what_came_while_merged(self):
        """Stays, statements and referrals are of the one person; taken apart, the stay of that time is told."""
        keep, other = self.add("name=申屠"), self.add("name=申屠明", "verified_by=id-card")
        self.merge(keep, other)
        came = self.station.one("stay", "arrive", other, "--set", "came_by=police")
        self.station.one("person", "statement", "--set", f"person={other}", "--set", "text=我从耒阳来")
        told = [moment["text"] for moment in self.station.one("stay", "show", came["id"])["timeline"] if moment["kind"] == "statement"]
        self.assertEqual([text for text in told if "耒阳" in text], told)
        self.assertEqual(len(told), 1)
        referral = self.station.one("referral", "add", "--set", f"stay={came['number']}", "--set", f"person={other}", "--set", "scheme=dibao",
                                    "--set", "office=民政局")
        self.assertEqual(referral["person_name"], "申屠明")
        self.assertEqual([listed["id"] for listed in self.station.all("referral", "list", "--person", other)], [referral["id"]])
        parted = self.station.one("person", "unmerge", other, "--reason", "指纹不符")
        self.assertEqual([(stay["number"], stay["person"]) for stay in parted["stays_left"]], [(came["number"], keep)])
        self.assertEqual(self.station.one("stay", "show", came["id"])["person"]["id"], keep)

    def test_found_by_the_number_of_the_stay(self):
        """Who has no name is called by the number; in full, or by what is said of it."""
        came = self.station.register("person.sex=男")
        year, desk, end = came["number"].split("-")
        for typed in (came["number"], f"{desk}-{end}", end, f"{int(end):02d}", f"{year}－{desk}－{end}"):
            with self.subTest(typed=typed):
                self.assertEqual(self.station.all("person", "find", typed)[0]["id"], came["person"]["id"])
        self.assertEqual(self.station.all("person", "find", "--text", f"{int(year) - 1}-{desk}-{end}"), [])
        self.assertEqual(self.station.all("person", "find", f"{year}-{desk}-9999"), [])

    def test_refusals(self):
        one, two, three = self.add("name=甲"), self.add("name=乙"), self.add("name=丙")
        unknown = one[:-4] + "0000"
        self.assert_refused(self.station, ("person", "merge", one, one, "--reason", "x"), 1, "same-record")
        self.assert_refused(self.station, ("person", "merge", one, unknown, "--reason", "x"), 3, "not-found")
        self.assert_refused(self.station, ("person", "merge", one, two), 2, "missing", "reason")
        self.assert_refused(self.station, ("person", "unmerge", one, "--reason", "x"), 1, "not-merged", "id")
        self.merge(one, two)
        self.assert_refused(self.station, ("person", "merge", two, one, "--reason", "x"), 1, "already-merged", "other")
        self.assert_refused(self.station, ("person", "separate", one, two, "--reason", "x"), 1, "already-merged")
        self.station.one("person", "separate", two, three, "--reason", "同时在站")
        self.assert_refused(self.station, ("person", "separate", three, one, "--reason", "x"), 1, "marked-different")
        self.assert_refused(self.station, ("person", "merge", one, three, "--reason", "x"), 1, "marked-different")
        self.merge(one, three, "--again")
        self.assert_refused(self.station, ("person", "unmerge", one, "--reason", "x"), 1, "which-link", "link")
        link = next(entry["link"] for entry in self.show(one)["merged"] if entry["id"] == two)
        self.station.one("person", "unmerge", one, "--reason", "x", "--link", link)
        self.assertEqual([entry["id"] for entry in self.show(one)["merged"]], [three])

    def test_nobody_is_here_twice(self):
        first = self.station.register("person.sex=男", "person.name=丁")
        second = self.station.register("person.sex=男", "person.name=戊")
        words = ("person", "merge", first["person"]["id"], second["person"]["id"], "--reason", "x")
        self.assert_refused(self.station, words, 1, "both-here")
        message = self.station.run(*words).error["message"]
        self.assertIn(first["number"], message)
        self.assertIn(second["number"], message)
        known = self.add("name=丁")
        self.merge(known, first["person"]["id"])
        for person in (known, first["person"]["id"]):
            self.assert_refused(self.station, ("stay", "arrive", person, "--set", "came_by=police"), 1, "already-here", "person")
        self.station.one("stay", "leave", first["id"], "--leave-by", "own-will")
        came = self.station.one("stay", "arrive", first["person"]["id"], "--set", "came_by=police")
        self.assertEqual(came["stay"]["person"], known)
        self.assertEqual(self.station.one("stay", "show", came["id"])["person"]["id"], known)

    def test_who_leads(self):
        """The record that is kept leads all of both, also where the other led before."""
        ids = [self.add(f"name=领{number}") for number in range(4)]
        self.merge(ids[0], ids[1])
        self.merge(ids[3], ids[2])
        merged = self.merge(ids[2], ids[1])
        self.assertEqual((merged["leader"], sorted(merged["members"])), (ids[3], sorted(ids)))
        self.station.one("person", "edit", ids[1], "--set", "accent=晋语")
        self.assertEqual([self.show(person)["accent"] for person in ids], ["晋语"] * 4)
        self.station.one("person", "edit", ids[1], "--member", "--set", "accent=赣语")
        self.assertEqual(self.show(ids[0])["accent"], "晋语")
        self.station.one("person", "unmerge", ids[0], "--reason", "x", "--link", next(
            entry["link"] for entry in self.show(ids[1])["merged"] if entry["id"] == ids[0]))
        self.assertEqual([self.show(person)["leader"] for person in ids], [ids[0], ids[0], ids[3], ids[3]])
        self.assertEqual([self.show(person)["accent"] for person in ids], ["赣语", "赣语", "晋语", "晋语"])

    def test_warnings(self):
        """A person is proposed once, by the record that leads, and nobody who was told apart."""
        fields = ("name=司徒飞燕", "birth_from=1961-02-03", "phone=13700001111")
        known, other, new = (self.add(*fields) for _ in range(3))
        typed = [word for field in ("sex=1", *fields) for word in ("--set", field)]
        proposed = lambda *words: [warning["id"] for warning in self.station.one("person", "check", *words, *typed)["warnings"]]  # noqa: E731
        self.assertEqual(sorted(proposed()), sorted([known, other, new]))
        self.merge(known, other)
        self.assertEqual(sorted(proposed()), sorted([known, new]))
        self.assertEqual(proposed("--id", other), [new])
        self.station.one("person", "separate", new, other, "--reason", "双胞胎")
        self.assertEqual(proposed("--id", new), [])
        came = self.station.one("stay", "arrive", new, "--set", "came_by=police")
        self.assertEqual(came["warnings"], [])

    def test_not_to_be_told_yet(self):
        """Two that nobody can tell apart yet are proposed again, with what is missing, until that is decided."""
        fields = ("name=上官云鹤", "birth_from=1961-02-03", "phone=13700002222")
        one, other = (self.add(*fields) for _ in range(2))
        told = self.station.one("person", "separate", one, other, "--unclear", "--reason", "待比对照片")
        self.assertEqual(told["result"], "unclear")
        for asked, found in ((one, other), (other, one)):
            (match,) = self.station.all("match", asked, "--least", "0.9")
            self.assertEqual((match["id"], match["verdict"], match["reason"]), (found, "unclear", "待比对照片"))
        self.station.one("person", "separate", other, one, "--unclear", "--reason", "待比对指纹")
        self.assertEqual(self.station.one("match", one, "--least", "0.9")["reason"], "待比对指纹")
        self.station.one("person", "separate", one, other, "--reason", "指纹不同")
        self.assertEqual(self.station.all("match", one, "--least", "0.9"), [])
        self.assert_refused(self.station, ("person", "separate", one, other, "--unclear", "--reason", "x"), 1, "marked-different")

    def test_guards_hold_for_every_record(self):
        """Signs of a disability on one record are not lost by a merge with another."""
        known = self.add("name=梅某", "health=healthy", "birth_from=1970-01-01")
        came = self.station.register("person.sex=男", "person.name=梅", "person.health=dementia")
        self.merge(known, came["person"]["id"])
        words = ("stay", "leave", came["id"], "--leave-by", "own-will")
        self.assert_refused(self.station, words, 1, "not-alone", "leave_by", user="caseworker")

    def test_kin(self):
        person = self.add("name=房某")
        kin = self.station.one("person", "kin", person, "--set", "name=房父", "--set", "kinship=父亲", "--set", "willing=是")
        self.station.one("person", "kin", person, "--id", kin["id"], "--set", "phone=0571-8888")
        (shown,) = self.show(person)["kin_records"]
        self.assertEqual((shown["name"], shown["kinship"], shown["phone"], shown["willing"]), ("房父", "51", "0571-8888", "yes"))
        self.assert_refused(self.station, ("person", "kin", person, "--set", "name=某"), 2, "missing", "kinship")
        self.assert_refused(self.station, ("person", "kin", person, "--set", "kinship=51", "--set", "phone=家里"), 2, "bad-character", "phone")
        self.assert_refused(self.station, ("person", "kin", self.add(), "--id", kin["id"]), 3, "not-found", "id")

    def test_lunar_birth(self):
        """What was said stays; the days follow where they are not known, also while it is typed."""
        person = self.station.one("person", "add", "--set", "sex=1", "--set", "birth_lunar=农历1950年八月十五")
        self.assertEqual((person["birth_lunar"], person["birth_from"], person["birth_to"]), ("农历1950年八月十五", "1950-09-26", "1950-09-26"))
        typed = self.station.one("person", "check", "--set", "sex=1", "--set", "birth_lunar=一九五〇年")
        self.assertEqual((typed["suggest"]["birth_from"], typed["suggest"]["birth_to"]), ("1950-02-17", "1951-02-05"))
        kept = self.station.one("person", "add", "--set", "sex=1", "--set", "birth_lunar=1950-8-15", "--set", "birth_from=1951-01-01")
        self.assertEqual(kept["birth_from"], "1951-01-01")
        for text, code in (("1950年十三月初一", "no-lunar-day"), ("1950年闰四月初一", "no-lunar-day"), ("属虎", "not-lunar")):
            self.assert_refused(self.station, ("person", "add", "--set", "sex=1", "--set", f"birth_lunar={text}"), 2, code, "birth_lunar")

    def test_relations(self):
        person = self.add("name=康某")
        self.station.one("person", "relate", person, "--kinship", "父亲", user="caseworker")
        self.assert_refused(self.station, ("person", "relate", person, "--text", "邻居", "--user", "manager"), 1, "not-allowed", "user",
                            user="caseworker")
        self.station.one("person", "relate", person, "--text", "邻居", "--user", "caseworker", user="manager")
        shown = self.show(person)["related_staff"]
        self.assertEqual([(entry["user_name"], entry.get("kinship"), entry.get("text")) for entry in shown],
                         [("caseworker", None, "邻居"), ("caseworker", "51", None)])
        self.assert_refused(self.station, ("person", "relate", person), 2, "missing", "kinship")

    def test_users(self):
        self.station.one("user", "add", "--set", "name=li", "--set", "role=intake", "--password", "secret-123")
        edited = self.station.one("user", "edit", "li", "--full-name", "李梅", "--role", "医务", "--sex", "女")
        self.assertEqual((edited["full_name"], edited["role"], edited["sex"]), ("李梅", "medical", "2"))
        self.station.one("user", "disable", "li")
        self.assertEqual(self.station.one("user", "edit", "li", "--enable")["state"], "active")
        self.assert_refused(self.station, ("user", "edit", "admin", "--role", "manager"), 1, "last-administrator", "name")
        self.assert_refused(self.station, ("user", "edit", "li", "--role", ""), 2, "missing", "role")
        self.station.one("user", "edit", "li", "--role", "administrator")
        self.station.one("user", "disable", "admin", user="li")
        self.assert_refused(self.station, ("user", "edit", "li", "--role", "manager"), 1, "last-administrator", "name", user="li")
        self.station.one("user", "edit", "admin", "--enable", user="li")
        self.station.one("user", "edit", "li", "--role", "intake")


main()
