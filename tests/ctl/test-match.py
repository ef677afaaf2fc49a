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
        for share in ("1.01", "-0.1", "sure"):
            self.assert_refused(self.station, ("match", self.wang, "--precision", share), 2, "out-of-range", "precision")

    def test_precision(self):
        questions = ({"name": "王秀英", "sex": "2", "birth_from": "1963-05-12", "birth_to": "1963-05-12", "household": "421083", "marks": "左手背刺青"},
                     {"name": "王秀英", "sex": "2"}, {"name": "张伟", "sex": "1", "phone": "13912345678"}, {"sex": "1"})
        shown = []
        for question in questions:
            hits = self.match(**question)
            for precision in (0, 0.3, 0.9, 0.99):
                with self.subTest(question=question, precision=precision):
                    some = self.match(**question, precision=str(precision))
                    self.assertEqual(some, hits[:len(some)])
                    self.assertGreaterEqual(sum(hit["probability"] for hit in some), precision * len(some))
                    if len(some) < len(hits):
                        self.assertLess(sum(hit["probability"] for hit in hits[:len(some) + 1]), precision * (len(some) + 1))
                    shown.append((precision, len(some)))
        self.assertEqual(max(n for precision, n in shown if precision == 0.99), 1)
        self.assertEqual(min(n for precision, n in shown if precision == 0.99), 0)


class LearnTest(station.StationTest):
    """What people decided changes what the match believes."""

    PAIRS = 24
    BIRTHS = [f"19{60 + i}-0{1 + i % 9}-1{i % 10}" for i in range(PAIRS)]
    HOMES = ("421083", "230102", "510104", "440114")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_staffed_station({"xiaoli": "intake"})

    def people(self, shift):
        return [{"name": self.name(i), "sex": "1", "birth_from": birth, "phone": f"139{i:08}", "household": self.HOMES[(i + shift) % 4],
                 "fence": "violence" if i % 2 == 0 else None} for i, birth in enumerate(self.BIRTHS)]

    @staticmethod
    def name(i):
        return "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"[i] + "文国建军明辉"[i % 6] + "华强平林"[i % 4]

    def add(self, people):
        people = [{field: value for field, value in person.items() if value is not None} for person in people]
        return [person["id"] for person in self.station.all("person", "add", "--looked", "-", stdin=json.dumps(people, ensure_ascii=False))]

    def weights(self, *words, **options):
        summary, *weights = self.station.all(*(words or ("match", "weights")), **options)
        return summary, {(weight["table"], weight["level"]): weight for weight in weights}

    def bits_of_home(self):
        """Of somebody who was never there twice, asked for with another home."""
        hit = self.station.all("match", "-", stdin=json.dumps({"name": "欧阳清泉", "sex": "1", "birth_from": "1951-02-03", "household": "360734"}))[0]
        self.assertEqual(hit["id"], self.held_out)
        return next(reason["weight"] for reason in hit["why"] if reason["field"] == "household")

    def assert_as_given(self, weights):
        self.assertTrue(weights)
        for key, weight in weights.items():
            with self.subTest(key=key):
                self.assertEqual(weight["m"], weight["given"])

    def test_verdicts_teach(self):
        self.held_out = self.add([{"name": "欧阳清泉", "sex": "1", "birth_from": "1951-02-03", "household": "653101"}])[0]
        first, second = self.add(self.people(0)), self.add(self.people(1))
        summary, weights = self.weights()
        self.assertEqual((summary["learnt"], summary["pairs"]), (False, {"number": 0, "said": 0, "verdict": 0, "likely": 0}))
        self.assertNotIn("learnt_at", summary)
        self.assert_as_given(weights)
        for one, other in list(zip(first, second))[:3]:
            self.station.one("person", "separate", one, other, "--reason", "照片不同")

        # told apart, they teach nothing; and what is likely is of too few
        before = self.bits_of_home()
        summary, weights = self.weights("match", "learn", "--seconds", "0")
        self.assertEqual((summary["learnt"], summary["different"], summary["verdicts"]), (False, 3, 3))
        self.assert_as_given(weights)
        self.assertEqual(self.bits_of_home(), before)

        for one, other in list(zip(first, second))[3:]:
            self.station.one("person", "merge", one, other, "--reason", "照片比对一致")
        ledger = self.station.all("ledger", "show")
        summary, weights = self.weights("match", "learn")
        self.assertEqual(self.station.all("ledger", "show"), ledger)
        self.assertEqual((summary["learnt"], summary["different"], summary["verdicts"]), (True, 3, self.PAIRS))
        self.assertEqual(summary["pairs"]["verdict"], self.PAIRS - 3)
        different = weights["home", 5]
        self.assertEqual((different["field"], different["how"]), ("household", "different"))
        self.assertGreater(different["m"], 1.5 * different["given"])
        self.assertGreater(different["pairs"]["verdict"], 5)
        self.assertLess(weights["home", 1]["m"], weights["home", 1]["given"])
        self.assertGreater(weights["day", 1]["m"], weights["day", 1]["given"])
        self.assertGreater(self.bits_of_home(), before + 0.5)
        self.assertEqual(self.weights(), (summary, weights))
        for table in {table for table, _ in weights}:
            self.assertAlmostEqual(sum(weight["m"] for (other, _), weight in weights.items() if other == table), 1, places=4)

        # half of them are fenced: only counts leave
        self.assert_refused(self.station, ("match", "learn"), 1, "not-allowed", user="xiaoli")
        shown = json.dumps(self.station.all("match", "weights", user="xiaoli"), ensure_ascii=False)
        for fact in [*first, *second, *self.BIRTHS, *self.HOMES, *map(self.name, range(self.PAIRS))]:
            self.assertNotIn(fact, shown)
        hits = self.station.all("match", "-", stdin=json.dumps({"name": self.name(4), "sex": "1", "birth_from": self.BIRTHS[4]}), user="xiaoli")
        self.assertFalse({first[4], second[4]} & {hit["id"] for hit in hits})

        self.station.all("check", "--rebuild-index")
        self.assertEqual(self.weights(), (summary, weights))
        with self.station.connect("rw") as connection:
            connection.execute("UPDATE match_learnt SET level = 99 WHERE level = 1")
        self.assertEqual(self.station.run("check").status, 4)
        self.station.all("check", "--rebuild-index")
        self.station.all("check")
        self.assert_as_given(self.weights()[1])

    def test_bad_input(self):
        self.assert_refused(self.station, ("match", "learn", "--seconds", "-1"), 2, "out-of-range", "seconds")
        self.assert_refused(self.station, ("match", "learn", "--seconds", "100000"), 2, "out-of-range", "seconds")


if __name__ == "__main__":
    station.main()
