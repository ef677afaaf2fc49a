/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/stay-picker.h"

#include "ui/board/board-cells.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/names.h"
#include "ui/widgets/needle.h"

#include <glib/gi18n.h>

#define ROW "row" /* of an item, while it is to be seen */

struct _GuituStayPicker
{
  GtkBox parent_instance;

  GtkEditable *filter;
  GtkLabel *count;
  GtkListView *view;

  GListStore *stays;
  GtkFilter *matches;
  GtkSingleSelection *selection; /* owned by the view */
  GHashTable *ticked;            /* ids of stays */
  char *needle;                  /* what is typed into the filter, case-folded */
};

G_DEFINE_FINAL_TYPE (GuituStayPicker, guitu_stay_picker, GTK_TYPE_BOX)

static guint changed_signal;

static const char *
id_of (JsonObject *stay)
{
  return guitu_json_string (stay, "id");
}

static const char *
name_of (JsonObject *stay)
{
  return guitu_json_string (guitu_json_object (stay, "person"), "display_name");
}

static gboolean
is_ticked (GuituStayPicker *self, JsonObject *stay)
{
  return g_hash_table_contains (self->ticked, id_of (stay));
}

/* --- Rows ------------------------------------------------------------------------------------ */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *bed = guitu_label_new_line ("numeric");
  GtkWidget *about = guitu_label_new_line ("dim-label");

  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_focusable (check, FALSE);
  gtk_label_set_width_chars (GTK_LABEL (bed), 9);
  gtk_widget_set_hexpand (about, TRUE);
  gtk_widget_add_css_class (cell, "bed-cell");
  gtk_box_append (GTK_BOX (cell), check);
  gtk_box_append (GTK_BOX (cell), bed);
  gtk_box_append (GTK_BOX (cell), guitu_label_new_line ("heading"));
  gtk_box_append (GTK_BOX (cell), about);
  gtk_list_item_set_child (item, cell);
}

static void
show_tick (GuituStayPicker *self, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  JsonObject *stay = guitu_list_item_get_object (gtk_list_item_get_item (item));
  gboolean ticked = is_ticked (self, stay);
  g_autoptr (GString) words = g_string_new (name_of (stay));

  guitu_json_join (words, guitu_json_text (stay, "bed"));
  guitu_json_join (words, ticked ? _ ("ticked") : _ ("not ticked"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_first_child (cell)), ticked);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (cell)), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

static void
on_bind (GuituStayPicker *self, GtkListItem *item)
{
  GObject *record = gtk_list_item_get_item (item);
  JsonObject *stay = guitu_list_item_get_object (GUITU_LIST_ITEM (record));
  GtkWidget *bed = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_list_item_get_child (item)));
  GtkWidget *name = gtk_widget_get_next_sibling (bed);
  g_autoptr (GString) about = g_string_new (guitu_json_string (stay, "number"));
  g_autofree char *sex_and_age = guitu_board_text (stay, GUITU_BOARD_ABOUT);

  guitu_json_join (about, sex_and_age);
  gtk_label_set_text (GTK_LABEL (bed), guitu_json_string (stay, "bed"));
  gtk_label_set_text (GTK_LABEL (name), name_of (stay));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), about->str);
  g_object_set_data (record, ROW, item);
  show_tick (self, item);
}

static void
on_unbind (GuituStayPicker *self, GtkListItem *item)
{
  g_object_set_data (gtk_list_item_get_item (item), ROW, NULL);
}

/* --- Ticks ----------------------------------------------------------------------------------- */

static void
tell_changed (GuituStayPicker *self)
{
  g_autofree char *words = g_strdup_printf (_ ("%u of %u ticked"), guitu_stay_picker_count (self),
                                            g_list_model_get_n_items (G_LIST_MODEL (self->stays)));

  gtk_label_set_text (self->count, words);
  g_signal_emit (self, changed_signal, 0);
}

