/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/identity-number.h"

#include "app/regions.h"

#include <stdio.h>
#include <string.h>

#define LONG_LENGTH 18
#define SHORT_LENGTH 15
#define REGION_LENGTH 6
#define DATE_LENGTH 8 /* YYYYMMDD */
#define FIRST_YEAR 1900

/* Of the 15-digit numbers, these orders were for people over a hundred, born in the 19th century. */
#define FIRST_CENTENARIAN_ORDER "996"

G_DEFINE_QUARK (guitu - identity - number - error - quark, guitu_identity_number_error)

static gboolean
fail (GuituIdentityNumberError code, const char *message, GError **error)
{
  g_set_error_literal (error, GUITU_IDENTITY_NUMBER_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
fail_date (GError **error)
{
  return fail (GUITU_IDENTITY_NUMBER_ERROR_DATE, "The date of birth in the number is not possible", error);
}

char
guitu_identity_number_check_digit (const char *digits)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (digits[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

/* Copies text to plain (LONG_LENGTH + 1 bytes) without white space, in ASCII and upper case. */
static gboolean
normalise (const char *text, char *plain, gsize *length, GError **error)
{
  g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);

  *length = 0;
  if (folded == NULL)
    return fail (GUITU_IDENTITY_NUMBER_ERROR_CHARACTER, "The number is not a text in UTF-8", error);
  for (const char *at = folded; *at != '\0'; at++)
    {
      char character = g_ascii_toupper (*at);

      if (g_ascii_isspace (character))
        continue;
      if (!g_ascii_isdigit (character) && character != 'X')
        return fail (GUITU_IDENTITY_NUMBER_ERROR_CHARACTER, "The number may only hold digits and a final X", error);
      if (*length == LONG_LENGTH)
        return fail (GUITU_IDENTITY_NUMBER_ERROR_LENGTH, "The number has more than 18 characters", error);
      plain[(*length)++] = character;
    }
  plain[*length] = '\0';
  if (memchr (plain, 'X', MIN (*length, LONG_LENGTH - 1)) != NULL)
    return fail (GUITU_IDENTITY_NUMBER_ERROR_CHARACTER, "X may only be the last of 18 characters", error);
  return TRUE;
}

/* Whether a province has a code that begins with the first one or two digits. */
static gboolean
check_province (const char *plain, gsize length, GError **error)
{
  char code[REGION_LENGTH + 1] = "000000";

  code[0] = plain[0];
  for (char second = '0'; second <= '9'; second++)
    {
      code[1] = length > 1 ? plain[1] : second;
      if (guitu_regions_exists (code))
        return TRUE;
    }
  return fail (GUITU_IDENTITY_NUMBER_ERROR_REGION, "The number begins with no province's code", error);
}

/* Narrows low … high to the numbers of that width that the digits at that place can still become. */
static void
narrow (const char *digits, gsize length, gsize at, gsize width, int *low, int *high)
{
  int least = 0;
  int most = 0;

  for (gsize i = at; i < at + width; i++)
    {
      least = least * 10 + (i < length ? digits[i] - '0' : 0);
      most = most * 10 + (i < length ? digits[i] - '0' : 9);
    }
  *low = MAX (*low, least);
  *high = MIN (*high, most);
}

/* Whether some day from 1900 to today, written YYYYMMDD, begins with these digits. */
static gboolean
is_date_beginning (const char *digits, gsize length, const char *today)
{
  int last_year = 0, last_month = 0, last_day = 0;
  int first[] = { FIRST_YEAR, 1, 1 };
  int last[] = { 0, 12, 31 };

  g_return_val_if_fail (sscanf (today, "%4d-%2d-%2d", &last_year, &last_month, &last_day) == 3, FALSE);

  last[0] = last_year;
  narrow (digits, length, 0, 4, &first[0], &last[0]);
  narrow (digits, length, 4, 2, &first[1], &last[1]);
  narrow (digits, length, 6, 2, &first[2], &last[2]);
  for (int year = first[0]; year <= last[0]; year++)
    for (int month = first[1]; month <= last[1]; month++)
      for (int day = first[2]; day <= last[2]; day++)
        if (g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year))
          return year < last_year || month < last_month || (month == last_month && day <= last_day);
  return FALSE;
}

/* The date part of a number of 18 characters, or the beginning of one. */
static gboolean
is_long_beginning (const char *plain, gsize length, const char *today)
{
  if (length <= REGION_LENGTH)
    return TRUE;
  return is_date_beginning (plain + REGION_LENGTH, MIN (length - REGION_LENGTH, DATE_LENGTH), today);
}

/* The same of a number of 15 digits, whose years are those of the 20th century. */
static gboolean
is_short_beginning (const char *plain, gsize length, const char *today)
{
  char date[DATE_LENGTH + 1] = "19";
  gsize n_digits = 0;

  if (length > SHORT_LENGTH)
    return FALSE;
  if (length <= REGION_LENGTH)
    return TRUE;
  if (length == SHORT_LENGTH && strcmp (plain + SHORT_LENGTH - 3, FIRST_CENTENARIAN_ORDER) >= 0)
    return FALSE;
  n_digits = MIN (length - REGION_LENGTH, DATE_LENGTH - 2);
  memcpy (date + 2, plain + REGION_LENGTH, n_digits);
  return is_date_beginning (date, n_digits + 2, today);
}

/* Makes 18 characters of 15 digits. */
static void
lengthen (char *plain)
{
  memmove (plain + REGION_LENGTH + 2, plain + REGION_LENGTH, SHORT_LENGTH - REGION_LENGTH);
  memcpy (plain + REGION_LENGTH, "19", 2);
  plain[LONG_LENGTH - 1] = guitu_identity_number_check_digit (plain);
  plain[LONG_LENGTH] = '\0';
}

static gboolean
check_check_digit (const char *plain, GError **error)
{
  if (plain[LONG_LENGTH - 1] == guitu_identity_number_check_digit (plain))
    return TRUE;
  return fail (GUITU_IDENTITY_NUMBER_ERROR_CHECK_DIGIT, "The check digit does not fit the number", error);
}

gboolean
guitu_identity_number_parse (const char *text, const char *today, GuituIdentityNumber *out, GError **error)
{
  char plain[LONG_LENGTH + 1];
  gsize length = 0;

  g_return_val_if_fail (text != NULL && today != NULL, FALSE);

  if (!normalise (text, plain, &length, error))
    return FALSE;
  if (length != LONG_LENGTH && length != SHORT_LENGTH)
    return fail (GUITU_IDENTITY_NUMBER_ERROR_LENGTH, "The number has neither 18 nor 15 characters", error);
  if (!check_province (plain, length, error))
    return FALSE;
  if (length == SHORT_LENGTH && !is_short_beginning (plain, length, today))
    return fail_date (error);
  if (length == SHORT_LENGTH)
    lengthen (plain);
  if (!is_long_beginning (plain, LONG_LENGTH, today))
    return fail_date (error);
  if (!check_check_digit (plain, error))
    return FALSE;
  if (out == NULL)
    return TRUE;

  memcpy (out->number, plain, sizeof out->number);
  g_strlcpy (out->region, plain, sizeof out->region);
  g_snprintf (out->birth, sizeof out->birth, "%.4s-%.2s-%.2s", plain + 6, plain + 10, plain + 12);
  g_strlcpy (out->sex, (plain[16] - '0') % 2 == 1 ? "1" : "2", sizeof out->sex);
  return TRUE;
}

gboolean
guitu_identity_number_check_prefix (const char *typed, const char *today, GError **error)
{
  char plain[LONG_LENGTH + 1];
  gsize length = 0;

  g_return_val_if_fail (typed != NULL && today != NULL, FALSE);

  if (!normalise (typed, plain, &length, error))
    return FALSE;
  if (length > 0 && !check_province (plain, length, error))
    return FALSE;
  if (!is_long_beginning (plain, length, today) && !is_short_beginning (plain, length, today))
    return fail_date (error);
  return length < LONG_LENGTH || check_check_digit (plain, error);
}

char *
guitu_identity_number_mask (const char *number)
{
  glong length = 0;
  glong first = 0;
  glong last = 0;
  GString *masked = NULL;
  glong position = 0;

  g_return_val_if_fail (number != NULL && g_utf8_validate (number, -1, NULL), NULL);

  length = g_utf8_strlen (number, -1);
  if (length >= 10)
    first = 3, last = 4;
  else if (length >= 5)
    first = 1, last = 2;

  masked = g_string_sized_new (strlen (number));
  for (const char *at = number; *at != '\0'; at = g_utf8_next_char (at), position++)
    if (position < first || position >= length - last)
      g_string_append_unichar (masked, g_utf8_get_char (at));
    else
      g_string_append_c (masked, '*');
  return g_string_free (masked, FALSE);
}
