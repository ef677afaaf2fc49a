/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/list-editor.h"

#include "ui/widgets/field-row.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

#define COLUMNS 4 /* fields side by side in a line */

struct _GuituListEditor
{
  GtkBox parent_instance;

  GtkWidget *lines;
  GtkWidget *add;
  char *title;
  char **fields;
  char *loaded; /* what was typed when it was loaded */
};

G_DEFINE_FINAL_TYPE (GuituListEditor, guitu_list_editor, GTK_TYPE_BOX)

/* The numbers of the lines say in their names which one is taken away. */
static void
number_lines (GuituListEditor *self)
{
  guint n = 0;

  for (GtkWidget *line = gtk_widget_get_first_child (self->lines); line != NULL; line = gtk_widget_get_next_sibling (line))
    {
      /* Translators: %s is the name of a list, %u the number of a line in it */
      g_autofree char *group = g_strdup_printf (_ ("%s, line %u"), self->title, ++n);
      /* Translators: %s is the name of a list, %u the number of a line in it */
      g_autofree char *remove = g_strdup_printf (_ ("Remove from %s: line %u"), self->title, n);

      gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, group, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (line)), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
    }
}

/* The focus does not get lost with the line it was in. */
static void
on_remove (GtkWidget *button)
{
  GuituListEditor *self = GUITU_LIST_EDITOR (gtk_widget_get_ancestor (button, GUITU_TYPE_LIST_EDITOR));

  gtk_widget_grab_focus (self->add);
  gtk_box_remove (GTK_BOX (self->lines), gtk_widget_get_parent (button));
  number_lines (self);
}

/* Enter goes on to the next field; the button that adds a line follows the last. */
static void
on_activate (GuituFieldRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));
  GuituListEditor *self = GUITU_LIST_EDITOR (gtk_widget_get_ancestor (GTK_WIDGET (row), GUITU_TYPE_LIST_EDITOR));

  gtk_widget_grab_focus (next != NULL ? next : self->add);
}

static GtkWidget *
build_grid (GuituListEditor *self, JsonObject *record)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_set_hexpand (grid, TRUE);
  for (int i = 0; self->fields[i] != NULL; i++)
    {
      GtkWidget *row = g_object_new (GUITU_TYPE_FIELD_ROW, "stacked", TRUE, "field", self->fields[i], NULL);

      gtk_widget_set_valign (row, GTK_ALIGN_START);
      if (record != NULL)
        guitu_field_row_load (GUITU_FIELD_ROW (row), record);
      g_signal_connect (row, "activate", G_CALLBACK (on_activate), NULL);
      gtk_grid_attach (GTK_GRID (grid), row, i % COLUMNS, i / COLUMNS, 1, 1);
    }
  return grid;
}

static GtkWidget *
append_line (GuituListEditor *self, JsonObject *record)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "spacing", 6, NULL);
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_add_css_class (line, "editor-line");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, _ ("Remove"));
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), NULL);
  gtk_box_append (GTK_BOX (line), build_grid (self, record));
  gtk_box_append (GTK_BOX (line), remove);
  gtk_box_append (GTK_BOX (self->lines), line);
  number_lines (self);
  return line;
}

static void
on_add (GuituListEditor *self)
{
  GtkWidget *line = append_line (self, NULL);

  gtk_widget_grab_focus (gtk_widget_get_first_child (gtk_widget_get_first_child (line)));
}

void
guitu_list_editor_load (GuituListEditor *self, JsonArray *records)
{
  guint n = records != NULL ? json_array_get_length (records) : 0;
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), line);
  for (guint i = 0; i < n; i++)
    append_line (self, json_array_get_object_element (records, i));
  if (n == 0)
    append_line (self, NULL);
  g_free (self->loaded);
  self->loaded = guitu_list_editor_text (self);
}

char *
guitu_list_editor_text (GuituListEditor *self)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), NULL);
  JsonArray *records = json_array_new ();

  json_node_take_array (node, records);
  for (GtkWidget *line = gtk_widget_get_first_child (self->lines); line != NULL; line = gtk_widget_get_next_sibling (line))
    if (!guitu_rows_is_empty (line))
      {
        JsonObject *record = json_object_new ();

        guitu_rows_collect (line, NULL, record);
        json_array_add_object_element (records, record);
      }
  return json_to_string (node, FALSE);
}

gboolean
guitu_list_editor_is_changed (GuituListEditor *self)
{
  g_autofree char *text = guitu_list_editor_text (self);

  return g_strcmp0 (text, self->loaded) != 0;
}

static void
guitu_list_editor_finalize (GObject *object)
{
  GuituListEditor *self = GUITU_LIST_EDITOR (object);

  g_free (self->title);
  g_strfreev (self->fields);
  g_free (self->loaded);
  G_OBJECT_CLASS (guitu_list_editor_parent_class)->finalize (object);
}

static void
guitu_list_editor_class_init (GuituListEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guitu_list_editor_finalize;
}

static void
guitu_list_editor_init (GuituListEditor *self)
{
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->add = gtk_button_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
}

GuituListEditor *
guitu_list_editor_new (const char *title, const char *add, const char *const *fields)
{
  GuituListEditor *self = g_object_new (GUITU_TYPE_LIST_EDITOR, NULL);
  GtkWidget *heading = gtk_label_new (title);

  self->title = g_strdup (title);
  self->fields = g_strdupv ((char **) fields);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_button_set_label (GTK_BUTTON (self->add), add);
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), self->lines);
  gtk_box_append (GTK_BOX (self), self->add);
  guitu_list_editor_load (self, NULL);
  return self;
}
