# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for who somebody is and where they belong: it opens by itself, facts end what is due, and it closes with a confirmation."""

import datetime
import json
import shutil

from station import CHINA, MAN_1990, PASSWORD, Station, StationTest, main

USERS = {"jie": "intake", "xun": "caseworker", "wen": "caseworker", "wei": "minors", "yi": "medical", "zhan": "manager", "shen": "auditor"}
QUERIES = {"quick-query", "police-query", "notice", "second-interview", "dna-request"}


def days_ago(days, hour=10):
    moment = datetime.datetime.now(CHINA) - datetime.timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def text(moment):
    return moment.strftime("%Y-%m-%d %H:%M")


class Cases(StationTest):
    """Each test has a copy of a station with users of every role."""

    def setUp(self):
        self.station = self.make_staffed_station(USERS)

    def tearDown(self):
        shutil.rmtree(self.station.directory)

    def say(self, *words, user="xun", **fields):
        """One result of a verb, its fields given with --set."""
        return self.station.one(*words, *[word for name, value in fields.items() for word in ("--set", f"{name}={value}")], user=user)

    def options(self, **options):
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def admit(self, moment=None, station=None, **person):
        moment = moment or days_ago(2)
        record = {"person": {"sex": "男", **person}, "came_by": "police", "arrived_at": text(moment), "admitted_at": text(moment)}
        return (station or self.station).one("stay", "admit", stdin=json.dumps(record))

    def case_of(self, stay, **options):
        return self.station.one("case", "show", stay["id"], **options)

    def kinds(self, *words, **options):
        return {task["kind"] for task in self.station.all("tasks", *words, **options) if "case" in task}

    def note(self, stay, kind, said="见记录", user="xun", **fields):
        return self.station.one("case", "note", stay["id"], *self.options(kind=kind, text=said, **fields), user=user)

    def inquire(self, stay, kind, user="xun", **fields):
        return self.say("case", "inquiry", stay["id"], user=user, kind=kind, **fields)


