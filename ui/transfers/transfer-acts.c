/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/transfer-acts.h"

#include "ui/transfers/scan-button.h"
#include "ui/transfers/transfer-plan.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

#define NAMES "guitu-acts" /* of the buttons that are there */
#define NOT_GONE "planned approved"
#define ON_THE_WAY "departed handed-over"

typedef struct
{
  const char *name;
  const char *states; /* in which it has a place */
  const char *label;  /* of the button */
  const char *title;  /* of the dialog */
  const char *accept;
  const char *verb;
  const char *const *fields; /* NULL: no dialog of this table */
  const char *const *labels; /* pairs of a field and what it is called here; NULL: the fields' own */
  const char *intro;
} Act;

static const Act acts[] = {
  { "approve", "planned departed handed-over accepted rejected", N_ ("_Approve…"), N_ ("Approve the Way Home"), N_ ("_Approve"), "transfer approve",
    FIELDS ("transfer.approval_note=note"), NULL, N_ ("Somebody else than who planned it approves. What is read here is what is approved.") },
  { "send-back", "planned", N_ ("Send _Back…"), N_ ("Send the Plan Back"), N_ ("_Send Back"), "transfer approve",
    FIELDS ("transfer.approval_note=reject"), FIELDS ("approval_note", N_ ("Why not")), N_ ("The plan goes back to who made it, with the reason.") },
  { "depart", NOT_GONE, N_ ("_Depart…"), NULL, NULL, "transfer depart", NULL, NULL, NULL },
  { "edit", NOT_GONE, N_ ("Change the _Plan…"), NULL, NULL, "transfer edit", NULL, NULL, NULL },
  { "waypoint", "departed handed-over accepted rejected returned", N_ ("_Note from the Road…"), N_ ("Note from the Road"), N_ ("_Note"), "transfer waypoint",
    FIELDS ("waypoint.kind", "waypoint.text", "waypoint.place", "waypoint.passed_at"), NULL, N_ ("What the escorts wrote down on paper may be entered later, with the time at which it was.") },
  { "handover", "departed handed-over accepted", N_ ("_Handed Over…"), N_ ("Handed Over"), N_ ("_Save"), "transfer handover",
    FIELDS ("transfer.handed_over_to=to", "transfer.handed_over_at=at", "transfer.handed_over_place=place", "paper.seal=text"),
    FIELDS ("seal", N_ ("Code of the receipt")), N_ ("Scan the code of the receipt that the escorts brought, or choose a picture of it. Without one, the answer is waited for.") },
  { "send", ON_THE_WAY, N_ ("Send the _File Again"), NULL, NULL, "transfer send", NULL, NULL, NULL },
  { "paper", "approved departed handed-over", N_ ("Hand-over Pa_per…"), NULL, NULL, "paper issue", NULL, NULL, NULL },
  { "came-back", "departed handed-over rejected", N_ ("Came Bac_k…"), N_ ("They Came Back"), N_ ("_Save"), "transfer cancel",
    FIELDS ("transfer.outcome=reason"), FIELDS ("outcome", N_ ("Why")), N_ ("Nobody was handed over. Who came back is registered as an arrival, or the stay is opened again.") },
  { "cancel", NOT_GONE, N_ ("Cance_l the Plan…"), N_ ("Cancel the Plan"), N_ ("_Cancel the Plan"), "transfer cancel",
    FIELDS ("transfer.outcome=reason"), FIELDS ("outcome", N_ ("Why")), N_ ("Nobody departs; the stay goes on.") },
  { "person", NOT_GONE " departed handed-over accepted rejected returned cancelled", N_ ("_Open File"), NULL, NULL, "person show", NULL, NULL, NULL },
};

