/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/leave-dialog.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/person/leave-ways.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/names.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuituLeaveDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *body;
  GuituFieldRow *leave_by;
  GtkLabel *problem;
  GtkWidget *simple;
  GtkWidget *transfer;
  GtkWidget *along;
  GtkWidget *keeping;
  GtkWidget *things;
  GtkGrid *documents;

  GuituStation *station;
  char *stay;
  char *name;
  char *now;       /* the time that the dialog began with: left alone, it means when it is recorded */
  char *told;      /* what the paper will lack, as it was told before the second press */
  char *agreed;    /* the way that cannot be undone and was agreed to */
  char *state;     /* what becomes of the belongings, as the dialog proposed it */
  JsonArray *ways; /* what "stay ways" answered; NULL: not yet */
  char *planned;   /* the plan that is on disk already, as it was asked for */
  char *transfer_id;
};

G_DEFINE_FINAL_TYPE (GuituLeaveDialog, guitu_leave_dialog, ADW_TYPE_WINDOW)

static guint left_signal;

/* --- Ways ------------------------------------------------------------------------------------ */

/* What usually becomes of the belongings, until somebody says otherwise; the person signs. */
static void
propose_belongings (GuituLeaveDialog *self, const char *way)
{
  GuituFieldRow *state = guitu_rows_find (self->things, NULL, "state");
  GuituFieldRow *sign = guitu_rows_find (self->things, NULL, "out_sign");
  g_autofree char *said = guitu_field_row_get_text (state);

  if (*said != '\0' && g_strcmp0 (said, self->state) != 0)
    return;
  g_free (self->state);
  self->state = g_strdup (guitu_leave_way_belongings (way));
  guitu_field_row_set_text (state, self->state);
  if (guitu_field_row_is_empty (sign))
    guitu_field_row_set_text (sign, "signed");
}

/* The rows that this way asks for of this person; why it is closed to them, where it is. */
static void
show_rows (GuituLeaveDialog *self, const char *way)
{
  JsonObject *found = guitu_leave_way_find (self->ways, way);
  g_autoptr (GPtrArray) rows = guitu_rows_list (self->simple);
  g_autofree char *sentence = guitu_leave_way_refusal (found);
  gboolean has_things = found != NULL && guitu_leave_way_shows (found, "belongings");

  for (guint i = 0; i < rows->len; i++)
    gtk_widget_set_visible (rows->pdata[i], guitu_leave_way_shows (found, guitu_field_row_get_field (rows->pdata[i])->name));
  gtk_widget_set_visible (self->keeping, has_things);
  gtk_widget_set_visible (self->things, has_things);
  if (has_things)
    propose_belongings (self, way);
  if (sentence != NULL)
    guitu_problem_tell (self->problem, sentence, "warning");
}

static void
on_way_changed (GuituLeaveDialog *self)
{
  g_autofree char *way = guitu_field_row_get_text (self->leave_by);
  gboolean is_transfer = guitu_leave_way_transfer (way) != NULL;

  gtk_widget_set_visible (self->simple, !is_transfer);
  gtk_widget_set_visible (self->transfer, is_transfer);
  gtk_widget_set_visible (self->along, is_transfer);
  /* nobody takes over who is brought to their own door */
  gtk_widget_set_visible (GTK_WIDGET (guitu_rows_find (self->transfer, NULL, "to_station")), strcmp (way, "escort-home") != 0);
  guitu_problem_clear (self->problem);
  g_clear_pointer (&self->told, g_free);
  show_rows (self, way);
}

static void
ways_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituLeaveDialog *self = owner;

  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  self->ways = json_array_ref (results);
  on_way_changed (self);
}

/* To the first row; where the focus was before among them does not count. */
static void
on_way_picked (GuituLeaveDialog *self)
{
  g_autoptr (GPtrArray) rows = guitu_rows_list (gtk_widget_get_visible (self->transfer) ? self->transfer : self->simple);
  guint first = 0;

  while (first < rows->len && !gtk_widget_get_visible (rows->pdata[first]))
    first++;
  if (first < rows->len)
    gtk_widget_grab_focus (rows->pdata[first]);
}

/* --- Recording ------------------------------------------------------------------------------- */

static void
set_busy (GuituLeaveDialog *self, gboolean is_busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", !is_busy);
  guitu_widget_set_busy (self->body, is_busy);
}

static GuituFieldRow *
row_of (GuituLeaveDialog *self, const char *field)
{
  gboolean is_transfer = gtk_widget_get_visible (self->transfer);
  const char *name = field == NULL ? NULL : guitu_leave_row_name (field, is_transfer);
  GuituFieldRow *row;

  if (name == NULL)
    return NULL;
  if (strcmp (name, "leave_by") == 0)
    return self->leave_by;
  row = guitu_rows_find (is_transfer ? self->transfer : self->simple, NULL, name);
  return row != NULL ? row : guitu_rows_find (self->things, NULL, name);
}

