# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the prompt list share: how an entry is proposed and goes on, by keyboard."""

import datetime

from desk import DeskTest

MAN_1990 = "440105199003071032"
MAN = ("--set", "person.sex=1", "--set", "person.name=张建国", "--set", f"person.id_number={MAN_1990}", "--set", "person.verified_by=id-card",
       "--set", "came_by=self")


def day(days):
    """The day it is in China, that many days on."""
    china = datetime.timezone(datetime.timedelta(hours=8))
    return str(datetime.datetime.now(china).date() + datetime.timedelta(days=days))


class ListingTest(DeskTest):

    def stay_at(self, store, arrived, left):
        """He was at that station in the past, and left with a ticket."""
        stay = store.one("stay", "arrive", *MAN, "--set", f"arrived_at={day(arrived)} 10:00")
        store.one("stay", "admit", stay["stay"]["id"], "--set", f"admitted_at={day(arrived)} 11:00")
        left_at = ("--set", f"left_at={day(left)} 09:00") if left < 0 else ()  # today means now: nine may be still to come
        store.one("stay", "leave", stay["stay"]["id"], "--leave_by", "ticket", "--destination", "440105", *left_at)
        return stay["person"]["id"]

    def type_number(self, window):
        """A man who gives his name and number stands at the desk."""
        window.press("ctrl+n", "1", "2")
        window.wait_focus("text", "Name")
        window.entry("Name").set_text("张建国")
        window.press("Return")
        window.wait_focus("text", "ID number")
        window.type(MAN_1990)

    def admit(self, window):
        """From the form to the house. The ids of the person and the stay."""
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        person = self.store.one("person", "find", "张建国")["id"]
        stay = self.store.one("person", "show", person)["stays"][0]["id"]
        window.press("ctrl+Return")
        window.wait_active("Admit")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_for(lambda: self.store.one("stay", "show", stay)["state"] == "in-house", "the admission")
        return person, stay

    def propose(self, window, person, told, facts):
        """Proposes who is open in the window; @told is what the window says of the stays. The entry."""
        self.store.one("person", "edit", person, "--set", "verified_by=id-card")
        self.pick(window, "Propose for the List…", "Propose for the List: 张建国")
        window.label(told)
        self.choose(window, "Repeated stays")
        for name, text in (("Facts", facts), ("What was offered", "食宿，至户籍地的车票"), ("Own words", "不愿回家"), ("Screened by", "驻站医生"), ("Screened on", day(0))):
            window.entry(name).set_text(text)
        for name, words in (("Health and capacity", "No signs found"), ("Measure", "Ask and verify more")):
            self.go_to(window, name)
            self.choose(window, words)
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        (entry,) = self.store.all("blacklist", "list", "--own")
        self.assertEqual(entry["state"], "proposed")
        return entry["id"]

    def open_entry(self, window, user):
        window.press("ctrl+shift+l")
        self.log_in(window, user)
        window.press("ctrl+0")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith("张建国") and node.has("focused")], "the entry with the keyboard")
        window.press("Return")
        window.wait_active("Prompt List")

    def act(self, window, label, dialog, words):
        """Does what comes next, which has the keyboard already."""
        window.wait_focus("push button", label)
        window.press("ctrl+Return")
        window.wait_active(dialog)
        if words:
            window.type(words)
        window.press("ctrl+Return")
        window.wait_active("Prompt List")

    def hand_notice_over(self, window):
        window.wait_focus("push button", "Notice Handed Over…")
        window.press("ctrl+Return")
        window.wait_active("Notice Handed Over")
        self.choose(window, "Signed")
        window.press("ctrl+Return")
        window.wait_active("Prompt List")

    def decide_objection(self, window, outcome, reason):
        window.wait_focus("push button", "Decide the Objection…")
        window.press("ctrl+Return")
        window.wait_active("Decide the Objection")
        self.choose(window, outcome)
        window.entry("Reason of the outcome").set_text(reason)
        window.press("ctrl+Return")
        window.wait_active("Prompt List")
