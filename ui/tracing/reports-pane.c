/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/reports-pane.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/tracing/compare-window.h"
#include "ui/tracing/match-words.h"
#include "ui/tracing/record-head.h"
#include "ui/tracing/report-acts.h"
#include "ui/tracing/report-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define REPORTS_SHOWN 60

/* Which reports are shown. */
enum
{
  OPEN,
  ALL,
  ELSEWHERE
};

struct _GuituReportsPane
{
  GuituTracingPane parent_instance;

  GtkStack *stack;
  GtkDropDown *which;
  GtkEditable *search;
  GtkWidget *add;
  GtkStack *found;
  AdwStatusPage *empty;
  GuituSection *reports;
  GtkWidget *content;
  GuituRecordHead *head;
  GtkWidget *change;
  GtkWidget *add_photo;
  GtkWidget *end;
  GtkWidget *reopen;
  GuituSection *facts;
  GuituSection *matches;

  JsonArray *list;    /* what “missing list” told; NULL: not yet */
  JsonObject *report; /* the one that is open; NULL: not read */
  GCancellable *load;
  GCancellable *load_one;
  gboolean sets_focus;
};

G_DEFINE_FINAL_TYPE (GuituReportsPane, guitu_reports_pane, GUITU_TYPE_TRACING_PANE)

static GuituStation *
station_of (gpointer self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

static gboolean
may (GuituReportsPane *self, const char *right)
{
  return guitu_station_may (station_of (self), right);
}

/* --- The list -------------------------------------------------------------------------------- */

static void
say_empty (GuituReportsPane *self)
{
  guint which = gtk_drop_down_get_selected (self->which);
  gboolean is_searched = *gtk_editable_get_text (self->search) != '\0';

  adw_status_page_set_title (self->empty, is_searched ? _ ("No Such Report") : which == ELSEWHERE ? _ ("Other Stations Share No Report")
                                                                                                  : _ ("No Family Searches Here"));
  adw_status_page_set_description (self->empty, is_searched || which == ELSEWHERE ? NULL : _ ("Who calls or comes because somebody is missing is taken down here; everybody who is registered is compared with it from then on."));
}

static void
focus_list (GuituReportsPane *self)
{
  if (!self->sets_focus || guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)) != NULL)
    return;
  self->sets_focus = FALSE;
  if (!guitu_page_take_focus (GUITU_PAGE (self)) && !guitu_section_keep_focus (GTK_WIDGET (self->reports)))
    gtk_widget_grab_focus (gtk_widget_get_visible (self->add) ? self->add : GTK_WIDGET (self->which));
}

static void
list_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituReportsPane *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->list, json_array_unref);
  self->list = json_array_ref (results);
  guitu_section_fill (self->reports, results);
  say_empty (self);
  gtk_stack_set_visible_child_name (self->found, json_array_get_length (results) > 0 ? "list" : "empty");
  focus_list (self);
}

static void
load_list (GuituReportsPane *self)
{
  guint which = gtk_drop_down_get_selected (self->which);
  JsonObject *input = json_object_new ();

  guitu_name_drop_down (self->which, _ ("Which reports"));
  gtk_widget_set_visible (self->add, may (self, "missing add"));
  if (which != ALL)
    json_object_set_boolean_member (input, "open", TRUE);
  if (which == ELSEWHERE)
    json_object_set_boolean_member (input, "elsewhere", TRUE);
  guitu_json_set (input, "text", gtk_editable_get_text (self->search));
  guitu_call (station_of (self), "missing list", input, guitu_call_renew (&self->load), self, list_read);
}

static void
on_filter_changed (GuituReportsPane *self)
{
  if (self->list != NULL) /* else it was not shown yet */
    load_list (self);
}

/* --- One of them ----------------------------------------------------------------------------- */

static gboolean
is_own (GuituReportsPane *self)
{
  return guitu_json_text (self->report, "id") != NULL;
}

