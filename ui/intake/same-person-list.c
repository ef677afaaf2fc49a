/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/same-person-list.h"

#include "app/app.h"
#include "ui/page.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _GuituSamePersonList
{
  AdwBin parent_instance;

  GListStore *records;
};

G_DEFINE_FINAL_TYPE (GuituSamePersonList, guitu_same_person_list, ADW_TYPE_BIN)

static guint use_signal;

static void
on_open_clicked (GtkWidget *button, GuituListItem *record)
{
  guitu_page_open_person (button, guitu_json_string (guitu_list_item_get_object (record), "id"));
}

static void
on_use_clicked (GtkWidget *button, GuituListItem *record)
{
  JsonObject *warning = guitu_list_item_get_object (record);
  GtkWidget *list = gtk_widget_get_ancestor (button, GUITU_TYPE_SAME_PERSON_LIST);

  g_signal_emit (list, use_signal, 0, guitu_json_string (warning, "id"));
}

static GtkWidget *
build_button (const char *words, const char *spoken, GCallback clicked, GuituListItem *record)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (button, "clicked", clicked, record, 0);
  return button;
}

char *
guitu_same_person_words (JsonObject *reason, const char *side, const char **label)
{
  const char *name = guitu_json_string (reason, "field");
  const char *field = g_str_equal (name, "birth") ? "birth_from" : name;
  g_autofree char *path = g_strconcat ("person.", field, NULL);
  g_autoptr (JsonObject) record = json_object_new ();

  *label = name;
  if (guitu_kind_field (guitu_kind_find ("person"), field) < 0)
    return g_strdup (guitu_json_string (reason, side));
  *label = guitu_field_label (guitu_json_field (path, NULL));
  guitu_json_set (record, field, guitu_json_text (reason, side));
  return guitu_json_words (record, path);
}

void
guitu_same_person_reasons (GtkBox *card, JsonArray *reasons)
{
  g_autoptr (GString) same = g_string_new (NULL);
  GtkWidget *agreeing = guitu_label_new_text ("", "caption");
  guint n = reasons != NULL ? json_array_get_length (reasons) : 0;

  gtk_box_append (card, agreeing);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *reason = json_array_get_object_element (reasons, i);
      const char *label = NULL;
      g_autofree char *ours = guitu_same_person_words (reason, "ours", &label);
      g_autofree char *theirs = guitu_same_person_words (reason, "theirs", &label);
      g_autofree char *line = NULL;

      if (g_str_equal (ours, theirs))
        {
          guitu_json_join (same, label);
          continue;
        }
      line = g_strdup_printf ("%s  %s ≠ %s", label, ours, theirs);
      gtk_box_append (card, guitu_label_new_text (line, "caption"));
    }
  g_string_prepend (same, "✓ ");
  gtk_label_set_text (GTK_LABEL (agreeing), same->str);
  gtk_widget_set_visible (agreeing, same->len > strlen ("✓ "));
}

/* Who is in the station already cannot come in again: the file is opened instead. */
static void
append_buttons (GtkBox *card, GuituListItem *record)
{
  JsonObject *warning = guitu_list_item_get_object (record);
  const char *name = guitu_json_string (warning, "name");
  gboolean is_here = guitu_json_flag (warning, "in_house");
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *open = g_strdup_printf (_ ("Open the file of %s"), name);
  g_autofree char *use = g_strdup_printf (_ ("Use %s for this stay"), name);

  gtk_widget_set_margin_top (buttons, 4);
  if (!is_here)
    gtk_box_append (GTK_BOX (buttons), build_button (_ ("Use This Person"), use, G_CALLBACK (on_use_clicked), record));
  gtk_box_append (GTK_BOX (buttons), build_button (is_here ? _ ("Open File") : _ ("Open"), open, G_CALLBACK (on_open_clicked), record));
  gtk_box_append (card, buttons);
}

static char *
title_of (JsonObject *warning)
{
  g_autoptr (GString) title = g_string_new (guitu_json_string (warning, "name"));
  g_autofree char *summary = guitu_json_person_summary (warning);
  JsonNode *probability = json_object_get_member (warning, "probability");

  guitu_json_join (title, summary);
  if (probability != NULL && JSON_NODE_HOLDS_VALUE (probability))
    g_string_append_printf (title, "  %d %%", (int) lround (100 * json_node_get_double (probability)));
  return g_string_free (g_steal_pointer (&title), FALSE);
}

static GtkWidget *
create_card (gpointer item, gpointer data)
{
  JsonObject *warning = guitu_list_item_get_object (item);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *title = title_of (warning);

  gtk_box_append (GTK_BOX (card), guitu_label_new_text (title, "heading"));
  if (guitu_json_flag (warning, "in_house"))
    {
      GtkWidget *mark = guitu_label_new_text (guitu_stay_state_words (warning), "mark");

      gtk_widget_set_halign (mark, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (card), mark);
    }
  guitu_same_person_reasons (GTK_BOX (card), guitu_json_array (warning, "why"));
  append_buttons (GTK_BOX (card), item);
  gtk_widget_add_css_class (card, "person-cell");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), card);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static void
guitu_same_person_list_dispose (GObject *object)
{
  g_clear_object (&GUITU_SAME_PERSON_LIST (object)->records);
  G_OBJECT_CLASS (guitu_same_person_list_parent_class)->dispose (object);
}

static void
guitu_same_person_list_class_init (GuituSamePersonListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_same_person_list_dispose;
  use_signal = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guitu_same_person_list_init (GuituSamePersonList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->records = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (self->records), create_card, NULL, NULL);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "same-persons");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Could be the same person"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guitu_same_person_list_fill (GuituSamePersonList *self, JsonArray *warnings)
{
  g_autoptr (JsonArray) same = json_array_new ();
  guint n = warnings != NULL ? json_array_get_length (warnings) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);

      if (g_str_equal (guitu_json_string (warning, "kind"), "same-person"))
        json_array_add_object_element (same, json_object_ref (warning));
    }
  guitu_list_item_update (self->records, same);
  gtk_widget_set_visible (GTK_WIDGET (self), json_array_get_length (same) > 0);
}