class Opening(Cases):
    def test_by_itself_and_once(self):
        stay = self.admit()
        case, = self.station.all("case", "list")
        self.assertEqual((case["person"], case["stay"], case["state"], case["seeks"], case["days"]), (stay["person"]["id"], stay["id"], "open", "identity", 2))
        self.assertNotIn("opened_by", case)
        entry = next(entry for entry in self.station.all("ledger", "show") if any(change["kind"] == "case" for change in entry["changes"]))
        self.assertEqual(entry["act"], "stay admit")
        self.assertIn("stay", {change["kind"] for change in entry["changes"]})
        self.say("person", "edit", stay["person"]["id"], height_cm="170")
        self.station.one("stay", "edit", stay["id"], "--set", "clothing=蓝布衣")
        self.assertEqual(len(self.station.all("case", "list")), 1)

    def test_not_for_who_is_known_or_not_here(self):
        self.admit(name="张三", id_number=MAN_1990, verified_by="id-card")
        self.station.register("person.sex=女")
        self.assertEqual(self.station.all("case", "list"), [])
        outside = {"person": {"sex": "女"}, "came_by": "police"}
        self.station.one("stay", "outside", stdin=json.dumps(outside))
        self.assertEqual(self.station.all("case", "list"), [])

    def test_in_an_emergency(self):
        self.station.one("stay", "emergency", stdin=json.dumps({"person": {"sex": "女"}, "came_by": "police", "to": "hospital", "place": "市一医院"}))
        self.assertEqual(len(self.station.all("case", "list")), 1)

    def test_a_later_stay(self):
        """Whoever comes back while the search is open has the one case; once it is closed, a stay makes another, in the same second, too."""
        first = self.admit(days_ago(9))
        self.station.one("stay", "leave", first["id"], "--leave_by", "own-will")
        person = first["person"]["id"]
        again = self.station.one("stay", "admit", "--person", person, "--set", "came_by=police")
        case, = self.station.all("case", "list")
        self.assertEqual((case["stay"], case["stay_number"], case["in_house"]), (first["id"], again["number"], True))
        closed = self.station.one("case", "close", person, "--closed_as", "mistaken", "--close_text", "另案办理", user="zhan")
        self.say("person", "edit", person, height_cm="171")
        self.assertEqual(self.station.all("case", "list"), [])
        self.assertFalse(self.kinds("--stay", again["id"]))
        self.station.one("stay", "leave", again["id"], "--leave_by", "own-will")
        third = self.station.one("stay", "admit", "--person", person, "--set", "came_by=police", "--set", "arrived_at=" + closed["closed_at"])
        new, = self.station.all("case", "list")
        self.assertEqual(new["stay"], third["id"])
        self.assertNotEqual(new["id"], case["id"])
        self.assertEqual(len(self.station.all("case", "list", "--closed")), 1)

    def test_by_hand(self):
        known = self.admit(name="张三", id_number=MAN_1990, verified_by="id-card")
        self.assert_refused(self.station, ["case", "show", known["id"]], 3, "no-case", "case")
        self.assert_refused(self.station, ["case", "open"], 2, "missing", "person", user="xun")
        self.assert_refused(self.station, ["case", "open", "--stay", known["id"], "--seeks", "identity"], 1, "identity-verified", "seeks", user="xun")
        case = self.station.one("case", "open", "--stay", known["id"], "--text", "家人失联十年", user="xun")
        self.assertEqual((case["seeks"], case["opened_by_name"], case["verified"]), ("kin", "xun", True))
        self.assert_refused(self.station, ["case", "open", known["person"]["id"]], 1, "case-open", "person", user="xun")
        shown = self.case_of(known)
        self.assertEqual([note["text"] for note in shown["notes"]], ["家人失联十年"])
        self.assertFalse(self.kinds() & (QUERIES | {"case-close"}))

    def test_a_stay_that_was_none(self):
        stay = self.admit()
        self.station.one("stay", "void", stay["id"], "--reason", "重复登记", user="zhan")
        self.assertEqual(self.station.all("case", "list"), [])

    def test_merged_records_are_one(self):
        one, two = self.admit(days_ago(20)), self.admit(days_ago(1))
        self.inquire(one, "dna", office="区公安分局", at=text(days_ago(15)))
        self.station.one("stay", "leave", two["id"], "--leave_by", "own-will")
        self.assertEqual(len(self.station.all("case", "list")), 2)
        self.station.one("person", "merge", one["person"]["id"], two["person"]["id"], "--reason", "同一人")
        case, = self.station.all("case", "list")
        self.assertEqual(case["person"], one["person"]["id"])
        self.assertNotIn("dna-request", self.kinds())
        self.assertEqual(self.case_of(two)["id"], case["id"])
        self.station.one("case", "close", two["id"], "--closed_as", "mistaken", "--close_text", "见另案", user="zhan")
        self.assertEqual(self.station.all("case", "list"), [])
        self.assertEqual(len(self.station.all("case", "list", "--closed")), 1)

    def test_two_desks_make_one(self):
        arrived = self.station.register("person.sex=男")
        invited = self.station.one("desk", "invite", self.path("invitation"))
        other = Station(self.path("desk-2"))
        other.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
        carried = self.path("carried.gtb")
        self.station.one("bundle", "export", carried)
        other.one("bundle", "import", carried, user="")
        for desk in (self.station, other):
            desk.one("stay", "admit", arrived["stay"]["id"])
        for source, target in ((self.station, other), (other, self.station)):
            source.one("bundle", "export", carried)
            target.one("bundle", "import", carried, user="")
        one, = self.station.all("case", "list")
        two, = other.all("case", "list")
        self.assertEqual(one, two)
        self.assertEqual([conflict["field"] for conflict in self.station.all("conflict", "list") if conflict["kind"] == "case"], [])
        # What both wrote at once of the case is a conflict, listed and settled like any other.
        self.station.one("case", "assign", one["id"], "--caseworker", "xun")
        other.one("case", "assign", one["id"], "--caseworker", "wen")
        for source, target in ((self.station, other), (other, self.station)):
            source.one("bundle", "export", carried)
            target.one("bundle", "import", carried, user="")
        conflict, = self.station.all("conflict", "list", one["id"])
        self.assertEqual((conflict["kind"], conflict["field"], conflict["person"]), ("case", "caseworker", one["person"]))
        self.assertEqual({value["value_name"] for value in conflict["values"]}, {"xun", "wen"})
        self.station.one("conflict", "settle", "case", one["id"], "caseworker")
        self.assertEqual(self.station.all("conflict", "list", one["id"]), [])


