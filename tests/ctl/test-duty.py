# SPDX-License-Identifier: GPL-3.0-or-later
"""What is due, what was done about it, and what the administrator sets: rules, calendar, codes."""

import datetime
import json

from station import CHINA, StationTest, Station, main, today


def days_ago(days, hour=10):
    moment = datetime.datetime.now(CHINA) - datetime.timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def text(moment):
    return moment.strftime("%Y-%m-%d %H:%M")


class Duty(StationTest):
    """Each test has a station of its own."""

    def setUp(self):
        self.station = self.make_station(self.id().rsplit(".", 1)[-1])

    def set(self, *words, **fields):
        return self.station.one(*words, *[word for name, value in fields.items() for word in ("--set", f"{name}={value}")])

    def admit(self, moment, station=None, reason="no-work", **person):
        """Somebody whose identity is not known, admitted on arrival."""
        record = {"person": {"sex": "男", **person}, "came_by": "police", "reason": reason, "arrived_at": text(moment), "admitted_at": text(moment)}
        return (station or self.station).one("stay", "admit", stdin=json.dumps(record))["stay"]

    def tasks(self, *words, station=None, **options):
        return {task["kind"]: task for task in (station or self.station).all("tasks", *words, **options)}

    def add_user(self, name, role):
        self.station.one("user", "add", "--set", f"name={name}", "--set", f"role={role}", "--password", "secret-123")


