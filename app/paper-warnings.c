/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told when a paper is issued that may be the wrong one. It is issued all the same: the people at
 * the desk know more than their records say. */

#include "app/papers.h"

#include "app/links.h"
#include "app/rules.h"

#include <string.h>

#define CLOCK_TOLERANCE_SECONDS 600 /* between the clocks of two desks */

JsonObject *
guitu_paper_add_warning (JsonObject *result,
                         const char *kind,
                         const char *text)
{
  JsonObject *warning = json_object_new ();

  json_object_set_string_member (warning, "kind", kind);
  json_object_set_string_member (warning, "text", text);
  if (!json_object_has_member (result, "warnings"))
    json_object_set_array_member (result, "warnings", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (result, "warnings"), warning);
  return warning;
}

gboolean
guitu_paper_warn_of_clock (GuituTransaction *transaction,
                           const char *issued,
                           JsonObject *result,
                           GError **error)
{
  g_autofree char *later = guitu_time_from_unix (guitu_time_to_unix (issued) + CLOCK_TOLERANCE_SECONDS);
  const GuituQuery newest = {
    .conditions = { { GUITU_PAPER_ISSUED_AT, GUITU_AT_LEAST, later } },
    .is_ordered = TRUE,
    .order_by = GUITU_PAPER_ISSUED_AT,
    .descending = TRUE,
    .limit = 1,
  };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &newest, error);
  const char *newest_at;
  g_autofree char *text = NULL;

  if (papers == NULL || papers->len == 0)
    return papers != NULL;
  newest_at = guitu_record_text (papers->pdata[0], GUITU_PAPER_ISSUED_AT);
  text = g_strdup_printf ("The register holds a paper of %s, later than this one (%s): look at this computer's clock, and void the paper if its date is wrong",
                          newest_at, issued);
  json_object_set_string_member (guitu_paper_add_warning (result, "clock-behind", text), "newest", newest_at);
  return TRUE;
}

/* Somebody who certainly was of age on arrival; whose age is not known may be a child. */
static gboolean
is_adult (const GuituRecord *stay,
          const GuituRecord *person)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  g_autofree char *day = g_strndup (arrived, strlen ("YYYY-MM-DD"));
  int least, greatest;

  return guitu_person_age (person, day, &least, &greatest) && least >= guitu_rules_integer ("minor_age_years", day);
}

static void
warn_of_person (const char *kind,
                const GuituRecord *stay,
                const GuituRecord *person,
                JsonObject *result)
{
  static const char *const of_minors[] = { "temporary-guardianship", "guardianship-assessment", "minor-handover", NULL };
  static const char *const of_railway[] = { "train-ticket-voucher", "travel-letter", NULL };

  if (g_strv_contains (of_minors, kind) && is_adult (stay, person))
    guitu_paper_add_warning (result, "not-a-minor", "This form is for minors, and this person is of age");
  if (strcmp (kind, "death-record") == 0 && !guitu_record_says (stay, GUITU_STAY_LEAVE_BY, "death"))
    guitu_paper_add_warning (result, "not-dead", "This is the record of a death, and the stay has not ended by one");
  if (strcmp (kind, "bed-label") == 0 && !guitu_record_is_set (stay, GUITU_STAY_BED))
    guitu_paper_add_warning (result, "no-bed", "This person has no bed yet");
  /* 铁运〔2006〕197号: the 救助编号 may stand for the number of an identity card */
  if (g_strv_contains (of_railway, kind) && !guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER) &&
      !guitu_record_is_set (person, GUITU_PERSON_NATIONAL_NUMBER))
    guitu_paper_add_warning (result, "no-ticket-number", "The railway needs the number of a document or the 救助编号, and neither is known");
}

gboolean
guitu_paper_warn (GuituTransaction *transaction,
                  const GuituRecord *paper,
                  JsonObject *result,
                  GError **error)
{
  const char *stay_id = guitu_record_text (paper, GUITU_PAPER_STAY);
  g_autoptr (GuituRecord) stay = stay_id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, stay_id, error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);

  if (stay_id != NULL && person == NULL)
    return FALSE;
  if (person != NULL)
    warn_of_person (guitu_record_text (paper, GUITU_PAPER_KIND), stay, person, result);
  return guitu_paper_warn_of_clock (transaction, guitu_record_text (paper, GUITU_PAPER_ISSUED_AT), result, error);
}
