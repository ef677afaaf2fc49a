/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands around the table: title, number and seal above, station and citation below. */

#include "print/form-page-private.h"

#include <math.h>
#include <string.h>

#define STATION_SIZE 14.0 /* 四号 */
#define FOOT_SIZE 7.5     /* 六号 */
#define VOID_GREY 0.8
#define LEAST_HEADING 0.75 /* of its size, to fit a line */

#define SEAL_EDGE (38 * GUITU_MM) /* with the quiet zone */
#define SEAL_TOP (8 * GUITU_MM)
#define HEAD_TOP (15 * GUITU_MM)
#define NUMBER_TOP (42 * GUITU_MM)  /* unless the title needs more room */
#define PAGES_WIDTH (28 * GUITU_MM) /* of the number of the page, beside the foot */

/* Left of the seal. The title is centred over the table as long as it keeps clear of it. */
static double
head_right (const GuituPaper *paper)
{
  return paper->right - SEAL_EDGE - 2 * GUITU_MM;
}

static double
foot_bottom (const GuituPaper *paper)
{
  return paper->height - paper->sheet->bottom * GUITU_MM;
}

static const char *
value_of (const GuituPaper *paper,
          const char *key)
{
  /* a blank form bears the station's name, but nothing of a paper */
  if (paper->mode == GUITU_FORM_BLANK && !g_str_has_prefix (key, "station.") && !g_str_has_prefix (key, "form."))
    return NULL;
  return guitu_form_values_get (paper->values, key);
}

/* Where station and title are centred: over the table if both keep clear of the seal. */
static double
heading_width (const GuituPaper *paper)
{
  const char *station = value_of (paper, "station.name");
  double half = head_right (paper) - (paper->left + paper->right) / 2;

  if (_guitu_text_measure (paper->fonts, paper->form->title, paper->sheet->title_size) > 2 * half ||
      (station != NULL && _guitu_text_measure (paper->fonts, station, STATION_SIZE) > 2 * half))
    return head_right (paper) - paper->left;
  return paper->right - paper->left;
}

/* Sets @text centred at the top of @box, drawing it if there is a canvas. Returns how high it is. */
static double
set_heading (const GuituPaper *paper,
             GuituCanvas *canvas,
             const char *text,
             double size,
             const GuituBox *box,
             double boldness)
{
  g_autoptr (GuituText) lines = NULL;

  if (text == NULL)
    return 0;
  /* rather smaller than with a last line of three characters */
  for (double least = size * LEAST_HEADING; size > least && _guitu_text_measure (paper->fonts, text, size) > box->width;)
    size -= GUITU_SIZE_STEP;
  lines = _guitu_text_new (paper->fonts, text, size, box->width);
  if (canvas != NULL)
    _guitu_canvas_draw_text (canvas, lines, 0, lines->lines->len, box, GUITU_ALIGN_CENTER, boldness);
  return _guitu_text_height (size, lines->lines->len);
}

/* Station and title; returns where they end. */
static double
set_headings (const GuituPaper *paper,
              GuituCanvas *canvas)
{
  GuituBox box = { paper->left, HEAD_TOP, heading_width (paper), 0 };

  box.y += set_heading (paper, canvas, value_of (paper, "station.name"), STATION_SIZE, &box, 0) + GUITU_MM;
  box.y += set_heading (paper, canvas, paper->form->title, paper->sheet->title_size, &box, 0.6);
  return MAX (box.y + GUITU_MM, NUMBER_TOP);
}

static void
draw_line (const GuituPaper *paper,
           GuituCanvas *canvas,
           const char *text,
           double size,
           const GuituBox *box,
           GuituAlign align)
{
  g_autoptr (GuituText) lines = _guitu_text_new (paper->fonts, text, size, box->width);

  _guitu_canvas_draw_text (canvas, lines, 0, lines->lines->len, box, align, 0);
}

static void
append_term (GString *line,
             const char *term,
             const char *value,
             const char *after)
{
  if (value == NULL)
    return;
  if (line->len > 0)
    g_string_append (line, "　");
  g_string_append_printf (line, "%s%s%s", term, value, after);
}

