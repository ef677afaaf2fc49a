/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/case-desk.h"

#include "ui/calls.h"
#include "ui/duty/duty-acts.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/tracing/case-acts.h"
#include "ui/tracing/case-rows.h"
#include "ui/tracing/compare-window.h"
#include "ui/tracing/match-words.h"
#include "ui/tracing/notice-acts.h"
#include "ui/tracing/tracing-page.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/photo.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

#define PERSONS_SHOWN 6
#define LEAST_LIKELY "0.05" /* what is rarer among so many comes by chance */
#define TASKS_SHOWN 4       /* besides the next step; the others come by a button */

struct _GuituCaseDesk
{
  AdwBin parent_instance;

  GtkWidget *content;
  GuituPhoto *photo;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *about;
  GtkLabel *solved;
  GtkWidget *step_bar;
  GtkLabel *step;
  GtkButton *step_button;
  GtkBox *acts;
  GtkMenuButton *more;
  GtkDropDown *filter;
  GuituSection *entries;
  GuituSection *tasks;
  GuituSection *matches;
  GuituSection *persons;
  GuituSection *places;
  GuituSection *notices;

  GuituStation *station;
  char *id;
  JsonObject *record; /* what “case show” told; NULL: not yet */
  GCancellable *load;
  gboolean sets_focus;
};

G_DEFINE_FINAL_TYPE (GuituCaseDesk, guitu_case_desk, ADW_TYPE_BIN)

static JsonObject *
find_in (GuituCaseDesk *self, const char *list, const char *member, const char *text)
{
  JsonArray *array = guitu_json_array (self->record, list);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_strcmp0 (guitu_json_text (json_array_get_object_element (array, i), member), text) == 0)
      return json_array_get_object_element (array, i);
  return NULL;
}

/* --- Showing --------------------------------------------------------------------------------- */

