/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/notice-rows.h"

#include "ui/person/person-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

#define LINES_IN_NAME 3 /* name, sex, age */

char *
guitu_notice_name (JsonObject *notice)
{
  JsonArray *lines = guitu_json_array (notice, "lines");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; lines != NULL && i < MIN (json_array_get_length (lines), LINES_IN_NAME); i++)
    guitu_json_join (words, guitu_json_text (json_array_get_object_element (lines, i), "text"));
  guitu_json_join (words, guitu_json_text (notice, "number"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
guitu_notice_moments (GString *words, JsonObject *notice)
{
  static const char *const moments[] = { "notice.prepared_at", "notice.published_at", "notice.refreshed_at", "notice.withdrawn_at" };
  const char *published = guitu_json_string (notice, "published_at");

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      gboolean is_first = g_str_equal (moments[i], "notice.refreshed_at") && g_str_equal (guitu_json_string (notice, "refreshed_at"), published);
      g_autofree char *at = guitu_json_words (notice, moments[i]);
      g_autofree char *line = *at == '\0' || is_first ? NULL : g_strdup_printf ("%s %s", guitu_field_label (guitu_json_field (moments[i], NULL)), at);

      guitu_json_join (words, line);
    }
}

GtkWidget *
guitu_notice_row (JsonObject *notice)
{
  const char *state = guitu_json_string (notice, "state");
  g_autofree char *name = guitu_notice_name (notice);
  g_autofree char *words = guitu_json_words (notice, "notice.state");
  g_autofree char *draft = guitu_json_words (notice, "notice.draft_state");
  g_autofree char *withdrawn = guitu_json_words (notice, "notice.withdrawn_as");
  g_autoptr (GString) detail = g_string_new (NULL);
  GtkWidget *row;

  guitu_notice_moments (detail, notice);
  guitu_json_join (detail, withdrawn);
  row = guitu_section_row_new (name, detail->str);
  guitu_person_row_mark (row, draft, "warning");
  if (*draft == '\0' || g_str_equal (state, "published")) /* the words are all there is of a first draft */
    guitu_person_row_mark (row, words, g_str_equal (state, "published") ? "success" : NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (notice, "id"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "pane.open");
  return row;
}

GtkWidget *
guitu_notice_refresh_row (JsonObject *notice)
{
  GtkWidget *row = guitu_notice_row (notice);
  GtkWidget *button = gtk_button_new_with_label (_ ("Right as It Is"));
  g_autofree char *name = guitu_notice_name (notice);
  g_autofree char *spoken = g_strdup_printf ("%s %s", _ ("Right as It Is"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", guitu_json_string (notice, "id"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notice.refresh");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

GtkWidget *
guitu_notice_line_row (JsonObject *line)
{
  return guitu_section_row_new (guitu_json_string (line, "label"), guitu_json_string (line, "text"));
}

GtkWidget *
guitu_notice_channel_row (JsonObject *channel)
{
  g_autofree char *at = guitu_json_words (channel, "notice_channel.at");
  g_autofree char *gone = guitu_json_words (channel, "notice_channel.withdrawn_at");
  g_autofree char *name = guitu_json_words (channel, "notice_channel.channel");
  g_autoptr (GString) detail = g_string_new (guitu_json_string (channel, "place"));
  g_autofree char *spoken = g_strdup_printf ("%s %s", _ ("Taken Down…"), name);
  GtkWidget *row, *button;

  guitu_json_join (detail, at);
  guitu_json_join (detail, guitu_json_text (channel, "proof"));
  row = guitu_section_row_new (name, detail->str);
  if (*gone != '\0')
    {
      guitu_person_row_mark (row, _ ("Taken down"), "success");
      return row;
    }
  button = gtk_button_new_with_label (_ ("Taken Down…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", guitu_json_string (channel, "id"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notice.taken-down");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}
