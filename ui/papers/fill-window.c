/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/fill-window.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/papers/paper-field.h"
#include "ui/papers/paper-view.h"
#include "ui/papers/papers-work.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

/* The paper follows when nothing was typed for so long. */
#define PAUSE_MS 300

/* The width of a form that is only to be read. */
#define NARROW 380

struct _GuituFillWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *issue;
  GtkPaned *paned;
  GtkLabel *problem;
  GtkLabel *warning;
  GtkWidget *form;
  GtkWidget *typed_heading;
  GtkBox *typed;
  GtkWidget *told_heading;
  GtkBox *told;
  GuituPaperView *view;

  GuituStation *station;
  JsonObject *matter; /* what the verbs are told of which paper it is */
  GPtrArray *fields;  /* (GuituPaperField), owned by the tree; NULL: not read yet */
  guint pause;
  GCancellable *reading;
  gboolean closes; /* once the draft is kept */
};

G_DEFINE_FINAL_TYPE (GuituFillWindow, guitu_fill_window, ADW_TYPE_WINDOW)

static void read_preview (GuituFillWindow *self);

/* --- What was typed -------------------------------------------------------------------------- */

static gboolean
is_changed (GuituFillWindow *self)
{
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    if (guitu_paper_field_is_changed (self->fields->pdata[i]))
      return TRUE;
  return FALSE;
}

static GuituPaperField *
find_field (GuituFillWindow *self, const char *key)
{
  for (guint i = 0; self->fields != NULL && key != NULL && i < self->fields->len; i++)
    if (g_str_equal (guitu_paper_field_get_key (self->fields->pdata[i]), key))
      return self->fields->pdata[i];
  return NULL;
}

static void
copy_member (JsonObject *from, const char *name, JsonNode *value, gpointer into)
{
  json_object_set_member (into, name, json_node_copy (value));
}

/* Which paper, and what was typed; @with_wrong: what was found wrong already, too. (transfer full) */
static JsonObject *
collect (GuituFillWindow *self, gboolean with_wrong)
{
  JsonObject *input = json_object_new ();
  JsonObject *fields = json_object_new ();

  json_object_foreach_member (self->matter, copy_member, input);
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    if (with_wrong || !guitu_paper_field_is_wrong (self->fields->pdata[i]))
      guitu_paper_field_collect (self->fields->pdata[i], fields);
  json_object_set_object_member (input, "fields", fields);
  return input;
}

static void
stop_reading (GuituFillWindow *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
}

static gboolean
on_pause (gpointer data)
{
  GuituFillWindow *self = data;

  self->pause = 0;
  read_preview (self);
  return G_SOURCE_REMOVE;
}

/* In the heading, and not in a toast: that would take the Escape which closes the window. */
static void
show_kept (GuituFillWindow *self)
{
  gboolean is_unsaved = is_changed (self);
  gboolean is_draft = json_object_has_member (self->matter, "draft");

  guitu_unsaved_set (GTK_WINDOW (self), is_unsaved);
  adw_window_title_set_subtitle (self->heading, is_draft && !is_unsaved ? _ ("Kept as a draft, not issued yet") : _ ("Draft, not issued yet"));
}

static void
on_field_changed (GuituFillWindow *self)
{
  guitu_problem_clear (self->problem);
  show_kept (self);
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, on_pause, self);
}

/* Enter goes to the next field, and from the last one to the button: what is sealed stays so. */
static void
on_field_activate (GuituFillWindow *self, GuituPaperField *field)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (field));

  gtk_widget_grab_focus (next != NULL ? next : self->issue);
}

/* --- The form -------------------------------------------------------------------------------- */

static void
add_field (GuituFillWindow *self, JsonObject *entry)
{
  GuituPaperField *field = guitu_paper_field_new (entry);
  gboolean is_typed = guitu_paper_field_is_typed (field);
  gboolean is_wanted = guitu_json_flag (entry, "needed") && guitu_json_text (entry, "value") == NULL;

  g_ptr_array_add (self->fields, field);
  g_signal_connect_object (field, "changed", G_CALLBACK (on_field_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "activate", G_CALLBACK (on_field_activate), self, G_CONNECT_SWAPPED);
  if (!is_typed && is_wanted)
    gtk_box_prepend (self->told, GTK_WIDGET (field)); /* it keeps the paper from being issued */
  else
    gtk_box_append (is_typed ? self->typed : self->told, GTK_WIDGET (field));
}

static gboolean
has_typed (GuituFillWindow *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->typed)) != NULL;
}

/* What is to be done next has the focus; where nothing is typed, Enter issues. */
static void
set_focus (GuituFillWindow *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->typed));

  gtk_widget_grab_focus (first != NULL ? first : self->issue);
}

