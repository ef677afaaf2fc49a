-- The hub: a mailbox in a PostgreSQL database, made by its owner. Desks log in each as a role of its
-- own, a member of the group guitu_desk. What they carry is encrypted and signed before it comes here.
-- Only tables, roles, row-level security and SQL functions; no extension, sequence, trigger or PL.

CREATE SCHEMA guitu;
GRANT USAGE ON SCHEMA guitu TO guitu_desk;

CREATE TABLE guitu.meta (
  name text PRIMARY KEY,
  value text NOT NULL
);

-- Which station a log-in belongs to. Only the owner writes it, and desks can't read it.
CREATE TABLE guitu.login (
  login text PRIMARY KEY,
  station text NOT NULL
);

-- Desks that joined, with the certificate by which others know them. The station, which row-level security
-- holds a log-in to, is part of every key: a log-in that claims another station's desk is in nobody's way.
CREATE TABLE guitu.desk (
  login text PRIMARY KEY REFERENCES guitu.login (login),
  desk bigint NOT NULL,
  station text NOT NULL,
  number bigint NOT NULL,
  public_key bytea NOT NULL,
  certificate bytea NOT NULL,
  UNIQUE (station, desk),
  CHECK (octet_length (public_key) = 32 AND octet_length (certificate) = 64)
);

-- Runs of entries of one chain, sealed. A copy is the same run again, where the first was lost or altered.
CREATE TABLE guitu.batch (
  desk bigint NOT NULL,
  scope text NOT NULL,
  first_entry bigint NOT NULL,
  copy bigint NOT NULL,
  last_entry bigint NOT NULL,
  station text NOT NULL,
  payload bytea NOT NULL,
  arrived timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (station, desk, scope, first_entry, copy),
  CHECK (length (scope) <= 64 AND first_entry >= 1 AND last_entry >= first_entry AND copy >= 0 AND octet_length (payload) <= 4194304)
);
CREATE INDEX batch_end ON guitu.batch (station, desk, scope, last_entry);

-- Where each chain ends, signed by its desk; the end of a shared chain says what others there are. The stamp,
-- in milliseconds, is when the row was written: it only narrows what a poll looks at; what a desk has, it knows
-- from its own ledger.
CREATE TABLE guitu.head (
  desk bigint NOT NULL,
  scope text NOT NULL,
  last_entry bigint NOT NULL,
  hash bytea NOT NULL,
  signed_at bigint NOT NULL,
  signature bytea NOT NULL,
  station text NOT NULL,
  stamp bigint NOT NULL,
  others bytea NOT NULL,
  PRIMARY KEY (station, desk, scope),
  CHECK (length (scope) <= 64 AND octet_length (hash) = 32 AND octet_length (signature) = 64 AND octet_length (others) <= 65536)
);
CREATE INDEX head_stamp ON guitu.head (stamp);

CREATE FUNCTION guitu.my_station () RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS 'SELECT l.station FROM guitu.login l WHERE l.login = session_user';

CREATE FUNCTION guitu.my_desk () RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS 'SELECT d.desk FROM guitu.desk d WHERE d.login = session_user';

ALTER TABLE guitu.desk ENABLE ROW LEVEL SECURITY;
ALTER TABLE guitu.batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE guitu.head ENABLE ROW LEVEL SECURITY;

CREATE POLICY desk_read ON guitu.desk FOR SELECT TO guitu_desk USING (true);
CREATE POLICY desk_add ON guitu.desk FOR INSERT TO guitu_desk
  WITH CHECK (login = session_user AND station = (SELECT guitu.my_station ()));
CREATE POLICY desk_renew ON guitu.desk FOR UPDATE TO guitu_desk
  USING (login = session_user)
  WITH CHECK (login = session_user AND station = (SELECT guitu.my_station ()));

CREATE POLICY batch_read ON guitu.batch FOR SELECT TO guitu_desk
  USING (scope = 'shared' OR station = (SELECT guitu.my_station ()) OR scope = 'to:' || (SELECT guitu.my_station ()));
CREATE POLICY batch_add ON guitu.batch FOR INSERT TO guitu_desk
  WITH CHECK (desk = (SELECT guitu.my_desk ()) AND station = (SELECT guitu.my_station ()));

CREATE POLICY head_read ON guitu.head FOR SELECT TO guitu_desk
  USING (scope = 'shared' OR station = (SELECT guitu.my_station ()) OR scope = 'to:' || (SELECT guitu.my_station ()));
CREATE POLICY head_add ON guitu.head FOR INSERT TO guitu_desk
  WITH CHECK (desk = (SELECT guitu.my_desk ()) AND station = (SELECT guitu.my_station ()));
CREATE POLICY head_move ON guitu.head FOR UPDATE TO guitu_desk
  USING (desk = (SELECT guitu.my_desk ()))
  WITH CHECK (desk = (SELECT guitu.my_desk ()) AND station = (SELECT guitu.my_station ()));

GRANT SELECT ON guitu.meta TO guitu_desk;
GRANT SELECT, INSERT ON guitu.desk TO guitu_desk;
GRANT UPDATE (certificate) ON guitu.desk TO guitu_desk;
GRANT SELECT, INSERT ON guitu.batch TO guitu_desk;
GRANT SELECT, INSERT ON guitu.head TO guitu_desk;
GRANT UPDATE (last_entry, hash, signed_at, signature, stamp, others) ON guitu.head TO guitu_desk;

INSERT INTO guitu.meta (name, value) VALUES ('version', '1');
