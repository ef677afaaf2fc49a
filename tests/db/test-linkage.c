/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/linkage-lists-private.h"
#include "db/linkage-lists.h"
#include "db/linkage.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define N_FIELDS 4

static GuituLinkageField
field (const char *name)
{
  return (GuituLinkageField){ name, 3, { 0, 0.8, 0.1, 0.1 }, { 0, 0.05, 0.1, 0.85 } };
}

static GuituLinkage *
model (void)
{
  const GuituLinkageField fields[N_FIELDS] = { field ("a"), field ("b"), field ("c"), field ("d") };

  return guitu_linkage_new (fields, N_FIELDS);
}

static guint8
draw (GRand *random,
      double first,
      double second)
{
  double at = g_rand_double (random);

  return at < first ? 1 : at < first + second ? 2
                                              : 3;
}

/* Of a model with these shares: the levels 1 and 2 of each field. */
static void
draw_pairs (GuituLinkagePatterns *patterns,
            GRand *random,
            const double shares[N_FIELDS][2],
            guint n)
{
  guint8 levels[N_FIELDS];

  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < N_FIELDS; k++)
        levels[k] = draw (random, shares[k][0], shares[k][1]);
      guitu_linkage_patterns_add (patterns, levels, 1);
    }
}

static const double same[N_FIELDS][2] = { { 0.95, 0.03 }, { 0.7, 0.2 }, { 0.6, 0.1 }, { 0.85, 0.05 } };
static const double different[N_FIELDS][2] = { { 0.001, 0.004 }, { 0.02, 0.05 }, { 0.1, 0.1 }, { 0.005, 0.01 } };

static void
test_weights (void)
{
  g_autoptr (GuituLinkage) linkage = model ();
  const guint8 levels[N_FIELDS] = { 1, 2, 3, 0 };

  g_assert_cmpfloat_with_epsilon (guitu_linkage_weight (linkage, 0, levels), 4, 1e-9);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_weight (linkage, 1, levels), 0, 1e-9);
  g_assert_cmpfloat (guitu_linkage_weight (linkage, 2, levels), <, -3);
  g_assert_cmpfloat (guitu_linkage_weight (linkage, 3, levels), ==, 0); /* a side says nothing */
  g_assert_cmpfloat_with_epsilon (guitu_linkage_score (linkage, levels),
                                  guitu_linkage_weight (linkage, 0, levels) + guitu_linkage_weight (linkage, 1, levels) +
                                      guitu_linkage_weight (linkage, 2, levels),
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_probability (0), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_probability (guitu_linkage_prior_bits (1, 5)), 0.2, 1e-9);
}

/* A value of one in a thousand says log2 (50) bits more than one of the mean share, one in twenty; a frequent one less. */
static void
test_rarity (void)
{
  g_autoptr (GuituLinkage) linkage = model ();
  const guint8 levels[N_FIELDS] = { 1, 2, 3, 0 };

  g_assert_cmpfloat_with_epsilon (guitu_linkage_rarity (linkage, 0, levels, 0.001), log2 (50), 1e-9);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_rarity (linkage, 0, levels, 0.1), -1, 1e-9);
  g_assert_cmpfloat (guitu_linkage_rarity (linkage, 1, levels, 0.001), ==, 0);
  /* seen in no other of 100 records: no rarer than the mean lets expect; in 50 others: as often as seen */
  g_assert_cmpfloat_with_epsilon (guitu_linkage_frequency (0, 100, 0.0001), 1 / 10100.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_frequency (50, 100, 0.05), 51 / 120.0, 1e-9);
}