class Clock(Cases):
    def test_facts_end_what_is_due(self):
        stay = self.admit()
        self.assertEqual(self.kinds(), QUERIES)
        self.assert_refused(self.station, ["task", "done", "dna-request", "--stay", stay["id"], "--proof", "x"], 1, "ends-by-itself", "kind")
        self.assert_refused(self.station, ["task", "waive", "dna-request", "--stay", stay["id"], "--reason", "x"], 1, "not-allowed", user="xun")
        self.inquire(stay, "face", user="jie", result="none", circumstances="来站登记")
        self.assertEqual(self.kinds(), QUERIES - {"quick-query"})
        self.inquire(stay, "police", result="none")
        dna = self.inquire(stay, "dna", office="区公安分局", number="DN-1")
        self.assertEqual(self.kinds(), {"notice", "second-interview", "dna-answer"})
        self.assertEqual(dna["result"], "waiting")
        task, = self.station.all("tasks", "--kind", "dna-answer")
        self.assertEqual(task["due_at"][:10], dna["due_on"])
        self.note(stay, "interview")
        self.assertEqual(self.kinds(), {"notice", "dna-answer"})
        self.station.one("case", "answer", dna["id"], "--result", "none", user="xun")
        self.assertEqual(self.kinds(), {"notice"})
        self.station.one("task", "waive", "notice", "--stay", stay["id"], "--reason", "本人反对", user="zhan")
        self.assertEqual(self.kinds(), set())
        done = [task for task in self.case_of(stay)["tasks"] if task["state"] == "waived"]
        self.assertEqual([(task["kind"], task["proof"], task["case"]) for task in done], [("notice", "本人反对", self.case_of(stay)["id"])])

    def test_after_ten_days(self):
        stay = self.admit(days_ago(11))
        self.assertLessEqual({"case-plan", "case-assign", "case-review", "dialect-interview", "notice-refresh"}, self.kinds())
        self.assertIn("case-assign", self.kinds(user="zhan"))
        self.assertNotIn("case-assign", self.kinds(user="xun"))
        self.assertEqual(len(self.station.all("case", "list", "--unassigned")), 1)
        self.station.one("case", "assign", stay["id"], "--caseworker", "xun", "--member", "wei", user="zhan")
        self.note(stay, "plan", next="致电洪湖站", next_on=text(days_ago(-3))[:10])
        due = self.kinds(user="zhan")
        self.assertFalse(due & {"case-plan", "case-assign"})
        self.assertIn("case-step", due)
        self.assertEqual(self.station.all("case", "list", "--unassigned"), [])
        self.note(stay, "note", "已致电，无人接听")
        self.assertNotIn("case-step", self.kinds())

    def test_review_months(self):
        """Monthly from when the person is stranded, and after they left, until it is closed."""
        stay = self.admit(days_ago(100))
        review = lambda: next(task for task in self.station.all("tasks", "--kind", "case-review"))
        self.assertEqual(review()["state"], "overdue")
        self.note(stay, "review", at=text(days_ago(40)))
        self.assertEqual((review()["starts_at"][:10], review()["state"]), (text(days_ago(40))[:10], "overdue"))
        self.note(stay, "review")
        self.assertEqual(review()["state"], "later")
        self.station.one("stay", "leave", stay["id"], "--leave_by", "own-will")
        self.assertEqual(self.kinds(), {"case-review", "case-assign", "case-plan", "notice-refresh"} & self.kinds())
        self.assertIn("case-review", self.kinds())
        self.station.one("case", "close", stay["id"], "--closed_as", "mistaken", "--close_text", "不再寻找", user="zhan")
        self.assertEqual(self.kinds(), set())

    def test_identified(self):
        stay = self.admit()
        self.say("person", "edit", stay["person"]["id"], name="李四", verified_by="police")
        self.assertEqual(self.kinds(), {"case-close"})
        case = self.case_of(stay)
        self.assertEqual((case["state"], case["verified"], case["next_step"]["kind"]), ("open", True, "case-close"))
        identified = case["identified_at"]
        self.say("person", "edit", stay["person"]["id"], verified_by="none")
        self.assertNotIn("identified_at", self.case_of(stay))
        self.assertEqual(self.kinds(), QUERIES)
        self.say("person", "edit", stay["person"]["id"], verified_by="police")
        self.assertGreaterEqual(self.case_of(stay)["identified_at"], identified)
        self.station.one("case", "edit", stay["id"], "--seeks", "kin", user="xun")
        self.assertEqual(self.kinds(), set())

    def test_without_a_stay(self):
        person = self.station.one("person", "add", "--set", "sex=女", "--set", "name=周某")["id"]
        case = self.station.one("case", "open", person, user="xun")
        self.assertNotIn("stay", case)
        clue = self.say("case", "clue", person, user="jie", text="有人见过她", source="caller")
        tasks = self.station.all("tasks", "--case", case["id"])
        self.assertEqual([(task["kind"], task["about"], task["text"]) for task in tasks], [("clue", clue["id"], "有人见过她")])
        shown = self.station.one("case", "show", person)
        self.assertEqual([task["kind"] for task in shown["tasks"]], ["clue"])


