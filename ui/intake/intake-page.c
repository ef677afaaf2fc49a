/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/intake-page.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/intake/intake-form.h"
#include "ui/intake/same-person-list.h"
#include "ui/list/warning-list.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/person-list.h"

#include <glib/gi18n.h>

#define FOUND_LIMIT 50

struct _GuituIntakePage
{
  GuituPage parent_instance;

  GtkEditable *search;
  GuituIntakeForm *form;
  GuituWarningList *elsewhere;
  GuituSamePersonList *same;
  GtkLabel *found_title;
  GuituPersonList *found;
  GtkWidget *nobody;
  GtkWidget *nobody_yet;

  GCancellable *find; /* what is being looked for; a newer key stroke cancels it */
  gboolean is_finding;
  gboolean opens_first; /* Enter was pressed before the answer came */
  char *wanted;         /* the person on file who is to be registered */
  const char *then;     /* the act with which the file of who is registered begins; NULL: none */
};

G_DEFINE_FINAL_TYPE (GuituIntakePage, guitu_intake_page, GUITU_TYPE_PAGE)

/* --- Search ---------------------------------------------------------------------------------- */

static const char *
search_text (GuituIntakePage *self)
{
  return gtk_editable_get_text (self->search);
}

static void
start_form (GuituIntakePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (search_text (self)));

  guitu_intake_form_start (self->form, text);
  gtk_editable_set_text (self->search, "");
}

static void
show_title (GuituIntakePage *self, guint n)
{
  g_autofree char *words = NULL;

  if (*search_text (self) == '\0')
    words = g_strdup (n > 0 ? _ ("Newest Persons") : "");
  else if (n >= FOUND_LIMIT)
    words = g_strdup_printf (_ ("More Than %u Found"), n);
  else if (n > 0)
    words = g_strdup_printf (ngettext ("%u Found", "%u Found", n), n);
  gtk_label_set_text (self->found_title, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->found_title), words != NULL && *words != '\0');
  gtk_widget_set_visible (self->nobody_yet, n == 0 && *search_text (self) == '\0');
  gtk_widget_set_visible (self->nobody, n == 0 && *search_text (self) != '\0');
}

static void
find_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituIntakePage *self = owner;

  self->is_finding = FALSE;
  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_person_list_fill (self->found, results);
  show_title (self, guitu_person_list_get_length (self->found));
  if (!self->opens_first)
    return;
  self->opens_first = FALSE;
  if (guitu_person_list_get_length (self->found) > 0)
    guitu_person_list_open_first (self->found);
  else
    start_form (self);
}

static void
run_find (GuituIntakePage *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "text", search_text (self));
  json_object_set_int_member (input, "limit", FOUND_LIMIT);
  self->is_finding = TRUE;
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person find", input, guitu_call_renew (&self->find), self, find_done);
}

static void
on_search_changed (GuituIntakePage *self)
{
  if (guitu_station_user (guitu_page_get_station (GUITU_PAGE (self))) != NULL)
    run_find (self);
}

static void
on_search_activated (GuituIntakePage *self)
{
  if (*search_text (self) == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->form));
      return;
    }
  self->opens_first = TRUE;
  run_find (self);
}

static void
on_search_stopped (GuituIntakePage *self)
{
  gtk_editable_set_text (self->search, "");
  guitu_intake_form_start (self->form, "");
}

static gboolean
on_search_key (GuituIntakePage *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->found));
}

static void
on_start_clicked (GuituIntakePage *self)
{
  start_form (self);
}

/* --- The form -------------------------------------------------------------------------------- */

static void
on_warnings (GuituIntakePage *self, JsonArray *warnings)
{
  guitu_warning_list_fill (self->elsewhere, guitu_page_get_station (GUITU_PAGE (self)), warnings);
  guitu_same_person_list_fill (self->same, warnings);
}

static void
on_warnings_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_INTAKE_PAGE (widget)->elsewhere));
}

static void
on_use (GuituIntakePage *self, const char *person)
{
  guitu_intake_form_use_person (self->form, person);
  guitu_same_person_list_fill (self->same, NULL);
}

static void
on_busy (GuituIntakePage *self, gboolean is_busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.save", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.help-first", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.to-hospital", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.to-police", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.helped-outside", !is_busy);
}

static void
on_registered (GuituIntakePage *self, JsonObject *result)
{
  JsonObject *person = guitu_json_object (result, "person");
  JsonObject *stay = guitu_json_object (result, "stay");
  g_autofree char *words = NULL;

  /* Translators: a person's name, then the number of the stay */
  words = g_strdup_printf (_ ("Registered %s · stay %s"), guitu_json_string (person, "display_name"),
                           guitu_json_string (stay, "number"));
  if (gtk_widget_get_mapped (GTK_WIDGET (self))) /* whoever went on elsewhere is left alone */
    guitu_page_open_person_to (GTK_WIDGET (self), guitu_json_string (person, "id"), self->then != NULL ? self->then : "");
  self->then = NULL;
  guitu_page_toast_with_action (GTK_WIDGET (self), words, _ ("_Print the Form"), "win.print-form", guitu_json_string (stay, "id"));
}

