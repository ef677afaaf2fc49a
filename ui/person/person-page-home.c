/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-page-private.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/file-window.h"
#include "ui/papers/papers-work.h"
#include "ui/person/leave-ways.h"
#include "ui/person/person-stay-rows.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

/* What a departure may ask for: the row of leaving, and what the verb calls it. */
static const struct
{
  const char *asked;
  const char *field;
} departure_rows[] = {
  { "received_by", "stay.received_by" },
  { "receiver_kinship", "stay.receiver_kinship" },
  { "receiver_id", "stay.receiver_id" },
  { "receiver_phone", "stay.receiver_phone" },
  { "receiver_proof", "stay.receiver_proof" },
  { "guardian_check", "stay.guardian_check" },
  { "belongings", "belonging.state=belongings" },
  { "belongings", "belonging.out_to=belongings_to" },
  { "belongings", "belonging.out_sign=belongings_sign" },
  { "belongings", "belonging.note=belongings_note" },
};

static GuituStation *
station_of (GuituPersonPage *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

static void
reload (GuituPersonPage *self)
{
  _guitu_person_page_load (self, FALSE);
}

static JsonObject *
find_record (GuituPersonPage *self, const char *list, const char *id)
{
  JsonArray *records = guitu_json_array (self->person, list);
  guint n = records != NULL ? json_array_get_length (records) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (records, i), "id"), id))
      return json_array_get_object_element (records, i);
  return NULL;
}

/* The records of a list in which a member is, or is not, this text. (transfer full) */
static JsonArray *
records_where (GuituPersonPage *self, const char *list, const char *member, const char *text, gboolean is)
{
  JsonArray *records = guitu_json_array (self->person, list);
  JsonArray *chosen = json_array_new ();
  guint n = records != NULL ? json_array_get_length (records) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if ((g_strcmp0 (guitu_json_text (record, member), text) == 0) == is)
        json_array_add_object_element (chosen, json_object_ref (record));
    }
  return chosen;
}

/* --- The way home ---------------------------------------------------------------------------- */

/* The answer may tell no more than the id: records of minors are fenced once they have left. */
static void
on_departed (GuituPersonPage *self, JsonObject *result)
{
  JsonObject *transfer = find_record (self, "transfers", guitu_json_string (result, "id"));
  const char *way = guitu_leave_way_of_transfer (guitu_json_string (transfer, "kind"));

  if (guitu_leave_way_transfer (way) != NULL)
    _guitu_person_page_issue_handover (self, guitu_json_string (transfer, "id"));
  reload (self);
}

/* Who takes the person over stands in most plans already. */
static gboolean
asks_for (JsonObject *way, JsonObject *transfer, const char *what)
{
  gboolean is_told = guitu_json_text (transfer, "to_station") != NULL || guitu_json_text (transfer, "receiver") != NULL;

  return guitu_leave_way_shows (way, what) && !(is_told && g_str_equal (what, "received_by"));
}

/* (transfer container): the rows of the dialog, %NULL-terminated */
static GPtrArray *
rows_of_departure (JsonObject *way, JsonObject *transfer)
{
  GPtrArray *fields = g_ptr_array_new ();

  g_ptr_array_add (fields, (gpointer) "transfer.departs_at=at");
  g_ptr_array_add (fields, (gpointer) "transfer.escorts=escorts");
  for (gsize i = 0; i < G_N_ELEMENTS (departure_rows); i++)
    if (asks_for (way, transfer, departure_rows[i].asked))
      g_ptr_array_add (fields, (gpointer) departure_rows[i].field);
  g_ptr_array_add (fields, NULL);
  return fields;
}

static char *
departure_intro (JsonObject *transfer)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *kind = guitu_json_words (transfer, "transfer.kind");
  g_autofree char *region = guitu_json_words (transfer, "transfer.to_region");

  guitu_json_join (words, kind);
  guitu_json_join (words, guitu_json_text (transfer, "to_station"));
  guitu_json_join (words, region);
  guitu_json_join (words, guitu_json_text (transfer, "route"));
  g_string_append_printf (words, "\n\n%s", _ ("The stay ends with the departure."));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What usually becomes of the belongings, until somebody says otherwise. */
static void
propose (GuituFormDialog *dialog, JsonObject *transfer, const char *way)
{
  GuituFieldRow *at = guitu_form_dialog_row (dialog, "departs_at");
  GuituFieldRow *state = guitu_form_dialog_row (dialog, "state");
  GuituFieldRow *taker = guitu_form_dialog_row (dialog, "out_to");

  guitu_field_row_set_hint (at, _ ("Left empty: now."));
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "escorts"), guitu_json_string (transfer, "escorts"));
  if (state != NULL)
    {
      guitu_field_row_set_text (state, guitu_leave_way_belongings (way));
      guitu_field_row_set_text (guitu_form_dialog_row (dialog, "out_sign"), "signed");
      guitu_field_row_set_text (taker, guitu_json_string (transfer, "escorts"));
    }
  guitu_unsaved_watch (GTK_WINDOW (dialog), gtk_widget_get_parent (GTK_WIDGET (at)));
}

