/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/text-private.h"

#include <string.h>

static gboolean
is_variation_selector (gunichar c)
{
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

/* The wide one too, which stands between the terms of a line. */
static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == 0x3000;
}

static gboolean
is_opening (gunichar c)
{
  GUnicodeBreakType type = g_unichar_break_type (c);

  return type == G_UNICODE_BREAK_OPEN_PUNCTUATION || type == G_UNICODE_BREAK_PREFIX ||
         c == 0x2018 || c == 0x201c;
}

/* What must not begin a line. */
static gboolean
is_closing (gunichar c)
{
  switch ((int) g_unichar_break_type (c))
    {
    case G_UNICODE_BREAK_CLOSE_PUNCTUATION:
    case G_UNICODE_BREAK_CLOSE_PARANTHESIS:
    case G_UNICODE_BREAK_EXCLAMATION:
    case G_UNICODE_BREAK_INFIX_SEPARATOR:
    case G_UNICODE_BREAK_SYMBOL:
    case G_UNICODE_BREAK_NON_STARTER:
    case G_UNICODE_BREAK_COMBINING_MARK:
    case G_UNICODE_BREAK_POSTFIX:
    case G_UNICODE_BREAK_NON_BREAKING_GLUE:
      return TRUE;
    default:
      return c == 0x2019 || c == 0x201d || c == 0xb7 || c == 0x2026;
    }
}

/* Characters that hold together: words, numbers, codes such as JJ-2026-0001. */
static gboolean
is_word (gunichar c)
{
  return g_unichar_break_type (c) == G_UNICODE_BREAK_ALPHABETIC ? c != 0xb7 : (c < 0x80 && c > ' ');
}

static gboolean
may_break (gunichar before,
           gunichar after)
{
  if (is_blank (before))
    return !is_blank (after);
  if (is_blank (after) || is_opening (before) || is_closing (after))
    return FALSE;
  return !(is_word (before) && is_word (after));
}

/* Whether a double name may part at its hyphen, before the glyph at @i: Anna-|Maria, not JJ-2026. */
static gboolean
is_after_hyphen (const GArray *glyphs,
                 guint i)
{
  return i > 1 && g_array_index (glyphs, GuituGlyph, i - 1).character == '-' &&
         g_unichar_islower (g_array_index (glyphs, GuituGlyph, i - 2).character) &&
         g_unichar_isalpha (g_array_index (glyphs, GuituGlyph, i).character);
}

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

/* Whether a date or a time of day would be torn before the glyph at @i: 2026年|11月, 10|时. */
static gboolean
is_within_date (const GArray *glyphs,
                guint i)
{
  gunichar before = g_array_index (glyphs, GuituGlyph, i - 1).character;
  gunichar after = g_array_index (glyphs, GuituGlyph, i).character;

  if (is_digit (before))
    return after == 0x5e74 || after == 0x6708 || after == 0x65e5 || after == 0x65f6 || after == 0x5206; /* 年月日时分 */
  return (before == 0x5e74 || before == 0x6708 || before == 0x65f6) && is_digit (after) &&
         i > 1 && is_digit (g_array_index (glyphs, GuituGlyph, i - 2).character);
}

/* Whether an amount of money would be torn there: 12,345.79 |元. */
static gboolean
is_within_amount (const GArray *glyphs,
                  guint i)
{
  const GuituGlyph *glyph = &g_array_index (glyphs, GuituGlyph, i);

  if (i == 0 || glyph->character != 0x5143) /* 元 */
    return FALSE;
  return is_digit (glyph[-1].character) || (i > 1 && is_blank (glyph[-1].character) && is_digit (glyph[-2].character));
}

/* Where the line that begins at @start ends: the first glyph of the next one. */
static guint
find_line_end (const GArray *glyphs,
               guint start,
               double max_advance)
{
  double advance = 0;
  guint last_break = start;
  guint last_in_date = start; /* for a column that is narrower than a date */

  for (guint i = start; i < glyphs->len; i++)
    {
      const GuituGlyph *glyph = &g_array_index (glyphs, GuituGlyph, i);

      if (glyph->character == '\n')
        return i + 1;
      if (i > start && (may_break (glyph[-1].character, glyph->character) || is_after_hyphen (glyphs, i)) &&
          !is_within_amount (glyphs, i))
        {
          if (!is_within_date (glyphs, i))
            last_break = i;
          else if (is_digit (glyph->character))
            last_in_date = i;
        }
      advance += glyph->advance;
      /* a blank at the end may stand out: it shows nothing */
      if (advance > max_advance && !is_blank (glyph->character))
        return last_break > start ? last_break : last_in_date > start ? last_in_date
                                                                      : MAX (i, start + 1);
    }
  return glyphs->len;
}