static void
show_failure (GuituLeaveDialog *self, const GError *error)
{
  g_autofree char *sentence = guitu_error_sentence (error);
  GuituFieldRow *row = row_of (self, guitu_error_field (error));

  set_busy (self, FALSE);
  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)))
    {
      guitu_field_row_set_error (row, sentence);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }
  guitu_problem_tell (self->problem, sentence, "error");
}

static void
finish (GuituLeaveDialog *self, const char *transfer)
{
  g_signal_emit (self, left_signal, 0, transfer);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
departed (gpointer owner, JsonArray *results, GError *error)
{
  GuituLeaveDialog *self = owner;

  if (error != NULL)
    show_failure (self, error);
  else
    finish (self, self->transfer_id);
}

static void
depart (GuituLeaveDialog *self)
{
  JsonObject *input = json_object_new ();
  g_autoptr (JsonObject) typed = json_object_new ();

  guitu_rows_collect (self->transfer, "transfer", typed);
  json_object_set_string_member (input, "transfer", self->transfer_id);
  guitu_json_set (input, "at", guitu_json_text (typed, "departs_at"));
  guitu_leave_rows_collect_belongings (self->things, guitu_json_text (typed, "escorts"), input);
  guitu_call (self->station, "transfer depart", input, NULL, self, departed);
}

static void
planned (gpointer owner, JsonArray *results, GError *error)
{
  GuituLeaveDialog *self = owner;

  if (error != NULL)
    {
      g_clear_pointer (&self->planned, g_free);
      show_failure (self, error);
      return;
    }
  g_free (self->transfer_id);
  self->transfer_id = g_strdup (guitu_json_string (guitu_call_first (results), "id"));
  depart (self);
}

/* A plan that was written, but whose departure was refused, is used again if nothing in it changed. */
static void
plan (GuituLeaveDialog *self, const char *kind)
{
  JsonObject *input = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *along = guitu_leave_documents_text (self->documents);
  g_autofree char *asked = NULL;

  json_object_set_string_member (input, "stay", self->stay);
  json_object_set_string_member (input, "kind", kind);
  guitu_rows_collect (self->transfer, "transfer", input);
  guitu_json_set (input, "documents", along);
  json_node_set_object (node, input);
  asked = json_to_string (node, FALSE);
  if (g_strcmp0 (asked, self->planned) == 0)
    {
      json_object_unref (input);
      depart (self);
      return;
    }
  g_free (self->planned);
  self->planned = g_steal_pointer (&asked);
  guitu_call (self->station, "transfer plan", input, NULL, self, planned);
}

static void
stay_closed (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    show_failure (owner, error);
  else
    finish (owner, "");
}

static void
leave (GuituLeaveDialog *self, const char *way)
{
  JsonObject *input = json_object_new ();
  g_autofree char *left_at = guitu_field_row_get_text (guitu_rows_find (self->simple, NULL, "left_at"));

  json_object_set_string_member (input, "stay", self->stay);
  guitu_json_set (input, "leave_by", way);
  guitu_rows_collect (self->simple, "stay", input);
  guitu_leave_rows_collect_belongings (self->things, guitu_json_text (input, "received_by"), input);
  if (strcmp (left_at, self->now) == 0)
    json_object_remove_member (input, "left_at");
  guitu_call (self->station, "stay leave", input, NULL, self, stay_closed);
}

/* What the paper will lack, which is sealed at once; NULL when it lacks nothing. */
static char *
gaps (GuituLeaveDialog *self)
{
  static const char *const wanted[] = { "escorts", "to_region" };
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      GuituFieldRow *row = guitu_rows_find (self->transfer, NULL, wanted[i]);

      if (!guitu_field_row_is_empty (row))
        continue;
      if (names->len > 0)
        g_string_append (names, _ (", "));
      g_string_append (names, guitu_field_label (guitu_field_row_get_field (row)));
    }
  if (names->len == 0)
    return NULL;
  return g_strdup_printf (_ ("The paper will be issued without: %s. Record once more to issue it all the same."), names->str);
}

static void
record (GuituLeaveDialog *self, const char *way)
{
  set_busy (self, TRUE);
  if (guitu_leave_way_transfer (way) != NULL)
    plan (self, guitu_leave_way_transfer (way));
  else
    leave (self, way);
}

static void
on_agreed (gpointer owner)
{
  GuituLeaveDialog *self = owner;
  g_autofree char *way = guitu_field_row_get_text (self->leave_by);

  g_free (self->agreed);
  self->agreed = g_strdup (way);
  record (self, way);
}

