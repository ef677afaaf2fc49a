/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/entry-rows.h"

#include "ui/list/list-words.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

/* --- Points ---------------------------------------------------------------------------------- */

static void
add_point (JsonArray *points, const char *title, const char *text)
{
  JsonObject *point = json_object_new ();
  g_autofree char *numbered = g_strdup_printf ("%u. %s", json_array_get_length (points) + 1, title);

  json_object_set_string_member (point, "title", numbered);
  json_object_set_string_member (point, "text", text != NULL && *text != '\0' ? text : _ ("None."));
  json_array_add_object_element (points, point);
}

/* The members of the entry, in words and in one line each. */
static void
add_lines (JsonArray *points, const char *title, JsonObject *entry, const char *const *paths, const char *none)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; paths[i] != NULL; i++)
    {
      const GuituField *field = guitu_json_field (paths[i], NULL);
      g_autofree char *name = g_strconcat (field->name, "_name", NULL);
      g_autofree char *words = guitu_json_text (entry, name) != NULL ? g_strdup (guitu_json_text (entry, name)) : guitu_json_words (entry, paths[i]);

      if (*words == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: the name of a field, then what was typed into it */
      g_string_append_printf (text, _ ("%s: %s"), guitu_field_label (field), words);
    }
  add_point (points, title, text->len > 0 ? text->str : none);
}

static void
add_evidence (JsonArray *points, JsonObject *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *evidence = guitu_json_array (entry, "evidence");

  for (guint i = 0; i < guitu_json_count (entry, "evidence"); i++)
    {
      JsonObject *thing = json_array_get_object_element (evidence, i);
      const char *digest = guitu_json_text (thing, "sha256");

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", guitu_json_string (thing, "text"));
      if (digest != NULL)
        g_string_append_printf (text, "  SHA-256 %.12s…", digest);
    }
  add_point (points, _ ("Evidence"), text->str);
}

static void
add_person (JsonArray *points, JsonObject *entry)
{
  static const char *const paths[] = { "listing.alias", "listing.sex", "listing.birth_from", "listing.marks" };
  g_autoptr (GString) text = g_string_new (guitu_list_entry_name (entry));

  for (gsize i = 0; i < G_N_ELEMENTS (paths) && !guitu_json_flag (entry, "own"); i++)
    {
      g_autofree char *words = i == 2 ? guitu_birth_text (guitu_json_text (entry, "birth_from"), guitu_json_text (entry, "birth_to"))
                                      : guitu_json_words (entry, paths[i]);

      guitu_json_join (text, words);
    }
  add_point (points, _ ("Whom it is about"), text->str);
}

static void
add_stations (JsonArray *points, const char *title, JsonObject *entry, const char *member)
{
  JsonArray *names = guitu_json_array (entry, member);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    guitu_json_join (words, json_array_get_string_element (names, i));
  add_point (points, title, words->str);
}

/* Which stations may show the entry as it was. */
static void
add_awaited (JsonArray *points, JsonObject *entry)
{
  const char *awaited = guitu_json_text (entry, "awaited");

  if (awaited == NULL)
    return;
  add_stations (points, g_str_equal (awaited, "corrected") ? _ ("Had it, and has not confirmed the correction") : g_str_equal (awaited, "suspended") ? _ ("Had it, and has not confirmed the suspension")
                                                                                                                                                     : _ ("Had it, and has not confirmed that it is gone"),
                entry, "unconfirmed");
  add_stations (points, _ ("Not known whether it ever came there"), entry, "unknown");
}

static void
add_ours (JsonArray *points, JsonObject *entry)
{
  static const char *const said[] = { "blacklist.offered", "blacklist.said", NULL };
  static const char *const screen[] = { "blacklist.screen", "blacklist.screened_by", "blacklist.screened_on", "blacklist.exclusion", NULL };
  static const char *const proposed[] = { "blacklist.proposed_by", "blacklist.proposed_at", NULL };
  static const char *const reviewed[] = { "blacklist.reviewed_by", "blacklist.reviewed_at", "blacklist.review_note", NULL };
  static const char *const measure[] = { "blacklist.measure", "blacklist.advice", NULL };
  static const char *const served[] = { "blacklist.served_at", "blacklist.served_how", "blacklist.served_witness", NULL };
  static const char *const term[] = { "blacklist.from", "blacklist.until", "blacklist.review_on", NULL };
  static const char *const objection[] = { "blacklist.objection", "blacklist.channel", "blacklist.objected_at", "blacklist.objected_via", "blacklist.objection_due",
                                           "blacklist.outcome", "blacklist.outcome_note", "blacklist.handler", "blacklist.handled_at", NULL };
  static const char *const end[] = { "blacklist.correction", "blacklist.corrected_by", "blacklist.corrected_with", "blacklist.ended_at", "blacklist.ended_by", "blacklist.end_reason", NULL };
  guint n = guitu_json_count (entry, "log");
  g_autofree char *acts = g_strdup_printf (ngettext ("%u line, below", "%u lines, below", n), n);

  add_evidence (points, entry);
  add_lines (points, _ ("Help offered, and the person's own words"), entry, said, NULL);
  add_lines (points, _ ("Health and capacity"), entry, screen, NULL);
  add_lines (points, _ ("Proposal"), entry, proposed, NULL);
  add_lines (points, _ ("Review"), entry, reviewed, _ ("Not yet. Somebody other than who proposed it reviews it."));
  add_lines (points, _ ("Measure"), entry, measure, NULL);
  add_lines (points, _ ("Notice to the person"), entry, served, _ ("Not handed over yet."));
  add_lines (points, _ ("When it holds"), entry, term, NULL);
  add_lines (points, _ ("Objection"), entry, objection, NULL);
  add_lines (points, _ ("Correction and end"), entry, end, NULL);
  add_point (points, _ ("Who received it and looked"), n > 0 ? acts : _ ("Nobody yet."));
  add_awaited (points, entry);
  add_point (points, _ ("Kept until"), guitu_json_text (entry, "retention"));
}

