/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/form-layout-private.h"

G_BEGIN_DECLS

/* Finds out how much room head and foot leave: sets table_top and table_bottom. */
void _guitu_paper_measure_frame (GuituPaper *paper);

/* Sets the table. (transfer full): of GString, the content of one page each, without head and
 * foot. */
GPtrArray *_guitu_paper_set_table (const GuituPaper *paper);

/* Everything around the table of page @i of @n_pages, the same on all copies. */
void _guitu_paper_draw_frame (const GuituPaper *paper,
                              GuituCanvas *canvas,
                              guint i,
                              guint n_pages);

/* What tells the copies apart. */
void _guitu_paper_draw_copy_label (const GuituPaper *paper,
                                   GuituCanvas *canvas,
                                   guint copy);

G_END_DECLS
