/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search index follows the persons it finds: what it was given last, and what it is to be given. */

#include "db/searched-private.h"

void
_guitu_searched_clear (GuituSearched *searched)
{
  for (guint i = 0; i < G_N_ELEMENTS (searched->owned); i++)
    g_free (searched->owned[i]);
}

gboolean
_guitu_searched_read (GuituConnection *connection,
                      const guint8 id[16],
                      GuituSearched *searched,
                      GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT row, name, alias, id_number, national_number, phone, birth_from, birth_to FROM person WHERE id = ?", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step == 0;
  searched->exists = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (searched->owned); i++)
    searched->owned[i] = g_strdup (guitu_statement_text (statement, i + 1));
  searched->entry = (GuituSearchEntry){
    .row = guitu_statement_integer (statement, 0),
    .name = searched->owned[0],
    .alias = searched->owned[1],
    .id_number = searched->owned[2],
    .national_number = searched->owned[3],
    .phone = searched->owned[4],
    .birth_from = searched->owned[5],
    .birth_to = searched->owned[6],
  };
  return TRUE;
}
