/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/match.h"

#include "db/reading.h"
#include "people.h"

#include <string.h>

static const GuituMatchReason *
reason_of (const GuituMatch *match,
           const char *field)
{
  for (guint i = 0; i < match->reasons->len; i++)
    {
      const GuituMatchReason *reason = g_ptr_array_index (match->reasons, i);

      if (strcmp (reason->field, field) == 0)
        return reason;
    }
  return NULL;
}

static double
weight_of (const char *field,
           const GuituMatchSide *ours,
           const GuituMatchSide *theirs)
{
  g_autoptr (GuituMatch) match = guitu_match_compare (ours, theirs);
  const GuituMatchReason *reason = reason_of (match, field);

  return reason == NULL ? 0 : reason->weight;
}

static double
name_weight (const char *ours,
             const char *theirs)
{
  return weight_of ("name", &(GuituMatchSide){ .name = ours }, &(GuituMatchSide){ .name = theirs });
}

/** Each kind of mistake weighs less than the one before it, and more than another name. */
static void
test_name (void)
{
  g_assert_cmpfloat (name_weight ("王秀英", "王秀英"), >, 10);
  g_assert_cmpfloat (name_weight ("王秀英", "王秀瑛"), <, name_weight ("王秀英", "王秀英"));
  g_assert_cmpfloat (name_weight ("王秀英", "王秀音"), <, name_weight ("王秀英", "王秀瑛"));
  g_assert_cmpfloat (name_weight ("王秀英", "王秀音"), >, 5);
  g_assert_cmpfloat (name_weight ("王未", "王末"), >, name_weight ("王未", "王国"));
  g_assert_cmpfloat (name_weight ("王秀英", "小英"), >, 0);
  g_assert_cmpfloat (name_weight ("黄秀英", "王秀英"), >, name_weight ("黄秀英", "赵建国"));
  g_assert_cmpfloat (name_weight ("wang xiu ying", "王秀英"), >, 8);
  g_assert_cmpfloat (name_weight ("wáng xiùyīng", "王秀英"), ==, name_weight ("wang xiu ying", "王秀英"));
  g_assert_cmpfloat (name_weight ("wang xiu yin", "王秀英"), <, name_weight ("wang xiu ying", "王秀英"));
  g_assert_cmpfloat (name_weight ("John Michael Smith", "Smith John Michael"), >, 5);
  g_assert_cmpfloat (name_weight ("John Smith", "Jon Smith"), >, name_weight ("John Smith", "Mary Jones"));
  g_assert_cmpfloat (name_weight ("王秀英", "王英秀"), >, 5);
  g_assert_cmpfloat (name_weight ("王秀英", "王英"), >, 2);
  g_assert_cmpfloat (name_weight ("王英", "王秀英"), >, 2);
  g_assert_cmpfloat (name_weight ("王秀英", "王秀龙"), >, 1.5);
  g_assert_cmpfloat (name_weight ("赵秀英", "施秀英"), >, 2);
  g_assert_cmpfloat (name_weight ("白新明", "舒明新"), >, 0.5); /* two mistakes */
  g_assert_cmpfloat (name_weight ("王秀英", "李建国"), <, -3);
  g_assert_cmpfloat (name_weight ("王伟", "王芳"), <, 0.5);
  g_assert_cmpfloat (name_weight ("鲜于翟", "鲜于翟"), >, name_weight ("王建国", "王建国"));
  g_assert_cmpfloat (name_weight ("單雄信", "单雄信"), ==, name_weight ("单雄信", "单雄信"));
  g_assert_cmpfloat (name_weight ("王秀英(音)", "王秀英"), ==, name_weight ("王秀英(音)", "王秀瑛"));
  g_assert_cmpfloat (name_weight ("王土", "王士"), >, 5);
  g_assert_cmpfloat (name_weight ("王士", "王海"), <, 1);
  g_assert_cmpfloat (name_weight ("阿卜杜拉·买买提", "阿卜杜拉买买提"), >, 15);
  g_assert_cmpfloat (name_weight ("无名氏", "无名氏"), ==, 0);
  g_assert_cmpfloat (name_weight ("王秀英", NULL), ==, 0);
}

