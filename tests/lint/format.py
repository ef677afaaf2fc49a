# SPDX-License-Identifier: GPL-3.0-or-later
"""C is written as .clang-format says."""

import difflib
import re
import subprocess

from tree import run

SHOWN = 30
VIOLATION = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): code should be clang-formatted")


def find_violations(check, paths):
    """The first line of each file that clang-format would change; one process for all is quick."""
    result = subprocess.run(["clang-format", "--dry-run", *paths], cwd=check.root, capture_output=True, text=True, check=True)
    found = {}
    for line in result.stderr.split("\n"):
        match = VIOLATION.match(line)
        if match:
            found.setdefault(match[1], match[2])
    return found


def show_difference(check, path):
    before = check.read(path)
    after = subprocess.run(["clang-format", path], cwd=check.root, capture_output=True, encoding="utf-8", check=True).stdout
    difference = difflib.unified_diff(before.split("\n"), after.split("\n"), path, path + " (formatted)", lineterm="")
    print("\n".join(list(difference)[:SHOWN]))


def check_format(check):
    wrong = find_violations(check, check.files(".c", ".h"))
    for path, line in wrong.items():
        check.complain(path, line, "not formatted")
        show_difference(check, path)
    if wrong:
        print(f"To mend it: clang-format -i {' '.join(wrong)}")


run(check_format)