class Work(Cases):
    def test_clues(self):
        stay = self.admit()
        clue = self.say("case", "clue", stay["id"], user="jie", text="说堂兄在洪湖开店", source="caller", informant="王女士", phone="13800000001", place="洪湖市")
        self.assertEqual((clue["state"], clue["of_case"]["n_clues"]), ("new", 1))
        self.assert_refused(self.station, ["case", "clue", stay["id"], "--set", "text=x"], 2, "missing", "source", user="jie")
        self.assert_refused(self.station, ["case", "clue", stay["id"], "--set", "text=x", "--set", "source=caller", "--set", "phone=打不通"], 2, "bad-character", "phone", user="jie")
        self.assertIn("clue", self.kinds())
        update = ["case", "clue-update", clue["id"]]
        self.assert_refused(self.station, update + ["--state", "followed"], 1, "not-allowed", user="jie")
        self.assert_refused(self.station, update + ["--state", "new"], 2, "missing", "state", user="xun")
        for state in ("promising", "dead-end", "confirmed"):
            self.assert_refused(self.station, update + ["--state", state], 2, "missing", "outcome", user="xun")
        self.station.one(*update, "--state", "followed", user="xun")
        self.assertNotIn("clue", self.kinds())
        asked = self.inquire(stay, "call", clue=clue["id"], office="洪湖市救助站", result="possible", text="有相似报失")
        self.station.one(*update, "--state", "confirmed", "--outcome", "堂兄确认", user="xun")
        shown = self.case_of(stay)
        self.assertEqual([(found["state"], found["outcome"], found["place_name"]) for found in shown["clues"]], [("confirmed", "堂兄确认", "湖北省荆州市洪湖市")])
        self.assertEqual([(found["id"], found["clue"], found["by_name"]) for found in shown["inquiries"]], [(asked["id"], clue["id"], "xun")])
        other = self.admit(days_ago(1))
        self.assert_refused(self.station, ["case", "inquiry", other["id"], "--set", "kind=call", "--set", f"clue={clue['id']}"], 3, "not-found", "clue", user="xun")

    def test_statements(self):
        stay = self.admit()
        person = stay["person"]["id"]
        said = self.say("person", "statement", person=person, about="home", text="俺家在洪胡边上", means="洪湖？", language="hsn")
        self.say("person", "statement", person=person, about="name", text="我叫造小明")
        self.say("person", "statement", person=person, about="other", text="爱吃面")
        words = {one["about"]: one for one in self.case_of(stay)["statements"]}
        home = words["home"]
        self.assertEqual((home["means"], home["heard_by_name"], home["language"]), ("洪湖？", "xun", "hsn"))
        self.assertEqual((home["places"][0]["code"], home["places"][0]["how"], home["places"][0]["part"]), ("421083", "sound", "洪胡"))
        self.assertEqual(words["name"]["surnames"][0], "赵")
        self.assertFalse({"places", "surnames"} & set(words["other"]))
        clue = self.say("case", "clue", stay["id"], text="家可能在洪湖", source="statement", statement=said["id"])
        self.assertEqual(clue["statement"], said["id"])
        other = self.admit(days_ago(1))
        self.assert_refused(self.station, ["case", "clue", other["id"], "--set", "text=x", "--set", "source=statement", "--set", f"statement={said['id']}"],
                            2, "not-their-words", "statement", user="xun")

    def test_inquiries(self):
        stay = self.admit(days_ago(40))
        ask = ["case", "inquiry", stay["id"]]
        self.assert_refused(self.station, ask, 2, "missing", "kind", user="xun")
        self.assert_refused(self.station, ask + ["--set", "kind=letter", "--set", "at=2099-01-01 10:00"], 2, "in-the-future", "at", user="xun")
        self.assert_refused(self.station, ask + ["--set", "kind=letter", "--set", "result=found"], 2, "missing", "text", user="xun")
        self.assert_refused(self.station, ask + ["--set", "kind=letter", "--set", "due_on=2001-01-01"], 2, "too-early", "due_on", user="xun")
        letter = self.inquire(stay, "letter", office="洪湖市救助站", at=text(days_ago(20)))
        self.assertEqual(letter["due_on"], text(days_ago(5))[:10])
        police = self.inquire(stay, "police", at=text(days_ago(20)))
        self.assertGreater(police["due_on"], letter["due_on"])
        waiting = {task["about"]: task["state"] for task in self.station.all("tasks", "--kind", "inquiry-answer")}
        self.assertEqual(waiting, {letter["id"]: "overdue", police["id"]: "later"})
        answer = ["case", "answer", letter["id"]]
        self.assert_refused(self.station, answer, 2, "missing", "result", user="xun")
        self.assert_refused(self.station, answer + ["--result", "possible"], 2, "missing", "text", user="xun")
        self.assert_refused(self.station, answer + ["--result", "none", "--at", text(days_ago(30))], 2, "too-early", "at", user="xun")
        self.station.one(*answer, "--result", "waiting", "--number", "洪协〔2026〕3号", user="xun")
        done = self.station.one(*answer, "--result", "none", "--text", "查无此人", user="xun")
        self.assertEqual((done["result"], done["number"]), ("none", "洪协〔2026〕3号"))
        self.assert_refused(self.station, answer + ["--result", "found", "--text", "x"], 1, "already-answered", "inquiry", user="xun")
        self.assertEqual([task["about"] for task in self.station.all("tasks", "--kind", "inquiry-answer")], [police["id"]])

    def test_notes(self):
        stay = self.admit()
        note = ["case", "note", stay["id"]]
        self.assert_refused(self.station, note, 2, "missing", "text", user="xun")
        self.assert_refused(self.station, note + ["--text", "x", "--next", "打电话"], 2, "missing", "next_on", user="xun")
        self.assert_refused(self.station, note + ["--text", "x", "--next_on", "2099-01-01"], 2, "missing", "next", user="xun")
        self.assert_refused(self.station, note + ["--text", "x", "--kind", "poem"], 2, "unknown-code", "kind", user="xun")
        self.note(stay, "plan", "先查洪湖", next="致电", next_on="2099-01-01")
        shown = self.case_of(stay)
        self.assertEqual([(one["kind"], one["text"], one["by_name"]) for one in shown["notes"]], [("plan", "先查洪湖", "xun")])
        self.assertIn("case-step", [task["kind"] for task in shown["tasks"]])

    def test_caseworkers(self):
        stay = self.admit()
        assign = ["case", "assign", stay["id"]]
        self.assert_refused(self.station, assign + ["--caseworker", "xun"], 1, "not-allowed", user="xun")
        self.assert_refused(self.station, assign, 2, "missing", "caseworker", user="zhan")
        self.assert_refused(self.station, assign + ["--caseworker", "nobody"], 3, "not-found", "caseworker", user="zhan")
        for user in ("jie", "yi", "shen"):
            self.assert_refused(self.station, assign + ["--caseworker", user], 1, "not-caseworker", "caseworker", user="zhan")
            self.assert_refused(self.station, assign + ["--member", user], 1, "not-caseworker", "member", user="zhan")
        self.station.one(*assign, "--caseworker", "xun", "--member", "wen", user="zhan")
        self.station.one(*assign, "--member", "wei", user="zhan")
        shown = self.case_of(stay)
        self.assertEqual((shown["caseworker_name"], [member["user_name"] for member in shown["members"]]), ("xun", ["wen", "wei"]))
        for user in ("xun", "wen", "wei"):
            self.assertEqual(len(self.station.all("case", "list", "--caseworker", user)), 1)
        self.assertEqual(self.station.all("case", "list", "--caseworker", "zhan"), [])
        self.assert_refused(self.station, assign + ["--release", "zhan"], 3, "not-found", "release", user="zhan")
        self.station.one(*assign, "--release", "wen", user="zhan")
        self.station.one(*assign, "--release", "xun", user="zhan")
        shown = self.case_of(stay)
        self.assertEqual(([member["user_name"] for member in shown["members"]], shown.get("caseworker_name")), (["wei"], None))
        self.station.one(*assign, "--member", "wen", user="zhan")
        self.assertEqual(len(self.case_of(stay)["members"]), 2)
        self.station.one("user", "disable", "wen")
        self.assert_refused(self.station, assign + ["--caseworker", "wen"], 1, "user-gone", "caseworker", user="zhan")


