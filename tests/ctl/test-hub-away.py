# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that follows a hub that is away: it knocks ever more seldom, keeps what waits, and goes on by itself when the hub
is back. No time is judged but the shortest that a pause may take: a busy machine makes pauses longer."""

import os
import socket
import threading
import time

from hub import HubTest
from station import main

KNOCKS = 4
SHORTEST_SECONDS = 30  # for the pauses between so many, which are 5, 10 and 20 s at least; without growing they were 27 s at most
LONGEST_WAIT_SECONDS = 150


class ClosedDoor:
    """A hub that takes each connection and ends it at once. When that was is kept."""

    def __init__(self, folder):
        self.knocked_at = []
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(os.path.join(folder, ".s.PGSQL.5432"))
        self.socket.listen()
        self.thread = threading.Thread(target=self.answer, daemon=True)
        self.thread.start()

    def answer(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:  # closed
                return
            self.knocked_at.append(time.monotonic())
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.socket.close()


class Away(HubTest):

    def test_knocks_ever_more_seldom(self):
        with self.b.connect("rw") as connection:
            connection.execute("UPDATE network SET url = ?", (f"host='{self.folder}' port='5432' dbname='guitu'",))
        with ClosedDoor(self.folder) as door, self.following(self.b):
            self.wait_for(lambda: len(door.knocked_at) >= KNOCKS, LONGEST_WAIT_SECONDS)
            self.assertGreaterEqual(door.knocked_at[KNOCKS - 1] - door.knocked_at[0], SHORTEST_SECONDS, door.knocked_at)
            status = self.b.one("hub", "status")
        self.assertEqual(status["failure_code"], "hub-away")
        self.assertIn("failed_at", status)

    def test_goes_on_by_itself(self):
        """Nobody tells the desk that the hub is back: what waited on both sides arrives, and what comes after it."""
        with self.following(self.b):
            self.sync_both_ways()
            self.server.stop()
            try:
                self.wait_for(lambda: self.b.one("hub", "status").get("failure_code") == "hub-away")
                waiting = self.void_a_paper(self.b)
                self.assertGreater(self.b.one("hub", "status")["waiting"], 0)
            finally:
                self.server.start()
            self.wait_for(lambda: self.b.one("hub", "status")["waiting"] == 0, LONGEST_WAIT_SECONDS)
            self.assertNotIn("failure", self.b.one("hub", "status"))
            self.sync(self.a)
            self.assertIn(("440300001", waiting, "voided"), self.shared(self.a))
            self.sync_both_ways()

    def sync_both_ways(self):
        number = self.void_a_paper(self.a)
        self.sync(self.a)
        self.wait_for(lambda: ("440105001", number, "voided") in self.shared(self.b))


main()
