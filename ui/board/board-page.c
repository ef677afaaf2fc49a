/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/board/board-page.h"

#include "ui/board/board-cells.h"
#include "ui/board/roll-call.h"
#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/papers/batch-dialog.h"
#include "ui/person/bed-dialog.h"
#include "ui/person/person-acts.h"
#include "ui/widgets/growing.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/names.h"
#include "ui/widgets/needle.h"
#include "ui/widgets/stack.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

/* What the choice of flags offers beside the codes. */
#define ALL 0
#define CONFLICTS 1
#define FIRST_FLAG 2
#define WITHOUT_BED 1
#define FIRST_ZONE 2

#define WIDTH "guitu-width"
#define ROWS_ON_SCREEN 20

struct _GuituBoardPage
{
  GuituPage parent_instance;

  AdwWindowTitle *heading;
  GtkEditable *filter;
  GtkDropDown *zone;
  GtkDropDown *flag;
  GtkBox *totals;
  GtkStack *stack;
  GtkColumnView *view;

  JsonObject *board; /* what "stay board" answered; NULL: nothing yet */
  GListStore *rows;  /* those that are shown, a heading before each zone */
  guint n_shown;     /* persons among them */
  char *needle;      /* what is typed into the filter, case-folded */
  char *chosen;      /* the stay that was selected before the rows changed */
  GCancellable *load;
  GtkSliceListModel *growing;    /* of the rows, those that are there already; owned by the selection */
  GtkSingleSelection *selection; /* owned by the view */
};

G_DEFINE_FINAL_TYPE (GuituBoardPage, guitu_board_page, GUITU_TYPE_PAGE)

/* --- Rows ------------------------------------------------------------------------------------ */

/* A row is a stay, or a heading: {"heading": words}. */
static JsonObject *
row_at (GuituBoardPage *self, guint position)
{
  return guitu_list_item_at (G_LIST_MODEL (self->rows), position);
}

static JsonObject *
stay_at (GuituBoardPage *self, guint position)
{
  JsonObject *row = row_at (self, position);

  return row != NULL && guitu_json_text (row, "heading") == NULL ? row : NULL;
}

static JsonObject *
selected_stay (GuituBoardPage *self)
{
  return stay_at (self, gtk_single_selection_get_selected (self->selection));
}

/* How wide a column is; measured once. */
static int
width_of (GtkSignalListItemFactory *factory, GtkWidget *widget, GuituBoardColumn column)
{
  int width = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), WIDTH));

  if (width == 0)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, guitu_board_sample (column));

      pango_layout_get_pixel_size (layout, &width, NULL);
      g_object_set_data (G_OBJECT (factory), WIDTH, GINT_TO_POINTER (width));
    }
  return width;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GuituBoardColumn column = GPOINTER_TO_UINT (data);
  GtkWidget *label = guitu_label_new_line (NULL);

  gtk_widget_set_size_request (label, width_of (factory, label, column), -1);
  gtk_list_item_set_child (item, label);
}

/* What is broken stands first and in red, what is to be known follows. */
static void
on_setup_marks (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *conflicts = guitu_label_new_line (NULL);
  GtkWidget *flags = guitu_label_new_line (NULL);

  gtk_label_set_wrap (GTK_LABEL (conflicts), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (conflicts), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (flags), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (flags), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (conflicts, "error");
  gtk_widget_set_size_request (cell, width_of (factory, flags, GUITU_BOARD_MARKS), -1);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (cell), conflicts);
  gtk_box_append (GTK_BOX (cell), flags);
  gtk_list_item_set_child (item, cell);
}

