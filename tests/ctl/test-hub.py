# SPDX-License-Identifier: GPL-3.0-or-later
"""The hub: stations that meet in a PostgreSQL database, and what its owner or one of its log-ins can't do there."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from postgres import Server
from station import IS_SANITIZED, Station, StationTest, main

NAME = "王秀英"
ALL_TABLES = ("meta", "login", "desk", "batch", "head")


def join(authority, station, server, folder):
    card, letter = os.path.join(folder, "card"), os.path.join(folder, "letter")
    station.one("station", "card", card)
    authority.one("hub", "invite", "--card", card, "--file", letter, "--url", server.url, "--logins", "2")
    station.one("hub", "join", "--file", letter, "--fingerprint", authority.one("station", "show", user="")["fingerprint"])


class HubTest(StationTest):
    """Station A runs the network and has two desks; station B has joined. Made once for all classes."""

    server = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if HubTest.server is None:
            HubTest.set_up_all(tempfile.mkdtemp(prefix="guitu-ctl-"))

    @staticmethod
    def set_up_all(folder):
        unittest.addModuleCleanup(shutil.rmtree, folder)
        self = HubTest
        self.server = Server()
        unittest.addModuleCleanup(self.server.close)
        self.first, self.second, self.there = (Station(os.path.join(folder, name)) for name in ("first", "second", "there"))
        self.first.set_up_haizhu()
        self.first.one("hub", "init", "--name", "广东协作网", "--url", self.server.url, "--logins", "2")
        self.there.set_up("440300001", "深圳市救助管理站", "440300")
        join(self.first, self.there, self.server, folder)
        invitation = os.path.join(folder, "invitation")
        invited = self.first.one("desk", "invite", invitation)
        assert invited["hub"]
        self.second.one("init", "--invitation", invitation, "--code", invited["code"], user="")
        self.person = self.first.register("person.sex=女", f"person.name={NAME}", "person.phone=13812345678")["person"]["id"]
        for desk in (self.first, self.second, self.there, self.first):
            desk.one("hub", "sync", user="")
        self.save_hub("old")
        self.early = self.there.copy(os.path.join(folder, "early"))
        self.number = self.void_a_paper(self.first)
        for desk in (self.first, self.second, self.there, self.first):
            desk.one("hub", "sync", user="")
        self.save_hub("now")

    @classmethod
    def save_hub(cls, name):
        """A backup of the hub."""
        for table in ("desk", "batch", "head"):
            cls.server.sql(f"CREATE TABLE {name}_{table} AS SELECT * FROM guitu.{table}")

    def restore_hub(self, name="now"):
        self.server.sql("".join(f"DELETE FROM guitu.{table};" for table in ("head", "batch", "desk")) +
                        "".join(f"INSERT INTO guitu.{table} SELECT * FROM {name}_{table};" for table in ("desk", "batch", "head")))

    def setUp(self):
        """Each test works with stores and a hub of its own."""
        self.restore_hub()
        name = self.id().rsplit(".", maxsplit=1)[-1]
        self.a, self.a2, self.b = (desk.copy(self.path(f"{name}-{number}")) for number, desk in enumerate((self.first, self.second, self.there)))

    def sync(self, *desks):
        return [desk.one("hub", "sync", user="") for desk in desks]

    def login_of(self, station):
        number = station.one("station", "show", user="")["desk"]
        with station.connect() as connection:
            return connection.execute("SELECT login, password FROM hub_login WHERE desk = ?", (number,)).fetchone()

    @staticmethod
    def void_a_paper(station):
        """Something that every station reads: a paper that is no longer good."""
        stay = station.register("person.sex=男", "person.name=张三")["id"]
        number = station.one("paper", "issue", "intake-registration", "--stay", stay)["number"]
        station.one("paper", "void", number, "--reason", "写错")
        return number

    def shared(self, station):
        with station.connect() as connection:
            return sorted(connection.execute("SELECT station, number, state FROM paper_mark").fetchall())


class Meeting(HubTest):
    def assert_identical(self, *desks):
        first = desks[0].replica()
        for desk in desks[1:]:
            other = desk.replica()
            for table, rows in first.items():
                if not table.startswith("hub_") or table == "hub_login":
                    self.assertEqual(rows, other[table], table)
        for desk in desks:
            self.assertEqual(desk.one("ledger", "verify")["problems"], [])

    def test_desks_of_a_station_hold_the_same(self):
        self.a.one("person", "edit", self.person, "--set", "alias=阿英")
        self.a2.register("person.sex=男", "person.name=李四")
        self.sync(self.a, self.a2, self.a)
        self.assert_identical(self.a, self.a2)
        self.assertEqual(self.a2.one("person", "show", self.person)["alias"], "阿英")

    def test_another_station_gets_what_is_shared_and_no_more(self):
        number = self.void_a_paper(self.a)
        self.sync(self.a, self.b)
        self.assertIn(("440105001", number, "voided"), self.shared(self.b))
        with self.b.connect() as connection:
            self.assertEqual(connection.execute("SELECT count (*) FROM person").fetchone(), (0,))

    def test_stations_that_never_met(self):
        """They know each other by the word of the network's station alone, and write to each other."""
        third = Station(self.path("third"))
        third.set_up("440500001", "汕头市救助管理站", "440500")
        join(self.a, third, self.server, self.folder)
        self.sync(self.a, third)
        number = self.void_a_paper(third)
        self.sync(third, self.b)
        self.assertIn(("440500001", number, "voided"), self.shared(self.b))
        self.assertIn("汕头市救助管理站", [station["name"] for station in self.b.all("station", "list")])
        theirs = self.void_a_paper(self.b)
        self.sync(self.b, third)
        self.assertIn(("440300001", theirs, "voided"), self.shared(third))

    def test_nothing_new_costs_nothing(self):
        self.sync(self.a)
        before = self.server.sql("SELECT count (*) FROM guitu.batch")
        (report,) = self.sync(self.a)
        self.assertEqual((report["pulled"], report["pushed"], report["waiting"], report["problems"]), (0, 0, 0, []))
        self.assertEqual(self.server.sql("SELECT count (*) FROM guitu.batch"), before)

    def test_waiting_is_told_until_it_is_sent(self):
        self.server.stop()
        try:
            self.a.register("person.sex=男", "person.name=张三")
            result = self.a.run("hub", "sync", user="")
            self.assert_error(result, 6, "hub-away")
            status = self.a.one("hub", "status")
            self.assertGreater(status["waiting"], 0)
            self.assertIn("failure", status)
            self.assertIn("synced_at", status)
        finally:
            self.server.start()
        self.sync(self.a)
        status = self.a.one("hub", "status")
        self.assertEqual(status["waiting"], 0)
        self.assertNotIn("failure", status)
        self.assertEqual([station["station"] for station in status["stations"]], ["440300001"])

    def test_a_lost_answer_sends_nothing_twice(self):
        """The hub took it, and the desk never heard so."""
        self.a.register("person.sex=男", "person.name=张三")
        before = self.a.copy(self.path("before-the-answer"))
        self.sync(self.a)
        batches = self.server.sql("SELECT count (*) FROM guitu.batch")
        (report,) = self.sync(before)
        self.assertEqual((report["lost"], report["waiting"]), (0, 0))
        self.assertEqual(self.server.sql("SELECT count (*) FROM guitu.batch"), batches)

    def test_a_desk_put_back_gets_its_own_entries_again(self):
        old = self.a.copy(self.path(f"{self.id()}-old"))
        self.a.register("person.sex=男", "person.name=张三")
        self.sync(self.a)
        (report,) = self.sync(old)
        self.assertGreater(report["pulled"], 0)
        self.assert_identical(self.a, old)

    def test_a_desk_put_back_and_written_on_is_told(self):
        old = self.a.copy(self.path(f"{self.id()}-old"))
        self.a.register("person.sex=男", "person.name=赵六")
        self.sync(self.a)
        old.register("person.sex=男", "person.name=李四")
        (report,) = self.sync(old)
        self.assertTrue(any("older state" in problem or "altered or rewound" in problem for problem in report["problems"]), report)
        self.sync(self.a2)
        self.assertEqual([person["name"] for person in self.a2.all("person", "find", "zhaoliu")], ["赵六"])

    @unittest.skipIf(shutil.which("pgbouncer") is None, "there is no pgbouncer")
    def test_through_a_pooler(self):
        """Each transaction may get another session."""
        with Pooler(self.server, [self.login_of(desk) for desk in (self.a, self.b)]) as pooler:
            for desk in (self.a, self.b):
                with desk.connect("rw") as connection:
                    connection.execute("UPDATE network SET url = ?", (f"host='{pooler.folder}' port='{pooler.port}' dbname='guitu'",))
            number = self.void_a_paper(self.a)
            self.sync(self.a, self.b)
            self.assertIn(("440105001", number, "voided"), self.shared(self.b))

    def test_following(self):
        """A desk that stays connected gets what another one writes, and sends what is written beside it."""
        command = [os.environ["GUITUCTL"], "--store", self.b.directory, "hub", "sync", "--follow"]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as follower:
            try:
                number = self.void_a_paper(self.a)
                self.sync(self.a)
                self.wait_for(lambda: ("440105001", number, "voided") in self.shared(self.b))
                theirs = self.void_a_paper(self.b)
                self.wait_for(lambda: self.b.one("hub", "status")["waiting"] == 0)
                self.sync(self.a)
                self.assertIn(("440300001", theirs, "voided"), self.shared(self.a))
            finally:
                follower.terminate()
            self.assertEqual(follower.wait(timeout=20), 0 if follower.returncode == 0 else follower.returncode)

    def wait_for(self, condition):
        end = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.2)


