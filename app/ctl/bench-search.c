/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a key stroke in the search costs among very many invented people, each kind of key stroke
 * apart, and what the index costs in bytes and at each registration. What is typed is taken from
 * people drawn at random. Baselines: LIKE and the trigram index of SQLite, and those of PostgreSQL
 * where a database is named, on the same people, by a text that has name, pinyin, initials and
 * numbers; with more than two million people they are left out. “Cold” is a new connection with nothing in SQLite's cache; what the system has read of the
 * file stays in memory. */

#include "app/ctl/bench.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "db/reading.h"
#include "db/search-bench.h"

#include <string.h>
#include <sys/resource.h>

#define PEOPLE 1000000
#define BATCH 50000
#define QUERIES 300
#define ROUNDS 4                /* the best of them counts: warm, and not held up by other programs */
#define BASELINE_PEOPLE 2000000 /* with more the baselines take longer than all the rest */
#define SLOW_QUERIES 5
#define CHANGES 1000
#define COLD_QUERIES 20

/* --- What is typed ------------------------------------------------------------------------------- */

/** A person drawn, with a name of three Han characters. */
typedef struct
{
  char *columns[4]; /* name, id_number, phone, birth_from */
  char *characters[3];
  const char *syllables[3];
} Drawn;

static void
drawn_clear (Drawn *drawn)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawn->columns); i++)
    g_clear_pointer (&drawn->columns[i], g_free);
  for (guint i = 0; i < 3; i++)
    g_clear_pointer (&drawn->characters[i], g_free);
}

