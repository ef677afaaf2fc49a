/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/case-acts.h"

#include "ui/calls.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }
#define LABELS(...) FIELDS (__VA_ARGS__)

#define NAMES "guitu-acts" /* of the buttons that are there */

typedef enum
{
  PLAIN = 0,
  IN_MENU = 1 << 0,
  OF_PERSON = 1 << 1,   /* the verb takes the person, not the case */
  MAY_SECOND = 1 << 2,  /* somebody else may have to sign */
  WHEN_CLOSED = 1 << 3, /* in a closed case; else in an open one */
  ALWAYS = 1 << 4,
  IN_ROW = 1 << 5, /* begun from a row, of which it is */
} Flags;

typedef struct
{
  const char *name;
  const char *label; /* of the button or in the menu */
  const char *title; /* of the dialog */
  const char *accept;
  const char *verb;
  const char *const *fields; /* NULL: no dialog of this table */
  const char *const *labels; /* pairs of a field and what it is called here; NULL: the fields' own */
  const char *intro;
  Flags flags;
} Act;

static const Act acts[] = {
  { "statement", N_ ("Add _Statement…"), N_ ("Add Statement"), N_ ("_Add"), "person statement",
    FIELDS ("statement.text", "statement.about", "statement.sound", "statement.language", "statement.confidence", "statement.means"), NULL,
    N_ ("Write down the very words, and how they sounded; what they may mean is a field of its own."), OF_PERSON },
  { "clue", N_ ("Add C_lue…"), N_ ("Add a Clue"), N_ ("_Add"), "case clue",
    FIELDS ("clue.text", "clue.about", "clue.place", "clue.source", "clue.informant", "clue.phone"), NULL, NULL, PLAIN },
  { "inquiry", N_ ("_Inquiry or Call…"), N_ ("Inquiry or Call"), N_ ("_Save"), "case inquiry",
    FIELDS ("inquiry.kind", "inquiry.office", "inquiry.phone", "inquiry.circumstances", "inquiry.at", "inquiry.result", "inquiry.text", "inquiry.due_on", "inquiry.number", "inquiry.sample", "inquiry.collected_at", "inquiry.collected_by"),
    NULL, N_ ("Who was asked for what. As long as no result is given, the answer is waited for."), PLAIN },
  { "note", N_ ("_Note or Review…"), N_ ("Note or Review"), N_ ("_Save"), "case note",
    FIELDS ("case_note.kind", "case_note.text", "case_note.next", "case_note.next_on", "case_note.at"), NULL, NULL, PLAIN },
  { "clue-update", N_ ("What Came of It…"), N_ ("What Came of the Clue"), N_ ("_Save"), "case clue-update",
    FIELDS ("clue.state", "clue.outcome", "clue.about", "clue.place"), NULL, NULL, IN_ROW },
  { "answer", N_ ("Answer…"), N_ ("Answer to the Inquiry"), N_ ("_Save"), "case answer",
    FIELDS ("inquiry.result", "inquiry.text", "inquiry.answered_at=at", "inquiry.number", "inquiry.sample", "inquiry.collected_at", "inquiry.collected_by"), NULL, NULL, IN_ROW },
  { "assign", N_ ("Assign"), N_ ("Assign the Case"), N_ ("_Assign"), "case assign",
    FIELDS ("case.caseworker", "case_member.user=member", "user.name=release"),
    LABELS ("caseworker", N_ ("Leads the search"), "user", N_ ("Helps"), "name", N_ ("No longer works on it")), NULL, IN_MENU },
  { "notice", N_ ("Prepare a Notice"), NULL, NULL, "notice prepare", NULL, NULL, NULL, IN_MENU },
  { "edit", N_ ("Change What Is Searched For"), N_ ("What Is Searched For"), N_ ("_Save"), "case edit", FIELDS ("case.seeks"), NULL, NULL, IN_MENU },
  { "close", N_ ("Close the Case"), N_ ("Close the Case"), N_ ("_Close the Case"), "case close",
    FIELDS ("case.closed_as", "case.close_text", "case.confirmed_how", "case.confirmed_by", "person.verified_by"), NULL,
    N_ ("A case closes only with how it was solved, who confirmed it and by what."), IN_MENU | MAY_SECOND },
  { "reopen", N_ ("Search On"), N_ ("Search On"), N_ ("_Search On"), "case reopen", FIELDS ("person_link.reason=reason"), LABELS ("reason", N_ ("Why")), NULL, IN_MENU | WHEN_CLOSED },
  { "file", N_ ("Open File"), NULL, NULL, "person show", NULL, NULL, NULL, IN_MENU | ALWAYS },
};

