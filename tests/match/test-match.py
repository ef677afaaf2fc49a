#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of measure.py among 12,000 people, with bounds that a real loss would break."""

import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import measure  # noqa: E402

PEOPLE = 12000
QUERIES = 150
LEAST = {"one-error-1": 97, "one-error-10": 99, "one-error-says-little-10": 98, "two-errors-10": 95, "traced-1": 98, "traced-5": 99, "unlisted": 80}


def main():
    store = tempfile.mkdtemp(prefix="guitu-match-")
    try:
        world, persons, records = measure.make(7, PEOPLE)
        ids = measure.load(store, records)
        figures = measure.measure(store, ids, world, persons, records, QUERIES, with_baseline=False)
    finally:
        shutil.rmtree(store)
    missed = {name: (figures[name], least) for name, least in LEAST.items() if figures[name] < least}
    if missed:
        sys.exit(f"Fewer were found than before: {missed}")


if __name__ == "__main__":
    main()
