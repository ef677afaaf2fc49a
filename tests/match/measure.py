#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well `guituctl match` finds invented people, beside a plain baseline on the same data.

    tests/match/measure.py --people 1000000 --queries 1000 [--store DIR] [--seed 1]

Prints one JSON object a figure. $GUITUCTL names the program, $GUITU_SOURCE the sources. A store that is given is kept,
and used again as it is when it is there already.
"""

import argparse
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import people  # noqa: E402

PASSWORD = "secret-123"
BATCH = 2000
TOP = 20
PLAIN_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


def guituctl(store, *words):
    variables = {**os.environ, "GUITU_PASSWORD": PASSWORD, "LC_ALL": "C.UTF-8"}
    return subprocess.Popen([os.environ.get("GUITUCTL", "guituctl"), "--store", store, *words], env=variables, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(process, text=""):
    out, error = process.communicate(text)
    if process.returncode != 0:
        sys.exit(f"guituctl failed: {error}")
    return out


def load(store, records):
    """Ids in the order of the records."""
    finish(guituctl(store, "init", "--station", "440105001", "--name", "试验救助管理站", "--admin", "admin"))
    ids = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        for at in range(0, len(records), BATCH):
            json.dump(records[at:at + BATCH], file, ensure_ascii=False)
            file.write("\n")
        file.flush()
        file.seek(0)
        variables = {**os.environ, "GUITU_PASSWORD": PASSWORD, "LC_ALL": "C.UTF-8"}
        with subprocess.Popen([os.environ.get("GUITUCTL", "guituctl"), "--store", store, "--as", "admin", "person", "add", "--looked", "-"],
                              env=variables, text=True, stdin=file, stdout=subprocess.PIPE) as process:
            for line in process.stdout:
                ids.append(json.loads(line)["id"])
    if process.returncode != 0 or len(ids) != len(records):
        sys.exit("The people could not be added")
    return ids


def ask(store, queries):
    """The hits of each query: lists of (id, score, probability)."""
    text = "\n".join(json.dumps({**query, "label": str(i), "limit": TOP}, ensure_ascii=False) for i, query in enumerate(queries))
    hits = [[] for _ in queries]
    for line in finish(guituctl(store, "--as", "admin", "match", "-"), text).splitlines():
        hit = json.loads(line)
        hits[int(hit["label"])].append((hit["id"], hit["score"], hit["probability"]))
    return hits


class Plain:
    """The baseline: keys of the sound and of parts of the name, likeness of characters, all fields by equality."""

    def __init__(self, world, ids, records):
        self.world, self.ids, self.records, self.blocks = world, ids, records, {}
        for i, record in enumerate(records):
            for key in self.keys(record["name"]):
                self.blocks.setdefault(key, []).append(i)

    def sound(self, name):
        name = name.split("（")[0]
        text = name if name.isascii() else self.world.sounds.pinyin(name)
        for one, other in PLAIN_FOLDS:
            text = text.replace(one, other)
        return text

    def keys(self, name):
        sound = self.sound(name).split()
        return {("s", " ".join(sound)), ("g", " ".join(sound[1:])), ("a", name[:2]), ("e", name[:1] + name[-1])}

    @staticmethod
    def near(ours, theirs, field, limit):
        return abs(ours[field] - theirs[field]) <= limit if field in ours and field in theirs else None

    def score(self, query, record):
        name, other = query["name"].split("（")[0], record["name"]
        score = 12 * sum(c in other for c in name) / max(len(name), len(other)) if not name.isascii() else 0
        score += 6 * (self.sound(name) == self.sound(other)) + 3 * (query["sex"] == record["sex"])
        if "birth_from" in query and "birth_from" in record:
            gap = max(int(query["birth_from"][:4]) - int(record["birth_to"][:4]), int(record["birth_from"][:4]) - int(query["birth_to"][:4]), 0)
            score += (8 if query["birth_from"] == record["birth_from"] else 3) - min(gap, 10)
        if "household" in query and "household" in record:
            score += 6 if query["household"] == record["household"] else 2 if query["household"][:2] == record["household"][:2] else -2
        close = self.near(query, record, "height_cm", 5)
        score += 0 if close is None else 1 if close else -1
        for field, weight in (("accent", 3), ("marks", 5), ("phone", 10), ("kin", 5)):
            if field in query and field in record:
                ours, theirs = set(zip(query[field], query[field][1:])), set(zip(record[field], record[field][1:]))
                score += weight * len(ours & theirs) / max(len(ours | theirs), 1)
        return score

    def ask(self, query):
        found = {i for key in self.keys(query["name"]) for i in self.blocks.get(key, [])[-3000:]}
        best = sorted(((self.score(query, self.records[i]), i) for i in found), reverse=True)[:TOP]
        return [(self.ids[i], score, score) for score, i in best]


def report(name, value, unit, baseline, **more):
    print(json.dumps({"name": name, "value": round(value, 4), "unit": unit, "baseline": round(baseline, 4), **more}), flush=True)


def found_in(hits, wanted, top):
    return 100 * sum(any(hit[0] == target for hit in found[:top]) for found, target in zip(hits, wanted)) / max(len(wanted), 1)


def found_at_precision(hits, wanted, by, precision=0.99):
    """The share of those listed who are found at the lowest score at which @precision of the alarms are right, and that score."""
    alarms = sorted(((found[0][by], found[0][0] == target) for found, target in zip(hits, wanted) if found), reverse=True)
    listed, right, best, limit = sum(target is not None for target in wanted), 0, 0, None
    for n, (score, is_right) in enumerate(alarms, 1):
        right += is_right
        if right >= precision * n and right > best:
            best, limit = right, score
    return 100 * best / max(listed, 1), limit


def calibration(hits, wanted):
    """How many of the first hits are right, by what the program says of them."""
    table = {}
    for found, target in zip(hits, wanted):
        if found:
            p = found[0][2]
            key = "sure" if p >= 0.99 else "likely" if p >= 0.8 else "possible" if p >= 0.2 else "weak"
            entry = table.setdefault(key, [0, 0])
            entry[0] += 1
            entry[1] += found[0][0] == target
    return {key: {"alarms": n, "right": round(right / n, 4)} for key, (n, right) in sorted(table.items())}


def strangers(world, chosen, n):
    """People who are in no record; half of them have the name of somebody who is, and that one's age within ten years."""
    found = []
    for i in range(n):
        person = world.person()
        if i % 2 == 0:
            namesake = world.rng.choice(chosen)
            person["name"], person["sex"] = namesake["name"], namesake["sex"]
            person["year"] = namesake["year"] + world.rng.randint(-10, 10)
        found.append(person)
    return found


