# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of a person: the photo, the history, and the form of the intake desk that one comes back to."""

import os
import shutil
import subprocess

from window import Store, WindowTest, main

NAME = "Lin Hua"


class FileTest(WindowTest):

    def open_new_file(self, *words):
        self.store = self.make_store()
        self.person = self.store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=1",
                                     "--set", "came_by=self", *words)["person"]["id"]
        return self.open_file(self.store, "linhua")

    def picture(self, name):
        path = self.path(name)
        subprocess.run(["convert", "-size", "300x400", "xc:red", path], check=True)
        return path

    def colour_of_photo(self, window):
        """What is to be seen in the middle of the photo."""
        shot = self.path("shot.png")
        x, y, width, height = window.button("Change Photo").extents
        window.screenshot(shot)
        point = f"%[pixel:p{{{x + width // 2},{y + height // 2}}}]"
        return subprocess.run(["convert", shot, "-format", point, "info:"], capture_output=True, encoding="utf-8", check=True).stdout

    def test_photo(self):
        window = self.open_new_file()
        for name in ("portrait.jpg", "portrait.png"):
            path = self.picture(name)
            window.click("Add Photo" if name.endswith("jpg") else "Change Photo")
            window.open_file(path)
            window.wait_active("Guitu")
            window.button("Change Photo")
            window.wait_for(lambda: "254,0,0" in self.colour_of_photo(window) or "255,0,0" in self.colour_of_photo(window)
                            or "red" in self.colour_of_photo(window), "the red photo")
        window.label("Photo changed")
        window.press("ctrl+2")
        window.press("alt+Left")
        photo = self.store.one("person", "show", self.person)["photo"]
        self.assertEqual([label for label in window.labels() if photo in label], [])

    def test_a_photo_of_another_desk(self):
        """It may not have come here, which is no reason for an error each time the file is opened."""
        self.store = self.make_store()
        person = self.store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=1", "--set", "came_by=self")["person"]["id"]
        self.store.one("file", "add", person, self.picture("far.png"), "--photo")
        shutil.rmtree(os.path.join(self.store.directory, "files"))
        window = self.open_file(self.store, "linhua")
        window.button("Add Photo")
        window.wait_for(lambda: [label for label in window.labels() if " · wang · " in label], "the history")
        self.assertNotIn("The file is not there.", window.labels())

    def test_scans(self):
        window = self.open_new_file()
        window.label("Nothing has been scanned in yet.")
        scan = self.path("record.pdf")
        self.store.one("paper", "blank", "intake-registration", "--pdf", scan)
        for path, title in ((self.picture("card.png"), "ID card"), (scan, "Medical record")):
            window.click("Add a Scan…")
            window.open_file(path)
            window.wait_active("Add a Scan")
            window.type(title)
            window.press("ctrl+Return")
            window.wait_active("Guitu")
            window.click("Open " + title)
            window.wait_active(title)
            window.wait_focus("push button", "Save…")
            if path == scan:
                window.find("image", "Page 1")
            else:
                window.find("image", title)
            window.press("ctrl+plus", "Escape")
            window.wait_active("Guitu")
        shown = self.store.one("person", "show", self.person)
        self.assertEqual([(file["title"], file["media"]) for file in shown["files"]], [("Medical record", "application/pdf"), ("ID card", "image/png")])
        self.assertNotIn("photo", shown)

    def test_two_desks_on_one_stay(self):
        """What both wrote of a stay is shown with the stay's number, until somebody settles it."""
        here = self.store = self.make_store()
        there = Store(self.path("second", "desk"))
        arrived = here.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=1", "--set", "came_by=self")
        invited = here.one("desk", "invite", self.path("invitation"))
        os.makedirs(self.path("second"))
        there.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
        self.carry(here, there)
        here.one("stay", "edit", arrived["stay"]["id"], "--set", "came_by=police")
        there.one("stay", "edit", arrived["stay"]["id"], "--set", "came_by=public")
        self.carry(there, here)
        window = self.open_file(here, "linhua")
        window.label("Two Desks Wrote Different Things")
        window.click(f"The first value is right {arrived['number']} · Came by")
        window.gone("label", "Two Desks Wrote Different Things")
        self.assertEqual(here.all("conflict", "list"), [])

    def carry(self, source, target):
        source.one("bundle", "export", self.path("carried"))
        target.one("bundle", "import", self.path("carried"), user="")

    def test_history(self):
        window = self.open_new_file("--set", "person.birth_from=1990-01-01", "--set", "person.birth_to=1990-12-31")
        self.store.one("person", "edit", self.person, "--set", "phone=13800000000")
        window.press("ctrl+2", "alt+Left")
        window.press("ctrl+f")
        self.find_file(window, "linhua")
        window.label("Phone 13800000000")
        acts = [label for label in window.labels() if " · wang · " in label]
        self.assertEqual([act.split(" ")[0] for act in acts], ["Changed", "Registered"])
        window.label("Born 1990")
        self.assertEqual([label for label in window.labels() if "latest" in label], [])

    def test_back_to_the_field(self):
        window = self.open(self.make_store().directory)
        window.log_in()
        window.label("Nobody has been registered yet.")
        window.press("ctrl+n", "2", "2")
        window.wait_focus("text", "Name")
        window.type("Li")
        window.press("ctrl+5")
        window.wait_focus("text", "Text of the code")
        window.press("ctrl+2")
        window.wait_focus("text", "Name")
        window.wait_text("Name", "Li")

    def test_news_stay_with_their_page(self):
        window = self.open(self.make_store().directory)
        window.log_in()
        window.press("ctrl+n", "2", "2", "ctrl+s")
        window.wait_focus("push button", "Admit…")
        window.label("Registered ")
        window.press("ctrl+2")
        window.wait_focus("entry", "Find a person")
        window.wait_for(lambda: not [label for label in window.labels() if "stay 2" in label], "no news of the page before")

    def test_arrival_follows_the_clock(self):
        window = self.open(self.make_store().directory, pace=30)
        window.log_in()
        window.press("ctrl+n", "2")
        first = window.entry("Arrived at").text
        window.wait_for(lambda: window.entry("Arrived at").text != first, "the next minute")
        window.entry("Arrived at").set_text("00:00")
        window.press("2", "ctrl+s")
        window.wait_focus("push button", "Admit…")
        window.label(" 00:00")


main()
