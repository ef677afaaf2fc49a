/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/pdf-private.h"
#include "print/text-private.h"

G_BEGIN_DECLS

/* What a page shows. Lengths are in points, from the top left corner of the page. */
typedef struct
{
  GuituFonts *fonts;
  GuituPdf *pdf;
  double height;    /* of the page */
  GString *content; /* PDF operators */
} GuituCanvas;

typedef struct
{
  double x, y;
  double width, height;
} GuituBox;

typedef enum
{
  GUITU_ALIGN_START,
  GUITU_ALIGN_CENTER,
  GUITU_ALIGN_END,
} GuituAlign;

/* Shades of grey, in PDF's manner: 0 is black. */
#define GUITU_INK 0.0
#define GUITU_GREY 0.35
#define GUITU_PALE 0.88

void _guitu_canvas_set_ink (GuituCanvas *canvas,
                            double grey);

/* The colour of what is still missing. */
void _guitu_canvas_set_amber (GuituCanvas *canvas);

/* Lines @first to before @end of @text, the first one's top at @box's; bold is a thin outline. */
void _guitu_canvas_draw_text (GuituCanvas *canvas,
                              const GuituText *text,
                              guint first,
                              guint end,
                              const GuituBox *box,
                              GuituAlign align,
                              double boldness);

/* What is drawn until _guitu_canvas_turn_back() is turned around (x, y), anticlockwise by the angle of
 * this cosine and sine. */
void _guitu_canvas_turn (GuituCanvas *canvas,
                         double x,
                         double y,
                         double cosine,
                         double sine);
void _guitu_canvas_turn_back (GuituCanvas *canvas);

void _guitu_canvas_fill_box (GuituCanvas *canvas,
                             const GuituBox *box);

/* Makes a box white again. */
void _guitu_canvas_clear_box (GuituCanvas *canvas,
                              const GuituBox *box);

/* An open line through @n_points points (x, y, x, y …). */
void _guitu_canvas_stroke (GuituCanvas *canvas,
                           const double *points,
                           guint n_points,
                           double width);

/* A square to tick, its top left corner at (x, y). */
void _guitu_canvas_draw_tick_box (GuituCanvas *canvas,
                                  double x,
                                  double y,
                                  double size,
                                  gboolean ticked);

/* Shows the drawing or picture @name, @units by @units in size, filling @box. */
void _guitu_canvas_show (GuituCanvas *canvas,
                         const char *name,
                         const GuituBox *box,
                         double units);

/* Appends a number as PDF writes it, to a hundredth. */
void _guitu_append_number (GString *content,
                           double number);

G_END_DECLS
