# SPDX-License-Identifier: GPL-3.0-or-later
"""A man of whom nobody knows who he is, his family at another station, and five days between: all of it in the real
window, by keys alone. What is Chinese is put into its field as an input method does."""

import unittest

from desk import DeskTest
from window import IS_SANITIZED, PASSWORD, PATIENCE, Missing, main

HERE, THERE = "440105001", "511502001"
THEM = "宜宾市翠屏区救助管理站"
SON = "511523198503071011"
SAID = (("我叫欧阳海滔", "Name", "ouyang haitao"), ("我家在宜宾江安", "Home", "yi bin jiang an"), ("我儿子叫欧阳强", "Kin", "ou yang qiang"))


class ReunionTest(DeskTest):

    def set_up(self):
        """Two stations that know each other; at the other one nobody is missed yet."""
        self.make_staff()
        self.there = self.make_store("yibin", THERE, THEM, "511502")
        for store in (self.store, self.there):
            store.one("user", "add", "--set", "name=zhao", "--set", "role=caseworker", "--password", PASSWORD)
        for source, target in ((self.store, self.there), (self.there, self.store)):
            source.one("station", "card", self.path("card.json"))
            target.one("station", "trust", self.path("card.json"))

    def begin_day(self, days):
        self.store.days = self.there.days = days
        self.window = self.open(self.store.directory, days=days)

    def end_day(self):
        self.assertEqual(self.window.quit(), 0)

    # --- Ways of the hand -------------------------------------------------------------------------

    def change_user(self, user):
        self.window.press("ctrl+shift+l")
        self.log_in(self.window, user)

    def save(self):
        self.window.press("ctrl+Return")
        self.window.wait_active("Guitu")

    def begin(self, title, *keys):
        self.window.press(*keys)
        self.window.wait_active(title)

    def press_button(self, name, title=None):
        """By Tab to the button, and pressed there."""
        self.go_to(self.window, name)
        self.window.press("Return")
        if title:
            self.window.wait_active(title)

    def open_case(self):
        """From the part that was open last. A key on a button counts a quarter of a second later: it must not come after Return."""
        window = self.window

        def focused():
            rows = [node for node in window.find_all("list item") if "aseworker" in " ".join(part.name for part in node.below())]
            return [node for node in rows if node.has("focused")]

        window.press("ctrl+g")
        try:
            window.wait_for(focused, "the case with the keyboard", PATIENCE / 6)
        except Missing:
            window.press("alt+c")
            window.wait_for(focused, "the case with the keyboard")
        window.press("Return")
        window.label("Next step: ")

    def case(self):
        return self.store.one("case", "show", self.person)

    def notice(self):
        return self.store.one("notice", "show", self.store.one("notice", "list", "--all")["id"])

    # --- The days ---------------------------------------------------------------------------------

    def admit(self):
        """He gives no name: what is seen and who brought him are enough, and the case opens itself."""
        window = self.window
        self.log_in(window, "clerk")
        window.press("ctrl+n", "1", "2")
        self.go_to(window, "Birth or age")
        window.type("67")
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        self.begin("Admit", "ctrl+Return")
        window.press("ctrl+Return")
        window.wait_focus("push button", "Leave…")
        (case,) = self.store.all("case", "list")
        self.person = case["person"]

    def say(self, number):
        text, about, sound = SAID[number]
        window = self.window
        self.begin("Add Statement", "ctrl+shift+s")
        window.wait_focus("text", "Words")
        window.entry("Words").set_text(text)
        self.go_to(window, "About")
        self.choose(window, about)
        self.go_to(window, "Sounds like")
        window.type(sound)
        self.save()
        window.label(f"“{text}”")

    def publish(self):
        """Prepared from the case, approved by another, published and put up."""
        window = self.window
        self.pick(window, "Prepare a Notice…", "Prepare a Notice")
        self.choose(window, "Cannot say")
        self.save()
        window.label("What It Says")
        self.change_user("leader")
        self.begin("Guitu", "ctrl+1")
        window.wait_for(lambda: [node for node in window.find_all("list item") if "pprove" in node.name and node.has("focused")] or window.press("Down"), "the notice that waits")
        window.press("ctrl+d")
        self.press_button("Approve…", "Approve the Notice")
        self.save()
        self.change_user("zhao")
        window.press("ctrl+g", "alt+o")
        self.go_to(window, window.find_like("list item", "不详").name)
        window.press("Return")
        self.press_button("Publish")
        window.wait_for(lambda: self.notice()["state"] == "published", "the notice out")
        self.press_button("Put Up…", "Where It Was Put Up")
        self.choose(window, "Poster")
        self.go_to(window, "Where")
        window.type("Haizhu")
        self.save()
        window.find_like("list item", "Poster")

    def family_reports(self):
        self.there.one("missing", "add", "--set", "name=欧阳海涛", "--set", "sex=1", "--set", "birth_from=1958-03-02", "--set", "birth_to=1958-03-02", "--set", "household=511523",
                       "--set", "kin=儿子欧阳强", "--set", "reporter=欧阳强", "--set", "kinship=20", "--set", "phone=13800001234", "--set", "sharing=stations",
                       "--set", "allow_phone=yes", "--set", "lost_on=2026-11-01", user="zhao")

    def take_in(self):
        """What the other station wrote comes on a stick."""
        window = self.window
        self.change_user("wang")
        self.there.one("bundle", "export", self.path("theirs.gtb"), "--to", HERE)
        window.press("ctrl+9")
        self.press_button("Take in a bundle")
        window.open_file(self.path("theirs.gtb"))
        window.label("taken in")

    def give_out(self, name):
        """What the other station is told, on a stick."""
        window = self.window
        self.change_user("wang")
        window.press("ctrl+9")
        self.press_button("Write a bundle for " + THEM)
        window.save_file(self.path(name))
        window.label(name + " is written")
        self.there.one("bundle", "import", self.path(name), user="")

    def compare(self):
        window = self.window
        self.open_case()
        self.go_to(window, window.find_like("list item", "欧阳海涛 · ").name)
        self.begin("Compare", "Return")
        window.find_like("list item", "Name: theirs 欧阳海涛, ours ouyang haitao. sounds alike, speaks strongly for it")
        window.find_like("list item", "Household register: theirs 四川省宜宾市江安县, ours 我家在宜宾江安. same, speaks strongly for it")
        window.find_like("list item", "Kin: theirs 儿子＊")  # the reporter's name stays at home
        self.assertEqual([node.name for node in window.find_all("list item") if "against" in node.name], [])
        self.begin("The Same Person", "alt+s")
        window.type("video call with the son")
        self.begin("Compare", "ctrl+Return")
        window.label("The same person · ")
        window.press("Escape")
        window.wait_active("Guitu")

    def family_confirms(self):
        (told,) = self.there.all("finding", "list", user="zhao")
        self.there.one("finding", "decide", told["id"], "--verdict", "same", "--reason", "电话核实", user="zhao")
        self.there.one("missing", "close", told["missing"]["number"], "--as", "found", "--finding", told["id"], "--confirmed_how", "video", user="zhao")

    def leave(self):
        window = self.window
        self.open_person(window, self.case()["stay_number"], "无名氏")
        self.begin("Leave the Station", "ctrl+l")
        window.press("2")
        self.assertTrue(window.button("Collected by kin").has("pressed"))
        self.go_to(window, "Received by")
        window.entry("Received by").set_text("欧阳强")
        self.go_to(window, "Kinship")
        self.choose(window, "Son")
        self.go_to(window, "ID number")
        window.type(SON)
        self.go_to(window, "Phone")
        window.type("13800001234")
        self.go_to(window, "Proof of kinship")
        window.type("ID card, household register")
        self.save()
        window.wait_for(lambda: self.case()["stay"]["state"] == "left", "the departure")
        notice, stay = self.notice(), self.case()["stay"]
        self.assertEqual((notice["state"], notice["withdrawn_as"], notice["withdrawn_at"][:10]), ("withdrawn", "reunited", stay["left_at"][:10]))

    def clear_up(self):
        """The poster is taken off its wall, and the case is closed with who confirmed it."""
        window = self.window
        self.change_user("zhao")
        window.press("ctrl+1")
        window.wait_for(lambda: [node for node in window.find_all("list item") if "Take" in node.name and node.has("focused")] or window.press("Down"), "the poster that hangs")
        window.press("ctrl+d")
        self.press_button("Taken Down… Poster", "Taken Down")
        window.type("photo of the wall")
        self.save()
        window.label("photo of the wall")
        self.change_user("leader")
        self.open_case()
        window.wait_focus("push button", "Close the Case…")
        self.begin("Close the Case", "ctrl+Return")
        self.choose(window, "Family found")
        self.go_to(window, "How it was solved")
        window.type("found by the report at the other station")
        self.go_to(window, "Confirmed by way of")
        self.choose(window, "Kin came in person")
        self.go_to(window, "Who confirmed")
        window.type("his son")
        self.go_to(window, "Verified by")
        self.choose(window, "Confirmed by kin")
        self.save()
        window.label("The case is closed.")
        self.assertEqual(self.case()["closed_as"], "family")

    def check_end(self):
        """Both stations know that it is over, and neither holds what the other told of him."""
        self.give_out("end.gtb")
        self.take_in()
        (shared,) = self.store.all("missing", "list", "--elsewhere")
        self.assertEqual((shared["state"], "name" in shared, "household" in shared), ("found", False, False))
        (report,) = self.there.all("missing", "list")
        self.assertEqual((report["state"], report["confirmed_how"]), ("found", "video"))
        for store in (self.store, self.there):
            self.assertEqual([finding["is_over"] for finding in store.all("finding", "list", "--all", user="zhao")], [True])
            self.assertEqual([task["kind"] for task in store.all("tasks", user="zhao") if task["kind"].startswith(("finding", "notice", "case"))], [])

    def test_a_man_finds_home(self):
        self.set_up()
        self.begin_day(0)
        self.admit()
        self.change_user("zhao")
        self.open_case()
        self.say(0)
        self.publish()
        self.assertEqual(self.notice()["published_at"][:10], self.case()["opened_at"][:10])
        self.end_day()
        self.begin_day(2)
        self.log_in(self.window, "zhao")
        self.open_case()
        self.say(1)
        self.give_out("notice.gtb")
        self.family_reports()
        self.end_day()
        self.begin_day(4)
        self.log_in(self.window, "zhao")
        self.open_case()
        self.say(2)
        self.take_in()
        self.change_user("zhao")
        self.compare()
        self.give_out("found.gtb")
        self.family_confirms()
        self.end_day()
        self.begin_day(5)
        self.log_in(self.window, "clerk")
        self.leave()
        self.clear_up()
        self.check_end()


if IS_SANITIZED:
    ReunionTest = unittest.skip("faketime does not go together with the sanitizers")(ReunionTest)
main()
