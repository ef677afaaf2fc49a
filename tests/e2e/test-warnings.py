# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who is known comes again; who is in the house; and papers that come in."""

from printed import first_page
from window import WindowTest, main

NAME = "王秀英"
WOMAN_1949 = "11010519491231002X"


class WarningsTest(WindowTest):

    def known(self, store):
        """A person on file whose stay is over."""
        arrived = store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=2",
                            "--set", "person.id_number=" + WOMAN_1949, "--set", "person.phone=13900000000", "--set", "came_by=police")
        store.one("stay", "admit", arrived["stay"]["id"], "--bed", "A-3")
        store.one("stay", "leave", arrived["stay"]["id"], "--leave-by", "own-will")
        return arrived["person"]["id"]

    def test_same_person_comes_again(self):
        store = self.make_store()
        person = self.known(store)
        window = self.open(store.directory)
        window.log_in()
        window.press("ctrl+n", "2", "2")
        window.wait_focus("text", "Name")
        window.entry("Name").set_text(NAME)
        window.press("Return")
        window.wait_focus("text", "ID number")
        window.type(WOMAN_1949)
        window.label("Could Be the Same Person")
        window.find_like("list item", NAME)
        self.assertEqual(len(store.all("person", "find", "")), 1)
        window.wait_text("Birth or age", "1949-12-31")
        window.entry("Phone").set_text("13800000000")
        window.entry("Accent").set_text("川南口音")
        window.entry("Body marks").set_text("左手背有烫伤疤痕")
        window.label("13800000000 ≠ 13900000000")  # the warning is about all that was typed
        window.click(f"Use {NAME} for this stay")
        window.label(f"The stay will be opened for {NAME}, who is on file.")
        facts = window.label("Will be added to the file: Accent: 川南口音 · Body marks: 左手背有烫伤疤痕").name
        self.assertIn("Differs from the file, and will be kept as a statement: Phone: in the file 13900000000, typed 13800000000", facts)
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        file = store.one("person", "show", person)
        self.assertEqual(len(file["stays"]), 2)
        self.assertEqual((file["phone"], file["accent"], file["marks"]), ("13900000000", "川南口音", "左手背有烫伤疤痕"))
        self.assertEqual([(said["about"], said["text"]) for said in file["statements"]], [("phone", "联系电话：13800000000")])
        self.assertEqual(len(store.all("person", "find", "")), 1)

        window.press("ctrl+3")
        window.find("tree table", "In the Station")
        window.label(NAME)
        window.label("Waiting for admission")
        self.assertEqual(window.quit(), 0)

    def test_another_person_of_that_name(self):
        """The warning is no lock: who says that it is somebody else registers a second person."""
        store = self.make_store()
        self.known(store)
        window = self.open(store.directory)
        window.log_in()
        window.press("ctrl+n", "2", "2")
        window.wait_focus("text", "Name")
        window.entry("Name").set_text(NAME)
        window.find_like("list item", NAME)
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        self.assertEqual(len(store.all("person", "find", "")), 2)

    def test_who_is_in_the_station_is_not_registered_again(self):
        store = self.make_store()
        arrived = store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=2",
                            "--set", "person.id_number=" + WOMAN_1949, "--set", "came_by=police")
        store.one("stay", "admit", arrived["stay"]["id"], "--bed", "A-3")
        window = self.open(store.directory)
        window.log_in()
        window.press("ctrl+n", "2", "2", "Return")
        window.wait_focus("text", "ID number")
        window.type(WOMAN_1949)
        window.find_like("list item", f"{NAME} · Female · ")
        self.assertEqual(window.find_all("push button", f"Use {NAME} for this stay"), [])
        window.click(f"Open the file of {NAME}")
        window.label("Bed A-3")

    def issue(self, store):
        arrived = store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=2", "--set", "came_by=police")
        paper = store.one("paper", "issue", "--kind", "intake-registration", "--stay", arrived["stay"]["id"])
        pdf = self.path("paper.pdf")
        store.one("paper", "show", paper["number"], "--pdf", pdf)
        return paper, first_page(pdf)

    def test_verify_page(self):
        store = self.make_store()
        paper, image = self.issue(store)
        window = self.open(store.directory)
        window.log_in()
        window.press("ctrl+5")
        window.wait_focus("text", "Text of the code")
        window.entry("Text of the code").set_text(paper["seal"])
        window.press("Return")
        window.find("label", "Genuine")
        window.find("label", NAME[0] + "**")
        window.entry("Text of the code").set_text(paper["seal"][:-2] + ("AB" if not paper["seal"].endswith("AB") else "BA"))
        window.press("Return")
        window.find("label", "Altered")
        self.assertEqual(window.find_all("label", NAME[0] + "**"), [])
        window.entry("Text of the code").set_text("https://example.org/ticket")
        window.press("Return")
        window.find("label", "Not a Paper")
        window.press("ctrl+o")
        window.open_file(image)
        window.find("label", "Genuine")
        window.label(paper["number"])


main()