/* A screen reader that comes to a row is told who it is about. */
static void
name_row (GtkWidget *child, JsonObject *row)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  const char *heading = guitu_json_text (row, "heading");
  g_autofree char *words = heading != NULL ? g_strdup (heading) : guitu_board_words (row);

  if (line != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static const char *
style_of (JsonObject *stay, GuituBoardColumn column)
{
  if (column == GUITU_BOARD_LIMIT)
    return guitu_stay_days_style (stay);
  if (column == GUITU_BOARD_WHERE && g_str_equal (guitu_json_string (stay, "where"), "missing"))
    return "error";
  return column == GUITU_BOARD_NAME ? "heading" : "numeric";
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GuituBoardColumn column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_list_item_get_child (item);
  JsonObject *row = guitu_list_item_get_object (gtk_list_item_get_item (item));
  const char *heading = guitu_json_text (row, "heading");
  g_autofree char *text = NULL;
  const char *styles[] = { heading != NULL ? "board-heading" : style_of (row, column), NULL };

  if (heading == NULL)
    text = guitu_board_text (row, column);
  else
    text = g_strdup (column == GUITU_BOARD_NAME ? heading : "");
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_css_classes (label, styles);
  if (column == GUITU_BOARD_NAME)
    name_row (label, row);
}

static void
on_bind_marks (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  JsonObject *row = guitu_list_item_get_object (gtk_list_item_get_item (item));
  gboolean is_stay = guitu_json_text (row, "heading") == NULL;
  g_autofree char *conflicts = is_stay ? guitu_board_conflicts (row) : g_strdup ("");
  g_autofree char *flags = is_stay ? guitu_board_text (row, GUITU_BOARD_MARKS) : g_strdup ("");

  guitu_label_show (GTK_LABEL (gtk_widget_get_first_child (cell)), conflicts);
  guitu_label_show (GTK_LABEL (gtk_widget_get_last_child (cell)), flags);
}

static void
append_column (GuituBoardPage *self, GuituBoardColumn i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (guitu_board_title (i), factory);
  gboolean is_marks = i == GUITU_BOARD_MARKS;

  g_signal_connect (factory, "setup", is_marks ? G_CALLBACK (on_setup_marks) : G_CALLBACK (on_setup), GUINT_TO_POINTER (i));
  g_signal_connect (factory, "bind", is_marks ? G_CALLBACK (on_bind_marks) : G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, is_marks);
  gtk_column_view_append_column (self->view, column);
}

/* --- Filters --------------------------------------------------------------------------------- */

static gboolean
is_in_zone (GuituBoardPage *self, JsonObject *stay)
{
  guint chosen = gtk_drop_down_get_selected (self->zone);
  const GuituCode *const *zones = guitu_codes_list ("zone", NULL);

  if (chosen == ALL)
    return TRUE;
  if (chosen == WITHOUT_BED)
    return guitu_json_text (stay, "bed") == NULL;
  return g_str_equal (guitu_json_string (stay, "zone"), zones[chosen - FIRST_ZONE]->code);
}

static gboolean
is_flagged (GuituBoardPage *self, JsonObject *stay)
{
  guint chosen = gtk_drop_down_get_selected (self->flag);
  const GuituCode *const *flags = guitu_codes_list ("board_flag", NULL);

  if (chosen == ALL)
    return TRUE;
  if (chosen == CONFLICTS)
    return guitu_json_count (stay, "conflicts") > 0;
  return guitu_board_has_flag (stay, flags[chosen - FIRST_FLAG]->code);
}

static gboolean
is_shown (GuituBoardPage *self, JsonObject *stay)
{
  g_autofree char *words = NULL;

  if (!is_in_zone (self, stay) || !is_flagged (self, stay))
    return FALSE;
  words = guitu_board_words (stay);
  return guitu_needle_is_in (self->needle, words);
}

static void
add_heading (JsonArray *rows, const char *zone, guint n)
{
  JsonObject *heading = json_object_new ();
  g_autofree char *words = g_strdup_printf ("%s (%u)", zone, n);

  json_object_set_string_member (heading, "heading", words);
  json_array_add_object_element (rows, heading);
}

/* The stays come in the order of beds: whenever the zone is another, a heading stands before. */
static JsonArray *
build_rows (GuituBoardPage *self)
{
  JsonArray *stays = guitu_json_array (self->board, "stays");
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  JsonArray *rows = json_array_new ();
  guint n = stays != NULL ? json_array_get_length (stays) : 0;

  for (guint i = 0; i < n; i++)
    if (is_shown (self, json_array_get_object_element (stays, i)))
      g_ptr_array_add (shown, json_array_get_object_element (stays, i));
  self->n_shown = shown->len;
  for (guint i = 0; i < shown->len;)
    {
      const char *zone = guitu_board_zone (shown->pdata[i]);
      guint end = i;

      while (end < shown->len && g_str_equal (guitu_board_zone (shown->pdata[end]), zone))
        end++;
      add_heading (rows, zone, end - i);
      for (; i < end; i++)
        json_array_add_object_element (rows, json_object_ref (shown->pdata[i]));
    }
  return rows;
}

/* Who was selected stays so; else the first person is. */
static void
restore_selection (GuituBoardPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint found = n > 1 ? 1 : GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n && self->chosen != NULL; i++)
    if (g_strcmp0 (guitu_json_text (row_at (self, i), "id"), self->chosen) == 0)
      found = i;
  if (found != GTK_INVALID_LIST_POSITION)
    guitu_growing_reach (self->growing, found);
  gtk_single_selection_set_selected (self->selection, found);
}