static void
ask_departure (GuituPersonPage *self, JsonObject *transfer, JsonObject *way)
{
  g_autoptr (GPtrArray) fields = rows_of_departure (way, transfer);
  g_autofree char *intro = departure_intro (transfer);
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (self), station_of (self), _ ("Depart"), _ ("_Depart"), "transfer depart",
                                                   (const char *const *) fields->pdata);

  for (guint i = 0; fields->pdata[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit_set (fields->pdata[i], ".=", 3);

      guitu_leave_row_call (guitu_form_dialog_row (dialog, parts[1]));
    }
  guitu_form_dialog_set_option (dialog, "transfer", guitu_json_string (transfer, "id"));
  guitu_form_dialog_explain (dialog, intro);
  propose (dialog, transfer, guitu_json_string (way, "leave_by"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_departed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ways_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;
  g_autofree char *id = g_steal_pointer (&self->departing);
  JsonObject *transfer = id == NULL ? NULL : find_record (self, "transfers", id);
  JsonObject *way = guitu_leave_way_find (results, guitu_leave_way_of_transfer (guitu_json_string (transfer, "kind")));
  g_autofree char *refusal = guitu_leave_way_refusal (way);

  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error);
  else if (refusal != NULL)
    guitu_page_toast (GTK_WIDGET (self), refusal);
  else if (transfer != NULL)
    ask_departure (self, transfer, way);
}

/* The rules tell what this way asks for of this person. */
static void
on_depart (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  JsonObject *transfer = find_record (self, "transfers", g_variant_get_string (parameter, NULL));
  JsonObject *input;

  if (transfer == NULL)
    return;
  g_free (self->departing);
  self->departing = g_variant_dup_string (parameter, NULL);
  input = json_object_new ();
  json_object_set_string_member (input, "stay", guitu_json_string (transfer, "stay"));
  guitu_call (station_of (self), "stay ways", input, NULL, self, ways_read);
}

/* --- Files ----------------------------------------------------------------------------------- */

static void
on_scan_chosen (gpointer owner, const char *path)
{
  static const char *const fields[] = { "file.title=title", NULL };
  GuituPersonPage *self = owner;
  g_autofree char *name = g_path_get_basename (path);
  GuituFormDialog *dialog;

  if (self->person_id == NULL)
    return;
  dialog = guitu_form_dialog_new (GTK_WIDGET (self), station_of (self), _ ("Add a Scan"), _ ("_Add"), "file add", fields);
  guitu_form_dialog_set_option (dialog, "person", self->person_id);
  guitu_form_dialog_set_option (dialog, "file", path);
  guitu_form_dialog_explain (dialog, name);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "title"), _ ("What it is, for example “Medical record” or “Copy of the ID card”."));
  g_signal_connect_object (dialog, "done", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_add_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (GUITU_PERSON_PAGE (widget)->person != NULL)
    guitu_dialog_open_scan (widget, _ ("Choose a Picture or PDF"), widget, on_scan_chosen);
}

static void
on_open_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  JsonObject *file = find_record (self, "files", g_variant_get_string (parameter, NULL));

  if (file != NULL)
    guitu_file_window_open (widget, station_of (self), file);
}

/* 一人一档: everything about the person in one document. */
static void
on_whole_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);

  if (self->person != NULL)
    guitu_papers_open_file (widget, station_of (self), self->person_id);
}

/* --- Sections -------------------------------------------------------------------------------- */

void
_guitu_person_page_show_home (GuituPersonPage *self)
{
  g_autoptr (JsonArray) transfers = records_where (self, "transfers", "stay", guitu_json_text (self->stay, "id"), TRUE);
  g_autoptr (JsonArray) files = records_where (self, "files", "id", guitu_json_text (self->person, "photo"), FALSE);

  guitu_section_fill (self->transfers, transfers);
  guitu_section_fill (self->files, files);
}

static void
add_button (GtkWidget *box, const char *label, const char *tip, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
build_buttons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  add_button (box, _ ("Whole File…"), _ ("Ctrl+Shift+A"), "page.whole-file");
  add_button (box, _ ("Add a Scan…"), NULL, "page.add-file");
  return box;
}

void
_guitu_person_page_init_home (GuituPersonPage *self)
{
  self->transfers = _guitu_person_page_add_section (_ ("Ways Home"), self->stays);
  self->files = _guitu_person_page_add_section (_ ("Scans and Other Files"), self->papers);
  g_object_set (self->files, "empty", _ ("Nothing has been scanned in yet."), "suffix", build_buttons (), NULL);
  guitu_section_set_row (self->transfers, guitu_stay_transfer_row);
  guitu_section_set_row (self->files, guitu_stay_file_row);
}

void
_guitu_person_page_install_home_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.depart", "s", on_depart);
  gtk_widget_class_install_action (widget_class, "page.add-file", NULL, on_add_file);
  gtk_widget_class_install_action (widget_class, "page.open-file", "s", on_open_file);
  gtk_widget_class_install_action (widget_class, "page.whole-file", NULL, on_whole_file);
}
