# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper verified by camera, and by typing what it prints."""

import datetime
import json
import os
import subprocess
import unittest

import seal
from station import WOMAN_1949, StationTest, main, only_plain

SCAN_RESOLUTION = "110"
STATEMENT = "我要回家，\n我家在宜宾，坐 K1234 次"


class VerifyTest(StationTest):
    """A paper of Haizhu, which Chaoyang verifies with nothing but its card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.make_station()
        cls.there = cls.make_station("chaoyang", "110105001")
        cls.here.one("station", "card", cls.path("card.json"))
        cls.there.one("station", "trust", cls.path("card.json"))
        arrived = cls.here.one("stay", "arrive", "--set", "person.name=阿依古丽·买买提", "--set", "person.sex=女", "--set", "came_by=police",
                               "--set", f"person.id_number={WOMAN_1949}", "--words", STATEMENT)
        cls.stay = arrived["stay"]["id"]
        cls.paper = cls.here.one("paper", "issue", "intake-registration", "--stay", cls.stay, "--pdf", cls.path("paper.pdf"))
        cls.seal = cls.paper["seal"]
        cls.fields = cls.kept(cls.here, cls.paper["number"])

    @staticmethod
    def kept(station, number):
        """What is printed on a paper, as its record has it."""
        with station.connect() as connection:
            (text,) = connection.execute("SELECT fields FROM paper WHERE number = ? ORDER BY row DESC", (number,)).fetchone()
        return {key: text for key, text in json.loads(text).items() if key != "ledger.head" and not key.startswith("form.")}

    @classmethod
    def picture(cls, name="paper"):
        subprocess.run(["pdftoppm", "-r", SCAN_RESOLUTION, "-f", "1", "-l", "1", "-png", "-singlefile", cls.path(name + ".pdf"), cls.path(name)], check=True)
        return cls.path(name + ".png")


class Fields(VerifyTest):
    def compare(self, fields, *words, station=None, **options):
        return (station or self.there).run("verify", self.seal, "--fields", json.dumps(fields), *words, **options)

    def test_same(self):
        result = self.compare(self.fields)
        self.assertEqual((result.status, result.results[0]["result"], result.results[0]["fields"]), (0, "genuine", "same"), result.stderr)
        self.assertNotIn("record", result.results[0])

    def test_typed_otherwise(self):
        """Blanks, line ends, width and case don't count."""
        fields = {**self.fields, "person.name": "阿依古丽•买买提 ", "person.id_number": "１１０１０５１９４９１２３１００２x",
                  "stay.statement": "我要回家, 我家在宜宾，坐K1234次", "person.alias": " "}
        self.assertEqual(self.compare(fields).results[0]["fields"], "same")

    def test_known_need_not_be_typed(self):
        known = ("person.sex", "station.", "paper.number", "paper.issued_at", "paper.expires_at")
        self.assertEqual(self.compare({key: text for key, text in self.fields.items() if not key.startswith(known)}).results[0]["fields"], "same")

    def test_every_field_counts(self):
        whole = {**{field["key"]: "" for field in self.there.one("verify", self.seal)["printed"]}, **self.fields}
        self.assertEqual(self.compare(whole).results[0]["fields"], "same")
        for key, text in self.fields.items():
            result = self.compare({**whole, key: text + "一"})
            self.assertEqual((result.status, result.error["error"], result.results[0]["fields"]), (5, "altered", "different"), key)
            self.assertEqual(result.results[0]["station_phone"], "020-12345678")
        self.assertEqual(self.compare({**whole, "person.alias": "小古"}).results[0]["fields"], "different")

    def test_as_people_type(self):
        """Units are left out, and days are written in figures."""
        fields = {**self.fields, "person.age": self.fields["person.age"].rstrip("岁") + " ", "person.birth": "1949/12/31"}
        self.assertEqual(self.compare(fields).results[0]["fields"], "same")
        self.assertEqual(self.compare({**self.fields, "person.age": "75"}).results[0]["fields"], "incomplete")

    def test_some_of_the_fields(self):
        """The fingerprint tells of all fields or of none; a name that is not the sealed one is told at once."""
        name = {"person.name": self.fields["person.name"]}
        for typed in ({}, name, {**name, "person.alias": "小古"}, {**self.fields, "person.name": ""}):
            result = self.compare(typed)
            self.assertEqual((result.status, result.error["error"], result.results[0]["fields"]), (5, "incomplete", "incomplete"), typed)
            self.assertEqual("person.name" in [field["key"] for field in result.results[0]["missing"]], not typed.get("person.name"))
            self.assertNotIn("next", result.results[0])
        for key, text in (("person.name", "王"), ("person.id_number", "110105194912310021"), ("person.sex", "男"), ("person.birth", "1950年1月1日")):
            result = self.compare({key: text})
            self.assertEqual((result.error["error"], [field["key"] for field in result.results[0]["differ"]]), ("altered", [key]))

    def test_some_of_the_fields_at_home(self):
        """The register of the station that issued it tells of single fields, to those who may read it there."""
        some = {"person.name": self.fields["person.name"], "person.age": self.fields["person.age"].rstrip("岁")}
        result = self.compare(some, station=self.here)
        self.assertEqual((result.status, result.results[0]["result"], result.results[0]["fields"]), (0, "genuine", "partly"), result.stderr)
        self.assertIn("stay.statement", [field["key"] for field in result.results[0]["missing"]])
        result = self.compare({**some, "person.age": "75"}, station=self.here)
        self.assertEqual((result.error["error"], [field["key"] for field in result.results[0]["differ"]]), ("altered", ["person.age"]))
        self.assertEqual(self.compare(some, station=self.here, user="").error["error"], "incomplete")

    def test_not_yet_issued(self):
        day = datetime.date.fromisoformat(self.paper["issued_at"][:10])
        for at in (day - datetime.timedelta(days=1), f"{day - datetime.timedelta(days=1)}T12:00"):
            result = self.there.run("verify", self.seal, "--at", str(at))
            self.assertEqual((result.status, result.error["error"], result.results[0]["result"]), (5, "not-yet-issued", "not-yet-issued"))
        self.assertEqual(self.there.one("verify", self.seal, "--at", str(day))["result"], "genuine")
        last = self.paper["expires_at"][:10]
        self.assertEqual(self.there.one("verify", self.seal, "--at", last)["result"], "genuine")
        self.assert_error(self.there.run("verify", self.seal, "--at", "2026-02-30"), 2, "impossible-date", "at")

    def test_set(self):
        words = [word for key, text in self.fields.items() for word in ("--set", f"fields.{key}={text}")]
        self.assertEqual(self.there.one("verify", self.seal, *words)["fields"], "same")

    def test_the_other_implementation(self):
        with open(self.path("card.json"), encoding="utf-8") as file:
            claims = seal.verify(self.seal, json.load(file)["key"])
        self.assertEqual(claims[7], seal.digest(self.fields))
        self.assertEqual(claims[7], seal.digest({**self.fields, "stay.statement": STATEMENT.replace("\n", "　").replace("，", ",")}))
        self.assertNotEqual(claims[7], seal.digest({**self.fields, "person.name": "阿依古丽"}))

    def test_printed(self):
        """Which fields to ask for, under the words that stand on the paper."""
        printed = self.there.one("verify", self.seal)["printed"]
        labels = {field["key"]: field["label"] for field in printed}
        self.assertEqual(len(labels), len(printed))
        self.assertLessEqual(set(self.fields), set(labels))
        self.assertEqual((labels["person.name"], labels["person.verified"], labels["paper.number"]), ("姓名", "姓名（自报/核实）", "编号"))
        self.assertFalse([key for key, label in labels.items() if label == key or " " in label])
        known = {field["key"]: field["text"] for field in printed if "text" in field}
        self.assertEqual(known, {key: self.fields[key] for key in known})
        self.assertGreater(len(known), 5)

    def test_other_forms(self):
        """Tables and boxes to tick are typed like the rest."""
        for kind in ("belongings-register", "identity-query-register", "arrival-notice"):
            paper = self.here.one("paper", "issue", kind, "--stay", self.stay)
            fields = {key: text.replace("\n", "  ").replace("\t", " ") for key, text in self.kept(self.here, paper["number"]).items()}
            found = self.there.one("verify", paper["seal"], "--fields", json.dumps(fields))
            self.assertEqual((found["result"], found["fields"]), ("genuine", "same"), kind)

    def test_expired_tells_of_the_fields_too(self):
        result = self.compare(self.fields, "--at", "2099-01-01T00:00")
        self.assertEqual((result.error["error"], result.results[0]["fields"]), ("expired", "same"))
        result = self.compare({**self.fields, "person.name": "王"}, "--at", "2099-01-01T00:00")
        self.assertEqual((result.error["error"], result.results[0]["fields"]), ("altered", "different"))

    def test_own_record(self):
        self.assertIs(self.here.one("verify", self.seal)["record"], True)
        copy = self.here.copy(self.path("without"))
        with copy.connect("rw") as connection:
            connection.execute("DELETE FROM paper")
        result = copy.run("verify", self.seal)
        self.assertEqual((result.status, result.error["error"], result.results[0]["record"]), (5, "not-on-record", False))
        self.assertEqual(copy.run("verify", self.seal, "--at", "2099-01-01").error["error"], "expired")
        self.assertEqual(copy.one("verify", self.seal, "--tolerate")["result"], "not-on-record")

    def test_nothing_of_an_unknown_seal(self):
        stranger = self.make_station("stranger", "220105001")
        result = self.compare(self.fields, station=stranger)
        self.assertEqual(result.error["error"], "unknown-issuer")
        self.assertFalse({"fields", "printed", "record"} & set(result.results[0]))

    def test_refused(self):
        for fields, code, field in (("{", "malformed", "fields"), ('["a"]', "malformed", "fields"), ('{"person.name": 3}', "wrong-type", "person.name"),
                                    ('{"person.shoe_size": "3"}', "unknown-field", "person.shoe_size"), ('{"ledger.head": "a"}', "unknown-field", "ledger.head"),
                                    ('{"form.citation": "a"}', "unknown-field", "form.citation")):
            self.assert_error(self.there.run("verify", self.seal, "--fields", fields), 2, code, field)


