/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-layout-private.h"

#include <stdlib.h>
#include <string.h>

#define TICK_WIDTH (1.15) /* in type sizes */
#define OPTION_GAP (1.2)
#define LARGE 1.9 /* type sizes of a large text */
#define TIGHTEST 2
#define MISSING "（待填）"
#define BY_HAND "（空处手写填写）"
#define READABLE 7.0 /* points: type on a label is not smaller without need … */
#define PLEASANT 9.0 /* 小五: what type a field may have instead of a second line */
#define SMALLEST 6.0 /* … and never smaller than this, which can still be read */

static void
clear_item (gpointer data)
{
  _guitu_text_free (((GuituItem *) data)->text);
}

static void
clear_row (gpointer data)
{
  GuituRowLayout *row = data;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_clear_pointer (&row->cells[i].label, _guitu_text_free);
      g_clear_pointer (&row->cells[i].foot, _guitu_text_free);
      g_clear_pointer (&row->cells[i].items, g_array_unref);
    }
}

static void
add_item (GuituCellLayout *layout,
          GuituText *text,
          GuituTick tick,
          double x,
          guint line)
{
  GuituItem item = { text, tick, x, line };

  g_array_append_val (layout->items, item);
  layout->n_lines = MAX (layout->n_lines, line + MAX (1, text->lines->len));
}

static void
add_text (GuituCellLayout *layout,
          GuituFonts *fonts,
          const char *text,
          double width)
{
  if (text != NULL)
    add_item (layout, _guitu_text_new (fonts, text, layout->size, width), GUITU_TICK_NONE, 0, 0);
}

/* Sets the options one after the other, on as many lines as they need. */
static void
add_options (GuituCellLayout *layout,
             GuituFonts *fonts,
             GPtrArray *options,
             GPtrArray *chosen,
             double width)
{
  double x = 0;
  guint line = 0;

  for (guint i = 0; i < options->len; i++)
    {
      const char *option = g_ptr_array_index (options, i);
      gboolean marked = g_ptr_array_find_with_equal_func (chosen, option, g_str_equal, NULL);
      double tick = TICK_WIDTH * layout->size;
      double needed = tick + _guitu_text_measure (fonts, option, layout->size);
      GuituText *text;

      if (x > 0 && x + needed > width)
        {
          x = 0;
          line = layout->n_lines;
        }
      text = _guitu_text_new (fonts, option, layout->size, width - x - tick);
      add_item (layout, text, marked ? GUITU_TICK_MARKED : GUITU_TICK_EMPTY, x + tick, line);
      x += needed + OPTION_GAP * layout->size;
    }
}

static GPtrArray *
split_terms (const char *terms,
             const char *separators)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (terms != NULL ? terms : "", separators, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0')
        g_ptr_array_add (list, g_strdup (parts[i]));
    }
  return list;
}

/* The form's options, then whatever else was chosen: nothing chosen gets lost. */
static void
lay_out_checks (GuituCellLayout *layout,
                GuituFonts *fonts,
                const char *value,
                double width)
{
  g_autoptr (GPtrArray) options = split_terms (layout->cell.text, "|");
  g_autoptr (GPtrArray) chosen = split_terms (value, "、");

  for (guint i = 0; i < chosen->len; i++)
    {
      const char *term = g_ptr_array_index (chosen, i);

      if (!g_ptr_array_find_with_equal_func (options, term, g_str_equal, NULL))
        g_ptr_array_add (options, g_strdup (term));
    }
  add_options (layout, fonts, options, chosen, width);
}