static char *
about_words (JsonObject *record)
{
  g_autofree char *opened = guitu_json_words (record, "case.opened_at");
  g_autofree char *seeks = guitu_json_words (record, "case.seeks");
  g_autofree char *summary = guitu_json_person_summary (guitu_json_object (record, "person"));
  g_autofree char *since = NULL, *worker = NULL;
  g_autoptr (GString) words = g_string_new (summary);
  const char *leads = guitu_json_text (record, "caseworker_name");
  int days = (int) guitu_json_integer (record, "days", 0);

  since = g_strdup_printf (ngettext ("searched since %s, %d day", "searched since %s, %d days", days), opened, days);
  worker = leads != NULL ? g_strdup_printf (_ ("Caseworker: %s"), leads) : g_strdup (_ ("No caseworker"));
  guitu_json_join (words, guitu_json_text (record, "stay_number"));
  guitu_json_join (words, guitu_json_flag (record, "in_house") ? _ ("in the house") : _ ("not in the house"));
  g_string_append_printf (words, "\n%s", since);
  guitu_json_join (words, seeks);
  guitu_json_join (words, worker);
  for (guint i = 0; i < guitu_json_count (record, "members"); i++)
    guitu_json_join (words, guitu_json_text (json_array_get_object_element (guitu_json_array (record, "members"), i), "user_name"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* How it was closed. */
static char *
solved_words (JsonObject *record)
{
  static const char *const paths[] = { "case.closed_as", "case.confirmed_how", "case.confirmed_by", "case.close_text", "case.closed_at" };
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; guitu_json_text (record, "closed_at") != NULL && i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = guitu_json_words (record, paths[i]);

      guitu_json_join (words, text);
    }
  guitu_json_join (words, guitu_json_text (record, "closed_by_name"));
  guitu_json_join (words, guitu_json_text (record, "second_name"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Whether the user may do that step; what is done in the file of the person can be looked at by anybody. */
static gboolean
may_step (GuituCaseDesk *self, JsonObject *task)
{
  const char *preset;
  const char *act = guitu_case_step_act (task, &preset);

  return act == NULL || g_str_equal (act, "finding") || guitu_case_act_is_possible (act, self->station, self->record);
}

static void
show_step (GuituCaseDesk *self)
{
  JsonObject *next = guitu_json_object (self->record, "next_step");
  const char *style = next != NULL ? guitu_case_step_style (next) : NULL;
  const char *classes[] = { "banner", "step", style != NULL ? style : "plain", NULL };
  const char *label = next != NULL ? guitu_case_step_label (next) : NULL;
  g_autofree char *line = next != NULL ? guitu_case_step_headline (next)
                                       : g_strdup (guitu_json_text (self->record, "closed_at") != NULL ? _ ("The case is closed.") : _ ("Nothing is due. Write down with a note what is done next."));

  gtk_label_set_text (self->step, line);
  gtk_widget_set_css_classes (self->step_bar, classes);
  gtk_widget_set_visible (GTK_WIDGET (self->step_button), next != NULL && may_step (self, next));
  gtk_button_set_label (self->step_button, label != NULL ? label : next != NULL && guitu_duty_is_ticked_off (next) ? _ ("_Done…")
                                                                                                                   : _ ("_In the File…"));
  guitu_name_buttons (GTK_WIDGET (self->step_button));
}

/* What is due besides the next step. */
static void
show_tasks (GuituCaseDesk *self)
{
  g_autoptr (JsonArray) others = json_array_new ();
  JsonArray *tasks = guitu_json_array (self->record, "tasks");
  gboolean is_first = TRUE;

  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    {
      JsonObject *task = json_array_get_object_element (tasks, i);
      const char *state = guitu_json_string (task, "state");

      if (!g_str_equal (state, "overdue") && !g_str_equal (state, "due") && !g_str_equal (state, "later"))
        continue;
      if (!is_first)
        json_array_add_object_element (others, json_object_ref (task));
      is_first = FALSE;
    }
  guitu_section_fill (self->tasks, others);
}

static void
show_entries (GuituCaseDesk *self)
{
  g_autoptr (JsonArray) entries = guitu_case_entries (self->record, (GuituCaseFilter) gtk_drop_down_get_selected (self->filter));

  guitu_name_drop_down (self->filter, _ ("What is shown"));
  guitu_section_fill (self->entries, entries);
}

static void
on_filter_changed (GuituCaseDesk *self)
{
  if (self->record != NULL)
    show_entries (self);
}

static void
set_focus (GuituCaseDesk *self)
{
  GtkWidget *step = GTK_WIDGET (self->step_button);

  if (!self->sets_focus)
    return;
  self->sets_focus = FALSE;
  if (!gtk_widget_get_visible (step) || !gtk_widget_grab_focus (step))
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

static void
show (GuituCaseDesk *self)
{
  JsonObject *person = guitu_json_object (self->record, "person");
  g_autofree char *state = guitu_json_words (self->record, "case.state");
  g_autofree char *about = about_words (self->record);
  g_autofree char *solved = solved_words (self->record);

  gtk_label_set_text (self->name, guitu_json_string (self->record, "display_name"));
  gtk_label_set_text (self->state, state);
  gtk_label_set_text (self->about, about);
  guitu_label_show (self->solved, solved);
  guitu_photo_show (self->photo, self->station, guitu_json_text (person, "photo"), guitu_json_string (self->record, "display_name"));
  guitu_case_acts_fill (self->acts, self->more, self->station, self->record, "case.act");
  show_step (self);
  show_tasks (self);
  show_entries (self);
  guitu_section_fill (self->places, guitu_json_array (self->record, "places"));
  guitu_section_fill (self->notices, guitu_json_array (self->record, "notices"));
  gtk_widget_set_visible (self->content, TRUE);
  set_focus (self);
}

/* A task may lead to one that was decided: all of them are shown, those to be decided first. */
static void
findings_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCaseDesk *self = owner;
  g_autoptr (JsonArray) ordered = json_array_new ();

  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error);
  if (error != NULL)
    return;
  for (int decided = 0; decided < 2; decided++)
    for (guint i = 0; i < json_array_get_length (results); i++)
      if ((guitu_json_text (json_array_get_object_element (results, i), "verdict") != NULL) == decided)
        json_array_add_object_element (ordered, json_object_ref (json_array_get_object_element (results, i)));
  guitu_section_fill (self->matches, ordered);
}

static void
load_findings (GuituCaseDesk *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "person", guitu_json_string (guitu_json_object (self->record, "person"), "id"));
  guitu_call (self->station, "finding list", input, self->load, self, findings_read);
}

/* What “match” knows is reckoned anew each time; a protected person's is for who may see it, and no error elsewhere. */
static void
persons_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCaseDesk *self = owner;
  g_autoptr (JsonArray) comparisons = json_array_new ();

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    json_array_add_object_element (comparisons, guitu_match_of_persons (guitu_json_object (self->record, "person"), json_array_get_object_element (results, i)));
  guitu_section_fill (self->persons, comparisons);
}

static void
load_persons (GuituCaseDesk *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "id", guitu_json_string (guitu_json_object (self->record, "person"), "id"));
  json_object_set_string_member (input, "least", LEAST_LIKELY);
  json_object_set_int_member (input, "limit", PERSONS_SHOWN);
  guitu_call (self->station, "match", input, self->load, self, persons_read);
}

static void
record_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCaseDesk *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->record, json_object_unref);
  self->record = json_object_ref (guitu_call_first (results));
  show (self);
  if (guitu_station_may (self->station, "finding list"))
    load_findings (self);
  if (guitu_station_may (self->station, "match") && guitu_json_text (self->record, "closed_at") == NULL)
    load_persons (self);
}

