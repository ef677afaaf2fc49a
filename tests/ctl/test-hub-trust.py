# SPDX-License-Identifier: GPL-3.0-or-later
"""The hub: what its owner, one of its log-ins, or who stole a computer can't do there."""

import json
import os
import shutil
import subprocess
import time

from hub import HubTest, NAME, join
from postgres import Server
from station import PASSWORD, Station, main

HASH, SIGNATURE = (f"decode (repeat ('00', {length}), 'hex')" for length in (32, 64))
ALL_TABLES = ("meta", "login", "desk", "batch", "head")


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
            f"INSERT INTO guitu.head VALUES ({desk}, 'x', 1, {HASH}, 1, {SIGNATURE}, '440300001', 1, '')",
            f"INSERT INTO guitu.head VALUES ({own}, 'x', 1, {HASH}, 1, {SIGNATURE}, '440105001', 1, '')",
            f"INSERT INTO guitu.desk VALUES ('other', 5, '440300001', 5, {HASH}, {SIGNATURE})",
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

    def test_is_no_burden(self):
        """What every desk reads is of no size that a desk can't take."""
        self.assert_denied(*(f"UPDATE guitu.head SET {column} = decode (repeat ('00', 70000), 'hex')" for column in ("others", "hash", "signature")),
                           "UPDATE guitu.desk SET certificate = decode (repeat ('00', 70000), 'hex')")

    def test_another_desks_head_stays(self):
        """An update that names all rows reaches its own only."""
        before = self.server.sql("SELECT * FROM guitu.head WHERE station = '440105001' ORDER BY 1, 2")
        done = self.as_b("UPDATE guitu.head SET last_entry = 0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.server.sql("SELECT * FROM guitu.head WHERE station = '440105001' ORDER BY 1, 2"), before)

    def test_claims_anothers_desk(self):
        """A log-in says that a desk of A, and what comes from it, is its own station's: it is in nobody's way, whoever is heard first."""
        newcomer = Station(self.path("newcomer"))
        newcomer.set_up("440900001", "茂名市救助管理站", "440900")
        join(self.a, newcomer, self.server, self.folder)
        login, password = next(pair for pair in self.all_logins(self.b) if pair != self.login_of(self.b))
        claims = ("INSERT INTO guitu.desk SELECT session_user, desk, '440300001', number, public_key, certificate FROM guitu.desk WHERE station = '440105001' AND number = 1;"
                  "INSERT INTO guitu.head SELECT desk, scope, last_entry + 7, hash, signed_at, signature, '440300001', 0, others"
                  " FROM guitu.head WHERE desk = guitu.my_desk () AND scope = 'shared';"
                  "INSERT INTO guitu.batch SELECT desk, scope, 1, 0, 1, '440300001', payload, arrived"
                  " FROM guitu.batch WHERE desk = guitu.my_desk () AND scope = 'shared' LIMIT 1")
        done = self.server.psql(claims, login, password)
        self.assertEqual(done.returncode, 0, done.stderr)
        for reader in (newcomer, self.b):
            (report,) = self.sync(reader)
            self.assertIn(("440105001", self.number, "voided"), self.shared(reader))
        later = self.void_a_paper(self.a)
        (report,) = self.sync(self.a)
        self.assertEqual((report["lost"], report["waiting"]), (0, 0))
        for reader in (newcomer, self.b):
            self.sync(reader)
            self.assertIn(("440105001", later, "voided"), self.shared(reader))

    @staticmethod
    def all_logins(station):
        with station.connect() as connection:
            return connection.execute("SELECT login, password FROM hub_login ORDER BY login").fetchall()

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
        self.assertEqual([problem for problem in report["problems"] if problem.get("desk") == 1], [])
        self.assertIn(("440105001", self.number, "voided"), self.shared(newcomer))

    def test_goes_back_for_who_knew_more(self):
        self.restore_hub("old")
        (report,) = self.sync(self.b)
        self.assertTrue(any(problem["problem"] == "less" for problem in report["problems"]), report)

    def keep_back(self, reader, scope):
        """The hub does not show these chains to that desk; everything else goes on."""
        login, _ = self.login_of(reader)
        for table in ("head", "batch"):
            self.server.sql(f"CREATE POLICY kept_back ON guitu.{table} AS RESTRICTIVE FOR SELECT TO guitu_desk"
                            f" USING (session_user <> '{login}' OR station <> '440105001' OR scope NOT LIKE '{scope}')")
            self.addCleanup(self.server.sql, f"DROP POLICY IF EXISTS kept_back ON guitu.{table}")

    def show_again(self):
        self.server.sql("DROP POLICY kept_back ON guitu.head; DROP POLICY kept_back ON guitu.batch")

    def problems_of(self, reader):
        (report,) = self.sync(reader)
        return [problem for problem in report["problems"] if problem["problem"] == "kept-back"]

    def assert_kept_back_is_seen(self, reader, scope, write):
        self.assertEqual(self.problems_of(reader), [])
        self.server.sql("DROP TABLE IF EXISTS earlier; CREATE TABLE earlier AS SELECT * FROM guitu.head WHERE station = '440105001' AND scope = 'shared'")
        self.keep_back(reader, scope)
        write()
        self.void_a_paper(self.a)
        self.sync(self.a)
        self.assertEqual(len(self.problems_of(reader)), 1)
        self.server.sql("CREATE TABLE now AS SELECT * FROM guitu.head WHERE station = '440105001' AND scope = 'shared'")
        for ends in ("earlier", "now"):  # a genuine end from before that says nothing of what is kept back
            self.server.sql(f"DELETE FROM guitu.head WHERE station = '440105001' AND scope = 'shared'; INSERT INTO guitu.head SELECT * FROM {ends}")
            self.assertEqual(len(self.problems_of(reader)), 1)
        self.server.sql("INSERT INTO guitu.head SELECT desk, scope, last_entry, hash, signed_at + 1, signature, '000', stamp, others FROM now")
        self.assertEqual(len(self.problems_of(reader)), 1, "what is said of the desk in another station's name")
        self.server.sql("DROP TABLE now; DELETE FROM guitu.head WHERE station = '000'")
        self.show_again()
        self.assertEqual(self.problems_of(reader), [])

    def test_keeps_back_letters(self):
        """Even the first one ever written to that station, with the end of its chain."""
        stay = self.a.register("person.sex=男", "person.name=李四")["id"]
        self.a.one("stay", "admit", stay)
        self.assert_kept_back_is_seen(self.b, "to:%", lambda: self.send_over(self.a, stay))

    @staticmethod
    def send_over(station, stay):
        station.one("user", "add", "--set", "name=boss", "--set", "role=manager", "--password", PASSWORD)
        company = json.dumps([{"name": name, "sex": "男", "phone": "13900000001", "role": role} for name, role in (("张强", "lead"), ("刘伟", "medical"))])
        transfer = station.one("transfer", "plan", stay, "--set", "kind=hand-over", "--set", "to_station=440300001", "--company", company)
        station.one("transfer", "approve", transfer["id"], user="boss")
        station.one("transfer", "depart", transfer["id"])

    def test_keeps_back_the_stations_own(self):
        """What the other desk of the station wrote."""
        self.assert_kept_back_is_seen(self.a2, "station", lambda: None)

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
        self.assertTrue(any("valid certificate" in problem["words"] for problem in report["problems"]), report)


if __name__ == "__main__":
    main()
