/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Records are declared once (db/records/): a kind is a table of fields. From it follow the SQL
 * schema, row mapping, ledger columns, the command line's JSON, form labels and the history. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GUITU_FIELD_TEXT, /* UTF-8 without control characters but line feeds where LONG is set */
  GUITU_FIELD_INTEGER,
  GUITU_FIELD_DATE,      /* YYYY-MM-DD */
  GUITU_FIELD_TIME,      /* YYYY-MM-DDThh:mm:ss+hh:mm */
  GUITU_FIELD_CODE,      /* a code of the list named in `of` */
  GUITU_FIELD_REFERENCE, /* the id of a record of the kind named in `of` */
  GUITU_FIELD_REGION,    /* a region code (GB/T 2260) or a place in words */
  GUITU_FIELD_BYTES,
} GuituFieldType;

typedef enum
{
  GUITU_PLAIN = 0,
  GUITU_PERSONAL = 1 << 0,   /* says something about a person */
  GUITU_MASKED = 1 << 1,     /* shown masked; a view in full is logged */
  GUITU_SEARCHED = 1 << 2,   /* in the search index */
  GUITU_INDEXED = 1 << 3,    /* has an SQL index: records are looked up by it */
  GUITU_REQUIRED = 1 << 4,   /* a record without it is refused */
  GUITU_SECRET = 1 << 5,     /* never leaves the program */
  GUITU_DERIVED = 1 << 6,    /* set by the program, not taken from input */
  GUITU_LONG = 1 << 7,       /* several lines of text */
  GUITU_OPEN_INDEX = 1 << 8, /* has an SQL index of the rows in which it is unset: what is still open */
} GuituFieldFlags;

typedef struct
{
  const char *name; /* column, JSON member, option */
  GuituFieldType type;
  const char *english; /* label */
  const char *chinese; /* official term: label in Chinese and on papers */
  const char *of;      /* code list or kind */
  GuituFieldFlags flags;
} GuituField;

/** Who reads the entries that carry a kind (design: scopes). */
typedef enum
{
  GUITU_SCOPE_STATION, /* the desks of this station */
  GUITU_SCOPE_SHARED,  /* every station */
  GUITU_SCOPE_MAILBOX, /* the desks of this station, and those of the station in the field `to_station` */
} GuituScope;

typedef struct
{
  const char *name; /* table */
  GuituScope scope;
  const char *english;
  const char *chinese;
  const GuituField *fields;
  guint n_fields;
  gboolean is_setting; /* the program itself works by it: see guitu_store_settings_stamp */
} GuituKind;

/* Every kind ends with `voided`: rows are never deleted but voided with a reason. */
#define GUITU_VOIDED_FIELD                                                        \
  {                                                                               \
    "voided", GUITU_FIELD_TEXT, "Voided because", "作废原因", NULL, GUITU_DERIVED \
  }

/* A record remembers what changed in a bit per field. */
#define GUITU_FIELDS_MAX 63

/** All kinds, %NULL-terminated. */
const GuituKind *const *guitu_kinds (void);

/** The kind of that name, or %NULL. */
const GuituKind *guitu_kind_find (const char *name);

/** Position of a field in its kind, or -1. */
int guitu_kind_field (const GuituKind *kind, const char *name);

G_END_DECLS
