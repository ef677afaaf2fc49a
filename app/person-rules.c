/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person record must fulfil. Only the sex is mandatory; what is there must be possible. */

#include "app/blacklist.h"
#include "app/call.h"
#include "app/identity-number.h"
#include "app/links.h"
#include "app/lunar.h"
#include "app/missing.h"
#include "app/regions.h"
#include "app/verbs.h"
#include "app/visits.h"

#include <string.h>

#define LEAST_HEIGHT_CM 30
#define GREATEST_HEIGHT_CM 260
#define LEAST_BIRTH "1900-01-01"

/* Matches below this are not worth a tired clerk's glance. Where the store is large and little was said, the right one
 * may be one of hundreds; the ten best are shown as long as they are likelier than somebody drawn by lot. */
#define LEAST_PROBABILITY 0.001
#define WARNINGS_SHOWN 10
#define LIKENESSES_READ 30 /* several may be records of one person */

static gboolean
is_identity_card (const GuituRecord *person)
{
  const char *kind = guitu_record_text (person, GUITU_PERSON_ID_KIND);

  return kind == NULL || strcmp (kind, "resident-id") == 0 || strcmp (kind, "temporary-id") == 0 ||
         strcmp (kind, "household-book") == 0;
}

static const char *
identity_error_code (const GError *failure)
{
  switch ((GuituIdentityNumberError) failure->code)
    {
    case GUITU_IDENTITY_NUMBER_ERROR_CHECK_DIGIT:
      return "wrong-check-digit";
    case GUITU_IDENTITY_NUMBER_ERROR_REGION:
      return "unknown-region";
    case GUITU_IDENTITY_NUMBER_ERROR_DATE:
      return "impossible-date";
    case GUITU_IDENTITY_NUMBER_ERROR_CHARACTER:
      return "bad-character";
    case GUITU_IDENTITY_NUMBER_ERROR_LENGTH:
    default:
      return "wrong-length";
    }
}

/* What the card says fills what is still empty, and must not contradict what is said. */
static gboolean
use_identity (GuituRecord *person,
              const GuituIdentityNumber *identity,
              GError **error)
{
  const char *sex = guitu_record_text (person, GUITU_PERSON_SEX);
  const char *from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);
  gboolean is_overridden = guitu_record_is_set (person, GUITU_PERSON_ID_OVERRIDE);

  guitu_record_set_text (person, GUITU_PERSON_ID_NUMBER, identity->number);
  if (sex == NULL)
    guitu_record_set_text (person, GUITU_PERSON_SEX, identity->sex);
  else if ((sex[0] == '1' || sex[0] == '2') && strcmp (sex, identity->sex) != 0 && !is_overridden)
    return guitu_fail (error, GUITU_ERROR_INVALID, "contradicts-id-number", "sex",
                       "The ID number says the other sex; correct one of them, or give a reason in id_override");
  if (from == NULL)
    {
      guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, identity->birth);
      guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, identity->birth);
    }
  else if ((strcmp (identity->birth, from) < 0 || strcmp (identity->birth, to == NULL ? from : to) > 0) && !is_overridden)
    return guitu_fail (error, GUITU_ERROR_INVALID, "contradicts-id-number", "birth_from",
                       "The ID number says %s; correct one of them, or give a reason in id_override", identity->birth);
  if (!guitu_record_is_set (person, GUITU_PERSON_HOUSEHOLD) && guitu_regions_exists (identity->region))
    guitu_record_set_text (person, GUITU_PERSON_HOUSEHOLD, identity->region);
  if (!guitu_record_is_set (person, GUITU_PERSON_ID_KIND))
    guitu_record_set_text (person, GUITU_PERSON_ID_KIND, "resident-id");
  return TRUE;
}

static gboolean
check_identity (GuituRecord *person,
                GError **error)
{
  const char *number = guitu_record_text (person, GUITU_PERSON_ID_NUMBER);
  g_autofree char *today = guitu_today ();
  g_autoptr (GError) failure = NULL;
  GuituIdentityNumber identity;

  if (number == NULL || !is_identity_card (person))
    return TRUE;
  if (guitu_identity_number_parse (number, today, &identity, &failure))
    return use_identity (person, &identity, error);
  if (guitu_record_is_set (person, GUITU_PERSON_ID_OVERRIDE))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, identity_error_code (failure), "id_number",
                     "%s; if the document really says so, give the reason in id_override", failure->message);
}