/** Two mistakes in one name leave something of it. */
static void
test_two_mistakes (void)
{
  g_assert_cmpfloat (name_weight ("刘明土", "刘士明"), >, 5); /* swapped, and one looks alike */
  g_assert_cmpfloat (name_weight ("末清", "未国清"), >, 1);   /* one left out, and one looks alike */
  g_assert_cmpfloat (name_weight ("罗新东", "罗东福"), >, name_weight ("罗新东", "罗国福"));
  g_assert_cmpfloat (name_weight ("罗新东", "罗东福"), <, name_weight ("罗新东", "罗东新"));
  g_assert_cmpfloat (name_weight ("罗新东", "李东福"), <, 0.5);
}

/** A title is no part of a name, and a character that was left open fits any. */
static void
test_said_in_part (void)
{
  g_assert_cmpfloat (name_weight ("王师傅", "王秀英"), >, 1);
  g_assert_cmpfloat (name_weight ("王师傅", "王秀英"), ==, name_weight ("老王", "王秀英"));
  g_assert_cmpfloat (name_weight ("欧阳大爷", "欧阳建国"), >, 1);
  g_assert_cmpfloat (name_weight ("王师傅", "李秀英"), <, 0);
  g_assert_cmpfloat (name_weight ("小王师傅", "王秀英"), ==, name_weight ("老王", "王秀英"));
  g_assert_cmpfloat (name_weight ("老欧阳", "欧阳建国"), ==, name_weight ("欧阳大爷", "欧阳建国"));
  g_assert_cmpfloat (name_weight ("二妹", "王秀二"), ==, name_weight ("二妹", "王秀英")); /* the second child, no name */
  g_assert_cmpfloat (name_weight ("二妹", "王二妹"), >, 3);
  g_assert_cmpfloat (name_weight ("王某英", "王秀英"), >, 2);
  g_assert_cmpfloat (name_weight ("王x英", "王秀英"), ==, name_weight ("王某英", "王秀英"));
  g_assert_cmpfloat (name_weight ("王*英", "王秀英"), ==, name_weight ("王某英", "王秀英"));
  g_assert_cmpfloat (name_weight ("王秀×", "王秀英"), >, 2);
  g_assert_cmpfloat (name_weight ("王某某", "王秀英"), >, 1);
  g_assert_cmpfloat (name_weight ("王某", "李秀英"), <, 0);
}

static void
test_alias (void)
{
  GuituMatchSide ours = { .name = "李明", .alias = "狗剩、铁柱" };
  GuituMatchSide theirs = { .name = "铁柱" };
  g_autoptr (GuituMatch) match = guitu_match_compare (&ours, &theirs);
  const GuituMatchReason *reason = reason_of (match, "alias");

  g_assert_nonnull (reason);
  g_assert_null (reason_of (match, "name"));
  g_assert_cmpstr (reason->ours, ==, "狗剩、铁柱");
  g_assert_cmpstr (reason->theirs, ==, "铁柱");
  g_assert_cmpfloat (reason->weight, >, 5);
}

static double
birth_weight (const char *our_from,
              const char *our_to,
              const char *their_from,
              const char *their_to)
{
  return weight_of ("birth",
                    &(GuituMatchSide){ .birth_from = our_from, .birth_to = our_to },
                    &(GuituMatchSide){ .birth_from = their_from, .birth_to = their_to });
}

