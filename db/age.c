/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ages in words. People count from 1 at birth or by full years, so that an age means two years or three. */

#include "db/match-features.h"

#include <stdlib.h>
#include <string.h>

#define AGE_MAX 115
#define FIRST_YEAR 1900
#define RAT_YEAR 1900 /* 鼠, the first of the twelve */

static int
digit_of (gunichar character)
{
  static const char *const digits = "〇一二三四五六七八九";
  const char *at = g_utf8_strchr (digits, -1, character);

  if (g_unichar_digit_value (character) >= 0)
    return g_unichar_digit_value (character);
  if (character == 0x4e24) /* 两 */
    return 2;
  if (character == 0x96f6) /* 零 */
    return 0;
  return at == NULL || character == 0 ? -1 : (int) g_utf8_pointer_to_offset (digits, at);
}

/** A number in digits or characters at @text, and the next decade of 五六十. Returns: where it ends, %NULL when there is none. */
static const char *
read_number (const char *text,
             int *number,
             int *last)
{
  int digits[8];
  guint n = 0;
  int tens = -1;

  for (; n < G_N_ELEMENTS (digits); text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);
      int digit = digit_of (character);

      if (digit < 0 && character == 0x5341 && tens < 0) /* 十 */
        tens = n;
      else if (digit < 0)
        break;
      else
        digits[n++] = digit;
    }
  if (n == 0 && tens < 0)
    return NULL;
  *number = 0;
  *last = -1;
  if (tens < 0)
    for (guint i = 0; i < n; i++)
      *number = *number * 10 + digits[i];
  else
    {
      *number = (tens == 0 ? 1 : digits[0]) * 10 + (n > (guint) tens ? digits[tens] : 0);
      if (tens == 2)
        *last = digits[1] * 10;
    }
  return text;
}

static void
set_years (GuituBirthFeature *birth,
           int first,
           int last)
{
  birth->from = _guitu_day_of (first, 1, 1);
  birth->to = _guitu_day_of (last, 12, 31);
}

/** The year of birth nearest to @year that belongs to the animal @text names, or 0. */
static int
animal_year (const char *text,
             int year)
{
  static const char *const animals[] = { "鼠", "牛", "虎", "兔", "龙", "蛇", "马", "羊", "猴", "鸡", "狗", "猪" };
  const char *at = strstr (text, "属");

  for (guint i = 0; at != NULL && i < G_N_ELEMENTS (animals); i++)
    if (g_str_has_prefix (at + strlen ("属"), animals[i]))
      {
        int offset = (((year - RAT_YEAR - (int) i) % 12) + 12) % 12;

        return offset <= 6 ? year - offset : year + 12 - offset;
      }
  return 0;
}

static gboolean
read_age (const char *end,
          int age,
          int last,
          int year,
          GuituBirthFeature *birth)
{
  static const char *const vague[] = { "左右", "上下", "大概", "来岁", "大约", "约", "差不多", "估计", "近", "可能", NULL };
  gboolean is_decade = age % 10 == 0 && (g_str_has_prefix (end, "多") || g_str_has_prefix (end, "几") || g_str_has_prefix (end, "余"));
  int before = 1, after = 2;

  if (age < 1 || age > AGE_MAX)
    return FALSE;
  if (last > age && last <= AGE_MAX)
    after += last - age + 9;
  else if (is_decade)
    after += 9;
  for (guint i = 0; vague[i] != NULL; i++)
    if (strstr (birth->text, vague[i]) != NULL)
      {
        before += 3;
        after += 3;
        break;
      }
  set_years (birth, year - age - after, year - age + before);
  return birth->from != 0;
}

gboolean
_guitu_age_read (const char *text,
                 int year,
                 GuituBirthFeature *birth)
{
  *birth = (GuituBirthFeature){ .text = text };
  if (year < FIRST_YEAR)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int number, last;
      const char *end = read_number (p, &number, &last);

      if (end == NULL)
        continue;
      if (number >= FIRST_YEAR && number <= year)
        {
          set_years (birth, number, number);
          return birth->from != 0;
        }
      if (g_str_has_prefix (end, "年") && number < 100 && number > 0)
        {
          number += number + 2000 <= year ? (number < 10 && end - p > 3 ? 2000 : 1900) : 1900;
          set_years (birth, number, number);
          return birth->from != 0;
        }
      if (!read_age (end, number, last, year, birth))
        return FALSE;
      if (animal_year (text, year - number) != 0)
        set_years (birth, animal_year (text, year - number), animal_year (text, year - number));
      return TRUE;
    }
  return FALSE;
}
