/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From rows to pages.
 *
 * Rows are put one below the other. One that does not fit goes to the next page; if it is too high
 * for that to be sensible it is cut between two lines, and its labels are repeated. A photo stands
 * beside several rows; should they part, its box does too and the picture goes where it fits.
 */

#include "print/form-page-private.h"

#include <math.h>

#define OUTER_RULE 1.2
#define INNER_RULE 0.5
#define MOVE_WHOLE (60 * GUITU_MM) /* rows up to this height are not cut */
#define BOLD 0.35
#define HEADING_GREY 0.92

typedef struct
{
  const GuituPaper *paper;
  GPtrArray *pages; /* of GString */
  GuituCanvas canvas;
  GString *rules; /* thin lines of this page, stroked in one go */
  double y;

  const GuituCell *side; /* the photo beside the rows, or NULL */
  double side_x;
  double side_top; /* on this page */
  guint side_rows; /* still to come */
  gboolean side_shown;
} Setter;

static void
add_rule (Setter *setter,
          double x1,
          double y1,
          double x2,
          double y2)
{
  _guitu_append_number (setter->rules, x1);
  _guitu_append_number (setter->rules, GUITU_PAGE_HEIGHT - y1);
  g_string_append (setter->rules, "m ");
  _guitu_append_number (setter->rules, x2);
  _guitu_append_number (setter->rules, GUITU_PAGE_HEIGHT - y2);
  g_string_append (setter->rules, "l\n");
}

static void
begin_page (Setter *setter)
{
  setter->canvas = (GuituCanvas){ setter->paper->fonts, setter->paper->pdf, g_string_new ("") };
  setter->rules = g_string_new ("");
  setter->y = setter->paper->table_top;
  setter->side_top = setter->paper->table_top;
}

static void
show_portrait (Setter *setter,
               const GuituBox *box)
{
  const GuituPortrait *portrait = &setter->paper->portrait;
  double scale = MIN (box->width / portrait->width, box->height / portrait->height);
  GuituBox fitted = { 0, 0, portrait->width * scale, portrait->height * scale };

  fitted.x = box->x + (box->width - fitted.width) / 2;
  fitted.y = box->y + (box->height - fitted.height) / 2;
  /* a picture fills the unit square */
  g_string_append (setter->canvas.content, "q ");
  _guitu_append_number (setter->canvas.content, fitted.width);
  g_string_append (setter->canvas.content, "0 0 ");
  _guitu_append_number (setter->canvas.content, fitted.height);
  _guitu_append_number (setter->canvas.content, fitted.x);
  _guitu_append_number (setter->canvas.content, GUITU_PAGE_HEIGHT - fitted.y - fitted.height);
  g_string_append (setter->canvas.content, "cm /" GUITU_PORTRAIT_NAME " Do Q\n");
}

/* The box of the photo down to here, on this page. */
static void
draw_side (Setter *setter)
{
  GuituBox box = { setter->side_x, setter->side_top, GUITU_TABLE_RIGHT - setter->side_x,
                   setter->y - setter->side_top };
  gboolean is_last = setter->side_rows == 0;

  add_rule (setter, box.x, box.y, box.x, box.y + box.height);
  if (setter->side_shown || (!is_last && box.height < 30 * GUITU_MM) || box.height < GUITU_MM)
    return;
  setter->side_shown = TRUE;
  if (setter->paper->portrait.jpeg != NULL)
    {
      GuituBox inner = { box.x + 2, box.y + 2, box.width - 4, box.height - 4 };
      show_portrait (setter, &inner);
    }
  else
    {
      g_autoptr (GuituText) label = _guitu_text_new (setter->paper->fonts, setter->side->label,
                                                     GUITU_TYPE_SIZE, box.width);

      box.y += (box.height - _guitu_text_height (GUITU_TYPE_SIZE, label->lines->len)) / 2;
      _guitu_canvas_set_ink (&setter->canvas, GUITU_GREY);
      _guitu_canvas_draw_text (&setter->canvas, label, 0, label->lines->len, &box, GUITU_ALIGN_CENTER, 0);
      _guitu_canvas_set_ink (&setter->canvas, GUITU_INK);
    }
}

