/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/check-dialog.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/person/person-rows.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/reveal.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

struct _GuituCheckDialog
{
  AdwWindow parent_instance;

  GtkWidget *content;
  GtkScrolledWindow *scroll;
  GtkWidget *asked;
  GtkGrid *numbers;
  GtkCheckButton *elderly;
  GtkCheckButton *minor;
  GtkCheckButton *disability;
  GtkCheckButton *no_supporter;
  GtkLabel *problem;
  GtkWidget *answer;
  GtkLabel *measure;
  GuituSection *schemes;
  GtkLabel *disclaimer;

  GuituStation *station;
  char *person;
  JsonObject *result; /* NULL: nothing was compared yet */
};

G_DEFINE_FINAL_TYPE (GuituCheckDialog, guitu_check_dialog, ADW_TYPE_WINDOW)

static guint refer_signal;

/* In the order in which they are asked. */
static const struct
{
  const char *option;
  const char *title;
} numbers[] = {
  { "household_size", N_ ("People in the household") },
  { "income_month_yuan", N_ ("Income of all of them a month, in yuan") },
  { "assets_yuan", N_ ("What all of them own, in yuan (if known)") },
  { "standard", N_ ("Another subsistence standard to try, in yuan a month") },
};

/* --- What was found -------------------------------------------------------------------------- */

/* The lines of an array of texts. (transfer full) */
static char *
lines_of (JsonObject *object, const char *member)
{
  JsonArray *lines = guitu_json_array (object, member);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = lines != NULL ? json_array_get_length (lines) : 0;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", json_array_get_string_element (lines, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
scheme_row (JsonObject *scheme)
{
  gboolean is_suggested = guitu_json_flag (scheme, "suggested");
  gboolean is_unknown = guitu_json_text (scheme, "missing") != NULL;
  g_autofree char *lines = lines_of (scheme, "arithmetic");
  g_autoptr (GString) detail = g_string_new (lines);
  const char *citation = guitu_json_text (scheme, "citation");
  const char *label = guitu_json_string (scheme, "scheme_label");
  GtkWidget *refer = gtk_button_new_with_label (_ ("Refer…"));
  g_autofree char *spoken = g_strdup_printf ("%s %s", _ ("Refer…"), label);
  GtkWidget *row;

  if (citation != NULL)
    g_string_append_printf (detail, "\n%s", citation);
  row = guitu_section_row_new (label, detail->str);
  if (!is_unknown)
    guitu_person_row_mark (row, is_suggested ? _ ("Suggested") : _ ("Not suggested"), is_suggested ? "success" : NULL);
  gtk_widget_set_valign (refer, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (refer, is_suggested ? "suggested-action" : "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (refer), "s", guitu_json_string (scheme, "scheme"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (refer), "dialog.refer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (refer), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), refer);
  return row;
}

/* By what was measured: the amount, the place and day, and where the amount is from. */
static char *
measure_words (JsonObject *result)
{
  JsonObject *standard = guitu_json_object (result, "standard");
  const char *citation = guitu_json_text (standard, "citation");
  g_autofree char *notes = lines_of (result, "notes");
  g_autofree char *amount = g_strdup_printf (_ ("Subsistence standard: %d yuan a month and head"), (int) guitu_json_integer (standard, "yuan_month", 0));
  g_autoptr (GString) words = g_string_new (amount);

  guitu_json_join (words, guitu_json_text (result, "place_name"));
  guitu_json_join (words, guitu_json_text (result, "on"));
  guitu_json_join (words, guitu_json_flag (standard, "given") ? _ ("tried, not the rule of the place") : citation);
  if (*notes != '\0')
    g_string_append_printf (words, "\n%s", notes);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_answer (GuituCheckDialog *self)
{
  g_autofree char *measure = measure_words (self->result);

  gtk_label_set_text (self->measure, measure);
  gtk_label_set_text (self->disclaimer, guitu_json_string (self->result, "text"));
  guitu_section_fill (self->schemes, guitu_json_array (self->result, "schemes"));
  gtk_widget_set_visible (self->answer, TRUE);
  guitu_fit (self->scroll, self->content);
  gtk_widget_child_focus (GTK_WIDGET (self->schemes), GTK_DIR_TAB_FORWARD);
}

/* --- Asking ---------------------------------------------------------------------------------- */

/* The entry of an option, which stands in the grid beside its title, or NULL. */
static GtkWidget *
entry_of (GuituCheckDialog *self, const char *option)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_strcmp0 (numbers[i].option, option) == 0)
      return gtk_grid_get_child_at (self->numbers, 1, (int) i);
  return NULL;
}

static const char *
title_of (const char *option)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_strcmp0 (numbers[i].option, option) == 0)
      return _ (numbers[i].title);
  return NULL;
}