static gboolean
is_possible (const Act *act, GuituStation *station, JsonObject *transfer)
{
  g_auto (GStrv) states = g_strsplit (act->states, " ", -1);

  if (!guitu_station_may (station, act->verb) || !g_strv_contains ((const char *const *) states, guitu_json_string (transfer, "state")))
    return FALSE;
  if (g_str_equal (act->name, "approve"))
    return guitu_json_text (transfer, "approved_by") == NULL;
  return !g_str_equal (act->name, "person") || guitu_json_text (transfer, "person") != NULL;
}

/* The names of the acts that are possible now. (transfer full) */
static char *
names_of (GuituStation *station, JsonObject *transfer)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (is_possible (&acts[i], station, transfer))
      g_string_append_printf (names, "%s ", acts[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

gboolean
guitu_transfer_acts_fill (GtkBox *box, GuituStation *station, JsonObject *transfer, const char *action)
{
  g_autofree char *names = names_of (station, transfer);
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), NAMES), names) == 0)
    return FALSE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (is_possible (&acts[i], station, transfer))
      {
        GtkWidget *button = gtk_button_new_with_mnemonic (_ (acts[i].label));

        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", acts[i].name);
        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
        gtk_box_append (box, button);
      }
  guitu_name_buttons (GTK_WIDGET (box));
  g_object_set_data_full (G_OBJECT (box), NAMES, g_steal_pointer (&names), g_free);
  return TRUE;
}

static const Act *
find_act (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      return &acts[i];
  return NULL;
}

/* The rows of an act, and the reason of an exception where a rule refuses approval. (transfer container) */
static GPtrArray *
rows_of (const Act *act, gboolean asks_exception)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (gsize i = 0; act->fields[i] != NULL; i++)
    g_ptr_array_add (rows, (gpointer) act->fields[i]);
  if (asks_exception)
    g_ptr_array_add (rows, (gpointer) "transfer.exception=override");
  g_ptr_array_add (rows, NULL);
  return rows;
}

/* What is approved is read before: who goes along, how, and which rules are not kept. */
static char *
intro_of (const Act *act, JsonObject *transfer)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *warnings = guitu_transfer_warning_words (transfer);

  if (g_str_equal (act->name, "approve"))
    {
      guitu_json_join (words, guitu_json_text (transfer, "display_name"));
      guitu_json_join (words, guitu_json_text (transfer, "escorts"));
      guitu_json_join (words, guitu_json_text (transfer, "route"));
      if (*warnings != '\0')
        g_string_append_printf (words, "\n%s", warnings);
      g_string_append (words, words->len > 0 ? "\n\n" : "");
    }
  g_string_append (words, _ (act->intro));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

GuituFormDialog *
guitu_transfer_act_dialog (const char *name, GtkWidget *from, GuituStation *station, JsonObject *transfer)
{
  const Act *act = find_act (name);
  gboolean asks_exception = g_str_equal (name, "approve") && g_str_equal (guitu_json_string (transfer, "state"), "planned") && guitu_transfer_needs_exception (transfer);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *intro = NULL;
  GuituFormDialog *dialog;

  if (g_str_equal (name, "edit"))
    return guitu_transfer_edit_dialog (from, station, transfer);
  if (act == NULL || act->fields == NULL)
    return NULL;
  rows = rows_of (act, asks_exception);
  intro = intro_of (act, transfer);
  dialog = guitu_form_dialog_new (from, station, _ (act->title), _ (act->accept), act->verb, (const char *const *) rows->pdata);
  guitu_form_dialog_set_option (dialog, "transfer", guitu_json_string (transfer, "id"));
  guitu_form_dialog_explain (dialog, intro);
  for (gsize i = 0; act->labels != NULL && act->labels[i] != NULL; i += 2)
    guitu_field_row_set_label (guitu_form_dialog_row (dialog, act->labels[i]), _ (act->labels[i + 1]));
  if (asks_exception)
    guitu_transfer_ask_exception (dialog);
  if (g_str_equal (name, "handover"))
    guitu_form_dialog_add (dialog, guitu_scan_button_new (_ ("Picture of the Receipt…")), guitu_scan_button_collect);
  return dialog;
}
