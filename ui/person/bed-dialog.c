/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/bed-dialog.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/person/bed-list.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/names.h"
#include "ui/widgets/needle.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/second-person.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

struct _GuituBedDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkButton *accept;
  GtkWidget *content;
  GtkEntry *bed;
  GtkLabel *problem;
  GtkLabel *note;
  GtkWidget *scroll;
  GtkListView *view;
  GtkBox *rows;
  GtkLabel *broken;    /* the rules that the bed breaks */
  GtkWidget *override; /* why a rule is broken, and who signs that */
  GuituFieldRow *reason;
  GuituSecondPerson *second;

  GuituStation *station;
  JsonObject *stay;
  gboolean admits;
  GListStore *beds;
  GtkFilter *matches;
  GtkSingleSelection *selection; /* owned by the view */
  char *needle;                  /* what is typed, case-folded */
};

G_DEFINE_FINAL_TYPE (GuituBedDialog, guitu_bed_dialog, ADW_TYPE_WINDOW)

static guint done_signal;

/* --- What is chosen -------------------------------------------------------------------------- */

static JsonObject *
object_at (GuituBedDialog *self, guint position)
{
  return guitu_list_item_at (G_LIST_MODEL (self->selection), position);
}

static JsonObject *
selected (GuituBedDialog *self)
{
  return object_at (self, gtk_single_selection_get_selected (self->selection));
}

static char *
typed (GuituBedDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->bed))));
}

/* The bed of the list; where nothing in it is meant, what is typed. "" is no bed. Returns: (transfer full). */
static char *
chosen (GuituBedDialog *self)
{
  JsonObject *item = selected (self);

  return item != NULL ? g_strdup (guitu_json_string (item, "bed")) : typed (self);
}

/* The rules in full stand below the list, where there is room for them. */
static void
show_override (GuituBedDialog *self, gboolean is_asked, const char *rules)
{
  guitu_label_show (self->broken, rules);
  gtk_widget_set_visible (self->override, is_asked);
}

static char *
accept_words (GuituBedDialog *self, const char *bed)
{
  if (self->admits)
    return *bed != '\0' ? g_strdup_printf (_ ("_Admit to Bed %s"), bed) : g_strdup (_ ("_Admit"));
  return *bed != '\0' ? g_strdup_printf (_ ("_Give Bed %s"), bed) : g_strdup (_ ("_Take Back the Bed"));
}

static void
show_chosen (GuituBedDialog *self)
{
  JsonObject *item = selected (self);
  g_autofree char *bed = chosen (self);
  g_autofree char *words = accept_words (self, bed);

  gtk_button_set_label (self->accept, words);
  guitu_name_buttons (GTK_WIDGET (self->accept));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", self->admits || item != NULL || *bed != '\0');
  guitu_problem_clear (self->problem);
  show_override (self, guitu_json_text (item, "rules") != NULL, guitu_json_string (item, "rules"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bed), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, guitu_json_string (item, "words"), -1);
}

static void
select_at (GuituBedDialog *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  show_chosen (self);
}

/* The bed that is typed in full, else the first that is left; nobody is admitted to a bed that was not asked for. */
static guint
best_match (GuituBedDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n == 0 || (self->admits && *self->needle == '\0'))
    return GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < n && *self->needle != '\0'; i++)
    {
      g_autofree char *bed = g_utf8_casefold (guitu_json_string (object_at (self, i), "bed"), -1);

      if (g_str_equal (bed, self->needle))
        return i;
    }
  return 0;
}

static gboolean
is_match (gpointer item, gpointer data)
{
  return guitu_needle_is_in (((GuituBedDialog *) data)->needle, guitu_json_string (guitu_list_item_get_object (item), "words"));
}

static void
on_typed (GuituBedDialog *self)
{
  g_free (self->needle);
  self->needle = guitu_needle_new (gtk_editable_get_text (GTK_EDITABLE (self->bed)));
  gtk_filter_changed (self->matches, GTK_FILTER_CHANGE_DIFFERENT);
  select_at (self, best_match (self));
}

static gboolean
on_key (GuituBedDialog *self, guint key, guint code, GdkModifierType modifiers)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return FALSE;
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    select_at (self, at == GTK_INVALID_LIST_POSITION ? 0 : MIN (at + 1, n - 1));
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    select_at (self, at == GTK_INVALID_LIST_POSITION || at == 0 ? 0 : at - 1);
  else
    return FALSE;
  return TRUE;
}