static void
ask (GuituLeaveDialog *self, const char *way)
{
  g_autoptr (GString) body = g_string_new (self->name);
  g_autofree char *at = guitu_field_row_get_text (guitu_rows_find (self->simple, NULL, "left_at"));

  guitu_json_join (body, guitu_code_label ("leave_by", way));
  guitu_json_join (body, at);
  g_string_append_printf (body, "\n\n%s", _ ("This cannot be undone here."));
  guitu_dialog_ask (GTK_WIDGET (self), _ ("Record this?"), body->str, _ ("_Record"), TRUE, self, on_agreed);
}

/* What must be known or said before anything is recorded. Returns: whether to wait for it */
static gboolean
waits_for_answer (GuituLeaveDialog *self, const char *way)
{
  g_autofree char *lacks = guitu_leave_way_transfer (way) != NULL ? gaps (self) : NULL;

  if (*way == '\0')
    {
      guitu_problem_tell (self->problem, _ ("Choose how the person leaves."), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->leave_by));
      return TRUE;
    }
  if (lacks != NULL && g_strcmp0 (lacks, self->told) != 0)
    {
      guitu_problem_tell (self->problem, lacks, "warning");
      g_free (self->told);
      self->told = g_steal_pointer (&lacks);
      return TRUE;
    }
  if (guitu_leave_way_is_final (way) && g_strcmp0 (way, self->agreed) != 0)
    {
      ask (self, way);
      return TRUE;
    }
  return FALSE;
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituLeaveDialog *self = GUITU_LEAVE_DIALOG (widget);
  g_autofree char *way = guitu_field_row_get_text (self->leave_by);

  guitu_rows_clear_errors (self->body);
  guitu_problem_clear (self->problem);
  if (!waits_for_answer (self, way))
    record (self, way);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_leave_dialog_dispose (GObject *object)
{
  g_clear_object (&GUITU_LEAVE_DIALOG (object)->station);
  g_clear_pointer (&GUITU_LEAVE_DIALOG (object)->ways, json_array_unref);
  G_OBJECT_CLASS (guitu_leave_dialog_parent_class)->dispose (object);
}

static void
guitu_leave_dialog_finalize (GObject *object)
{
  GuituLeaveDialog *self = GUITU_LEAVE_DIALOG (object);

  g_free (self->stay);
  g_free (self->name);
  g_free (self->now);
  g_free (self->state);
  g_free (self->told);
  g_free (self->agreed);
  g_free (self->planned);
  g_free (self->transfer_id);
  G_OBJECT_CLASS (guitu_leave_dialog_parent_class)->finalize (object);
}

static void
guitu_leave_dialog_class_init (GuituLeaveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (klass)->dispose = guitu_leave_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = guitu_leave_dialog_finalize;
  left_signal = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/person/leave-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, body);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, leave_by);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, simple);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, transfer);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, along);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, keeping);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, things);
  gtk_widget_class_bind_template_child (widget_class, GuituLeaveDialog, documents);
  gtk_widget_class_bind_template_callback (widget_class, on_way_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_way_picked);
}

static void
guitu_leave_dialog_init (GuituLeaveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_leave_rows_build (self->simple, self->transfer, self->things);
  guitu_leave_documents_build (self->documents);
}

GtkWindow *
guitu_leave_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *person, JsonObject *stay)
{
  GuituLeaveDialog *self = g_object_new (GUITU_TYPE_LEAVE_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "transient-for", gtk_widget_get_root (from), NULL);
  g_autoptr (JsonObject) home = json_object_new ();
  JsonObject *ask;

  self->station = g_object_ref (station);
  self->now = guitu_moment_now ();
  self->stay = g_strdup (guitu_json_string (stay, "id"));
  self->name = g_strdup (guitu_json_string (person, "display_name"));
  adw_window_title_set_subtitle (self->heading, self->name);
  guitu_field_row_set_text (guitu_rows_find (self->simple, NULL, "left_at"), self->now);
  guitu_field_row_set_text (guitu_rows_find (self->transfer, NULL, "departs_at"), self->now);
  guitu_json_set (home, "to_region", guitu_json_text (person, "household"));
  guitu_json_set (home, "to_region_name", guitu_json_text (person, "household_name"));
  guitu_field_row_load (guitu_rows_find (self->transfer, NULL, "to_region"), home);
  guitu_unsaved_watch (GTK_WINDOW (self), self->body);
  gtk_widget_grab_focus (GTK_WIDGET (self->leave_by));
  show_rows (self, "");
  ask = json_object_new ();
  json_object_set_string_member (ask, "stay", self->stay);
  guitu_call (station, "stay ways", ask, NULL, self, ways_read);
  return GTK_WINDOW (self);
}
