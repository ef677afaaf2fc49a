/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/report-rows.h"

#include "ui/person/person-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

/* In which order a report is told. */
static const char *const facts[] = {
  "missing.alias", "missing.sex", "missing.birth_from", "missing.birth_lunar", "missing.id_number", "missing.nation", "missing.height_cm", "missing.accent", "missing.marks",
  "missing.clothing", "missing.health", "missing.lost_on", "missing.lost_place", "missing.household", "missing.address", "missing.kin", "missing.text", "missing.reporter",
  "missing.kinship", "missing.phone", "missing.police", "missing.reported_at", "missing.by", "missing.closed_at", "missing.confirmed_how", "missing.close_text", "missing.closed_by"
};

const char *
guitu_report_id (JsonObject *report)
{
  return guitu_json_text (report, "sought") != NULL && guitu_json_text (report, "id") == NULL ? guitu_json_string (report, "sought") : guitu_json_string (report, "id");
}

char *
guitu_report_name (JsonObject *report)
{
  const char *name = guitu_json_text (report, "display_name") != NULL ? guitu_json_text (report, "display_name") : guitu_json_text (report, "name");
  g_autoptr (GString) words = g_string_new (name != NULL ? name : _ ("Name not known"));

  guitu_json_join (words, guitu_json_text (report, "number"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
fact_words (JsonObject *report, const char *path)
{
  if (g_str_equal (path, "missing.birth_from"))
    return guitu_birth_text (guitu_json_text (report, "birth_from"), guitu_json_text (report, "birth_to"));
  if (g_str_equal (path, "missing.phone") && guitu_json_text (report, "sought") != NULL && guitu_json_text (report, "id") == NULL)
    return g_strdup (guitu_json_string (report, "family_phone")); /* “phone” is that of the station */
  if (g_str_has_suffix (path, "by"))
    return g_strdup (guitu_json_string (report, g_str_equal (path, "missing.by") ? "by_name" : "closed_by_name"));
  return guitu_json_words (report, path);
}

GtkWidget *
guitu_report_row (JsonObject *report)
{
  static const char *const told[] = { "missing.sex", "missing.birth_from", "missing.lost_on", "missing.lost_place", "missing.marks" };
  const char *state = guitu_json_string (report, "state");
  g_autofree char *name = guitu_report_name (report);
  g_autofree char *words = guitu_json_words (report, "missing.state");
  g_autoptr (GString) detail = g_string_new (NULL);
  GtkWidget *row;

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *fact = fact_words (report, told[i]);

      guitu_json_join (detail, fact);
    }
  guitu_json_join (detail, guitu_json_text (report, "station_name"));
  row = guitu_section_row_new (name, detail->str);
  guitu_person_row_mark (row, words, g_str_equal (state, "open") ? "warning" : g_str_equal (state, "found") ? "success"
                                                                                                            : NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_report_id (report));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "pane.open");
  return row;
}

JsonArray *
guitu_report_facts (JsonObject *report)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text = fact_words (report, facts[i]);
      JsonObject *fact;

      if (*text == '\0')
        continue;
      fact = json_object_new ();
      json_object_set_string_member (fact, "label", g_str_equal (facts[i], "missing.birth_from") ? _ ("Born") : guitu_field_label (guitu_json_field (facts[i], NULL)));
      json_object_set_string_member (fact, "text", text);
      json_array_add_object_element (array, fact);
    }
  return array;
}

GtkWidget *
guitu_report_fact_row (JsonObject *fact)
{
  return guitu_section_row_new (guitu_json_string (fact, "label"), guitu_json_string (fact, "text"));
}
