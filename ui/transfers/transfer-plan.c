/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/transfer-plan.h"

#include "ui/dialogs.h"
#include "ui/widgets/json.h"
#include "ui/widgets/list-editor.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

#define PLAN_WIDTH 820 /* four fields stand side by side */

static const char *const escort_fields[] = { "escort.name", "escort.sex", "escort.phone", "escort.role", NULL };
static const char *const waypoint_fields[] = {
  "waypoint.place", "waypoint.kind", "waypoint.planned_at", "waypoint.carrier",
  "waypoint.ticket", "waypoint.price_fen", "waypoint.special", "waypoint.station", NULL
};

/* The rules on escorts in the language of the window; papers and the command line have them in Chinese. */
static const struct
{
  const char *rule;
  const char *words;
} rules[] = {
  { "escorts_least", N_ ("Fewer people go along than the rule asks for.") },
  { "escorts_least_special", N_ ("For a minor, for somebody with a disability, critically ill or very old, more people go along.") },
  { "escort_woman_for_woman", N_ ("A woman goes along with a woman.") },
};

/* --- The rules ------------------------------------------------------------------------------- */

static const char *
words_of_rule (JsonObject *warning)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].rule, guitu_json_string (warning, "rule")))
      return _ (rules[i].words);
  return guitu_json_string (warning, "text");
}

char *
guitu_transfer_warning_words (JsonObject *transfer)
{
  JsonArray *warnings = guitu_json_array (transfer, "warnings");
  guint n = warnings != NULL ? json_array_get_length (warnings) : 0;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);

      g_string_append_printf (words, "%s%s (%s)", i == 0 ? "" : "\n", words_of_rule (warning), guitu_json_string (warning, "citation"));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

gboolean
guitu_transfer_needs_exception (JsonObject *transfer)
{
  JsonArray *warnings = guitu_json_array (transfer, "warnings");
  guint n = warnings != NULL ? json_array_get_length (warnings) : 0;

  for (guint i = 0; i < n && guitu_json_text (transfer, "exception") == NULL; i++)
    if (guitu_json_flag (json_array_get_object_element (warnings, i), "refuses"))
      return TRUE;
  return FALSE;
}

void
guitu_transfer_ask_exception (GuituFormDialog *dialog)
{
  guitu_form_dialog_ask_second (dialog, _ ("Only where a rule on escorts is not kept: give the reason above, and a second person signs with you."));
}

/* Said at once, while there is time to find somebody. */
static void
tell_warnings (GuituFormDialog *dialog, JsonObject *result)
{
  g_autofree char *words = guitu_transfer_warning_words (result);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (*words != '\0' && parent != NULL)
    guitu_dialog_tell (GTK_WIDGET (parent), _ ("The Plan Is Kept, but a Rule on Escorts Is Not"), words, NULL);
}

/* --- The dialog ------------------------------------------------------------------------------ */

static void
collect_list (GtkWidget *editor, const char *option, JsonObject *input)
{
  g_autofree char *text = NULL;

  if (!guitu_list_editor_is_changed (GUITU_LIST_EDITOR (editor)))
    return;
  text = guitu_list_editor_text (GUITU_LIST_EDITOR (editor));
  json_object_set_string_member (input, option, text);
}

static void
collect_company (GtkWidget *editor, JsonObject *input)
{
  collect_list (editor, "company", input);
}

static void
collect_waypoints (GtkWidget *editor, JsonObject *input)
{
  collect_list (editor, "waypoints", input);
}

void
guitu_transfer_plan_complete (GuituFormDialog *dialog, JsonObject *transfer)
{
  GuituListEditor *company = guitu_list_editor_new (_ ("Escorts"), _ ("Add an Escort"), escort_fields);
  GuituListEditor *waypoints = guitu_list_editor_new (_ ("Route"), _ ("Add a Point of the Route"), waypoint_fields);
  GtkWidget *before; /* who goes along is asked for right after where to */
  GtkBox *rows;

  if (transfer != NULL)
    {
      guitu_list_editor_load (company, guitu_json_array (transfer, "company"));
      guitu_list_editor_load (waypoints, guitu_json_array (transfer, "waypoints"));
    }
  before = GTK_WIDGET (guitu_form_dialog_row (dialog, "receiver"));
  rows = GTK_BOX (gtk_widget_get_parent (before));
  guitu_form_dialog_add (dialog, GTK_WIDGET (company), collect_company);
  guitu_form_dialog_add (dialog, GTK_WIDGET (waypoints), collect_waypoints);
  gtk_box_reorder_child_after (rows, GTK_WIDGET (company), before);
  gtk_box_reorder_child_after (rows, GTK_WIDGET (waypoints), GTK_WIDGET (company));
  gtk_window_set_default_size (GTK_WINDOW (dialog), PLAN_WIDTH, -1);
  g_signal_connect (dialog, "done", G_CALLBACK (tell_warnings), NULL);
}

GuituFormDialog *
guitu_transfer_edit_dialog (GtkWidget *from, GuituStation *station, JsonObject *transfer)
{
  static const char *const fields[] = { GUITU_TRANSFER_PLAN_FIELDS, NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Change the Plan"), _ ("_Save"), "transfer edit", fields);

  guitu_form_dialog_set_option (dialog, "transfer", guitu_json_string (transfer, "id"));
  guitu_form_dialog_explain (dialog, _ ("A plan that was changed is approved anew."));
  guitu_form_dialog_load (dialog, transfer);
  guitu_transfer_plan_complete (dialog, transfer);
  return dialog;
}
