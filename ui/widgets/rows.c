/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/errors.h"
#include "ui/widgets/field-row.h"

static void
gather (GtkWidget *widget, GPtrArray *rows)
{
  if (GUITU_IS_FIELD_ROW (widget))
    {
      g_ptr_array_add (rows, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gather (child, rows);
}

GPtrArray *
guitu_rows_list (GtkWidget *root)
{
  GPtrArray *rows = g_ptr_array_new ();

  gather (root, rows);
  return rows;
}

static gboolean
is_of_kind (GuituFieldRow *row, const char *kind)
{
  return kind == NULL || g_str_equal (guitu_field_row_get_kind (row)->name, kind);
}

GuituFieldRow *
guitu_rows_find (GtkWidget *root, const char *kind, const char *field)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    {
      GuituFieldRow *row = g_ptr_array_index (rows, i);

      if (is_of_kind (row, kind) && guitu_field_row_covers (row, field))
        return row;
    }
  return NULL;
}

void
guitu_rows_collect (GtkWidget *root, const char *kind, JsonObject *into)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    {
      GuituFieldRow *row = g_ptr_array_index (rows, i);

      if (is_of_kind (row, kind) && gtk_widget_get_visible (GTK_WIDGET (row)) && !guitu_field_row_is_empty (row))
        guitu_field_row_collect (row, into);
    }
}

void
guitu_rows_collect_changes (GtkWidget *root, JsonObject *into)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    if (guitu_field_row_is_changed (g_ptr_array_index (rows, i)))
      guitu_field_row_collect (g_ptr_array_index (rows, i), into);
}

void
guitu_rows_load (GtkWidget *root, const char *kind, JsonObject *from)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    if (is_of_kind (g_ptr_array_index (rows, i), kind))
      guitu_field_row_load (g_ptr_array_index (rows, i), from);
}

void
guitu_rows_clear_errors (GtkWidget *root)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    guitu_field_row_set_error (g_ptr_array_index (rows, i), NULL);
}

void
guitu_rows_clear (GtkWidget *root)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    {
      guitu_field_row_set_text (g_ptr_array_index (rows, i), "");
      guitu_field_row_set_error (g_ptr_array_index (rows, i), NULL);
      guitu_field_row_set_hint (g_ptr_array_index (rows, i), NULL);
    }
}

gboolean
guitu_rows_is_empty (GtkWidget *root)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (root);

  for (guint i = 0; i < rows->len; i++)
    if (!guitu_field_row_is_empty (g_ptr_array_index (rows, i)))
      return FALSE;
  return TRUE;
}

gboolean
guitu_rows_show_error (GtkWidget *root, const GError *error)
{
  return guitu_rows_show_error_at (root, guitu_error_field (error), error);
}

gboolean
guitu_rows_show_error_at (GtkWidget *root, const char *field, const GError *error)
{
  GuituFieldRow *row = field != NULL ? guitu_rows_find (root, NULL, field) : NULL;
  g_autofree char *sentence = NULL;

  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (row)))
    return FALSE;
  sentence = guitu_error_sentence (error);
  guitu_field_row_set_error (row, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}
