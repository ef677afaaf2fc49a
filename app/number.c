/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/call.h"

char *
guitu_number_next (GuituTransaction *transaction,
                   const char *series,
                   const char *prefix,
                   const char *time,
                   int digits,
                   GError **error)
{
  g_autofree char *of_year = g_strdup_printf ("%s-%.4s", series, time);
  gint64 number;

  if (!guitu_transaction_next_number (transaction, of_year, &number, error))
    return NULL;
  return g_strdup_printf ("%s%.4s-%" G_GINT64_FORMAT "-%0*" G_GINT64_FORMAT, prefix, time, guitu_transaction_keys (transaction)->desk.number, digits, number);
}
