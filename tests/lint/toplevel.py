# SPDX-License-Identifier: GPL-3.0-or-later
"""The top level stays as it is in the README's map; further files go into a folder."""

import os

from tree import run

ALLOWED = {"LICENSE", "README.md", "app", "db", "flatpak", "meson.build", "meson_options.txt", "print", "tests", "ui"}


def check_toplevel(check):
    for name in sorted(os.listdir(check.root)):
        if name not in ALLOWED and not name.startswith((".", "_build", "_demo")):
            check.complain(name, 1, "not at the top level: put it into app/, db/, print/, ui/ or tests/")


run(check_toplevel)
