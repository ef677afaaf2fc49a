/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Invented people for trying out, teaching and measuring: nobody of them lives, though names,
 * numbers and stays look like those of a station. The same seed and day make the same people on
 * every machine and in every locale. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** Draws people. Not for use by two threads at once. */
typedef struct _GuituDemo GuituDemo;

/**
 * @today: YYYY-MM-DD; nothing that is made up happens on that day or after it
 * Returns: (transfer full)
 */
GuituDemo *guitu_demo_new (guint64 seed, const char *today);

void guitu_demo_free (GuituDemo *demo);

/**
 * The next person: fields of the kind "person", those that are unknown left out. About one in 14 has
 * no name and an estimated age, one in six no number of an identity document.
 *
 * Returns: (transfer full)
 */
JsonObject *guitu_demo_person (GuituDemo *demo);

/**
 * The next stay of a person: fields of the kind "stay" without references and derived fields, oldest
 * first. Call it for one person until it returns %NULL, then go on to the next. Most people have one
 * stay, a few many; only the last of a person may still be open.
 *
 * Returns: (transfer full) (nullable)
 */
JsonObject *guitu_demo_stay (GuituDemo *demo, JsonObject *person);

/**
 * What the person said during a stay: fields of the kind "statement" without references.
 *
 * Returns: (transfer full) (element-type JsonObject): often empty.
 */
GPtrArray *guitu_demo_statements (GuituDemo *demo, JsonObject *person, JsonObject *stay);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituDemo, guitu_demo_free)

G_END_DECLS