static void
lay_out_content (GuituCellLayout *layout,
                 GuituFonts *fonts,
                 const char *value,
                 double width)
{
  const GuituCell *cell = &layout->cell;

  switch (cell->kind)
    {
    case GUITU_CELL_FIELD:
      add_text (layout, fonts, value != NULL ? value : cell->text, width);
      break;
    case GUITU_CELL_PARAGRAPH:
    case GUITU_CELL_LARGE:
    case GUITU_CELL_ENTRY:
      add_text (layout, fonts, value, width);
      break;
    case GUITU_CELL_CHECKS:
      lay_out_checks (layout, fonts, value, width);
      break;
    case GUITU_CELL_SIGNATURE:
    case GUITU_CELL_STAMP:
    case GUITU_CELL_THUMB:
    case GUITU_CELL_HEADING:
    case GUITU_CELL_COLUMN:
      add_text (layout, fonts, cell->label, width);
      break;
    case GUITU_CELL_NOTE:
      add_text (layout, fonts, cell->text, width);
      break;
    case GUITU_CELL_PHOTO:
    case GUITU_CELL_CODE:
    case GUITU_CELL_LINK:
    case GUITU_CELL_TABLE:
    case GUITU_CELL_NONE:
    default:
      break;
    }
  if (cell->text != NULL && (cell->kind == GUITU_CELL_PARAGRAPH || cell->kind == GUITU_CELL_SIGNATURE || cell->kind == GUITU_CELL_STAMP))
    layout->foot = _guitu_text_new (fonts, cell->text, layout->size, width);
}

static gboolean
is_missing (const GuituPaper *paper,
            const GuituCell *cell,
            const char *value)
{
  return paper->mode == GUITU_FORM_DRAFT && value == NULL && cell->key != NULL && paper->form->needed != NULL &&
         g_strv_contains (paper->form->needed, cell->key);
}

/* Whether no typeface has some character of @text; says so in the warnings. */
static gboolean
lacks_characters (const GuituPaper *paper,
                  const GuituText *text,
                  const char *label)
{
  g_autofree char *field = NULL;

  for (guint i = 0; i < text->glyphs->len; i++)
    {
      const GuituGlyph *glyph = &g_array_index (text->glyphs, GuituGlyph, i);

      if (glyph->face != GUITU_NO_FACE)
        continue;
      if (field == NULL)
        field = _guitu_form_plain_label (label != NULL ? label : "");
      _guitu_print_warnings_note_missing (_guitu_pdf_warnings (paper->pdf), glyph->character, field);
    }
  return field != NULL;
}

static void
lay_out_label (GuituCellLayout *layout,
               const GuituPaper *paper,
               const char *label)
{
  /* a label may come close to its lines, a value should not */
  if (layout->label_width > 0)
    layout->label = _guitu_text_new (paper->fonts, label != NULL ? label : layout->cell.key, paper->sheet->type_size,
                                     layout->label_width - GUITU_CELL_PADDING);
}

static void
lay_out_again (GuituCellLayout *layout,
               const GuituPaper *paper,
               const char *value,
               double width)
{
  g_array_set_size (layout->items, 0);
  layout->n_lines = 0;
  g_clear_pointer (&layout->foot, _guitu_text_free);
  lay_out_content (layout, paper->fonts, value, width);
}

/* A number or a name that is a little too wide for its cell is set smaller rather than torn, and no
 * character is left alone on a second line; what could not be printed, somebody has to write. */
static void
mend_content (GuituCellLayout *layout,
              const GuituPaper *paper,
              const char *value,
              const char *label,
              double width)
{
  const GuituText *text = g_array_index (layout->items, GuituItem, 0).text;
  gboolean lacks = lacks_characters (paper, text, label);
  gboolean may_shrink = paper->least_size <= 0 && (layout->cell.kind == GUITU_CELL_FIELD || layout->cell.kind == GUITU_CELL_ENTRY);
  g_autofree char *longer = g_strconcat (value, lacks ? BY_HAND : NULL, NULL);
  const GuituBox room = { 0, 0, width, G_MAXDOUBLE };
  double size = layout->size;

  if (may_shrink && paper->tightness >= 2 && text->lines->len > 1)
    size = _guitu_lowest_size (paper, longer, layout->size, READABLE, width);
  else if (may_shrink && _guitu_text_breaks_words (text))
    size = _guitu_fitting_size (paper, longer, layout->size, READABLE, &room);
  else if (may_shrink && text->lines->len == 2)
    size = _guitu_one_line_size (paper, longer, layout->size, PLEASANT, width);
  if (size <= READABLE && !_guitu_fits (paper, longer, size, &room, FALSE)) /* torn all the same */
    size = layout->size;
  if (!lacks && size == layout->size)
    return;
  layout->size = size;
  lay_out_again (layout, paper, longer, width);
}