/* --- Reading --------------------------------------------------------------------------------- */

void
guitu_case_desk_load (GuituCaseDesk *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "case", self->id);
  guitu_call (self->station, "case show", input, guitu_call_renew (&self->load), self, record_read);
}

void
guitu_case_desk_open (GuituCaseDesk *self, GuituStation *station, const char *id)
{
  gboolean is_other = g_strcmp0 (self->id, id) != 0;

  if (is_other)
    guitu_case_desk_clear (self);
  g_set_object (&self->station, station);
  if (is_other)
    self->id = g_strdup (id);
  self->sets_focus = TRUE;
  guitu_case_desk_load (self);
}

void
guitu_case_desk_stop (GuituCaseDesk *self)
{
  guitu_call_renew (&self->load);
}

void
guitu_case_desk_clear (GuituCaseDesk *self)
{
  GuituSection *const sections[] = { self->entries, self->tasks, self->matches, self->persons, self->places, self->notices };

  guitu_call_renew (&self->load);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->record, json_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    guitu_section_fill (sections[i], NULL);
  gtk_label_set_text (self->name, "");
  gtk_label_set_text (self->about, "");
  guitu_photo_clear (self->photo);
  gtk_widget_set_visible (self->content, FALSE);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
present (GuituFormDialog *dialog)
{
  if (dialog != NULL)
    gtk_window_present (GTK_WINDOW (dialog));
}

static void
notice_prepared (GuituCaseDesk *self, JsonObject *notice)
{
  guitu_tracing_go (GTK_WIDGET (self), "notices", guitu_json_string (notice, "id"));
}

/* A notice that is at work is opened; where there is none, one is prepared. */
static void
begin_notice (GuituCaseDesk *self)
{
  GuituFormDialog *dialog;

  for (guint i = 0; i < guitu_json_count (self->record, "notices"); i++)
    {
      JsonObject *notice = json_array_get_object_element (guitu_json_array (self->record, "notices"), i);

      if (guitu_json_text (notice, "withdrawn_at") == NULL)
        {
          notice_prepared (self, notice);
          return;
        }
    }
  dialog = guitu_notice_prepare_dialog (GTK_WIDGET (self), self->station, guitu_json_string (guitu_json_object (self->record, "person"), "id"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (notice_prepared), self, G_CONNECT_SWAPPED);
  present (dialog);
}

static void
begin (GuituCaseDesk *self, const char *name, const char *preset, JsonObject *about)
{
  GuituFormDialog *dialog;

  if (self->record == NULL || !guitu_case_act_is_possible (name, self->station, self->record))
    return;
  if (g_str_equal (name, "file"))
    {
      guitu_page_open_person (GTK_WIDGET (self), guitu_json_string (guitu_json_object (self->record, "person"), "id"));
      return;
    }
  if (g_str_equal (name, "notice"))
    {
      begin_notice (self);
      return;
    }
  dialog = guitu_case_act_dialog (name, GTK_WIDGET (self), self->station, self->record, about);
  if (dialog != NULL && preset != NULL && guitu_form_dialog_row (dialog, "kind") != NULL)
    guitu_field_row_set_text (guitu_form_dialog_row (dialog, "kind"), preset);
  present (dialog);
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin (GUITU_CASE_DESK (widget), g_variant_get_string (parameter, NULL), NULL, NULL);
}

/* The answer to an inquiry of that kind, or one that is written down together with its answer. */
static void
begin_answer (GuituCaseDesk *self, JsonObject *task, const char *preset)
{
  JsonArray *inquiries = guitu_json_array (self->record, "inquiries");
  JsonObject *inquiry = find_in (self, "inquiries", "id", guitu_json_text (task, "about"));

  for (guint i = 0; preset != NULL && inquiry == NULL && inquiries != NULL && i < json_array_get_length (inquiries); i++)
    {
      JsonObject *asked = json_array_get_object_element (inquiries, i);

      if (g_str_equal (guitu_json_string (asked, "kind"), preset) && guitu_json_text (asked, "answered_at") == NULL)
        inquiry = asked;
    }
  begin (self, inquiry != NULL ? "answer" : "inquiry", inquiry != NULL ? NULL : preset, inquiry);
}

static void
do_step (GuituCaseDesk *self, JsonObject *task)
{
  const char *preset;
  const char *act = guitu_case_step_act (task, &preset);

  if (act == NULL && guitu_duty_is_ticked_off (task))
    present (guitu_duty_done_dialog (task, GTK_WIDGET (self), self->station));
  else if (act == NULL)
    guitu_duty_act_begin (task, GTK_WIDGET (self));
  else if (g_str_equal (act, "answer"))
    begin_answer (self, task, preset);
  else if (g_str_equal (act, "finding"))
    guitu_compare_open (GTK_WIDGET (self), self->station, guitu_json_string (task, "about"));
  else if (g_str_equal (act, "clue-update"))
    begin (self, act, NULL, find_in (self, "clues", "id", guitu_json_text (task, "about")));
  else
    begin (self, act, preset, NULL);
}

static void
on_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCaseDesk *self = GUITU_CASE_DESK (widget);
  JsonObject *next = guitu_json_object (self->record, "next_step");

  if (next != NULL && may_step (self, next))
    do_step (self, next);
}

/* The target is the kind of the task and what it is about, with a bar between them. */
static void
on_step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCaseDesk *self = GUITU_CASE_DESK (widget);
  g_auto (GStrv) key = g_strsplit (g_variant_get_string (parameter, NULL), "|", 2);
  JsonArray *tasks = guitu_json_array (self->record, "tasks");

  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    {
      JsonObject *task = json_array_get_object_element (tasks, i);

      if (g_str_equal (guitu_json_string (task, "kind"), key[0]) && g_str_equal (guitu_json_string (task, "about"), key[1]) && may_step (self, task))
        {
          do_step (self, task);
          return;
        }
    }
}