static void
show_acts (GuituReportsPane *self)
{
  gboolean is_open = g_str_equal (guitu_json_string (self->report, "state"), "open");

  gtk_widget_set_visible (self->change, is_own (self) && is_open && may (self, "missing edit"));
  gtk_widget_set_visible (self->add_photo, is_own (self) && is_open && may (self, "file add"));
  gtk_widget_set_visible (self->end, is_own (self) && is_open && may (self, "missing close"));
  gtk_widget_set_visible (self->reopen, is_own (self) && !is_open && may (self, "missing reopen"));
}

static void
show_report (GuituReportsPane *self)
{
  g_autofree char *name = guitu_report_name (self->report);
  g_autofree char *state = guitu_json_words (self->report, "missing.state");
  g_autofree char *allowed = is_own (self) ? guitu_report_allowed_words (self->report) : g_strdup (guitu_json_string (self->report, "station_name"));
  g_autoptr (JsonArray) facts = guitu_report_facts (self->report);

  guitu_record_head_show (self->head, name, state, allowed);
  guitu_record_head_show_photo (self->head, station_of (self), is_own (self) ? guitu_json_text (self->report, "photo") : NULL, is_own (self) ? NULL : guitu_json_text (self->report, "photo"));
  guitu_section_fill (self->facts, facts);
  guitu_section_fill (self->matches, guitu_json_array (self->report, "findings"));
  show_acts (self);
  gtk_widget_set_visible (self->content, TRUE);
  if (self->sets_focus)
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
  self->sets_focus = FALSE;
}

static void
report_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituReportsPane *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->report, json_object_unref);
  self->report = json_object_ref (guitu_call_first (results));
  show_report (self);
}

/* What another station shares is all in the list. */
static JsonObject *
find_shared (GuituReportsPane *self, const char *id)
{
  for (guint i = 0; self->list != NULL && i < json_array_get_length (self->list); i++)
    {
      JsonObject *report = json_array_get_object_element (self->list, i);

      if (guitu_json_text (report, "id") == NULL && g_str_equal (guitu_report_id (report), id))
        return report;
    }
  return NULL;
}

static void
load_one (GuituReportsPane *self)
{
  const char *id = guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self));
  JsonObject *shared = find_shared (self, id);
  JsonObject *input;

  guitu_call_renew (&self->load_one);
  if (shared != NULL)
    {
      g_clear_pointer (&self->report, json_object_unref);
      self->report = json_object_ref (shared);
      show_report (self);
      return;
    }
  input = json_object_new ();
  json_object_set_string_member (input, "missing", id);
  guitu_call (station_of (self), "missing show", input, self->load_one, self, report_read);
}

/* --- Acts ------------------------------------------------------------------------------------ */

/* The new report comes to the front, with who it may be. */
static void
on_added (GuituReportsPane *self, JsonObject *report)
{
  guitu_tracing_pane_open (GUITU_TRACING_PANE (self), guitu_json_string (report, "id"));
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (widget);
  GuituFormDialog *dialog;

  if (!may (self, "missing add"))
    return;
  dialog = guitu_report_dialog (widget, station_of (self), NULL);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_added), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
photo_added (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
}

static void
photo_chosen (gpointer owner, const char *path)
{
  GuituReportsPane *self = owner;
  JsonObject *input;

  if (self->report == NULL)
    return;
  input = json_object_new ();
  json_object_set_string_member (input, "missing", guitu_json_string (self->report, "id"));
  json_object_set_string_member (input, "file", path);
  json_object_set_boolean_member (input, "photo", TRUE);
  guitu_call (station_of (self), "file add", input, NULL, self, photo_added);
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  GuituFormDialog *dialog;

  if (self->report == NULL)
    return;
  if (g_str_equal (name, "photo"))
    {
      guitu_dialog_open_image (widget, _ ("Add Photo"), widget, photo_chosen);
      return;
    }
  dialog = g_str_equal (name, "change") ? guitu_report_dialog (widget, station_of (self), self->report)
           : g_str_equal (name, "end")  ? guitu_report_close_dialog (widget, station_of (self), self->report)
                                        : guitu_report_reopen_dialog (widget, station_of (self), self->report);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Parts ----------------------------------------------------------------------------------- */

static void
guitu_reports_pane_open (GuituTracingPane *pane, const char *id)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (pane);

  gtk_stack_set_visible_child_name (self->stack, "report");
  self->sets_focus = TRUE;
  load_one (self);
}

