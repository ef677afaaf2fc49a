# SPDX-License-Identifier: GPL-3.0-or-later
"""After leaving: referrals, follow-ups, the pre-check against local standards, and a stay as a timeline."""

import datetime

from station import MAN_1990, PASSWORD, WOMAN_1949, StationTest, main, today


# What is seen of who collects a person.
PAPERS = ("--receiver_id", "440105199003071032", "--receiver_proof", "户口簿")


def day(days=0):
    """A date so many days from today, in China."""
    return str(today() + datetime.timedelta(days=days))


class After(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        cls.station.one("user", "add", "--set", "name=audit", "--set", "full_name=审计员", "--set", "role=auditor", "--password", PASSWORD)

    def arrive(self, *fields):
        return self.station.register("person.name=王秀英", "person.sex=女", *fields)

    def refer(self, stay, *words):
        return self.station.one("referral", "add", "--stay", stay, "--scheme", "medical", "--office", "海珠区医疗保障局", *words)


class Referrals(After):
    def test_life(self):
        stay = self.arrive()
        added = self.refer(stay["number"], "--phone", "020-8888", "--papers", "求助登记表", "--text", "需要透析")
        self.assertEqual((added["state"], added["sent_on"], added["due_on"]), ("sent", day(), day(15)))
        self.assertEqual((added["person"], added["stay"], added["stay_number"]), (stay["person"]["id"], stay["id"], stay["number"]))
        self.assertEqual((added["person_name"], added["scheme_label"], added["days_left"], added["overdue"]),
                         ("王秀英", "Medical assistance", 15, False))
        received = self.station.one("referral", "update", added["id"], "--state", "受理")
        self.assertEqual((received["state"], received.get("closed_on")), ("received", None))
        self.assert_refused(self.station, ("referral", "update", added["id"], "--state", "granted"), 2, "missing", "outcome")
        granted = self.station.one("referral", "update", added["id"], "--state", "granted", "--outcome", "已纳入医疗救助")
        self.assertEqual((granted["closed_on"], granted["outcome"]), (day(), "已纳入医疗救助"))
        self.assertNotIn("days_left", granted)
        self.assert_refused(self.station, ("referral", "update", added["id"], "--state", "sent"), 1, "already-closed", "referral")

    def test_every_way_of_closing(self):
        for state in ("granted", "rejected", "withdrawn"):
            added = self.refer(self.arrive()["number"])
            closed = self.station.one("referral", "update", added["id"], "--state", state, "--outcome", "见回函")
            self.assertEqual((closed["state"], closed["closed_on"]), (state, day()))

    def test_overdue(self):
        person = self.arrive()["person"]["id"]
        sent = self.station.one("referral", "add", "--person", person, "--scheme", "心理咨询", "--office", "某心理服务中心", "--sent_on", day(-16))
        self.assertEqual((sent["scheme"], sent["due_on"], sent["days_left"], sent["overdue"]), ("counselling", day(-1), -1, True))
        due_today = self.station.one("referral", "update", sent["id"], "--due_on", day())
        self.assertEqual((due_today["days_left"], due_today["overdue"]), (0, False))

    def test_lists(self):
        stay, other = self.arrive(), self.arrive()
        first = self.refer(stay["number"])["id"]
        second = self.station.one("referral", "add", "--stay", stay["id"], "--scheme", "legal-aid", "--office", "法律援助中心")["id"]
        self.station.one("referral", "add", "--person", other["person"]["id"], "--scheme", "legal-aid", "--office", "法律援助中心")
        self.station.one("referral", "update", first, "--state", "withdrawn", "--outcome", "本人不愿")
        ids = lambda *words: [row["id"] for row in self.station.all("referral", "list", *words)]
        self.assertEqual(ids("--stay", stay["number"]), [second, first])
        self.assertEqual(ids("--person", stay["person"]["id"]), [second, first])
        self.assertEqual(ids("--stay", stay["number"], "--open"), [second])
        self.assertEqual(ids("--person", stay["person"]["id"], "--scheme", "医疗救助"), [first])
        self.assertNotIn(first, ids("--open"))
        self.assertIn(second, ids("--open", "--scheme", "legal-aid"))
        self.assertNotIn(first, ids("--scheme", "legal-aid"))
        self.assertIn(first, ids())

    def test_refusals(self):
        stay, other = self.arrive(), self.arrive()
        good = ("referral", "add", "--stay", stay["number"], "--scheme", "dibao", "--office", "民政局")
        for words, code, field in (
            (("referral", "add", "--scheme", "dibao", "--office", "民政局"), "missing", "person"),
            (good[:-2], "missing", "office"),
            ((*good, "--person", other["person"]["id"]), "not-their-stay", "person"),
            ((*good, "--sent_on", day(1)), "in-the-future", "sent_on"),
            ((*good, "--due_on", day(-1)), "before-sending", "due_on"),
            ((*good, "--state", "granted"), "not-here", "state"),
            ((*good, "--outcome", "好"), "not-here", "outcome"),
            ((*good, "--phone", "问门卫"), "bad-character", "phone"),
            ((*good, "--scheme", "luck"), "unknown-code", "scheme"),
            (("referral", "list", "--scheme", "luck"), "unknown-code", "scheme"),
            (("referral", "list", "--person", "him"), "not-an-id", "person"),
        ):
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 2, code, field)
        added = self.refer(stay["number"])
        self.assert_refused(self.station, ("referral", "update", added["id"], "--person", other["person"]["id"]), 2, "not-here", "person")
        self.assert_refused(self.station, ("referral", "update", added["id"], "--office", ""), 2, "missing", "office")
        self.assert_refused(self.station, good, 1, "not-allowed", user="audit")


