/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/form.h"

G_BEGIN_DECLS

/*
 * Several papers in one PDF: a pile to print in one go, or everything about a person.
 *
 * Typefaces are embedded once, each part has a bookmark. Parts are added in order; errors leave
 * the book as it was before.
 */
typedef struct _GuituBook GuituBook;

typedef enum
{
  GUITU_BOOK_ALL_COPIES, /* as a paper is printed */
  GUITU_BOOK_KEPT_COPY,  /* the last copy only: the one that stays in the file */
} GuituBookCopies;

/**
 * guitu_book_new:
 * @title: of the document
 * @is_numbered: whether every page says which page of the book it is
 *
 * @fonts must outlive the book.
 */
GuituBook *guitu_book_new (GuituFonts *fonts,
                           const char *title,
                           gboolean is_numbered);
void guitu_book_free (GuituBook *book);

/* Who made it, and when (seconds since 1970); unset, the document does not say. */
void guitu_book_set_origin (GuituBook *book,
                            const char *author,
                            gint64 created_at);

guint guitu_book_n_pages (const GuituBook *book);

/**
 * guitu_book_add_form:
 * @bookmark: (nullable): of the first page; copies have theirs below it
 *
 * Returns: FALSE with the errors of guitu_form_render()
 */
gboolean guitu_book_add_form (GuituBook *book,
                              const GuituForm *form,
                              const GuituFormValues *values,
                              GuituFormMode mode,
                              GuituBookCopies copies,
                              const char *bookmark,
                              GError **error);

/* Puts the pages that were added last, from page @first on (from 0), before all others. */
void guitu_book_move_to_front (GuituBook *book,
                               guint first);

/** Whether that PDF can be read by guitu_book_add_scan(): looks for its pages without drawing them. */
gboolean guitu_book_takes_pdf (GBytes *file);

/**
 * guitu_book_add_scan:
 * @file: a PNG or JPEG picture, or a PDF, each page of which becomes a picture of 150 dpi
 *
 * Returns: FALSE with GUITU_PRINT_ERROR_NOT_AN_IMAGE
 */
gboolean guitu_book_add_scan (GuituBook *book,
                              GBytes *file,
                              const char *bookmark,
                              GError **error);

/* (transfer full): what a person should look at in what was added since the last call, see guitu_form_render() */
GStrv guitu_book_take_warnings (GuituBook *book);

/**
 * guitu_book_finish:
 *
 * Returns: (transfer full) (nullable): the PDF, once; NULL with GUITU_PRINT_ERROR_PDF
 */
GBytes *guitu_book_finish (GuituBook *book,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituBook, guitu_book_free)

G_END_DECLS
