# SPDX-License-Identifier: GPL-3.0-or-later
"""C is written as .clang-format says."""

import difflib
import subprocess

from tree import run

SHOWN = 30


def check_format(check):
    paths = check.files(".c", ".h")
    wrong = []
    for path in paths:
        before = check.read(path)
        after = subprocess.run(["clang-format", check.path(path)], cwd=check.root, capture_output=True,
                               encoding="utf-8", check=True).stdout
        if before == after:
            continue
        wrong.append(path)
        difference = list(difflib.unified_diff(before.split("\n"), after.split("\n"), path, path + " (formatted)", lineterm=""))
        line = difference[2].split()[1].lstrip("-").split(",")[0]
        check.complain(path, line, "not formatted")
        print("\n".join(difference[:SHOWN]))
    if wrong:
        print(f"To mend it: clang-format -i {' '.join(wrong)}")


run(check_format)