class Pooler:
    """pgbouncer before the hub, in transaction mode."""

    def __init__(self, server, logins):
        self.folder = os.path.join(server.folder, "pool")
        self.port = 6432
        os.mkdir(self.folder)
        users = os.path.join(self.folder, "users")
        with open(users, "w", encoding="utf-8") as file:
            file.writelines(f'"{login}" "{password}"\n' for login, password in logins)
        settings = os.path.join(self.folder, "pgbouncer.ini")
        with open(settings, "w", encoding="utf-8") as file:
            file.write(f"[databases]\nguitu = host={server.folder} port={server.port}\n[pgbouncer]\npool_mode = transaction\n"
                       f"auth_type = scram-sha-256\nauth_file = {users}\nunix_socket_dir = {self.folder}\nlisten_port = {self.port}\n"
                       f"logfile = {self.folder}/log\npidfile = {self.folder}/pid\ndefault_pool_size = 1\n")
        if server.user is not None:
            for name in (self.folder, users, settings):
                shutil.chown(name, server.user)
        self.process = subprocess.Popen([shutil.which("pgbouncer"), "--quiet", settings], user=server.user, cwd="/")

    def __enter__(self):
        end = time.monotonic() + 20
        while not os.path.exists(os.path.join(self.folder, f".s.PGSQL.{self.port}")):
            assert time.monotonic() < end, "pgbouncer does not start"
            time.sleep(0.05)
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder)


