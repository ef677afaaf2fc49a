# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job through the window: from the door to a paper that the next station can trust."""

import concurrent.futures
import os
import subprocess

from printed import first_page
from window import WindowTest, main

# Invented numbers of the specimen kind: region, day, counter and the right or a wrong check digit.
WOMAN_1949 = "11010519491231002X"
WRONG_DIGIT = "110105194912310021"
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PRINT_RESOLUTION = 300


def another(character):
    """A character that the code could have had in this place."""
    return BASE45[(BASE45.find(character) + 1) % len(BASE45)]


class JourneyTest(WindowTest):

    def register(self, window):
        """Everything from the search box to the person's file, by keys alone."""
        window.type("Wang Xiuying")
        window.label("Nobody like that is on file")
        window.press("Return")
        window.wait_text("Name", "Wang Xiuying")
        window.press("2", "2", "Return")
        window.type(WRONG_DIGIT)
        window.wait_described("ID number", "does not fit")
        window.label("does not fit")
        self.assertTrue(window.entry("ID number").has("invalid"))
        window.press("ctrl+s")
        window.wait_described("ID number", "does not fit")
        window.wait_text("Name", "Wang Xiuying")
        window.wait_text("ID number", WRONG_DIGIT)
        self.assertTrue(window.button("Female").has("pressed"))
        self.assertTrue(window.button("Brought by the police").has("pressed"))
        window.replace("ID number", WOMAN_1949)
        window.wait_text("Birth or age", "1949-12-31")
        window.wait_text("Household register", "北京市朝阳区")
        self.assertEqual(window.entry("ID number").description, "")
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        window.label("Wang Xiuying")

    def admit(self, window):
        window.press("ctrl+Return")
        window.wait_active("Admit")
        window.type("A-3")
        window.wait_text("Bed", "A-3")
        window.press("ctrl+Return")
        window.label("Bed A-3")
        window.wait_focus("push button", "Leave…")

    def hand_over(self, window):
        window.press("ctrl+l")
        window.wait_active("Leave the Station")
        window.press("6")
        self.assertTrue(window.button("Escorted to the home station").has("pressed"))
        window.type("Beijing Chaoyang Station")
        window.press("Return")
        window.wait_text("To region", "北京市朝阳区")
        window.press("Return")
        window.type("Li, 010-12345678")
        window.press("Return")
        window.type("Zhang Fang; Chen Jun")
        window.wait_text("Escorts", "Zhang Fang; Chen Jun")
        window.entry("Departs without approval because").set_text("Last train")
        window.press("ctrl+Return")
        window.wait_active("护送（转送）交接单")
        window.press("ctrl+Return")
        window.wait_for(lambda: (top := window.active()) is not None and top.name.startswith("JJ-"), "the paper issued")
        window.find("image", "Page 1")

    def save_paper(self, window, number):
        path = self.path(number + ".pdf")
        window.press("ctrl+s")
        window.save_file(path)
        window.wait_active(number)
        window.label("Saved")
        return path

    def read_code(self, pdf):
        """What a scanner reads from the printed page."""
        done = subprocess.run(["zbarimg", "--raw", "-q", first_page(pdf, PRINT_RESOLUTION)], capture_output=True, encoding="utf-8", check=True)
        codes = [line for line in done.stdout.splitlines() if line.startswith("GT1:")]
        self.assertTrue(codes, done.stdout)
        return codes[0]

    def check_records(self, store):
        """What the window did is on disk, as the command line sees it."""
        stay = store.one("stay", "show", store.one("paper", "list")["stay"])
        self.assertEqual(stay["state"], "left")
        self.assertEqual(stay["leave_by"], "escort-station")
        self.assertEqual(stay["bed"], "A-3")
        transfer = store.one("transfer", "list")
        self.assertEqual(transfer["state"], "departed")
        self.assertEqual(transfer["to_station"], "Beijing Chaoyang Station")
        person = store.one("person", "show", stay["person"]["id"], "--reveal")
        self.assertEqual((person["id_number"], person["sex"], person["household"]), (WOMAN_1949, "2", "110105"))
        store.all("ledger", "verify")

    def check_paper(self, text, here, there):
        status, told = there.verify(text)
        self.assertEqual(status, 0, told)
        self.assertIn('"genuine"', told)
        self.assertEqual(here.verify(text)[0], 0)
        altered = [text[:place] + another(character) + text[place + 1:] for place, character in enumerate(text)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for place, (status, told) in enumerate(pool.map(there.verify, altered)):
                self.assertEqual(status, 5, f"character {place} of {len(text)}: {told}")
        status, told = there.verify(text, "--at", "2099-01-01T00:00:00+08:00")
        self.assertEqual(status, 5, told)
        self.assertIn("expired", told)

    def void(self, window, number):
        window.press("Escape")
        window.wait_active("Guitu")
        window.click("Void " + number)
        window.wait_active("Void the Paper")
        window.type("Issued to the wrong station")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.find("label", "Voided")

    def test_from_the_door_to_the_paper(self):
        here = self.make_store()
        there = self.make_store("chaoyang", "110105001", "北京市朝阳区救助管理站", "110105")
        here.one("station", "card", self.path("card"))
        there.one("station", "trust", self.path("card"))
        window = self.open(here.directory)
        window.log_in()
        self.register(window)
        self.admit(window)
        self.hand_over(window)
        paper = here.one("paper", "list")
        self.assertEqual((paper["kind"], paper["state"]), ("escort-handover", "issued"))
        pdf = self.save_paper(window, paper["number"])
        self.assertGreater(os.path.getsize(pdf), 5000)
        text = self.read_code(pdf)
        self.check_paper(text, here, there)
        self.void(window, paper["number"])
        status, told = here.verify(text)
        self.assertEqual(status, 5, told)
        self.assertIn("voided", told)
        self.check_records(here)
        self.assertEqual(window.quit(), 0)


main()
