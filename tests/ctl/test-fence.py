# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose record is fenced, from whom, and that no verb tells more to those who may not see it."""

import base64
import datetime
import json

from station import StationTest, main, today

# A PNG picture of one grey pixel.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")

SEES = {"violence": {"caseworker", "minors", "manager", "admin"},
        "trafficking": {"caseworker", "minors", "manager", "admin"},
        "minors": {"caseworker", "minors", "manager", "admin"}}
USERS = ("intake", "caseworker", "medical", "minors", "manager", "auditor", "admin")

# Words that stand nowhere else, in every field that names or locates.
SECRET = {
    "person.name": "闫桅苈", "person.alias": "麝鹇", "person.household": "440307", "person.address": "鳐鱼巷九十九号",
    "person.phone": "13899987761", "person.kin": "蟾蜍表兄", "person.marks": "左肩鸢形疤", "person.accent": "鲅鱼腔",
    "found_place": "骊黄码头", "brought_by": "蔺警官", "request": "投奔鹕姨", "clothing": "藕荷棉袄", "belongings": "鸬鹚铜锁",
}
LATER = ("槲寄生村", "鹈鹕站", "薜荔姑", "犰狳婶", "鼹鼠家的事")
WORDS = [word for name, word in SECRET.items() if name != "person.household"] + list(LATER) + ["深圳", "440307", "9998877"]


def birth(years):
    return (today() - datetime.timedelta(days=int(365.25 * years))).isoformat()


