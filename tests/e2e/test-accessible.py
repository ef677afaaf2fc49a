# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page and dialog, in English and in Chinese: everything that can be worked has a name, Chinese
stays Chinese, and nothing reaches beyond its window or the screen of an old PC."""

import json
import os
import re
import subprocess

from gi.repository import GLib

from window import GUITUCTL, SCREEN, WindowTest, main

# What somebody works with. Lists and scrolled areas take the focus only for their parts.
WORKED = ("push button", "toggle button", "check box", "radio button", "text", "entry", "password text", "combo box",
          "list item", "menu item", "link", "slider", "spin button")
CLASS_NAME = re.compile(r"(Gtk|Adw|Guitu)[A-Z]\w+")
NAME = "王秀英"
WOMAN_1949 = "11010519491231002X"
TICKET = "专用车票购票凭证"
PAPER = "QZ-"  # how the number of a registration form begins
HOME = "宜宾市救助管理站"
SCAN = "病历"
REPORTED = "王秀荣"
SOURCE = os.environ["GUITU_SOURCE"]
LEAST_ENGLISH = 200


def is_named(node):
    """A name in words."""
    return node.name.strip() and not CLASS_NAME.fullmatch(node.name)


def english_words():
    """Every sentence and label of the program in English that reads otherwise in Chinese."""
    done = subprocess.run(["msgcat", "--no-wrap", os.path.join(SOURCE, "ui", "po", "zh_CN.po")], capture_output=True, encoding="utf-8", check=True)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', done.stdout, re.MULTILINE)
    words = {english.replace("_", "") for english, chinese in pairs if english != chinese}
    for verb in ("fields", "codes"):
        done = subprocess.run([GUITUCTL, verb], capture_output=True, encoding="utf-8", check=True)
        words |= {json.loads(line)["english"] for line in done.stdout.splitlines()}
    return words - {"Shift"}  # what is worked, but a key of the keyboard as well


def read_boxes(window):
    """Where all widgets stand, and the size of the window; None when one of them went away meanwhile."""
    top = window.active()
    try:
        return top and ([(node, node.extents) for node in top.below() if "org.a11y.atspi.Component" in node.interfaces], top.extents[2:])
    except GLib.Error:
        return None


class AccessibleTest(WindowTest):

    def check(self, window, place, is_ours=True):
        """Looks at everything that is to be seen now; a window that GTK makes may have parts without a name."""
        window.settle()
        top = window.wait_for(window.active, "an active window")
        unnamed = [node.line() for node in top.below() if node.role in WORKED and node.has("focusable") and not is_named(node)]
        if is_ours:
            self.assertEqual(unnamed, [], f"{place}: without a name")
        english = [node.line() for node in top.below() if node.name in self.english or node.description in self.english]
        if window.language == "zh_CN":
            self.assertEqual(english, [], f"{place}: English")
        self.n_english += len(english)
        self.check_room(window, place)
        self.seen.append(place)

    def check_room(self, window, place):
        """Nothing stands beyond the edges of its window, nor the window beyond the screen."""
        boxes, (widest, highest) = window.wait_for(lambda: read_boxes(window), "a window in which nothing goes away")
        self.assertLessEqual((widest > SCREEN[0], highest > SCREEN[1]), (False, False), f"{place}: {widest} × {highest}")
        for node, (x, y, width, height) in boxes:
            if node.role != "label" or not node.name or not width:
                continue
            scrolled = any(above.role == "scroll pane" for above in node.above())
            self.assertGreater(height, 0, f"{place}: {node.line()}")
            self.assertGreaterEqual(x, 0, f"{place}: {node.line()}")
            self.assertLessEqual(x + width, widest + 1, f"{place}: {node.line()}")
            if not scrolled:
                self.assertLessEqual(y + height, highest + 1, f"{place}: {node.line()}")

    def walk_set_up(self, language):
        window = self.open(self.path("none-" + language), language)
        window.wait_for(lambda: len(window.find_all("text")) >= 7, "the set-up page")
        self.check(window, "set-up")
        window.stop()

    def focus_on(self, window, role):
        window.wait_for(lambda: [node for node in window.find_all(role) if node.has("focused")], f"focus on a {role}")

    def walk_pages(self, window):
        self.check(window, "intake")
        window.press("ctrl+n", "2", "2")
        self.focus_on(window, "text")
        window.press("Return")
        window.type("110105194912310021")
        window.wait_for(lambda: [node for node in window.find_all("text") if node.has("invalid")], "a mistake that is shown")
        self.check(window, "intake, a mistake")
        window.press("ctrl+a")
        window.type(WOMAN_1949)
        window.wait_for(lambda: [node for node in window.find_all("list item") if NAME in node.name and "%" in node.name], "the same person")
        self.check(window, "intake, same person")
        window.press("ctrl+n")
        window.wait_for(lambda: (top := window.active()) is not None and top.role == "dialog", "the question")
        self.check(window, "question")
        window.press("Escape")
        window.press("ctrl+3")
        window.wait_for(lambda: window.find_all("tree table"), "the board")
        self.check(window, "board")
        self.dialog(window, "give a bed", "ctrl+b")
        self.dialog(window, "roll call", "ctrl+r")
        self.walk_duty(window)
        window.press("ctrl+5")
        self.focus_on(window, "text")
        window.type("GT1:NONSENSE")
        window.press("Return")
        window.wait_for(lambda: len(window.find_all("label")) > 8, "the verdict")
        self.check(window, "verify")
        window.press("ctrl+6")
        window.wait_for(lambda: window.find_all("tree table"), "the papers")
        self.check(window, "papers")
        self.dialog(window, "papers for many", "ctrl+shift+m")
        self.dialog(window, "paper void", "ctrl+Delete")
        window.press("ctrl+8")
        window.wait_for(lambda: not window.find_all("tree table"), "the conflicts")
        self.check(window, "conflicts")
        window.press("ctrl+j")
        window.wait_for(lambda: [node for node in window.find_all("list item") if " · " in node.name and node.has("focused")], "the ways home")
        self.check(window, "ways home")
        window.press("Return")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name in ("Open File", "打开档案")], "the way home")
        self.check(window, "way home")
        self.walk_tracing(window)
        window.press("ctrl+9")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name in ("Take in a bundle", "导入数据包")], "the other stations")
        self.check(window, "other stations")
        window.press("ctrl+0")
        window.wait_for(lambda: len(window.find_all("combo box")) == 2, "the prompt list")
        self.check(window, "prompt list")

    def walk_tracing(self, window):
        window.press("ctrl+g")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name.startswith(("Missing Reports", "报失登记"))], "the cases")
        window.wait_for(lambda: [node for node in window.find_all("list item") if NAME in node.name and node.has("focused")], "the case")
        self.check(window, "cases")
        window.press("Return")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name.startswith(("Add Clue", "登记线索"))], "the desk of the case")
        self.check(window, "case")
        self.open_row(window, "compare", REPORTED)
        window.press("Escape")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name.startswith(("Add Clue", "登记线索"))], "the desk again")
        window.press("Escape")
        window.press("alt+r")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name.startswith(("Take Down", "登记报失"))], "the reports")
        self.check(window, "missing reports")
        self.dialog(window, "a report", "ctrl+shift+n")
        self.open_row(window, "one report", REPORTED)
        window.press("Escape")
        window.press("alt+o")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name.startswith(("Write Web Pages", "生成网页"))], "the notices")
        self.check(window, "notices")
        self.open_row(window, "one notice", "G20")
        window.press("Escape")
        window.press("alt+x")
        window.wait_for(lambda: [node for node in window.find_all("push button") if node.name.startswith(("Choose a File", "选择文件")) and node.has("focused")], "the lists")
        self.check(window, "external lists")
        window.press("Return")
        window.open_file(self.path("list.csv"))
        window.wait_for(lambda: [node for node in window.find_all("text") if node.name in ("What for", "用途") and node.has("focused")], "what it is for")
        window.type("police")
        window.press("ctrl+Return")
        window.wait_for(lambda: [node for node in window.find_all("list item") if "2" in node.name and NAME in node.name], "who is known")
        self.check(window, "a list")

    def open_row(self, window, place, words):
        """Activates the row of a list that has these words in it."""
        row = window.find_like("list item", words)
        for _ in range(80):
            window.press("Tab")
            if window.wait_for(lambda: [node for node in window.find_all() if node.has("focused")], "the focus")[0].name == row.name:
                break
        window.press("Return")
        window.wait_for(lambda: not [node for node in window.find_all("list item") if node.name == row.name], place)
        self.check(window, place)

    def walk_duty(self, window):
        window.press("ctrl+1")
        window.wait_for(lambda: [node for node in window.find_all("list item") if " · " in node.name and node.has("focused")], "a task")
        self.check(window, "duty")
        self.dialog(window, "task done", "ctrl+d")
        self.dialog(window, "task not needed", "ctrl+shift+d")
        self.dialog(window, "task added", "ctrl+shift+n")
        window.press("ctrl+4")
        self.focus_on(window, "push button")
        self.check(window, "shift")
        self.dialog(window, "hand-over", "ctrl+h")

    def walk_settings(self, window):
        window.press("ctrl+7")
        self.focus_on(window, "list item")
        for number in range(9):
            window.wait_for(lambda: window.process.poll() is None and self.has_settled(window), "the section")
            self.check(window, f"settings {number + 1}")
            window.press("Down")

    def has_settled(self, window):
        """Whether the section that is chosen has read what it shows."""
        nodes = window.find_all()
        chosen = [node.name for node in nodes if node.role == "list item" and node.has("focused")]
        return chosen and any(node.role == "label" and node.name == chosen[0] and node.parent.role != "list item" for node in nodes)

    def go_back(self, window, before):
        """Closes the dialog; when something was picked in it, the question is answered."""
        above = window.active()
        window.press("Escape")
        window.wait_for(lambda: (top := window.active()) is not None and top.path != above.path, "another window")
        discard = [node for node in window.find_all("push button") if node.name.rstrip("(D)") in ("Discard", "放弃")]
        if discard:
            self.check(window, "question of a dialog")
            discard[0].act()
        window.wait_for(lambda: (top := window.active()) is not None and top.path == before.path, "the window below")

    def wait_above(self, window, before, what):
        window.wait_for(lambda: (top := window.active()) is not None and top.path != before.path, what)

    def dialog(self, window, place, *keys, is_ours=True):
        """Opens a dialog by keys, looks at it and closes it."""
        before = window.active()
        window.press(keys[0])
        self.wait_above(window, before, place)
        window.press(*keys[1:])
        self.check(window, place, is_ours)
        self.go_back(window, before)

    def walk_file(self, window):
        window.press("ctrl+2", "ctrl+f")
        self.focus_on(window, "entry")
        window.press("ctrl+a")
        window.type("wxy")
        window.wait_for(lambda: [node for node in window.find_all("list item") if NAME in node.name], "the person found")
        window.press("Return")
        window.wait_for(lambda: [node for node in window.find_all("push button") if PAPER in node.name], "the file")
        self.check(window, "file")
        self.dialog(window, "admit", "ctrl+Return")
        self.dialog(window, "leave", "ctrl+l")
        self.dialog(window, "leave by escort", "ctrl+l", "6")
        self.dialog(window, "edit", "ctrl+e")
        self.dialog(window, "statement", "ctrl+shift+s")
        self.dialog(window, "kinds of papers", "ctrl+p")
        self.fill_in(window)
        self.dialog(window, "shortcuts", "F1", is_ours=False)
        buttons = [node for node in window.find_all("push button") if PAPER in node.name]
        self.assertEqual(len(buttons), 3, [node.name for node in buttons])
        others = [node for node in window.find_all("push button") if node.name.startswith(("Depart", "登记出发")) or SCAN in node.name]
        self.assertEqual(len(others), 2, [node.name for node in others])
        for button in buttons[1:] + others:  # the first prints anew, which makes another paper
            before = window.active()
            button.act()
            self.wait_above(window, before, button.name)
            self.check(window, button.name)
            self.go_back(window, before)

    def fill_in(self, window):
        before = window.active()
        window.press("ctrl+p")
        self.wait_above(window, before, "kinds of papers")
        window.type("cp")
        window.wait_for(lambda: [node for node in window.find_all("list item", TICKET) if node.has("selected")], TICKET)
        window.press("Return")
        window.wait_active(TICKET)
        self.check(window, "paper to fill in")
        self.go_back(window, before)

    def walk(self, language):
        self.seen = []
        self.n_english = 0
        self.english = english_words()
        store = self.make_store()
        arrived = store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=2",
                            "--set", "person.id_number=" + WOMAN_1949, "--set", "came_by=police", "--words", "我要回家")
        store.one("paper", "issue", "--kind", "intake-registration", "--stay", arrived["stay"]["id"])
        store.one("missing", "add", "--set", "name=" + REPORTED, "--set", "sex=2", "--set", "birth_from=1949-12-31", "--set", "household=110105",
                  "--set", "reporter=王强", "--set", "phone=13800000001")
        store.one("notice", "prepare", arrived["person"]["id"], "--set", "consent=agrees")
        with open(self.path("list.csv"), "w", encoding="utf-8") as file:
            file.write(f"姓名,性别,身份证号\n{NAME},女,{WOMAN_1949}\n")
        store.one("case", "open", "--stay", arrived["stay"]["id"])
        store.one("transfer", "plan", arrived["stay"]["id"], "--set", "kind=hand-over", "--set", "to_station=" + HOME, "--set", "to_region=511502")
        store.one("paper", "blank", "intake-registration", "--pdf", self.path("scan.pdf"))
        store.one("file", "add", arrived["person"]["id"], self.path("scan.pdf"), "--title", SCAN)
        store.one("task", "add", "--set", "kind=other", "--set", "text=交电费", "--set", "due_at=2026-01-02 10:00")
        self.walk_set_up(language)
        window = self.open(store.directory, language)
        window.wait_log_in()
        self.check(window, "log-in")
        window.log_in()
        self.walk_pages(window)
        self.walk_file(window)
        self.walk_settings(window)
        print(f"seen in {language}: {', '.join(self.seen)}", flush=True)

    def test_english(self):
        """Also shows that the search for English words finds them where they are."""
        self.walk("en")
        self.assertGreater(self.n_english, LEAST_ENGLISH)

    def test_chinese(self):
        self.walk("zh_CN")


main()
