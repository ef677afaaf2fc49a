# SPDX-License-Identifier: GPL-3.0-or-later
"""A station driven by its command line, for the tests of this folder."""

import contextlib
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

GUITUCTL = os.environ.get("GUITUCTL", "guituctl")
IS_SANITIZED = bool(os.environ.get("GUITU_SANITIZED"))
ONLY_PLAIN = "--only-plain"  # runs the tests that the sanitized build leaves out, and no others
CLOCK = "faketime does not go together with the sanitizers"
PASSWORD = "secret-123"
# Loaded into guituctl, so that passwords cost little; see tests/util/quick-passwords.c.
QUICK = {"LD_PRELOAD": os.environ["GUITU_QUICK_PASSWORDS"]} if os.environ.get("GUITU_QUICK_PASSWORDS") else {}

# Valid numbers of the specimen kind: the region, a day and a counter with the right check digit.
WOMAN_1949 = "11010519491231002X"
MAN_1990 = "440105199003071032"

# What SQLite or the search keeps for itself.
NOT_RECORDS = ("sqlite_", "person_search", "match_")


CHINA = datetime.timezone(datetime.timedelta(hours=8))


def today():
    """The day it is in China, where every station is; this machine may be elsewhere."""
    return datetime.datetime.now(CHINA).date()


class Result:
    """What a call gave: exit status, result objects, error object, and what was not JSON."""

    def __init__(self, status, stdout, stderr):
        self.status = status
        self.stdout = stdout
        self.stderr = stderr

    @property
    def results(self):
        return [json.loads(line) for line in self.stdout.splitlines()]

    @property
    def error(self):
        return json.loads(self.stderr)


def guituctl(*words, stdin=None, environment=None, before=None, through=()):
    """Runs guituctl; words may be text or bytes. Without stdin there is none."""
    command = [*through, GUITUCTL, *words]
    variables = {**os.environ, "GUITU_PASSWORD": PASSWORD, "LC_ALL": "C.UTF-8", **QUICK, **(environment or {})}
    source = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin if isinstance(stdin, bytes) else stdin.encode()}
    done = subprocess.run(command, env=variables, capture_output=True, preexec_fn=before, check=False, timeout=200, **source)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


class Station:
    """One store and who works at it."""

    def __init__(self, directory, user="admin"):
        self.directory = directory
        self.user = user

    def run(self, *words, user=None, **options):
        user = self.user if user is None else user
        return guituctl("--store", self.directory, *(["--as", user] if user else []), *words, **options)

    def all(self, *words, **options):
        """Results of a call that must succeed."""
        result = self.run(*words, **options)
        assert result.status == 0, f"{words}: exit {result.status}, {result.stderr}"
        return result.results

    def one(self, *words, **options):
        results = self.all(*words, **options)
        assert len(results) == 1, f"{words}: {len(results)} results"
        return results[0]

    def set_up(self, code, name, region, *words):
        return self.one("init", "--station", code, "--name", name, "--region", region, "--admin", self.user, *words, user="")

    def set_up_haizhu(self, code="440105001"):
        return self.set_up(code, "广州市海珠区救助管理站", "440105", "--phone", "020-12345678", "--address", "广州市海珠区某路1号")

    def register(self, *fields, user=None):
        """Registers a new person who comes with the police, or as the fields say."""
        words = [word for field in fields for word in ("--set", field)]
        if not any(field.startswith("came_by=") for field in fields):
            words += ["--set", "came_by=police"]
        return self.one("stay", "arrive", *words, user=user)

    def leave_with_kin(self, stay):
        """Lets somebody go with their father, with all that the law asks for a minor."""
        return self.one("stay", "leave", stay, "--leave_by", "kin", "--received_by", "李父", "--receiver_id", "440105199003071032",
                        "--receiver_kinship", "父亲", "--receiver_phone", "13800000000", "--receiver_proof", "户口簿", "--guardian_check", "已核实")

    def copy(self, directory):
        shutil.copytree(self.directory, directory)
        return Station(directory, self.user)

    @property
    def database(self):
        return os.path.join(self.directory, "guitu.db")

    def connect(self, mode="ro"):
        return contextlib.closing(sqlite3.connect(f"file:{self.database}?mode={mode}", uri=True, isolation_level=None))

    def dump(self):
        """Every row of every table, to see whether anything changed."""
        with self.connect() as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                    for name in names if not name.startswith(NOT_RECORDS)}

    def replica(self):
        """What must be the same at every desk: no row numbers, and nothing that is this desk's own."""
        own = {"row", "number"}
        tables = {}
        with self.connect() as connection:
            for name in self.dump():
                if name in ("meta", "series", "export_mark"):
                    continue
                columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
                kept = [column for column in columns if column not in own or (column == "number" and name not in ("entry", "refused_entry"))]
                kept = [column for column in kept if not (name in ("entry_row", "refused_row") and column == "entry")]
                rows = connection.execute("SELECT {} FROM \"{}\"".format(", ".join(f'"{column}"' for column in kept), name))
                tables[name] = sorted(rows.fetchall(), key=repr)
        return tables