/* @value: what stands in the cell, or NULL; @height: of its row, unless it needs more */
static void
lay_out_cell (GuituCellLayout *layout,
              const GuituPaper *paper,
              const char *value,
              double height)
{
  const GuituCell *cell = &layout->cell;
  const char *label = cell->label;
  double column = (paper->right - paper->left) / GUITU_FORM_COLUMNS;
  GuituBox room = { 0, 0, 0, height - 2 * GUITU_CELL_HEADROOM };
  g_autofree char *cut = NULL;

  if (label == NULL && cell->key != NULL)
    label = guitu_form_values_get_label (paper->values, cell->key);
  layout->items = g_array_new (FALSE, FALSE, sizeof (GuituItem));
  g_array_set_clear_func (layout->items, clear_item);
  layout->size = paper->sheet->type_size * (cell->kind == GUITU_CELL_LARGE ? LARGE : 1);
  layout->width = cell->columns * column;
  layout->label_width = cell->label_columns * column;
  layout->is_missing = is_missing (paper, cell, value);
  room.width = layout->width - layout->label_width - 2 * GUITU_CELL_PADDING;
  if (value != NULL && cell->kind == GUITU_CELL_LARGE)
    layout->size = _guitu_one_line_size (paper, value, layout->size, paper->sheet->type_size, room.width);
  if (paper->least_size > 0 && value != NULL)
    layout->size = _guitu_fitting_size (paper, value, layout->size, paper->least_size, &room);
  if (paper->is_cut && value != NULL && !_guitu_fits (paper, value, layout->size, &room, TRUE))
    {
      g_autofree char *field = _guitu_form_plain_label (label != NULL ? label : "");

      cut = _guitu_cut_text (paper, value, layout->size, &room);
      value = cut;
      _guitu_print_warnings_note_cut (_guitu_pdf_warnings (paper->pdf), field);
    }
  lay_out_label (layout, paper, label);
  lay_out_content (layout, paper->fonts, layout->is_missing && cell->kind != GUITU_CELL_CHECKS ? MISSING : value, room.width);
  if (value != NULL && cell->kind != GUITU_CELL_CHECKS && layout->items->len > 0)
    mend_content (layout, paper, value, label, room.width);
}

static double
text_height (const GuituText *text)
{
  return text != NULL ? _guitu_text_height (text->size, text->lines->len) : 0;
}

double
_guitu_cell_foot_height (const GuituCellLayout *cell)
{
  return text_height (cell->foot);
}

double
_guitu_row_rest (const GuituRowLayout *row)
{
  double rest = 0;

  for (guint i = 0; i < row->n_cells; i++)
    {
      const GuituCellLayout *cell = &row->cells[i];
      double lines = _guitu_text_height (cell->size, cell->n_lines - cell->n_drawn);

      rest = MAX (rest, MAX (lines + _guitu_cell_foot_height (cell), text_height (cell->label)));
    }
  return rest + 2 * GUITU_CELL_HEADROOM;
}

double
_guitu_row_least (const GuituRowLayout *row)
{
  double least = 0;

  for (guint i = 0; i < row->n_cells; i++)
    least = MAX (least, MAX (_guitu_text_height (row->cells[i].size, 2), text_height (row->cells[i].label)));
  return least + 2 * GUITU_CELL_HEADROOM;
}

static void
add_cell (GuituRowLayout *row,
          const GuituPaper *paper,
          const GuituCell *cell,
          const char *value)
{
  GuituCellLayout *layout = &row->cells[row->n_cells++];

  layout->cell = *cell;
  layout->x = row->right;
  lay_out_cell (layout, paper, value, row->height);
  row->right += layout->width;
}

