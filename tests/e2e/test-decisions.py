# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions about a stay by keyboard: refusal, review and notice, hospital first, help outside, who may not go alone."""

from desk import DeskTest
from window import main

CHILD = "person.birth_from=2017-05-05"


class DecisionsTest(DeskTest):

    def test_a_refusal_from_proposal_to_service(self):
        self.make_staff()
        stay = self.arrive("Lin Hua")
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "linhua", "Lin Hua")
        self.pick(window, "Propose to Refuse Help…", "Propose to Refuse Help")
        window.press("ctrl+Return")
        window.label("Choose the ground of the law")
        offered = self.choose(window, "Can provide food and lodging")
        self.assertNotIn("Term is over and refuses to leave without good reason", offered)
        window.entry("Facts and evidence").set_text("2026-11-20 showed a bank card with savings")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Refusal waits for review")
        self.assertEqual(self.store.one("stay", "show", stay)["state"], "refusal-proposed")
        closed = [node.name for node in self.menu_items(window) if node.name.startswith("Approve")]
        self.assertEqual(closed, ["Approve What Is Proposed: not with your role"])
        window.press("Escape", "ctrl+shift+l")

        self.log_in(window, "leader")
        self.open_person(window, "linhua", "Lin Hua")
        self.pick(window, "Approve What Is Proposed…", "Approve What Is Proposed")
        window.label("2026-11-20 showed a bank card with savings")
        window.press("ctrl+Return")
        window.find("image", "Page 1")  # the notice, to be printed
        refused = self.store.one("stay", "show", stay)
        self.assertEqual(refused["state"], "refused")
        self.assertEqual([paper["kind"] for paper in self.store.all("paper", "list", "--stay", stay)], ["refusal-notice"])
        window.press("Escape")
        window.wait_active("Guitu")
        self.pick(window, "Notice Served…", "Notice Served")
        self.choose(window, "Signed")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_for(lambda: "served_at" in self.store.one("stay", "show", stay), "the notice served")

    def test_hospital_first_from_the_intake_desk(self):
        self.make_staff()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        window.press("ctrl+n", "1", "2")
        window.press("ctrl+shift+h")
        window.wait_active("To Hospital First")
        window.type("No. 2 Hospital, Dr Chen")
        window.press("Return")
        window.wait_active("Guitu")
        stay = window.wait_for(lambda: self.store.one("stay", "board")["stays"], "the board")[0]["id"]
        shown = self.store.one("stay", "show", stay)
        self.assertEqual((shown["decision"], shown["where"]), ("emergency", "hospital"))
        window.button("Admit…")  # the papers are still to come

    def test_help_outside(self):
        self.make_staff()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        window.press("ctrl+n", "1", "6")
        window.press("ctrl+shift+o")
        window.wait_active("Helped Outside")
        window.type("Under the east bridge")
        window.press("Return")
        window.type("Blanket, water, a card with our telephone")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Helped outside")
        person = self.store.all("person", "find", "")[0]
        stay = self.store.one("person", "show", person["id"])["stays"][0]
        self.assertEqual((stay["state"], stay["found_place"]), ("outside", "Under the east bridge"))
        self.assertEqual(stay["given"], "Blanket, water, a card with our telephone")

    def test_who_must_be_helped_and_not_let_out_alone(self):
        self.make_staff()
        stay = self.arrive("Xiao Ming", CHILD)
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "xiaoming", "Xiao Ming")
        names = [node.name for node in self.menu_items(window)]
        self.assertIn("Propose to Refuse Help: must be helped", names)
        window.press("Escape", "ctrl+l")
        window.wait_active("Leave the Station")
        window.press("1")
        window.label("This person may not leave alone")
        window.press("ctrl+Return")
        window.wait_active("Leave the Station")
        self.assertNotIn("left_at", self.store.one("stay", "show", stay))

    def take_bag(self, stay):
        self.store.one("stay", "admit", stay)
        return self.store.one("belongings", "take", "--stay", stay, "--set", "kind=other", "--set", "name=Blue bag", "--set", "in_sign=signed")

    def test_belongings_leave_with_the_person(self):
        self.make_staff()
        stays = [self.arrive("Lin Hua"), self.arrive("Bao Fu", "person.birth_from=1975-01-01")]
        for stay in stays:
            self.take_bag(stay)
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "linhua", "Lin Hua")
        window.keys = 0
        window.press("ctrl+l")
        window.wait_active("Leave the Station")
        window.press("1")
        window.label("Belongings in Keeping")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        self.assertLessEqual(window.keys, 5)
        self.assertEqual(self.store.one("belongings", "list", "--stay", stays[0])["items"][0]["state"], "returned")

        self.open_person(window, "baofu", "Bao Fu")
        window.press("ctrl+l")
        window.wait_active("Leave the Station")
        window.press("5")
        window.label("Belongings in Keeping")
        window.entry("To region").set_text("511502")
        window.entry("Escorts").set_text("Zhang Fang")
        window.entry("Departs without approval because").set_text("Last train")
        window.press("ctrl+Return")
        window.find("image", "Page 1")
        bag = self.store.one("belongings", "list", "--stay", stays[1])["items"][0]
        self.assertEqual((bag["state"], bag["out_to"]), ("handed-on", "Zhang Fang"))

    def test_a_way_home_planned_and_departed(self):
        self.make_staff()
        stay = self.arrive("Lin Hua")
        self.take_bag(stay)
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "linhua", "Lin Hua")
        self.pick(window, "Plan the Way Home…", "Plan the Way Home")
        self.choose(window, "Escort home")
        window.entry("To region").set_text("511502")
        window.entry("Name").set_text("Zhang Fang")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        depart = window.find_like("push button", "Depart… Escort home")
        self.assertEqual([plan["state"] for plan in self.store.all("transfer", "list")], ["planned"])
        depart.act()
        window.wait_active("Depart")
        window.wait_text("Given to", "Zhang Fang")
        window.entry("Departs without approval because").set_text("Last train")
        window.press("ctrl+Return")
        window.wait_active("护送（转送）交接单")  # where it is handed over can be typed yet
        window.press("ctrl+Return")
        window.wait_for(lambda: self.store.all("paper", "list", "--kind", "escort-handover", "--stay", stay), "the paper issued")
        window.find("image", "Page 1")
        left = self.store.one("stay", "show", stay)
        self.assertEqual((left["leave_by"], left["destination"]), ("escort-home", "511502"))
        self.assertEqual([plan["state"] for plan in self.store.all("transfer", "list")], ["departed"])
        bag = self.store.one("belongings", "list", "--stay", stay)["items"][0]
        self.assertEqual((bag["state"], bag["out_to"]), ("handed-on", "Zhang Fang"))

    def test_a_correction_and_a_comparison(self):
        self.make_staff()
        stay = self.arrive("Lin Hua")
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "linhua", "Lin Hua")
        self.pick(window, "Correct the Arrival…", "Correct the Arrival")
        self.choose(window, "Brought by the police")
        window.entry("Brought by").set_text("Officer Wu")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        shown = self.store.one("stay", "show", stay)
        self.assertEqual((shown["came_by"], shown["brought_by"]), ("police", "Officer Wu"))

        self.pick(window, "Compare with Local Standards…", "Compare with Local Standards")
        window.type("3")
        window.press("Return")
        window.label("Income of all of them a month, in yuan: This must be filled in.")
        window.wait_focus("text", "Income of all of them a month, in yuan")
        window.type("1000")
        window.press("Return")
        window.label("Another subsistence standard to try, in yuan a month: No local standard is set")
        window.wait_focus("text", "Another subsistence standard to try, in yuan a month")
        window.type("700")
        window.press("ctrl+Return")
        window.label("333.33 < 低保标准 700 元")
        window.click("Refer… Subsistence allowance")
        window.wait_active("Refer to Another Office")
        window.entry("Office").set_text("Street office")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Street office")
        (referral,) = self.store.all("referral", "list")
        self.assertEqual((referral["scheme"], referral["office"]), ("dibao", "Street office"))
        self.assertIn("333.33 < 低保标准 700 元", referral["text"])


main()
