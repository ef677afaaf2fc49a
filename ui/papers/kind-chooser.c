/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/kind-chooser.h"

#include "app/app.h"
#include "app/initials.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/needle.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

#define KIND "guitu-kind"
#define GROUPS "paper_group" /* the list of codes */

struct _GuituKindChooser
{
  AdwWindow parent_instance;

  GtkEditable *search;
  GtkListBox *list;
  GtkCheckButton *blank;
  char *needle;
};

G_DEFINE_FINAL_TYPE (GuituKindChooser, guitu_kind_chooser, ADW_TYPE_WINDOW)

static guint chosen_signal;
static guint blank_signal;

static JsonObject *
kind_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), KIND);
}

/* --- Order ----------------------------------------------------------------------------------- */

/* The place of the group in its list; kinds without one come last. */
static guint
group_of (JsonObject *kind)
{
  const char *group = guitu_json_text (kind, "group");
  guint n = 0;
  const GuituCode *const *codes = group != NULL ? guitu_codes_list (GROUPS, &n) : NULL;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (codes[i]->code, group))
      return i;
  return G_MAXUINT;
}

static int
compare (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  guint first = group_of (kind_of (a));
  guint second = group_of (kind_of (b));

  return (first > second) - (first < second);
}

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = guitu_json_text (kind_of (row), "group");
  GtkWidget *label;

  if (group == NULL || (before != NULL && compare (before, row, NULL) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = guitu_label_new_text (guitu_code_label (GROUPS, group), "board-heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

/* --- Search ---------------------------------------------------------------------------------- */

static gboolean
is_found (GtkListBoxRow *row, gpointer data)
{
  const char *needle = GUITU_KIND_CHOOSER (data)->needle;
  const char *title = guitu_json_string (kind_of (row), "title");
  g_autofree char *prefix = g_utf8_casefold (guitu_json_string (kind_of (row), "prefix"), -1);

  if (guitu_needle_is_in (needle, title) || guitu_initials_match (title, needle))
    return TRUE;
  return g_str_has_prefix (prefix, needle);
}

/* The prefix of the numbers, typed in full, is what is meant. */
static GtkListBoxRow *
best_row (GuituKindChooser *self)
{
  GtkListBoxRow *first = NULL;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      g_autofree char *prefix = g_utf8_casefold (guitu_json_string (kind_of (row), "prefix"), -1);

      if (!gtk_widget_get_child_visible (GTK_WIDGET (row)))
        continue;
      if (g_strcmp0 (prefix, self->needle) == 0)
        return row;
      if (first == NULL)
        first = row;
    }
  return first;
}

static void
on_search (GuituKindChooser *self)
{
  g_free (self->needle);
  self->needle = guitu_needle_new (gtk_editable_get_text (self->search));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, best_row (self));
}

static void
choose (GuituKindChooser *self, GtkListBoxRow *row)
{
  if (row == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    return;
  g_signal_emit (self, gtk_check_button_get_active (self->blank) ? blank_signal : chosen_signal, 0, kind_of (row));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_search_activate (GuituKindChooser *self)
{
  choose (self, gtk_list_box_get_selected_row (self->list));
}

static void
on_row_activated (GuituKindChooser *self, GtkListBoxRow *row)
{
  choose (self, row);
}

/* Down goes on into the list. */
static gboolean
on_search_key (GuituKindChooser *self, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || row == NULL)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_kind_chooser_finalize (GObject *object)
{
  g_free (GUITU_KIND_CHOOSER (object)->needle);
  G_OBJECT_CLASS (guitu_kind_chooser_parent_class)->finalize (object);
}

static void
guitu_kind_chooser_class_init (GuituKindChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = guitu_kind_chooser_finalize;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  blank_signal = g_signal_new ("blank", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/kind-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituKindChooser, search);
  gtk_widget_class_bind_template_child (widget_class, GuituKindChooser, list);
  gtk_widget_class_bind_template_child (widget_class, GuituKindChooser, blank);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
guitu_kind_chooser_init (GuituKindChooser *self)
{
  self->needle = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self->list));
  gtk_list_box_set_sort_func (self->list, compare, NULL, NULL);
  gtk_list_box_set_header_func (self->list, set_header, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);
}

static void
add_kind (GuituKindChooser *self, JsonObject *kind)
{
  GtkWidget *row = guitu_section_row_new (guitu_json_string (kind, "title"), NULL);
  GtkWidget *prefix = guitu_label_new_line ("dim-label");

  gtk_label_set_text (GTK_LABEL (prefix), guitu_json_string (kind, "prefix"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), prefix);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, guitu_json_string (kind, "title"), -1);
  g_object_set_data_full (G_OBJECT (row), KIND, json_object_ref (kind), (GDestroyNotify) json_object_unref);
  gtk_list_box_append (self->list, row);
}

GtkWindow *
guitu_kind_chooser_new (GtkWidget *from, JsonArray *kinds)
{
  GuituKindChooser *self = g_object_new (GUITU_TYPE_KIND_CHOOSER, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                         "transient-for", gtk_widget_get_root (from), NULL);

  for (guint i = 0; i < json_array_get_length (kinds); i++)
    add_kind (self, json_array_get_object_element (kinds, i));
  gtk_list_box_select_row (self->list, best_row (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GTK_WINDOW (self);
}

GtkWindow *
guitu_kind_chooser_new_for_blank (GtkWidget *from, JsonArray *kinds)
{
  GtkWindow *chooser = guitu_kind_chooser_new (from, kinds);
  GtkCheckButton *blank = GUITU_KIND_CHOOSER (chooser)->blank;

  gtk_window_set_title (chooser, _ ("Blank Form"));
  gtk_check_button_set_active (blank, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (blank), FALSE);
  return chooser;
}
