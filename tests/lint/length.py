# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and functions stay short enough to be read at one sitting."""

import re

from tree import run

FILE_LIMIT = 600
TEMPLATE_LIMIT = 250
LISTS = {"ui/help-overlay.ui"}  # one entry after the other: nothing to split
FUNCTION_LIMIT = 80

FUNCTION_NAME = re.compile(r"^(\w+) \(")


def check_file_length(check, path):
    length = check.read(path).count("\n")
    limit = TEMPLATE_LIMIT if path.endswith(".ui") else FILE_LIMIT
    if length > limit and path not in LISTS:
        check.complain(path, limit, f"{length} lines; split the file by role at {limit}")


def check_function_lengths(check, path):
    """A function begins with its name in the first column and ends with } there."""
    name, start = None, 0
    for number, line in check.lines(path):
        match = FUNCTION_NAME.match(line)
        if match:
            name, start = match[1], number
        if line == "}" and name is not None:
            if number - start + 1 > FUNCTION_LIMIT:
                check.complain(path, start, f"{name} has {number - start + 1} lines; split it at {FUNCTION_LIMIT}")
            name = None


def check_lengths(check):
    for path in check.files(".c", ".h", ".py", ".mjs", ".ui", ".css"):
        check_file_length(check, path)
    for path in check.files(".c"):
        check_function_lengths(check, path)


run(check_lengths)
