/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who stands at the door may be somebody whom a family looks for: the desk sees it at once. */

#include "app/missing.h"

#include "app/fence.h"
#include "app/findings.h"
#include "app/links.h"
#include "app/visits.h"

#include <string.h>

#define WARNINGS_SHOWN 5
#define LIKENESSES_READ 20

/* Families have been the danger before: the person is asked first. */
#define ASK_FIRST "联系家属前，先单独询问本人意愿、有无家庭暴力"

/* {number, station, station_name, phone, family_phone …} of a report, wherever it was taken down. */
static JsonObject *
report_to_json (GuituTransaction *transaction,
                const GuituRecord *report,
                GError **error)
{
  static const char *const unseen[] = { "birth_from", "birth_to", "kin", "health", "health_name", "photo" };
  g_autoptr (JsonObject) json = NULL;

  if (guitu_record_kind (report) == &guitu_kind_sought)
    {
      json = guitu_sought_to_json (transaction, report, FALSE, error);
      for (guint i = 0; json != NULL && i < G_N_ELEMENTS (unseen); i++)
        json_object_remove_member (json, unseen[i]);
      return g_steal_pointer (&json);
    }
  json = json_object_new ();
  json_object_set_string_member (json, "missing", guitu_record_id (report));
  json_object_set_string_member (json, "number", guitu_record_text (report, GUITU_MISSING_NUMBER));
  json_object_set_string_member (json, "name", guitu_missing_display_name (report));
  if (guitu_record_is_set (report, GUITU_MISSING_LOST_ON))
    json_object_set_string_member (json, "lost_on", guitu_record_text (report, GUITU_MISSING_LOST_ON));
  json_object_set_string_member (json, "family_phone", guitu_record_text (report, GUITU_MISSING_PHONE));
  json_object_set_boolean_member (json, "own", TRUE);
  return guitu_station_name_add (json, transaction, guitu_transaction_keys (transaction)->station, error) ? g_steal_pointer (&json) : NULL;
}

static gboolean
add_warning (GuituTransaction *transaction,
             const GuituRecord *report,
             double score,
             double probability,
             JsonArray *why,
             JsonArray *warnings,
             GError **error)
{
  JsonObject *json = report_to_json (transaction, report, error);
  const char *number = json == NULL ? NULL : json_object_get_string_member_with_default (json, "number", "");
  g_autofree char *text = NULL;

  if (json == NULL)
    {
      json_array_unref (why);
      return FALSE;
    }
  text = g_strdup_printf ("可能有家属在寻找：%s，%s，可能性%d%%。%s", json_object_get_string_member (json, "station_name"), number, (int) (probability * 100), ASK_FIRST);
  json_object_set_string_member (json, "kind", "missing");
  json_object_set_string_member (json, "id", guitu_record_id (report));
  json_object_set_double_member (json, "score", score);
  json_object_set_double_member (json, "probability", probability);
  json_object_set_array_member (json, "why", why);
  json_object_set_string_member (json, "text", text);
  json_array_add_object_element (warnings, json);
  return TRUE;
}

static gboolean
is_own_copy (GuituTransaction *transaction,
             const GuituRecord *report)
{
  return guitu_record_kind (report) == &guitu_kind_sought && guitu_record_says (report, GUITU_SOUGHT_STATION, guitu_transaction_keys (transaction)->station);
}

/* From whom somebody fled is not known to the program: where violence or traffickers are in play, only who works on
 * the case learns that somebody searches. */
gboolean
guitu_missing_warn (GuituTransaction *transaction,
                    const GuituRecord *person,
                    JsonArray *warnings,
                    GError **error)
{
  static const GuituKind *const kinds[] = { &guitu_kind_missing, &guitu_kind_sought, NULL };
  g_autoptr (GPtrArray) likenesses = NULL;
  gboolean is_out;
  guint n = 0;

  if (!guitu_fence_protects (transaction, guitu_record_id (person), &is_out, error))
    return FALSE;
  if (is_out || guitu_record_says (person, GUITU_PERSON_FENCE, "violence") || guitu_record_says (person, GUITU_PERSON_FENCE, "trafficking"))
    return TRUE;
  likenesses = guitu_records_match (transaction, person, kinds, guitu_finding_least (), LIKENESSES_READ, error);
  for (guint i = 0; likenesses != NULL && i < likenesses->len && n < WARNINGS_SHOWN; i++)
    {
      GuituLikeness *likeness = likenesses->pdata[i];
      gboolean is_different;

      if (!guitu_findings_are_different (transaction, guitu_record_id (person), guitu_record_id (likeness->person), &is_different, error))
        return FALSE;
      if (is_different || is_own_copy (transaction, likeness->person))
        continue;
      if (!guitu_missing_weigh_time (transaction, person, likeness, error))
        return FALSE;
      if (likeness->probability < guitu_finding_least ())
        continue;
      if (!add_warning (transaction, likeness->person, likeness->score, likeness->probability, guitu_reasons_to_json (likeness->reasons), warnings, error))
        return FALSE;
      n++;
    }
  return likenesses != NULL;
}

gboolean
guitu_missing_warn_known (GuituTransaction *transaction,
                          const char *person_id,
                          JsonArray *warnings,
                          GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;
  gboolean is_out;

  if (!guitu_fence_protects (transaction, person_id, &is_out, error))
    return FALSE;
  if (is_out)
    return TRUE;
  findings = guitu_findings_of_person (transaction, person_id, error);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const GuituRecord *finding = findings->pdata[i];
      g_autoptr (GuituRecord) report = NULL;

      if (guitu_record_says (finding, GUITU_FINDING_VERDICT, "different"))
        continue;
      if (!guitu_finding_report (transaction, finding, &report, error))
        return FALSE;
      if (report != NULL && guitu_finding_report_is_open (report) && guitu_record_kind (report) != &guitu_kind_letter &&
          !add_warning (transaction, report, (double) guitu_record_integer (finding, GUITU_FINDING_SCORE, 0) / 1000,
                        (double) guitu_record_integer (finding, GUITU_FINDING_PROBABILITY, 0) / 1000, guitu_finding_why (finding), warnings, error))
        return FALSE;
    }
  return findings != NULL;
}

gboolean
guitu_missing_unwarn (GuituTransaction *transaction,
                      const char *person_id,
                      JsonArray *warnings,
                      GError **error)
{
  gboolean is_out;

  if (!guitu_fence_protects (transaction, person_id, &is_out, error))
    return FALSE;
  for (guint i = json_array_get_length (warnings); is_out && i > 0; i--)
    if (strcmp (json_object_get_string_member_with_default (json_array_get_object_element (warnings, i - 1), "kind", ""), "missing") == 0)
      json_array_remove_element (warnings, i - 1);
  return TRUE;
}
