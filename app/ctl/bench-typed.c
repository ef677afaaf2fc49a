/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed to measure the search: kinds of key strokes, taken from people drawn at random. */

#include "app/ctl/bench-typed.h"

#include "db/reading.h"

#include <string.h>

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
  GuituBenchTyped kind;
  Type type;
} kinds[] = {
  { { "surname", TRUE }, type_surname },
  { { "han-start", TRUE }, type_han_start },
  { { "han-whole", TRUE }, type_han_whole },
  { { "han-part", TRUE }, type_han_part },
  { { "han-one", FALSE }, type_han_one },
  { { "traditional", FALSE }, type_traditional },
  { { "pinyin", TRUE }, type_pinyin },
  { { "pinyin-start", FALSE }, type_pinyin_start },
  { { "pinyin-spaced", FALSE }, type_pinyin_spaced },
  { { "pinyin-given", TRUE }, type_pinyin_given },
  { { "pinyin-one", FALSE }, type_pinyin_one },
  { { "tones", FALSE }, type_tones },
  { { "initials", TRUE }, type_initials },
  { { "initials-two", FALSE }, type_initials_two },
  { { "letter", FALSE }, type_letter },
  { { "mixed-middle", FALSE }, type_mixed_middle },
  { { "mixed-initials", FALSE }, type_mixed_initials },
  { { "mixed-pinyin", FALSE }, type_mixed_pinyin },
  { { "mixed-start", FALSE }, type_mixed_start },
  { { "mixed-letters", FALSE }, type_mixed_letters },
  { { "id-start", TRUE }, type_id_start },
  { { "id-whole", TRUE }, type_id_whole },
  { { "id-tail", TRUE }, type_id_tail },
  { { "phone-tail", TRUE }, type_phone_tail },
  { { "day", TRUE }, type_day },
  { { "alias", FALSE }, type_alias },
  { { "words-names", FALSE }, type_words_names },
  { { "words-number", FALSE }, type_words_number },
  { { "words-tail", FALSE }, type_words_tail },
  { { "words-reversed", FALSE }, type_words_reversed },
  { { "dialect", FALSE }, type_dialect },
  { { "mistake", FALSE }, type_mistake },
  { { "wrong-character", FALSE }, type_wrong_character },
  { { "wrong-order", FALSE }, type_wrong_order },
  { { "nobody", TRUE }, type_nobody },
};

const GuituBenchTyped *
bench_typed_kind (guint number)
{
  return number < G_N_ELEMENTS (kinds) ? &kinds[number].kind : NULL;
}

void
bench_typed_draw (GuituSearchBench *bench,
                  gint64 people,
                  guint number,
                  guint seed,
                  char **typed,
                  guint n_typed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n_typed; i++)
    {
      Drawn drawn;

      draw (bench, random, people, &drawn);
      typed[i] = kinds[number].type (&drawn, random);
      drawn_clear (&drawn);
    }
}
