/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Table match_learnt holds what was counted, in 1/1,000 of a pair, by field, level and source; match_lesson when, and
 * from how much. m follows from it and from what is thought of the country, so that a better thought of the country
 * needs no new learning. Both are derived: they are in no ledger, and each desk may lose them. */

#include "db/match-learn-private.h"

#include <math.h>
#include <string.h>

#define LEVELS_VERSION 2 /* count up with every change of what a level means */
#define PARTS 1000.0     /* of a pair */
#define GIVEN_WEIGHT 200 /* for so many pairs what is thought of the country counts */
#define GIVEN_LEAST 0.1  /* and for at least this share of all */
#define FLOOR 0.5        /* no level falls below this part of it: what was not met yet may come */
#define LEAST_PAIRS 20   /* fewer teach nothing */
#define VERDICTS_BETWEEN 50
#define SECONDS_BETWEEN (30 * G_GINT64_CONSTANT (86400))
#define LARGE_STATION 5000 /* persons among whom a sample finds enough */

static const char *const source_names[GUITU_LEARNT_SOURCES] = { "number", "said", "verdict", "likely" };

const char *
guitu_learnt_source_name (GuituLearntSource source)
{
  return source_names[source];
}

void
guitu_weights_free (GuituWeights *weights)
{
  g_array_unref (weights->weights);
  g_free (weights);
}

static guint
count_pairs (const guint n_pairs[GUITU_LEARNT_SOURCES])
{
  guint n = 0;

  for (guint i = 0; i < GUITU_LEARNT_SOURCES; i++)
    n += n_pairs[i];
  return n;
}

gboolean
guitu_weights_are_learnt (const GuituWeights *weights)
{
  return count_pairs (weights->n_pairs) >= LEAST_PAIRS;
}

/* --- m ------------------------------------------------------------------------------------------------ */

GuituWeights *
_guitu_weights_new (void)
{
  GuituWeights *weights = g_new0 (GuituWeights, 1);
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();

  weights->weights = g_array_new (FALSE, TRUE, sizeof (GuituWeight));
  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    for (guint level = 1; _guitu_match_level_exists (field, level); level++)
      {
        GuituWeight weight = {
          .field_number = field,
          .level = level,
          .table = guitu_linkage_field_name (model, field),
          .field = _guitu_match_field_name (field),
          .how = _guitu_match_how (field, level),
          .given = guitu_linkage_m (model, field, level),
        };

        weight.m = weight.given;
        g_array_append_val (weights->weights, weight);
      }
  return weights;
}

/* Mistakes come together: who can be told without a field is more exact in that field too, a little. */
static const double worth[GUITU_LEARNT_SOURCES] = {
  [GUITU_LEARNT_NUMBER] = 1,
  [GUITU_LEARNT_SAID] = 1,
  [GUITU_LEARNT_VERDICT] = 1,
  [GUITU_LEARNT_LIKELY] = 0.5,
};

static double
counted (const GuituWeight *weight)
{
  double n = 0;

  for (guint i = 0; i < GUITU_LEARNT_SOURCES; i++)
    n += worth[i] * weight->counts[i];
  return n;
}

void
_guitu_weights_set_m (GuituWeights *weights)
{
  double totals[GUITU_MATCH_FIELDS] = { 0 }, sums[GUITU_MATCH_FIELDS] = { 0 };

  for (guint i = 0; i < weights->weights->len; i++)
    {
      const GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

      totals[weight->field_number] += counted (weight);
    }
  for (guint i = 0; i < weights->weights->len; i++)
    {
      GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);
      double n = totals[weight->field_number], given = MAX (GIVEN_WEIGHT, n * GIVEN_LEAST / (1 - GIVEN_LEAST));

      weight->m = MAX ((counted (weight) + given * weight->given) / (n + given), FLOOR * weight->given);
      sums[weight->field_number] += weight->m;
    }
  for (guint i = 0; i < weights->weights->len; i++)
    {
      GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

      if (totals[weight->field_number] > 0)
        weight->m /= sums[weight->field_number];
    }
}

