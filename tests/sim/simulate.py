# SPDX-License-Identifier: GPL-3.0-or-later
"""Many desks of many stations, each a process with a store of its own, and a real PostgreSQL between them, while
everything goes wrong: connections that break, desks that are killed, clocks that are off, commits that come late
and out of order, partitions, sticks that arrive twice, late, from long ago or never, desks that join late, stations
that get new keys, a desk that is stolen. In the end everything meets, and everything must be there, the same
everywhere, with every disagreement told.

    simulate.py --desk PROGRAM [--stations N] [--desks N] [--steps N] [--seed N]
"""

import argparse
import base64
import collections
import json
import os
import random
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ctl"))

import check  # noqa: E402
from desk import Desk  # noqa: E402
from postgres import Server  # noqa: E402

AT_ONCE = 4
# How a desk joins late: by an invitation alone, with a snapshot to begin with, or by the backup of the keys on paper.
WAYS_TO_JOIN = ("invitation", "snapshot", "paper")


class Simulation:
    def __init__(self, options):
        self.chance = random.Random(options.seed)
        self.program = os.path.abspath(options.desk)
        self.options = options
        self.folder = tempfile.mkdtemp(prefix="guitu-sim-")
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.network_key = base64.b64encode(self.chance.randbytes(32)).decode()
        self.codes = [f"{440000 + number}" for number in range(options.stations)]
        self.server = Server()
        self.address = f"host='{self.server.folder}' port='{self.server.port}' dbname='guitu'"
        self.desks = []
        self.keys = {}  # the key that each station uses now
        self.due = []  # stations that shall have new ones
        self.sticks = []  # those that were not lost
        self.n_sticks = 0
        self.ender = None  # the desk that told of a theft
        self.counts = {}
        self.untried = set()

    def last_words(self):
        """What desks have written to their standard error of late."""
        with open(os.path.join(self.folder, "log"), encoding="utf-8") as file:
            return file.read()[-2000:]

    # --- Setting up ---------------------------------------------------------------------------

    def make_tables(self):
        tables = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "db", "hub", "hub.sql")
        with open(tables, encoding="utf-8") as file:
            self.server.sql("CREATE ROLE guitu_desk NOLOGIN;" + file.read())

    def make_hub(self):
        self.make_tables()
        # Commits take their time, each another one: they come out of order.
        self.server.sql("CREATE FUNCTION linger () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep (random () * 0.05); RETURN NULL; END $$;"
                        "CREATE CONSTRAINT TRIGGER linger AFTER INSERT OR UPDATE ON guitu.head DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linger ()")

    def add_login(self, desk):
        self.server.sql(f"CREATE ROLE \"{desk.login}\" LOGIN PASSWORD 'password' IN ROLE guitu_desk;"
                        f"INSERT INTO guitu.login VALUES ('{desk.login}', '{desk.station}')")

    def add_desk(self, station, number):
        """One that is there from the beginning, by a short cut where the station has others: opening invitations takes its time."""
        desk = Desk(self, station, number)
        siblings = [other for other in self.desks if other.station == station]
        desk.start(f"copy {siblings[0].folder} {number}" if siblings else f"found {station}")
        return self.admit(desk)

    def admit(self, desk):
        desk.id, key, _ = desk.tell_keys()
        self.keys.setdefault(desk.station, key)
        self.add_login(desk)
        self.desks.append(desk)
        return desk

    def set_up(self):
        self.make_hub()
        first = [self.add_desk(code, 1) for code in self.codes]
        for desk in first:
            for other in first:
                if other is not desk:
                    desk.must("trust", other.station, *other.tell_keys()[1:])
            desk.note_acknowledged()
        for code in self.codes:
            for number in range(2, self.options.desks + 1):
                self.add_desk(code, number)

    # --- What happens -------------------------------------------------------------------------

    def count(self, name):
        self.counts[name] = self.counts.get(name, 0) + 1

    def choose(self, desk):
        """A command for that desk."""
        what = self.chance.random()
        if what < 0.5:
            return ["work", str(self.chance.getrandbits(32)), str(self.chance.randint(1, 6))]
        if what < 0.8:
            return ["sync", self.chance.choice(("quick", "quick", "full"))] if not desk.is_cut_off else ["verify"]
        if what < 0.9 or not self.sticks:
            return self.export(desk)
        path = self.chance.choice(self.sticks)
        return ["import", path]

    def export(self, desk):
        """A stick for the own desks or for another station: whole, or what is new since the last one, which may have been lost."""
        path = os.path.join(self.folder, f"stick-{self.n_sticks}")
        self.n_sticks += 1
        how = self.chance.choice(("all", "since-last"))
        if self.chance.random() < 0.25:
            self.count("sticks lost")
        else:
            self.sticks.append(path)
        others = [code for code in self.codes if code != desk.station]
        return ["export", path, how, *([self.chance.choice(others)] if self.chance.random() < 0.5 else [])]

    def lose_a_stick(self):
        """Two desks of a station with nothing but sticks between them. One is lost: the next brings a gap, which a whole one fills."""
        station = next(code for code in self.codes if len(self.at(code)) > 1)
        source, target = self.at(station)[:2]
        path = os.path.join(self.folder, "stick-between")

        def carry(how, is_lost=False):
            source.must("work", str(self.chance.getrandbits(32)), "3")
            source.must("export", path, how)
            return 0 if is_lost else int(target.must("import", path)[0])

        carry("all")
        held = self.holes(target, source)
        carry("since-last", is_lost=True)
        named = carry("since-last")
        assert named >= self.holes(target, source) > held, f"the gap that a lost stick left at {target.folder} is not told"
        carry("all")
        assert self.holes(target, source) == 0, f"a whole stick left gaps at {target.folder}"
        source.note_acknowledged()
        self.count("gaps filled by a stick")

    @staticmethod
    def holes(desk, source):
        """Stretches of the other desk's chains that are missing in the middle."""
        chains = collections.defaultdict(set)
        for author, scope, sequence in check.read_entries(desk.folder):
            if author == source.id:
                chains[scope].add(sequence)
        return sum(sequence > 1 and sequence - 1 not in held for held in chains.values() for sequence in held)

    def at(self, station):
        return [desk for desk in self.honest if desk.station == station]

    def step(self):
        """Several desks at once; some are killed, some connections cut, before they answer."""
        busy = self.chance.sample(self.desks, min(AT_ONCE, len(self.desks)))
        commands = [(desk, self.choose(desk)) for desk in busy]
        for desk, words in commands:
            desk.send(*words)
            self.count(words[0])
        if self.chance.random() < 0.1:
            self.count("broken connections")
            self.server.sql("SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE application_name = 'guitu'")
        for desk, words in commands:
            if self.chance.random() < 0.06:
                time.sleep(self.chance.random() * 0.03)
                desk.kill()
                self.count("killed")
                continue
            self.judge(desk, words, desk.receive())
        for desk, _ in commands:
            desk.note_acknowledged()

    def judge(self, desk, words, answer):
        """Nothing may be refused as forged or malformed but what is not for this desk."""
        if answer.startswith("ok") or "ended" in answer:
            return
        self.count("failures")
        if words[0] == "sync" and "hub" in answer.lower():
            return
        allowed = ("sealed for another", "made for another", "no bundle", "no file", "No such file", "cut short", "no valid certificate", "not known",
                   "does not follow", "not signed by one of its desks", "before this desk had its station's new keys")
        is_unknown = words[0] == "export" and "not known here" in answer  # to a desk that has heard of nobody yet
        assert is_unknown or (words[0] == "import" and any(words in answer for words in allowed)), f"{desk.folder}: {words}: {answer}"

    def plan_joins(self):
        """Step to the ways in which desks join then."""
        steps = self.options.steps
        self.joins = collections.defaultdict(list)
        for index in range(len(WAYS_TO_JOIN) + self.options.stations // 10):
            self.joins[self.chance.randrange(steps // 4, steps - steps // 10)].append(WAYS_TO_JOIN[index % len(WAYS_TO_JOIN)])

    def join(self, way):
        """A new desk of some station, made as the verbs “desk invite” or “station backup-keys” and “init” make it."""
        inviter = self.chance.choice([desk for desk in self.honest if desk.tell_keys()[1] == self.keys[desk.station]])
        number = 1 + max(desk.number for desk in self.desks if desk.station == inviter.station)
        desk = Desk(self, inviter.station, number)
        how = ["join", f"{desk.folder}.{way}", f"{self.chance.getrandbits(100):x}"]
        inviter.must("invite", *how[1:], str(number), *(["paper"] if way == "paper" else []))
        if way == "snapshot":
            how.append(f"{desk.folder}.copy")
            inviter.must("snapshot", how[-1])
        desk.start(" ".join(how))
        self.admit(desk)
        self.count(f"joined by {way}")

    def plan_rotations(self):
        """Step to the station that gets new keys then, beside the one that lost a desk."""
        steps = self.options.steps
        return {self.chance.randrange(steps // 4, steps - steps // 10): code for code in self.chance.sample(self.codes, 1 + self.options.stations // 10)}

    def rotate(self, station):
        """New keys for a station, as its desk makes them that knows all the others; it may be killed over it. Whether it is done."""
        going_on = self.at(station)
        desk = next(desk for desk in going_on if desk.tell_keys()[1] == self.keys[station] and (self.ender is None or self.ender.station != station or desk is self.ender))
        desk.send("rotate", str(len(going_on)))
        if self.chance.random() < 0.3:
            time.sleep(self.chance.random() * 0.01)
            desk.kill()
            self.count("killed")
        else:
            answer = desk.receive()
            assert answer.startswith("ok") or "other desks" in answer, f"{desk.folder}: {answer}"
        _, key, _ = desk.tell_keys()
        is_done = key != self.keys[station]
        self.keys[station] = key
        if is_done:
            self.count("stations with new keys")
            desk.note_acknowledged()
        for other in going_on:
            if not is_done and not other.is_cut_off:
                other.do("sync", "full")
                other.note_acknowledged()
        return is_done

    def rotate_due(self):
        self.due = [station for station in self.due if not self.rotate(station)]

    def run(self):
        self.plan_joins()
        rotations = self.plan_rotations()
        for number in range(self.options.steps):
            if self.chance.random() < 0.05:
                for desk in self.desks:
                    desk.is_cut_off = self.chance.random() < 0.3
                self.count("partitions")
            if self.chance.random() < 0.01 and number > 10:
                self.server.stop("immediate")
                self.server.start()
                self.count("hub crashes")
            if number == self.options.steps // 3:
                self.end_a_desk()
            for way in self.joins.pop(number, ()):
                self.join(way)
            if number == self.options.steps // 6:
                self.lose_a_stick()
            if number in rotations:
                self.due.append(rotations[number])
            if self.chance.random() < 0.02:
                self.chance.choice(self.honest).must("publish")
                self.count("entries in the directory")
            self.rotate_due()
            self.step()
        for desk in self.desks:
            desk.is_cut_off = False
        while self.due:
            self.rotate_due()

    def end_a_desk(self):
        """A desk is stolen; its thief works on."""
        stolen = self.chance.choice([desk for desk in self.desks if desk.number > 1])
        ends = next(desk for desk in self.desks if desk.station == stolen.station and desk is not stolen)
        ends.must("end", str(stolen.id))
        ends.note_acknowledged()
        with check.connect(ends.folder) as connection:
            (chains,) = connection.execute("SELECT chains FROM desk_end WHERE desk = ?", (stolen.id,)).fetchone()
        stolen.end = json.loads(chains)
        self.count("desks stolen")
        stolen.must("work", str(self.chance.getrandbits(32)), "6")
        stolen.do("sync", "full")
        self.ender = ends
        if self.chance.random() < 0.7:
            self.due.append(stolen.station)

    # --- The end ------------------------------------------------------------------------------

    def meet(self):
        """Everybody compares with the hub until nothing moves any more."""
        for _ in range(12):
            moved = 0
            for desk in self.desks:
                if desk.end is not None:
                    desk.do("sync", "full")  # what a thief hears is nobody's concern
                    continue
                pulled, pushed, _ = map(int, desk.must("sync", "full"))
                moved += pulled + pushed
                desk.note_acknowledged()
            if moved == 0:
                return
        raise AssertionError("it never comes to rest")

    def check(self):
        problems = []
        entries, conflicts = {}, 0
        for desk in self.honest:
            entries[desk], found = check.compare_store(desk.folder, problems)
            conflicts += found
            verified = desk.must("verify")
            if verified[:2] != ["0", "0"]:
                problems.append(f"{desk.folder}: {' '.join(verified)}")
        self.check_presence(entries, problems)
        self.check_thief(problems)
        self.check_sameness(entries, problems)
        self.check_kinds(entries, problems)
        return problems, conflicts, sum(len(chains) for chains in entries.values())

    @property
    def honest(self):
        """All but what is stolen."""
        return [desk for desk in self.desks if desk.end is None]

    def readers(self, desk, scope):
        return [other for other in self.honest
                if other.station == desk.station or scope == check.SHARED or scope == f"to:{other.station}"]

    def check_presence(self, entries, problems):
        """Every entry that was acknowledged is with all who may read it, and with nobody else."""
        for desk in self.desks:
            for scope, (sequence, _) in desk.acknowledged.items():
                if desk.end is not None:
                    sequence = min(sequence, desk.end.get(scope, 0))
                for reader in self.readers(desk, scope):
                    missing = [number for number in range(1, sequence + 1) if (desk.id, scope, number) not in entries[reader]]
                    if missing:
                        problems.append(f"{reader.folder} lacks {len(missing)} entries of {desk.folder} ({scope})")
        authors = {desk.id: desk for desk in self.desks}
        for reader in self.honest:
            for desk, scope, sequence in entries[reader]:
                author = authors[desk]
                if author.end is not None and sequence > author.end.get(scope, 0):
                    problems.append(f"{reader.folder} counts entry {sequence} of the stolen {author.folder} ({scope})")
                if reader not in self.readers(author, scope):
                    problems.append(f"{reader.folder} has an entry of {author.folder} that it may not read ({scope})")
                    break

    def check_thief(self, problems):
        """What a stolen desk wrote after its end is kept aside, of which the tables and the conflicts know nothing (compare_store)."""
        thief = next(desk for desk in self.desks if desk.end is not None)
        asides = {desk: check.read_refused(desk.folder) for desk in self.honest}
        for desk, aside in asides.items():
            problems += [f"{desk.folder} keeps aside what counts ({author}, {scope}, {sequence})" for author, scope, sequence in aside
                         if author != thief.id or sequence <= thief.end.get(scope, 0)]
        at_home = [aside for desk, aside in asides.items() if desk.station == thief.station]
        if any(aside != at_home[0] for aside in at_home):
            problems.append(f"the desks of station {thief.station} keep different entries of the stolen one aside")
        self.counts["entries of a thief kept aside"] = len(at_home[0])
        if not at_home[0]:
            self.untried.add("what a thief writes")

    def check_sameness(self, entries, problems):
        """The desks of a station hold the same; all that is shared is the same everywhere; letters, where they came from and where they went."""
        first, boxes, shared = {}, {}, None
        for desk in self.honest:
            tables = check.dump(desk.folder, check.record_kinds(desk.folder) + ["cell_write", "replaced", "conflict"])
            own = (tables, entries[desk])
            if first.setdefault(desk.station, own) != own:
                problems.append(f"{desk.folder} differs from the first desk of its station")
            common = check.dump_kinds(desk.folder, check.SHARED_KINDS), {key: value for key, value in entries[desk].items() if key[1] == check.SHARED}
            shared = shared or common
            if common != shared:
                problems.append(f"{desk.folder}: what is shared differs from the first station's")
            boxes[desk] = check.mailboxes(desk.folder)
        self.check_letters(boxes, problems)

    def check_letters(self, boxes, problems):
        expected = {}
        for desk, held in boxes.items():
            problems += [f"{desk.folder} has letters from {pair[0]} to {pair[1]}" for pair in held if desk.station not in pair]
            for other in self.codes:
                for pair in {(desk.station, other), (other, desk.station)}:
                    if expected.setdefault(pair, held.get(pair)) != held.get(pair):
                        problems.append(f"{desk.folder}: letters from {pair[0]} to {pair[1]} differ from what others of the two stations hold")

    def check_kinds(self, entries, problems):
        """What is compared between stations is all that they write to one another, and each of it was tried."""
        written = collections.defaultdict(set)
        for held in entries.values():
            for scope, kinds in check.kinds_by_scope(held).items():
                written[scope] |= kinds
        problems += [f"{kind} is written to the shared scope and not compared" for kind in written["shared"] - set(check.SHARED_KINDS)]
        problems += [f"{kind} is written to mailboxes and not compared" for kind in written["to"] - set(check.LETTERS)]
        self.untried |= set(check.SHARED_KINDS + check.LETTERS) - written["shared"] - written["to"]

    def close(self):
        for desk in self.desks:
            desk.close()
        self.server.close()
        self.log.close()
        shutil.rmtree(self.folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--desk", required=True)
    parser.add_argument("--stations", type=int, default=50)
    parser.add_argument("--desks", type=int, default=3)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    simulation = Simulation(options)
    begun = time.monotonic()
    try:
        simulation.set_up()
        simulation.run()
        simulation.meet()
        problems, conflicts, n_entries = simulation.check()
    finally:
        simulation.close()
    print(f"seed {options.seed}: {len(simulation.desks)} desks, {n_entries} entries in all stores, {conflicts} conflicts told, "
          + ", ".join(f"{count} {name}" for name, count in sorted(simulation.counts.items())) + f", {time.monotonic() - begun:.0f} s")
    for problem in problems[:20]:
        print(problem)
    assert not problems, f"{len(problems)} problems"
    assert not simulation.untried, f"nothing was ever written of {', '.join(sorted(simulation.untried))}: nothing was tried"
    assert conflicts > 0, "desks never wrote one field at once: nothing was tried"


if __name__ == "__main__":
    main()
