# SPDX-License-Identifier: GPL-3.0-or-later
"""The house by keyboard: beds and their rules, the round at night, what is in keeping, and two records of one person."""

from desk import DeskTest
from window import PASSWORD, main

ROOMS = (("男101", "men", 2), ("女201", "women", 2))
SECOND = "li"


class HouseTest(DeskTest):

    def build(self):
        self.store = self.make_store()
        self.store.one("user", "add", "--set", "name=" + SECOND, "--set", "role=manager", "--password", PASSWORD)
        for name, zone, beds in ROOMS:
            self.store.one("house", "add", "--set", f"name={name}", "--set", f"zone={zone}", "--set", f"beds={beds}")

    def admit(self, name, sex, *words):
        arrived = self.store.one("stay", "arrive", "--set", "person.name=" + name, "--set", f"person.sex={sex}", "--set", "came_by=self")
        self.store.one("stay", "admit", arrived["stay"]["id"], *words)
        return arrived

    def stay(self, arrived):
        return self.store.one("stay", "show", arrived["stay"]["id"])

    def open_board(self):
        window = self.open(self.store.directory)
        window.log_in()
        window.press("ctrl+3")
        window.find("tree table", "In the Station")
        window.wait_focus("entry", "Filter")
        return window

    def open_person(self, window, name):
        """The file of who is chosen in the board by typing."""
        window.type(name)
        window.label("(1)")
        window.press("Return")
        window.wait_focus("push button", "Leave…")

    @staticmethod
    def anywhere(window, role, part):
        """A widget of any window: libadwaita does not tell that its lines for entries have the focus."""
        def look():
            return next((node for node in window.tree().root.below() if node.role == role and part in node.name), None)

        return window.wait_for(look, f"{role} with “{part}”")

    def test_beds(self):
        self.build()
        wang, liu = self.admit("Wang Wu", 1), self.admit("Liu San", 1)
        self.admit("Zhao Mei", 2, "--bed", "女201-1")
        window = self.open_board()
        window.label("Without a Bed (2)")
        window.type("Wang")
        window.label("Without a Bed (1)")
        window.press("ctrl+b")
        window.wait_active("Give a Bed")
        window.wait_described("Bed", "男101-1 · fits")
        window.press("Down")
        window.wait_described("Bed", "男101-2 · fits")
        window.press("Return")
        window.wait_active("Guitu")
        window.label("Men (1)")
        self.assertEqual(self.stay(wang)["bed"], "男101-2")

        window.press("ctrl+a")
        window.type("Liu")
        window.press("ctrl+b")  # at once: it is for who was typed, not for who was there before
        window.wait_active("Give a Bed")
        window.label("Liu San")
        window.wait_described("Bed", "男101-1 · fits")
        window.press("Down")
        window.wait_described("Bed", "女201-2 · Another sex in the room")
        window.press("Return")  # a rule is broken: the reason is asked for
        window.wait_focus("text", "Reason")
        window.type("Only bed on the ground floor")
        window.press("ctrl+Return")
        self.anywhere(window, "label", "An exception needs a second person")
        self.assertNotIn("bed", self.stay(liu))
        self.anywhere(window, "text", "User name of the second person").set_text(SECOND)
        self.anywhere(window, "text", "Password of the second person").set_text(PASSWORD)
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Another sex in the room")
        self.assertEqual(self.stay(liu)["bed"], "女201-2")
        self.assertIn("Only bed on the ground floor", self.stay(liu)["events"][-1]["text"])

    def test_roll_call(self):
        self.build()
        wang, liu = self.admit("Wang Wu", 1, "--bed", "男101-1"), self.admit("Liu San", 1, "--bed", "男101-2")
        window = self.open_board()
        window.press("ctrl+r")
        window.wait_active("Roll Call")
        window.label("2 of 2 there")
        window.type("liu")
        window.press("Return")
        window.label("1 of 2 there")
        window.wait_text("Find in the list", "")
        window.press("Return")  # nobody is meant: nothing happens
        window.press("Down", "Return")
        window.label("0 of 2 there")
        window.press("Return")
        window.label("1 of 2 there")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Roll call: 1 of 2 are there. Not there: Liu San")
        window.label("Not found 1")
        self.assertEqual((self.stay(liu).get("where"), self.stay(wang).get("where", "house")), ("missing", "house"))

    def test_belongings(self):
        self.build()
        wang = self.admit("Wang Wu", 1, "--bed", "男101-1")
        window = self.open_board()
        self.open_person(window, "Wang")
        window.label("Nothing is in keeping.")
        window.click("Take In…")
        window.wait_active("Take Belongings into Keeping")
        self.choose(window, "cash")
        window.entry("Amount (yuan)").set_text("120.5")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("¥120.50")
        window.label("Signed by one")
        item = self.items(wang)[0]
        self.assertEqual((item["amount_fen"], item["is_unsigned"]), (12050, True))
        window.find_like("push button", "Sign ").act()
        window.label("A second person must do this")
        self.store.one("belongings", "sign", item["id"], user=SECOND)
        window.press("ctrl+3", "Return")
        window.wait_focus("push button", "Leave…")
        window.find_like("push button", "Give Out… ").act()
        window.wait_active("Give Belongings Out")
        window.press("ctrl+Return")
        window.label("This must be filled in.")
        window.press("Escape")
        window.wait_active("Guitu")
        self.store.one("belongings", "give", wang["stay"]["id"], "--as", "returned", "--sign", "signed")
        window.press("ctrl+3", "Return")
        window.label("Given back")

    def items(self, arrived):
        return self.store.one("belongings", "list", arrived["stay"]["id"])["items"]

    def choose(self, window, code):
        """The kind is the first field, a list that opens by Space and takes the arrows."""
        codes = [row["code"] for row in self.store.all("codes", "belonging_kind", user="")]
        window.press("space", *["Down"] * (codes.index(code) + 1), "Return")

    def test_two_records(self):
        self.build()
        wang = self.admit("Wang Wu", 1, "--bed", "男101-1")["person"]["id"]
        other = self.store.one("person", "add", "--set", "name=Wang Xiaowu", "--set", "sex=1")["id"]
        window = self.open_board()
        self.open_person(window, "Wang")
        window.press("alt+m")
        window.find("menu item", "Same Person as…").act()
        window.wait_active("Same Person as")
        window.type("xiaowu")
        window.press("Return")
        window.wait_focus("text", "Reason")
        window.type("Same photo")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Merged Records")
        self.assertEqual([member["id"] for member in self.store.one("person", "show", wang)["merged"]], [other])
        window.click("Undo… Wang Xiaowu")
        window.wait_active("Take the Merge Back")
        window.press("ctrl+Return")
        window.label("This must be filled in.")
        window.type("Another birthday")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_for(lambda: "Merged Records" not in window.labels(), "no merged records any more")
        self.assertEqual(self.store.one("person", "show", wang)["merged"], [])

    def sign(self, window):
        """The refusal stands where the second person signs; signed, the dialog closes."""
        window.press("ctrl+Return")
        self.anywhere(window, "label", "A leader does that, or signs as the second person")
        window.type(SECOND)
        window.press("Tab")
        window.type(PASSWORD)
        window.press("ctrl+Return")
        window.wait_active("Guitu")

    def test_two_records_of_a_child(self):
        """A merge, and taking one back, may take from somebody here what keeps them from going alone: a leader signs."""
        self.build()
        self.store.one("user", "add", "--set", "name=zhao", "--set", "role=caseworker", "--password", PASSWORD)
        child = self.store.one("stay", "arrive", "--set", "person.name=Wang Wu", "--set", "person.sex=1", "--set", "person.birth_from=2012-01-01",
                               "--set", "person.birth_to=2014-01-01", "--set", "came_by=police")
        self.store.one("stay", "admit", child["stay"]["id"])
        adult, impaired = (self.store.one("person", "add", "--set", "sex=1", *(word for field in fields for word in ("--set", field)))["id"]
                           for fields in (("name=Wang Xiaowu", "birth_from=1980-01-01", "verified_by=police"), ("name=Wang Daming", "impaired=yes")))
        self.store.one("person", "merge", adult, impaired, "--reason", "photo")
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        window.type("xiaowu")
        window.label("1 Found")
        window.press("Return")
        window.button("More")
        self.pick(window, "Same Person as…", "Same Person as")
        window.type("wang wu")
        window.press("Return")
        window.wait_focus("text", "Reason")
        window.type("Same photo")
        self.sign(window)
        window.label("Merged Records")
        self.assertEqual(self.members(adult), {impaired, child["person"]["id"]})
        window.click("Undo… Wang Daming")
        window.wait_active("Take the Merge Back")
        window.type("Another birthday")
        self.sign(window)
        window.gone("push button", "Undo… Wang Daming")
        self.assertEqual(self.members(adult), {child["person"]["id"]})

    def members(self, person):
        return {member["id"] for member in self.store.one("person", "show", person)["merged"]}


main()
