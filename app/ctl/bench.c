/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/bench.h"

#include "app/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *name;
  gboolean (*run) (GError **error);
} benches[] = {
  { "store", bench_store },
  { "page", bench_page },
  { "search", bench_search },
  { "window", bench_window },
};

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

double
bench_percentile (double *numbers,
                  guint n,
                  double percent)
{
  qsort (numbers, n, sizeof *numbers, compare);
  return numbers[MIN (n - 1, (guint) (n * percent / 100))];
}

double
bench_median (double *numbers,
              guint n)
{
  return bench_percentile (numbers, n, 50);
}

static double
rounded (double value)
{
  return (double) (gint64) (value * 1000 + 0.5) / 1000;
}

void
bench_report (const char *name,
              double value,
              const char *unit,
              double baseline)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autofree char *text = NULL;

  json_object_set_string_member (json, "name", name);
  json_object_set_double_member (json, "value", rounded (value));
  json_object_set_string_member (json, "unit", unit);
  if (baseline > 0)
    {
      json_object_set_double_member (json, "baseline", rounded (baseline));
      json_object_set_double_member (json, "ratio", rounded (value / baseline));
    }
  text = json_to_string (node, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

gboolean
ctl_bench (const char *name,
           GError **error)
{
  gboolean is_known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    {
      if (name != NULL && strcmp (name, benches[i].name) != 0)
        continue;
      is_known = TRUE;
      if (!benches[i].run (error))
        return FALSE;
    }
  return is_known || guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "name",
                                 "There is no bench “%s”; there are store, page, search and window", name);
}
