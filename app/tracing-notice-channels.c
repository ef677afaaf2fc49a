/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a notice was put up, and that it was taken down there: on record for each place until somebody shows it. */

#include "app/tracing-notice.h"

#include "app/blacklist.h"
#include "app/fence.h"
#include "app/verbs.h"

/* A place that is told of after the end is one more to take down. */
static gboolean
ask_if_over (GuituTransaction *transaction,
             const GuituRecord *notice,
             const GuituRecord *channel,
             GError **error)
{
  g_autofree char *text = g_strdup_printf ("撤下公告%s", guitu_record_text (notice, GUITU_NOTICE_NUMBER));

  return !guitu_record_is_set (notice, GUITU_NOTICE_WITHDRAWN_AT) ||
         guitu_notice_task (transaction, notice, "notice-take-down", guitu_record_id (channel), NULL, text, error);
}

/* When it was; left empty, now. */
static gboolean
take_at (GuituCall *call,
         GuituRecord *channel,
         int field,
         GError **error)
{
  g_autofree char *now = guitu_now ();

  if (!guitu_call_take (call, "at", channel, field, error))
    return FALSE;
  if (!guitu_record_is_set (channel, field))
    guitu_record_set_text (channel, field, now);
  return TRUE;
}

static gboolean
run_channel (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_need (call, "channel", error) == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) notice = guitu_call_notice (call, transaction, error);
  g_autoptr (GuituRecord) channel = guitu_record_new (&guitu_kind_notice_channel);

  if (notice == NULL)
    return FALSE;
  if (!guitu_record_is_set (notice, GUITU_NOTICE_PUBLISHED_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "notice-state", "notice", "This notice was never published");
  guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_NOTICE, guitu_record_id (notice));
  guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_BY, call->session->id);
  if (!guitu_call_take (call, "channel", channel, GUITU_NOTICE_CHANNEL_CHANNEL, error) ||
      !guitu_call_take (call, "place", channel, GUITU_NOTICE_CHANNEL_PLACE, error) ||
      !take_at (call, channel, GUITU_NOTICE_CHANNEL_AT, error) ||
      !guitu_time_check (guitu_record_text (channel, GUITU_NOTICE_CHANNEL_AT), guitu_record_text (notice, GUITU_NOTICE_PUBLISHED_AT), "at", error) ||
      !guitu_transaction_put (transaction, channel, error) || !ask_if_over (transaction, notice, channel, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (channel, FALSE));
  return TRUE;
}

static gboolean
run_taken_down (GuituCall *call,
                GError **error)
{
  const char *id = guitu_call_need (call, "channel", error);
  g_autoptr (GuituTransaction) transaction = id == NULL || guitu_call_need (call, "proof", error) == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) channel = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_notice_channel, id, error);

  if (channel == NULL || !guitu_fence_refuse_record (call, transaction, &guitu_kind_notice_channel, id, error))
    return FALSE;
  if (guitu_record_is_set (channel, GUITU_NOTICE_CHANNEL_WITHDRAWN_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-done", "channel", "That it was taken down there is noted already");
  guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_WITHDRAWN_BY, call->session->id);
  if (!guitu_call_take (call, "proof", channel, GUITU_NOTICE_CHANNEL_PROOF, error) ||
      !take_at (call, channel, GUITU_NOTICE_CHANNEL_WITHDRAWN_AT, error) ||
      !guitu_time_check (guitu_record_text (channel, GUITU_NOTICE_CHANNEL_WITHDRAWN_AT), guitu_record_text (channel, GUITU_NOTICE_CHANNEL_AT), "at", error) ||
      !guitu_list_tasks_close (transaction, "notice-take-down", id, call->session->id, error) || !guitu_transaction_put (transaction, channel, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (channel, FALSE));
  return TRUE;
}

static const GuituOption channel_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { "channel", GUITU_OPTION_TEXT, FALSE, "which (codes notice_channel)" },
  { "place", GUITU_OPTION_TEXT, FALSE, "the address of the page, or where the poster hangs" },
  { "at", GUITU_OPTION_TEXT, FALSE, "since when (now)" },
  { NULL },
};

static const GuituOption taken_down_options[] = {
  { "channel", GUITU_OPTION_TEXT, TRUE, "id of the place (“notice show”)" },
  { "proof", GUITU_OPTION_TEXT, FALSE, "what shows it: who took it down, a picture, an answer" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when (now)" },
  { NULL },
};

const GuituVerb guitu_verb_notice_channel = {
  "notice channel", "Note where a notice was put up", GUITU_VERB_WRITES, channel_options, NULL, run_channel
};
const GuituVerb guitu_verb_notice_taken_down = {
  "notice taken-down", "Note that a notice was taken down at a place, with the proof", GUITU_VERB_WRITES, taken_down_options, NULL, run_taken_down
};