/* --- Rows ------------------------------------------------------------------------------------ */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *about = guitu_label_new_line ("dim-label");

  gtk_widget_set_hexpand (about, TRUE);
  gtk_box_append (GTK_BOX (cell), guitu_label_new_line ("heading"));
  gtk_box_append (GTK_BOX (cell), about);
  gtk_box_append (GTK_BOX (cell), guitu_label_new_line ("mark"));
  gtk_widget_add_css_class (cell, "bed-cell");
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  JsonObject *bed = guitu_list_item_get_object (gtk_list_item_get_item (item));
  GtkWidget *cell = gtk_list_item_get_child (item);
  GtkWidget *name = gtk_widget_get_first_child (cell);
  GtkWidget *mark = gtk_widget_get_last_child (cell);
  const char *rules = guitu_json_text (bed, "rules");
  const char *shown = guitu_json_text (bed, "bed");
  const char *styles[] = { "mark", rules != NULL ? "error" : "success", NULL };

  gtk_label_set_text (GTK_LABEL (name), shown != NULL ? shown : _ ("No bed"));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), guitu_json_string (bed, "about"));
  gtk_label_set_text (GTK_LABEL (mark), rules != NULL ? rules : _ ("fits"));
  gtk_widget_set_tooltip_text (mark, rules);
  gtk_widget_set_visible (mark, shown != NULL);
  gtk_widget_set_css_classes (mark, styles);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (cell)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  guitu_json_string (bed, "words"), -1);
}

/* Where a bed is given already, it can be taken back. */
static void
add_no_bed (JsonArray *beds)
{
  JsonObject *none = json_object_new ();

  json_object_set_string_member (none, "words", _ ("No bed"));
  json_array_add_object_element (beds, none);
}

static void
rooms_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituBedDialog *self = owner;
  g_autoptr (JsonArray) beds = NULL;
  guint n;

  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  beds = guitu_bed_list (results);
  n = json_array_get_length (beds);
  if (!self->admits && guitu_json_text (self->stay, "bed") != NULL)
    add_no_bed (beds);
  guitu_list_item_fill (self->beds, beds);
  gtk_widget_set_visible (self->scroll, json_array_get_length (beds) > 0);
  if (n == 0)
    guitu_label_show (self->note, json_array_get_length (results) > 0 ? _ ("No bed is free.") : _ ("No rooms are set up yet: type what the bed is called."));
  on_typed (self);
}

/* --- Doing ----------------------------------------------------------------------------------- */

static void
set_busy (GuituBedDialog *self, gboolean is_busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", !is_busy);
  guitu_widget_set_busy (self->content, is_busy);
}

static gboolean
show_at_field (GuituBedDialog *self, const GError *error)
{
  const char *field = guitu_error_field (error);
  g_autofree char *sentence = NULL;

  if (guitu_second_person_show_error (self->second, error))
    return TRUE;
  if (g_strcmp0 (field, "override") != 0)
    return guitu_rows_show_error (GTK_WIDGET (self->rows), error);
  sentence = guitu_error_sentence (error);
  guitu_field_row_set_error (self->reason, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  return TRUE;
}

static void
verb_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituBedDialog *self = owner;

  set_busy (self, FALSE);
  if (error == NULL)
    {
      g_signal_emit (self, done_signal, 0, guitu_call_first (results));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_strcmp0 (guitu_error_code (error), "bed-rules") == 0)
    show_override (self, TRUE, "");
  if (!show_at_field (self, error))
    guitu_problem_show (self->problem, error);
}

/* Reason and second person, where a rule is broken. Returns: whether the reason is there. */
static gboolean
collect_override (GuituBedDialog *self, JsonObject *input)
{
  g_autofree char *reason = guitu_field_row_get_text (self->reason);

  if (!gtk_widget_get_visible (self->override))
    return TRUE;
  if (guitu_field_row_is_empty (self->reason))
    {
      guitu_field_row_set_error (self->reason, _ ("This must be filled in."));
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      return FALSE;
    }
  json_object_set_string_member (input, "override", reason);
  guitu_second_person_collect (self->second, input);
  return TRUE;
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituBedDialog *self = GUITU_BED_DIALOG (widget);
  g_autoptr (JsonObject) input = json_object_new ();
  g_autofree char *bed = chosen (self);

  guitu_rows_clear_errors (GTK_WIDGET (self->rows));
  guitu_problem_clear (self->problem);
  json_object_set_string_member (input, "stay", guitu_json_string (self->stay, "id"));
  if (!self->admits || *bed != '\0')
    json_object_set_string_member (input, "bed", bed);
  if (self->admits)
    guitu_rows_collect (GTK_WIDGET (self->rows), "stay", input);
  if (!collect_override (self, input))
    return;
  set_busy (self, TRUE);
  guitu_call (self->station, self->admits ? "stay admit" : "stay bed", g_steal_pointer (&input), NULL, self, verb_done);
}

