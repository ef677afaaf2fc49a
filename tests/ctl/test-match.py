# SPDX-License-Identifier: GPL-3.0-or-later
"""Who might this be: records and what was said about them, asked through the command line."""

import json

import station


class MatchTest(station.StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        cls.wang = cls.add(name="王秀英", sex="2", birth_from="1963-05-12", household="421083", accent="湖北洪湖口音",
                           marks="左手背刺青，额头疤痕", kin="兄 王建国 13800138000", height_cm=158)
        cls.namesake = cls.add(name="王秀英", sex="2", birth_from="1990-01-02", household="230102", height_cm=170)
        cls.zhang = cls.add(name="张伟", sex="1", birth_from="1975-03-04", phone="13912345678", household="510104")
        cls.foreigner = cls.add(name="John Michael Smith", sex="1", birth_from="1980-06-07")
        cls.others = [cls.add(name=name, sex="1", birth_from=f"19{60 + i}-07-08") for i, name in enumerate(("李国强", "陈建华", "赵志明", "刘洋"))]

    @classmethod
    def add(cls, **fields):
        return cls.station.one("person", "add", "--looked", "-", stdin=json.dumps(fields, ensure_ascii=False))["id"]

    def match(self, *words, **fields):
        if words:
            return self.station.all("match", *words)
        return self.station.all("match", "-", stdin=json.dumps(fields, ensure_ascii=False))

    def ids(self, *words, **fields):
        return [hit["id"] for hit in self.match(*words, **fields)]

    def why(self, hit):
        return {reason["field"]: reason for reason in hit["why"]}

    def test_each_way_of_being_wrong(self):
        for name, how in (("王秀英", "same"), ("王秀瑛", "sound"), ("王秀音", "dialect"), ("王英秀", "swapped"), ("王英", "dropped"), ("赵秀英", "surname"),
                          ("王秀龙", "one-character"), ("wang xiu ying", "sound"), ("王秀英（音）", "sound"), ("小英", "nickname"), ("秀英", "given-name")):
            with self.subTest(name=name):
                hit = self.match(name=name, sex="2", birth_from="1960-01-01", birth_to="1966-12-31", accent="湖北口音", marks="左侧手背纹身")[0]
                self.assertEqual(hit["id"], self.wang)
                why = self.why(hit)
                self.assertEqual(why["name"]["how"], how)
                self.assertEqual(why["birth"]["how"], "interval")
                self.assertEqual(why["marks"]["how"], "same")
                self.assertAlmostEqual(hit["score"], sum(reason["weight"] for reason in hit["why"]), places=6)

    def test_namesakes_are_told_apart(self):
        young = self.match(name="王秀英", sex="2", birth_from="1989-01-01", birth_to="1991-12-31")
        self.assertEqual(young[0]["id"], self.namesake)
        old = self.match(name="王秀英", sex="2", birth_from="1963-05-12", marks="额头有疤")
        self.assertEqual(old[0]["id"], self.wang)
        self.assertGreater(old[0]["probability"], 10 * old[1]["probability"])

    def test_numbers(self):
        self.assertEqual(self.ids(name="李明", sex="1", phone="1391234567?")[0], self.zhang)
        self.assertEqual(self.ids(sex="2", kin="哥哥叫王建国")[0], self.wang)
        self.assertEqual(self.why(self.match(sex="1", phone="13912345679")[0])["phone"]["how"], "one-digit")

    def test_words_of_other_scripts(self):
        self.assertEqual(self.ids(name="Smith John", sex="1")[0], self.foreigner)
        self.assertEqual(self.ids(name="Jon Micheal Smith", sex="1")[0], self.foreigner)

    def test_what_was_said_counts(self):
        unknown = self.add(sex="2", accent="湖北口音")
        before = self.match(unknown)
        for about, text, sound in (("name", "我叫王秀英（音）", "wang xiu ying"), ("age", "大概六十岁", ""), ("home", "红湖（音）", "hong hu"),
                                   ("kin", "哥哥叫王建国", "")):
            self.station.one("person", "statement", "-", stdin=json.dumps({"person": unknown, "about": about, "text": text, "sound": sound}))
        after = self.match(unknown)
        self.assertEqual(after[0]["id"], self.wang)
        self.assertGreater(after[0]["score"], before[0]["score"] + 10)
        self.assertNotIn(unknown, [hit["id"] for hit in after])
        # and in the other direction: what the unknown woman said is found by the record
        self.assertEqual(self.match(self.wang)[0]["id"], unknown)

    def test_the_index_follows(self):
        person = self.add(name="欧阳清泉", sex="1")
        self.assertEqual(self.ids(name="欧阳青泉", sex="1")[0], person)
        self.station.one("person", "edit", person, "--set", "name=司马相如")
        self.assertEqual(self.ids(name="司马相茹", sex="1")[0], person)
        self.assertNotIn("same", [self.why(hit).get("name", {}).get("how") for hit in self.match(name="欧阳清泉", sex="1")])
        self.station.all("check")
        with self.station.connect("rw") as connection:
            connection.execute("DELETE FROM match_chunk")
        self.assertEqual(self.station.run("check").status, 4)
        self.station.all("check", "--rebuild-index")
        self.station.all("check")
        self.assertEqual(self.ids(name="司马相茹", sex="1")[0], person)

    def test_several_questions_at_once(self):
        questions = [{"name": "张伟", "sex": "1", "label": "a"}, {"name": "王秀英", "sex": "2", "label": "b", "limit": 1}]
        hits = self.station.all("match", "-", stdin="\n".join(json.dumps(question) for question in questions))
        self.assertEqual([hit["label"] for hit in hits].count("b"), 1)
        self.assertEqual(next(hit["id"] for hit in hits if hit["label"] == "a"), self.zhang)

    def test_bad_input(self):
        self.assert_refused(self.station, ("match", "0190a0a0-0000-7000-8000-000000000000"), 3, "not-found", "id")
        self.assert_refused(self.station, ("match", self.wang, "--among", "horse"), 2, "unknown-code", "among")
        self.assert_refused(self.station, ("match", self.wang, "--least", "7"), 2, "out-of-range", "least")
        self.assertEqual(self.match(self.wang, "--least", "1"), [])


if __name__ == "__main__":
    station.main()