void
_guitu_weights_apply (const GuituWeights *weights,
                      GuituLinkage *model)
{
  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    {
      double m[GUITU_MATCH_LEVELS + 1] = { 0 }, u[GUITU_MATCH_LEVELS + 1] = { 0 };

      for (guint level = 1; _guitu_match_level_exists (field, level); level++)
        u[level] = guitu_linkage_u (model, field, level);
      for (guint i = 0; i < weights->weights->len; i++)
        {
          const GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

          if (weight->field_number == field)
            m[weight->level] = weight->m;
        }
      guitu_linkage_set (model, field, m, u);
    }
}

/* --- Keeping ------------------------------------------------------------------------------------------ */

static gboolean
keep_lesson (GuituConnection *connection,
             const GuituWeights *weights,
             gint64 now,
             GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "INSERT INTO match_lesson (version, learnt_at, verdicts, different, questions, by_number, by_said, by_verdict, by_likely)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, LEVELS_VERSION);
  guitu_statement_bind_integer (statement, 2, now);
  guitu_statement_bind_integer (statement, 3, weights->n_verdicts);
  guitu_statement_bind_integer (statement, 4, weights->n_different);
  guitu_statement_bind_integer (statement, 5, weights->n_questions);
  for (guint i = 0; i < GUITU_LEARNT_SOURCES; i++)
    guitu_statement_bind_integer (statement, 6 + i, weights->n_pairs[i]);
  return guitu_statement_run (statement, error);
}