class Tasks(Duty):
    def test_arrival_at_night(self):
        stay = self.admit(datetime.datetime(2020, 1, 20, 3, 15))
        due = {kind: task["due_at"][:16] for kind, task in self.tasks("--stay", stay["id"], "--on", "2020-01-20 04:00").items()}
        self.assertEqual(due, {"quick-query": "2020-01-20T08:00", "police-query": "2020-01-20T08:00", "notice": "2020-01-21T03:15", "second-interview": "2020-01-23T23:59",
                               "dna-request": "2020-02-06T23:59", "stay-limit": "2020-01-30T23:59"})

    def test_states_and_order(self):
        stay = self.admit(datetime.datetime(2020, 1, 20, 3, 15))
        listed = self.station.all("tasks", "--on", "2020-01-23 12:00", "--stay", stay["number"])
        self.assertEqual([(task["kind"], task["state"]) for task in listed],
                         [("police-query", "overdue"), ("quick-query", "overdue"), ("notice", "overdue"), ("second-interview", "due"), ("stay-limit", "later"), ("dna-request", "later")])
        due = self.station.all("tasks", "--on", "2020-01-23 12:00", "--stay", stay["number"], "--due")
        self.assertEqual([task["kind"] for task in due], ["police-query", "quick-query", "notice", "second-interview"])
        notice = listed[2]
        self.assertEqual((notice["number"], notice["display_name"], notice["rule"], notice["limit"], notice["unit"]),
                         (stay["number"], "无名氏", "notice_hours", "24", "hour"))
        self.assertIn("身份查询", notice["citation"])
        self.assertNotIn("citation", listed[0])

    def test_language(self):
        self.admit(days_ago(0, 0))
        self.assertEqual(self.tasks("--kind", "notice", environment={"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"})["notice"]["label"], "发布寻亲公告")

    def test_done_with_proof(self):
        stay = self.admit(days_ago(2), reason="lost")
        self.assert_refused(self.station, ["task", "done", "police-report", "--stay", stay["id"]], 2, "missing", "proof")
        self.assert_refused(self.station, ["task", "done", "police-report", "--stay", stay["id"], "--proof", "x", "--at", "2099-01-01 10:00"], 2, "in-the-future", "at")
        done = self.station.one("task", "done", "police-report", "--stay", stay["id"], "--proof", "接报回执 2026-77", "--at", text(days_ago(1)))
        self.assertNotIn("police-report", self.tasks())
        kept = self.tasks("--done")["police-report"]
        self.assertEqual((kept["state"], kept["proof"], kept["id"], kept["by_name"]), ("done", "接报回执 2026-77", done["id"], "admin"))
        self.assert_refused(self.station, ["task", "done", "police-report", "--stay", stay["id"], "--proof", "x"], 1, "already-done", "kind")
        self.assert_refused(self.station, ["task", "done", "death", "--stay", stay["id"], "--proof", "x"], 3, "no-such-task", "kind")
        self.assert_refused(self.station, ["task", "done", "nothing", "--stay", stay["id"], "--proof", "x"], 2, "unknown-code", "kind")

    def test_undone(self):
        stay = self.admit(days_ago(2), reason="lost")
        done = self.station.one("task", "done", "police-report", "--stay", stay["id"], "--proof", "77")
        self.assert_refused(self.station, ["task", "reopen", done["id"]], 2, "missing", "reason")
        self.station.one("task", "reopen", done["id"], "--reason", "记错人")
        self.assertIn("police-report", self.tasks())
        self.assertNotIn("id", self.tasks("--done")["police-report"])
        self.assert_refused(self.station, ["task", "reopen", done["id"], "--reason", "x"], 1, "not-done", "task")
        self.station.one("task", "done", "police-report", "--stay", stay["id"], "--proof", "78")
        self.assertEqual(self.tasks("--done")["police-report"]["proof"], "78")

    def test_one_starts_the_next(self):
        stay = self.admit(days_ago(100))
        self.assertNotIn("register", self.tasks())
        done = self.station.one("task", "done", "settle", "--stay", stay["id"], "--proof", "安置申请1")
        self.assertEqual(self.tasks()["register"]["starts_at"], done["done_at"])
        self.station.one("task", "reopen", done["id"], "--reason", "未送达")
        self.assertNotIn("register", self.tasks())

    def test_what_ends_by_a_fact(self):
        stay = self.admit(days_ago(2))
        for words in (["done", "stay-limit", "--stay", stay["id"], "--proof", "x"], ["waive", "stay-limit", "--stay", stay["id"], "--reason", "x"]):
            self.assert_refused(self.station, ["task", *words], 1, "ends-by-itself", "kind")
        self.station.one("stay", "leave", stay["id"], "--leave-by", "own-will")
        self.assertEqual(self.tasks("--stay", stay["id"]), {})

    def test_not_needed(self):
        stay = self.admit(days_ago(2), reason="lost")
        self.add_user("li", "接待")
        self.assert_refused(self.station, ["task", "waive", "notice", "--stay", stay["id"], "--reason", "本人反对"], 1, "not-allowed", user="li")
        waived = self.station.one("task", "waive", "notice", "--stay", stay["id"], "--reason", "本人反对")
        self.assertEqual(self.tasks("--done")["notice"]["state"], "waived")
        self.assert_refused(self.station, ["task", "reopen", waived["id"], "--reason", "x"], 1, "not-allowed", "task", user="li")
        self.station.one("task", "done", "police-report", "--stay", stay["id"], "--proof", "1", user="li")
        self.assertEqual(self.tasks("--done")["police-report"]["by_name"], "li")

    def test_by_hand(self):
        stay = self.admit(days_ago(2))
        self.assert_refused(self.station, ["task", "add", "--kind", "notice", "--due-at", "2026-01-01 10:00", "--text", "x"], 2, "not-by-hand", "kind")
        self.assert_refused(self.station, ["task", "add", "--kind", "other", "--text", "x"], 2, "missing", "due_at")
        task = self.station.one("task", "add", "--kind", "other", "--stay", stay["id"], "--due-at", text(days_ago(1)), "--text", "给儿子回电话")
        listed = self.tasks()["other"]
        self.assertEqual((listed["id"], listed["text"], listed["state"], listed["number"]), (task["id"], "给儿子回电话", "overdue", stay["number"]))
        self.station.one("task", "done", task["id"], "--proof", "已通话")
        self.assertNotIn("other", self.tasks())
        self.station.one("task", "reopen", task["id"], "--reason", "打错号码")
        self.assertEqual(self.tasks()["other"]["text"], "给儿子回电话")
        self.station.one("task", "add", "--kind", "other", "--due-at", text(days_ago(-1)), "--text", "检修锅炉")
        self.assertEqual(sorted(task["text"] for task in self.station.all("tasks", "--kind", "other")), sorted(["检修锅炉", "给儿子回电话"]))

    def test_stays_that_are_over(self):
        """What was added by hand outlives the stay; so does a death."""
        stay = self.admit(days_ago(2))
        self.station.one("task", "add", "--kind", "other", "--stay", stay["id"], "--due-at", text(days_ago(-1)), "--text", "寄出证件")
        self.station.one("stay", "leave", stay["id"], "--leave-by", "death", "--ground", "心脏骤停")
        self.assertEqual(set(self.tasks()) - {"half-year-visit"}, {"other", "death"})
        self.station.one("task", "done", "death", "--stay", stay["id"], "--proof", "殡葬证明")
        self.assertEqual(set(self.tasks()) - {"half-year-visit"}, {"other"})

    def test_protected_names(self):
        self.admit(days_ago(1), name="赵芳", fence="violence")
        self.add_user("li", "接待")
        self.add_user("wu", "寻亲")
        self.assertEqual(self.tasks("--kind", "stay-limit", user="li")["stay-limit"]["display_name"], "受保护人员")
        self.assertEqual(self.tasks("--kind", "stay-limit", user="wu")["stay-limit"]["display_name"], "赵芳")
        self.assertNotIn("notice", self.tasks())


