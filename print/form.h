/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "print/fonts.h"

G_BEGIN_DECLS

/*
 * Official forms.
 *
 * A form is a static table of rows and cells (print/forms/), set by one engine. What it prints
 * comes as text by key ("person.name", "stay.arrived_at" …), ready for people to read: dates in
 * words, codes as their terms. Which keys a form prints, guitu_form_keys() tells.
 */
typedef struct _GuituForm GuituForm;

typedef enum
{
  GUITU_FORM_FILLED, /* the paper itself: values, number, seal */
  GUITU_FORM_BLANK,  /* to be filled in by hand: no values, no seal, room to write */
  GUITU_FORM_DRAFT,  /* values, but a pale 草稿 where the seal would be */
} GuituFormMode;

/* All forms, NULL-terminated. (transfer none) */
const GuituForm *const *guitu_forms (void);

/* The form of this kind, such as "intake-registration"; NULL when there is none. (transfer none) */
const GuituForm *guitu_form_find (const char *kind);

const char *guitu_form_kind (const GuituForm *form);   /* "escort-handover" */
const char *guitu_form_title (const GuituForm *form);  /* "护送（转送）交接单" */
const char *guitu_form_prefix (const GuituForm *form); /* "JJ", the first letters of its numbers */

/* Whether it is a label: too small for a seal, it bears a short code. */
gboolean guitu_form_is_label (const GuituForm *form);

/* How many copies one paper has, and what stands on copy @i (from 0); NULL when it is the only
 * one. (transfer none) */
guint guitu_form_n_copies (const GuituForm *form);
const char *guitu_form_copy_label (const GuituForm *form,
                                   guint i);

/* Every key whose text the form prints, NULL-terminated, each once. (transfer none) */
const char *const *guitu_form_keys (const GuituForm *form);

/* Whether the text of @key is to be seen on the paper; labels of beds and wrists have neither head
 * nor foot. */
gboolean guitu_form_prints (const GuituForm *form,
                            const char *key);

/*
 * What is printed on one paper. Texts are copied.
 */
typedef struct _GuituFormValues GuituFormValues;

GuituFormValues *guitu_form_values_new (void);
void guitu_form_values_free (GuituFormValues *values);

/**
 * guitu_form_values_set:
 * @key: such as "person.name"
 * @text: (nullable): what to print, UTF-8; NULL or "" leaves room to write by hand
 *
 * For a list of boxes to tick the text is the chosen terms, separated by "、"; a term that is not
 * among the form's is printed after them, never dropped.
 */
void guitu_form_values_set (GuituFormValues *values,
                            const char *key,
                            const char *text);

/* The text of @key; NULL when it has none. (transfer none) */
const char *guitu_form_values_get (const GuituFormValues *values,
                                   const char *key);

/* The Chinese term of a field, printed where the form's own wording does not say otherwise. */
void guitu_form_values_set_label (GuituFormValues *values,
                                  const char *key,
                                  const char *label);

/* All of them at once: key -> term, both static. The table is not changed; it replaces what was set. */
void guitu_form_values_share_labels (GuituFormValues *values,
                                     GHashTable *labels);
/* That term; NULL when there is none. (transfer none) */
const char *guitu_form_values_get_label (const GuituFormValues *values,
                                         const char *key);

/* The words that stand before the text of @key on the paper, in one line: the form's own, or else
 * the label set in @values (nullable), the heads of a table, that of the cell before, or the key; with
 * the boxes to choose from. (transfer full) */
char *guitu_form_label (const GuituForm *form,
                        const GuituFormValues *values,
                        const char *key);

/* A portrait, PNG or JPEG; turned upright and reduced to what the paper can show. */
void guitu_form_values_set_photo (GuituFormValues *values,
                                  GBytes *photo);

/* The text of the QR code (guitu_seal_make()), and the words printed under it for those who have
 * to check a paper by telephone. */
