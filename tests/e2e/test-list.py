# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompt list by keyboard: what another station listed, and brought on a stick, is seen at the door by the name that this station
gives the list, and stops nobody."""

import sqlite3
import uuid

from listing import ListingTest, day
from window import Store, main

MARK_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


class ListTest(ListingTest):

    def join(self, *stores):
        """Puts the stations into one network, as joining a hub does, and lets them know one another."""
        for store in stores:
            with sqlite3.connect(f"{store.directory}/guitu.db") as connection:
                connection.execute("INSERT INTO network (id, base_clock, base_desk, name, epoch, mark_key, authority) VALUES (?, 1, 1, '试验协作网', 1, ?, '民政厅')",
                                   (uuid.uuid4().bytes, MARK_KEY))
            connection.close()
            store.one("station", "card", f"{store.directory}.json")
        for store in stores:
            for other in stores:
                if other is not store:
                    store.one("station", "trust", f"{other.directory}.json")

    def set_up(self):
        """The station in the next city knew him twice, and listed him; here he is not known yet."""
        self.make_staff()
        self.there = Store(self.path("there")).set_up("440102001", "乙站", "440103")
        self.there.one("user", "add", "--set", "name=zhao", "--set", "role=intake", "--password", "secret-123")
        self.store.one("rule", "set", "--set", "name=list_name", "--set", "value=重复求助核实名单", "--set", f"effective_from={day(-1)}", "--set", "citation=本站规定")
        self.join(self.store, self.there)
        person = self.stay_at(self.there, -60, -50)
        self.stay_at(self.there, -40, -30)
        entry = self.propose_by_hand(self.there, person, "zhao")
        self.there.one("blacklist", "review", entry, "--approve", "--reason", "有退票记录")
        self.there.one("bundle", "export", self.path("carried.gtb"), "--to", "440105001")
        self.store.one("bundle", "import", self.path("carried.gtb"), user="")

    def propose_by_hand(self, store, person, user):
        """The id of the entry."""
        words = {"person": person, "category": "ticket-trade", "facts": f"{day(-29)} 到车站退票", "offered": "食宿", "said": "要去看病", "screen": "no-signs",
                 "screened_by": "驻站医生", "screened_on": day(-1), "measure": "verify"}
        return store.one("blacklist", "propose", *[word for item in words.items() for word in ("--set", "=".join(item))],
                         "--evidence", "车票 E12345678 退票记录", user=user)["id"]

    def see_warnings(self, window):
        """At the door: where to telephone, and the entry with the reason for the look; it stops nobody."""
        self.type_number(window)
        window.label("Asked for help at 1 station in 180 days")
        window.label(f"乙站 · {day(-40)} – {day(-30)}")
        window.label("020-12345678")
        window.label("重复求助核实名单: Tickets returned or sold")
        window.press("ctrl+shift+v")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.has("focused")], "the visits with the keyboard")
        self.go_to(window, "Look at the Entry…")
        window.press("space")
        window.wait_active("Look at the Entry")
        window.press("ctrl+Return")
        window.label("Why you look at it")
        window.type("登记来站人员")
        window.press("ctrl+Return")
        window.wait_active("重复求助核实名单")
        window.find_like("list item", "Facts")
        window.label("到车站退票")
        window.press("Escape")
        window.wait_active("Guitu")
        self.admit(window)

    def handle(self, window):
        self.go_to(window, "What Was Done")
        window.press("space")
        window.wait_for(lambda: window.find_all("menu item", "Asked and noted"), "what can be noted")
        window.press("Return")
        window.wait_active("Asked and noted")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Noted with the stay")

    def test_seen_at_the_door(self):
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.see_warnings(window)
        self.handle(window)

    def rows(self, window):
        """What stands in the table; a cell without text is called by its kind."""
        rows = [[cell.children[0].name for cell in row.children if cell.role == "table cell"] for row in window.find_all("table row")]
        return {(row[0], row[1]): ["" if text == "GtkLabel" else text for text in row[2:]] for row in rows if row}

    def test_figures(self):
        """Whom the entries fall on, ours and those of all stations, beside all who were here; for those alone who answer for it."""
        self.set_up()
        entry = self.propose_by_hand(self.store, self.stay_at(self.store, -3, -2), "clerk")
        self.store.one("blacklist", "review", entry, "--approve", "--reason", "有退票记录", user="leader")
        self.arrive("Wei", "person.birth_from=2005-05-05")
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        window.press("ctrl+0")
        window.find_like("list item", "张建国")
        self.assertEqual(window.find_all("push button", "Figures"), [])
        window.press("ctrl+shift+l")
        self.log_in(window, "leader")
        window.press("ctrl+0")
        window.find_like("list item", "张建国")
        window.press("alt+f")
        window.wait_for(lambda: ("Station", "乙站") in self.rows(window), "the figures")
        window.settle()
        rows = self.rows(window)
        self.assertEqual(rows["Sex", "Male"], ["1 (100 %)", "2 (100 %)", "2 (100 %)"])
        self.assertEqual(rows["Age", "18-29"], ["0 (0 %)", "0 (0 %)", "1 (50 %)"])
        self.assertEqual(rows["Category", "Tickets returned or sold"], ["1 (100 %)", "2 (100 %)", ""])
        self.assertEqual(rows["Station", "乙站"], ["", "1 (50 %)", ""])
        window.press("alt+f")
        window.find_like("list item", "张建国")

    def test_an_objection_at_any_time(self):
        """Also to an entry that is suspended, and another one while the first waits."""
        self.set_up()
        person = self.stay_at(self.store, -3, -2)
        entry = self.propose_by_hand(self.store, person, "clerk")
        self.store.one("blacklist", "review", entry, "--approve", "--reason", "有退票记录", user="leader")
        self.store.one("person", "edit", person, "--set", "health=mental")
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        window.press("ctrl+0")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith("张建国") and node.has("focused")], "the entry with the keyboard")
        window.press("Return")
        for words in ("I never sold it", "Ask my brother"):
            window.wait_active("重复求助核实名单")
            window.press("alt+m")
            window.wait_for(lambda: window.find_all("menu item", "Take an Objection…"), "what can be done")
            window.press("Return")
            window.wait_active("Take an Objection")
            window.type(words)
            window.press("ctrl+Return")
            window.wait_active("重复求助核实名单")
            window.label(words)
        self.assertEqual(self.store.one("blacklist", "show", entry)["objection"], "I never sold it\nAsk my brother")


main()
