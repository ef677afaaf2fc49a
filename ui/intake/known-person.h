/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Somebody on file stands at the desk again: what is typed this time beside what the file says. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  JsonObject *additions; /* fields that the file lacks, as "person edit" takes them */
  JsonArray *statements; /* what differs from the file, as "person statement" takes it */
  char *words;           /* the same for people; empty when there is nothing */
} GuituKnownPerson;

/** Compares the rows of kind "person" under @rows with @file, an answer of "person show". Returns: (transfer full) */
GuituKnownPerson *guitu_known_person_compare (JsonObject *file, GtkWidget *rows);

void guitu_known_person_free (GuituKnownPerson *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituKnownPerson, guitu_known_person_free)

G_END_DECLS
