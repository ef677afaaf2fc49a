# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the source tree, and how a check reports what it finds."""

import os
import sys

NOT_SOURCES = {".git", "__pycache__", "node_modules"}


class Check:
    """Collects complaints; a check is a function that takes one of these."""

    def __init__(self, root):
        self.root = root
        self.complaints = 0

    def complain(self, path, line, text):
        print(f"{path}:{line}: {text}")
        self.complaints += 1

    def files(self, *suffixes, under=""):
        """Paths below the root, sorted; build folders and the demo store left out."""
        found = []
        for folder, folders, names in os.walk(os.path.join(self.root, under)):
            folders[:] = [name for name in folders if name not in NOT_SOURCES and
                          not name.startswith(("_build", "_demo"))]
            found += [os.path.relpath(os.path.join(folder, name), self.root) for name in names
                      if not suffixes or name.endswith(suffixes)]
        return sorted(found)

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8") as file:
            return file.read()

    def lines(self, path):
        """Pairs of line number and line."""
        return enumerate(self.read(path).split("\n"), start=1)

    def exists(self, path):
        return os.path.exists(os.path.join(self.root, path))

    def path(self, path):
        return os.path.join(self.root, path)


def run(check):
    state = Check(os.path.abspath(sys.argv[1]))
    check(state)
    sys.exit(1 if state.complaints else 0)
