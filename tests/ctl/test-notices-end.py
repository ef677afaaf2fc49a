# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of notices to find kin: by themselves, everywhere, and whichever desk finds out."""

from notices import UNKNOWN, NoticeTest, text_of
from station import MAN_1990, Station, main, today


class End(NoticeTest):
    """Withdrawn by itself, everywhere."""

    def end(self, finish):
        """What is left after @finish (person, stay, notice) of a notice that hangs at three places."""
        person, stay = self.take_in(photo=True)
        notice = self.publish(person, "--set", f"content.marks=印记{stay[-6:]}")
        folder = self.path(f"site-{notice['number']}")
        self.export(folder)
        before = self.files(folder)
        for channel, place in (("messages", "荆楚寻亲群"), ("poster", "火车站")):
            self.station.one("notice", "channel", notice["id"], "--channel", channel, "--place", place, user="clerk")
        finish(person, stay, notice)
        ended = self.show(notice)
        self.assertEqual(ended["state"], "withdrawn")
        self.assertEqual(set(self.posting(notice)), {"id", "station", "number", "state", "at"})
        tasks = [task for task in self.station.all("tasks", "--kind", "notice-take-down", user="manager") if notice["number"] in task["text"]]
        self.assertEqual(len(tasks), 3, tasks)
        self.assertIn("荆楚寻亲群", text_of(tasks))
        self.assertEqual(self.export(folder)["removed"], 1)
        after = self.files(folder)
        self.assertEqual(set(before) - set(after), {f"photo-{notice['number']}-1.jpg"})
        page = after[f"notice-{notice['number']}.html"].decode()
        self.assertIn("此公告已撤回", page)
        for name, content in after.items():
            self.assertNotIn(stay[-6:], content.decode(), name)
        self.assertIn(f'<at:deleted-entry ref="urn:uuid:{notice["id"]}"', after["feed.xml"].decode())
        return ended

    def test_verified(self):
        def finish(person, stay, notice):
            self.station.one("person", "edit", person, "--set", f"id_number={MAN_1990}", "--set", "birth_from=1990-03-07", "--set", "birth_to=1990-03-07",
                             "--set", "verified_by=id-card", user="clerk")
        self.assertEqual(self.end(finish)["withdrawn_as"], "identified")

    def test_collected_by_kin(self):
        self.assertEqual(self.end(lambda person, stay, notice: self.station.leave_with_kin(stay))["withdrawn_as"], "reunited")

    def test_fenced(self):
        def finish(person, stay, notice):
            self.station.one("person", "edit", person, "--set", "fence=violence", user="caseworker")
        self.assertEqual(self.end(finish)["withdrawn_as"], "protection")

    def test_objection(self):
        def finish(person, stay, notice):
            self.station.one("person", "edit", person, "--set", "health=healthy", "--reason", "已检查", user="manager")
            self.station.one("notice", "consent", notice["id"], "--consent", "objects", user="clerk")
        self.assertEqual(self.end(finish)["withdrawn_as"], "objection")

    def test_by_hand(self):
        def finish(person, stay, notice):
            self.assert_refused(self.station, ["notice", "withdraw", notice["id"], "--as", "mistaken"], 2, "missing", "reason", user="caseworker")
            self.station.one("notice", "withdraw", notice["id"], "--as", "objection", "--reason", "家属异议", user="caseworker")
        self.assertEqual(self.end(finish)["withdrawn_text"], "家属异议")

    def test_merged_with_somebody_known(self):
        def finish(person, stay, notice):
            known = self.station.one("person", "add", "--set", "sex=男", "--set", "name=李四", "--set", f"id_number={MAN_1990}", "--set", "verified_by=id-card", user="clerk")
            self.station.one("person", "merge", known["id"], person, "--reason", "指纹", user="caseworker")
        self.assertEqual(self.end(finish)["withdrawn_as"], "identified")

    def test_case_closed(self):
        for outcome, withdrawn_as in (("family", "reunited"), ("remembered", "identified"), ("mistaken", "mistaken")):
            with self.subTest(outcome=outcome):
                station = self.station.copy(self.path(f"case-{outcome}"))
                person, _ = self.take_in(station=station)
                notice = self.publish(person, station=station)
                how = () if outcome == "mistaken" else ("--confirmed_how", "visit", "--confirmed_by", "其兄", "--verified_by", "kin")
                station.one("case", "close", person, "--closed_as", outcome, "--close_text", "其兄到站辨认", *how, user="manager")
                self.assertEqual(self.show(notice, station=station).get("withdrawn_as"), withdrawn_as)

    def test_places_are_ticked_off(self):
        person, _ = self.take_in()
        notice = self.publish(person)
        place = self.station.one("notice", "channel", notice["id"], "--channel", "toutiao", "--place", "头条寻人", user="clerk")
        self.station.one("notice", "withdraw", notice["id"], "--as", "mistaken", "--reason", "写错", user="manager")
        self.assert_refused(self.station, ["notice", "taken-down", place["id"]], 2, "missing", "proof", user="clerk")
        task = next(task for task in self.station.all("tasks", "--kind", "notice-take-down", user="manager") if notice["number"] in task["text"])
        self.assert_refused(self.station, ["task", "done", task["id"], "--proof", "撤了"], 1, "ends-by-itself", "kind", user="manager")
        done = self.station.one("notice", "taken-down", place["id"], "--proof", "头条回复已下线", user="clerk")
        self.assertEqual(done["proof"], "头条回复已下线")
        self.assertEqual([task for task in self.station.all("tasks", "--kind", "notice-take-down", user="manager") if notice["number"] in task["text"]], [])
        self.assert_refused(self.station, ["notice", "taken-down", place["id"], "--proof", "又撤"], 1, "already-done", "channel", user="clerk")
        late = self.station.one("notice", "channel", notice["id"], "--channel", "poster", "--place", "汽车站", user="clerk")
        self.assertIn(late["id"], [task["about"] for task in self.station.all("tasks", "--kind", "notice-take-down", user="manager")])

    def test_again_after_the_end(self):
        """A notice that was withdrawn by mistake is prepared anew; it has a number and a page of its own."""
        person, _ = self.take_in()
        first = self.publish(person)
        self.station.one("notice", "withdraw", first["id"], "--as", "mistaken", "--reason", "弄错人", user="manager")
        second = self.publish(person)
        self.assertNotEqual((first["number"], first["posting"]), (second["number"], second["posting"]))
        self.assertEqual(self.show(first)["state"], "withdrawn")

    def test_an_objection_holds(self):
        """Who objected is not published by a new notice, until they say otherwise."""
        person, _ = self.take_in()
        self.station.one("person", "edit", person, "--set", "health=healthy", "--reason", "已检查", user="manager")
        first = self.publish(person)
        self.station.one("notice", "consent", first["id"], "--consent", "objects", user="clerk")
        self.assertEqual(self.show(first)["withdrawn_as"], "objection")
        self.assert_refused(self.station, ["notice", "prepare", person], 1, "person-objects", "person", user="caseworker")
        again = self.station.one("notice", "prepare", person, "--consent", "agrees", user="caseworker")
        self.assertEqual(again["consent"], "agrees")


