/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The number of a stay, "2026-1-0042": the year of arrival, the desk, and the next of that series. The
 * house calls a person without a name by its end. */

#include "app/call.h"

#include <string.h>

#define LONGEST_END 6  /* digits; more are of a telephone or an ID number */
#define SHORTEST_END 2 /* digits */
#define YEARS_BY_END 3 /* how far back an end alone leads */
#define LEAST_DIGITS 4

gboolean
guitu_stay_give_number (GuituTransaction *transaction,
                        GuituRecord *stay,
                        GError **error)
{
  g_autofree char *number = guitu_number_next (transaction, "stay", "", guitu_record_text (stay, GUITU_STAY_ARRIVED_AT), LEAST_DIGITS, error);

  guitu_record_set_text (stay, GUITU_STAY_NUMBER, number);
  return number != NULL;
}

/* Up to three groups of digits: year, desk, end; what is not typed is -1. */
static gboolean
parse (const char *typed,
       gint64 parts[3])
{
  g_autofree char *plain = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  g_auto (GStrv) groups = plain == NULL ? NULL : g_strsplit (g_strstrip (plain), "-", 4);
  guint n = groups == NULL ? 0 : g_strv_length (groups);

  if (n < 1 || n > 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      const char *group = i < 3 - n ? NULL : groups[i - (3 - n)];
      gsize length = group == NULL ? 0 : strlen (group);

      parts[i] = -1;
      if (group == NULL)
        continue;
      if (length == 0 || length > LONGEST_END || strspn (group, "0123456789") != length || (n == 1 && length < SHORTEST_END))
        return FALSE;
      parts[i] = g_ascii_strtoll (group, NULL, 10);
    }
  return TRUE;
}

/* The stays of that number, or those with that end that began at any desk in one of the last years. */
static gboolean
add_stays (GuituTransaction *transaction,
           GPtrArray *stays,
           const gint64 parts[3],
           gint64 desk,
           GError **error)
{
  g_autofree char *today = guitu_today ();
  int last = parts[0] >= 0 ? (int) parts[0] : (int) g_ascii_strtoll (today, NULL, 10);
  int first = parts[0] >= 0 ? last : last - YEARS_BY_END + 1;

  for (int year = last; year >= first; year--)
    {
      g_autofree char *number = g_strdup_printf ("%d-%" G_GINT64_FORMAT "-%0*" G_GINT64_FORMAT, year, desk, LEAST_DIGITS, parts[2]);
      const GuituQuery query = { .conditions = { { GUITU_STAY_NUMBER, GUITU_EQUAL, number } } };
      g_autoptr (GPtrArray) found = guitu_records_find (transaction, &guitu_kind_stay, &query, error);

      if (found == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (stays, g_steal_pointer (&found));
    }
  return TRUE;
}

GPtrArray *
guitu_stays_by_number (GuituTransaction *transaction,
                       const char *typed,
                       GError **error)
{
  g_autoptr (GPtrArray) stays = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) desks = NULL;
  gint64 parts[3];

  if (!parse (typed, parts))
    return g_steal_pointer (&stays);
  if (parts[1] >= 0)
    return add_stays (transaction, stays, parts, parts[1], error) ? g_steal_pointer (&stays) : NULL;
  desks = guitu_desks_list (transaction, error);
  for (guint i = 0; desks != NULL && i < desks->len; i++)
    {
      gint64 number = ((const GuituDesk *) desks->pdata[i])->number;

      if (g_hash_table_add (seen, g_memdup2 (&number, sizeof number)) && !add_stays (transaction, stays, parts, number, error))
        return NULL;
    }
  return desks == NULL ? NULL : g_steal_pointer (&stays);
}