class Rules(Duty):
    CITATION = "citation=穗民〔2026〕1号"

    def set_limit(self, value, start, *words):
        return self.station.one("rule", "set", "--set", "name=stay_limit_days", "--set", f"value={value}", "--set", f"effective_from={start}", "--set", self.CITATION, *words)

    def test_from_a_day_on(self):
        """A limit of twelve days counts only for those admitted after it."""
        start = days_ago(5).date()
        before = self.admit(days_ago(6))
        rule = self.set_limit(12, start)
        after = self.admit(days_ago(5))
        earlier = self.admit(days_ago(7))
        for stay, limit in ((before, 10), (after, 12), (earlier, 10)):
            admitted = datetime.date.fromisoformat(stay["admitted_at"][:10])
            self.assertEqual(stay["due_on"], str(admitted + datetime.timedelta(days=limit)))
        held = {task["number"]: (task["limit"], task.get("citation")) for task in self.station.all("tasks", "--kind", "stay-limit")}
        self.assertEqual(held[after["number"]], ("12", "穗民〔2026〕1号"))
        self.assertEqual(held[before["number"]][0], "10")
        listed = self.station.all("rule", "list", "stay_limit_days")
        self.assertEqual([(line["source"], line["value"], line["in_force"], line["id"]) for line in listed], [("station", "12", True, rule["id"])])
        self.assertEqual([line["source"] for line in self.station.all("rule", "list", "stay_limit_days", "--on", str(start - datetime.timedelta(days=1)))], ["builtin"])

    def test_extension_is_filed(self):
        stay = self.admit(days_ago(2))
        until = str(today() + datetime.timedelta(days=20))
        self.station.one("stay", "extend", stay["id"], "--until", until, "--reason", "住院")
        filing = self.tasks()["extension-filing"]
        self.assertEqual((filing["about"], filing["starts_at"][:10]), (until, str(today())))
        self.station.one("task", "done", "extension-filing", "--stay", stay["id"], "--proof", "穗民〔2026〕9号")
        self.assertEqual((self.tasks("--done")["extension-filing"]["about"], "extension-filing" in self.tasks()), (until, False))

    def test_filing_noted_with_the_extension(self):
        stay = self.admit(days_ago(2))
        until = str(today() + datetime.timedelta(days=20))
        self.station.one("stay", "extend", stay["id"], "--until", until, "--reason", "住院")
        self.station.one("stay", "extend", stay["id"], "--filed", "穗民〔2026〕9号")
        self.assertNotIn("extension-filing", self.tasks())

    def test_until_a_day_and_voided(self):
        yesterday = str(days_ago(1).date())
        self.set_limit(12, "2026-01-01", "--set", f"effective_until={yesterday}")
        self.assertEqual(self.station.one("rule", "list", "stay_limit_days")["value"], "10")
        rule = self.set_limit(20, "2026-01-01")
        self.assertEqual(self.station.one("rule", "list", "stay_limit_days")["value"], "20")
        self.assert_refused(self.station, ["rule", "void", rule["id"]], 2, "missing", "reason")
        self.station.one("rule", "void", rule["id"], "--reason", "误设")
        self.assertEqual(self.station.one("rule", "list", "stay_limit_days")["value"], "10")
        self.assert_refused(self.station, ["rule", "void", rule["id"], "--reason", "x"], 1, "already-voided", "rule")

    def test_bad_values(self):
        good = {"name": "stay_limit_days", "value": "12", "effective_from": "2026-01-01", "citation": "穗民〔2026〕1号"}
        for change, code, field in (({"name": "stay_limit"}, "unknown-code", "name"), ({"value": "-1"}, "not-a-number", "value"),
                                    ({"value": "zehn"}, "not-a-number", "value"), ({"value": "10.5"}, "not-a-number", "value"),
                                    ({"value": "99999999"}, "not-a-number", "value"), ({"citation": ""}, "missing", "citation"),
                                    ({"effective_until": "2025-12-31"}, "ends-before-it-begins", "effective_until"),
                                    ({"name": "refusal_ground", "value": "ugly"}, "unknown-code", "value"),
                                    ({"name": "night_from_hour", "value": "24"}, "not-a-number", "value")):
            self.assert_refused(self.station, ["rule", "set"], 2, code, field, stdin=json.dumps({**good, **change}))

    def test_only_the_administrator(self):
        self.add_user("chen", "站长")
        for words in (["rule", "set", "--set", "name=stay_limit_days"], ["rule", "void", "x"], ["calendar", "set", "--set", "day=2027-01-01"],
                      ["code", "set", "--set", "list=reason"]):
            self.assert_refused(self.station, words, 1, "not-allowed", user="chen")
        self.assertTrue(self.station.all("rule", "list", user="chen"))

    def test_grounds(self):
        """Several hold at once; another one can be added."""
        before = {line["value"] for line in self.station.all("rule", "list", "refusal_ground")}
        self.assertGreaterEqual(len(before), 5)
        self.set("rule", "set", name="refusal_ground", value="disorder", effective_from="2026-01-01", citation="地方规定")
        self.assertEqual({line["value"] for line in self.station.all("rule", "list", "refusal_ground")}, before | {"disorder"})

    def test_place(self):
        """What a province sets holds in its stations only."""
        station = Station(self.path("henan"))
        station.set_up("410105001", "郑州市金水区救助管理站", "410105")
        self.assertEqual(station.one("rule", "list", "monthly_report_day")["place"], "410000")
        self.assertEqual(self.station.all("rule", "list", "monthly_report_day"), [])
        self.admit(datetime.datetime(2026, 8, 5, 10), station=station)
        reports = [(task["about"], task["due_at"][:10]) for task in station.all("tasks", "--kind", "monthly-report", "--on", "2026-10-03 10:00")]
        self.assertEqual(reports, [("2026-08", "2026-09-05"), ("2026-09", "2026-10-05")])


