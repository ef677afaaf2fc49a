/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/incoming-acts.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/intake/same-person-list.h"
#include "ui/page.h"
#include "ui/papers/papers-work.h"
#include "ui/transfers/scan-button.h"
#include "ui/transfers/things-check.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define STATION "guitu-station"
#define PERSON "guitu-person"
#define PAPER "guitu-paper"
#define ASKED "guitu-asked" /* who it may be was shown before */
#define WIDTH 680

/* What the file says that is good to know before the person is taken over. */
static const char *const told[] = { "transfer.health_notes", "transfer.medicines", "transfer.risk", "transfer.measures", "transfer.documents", "transfer.reason" };

char *
guitu_incoming_summary (JsonObject *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *person = guitu_json_person_summary (expected);
  g_autofree char *arrives = guitu_json_words (expected, "transfer.arrives_at");
  g_autofree char *departed = guitu_json_words (expected, "transfer.departs_at");
  g_autofree char *when = *arrives != '\0' ? g_strdup_printf (_ ("Expected %s"), arrives) : *departed != '\0' ? g_strdup_printf (_ ("Departed %s"), departed)
                                                                                                              : NULL;

  guitu_json_join (words, person);
  guitu_json_join (words, when);
  guitu_json_join (words, guitu_json_text (expected, "escorts"));
  guitu_json_join (words, guitu_json_text (expected, "route"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* (transfer full) */
static char *
words_of_file (JsonObject *expected)
{
  JsonObject *transfer = guitu_json_object (expected, "file_transfer");
  g_autofree char *summary = guitu_incoming_summary (expected);
  g_autoptr (GString) words = g_string_new (guitu_json_string (expected, "display_name"));

  guitu_json_join (words, guitu_json_text (expected, "from_name"));
  g_string_append_printf (words, "\n%s", summary);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *said = guitu_json_words (transfer, told[i]);

      if (*said != '\0')
        g_string_append_printf (words, "\n%s: %s", guitu_field_label (guitu_json_field (told[i], NULL)), said);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- Who it may be --------------------------------------------------------------------------- */

static void
collect_person (GtkWidget *box, JsonObject *input)
{
  guitu_json_set (input, "person", g_object_get_data (G_OBJECT (box), PERSON));
}

static void
set_person (GtkWidget *box, const char *person)
{
  GtkWidget *list = gtk_widget_get_first_child (box);
  GtkWidget *chosen = gtk_widget_get_last_child (box);

  g_object_set_data_full (G_OBJECT (box), PERSON, g_strdup (person), g_free);
  gtk_widget_set_visible (list, person == NULL);
  gtk_widget_set_visible (chosen, person != NULL);
  if (person != NULL)
    gtk_widget_grab_focus (gtk_widget_get_last_child (chosen));
}

static void
on_use (GtkWidget *box, const char *person)
{
  set_person (box, person);
}

static void
on_new_person (GtkWidget *box)
{
  set_person (box, NULL);
  gtk_widget_child_focus (gtk_widget_get_first_child (box), GTK_DIR_TAB_FORWARD);
}

/* The file is opened behind the dialog, which gives way. */
static void
on_open_person (GSimpleAction *action, GVariant *parameter, gpointer box)
{
  GtkWindow *dialog = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (box)));
  GtkWindow *parent = gtk_window_get_transient_for (dialog);

  if (parent == NULL)
    return;
  gtk_widget_activate_action_variant (GTK_WIDGET (parent), "win.open-person", parameter);
  gtk_window_close (dialog);
}

static GtkWidget *
build_chosen (GtkWidget *box)
{
  GtkWidget *chosen = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Taken over as the person who is known here."));
  GtkWidget *undo = gtk_button_new_with_label (_ ("Somebody Else"));

  gtk_box_append (GTK_BOX (chosen), label);
  gtk_box_append (GTK_BOX (chosen), undo);
  gtk_widget_set_visible (chosen, FALSE);
  g_signal_connect_object (undo, "clicked", G_CALLBACK (on_new_person), box, G_CONNECT_SWAPPED);
  return chosen;
}

static GtkWidget *
build_persons (void)
{
  static const GActionEntry actions[] = { { .name = "open-person", .activate = on_open_person, .parameter_type = "(ss)" } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = g_object_new (GUITU_TYPE_SAME_PERSON_LIST, NULL);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), box);
  gtk_widget_insert_action_group (box, "win", G_ACTION_GROUP (group));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), build_chosen (box));
  g_signal_connect_object (list, "use", G_CALLBACK (on_use), box, G_CONNECT_SWAPPED);
  return box;
}

