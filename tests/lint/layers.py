# SPDX-License-Identifier: GPL-3.0-or-later
"""Arrows point down only: ui -> app -> {db, print} (see README.md, architecture)."""

import re

from tree import run

ANYWHERE = ("glib.h", "glib/", "gio/", "math.h", "errno.h", "locale.h", "poll.h", "stdarg.h", "stddef.h", "stdint.h",
            "stdio.h", "stdlib.h", "string.h", "termios.h", "time.h", "unistd.h", "fcntl.h", "signal.h", "sys/")

# What a folder may include beside the headers that all may: beginnings of "quoted" and <bracketed> names.
LAYERS = {
    "db": (("db/",), ("cbor.h", "sodium.h")),
    "print": (("print/",), ("cbor.h", "gdk-pixbuf/", "gst/", "hb", "hpdf.h", "poppler.h", "qrencode.h", "sodium.h", "zbar.h")),
    "app": (("app/", "db/", "print/"), ("json-glib/", "sodium.h")),
    "ui": (("ui/", "app/"), ("adwaita.h", "cairo", "gdk-pixbuf/", "gdk/", "gtk/", "json-glib/", "poppler.h")),
}

# One file speaks to SQLite, those of the hub to PostgreSQL, one to ICU, and one to libarchive; the benchmarks draw and write their baselines with the bare libraries.
EXCEPTIONS = {
    "db/connection.c": ("sqlite3.h",),
    "db/hub-private.h": ("libpq-fe.h",),
    "app/list-sheet.c": ("archive.h", "archive_entry.h"),
    "db/search-bench.c": ("libpq-fe.h",),
    "app/lunar.c": ("unicode/ucal.h",),
    "app/ctl/bench-papers.c": ("cairo.h", "malloc.h"),
    "app/ctl/bench-page.c": ("cairo-pdf.h", "pango/pangocairo.h", "qrencode.h"),
    "app/ctl/bench-store.c": ("sqlite3.h",),
}

INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')


def check_file(check, layer, path):
    own, system = LAYERS[layer]
    system += EXCEPTIONS.get(path, ())
    for number, line in check.lines(path):
        match = INCLUDE.match(line)
        if match is None:
            continue
        mark, name = match.groups()
        if not name.startswith(own if mark == '"' else ANYWHERE + system):
            check.complain(path, number, f"{layer}/ may not include {name}; go through the layer below, "
                                         "or extend LAYERS in tests/lint/layers.py if a new library belongs here")


def check_layers(check):
    for layer in LAYERS:
        for path in check.files(".c", ".h", under=layer):
            check_file(check, layer, path)


run(check_layers)
