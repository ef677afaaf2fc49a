/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/register-rows.h"

#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"

#include <glib/gi18n.h>

#define MOST_NAMED 6

typedef enum
{
  NUMBER,
  TITLE,
  STATE,
  WHOM,
  ISSUED,
  BY,
  N_COLUMNS
} Column;

static const struct
{
  const char *title;
  int chars; /* that must fit */
  gboolean expands;
} columns[N_COLUMNS] = {
  { N_ ("Number"), 17, FALSE },
  { N_ ("Paper"), 16, TRUE },
  { N_ ("State"), 12, FALSE },
  { N_ ("For whom"), 16, TRUE },
  { N_ ("Issued"), 16, FALSE },
  { N_ ("By"), 9, FALSE },
};

gboolean
guitu_register_is_draft (JsonObject *paper)
{
  return g_str_equal (guitu_json_string (paper, "state"), "draft");
}

gboolean
guitu_register_is_valid (JsonObject *paper)
{
  return g_str_equal (guitu_json_string (paper, "state"), "issued");
}

static char *
whom_words (JsonObject *paper)
{
  g_autoptr (GString) words = g_string_new (guitu_json_string (paper, "display_name"));

  guitu_json_join (words, guitu_json_text (paper, "stay_number"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* A second printing of the same number says so. */
static char *
number_words (JsonObject *paper)
{
  int sequence = (int) guitu_json_integer (paper, "sequence", 1);

  if (guitu_json_text (paper, "number") == NULL)
    return g_strdup ("—");
  return sequence > 1 ? g_strdup_printf ("%s (%d)", guitu_json_string (paper, "number"), sequence) : g_strdup (guitu_json_string (paper, "number"));
}

static char *
text_of (JsonObject *paper, Column column)
{
  switch (column)
    {
    case NUMBER:
      return number_words (paper);
    case TITLE:
      return g_strdup (guitu_json_string (paper, "title"));
    case STATE:
      return guitu_json_words (paper, "paper.state");
    case WHOM:
      return whom_words (paper);
    case ISSUED:
      return guitu_json_words (paper, "paper.issued_at");
    case BY:
      return g_strdup (guitu_json_string (paper, "issued_by_name"));
    case N_COLUMNS:
    default:
      return g_strdup ("");
    }
}

char *
guitu_register_words (JsonObject *paper)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *text = text_of (paper, i);

      guitu_json_join (words, *text != '\0' ? text : NULL);
    }
  guitu_json_join (words, guitu_json_text (paper, "reason"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static const char *
style_of (JsonObject *paper, Column column)
{
  if (column == NUMBER || column == ISSUED)
    return "numeric";
  if (column != STATE)
    return guitu_register_is_valid (paper) || guitu_register_is_draft (paper) ? "" : "dim-label";
  return guitu_register_is_draft (paper) ? "warning" : guitu_register_is_valid (paper) ? "success"
                                                                                       : "dim-label";
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = guitu_label_new_line (NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), columns[GPOINTER_TO_UINT (data)].chars);
  gtk_list_item_set_child (item, label);
}

/* A screen reader that comes to a row is told all of it. */
static void
name_row (GtkWidget *label, JsonObject *paper)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *words = guitu_register_words (paper);

  if (line != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_list_item_get_child (item);
  JsonObject *paper = guitu_list_item_get_object (gtk_list_item_get_item (item));
  g_autofree char *text = text_of (paper, column);
  const char *styles[] = { style_of (paper, column), NULL };

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, column == STATE ? guitu_json_text (paper, "reason") : NULL);
  gtk_widget_set_css_classes (label, styles);
  if (column == NUMBER)
    name_row (label, paper);
}

void
guitu_register_add_columns (GtkColumnView *view)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].expands);
      gtk_column_view_append_column (view, column);
    }
}

char *
guitu_register_missing (JsonArray *series)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (series); i++)
    {
      JsonObject *one = json_array_get_object_element (series, i);
      JsonArray *missing = guitu_json_array (one, "missing");

      for (guint k = 0; missing != NULL && k < json_array_get_length (missing); k++, n++)
        if (n < MOST_NAMED)
          g_string_append_printf (words, "%s%s-%05d", n > 0 ? _ (", ") : "", guitu_json_string (one, "series"), (int) json_array_get_int_element (missing, k));
    }
  if (n > MOST_NAMED)
    g_string_append_printf (words, _ (" and %u more"), n - MOST_NAMED);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