class FollowUps(After):
    def leave(self, way, *words):
        stay = self.arrive()
        self.station.one("stay", "admit", stay["number"])
        self.station.one("stay", "leave", stay["number"], "--leave_by", way, *words)
        return stay["number"]

    def list(self, *words):
        return self.station.all("follow-up", "list", *words)

    def test_planned_by_leaving(self):
        for way, words in (("escort-home", ("--destination", "湖南")), ("escort-station", ("--destination", "湖南")),
                           ("kin", ("--received_by", "王某", *PAPERS)), ("home-station", ("--received_by", "某站"))):
            with self.subTest(way=way):
                planned = self.list("--stay", self.leave(way, *words))
                self.assertEqual([(row["due_on"], row["days_left"], row["overdue"], row["leave_by"], row["person_name"]) for row in planned],
                                 [(day(30), 30, False, way, "王秀英")])

    def test_not_after_other_ways(self):
        for way, words in (("own-will", ()), ("hospital", ("--received_by", "某医院"))):
            self.assertEqual(self.list("--stay", self.leave(way, *words)), [])

    def test_of_a_journey(self):
        stay = self.arrive()["number"]
        self.station.one("stay", "admit", stay)
        plan = self.station.one("transfer", "plan", "--stay", stay, "--set", "kind=escort-home", "--set", "to_region=430481")
        self.station.one("transfer", "depart", plan["id"], "--emergency", "无人审批")
        self.assertEqual([(row["transfer"], row["due_on"]) for row in self.list("--stay", stay)], [(plan["id"], day(30))])

    def test_done_and_another(self):
        stay = self.leave("kin", "--received_by", "王某", *PAPERS)
        planned = self.list("--stay", stay)[0]
        done = self.station.one("follow-up", "done", planned["id"], "--text", "在家，情绪稳定", "--found_at_home", "yes", "--how", "phone",
                                "--next", "转社区关注", "--next_due", day(60))
        self.assertEqual((done["done_on"], done["found_at_home"], done["how"], done["next"]), (day(), "yes", "phone", "转社区关注"))
        self.assertNotIn("overdue", done)
        listed = self.list("--stay", stay)
        self.assertEqual([row["due_on"] for row in listed], [day(30), day(60)])
        self.assertEqual([row["due_on"] for row in self.list("--stay", stay, "--open")], [day(60)])
        again = ("follow-up", "done", planned["id"], "--text", "x", "--found_at_home", "no", "--how", "visit")
        self.assert_refused(self.station, again, 1, "already-done", "follow_up")

    def test_added_and_overdue(self):
        stay = self.arrive(f"arrived_at={day(-9)} 10:00")["number"]
        added = self.station.one("follow-up", "add", stay, "--due_on", day(-2))
        self.assertEqual((added["days_left"], added["overdue"], added["stay_number"]), (-2, True, stay))
        self.assertIn(added["id"], [row["id"] for row in self.list("--open")])
        due = [row["due_on"] for row in self.list("--open")]
        self.assertEqual(due, sorted(due))

    def test_refusals(self):
        stay = self.leave("kin", "--received_by", "王某", *PAPERS)
        planned = self.list("--stay", stay)[0]["id"]
        done = ("follow-up", "done", planned, "--text", "在家", "--found_at_home", "yes", "--how", "visit")
        other = self.station.one("transfer", "plan", "--stay", self.arrive()["number"], "--set", "kind=kin")["id"]
        for words, code, field in (
            (("follow-up", "add", stay), "missing", "due_on"),
            (("follow-up", "add", stay, "--due_on", day(-1)), "before-arrival", "due_on"),
            (("follow-up", "add", stay, "--due_on", "2026-02-30"), "impossible-date", "due_on"),
            (("follow-up", "add", stay, "--due_on", day(9), "--transfer", other), "not-their-stay", "transfer"),
            (done[:3], "missing", "text"),
            (done[:5], "missing", "found_at_home"),
            (done[:7], "missing", "how"),
            ((*done, "--done_on", day(1)), "in-the-future", "done_on"),
            ((*done, "--next_due", day()), "before-follow-up", "next_due"),
            ((*done, "--next_due", "soon"), "impossible-date", "next_due"),
        ):
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 2, code, field)


