/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/things-check.h"

#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define MOST 9999
#define LISTED "guitu-listed"   /* how many the list says */
#define COUNTED "guitu-counted" /* a number was given */

enum
{
  COLUMN_CHECK,
  COLUMN_COUNT,
  COLUMN_NOTE,
};

/* What is all there has nothing to be counted or noted. */
static void
on_toggled (GtkCheckButton *check, GParamSpec *spec, GtkWidget *grid)
{
  int row = 0;
  gboolean differs = !gtk_check_button_get_active (check);

  gtk_grid_query_child (GTK_GRID (grid), GTK_WIDGET (check), NULL, &row, NULL, NULL);
  for (int column = COLUMN_COUNT; column <= COLUMN_NOTE; column++)
    gtk_widget_set_visible (gtk_grid_get_child_at (GTK_GRID (grid), column, row), differs);
}

static void
on_counted (GtkWidget *spin)
{
  g_object_set_data (G_OBJECT (spin), COUNTED, spin);
}

/* Who says what is different about a thing has it: it is not missing, unless that was said. */
static void
on_noted (GtkEditable *note, GtkSpinButton *spin)
{
  if (*gtk_editable_get_text (note) != '\0' && g_object_get_data (G_OBJECT (spin), COUNTED) == NULL)
    gtk_spin_button_set_value (spin, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (spin), LISTED)));
}

static void
attach_thing (GtkGrid *grid, int row, JsonObject *thing)
{
  gint64 count = guitu_json_integer (thing, "count", 1);
  const char *name = guitu_json_string (thing, "name");
  g_autofree char *kind = *name == '\0' ? guitu_json_words (thing, "belonging.kind") : NULL;
  g_autofree char *words = g_strdup_printf ("%s × %" G_GINT64_FORMAT, kind != NULL ? kind : name, count);
  /* Translators: %s is a thing */
  g_autofree char *counted = g_strdup_printf (_ ("How many are there: %s"), words);
  /* Translators: %s is a thing */
  g_autofree char *noted = g_strdup_printf (_ ("What is different: %s"), words);
  GtkWidget *check = gtk_check_button_new_with_label (words);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, MOST, 1);
  GtkWidget *note = gtk_entry_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_object_set_data (G_OBJECT (spin), LISTED, GINT_TO_POINTER ((int) MIN (count, MOST)));
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_counted), NULL);
  g_signal_connect (note, "changed", G_CALLBACK (on_noted), spin);
  gtk_entry_set_placeholder_text (GTK_ENTRY (note), _ ("What is different"));
  gtk_widget_set_hexpand (note, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, counted, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (note), GTK_ACCESSIBLE_PROPERTY_LABEL, noted, -1);
  gtk_widget_set_visible (spin, FALSE);
  gtk_widget_set_visible (note, FALSE);
  gtk_grid_attach (grid, check, COLUMN_CHECK, row, 1, 1);
  gtk_grid_attach (grid, spin, COLUMN_COUNT, row, 1, 1);
  gtk_grid_attach (grid, note, COLUMN_NOTE, row, 1, 1);
  g_signal_connect (check, "notify::active", G_CALLBACK (on_toggled), grid);
}

GtkWidget *
guitu_things_check_new (JsonArray *things)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *heading = gtk_label_new (_ ("Belongings: untick what is not as the list says"));
  guint n = json_array_get_length (things);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "heading");
  gtk_grid_attach (GTK_GRID (grid), heading, COLUMN_CHECK, 0, 3, 1);
  for (guint i = 0; i < n; i++)
    attach_thing (GTK_GRID (grid), (int) i + 1, json_array_get_object_element (things, i));
  return grid;
}

void
guitu_things_check_collect (GtkWidget *grid, JsonObject *input)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), NULL);
  g_autofree char *text = NULL;
  JsonArray *differing = json_array_new ();
  GtkWidget *check;

  json_node_take_array (node, differing);
  for (int row = 1; (check = gtk_grid_get_child_at (GTK_GRID (grid), COLUMN_CHECK, row)) != NULL; row++)
    if (!gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      {
        JsonObject *thing = json_object_new ();

        json_object_set_int_member (thing, "item", row);
        json_object_set_int_member (thing, "count", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (gtk_grid_get_child_at (GTK_GRID (grid), COLUMN_COUNT, row))));
        guitu_json_set (thing, "note", gtk_editable_get_text (GTK_EDITABLE (gtk_grid_get_child_at (GTK_GRID (grid), COLUMN_NOTE, row))));
        json_array_add_object_element (differing, thing);
      }
  text = json_to_string (node, FALSE);
  if (json_array_get_length (differing) > 0)
    json_object_set_string_member (input, "belongings", text);
}
