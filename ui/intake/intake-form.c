/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/intake-form.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>
#include <string.h>

/* The check runs this long after the last key stroke. */
#define CHECK_DELAY_MS 150

struct _GuituIntakeForm
{
  GuituPage parent_instance;

  GtkWidget *sections;
  GtkWidget *known;
  GtkLabel *known_name;
  GuituFieldRow *sex;
  GuituFieldRow *arrived_at;
  GuituFieldRow *came_by;
  GuituFieldRow *words;
  GtkGrid *person;
  GtkGrid *arrival;

  char *person_id; /* the person on file for whom the stay is opened; NULL: a new person */
  guint check_source;
  GCancellable *check;
  JsonObject *suggested; /* what the ID number filled in, as it stood then */
  char *prefilled_time;
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

/* The fields in the order in which they are asked, two in a line or one across. */
typedef struct
{
  const char *path;
  gboolean is_wide;
} Place;

static const Place person_places[] = {
  { "person.name", FALSE },
  { "person.id_number", FALSE },
  { "person.id_override", TRUE },
  { "person.birth_from", FALSE },
  { "person.nation", FALSE },
  { "person.household", FALSE },
  { "person.address", FALSE },
  { "person.phone", FALSE },
  { "person.alias", FALSE },
  { "person.health", FALSE },
  { "person.literate", FALSE },
  { "person.accent", FALSE },
  { "person.height_cm", FALSE },
  { "person.marks", TRUE },
  { "person.kin", TRUE },
};

static const Place arrival_places[] = {
  { "stay.brought_by", FALSE },
  { "stay.found_place", FALSE },
  { "stay.reason", FALSE },
  { "stay.social_security", FALSE },
  { "stay.request", TRUE },
  { "stay.belongings", TRUE },
  { "stay.first_look", TRUE },
  { "stay.security_check", TRUE },
};

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
  sentence = guitu_error_sentence_for (code, guitu_json_string (problem, "message"));
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
on_person_changed (GuituIntakeForm *self)
{
  if (self->is_filling || self->person_id != NULL)
    return;
  stop_check (self);
  self->check_source = g_timeout_add (CHECK_DELAY_MS, run_check, self);
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

  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error); /* the arrival is on disk: its file shows what is left to do */
  finish (self);
}

static void
register_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituIntakeForm *self = owner;
  JsonObject *result = guitu_call_first (results);
  JsonObject *input;

  if (error != NULL)
    {
      set_busy (self, FALSE);
      if (!guitu_rows_show_error (self->sections, error))
        guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  self->registered = json_object_ref (result);
  if (!self->helps_first)
    {
      finish (self);
      return;
    }
  input = json_object_new ();
  guitu_json_set (input, "stay", guitu_json_text (guitu_json_object (result, "stay"), "id"));
  guitu_json_set (input, "decision", "emergency");
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "stay admit", input, NULL, self, admit_done);
}

void
guitu_intake_form_register (GuituIntakeForm *self, gboolean help_first)
{
  JsonObject *input = json_object_new ();
  g_autofree char *words = guitu_field_row_get_text (self->words);

  stop_check (self);
  self->helps_first = help_first;
  guitu_rows_clear_errors (self->sections);
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
  set_busy (self, TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "stay arrive", input, NULL, self, register_done);
}

/* --- Filling and clearing -------------------------------------------------------------------- */

void
guitu_intake_form_use_person (GuituIntakeForm *self, const char *person, const char *name)
{
  g_autofree char *words = NULL;

  g_free (self->person_id);
  self->person_id = g_strdup (person);
  gtk_widget_set_sensitive (GTK_WIDGET (self->person), person == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sex), person == NULL);
  gtk_widget_set_visible (self->known, person != NULL);
  if (person == NULL)
    return;
  stop_check (self);
  words = g_strdup_printf (_ ("The stay will be opened for %s, who is on file."), name);
  gtk_label_set_text (self->known_name, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->came_by));
}

static void
on_forget_clicked (GuituIntakeForm *self)
{
  guitu_intake_form_use_person (self, NULL, NULL);
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
  guitu_rows_clear (self->sections);
  g_free (self->prefilled_time);
  self->prefilled_time = guitu_moment_now ();
  guitu_field_row_set_text (self->arrived_at, self->prefilled_time);
  gtk_widget_set_visible (GTK_WIDGET (row_of (self, "id_override")), FALSE);
  self->is_filling = FALSE;
  stop_check (self);
  json_object_unref (self->suggested);
  self->suggested = json_object_new ();
  guitu_intake_form_use_person (self, NULL, NULL);
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
fill_grid (GtkGrid *grid, const Place *places, gsize n_places)
{
  int column = 0;
  int line = 0;

  for (gsize i = 0; i < n_places; i++)
    {
      if (places[i].is_wide && column > 0)
        {
          column = 0;
          line++;
        }
      gtk_grid_attach (grid, GTK_WIDGET (guitu_field_row_new (places[i].path)), column, line, places[i].is_wide ? 2 : 1, 1);
      column += places[i].is_wide ? 2 : 1;
      if (column >= 2)
        {
          column = 0;
          line++;
        }
    }
}

static void
guitu_intake_form_dispose (GObject *object)
{
  GuituIntakeForm *self = GUITU_INTAKE_FORM (object);

  stop_check (self);
  g_clear_object (&self->check);
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
  fill_grid (self->person, person_places, G_N_ELEMENTS (person_places));
  fill_grid (self->arrival, arrival_places, G_N_ELEMENTS (arrival_places));
  rows = guitu_rows_list (self->sections);
  for (guint i = 0; i < rows->len; i++)
    connect_row (self, g_ptr_array_index (rows, i));
  guitu_intake_form_clear (self);
}
