/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/notice-lines.h"

#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

#define ERROR "guitu-error" /* of an entry: the label below it */

static const struct
{
  const char *key;
  const char *label;
  const char *list; /* whose words alone may stand there; NULL: any */
} lines[] = {
  { "name", N_ ("Name"), NULL },
  { "sex", N_ ("Sex"), "sex" },
  { "age", N_ ("Age, or as it seems"), NULL },
  { "height", N_ ("Height"), NULL },
  { "health", N_ ("Health"), "notice_health" },
  { "intellect", N_ ("Intellect"), "notice_intellect" },
  { "mental_state", N_ ("State of mind"), "notice_mental" },
  { "marks", N_ ("Looks and marks"), NULL },
  { "clothing", N_ ("Clothing when found"), NULL },
  { "found_on", N_ ("Found on"), NULL },
  { "found_place", N_ ("Found at"), NULL },
  { "accent", N_ ("Accent"), NULL },
};

static GtkWidget *
control_at (GtkWidget *grid, gsize i)
{
  return gtk_grid_get_child_at (GTK_GRID (grid), 1, 2 * (int) i);
}

/* The words that may stand there, after an empty line; on notices they are Chinese. */
static GtkWidget *
build_choice (const char *label, const char *list, const char *said)
{
  const GuituCode *const *codes = guitu_codes_list (list, NULL);
  GtkStringList *words = gtk_string_list_new (NULL);
  GtkWidget *choice;
  guint chosen = 0;

  gtk_string_list_append (words, "");
  for (guint i = 0; codes[i] != NULL; i++)
    {
      gtk_string_list_append (words, codes[i]->chinese);
      if (g_str_equal (codes[i]->chinese, said))
        chosen = i + 1;
    }
  choice = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  guitu_name_drop_down (GTK_DROP_DOWN (choice), label);
  return choice;
}

static GtkWidget *
build_entry (const char *label, const char *said)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), said);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return entry;
}

GtkWidget *
guitu_notice_lines_new (JsonObject *content)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *label = _ (lines[i].label);
      const char *said = guitu_json_string (content, lines[i].key);
      GtkWidget *title = guitu_label_new_text (label, "field-label");
      GtkWidget *control = lines[i].list != NULL ? build_choice (label, lines[i].list, said) : build_entry (label, said);
      GtkWidget *error = guitu_label_new_text ("", "row-problem");

      gtk_widget_set_visible (error, FALSE);
      g_object_set_data (G_OBJECT (control), ERROR, error);
      gtk_grid_attach (GTK_GRID (grid), title, 0, 2 * (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), control, 1, 2 * (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), error, 1, 2 * (int) i + 1, 1, 1);
    }
  return grid;
}

static const char *
text_of (GtkWidget *control)
{
  if (GTK_IS_ENTRY (control))
    return gtk_editable_get_text (GTK_EDITABLE (control));
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (control)));
}

void
guitu_notice_lines_collect (GtkWidget *grid, JsonObject *input)
{
  JsonObject *content = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GtkWidget *control = control_at (grid, i);

      guitu_label_show (g_object_get_data (G_OBJECT (control), ERROR), "");
      gtk_widget_remove_css_class (control, "error");
      json_object_set_string_member (content, lines[i].key, text_of (control));
    }
  json_object_set_object_member (input, "content", content);
}

gboolean
guitu_notice_lines_show_error (GtkWidget *grid, const GError *error)
{
  const char *field = guitu_error_field (error);

  for (gsize i = 0; field != NULL && i < G_N_ELEMENTS (lines); i++)
    if (g_str_equal (lines[i].key, field))
      {
        GtkWidget *control = control_at (grid, i);
        g_autofree char *sentence = guitu_error_sentence (error);

        guitu_label_show (g_object_get_data (G_OBJECT (control), ERROR), sentence);
        gtk_widget_add_css_class (control, "error");
        gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
        gtk_widget_grab_focus (control);
        return TRUE;
      }
  return FALSE;
}
