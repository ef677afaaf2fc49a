# SPDX-License-Identifier: GPL-3.0-or-later
"""A window keeps its station and the hub together by itself, whatever becomes of the hub, and shows how that stands."""

import os
import re
import shutil
import socket
import sys

from window import PASSWORD, WindowTest, main, wait_until

sys.path.append(os.path.join(os.environ["GUITU_SOURCE"], "tests", "ctl"))

import postgres  # noqa: E402

AUTHORITY = "广州市救助管理站"
SIGN = "Other stations: "
QUIT_SECONDS = 8  # less than the program waits for a hub


class StationsTest(WindowTest):

    def set_up(self):
        """Guangzhou runs a network and wrote the letter for Yibin, whose window this is about."""
        self.server = postgres.Server()
        self.addCleanup(self.server.close)
        self.authority = self.make_store("authority", "440100001", AUTHORITY, "440100")
        self.store = self.make_store("yibin", "511502001", "宜宾市翠屏区救助管理站", "511502")
        self.store.one("user", "add", "--set", "name=clerk", "--set", "role=intake", "--password", PASSWORD)
        self.authority.one("hub", "init", "--name", "协作网", "--url", self.server.url)
        self.invite(self.store, "letter")

    def invite(self, store, letter):
        store.one("station", "card", self.path(letter + ".json"))
        self.authority.one("hub", "invite", "--card", self.path(letter + ".json"), "--file", self.path(letter), "--url", self.server.url)

    def wait_sign(self, words):
        """The button in the corner that is always there."""
        return self.window.find_like("push button", SIGN + words)

    def dialog(self, heading):
        self.window.wait_for(lambda: self.window.find_all("label", heading), f"the dialog “{heading}”")

    def join(self):
        window = self.window
        fingerprint = self.authority.one("station", "show")["fingerprint"]
        window.label("This station has joined no hub")
        self.assertEqual([node for node in window.find_all("push button") if node.name.startswith(SIGN)], [])
        window.click("Join a network")
        window.open_file(self.path("letter"))
        self.dialog("Join 协作网?")
        window.label(fingerprint)
        window.click("They Are the Same, Join")
        window.label("Last synchronised")
        self.wait_sign("Everything sent")
        window.label("Nothing heard over the hub yet")

    def hear(self):
        """What another station writes arrives while somebody types, and takes nothing away."""
        window = self.window
        window.press("ctrl+2", "ctrl+n", "2", "2")
        window.wait_for(lambda: [node for node in window.find_all("text", "Name") if node.has("focused")], "the name")
        window.type("Lin Hu")
        third = self.make_store("third", "440300001", "深圳市救助管理站", "440300")
        self.invite(third, "third-letter")
        self.authority.one("hub", "sync")
        wait_until(lambda: self.store.one("hub", "status")["stations"], "news of the other station")
        window.type("a")
        window.wait_text("Name", "Lin Hua")
        self.assertTrue(window.entry("Name").has("focused"))
        window.press("ctrl+9")
        window.label("Last heard less than a minute ago")

    def lose(self):
        """Without the hub the window says so; with it again, what waited goes out."""
        window = self.window
        self.server.stop()
        self.wait_sign("Hub away since")
        window.label("The hub cannot be reached. The work here goes on")
        self.store.one("person", "add", "--set", "sex=1", "--set", "name=Wei")
        window.press("F5")
        window.wait_for(lambda: re.search("Hub away since .*, [1-9] waiting", self.wait_sign("Hub away").name), "what waits")
        self.server.start()
        window.press("F5")
        self.wait_sign("Everything sent")
        self.assertEqual(self.store.one("hub", "status")["waiting"], 0)

    def carry(self):
        window = self.window
        window.click("Write a bundle for " + AUTHORITY)
        window.save_file(self.path("other.gtb"))
        window.label("other.gtb is written")
        window.click("Take in a bundle")
        window.open_file(self.path("other.gtb"))
        window.label("Nothing was taken in")
        window.click("Write a bundle for the desks of this station")
        window.save_file(self.path("own.gtb"))
        window.label("own.gtb is written")
        window.click("Take in a bundle")
        window.open_file(self.path("own.gtb"))
        window.label("0 new entries were taken in")
        window.click("Invite a Desk…")
        window.save_file(self.path("invitation"))
        self.dialog("Desk 2 Is Invited")
        window.wait_for(lambda: [name for name in window.labels() if re.fullmatch("([2-9A-Z]{5}-){3}[2-9A-Z]{5}", name)], "the code")
        window.press("Escape")
        window.label("Desks of This Station")

    def look_as_clerk(self):
        window = self.window
        window.press("ctrl+shift+l")
        window.wait_for(lambda: window.find_all("push button", "Discard and Log Out"), "the question")
        window.click("Discard and Log Out")
        window.wait_log_in()
        window.type("clerk")
        window.press("Tab")
        window.type(PASSWORD)
        window.press("Return")
        window.find("list item", "Duty")
        window.press("ctrl+9")
        window.button("Take in a bundle")
        window.find("list item", AUTHORITY)
        names = [node.name for node in window.find_all("push button")]
        for right in ("Join a network", "Found a network", "Invite a Desk…", "Trust the card of another station", "Write a bundle for " + AUTHORITY):
            self.assertNotIn(right, names)

    def hang(self):
        """A hub that takes the connection and never says a word does not keep the program from ending."""
        self.server.stop()
        path = os.path.join(self.server.folder, f".s.PGSQL.{self.server.port}")
        with socket.socket(socket.AF_UNIX) as silent:
            silent.bind(path)
            if os.geteuid() == 0:
                shutil.chown(path, self.server.user)
            silent.listen()
            silent.settimeout(30)
            window = self.open(self.store.directory)
            window.wait_log_in()
            connection = silent.accept()[0]
            window.press("ctrl+q")
            self.assertEqual(window.process.wait(QUIT_SECONDS), 0)
            connection.close()

    def renew(self):
        """At the network's station: Yibin was robbed of a computer; its log-ins get other passwords, and it is vouched for."""
        window = self.open(self.authority.directory)
        window.log_in()
        window.press("ctrl+9")
        window.click("Renew the log-ins of a station")
        window.open_file(self.path("letter.json"))
        window.wait_for(lambda: window.find_all("push button", "Save"), "the file chooser")
        window.press("ctrl+a")
        window.type(self.path("renewed"))
        window.press("Return")
        window.wait_active("New Log-Ins")
        window.entry("Desk").set_text("7")
        window.entry("Hub").set_text(self.server.url)
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("The letter is written. Each computer of that station joins with it again.")
        self.assertNotEqual(self.store.run("hub", "sync").returncode, 0)
        self.store.one("hub", "join", "--file", self.path("renewed"))
        self.store.one("hub", "sync")
        window.click("Vouch for the card of a station")
        window.open_file(self.path("letter.json"))
        window.label("Those who trust this station to vouch hear of it with the next exchange")
        window.stop()

    def test_hub(self):
        self.set_up()
        self.window = window = self.open(self.store.directory)
        window.log_in()
        window.press("ctrl+9")
        self.join()
        self.hear()
        self.lose()
        self.carry()
        self.look_as_clerk()
        self.assertEqual(window.quit(), 0)
        self.renew()
        self.hang()


main()
