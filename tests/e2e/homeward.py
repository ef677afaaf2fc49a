# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of ways home share: two stations that know each other, and a stick between them."""

import json

from desk import DeskTest

HERE, THERE = "440105001", "511502001"
NAME = "Lin Hua"
COMPANY = [{"name": "Zhang Fang", "sex": "2", "phone": "13900000001"}, {"name": "Chen Jun", "sex": "1"}]


class HomewardTest(DeskTest):

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
        done = self.store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=2", "--set", "person.birth_from=1949-12-31",
                              "--set", "came_by=police")
        self.stay = done["stay"]["id"]
        self.store.one("stay", "admit", self.stay)
        for name in ("Bag", "Stick"):
            self.store.one("belongings", "take", self.stay, "--set", "kind=other", "--set", "name=" + name, "--set", "in_sign=signed")

    def plan_by_hand(self):
        """A plan that keeps the rules, by command line. Its id."""
        return self.store.one("transfer", "plan", self.stay, "--set", "kind=hand-over", "--set", "to_station=" + THERE, "--company", json.dumps(COMPANY), user="clerk")["id"]

    def depart_by_hand(self, transfer):
        """Approved and gone, with the hand-over paper. The path of its PDF."""
        self.store.one("transfer", "approve", transfer, user="leader")
        self.store.one("transfer", "depart", transfer, "--belongings", "handed-on", "--belongings-to", "Zhang Fang", "--belongings-sign", "signed", user="clerk")
        self.store.one("paper", "issue", "escort-handover", "--transfer", transfer, "--pdf", self.path("paper.pdf"), user="clerk")
        return self.path("paper.pdf")

    def wait_row(self, window):
        """The row of who is on the way, or expected, once it has the keyboard."""
        return window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith(NAME) and node.has("focused")], "the way home")

    def open_first(self, window):
        row = self.wait_row(window)
        window.press("Return")
        window.button("Open File")
        return row
