# SPDX-License-Identifier: GPL-3.0-or-later
"""The hub: stations that meet in a PostgreSQL database, whatever becomes of it."""

import os
import shutil
import socket
import subprocess
import time
import unittest

from hub import HubTest, join
from postgres import Server
from station import CLOCK, Station, StationTest, main, only_plain


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

    def test_new_keys_for_who_joins_later(self):
        """A new desk of B, which has heard nothing of A, follows A's new keys: A's desk tells them in the chain that they certify."""
        self.a.one("station", "rotate", "--desks", "2")
        self.void_a_paper(self.a)
        self.sync(self.a)
        invited = self.b.one("desk", "invite", self.path("b2-invitation"))
        b2 = Station(self.path("b2"))
        b2.one("init", "--invitation", self.path("b2-invitation"), "--code", invited["code"], user="")
        self.sync(self.b, b2)
        self.assertEqual(self.shared(b2), self.shared(self.a))
        self.assertEqual(b2.one("hub", "sync", user="")["problems"], [])
        self.sync(self.a2)
        self.assertEqual(b2.one("ledger", "verify")["problems"], [])

    def test_keys_on_paper_after_new_keys(self):
        """Station B has had other keys three times; then its computers are gone. The page opens what they wrote with each of them."""
        people = []
        for name in ("赵一", "钱二", "孙三", "李四"):
            people.append(self.b.register("person.sex=男", f"person.name={name}")["person"]["id"])
            self.sync(self.b)
            if name != "李四":
                self.b.one("station", "rotate", "--desks", "1")
        code = self.b.one("station", "backup-keys", self.path("b-keys.pdf"))["code"]
        self.sync(self.b, self.a)
        subprocess.run(["pdftoppm", "-r", "110", "-png", "-singlefile", self.path("b-keys.pdf"), self.path("b-keys")], check=True)
        self.b.one("station", "card", self.path("b-card"))
        self.a.one("hub", "invite", "--card", self.path("b-card"), "--file", self.path("b-letter"), "--url", self.server.url, "--logins", "2")
        back = Station(self.path("b-back"))
        back.one("init", "--image", self.path("b-keys.png"), "--code", code, "--letter", self.path("b-letter"),
                 "--fingerprint", self.a.one("station", "show")["fingerprint"], user="")
        (report,) = self.sync(back)
        self.assertEqual(report["problems"], [])
        for person in people:
            self.assertEqual(len(back.one("person", "show", person)["stays"]), 1)
        self.assertEqual(self.shared(back), self.shared(self.a))
        self.assertEqual(back.one("ledger", "verify")["problems"], [])
        self.assert_each_once(back, "network", "epoch")
        self.assert_each_once(back, "hub_login", "login")
        self.assert_each_once(back, "station", "code")
        invited = back.one("desk", "invite", self.path("b-invitation"))
        further = Station(self.path("b-further"))
        further.one("init", "--invitation", self.path("b-invitation"), "--code", invited["code"], user="")
        self.sync(back, further)
        self.assertEqual(len(further.all("person", "find", "李四")), 1)

    def assert_each_once(self, station, table, column):
        with station.connect() as connection:
            rows = [row for (row,) in connection.execute(f"SELECT {column} FROM {table}")]
        self.assertEqual(len(rows), len(set(rows)), (table, rows))

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

    def test_own_desks_show_their_age(self):
        """A desk whose chains the hub keeps back altogether is seen by its age."""
        self.sync(self.a2, self.a)
        desks = {(desk["station"], desk["desk"]): desk for desk in self.a.all("desk", "list")}
        self.assertFalse(desks["440105001", 2]["is_old"])
        with self.a.connect("rw") as connection:
            connection.execute("UPDATE hub_heard SET signed_at = signed_at - 30 * 86400000")
        desks = {(desk["station"], desk["desk"]): desk for desk in self.a.all("desk", "list")}
        self.assertTrue(desks["440105001", 2]["is_old"])

    def test_a_desk_put_back_and_written_on_is_told(self):
        old = self.a.copy(self.path(f"{self.id()}-old"))
        self.a.register("person.sex=男", "person.name=赵六")
        self.sync(self.a)
        old.register("person.sex=男", "person.name=李四")
        (report,) = self.sync(old)
        self.assertTrue(any("older state" in problem["words"] or "altered or rewound" in problem["words"] for problem in report["problems"]), report)
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

    def test_put_back_and_written_on(self):
        """What a desk writes after it was put back to an older state can be sent to nobody, and that is told."""
        old = self.b.copy(self.path("put-back"))
        self.void_a_paper(self.b)
        self.void_a_paper(self.b)
        self.sync(self.b)
        self.void_a_paper(old)
        (report,) = self.sync(old)
        self.assertGreater(report["waiting"], 0)
        self.assertTrue(any("older state" in problem["words"] for problem in report["problems"]), report)

    def test_following(self):
        """A desk that stays connected gets what another one writes, and sends what is written beside it."""
        with self.following(self.b):
            number = self.void_a_paper(self.a)
            self.sync(self.a)
            self.wait_for(lambda: ("440105001", number, "voided") in self.shared(self.b))
            theirs = self.void_a_paper(self.b)
            self.wait_for(lambda: self.b.one("hub", "status")["waiting"] == 0)
            self.sync(self.a)
            self.assertIn(("440300001", theirs, "voided"), self.shared(self.a))


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

    @only_plain(CLOCK)
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


if __name__ == "__main__":
    main()
