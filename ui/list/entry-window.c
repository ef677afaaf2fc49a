/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/entry-window.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/list/entry-acts.h"
#include "ui/list/entry-rows.h"
#include "ui/list/list-words.h"
#include "ui/list/propose.h"
#include "ui/page.h"
#include "ui/papers/papers-work.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

#define PHOTO_EDGE 300

#define GUITU_TYPE_ENTRY_WINDOW (guitu_entry_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituEntryWindow, guitu_entry_window, GUITU, ENTRY_WINDOW, AdwWindow)

struct _GuituEntryWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkButton *print;
  GtkMenuButton *more;
  GtkButton *next;
  GtkWidget *content;
  GtkWidget *theirs;
  GtkPicture *listed_photo;
  GtkWidget *ours;
  GtkPicture *own_photo;
  GtkBox *summary;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *advice;
  GuituSection *points;
  GuituSection *dissents;
  GuituSection *log;

  GuituStation *station;
  JsonObject *entry; /* the latest answer of "blacklist show"; NULL: not yet */
  char *id;
  char *why;   /* why somebody looks; NULL: an entry of ours */
  char *photo; /* of who is here */
  char *stay;
};

G_DEFINE_FINAL_TYPE (GuituEntryWindow, guitu_entry_window, ADW_TYPE_WINDOW)

/* --- Showing --------------------------------------------------------------------------------- */

static void
show_picture (GtkPicture *picture, GtkWidget *box, const char *base64)
{
  gsize length = 0;
  g_autofree guchar *data = base64 == NULL ? NULL : g_base64_decode (base64, &length);
  g_autoptr (GBytes) bytes = data == NULL ? NULL : g_bytes_new (data, length);
  g_autoptr (GdkTexture) texture = bytes == NULL ? NULL : gdk_texture_new_from_bytes (bytes, NULL);

  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (box, texture != NULL);
}

static void
photo_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituEntryWindow *self = owner;

  if (error == NULL) /* without it there is nothing to compare, which is to be seen */
    show_picture (self->own_photo, self->ours, guitu_json_text (guitu_call_first (results), "data"));
}

static void
load_photo (GuituEntryWindow *self)
{
  JsonObject *input;

  if (self->photo == NULL)
    return;
  input = json_object_new ();
  json_object_set_string_member (input, "file", self->photo);
  json_object_set_boolean_member (input, "inline", TRUE);
  json_object_set_int_member (input, "edge", PHOTO_EDGE);
  guitu_call (self->station, "file export", input, NULL, self, photo_read);
}

static void
show_acts (GuituEntryWindow *self)
{
  const GuituListAct *next = guitu_list_act_next (self->station, self->entry);
  g_autoptr (GMenuModel) menu = guitu_list_acts_menu (self->station, self->entry, "entry.act");
  g_autofree char *label = next == NULL ? NULL : guitu_list_act_label (next);
  gboolean is_printed = guitu_json_flag (self->entry, "own") && guitu_json_text (self->entry, "stay") != NULL &&
                        g_str_equal (guitu_json_string (self->entry, "state"), "active") && guitu_station_may (self->station, "paper issue");

  gtk_menu_button_set_menu_model (self->more, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->more), g_menu_model_get_n_items (menu) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  gtk_button_set_label (self->next, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->print), is_printed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.print", is_printed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.next", next != NULL);
}

static void
show (GuituEntryWindow *self, JsonObject *entry)
{
  g_autoptr (JsonArray) points = guitu_list_points (entry);
  g_autofree char *station = guitu_list_station_words (entry);
  g_autoptr (GString) advice = g_string_new (guitu_json_string (entry, "category_name"));

  g_clear_pointer (&self->entry, json_object_unref);
  self->entry = json_object_ref (entry);
  guitu_json_join (advice, guitu_json_text (entry, "measure_name"));
  guitu_json_join (advice, station);
  gtk_label_set_text (self->name, guitu_list_entry_name (entry));
  gtk_label_set_text (self->state, guitu_json_string (entry, "state_name"));
  gtk_label_set_text (self->advice, advice->str);
  show_picture (self->listed_photo, self->theirs, guitu_json_text (entry, "photo"));
  guitu_section_fill (self->points, points);
  guitu_section_fill (self->dissents, guitu_json_array (entry, "dissents"));
  guitu_section_fill (self->log, guitu_json_array (entry, "log"));
  gtk_widget_set_visible (self->content, TRUE);
  show_acts (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_widget_get_visible (GTK_WIDGET (self->next)) ? GTK_WIDGET (self->next) : GTK_WIDGET (self->points)));
}

static void
entry_read (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  else
    show (owner, guitu_call_first (results));
}

static void
load (GuituEntryWindow *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "entry", self->id);
  guitu_json_set (input, "why", self->why);
  guitu_call (self->station, "blacklist show", input, NULL, self, entry_read);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
act_done (GuituEntryWindow *self, JsonObject *result)
{
  if (g_str_equal (guitu_json_string (result, "result"), "passed-on"))
    guitu_page_toast (GTK_WIDGET (self), _ ("The objection goes to the station that listed."));
  load (self);
}

