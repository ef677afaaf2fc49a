/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

struct _GuituFormValues
{
  GHashTable *texts;  /* key -> text, never empty */
  GHashTable *labels; /* key -> term */
  GBytes *photo;
  char *seal;
  char *check_words;
  gint64 issued_at;
  gboolean is_void;
};

GuituFormValues *
guitu_form_values_new (void)
{
  GuituFormValues *values = g_new0 (GuituFormValues, 1);

  values->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  values->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return values;
}

void
guitu_form_values_free (GuituFormValues *values)
{
  if (values == NULL)
    return;
  g_hash_table_unref (values->texts);
  g_hash_table_unref (values->labels);
  g_clear_pointer (&values->photo, g_bytes_unref);
  g_free (values->seal);
  g_free (values->check_words);
  g_free (values);
}

void
guitu_form_values_set (GuituFormValues *values,
                       const char *key,
                       const char *text)
{
  g_return_if_fail (values != NULL && key != NULL);

  if (text == NULL || *text == '\0')
    g_hash_table_remove (values->texts, key);
  else
    g_hash_table_replace (values->texts, g_strdup (key), g_strdup (text));
}

const char *
guitu_form_values_get (const GuituFormValues *values,
                       const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  return values != NULL ? g_hash_table_lookup (values->texts, key) : NULL;
}

void
guitu_form_values_set_label (GuituFormValues *values,
                             const char *key,
                             const char *label)
{
  g_return_if_fail (values != NULL && key != NULL);

  if (label == NULL)
    g_hash_table_remove (values->labels, key);
  else
    g_hash_table_replace (values->labels, g_strdup (key), g_strdup (label));
}

void
guitu_form_values_share_labels (GuituFormValues *values,
                                GHashTable *labels)
{
  g_return_if_fail (values != NULL && labels != NULL);

  g_hash_table_unref (values->labels);
  values->labels = g_hash_table_ref (labels);
}

void
guitu_form_values_set_photo (GuituFormValues *values,
                             GBytes *photo)
{
  g_return_if_fail (values != NULL);

  g_clear_pointer (&values->photo, g_bytes_unref);
  values->photo = photo != NULL ? g_bytes_ref (photo) : NULL;
}

void
guitu_form_values_set_seal (GuituFormValues *values,
                            const char *seal_text,
                            const char *check_words)
{
  g_return_if_fail (values != NULL);

  g_free (values->seal);
  g_free (values->check_words);
  values->seal = g_strdup (seal_text);
  values->check_words = g_strdup (check_words);
}

void
guitu_form_values_set_issued_at (GuituFormValues *values,
                                 gint64 issued_at)
{
  g_return_if_fail (values != NULL);

  values->issued_at = issued_at;
}

void
guitu_form_values_set_void (GuituFormValues *values,
                            gboolean is_void)
{
  g_return_if_fail (values != NULL);

  values->is_void = is_void;
}

gboolean
_guitu_form_values_is_void (const GuituFormValues *values)
{
  return values != NULL && values->is_void;
}

GList *
_guitu_form_values_keys (const GuituFormValues *values)
{
  return g_hash_table_get_keys (values->texts);
}

const char *
guitu_form_values_get_label (const GuituFormValues *values,
                             const char *key)
{
  return values != NULL ? g_hash_table_lookup (values->labels, key) : NULL;
}

GBytes *
_guitu_form_values_photo (const GuituFormValues *values)
{
  return values != NULL ? values->photo : NULL;
}

const char *
_guitu_form_values_seal (const GuituFormValues *values)
{
  return values != NULL ? values->seal : NULL;
}

const char *
_guitu_form_values_check_words (const GuituFormValues *values)
{
  return values != NULL ? values->check_words : NULL;
}

gint64
_guitu_form_values_issued_at (const GuituFormValues *values)
{
  return values != NULL ? values->issued_at : 0;
}
