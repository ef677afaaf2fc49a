# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists from outside: read in whatever form they come, their columns guessed, and what is in them found."""

import collections
import csv
import datetime
import io
import os
import signal
import subprocess
import time
import unittest
import zipfile

import febrl
import lists
from station import GUITUCTL, MAN_1990, WOMAN_1949, StationTest, guituctl, main, only_plain

HEADER = ["编号", "姓名", "性别", "出生日期", "身份证号码", "联系电话", "住址"]
WANG = ["A1", "王秀英", "女", "1949-12-31", WOMAN_1949, "13800138000", "北京市东城区某胡同1号"]
LI = ["A2", "李建国", "男", "1990年3月7日", MAN_1990, "", "广州市海珠区某路2号"]
STRANGER = ["A3", "欧阳南燕", "女", "1971-02-03", "", "13911112222", ""]


def to_csv(rows, separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def cell_xml(reference, kind, style, value):
    return f'<c r="{reference}"' + (f' t="{kind}"' if kind else "") + (f' s="{style}"' if style else "") + f">{value}</c>"


def workbook(rows, **parts):
    """A workbook with shared texts, texts in cells, numbers, and dates by their format; a hidden sheet comes first."""
    shared = []
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, cell in enumerate(row):
            reference = "ABCDEFGHIJ"[column] + str(number)
            if isinstance(cell, datetime.date):
                cells.append(cell_xml(reference, "", 1, f"<v>{(cell - datetime.date(1899, 12, 30)).days}</v>"))
            elif isinstance(cell, (int, float)):
                cells.append(cell_xml(reference, "", 0, f"<v>{cell}</v>"))
            elif column % 2 == 0:
                shared.append(cell)
                cells.append(cell_xml(reference, "s", 0, f"<v>{len(shared) - 1}</v>"))
            elif cell:
                cells.append(cell_xml(reference, "inlineStr", 0, f"<is><t>{cell}</t></is>"))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    main_name = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    content = {
        "xl/workbook.xml": f'<workbook {main_name} xmlns:r="r"><sheets><sheet name="x" sheetId="1" state="hidden" r:id="rId9"/>'
                           '<sheet name="名册" sheetId="2" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
                                      '<Relationship Id="rId9" Target="worksheets/sheet9.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main_name}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
                         '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f"<sst {main_name}>" + "".join(f"<si><r><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r><rPh><t>xx</t></rPh></si>" for text in shared) + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet {main_name}><sheetData>{"".join(lines)}</sheetData></worksheet>',
        **parts,
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return data.getvalue()


class Compare(StationTest):
    def write(self, name, content):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def compare(self, *words, status=0):
        """Without a station: results by their kind."""
        result = guituctl("--store", self.path("none"), "compare", *words)
        self.assertEqual(result.status, status, result.stderr)
        return self.sort(result.results)

    def sort(self, results):
        kinds = collections.defaultdict(list)
        for one in results:
            kinds[one["kind"]].append(one)
        return kinds

    def columns(self, *words):
        mapping = self.compare(*words, "--guess")["mapping"][0]
        return {one["column"]: one for one in mapping["columns"]}

    def assert_failure(self, words, code, field, status=2):
        self.assert_error(guituctl("--store", self.path("none"), "compare", *words), status, code, field)


class Reading(Compare):
    rows = [HEADER, WANG, LI, STRANGER]

    def assert_read(self, path, encoding, separator=","):
        mapping = self.compare(path, "--guess")["mapping"][0]
        self.assertEqual((mapping.get("encoding"), mapping.get("separator")), (encoding, separator if encoding else None))
        columns = {one["column"]: one for one in mapping["columns"]}
        self.assertEqual(list(columns), HEADER)
        self.assertEqual(columns["姓名"]["samples"], ["王秀英", "李建国", "欧阳南燕"])
        return columns

    def test_encodings_and_separators(self):
        text = to_csv(self.rows)
        self.assert_read(self.write("plain.csv", text), "UTF-8")
        self.assert_read(self.write("mark.csv", b"\xef\xbb\xbf" + text.encode()), "UTF-8")
        self.assert_read(self.write("chinese.csv", text.encode("gb18030")), "GB18030")
        self.assert_read(self.write("wide.csv", to_csv(self.rows, "\t").encode("utf-16")), "UTF-16", "\t")
        western = "Nummer;Vorname;Nachname\n1;Jürgen;Müller\n2;Zoë;Weiß\n".encode("cp1252")
        mapping = self.compare(self.write("western.csv", western), "--guess")["mapping"][0]
        self.assertEqual((mapping["encoding"], mapping["columns"][1]["samples"]), ("WINDOWS-1252", ["Jürgen", "Zoë"]))
        self.assert_read(self.write("semicolon.csv", to_csv(self.rows, ";")), "UTF-8", ";")
        self.assert_read(self.write("unix.csv", text.replace("\r\n", "\n").rstrip("\n")), "UTF-8")

    def test_commas_in_cells(self):
        text = "Name;Birth\nGarcia, Rakesh;12.06.1991\nHalevy, James;15.08.1969\n"
        mapping = self.compare(self.write("commas.csv", text), "--guess")["mapping"][0]
        self.assertEqual((mapping["separator"], [one["column"] for one in mapping["columns"]]), (";", ["Name", "Birth"]))

    def test_titles(self):
        """Above a table there may be lines of several cells, which are not its header."""
        rows = [["某区残疾人名册"], ["填报单位：某区", "", "", "单位：人"], [], HEADER, WANG, LI, STRANGER]
        for path in (self.write("titles.xlsx", workbook(rows)), self.write("titles.csv", to_csv(rows))):
            mapping = self.compare(path, "--guess")["mapping"][0]
            self.assertEqual([one["column"] for one in mapping["columns"]], HEADER)

    def test_workbook(self):
        rows = [["某区残疾人名册"], HEADER, WANG, LI[:3] + [datetime.date(1990, 3, 7)] + LI[4:], STRANGER]
        columns = self.assert_read(self.write("book.xlsx", workbook(rows)), None)
        self.assertEqual(columns["出生日期"]["samples"], ["1949-12-31", "1990-03-07", "1971-02-03"])
        self.assertEqual(columns["编号"]["samples"], ["A1", "A2", "A3"])

    def test_one_column_alone(self):
        numbers = [[WOMAN_1949], [MAN_1990], ["110105195001010026"]]
        for path in (self.write("one.csv", to_csv([["证件号码"], *numbers])), self.write("one.xlsx", workbook([["证件号码"], *numbers]))):
            self.assertEqual(self.columns(path)["证件号码"]["field"], "id_number")

    def test_what_is_no_list(self):
        for name, content, code in (("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-workbook"),
                                    ("cut.xlsx", workbook(self.rows)[:700], "bad-workbook"),
                                    ("other.zip", workbook(self.rows, **{"xl/workbook.xml": "<no"}), "bad-workbook"),
                                    ("empty.csv", "", "no-rows"), ("header.csv", to_csv([HEADER]), "no-rows"),
                                    ("nul.csv", b"\0\1\2" * 20, "bad-text")):
            with self.subTest(name):
                self.assert_failure((self.write(name, content), "--guess"), code, "file")
        self.assert_failure((self.path("nowhere.csv"), "--guess"), "no-file", "file")

    def test_a_bomb_does_not_go_off(self):
        bomb = workbook(self.rows, **{"xl/sharedStrings.xml": "<sst><si><t>" + "x" * (300 * 1024 * 1024) + "</t></si></sst>"})
        self.assertLess(len(bomb), 2 * 1024 * 1024)
        self.assert_failure((self.write("bomb.xlsx", bomb), "--guess"), "bad-workbook", "file")
        laugh = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>"
        self.assert_failure((self.write("laugh.xlsx", workbook(self.rows, **{"xl/sharedStrings.xml": laugh})), "--guess"), "bad-workbook", "file")

    def test_bad_rows_are_told(self):
        good = [f"B{number},张{name},{1950 + number}-01-02" for number, name in enumerate("伟芳敏静军洋勇艳杰娟")]
        lines = ["编号,姓名,生日", *good[:3], 'B90,"王,五",1960-01-01,x', "B91,赵六", *good[3:5], 'B92,"钱"七,1970-01-01', 'B93,"孙八,1970-01-01', *good[5:]]
        path = self.write("bad.csv", "\n".join(lines) + "\n")
        found = self.compare(path, "--within")
        self.assertEqual([(one["row"], one["line"], one["reason"]) for one in found["bad-row"]],
                         [(5, 5, "too-many-cells"), (6, 6, "too-few-cells"), (9, 9, "bad-quotes"), (10, 10, "open-quotes")])
        self.assertEqual((found["summary"][0]["rows"], found["summary"][0]["bad_rows"]), (10, 4))
        broken = ("编号,姓名,生日\n" + "\n".join(good) + "\n").encode() + b"B99,\xff\xfe\x80,1970-01-01\n"
        found = self.compare(self.write("broken.csv", broken), "--within")
        self.assertEqual([(one["line"], one["reason"]) for one in found["bad-row"]], [(12, "bad-characters")])

    def test_bad_rows_are_kept(self):
        lines = ["编号,姓名,生日", "B1,张伟,1951-01-02", 'B2,"王,五",1960-01-01,x,y', "B3,赵六", 'B4,"钱"七,1970-01-01', "B5,李芳,1952-01-02"]
        target = self.path("kept.csv")
        self.compare(self.write("bad.csv", "\n".join(lines) + "\n"), "--within", "--export", target)
        with open(target, encoding="utf-8-sig", newline="") as file:
            written = list(csv.reader(file))
        self.assertEqual([(row[:3], row[-1]) for row in written],
                         [(["编号", "姓名", "生日"], "match_problem"), (["B1", "张伟", "1951-01-02"], ""), (["B2", "王,五", "1960-01-01,x,y"], "too-many-cells"),
                          (["B3", "赵六", ""], "too-few-cells"), (['B4,"钱"七,1970-01-01', "", ""], "bad-quotes"), (["B5", "李芳", "1952-01-02"], "")])
        self.assertEqual({len(row) for row in written}, {11})

    def test_no_header(self):
        rows = [["王秀英", "女", "1949-12-31"], ["李建国", "男", "1990-03-07"], ["赵六", "男", "1933-01-01"], ["王秀英", "女", "1949-12-31"]]
        path = self.write("headless.csv", to_csv(rows))
        mapping = self.compare(path, "--guess")["mapping"][0]
        self.assertFalse(mapping["header"])
        self.assertEqual([(one["column"], one["field"]) for one in mapping["columns"]], [("column 1", "name"), ("column 2", "sex"), ("column 3", "birth")])
        found = self.compare(path, "--within")
        self.assertEqual([(one["row"], one["other_row"]) for one in found["match"]], [(1, 4)])
        self.assertTrue(self.compare(path, "--guess", "--header", "yes")["mapping"][0]["header"])
        names = self.write("names.csv", to_csv([["王秀英", "北京"], ["李建国", "上海"]]))
        self.assertEqual([self.compare(names, "--guess", *words)["mapping"][0]["header"] for words in ((), ("--header", "no"))], [True, False])
        years = self.write("years.csv", to_csv([["姓名", "20190101", "20200101"], ["王秀英", "1", "2"]]))
        self.assertTrue(self.compare(years, "--guess")["mapping"][0]["header"])
        one = self.write("one.csv", to_csv(rows[:1]))
        found = self.compare(one, "--with", self.write("all.csv", to_csv([["姓名", "性别", "生日"], *rows[:3]])))
        self.assertEqual([(match["row"], match["other_row"]) for match in found["match"]], [(1, 2)])
        self.assert_failure((path, "--guess", "--header", "perhaps"), "unknown-code", "header")
        self.assert_failure((one, "--guess", "--header", "yes"), "no-rows", "file")

    def test_quoted_cells(self):
        path = self.write("quoted.csv", '编号,姓名,"现\n住址"\r\n1,"王 ""小"" 英","a, b\nc"\r\n2,李四,d\r\n')
        columns = self.columns(path)
        self.assertEqual(columns["姓名"]["samples"], ['王 "小" 英', "李四"])
        self.assertEqual(columns["现\n住址"]["samples"], ["a, b\nc", "d"])


class Columns(Compare):
    def test_chinese_headers(self):
        columns = self.columns(self.write("c.csv", to_csv([HEADER + ["户主姓名", "残疾等级"], WANG + ["王五", "二级"], LI + ["李四", "三级"], STRANGER + ["", "二级"]])))
        self.assertEqual({name: one.get("field") for name, one in columns.items()},
                         {"编号": "row_id", "姓名": "name", "性别": "sex", "出生日期": "birth", "身份证号码": "id_number", "联系电话": "phone",
                          "住址": "address", "户主姓名": "kin", "残疾等级": None})
        self.assertEqual((columns["编号"]["compared"], columns["编号"]["by"]), (False, "row-id"))
        self.assertNotIn(WOMAN_1949, columns["身份证号码"]["samples"])

    def test_content_tells_where_headers_do_not(self):
        chance_rows = [[f"{name}{number}"[:1] + "建国", "男女"[number % 2], f"19{50 + number}-0{1 + number % 9}-11", f"138{number:08}", "x" * (number % 7 + 1)]
                       for number, name in enumerate("王李张刘陈杨黄赵吴周徐孙马胡朱")]
        columns = self.columns(self.write("d.csv", to_csv([["甲", "乙", "丙", "丁", "戊"], *chance_rows])))
        self.assertEqual([columns[name].get("field") for name in "乙丙丁"], ["sex", "birth", "phone"])

    def test_not_every_day_is_a_birth(self):
        rows = [["王秀英", f"201{number}-0{number}-11", f"201{number}-03-1{number}"] for number in range(1, 9)]
        columns = self.columns(self.write("days.csv", to_csv([["姓名", "入院日期", "registr_dt"], *rows])))
        self.assertEqual([(columns[name].get("field"), columns[name]["as"]) for name in ("入院日期", "registr_dt")], [(None, "date"), (None, "date")])

    def test_said_is_said(self):
        path = self.write("e.csv", to_csv([["a", "b", "c"], ["wang", "xiuying", "1"], ["li", "na", "0"], ["wu", "di", "5"]]))
        columns = self.columns(path, "--map", "surname=a, given_name=b", "--ignore", "c")
        self.assertEqual([columns[name].get("field") for name in "abc"], ["surname", "given_name", None])
        self.assertEqual([columns[name]["by"] for name in "abc"], ["map", "map", "ignore"])
        self.assert_failure((path, "--guess", "--map", "surname=z"), "unknown-column", "map")
        self.assert_failure((path, "--guess", "--map", "colour=a"), "unknown-field", "map")
        self.assert_failure((path, "--guess", "--map", "a"), "bad-map", "map")
        self.assert_failure((path, "--guess", "--ignore", "z"), "unknown-column", "ignore")

    def test_other_manners_of_writing(self):
        rows = [[str(number), "Ann", "Lee", "F", f"{10 + number}/0{number}/1970", "x", str(number % 3)] for number in range(1, 9)]
        columns = self.columns(self.write("f.csv", to_csv([["rec_id", "First Name", "LastName", "Gender", "dateOfBirth", "birth_place", "cluster"], *rows])))
        self.assertEqual([one.get("field") for one in columns.values()], ["row_id", "given_name", "surname", "sex", "birth", None, "label"])
        self.assertFalse(columns["cluster"]["compared"])


class Finding(Compare):
    def find_within(self, register, seed, *sizes, words=()):
        header, rows = register(seed, *sizes)
        path = self.write(register.__name__ + ".csv", to_csv([header, *(row for _, row in rows)]))
        found = self.compare(path, "--within", *words)
        groups = collections.Counter(label for label, _ in rows)
        true = sum(count * (count - 1) // 2 for count in groups.values())
        right = sum(rows[one["row"] - 2][0] == rows[one["other_row"] - 2][0] for one in found["match"])
        return 2 * right / (len(found["match"]) + true), right / max(1, len(found["match"])), found

    def test_registers_of_all_sorts(self):
        """Nothing is tuned to one list: each of these says other things of people, or of no people at all."""
        for register, people, doubles, least in ((lists.germans, 450, 50, 0.95), (lists.customers, 300, 220, 0.97), (lists.dead, 500, 400, 0.98),
                                                 (lists.households, 700, 250, 0.97), (lists.restaurants, 600, 112, 0.97), (lists.chinese, 700, 200, 0.98)):
            with self.subTest(register.__name__):
                f1, precision, found = self.find_within(register, 11, people, doubles)
                self.assertGreaterEqual(f1, least)
                self.assertAlmostEqual(found["summary"][0]["expected_precision"], precision, delta=0.04)

    def test_many_doubles(self):
        """That two columns agree in the same pairs is what many doubles of few look like; it does not make the columns say the same."""
        for seed in (1, 6):
            with self.subTest(seed):
                f1, precision, found = self.find_within(lists.citations, seed, 40, 500)
                self.assertGreaterEqual(f1, 0.99)
                self.assertAlmostEqual(found["summary"][0]["expected_precision"], precision, delta=0.04)

    def test_by_way_of_other_rows(self):
        """Half of each row is missing or wrong: that two are the same is told by a third one, which is said."""
        f1, precision, found = self.find_within(lists.accounts, 4, 150)
        self.assertGreaterEqual(f1, 0.98)
        self.assertAlmostEqual(found["summary"][0]["expected_precision"], precision, delta=0.04)
        told = [one for one in found["match"] if any((why["field"], why["how"]) == ("rows", "others") for why in one["why"])]
        self.assertGreater(len(told), 20)
        for one in told:
            self.assertAlmostEqual(sum(why["weight"] for why in one["why"]), one["score"], delta=0.02)

    @only_plain("the same code with more rows, so that blocks are needed")
    def test_more_rows_than_can_all_be_compared(self):
        f1, _, found = self.find_within(lists.households, 12, 4000, 1500)
        self.assertGreaterEqual(f1, 0.97)
        self.assertLess(found["summary"][0]["pairs_compared"], found["summary"][0]["pairs"] / 5)

    @only_plain("the same code with more rows")
    def test_lists_with_nobody_in_both(self):
        """Namesakes in both lists are not taken for the same: what they agree in teaches nothing."""
        for register in (lists.dead, lists.customers):
            header, rows = register(5, 3000, 3000)
            people = dict(reversed(rows))  # of each the first row
            halves = [self.write(f"half{half}.csv", to_csv([header, *(row for label, row in sorted(people.items()) if label % 2 == half)])) for half in (0, 1)]
            self.assertLessEqual(len(self.compare(halves[0], "--with", halves[1])["match"]), 3)

    def find_between(self, sides, *words):
        paths = [self.write(f"side{number}.csv", to_csv([header, *(row for _, row in rows)])) for number, (header, rows) in enumerate(sides)]
        found = self.compare(paths[0], "--with", paths[1], *words)
        (_, ours), (_, theirs) = sides
        labels = {label for label, _ in ours}
        true = sum(label in labels for label, _ in theirs)
        right = sum(ours[one["row"] - 2][0] == theirs[one["other_row"] - 2][0] for one in found["match"])
        return 2 * right / (len(found["match"]) + true), right / max(1, len(found["match"])), found

    def test_two_lists_of_all_sorts(self):
        """Two rare values in common are what the same looks like, not columns that hang together, as is as much in common
        as those can have who stand in both; what a list does not ask for another one tells."""
        for sides, least in ((lists.namesakes(4, 1800, 1500, 1100), 0.9), (lists.papers(6, 700, 600, 500), 0.99), (lists.two_offices(12, 700, 600, 400), 0.98)):
            f1, precision, found = self.find_between(sides)
            with self.subTest(found["summary"][0]["other_rows"]):
                self.assertGreaterEqual(f1, least)
                self.assertAlmostEqual(found["summary"][0]["expected_precision"], precision, delta=0.04)
        fields = {why["field"] for one in found["match"] for why in one["why"]}
        self.assertLessEqual({"name", "sex", "birth", "household", "phone"}, fields)
        hows = {why["how"] for one in found["match"] for why in one["why"] if why["field"] == "name"}
        self.assertLessEqual({"same", "sound", "dialect", "dropped", "nickname"}, hows)

    def test_rare_words(self):
        """What many names have in common says less than what one is called."""
        f1, precision, found = self.find_between(lists.drinks(3, 900, 800, 500))
        self.assertGreaterEqual(f1, 0.97)
        self.assertAlmostEqual(found["summary"][0]["expected_precision"], precision, delta=0.04)

    def test_ages_and_days(self):
        """Of one list an age, of the other one a day: the year that both tell."""
        (header, ours), (_, theirs) = lists.two_offices(13, 500, 500, 300)
        this_year = datetime.date.today().year
        theirs = [(label, row[:3] + [str(this_year - int(row[3][:4]))] + row[4:]) for label, row in theirs]
        f1, _, found = self.find_between(((header, ours), (["序号", "姓名", "性别", "年龄", "家庭住址", "电话"], theirs)))
        self.assertGreaterEqual(f1, 0.97)
        self.assertIn("birth", {why["field"] for one in found["match"] for why in one["why"]})

    def two_lists(self, people=300, both=200):
        """The one with names in parts, the other one with whole names, and another order of columns."""
        header, rows = lists.households(21, people, people)
        seen = set()
        ours, theirs = [], []
        for label, (last, first, sex, birth, residence, phone) in rows:
            if label in seen:
                if label < both:
                    theirs.append([str(label), phone, f"{first} {last}", {"M": "男", "F": "女"}[sex], f"{birth[:4]}-{birth[4:6]}-{birth[6:8]}" if len(birth) == 8 else birth])
            else:
                ours.append([f"p{label}", last, first, sex, birth, residence, phone])
            seen.add(label)
        return (self.write("ours.csv", to_csv([["rec_id", "surname", "given_name", "sex", "dob", "address", "phone"], *ours])),
                self.write("theirs.csv", to_csv([["序号", "电话", "姓名", "性别", "出生日期"], *theirs])), len(theirs))

    def test_two_lists(self):
        ours, theirs, both = self.two_lists()
        found = self.compare(ours, "--with", theirs)
        right = sum(one["row_id"] == "p" + one["other_id"] for one in found["match"])
        self.assertGreaterEqual(2 * right / (len(found["match"]) + both), 0.95)
        one = found["match"][0]
        self.assertLessEqual({"name", "sex", "birth", "phone"}, {why["field"] for why in one["why"]})
        self.assertEqual({why["how"] for why in one["why"] if why["ours"] == why["theirs"] and why["ours"]}, {"same"})
        summary = found["summary"][0]
        self.assertEqual((summary["other_rows"], summary["matches"]), (both, len(found["match"])))
        self.assertTrue(summary["one_to_one"])
        self.assertAlmostEqual(summary["warning_rate"], summary["rows_found"] / summary["rows"], places=3)

    def test_thresholds(self):
        ours, theirs, _ = self.two_lists()
        counts = []
        for words in (("--least", "0.999999"), ("--precision", "0.999"), ("--least", "0.02"), ("--least", "0")):
            found = self.compare(ours, "--with", theirs, *words)
            counts.append(len(found["match"]))
            if words[0] == "--least":
                self.assertTrue(all(one["probability"] >= float(words[1]) - 1e-6 for one in found["match"]))
            else:
                self.assertGreaterEqual(found["summary"][0]["expected_precision"], 0.999)
        self.assertEqual(counts, sorted(counts))
        self.assertLess(counts[0], counts[-1])
        self.assert_failure((ours, "--with", theirs, "--least", "2"), "out-of-range", "least")
        self.assert_failure((ours, "--with", theirs, "--precision", "much"), "out-of-range", "precision")
        self.assert_failure((ours, "--with", theirs, "--within"), "with-and-within", "within")
        self.assert_failure((ours, "--with", self.write("alien.csv", "colour,size\nred,1\nblue,2\n")), "nothing-to-compare", "map")

    def test_exchanged_names(self):
        header, rows = lists.germans(5, 400, 60)
        for number, (label, row) in enumerate(rows):
            if label < 20 and rows.index((label, row)) == number and [other for other, _ in rows[:number]].count(label) == 1:
                row[0], row[2] = row[2], row[0]
        path = self.write("exchanged.csv", to_csv([header, *(row for _, row in rows)]))
        found = self.compare(path, "--within")["match"]
        hows = [why["how"] for one in found for why in one["why"]]
        self.assertGreaterEqual(hows.count("exchanged"), 10)

    def test_export(self):
        rows = [["id", "name", "born", "note"], ["1", "=cmd()", "1950-01-01", "-5"], ["2", "@sum", "1960-02-02", "+1,5 \"x\""], ["3", "wang", "1970-03-03", "-a"]]
        path = self.write("formula.csv", to_csv(rows))
        target = self.path("out.csv")
        self.compare(path, "--within", "--export", target)
        with open(target, "rb") as file:
            content = file.read()
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        (told,) = self.compare(path, "--within", "--content")["export"]
        self.assertEqual(told["content"].encode(), content)
        written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        self.assertEqual(written[0][:5], ["id", "name", "born", "note", "matches"])
        self.assertEqual([row[:4] for row in written[1:]], [["1", "'=cmd()", "1950-01-01", "-5"], ["2", "'@sum", "1960-02-02", "'+1,5 \"x\""], ["3", "wang", "1970-03-03", "'-a"]])
        chinese = self.write("gb.csv", to_csv([HEADER, WANG, WANG[:1] + WANG[1:], LI, STRANGER]).encode("gb18030"))
        self.compare(chinese, "--within", "--export", target)
        with open(target, "rb") as file:
            self.assertIn("王秀英", file.read().decode("gb18030"))

    @only_plain("takes long enough without")
    def test_cancel(self):
        header, rows = lists.dead(3, 9000, 8000)
        path = self.write("long.csv", to_csv([header, *(row for _, row in rows)]))
        running = subprocess.Popen([GUITUCTL, "compare", path, "--within", "--export", self.path("never.csv")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=200)
        self.assertEqual((running.returncode, output), (1, ""), errors)
        self.assertIn('"cancelled"', errors)
        self.assertFalse(os.path.exists(self.path("never.csv")))

    @unittest.skipUnless(os.environ.get("GUITU_FEBRL"), "no folder with the public lists")
    def test_febrl(self):
        self.assertGreaterEqual(febrl.measure(os.environ["GUITU_FEBRL"], GUITUCTL)["f1"], 0.997)


class Persons(Compare):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_staffed_station({"case": "caseworker", "desk": "intake", "medic": "medical"})
        cls.woman = cls.station.one("person", "add", "--set", "name=王秀英", "--set", f"id_number={WOMAN_1949}", "--set", "phone=13800138000")
        cls.man = cls.station.one("person", "add", "--set", "name=李建国", "--set", "sex=男", "--set", "birth_from=1990-03-07")
        cls.hidden = cls.station.one("person", "add", "--set", "name=欧阳南燕", "--set", "sex=女", "--set", "birth_from=1971-02-03", "--set", "phone=13911112222", "--set", "fence=violence")

    def list_path(self):
        return self.write("register.csv", to_csv([HEADER, WANG, LI, STRANGER, ["A4", "赵六", "男", "1933-01-01", "", "", ""]]))

    def find(self, *words, user="case"):
        result = self.station.run("compare", self.list_path(), "--purpose", "低保名单核对", *words, user=user)
        self.assertEqual(result.status, 0, result.stderr)
        return self.sort(result.results)

    def test_found(self):
        found = self.find()
        by_row = {one["row_id"]: one for one in found["match"]}
        self.assertEqual(set(by_row), {"A1", "A2", "A3"})
        self.assertEqual([by_row[name]["id"] for name in ("A1", "A2", "A3")], [self.woman["id"], self.man["id"], self.hidden["id"]])
        self.assertEqual((by_row["A1"]["name"], by_row["A1"]["row"], by_row["A1"]["row_name"]), ("王秀英", 2, "王秀英"))
        self.assertNotIn(WOMAN_1949, str(found))
        self.assertIn(WOMAN_1949, str(self.find("--reveal")))
        summary = found["summary"][0]
        self.assertEqual((summary["rows"], summary["rows_found"], summary["warning_rate"]), (4, 3, 0.75))

    def test_reasons_say_how(self):
        why = {one["field"]: one for one in self.find()["match"][0]["why"]}
        self.assertEqual((why["id_number"]["how"], why["name"]["how"]), ("same", "same"))

    def test_namesakes_doubt_each_other(self):
        """A row is one person: of two who fit equally well, neither is the one with more than even chances."""
        station = self.make_station("namesakes")
        for _ in range(2):
            station.one("person", "add", "--set", "name=王建国", "--set", "sex=男", "--set", "birth_from=1965-01-01", "--set", "birth_to=1975-12-31")
        one = self.write("namesake.csv", to_csv([["姓名", "性别", "年龄"], ["王建国", "男", "55"], ["王建国", "男", "54"]]))
        found = self.sort(station.all("compare", one, "--purpose", "核对", "--least", "0.001"))
        self.assertEqual(len(found["match"]), 4)
        self.assertLessEqual(max(match["probability"] for match in found["match"]), 0.5)

    def test_who_may(self):
        path = self.list_path()
        self.assert_refused(self.station, ("compare", path, "--purpose", "x"), 1, "not-allowed", None, user="desk")
        self.assert_refused(self.station, ("compare", path, "--purpose", "x"), 1, "not-logged-in", None, user="")
        self.assert_refused(self.station, ("compare", path), 2, "missing", "purpose", user="case")

    def test_logged(self):
        self.find()
        looks = [one for one in self.station.all("access", "list", "--user", "case") if one["act"] == "compare"]
        self.assertIn("register.csv: 4 → 3; 低保名单核对", [one["detail"] for one in looks])

    def test_nothing_is_joined(self):
        before = self.station.dump()
        self.find()
        after = self.station.dump()
        self.assertEqual([name for name in before if before[name] != after[name] and name not in ("access", "entry", "entry_row", "head", "chain", "meta")], [])

    def test_no_station(self):
        result = guituctl("--store", self.path("none"), "compare", self.list_path(), "--purpose", "x")
        self.assert_error(result, 1, "not-logged-in")


main()
