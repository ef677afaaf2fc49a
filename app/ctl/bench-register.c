/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The register of a station after ten years: a page of it, filtered in every way, and the numbers of
 * all series, beside going once through the table of papers. */

#include <string.h>

#include "app/ctl/bench.h"

#include "app/call.h"
#include "db/query.h"

#define N_PAPERS 200000
#define N_STAYS 30000
#define PER_ENTRY 500
#define PAGE 100
#define FIELDS_LENGTH 1500 /* characters kept of what a paper prints */
#define N_RUNS 5

static void
ignore (JsonObject *result,
        gpointer data)
{
}

/* --- Many papers ------------------------------------------------------------------------------- */

static gboolean
put_paper (GuituTransaction *transaction,
           const char *stay,
           guint n,
           const char *fields,
           GError **error)
{
  static const char *const kinds[] = { "intake-registration", "arrival-notice", "bed-label", "clear-card", "belongings-register" };
  g_autoptr (GuituRecord) paper = guitu_record_new (&guitu_kind_paper);
  guint year = 2017 + n * 10 / N_PAPERS;
  g_autofree char *number = g_strdup_printf ("BX%u-%u-1-%05u", n % 5, year, n % (N_PAPERS / 10) / 5 + 1);
  g_autofree char *issued = g_strdup_printf ("%u-%02u-%02uT08:00:00+08:00", year, n % (N_PAPERS / 10) * 12 / (N_PAPERS / 10) + 1, n % 28 + 1);

  guitu_record_set_text (paper, GUITU_PAPER_NUMBER, number);
  guitu_record_set_text (paper, GUITU_PAPER_KIND, kinds[n % G_N_ELEMENTS (kinds)]);
  guitu_record_set_text (paper, GUITU_PAPER_STAY, stay);
  guitu_record_set_text (paper, GUITU_PAPER_STATE, n % 1000 == 0 ? "voided" : "issued");
  guitu_record_set_text (paper, GUITU_PAPER_ISSUED_AT, issued);
  guitu_record_set_text (paper, GUITU_PAPER_FIELDS, fields);
  return guitu_transaction_put (transaction, paper, error);
}

static gboolean
fill (GuituStore *store,
      GError **error)
{
  const GuituQuery oldest = { .limit = N_STAYS };
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "bench", error);
  g_autoptr (GPtrArray) stays = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_stay, &oldest, error);
  g_autofree char *blank = g_strnfill (FIELDS_LENGTH, 'x');
  g_autofree char *fields = g_strdup_printf ("{\"stay.statement\":\"%s\"}", blank);

  for (guint i = 0; stays != NULL && i < N_PAPERS; i++)
    if (!put_paper (transaction, guitu_record_id (stays->pdata[i % stays->len]), i, fields, error) ||
        (i % PER_ENTRY == 0 && !guitu_transaction_next_entry (transaction, error)))
      return FALSE;
  return stays != NULL && guitu_transaction_commit (transaction, error);
}

/* --- Asking ------------------------------------------------------------------------------------ */

/* The middle of some runs, in ms; negative on error. */
static double
ask (GuituStation *station,
     const char *verb,
     const char *option,
     const char *text,
     GError **error)
{
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (JsonObject) input = json_object_new ();
      gint64 start = g_get_monotonic_time ();

      if (strcmp (verb, "paper list") == 0)
        json_object_set_int_member (input, "limit", PAGE);
      if (option != NULL)
        json_object_set_string_member (input, option, text);
      if (!guitu_station_run (station, verb, input, ignore, NULL, error))
        return -1;
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  return bench_median (times, N_RUNS);
}

/* Going through the table once, in ms; negative on error. */
static double
read_all (GuituStore *store,
          GError **error)
{
  const GuituQuery every = { .conditions = { { GUITU_PAPER_REASON, GUITU_SET, NULL } } };
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);

      if (transaction == NULL || guitu_records_count (transaction, &guitu_kind_paper, &every, error) < 0)
        return -1;
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  return bench_median (times, N_RUNS);
}

gboolean
bench_register (GuituStation *station,
                GuituStore *store,
                GError **error)
{
  static const struct
  {
    const char *name;
    const char *verb;
    const char *option;
    const char *text;
  } asked[] = {
    { "register-newest", "paper list", NULL, NULL },
    { "register-state", "paper list", "state", "voided" },
    { "register-until", "paper list", "until", "2018-03-01" },
    { "register-group", "paper list", "group", "arrival" },
    { "register-number", "paper list", "number", "BX3-2019-1-00777" },
    { "register-name", "paper list", "text", "王" },
    { "register-nobody", "paper list", "text", "nobody" },
    { "register-series", "paper series", NULL, NULL },
  };
  double plain = !fill (store, error) ? -1 : read_all (store, error);

  for (guint i = 0; plain >= 0 && i < G_N_ELEMENTS (asked); i++)
    {
      double time = ask (station, asked[i].verb, asked[i].option, asked[i].text, error);

      if (time < 0)
        return FALSE;
      bench_report (asked[i].name, time, "ms", plain);
    }
  return plain >= 0;
}
