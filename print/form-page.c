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
#define COLUMN_GREY 0.96

typedef struct
{
  const GuituPaper *paper;
  GArray *rows;     /* of GuituRowLayout */
  GPtrArray *pages; /* of GString */
  GuituCanvas canvas;
  GString *rules; /* thin lines of this page, stroked in one go */
  double y;
  double top; /* of what is new on this page: below a repeated head */

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
  _guitu_append_number (setter->rules, setter->paper->height - y1);
  g_string_append (setter->rules, "m ");
  _guitu_append_number (setter->rules, x2);
  _guitu_append_number (setter->rules, setter->paper->height - y2);
  g_string_append (setter->rules, "l\n");
}

static void
begin_page (Setter *setter)
{
  setter->canvas = (GuituCanvas){ setter->paper->fonts, setter->paper->pdf, setter->paper->height, g_string_new ("") };
  setter->rules = g_string_new ("");
  setter->y = setter->paper->table_top;
  setter->top = setter->y;
  setter->side_top = setter->paper->table_top;
}

static void
note_place (const Setter *setter,
            GuituPlaceKind kind,
            const char *key,
            double x,
            double y,
            double width,
            double height)
{
  GuituFormPlace place = { setter->pages->len, kind, x, y, width, height, key };

  if (setter->paper->places != NULL)
    g_array_append_val (setter->paper->places, place);
}

static void
show_portrait (Setter *setter,
               const GuituBox *box)
{
  const GuituPicture *portrait = &setter->paper->portrait;
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
  _guitu_append_number (setter->canvas.content, setter->paper->height - fitted.y - fitted.height);
  g_string_append_printf (setter->canvas.content, "cm /%s Do Q\n", setter->paper->portrait_name);
}

/* A QR code, as large as fits. */
static void
show_code (Setter *setter,
           const char *name,
           int size,
           const GuituBox *box)
{
  double edge = MIN (box->width, box->height);
  GuituBox square = { box->x + (box->width - edge) / 2, box->y + (box->height - edge) / 2, edge, edge };

  if (size > 0 && _guitu_form_values_is_void (setter->paper->values))
    _guitu_canvas_clear_box (&setter->canvas, &square);
  if (size > 0)
    _guitu_canvas_show (&setter->canvas, name, &square, size);
}

static void
show_side_label (Setter *setter,
                 GuituBox box)
{
  double size = setter->paper->sheet->type_size;
  g_autoptr (GuituText) label = _guitu_text_new (setter->paper->fonts, setter->side->label, size, box.width);

  box.y += (box.height - _guitu_text_height (size, label->lines->len)) / 2;
  _guitu_canvas_set_ink (&setter->canvas, GUITU_GREY);
  _guitu_canvas_draw_text (&setter->canvas, label, 0, label->lines->len, &box, GUITU_ALIGN_CENTER, 0);
  _guitu_canvas_set_ink (&setter->canvas, GUITU_INK);
}

/* The box of the photo or code down to here, on this page. */
static void
draw_side (Setter *setter)
{
  GuituBox box = { setter->side_x, setter->side_top, setter->paper->right - setter->side_x,
                   setter->y - setter->side_top };
  gboolean is_last = setter->side_rows == 0;
  gboolean is_link = setter->side->kind == GUITU_CELL_LINK;
  gboolean is_code = setter->side->kind == GUITU_CELL_CODE;

  add_rule (setter, box.x, box.y, box.x, box.y + box.height);
  if (setter->side_shown || (!is_last && box.height < 30 * GUITU_MM) || box.height < GUITU_MM)
    return;
  setter->side_shown = TRUE;
  note_place (setter, is_link ? GUITU_PLACE_LINK : is_code ? GUITU_PLACE_CODE
                                                           : GUITU_PLACE_PHOTO,
              NULL, box.x, box.y, box.width, box.height);
  if (is_link)
    show_code (setter, setter->paper->link_name, setter->paper->link_size, &box);
  else if (is_code)
    show_code (setter, setter->paper->code_name, setter->paper->code_size, &box);
  else if (setter->paper->portrait.jpeg != NULL)
    show_portrait (setter, &(GuituBox){ box.x + 2, box.y + 2, box.width - 4, box.height - 4 });
  else
    show_side_label (setter, box);
}

