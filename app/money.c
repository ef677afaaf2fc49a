/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/papers.h"

#define MAX_FEN G_GINT64_CONSTANT (100000000000)

static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
static const char *const places[] = { "", "拾", "佰", "仟" };
static const char *const myriads[] = { "", "万", "亿", "万亿" };

/* Four digits; "零" stands once for a run of noughts between others. @follows: something stands before. */
static void
append_group (GString *words,
              guint group,
              gboolean follows)
{
  const guint powers[] = { 1, 10, 100, 1000 };
  gboolean is_gap = FALSE;

  for (int place = 3; place >= 0; place--)
    {
      guint digit = group / powers[place] % 10;

      if (digit == 0)
        {
          is_gap = TRUE;
          continue;
        }
      if (is_gap && follows)
        g_string_append (words, digits[0]);
      g_string_append_printf (words, "%s%s", digits[digit], places[place]);
      is_gap = FALSE;
      follows = TRUE;
    }
}

static void
append_yuan (GString *words,
             guint64 yuan)
{
  guint64 power = G_GUINT64_CONSTANT (1000000000000);
  gboolean is_gap = FALSE;
  gsize start = words->len;

  for (int i = 3; i >= 0; i--, power /= 10000)
    {
      guint group = (guint) (yuan / power % 10000);
      gboolean follows = words->len > start;

      if (group == 0)
        {
          is_gap = follows;
          continue;
        }
      if (is_gap && group >= 1000)
        g_string_append (words, digits[0]);
      append_group (words, group, follows);
      g_string_append (words, myriads[i]);
      is_gap = FALSE;
    }
  g_string_append (words, "元");
}

char *
guitu_money_in_words (gint64 fen)
{
  GString *words = g_string_new (fen < 0 ? "人民币负" : "人民币");
  guint64 amount = (guint64) ABS (fen);
  guint64 yuan = amount / 100;
  guint jiao = (guint) (amount / 10 % 10);
  guint rest = (guint) (amount % 10);

  if (yuan > 0 || amount == 0)
    {
      if (amount == 0)
        g_string_append (words, "零元");
      else
        append_yuan (words, yuan);
    }
  if (jiao > 0)
    g_string_append_printf (words, "%s角", digits[jiao]);
  else if (rest > 0 && yuan > 0)
    g_string_append (words, digits[0]);
  if (rest > 0)
    g_string_append_printf (words, "%s分", digits[rest]);
  else
    g_string_append (words, "整");
  return g_string_free (words, FALSE);
}

char *
guitu_yuan_text (gint64 fen)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d元", fen / 100, (int) (fen % 100));
}

gint64
guitu_yuan_parse (const char *text)
{
  char *end = (char *) text;
  gint64 yuan = g_ascii_isdigit (*text) ? g_ascii_strtoll (text, &end, 10) : -1;
  gint64 fen = 0;

  if (yuan < 0 || yuan > MAX_FEN / 100)
    return -1;
  if (*end == '.' && g_ascii_isdigit (end[1]))
    {
      fen = 10 * (*++end - '0');
      if (g_ascii_isdigit (end[1]))
        fen += *++end - '0';
      end++;
    }
  return *end == '\0' ? yuan * 100 + fen : -1;
}