/* Whether nobody writes anything into @row by hand: every cell of it says what is to be said. */
static gboolean
is_filled_in (const GuituPaper *paper,
              const GuituRowLayout *row)
{
  gboolean is_empty = TRUE; /* as the last rows of a table are */

  for (guint i = 0; i < row->n_cells; i++)
    {
      const GuituCell *cell = &row->cells[i].cell;
      gboolean has_text = cell->kind == GUITU_CELL_FIELD || cell->kind == GUITU_CELL_PARAGRAPH || cell->kind == GUITU_CELL_ENTRY;

      if (!has_text || cell->key == NULL || row->cells[i].foot != NULL || guitu_form_values_get (paper->values, cell->key) == NULL)
        return FALSE;
      is_empty = is_empty && row->cells[i].n_lines == 0;
    }
  return !is_empty;
}

static void
add_row (GArray *rows,
         const GuituPaper *paper,
         const GuituRow *row,
         GuituRowLayout *layout)
{
  double usual = paper->tightness >= 1 && is_filled_in (paper, layout) ? 0 : row->height * GUITU_MM;

  layout->height = MAX (usual, _guitu_row_rest (layout));
  g_array_append_vals (rows, layout, 1);
}

static void
lay_out_row (GArray *rows,
             const GuituPaper *paper,
             const GuituRow *row)
{
  GuituRowLayout layout = { .right = paper->left, .height = row->height * GUITU_MM, .stretch = row->stretch, .head = -1 };

  for (const GuituCell *cell = row->cells; cell->kind != GUITU_CELL_NONE; cell++)
    {
      if (cell->kind == GUITU_CELL_PHOTO || cell->kind == GUITU_CELL_CODE || cell->kind == GUITU_CELL_LINK)
        {
          layout.side = cell;
          break;
        }
      add_cell (&layout, paper, cell, cell->key != NULL ? guitu_form_values_get (paper->values, cell->key) : NULL);
    }
  add_row (rows, paper, row, &layout);
}

/* --- Tables ---------------------------------------------------------------------------------- */

/* The heads and their widths: "物品名称:8|数量:4". Returns how many columns there are. */
static guint
read_heads (const char *heads,
            char *titles[GUITU_ROW_MAX_CELLS],
            guint8 widths[GUITU_ROW_MAX_CELLS])
{
  g_auto (GStrv) parts = g_strsplit (heads, "|", -1);
  guint n = MIN (g_strv_length (parts), GUITU_ROW_MAX_CELLS);

  for (guint i = 0; i < n; i++)
    {
      char *colon = strrchr (parts[i], ':');

      g_assert (colon != NULL);
      widths[i] = (guint8) atoi (colon + 1);
      titles[i] = g_strndup (parts[i], (gsize) (colon - parts[i]));
    }
  return n;
}

/* One row of the table from the cells of @line, or an empty one. */
static void
lay_out_line (GArray *rows,
              const GuituPaper *paper,
              const GuituRow *row,
              const char *line,
              const guint8 *widths,
              guint n_columns,
              GuituRowLayout *layout)
{
  g_auto (GStrv) texts = g_strsplit (line != NULL ? line : "", "\t", (int) n_columns);
  guint n_texts = g_strv_length (texts);

  for (guint i = 0; i < n_columns; i++)
    {
      const GuituCell cell = { GUITU_CELL_ENTRY, widths[i], 0, 0, NULL, row->cells[0].key, NULL };

      add_cell (layout, paper, &cell, i < n_texts ? texts[i] : NULL);
    }
  add_row (rows, paper, row, layout);
}

static void
lay_out_table (GArray *rows,
               const GuituPaper *paper,
               const GuituRow *row)
{
  const GuituCell *table = &row->cells[0];
  const char *value = guitu_form_values_get (paper->values, table->key);
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);
  guint n_lines = g_strv_length (lines);
  guint n_rows = MAX (n_lines, MAX (table->rows, 1));
  GuituRowLayout heads = { .right = paper->left, .head = -1 };
  int head = (int) rows->len;
  char *titles[GUITU_ROW_MAX_CELLS];
  guint8 widths[GUITU_ROW_MAX_CELLS];
  guint n_columns = read_heads (table->text, titles, widths);

  for (guint i = 0; i < n_columns; i++)
    {
      const GuituCell cell = { GUITU_CELL_COLUMN, widths[i], 0, 0, titles[i], NULL, NULL };

      add_cell (&heads, paper, &cell, NULL);
      heads.cells[i].cell.label = NULL;
      g_free (titles[i]);
    }
  add_row (rows, paper, row, &heads);
  for (guint i = 0; i < n_rows; i++)
    {
      GuituRowLayout layout = { .right = paper->left, .stretch = row->stretch / n_rows, .head = head };

      lay_out_line (rows, paper, row, i < n_lines ? lines[i] : NULL, widths, n_columns, &layout);
    }
}

