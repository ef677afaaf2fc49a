/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/identity-number.h"

#include <string.h>

#define TODAY "2026-05-20"

static void
assert_fails (const char *text, GuituIdentityNumberError code)
{
  g_autoptr (GError) error = NULL;
  GuituIdentityNumber number = { "unchanged", "", "", "" };

  g_test_message ("%s", text);
  g_assert_false (guitu_identity_number_parse (text, TODAY, &number, &error));
  g_assert_error (error, GUITU_IDENTITY_NUMBER_ERROR, (int) code);
  g_assert_cmpstr (number.number, ==, "unchanged");
}

static void
test_example_of_the_standard (void)
{
  g_autoptr (GError) error = NULL;
  GuituIdentityNumber number;

  g_assert_true (guitu_identity_number_parse ("11010519491231002X", TODAY, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (number.number, ==, "11010519491231002X");
  g_assert_cmpstr (number.region, ==, "110105");
  g_assert_cmpstr (number.birth, ==, "1949-12-31");
  g_assert_cmpstr (number.sex, ==, "2");
}

static void
test_example_born_1880 (void)
{
  g_assert_cmpint (guitu_identity_number_check_digit ("44052418800101001"), ==, '4');
  assert_fails ("440524188001010014", GUITU_IDENTITY_NUMBER_ERROR_DATE);
}

static void
test_other_ways_to_write (void)
{
  static const char *const texts[] = {
    "11010519491231002x",
    "１１０１０５１９４９１２３１００２Ｘ",
    " 110105 19491231 002X\n",
    "110105　19491231　002ｘ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GuituIdentityNumber number;

      g_assert_true (guitu_identity_number_parse (texts[i], TODAY, &number, NULL));
      g_assert_cmpstr (number.number, ==, "11010519491231002X");
    }
}

static void
test_fifteen_digits (void)
{
  g_autoptr (GError) error = NULL;
  GuituIdentityNumber number;

  g_assert_true (guitu_identity_number_parse ("110105491231002", TODAY, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (number.number, ==, "11010519491231002X");
  g_assert_cmpstr (number.birth, ==, "1949-12-31");
  g_assert_cmpstr (number.sex, ==, "2");
  assert_fails ("110105491331002", GUITU_IDENTITY_NUMBER_ERROR_DATE);
  assert_fails ("110105491231998", GUITU_IDENTITY_NUMBER_ERROR_DATE); /* born before 1900 */
  assert_fails ("11010549123100X", GUITU_IDENTITY_NUMBER_ERROR_CHARACTER);
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    GuituIdentityNumberError code;
  } cases[] = {
    { "", GUITU_IDENTITY_NUMBER_ERROR_LENGTH },
    { "1101051949123100", GUITU_IDENTITY_NUMBER_ERROR_LENGTH },
    { "11010519491231002", GUITU_IDENTITY_NUMBER_ERROR_LENGTH },
    { "11010519491231002X1", GUITU_IDENTITY_NUMBER_ERROR_LENGTH },
    { "11010519491231O02X", GUITU_IDENTITY_NUMBER_ERROR_CHARACTER },
    { "1101051949123X0020", GUITU_IDENTITY_NUMBER_ERROR_CHARACTER },
    { "110105194912310-2X", GUITU_IDENTITY_NUMBER_ERROR_CHARACTER },
    { "\xff"
      "1010519491231002X",
      GUITU_IDENTITY_NUMBER_ERROR_CHARACTER },
    { "990105194912310020", GUITU_IDENTITY_NUMBER_ERROR_REGION },
    { "010105194912310020", GUITU_IDENTITY_NUMBER_ERROR_REGION },
    { "110105194913310020", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "110105194900310020", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "110105194904310020", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "110105194904000020", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "110105190002290020", GUITU_IDENTITY_NUMBER_ERROR_DATE }, /* 1900 was no leap year */
    { "110105189912310020", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "110105202605210020", GUITU_IDENTITY_NUMBER_ERROR_DATE }, /* tomorrow */
    { "110105202701010020", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "110105194912310020", GUITU_IDENTITY_NUMBER_ERROR_CHECK_DIGIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_fails (cases[i].text, cases[i].code);
}

static void
test_days_at_the_edge (void)
{
  static const char *const starts[] = {
    "11010520260520002", "11010519000101002", "11010520000229002", "11999919491231002",
    "81000019491231001", "83000019491231001", "71000019491231001"
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text =
          g_strdup_printf ("%s%c", starts[i], guitu_identity_number_check_digit (starts[i]));

      g_assert_true (guitu_identity_number_parse (text, TODAY, NULL, &error));
      g_assert_no_error (error);
    }
}

/* ISO 7064 promises it: no single wrong character and no swap of two neighbours goes unseen. */
static void
test_every_slip_is_seen (void)
{
  static const char *const numbers[] = { "11010519491231002X", "440105198805200012" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint at = 0; at < 18; at++)
      {
        g_autofree char *slip = g_strdup (numbers[i]);

        if (i == 1)
          slip[17] = guitu_identity_number_check_digit (slip);
        g_assert_true (guitu_identity_number_parse (slip, TODAY, NULL, NULL));
        for (const char *other = "0123456789X"; *other != '\0'; other++)
          {
            char right = slip[at];

            if (*other == right)
              continue;
            slip[at] = *other;
            g_assert_false (guitu_identity_number_parse (slip, TODAY, NULL, NULL));
            slip[at] = right;
          }
        if (at < 17 && slip[at] != slip[at + 1])
          {
            char first = slip[at];

            slip[at] = slip[at + 1];
            slip[at + 1] = first;
            g_assert_false (guitu_identity_number_parse (slip, TODAY, NULL, NULL));
          }
      }
}

static void
test_prefix_of_valid (void)
{
  static const char *const numbers[] = { "11010519491231002X", "110105491231002" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (gsize length = 0; length <= strlen (numbers[i]); length++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *typed = g_strndup (numbers[i], length);

        g_assert_true (guitu_identity_number_check_prefix (typed, TODAY, &error));
        g_assert_no_error (error);
      }
}

static void
test_prefix_possible (void)
{
  static const char *const typed[] = {
    "", "1", "11", "110105", "1101052", "11010519491", "1101052026052", "110 105 1949", "１１０"
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (guitu_identity_number_check_prefix (typed[i], TODAY, &error));
      g_assert_no_error (error);
    }
}

static void
test_prefix_refuses (void)
{
  static const struct
  {
    const char *typed;
    GuituIdentityNumberError code;
  } cases[] = {
    { "0", GUITU_IDENTITY_NUMBER_ERROR_REGION },
    { "9", GUITU_IDENTITY_NUMBER_ERROR_REGION },
    { "16", GUITU_IDENTITY_NUMBER_ERROR_REGION },
    { "1a", GUITU_IDENTITY_NUMBER_ERROR_CHARACTER },
    { "X", GUITU_IDENTITY_NUMBER_ERROR_CHARACTER },
    { "11010520263", GUITU_IDENTITY_NUMBER_ERROR_DATE },  /* month 26 of 1920, or 3x of 2026 */
    { "110105194913", GUITU_IDENTITY_NUMBER_ERROR_DATE }, /* month 49 of 1919, or 13 of 1949 */
    { "11010519490230", GUITU_IDENTITY_NUMBER_ERROR_DATE },
    { "11010520260521", GUITU_IDENTITY_NUMBER_ERROR_DATE },   /* tomorrow */
    { "1101054912310021", GUITU_IDENTITY_NUMBER_ERROR_DATE }, /* one more than 15 digits */
    { "110105194912310020", GUITU_IDENTITY_NUMBER_ERROR_CHECK_DIGIT },
    { "11010519491231002X1", GUITU_IDENTITY_NUMBER_ERROR_LENGTH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].typed);
      g_assert_false (guitu_identity_number_check_prefix (cases[i].typed, TODAY, &error));
      g_assert_error (error, GUITU_IDENTITY_NUMBER_ERROR, (int) cases[i].code);
    }
}

static void
test_mask (void)
{
  static const struct
  {
    const char *number;
    const char *masked;
  } cases[] = {
    { "11010519491231002X", "110***********002X" },
    { "110105491231002", "110********1002" },
    { "H0123456789", "H01****6789" },
    { "E12345678", "E******78" },
    { "护照12345", "护****45" },
    { "1234", "****" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = guitu_identity_number_mask (cases[i].number);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity-number/example-of-the-standard", test_example_of_the_standard);
  g_test_add_func ("/identity-number/example-born-1880", test_example_born_1880);
  g_test_add_func ("/identity-number/other-ways-to-write", test_other_ways_to_write);
  g_test_add_func ("/identity-number/fifteen-digits", test_fifteen_digits);
  g_test_add_func ("/identity-number/refuses", test_refuses);
  g_test_add_func ("/identity-number/days-at-the-edge", test_days_at_the_edge);
  g_test_add_func ("/identity-number/every-slip-is-seen", test_every_slip_is_seen);
  g_test_add_func ("/identity-number/prefix-of-valid", test_prefix_of_valid);
  g_test_add_func ("/identity-number/prefix-possible", test_prefix_possible);
  g_test_add_func ("/identity-number/prefix-refuses", test_prefix_refuses);
  g_test_add_func ("/identity-number/mask", test_mask);
  return g_test_run ();
}