class PreCheck(After):
    def check(self, size, income, *words):
        result = self.station.one("referral", "check", "--household_size", str(size), "--income_month_yuan", str(income), *words)
        return {scheme["scheme"]: scheme for scheme in result["schemes"]}, result

    def test_poor_family(self):
        before = self.station.dump()
        found, result = self.check(3, 1800, "--standard", "735")
        self.assertEqual(found["dibao"]["arithmetic"],
                         ["家庭月收入 1800 元 ÷ 3 人 = 600 元/人", "600 < 低保标准 735 元 → 可能符合", "家庭财产未填 → 须另行核对"])
        self.assertEqual([name for name, scheme in found.items() if scheme["suggested"]], ["dibao"])
        self.assertEqual((result["is_decision"], result["standard"]), (False, {"yuan_month": 735, "given": True}))
        self.assertIn("不是决定", result["text"])
        self.assertEqual(self.station.dump(), before)

    def test_edge_of_the_allowance(self):
        """735 × 150 % = 1102.5; 3000 ÷ 3 = 1000."""
        found, _ = self.check(3, 3000, "--standard", "735")
        self.assertFalse(found["dibao"]["suggested"])
        self.assertEqual(found["dibao"]["arithmetic"][1], "1000 ≥ 低保标准 735 元 → 收入不符合")
        self.assertEqual(found["low-income"]["arithmetic"],
                         ["家庭月收入 3000 元 ÷ 3 人 = 1000 元/人", "低保边缘标准：735 × 150% = 1102.5 元", "1000 < 低保边缘标准 1102.5 元 → 可能符合"])
        self.assertTrue(found["low-income"]["suggested"])
        self.assertEqual((found["low-income"]["rule"], found["low-income"]["effective_from"]), ("low_income_factor", "2020-08-25"))
        self.assertTrue(found["low-income"]["citation"])

    def test_less_than_is_less_than(self):
        """Exactly the standard is not below it; a third of a yuan below is. 2205 ÷ 3 = 735, 2204 ÷ 3 = 734.67."""
        found, _ = self.check(3, 2205, "--standard", "735")
        self.assertEqual((found["dibao"]["suggested"], found["dibao"]["arithmetic"][1]), (False, "735 ≥ 低保标准 735 元 → 收入不符合"))
        found, _ = self.check(3, 2204, "--standard", "735")
        self.assertEqual(found["dibao"]["arithmetic"][:2],
                         ["家庭月收入 2204 元 ÷ 3 人 ≈ 734.67 元/人", "734.67 < 低保标准 735 元 → 可能符合"])
        self.assertTrue(found["dibao"]["suggested"])
        found, _ = self.check(2, 2205, "--standard", "735")
        self.assertEqual((found["low-income"]["suggested"], found["low-income"]["arithmetic"][2]),
                         (False, "1102.5 ≥ 低保边缘标准 1102.5 元 → 收入不符合"))

    def test_nothing_at_all(self):
        found, _ = self.check(1, 0, "--standard", "800", "--assets_yuan", "5000")
        self.assertEqual(found["dibao"]["arithmetic"],
                         ["家庭月收入 0 元 ÷ 1 人 = 0 元/人", "0 < 低保标准 800 元 → 可能符合", "家庭财产 5000 元：本地未设定财产标准 → 须另行核对"])

    def test_extreme_poverty(self):
        """800 × 130 % = 1040."""
        needed = ("--standard", "800", "--no_supporter")
        self.assertFalse(self.check(1, 100, *needed)[0]["tekun"]["suggested"])
        self.assertFalse(self.check(1, 100, "--standard", "800", "--elderly")[0]["tekun"]["suggested"])
        self.assertFalse(self.check(1, 800, *needed, "--elderly")[0]["tekun"]["suggested"])
        for flag, why in (("--elderly", "老年人"), ("--minor", "未成年人"), ("--disability", "残疾（等级须核对）")):
            found, _ = self.check(1, 100, *needed, flag)
            self.assertTrue(found["tekun"]["suggested"])
            self.assertEqual(found["tekun"]["arithmetic"],
                             [f"无劳动能力：{why}", "无法定赡养、抚养、扶养义务人：是", "家庭月收入 100 元 ÷ 1 人 = 100 元/人",
                              "100 < 低保标准 800 元 → 可能视为无生活来源", "特困供养基本生活标准：800 × 130% = 1040 元"])

    def test_from_the_record(self):
        old = self.station.register("person.sex=女", f"person.id_number={WOMAN_1949}")["person"]["id"]
        young = self.station.register("person.sex=男", f"person.id_number={MAN_1990}", "person.health=physical")["person"]["id"]
        found, result = self.check(1, 0, "--standard", "800", "--no_supporter", "--person", old)
        self.assertEqual((found["tekun"]["suggested"], found["tekun"]["arithmetic"][0]), (True, "无劳动能力：老年人"))
        self.assertIn("北京市", result["notes"][0])
        found, result = self.check(1, 0, "--standard", "800", "--no_supporter", "--person", young)
        self.assertEqual(found["tekun"]["arithmetic"][0], "无劳动能力：残疾（等级须核对）")
        self.assertNotIn("notes", result)

    def test_temporary_needs_a_local_rule(self):
        found, _ = self.check(1, 0, "--standard", "800")
        self.assertEqual((found["temporary"]["suggested"], found["temporary"]["missing"]), (False, "temporary_factor"))
        self.assertIn("rule set", found["temporary"]["arithmetic"][0])

    def test_no_standard(self):
        """No number of any place is in the program."""
        words = ("referral", "check", "--household_size", "1", "--income_month_yuan", "0")
        self.assert_refused(self.station, words, 3, "no-standard", "standard")
        message = self.station.run(*words).error["message"]
        self.assertIn("海珠区", message)
        self.assertIn("rule set", message)

    def test_bad_input(self):
        good = {"household_size": "3", "income_month_yuan": "1800", "standard": "735"}
        for name, value, code in (("household_size", None, "missing"), ("income_month_yuan", None, "missing"),
                                  ("household_size", "0", "out-of-range"), ("household_size", "51", "out-of-range"),
                                  ("income_month_yuan", "-1", "out-of-range"), ("assets_yuan", "-1", "out-of-range"),
                                  ("standard", "0", "out-of-range"), ("on", "2026-02-30", "impossible-date")):
            with self.subTest(name=name, value=value):
                words = [f"--{key}={text}" for key, text in {**good, name: value}.items() if text is not None]
                self.assert_refused(self.station, ("referral", "check", *words), 2, code, name)


