-- Where the chains of desks that ended stop: worked out from the ends that entries declare. The empty
-- scope stands for chains that no end names, of which nothing counts.
CREATE TABLE chain_limit (
  desk INTEGER NOT NULL,
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (desk, station, scope)
) STRICT, WITHOUT ROWID;

-- Entries that go beyond the end of their desk, whole: evidence; and they would count again if it turned
-- out that the end itself does not. `ends` marks those that declare an end.
CREATE TABLE refused_entry (
  number INTEGER PRIMARY KEY,
  desk INTEGER NOT NULL,
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  body BLOB NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (desk, scope, sequence)
) STRICT;
CREATE INDEX refused_end ON refused_entry (number) WHERE ends;

-- Which rows they wrote to.
CREATE TABLE refused_row (
  id BLOB NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;

-- How far a chain went without gaps when a bundle was last made for a receiver: a station's code, or
-- empty for the station's own desks.
CREATE TABLE export_mark (
  receiver TEXT NOT NULL,
  desk INTEGER NOT NULL,
  scope TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (receiver, desk, scope)
) STRICT, WITHOUT ROWID;

-- The id of a record that several stations read says whose it is (owned-id.c). Until now marks of papers were
-- the only ones, and none had left its station: they have no effect any more, and the register tells of its papers.
DELETE FROM cell_write WHERE id IN (SELECT r.id FROM entry_row r JOIN entry e ON e.number = r.entry WHERE e.scope = 'shared');
DELETE FROM replaced WHERE id IN (SELECT r.id FROM entry_row r JOIN entry e ON e.number = r.entry WHERE e.scope = 'shared');
DROP TABLE IF EXISTS paper_mark;
