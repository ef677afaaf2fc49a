/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The running numbers of stays, papers, reports and notices. A series is counted in a row of its own. Where that row is
 * not there, because a year began or because entries of this desk came back after its backup was
 * restored, the series goes on after the greatest number that this desk is known to have given out. */

#include "db/records.h"
#include "db/store-private.h"

#include <string.h>

gboolean
_guitu_series_forget (GuituConnection *connection,
                      GError **error)
{
  return guitu_connection_run (connection, "DELETE FROM series WHERE name LIKE 'stay-%' OR name LIKE 'paper-%' OR name LIKE 'missing-%' OR name LIKE 'notice-%'", error);
}

static gboolean
find_greatest (GuituTransaction *transaction,
               const char *sql,
               const char *mark,
               const char *kind_of_paper,
               gint64 *greatest,
               GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, mark);
  if (kind_of_paper != NULL)
    guitu_statement_bind_text (statement, 2, kind_of_paper);
  if (guitu_statement_step (statement, error) != 1)
    return FALSE;
  *greatest = guitu_statement_integer (statement, 0);
  return TRUE;
}

#define GREATEST(table) \
  "SELECT max (CAST (substr (number, instr (number, ?1) + length (?1)) AS INTEGER)) FROM " table " WHERE number GLOB '*' || ?1 || '[0-9]*'"

/* Numbers end in year, desk and count: 2026-1-0042 of series stay-2026, B2026-1-0042 of series
 * missing-2026, G2026-1-0042 of series notice-2026, QZ-2026-1-00042 of series paper-KIND-2026. Other series have no record to be read from. */
static gboolean
greatest_known (GuituTransaction *transaction,
                const char *series,
                gint64 *greatest,
                GError **error)
{
  const char *year = strrchr (series, '-');
  g_autofree char *mark = NULL;
  g_autofree char *kind = NULL;

  *greatest = 0;
  if (year == NULL)
    return TRUE;
  mark = g_strdup_printf ("%s-%" G_GINT64_FORMAT "-", year + 1, guitu_transaction_keys (transaction)->desk.number);
  if (g_str_has_prefix (series, "stay-"))
    return find_greatest (transaction, GREATEST ("stay"), mark, NULL, greatest, error);
  if (g_str_has_prefix (series, "missing-"))
    return find_greatest (transaction, GREATEST ("missing"), mark, NULL, greatest, error);
  if (g_str_has_prefix (series, "notice-"))
    return find_greatest (transaction, GREATEST ("notice"), mark, NULL, greatest, error);
  if (!g_str_has_prefix (series, "paper-") || year == series + strlen ("paper"))
    return TRUE;
  kind = g_strndup (series + strlen ("paper-"), year - series - strlen ("paper-"));
  return find_greatest (transaction, GREATEST ("paper") " AND kind = ?2", mark, kind, greatest, error);
}

/* 1 with the number, 0 where the series is not counted yet, -1 on error. */
static int
count_on (GuituTransaction *transaction,
          const char *series,
          gint64 *number,
          GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection, "UPDATE series SET next = next + 1 WHERE name = ? RETURNING next - 1", error);
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_text (statement, 1, series);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step;
  *number = guitu_statement_integer (statement, 0);
  return guitu_statement_step (statement, error) == 0 ? 1 : -1;
}

static gboolean
begin_series (GuituTransaction *transaction,
              const char *series,
              gint64 number,
              GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (transaction->connection, "INSERT INTO series (name, next) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, series);
  guitu_statement_bind_integer (statement, 2, number + 1);
  return guitu_statement_run (statement, error);
}

gboolean
guitu_transaction_next_number (GuituTransaction *transaction,
                               const char *series,
                               gint64 *number,
                               GError **error)
{
  int found;

  g_assert (transaction->writes);
  found = count_on (transaction, series, number, error);
  if (found != 0)
    return found == 1;
  if (!greatest_known (transaction, series, number, error))
    return FALSE;
  (*number)++;
  return begin_series (transaction, series, *number, error);
}
