/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a report must fulfil: all that a person's record must, by the same function, and what belongs to the loss. */

#include "app/missing.h"

#include <string.h>

/* What the two have in common, which is checked as in a person's record. */
static const int shared[][2] = {
  { GUITU_MISSING_NAME, GUITU_PERSON_NAME },
  { GUITU_MISSING_SEX, GUITU_PERSON_SEX },
  { GUITU_MISSING_BIRTH_FROM, GUITU_PERSON_BIRTH_FROM },
  { GUITU_MISSING_BIRTH_TO, GUITU_PERSON_BIRTH_TO },
  { GUITU_MISSING_BIRTH_LUNAR, GUITU_PERSON_BIRTH_LUNAR },
  { GUITU_MISSING_ID_NUMBER, GUITU_PERSON_ID_NUMBER },
  { GUITU_MISSING_ID_OVERRIDE, GUITU_PERSON_ID_OVERRIDE },
  { GUITU_MISSING_HOUSEHOLD, GUITU_PERSON_HOUSEHOLD },
  { GUITU_MISSING_PHONE, GUITU_PERSON_PHONE },
};

static gboolean
check_as_person (GuituRecord *missing,
                 GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    guitu_record_set_text (person, shared[i][1], guitu_record_text (missing, shared[i][0]));
  if (guitu_record_is_set (missing, GUITU_MISSING_HEIGHT_CM))
    guitu_record_set_integer (person, GUITU_PERSON_HEIGHT_CM, guitu_record_integer (missing, GUITU_MISSING_HEIGHT_CM, 0));
  if (!guitu_person_check (person, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    guitu_record_set_text (missing, shared[i][0], guitu_record_text (person, shared[i][1]));
  return TRUE;
}

/* Nobody was lost before birth, after today, or after it was reported. */
static gboolean
check_loss (const GuituRecord *missing,
            GError **error)
{
  const char *lost = guitu_record_text (missing, GUITU_MISSING_LOST_ON);
  const char *born = guitu_record_text (missing, GUITU_MISSING_BIRTH_FROM);
  const char *reported = guitu_record_text (missing, GUITU_MISSING_REPORTED_AT);
  g_autofree char *today = guitu_today ();

  if (reported != NULL && !guitu_time_check (reported, NULL, "reported_at", error))
    return FALSE;
  if (lost == NULL)
    return TRUE;
  if (strcmp (lost, today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "lost_on", "“lost_on” (%s) lies in the future", lost);
  if (born != NULL && strcmp (lost, born) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "lost_on", "Nobody is lost (%s) before being born (%s)", lost, born);
  if (reported != NULL && strncmp (lost, reported, strlen ("YYYY-MM-DD")) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-early", "reported_at", "The report (%s) lies before the loss (%s)", reported, lost);
  return TRUE;
}

gboolean
guitu_missing_check (GuituRecord *missing,
                     GError **error)
{
  return check_as_person (missing, error) && check_loss (missing, error) && guitu_record_check_required (missing, error);
}