def make(seed, n):
    """People and what is recorded of them; those who are traced later have an accent and a mark in it."""
    world = people.World(seed, people.regions_file())
    persons = [world.person() for _ in range(n)]
    return world, persons, [world.record(person) for person in persons]


def scenarios(world, persons, records, n):
    """Name, queries, for each the number of the record that is meant (None: nobody)."""
    everybody = random.Random(world.rng.random()).sample(range(len(persons)), min(3 * n, len(persons)))
    full = [i for i in everybody if "accent" in records[i] and "marks" in records[i]][:n]
    some = everybody[:n]
    yield "one-error", [world.at_the_door(persons[i], 1, 0) for i in some], some
    yield "one-error-says-little", [world.at_the_door(persons[i], 1, 0, 0.5, 0.5) for i in some], some
    yield "two-errors", [world.at_the_door(persons[i], 2, 5) for i in some], some
    yield "traced", [world.traced(persons[i]) for i in full], full
    listed = [world.at_the_door(persons[i], world.rng.choice((0, 1)), world.rng.choice((0, 2))) for i in some]
    unknown = [world.at_the_door(person, world.rng.choice((0, 1)), world.rng.choice((0, 2))) for person in strangers(world, [persons[i] for i in everybody], n)]
    yield "unlisted", listed + unknown, some + [None] * len(unknown)


def measure(store, ids, world, persons, records, n, with_baseline=True):
    plain = Plain(world, ids, records) if with_baseline else None
    figures = {}
    for name, queries, meant in scenarios(world, persons, records, n):
        wanted = [None if i is None else ids[i] for i in meant]
        start = time.monotonic()
        hits = ask(store, queries)
        seconds = time.monotonic() - start
        theirs = [plain.ask(query) for query in queries] if plain else [[] for _ in queries]
        if name == "unlisted":
            figures[name], limit = found_at_precision(hits, wanted, 1)
            report("unlisted-found-at-99", figures[name], "%", found_at_precision(theirs, wanted, 1)[0], score=limit, calibration=calibration(hits, wanted))
        else:
            for top in (1, 5, 10, 20):
                figures[f"{name}-{top}"] = found_in(hits, wanted, top)
                report(f"{name}-in-{top}", figures[f"{name}-{top}"], "%", found_in(theirs, wanted, top))
        report(f"{name}-time", 1000 * seconds / len(queries), "ms", 0)
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1000000)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store")
    parser.add_argument("--no-baseline", action="store_true")
    arguments = parser.parse_args()

    store = arguments.store or tempfile.mkdtemp(prefix="guitu-match-")
    kept = os.path.join(store, "people.pickle")
    try:
        world, persons, records = make(arguments.seed, arguments.people)
        if os.path.exists(kept):
            with open(kept, "rb") as file:
                ids = pickle.load(file)
        else:
            start = time.monotonic()
            ids = load(store, records)
            report("load", arguments.people / (time.monotonic() - start), "people/s", 0)
            with open(kept, "wb") as file:
                pickle.dump(ids, file)
        measure(store, ids, world, persons, records, arguments.queries, not arguments.no_baseline)
    finally:
        if arguments.store is None:
            shutil.rmtree(store, ignore_errors=True)


if __name__ == "__main__":
    main()