class Moved(VerifyTest):
    """The station has another telephone since it issued the paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.one("station", "edit", "--set", "phone=020-99999999")
        cls.here.one("station", "card", cls.path("new-card.json"))
        cls.there.one("station", "trust", cls.path("new-card.json"))
        cls.typed = {key: text for key, text in cls.fields.items() if not key.startswith("station.")}

    def test_at_home(self):
        """The register knows what was printed then."""
        printed = {field["key"]: field.get("text") for field in self.here.one("verify", self.seal)["printed"]}
        self.assertEqual(printed["station.phone"], "020-12345678")
        for fields in (self.typed, {**self.typed, "station.phone": ""}, {**self.typed, "station.phone": "020-12345678"}):
            self.assertEqual(self.here.one("verify", self.seal, "--fields", json.dumps(fields))["fields"], "same")
        result = self.here.run("verify", self.seal, "--fields", json.dumps({"station.phone": "020-99999999"}))
        self.assertEqual((result.error["error"], [field["key"] for field in result.results[0]["differ"]]), ("altered", ["station.phone"]))

    def test_elsewhere(self):
        """What the directory has now was not read from the paper."""
        result = self.there.run("verify", self.seal, "--fields", json.dumps(self.typed))
        self.assertEqual((result.error["error"], result.results[0]["fields"]), ("incomplete", "incomplete"))
        self.assertIn("station.phone", [field["key"] for field in result.results[0]["missing"]])
        self.assertEqual(self.there.one("verify", self.seal, "--fields", json.dumps({**self.typed, "station.phone": "020-12345678"}))["fields"], "same")
        result = self.there.run("verify", self.seal, "--fields", json.dumps({**self.typed, "person.name": "王"}))
        self.assertEqual((result.error["error"], result.results[0]["fields"]), ("altered", "different"))


@only_plain("GStreamer's plugins are not built for it; print-camera runs under the sanitizers")
class Camera(VerifyTest):
    def look(self, source, *words, seconds="2", **options):
        return self.there.run("verify", "--camera", "--source", source, "--seconds", seconds, *words, **options)

    @staticmethod
    def still(path):
        return f"filesrc location={path} ! pngdec ! imagefreeze"

    def test_sees_a_paper(self):
        source = self.still(self.picture())
        result = self.look(source, seconds="30")
        self.assertEqual((result.status, result.results[0]["number"]), (0, self.paper["number"]), result.stderr)
        result = self.look(source, "--fields", json.dumps({**self.fields, "person.name": "王"}), seconds="30")
        self.assertEqual((result.status, result.results[0]["fields"]), (5, "different"))
        found = self.there.one("verify", "--camera", environment={"GUITU_CAMERA": source})
        self.assertEqual(found["result"], "genuine")

    def test_sees_none(self):
        self.assert_error(self.look("videotestsrc", seconds="1"), 2, "no-code", "camera")
        self.assert_error(self.look("appsrc is-live=true", seconds="1"), 2, "camera-failed", "camera")

    def test_several(self):
        self.here.one("paper", "issue", "intake-registration", "--stay", self.stay, "--pdf", self.path("second.pdf"))
        both = self.path("both.png")
        subprocess.run(["convert", self.picture(), self.picture("second"), "+append", both], check=True)
        self.assert_error(self.look(self.still(both)), 2, "several-codes", "camera")

    def test_failures(self):
        text = self.path("text.png")
        with open(text, "w", encoding="utf-8") as file:
            file.write("no picture" * 100)
        for source, code, field in (("v4l2src device=/dev/nosuchcamera", "no-camera", "camera"), ("nosuchcamerasrc", "camera-plugin", "camera"),
                                    ("videotestsrc ! !", "camera-source", "source"), ("audiotestsrc", "camera-source", "source"),
                                    (self.still(text), "camera-failed", "camera")):
            self.assert_error(self.look(source), 2, code, field)
        for seconds in ("0", "601", "-1"):
            self.assert_error(self.look("videotestsrc", seconds=seconds), 2, "out-of-range", "seconds")

    @unittest.skipIf(os.path.exists("/dev/video0"), "there is a camera here")
    def test_no_camera(self):
        self.assert_error(self.there.run("verify", "--camera"), 2, "no-camera", "camera")


main()
