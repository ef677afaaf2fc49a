# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings, the lock and the change of user by keyboard alone; the command line tells what came of it."""

from window import PASSWORD, WindowTest, main


class SettingsTest(WindowTest):

    def open_settings(self, store, section="House"):
        window = self.open(store.directory)
        window.log_in()
        self.go_to(window, section)
        return window

    def go_to(self, window, section):
        """The list of sections, and down to one of them."""
        window.press("ctrl+7")
        window.wait_focus("list item", "House")
        for name in ("House", "Rules", "Calendar", "Code Lists", "Users"):
            window.wait_focus("list item", name)
            if name == section:
                return
            window.press("Down")

    def fill(self, window, **entries):
        for name, text in entries.items():
            window.entry(name.replace("_", " ")).set_text(text)

    def choose(self, window, name, steps, chosen):
        """Picks an entry of a drop-down by keys, and waits until its list has closed."""
        def has_closed():
            return any(node.has("focused") and node.description == chosen for node in window.find_all(name=name)) and not window.find_all("list item")

        window.wait_for(lambda: [node for node in window.find_all(name=name) if node.has("focused")], f"focus on {name}")
        window.press("space")
        window.wait_for(lambda: window.find_all("list item"), "the list of " + name)
        window.press(*["Down"] * steps, "Return")
        window.wait_for(has_closed, f"{name}: {chosen}")

    def change_user(self, window, name, password=PASSWORD):
        window.press("ctrl+shift+w")
        window.wait_active("Switch User")
        window.type(name)
        window.press("Return")
        window.type(password)
        window.press("Return")

    def test_first_room(self):
        store = self.make_store()
        window = self.open_settings(store)
        window.label("No Rooms Yet")
        window.press("Return")
        window.wait_focus("push button", "Add Room…")
        window.press("Return")
        window.wait_active("Add Room")
        window.type("101")
        window.press("Tab")
        self.choose(window, "Zone", 1, "Men")
        window.entry("Beds").set_text("0")
        window.press("ctrl+Return")
        window.wait_described("Beds", "too small or too large")
        window.entry("Beds").set_text("4")
        window.entry("Beds not in use").set_text("3")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("0 taken · 3 free")
        room = store.one("house", "show")
        self.assertEqual((room["name"], len(room["beds"]), room["free"], room["closed_beds"]), ("101", 4, 3, "3"))
        window.click("Close Room 101")
        window.label("Closed")
        self.assertEqual(store.one("house", "show")["state"], "disabled")

    def test_own_rule(self):
        store = self.make_store()
        window = self.open_settings(store, "Rules")
        window.label("Limit of a stay")
        window.press("Return")
        window.wait_focus("entry", "Search rules")
        search = window.find("entry", "Search rules")
        for typed in ("月报", "monthly_report_day"):  # in force in another province only
            search.set_text(typed)
            window.gone("label", "Limit of a stay")
            window.label("Monthly report")
            window.label("Not set here")
        search.set_text("limit of a stay")
        window.gone("label", "Cash at most")
        window.label("Limit of a stay")
        window.press("Tab", "Return")
        window.wait_active("Limit of a stay")
        window.label("《生活无着的流浪乞讨人员救助管理机构工作规程》")
        window.wait_focus("push button", "Set for This Station…")
        window.press("Return")
        window.wait_active("Set for This Station")
        self.fill(window, Value="fourteen", In_force_from="2026-01-01", Source="粤民发〔2026〕1号")
        window.press("ctrl+Return")
        window.wait_described("Value", "whole number")
        window.entry("Value").set_text("14")
        window.press("ctrl+Return")
        window.wait_active("Limit of a stay")
        window.label("Set by this station")
        window.press("Escape")
        window.wait_active("Guitu")
        window.label("14 days")
        window.label("Set by this station")
        rule = store.one("rule", "list", "stay_limit_days")
        self.assertEqual((rule["value"], rule["source"], rule["citation"]), ("14", "station", "粤民发〔2026〕1号"))

    def test_new_user_takes_over(self):
        store = self.make_store()
        window = self.open_settings(store, "Users")
        window.press("Return")
        window.wait_focus("push button", "My Password…")
        window.press("Tab", "Return")
        window.wait_active("Add User")
        self.fill(window, User_name="zhang", Full_name="张芳", Password=PASSWORD, Password_again=PASSWORD + "x")
        window.press("Tab", "Tab")
        self.choose(window, "Role", 1, "Intake")
        window.press("ctrl+Return")
        window.wait_described("Password again", "not what was typed above")
        window.entry("Password again").set_text(PASSWORD)
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("张芳 · Intake")
        self.assertEqual([user["role"] for user in store.all("user", "list")], ["administrator", "intake"])
        window.press("ctrl+2", "ctrl+n", "2", "2")
        window.wait_for(lambda: [node for node in window.find_all("text", "Name") if node.has("focused")], "the name")
        window.type("Li Hua")
        self.change_user(window, "zhang", "wrong-password")
        window.wait_described("Password", "wrong")
        window.press("ctrl+a")
        window.type(PASSWORD)
        window.press("Return")
        window.wait_active("Guitu")
        window.label("zhang")
        window.wait_text("Name", "Li Hua")
        self.go_to(window, "House")
        window.label("No Rooms Yet")
        self.assertEqual(window.find_all("push button", "Add Room…"), [])
        self.go_to(window, "Users")
        window.label("Your role does not see who else works here.")
        self.assertEqual(window.find_all("push button", "Add User…") + window.find_all("list item", "Access Log"), [])

    def test_a_lock_keeps_what_was_typed(self):
        store = self.make_store()
        store.one("user", "add", "--set", "name=zhang", "--set", "role=intake", "--password", PASSWORD)
        window = self.open_settings(store)
        window.label("No Rooms Yet")
        window.press("Return")
        window.wait_focus("push button", "Add Room…")
        window.press("ctrl+shift+k")
        window.label("Locked by wang.")
        self.assertEqual([node.name for node in window.find_all("label") if "Rooms" in node.name], [])
        window.type(PASSWORD)
        window.press("Return")
        window.wait_focus("push button", "Add Room…")
        window.press("ctrl+2", "ctrl+n", "2", "2")
        window.wait_for(lambda: [node for node in window.find_all("text", "Name") if node.has("focused")], "the name")
        window.type("Li Hua")
        window.press("ctrl+shift+k")
        window.label("Locked by wang.")
        window.type(PASSWORD)
        window.press("Return")
        window.wait_text("Name", "Li Hua")


main()
