# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL is written in db/ only."""

import re

from tree import run

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(\w+\s+)?TABLE|"
                 r"CREATE\s+(UNIQUE\s+)?INDEX|DROP\s+TABLE|ALTER\s+TABLE|PRAGMA\s+\w+|BEGIN\s+IMMEDIATE)\b")


def check_sql(check):
    for folder in ("app", "print", "ui"):
        for path in check.files(".c", ".h", under=folder):
            for number, line in check.lines(path):
                if any(SQL.search(text) for text in STRING.findall(line)):
                    check.complain(path, number, "SQL belongs into db/; call a function of db/db.h instead")


run(check_sql)
