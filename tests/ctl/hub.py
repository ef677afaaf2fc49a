# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the hub share: two stations, three desks, and a PostgreSQL database where they meet."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import unittest

from postgres import Server
from station import GUITUCTL, Station, StationTest

NAME = "王秀英"
GOODBYE_SECONDS = 20


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

    @contextlib.contextmanager
    def following(self, desk):
        """The desk stays connected, or tries to, as long as this goes on; it ends when it is told to."""
        command = [GUITUCTL, "--store", desk.directory, "hub", "sync", "--follow"]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as follower:
            try:
                yield
                self.assertIsNone(follower.poll())
            finally:
                follower.terminate()
                follower.wait(timeout=GOODBYE_SECONDS)

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.2)
