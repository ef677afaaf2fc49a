/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Figures, each beside a baseline taken in the same run: on a busy machine only the ratio counts. */

#include "app/ctl/ctl.h"
#include "db/store.h"

G_BEGIN_DECLS

/** Runs the figures of that name, or all for %NULL. @options: "people", "postgres" */
gboolean ctl_bench (const char *name, JsonObject *options, GError **error);

/** An option of the command line, or @fallback. */
gint64 bench_option_integer (const char *name, gint64 fallback);
const char *bench_option_text (const char *name);
gboolean bench_option_flag (const char *name);

/** Prints {name, value, unit, baseline, ratio}; no baseline is 0. */
void bench_report (const char *name, double value, const char *unit, double baseline);

/** The middle of @n numbers; sorts them. */
double bench_median (double *numbers, guint n);

/** The number below which @percent of them lie; sorts them. */
double bench_percentile (double *numbers, guint n, double percent);

#define BENCH_STATION "BENCH"

/** A store of its own for the station @code, logged in; @folder: (out) (transfer full): to be removed at the end. */
GuituStation *bench_open_store (const char *code, char **folder, GError **error);

gboolean bench_compare (GError **error);
gboolean bench_duty (GError **error);
gboolean bench_intake (GError **error);
gboolean bench_match (GError **error);
gboolean bench_page (GError **error);
gboolean bench_papers (GError **error);

/** The register of very many papers, which it writes into @store first; part of “papers”. */
gboolean bench_register (GuituStation *station, GuituStore *store, GError **error);

gboolean bench_store (GError **error);
gboolean bench_search (GError **error);
gboolean bench_window (GError **error);

G_END_DECLS