static void
set_tick (GuituStayPicker *self, GuituListItem *item, gboolean ticked)
{
  JsonObject *stay = guitu_list_item_get_object (item);
  GtkListItem *row = g_object_get_data (G_OBJECT (item), ROW);

  if (ticked)
    g_hash_table_add (self->ticked, g_strdup (id_of (stay)));
  else
    g_hash_table_remove (self->ticked, id_of (stay));
  if (row != NULL)
    show_tick (self, row);
}

static void
toggle (GuituStayPicker *self, guint position)
{
  g_autoptr (GuituListItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  set_tick (self, item, !is_ticked (self, guitu_list_item_get_object (item)));
  tell_changed (self);
}

/* Those that the filter leaves. */
static void
set_shown (GuituStayPicker *self, gboolean ticked)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuituListItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      set_tick (self, item, ticked);
    }
  tell_changed (self);
}

static void
on_all (GuituStayPicker *self)
{
  set_shown (self, TRUE);
}

static void
on_none (GuituStayPicker *self)
{
  set_shown (self, FALSE);
}

static void
on_activate (GuituStayPicker *self, guint position)
{
  toggle (self, position);
}

static gboolean
on_key (GuituStayPicker *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_space && key != GDK_KEY_KP_Space)
    return FALSE;
  toggle (self, gtk_single_selection_get_selected (self->selection));
  return TRUE;
}

static gboolean
is_match (gpointer item, gpointer data)
{
  g_autofree char *words = guitu_board_words (guitu_list_item_get_object (item));

  return guitu_needle_is_in (((GuituStayPicker *) data)->needle, words);
}

static void
on_filter_changed (GuituStayPicker *self)
{
  g_free (self->needle);
  self->needle = guitu_needle_new (gtk_editable_get_text (self->filter));
  gtk_filter_changed (self->matches, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
}

/* Enter takes the first that is left; with nothing typed nobody is meant. */
static void
on_filter_activated (GuituStayPicker *self)
{
  on_filter_changed (self);
  if (self->needle == NULL || *self->needle == '\0')
    return;
  toggle (self, 0);
  gtk_editable_set_text (self->filter, "");
}

/* --- What it gives --------------------------------------------------------------------------- */

void
guitu_stay_picker_fill (GuituStayPicker *self, JsonArray *stays, gboolean ticked)
{
  guint n = stays != NULL ? json_array_get_length (stays) : 0;

  g_hash_table_remove_all (self->ticked);
  for (guint i = 0; ticked && i < n; i++)
    g_hash_table_add (self->ticked, g_strdup (id_of (json_array_get_object_element (stays, i))));
  guitu_list_item_fill (self->stays, stays);
  tell_changed (self);
}

guint
guitu_stay_picker_count (GuituStayPicker *self)
{
  return g_hash_table_size (self->ticked);
}

char *
guitu_stay_picker_get_ids (GuituStayPicker *self)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stays));

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = guitu_list_item_at (G_LIST_MODEL (self->stays), i);

      if (is_ticked (self, stay))
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", id_of (stay));
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

const char *
guitu_stay_picker_name (GuituStayPicker *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stays));

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = guitu_list_item_at (G_LIST_MODEL (self->stays), i);

      if (g_str_equal (id_of (stay), id))
        return name_of (stay);
    }
  return "";
}

/* --- Construction ---------------------------------------------------------------------------- */

static gboolean
guitu_stay_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GUITU_STAY_PICKER (widget)->filter));
}

static void
guitu_stay_picker_dispose (GObject *object)
{
  GuituStayPicker *self = GUITU_STAY_PICKER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->stays);
  g_clear_pointer (&self->ticked, g_hash_table_unref);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (guitu_stay_picker_parent_class)->dispose (object);
}

static void
guitu_stay_picker_class_init (GuituStayPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_stay_picker_dispose;
  widget_class->grab_focus = guitu_stay_picker_grab_focus;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/stay-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituStayPicker, filter);
  gtk_widget_class_bind_template_child (widget_class, GuituStayPicker, count);
  gtk_widget_class_bind_template_child (widget_class, GuituStayPicker, view);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_none);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
guitu_stay_picker_init (GuituStayPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *shown;

  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  self->ticked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stays = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->matches = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));
  shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->stays)), self->matches);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (shown));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  g_object_unref (self->selection);
}