static const Act *
find_act (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      return &acts[i];
  return NULL;
}

static gboolean
is_possible (const Act *act, GuituStation *station, JsonObject *of_case)
{
  gboolean is_closed = guitu_json_text (of_case, "closed_at") != NULL;

  if (guitu_verb_find (act->verb) == NULL || !guitu_station_may (station, act->verb))
    return FALSE;
  return (act->flags & ALWAYS) || is_closed == ((act->flags & WHEN_CLOSED) != 0);
}

gboolean
guitu_case_act_is_possible (const char *name, GuituStation *station, JsonObject *of_case)
{
  const Act *act = find_act (name);

  return act != NULL && is_possible (act, station, of_case);
}

/* --- Buttons and menu ------------------------------------------------------------------------ */

static void
add_button (GtkBox *box, const Act *act, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ (act->label));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", act->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (box, button);
}

static void
add_item (GMenu *menu, const Act *act, const char *action)
{
  g_autofree char *label = act->fields != NULL || g_str_equal (act->name, "notice") ? g_strdup_printf ("%s…", _ (act->label)) : g_strdup (_ (act->label));
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", act->name);
  g_menu_append_item (menu, item);
}

static char *
names_of (GuituStation *station, JsonObject *of_case)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (is_possible (&acts[i], station, of_case))
      g_string_append_printf (names, "%s ", acts[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

void
guitu_case_acts_fill (GtkBox *box, GtkMenuButton *more, GuituStation *station, JsonObject *of_case, const char *action)
{
  g_autofree char *names = names_of (station, of_case);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), NAMES), names) == 0)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (!(acts[i].flags & IN_ROW) && is_possible (&acts[i], station, of_case))
      {
        if (acts[i].flags & IN_MENU)
          add_item (menu, &acts[i], action);
        else
          add_button (box, &acts[i], action);
      }
  guitu_name_buttons (GTK_WIDGET (box));
  gtk_menu_button_set_menu_model (more, G_MENU_MODEL (menu));
  g_object_set_data_full (G_OBJECT (box), NAMES, g_steal_pointer (&names), g_free);
}

/* --- Dialogs --------------------------------------------------------------------------------- */

/* Who may be named, as a hint. */
static void
users_read (gpointer owner, JsonArray *results, GError *error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      JsonObject *user = json_array_get_object_element (results, i);

      if (g_str_equal (guitu_json_string (user, "state"), "active"))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", guitu_json_string (user, "name"));
    }
  guitu_field_row_set_hint (owner, names->len > 0 ? names->str : NULL);
}

static void
complete_assign (GuituFormDialog *dialog, GuituStation *station)
{
  GuituFieldRow *row = guitu_form_dialog_row (dialog, "caseworker");

  if (guitu_station_may (station, "user list"))
    guitu_call (station, "user list", NULL, NULL, row, users_read);
}

/* A clue that was looked into is not new again. */
static void
complete_clue_update (GuituFormDialog *dialog, JsonObject *clue)
{
  static const char *const states[] = { "followed", "promising", "dead-end", "confirmed", NULL };
  const char *state = guitu_json_text (clue, "state");
  g_autoptr (JsonObject) known = json_object_new ();

  guitu_json_set (known, "outcome", guitu_json_text (clue, "outcome"));
  guitu_json_set (known, "about", guitu_json_text (clue, "about"));
  guitu_json_set (known, "place", guitu_json_text (clue, "place"));
  guitu_json_set (known, "place_name", guitu_json_text (clue, "place_name"));
  guitu_field_row_offer (guitu_form_dialog_row (dialog, "state"), states);
  guitu_form_dialog_load (dialog, known);
  if (g_strv_contains (states, state != NULL ? state : ""))
    guitu_field_row_set_text (guitu_form_dialog_row (dialog, "state"), state);
}

static void
complete_answer (GuituFormDialog *dialog, JsonObject *inquiry)
{
  static const char *const results[] = { "none", "possible", "found", "refused", "waiting", NULL };
  static const char *const known[] = { "number", "sample", NULL };

  guitu_field_row_offer (guitu_form_dialog_row (dialog, "result"), results);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "answered_at"), _ ("Empty: now."));
  for (gsize i = 0; known[i] != NULL; i++)
    if (guitu_json_text (inquiry, known[i]) != NULL)
      guitu_field_row_set_text (guitu_form_dialog_row (dialog, known[i]), guitu_json_text (inquiry, known[i]));
}

