# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers for many stays at once, brought together again, and the whole file of a person."""

import json
import os
import re
import signal
import subprocess
import time

from station import GUITUCTL, IS_SANITIZED, PASSWORD, Result, StationTest, main, today

N_STAYS = 40 if IS_SANITIZED else 200
N_SCANS = 32
KIND = "arrival-notice"
COPIES = 2
PREFIX = "RZ"


def pdf(tool, *words):
    return subprocess.run([tool, *words], capture_output=True, encoding="utf-8", check=True).stdout


def n_pages(path):
    return int(re.search(r"^Pages:\s+(\d+)", pdf("pdfinfo", path), re.M).group(1))


def text_of(path, page):
    return pdf("pdftotext", "-layout", "-f", str(page), "-l", str(page), path, "-")


def bookmarks(path):
    """Titles of the outline, in its order."""
    done = json.loads(pdf("qpdf", "--json", "--json-key=outlines", path))
    return [outline["title"] for outline in done["outlines"]]


class BatchTest(StationTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        people = [{"person": {"name": f"王{chr(0x4e00 + number)}", "sex": "1", "birth_from": "1980-01-01"}, "came_by": "police"}
                  for number in range(N_STAYS)]
        cls.arrived = cls.station.all("stay", "arrive", stdin=json.dumps(people))
        cls.numbers = [done["number"] for done in cls.arrived]
        cls.station.one("user", "add", "--set", "name=clerk", "--set", "role=intake", "--password", PASSWORD)

    def series(self, prefix=PREFIX):
        found = [series for series in self.station.all("paper", "series") if series["series"].startswith(prefix + "-")]
        return (found[0]["last"], found[0]["count"], found[0]["missing"]) if found else (0, 0, [])

    def test_one_document_in_the_order_that_was_asked_for(self):
        before = self.series()[0]
        backwards = self.numbers[::-1]
        path = self.path("all.pdf")
        *papers, whole = self.station.all("paper", "batch", KIND, "--stays", ",".join(backwards), "--pdf", path)
        self.assertEqual((whole["papers"], whole["left_out"], whole["pages"]), (N_STAYS, 0, n_pages(path)))
        self.assertEqual(whole["pages"] % (COPIES * N_STAYS), 0)
        stays = {done["number"]: done["stay"]["id"] for done in self.arrived}
        self.assertEqual([paper["stay"] for paper in papers], [stays[number] for number in backwards])
        self.assertEqual(self.series(), (before + N_STAYS, before + N_STAYS, []))
        marks = bookmarks(path)
        self.assertEqual([mark.split("　")[0] for mark in marks], [paper["number"] for paper in papers])
        self.assertEqual(marks[0].split("　")[1], f"王{chr(0x4e00 + N_STAYS - 1)}")
        self.assertIn(papers[0]["number"], text_of(path, 1))
        self.assertIn(papers[-1]["number"], text_of(path, whole["pages"]))

    def test_a_file_for_each(self):
        folder = self.path("each")
        *papers, whole = self.station.all("paper", "batch", KIND, "--in_house", "--folder", folder)
        self.assertEqual(whole["papers"], N_STAYS)
        self.assertEqual(sorted(os.listdir(folder)), sorted(paper["number"] + ".pdf" for paper in papers))
        self.assertIn(papers[7]["number"], text_of(os.path.join(folder, papers[7]["number"] + ".pdf"), 1))

    def test_a_refusal_in_the_middle_leaves_nothing(self):
        self.station.one("paper", "issue", KIND, "--stay", self.numbers[0])
        before = (self.station.dump(), self.series())
        stays = ",".join(self.numbers[:20] + ["2026-1-9999"] + self.numbers[20:])
        for where in (("--folder", self.path("no", "folder")), ("--pdf", self.path("no.pdf"))):
            result = self.station.run("paper", "batch", KIND, "--stays", stays, *where)
            self.assert_error(result, 3, "not-found", "stay")
            self.assertFalse(os.path.exists(where[1]))
        self.assertEqual((self.station.dump(), self.series()), before)

    def interrupt(self, folder, is_time):
        """Issues for everybody into the folder, and is stopped as by Ctrl+C as soon as is_time says so: exit status, results and error."""
        words = [GUITUCTL, "--store", self.station.directory, "--as", "admin", "paper", "batch", KIND, "--in_house", "--folder", folder]
        with subprocess.Popen(words, env={**os.environ, "GUITU_PASSWORD": PASSWORD}, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not is_time():
                time.sleep(0.001)
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=200)
        return Result(process.returncode, stdout.decode(), stderr.decode())

    def test_stopped_before_anything_is_issued(self):
        folder = self.path("begun")
        before = (self.station.dump(), self.series())
        self.assert_error(self.interrupt(folder, lambda: os.path.exists(folder)), 1, "cancelled")
        self.assertFalse(os.path.exists(folder))
        self.assertEqual((self.station.dump(), self.series()), before)

    def test_stopped_when_all_are_issued(self):
        """What is issued is written to the end and told; who asks again is told what was issued already."""
        folder = self.path("written")
        before, *_ = self.series()
        result = self.interrupt(folder, lambda: os.path.exists(folder) and any(name.endswith(".pdf") for name in os.listdir(folder)))
        self.assertEqual((result.status, result.stderr), (0, ""))
        *papers, whole = result.results
        self.assertEqual((whole["papers"], self.series()[0]), (N_STAYS, before + N_STAYS))
        self.assertEqual(sorted(os.listdir(folder)), sorted(paper["number"] + ".pdf" for paper in papers))
        (warning,) = self.station.all("paper", "batch", KIND, "--stays", self.numbers[3])[-1]["warnings"]
        self.assertEqual(warning["kind"], "issued-already")
        self.assertIn(papers[3]["number"], warning["numbers"])
        fresh = self.station.register("person.name=王又来", "person.sex=1")
        self.assertNotIn("warnings", self.station.all("paper", "batch", KIND, "--stays", fresh["number"])[-1])
        self.station.one("stay", "void", fresh["number"], "--reason", "登记错误")

    def test_what_cannot_be_printed_is_told_by_its_number(self):
        """Of a pile, somebody must know which page to look at."""
        much = "青霉素过敏、" * 25
        for where in (("--pdf", self.path("labels.pdf")), ("--folder", self.path("labels"))):
            *papers, whole = self.station.all("paper", "batch", "bed-label", "--stays", " ".join(self.numbers[10:12]), "--set", f"label.warnings={much}", *where)
            self.assertEqual([text.split(": ", 1)[0] for text in whole["print_warnings"]], [paper["number"] for paper in papers])
            self.assertEqual(len({text.split(": ", 1)[1] for text in whole["print_warnings"]}), 1)
            *_, again = self.station.all("paper", "gather", papers[1]["number"], where[0], where[1])
            self.assertEqual(again["print_warnings"], whole["print_warnings"][1:])

    def test_skip_names_who_was_left_out(self):
        stays = self.numbers[:3] + ["2026-1-9999"] + self.numbers[3:5]
        before = self.series()[0]
        *papers, whole = self.station.all("paper", "batch", KIND, "--stays", " ".join(stays), "--skip", "--pdf", self.path("skip.pdf"))
        self.assertEqual([paper.get("skipped") for paper in papers], [None] * 3 + ["not-found"] + [None] * 2)
        self.assertEqual((whole["papers"], whole["left_out"]), (5, 1))
        self.assertEqual(self.series(), (before + 5, before + 5, []))

    def test_when_all_are_left_out_no_document_is_made(self):
        path = self.path("none.pdf")
        *papers, whole = self.station.all("paper", "batch", "kin-collection", "--stays", self.numbers[0], "--skip", "--pdf", path)
        self.assertEqual((papers[0]["skipped"], whole["papers"], whole["left_out"]), ("missing", 0, 1))
        self.assertIn(".", papers[0]["field"])
        self.assertFalse(os.path.exists(path))
        self.assertEqual(self.series("JL"), (0, 0, []))

    def test_what_cannot_be_asked_for(self):
        batch = ("paper", "batch")
        for words, code, field in (((KIND, "--folder", self.path("x")), "missing", "stays"),
                                   ((KIND, "--stays", "2026-1-0001", "--in_house"), "usage", "stays"),
                                   (("house-list", "--in_house"), "wrong-kind", "kind"),
                                   ((KIND, "--stays", ","), "out-of-range", "stays"),
                                   ((KIND, "--in_house", "--folder", ""), "missing", "folder"),
                                   ((KIND, "--in_house", "--folder", "/proc/nothing"), "unwritable", "folder"),
                                   ((KIND, "--in_house", "--folder", self.path("x"), "--pdf", self.path("x.pdf")), "usage", "folder")):
            with self.subTest(words=words):
                self.assert_error(self.station.run(*batch, *words), 2, code, field)
        self.assert_error(self.station.run("paper", "gather", ",", "--inline"), 2, "out-of-range", "numbers")

    def test_gathered_again(self):
        *papers, _ = self.station.all("paper", "batch", "bed-label", "--stays", ",".join(self.numbers[:4]))
        numbers = [paper["number"] for paper in papers][::-1]
        path = self.path("gathered.pdf")
        *found, whole = self.station.all("paper", "gather", " ".join(numbers), "--pdf", path)
        self.assertEqual([paper["number"] for paper in found], numbers)
        self.assertEqual((whole["papers"], n_pages(path)), (4, whole["pages"]))
        self.assertEqual([mark.split("　")[0] for mark in bookmarks(path)], numbers)

    def test_a_failed_gathering_leaves_what_was_saved_before(self):
        paper = self.station.one("paper", "issue", "bed-label", "--stay", self.numbers[0])
        folder = self.path("kept")
        self.station.all("paper", "gather", paper["number"], "--folder", folder)
        result = self.station.run("paper", "gather", paper["number"] + " CW-2020-1-00001", "--folder", folder)
        self.assert_error(result, 3, "not-found", "numbers")
        self.assertEqual(os.listdir(folder), [paper["number"] + ".pdf"])

    def test_the_register_is_searched(self):
        one = self.station.register("person.name=欧阳锦绣", "person.sex=2")
        paper = self.station.one("paper", "issue", "clear-card", "--stay", one["number"])
        for text in ("阳锦", one["number"], paper["number"].lower(), "明白"):
            self.assertIn(paper["number"], [found["number"] for found in self.station.all("paper", "list", "--text", text)])
        self.assertEqual(self.station.all("paper", "list", "--text", "nobody"), [])
        self.assertIn(paper["number"], [found["number"] for found in self.station.all("paper", "list", "--group", "arrival")])
        self.assertEqual(self.station.all("paper", "list", "--group", "minors"), [])
        newest = [found["number"] for found in self.station.all("paper", "list", "--limit", "3")]
        self.assertEqual([found["number"] for found in self.station.all("paper", "list", "--limit", "2", "--skip", "1")], newest[1:])
        self.assert_error(self.station.run("paper", "list", "--group", "nothing"), 2, "unknown-code", "group")

    def test_the_register_is_searched_page_by_page(self):
        """What the name of a merged record finds is left out, and the page is filled up from those after it."""
        lead = self.station.register("person.name=诸葛王秀", "person.sex=2", "person.birth_from=1980-01-01")
        self.station.one("stay", "leave", lead["number"], "--set", "leave_by=own-will")
        merged, other = (self.station.register("person.name=" + name, "person.sex=2") for name in ("慕容大红", "慕容小红"))
        numbers = [self.station.one("paper", "issue", "clear-card", "--stay", one["number"])["number"] for one in (other, merged, other)]
        self.station.one("person", "merge", "--keep", lead["person"]["id"], "--other", merged["person"]["id"], "--reason", "同一人")
        for skip, found in ((0, [numbers[2], numbers[0]]), (1, [numbers[0]]), (2, [])):
            listed = self.station.all("paper", "list", "--text", "慕容", "--limit", "2", "--skip", str(skip))
            self.assertEqual([paper["number"] for paper in listed], found)

    def test_the_register_reads_names_of_any_script(self):
        one = self.station.register("person.name=Иван Петров", "person.sex=1")
        paper = self.station.one("paper", "issue", "clear-card", "--stay", one["number"])
        for text in ("Петров", "петров", "ПЕТРОВ"):
            self.assertEqual([found["number"] for found in self.station.all("paper", "list", "--text", text)], [paper["number"]])

    def test_the_register_until_the_end_of_days(self):
        for last in ("9998-12-31", "9999-12-31"):
            self.assertGreater(len(self.station.all("paper", "list", "--until", last)), 0)

    def test_the_register_tells_who_has_left(self):
        """Not of a stay that is void, and not of somebody protected."""
        gone, mistake, child = (self.station.register("person.name=" + name, "person.sex=1", "person.birth_from=" + birth)
                                for name, birth in (("某甲", "1990-01-01"), ("某乙", "1990-01-01"), ("某丙", f"{today().year - 12}-01-01")))
        numbers = [self.station.one("paper", "issue", "clear-card", "--stay", one["number"])["number"] for one in (gone, mistake, child)]
        for one in (gone, mistake):
            self.station.one("stay", "leave", one["number"], "--set", "leave_by=own-will")
        self.station.one("stay", "void", mistake["number"], "--reason", "登记错误")
        self.station.leave_with_kin(child["number"])
        told = {paper["number"]: paper.get("stay_left_at") for paper in self.station.all("paper", "list", user="clerk")}
        self.assertEqual([told[number] is not None for number in numbers], [True, False, False])
        result = self.station.all("paper", "batch", KIND, "--stays", f"{gone['stay']['id']} {child['stay']['id']}", "--skip", "--pdf", self.path("left.pdf"), user="clerk")
        self.assertEqual([one.get("skipped") for one in result], [None, "fenced", None])
        self.assertNotIn("display_name", result[0])

    def test_somebody_protected_in_the_middle(self):
        """Who is refused is told by the number of the stay."""
        one = self.station.register("person.name=司徒秘密", "person.sex=2", "person.birth_from=1990-01-01", "reason=domestic-violence")
        result = self.station.run("paper", "batch", KIND, "--in_house", "--pdf", self.path("fenced.pdf"), user="clerk")
        message = result.error["message"]
        self.assertEqual(result.error["error"], "fenced")
        self.assertTrue(one["number"] in message and "skip" in message, message)
        self.assertFalse("司徒" in message or one["stay"]["id"] in message, message)
        self.station.one("stay", "void", one["number"], "--reason", "登记错误")

    def test_the_name_of_somebody_protected_finds_nothing(self):
        one = self.station.register("person.name=司徒静好", "person.sex=2", "person.birth_from=1990-01-01", "reason=domestic-violence")
        paper = self.station.one("paper", "issue", "clear-card", "--stay", one["number"])
        self.assertEqual([found["number"] for found in self.station.all("paper", "list", "--text", "司徒")], [paper["number"]])
        self.assertEqual(self.station.all("paper", "list", "--text", "司徒", user="clerk"), [])


class FileTest(StationTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        cls.station.one("user", "add", "--set", "name=clerk", "--set", "role=intake", "--password", PASSWORD)

    def scan(self, person, name, title):
        path = self.path(name)
        if name.endswith(".pdf"):
            self.station.one("paper", "blank", "escort-log", "--pdf", path)
        else:
            subprocess.run(["convert", "-size", "400x300", "xc:gray", path], check=True)
        self.station.one("file", "add", person, path, "--title", title)

    def index_rows(self, path):
        """Title and page of every line of the index whose page is told."""
        rows = re.findall(r"^\s*\d+\s+(\S.*?)\s{2,}.*?(\d+)\s*$", text_of(path, 1), re.M)
        return [(title, int(page)) for title, page in rows]

    def test_parts_order_and_pages(self):
        one = self.station.register("person.name=司马相如", "person.sex=1", "person.id_number=440105199003071032")
        stay, person = one["stay"]["id"], one["person"]["id"]
        self.station.one("stay", "admit", stay)
        for kind in ("intake-registration", "arrival-notice", "bed-label"):
            self.station.one("paper", "issue", kind, "--stay", stay)
        void = self.station.one("paper", "issue", "clear-card", "--stay", stay)
        self.station.one("paper", "void", void["number"], "--reason", "写错")
        for name, title in (("card.png", "身份证"), ("letter.jpg", "介绍信"), ("log.pdf", "病历")):
            self.scan(person, name, title)
        path = self.path("file.pdf")
        done = self.station.one("person", "file", person, "--pdf", path)
        titles = ["求助登记表", "入站须知和个人信息处理告知书", "床位标签", "在站服务及离站登记表（系统摘录）", "身份证", "介绍信", "病历"]
        self.assertEqual([part for part in done["parts"] if part not in titles], ["明白卡（已作废，未列入）"])
        self.assertEqual([part for part in done["parts"] if part in titles], titles)
        self.assertEqual(n_pages(path), done["pages"])
        self.assertEqual(bookmarks(path), ["一人一档目录", *titles])
        first = text_of(path, 1)
        for words in ("司马相如", "440105199003071032", "身份证", "病历"):
            self.assertIn(words, first)
        for title, page in self.index_rows(path):
            with self.subTest(title=title):
                here = re.sub(r"\s", "", text_of(path, page))
                self.assertIn(f"总第{page}页", here)
                if title in ("求助登记表", "入站须知和个人信息处理告知书"):
                    self.assertIn(title, here)
                    self.assertNotIn(title, re.sub(r"\s", "", text_of(path, page - 1)) if page > 2 else "")
        self.assertGreaterEqual(len(self.index_rows(path)), len(titles) - 2)  # a long title goes over two lines
        self.assertTrue(pdf("qpdf", "--check", path))

    def test_a_long_index(self):
        """The index takes pages of its own: what it names lies so much further on."""
        one = self.station.register("person.name=诸葛孔明", "person.sex=1")
        path = self.path("scan.png")
        subprocess.run(["convert", "-size", "40x30", "xc:gray", path], check=True)
        for number in range(N_SCANS):
            self.station.one("file", "add", one["person"]["id"], path, "--title", f"扫描{number:02}")
        path = self.path("long.pdf")
        done = self.station.one("person", "file", one["person"]["id"], "--pdf", path)
        n_index = done["pages"] - N_SCANS - 1
        self.assertGreater(n_index, 1)
        rows = re.findall(r"扫描(\d\d)\s.*?(\d+)\s*$", "".join(text_of(path, page + 1) for page in range(n_index)), re.M)
        self.assertEqual([(int(number), int(page)) for number, page in rows], [(number, n_index + 2 + number) for number in range(N_SCANS)])

    def test_records_after_the_paper(self):
        """What was written down since a paper was issued is in the file too, and an unreadable scan is named."""
        one = self.station.register("person.name=公孙后来", "person.sex=1")
        stay, person = one["stay"]["id"], one["person"]["id"]
        self.station.one("stay", "admit", stay)
        self.station.one("paper", "issue", "intake-registration", "--stay", stay)
        self.assertEqual(self.station.one("person", "file", person, "--pdf", self.path("before.pdf"))["parts"], ["求助登记表", "在站服务及离站登记表（系统摘录）"])
        self.station.one("person", "statement", "--set", f"person={person}", "--set", "text=我家在戊己村")
        broken = self.path("broken.pdf")
        with open(broken, "wb") as file:
            file.write(b"%PDF-1.5 and no more")
        self.assert_refused(self.station, ["file", "add", person, broken, "--title", "病历"], 2, "unreadable-pdf", "file")
        self.scan(person, "torn.pdf", "病历")
        digest = self.station.one("person", "show", person)["files"][0]["digest"]
        with open(os.path.join(self.station.directory, "files", digest[:2], digest), "r+b") as file:
            file.write(bytes(100))
        done = self.station.one("person", "file", person, "--pdf", self.path("after.pdf"))
        self.assertEqual(done["parts"], ["求助登记表", "求助登记表（签发后的记录）", "在站服务及离站登记表（系统摘录）", "病历（无法读取）"])
        self.assertIn("我家在戊己村", text_of(self.path("after.pdf"), 3))

    def test_somebody_without_a_stay(self):
        one = self.station.register("person.name=上官无事", "person.sex=2")
        self.station.one("stay", "void", one["number"], "--reason", "登记错误")
        self.station.one("person", "statement", "--set", f"person={one['person']['id']}", "--set", "text=我只问路")
        done = self.station.one("person", "file", one["person"]["id"], "--pdf", self.path("nobody.pdf"))
        self.assertEqual((done["parts"], done["pages"]), (["个人信息和自述（系统摘录）"], 2))
        self.assertIn("上官无事", text_of(self.path("nobody.pdf"), 1))
        self.assertIn("我只问路", text_of(self.path("nobody.pdf"), 2))

    def test_protected(self):
        one = self.station.register("person.name=司徒静好", "person.sex=2", "person.birth_from=1990-01-01", "reason=domestic-violence")
        path = self.path("fenced.pdf")
        self.assert_error(self.station.run("person", "file", one["person"]["id"], "--pdf", path, user="clerk"), 1, "fenced")
        self.assertFalse(os.path.exists(path))

    def test_earlier_stays_of_a_minor(self):
        """Whoever is on duty sees the minor who is here, and not what was written before."""
        one = self.station.register("person.name=小明", "person.sex=1", "person.birth_from=2012-01-01")
        self.station.one("paper", "issue", "bed-label", "--stay", one["number"])
        self.station.leave_with_kin(one["number"])
        self.station.one("stay", "arrive", one["person"]["id"], "--set", "came_by=police")
        path = self.path("minor.pdf")
        seen = self.station.one("person", "file", one["person"]["id"], "--pdf", path, user="clerk")
        self.assertEqual(seen["parts"], ["以前的在站记录（受保护，未列入）", "求助登记表（系统摘录）"])
        whole = self.station.one("person", "file", one["person"]["id"], "--pdf", path)
        self.assertIn("床位标签", whole["parts"])


main()