class Fence(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        for user in USERS[:-1]:
            cls.station.one("user", "add", "--set", f"name={user}", "--set", f"role={user}", "--password", "secret-123")
        with open(cls.path("pixel.png"), "wb") as file:
            file.write(PIXEL)
        cls.people = {
            "violence": cls.plant("reason=domestic-violence", "person.birth_from=1988-03-04"),
            "trafficking": cls.plant("person.fence=trafficking", "person.birth_from=1977-03-04"),
            "minors": cls.plant(f"person.birth_from={birth(15)}"),
        }
        cls.open = cls.station.register("person.sex=男", "person.name=曹四", "person.phone=13512345678")

    @classmethod
    def plant(cls, *fields):
        """A woman who came, said something, got kin, a photo, a way home and a paper, and left."""
        woman = [f"{name}={word}" for name, word in SECRET.items()]
        came = cls.station.register("person.sex=女", *woman, *fields)
        person, stay = came["person"]["id"], came["stay"]["id"]
        cls.station.one("person", "statement", "--set", f"person={person}", "--set", "text=鼹鼠家的事")
        cls.station.one("person", "kin", person, "--set", "name=犰狳婶", "--set", "kinship=母亲", "--set", "phone=13999887755")
        file = cls.station.one("file", "add", person, cls.path("pixel.png"), "--photo", "--title", "鼹鼠家的事")
        cls.station.one("stay", "admit", stay)
        cls.station.one("stay", "event", stay, "--set", "kind=meal", "--set", "text=鼹鼠家的事")
        transfer = cls.station.one("transfer", "plan", stay, "--set", "kind=hand-over", "--set", "to_station=鹈鹕站", "--set", "escorts=护送员甲、乙",
                                   "--set", "to_region=槲寄生村", "--set", "receiver=薜荔姑")
        paper = cls.station.one("paper", "issue", "intake-registration", "--stay", stay)
        cls.station.one("transfer", "depart", transfer["id"], "--emergency", "无人审批")
        cls.station.one("paper", "issue", "escort-handover", "--transfer", transfer["id"])
        return {"person": person, "stay": stay, "number": came["number"], "file": file["id"], "transfer": transfer["id"],
                "paper": paper["number"]}

    def everything(self, ids):
        """Every verb that reads, with what it can be asked about these records."""
        return [
            ("person", "find"), *(("person", "find", word) for word in SECRET.values()),
            ("person", "show", ids["person"]), ("person", "show", ids["person"], "--reveal"),
            ("person", "history", ids["person"]), ("person", "check", "--set", "sex=女", "--set", f"name={SECRET['person.name']}"),
            ("stay", "show", ids["stay"]), ("stay", "show", ids["number"]), ("stay", "board"),
            ("transfer", "show", ids["transfer"]), ("transfer", "list"),
            ("paper", "list"), ("paper", "list", ids["stay"]), ("paper", "show", ids["paper"]),
            ("paper", "show", ids["paper"], "--inline"), ("paper", "preview", "intake-registration", "--stay", ids["stay"], "--inline"),
            ("paper", "preview", "escort-handover", "--transfer", ids["transfer"], "--inline"),
            ("file", "export", ids["file"], "--inline"), ("conflict", "list"), ("ledger", "show", "--limit", "500"),
            ("access", "list"), ("access", "list", "--person", ids["person"]),
        ]

    def said(self, result, asked):
        """What was told beyond what was asked; the name of a station's region is no secret."""
        text = result.stdout + result.stderr
        return [word for word in WORDS if word in text and word not in asked]

    def test_nothing_is_told(self):
        for fence, ids in self.people.items():
            for user in USERS:
                if user in SEES[fence]:
                    continue
                for words in self.everything(ids):
                    with self.subTest(fence=fence, user=user, words=words):
                        result = self.station.run(*words, user=user)
                        self.assertEqual(self.said(result, " ".join(words)), [])
                        self.assertNotIn('"pdf"', result.stdout)
                        self.assertNotIn('"data"', result.stdout)
                        self.assertNotIn('"photo"', "".join(line for line in result.stdout.splitlines() if ids["person"] in line))

    def test_who_may_sees_all(self):
        for fence, ids in self.people.items():
            for user in sorted(SEES[fence]):
                with self.subTest(fence=fence, user=user):
                    shown = self.station.one("person", "show", ids["person"], user=user)
                    self.assertEqual(shown["name"], SECRET["person.name"])
                    self.assertNotIn("fenced", shown)
                    self.assertEqual([kin["name"] for kin in shown["kin_records"]], ["犰狳婶"])
                    found = self.station.all("person", "find", SECRET["person.alias"], user=user)
                    self.assertIn(ids["person"], [hit["id"] for hit in found])
                    self.station.one("file", "export", ids["file"], "--inline", user=user)
                    self.station.one("paper", "show", ids["paper"], "--inline", user=user)

    def test_the_reduced_record(self):
        ids = self.people["violence"]
        shown = self.station.one("person", "show", ids["person"], user="intake")
        self.assertEqual((shown["id"], shown["display_name"], shown["fenced"], shown["sex"]), (ids["person"], "受保护人员", "violence", "2"))
        self.assertIn(ids["number"], [stay["number"] for stay in shown["stays"]])
        stay = self.station.one("stay", "show", ids["stay"], user="intake")
        self.assertEqual((stay["state"], stay["fenced"], stay["person"]["display_name"]), ("left", "violence", "受保护人员"))
        self.assertEqual(self.station.all("person", "find", SECRET["person.name"], user="intake"), [])

    def test_the_warning_names_nobody(self):
        check = ("person", "check", "--set", "sex=女", "--set", f"name={SECRET['person.name']}", "--set", f"phone={SECRET['person.phone']}",
                 "--set", "birth_from=1988-03-04")
        warnings = self.station.one(*check, user="intake")["warnings"]
        hit = next(warning for warning in warnings if warning["id"] == self.people["violence"]["person"])
        self.assertEqual(set(hit), {"kind", "id", "score", "sex", "age", "age_least", "age_greatest", "age_exact", "in_house",
                                    "text", "fenced", "ask", "display_name"})
        self.assertIn("站长", hit["text"])
        seen = self.station.one(*check, user="manager")["warnings"]
        self.assertIn(SECRET["person.name"], [warning["name"] for warning in seen])

    def test_details_are_refused(self):
        ids = self.people["trafficking"]
        for words in (("person", "edit", ids["person"], "--set", "name=x"), ("person", "history", ids["person"]),
                      ("paper", "show", ids["paper"], "--inline"), ("paper", "reprint", ids["paper"]),
                      ("paper", "void", ids["paper"], "--reason", "写错"),
                      ("paper", "issue", "intake-registration", "--stay", ids["stay"]),
                      ("file", "export", ids["file"]), ("file", "add", ids["person"], self.path("pixel.png"), "--photo"),
                      ("person", "kin", ids["person"], "--set", "kinship=母亲"), ("conflict", "settle", "stay", ids["stay"], "bed")):
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 1, "fenced", user="intake")

    def test_people_first(self):
        """Who may not see a record can still take the person in and do what the house does."""
        ids = self.people["violence"]
        came = self.station.one("stay", "arrive", ids["person"], "--set", "came_by=police", "--set", "found_place=骊黄码头", user="intake")
        self.assertEqual((came["person"]["display_name"], came["fenced"]), ("受保护人员", "violence"))
        self.station.one("stay", "admit", came["id"], user="intake")
        bedded = self.station.one("stay", "bed", came["id"], "B-7", user="intake")
        self.assertEqual((bedded["bed"], bedded["fenced"]), ("B-7", "violence"))
        self.assertNotIn("found_place", bedded)
        self.station.one("stay", "event", came["id"], "--set", "kind=meal", "--set", "text=吃过晚饭", user="intake")
        board = self.station.one("stay", "board", user="medical")
        self.assertEqual([stay["person"]["display_name"] for stay in board["stays"] if stay["id"] == came["id"]], ["受保护人员"])
        self.assertEqual([stay["person"]["name"] for stay in board["stays"] if stay["id"] == self.open["id"]], ["曹四"])
        left = self.station.one("stay", "leave", came["id"], "--leave-by", "own-will", user="intake")
        self.assertEqual(left["state"], "left")

    def test_a_minor_in_the_house(self):
        """While a child is here, everybody on duty sees who it is; the other fences stay."""
        came = self.station.register("person.sex=男", "person.name=小满", f"person.birth_from={birth(12)}", user="intake")
        self.assertEqual(came["person"]["name"], "小满")
        self.assertEqual(self.station.one("person", "show", came["person"]["id"], user="intake")["name"], "小满")
        self.station.one("stay", "leave", came["id"], "--leave-by", "kin", "--received-by", "父亲", "--receiver-id", "440105199003071032",
                         "--receiver-proof", "户口簿", "--guardian-check", "公安核实", user="intake")
        self.assertEqual(self.station.one("person", "show", came["person"]["id"], user="intake")["display_name"], "受保护人员")
        self.assertEqual(self.station.one("person", "show", came["person"]["id"], user="minors")["name"], "小满")

    def test_papers_of_a_minor_who_goes(self):
        """Whoever lets a child go prints what goes along, on that day; nobody else at the desk does."""
        came = self.station.register("person.sex=男", "person.name=小雪", f"person.birth_from={birth(12)}", user="intake")
        self.station.one("file", "add", came["person"]["id"], self.path("pixel.png"), "--photo")
        self.station.one("stay", "admit", came["id"], user="intake")
        plan = self.station.one("transfer", "plan", came["id"], "--set", "kind=hand-over", "--set", "to_station=鹈鹕站", "--set", "to_region=511502",
                                "--set", "escorts=护送员甲、乙", "--set", "receiver=薜荔姑", user="intake")["id"]
        self.station.one("transfer", "depart", plan, "--guardian-check", "公安核实", "--emergency", "无人审批", user="intake")
        paper = self.station.one("paper", "issue", "escort-handover", "--transfer", plan, user="intake")["number"]
        self.assertIn("pdf", self.station.one("paper", "show", paper, "--inline", user="intake"))
        self.assertEqual(self.station.one("person", "show", came["person"]["id"], user="intake")["display_name"], "受保护人员")
        self.assert_refused(self.station, ("paper", "show", paper, "--inline"), 1, "fenced", user="auditor")

    def test_an_earlier_stay_of_a_minor(self):
        """In the house everybody on duty sees a minor; what was written of earlier stays remains fenced."""
        came = self.station.register("person.sex=男", "person.name=小寒", f"person.birth_from={birth(12)}", "found_place=驼背桥")
        person, old = came["person"]["id"], came["id"]
        self.station.one("stay", "admit", old)
        paper = self.station.one("paper", "issue", "intake-registration", "--stay", old)["number"]
        self.station.one("stay", "leave", old, "--leave-by", "kin", "--received-by", "父亲", "--receiver-id", "440105199003071032",
                         "--receiver-proof", "户口簿", "--guardian-check", "公安核实")
        new = self.station.register(f"person={person}", "came_by=self", user="intake")["id"]
        for user in ("intake", "auditor"):
            with self.subTest(user=user):
                shown = self.station.one("person", "show", person, user=user)
                self.assertEqual(shown["name"], "小寒")
                self.assertEqual({stay["id"]: stay.get("fenced") for stay in shown["stays"]}, {old: "minors", new: None})
                self.assertNotIn("驼背桥", json.dumps(shown, ensure_ascii=False))
                self.assertEqual(self.station.one("stay", "show", old, user=user)["fenced"], "minors")
                self.assertNotIn("fenced", self.station.one("stay", "show", new, user=user))
                self.assert_refused(self.station, ("paper", "show", paper, "--inline"), 1, "fenced", user=user)
        self.assert_refused(self.station, ("stay", "edit", old, "--set", "reason=lost"), 1, "fenced", user="intake")
        self.assertEqual(self.station.one("stay", "show", old, user="minors")["found_place"], "驼背桥")

    def test_what_cannot_be_read_is_not_shown(self):
        """Whose a record is is not known where that can't be read: nothing is given out then."""
        broken = self.station.copy(self.path("broken"))
        with broken.connect("rw") as connection:
            connection.execute("ALTER TABLE transfer RENAME COLUMN row TO line")
        for user, status in (("admin", 0), ("intake", 4)):
            with self.subTest(user=user):
                listed = broken.run("paper", "list", user=user)
                self.assertEqual((listed.status, listed.stdout == ""), (status, status != 0), listed.stderr)

    def test_a_possible_minor(self):
        """An estimate that reaches below the age counts; one that does not is no fence."""
        for years, is_fenced in (((17, 25), True), ((19, 25), False)):
            with self.subTest(years=years):
                person = self.station.one("person", "add", "--set", "sex=1", "--set", "name=估", "--set", f"birth_from={birth(years[1])}",
                                          "--set", f"birth_to={birth(years[0])}")
                self.assertEqual("fenced" in self.station.one("person", "show", person["id"], user="intake"), is_fenced)

    def test_a_merge_fences_both(self):
        known = self.station.one("person", "add", "--set", "sex=2", "--set", "name=佘某")
        self.station.one("person", "merge", known["id"], self.people["violence"]["person"], "--reason", "指纹")
        self.assertEqual(self.station.one("person", "show", known["id"], user="intake")["fenced"], "violence")
        self.station.one("person", "unmerge", self.people["violence"]["person"], "--reason", "指纹不符")
        self.assertEqual(self.station.one("person", "show", known["id"], user="intake")["name"], "佘某")

    def accesses(self, person):
        return [(entry["user"], entry["act"], entry.get("detail")) for entry in self.station.all("access", "list", "--person", person)]

    def test_views_are_logged(self):
        person = self.station.register("person.sex=女", "person.name=程某", "reason=domestic-violence")["person"]["id"]
        self.station.one("person", "show", person, user="intake")
        self.assertEqual(self.accesses(person), [])
        self.station.one("person", "show", person, user="caseworker")
        self.assertEqual(self.accesses(person), [("caseworker", "view-fenced", None)])
        opened = self.station.one("person", "show", person, "--reason", "突发疾病送医", user="medical")
        self.assertEqual(opened["name"], "程某")
        self.assertEqual(self.accesses(person)[0], ("medical", "view-emergency", "突发疾病送医"))
        audited = self.station.all("access", "list", "--person", person, user="auditor")[0]
        self.assertEqual((audited["act"], audited["user"], audited["detail"], audited["display_name"]),
                         ("view-emergency", "medical", "突发疾病送医", "受保护人员"))
        self.assert_refused(self.station, ("person", "show", person, "--reason", "看看"), 1, "not-allowed", "reason", user="auditor")
        since = (today() + datetime.timedelta(days=2)).isoformat()
        self.assertEqual(self.station.all("access", "list", "--since", since), [])
        self.assertEqual({entry["user"] for entry in self.station.all("access", "list", "--user", "medical")}, {"medical"})

    def test_reveal_needs_the_right(self):
        person = self.open["person"]["id"]
        self.assert_refused(self.station, ("person", "show", person, "--reveal"), 1, "not-allowed", "reveal", user="medical")
        self.station.one("person", "show", person, "--reveal", user="intake")
        self.assertEqual(self.accesses(person)[0][:2], ("intake", "view"))

    def test_results_are_json_objects(self):
        self.assertIn("stays", json.loads(self.station.run("stay", "board", user="intake").stdout))


main()
