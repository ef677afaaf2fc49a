# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of papers by keyboard: find, void, print anew, papers for the whole house, and a person's file."""

import os
import subprocess

from desk import DeskTest
from window import main

NAMES = ("Lin Hua", "Wang Wei", "Zhao Min", "Sun Li")
TICKET = "专用车票购票凭证"
INSPECTOR = "检查员（一）"


class RegisterTest(DeskTest):

    def begin(self):
        self.make_staff()
        self.stays = [self.arrive(name) for name in NAMES]
        self.papers = [self.store.one("paper", "issue", "intake-registration", "--stay", stay)["number"] for stay in self.stays]
        window = self.open(self.store.directory)
        self.log_in(window, "leader")
        return window

    def open_register(self, window):
        window.press("ctrl+6")
        window.wait_focus("entry", "Number or name")
        window.wait_for(lambda: self.rows(window), "the papers")

    def rows(self, window):
        """What is read out of each paper of the list."""
        return [node.name for node in window.find_all() if node.role in ("list item", "table row") and "求助登记表" in node.name and " · " in node.name]

    def state(self, number):
        return self.store.one("paper", "show", number)["state"]

    def find_paper(self, window, typed, number):
        """Filters to one paper and goes on to it in the list."""
        window.press("ctrl+f", "ctrl+a")
        window.type(typed)
        window.wait_for(lambda: len(self.rows(window)) == 1 and number in self.rows(window)[0], number)
        window.press("Return")

    def test_life_of_a_paper(self):
        window = self.begin()
        self.open_register(window)
        window.wait_for(lambda: len(self.rows(window)) == len(NAMES), "all papers")
        self.find_paper(window, "Lin Hua", self.papers[0])
        window.press("ctrl+Delete")
        window.wait_active("Void the Paper")
        window.type("Wrong name")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label(f"{self.papers[0]} is void")
        shown = self.store.one("paper", "show", self.papers[0])
        self.assertEqual((shown["state"], shown["reason"]), ("voided", "Wrong name"))
        window.press("ctrl+shift+r")
        window.label("This paper is no longer valid.")

        self.find_paper(window, self.papers[1], self.papers[1])
        window.press("ctrl+u")
        window.wait_active("Mark as Used")
        window.type("Ticket stub")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label(f"{self.papers[1]} is marked as used")
        self.assertEqual(self.state(self.papers[1]), "used")

        self.find_paper(window, self.papers[2], self.papers[2])
        window.press("ctrl+shift+r")
        window.button("Reprint").act()
        window.find("image", "Page 1")
        self.assertEqual(self.store.one("paper", "show", self.papers[2])["sequence"], 2)
        window.press("Escape")
        window.wait_active("Guitu")

    def test_blank_form(self):
        window = self.begin()
        window.press("ctrl+6")
        window.wait_for(lambda: self.rows(window), "the papers")
        window.press("ctrl+shift+b")
        window.wait_active("Blank Form")
        window.type("CP")
        window.wait_for(lambda: [node for node in window.find_all("list item", TICKET) if node.has("selected")], TICKET)
        window.press("Return")
        window.wait_active(TICKET)
        window.find("image", "Page 1")
        path = self.path("blank.pdf")
        window.press("ctrl+s")
        window.save_file(path)
        window.press("Escape")
        window.wait_active("Guitu")
        self.open_person(window, "linhua", "Lin Hua")
        window.press("ctrl+p")
        window.wait_active("Which Paper")
        window.press("alt+b")
        window.type("CP")
        window.press("Return")
        window.wait_active(TICKET)
        window.find("image", "Page 1")
        window.label("Blank Form")
        self.assertEqual(len(self.store.all("paper", "list")), len(NAMES))  # a blank form is no paper of the register

    def test_saved_together(self):
        window = self.begin()
        self.open_register(window)
        window.press("Down")
        window.press("ctrl+a", "ctrl+s")
        path = self.path("all.pdf")
        window.save_file(path)
        window.label(f"{len(NAMES)} papers saved")
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True).stdout
        for number in self.papers:
            self.assertIn(number, text)

    def test_for_the_whole_house(self):
        window = self.begin()
        self.open_register(window)
        window.press("ctrl+shift+m")
        window.wait_active("Issue for Many")
        window.label(f"{len(NAMES)} of {len(NAMES)} ticked")
        self.choose(window, "Arrival · 安全检查记录")
        window.wait_for(lambda: window.find_all("text", INSPECTOR), "what is typed for all")
        window.entry(INSPECTOR).set_text("Zhang")
        window.press("Escape")
        window.label("Discard what was typed?")
        window.press("Escape")
        window.wait_active("Issue for Many")
        window.entry(INSPECTOR).set_text("")
        window.press("Escape")
        window.wait_active("Guitu")
        window.press("ctrl+shift+m")
        window.wait_active("Issue for Many")
        window.label(f"{len(NAMES)} of {len(NAMES)} ticked")
        window.press("alt+d")
        window.press("ctrl+Return")
        path = self.path("house.pdf")
        window.save_file(path)
        window.label("Issued Already")  # today, as the test began
        told = window.label("Void those that are too many.").name
        self.assertEqual([number for number in self.papers if number not in told], [])
        window.press("Return")
        window.label(f"{len(NAMES)} papers issued")
        self.assertEqual(len(self.store.all("paper", "list", "--kind", "intake-registration")), 2 * len(NAMES))
        window.press("Escape")
        window.wait_active("Guitu")

    def test_for_who_has_left(self):
        window = self.begin()
        for stay in self.stays[:2]:
            self.store.one("stay", "admit", stay)
            self.store.one("stay", "leave", stay, "--leave-by", "own-will")
        self.open_register(window)
        window.press("ctrl+shift+m")
        window.wait_active("Issue for Many")
        window.label(f"{len(NAMES) - 2} of {len(NAMES) - 2} ticked")
        window.press("alt+w")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.has("focused")], "the choice")
        window.press("Down", "Return")
        window.label("0 of 2 ticked")
        window.press("alt+a")
        window.label("2 of 2 ticked")
        window.press("alt+d")
        window.press("ctrl+Return")
        window.save_file(self.path("left.pdf"))
        window.label("Issued Already")  # today, as the test began
        window.press("Return")
        window.label("2 papers issued")
        for stay in self.stays[:2]:
            self.assertEqual(len(self.store.all("paper", "list", "--stay", stay)), 2)

    def test_whole_file(self):
        window = self.begin()
        self.open_person(window, "linhua", "Lin Hua")
        window.press("ctrl+shift+a")
        window.wait_active("Whole File")
        window.find("image", "Page 1")
        window.label("Lin Hua · ")
        path = self.path("file.pdf")
        window.press("ctrl+s")
        window.save_file(path)
        window.label("Saved")
        self.assertGreater(os.path.getsize(path), 1000)


main()
