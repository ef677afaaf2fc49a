/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/notices-pane.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/paper-view.h"
#include "ui/papers/papers-work.h"
#include "ui/papers/progress-window.h"
#include "ui/tracing/notice-acts.h"
#include "ui/tracing/notice-rows.h"
#include "ui/tracing/record-head.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define DAYS_AHEAD 7 /* what is due by then is shown as due, so that one look a week is enough */

/* Which notices are shown. */
enum
{
  AT_WORK,
  ALL
};

struct _GuituNoticesPane
{
  GuituTracingPane parent_instance;

  GtkStack *stack;
  GtkDropDown *which;
  GtkWidget *export;
  GtkStack *found;
  AdwStatusPage *empty;
  GtkWidget *lists;
  GuituSection *waiting;
  GuituSection *take_down;
  GuituSection *refresh;
  GuituSection *approved;
  GuituSection *out;
  GuituSection *over;
  GtkWidget *content;
  GuituRecordHead *head;
  GtkBox *acts;
  GuituSection *lines;
  GuituSection *channels;
  GuituPaperView *poster;

  JsonArray *tasks;   /* what waits to be taken down or refreshed; NULL: not read */
  JsonObject *notice; /* the one that is open; NULL: not read */
  gboolean is_shown;
  GCancellable *load;
  GCancellable *load_one;
  gboolean sets_focus;
};

G_DEFINE_FINAL_TYPE (GuituNoticesPane, guitu_notices_pane, GUITU_TYPE_TRACING_PANE)

static GuituStation *
station_of (GuituNoticesPane *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

/* --- The list -------------------------------------------------------------------------------- */

/* Whether something of that kind is to be done about a notice in that state: the tasks about it name who it is of. */
static gboolean
has_task (GuituNoticesPane *self, JsonObject *notice, const char *kind, const char *state)
{
  for (guint i = 0; self->tasks != NULL && i < json_array_get_length (self->tasks); i++)
    {
      JsonObject *task = json_array_get_object_element (self->tasks, i);

      if (g_str_equal (guitu_json_string (notice, "state"), state) && g_str_equal (guitu_json_string (task, "kind"), kind) &&
          g_strcmp0 (guitu_json_text (task, "person"), guitu_json_text (notice, "person")) == 0)
        return TRUE;
    }
  return FALSE;
}

static GuituSection *
section_of (GuituNoticesPane *self, JsonObject *notice)
{
  const char *state = guitu_json_string (notice, "state");

  if (has_task (self, notice, "notice-take-down", "withdrawn"))
    return self->take_down;
  if (guitu_json_text (notice, "draft_state") != NULL && !g_str_equal (state, "withdrawn"))
    return self->waiting;
  if (has_task (self, notice, "notice-refresh", "published"))
    return self->refresh;
  return g_str_equal (state, "published") ? self->out : g_str_equal (state, "withdrawn") ? self->over
                                                                                         : self->approved;
}

static void
fill (GuituNoticesPane *self, JsonArray *notices)
{
  GuituSection *const sections[] = { self->waiting, self->take_down, self->refresh, self->approved, self->out, self->over };

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (JsonArray) chosen = json_array_new ();

      for (guint j = 0; notices != NULL && j < json_array_get_length (notices); j++)
        {
          JsonObject *notice = json_array_get_object_element (notices, j);

          if (section_of (self, notice) == sections[i] && (sections[i] != self->over || gtk_drop_down_get_selected (self->which) == ALL))
            json_array_add_object_element (chosen, json_object_ref (notice));
        }
      guitu_section_fill (sections[i], notices == NULL ? NULL : chosen);
    }
}

static void
list_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituNoticesPane *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  fill (self, results);
  gtk_stack_set_visible_child_name (self->found, json_array_get_length (results) > 0 ? "list" : "empty");
  if (!self->sets_focus || guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)) != NULL)
    return;
  self->sets_focus = FALSE;
  if (!guitu_page_take_focus (GUITU_PAGE (self)) && !guitu_section_keep_focus (self->lists))
    gtk_widget_grab_focus (GTK_WIDGET (self->which));
}

/* Both kinds of tasks are in one list. */
static void
keep_tasks (GuituNoticesPane *self, JsonArray *tasks)
{
  if (self->tasks == NULL)
    self->tasks = json_array_new ();
  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    json_array_add_object_element (self->tasks, json_object_ref (json_array_get_object_element (tasks, i)));
}

