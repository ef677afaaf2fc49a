/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/board/board-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/stack.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

struct _GuituBoardPage
{
  GuituPage parent_instance;

  AdwWindowTitle *heading;
  GtkEditable *filter;
  GtkStack *stack;
  GtkColumnView *view;

  GListStore *stays;
  GtkFilterListModel *shown;
  GtkFilter *matches;
  char *needle; /* what is typed into the filter, case-folded */
  GCancellable *load;
};

G_DEFINE_FINAL_TYPE (GuituBoardPage, guitu_board_page, GUITU_TYPE_PAGE)

/* --- Columns --------------------------------------------------------------------------------- */

typedef char *(*CellText) (JsonObject *stay);

static char *
person_text (JsonObject *stay, const char *path)
{
  JsonObject *person = guitu_json_object (stay, "person");

  return guitu_json_words (person, path);
}

static char *
name_text (JsonObject *stay)
{
  return g_strdup (guitu_json_string (guitu_json_object (stay, "person"), "display_name"));
}

static char *
sex_text (JsonObject *stay)
{
  return person_text (stay, "person.sex");
}

static char *
age_text (JsonObject *stay)
{
  return guitu_json_age_words (guitu_json_object (stay, "person"));
}

static char *
health_text (JsonObject *stay)
{
  return person_text (stay, "person.health");
}

static char *
number_text (JsonObject *stay)
{
  return guitu_json_words (stay, "stay.number");
}

static char *
came_by_text (JsonObject *stay)
{
  return guitu_json_words (stay, "stay.came_by");
}

static char *
bed_text (JsonObject *stay)
{
  return guitu_json_words (stay, "stay.bed");
}

/* Who was not admitted yet shows that in place of the time. */
static char *
admitted_text (JsonObject *stay)
{
  g_autofree char *at = guitu_json_words (stay, "stay.admitted_at");

  return *at != '\0' ? g_steal_pointer (&at) : g_strdup (guitu_stay_state_words (stay));
}

static const struct
{
  const char *path; /* the declared field whose label is the title; NULL: title */
  const char *title;
  CellText text;
  const char *sample; /* what must fit at least, in whatever font */
} columns[] = {
  { "person.name", NULL, name_text, "欧阳娜娜" },
  { "person.sex", NULL, sex_text, "女" },
  { NULL, N_ ("Age"), age_text, "约45–50岁" },
  { "stay.number", NULL, number_text, "2026-1-0001" },
  { "stay.came_by", NULL, came_by_text, "公安护送" },
  { "stay.bed", NULL, bed_text, "A-123" },
  { "stay.admitted_at", NULL, admitted_text, "2026-12-31 23:59" },
  { NULL, N_ ("Limit"), guitu_stay_days_words, "10 days" },
  { "person.health", NULL, health_text, "健康" },
};

#define LIMIT_COLUMN 7

static JsonObject *
stay_of (gpointer item)
{
  return guitu_list_item_get_object (GUITU_LIST_ITEM (item));
}

static int
width_of (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_size_request (label, width_of (label, columns[GPOINTER_TO_SIZE (data)].sample), -1);
  gtk_list_item_set_child (item, label);
}

/* A screen reader that comes to a row is told who it is about. */
static void
name_row (GtkWidget *label, JsonObject *stay)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = columns[i].text (stay);

      guitu_json_join (words, text);
    }
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gsize column = GPOINTER_TO_SIZE (data);
  GtkWidget *label = gtk_list_item_get_child (item);
  JsonObject *stay = stay_of (gtk_list_item_get_item (item));
  g_autofree char *text = columns[column].text (stay);
  const char *styles[] = { column == LIMIT_COLUMN ? guitu_stay_days_style (stay) : column == 0 ? "heading"
                                                                                               : "numeric",
                           NULL };

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_css_classes (label, styles);
  if (column == 0)
    name_row (label, stay);
}