static void
guitu_reports_pane_close (GuituTracingPane *pane)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (pane);

  guitu_call_renew (&self->load_one);
  g_clear_pointer (&self->report, json_object_unref);
  guitu_section_fill (self->facts, NULL);
  guitu_section_fill (self->matches, NULL);
  guitu_record_head_clear (self->head);
  gtk_widget_set_visible (self->content, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "list");
  self->sets_focus = TRUE;
  load_list (self);
}

static void
guitu_reports_pane_act (GuituTracingPane *pane, const char *name)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (pane);

  if (g_str_equal (name, "add"))
    on_add (GTK_WIDGET (self), NULL, NULL);
  else if (g_str_equal (name, "find") && guitu_tracing_pane_get_opened (pane) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (g_str_equal (name, "edit") && gtk_widget_get_visible (self->change))
    gtk_widget_activate_action (GTK_WIDGET (self), "report.act", "s", "change");
}

static void
guitu_reports_pane_refreshed (GuituPage *page)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (page);

  if (guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)) != NULL)
    load_one (self);
  else
    load_list (self);
}

static void
guitu_reports_pane_shown (GuituPage *page)
{
  GUITU_REPORTS_PANE (page)->sets_focus = TRUE;
  guitu_reports_pane_refreshed (page);
}

static void
guitu_reports_pane_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_REPORTS_PANE (page)->load);
  guitu_call_renew (&GUITU_REPORTS_PANE (page)->load_one);
}

static void
guitu_reports_pane_cleared (GuituPage *page)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (page);

  guitu_tracing_pane_close (GUITU_TRACING_PANE (self));
  guitu_call_renew (&self->load);
  g_clear_pointer (&self->list, json_array_unref);
  guitu_section_fill (self->reports, NULL);
  gtk_editable_set_text (self->search, "");
  gtk_stack_set_visible_child_name (self->found, "loading");
}

static void
guitu_reports_pane_dispose (GObject *object)
{
  GuituReportsPane *self = GUITU_REPORTS_PANE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->load_one);
  g_clear_pointer (&self->list, json_array_unref);
  g_clear_pointer (&self->report, json_object_unref);
  G_OBJECT_CLASS (guitu_reports_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, which);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, search);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, add);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, found);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, empty);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, reports);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, content);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, head);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, change);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, add_photo);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, end);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, reopen);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, facts);
  gtk_widget_class_bind_template_child (widget_class, GuituReportsPane, matches);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
}

static GuituStation *
station_of_widget (GtkWidget *widget)
{
  return station_of (widget);
}

static void
guitu_reports_pane_class_init (GuituReportsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_RECORD_HEAD);
  G_OBJECT_CLASS (klass)->dispose = guitu_reports_pane_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_reports_pane_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_reports_pane_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_reports_pane_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_reports_pane_cleared;
  GUITU_TRACING_PANE_CLASS (klass)->open = guitu_reports_pane_open;
  GUITU_TRACING_PANE_CLASS (klass)->close = guitu_reports_pane_close;
  GUITU_TRACING_PANE_CLASS (klass)->act = guitu_reports_pane_act;
  gtk_widget_class_install_action (widget_class, "report.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "report.act", "s", on_act);
  guitu_compare_install (widget_class, station_of_widget);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/reports-pane.ui");
  bind_children (widget_class);
}

static void
guitu_reports_pane_init (GuituReportsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_stack_hide_others (self->found);
  guitu_section_set_row (self->reports, guitu_report_row);
  guitu_section_set_limit (self->reports, REPORTS_SHOWN);
  guitu_section_set_row (self->facts, guitu_report_fact_row);
  guitu_section_set_row (self->matches, guitu_match_person_row);
}