class BadHub(HubTest):
    """Each is told clearly, and the store is as before."""

    def assert_sync_fails(self, status, code, *, through=()):
        before = self.records(self.a)
        result = self.a.run("hub", "sync", user="", through=through)
        self.assert_error(result, status, code)
        self.assertEqual(self.records(self.a), before)
        return result.error["message"]

    def records(self, station):
        """Everything but the note of how the sync went."""
        dump = station.dump()
        del dump["meta"]
        return dump

    def test_wrong_password(self):
        with self.a.connect("rw") as connection:
            connection.execute("UPDATE hub_login SET password = 'wrong'")
        self.assert_sync_fails(6, "hub-login")

    def test_revoked_log_in(self):
        login, _ = self.login_of(self.a)
        self.server.sql(f'ALTER ROLE "{login}" NOLOGIN')
        try:
            self.assert_sync_fails(6, "hub-login")
        finally:
            self.server.sql(f'ALTER ROLE "{login}" LOGIN')

    def test_other_version(self):
        self.server.sql("UPDATE guitu.meta SET value = '99' WHERE name = 'version'")
        try:
            self.assertIn("99", self.assert_sync_fails(6, "hub-version"))
        finally:
            self.server.sql("UPDATE guitu.meta SET value = '1' WHERE name = 'version'")

    def test_no_hub(self):
        self.server.sql("CREATE DATABASE empty", database="postgres")
        with self.a.connect("rw") as connection:
            connection.execute("UPDATE network SET url = replace (url, 'dbname=''guitu''', 'dbname=''empty''')")
        self.assert_sync_fails(6, "hub-version")

    def test_read_only(self):
        self.a.register("person.sex=男", "person.name=张三")
        self.server.sql("ALTER DATABASE guitu SET default_transaction_read_only = on", database="postgres")
        try:
            self.assert_sync_fails(6, "hub-read-only")
        finally:
            self.server.sql("ALTER DATABASE guitu SET default_transaction_read_only = off", database="postgres")

    def test_full(self):
        """The server's own answer to a full disk."""
        self.a.register("person.sex=男", "person.name=张三")
        self.server.sql("CREATE FUNCTION full_disk () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;"
                        " CREATE TRIGGER full_disk BEFORE INSERT ON guitu.batch EXECUTE FUNCTION full_disk ()")
        try:
            self.assert_sync_fails(6, "hub-full")
        finally:
            self.server.sql("DROP FUNCTION full_disk CASCADE")
        self.sync(self.a)

    @unittest.skipIf(IS_SANITIZED, "faketime does not go together with the sanitizers")
    def test_clock_two_years_off(self):
        for years in ("+2y", "-2y"):
            self.assertIn("days", self.assert_sync_fails(1, "clock", through=("faketime", "-f", years)))

    def test_a_server_that_never_answers(self):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(self.path(".s.PGSQL.7000"))
            server.listen()
            with self.a.connect("rw") as connection:
                connection.execute("UPDATE network SET url = ?", (f"host='{self.folder}' port='7000' dbname='guitu'",))
            self.assert_sync_fails(6, "hub-away")

    def test_put_back_to_an_old_backup(self):
        """The hub forgets what it said it had: the desk notices, says so and sends it again."""
        self.restore_hub("old")
        (report,) = self.sync(self.a)
        self.assertGreater(report["lost"], 0)
        self.assertGreater(self.a.one("hub", "status")["lost"], 0)
        newcomer = self.early.copy(self.path("after-restore"))
        self.sync(newcomer)
        self.assertIn(("440105001", self.number, "voided"), self.shared(newcomer))

    def test_no_encryption(self):
        """A hub on another computer, even on this one's loopback, is not spoken to without TLS and its certificate."""
        with self.a.connect("rw") as connection:
            connection.execute("UPDATE network SET url = 'host=''127.0.0.1'' port=''5432'' dbname=''guitu'''")
        self.assert_sync_fails(6, "hub-certificate")


