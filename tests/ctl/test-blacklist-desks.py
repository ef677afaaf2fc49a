# SPDX-License-Identifier: GPL-3.0-or-later
"""The list where two desks of a station write at once, where letters cross, and where a person turns out to be another."""

import time

from prompt_list import SECOND, SIGNED, ListTest, day
from station import CLOCK, MAN_1990, Station, main, only_plain

OTHER = "440105199003071059"


class Desks(ListTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        invited = cls.c.one("desk", "invite", cls.path("invitation"))
        cls.c2 = Station(cls.path("丙2"))
        cls.c2.one("init", "--invitation", cls.path("invitation"), "--code", invited["code"], user="")
        cls.c2.code = cls.c.code
        cls.carry(cls.c, cls.c2)
        cls.carry(cls.c2, cls.c)
        with cls.c.connect() as connection:
            network = connection.execute("SELECT id, base_clock, base_desk, name, epoch, mark_key, authority FROM network").fetchall()
        with cls.c2.connect("rw") as connection:
            connection.executemany("INSERT INTO network (id, base_clock, base_desk, name, epoch, mark_key, authority) VALUES (?, ?, ?, ?, ?, ?, ?)", network)

    def exchange(self, one, two, through=()):
        for _ in range(2):
            self.carry(one, two, through)
            self.carry(two, one, through)

    def review(self, station, entry, user="manager", **options):
        return station.run("blacklist", "review", entry, "--approve", "--reason", "事实清楚", user=user, **options)

    def warned(self, station, number=MAN_1990, **options):
        return [warning["id"] for warning in self.warnings(station, "blacklist", "sex=1", f"id_number={number}", **options)]

    @staticmethod
    def read(station, sql):
        with station.connect() as connection:
            return connection.execute(sql).fetchall()

    @staticmethod
    def open_tasks(station, **options):
        return sorted(task["kind"] for task in station.all("tasks", **options) if task["kind"].startswith("list-"))

    # --- Two desks at once ------------------------------------------------------------------------

    def test_two_desks_approve_one_proposal(self):
        """Others see one entry, which is ended like any other."""
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        entry = self.propose(c).results[0]["id"]
        self.carry(c, c2)
        (first, second) = (self.review(c, entry).results[0], self.review(c2, entry, user="deputy").results[0])
        self.assertEqual(first["listing"], second["listing"])
        self.exchange(c, c2)
        self.carry(c, a)
        self.assertEqual(self.warned(a), [first["listing"]])
        c.one("blacklist", "revoke", entry, "--reason", "不再需要", user="manager")
        self.carry(c, a)
        self.assertEqual((self.warned(a), a.all("blacklist", "list")), ([], []))
        (ended,) = a.all("blacklist", "list", "--all")
        self.assertEqual(ended["state"], "removed")

    def test_one_entry_of_a_person(self):
        """Where each desk proposed one, one is approved; where both are, the later is suspended when the desks meet."""
        c, c2, a = self.copies(self.c, self.c2, self.a)
        one, two = self.propose(c).results[0]["id"], self.propose(c2).results[0]["id"]
        self.assertEqual(self.review(c, one).status, 0)
        time.sleep(1.1)
        both, both2 = c.copy(self.path("both")), c2.copy(self.path("both2"))
        both.code = both2.code = c.code
        self.carry(c, c2)
        self.assert_error(self.review(c2, two), 1, "listed-already", "person")
        self.assertEqual(c2.one("blacklist", "review", two, "--reject", "--reason", "重复", user="manager")["state"], "rejected")

        self.assertEqual(self.review(both2, two).status, 0)
        self.exchange(both, both2)
        for desk in (both, both2):
            self.assertEqual([desk.one("blacklist", "show", entry)["state"] for entry in (one, two)], ["active", "suspended"])
            self.assertIn("list-suspended", self.open_tasks(desk))
        self.carry(both, a)
        self.assertEqual(self.warned(a), [both.one("blacklist", "show", one)["listing"]])

    def test_one_desk_rejects_what_another_approves(self):
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        entry = self.propose(c).results[0]["id"]
        self.carry(c, c2)
        self.assertEqual(self.review(c, entry).status, 0)
        self.carry(c, a)
        self.assertEqual(len(self.warned(a)), 1)
        time.sleep(1.1)
        c2.one("blacklist", "review", entry, "--reject", "--reason", "不清楚", user="deputy")
        self.exchange(c, c2)
        self.assertEqual(c.one("blacklist", "show", entry)["state"], "rejected")
        self.assertEqual((self.open_tasks(c), self.open_tasks(c2)), ([], []))
        self.carry(c, a)
        self.assertEqual((self.warned(a), a.all("blacklist", "list")), ([], []))
        self.assertEqual(self.read(a, "SELECT name, person_key, facts FROM listing"), [(None, None, None)])

    def test_what_comes_by_another_station_first(self):
        """The file of the entry comes later; until then it is not taken for one that was ended."""
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        entry = self.approve(c)
        self.carry(c, a)
        self.carry(a, c2)
        self.carry(c, c2)
        self.carry(c2, a)
        self.assertEqual(self.warned(a), [entry["listing"]])

    @only_plain(CLOCK)
    def test_a_renewal_of_what_is_withdrawn(self):
        """An objection that is upheld at one desk also ends the renewal that another desk approved meanwhile."""
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        entry = self.approve(c)["id"]
        at, later = (("faketime", f"{day(10)} {hour}:00:00") for hour in (12, 13))
        renewal = self.propose(c, words=("--renews", entry), through=at, facts=f"{day(9)} 第四次来站", screened_on=day(9)).results[0]["id"]
        self.carry(c, c2, at)
        c.one("blacklist", "object", entry, "--text", "不对", user="clerk", through=at)
        c.one("blacklist", "decide", entry, "--outcome", "withdrawn", "--reason", "属实", user="deputy", through=at)
        self.assertEqual(self.review(c2, renewal, through=later).status, 0)
        self.exchange(c, c2, later)
        self.carry(c, a, later)
        self.assertEqual(self.warned(a, through=later), [])
        for desk in (c, c2):
            self.assertEqual(desk.one("blacklist", "show", renewal, through=later)["state"], "suspended")
            self.assertEqual(self.open_tasks(desk, through=later).count("list-suspended"), 1)

    def test_one_desk_removes_what_another_corrects(self):
        """What has ended has no words, neither here nor where the correction came to, and nobody reads that it was corrected."""
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        entry = self.approve(c)
        self.carry(c, c2)
        self.carry(c, a)
        c.one("blacklist", "revoke", entry["id"], "--reason", "不再需要", user="manager")
        time.sleep(1.1)
        better = f"{day(0)} 第三次来站，更正"
        c2.one("blacklist", "correct", entry["id"], "--facts", better, "--until", day(90), "--reason", "写错", *SECOND, user="manager", environment=SIGNED)
        self.carry(c, a)
        self.carry(c2, a)
        shown = a.one("blacklist", "show", entry["listing"], "--why", "查询", user="clerk")
        (listed,) = a.all("blacklist", "list", "--all")
        for seen in (shown, listed):
            self.assertEqual((seen["state"], seen.get("changed"), seen.get("facts"), seen.get("name")), ("removed", "已移出", None, None))
        self.exchange(c, c2)
        self.carry(c, a)
        for station in (a, c, c2):
            self.assertEqual(self.read(station, "SELECT state, changed, facts, name, person_key FROM listing"), [("removed", "已移出", None, None, None)])
        self.assertEqual(self.carry(c, a)["added"], 0)

    def test_one_desk_removes_what_another_suspends(self):
        """Whoever is asked to remove it can do so."""
        c, c2 = self.copies(self.c, self.c2)
        entry = self.approve(c)["id"]
        self.carry(c, c2)
        c.one("blacklist", "revoke", entry, "--reason", "不再需要", user="manager")
        time.sleep(1.1)
        c2.one("person", "edit", self.person, "--set", "health=mental")
        self.exchange(c, c2)
        self.assertEqual(c.one("blacklist", "show", entry)["state"], "suspended")
        c.one("blacklist", "revoke", entry, "--reason", "不再需要", user="manager")
        self.exchange(c, c2)
        for desk in (c, c2):
            self.assertEqual((desk.one("blacklist", "show", entry)["state"], self.open_tasks(desk)), ("removed", []))

    def test_an_objection_is_not_sent_to_oneself(self):
        """An entry whose file is elsewhere cannot be objected to here, and nobody is told that it was."""
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        listing = self.approve(c)["listing"]
        self.carry(c, a)
        with c.connect("rw") as connection:
            connection.execute("UPDATE blacklist SET listing = NULL")
        self.assert_refused(c, ("blacklist", "object", listing, "--text", "不对"), 1, "wrong-state", "entry", user="clerk")

    # --- Objections that cross --------------------------------------------------------------------

    def object(self, station, entry, text, **options):
        return station.one("blacklist", "object", entry, "--text", text, user="clerk", **options)

    @only_plain(CLOCK)
    def test_two_objections_come_together(self):
        """In one bundle, of one second, or from two stations: each is read by who decides."""
        a, b, c = self.copies(self.a, self.b, self.c)
        entry = self.approve(c)
        at, later = (("faketime", "-f", f"{day(1)} {hour}:00:00") for hour in (12, 13))
        for station in (a, b):
            self.carry(c, station)
        for station, texts in ((a, ("我没有骗人", "日期不对")), (b, ("住址是对的",))):
            for text in texts:
                self.object(station, entry["listing"], text, through=at)
        for _ in range(2):
            for station in (a, b):
                self.carry(station, c, later)
        said = c.one("blacklist", "show", entry["id"], through=later)["objection"].split("\n")
        self.assertEqual(sorted(said), sorted(("我没有骗人", "日期不对", "住址是对的")))
        c.one("blacklist", "decide", entry["id"], "--outcome", "kept", "--reason", "均已核实", user="deputy", through=later)
        self.assertNotIn("list-objection", self.open_tasks(c, through=later))
        self.assertEqual(self.carry(a, c, later)["added"], 0)

    @only_plain(CLOCK)
    def test_objecting_again_at_once(self):
        """In the minute of the decision: somebody is asked to decide again."""
        (c,) = self.copies(self.c)
        entry = self.approve(c)["id"]
        at = ("faketime", f"{day(1)} 12:00:00")
        for text in ("不对", "还是不对"):
            self.object(c, entry, text, through=("faketime", f"{day(1)} 11:00:00"))
            self.assertEqual(self.open_tasks(c, through=at).count("list-objection"), 1)
            c.one("blacklist", "decide", entry, "--outcome", "kept", "--reason", "已核实", user="deputy", through=at)
            self.assertNotIn("list-objection", self.open_tasks(c, through=at))

    @only_plain(CLOCK)
    def test_an_objection_to_what_was_renewed(self):
        """On its way while the entry was renewed, and at the desk: it is decided about the entry that others see now."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)
        self.carry(c, a)
        at = ("faketime", f"{day(10)} 12:00:00")
        renewal = self.propose(c, words=("--renews", entry["id"]), through=at, facts=f"{day(9)} 第四次来站", screened_on=day(9)).results[0]["id"]
        self.object(a, entry["listing"], "我没有骗人", through=at)
        self.assertEqual(self.review(c, renewal, through=at).status, 0)
        for _ in range(2):
            self.carry(a, c, at)
        self.assertEqual(self.object(c, entry["id"], "我在找工作", through=at)["id"], renewal)
        self.assertEqual(c.one("blacklist", "show", renewal, through=at)["objection"], "我没有骗人\n我在找工作")
        self.assertNotIn("objection", c.one("blacklist", "show", entry["id"], through=at))
        c.one("blacklist", "decide", renewal, "--outcome", "withdrawn", "--reason", "属实", user="deputy", through=at)
        self.carry(c, a, at)
        self.assertEqual(self.warned(a, through=at), [])

    @only_plain(CLOCK)
    def test_an_objection_that_comes_too_late(self):
        """What is kept no longer gets no new words."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)
        self.carry(c, a)
        at = ("faketime", f"{day(1000)} 12:00:00")
        self.object(a, entry["listing"], "我要查", through=at)
        at = ("faketime", f"{day(1300)} 12:00:00")
        self.carry(a, c, at)
        self.assertEqual(self.read(c, "SELECT objection, objected_at FROM blacklist"), [(None, None)])
        self.assertNotIn("list-objection", self.open_tasks(c, through=at))

    # --- Who it is about --------------------------------------------------------------------------

    def test_a_number_that_is_put_right(self):
        """The stranger whose number it was is not warned about, and a leader looks at the entry."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        c.one("person", "edit", self.person, "--set", f"id_number={OTHER}", "--set", "verified_by=id-card")
        self.assertEqual(c.one("blacklist", "show", entry)["state"], "suspended")
        self.assertNotIn("exclusion", c.one("blacklist", "show", entry))
        (task,) = [task for task in c.all("tasks") if task["kind"] == "list-suspended"]
        self.assertIn("证件号码", task["text"])
        self.carry(c, a)
        self.assertEqual((self.warned(a), self.warned(a, OTHER), self.warned(c)), ([], [], []))
        c.one("blacklist", "revoke", entry, "--reason", "号码有误", user="manager")
        self.assertNotIn("list-suspended", self.open_tasks(c))

    def test_a_name_that_is_put_right(self):
        """Others read the right one; with the same number it is the same person."""
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        self.approve(c)
        for station in (a, c2):
            self.carry(c, station)
        c2.one("person", "edit", self.person, "--set", "name=张建民")
        self.exchange(c, c2)
        for _ in range(2):
            self.carry(c, a)
            self.carry(a, c)
        self.assertEqual([warning["name"] for warning in self.warnings(a, "blacklist", "sex=1", f"id_number={MAN_1990}")], ["张建民"])
        self.assertEqual(self.read(a, "SELECT state, changed, name FROM listing"), [("active", "更正", "张建民")])
        self.exchange(c, c2)
        self.assertEqual((self.carry(c, c2)["added"], self.carry(c2, c)["added"]), (0, 0))
        c.one("person", "edit", self.person, "--set", "height_cm=171")
        self.assertEqual(self.read(c, "SELECT base_clock FROM listing"), self.read(c2, "SELECT base_clock FROM listing"))

    def test_approved_while_the_number_is_put_right(self):
        a, c, c2 = self.copies(self.a, self.c, self.c2)
        entry = self.propose(c).results[0]["id"]
        self.carry(c, c2)
        self.assertEqual(self.review(c, entry).status, 0)
        c2.one("person", "edit", self.person, "--set", f"id_number={OTHER}", "--set", "verified_by=id-card")
        self.exchange(c, c2)
        self.carry(c, a)
        self.assertEqual((self.warned(a), self.warned(a, OTHER)), ([], []))
        for desk in (c, c2):
            self.assertEqual(desk.one("blacklist", "show", entry)["state"], "suspended")

    def register_again(self, station):
        """The same man, under another number. His id."""
        stay = station.register("person.sex=男", "person.name=张建国", f"person.id_number={OTHER}", "person.verified_by=id-card")
        station.one("stay", "void", stay["id"], "--reason", "重复登记")
        return stay["person"]["id"]

    def test_merged_with_another(self):
        """An entry warns by no number but that of the person it is about, whoever leads."""
        (c,) = self.copies(self.c)
        other = self.register_again(c)
        entry = self.approve(c)["id"]
        c.one("person", "merge", other, self.person, "--reason", "照片比对一致")
        self.assertEqual(c.one("blacklist", "show", entry)["state"], "suspended")
        self.assertEqual((self.warned(c), self.warned(c, OTHER)), ([], []))

    def test_taken_apart(self):
        (c,) = self.copies(self.c)
        other = self.register_again(c)
        c.one("person", "merge", other, self.person, "--reason", "照片比对一致")
        entry = self.approve(c, category="cash-demand", words=("--evidence", "录音"))["id"]
        self.assertEqual((self.warned(c), len(self.warned(c, OTHER))), ([], 1))
        c.one("person", "unmerge", self.person, "--reason", "指纹不符")
        self.assertEqual(c.one("blacklist", "show", entry)["state"], "suspended")
        self.assertEqual((self.warned(c), self.warned(c, OTHER)), ([], []))

    def test_merged_where_both_are_listed(self):
        """The entry with the number that the person has goes on, though the other is older."""
        (c,) = self.copies(self.c)
        other = self.register_again(c)
        entries = [self.approve(c)["id"]]
        time.sleep(1.1)
        entries.append(self.approve(c, person=other, category="cash-demand", words=("--evidence", "录音"))["id"])
        c.one("person", "merge", other, self.person, "--reason", "照片比对一致")
        self.assertEqual([c.one("blacklist", "show", entry)["state"] for entry in entries], ["suspended", "active"])
        self.assertEqual((self.warned(c), len(self.warned(c, OTHER))), ([], 1))

    # --- When its time is over --------------------------------------------------------------------

    @only_plain(CLOCK)
    def test_what_is_over_is_left_alone(self):
        """Nobody is asked for what can't be done any more, but for the decision of an objection; nor is it suspended years later."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.object(c, entry, "不对")
        self.assertEqual(self.open_tasks(c), ["list-again", "list-objection", "list-serve"])
        over = ("faketime", f"{day(181)} 12:00:00")
        self.carry(a, c, ("faketime", f"{day(180)} 12:00:00"))
        self.assertEqual(self.open_tasks(c, through=over), ["list-again", "list-objection", "list-serve"])
        self.carry(a, c, over)
        self.assertEqual(self.open_tasks(c, through=over), ["list-objection"])
        later = ("faketime", f"{day(400)} 12:00:00")
        c.one("person", "edit", self.person, "--set", "health=mental", through=later)
        self.carry(a, c, later)
        self.assertEqual(c.one("blacklist", "show", entry, through=later)["state"], "lapsed")
        self.assertEqual(self.read(c, "SELECT state, exclusion FROM blacklist"), [("active", None)])
        self.assertEqual(self.open_tasks(c, through=later), ["list-objection"])

    @only_plain(CLOCK)
    def test_what_was_suspended_is_over(self):
        a, c = self.copies(self.a, self.c)
        self.approve(c)
        c.one("person", "edit", self.person, "--set", "health=mental")
        self.assertIn("list-suspended", self.open_tasks(c))
        over = ("faketime", f"{day(181)} 12:00:00")
        self.carry(a, c)
        self.assertEqual(self.open_tasks(c), ["list-suspended"])
        self.carry(a, c, over)
        self.assertEqual(self.open_tasks(c, through=over), [])


main()