/* The number, and when and by whom it was issued. (transfer full) */
static GuituText *
set_number (const GuituPaper *paper)
{
  g_autoptr (GString) first = g_string_new ("编号：");
  g_autoptr (GString) second = g_string_new (NULL);
  const char *number = value_of (paper, "paper.number");

  g_string_append (first, number != NULL ? number : "＿＿＿＿＿＿＿＿＿＿");
  if (paper->mode == GUITU_FORM_BLANK)
    g_string_append (first, "（空白表）");
  append_term (first, "第", value_of (paper, "paper.sequence"), "次打印");
  append_term (first, "有效期至：", value_of (paper, "paper.expires_at"), "");
  append_term (second, "签发：", value_of (paper, "paper.issued_at"), "");
  append_term (second, "签发人：", value_of (paper, "paper.issued_by"), "");
  if (second->len > 0)
    g_string_append_printf (first, "\n%s", second->str);
  return _guitu_text_new (paper->fonts, first->str, GUITU_TYPE_SIZE, head_right (paper) - paper->left);
}

static void
draw_seal (const GuituPaper *paper,
           GuituCanvas *canvas)
{
  GuituBox box = { paper->right - SEAL_EDGE, SEAL_TOP, SEAL_EDGE, SEAL_EDGE };
  const char *words = _guitu_form_values_check_words (paper->values);
  g_autofree char *line = NULL;

  if (paper->code_size == 0)
    return;
  if (_guitu_form_values_is_void (paper->values))
    _guitu_canvas_clear_box (canvas, &box);
  _guitu_canvas_show (canvas, paper->code_name, &box, paper->code_size);
  if (words == NULL)
    return;
  line = g_strconcat ("校验词 ", words, NULL);
  box.x -= 4 * GUITU_MM;
  box.width += 4 * GUITU_MM;
  box.y += SEAL_EDGE - 0.6 * GUITU_MM;
  draw_line (paper, canvas, line, FOOT_SIZE, &box, GUITU_ALIGN_END);
}

static void
draw_draft_word (const GuituPaper *paper,
                 GuituCanvas *canvas,
                 double size,
                 const GuituBox *box)
{
  g_autoptr (GuituText) word = _guitu_text_new (paper->fonts, "草稿", size, box->width);

  _guitu_canvas_draw_text (canvas, word, 0, word->lines->len, box, GUITU_ALIGN_CENTER, 0);
}

/* Pale words that nobody takes for a paper in force, below everything else. */
static void
draw_draft_mark (const GuituPaper *paper,
                 GuituCanvas *canvas)
{
  double size = MIN (150, paper->height * 0.5);
  GuituBox place = { paper->right - SEAL_EDGE, SEAL_TOP + 8 * GUITU_MM, SEAL_EDGE, 0 };
  GuituBox middle = { 0, (paper->height - _guitu_text_height (size, 1)) / 2, paper->width, 0 };

  _guitu_canvas_set_ink (canvas, GUITU_PALE);
  if (!paper->sheet->is_bare)
    draw_draft_word (paper, canvas, 40, &place);
  draw_draft_word (paper, canvas, size, &middle);
  _guitu_canvas_set_ink (canvas, GUITU_INK);
}

/* 作废 from corner to corner, as large as the sheet allows, below everything else. */
static void
draw_void_mark (const GuituPaper *paper,
                GuituCanvas *canvas)
{
  const GuituSheet *sheet = paper->sheet;
  double width = paper->width - (sheet->left + sheet->right) * GUITU_MM;
  double height = paper->height - (sheet->top + sheet->bottom) * GUITU_MM;
  double diagonal = sqrt (width * width + height * height);
  double cosine = width / diagonal;
  double sine = height / diagonal;
  /* three squares long and a line high */
  double size = MIN (width / (3 * cosine + GUITU_LINE_SPACING * sine), height / (3 * sine + GUITU_LINE_SPACING * cosine));
  double middle_x = paper->left + width / 2;
  double middle_y = sheet->top * GUITU_MM + height / 2;
  GuituBox box = { middle_x - diagonal / 2, middle_y - _guitu_text_height (size, 1) / 2, diagonal, 0 };
  g_autoptr (GuituText) word = _guitu_text_new (paper->fonts, "作　废", size, diagonal);

  _guitu_canvas_set_ink (canvas, VOID_GREY);
  _guitu_canvas_turn (canvas, middle_x, middle_y, cosine, sine);
  _guitu_canvas_draw_text (canvas, word, 0, word->lines->len, &box, GUITU_ALIGN_CENTER, 0);
  _guitu_canvas_turn_back (canvas);
  _guitu_canvas_set_ink (canvas, GUITU_INK);
}

