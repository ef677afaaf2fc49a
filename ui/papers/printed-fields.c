/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/printed-fields.h"

#include "ui/widgets/json.h"
#include "ui/widgets/label.h"

#include <string.h>

struct _GuituPrintedFields
{
  GtkGrid parent_instance;

  GPtrArray *entries; /* GtkEntry, each with its key as data */
};

G_DEFINE_FINAL_TYPE (GuituPrintedFields, guitu_printed_fields, GTK_TYPE_GRID)

static guint done_signal;
static guint scanned_signal;

#define KEY "printed-key"
#define KNOWN "printed-known" /* what stood in an entry at first: nobody has typed it */
#define SEAL_PREFIX "GT1:"

/* A hand scanner types wherever the focus is: the next paper, not a field of this one. */
static gboolean
take_scan (GuituPrintedFields *self, GtkWidget *entry)
{
  const char *scanned = strstr (gtk_editable_get_text (GTK_EDITABLE (entry)), SEAL_PREFIX);
  g_autofree char *seal = g_strdup (scanned);

  if (seal == NULL)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_signal_emit (self, scanned_signal, 0, seal);
  return TRUE;
}

/* Enter goes on to the next line; in the last one everything is typed. */
static void
on_activate (GuituPrintedFields *self, GtkWidget *entry)
{
  guint at = 0;

  if (take_scan (self, entry) || !g_ptr_array_find (self->entries, entry, &at))
    return;
  if (at + 1 < self->entries->len)
    gtk_widget_grab_focus (self->entries->pdata[at + 1]);
  else
    g_signal_emit (self, done_signal, 0);
}

static void
add_field (GuituPrintedFields *self, JsonObject *field)
{
  const char *label = guitu_json_string (field, "label");
  GtkWidget *name = guitu_label_new_text (label, "dim-label");
  GtkWidget *entry = gtk_entry_new ();
  int row = (int) self->entries->len;

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), guitu_json_string (field, "text"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry))), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (entry), KNOWN, g_strdup (guitu_json_string (field, "text")), g_free);
  g_object_set_data_full (G_OBJECT (entry), KEY, g_strdup (guitu_json_string (field, "key")), g_free);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_activate), self);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 16);
  gtk_grid_attach (GTK_GRID (self), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self), entry, 1, row, 1, 1);
  g_ptr_array_add (self->entries, entry);
}

void
guitu_printed_fields_set (GuituPrintedFields *self, JsonArray *printed)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->entries, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_grid_remove (GTK_GRID (self), child);
  for (guint i = 0; printed != NULL && i < json_array_get_length (printed); i++)
    add_field (self, json_array_get_object_element (printed, i));
}

void
guitu_printed_fields_begin (GuituPrintedFields *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (*gtk_editable_get_text (self->entries->pdata[i]) == '\0')
      {
        gtk_widget_grab_focus (self->entries->pdata[i]);
        return;
      }
}

JsonObject *
guitu_printed_fields_collect (GuituPrintedFields *self, gboolean is_all)
{
  JsonObject *typed = json_object_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      const char *text = gtk_editable_get_text (self->entries->pdata[i]);

      if (is_all || !g_str_equal (text, g_object_get_data (self->entries->pdata[i], KNOWN)))
        json_object_set_string_member (typed, g_object_get_data (self->entries->pdata[i], KEY), text);
    }
  return typed;
}

static void
guitu_printed_fields_finalize (GObject *object)
{
  g_ptr_array_unref (GUITU_PRINTED_FIELDS (object)->entries);
  G_OBJECT_CLASS (guitu_printed_fields_parent_class)->finalize (object);
}

static void
guitu_printed_fields_class_init (GuituPrintedFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guitu_printed_fields_finalize;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  scanned_signal = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guitu_printed_fields_init (GuituPrintedFields *self)
{
  self->entries = g_ptr_array_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self), 18);
}
