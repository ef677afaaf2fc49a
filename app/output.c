/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity-number.h"
#include "app/regions.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
is_chinese (void)
{
  const char *const *languages = g_get_language_names ();

  return languages[0] != NULL && g_str_has_prefix (languages[0], "zh");
}

const char *
guitu_field_label (const GuituField *field)
{
  return is_chinese () ? field->chinese : field->english;
}

const char *
guitu_code_label (const char *list,
                  const char *code)
{
  const GuituCode *found = code == NULL ? NULL : guitu_codes_find (list, code);

  if (found == NULL)
    return code;
  return is_chinese () ? found->chinese : found->english;
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode *node,
             gpointer data)
{
  json_object_set_member (data, name, json_node_copy (node));
}

void
guitu_json_add (JsonObject *json,
                JsonObject *members)
{
  json_object_foreach_member (members, copy_member, json);
}

static void
add_field (JsonObject *json,
           const GuituRecord *record,
           guint position,
           gboolean reveal)
{
  const GuituField *field = &guitu_record_kind (record)->fields[position];
  const char *text = guitu_record_text (record, position);
  g_autofree char *masked = NULL;

  if (!guitu_record_is_set (record, position) || (field->flags & GUITU_SECRET))
    return;
  if (text == NULL)
    {
      json_object_set_int_member (json, field->name, guitu_record_integer (record, position, 0));
      return;
    }
  if ((field->flags & GUITU_MASKED) && !reveal)
    text = masked = guitu_identity_number_mask (text);
  json_object_set_string_member (json, field->name, text);
}

JsonObject *
guitu_record_to_json (const GuituRecord *record,
                      gboolean reveal)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "id", guitu_record_id (record));
  for (guint i = 0; i < guitu_record_kind (record)->n_fields; i++)
    add_field (json, record, i, reveal);
  return json;
}

void
guitu_person_add_age (JsonObject *json,
                      const GuituRecord *person)
{
  const char *from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);
  g_autofree char *today = guitu_today ();
  g_autofree char *age = guitu_person_age_text (person, today);
  int least, greatest;

  json_object_set_string_member (json, "age", age);
  if (!guitu_person_age (person, today, &least, &greatest))
    return;
  json_object_set_int_member (json, "age_least", least);
  json_object_set_int_member (json, "age_greatest", greatest);
  json_object_set_boolean_member (json, "age_exact", to == NULL || strcmp (from, to) == 0);
}

const char *
guitu_person_display_name (const GuituRecord *person)
{
  const char *name = guitu_record_text (person, GUITU_PERSON_NAME);

  return name == NULL ? GUITU_NAMELESS : name;
}

JsonObject *
guitu_person_to_json (const GuituRecord *person,
                      gboolean reveal)
{
  JsonObject *json = guitu_record_to_json (person, reveal);
  const char *household = guitu_record_text (person, GUITU_PERSON_HOUSEHOLD);
  g_autofree char *region = household == NULL ? NULL : guitu_regions_full_name (household);

  json_object_set_string_member (json, "display_name", guitu_person_display_name (person));
  guitu_person_add_age (json, person);
  if (household != NULL)
    json_object_set_string_member (json, "household_name", region == NULL ? household : region);
  return json;
}

const char *
guitu_stay_state (const GuituRecord *stay)
{
  return guitu_state_name (guitu_stay_state_of (stay));
}

void
guitu_json_add_region_name (JsonObject *json,
                            const char *field)
{
  JsonNode *node = json_object_get_member (json, field);
  g_autofree char *name = node == NULL ? NULL : guitu_regions_full_name (json_node_get_string (node));
  g_autofree char *member = g_strconcat (field, "_name", NULL);

  if (name != NULL)
    json_object_set_string_member (json, member, name);
}

JsonObject *
guitu_stay_to_json (const GuituRecord *stay)
{
  JsonObject *json = guitu_record_to_json (stay, FALSE);
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  const char *due = guitu_record_text (stay, GUITU_STAY_DUE_ON);
  g_autofree char *today = guitu_today ();

  guitu_json_add_region_name (json, "destination");
  json_object_set_string_member (json, "state", guitu_stay_state (stay));
  json_object_set_boolean_member (json, "is_open", guitu_state_is_open (guitu_stay_state_of (stay)));
  if (arrived != NULL)
    json_object_set_int_member (json, "days", guitu_date_difference (arrived, left == NULL ? today : left));
  if (due != NULL && left == NULL)
    json_object_set_int_member (json, "days_left", guitu_date_difference (today, due));
  return json;
}

JsonArray *
guitu_records_to_json (GPtrArray *records)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const GuituRecord *record = g_ptr_array_index (records, i);
      const GuituKind *kind = guitu_record_kind (record);

      json_array_add_object_element (array, kind == &guitu_kind_stay     ? guitu_stay_to_json (record)
                                            : kind == &guitu_kind_person ? guitu_person_to_json (record, FALSE)
                                                                         : guitu_record_to_json (record, FALSE));
    }
  return array;
}
