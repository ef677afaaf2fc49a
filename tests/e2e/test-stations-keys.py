# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards, keys and desks of a station, on the page “Other Stations”: what is given out and taken there works elsewhere."""

import re

from desk import DeskTest
from printed import first_page
from window import Store, main

CODE = "440105001"
THERE, THEIR_CODE = "宜宾市救助管理站", "511502001"
GROUPS = re.compile("([0-9a-f]{4} ){4}[0-9a-f]{4}")
SPOKEN = re.compile("([2-9A-Z]{5}-){3}[2-9A-Z]{5}")
UNTRUSTED = 5  # exit status
NEW_KEYS = "Give this station new keys"


class KeysTest(DeskTest):

    def set_up(self):
        self.store = self.make_store()
        self.there = self.make_their_store("yibin")

    def make_their_store(self, folder):
        store = self.make_store(folder, THEIR_CODE, THERE, "511502")
        store.one("station", "card", self.path(folder + ".json"))
        return store

    def open_page(self):
        window = self.open(self.store.directory)
        window.log_in()
        window.press("ctrl+9")
        window.button("Take in a bundle")
        return window

    def told(self, window, heading, pattern):
        """The code or fingerprint that a dialog tells; Return closes it."""
        window.wait_active(heading)
        code = window.wait_for(lambda: next((name for name in window.labels() if pattern.fullmatch(name)), None), "the code")
        window.press("Escape")
        window.wait_active("Guitu")
        return code

    def press_button(self, window, name):
        self.go_to(window, name)
        window.press("space")

    def known(self, station=None):
        return {known["code"]: known for known in (station or self.store).all("station", "list")}

    def test_cards(self):
        """Ours is trusted there; theirs here, and one with another key only when somebody telephoned."""
        self.set_up()
        window = self.open_page()
        self.press_button(window, "Write our card")
        window.save_file(self.path("our-card.json"))
        told = self.told(window, "The Card Is Written", GROUPS)
        self.assertEqual(self.there.one("station", "trust", self.path("our-card.json"))["fingerprint"], told)

        self.press_button(window, "Trust the card of another station")
        window.open_file(self.path("yibin.json"))
        told = self.told(window, f"The Card of {THERE} Is Taken", GROUPS)
        self.assertEqual(self.known()[THEIR_CODE]["fingerprint"], told)
        window.find("list item", THERE)

        other = self.make_their_store("other").one("station", "show")["fingerprint"]
        for key, trusted in (("Return", told), ("alt+i", other)):
            window.click("Trust the card of another station")
            window.open_file(self.path("other.json"))
            window.wait_active("This Station Has Other Keys Now?")
            window.press(key)
            if trusted == other:
                self.assertEqual(self.told(window, f"The Card of {THERE} Is Taken", GROUPS), other)
            window.wait_active("Guitu")
            self.assertEqual(self.known()[THEIR_CODE]["fingerprint"], trusted)
        window.label("fingerprint " + other)

    def test_keys_on_paper(self):
        """All computers are gone: the page and its code make a desk of this station, and a bundle brings the records."""
        self.set_up()
        window = self.open_page()
        self.press_button(window, "Write our keys on paper")
        window.save_file(self.path("keys.pdf"))
        code = self.told(window, "The Keys Are on the Page", SPOKEN)
        self.press_button(window, "Write a bundle for the desks of this station")
        window.save_file(self.path("all.gtb"))
        window.label("all.gtb is written")
        again = Store(self.path("again"))
        again.one("init", "--image", first_page(self.path("keys.pdf")), "--code", code, user="")
        again.one("bundle", "import", self.path("all.gtb"), user="")
        self.assertEqual(again.one("station", "show")["fingerprint"], self.store.one("station", "show")["fingerprint"])

    def join(self, window):
        """A new desk by invitation, which begins with all that is known here. Returns its store."""
        self.press_button(window, "Invite a Desk…")
        window.save_file(self.path("invitation"))
        code = self.told(window, "Desk 2 Is Invited", SPOKEN)
        self.press_button(window, "Write what a new desk begins with")
        window.save_file(self.path("all.gtb"))
        window.label("all.gtb is written")
        desk = Store(self.path("second"))
        desk.one("init", "--invitation", self.path("invitation"), "--code", code, "--snapshot", self.path("all.gtb"), user="")
        self.assertEqual(desk.one("person", "find", "linhua")["name"], "Lin Hua")
        desk.one("bundle", "export", self.path("second.gtb"))
        window.click("Take in a bundle")
        window.open_file(self.path("second.gtb"))
        window.label("new entries were taken in")
        window.button("End Desk 2")
        return desk

    def renew(self, window, desks):
        """New keys, after a look at who gets them. The new fingerprint."""
        self.press_button(window, NEW_KEYS)
        window.wait_active("Give This Station New Keys?")
        window.label(f"These desks get the new keys: {desks}. ")
        window.press("alt+n")
        told = self.told(window, "This Station Has New Keys", GROUPS)
        self.assertEqual(self.store.one("station", "show")["fingerprint"], told)
        return told

    def carry_to_desk(self, desk):
        """The exit status of what the other desk makes of a bundle for the desks of this station."""
        self.store.one("bundle", "export", self.path("news.gtb"))
        return desk.run("bundle", "import", self.path("news.gtb"), user="").returncode

    def end_desk(self, window):
        self.press_button(window, "End Desk 2")
        window.wait_active("End Desk 2")
        window.settle()
        window.press("ctrl+Return")
        window.wait_for(lambda: window.entry("Reason").description, "that the reason is missing")
        window.type("stolen")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.gone("push button", "End Desk 2")
        window.label("Ended ")
        (ended,) = [desk for desk in self.store.all("desk", "list") if desk["desk"] == 2]
        self.assertEqual((ended["ended"], ended["reason"]), (True, "stolen"))

    def test_desks_and_new_keys(self):
        self.set_up()
        self.store.one("person", "add", "--set", "sex=2", "--set", "name=Lin Hua")
        old = self.store.one("station", "card", self.path("card.json"))["fingerprint"]
        self.there.one("station", "trust", self.path("card.json"))
        self.store.one("station", "trust", self.path("yibin.json"))
        window = self.open_page()
        desk = self.join(window)

        self.press_button(window, NEW_KEYS)
        window.wait_active("Give This Station New Keys?")
        window.press("Return")  # what is done without thinking
        window.wait_active("Guitu")
        self.assertEqual(self.store.one("station", "show")["fingerprint"], old)
        both = self.renew(window, "1, 2")
        self.assertEqual(self.carry_to_desk(desk), 0)
        self.assertEqual(desk.one("station", "show")["fingerprint"], both)

        self.end_desk(window)
        alone = self.renew(window, "1")
        self.assertEqual(self.carry_to_desk(desk), UNTRUSTED)
        self.assertEqual(desk.one("station", "show")["fingerprint"], both)
        self.store.one("bundle", "export", self.path("theirs.gtb"), "--to", THEIR_CODE)
        self.there.one("bundle", "import", self.path("theirs.gtb"), user="")
        self.assertEqual(self.known(self.there)[CODE]["fingerprint"], alone)
        window.click("Tell all stations our address")
        window.label("Address, telephone and keys go to all stations")


main()
