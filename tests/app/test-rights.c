/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every role tries every verb, and is allowed or refused exactly as the one table declares. */

#include "app/app.h"
#include "store.h"

#define PASSWORD "secret-123"

static const char *const roles[] = { "administrator", "intake", "caseworker", "medical", "minors", "manager", "auditor", NULL };

static void
keep (JsonObject *result,
      gpointer data)
{
  g_ptr_array_add (data, json_object_ref (result));
}

/* Runs a verb with an input as JSON text. Returns: (transfer full): what it emitted, even if it failed. */
static GPtrArray *
run (GuituStation *station,
     const char *verb,
     const char *text,
     GError **error)
{
  g_autoptr (JsonNode) input = json_from_string (text, NULL);
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  guitu_station_run (station, verb, json_node_get_object (input), keep, results, error);
  return results;
}

static void
assert_runs (GuituStation *station,
             const char *verb,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = run (station, verb, text, &error);

  g_assert_no_error (error);
}

/* A station with somebody of each role logged in, a desk each. Returns: (transfer full): role → GuituStation. */
static GHashTable *
log_all_in (const char *path)
{
  GHashTable *desks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (guint i = 0; roles[i] != NULL; i++)
    {
      GuituStation *desk = guitu_station_new (path);
      g_autofree char *user = g_strdup_printf ("{\"name\":\"%s\",\"role\":\"%s\",\"password\":\"" PASSWORD "\"}", roles[i], roles[i]);
      g_autoptr (GError) error = NULL;

      if (i == 0)
        assert_runs (desk, "init", "{\"station\":\"440105001\",\"name\":\"某站\",\"region\":\"440105\",\"admin\":\"administrator\",\"password\":\"" PASSWORD "\"}");
      else
        assert_runs (g_hash_table_lookup (desks, roles[0]), "user add", user);
      guitu_station_log_in (desk, roles[i], PASSWORD, &error);
      g_assert_no_error (error);
      g_hash_table_insert (desks, (gpointer) roles[i], desk);
    }
  return desks;
}

/* What a verb is called with, so that it does little: most miss something that must be given. */
static const char *
input_of (const char *verb)
{
  return g_str_equal (verb, "demo") ? "{\"people\":1}" : "{}";
}

/* Whether the rule of rights refuses the verb: with nothing given out, and no field to blame. */
static gboolean
is_refused (GuituStation *desk,
            const char *verb)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = run (desk, verb, input_of (verb), &error);

  if (error == NULL || !g_str_equal (guitu_error_code (error), "not-allowed") || guitu_error_field (error) != NULL)
    return FALSE;
  g_assert_cmpint (error->code, ==, GUITU_ERROR_REFUSED);
  g_assert_cmpuint (results->len, ==, 0);
  return TRUE;
}

static gboolean
names_role (JsonArray *allowed,
            const char *role)
{
  for (guint i = 0; i < json_array_get_length (allowed); i++)
    {
      if (g_str_equal (json_array_get_string_element (allowed, i), role))
        return TRUE;
    }
  return FALSE;
}

static void
test_every_role_tries_every_verb (void)
{
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GHashTable) desks = log_all_in (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = run (g_hash_table_lookup (desks, "intake"), "rights", "{}", &error);
  guint tried = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *row = g_ptr_array_index (rows, i);
      const char *verb = json_object_get_string_member (row, "right");

      if (guitu_verb_find (verb) == NULL)
        continue; /* a right that is no verb */
      for (guint j = 0; roles[j] != NULL; j++, tried++)
        {
          gboolean allowed = names_role (json_object_get_array_member (row, "roles"), roles[j]);

          if (is_refused (g_hash_table_lookup (desks, roles[j]), verb) == allowed)
            {
              g_test_message ("“%s” by %s: the table says %s", verb, roles[j], allowed ? "yes" : "no");
              g_test_fail ();
            }
        }
    }
  g_assert_cmpuint (tried, >, 50 * (G_N_ELEMENTS (roles) - 1));
  g_clear_pointer (&desks, g_hash_table_unref);
  guitu_test_directory_remove (folder);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/every-role-tries-every-verb", test_every_role_tries_every_verb);
  return g_test_run ();
}