static void
end_page (Setter *setter)
{
  double left = GUITU_TABLE_LEFT;
  double right = GUITU_TABLE_RIGHT;
  double top = setter->paper->table_top;

  if (setter->side != NULL)
    draw_side (setter);
  _guitu_append_number (setter->canvas.content, INNER_RULE);
  g_string_append_printf (setter->canvas.content, "w\n%sS\n", setter->rules->str);
  g_string_append (setter->canvas.content, "2 J\n");
  _guitu_canvas_stroke (&setter->canvas,
                        (double[]){ left, top, right, top, right, setter->y, left, setter->y, left, top },
                        5, OUTER_RULE);
  g_string_free (setter->rules, TRUE);
  g_ptr_array_add (setter->pages, setter->canvas.content);
}

static void
draw_items (Setter *setter,
            const GuituCellLayout *cell,
            guint first,
            guint end,
            const GuituBox *box)
{
  for (guint i = 0; i < cell->items->len; i++)
    {
      const GuituItem *item = &g_array_index (cell->items, GuituItem, i);
      guint from = first > item->line ? first - item->line : 0;
      guint to = end > item->line ? MIN (end - item->line, item->text->lines->len) : 0;
      GuituBox place = { box->x + item->x,
                         box->y + (item->line + from - first) * GUITU_LINE_HEIGHT,
                         box->width - item->x, 0 };

      if (item->tick != GUITU_TICK_NONE && item->line >= first && item->line < end)
        _guitu_canvas_draw_tick_box (&setter->canvas, place.x - GUITU_TYPE_SIZE * 1.15, place.y,
                                     GUITU_TYPE_SIZE, item->tick == GUITU_TICK_MARKED);
      if (from < to)
        _guitu_canvas_draw_text (&setter->canvas, item->text, from, to, &place, GUITU_ALIGN_START,
                                 cell->cell->kind == GUITU_CELL_HEADING ? BOLD : 0);
    }
}

static void
draw_label (Setter *setter,
            const GuituCellLayout *cell,
            double height)
{
  GuituBox box = { cell->x, setter->y, cell->label_width, height };

  box.y += (height - _guitu_text_height (GUITU_TYPE_SIZE, cell->label->lines->len)) / 2;
  _guitu_canvas_draw_text (&setter->canvas, cell->label, 0, cell->label->lines->len, &box,
                           GUITU_ALIGN_CENTER, 0);
  add_rule (setter, cell->x + cell->label_width, setter->y, cell->x + cell->label_width,
            setter->y + height);
}

static void
draw_foot (Setter *setter,
           const GuituCellLayout *cell,
           double height)
{
  GuituBox box = { cell->x + cell->label_width + GUITU_CELL_PADDING,
                   setter->y + height - GUITU_CELL_HEADROOM - _guitu_cell_foot_height (cell),
                   cell->width - cell->label_width - 2 * GUITU_CELL_PADDING, 0 };

  _guitu_canvas_draw_text (&setter->canvas, cell->foot, 0, cell->foot->lines->len, &box, GUITU_ALIGN_END, 0);
}

static void
draw_cell_part (Setter *setter,
                GuituCellLayout *cell,
                double height,
                gboolean is_rest)
{
  guint room = (guint) floor ((height - 2 * GUITU_CELL_HEADROOM) / GUITU_LINE_HEIGHT + 0.01);
  guint end = is_rest ? cell->n_lines : MIN (cell->n_lines, cell->n_drawn + room);
  gboolean is_whole = is_rest && cell->n_drawn == 0;
  GuituBox box = { cell->x + cell->label_width + GUITU_CELL_PADDING, setter->y + GUITU_CELL_HEADROOM,
                   cell->width - cell->label_width - 2 * GUITU_CELL_PADDING, 0 };

  if (cell->cell->kind == GUITU_CELL_HEADING)
    {
      GuituBox band = { cell->x, setter->y, cell->width, height };

      _guitu_canvas_set_ink (&setter->canvas, HEADING_GREY);
      _guitu_canvas_fill_box (&setter->canvas, &band);
      _guitu_canvas_set_ink (&setter->canvas, GUITU_INK);
    }
  if (is_whole && cell->foot == NULL && cell->cell->kind != GUITU_CELL_PARAGRAPH &&
      cell->cell->kind != GUITU_CELL_SIGNATURE && cell->cell->kind != GUITU_CELL_STAMP)
    box.y = setter->y + (height - _guitu_text_height (GUITU_TYPE_SIZE, cell->n_lines)) / 2;
  draw_items (setter, cell, cell->n_drawn, end, &box);
  if (cell->label != NULL)
    draw_label (setter, cell, height);
  if (is_rest && cell->foot != NULL)
    draw_foot (setter, cell, height);
  cell->n_drawn = end;
}