class Timeline(After):
    def show(self, stay):
        return self.station.one("stay", "show", stay)

    def test_order_and_completeness(self):
        stay = self.station.one("stay", "arrive", "--set", "person.name=王秀英", "--set", "person.sex=女", "--set", "came_by=police",
                                "--set", "brought_by=某派出所", "--set", f"arrived_at={day(-3)} 08:00", "--set", "first_look=左手擦伤",
                                "--set", "security_check=无违禁品")["number"]
        person = self.show(stay)["person"]["id"]
        self.station.one("person", "statement", "--set", f"person={person}", "--set", "text=我家在耒阳", "--set", "about=home", "--set", f"heard_at={day(-3)} 08:05")
        self.station.one("person", "statement", "--set", f"person={person}", "--set", "text=从前说的", "--set", f"heard_at={day(-30)} 08:05")
        self.station.one("stay", "admit", stay, "--set", f"admitted_at={day(-3)} 08:30")
        self.station.one("stay", "event", stay, "--set", "kind=meal", "--set", f"at={day(-2)} 12:00", "--set", "text=午餐")
        paper = self.station.one("paper", "issue", "intake-registration", "--stay", stay)
        referral = self.station.one("referral", "add", "--stay", stay, "--scheme", "counselling", "--office", "心理服务中心", "--sent_on", day(-1))
        self.station.one("referral", "update", referral["id"], "--state", "granted", "--outcome", "已面谈两次")
        plan = self.station.one("transfer", "plan", "--stay", stay, "--set", "kind=escort-home", "--set", "to_region=430481")
        self.station.one("transfer", "depart", plan["id"], "--emergency", "无人审批")
        follow_up = self.station.one("follow-up", "list", "--stay", stay)
        self.station.one("follow-up", "done", follow_up["id"], "--text", "平安到家", "--found_at_home", "yes", "--how", "phone", "--next_due", day(60))
        shown = self.show(stay)
        timeline = shown["timeline"]
        self.assertEqual([item["kind"] for item in timeline],
                         ["arrival", "first-look", "security-check", "statement", "admission", "event", "referral", "paper",
                          "transfer-planned", "transfer-departed", "leaving", "referral-closed", "follow-up", "follow-up-due"])
        told = {item["kind"]: item for item in timeline}
        self.assertEqual(told["arrival"]["text"], "Brought by the police · 某派出所")
        self.assertEqual((told["first-look"]["text"], told["security-check"]["text"]), ("左手擦伤", "无违禁品"))
        self.assertEqual((told["statement"]["text"], told["statement"]["by_name"], told["statement"]["record"]), ("Home · 我家在耒阳", "admin", "statement"))
        self.assertEqual((told["event"]["label"], told["event"]["text"], told["event"]["ref"]), ("Meal", "午餐", shown["events"][0]["id"]))
        self.assertEqual(told["paper"]["text"], f"求助登记表 · {paper['number']} · Valid")
        self.assertEqual(told["referral-closed"]["text"], "Counselling · Granted · 已面谈两次")
        self.assertEqual((told["leaving"]["at"], told["leaving"]["text"][:13]), (shown["left_at"], "Escorted home"))
        self.assertEqual(told["follow-up"]["text"], "Phone call · Found at home: Yes · 平安到家")
        self.assertEqual(told["follow-up-due"]["at"], day(60))
        for item in timeline:
            self.assertLessEqual({"at", "kind", "label", "ref", "record"}, set(item))
            self.assertLessEqual(set(item), {"at", "kind", "label", "text", "by", "by_name", "ref", "record"})
        self.assertNotIn("remedies", shown)

    def test_in_chinese(self):
        stay = self.arrive()["number"]
        shown = self.station.one("stay", "show", stay, environment={"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"})
        self.assertEqual((shown["timeline"][0]["label"], shown["timeline"][0]["text"]), ("来站", "公安护送"))

    def test_two_stays_keep_apart(self):
        first = self.station.register("person.sex=男", f"arrived_at={day(-9)} 10:00")
        person = first["person"]["id"]
        self.station.one("person", "statement", "--set", f"person={person}", "--set", "text=第一次", "--set", f"heard_at={day(-9)} 10:05")
        self.station.one("stay", "leave", first["number"], "--leave_by", "own-will", "--left_at", f"{day(-8)} 10:00")
        second = self.station.one("stay", "arrive", "--person", person, "--set", "came_by=self", "--words", "第二次")
        said = lambda stay: [item["text"] for item in self.show(stay["number"])["timeline"] if item["kind"] == "statement"]
        self.assertEqual(said(first), ["第一次"])
        self.assertEqual(said(second), ["How they came here · 第二次"])


