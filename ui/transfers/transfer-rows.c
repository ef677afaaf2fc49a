/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/transfer-rows.h"

#include "ui/person/person-rows.h"
#include "ui/transfers/incoming-acts.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

/* What a way home may wait for. */
static const struct
{
  const char *kind;
  const char *words;
} waits[] = {
  { "transfer-approval", N_ ("Approval due") },
  { "transfer-answer", N_ ("Answer due") },
  { "transfer-rejected", N_ ("To be settled with the other station by") },
};

/* In which order a way home is told. */
static const char *const facts[] = {
  "transfer.kind", "transfer.to_station", "transfer.to_region", "transfer.receiver", "transfer.reason", "transfer.departs_at", "transfer.arrives_at",
  "transfer.route", "transfer.risk", "transfer.measures", "transfer.medicines", "transfer.health_notes", "transfer.luggage", "transfer.documents", "transfer.plan",
  "transfer.approved_at", "transfer.approval_note", "transfer.emergency", "transfer.exception", "transfer.handed_over_at", "transfer.handed_over_to",
  "transfer.handed_over_place", "transfer.accepted_at", "transfer.accepted_by", "transfer.refusal", "transfer.outcome", "transfer.differences", "transfer.receipt"
};

static void
join_words (GString *words, JsonObject *record, const char *path)
{
  g_autofree char *text = guitu_json_words (record, path);

  guitu_json_join (words, text);
}

char *
guitu_transfer_wait_words (JsonObject *transfer)
{
  JsonArray *array = guitu_json_array (transfer, "waits");
  guint n = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (waits); j++)
      {
        JsonObject *wait = json_array_get_object_element (array, i);
        g_autofree char *due = NULL;
        g_autofree char *line = NULL;

        if (!g_str_equal (waits[j].kind, guitu_json_string (wait, "kind")))
          continue;
        due = guitu_moment_from_iso (guitu_json_text (wait, "due_at"));
        line = g_strdup_printf ("%s %s", _ (waits[j].words), due);
        guitu_json_join (words, line);
      }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static const char *
style_of_state (JsonObject *transfer)
{
  const char *state = guitu_json_string (transfer, "state");

  if (guitu_json_flag (transfer, "overdue") || g_str_equal (state, "rejected"))
    return "error";
  if (g_str_equal (state, "planned"))
    return "warning";
  return g_str_equal (state, "accepted") || g_str_equal (state, "approved") ? "success" : NULL;
}

GtkWidget *
guitu_transfer_row (JsonObject *transfer)
{
  g_autoptr (GString) title = g_string_new (guitu_json_string (transfer, "display_name"));
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *state = guitu_json_words (transfer, "transfer.state");
  g_autofree char *waits_for = guitu_transfer_wait_words (transfer);
  GtkWidget *row;

  join_words (title, transfer, "transfer.kind");
  guitu_json_join (detail, guitu_json_text (transfer, "to_station"));
  join_words (detail, transfer, "transfer.to_region");
  join_words (detail, transfer, "transfer.departs_at");
  guitu_json_join (detail, guitu_json_text (transfer, "escorts"));
  guitu_json_join (detail, waits_for);
  row = guitu_section_row_new (title->str, detail->str);
  guitu_person_row_mark (row, guitu_json_flag (transfer, "overdue") ? _ ("Overdue") : state, style_of_state (transfer));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (transfer, "id"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.show-transfer");
  return row;
}

static GtkWidget *
add_button (GtkWidget *row, const char *label, const char *about, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s %s", label, about);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

GtkWidget *
guitu_transfer_expected_row (JsonObject *expected)
{
  const char *letter = guitu_json_string (expected, "letter");
  const char *name = guitu_json_string (expected, "display_name");
  g_autoptr (GString) title = g_string_new (name);
  g_autofree char *detail = guitu_incoming_summary (expected);
  g_autofree char *waited = g_strdup_printf (ngettext ("For %d hour", "For %d hours", (gulong) guitu_json_integer (expected, "hours", 0)),
                                             (int) guitu_json_integer (expected, "hours", 0));
  GtkWidget *row, *take_over;

  guitu_json_join (title, guitu_json_text (expected, "from_name") != NULL ? guitu_json_text (expected, "from_name") : guitu_json_text (expected, "from_station"));
  row = guitu_section_row_new (title->str, detail);
  guitu_person_row_mark (row, waited, NULL);
  take_over = add_button (row, _ ("Take Over…"), name, "page.take-over", letter);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), take_over);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (take_over), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  add_button (row, _ ("Do Not Take Over…"), name, "page.refuse", letter);
  return row;
}

GtkWidget *
guitu_transfer_answered_row (JsonObject *incoming)
{
  g_autoptr (GString) title = g_string_new (guitu_json_string (incoming, "from_station"));
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *state = guitu_json_words (incoming, "incoming.state");
  GtkWidget *row;

  guitu_json_join (title, guitu_json_text (incoming, "handed_by"));
  join_words (detail, incoming, "incoming.at");
  join_words (detail, incoming, "incoming.refusal");
  guitu_json_join (detail, guitu_json_text (incoming, "reason"));
  guitu_json_join (detail, guitu_json_text (incoming, "differences"));
  guitu_json_join (detail, guitu_json_text (incoming, "receipt"));
  row = guitu_section_row_new (title->str, detail->str);
  guitu_person_row_mark (row, state, style_of_state (incoming));
  return row;
}

