# SPDX-License-Identifier: GPL-3.0-or-later
"""Desks that stay connected to a hub and listen: what they take of the server's memory, and how soon all have heard."""

import os
import resource
import selectors
import time

import psycopg2

MEMORY_EACH = 8 << 20  # more than a connection takes: with less than that to spare there are fewer
# What a desk asks at its first look, so that its server process has read what it will hold from then on.
FIRST_LOOK = """
SELECT value FROM guitu.meta WHERE name = 'version';
SELECT station, desk, scope, last_entry, hash, signed_at, others, signature FROM guitu.head WHERE stamp >= 0;
SELECT desk, scope, first_entry, last_entry, payload FROM guitu.batch ORDER BY desk, scope, first_entry LIMIT 5;
SELECT login, desk, station, number, public_key, certificate FROM guitu.desk
"""
PATIENCE = 60


def allow_files(n):
    """Each connection is an open file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = n + 200
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return n if soft == resource.RLIM_INFINITY else min(n, soft - 200)


def fit(n):
    """As many of them as this computer carries."""
    with open("/proc/meminfo", encoding="utf-8") as file:
        (available,) = [int(line.split()[1]) << 10 for line in file if line.startswith("MemAvailable:")]
    return max(10, min(allow_files(n), available // MEMORY_EACH))


def read_memory(server):
    """Bytes of all processes of the server, what they share counted once."""
    with open(os.path.join(server.data, "postmaster.pid"), encoding="utf-8") as file:
        postmaster = int(file.readline())
    total = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
            if postmaster in (int(name), parent):
                with open(f"/proc/{name}/smaps_rollup", encoding="utf-8") as file:
                    total += sum(int(line.split()[1]) << 10 for line in file if line.startswith("Pss:"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return total


class Listeners:
    """So many desks, each a log-in of its own, connected and quiet."""

    def __init__(self, server, n):
        self.server = server
        self.selector = selectors.DefaultSelector()
        self.connections = []
        self.teller = psycopg2.connect(server.url)
        self.teller.autocommit = True
        try:
            for number in range(1, n + 1):
                self.add(number)
        except BaseException:
            self.close()
            raise

    def add(self, number):
        connection = psycopg2.connect(self.server.url, application_name="guitu")
        self.connections.append(connection)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION AUTHORIZATION poller_{number}")
            for question in FIRST_LOOK.split(";"):
                cursor.execute(question)
                cursor.fetchall()
            cursor.execute(f"LISTEN guitu_shared; LISTEN \"guitu_P{number}\"")
        self.selector.register(connection, selectors.EVENT_READ)

    def measure_news(self):
        """Seconds from one NOTIFY until all have heard."""
        begun = time.monotonic()
        with self.teller.cursor() as cursor:
            cursor.execute("SELECT pg_notify ('guitu_shared', '')")
        waiting = len(self.connections)
        while waiting > 0:
            assert time.monotonic() - begun < PATIENCE, f"{waiting} desks heard nothing"
            for key, _ in self.selector.select(PATIENCE):
                key.fileobj.poll()
                waiting -= len(key.fileobj.notifies)
                key.fileobj.notifies.clear()
        return time.monotonic() - begun

    def close(self):
        self.selector.close()
        for connection in (self.teller, *self.connections):
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()
