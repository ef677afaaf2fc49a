/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the match has learnt, as the rest of the program asks for it. */

#include "db/weights.h"

#include "db/match-learn.h"
#include "db/store-private.h"

#define ACT "match learn"
#define SECONDS_IN_BACKGROUND 5

GuituWeights *
guitu_store_weights (GuituTransaction *transaction,
                     GError **error)
{
  return guitu_match_weights (transaction->connection, error);
}

static gint64
seconds_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/** Reading beside everybody else takes its time; writing does not. */
gboolean
guitu_store_learn (GuituStore *store,
                   double seconds,
                   GCancellable *cancellable,
                   GError **error)
{
  GuituMatchLearning learning = GUITU_MATCH_LEARNING_INIT;
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  g_autoptr (GuituTransaction) writing = NULL;
  g_autoptr (GuituWeights) weights = NULL;

  learning.seconds = seconds;
  weights = reading == NULL ? NULL : guitu_match_learn (reading->connection, &learning, cancellable, error);
  if (weights == NULL)
    return FALSE;
  g_clear_pointer (&reading, guitu_transaction_free);
  writing = guitu_store_write (store, NULL, ACT, error);
  return writing != NULL && guitu_match_keep (writing->connection, weights, seconds_now (), error) && guitu_transaction_commit (writing, error);
}

gboolean
guitu_store_learn_if_due (GuituStore *store,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  gboolean is_due;

  if (reading == NULL || !guitu_match_is_to_learn (reading->connection, seconds_now (), &is_due, error))
    return FALSE;
  g_clear_pointer (&reading, guitu_transaction_free);
  return !is_due || guitu_store_learn (store, SECONDS_IN_BACKGROUND, cancellable, error);
}
