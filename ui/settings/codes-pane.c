/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/codes-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuituCodesPane
{
  GuituSettingsPane parent_instance;

  GtkDropDown *list;
  GtkWidget *add;
  GuituSection *codes;
  GPtrArray *names; /* of the lists in the drop-down; static */
};

G_DEFINE_FINAL_TYPE (GuituCodesPane, guitu_codes_pane, GUITU_TYPE_SETTINGS_PANE)

static const char *
chosen_list (GuituCodesPane *self)
{
  return self->names->pdata[gtk_drop_down_get_selected (self->list)];
}

static GtkWidget *
code_row (JsonObject *code)
{
  const char *value = guitu_json_string (code, "code");
  const char *label = guitu_code_label (guitu_json_string (code, "list"), value);
  g_autofree char *line = NULL;
  GtkWidget *row;

  if (guitu_json_text (code, "report_line") != NULL)
    line = g_strdup_printf (_ ("Counts in the report as: %s"), guitu_json_string (code, "report_line"));
  row = guitu_section_row_new (label != NULL ? label : guitu_json_string (code, "chinese"), line != NULL ? line : "");
  guitu_settings_row_add_text (row, guitu_json_flag (code, "local") ? _ ("Set by this station") : "", "mark");
  guitu_settings_row_add_text (row, value, "dim-label");
  if (guitu_json_flag (code, "may_edit"))
    {
      g_autofree char *name = g_strdup_printf (_ ("Report line of %s"), label != NULL ? label : value);

      guitu_settings_row_add_button (row, _ ("Report Line…"), name, "settings.set-line", value);
    }
  return row;
}

static void
codes_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCodesPane *self = owner;
  gboolean may = guitu_settings_pane_may (GUITU_SETTINGS_PANE (self), "code set");

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_settings_pane_mark (GUITU_SETTINGS_PANE (self), results, "code set");
  gtk_widget_set_visible (self->add, may && guitu_codes_is_open (chosen_list (self)));
  g_object_set (self->codes, "title", guitu_codes_is_open (chosen_list (self)) ? _ ("Codes; the station can add its own") : _ ("Codes; the program works by them, and none can be added"), NULL);
  guitu_section_fill (self->codes, results);
}

static void
guitu_codes_pane_load (GuituSettingsPane *pane)
{
  GuituCodesPane *self = GUITU_CODES_PANE (pane);
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "list", chosen_list (self));
  guitu_settings_pane_read (GUITU_SETTINGS_PANE (self), "codes", input, codes_read);
}

static void
on_list_chosen (GuituCodesPane *self)
{
  if (guitu_page_get_station (GUITU_PAGE (self)) != NULL)
    guitu_settings_pane_load (GUITU_SETTINGS_PANE (self));
}

static void
on_add_code (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "local_code.code", "local_code.chinese", "local_code.english", "local_code.report_line", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Add Code"), _ ("_Add"),
                                                   "code set", fields);

  guitu_form_dialog_set_option (dialog, "list", chosen_list (GUITU_CODES_PANE (widget)));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "code"), _ ("Small letters, digits and hyphens; it stays for ever"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_set_line (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "local_code.report_line", NULL };
  GuituCodesPane *self = GUITU_CODES_PANE (widget);
  const char *list = chosen_list (self);
  const GuituCode *code = guitu_codes_find (list, g_variant_get_string (parameter, NULL));
  GuituFormDialog *dialog;

  if (code == NULL)
    return;
  dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (self)), guitu_code_label (list, code->code), _ ("_Set"),
                                  "code set", fields);
  guitu_form_dialog_set_option (dialog, "list", list);
  guitu_form_dialog_set_option (dialog, "code", code->code);
  if (code->is_local)
    {
      guitu_form_dialog_set_option (dialog, "chinese", code->chinese);
      guitu_form_dialog_set_option (dialog, "english", code->english);
    }
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "report_line"), code->report_line);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "report_line"), _ ("The line of the monthly report in which this code counts"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Lists ----------------------------------------------------------------------------------- */

/* The lists of what people pick, called as the first field that takes them. */
static void
gather_lists (GuituCodesPane *self, GtkStringList *labels, gboolean is_open)
{
  const GuituKind *const *kinds = guitu_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++)
    for (guint j = 0; j < kinds[i]->n_fields; j++)
      {
        const GuituField *field = &kinds[i]->fields[j];

        if (field->type != GUITU_FIELD_CODE || (field->flags & GUITU_DERIVED) || guitu_codes_is_open (field->of) != is_open ||
            g_ptr_array_find_with_equal_func (self->names, field->of, g_str_equal, NULL))
          continue;
        g_ptr_array_add (self->names, (gpointer) field->of);
        gtk_string_list_append (labels, guitu_field_label (field));
      }
}

static void
guitu_codes_pane_dispose (GObject *object)
{
  g_clear_pointer (&GUITU_CODES_PANE (object)->names, g_ptr_array_unref);
  G_OBJECT_CLASS (guitu_codes_pane_parent_class)->dispose (object);
}

static void
guitu_codes_pane_class_init (GuituCodesPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_codes_pane_dispose;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_codes_pane_load;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "settings.add-code", NULL, on_add_code);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "settings.set-line", "s", on_set_line);
}

static void
guitu_codes_pane_init (GuituCodesPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  guitu_settings_pane_describe (pane, _ ("Code Lists"), _ ("What can be picked in forms, and the line of the monthly report in which it counts."));
  self->names = g_ptr_array_new ();
  gather_lists (self, labels, TRUE);
  gather_lists (self, labels, FALSE);
  self->list = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)),
                                                 gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  gtk_drop_down_set_enable_search (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->list))), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code list"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code list"), -1);
  g_signal_connect_object (self->list, "notify::selected", G_CALLBACK (on_list_chosen), self, G_CONNECT_SWAPPED);
  guitu_settings_pane_add_control (pane, GTK_WIDGET (self->list));
  self->add = guitu_settings_pane_add_button (pane, _ ("_Add Code…"), "settings.add-code");
  self->codes = guitu_settings_pane_add_section (pane, _ ("Codes"), NULL, code_row);
}
