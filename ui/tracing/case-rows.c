/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/case-rows.h"

#include "ui/person/person-rows.h"
#include "ui/tracing/case-acts.h"
#include "ui/tracing/notice-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

#define WHAT "guitu-what" /* member of an entry: of which list it is */
#define GUESSES_SHOWN 3
#define SURNAMES_SHOWN 5
#define INDENT 22

static void
join_words (GString *words, JsonObject *record, const char *path)
{
  g_autofree char *text = guitu_json_words (record, path);

  guitu_json_join (words, text);
}

static void
set_action (GtkWidget *row, const char *action, const char *target)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
}

/* --- The list -------------------------------------------------------------------------------- */

static char *
days_words (JsonObject *line)
{
  int days = (int) guitu_json_integer (line, "days", 0);

  return guitu_json_text (line, "closed_at") != NULL ? g_strdup_printf (ngettext ("closed after %d day", "closed after %d days", days), days)
                                                     : g_strdup_printf (ngettext ("for %d day", "for %d days", days), days);
}

static char *
line_detail (JsonObject *line)
{
  JsonObject *next = guitu_json_object (line, "next_step");
  const char *worker = guitu_json_text (line, "caseworker_name");
  g_autofree char *summary = guitu_json_person_summary (line);
  g_autofree char *days = days_words (line);
  g_autofree char *led = worker != NULL ? g_strdup_printf (_ ("Caseworker: %s"), worker) : NULL;
  g_autofree char *step = next != NULL ? guitu_case_step_words (next) : NULL;
  g_autoptr (GString) words = g_string_new (summary);

  guitu_json_join (words, days);
  guitu_json_join (words, led != NULL ? led : _ ("No caseworker"));
  join_words (words, line, "case.closed_as");
  if (step != NULL)
    g_string_append_printf (words, "\n%s", step);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

GtkWidget *
guitu_case_line_row (JsonObject *line)
{
  JsonObject *next = guitu_json_object (line, "next_step");
  int n = (int) guitu_json_integer (line, "n_findings", 0);
  g_autofree char *fits = n > 0 ? g_strdup_printf (ngettext ("%d possible match", "%d possible matches", n), n) : g_strdup ("");
  g_autofree char *detail = line_detail (line);
  g_autoptr (GString) title = g_string_new (guitu_json_string (line, "display_name"));
  GtkWidget *row;

  guitu_json_join (title, guitu_json_text (line, "stay_number"));
  row = guitu_section_row_new (title->str, detail);
  guitu_person_row_mark (row, fits, "accent");
  if (next != NULL && g_strcmp0 (guitu_case_step_style (next), "error") == 0)
    guitu_person_row_mark (row, _ ("Overdue"), "error");
  else if (next != NULL && guitu_case_step_style (next) != NULL)
    guitu_person_row_mark (row, _ ("Due today"), "warning");
  set_action (row, "pane.open", guitu_json_string (line, "id"));
  return row;
}

/* --- Entries --------------------------------------------------------------------------------- */

static const struct
{
  const char *list;
  GuituCaseFilter filter;
} lists[] = {
  { "statements", GUITU_CASE_STATEMENTS },
  { "clues", GUITU_CASE_CLUES },
  { "inquiries", GUITU_CASE_INQUIRIES },
  { "notes", GUITU_CASE_NOTES },
};

static const char *
time_of (JsonObject *entry)
{
  const char *heard = guitu_json_text (entry, "heard_at");

  return heard != NULL ? heard : guitu_json_string (entry, "at");
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  JsonObject *one = *(JsonObject *const *) a, *two = *(JsonObject *const *) b;
  int order = g_strcmp0 (time_of (two), time_of (one));

  return order != 0 ? order : g_strcmp0 (guitu_json_text (two, "id"), guitu_json_text (one, "id"));
}

JsonArray *
guitu_case_entries (JsonObject *of_case, GuituCaseFilter filter)
{
  JsonArray *entries = json_array_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  gboolean is_closed = guitu_json_text (of_case, "closed_at") != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; (filter == GUITU_CASE_ALL || filter == lists[i].filter) && j < guitu_json_count (of_case, lists[i].list); j++)
      {
        JsonObject *entry = json_array_get_object_element (guitu_json_array (of_case, lists[i].list), j);

        json_object_set_string_member (entry, WHAT, lists[i].list);
        json_object_set_boolean_member (entry, "is_over", is_closed);
        g_ptr_array_add (found, entry);
      }
  g_ptr_array_sort (found, compare_entries);
  for (guint i = 0; i < found->len; i++)
    json_array_add_object_element (entries, json_object_ref (found->pdata[i]));
  return entries;
}

