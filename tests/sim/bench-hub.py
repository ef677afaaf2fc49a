# SPDX-License-Identifier: GPL-3.0-or-later
"""What the hub costs: one JSON object a line, each figure beside its baseline of the same run.

    bench-hub.py --desk PROGRAM [--entries N] [--desks N]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import listeners  # noqa: E402
import simulate  # noqa: E402

ROUNDS = 30
SECONDS = 10
FEW_DESKS = 10  # beside which many are measured
POLL_SECONDS = 30  # how often a desk looks at the hub when nothing was heard
POLL = """\\set n random(1, {desks})
SET SESSION AUTHORIZATION poller_:n;
SELECT value FROM guitu.meta WHERE name = 'version';
SELECT (extract (epoch FROM clock_timestamp ()) * 1000)::bigint;
SELECT station, desk, scope, last_entry, signed_at FROM guitu.head
 WHERE stamp >= (extract (epoch FROM now ()) * 1000)::bigint - 600000;
SELECT station, desk, scope, last_entry, hash, signed_at, others, signature FROM guitu.head WHERE station = 'P' || :n AND desk = :n;
RESET SESSION AUTHORIZATION;
"""
NOTHING = "\\set n random(1, {desks})\nSET SESSION AUTHORIZATION poller_:n;\nSELECT 1;\nRESET SESSION AUTHORIZATION;\n"


def report(name, value, unit, baseline):
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "baseline": round(baseline, 3),
                      "ratio": round(value / baseline, 3)}), flush=True)


def timed(action):
    begun = time.monotonic()
    action()
    return time.monotonic() - begun


class Bench(simulate.Simulation):
    def __init__(self, options):
        super().__init__(argparse.Namespace(seed=1, desk=options.desk, stations=2, desks=1, steps=0))
        self.n_entries = options.entries
        self.n_desks = options.desks

    def add(self, station, number):
        desk = self.add_desk(station, number)
        desk.must("greet")
        return desk

    def measure_load(self):
        """A year of entries goes to the hub, and to a new desk; the baseline is PostgreSQL alone with the same rows."""
        first = self.add(self.codes[0], 1)
        second = self.add(self.codes[0], 2)
        first.must("fill", str(self.n_entries))
        sent = timed(lambda: first.must("sync", "full"))
        ((size, count),) = self.server.sql("SELECT sum (octet_length (payload)), sum (last_entry - first_entry + 1) FROM guitu.batch")
        with tempfile.NamedTemporaryFile() as rows:
            copied = timed(lambda: self.server.sql(f"\\copy guitu.batch TO '{rows.name}' (FORMAT binary)"))
        loaded = timed(lambda: second.must("sync", "full"))
        entries = int(count)
        report("push", entries / sent, "entries/s", entries / copied)
        report("first load", loaded, "s", copied)
        report("applied", entries / loaded, "entries/s", entries / copied)
        with simulate.check.connect(first.folder) as connection:
            (plain,) = connection.execute("SELECT sum (length (body) + length (signature)) FROM entry").fetchone()
        report("size at the hub", int(size) / entries, "bytes/entry", plain / entries)
        return first, second

    def measure_latency(self, first, second):
        """One entry there and back; the baseline is a connection that only says who it is."""
        pushes, pulls, greetings = [], [], []
        for _ in range(ROUNDS):
            first.must("fill", "1")
            greetings.append(timed(lambda: second.must("greet")))
            pushes.append(timed(lambda: first.must("sync", "quick")))
            pulls.append(timed(lambda: second.must("sync", "quick")))
        greeting = statistics.median(greetings) * 1000
        report("push one", statistics.median(pushes) * 1000, "ms", greeting)
        report("pull one", statistics.median(pulls) * 1000, "ms", greeting)

    def measure_polling(self):
        """As many desks as the country has, each with its chains; a poll is what a desk asks when nothing is new."""
        self.server.sql(f"""DO $$ BEGIN FOR n IN 1..{self.n_desks} LOOP
            EXECUTE format ('CREATE ROLE poller_%s LOGIN IN ROLE guitu_desk', n);
            INSERT INTO guitu.login VALUES ('poller_' || n, 'P' || n);
            INSERT INTO guitu.desk VALUES ('poller_' || n, n, 'P' || n, 1, decode (repeat ('00', 32), 'hex'), decode (repeat ('00', 64), 'hex'));
            INSERT INTO guitu.head SELECT n, s, 9, decode (repeat ('00', 32), 'hex'), 1, decode (repeat ('00', 64), 'hex'), 'P' || n,
              (extract (epoch FROM clock_timestamp ()) * 1000)::bigint - (random () * 86400000)::bigint,
              decode (repeat ('00', 32), 'hex') FROM unnest (ARRAY['station', 'shared']) s;
            END LOOP; END $$; ANALYZE guitu.head; ANALYZE guitu.login; ANALYZE guitu.desk""")
        polls, latency = self.run_pgbench(POLL)
        bare, _ = self.run_pgbench(NOTHING)
        report(f"polls of {self.n_desks} desks", polls, "polls/s", bare)
        report("poll", latency, "ms", 1000 * 8 / bare)
        report(f"share of the server that {self.n_desks} desks take", self.n_desks / POLL_SECONDS / polls, "of 1", 1)

    def measure_listening(self):
        """Desks that stay connected; the baseline is the same with few of them."""
        n_desks = listeners.fit(self.n_desks)
        self.server.sql(f"ALTER SYSTEM SET max_connections = {n_desks + 100}")
        self.server.stop()
        self.server.start()
        figures = {n: self.listen(n) for n in (FEW_DESKS, n_desks)}
        (few_memory, few_news), (memory, news) = figures[FEW_DESKS], figures[n_desks]
        report(f"memory of the server for each of {n_desks} desks that stay connected", memory / n_desks / 2**20, "MiB", few_memory / FEW_DESKS / 2**20)
        report(f"memory of the server for {n_desks} desks that stay connected", memory / 2**20, "MiB", few_memory / 2**20)
        report(f"until all of {n_desks} desks have heard", news * 1000, "ms", few_news * 1000)

    def listen(self, n_desks):
        """Bytes that so many take, and seconds until all have heard."""
        before = listeners.read_memory(self.server)
        with listeners.Listeners(self.server, n_desks) as desks:
            memory = listeners.read_memory(self.server) - before
            return memory, statistics.median(desks.measure_news() for _ in range(ROUNDS))

    def run_pgbench(self, script):
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script.format(desks=self.n_desks))
            file.flush()
            done = subprocess.run([os.path.join(self.server.programs, "pgbench"), "--no-vacuum", "--client", "8", "--jobs", "2", "--time", str(SECONDS),
                                   "--file", file.name, "--host", self.server.folder, "--port", str(self.server.port), "--username", self.server.OWNER, "guitu"],
                                  env={**os.environ, "PGPASSWORD": self.server.OWNER_PASSWORD}, capture_output=True, text=True, check=True)
        lines = dict(line.split(" = ", 1) for line in done.stdout.splitlines() if " = " in line)
        return float(lines["tps"].split()[0]), float(lines["latency average"].split()[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--desk", required=True)
    parser.add_argument("--entries", type=int, default=1000000)
    parser.add_argument("--desks", type=int, default=2000)
    bench = Bench(parser.parse_args())
    try:
        bench.make_tables()
        bench.measure_latency(*bench.measure_load())
        bench.measure_polling()
        bench.measure_listening()
    finally:
        bench.close()


if __name__ == "__main__":
    main()
