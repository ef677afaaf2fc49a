-- What this copy knows of the hub; nothing here is a fact of the station.

-- Own chains: the last entry that the hub said it has.
CREATE TABLE hub_sent (
  scope TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The furthest end of each chain that its desk signed, and when (milliseconds since 1970); and up to where the
-- chain was found here without a gap, so that only what comes after is counted.
CREATE TABLE hub_heard (
  desk INTEGER NOT NULL,
  scope TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  signed_at INTEGER NOT NULL,
  unbroken INTEGER NOT NULL,
  PRIMARY KEY (desk, scope)
) STRICT, WITHOUT ROWID;

-- What is wrong with a chain at the hub: for a program, and in words.
CREATE TABLE hub_problem (
  desk INTEGER NOT NULL,
  scope TEXT NOT NULL,
  code TEXT NOT NULL,
  words TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (desk, scope)
) STRICT, WITHOUT ROWID;