/* --- What was said --------------------------------------------------------------------------- */

static void
add_guess (GtkBox *box, const char *label, const char *tip, JsonObject *statement, const char *code, const char *surname)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "guess");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), GUITU_CASE_GUESS_TYPE, guitu_json_string (statement, "id"), code, surname);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.guess");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_box_append (box, button);
}

/* How a place was found in the words. */
static const char *
how_words (JsonObject *place)
{
  const char *how = guitu_json_string (place, "how");

  return g_str_equal (how, "written") ? _ ("as written") : g_str_equal (how, "sound") ? _ ("sounds alike")
                                                                                      : _ ("sounds alike in a dialect");
}

static GtkWidget *
build_guesses (JsonObject *statement)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  JsonArray *places = guitu_json_array (statement, "places");
  JsonArray *surnames = guitu_json_array (statement, "surnames");

  for (guint i = 0; i < MIN (guitu_json_count (statement, "places"), GUESSES_SHOWN); i++)
    {
      JsonObject *place = json_array_get_object_element (places, i);
      const char *name = guitu_json_string (place, "name");
      /* Translators: what was heard, the place that it may be, how it was found */
      g_autofree char *label = g_strdup_printf (_ ("“%s”: %s? (%s)"), guitu_json_string (place, "part"), name, how_words (place));
      g_autofree char *tip = g_strdup_printf (_ ("Make a clue of it: %s"), name);

      add_guess (GTK_BOX (box), label, tip, statement, guitu_json_string (place, "code"), "");
    }
  gtk_box_append (GTK_BOX (box), names);
  for (guint i = 0; i < MIN (guitu_json_count (statement, "surnames"), SURNAMES_SHOWN); i++)
    {
      const char *surname = json_array_get_string_element (surnames, i);
      g_autofree char *label = g_strdup_printf (_ ("Surname %s?"), surname);
      g_autofree char *tip = g_strdup_printf (_ ("Make a clue of it: %s"), label);

      add_guess (GTK_BOX (names), label, tip, statement, "", surname);
    }
  return box;
}

/* A row of its own shape: what is below the words does not fit beside them. */
static GtkWidget *
wide_row (const char *title, const char *detail, GtkWidget *below)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (box), guitu_label_new_text (title, NULL));
  gtk_box_append (GTK_BOX (box), guitu_label_new_text (detail, "caption"));
  gtk_widget_set_halign (below, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), below);
  gtk_widget_add_css_class (box, "person-cell");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static GtkWidget *
statement_row (JsonObject *statement)
{
  g_autoptr (GString) detail = g_string_new (_ ("Said"));
  g_autofree char *words = g_strdup_printf ("“%s”", guitu_json_string (statement, "text"));
  g_autofree char *means = NULL;
  gboolean has_guesses = guitu_json_count (statement, "places") + guitu_json_count (statement, "surnames") > 0 && !guitu_json_flag (statement, "is_over");

  join_words (detail, statement, "statement.about");
  guitu_json_join (detail, guitu_json_text (statement, "sound"));
  join_words (detail, statement, "statement.language");
  join_words (detail, statement, "statement.confidence");
  join_words (detail, statement, "statement.heard_at");
  guitu_json_join (detail, guitu_json_text (statement, "heard_by_name"));
  if (guitu_json_text (statement, "means") != NULL)
    {
      means = g_strdup_printf (_ ("May mean: %s"), guitu_json_string (statement, "means"));
      g_string_append_printf (detail, "\n%s", means);
    }
  return has_guesses ? wide_row (words, detail->str, build_guesses (statement)) : guitu_section_row_new (words, detail->str);
}

