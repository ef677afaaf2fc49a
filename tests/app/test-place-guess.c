/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/place-guess.h"

#include <string.h>

/* The first guess for a text and a sound, as "part code how"; "-" where nothing sounds like it. */
static char *
first_place (const char *text,
             const char *sound)
{
  g_autoptr (GPtrArray) guesses = guitu_place_guesses (text, sound, 1);
  const GuituPlaceGuess *guess = guesses->len == 0 ? NULL : guesses->pdata[0];

  return guess == NULL ? g_strdup ("-")
                       : g_strdup_printf ("%s %s %s", guess->part, guess->code, guess->is_written ? "written" : guess->n_alike == 0 ? "sound"
                                                                                                                                    : "dialect");
}

static gboolean
has_place (const char *text,
           const char *sound,
           const char *code)
{
  g_autoptr (GPtrArray) guesses = guitu_place_guesses (text, sound, 20);

  for (guint i = 0; i < guesses->len; i++)
    if (strcmp (((const GuituPlaceGuess *) guesses->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
test_places (void)
{
  static const char *const expected[][3] = {
    { "俺家在洪湖边上", NULL, "洪湖 421083 written" },
    { "俺家在洪胡边上", NULL, "洪胡 421083 sound" },
    { NULL, "hong2 hu2", "hong hu 421083 sound" },
    { NULL, "honghu", "hong hu 421083 sound" },
    { "", "", "-" },
    { "……", "xx", "-" },
    { "俺家在恩施", NULL, "恩施 422800 written" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *found = first_place (expected[i][0], expected[i][1]);

      g_assert_cmpstr (found, ==, expected[i][2]);
    }
}

/* What dialects mix up is found too, in a part of a sentence, and never by two wrong syllables of two. */
static void
test_dialects (void)
{
  g_assert_true (has_place (NULL, "fu nan sheng", "430000"));
  g_assert_true (has_place ("我是扶南人", NULL, "430000")); /* f for h: 湖南 */
  g_assert_true (has_place ("家在兰昌", NULL, "360100"));   /* l for n: 南昌 */
  g_assert_false (has_place ("家在兰仓", NULL, "360100"));
  g_assert_true (has_place ("我从蚌埠坐车来", NULL, "340300"));
  g_assert_true (has_place ("我从六安来", NULL, "341500")); /* not the usual reading */
}

/* Names that are on no map of today. */
static void
test_old_names (void)
{
  g_autofree char *found = first_place ("崇文的", NULL);

  g_assert_cmpstr (found, ==, "崇文 110103 written");
}

static char *
surnames (const char *name,
          const char *sound)
{
  g_autoptr (GPtrArray) guesses = guitu_surname_guesses (name, sound, 20);

  g_ptr_array_add (guesses, NULL);
  return g_strjoinv ("", (char **) guesses->pdata);
}

static void
test_surnames (void)
{
  static const char *const first[][3] = {
    { "赵小明", NULL, "赵" },
    { "造小明", NULL, "赵" },
    { "单小明", NULL, "单" }, /* Shàn, as a surname */
    { "欧阳锋", NULL, "欧阳" },
    { NULL, "sima guang", "司马" },
    { NULL, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autofree char *found = surnames (first[i][0], first[i][1]);

      g_test_message ("%s %s: %s", first[i][0], first[i][1], found);
      g_assert_true (*first[i][2] == '\0' ? *found == '\0' : g_str_has_prefix (found, first[i][2]));
    }
}

/* The sound itself comes before its like in dialects, and of these the more frequent surname first. */
static void
test_order_of_surnames (void)
{
  g_autofree char *found = surnames (NULL, "fu");

  g_assert_true (g_str_has_prefix (found, "傅"));
  g_assert_nonnull (strstr (found, "胡"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place-guess/places", test_places);
  g_test_add_func ("/place-guess/dialects", test_dialects);
  g_test_add_func ("/place-guess/old-names", test_old_names);
  g_test_add_func ("/place-guess/surnames", test_surnames);
  g_test_add_func ("/place-guess/order-of-surnames", test_order_of_surnames);
  return g_test_run ();
}
