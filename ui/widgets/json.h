/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reading what verbs answer, and saying it in words. No member needs to be there. */

#include "app/app.h"

G_BEGIN_DECLS

/** A text member, or %NULL when it is missing, null, empty or no text. */
const char *guitu_json_text (JsonObject *object, const char *member);

/** A text member, or "". */
const char *guitu_json_string (JsonObject *object, const char *member);

gint64 guitu_json_integer (JsonObject *object, const char *member, gint64 fallback);
gboolean guitu_json_flag (JsonObject *object, const char *member);

/** (transfer none) (nullable) */
JsonObject *guitu_json_object (JsonObject *object, const char *member);
JsonArray *guitu_json_array (JsonObject *object, const char *member);

/** The number of elements of an array member. */
guint guitu_json_count (JsonObject *object, const char *member);

/** Sets a text member unless @text is %NULL or empty. */
void guitu_json_set (JsonObject *object, const char *member, const char *text);

/** The field "stay.bed" of a record, or %NULL; @kind is set to its kind. */
const GuituField *guitu_json_field (const char *path, const GuituKind **kind);

/**
 * A member in words: the label of a code, the name of a region, a time as people write it.
 *
 * @path: the declared field, such as "stay.came_by"
 * Returns: (transfer full): the words, "" for nothing.
 */
char *guitu_json_words (JsonObject *object, const char *path);

/** The same for the "value" of a field in the ledger, as “person history” and “conflict list” tell it. Returns: (transfer full) */
char *guitu_json_value_words (JsonObject *item, const char *path);

/** Appends @text to @words with a middle dot between them; nothing happens for an empty text. */
void guitu_json_join (GString *words, const char *text);

/** The age of a person in words, "" where it is not known. Returns: (transfer full) */
char *guitu_json_age_words (JsonObject *person);

/** Sex, age and home of a person in one line. Returns: (transfer full) */
char *guitu_json_person_summary (JsonObject *person);

G_END_DECLS
