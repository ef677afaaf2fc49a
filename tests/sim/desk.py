# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk of the simulation: its process, told what to do line by line, and what it has said is on disk."""

import contextlib
import os
import subprocess

import check

MAXIMUM_SKEW_HOURS = 10
# Loaded into the desk itself: the command faketime stays between, and what kills it would not kill the desk.
FAKE_TIME = "/usr/$LIB/faketime/libfaketime.so.1"


class Desk:
    """A store, its process, and what it has said is on disk."""

    def __init__(self, simulation, station, number):
        self.simulation = simulation
        self.station = station
        self.number = number
        self.folder = os.path.join(simulation.folder, f"{station}-{number}")
        self.skew = simulation.chance.choice((0, 0, 1, -1)) * simulation.chance.randint(1, MAXIMUM_SKEW_HOURS * 60)
        self.login = f"guitu_{station}_{number}"
        self.process = None
        self.acknowledged = {}
        self.is_cut_off = False
        self.end = None  # of a stolen desk: scope to the last entry that counts

    def begin(self, how):
        """Starts the process, which is not ready yet. How: see open_store() of desk.c."""
        words = [self.simulation.program, self.folder, how, self.simulation.address, self.login, "password", self.simulation.network_key,
                 ",".join(self.simulation.codes)]
        clock = {"LD_PRELOAD": FAKE_TIME, "FAKETIME": f"{self.skew:+d}m"} if self.skew != 0 else {}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.simulation.log, text=True,
                                        env={**os.environ, **clock})

    def start(self, how="open"):
        self.begin(how)
        line = self.process.stdout.readline()
        assert line.startswith("ok"), f"{self.folder}: {line or self.simulation.last_words()}"

    def tell_keys(self):
        """Its id, and the keys by which it speaks for its station."""
        number, key, box_key = self.must("keys")
        return int(number), key, box_key

    def send(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        assert line, f"{self.folder} died: {self.simulation.last_words()}"
        return line.strip()

    def do(self, *words):
        self.send(*words)
        return self.receive()

    def must(self, *words):
        answer = self.do(*words)
        assert answer.startswith("ok"), f"{self.folder}: {words}: {answer}"
        return answer.split()[1:]

    def note_acknowledged(self):
        """What a desk has answered for is on disk: the end of each of its chains, which vouches for the rest."""
        with check.connect(self.folder) as connection:
            for scope, sequence, digest in connection.execute("SELECT scope, sequence, hash FROM chain WHERE desk = ?", (self.id,)):
                self.acknowledged[scope] = (sequence, digest)

    def close(self):
        if self.process is None:
            return
        self.process.kill()
        self.process.communicate()
        # What libfaketime could not clean up itself would be in the way of the next process of that number.
        for name in (f"faketime_shm_{self.process.pid}", f"sem.faketime_sem_{self.process.pid}"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join("/dev/shm", name))

    def kill(self):
        self.close()
        self.start()
