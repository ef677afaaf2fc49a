# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices to find kin: what they say, who approves them, what forbids them, and what their posters print."""

import datetime
import subprocess

from notices import UNKNOWN, NoticeTest, make_picture, text_of
from station import MAN_1990, main, today

LINES = ["name", "sex", "age", "height", "health", "intellect", "mental_state", "marks", "clothing", "found_on", "found_place", "accent"]


def birth(years):
    return (today() - datetime.timedelta(days=years * 366)).isoformat()


class Words(NoticeTest):
    """What stands in a notice."""

    def test_from_the_records_in_the_official_order(self):
        person, _ = self.take_in(photo=True)
        notice = self.prepare(person)
        self.assertEqual((notice["state"], notice["draft_state"]), ("draft", "waiting"))
        keys = [line["key"] for line in notice["lines"]]
        self.assertEqual(keys, [key for key in LINES if key in keys])
        words = {line["key"]: line["text"] for line in notice["lines"]}
        self.assertEqual((words["name"], words["sex"], words["height"], words["mental_state"]), ("不详", "男", "168厘米", "疑似精神障碍"))
        self.assertEqual(notice["draft"]["found_on"], today().isoformat())
        self.assertNotIn("health", words)
        self.assertIn("draft_photo", notice)
        self.assertNotIn("13800000000", text_of(notice))

    def test_left_out_and_reworded(self):
        person, _ = self.take_in(photo=True)
        notice = self.prepare(person, "--leave_out", "mental_state, accent,photo", "--set", "content.age=约45岁", "--set", "content.health=肢体残疾",
                              "--set", "content.found_on=2026-01-05")
        self.assertEqual((notice["draft"]["age"], notice["draft"]["health"], notice["draft"]["found_on"]), ("约45岁", "肢体残疾", "2026-01-05"))
        for key in ("mental_state", "accent"):
            self.assertNotIn(key, notice["draft"])
        self.assertNotIn("draft_photo", notice)

    def test_what_is_never_public(self):
        person, _ = self.take_in()
        other, _ = self.take_in("person.sex=女")
        picture = self.station.one("file", "add", other, self.picture, user="clerk")["id"]
        for words, code, field in (
                (("--set", "content.marks=联系其妻 138 0000-0000"), "number-not-public", "marks"),
                (("--set", f"content.name=证号{MAN_1990}"), "number-not-public", "name"),
                (("--set", "content.marks=电话１３８００００００００"), "number-not-public", "marks"),
                (("--set", "content.mental_state=精神分裂症，服奥氮平"), "unknown-code", "mental_state"),
                (("--set", "content.id_number=1"), "no-such-line", "id_number"),
                (("--set", "content.name=" + "王" * 41), "too-long", "name"),
                (("--set", "content.found_on=2026-02-30"), "impossible-date", "found_on"),
                (("--leave_out", "photograph"), "no-such-line", "leave_out"),
                (("--photo", picture), "another-person", "photo")):
            with self.subTest(words=words):
                self.assert_refused(self.station, ["notice", "prepare", person, *words], 2, code, field, user="caseworker")
        self.station.one("person", "edit", person, "--set", "marks=右臂刺字 13800000000", user="clerk")
        self.assert_refused(self.station, ["notice", "prepare", person], 2, "number-not-public", "marks", user="caseworker")

    def test_texts_for_other_channels(self):
        person, _ = self.take_in()
        notice = self.prepare(person)
        self.assert_refused(self.station, ["notice", "text", notice["number"]], 1, "not-published", "notice", user="caseworker")
        self.approve(notice)
        self.station.one("notice", "publish", notice["number"], user="caseworker")
        short, long = (self.station.one("notice", "text", notice["number"], "--for", length, user="caseworker")["text"] for length in ("short", "long"))
        self.assertNotIn("\n", short)
        for text in (short, long):
            for part in ("168厘米", "江南大道中", "020-12345678"):
                self.assertIn(part, text)
        self.assertLess(long.index("身高"), long.index("发现日期"))
        self.assertIn("可能有误", long)


