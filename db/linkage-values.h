/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The values of a list's columns, each different one once: what comparing and blocking need is worked
 * out per value, not per row. */

#include "db/linkage-lists.h"
#include "db/match-features.h"

G_BEGIN_DECLS

#define GUITU_VALUE_CHARACTERS 64 /* of a longer text, the first */
#define GUITU_VALUE_WORDS 16
#define GUITU_VALUE_KEYS 24

/** What rows have in common that are compared. */
typedef struct
{
  guint64 hash;
  guint8 column;
  guint8 part; /* of the value: 0 the whole of it, else one of its words */
} GuituValueKey;

typedef struct
{
  guint32 n_rows; /* that have it */
  guint8 length;  /* characters */
  guint8 n_words;
  guint8 n_keys;
  gboolean is_wide : 1; /* with characters above U+00FF */
  double number;        /* NAN for none */
  char date[9];
  guint16 *characters;    /* those above U+FFFF folded into it */
  GuituNameFeature *name; /* of a column of Han names, as the match compares it */
  guint32 *words;         /* hashes, ascending */
  float *word_bits;       /* how rare each is among the values of the column; NULL of a single word */
  float bits;             /* of all words */
  GuituValueKey *keys;
} GuituValue;

/** Of a text, what tells at once that another one is nothing like it: values lie all over the memory, these side by side. */
typedef struct
{
  guint64 letters; /* of each class of letters, two bits: whether there is one, and a second one */
  guint64 words;   /* a bit for each */
  guint32 start;   /* the first four letters */
  guint8 length;
  guint8 further; /* letters that the bits have no room for */
} GuituSketch;

typedef struct
{
  const GuituListColumn *column;
  guint number;
  GuituColumnKind kind;  /* the column's, or GUITU_COLUMN_HAN_NAME where its names are */
  gboolean is_vague;     /* of dates: of many no more than the year is told */
  guint group;           /* that of columns with which the values are exchanged at times, or the number */
  GArray *values;        /* GuituValue; [0] is none at all */
  GuituSketch *sketches; /* one per value, of texts and names; NULL of others */
  guint32 *rows[2];      /* number of the value per row, ours and theirs; the same within one list */
  guint n_rows[2];
} GuituValues;

/** Of @columns[@number]. */
void _guitu_values_init (GuituValues *values, const GuituListColumn *columns, guint number, guint n_ours, guint n_theirs);
void _guitu_values_clear (GuituValues *values);

static inline const GuituValue *
_guitu_values_get (const GuituValues *values,
                   guint side,
                   guint row)
{
  return &g_array_index (values->values, GuituValue, values->rows[side][row]);
}

/** Adds the keys of a value that is otherwise ready. */
void _guitu_value_add_keys (GuituValue *value, const char *plain, const GuituValues *of);

guint64 _guitu_value_hash (guint64 seed, const void *data, gsize length);

G_END_DECLS
