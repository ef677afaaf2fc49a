/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/protection.h"

#include "app/links.h"
#include "app/situation.h"

#include <string.h>

void
guitu_protection_clear (GuituProtection *protection)
{
  g_clear_pointer (&protection->stay, guitu_record_free);
}

gboolean
guitu_protection_read (GuituTransaction *transaction,
                       const char *person_id,
                       GuituProtection *protection,
                       GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);
  g_autoptr (GuituRecord) person = NULL;
  GuituSituation situation;

  if (ids == NULL || !guitu_links_open_stay (transaction, ids, &protection->stay, error))
    return FALSE;
  if (protection->stay == NULL)
    return TRUE;
  person = guitu_person_effective (transaction, person_id, error);
  if (person == NULL || !guitu_situation_read (transaction, protection->stay, person, today, &situation, error))
    return FALSE;
  protection->may_be_child = situation.may_be_child;
  protection->may_be_minor = situation.may_be_minor;
  protection->is_impaired = situation.is_impaired;
  protection->is_verified = guitu_person_is_verified (person);
  return TRUE;
}

/* An age that an identity card shows is no guess any more. */
static gboolean
is_shown_by_card (GuituTransaction *transaction,
                  const char *person_id,
                  gboolean *is_shown,
                  GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, person_id, error);

  *is_shown = person != NULL && guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER) &&
              g_strcmp0 (guitu_record_text (person, GUITU_PERSON_VERIFIED_BY), "id-card") == 0;
  return person != NULL;
}

gboolean
guitu_protection_check (GuituCall *call,
                        GuituTransaction *transaction,
                        const char *person_id,
                        const GuituProtection *before,
                        const char *second,
                        gboolean *is_taken_off,
                        GError **error)
{
  const char *reason = guitu_call_text (call, "reason");
  g_auto (GuituProtection) now = { 0 };
  gboolean is_shown, loses_age;

  if (is_taken_off != NULL)
    *is_taken_off = FALSE;
  if (before->stay == NULL)
    return TRUE;
  if (!guitu_protection_read (transaction, person_id, &now, error) || !is_shown_by_card (transaction, person_id, &is_shown, error))
    return FALSE;
  loses_age = (before->may_be_child && !now.may_be_child) || (before->may_be_minor && !now.may_be_minor);
  if ((!loses_age || is_shown || before->is_verified) && (now.is_impaired || !before->is_impaired))
    return TRUE;
  if (second == NULL && !guitu_call_may (call, "let out alone"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "protected-fact", NULL,
                       "This would take away what keeps the person from going alone (a low age, or signs of a disability) while they are here; a leader does that, or signs as the second person, with a reason");
  if (reason == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "reason", "“reason” is needed: how it is known that the person is no child, or shows no signs of a disability");
  if (is_taken_off != NULL)
    *is_taken_off = TRUE;
  return TRUE;
}