class Approval(NoticeTest):
    """Two people, and a ground of the law."""

    def test_by_somebody_else(self):
        person, _ = self.take_in()
        notice = self.prepare(person, user="manager")
        self.assertEqual(self.open_tasks(notice), ["notice-review"])
        self.assert_refused(self.station, ["notice", "review", notice["id"], "--approve"], 1, "same-person", user="manager")
        for user in ("clerk", "caseworker", "minors", "auditor"):
            self.assert_refused(self.station, ["notice", "review", notice["id"], "--approve"], 1, "not-allowed", user=user)
        self.assert_refused(self.station, ["notice", "publish", notice["id"]], 1, "notice-state", "notice", user="manager")
        approved = self.approve(notice, user="deputy")
        self.assertEqual((approved["state"], approved["edition"]), ("approved", 1))
        self.assertIn("个人信息保护法", approved["ground"])
        self.assertNotIn("posting", approved)
        self.assertEqual(self.open_tasks(notice), [])
        published = self.station.one("notice", "publish", notice["id"], user="caseworker")
        self.assertEqual(published["state"], "published")
        self.assertEqual(published["published_at"], published["refreshed_at"])

    def test_sent_back(self):
        person, _ = self.take_in()
        notice = self.prepare(person)
        self.assert_refused(self.station, ["notice", "review", notice["id"], "--reject"], 2, "missing", "reason", user="manager")
        self.assert_refused(self.station, ["notice", "review", notice["id"]], 2, "missing", "approve", user="manager")
        back = self.station.one("notice", "review", notice["id"], "--reject", "--reason", "体貌写清楚", user="manager")
        self.assertEqual((back["state"], back["review_note"]), ("returned", "体貌写清楚"))
        self.assertEqual(self.open_tasks(notice), ["notice-returned"])
        self.assert_refused(self.station, ["notice", "review", notice["id"], "--approve"], 1, "notice-state", "notice", user="manager")
        again = self.station.one("notice", "edit", notice["id"], "--set", "content.marks=左眉上有两厘米旧疤", user="caseworker")
        self.assertEqual((again["state"], again["draft"]["marks"]), ("draft", "左眉上有两厘米旧疤"))
        self.assertEqual(self.open_tasks(notice), ["notice-review"])
        self.assertEqual(self.approve(again)["content"]["marks"], "左眉上有两厘米旧疤")

    def test_one_notice_of_a_person(self):
        person, _ = self.take_in()
        self.prepare(person)
        self.assert_refused(self.station, ["notice", "prepare", person], 1, "notice-exists", "person", user="caseworker")

    def test_minors(self):
        person, _ = self.take_in("person.sex=男", f"person.birth_from={birth(9)}", f"person.birth_to={birth(7)}")
        notice = self.prepare(person, user="minors")
        for words in ((), ("--ground", "unknown-person")):
            self.assert_refused(self.station, ["notice", "review", notice["id"], "--approve", *words], 1, "ground-of-minor", "ground", user="manager")
        self.assertTrue(self.show(notice)["of_minor"])
        approved = self.approve(notice, "--ground", "minor")
        self.assertIn("未成年人保护法》第一百零三条", approved["ground"])

    def test_who_may_be_a_minor(self):
        person, _ = self.take_in("person.sex=男", f"person.birth_from={birth(22)}", f"person.birth_to={birth(17)}")
        self.assert_refused(self.station, ["notice", "review", self.prepare(person)["id"], "--approve"], 1, "ground-of-minor", "ground", user="manager")

    def test_a_new_edition_is_approved_again(self):
        person, _ = self.take_in(photo=True)
        notice = self.publish(person)
        same = self.station.one("notice", "refresh", notice["id"], user="caseworker")
        self.assertEqual((same["edition"], same.get("draft_state")), (1, None))
        self.assertEqual(same["content"], notice["content"])
        other = self.path("newer.png")
        make_picture(other, "#aa6633")
        photo = self.station.one("file", "add", person, other, user="clerk")["id"]
        waiting = self.station.one("notice", "refresh", notice["id"], "--photo", photo, "--set", "content.marks=左眉上有旧疤，缺小指", user="caseworker")
        self.assertEqual((waiting["state"], waiting["draft_state"], waiting["content"], waiting["photo"]), ("published", "waiting", notice["content"], notice["photo"]))
        self.assertEqual(self.posting(notice)["marks"], "左眉上有旧疤")
        self.assert_refused(self.station, ["notice", "edit", notice["id"]], 1, "notice-state", "notice", user="caseworker")
        second = self.approve(notice, user="deputy")
        self.assertEqual((second["edition"], second["photo"], second["state"]), (2, photo, "published"))
        self.assertEqual(self.posting(notice)["marks"], "左眉上有旧疤，缺小指")

    def test_rights(self):
        person, _ = self.take_in()
        for user in ("clerk", "auditor"):
            self.assert_refused(self.station, ["notice", "prepare", person], 1, "not-allowed", user=user)
        notice = self.publish(person)
        self.assertEqual(self.station.one("notice", "show", notice["id"], user="clerk")["state"], "published")
        self.assertIn(notice["id"], [listed["id"] for listed in self.station.all("notice", "list", user="auditor")])
        self.assert_refused(self.station, ["notice", "withdraw", notice["id"], "--as", "mistaken", "--reason", "错"], 1, "not-allowed", user="auditor")