/* Tables, and what has no words of its own, are seen on the paper. */
static gboolean
is_asked (JsonObject *entry)
{
  gboolean matters = guitu_json_flag (entry, "typed") || guitu_json_flag (entry, "needed");

  return !guitu_json_flag (entry, "table") && (matters || guitu_paper_field_has_label (entry));
}

static void
build_form (GuituFillWindow *self, JsonObject *preview)
{
  JsonArray *entries = guitu_json_array (preview, "entries");
  guint n = entries != NULL ? json_array_get_length (entries) : 0;

  self->fields = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    if (is_asked (json_array_get_object_element (entries, i)))
      add_field (self, json_array_get_object_element (entries, i));
  gtk_widget_set_visible (self->typed_heading, has_typed (self));
  gtk_widget_set_visible (self->told_heading, gtk_widget_get_first_child (GTK_WIDGET (self->told)) != NULL);
  adw_window_title_set_title (self->heading, guitu_json_string (preview, "title"));
  gtk_window_set_title (GTK_WINDOW (self), guitu_json_string (preview, "title"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fill.save", has_typed (self));
  if (!has_typed (self))
    gtk_paned_set_position (self->paned, NARROW);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fill.issue", TRUE);
  set_focus (self);
}

/* --- The preview ----------------------------------------------------------------------------- */

static void
show_entries (GuituFillWindow *self, JsonObject *preview)
{
  JsonArray *entries = guitu_json_array (preview, "entries");
  guint n = entries != NULL ? json_array_get_length (entries) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      GuituPaperField *field = find_field (self, guitu_json_string (entry, "key"));

      if (field != NULL)
        guitu_paper_field_show (field, entry);
    }
}

static void
show_preview (GuituFillWindow *self, JsonObject *preview)
{
  gsize length = 0;
  guchar *data = g_base64_decode (guitu_json_string (preview, "pdf"), &length);
  g_autoptr (GBytes) pdf = g_bytes_new_take (data, length);

  if (self->fields == NULL)
    build_form (self, preview);
  else
    show_entries (self, preview);
  guitu_paper_view_update_pdf (self->view, pdf);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), guitu_json_array (preview, "print_warnings") != NULL);
}

/* What is wrong in one field does not keep the paper from following the others: it is read again without it. */
static void
preview_failed (GuituFillWindow *self, GError *error)
{
  GuituPaperField *field = find_field (self, guitu_error_field (error));
  g_autofree char *sentence = guitu_error_sentence (error);

  if (field != NULL && guitu_paper_field_is_typed (field) && !guitu_paper_field_is_wrong (field))
    {
      guitu_paper_field_set_error (field, sentence, FALSE);
      read_preview (self);
    }
  else if (self->fields != NULL)
    guitu_problem_show (self->problem, error);
  else
    {
      guitu_error_show (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), error);
      gtk_window_destroy (GTK_WINDOW (self));
    }
}

static void
preview_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituFillWindow *self = owner;

  if (error != NULL)
    preview_failed (self, error);
  else
    show_preview (self, guitu_call_first (results));
}

static void
read_preview (GuituFillWindow *self)
{
  JsonObject *input = collect (self, FALSE);

  json_object_set_boolean_member (input, "inline", TRUE);
  guitu_call (self->station, "paper preview", input, guitu_call_renew (&self->reading), self, preview_read);
}

static void
on_failed (GuituFillWindow *self, const char *message)
{
  guitu_dialog_tell (GTK_WIDGET (self), _ ("The paper cannot be shown"), _ ("Close the window, and open it again."), message);
}

/* --- Keeping and issuing --------------------------------------------------------------------- */

static void
set_busy (GuituFillWindow *self, gboolean is_busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fill.save", !is_busy && has_typed (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fill.issue", !is_busy);
  guitu_widget_set_busy (self->form, is_busy);
}