static void
add_line (GuituText *text,
          guint start,
          guint end)
{
  GuituLine line = { start, end - start, 0 };
  const GuituGlyph *glyphs = &g_array_index (text->glyphs, GuituGlyph, start);

  while (line.n_glyphs > 0 && (is_blank (glyphs[line.n_glyphs - 1].character) ||
                               glyphs[line.n_glyphs - 1].character == '\n'))
    line.n_glyphs--;
  for (guint i = 0; i < line.n_glyphs; i++)
    line.width += glyphs[i].advance * text->size / 1000;
  g_array_append_val (text->lines, line);
}

static GArray *
look_up_glyphs (GuituFonts *fonts,
                const char *utf8)
{
  g_autofree char *valid = g_utf8_make_valid (utf8, -1);
  GArray *glyphs = g_array_sized_new (FALSE, FALSE, sizeof (GuituGlyph), (guint) strlen (valid) / 2);

  for (const char *p = valid; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);
      gunichar next;
      GuituGlyph glyph;

      p = g_utf8_next_char (p);
      next = g_utf8_get_char (p);
      /* a letter and its accents, as one where there is such a letter */
      for (gunichar composed; g_unichar_compose (c, next, &composed); next = g_utf8_get_char (p))
        {
          c = composed;
          p = g_utf8_next_char (p);
        }
      if (c == '\r' || g_unichar_type (c) == G_UNICODE_FORMAT || is_variation_selector (c))
        continue;
      if (c == '\n' || g_unichar_type (c) == G_UNICODE_CONTROL)
        glyph = (GuituGlyph){ c == '\n' ? '\n' : ' ', 0, 0, 0 };
      else
        glyph = _guitu_fonts_lookup (fonts, c, is_variation_selector (next) ? next : 0);
      if (glyph.character == ' ')
        glyph = _guitu_fonts_lookup (fonts, ' ', 0);
      g_array_append_val (glyphs, glyph);
    }
  return glyphs;
}

GuituText *
_guitu_text_new (GuituFonts *fonts,
                 const char *text,
                 double size,
                 double width)
{
  GuituText *result = g_new0 (GuituText, 1);

  result->size = size;
  result->glyphs = look_up_glyphs (fonts, text != NULL ? text : "");
  result->lines = g_array_new (FALSE, FALSE, sizeof (GuituLine));
  for (guint start = 0, end; start < result->glyphs->len; start = end)
    {
      /* a hundredth of a point for rounding */
      end = find_line_end (result->glyphs, start, (width + 0.01) * 1000 / size);
      add_line (result, start, end);
    }
  return result;
}

gboolean
_guitu_text_breaks_words (const GuituText *text)
{
  for (guint i = 1; i < text->lines->len; i++)
    {
      guint start = g_array_index (text->lines, GuituLine, i).start;

      if (is_within_amount (text->glyphs, start))
        return TRUE;
      if (is_word (g_array_index (text->glyphs, GuituGlyph, start - 1).character) &&
          is_word (g_array_index (text->glyphs, GuituGlyph, start).character) && !is_after_hyphen (text->glyphs, start))
        return TRUE;
    }
  return FALSE;
}

void
_guitu_text_free (GuituText *text)
{
  if (text == NULL)
    return;
  g_array_unref (text->glyphs);
  g_array_unref (text->lines);
  g_free (text);
}

double
_guitu_text_height (double size,
                    guint n_lines)
{
  return n_lines * size * GUITU_LINE_SPACING;
}

double
_guitu_text_measure (GuituFonts *fonts,
                     const char *text,
                     double size)
{
  g_autoptr (GArray) glyphs = look_up_glyphs (fonts, text);
  double width = 0;

  for (guint i = 0; i < glyphs->len; i++)
    width += g_array_index (glyphs, GuituGlyph, i).advance * size / 1000;
  return width;
}