/* @begins: from the top, not in place of what is there already. */
static void
show_rows (GuituBoardPage *self, gboolean begins)
{
  g_autoptr (JsonArray) rows = NULL;
  g_autofree char *words = NULL;

  if (self->board == NULL)
    return;
  if (selected_stay (self) != NULL)
    {
      g_free (self->chosen);
      self->chosen = g_strdup (guitu_json_string (selected_stay (self), "id"));
    }
  rows = build_rows (self);
  if (begins)
    guitu_growing_begin (self->growing, GTK_WIDGET (self->view), ROWS_ON_SCREEN);
  guitu_list_item_update (self->rows, rows);
  restore_selection (self);
  words = g_strdup_printf (ngettext ("%u person", "%u persons", self->n_shown), self->n_shown);
  adw_window_title_set_subtitle (self->heading, guitu_json_count (self->board, "stays") > 0 ? words : "");
  gtk_stack_set_visible_child_name (self->stack, guitu_json_count (self->board, "stays") == 0 ? "empty" : self->n_shown == 0 ? "nothing"
                                                                                                                             : "list");
}

static void
on_filter_changed (GuituBoardPage *self)
{
  g_free (self->needle);
  self->needle = guitu_needle_new (gtk_editable_get_text (self->filter));
  show_rows (self, TRUE);
}

static void
on_chosen (GuituBoardPage *self)
{
  guitu_name_drop_down (self->zone, _ ("Zone"));
  guitu_name_drop_down (self->flag, _ ("Only"));
  show_rows (self, TRUE);
}

static void
on_filter_stopped (GuituBoardPage *self)
{
  gtk_editable_set_text (self->filter, "");
  gtk_drop_down_set_selected (self->zone, ALL);
  gtk_drop_down_set_selected (self->flag, ALL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* The arrows choose while one types; headings are passed over. */
static gboolean
on_filter_key (GuituBoardPage *self, guint key, guint code, GdkModifierType modifiers)
{
  gboolean is_down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint at = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || (!is_down && key != GDK_KEY_Up && key != GDK_KEY_KP_Up))
    return FALSE;
  do
    at = at == GTK_INVALID_LIST_POSITION ? 0 : is_down ? at + 1
                                                       : at - 1;
  while (at < n && stay_at (self, at) == NULL);
  if (at >= n)
    return TRUE;
  guitu_growing_reach (self->growing, at);
  gtk_single_selection_set_selected (self->selection, at);
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", at);
  return TRUE;
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
open_stay (GuituBoardPage *self, JsonObject *stay)
{
  if (stay != NULL)
    guitu_page_open_person (GTK_WIDGET (self), guitu_json_string (guitu_json_object (stay, "person"), "id"));
}

static void
on_filter_activated (GuituBoardPage *self)
{
  open_stay (self, selected_stay (self));
}

static void
on_activate (GuituBoardPage *self, guint position)
{
  open_stay (self, stay_at (self, position));
}

/* The person whom an act is about; without one, that is said. */
static JsonObject *
need_stay (GuituBoardPage *self)
{
  JsonObject *stay = selected_stay (self);

  if (stay == NULL)
    guitu_page_toast (GTK_WIDGET (self), _ ("Choose a person in the list first."));
  return stay;
}

static void
on_give_bed (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *stay = need_stay (GUITU_BOARD_PAGE (widget));

  if (stay != NULL)
    gtk_window_present (guitu_bed_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), stay));
}

