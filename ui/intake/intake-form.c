/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/intake-form.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/intake/intake-fields.h"
#include "ui/intake/known-person.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>
#include <string.h>

/* The arrival follows the clock, looked at this often, until somebody types another time. */
#define CLOCK_SECONDS 5

/* The check runs this long after the last key stroke. */
#define CHECK_DELAY_MS 150

struct _GuituIntakeForm
{
  GuituPage parent_instance;

  GtkWidget *sections;
  GtkWidget *known;
  GtkLabel *known_name;
  GtkLabel *known_facts;
  GuituFieldRow *sex;
  GuituFieldRow *arrived_at;
  GuituFieldRow *came_by;
  GuituFieldRow *words;
  GtkGrid *person;
  GtkGrid *arrival;

  char *person_id;       /* the person on file for whom the stay is opened; NULL: a new person */
  JsonObject *file;      /* what "person show" told of that person */
  JsonArray *statements; /* what is still to be written down of that person */
  guint check_source;
  GCancellable *check;
  JsonObject *suggested; /* what the ID number filled in, as it stood then */
  char *prefilled_time;
  guint clock_source;
  JsonObject *registered;
  gboolean is_filling;
  gboolean helps_first;
};

G_DEFINE_FINAL_TYPE (GuituIntakeForm, guitu_intake_form, GUITU_TYPE_PAGE)

enum
{
  WARNINGS,
  REGISTERED,
  BUSY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GuituFieldRow *
row_of (GuituIntakeForm *self, const char *field)
{
  return guitu_rows_find (self->sections, "person", field);
}

/* Enter, or the digit of a choice, goes on to the next row that can be seen. */
static void
go_on (GuituIntakeForm *self, GuituFieldRow *row)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (self->sections);
  guint at = 0;

  if (row == self->sex)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->came_by));
      return;
    }
  while (at < rows->len && g_ptr_array_index (rows, at) != (gpointer) row)
    at++;
  for (at++; at < rows->len; at++)
    {
      GtkWidget *next = g_ptr_array_index (rows, at);

      if (gtk_widget_get_visible (next) && gtk_widget_is_sensitive (next) && gtk_widget_grab_focus (next))
        return;
    }
}

/* --- Checking while typing ------------------------------------------------------------------- */

/* A row that is empty, or that still shows what an earlier ID number filled in, takes a suggestion. */
static void
take_suggestion (GuituIntakeForm *self, const char *field, JsonObject *suggest)
{
  GuituFieldRow *row = row_of (self, field);
  g_autofree char *text = guitu_field_row_get_text (row);
  g_autofree char *now = NULL;

  if (guitu_json_text (suggest, field) == NULL)
    return;
  if (*text != '\0' && strcmp (text, guitu_json_string (self->suggested, field)) != 0)
    return;
  self->is_filling = TRUE;
  guitu_field_row_load (row, suggest);
  self->is_filling = FALSE;
  now = guitu_field_row_get_text (row);
  json_object_set_string_member (self->suggested, field, now);
}

static gboolean
has_focus_within (GuituFieldRow *row)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* What is only unfinished is no mistake while it is being typed, and an empty row is none here. */
static void
show_problem (GuituIntakeForm *self, JsonObject *problem)
{
  const char *field = guitu_json_text (problem, "field");
  const char *code = guitu_json_string (problem, "code");
  GuituFieldRow *row = field != NULL ? row_of (self, field) : NULL;
  g_autofree char *sentence = NULL;

  if (row == NULL || guitu_field_row_is_empty (row))
    return;
  if (has_focus_within (row) && (strcmp (code, "wrong-length") == 0 || strcmp (code, "impossible-date") == 0))
    return;
  sentence = guitu_error_sentence_for (code, field, guitu_json_string (problem, "message"));
  guitu_field_row_set_error (row, sentence);
  if (strcmp (field, "id_number") == 0 || strcmp (code, "contradicts-id-number") == 0)
    gtk_widget_set_visible (GTK_WIDGET (row_of (self, "id_override")), TRUE);
}