class Papers(Cases):
    def fields(self, kind, stay, *words):
        paper = self.station.one("paper", "issue", kind, "--stay", stay["id"], *words)
        with self.station.connect() as connection:
            return json.loads(connection.execute("SELECT fields FROM paper WHERE number = ?", (paper["number"],)).fetchone()[0])

    def test_what_the_inquiries_tell(self):
        """Papers of the search take from the inquiries what was typed anew before; what is typed still goes first."""
        stay = self.admit(days_ago(3))
        self.inquire(stay, "face", circumstances="来站登记", result="none")
        self.inquire(stay, "police", result="possible", text="相似2人")
        self.inquire(stay, "call", office="洪湖站", result="none")
        dna = self.inquire(stay, "dna", office="海珠区公安分局", number="DN-7", circumstances="身份不明")
        request = self.fields("dna-request", stay)
        self.assertEqual((request["dna.office"], request["dna.queries_done"], request["dna.queries_found"], request["dna.reason"]),
                         ("海珠区公安分局", "人脸识别、公安人口信息", "人脸比对：未查到；公安人口信息查询：有相似：相似2人", "身份不明"))
        typed = self.fields("dna-request", stay, "--fields", '{"dna.office": "市公安局"}')
        self.assertEqual(typed["dna.office"], "市公安局")
        register = self.fields("dna-register", stay)
        self.assertEqual(register["dna.request_number"], "DN-7")
        self.assertNotIn("dna.result", register)
        self.station.one("case", "answer", dna["id"], "--result", "none", "--text", "库中无亲缘", "--sample", "Y-9", "--collected_by", "黄警官",
                         "--collected_at", text(days_ago(1)), user="xun")
        register = self.fields("dna-register", stay)
        self.assertEqual([register["dna." + name] for name in ("result", "feedback", "sample_number", "collected_by")], ["未比中", "库中无亲缘", "Y-9", "黄警官"])
        self.assertIn("年", register["dna.fed_back_on"])
        rows = [row.split("\t") for row in self.fields("identity-query-register", stay)["stay.queries"].split("\n")]
        self.assertEqual([row[1] for row in rows], ["人脸比对", "公安人口信息查询", "DNA采集比对"])
        self.assertEqual(rows[0][2:], ["来站登记", "未查到", "xun"])
        self.assertEqual(self.fields("identity-query-register", stay)["query.conclusion"], "有线索")