static void
test_birth (void)
{
  const char *day = "1963-05-12";

  g_assert_cmpfloat (birth_weight (day, day, day, day), >, 10);
  g_assert_cmpfloat (birth_weight (day, day, "1963-05-21", "1963-05-21"), >, 3);
  g_assert_cmpfloat (birth_weight (day, day, "1963-12-05", "1963-12-05"), >, 3);
  g_assert_cmpfloat (birth_weight (day, day, "1960-01-01", "1965-12-31"), >, 2);
  g_assert_cmpfloat (birth_weight (day, day, "1950-01-01", "1990-12-31"), <, 2);
  g_assert_cmpfloat (birth_weight (day, day, "1964-11-02", "1964-11-02"), >, -2);
  g_assert_cmpfloat (birth_weight (day, day, "1983-01-01", "1983-12-31"), >, -4); /* 20 years off: common */
  g_assert_cmpfloat (birth_weight (day, day, "2003-01-01", "2003-12-31"), <, -4);
  g_assert_cmpfloat (birth_weight (NULL, day, day, NULL), >, 10);
  g_assert_cmpfloat (birth_weight (NULL, NULL, day, day), ==, 0);
  g_assert_cmpfloat (birth_weight ("nonsense", "1963-13-40", day, day), ==, 0);
  g_assert_cmpfloat (birth_weight ("1963", "1963", day, day), >, 3);
}

static double
text_weight (const char *field,
             const char *ours,
             const char *theirs)
{
  GuituMatchSide a = { .sex = ours, .id_number = ours, .phone = ours, .household = ours };
  GuituMatchSide b = { .sex = theirs, .id_number = theirs, .phone = theirs, .household = theirs };

  return weight_of (field, &a, &b);
}

static void
test_other_fields (void)
{
  const char *id = "44011419630512302X";

  g_assert_cmpfloat (text_weight ("id_number", id, "44011419630512302x"), >, 20);
  g_assert_cmpfloat (text_weight ("id_number", id, "440114630512302"), >, 20);
  g_assert_cmpfloat (text_weight ("id_number", id, "44011419630512303X"), >, 10);
  g_assert_cmpfloat (text_weight ("id_number", id, "44011419635012302X"), >, 10);
  g_assert_cmpfloat (text_weight ("id_number", id, "440114198503122345"), <, -5);
  g_assert_cmpfloat (text_weight ("id_number", id, NULL), ==, 0);
  g_assert_cmpfloat (text_weight ("phone", "13812345678", "020-1234567/138 1234 5678"), >, 10);
  g_assert_cmpfloat (text_weight ("phone", "13812345678", "13812345679"), >, 5);
  g_assert_cmpfloat (text_weight ("phone", "13812345678", "13912340000"), <, 0);
  g_assert_cmpfloat (text_weight ("household", "440114", "440114"), >, text_weight ("household", "440114", "440106"));
  g_assert_cmpfloat (text_weight ("household", "440114", "441900"), >, 0);
  g_assert_cmpfloat (text_weight ("household", "440114", "650100"), <, 0);
  g_assert_cmpfloat (text_weight ("sex", "2", "2"), >, 0);
  g_assert_cmpfloat (text_weight ("sex", "1", "2"), <, -3);
  g_assert_cmpfloat (text_weight ("sex", "0", "2"), ==, 0);
  g_assert_cmpfloat (text_weight ("sex", "", "2"), ==, 0);
  g_assert_cmpfloat (weight_of ("kin", &(GuituMatchSide){ .kin = "女儿 高志建" }, &(GuituMatchSide){ .kin = "大女儿：高志健" }), >, 3);
  g_assert_cmpfloat (weight_of ("kin", &(GuituMatchSide){ .kin = "女儿 高志建" }, &(GuituMatchSide){ .kin = "女儿 王明学" }), <, 0);
  g_assert_cmpfloat (weight_of ("kin", &(GuituMatchSide){ .kin = "女儿 高志建" }, &(GuituMatchSide){ .kin = "女儿" }), ==, 0);
  g_assert_cmpfloat (weight_of ("kin", &(GuituMatchSide){ .kin = "父亲周国平" }, &(GuituMatchSide){ .kin = "（手势）家里有父亲和一个妹妹" }), ==, 0);
  g_assert_cmpfloat (weight_of ("height_cm", &(GuituMatchSide){ .height_cm = 165 }, &(GuituMatchSide){ .height_cm = 169 }), >, 0);
  g_assert_cmpfloat (weight_of ("height_cm", &(GuituMatchSide){ .height_cm = 165 }, &(GuituMatchSide){ .height_cm = 180 }), <, 0);
  g_assert_cmpfloat (weight_of ("height_cm", &(GuituMatchSide){ .height_cm = 0 }, &(GuituMatchSide){ .height_cm = 180 }), ==, 0);
}

