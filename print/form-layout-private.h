/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/canvas-private.h"
#include "print/form-private.h"

G_BEGIN_DECLS

/*
 * From a declared form and its values to cells with lines: how wide, how many lines, how high.
 * Everything in a cell stands on lines of one height, so that a row can be cut between any two.
 */

#define GUITU_MM (72 / 25.4)

/* The binding margin is on the left. */
#define GUITU_TABLE_LEFT (25 * GUITU_MM)
#define GUITU_TABLE_RIGHT (195 * GUITU_MM)
#define GUITU_TABLE_WIDTH (GUITU_TABLE_RIGHT - GUITU_TABLE_LEFT)

#define GUITU_CELL_PADDING (1.6 * GUITU_MM)  /* left and right */
#define GUITU_CELL_HEADROOM (0.9 * GUITU_MM) /* above and below */

#define GUITU_TYPE_SIZE 10.5 /* 五号 */
#define GUITU_SMALL_SIZE 9.0 /* 小五 */
#define GUITU_LINE_HEIGHT (GUITU_TYPE_SIZE * GUITU_LINE_SPACING)

typedef enum
{
  GUITU_TICK_NONE,
  GUITU_TICK_EMPTY,
  GUITU_TICK_MARKED,
} GuituTick;

/* A text in a cell: where it begins, and whether a box to tick stands before it. */
typedef struct
{
  GuituText *text;
  GuituTick tick;
  double x;   /* of the text, in the cell's content */
  guint line; /* it begins on */
} GuituItem;

typedef struct
{
  const GuituCell *cell;
  double x; /* on the page */
  double width;
  double label_width; /* 0: no box of its own */
  GuituText *label;   /* NULL: none */
  GuituText *foot;    /* NULL: none */
  GArray *items;      /* of GuituItem */
  guint n_lines;
  guint n_drawn; /* lines that are on a page already */
} GuituCellLayout;

typedef struct
{
  const GuituRow *row;
  GuituCellLayout cells[GUITU_ROW_MAX_CELLS];
  guint n_cells;
  const GuituCell *side; /* the photo that begins in this row, or NULL */
  double right;          /* of the cells, before a photo beside them */
  double height;
} GuituRowLayout;

/* @height: of a page's table, which a form of one page takes up. (transfer full): of
 * GuituRowLayout */
GArray *_guitu_form_lay_out (GuituFonts *fonts,
                             const GuituForm *form,
                             const GuituFormValues *values,
                             double height);

/* How high the lines of @row that are not drawn yet are, with feet and headroom. */
double _guitu_row_rest (const GuituRowLayout *row);

/* How little of @row may stand on a page: its labels and two lines. */
double _guitu_row_least (const GuituRowLayout *row);

double _guitu_cell_foot_height (const GuituCellLayout *cell);

G_END_DECLS
