/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page that is about one QR code: a title, what it is, the code, what to do with it. */

#include "print/qr.h"

#include "print/base45-private.h"
#include "print/canvas-private.h"
#include "print/qr-private.h"

#include <string.h>

#define PAGE_WIDTH 595.28 /* A4, in points */
#define PAGE_HEIGHT 841.89
#define MARGIN 70.87     /* 25 mm */
#define CODE_EDGE 311.81 /* 110 mm */
#define GAP 20
#define TITLE_SIZE 18
#define TEXT_SIZE 12
#define TITLE_BOLDNESS 0.4

/* Returns: where the text ends. */
static double
draw_lines (GuituCanvas *canvas,
            const char *text,
            double size,
            double top,
            GuituAlign align)
{
  g_autoptr (GuituText) lines = _guitu_text_new (canvas->fonts, text, size, PAGE_WIDTH - 2 * MARGIN);
  const GuituBox box = { MARGIN, top, PAGE_WIDTH - 2 * MARGIN, _guitu_text_height (size, lines->lines->len) };

  _guitu_canvas_draw_text (canvas, lines, 0, lines->lines->len, &box, align, size == TITLE_SIZE ? TITLE_BOLDNESS : 0);
  return top + box.height + GAP;
}

GBytes *
guitu_qr_sheet (GuituFonts *fonts,
                const GuituQrSheet *sheet,
                GError **error)
{
  g_autoptr (GuituPdf) pdf = NULL;
  g_autoptr (GString) content = g_string_new ("");
  g_autoptr (GString) code = NULL;
  GuituPdfObject contents[2] = { NULL, NULL };
  GuituCanvas canvas = { .fonts = fonts, .height = PAGE_HEIGHT, .content = content };
  GuituBox box = { (PAGE_WIDTH - CODE_EDGE) / 2, 0, CODE_EDGE, CODE_EDGE };
  double top;
  int size;

  code = _guitu_qr_draw (sheet->code, &size, error);
  if (code == NULL)
    return NULL;
  pdf = _guitu_pdf_new (fonts, sheet->title);
  canvas.pdf = pdf;
  _guitu_canvas_set_ink (&canvas, GUITU_INK);
  top = draw_lines (&canvas, sheet->title, TITLE_SIZE, MARGIN, GUITU_ALIGN_CENTER);
  top = draw_lines (&canvas, sheet->above, TEXT_SIZE, top, GUITU_ALIGN_START);
  box.y = top;
  _guitu_pdf_add_drawing (pdf, "Code", code, size);
  _guitu_canvas_show (&canvas, "Code", &box, size);
  draw_lines (&canvas, sheet->below, TEXT_SIZE, top + CODE_EDGE + GAP, GUITU_ALIGN_START);
  contents[0] = _guitu_pdf_add_content (pdf, content);
  _guitu_pdf_add_page (pdf, contents, PAGE_WIDTH, PAGE_HEIGHT, NULL, FALSE);
  return _guitu_pdf_finish (pdf, error);
}

char *
guitu_qr_pack (const char *prefix,
               GBytes *content)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *text = _guitu_base45_encode (data, length);

  return g_strconcat (prefix, text, NULL);
}

GBytes *
guitu_qr_unpack (const char *prefix,
                 const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  GByteArray *content = g_str_has_prefix (stripped, prefix) ? _guitu_base45_decode (stripped + strlen (prefix)) : NULL;

  return content == NULL ? NULL : g_byte_array_free_to_bytes (content);
}