/* What is begun from a row. */
static void
on_row_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const of_rows[][4] = {
    { "case.update-clue", "clue-update", NULL, "clues" },
    { "case.ask", "inquiry", "call", "clues" },
    { "case.answer", "answer", NULL, "inquiries" },
  };
  GuituCaseDesk *self = GUITU_CASE_DESK (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (of_rows); i++)
    if (g_str_equal (of_rows[i][0], action))
      begin (self, of_rows[i][1], of_rows[i][2], find_in (self, of_rows[i][3], "id", g_variant_get_string (parameter, NULL)));
}

static void
on_guess (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCaseDesk *self = GUITU_CASE_DESK (widget);
  const char *id, *code, *surname;
  JsonObject *statement, *place = NULL;

  g_variant_get (parameter, "(&s&s&s)", &id, &code, &surname);
  statement = find_in (self, "statements", "id", id);
  if (statement == NULL || !guitu_case_act_is_possible ("clue", self->station, self->record))
    return;
  for (guint i = 0; *code != '\0' && i < guitu_json_count (statement, "places"); i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (guitu_json_array (statement, "places"), i), "code"), code))
      place = json_array_get_object_element (guitu_json_array (statement, "places"), i);
  present (guitu_case_guess_dialog (widget, self->station, self->record, statement, place, surname));
}