class Encrypted(StationTest):
    """TLS: the hub must show a certificate of the authority that the letter named."""

    @classmethod
    def make_certificate(cls, name, host):
        key, certificate = cls.path(f"{name}.key"), cls.path(f"{name}.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", key,
                        "-out", certificate, "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"], check=True, capture_output=True)
        return key, certificate

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        cls.key, cls.certificate = cls.make_certificate("hub", "localhost")
        _, cls.other = cls.make_certificate("other", "localhost")
        cls.server = Server(port)
        cls.addClassCleanup(cls.server.close)
        cls.use(cls.key, cls.certificate)
        cls.station = cls.make_station()

    @classmethod
    def use(cls, key, certificate):
        for name, path in (("server.key", key), ("server.crt", certificate)):
            target = os.path.join(cls.server.data, name)
            shutil.copyfile(path, target)
            os.chmod(target, 0o600)
            if cls.server.user is not None:
                shutil.chown(target, cls.server.user)
        with open(os.path.join(cls.server.data, "postgresql.conf"), "a", encoding="utf-8") as file:
            file.write("ssl = on\nlisten_addresses = 'localhost'\n")
        cls.server.stop()
        cls.server.start()

    def url(self, host="localhost"):
        return f"postgresql://{self.server.OWNER}:{self.server.OWNER_PASSWORD}@{host}:{self.server.port}/guitu"

    def test_right_certificate(self):
        station = self.station.copy(self.path("right"))
        station.one("hub", "init", "--name", "网", "--url", self.url(), "--certificate", self.certificate)
        self.assertGreater(station.one("hub", "sync", user="")["pushed"], 0)

    def test_wrong_certificate(self):
        for words in (("--certificate", self.other), ()):
            station = self.station.copy(self.path(f"wrong-{len(words)}"))
            result = station.run("hub", "init", "--name", "网", "--url", self.url(), *words)
            self.assert_error(result, 6, "hub-certificate")

    def test_other_host(self):
        """The certificate is good, and another computer's."""
        station = self.station.copy(self.path("host"))
        result = station.run("hub", "init", "--name", "网", "--url", self.url("127.0.0.1"), "--certificate", self.certificate)
        self.assert_error(result, 6, "hub-certificate")


