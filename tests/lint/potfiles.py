# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with words for the user is listed in ui/po/POTFILES, and every file listed is there."""

import re

from tree import run

POTFILES = "ui/po/POTFILES"
IN_C = re.compile(r'\b(N?_|C_|NC_|Q_|ngettext|g_dngettext|gettext) \("')
MARKS = {".c": IN_C, ".h": IN_C, ".ui": re.compile(r'translatable="(yes|true)"'), ".desktop.in": re.compile(r"^Name=", re.M),
         ".metainfo.xml.in": re.compile("<name>"), ".gschema.xml": re.compile("<summary>")}


def has_words(check, path):
    return any(path.endswith(suffix) and mark.search(check.read(path)) for suffix, mark in MARKS.items())


def check_potfiles(check):
    sources = [path for folder in ("app", "ui") for path in check.files(*MARKS, under=folder)]
    if not check.exists(POTFILES):
        check.complain(POTFILES, 1, "missing; list in it every file with words for the user")
        return
    listed = {}
    for number, line in check.lines(POTFILES):
        name = line.split("#")[0].strip()
        if name:
            listed[name] = number
            if not check.exists(name):
                check.complain(POTFILES, number, f"{name} is not there; take it off the list")
    for path in sources:
        if path not in listed and has_words(check, path):
            check.complain(path, 1, f"has words for the user; add it to {POTFILES}")


run(check_potfiles)
