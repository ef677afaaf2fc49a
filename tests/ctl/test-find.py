# SPDX-License-Identifier: GPL-3.0-or-later
"""Search against a naive one that compares every person, with readings that it takes from Unihan itself."""

import bz2
import random
import re
import unicodedata

from station import StationTest, main

PEOPLE = 300
QUERIES = 40
SOURCES = ("kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983")


def plain(syllable):
    letters = unicodedata.normalize("NFD", syllable.lower()).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def read_readings():
    readings = {}
    with bz2.open("/usr/share/unicode/Unihan_Readings.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] in SOURCES:
                text = re.sub(r"\([0-9]*\)|[0-9A-F.,]+[0-9*]*:", " ", parts[2]).replace(",", " ")
                found = {plain(word) for word in text.split()}
                readings.setdefault(chr(int(parts[0][2:], 16)), set()).update(word for word in found if re.fullmatch("[a-z]+", word) and re.search("[aeiouv]", word))
    return readings


READINGS = read_readings()


def fits(typed, name):
    """How well pieces, each a set of what it may be, fit the characters of a name."""
    best = None
    for start in range(len(name) - len(typed) + 1):
        if all(piece(name[start + i]) for i, piece in enumerate(typed)):
            whole = start == 0 and len(typed) == len(name)
            best = min(best or "z", "exact" if whole else "part" if start else "start", key=["exact", "start", "part", "z"].index)
    return best


def han(character):
    return lambda other: other == character


def syllable(text):
    return lambda other: text in READINGS.get(other, ())


def initial(text):
    return lambda other: any(reading.startswith(text) for reading in READINGS.get(other, ()))


class Find(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        cls.station.all("demo", "--people", str(PEOPLE), "--seed", "4")
        cls.people = cls.station.all("person", "find", "--limit", "1000")

    def compare(self, typed, pieces):
        wanted = {}
        for person in self.people:
            names = [re.sub("[·•]", "", name) for name in (person.get("name"), person.get("alias")) if name]
            ways = [way for name in names if (way := fits(pieces, name))]
            if ways:
                wanted[person["id"]] = min(ways, key=["exact", "start", "part"].index)
        hits = self.station.all("person", "find", typed, "--limit", "1000")
        found = {hit["id"]: hit["why"][0]["way"] for hit in hits if hit["why"][0]["way"] in ("exact", "start", "part")}
        self.assertEqual(found, wanted, typed)
        self.assertEqual([hit["score"] for hit in hits], sorted((hit["score"] for hit in hits), reverse=True), typed)

    def test_like_a_naive_search(self):
        chance = random.Random(3)
        named = [person["name"] for person in self.people if re.fullmatch("[\u4e00-\u9fff]{3}", person.get("name", ""))]
        for name in chance.sample(named, QUERIES):
            first, second, third = name
            letter = sorted(READINGS[second])[0][0]
            self.compare(first, [han(first)])
            self.compare(second + third, [han(second), han(third)])
            self.compare(first + letter + third, [han(first), initial(letter), han(third)])
            self.compare(first + letter, [han(first), initial(letter)])
            sound = sorted(READINGS[second])[0]
            if "v" not in sound:
                self.compare(first + sound + third, [han(first), syllable(sound), han(third)])

    def test_why(self):
        person = self.station.one("person", "add", "--set", "name=单秀英", "--set", "sex=2", "--set", "phone=13812345678")["id"]
        for typed, field, way in (("单秀英", "name", "exact"), ("shanxiuying", "name", "exact"), ("单x英", "name", "exact"), ("單秀", "name", "start"),
                                  ("shan4 xiu4 ying1", "name", "exact"), ("345678", "phone", "tail"), ("shanxiuyign", "name", "mistake"), ("山绣英", "name", "sound")):
            hit = next(hit for hit in self.station.all("person", "find", typed) if hit["id"] == person)
            self.assertEqual((hit["why"][0]["field"], hit["why"][0]["way"]), (field, way), typed)


if __name__ == "__main__":
    main()