/* --- Clues, inquiries, notes ----------------------------------------------------------------- */

static const char *
clue_style (const char *state)
{
  return g_str_equal (state, "new") ? "warning" : g_str_equal (state, "promising") || g_str_equal (state, "confirmed") ? "success"
                                                                                                                       : NULL;
}

static GtkWidget *
clue_row (JsonObject *clue)
{
  g_autofree char *state = guitu_json_words (clue, "clue.state");
  g_autoptr (GString) detail = g_string_new (_ ("Clue"));
  GtkWidget *row, *ask;
  g_autofree char *spoken = NULL;

  join_words (detail, clue, "clue.source");
  guitu_json_join (detail, guitu_json_text (clue, "informant"));
  guitu_json_join (detail, guitu_json_text (clue, "phone"));
  join_words (detail, clue, "clue.place");
  join_words (detail, clue, "clue.at");
  guitu_json_join (detail, guitu_json_text (clue, "by_name"));
  if (guitu_json_text (clue, "outcome") != NULL)
    g_string_append_printf (detail, "\n→ %s", guitu_json_string (clue, "outcome"));
  row = guitu_section_row_new (guitu_json_string (clue, "text"), detail->str);
  guitu_person_row_mark (row, state, clue_style (guitu_json_string (clue, "state")));
  if (guitu_json_flag (clue, "is_over"))
    return row;
  set_action (row, "case.update-clue", guitu_json_string (clue, "id"));
  gtk_widget_set_tooltip_text (row, _ ("What came of it"));
  ask = gtk_button_new_with_label (_ ("Ask…"));
  spoken = g_strdup_printf ("%s %s", _ ("Ask…"), guitu_json_string (clue, "text"));
  gtk_widget_set_valign (ask, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (ask, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (ask), "s", guitu_json_string (clue, "id"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ask), "case.ask");
  gtk_accessible_update_property (GTK_ACCESSIBLE (ask), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), ask);
  return row;
}

static const char *
result_style (JsonObject *inquiry)
{
  const char *result = guitu_json_string (inquiry, "result");

  if (g_str_equal (result, "waiting"))
    return guitu_json_flag (inquiry, "overdue") ? "error" : "warning";
  return g_str_equal (result, "found") || g_str_equal (result, "possible") ? "success" : NULL;
}

static GtkWidget *
inquiry_row (JsonObject *inquiry)
{
  gboolean is_waiting = guitu_json_text (inquiry, "answered_at") == NULL;
  g_autofree char *kind = guitu_json_words (inquiry, "inquiry.kind");
  g_autofree char *result = guitu_json_words (inquiry, "inquiry.result");
  g_autoptr (GString) title = g_string_new (kind);
  g_autoptr (GString) detail = g_string_new (_ ("Inquiry"));
  g_autofree char *due = NULL;
  GtkWidget *row;

  guitu_json_join (title, guitu_json_text (inquiry, "office"));
  guitu_json_join (detail, guitu_json_text (inquiry, "circumstances"));
  guitu_json_join (detail, guitu_json_text (inquiry, "number"));
  join_words (detail, inquiry, "inquiry.at");
  guitu_json_join (detail, guitu_json_text (inquiry, "by_name"));
  if (is_waiting && guitu_json_text (inquiry, "due_on") != NULL)
    {
      due = g_strdup_printf (_ ("answer by %s"), guitu_json_string (inquiry, "due_on"));
      guitu_json_join (detail, due);
    }
  if (guitu_json_text (inquiry, "text") != NULL)
    g_string_append_printf (detail, "\n→ %s", guitu_json_string (inquiry, "text"));
  row = guitu_section_row_new (title->str, detail->str);
  guitu_person_row_mark (row, result, result_style (inquiry));
  if (is_waiting && !guitu_json_flag (inquiry, "is_over"))
    {
      set_action (row, "case.answer", guitu_json_string (inquiry, "id"));
      gtk_widget_set_tooltip_text (row, _ ("Record the answer"));
    }
  return row;
}

