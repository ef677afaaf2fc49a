# SPDX-License-Identifier: GPL-3.0-or-later
"""The seal is checked by an implementation that shares no code with ours."""

import json

import cbor2

import seal
from station import WOMAN_1949, StationTest, main


class Cose(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        stay = cls.station.register("person.name=欧阳娜娜", "person.sex=女", f"person.id_number={WOMAN_1949}")["stay"]["id"]
        cls.paper = cls.station.one("paper", "issue", "intake-registration", "--stay", stay)
        cls.text = cls.paper["seal"]
        cls.station.one("station", "card", cls.path("card.json"))
        with open(cls.path("card.json"), encoding="utf-8") as file:
            cls.key = json.load(file)["key"]

    def test_verifies(self):
        claims = seal.verify(self.text, self.key)
        self.assertEqual((claims[1], claims[2], claims[3]), (self.paper["number"], "intake-registration", "440105001"))
        self.assertLess(claims[5], claims[6])
        self.assertEqual((len(claims[7]), claims[8], claims[9], claims[10], claims[11]), (16, "欧阳**", 1949, "女", "002X"))
        self.assertLessEqual(set(claims), {1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12})

    def test_tells_no_more(self):
        content = seal.decode_base45(self.text[len(seal.PREFIX):])
        for secret in ("娜", WOMAN_1949, "19491231"):
            self.assertNotIn(secret.encode(), content)

    def test_is_deterministic_cbor(self):
        content = seal.decode_base45(self.text[len(seal.PREFIX):])
        self.assertEqual(cbor2.dumps(cbor2.loads(content), canonical=True), content)
        protected, _, payload, _ = seal.read(self.text)
        for part in (protected, payload):
            self.assertEqual(cbor2.dumps(cbor2.loads(part), canonical=True), part)

    def test_refuses_what_was_changed(self):
        for position in range(len(self.text)):
            character = "0" if self.text[position] != "0" else "1"
            with self.assertRaises(seal.BadSeal, msg=str(position)):
                seal.verify(self.text[:position] + character + self.text[position + 1:], self.key)

    def test_refuses_another_key(self):
        other = self.make_station("other").one("station", "show")["key"]
        with self.assertRaises(seal.BadSeal):
            seal.verify(self.text, other)


main()
