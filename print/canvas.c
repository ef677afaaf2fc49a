/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/canvas-private.h"

#include <math.h>

/* From the top of a line to its base line, and the height of a Han character above it. */
#define BASE_LINE ((GUITU_LINE_SPACING - 1) / 2 + 0.86)

void
_guitu_append_number (GString *content,
                      double number)
{
  long hundredths = lround (number * 100);
  long fraction = labs (hundredths % 100);

  if (hundredths < 0)
    g_string_append_c (content, '-');
  g_string_append_printf (content, "%ld", labs (hundredths / 100));
  if (fraction != 0)
    g_string_append_printf (content, fraction % 10 != 0 ? ".%02ld" : ".%01ld",
                            fraction % 10 != 0 ? fraction : fraction / 10);
  g_string_append_c (content, ' ');
}

static void
append_point (GuituCanvas *canvas,
              double x,
              double y)
{
  _guitu_append_number (canvas->content, x);
  _guitu_append_number (canvas->content, canvas->height - y);
}

void
_guitu_canvas_set_ink (GuituCanvas *canvas,
                       double grey)
{
  _guitu_append_number (canvas->content, grey);
  g_string_append (canvas->content, "g ");
  _guitu_append_number (canvas->content, grey);
  g_string_append (canvas->content, "G\n");
}

void
_guitu_canvas_set_amber (GuituCanvas *canvas)
{
  g_string_append (canvas->content, "1 .88 .55 rg\n");
}