class Settings(Duty):
    def day(self, day, works, name="春节"):
        return self.set("calendar", "set", day=day, works=works, name=name, citation="国办发明电〔2026〕9号")

    def test_calendar(self):
        self.assertEqual(self.station.one("calendar", "show", "2040"), {"year": 2040, "known": False, "days": []})
        self.assertEqual(self.tasks("--on", "2039-12-02 10:00")["calendar"]["due_at"][:10], "2039-12-31")
        first = self.day("2040-02-08", "yes")
        self.assertFalse(self.station.one("calendar", "show", "2040")["known"])
        again = self.day("2040-02-08", "no")
        self.assertEqual(first["id"], again["id"])
        shown = self.station.one("calendar", "show", "2040")
        self.assertTrue(shown["known"])
        self.assertEqual([(day["day"], day["works"], day["source"]) for day in shown["days"]], [("2040-02-08", False, "station")])
        self.assertNotIn("calendar", self.tasks("--on", "2039-12-02 10:00"))
        self.assert_refused(self.station, ["calendar", "set", "--set", "day=2040-02-30", "--set", "works=no"], 2, "impossible-date", "day")

    def test_calendar_moves_a_deadline(self):
        self.admit(datetime.datetime(2026, 9, 7, 10))
        at = ("--kind", "dna-request", "--on", "2026-09-08 10:00")
        self.assertEqual(self.tasks(*at)["dna-request"]["due_at"][:10], "2026-09-16")
        self.day("2026-09-10", "no", "台风停工")
        self.assertEqual(self.tasks(*at)["dna-request"]["due_at"][:10], "2026-09-17")

    def test_local_codes(self):
        self.set("code", "set", list="reason", code="flood", chinese="洪水", english="Flood")
        codes = {line["code"]: line for line in self.station.all("codes", "reason", user="")}
        self.assertEqual((codes["flood"]["chinese"], codes["flood"]["local"]), ("洪水", True))
        self.assertEqual(self.station.register("person.sex=女", "reason=洪水")["stay"]["reason"], "flood")
        self.set("code", "set", list="task_kind", code="boiler", chinese="检修锅炉")
        self.station.one("task", "add", "--kind", "boiler", "--due-at", "2026-01-01 10:00", "--text", "二楼")
        self.assertEqual(self.tasks()["boiler"]["label"], "检修锅炉")

    def test_closed_lists(self):
        for name in ("sex", "decision", "leave_by", "role"):
            self.assert_refused(self.station, ["code", "set", "--set", f"list={name}", "--set", "code=new", "--set", "chinese=新"], 1, "closed-list", "list")
        for words, status, code, field in ((["list=reason", "code=lost", "chinese=丢了"], 1, "code-of-the-program", "chinese"),
                                           (["list=reason", "code=gone", "chinese=走失"], 1, "code-taken", "chinese"),
                                           (["list=reason", "code=New One", "chinese=新"], 2, "not-a-code", "code"),
                                           (["list=reasons", "code=new", "chinese=新"], 2, "unknown-code", "list")):
            self.assert_refused(self.station, ["code", "set", *[word for value in words for word in ("--set", value)]], status, code, field)

    def test_report_lines(self):
        line = {code["code"]: code["report_line"] for code in self.station.all("codes", "leave_by")}
        self.assertEqual((line["kin"], line["escort-home"], line["home-station"], line["missing"]), ("自行返乡", "护送返乡", "接领返乡", "擅自离站"))
        self.set("code", "set", list="leave_by", code="kin", report_line="接领返乡")
        self.assertEqual({code["code"]: code["report_line"] for code in self.station.all("codes", "leave_by")}["kin"], "接领返乡")
        self.assert_refused(self.station, ["code", "set", "--set", "list=leave_by", "--set", "code=kin", "--set", "report_line=别处"], 2, "unknown-code", "report_line")