static GtkWidget *
note_row (JsonObject *note)
{
  g_autofree char *kind = guitu_json_words (note, "case_note.kind");
  g_autoptr (GString) detail = g_string_new (kind);
  const char *next = guitu_json_text (note, "next");

  join_words (detail, note, "case_note.at");
  guitu_json_join (detail, guitu_json_text (note, "by_name"));
  if (next != NULL)
    {
      g_autofree char *step = g_strdup_printf (_ ("Next: %s, by %s"), next, guitu_json_string (note, "next_on"));

      g_string_append_printf (detail, "\n%s", step);
    }
  return guitu_section_row_new (guitu_json_string (note, "text"), detail->str);
}

GtkWidget *
guitu_case_entry_row (JsonObject *entry)
{
  const char *what = guitu_json_string (entry, WHAT);

  if (g_str_equal (what, "statements"))
    return statement_row (entry);
  if (g_str_equal (what, "clues"))
    return clue_row (entry);
  return g_str_equal (what, "inquiries") ? inquiry_row (entry) : note_row (entry);
}

/* --- Beside it ------------------------------------------------------------------------------- */

GtkWidget *
guitu_case_task_row (JsonObject *task)
{
  g_autofree char *words = guitu_case_step_words (task);
  GtkWidget *row = guitu_section_row_new (words, guitu_json_string (task, "citation"));
  const char *style = guitu_case_step_style (task);
  g_autofree char *key = g_strjoin ("|", guitu_json_string (task, "kind"), guitu_json_string (task, "about"), NULL);

  if (style != NULL)
    guitu_person_row_mark (row, g_str_equal (style, "error") ? _ ("Overdue") : _ ("Due today"), style);
  set_action (row, "case.step", key);
  return row;
}

/* Where a place was named: in their words, a clue, the file. */
static char *
named_words (JsonObject *named)
{
  const char *by = guitu_json_string (named, "by");
  const char *text = guitu_json_string (named, "text");

  if (g_str_equal (by, "statement"))
    return g_strdup_printf (_ ("“%s” (%s)"), text, how_words (named));
  if (g_str_equal (by, "clue"))
    return g_strdup_printf (_ ("clue: %s"), text);
  return g_strdup_printf (_ ("%s: %s"), guitu_field_label (guitu_json_field (g_str_equal (by, "accent") ? "person.accent" : g_str_equal (by, "address") ? "person.address"
                                                                                                                                                        : "person.household",
                                                                             NULL)),
                          text);
}

GtkWidget *
guitu_case_place_row (JsonObject *place)
{
  g_autoptr (GString) by = g_string_new (NULL);
  JsonArray *named = guitu_json_array (place, "named");
  int n = (int) guitu_json_integer (place, "times", 0);
  g_autofree char *times = g_strdup_printf (ngettext ("named %d time", "named %d times", n), n);
  GtkWidget *row;

  for (guint i = 0; named != NULL && i < json_array_get_length (named); i++)
    {
      g_autofree char *who = named_words (json_array_get_object_element (named, i));

      guitu_json_join (by, who);
    }
  row = guitu_section_row_new (guitu_json_string (place, "name"), by->str);
  gtk_widget_set_margin_start (row, INDENT * (int) guitu_json_integer (place, "level", 0));
  guitu_person_row_mark (row, times, NULL);
  return row;
}

GtkWidget *
guitu_case_notice_row (JsonObject *notice)
{
  g_autofree char *state = guitu_json_words (notice, "notice.state");
  g_autoptr (GString) detail = g_string_new (NULL);
  GtkWidget *row;

  guitu_notice_moments (detail, notice);
  row = guitu_section_row_new (guitu_json_text (notice, "number") != NULL ? guitu_json_string (notice, "number") : _ ("Notice"), detail->str);
  guitu_person_row_mark (row, state, g_str_equal (guitu_json_string (notice, "state"), "published") ? "success" : NULL);
  set_action (row, "case.open-notice", guitu_json_string (notice, "id"));
  return row;
}