class Closing(Cases):
    GOOD = {"closed_as": "family", "confirmed_how": "visit", "confirmed_by": "其兄赵大明", "close_text": "由堂兄的店找到其兄", "verified_by": "kin"}

    def close(self, stay, *words, user="zhan", **fields):
        return self.station.one("case", "close", stay["id"], *words, *self.options(**fields), user=user)

    def test_what_it_takes(self):
        stay = self.admit(name="赵小明")
        close = ["case", "close", stay["id"]]
        self.assert_refused(self.station, close + self.options(**self.GOOD), 1, "not-allowed", user="xun")
        for name in ("closed_as", "confirmed_how", "confirmed_by", "close_text"):
            fields = {field: value for field, value in self.GOOD.items() if field != name}
            self.assert_refused(self.station, close + self.options(**fields), 2, "missing", name, user="zhan")
        for outcome in ("family", "identity", "home-station"):
            fields = {**self.GOOD, "closed_as": outcome}
            del fields["verified_by"]
            self.assert_refused(self.station, close + self.options(**fields), 1, "not-verified", "verified_by", user="zhan")
        self.assert_refused(self.station, close + self.options(closed_as="mistaken"), 2, "missing", "close_text", user="zhan")
        self.assert_refused(self.station, close + self.options(closed_as="died", close_text="病故"), 1, "not-dead", "closed_as", user="zhan")
        closed = self.close(stay, **self.GOOD)
        self.assertEqual((closed["state"], closed["closed_as"], closed["confirmed_by"], closed["closed_by_name"], closed["verified"]),
                         ("closed", "family", "其兄赵大明", "zhan", True))
        person = self.station.one("person", "show", stay["person"]["id"])
        self.assertEqual(person["verified_by"], "kin")
        self.assertEqual([said["text"] for said in person["statements"]], ["赵小明"])
        self.assertEqual(self.kinds(), set())
        self.assert_refused(self.station, close + self.options(**self.GOOD), 1, "already-closed", "case", user="zhan")
        for words in (["note", stay["id"], "--text", "x"], ["inquiry", stay["id"], "--set", "kind=call"], ["clue", stay["id"], "--set", "text=x", "--set", "source=caller"],
                      ["edit", stay["id"], "--seeks", "kin"]):
            self.assert_refused(self.station, ["case", *words], 1, "case-closed", "case", user="xun")

    def test_a_photo_takes_two(self):
        stay = self.admit()
        for how in ("photo", "video"):
            fields = {**self.GOOD, "confirmed_how": how}
            self.assert_refused(self.station, ["case", "close", stay["id"], *self.options(**fields)], 1, "second-needed", "second", user="zhan")
        signed = self.options(**fields, second="jie", second_password=PASSWORD)
        self.assert_refused(self.station, ["case", "close", stay["id"], *signed], 1, "not-allowed", "second", user="zhan")
        closed = self.close(stay, **fields, second="xun", second_password=PASSWORD)
        self.assertEqual(closed["second_name"], "xun")

    def test_by_the_rule(self):
        stay = self.admit()
        self.station.one("rule", "set", "--set", "name=case_close_second_photo", "--set", "value=0", "--set", "effective_from=2020-01-01", "--set", "citation=本站规定")
        self.close(stay, **{**self.GOOD, "confirmed_how": "photo"})

    def test_related(self):
        stay = self.admit()
        self.station.one("person", "relate", stay["person"]["id"], "--text", "同乡", user="zhan")
        self.assert_refused(self.station, ["case", "close", stay["id"], *self.options(**self.GOOD)], 1, "related", user="zhan")

    def test_reopened(self):
        stay = self.admit()
        self.close(stay, **self.GOOD)
        reopen = ["case", "reopen", stay["id"]]
        self.assert_refused(self.station, reopen, 2, "missing", "reason", user="zhan")
        self.assert_refused(self.station, reopen + ["--reason", "认错"], 1, "not-allowed", user="xun")
        case = self.station.one(*reopen, "--reason", "认错", user="zhan")
        self.assertEqual((case["state"], case["seeks"]), ("open", "kin"))
        self.assertFalse({"closed_at", "closed_as", "confirmed_by", "close_text", "second"} & set(case))
        self.assertEqual([note["text"] for note in self.case_of(stay)["notes"]], ["认错"])
        self.assert_refused(self.station, reopen + ["--reason", "x"], 1, "case-open", "case", user="zhan")

    def test_reopened_after_the_family_came(self):
        """Whom the family collected is found, until it shows that it was not theirs; what is due then is the search, not its end."""
        stay = self.admit()
        self.station.one("stay", "leave", stay["id"], "--leave_by", "kin", "--received_by", "赵大明", "--receiver_id", "440105199003071032", "--receiver_proof", "户口簿")
        self.assertIn("case-close", self.kinds())
        self.close(stay, **{**self.GOOD, "closed_as": "family"})
        self.assertEqual(self.kinds(), set())
        self.station.one("case", "reopen", stay["id"], "--reason", "认错", user="zhan")
        self.assertNotIn("case-close", self.kinds())
        self.assertEqual([note["kind"] for note in self.case_of(stay)["notes"]], ["reopened"])
        self.assert_refused(self.station, ["case", "note", stay["id"], "--kind", "reopened", "--text", "x"], 2, "unknown-code", "kind", user="xun")

    def test_died_unidentified(self):
        stay = self.admit()
        self.station.one("stay", "leave", stay["id"], "--leave-by", "death", "--ground", "心脏骤停")
        self.assertIn("case-review", self.kinds("--on", text(days_ago(-20))))
        self.close(stay, closed_as="died", close_text="公告期满无人认领")

    def test_listed_by_when(self):
        stay = self.admit()
        self.close(stay, **self.GOOD)
        day = lambda ago: text(days_ago(ago))[:10]
        self.assertEqual(len(self.station.all("case", "list", "--closed_from", day(0), "--closed_until", day(0))), 1)
        self.assertEqual(self.station.all("case", "list", "--closed_until", day(1)), [])
        self.assertEqual(self.station.all("case", "list", "--closed_from", day(-1)), [])


