/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told when a paper is issued that may be the wrong one. It is issued all the same: the people at
 * the desk know more than their records say. */

#include "app/papers.h"

#include "app/house.h"
#include "app/links.h"

#include <string.h>

#define CLOCK_TOLERANCE_SECONDS 600 /* between the clocks of two desks */

/* The warning of @kind, told once. (transfer none) */
static JsonObject *
take_warning (JsonObject *result,
              const char *kind,
              const char *text)
{
  JsonObject *warning;
  JsonArray *warnings;

  if (!json_object_has_member (result, "warnings"))
    json_object_set_array_member (result, "warnings", json_array_new ());
  warnings = json_object_get_array_member (result, "warnings");
  for (guint i = 0; i < json_array_get_length (warnings); i++)
    {
      warning = json_array_get_object_element (warnings, i);
      if (strcmp (json_object_get_string_member (warning, "kind"), kind) == 0)
        return warning;
    }
  warning = json_object_new ();
  json_object_set_string_member (warning, "kind", kind);
  json_object_set_string_member (warning, "text", text);
  json_array_add_object_element (warnings, warning);
  return warning;
}

void
guitu_paper_add_warning (JsonObject *result,
                         const char *kind,
                         const char *text,
                         const GuituRecord *paper)
{
  JsonObject *warning = take_warning (result, kind, text);

  if (!json_object_has_member (warning, "numbers"))
    json_object_set_array_member (warning, "numbers", json_array_new ());
  json_array_add_string_element (json_object_get_array_member (warning, "numbers"), guitu_record_text (paper, GUITU_PAPER_NUMBER));
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
  json_object_set_string_member (take_warning (result, "clock-behind", text), "newest", newest_at);
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

  return guitu_person_age (person, day, &least, &greatest) && !guitu_person_may_be_minor (person, day);
}

void
guitu_paper_warn_of_person (const GuituRecord *paper,
                            const GuituRecord *stay,
                            const GuituRecord *person,
                            JsonObject *result)
{
  static const char *const of_minors[] = { "temporary-guardianship", "guardianship-assessment", "minor-handover", NULL };
  static const char *const of_railway[] = { "train-ticket-voucher", "travel-letter", NULL };
  const char *kind = guitu_record_text (paper, GUITU_PAPER_KIND);

  if (g_strv_contains (of_minors, kind) && is_adult (stay, person))
    guitu_paper_add_warning (result, "not-a-minor", "This form is for minors, and this person is of age", paper);
  if (strcmp (kind, "death-record") == 0 && !guitu_record_says (stay, GUITU_STAY_LEAVE_BY, "death"))
    guitu_paper_add_warning (result, "not-dead", "This is the record of a death, and the stay has not ended by one", paper);
  if (strcmp (kind, "bed-label") == 0 && !guitu_record_is_set (stay, GUITU_STAY_BED))
    guitu_paper_add_warning (result, "no-bed", "This person has no bed yet", paper);
  /* 铁运〔2006〕197号: the 救助编号 may stand for the number of an identity card */
  if (g_strv_contains (of_railway, kind) && !guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER) &&
      !guitu_record_is_set (person, GUITU_PERSON_NATIONAL_NUMBER))
    guitu_paper_add_warning (result, "no-ticket-number", "The railway needs the number of a document or the 救助编号, and neither is known", paper);
}

/* Whoever issued papers before, and was not told the numbers since the program was killed, is told them now. */
gboolean
guitu_paper_warn_of_earlier (GuituTransaction *transaction,
                             const GuituRecord *paper,
                             const char *since,
                             JsonObject *result,
                             GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_PAPER_STAY, GUITU_EQUAL, guitu_record_text (paper, GUITU_PAPER_STAY) },
                                             { GUITU_PAPER_KIND, GUITU_EQUAL, guitu_record_text (paper, GUITU_PAPER_KIND) },
                                             { GUITU_PAPER_STATE, GUITU_EQUAL, "issued" },
                                             { GUITU_PAPER_ISSUED_AT, GUITU_AT_LEAST, since } } };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);

  for (guint i = 0; papers != NULL && i < papers->len; i++)
    if (strcmp (guitu_record_id (papers->pdata[i]), guitu_record_id (paper)) != 0)
      guitu_paper_add_warning (result, "issued-already", "Some of these stays were given a paper of this kind within the last day, which is valid still: void those that are too many",
                               papers->pdata[i]);
  return papers != NULL;
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
    guitu_paper_warn_of_person (paper, stay, person, result);
  return guitu_paper_warn_of_clock (transaction, guitu_record_text (paper, GUITU_PAPER_ISSUED_AT), result, error);
}
