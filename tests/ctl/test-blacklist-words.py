# SPDX-License-Identifier: GPL-3.0-or-later
"""What an entry of the list says, and that two people stand behind it, whatever is corrected, decided or listed again."""

import json
import time

from prompt_list import FILE, SECOND, SIGNED, ListTest, day
from station import CLOCK, MAN_1990, PASSWORD, main, only_plain


class Words(ListTest):
    @only_plain(CLOCK)
    def test_nothing_is_listed_twice(self):
        """Withdrawn, removed or over: the same facts make no other entry, also where nobody calls it a renewal."""
        at = ("faketime", f"{day(2)} 12:00:00")
        fields = [word for item in {"person": self.person, **FILE, "category": "disorder"}.items() for word in ("--set", "=".join(item))] + ["--evidence", "监控 3号机"]
        for number, (end, after) in enumerate(((("decide", "--outcome", "withdrawn"), 1), (("revoke",), 0), ((), 0))):
            c = self.c.copy(self.path(f"twice-{number}"))
            entry = self.approve(c)["id"]
            if end:
                if after:
                    c.one("blacklist", "object", entry, "--text", "不对", user="clerk", through=("faketime", f"{day(1)} 10:00:00"))
                c.one("blacklist", end[0], entry, *end[1:], "--reason", "住址属实", user="deputy", through=("faketime", f"{day(1)} 12:00:00"))
            else:
                at = ("faketime", f"{day(181)} 12:00:00")
                fields += ["--set", f"screened_on={day(180)}"]
            self.assert_error(c.run("blacklist", "propose", *fields, user="clerk", through=at), 2, "no-new-facts", "facts")
            same, newer = (f"facts={day(after + more)} 又来站" for more in (0, 1))
            self.assert_error(c.run("blacklist", "propose", *fields, "--set", same, user="clerk", through=at), 2, "no-new-facts", "facts")
            self.assertEqual(c.one("blacklist", "propose", *fields, "--set", newer, user="clerk", through=at)["state"], "proposed")

    def test_a_correction_is_no_rewriting(self):
        """What an entry says takes two people, is told to the person again, and gets neither emptier nor stricter."""
        (c,) = self.copies(self.c)
        entry = c.one("blacklist", "review", self.propose(c, user="manager").results[0]["id"], "--approve", "--reason", "清楚", user="deputy")["id"]
        c.one("blacklist", "serve", entry, "--served_how", "signed", user="clerk")
        correct, better = ("blacklist", "correct", entry, "--reason", "写错"), f"{day(0)} 第三次来站"
        self.assert_refused(c, (*correct, "--facts", better), 1, "same-person", None, user="manager")
        self.assert_refused(c, (*correct, "--facts", ""), 2, "missing", "facts", user="deputy")
        self.assert_refused(c, (*correct, "--said", ""), 2, "missing", "said", user="deputy")
        self.assert_refused(c, (*correct, "--measure", "home-ticket"), 1, "no-stricter", "measure", user="deputy")
        self.assert_refused(c, (*correct, "--facts", better), 1, "second-needed", "second", user="deputy")
        corrected = c.one(*correct, "--facts", better, "--second", "manager", user="deputy", environment=SIGNED)
        self.assertEqual((corrected["facts"], "served_at" in corrected), (better, False))
        self.assertIn("list-serve", [task["kind"] for task in c.all("tasks")])
        c.one("blacklist", "serve", entry, "--served_how", "signed", user="clerk")
        time.sleep(1)
        self.assertEqual(c.one(*correct, "--measure", "notice", user="manager")["measure"], "notice")
        self.assertIn("list-serve", [task["kind"] for task in c.all("tasks")])
        c.one("blacklist", "object", entry, "--text", "不是这样", user="clerk")
        self.assert_refused(c, ("blacklist", "decide", entry, "--outcome", "withdrawn", "--reason", "属实"), 1, "same-person", None, user="deputy")

    def test_words_take_two_people(self):
        """What every station reads, and the person's own words; one alone may take whole lines away."""
        (c,) = self.copies(self.c)
        lines = [f"{day(-1)} 第二次来站", f"{day(0)} 第三次来站，所报住址查无此处"]
        for advice, code in (("恶意跑站的骗子，不予救助", "judging-word"), ("核" * 301, "too-long")):
            self.assert_error(self.propose(c, advice=advice), 2, code, "advice")
        entry = self.approve(c, facts="\n".join(lines), advice="核实住址\n联系家属")["id"]
        correct = ("blacklist", "correct", entry, "--reason", "写错")
        self.assert_refused(c, (*correct, "--advice", "骗子", *SECOND), 2, "judging-word", "advice", user="manager", environment=SIGNED)
        for words in (("--advice", "不给食宿"), ("--facts", "\n".join(reversed(lines))), ("--facts", lines[1][:-4]), ("--said", "不愿")):
            self.assert_refused(c, (*correct, *words), 1, "second-needed", "second", user="deputy")
        self.assert_refused(c, (*correct, "--said", "不愿", "--second", "deputy"), 1, "same-person", "second", user="deputy", environment=SIGNED)
        self.assertEqual(self.corrected(c, *correct, "--facts", lines[1])["facts"], lines[1])
        self.assertEqual(self.corrected(c, *correct, "--advice", "联系家属")["advice"], "联系家属")
        self.assertNotIn("corrected_with", self.corrected(c, *correct, "--advice", ""))
        corrected = c.one(*correct, "--advice", "核实住址", "--said", "想回家", *SECOND, user="manager", environment=SIGNED)
        shown = c.one("blacklist", "show", entry)
        self.assertEqual((corrected["said"], shown["corrected_by_name"], shown["corrected_with_name"]), ("想回家", "manager", "deputy"))

    @staticmethod
    def corrected(station, *words):
        return station.one(*words, user="deputy")

    def test_who_rewrote_does_not_decide(self):
        """Nor who signed it, also when somebody else has corrected the entry since."""
        (c,) = self.copies(self.c)
        for name in ("wang", "zhao", "qian"):
            c.one("user", "add", "--set", f"name={name}", "--set", "role=manager", "--password", PASSWORD)
        entry = self.approve(c)["id"]
        for number, (user, second) in enumerate((("wang", "zhao"), ("deputy", "clerk"))):
            c.one("blacklist", "correct", entry, "--facts", f"{day(0)} 第{number + 3}次来站", "--reason", "写错", "--second", second, user=user, environment=SIGNED)
        c.one("blacklist", "object", entry, "--text", "不是这样", user="clerk")
        decide = ("blacklist", "decide", entry, "--outcome", "kept", "--reason", "维持")
        for user in ("manager", "wang", "zhao", "deputy"):
            self.assert_refused(c, decide, 1, "same-person", None, user=user)
        self.assertEqual(c.one(*decide, user="qian")["outcome"], "kept")

    def test_all_that_was_done_is_told(self):
        """Asked first, and then found to be somebody else: the station that listed must read that."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        stay = a.register("person.sex=男", f"person.id_number={MAN_1990}", "person.verified_by=id-card")["id"]
        for what in ("asked", "other-person", "asked"):
            a.one("blacklist", "handled", seen["listing"], "--stay", stay, "--what", what, user="clerk")
        self.carry(a, c)
        self.assertEqual(sorted(line["what"] for line in c.one("blacklist", "show", entry)["log"] if line["act"] == "handled"), ["asked", "other-person"])

    def awaited(self, station, entry):
        shown = station.one("blacklist", "show", entry)
        return tuple(shown.get(member) for member in ("awaited", "unconfirmed", "unknown"))

    def test_nobody_is_taken_for_told(self):
        """A copy may be there whose receipt is on its way: such a station is named, and so is one that warns while it is suspended."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.assertEqual(self.awaited(c, entry), (None, None, None))
        self.carry(c, a)
        c.one("person", "edit", self.person, "--set", "health=mental")
        self.assertEqual(self.awaited(c, entry), ("suspended", [], ["甲站", "乙站"]))
        self.carry(a, c)
        self.assertEqual(self.awaited(c, entry), ("suspended", ["甲站"], ["乙站"]))
        self.carry(c, a)
        self.carry(a, c)
        self.assertEqual(self.awaited(c, entry), ("suspended", [], ["乙站"]))
        c.one("blacklist", "revoke", entry, "--reason", "不得列入", user="manager")
        self.assertEqual(self.awaited(c, entry), ("removed", ["甲站"], ["乙站"]))

    def tasks(self, station, through=()):
        return [task["kind"] for task in station.all("tasks", through=through) if task["kind"].startswith("list-")]

    @only_plain(CLOCK)
    def test_what_was_decided_is_done(self):
        """That an entry is corrected is a task until it was done; also where its time is over, which other stations are not shown again."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        c.one("blacklist", "object", entry, "--text", "住址是对的", user="clerk")
        at = ("faketime", f"{day(181)} 12:00:00")
        c.one("blacklist", "decide", entry, "--outcome", "corrected", "--reason", "住址属实", user="deputy", through=at)
        self.assertIn("list-correct", self.tasks(c, at))
        (task,) = [task for task in c.all("tasks", through=at) if task["kind"] == "list-correct"]
        self.assert_error(c.run("task", "done", task["id"], "--proof", "x", through=at), 1, "ends-by-itself", "kind")
        correct = ("blacklist", "correct", entry, "--facts", f"{day(0)} 第三次来站", "--reason", "住址属实", *SECOND)
        self.assertEqual(c.one(*correct, user="manager", environment=SIGNED, through=at)["state"], "lapsed")
        self.assertNotIn("list-correct", self.tasks(c, at))
        c.one("bundle", "export", self.path("over.gtb"), "--to", a.code, through=at)
        a.one("bundle", "import", self.path("over.gtb"), user="", through=at)
        with a.connect() as connection:
            self.assertEqual([words for words, in connection.execute("SELECT facts FROM listing") if words is not None and "查无" not in words], [])

    def test_a_rejected_one_is_put_right(self):
        (c,) = self.copies(self.c)
        entry = self.propose(c).results[0]["id"]
        c.one("blacklist", "review", entry, "--reject", "--reason", "不清楚", user="manager")
        correct = ("blacklist", "correct", entry, "--reason", "写错")
        self.assertEqual(c.one(*correct, "--said", "想回家", *SECOND, user="manager", environment=SIGNED)["said"], "想回家")
        self.assert_refused(c, (*correct, "--until", day(90)), 1, "no-longer", "until", user="manager")

    def test_a_suspended_entry_is_put_right(self):
        (c,) = self.copies(self.c)
        waiting = self.propose(c).results[0]["id"]
        correct = ("--facts", f"{day(0)} 第三次来站", "--reason", "住址属实", *SECOND)
        self.assert_refused(c, ("blacklist", "correct", waiting, *correct), 1, "wrong-state", "entry", user="manager", environment=SIGNED)
        entry = c.one("blacklist", "review", waiting, "--approve", "--reason", "清楚", user="manager")["id"]
        c.one("person", "edit", self.person, "--set", "health=mental")
        before = self.tasks(c)
        self.assertEqual(c.one("blacklist", "correct", entry, *correct, user="manager", environment=SIGNED)["state"], "suspended")
        self.assertEqual(self.tasks(c), before)
        with c.connect() as connection:
            self.assertEqual(connection.execute("SELECT state, facts, name FROM listing").fetchall(), [("suspended", None, None)])

    def test_somebody_screened_the_person_lately(self):
        (c,) = self.copies(self.c)
        for changed, code, field in (({"screened_on": day(1)}, "in-the-future", "screened_on"), ({"screened_on": day(-31)}, "screened-long-ago", "screened_on"),
                                     ({"screened_by": "　"}, "missing", "screened_by"), ({"screened_by": " "}, "missing", "screened_by")):
            self.assert_error(self.propose(c, **changed), 2, code, field)
        c.one("rule", "set", "--set", "name=list_screening_days", "--set", "value=31", "--set", f"effective_from={day(-1)}", "--set", "citation=本站规定")
        self.assertEqual(self.propose(c, screened_on=day(-31)).status, 0)

    def test_who_removes_an_entry_grants_the_objection(self):
        (c,) = self.copies(self.c)
        entry = self.approve(c)["id"]
        c.one("blacklist", "object", entry, "--text", "不对", user="clerk")
        removed = c.one("blacklist", "revoke", entry, "--reason", "不再需要", user="manager")
        self.assertEqual((removed["state"], removed["outcome"], removed["outcome_note"]), ("removed", "withdrawn", "不再需要"))
        self.assertEqual(c.one("blacklist", "figures", user="manager")["entries"]["objections"], {"withdrawn": 1})

    def test_who_objected_elsewhere_hears_why(self):
        """Each station that took an objection is told, once, and its desk has the task to tell the person."""
        for act in (("decide", "--outcome", "kept"), ("revoke",)):
            a, b, c = (station.copy(self.path(f"why-{act[0]}-{station.code}")) for station in (self.a, self.b, self.c))
            a.code, b.code, c.code = self.a.code, self.b.code, self.c.code
            entry = self.approve(c)["id"]
            for station in (a, b):
                self.carry(c, station)
            (seen,) = a.all("blacklist", "list")
            for station in (a, b):
                station.one("blacklist", "object", seen["listing"], "--text", "不对")
                self.carry(station, c)
            c.one("blacklist", act[0], entry, *act[1:], "--reason", "三次均已核实", user="deputy")
            for station in (a, b, a):
                self.carry(c, station)
            for station in (a, b):
                (task,) = [task for task in station.all("tasks") if task["kind"] == "list-tell"]
                self.assertIn("三次均已核实", task["text"])
            shown = a.one("blacklist", "show", seen["listing"], "--why", "告知本人", user="clerk")
            self.assertEqual([(line["station"], line["why"]) for line in shown["log"] if line["act"] == "decided"], [(c.code, "三次均已核实")])
            b.one("task", "done", task["id"], "--proof", "已告知本人")
            self.assertNotIn("list-tell", self.tasks(b))

    def test_objections_have_room(self):
        """Two that do not fit into one: what is said here is to be said shorter; what came by letter stands in the log."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        long = "我" * 5000
        c.one("blacklist", "object", entry, "--text", long, user="clerk")
        self.assert_refused(c, ("blacklist", "object", entry, "--text", long), 2, "too-long", "objection", user="clerk")
        a.one("blacklist", "object", seen["listing"], "--text", long, user="clerk")
        self.carry(a, c)
        shown = c.one("blacklist", "show", entry)
        self.assertEqual((shown["objection"], [line["text"] for line in shown["log"] if line["act"] == "objection"]), (long, [long]))

    @only_plain(CLOCK)
    def test_figures_and_notice_tell_what_is(self):
        """An entry whose time is over counts as that; the counts stand on the notice of an entry that rests on them."""
        (c,) = self.copies(self.c)
        entry = c.one("blacklist", "review", self.propose(c, category="disorder", words=("--evidence", "监控 3号机")).results[0]["id"], "--approve", "--reason", "清楚", user="manager")
        c.one("paper", "issue", "list-notice", "--stay", entry["stay"], user="clerk")
        with c.connect() as connection:
            self.assertNotIn("notice.list_rule", json.loads(connection.execute("SELECT fields FROM paper WHERE kind = 'list-notice'").fetchone()[0]))
        figures = c.one("blacklist", "figures", user="manager", through=("faketime", f"{day(200)} 12:00:00"))
        self.assertEqual((figures["entries"]["by_state"], figures["listings"]["by_state"]), ({"lapsed": 1}, {"lapsed": 1}))


main()
