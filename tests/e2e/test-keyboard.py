# SPDX-License-Identifier: GPL-3.0-or-later
"""From log-in to admission without a pointer, and how many keys that takes."""

from window import PASSWORD, WindowTest, main

MAN_1990 = "440105199003071032"
NAME = "Chen Zhiming"
BED = "B-12"
# What nobody can be spared from typing; the rest is the program's own demand.
CONTENT = len(NAME) + len(MAN_1990) + len(BED)
MOST_OVERHEAD = 12


class KeyboardTest(WindowTest):

    def test_register_and_admit(self):
        window = self.open(self.make_store().directory)
        window.entry("User")
        window.type("wang")
        window.press("Tab")
        window.type(PASSWORD)
        window.press("Return")
        window.find("list item", "Duty")
        window.press("ctrl+2")
        window.wait_focus("entry", "Find a person")
        logged_in = window.keys

        window.type(NAME)
        window.label("Nobody like that is on file")
        window.press("Return")
        window.wait_focus("push button", "Male")
        window.press("1")
        window.wait_focus("push button", "On their own")
        window.press("2")
        window.wait_focus("text", "Name")
        window.press("Return")
        window.wait_focus("text", "ID number")
        window.type(MAN_1990)
        window.wait_text("Birth or age", "1990-03-07")
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        registered = window.keys

        window.press("ctrl+Return")
        window.wait_active("Admit")
        window.type(BED)
        window.press("ctrl+Return")
        window.label("Bed " + BED)

        overhead = window.keys - logged_in - CONTENT
        print(f"keys: {window.keys} in all: log-in {logged_in}, registration {registered - logged_in}, "
              f"admission {window.keys - registered}; of these {overhead} beside what is entered; fields: 5", flush=True)
        self.assertLessEqual(overhead, MOST_OVERHEAD)

    def test_every_place_is_reached(self):
        """The places, the search box, the shortcuts and the way back have keys; Tab goes round and comes back."""
        store = self.make_store()
        store.all("stay", "arrive", "--set", "person.name=Lin Hua", "--set", "person.sex=1", "--set", "came_by=self")
        window = self.open(store.directory)
        window.log_in()
        window.press("ctrl+3")
        window.find("tree table", "In the Station")
        window.press("ctrl+5")
        window.wait_focus("text", "Text of the code")
        window.press("ctrl+2")
        window.wait_focus("entry", "Find a person")
        window.type("linhua")
        window.label("1 Found")
        window.press("Return")
        window.wait_focus("push button", "Admit…")
        window.press("alt+Left")
        window.wait_focus("entry", "Find a person")
        window.press("F1")
        window.label("Places")
        window.press("Escape")
        window.wait_focus("entry", "Find a person")
        self.go_round(window)

    def go_round(self, window):
        """Tab leads through all of the intake desk and ends where it began."""
        seen = []
        for _ in range(80):
            window.press("Tab")
            focus = [node for node in window.find_all() if node.has("focused")]
            seen.append(focus[0].name if focus else "")
            if seen[-1] == "Find a person":
                break
        self.assertEqual(seen[-1], "Find a person", seen)
        for name in ("Male", "Arrived at", "On their own", "Name", "ID number", "Household register", "Words", "Register"):
            self.assertIn(name, seen)


main()
