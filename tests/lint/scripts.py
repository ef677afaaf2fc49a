# SPDX-License-Identifier: GPL-3.0-or-later
"""Bash scripts parse, stop at errors and can be run; Python compiles."""

import os
import subprocess

from tree import run

SAFE = ("set -euo pipefail", "exec ")


def is_bash(check, path):
    with open(check.path(path), "rb") as file:
        return file.readline().startswith((b"#!/bin/bash", b"#!/bin/sh"))


def check_bash(check, path):
    if not os.access(check.path(path), os.X_OK):
        check.complain(path, 1, f"can't be run: chmod +x {path}")
    result = subprocess.run(["bash", "-n", check.path(path)], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        check.complain(path, 1, result.stderr.strip())
    if not any(line.startswith(SAFE) for _, line in check.lines(path)):
        check.complain(path, 1, "let it stop at errors: set -euo pipefail")
    if not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for _, line in list(check.lines(path))[:2]):
        check.complain(path, 2, "the second line is # SPDX-License-Identifier: GPL-3.0-or-later")


def check_scripts(check):
    for path in check.files():
        if is_bash(check, path):
            check_bash(check, path)
    for path in check.files(".py"):
        try:
            compile(check.read(path), path, "exec")
        except SyntaxError as error:
            check.complain(path, error.lineno, error.msg)


run(check_scripts)