class Desks(NoticeTest):
    """Two desks of a station, and another station of its network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        invited = cls.station.one("desk", "invite", cls.path("invitation"))
        cls.second = Station(cls.path("second"))
        cls.second.one("init", "--invitation", cls.path("invitation"), "--code", invited["code"], user="")

    def carry(self, source, target):
        source.one("bundle", "export", self.path("carried.gtb"))
        return target.one("bundle", "import", self.path("carried.gtb"), user="")

    def copies(self):
        name = self.id().rsplit(".", maxsplit=1)[-1]
        first, second = self.station.copy(self.path(f"{name}-1")), self.second.copy(self.path(f"{name}-2"))
        self.carry(first, second)
        return first, second

    def test_one_publishes_while_the_other_finds_out(self):
        first, second = self.copies()
        person, _ = self.take_in(station=first)
        notice = self.prepare(person, station=first)
        self.approve(notice, station=first)
        self.carry(first, second)
        self.assertEqual(second.one("notice", "show", person, user="manager")["id"], notice["id"])
        second.one("person", "edit", person, "--set", "fence=violence", user="caseworker")
        self.assertEqual(second.one("notice", "show", notice["id"], user="manager")["state"], "withdrawn")
        first.one("notice", "publish", notice["id"], user="caseworker")
        for source, target in ((first, second), (second, first), (first, second)):
            self.carry(source, target)
        for desk in (first, second):
            shown = desk.one("notice", "show", notice["id"], user="manager")
            self.assertEqual((shown["state"], shown["withdrawn_as"]), ("withdrawn", "protection"))
            self.assertNotIn("marks", self.posting(shown, station=desk))
        self.assertEqual(self.export(self.path("desks-site"), station=first)["published"], 0)

    def test_a_new_edition_while_the_other_withdraws(self):
        first, second = self.copies()
        person, _ = self.take_in(station=first)
        notice = self.publish(person, station=first)
        first.one("notice", "refresh", notice["id"], "--set", "content.marks=右臂有痣", user="caseworker")
        self.carry(first, second)
        second.one("notice", "withdraw", notice["id"], "--as", "objection", "--reason", "家属异议", user="manager")
        self.approve(notice, station=first)
        for source, target in ((first, second), (second, first), (first, second)):
            self.carry(source, target)
        for desk in (first, second):
            shown = desk.one("notice", "show", notice["id"], user="manager")
            self.assertEqual(shown["state"], "withdrawn")
            self.assertNotIn("marks", self.posting(shown, station=desk))

    def test_one_finds_out_while_the_other_publishes(self):
        """Whatever ends a notice ends it after the exchange that brings it, though only what is new is looked at."""
        first, second = self.copies()
        known = second.one("person", "add", "--set", "sex=男", "--set", "name=李四", "--set", f"id_number={MAN_1990}", "--set", "verified_by=id-card", user="clerk")["id"]
        finds = {
            "verified": ("identified", lambda person, stay: second.one("person", "edit", person, "--set", "verified_by=face", user="caseworker")),
            "fenced": ("protection", lambda person, stay: second.one("person", "edit", person, "--set", "fence=trafficking", user="caseworker")),
            "violence": ("protection", lambda person, stay: second.one("stay", "edit", stay, "--set", "reason=domestic-violence", user="manager")),
            "collected": ("reunited", lambda person, stay: second.leave_with_kin(stay)),
            "closed": ("reunited", lambda person, stay: second.one("case", "close", person, "--closed_as", "family", "--close_text", "其兄到站辨认", "--confirmed_how", "visit",
                                                                 "--confirmed_by", "其兄", "--verified_by", "kin", user="manager")),
            "merged": ("identified", lambda person, stay: second.one("person", "merge", known, person, "--reason", "指纹", user="caseworker")),
        }
        came = {name: self.take_in(station=first) for name in finds}
        people = [*(person for person, _ in came.values()), self.take_in(station=first)[0]]
        self.carry(first, second)
        *notices, untouched = (self.publish(person, station=first) for person in people)
        self.carry(second, first)  # the first time, all are looked at
        for (name, (withdrawn_as, find)), notice in zip(finds.items(), notices):
            with self.subTest(name):
                self.assertEqual(second.all("notice", "list", user="manager"), [])
                self.assertEqual(self.show(notice, station=first)["state"], "published")
                find(*came[name])
                self.carry(second, first)
                self.assertEqual(self.show(notice, station=first).get("withdrawn_as"), withdrawn_as)
                self.assertNotIn("marks", self.posting(notice, station=first))
        self.assertEqual(self.show(untouched, station=first)["state"], "published")

    def test_a_fence_that_a_stolen_desk_took_away(self):
        """It is back when that desk is revoked, though no entry says so; then the notice ends."""
        first, second = self.copies()
        third = Station(self.path("third"))
        third.one("init", "--invitation", self.path("third-invitation"), "--code", first.one("desk", "invite", self.path("third-invitation"))["code"], user="")
        person, _ = self.take_in(*UNKNOWN, "person.fence=violence", station=first)
        for target in (second, third):
            self.carry(first, target)
        self.carry(second, first)
        second.one("person", "edit", person, "--set", "fence=", "--reason", "弄错", user="manager")
        self.carry(second, third)
        notice = self.publish(person, station=third)
        self.assertEqual(notice["state"], "published")
        self.carry(second, third)
        first.one("desk", "revoke", "2", "--reason", "被盗")
        self.carry(first, third)
        self.assertEqual(self.show(notice, station=third)["withdrawn_as"], "protection")

    def test_what_others_see(self):
        """What the notice says, and no more: not the day of birth that the record holds, not what was left out."""
        person, _ = self.take_in("person.sex=男", "person.name=张建国", "person.birth_from=1980-03-07", "person.birth_to=1980-03-07", "person.health=mental",
                                 "person.household=440105", photo=True)
        notice = self.publish(person, "--leave_out", "mental_state", "--set", "content.age=约45岁", "--set", "content.name=张某（音）")
        seen = self.posting(notice)
        self.assertEqual((seen["name"], seen["sex"], seen["state"], seen["number"]), ("张某（音）", "1", "published", notice["number"]))
        self.assertNotIn("health", seen)
        years = [int(today().strftime("%Y")) - int(seen[field][:4]) for field in ("birth_from", "birth_to")]
        self.assertEqual(years, [51, 40])
        self.assertLess(len(seen["photo"]), 20 * 1024 + 1)
        self.assertEqual(self.station.one("ledger", "verify")["problems"], [])


main()
