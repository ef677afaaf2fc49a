/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stores in temporary folders for the tests of db/, and ways to look at and tamper with them from
 * outside. What fails here fails the test: nothing returns an error. */

#include "db/db.h"

G_BEGIN_DECLS

typedef struct
{
  char *directory;
  GuituStore *store;
} GuituTestStore;

/** A new temporary folder. Returns: (transfer full). */
char *guitu_test_directory_new (void);

/** Deletes the folder and all in it. */
void guitu_test_directory_remove (const char *directory);

/** A store in a new temporary folder; with %NULL keys, that of a new station S1. Returns: (transfer full). */
GuituTestStore *guitu_test_store_new (const GuituKeys *keys);
void guitu_test_store_free (GuituTestStore *test);

/** Closes the store and opens it again. */
void guitu_test_store_reopen (GuituTestStore *test);

/** Puts the record, in a transaction of its own. */
void guitu_test_put (GuituStore *store, const char *act, GuituRecord *record);

/** A person of that name, in a transaction of its own. Returns: (transfer full): the id. */
char *guitu_test_person_add (GuituStore *store, const char *name);

/** A stay of that person. Returns: (transfer full): the id. */
char *guitu_test_stay_add (GuituStore *store, const char *person);

/** Sets a field of a record in a transaction of its own. */
void guitu_test_set (GuituStore *store, const GuituKind *kind, const char *id, int field, const char *text);

/** The field as text, or %NULL. Returns: (transfer full). */
char *guitu_test_get (GuituStore *store, const GuituKind *kind, const char *id, int field);

/** Writes @code, @key and @box_key of another station to the directory of @store. */
void guitu_test_trust (GuituStore *store, const GuituKeys *other);

/** How many problems the verification names; each is printed as a test message. */
guint guitu_test_problems (GuituStore *store, gboolean quick);

/** Runs SQL on the database from outside, without waiting for the disk. */
void guitu_test_sql (const char *directory, const char *sql);

/** One integer from outside. */
gint64 guitu_test_sql_integer (const char *directory, const char *sql);

/**
 * Records, versions and conflicts as text: equal for replicas that hold the same entries. Numbers
 * of arrival are left out. Returns: (transfer full).
 */
char *guitu_test_dump (const char *directory);

/** The same, with entries, chains, desks and series: equal when nothing at all was written. */
char *guitu_test_dump_all (const char *directory);

/** Imports a bundle that must be refused with @code and leave the store as it was. */
void guitu_test_import_refused (GuituTestStore *test, const char *path, GuituDbError code);

/** Imports a bundle that must be taken. Returns: how many entries were new. */
guint64 guitu_test_import (GuituStore *store, const char *path);

/** Exports a bundle; @to is the receiving station, or %NULL for the own desks. */
void guitu_test_export (GuituStore *store, const char *path, const GuituKeys *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituTestStore, guitu_test_store_free)

G_END_DECLS