class Fence(Cases):
    SECRET = ("闫桅苈", "蟾蜍表兄", "槲寄生村", "犰狳婶", "鹈鹕站", "薜荔姑", "13899987761")

    def plant(self, **person):
        stay = self.admit(name="闫桅苈", **person)
        ids = {"stay": stay["id"], "person": stay["person"]["id"], "case": self.case_of(stay)["id"]}
        self.say("person", "statement", person=ids["person"], about="kin", text="蟾蜍表兄")
        clue = self.say("case", "clue", ids["case"], text="槲寄生村有人报失", source="caller", informant="犰狳婶", phone="13899987761")
        self.inquire(stay, "call", clue=clue["id"], office="鹈鹕站", text="薜荔姑来接", result="possible")
        self.note(stay, "plan", "去槲寄生村", next="找薜荔姑", next_on="2099-01-01")
        return {**ids, "clue": clue["id"]}

    def assert_silent(self, ids, users):
        for user in users:
            for words in (("case", "show", ids["case"]), ("case", "show", ids["stay"]), ("case", "list"), ("case", "list", "--unassigned"), ("tasks",),
                          ("tasks", "--case", ids["case"]), ("conflict", "list"), ("ledger", "show", "--limit", "100")):
                result = self.station.run(*words, user=user)
                with self.subTest(user=user, words=words):
                    self.assertEqual([word for word in self.SECRET if word in result.stdout + result.stderr], [])

    def test_violence(self):
        ids = self.plant(fence="violence", sex="女")
        self.assert_silent(ids, ("jie", "yi", "shen"))
        shown = self.station.one("case", "show", ids["case"], user="jie")
        self.assertEqual((shown["display_name"], shown["fenced"]), ("受保护人员", "violence"))
        self.assert_refused(self.station, ["case", "inquiry", ids["case"], "--set", "kind=face"], 1, "fenced", user="jie")
        self.assertNotIn("notice", self.kinds())
        # A call at night brings a clue; whoever takes it reads nothing of the case by that.
        told = self.station.run("case", "clue", ids["case"], "--set", "text=有来电", "--set", "source=caller", user="jie")
        self.assertEqual(told.status, 0, told.stderr)
        self.assertEqual([word for word in self.SECRET if word in told.stdout], [])
        self.assertEqual(len(self.station.one("case", "show", ids["case"], user="wei")["clues"]), 2)
        looked = self.station.all("access", "list", "--person", ids["person"])
        self.assertIn(("wei", "view-fenced"), [(look["user"], look["act"]) for look in looked])
        self.assertNotIn("jie", [look["user"] for look in looked])

    def test_trafficking(self):
        self.assert_silent(self.plant(fence="trafficking"), ("jie", "yi", "shen"))

    def test_a_minor_who_left(self):
        born = text(days_ago(15 * 365))[:10]
        ids = self.plant(birth_from=born, birth_to=born)
        self.assertEqual(self.station.one("case", "show", ids["case"], user="jie")["display_name"], "闫桅苈")
        self.station.leave_with_kin(ids["stay"])
        self.assert_silent(ids, ("jie", "yi", "shen"))

    def test_rights(self):
        stay = self.admit()
        for user in ("yi", "shen"):
            self.assert_refused(self.station, ["case", "note", stay["id"], "--text", "x"], 1, "not-allowed", user=user)
        self.assert_refused(self.station, ["case", "note", stay["id"], "--text", "x"], 1, "not-allowed", user="jie")
        self.assert_refused(self.station, ["case", "clue", stay["id"], "--set", "text=x", "--set", "source=caller"], 1, "not-allowed", user="shen")
        for user in USERS:
            self.assertEqual(self.case_of(stay, user=user)["state"], "open")


if __name__ == "__main__":
    main()
