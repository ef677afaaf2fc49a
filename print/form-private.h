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
#define GUITU_ROW_MAX_CELLS 8

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
  GUITU_CELL_LARGE,
  GUITU_CELL_THUMB,
  GUITU_CELL_TABLE,
  GUITU_CELL_CODE,
  GUITU_CELL_LINK,
  GUITU_CELL_COLUMN, /* head of a column of a table; not declared, made by the engine */
  GUITU_CELL_ENTRY,  /* cell of a table, likewise */
} GuituCellKind;

typedef struct
{
  GuituCellKind kind;
  guint8 columns;       /* width of all of it */
  guint8 label_columns; /* of that, for the label */
  guint8 rows;          /* PHOTO, CODE, LINK: how many rows it stands beside; TABLE: how many at least */
  const char *label;    /* NULL: the term given with guitu_form_values_set_label() */
  const char *key;      /* of the value; may be NULL */
  const char *text;     /* see the macros */
  gboolean is_one;      /* CHECKS: one at most is meant */
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
/* The same, of which one at most is meant. */
#define GUITU_CHOICE(columns, label_columns, label, key, options)           \
  {                                                                         \
    GUITU_CELL_CHECKS, columns, label_columns, 0, label, key, options, TRUE \
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

/* A label and a value in large type, centred: a name on a label. */
#define GUITU_LARGE(columns, label_columns, label, key)           \
  {                                                               \
    GUITU_CELL_LARGE, columns, label_columns, 0, label, key, NULL \
  }
/* Room for a print of the thumb (25 mm), for those who do not write. */
#define GUITU_THUMB(columns)                              \
  {                                                       \
    GUITU_CELL_THUMB, columns, 0, 0, "按手印", NULL, NULL \
  }
/* A table with a head that is repeated on every page; the only cell of its row. @heads are
 * "物品名称:8|数量:4|特征:12": their widths fill the form. The text of @key has a line for each row
 * and a tab between cells; rows up to @rows stay empty, to be filled in by hand. */
#define GUITU_TABLE(rows, key, heads)                               \
  {                                                                 \
    GUITU_CELL_TABLE, GUITU_FORM_COLUMNS, 0, rows, NULL, key, heads \
  }
/* The QR code of a sheet without a head, beside this and the next rows; the last cell of its row. */
#define GUITU_CODE(columns, rows)                       \
  {                                                     \
    GUITU_CELL_CODE, columns, 0, rows, NULL, NULL, NULL \
  }

/* A QR code for whoever sees the paper, with the text of @link (an address of the web, a telephone), beside this and
 * the next rows; the last cell of its row. One of a form. A paper that is void has none. */
#define GUITU_LINK(columns, rows, link)                 \
  {                                                     \
    GUITU_CELL_LINK, columns, 0, rows, NULL, NULL, link \
  }

typedef struct
{
  double height;  /* mm, at least */
  double stretch; /* its part of what room is left on a page that is not full */
  GuituCell cells[GUITU_ROW_MAX_CELLS + 1];
} GuituRow;

/* What a form is printed on; millimetres. */
typedef struct
{
  double width;
  double height;
  double left; /* margins of the table */
  double right;
  double top; /* of the head, or of the table where there is none */
  double bottom;
  double type_size;  /* points */
  double title_size; /* of the form's name above it, points */
  gboolean is_bare;  /* no head and no foot: a label */
} GuituSheet;

extern const GuituSheet _guitu_sheet_a4;         /* binding margin on the left */
extern const GuituSheet _guitu_sheet_poster;     /* A4 in large type */
extern const GuituSheet _guitu_sheet_bed_label;  /* 100 by 70 mm */
extern const GuituSheet _guitu_sheet_wrist_band; /* 250 by 25 mm */

struct _GuituForm
{
  const char *kind;
  const char *title;
  const char *prefix;
  const GuituSheet *sheet;   /* NULL: A4 */
  const char *const *copies; /* labels, NULL-terminated; NULL: one copy without a label */
  const char *const *needed; /* keys without which it is not complete, NULL-terminated; NULL: none */
  const GuituRow *rows;
  guint n_rows;
};

/* Every form, in the order in which they are offered. */
/* clang-format off */
#define GUITU_FORMS(FORM) \
  FORM (intake_registration) \
  FORM (arrival_notice) \
  FORM (security_check_record) \
  FORM (belongings_register) \
  FORM (police_handover_in) \
  FORM (other_handover_in) \
  FORM (refusal_notice) \
  FORM (bed_label) \
  FORM (wrist_band) \
  FORM (clear_card) \
  FORM (service_and_leave_record) \
  FORM (extension_filing) \
  FORM (hospital_admission) \
  FORM (hospital_notice) \
  FORM (hospital_return) \
  FORM (shift_handover) \
  FORM (house_list) \
  FORM (death_record) \
  FORM (voluntary_leave_statement) \
  FORM (termination_notice) \
  FORM (kin_collection) \
  FORM (train_ticket_voucher) \
  FORM (travel_letter) \
  FORM (bus_voucher) \
  FORM (boat_voucher) \
  FORM (small_cash_receipt) \
  FORM (escort_approval) \
  FORM (escort_log) \
  FORM (escort_handover) \
  FORM (return_letter) \
  FORM (receipt) \
  FORM (tracing_notice) \
  FORM (inquiry_letter) \
  FORM (identity_query_register) \
  FORM (dna_request) \
  FORM (dna_register) \
  FORM (mandatory_report) \
  FORM (temporary_guardianship) \
  FORM (guardianship_assessment) \
  FORM (minor_handover) \
  FORM (off_site_care_agreement) \
  FORM (care_visit_record) \
  FORM (settlement_application) \
  FORM (household_registration_letter) \
  FORM (complaint_record) \
  FORM (list_objection) \
  FORM (list_decision) \
  FORM (list_notice) \
  FORM (file_index)
/* clang-format on */

#define GUITU_DECLARE_FORM(name) extern const GuituForm _guitu_form_##name;
GUITU_FORMS (GUITU_DECLARE_FORM)
#undef GUITU_DECLARE_FORM

/* A label without the blanks that spread it over its box. (transfer full) */
char *_guitu_form_plain_label (const char *label);

/* (transfer container): the keys that have a text, in no order */
GList *_guitu_form_values_keys (const GuituFormValues *values);
GBytes *_guitu_form_values_photo (const GuituFormValues *values);
const char *_guitu_form_values_seal (const GuituFormValues *values);
const char *_guitu_form_values_check_words (const GuituFormValues *values);
gint64 _guitu_form_values_issued_at (const GuituFormValues *values);
gboolean _guitu_form_values_is_void (const GuituFormValues *values);

G_END_DECLS