/* The place for a reason goes away again once the number is right. */
static void
hide_override (GuituIntakeForm *self)
{
  GuituFieldRow *row = row_of (self, "id_override");

  if (!guitu_field_row_is_empty (row) || !gtk_widget_get_visible (GTK_WIDGET (row)))
    return;
  if (has_focus_within (row))
    go_on (self, row);
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
}

static void
check_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituIntakeForm *self = owner;
  JsonObject *answer = guitu_call_first (results);
  JsonObject *suggest = guitu_json_object (answer, "suggest");
  JsonArray *problems = guitu_json_array (answer, "problems");
  guint n = problems != NULL ? json_array_get_length (problems) : 0;

  if (error != NULL)
    return; /* a look ahead: registering says what is wrong */
  take_suggestion (self, "sex", suggest);
  take_suggestion (self, "birth_from", suggest);
  take_suggestion (self, "household", suggest);
  if (n == 0)
    hide_override (self);
  for (guint i = 0; i < n; i++)
    show_problem (self, json_array_get_object_element (problems, i));
  g_signal_emit (self, signals[WARNINGS], 0, guitu_json_array (answer, "warnings"));
}

static gboolean
run_check (gpointer data)
{
  GuituIntakeForm *self = data;
  JsonObject *input = json_object_new ();

  self->check_source = 0;
  guitu_rows_collect (self->sections, "person", input);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person check", input, guitu_call_renew (&self->check), self, check_done);
  return G_SOURCE_REMOVE;
}

static void
stop_check (GuituIntakeForm *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  if (self->check != NULL)
    g_cancellable_cancel (self->check);
}

static void
show_known_facts (GuituIntakeForm *self)
{
  g_autoptr (GuituKnownPerson) known = guitu_known_person_compare (self->file, self->sections);

  gtk_label_set_text (self->known_facts, known->words);
  gtk_widget_set_visible (GTK_WIDGET (self->known_facts), *known->words != '\0');
}

static void
on_person_changed (GuituIntakeForm *self)
{
  if (self->file != NULL)
    show_known_facts (self);
  if (self->is_filling || self->person_id != NULL)
    return;
  stop_check (self);
  self->check_source = g_timeout_add (CHECK_DELAY_MS, run_check, self);
}

/* Something was written here, or came from another station: perhaps about whom this is. */
static void
guitu_intake_form_refreshed (GuituPage *page)
{
  GuituIntakeForm *self = GUITU_INTAKE_FORM (page);

  if (guitu_intake_form_has_input (self))
    on_person_changed (self);
}

/* --- The clock ------------------------------------------------------------------------------- */

static void
follow_clock (GuituIntakeForm *self)
{
  g_autofree char *shown = guitu_field_row_get_text (self->arrived_at);
  g_autofree char *now = guitu_moment_now ();

  if (g_strcmp0 (shown, self->prefilled_time) != 0 || strcmp (shown, now) == 0)
    return;
  g_free (self->prefilled_time);
  self->prefilled_time = g_steal_pointer (&now);
  guitu_field_row_set_text (self->arrived_at, self->prefilled_time);
}

/* Not under the hands of somebody who is about to type there. */
static gboolean
on_clock (gpointer data)
{
  GuituIntakeForm *self = data;

  if (!has_focus_within (self->arrived_at))
    follow_clock (self);
  return G_SOURCE_CONTINUE;
}

/* --- Registering ----------------------------------------------------------------------------- */

static void
set_busy (GuituIntakeForm *self, gboolean is_busy)
{
  guitu_widget_set_busy (self->sections, is_busy);
  g_signal_emit (self, signals[BUSY], 0, is_busy);
}

static void
finish (GuituIntakeForm *self)
{
  g_autoptr (JsonObject) registered = g_steal_pointer (&self->registered);

  set_busy (self, FALSE);
  guitu_intake_form_clear (self);
  g_signal_emit (self, signals[REGISTERED], 0, registered);
}

