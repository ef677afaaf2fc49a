# SPDX-License-Identifier: GPL-3.0-or-later
"""Desks of one station that exchange bundles in any order and repetition end with the same tables."""

import base64
import json
import random
import shutil

from station import PASSWORD, Station, StationTest, guituctl, main

# A PNG picture of one grey pixel.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")


class Desks(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = cls.make_station("desk-1")
        cls.person = first.register("person.sex=女", "person.name=王秀英")["person"]["id"]
        cls.desks = [first]
        cls.codes = []
        for number in (2, 3):
            invited = first.one("desk", "invite", cls.path(f"invitation-{number}"))
            assert invited["desk"] == number
            desk = Station(cls.path(f"desk-{number}"))
            desk.one("init", "--invitation", cls.path(f"invitation-{number}"), "--code", invited["code"], user="")
            cls.desks.append(desk)
            cls.codes.append(invited["code"])
        for desk in cls.desks[1:]:
            cls.carry(first, desk)

    def setUp(self):
        """Each test works at desks of its own."""
        name = self.id().rsplit(".", maxsplit=1)[-1]
        self.one, self.two, self.three = (desk.copy(self.path(f"{name}-{number}")) for number, desk in enumerate(self.desks, 1))

    @classmethod
    def export(cls, desk, name):
        desk.one("bundle", "export", cls.path(name))
        return cls.path(name)

    @classmethod
    def carry(cls, source, target):
        return target.one("bundle", "import", cls.export(source, "carried.gtb"), user="")

    def exchange(self, *desks):
        for _ in range(2):
            for source in desks:
                for target in desks:
                    if source is not target:
                        self.carry(source, target)

    def assert_identical(self, *desks):
        first = desks[0].replica()
        for desk in desks[1:]:
            other = desk.replica()
            for table, rows in first.items():
                self.assertEqual(rows, other[table], table)
        for desk in desks:
            self.assertEqual(desk.one("ledger", "verify")["problems"], [])

    def test_a_new_desk_has_all(self):
        """Users, their passwords, records and the search."""
        self.assertEqual([person["id"] for person in self.two.all("person", "find", "wxy")], [self.person])
        self.assertEqual(sorted(desk["desk"] for desk in self.two.all("desk", "list")), [1, 2])
        self.assertEqual(self.two.one("station", "show", user="")["code"], "440105001")
        arrived = self.two.register("person.sex=男", "person.name=张三")
        self.assertRegex(arrived["number"], r"^\d{4}-2-0001$")

    def test_the_invitation_opens_with_its_code_only(self):
        words = ("init", "--invitation", self.path("invitation-2"), "--code")
        for code, status, name in (("AAAAA-BBBBB-CCCCC-DDDDD", 5, "wrong-code"), (self.codes[1], 5, "wrong-code")):
            result = guituctl("--store", self.path("thief"), *words, code)
            self.assertEqual((result.status, result.error["error"]), (status, name))
        with open(self.path("invitation-2"), "rb") as file:
            self.assertNotIn(b"440105001", file.read())
        self.assert_error(guituctl("--store", self.path("thief"), "station", "show"), 3, "not-found")

    def test_any_order_and_repetition(self):
        """Work goes on between the exports, and the bundles arrive shuffled, old after new, several times."""
        chance = random.Random(7)
        bundles = []
        for step in range(12):
            desk = chance.choice((self.one, self.two, self.three))
            if step % 3 == 0:
                desk.register("person.sex=男", f"person.name=张{step}")
            elif step % 3 == 1:
                desk.one("person", "edit", self.person, "--set", f"alias=小名{step}", "--set", f"height_cm={150 + step}")
            else:
                desk.one("person", "statement", "--set", f"person={self.person}", "--set", f"text=我说了{step}")
            bundles.append(self.export(desk, f"bundle-{step}.gtb"))
            if step == 5:
                self.carry(self.one, self.two)
        for desk in (self.one, self.two, self.three):
            arriving = bundles * 2
            chance.shuffle(arriving)
            for bundle in arriving:
                desk.one("bundle", "import", bundle, user="")
        self.exchange(self.one, self.two, self.three)
        self.assert_identical(self.one, self.two, self.three)
        self.assertEqual(self.carry(self.one, self.two)["added"], 0)

    def test_a_stolen_desk(self):
        """It ends at what is known of it: the rest is taken out where it had arrived, and its own stick is refused."""
        known = self.two.register("person.sex=女", "person.name=李四")["person"]["id"]
        self.carry(self.two, self.one)
        stolen = self.two.register("person.sex=男", "person.name=小偷")["person"]["id"]
        self.carry(self.two, self.three)
        self.assertEqual([person["id"] for person in self.three.all("person", "find", "小偷")], [stolen])
        for words, status, name in ((("9", "--reason", "x"), 3, "not-found"), (("1", "--reason", "x"), 1, "this-desk"), (("2",), 2, "missing")):
            self.assert_error(self.one.run("desk", "revoke", *words), status, name, "reason" if name == "missing" else "desk")
        ended = self.one.one("desk", "revoke", "2", "--reason", "被盗")
        self.assertEqual((ended["desk"], ended["ended"], ended["reason"]), (2, True, "被盗"))
        self.assert_error(self.one.run("desk", "revoke", "2", "--reason", "again"), 1, "ended", "desk")
        self.carry(self.one, self.three)
        self.assertEqual(self.three.all("person", "find", "小偷"), [])
        self.assertEqual([person["id"] for person in self.three.all("person", "find", "李四")], [known])
        self.assertEqual([desk["ended"] for desk in self.three.all("desk", "list")], [False, True, False])
        before = self.three.dump()
        refused = self.three.run("bundle", "import", self.export(self.two, "stolen.gtb"), user="")
        self.assert_error(refused, 5, "untrusted")
        self.assertIn("desk 2 of station 440105001", refused.error["message"])
        self.assertEqual(self.three.dump(), before)
        self.assertEqual(len(self.carry(self.three, self.one).get("refused", [])), 1)
        self.exchange(self.one, self.three)
        self.assert_identical(self.one, self.three)
        self.carry(self.one, self.two)
        self.assert_error(self.two.run("person", "add", "--set", "name=王五", "--set", "sex=男"), 5, "untrusted")

    def test_since_the_last(self):
        self.export(self.one, "all.gtb")
        self.one.register("person.sex=男", "person.name=张三")
        new = self.one.one("bundle", "export", self.path("new.gtb"), "--since-last")
        self.assertLess(new["entries"], 4)
        self.assertEqual(self.two.one("bundle", "import", self.path("new.gtb"), user="")["added"], new["entries"])
        self.assertEqual(self.one.one("bundle", "export", self.path("none.gtb"), "--since-last")["entries"], 0)

    def test_edits_that_arrive_before_the_person(self):
        """A new desk imports from whoever is at hand; whose entries come first is chance."""
        for number in range(4):
            station = self.make_station(f"first-{number}")
            person = station.register("person.sex=男", "person.name=张三")["person"]["id"]
            joined = []
            for name in ("editor", "newcomer"):
                invited = station.one("desk", "invite", self.path("invitation"))
                desk = Station(self.path(f"{name}-{number}"))
                desk.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
                joined.append(desk)
            editor, newcomer = joined
            self.carry(station, editor)
            editor.one("person", "edit", person, "--set", "height_cm=172")
            self.carry(editor, newcomer)
            (found,) = newcomer.all("person", "find", "zhangsan")
            self.assertEqual(found["height_cm"], 172)
            self.carry(editor, station)
            self.carry(newcomer, station)
            self.carry(newcomer, editor)
            self.assert_identical(station, editor, newcomer)

    def test_both_desks_write_one_field(self):
        """Both values are shown at both desks, until someone settles it."""
        self.one.one("person", "edit", self.person, "--set", "name=王秀莹", "--set", "accent=四川宜宾")
        self.two.one("person", "edit", self.person, "--set", "name=汪秀英")
        self.exchange(self.one, self.two)
        self.assert_identical(self.one, self.two)
        shown = [desk.one("person", "show", self.person) for desk in (self.one, self.two)]
        self.assertEqual(shown[0], shown[1])
        self.assertEqual(shown[0]["accent"], "四川宜宾")
        (conflict,) = shown[0]["conflicts"]
        self.assertEqual(conflict["field"], "name")
        self.assertEqual({value["value"] for value in conflict["values"]}, {"王秀莹", "汪秀英"})
        self.assertEqual({value["user"] for value in conflict["values"]}, {"admin"})
        self.assertIn(shown[0]["name"], ("王秀莹", "汪秀英"))
        self.one.one("conflict", "settle", "person", self.person, "name")
        self.exchange(self.one, self.two)
        self.assert_identical(self.one, self.two)
        for desk in (self.one, self.two):
            self.assertEqual(desk.one("person", "show", self.person)["conflicts"], [])
            self.assertEqual(desk.one("person", "show", self.person)["name"], shown[0]["name"])

    def test_one_after_the_other_is_no_conflict(self):
        self.one.one("person", "edit", self.person, "--set", "name=王秀莹")
        self.carry(self.one, self.two)
        self.two.one("person", "edit", self.person, "--set", "name=汪秀英")
        self.exchange(self.one, self.two)
        for desk in (self.one, self.two):
            shown = desk.one("person", "show", self.person)
            self.assertEqual((shown["name"], shown["conflicts"]), ("汪秀英", []))

    def test_heard_through_another_desk(self):
        """Desk 3 learns of desk 2's work from desk 1, without a gap."""
        self.two.register("person.sex=男", "person.name=张一")
        self.carry(self.two, self.one)
        self.assertEqual(self.carry(self.one, self.three)["gaps"], [])
        self.assertEqual(len(self.three.all("person", "find", "张一")), 1)

    def test_numbers_after_a_restored_backup(self):
        """What this desk gave out and only another desk still knew is not given out again."""
        for is_emptied in (False, True):
            with self.subTest(is_emptied=is_emptied):
                one, two = (desk.copy(self.path(f"restored-{number}-{is_emptied}")) for number, desk in enumerate(self.desks[:2]))
                backup = one.copy(self.path(f"backup-{is_emptied}"))
                stays = [one.register("person.sex=男", f"person.name=张{number}") for number in range(3)]
                issue = ("paper", "issue", "intake-registration", "--stay")
                papers = [one.one(*issue, stay["stay"]["id"])["number"] for stay in stays[:2]]
                self.carry(one, two)
                self.assertGreater(self.carry(two, backup)["added"], 0)
                if is_emptied:
                    with backup.connect("rw") as connection:
                        connection.execute("DELETE FROM series WHERE name LIKE '%-2%'")
                again = backup.register("person.sex=男", "person.name=张九")
                self.assertEqual(int(again["number"][-4:]), int(stays[-1]["number"][-4:]) + 1)
                self.assertEqual(again["number"][:-4], stays[-1]["number"][:-4])
                paper = backup.one(*issue, again["stay"]["id"])["number"]
                self.assertEqual((paper[:-5], int(paper[-5:])), (papers[-1][:-5], int(papers[-1][-5:]) + 1))
                theirs = two.register("person.sex=男", "person.name=张十")["number"]
                self.assertRegex(theirs, r"^\d{4}-2-0001$")
                self.exchange(backup, two)
                self.assert_identical(backup, two)

    def test_desk_numbers_after_own_entries_came_back(self):
        """An invitation that nobody has used yet keeps its number."""
        backup = self.one.copy(self.path("desk-backup"))
        self.one.register("person.sex=男", "person.name=张一")
        self.carry(self.one, self.two)
        first = backup.one("desk", "invite", self.path("first"))["desk"]
        self.carry(self.two, backup)
        self.assertEqual(backup.one("desk", "invite", self.path("second"))["desk"], first + 1)

    def test_one_user_name_at_two_desks(self):
        """Both may log in, each with their password; who is meant is told by the id."""
        passwords = {self.one: "first-one", self.two: "second-one"}
        for desk, password in passwords.items():
            desk.one("user", "add", "--set", "name=dup", "--set", "role=intake", "--password", password)
        self.exchange(self.one, self.two)
        first, second = [user["id"] for user in self.one.all("user", "list") if user["name"] == "dup"]
        add = ("person", "add", "--set", "sex=男")
        for desk in passwords:
            for password in passwords.values():
                desk.one(*add, user="dup", environment={"GUITU_PASSWORD": password})
            self.assert_error(desk.run(*add, user="dup", environment={"GUITU_PASSWORD": "neither"}), 1, "wrong-password", "password")
        for words in (("user", "disable", "dup"), ("user", "passwd", "dup", "--password", "third-one")):
            self.assert_refused(self.one, words, 1, "ambiguous", "name")
        self.one.one("user", "passwd", "--password", "own-change", user="dup", environment={"GUITU_PASSWORD": "second-one"})
        self.one.one("user", "passwd", "dup", "--password", "second-one", user="dup", environment={"GUITU_PASSWORD": "own-change"})
        self.one.one("user", "passwd", first, "--password", "admin-set")
        self.one.one(*add, user="dup", environment={"GUITU_PASSWORD": "admin-set"})
        self.assertEqual(self.one.one("user", "disable", first)["id"], first)
        self.exchange(self.one, self.two)
        for desk in passwords:
            self.assert_error(desk.run(*add, user="dup", environment={"GUITU_PASSWORD": "admin-set"}), 1, "wrong-password", "password")
            desk.one(*add, user="dup", environment={"GUITU_PASSWORD": "second-one"})
        self.assertEqual(self.one.one("user", "disable", "dup")["id"], second)
        for password in ("second-one", "admin-set"):
            self.assert_error(self.one.run(*add, user="dup", environment={"GUITU_PASSWORD": password}), 1, "wrong-password", "password")

    def test_files_of_another_desk(self):
        """A photo kept at another desk is no damage; one that was kept here is."""
        photo = self.path("photo.png")
        with open(photo, "wb") as file:
            file.write(PIXEL)
        self.one.one("file", "add", self.person, photo)
        self.carry(self.one, self.two)
        here, there = (desk.all("check")[0] for desk in (self.one, self.two))
        self.assertEqual((here["files"], here["files_elsewhere"], here["problems"]), (1, 0, []))
        self.assertEqual((there["files"], there["files_elsewhere"], there["problems"]), (0, 1, []))

    def test_a_photo_of_another_desk(self):
        """The paper is needed now: it leaves the frame empty and says so."""
        stay = self.one.one("person", "show", self.person)["stays"][0]["id"]
        with open(self.path("photo.png"), "wb") as file:
            file.write(PIXEL)
        self.one.one("file", "add", self.person, self.path("photo.png"), "--photo")
        self.carry(self.one, self.two)
        words = ("paper", "issue", "intake-registration", "--stay", stay, "--pdf", self.path("form.pdf"))
        self.assertEqual(len(self.two.one(*words)["print_warnings"]), 1)
        self.assertNotIn("print_warnings", self.one.one(*words))

    def test_both_desks_decide_one_stay(self):
        """Not only persons: whatever two desks wrote at once is shown until somebody settles it."""
        stay = self.one.one("person", "show", self.person)["stays"][0]["id"]
        for desk, bed in ((self.one, "101"), (self.two, "102")):
            desk.one("stay", "admit", stay, "--bed", bed)
        self.exchange(self.one, self.two)
        conflicts = self.one.all("conflict", "list")
        self.assertIn("bed", {conflict["field"] for conflict in conflicts})
        self.assertEqual(self.two.one("person", "show", self.person)["conflicts"], conflicts)
        for conflict in conflicts:
            self.assertEqual((conflict["kind"], conflict["id"]), ("stay", stay))
            self.two.one("conflict", "settle", "stay", stay, conflict["field"])
        self.exchange(self.one, self.two)
        for desk in (self.one, self.two):
            self.assertEqual(desk.all("conflict", "list"), [])

    def test_conflicts_are_masked(self):
        for desk, number in ((self.one, "110105194912310099"), (self.two, "110105194912310021")):
            desk.one("person", "edit", self.person, "--set", f"id_number={number}", "--set", "id_override=证件原文如此")
        self.exchange(self.one, self.two)
        for words in (("person", "show", self.person), ("conflict", "list")):
            text = json.dumps(self.one.all(*words))
            self.assertIn("110***********00", text)
            self.assertNotIn("19491231", text.replace("1949-12-31", ""))
        self.assertIn("110105194912310099", json.dumps(self.one.one("person", "show", self.person, "--reveal")))

    def test_ledger_show(self):
        """Newest first, from every desk, by name and without values."""
        self.two.one("person", "edit", self.person, "--set", "accent=四川宜宾")
        self.carry(self.two, self.one)
        listed = self.one.all("ledger", "show", "--limit", "1000")
        self.assertEqual([entry["number"] for entry in listed], sorted((entry["number"] for entry in listed), reverse=True))
        last = listed[0]
        self.assertEqual((last["act"], last["user"], last["scope"]), ("person edit", "admin", "station"))
        self.assertEqual(last["changes"], [{"kind": "person", "id": self.person, "created": False, "fields": ["accent"]}])
        self.assertEqual(len({entry["desk"] for entry in listed}), 2)
        self.assertNotIn("四川宜宾", json.dumps(listed, ensure_ascii=False))
        self.assertEqual(self.one.all("ledger", "show", "--before", str(listed[1]["number"]), "--limit", "2"), listed[2:4])

    def test_damaged_bundles(self):
        self.two.register("person.sex=男", "person.name=张一")
        bundle = self.export(self.two, "good.gtb")
        with open(bundle, "rb") as file:
            content = file.read()
        half = len(content) // 2
        cases = {
            "empty": b"",
            "a text": b"This is a text, and no bundle.\n" * 20,
            "cut": content[:-10],
            "half": content[:half],
            "twice": content * 2,
            "head only": content[:5],
            "one bit": content[:half] + bytes([content[half] ^ 1]) + content[half + 1:],
        }
        for name, text in cases.items():
            with self.subTest(name=name):
                with open(self.path("bad.gtb"), "wb") as file:
                    file.write(text)
                before = self.one.dump()
                result = self.one.run("bundle", "import", self.path("bad.gtb"), user="")
                self.assertIn((result.status, result.error["error"]), ((5, "untrusted"), (2, "malformed")), result.stderr)
                self.assertEqual(self.one.dump(), before)
        self.assert_refused(self.one, ("bundle", "import", self.path("none.gtb")), 2, "no-file", "file")
        self.assertGreater(self.one.one("bundle", "import", bundle)["added"], 0)

    def test_bundles_of_strangers(self):
        """Another station's bundle for its own desks can't be read here."""
        stranger = Station(self.path("stranger"))
        stranger.set_up("511502001", "宜宾市救助管理站", "511502")
        stranger.register("person.sex=男")
        self.addCleanup(shutil.rmtree, stranger.directory)
        before = self.one.dump()
        result = self.one.run("bundle", "import", self.export(stranger, "strange.gtb"))
        self.assertEqual((result.status, self.one.dump() == before), (5, True), result.stderr)

    def test_passwords_travel_sealed(self):
        with open(self.export(self.one, "all.gtb"), "rb") as file:
            content = file.read()
        for secret in (b"argon2", PASSWORD.encode(), "王秀英".encode()):
            self.assertNotIn(secret, content)


main()
