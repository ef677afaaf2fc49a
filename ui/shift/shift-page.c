/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shift/shift-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/shift/shift-rows.h"
#include "ui/shift/shift-sheet.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

struct _GuituShiftPage
{
  GuituPage parent_instance;

  GtkWidget *back;
  GtkWidget *take_over;
  GtkWidget *hand_over;
  GtkStack *stack;
  GtkLabel *wait;
  GuituShiftSheet *sheet;
  GuituSection *earlier;
  GuituShiftSheet *past;

  gboolean sets_focus;
  GCancellable *load;
  GCancellable *load_earlier;
  GCancellable *load_past;
  char *past_shift; /* the hand-over that is looked at in @past */
  char *last_shift; /* the newest hand-over, taken over or not; NULL: there was none yet */
};

G_DEFINE_FINAL_TYPE (GuituShiftPage, guitu_shift_page, GUITU_TYPE_PAGE)

static gboolean
is_past (GuituShiftPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "past") == 0;
}

/* --- Reading --------------------------------------------------------------------------------- */

static GtkWidget *
wanted_button (GuituShiftPage *self)
{
  if (is_past (self))
    return self->back;
  return gtk_widget_get_visible (self->take_over) ? self->take_over : self->hand_over;
}

/* When the page is shown, the button that is wanted now has the focus; somebody who comes back to a
 * list goes on there. */
static void
set_focus (GuituShiftPage *self)
{
  if (self->sets_focus)
    gtk_widget_grab_focus (wanted_button (self));
  self->sets_focus = FALSE;
}

/* One waits at a time: who wrote it may write it anew, anybody else takes it over. */
static void
offer (GuituShiftPage *self, JsonObject *waiting)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_own = guitu_json_flag (waiting, "is_own");
  gboolean takes = waiting != NULL && !is_own;

  gtk_label_set_text (self->wait, is_own ? _ ("Your hand-over waits for somebody else, who takes it over under their own name. If more has happened, hand over again.")
                                         : _ ("A hand-over waits for you. Go through it together, then take over."));
  gtk_widget_set_visible (GTK_WIDGET (self->wait), waiting != NULL);
  gtk_widget_set_visible (self->take_over, takes);
  gtk_widget_set_visible (self->hand_over, !takes);
  gtk_widget_action_set_enabled (widget, "page.take-over", takes);
  gtk_widget_action_set_enabled (widget, "page.hand-over", !takes);
}

static void
shift_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituShiftPage *self = owner;
  JsonObject *result = guitu_call_first (results);
  JsonObject *waiting = guitu_json_object (result, "waiting");

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  offer (self, waiting);
  guitu_shift_sheet_fill (self->sheet, waiting, guitu_json_object (waiting != NULL ? waiting : result, waiting != NULL ? "open_items" : "open"));
  set_focus (self);
}

/* What is shown of hand-overs can be printed: an earlier one that is looked at, or the newest. */
static const char *
shown_shift (GuituShiftPage *self)
{
  return is_past (self) ? self->past_shift : self->last_shift;
}

static void
offer_print (GuituShiftPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.print", shown_shift (self) != NULL);
}

/* Those that were taken over: the one that waits stands above. */
static void
earlier_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituShiftPage *self = owner;
  g_autoptr (JsonArray) taken = json_array_new ();
  guint n = results != NULL ? json_array_get_length (results) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (results, i), "state"), "taken"))
      json_array_add_object_element (taken, json_object_ref (json_array_get_object_element (results, i)));
  if (error != NULL)
    return;
  guitu_section_fill (self->earlier, taken);
  g_free (self->last_shift);
  self->last_shift = g_strdup (guitu_json_text (guitu_call_first (results), "id"));
  offer_print (self);
}

static void
guitu_shift_page_refreshed (GuituPage *page)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (page);
  GuituStation *station = guitu_page_get_station (page);

  guitu_call (station, "shift show", NULL, guitu_call_renew (&self->load), self, shift_read);
  guitu_call (station, "shift list", NULL, guitu_call_renew (&self->load_earlier), self, earlier_read);
}

static void
show_past (GuituShiftPage *self, gboolean shows)
{
  gtk_stack_set_visible_child_name (self->stack, shows ? "past" : "now");
  gtk_widget_set_visible (self->back, shows);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.close-shift", shows);
  offer_print (self);
}

