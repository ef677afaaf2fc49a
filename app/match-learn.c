/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the match believes, and what it learnt from this station. Only counts leave: of nobody, and of no pair. */

#include "app/rights.h"
#include "app/verbs.h"
#include "db/weights.h"

#include <math.h>

#define SECONDS 20
#define GREATEST_SECONDS 3600

static void
set_rounded (JsonObject *json,
             const char *name,
             double value,
             double unit)
{
  json_object_set_double_member (json, name, round (value / unit) * unit);
}

static JsonObject *
pairs_to_json (const double counts[GUITU_LEARNT_SOURCES])
{
  JsonObject *json = json_object_new ();

  for (guint source = 0; source < GUITU_LEARNT_SOURCES; source++)
    set_rounded (json, guitu_learnt_source_name (source), counts[source], 1e-3);
  return json;
}

/* {learnt, learnt_at, questions, verdicts, different, pairs}: what all of it comes from. */
static void
emit_summary (GuituCall *call,
              const GuituWeights *weights)
{
  g_autoptr (GDateTime) utc = weights->learnt_at == 0 ? NULL : g_date_time_new_from_unix_utc (weights->learnt_at);
  g_autofree char *at = utc == NULL ? NULL : g_date_time_format_iso8601 (utc);
  double n_pairs[GUITU_LEARNT_SOURCES];
  JsonObject *json = json_object_new ();

  for (guint source = 0; source < GUITU_LEARNT_SOURCES; source++)
    n_pairs[source] = weights->n_pairs[source];
  json_object_set_boolean_member (json, "learnt", guitu_weights_are_learnt (weights));
  if (at != NULL)
    json_object_set_string_member (json, "learnt_at", at);
  json_object_set_int_member (json, "questions", weights->n_questions);
  json_object_set_int_member (json, "verdicts", weights->n_verdicts);
  json_object_set_int_member (json, "different", weights->n_different);
  json_object_set_object_member (json, "pairs", pairs_to_json (n_pairs));
  guitu_call_emit (call, json);
}

static void
emit_weight (GuituCall *call,
             const GuituWeight *weight)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "table", weight->table);
  json_object_set_string_member (json, "field", weight->field);
  json_object_set_int_member (json, "level", weight->level);
  json_object_set_string_member (json, "how", weight->how);
  set_rounded (json, "given", weight->given, 1e-6);
  set_rounded (json, "m", weight->m, 1e-6);
  json_object_set_object_member (json, "pairs", pairs_to_json (weight->counts));
  guitu_call_emit (call, json);
}

static gboolean
run_weights (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituWeights) weights = transaction == NULL ? NULL : guitu_store_weights (transaction, error);

  if (weights == NULL)
    return FALSE;
  emit_summary (call, weights);
  for (guint i = 0; i < weights->weights->len; i++)
    emit_weight (call, &g_array_index (weights->weights, GuituWeight, i));
  return TRUE;
}

static gboolean
run_learn (GuituCall *call,
           GError **error)
{
  gint64 seconds = guitu_call_integer (call, "seconds", SECONDS);

  if (seconds < 0 || seconds > GREATEST_SECONDS)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "seconds", "“seconds” is from 0 to %d", GREATEST_SECONDS);
  return guitu_store_learn (call->store, seconds, call->cancellable, error) && run_weights (call, error);
}

static const GuituOption learn_options[] = {
  { "seconds", GUITU_OPTION_INTEGER, FALSE, "so long for asking about a sample, at most (20); what people decided and same numbers are read in any case" },
  { NULL },
};

const GuituVerb guitu_verb_match_learn = {
  "match learn", "Learn anew from this station's records how often each field is right; goes by itself in the window, every 50 verdicts or 30 days", GUITU_VERB_PLAIN, learn_options, NULL, run_learn
};

const GuituVerb guitu_verb_match_weights = {
  "match weights", "Show how often each field is taken to be right of one human being, and from how many pairs that was learnt", GUITU_VERB_PLAIN, NULL, NULL, run_weights
};
