/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/duty-figures.h"

#include "ui/widgets/json.h"

#include <glib/gi18n.h>

static const GuituFigure figures[] = {
  { N_ ("Overdue"), GUITU_FIGURE_OF_TASKS, "state", "overdue", "error" },
  { N_ ("Due today"), GUITU_FIGURE_OF_TASKS, "state", "due", "warning" },
  { N_ ("To be reviewed"), GUITU_FIGURE_OF_TASKS, "kind", "review", NULL },
  { N_ ("To be signed"), GUITU_FIGURE_OF_TASKS, "kind", "unsigned", NULL },
  { N_ ("Waiting for a decision"), GUITU_FIGURE_OF_STAYS, "state", "arrived", "warning" },
  { N_ ("In the house"), GUITU_FIGURE_PAGE, "where", "house", NULL },
  { N_ ("In hospital"), GUITU_FIGURE_OF_STAYS, "where", "hospital", NULL },
  { N_ ("On leave"), GUITU_FIGURE_OF_STAYS, "where", "leave", NULL },
  { N_ ("Not found"), GUITU_FIGURE_OF_STAYS, "where", "missing", "error" },
};

const GuituFigure *
guitu_figures (guint *n)
{
  *n = G_N_ELEMENTS (figures);
  return figures;
}

gboolean
guitu_figure_covers (const GuituFigure *figure, JsonObject *object)
{
  return g_str_equal (guitu_json_string (object, figure->member), figure->value);
}

guint
guitu_figure_count (const GuituFigure *figure, JsonArray *objects)
{
  guint length = objects != NULL ? json_array_get_length (objects) : 0;
  guint n = 0;

  for (guint i = 0; i < length; i++)
    n += guitu_figure_covers (figure, json_array_get_object_element (objects, i));
  return n;
}