class TwoDesks(Duty):
    def test_what_is_set_at_one_holds_at_the_other(self):
        card, bundle = self.path("card"), self.path("bundle")
        code = self.station.one("desk", "invite", card)["code"]
        second = Station(self.path("second"))
        second.one("init", "--invitation", card, "--code", code, user="")
        self.set("rule", "set", name="stay_limit_days", value="12", effective_from="2026-01-01", citation="穗民〔2026〕1号")
        self.set("calendar", "set", day="2040-02-08", works="no", citation="国办发明电〔2026〕9号")
        self.set("code", "set", list="reason", code="flood", chinese="洪水")
        stay = self.admit(days_ago(2), reason="lost")
        self.station.one("task", "done", "police-report", "--stay", stay["id"], "--proof", "77")
        self.station.one("bundle", "export", bundle)
        second.all("bundle", "import", bundle, user="")
        self.assertEqual(second.one("rule", "list", "stay_limit_days")["value"], "12")
        self.assertTrue(second.one("calendar", "show", "2040")["known"])
        self.assertIn("flood", {line["code"] for line in second.all("codes", "reason", user="")})
        self.assertEqual(self.tasks("--done", station=second)["police-report"]["proof"], "77")
        tomorrow = ("--on", text(days_ago(-1)))
        self.assertEqual(second.all("tasks", *tomorrow), self.station.all("tasks", *tomorrow))


if __name__ == "__main__":
    main()