static void
add_theirs (JsonArray *points, JsonObject *entry)
{
  static const char *const measure[] = { "listing.measure", "listing.advice", NULL };
  static const char *const objection[] = { "listing.objected_at", "listing.outcome", NULL };
  g_autofree char *station = guitu_list_station_words (entry);
  g_autofree char *term = guitu_list_term_words (entry);

  add_lines (points, _ ("Measure"), entry, measure, NULL);
  add_point (points, _ ("When it holds"), term);
  add_lines (points, _ ("Objection"), entry, objection, NULL);
  add_point (points, _ ("Listed by"), station);
  add_point (points, _ ("The rest of the file"), _ ("Evidence, help offered, own words, health and who decided stay at the station that listed. Telephone there."));
}

JsonArray *
guitu_list_points (JsonObject *entry)
{
  JsonArray *points = json_array_new ();
  g_autofree char *rules = guitu_list_rules_words (guitu_json_array (entry, "counts"));

  if (guitu_json_flag (entry, "gone")) /* its file is kept no longer: only that there was an entry */
    {
      static const char *const term[] = { "blacklist.from", "blacklist.until", "blacklist.ended_at", NULL };

      add_lines (points, _ ("When it holds"), entry, term, NULL);
      add_point (points, _ ("Kept until"), guitu_json_text (entry, "retention"));
      return points;
    }
  add_person (points, entry);
  add_point (points, _ ("Category"), guitu_json_text (entry, "category_name"));
  add_point (points, _ ("Rule and counts"), rules);
  add_point (points, _ ("Facts"), guitu_json_text (entry, "facts"));
  if (guitu_json_flag (entry, "own"))
    add_ours (points, entry);
  else
    add_theirs (points, entry);
  return points;
}

/* --- Rows ------------------------------------------------------------------------------------ */

GtkWidget *
guitu_list_point_row (JsonObject *point)
{
  GtkWidget *row = guitu_section_row_new (guitu_json_string (point, "title"), guitu_json_string (point, "text"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, guitu_json_string (point, "text"), -1);
  return row;
}

GtkWidget *
guitu_list_log_row (JsonObject *line)
{
  const char *what = guitu_json_text (line, "what");
  const char *outcome = guitu_json_text (line, "outcome");
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (line, "at"));
  g_autoptr (GString) title = g_string_new (guitu_json_string (line, "act_name"));
  g_autoptr (GString) detail = g_string_new (at);

  guitu_json_join (title, guitu_json_text (line, "station_name"));
  guitu_json_join (detail, guitu_json_text (line, "by"));
  if (outcome != NULL)
    guitu_json_join (detail, guitu_code_label ("list_outcome", outcome));
  guitu_json_join (detail, guitu_json_text (line, "why"));
  if (what != NULL)
    guitu_json_join (detail, guitu_code_label ("list_handling", what));
  guitu_json_join (detail, guitu_json_text (line, "text"));
  return guitu_section_row_new (title->str, detail->str);
}

GtkWidget *
guitu_list_dissent_row (JsonObject *dissent)
{
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (dissent, "at"));
  g_autoptr (GString) detail = g_string_new (guitu_json_string (dissent, "station_name"));

  guitu_json_join (detail, at);
  return guitu_section_row_new (guitu_json_string (dissent, "text"), detail->str);
}

const char *
guitu_list_entry_name (JsonObject *entry)
{
  static const char *const members[] = { "display_name", "person_name", "name" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (guitu_json_text (entry, members[i]) != NULL)
      return guitu_json_text (entry, members[i]);
  return _ ("Nobody is named any more");
}

GtkWidget *
guitu_list_entry_row (JsonObject *entry)
{
  gboolean is_own = guitu_json_flag (entry, "own");
  const char *name = guitu_list_entry_name (entry);
  g_autofree char *station = guitu_list_station_words (entry);
  g_autofree char *until = guitu_json_text (entry, "until") != NULL ? g_strdup_printf (_ ("until %s"), guitu_json_text (entry, "until")) : NULL;
  g_autoptr (GString) detail = g_string_new (guitu_json_string (entry, "category_name"));
  g_autofree char *spoken = NULL;
  GtkWidget *row, *mark;

  guitu_json_join (detail, until);
  guitu_json_join (detail, guitu_json_text (entry, "measure_name"));
  guitu_json_join (detail, station);
  row = guitu_section_row_new (name, detail->str);
  mark = guitu_label_new_line ("mark");
  gtk_label_set_text (GTK_LABEL (mark), guitu_json_string (entry, "state_name"));
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.open-entry");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (entry, is_own ? "id" : "listing"));
  spoken = g_strdup_printf ("%s · %s · %s", name, guitu_json_string (entry, "state_name"), detail->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}