static void
end_page (Setter *setter)
{
  double left = setter->paper->left;
  double right = setter->paper->right;
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

static GuituAlign
align_of (const GuituCell *cell)
{
  return cell->kind == GUITU_CELL_COLUMN || cell->kind == GUITU_CELL_LARGE || cell->kind == GUITU_CELL_THUMB ? GUITU_ALIGN_CENTER
                                                                                                             : GUITU_ALIGN_START;
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
                         box->y + _guitu_text_height (cell->size, item->line + from - first),
                         box->width - item->x, 0 };

      if (item->tick != GUITU_TICK_NONE && item->line >= first && item->line < end)
        _guitu_canvas_draw_tick_box (&setter->canvas, place.x - cell->size * 1.15, place.y, cell->size,
                                     item->tick == GUITU_TICK_MARKED);
      if (from < to)
        _guitu_canvas_draw_text (&setter->canvas, item->text, from, to, &place, align_of (&cell->cell),
                                 cell->cell.kind == GUITU_CELL_HEADING || cell->cell.kind == GUITU_CELL_LARGE ? BOLD : 0);
    }
}

static void
draw_label (Setter *setter,
            const GuituCellLayout *cell,
            double height)
{
  GuituBox box = { cell->x, setter->y, cell->label_width, height };

  note_place (setter, GUITU_PLACE_LABEL, cell->cell.key, box.x, box.y, box.width, box.height);
  box.y += (height - _guitu_text_height (cell->label->size, cell->label->lines->len)) / 2;
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

/* Shades what is no plain cell: headings, and what a draft still lacks. */
static void
shade_cell (Setter *setter,
            const GuituCellLayout *cell,
            double height)
{
  GuituBox band = { cell->x + cell->label_width, setter->y, cell->width - cell->label_width, height };

  if (cell->is_missing)
    _guitu_canvas_set_amber (&setter->canvas);
  else if (cell->cell.kind == GUITU_CELL_HEADING)
    _guitu_canvas_set_ink (&setter->canvas, HEADING_GREY);
  else if (cell->cell.kind == GUITU_CELL_COLUMN)
    _guitu_canvas_set_ink (&setter->canvas, COLUMN_GREY);
  else
    return;
  _guitu_canvas_fill_box (&setter->canvas, &band);
  _guitu_canvas_set_ink (&setter->canvas, GUITU_INK);
}

/* Values stand in the middle of a row that is higher than they need; what is signed or goes on does not. */
static gboolean
is_centred (const GuituCellLayout *cell)
{
  switch ((int) cell->cell.kind)
    {
    case GUITU_CELL_PARAGRAPH:
    case GUITU_CELL_SIGNATURE:
    case GUITU_CELL_STAMP:
    case GUITU_CELL_THUMB:
      return FALSE;
    default:
      return cell->foot == NULL;
    }
}

static void
note_cell (Setter *setter,
           const GuituCellLayout *cell,
           double height)
{
  GuituCellKind kind = cell->cell.kind;
  GuituPlaceKind place = GUITU_PLACE_TEXT;
  double above = GUITU_CELL_HEADROOM + _guitu_text_height (cell->size, cell->n_lines);
  double clear = height - above - GUITU_CELL_HEADROOM - _guitu_cell_foot_height (cell);

  if (kind == GUITU_CELL_SIGNATURE || kind == GUITU_CELL_STAMP || kind == GUITU_CELL_THUMB)
    place = kind == GUITU_CELL_SIGNATURE ? GUITU_PLACE_SIGNATURE : kind == GUITU_CELL_STAMP ? GUITU_PLACE_STAMP
                                                                                            : GUITU_PLACE_THUMB;
  note_place (setter, place, cell->cell.key, cell->x + cell->label_width, setter->y, cell->width - cell->label_width, height);
  if (place == GUITU_PLACE_STAMP || place == GUITU_PLACE_THUMB)
    note_place (setter, GUITU_PLACE_CLEAR, NULL, cell->x, setter->y + above, cell->width, clear);
}

static void
draw_cell_part (Setter *setter,
                GuituCellLayout *cell,
                double height,
                gboolean is_rest)
{
  guint room = (guint) floor ((height - 2 * GUITU_CELL_HEADROOM) / _guitu_text_height (cell->size, 1) + 0.01);
  guint end = is_rest ? cell->n_lines : MIN (cell->n_lines, cell->n_drawn + room);
  gboolean is_whole = is_rest && cell->n_drawn == 0;
  GuituBox box = { cell->x + cell->label_width + GUITU_CELL_PADDING, setter->y + GUITU_CELL_HEADROOM,
                   cell->width - cell->label_width - 2 * GUITU_CELL_PADDING, 0 };

  note_cell (setter, cell, height);
  shade_cell (setter, cell, height);
  if (is_whole && is_centred (cell))
    box.y = setter->y + (height - _guitu_text_height (cell->size, cell->n_lines)) / 2;
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
height_of_part (const Setter *setter,
                double room)
{
  double line = _guitu_text_height (setter->paper->sheet->type_size, 1);

  return floor ((room - 2 * GUITU_CELL_HEADROOM) / line + 0.01) * line + 2 * GUITU_CELL_HEADROOM;
}

/* Draws the head of the table that @row belongs to once more. */
static void
repeat_head (Setter *setter,
             const GuituRowLayout *row)
{
  GuituRowLayout *head = row->head < 0 ? NULL : &g_array_index (setter->rows, GuituRowLayout, row->head);

  if (head == NULL)
    return;
  for (guint i = 0; i < head->n_cells; i++)
    head->cells[i].n_drawn = 0;
  draw_row_part (setter, head, head->height, TRUE);
  add_rule (setter, setter->paper->left, setter->y, setter->paper->right, setter->y);
  setter->top = setter->y;
}

/* Goes on with @row on a new page. */
static void
next_page (Setter *setter,
           const GuituRowLayout *row)
{
  end_page (setter);
  begin_page (setter);
  repeat_head (setter, row);
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
      if (setter->y == setter->top || (height > MOVE_WHOLE && room > _guitu_row_least (row)))
        {
          draw_row_part (setter, row, height_of_part (setter, room), FALSE);
          is_whole = FALSE;
        }
      next_page (setter, row);
    }
}

/* The rows beside a photo stay together if a page can hold them. */
static void
begin_side (Setter *setter,
            guint i)
{
  const GArray *rows = setter->rows;
  const GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);
  double height = 0;

  for (guint j = i; j < rows->len && j < i + row->side->rows; j++)
    height += g_array_index (rows, GuituRowLayout, j).height;
  if (setter->y + height > setter->paper->table_bottom && height <= setter->paper->table_bottom - setter->paper->table_top)
    next_page (setter, row);
  setter->side = row->side;
  setter->side_x = row->right;
  setter->side_top = setter->y;
  setter->side_rows = row->side->rows;
  setter->side_shown = FALSE;
}