class StationTest(unittest.TestCase):
    """A test case with a folder of its own and, where it asks for it, the station of Haizhu in it."""

    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="guitu-ctl-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.folder, *names)

    @classmethod
    def make_station(cls, name="haizhu", code="440105001"):
        station = Station(cls.path(name))
        station.set_up_haizhu(code)
        return station

    # Stations with users, by who they are: made once, copied by each class of a test.
    staffed = {}

    @classmethod
    def make_staffed_station(cls, users):
        """The station of Haizhu with users: a dictionary, name to role."""
        known = tuple(users.items())
        if known not in cls.staffed:
            folder = tempfile.mkdtemp(prefix="guitu-ctl-")
            unittest.addModuleCleanup(shutil.rmtree, folder)
            station = Station(os.path.join(folder, "model"))
            station.set_up_haizhu()
            for name, role in known:
                station.one("user", "add", "--set", f"name={name}", "--set", f"role={role}", "--password", PASSWORD)
            cls.staffed[known] = station
        return cls.staffed[known].copy(cls.path("staffed"))

    def assert_error(self, result, status, code, field=None):
        """An error is one JSON object on standard error and nothing on standard output."""
        self.assertEqual(result.status, status, result.stderr)
        error = result.error
        self.assertEqual(error["error"], code, error)
        self.assertEqual(error.get("field"), field, error)
        self.assertGreater(len(error["message"]), 10)
        self.assertLessEqual(set(error), {"error", "message", "field"})
        self.assertEqual(result.stdout, "")

    def assert_refused(self, station, words, status, code, field=None, **options):
        """The call fails as told, and no table has changed."""
        before = station.dump()
        result = station.run(*words, **options)
        self.assert_error(result, status, code, field)
        self.assertEqual(station.dump(), before)


def only_plain(reason):
    """What the sanitized build leaves out, a test or a class of them; tests/run runs it in the plain one."""
    def mark(test):
        test.is_only_plain = True
        return unittest.skipIf(IS_SANITIZED, reason)(test)
    return mark


class PlainLoader(unittest.TestLoader):
    """Finds only what is left to the plain build."""

    def getTestCaseNames(self, testCaseClass):  # noqa: N802, N803 (unittest's own names)
        names = super().getTestCaseNames(testCaseClass)
        if getattr(testCaseClass, "is_only_plain", False):
            return names
        return [name for name in names if getattr(getattr(testCaseClass, name), "is_only_plain", False)]


def main():
    loader = PlainLoader() if ONLY_PLAIN in sys.argv else unittest.TestLoader()
    program = unittest.main(module="__main__", exit=False, verbosity=2, argv=sys.argv[:1], testLoader=loader)
    result = program.result
    if result.wasSuccessful() and result.testsRun == len(result.skipped):
        sys.exit(77)
    sys.exit(0 if result.wasSuccessful() else 1)
