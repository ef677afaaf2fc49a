# SPDX-License-Identifier: GPL-3.0-or-later
"""Duty and the hand-over of shifts: what is due is worked off by keyboard, and two people sign the page."""

from window import PASSWORD, WindowTest, main

NAME = "Lin Hua"
QUERY = "Report to the police"
KIND = "police-report"
BEFORE = "2026-01-02T03:04:05+08:00"


class StationTest(WindowTest):
    """A station with somebody in it and two users."""

    def set_up(self):
        """Somebody unknown in the house since January, for whom much is overdue, and a colleague."""
        self.store = self.make_store()
        arrived = self.store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=1", "--set", "came_by=self", "--set", "reason=lost",
                                 "--set", "arrived_at=" + BEFORE)
        self.stay = arrived["stay"]["id"]
        self.store.one("stay", "admit", self.stay)
        self.store.one("user", "add", "--set", "name=zhang", "--set", "full_name=Zhang Fang", "--set", "role=intake", "--password", PASSWORD)
        self.window = self.open(self.store.directory)

    def log_in(self, user):
        self.window.wait_log_in()
        self.window.press("ctrl+a")
        self.window.type(user)
        self.window.press("Tab")
        self.window.type(PASSWORD)
        self.window.press("Return")
        self.window.wait_for(lambda: self.window.find_all("list item", "Duty"), "the duty page")

    def log_out(self):
        self.window.press("ctrl+shift+l")
        self.window.wait_log_in()


class DutyTest(StationTest):

    def row(self, title):
        """The row of a task: its title, what it is about, and when it is due."""
        return self.window.find_like("list item", title + " · ")

    def rows(self):
        return [node.name for node in self.window.find_all("list item") if " · " in node.name]

    def select(self, title):
        """Goes down the list until the row has the focus, as the arrow keys do."""
        def focused():
            return [node.name for node in self.window.find_all("list item") if " · " in node.name and node.has("focused")]

        self.row(title)
        self.window.wait_for(focused, "a task with the focus")
        self.window.press("Home")
        for _ in range(20):
            if self.window.wait_for(focused, "a task with the focus")[0].startswith(title + " · "):
                return
            self.window.press("Down")
        raise AssertionError(f"no row “{title}” among {self.rows()}")

    def recorded(self):
        """What was noted about the query: state and proof."""
        return [(task["state"], task["proof"]) for task in self.store.all("tasks", "--done", "--kind", KIND) if "done_at" in task]

    def test_tasks(self):
        self.set_up()
        window = self.window
        self.log_in("wang")
        self.select("Quick identity query")
        window.label("Limit: 2 hours")
        self.select(QUERY)
        window.press("ctrl+d")
        window.wait_active(f"{QUERY} · {NAME}")
        window.press("ctrl+Return")  # nothing proves it
        window.label("This must be filled in.")
        window.type("no match, receipt 17")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_for(lambda: not [row for row in self.rows() if row.startswith(QUERY)], "the task gone")
        self.assertEqual(self.recorded(), [("done", "no match, receipt 17")])

        window.press("ctrl+z")
        self.select(QUERY)
        self.assertEqual(self.recorded(), [])

        window.press("ctrl+shift+d")
        window.wait_active(f"{QUERY} · {NAME}")
        window.type("known to the village")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_for(lambda: not [row for row in self.rows() if row.startswith(QUERY)], "the task gone")
        self.assertEqual(self.recorded(), [("waived", "known to the village")])

        window.click("Done Lately")
        self.row(QUERY)
        self.assertIn("known to the village", self.rows()[0])
        self.log_out()

        self.log_in("zhang")  # not a leader
        self.select("Second interview")
        window.press("ctrl+shift+d")
        window.type("no time")
        window.press("ctrl+Return")
        window.label("Your role may not do this.")

    def test_what_ends_by_itself(self):
        """The term is not ticked off: the key extends it, in the file. A figure limits the list, and Enter opens the file."""
        self.set_up()
        window = self.window
        self.log_in("wang")
        self.select("Term of the stay ends")
        window.press("ctrl+d")
        window.wait_active("Extend the Term")
        window.press("Escape")
        window.wait_active("Guitu")
        window.press("alt+Left")
        self.row("Second interview")
        self.store.one("task", "add", "--set", "kind=other", "--set", "text=pay for the light", "--set", "due_at=" + BEFORE)
        window.press("ctrl+2", "ctrl+1")
        self.row("pay for the light")
        overdue = window.find_like("push button", "Overdue: ")
        overdue.act()
        window.wait_for(lambda: len(self.rows()) == int(overdue.name.split(": ")[1]), "only what is overdue")
        window.click("Not found: 0")
        window.label("Nothing of that kind")
        window.wait_focus("push button", "Not found: 0")
        window.press("space", "ctrl+2", "ctrl+1")
        self.select("Second interview")
        window.press("Return")
        window.wait_focus("push button", "Leave…")

    def test_own_task(self):
        self.set_up()
        window = self.window
        self.log_in("wang")
        self.select(QUERY)
        window.press("ctrl+shift+n")
        window.wait_active("Add a Task")
        window.type("2020-05-06 07:08")
        window.press("Tab")
        window.press("Tab")
        window.type("pay for the light")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        self.assertIn("The station · overdue since 2020-05-06 07:08", self.row("pay for the light").name)
        self.assertEqual([task["text"] for task in self.store.all("tasks", "--kind", "other")], ["pay for the light"])


