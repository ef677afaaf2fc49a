/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tokens by which the linkage finds its candidates, in an FTS5 table of their own (person_search):
 * one letter that says what it is, then text. For 王秀英 with the number 440114198503122345:
 *
 *   n  whole name       n王秀英 nwangxiuying nwxy
 *   i  end of a name    i秀英 i英 ixiuying iying ixy
 *   s  whole sound, with what dialects mix up made one    swanxiuyin
 *   c  number           c440114198503122345
 *   t  last four of an ID number              t2345
 *   p  phone number read backwards            p8765…
 *   d  day of birth                           d19850312
 *   h  county of the household register       h440114
 *
 * SQLite 3.40 deletes from a contentless FTS5 table by being told the old tokens, so that everything
 * here must depend on the entry and on the readings table alone. */

#include "db/search-private.h"

#include "db/reading-private.h"

#include <string.h>

#define COMBINATIONS_MAX 12 /* readings of one run of characters that are indexed */

static void
add_token (GString *tokens,
           char kind,
           const char *text)
{
  g_autofree char *token = NULL;

  if (text[0] == '\0')
    return;
  token = g_strdup_printf (" %c%s ", kind, text);
  if (strstr (tokens->str, token) == NULL)
    g_string_append (tokens, token + (tokens->len > 0));
}

/** Adds one way of reading @units, whose number @combination is written with the first unit fastest. */
static void
add_combination (GString *tokens,
                 char kind,
                 const GuituUnit *units,
                 guint n_units,
                 guint combination)
{
  g_autoptr (GString) sound = g_string_new (NULL);
  g_autoptr (GString) initials = g_string_new (NULL);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (guint i = 0; i < n_units; i++)
    {
      const char *readings[GUITU_UNIT_READINGS];
      guint n_readings = _guitu_search_readings (&units[i], readings);
      const char *reading = readings[combination % n_readings];
      char key[GUITU_SYLLABLE_SIZE];

      combination /= n_readings;
      g_string_append (sound, reading);
      g_string_append_unichar (initials, g_utf8_get_char (reading));
      _guitu_reading_fold (reading, key);
      g_string_append (folded, units[i].han != 0 ? key : reading);
    }
  add_token (tokens, kind, sound->str);
  if (n_units > 1)
    add_token (tokens, kind, initials->str);
  if (kind == GUITU_TOKEN_NAME)
    add_token (tokens, GUITU_TOKEN_SOUND, folded->str);
}

static void
add_suffix (GString *tokens,
            char kind,
            const GuituUnit *units,
            guint n_units)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *readings[GUITU_UNIT_READINGS];
  guint combinations = 1;

  for (guint i = 0; i < n_units; i++)
    {
      g_string_append (text, units[i].text);
      combinations = MIN (combinations * _guitu_search_readings (&units[i], readings), COMBINATIONS_MAX);
    }
  add_token (tokens, kind, text->str);
  for (guint i = 0; i < combinations; i++)
    add_combination (tokens, kind, units, n_units, i);
}

static void
add_names (GString *tokens,
           const char *text)
{
  g_auto (GStrv) names = _guitu_search_names (text);
  GuituUnit units[GUITU_UNITS_MAX];

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint n_units = _guitu_search_split (names[i], units);

      for (guint start = 0; start < n_units; start++)
        add_suffix (tokens, start == 0 ? GUITU_TOKEN_NAME : GUITU_TOKEN_INNER, units + start, n_units - start);
    }
}

static void
add_number (GString *tokens,
            const char *text)
{
  char number[GUITU_NUMBER_SIZE];

  _guitu_search_number (text, number);
  add_token (tokens, GUITU_TOKEN_NUMBER, number);
}

/** The last four of an ID number, and the day of birth that a resident ID number holds. */
static void
add_id_parts (GString *tokens,
              const char *text)
{
  char number[GUITU_NUMBER_SIZE];
  gsize length = _guitu_search_number (text, number);

  if (length < 2 * GUITU_TAIL_LENGTH)
    return;
  add_token (tokens, GUITU_TOKEN_TAIL, number + length - GUITU_TAIL_LENGTH);
  if (length == 18)
    {
      number[6 + GUITU_DAY_LENGTH] = '\0';
      add_token (tokens, GUITU_TOKEN_DAY, number + 6);
    }
}