static void
show_error (GuituFillWindow *self, GError *error)
{
  GuituPaperField *field = find_field (self, guitu_error_field (error));
  g_autofree char *sentence = guitu_error_sentence (error);

  self->closes = FALSE;
  if (field == NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  guitu_paper_field_set_error (field, sentence, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
begin (GuituFillWindow *self, const char *verb, GuituCallDone done)
{
  stop_reading (self);
  guitu_problem_clear (self->problem);
  for (guint i = 0; i < self->fields->len; i++)
    guitu_paper_field_set_error (self->fields->pdata[i], NULL, TRUE);
  set_busy (self, TRUE);
  guitu_call (self->station, verb, collect (self, TRUE), NULL, self, done);
}

static void
draft_kept (gpointer owner, JsonArray *results, GError *error)
{
  GuituFillWindow *self = owner;

  set_busy (self, FALSE);
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  if (self->closes)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  json_object_unref (self->matter);
  self->matter = json_object_new ();
  json_object_set_string_member (self->matter, "draft", guitu_json_string (guitu_call_first (results), "id"));
  for (guint i = 0; i < self->fields->len; i++)
    guitu_paper_field_keep (self->fields->pdata[i]);
  show_kept (self);
  read_preview (self);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin (GUITU_FILL_WINDOW (widget), "paper draft", draft_kept);
}

static void
paper_issued (gpointer owner, JsonArray *results, GError *error)
{
  GuituFillWindow *self = owner;
  GtkWidget *below = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self)));

  set_busy (self, FALSE);
  if (error != NULL)
    {
      show_error (self, error);
      read_preview (self);
      return;
    }
  guitu_papers_open_issued (below, self->station, guitu_call_first (results));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_issue (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin (GUITU_FILL_WINDOW (widget), "paper issue", paper_issued);
}

/* --- Closing --------------------------------------------------------------------------------- */

static void
keep_and_close (gpointer owner)
{
  GuituFillWindow *self = owner;

  self->closes = TRUE;
  begin (self, "paper draft", draft_kept);
}

static void
discard_and_close (gpointer owner)
{
  gtk_window_destroy (GTK_WINDOW (owner));
}

static gboolean
guitu_fill_window_close_request (GtkWindow *window)
{
  GuituFillWindow *self = GUITU_FILL_WINDOW (window);

  if (!gtk_widget_get_sensitive (self->form))
    return TRUE;
  if (!is_changed (self))
    return GTK_WINDOW_CLASS (guitu_fill_window_parent_class)->close_request (window);
  guitu_dialog_keep (GTK_WIDGET (self), _ ("Keep what was typed?"), _ ("The paper is not issued yet. A draft waits among the papers until it is gone on with."),
                     _ ("_Keep as a Draft"), self, keep_and_close, discard_and_close);
  return TRUE;
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
on_zoom_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_view_zoom (GUITU_FILL_WINDOW (widget)->view, 1);
}

static void
on_zoom_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_view_zoom (GUITU_FILL_WINDOW (widget)->view, -1);
}

static void
on_zoom_fit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_view_zoom (GUITU_FILL_WINDOW (widget)->view, 0);
}

static void
guitu_fill_window_dispose (GObject *object)
{
  GuituFillWindow *self = GUITU_FILL_WINDOW (object);

  stop_reading (self);
  g_clear_object (&self->reading);
  g_clear_object (&self->station);
  g_clear_pointer (&self->matter, json_object_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (guitu_fill_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "fill.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "fill.issue", NULL, on_issue);
  gtk_widget_class_install_action (widget_class, "fill.zoom-in", NULL, on_zoom_in);
  gtk_widget_class_install_action (widget_class, "fill.zoom-out", NULL, on_zoom_out);
  gtk_widget_class_install_action (widget_class, "fill.zoom-fit", NULL, on_zoom_fit);
  guitu_news_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  guitu_paper_view_add_keys (widget_class, "fill.zoom-in", "fill.zoom-out", "fill.zoom-fit");
}

static void
guitu_fill_window_class_init (GuituFillWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_PAPER_VIEW);
  G_OBJECT_CLASS (klass)->dispose = guitu_fill_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guitu_fill_window_close_request;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/fill-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, issue);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, form);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, typed_heading);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, typed);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, told_heading);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, told);
  gtk_widget_class_bind_template_child (widget_class, GuituFillWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
}

/* Before the controls see them: a long text takes Ctrl+Enter for a new line. */
static void
add_keys (GuituFillWindow *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_s, "fill.save" }, { GDK_KEY_Return, "fill.issue" }, { GDK_KEY_KP_Enter, "fill.issue" } };
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK), gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

static void
guitu_fill_window_init (GuituFillWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  add_keys (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fill.save", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fill.issue", FALSE);
}

GtkWindow *
guitu_fill_window_open (GtkWidget *from, GuituStation *station, const char *kind, const char *option, const char *id)
{
  GuituFillWindow *self = g_object_new (GUITU_TYPE_FILL_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->matter = json_object_new ();
  if (!g_str_equal (option, "draft"))
    guitu_json_set (self->matter, "kind", kind);
  if (*option != '\0')
    guitu_json_set (self->matter, option, id);
  gtk_window_present (GTK_WINDOW (self));
  read_preview (self);
  return GTK_WINDOW (self);
}
