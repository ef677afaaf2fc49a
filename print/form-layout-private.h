/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/canvas-private.h"
#include "print/form-private.h"
#include "print/scan-private.h"

G_BEGIN_DECLS

/*
 * From a declared form and its values to cells with lines: how wide, how many lines, how high.
 * Everything in a cell stands on lines of one height, so that a row can be cut between any two.
 */

#define GUITU_MM (72 / 25.4)

#define GUITU_CELL_PADDING (1.6 * GUITU_MM)  /* left and right */
#define GUITU_CELL_HEADROOM (0.9 * GUITU_MM) /* above and below */

#define GUITU_TYPE_SIZE 10.5 /* 五号 */
#define GUITU_SMALL_SIZE 9.0 /* 小五 */

/* What the pages of one paper are made from. Lengths are in points. */
typedef struct
{
  GuituFonts *fonts;
  const GuituForm *form;
  const GuituFormValues *values;
  GuituFormMode mode;
  const GuituSheet *sheet;
  double width; /* of the page */
  double height;
  double left; /* of the table */
  double right;
  double table_top; /* between head and foot, on every page */
  double table_bottom;
  GuituPicture portrait;
  char portrait_name[16]; /* of the picture, in the PDF */
  char code_name[16];     /* of the drawing of the QR code */
  int code_size;          /* its units; 0: there is none */
  char link_name[16];     /* the same of the code for whoever sees the paper */
  int link_size;
  double least_size; /* of type that shrinks to fit its cell; 0: none does */
  gboolean is_cut;   /* what does not fit its cell even so is cut off */
  guint tightness;   /* from 1 rows that are filled in take no more room than they need, from 2 in smaller type */
  GuituPdf *pdf;
  GArray *places; /* of GuituFormPlace; NULL: not asked for */
} GuituPaper;

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
  GuituCell cell;
  double x; /* on the page */
  double width;
  double label_width; /* 0: no box of its own */
  double size;        /* of the type of its lines */
  GuituText *label;   /* NULL: none */
  GuituText *foot;    /* NULL: none */
  GArray *items;      /* of GuituItem */
  guint n_lines;
  guint n_drawn;       /* lines that are on a page already */
  gboolean is_missing; /* the paper is not complete without it */
} GuituCellLayout;

typedef struct
{
  GuituCellLayout cells[GUITU_ROW_MAX_CELLS];
  guint n_cells;
  const GuituCell *side; /* the photo that begins in this row, or NULL */
  double right;          /* of the cells, before a photo beside them */
  double height;
  double stretch;
  int head; /* the row that is repeated above this one on a new page; -1: none */
} GuituRowLayout;

/* Fills @paper's page and table edges from the sheet of its form. */
void _guitu_paper_measure_sheet (GuituPaper *paper);

/* Of a form that takes up one page's table, if it can. (transfer full): of GuituRowLayout */
GArray *_guitu_form_lay_out (const GuituPaper *paper);

/* Sizes of type that are tried one after the other, in points. */
#define GUITU_SIZE_STEP 0.5

/* Whether @text fits in @room; without a torn word, unless it @may_tear. */
gboolean _guitu_fits (const GuituPaper *paper, const char *text, double size, const GuituBox *room, gboolean may_tear);

/* The largest type up to @size and down to @least in which @text fits and no word is torn; @least if
 * there is none. */
double _guitu_fitting_size (const GuituPaper *paper, const char *text, double size, double least, const GuituBox *room);

/* The size of @least or more in which @text is lowest and no word is torn; @size if there is none. */
double _guitu_lowest_size (const GuituPaper *paper, const char *text, double size, double least, double width);

/* The beginning of @text that fits with a word that there is more. (transfer full) */
char *_guitu_cut_text (const GuituPaper *paper, const char *text, double size, const GuituBox *room);

/* A size of @least or more in which @text stands on one line; or @size. */
double _guitu_one_line_size (const GuituPaper *paper, const char *text, double size, double least, double width);

/* How high the lines of @row that are not drawn yet are, with feet and headroom. */
double _guitu_row_rest (const GuituRowLayout *row);

/* How little of @row may stand on a page: its labels and two lines. */
double _guitu_row_least (const GuituRowLayout *row);

double _guitu_cell_foot_height (const GuituCellLayout *cell);

G_END_DECLS
