/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/rights-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/record-table.h"

#include <glib/gi18n.h>

struct _GuituRightsPane
{
  GuituSettingsPane parent_instance;

  GuituRecordTable *table;
};

G_DEFINE_FINAL_TYPE (GuituRightsPane, guitu_rights_pane, GUITU_TYPE_SETTINGS_PANE)

static char *
right_text (JsonObject *right, gconstpointer data)
{
  return g_strdup (guitu_json_string (right, "label"));
}

static char *
role_text (JsonObject *right, gconstpointer role)
{
  JsonArray *roles = guitu_json_array (right, "roles");

  for (guint i = 0; roles != NULL && i < json_array_get_length (roles); i++)
    if (g_str_equal (json_array_get_string_element (roles, i), role))
      return g_strdup ("✓");
  return g_strdup ("");
}

static void
rights_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRightsPane *self = owner;

  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error);
  else
    guitu_record_table_fill (self->table, results);
}

static void
guitu_rights_pane_load (GuituSettingsPane *pane)
{
  guitu_settings_pane_read (pane, "rights", NULL, rights_read);
}

static void
guitu_rights_pane_class_init (GuituRightsPaneClass *klass)
{
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_rights_pane_load;
}

static void
guitu_rights_pane_init (GuituRightsPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);
  const GuituCode *const *roles = guitu_codes_list ("role", NULL);

  guitu_settings_pane_describe (pane, _ ("Rights"), _ ("Who may do and see what. The table comes with the program; window and command line keep to it."));
  self->table = GUITU_RECORD_TABLE (guitu_record_table_new (_ ("Rights")));
  guitu_record_table_add_column (self->table, _ ("Right"), right_text, NULL, TRUE);
  for (guint i = 0; roles[i] != NULL; i++)
    guitu_record_table_add_column (self->table, guitu_code_label ("role", roles[i]->code), role_text, roles[i]->code, FALSE);
  guitu_settings_pane_fill (pane, GTK_WIDGET (self->table));
}