class Notices(After):
    def test_never_without_review(self):
        stay = self.arrive()["number"]
        for kind in ("refusal-notice", "termination-notice"):
            self.assert_refused(self.station, ("paper", "issue", kind, "--stay", stay), 1, "not-reviewed", "stay")
            draft = self.station.one("paper", "preview", kind, "--stay", stay, "--pdf", self.path("draft.pdf"))
            blank = self.station.one("paper", "blank", kind, "--pdf", self.path("blank.pdf"))
            self.assertEqual((draft["kind"], blank["kind"]), (kind, kind))
            self.assertLess(max(draft["bytes"], blank["bytes"]), 70000)


class LocalStandard(StationTest):
    def test_the_administrator_sets_it(self):
        station = self.make_station()
        check = ("referral", "check", "--household_size", "3", "--income_month_yuan", "1800")
        self.assertEqual(station.run(*check).error["error"], "no-standard")
        station.one("rule", "set", "--set", "name=dibao_standard_yuan", "--set", "value=735", "--set", "effective_from=2026-01-01",
                    "--set", "citation=穗民〔2026〕3号")
        found = {scheme["scheme"]: scheme for scheme in station.one(*check)["schemes"]}
        self.assertTrue(found["dibao"]["suggested"])
        self.assertEqual(found["dibao"]["citation"], "穗民〔2026〕3号")
        self.assert_refused(station, ("rule", "set", "--set", "name=dibao_standard_yuan", "--set", "value=viel", "--set", "effective_from=2026-01-01",
                                      "--set", "citation=x"), 2, "not-a-number", "value")

main()
