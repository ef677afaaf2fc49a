# SPDX-License-Identifier: GPL-3.0-or-later
"""Dialogs lose nothing that was typed, say what is wrong where it is seen, and ask before what cannot be undone."""

from window import WindowTest, main

NAME = "Lin Hua"
LEAVE = "Leave the Station"
DISCARD = "Discard what was typed?"


class DialogsTest(WindowTest):

    def open_new_file(self):
        """A person who waits for admission, and the window on that person's file."""
        self.store = self.make_store()
        arrived = self.store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=1", "--set", "came_by=self",
                                 "--set", "arrived_at=2026-01-02T03:04:05+08:00")
        self.stay = arrived["stay"]["id"]
        self.person = arrived["person"]["id"]
        self.paper = self.store.one("paper", "issue", "--kind", "intake-registration", "--stay", self.stay)["number"]
        return self.open_file(self.store, "linhua")

    def open_dialog(self, window, key, title):
        window.press(key)
        window.wait_active(title)

    def test_typed_is_not_lost(self):
        window = self.open_new_file()
        for key, title, entry in (("ctrl+e", "Edit", "Phone"), ("ctrl+shift+s", "Add Statement", "Words")):
            self.open_dialog(window, key, title)
            window.press("Escape")  # nothing typed: nothing asked
            window.wait_active("Guitu")
            self.open_dialog(window, key, title)
            window.entry(entry).set_text("13800000000")
            window.press("Escape")
            window.wait_active(DISCARD)
            window.press("Escape")
            window.wait_active(title)
            window.wait_text(entry, "13800000000")
            window.press("Escape")
            window.wait_active(DISCARD)
            window.click("Discard")
            window.wait_active("Guitu")
        self.assertNotIn("phone", self.store.one("person", "show", self.person))

    def test_leaving_is_not_lost(self):
        window = self.open_new_file()
        self.open_dialog(window, "ctrl+l", LEAVE)
        window.press("1")
        window.press("Escape")
        window.wait_active(DISCARD)
        window.press("Escape")
        window.wait_active(LEAVE)
        self.assertTrue(window.button("Left by own will").has("pressed"))
        frame = next(top for top in window.tree().root.children if top.name == "Guitu")
        next(node for node in frame.below() if node.role == "push button" and node.name == "Close").act()
        window.wait_active(DISCARD)
        window.label("The dialog that is open has not been saved.")
        window.click("Discard and Quit")
        self.assertEqual(window.process.wait(10), 0)

    def test_a_way_is_needed(self):
        window = self.open_new_file()
        self.open_dialog(window, "ctrl+l", LEAVE)
        window.press("ctrl+Return")
        shown = window.label("Choose how the person leaves.")
        self.assertLess(shown.extents[1], 120, "it stands beside the buttons")
        window.wait_focus("push button", "Left by own will")

    def test_every_way_has_a_key(self):
        window = self.open_new_file()
        self.open_dialog(window, "ctrl+l", LEAVE)
        for key, way, fields in (("1", "Left by own will", 2), ("0", "To a centre for minors", 3), ("a", "Handed to the police", 3), ("h", "Other", 2)):
            window.press(key)
            window.wait_for(lambda: window.button(way).has("pressed"), f"“{way}” by {key}")
            window.wait_focus("text", "Left at")  # the key went on to the first field
            window.press(*["Tab"] * (fields + 2))  # the other fields, two buttons, and the ways again
            window.wait_focus("push button", way)
        marks = [node.name for node in window.find_all("label") if len(node.full_name) == 1]
        self.assertEqual(marks, list("1234567890ABCDEFGH"))

    def test_a_paper_with_gaps_is_confirmed(self):
        window = self.open_new_file()
        self.open_dialog(window, "ctrl+l", LEAVE)
        window.press("5")
        window.entry("To region")
        self.assertEqual(window.find_all(name="To station"), [])
        window.press("ctrl+Return")
        window.label("The paper will be issued without: Escorts, To region.")
        self.assertEqual(self.store.all("transfer", "list"), [])
        window.entry("To region").set_text("440200")
        window.entry("Departs without approval because").set_text("Last train")
        window.press("ctrl+Return")
        window.label("The paper will be issued without: Escorts.")
        window.press("ctrl+Return")
        window.find("image", "Page 1")
        self.assertEqual(self.store.one("transfer", "list")["state"], "departed")

    def test_death_is_confirmed(self):
        window = self.open_new_file()
        self.store.one("stay", "admit", self.stay)
        self.open_dialog(window, "ctrl+l", LEAVE)
        window.press("g")
        window.wait_for(lambda: window.button("Died").has("pressed"), "“Died”")
        window.entry("Reason, or what happened").set_text("Illness; the hospital's certificate is on file")
        window.press("ctrl+Return")
        window.wait_active("Record this?")
        window.label(NAME + " · Died · ")
        window.press("Escape")
        window.wait_active(LEAVE)
        self.assertEqual(self.store.one("stay", "show", self.stay)["state"], "in-house")
        window.press("ctrl+Return")
        window.wait_active("Record this?")
        window.click("Record")
        window.wait_active("Guitu")
        window.label("Died")
        self.assertEqual(self.store.one("stay", "show", self.stay)["leave_by"], "death")

    def test_a_refusal_is_said_in_the_dialog(self):
        window = self.open_new_file()
        self.open_dialog(window, "ctrl+Return", "Admit")
        self.store.one("stay", "void", self.stay, "--reason", "Registered twice")
        window.press("ctrl+Return")
        shown = window.label("This has been decided already.")
        self.assertEqual(window.active().description, shown.name)

    def test_void_needs_a_reason(self):
        window = self.open_new_file()
        window.click("Void " + self.paper)
        window.wait_active("Void the Paper")
        window.press("ctrl+Return")
        field = window.wait_for(lambda: next((node for node in window.find_all() if node.has("invalid")), None), "the field in red")
        message = window.label("This must be filled in.")
        self.assertEqual(field.description, message.name)
        frame = window.active()
        self.assertLessEqual(message.extents[1] + message.extents[3], frame.extents[3])


main()
