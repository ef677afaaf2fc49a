# SPDX-License-Identifier: GPL-3.0-or-later
"""Visit marks between stations, and the list with its due process: two people, objection, end, at every station."""

import base64
import hashlib
import json
import subprocess
import time

from prompt_list import FILE, SECOND, SIGNED, ListTest, day
from station import CLOCK, MAN_1990, main, only_plain

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
# What stays of an entry that ended, at every station: nothing leads to the person, and its words are gone.
KEPT = ("station", "state", "from", "until", "category", "changed", "at")
OF_EVERY_RECORD = ("row", "id", "base_clock", "base_desk")


class Network(ListTest):
    @staticmethod
    def told_by(station, shown):
        return [line["act"] for line in shown["log"] if line["station"] == station.code]

    def marks(self, station):
        with station.connect() as connection:
            return connection.execute("SELECT station, arrived_on, left_on, leave_by, voided FROM visit_mark ORDER BY arrived_on").fetchall()

    # --- Visit marks ------------------------------------------------------------------------------

    def test_marks_tell_where_to_ask(self):
        (warning,) = self.warnings(self.c, "visits", "sex=1", f"id_number={MAN_1990}")
        self.assertEqual([(visit["station_name"], visit.get("phone"), visit["own"]) for visit in warning["visits"]],
                         [("丙站", "020-00000003", True), ("乙站", "020-00000002", False), ("甲站", "020-00000001", False)])
        self.assertEqual((warning["visits"][1]["arrived_on"], warning["visits"][1]["left_on"], warning["visits"][1]["leave_by"]), (day(-40), day(-30), "ticket"))
        repeat, back = warning["rules"]
        self.assertEqual((warning["met"], repeat["met"], repeat["stays"], repeat["stations"], repeat["window_days"]), (True, True, 3, 3, 180))
        self.assertEqual([(back["met"], back["times"], back["return_days"])], [(True, 2, 30)])
        for shown in (self.c.one("person", "show", self.person), self.c.one("stay", "show", self.c.one("person", "show", self.person)["stays"][0]["id"])):
            self.assertEqual([warning["kind"] for warning in shown["warnings"]], ["visits"])
        self.assertEqual(self.warnings(self.c, "visits", "sex=1", "id_number=11010519491231002X"), [])
        with self.c.connect() as connection:
            columns = [row[1] for row in connection.execute("PRAGMA table_info(visit_mark)")]
            keys = {row[0] for row in connection.execute("SELECT person_key FROM visit_mark")}
        self.assertNotIn("name", columns)
        self.assertEqual(len(keys), 1)
        self.assertNotIn(MAN_1990, keys.pop())

    def test_a_station_sets_its_own_rule(self):
        (c,) = self.copies(self.c)
        c.one("rule", "set", "--set", "name=visit_least_stays", "--set", "value=4", "--set", f"effective_from={day(-1)}", "--set", "citation=某市〔2026〕1号")
        (warning,) = self.warnings(c, "visits", "sex=1", f"id_number={MAN_1990}")
        self.assertEqual((warning["rules"][0]["met"], warning["rules"][0]["least_stays"], warning["rules"][0]["version"]), (False, 4, day(-1)))
        self.assert_refused(c, ("rule", "set", "--set", "name=visit_least_stays", "--set", "value=0", "--set", f"effective_from={day(-1)}", "--set", "citation=x"), 2,
                            "not-a-number", "value")

    def test_protection_withdraws_the_mark(self):
        a, c = self.copies(self.a, self.c)
        person = a.one("person", "find", "张建国")["id"]
        a.one("person", "edit", person, "--set", "fence=violence")
        self.assertEqual([bool(mark[4]) for mark in self.marks(a)], [True])
        self.carry(a, c)
        (warning,) = self.warnings(c, "visits", "sex=1", f"id_number={MAN_1990}")
        self.assertEqual([visit["station_name"] for visit in warning["visits"]], ["丙站", "乙站"])

    def test_a_mark_follows_its_stay(self):
        """Reopened, voided, refused, verified later, or the number put right."""
        (a,) = self.copies(self.a)
        person = a.one("person", "find", "张建国")["id"]
        a.one("person", "edit", person, "--set", "id_number=11010519491231002X", "--set", "id_override=证件原文如此")
        with a.connect() as connection:
            self.assertEqual(connection.execute("SELECT count (DISTINCT person_key) FROM visit_mark").fetchone()[0], 1)
        stay = a.register("person.sex=男", "person.name=李四", "person.id_number=110105198807040017", "person.id_override=证件原文如此")
        self.assertEqual(len(self.marks(a)), 1)
        a.one("person", "edit", stay["person"]["id"], "--set", "verified_by=id-card")
        self.assertEqual(self.marks(a)[-1], (a.code, day(0), None, None, None))
        a.one("stay", "admit", stay["id"])
        a.one("stay", "leave", stay["id"], "--leave_by", "own-will")
        self.assertEqual(self.marks(a)[-1][2:], (day(0), "own-will", None))
        a.one("stay", "reopen", stay["id"], "--reason", "误操作")
        self.assertEqual(self.marks(a)[-1][2:], (None, None, None))
        a.one("stay", "void", stay["id"], "--reason", "录错")
        self.assertTrue(self.marks(a)[-1][4])

    # --- The list ---------------------------------------------------------------------------------

    def test_the_whole_way(self):
        """C lists, A sees it, he objects at A, C withdraws it, A's copy says so, and C reads that A took it in."""
        a, c = self.copies(self.a, self.c)
        stay = c.one("person", "show", self.person)["stays"][0]["id"]
        self.assert_refused(c, ("paper", "issue", "list-notice", "--stay", stay), 1, "not-reviewed", "stay")
        checked = c.one("blacklist", "check", self.person, user="clerk")
        self.assertEqual((checked["may_propose"], checked["met"]), (True, True))
        entry = self.propose(c).results[0]
        self.assertEqual((entry["state"], entry["rule"].split("@")[0]), ("proposed", "repeat-visits"))
        self.carry(c, a)
        self.assertEqual(a.all("blacklist", "list"), [])
        self.assert_refused(c, ("blacklist", "review", entry["id"], "--approve", "--reason", "好"), 1, "not-allowed", None, user="clerk")
        active = c.one("blacklist", "review", entry["id"], "--approve", "--reason", "事实清楚", user="manager")
        self.assertEqual((active["state"], active["from"], active["until"]), ("active", day(0), day(180)))
        tasks = {task["kind"]: task for task in c.all("tasks")}
        self.assertIn("list-serve", tasks)
        self.assertNotIn("list-review", tasks)
        paper = c.one("paper", "issue", "list-notice", "--stay", entry["stay"], "--pdf", self.path("notice.pdf"), user="clerk")
        with c.connect() as connection:
            told = json.loads(connection.execute("SELECT fields FROM paper WHERE kind = 'list-notice'").fetchone()[0])
        self.assertEqual((told["notice.list_category"], told["notice.list_facts"]), ("重复求助", FILE["facts"]))
        self.assertIn("在3个救助站求助3次", told["notice.list_rule"])
        self.assertIn("15个工作日", told["notice.list_objection"])
        self.assertNotIn("print_warnings", paper)
        c.one("blacklist", "serve", entry["id"], "--served_how", "signed", user="clerk")

        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        self.assertEqual((seen["name"], seen["station_name"], seen["phone"], seen["own"]), ("张**", "丙站", "020-00000003", False))
        for unseen in ("alias", "sex", "sex_name", "birth_from", "birth_to", "marks", "facts", "counts", "has_photo"):
            self.assertNotIn(unseen, seen)
        (warning,) = self.warnings(a, "blacklist", "sex=1", f"id_number={MAN_1990}")
        self.assertEqual((warning["id"], warning["exact"], warning["measure"]), (seen["listing"], True, "verify"))
        self.assertNotIn("facts", warning)
        self.assert_error(a.run("blacklist", "show", seen["listing"]), 2, "missing", "why")
        shown = a.one("blacklist", "show", seen["listing"], "--why", "来站登记", user="clerk")
        self.assertEqual((shown["facts"], shown["counts"][0]["stays"]), (FILE["facts"], 3))
        for private in ("offered", "said", "screen", "evidence", "proposed_by", "person_key"):
            self.assertNotIn(private, shown)
        stay = a.register("person.sex=男", f"person.id_number={MAN_1990}", "person.verified_by=id-card")
        self.assertIn("blacklist", [warning["kind"] for warning in stay["warnings"]])
        a.one("blacklist", "handled", seen["listing"], "--stay", stay["id"], "--what", "phoned", "--note", "已与丙站核实", user="clerk")
        a.one("blacklist", "dissent", seen["listing"], "--text", "当事人有工伤诉讼，确需留在本地", user="manager")
        passed = a.one("blacklist", "object", seen["listing"], "--text", "我没有骗人", user="clerk")
        self.assertEqual(passed["to_station"], c.code)

        self.carry(a, c)
        self.carry(c, a)
        (warning,) = self.warnings(a, "blacklist", "sex=1", f"id_number={MAN_1990}")
        self.assertEqual(("objected_at" in warning, "outcome" in warning), (True, False))
        shown = c.one("blacklist", "show", entry["id"], user="manager")
        self.assertEqual(self.told_by(a, shown), ["received", "warned", "looked", "handled", "objection"])
        self.assertEqual([line[told] for told in ("why", "what") for line in shown["log"] if told in line], ["来站登记", "phoned"])
        self.assertEqual([(dissent["station_name"], dissent["text"]) for dissent in shown["dissents"]], [("甲站", "当事人有工伤诉讼，确需留在本地")])
        self.assertEqual((shown["objection"], shown["channel"], shown["objected_via"]), ("我没有骗人", "other-station", a.code))
        (task,) = [task for task in c.all("tasks") if task["kind"] == "list-objection"]
        self.assertEqual(task["due_at"][:10], shown["objection_due"])
        self.assert_refused(c, ("task", "done", task["id"], "--proof", "x"), 1, "ends-by-itself", "kind")
        decide = ("blacklist", "decide", entry["id"], "--outcome", "withdrawn", "--reason", "诉讼期间留在本地有正当理由")
        self.assert_refused(c, decide, 1, "same-person", None, user="manager")
        self.assertEqual(c.one(*decide, user="deputy")["state"], "withdrawn")
        self.assertEqual([task for task in c.all("tasks") if task["kind"].startswith("list-")], [])
        self.assertEqual(c.one("blacklist", "show", entry["id"], user="manager")["unconfirmed"], ["甲站"])

        self.carry(c, a)
        self.assertEqual(self.warnings(a, "blacklist", "sex=1", f"id_number={MAN_1990}"), [])
        (ended,) = a.all("blacklist", "list", "--all")
        self.assertEqual((ended["state"], ended["state_name"], ended["outcome"]), ("withdrawn", "Withdrawn on objection", "withdrawn"))
        for gone in ("name", "sex", "birth_from", "marks", "facts", "measure", "rule"):
            self.assertNotIn(gone, ended)
        for station in (a, c):
            self.assertEqual(self.held(station), [set(KEPT) | {"objected_at", "outcome"}])
        self.carry(a, c)
        shown = c.one("blacklist", "show", entry["id"], user="manager")
        self.assertEqual((self.told_by(a, shown)[-1], shown["unconfirmed"]), ("removed", []))
        for station in (a, c):
            self.assertEqual(self.carry(c if station is a else a, station)["added"], 0)

    def test_who_must_not_be_listed(self):
        """They get care in the place of an entry, also when it is found out before the review."""
        (c,) = self.copies(self.c)
        entry = self.propose(c).results[0]["id"]
        c.one("person", "edit", self.person, "--set", "fence=violence")
        result = c.run("blacklist", "review", entry, "--approve", "--reason", "好", user="manager")
        self.assertEqual((result.status, result.error["error"], result.results[0]["exclusion"]), (1, "list-excluded", "violence"))
        (task,) = [task for task in c.all("tasks") if task["kind"] == "anti-wander"]
        self.assertEqual((task["id"], "家" in task["text"]), (result.results[0]["task"], False))
        c.one("person", "edit", self.person, "--set", "fence=")
        result = self.propose(c, screen="signs")
        self.assertEqual((result.error["error"], result.results[0]["exclusion"]), ("list-excluded", "screen"))
        self.assertEqual([seen["state"] for seen in c.all("blacklist", "list", "--all")], ["rejected"])
        c.one("person", "edit", self.person, "--set", "health=mental")
        result = c.run("blacklist", "propose", "--set", f"person={self.person}", user="clerk")  # before anything is written about them
        self.assertEqual((result.error["error"], result.results[0]["exclusion"]), ("list-excluded", "mental"))
        with c.connect() as connection:
            self.assertEqual(connection.execute("SELECT count (*) FROM listing").fetchone()[0], 0)

    def test_what_is_known_later(self):
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        c.one("person", "edit", self.person, "--set", "health=mental")
        shown = c.one("blacklist", "show", entry, user="manager")
        self.assertEqual((shown["state"], shown["exclusion"]), ("suspended", "mental"))
        self.assertLessEqual({"list-suspended", "anti-wander"}, {task["kind"] for task in c.all("tasks")})
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        self.assertEqual((seen["state"], seen.get("name"), seen.get("facts")), ("suspended", None, None))
        self.assertNotIn("mental", json.dumps(seen))
        self.assertEqual(c.one("blacklist", "revoke", entry, "--reason", "不得列入", user="manager")["state"], "removed")
        self.carry(c, a)
        self.carry(a, c)
        self.assertEqual(self.told_by(a, c.one("blacklist", "show", entry)), ["received", "suspended", "removed"])

    def test_what_an_entry_needs(self):
        (c,) = self.copies(self.c)
        for changed, status, code, field in (
                ({"facts": "多次来站"}, 2, "undated", "facts"), ({"facts": f"{day(0)} 恶意跑站"}, 2, "judging-word", "facts"),
                ({"facts": f"{day(0)} " + "来" * 300}, 2, "too-long", "facts"), ({"facts": f"{day(1)} 将要来站"}, 2, "in-the-future", "facts"),
                ({"said": ""}, 2, "missing", "said"), ({"category": "ticket-trade"}, 2, "missing", "evidence"), ({"until": day(181)}, 2, "out-of-range", "until"),
                ({"measure": "no-ticket"}, 2, "measure-needs-proof", "measure")):
            before = c.dump()
            self.assert_error(self.propose(c, **changed), status, code, field)
            self.assertEqual(c.dump(), before)
        proof = self.propose(c, category="ticket-trade", measure="no-ticket", until=day(300), words=("--evidence", "车票 E12345678 退票记录\n监控 3号机"))
        self.assertEqual(proof.status, 0, proof.stderr)
        self.assert_error(self.propose(c), 1, "listed-already", "person")
        entry = c.one("blacklist", "review", proof.results[0]["id"], "--approve", "--reason", "有退票记录", user="manager")
        self.assertEqual(entry["until"], day(300))
        shown = c.one("blacklist", "show", entry["id"])
        self.assertEqual([item["text"] for item in shown["evidence"]], ["车票 E12345678 退票记录", "监控 3号机"])
        corrected = c.one("blacklist", "correct", entry["id"], "--until", day(100), "--reason", "过长", user="manager")
        self.assertEqual(corrected["until"], day(100))
        self.assert_refused(c, ("blacklist", "correct", entry["id"], "--until", day(101), "--reason", "再长"), 1, "no-longer", "until", user="manager")

    def test_without_papers(self):
        """Somebody who tells a name that sounds alike is compared with the list, and the faces; a stranger is not."""
        a, c = self.copies(self.a, self.c)
        with open(self.path("face.png"), "wb") as file:
            file.write(PIXEL)
        c.one("file", "add", self.person, self.path("face.png"), "--photo")
        self.approve(c)
        self.carry(c, a)
        (warning,) = self.warnings(a, "blacklist", "sex=1", "name=章建国", "birth_from=1990-01-01", "birth_to=1990-12-31", "marks=左手缺小指")
        self.assertEqual((warning["exact"], warning["name"]), (False, "张建国"))
        self.assertLessEqual({"name", "birth", "marks"}, {reason["field"] for reason in warning["why"]})
        self.assertEqual((warning["has_photo"], "photo" in warning), (True, False))
        shown = a.one("blacklist", "show", warning["id"], "--why", "比对面容", user="clerk")
        self.assertTrue(base64.b64decode(shown["photo"]))
        for other in (("sex=1", "name=欧阳锋", "birth_from=1990-03-07"), ("sex=2", "name=张建国"), ("sex=1", "name=张建国", "birth_from=1950-01-01")):
            self.assertEqual(self.warnings(a, "blacklist", *other), [], other)

    def test_what_was_decided_reaches_all(self):
        """Also the station that passed the objection on, and when the entry stays."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        a.one("blacklist", "object", seen["listing"], "--text", "我没有骗人", user="clerk")
        self.carry(a, c)
        c.one("blacklist", "decide", entry, "--outcome", "kept", "--reason", "三次乘车凭证均已核实", user="deputy")
        self.carry(c, a)
        shown = a.one("blacklist", "show", seen["listing"], "--why", "告知本人", user="clerk")
        self.assertEqual((shown["state"], shown["outcome"], shown["outcome_name"]), ("active", "kept", "Kept"))

    def test_an_objection_corrects(self):
        """What the person said was wrong is put right, everywhere; the entry stays, and he is told again."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        c.one("blacklist", "serve", entry, "--served_how", "thumb", user="clerk")
        self.carry(c, a)
        c.one("blacklist", "object", entry, "--text", "我报的住址是对的", "--channel", "phone", user="clerk")
        decided = c.one("blacklist", "decide", entry, "--outcome", "corrected", "--reason", "住址经查属实", user="deputy")
        self.assertEqual((decided["state"], decided["outcome"], decided["channel"]), ("active", "corrected", "phone"))
        self.assertNotIn("list-objection", [task["kind"] for task in c.all("tasks")])
        better = f"{day(0)} 第三次来站"
        c.one("blacklist", "correct", entry, "--facts", better, "--reason", "住址经查属实", *SECOND, user="manager", environment=SIGNED)
        self.assertIn("list-serve", [task["kind"] for task in c.all("tasks")])
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        shown = a.one("blacklist", "show", seen["listing"], "--why", "告知本人", user="clerk")
        self.assertEqual((shown["state"], shown["outcome"], shown["changed"], shown["facts"]), ("active", "corrected", "更正", better))

    def test_a_correction_is_confirmed(self):
        """Each one by each station that received the entry: until then the old words may be read there."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        correct = ("blacklist", "correct", entry, "--reason", "写错")
        self.carry(c, a)
        self.carry(a, c)
        self.assertNotIn("unconfirmed", c.one("blacklist", "show", entry))
        c.one(*correct, "--facts", f"{day(0)} 第三次来站", *SECOND, user="manager", environment=SIGNED)
        self.assertEqual(c.one("blacklist", "show", entry)["unconfirmed"], ["甲站"])
        c.one("blacklist", "object", entry, "--text", "不是这样", user="clerk")  # reaches the other station, too, and is no new version
        for _ in range(2):
            self.carry(c, a)
            self.carry(a, c)
        shown = c.one("blacklist", "show", entry)
        self.assertEqual((shown["unconfirmed"], self.told_by(a, shown)), ([], ["received", "corrected"]))
        time.sleep(1)
        c.one(*correct, "--until", day(90), user="manager")
        self.assertEqual(c.one("blacklist", "show", entry)["unconfirmed"], ["甲站"])
        self.carry(c, a)
        self.carry(a, c)
        shown = c.one("blacklist", "show", entry)
        self.assertEqual((shown["unconfirmed"], self.told_by(a, shown)), ([], ["received", "corrected", "corrected"]))
        self.assertEqual(self.carry(c, a)["added"], 0)

    def test_the_list_tells_no_file(self):
        """What was written about a person is seen by who looks at one entry, which is logged."""
        (c,) = self.copies(self.c)
        entry = self.approve(c)["id"]
        (seen,) = c.all("blacklist", "list", "--own", user="clerk")
        self.assertEqual((seen["id"], seen["state"], seen["category"], seen["until"]), (entry, "active", "repeat", day(180)))
        for unseen in ("facts", "said", "offered", "screen", "screen_name", "evidence", "counts", "review_note"):
            self.assertNotIn(unseen, seen)
        self.assertEqual(c.one("blacklist", "show", entry, user="clerk")["facts"], FILE["facts"])

    @only_plain(CLOCK)
    def test_a_renewal_waits_for_the_objection(self):
        (c,) = self.copies(self.c)
        entry = self.approve(c)["id"]
        at = ("faketime", f"{day(5)} 12:00:00")
        fields = {"person": self.person, **FILE, "facts": f"{day(5)} 第四次来站"}
        renewal = c.one("blacklist", "propose", "--renews", entry, *[word for item in fields.items() for word in ("--set", "=".join(item))], user="clerk", through=at)["id"]
        c.one("blacklist", "object", entry, "--text", "我在找工作", through=at)
        approve = ("blacklist", "review", renewal, "--approve", "--reason", "清楚")
        self.assert_error(c.run(*approve, user="manager", through=at), 1, "objection-open", "entry")
        c.one("blacklist", "decide", entry, "--outcome", "withdrawn", "--reason", "有正当理由", user="deputy", through=at)
        self.assert_error(c.run(*approve, user="manager", through=at), 1, "renewed-ended", "entry")
        self.assertEqual(c.one("blacklist", "show", entry, through=at)["state"], "withdrawn")

    @only_plain(CLOCK)
    def test_it_ends_by_itself(self):
        """By its date, without anybody's doing; it goes on for new facts only."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        for days, states in ((180, ["active"]), (181, [])):
            at = ("faketime", f"{day(days)} 12:00:00")
            self.assertEqual([seen["state"] for seen in a.all("blacklist", "list", through=at)], states)
            self.assertEqual([seen["state"] for seen in c.all("blacklist", "list", through=at)], states)
        at = ("faketime", f"{day(181)} 12:00:00")
        self.assertEqual([seen["state"] for seen in c.all("blacklist", "list", "--all", through=at)], ["lapsed"])
        (over,) = a.all("blacklist", "list", "--all", through=at)
        shown = a.one("blacklist", "show", over["listing"], "--why", "查询", through=at)
        for gone in ("name", "sex", "birth_from", "marks", "facts", "measure", "measure_name", "rule"):
            self.assertNotIn(gone, {**over, **shown})
        self.assertIn("person_key", self.held(a)[0])
        for source, target in ((a, c), (c, a)):
            source.one("bundle", "export", self.path("lapsed.gtb"), "--to", target.code, through=at)
            target.one("bundle", "import", self.path("lapsed.gtb"), user="", through=at)
        for station in (a, c):
            self.assertEqual(self.held(station), [set(KEPT)])
            self.assertEqual([seen["state"] for seen in station.all("blacklist", "list", "--all", through=at)], ["lapsed"])
        words = ("blacklist", "propose", "--renews", entry, *[word for item in FILE.items() for word in ("--set", "=".join(item))])
        self.assert_error(c.run(*words, user="clerk"), 2, "no-new-facts", "facts")

    @staticmethod
    def held(station):
        """What is known of each entry that others see: the columns that hold something."""
        with station.connect() as connection:
            rows = connection.execute("SELECT * FROM listing")
            names = [column[0] for column in rows.description]
            return [{name for name, value in zip(names, row) if value is not None and name not in OF_EVERY_RECORD} for row in rows]

    def test_a_warning_is_a_look(self):
        """Who was warned stands in the log, once a day, however often the form asks."""
        a, c = self.copies(self.a, self.c)
        self.approve(c)
        self.carry(c, a)
        for _ in range(2):
            (warning,) = self.warnings(a, "blacklist", "sex=1", f"id_number={MAN_1990}")
        logged = [look for look in a.all("access", "list") if look["act"] == "warned-listing"]
        self.assertEqual([look["detail"] for look in logged], [warning["id"]])
        self.assertEqual(self.warnings(a, "blacklist", "sex=2", "name=欧阳锋"), [])

    def test_evidence_is_vouched_for(self):
        """A kept file and a paper stand with their digests, so that another one is seen to be another; words stand as words."""
        (c,) = self.copies(self.c)
        with open(self.path("ticket.png"), "wb") as file:
            file.write(PIXEL)
        file = c.one("file", "add", self.person, self.path("ticket.png"), "--title", "退票照片")["id"]
        stay = c.one("person", "show", self.person)["stays"][0]["id"]
        paper = c.one("paper", "issue", "list-objection", "--stay", stay, "--set", "objection.facts=不知情", user="clerk")["number"]
        entry = self.propose(c, category="ticket-trade", words=("--evidence", f"{file}\n{paper}\n监控 3号机")).results[0]["id"]
        kept, issued, words = c.one("blacklist", "show", entry)["evidence"]
        self.assertEqual((kept["what"], kept["file"], kept["text"], kept["sha256"]), ("file", file, "退票照片", hashlib.sha256(PIXEL).hexdigest()))
        with c.connect() as connection:
            (fields,) = connection.execute("SELECT fields FROM paper WHERE number = ?", (paper,)).fetchone()
        self.assertEqual((issued["what"], issued["text"], issued["sha256"]), ("paper", paper, hashlib.sha256(fields.encode()).hexdigest()))
        self.assertEqual(words, {"what": "reference", "text": "监控 3号机"})

    def test_a_notice_that_is_not_signed(self):
        """Two witnesses see it, and the task is done."""
        (c,) = self.copies(self.c)
        entry = self.approve(c)["id"]
        serve = ("blacklist", "serve", entry, "--served_how", "refused")
        self.assert_refused(c, serve, 2, "missing", "served_witness", user="clerk")
        self.assertIn("list-serve", [task["kind"] for task in c.all("tasks")])
        served = c.one(*serve, "--served_witness", "李某、王某", user="clerk")
        self.assertEqual((served["served_how"], served["served_witness"], served["served_at"][:10]), ("refused", "李某、王某", day(0)))
        self.assertNotIn("list-serve", [task["kind"] for task in c.all("tasks")])

    def test_it_is_looked_at_again(self):
        """A task asks, in the middle of its time, whether the entry is needed still; the end of the entry ends it."""
        (c,) = self.copies(self.c)
        entry = self.approve(c)
        self.assertEqual(entry["review_on"], day(90))
        (task,) = [task for task in c.all("tasks") if task["kind"] == "list-again"]
        self.assertEqual((task["due_at"][:10], task["stay"]), (day(90), entry["stay"]))
        c.one("blacklist", "revoke", entry["id"], "--reason", "不再需要", user="manager")
        self.assertEqual([task for task in c.all("tasks") if task["kind"] == "list-again"], [])

    @only_plain(CLOCK)
    def test_a_renewal_takes_its_place(self):
        """With facts that are newer than the entry, and a second person again."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        at = ("faketime", f"{day(10)} 12:00:00")
        self.assert_error(self.propose(c, words=("--renews", entry)), 2, "no-new-facts", "facts")
        fields = {"person": self.person, **FILE, "facts": f"{day(9)} 第四次来站", "screened_on": day(9)}
        words = ("blacklist", "propose", "--renews", entry, *[word for item in fields.items() for word in ("--set", "=".join(item))])
        renewal = c.one(*words, user="clerk", through=at)["id"]
        renewed = c.one("blacklist", "review", renewal, "--approve", "--reason", "又有新的事实", user="manager", through=at)
        self.assertEqual((renewed["state"], renewed["renews"], renewed["from"], renewed["until"]), ("active", entry, day(10), day(190)))
        self.assertEqual(c.one("blacklist", "show", entry, through=at)["state"], "renewed")
        c.one("bundle", "export", self.path("renewed.gtb"), "--to", a.code, through=at)
        a.one("bundle", "import", self.path("renewed.gtb"), user="", through=at)
        (seen,) = a.all("blacklist", "list", through=at)
        self.assertEqual((seen["listing"], seen["until"]), (renewed["listing"], day(190)))
        self.assertEqual(sorted(seen["state"] for seen in a.all("blacklist", "list", "--all", through=at)), ["active", "renewed"])

    @only_plain(CLOCK)
    def test_each_day_of_looks_is_told(self):
        """Who looked and why, once a day from each of them; and on which days desks were warned."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        for days, user, why in ((0, "clerk", "来站登记"), (0, "clerk", "又看一次"), (0, "manager", "复核"), (1, "clerk", "离站登记")):
            at = ("faketime", f"{day(days)} 12:00:00")
            a.one("blacklist", "show", seen["listing"], "--why", why, user=user, through=at)
            a.one("person", "check", "--set", "sex=1", "--set", f"id_number={MAN_1990}", user=user, through=at)
        a.one("bundle", "export", self.path("looks.gtb"), "--to", c.code, through=at)
        c.one("bundle", "import", self.path("looks.gtb"), user="", through=at)
        log = [line for line in c.one("blacklist", "show", entry, user="manager", through=at)["log"] if line["station"] == a.code]
        self.assertEqual([(line["by"], line["why"], line["at"][:10]) for line in log if line["act"] == "looked"],
                         [("clerk", "来站登记", day(0)), ("manager", "复核", day(0)), ("clerk", "离站登记", day(1))])
        self.assertEqual([(line["station"], line["at"][:10]) for line in log if line["act"] == "warned"], [(a.code, day(0)), (a.code, day(1))])

    @only_plain(CLOCK)
    def test_own_looks_are_told_too(self):
        """Who objects is shown who looked, wherever they sit: of our own people, too, once a day each."""
        a, c = self.copies(self.a, self.c)
        entry = self.approve(c)["id"]
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        for days, station, user, words in ((1, c, "clerk", ()), (1, c, "clerk", ("--why", "又看一次")), (1, c, "manager", ("--why", "复查")), (2, a, "clerk", ("--why", "来站登记")),
                                           (3, c, "clerk", ("--why", "告知本人"))):
            at = ("faketime", f"{day(days)} 12:00:00")
            station.one("blacklist", "show", seen["listing"] if station is a else entry, *words, user=user, through=at)
        a.one("bundle", "export", self.path("own.gtb"), "--to", c.code, through=at)
        c.one("bundle", "import", self.path("own.gtb"), user="", through=at)
        log = c.one("blacklist", "show", entry, user="deputy", through=at)["log"]
        self.assertEqual([(line["station_name"], line["by"], line.get("why"), line["at"][:10]) for line in log if line["act"] == "looked"],
                         [("丙站", "clerk", None, day(1)), ("丙站", "manager", "复查", day(1)), ("甲站", "clerk", "来站登记", day(2)), ("丙站", "clerk", "告知本人", day(3))])
        self.assertEqual(len([look for look in c.all("access", "list", "--person", self.person, through=at) if look["act"] == "view-listing"]), 5)
        self.assert_error(c.run("blacklist", "show", entry, "--why", "看\n了"), 2, "control-character", "detail")

    @only_plain(CLOCK)
    def test_its_file_is_not_kept_for_ever(self):
        """Years after its end, or after it was rejected, only that there was an entry is told."""
        a, c = self.copies(self.a, self.c)
        rejected = self.propose(c).results[0]["id"]
        self.assertEqual(c.one("blacklist", "review", rejected, "--reject", "--reason", "不清楚", user="manager")["retention"], day(1095))
        entry = self.approve(c)
        self.carry(c, a)
        (seen,) = a.all("blacklist", "list")
        for days, listed in ((1095, [entry["id"], rejected]), (1275, [entry["id"]]), (1276, [])):
            at = ("faketime", f"{day(days)} 12:00:00")
            self.assertEqual([line["id"] for line in c.all("blacklist", "list", "--all", "--own", through=at)], listed)
            self.assertEqual([line["listing"] for line in a.all("blacklist", "list", "--all", through=at)], [seen["listing"]] * (entry["id"] in listed))
        left = c.one("blacklist", "show", entry["id"], through=at)
        self.assertEqual(left, {"id": entry["id"], "own": True, "gone": True, "state": "lapsed", "state_name": "Lapsed", "from": day(0), "until": day(180), "retention": day(1275)})
        self.assertEqual([look.get("person") for look in c.all("access", "list", "--since", day(1276), through=at) if look["act"] == "view-listing"], [None])
        shown = a.one("blacklist", "show", seen["listing"], "--why", "查询", through=at)
        for gone in ("log", "dissents", "name", "facts", "measure", "counts"):
            self.assertNotIn(gone, shown)
        for words in (("object", entry["id"], "--text", "不对"), ("revoke", entry["id"], "--reason", "过期")):
            self.assert_error(c.run("blacklist", *words, through=at), 1, "wrong-state", "entry")
        fields = {"person": self.person, **FILE, "facts": f"{day(1276)} 又来站"}
        words = ("blacklist", "propose", "--renews", entry["id"], *[word for item in fields.items() for word in ("--set", "=".join(item))])
        self.assert_error(c.run(*words, through=at), 1, "not-in-force", "renews")

    def call_the_list(self, station, name, since):
        station.one("rule", "set", "--set", "name=list_name", "--set", f"value={name}", "--set", f"effective_from={since}", "--set", "citation=本站规定")

    def printed(self, path):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
        return "".join(text.split())

    def test_what_the_list_is_called(self):
        """At the desk and on the papers of that day, which a later name doesn't touch; the forms keep their titles."""
        (c,) = self.copies(self.c)
        self.call_the_list(c, "重复求助核实名单", day(-1))
        entry = self.approve(c)
        (warning,) = self.warnings(c, "blacklist", "sex=1", f"id_number={MAN_1990}")
        self.assertTrue(warning["text"].startswith("重复求助核实名单："), warning["text"])
        facts = ("--set", f"list.number={entry['listing'][:8]}", "--set", "list.station=丙站", "--set", "list.category=重复求助", "--set", f"list.until_on={day(180)}",
                 "--set", "objection.request=移出名单", "--set", "objection.facts=每次来站都有原因", "--set", f"objection.received_at={day(0)} 00:01")
        numbers = {kind: c.one("paper", "issue", kind, "--stay", entry["stay"], *words, "--pdf", self.path(f"{kind}.pdf"), user="clerk")["number"]
                   for kind, words in (("list-notice", ()), ("list-objection", facts))}
        self.call_the_list(c, "黑名单", day(0))
        (warning,) = self.warnings(c, "blacklist", "sex=1", f"id_number={MAN_1990}")
        self.assertTrue(warning["text"].startswith("黑名单："), warning["text"])
        for kind, number in numbers.items():
            c.one("paper", "show", number, "--pdf", self.path("again.pdf"))
            with open(self.path(f"{kind}.pdf"), "rb") as first, open(self.path("again.pdf"), "rb") as again:
                self.assertEqual(first.read(), again.read())
            self.assertIn("重复求助核实名单", self.printed(self.path("again.pdf")))
            self.assertNotIn("黑名单", self.printed(self.path("again.pdf")))
            c.one("paper", "blank", kind, "--pdf", self.path("blank.pdf"))
            self.assertIn("黑名单", self.printed(self.path("blank.pdf")))
        self.assertIn("将你列入重复求助核实名单，到期自动失效", self.printed(self.path("list-notice.pdf")))
        self.assertIn("重复求助提示告知书", self.printed(self.path("list-notice.pdf")))
        for told in ("丙站", "每次来站都有原因", "重复求助提示名单异议申请表"):
            self.assertIn(told, self.printed(self.path("list-objection.pdf")))

    def test_figures(self):
        (c,) = self.copies(self.c)
        self.approve(c)
        c.register("person.sex=女", "person.birth_from=1980-01-01", "person.health=physical")
        figures = c.one("blacklist", "figures", user="manager")
        self.assertEqual((figures["entries"]["total"], figures["entries"]["by_sex"], figures["entries"]["by_category"]), (1, {"1": 1}, {"repeat": 1}))
        self.assertEqual((figures["listings"]["by_station"], figures["listings"]["by_age"]), ({c.code: 1}, {"30-44": 1}))
        self.assertEqual(figures["listings"]["station_names"], {c.code: "丙站"})
        self.assertEqual((figures["stays"]["total"], figures["stays"]["by_sex"], figures["stays"]["by_disability"]), (2, {"1": 1, "2": 1}, {"yes": 1, "unknown": 1}))
        self.assert_error(c.run("blacklist", "figures", user="clerk"), 1, "not-allowed")


main()
