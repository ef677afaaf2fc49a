/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/display/display.h"

#include "ui/application.h"

#include <string.h>

#define PATIENCE_SECONDS 10

GtkApplication *
display_start (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;
  GApplication *application;

  gtk_test_init (argc, argv);
  application = guitu_application_new ();
  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_application_register (application, NULL, &error);
  g_assert_no_error (error);
  return GTK_APPLICATION (application);
}

GuituWindow *
display_open_window (GtkApplication *application)
{
  g_autofree char *folder = g_dir_make_tmp ("guitu-display-XXXXXX", NULL);
  g_autofree char *store = g_build_filename (folder, "store", NULL);
  g_autoptr (GuituStation) station = guitu_station_new (store);
  GuituWindow *window = guitu_window_new (application, station);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
on_time_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
display_wait (DisplayCheck check, gpointer data)
{
  gboolean is_over = FALSE;
  guint source = g_timeout_add_seconds (PATIENCE_SECONDS, on_time_over, &is_over);

  while (!check (data) && !is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_over);
  g_source_remove (source);
}

void
display_settle (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, on_time_over, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_interactive (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) ||
         GTK_IS_EDITABLE (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) || GTK_IS_COLUMN_VIEW (widget) ||
         GTK_IS_SWITCH (widget) || GTK_IS_PICTURE (widget);
}

static gboolean
has_name (GtkWidget *widget, const char *name)
{
  g_autofree char *difference = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0)
    return TRUE;
  if (ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0)
    return TRUE;
  if (!is_interactive (widget) ||
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return difference == NULL;
}

GtkWidget *
display_find (GtkWidget *root, const char *name)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (has_name (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = display_find (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
display_await (GtkWidget *root, const char *name)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  GtkWidget *found;

  while ((found = display_find (root, name)) == NULL && g_get_monotonic_time () < end)
    display_settle (20);
  if (found == NULL)
    g_error ("nothing to be seen is called “%s”", name);
  return found;
}

void
display_type (GtkWidget *root, const char *name, const char *text)
{
  GtkWidget *field = display_await (root, name);

  if (GTK_IS_TEXT_VIEW (field))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), text);
}

GtkWidget *
display_await_ready (GtkWidget *root, const char *name)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  GtkWidget *button = display_await (root, name);

  while (!gtk_widget_is_sensitive (button) && g_get_monotonic_time () < end)
    display_settle (20);
  g_assert_true (gtk_widget_is_sensitive (button));
  return button;
}

void
display_press (GtkWidget *root, const char *name)
{
  GtkWidget *button = display_await_ready (root, name);

  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_named (GtkWidget *widget)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  return GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) != NULL;
}

static void
gather_unnamed (GtkWidget *widget, GPtrArray *unnamed)
{
  const char *type = G_OBJECT_TYPE_NAME (widget);

  /* What libadwaita and GTK build for themselves they name themselves. */
  if (GTK_IS_WINDOW_CONTROLS (widget) || strcmp (type, "GtkShortcutsWindow") == 0 || GTK_IS_POPOVER (widget))
    return;
  if (is_interactive (widget) && !is_named (widget))
    g_ptr_array_add (unnamed, g_strdup_printf ("%s (%s) in %s", type, gtk_widget_get_name (widget),
                                               G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget))));
  if (is_interactive (widget) && !GTK_IS_LIST_BOX (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gather_unnamed (child, unnamed);
}

GPtrArray *
display_unnamed (GtkWidget *root)
{
  GPtrArray *unnamed = g_ptr_array_new_with_free_func (g_free);

  gather_unnamed (root, unnamed);
  return unnamed;
}
