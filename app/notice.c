/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two notices by which a station says no: 《不予救助通知书》 and 《终止救助通知书》 (规程 Annexes
 * 2 and 5). Each names the ground in law, the facts, and how to fight it until when. */

#include "app/after.h"
#include "app/calendar.h"
#include "app/codes.h"
#include "app/papers.h"
#include "app/rules.h"

#include <string.h>

typedef struct
{
  const char *form;
  const char *ground; /* rule whose value is the code of the ground */
  const char *reason;
  const char *verdict;
} Notice;

static const Notice notices[] = {
  { "refusal-notice", "refusal_ground", "经甄别和复核", "不予救助" },
  { "termination-notice", "termination_ground", "经查明和复核", "终止救助" },
};

static const Notice *
find_notice (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    if (strcmp (notices[i].form, kind) == 0)
      return &notices[i];
  return NULL;
}

gboolean
guitu_paper_is_notice (const char *kind)
{
  return find_notice (kind) != NULL;
}

static gboolean
has_value (const GuituRecord *stay,
           int field,
           const char *value)
{
  return g_strcmp0 (guitu_record_text (stay, field), value) == 0;
}

static gboolean
is_refused (const GuituRecord *stay)
{
  return has_value (stay, GUITU_STAY_DECISION, "refused");
}

/* The notice is made before the person leaves. Who then leaves another way had it all the same. */
static gboolean
is_terminated (const GuituRecord *stay)
{
  return has_value (stay, GUITU_STAY_PROPOSAL, "terminate") || has_value (stay, GUITU_STAY_LEAVE_BY, "terminated");
}

gboolean
guitu_notice_check (const char *kind,
                    const GuituRecord *stay,
                    GError **error)
{
  const Notice *notice = find_notice (kind);
  gboolean is_decided;

  if (notice == NULL)
    return TRUE;
  is_decided = strcmp (kind, "refusal-notice") == 0 ? is_refused (stay) : is_terminated (stay);
  if (is_decided && guitu_record_is_set (stay, GUITU_STAY_REVIEWED_BY))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "not-reviewed", "stay",
                     "This notice needs a decision that a second person has reviewed");
}

/* --- Remedies -------------------------------------------------------------------------------- */

void
guitu_remedies_count (GuituRemedies *remedies,
                      const char *served_at)
{
  g_autofree char *review = guitu_date_add_days (served_at, guitu_rules_integer ("appeal_days", served_at));
  g_autofree char *lawsuit = guitu_calendar_add_months (served_at, guitu_rules_integer ("lawsuit_months", served_at));

  remedies->review_until = guitu_calendar_roll (review);
  remedies->lawsuit_until = guitu_calendar_roll (lawsuit);
}

void
guitu_remedies_clear (GuituRemedies *remedies)
{
  g_clear_pointer (&remedies->review_until, g_free);
  g_clear_pointer (&remedies->lawsuit_until, g_free);
}

void
guitu_remedies_add (JsonObject *json,
                    const GuituRecord *stay)
{
  const char *served = guitu_record_text (stay, GUITU_STAY_SERVED_AT);
  g_auto (GuituRemedies) remedies = { 0 };
  JsonObject *member;

  if (served == NULL || !(is_refused (stay) || is_terminated (stay)))
    return;
  guitu_remedies_count (&remedies, served);
  member = json_object_new ();
  json_object_set_string_member (member, "review_until", remedies.review_until);
  json_object_set_string_member (member, "lawsuit_until", remedies.lawsuit_until);
  json_object_set_object_member (json, "remedies", member);
}

/* --- Texts ----------------------------------------------------------------------------------- */

static void
set (JsonObject *fields,
     const char *key,
     const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (fields, key, text);
}

static const char *
citation_of (const GuituRule *rule)
{
  return rule == NULL ? "" : rule->citation;
}

/* The rule of that name and value: grounds are a rule each. The later one where two hold. */
static void
set_ground (JsonObject *fields,
            const Notice *notice,
            const GuituRecord *stay,
            const char *on)
{
  const char *code = guitu_record_text (stay, GUITU_STAY_LEGAL_GROUND);
  const GuituCode *ground = code == NULL ? NULL : guitu_codes_find ("legal_ground", code);
  const GuituRule *rule = code == NULL ? NULL : guitu_rules_find_value (notice->ground, code, on);

  set (fields, "notice.ground", ground == NULL ? code : ground->chinese);
  set (fields, "notice.citation", citation_of (rule));
}