/* What drew the pairs is found again from the pairs alone: m, u and how many are the same. */
static void
test_learn (void)
{
  g_autoptr (GuituLinkage) linkage = model ();
  g_autoptr (GuituLinkagePatterns) pairs = guitu_linkage_patterns_new (N_FIELDS);
  g_autoptr (GuituLinkagePatterns) candidates = guitu_linkage_patterns_new (N_FIELDS);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  const GuituLinkageLearning learning = { .n_pairs = 402000, .most_matches = 4000, .m_weight = 5, .u_weight = 1, .most_rounds = 200 };
  GuituLinkageLearnt learnt;

  draw_pairs (pairs, random, same, 2000);
  draw_pairs (pairs, random, different, 400000);
  for (guint i = 0; i < guitu_linkage_patterns_length (pairs); i++)
    {
      const guint8 *levels = guitu_linkage_patterns_levels (pairs, i);

      if (levels[0] != 3 || levels[3] != 3) /* as blocks choose */
        guitu_linkage_patterns_add (candidates, levels, guitu_linkage_patterns_count (pairs, i));
    }
  guitu_linkage_set_prior (linkage, guitu_linkage_prior_bits (200, learning.n_pairs));
  guitu_linkage_learn (linkage, candidates, pairs, &learning, &learnt);
  g_assert_true (learnt.converged);
  g_assert_cmpfloat_with_epsilon (learnt.n_matches, 2000, 60);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_assert_cmpfloat_with_epsilon (guitu_linkage_m (linkage, i, 1), same[i][0], 0.03);
      g_assert_cmpfloat_with_epsilon (guitu_linkage_u (linkage, i, 1) / different[i][0], 1, 0.15);
    }
}

/* What is expected of one pair in a hundred thousand, and not met among a million, is hardly rarer than that. */
static void
test_not_met (void)
{
  const GuituLinkageField fields[] = { { "a", 3, { 0, 0.8, 0.1, 0.1 }, { 0, 1e-5, 0.01, 0.98999 } } };
  const GuituLinkageLearning learning = { .n_pairs = 4e10, .m_weight = 5, .u_weight = 2, .most_rounds = 10 };
  g_autoptr (GuituLinkage) linkage = guitu_linkage_new (fields, 1);
  g_autoptr (GuituLinkagePatterns) pairs = guitu_linkage_patterns_new (1);
  const guint8 alike = 2, other = 3;
  GuituLinkageLearnt learnt;

  guitu_linkage_patterns_add (pairs, &alike, 20000);
  guitu_linkage_patterns_add (pairs, &other, 980000);
  guitu_linkage_set_prior (linkage, guitu_linkage_prior_bits (1e5, learning.n_pairs));
  guitu_linkage_learn (linkage, NULL, pairs, &learning, &learnt);
  g_assert_cmpfloat (guitu_linkage_u (linkage, 0, 1), >, 5e-7);
  g_assert_cmpfloat (guitu_linkage_u (linkage, 0, 1), <, 5e-6);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_u (linkage, 0, 2), 0.02, 1e-4);
}

/* Fifty who fit one row equally well teach as much as one; who is alone teaches as one. */
static void
test_many_alike (void)
{
  const GuituLinkageField fields[] = { field ("a") };
  const guint8 level = 1, other = 2;
  g_autoptr (GuituLinkage) linkage = guitu_linkage_new (fields, 1);
  g_autoptr (GuituLinkagePatterns) patterns = guitu_linkage_patterns_new (1);
  g_autoptr (GuituLinkagePatterns) shared = NULL;
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (GuituCandidate));
  GuituLists lists = { .n_columns = 1, .n_ours = 2, .n_theirs = 51, .model = linkage };

  guitu_linkage_set_prior (linkage, 5);
  guitu_linkage_patterns_add (patterns, &level, 50);
  guitu_linkage_patterns_add (patterns, &other, 1);
  for (guint i = 0; i <= 50; i++)
    {
      const GuituCandidate candidate = { i == 50 ? 1 : 0, i, i == 50 ? 1 : 0 };

      g_array_append_val (candidates, candidate);
    }
  shared = _guitu_lists_share (&lists, patterns, candidates);
  g_assert_cmpfloat (guitu_linkage_patterns_count (shared, 0), >, 0.9);
  g_assert_cmpfloat (guitu_linkage_patterns_count (shared, 0), <, 1.5);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_patterns_count (shared, 1), 1, 1e-9);
}

