/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/verify-page.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/camera-view.h"
#include "ui/papers/papers-work.h"
#include "ui/papers/printed-fields.h"
#include "ui/papers/verdict.h"
#include "ui/transfers/incoming-acts.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/reveal.h"

#include <glib/gi18n.h>

struct _GuituVerifyPage
{
  GuituPage parent_instance;

  GtkScrolledWindow *scroll;
  GtkWidget *ways;
  GuituCameraView *camera;
  GtkEditable *text;
  GtkWidget *answer;
  GuituVerdict *verdict;
  GtkWidget *take_over;
  GtkWidget *accept;
  GtkWidget *receipt;
  GtkWidget *begin_fields;
  GtkWidget *fields_box;
  GuituPrintedFields *fields;
  GtkCheckButton *all_typed;

  char *option; /* what was verified last, and how it was given: "text" or "image" */
  char *value;
  JsonObject *told; /* what “verify” answered of a hand-over paper; NULL: it is another */
  GCancellable *check;
};

G_DEFINE_FINAL_TYPE (GuituVerifyPage, guitu_verify_page, GUITU_TYPE_PAGE)

/* --- Verifying ------------------------------------------------------------------------------- */

static void
show_ways (GuituVerifyPage *self)
{
  gtk_widget_set_visible (self->answer, FALSE);
  gtk_widget_set_visible (self->ways, !guitu_camera_view_is_on (self->camera));
}

/* With a hand-over paper comes a person: who takes them over has the arrival, too. */
static void
show_take_over (GuituVerifyPage *self, JsonObject *answer)
{
  gboolean is_hand_over = g_str_equal (guitu_json_string (answer, "kind"), "escort-handover") && g_str_equal (guitu_json_string (answer, "next"), "accept") &&
                          guitu_station_may (guitu_page_get_station (GUITU_PAGE (self)), "transfer accept");

  g_clear_pointer (&self->told, json_object_unref);
  self->told = is_hand_over ? json_object_ref (answer) : NULL;
  gtk_widget_set_visible (self->take_over, is_hand_over);
  gtk_widget_remove_css_class (self->accept, "suggested-action");
  if (!is_hand_over)
    gtk_widget_add_css_class (self->accept, "suggested-action");
}

static void
show_answer (GuituVerifyPage *self, JsonObject *answer)
{
  guitu_verdict_show (self->verdict, answer);
  gtk_widget_set_visible (self->accept, g_strcmp0 (guitu_json_text (answer, "next"), "accept") == 0);
  gtk_widget_set_visible (self->receipt, g_strcmp0 (guitu_json_text (answer, "next"), "receipt") == 0);
  show_take_over (self, answer);
  gtk_widget_set_visible (self->ways, FALSE);
  gtk_widget_set_visible (self->answer, TRUE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
}

static void
verified (gpointer owner, JsonArray *results, GError *error)
{
  GuituVerifyPage *self = owner;
  JsonObject *answer = guitu_call_first (results);

  if (error != NULL)
    {
      show_ways (self);
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_printed_fields_set (self->fields, guitu_json_array (answer, "printed"));
  gtk_widget_set_visible (self->fields_box, FALSE);
  gtk_check_button_set_active (self->all_typed, FALSE);
  gtk_widget_set_visible (self->begin_fields, guitu_json_count (answer, "printed") > 0);
  show_answer (self, answer);
  gtk_widget_grab_focus (GTK_WIDGET (self->text)); /* selects the text: the next scan replaces it */
}

static void
call_verify (GuituVerifyPage *self, JsonObject *typed, GuituCallDone done)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, self->option, self->value);
  json_object_set_boolean_member (input, "tolerate", TRUE);
  if (typed != NULL)
    json_object_set_object_member (input, "fields", typed);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "verify", input, guitu_call_renew (&self->check), self, done);
}

static void
verify (GuituVerifyPage *self, const char *option, const char *value)
{
  guitu_camera_view_stop (self->camera);
  g_free (self->option);
  g_free (self->value);
  self->option = g_strdup (option);
  self->value = g_strdup (value);
  call_verify (self, NULL, verified);
}

/* --- The ways to give a code ----------------------------------------------------------------- */

static void
on_text_activated (GuituVerifyPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->text)));

  if (*text != '\0')
    verify (self, "text", text);
}

static void
on_image_chosen (gpointer owner, const char *path)
{
  gtk_editable_set_text (GUITU_VERIFY_PAGE (owner)->text, "");
  verify (owner, "image", path);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_image (widget, _ ("Open Image"), widget, on_image_chosen);
}

static gboolean
on_dropped (GuituVerifyPage *self, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autofree char *path = files == NULL ? NULL : g_file_get_path (files->data);

  if (path != NULL)
    on_image_chosen (self, path);
  return path != NULL;
}

