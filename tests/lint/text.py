# SPDX-License-Identifier: GPL-3.0-or-later
"""What every text file keeps to: licence line, no notes to oneself, no machine's own paths, clean ends of lines."""

import re

from tree import run

LICENSED = (".c", ".h", ".py", ".mjs", ".css")
TEXT = LICENSED + (".build", ".csv", ".desktop.in", ".md", ".po", ".svg", ".txt", ".ui", ".xml", ".xml.in", ".yml")
NOTES = re.compile(r"\b(TODO|FIXME|XXX)\b")
MACHINE_PATHS = re.compile(r"(?<![\w.~$}/])/(work|home|root|Users)/\w")
SELF = "tests/lint/text.py"


def check_text(check):
    for path in check.files(*TEXT):
        lines = check.read(path).split("\n")
        if path.endswith(LICENSED) and not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in lines[:2]):
            check.complain(path, 1, "begin with the line SPDX-License-Identifier: GPL-3.0-or-later, as a comment")
        if lines[-1] != "" or lines[-2:-1] == [""]:
            check.complain(path, len(lines), "end the file with exactly one line end")
        for number, line in enumerate(lines, start=1):
            if path != SELF and NOTES.search(line):
                check.complain(path, number, "no notes to oneself in the tree: do it now or write an issue")
            if path != SELF and MACHINE_PATHS.search(line):
                check.complain(path, number, "this path is of one machine only")
            if line.endswith((" ", "\t", "\r")) and not path.endswith(".po"):
                check.complain(path, number, "blanks at the end of the line; take them off")
            if "\t" in line and path.endswith((".c", ".h", ".py", ".mjs", ".ui", ".build")):
                check.complain(path, number, "a tab; use blanks")


run(check_text)
