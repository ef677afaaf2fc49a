# SPDX-License-Identifier: GPL-3.0-or-later
"""A way home that goes wrong, and one without any stick: a plan sent back, notes from the road, not taken over, came
back; and papers that are read from a picture at both ends. In the window, by keyboard."""

import os
import shutil

from homeward import HERE, NAME, THERE, HomewardTest
from printed import first_page
from window import main

PHONE = "13812345678"
SENT_BACK = "The train is full"
INCIDENT = "Fever, given water"
REFUSED = "Moved to Chengdu"
BACK = "Not taken over there"
UNCLEAR = 20  # dots per inch
DISMISSED = "Kin come tomorrow"


class RoadTest(HomewardTest):

    def show(self, transfer):
        return self.store.one("transfer", "show", transfer)

    def look_again(self, window):
        """Another page and back: what was written beside the window is read."""
        window.press("ctrl+9")
        window.button("Take in a bundle")
        window.press("ctrl+j")

    def act(self, window, key, dialog, *words):
        """An act by its letter; what is typed into the first entry of its dialog."""
        window.press(key)
        window.wait_active(dialog)
        window.settle()
        if words:
            window.type(*words)
        window.press("ctrl+Return")
        window.wait_active("Guitu")

    def send_back(self, window, transfer):
        window.press("ctrl+j")
        self.open_first(window)
        self.act(window, "alt+b", "Send the Plan Back", SENT_BACK)
        window.label(SENT_BACK)
        shown = self.show(transfer)
        self.assertEqual((shown["state"], shown["approval_note"]), ("planned", SENT_BACK))

    def note(self, window, transfer):
        """What the escorts wrote down is entered with its time, a time before the departure is not taken."""
        self.look_again(window)
        window.label("On the way")
        window.press("alt+n")
        window.wait_active("Note from the Road")
        self.choose(window, "Incident")
        window.entry("Text").set_text(INCIDENT)
        window.entry("Place").set_text("Liuzhou")
        window.entry("Passed at").set_text("2020-01-01 08:00")
        window.press("ctrl+Return")
        window.wait_for(lambda: window.entry("Passed at").description, "why not")
        window.entry("Passed at").set_text("")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label(f"Incident · Liuzhou · {INCIDENT}")
        (noted,) = self.show(transfer)["waypoints"]
        self.assertEqual((noted["kind"], noted["text"], noted["place"]), ("incident", INCIDENT, "Liuzhou"))

    def told_there(self):
        """The telephone number in the file that has come."""
        self.carry(self.store, self.there, THERE)
        return self.there.one("transfer", "incoming", "--full")["file_person"].get("phone")

    def send_again(self, window):
        """What is known only since the departure goes after them."""
        self.store.one("person", "edit", self.store.one("person", "find", "linhua")["id"], "--set", "phone=" + PHONE, user="clerk")
        self.assertIsNone(self.told_there())
        window.press("alt+f")
        window.label("The file goes out with the next exchange.")
        self.assertEqual(self.told_there(), PHONE)

    def refuse(self, window):
        window.press("ctrl+j")
        self.wait_row(window)
        self.go_to(window, "Do Not Take Over… " + NAME)
        window.press("space")
        window.wait_active("Do Not Take Over")
        self.choose(window, "The household register is elsewhere")
        window.press("ctrl+Return")
        window.wait_for(lambda: window.entry("Reason").description, "that the reason is missing")
        window.entry("Reason").set_text(REFUSED)
        window.press("ctrl+Return")
        window.label("Not taken over. The answer goes to their station")
        window.wait_active("Guitu")
        (answer,) = self.there.all("transfer", "list", "--direction", "in")
        self.assertEqual((answer["state"], answer["refusal"], answer["reason"]), ("rejected", "not-from-here", REFUSED))
        self.assertEqual(self.there.all("transfer", "incoming"), [])

    def come_back(self, window, transfer):
        self.look_again(window)
        window.label(REFUSED)
        self.act(window, "alt+k", "They Came Back", BACK)
        window.label(BACK)
        window.gone("push button", "Came Back…")
        shown = self.show(transfer)
        self.assertEqual((shown["state"], shown["outcome"]), ("returned", BACK))

    def test_not_taken_over(self):
        self.set_up()
        transfer = self.plan_by_hand()
        window = self.open(self.store.directory)
        self.log_in(window, "leader")
        self.send_back(window, transfer)
        self.depart_by_hand(transfer)
        self.note(window, transfer)
        self.send_again(window)
        there = self.open(self.there.directory)
        there.log_in()
        self.refuse(there)
        there.stop()
        self.carry(self.there, self.store, HERE)
        self.come_back(window, transfer)

    def choose_picture(self, window, button, image):
        """Goes to the button, which bears the name of the picture then, and does what the dialog is for."""
        dialog = window.active().name
        if not any(node.has("focused") for node in window.find_all("push button", button)):
            self.go_to(window, button)
        window.press("space")
        window.open_file(image)
        window.wait_active(dialog)
        window.button(os.path.basename(image))
        window.press("ctrl+Return")

    def take_over_by_picture(self, window, unclear, image):
        """The file says who comes, the picture of the paper that they bring proves it. The path of the receipt's PDF."""
        window.press("ctrl+j")
        self.wait_row(window)
        window.press("Return")
        window.wait_active("Take Over This Person")
        self.choose_picture(window, "Picture of the Paper…", unclear)
        window.label("There is no code in this picture")
        self.choose_picture(window, os.path.basename(unclear), image)
        window.find("image", "Page 1")
        (answer,) = self.there.all("transfer", "list", "--direction", "in")
        self.assertEqual(answer["state"], "accepted")
        self.there.one("paper", "show", answer["receipt"], "--pdf", self.path("receipt.pdf"))
        return self.path("receipt.pdf")

    def hand_over_by_picture(self, window, transfer, wrong, image):
        """The escorts bring the receipt home: our own paper in its place is not taken."""
        window.press("ctrl+j")
        self.open_first(window)
        window.label("No receipt yet.")
        window.press("alt+h")
        window.wait_active("Handed Over")
        window.settle()
        window.type("Zhao Li")
        self.choose_picture(window, "Picture of the Receipt…", wrong)
        window.wait_described("Code of the receipt", "This is no receipt.")
        self.choose_picture(window, os.path.basename(wrong), image)
        window.wait_active("Guitu")
        window.label("verified, the seal of the receiving station answers ours")
        shown = self.show(transfer)
        self.assertEqual((shown["state"], shown["receipt_verified"], shown["handed_over_to"]), ("accepted", True, "Zhao Li"))

    def test_papers_alone(self):
        self.set_up()
        transfer = self.plan_by_hand()
        unclear = shutil.copy(self.depart_by_hand(transfer), self.path("far-away.pdf"))
        unclear, paper = first_page(unclear, UNCLEAR), first_page(self.path("paper.pdf"))
        self.carry(self.store, self.there, THERE)
        there = self.open(self.there.directory)
        there.log_in()
        receipt = first_page(self.take_over_by_picture(there, unclear, paper))
        there.stop()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.hand_over_by_picture(window, transfer, paper, receipt)

    def test_no_departure(self):
        """The plan is cancelled; the person stays."""
        self.set_up()
        transfer = self.plan_by_hand()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        window.press("ctrl+j")
        self.open_first(window)
        self.act(window, "alt+l", "Cancel the Plan", DISMISSED)
        window.label(DISMISSED)
        window.gone("push button", "Depart…")
        self.assertEqual((self.show(transfer)["state"], self.store.one("stay", "show", self.stay)["state"]), ("cancelled", "in-house"))


main()
