/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The index of the match: what is compared of every record, packed. */

#include "db/match-private.h"

G_BEGIN_DECLS

#define GUITU_PACKED_UNITS 4
#define GUITU_PACKED_MARKS 3

/** One name of a record with all else that is compared; a record with several names, births or homes has several. */
typedef struct
{
  guint16 units[GUITU_PACKED_UNITS];
  guint16 flags; /* GUITU_PACKED_… */
  guint16 birth_from;
  guint16 birth_to;
  guint16 homes[2];
  guint16 accent;
  guint16 marks[GUITU_PACKED_MARKS];
  guint16 kin[2];  /* hashes of their sounds; GUITU_KIN_HASH_NICKNAME */
  guint16 id_tail; /* hash of the last four places */
  guint32 phone;   /* the last nine digits + 1 */
  guint8 row;      /* within the chunk */
  guint8 height;
  guint8 nation;
  guint8 unused;
} GuituPacked;

G_STATIC_ASSERT (sizeof (GuituPacked) == 40);

#define GUITU_PACKED_SEX(flags) ((flags) &3)
#define GUITU_PACKED_N_UNITS(flags) ((flags) >> 2 & 15)
#define GUITU_PACKED_SURNAME(flags) ((flags) >> 6 & 3)
#define GUITU_PACKED_CORE(flags) ((flags) >> 8 & 3)
#define GUITU_PACKED_N_CORE(flags) ((flags) >> 10 & 3)
#define GUITU_PACKED_IS_ALIAS(flags) ((flags) >> 12 & 1)
#define GUITU_PACKED_IS_HEARD(flags) ((flags) >> 13 & 1)

/** All of the flags but the sex: a small number. */
#define GUITU_PACKED_FORM(flags) ((flags) >> 2 & (GUITU_PACKED_FORMS - 1))
#define GUITU_PACKED_FORMS 4096
#define GUITU_PACKED_FLAGS_OF_FORM(form) ((guint16) ((form) << 2))

#define GUITU_CHUNK_ROWS 88 /* so many rows fill a page of the database, mostly */
#define GUITU_CHUNK_ID(kind, row) (((gint64) (kind) << 40) | ((row) / GUITU_CHUNK_ROWS))
#define GUITU_CHUNK_KIND(id) ((guint) ((id) >> 40))
#define GUITU_CHUNK_FIRST_ROW(id) (((id) & ((G_GINT64_CONSTANT (1) << 40) - 1)) * GUITU_CHUNK_ROWS)

/** Packs a record; @packed has room for GUITU_FEATURE_NAMES. Returns: how many. */
guint _guitu_match_pack (const GuituFeatures *features, GuituPacked *packed);

#define GUITU_KIN_HASH_NICKNAME 1 /* may be part of any name: compared when the record is read */

guint16 _guitu_kin_hash (const GuituNameFeature *name);
guint16 _guitu_id_tail_hash (const char *number);
guint32 _guitu_phone_number (const char *digits);

/** A record read whole, with what was said about it. Owns its texts. */
typedef struct
{
  guint kind;
  guint8 id[16];
  gboolean counts; /* not voided, and not over */
  GuituMatchSide side;
  GPtrArray *texts;   /* own all that the side points to */
  GArray *statements; /* GuituMatchStatement */
} GuituMatchRecord;

/** The record of @kind in @row: 1 found, 0 not there, -1 error. Clear with _guitu_match_record_clear. */
int _guitu_match_record_read (GuituConnection *connection, guint kind, gint64 row, GuituMatchRecord *record, GError **error);
void _guitu_match_record_clear (GuituMatchRecord *record);

typedef gboolean (*GuituMatchEach) (GuituConnection *connection, const GuituMatchRecord *record, gpointer data, GError **error);

/** All records of @kind that count, by row. */
gboolean _guitu_match_records_each (GuituConnection *connection, guint kind, GuituMatchEach function, gpointer data, GError **error);

/** The table of a kind, %NULL after the last. */
const char *_guitu_match_table (guint kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituMatchRecord, _guitu_match_record_clear)

G_END_DECLS
