# SPDX-License-Identifier: GPL-3.0-or-later
"""The first hour of a station: no store yet, set up in the window, empty pages, log out and in again, start again."""

import os

from window import PASSWORD, Store, WindowTest, main

STATION = "440105001"
ADMINISTRATOR = "欧阳娜娜"
TITLE = "广州市海珠区救助管理站"


class SetupTest(WindowTest):

    def fill(self, window, password_again=PASSWORD):
        """The set-up page by keys; the name of the station is Chinese, which needs an input method."""
        window.type(STATION)
        window.press("Return")
        window.entry("Station Name").set_text(TITLE)
        window.press("Return")
        window.type("440105")
        window.press("Return")
        window.type("020-12345678")
        window.press("Return")
        window.entry("Full Name (printed on papers)").set_text(ADMINISTRATOR)
        window.press("Return")
        window.type("wang")
        window.press("Return")
        window.type(PASSWORD)
        window.press("Return")
        window.type(password_again)
        window.press("Return")

    def set_up(self, window):
        window.label("Set Up This Station")
        window.click("Set Up")
        window.wait_for(lambda: window.labels().count("This must be filled in.") == 4, "everything that is needed, marked at once")
        self.fill(window, password_again="something else")
        message = window.label("The two passwords differ.")
        window.wait_for(lambda: message.extents[1] + message.extents[3] <= window.active().extents[3], "the message, scrolled into view")
        self.assertNotIn("This must be filled in.", window.labels())
        self.assertFalse(os.path.exists(os.path.join(window.store, "guitu.db")))
        window.press("ctrl+a")
        window.type(PASSWORD)
        window.press("Return")
        window.wait_for(lambda: window.find_all("list item", "Duty"), "the duty page")
        window.press("ctrl+2")
        window.wait_focus("entry", "Find a person")

    def see_empty_pages(self, window):
        window.label(TITLE)
        window.label("wang")
        self.assertEqual([item.name for item in window.find_all("list item")], ["Duty", "Intake Desk", "In the Station", "Hand-over of Shift", "Verify a Paper", "Papers", "Settings", "Conflicts", "Other Stations", "Prompt List", "Ways Home and Escorts", "Finding Families"])
        window.press("ctrl+3")
        window.label("Nobody Is in the Station")
        window.press("ctrl+5")
        window.label("Scan the Code on the Paper")
        window.press("ctrl+2")
        window.wait_focus("entry", "Find a person")

    def log_out(self, window):
        window.press("ctrl+shift+l")
        window.entry("Password")
        self.assertEqual(window.find_all(name="Find a person"), [])

    def fail_to_log_in(self, window):
        window.type("wang")
        window.press("Tab")
        window.type("wrong-password")
        window.press("Return")
        window.label("User name or password is wrong.")
        window.type(PASSWORD)
        window.press("Return")
        window.wait_for(lambda: window.find_all("list item", "Duty"), "the duty page")
        window.press("ctrl+2")
        window.wait_focus("entry", "Find a person")

    def test_first_hour(self):
        directory = self.path("store")
        window = self.open(directory)
        self.set_up(window)
        self.see_empty_pages(window)
        self.log_out(window)
        self.fail_to_log_in(window)
        self.assertEqual(window.quit(), 0)

        station = Store(directory).one("station", "show")
        self.assertEqual((station["code"], station["name"], station["region"]), (STATION, TITLE, "440105"))
        self.assertEqual(Store(directory).one("user", "list")["full_name"], ADMINISTRATOR)
        Store(directory).one("stay", "arrive", "--set", "person.name=林华", "--set", "person.sex=1", "--set", "came_by=self")
        again = self.open(directory)
        again.label(TITLE)
        again.log_in()
        again.find_like("list item", "林华")
        self.assertEqual(again.quit(), 0)

    def test_unsaved_form_is_asked_about(self):
        window = self.open(self.make_store().directory)
        window.log_in()
        window.press("ctrl+n", "2")
        window.press("ctrl+shift+l")
        window.wait_active("Discard what was typed?")
        window.press("Escape")
        window.wait_active("Guitu")
        self.assertTrue(window.button("Female").has("pressed"))
        window.press("ctrl+q")
        window.wait_active("Discard what was typed?")
        window.click("Discard and Quit")
        self.assertEqual(window.process.wait(10), 0)


main()