/* "2026年5月3日" between the words around it, or nothing. (transfer full) */
static char *
time_phrase (const char *before,
             const char *time,
             const char *after)
{
  g_autofree char *words = time == NULL ? NULL : guitu_time_in_chinese (time);

  return words == NULL ? g_strdup ("") : g_strconcat (before, words, after, NULL);
}

/* What the person is told to begin with. */
static void
set_decision (JsonObject *fields,
              const Notice *notice,
              const GuituPaperSubject *subject)
{
  const GuituRecord *stay = subject->stay;
  const char *name = guitu_record_text (subject->person, GUITU_PERSON_NAME);
  g_autofree char *arrival = time_phrase ("你于", guitu_record_text (stay, GUITU_STAY_ARRIVED_AT), "来我站求助");
  g_autofree char *admission = time_phrase ("，于", guitu_record_text (stay, GUITU_STAY_ADMITTED_AT), "入站接受救助");
  g_autofree char *from = time_phrase ("自", is_terminated (stay) ? guitu_record_text (stay, GUITU_STAY_LEFT_AT) : NULL, "起");
  g_autofree char *text = g_strdup_printf ("%s：\n　　%s%s。%s，你有下列法定情形。根据所列规定，决定%s%s。",
                                           name == NULL ? "求助人（姓名不详）" : name, arrival, admission, notice->reason, from, notice->verdict);

  set (fields, "notice.decision", text);
}

/* Where else help is to be had: what the station has asked for already. */
static gboolean
set_referrals (JsonObject *fields,
               GuituTransaction *transaction,
               const GuituRecord *stay,
               GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_REFERRAL_STAY, GUITU_EQUAL, guitu_record_id (stay) },
                                            { GUITU_REFERRAL_CLOSED_ON, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) referrals = guitu_records_find (transaction, &guitu_kind_referral, &open, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    {
      const GuituRecord *referral = referrals->pdata[i];
      const GuituCode *scheme = guitu_codes_find ("scheme", guitu_record_text (referral, GUITU_REFERRAL_SCHEME));
      const char *phone = guitu_record_text (referral, GUITU_REFERRAL_PHONE);

      g_string_append_printf (text, "%s%s：%s", text->len == 0 ? "" : "；",
                              scheme == NULL ? guitu_record_text (referral, GUITU_REFERRAL_SCHEME) : scheme->chinese,
                              guitu_record_text (referral, GUITU_REFERRAL_OFFICE));
      if (phone != NULL)
        g_string_append_printf (text, "（电话：%s）", phone);
    }
  set (fields, "notice.referrals", text->str);
  return referrals != NULL;
}

static void
set_last_days (JsonObject *fields,
               const GuituRecord *stay)
{
  const char *served = guitu_record_text (stay, GUITU_STAY_SERVED_AT);
  g_auto (GuituRemedies) remedies = { 0 };
  g_autofree char *review = NULL;
  g_autofree char *lawsuit = NULL;

  if (served == NULL)
    return;
  guitu_remedies_count (&remedies, served);
  review = guitu_time_in_chinese (remedies.review_until);
  lawsuit = guitu_time_in_chinese (remedies.lawsuit_until);
  set (fields, "notice.review_until", review);
  set (fields, "notice.lawsuit_until", lawsuit);
}

gboolean
guitu_notice_collect (JsonObject *fields,
                      const char *kind,
                      GuituTransaction *transaction,
                      const GuituPaperSubject *subject,
                      GError **error)
{
  static const int decided[] = { GUITU_STAY_DECIDED_AT, GUITU_STAY_REVIEWED_AT, GUITU_STAY_PROPOSED_AT };
  const Notice *notice = find_notice (kind);
  g_autofree char *today = guitu_today ();
  const char *on = today;

  if (notice == NULL)
    return TRUE;
  for (guint i = G_N_ELEMENTS (decided); i > 0; i--)
    if (guitu_record_is_set (subject->stay, decided[i - 1]))
      on = guitu_record_text (subject->stay, decided[i - 1]);
  set_decision (fields, notice, subject);
  set_ground (fields, notice, subject->stay, on);
  set_last_days (fields, subject->stay);
  guitu_paper_add_wording (fields, guitu_form_find (kind), subject->station, on);
  return set_referrals (fields, transaction, subject->stay, error);
}
