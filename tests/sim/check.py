# SPDX-License-Identifier: GPL-3.0-or-later
"""What every store must hold, worked out anew from the entries of all of them: another implementation of the
ledger's rules (design.md §3), which shares no code with the program."""

import collections
import contextlib
import sqlite3

import cbor2

SHARED = "shared"
# Kinds by who reads them; the simulation tells if others were written there, or one of these never.
SHARED_KINDS = ("paper_mark", "visit_mark", "listing", "dissent", "directory", "rotation", "desk_end")
LETTERS = ("letter",)


def connect(folder):
    return contextlib.closing(sqlite3.connect(f"file:{folder}/guitu.db?mode=ro", uri=True, isolation_level=None))


def read_entries(folder):
    """(desk, scope, sequence) to body and signature."""
    with connect(folder) as connection:
        rows = connection.execute("SELECT desk, scope, sequence, body, signature FROM entry")
        return {(desk, scope, sequence): (body, signature) for desk, scope, sequence, body, signature in rows}


def read_refused(folder):
    """(desk, scope, sequence) of what came after its desk's end and is kept aside."""
    with connect(folder) as connection:
        return set(connection.execute("SELECT desk, scope, sequence FROM refused_entry"))


class Model:
    """Rows, and cells that several desks wrote at once, after a set of entries. A row that several stations read
    begins with its creation, without which nobody could tell whose it is: until then nothing written to it has effect."""

    def __init__(self, entries):
        self.base = {}
        self.writes = collections.defaultdict(dict)  # (kind, id, field) → version → value
        self.replaced = collections.defaultdict(set)
        self.created = set()
        for body, _ in entries:
            self.add(cbor2.loads(body))
        self.base = {key: base for key, base in self.base.items() if self.has_begun(*key)}
        self.writes = {key: writes for key, writes in self.writes.items() if self.has_begun(*key[:2])}

    def has_begun(self, kind, row):
        return (kind, row) in self.created or kind not in SHARED_KINDS + LETTERS

    def add(self, entry):
        version = (entry[4], entry[1])
        for kind, row, creates, cells in entry[8]:
            if creates:
                self.created.add((kind, row))
                self.base[kind, row] = max(self.base.get((kind, row), ((0, 0), {})), (version, cells), key=lambda item: item[0])
                continue
            self.base.setdefault((kind, row), ((0, 0), {}))
            for field, cell in cells.items():
                value, clock, desk = cell[:3]
                settled = cell[3] if len(cell) > 3 else []
                self.writes[kind, row, field][version] = value
                seen = {(clock, desk)} | {tuple(settled[i:i + 2]) for i in range(0, len(settled), 2)}
                self.replaced[kind, row, field] |= seen - {version}

    def value(self, kind, row, field):
        base_version, base = self.base[kind, row]
        # An entry that creates a row and goes on to write to it means what it wrote last.
        writes = [(version, 1, value) for version, value in self.writes.get((kind, row, field), {}).items()]
        return max([(base_version, 0, base.get(field)), *writes], key=lambda item: item[:2])[2]

    def conflicts(self):
        found = set()
        for (kind, row, field), writes in self.writes.items():
            standing = {version: value for version, value in writes.items() if version not in self.replaced[kind, row, field]}
            if len(set(map(repr, standing.values()))) > 1:
                found.add((kind, row, field))
        return found


def compare_store(folder, problems):
    """Tables against what the entries of this very store say."""
    entries = read_entries(folder)
    model = Model(entries.values())
    kinds = {kind for kind, _ in model.base}
    with connect(folder) as connection:
        for kind in kinds:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{kind}")') if row[1] not in ("row", "id", "base_clock", "base_desk")]
            rows = {row[0]: row[1:] for row in connection.execute("SELECT id, {} FROM \"{}\"".format(", ".join(f'"{name}"' for name in columns), kind))}
            expected = {row for known, row in model.base if known == kind}
            if set(rows) != expected:
                problems.append(f"{folder}: {kind} has {len(rows)} rows instead of {len(expected)}")
            for row in set(rows) & expected:
                for field, value in zip(columns, rows[row]):
                    if value != model.value(kind, row, field):
                        problems.append(f"{folder}: {kind}.{field} is {value!r} instead of {model.value(kind, row, field)!r}")
        stated = {tuple(row) for row in connection.execute("SELECT kind, id, field FROM conflict")}
        if stated != model.conflicts():
            problems.append(f"{folder}: {len(stated)} conflicts instead of {len(model.conflicts())}")
        problems += [f"{folder}: {words} ({desk}, {scope})" for desk, scope, words in connection.execute("SELECT desk, scope, words FROM hub_problem")]
    return entries, len(stated)


def read_rows(connection, table):
    """The rows of a table as texts, without what is this copy's own."""
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] != "row"]
    return sorted(map(repr, connection.execute("SELECT {} FROM \"{}\"".format(", ".join(f'"{name}"' for name in columns), table))))


def dump(folder, kinds):
    """Tables as text."""
    with connect(folder) as connection:
        return {kind: read_rows(connection, kind) for kind in kinds}


def dump_kinds(folder, kinds):
    """The same of kinds that several stations read, with every write that is kept beside the rows (its field bears
    the kind's name) and with what is in dispute."""
    tables = dump(folder, kinds)
    with connect(folder) as connection:
        for table, values in (("cell_write", "quote (value)"), ("replaced", "''")):
            rows = connection.execute(f"SELECT id, field, clock, desk, {values} FROM {table} WHERE instr (field, '.') > 0")
            tables[table] = sorted(repr(row) for row in rows if row[1].split(".")[0] in kinds)
        tables["conflict"] = sorted(repr(row) for row in connection.execute("SELECT id, field, kind FROM conflict") if row[2] in kinds)
    return tables


def mailboxes(folder):
    """(sender, addressee) to the letters, with every write to them and what is in dispute of them."""
    boxes = collections.defaultdict(list)
    with connect(folder) as connection:
        whose = {}
        for kind in LETTERS:
            rows = connection.execute(f"SELECT id, station, to_station, * FROM {kind}").fetchall()
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({kind})")]
            for row in rows:
                whose[row[0]] = row[1:3]
                boxes[row[1:3]].append(repr([pair for pair in zip(names, row[3:]) if pair[0] != "row"]))
        for table in ("cell_write", "replaced", "conflict"):
            for row in connection.execute(f"SELECT * FROM {table}"):
                if row[0] in whose:
                    boxes[whose[row[0]]].append(f"{table} {row!r}")
    return {pair: sorted(rows) for pair, rows in boxes.items()}


def kinds_by_scope(entries):
    """What was written where: {"shared": {"listing", …}, "station": …, "to": …}."""
    found = collections.defaultdict(set)
    for (_, scope, _), (body, _) in entries.items():
        found[scope.split(":")[0]] |= {change[0] for change in cbor2.loads(body)[8]}
    return found


def record_kinds(folder):
    with connect(folder) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [name for name in names if any(row[1] == "base_clock" for row in connection.execute(f'PRAGMA table_info("{name}")'))]
