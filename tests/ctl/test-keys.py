# SPDX-License-Identifier: GPL-3.0-or-later
"""Stations that know one another by card, by an authority's word, and by new keys of their own."""

import os

from station import Station, StationTest, main


class Keys(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.station_of("first", "440105001", "广州市海珠区救助管理站")
        cls.second = cls.station_of("second", "440306001", "深圳市宝安区救助管理站")
        cls.third = cls.station_of("third", "440604001", "佛山市禅城区救助管理站")
        for station in (cls.first, cls.second, cls.third):
            station.one("station", "card", station.directory + ".card")

    @classmethod
    def station_of(cls, folder, code, name):
        station = Station(cls.path(folder))
        station.set_up(code, name, code[:6])
        return station

    def setUp(self):
        """Each test works at stations of its own."""
        name = self.id().rsplit(".", maxsplit=1)[-1]
        self.a, self.b, self.c = (station.copy(self.path(f"{name}-{number}")) for number, station in enumerate((self.first, self.second, self.third)))

    def trust(self, station, other, *words):
        return station.one("station", "trust", other.directory + ".card", *words)

    def carry(self, source, code, target):
        source.one("bundle", "export", self.path("carried.gtb"), "--to", code)
        return target.one("bundle", "import", self.path("carried.gtb"), user="")

    def known(self, station, code):
        return {known["code"]: known for known in station.all("station", "list")}.get(code)

    def test_by_an_authority(self):
        """A trusts B to vouch; B vouches for C; A takes in what C wrote, and may seal for C."""
        refused = self.a.run("bundle", "export", self.path("sealed.gtb"), "--to", "440604001")
        self.assert_error(refused, 3, "not-found", "to")
        self.trust(self.b, self.first)
        self.trust(self.c, self.first)
        self.b.one("station", "vouch", self.third.directory + ".card")
        self.trust(self.a, self.second)
        self.carry(self.b, "440105001", self.a)
        self.assertIsNone(self.known(self.a, "440604001"))
        self.assertEqual(self.trust(self.a, self.second, "--authority")["authority"], "yes")
        self.assertEqual(self.known(self.a, "440604001")["name"], "佛山市禅城区救助管理站")
        self.c.one("station", "edit", "--phone", "0757-12345678")
        self.c.one("station", "publish")
        self.carry(self.c, "440105001", self.a)
        self.assertEqual(self.known(self.a, "440604001")["phone"], "0757-12345678")
        self.carry(self.a, "440604001", self.c)
        self.assertEqual(self.a.one("ledger", "verify")["problems"], [])

    def test_new_keys(self):
        """Papers from before stay genuine, and who trusted the old key follows."""
        self.trust(self.a, self.second)
        self.trust(self.b, self.first)
        old = self.known(self.a, "440306001")["fingerprint"]
        stay = self.b.register("person.sex=男", "person.name=张三")
        seal = self.b.one("paper", "issue", "intake-registration", "--stay", stay["id"])["seal"]
        self.assert_error(self.b.run("station", "rotate"), 1, "other-desks", "desks")
        self.assert_error(self.b.run("station", "rotate", "--desks", "2"), 1, "other-desks", "desks")
        new = self.b.one("station", "rotate", "--desks", "1")["fingerprint"]
        self.assertNotEqual(old, new)
        self.carry(self.b, "440105001", self.a)
        self.assertEqual(self.known(self.a, "440306001")["fingerprint"], new)
        self.assertEqual(self.carry(self.a, "440306001", self.b)["gaps"], [])
        for station in (self.a, self.b):
            self.assertEqual(station.one("verify", seal)["result"], "genuine")
        for station in (self.a, self.b):
            self.assertEqual(station.one("ledger", "verify")["problems"], [])
        self.b.one("station", "card", self.path("new.card"))
        self.assertEqual(self.a.one("station", "trust", self.path("new.card"))["fingerprint"], new)

    def test_another_key(self):
        """A card with another key is refused until somebody telephoned."""
        self.trust(self.a, self.second)
        other = self.station_of("other", "440306001", "深圳市宝安区救助管理站")
        other.one("station", "card", self.path("other.card"))
        self.assert_error(self.a.run("station", "trust", self.path("other.card")), 5, "another-key", "file")
        fingerprint = self.a.one("station", "trust", self.path("other.card"), "--new-key")["fingerprint"]
        self.assertEqual(self.known(self.a, "440306001")["fingerprint"], fingerprint)

    def test_a_card_on_paper(self):
        """Its QR code is read from a picture of it."""
        self.a.one("station", "card", self.path("card.png"))
        self.a.one("station", "card", self.path("card.pdf"))
        with open(self.path("card.pdf"), "rb") as file:
            self.assertEqual(file.read(5), b"%PDF-")
        trusted = self.b.one("station", "trust", "--image", self.path("card.png"))
        self.assertEqual((trusted["code"], trusted["name"]), ("440105001", "广州市海珠区救助管理站"))

    def test_keys_on_paper(self):
        """All computers are gone: the paper, its code and a bundle bring everything back."""
        person = self.a.register("person.sex=女", "person.name=王秀英")["person"]["id"]
        self.assert_error(self.a.run("station", "backup-keys", self.path("keys.txt")), 2, "not-a-page", "file")
        backup = self.a.one("station", "backup-keys", self.path("keys.png"))
        self.a.one("bundle", "export", self.path("last.gtb"))
        words = ("init", "--image", self.path("keys.png"), "--code")
        restored = Station(self.path("restored"))
        self.assert_error(restored.run(*words, "AAAAA-BBBBB-CCCCC-DDDDD", user=""), 5, "wrong-code", "code")
        restored.one(*words, backup["code"].lower().replace("-", " "), user="")
        restored.one("bundle", "import", self.path("last.gtb"), user="")
        self.assertEqual([found["id"] for found in restored.all("person", "find", "wxy")], [person])
        self.assertEqual(restored.one("ledger", "verify")["problems"], [])

    def test_a_snapshot_that_would_write_by_itself(self):
        """Somebody put a trigger into the database of the giving desk."""
        with self.a.connect("rw") as connection:
            connection.execute("CREATE TRIGGER later AFTER INSERT ON entry BEGIN UPDATE station SET phone = '666'; END")
        self.a.one("bundle", "export", self.path("triggered.gts"), "--snapshot")
        invited = self.a.one("desk", "invite", self.path("triggered-invitation"))
        desk = Station(self.path("triggered"))
        words = ("init", "--invitation", self.path("triggered-invitation"), "--code", invited["code"], "--snapshot", self.path("triggered.gts"))
        self.assert_error(desk.run(*words, user=""), 5, "untrusted")
        self.assertEqual(os.listdir(desk.directory), [])

    def test_a_snapshot(self):
        """A new desk begins with all that another knew, with numbers of its own, and takes what is newer."""
        first = self.a.register("person.sex=女", "person.name=王秀英")
        self.a.one("bundle", "export", self.path("all.gts"), "--snapshot")
        self.assert_error(self.a.run("bundle", "import", self.path("all.gts")), 2, "malformed")
        invited = self.a.one("desk", "invite", self.path("invitation"))
        desk = Station(self.path("joined"))
        words = ("init", "--invitation", self.path("invitation"), "--code", invited["code"], "--snapshot")
        with open(self.path("all.gts"), "rb") as file:
            content = file.read()
        with open(self.path("cut.gts"), "wb") as file:
            file.write(content[:-20])
        self.assert_error(desk.run(*words, self.path("cut.gts"), user=""), 2, "malformed")
        self.assert_error(desk.run(*words, self.path("all.gts"), "--letter", self.path("invitation"), user=""), 2, "not-together", "letter")
        desk.one(*words, self.path("all.gts"), user="")
        self.assertEqual([found["id"] for found in desk.all("person", "find", "wxy")], [first["person"]["id"]])
        number = desk.register("person.sex=男", "person.name=李四")["number"]
        self.assertRegex(number, r"-2-0001$")
        self.a.register("person.sex=男", "person.name=张三")
        for source, target in ((self.a, desk), (desk, self.a)):
            source.one("bundle", "export", self.path("newer.gtb"))
            target.one("bundle", "import", self.path("newer.gtb"), user="")
        ours, theirs = self.a.replica(), desk.replica()
        for table, rows in ours.items():
            if not table.startswith("hub_"):
                self.assertEqual(rows, theirs[table], table)
        self.assertEqual(desk.one("ledger", "verify")["problems"], [])


main()