static void
refreshes_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituNoticesPane *self = owner;
  JsonObject *input = json_object_new ();

  keep_tasks (self, results);
  json_object_set_boolean_member (input, "all", TRUE);
  guitu_call (station_of (self), "notice list", input, self->load, self, list_read);
}

static void
tasks_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituNoticesPane *self = owner;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, DAYS_AHEAD);
  g_autofree char *soon_text = g_date_time_format (soon, "%F %H:%M");
  JsonObject *input = json_object_new ();

  g_clear_pointer (&self->tasks, json_array_unref);
  keep_tasks (self, results);
  json_object_set_string_member (input, "kind", "notice-refresh");
  json_object_set_boolean_member (input, "due", TRUE);
  json_object_set_string_member (input, "on", soon_text);
  guitu_call (station_of (self), "tasks", input, self->load, self, refreshes_read);
}

static void
load_list (GuituNoticesPane *self)
{
  JsonObject *input = json_object_new ();

  self->is_shown = TRUE;
  guitu_name_drop_down (self->which, _ ("Which notices"));
  gtk_widget_set_visible (self->export, guitu_station_may (station_of (self), "notice export"));
  json_object_set_string_member (input, "kind", "notice-take-down");
  guitu_call (station_of (self), "tasks", input, guitu_call_renew (&self->load), self, tasks_read);
}

static void
on_filter_changed (GuituNoticesPane *self)
{
  if (self->is_shown)
    load_list (self);
}

/* --- One of them ----------------------------------------------------------------------------- */

static char *
about_words (JsonObject *notice)
{
  static const char *const told[] = { "prepared_by_name", "approved_by_name", "withdrawn_by_name" };
  static const char *const fields[] = { "notice.prepared_by", "notice.approved_by", "notice.withdrawn_by" };
  g_autofree char *consent = guitu_json_words (notice, "notice.consent");
  g_autofree char *as = guitu_json_words (notice, "notice.withdrawn_as");
  const char *bar = guitu_json_text (notice, "bar");
  g_autofree char *barred = bar != NULL ? guitu_error_sentence_for (bar, NULL, bar) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      const char *who = guitu_json_text (notice, told[i]);
      g_autofree char *line = who != NULL ? g_strdup_printf ("%s %s", guitu_field_label (guitu_json_field (fields[i], NULL)), who) : NULL;

      guitu_json_join (words, line);
    }
  guitu_json_join (words, guitu_json_text (notice, "review_note"));
  if (*consent != '\0')
    g_string_append_printf (words, "\n%s %s", guitu_field_label (guitu_json_field ("notice.consent", NULL)), consent);
  guitu_json_join (words, as);
  guitu_json_join (words, guitu_json_text (notice, "withdrawn_text"));
  if (barred != NULL)
    g_string_append_printf (words, "\n%s", barred);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
poster_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituNoticesPane *self = owner;
  const char *pdf = guitu_json_text (guitu_call_first (results), "pdf");
  gsize length = 0;
  guchar *data = pdf == NULL ? NULL : g_base64_decode (pdf, &length);
  g_autoptr (GBytes) bytes = data == NULL ? NULL : g_bytes_new_take (data, length);

  gtk_widget_set_visible (GTK_WIDGET (self->poster), bytes != NULL);
  if (bytes != NULL)
    guitu_paper_view_set_pdf (self->poster, bytes);
}

static void
load_poster (GuituNoticesPane *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "notice", guitu_json_string (self->notice, "id"));
  json_object_set_boolean_member (input, "inline", TRUE);
  guitu_call (station_of (self), "notice preview", input, self->load_one, self, poster_read);
}

static void
notice_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituNoticesPane *self = owner;
  g_autofree char *name = NULL, *state = NULL, *about = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->notice, json_object_unref);
  self->notice = json_object_ref (guitu_call_first (results));
  name = guitu_notice_name (self->notice);
  state = guitu_json_words (self->notice, "notice.state");
  about = about_words (self->notice);
  guitu_record_head_show (self->head, name, state, about);
  guitu_record_head_show_photo (self->head, station_of (self), guitu_json_text (self->notice, guitu_json_object (self->notice, "draft") != NULL ? "draft_photo" : "photo"), NULL);
  guitu_notice_acts_fill (self->acts, station_of (self), self->notice, "notice.act");
  guitu_section_fill (self->lines, guitu_json_array (self->notice, "lines"));
  guitu_section_fill (self->channels, guitu_json_array (self->notice, "channels"));
  gtk_widget_set_visible (self->content, TRUE);
  if (self->sets_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->acts), GTK_DIR_TAB_FORWARD);
  self->sets_focus = FALSE;
  load_poster (self);
}