/* (transfer full) */
static GuituText *
set_foot (const GuituPaper *paper)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  append_term (lines, "", value_of (paper, "station.name"), "");
  append_term (lines, "地址：", value_of (paper, "station.address"), "");
  append_term (lines, "电话：", value_of (paper, "station.phone"), "");
  append_term (lines, "投诉电话：", value_of (paper, "station.complaints"), "");
  if (value_of (paper, "form.citation") != NULL)
    g_string_append_printf (lines, "\n依据：%s", value_of (paper, "form.citation"));
  if (value_of (paper, "ledger.head") != NULL)
    g_string_append_printf (lines, "\n台账：%s", value_of (paper, "ledger.head"));
  return _guitu_text_new (paper->fonts, lines->str, FOOT_SIZE, paper->right - paper->left - PAGES_WIDTH);
}

void
_guitu_paper_measure_frame (GuituPaper *paper)
{
  g_autoptr (GuituText) number = set_number (paper);
  g_autoptr (GuituText) foot = set_foot (paper);
  double head_end = set_headings (paper, NULL) + _guitu_text_height (GUITU_TYPE_SIZE, number->lines->len);

  if (paper->sheet->is_bare)
    {
      paper->table_top = paper->sheet->top * GUITU_MM;
      paper->table_bottom = foot_bottom (paper);
      return;
    }
  paper->table_top = MAX (head_end, NUMBER_TOP + _guitu_text_height (GUITU_TYPE_SIZE, 2)) + GUITU_MM;
  paper->table_bottom = foot_bottom (paper) - 1.5 * GUITU_MM -
                        _guitu_text_height (FOOT_SIZE, MAX (foot->lines->len, 2));
}

void
_guitu_paper_draw_frame (const GuituPaper *paper,
                         GuituCanvas *canvas,
                         guint i,
                         guint n_pages)
{
  g_autoptr (GuituText) number = set_number (paper);
  g_autoptr (GuituText) foot = set_foot (paper);
  g_autofree char *pages = g_strdup_printf ("第 %u 页　共 %u 页", i + 1, n_pages);
  GuituBox box = { paper->left, 0, paper->right - paper->left, 0 };

  if (paper->mode == GUITU_FORM_DRAFT)
    draw_draft_mark (paper, canvas);
  if (paper->mode == GUITU_FORM_FILLED && _guitu_form_values_is_void (paper->values))
    draw_void_mark (paper, canvas);
  if (paper->sheet->is_bare)
    return;
  set_headings (paper, canvas);
  box.y = paper->table_top - GUITU_MM - _guitu_text_height (GUITU_TYPE_SIZE, number->lines->len);
  _guitu_canvas_draw_text (canvas, number, 0, number->lines->len, &box, GUITU_ALIGN_START, 0);
  draw_seal (paper, canvas);
  box.y = paper->table_bottom + 1.5 * GUITU_MM;
  _guitu_canvas_draw_text (canvas, foot, 0, foot->lines->len, &box, GUITU_ALIGN_START, 0);
  draw_line (paper, canvas, pages, GUITU_SMALL_SIZE, &box, GUITU_ALIGN_END);
}

void
_guitu_paper_draw_copy_label (const GuituPaper *paper,
                              GuituCanvas *canvas,
                              guint copy)
{
  const char *label = guitu_form_copy_label (paper->form, copy);
  GuituBox box = { paper->left, 9 * GUITU_MM, (paper->right - paper->left) / 2, 0 };

  if (label != NULL)
    draw_line (paper, canvas, label, GUITU_TYPE_SIZE, &box, GUITU_ALIGN_START);
}