/** The score is the sum of the reasons; comparing the other way round says the same. */
static void
test_sum (void)
{
  GuituMatchSide ours = { .name = "王秀英", .sex = "2", .birth_from = "1963-05-12", .birth_to = "1963-05-12", .household = "440114", .height_cm = 158 };
  GuituMatchSide theirs = { .name = "王秀瑛", .sex = "2", .birth_from = "1960-01-01", .birth_to = "1965-12-31", .household = "440106", .height_cm = 160 };
  g_autoptr (GuituMatch) match = guitu_match_compare (&ours, &theirs);
  g_autoptr (GuituMatch) reverse = guitu_match_compare (&theirs, &ours);
  double sum = 0;

  for (guint i = 0; i < match->reasons->len; i++)
    sum += ((const GuituMatchReason *) g_ptr_array_index (match->reasons, i))->weight;
  g_assert_cmpfloat_with_epsilon (match->score, sum, 1e-9);
  g_assert_cmpfloat_with_epsilon (match->score, reverse->score, 1e-9);
  g_assert_cmpfloat (match->probability, >, 0);
  g_assert_cmpfloat (match->probability, <, 1);
  g_assert_cmpstr (reason_of (match, "birth")->theirs, ==, "1960-01-01/1965-12-31");
}

/* --- A store of invented persons ----------------------------------------------------------------- */

/** A store with the tables that are matched. */
static GuituConnection *
open_store (char **directory)
{
  GuituConnection *connection = people_store_open (directory);
  g_autoptr (GError) error = NULL;

  guitu_connection_run (connection,
                        "ALTER TABLE person ADD COLUMN address TEXT; ALTER TABLE person ADD COLUMN nation TEXT;"
                        "ALTER TABLE person ADD COLUMN accent TEXT; ALTER TABLE person ADD COLUMN marks TEXT;"
                        "ALTER TABLE person ADD COLUMN kin TEXT;"
                        "CREATE TABLE statement (row INTEGER PRIMARY KEY, id BLOB, person BLOB, about TEXT, text TEXT, sound TEXT,"
                        " heard_at TEXT, voided TEXT) STRICT",
                        &error);
  g_assert_no_error (error);
  g_assert_true (guitu_match_prepare (connection, &error));
  g_assert_no_error (error);
  return connection;
}

static void
follow (GuituConnection *connection,
        gint64 row)
{
  const GuituMatchSubject subject = { GUITU_MATCH_PERSON, row };
  g_autoptr (GError) error = NULL;

  guitu_match_follow (connection, &subject, &subject, &error);
  g_assert_no_error (error);
}

static GPtrArray *
find_persons (GuituConnection *connection,
              const GuituMatchSide *side,
              double least,
              GError **error)
{
  return guitu_match_find (connection, side, GUITU_MATCH_PERSON, 1u << GUITU_MATCH_PERSON, least, 10, error);
}

typedef enum
{
  SLIP_NONE,
  SLIP_SOUND,     /* another character of the same sound */
  SLIP_CONFUSED,  /* a sound that dialects mix up with it */
  SLIP_CHARACTER, /* another given character altogether */
  SLIP_SURNAME,
  SLIP_SWAPPED,
  SLIP_DROPPED,
  SLIP_ADDED,
  N_SLIPS,
} Slip;

static const char *const slip_names[N_SLIPS] = { "none", "same sound", "confused sound", "other character", "surname", "swapped", "left out", "put in" };

/** A common character that sounds like @character, or like it in a dialect. Returns: 0 when there is none. */
static gunichar
similar_character (GRand *random,
                   gunichar character,
                   gboolean same_sound)
{
  const char *reading = guitu_reading_find (character, FALSE)[0];

  for (guint tries = 0; reading != NULL && tries < 40000; tries++)
    {
      gunichar other = g_rand_int_range (random, 0x4e00, 0x9fa6);
      const char *sound = guitu_reading_find (other, FALSE)[0];

      if (sound == NULL || other == character || guitu_reading_simplify (other) != other)
        continue;
      if (same_sound ? strcmp (sound, reading) == 0
                     : strcmp (sound, reading) != 0 && guitu_reading_confusable (sound, reading))
        return other;
    }
  return 0;
}

