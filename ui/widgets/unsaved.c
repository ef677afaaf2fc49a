/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/unsaved.h"

#include "ui/dialogs.h"
#include "ui/widgets/field-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define KEY "guitu-unsaved"
#define SAID "guitu-unsaved-said"

typedef struct
{
  GtkWidget *rows; /* part of the window that this belongs to */
  char *loaded;
} Unsaved;

static void
unsaved_free (gpointer data)
{
  Unsaved *unsaved = data;

  g_free (unsaved->loaded);
  g_free (unsaved);
}

/* All that can be typed or picked, in one text. */
static void
append_content (GtkWidget *widget, GString *content)
{
  if (GUITU_IS_FIELD_ROW (widget))
    {
      g_autofree char *text = guitu_field_row_get_text (GUITU_FIELD_ROW (widget));

      g_string_append (content, text);
      g_string_append_c (content, '\n');
      return;
    }
  if (GTK_IS_CHECK_BUTTON (widget))
    g_string_append (content, gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)) ? "+\n" : "-\n");
  if (GTK_IS_ENTRY (widget))
    g_string_append_printf (content, "%s\n", gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (GTK_IS_DROP_DOWN (widget))
    g_string_append_printf (content, "%u\n", gtk_drop_down_get_selected (GTK_DROP_DOWN (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_content (child, content);
}

static char *
content_of (GtkWidget *rows)
{
  g_autoptr (GString) content = g_string_new (NULL);

  append_content (rows, content);
  return g_string_free (g_steal_pointer (&content), FALSE);
}

static gboolean
is_unsaved (GtkWindow *window)
{
  Unsaved *unsaved = g_object_get_data (G_OBJECT (window), KEY);
  g_autofree char *now = unsaved != NULL ? content_of (unsaved->rows) : NULL;

  if (g_object_get_data (G_OBJECT (window), SAID) != NULL)
    return TRUE;
  return unsaved != NULL && strcmp (now, unsaved->loaded) != 0;
}

static void
close_anyway (gpointer owner)
{
  gtk_window_destroy (GTK_WINDOW (owner));
}

static gboolean
on_close_request (GtkWindow *window)
{
  Unsaved *unsaved = g_object_get_data (G_OBJECT (window), KEY);

  if (!gtk_widget_get_sensitive (unsaved->rows))
    return TRUE;
  if (!is_unsaved (window))
    return FALSE;
  guitu_dialog_ask (GTK_WIDGET (window), _ ("Discard what was typed?"), _ ("It has not been saved."), _ ("_Discard"), TRUE,
                    window, close_anyway);
  return TRUE;
}

void
guitu_unsaved_watch (GtkWindow *window, GtkWidget *rows)
{
  Unsaved *unsaved = g_new0 (Unsaved, 1);
  gboolean is_new = g_object_get_data (G_OBJECT (window), KEY) == NULL;

  unsaved->rows = rows;
  unsaved->loaded = content_of (rows);
  g_object_set_data_full (G_OBJECT (window), KEY, unsaved, unsaved_free);
  if (is_new)
    g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
}

void
guitu_unsaved_set (GtkWindow *window, gboolean is_unsaved)
{
  g_object_set_data (G_OBJECT (window), SAID, is_unsaved ? window : NULL);
}

gboolean
guitu_unsaved_above (GtkWindow *parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (gtk_window_get_transient_for (at->data) == parent && is_unsaved (at->data))
      return TRUE;
  return FALSE;
}
