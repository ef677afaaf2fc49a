/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/lists-pane.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/papers-work.h"
#include "ui/papers/progress-window.h"
#include "ui/tracing/list-rows.h"
#include "ui/tracing/list-settings.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MATCHES_SHOWN 100
#define BAD_SHOWN 5

struct _GuituListsPane
{
  GuituTracingPane parent_instance;

  GtkStack *stack;
  GtkWidget *choose;
  GtkLabel *file;
  GtkEditable *purpose;
  GuituListSettings *settings;
  GtkLabel *problem;
  GtkListBox *columns;
  GtkWidget *compare;
  GtkWidget *export;
  GtkWidget *found;
  GtkLabel *told;
  GuituSection *matches;
  GuituSection *bad;

  char *path;       /* of the list; NULL: none is chosen */
  GBytes *compared; /* the list with what was found, as it would be written; NULL: nothing was compared */
  GCancellable *load;
};

G_DEFINE_FINAL_TYPE (GuituListsPane, guitu_lists_pane, GUITU_TYPE_TRACING_PANE)

static GuituStation *
station_of (GuituListsPane *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

/* The results of that kind. (transfer full) */
static JsonArray *
results_of (JsonArray *results, const char *kind)
{
  JsonArray *chosen = json_array_new ();

  for (guint i = 0; i < json_array_get_length (results); i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (results, i), "kind"), kind))
      json_array_add_object_element (chosen, json_object_ref (json_array_get_object_element (results, i)));
  return chosen;
}

static JsonObject *
first_of (JsonArray *results, const char *kind)
{
  g_autoptr (JsonArray) chosen = results_of (results, kind);

  return json_array_get_length (chosen) > 0 ? json_array_get_object_element (chosen, 0) : NULL;
}

/* --- Its columns ----------------------------------------------------------------------------- */

static void
forget_found (GuituListsPane *self)
{
  g_clear_pointer (&self->compared, g_bytes_unref);
  guitu_section_fill (self->matches, NULL);
  guitu_section_fill (self->bad, NULL);
  gtk_widget_set_visible (self->found, FALSE);
  gtk_widget_set_visible (self->export, FALSE);
}

static void
fill_columns (GuituListsPane *self, JsonObject *mapping)
{
  JsonArray *columns = guitu_json_array (mapping, "columns");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->columns))) != NULL)
    gtk_list_box_remove (self->columns, child);
  for (guint i = 0; columns != NULL && i < json_array_get_length (columns); i++)
    gtk_list_box_append (self->columns, guitu_list_column_row (json_array_get_object_element (columns, i)));
}

static void
guess_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituListsPane *self = owner;
  JsonObject *mapping;
  g_autoptr (GString) words = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  mapping = first_of (results, "mapping");
  words = g_string_new (guitu_json_string (mapping, "file"));
  guitu_json_join (words, guitu_json_text (mapping, "encoding"));
  gtk_label_set_text (self->file, words->str);
  fill_columns (self, mapping);
  guitu_list_settings_show_header (self->settings, guitu_json_flag (mapping, "header"));
  forget_found (self);
  guitu_problem_clear (self->problem);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (guitu_list_settings_said (self->settings) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->purpose));
}

static void
guess (GuituListsPane *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", self->path);
  json_object_set_boolean_member (input, "guess", TRUE);
  guitu_json_set (input, "header", guitu_list_settings_said (self->settings));
  guitu_call (station_of (self), "compare", input, guitu_call_renew (&self->load), self, guess_read);
}

static void
file_chosen (gpointer owner, const char *path)
{
  GuituListsPane *self = owner;

  g_free (self->path);
  self->path = g_strdup (path);
  guitu_list_settings_reset (self->settings);
  guess (self);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_file (widget, _ ("A List to Compare"), widget, file_chosen);
}

/* --- Comparing ------------------------------------------------------------------------------- */

static char *
summary_words (JsonObject *summary, gboolean is_of_people)
{
  int rows = (int) guitu_json_integer (summary, "rows", 0), found = (int) guitu_json_integer (summary, "rows_found", 0);
  JsonNode *right = json_object_get_member (summary, "expected_precision");
  g_autofree char *of = is_of_people ? g_strdup_printf (ngettext ("%d of %d row is known here", "%d of %d rows are known here", rows), found, rows)
                                     : g_strdup_printf (ngettext ("%d of %d row was found", "%d of %d rows were found", rows), found, rows);

  if (found == 0 || right == NULL)
    return g_steal_pointer (&of);
  /* Translators: how many rows are known, and how many of 100 such matches are right */
  return g_strdup_printf (_ ("%s; of 100 that are told so, %d are right as far as can be reckoned."), of, (int) lround (100 * json_node_get_double (right)));
}

static void
keep (GuituListsPane *self, const char *content)
{
  g_clear_pointer (&self->compared, g_bytes_unref);
  self->compared = g_bytes_new (content, strlen (content));
}