/** @name with one mistake. Returns: (nullable): %NULL where this name can't have that mistake. */
static char *
misspell (GRand *random,
          const char *name,
          Slip slip)
{
  glong length;
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (name, -1, &length);
  glong surname = guitu_reading_surname_length (name);
  glong given = surname < length ? g_rand_int_range (random, surname, length) : 0;
  g_autofree char *other = invented_given_name (random, FALSE);

  switch (slip)
    {
    case SLIP_NONE:
      return g_strdup (name);
    case SLIP_SOUND:
    case SLIP_CONFUSED:
      given = g_rand_int_range (random, 0, length);
      characters[given] = similar_character (random, characters[given], slip == SLIP_SOUND);
      return characters[given] == 0 ? NULL : g_ucs4_to_utf8 (characters, length, NULL, NULL, NULL);
    case SLIP_CHARACTER:
      characters[given] = g_utf8_get_char (other);
      return surname == 0 ? NULL : g_ucs4_to_utf8 (characters, length, NULL, NULL, NULL);
    case SLIP_SURNAME:
      if (surname != 1)
        return NULL;
      characters[0] = g_utf8_get_char ("施");
      return g_ucs4_to_utf8 (characters, length, NULL, NULL, NULL);
    case SLIP_SWAPPED:
      if (surname == 0 || length - surname != 2 || characters[length - 2] == characters[length - 1])
        return NULL;
      return g_strdup_printf ("%.*s%s%.*s", (int) (g_utf8_offset_to_pointer (name, surname) - name), name,
                              g_utf8_offset_to_pointer (name, length - 1),
                              (int) (g_utf8_offset_to_pointer (name, length - 1) - g_utf8_offset_to_pointer (name, length - 2)),
                              g_utf8_offset_to_pointer (name, length - 2));
    case SLIP_DROPPED:
      if (surname == 0 || length - surname < 2)
        return NULL;
      memmove (characters + given, characters + given + 1, (length - given - 1) * sizeof *characters);
      return g_ucs4_to_utf8 (characters, length - 1, NULL, NULL, NULL);
    case SLIP_ADDED:
      return surname == 0 || length > 3 ? NULL
                                        : g_strdup_printf ("%.*s%.3s%s", (int) (g_utf8_offset_to_pointer (name, given) - name), name,
                                                           other, g_utf8_offset_to_pointer (name, given));
    case N_SLIPS:
    default:
      g_assert_not_reached ();
    }
}

typedef struct
{
  guint asked;
  guint in_ten;
  guint first;
  guint in_ten_sparse; /* asked by name, sex and age alone */
} Recall;

/** What the desk would enter: a stated age some years off, sometimes many, no numbers, and unless @sparse the county and a height. */
static guint
ask (GuituConnection *connection,
     GRand *random,
     gint64 row,
     const InventedPerson *person,
     const char *name,
     gboolean sparse,
     GArray *seconds)
{
  g_autofree char *from = NULL, *to = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;
  int wrong = g_rand_int_range (random, 0, 20) == 0 ? 20 : 3;
  int year = (int) g_ascii_strtoll (person->birth, NULL, 10) + g_rand_int_range (random, -wrong, wrong + 1);
  GuituMatchSide side = { .name = name, .sex = person->sex };
  gint64 start;
  double elapsed;

  side.birth_from = from = g_strdup_printf ("%d-01-01", year - 2);
  side.birth_to = to = g_strdup_printf ("%d-12-31", year + 2);
  if (!sparse)
    {
      side.household = person->household;
      side.height_cm = person->height_cm + g_rand_int_range (random, -4, 5);
    }
  start = g_get_monotonic_time ();
  matches = find_persons (connection, &side, 0, &error);
  elapsed = (g_get_monotonic_time () - start) / 1e6;
  g_assert_no_error (error);
  g_array_append_val (seconds, elapsed);
  for (guint i = 0; i < matches->len; i++)
    if (((const GuituMatch *) g_ptr_array_index (matches, i))->row == row)
      return i + 1;
  return 0;
}

