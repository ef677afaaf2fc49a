/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/board/roll-call.h"

#include "ui/board/board-cells.h"
#include "ui/calls.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/names.h"
#include "ui/widgets/needle.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

struct _GuituRollCall
{
  AdwWindow parent_instance;

  GtkWidget *content;
  GtkEditable *filter;
  GtkDropDown *zone;
  GtkLabel *count;
  GtkListView *view;
  GuituFieldRow *note;
  GtkLabel *problem;

  GuituStation *station;
  GListStore *expected;
  GtkFilter *matches;
  GtkSingleSelection *selection; /* owned by the view */
  GHashTable *absent;            /* numbers of stays */
  gboolean has_moved;            /* with the arrows, so that the selected row is meant */
  char *needle;                  /* what is typed into the filter, case-folded */
};

G_DEFINE_FINAL_TYPE (GuituRollCall, guitu_roll_call, ADW_TYPE_WINDOW)

static guint done_signal;

static const char *
number_of (JsonObject *stay)
{
  return guitu_json_string (stay, "number");
}

static gboolean
is_absent (GuituRollCall *self, JsonObject *stay)
{
  return g_hash_table_contains (self->absent, number_of (stay));
}

/* The zone that was gone through, or NULL: all. */
static const char *
zone_code (GuituRollCall *self)
{
  guint chosen = gtk_drop_down_get_selected (self->zone);

  return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION ? NULL : guitu_codes_list ("zone", NULL)[chosen - 1]->code;
}

static gboolean
is_in_zone (GuituRollCall *self, JsonObject *stay)
{
  const char *zone = zone_code (self);

  return zone == NULL || g_str_equal (guitu_json_string (stay, "zone"), zone);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static char *
about_words (JsonObject *stay)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *about = guitu_board_text (stay, GUITU_BOARD_ABOUT);
  g_autofree char *marks = guitu_board_text (stay, GUITU_BOARD_MARKS);

  guitu_json_join (words, about);
  guitu_json_join (words, guitu_board_zone (stay));
  guitu_json_join (words, marks);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *bed = gtk_label_new (NULL);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *about = guitu_label_new_line ("dim-label");

  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_focusable (check, FALSE);
  gtk_label_set_width_chars (GTK_LABEL (bed), 9);
  gtk_label_set_xalign (GTK_LABEL (bed), 0);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (about, TRUE);
  gtk_widget_add_css_class (bed, "numeric");
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (cell, "bed-cell");
  gtk_box_append (GTK_BOX (cell), check);
  gtk_box_append (GTK_BOX (cell), bed);
  gtk_box_append (GTK_BOX (cell), name);
  gtk_box_append (GTK_BOX (cell), about);
  gtk_list_item_set_child (item, cell);
}

static void
show_presence (GuituRollCall *self, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  JsonObject *stay = guitu_list_item_get_object (gtk_list_item_get_item (item));
  gboolean absent = is_absent (self, stay);
  g_autoptr (GString) words = g_string_new (guitu_json_string (guitu_json_object (stay, "person"), "display_name"));

  guitu_json_join (words, guitu_json_text (stay, "bed"));
  guitu_json_join (words, absent ? _ ("not there") : _ ("there"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_first_child (cell)), !absent);
  if (absent)
    gtk_widget_add_css_class (cell, "error");
  else
    gtk_widget_remove_css_class (cell, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (cell)), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

static void
on_bind (GuituRollCall *self, GtkListItem *item)
{
  GObject *record = gtk_list_item_get_item (item);
  JsonObject *stay = guitu_list_item_get_object (GUITU_LIST_ITEM (record));
  GtkWidget *bed = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_list_item_get_child (item)));
  GtkWidget *name = gtk_widget_get_next_sibling (bed);
  g_autofree char *about = about_words (stay);

  gtk_label_set_text (GTK_LABEL (bed), guitu_json_string (stay, "bed"));
  gtk_label_set_text (GTK_LABEL (name), guitu_json_string (guitu_json_object (stay, "person"), "display_name"));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), about);
  g_object_set_data (record, "row", item);
  show_presence (self, item);
}

static void
on_unbind (GuituRollCall *self, GtkListItem *item)
{
  g_object_set_data (gtk_list_item_get_item (item), "row", NULL);
}

static void
show_count (GuituRollCall *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->expected));
  guint n_expected = 0, n_present = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = guitu_list_item_at (G_LIST_MODEL (self->expected), i);

      if (!is_in_zone (self, stay))
        continue;
      n_expected++;
      n_present += !is_absent (self, stay);
    }
  words = g_strdup_printf (_ ("%u of %u there"), n_present, n_expected);
  gtk_label_set_text (self->count, words);
}

static void
toggle (GuituRollCall *self, guint position)
{
  g_autoptr (GuituListItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GtkListItem *row;
  const char *number;

  if (item == NULL)
    return;
  number = number_of (guitu_list_item_get_object (item));
  if (!g_hash_table_remove (self->absent, number))
    g_hash_table_add (self->absent, g_strdup (number));
  row = g_object_get_data (G_OBJECT (item), "row");
  if (row != NULL)
    show_presence (self, row);
  show_count (self);
}

static void
on_activate (GuituRollCall *self, guint position)
{
  toggle (self, position);
}

static gboolean
on_key (GuituRollCall *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_space && key != GDK_KEY_KP_Space)
    return FALSE;
  toggle (self, gtk_single_selection_get_selected (self->selection));
  return TRUE;
}