/* That a search is taken up again is written by its own act. */
static void
complete_note (GuituFormDialog *dialog)
{
  static const char *const kinds[] = { "plan", "review", "interview", "note", NULL };

  guitu_field_row_offer (guitu_form_dialog_row (dialog, "kind"), kinds);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "next"), _ ("It stands above the case until the next note."));
}

/* What is read before it is written: the clue, or who was asked. */
static char *
intro_of (const Act *act, JsonObject *about)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *kind = g_str_equal (act->name, "answer") ? guitu_json_words (about, "inquiry.kind") : NULL;

  if (about == NULL || !(act->flags & IN_ROW))
    return g_strdup (act->intro != NULL ? _ (act->intro) : "");
  guitu_json_join (words, kind);
  guitu_json_join (words, guitu_json_text (about, "office"));
  guitu_json_join (words, guitu_json_text (about, kind != NULL ? "circumstances" : "text"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
complete (GuituFormDialog *dialog, const Act *act, GuituStation *station, JsonObject *of_case, JsonObject *about)
{
  if (g_str_equal (act->name, "clue-update"))
    complete_clue_update (dialog, about);
  else if (g_str_equal (act->name, "answer"))
    complete_answer (dialog, about);
  else if (g_str_equal (act->name, "assign"))
    complete_assign (dialog, station);
  else if (g_str_equal (act->name, "inquiry"))
    guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "at"), _ ("Empty: now."));
  else if (g_str_equal (act->name, "note"))
    complete_note (dialog);
  else if (g_str_equal (act->name, "edit"))
    guitu_form_dialog_load (dialog, of_case);
  else if (g_str_equal (act->name, "close"))
    gtk_widget_set_visible (GTK_WIDGET (guitu_form_dialog_row (dialog, "verified_by")), !guitu_json_flag (of_case, "verified"));
  if (act->flags & MAY_SECOND)
    guitu_form_dialog_ask_second (dialog, _ ("Needed where a photo or a video call alone confirms it: a second person signs with you."));
}

GuituFormDialog *
guitu_case_act_dialog (const char *name, GtkWidget *from, GuituStation *station, JsonObject *of_case, JsonObject *about)
{
  const Act *act = find_act (name);
  g_autofree char *intro = NULL;
  GuituFormDialog *dialog;

  if (act == NULL || act->fields == NULL || ((act->flags & IN_ROW) && about == NULL))
    return NULL;
  dialog = guitu_form_dialog_new (from, station, _ (act->title), _ (act->accept), act->verb, act->fields);
  if (act->flags & IN_ROW)
    guitu_form_dialog_set_option (dialog, g_str_equal (name, "answer") ? "inquiry" : "clue", guitu_json_string (about, "id"));
  else if (act->flags & OF_PERSON)
    guitu_form_dialog_set_option (dialog, "person", guitu_json_string (guitu_json_object (of_case, "person"), "id"));
  else
    guitu_form_dialog_set_option (dialog, "case", guitu_json_string (of_case, "id"));
  if (g_str_equal (name, "inquiry") && about != NULL)
    guitu_form_dialog_set_option (dialog, "clue", guitu_json_string (about, "id"));
  intro = intro_of (act, about);
  if (*intro != '\0')
    guitu_form_dialog_explain (dialog, intro);
  for (gsize i = 0; act->labels != NULL && act->labels[i] != NULL; i += 2)
    guitu_field_row_set_label (guitu_form_dialog_row (dialog, act->labels[i]), _ (act->labels[i + 1]));
  complete (dialog, act, station, of_case, about);
  return dialog;
}

GuituFormDialog *
guitu_case_guess_dialog (GtkWidget *from, GuituStation *station, JsonObject *of_case, JsonObject *statement, JsonObject *place, const char *surname)
{
  GuituFormDialog *dialog = guitu_case_act_dialog ("clue", from, station, of_case, NULL);
  const char *said = guitu_json_string (statement, "text");
  const char *name = guitu_json_string (place, "name");
  /* Translators: a place, then the words of which it is a guess */
  g_autofree char *text = place != NULL ? g_strdup_printf (_ ("May be %s: “%s”"), name, said) : g_strdup_printf (_ ("The surname may be %s: “%s”"), surname, said);

  guitu_form_dialog_set_option (dialog, "statement", guitu_json_string (statement, "id"));
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "text"), text);
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "about"), guitu_json_string (statement, "about"));
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "source"), "statement");
  if (place != NULL)
    guitu_field_row_set_text (guitu_form_dialog_row (dialog, "place"), name);
  return dialog;
}