/* What was said by the lunar calendar stays as it was said, and fills the days where they are not known. */
static gboolean
check_lunar_birth (GuituRecord *person,
                   GError **error)
{
  const char *text = guitu_record_text (person, GUITU_PERSON_BIRTH_LUNAR);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  GuituLunarDate date;

  if (text == NULL || (!guitu_record_changed (person, GUITU_PERSON_BIRTH_LUNAR) && guitu_record_is_set (person, GUITU_PERSON_BIRTH_FROM)))
    return TRUE;
  if (!guitu_lunar_parse (text, &date))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-lunar", "birth_lunar",
                       "“%s” is no lunar date; write it as 1950年八月十五 or 1950年闰四月初一, as much of it as is known", text);
  if (!guitu_lunar_convert (&date, &from, &to))
    return guitu_fail (error, GUITU_ERROR_INVALID, "no-lunar-day", "birth_lunar", "The lunar year %d has no such month or day: “%s”", date.year, text);
  if (guitu_record_is_set (person, GUITU_PERSON_BIRTH_FROM) || guitu_record_is_set (person, GUITU_PERSON_BIRTH_TO))
    return TRUE;
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, from);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, to);
  return TRUE;
}

static gboolean
check_birth (GuituRecord *person,
             GError **error)
{
  const char *from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);
  g_autofree char *today = guitu_today ();

  if (from == NULL && to == NULL)
    return TRUE;
  if (from == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "birth_from", "“birth_from” is needed beside birth_to");
  if (to == NULL)
    guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, from);
  to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);
  if (strcmp (from, LEAST_BIRTH) < 0 || strcmp (from, today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "birth_from", "Nobody here was born on %s", from);
  if (strcmp (to, from) < 0 || strcmp (to, today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "birth_to",
                       "“birth_to” (%s) lies before birth_from (%s) or in the future", to, from);
  return TRUE;
}

/* Unreadable digits are written as ? or x: a partial number is still a clue. */
gboolean
guitu_phone_check (const char *phone,
                   GError **error)
{
  static const char allowed[] = "0123456789+-() ?xX*/,;转、；（）";

  for (const char *at = phone; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_utf8_strchr (allowed, -1, g_utf8_get_char (at)) == NULL)
      return guitu_fail (error, GUITU_ERROR_INVALID, "bad-character", "phone",
                         "A phone number has digits (and ? for those that can't be read); put words into kin");
  return TRUE;
}

static gboolean
check_height (const GuituRecord *person,
              GError **error)
{
  gint64 height = guitu_record_integer (person, GUITU_PERSON_HEIGHT_CM, 0);

  if (!guitu_record_is_set (person, GUITU_PERSON_HEIGHT_CM) || (height >= LEAST_HEIGHT_CM && height <= GREATEST_HEIGHT_CM))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "height_cm",
                     "Height is given in centimetres, from %d to %d", LEAST_HEIGHT_CM, GREATEST_HEIGHT_CM);
}

gboolean
guitu_person_check (GuituRecord *person,
                    GError **error)
{
  return check_identity (person, error) &&
         check_lunar_birth (person, error) &&
         check_birth (person, error) &&
         guitu_phone_check (guitu_record_text (person, GUITU_PERSON_PHONE), error) &&
         check_height (person, error) &&
         guitu_record_check_required (person, error);
}

JsonArray *
guitu_reasons_to_json (GArray *reasons)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reasons->len; i++)
    {
      const GuituReason *reason = &g_array_index (reasons, GuituReason, i);
      gboolean is_masked = strcmp (reason->field, "id_number") == 0;
      g_autofree char *ours = is_masked && reason->ours != NULL ? guitu_identity_number_mask (reason->ours) : g_strdup (reason->ours);
      g_autofree char *theirs = is_masked && reason->theirs != NULL ? guitu_identity_number_mask (reason->theirs) : g_strdup (reason->theirs);
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "field", reason->field);
      json_object_set_string_member (json, "ours", ours == NULL ? "" : ours);
      json_object_set_string_member (json, "theirs", theirs == NULL ? "" : theirs);
      json_object_set_double_member (json, "weight", reason->weight);
      if (reason->how != NULL)
        json_object_set_string_member (json, "how", reason->how);
      json_array_add_object_element (array, json);
    }
  return array;
}

