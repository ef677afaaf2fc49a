/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The hub's connection and its statements. Only the hub's files include this header. */

#include "db/entry.h"
#include "db/hub.h"
#include "db/store-private.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

#define GUITU_HUB_VERSION "1"
#define GUITU_HUB_ROLE "guitu_desk" /* the group of all desks */

struct _GuituHub
{
  PGconn *connection;
  GCancellable *cancellable;
  GuituProgress progress; /* or NULL */
  gpointer progress_data;
  gboolean is_checked; /* the version of its tables */
  gboolean listens;    /* or tried to */
  double credit;       /* looks that may follow a notification at once */
  gint64 credit_at;    /* monotonic time, in microseconds, of that count; 0: none yet */
};

/* Parameters of one statement: numbers and words as text, bytes as they are. */
typedef struct
{
  GPtrArray *owned;
  const char *values[12];
  int lengths[12];
  int formats[12];
  int count;
} GuituHubParameters;

void _guitu_hub_add_text (GuituHubParameters *parameters, const char *text);
void _guitu_hub_add_integer (GuituHubParameters *parameters, gint64 value);
void _guitu_hub_add_bytes (GuituHubParameters *parameters, gconstpointer bytes, gsize length); /* not copied */
void _guitu_hub_parameters_clear (GuituHubParameters *parameters);

/**
 * Runs one statement; @parameters may be %NULL. Results come in PostgreSQL's binary format.
 * Returns: (transfer full), or %NULL with one of the HUB_ errors, or G_IO_ERROR_CANCELLED.
 */
PGresult *_guitu_hub_query (GuituHub *hub, const char *sql, const GuituHubParameters *parameters, GError **error);

/** The same, for its effect. */
gboolean _guitu_hub_run (GuituHub *hub, const char *sql, const GuituHubParameters *parameters, GError **error);

/** Runs several statements at once, without parameters, in one transaction of its own. */
gboolean _guitu_hub_run_script (GuituHub *hub, const char *sql, GError **error);

/* Columns of a result: a bigint, a text (owned by the result), bytes. */
gint64 _guitu_hub_integer (const PGresult *result, int row, int column);
const char *_guitu_hub_text (const PGresult *result, int row, int column);
const guint8 *_guitu_hub_bytes (const PGresult *result, int row, int column, gsize *length);

/** Refuses a database that is no hub of this version. */
gboolean _guitu_hub_check (GuituHub *hub, GError **error);

/* --- Batches --------------------------------------------------------------------------------- */

/** What a batch is: part of what its seal covers. */
typedef struct
{
  gint64 desk;
  const char *scope;
  gint64 first;
  gint64 last;
} GuituBatch;

/** The keys at hand. */
typedef struct
{
  const GuituKeys *own;
  GArray *network; /* GuituNetworkKey, newest first */
} GuituBatchKeys;

/** Compresses and seals entries (a CBOR array of [body, signature] pairs). @box_key is the sealing key of the station a letter goes to, else %NULL. Returns: (transfer full). */
GBytes *_guitu_batch_seal (const GuituBatch *batch, const GuituBatchKeys *keys, const guint8 *box_key, GByteArray *plain, GError **error);

/** The opposite. Errors: UNTRUSTED when it was altered or is sealed with a key that is not here, INVALID. Returns: (transfer full). */
GBytes *_guitu_batch_open (const GuituBatch *batch, const GuituBatchKeys *keys, const guint8 *payload, gsize length, GError **error);

/* --- Ends of chains -------------------------------------------------------------------------- */

/** The end of a chain as the hub says it; bytes and texts belong to the result. */
typedef struct
{
  const char *station;
  gint64 desk;
  const char *scope;
  gint64 last;
  gint64 signed_at; /* milliseconds since 1970 */
  const guint8 *hash;
  gsize hash_length;
  const guint8 *others; /* what the end of a shared chain says of the desk's other chains */
  gsize others_length;
  const guint8 *signature;
  gsize signature_length;
} GuituHubHead;

#define GUITU_HUB_HEAD_COLUMNS "station, desk, scope, last_entry, hash, signed_at, others, signature"

/** A row of these columns. */
GuituHubHead _guitu_hub_head (const PGresult *result, int row);

/** Signs what else is in @head; @signature belongs to the caller, as long as the head does. */
void _guitu_hub_head_sign (GuituHubHead *head, const GuituKeys *keys, guint8 signature[GUITU_SIGNATURE_BYTES]);

/** Whether the desk signed it, for its own station: the hub's owner can write what he likes. */
gboolean _guitu_hub_head_is_signed (const GuituHubHead *head, const GuituDesk *desk);

/** Says to the own station's desks, in the end of the shared chain, how many entries there are outside of it. */
void _guitu_hub_vouch_own (GByteArray *others, const GuituHubHead *head, const GuituKeys *own, gint64 total);

/** The key with which letters of that scope are sealed now. Errors: NOT_FOUND for a station that is not known here. */
gboolean _guitu_hub_box_key (GuituTransaction *transaction, const char *scope, guint8 box_key[32], GError **error);

/** The same to the station with that sealing key: how many letters there are for it. Returns: %FALSE for a key that is none. */
gboolean _guitu_hub_vouch_letters (GByteArray *others, const GuituHubHead *head, const GuituKeys *own, const guint8 box_key[32], const char *scope, gint64 last);

/** What a signed end says to us: *@number of entries outside of the shared chain, if it is our station's, or of letters to us; -1: nothing. */
gboolean _guitu_hub_vouched (GuituConnection *connection, const GuituKeys *own, const GuituHubHead *head, gint64 *number, GError **error);

/* --- Both ways ------------------------------------------------------------------------------- */

typedef struct
{
  GuituHub *hub;
  GuituStore *store;
  GuituBatchKeys keys;
  GuituHubDepth depth;
  GuituHubReport *report;
  GPtrArray *pushed; /* scopes of which something new was sent */
  GPtrArray *chains; /* our own, while they are pushed */
} GuituHubSync;

/** @hub_time: the hub's clock before anything was asked, in milliseconds. */
gboolean _guitu_hub_pull (GuituHubSync *sync, gint64 hub_time, GError **error);
gboolean _guitu_hub_push (GuituHubSync *sync, GError **error);

/** Notes what is wrong with a chain at the hub or, with @code %NULL, that nothing is. */
gboolean _guitu_hub_note_problem (GuituConnection *connection, gint64 desk, const char *scope, const char *code, const char *words, GError **error);

void _guitu_result_free (PGresult *result);
typedef PGresult GuituHubResult;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituHubResult, _guitu_result_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituHubParameters, _guitu_hub_parameters_clear)

G_END_DECLS