/* Enter takes the bed; where a rule is broken, it goes on to the reason first. */
static void
on_entered (GuituBedDialog *self)
{
  if (gtk_widget_get_visible (self->override) && guitu_field_row_is_empty (self->reason))
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "dialog.accept", NULL);
}

static void
on_row_activated (GuituBedDialog *self, guint position)
{
  select_at (self, position);
  on_entered (self);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_bed_dialog_dispose (GObject *object)
{
  GuituBedDialog *self = GUITU_BED_DIALOG (object);

  g_clear_object (&self->station);
  g_clear_object (&self->beds);
  g_clear_pointer (&self->stay, json_object_unref);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (guitu_bed_dialog_parent_class)->dispose (object);
}

static void
guitu_bed_dialog_class_init (GuituBedDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_bed_dialog_dispose;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/person/bed-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, content);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, bed);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, note);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, view);
  gtk_widget_class_bind_template_child (widget_class, GuituBedDialog, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
build_list (GuituBedDialog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *shown;

  self->beds = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->matches = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));
  shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->beds)), self->matches);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (shown));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  g_object_unref (factory);
  g_object_unref (self->selection);
}

static void
build_override (GuituBedDialog *self)
{
  self->override = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->broken = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->broken, 0);
  gtk_label_set_wrap (self->broken, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->broken), "error");
  gtk_box_append (GTK_BOX (self->override), GTK_WIDGET (self->broken));
  self->reason = guitu_field_row_new ("person_link.reason");
  self->second = guitu_second_person_new (_ ("This bed breaks a rule of the house: give the reason above, and a second person signs with you."));
  gtk_box_append (GTK_BOX (self->override), GTK_WIDGET (self->reason));
  gtk_box_append (GTK_BOX (self->override), GTK_WIDGET (self->second));
  gtk_box_append (self->rows, self->override);
  gtk_widget_set_visible (self->override, FALSE);
}

static void
guitu_bed_dialog_init (GuituBedDialog *self)
{
  self->needle = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bed), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  guitu_field_label (guitu_json_field ("stay.bed", NULL)), -1);
  guitu_name_buttons (GTK_WIDGET (self));
  build_list (self);
}

static GtkWindow *
new_dialog (GtkWidget *from, GuituStation *station, JsonObject *stay, gboolean admits)
{
  GuituBedDialog *self = g_object_new (GUITU_TYPE_BED_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                       "title", admits ? _ ("Admit") : _ ("Give a Bed"), "transient-for", gtk_widget_get_root (from), NULL);
  JsonObject *input = json_object_new ();

  self->station = g_object_ref (station);
  self->stay = json_object_ref (stay);
  self->admits = admits;
  adw_window_title_set_title (self->heading, gtk_window_get_title (GTK_WINDOW (self)));
  adw_window_title_set_subtitle (self->heading, guitu_json_string (guitu_json_object (stay, "person"), "display_name"));
  if (admits)
    gtk_box_append (self->rows, GTK_WIDGET (guitu_field_row_new ("stay.ground")));
  build_override (self);
  show_chosen (self);
  guitu_unsaved_watch (GTK_WINDOW (self), self->content);
  gtk_widget_grab_focus (GTK_WIDGET (self->bed));
  json_object_set_string_member (input, "for", guitu_json_string (stay, "id"));
  guitu_call (station, "house show", input, NULL, self, rooms_read);
  return GTK_WINDOW (self);
}

GtkWindow *
guitu_bed_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *stay)
{
  return new_dialog (from, station, stay, FALSE);
}

GtkWindow *
guitu_bed_dialog_new_to_admit (GtkWidget *from, GuituStation *station, JsonObject *stay)
{
  return new_dialog (from, station, stay, TRUE);
}
