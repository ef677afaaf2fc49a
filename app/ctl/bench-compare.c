/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two lists of people, of whom half stand in both (--people: in each): rows a second, pairs compared a second and core,
 * what is found, and memory. The baseline of a comparison is whether all cells of two rows are the same, that of all of
 * it the same lists joined by name and birth with a hash table, which finds those without a mistake. */

#include "app/ctl/bench.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "db/linkage-lists.h"

#include <string.h>
#include <sys/resource.h>

#define N_ROWS 50000
#define N_PLAIN 3000 /* rows of each that are compared for the baseline */
#define WRONG 0.3    /* of the cells of whoever stands in both lists */

/* clang-format off */
static const struct
{
  const char *name;
  GuituColumnKind kind;
  gboolean is_own;
} columns[] = {
  { "name", GUITU_COLUMN_NAME, TRUE },
  { "sex", GUITU_COLUMN_CATEGORY, TRUE },
  { "birth_from", GUITU_COLUMN_DATE, TRUE },
  { "household", GUITU_COLUMN_CODE, FALSE },
  { "phone", GUITU_COLUMN_PHONE, FALSE },
  { "nation", GUITU_COLUMN_CATEGORY, FALSE },
};
/* clang-format on */

#define N_COLUMNS G_N_ELEMENTS (columns)

typedef struct
{
  const char **cells[2][N_COLUMNS]; /* per side and column, one per row */
  guint n_rows;                     /* of each list; row i of theirs is row i of ours in the first half */
  GStringChunk *texts;
} Lists;

static const char *
text_of (Lists *lists,
         JsonObject *person,
         guint column)
{
  const char *text = json_object_get_string_member_with_default (person, columns[column].name, NULL);

  return text == NULL ? "" : g_string_chunk_insert_const (lists->texts, text);
}

/* One character is another one, or it is left out. */
static const char *
mistake (Lists *lists,
         GRand *random,
         const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  glong at = length == 0 ? 0 : g_rand_int_range (random, 0, length);
  const char *begin = g_utf8_offset_to_pointer (text, at);
  g_autofree char *wrong = NULL;

  if (length == 0 || g_rand_double (random) < 0.3)
    return "";
  wrong = g_ascii_isdigit (*begin) ? g_strdup_printf ("%.*s%d%s", (int) (begin - text), text, g_rand_int_range (random, 0, 10), begin + 1)
                                   : g_strdup_printf ("%.*s%s", (int) (begin - text), text, g_utf8_next_char (begin));
  return g_string_chunk_insert_const (lists->texts, wrong);
}

static void
draw (Lists *lists)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (17, today);
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  guint half = lists->n_rows / 2;

  for (guint i = 0; i < lists->n_rows + half; i++)
    {
      g_autoptr (JsonObject) person = guitu_demo_person (demo);

      for (guint column = 0; column < N_COLUMNS; column++)
        {
          const char *text = text_of (lists, person, column);
          gboolean is_wrong = g_rand_double (random) < WRONG / 2;

          if (i < lists->n_rows)
            lists->cells[0][column][i] = text;
          if (i < half)
            lists->cells[1][column][i] = is_wrong ? mistake (lists, random, text) : text;
          else if (i >= lists->n_rows)
            lists->cells[1][column][i - half] = text;
        }
    }
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec / G_USEC_PER_SEC + (double) usage.ru_stime.tv_sec +
         (double) usage.ru_stime.tv_usec / G_USEC_PER_SEC;
}

/* Pairs a second. */
static double
compare_plainly (const Lists *lists)
{
  guint n = MIN (N_PLAIN, lists->n_rows);
  double start = cpu_seconds ();
  guint64 same = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      for (guint column = 0; column < N_COLUMNS; column++)
        same += strcmp (lists->cells[0][column][i], lists->cells[1][column][k]) == 0;
  if (same == 0)
    g_error ("Nothing was compared");
  return (double) n * n / (cpu_seconds () - start);
}

/* Rows a second. @found: (out): those who stand in both, in per cent */
static double
join_plainly (const Lists *lists,
              double *found)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  double start = cpu_seconds ();
  guint right = 0;

  for (guint i = 0; i < lists->n_rows; i++)
    g_hash_table_insert (known, g_strdup_printf ("%s %s", lists->cells[0][0][i], lists->cells[0][2][i]), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < lists->n_rows; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s %s", lists->cells[1][0][i], lists->cells[1][2][i]);

      right += i < lists->n_rows / 2 && GPOINTER_TO_UINT (g_hash_table_lookup (known, key)) == i + 1;
    }
  *found = 100.0 * right / (lists->n_rows / 2);
  return 2.0 * lists->n_rows / (cpu_seconds () - start);
}

/* Who was told to be the same, down to the threshold with the best expected F1. */
static void
report_found (const Lists *lists,
              const GArray *pairs,
              double plainly)
{
  g_autofree double *probabilities = g_new (double, pairs->len + 1);
  GuituListExpectation taken;
  guint right = 0;

  for (guint i = 0; i < pairs->len; i++)
    probabilities[i] = g_array_index (pairs, GuituListPair, i).probability;
  taken = guitu_lists_expect (probabilities, pairs->len, GUITU_EXPECT_BEST, 0);
  for (guint i = 0; i < taken.n_taken; i++)
    {
      const GuituListPair *pair = &g_array_index (pairs, GuituListPair, i);

      right += pair->ours == pair->theirs && pair->ours < lists->n_rows / 2;
    }
  bench_report ("compare-found", 100.0 * right / (lists->n_rows / 2), "%", plainly);
  bench_report ("compare-right", taken.n_taken == 0 ? 0 : 100.0 * right / taken.n_taken, "%", 0);
}

static gboolean
measure (const Lists *lists,
         GError **error)
{
  GuituListColumn described[N_COLUMNS];
  g_autoptr (GuituLists) result = NULL;
  double start, seconds, found, joined = join_plainly (lists, &found), plain = compare_plainly (lists);
  struct rusage usage;
  const GuituListFigures *figures;

  for (guint i = 0; i < N_COLUMNS; i++)
    described[i] = (GuituListColumn){ columns[i].name, columns[i].kind, -1, columns[i].is_own, FALSE, lists->cells[0][i], lists->cells[1][i] };
  start = cpu_seconds ();
  result = guitu_lists_link (described, N_COLUMNS, lists->n_rows, lists->n_rows, NULL, NULL, error);
  seconds = cpu_seconds () - start;
  if (result == NULL)
    return FALSE;
  figures = guitu_lists_figures (result);
  bench_report ("compare-rows", 2.0 * lists->n_rows / seconds, "rows/s", joined);
  bench_report ("compare-pairs", figures->n_compared / figures->seconds, "pairs/s", plain);
  bench_report ("compare-of-all", 1e6 * figures->n_compared / figures->n_pairs, "per million", 0);
  report_found (lists, guitu_lists_pairs (result), found);
  getrusage (RUSAGE_SELF, &usage);
  bench_report ("compare-memory", (double) usage.ru_maxrss / 1024, "MiB", 0);
  return TRUE;
}

gboolean
bench_compare (GError **error)
{
  Lists lists = { .n_rows = MAX (1000, bench_option_integer ("people", N_ROWS)), .texts = g_string_chunk_new (64 * 1024) };
  gboolean is_good;

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < N_COLUMNS; i++)
      lists.cells[side][i] = g_new0 (const char *, lists.n_rows);
  draw (&lists);
  is_good = measure (&lists, error);
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < N_COLUMNS; i++)
      g_free (lists.cells[side][i]);
  g_string_chunk_free (lists.texts);
  return is_good;
}