static void
load_one (GuituNoticesPane *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "notice", guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)));
  guitu_call (station_of (self), "notice show", input, guitu_call_renew (&self->load_one), self, notice_read);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
published (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_page_toast (owner, _ ("Published. Other stations see it with the next exchange; note where it is put up."));
}

static void
text_read (gpointer owner, JsonArray *results, GError *error)
{
  const char *text = guitu_json_text (guitu_call_first (results), "text");

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (owner), text);
  guitu_page_toast (owner, _ ("The text is copied."));
}

/* The poster is a paper of the stay. */
static void
case_read (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *stay = results != NULL ? guitu_json_object (guitu_call_first (results), "stay") : NULL;

  if (error != NULL)
    guitu_error_show (owner, error);
  else if (stay != NULL)
    guitu_papers_issue (owner, station_of (owner), "tracing-notice", "stay", guitu_json_string (stay, "id"));
}

static void
begin_poster (GuituNoticesPane *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "case", guitu_json_string (self->notice, "person"));
  guitu_call (station_of (self), "case show", input, NULL, self, case_read);
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituNoticesPane *self = GUITU_NOTICES_PANE (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  JsonObject *input = NULL;
  GuituFormDialog *dialog = self->notice == NULL ? NULL : guitu_notice_act_dialog (name, widget, station_of (self), self->notice);

  if (dialog != NULL)
    {
      gtk_window_present (GTK_WINDOW (dialog));
      return;
    }
  if (self->notice == NULL)
    return;
  if (g_str_equal (name, "file"))
    {
      guitu_page_open_person (widget, guitu_json_string (self->notice, "person"));
      return;
    }
  if (g_str_equal (name, "poster"))
    {
      begin_poster (self);
      return;
    }
  input = json_object_new ();
  json_object_set_string_member (input, "notice", guitu_json_string (self->notice, "id"));
  if (!g_str_equal (name, "publish"))
    json_object_set_string_member (input, "for", name);
  guitu_call (station_of (self), g_str_equal (name, "publish") ? "notice publish" : "notice text", input, NULL, self, g_str_equal (name, "publish") ? published : text_read);
}

static void
refreshed (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_page_toast (owner, _ ("Refreshed as it is."));
}

/* One act: looked at and right as it is. Other words or another photo are for the notice itself. The row goes, and the
 * keyboard is given to the list. */
static void
on_refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *input = json_object_new ();

  GUITU_NOTICES_PANE (widget)->sets_focus = TRUE;
  json_object_set_string_member (input, "notice", g_variant_get_string (parameter, NULL));
  guitu_call (station_of (GUITU_NOTICES_PANE (widget)), "notice refresh", input, NULL, widget, refreshed);
}

static void
on_taken_down (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (guitu_notice_taken_down_dialog (widget, station_of (GUITU_NOTICES_PANE (widget)), g_variant_get_string (parameter, NULL))));
}

/* What is amiss with the pages, such as a photo that is at another desk, has one warning each. */
static void
exported (gpointer owner, JsonArray *results, GError *error)
{
  JsonArray *warnings = guitu_json_array (guitu_call_first (results), "warnings");
  guint n = warnings == NULL ? 0 : json_array_get_length (warnings);
  g_autofree char *lacking = g_strdup_printf (ngettext ("The pages are written, but %u photo is not at this desk.", "The pages are written, but %u photos are not at this desk.", n), n);

  if (error == NULL)
    guitu_page_toast (owner, n > 0 ? lacking : _ ("The pages are written. Any web server can show this folder."));
  else if (g_strcmp0 (guitu_error_code (error), "cancelled") != 0)
    guitu_error_show (owner, error);
}

