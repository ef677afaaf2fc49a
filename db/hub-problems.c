/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with chains at the hub: kept until it is right again. */

#include "db/hub-private.h"

gboolean
_guitu_hub_note_problem (GuituConnection *connection,
                         gint64 desk,
                         const char *scope,
                         const char *code,
                         const char *words,
                         GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      code == NULL ? "DELETE FROM hub_problem WHERE desk = ? AND scope = ?"
                   : "INSERT INTO hub_problem (desk, scope, code, words, since) VALUES (?, ?, ?, ?, ?)"
                     " ON CONFLICT (desk, scope) DO UPDATE SET code = excluded.code, words = excluded.words",
      error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, desk);
  guitu_statement_bind_text (statement, 2, scope);
  if (code != NULL)
    {
      guitu_statement_bind_text (statement, 3, code);
      guitu_statement_bind_text (statement, 4, words);
      guitu_statement_bind_integer (statement, 5, g_get_real_time () / 1000);
    }
  return guitu_statement_run (statement, error);
}

void
guitu_hub_problem_free (GuituHubProblem *problem)
{
  g_free (problem->code);
  g_free (problem->words);
  g_free (problem->station);
  g_free (problem->scope);
  g_free (problem);
}

GPtrArray *
guitu_hub_problems_list (GuituTransaction *transaction,
                         GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT p.code, p.words, p.scope, d.station, d.number FROM hub_problem p LEFT JOIN desk d ON d.desk = p.desk ORDER BY p.since, p.desk, p.scope", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_hub_problem_free);
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituHubProblem *problem = g_new (GuituHubProblem, 1);

      problem->code = g_strdup (guitu_statement_text (statement, 0));
      problem->words = g_strdup (guitu_statement_text (statement, 1));
      problem->scope = g_strdup (guitu_statement_text (statement, 2));
      problem->station = guitu_statement_is_null (statement, 3) ? NULL : g_strdup (guitu_statement_text (statement, 3));
      problem->desk = guitu_statement_integer (statement, 4);
      g_ptr_array_add (list, problem);
    }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}