static void
add_phones (GString *tokens,
            const char *text)
{
  g_autofree char *normal = text == NULL ? g_strdup ("") : _guitu_search_normalize (text);
  g_auto (GStrv) phones = NULL;
  char number[GUITU_NUMBER_SIZE];

  phones = g_strsplit_set (normal, ",;/|\n", -1);
  for (guint i = 0; phones[i] != NULL; i++)
    if (_guitu_search_number (phones[i], number) >= GUITU_TAIL_LENGTH)
      add_token (tokens, GUITU_TOKEN_PHONE, g_strreverse (number));
}

static void
add_day (GString *tokens,
         const char *from,
         const char *to)
{
  char day[GUITU_NUMBER_SIZE];

  if (from != NULL && g_strcmp0 (from, to) == 0 && _guitu_search_number (from, day) == GUITU_DAY_LENGTH)
    add_token (tokens, GUITU_TOKEN_DAY, day);
}

static void
add_household (GString *tokens,
               const char *text)
{
  char code[GUITU_NUMBER_SIZE];

  if (text == NULL || !g_ascii_isdigit (text[0]) || _guitu_search_number (text, code) < GUITU_COUNTY_LENGTH)
    return;
  code[GUITU_COUNTY_LENGTH] = '\0';
  add_token (tokens, GUITU_TOKEN_HOUSEHOLD, code);
}

char *
_guitu_search_tokens (const GuituSearchEntry *entry)
{
  GString *tokens = g_string_new (NULL);

  add_names (tokens, entry->name);
  add_names (tokens, entry->alias);
  add_number (tokens, entry->id_number);
  add_number (tokens, entry->national_number);
  add_id_parts (tokens, entry->id_number);
  add_phones (tokens, entry->phone);
  add_day (tokens, entry->birth_from, entry->birth_to);
  add_household (tokens, entry->household);
  return g_string_free (tokens, FALSE);
}

void
_guitu_search_add_term (GString *expression,
                        const char *
                        operator,
                        char kind,
                        const char *text,
                        gboolean prefix)
{
  if (expression->len > 0 && expression->str[expression->len - 1] != '(')
    g_string_append (expression, operator);
  g_string_append_printf (expression, "\"%c%s\"%s", kind, text, prefix ? "*" : "");
}

/* An index too damaged to be opened can't be dropped like a table: SQLite must forget what it was. */
static gboolean
drop_index (GuituConnection *connection,
            GError **error)
{
  return guitu_connection_run (connection, "DROP TABLE IF EXISTS person_search", NULL) ||
         guitu_connection_run (connection,
                               "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'person_search';"
                               "PRAGMA writable_schema = RESET; DROP TABLE IF EXISTS person_search_data;"
                               "DROP TABLE IF EXISTS person_search_idx; DROP TABLE IF EXISTS person_search_config;",
                               error);
}

gboolean
_guitu_tokens_create (GuituConnection *connection,
                      GError **error)
{
  return drop_index (connection, error) &&
         guitu_connection_run (connection,
                               "CREATE VIRTUAL TABLE person_search USING fts5 (tokens, content = '', detail = none,"
                               "  columnsize = 0, tokenize = 'ascii', prefix = '2 3 4 5 6 7')",
                               error);
}

static gboolean
run_with_tokens (GuituConnection *connection,
                 const char *sql,
                 const GuituSearchEntry *entry,
                 GError **error)
{
  g_autofree char *tokens = _guitu_search_tokens (entry);
  g_autoptr (GuituStatement) statement = NULL;

  if (tokens[0] == '\0')
    return TRUE; /* FTS5 counts its rows, and takes the removal of one that it never had for damage */
  statement = guitu_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->row);
  guitu_statement_bind_text (statement, 2, tokens);
  return guitu_statement_run (statement, error);
}

gboolean
_guitu_tokens_insert (GuituConnection *connection,
                      const GuituSearchEntry *entry,
                      gpointer data,
                      GError **error)
{
  return run_with_tokens (connection, "INSERT INTO person_search (rowid, tokens) VALUES (?1, ?2)", entry, error);
}

gboolean
_guitu_tokens_delete (GuituConnection *connection,
                      const GuituSearchEntry *entry,
                      GError **error)
{
  return run_with_tokens (connection, "INSERT INTO person_search (person_search, rowid, tokens) VALUES ('delete', ?1, ?2)", entry, error);
}
