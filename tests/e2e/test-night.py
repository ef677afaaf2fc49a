# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole night at the desk by keys alone: four people come, one of them is refused with the notice, and at
eight the shift is handed over. With GUITU_PICTURES=FOLDER each step leaves a picture to be looked at."""

import os

from desk import DeskTest
from window import PASSWORD, main

ROOMS = (("W201", "women", 2), ("M101", "men", 2), ("C301", "minors", 2))
KNOWN = "Luo Daming"
EARLIER = (("2026-05-03T21:00:00+08:00", "2026-05-04T09:00:00+08:00"), ("2026-08-11T23:10:00+08:00", "2026-08-12T08:30:00+08:00"))
PICTURES = os.environ.get("GUITU_PICTURES")


class NightTest(DeskTest):

    def make_house(self):
        self.make_staff()
        self.store.one("user", "add", "--set", "name=morning", "--set", "full_name=Sun Li", "--set", "role=intake", "--password", PASSWORD)
        for name, zone, beds in ROOMS:
            self.store.one("house", "add", "--set", f"name={name}", "--set", f"zone={zone}", "--set", f"beds={beds}")
        self.known = None
        for came, left in EARLIER:
            who = [self.known] if self.known else ["--set", "person.name=" + KNOWN, "--set", "person.sex=1", "--set", "person.birth_from=1979-02-02"]
            arrived = self.store.one("stay", "arrive", *who, "--set", "came_by=self", "--set", "arrived_at=" + came)
            self.known = arrived["person"]["id"]
            self.store.one("stay", "admit", arrived["stay"]["id"])
            self.store.one("stay", "leave", arrived["stay"]["id"], "--set", "leave_by=own-will", "--set", "left_at=" + left)

    def picture(self, name):
        if PICTURES:
            os.makedirs(PICTURES, exist_ok=True)
            self.window.screenshot(os.path.join(PICTURES, name + ".png"))

    def new_form(self, sex, came_by):
        self.window.press("ctrl+n")
        self.window.wait_focus("push button", "Male")
        self.window.press(sex)
        self.window.wait_focus("push button", "On their own")
        self.window.press(came_by)
        self.window.wait_focus("text", "Name")

    def admit_to(self, room):
        window = self.window
        window.wait_focus("push button", "Admit…")
        window.press("Return")
        window.wait_active("Admit")
        window.type(room)
        window.wait_described("Bed", f"{room}-1 · fits")
        self.picture("bed-" + room)
        window.press("Return")
        window.label(f"Bed {room}-1")
        window.wait_focus("push button", "Leave…")

    def stays_of(self, name):
        """The open stays of who is called so, by how they came."""
        stays = [self.store.one("stay", "show", stay["id"]) for stay in self.store.one("stay", "board")["stays"]]
        return sorted((stay for stay in stays if stay["person"]["display_name"] == name), key=lambda stay: stay["came_by"])

    def old_and_lost(self):
        """She can't say who she is: sex, age as it looks, what is seen and her own words."""
        window = self.window
        self.new_form("2", "5")
        self.go_to(window, "Birth or age")
        window.type("80")
        self.go_to(window, "Tends to wander off")
        self.choose(window, "Yes")
        self.go_to(window, "Words")
        window.type("My son has gone to fetch water")
        self.picture("old-and-lost")
        window.press("ctrl+s")
        self.admit_to("W201")
        self.pick(window, "Take Belongings into Keeping…", "Take Belongings into Keeping")
        self.choose(window, "Other")
        self.go_to(window, "Item")
        window.type("Blue cloth bag with two keys")
        self.go_to(window, "Bag number")
        window.type("17")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Blue cloth bag with two keys")
        self.picture("old-and-lost-file")

    def child_of_the_police(self):
        """He is nine; nothing lets him out alone."""
        window = self.window
        self.new_form("1", "2")
        window.type("Xiao Bao")
        self.go_to(window, "Birth or age")
        window.type("9")
        self.go_to(window, "Brought by")
        window.type("Police station Chigang, officer 4711")
        window.press("ctrl+s")
        self.admit_to("C301")
        window.press("ctrl+l")
        window.wait_active("Leave the Station")
        window.press("1")
        window.label("This person may not leave alone")
        self.picture("child-may-not-leave")
        window.press("ctrl+Return")
        window.wait_active("Leave the Station")
        window.press("Escape")
        window.wait_active("Discard what was typed?")
        window.press("alt+d")
        window.wait_active("Guitu")

    def injured_to_hospital(self):
        window = self.window
        self.new_form("1", "2")
        window.press("ctrl+shift+h")
        window.wait_active("To Hospital First")
        window.type("No. 2 Hospital, Dr Chen")
        self.picture("to-hospital")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("In hospital")

    def known_face(self):
        """He is found by his name, registered for his third stay, and has means of his own."""
        window = self.window
        window.press("ctrl+2", "ctrl+f", "ctrl+a")
        window.type("luodaming")
        window.label("1 Found")
        window.press("Return")
        window.wait_focus("push button", "Here Again…")
        window.press("Return")
        window.label("The stay will be opened for " + KNOWN)
        window.wait_focus("push button", "On their own")
        window.press("1")
        self.picture("known-face")
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        self.pick(window, "Propose to Refuse Help…", "Propose to Refuse Help")
        self.choose(window, "Can provide food and lodging")
        self.go_to(window, "Facts and evidence")
        window.type("Showed a bank card and a ticket for the morning")
        self.picture("refusal")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Refusal waits for review")

    def leader_decides(self):
        window = self.window
        self.change_user("leader")
        self.open_person(window, "luodaming", KNOWN)
        self.pick(window, "Approve What Is Proposed…", "Approve What Is Proposed")
        window.press("ctrl+Return")
        window.find("image", "Page 1")
        self.picture("notice")
        window.press("Escape")
        window.wait_active("Guitu")
        self.pick(window, "Notice Served…", "Notice Served")
        self.choose(window, "Signed")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        self.change_user("clerk")

    def change_user(self, name):
        window = self.window
        window.press(CHANGE_USER)
        window.wait_active("Switch User")
        window.type(name)
        window.press("Return")
        window.type(PASSWORD)
        window.press("Return")
        window.wait_active("Guitu")
        window.label(f"Now {name} works here")

    def round_of_the_house(self):
        window = self.window
        window.press("ctrl+3")
        window.wait_focus("entry", "Filter")
        self.picture("board")
        window.press("ctrl+r")
        window.wait_active("Roll Call")
        window.label("2 of 2 there")
        self.picture("roll-call")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.press("ctrl+1")
        window.find_like("list item", "Quick identity query · ")
        self.picture("duty")

    def hand_over(self):
        window = self.window
        window.press("ctrl+4")
        window.wait_focus("push button", "Hand Over…")
        self.picture("shift")
        window.press("ctrl+h")
        window.wait_active("Hand Over the Shift")
        window.type("Ask the hospital at ten; the old lady eats only porridge")
        window.press("Tab", "Tab")
        window.type("morning")
        window.press("Tab")
        window.type(PASSWORD)
        self.picture("hand-over")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.find_like("list item", "taken over by Sun Li")
        self.picture("handed-over")

    def check_what_is_written(self):
        child, unknown = self.stays_of("Xiao Bao"), self.stays_of("无名氏")
        self.assertEqual([(stay["state"], stay["bed"]) for stay in child], [("in-house", "C301-1")])
        self.assertEqual([(stay["came_by"], stay.get("bed"), stay.get("where")) for stay in unknown],
                         [("police", None, "hospital"), ("public", "W201-1", None)])
        old = self.store.one("person", "show", unknown[1]["person"]["id"])
        self.assertEqual((old["wanders"], [said["text"] for said in old["statements"]]), ("yes", ["My son has gone to fetch water"]))
        self.assertLess(old["birth_from"], "1947")
        self.assertEqual([(item["name"], item["bag"]) for item in self.store.one("belongings", "list", unknown[1]["id"])["items"]],
                         [("Blue cloth bag with two keys", "17")])
        refused = next(stay for stay in self.store.one("person", "show", self.known)["stays"] if stay["state"] == "refused")
        self.assertEqual(len(self.store.one("person", "show", self.known)["stays"]), len(EARLIER) + 1)
        self.assertIn("served_at", self.store.one("stay", "show", refused["id"]))
        self.assertEqual([paper["kind"] for paper in self.store.all("paper", "list", "--stay", refused["id"])], ["refusal-notice"])
        (shift,) = self.store.all("shift", "list")
        self.assertEqual([shift[name] for name in ("state", "handed_by_name", "taken_by_name")], ["taken", "clerk", "Sun Li"])
        self.store.all("ledger", "verify")

    def test_a_night(self):
        self.make_house()
        self.window = self.open(self.store.directory)
        self.log_in(self.window, "clerk")
        self.old_and_lost()
        self.child_of_the_police()
        self.injured_to_hospital()
        self.known_face()
        self.leader_decides()
        self.round_of_the_house()
        self.hand_over()
        self.check_what_is_written()
        print(f"keys of the night: {self.window.keys}", flush=True)


CHANGE_USER = "ctrl+shift+w"
main()