static void
guitu_shift_page_shown (GuituPage *page)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (page);

  self->sets_focus = !guitu_page_take_focus (page) || gtk_widget_is_focus (self->hand_over) || gtk_widget_is_focus (self->take_over);
  guitu_shift_page_refreshed (page);
}

static void
guitu_shift_page_left (GuituPage *page)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (page);

  guitu_call_renew (&self->load);
  guitu_call_renew (&self->load_earlier);
  guitu_call_renew (&self->load_past);
}

static void
guitu_shift_page_cleared (GuituPage *page)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (page);

  g_clear_pointer (&self->past_shift, g_free);
  g_clear_pointer (&self->last_shift, g_free);
  show_past (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->wait), FALSE);
  guitu_shift_sheet_fill (self->sheet, NULL, NULL);
  guitu_shift_sheet_fill (self->past, NULL, NULL);
  guitu_section_fill (self->earlier, NULL);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
on_signed (GuituShiftPage *self, JsonObject *shift)
{
  gboolean is_taken = g_str_equal (guitu_json_string (shift, "state"), "taken");

  self->sets_focus = TRUE;
  guitu_page_toast (GTK_WIDGET (self), is_taken ? _ ("Handed over and taken over") : _ ("Handed over; somebody else takes it over"));
  guitu_shift_page_refreshed (GUITU_PAGE (self));
}

static void
present (GuituShiftPage *self, GuituFormDialog *dialog)
{
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_signed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_hand_over (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "shift.note", "shift.reply", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Hand Over the Shift"),
                                                   _ ("_Sign and Hand Over"), "shift hand-over", fields);

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "note"), _ ("Whom and what the next shift must look after. Everybody reads it: name nobody who is protected, give the number of the stay. The lists of the page go with it."));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "reply"), _ ("Only when who takes over signs here at once."));
  guitu_form_dialog_ask_second (dialog, _ ("Who takes over may sign at once. Leave this empty, and they take over later under their own name."));
  present (GUITU_SHIFT_PAGE (widget), dialog);
}

static void
on_take_over (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "shift.reply", NULL };

  present (GUITU_SHIFT_PAGE (widget), guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Take Over the Shift"),
                                                             _ ("_Sign and Take Over"), "shift take", fields));
}

static void
past_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituShiftPage *self = owner;
  JsonObject *shift = guitu_call_first (results);

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_shift_sheet_fill (self->past, shift, guitu_json_object (shift, "open_items"));
  g_free (self->past_shift);
  self->past_shift = g_strdup (guitu_json_text (shift, "id"));
  show_past (self, TRUE);
  gtk_widget_grab_focus (self->back);
}

static void
on_show_shift (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (widget);
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "shift", g_variant_get_string (parameter, NULL));
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "shift show", input, guitu_call_renew (&self->load_past), self, past_read);
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_page_fill_paper (widget, "shift-handover", "shift", shown_shift (GUITU_SHIFT_PAGE (widget)));
}

static void
on_close_shift (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (widget);

  show_past (self, FALSE);
  self->sets_focus = TRUE;
  set_focus (self);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_shift_page_dispose (GObject *object)
{
  GuituShiftPage *self = GUITU_SHIFT_PAGE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->load_earlier);
  g_clear_object (&self->load_past);
  g_clear_pointer (&self->past_shift, g_free);
  g_clear_pointer (&self->last_shift, g_free);
  G_OBJECT_CLASS (guitu_shift_page_parent_class)->dispose (object);
}

static void
guitu_shift_page_class_init (GuituShiftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_shift_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_shift_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_shift_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_shift_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_shift_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.hand-over", NULL, on_hand_over);
  gtk_widget_class_install_action (widget_class, "page.take-over", NULL, on_take_over);
  gtk_widget_class_install_action (widget_class, "page.show-shift", "s", on_show_shift);
  gtk_widget_class_install_action (widget_class, "page.close-shift", NULL, on_close_shift);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, on_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.close-shift", NULL);
  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_SHIFT_SHEET);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/shift/shift-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, back);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, take_over);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, hand_over);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, wait);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, GuituShiftPage, past);
}

static void
guitu_shift_page_init (GuituShiftPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_section_set_row (self->earlier, guitu_shift_shift_row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.close-shift", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.print", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.take-over", FALSE);
}
