/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A store with fifteen persons whose names and numbers are read in all ways. */

#include "db/search.h"

#include "people.h"

G_BEGIN_DECLS

typedef struct
{
  char *directory;
  GuituConnection *connection;
} Fixture;

/** What is typed, and the row of a person whom it must find. */
typedef struct
{
  const char *typed;
  gint64 row;
} Case;

#define N_PERSONS 15
extern const GuituSearchEntry persons[N_PERSONS];

void set_up (Fixture *fixture, gconstpointer data);

/** The same persons in lists: those that were registered last are in none. */
void set_up_listed (Fixture *fixture, gconstpointer data);
void tear_down (Fixture *fixture, gconstpointer data);

/** Puts @now in place of @before in the table and tells the index; either may be %NULL. */
void change (GuituConnection *connection, const GuituSearchEntry *before, const GuituSearchEntry *now);
void add (GuituConnection *connection, const GuituSearchEntry *entry);

/** Returns: (transfer full): GuituSearchHit. */
GArray *find (Fixture *fixture, const char *typed, guint limit);
gboolean finds (Fixture *fixture, const char *typed, gint64 row);

/** The row of the first person found, or 0. */
gint64 first (Fixture *fixture, const char *typed);
void assert_finds (Fixture *fixture, const Case *c);

/** Runs a test with the newest persons compared one by one, and with all in lists. */
#define ADD(name, data, function)                                               \
  g_test_add ("/search/new/" name, Fixture, data, set_up, function, tear_down); \
  g_test_add ("/search/listed/" name, Fixture, data, set_up_listed, function, tear_down)

G_END_DECLS
