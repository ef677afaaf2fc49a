/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is typed to measure the search. */

#include "db/search-bench.h"

G_BEGIN_DECLS

/** A kind of key stroke. */
typedef struct
{
  const char *name;
  gboolean is_for_baselines; /* a search for a part of a text can find it */
} GuituBenchTyped;

/** The kind of that number, from 0 on. Returns: (nullable): %NULL after the last. */
const GuituBenchTyped *bench_typed_kind (guint number);

/** Fills @typed with what is typed in the kind of that number, the same for the same seed and people. Each is (transfer full). */
void bench_typed_draw (GuituSearchBench *bench, gint64 people, guint number, guint seed, char **typed, guint n_typed);

G_END_DECLS