class LogIn(HubTest):
    """What a desk's log-in tries beyond its own, PostgreSQL itself refuses."""

    def as_b(self, sql):
        login, password = self.login_of(self.b)
        return self.server.psql(sql, login, password)

    def assert_denied(self, *statements):
        before = self.snapshot()
        for sql in statements:
            with self.subTest(sql):
                done = self.as_b(sql)
                self.assertNotEqual(done.returncode, 0, done.stdout)
                self.assertRegex(done.stderr, "permission denied|row-level security|must be|cannot be|not allowed|violates")
        self.assertEqual(self.snapshot(), before)

    def snapshot(self):
        return [self.server.sql(f"SELECT * FROM guitu.{table} ORDER BY 1, 2") for table in ALL_TABLES]

    def test_reads_its_own_the_shared_and_its_letters(self):
        done = self.as_b("SELECT DISTINCT station, scope FROM guitu.batch UNION SELECT DISTINCT station, scope FROM guitu.head")
        self.assertEqual(done.returncode, 0, done.stderr)
        seen = {tuple(line.split("|")) for line in done.stdout.splitlines()}
        self.assertIn(("440105001", "shared"), seen)
        self.assertIn(("440300001", "station"), seen)
        self.assertNotIn(("440105001", "station"), seen)

    def test_reads_no_letters_of_others(self):
        self.server.sql("INSERT INTO guitu.batch SELECT desk, 'to:999', first_entry, copy, last_entry, station, payload, arrived"
                        " FROM guitu.batch WHERE station = '440105001' AND scope = 'station' LIMIT 1")
        self.server.sql("INSERT INTO guitu.batch SELECT desk, 'to:440300001', first_entry, copy, last_entry, station, payload, arrived"
                        " FROM guitu.batch WHERE station = '440105001' AND scope = 'station' LIMIT 1")
        done = self.as_b("SELECT scope FROM guitu.batch WHERE scope LIKE 'to:%'")
        self.assertEqual(done.stdout.split(), ["to:440300001"])

    def test_reads_no_passwords(self):
        self.assert_denied("SELECT * FROM guitu.login", "SELECT * FROM pg_authid", "COPY guitu.login TO STDOUT", "SELECT * FROM now_batch")

    def test_writes_nothing_of_others(self):
        (desk,) = self.server.sql("SELECT desk FROM guitu.desk WHERE station = '440105001' LIMIT 1")[0]
        (own,) = self.server.sql("SELECT desk FROM guitu.desk WHERE station = '440300001'")[0]
        self.assert_denied(
            f"INSERT INTO guitu.batch VALUES ({desk}, 'shared', 1, 9, 1, '440105001', 'x')",
            f"INSERT INTO guitu.batch VALUES ({desk}, 'shared', 1, 9, 1, '440300001', 'x')",
            f"INSERT INTO guitu.batch VALUES ({own}, 'shared', 1, 9, 1, '440105001', 'x')",
            f"INSERT INTO guitu.head VALUES ({desk}, 'x', 1, 'x', 1, 'x', '440300001', 1)",
            f"INSERT INTO guitu.head VALUES ({own}, 'x', 1, 'x', 1, 'x', '440105001', 1)",
            "INSERT INTO guitu.desk VALUES ('other', 5, '440300001', 5, 'x', 'x')",
            "INSERT INTO guitu.login VALUES ('mine', '440105001')",
            "UPDATE guitu.head SET station = '440105001'",
            "UPDATE guitu.desk SET station = '440105001'",
            "UPDATE guitu.meta SET value = '2'")

    def test_changes_and_removes_nothing(self):
        self.assert_denied("UPDATE guitu.batch SET payload = 'x'", "DELETE FROM guitu.batch", "DELETE FROM guitu.head", "TRUNCATE guitu.batch",
                           "DELETE FROM guitu.desk", "DROP TABLE guitu.batch", "ALTER TABLE guitu.batch DISABLE ROW LEVEL SECURITY",
                           "DROP POLICY batch_read ON guitu.batch", "CREATE TABLE guitu.mine (a int)", "CREATE ROLE mine",
                           "CREATE OR REPLACE FUNCTION guitu.my_station () RETURNS text LANGUAGE sql AS 'SELECT ''440105001'''",
                           f"SET ROLE {Server.OWNER}", f"SET SESSION AUTHORIZATION {Server.OWNER}")

    def test_another_desks_head_stays(self):
        """An update that names all rows reaches its own only."""
        before = self.server.sql("SELECT * FROM guitu.head WHERE station = '440105001' ORDER BY 1, 2")
        done = self.as_b("UPDATE guitu.head SET last_entry = 0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.server.sql("SELECT * FROM guitu.head WHERE station = '440105001' ORDER BY 1, 2"), before)

    def test_a_log_in_belongs_to_one_desk(self):
        """A further desk with the same password is not let in as the first one."""
        login, password = self.login_of(self.a)
        with self.a2.connect("rw") as connection:
            connection.execute("UPDATE hub_login SET login = ?, password = ? WHERE desk = 2", (login, password))
        self.assert_error(self.a2.run("hub", "sync", user=""), 1, "no-login")


class StolenComputer(HubTest):
    """Who holds the passwords of a station's log-ins is put out, and its other desks come back with a letter."""

    def make_third(self, code, name):
        self.third = Station(self.path(code))
        self.third.set_up(f"{code}001", name, code)

    def renew(self, *words):
        card, letter = self.path("card"), self.path("renewed")
        self.third.one("station", "card", card)
        return self.a.one("hub", "renew", "--card", card, "--file", letter, "--url", self.server.url, *words)

    def enter(self, login, password):
        return self.server.psql("SELECT 1", login, password).returncode == 0

    def test_other_passwords(self):
        self.make_third("440800", "湛江市救助管理站")
        join(self.a, self.third, self.server, self.folder)
        self.sync(self.third)
        login, password = self.login_of(self.third)
        self.assertTrue(self.enter(login, password))
        thief = self.server.open_psql("SELECT pg_sleep (600)", login, password)
        self.addCleanup(thief.kill)
        self.wait_for_session(login)
        self.assertEqual(self.renew()["logins"], 2)
        self.assertNotEqual(thief.wait(60), 0)
        self.assertFalse(self.enter(login, password))
        self.assert_error(self.third.run("hub", "sync", user=""), 6, "hub-login")
        self.third.one("hub", "join", "--file", self.path("renewed"))
        self.sync(self.third)
        self.assertEqual(self.login_of(self.third)[0], login)

    def wait_for_session(self, login):
        end = time.monotonic() + 60
        while self.server.sql(f"SELECT count (*) FROM pg_stat_activity WHERE usename = '{login}'") != [["1"]]:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.1)

    def test_the_lost_desk_stays_out(self):
        self.make_third("440600", "佛山市救助管理站")
        join(self.a, self.third, self.server, self.folder)
        self.sync(self.third)
        login, _ = self.login_of(self.third)
        self.assertEqual(self.renew("--lost_desk", "1")["logins"], 1)
        self.third.one("hub", "join", "--file", self.path("renewed"))
        self.assert_error(self.third.run("hub", "sync", user=""), 6, "hub-login")
        self.assertEqual(self.renew()["logins"], 1)
        self.assertEqual(self.server.sql(f"SELECT rolcanlogin FROM pg_roles WHERE rolname = '{login}'"), [["f"]])

    def test_its_own_station(self):
        passwords = self.passwords(self.a)
        self.addCleanup(lambda: [self.server.sql(f"ALTER ROLE \"{login}\" PASSWORD '{password}'") for login, password in passwords.items()])
        self.a.one("hub", "renew", "--url", self.server.url)
        renewed = self.passwords(self.a)
        for login, password in passwords.items():
            self.assertNotEqual(renewed[login], password)
        self.sync(self.a)

    def passwords(self, station):
        with station.connect() as connection:
            return dict(connection.execute("SELECT login, password FROM hub_login"))

    def test_nobody_there(self):
        self.make_third("440700", "江门市救助管理站")
        card = self.path("card")
        self.third.one("station", "card", card)
        self.assert_error(self.a.run("hub", "renew", "--card", card, "--file", self.path("renewed"), "--url", self.server.url), 1, "no-login")
        self.assertFalse(os.path.exists(self.path("renewed")))
        self.assert_error(self.a.run("hub", "renew", "--card", card, "--url", self.server.url), 2, "missing", "file")
        self.assert_error(self.third.run("hub", "renew", "--url", self.server.url), 1, "no-network")


