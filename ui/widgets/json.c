/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/json.h"

#include "ui/widgets/moment.h"
#include "ui/widgets/money.h"

#include <glib/gi18n.h>
#include <string.h>

static JsonNode *
find_member (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

const char *
guitu_json_text (JsonObject *object, const char *member)
{
  JsonNode *node = find_member (object, member, G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

const char *
guitu_json_string (JsonObject *object, const char *member)
{
  const char *text = guitu_json_text (object, member);

  return text != NULL ? text : "";
}

gint64
guitu_json_integer (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = find_member (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

gboolean
guitu_json_flag (JsonObject *object, const char *member)
{
  JsonNode *node = find_member (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

JsonObject *
guitu_json_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
guitu_json_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

guint
guitu_json_count (JsonObject *object, const char *member)
{
  JsonArray *array = guitu_json_array (object, member);

  return array != NULL ? json_array_get_length (array) : 0;
}

void
guitu_json_set (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

const GuituField *
guitu_json_field (const char *path, const GuituKind **kind)
{
  const char *dot = strchr (path, '.');
  g_autofree char *name = NULL;
  const GuituKind *found;
  int index;

  g_return_val_if_fail (dot != NULL, NULL);
  name = g_strndup (path, dot - path);
  found = guitu_kind_find (name);
  g_return_val_if_fail (found != NULL, NULL);
  index = guitu_kind_field (found, dot + 1);
  g_return_val_if_fail (index >= 0, NULL);
  if (kind != NULL)
    *kind = found;
  return &found->fields[index];
}

static char *
code_words (const char *list, const char *code)
{
  const char *label = code != NULL ? guitu_code_label (list, code) : NULL;

  return g_strdup (label != NULL ? label : code != NULL ? code
                                                        : "");
}

char *
guitu_json_words (JsonObject *object, const char *path)
{
  const GuituField *field = guitu_json_field (path, NULL);
  g_autofree char *named = g_strconcat (field->name, "_name", NULL);
  const char *text = guitu_json_text (object, named);

  if (text != NULL)
    return g_strdup (text);
  text = guitu_json_text (object, field->name);
  if (field->type == GUITU_FIELD_CODE)
    return code_words (field->of, text);
  if (field->type == GUITU_FIELD_TIME)
    return guitu_moment_from_iso (text);
  if (text == NULL && guitu_json_integer (object, field->name, G_MININT64) != G_MININT64 && guitu_money_is (field))
    return guitu_money_words (guitu_json_integer (object, field->name, 0));
  if (text == NULL && guitu_json_integer (object, field->name, G_MININT64) != G_MININT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, guitu_json_integer (object, field->name, 0));
  return g_strdup (text != NULL ? text : "");
}

char *
guitu_json_value_words (JsonObject *item, const char *path)
{
  const char *field = strchr (path, '.') + 1;
  g_autofree char *named = g_strconcat (field, "_name", NULL);
  g_autoptr (JsonObject) record = json_object_new ();

  guitu_json_set (record, field, guitu_json_text (item, "value"));
  guitu_json_set (record, named, guitu_json_text (item, "value_name"));
  return guitu_json_words (record, path);
}

void
guitu_json_join (GString *words, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, text);
}

char *
guitu_json_age_words (JsonObject *person)
{
  int least = guitu_json_integer (person, "age_least", -1);
  int greatest = guitu_json_integer (person, "age_greatest", -1);

  if (least < 0)
    return g_strdup ("");
  if (guitu_json_flag (person, "age_exact"))
    return g_strdup_printf (_ ("%d years"), least);
  if (least == greatest)
    return g_strdup_printf (_ ("about %d years"), least);
  return g_strdup_printf (_ ("about %d–%d years"), least, greatest);
}

char *
guitu_json_person_summary (JsonObject *person)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *sex = guitu_json_words (person, "person.sex");
  g_autofree char *age = guitu_json_age_words (person);
  g_autofree char *home = guitu_json_words (person, "person.household");

  guitu_json_join (words, sex);
  guitu_json_join (words, age);
  guitu_json_join (words, home);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
