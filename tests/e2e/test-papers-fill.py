# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers that are filled in before they are issued, by keyboard, and printed without a question."""

import base64
import os
import subprocess

from window import WindowTest, main, wait_until

TICKET = "专用车票购票凭证"
LABEL = "床位标签"
CASH = "短途交通费签收单"
PRINTER = "Print to File"
DAY, HOUR, TRAIN, TO = "乘车日期", "开车时间", "车次", "到站"
PERSONS_NAME = "Lin Hua"
A4 = (595, 842)


def pdf_words(data):
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True).stdout.decode("utf-8")


def pdf_pages(path):
    """How many pages, and the size of the first in points."""
    lines = dict(line.split(":", 1) for line in subprocess.run(["pdfinfo", path], capture_output=True, encoding="utf-8", check=True).stdout.splitlines())
    width, _, height = lines["Page size"].split()[:3]
    return int(lines["Pages"]), (round(float(width)), round(float(height)))


class PapersFillTest(WindowTest):

    def open_house(self, prints=True):
        """The window on the file of somebody who is in the house; what is printed comes into the folder “out”."""
        self.store = self.make_store()
        self.out = self.path("out")
        os.makedirs(self.out)
        os.makedirs(self.path("config"))
        with open(self.path("config", "user-dirs.dirs"), "w", encoding="utf-8") as file:
            file.write(f'XDG_DOCUMENTS_DIR="{self.out}"\n')
        arrived = self.store.one("stay", "arrive", "--set", "person.name=" + PERSONS_NAME, "--set", "person.sex=1",
                                 "--set", "person.birth_from=1980-05-05", "--set", "came_by=self")
        self.stay = arrived["stay"]["id"]
        self.store.one("stay", "admit", self.stay)
        window = self.open(self.store.directory)
        window.log_in()
        if prints:
            self.choose_printer(window)
        window.press("ctrl+f")
        window.type("linhua")
        window.label("1 Found")
        window.press("Return")
        window.button("Issue a Paper…")
        return window

    def papers(self, state):
        return self.store.all("paper", "list", "--stay", self.stay, "--state", state)

    def choose(self, window, typed, title):
        window.press("ctrl+p")
        window.wait_active("Which Paper")
        window.entry("Search for a paper")
        window.type(typed)
        window.wait_for(lambda: [node for node in window.find_all("list item", title) if node.has("selected")], f"“{title}” chosen")
        window.press("Return")
        window.wait_active(title)

    def type_into(self, window, name, text):
        window.wait_for(lambda: window.entry(name).has("focused"), f"focus in “{name}”")
        if text:
            window.replace(name, text)

    def preview(self, draft):
        return pdf_words(base64.b64decode(self.store.one("paper", "preview", "--draft", draft, "--inline")["pdf"]))

    def choose_printer(self, window):
        """In the settings: for papers, then for labels."""
        window.press("ctrl+7")
        window.find("list item", "Printers")
        window.press("End")
        window.label("What is chosen here holds for this computer")
        window.settle()
        for what in ("Papers", "Labels"):
            window.press("Tab")
            window.wait_for(lambda: [n for n in window.find_all(name=what) if n.has("focused")], f"focus on the printer for {what}")
            window.press("space")
            window.wait_for(lambda: [n for n in window.find_all("list item", "") if n.has("focused")], "the printers")
            window.press("Down", "Return")
            window.wait_for(lambda: [n for n in window.find_all(name=what) if n.description == PRINTER], f"the printer for {what}")
        window.press("ctrl+2")

    def printed(self, number):
        path = os.path.join(self.out, number + ".pdf")
        wait_until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, f"the file {path}")
        return pdf_pages(path)

    def test_ticket(self):
        window = self.open_house()
        self.choose(window, "zycp", TICKET)
        window.label("To be filled in")
        self.type_into(window, DAY, "2026-13-01")
        window.press("Return")
        self.type_into(window, HOUR, "8:30")
        window.wait_described(DAY, "There is no such day")
        window.press("Return")
        self.type_into(window, TRAIN, "K512")
        window.press("ctrl+s")
        window.wait_for(lambda: window.entry(DAY).has("focused"), "focus back at what is wrong")
        self.assertEqual(self.papers("draft"), [])
        self.type_into(window, DAY, "2026/12/1")
        window.press("ctrl+s")
        window.label("Kept as a draft")
        draft, = self.papers("draft")
        words = self.preview(draft["id"])
        for part in ("2026年12月1日", "08时30分", "K512", "待填"):
            self.assertIn(part, words)

        window.press("Escape")
        window.wait_active("Guitu")
        window.click("Go On with the Draft " + TICKET)
        window.wait_active(TICKET)
        window.wait_text(TRAIN, "K512")
        window.press("ctrl+Return")
        window.wait_described(TO, "This must be filled in.")
        self.type_into(window, TO, "Chengdu")
        window.press("Tab", "space", "Tab", "space")  # of these one is meant: the first tick goes
        window.press("ctrl+Return")
        window.label("The Railway Needs a Number")  # of a document, and he has none
        window.press("Return")
        window.wait_focus("push button", "Print…")
        self.assertEqual(self.papers("draft"), [])
        paper, = self.papers("issued")
        self.assertTrue(paper["number"].startswith("CP-"))
        path = self.path("issued.pdf")
        self.store.one("paper", "show", paper["number"], "--pdf", path)
        with open(path, "rb") as file:
            words = pdf_words(file.read())
        for part in ("2026年12月1日", "K512", "Chengdu", "□ 硬座", "☑ 二等座", paper["number"]):
            self.assertIn(part, words)
        window.press("ctrl+p")
        window.label("Sent to the printer")
        self.assertEqual(self.printed(paper["number"]), (3, A4))

    def test_label(self):
        """What need not be filled in is passed by Enter. The size of the sheet is that of the label."""
        window = self.open_house()
        self.choose(window, "CW", LABEL)
        self.type_into(window, "食药警示", "")
        window.press("Return")
        window.wait_focus("push button", "Issue")
        window.press("Return")
        window.label("No Bed Yet")
        window.press("Return")
        window.wait_focus("push button", "Print…")
        window.press("Return")
        window.label("Sent to the printer")
        paper, = self.papers("issued")
        self.assertEqual(self.printed(paper["number"]), (1, (283, 198)))

    def test_closing(self):
        """What was typed is kept, unless it is given up."""
        window = self.open_house(prints=False)
        for gives_up in (False, True):
            self.choose(window, "dtjt", CASH)
            self.type_into(window, "金额(元)", "12.50")
            window.press("Escape")
            window.label("Keep what was typed?")
            window.click("Discard" if gives_up else "Keep as a Draft")
            window.wait_active("Guitu")
            window.button("Go On with the Draft " + CASH)
            self.assertEqual(len(self.papers("draft")), 1)
        window.click("Discard the Draft " + CASH)
        window.label("Discard the draft?")
        window.click("Discard")
        window.wait_for(lambda: not self.papers("draft"), "no draft any more")
        window.label("No paper has been issued.")


if __name__ == "__main__":
    main()