static void
admit_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituIntakeForm *self = owner;

  finish (self);
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error); /* the arrival is on disk: its file shows what is left to do */
}

static void
admit_or_finish (GuituIntakeForm *self)
{
  JsonObject *input;

  if (!self->helps_first)
    {
      finish (self);
      return;
    }
  input = json_object_new ();
  guitu_json_set (input, "stay", guitu_json_text (guitu_json_object (self->registered, "stay"), "id"));
  guitu_json_set (input, "decision", "emergency");
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "stay admit", input, NULL, self, admit_done);
}

static void write_statements (GuituIntakeForm *self);

static void
statement_done (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  write_statements (owner);
}

/* One after another, what was typed otherwise than the file has it; then on. */
static void
write_statements (GuituIntakeForm *self)
{
  JsonObject *input;

  if (self->statements == NULL || json_array_get_length (self->statements) == 0)
    {
      admit_or_finish (self);
      return;
    }
  input = json_object_ref (json_array_get_object_element (self->statements, 0));
  json_array_remove_element (self->statements, 0);
  json_object_set_string_member (input, "person", self->person_id);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person statement", input, NULL, self, statement_done);
}

static void
fail (GuituIntakeForm *self, const GError *error)
{
  set_busy (self, FALSE);
  if (!guitu_rows_show_error (self->sections, error))
    guitu_error_show (GTK_WIDGET (self), error);
}

static void
register_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituIntakeForm *self = owner;

  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  self->registered = json_object_ref (guitu_call_first (results));
  write_statements (self);
}

static void
arrive (GuituIntakeForm *self)
{
  JsonObject *input = json_object_new ();
  g_autofree char *words = guitu_field_row_get_text (self->words);

  guitu_rows_collect (self->sections, "stay", input);
  if (self->person_id != NULL)
    {
      json_object_set_string_member (input, "person", self->person_id);
    }
  else
    {
      JsonObject *person = json_object_new ();

      guitu_rows_collect (self->sections, "person", person);
      json_object_set_object_member (input, "person", person);
    }
  guitu_json_set (input, "words", g_strstrip (words));
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "stay arrive", input, NULL, self, register_done);
}

static void
edit_done (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    fail (owner, error);
  else
    arrive (owner);
}

/* The file first takes what it lacks, since that may be refused; what differs from it comes last. */
static void
complete_file (GuituIntakeForm *self)
{
  g_autoptr (GuituKnownPerson) known = guitu_known_person_compare (self->file, self->sections);
  JsonObject *input;

  g_clear_pointer (&self->statements, json_array_unref);
  self->statements = json_array_ref (known->statements);
  if (json_object_get_size (known->additions) == 0)
    {
      arrive (self);
      return;
    }
  input = json_object_ref (known->additions);
  json_object_set_string_member (input, "id", self->person_id);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person edit", input, NULL, self, edit_done);
}

void
guitu_intake_form_register (GuituIntakeForm *self, gboolean help_first)
{
  stop_check (self);
  follow_clock (self);
  self->helps_first = help_first;
  guitu_rows_clear_errors (self->sections);
  set_busy (self, TRUE);
  if (self->file != NULL)
    complete_file (self);
  else
    arrive (self);
}

/* --- Filling and clearing -------------------------------------------------------------------- */

static void
forget_person (GuituIntakeForm *self)
{
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->file, json_object_unref);
  g_clear_pointer (&self->statements, json_array_unref);
  gtk_widget_set_visible (self->known, FALSE);
}

static void
file_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituIntakeForm *self = owner;
  g_autofree char *words = NULL;

  set_busy (self, FALSE);
  if (error != NULL)
    {
      forget_person (self);
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  self->file = json_object_ref (guitu_call_first (results));
  show_known_facts (self);
  words = g_strdup_printf (_ ("The stay will be opened for %s, who is on file."), guitu_json_string (self->file, "display_name"));
  gtk_label_set_text (self->known_name, words);
  gtk_widget_set_visible (self->known, TRUE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->came_by));
}