static void
compared (gpointer owner, JsonArray *results, GError *error)
{
  GuituListsPane *self = owner;
  gboolean is_of_people = guitu_list_settings_is_of_people (self->settings);
  g_autofree char *told = NULL;
  g_autoptr (JsonArray) matches = NULL, bad = NULL;

  if (error != NULL)
    {
      if (g_strcmp0 (guitu_error_code (error), "cancelled") != 0)
        guitu_problem_show (self->problem, error);
      if (g_strcmp0 (guitu_error_field (error), "purpose") == 0)
        gtk_widget_grab_focus (GTK_WIDGET (self->purpose));
      return;
    }
  guitu_problem_clear (self->problem);
  matches = results_of (results, "match");
  bad = results_of (results, "bad-row");
  told = summary_words (first_of (results, "summary"), is_of_people);
  g_object_set (self->matches, "title", is_of_people ? _ ("Known Here") : _ ("Found"), "empty", is_of_people ? _ ("Nobody of the list is known here.") : _ ("No row was found."), NULL);
  gtk_label_set_text (self->told, told);
  guitu_section_fill (self->matches, matches);
  guitu_section_fill (self->bad, bad);
  gtk_widget_set_visible (self->found, TRUE);
  gtk_widget_set_visible (self->export, TRUE);
  keep (self, guitu_json_string (first_of (results, "export"), "content"));
  if (!gtk_widget_child_focus (GTK_WIDGET (self->matches), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->export);
}

/* What was found by other settings does not stand below these. */
static void
on_setting_changed (GuituListsPane *self)
{
  if (self->path != NULL)
    forget_found (self);
}

static void
on_read_anew (GuituListsPane *self)
{
  if (self->path != NULL)
    guess (self);
}

static void
run (GuituListsPane *self)
{
  const GuituProgressWork work = { GTK_WIDGET (self), station_of (self), _ ("Comparing the List"), "compare", self, compared };
  g_autoptr (GString) map = g_string_new (NULL), ignore = g_string_new (NULL);
  JsonObject *input;

  if (self->path == NULL || !guitu_list_settings_ready (self->settings))
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->columns)); row != NULL; row = gtk_widget_get_next_sibling (row))
    guitu_list_column_collect (row, map, ignore);
  input = json_object_new ();
  json_object_set_string_member (input, "file", self->path);
  guitu_json_set (input, "purpose", gtk_editable_get_text (self->purpose));
  guitu_json_set (input, "map", map->str);
  guitu_json_set (input, "ignore", ignore->str);
  json_object_set_boolean_member (input, "content", TRUE);
  guitu_list_settings_collect (self->settings, input);
  guitu_progress_run (&work, input);
}

static void
on_compare (GtkWidget *widget, const char *action, GVariant *parameter)
{
  run (GUITU_LISTS_PANE (widget));
}

/* What was told is written, not what would be found by then. */
static void
place_chosen (gpointer owner, const char *path)
{
  GuituListsPane *self = owner;

  if (self->compared != NULL)
    guitu_papers_write (GTK_WIDGET (self), path, self->compared);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *name = g_path_get_basename (GUITU_LISTS_PANE (widget)->path);
  char *dot = strrchr (name, '.');
  g_autofree char *proposal = NULL;

  if (dot != NULL)
    *dot = '\0';
  proposal = g_strdup_printf (_ ("%s compared.csv"), name);
  guitu_dialog_save (widget, _ ("Write the List with What Was Found"), proposal, widget, place_chosen);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_page_open_person (widget, g_variant_get_string (parameter, NULL));
}

/* --- Parts ----------------------------------------------------------------------------------- */

static void
guitu_lists_pane_open (GuituTracingPane *pane, const char *id)
{
}

static void
guitu_lists_pane_close (GuituTracingPane *pane)
{
}

static void
guitu_lists_pane_act (GuituTracingPane *pane, const char *name)
{
  if (g_str_equal (name, "add"))
    on_choose (GTK_WIDGET (pane), NULL, NULL);
  else if (g_str_equal (name, "admit"))
    run (GUITU_LISTS_PANE (pane));
}

static void
guitu_lists_pane_shown (GuituPage *page)
{
  GuituListsPane *self = GUITU_LISTS_PANE (page);

  if (!guitu_page_take_focus (page))
    gtk_widget_grab_focus (self->path == NULL ? self->choose : GTK_WIDGET (self->purpose));
}

static void
guitu_lists_pane_cleared (GuituPage *page)
{
  GuituListsPane *self = GUITU_LISTS_PANE (page);

  guitu_call_renew (&self->load);
  g_clear_pointer (&self->path, g_free);
  gtk_editable_set_text (self->purpose, "");
  guitu_list_settings_reset (self->settings);
  fill_columns (self, NULL);
  forget_found (self);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
guitu_lists_pane_dispose (GObject *object)
{
  GuituListsPane *self = GUITU_LISTS_PANE (object);

  g_clear_object (&self->load);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->compared, g_bytes_unref);
  G_OBJECT_CLASS (guitu_lists_pane_parent_class)->dispose (object);
}

static void
guitu_lists_pane_class_init (GuituListsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_LIST_SETTINGS);
  G_OBJECT_CLASS (klass)->dispose = guitu_lists_pane_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_lists_pane_shown;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_lists_pane_cleared;
  GUITU_TRACING_PANE_CLASS (klass)->open = guitu_lists_pane_open;
  GUITU_TRACING_PANE_CLASS (klass)->close = guitu_lists_pane_close;
  GUITU_TRACING_PANE_CLASS (klass)->act = guitu_lists_pane_act;
  gtk_widget_class_install_action (widget_class, "lists.choose", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "lists.compare", NULL, on_compare);
  gtk_widget_class_install_action (widget_class, "lists.export", NULL, on_export);
  gtk_widget_class_install_action (widget_class, "lists.open", "s", on_open);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/lists-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, choose);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, file);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, purpose);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, settings);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, columns);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, compare);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, export);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, found);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, told);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, matches);
  gtk_widget_class_bind_template_child (widget_class, GuituListsPane, bad);
}

static void
guitu_lists_pane_init (GuituListsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_section_set_row (self->matches, guitu_list_match_row);
  guitu_section_set_limit (self->matches, MATCHES_SHOWN);
  guitu_section_set_row (self->bad, guitu_list_bad_row);
  guitu_section_set_limit (self->bad, BAD_SHOWN);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_setting_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "read-anew", G_CALLBACK (on_read_anew), self, G_CONNECT_SWAPPED);
}
