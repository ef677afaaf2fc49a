/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/text-private.h"

#define SIZE 10.0

static GuituFonts *fonts;

/* The lines of @text in a column of @n_characters Han characters, with '|' between them. */
static char *
break_lines (const char *text,
             double n_characters)
{
  g_autoptr (GuituText) set = _guitu_text_new (fonts, text, SIZE, n_characters * SIZE);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < set->lines->len; i++)
    {
      const GuituLine *line = &g_array_index (set->lines, GuituLine, i);

      g_assert_cmpfloat (line->width, <=, n_characters * SIZE + 0.02);
      if (i > 0)
        g_string_append_c (lines, '|');
      for (guint j = 0; j < line->n_glyphs; j++)
        g_string_append_unichar (lines, g_array_index (set->glyphs, GuituGlyph, line->start + j).character);
    }
  return g_string_free (lines, FALSE);
}

static void
test_breaks (void)
{
  static const struct
  {
    const char *text;
    double n_characters;
    const char *lines;
  } cases[] = {
    { "", 5, "" },
    { "一二三四五六七", 5, "一二三四五|六七" },
    /* no closing mark begins a line, no opening mark ends one */
    { "一二三四五。六", 5, "一二三四|五。六" },
    { "一二三四五）。六", 5, "一二三四|五）。六" },
    { "一二三四（五）六", 5, "一二三四|（五）六" },
    { "一二三“四五”六", 4, "一二三|“四五”|六" },
    { "阿卜杜拉·买买提", 4, "阿卜杜|拉·买买|提" },
    /* words and numbers hold together while they fit */
    { "编号 JJ-2026-0001 号", 7, "编号|JJ-2026-0001|号" },
    { "现金23.50元整", 4, "现金|23.50元|整" },
    { "0123456789", 3, "012345|6789" },
    /* a double name may part at its hyphen, a code may not */
    { "Anastasia-Ekaterina", 8, "Anastasia-|Ekaterina" },
    { "号 QZ-A-0001", 4, "号|QZ-A-000|1" },
    /* an amount and its unit are one */
    { "计 100.50 元", 7, "计 100.50 元" },
    { "现金计 100.50 元", 7, "现金计|100.50 元" },
    /* dates and times of day hold together too, a day and its hour only where there is room */
    { "签发于2026年11月22日", 8, "签发于|2026年11月22日" },
    { "自2026年1月2日10时15分起", 9, "自2026年1月2日|10时15分起" },
    { "一二三年11人月", 4, "一二三年|11人月" },
    { "2026年11月22日", 4, "2026年|11月22日" },
    /* lines of the text's own */
    { "一\n二\n\n三", 5, "一|二||三" },
    { "一二三四五 六", 5, "一二三四五|六" },
    { "一二三四五　六", 5, "一二三四五|六" },
    { "一　二三　四五", 4, "一　二三|四五" },
    /* marks without end have to be broken somewhere */
    { "。。。。。。。。", 3, "。。。|。。。|。。" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = break_lines (cases[i].text, cases[i].n_characters);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

/* Nothing gets lost, whatever the width: even a column that no character fits in has one a line. */
static void
test_nothing_is_lost (void)
{
  static const char text[] = "救助（站）：A1-“乙”，C3。 Wörter und Zahlen 123.45、阿卜杜拉·买买提！";

  for (double width = 1; width < 500; width += 7)
    {
      g_autoptr (GuituText) set = _guitu_text_new (fonts, text, SIZE, width);
      guint next = 0;

      for (guint i = 0; i < set->lines->len; i++)
        {
          const GuituLine *line = &g_array_index (set->lines, GuituLine, i);

          for (; next < line->start; next++)
            g_assert_cmpuint (g_array_index (set->glyphs, GuituGlyph, next).character, ==, ' ');
          next = line->start + line->n_glyphs;
        }
      g_assert_cmpuint (next, ==, set->glyphs->len);
      g_assert_cmpuint (next, ==, g_utf8_strlen (text, -1));
    }
}

static void
test_odd_characters (void)
{
  /* variation selectors and joiners show nothing of their own; bad bytes show as such */
  g_autofree char *lines = break_lines ("葛\xf3\xa0\x84\x80"
                                        "a\xe2\x80\x8d"
                                        "b\xff"
                                        "c\x01"
                                        "d",
                                        20);

  g_assert_cmpstr (lines, ==, "葛ab\xef\xbf\xbd"
                              "c d");
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = guitu_fonts_new (&error);
  g_assert_no_error (error);
  g_test_add_func ("/text/breaks", test_breaks);
  g_test_add_func ("/text/nothing-is-lost", test_nothing_is_lost);
  g_test_add_func ("/text/odd-characters", test_odd_characters);
  status = g_test_run ();
  guitu_fonts_free (fonts);
  return status;
}