/* A desk that may not ask takes the person over as somebody new; the warnings come with the answer. */
static void
persons_found (gpointer owner, JsonArray *results, GError *error)
{
  if (error == NULL)
    guitu_same_person_list_fill (GUITU_SAME_PERSON_LIST (gtk_widget_get_first_child (owner)), guitu_json_array (guitu_call_first (results), "warnings"));
}

/* --- Taking over ----------------------------------------------------------------------------- */

static void
tell_same_person (GtkWidget *from, JsonObject *result)
{
  JsonArray *warnings = guitu_json_array (result, "warnings");
  guint n = warnings != NULL ? json_array_get_length (warnings) : 0;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (warnings, i), "kind"), "same-person"))
      guitu_json_join (names, guitu_json_text (json_array_get_object_element (warnings, i), "name"));
  if (names->len > 0)
    guitu_dialog_tell (from, _ ("Perhaps Somebody Who Is Known Here"),
                       _ ("Open the person's file and look: “Same Person as” puts both records together."), names->str);
}

/* @from: the page; the person's name is not told where it is fenced. */
static void
on_accepted (GtkWidget *from, JsonObject *result, GtkWidget *dialog)
{
  GuituStation *station = g_object_get_data (G_OBJECT (dialog), STATION);
  JsonObject *receipt = guitu_json_object (result, "receipt_paper");
  JsonObject *person = guitu_json_object (result, "person");
  const char *name = guitu_json_text (person, "display_name") != NULL ? guitu_json_text (person, "display_name") : guitu_json_string (person, "name");
  /* Translators: %s is the name of a person */
  g_autofree char *words = g_strdup_printf (_ ("%s is taken over. Now admit them, in their file."), name);

  if (guitu_json_flag (result, "already"))
    guitu_page_toast (from, _ ("This person was taken over here already."));
  else
    guitu_page_toast (from, words);
  if (g_object_get_data (G_OBJECT (dialog), ASKED) == NULL)
    tell_same_person (from, result);
  if (receipt != NULL)
    guitu_papers_open_issued (from, station, receipt);
}

static void
name_paper (GuituFormDialog *dialog, const GuituIncoming *incoming)
{
  if (incoming->expected != NULL)
    guitu_form_dialog_set_option (dialog, "letter", guitu_json_string (incoming->expected, "letter"));
  if (incoming->option != NULL)
    guitu_form_dialog_set_option (dialog, g_str_equal (incoming->option, "text") ? "seal" : incoming->option, incoming->value);
}

static void
call_row (GuituFormDialog *dialog, const char *field, const char *label, const char *hint)
{
  GuituFieldRow *row = guitu_form_dialog_row (dialog, field);

  if (row == NULL)
    return;
  guitu_field_row_set_label (row, label);
  guitu_field_row_set_hint (row, hint);
}

static void
add_file (GuituFormDialog *dialog, GuituStation *station, JsonObject *expected)
{
  JsonObject *known = guitu_json_object (expected, "file_person");
  GtkWidget *persons;

  if (guitu_json_count (expected, "file_belongings") > 0)
    guitu_form_dialog_add (dialog, guitu_things_check_new (guitu_json_array (expected, "file_belongings")), guitu_things_check_collect);
  if (known == NULL)
    return;
  persons = build_persons ();
  g_object_set_data (G_OBJECT (dialog), ASKED, persons);
  guitu_form_dialog_add (dialog, persons, collect_person);
  guitu_call (station, "person check", json_object_ref (known), NULL, persons, persons_found);
}

