/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Invented persons for the tests of search and match, with surnames and given names about as
 * frequent as in life. */

#include "db/connection.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  const char *sex; /* "1" or "2", GB/T 2261.1 */
  char birth[11];
  char id_number[19];
  char phone[12];
  char household[7];
  int height_cm;
} InventedPerson;

void invented_person_clear (InventedPerson *person);

/** A person decided by @random alone. */
void invented_person_init (InventedPerson *person, GRand *random);

/** Any given name of one or two characters. Returns: (transfer full). */
char *invented_given_name (GRand *random, gboolean female);

/** A store in a new temporary directory, with table person and the search index. */
GuituConnection *people_store_open (char **directory);

/** A second connection to the same store, as the program has one for reading: one that has written
 * much is slower, because FTS5 keeps the table of what it wrote and walks it at each prefix. */
GuituConnection *people_store_open_reader (const char *directory);
void people_store_close (GuituConnection *connection, char *directory);

/** Stores @person as row @row and adds it to the search index. */
void people_store_add (GuituConnection *connection, gint64 row, const InventedPerson *person);

/** Stores @count invented persons as rows @first_row … in one transaction. */
void people_store_fill (GuituConnection *connection, gint64 first_row, guint count, guint32 seed);

/** Prints the median and the 99th percentile of @seconds (double) as a test message. */
void report_times (const char *what, GArray *seconds);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InventedPerson, invented_person_clear)

G_END_DECLS