class Posters(NoticeTest):
    """The paper prints what was approved."""

    def text(self, path):
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout

    def codes(self, path):
        subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", path, path], check=True)
        return subprocess.run(["zbarimg", "--quiet", "--raw", path + ".png"], capture_output=True, text=True, check=True).stdout.splitlines()

    def test_only_what_was_approved(self):
        person, stay = self.take_in(photo=True)
        issue = ["paper", "issue", "tracing-notice", "--stay", stay, "--pdf", self.path("poster.pdf")]
        self.assert_refused(self.station, issue, 1, "notice-not-approved", "stay", user="clerk")
        notice = self.prepare(person, "--leave_out", "mental_state", "--set", "content.marks=左眉有疤")
        self.assert_refused(self.station, issue, 1, "notice-not-approved", "stay", user="clerk")
        shown = self.station.one("notice", "preview", notice["id"], "--pdf", self.path("draft.pdf"), user="manager")
        self.assertEqual(shown["lines"][0], {"key": "name", "label": "姓名", "text": "不详"})
        self.assertIn("草稿", self.text(self.path("draft.pdf")))
        self.assertIn("左眉有疤", self.text(self.path("draft.pdf")))
        self.approve(notice)
        self.station.one("person", "edit", person, "--set", "marks=后来改的", "--set", "name=某某", user="clerk")
        paper = self.station.one(*issue, user="clerk")
        text = self.text(self.path("poster.pdf"))
        self.assertIn("左眉有疤", text)
        for hidden in ("后来改的", "某某", "精神障碍", "13800000000"):
            self.assertNotIn(hidden, text)
        self.assertIn("tel:02012345678", self.codes(self.path("poster.pdf")))
        self.station.one("notice", "withdraw", notice["id"], "--as", "mistaken", "--reason", "写错", user="manager")
        self.assertEqual(self.station.one("paper", "show", paper["number"], user="clerk")["state"], "voided")
        self.assert_refused(self.station, ["paper", "issue", "tracing-notice", "--stay", stay], 1, "notice-not-approved", "stay", user="clerk")

    def test_the_code_leads_to_the_page(self):
        station = self.station.copy(self.path("with-address"))
        setting = ["rule", "set", "--set", "name=notice_web_address", "--set", "effective_from=2026-01-01", "--set", "citation=本站公布", "--set"]
        for value in ("xunqin", "ftp://example.org/", "https://example.org/?a=1", "https://user@example.org/"):
            self.assert_refused(station, [*setting, f"value={value}"], 2, "not-an-address", "value")
        station.one(*setting, "value=https://example.org/xunqin")
        person, stay = self.take_in(station=station)
        notice = self.publish(person, station=station)
        station.one("paper", "issue", "tracing-notice", "--stay", stay, "--pdf", self.path("poster.pdf"), user="clerk")
        self.assertIn(f"https://example.org/xunqin/notice-{notice['number']}.html", self.codes(self.path("poster.pdf")))


class Forbidden(NoticeTest):
    """Whom nobody may look for in public."""

    def test_never(self):
        for fields, code in ((("reason=domestic-violence",), "not-public"), (("reason=trafficked",), "police-publish"),
                             ((f"person.id_number={MAN_1990}", "person.verified_by=id-card"), "identity-known")):
            with self.subTest(code=code):
                person, stay = self.take_in("person.sex=男", *fields)
                self.assert_refused(self.station, ["notice", "prepare", person], 1, code, "person", user="caseworker")
                self.assert_refused(self.station, ["paper", "issue", "tracing-notice", "--stay", stay], 1, code, "stay", user="caseworker")

    def test_an_objection(self):
        capable, _ = self.take_in("person.sex=男", f"person.birth_from={birth(40)}")
        self.assert_refused(self.station, ["notice", "prepare", capable, "--consent", "objects"], 1, "person-objects", "person", user="caseworker")
        person, _ = self.take_in(*UNKNOWN)
        notice = self.prepare(person, "--consent", "objects")
        self.assert_refused(self.station, ["notice", "review", notice["id"], "--approve"], 2, "missing", "reason", user="manager")
        self.assertEqual(self.approve(notice, "--reason", "本人不能辨认，已评估")["state"], "approved")

    def test_found_out_before_approval(self):
        person, stay = self.take_in()
        notice = self.prepare(person)
        self.station.one("stay", "edit", stay, "--set", "reason=domestic-violence", user="caseworker")
        ended = self.show(notice)
        self.assertEqual((ended["state"], ended["withdrawn_as"], ended.get("draft")), ("withdrawn", "protection", None))
        self.assertEqual(self.open_tasks(notice), [])
        self.assert_refused(self.station, ["notice", "review", notice["id"], "--approve"], 1, "notice-state", "notice", user="manager")


main()
