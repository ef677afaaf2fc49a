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
  { "papers", bench_papers },
  { "search", bench_search },
  { "window", bench_window },
  { "duty", bench_duty },
  { "intake", bench_intake },
  { "match", bench_match },
  { "compare", bench_compare },
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

void
bench_report (const char *name,
              double value,
              const char *unit,
              double baseline)
{
  char number[3][G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number[0], sizeof number[0], "%.3f", value);
  printf ("{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\"", name, number[0], unit);
  if (baseline > 0)
    {
      g_ascii_formatd (number[1], sizeof number[1], "%.3f", baseline);
      g_ascii_formatd (number[2], sizeof number[2], "%.3f", value / baseline);
      printf (",\"baseline\":%s,\"ratio\":%s", number[1], number[2]);
    }
  printf ("}\n");
  fflush (stdout);
}

static JsonObject *given_options;

gint64
bench_option_integer (const char *name,
                      gint64 fallback)
{
  return json_object_has_member (given_options, name) ? json_object_get_int_member (given_options, name) : fallback;
}

const char *
bench_option_text (const char *name)
{
  return json_object_get_string_member_with_default (given_options, name, NULL);
}

gboolean
bench_option_flag (const char *name)
{
  return json_object_get_boolean_member_with_default (given_options, name, FALSE);
}

gboolean
ctl_bench (const char *name,
           JsonObject *options,
           GError **error)
{
  gboolean is_known = FALSE;

  given_options = options;

  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    {
      if (name != NULL && strcmp (name, benches[i].name) != 0)
        continue;
      is_known = TRUE;
      if (!benches[i].run (error))
        return FALSE;
    }
  return is_known || guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "name",
                                 "There is no bench “%s”; there are store, page, papers, search, window, duty, intake, match and compare", name);
}
