/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How what an entry of the list says is put right. What it adds to it is signed by two, as the entry was; one
 * alone may only take away, or make it milder or shorter. */

#include "app/blacklist-private.h"

#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

/* What may be put right, and was there before. */
typedef enum
{
  FACTS,
  ADVICE,
  SAID,
  MEASURE,
  UNTIL,
  N_PARTS
} Part;

static const int fields[N_PARTS] = { GUITU_BLACKLIST_FACTS, GUITU_BLACKLIST_ADVICE, GUITU_BLACKLIST_SAID, GUITU_BLACKLIST_MEASURE, GUITU_BLACKLIST_UNTIL };

typedef struct
{
  char *was[N_PARTS];
} Before;

static void
before_clear (Before *before)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (&before->was[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, before_clear)

static gboolean
is_changed (const Before *before,
            const GuituRecord *entry,
            Part part)
{
  return g_strcmp0 (before->was[part], guitu_record_text (entry, fields[part])) != 0;
}

/* Whether whole lines were taken away, and nothing else was done. */
static gboolean
is_less (const char *was,
         const char *is)
{
  g_auto (GStrv) lines = g_strsplit (was == NULL ? "" : was, "\n", -1);
  g_auto (GStrv) left = g_strsplit (is == NULL ? "" : is, "\n", -1);
  guint found = 0;

  for (guint i = 0; lines[i] != NULL && left[found] != NULL; i++)
    if (strcmp (lines[i], left[found]) == 0)
      found++;
  return left[found] == NULL;
}

static guint
strictness (const char *measure)
{
  guint n;
  const GuituCode *const *measures = guitu_codes_list ("list_measure", &n);
  guint i = 0;

  while (i < n && g_strcmp0 (measures[i]->code, measure) != 0)
    i++;
  return i;
}

/* --- What the correction may do -------------------------------------------------------------------- */

/* An entry never gets longer or stricter by it, nor says more of the person than a new one might. */
static gboolean
check_corrected (const GuituRecord *entry,
                 const Before *before,
                 GError **error)
{
  const char *until = guitu_record_text (entry, GUITU_BLACKLIST_UNTIL);

  if (!guitu_record_check_required (entry, error))
    return FALSE;
  if (g_strcmp0 (until, before->was[UNTIL]) > 0 || (until == NULL && before->was[UNTIL] != NULL))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-longer", "until", "A correction makes an entry no longer; renew it with new facts");
  if (guitu_record_says (entry, GUITU_BLACKLIST_MEASURE, "no-ticket") && !guitu_record_says (entry, GUITU_BLACKLIST_CATEGORY, "ticket-trade"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "measure-needs-proof", "measure", "No further ticket: only after tickets were returned or sold, with evidence");
  if (strictness (guitu_record_text (entry, GUITU_BLACKLIST_MEASURE)) > strictness (before->was[MEASURE]))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-stricter", "measure", "A correction makes an entry no stricter; renew it with new facts");
  return guitu_list_check_facts (guitu_record_text (entry, GUITU_BLACKLIST_FACTS), NULL, error) &&
         guitu_list_check_advice (guitu_record_text (entry, GUITU_BLACKLIST_ADVICE), error);
}

/* New words, other than the person's being left out: what the entry says is then no more what two people wrote. */
static gboolean
adds_words (const GuituRecord *entry,
            const Before *before)
{
  return is_changed (before, entry, SAID) || !is_less (before->was[FACTS], guitu_record_text (entry, GUITU_BLACKLIST_FACTS)) ||
         !is_less (before->was[ADVICE], guitu_record_text (entry, GUITU_BLACKLIST_ADVICE));
}

/* Who proposed the entry may be one of the two, as the second: somebody else has written it then. */
static gboolean
check_signed (GuituCall *call,
              const GuituRecord *entry,
              const char *second,
              GError **error)
{
  if (guitu_record_says (entry, GUITU_BLACKLIST_PROPOSED_BY, call->session->id))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", NULL, "What an entry says is rewritten by somebody other than who proposed it");
  return second != NULL || guitu_fail (error, GUITU_ERROR_REFUSED, "second-needed", "second", "One person alone may only take lines away; other words need a second person who signs them");
}

static gboolean
is_in_force (const GuituRecord *entry)
{
  g_autofree char *today = guitu_today ();
  const char *state = guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today);

  return g_strcmp0 (state, "active") == 0;
}

/* The person is told again what it says now, while it holds. */
static gboolean
note_rewriting (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *entry,
                const char *second,
                GError **error)
{
  static const int served[] = { GUITU_BLACKLIST_SERVED_AT, GUITU_BLACKLIST_SERVED_HOW, GUITU_BLACKLIST_SERVED_WITNESS };
  g_autofree char *now = guitu_now ();
  const GuituListTask serve = { "list-serve", guitu_record_id (entry), now, guitu_record_text (entry, GUITU_BLACKLIST_STAY), NULL, "list_serve_working_days", NULL };

  guitu_record_set_text (entry, GUITU_BLACKLIST_CORRECTED_BY, call->session->id);
  guitu_record_set_text (entry, GUITU_BLACKLIST_CORRECTED_WITH, second);
  for (guint i = 0; i < G_N_ELEMENTS (served); i++)
    guitu_record_set_text (entry, served[i], NULL);
  return !is_in_force (entry) || guitu_list_task_open (transaction, &serve, NULL, error);
}

static gboolean
take_corrections (GuituCall *call,
                  GuituTransaction *transaction,
                  GuituRecord *entry,
                  const char *second,
                  GError **error)
{
  g_auto (Before) before = { { NULL } };
  gboolean is_rewritten = FALSE;

  for (guint i = 0; i < N_PARTS; i++)
    {
      before.was[i] = g_strdup (guitu_record_text (entry, fields[i]));
      if (!guitu_call_take (call, guitu_kind_blacklist.fields[fields[i]].name, entry, fields[i], error))
        return FALSE;
      is_rewritten |= i != UNTIL && is_changed (&before, entry, i);
    }
  if (!check_corrected (entry, &before, error) || (adds_words (entry, &before) && !check_signed (call, entry, second, error)))
    return FALSE;
  return !is_rewritten || note_rewriting (call, transaction, entry, second, error);
}

/* --- The verb -------------------------------------------------------------------------------------- */

/* The person may ask it of any entry whose file is kept, other than one that waits: that is rejected. */
static gboolean
check_state (const GuituRecord *entry,
             GError **error)
{
  g_autofree char *today = guitu_today ();

  if (entry == NULL || guitu_record_says (entry, GUITU_BLACKLIST_STATE, "proposed") || !guitu_list_is_kept (entry, today))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-state", "entry", "Only an entry of this station that was reviewed, and whose file is kept, is corrected");
  return TRUE;
}

static gboolean
run_correct (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) entry = NULL;
  g_autofree char *second = NULL;

  if (guitu_call_need (call, "reason", error) == NULL || !guitu_call_second (call, "blacklist propose", &second, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !_guitu_blacklist_find (call, transaction, &entry, error))
    return FALSE;
  if (!check_state (entry, error) || !take_corrections (call, transaction, entry, second, error) || !guitu_call_take (call, "reason", entry, GUITU_BLACKLIST_CORRECTION, error) ||
      !guitu_list_tasks_close (transaction, "list-correct", guitu_record_id (entry), call->session->id, error))
    return FALSE;
  if (is_in_force (entry) && !guitu_listing_publish (call, transaction, entry, GUITU_LISTING_CORRECTED, error))
    return FALSE;
  return guitu_transaction_put (transaction, entry, error) &&
         guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

static const GuituOption correct_options[] = {
  { "entry", GUITU_OPTION_TEXT, TRUE, "id of the entry, or of what other stations see of it" },
  { "facts", GUITU_OPTION_TEXT, FALSE, "the facts as they should be" },
  { "said", GUITU_OPTION_TEXT, FALSE, "the person's own words as they should be" },
  { "measure", GUITU_OPTION_TEXT, FALSE, "another measure (codes list_measure)" },
  { "advice", GUITU_OPTION_TEXT, FALSE, "what staff should do" },
  { "until", GUITU_OPTION_TEXT, FALSE, "an earlier last day" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_blacklist_correct = {
  "blacklist correct", "Correct an entry of the list, also one that is over and kept; a second person signs what it says anew", GUITU_VERB_WRITES, correct_options, NULL, run_correct
};