void
guitu_incoming_accept (GtkWidget *from, GuituStation *station, const GuituIncoming *incoming)
{
  static const char *const with_paper[] = { "incoming.handed_by=handed_over_by", "stay.arrived_at=at", "incoming.differences=differences", "incoming.reason=elsewhere", NULL };
  static const char *const with_file[] = { "incoming.handed_by=handed_over_by", "stay.arrived_at=at", "paper.seal=seal", "incoming.differences=differences", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Take Over This Person"), _ ("_Take Over"), "transfer accept",
                                                   incoming->option != NULL ? with_paper : with_file);
  g_autofree char *words = incoming->expected != NULL ? words_of_file (incoming->expected)
                                                      : g_strdup (_ ("Their file is not here yet: the paper is enough. What is missing is filled in when the file comes."));

  g_object_set_data_full (G_OBJECT (dialog), STATION, g_object_ref (station), g_object_unref);
  name_paper (dialog, incoming);
  guitu_form_dialog_explain (dialog, words);
  call_row (dialog, "arrived_at", _ ("Arrived at"), _ ("Left empty: now."));
  call_row (dialog, "seal", _ ("Code of the paper"), _ ("Scan the hand-over paper, if there is one. The file alone is enough."));
  call_row (dialog, "reason", _ ("Why here, if the paper names another place"), NULL);
  call_row (dialog, "differences", _ ("What else is different"), NULL);
  if (incoming->option == NULL)
    guitu_form_dialog_add (dialog, guitu_scan_button_new (_ ("Picture of the Paper…")), guitu_scan_button_collect);
  if (incoming->expected != NULL)
    {
      guitu_field_row_set_text (guitu_form_dialog_row (dialog, "handed_by"), guitu_json_string (incoming->expected, "escorts"));
      add_file (dialog, station, incoming->expected);
    }
  gtk_window_set_default_size (GTK_WINDOW (dialog), WIDTH, -1);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_accepted), from, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Not taking over ------------------------------------------------------------------------- */

static void
on_rejected (GtkWidget *from)
{
  guitu_page_toast (from, _ ("Not taken over. The answer goes to their station with the next exchange."));
}

void
guitu_incoming_reject (GtkWidget *from, GuituStation *station, const GuituIncoming *incoming)
{
  static const char *const fields[] = { "incoming.refusal=ground", "incoming.reason=reason", "incoming.handed_by=handed_over_by", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Do Not Take Over"), _ ("_Do Not Take Over"), "transfer reject", fields);

  name_paper (dialog, incoming);
  guitu_form_dialog_explain (dialog, _ ("Their station is told ground and reason. Whoever is at the door and needs help is admitted all the same."));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_rejected), from, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- From a paper ---------------------------------------------------------------------------- */

/* How the paper was given, in the care of the page that asked. */
typedef struct
{
  GuituStation *station;
  char *option;
  char *value;
  JsonObject *answer; /* of "verify" */
} Paper;

static void
paper_free (gpointer data)
{
  Paper *paper = data;

  g_object_unref (paper->station);
  g_free (paper->option);
  g_free (paper->value);
  json_object_unref (paper->answer);
  g_free (paper);
}

static gboolean
has_paper (JsonObject *expected, JsonObject *answer)
{
  JsonArray *papers = guitu_json_array (expected, "file_papers");
  guint n = papers != NULL ? json_array_get_length (papers) : 0;

  if (!g_str_equal (guitu_json_string (expected, "from_station"), guitu_json_string (answer, "station")))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (papers, i), "number"), guitu_json_string (answer, "number")))
      return TRUE;
  return FALSE;
}

static void
expected_found (gpointer owner, JsonArray *results, GError *error)
{
  const Paper *paper = g_object_get_data (G_OBJECT (owner), PAPER);
  GuituIncoming incoming = { NULL, paper->option, paper->value };
  guint n = results != NULL ? json_array_get_length (results) : 0;

  if (error != NULL)
    guitu_error_show (owner, error);
  for (guint i = 0; i < n; i++)
    if (has_paper (json_array_get_object_element (results, i), paper->answer))
      incoming.expected = json_array_get_object_element (results, i);
  if (error == NULL && gtk_widget_get_mapped (owner))
    guitu_incoming_accept (owner, paper->station, &incoming);
}

void
guitu_incoming_accept_paper (GtkWidget *from, GuituStation *station, const char *option, const char *value, JsonObject *answer)
{
  Paper *paper = g_new0 (Paper, 1);
  JsonObject *input = json_object_new ();

  *paper = (Paper){ g_object_ref (station), g_strdup (option), g_strdup (value), json_object_ref (answer) };
  g_object_set_data_full (G_OBJECT (from), PAPER, paper, paper_free);
  json_object_set_boolean_member (input, "full", TRUE);
  guitu_call (station, "transfer incoming", input, NULL, from, expected_found);
}
