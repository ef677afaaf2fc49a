/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-page-private.h"

#include "ui/dialogs.h"
#include "ui/papers/file-window.h"
#include "ui/papers/papers-work.h"
#include "ui/person/person-stay-rows.h"
#include "ui/transfers/transfer-depart.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

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

static void
on_departed (gpointer from)
{
  reload (from);
}

static void
on_depart (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_transfer_depart (widget, station_of (GUITU_PERSON_PAGE (widget)), g_variant_get_string (parameter, NULL), on_departed);
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
