/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The figures above the duty list, one declared table: how many there are, and what the list shows
 * when one is pressed. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  GUITU_FIGURE_OF_TASKS,
  GUITU_FIGURE_OF_STAYS,
  GUITU_FIGURE_PAGE, /* of stays too, but leads to the page "board" */
} GuituFigureOf;

typedef struct
{
  const char *label;
  GuituFigureOf of;
  const char *member; /* a task or stay counts that has */
  const char *value;  /* this here */
  const char *style;  /* of the number, when there are any; or NULL */
} GuituFigure;

/** All figures in their order, for the life of the process. */
const GuituFigure *guitu_figures (guint *n);

/** Whether a task, or an open stay, is one of those counted. */
gboolean guitu_figure_covers (const GuituFigure *figure, JsonObject *object);

/** How many of @objects are. @objects: (nullable) */
guint guitu_figure_count (const GuituFigure *figure, JsonArray *objects);

G_END_DECLS
