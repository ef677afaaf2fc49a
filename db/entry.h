/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A ledger entry and its bytes. The body is a CBOR map:
 *   0 format version (1)       5 station code
 *   1 desk id (unsigned)       6 user id (bytes, 16) or null
 *   2 scope (text)             7 hash of the entry before it in this chain (bytes, 32), or empty
 *   3 sequence (1, 2, 3 …)     8 changes
 *   4 clock (hybrid logical)   9 act: the verb that caused it (text)
 * A change is [kind, row id, creates, {field: cell}] with fields in the order of RFC 8949 §4.2.1;
 * a cell of a creating change is the plain value, any other cell is
 * [value, seen clock, seen desk, [settled clock, settled desk, …]].
 * The desk signs the BLAKE2b-256 of the body; the chain's hash covers body and signature. */

#include "db/value.h"

G_BEGIN_DECLS

#define GUITU_HASH_BYTES 32
#define GUITU_SIGNATURE_BYTES 64
#define GUITU_ENTRY_FORMAT 1

/** When and by whom a cell was written. Later clocks win; equal clocks are decided by the desk. */
typedef struct
{
  gint64 clock;
  gint64 desk;
} GuituVersion;

typedef struct
{
  char *field;
  GuituValue value;
  GuituVersion seen;  /* the version it replaces; zero in a creating change */
  GArray *settled;    /* GuituVersion, or NULL */
  gboolean is_opaque; /* a sort of value that only a newer program reads; never encoded */
} GuituCell;

typedef struct
{
  char *kind;
  guint8 id[16];
  gboolean creates;
  GPtrArray *cells; /* GuituCell */
} GuituChange;

typedef struct
{
  gint64 format;
  gint64 sequence;
  GuituVersion version; /* clock and desk */
  char *scope;
  char *station;
  char *user; /* id, or NULL */
  char *act;
  guint8 previous[GUITU_HASH_BYTES];
  gboolean is_first;
  GPtrArray *changes; /* GuituChange */
  GBytes *body;
  guint8 signature[GUITU_SIGNATURE_BYTES];
} GuituEntry;

GuituChange *guitu_change_new (const char *kind, const guint8 id[16], gboolean creates);
void guitu_change_free (GuituChange *change);

/** Adds a cell; @value is copied. Returns: (transfer none). */
GuituCell *guitu_change_add (GuituChange *change, const char *field, const GuituValue *value);

int guitu_version_compare (const GuituVersion *version, const GuituVersion *other);

GuituEntry *guitu_entry_new (void);
void guitu_entry_free (GuituEntry *entry);

/** Writes the body's bytes into entry->body. */
void guitu_entry_encode (GuituEntry *entry);

/** Reads a body written by this or any later format. Returns: (transfer full) or %NULL with INVALID set. */
GuituEntry *guitu_entry_decode (GBytes *body, const guint8 signature[GUITU_SIGNATURE_BYTES], GError **error);

/** Signs entry->body with the desk's Ed25519 secret key. */
void guitu_entry_sign (GuituEntry *entry, const guint8 secret_key[64]);
gboolean guitu_entry_is_signed_by (const GuituEntry *entry, const guint8 public_key[32]);

/** What the next entry of the chain states as its predecessor's hash. */
void guitu_entry_hash (GBytes *body, const guint8 signature[GUITU_SIGNATURE_BYTES], guint8 hash[GUITU_HASH_BYTES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituEntry, guitu_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituChange, guitu_change_free)

G_END_DECLS