class Owner(HubTest):
    """The owner of the database has every right there: he reads no name, nothing he makes up is taken, and
    what he takes out is noticed."""

    def test_reads_nothing(self):
        secrets = [NAME, "张三", "13812345678", self.number, self.person]
        for table in ALL_TABLES:
            for row in self.server.sql(f"SELECT t::text FROM guitu.{table} t"):
                text = "|".join(row)
                for secret in secrets:
                    self.assertNotIn(secret, text)
                    self.assertNotIn(secret.encode().hex(), text)
        keys = subprocess.run(["grep", "-rl", "-e", NAME, "-e", "13812345678", self.server.data], capture_output=True, check=False)
        self.assertEqual(keys.stdout, b"")

    def assert_not_fooled(self, sql, *, noticed_by):
        """A newcomer reads the hub after @sql: it gets nothing wrong, and somebody sees that something is wrong."""
        truth = self.shared(self.b)
        newcomer = Station(self.path("newcomer"))
        shutil.rmtree(newcomer.directory, ignore_errors=True)
        shutil.copytree(self.early.directory, newcomer.directory)
        self.server.sql(sql)
        (report,) = self.sync(newcomer)
        self.assertLessEqual(set(self.shared(newcomer)), set(truth))
        self.assertEqual(newcomer.one("ledger", "verify", "--quick")["problems"], [])
        if noticed_by == "reader":
            self.assertNotEqual(report["problems"], [])
        else:
            (report,) = self.sync(self.a)
            self.assertGreater(report["lost"], 0, report)
        self.sync(self.a, newcomer)

    def test_alters(self):
        self.assert_not_fooled("UPDATE guitu.batch SET payload = set_byte (payload, 100, get_byte (payload, 100) # 1) WHERE station = '440105001'",
                               noticed_by="reader")
        self.a.one("hub", "sync", "--again", user="")
        (report,) = self.sync(self.b)
        self.assertEqual(report["problems"], [])

    def test_passes_off(self):
        """One run as another, or as another desk's, or in another scope."""
        self.assert_not_fooled("UPDATE guitu.batch SET first_entry = first_entry + 100, last_entry = last_entry + 100 WHERE station = '440105001' AND scope = 'shared'",
                               noticed_by="reader")
        self.restore_hub()
        self.assert_not_fooled("UPDATE guitu.batch SET scope = 'shared', copy = 7 WHERE station = '440105001' AND scope = 'station';"
                               "DELETE FROM guitu.batch WHERE station = '440105001' AND scope = 'shared' AND copy = 0", noticed_by="reader")

    def test_moves_the_end(self):
        self.assert_not_fooled("UPDATE guitu.head SET last_entry = last_entry + 5 WHERE station = '440105001'", noticed_by="reader")
        self.restore_hub()
        self.assert_not_fooled("UPDATE guitu.head SET last_entry = 1, stamp = stamp + 1 WHERE station = '440105001' AND scope = 'shared'", noticed_by="reader")

    def test_removes(self):
        self.assert_not_fooled("DELETE FROM guitu.batch WHERE station = '440105001' AND scope = 'shared'", noticed_by="reader")
        (report,) = self.sync(self.a)
        self.assertEqual(report["lost"], 0, "sent again by now")
        (report,) = self.sync(self.b)
        self.assertEqual(report["problems"], [])

    def test_removes_with_the_end(self):
        """The reader can't see it; the author does, at the next sync."""
        self.assert_not_fooled("DELETE FROM guitu.batch WHERE station = '440105001' AND scope = 'shared';"
                               "DELETE FROM guitu.head WHERE station = '440105001' AND scope = 'shared'", noticed_by="author")

    def test_says_it_has_more_than_it_was_given(self):
        """What is not there must not count as sent because the hub says so."""
        self.server.sql("DELETE FROM guitu.batch WHERE station = '440105001' AND scope = 'shared';"
                        "UPDATE guitu.head SET last_entry = last_entry + 1000 WHERE station = '440105001' AND scope = 'shared'")
        (report,) = self.sync(self.a)
        self.assertGreater(report["lost"], 0)
        newcomer = self.early.copy(self.path("after-the-lie"))
        (report,) = self.sync(newcomer)
        self.assertEqual([problem for problem in report["problems"] if "desk 1" in problem], [])
        self.assertIn(("440105001", self.number, "voided"), self.shared(newcomer))

    def test_goes_back_for_who_knew_more(self):
        self.restore_hub("old")
        (report,) = self.sync(self.b)
        self.assertTrue(any("less of a desk" in problem for problem in report["problems"]), report)

    def test_makes_up_a_desk(self):
        """A desk with keys of the owner's, under the name of a station that is trusted."""
        forger = Station(self.path("forger"))
        forger.set_up("440105001", "假站", "440105")
        forger.one("hub", "init", "--name", "假网", "--url", self.server.url, "--logins", "1")
        self.void_a_paper(forger)
        forger.one("hub", "sync", user="")
        truth = self.shared(self.b)
        (report,) = self.sync(self.b)
        self.assertEqual(self.shared(self.b), truth)
        self.assertTrue(any("valid certificate" in problem for problem in report["problems"]), report)


if __name__ == "__main__":
    main()