/* --- All of it ------------------------------------------------------------------------------- */

static double
height_of_rows (const GArray *rows)
{
  double height = 0;

  for (guint i = 0; i < rows->len; i++)
    height += g_array_index (rows, GuituRowLayout, i).height;
  return height;
}

/* A form that leaves room on its one page takes it, where the declaration says. */
static void
stretch_rows (GArray *rows,
              double height)
{
  double spare = height - height_of_rows (rows);
  double weights = 0;

  for (guint i = 0; i < rows->len; i++)
    weights += g_array_index (rows, GuituRowLayout, i).stretch;
  for (guint i = 0; spare > 0 && weights > 0 && i < rows->len; i++)
    {
      GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);

      row->height += spare * row->stretch / weights;
    }
}

void
_guitu_paper_measure_sheet (GuituPaper *paper)
{
  paper->sheet = paper->form->sheet != NULL ? paper->form->sheet : &_guitu_sheet_a4;
  paper->width = paper->sheet->width * GUITU_MM;
  paper->height = paper->sheet->height * GUITU_MM;
  paper->left = paper->sheet->left * GUITU_MM;
  paper->right = paper->width - paper->sheet->right * GUITU_MM;
}

static GArray *
lay_out_rows (const GuituPaper *paper)
{
  const GuituForm *form = paper->form;
  GArray *rows = g_array_sized_new (FALSE, TRUE, sizeof (GuituRowLayout), form->n_rows);

  g_array_set_clear_func (rows, clear_row);
  for (guint i = 0; i < form->n_rows; i++)
    {
      if (form->rows[i].cells[0].kind == GUITU_CELL_TABLE)
        lay_out_table (rows, paper, &form->rows[i]);
      else
        lay_out_row (rows, paper, &form->rows[i]);
    }
  return rows;
}

static gboolean
is_one_page (const GuituPaper *paper,
             const GArray *rows)
{
  return height_of_rows (rows) <= paper->table_bottom - paper->table_top + 0.01;
}

/* A label is one sheet, whatever it says: its type shrinks where it has to, and then the text ends. */
static GArray *
lay_out_label_sheet (const GuituPaper *paper)
{
  GuituPaper fitted = *paper;

  for (fitted.least_size = READABLE; fitted.least_size >= SMALLEST; fitted.least_size -= GUITU_SIZE_STEP)
    {
      g_autoptr (GArray) rows = lay_out_rows (&fitted);

      if (is_one_page (paper, rows))
        return g_steal_pointer (&rows);
    }
  fitted.least_size = SMALLEST;
  fitted.is_cut = TRUE;
  return lay_out_rows (&fitted);
}

/* What goes a little beyond its page, with a long name perhaps, is set closer, if it is one page then:
 * signatures do not go to a second one for that. */
static GArray *
lay_out_sheet (const GuituPaper *paper)
{
  g_autoptr (GArray) rows = lay_out_rows (paper);
  GuituPaper tight = *paper;

  for (tight.tightness = 1; tight.tightness <= TIGHTEST && !is_one_page (paper, rows); tight.tightness++)
    {
      g_autoptr (GArray) closer = lay_out_rows (&tight);

      if (is_one_page (paper, closer))
        return g_steal_pointer (&closer);
    }
  return g_steal_pointer (&rows);
}

GArray *
_guitu_form_lay_out (const GuituPaper *paper)
{
  GArray *rows = paper->sheet->is_bare ? lay_out_label_sheet (paper) : lay_out_sheet (paper);

  stretch_rows (rows, paper->table_bottom - paper->table_top);
  return rows;
}
