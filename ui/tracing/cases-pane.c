/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/cases-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/tracing/case-desk.h"
#include "ui/tracing/case-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define CASES_SHOWN 60

/* Which cases are shown. */
enum
{
  OPEN,
  MINE,
  UNASSIGNED,
  CLOSED
};

struct _GuituCasesPane
{
  GuituTracingPane parent_instance;

  GtkStack *stack;
  GtkDropDown *which;
  GtkLabel *count;
  GtkStack *found;
  AdwStatusPage *empty;
  GuituSection *cases;
  GuituCaseDesk *desk;

  JsonArray *findings; /* what fits and is not decided; NULL: not read */
  GCancellable *load;
  gboolean sets_focus;
};

G_DEFINE_FINAL_TYPE (GuituCasesPane, guitu_cases_pane, GUITU_TYPE_TRACING_PANE)

static GuituStation *
station_of (GuituCasesPane *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

/* --- The list -------------------------------------------------------------------------------- */

static void
say_empty (GuituCasesPane *self)
{
  static const char *const titles[] = { N_ ("No Case Is Open"), N_ ("You Work on No Case"), N_ ("Every Case Has a Caseworker"), N_ ("No Case Was Closed Yet") };
  guint which = gtk_drop_down_get_selected (self->which);

  adw_status_page_set_title (self->empty, _ (titles[MIN (which, CLOSED)]));
  adw_status_page_set_description (self->empty, which == OPEN ? _ ("A case opens by itself when somebody is in the house and it is not verified who they are; or by hand in the file of a person, under More.") : NULL);
}

static void
focus_list (GuituCasesPane *self)
{
  if (!self->sets_focus)
    return;
  self->sets_focus = FALSE;
  if (!guitu_page_take_focus (GUITU_PAGE (self)) && !guitu_section_keep_focus (GTK_WIDGET (self->cases)))
    gtk_widget_grab_focus (GTK_WIDGET (self->which));
}

/* How many people may fit somebody. */
static guint
count_findings (GuituCasesPane *self, const char *person)
{
  guint n = 0;

  for (guint i = 0; self->findings != NULL && i < json_array_get_length (self->findings); i++)
    n += g_strcmp0 (guitu_json_text (guitu_json_object (json_array_get_object_element (self->findings, i), "person"), "id"), person) == 0;
  return n;
}

static void
cases_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCasesPane *self = owner;
  guint n = results != NULL ? json_array_get_length (results) : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u case", "%u cases", n), n);

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonObject *line = json_array_get_object_element (results, i);

      json_object_set_int_member (line, "n_findings", count_findings (self, guitu_json_text (line, "person")));
    }
  guitu_section_fill (self->cases, results);
  gtk_label_set_text (self->count, count);
  say_empty (self);
  gtk_stack_set_visible_child_name (self->found, n > 0 ? "list" : "empty");
  if (guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)) == NULL)
    focus_list (self);
}

static void
read_cases (GuituCasesPane *self)
{
  guint which = gtk_drop_down_get_selected (self->which);
  JsonObject *input = json_object_new ();

  if (which == MINE)
    json_object_set_string_member (input, "caseworker", guitu_station_user (station_of (self)));
  else if (which == UNASSIGNED)
    json_object_set_boolean_member (input, "unassigned", TRUE);
  else if (which == CLOSED)
    json_object_set_boolean_member (input, "closed", TRUE);
  guitu_call (station_of (self), "case list", input, self->load, self, cases_read);
}

static void
findings_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCasesPane *self = owner;

  g_clear_pointer (&self->findings, json_array_unref);
  self->findings = results != NULL ? json_array_ref (results) : NULL;
  read_cases (self);
}

static void
load_list (GuituCasesPane *self)
{
  guitu_name_drop_down (self->which, _ ("Which cases"));
  guitu_call_renew (&self->load);
  if (guitu_verb_find ("finding list") != NULL && guitu_station_may (station_of (self), "finding list"))
    guitu_call (station_of (self), "finding list", NULL, self->load, self, findings_read);
  else
    read_cases (self);
}

static void
on_filter_changed (GuituCasesPane *self)
{
  if (self->load != NULL) /* else it was not shown yet */
    load_list (self);
}

/* --- Parts ----------------------------------------------------------------------------------- */

static void
guitu_cases_pane_open (GuituTracingPane *pane, const char *id)
{
  GuituCasesPane *self = GUITU_CASES_PANE (pane);

  gtk_stack_set_visible_child_name (self->stack, "desk");
  guitu_case_desk_open (self->desk, station_of (self), id);
}

static void
guitu_cases_pane_close (GuituTracingPane *pane)
{
  GuituCasesPane *self = GUITU_CASES_PANE (pane);

  guitu_case_desk_clear (self->desk);
  gtk_stack_set_visible_child_name (self->stack, "list");
  self->sets_focus = TRUE;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->found), "list") == 0)
    focus_list (self); /* what was read before takes the keys until it is read again */
  load_list (self);
}

static void
guitu_cases_pane_act (GuituTracingPane *pane, const char *name)
{
  if (guitu_tracing_pane_get_opened (pane) != NULL)
    guitu_case_desk_act (GUITU_CASES_PANE (pane)->desk, name);
}

static void
guitu_cases_pane_refreshed (GuituPage *page)
{
  GuituCasesPane *self = GUITU_CASES_PANE (page);

  if (guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)) != NULL)
    guitu_case_desk_load (self->desk);
  else
    load_list (self);
}

static void
guitu_cases_pane_shown (GuituPage *page)
{
  GUITU_CASES_PANE (page)->sets_focus = TRUE;
  guitu_cases_pane_refreshed (page);
}

static void
guitu_cases_pane_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_CASES_PANE (page)->load);
  guitu_case_desk_stop (GUITU_CASES_PANE (page)->desk);
}

static void
guitu_cases_pane_cleared (GuituPage *page)
{
  GuituCasesPane *self = GUITU_CASES_PANE (page);

  guitu_tracing_pane_close (GUITU_TRACING_PANE (self));
  guitu_call_renew (&self->load);
  g_clear_pointer (&self->findings, json_array_unref);
  guitu_section_fill (self->cases, NULL);
  gtk_label_set_text (self->count, "");
  gtk_stack_set_visible_child_name (self->found, "loading");
}

static void
guitu_cases_pane_dispose (GObject *object)
{
  GuituCasesPane *self = GUITU_CASES_PANE (object);

  g_clear_object (&self->load);
  g_clear_pointer (&self->findings, json_array_unref);
  G_OBJECT_CLASS (guitu_cases_pane_parent_class)->dispose (object);
}

static void
guitu_cases_pane_class_init (GuituCasesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_CASE_DESK);
  G_OBJECT_CLASS (klass)->dispose = guitu_cases_pane_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_cases_pane_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_cases_pane_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_cases_pane_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_cases_pane_cleared;
  GUITU_TRACING_PANE_CLASS (klass)->open = guitu_cases_pane_open;
  GUITU_TRACING_PANE_CLASS (klass)->close = guitu_cases_pane_close;
  GUITU_TRACING_PANE_CLASS (klass)->act = guitu_cases_pane_act;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/cases-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, which);
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, count);
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, found);
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, empty);
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, cases);
  gtk_widget_class_bind_template_child (widget_class, GuituCasesPane, desk);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
}

static void
guitu_cases_pane_init (GuituCasesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_stack_hide_others (self->found);
  guitu_section_set_row (self->cases, guitu_case_line_row);
  guitu_section_set_limit (self->cases, CASES_SHOWN);
}