static void
on_note_event (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *stay = need_stay (GUITU_BOARD_PAGE (widget));
  const GuituPersonFile file = { guitu_page_get_station (GUITU_PAGE (widget)), guitu_json_object (stay, "person"), stay, NULL };

  if (stay != NULL)
    gtk_window_present (GTK_WINDOW (guitu_person_act_dialog (guitu_person_act_find ("event"), widget, &file)));
}

static void
on_called (GuituBoardPage *self, JsonObject *result)
{
  gint64 expected = guitu_json_integer (result, "expected", 0);
  gint64 present = guitu_json_integer (result, "present", 0);
  JsonArray *people = guitu_json_array (result, "people");
  guint n = people != NULL ? json_array_get_length (people) : 0;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "", guitu_json_string (json_array_get_object_element (people, i), "display_name"));
  if (n == 0)
    words = g_strdup_printf (_ ("Roll call: all %d are there."), (int) expected);
  else
    words = g_strdup_printf (_ ("Roll call: %d of %d are there. Not there: %s"), (int) present, (int) expected, names->str);
  guitu_page_toast (GTK_WIDGET (self), words);
}

static void
on_roll_call (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (widget);
  GtkWindow *dialog;

  if (self->board == NULL)
    return;
  dialog = guitu_roll_call_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), guitu_json_array (self->board, "stays"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_called), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
on_issue_many (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (guitu_batch_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget))));
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_BOARD_PAGE (widget)->filter));
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
  g_clear_pointer (&self->board, json_object_unref);
  self->board = json_object_ref (guitu_call_first (results));
  guitu_board_fill_totals (self->totals, guitu_json_object (self->board, "totals"));
  show_rows (self, g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0);
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
guitu_board_page_left (GuituPage *page)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (page);

  guitu_call_renew (&self->load);
}

/* The list of the day, as it hangs at the duty desk. */
static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_page_fill_paper (widget, "house-list", "", "");
}

static void
guitu_board_page_cleared (GuituPage *page)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (page);

  g_clear_pointer (&self->board, json_object_unref);
  g_clear_pointer (&self->chosen, g_free);
  g_list_store_remove_all (self->rows);
  gtk_editable_set_text (self->filter, "");
  gtk_drop_down_set_selected (self->zone, ALL);
  gtk_drop_down_set_selected (self->flag, ALL);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
guitu_board_page_dispose (GObject *object)
{
  GuituBoardPage *self = GUITU_BOARD_PAGE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->board, json_object_unref);
  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (guitu_board_page_parent_class)->dispose (object);
}

static void
guitu_board_page_class_init (GuituBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_board_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_board_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_board_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_board_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_board_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.give-bed", NULL, on_give_bed);
  gtk_widget_class_install_action (widget_class, "page.note-event", NULL, on_note_event);
  gtk_widget_class_install_action (widget_class, "page.roll-call", NULL, on_roll_call);
  gtk_widget_class_install_action (widget_class, "page.issue-many", NULL, on_issue_many);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, on_print);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/board/board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, filter);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, zone);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, flag);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, totals);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituBoardPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_key);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
guitu_board_page_init (GuituBoardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  self->rows = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->growing = guitu_growing_new (G_LIST_MODEL (g_object_ref (self->rows)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->growing));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  for (guint i = 0; i < GUITU_BOARD_N_COLUMNS; i++)
    append_column (self, i);
  guitu_board_fill_choice (self->zone, _ ("Without a Bed"), "zone");
  guitu_board_fill_choice (self->flag, _ ("A Rule of the House Is Broken"), "board_flag");
  g_signal_connect_object (self->zone, "notify::selected", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flag, "notify::selected", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  on_chosen (self);
}
