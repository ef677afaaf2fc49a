# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding families by keyboard: the case of somebody who can't say who they are, from the first words to what came of a clue."""

import unittest

from desk import DeskTest
from window import IS_SANITIZED, main

WORDS = "我家在宜宾江安"


class TracingTest(DeskTest):

    def set_up(self):
        """A man is in the house of whom nobody knows who he is."""
        self.person = self.admit_unknown()
        self.store.one("person", "statement", "--set", "person=" + self.person, "--set", "about=home", "--set", "text=" + WORDS)

    def show(self):
        return self.store.one("case", "show", self.person)

    def open_case(self, window):
        window.press("ctrl+g")
        window.wait_for(lambda: [node for node in window.find_all("list item") if "No caseworker" in self.below(node) and node.has("focused")], "the case with the keyboard")
        window.press("Return")
        window.label("Next step: ")

    def below(self, node):
        return " ".join(part.name for part in node.below())

    def dialog(self, window, title, *keys):
        """Saves what the dialog holds."""
        window.press(*keys)
        window.wait_active(title)

    def save(self, window):
        window.press("ctrl+Return")
        window.wait_active("Guitu")

    def test_a_case_as_a_desk(self):
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.open_case(window)
        window.label(f"“{WORDS}”")
        self.next_step(window)
        self.make_clue_of_guess(window)
        self.follow_clue(window)
        self.note_what_is_next(window)
        window.press("ctrl+o")
        window.button("More")
        window.wait_for(lambda: window.find_all("push button", "Add Photo"), "the file of the person")
        window.press("alt+Left")
        window.label("Next step: ")
        window.press("Escape")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith("无名氏 · ") and node.has("focused")], "the list")

    def next_step(self, window):
        """A query is next: Ctrl+Enter writes it down, and another step is next."""
        step = self.show()["next_step"]["kind"]
        kind = {"quick-query": "national-system", "police-query": "police"}[step]
        window.wait_focus("push button", "Record the Query…")
        self.dialog(window, "Inquiry or Call", "ctrl+Return")
        window.entry("Who was asked").set_text("全国救助管理信息系统")
        self.go_to(window, "Result")
        self.choose(window, "Nothing found")
        self.save(window)
        window.label("全国救助管理信息系统")
        (inquiry,) = self.show()["inquiries"]
        self.assertEqual((inquiry["kind"], inquiry["result"]), (kind, "none"))
        self.assertNotEqual(self.show()["next_step"]["kind"], step)

    def make_clue_of_guess(self, window):
        """A place that the words may mean becomes a clue by its button, and stands among the places named."""
        window.wait_for(lambda: window.find_all("push button", "Make a clue of it: 四川省宜宾市江安县"), "the guess")
        window.find("push button", "Make a clue of it: 四川省宜宾市江安县").act()
        window.wait_active("Add a Clue")
        window.wait_text("Clue", f"May be 四川省宜宾市江安县: “{WORDS}”")
        self.save(window)
        window.find_like("list item", "May be 四川省宜宾市江安县")
        (clue,) = self.show()["clues"]
        self.assertEqual((clue["place"], clue["source"], clue["state"], clue["about"]), ("511523", "statement", "new", "home"))
        self.assertEqual([(place["name"], place["level"], place["times"]) for place in self.show()["places"]],
                         [("四川省", 0, 2), ("宜宾市", 1, 2), ("江安县", 2, 2)])
        window.find("list item", "江安县")

    def follow_clue(self, window):
        """What is needed is said at its field, and nothing typed is lost."""
        window.find_like("push button", "Ask… May be")
        self.go_to(window, "May be 四川省宜宾市江安县: “我家在宜宾江安”")
        self.dialog(window, "What Came of the Clue", "Return")
        self.go_to(window, "State")
        self.choose(window, "Promising")
        window.press("ctrl+Return")
        window.wait_described("What came of it", "This must be filled in.")
        window.type("cun wei hui ren de ta")
        self.save(window)
        (clue,) = self.show()["clues"]
        self.assertEqual((clue["state"], clue["outcome"]), ("promising", "cun wei hui ren de ta"))
        window.label("→ cun wei hui ren de ta")

    def note_what_is_next(self, window):
        self.dialog(window, "Note or Review", "ctrl+m")
        window.entry("Text").set_text("江安县有同名人员")
        window.entry("Next step").set_text("请江安县救助站走访")
        window.press("ctrl+Return")
        window.wait_described("Next step by", "This must be filled in.")
        window.entry("Next step by").set_text("2030-01-05")
        self.save(window)
        window.label("江安县有同名人员")
        (task,) = [task for task in self.show()["tasks"] if task["kind"] == "case-step"]
        self.assertEqual(task["text"], "请江安县救助站走访")

    def test_the_key_of_a_part(self):
        """The key of the part that is open counts before the key after it: what Return opens stays open."""
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.open_case(window)
        for keys in (("alt+c", "Return"), ("alt+c", "alt+c", "Return")):
            window.press(*keys)
            window.settle()
            window.label("Next step: ")
            window.wait_focus("push button", "Record the Query…")

    def test_searching_on(self):
        """Who was collected by mistake is searched for again, and nothing asks for the end of that search."""
        self.set_up()
        stay = self.show()["stay"]["id"]
        self.store.one("stay", "leave", stay, "--leave_by", "kin", "--received_by", "赵大明", "--receiver_id", "440105199003071032", "--receiver_proof", "户口簿")
        self.store.one("case", "close", self.person, "--closed_as", "family", "--close_text", "家属认领", "--confirmed_how", "visit", "--confirmed_by", "赵大明",
                       "--verified_by", "kin")
        window = self.open(self.store.directory)
        self.log_in(window, "leader")
        self.open_person(window, self.show()["stay_number"], "无名氏")
        self.pick(window, "The Case of Family Tracing…", "Guitu")
        window.label("The case is closed.")
        self.pick(window, "Search On…", "Search On")
        window.press("ctrl+Return")
        window.wait_described("Why", "This must be filled in.")
        window.type("not his son")
        self.save(window)
        window.label("Search taken up again")
        window.wait_for(lambda: not window.find_all("push button", "Close the Case…"), "no end of the search that is due")

    def test_what_leads_to_the_case(self):
        """A duty of the search leads to its case, and so does the file; who may be sought is warned of in the file."""
        self.set_up()
        self.store.one("person", "edit", self.person, "--set", "name=张建国", "--set", "height_cm=172", "--set", "household=511523")
        self.store.one("missing", "add", "--set", "name=张建国", "--set", "sex=1", "--set", "birth_from=1975-03-02", "--set", "height_cm=172", "--set", "household=511523",
                       "--set", "reporter=张建军", "--set", "phone=13800000001")
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        window.press("ctrl+1")
        window.wait_for(lambda: [node for node in window.find_all("list item") if "query" in node.name and node.has("focused")] or window.press("Down"), "a query with the keyboard")
        window.press("ctrl+d")
        window.label("Next step: ")
        window.find_like("list item", "张建国 · B2026")
        self.open_person(window, "zhangjianguo", "张建国")
        window.find_like("list item", "A family may be looking for this person: report B2026-1-0001")
        window.label("phone of the family 13800000001")
        self.pick(window, "The Case of Family Tracing…", "Guitu")
        window.label("Next step: ")

    def test_who_was_here_before(self):
        """Somebody on file may be the man: compared field by field, left open, and found to be one."""
        self.set_up()
        known = self.store.one("person", "add", "--set", "name=张建国", "--set", "sex=1", "--set", "birth_from=1975-03-02", "--set", "height_cm=172",
                               "--set", "household=511523", "--set", "marks=左手背有烫伤疤痕")["id"]
        self.store.one("person", "edit", self.person, "--set", "name=张建国", "--set", "height_cm=172", "--set", "marks=左手背有烫伤疤痕")
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.open_case(window)
        window.label("May Be on File Already")
        for verdict, key, words in (("Unclear", "alt+u", "a photo is missing"), ("The Same Person", "alt+s", "photo")):
            match = window.find_like("list item", "张建国 · Male")
            self.go_to(window, match.name)
            window.press("Return")
            window.wait_active("Compare")
            window.label("Who it may be")
            window.find_like("list item", "Name: theirs 张建国, ours 张建国. same, speaks")
            window.press(key)
            window.wait_active(verdict)
            if verdict == "The Same Person":
                window.label("Only where a low age")
            window.press("ctrl+Return")
            window.wait_described("Reason", "This must be filled in.")
            window.type(words)
            self.save(window)
            if verdict == "Unclear":
                window.label("Unclear")
                (match,) = self.store.all("match", self.person)
                self.assertEqual((match["id"], match["verdict"], match["reason"]), (known, "unclear", words))
        window.wait_for(lambda: not window.find_all("label", "May Be on File Already"), "nobody else on file")
        self.assertEqual(len(self.store.one("person", "show", known)["stays"]), 1)

    def open_list(self):
        """list.csv is chosen on the page of lists; the keyboard is where it is asked what for."""
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        window.press("ctrl+g")
        window.button("External Lists")
        window.press("alt+x")
        window.wait_focus("push button", "Choose a File…")
        window.press("Return")
        window.open_file(self.path("list.csv"))
        window.wait_focus("text", "What for")
        return window

    def test_a_list_from_outside(self):
        """A table of the police: what the columns are is guessed and set right, who is known here told with the reasons, and written."""
        self.set_up()
        known = self.store.one("person", "add", "--set", "name=张建国", "--set", "sex=1", "--set", "birth_from=1975-03-02", "--set", "height_cm=172",
                               "--set", "household=511523")["id"]
        with open(self.path("list.csv"), "w", encoding="utf-8") as file:
            file.write("走失人,性别,出生日期,户籍\n张建国,男,1975-03-02,四川省宜宾市江安县\n司马光明,男,1999-09-09,北京市\n")
        window = self.open_list()
        window.label("list.csv · UTF-8")
        window.press("ctrl+Return")
        window.label("This must be filled in")
        window.wait_focus("text", "What for")
        window.type("request of the police")
        self.go_to(window, "What “走失人” is")
        self.choose(window, "Name")
        window.press("ctrl+Return")
        match = window.find_like("list item", "Row 2, 张建国: 张建国 on file")
        window.label("1 of 2 rows are known here")
        self.press_to(window, "Write to a File…")
        window.save_file(self.path("written.csv"))
        window.label("Saved")
        with open(self.path("written.csv"), encoding="utf-8-sig") as file:
            self.assertIn(known, file.read())
        (logged,) = [entry for entry in self.store.all("access", "list") if entry["act"] == "compare"]
        self.assertIn("request of the police", logged["detail"])
        self.go_to(window, match.name)
        window.press("Return")
        window.label("张建国")
        window.press("alt+Left")
        window.find_like("list item", "Row 2, 张建国")

    def test_two_lists(self):
        """Rows that stand twice in a list, and those of one list in another; each comparison is logged once."""
        self.set_up()
        rows = "姓名,性别,出生日期,户籍\n张建国,男,1975-03-02,四川省宜宾市江安县\n司马光明,男,1999-09-09,北京市\n"
        for name, text in (("list.csv", rows + "张建国,男,1975-03-02,四川省宜宾市江安县\n"), ("other.csv", rows)):
            with open(self.path(name), "w", encoding="utf-8") as file:
                file.write(text)
        window = self.open_list()
        self.go_to(window, "Look among")
        self.choose(window, "Twice in this list")
        self.go_to(window, "Matches to tell")
        self.choose(window, "Likely and more")
        window.press("ctrl+Return")
        window.find_like("list item", "Row 2, 张建国: row 4, 张建国")
        self.go_to(window, "Look among")
        self.choose(window, "Another list…")
        window.open_file(self.path("other.csv"))
        window.wait_focus("push button", "The other list: other.csv")
        self.assertEqual(window.find_all("push button", "Write to a File…"), [])
        window.press("ctrl+Return")
        window.find_like("list item", "Row 3, 司马光明: row 3, 司马光明")
        window.label("3 of 3 rows were found")
        self.assertEqual([entry["detail"] for entry in self.store.all("access", "list") if entry["act"] == "compare"], ["list.csv: 3 → 3", "list.csv: 3 → 1"])

    def test_the_first_row(self):
        """What the first row is, is seen, and said by who knows better; the keyboard goes down the page as it is worked through."""
        self.set_up()
        self.store.one("person", "add", "--set", "name=张建国", "--set", "sex=1", "--set", "birth_from=1975-03-02", "--set", "household=511523")
        with open(self.path("list.csv"), "w", encoding="utf-8") as file:
            file.write("张建国,男,1975-03-02,四川省宜宾市江安县\n司马光明,男,1999-09-09,北京市\n")
        window = self.open_list()
        window.type("request of the police")
        for key, column in (("Up", "张建国"), ("Down", "Column 1")):
            self.go_to(window, "What the first row is")
            window.press("space")
            window.wait_for(lambda: [node for node in window.find_all("list item") if node.has("focused")], "the list")
            window.press(key, "Return")
            window.find("label", column)
        for name in ("Matches to tell", "What “Column 1” is", "What “Column 4” is", "Compare"):
            self.go_to(window, name)
        window.press("Return")
        window.find_like("list item", "Row 1, 张建国: 张建国 on file")
        window.label("1 of 2 rows are known here")

    def press_to(self, window, name):
        self.go_to(window, name)
        window.press("Return")

    def test_a_family_reports(self):
        """A family calls: the report is taken down, and fits who is in the house; judged side by side, confirmed, and closed."""
        self.set_up()
        self.store.one("person", "edit", self.person, "--set", "name=张建国", "--set", "height_cm=172", "--set", "marks=左手背有烫伤疤痕", "--set", "household=511523")
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        window.press("ctrl+g")
        window.find_like("list item", "张建国")
        window.press("alt+r")
        window.label("No Family Searches Here")
        self.take_down(window)
        self.compare(window)
        self.close_report(window)

    def take_down(self, window):
        self.dialog(window, "A Family Reports Somebody Missing", "ctrl+shift+n")
        window.wait_focus("text", "Name")
        window.entry("Name").set_text("张建国")
        self.go_to(window, "Sex")
        self.choose(window, "Male")
        for name, text in (("Birth or age", "1975-03-02"), ("Height (cm)", "172"), ("Body marks", "左手背有烫伤疤痕"), ("Household register", "四川省宜宾市江安县"),
                           ("Missing since", "2025-06-01"), ("Reported by", "张建军")):
            window.entry(name).set_text(text)
        window.press("ctrl+Return")
        window.wait_described("Phone of the reporter", "This must be filled in.")
        window.wait_text("Reported by", "张建军")
        window.type("13800000001")
        self.go_to(window, "Who may see it")
        self.choose(window, "All stations")
        window.label("All stations see who is missing, when and where · without the photo · without the phone of the family")
        self.save(window)
        (report,) = self.store.all("missing", "list", "--open")
        self.assertEqual((report["name"], report["sharing"], report["phone"]), ("张建国", "stations", "13800000001"))
        window.label("What the Family Says")

    def compare(self, window):
        """Both sides, each field with how it fits; the verdict is kept with its reason."""
        match = window.find_like("list item", "张建国 · 2026-1-0001")
        self.go_to(window, match.name)
        window.press("Return")
        window.wait_active("Compare")
        window.find_like("list item", "Name: theirs 张建国, ours 张建国. same, speaks")
        window.find_like("list item", "Height (cm): theirs 172, ours 172. same")
        window.click("Same Person…")
        window.wait_active("The Same Person")
        window.press("ctrl+Return")
        window.wait_described("Reason", "This must be filled in.")
        window.type("photo")
        window.press("ctrl+Return")
        window.wait_active("Compare")
        window.label("The same person · photo · zhao")
        (finding,) = self.store.all("finding", "list", "--all")
        self.assertEqual((finding["verdict"], finding["reason"]), ("same", "photo"))

    def close_report(self, window):
        window.click("The Family Confirmed…")
        window.wait_active("End the Search")
        self.choose(window, "Video call with kin")
        window.press("ctrl+Return")
        window.wait_active("Compare")
        window.press("Escape")
        window.wait_active("Guitu")
        window.label("Found")
        (report,) = self.store.all("missing", "list")
        self.assertEqual((report["state"], report["confirmed_how"], report["found"]), ("found", "video", self.person))

    def test_a_notice(self):
        """Prepared from the case, put into other words, approved by another, published, put up, withdrawn and taken down."""
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "zhao")
        self.open_case(window)
        self.prepare(window)
        window.press("ctrl+shift+l")
        self.log_in(window, "leader")
        window.press("ctrl+g")
        window.label("Waiting for Approval or Sent Back")
        self.go_to(window, window.find_like("list item", "不详").name)
        window.press("Return")
        self.act(window, "Approve…", "Approve the Notice")
        window.find("push button", "Publish").act()
        window.wait_for(lambda: self.notice()["state"] == "published", "the notice out")
        self.put_up_and_withdraw(window)

    def notice(self):
        return self.store.one("notice", "show", self.store.one("notice", "list", "--all")["id"])

    def prepare(self, window):
        self.pick(window, "Prepare a Notice…", "Prepare a Notice")
        self.choose(window, "Cannot say")
        self.save(window)
        window.label("What It Says")
        window.find("push button", "Change the Words…").act()
        window.wait_active("Change the Words")
        window.entry("Looks and marks").set_text("电话13800000001")
        window.press("ctrl+Return")
        window.wait_described("Looks and marks", "The public does not read it")
        window.entry("Looks and marks").set_text("左手背有疤")
        self.save(window)
        window.label("左手背有疤")
        self.assertEqual((self.notice()["draft"]["marks"], self.notice()["consent"]), ("左手背有疤", "cannot"))
        self.assertEqual(window.find_all("push button", "Approve…"), [])

    def act(self, window, button, title):
        window.find("push button", button).act()
        window.wait_active(title)
        self.save(window)

    @unittest.skipIf(IS_SANITIZED, "faketime does not go together with the sanitizers")
    def test_a_month_later(self):
        """A notice that is out is looked at each month: right as it is, by one act; and it is printed as a poster."""
        self.set_up()
        notice = self.store.one("notice", "prepare", self.person, "--set", "consent=cannot", user="zhao")["id"]
        self.store.one("notice", "review", notice, "--approve", user="leader")
        self.store.one("notice", "publish", notice, user="zhao")
        self.store.days = 40
        window = self.open(self.store.directory, days=40)
        self.log_in(window, "zhao")
        window.press("ctrl+g")
        window.button("Notices")
        window.press("alt+o")
        window.label("Due for the Monthly Refresh")
        name = window.find_like("push button", "Right as It Is").name
        self.press_to(window, name)
        window.label("Refreshed as it is.")
        window.wait_for(lambda: not window.find_all("label", "Due for the Monthly Refresh"), "nothing due")
        shown = self.notice()
        self.assertGreater(shown["refreshed_at"], shown["published_at"])
        window.press("alt+o")
        window.wait_for(lambda: [node for node in window.find_all("list item") if shown["number"] in node.name and node.has("focused")], "the notice with the keyboard")
        window.press("Return")
        self.press_to(window, "Poster…")
        paper = window.wait_for(lambda: self.store.all("paper", "list"), "the poster")[0]
        self.assertEqual((paper["kind"], paper["state"]), ("tracing-notice", "issued"))
        window.wait_active(paper["number"])

    def put_up_and_withdraw(self, window):
        window.find("push button", "Put Up…").act()
        window.wait_active("Where It Was Put Up")
        self.choose(window, "Poster")
        window.entry("Where").set_text("海珠广场")
        self.save(window)
        window.find_like("list item", "Poster")
        window.find("push button", "Withdraw…").act()
        window.wait_active("Withdraw the Notice")
        self.choose(window, "Mistake")
        window.entry("Withdrawn because").set_text("weight was wrong")
        self.save(window)
        window.find("push button", "Taken Down… Poster").act()
        window.wait_active("Taken Down")
        window.type("photo of the wall")
        self.save(window)
        window.label("photo of the wall")
        notice = self.notice()
        self.assertEqual((notice["state"], notice["withdrawn_as"]), ("withdrawn", "mistaken"))
        self.assertIsNotNone(notice["channels"][0]["withdrawn_at"])


main()