static void
on_camera (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (widget);

  if (guitu_camera_view_is_on (self->camera))
    guitu_camera_view_stop (self->camera);
  else
    guitu_camera_view_start (self->camera);
  show_ways (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_found (GuituVerifyPage *self, const char *seal)
{
  gtk_editable_set_text (self->text, seal);
  verify (self, "text", seal);
}

/* --- Accepting it, or taking the receipt in ---------------------------------------------------- */

/* Looked at again: it has been used now. */
static void
on_accepted (GuituVerifyPage *self, JsonObject *receipt)
{
  guitu_papers_open_issued (GTK_WIDGET (self), guitu_page_get_station (GUITU_PAGE (self)), receipt);
  call_verify (self, NULL, verified);
}

static void
on_accept (GuituVerifyPage *self)
{
  static const char *const fields[] = { "transfer.escorts=handed_over_by", "event.text=note", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (self), guitu_page_get_station (GUITU_PAGE (self)), _ ("Accept the Person and the Paper"),
                                                   _ ("_Accept"), "paper accept", fields);

  guitu_form_dialog_set_option (dialog, self->option, self->value);
  guitu_form_dialog_explain (dialog, _ ("The receipt is sealed by this station. It goes back with those who brought the person."));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_accepted), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_take_over (GuituVerifyPage *self)
{
  if (self->told != NULL)
    guitu_incoming_accept_paper (GTK_WIDGET (self), guitu_page_get_station (GUITU_PAGE (self)), self->option, self->value, self->told);
}

static void
receipt_entered (gpointer owner, JsonArray *results, GError *error)
{
  g_autofree char *words = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (owner), error);
      return;
    }
  words = g_strdup_printf (_ ("%s has arrived: the paper is used"), guitu_json_string (guitu_call_first (results), "number"));
  gtk_widget_set_visible (GUITU_VERIFY_PAGE (owner)->receipt, FALSE);
  guitu_page_toast (GTK_WIDGET (owner), words);
}

static void
on_receipt (GuituVerifyPage *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, self->option, self->value);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "paper receipt", input, NULL, self, receipt_entered);
}

/* --- The printed fields ---------------------------------------------------------------------- */

static void
on_begin_fields (GuituVerifyPage *self)
{
  gtk_widget_set_visible (self->begin_fields, FALSE);
  gtk_widget_set_visible (self->fields_box, TRUE);
  guitu_printed_fields_begin (self->fields);
  guitu_reveal (self->fields_box);
}

/* What was typed stays: a slip of the keys is looked for there. */
static void
compared (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  else
    show_answer (owner, guitu_call_first (results));
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (widget);

  if (gtk_widget_get_visible (self->answer) && gtk_widget_get_visible (self->fields_box))
    call_verify (self, guitu_printed_fields_collect (self->fields, gtk_check_button_get_active (self->all_typed)), compared);
}

static void
on_fields_done (GuituVerifyPage *self)
{
  on_save (GTK_WIDGET (self), NULL, NULL);
}

/* --- The page -------------------------------------------------------------------------------- */

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_VERIFY_PAGE (widget)->text));
}

static void
guitu_verify_page_shown (GuituPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_VERIFY_PAGE (page)->text));
}

static void
guitu_verify_page_left (GuituPage *page)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (page);

  guitu_call_renew (&self->check);
  guitu_camera_view_stop (self->camera);
  gtk_widget_set_visible (self->ways, !gtk_widget_get_visible (self->answer));
}

static void
guitu_verify_page_cleared (GuituPage *page)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (page);

  guitu_call_renew (&self->check);
  guitu_camera_view_stop (self->camera);
  gtk_editable_set_text (self->text, "");
  g_clear_pointer (&self->told, json_object_unref);
  guitu_printed_fields_set (self->fields, NULL);
  show_ways (self);
}

static void
guitu_verify_page_dispose (GObject *object)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (object);

  g_clear_object (&self->check);
  g_clear_pointer (&self->option, g_free);
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->told, json_object_unref);
  G_OBJECT_CLASS (guitu_verify_page_parent_class)->dispose (object);
}

static void
guitu_verify_page_class_init (GuituVerifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_verify_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_verify_page_shown;
  GUITU_PAGE_CLASS (klass)->left = guitu_verify_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_verify_page_cleared;
  g_type_ensure (GUITU_TYPE_CAMERA_VIEW);
  g_type_ensure (GUITU_TYPE_PRINTED_FIELDS);
  g_type_ensure (GUITU_TYPE_VERDICT);
  gtk_widget_class_install_action (widget_class, "page.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.camera", NULL, on_camera);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, ways);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, camera);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, text);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, answer);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, take_over);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, accept);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, receipt);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, begin_fields);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, fields_box);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, fields);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, all_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_take_over);
  gtk_widget_class_bind_template_callback (widget_class, on_receipt);
  gtk_widget_class_bind_template_callback (widget_class, on_text_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_found);
  gtk_widget_class_bind_template_callback (widget_class, on_begin_fields);
  gtk_widget_class_bind_template_callback (widget_class, on_fields_done);
}

/* Before the line of text, which would take a file for its name. */
static void
take_drops (GuituVerifyPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
guitu_verify_page_init (GuituVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  take_drops (self);
  guitu_name_buttons (GTK_WIDGET (self));
}