void
guitu_likeness_to_json (JsonObject *json,
                        const GuituLikeness *likeness)
{
  json_object_set_double_member (json, "score", likeness->score);
  json_object_set_double_member (json, "probability", likeness->probability);
  json_object_set_string_member (json, "certainty", likeness->certainty);
  json_object_set_array_member (json, "why", guitu_reasons_to_json (likeness->reasons));
}

static JsonObject *
warning_to_json (GuituTransaction *transaction,
                 const GuituLikeness *likeness,
                 GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();
  const char *name = guitu_person_display_name (likeness->person);
  const char *household = guitu_record_text (likeness->person, GUITU_PERSON_HOUSEHOLD);
  g_autofree char *region = household == NULL ? NULL : guitu_regions_full_name (household);
  g_autofree char *today = guitu_today ();
  g_autofree char *age = guitu_person_age_text (likeness->person, today);
  g_autofree char *text = g_strdup_printf ("%s %s", name, age);

  if (!guitu_person_add_presence (json, transaction, likeness->person, error))
    return NULL;
  json_object_set_string_member (json, "kind", "same-person");
  json_object_set_string_member (json, "id", guitu_record_id (likeness->person));
  json_object_set_string_member (json, "name", name);
  json_object_set_string_member (json, "text", g_strchomp (text));
  json_object_set_string_member (json, "sex", guitu_record_text (likeness->person, GUITU_PERSON_SEX));
  if (household != NULL)
    json_object_set_string_member (json, "household_name", region == NULL ? household : region);
  guitu_person_add_age (json, likeness->person);
  guitu_likeness_to_json (json, likeness);
  return g_steal_pointer (&json);
}

/* A person is proposed once, by the record that leads; nobody whom somebody told apart already. */
static gboolean
add_warning (JsonArray *warnings,
             GuituTransaction *transaction,
             const GuituRecord *person,
             GuituLikeness *likeness,
             GHashTable *seen,
             GError **error)
{
  const char *id = guitu_record_id (likeness->person);
  g_autofree char *leader = guitu_links_leader (transaction, id, error);
  g_autoptr (GuituRecord) different = NULL;
  GuituRecord *effective;
  JsonObject *warning;

  if (leader == NULL || !guitu_links_find_different (transaction, guitu_record_id (person), id, &different, error))
    return FALSE;
  if (different != NULL || !g_hash_table_add (seen, g_steal_pointer (&leader)))
    return TRUE;
  effective = guitu_person_effective (transaction, id, error);
  if (effective == NULL)
    return FALSE;
  guitu_record_free (likeness->person);
  likeness->person = effective;
  warning = warning_to_json (transaction, likeness, error);
  if (warning == NULL)
    return FALSE;
  json_array_add_object_element (warnings, warning);
  return TRUE;
}

JsonArray *
guitu_person_warnings (GuituTransaction *transaction,
                       const GuituRecord *person,
                       GError **error)
{
  g_autoptr (GPtrArray) likenesses = guitu_persons_match (transaction, person, LEAST_PROBABILITY, LIKENESSES_READ, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *own = guitu_links_leader (transaction, guitu_record_id (person), error);
  g_autoptr (JsonArray) warnings = json_array_new ();

  if (likenesses == NULL || own == NULL)
    return NULL;
  g_hash_table_add (seen, g_steal_pointer (&own));
  for (guint i = 0; i < likenesses->len && json_array_get_length (warnings) < WARNINGS_SHOWN; i++)
    if (!add_warning (warnings, transaction, person, likenesses->pdata[i], seen, error))
      return NULL;
  if (!guitu_visits_warn (transaction, person, TRUE, warnings, error) || !guitu_listings_warn (transaction, person, warnings, error) ||
      !guitu_missing_warn (transaction, person, warnings, error))
    return NULL;
  return g_steal_pointer (&warnings);
}

gboolean
guitu_warnings_add (JsonObject *json,
                    GuituTransaction *transaction,
                    const GuituRecord *person,
                    gboolean arrives,
                    GError **error)
{
  g_autoptr (JsonArray) warnings = json_array_new ();

  if (!guitu_visits_warn (transaction, person, arrives, warnings, error) || !guitu_listings_warn (transaction, person, warnings, error) ||
      !guitu_missing_warn_known (transaction, guitu_record_id (person), warnings, error))
    return FALSE;
  json_object_set_array_member (json, "warnings", g_steal_pointer (&warnings));
  return TRUE;
}