/* A field that says the same as another one says nothing more, once that is known. */
static void
test_parents (void)
{
  g_autoptr (GuituLinkage) linkage = model ();
  g_autoptr (GuituLinkagePatterns) pairs = guitu_linkage_patterns_new (N_FIELDS);
  g_autoptr (GuituLinkagePatterns) doubled = guitu_linkage_patterns_new (N_FIELDS);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  const GuituLinkageLearning learning = { .n_pairs = 402000, .m_weight = 5, .u_weight = 1, .most_rounds = 200 };
  const guint8 agrees[N_FIELDS] = { 0, 1, 1, 0 };
  GuituLinkageLearnt learnt;

  draw_pairs (pairs, random, same, 2000);
  draw_pairs (pairs, random, different, 400000);
  for (guint i = 0; i < guitu_linkage_patterns_length (pairs); i++)
    {
      const guint8 *levels = guitu_linkage_patterns_levels (pairs, i);

      guitu_linkage_patterns_add (doubled, (const guint8[N_FIELDS]){ levels[0], levels[1], levels[1], levels[3] },
                                  guitu_linkage_patterns_count (pairs, i));
    }
  guitu_linkage_set_prior (linkage, guitu_linkage_prior_bits (2000, learning.n_pairs));
  guitu_linkage_learn (linkage, NULL, doubled, &learning, &learnt);
  g_assert_true (guitu_linkage_find_parents (linkage, doubled, 0.001, 0, FALSE));
  g_assert_false (guitu_linkage_find_parents (linkage, doubled, 0.001, 0, FALSE));
  g_assert_true ((guitu_linkage_parent (linkage, 1) == 2) != (guitu_linkage_parent (linkage, 2) == 1));
  guitu_linkage_learn (linkage, doubled, doubled, &learning, &learnt);
  g_assert_cmpfloat_with_epsilon (learnt.n_matches, 2000, 300);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_score (linkage, agrees), log2 (0.7 / 0.02), 0.5);
}

/* Pairs that agree in all that a family shares, and in nothing else, are relatives where there are many of them. */
static void
test_related (void)
{
  static const double family[N_FIELDS][2] = { { 0.001, 0.004 }, { 0.02, 0.05 }, { 0.9, 0.05 }, { 0.95, 0.02 } };
  static const double one[N_FIELDS][2] = { { 0.9, 0.05 }, { 0.9, 0.05 }, { 0.7, 0.1 }, { 0.8, 0.1 } };
  static const double strangers[N_FIELDS][2] = { { 0.001, 0.004 }, { 0.02, 0.05 }, { 0.002, 0.01 }, { 0.0005, 0.001 } };
  const gboolean own[N_FIELDS] = { TRUE, TRUE, FALSE, FALSE };
  const guint8 relatives[N_FIELDS] = { 3, 3, 1, 1 }, same_one[N_FIELDS] = { 1, 1, 1, 1 };
  const GuituLinkageLearning learning = { .n_pairs = 405000, .m_weight = 5, .u_weight = 1, .most_rounds = 300 };
  g_autoptr (GuituLinkage) linkage = model ();
  g_autoptr (GuituLinkagePatterns) pairs = guitu_linkage_patterns_new (N_FIELDS);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  GuituLinkageLearnt learnt;

  draw_pairs (pairs, random, one, 1000);
  draw_pairs (pairs, random, family, 4000);
  draw_pairs (pairs, random, strangers, 400000);
  guitu_linkage_set_prior (linkage, guitu_linkage_prior_bits (500, learning.n_pairs));
  g_assert_cmpfloat (guitu_linkage_doubt (linkage, relatives, 0), ==, 0);
  guitu_linkage_expect_related (linkage, own);
  guitu_linkage_learn (linkage, pairs, pairs, &learning, &learnt);
  g_assert_cmpfloat_with_epsilon (learnt.n_matches, 1000, 60);
  g_assert_cmpfloat_with_epsilon (guitu_linkage_m (linkage, 0, 1), 0.9, 0.04);
  g_assert_cmpfloat (guitu_linkage_prior (linkage) + guitu_linkage_score (linkage, relatives) - guitu_linkage_doubt (linkage, relatives, 0), <, -3);
  g_assert_cmpfloat (guitu_linkage_prior (linkage) + guitu_linkage_score (linkage, same_one) - guitu_linkage_doubt (linkage, same_one, 0), >, 5);
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    gboolean is_day_first;
    const char *digits; /* NULL: no date */
  } dates[] = {
    { "19501203", FALSE, "19501203" },
    { "1950-12-3", FALSE, "19501203" },
    { "1950年12月3日", FALSE, "19501203" },
    { "1950/12", FALSE, "195012??" },
    { "1950", FALSE, "1950????" },
    { "3.12.1950", TRUE, "19501203" },
    { "12/3/1950", FALSE, "19501203" },
    { "1950-12-03T00:00:00", FALSE, "19501203" },
    { "19801399", FALSE, "19801399" },
    { "12", FALSE, NULL },
    { "3.12.50", TRUE, NULL },
    { "unknown", FALSE, NULL },
    { "13800138000", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      char digits[9];
      gboolean is_date = guitu_lists_read_date (dates[i].text, dates[i].is_day_first, digits);

      g_assert_true (is_date == (dates[i].digits != NULL));
      if (is_date)
        g_assert_cmpstr (digits, ==, dates[i].digits);
    }
}