static gboolean
draw_once (GuituSearchBench *bench,
           GRand *random,
           gint64 people,
           Drawn *drawn)
{
  static const char *const columns[] = { "name", "id_number", "phone", "birth_from" };
  gint64 row = 1 + (gint64) (g_rand_double (random) * people);
  const char *p;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    drawn->columns[i] = guitu_search_bench_text (bench, row, columns[i]);
  p = drawn->columns[0];
  if (p == NULL || guitu_reading_surname_length (p) != 1 || g_utf8_strlen (p, -1) != 3 || drawn->columns[1] == NULL ||
      strlen (drawn->columns[1]) != 18 || drawn->columns[2] == NULL || strlen (drawn->columns[2]) != 11)
    return FALSE;
  for (guint i = 0; i < 3; i++, p = g_utf8_next_char (p))
    {
      drawn->characters[i] = g_strndup (p, g_utf8_next_char (p) - p);
      drawn->syllables[i] = guitu_reading_find (g_utf8_get_char (p), i == 0)[0];
      if (drawn->syllables[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
draw (GuituSearchBench *bench,
      GRand *random,
      gint64 people,
      Drawn *drawn)
{
  *drawn = (Drawn){ 0 };
  while (!draw_once (bench, random, people, drawn))
    drawn_clear (drawn);
}

typedef char *(*Type) (const Drawn *drawn, GRand *random);

#define C(i) drawn->characters[i]
#define S(i) drawn->syllables[i]
#define TYPES(name, ...)                                       \
  static char *type_##name (const Drawn *drawn, GRand *random) \
  {                                                            \
    return g_strdup_printf (__VA_ARGS__);                      \
  }

TYPES (surname, "%s", C (0))
TYPES (han_start, "%s%s", C (0), C (1))
TYPES (han_whole, "%s", drawn->columns[0])
TYPES (han_part, "%s%s", C (1), C (2))
TYPES (han_one, "%s", C (2))
TYPES (pinyin, "%s%s%s", S (0), S (1), S (2))
TYPES (pinyin_spaced, "%s %s%s", S (0), S (1), S (2))
TYPES (pinyin_given, "%s%s", S (1), S (2))
TYPES (pinyin_one, "%s", S (g_rand_int_range (random, 0, 3)))
TYPES (tones, "%s%d%s%d", S (0), g_rand_int_range (random, 1, 5), S (1), g_rand_int_range (random, 1, 5))
TYPES (initials, "%c%c%c", S (0)[0], S (1)[0], S (2)[0])
TYPES (initials_two, "%c%c", S (1)[0], S (2)[0])
TYPES (letter, "%c", S (g_rand_int_range (random, 0, 3))[0])
TYPES (mixed_middle, "%s%c%s", C (0), S (1)[0], C (2))
TYPES (mixed_initials, "%s%c%c", C (0), S (1)[0], S (2)[0])
TYPES (mixed_pinyin, "%s%s%s", S (0), C (1), C (2))
TYPES (mixed_start, "%s%c", C (0), S (1)[0])
TYPES (mixed_letters, "%s%c%c", S (0), S (1)[0], S (2)[0])
TYPES (id_start, "%.*s", g_rand_int_range (random, 3, 18), drawn->columns[1])
TYPES (id_whole, "%s", drawn->columns[1])
TYPES (id_tail, "%s", drawn->columns[1] + 14)
TYPES (phone_tail, "%s", drawn->columns[2] + g_rand_int_range (random, 0, 8))
TYPES (day, "%.8s", drawn->columns[1] + 6)
TYPES (words_names, "%s %s", C (0), S (1))
TYPES (words_number, "%s %.*s", C (0), g_rand_int_range (random, 3, 9), drawn->columns[1])
TYPES (words_tail, "%s %s", S (0), drawn->columns[1] + 14)
TYPES (words_reversed, "%s%s %s", C (1), C (2), S (0))
TYPES (wrong_character, "%s%s%s", C (0), C (1), "龘")
TYPES (wrong_order, "%s%s%s", C (0), C (2), C (1))
TYPES (nobody, "%s%s%s", C (0), "龘", S (2))

/** The beginning of the pinyin, as it is typed. */
static char *
type_pinyin_start (const Drawn *drawn,
                   GRand *random)
{
  g_autofree char *whole = type_pinyin (drawn, random);

  return g_strndup (whole, g_rand_int_range (random, 1, strlen (whole) + 1));
}

static char *
type_alias (const Drawn *drawn,
            GRand *random)
{
  static const char *const typed[] = { "小", "老王", "laowang", "阿", "狗", "lw", "xiao" };

  return g_strdup (typed[g_rand_int_range (random, 0, G_N_ELEMENTS (typed))]);
}

static char *
type_traditional (const Drawn *drawn,
                  GRand *random)
{
  static const char *const forms[][2] = { { "张", "張" }, { "刘", "劉" }, { "陈", "陳" }, { "杨", "楊" }, { "黄", "黃" }, { "赵", "趙" }, { "吴", "吳" }, { "国", "國" }, { "华", "華" }, { "强", "強" }, { "丽", "麗" }, { "兰", "蘭" } };
  GString *text = g_string_new (drawn->columns[0]);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_string_replace (text, forms[i][0], forms[i][1], 0);
  return g_string_free (text, FALSE);
}

static char *
type_dialect (const Drawn *drawn,
              GRand *random)
{
  static const char *const sounds[][2] = { { "zh", "z" }, { "ch", "c" }, { "sh", "s" }, { "n", "l" }, { "f", "h" }, { "r", "l" } };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    {
      const char *syllable = S (i);

      for (guint k = 0; k < G_N_ELEMENTS (sounds); k++)
        if (g_str_has_prefix (syllable, sounds[k][0]))
          {
            g_string_append (text, sounds[k][1]);
            syllable += strlen (sounds[k][0]);
            break;
          }
      g_string_append (text, syllable);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** A letter wrong, missing, too many or swapped. */
static char *
type_mistake (const Drawn *drawn,
              GRand *random)
{
  g_autofree char *whole = type_pinyin (drawn, random);
  GString *text = g_string_new (whole);
  gsize at = g_rand_int_range (random, 0, text->len - 1);
  char letter = 'a' + g_rand_int_range (random, 0, 26);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      text->str[at] = letter;
      break;
    case 1:
      g_string_erase (text, at, 1);
      break;
    case 2:
      g_string_insert_c (text, at, letter);
      break;
    default:
      letter = text->str[at];
      text->str[at] = text->str[at + 1];
      text->str[at + 1] = letter;
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  Type type;
  gboolean is_for_baselines; /* the baselines can find it */
} kinds[] = {
  { "surname", type_surname, TRUE },
  { "han-start", type_han_start, TRUE },
  { "han-whole", type_han_whole, TRUE },
  { "han-part", type_han_part, TRUE },
  { "han-one", type_han_one, FALSE },
  { "traditional", type_traditional, FALSE },
  { "pinyin", type_pinyin, TRUE },
  { "pinyin-start", type_pinyin_start, FALSE },
  { "pinyin-spaced", type_pinyin_spaced, FALSE },
  { "pinyin-given", type_pinyin_given, TRUE },
  { "pinyin-one", type_pinyin_one, FALSE },
  { "tones", type_tones, FALSE },
  { "initials", type_initials, TRUE },
  { "initials-two", type_initials_two, FALSE },
  { "letter", type_letter, FALSE },
  { "mixed-middle", type_mixed_middle, FALSE },
  { "mixed-initials", type_mixed_initials, FALSE },
  { "mixed-pinyin", type_mixed_pinyin, FALSE },
  { "mixed-start", type_mixed_start, FALSE },
  { "mixed-letters", type_mixed_letters, FALSE },
  { "id-start", type_id_start, TRUE },
  { "id-whole", type_id_whole, TRUE },
  { "id-tail", type_id_tail, TRUE },
  { "phone-tail", type_phone_tail, TRUE },
  { "day", type_day, TRUE },
  { "alias", type_alias, FALSE },
  { "words-names", type_words_names, FALSE },
  { "words-number", type_words_number, FALSE },
  { "words-tail", type_words_tail, FALSE },
  { "words-reversed", type_words_reversed, FALSE },
  { "dialect", type_dialect, FALSE },
  { "mistake", type_mistake, FALSE },
  { "wrong-character", type_wrong_character, FALSE },
  { "wrong-order", type_wrong_order, FALSE },
  { "nobody", type_nobody, TRUE },
};

/* --- Measuring ----------------------------------------------------------------------------------- */

typedef int (*Find) (GuituSearchBench *bench, const char *typed, GError **error);

static gboolean
time_find (GuituSearchBench *bench,
           Find find,
           const char *typed,
           double *milliseconds,
           GError **error)
{
  gint64 start = g_get_monotonic_time ();

  if (find (bench, typed, error) < 0)
    return FALSE;
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return TRUE;
}

/** Fills @typed with what is typed in that kind. */
static void
draw_typed (GuituSearchBench *bench,
            gint64 people,
            guint kind,
            char **typed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (kind);

  for (guint i = 0; i < QUERIES; i++)
    {
      Drawn drawn;

      draw (bench, random, people, &drawn);
      typed[i] = kinds[kind].type (&drawn, random);
      drawn_clear (&drawn);
    }
  typed[QUERIES] = NULL;
}

static gboolean
measure_baseline (GuituSearchBench *bench,
                  Find find,
                  char **typed,
                  double *median,
                  GError **error)
{
  double times[SLOW_QUERIES];

  for (guint i = 0; i < SLOW_QUERIES; i++)
    if (!time_find (bench, find, typed[i], &times[i], error))
      return FALSE;
  *median = bench_median (times, SLOW_QUERIES);
  return TRUE;
}

static gboolean
measure_kind (GuituSearchBench *bench,
              gint64 people,
              guint kind,
              double *worst,
              GError **error)
{
  static const struct
  {
    const char *name;
    Find find;
  } baselines[] = { { "like", guitu_search_bench_like }, { "trigram", guitu_search_bench_trigram }, { "pg-trgm", guitu_search_bench_postgres } };
  const guint n_baselines = people > BASELINE_PEOPLE ? 0 : bench_option_text ("postgres") == NULL ? 2
                                                                                                  : 3;
  char *typed[QUERIES + 1];
  double times[QUERIES];
  double median;
  gboolean is_good = TRUE;

  draw_typed (bench, people, kind, typed);
  for (guint round = 0; round < ROUNDS && is_good; round++)
    for (guint i = 0; i < QUERIES && is_good; i++)
      {
        double time = 0;

        is_good = time_find (bench, guitu_search_bench_find, typed[i], &time, error);
        times[i] = round == 0 ? time : MIN (times[i], time);
      }
  if (is_good)
    {
      g_autofree char *p50 = g_strdup_printf ("find-%s-p50", kinds[kind].name);
      g_autofree char *p99 = g_strdup_printf ("find-%s-p99", kinds[kind].name);

      *worst = MAX (*worst, bench_percentile (times, QUERIES, 99));
      median = bench_median (times, QUERIES);
      bench_report (p99, bench_percentile (times, QUERIES, 99), "ms", 0);
      bench_report (p50, median, "ms", 0);
    }
  for (guint i = 0; i < n_baselines && is_good && kinds[kind].is_for_baselines; i++)
    {
      g_autofree char *name = g_strdup_printf ("find-%s-p50-to-%s", kinds[kind].name, baselines[i].name);
      double theirs = 0;

      is_good = measure_baseline (bench, baselines[i].find, typed, &theirs, error);
      if (is_good)
        bench_report (name, median, "ms", theirs);
    }
  for (guint i = 0; i < QUERIES; i++)
    g_free (typed[i]);
  return is_good;
}

/** Each query with a connection of its own. */
static gboolean
measure_cold (const char *path,
              gint64 people,
              GError **error)
{
  double worst = 0;

  for (guint i = 0; i < COLD_QUERIES; i++)
    {
      g_autoptr (GuituSearchBench) bench = guitu_search_bench_new (path, error);
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      g_autofree char *typed = NULL;
      Drawn drawn;
      double time = 0;

      if (bench == NULL)
        return FALSE;
      draw (bench, random, people, &drawn);
      typed = kinds[i % G_N_ELEMENTS (kinds)].type (&drawn, random);
      drawn_clear (&drawn);
      if (!time_find (bench, guitu_search_bench_find, typed, &time, error))
        return FALSE;
      worst = MAX (worst, time);
    }
  bench_report ("find-cold-worst", worst, "ms", 0);
  return TRUE;
}

static double
resident_mib (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmRSS:");
  return line == NULL ? 0 : g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

/* --- People -------------------------------------------------------------------------------------- */

static gboolean
add_person (GuituSearchBench *bench,
            GuituDemo *demo,
            gboolean is_indexed,
            GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (JsonObject) json = guitu_demo_person (demo);

  return guitu_record_take_json (person, json, error) && guitu_search_bench_add (bench, person, is_indexed, error);
}

static gboolean
fill (GuituSearchBench *bench,
      GuituDemo *demo,
      gint64 people,
      GError **error)
{
  for (gint64 i = 0; i < people; i++)
    {
      if ((i % BATCH == 0 && !guitu_search_bench_begin (bench, error)) || !add_person (bench, demo, FALSE, error) ||
          ((i + 1) % BATCH == 0 && !guitu_search_bench_commit (bench, error)))
        return FALSE;
    }
  return people % BATCH == 0 || guitu_search_bench_commit (bench, error);
}

static gboolean
build (GuituSearchBench *bench,
       gint64 people,
       GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gint64 lists, tokens;

  if (!guitu_search_bench_build (bench, error))
    return FALSE;
  bench_report ("index-build", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, "s", 0);
  lists = guitu_search_bench_bytes (bench, "person_search_list", error);
  tokens = guitu_search_bench_bytes (bench, "person_search_data", error);
  if (lists < 0 || tokens < 0)
    return FALSE;
  bench_report ("index-bytes", (double) lists / people, "bytes/person", 0);
  bench_report ("index-bytes-linkage", (double) tokens / people, "bytes/person", 0);
  bench_report ("memory-after-build", resident_mib (), "MiB", 0);
  return TRUE;
}

/** Persons registered and changed one by one: what that takes with the index, beside what it takes without. */
static gboolean
measure_changes (GuituSearchBench *bench,
                 GuituDemo *demo,
                 gint64 people,
                 GError **error)
{
  double times[2][CHANGES];
  double edits[CHANGES];
  double sums[2] = { 0, 0 };

  for (guint i = 0; i < CHANGES; i++)
    {
      for (guint indexed = 0; indexed < 2; indexed++)
        {
          gint64 start = g_get_monotonic_time ();

          if (!guitu_search_bench_begin (bench, error) || !add_person (bench, demo, indexed == 1, error) ||
              !guitu_search_bench_commit (bench, error))
            return FALSE;
          times[indexed][i] = (double) (g_get_monotonic_time () - start) / 1000;
          sums[indexed] += times[indexed][i] / CHANGES;
        }
    }
  for (guint i = 0; i < CHANGES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!guitu_search_bench_begin (bench, error) ||
          !guitu_search_bench_rename (bench, 1 + people / CHANGES * i, i % 2 == 0 ? "欧阳娜娜" : "王改名", error) ||
          !guitu_search_bench_commit (bench, error))
        return FALSE;
      edits[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  bench_report ("register-indexed-mean", sums[1], "ms", sums[0]);
  bench_report ("register-index-cost-mean", sums[1] - sums[0], "ms", 0);
  bench_report ("register-indexed-p99", bench_percentile (times[1], CHANGES, 99), "ms", bench_percentile (times[0], CHANGES, 99));
  bench_report ("rename-indexed-p50", bench_median (edits, CHANGES), "ms", bench_median (times[0], CHANGES));
  bench_report ("rename-indexed-p99", bench_percentile (edits, CHANGES, 99), "ms", 0);
  return TRUE;
}

static gboolean
measure_find (GuituSearchBench *bench,
              gint64 people,
              GError **error)
{
  double worst = 0;

  if (!guitu_search_bench_begin (bench, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!measure_kind (bench, people, i, &worst, error))
      return FALSE;
  bench_report ("find-worst-kind-p99", worst, "ms", 0);
  return guitu_search_bench_commit (bench, error);
}

static gboolean
measure_all (const char *path,
             gint64 people,
             GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, today);
  g_autoptr (GuituSearchBench) bench = guitu_search_bench_new (path, error);
  const char *url = bench_option_text ("postgres");
  struct rusage usage;

  if (bench == NULL || !fill (bench, demo, people, error) || !build (bench, people, error) ||
      !measure_changes (bench, demo, people, error))
    return FALSE;
  g_clear_pointer (&bench, guitu_search_bench_free);
  if (!measure_cold (path, people, error))
    return FALSE;
  bench = guitu_search_bench_new (path, error);
  if (bench == NULL)
    return FALSE;
  if (people <= BASELINE_PEOPLE && (!guitu_search_bench_build_baselines (bench, error) ||
                                    (url != NULL && !guitu_search_bench_fill_postgres (bench, url, error))))
    return FALSE;
  g_clear_pointer (&demo, guitu_demo_free);
  if (!measure_find (bench, people, error))
    return FALSE;
  bench_report ("memory", resident_mib (), "MiB", 0);
  getrusage (RUSAGE_SELF, &usage);
  bench_report ("memory-peak", (double) usage.ru_maxrss / 1024, "MiB", 0);
  return TRUE;
}

gboolean
bench_search (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "guitu-bench-XXXXXX", NULL);
  g_autofree char *path = NULL;
  gboolean is_good;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  if (g_mkdtemp (folder) == NULL)
    return guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", NULL, "The folder %s can't be made", folder);
  path = g_build_filename (folder, "people.db", NULL);
  is_good = measure_all (path, MAX (1000, bench_option_integer ("people", PEOPLE)), error);
  bench_remove_folder (folder);
  return is_good;
}
