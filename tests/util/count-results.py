#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums meson's test logs into the line "N passed, N failed".

count-results.py STATUS LOG…: fails when a test failed, when none ran, or when STATUS is not 0.
"""

import json
import os
import sys

PASSED = ("OK", "EXPECTEDFAIL")
SKIPPED = ("SKIP",)


def read_results(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as log:
        return [json.loads(line)["result"] for line in log if line.strip()]


def main():
    status, logs = int(sys.argv[1]), sys.argv[2:]
    results = [result for path in logs for result in read_results(path)]
    passed = sum(result in PASSED for result in results)
    skipped = sum(result in SKIPPED for result in results)
    failed = len(results) - passed - skipped
    if status != 0 and failed == 0:
        print("A build failed, or the tests did not run to their end")
        failed = 1
    elif passed == 0 and failed == 0:
        print("No test ran")
        failed = 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
