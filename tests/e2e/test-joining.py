# SPDX-License-Identifier: GPL-3.0-or-later
"""A further computer begins in the window: with an invitation and a bundle, from the hub while its records are still
arriving, with a copy of what another desk knew, and with the keys on paper when all computers are gone."""

import os
import subprocess
import sys

from printed import first_page
from window import PATIENCE, Store, WindowTest, main

sys.path.append(os.path.join(os.environ["GUITU_SOURCE"], "tests", "ctl"))

import postgres  # noqa: E402

FETCHES = "JOIN guitu.batch"  # in the query by which a desk fetches entries
TITLE = "广州市海珠区救助管理站"


class JoiningTest(WindowTest):

    def setUp(self):
        super().setUp()
        self.first = self.make_store(title=TITLE)
        self.register(self.first, "王秀英")

    def register(self, store, name):
        store.one("stay", "arrive", "--set", f"person.name={name}", "--set", "person.sex=2", "--set", "came_by=self")

    def invite(self):
        return self.first.one("desk", "invite", self.path("invitation"))["code"]

    def open_dialog(self):
        """The window on a new computer, with the dialog that joins."""
        self.new = Store(self.path("new"))
        window = self.open(self.new.directory)
        window.label("Set Up This Station")
        window.press("alt+j")
        window.wait_active("Join a Station")
        return window

    def choose_keys(self, window, path, code):
        window.click("Choose the Invitation or the Picture")
        window.open_file(path)
        window.wait_active("Join a Station")
        window.label(os.path.basename(path))
        window.wait_focus("text", "Code")
        window.replace("Code", code)

    def take_bundle(self, window, path):
        window.click("Take in a Bundle…")
        window.open_file(path)

    def log_in_and_find(self, window, name):
        window.label(TITLE)
        window.log_in()
        window.find_like("list item", name)

    def test_invitation_and_bundle(self):
        code = self.invite()
        self.first.one("bundle", "export", self.path("all.gtb"))
        window = self.open_dialog()
        window.press("ctrl+Return")
        window.label("Choose the invitation, or a picture of the keys on paper.")
        self.choose_keys(window, self.path("invitation"), "AAAAA-BBBBB-CCCCC-DDDDD")
        window.press("ctrl+Return")
        window.label("The code does not fit this file.")
        self.assertFalse(os.path.exists(self.path("new", "guitu.db")))
        window.replace("Code", code.lower())
        window.press("Return")
        window.label("This computer belongs to the station now.")
        self.assertEqual(window.find_all("push button", "Log In"), [])
        self.take_bundle(window, self.path("invitation"))
        window.label("This file is not of the kind that is wanted here.")
        self.take_bundle(window, self.path("all.gtb"))
        self.log_in_and_find(window, "王秀英")
        self.register(self.new, "李四")
        person = self.new.one("person", "find", "李四")["id"]
        self.assertRegex(self.new.one("person", "show", person)["stays"][0]["number"], r"-2-0001$")

    def test_copy(self):
        code = self.invite()
        self.first.one("bundle", "export", self.path("all.gts"), "--snapshot")
        window = self.open_dialog()
        self.choose_keys(window, self.path("invitation"), code)
        window.click("Choose the Copy")
        window.open_file(self.path("invitation"))
        window.wait_active("Join a Station")
        window.press("ctrl+Return")
        window.label("This file is not of the kind that is wanted here.")
        window.click("Choose the Copy")
        window.open_file(self.path("all.gts"))
        window.wait_active("Join a Station")
        window.label("all.gts")
        window.press("ctrl+Return")
        self.log_in_and_find(window, "王秀英")

    def test_scanned_keys(self):
        """The picture of the page is of no use; a scanner types what stands there, and ends with Enter."""
        code = self.first.one("station", "backup-keys", self.path("keys.pdf"))["code"]
        text = subprocess.run(["zbarimg", "--raw", "-q", first_page(self.path("keys.pdf"))], capture_output=True, encoding="utf-8", check=True).stdout
        subprocess.run(["convert", "-size", "60x60", "xc:white", self.path("white.png")], check=True)
        self.first.one("bundle", "export", self.path("all.gtb"))
        window = self.open_dialog()
        self.choose_keys(window, self.path("white.png"), "?")
        window.press("Return")
        window.label("There is no code in this picture")
        window.entry("Or Scan the Page of Keys").set_text(text.strip())
        window.label("The file, or a picture of the page (PNG, JPEG)")
        window.entry("Code").set_text("")
        window.press("ctrl+Return")
        window.label("This must be filled in.")
        window.wait_focus("text", "Code")
        window.replace("Code", code)
        window.press("Return")
        window.label("This computer belongs to the station now.")
        self.take_bundle(window, self.path("all.gtb"))
        self.log_in_and_find(window, "王秀英")

    def start_network(self):
        """The first computer's station runs a network; what desks fetch there can be kept back. Another station has joined."""
        server = postgres.Server()
        self.addCleanup(server.close)
        self.gate = postgres.Gate(server, FETCHES)
        self.addCleanup(self.gate.close)
        self.first.one("hub", "init", "--name", "协作网", "--url", self.gate.url)
        self.other = self.make_store("other", "440104001", "广州市越秀区救助管理站", "440104")
        self.write_letter(self.other)
        self.other.one("hub", "join", "--file", self.path("letter"), "--fingerprint", self.first.one("station", "show")["fingerprint"])
        self.other.one("station", "publish")
        self.first.one("hub", "sync")
        self.other.one("hub", "sync")

    def write_letter(self, store):
        store.one("station", "card", self.path("card.json"))
        self.first.one("hub", "invite", "--card", self.path("card.json"), "--file", self.path("letter"), "--url", self.gate.url)

    def test_work_while_records_arrive(self):
        """The station's own records are here, those of others are on their way and do not come: somebody who stands at the
        desk is registered all the same, and saved."""
        self.start_network()
        code = self.invite()
        self.first.one("hub", "sync")
        self.gate.close_after(1)
        window = self.open_dialog()
        self.choose_keys(window, self.path("invitation"), code)
        window.press("Return")
        self.assertTrue(self.gate.is_waited_at.wait(PATIENCE))
        window.label(TITLE)
        window.label("Records are still arriving. Receiving, ")
        window.log_in()
        window.find_like("list item", "王秀英")
        window.press("ctrl+n", "1", "2")
        window.wait_focus("text", "Name")
        window.entry("Name").set_text("李四")
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        window.find_like("push button", "Other stations: Receiving, ")
        self.assertNotIn("synced_at", self.new.one("hub", "status"))
        self.assertEqual(len(self.new.all("person", "find", "李四")), 1)
        self.gate.open()
        window.find_like("push button", "Other stations: Everything sent")
        self.first.one("hub", "sync")
        self.assertEqual(len(self.first.all("person", "find", "李四")), 1)
        self.assertEqual([other["station"] for other in self.new.one("hub", "status")["stations"]], ["440104001"])

    def test_keys_on_paper(self):
        """All computers of the other station are gone. The page from its safe, and a letter that the network's station
        writes anew, bring everything back from the hub."""
        self.start_network()
        self.register(self.other, "赵六")
        code = self.other.one("station", "backup-keys", self.path("keys.png"))["code"]
        self.other.one("hub", "sync")
        self.write_letter(self.other)
        os.rename(self.other.directory, self.path("stolen"))
        window = self.open_dialog()
        self.choose_keys(window, self.path("keys.png"), code)
        window.click("Choose the Letter")
        window.open_file(self.path("letter"))
        window.wait_active("Join a Station")
        window.press("ctrl+Return")
        window.label("Station 440105001, which wrote this letter, is not known here.")
        self.assertFalse(os.path.exists(self.path("new", "guitu.db")))
        window.wait_focus("text", "Fingerprint of Its Station")
        window.replace("Fingerprint of Its Station", self.first.one("station", "show")["fingerprint"])
        window.press("Return")
        window.label("广州市越秀区救助管理站")
        window.log_in()
        window.find_like("list item", "赵六")
        window.find_like("push button", "Other stations: Everything sent")
        self.assertEqual(self.new.one("ledger", "verify")["problems"], [])


main()
