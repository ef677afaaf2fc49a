/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What both front ends call. Everything a station does is a verb: a name ("person add"), options
 * and record fields in as one JSON object, one JSON object per result out, or an error that names
 * the field. The window and guituctl run the same verbs, so neither can do more than the other. */

#include "app/codes.h"
#include "db/field.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* --- Errors ---------------------------------------------------------------------------------- */

/** What the user can do about it; the number is guituctl's exit status. */
typedef enum
{
  GUITU_ERROR_REFUSED = 1, /* a rule refuses */
  GUITU_ERROR_INVALID = 2, /* usage or bad input; guitu_error_field names the field */
  GUITU_ERROR_NOT_FOUND = 3,
  GUITU_ERROR_STORAGE = 4,   /* disk, lock, damage, keys, newer version */
  GUITU_ERROR_UNTRUSTED = 5, /* a seal, signature or chain does not verify */
  GUITU_ERROR_NETWORK = 6,   /* the hub: away, or not as it should be */
} GuituErrorStatus;

#define GUITU_ERROR (guitu_error_quark ())
GQuark guitu_error_quark (void);

/** The short code of an error, such as "wrong-check-digit"; never %NULL. */
const char *guitu_error_code (const GError *error);

/** The field an error is about, or %NULL. */
const char *guitu_error_field (const GError *error);

/* --- Verbs ----------------------------------------------------------------------------------- */

typedef enum
{
  GUITU_VERB_PLAIN = 0,
  GUITU_VERB_WRITES = 1 << 0,      /* appends to the ledger */
  GUITU_VERB_NO_STORE = 1 << 1,    /* works without a store */
  GUITU_VERB_NO_LOGIN = 1 << 2,    /* works without a user */
  GUITU_VERB_READS_STDIN = 1 << 3, /* records come as JSON on standard input, one or many */
  GUITU_VERB_USES_STORE = 1 << 4,  /* works without a store, but with the settings of the one there is */
  GUITU_VERB_NETWORK = 1 << 5,     /* waits for other computers: not in the way of verbs that don't */
  GUITU_VERB_MAY_LOGIN = 1 << 6,   /* works without a user, and does more for one who has its right */
} GuituVerbFlags;

typedef enum
{
  GUITU_OPTION_TEXT,
  GUITU_OPTION_INTEGER,
  GUITU_OPTION_FLAG,
  GUITU_OPTION_FILE,   /* a path */
  GUITU_OPTION_OUTPUT, /* the path of a file to write, which is checked before the verb runs */
  GUITU_OPTION_RECORD, /* an id; or, in JSON, an object with the fields of a new record */
} GuituOptionType;

typedef struct
{
  const char *name; /* JSON member and --option */
  GuituOptionType type;
  gboolean is_positional; /* may be given without its --name, in the order declared */
  const char *help;
} GuituOption;

typedef struct _GuituCall GuituCall;

typedef struct
{
  const char *name; /* "person add" */
  const char *help;
  GuituVerbFlags flags;
  const GuituOption *options; /* ends with a NULL name; may be NULL */
  const GuituKind *fields;    /* kind whose fields are accepted too, or NULL */
  gboolean (*run) (GuituCall *call, GError **error);
} GuituVerb;

/** All verbs, %NULL-terminated, in the order of the help page. */
const GuituVerb *const *guitu_verbs (void);
const GuituVerb *guitu_verb_find (const char *name);

/* --- The station ----------------------------------------------------------------------------- */

/**
 * An opened store and who works at it. Lives on the main thread; emits "changed" there after every verb that wrote,
 * and "progress" (GCancellable of the call, parts done, parts in all) while a long one runs.
 */
#define GUITU_TYPE_STATION (guitu_station_get_type ())
G_DECLARE_FINAL_TYPE (GuituStation, guitu_station, GUITU, STATION, GObject)

/** @directory: %NULL for $GUITU_STORE, or the user's data folder. Nothing is opened yet. */
GuituStation *guitu_station_new (const char *directory);

const char *guitu_station_directory (GuituStation *station);

/** Opens the store; verbs without GUITU_VERB_NO_STORE do it by themselves. */
gboolean guitu_station_open (GuituStation *station, GError **error);

/** Checks name and password (Argon2id), with a growing delay after failures. Errors: REFUSED. */
gboolean guitu_station_log_in (GuituStation *station, const char *user, const char *password, GError **error);
void guitu_station_log_out (GuituStation *station);

/** Name of who is logged in, or %NULL. */
const char *guitu_station_user (GuituStation *station);

/** Whether who is logged in has that right (app/data/rights.csv); a verb's right is its name. */
gboolean guitu_station_may (GuituStation *station, const char *right);

/** What stops a verb that guitu_station_run runs: a long one then ends with “cancelled”, as long as nothing is done. @stop may be %NULL. */
void guitu_station_set_stop (GuituStation *station, GCancellable *stop);

/**
 * Runs a verb in the calling thread and calls @emit for each result as it comes. @input is read only.
 */
typedef void (*GuituEmit) (JsonObject *result, gpointer data);
gboolean guitu_station_run (GuituStation *station, const char *verb, JsonObject *input, GuituEmit emit, gpointer data, GError **error);

/**
 * Runs a verb that takes records with each object of @inputs: all of them are written, or none.
 * @emit is called when all are durable; an error tells which record it is about.
 */
gboolean guitu_station_run_all (GuituStation *station, const char *verb, JsonArray *inputs, GuituEmit emit, gpointer data, GError **error);

/**
 * The same off the main thread: writing verbs one after another, reading verbs beside them.
 * "log in" {user, password}, "log out" and "open" are understood too; "open" tells its progress, in persons, where the
 * index of the search is built anew after an update.
 */
void guitu_station_run_async (GuituStation *station, const char *verb, JsonObject *input, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/** Returns: (transfer full): the results, in order; %NULL on error. */
JsonArray *guitu_station_run_finish (GuituStation *station, GAsyncResult *result, GError **error);

/* --- Time ------------------------------------------------------------------------------------ */

/** The time zone of every record: China has one (+08:00), whatever the machine is set to. Returns: (transfer full). */
GTimeZone *guitu_time_zone (void);

/* --- Words ----------------------------------------------------------------------------------- */

/** Label of a field or code in the language of the program (Chinese official term, or English). */
const char *guitu_field_label (const GuituField *field);
const char *guitu_code_label (const char *list, const char *code);

G_END_DECLS
