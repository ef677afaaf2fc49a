/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who works at one desk while an administrator at another changes what they may do. */

#include "app/app.h"
#include "store.h"

#define PASSWORD "secret-123"

static void
ignore (JsonObject *result,
        gpointer data)
{
}

/* Runs a verb with an input as JSON text. */
static gboolean
run (GuituStation *station,
     const char *verb,
     const char *text,
     GError **error)
{
  g_autoptr (JsonNode) input = json_from_string (text, NULL);

  return guitu_station_run (station, verb, json_node_get_object (input), ignore, NULL, error);
}

static void
assert_runs (GuituStation *station,
             const char *verb,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  run (station, verb, text, &error);
  g_assert_no_error (error);
}

static void
assert_refused (GuituStation *station,
                const char *verb,
                const char *text,
                const char *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (station, verb, text, &error));
  g_assert_cmpstr (guitu_error_code (error), ==, code);
}

static void
test_changed_while_at_work (void)
{
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GuituStation) office = guitu_station_new (path);
  g_autoptr (GuituStation) desk = guitu_station_new (path);
  g_autoptr (GError) error = NULL;

  assert_runs (office, "init", "{\"station\":\"440105001\",\"name\":\"某站\",\"region\":\"440105\",\"admin\":\"wang\",\"password\":\"" PASSWORD "\"}");
  g_assert_true (guitu_station_log_in (office, "wang", PASSWORD, &error));
  assert_runs (office, "user add", "{\"name\":\"li\",\"role\":\"intake\",\"password\":\"" PASSWORD "\"}");
  g_assert_true (guitu_station_log_in (desk, "li", PASSWORD, &error));
  g_assert_no_error (error);
  assert_runs (desk, "stay board", "{}");
  assert_refused (desk, "access list", "{}", "not-allowed");

  assert_runs (office, "user edit", "{\"name\":\"li\",\"role\":\"auditor\"}");
  assert_runs (desk, "access list", "{}");
  assert_refused (desk, "stay arrive", "{\"person\":{\"sex\":\"1\"},\"came_by\":\"self\"}", "not-allowed");

  assert_runs (office, "user disable", "{\"name\":\"li\"}");
  assert_refused (desk, "stay board", "{}", "user-disabled");
  g_clear_object (&office);
  g_clear_object (&desk);
  guitu_test_directory_remove (folder);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/changed-while-at-work", test_changed_while_at_work);
  return g_test_run ();
}
