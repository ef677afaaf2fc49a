/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The pages of a PDF below one another, drawn by a worker thread. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PAPER_VIEW (guitu_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (GuituPaperView, guitu_paper_view, GUITU, PAPER_VIEW, AdwBin)

/** @pdf: the bytes of a PDF document */
void guitu_paper_view_set_pdf (GuituPaperView *view, GBytes *pdf);

/** A new version of what is shown: size and place stay as they are. */
void guitu_paper_view_update_pdf (GuituPaperView *view, GBytes *pdf);

/** (transfer none) (nullable) */
GBytes *guitu_paper_view_get_pdf (GuituPaperView *view);

/** Larger for @steps > 0, smaller for @steps < 0, the width of the window for 0. */
void guitu_paper_view_zoom (GuituPaperView *view, int steps);

/** The keys with which every window zooms, for its own actions. */
void guitu_paper_view_add_keys (GtkWidgetClass *window_class, const char *zoom_in, const char *zoom_out, const char *fit);

/* Signal: "failed" (const char *message): these bytes are no PDF. */

G_END_DECLS