static void
folder_chosen (gpointer owner, const char *path)
{
  const GuituProgressWork work = { GTK_WIDGET (owner), station_of (owner), _ ("Writing the Web Pages"), "notice export", owner, exported };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "folder", path);
  guitu_progress_run (&work, input);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_choose_folder (widget, _ ("Folder of the Web Pages"), widget, folder_chosen);
}

/* --- Parts ----------------------------------------------------------------------------------- */

static void
guitu_notices_pane_open (GuituTracingPane *pane, const char *id)
{
  GuituNoticesPane *self = GUITU_NOTICES_PANE (pane);

  gtk_stack_set_visible_child_name (self->stack, "notice");
  self->sets_focus = TRUE;
  load_one (self);
}

static void
guitu_notices_pane_close (GuituTracingPane *pane)
{
  GuituNoticesPane *self = GUITU_NOTICES_PANE (pane);

  guitu_call_renew (&self->load_one);
  g_clear_pointer (&self->notice, json_object_unref);
  guitu_section_fill (self->lines, NULL);
  guitu_section_fill (self->channels, NULL);
  guitu_record_head_clear (self->head);
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->poster), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "list");
  self->sets_focus = TRUE;
  load_list (self);
}

static void
guitu_notices_pane_refreshed (GuituPage *page)
{
  GuituNoticesPane *self = GUITU_NOTICES_PANE (page);

  if (guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (self)) != NULL)
    load_one (self);
  else
    load_list (self);
}

static void
guitu_notices_pane_shown (GuituPage *page)
{
  GUITU_NOTICES_PANE (page)->sets_focus = TRUE;
  guitu_notices_pane_refreshed (page);
}

static void
guitu_notices_pane_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_NOTICES_PANE (page)->load);
  guitu_call_renew (&GUITU_NOTICES_PANE (page)->load_one);
}

static void
guitu_notices_pane_cleared (GuituPage *page)
{
  GuituNoticesPane *self = GUITU_NOTICES_PANE (page);

  guitu_tracing_pane_close (GUITU_TRACING_PANE (self));
  guitu_call_renew (&self->load);
  g_clear_pointer (&self->tasks, json_array_unref);
  fill (self, NULL);
  gtk_stack_set_visible_child_name (self->found, "loading");
}

static void
guitu_notices_pane_dispose (GObject *object)
{
  GuituNoticesPane *self = GUITU_NOTICES_PANE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->load_one);
  g_clear_pointer (&self->tasks, json_array_unref);
  g_clear_pointer (&self->notice, json_object_unref);
  G_OBJECT_CLASS (guitu_notices_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, which);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, export);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, found);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, empty);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, lists);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, waiting);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, take_down);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, refresh);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, approved);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, out);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, over);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, content);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, head);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, acts);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, lines);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, channels);
  gtk_widget_class_bind_template_child (widget_class, GuituNoticesPane, poster);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
}

static void
guitu_notices_pane_class_init (GuituNoticesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_RECORD_HEAD);
  g_type_ensure (GUITU_TYPE_PAPER_VIEW);
  G_OBJECT_CLASS (klass)->dispose = guitu_notices_pane_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_notices_pane_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_notices_pane_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_notices_pane_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_notices_pane_cleared;
  GUITU_TRACING_PANE_CLASS (klass)->open = guitu_notices_pane_open;
  GUITU_TRACING_PANE_CLASS (klass)->close = guitu_notices_pane_close;
  gtk_widget_class_install_action (widget_class, "notice.act", "s", on_act);
  gtk_widget_class_install_action (widget_class, "notice.taken-down", "s", on_taken_down);
  gtk_widget_class_install_action (widget_class, "notice.refresh", "s", on_refresh);
  gtk_widget_class_install_action (widget_class, "notice.export", NULL, on_export);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/notices-pane.ui");
  bind_children (widget_class);
}

static void
guitu_notices_pane_init (GuituNoticesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_stack_hide_others (self->found);
  guitu_section_set_row (self->waiting, guitu_notice_row);
  guitu_section_set_row (self->take_down, guitu_notice_row);
  guitu_section_set_row (self->refresh, guitu_notice_refresh_row);
  guitu_section_set_row (self->approved, guitu_notice_row);
  guitu_section_set_row (self->out, guitu_notice_row);
  guitu_section_set_row (self->over, guitu_notice_row);
  guitu_section_set_row (self->lines, guitu_notice_line_row);
  guitu_section_set_row (self->channels, guitu_notice_channel_row);
}