static void
clear_form (gpointer owner)
{
  GuituIntakePage *self = owner;

  guitu_intake_form_clear (self->form);
  gtk_editable_set_text (self->search, "");
  guitu_intake_form_start (self->form, "");
}

static void
ask_to_discard (GuituIntakePage *self, GuituAgreed agreed)
{
  guitu_dialog_ask (GTK_WIDGET (self), _ ("Discard what was typed?"), _ ("The form has not been registered yet."),
                    _ ("_Discard"), TRUE, self, agreed);
}

static void
register_wanted (gpointer owner)
{
  GuituIntakePage *self = owner;

  clear_form (self);
  on_use (self, self->wanted);
}

void
guitu_intake_page_register (GuituIntakePage *self, const char *person)
{
  g_free (self->wanted);
  self->wanted = g_strdup (person);
  if (guitu_intake_form_has_input (self->form))
    ask_to_discard (self, register_wanted);
  else
    register_wanted (self);
}

static void
on_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituIntakePage *self = GUITU_INTAKE_PAGE (widget);

  if (guitu_intake_form_has_input (self->form))
    ask_to_discard (self, clear_form);
  else
    clear_form (self);
}

/* Registers first, so that nothing is lost, and goes on in the file of the person. */
static void
register_to (GtkWidget *widget, const char *act, gboolean helps_first)
{
  GUITU_INTAKE_PAGE (widget)->then = act;
  guitu_intake_form_register (GUITU_INTAKE_PAGE (widget)->form, helps_first);
}

static void
on_to_hospital (GtkWidget *widget, const char *action, GVariant *parameter)
{
  register_to (widget, "hospital", FALSE);
}

static void
on_to_police (GtkWidget *widget, const char *action, GVariant *parameter)
{
  register_to (widget, "police", FALSE);
}

static void
on_helped_outside (GtkWidget *widget, const char *action, GVariant *parameter)
{
  register_to (widget, "outside", FALSE);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  register_to (widget, NULL, FALSE);
}

static void
on_help_first (GtkWidget *widget, const char *action, GVariant *parameter)
{
  register_to (widget, NULL, TRUE);
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_INTAKE_PAGE (widget)->search));
}

/* --- Page ------------------------------------------------------------------------------------ */

static void
guitu_intake_page_shown (GuituPage *page)
{
  GuituIntakePage *self = GUITU_INTAKE_PAGE (page);

  gboolean has_input = guitu_intake_form_has_input (self->form);

  if (!has_input)
    guitu_intake_form_clear (self->form);
  run_find (self);
  if (!has_input || !guitu_page_take_focus (page))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
guitu_intake_page_refreshed (GuituPage *page)
{
  run_find (GUITU_INTAKE_PAGE (page));
}

static void
guitu_intake_page_left (GuituPage *page)
{
  GuituIntakePage *self = GUITU_INTAKE_PAGE (page);

  guitu_call_renew (&self->find);
  self->opens_first = FALSE;
}

static void
guitu_intake_page_cleared (GuituPage *page)
{
  GuituIntakePage *self = GUITU_INTAKE_PAGE (page);

  guitu_intake_form_clear (self->form);
  gtk_editable_set_text (self->search, "");
  guitu_person_list_fill (self->found, NULL);
}

static void
guitu_intake_page_dispose (GObject *object)
{
  g_clear_object (&GUITU_INTAKE_PAGE (object)->find);
  g_clear_pointer (&GUITU_INTAKE_PAGE (object)->wanted, g_free);
  G_OBJECT_CLASS (guitu_intake_page_parent_class)->dispose (object);
}

static void
guitu_intake_page_class_init (GuituIntakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_INTAKE_FORM);
  g_type_ensure (GUITU_TYPE_PERSON_LIST);
  g_type_ensure (GUITU_TYPE_SAME_PERSON_LIST);
  g_type_ensure (GUITU_TYPE_WARNING_LIST);
  G_OBJECT_CLASS (klass)->dispose = guitu_intake_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_intake_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_intake_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_intake_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_intake_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "page.help-first", NULL, on_help_first);
  gtk_widget_class_install_action (widget_class, "page.to-hospital", NULL, on_to_hospital);
  gtk_widget_class_install_action (widget_class, "page.to-police", NULL, on_to_police);
  gtk_widget_class_install_action (widget_class, "page.helped-outside", NULL, on_helped_outside);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.warnings", NULL, on_warnings_key);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/intake/intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, search);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, form);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, same);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, found_title);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, found);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, nobody);
  gtk_widget_class_bind_template_child (widget_class, GuituIntakePage, nobody_yet);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_warnings);
  gtk_widget_class_bind_template_callback (widget_class, on_registered);
  gtk_widget_class_bind_template_callback (widget_class, on_busy);
  gtk_widget_class_bind_template_callback (widget_class, on_use);
}

static void
guitu_intake_page_init (GuituIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
}

gboolean
guitu_intake_page_has_input (GuituIntakePage *self)
{
  return guitu_intake_form_has_input (self->form);
}