/* Puts what fits of @row, or all that is left of it, on @height. */
static void
draw_row_part (Setter *setter,
               GuituRowLayout *row,
               double height,
               gboolean is_rest)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      if (i > 0)
        add_rule (setter, row->cells[i].x, setter->y, row->cells[i].x, setter->y + height);
      draw_cell_part (setter, &row->cells[i], height, is_rest);
    }
  setter->y += height;
}

/* Where to cut the row, so that whole lines fill the part. */
static double
height_of_part (double room)
{
  double lines = floor ((room - 2 * GUITU_CELL_HEADROOM) / GUITU_LINE_HEIGHT + 0.01);

  return lines * GUITU_LINE_HEIGHT + 2 * GUITU_CELL_HEADROOM;
}

static void
next_page (Setter *setter)
{
  end_page (setter);
  begin_page (setter);
}

static void
set_row (Setter *setter,
         GuituRowLayout *row)
{
  gboolean is_whole = TRUE;

  for (;;)
    {
      double room = setter->paper->table_bottom - setter->y;
      double height = is_whole ? row->height : _guitu_row_rest (row);

      if (height <= room + 0.01)
        {
          draw_row_part (setter, row, height, TRUE);
          break;
        }
      if (setter->y == setter->paper->table_top || (height > MOVE_WHOLE && room > _guitu_row_least (row)))
        {
          draw_row_part (setter, row, height_of_part (room), FALSE);
          is_whole = FALSE;
        }
      next_page (setter);
    }
}

/* The rows beside a photo stay together if a page can hold them. */
static void
begin_side (Setter *setter,
            GArray *rows,
            guint i)
{
  const GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);
  double height = 0;

  for (guint j = i; j < rows->len && j < i + row->side->rows; j++)
    height += g_array_index (rows, GuituRowLayout, j).height;
  if (setter->y + height > setter->paper->table_bottom && height <= setter->paper->table_bottom - setter->paper->table_top)
    next_page (setter);
  setter->side = row->side;
  setter->side_x = row->right;
  setter->side_top = setter->y;
  setter->side_rows = row->side->rows;
  setter->side_shown = FALSE;
}

/* A heading does not stand alone at the end of a page. */
static void
keep_with_next (Setter *setter,
                GArray *rows,
                guint i)
{
  const GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);
  double needed;

  if (row->cells[0].cell->kind != GUITU_CELL_HEADING || i + 1 == rows->len)
    return;
  needed = row->height + MIN (g_array_index (rows, GuituRowLayout, i + 1).height, MOVE_WHOLE);
  if (setter->y > setter->paper->table_top && setter->y + needed > setter->paper->table_bottom)
    next_page (setter);
}

GPtrArray *
_guitu_paper_set_table (const GuituPaper *paper)
{
  g_autoptr (GArray) rows = _guitu_form_lay_out (paper->fonts, paper->form, paper->values,
                                                 paper->table_bottom - paper->table_top);
  Setter setter = { .paper = paper, .pages = g_ptr_array_new () };

  begin_page (&setter);
  for (guint i = 0; i < rows->len; i++)
    {
      GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);

      if (row->side != NULL)
        begin_side (&setter, rows, i);
      keep_with_next (&setter, rows, i);
      set_row (&setter, row);
      if (setter.side != NULL && --setter.side_rows == 0)
        {
          draw_side (&setter);
          setter.side = NULL;
        }
      if (i + 1 < rows->len)
        add_rule (&setter, GUITU_TABLE_LEFT, setter.y,
                  setter.side != NULL ? setter.side_x : GUITU_TABLE_RIGHT, setter.y);
    }
  end_page (&setter);
  return setter.pages;
}