/* What a reader of the document gets for what is drawn until end_actual_text(). */
static void
begin_actual_text (GuituCanvas *canvas,
                   gunichar c)
{
  g_string_append (canvas->content, "/Span <</ActualText <FEFF");
  if (c > 0xffff)
    g_string_append_printf (canvas->content, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
  else
    g_string_append_printf (canvas->content, "%04X", c);
  g_string_append (canvas->content, ">>> BDC\n");
}

static void
end_actual_text (GuituCanvas *canvas)
{
  g_string_append (canvas->content, "EMC\n");
}

/* Glyphs of one typeface, from the base line at (x, y). */
static void
show_glyphs (GuituCanvas *canvas,
             const GuituGlyph *glyphs,
             guint n_glyphs,
             double size,
             double x,
             double y)
{
  static const char digits[] = "0123456789ABCDEF";

  g_string_append_printf (canvas->content, "BT /F%u ", glyphs[0].face);
  _guitu_append_number (canvas->content, size);
  g_string_append (canvas->content, "Tf ");
  append_point (canvas, x, y);
  g_string_append (canvas->content, "Td <");
  for (guint i = 0; i < n_glyphs; i++)
    {
      guint16 code = _guitu_pdf_use_glyph (canvas->pdf, &glyphs[i]);

      for (int shift = 12; shift >= 0; shift -= 4)
        g_string_append_c (canvas->content, digits[code >> shift & 0xf]);
    }
  g_string_append (canvas->content, "> Tj ET\n");
}

/* Text that is not seen, as large as what it stands for: readers of the document place by it what
 * begin_actual_text() said. */
static void
show_stand_in (GuituCanvas *canvas,
               double size,
               double x,
               double y)
{
  GuituGlyph square = _guitu_fonts_lookup (canvas->fonts, 0x25a1, 0);

  if (square.face == GUITU_NO_FACE)
    return;
  g_string_append (canvas->content, "3 Tr\n");
  show_glyphs (canvas, &square, 1, size, x, y);
  g_string_append (canvas->content, "0 Tr\n");
}

/* A character that no typeface has: a line to write it on by hand. Who copies the text gets the
 * character. */
static void
show_gap (GuituCanvas *canvas,
          const GuituGlyph *glyph,
          double size,
          double x,
          double y)
{
  double line = y + size * 0.1;

  _guitu_print_warnings_note_missing (_guitu_pdf_warnings (canvas->pdf), glyph->character, NULL);
  begin_actual_text (canvas, glyph->character);
  show_stand_in (canvas, size, x, y);
  end_actual_text (canvas);
  _guitu_canvas_stroke (canvas, (double[]){ x, line, x + glyph->advance * size / 1000, line }, 2, 0.5);
}

static void
show_line (GuituCanvas *canvas,
           const GuituText *text,
           const GuituLine *line,
           double x,
           double y)
{
  const GuituGlyph *glyphs = &g_array_index (text->glyphs, GuituGlyph, line->start);

  for (guint start = 0, end; start < line->n_glyphs; start = end)
    {
      guint advance = 0;

      for (end = start; end < line->n_glyphs && glyphs[end].face == glyphs[start].face; end++)
        {
          if (glyphs[end].face == GUITU_NO_FACE)
            show_gap (canvas, &glyphs[end], text->size, x + advance * text->size / 1000, y);
          advance += glyphs[end].advance;
        }
      if (glyphs[start].face != GUITU_NO_FACE)
        show_glyphs (canvas, glyphs + start, end - start, text->size, x, y);
      x += advance * text->size / 1000;
    }
}

void
_guitu_canvas_draw_text (GuituCanvas *canvas,
                         const GuituText *text,
                         guint first,
                         guint end,
                         const GuituBox *box,
                         GuituAlign align,
                         double boldness)
{
  double y = box->y + text->size * BASE_LINE;

  if (boldness > 0)
    {
      g_string_append (canvas->content, "q 2 Tr 1 j ");
      _guitu_append_number (canvas->content, boldness);
      g_string_append (canvas->content, "w\n");
    }
  for (guint i = first; i < end; i++, y += text->size * GUITU_LINE_SPACING)
    {
      const GuituLine *line = &g_array_index (text->lines, GuituLine, i);
      double spare = align == GUITU_ALIGN_START ? 0 : box->width - line->width;

      show_line (canvas, text, line, box->x + (align == GUITU_ALIGN_CENTER ? spare / 2 : spare), y);
    }
  if (boldness > 0)
    g_string_append (canvas->content, "Q\n");
}

void
_guitu_canvas_turn (GuituCanvas *canvas,
                    double x,
                    double y,
                    double cosine,
                    double sine)
{
  long c = lround (cosine * 10000);
  long s = lround (sine * 10000);
  double from_below = canvas->height - y;

  g_return_if_fail (c >= 0 && c <= 10000 && s >= 0 && s <= 10000);

  /* four decimals, for lengths of a thousand points */
  g_string_append_printf (canvas->content, "q %ld.%04ld %ld.%04ld %s%ld.%04ld %ld.%04ld ", c / 10000, c % 10000, s / 10000,
                          s % 10000, s > 0 ? "-" : "", s / 10000, s % 10000, c / 10000, c % 10000);
  _guitu_append_number (canvas->content, x - cosine * x + sine * from_below);
  _guitu_append_number (canvas->content, from_below - sine * x - cosine * from_below);
  g_string_append (canvas->content, "cm\n");
}

void
_guitu_canvas_turn_back (GuituCanvas *canvas)
{
  g_string_append (canvas->content, "Q\n");
}

void
_guitu_canvas_fill_box (GuituCanvas *canvas,
                        const GuituBox *box)
{
  append_point (canvas, box->x, box->y + box->height);
  _guitu_append_number (canvas->content, box->width);
  _guitu_append_number (canvas->content, box->height);
  g_string_append (canvas->content, "re f\n");
}

void
_guitu_canvas_clear_box (GuituCanvas *canvas,
                         const GuituBox *box)
{
  g_string_append (canvas->content, "q 1 g ");
  _guitu_canvas_fill_box (canvas, box);
  g_string_append (canvas->content, "Q\n");
}

void
_guitu_canvas_stroke (GuituCanvas *canvas,
                      const double *points,
                      guint n_points,
                      double width)
{
  _guitu_append_number (canvas->content, width);
  g_string_append (canvas->content, "w ");
  for (guint i = 0; i < n_points; i++)
    {
      append_point (canvas, points[2 * i], points[2 * i + 1]);
      g_string_append (canvas->content, i == 0 ? "m " : "l ");
    }
  g_string_append (canvas->content, "S\n");
}

void
_guitu_canvas_draw_tick_box (GuituCanvas *canvas,
                             double x,
                             double y,
                             double size,
                             gboolean ticked)
{
  GuituGlyph square = _guitu_fonts_lookup (canvas->fonts, 0x25a1, 0);
  double base = y + size * BASE_LINE;

  if (ticked)
    begin_actual_text (canvas, 0x2611);
  if (square.face != GUITU_NO_FACE)
    show_glyphs (canvas, &square, 1, size, x, base);
  if (ticked)
    {
      _guitu_canvas_stroke (canvas,
                            (double[]){ x + size * 0.18, base - size * 0.42, x + size * 0.42,
                                        base - size * 0.12, x + size * 0.95, base - size * 0.85 },
                            3, size * 0.11);
      end_actual_text (canvas);
    }
}

void
_guitu_canvas_show (GuituCanvas *canvas,
                    const char *name,
                    const GuituBox *box,
                    double units)
{
  g_string_append (canvas->content, "q ");
  /* four decimals: an error in the scale adds up over the units */
  g_string_append_printf (canvas->content, "%ld.%04ld 0 0 %ld.%04ld ",
                          lround (box->width / units * 10000) / 10000, lround (box->width / units * 10000) % 10000,
                          lround (box->height / units * 10000) / 10000, lround (box->height / units * 10000) % 10000);
  append_point (canvas, box->x, box->y + box->height);
  g_string_append_printf (canvas->content, "cm /%s Do Q\n", name);
}
