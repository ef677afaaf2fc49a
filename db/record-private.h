/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/record.h"
#include "db/value.h"

G_BEGIN_DECLS

struct _GuituRecord
{
  const GuituKind *kind;
  char *id;
  gint64 row;
  gboolean is_new;
  gboolean is_frozen; /* composed for reading: not to be put */
  guint64 changed;    /* a bit per field */
  GuituValue *values;
};

/** "id, field, field …": what _guitu_record_read expects, in this order. Returns: (transfer none). */
const char *_guitu_kind_columns (const GuituKind *kind);

/** Reads row number and base version of the row with an id. Returns: (transfer none). */
const char *_guitu_kind_find_sql (const GuituKind *kind);

/** Inserts a row: id, base_clock, base_desk and all fields. Returns: (transfer none). */
const char *_guitu_kind_insert_sql (const GuituKind *kind);

/** Makes a record of the statement's current row: row number first, then the kind's columns. */
GuituRecord *_guitu_record_read (const GuituKind *kind, GuituStatement *statement);

G_END_DECLS