static gboolean
stop_at_once (guint64 done,
              guint64 total,
              gpointer data,
              GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

/* Two small lists: each row finds its own, and says why; nobody waits for what is not wanted. */
static void
test_lists (void)
{
  static const char *const ours[] = { "王秀英", "李建国", "Anna Schmidt", "陈小明", NULL };
  static const char *const theirs[] = { "Schmidt, Anna", "王秀应", "陈小明", "赵铁柱", "李建国", NULL };
  static const char *const our_days[] = { "19500101", "19620314", "19700907", "", NULL };
  static const char *const their_days[] = { "1970-09-07", "1950-01-10", "1981-02-03", "1933-11-30", "1962-03-14", NULL };
  const GuituListColumn columns[] = {
    { "name", GUITU_COLUMN_NAME, -1, TRUE, FALSE, ours, theirs },
    { "born", GUITU_COLUMN_DATE, -1, TRUE, FALSE, our_days, their_days },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituLists) lists = guitu_lists_link (columns, 2, 4, 5, NULL, NULL, &error);
  const GuituListPair *best = &g_array_index (guitu_lists_pairs (lists), GuituListPair, 0);
  g_autoptr (GArray) reasons = guitu_lists_reasons (lists, best);

  g_assert_no_error (error);
  g_assert_cmpint (guitu_lists_pairs (lists)->len, >=, 3);
  g_assert_cmpint (best->ours, ==, 1);
  g_assert_cmpint (best->theirs, ==, 4);
  g_assert_cmpint (reasons->len, >=, 2);
  g_assert_cmpstr (g_array_index (reasons, GuituListReason, 0).how, ==, "same");
  g_assert_cmpfloat (guitu_lists_figures (lists)->n_pairs, ==, 20);
  g_assert_null (guitu_lists_link (columns, 2, 4, 5, stop_at_once, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Names in each other's column, the one of them written all the worse: where the one is sure, what is left of the other one will do. */
static void
test_exchanged (void)
{
  static const struct
  {
    const char *given;
    const char *surname;
    gboolean are_exchanged;
  } written[] = {
    { "Walker", "Oscar", TRUE },
    { "Wrakel", "Oscar", TRUE },
    { "Walker", "", TRUE },
    { "Wrakel", "Ocsra", FALSE },
    { "Wrakel", "", FALSE },
    { "Baxter", "Oscar", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      const char *const given[] = { "Oscar", NULL }, *const surname[] = { "Walker", NULL };
      const char *const their_given[] = { written[i].given, NULL }, *const their_surname[] = { written[i].surname, NULL };
      const GuituListColumn columns[] = {
        { "given", GUITU_COLUMN_NAME, 1, TRUE, FALSE, given, their_given },
        { "surname", GUITU_COLUMN_NAME, 0, FALSE, FALSE, surname, their_surname },
      };
      const GuituListPair pair = { 0 };
      g_autoptr (GuituLists) lists = guitu_lists_link (columns, 2, 1, 1, NULL, NULL, NULL);
      g_autoptr (GArray) reasons = guitu_lists_reasons (lists, &pair);
      gboolean are_exchanged = reasons->len > 0 && strcmp (g_array_index (reasons, GuituListReason, 0).how, "exchanged") == 0;

      g_assert_true (are_exchanged == written[i].are_exchanged);
    }
}

/* What tells at once that two texts are nothing alike is never wrong: it never says so of two that are. */
static void
test_sketches (void)
{
  static const char *const pieces[] = { "an", "ber", "car", "dor", "el", "fin", "gar", "st", "12", "3", " ", " ", "é", "王", "o" };
  enum
  {
    N = 500
  };
  g_auto (GStrv) texts = g_new0 (char *, N + 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  GuituListColumn column = { "text", GUITU_COLUMN_TEXT, -1, FALSE, FALSE, (const char *const *) texts, NULL };
  GuituComparand comparand = { 0 };
  GuituValues values = { 0 };
  guint n_skipped = 0;

  for (guint i = 0; i < N; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint k = g_rand_int_range (random, 1, i % 10 == 0 ? 40 : 7); k > 0; k--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      texts[i] = g_strdup (text->str);
    }
  _guitu_values_init (&values, &column, 0, N, 0);
  for (guint i = 1; i < values.values->len; i++)
    {
      _guitu_comparand_set (&comparand, &g_array_index (values.values, GuituValue, i));
      for (guint k = 1; k < values.values->len; k++)
        if (!_guitu_sketches_may_be_alike (&values.sketches[i], &values.sketches[k]))
          {
            g_assert_cmpint (_guitu_compare (values.kind, &comparand, &g_array_index (values.values, GuituValue, k), FALSE), ==, _guitu_comparator_other (values.kind));
            n_skipped++;
          }
    }
  g_assert_cmpint (n_skipped, >, N * N / 10);
  _guitu_comparand_clear (&comparand);
  _guitu_values_clear (&values);
}

static void
test_expect (void)
{
  const double probabilities[] = { 1, 1, 0.9, 0.6, 0.3, 0.1, 0.05 };
  guint n = G_N_ELEMENTS (probabilities);
  GuituLinkageExpectation best = guitu_linkage_expect_best (probabilities, n);
  GuituLinkageExpectation precise = guitu_linkage_expect_precision (probabilities, n, 0.95);
  GuituLinkageExpectation at = guitu_linkage_expect_at (probabilities, n, 0.2);

  g_assert_cmpint (best.n_taken, ==, 4);
  g_assert_cmpint (precise.n_taken, ==, 3);
  g_assert_cmpfloat (precise.probability, ==, 0.9);
  g_assert_cmpint (at.n_taken, ==, 5);
  g_assert_cmpfloat_with_epsilon (at.precision, 3.8 / 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (at.found, 3.8 / 3.95, 1e-9);
  g_assert_cmpint (guitu_linkage_expect_best (probabilities + 5, 2).n_taken, ==, 0); /* what is probably nothing is nothing */
  g_assert_cmpint (guitu_linkage_expect_best (NULL, 0).n_taken, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linkage/weights", test_weights);
  g_test_add_func ("/linkage/rarity", test_rarity);
  g_test_add_func ("/linkage/learn", test_learn);
  g_test_add_func ("/linkage/not-met", test_not_met);
  g_test_add_func ("/linkage/many-alike", test_many_alike);
  g_test_add_func ("/linkage/parents", test_parents);
  g_test_add_func ("/linkage/related", test_related);
  g_test_add_func ("/linkage/dates", test_dates);
  g_test_add_func ("/linkage/lists", test_lists);
  g_test_add_func ("/linkage/exchanged", test_exchanged);
  g_test_add_func ("/linkage/sketches", test_sketches);
  g_test_add_func ("/linkage/expect", test_expect);
  return g_test_run ();
}
