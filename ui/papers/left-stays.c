/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/left-stays.h"

#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

/* More than the largest stations issue in a quarter. */
#define MOST_PAPERS 10000

JsonObject *
guitu_left_stays_question (int n_days)
{
  JsonObject *input = json_object_new ();
  GDate day = guitu_moment_today ();
  char from[sizeof "2026-01-31"];

  g_date_subtract_days (&day, (guint) n_days);
  g_date_strftime (from, sizeof from, "%Y-%m-%d", &day);
  json_object_set_string_member (input, "from", from);
  json_object_set_int_member (input, "limit", MOST_PAPERS);
  return input;
}

static JsonObject *
stay_of (JsonObject *paper)
{
  JsonObject *stay = json_object_new ();
  JsonObject *person = json_object_new ();

  guitu_json_set (stay, "id", guitu_json_text (paper, "stay"));
  guitu_json_set (stay, "number", guitu_json_text (paper, "stay_number"));
  guitu_json_set (person, "display_name", guitu_json_text (paper, "display_name"));
  json_object_set_object_member (stay, "person", person);
  return stay;
}

JsonArray *
guitu_left_stays (JsonArray *papers)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *stays = json_array_new ();

  for (guint i = 0; i < json_array_get_length (papers); i++)
    {
      JsonObject *paper = json_array_get_object_element (papers, i);
      const char *stay = guitu_json_text (paper, "stay");

      /* of somebody protected it is not told when they left */
      if (stay != NULL && guitu_json_text (paper, "stay_left_at") != NULL && g_hash_table_add (known, (gpointer) stay))
        json_array_add_object_element (stays, stay_of (paper));
    }
  return stays;
}
