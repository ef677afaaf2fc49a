/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "forge.h"

#include "db/id.h"

GuituEntry *
guitu_test_forge (const GuituKeys *keys,
                  const char *scope)
{
  GuituEntry *entry = guitu_entry_new ();

  entry->version = (GuituVersion){ (g_get_real_time () / 1000) << 16, keys->desk.desk };
  entry->sequence = 1;
  entry->is_first = TRUE;
  entry->scope = g_strdup (scope);
  entry->station = g_strdup (keys->station);
  entry->act = g_strdup ("forge");
  return entry;
}

void
guitu_test_forge_cell (GuituEntry *entry,
                       const char *kind,
                       const char *id_text,
                       gboolean creates,
                       const char *field,
                       const char *text)
{
  guint8 id[16];
  GuituChange *change;
  GuituValue value = { 0 };

  g_assert_true (guitu_id_to_bytes (id_text, id));
  change = guitu_change_new (kind, id, creates);
  guitu_value_set_text (&value, text);
  guitu_change_add (change, field, &value);
  guitu_value_clear (&value);
  g_ptr_array_add (entry->changes, change);
}

void
guitu_test_plant (GuituTestStore *test,
                  GuituEntry *entry,
                  const guint8 *secret_key)
{
  g_autofree char *body = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *sql = NULL;
  gsize length;
  gconstpointer data;

  guitu_entry_encode (entry);
  guitu_entry_sign (entry, secret_key);
  data = g_bytes_get_data (entry->body, &length);
  body = guitu_hex (data, length);
  signature = guitu_hex (entry->signature, sizeof entry->signature);
  sql = g_strdup_printf ("INSERT OR REPLACE INTO entry (desk, scope, sequence, clock, partial, body, signature)"
                         " VALUES (%" G_GINT64_FORMAT ", 'shared', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 0, x'%s', x'%s')",
                         entry->version.desk, entry->sequence, entry->version.clock, body, signature);
  guitu_test_sql (test->directory, sql);
}
