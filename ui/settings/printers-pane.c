/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/printers-pane.h"

#include "ui/papers/printers.h"
#include "ui/preferences.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

/* Which printer a kind of sheet goes to. */
typedef struct
{
  const char *key;
  const char *title;
  const char *about;
} Choice;

static const Choice choices[] = {
  { GUITU_PRINTER_KEY, N_ ("Papers"), N_ ("Forms, notices and vouchers on A4") },
  { GUITU_LABEL_PRINTER_KEY, N_ ("Labels"), N_ ("Bed labels and wrist bands, on rolls of their own size") },
};

struct _GuituPrintersPane
{
  GuituSettingsPane parent_instance;

  GtkDropDown *drops[G_N_ELEMENTS (choices)];
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (GuituPrintersPane, guitu_printers_pane, GUITU_TYPE_SETTINGS_PANE)

/* The first line asks each time; a printer that was chosen and is not there now stays in the list. */
static void
fill (GuituPrintersPane *self, gsize i, const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *chosen = guitu_printers_chosen (choices[i].key);
  guint selected = 0;

  gtk_string_list_append (list, _ ("Ask each time"));
  for (guint n = 0; names[n] != NULL; n++)
    {
      gtk_string_list_append (list, names[n]);
      if (g_strcmp0 (names[n], chosen) == 0)
        selected = n + 1;
    }
  if (chosen != NULL && selected == 0)
    {
      gtk_string_list_append (list, chosen);
      selected = g_list_model_get_n_items (G_LIST_MODEL (list)) - 1;
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->drops[i], G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->drops[i], selected);
  guitu_name_drop_down (self->drops[i], _ (choices[i].title));
  self->is_filling = FALSE;
}

static void
printers_found (gpointer owner, const char *const *names)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    fill (owner, i, names);
}

static void
guitu_printers_pane_load (GuituSettingsPane *pane)
{
  guitu_printers_list (pane, printers_found);
}

static void
on_selected (GuituPrintersPane *self, GParamSpec *spec, GtkDropDown *drop)
{
  gsize i = drop == self->drops[0] ? 0 : 1;
  guint selected = gtk_drop_down_get_selected (drop);
  GtkStringObject *name = gtk_drop_down_get_selected_item (drop);

  if (self->is_filling || name == NULL || guitu_preferences () == NULL)
    return;
  g_settings_set_string (guitu_preferences (), choices[i].key, selected == 0 ? "" : gtk_string_object_get_string (name));
  guitu_name_drop_down (drop, _ (choices[i].title));
}

static void
guitu_printers_pane_class_init (GuituPrintersPaneClass *klass)
{
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_printers_pane_load;
}

static GtkWidget *
build_row (GuituPrintersPane *self, gsize i)
{
  GtkWidget *row = guitu_section_row_new (_ (choices[i].title), _ (choices[i].about));
  GtkWidget *drop = gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  self->drops[i] = GTK_DROP_DOWN (drop);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop);
  g_signal_connect_object (drop, "notify::selected-item", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  return row;
}

static void
guitu_printers_pane_init (GuituPrintersPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);
  GtkWidget *list = gtk_list_box_new ();

  guitu_settings_pane_describe (pane, _ ("Printers"),
                                _ ("What is chosen here holds for this computer: papers are printed there at once. Ctrl+Shift+P asks all the same."));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), build_row (self, i));
  guitu_settings_pane_add (pane, list);
  if (guitu_preferences () == NULL || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      gtk_widget_set_sensitive (list, FALSE);
      guitu_settings_pane_describe (pane, _ ("Printers"), _ ("The program runs apart from the rest of this computer and sees no printers: the desktop's dialog asks each time."));
    }
}
