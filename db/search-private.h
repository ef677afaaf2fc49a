/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tokens of the search index, shared by look-up as you type and by the linkage.
 *
 * A token is one letter that says what it is, then text: Han characters are simplified, everything
 * else is lower case without accents. The index keeps, for 王秀英 with the number 440114198503122345:
 *
 *   n  whole name       n王秀英 nwangxiuying nwxy
 *   i  end of a name    i秀英 i英 ixiuying iying ixy
 *   s  whole sound, with what dialects mix up made one    swanxiuyin
 *   c  number, for its first digits           c440114198503122345
 *   k  the first 7 to 11 digits of a number   k4401141 … k44011419850
 *   t  last four of an ID number              t2345
 *   p  phone number read backwards            p8765…
 *   d  day of birth                           d19850312
 *   h  county of the household register       h440114
 *
 * First digits have tokens of their own because a prefix longer than the longest FTS5 prefix index
 * makes FTS5 merge the lists of all tokens that start so. */

#include "db/search.h"

G_BEGIN_DECLS

#define GUITU_TOKEN_NAME 'n'
#define GUITU_TOKEN_INNER 'i'
#define GUITU_TOKEN_SOUND 's'
#define GUITU_TOKEN_NUMBER 'c'
#define GUITU_TOKEN_CUT 'k'
#define GUITU_TOKEN_TAIL 't'
#define GUITU_TOKEN_PHONE 'p'
#define GUITU_TOKEN_DAY 'd'
#define GUITU_TOKEN_HOUSEHOLD 'h'

#define GUITU_SHORTEST_CUT 7
#define GUITU_LONGEST_CUT 11
#define GUITU_TAIL_LENGTH 4
#define GUITU_DAY_LENGTH 8
#define GUITU_COUNTY_LENGTH 6

#define GUITU_UNITS_MAX 24
#define GUITU_UNIT_SIZE 32
#define GUITU_UNIT_READINGS 4

/** A Han character, or a word of another script or of digits. */
typedef struct
{
  gunichar han; /* 0 for words */
  gboolean in_surname;
  char text[GUITU_UNIT_SIZE];
} GuituUnit;

/** Lower case, no accents, simplified, full-width forms made narrow. Returns: (transfer full). */
char *_guitu_search_normalize (const char *text);

/** The names in @text, normalised: it may hold several, or a note in brackets. Returns: (transfer full). */
char **_guitu_search_names (const char *text);

/** Splits a normalised name into units; dots and spaces are left out. Returns: how many. */
guint _guitu_search_split (const char *name, GuituUnit units[GUITU_UNITS_MAX]);

/** How a unit is read, with lü as "lv" and as "lu"; a word is its own reading. Returns: how many, at least 1. */
guint _guitu_search_readings (const GuituUnit *unit, const char *readings[GUITU_UNIT_READINGS]);

typedef gboolean (*GuituSearchFunction) (GuituConnection *connection, const GuituSearchEntry *entry, gpointer data, GError **error);

/** Calls @function for every person, until it fails. */
gboolean _guitu_search_each (GuituConnection *connection, GuituSearchFunction function, gpointer data, GError **error);

/** All tokens of a person, separated by spaces. Returns: (transfer full). */
char *_guitu_search_tokens (const GuituSearchEntry *entry);

/** Adds `"ct"` or, as a prefix, `"ct"*` to an FTS5 expression, after @operator unless it comes first. */
void _guitu_search_add_term (GString *expression, const char *operator, char kind, const char *text, gboolean prefix);

/** The FTS5 expressions for what was typed, from the narrowest to the most tolerant. */
typedef enum
{
  GUITU_SEARCH_EXACT, /* the whole name; a number's tail */
  GUITU_SEARCH_START, /* the name starts so */
  GUITU_SEARCH_ANY,   /* any part of the name, any key */
  GUITU_SEARCH_MIXED, /* characters, syllables and initials mixed */
  GUITU_SEARCH_ALIKE, /* same sound, dialect spellings */
  GUITU_SEARCH_LEVELS,
} GuituSearchLevel;

typedef struct _GuituSearchQuery GuituSearchQuery;

/** Reads what was typed. Returns: (transfer full). */
GuituSearchQuery *_guitu_search_query_new (const char *typed);
void _guitu_search_query_free (GuituSearchQuery *query);

/** Returns: (transfer full) (nullable): %NULL where @level adds nothing to the levels before. */
char *_guitu_search_query_expression (const GuituSearchQuery *query, GuituSearchLevel level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituSearchQuery, _guitu_search_query_free)

G_END_DECLS