/* Says it under what was asked, with the name of what it is about. */
static void
show_problem (GuituCheckDialog *self, const char *option, const char *sentence)
{
  GtkWidget *entry = entry_of (self, option);
  /* Translators: what is asked, then what is wrong with the answer */
  g_autofree char *words = entry != NULL ? g_strdup_printf (_ ("%s: %s"), title_of (option), sentence) : g_strdup (sentence);

  guitu_problem_tell (self->problem, words, "error");
  gtk_widget_set_visible (self->answer, FALSE);
  guitu_fit (self->scroll, self->content);
  if (entry == NULL)
    return;
  gtk_widget_add_css_class (entry, "error");
  gtk_widget_grab_focus (entry);
}

static void
check_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituCheckDialog *self = owner;
  g_autofree char *sentence = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", TRUE);
  guitu_widget_set_busy (self->asked, FALSE);
  if (error != NULL)
    {
      sentence = guitu_error_sentence (error);
      show_problem (self, guitu_error_field (error), sentence);
      return;
    }
  g_clear_pointer (&self->result, json_object_unref);
  self->result = json_object_ref (guitu_call_first (results));
  show_answer (self);
}

/* Returns: whether it is a whole number, or nothing */
static gboolean
collect_number (GuituCheckDialog *self, const char *option, JsonObject *input)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, option)))));
  gint64 number;

  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL))
    {
      show_problem (self, option, _ ("This must be a whole number."));
      return FALSE;
    }
  json_object_set_int_member (input, option, number);
  return TRUE;
}

static gboolean
collect (GuituCheckDialog *self, JsonObject *input)
{
  const struct
  {
    const char *option;
    GtkCheckButton *check;
  } flags[] = {
    { "elderly", self->elderly },
    { "minor", self->minor },
    { "disability", self->disability },
    { "no_supporter", self->no_supporter },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    gtk_widget_remove_css_class (entry_of (self, numbers[i].option), "error");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!collect_number (self, numbers[i].option, input))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (gtk_check_button_get_active (flags[i].check))
      json_object_set_boolean_member (input, flags[i].option, TRUE);
  json_object_set_string_member (input, "person", self->person);
  return TRUE;
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCheckDialog *self = GUITU_CHECK_DIALOG (widget);
  g_autoptr (JsonObject) input = json_object_new ();

  guitu_problem_clear (self->problem);
  if (!collect (self, input))
    return;
  gtk_widget_action_set_enabled (widget, "dialog.accept", FALSE);
  guitu_widget_set_busy (self->asked, TRUE);
  guitu_call (self->station, "referral check", g_steal_pointer (&input), NULL, self, check_done);
}

/* Enter compares, which goes to the first number that is wrong or missing. */
static void
on_activate (GtkWidget *entry)
{
  gtk_widget_activate_action (entry, "dialog.accept", NULL);
}

/* What was reckoned goes with the referral. */
static void
on_refer (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCheckDialog *self = GUITU_CHECK_DIALOG (widget);
  const char *code = g_variant_get_string (parameter, NULL);
  JsonArray *schemes = guitu_json_array (self->result, "schemes");
  guint n = schemes != NULL ? json_array_get_length (schemes) : 0;
  g_autofree char *lines = NULL;

  for (guint i = 0; i < n && lines == NULL; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (schemes, i), "scheme"), code))
      lines = lines_of (json_array_get_object_element (schemes, i), "arithmetic");
  gtk_widget_set_visible (widget, FALSE);
  g_signal_emit (self, refer_signal, 0, code, lines);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_check_dialog_dispose (GObject *object)
{
  GuituCheckDialog *self = GUITU_CHECK_DIALOG (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->result, json_object_unref);
  G_OBJECT_CLASS (guitu_check_dialog_parent_class)->dispose (object);
}

static void
on_map (GuituCheckDialog *self)
{
  guitu_fit (self->scroll, self->content);
}

static void
guitu_check_dialog_class_init (GuituCheckDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->dispose = guitu_check_dialog_dispose;
  refer_signal = g_signal_new ("refer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_install_action (widget_class, "dialog.refer", "s", on_refer);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/person/check-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, asked);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, content);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, numbers);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, elderly);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, minor);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, disability);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, no_supporter);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, answer);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, measure);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, schemes);
  gtk_widget_class_bind_template_child (widget_class, GuituCheckDialog, disclaimer);
}

static void
ask_numbers (GuituCheckDialog *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      GtkWidget *title = gtk_label_new (_ (numbers[i].title));
      GtkWidget *entry = gtk_entry_new ();

      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_widget_set_hexpand (entry, TRUE);
      gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (numbers[i].title), -1);
      g_signal_connect (entry, "activate", G_CALLBACK (on_activate), NULL);
      gtk_grid_attach (self->numbers, title, 0, (int) i, 1, 1);
      gtk_grid_attach (self->numbers, entry, 1, (int) i, 1, 1);
    }
}

static void
guitu_check_dialog_init (GuituCheckDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ask_numbers (self);
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_section_set_row (self->schemes, scheme_row);
}

GtkWindow *
guitu_check_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *person)
{
  GuituCheckDialog *self = g_object_new (GUITU_TYPE_CHECK_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->person = g_strdup (guitu_json_string (person, "id"));
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  gtk_widget_grab_focus (entry_of (self, "household_size"));
  return GTK_WINDOW (self);
}
