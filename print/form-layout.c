/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-layout-private.h"

#include <string.h>

#define TICK_WIDTH (GUITU_TYPE_SIZE * 1.15)
#define OPTION_GAP (GUITU_TYPE_SIZE * 1.2)

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
    add_item (layout, _guitu_text_new (fonts, text, GUITU_TYPE_SIZE, width), GUITU_TICK_NONE, 0, 0);
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
      double needed = TICK_WIDTH + _guitu_text_measure (fonts, option, GUITU_TYPE_SIZE);
      GuituText *text;

      if (x > 0 && x + needed > width)
        {
          x = 0;
          line = layout->n_lines;
        }
      text = _guitu_text_new (fonts, option, GUITU_TYPE_SIZE, width - x - TICK_WIDTH);
      add_item (layout, text, marked ? GUITU_TICK_MARKED : GUITU_TICK_EMPTY, x + TICK_WIDTH, line);
      x += needed + OPTION_GAP;
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
  g_autoptr (GPtrArray) options = split_terms (layout->cell->text, "|");
  g_autoptr (GPtrArray) chosen = split_terms (value, "、");

  for (guint i = 0; i < chosen->len; i++)
    {
      const char *term = g_ptr_array_index (chosen, i);

      if (!g_ptr_array_find_with_equal_func (options, term, g_str_equal, NULL))
        g_ptr_array_add (options, g_strdup (term));
    }
  add_options (layout, fonts, options, chosen, width);
}

static GuituText *
lay_out_foot (GuituFonts *fonts,
              const char *foot,
              double width)
{
  return foot != NULL ? _guitu_text_new (fonts, foot, GUITU_TYPE_SIZE, width) : NULL;
}

static void
lay_out_content (GuituCellLayout *layout,
                 GuituFonts *fonts,
                 const GuituFormValues *values,
                 double width)
{
  const GuituCell *cell = layout->cell;
  const char *value = cell->key != NULL ? guitu_form_values_get (values, cell->key) : NULL;

  switch (cell->kind)
    {
    case GUITU_CELL_FIELD:
      add_text (layout, fonts, value != NULL ? value : cell->text, width);
      break;
    case GUITU_CELL_PARAGRAPH:
      add_text (layout, fonts, value, width);
      layout->foot = lay_out_foot (fonts, cell->text, width);
      break;
    case GUITU_CELL_CHECKS:
      lay_out_checks (layout, fonts, value, width);
      break;
    case GUITU_CELL_SIGNATURE:
    case GUITU_CELL_STAMP:
      add_text (layout, fonts, cell->label, width);
      layout->foot = lay_out_foot (fonts, cell->text, width);
      break;
    case GUITU_CELL_HEADING:
      add_text (layout, fonts, cell->label, width);
      break;
    case GUITU_CELL_NOTE:
      add_text (layout, fonts, cell->text, width);
      break;
    case GUITU_CELL_PHOTO:
    case GUITU_CELL_CODE:
    case GUITU_CELL_TABLE:
    case GUITU_CELL_THUMB:
    case GUITU_CELL_NONE:
    default:
      break;
    }
}

static void
lay_out_cell (GuituCellLayout *layout,
              GuituFonts *fonts,
              const GuituFormValues *values)
{
  const GuituCell *cell = layout->cell;
  const char *label = cell->label;

  layout->items = g_array_new (FALSE, FALSE, sizeof (GuituItem));
  g_array_set_clear_func (layout->items, clear_item);
  layout->width = cell->columns * GUITU_TABLE_WIDTH / GUITU_FORM_COLUMNS;
  layout->label_width = cell->label_columns * GUITU_TABLE_WIDTH / GUITU_FORM_COLUMNS;
  if (label == NULL && cell->key != NULL)
    label = _guitu_form_values_label (values, cell->key);
  /* a label may come close to its lines, a value should not */
  if (layout->label_width > 0)
    layout->label = _guitu_text_new (fonts, label != NULL ? label : cell->key, GUITU_TYPE_SIZE,
                                     layout->label_width - GUITU_CELL_PADDING);
  lay_out_content (layout, fonts, values, layout->width - layout->label_width - 2 * GUITU_CELL_PADDING);
}

double
_guitu_cell_foot_height (const GuituCellLayout *cell)
{
  return cell->foot != NULL ? _guitu_text_height (GUITU_TYPE_SIZE, cell->foot->lines->len) : 0;
}

static double
label_height (const GuituCellLayout *cell)
{
  return cell->label != NULL ? _guitu_text_height (GUITU_TYPE_SIZE, cell->label->lines->len) : 0;
}

double
_guitu_row_rest (const GuituRowLayout *row)
{
  double rest = 0;

  for (guint i = 0; i < row->n_cells; i++)
    {
      const GuituCellLayout *cell = &row->cells[i];
      double lines = _guitu_text_height (GUITU_TYPE_SIZE, cell->n_lines - cell->n_drawn);

      rest = MAX (rest, MAX (lines + _guitu_cell_foot_height (cell), label_height (cell)));
    }
  return rest + 2 * GUITU_CELL_HEADROOM;
}

double
_guitu_row_least (const GuituRowLayout *row)
{
  double least = 2 * GUITU_LINE_HEIGHT;

  for (guint i = 0; i < row->n_cells; i++)
    least = MAX (least, label_height (&row->cells[i]));
  return least + 2 * GUITU_CELL_HEADROOM;
}

static void
lay_out_row (GuituRowLayout *layout,
             GuituFonts *fonts,
             const GuituFormValues *values)
{
  double x = GUITU_TABLE_LEFT;

  for (const GuituCell *cell = layout->row->cells; cell->kind != GUITU_CELL_NONE; cell++)
    {
      GuituCellLayout *cell_layout = &layout->cells[layout->n_cells];

      if (cell->kind == GUITU_CELL_PHOTO)
        {
          layout->side = cell;
          break;
        }
      cell_layout->cell = cell;
      cell_layout->x = x;
      lay_out_cell (cell_layout, fonts, values);
      x += cell_layout->width;
      layout->n_cells++;
    }
  layout->right = x;
  layout->height = MAX (layout->row->height * GUITU_MM, _guitu_row_rest (layout));
}

/* A form that leaves room on its one page takes it, where the declaration says. */
static void
stretch_rows (GArray *rows,
              double height)
{
  double spare = height;
  double weights = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      spare -= g_array_index (rows, GuituRowLayout, i).height;
      weights += g_array_index (rows, GuituRowLayout, i).row->stretch;
    }
  for (guint i = 0; spare > 0 && weights > 0 && i < rows->len; i++)
    {
      GuituRowLayout *row = &g_array_index (rows, GuituRowLayout, i);

      row->height += spare * row->row->stretch / weights;
    }
}

GArray *
_guitu_form_lay_out (GuituFonts *fonts,
                     const GuituForm *form,
                     const GuituFormValues *values,
                     double height)
{
  GArray *rows = g_array_sized_new (FALSE, TRUE, sizeof (GuituRowLayout), form->n_rows);

  g_array_set_clear_func (rows, clear_row);
  for (guint i = 0; i < form->n_rows; i++)
    {
      GuituRowLayout layout = { .row = &form->rows[i] };

      lay_out_row (&layout, fonts, values);
      g_array_append_val (rows, layout);
    }
  stretch_rows (rows, height);
  return rows;
}