void guitu_form_values_set_seal (GuituFormValues *values,
                                 const char *seal_text,
                                 const char *check_words);

/* The time of issue, in seconds since 1970: the PDF's date of creation. Unset, it has none. */
void guitu_form_values_set_issued_at (GuituFormValues *values,
                                      gint64 issued_at);

/* Whether the paper is not in force any more: 作废 stands pale across every page of it, below its
 * texts and not below the code. */
void guitu_form_values_set_void (GuituFormValues *values,
                                 gboolean is_void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituFormValues, guitu_form_values_free)

/**
 * guitu_form_render:
 * @fonts: the typefaces
 * @values: (nullable): what to print; of a blank form only station, citation and labels are used
 * @warnings: (out) (optional) (transfer full): what a person should look at, such as a character
 *   that no typeface has; an empty list when all is well
 *
 * Sets all copies of a form, A4. Rows grow with their text and go on over as many pages as they
 * need; nothing is cut off. Beside the form's own keys these are printed:
 *   station.name, station.address, station.phone   head and foot
 *   paper.number, paper.issued_at, paper.sequence  line of the number
 *   station.complaints, form.citation              foot
 *   ledger.head                                    small in the foot: a cut ledger shows
 *
 * Returns: (transfer full) (nullable): the PDF; NULL with GUITU_PRINT_ERROR_TOO_LONG (seal),
 *   GUITU_PRINT_ERROR_NOT_AN_IMAGE (photo) or GUITU_PRINT_ERROR_PDF
 */
GBytes *guitu_form_render (GuituFonts *fonts,
                           const GuituForm *form,
                           const GuituFormValues *values,
                           GuituFormMode mode,
                           GStrv *warnings,
                           GError **error);

/* What stands in a place on a page. */
typedef enum
{
  GUITU_PLACE_LABEL,
  GUITU_PLACE_TEXT, /* value, heading or fixed wording */
  GUITU_PLACE_SIGNATURE,
  GUITU_PLACE_STAMP,
  GUITU_PLACE_THUMB,
  GUITU_PLACE_PHOTO,
  GUITU_PLACE_CODE,
  GUITU_PLACE_LINK,  /* a code for whoever sees the paper */
  GUITU_PLACE_CLEAR, /* within a stamp's or thumb's: nothing is printed here */
} GuituPlaceKind;

/* A box of the table. Points, from the top left corner of its page. */
typedef struct
{
  guint page;
  GuituPlaceKind kind;
  double x, y;
  double width, height;
  const char *key; /* of the value; NULL: none */
} GuituFormPlace;

/**
 * guitu_form_places:
 *
 * Where the boxes of the table stand on the pages of the first copy, as guitu_form_render() would
 * set them.
 *
 * Returns: (transfer full) (element-type GuituFormPlace): all of them
 */
GArray *guitu_form_places (GuituFonts *fonts,
                           const GuituForm *form,
                           const GuituFormValues *values,
                           GuituFormMode mode);

/* How many pages one copy of it has. */
guint guitu_form_count_pages (GuituFonts *fonts,
                              const GuituForm *form,
                              const GuituFormValues *values,
                              GuituFormMode mode);

/* The keys without which a paper of this form is not complete, NULL-terminated. (transfer none) */
const char *const *guitu_form_needed (const GuituForm *form);

/* One thing to fill in: what a window needs to ask for it. */
typedef struct
{
  const char *key;
  const char *label;   /* without the blanks that spread it on paper; NULL: the term of the record's field */
  const char *options; /* to choose from, separated by '|'; NULL: free text */
  gboolean is_one;     /* of the options one at most is meant */
  gboolean is_long;
  gboolean is_table;
} GuituFormEntry;

/* Entry @i of the form, in the order of its cells; FALSE beyond the last. @label is good until the
 * next call in this thread. */
gboolean guitu_form_entry (const GuituForm *form,
                           guint i,
                           GuituFormEntry *entry);

G_END_DECLS