class ShiftTest(StationTest):

    def test_both_sign(self):
        self.set_up()
        window = self.window
        self.log_in("wang")
        window.press("ctrl+4")
        window.wait_focus("push button", "Hand Over…")
        window.label("1 in the house")
        window.press("ctrl+h")
        window.wait_active("Hand Over the Shift")
        window.type("look after Lin Hua at night")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Your hand-over waits for somebody else")
        self.assertEqual([(shift["state"], shift["note"]) for shift in self.store.all("shift", "list")], [("waiting", "look after Lin Hua at night")])
        self.log_out()

        self.log_in("zhang")
        window.press("ctrl+4")
        window.wait_focus("push button", "Take Over…")
        window.label("To be watched: look after Lin Hua at night")
        window.press("ctrl+t")
        window.wait_active("Take Over the Shift")
        window.type("counted")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_focus("push button", "Hand Over…")
        (shift,) = self.store.all("shift", "list")
        self.assertEqual([shift[name] for name in ("state", "handed_by_name", "taken_by_name", "reply")], ["taken", "wang", "Zhang Fang", "counted"])

        self.assertIn("Handed over by wang", window.find_like("list item", "taken over by Zhang Fang").name)
        for _ in range(20):  # the list comes last
            if window.find_like("list item", "taken over by Zhang Fang").has("focused"):
                break
            window.press("Tab")
        window.press("Return")
        window.wait_focus("push button", "Back to what is open now")
        window.label("Remarks on taking over: counted")
        window.press("Escape")
        window.wait_focus("push button", "Hand Over…")

    def test_at_once(self):
        """Both sign at one desk; a wrong password is said where it is typed."""
        self.set_up()
        window = self.window
        self.log_in("wang")
        window.press("ctrl+4")
        window.wait_focus("push button", "Hand Over…")
        window.press("Return")
        window.wait_active("Hand Over the Shift")
        window.type("nothing")
        window.press("Tab", "Tab")
        window.type("zhang")
        window.press("Tab")
        window.type("wrong")
        window.press("ctrl+Return")
        window.wait_for(lambda: [node for node in window.tree().root.below() if node.name == "User name or password is wrong."], "what is wrong")
        self.assertEqual(self.store.all("shift", "list"), [])
        window.press("ctrl+a")
        window.type(PASSWORD)
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.find_like("list item", "taken over by Zhang Fang")
        self.assertEqual([shift["state"] for shift in self.store.all("shift", "list")], ["taken"])


main()
