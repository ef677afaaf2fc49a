/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-stay-rows.h"

#include "app/app.h"
#include "ui/person/person-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

/* A button in words, spoken with what it is about. */
static void
add_act (GtkWidget *row, const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s %s", label, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GVariant *
id_of (JsonObject *record)
{
  return g_variant_new_string (guitu_json_string (record, "id"));
}

/* "Label value", where there is a value. */
static void
join_field (GString *words, JsonObject *record, const char *path)
{
  g_autofree char *value = guitu_json_words (record, path);
  g_autofree char *line = NULL;

  if (*value == '\0')
    return;
  line = g_strdup_printf ("%s %s", guitu_field_label (guitu_json_field (path, NULL)), value);
  guitu_json_join (words, line);
}

static void
join_words (GString *words, JsonObject *record, const char *path)
{
  g_autofree char *value = guitu_json_words (record, path);

  guitu_json_join (words, value);
}

/* --- Timeline -------------------------------------------------------------------------------- */

GtkWidget *
guitu_stay_moment_row (JsonObject *moment)
{
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (moment, "at"));
  g_autofree char *when = g_strdup_printf ("%s\n%s", at, guitu_json_string (moment, "by_name"));
  GtkWidget *row = guitu_section_row_new (guitu_json_string (moment, "label"), guitu_json_string (moment, "text"));
  GtkWidget *label = gtk_label_new (g_strstrip (when));

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

JsonArray *
guitu_stay_reverse (JsonArray *array)
{
  JsonArray *reversed = json_array_new ();

  for (guint i = array != NULL ? json_array_get_length (array) : 0; i > 0; i--)
    json_array_add_element (reversed, json_node_copy (json_array_get_element (array, i - 1)));
  return reversed;
}

/* --- Belongings ------------------------------------------------------------------------------ */

static gboolean
lacks_signature (JsonObject *belonging)
{
  gboolean is_out = guitu_json_text (belonging, "out_at") != NULL;

  return guitu_json_flag (belonging, "is_unsigned") || (is_out && guitu_json_text (belonging, "out_second") == NULL);
}

static char *
belonging_title (JsonObject *belonging)
{
  GString *title = g_string_new (guitu_json_string (belonging, "name"));
  gint64 count = guitu_json_integer (belonging, "count", 1);
  g_autofree char *amount = guitu_json_words (belonging, "belonging.amount_fen");

  if (count > 1)
    g_string_append_printf (title, " × %d", (int) count);
  if (*amount != '\0')
    g_string_append_printf (title, " ¥%s", amount);
  return g_string_free (title, FALSE);
}

GtkWidget *
guitu_stay_belonging_row (JsonObject *belonging)
{
  g_autofree char *title = belonging_title (belonging);
  g_autofree char *state = guitu_json_words (belonging, "belonging.state");
  g_autoptr (GString) detail = g_string_new (NULL);
  gboolean is_held = guitu_json_text (belonging, "out_at") == NULL;
  GtkWidget *row;

  guitu_json_join (detail, lacks_signature (belonging) ? _ ("Signed by one") : NULL);
  guitu_json_join (detail, is_held ? state : NULL); /* its buttons leave no room for a mark */
  join_words (detail, belonging, "belonging.kind");
  join_words (detail, belonging, "belonging.features");
  join_field (detail, belonging, "belonging.bag");
  join_field (detail, belonging, "belonging.seal");
  join_words (detail, belonging, "belonging.place");
  join_field (detail, belonging, "belonging.out_to");
  join_words (detail, belonging, "belonging.note");
  row = guitu_section_row_new (title, detail->str);
  if (!is_held)
    guitu_person_row_mark (row, state, "success");
  if (lacks_signature (belonging))
    add_act (row, _ ("Sign"), "page.sign-belonging", id_of (belonging));
  if (is_held || g_str_equal (guitu_json_string (belonging, "state"), "entrusted"))
    add_act (row, _ ("Give Out…"), "page.give-belonging", id_of (belonging));
  return row;
}

/* --- People ---------------------------------------------------------------------------------- */

GtkWidget *
guitu_stay_kin_row (JsonObject *kin)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) detail = g_string_new (NULL);
  const char *willing = guitu_json_string (kin, "willing");
  GtkWidget *row;

  join_words (title, kin, "kin.kinship");
  join_words (title, kin, "kin.name");
  join_words (detail, kin, "kin.phone");
  join_words (detail, kin, "kin.address");
  join_words (detail, kin, "kin.note");
  row = guitu_section_row_new (title->str, detail->str);
  if (g_str_equal (guitu_json_string (kin, "suspect"), "yes"))
    guitu_person_row_mark (row, guitu_field_label (guitu_json_field ("kin.suspect", NULL)), "error");
  if (g_str_equal (willing, "yes"))
    guitu_person_row_mark (row, guitu_field_label (guitu_json_field ("kin.willing", NULL)), "success");
  else if (g_str_equal (willing, "no"))
    guitu_person_row_mark (row, _ ("Would not take them in"), NULL);
  add_act (row, _ ("Edit…"), "page.edit-kin", id_of (kin));
  return row;
}

