/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/form.h"

G_BEGIN_DECLS

/*
 * How a form is declared. See print/forms/ for examples: a new form is one such table.
 *
 * The table is GUITU_FORM_COLUMNS wide and every row fills it, save for the columns that a photo
 * beginning in a row above takes from it.
 */
#define GUITU_FORM_COLUMNS 24
#define GUITU_ROW_MAX_CELLS 6

typedef enum
{
  GUITU_CELL_NONE, /* ends a row */
  GUITU_CELL_FIELD,
  GUITU_CELL_PARAGRAPH,
  GUITU_CELL_CHECKS,
  GUITU_CELL_SIGNATURE,
  GUITU_CELL_STAMP,
  GUITU_CELL_PHOTO,
  GUITU_CELL_HEADING,
  GUITU_CELL_NOTE,
} GuituCellKind;

typedef struct
{
  GuituCellKind kind;
  guint8 columns;       /* width of all of it */
  guint8 label_columns; /* of that, for the label */
  guint8 rows;          /* PHOTO: how many rows it stands beside */
  const char *label;    /* NULL: the term given with guitu_form_values_set_label() */
  const char *key;      /* of the value; may be NULL */
  const char *text;     /* see the macros */
} GuituCell;

/* A label and a value; @hint stands there for writing by hand when there is no value. */
#define GUITU_FIELD(columns, label_columns, label, key)           \
  {                                                               \
    GUITU_CELL_FIELD, columns, label_columns, 0, label, key, NULL \
  }
#define GUITU_FIELD_HINT(columns, label_columns, label, key, hint) \
  {                                                                \
    GUITU_CELL_FIELD, columns, label_columns, 0, label, key, hint  \
  }
/* A label and a long text; @foot (may be NULL) ends it at the lower right: who signs, and when. */
#define GUITU_PARAGRAPH(columns, label_columns, label, key, foot)     \
  {                                                                   \
    GUITU_CELL_PARAGRAPH, columns, label_columns, 0, label, key, foot \
  }
/* A label (none if label_columns is 0) and boxes to tick; @options are separated by '|'. */
#define GUITU_CHECKS(columns, label_columns, label, key, options)     \
  {                                                                   \
    GUITU_CELL_CHECKS, columns, label_columns, 0, label, key, options \
  }
/* Room to sign below the label, with @foot at the lower right. */
#define GUITU_SIGNATURE(columns, label, foot)              \
  {                                                        \
    GUITU_CELL_SIGNATURE, columns, 0, 0, label, NULL, foot \
  }
/* Room for an official seal (42 mm across): nothing is ever printed between label and foot. */
#define GUITU_STAMP(columns, label, foot)              \
  {                                                    \
    GUITU_CELL_STAMP, columns, 0, 0, label, NULL, foot \
  }
/* A portrait beside this and the next rows; the last cell of its row. */
#define GUITU_PHOTO(columns, rows, label)                 \
  {                                                       \
    GUITU_CELL_PHOTO, columns, 0, rows, label, NULL, NULL \
  }
#define GUITU_HEADING(label)                                        \
  {                                                                 \
    GUITU_CELL_HEADING, GUITU_FORM_COLUMNS, 0, 0, label, NULL, NULL \
  }
/* Fixed wording. */
#define GUITU_NOTE(columns, wording)                    \
  {                                                     \
    GUITU_CELL_NOTE, columns, 0, 0, NULL, NULL, wording \
  }

typedef struct
{
  double height;  /* mm, at least */
  double stretch; /* its part of what room is left on a page that is not full */
  GuituCell cells[GUITU_ROW_MAX_CELLS + 1];
} GuituRow;

struct _GuituForm
{
  const char *kind;
  const char *title;
  const char *prefix;
  const char *const *copies; /* labels, NULL-terminated; NULL: one copy without a label */
  const GuituRow *rows;
  guint n_rows;
};

extern const GuituForm _guitu_form_intake_registration;
extern const GuituForm _guitu_form_escort_handover;
extern const GuituForm _guitu_form_refusal_notice;
extern const GuituForm _guitu_form_termination_notice;

/* (transfer container): the keys that have a text, in no order */
GList *_guitu_form_values_keys (const GuituFormValues *values);
/* (transfer none) (nullable) */
const char *_guitu_form_values_label (const GuituFormValues *values,
                                      const char *key);
GBytes *_guitu_form_values_photo (const GuituFormValues *values);
const char *_guitu_form_values_seal (const GuituFormValues *values);
const char *_guitu_form_values_check_words (const GuituFormValues *values);
gint64 _guitu_form_values_issued_at (const GuituFormValues *values);

G_END_DECLS
