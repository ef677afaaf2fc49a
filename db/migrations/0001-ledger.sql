-- What holds the ledger together; the record tables come from the declarations in db/records/.

-- Facts about this copy of the store: station, desk, clock.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Desks whose key is vouched for by their station's key.
CREATE TABLE desk (
  desk INTEGER PRIMARY KEY,
  station TEXT NOT NULL,
  number INTEGER NOT NULL,
  public_key BLOB NOT NULL,
  certificate BLOB NOT NULL
) STRICT;

-- Every entry, whole, as it was signed. `number` is the order of arrival in this copy.
-- `partial` marks entries that hold fields this program does not know.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  desk INTEGER NOT NULL,
  scope TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  partial INTEGER NOT NULL,
  body BLOB NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (desk, scope, sequence)
) STRICT;
CREATE INDEX entry_partial ON entry (number) WHERE partial;

-- The last entry of each chain, and its hash.
CREATE TABLE chain (
  desk INTEGER NOT NULL,
  scope TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (desk, scope)
) STRICT, WITHOUT ROWID;

-- Which entries wrote to a row: its history.
CREATE TABLE entry_row (
  id BLOB NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;

-- Every write to a cell after its row was created. The greatest (clock, desk) is the cell's value.
CREATE TABLE cell_write (
  id BLOB NOT NULL,
  field TEXT NOT NULL,
  clock INTEGER NOT NULL,
  desk INTEGER NOT NULL,
  value ANY,
  PRIMARY KEY (id, field, clock, desk)
) STRICT, WITHOUT ROWID;

-- Writes that a later writer had seen, or settled: whatever is not here still stands.
CREATE TABLE replaced (
  id BLOB NOT NULL,
  field TEXT NOT NULL,
  clock INTEGER NOT NULL,
  desk INTEGER NOT NULL,
  PRIMARY KEY (id, field, clock, desk)
) STRICT, WITHOUT ROWID;

-- Cells in which two desks wrote different values without having seen each other.
CREATE TABLE conflict (
  id BLOB NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (id, field)
) STRICT, WITHOUT ROWID;

-- The next number of a series (stays, papers) at this desk.
CREATE TABLE series (
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