static void
report_recall (const char *what,
               const Recall *recall)
{
  g_test_message ("%s: %u asked, %.1f %% in the first ten, %.1f %% first, %.1f %% in ten by name, sex and age alone", what,
                  recall->asked, 100.0 * recall->in_ten / recall->asked, 100.0 * recall->first / recall->asked,
                  100.0 * recall->in_ten_sparse / recall->asked);
}

/** Persons are stored right and asked for with one mistake in the name, the kinds of mistake in turn. */
static void
measure_recall (GuituConnection *connection,
                GuituConnection *reader,
                gint64 first_row,
                Recall recalls[N_SLIPS + 1])
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 1600; i++)
    {
      g_auto (InventedPerson) person = { 0 };
      g_autofree char *name = NULL;
      Slip slip = i % N_SLIPS;
      guint place, place_sparse;

      invented_person_init (&person, random);
      name = misspell (random, person.name, slip);
      if (name == NULL)
        continue;
      people_store_add (connection, first_row + i, &person);
      follow (connection, first_row + i);
      place = ask (reader, random, first_row + i, &person, name, FALSE, seconds);
      place_sparse = ask (reader, random, first_row + i, &person, name, TRUE, seconds);
      for (Recall *recall = &recalls[slip]; recall != NULL; recall = recall == &recalls[N_SLIPS] ? NULL : &recalls[N_SLIPS])
        {
          recall->asked++;
          recall->in_ten += place > 0;
          recall->first += place == 1;
          recall->in_ten_sparse += place_sparse > 0;
        }
    }
  report_times ("match", seconds);
}

static void
test_recall (void)
{
  const char *wanted = g_getenv ("GUITU_TEST_PERSONS");
  guint count = wanted == NULL ? 20000 : (guint) g_ascii_strtoull (wanted, NULL, 10);
  char *directory;
  GuituConnection *connection = open_store (&directory);
  GuituConnection *reader;
  Recall recalls[N_SLIPS + 1] = { 0 };
  const Recall *all = &recalls[N_SLIPS];

  people_store_fill (connection, 1, count, 11);
  g_assert_true (guitu_match_rebuild (connection, NULL));
  reader = people_store_open_reader (directory);
  measure_recall (connection, reader, count + 1, recalls);
  guitu_connection_close (reader);
  for (guint slip = 0; slip < N_SLIPS; slip++)
    report_recall (slip_names[slip], &recalls[slip]);
  report_recall ("all", all);
  g_assert_cmpuint (all->in_ten * 100, >=, all->asked * 98);
  people_store_close (connection, directory);
}

static guint
find_row (GuituConnection *connection,
          const GuituMatchSide *side,
          gint64 row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matches = find_persons (connection, side, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < matches->len; i++)
    if (((const GuituMatch *) g_ptr_array_index (matches, i))->row == row)
      return i + 1;
  return 0;
}

