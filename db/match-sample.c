/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sample of the persons is asked about as the desk would ask, and the best who answer may be the same. */

#include "db/match-learn-private.h"
#include "db/match-scan-private.h"

#include <string.h>

#define READ_WHOLE 16        /* of the candidates of a question */
#define DRAWS_PER_QUESTION 4 /* rows that may be gone */

typedef struct
{
  const GuituMatchRecord *record;
  const GuituFeatures *ours;
  const GuituScale *scale;
  gboolean is_verified;
  double bound;
} Question;

/** A candidate who shares the number teaches elsewhere, and who was decided about as well. */
static gboolean
add_candidate (GuituLesson *lesson,
               const Question *question,
               gint64 row,
               GError **error)
{
  g_auto (GuituMatchRecord) other = { 0 };
  GuituPair pair = { .source = GUITU_LEARNT_LIKELY, .question = lesson->n_questions, .bound = question->bound };
  GuituFeatures theirs;
  GuituAgreement agreement;
  gboolean is_verified;
  int found = _guitu_match_record_read (lesson->connection, GUITU_MATCH_PERSON, row, &other, error);

  if (found != 1)
    return found == 0;
  guitu_features_init (&theirs, &other.side);
  _guitu_match_agree (question->ours, &theirs, &agreement);
  if (agreement.levels[GUITU_MATCH_ID_NUMBER] == GUITU_ID_SAME || _guitu_lesson_is_decided (lesson, question->record->side.row, row))
    return TRUE;
  if (!_guitu_lesson_is_verified (lesson, row, &is_verified, error))
    return FALSE;
  _guitu_scale_weigh (question->scale, question->ours, &theirs, &agreement, pair.bits);
  memcpy (pair.levels, agreement.levels, sizeof pair.levels);
  _guitu_pair_set_least (&pair, question->scale);
  pair.facts = _guitu_facts_of (question->is_verified && is_verified);
  g_array_append_val (lesson->pairs, pair);
  return TRUE;
}

static gboolean
ask (GuituLesson *lesson,
     const GuituMatchRecord *record,
     GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (GuituCandidate));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GuituScan) scan = NULL;
  Question question = { .record = record, .bound = -G_MAXDOUBLE };
  GuituFeatures ours;

  guitu_features_init (&ours, &record->side);
  question.ours = &ours;
  scan = _guitu_scan_new (&ours, lesson->model);
  if (!_guitu_lesson_is_verified (lesson, record->side.row, &question.is_verified, error) ||
      !_guitu_scan_run (scan, lesson->connection, 1u << GUITU_MATCH_PERSON, GUITU_MATCH_PERSON, record->side.row, candidates, error))
    return FALSE;
  question.scale = _guitu_scan_scale (scan);
  g_array_sort (candidates, _guitu_candidates_compare);
  if (candidates->len > READ_WHOLE)
    question.bound = (double) g_array_index (candidates, GuituCandidate, READ_WHOLE).score / GUITU_SCAN_UNIT;
  for (guint i = 0; i < MIN (candidates->len, READ_WHOLE); i++)
    {
      GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);

      if (g_hash_table_add (seen, &candidate->row) && !add_candidate (lesson, &question, candidate->row, error))
        return FALSE;
    }
  lesson->n_questions++;
  return TRUE;
}

gboolean
_guitu_lesson_ask (GuituLesson *lesson,
                   const GuituMatchLearning *learning,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GHashTable) asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 end = g_get_monotonic_time () + (gint64) (learning->seconds * G_USEC_PER_SEC);

  for (guint i = 0; i < DRAWS_PER_QUESTION * learning->questions && lesson->n_questions < learning->questions; i++)
    {
      g_auto (GuituMatchRecord) record = { 0 };
      gint64 *row = g_new (gint64, 1);
      int found;

      *row = 1 + (gint64) (g_rand_double (lesson->random) * (double) lesson->n_persons);
      if (!g_hash_table_add (asked, row))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_get_monotonic_time () >= end)
        return TRUE;
      found = _guitu_match_record_read (lesson->connection, GUITU_MATCH_PERSON, *row, &record, error);
      if (found < 0 || (found == 1 && record.counts && !ask (lesson, &record, error)))
        return FALSE;
    }
  return TRUE;
}
