/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What measuring the search needs: very many persons written without the ledger, and the ways to
 * search that come with SQLite and PostgreSQL, on the same persons. For “guituctl bench search”. */

#include "db/error.h"
#include "db/record.h"

G_BEGIN_DECLS

typedef struct _GuituSearchBench GuituSearchBench;

/** Opens the database at @path, with the tables of a store; makes it where there is none. Returns: (transfer full). */
GuituSearchBench *guitu_search_bench_new (const char *path, GError **error);
void guitu_search_bench_free (GuituSearchBench *bench);

gboolean guitu_search_bench_begin (GuituSearchBench *bench, GError **error);
gboolean guitu_search_bench_commit (GuituSearchBench *bench, GError **error);

/** How many rows of persons there are; -1 with @error. */
gint64 guitu_search_bench_count (GuituSearchBench *bench, GError **error);

/** Before and after very many persons are written: without the other indexes of their table, and without waiting for the disk. */
gboolean guitu_search_bench_begin_fill (GuituSearchBench *bench, GError **error);
gboolean guitu_search_bench_end_fill (GuituSearchBench *bench, GError **error);

/** Removes the newest person, whom the index does not know. */
gboolean guitu_search_bench_remove_newest (GuituSearchBench *bench, GError **error);

/** Writes a person's row; with @is_indexed, the index is told as when somebody is registered. */
gboolean guitu_search_bench_add (GuituSearchBench *bench, const GuituRecord *person, gboolean is_indexed, GError **error);

/** Gives the person of @row another name, in the index too. */
gboolean guitu_search_bench_rename (GuituSearchBench *bench, gint64 row, const char *name, GError **error);

/** Builds the index of all persons anew; with @is_grown in the segments that it has where they came a few thousand at a time. */
gboolean guitu_search_bench_build (GuituSearchBench *bench, gboolean is_grown, GError **error);

/** How many segments the index has; -1 with @error. */
gint64 guitu_search_bench_segments (GuituSearchBench *bench, GError **error);

/** Bytes of the tables of which a name begins with @name, whole pages; -1 with @error. */
gint64 guitu_search_bench_bytes (GuituSearchBench *bench, const char *name, GError **error);

/** Text of a column of the person of @row. Returns: (transfer full) (nullable). */
char *guitu_search_bench_text (GuituSearchBench *bench, gint64 row, const char *column);

/** Finds 50 persons. Returns: how many were found, -1 with @error. */
int guitu_search_bench_find (GuituSearchBench *bench, const char *typed, GError **error);

/** Makes the tables of the baselines: one text a person, of name, pinyin, initials, ID number and phone. */
gboolean guitu_search_bench_build_baselines (GuituSearchBench *bench, GError **error);

/** LIKE '%typed%' on that text, the newest 50. Returns: how many were found, -1 with @error. */
int guitu_search_bench_like (GuituSearchBench *bench, const char *typed, GError **error);

/** The same by FTS5 with the tokenizer trigram. */
int guitu_search_bench_trigram (GuituSearchBench *bench, const char *typed, GError **error);

/**
 * The same by PostgreSQL with pg_trgm, in a table of the database at @url that is dropped at the end. The locale of the
 * database must know what a Chinese letter is: otherwise there are no trigrams, which is an error.
 */
gboolean guitu_search_bench_fill_postgres (GuituSearchBench *bench, const char *url, GError **error);
int guitu_search_bench_postgres (GuituSearchBench *bench, const char *typed, GError **error);

/** Bytes of its index; -1 with @error. */
gint64 guitu_search_bench_postgres_bytes (GuituSearchBench *bench, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituSearchBench, guitu_search_bench_free)

G_END_DECLS