void
guitu_intake_form_use_person (GuituIntakeForm *self, const char *person)
{
  JsonObject *input = json_object_new ();

  stop_check (self);
  forget_person (self);
  self->person_id = g_strdup (person);
  json_object_set_string_member (input, "id", person);
  set_busy (self, TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person show", input, NULL, self, file_read);
}

static void
on_forget_clicked (GuituIntakeForm *self)
{
  forget_person (self);
  on_person_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->sex));
}

void
guitu_intake_form_start (GuituIntakeForm *self, const char *text)
{
  gsize digits = strspn (text, "0123456789xX");
  gsize length = strlen (text);
  const char *field = "name";

  if (digits == length && length >= 15)
    field = "id_number";
  else if (strspn (text, "0123456789+- ") == length && length >= 7)
    field = "phone";
  if (length > 0 && guitu_field_row_is_empty (row_of (self, field)))
    guitu_field_row_set_text (row_of (self, field), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->sex));
}

void
guitu_intake_form_clear (GuituIntakeForm *self)
{
  self->is_filling = TRUE;
  forget_person (self);
  guitu_rows_clear (self->sections);
  g_free (self->prefilled_time);
  self->prefilled_time = guitu_moment_now ();
  guitu_field_row_set_text (self->arrived_at, self->prefilled_time);
  gtk_widget_set_visible (GTK_WIDGET (row_of (self, "id_override")), FALSE);
  self->is_filling = FALSE;
  stop_check (self);
  json_object_unref (self->suggested);
  self->suggested = json_object_new ();
  g_signal_emit (self, signals[WARNINGS], 0, NULL);
}

gboolean
guitu_intake_form_has_input (GuituIntakeForm *self)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (self->sections);
  g_autofree char *arrived = guitu_field_row_get_text (self->arrived_at);

  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != (gpointer) self->arrived_at && !guitu_field_row_is_empty (g_ptr_array_index (rows, i)))
      return TRUE;
  return g_strcmp0 (arrived, self->prefilled_time) != 0;
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
connect_row (GuituIntakeForm *self, GuituFieldRow *row)
{
  g_signal_connect_object (row, "activate", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  if (g_str_equal (guitu_field_row_get_kind (row)->name, "person"))
    g_signal_connect_object (row, "changed", G_CALLBACK (on_person_changed), self, G_CONNECT_SWAPPED);
}

static void
guitu_intake_form_dispose (GObject *object)
{
  GuituIntakeForm *self = GUITU_INTAKE_FORM (object);

  stop_check (self);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  g_clear_object (&self->check);
  g_clear_pointer (&self->file, json_object_unref);
  g_clear_pointer (&self->statements, json_array_unref);
  g_clear_pointer (&self->suggested, json_object_unref);
  g_clear_pointer (&self->registered, json_object_unref);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->prefilled_time, g_free);
  G_OBJECT_CLASS (guitu_intake_form_parent_class)->dispose (object);
}

static void
guitu_intake_form_class_init (GuituIntakeFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (klass)->dispose = guitu_intake_form_dispose;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_intake_form_refreshed;
  signals[WARNINGS] = g_signal_new ("warnings", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, JSON_TYPE_ARRAY);
  signals[REGISTERED] = g_signal_new ("registered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  signals[BUSY] = g_signal_new ("busy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/intake/intake-form.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, sections);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, known);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, known_name);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, known_facts);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, sex);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, arrived_at);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, came_by);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, words);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, person);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakeForm, arrival);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_clicked);
}

static void
guitu_intake_form_init (GuituIntakeForm *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  self->suggested = json_object_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_intake_fields_fill (self->person, self->arrival);
  rows = guitu_rows_list (self->sections);
  for (guint i = 0; i < rows->len; i++)
    connect_row (self, g_ptr_array_index (rows, i));
  guitu_intake_form_clear (self);
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, on_clock, self);
}
