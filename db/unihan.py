# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the Unicode Han database, for the programs that write tables from it."""

import bz2


def read_unihan(path, wanted):
    fields = {name: {} for name in wanted}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] in fields:
                fields[parts[1]][int(parts[0][2:], 16)] = parts[2]
    return fields
