/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A record in memory: one row of a kind. It knows which of its fields changed since it was loaded,
 * so that writing it back is writing the difference. Plain data; crosses threads by hand-over. */

#include "db/records.h"

G_BEGIN_DECLS

typedef struct _GuituRecord GuituRecord;

/** A new, empty record with an id of its own, of a kind that only the station's desks read. Returns: (transfer full). */
GuituRecord *guitu_record_new (const GuituKind *kind);

/**
 * A new record with an id that follows from what it is about, so that two desks that make it without
 * knowing of one another make the same one (guitu_id_from_words).
 */
GuituRecord *guitu_record_new_with_id (const GuituKind *kind, const char *id);

/**
 * A new record of a kind that several stations read, of @station and, a letter, for @to_station: both are
 * set, and the id says so. @to_station: (nullable) @id: (nullable): what the id follows from
 */
GuituRecord *guitu_record_new_owned (const GuituKind *kind, const char *station, const char *to_station, const char *id);

/** The id that guitu_record_new_owned() gives. Returns: (transfer full). */
char *guitu_owned_id (const GuituKind *kind, const char *station, const char *to_station, const char *id);
void guitu_record_free (GuituRecord *record);

const GuituKind *guitu_record_kind (const GuituRecord *record);
const char *guitu_record_id (const GuituRecord *record);

/** Row number in the table, 0 when it was not loaded from the store. */
gint64 guitu_record_row (const GuituRecord *record);

/** Text, date, time, code or id in @field; %NULL when unset or a number. */
const char *guitu_record_text (const GuituRecord *record, int field);

/** Number in @field, or @fallback when unset. */
gint64 guitu_record_integer (const GuituRecord *record, int field, gint64 fallback);

gboolean guitu_record_is_set (const GuituRecord *record, int field);
gboolean guitu_record_is_voided (const GuituRecord *record);

/** The value as text, whatever its type. Returns: (nullable) (transfer full). */
char *guitu_record_show (const GuituRecord *record, int field);

/** Whether @field was set to something else since the record was made or loaded. */
gboolean guitu_record_changed (const GuituRecord *record, int field);

/** %NULL or empty text unsets the field. */
void guitu_record_set_text (GuituRecord *record, int field, const char *text);
void guitu_record_set_integer (GuituRecord *record, int field, gint64 value);

/** Bytes in @field, or %NULL when unset. Returns: (transfer full). %NULL or no bytes unset the field. */
GBytes *guitu_record_bytes (const GuituRecord *record, int field);
void guitu_record_set_bytes (GuituRecord *record, int field, GBytes *bytes);

/** The record was composed for reading only: putting it is a programming error. */
void guitu_record_freeze (GuituRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituRecord, guitu_record_free)

G_END_DECLS
