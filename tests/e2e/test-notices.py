# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices go out to the public as web pages: written into a folder by keys, and broken off."""

import os
import pathlib
import subprocess

from desk import DeskTest
from window import main, wait_until

WRITTEN = "The pages are written."


class NoticesTest(DeskTest):

    def set_up(self):
        """A notice with a photo is out."""
        person = self.admit_unknown()
        picture = self.path("portrait.jpg")
        subprocess.run(["convert", "-size", "300x380", "gradient:#446688-white", picture], check=True)
        self.store.one("file", "add", person, picture, "--photo")
        self.notice = self.store.one("notice", "prepare", person, user="zhao")
        self.store.one("notice", "review", self.notice["id"], "--approve")
        self.store.one("notice", "publish", self.notice["id"])
        os.mkdir(self.path("site"))

    def channels(self):
        return self.store.one("notice", "show", self.notice["id"])["channels"]

    def begin(self, window):
        """Alt+W, and the folder is named."""
        window.press("ctrl+g", "alt+o")
        window.find_like("list item", self.notice["number"])
        window.press("alt+w")
        window.wait_for(lambda: window.find_all("push button", "Choose"), "the choice of a folder")
        window.type(self.path("site"))
        window.wait_for(lambda: any(node.role == "text" and node.has("focused") and node.text == self.path("site") for node in window.find_all()), "the path")
        window.press("Return")

    def test_pages_are_written(self):
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.begin(window)
        window.label(WRITTEN)
        window.button("Dismiss")  # what closes the news is read out
        names = {path.name for path in pathlib.Path(self.path("site")).iterdir()}
        number = self.notice["number"]
        self.assertEqual(names, {"index.html", "feed.xml", "notices.json", f"notice-{number}.html", f"photo-{number}-1.jpg"})
        self.assertEqual([channel["channel"] for channel in self.channels()], ["web"])

    def test_a_photo_that_is_not_here(self):
        """It may lie at the desk where it was taken: whoever writes the pages is told."""
        self.set_up()
        self.stored_photo().unlink()
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.begin(window)
        window.label("The pages are written, but 1 photo is not at this desk.")

    def test_broken_off(self):
        """Escape while a picture is read: no page is written, and none is noted."""
        self.set_up()
        photo = self.stored_photo()
        photo.unlink()
        os.mkfifo(photo)
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.begin(window)
        window.wait_active("Writing the Web Pages")
        window.wait_focus("push button", "Cancel")
        window.press("Escape")
        window.wait_for(lambda: "Cancelling…" in [node.name for node in window.tree().root.below()], "the wish heard")
        with open(photo, "wb"):  # it is read to its end
            pass
        window.wait_active("Guitu")
        window.find_like("list item", self.notice["number"])
        self.assertFalse([node for node in window.find_all() if WRITTEN in node.name])
        self.assertEqual((os.listdir(self.path("site")), self.channels()), ([], []))

    def stored_photo(self):
        (photo,) = wait_until(lambda: [path for path in pathlib.Path(self.store.directory, "files").rglob("*") if path.is_file()], "the photo")
        return photo


main()
