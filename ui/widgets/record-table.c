/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/record-table.h"

#define LONG_TEXT 40 /* characters; longer ones may be cut off, and have a tip */

struct _GuituRecordTable
{
  GtkWidget parent_instance;

  GtkWidget *scroll;
  GtkColumnView *view;
  GListStore *items;
};

typedef struct
{
  GuituCellText text;
  gconstpointer data;
} Column;

G_DEFINE_FINAL_TYPE (GuituRecordTable, guitu_record_table, GTK_TYPE_WIDGET)

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Column *column = data;
  g_autofree char *text = column->text (guitu_list_item_get_object (gtk_list_item_get_item (item)), column->data);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), g_utf8_strlen (text, -1) > LONG_TEXT ? text : NULL);
}

static void
guitu_record_table_dispose (GObject *object)
{
  GuituRecordTable *self = GUITU_RECORD_TABLE (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (guitu_record_table_parent_class)->dispose (object);
}

static void
guitu_record_table_class_init (GuituRecordTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_record_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guitu_record_table_init (GuituRecordTable *self)
{
  GtkSelectionModel *selection;

  self->items = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items))));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (selection));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

GtkWidget *
guitu_record_table_new (const char *name)
{
  GuituRecordTable *self = g_object_new (GUITU_TYPE_RECORD_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
guitu_record_table_add_column (GuituRecordTable *self, const char *title, GuituCellText text, gconstpointer data, gboolean is_wide)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *column = g_new (Column, 1);
  g_autoptr (GtkColumnViewColumn) shown = NULL;

  *column = (Column){ text, data };
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (on_bind), column, (GClosureNotify) (gpointer) g_free, 0);
  shown = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (shown, is_wide);
  gtk_column_view_append_column (self->view, shown);
}

void
guitu_record_table_fill (GuituRecordTable *self, JsonArray *records)
{
  guitu_list_item_fill (self->items, records);
}
