# SPDX-License-Identifier: GPL-3.0-or-later
"""Three stations and a hub, two of them with real windows: a man leaves the first with a ticket and comes to the second
and the third, whose desk knows of it while he stands there, with the hub and without. The third lists him, all know;
he objects, it is withdrawn, and all know that too."""

import os
import sys
import time

from listing import ListingTest, day
from window import PASSWORD, main, wait_until

sys.path.append(os.path.join(os.environ["GUITU_SOURCE"], "tests", "ctl"))

import postgres  # noqa: E402

FIRST, SECOND, THIRD = "甲站", "乙站", "丙站"
FACTS = "第三次来站，所报住址查无此处"
SIGN = "Other stations: "


class NetworkTest(ListingTest):

    def join(self, store):
        store.one("station", "card", self.path("card.json"))
        self.first.one("hub", "invite", "--card", self.path("card.json"), "--file", self.path("letter"), "--url", self.server.url)
        store.one("hub", "join", "--file", self.path("letter"), "--fingerprint", self.first.one("station", "show")["fingerprint"])

    def set_up(self):
        """The first station runs the hub; the test's own store is the third."""
        self.server = postgres.Server()
        self.addCleanup(self.server.close)
        self.first = self.make_store("first", "440101001", FIRST, "440103")
        self.second = self.make_store("second", "440102001", SECOND, "440104")
        self.make_staff()
        self.store.one("station", "edit", "--set", "name=" + THIRD)
        self.first.one("user", "add", "--set", "name=clerk", "--set", "role=intake", "--password", PASSWORD)
        self.first.one("hub", "init", "--name", "协作网", "--url", self.server.url)
        for store in (self.second, self.store):
            self.join(store)

    def wait_sign(self, window, words):
        """The button in the corner that is always there."""
        return window.find_like("push button", SIGN + words)

    def come_and_go(self, window):
        """At the first station, in its window: admitted, and a day later he leaves with a ticket."""
        self.type_number(window)
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        person = self.first.one("person", "find", "张建国")["id"]
        self.first.one("person", "edit", person, "--set", "verified_by=id-card")
        window.press("ctrl+Return")
        window.wait_active("Admit")
        window.press("ctrl+Return")
        window.wait_focus("push button", "Leave…")
        window.press("ctrl+l")
        window.wait_active("Leave the Station")
        window.press("8")
        window.wait_focus("text", "Left at")
        window.press("Return")
        window.wait_focus("text", "Destination")
        window.type("440105")
        window.press("ctrl+Return")
        window.wait_for(lambda: self.first.one("person", "show", person)["stays"][0]["state"] == "left", "the departure")

    def see_at_once(self, window):
        """Who stands at the third station's desk came from the second this very moment: the form that is being filled in
        says so. How long that takes after the second has synchronised is told, not judged."""
        self.type_number(window)
        window.label("Asked for help at 1 station in 180 days")
        self.stay_at(self.second, -1, 0)
        self.second.one("hub", "sync")
        sent = time.monotonic()
        window.label("Asked for help at 2 stations in 180 days")
        print(f"# seen at the other desk after {time.monotonic() - sent:.2f} s", flush=True)

    def see_without_hub(self, window):
        self.server.stop()
        self.wait_sign(window, "Hub away since")
        window.press("ctrl+n")
        window.wait_for(lambda: window.find_all("label", "Discard what was typed?"), "the question")
        window.press("alt+d")
        window.wait_active("Guitu")
        window.wait_text("Name", "")
        self.type_number(window)
        window.label("Asked for help at 2 stations in 180 days")
        self.server.start()
        self.find_hub(window)
        window.press("ctrl+2")

    def find_hub(self, window):
        """Looks for it at once, and not some time later."""
        window.wait_active("Guitu")
        window.press("ctrl+9", "F5")
        self.wait_sign(window, "Everything sent")

    def wait_listed(self, window, words):
        """The first station's window tells how the third's entry stands."""
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith(words)], f"the entry: {words}")

    def test_a_man_goes_from_station_to_station(self):
        self.set_up()
        there = self.open(self.first.directory)
        self.log_in(there, "clerk")
        self.come_and_go(there)
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.see_at_once(window)
        self.see_without_hub(window)
        person, _ = self.admit(window)
        self.propose(window, person, "Stays in 180 days: 3, stations: 3", f"{day(0)} {FACTS}")
        self.open_entry(window, "leader")
        self.act(window, "Approve the Entry…", "Approve the Entry", "facts are dated and shown")
        self.find_hub(there)
        there.press("ctrl+0")
        self.wait_listed(there, "张** · In force")
        window.wait_active("Prompt List")
        self.hand_notice_over(window)
        self.act(window, "Take an Objection…", "Take an Objection", "I looked for work each time")
        window.label("I looked for work each time")
        window.press("Escape")
        window.wait_active("Guitu")

        self.open_entry(window, "wang")
        self.decide_objection(window, "Withdrawn", "looked for work with good reason")
        window.label("Withdrawn on objection")
        there.wait_active("Guitu")
        there.label("No Entry")  # that is open or in force
        there.press("ctrl+0")
        there.wait_focus("push button", "Whose entries")
        self.go_to(there, "In which state")
        self.choose(there, "All, also ended")
        self.wait_listed(there, "Nobody is named any more · Withdrawn on objection")


main()