static void
on_open_notice (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_tracing_go (widget, "notices", g_variant_get_string (parameter, NULL));
}

void
guitu_case_desk_act (GuituCaseDesk *self, const char *name)
{
  static const struct
  {
    const char *key;
    const char *act;
  } keys[] = {
    { "open", "file" },
    { "add", "clue" },
    { "add-statement", "statement" },
    { "note-event", "note" },
    { "edit", "edit" },
  };

  if (g_str_equal (name, "admit"))
    on_next (GTK_WIDGET (self), NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, name))
      begin (self, keys[i].act, NULL, NULL);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_case_desk_dispose (GObject *object)
{
  GuituCaseDesk *self = GUITU_CASE_DESK (object);

  g_clear_object (&self->load);
  g_clear_object (&self->station);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->record, json_object_unref);
  G_OBJECT_CLASS (guitu_case_desk_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, content);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, photo);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, name);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, state);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, about);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, solved);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, step_bar);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, step);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, step_button);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, acts);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, more);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, filter);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, entries);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, tasks);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, matches);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, persons);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, places);
  gtk_widget_class_bind_template_child (widget_class, GuituCaseDesk, notices);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
}

static GuituStation *
station_of (GtkWidget *widget)
{
  return GUITU_CASE_DESK (widget)->station;
}

static void
guitu_case_desk_class_init (GuituCaseDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_PHOTO);
  G_OBJECT_CLASS (klass)->dispose = guitu_case_desk_dispose;
  gtk_widget_class_install_action (widget_class, "case.act", "s", on_act);
  gtk_widget_class_install_action (widget_class, "case.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "case.step", "s", on_step);
  gtk_widget_class_install_action (widget_class, "case.update-clue", "s", on_row_act);
  gtk_widget_class_install_action (widget_class, "case.ask", "s", on_row_act);
  gtk_widget_class_install_action (widget_class, "case.answer", "s", on_row_act);
  gtk_widget_class_install_action (widget_class, "case.guess", GUITU_CASE_GUESS_TYPE, on_guess);
  gtk_widget_class_install_action (widget_class, "case.open-notice", "s", on_open_notice);
  guitu_compare_install (widget_class, station_of);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/case-desk.ui");
  bind_children (widget_class);
}

static void
guitu_case_desk_init (GuituCaseDesk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_section_set_row (self->entries, guitu_case_entry_row);
  guitu_section_set_row (self->tasks, guitu_case_task_row);
  guitu_section_set_limit (self->tasks, TASKS_SHOWN);
  guitu_section_set_row (self->matches, guitu_match_row);
  guitu_section_set_row (self->persons, guitu_match_other_row);
  guitu_section_set_row (self->places, guitu_case_place_row);
  guitu_section_set_row (self->notices, guitu_case_notice_row);
}