/* Whether the row at @i wants the next one on its page: a heading and the head of a table lead to what
 * they stand above, and the last row, mostly of signatures, does not go to a page by itself. */
static gboolean
leads_on (const GArray *rows,
          guint i)
{
  GuituCellKind kind = g_array_index (rows, GuituRowLayout, i).cells[0].cell.kind;

  return i + 1 < rows->len && (kind == GUITU_CELL_HEADING || kind == GUITU_CELL_COLUMN || i + 2 == rows->len);
}

static void
keep_with_next (Setter *setter,
                guint i)
{
  const GArray *rows = setter->rows;
  double needed = g_array_index (rows, GuituRowLayout, i).height;

  if (!leads_on (rows, i))
    return;
  for (guint j = i; leads_on (rows, j); j++)
    needed += MIN (g_array_index (rows, GuituRowLayout, j + 1).height, MOVE_WHOLE);
  if (setter->y > setter->top && setter->y + needed > setter->paper->table_bottom + 0.01)
    next_page (setter, &g_array_index (rows, GuituRowLayout, i));
}

GPtrArray *
_guitu_paper_set_table (const GuituPaper *paper)
{
  g_autoptr (GArray) rows = _guitu_form_lay_out (paper);
  Setter setter = { .paper = paper, .rows = rows, .pages = g_ptr_array_new () };

  begin_page (&setter);
  for (guint i = 0; i < rows->len; i++)
    {
      GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);

      if (row->side != NULL)
        begin_side (&setter, i);
      keep_with_next (&setter, i);
      set_row (&setter, row);
      if (setter.side != NULL && --setter.side_rows == 0)
        {
          draw_side (&setter);
          setter.side = NULL;
        }
      if (i + 1 < rows->len)
        add_rule (&setter, paper->left, setter.y, setter.side != NULL ? setter.side_x : paper->right, setter.y);
    }
  end_page (&setter);
  return setter.pages;
}