/* --- Of one way home ------------------------------------------------------------------------- */

GtkWidget *
guitu_transfer_escort_row (JsonObject *escort)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  join_words (detail, escort, "escort.sex");
  join_words (detail, escort, "escort.role");
  guitu_json_join (detail, guitu_json_text (escort, "phone"));
  return guitu_section_row_new (guitu_json_string (escort, "name"), detail->str);
}

GtkWidget *
guitu_transfer_waypoint_row (JsonObject *waypoint)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) detail = g_string_new (NULL);
  gboolean is_passed = guitu_json_text (waypoint, "passed_at") != NULL;
  g_autofree char *price = guitu_json_words (waypoint, "waypoint.price_fen");
  GtkWidget *row;

  join_words (title, waypoint, "waypoint.kind");
  guitu_json_join (title, guitu_json_text (waypoint, "place"));
  guitu_json_join (title, guitu_json_text (waypoint, "text"));
  join_words (detail, waypoint, is_passed ? "waypoint.passed_at" : "waypoint.planned_at");
  guitu_json_join (detail, guitu_json_text (waypoint, "carrier"));
  guitu_json_join (detail, guitu_json_text (waypoint, "ticket"));
  guitu_json_join (detail, price);
  if (g_str_equal (guitu_json_string (waypoint, "special"), "yes"))
    guitu_json_join (detail, guitu_field_label (guitu_json_field ("waypoint.special", NULL)));
  guitu_json_join (detail, guitu_json_text (waypoint, "station_name") != NULL ? guitu_json_text (waypoint, "station_name") : guitu_json_text (waypoint, "station"));
  guitu_json_join (detail, guitu_json_text (waypoint, "station_address"));
  guitu_json_join (detail, guitu_json_text (waypoint, "station_phone"));
  row = guitu_section_row_new (title->str, detail->str);
  guitu_person_row_mark (row, is_passed ? _ ("Passed") : _ ("Planned"), is_passed ? "success" : NULL);
  return row;
}

/* What a letter brings. */
static const struct
{
  const char *subject;
  const char *words;
} subjects[] = {
  { "hand-over", N_ ("The person's file") },
  { "answer", N_ ("The answer") },
  { "follow-up", N_ ("A follow-up visit at home") },
};

GtkWidget *
guitu_transfer_letter_row (JsonObject *letter)
{
  const char *subject = guitu_json_string (letter, "subject");
  g_autofree char *sent = guitu_json_words (letter, "letter.sent_at");
  g_autofree char *way = g_strdup_printf ("%s → %s", guitu_json_string (letter, "station"), guitu_json_string (letter, "to_station"));
  g_autoptr (GString) detail = g_string_new (sent);

  guitu_json_join (detail, way);
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].subject, subject))
      subject = _ (subjects[i].words);
  return guitu_section_row_new (subject, detail->str);
}

GtkWidget *
guitu_transfer_visit_row (JsonObject *follow_up)
{
  gboolean is_done = guitu_json_text (follow_up, "done_on") != NULL;
  const char *text = guitu_json_text (follow_up, "text");
  g_autoptr (GString) detail = g_string_new (NULL);
  GtkWidget *row;

  join_words (detail, follow_up, is_done ? "follow_up.done_on" : "follow_up.due_on");
  join_words (detail, follow_up, "follow_up.how");
  if (guitu_json_text (follow_up, "found_at_home") != NULL)
    {
      guitu_json_join (detail, guitu_field_label (guitu_json_field ("follow_up.found_at_home", NULL)));
      join_words (detail, follow_up, "follow_up.found_at_home");
    }
  guitu_json_join (detail, guitu_json_text (follow_up, "station"));
  row = guitu_section_row_new (text != NULL ? text : _ ("Follow-up visit"), detail->str);
  guitu_person_row_mark (row, is_done ? _ ("Done") : _ ("Planned"), is_done ? "success" : NULL);
  return row;
}

GtkWidget *
guitu_transfer_paper_row (JsonObject *paper)
{
  g_autofree char *issued = guitu_json_words (paper, "paper.issued_at");
  g_autofree char *state = guitu_json_words (paper, "paper.state");
  g_autoptr (GString) detail = g_string_new (guitu_json_string (paper, "number"));
  GtkWidget *row;

  guitu_json_join (detail, issued);
  row = guitu_section_row_new (guitu_json_string (paper, "title"), detail->str);
  if (guitu_json_text (paper, "receipt") != NULL)
    guitu_person_row_mark (row, _ ("Receipt verified"), "success");
  else
    guitu_person_row_mark (row, state, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), guitu_json_text (paper, "number") != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (paper, "number"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-paper");
  return row;
}

GtkWidget *
guitu_transfer_fact_row (JsonObject *fact)
{
  return guitu_section_row_new (guitu_json_string (fact, "label"), guitu_json_string (fact, "text"));
}

JsonArray *
guitu_transfer_facts (JsonObject *transfer)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text = guitu_json_words (transfer, facts[i]);
      JsonObject *fact;

      if (*text == '\0')
        continue;
      fact = json_object_new ();
      json_object_set_string_member (fact, "label", guitu_field_label (guitu_json_field (facts[i], NULL)));
      json_object_set_string_member (fact, "text", text);
      json_array_add_object_element (array, fact);
    }
  return array;
}
