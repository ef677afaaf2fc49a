# SPDX-License-Identifier: GPL-3.0-or-later
"""A woman is brought home: planned, approved and departed at one station, taken over at the other with a
thing missing, and its answer is back: each in the window, by keyboard."""

from desk import DeskTest
from window import PASSWORD, main

HERE, THERE = "440105001", "511502001"
RECEIPT = "Receipt"


class TransfersTest(DeskTest):

    def trust(self, source, target):
        source.one("station", "card", self.path("card.json"))
        target.one("station", "trust", self.path("card.json"))

    def carry(self, source, target, code):
        source.one("bundle", "export", self.path("stick.gtb"), "--to", code)
        target.one("bundle", "import", self.path("stick.gtb"), user="")

    def set_up(self):
        """Both stations know each other; at the first one waits a woman with two things in keeping."""
        self.make_staff()
        self.there = self.make_store("yibin", THERE, "宜宾市救助管理站", "511502")
        self.trust(self.store, self.there)
        self.trust(self.there, self.store)
        done = self.store.one("stay", "arrive", "--set", "person.name=Lin Hua", "--set", "person.sex=2", "--set", "person.birth_from=1949-12-31",
                              "--set", "came_by=police")
        self.stay = done["stay"]["id"]
        self.store.one("stay", "admit", self.stay)
        for name in ("Bag", "Stick"):
            self.store.one("belongings", "take", self.stay, "--set", "kind=other", "--set", "name=" + name, "--set", "in_sign=signed")

    def papers(self):
        transfer = self.store.one("transfer", "list")["id"]
        return [paper for paper in self.store.one("transfer", "show", transfer)["papers"] if paper["state"] == "issued"]

    def test_brought_home(self):
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.open_person(window, "linhua", "Lin Hua")
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

    def open_first(self, window):
        row = window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith("Lin Hua") and node.has("focused")], "the way home")
        window.press("Return")
        window.button("Open File")
        return row

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
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith("Lin Hua") and node.has("focused")], "who is expected")
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
