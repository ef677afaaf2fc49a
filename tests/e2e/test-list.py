# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompt list by keyboard: what other stations know is seen at the door and stops nobody, and an entry
goes its whole way: proposed, approved by a second person, withdrawn by a third after an objection."""

import datetime
import sqlite3
import uuid

from desk import DeskTest
from window import Store, main

MAN_1990 = "440105199003071032"
MARK_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
MAN = ("--set", "person.sex=1", "--set", "person.name=张建国", "--set", f"person.id_number={MAN_1990}", "--set", "person.verified_by=id-card",
       "--set", "came_by=self")
FACTS = "第三次来站，所报住址查无此处"


def day(days):
    """The day it is in China, that many days on."""
    china = datetime.timezone(datetime.timedelta(hours=8))
    return str(datetime.datetime.now(china).date() + datetime.timedelta(days=days))


class ListTest(DeskTest):

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

    def stay_there(self, arrived, left):
        stay = self.there.one("stay", "arrive", *MAN, "--set", f"arrived_at={day(arrived)} 10:00")
        self.there.one("stay", "admit", stay["stay"]["id"], "--set", f"admitted_at={day(arrived)} 11:00")
        self.there.one("stay", "leave", stay["stay"]["id"], "--leave_by", "ticket", "--destination", "440105", "--set", f"left_at={day(left)} 09:00")
        return stay["person"]["id"]

    def set_up(self):
        """The station in the next city knew him twice, and listed him; here he is not known yet."""
        self.make_staff()
        self.there = Store(self.path("there")).set_up("440102001", "乙站", "440103")
        self.there.one("user", "add", "--set", "name=zhao", "--set", "role=intake", "--password", "secret-123")
        self.join(self.store, self.there)
        person = self.stay_there(-60, -50)
        self.stay_there(-40, -30)
        words = {"person": person, "category": "ticket-trade", "facts": f"{day(-29)} 到车站退票", "offered": "食宿", "said": "要去看病", "screen": "no-signs",
                 "screened_by": "驻站医生", "screened_on": day(-1), "measure": "verify"}
        entry = self.there.one("blacklist", "propose", *[word for item in words.items() for word in ("--set", "=".join(item))],
                               "--evidence", "车票 E12345678 退票记录", user="zhao")
        self.there.one("blacklist", "review", entry["id"], "--approve", "--reason", "有退票记录")
        self.there.one("bundle", "export", self.path("carried.gtb"), "--to", "440105001")
        self.store.one("bundle", "import", self.path("carried.gtb"), user="")
        self.entry_there = entry["id"]

    def see_warnings(self, window):
        """At the door: where to telephone, and the entry with the reason for the look; it stops nobody."""
        window.press("ctrl+n", "1", "2")
        window.wait_focus("text", "Name")
        window.entry("Name").set_text("张建国")
        window.press("Return")
        window.wait_focus("text", "ID number")
        window.type(MAN_1990)
        window.label("Asked for help at 1 station in 180 days")
        window.label(f"乙站 · {day(-40)} – {day(-30)}")
        window.label("020-12345678")
        window.label("Prompt List: Tickets returned or sold")
        window.press("ctrl+shift+v")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.has("focused")], "the visits with the keyboard")
        self.go_to(window, "Look at the Entry…")
        window.press("space")
        window.wait_active("Look at the Entry")
        window.press("ctrl+Return")
        window.label("Why you look at it")
        window.type("登记来站人员")
        window.press("ctrl+Return")
        window.wait_active("Prompt List")
        window.find_like("list item", "Facts")
        window.label("到车站退票")
        window.press("Escape")
        window.wait_active("Guitu")
        window.press("ctrl+s")
        window.wait_focus("push button", "Admit…")
        self.person = self.store.one("person", "find", "张建国")["id"]
        stay = self.store.one("person", "show", self.person)["stays"][0]["id"]
        window.press("ctrl+Return")
        window.wait_active("Admit")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.wait_for(lambda: self.store.one("stay", "show", stay)["state"] == "in-house", "the admission")

    def handle(self, window):
        self.go_to(window, "What Was Done")
        window.press("space")
        window.wait_for(lambda: window.find_all("menu item", "Asked and noted"), "what can be noted")
        window.press("Return")
        window.wait_active("Asked and noted")
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        window.label("Noted with the stay")

    def propose(self, window):
        self.store.one("person", "edit", self.person, "--set", "verified_by=id-card")
        self.pick(window, "Propose for the List…", "Propose for the List: 张建国")
        window.label("Stays in 180 days: 3, stations: 2")
        self.choose(window, "Repeated stays")
        for name, text in (("Facts", f"{day(0)} {FACTS}"), ("What was offered", "食宿，至户籍地的车票"), ("Own words", "不愿回家"), ("Screened by", "驻站医生"), ("Screened on", day(0))):
            window.entry(name).set_text(text)
        for name, words in (("Health and capacity", "No signs found"), ("Measure", "Ask and verify more")):
            self.go_to(window, name)
            self.choose(window, words)
        window.press("ctrl+Return")
        window.wait_active("Guitu")
        (self.entry,) = self.store.all("blacklist", "list", "--own")
        self.assertEqual(self.entry["state"], "proposed")

    def open_entry(self, window, user):
        window.press("ctrl+shift+l")
        self.log_in(window, user)
        window.press("ctrl+0")
        window.wait_for(lambda: [node for node in window.find_all("list item") if node.name.startswith("张建国") and node.has("focused")], "the entry with the keyboard")
        window.press("Return")
        window.wait_active("Prompt List")

    def act(self, window, label, dialog, words):
        """Does what comes next, which has the keyboard already."""
        window.wait_focus("push button", label)
        window.press("ctrl+Return")
        window.wait_active(dialog)
        if words:
            window.type(words)
        window.press("ctrl+Return")
        window.wait_active("Prompt List")

    def state(self):
        return self.store.one("blacklist", "show", self.entry["id"])

    def test_the_whole_way(self):
        self.set_up()
        window = self.open(self.store.directory)
        self.log_in(window, "clerk")
        self.see_warnings(window)
        self.handle(window)
        self.propose(window)

        self.open_entry(window, "leader")
        self.act(window, "Approve the Entry…", "Approve the Entry", "facts are dated and shown")
        window.wait_focus("push button", "Notice Handed Over…")
        self.assertEqual(self.state()["state"], "active")
        window.press("ctrl+Return")
        window.wait_active("Notice Handed Over")
        self.choose(window, "Signed")
        window.press("ctrl+Return")
        window.wait_active("Prompt List")
        self.act(window, "Take an Objection…", "Take an Objection", "I looked for work each time")
        window.label("I looked for work each time")
        window.press("Escape")
        window.wait_active("Guitu")

        self.open_entry(window, "wang")
        window.wait_focus("push button", "Decide the Objection…")
        window.press("ctrl+Return")
        window.wait_active("Decide the Objection")
        self.choose(window, "Withdrawn")
        window.entry("Reason of the outcome").set_text("looked for work with good reason")
        window.press("ctrl+Return")
        window.wait_active("Prompt List")
        window.label("Withdrawn on objection")
        shown = self.state()
        self.assertEqual((shown["state"], shown["objection"], shown["outcome_note"]), ("withdrawn", "I looked for work each time", "looked for work with good reason"))


main()
