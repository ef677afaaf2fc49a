/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/person-list.h"

#include "ui/page.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

struct _GuituPersonList
{
  AdwBin parent_instance;

  GListStore *records;
  GtkWidget *view;
  GuituPersonPicked picked; /* NULL: the file is opened */
  gpointer owner;
};

G_DEFINE_FINAL_TYPE (GuituPersonList, guitu_person_list, ADW_TYPE_BIN)

/* A cell: name and mark in the first line, what tells the person apart below. */
static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = guitu_label_new_line ("heading");
  GtkWidget *mark = guitu_label_new_line ("mark");
  GtkWidget *summary = guitu_label_new_line (NULL);
  GtkWidget *numbers = guitu_label_new_line ("dim-label");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (numbers, "caption");
  gtk_box_append (GTK_BOX (top), name);
  gtk_box_append (GTK_BOX (top), mark);
  gtk_box_append (GTK_BOX (cell), top);
  gtk_box_append (GTK_BOX (cell), summary);
  gtk_box_append (GTK_BOX (cell), numbers);
  gtk_widget_add_css_class (cell, "person-cell");
  gtk_list_item_set_child (item, cell);
  g_object_set_data (G_OBJECT (item), "name", name);
  g_object_set_data (G_OBJECT (item), "mark", mark);
  g_object_set_data (G_OBJECT (item), "summary", summary);
  g_object_set_data (G_OBJECT (item), "numbers", numbers);
}

static void
set_line (GtkListItem *item, const char *line, const char *text)
{
  guitu_label_show (g_object_get_data (G_OBJECT (item), line), text);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  JsonObject *person = guitu_list_item_get_object (gtk_list_item_get_item (item));
  g_autofree char *summary = guitu_json_person_summary (person);
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GString) label = g_string_new (guitu_json_string (person, "display_name"));
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (item));

  guitu_json_join (numbers, guitu_json_text (person, "id_number"));
  guitu_json_join (numbers, guitu_json_text (person, "alias"));
  guitu_json_join (numbers, guitu_json_text (person, "phone"));
  guitu_json_join (label, summary);
  set_line (item, "name", guitu_json_string (person, "display_name"));
  set_line (item, "mark", guitu_stay_state_words (person));
  set_line (item, "summary", summary);
  set_line (item, "numbers", numbers->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
open_at (GuituPersonList *self, guint position)
{
  JsonObject *person = guitu_list_item_at (G_LIST_MODEL (self->records), position);

  if (person == NULL)
    return;
  if (self->picked != NULL)
    self->picked (self->owner, person);
  else
    guitu_page_open_person (GTK_WIDGET (self), guitu_json_string (person, "id"));
}

static void
on_activate (GuituPersonList *self, guint position)
{
  open_at (self, position);
}

static gboolean
guitu_person_list_grab_focus (GtkWidget *widget)
{
  GuituPersonList *self = GUITU_PERSON_LIST (widget);

  if (guitu_person_list_get_length (self) == 0)
    return FALSE;
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", 0u);
  return gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
}

static void
guitu_person_list_dispose (GObject *object)
{
  g_clear_object (&GUITU_PERSON_LIST (object)->records);
  G_OBJECT_CLASS (guitu_person_list_parent_class)->dispose (object);
}

static void
guitu_person_list_class_init (GuituPersonListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_person_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = guitu_person_list_grab_focus;
}

static void
guitu_person_list_init (GuituPersonList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  self->records = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->records)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "persons");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Persons"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  adw_bin_set_child (ADW_BIN (self), self->view);
}

void
guitu_person_list_set_pick (GuituPersonList *self, GuituPersonPicked picked, gpointer owner)
{
  self->picked = picked;
  self->owner = owner;
}

void
guitu_person_list_fill (GuituPersonList *self, JsonArray *persons)
{
  guitu_list_item_fill (self->records, persons);
}

guint
guitu_person_list_get_length (GuituPersonList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->records));
}

void
guitu_person_list_open_first (GuituPersonList *self)
{
  open_at (self, 0);
}