/* --- Filter ---------------------------------------------------------------------------------- */

static gboolean
is_match (gpointer item, gpointer data)
{
  GuituRollCall *self = data;
  JsonObject *stay = guitu_list_item_get_object (item);
  g_autofree char *words = NULL;

  if (!is_in_zone (self, stay))
    return FALSE;
  words = guitu_board_words (stay);
  return guitu_needle_is_in (self->needle, words);
}

static void
on_filter_changed (GuituRollCall *self)
{
  g_free (self->needle);
  self->needle = guitu_needle_new (gtk_editable_get_text (self->filter));
  gtk_filter_changed (self->matches, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  self->has_moved = FALSE;
}

/* With nothing typed or chosen Enter would mark somebody whom nobody meant. */
static void
on_filter_activated (GuituRollCall *self)
{
  gboolean is_typed = self->needle != NULL && *self->needle != '\0';

  if (!is_typed && !self->has_moved)
    return;
  toggle (self, gtk_single_selection_get_selected (self->selection));
  if (is_typed)
    gtk_editable_set_text (self->filter, "");
}

static gboolean
on_filter_key (GuituRollCall *self, guint key, guint code, GdkModifierType modifiers)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);
  gboolean is_down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;

  if (n == 0 || (!is_down && key != GDK_KEY_Up && key != GDK_KEY_KP_Up))
    return FALSE;
  if (self->has_moved)
    at = is_down ? MIN (at + 1, n - 1) : MAX (at, 1) - 1;
  self->has_moved = TRUE;
  gtk_single_selection_set_selected (self->selection, at);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", at);
  return TRUE;
}

static void
on_zone (GuituRollCall *self)
{
  guitu_name_drop_down (self->zone, _ ("Zone"));
  gtk_filter_changed (self->matches, GTK_FILTER_CHANGE_DIFFERENT);
  show_count (self);
}

/* --- Doing ----------------------------------------------------------------------------------- */

static void
call_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituRollCall *self = owner;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", TRUE);
  guitu_widget_set_busy (self->content, FALSE);
  if (error == NULL)
    {
      g_signal_emit (self, done_signal, 0, guitu_call_first (results));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  guitu_problem_show (self->problem, error);
}

/* Who is not there, of those whose zone was gone through. */
static char *
absent_numbers (GuituRollCall *self)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->expected));

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = guitu_list_item_at (G_LIST_MODEL (self->expected), i);

      if (is_in_zone (self, stay) && is_absent (self, stay))
        g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? " " : "", number_of (stay));
    }
  return g_string_free (g_steal_pointer (&numbers), FALSE);
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituRollCall *self = GUITU_ROLL_CALL (widget);
  JsonObject *input = json_object_new ();
  g_autofree char *absent = absent_numbers (self);

  guitu_problem_clear (self->problem);
  guitu_json_set (input, "absent", absent);
  guitu_json_set (input, "zone", zone_code (self));
  if (!guitu_field_row_is_empty (self->note))
    guitu_field_row_collect (self->note, input);
  gtk_widget_action_set_enabled (widget, "dialog.accept", FALSE);
  guitu_widget_set_busy (self->content, TRUE);
  guitu_call (self->station, "house roll-call", input, NULL, self, call_done);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_roll_call_dispose (GObject *object)
{
  GuituRollCall *self = GUITU_ROLL_CALL (object);

  g_clear_object (&self->station);
  g_clear_object (&self->expected);
  g_clear_pointer (&self->absent, g_hash_table_unref);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (guitu_roll_call_parent_class)->dispose (object);
}

static void
guitu_roll_call_class_init (GuituRollCallClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (klass)->dispose = guitu_roll_call_dispose;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/board/roll-call.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, content);
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, filter);
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, zone);
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, count);
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, view);
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, note);
  gtk_widget_class_bind_template_child (widget_class, GuituRollCall, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_key);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
build_list (GuituRollCall *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *shown;

  self->expected = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->matches = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));
  shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->expected)), self->matches);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (shown));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  g_object_unref (self->selection);
}

static void
fill_zones (GuituRollCall *self)
{
  guitu_board_fill_choice (self->zone, NULL, "zone");
  g_signal_connect_object (self->zone, "notify::selected", G_CALLBACK (on_zone), self, G_CONNECT_SWAPPED);
  guitu_name_drop_down (self->zone, _ ("Zone"));
}

static void
guitu_roll_call_init (GuituRollCall *self)
{
  self->absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  build_list (self);
  fill_zones (self);
}

GtkWindow *
guitu_roll_call_new (GtkWidget *from, GuituStation *station, JsonArray *stays)
{
  GuituRollCall *self = g_object_new (GUITU_TYPE_ROLL_CALL, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                      "transient-for", gtk_widget_get_root (from), NULL);
  g_autoptr (JsonArray) expected = json_array_new ();
  guint n = stays != NULL ? json_array_get_length (stays) : 0;

  self->station = g_object_ref (station);
  for (guint i = 0; i < n; i++)
    if (guitu_json_flag (json_array_get_object_element (stays, i), "expected"))
      json_array_add_object_element (expected, json_object_ref (json_array_get_object_element (stays, i)));
  guitu_list_item_fill (self->expected, expected);
  show_count (self);
  guitu_unsaved_watch (GTK_WINDOW (self), self->content);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter));
  return GTK_WINDOW (self);
}