static int
compare_texts (gconstpointer a, gconstpointer b, gpointer data)
{
  gsize column = GPOINTER_TO_SIZE (data);
  g_autofree char *ours = columns[column].text (stay_of ((gpointer) a));
  g_autofree char *theirs = columns[column].text (stay_of ((gpointer) b));

  return g_utf8_collate (ours, theirs);
}

static int
compare_limits (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 ours = guitu_json_integer (stay_of ((gpointer) a), "days_left", G_MAXINT64);
  gint64 theirs = guitu_json_integer (stay_of ((gpointer) b), "days_left", G_MAXINT64);

  return ours < theirs ? -1 : ours > theirs;
}

static void
append_column (GuituBoardPage *self, gsize i)
{
  const char *title = columns[i].path != NULL ? guitu_field_label (guitu_json_field (columns[i].path, NULL)) : _ (columns[i].title);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (i == LIMIT_COLUMN ? compare_limits : compare_texts, GSIZE_TO_POINTER (i), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GSIZE_TO_POINTER (i));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GSIZE_TO_POINTER (i));
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, i == 0);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_append_column (self->view, column);
  if (i == LIMIT_COLUMN)
    gtk_column_view_sort_by_column (self->view, column, GTK_SORT_ASCENDING);
}

/* --- Filter ---------------------------------------------------------------------------------- */

static gboolean
is_match (gpointer item, gpointer data)
{
  GuituBoardPage *self = data;

  if (self->needle == NULL || *self->needle == '\0')
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = columns[i].text (stay_of (item));
      g_autofree char *folded = g_utf8_casefold (text, -1);

      if (g_strstr_len (folded, -1, self->needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
show_count (GuituBoardPage *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->stays));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_autofree char *words = g_strdup_printf (ngettext ("%u person", "%u persons", n), n);

  adw_window_title_set_subtitle (self->heading, all > 0 ? words : "");
  gtk_stack_set_visible_child_name (self->stack, all == 0 ? "empty" : n == 0 ? "nothing"
                                                                             : "list");
}

static void
on_filter_changed (GuituBoardPage *self)
{
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (self->filter), -1);
  gtk_filter_changed (self->matches, GTK_FILTER_CHANGE_DIFFERENT);
  if (self->load != NULL)
    show_count (self);
}

static void
on_filter_stopped (GuituBoardPage *self)
{
  gtk_editable_set_text (self->filter, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
open_at (GuituBoardPage *self, guint position)
{
  g_autoptr (GuituListItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);

  if (item != NULL)
    guitu_page_open_person (GTK_WIDGET (self), guitu_json_string (guitu_json_object (stay_of (item), "person"), "id"));
}

static void
on_filter_activated (GuituBoardPage *self)
{
  open_at (self, 0);
}

static void
on_activate (GuituBoardPage *self, guint position)
{
  open_at (self, position);
}

/* --- Page ------------------------------------------------------------------------------------ */

static void
board_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituBoardPage *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_list_item_fill (self->stays, guitu_json_array (guitu_call_first (results), "stays"));
  show_count (self);
}

static void
guitu_board_page_refreshed (GuituPage *page)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (page);

  guitu_call (guitu_page_get_station (page), "stay board", NULL, guitu_call_renew (&self->load), self, board_read);
}

static void
guitu_board_page_shown (GuituPage *page)
{
  guitu_board_page_refreshed (page);
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_BOARD_PAGE (page)->filter));
}

static void
guitu_board_page_cleared (GuituPage *page)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (page);

  guitu_call_renew (&self->load);
  g_list_store_remove_all (self->stays);
  gtk_editable_set_text (self->filter, "");
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_BOARD_PAGE (widget)->filter));
}

static void
guitu_board_page_dispose (GObject *object)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->stays);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (guitu_board_page_parent_class)->dispose (object);
}

static void
guitu_board_page_class_init (GuituBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_board_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_board_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_board_page_refreshed;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_board_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/board/board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, filter);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
guitu_board_page_init (GuituBoardPage *self)
{
  GtkSortListModel *sorted;
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  self->stays = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->matches = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->stays)), self->matches);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (self->shown), g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (sorted)));
  gtk_column_view_set_model (self->view, selection);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (self, i);
}
