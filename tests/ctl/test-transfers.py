# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody is brought from one station to another: plan, approval, road, hand-over, the sealed file and the answer."""

import base64
import json
import shutil
import subprocess

from station import PASSWORD, WOMAN_1949, Station, StationTest, main

HERE, THERE, ELSEWHERE = "440105001", "511502001", "110105001"
TWO = [{"user": "li", "role": "lead"}, {"name": "张芳", "sex": "女", "phone": "13900000001", "role": "medical"}]
WORDS = "我家在宜宾，门口有棵黄桷树"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")


class Transfers(StationTest):
    """Haizhu sends, Yibin receives; each knows the other by its card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = {HERE: Station(cls.path("here")), THERE: Station(cls.path("there"))}
        cls.model[HERE].set_up(HERE, "广州市海珠区救助管理站", "440105", "--phone", "020-12345678", "--address", "广州市海珠区某路1号")
        cls.model[THERE].set_up(THERE, "宜宾市救助管理站", "511502", "--phone", "0831-1234567", "--address", "宜宾市某路2号")
        for station in cls.model.values():
            station.one("user", "add", "--set", "name=li", "--set", "full_name=李明", "--set", "sex=男", "--set", "role=intake", "--password", PASSWORD)
            station.one("user", "add", "--set", "name=boss", "--set", "role=manager", "--password", PASSWORD)
        cls.trust(*cls.model.values())
        cls.sent = cls(methodName="run")
        cls.sent.here = cls.model[HERE].copy(cls.path("sent"))
        cls.sent.transfer = cls.sent.plan(cls.sent.woman()[0])["id"]
        cls.sent.depart(cls.sent.transfer)
        cls.sent.paper = cls.sent.paper(cls.sent.transfer)

    @classmethod
    def trust(cls, one, two):
        for source, target in ((one, two), (two, one)):
            source.one("station", "card", cls.path("card.json"))
            target.one("station", "trust", cls.path("card.json"))

    def setUp(self):
        name = self.id().rsplit(".", maxsplit=1)[-1]
        self.here, self.there = (self.model[code].copy(self.path(f"{name}-{code}")) for code in (HERE, THERE))

    def carry(self, source, target, code):
        """The stick goes to the other station."""
        source.one("bundle", "export", self.path("stick.gtb"), "--to", code)
        return target.one("bundle", "import", self.path("stick.gtb"), user="")

    def there_and_back(self):
        self.carry(self.here, self.there, THERE)
        self.carry(self.there, self.here, HERE)

    def bring_in(self, *fields):
        """Somebody is admitted here. Returns: the stay's id and the person's."""
        arrived = self.here.one("stay", "arrive", *(word for field in fields for word in ("--set", field)), "--set", "came_by=police", "--words", WORDS)
        self.here.one("stay", "admit", arrived["stay"]["id"])
        return arrived["stay"]["id"], arrived["person"]["id"]

    def woman(self):
        return self.bring_in("person.sex=女", "person.name=王秀英", f"person.id_number={WOMAN_1949}", "person.phone=13800000000")

    def plan(self, stay, *words, company=TWO):
        return self.here.one("transfer", "plan", stay, "--set", "kind=hand-over", "--set", f"to_station={THERE}",
                             *(("--company", json.dumps(company)) if company else ()), *words)

    def depart(self, transfer, *words):
        self.here.one("transfer", "approve", transfer, user="boss")
        return self.here.one("transfer", "depart", transfer, *words)

    def paper(self, transfer):
        return self.here.one("paper", "issue", "escort-handover", "--transfer", transfer)

    def send(self):
        """A woman of 1949 is on the way. Returns: the transfer's id and the paper."""
        shutil.rmtree(self.here.directory)
        self.here = self.sent.here.copy(self.here.directory)
        return self.sent.transfer, self.sent.paper

    @staticmethod
    def records(station):
        """What a replay must leave as it is; entries of the other station may come with it."""
        dump = station.dump()
        return {name: dump[name] for name in ("person", "stay", "statement", "kin", "belonging", "event", "file", "incoming", "letter", "paper", "transfer")}

    def refuse(self, station, words, *expected, **options):
        self.assert_refused(station, words, *expected, **options)

    # --- The plan ---

    def test_plan_and_approval(self):
        stay, _ = self.woman()
        route = [{"place": "广州南", "carrier": "G1", "ticket": "E01", "special": "是", "planned_at": "2026-12-01 08:00"},
                 {"place": "成都", "kind": "中转", "station": THERE, "carrier": "C2", "price_fen": 6500}]
        plan = self.plan(stay, "--waypoints", json.dumps(route), "--set", "risk=高", "--set", "measures=专人看护", "--set", "reason=送回原籍")
        self.assertEqual((plan["state"], plan["escorts"], plan["route"], plan["warnings"]),
                         ("planned", "李明、张芳（女）13900000001", "广州南 G1 → 成都 C2（中转）", []))
        transfer = plan["id"]
        self.assertIn("transfer-approval", [task["kind"] for task in self.here.all("tasks")])
        self.assertEqual([row["display_name"] for row in self.here.all("transfer", "list")], ["王秀英"])
        self.refuse(self.here, ("transfer", "depart", transfer), 1, "not-approved", "emergency")
        self.refuse(self.here, ("transfer", "approve", transfer), 1, "same-person", "transfer")
        self.refuse(self.here, ("transfer", "approve", transfer), 1, "not-allowed", None, user="li")
        back = self.here.one("transfer", "approve", transfer, "--reject", "车次不对", user="boss")
        self.assertEqual((back["state"], back["approval_note"]), ("planned", "车次不对"))
        self.here.one("transfer", "approve", transfer, user="boss")
        self.assertEqual(self.here.one("transfer", "edit", transfer, "--set", "plan=改乘早班车")["state"], "planned")
        self.depart(transfer)
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], [escort["sex"] for escort in shown["company"]]), ("departed", ["1", "2"]))
        self.assertEqual((shown["waypoints"][1]["station_phone"], shown["waypoints"][0]["special"]), ("0831-1234567", "yes"))
        for words, member in (('[{"name": "甲", "shoe": 1}]', "shoe"), ('[{"user": "nobody"}]', "user"), ("[", "company")):
            result = self.here.run("transfer", "plan", self.bring_in("person.sex=男")[0], "--set", "kind=escort-home", "--company", words)
            self.assertEqual(result.error.get("field"), member, result.stderr)

    def test_escorts(self):
        """The law refuses, a custom warns; an exception has a reason and a second person."""
        stay, _ = self.woman()
        man = {"user": "li"}
        plan = self.plan(stay, company=[man])
        self.assertEqual([(warning["rule"], warning["refuses"]) for warning in plan["warnings"]], [("escorts_least_special", False), ("escort_woman_for_woman", True)])
        self.assertIn("第八条", plan["warnings"][1]["citation"])
        approve = ("transfer", "approve", plan["id"])
        self.refuse(self.here, approve, 1, "escort-rules", "escorts", user="boss")
        self.refuse(self.here, (*approve, "--override", "无女职工"), 1, "second-needed", "second", user="boss")
        second = ("--override", "无女职工", "--second", "li", "--second-password", PASSWORD)
        approved = self.here.one(*approve, *second, user="boss")
        self.assertEqual((approved["state"], approved["exception"]), ("approved", "无女职工"))
        self.assertEqual(self.here.one("transfer", "edit", plan["id"], "--company", json.dumps([man, {"name": "某男", "sex": "男"}])).get("exception"), None)
        urgent = ("transfer", "depart", plan["id"], "--emergency", "病情变化")
        self.refuse(self.here, urgent, 1, "escort-rules", "escorts")
        departed = self.here.one(*urgent, "--company", json.dumps(TWO))
        self.assertEqual([wait["kind"] for wait in departed["waits"]], ["transfer-approval", "transfer-answer"])
        self.assertEqual(self.here.one(*approve, user="boss")["waits"][0]["kind"], "transfer-answer")
        young = self.plan(self.bring_in("person.sex=男", "person.birth_from=1990-01-01")[0], company=[man])
        self.assertEqual(young["warnings"], [])
        named = self.plan(self.bring_in("person.sex=女", "person.birth_from=1990-01-01")[0], "--set", "escorts=李明、王芳（女）", company=None)
        self.assertEqual(named["warnings"], [])

    # --- The whole journey ---

    def test_papers_only_then_the_stick(self):
        """An old woman is brought with papers; the other station is offline until the evening."""
        stay, person = self.woman()
        with open(self.path("photo.png"), "wb") as file:
            file.write(PIXEL)
        self.here.one("file", "add", person, self.path("photo.png"), "--photo")
        self.here.one("belongings", "take", stay, "--set", "kind=other", "--set", "name=布包", "--set", "count=2", "--set", "in_sign=signed")
        self.here.one("person", "kin", "--set", f"person={person}", "--set", "name=刘强", "--set", "kinship=子", "--set", "phone=13700000000")
        transfer = self.plan(stay, "--set", "medicines=降压药每日一次")["id"]
        self.depart(transfer, "--belongings", "handed-on", "--belongings-to", "李明", "--belongings-sign", "signed")
        self.assertEqual(self.here.one("stay", "show", stay)["where"], "journey")
        paper = self.paper(transfer)
        self.here.one("transfer", "waypoint", transfer, "--set", "kind=medicine", "--set", "text=已服降压药")
        self.refuse(self.here, ("transfer", "waypoint", transfer, "--set", "text=早了", "--set", "passed_at=2020-01-01 08:00"), 2, "too-early", "passed_at")
        accepted = self.there.one("transfer", "accept", "--seal", paper["seal"], "--handed-over-by", "李明、张芳")
        self.assertEqual((accepted["state"], accepted["person"]["name"], accepted["stay"]["came_by"]), ("accepted", "王**", "other-station"))
        again = self.there.one("transfer", "accept", "--seal", paper["seal"])
        self.assertEqual((again["already"], again["stay"]["id"]), (True, accepted["stay"]["id"]))
        handed = self.here.one("transfer", "handover", transfer, "--to", "宜宾站 赵丽", "--place", "宜宾站")
        self.assertEqual((handed["state"], "where" in self.here.one("stay", "show", stay)), ("handed-over", False))
        self.there_and_back()
        self.assertEqual(self.there.all("transfer", "incoming"), [])
        (found,) = self.there.all("person", "find", "wxy")
        file = self.there.one("person", "show", found["id"])
        self.assertEqual((found["id"], found["name"], found["phone"], len(file["stays"])), (accepted["person"]["id"], "王秀英", "13800000000", 1))
        heard = {statement["text"]: statement["source"] for statement in file["statements"]}
        self.assertIn("广州市海珠区救助管理站", heard[WORDS])
        self.assertEqual((file["kin_records"][0]["name"], "photo" in file), ("刘强", True))
        self.assertEqual([(thing["name"], thing["count"]) for thing in self.there.one("belongings", "list", "--stay", accepted["stay"]["id"])["items"]], [("布包", 2)])
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], shown["receipt"], shown["receipt_verified"], shown["waits"]), ("accepted", accepted["receipt"], True, []))
        self.assertIn("宜宾市救助管理站", shown["accepted_by"])
        before = [self.records(station) for station in (self.here, self.there)]
        self.there_and_back()
        self.there.one("transfer", "accept", "--seal", paper["seal"])
        self.here.one("paper", "receipt", accepted["receipt_paper"]["seal"])
        self.assertEqual([self.records(station) for station in (self.here, self.there)], before)
        self.follow_up(transfer, accepted["stay"]["id"])
        self.here.one("paper", "issue", "escort-log", "--transfer", transfer)
        with self.here.connect() as connection:
            ((fields,),) = connection.execute("SELECT fields FROM paper WHERE kind = 'escort-log'")
        (row,) = json.loads(fields)["transfer.log"].split("\n")
        self.assertEqual([cell.strip() for cell in row.split("\t")][2:], ["", "已服降压药", "", ""])

    def follow_up(self, transfer, stay):
        """The home side visits; the sending side sees it."""
        self.there.one("stay", "admit", stay)
        self.there.one("stay", "leave", stay, "--leave-by", "kin", "--received-by", "刘强", "--receiver-id", "440105199003071032",
                       "--receiver-kinship", "子", "--receiver-phone", "13700000000", "--receiver-proof", "户口簿",
                       "--belongings", "returned", "--belongings-to", "王秀英", "--belongings-sign", "signed")
        visit = self.there.one("follow-up", "list", "--stay", stay)
        self.there.one("follow-up", "done", visit["id"], "--text", "与儿子同住", "--found-at-home", "yes", "--how", "visit")
        self.carry(self.there, self.here, HERE)
        (seen,) = [visit for visit in self.here.one("transfer", "show", transfer)["follow_ups"] if visit.get("station") == THERE]
        self.assertEqual((seen["text"], seen["found_at_home"]), ("与儿子同住", "yes"))

    def test_file_only(self):
        """Without the paper; the receipt answers the paper that the file names. Things are missing."""
        stay, _ = self.woman()
        for name in ("布包", "拐杖"):
            self.here.one("belongings", "take", stay, "--set", "kind=other", "--set", f"name={name}", "--set", "in_sign=signed")
        transfer = self.plan(stay)["id"]
        self.depart(transfer, "--belongings", "handed-on", "--belongings-to", "李明", "--belongings-sign", "signed")
        self.paper(transfer)
        self.carry(self.here, self.there, THERE)
        (expected,) = self.there.all("transfer", "incoming", "--full", user="li")
        self.assertEqual((expected["display_name"], expected["from_station"], len(expected["file_belongings"])), ("王秀英", HERE, 2))
        self.assertIn("transfer-incoming", [task["kind"] for task in self.there.all("tasks")])
        self.there.register("person.sex=女", "person.name=王秀英", "person.birth_from=1949-12-31")
        accepted = self.there.one("transfer", "accept", expected["letter"], "--belongings", '[{"item": 2, "count": 0, "note": "未见"}]', user="li")
        self.assertEqual([warning["kind"] for warning in accepted["warnings"]], ["same-person"])
        self.assertEqual(accepted["differences"], "拐杖：清单1，实收0，未见")
        self.assertEqual(len(self.there.all("person", "find", "王秀英")), 2)
        self.assertTrue(self.there.one("transfer", "accept", expected["letter"])["already"])
        self.refuse(self.there, ("transfer", "reject", expected["letter"], "--ground", "other", "--reason", "晚了"), 1, "already-accepted", "letter")
        self.carry(self.there, self.here, HERE)
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], shown["receipt_verified"], shown["differences"]), ("accepted", True, "拐杖：清单1，实收0，未见"))
        self.assertEqual([row["direction"] for row in self.there.all("transfer", "list", "--direction", "in")], ["in"])

    def test_two_on_one_bus(self):
        """The file of one and the paper of the other are no hand-over; each is taken over with their own."""
        first, paper = self.send()
        stay, _ = self.bring_in("person.sex=女", "person.name=李桂兰", "person.birth_from=1950-01-01")
        second = self.plan(stay)["id"]
        self.depart(second)
        other = self.paper(second)
        self.carry(self.here, self.there, THERE)
        letters = {expected["display_name"]: expected["letter"] for expected in self.there.all("transfer", "incoming", user="boss")}
        self.refuse(self.there, ("transfer", "accept", letters["王秀英"], "--seal", other["seal"]), 2, "another-paper", "letter")
        for name, own in (("王秀英", paper), ("李桂兰", other)):
            accepted = self.there.one("transfer", "accept", letters[name], "--seal", own["seal"])
            self.assertFalse(accepted.get("already", False), accepted)
        self.carry(self.there, self.here, HERE)
        for transfer in (first, second):
            shown = self.here.one("transfer", "show", transfer)
            self.assertEqual((shown["state"], shown["receipt_verified"]), ("accepted", True))

    def test_taken_over_by_mistake(self):
        """The wrong line was taken; the stay is void, and who comes later is taken over all the same."""
        transfer, paper = self.send()
        self.carry(self.here, self.there, THERE)
        letter = self.there.one("transfer", "incoming")["letter"]
        mistake = self.there.one("transfer", "accept", letter)["stay"]["id"]
        self.assertEqual(self.there.all("transfer", "incoming"), [])
        self.carry(self.there, self.here, HERE)
        self.assertEqual(self.here.one("transfer", "show", transfer)["state"], "accepted")
        self.there.one("stay", "void", mistake, "--reason", "点错了人")
        self.carry(self.there, self.here, HERE)
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], shown["outcome"], "accepted_at" in shown), ("departed", "接收登记已撤回：点错了人", False))
        self.assertEqual(self.here.one("stay", "show", shown["stay"])["where"], "journey")
        self.there_and_back()
        self.assertEqual(self.here.one("transfer", "show", transfer)["state"], "departed")
        self.assertEqual(self.there.one("transfer", "incoming")["letter"], letter)
        accepted = self.there.one("transfer", "accept", letter, "--seal", paper["seal"])
        self.assertFalse(accepted.get("already", False))
        self.assertNotEqual(accepted["stay"]["id"], mistake)
        self.carry(self.there, self.here, HERE)
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], "outcome" in shown), ("accepted", False))
        self.assertNotIn("where", self.here.one("stay", "show", shown["stay"]))
        before = [self.records(station) for station in (self.here, self.there)]
        self.there_and_back()
        self.assertEqual([self.records(station) for station in (self.here, self.there)], before)

    def test_accepted_stays_accepted(self):
        """Two desks there disagree, one with a clock that is ahead: who was accepted is there."""
        transfer, paper = self.send()
        self.carry(self.here, self.there, THERE)
        invited = self.there.one("desk", "invite", self.path("there-invitation"))
        second = Station(self.path("there-second"))
        second.one("init", "--invitation", self.path("there-invitation"), "--code", invited["code"], user="")
        self.there.one("bundle", "export", self.path("all.gtb"))
        second.one("bundle", "import", self.path("all.gtb"), user="")
        letter = self.there.one("transfer", "incoming")["letter"]
        self.there.one("transfer", "accept", letter, "--seal", paper["seal"])
        second.one("transfer", "reject", letter, "--ground", "other", "--reason", "没有等到", user="boss")
        for desk in (self.there, second):
            self.carry(desk, self.here, HERE)
        self.assertEqual(self.here.one("transfer", "show", transfer)["state"], "accepted")

    def test_a_known_person_with_another_number(self):
        """Who verified the number in the file has not verified the one that is typed here."""
        stay, person = self.woman()
        self.here.one("person", "edit", person, "--set", "verified_by=id-card")
        self.depart(self.plan(stay)["id"])
        self.carry(self.here, self.there, THERE)
        known = self.there.register("person.sex=女", "person.name=王秀英", "person.id_number=110105195001010028", "person.id_override=证件原文如此")
        self.there.one("stay", "admit", known["id"])
        self.there.one("stay", "leave", known["id"], "--leave_by", "own-will")
        letter = self.there.one("transfer", "incoming")["letter"]
        self.there.one("transfer", "accept", letter, "--person", known["person"]["id"])
        shown = self.there.one("person", "show", known["person"]["id"], "--reveal")
        self.assertEqual((shown["id_number"], shown.get("verified_by"), shown["phone"]), ("110105195001010028", None, "13800000000"))

    def test_receipt_by_hand(self):
        """No stick at all: the escort brings the receipt home."""
        transfer, paper = self.send()
        accepted = self.there.one("transfer", "accept", "--seal", paper["seal"], "--pdf", self.path("receipt.pdf"))
        subprocess.run(["pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-png", "-singlefile", self.path("receipt.pdf"), self.path("receipt")], check=True)
        handed = self.here.one("transfer", "handover", transfer, "--to", "宜宾站", "--image", self.path("receipt.png"))
        self.assertEqual((handed["state"], handed["receipt"], handed["overdue"]), ("accepted", accepted["receipt"], False))
        self.there_and_back()
        self.assertEqual(self.here.one("transfer", "show", transfer)["handed_over_to"], "宜宾站")

    def test_not_accepted(self):
        transfer, paper = self.send()
        self.carry(self.here, self.there, THERE)
        letter = self.there.one("transfer", "incoming")["letter"]
        reject = ("transfer", "reject", letter, "--ground", "not-from-here")
        self.refuse(self.there, reject, 2, "missing", "reason")
        self.refuse(self.there, (*reject, "--reason", "不是"), 1, "not-allowed", None, user="li")
        self.there.one(*reject, "--reason", "户籍已迁出", user="boss")
        self.assertTrue(self.there.one(*reject, "--reason", "再说一次")["already"])
        self.carry(self.there, self.here, HERE)
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], shown["refusal"], shown["outcome"]), ("rejected", "not-from-here", "户籍已迁出"))
        self.assertIn("transfer-rejected", [task["kind"] for task in self.here.all("tasks")])
        self.there.one("transfer", "accept", letter, "--seal", paper["seal"])
        self.carry(self.there, self.here, HERE)
        self.assertEqual(self.here.one("transfer", "show", transfer)["state"], "accepted")

    def test_back_again(self):
        """Nobody was handed over: the other station no longer waits, and knows nothing of them."""
        transfer, _ = self.send()
        self.here.one("transfer", "cancel", transfer, "--reason", "途中发病返回")
        self.carry(self.here, self.there, THERE)
        self.assertEqual((self.here.one("transfer", "show", transfer)["state"], self.there.all("transfer", "incoming")), ("returned", []))
        with self.there.connect() as connection:
            (content,) = connection.execute("SELECT content FROM letter").fetchone()
        self.assertNotIn("王秀英", content)

    def third_station(self):
        other = Station(self.path(self.id().rsplit(".", maxsplit=1)[-1] + "-elsewhere"))
        other.set_up(ELSEWHERE, "北京市朝阳区救助管理站", "110105")
        self.trust(self.here, other)
        self.trust(self.there, other)
        return other

    def test_mistakes_at_two_stations(self):
        """The receiver takes its mistake back; another station on the way takes the woman in, and that was one, too."""
        transfer, paper = self.send()
        other = self.third_station()
        self.carry(self.here, self.there, THERE)
        mistake = self.there.one("transfer", "accept", self.there.one("transfer", "incoming")["letter"])["stay"]["id"]
        self.there.one("stay", "void", mistake, "--reason", "点错了人")
        taken = other.one("transfer", "accept", "--seal", paper["seal"], "--elsewhere", "途中发病就近救助")["stay"]["id"]
        self.carry(other, self.here, HERE)
        self.assertEqual(self.here.one("transfer", "show", transfer)["state"], "accepted")
        before = self.here.dump()["transfer"]
        for source in (self.there, other, self.there):
            self.carry(source, self.here, HERE)
            self.assertEqual(self.here.dump()["transfer"], before)
        other.one("stay", "void", taken, "--reason", "不是本人")
        self.carry(other, self.here, HERE)
        self.assertEqual(self.here.one("transfer", "show", transfer)["state"], "departed")

    def test_wrong_station(self):
        transfer, paper = self.send()
        other = self.third_station()
        self.carry(self.here, other, ELSEWHERE)
        self.assertEqual(other.all("transfer", "incoming"), [])
        self.refuse(other, ("transfer", "accept", "--seal", paper["seal"]), 1, "another-station", "elsewhere")
        self.refuse(self.here, ("transfer", "accept", "--seal", paper["seal"]), 1, "own-paper", "text")
        altered = paper["seal"][:-1] + ("1" if paper["seal"].endswith("0") else "0")
        self.refuse(self.there, ("transfer", "accept", "--seal", altered), 5, "altered", "text")
        other.one("transfer", "accept", "--seal", paper["seal"], "--elsewhere", "途中发病就近救助")
        self.carry(other, self.here, HERE)
        shown = self.here.one("transfer", "show", transfer)
        self.assertEqual((shown["state"], shown["accepted_by"]), ("accepted", "北京市朝阳区救助管理站 admin"))

    def test_protected(self):
        """Of a victim of violence goes along what is needed; the fence there holds from the first moment."""
        stay, person = self.bring_in("person.sex=女", "person.name=赵小玉", "person.birth_from=1990-01-01", "person.address=某村3组", "reason=domestic-violence")
        for name, suspect in (("钱大", "yes"), ("赵母", "no")):
            self.here.one("person", "kin", "--set", f"person={person}", "--set", f"name={name}", "--set", "kinship=配偶", "--set", f"suspect={suspect}")
        self.depart(self.plan(stay)["id"])
        self.assertNotIn("赵小玉", json.dumps(self.here.all("transfer", "list", user="li"), ensure_ascii=False))
        self.carry(self.here, self.there, THERE)
        with self.there.connect() as connection:
            (content,) = connection.execute("SELECT content FROM letter").fetchone()
        for text, is_there in (("赵小玉", True), ("钱大", True), ("赵母", False), ("某村3组", False), (WORDS, False)):
            self.assertEqual(text in content, is_there, text)
        for words in (("transfer", "incoming", "--full"), ("tasks",)):
            self.assertNotIn("赵小玉", json.dumps(self.there.all(*words, user="li"), ensure_ascii=False))
        letter = self.there.one("transfer", "incoming", user="li")
        self.assertEqual((letter["protected"], letter["sex"], letter["display_name"]), ("violence", "2", "受保护人员"))
        accepted = self.there.one("transfer", "accept", letter["letter"], user="li")
        self.assertNotIn("赵小玉", json.dumps(accepted, ensure_ascii=False))
        self.assertEqual(self.there.all("person", "find", "赵小玉", user="li"), [])
        self.assertEqual(self.there.one("transfer", "list", "--direction", "in", user="boss")["state"], "accepted")
        self.assertEqual(self.there.one("person", "find", "赵小玉", user="boss")["fence"], "violence")

    def test_two_desks_take_one_answer(self):
        transfer, paper = self.send()
        invited = self.here.one("desk", "invite", self.path("invitation"))
        second = Station(self.path("second-desk"))
        second.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
        self.here.one("bundle", "export", self.path("all.gtb"))
        second.one("bundle", "import", self.path("all.gtb"), user="")
        self.there.one("transfer", "accept", "--seal", paper["seal"])
        for desk in (self.here, second):
            self.carry(self.there, desk, HERE)
        for source, target in ((self.here, second), (second, self.here)):
            source.one("bundle", "export", self.path("all.gtb"))
            target.one("bundle", "import", self.path("all.gtb"), user="")
        for desk in (self.here, second):
            self.assertEqual(desk.one("transfer", "show", transfer)["state"], "accepted")
            self.assertEqual(desk.all("conflict", "list"), [])


main()