GtkWidget *
guitu_stay_merged_row (JsonObject *merged)
{
  const char *name = guitu_json_text (merged, "name");
  g_autofree char *since = guitu_moment_from_iso (guitu_json_text (merged, "since"));
  g_autoptr (GString) detail = g_string_new (since);
  GtkWidget *row;

  guitu_json_join (detail, guitu_json_text (merged, "by"));
  guitu_json_join (detail, guitu_json_text (merged, "reason"));
  row = guitu_section_row_new (name != NULL ? name : _ ("Without a name"), detail->str);
  if (guitu_json_text (merged, "link") != NULL)
    add_act (row, _ ("Undo…"), "page.unmerge", g_variant_new ("(ss)", guitu_json_string (merged, "id"), guitu_json_string (merged, "link")));
  return row;
}

GtkWidget *
guitu_stay_staff_row (JsonObject *relation)
{
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (relation, "at"));
  g_autoptr (GString) detail = g_string_new (NULL);

  join_words (detail, relation, "relation.kinship");
  join_words (detail, relation, "relation.text");
  guitu_json_join (detail, at);
  return guitu_section_row_new (guitu_json_string (relation, "user_name"), detail->str);
}

/* --- The way home ---------------------------------------------------------------------------- */

GtkWidget *
guitu_stay_transfer_row (JsonObject *transfer)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *state = guitu_json_words (transfer, "transfer.state");
  gboolean is_planned = g_str_equal (guitu_json_string (transfer, "state"), "planned") || g_str_equal (guitu_json_string (transfer, "state"), "approved");
  gboolean has_left = g_str_equal (guitu_json_string (transfer, "state"), "departed");
  GtkWidget *row;

  join_words (title, transfer, "transfer.kind");
  join_words (detail, transfer, "transfer.to_station");
  join_words (detail, transfer, "transfer.to_region");
  join_field (detail, transfer, "transfer.departs_at");
  join_words (detail, transfer, "transfer.route");
  join_field (detail, transfer, "transfer.escorts");
  join_words (detail, transfer, "transfer.receiver");
  row = guitu_section_row_new (title->str, detail->str);
  guitu_person_row_mark (row, state, is_planned ? "warning" : has_left ? "success"
                                                                       : NULL);
  if (is_planned)
    add_act (row, _ ("Depart…"), "page.depart", id_of (transfer));
  return row;
}

/* --- Files ----------------------------------------------------------------------------------- */

GtkWidget *
guitu_stay_file_row (JsonObject *file)
{
  const char *title = guitu_json_text (file, "title");
  gboolean is_pdf = g_str_equal (guitu_json_string (file, "media"), "application/pdf");
  g_autofree char *size = g_format_size (guitu_json_integer (file, "length", 0));
  g_autofree char *added = guitu_json_words (file, "file.added_at");
  g_autoptr (GString) detail = g_string_new (is_pdf ? _ ("PDF") : _ ("Picture"));
  GtkWidget *row;

  guitu_json_join (detail, size);
  guitu_json_join (detail, added);
  row = guitu_section_row_new (title != NULL ? title : _ ("Without a title"), detail->str);
  add_act (row, _ ("Open"), "page.open-file", id_of (file));
  return row;
}

/* --- After the stay -------------------------------------------------------------------------- */

/* How long is left, or that the day is over. */
static void
mark_due (GtkWidget *row, JsonObject *record)
{
  gint64 days = guitu_json_integer (record, "days_left", G_MAXINT64);
  g_autofree char *words = NULL;

  if (days == G_MAXINT64)
    return;
  if (days < 0)
    words = g_strdup_printf (ngettext ("%d day overdue", "%d days overdue", (gulong) -days), (int) -days);
  else
    words = days == 0 ? g_strdup (_ ("Due today")) : g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days), (int) days);
  guitu_person_row_mark (row, words, days < 0 ? "error" : days <= 2 ? "warning"
                                                                    : NULL);
}

GtkWidget *
guitu_stay_referral_row (JsonObject *referral)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *state = guitu_json_words (referral, "referral.state");
  gboolean is_closed = guitu_json_text (referral, "closed_on") != NULL;
  GtkWidget *row;

  join_words (title, referral, "referral.scheme");
  join_words (title, referral, "referral.office");
  join_field (detail, referral, "referral.sent_on");
  join_field (detail, referral, "referral.due_on");
  join_words (detail, referral, "referral.text");
  join_words (detail, referral, "referral.outcome");
  row = guitu_section_row_new (title->str, detail->str);
  guitu_person_row_mark (row, state, g_str_equal (guitu_json_string (referral, "state"), "granted") ? "success" : NULL);
  if (is_closed)
    return row;
  mark_due (row, referral);
  add_act (row, _ ("Update…"), "page.update-referral", id_of (referral));
  return row;
}

GtkWidget *
guitu_stay_follow_up_row (JsonObject *follow_up)
{
  g_autoptr (GString) title = g_string_new (_ ("Follow-up"));
  g_autoptr (GString) detail = g_string_new (NULL);
  gboolean is_done = guitu_json_text (follow_up, "done_on") != NULL;
  GtkWidget *row;

  join_words (title, follow_up, "follow_up.how");
  join_field (detail, follow_up, "follow_up.due_on");
  join_field (detail, follow_up, "follow_up.done_on");
  join_words (detail, follow_up, "follow_up.text");
  join_words (detail, follow_up, "follow_up.next");
  row = guitu_section_row_new (title->str, detail->str);
  if (is_done)
    {
      guitu_person_row_mark (row, _ ("Done"), "success");
      return row;
    }
  mark_due (row, follow_up);
  add_act (row, _ ("Done…"), "page.close-follow-up", id_of (follow_up));
  return row;
}
