/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

GSettings *
guitu_preferences (void)
{
  static GSettings *preferences;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (preferences != NULL || source == NULL)
    return preferences;
  schema = g_settings_schema_source_lookup (source, "io.github.guitu.Guitu", TRUE);
  if (schema != NULL)
    preferences = g_settings_new_full (schema, NULL, NULL);
  return preferences;
}
