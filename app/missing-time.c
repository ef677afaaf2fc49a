/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was in a station already cannot have been lost elsewhere later. */

#include "app/missing.h"

#include <string.h>

#define DAYS_UNSURE 30       /* families remember the day badly, and miss somebody late */
#define IN_HOUSE_THEN (-7.0) /* bits: the report or the record of the stay can be wrong */

/* Since when somebody had been here when they were missed, with some weeks to spare. */
static gboolean
find_stay_then (GuituTransaction *transaction,
                const char *person_id,
                const char *lost_on,
                char **since,
                GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_STAY_PERSON, GUITU_EQUAL, person_id } }, .without_bytes = TRUE };
  g_autofree char *before = guitu_date_add_days (lost_on, -DAYS_UNSURE);
  g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &query, error);

  *since = NULL;
  for (guint i = 0; stays != NULL && i < stays->len && *since == NULL; i++)
    {
      const char *arrived = guitu_record_text (stays->pdata[i], GUITU_STAY_ARRIVED_AT);
      const char *left = guitu_record_text (stays->pdata[i], GUITU_STAY_LEFT_AT);

      if (!guitu_record_is_voided (stays->pdata[i]) && arrived != NULL && strncmp (arrived, before, strlen (before)) < 0 &&
          (left == NULL || strncmp (left, lost_on, strlen (lost_on)) > 0))
        *since = g_strdup (arrived);
    }
  return stays != NULL;
}

gboolean
guitu_missing_weigh_time (GuituTransaction *transaction,
                          const GuituRecord *record,
                          GuituLikeness *likeness,
                          GError **error)
{
  gboolean is_turned = guitu_record_kind (likeness->person) == &guitu_kind_person;
  const GuituRecord *person = is_turned ? likeness->person : record;
  const GuituRecord *report = is_turned ? record : likeness->person;
  int field = guitu_kind_field (guitu_record_kind (report), "lost_on");
  const char *lost_on = field < 0 ? NULL : guitu_record_text (report, field);
  g_autofree char *since = NULL;

  if (lost_on == NULL || guitu_record_kind (person) != &guitu_kind_person)
    return TRUE;
  if (!find_stay_then (transaction, guitu_record_id (person), lost_on, &since, error))
    return FALSE;
  if (since != NULL)
    guitu_likeness_add (likeness, "lost_on", "in-house-then", is_turned ? lost_on : since, is_turned ? since : lost_on, IN_HOUSE_THEN);
  return TRUE;
}
