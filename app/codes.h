/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The code lists that records use (app/data/codes.csv): national standards where there is one
 * (GB/T 2261.1 sex, GB/T 3304 nation, GB/T 4761 kinship), words of our own elsewhere. A code that
 * was once in a list stays there: old records and entries carry it. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;    /* what records hold */
  const char *english; /* label */
  const char *chinese; /* the official term */
} GuituCode;

/**
 * The codes of a list in the order in which people expect them.
 *
 * Returns: (transfer none) (nullable): @n codes and a final %NULL, for the life of the process;
 *   %NULL for an unknown list.
 */
const GuituCode *const *guitu_codes_list (const char *list, guint *n);

/** The names of all lists, %NULL-terminated, for the life of the process. */
const char *const *guitu_codes_lists (void);

/** The entry with exactly that code, or %NULL. */
const GuituCode *guitu_codes_find (const char *list, const char *code);

/**
 * The entry that a person means by @text: the code, the English or the Chinese label, or another
 * common spelling (男, male, M and 1 are the same). Case, full-width forms and space around the text
 * do not matter, and a space or underscore stands for a hyphen.
 *
 * Returns: (transfer none) (nullable): the entry, or %NULL when nothing or no such list is meant.
 */
const GuituCode *guitu_codes_parse (const char *list, const char *text);

G_END_DECLS