static void
begin (GuituEntryWindow *self, const GuituListAct *act)
{
  GuituFormDialog *dialog;

  if (self->entry == NULL || act == NULL || !guitu_list_act_is_possible (act, self->station, self->entry))
    return;
  if (g_str_equal (guitu_list_act_name (act), "renew"))
    {
      guitu_list_propose (GTK_WIDGET (self), self->station, self->entry, NULL);
      return;
    }
  dialog = guitu_list_act_dialog (act, GTK_WIDGET (self), self->station, self->entry);
  g_signal_connect_object (dialog, "done", G_CALLBACK (act_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin (GUITU_ENTRY_WINDOW (widget), guitu_list_act_find (g_variant_get_string (parameter, NULL)));
}

static void
on_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituEntryWindow *self = GUITU_ENTRY_WINDOW (widget);

  if (self->entry != NULL)
    begin (self, guitu_list_act_next (self->station, self->entry));
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituEntryWindow *self = GUITU_ENTRY_WINDOW (widget);

  if (self->entry != NULL)
    guitu_papers_issue (widget, self->station, "list-notice", "stay", guitu_json_string (self->entry, "stay"));
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_entry_window_dispose (GObject *object)
{
  GuituEntryWindow *self = GUITU_ENTRY_WINDOW (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->entry, json_object_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->photo, g_free);
  g_clear_pointer (&self->stay, g_free);
  G_OBJECT_CLASS (guitu_entry_window_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "entry.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "entry.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "entry.next", NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, print);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, more);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, next);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, content);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, theirs);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, listed_photo);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, ours);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, own_photo);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, name);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, state);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, advice);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, points);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, dissents);
  gtk_widget_class_bind_template_child (widget_class, GuituEntryWindow, log);
}

static void
guitu_entry_window_class_init (GuituEntryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->dispose = guitu_entry_window_dispose;
  gtk_widget_class_install_action (widget_class, "entry.act", "s", on_act);
  gtk_widget_class_install_action (widget_class, "entry.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "entry.print", NULL, on_print);
  guitu_news_install (widget_class);
  add_keys (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/list/entry-window.ui");
  bind_children (widget_class);
}

static void
guitu_entry_window_init (GuituEntryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_section_set_row (self->points, guitu_list_point_row);
  guitu_section_set_row (self->dissents, guitu_list_dissent_row);
  guitu_section_set_row (self->log, guitu_list_log_row);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->next), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->print), FALSE);
}

static GuituEntryWindow *
window_new (GtkWidget *from, GuituStation *station, const char *id, const GuituListAbout *about)
{
  GuituEntryWindow *self = g_object_new (GUITU_TYPE_ENTRY_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "transient-for", gtk_widget_get_root (from),
                                         "title", guitu_list_name (), NULL);

  self->station = g_object_ref (station);
  self->id = g_strdup (id);
  self->photo = about == NULL ? NULL : g_strdup (about->photo);
  self->stay = about == NULL ? NULL : g_strdup (about->stay);
  adw_window_title_set_title (self->heading, guitu_list_name ());
  if (self->stay != NULL && guitu_station_may (station, "blacklist handled"))
    {
      GtkWidget *handled = guitu_list_handled_button (station, id, self->stay);

      gtk_widget_set_halign (handled, GTK_ALIGN_START);
      gtk_box_append (self->summary, handled);
    }
  return self;
}

/* --- Looking --------------------------------------------------------------------------------- */

#define WANTED "guitu-wanted"

/* The answer of “blacklist show” is there: the window that was made for it shows it. */
static void
looked (GuituEntryWindow *self, JsonObject *entry, GuituFormDialog *dialog)
{
  self->why = guitu_field_row_get_text (guitu_form_dialog_row (dialog, "detail"));
  load_photo (self);
  gtk_window_present (GTK_WINDOW (self));
  show (self, entry);
}

static void
on_looked (GuituFormDialog *dialog, JsonObject *entry, GtkWidget *from)
{
  const GuituListAbout about = { g_object_get_data (G_OBJECT (dialog), "guitu-photo"), g_object_get_data (G_OBJECT (dialog), "guitu-stay") };
  GuituStation *station = g_object_get_data (G_OBJECT (dialog), WANTED);

  looked (window_new (from, station, guitu_json_string (entry, "listing"), &about), entry, dialog);
}

static void
ask_why (GtkWidget *from, GuituStation *station, const char *id, const GuituListAbout *about)
{
  static const char *const fields[] = { "access.detail=why", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Look at the Entry"), _ ("_Look"), "blacklist show", fields);
  GuituFieldRow *why = guitu_form_dialog_row (dialog, "detail");

  guitu_form_dialog_set_option (dialog, "entry", id);
  guitu_form_dialog_explain (dialog, _ ("The look is recorded with its purpose, and the station that listed is told."));
  guitu_field_row_set_label (why, _ ("Why you look at it"));
  guitu_field_row_set_hint (why, _ ("For example: registers at the desk now."));
  g_object_set_data_full (G_OBJECT (dialog), WANTED, g_object_ref (station), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "guitu-photo", about == NULL ? NULL : g_strdup (about->photo), g_free);
  g_object_set_data_full (G_OBJECT (dialog), "guitu-stay", about == NULL ? NULL : g_strdup (about->stay), g_free);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_looked), gtk_widget_get_root (from), 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
guitu_list_look (GtkWidget *from, GuituStation *station, JsonObject *entry, const GuituListAbout *about)
{
  const char *listing = guitu_json_text (entry, "listing");
  const char *id = guitu_json_text (entry, "id") != NULL ? guitu_json_text (entry, "id") : listing;
  GuituEntryWindow *window;

  if (!guitu_json_flag (entry, "own"))
    {
      ask_why (from, station, id, about);
      return;
    }
  window = window_new (from, station, id, about);
  load_photo (window);
  gtk_window_present (GTK_WINDOW (window));
  load (window);
}
