/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A heading belongs to the first row of its group, so that arrow keys go from row to row. */

#include "ui/duty/duty-list.h"

#include "ui/widgets/growing.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"

#include <glib/gi18n.h>

struct _GuituDutyList
{
  AdwBin parent_instance;

  GListStore *items;
  GtkSingleSelection *selection;
  GtkSliceListModel *growing; /* owned by the selection */
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (GuituDutyList, guitu_duty_list, ADW_TYPE_BIN)

enum
{
  SELECTED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Rows ------------------------------------------------------------------------------------ */

typedef struct
{
  GtkLabel *heading;
  GtkLabel *title;
  GtkLabel *detail;
  GtkLabel *side;
} Cell;

#define CELL "guitu-cell"
#define KEY "guitu-key"
#define ROWS_ON_SCREEN 12

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  Cell *cell = g_new0 (Cell, 1);

  cell->heading = GTK_LABEL (guitu_label_new_line ("heading"));
  cell->title = GTK_LABEL (guitu_label_new_line (NULL));
  cell->detail = GTK_LABEL (guitu_label_new_line ("dim-label"));
  cell->side = GTK_LABEL (guitu_label_new_line ("numeric"));
  gtk_widget_add_css_class (GTK_WIDGET (cell->heading), "duty-heading");
  gtk_widget_add_css_class (GTK_WIDGET (cell->detail), "caption");
  gtk_widget_add_css_class (row, "duty-row");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_ellipsize (cell->side, PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (cell->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (cell->detail));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (cell->side));
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (cell->heading));
  gtk_box_append (GTK_BOX (all), row);
  gtk_list_item_set_child (item, all);
  g_object_set_data_full (G_OBJECT (all), CELL, cell, g_free);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  JsonObject *row = guitu_list_item_get_object (gtk_list_item_get_item (item));
  GtkWidget *all = gtk_list_item_get_child (item);
  const Cell *cell = g_object_get_data (G_OBJECT (all), CELL);
  const char *styles[] = { "numeric", guitu_json_text (row, "style"), NULL };
  g_autoptr (GString) spoken = g_string_new (NULL);

  guitu_label_show (cell->heading, guitu_json_string (row, "heading"));
  guitu_label_show (cell->title, guitu_json_string (row, "title"));
  guitu_label_show (cell->detail, guitu_json_string (row, "detail"));
  guitu_label_show (cell->side, guitu_json_string (row, "side"));
  gtk_widget_set_css_classes (GTK_WIDGET (cell->side), styles);
  g_object_set_data_full (G_OBJECT (all), KEY, g_strdup (guitu_json_string (row, "key")), g_free);
  guitu_json_join (spoken, guitu_json_text (row, "title"));
  guitu_json_join (spoken, guitu_json_text (row, "detail"));
  guitu_json_join (spoken, guitu_json_text (row, "side"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (all)), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
}

/* --- The list -------------------------------------------------------------------------------- */

static JsonObject *
object_at (GuituDutyList *self, guint position)
{
  return guitu_list_item_at (G_LIST_MODEL (self->items), position);
}

JsonObject *
guitu_duty_list_get_selected (GuituDutyList *self)
{
  GuituListItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? guitu_list_item_get_object (item) : NULL;
}

guint
guitu_duty_list_get_length (GuituDutyList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

static guint
find_key (GuituDutyList *self, const char *key)
{
  for (guint i = 0; i < guitu_duty_list_get_length (self); i++)
    if (g_str_equal (guitu_json_string (object_at (self, i), "key"), key))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static gboolean
focus_selected (GuituDutyList *self)
{
  JsonObject *selected = guitu_duty_list_get_selected (self);

  if (selected == NULL)
    return FALSE;
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", gtk_single_selection_get_selected (self->selection));
  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = gtk_widget_get_first_child (row);

      if (cell != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (cell), KEY), guitu_json_string (selected, "key")) == 0)
        return gtk_widget_grab_focus (row);
    }
  return gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
}

static gboolean
has_focus (GuituDutyList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->view);
}

void
guitu_duty_list_fill (GuituDutyList *self, JsonArray *rows)
{
  JsonObject *selected = guitu_duty_list_get_selected (self);
  g_autofree char *key = g_strdup (selected != NULL ? guitu_json_string (selected, "key") : "");
  guint before = gtk_single_selection_get_selected (self->selection);
  gboolean had_focus = has_focus (self);
  guint position;

  if (guitu_duty_list_get_length (self) == 0)
    guitu_growing_begin (self->growing, self->view, ROWS_ON_SCREEN);
  guitu_list_item_update (self->items, rows);
  position = find_key (self, key);
  if (position == GTK_INVALID_LIST_POSITION)
    position = MIN (before, MAX (guitu_duty_list_get_length (self), 1) - 1);
  guitu_growing_reach (self->growing, position);
  gtk_single_selection_set_selected (self->selection, before == GTK_INVALID_LIST_POSITION ? 0 : position);
  if (had_focus)
    focus_selected (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_activate (GuituDutyList *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_selected (GuituDutyList *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static gboolean
guitu_duty_list_grab_focus (GtkWidget *widget)
{
  return focus_selected (GUITU_DUTY_LIST (widget));
}

static void
guitu_duty_list_dispose (GObject *object)
{
  GuituDutyList *self = GUITU_DUTY_LIST (object);

  g_clear_object (&self->items);
  G_OBJECT_CLASS (guitu_duty_list_parent_class)->dispose (object);
}

static void
guitu_duty_list_class_init (GuituDutyListClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_duty_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = guitu_duty_list_grab_focus;
  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guitu_duty_list_init (GuituDutyList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->items = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->growing = guitu_growing_new (G_LIST_MODEL (g_object_ref (self->items)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->growing));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_widget_add_css_class (self->view, "duties");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What is due"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->view);
  adw_bin_set_child (ADW_BIN (self), scroll);
}
