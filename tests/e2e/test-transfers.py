# SPDX-License-Identifier: GPL-3.0-or-later
"""A woman is brought home: planned, approved and departed at one station, taken over at the other with a
thing missing, and its answer is back: each in the window, by keyboard."""

from homeward import HERE, NAME, THERE, HomewardTest
from window import PASSWORD, main

RECEIPT = "Receipt"


class TransfersTest(HomewardTest):

    def papers(self):
        transfer = self.store.one("transfer", "list")["id"]
        return [paper for paper in self.store.one("transfer", "show", transfer)["papers"] if paper["state"] == "issued"]

    def test_brought_home(self):
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "linhua", NAME)
        self.plan(window)
        self.approve_and_depart(window)
        window.stop()
        self.carry(self.store, self.there, THERE)
        self.take_over(self.open(self.there.directory))
        self.carry(self.there, self.store, HERE)
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        window.press("ctrl+j")
        self.open_first(window)
        window.label(f"{RECEIPT} ")
        window.label("the seal of the receiving station answers ours")
        window.label("Stick：清单1，实收0")

    def plan(self, window):
        self.pick(window, "Plan the Way Home…", "Plan the Way Home")
        self.choose(window, "Hand-over to the home station")
        window.entry("To station").set_text(THERE)
        window.entry("Name").set_text("Zhang Fang")
        self.go_to(window, "Add an Escort")
        window.press("Return")
        window.type("Chen Jun")
        window.press("ctrl+Return")
        window.label("A woman goes along with a woman.")  # of nobody the sex is said
        window.press("Escape")
        window.wait_active("Guitu")
        (plan,) = self.store.all("transfer", "list")
        self.assertEqual((plan["state"], plan["escorts"]), ("planned", "Zhang Fang、Chen Jun"))

    def approve_and_depart(self, window):
        window.press("ctrl+j")
        self.open_first(window)
        window.click("Change the Plan…")
        window.wait_active("Change the Plan")
        self.go_to(window, "Name")
        window.press("Tab")
        self.choose(window, "Female")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.press("ctrl+shift+w")
        window.wait_active("Switch User")
        window.type("leader")
        window.press("Tab")
        window.type(PASSWORD)
        window.press("Return")
        window.wait_active("Guitu")
        window.find("push button", "Approve…").act()
        window.wait_active("Approve the Way Home")
        window.type("agreed")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Approved")
        window.click("Depart…")
        window.wait_active("Depart")
        window.press("ctrl+Return")
        window.wait_for(lambda: self.store.all("transfer", "list")[0]["state"] == "departed", "the departure")
        window.wait_active("护送（转送）交接单")
        window.press("ctrl+Return")
        window.wait_for(lambda: self.papers(), "the hand-over paper issued")

    def take_over(self, window):
        window.log_in()
        window.press("ctrl+j")
        self.wait_row(window)
        window.press("Return")
        window.wait_active("Take Over This Person")
        window.label("Zhang Fang")
        self.go_to(window, "Stick × 1")
        window.press("space", "ctrl+Return")
        window.find("image", "Page 1")
        (answer,) = self.there.all("transfer", "list", "--direction", "in")
        self.assertEqual((answer["state"], answer["differences"]), ("accepted", "Stick：清单1，实收0"))
        window.stop()


main()
