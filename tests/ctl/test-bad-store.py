# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that is locked, damaged, newer, without keys or on a full disk: exit 4, and nothing is half done."""

import base64
import json
import os
import resource
import shutil
import signal
import struct
import zlib

from station import Station, StationTest, guituctl, main

BEGIN = ("init", "--station", "440105001", "--name", "海珠区救助管理站", "--region", "440105", "--admin", "admin")
LISTED = 300  # more than the newest few, who are in no list of the search index
ADD = ("person", "add", "--set", "sex=男", "--set", "name=张三")


def limit_file_size(size):
    """What a full disk is to a program: no file grows beyond this."""

    def before():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return before


def write_png(path, grey):
    """A picture of one pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes([0, grey]))) + chunk(b"IEND", b""))


class BadStore(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls.make_station("original")
        cls.original.register("person.sex=女", "person.name=王秀英")
        cls.original.one("demo", "--people", "50")

    def setUp(self):
        self.station = self.original.copy(self.path(self.id()))
        self.addCleanup(shutil.rmtree, self.station.directory)

    def write(self, offset, content, length=None):
        with open(self.station.database, "r+b") as file:
            if length is not None:
                file.truncate(length)
            file.seek(offset)
            file.write(content)

    def assert_whole(self, directory):
        """Beginning anew ends with a station that has its administrator."""
        station = Station(directory)
        again = station.run(*BEGIN, user="")
        self.assertTrue(again.status == 0 or again.error["error"] == "exists", again)
        self.assertEqual(station.one("station", "show", user="")["code"], "440105001")
        self.assertEqual(station.one("user", "list")["name"], "admin")
        self.assertEqual(sorted(os.listdir(directory)), ["guitu.db", "keys"])

    def test_killed_at_the_beginning(self):
        """Whenever it happens, there is a whole store afterwards, or none."""
        outcomes = set()
        for number in range(24):
            directory = self.path(f"begun-{number}")
            words = ("timeout", "--signal=KILL", f"{number * 0.02:.2f}s") if number > 0 else ()
            outcomes.add(guituctl("--store", directory, *BEGIN, through=words).status)
            self.assert_whole(directory)
        self.assertIn(0, outcomes)

    def test_killed_between_two_steps(self):
        """The keys are in their place, the database is not yet; or nothing is; or all is, but for the tidying up."""
        for in_place in (("keys",), (), ("keys", "guitu.db")):
            directory = self.path(f"between-{len(in_place)}")
            Station(directory).one(*BEGIN, user="")
            os.mkdir(os.path.join(directory, "new"))
            for name in {"keys", "guitu.db"}.difference(in_place):
                os.rename(os.path.join(directory, name), os.path.join(directory, "new", name))
            if in_place:
                self.assertEqual(Station(directory).one("station", "show", user="")["code"], "440105001")
            self.assert_whole(directory)

    def test_killed_while_writing_a_file(self):
        """What a file is called until it is whole is left in the folder in which the store was being made."""
        directory = self.path("half-a-file")
        os.makedirs(os.path.join(directory, "new"))
        with open(os.path.join(directory, "new", "keys.3KXQ12"), "w", encoding="utf-8") as file:
            file.write("[keys]")
        self.assert_whole(directory)

    def test_keys_alone(self):
        """The records are lost: neither is a new station founded beside the old keys, nor are those overwritten."""
        os.remove(self.station.database)
        for result in (self.station.run("station", "show", user=""), self.station.run(*BEGIN, user="")):
            self.assertIn("keys", result.error["message"])
            self.assertEqual(result.status, 4)

    def test_no_store(self):
        nowhere = Station(self.path("nowhere"))
        self.assert_error(nowhere.run(*ADD), 3, "not-found")
        self.assertFalse(os.path.exists(nowhere.directory))

    def test_newer_version(self):
        with self.station.connect("rw") as connection:
            connection.execute("PRAGMA user_version = 999")
        for words in (ADD, ("verify", "GT1:X"), ("person", "find", "王"), ("check",)):
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 4, "too-new")

    def test_locked(self):
        with self.station.connect("rw") as connection:
            connection.execute("BEGIN EXCLUSIVE")
            self.assert_refused(self.station, ADD, 4, "locked")
            self.assertEqual(len(self.station.all("person", "find", "王秀英")), 1)
            connection.execute("ROLLBACK")
        self.station.one(*ADD)

    def test_another_database(self):
        with self.station.connect("rw") as connection:
            connection.execute("PRAGMA application_id = 1")
        self.assert_refused(self.station, ADD, 4, "damaged")

    def assert_damaged(self):
        for words in (ADD, ("person", "find", "王"), ("check",)):
            with self.subTest(words=words):
                result = self.station.run(*words)
                self.assertEqual(result.status, 4, result.stderr)
                self.assertEqual(result.error["error"], "damaged", result.error)

    def test_no_database_at_all(self):
        self.write(0, b"This is a text.\n" * 1000, length=0)
        self.assert_damaged()

    def test_header_overwritten(self):
        self.write(0, b"\xff" * 100)
        self.assert_damaged()

    def test_emptied(self):
        self.write(0, b"", length=0)
        self.assert_damaged()

    def test_cut_off(self):
        self.write(0, b"", length=os.path.getsize(self.station.database) // 2)
        self.assert_damaged()

    def test_pages_overwritten(self):
        size = os.path.getsize(self.station.database)
        for page in range(4, size // 4096):
            self.write(page * 4096, b"\xee" * 4096)
        self.assert_damaged()

    def test_one_byte_of_an_entry(self):
        with self.station.connect("rw") as connection:
            (body,) = connection.execute("SELECT body FROM entry WHERE number = 2").fetchone()
            connection.execute("UPDATE entry SET body = ? WHERE number = 2", (body[:-1] + bytes([body[-1] ^ 1]),))
        result = self.station.run("ledger", "verify")
        self.assertEqual((result.status, result.error["error"]), (5, "ledger-damaged"))
        self.assertEqual(result.results[0]["result"], "damaged")
        self.assertNotEqual(result.results[0]["problems"], [])

    def test_missing_keys(self):
        os.remove(os.path.join(self.station.directory, "keys"))
        self.assert_refused(self.station, ADD, 4, "missing-key")

    def test_damaged_keys(self):
        for content in (b"", b"\x00\xff" * 300, b"[station]\npublic=AAAA\n"):
            with self.subTest(content=content[:20]):
                with open(os.path.join(self.station.directory, "keys"), "wb") as file:
                    file.write(content)
                self.assert_refused(self.station, ADD, 4, "missing-key")

    def set_payload_key(self, text):
        path = os.path.join(self.station.directory, "keys")
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(f"payload={text}" if line.startswith("payload=") else line for line in lines))

    def test_another_payload_key(self):
        self.set_payload_key(base64.b64encode(bytes(32)).decode())
        for words in (ADD, ("person", "find", "王"), ("check",), ("ledger", "verify")):
            with self.subTest(words=words):
                self.assert_refused(self.station, words, 4, "missing-key")

    def test_payload_key_of_an_older_store(self):
        """A store that was made before the key was noted notes it when it is opened."""
        with self.station.connect("rw") as connection:
            connection.execute("DELETE FROM meta WHERE name = 'payload'")
        self.assertEqual(len(self.station.all("person", "find", "王秀英")), 1)
        self.set_payload_key(base64.b64encode(bytes(32)).decode())
        self.assert_refused(self.station, ADD, 4, "missing-key")

    def assert_check_fails(self, n_problems=1):
        result = self.station.run("check")
        self.assertEqual((result.status, result.error["error"]), (4, "damaged"), result.stderr)
        self.assertEqual(result.results[0]["integrity"], "damaged")
        self.assertEqual(len(result.results[0]["problems"]), n_problems, result.results[0])

    def test_files(self):
        """Each kept file is there, whole, and the one that its record means."""
        person = self.station.all("person", "find", "王秀英")[0]["id"]
        stored = []
        for grey in (0, 128, 255):
            photo = self.path(f"{grey}.png")
            write_png(photo, grey)
            digest = self.station.one("file", "add", person, photo)["digest"]
            stored.append(os.path.join(self.station.directory, "files", digest[:2], digest))
        self.assertEqual(self.station.all("check")[0]["files"], 3)
        contents = []
        for path in stored:
            with open(path, "rb") as file:
                contents.append(file.read())
        flipped = contents[0][:50] + bytes([contents[0][50] ^ 1]) + contents[0][51:]
        for content in (flipped, contents[1], contents[0][:-1], b"", None):
            with self.subTest(content=content and content[:10]):
                if content is None:
                    os.remove(stored[0])
                else:
                    with open(stored[0], "wb") as file:
                        file.write(content)
                self.assert_check_fails()
        os.remove(stored[2])
        self.assert_check_fails(2)

    def test_search_index(self):
        """Damage to what is derived from the records is found, and mended from them."""
        damages = (
            "DELETE FROM person_search_list WHERE slot = (SELECT max (slot) FROM person_search_list)",
            "DELETE FROM person_search_list",
            "UPDATE person_search_list SET rows = zeroblob (length (rows))",
            "UPDATE person_search_list SET rows = x''",
            "DELETE FROM person_search_segment",
            "UPDATE person_search_segment SET first_row = first_row + 1",
            "DROP TABLE person_search_list",
            "DROP TABLE person_search_segment",
        )
        self.station.all("person", "add", "--looked", stdin=json.dumps([{"name": "王秀英", "sex": "2"}] * LISTED))
        found = self.station.all("person", "find", "wangxiuying")
        for damage in damages:
            with self.subTest(damage=damage):
                with self.station.connect("rw") as connection:
                    connection.executescript(damage)
                self.assert_check_fails()
                self.assertEqual(self.station.all("check", "--rebuild-index")[0]["integrity"], "ok")
                self.assertEqual(self.station.all("person", "find", "wangxiuying"), found)
                self.station.one(*ADD)

    def test_reading_on_a_full_disk(self):
        result = self.station.run("person", "find", "王", before=limit_file_size(0))
        self.assert_error(result, 4, "storage")
        self.assertIn("The disk is full", result.error["message"])

    def test_full_disk(self):
        """At many sizes, so that it happens at each step of the writing."""
        size = os.path.getsize(self.station.database)
        refused = 0
        for limit in (0, 100, 4096, 40000, 70000, size // 2, size - 1):
            with self.subTest(limit=limit):
                before = self.station.dump()
                result = self.station.run("demo", "--people", "100", before=limit_file_size(limit))
                if result.status == 0:
                    continue
                refused += 1
                self.assert_error(result, 4, result.error["error"])
                self.assertEqual(self.station.dump(), before)
        self.assertGreaterEqual(refused, 4)
        self.station.one(*ADD)
        self.assertEqual(self.station.one("ledger", "verify")["result"], "ok")

    def test_full_disk_while_setting_up(self):
        """What failed can be tried again in the same place."""
        words = ("init", "--station", "1", "--name", "某站", "--admin", "admin")
        for limit in (0, 100, 1000, 4096, 30000):
            with self.subTest(limit=limit):
                result = guituctl("--store", self.path("new"), *words, before=limit_file_size(limit))
                self.assert_error(result, 4, result.error["error"])
        self.assertEqual(guituctl("--store", self.path("new"), *words).status, 0)

    def test_papers_that_cannot_be_written(self):
        """A paper whose PDF could not be written was not issued."""
        stay = self.station.register("person.sex=女", "person.name=李四")["stay"]["id"]
        for path in (self.path("no-such-folder", "paper.pdf"), self.folder):
            with self.subTest(path=path):
                self.assert_refused(self.station, ("paper", "issue", "intake-registration", "--stay", stay, "--pdf", path),
                                    2, "unwritable", "pdf")
        path = self.path("paper.pdf")
        for limit in range(8192, 200000, 8192):
            before = self.station.dump()
            result = self.station.run("paper", "issue", "intake-registration", "--stay", stay, "--pdf", path,
                                      before=limit_file_size(limit))
            if result.status == 0:
                break
            with self.subTest(limit=limit):
                self.assert_error(result, 4, result.error["error"])
                self.assertEqual(self.station.dump(), before)
                self.assertFalse(os.path.exists(path))
        self.assertEqual(result.status, 0)


main()