static void
test_find (void)
{
  char *directory;
  GuituConnection *connection = open_store (&directory);
  InventedPerson person = { .name = (char *) "单秀兰", .sex = "2", .birth = "1963-05-12", .id_number = "44011419630512302X", .phone = "13812345678", .household = "440114", .height_cm = 158 };
  GuituMatchSide by_id = { .id_number = "44011419630512303X" };
  GuituMatchSide by_phone = { .phone = "13912345678" };
  GuituMatchSide by_day = { .name = "马大", .birth_from = "1963-05-12", .birth_to = "1963-05-12" };
  GuituMatchSide by_name = { .name = "单秀南" };
  GuituMatchSide itself = { .row = 501, .name = "单秀兰" };
  g_autoptr (GPtrArray) none = NULL;

  people_store_fill (connection, 1, 500, 5);
  g_assert_true (guitu_match_rebuild (connection, NULL));
  people_store_add (connection, 501, &person);
  follow (connection, 501);
  g_assert_cmpuint (find_row (connection, &by_id, 501), ==, 1);
  g_assert_cmpuint (find_row (connection, &by_phone, 501), ==, 1);
  g_assert_cmpuint (find_row (connection, &by_day, 501), >, 0);
  g_assert_cmpuint (find_row (connection, &by_name, 501), ==, 1);
  g_assert_cmpuint (find_row (connection, &itself, 501), ==, 0);

  none = find_persons (connection, &by_name, 0.9, NULL); /* a name alone proves nothing */
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (guitu_connection_run (connection, "UPDATE person SET voided = 'twice' WHERE row = 501", NULL));
  follow (connection, 501);
  g_assert_cmpuint (find_row (connection, &by_name, 501), ==, 0);
  people_store_close (connection, directory);
}

/** What the index holds is what a new one would hold, also after changes; and it tells when that is not so. */
static void
test_check (void)
{
  static const char *const damages[] = {
    "UPDATE match_chunk SET data = zeroblob (length (data)) WHERE id = (SELECT min (id) FROM match_chunk)",
    "DELETE FROM match_chunk WHERE id = (SELECT max (id) FROM match_chunk)",
    "UPDATE person SET name = '单雄信' WHERE row = 7",
    "UPDATE person SET marks = '左手背刺青' WHERE row = 8",
  };
  char *directory;
  GuituConnection *connection = open_store (&directory);
  g_autofree char *none = NULL;

  people_store_fill (connection, 1, 500, 5);
  for (gint64 row = 1; row <= 500; row++)
    follow (connection, row);
  g_assert_true (guitu_connection_run (connection, "UPDATE person SET voided = 'x' WHERE row = 250; UPDATE person SET alias = '小明、阿明' WHERE row = 3", NULL));
  follow (connection, 250);
  follow (connection, 3);
  g_assert_true (guitu_match_check (connection, &none, NULL));
  g_assert_null (none);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *problem = NULL, *mended = NULL;

      g_assert_true (guitu_connection_run (connection, damages[i], NULL));
      g_assert_true (guitu_match_check (connection, &problem, NULL));
      g_assert_nonnull (problem);
      g_assert_true (guitu_match_rebuild (connection, NULL));
      g_assert_true (guitu_match_check (connection, &mended, NULL));
      g_assert_null (mended);
    }
  people_store_close (connection, directory);
}

static void
test_hostile (void)
{
  static const char *const texts[] = { "", " ", "\"", "*", "NEAR(", "\xff\xfe", "王\xff", "·", "OR", "'; DROP TABLE person", "王", "🙂", "()" };
  char *directory;
  GuituConnection *connection = open_store (&directory);

  people_store_fill (connection, 1, 100, 5);
  g_assert_true (guitu_match_rebuild (connection, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GuituMatchSide side = { .name = texts[i], .alias = texts[i], .sex = texts[i], .birth_from = texts[i], .birth_to = texts[i], .id_number = texts[i], .phone = texts[i], .household = texts[i], .address = texts[i], .nation = texts[i], .accent = texts[i], .marks = texts[i], .kin = texts[i], .height_cm = -1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) matches = find_persons (connection, &side, 0, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (matches->len, <=, 10);
    }
  people_store_close (connection, directory);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/name", test_name);
  g_test_add_func ("/match/two-mistakes", test_two_mistakes);
  g_test_add_func ("/match/said-in-part", test_said_in_part);
  g_test_add_func ("/match/alias", test_alias);
  g_test_add_func ("/match/birth", test_birth);
  g_test_add_func ("/match/other-fields", test_other_fields);
  g_test_add_func ("/match/sum", test_sum);
  g_test_add_func ("/match/check", test_check);
  g_test_add_func ("/match/find", test_find);
  g_test_add_func ("/match/hostile", test_hostile);
  g_test_add_func ("/match/recall", test_recall);
  return g_test_run ();
}
