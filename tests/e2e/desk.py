# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the intake desk share: users of the station, and the ways of a hand on the keys."""

from window import PASSWORD, WindowTest

ADULT = "person.birth_from=1980-05-05"
STEPS_IN_A_MENU = 30
STEPS_IN_A_FORM = 80


class DeskTest(WindowTest):

    def make_staff(self):
        self.store = self.make_store()
        for name, role in (("clerk", "intake"), ("leader", "manager")):
            self.store.one("user", "add", "--set", "name=" + name, "--set", "role=" + role, "--password", PASSWORD)

    def arrive(self, name, birth=ADULT):
        done = self.store.one("stay", "arrive", "--set", "person.name=" + name, "--set", "person.sex=1", "--set", birth,
                              "--set", "came_by=self")
        return done["stay"]["id"]

    def admit_unknown(self):
        """Staff with a caseworker, zhao, and a man in the house of whom nobody knows who he is. Returns his id."""
        self.make_staff()
        self.store.one("user", "add", "--set", "name=zhao", "--set", "role=caseworker", "--password", PASSWORD)
        done = self.store.one("stay", "arrive", "--set", "person.sex=1", "--set", "person.birth_from=1970-01-01", "--set", "person.birth_to=1980-01-01",
                              "--set", "came_by=police", "--set", "found_place=海珠广场")
        self.store.one("stay", "admit", done["stay"]["id"])
        return done["person"]["id"]

    def log_in(self, window, user):
        window.wait_log_in()
        window.type(user)
        window.press("Tab")
        window.type(PASSWORD)
        window.press("Return")
        window.find("list item", "Duty")
        window.press("ctrl+2")
        window.wait_for(lambda: [node for node in window.find_all("entry") if node.has("focused")], "the intake desk")

    def open_person(self, window, typed, name):
        window.press("ctrl+2", "ctrl+f", "ctrl+a")
        window.type(typed)
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith(name)], name)
        window.press("Return")
        window.button("More")

    def menu_items(self, window):
        window.press("alt+m")
        return window.wait_for(lambda: window.find_all("menu item"), "the menu")

    def pick(self, window, title, dialog):
        """Goes down the menu “More” to an item, as a hand on the arrow keys does."""
        def focused():
            return [node.name for node in window.find_all("menu item") if node.has("focused")]

        self.menu_items(window)
        at = window.wait_for(focused, "an item with the keyboard")
        for _ in range(STEPS_IN_A_MENU):
            if at == [title]:
                break
            window.press("Down")
            at = window.wait_for(lambda before=at: [name for name in focused() if [name] != before], "the next item")
        window.press("Return")
        window.wait_active(dialog)

    def choose(self, window, words):
        """Opens the drop-down that has the keyboard, goes down to an entry and takes it; all that it offered."""
        def offered():
            chosen = next((item for item in window.find_all("list item") if item.has("focused")), None)
            items = chosen.parent.children if chosen is not None else []
            return [label.name for item in items for label in item.below() if label.role == "label"]

        window.press("space")
        entries = window.wait_for(offered, "the list")
        window.press(*["Down"] * entries.index(words), "Return")
        window.wait_for(lambda: not offered(), "the list closed")
        return entries

    def go_to(self, window, name):
        """Presses Tab until the widget of this name has the keyboard."""
        seen = []
        for _ in range(STEPS_IN_A_FORM):
            window.press("Tab")
            seen += window.wait_for(lambda: [node.name for node in window.find_all() if node.has("focused")] or [""], "the focus")
            if name in seen:
                return
        raise AssertionError(f"no way to “{name}” by Tab, only {seen}")