static gboolean
keep_counts (GuituConnection *connection,
             const GuituWeight *weight,
             GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "INSERT INTO match_learnt (field, level, source, parts) VALUES (?1, ?2, ?3, ?4)", error);

  if (statement == NULL)
    return FALSE;
  for (guint source = 0; source < GUITU_LEARNT_SOURCES; source++)
    {
      gint64 parts = llround (weight->counts[source] * PARTS);

      if (parts == 0)
        continue;
      guitu_statement_reset (statement);
      guitu_statement_bind_integer (statement, 1, weight->field_number);
      guitu_statement_bind_integer (statement, 2, weight->level);
      guitu_statement_bind_integer (statement, 3, source);
      guitu_statement_bind_integer (statement, 4, parts);
      if (!guitu_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_match_keep (GuituConnection *connection,
                  const GuituWeights *weights,
                  gint64 now,
                  GError **error)
{
  if (!guitu_connection_run (connection, "DELETE FROM match_learnt; DELETE FROM match_lesson;", error) || !keep_lesson (connection, weights, now, error))
    return FALSE;
  for (guint i = 0; i < weights->weights->len; i++)
    if (!keep_counts (connection, &g_array_index (weights->weights, GuituWeight, i), error))
      return FALSE;
  return TRUE;
}

/* --- Reading ------------------------------------------------------------------------------------------ */

static gboolean
read_counts (GuituConnection *connection,
             GuituWeights *weights,
             GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT field, level, source, parts FROM match_learnt", error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gint64 field = guitu_statement_integer (statement, 0), level = guitu_statement_integer (statement, 1);
      gint64 source = guitu_statement_integer (statement, 2), parts = guitu_statement_integer (statement, 3);

      for (guint i = 0; i < weights->weights->len && source >= 0 && source < GUITU_LEARNT_SOURCES; i++)
        {
          GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

          if (weight->field_number == field && weight->level == level)
            weight->counts[source] = MAX (parts, 0) / PARTS;
        }
    }
  return step == 0;
}

/** 1: read, 0: nothing was ever kept, -1: error. */
static int
read_lesson (GuituConnection *connection,
             GuituWeights *weights,
             GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;
  int step;

  if (!guitu_connection_has_table (connection, "match_lesson"))
    return 0;
  statement = guitu_connection_prepare (
      connection, "SELECT learnt_at, verdicts, different, questions, by_number, by_said, by_verdict, by_likely FROM match_lesson WHERE version = ?1", error);
  if (statement == NULL)
    return -1;
  guitu_statement_bind_integer (statement, 1, LEVELS_VERSION);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step;
  weights->learnt_at = guitu_statement_integer (statement, 0);
  weights->n_verdicts = guitu_statement_integer (statement, 1);
  weights->n_different = guitu_statement_integer (statement, 2);
  weights->n_questions = guitu_statement_integer (statement, 3);
  for (guint i = 0; i < GUITU_LEARNT_SOURCES; i++)
    weights->n_pairs[i] = guitu_statement_integer (statement, 4 + i);
  return 1;
}

GuituWeights *
guitu_match_weights (GuituConnection *connection,
                     GError **error)
{
  g_autoptr (GuituWeights) weights = _guitu_weights_new ();
  int found = read_lesson (connection, weights, error);

  if (found < 0 || (found == 1 && !read_counts (connection, weights, error)))
    return NULL;
  _guitu_weights_set_m (weights);
  return g_steal_pointer (&weights);
}

GuituLinkage *
_guitu_match_model_of (GuituConnection *connection,
                       GError **error)
{
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();
  g_autoptr (GuituWeights) weights = guitu_match_weights (connection, error);

  if (weights == NULL)
    return NULL;
  if (guitu_weights_are_learnt (weights))
    _guitu_weights_apply (weights, model);
  return g_steal_pointer (&model);
}

/* --- When ----------------------------------------------------------------------------------------------- */

gboolean
guitu_match_is_to_learn (GuituConnection *connection,
                         gint64 now,
                         gboolean *is_due,
                         GError **error)
{
  g_autoptr (GuituWeights) last = _guitu_weights_new ();
  gint64 n_verdicts = _guitu_match_count_verdicts (connection, error);
  gboolean is_large;

  *is_due = FALSE;
  if (n_verdicts < 0 || read_lesson (connection, last, error) < 0)
    return FALSE;
  is_large = _guitu_match_count_persons (connection) >= LARGE_STATION;
  *is_due = ABS (n_verdicts - last->n_verdicts) >= VERDICTS_BETWEEN || (is_large && now - last->learnt_at >= SECONDS_BETWEEN);
  return TRUE;
}

/* --- The table -------------------------------------------------------------------------------------------- */

gboolean
_guitu_match_learnt_prepare (GuituConnection *connection,
                             GError **error)
{
  if (guitu_connection_has_table (connection, "match_learnt") && guitu_connection_has_table (connection, "match_lesson"))
    return TRUE;
  return guitu_connection_run (connection,
                               "CREATE TABLE IF NOT EXISTS match_learnt (field INTEGER NOT NULL, level INTEGER NOT NULL, source INTEGER NOT NULL,"
                               " parts INTEGER NOT NULL, PRIMARY KEY (field, level, source)) STRICT, WITHOUT ROWID;"
                               "CREATE TABLE IF NOT EXISTS match_lesson (version INTEGER PRIMARY KEY, learnt_at INTEGER NOT NULL, verdicts INTEGER NOT NULL,"
                               " different INTEGER NOT NULL, questions INTEGER NOT NULL, by_number INTEGER NOT NULL, by_said INTEGER NOT NULL,"
                               " by_verdict INTEGER NOT NULL, by_likely INTEGER NOT NULL) STRICT;",
                               error);
}

gboolean
_guitu_match_learnt_check (GuituConnection *connection,
                           char **problem,
                           GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT field, level, source, parts FROM match_learnt", error);
  gboolean is_good = TRUE;
  double n = 0;
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gint64 field = guitu_statement_integer (statement, 0), level = guitu_statement_integer (statement, 1);
      gint64 source = guitu_statement_integer (statement, 2), parts = guitu_statement_integer (statement, 3);

      is_good &= field >= 0 && field < GUITU_MATCH_FIELDS && level > 0 && level < GUITU_MATCH_LEVELS && _guitu_match_level_exists (field, level) &&
                 source >= 0 && source < GUITU_LEARNT_SOURCES && parts > 0;
      n += parts;
    }
  /* no pair teaches a level of more fields than there are */
  if (step == 0 && is_good)
    is_good = n <= PARTS * GUITU_MATCH_FIELDS * guitu_connection_integer (connection, "SELECT by_number + by_said + by_verdict + by_likely FROM match_lesson", 0, NULL) + GUITU_MATCH_FIELDS * GUITU_MATCH_LEVELS;
  if (step == 0 && !is_good)
    *problem = g_strdup ("What the match has learnt can't be; build the index anew");
  return step == 0;
}

gboolean
_guitu_match_learnt_mend (GuituConnection *connection,
                          GError **error)
{
  g_autofree char *problem = NULL;

  if (!_guitu_match_learnt_prepare (connection, error) || !_guitu_match_learnt_check (connection, &problem, error))
    return FALSE;
  return problem == NULL || guitu_connection_run (connection, "DELETE FROM match_learnt; DELETE FROM match_lesson", error);
}
