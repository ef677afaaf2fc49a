/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The small tables of db/data as they lie in the program: plain lines of cells between commas. */

#include <glib.h>

G_BEGIN_DECLS

/** Called with the cells of each line after the first. */
typedef void (*GuituWordsLine) (char **cells, gpointer data);

/** Reads db/data/@file, whose lines have @n_cells cells. Returns: (transfer full): the text in which the cells lie. */
char *_guitu_words_read (const char *file, guint n_cells, GuituWordsLine line, gpointer data);

G_END_DECLS
