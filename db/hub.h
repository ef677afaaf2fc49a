/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The hub: a PostgreSQL database through which desks pass one another the entries of their ledgers.
 * It is a mailbox: entries are encrypted for who may read them and signed by who wrote them, so that
 * its owner can read, forge or alter nothing unnoticed. Every function here waits for the network. */

#include "db/store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GuituHub GuituHub;

/** Where the hub is and who logs in. */
typedef struct
{
  const char *address;     /* libpq's keywords (host, port, dbname); TLS unless it is a local socket */
  const char *certificate; /* PEM of the authority that signed the hub's certificate; needed for TLS */
  const char *login;
  const char *password;
} GuituHubAccess;

/**
 * Takes a PostgreSQL URL or keywords apart: what desks need to find the hub, and apart from it the
 * user and the password. @login, @password: (out) (transfer full) (nullable).
 * Returns: (transfer full): the address, or %NULL with INVALID set.
 */
char *guitu_hub_address_parse (const char *url, char **login, char **password, GError **error);

/**
 * Connects. @folder holds the file with the certificate while it is needed. Errors: the HUB_ ones of
 * error.h. Returns: (transfer full).
 */
GuituHub *guitu_hub_connect (const GuituHubAccess *access, const char *folder, GCancellable *cancellable, GError **error);
void guitu_hub_free (GuituHub *hub);

/** Tells, while much is fetched, how many entries of how many are here. @progress: as the store's; stopping it is an error like any other. */
void guitu_hub_set_progress (GuituHub *hub, GuituProgress progress, gpointer data);

/** As the owner: makes tables, roles and policies, unless they are there. */
gboolean guitu_hub_prepare (GuituHub *hub, GError **error);

/** As the owner: a role that may log in as a desk of that station. */
gboolean guitu_hub_add_login (GuituHub *hub, const char *station, const char *login, const char *password, GError **error);

typedef struct
{
  char *login;
  gint64 desk;    /* number of the desk that uses it; 0: none yet */
  char *password; /* what it is to be; NULL: nobody logs in with it any more */
} GuituHubLogin;

/** As the owner: the log-ins of a station that have not ended. Returns: (transfer full) (element-type GuituHubLogin). */
GPtrArray *guitu_hub_list_logins (GuituHub *hub, const char *station, GError **error);

/** As the owner: gives each of those log-ins its password, or its end; all or none. */
gboolean guitu_hub_change_logins (GuituHub *hub, const GPtrArray *logins, GError **error);

/** As the owner: puts out who is connected with one of those log-ins. It must be a superuser, a member of pg_signal_backend or of their roles. */
gboolean guitu_hub_end_sessions (GuituHub *hub, const GPtrArray *logins, GError **error);

/**
 * As a desk: shows its certificate. A log-in belongs to the desk that used it first; to another one
 * this is HUB_REFUSED.
 */
gboolean guitu_hub_introduce (GuituHub *hub, GuituStore *store, GError **error);

/** The keys by which batches are sealed and opened, beside those of the store. */
typedef struct
{
  gint64 epoch;
  guint8 key[32]; /* of the shared scope */
} GuituNetworkKey;

typedef enum
{
  GUITU_HUB_QUICK, /* what changed since the last time */
  GUITU_HUB_FULL,  /* compare every chain, and see that the hub still has all of ours */
  GUITU_HUB_AGAIN, /* the same, and send all of ours once more */
} GuituHubDepth;

typedef struct
{
  guint64 pulled;     /* entries that were new here */
  guint64 pushed;     /* entries that the hub has now */
  gint64 held;        /* entries that can't be sent yet: their chain has a problem */
  guint64 lost;       /* entries that the hub had said it has, and no longer had: sent again */
  gint64 clock_ahead; /* milliseconds by which this computer's clock is ahead of the hub's */
} GuituHubReport;

/**
 * Brings this store and the hub together: what is new there comes here, what is new here goes there.
 * @keys: (element-type GuituNetworkKey): newest first. What is wrong with single chains is noted
 * (guitu_hub_problems_list) and does not stop the rest.
 */
gboolean guitu_hub_sync (GuituHub *hub, GuituStore *store, GArray *keys, GuituHubDepth depth, GuituHubReport *report, GError **error);

/**
 * Waits until another desk sent something (when much is sent, for several of them), this store has more to send than the @held entries that the
 * last sync could not, or @timeout milliseconds passed. The first time it only begins to listen, since
 * something may have come before. Errors: HUB_AWAY, and G_IO_ERROR_CANCELLED.
 */
gboolean guitu_hub_wait (GuituHub *hub, GuituStore *store, gint64 held, guint timeout, GError **error);

/** Keeps what an invitation said of the hub (in words of the caller), until the station's own records tell it. */
gboolean guitu_hub_keep_start (GuituStore *store, const char *note, GError **error);

/** That note, or %NULL. Returns: (transfer full) (nullable). */
char *guitu_hub_start (GuituTransaction *transaction);

/** Forgets that note: the station's own records tell it now. */
gboolean guitu_hub_forget_start (GuituTransaction *transaction, GError **error);

/** The log-in of this connection. */
const char *guitu_hub_login (GuituHub *hub);

/** A sync that failed: its code, such as "hub-away", and words. */
typedef struct
{
  const char *code;
  const char *words;
} GuituHubFailure;

/** Notes how a sync went, for who asks later: its @report, or its @failure; the other one is %NULL. */
gboolean guitu_hub_note (GuituStore *store, const GuituHubReport *report, const GuituHubFailure *failure, GError **error);

/** How the last syncs went; times in milliseconds since 1970, 0 for never. */
typedef struct
{
  gint64 synced_at;   /* the last that went well */
  gint64 clock_ahead; /* milliseconds by which this computer's clock was ahead of the hub's then */
  char *failure;      /* of a later one, or NULL */
  char *failure_code;
  gint64 failed_at;
  gint64 lost; /* entries that the hub had lost when that was last found */
  gint64 lost_at;
} GuituHubOutcome;

gboolean guitu_hub_outcome_read (GuituTransaction *transaction, GuituHubOutcome *outcome, GError **error);
void guitu_hub_outcome_clear (GuituHubOutcome *outcome);

/** How many entries the hub has not said it has. -1 on error. */
gint64 guitu_hub_count_waiting (GuituTransaction *transaction, GError **error);

/** How many entries of this desk the hub said that it has. */
gint64 guitu_hub_count_sent (GuituTransaction *transaction, GError **error);

/** When a station last signed something that came here. */
typedef struct
{
  char *station;
  gint64 heard_at; /* milliseconds since 1970 */
} GuituHubNews;

/** Other stations. Returns: (transfer full) (element-type GuituHubNews). */
GPtrArray *guitu_hub_news_list (GuituTransaction *transaction, GError **error);
void guitu_hub_news_free (GuituHubNews *news);

/** When a desk last signed something that came over the hub, in milliseconds since 1970; 0: never. */
gint64 guitu_hub_heard_at (GuituTransaction *transaction, gint64 desk);

/** What is wrong with one chain at the hub. */
typedef struct
{
  char *code;    /* one of the GUITU_HUB_ problems */
  char *words;   /* one sentence, English */
  char *scope;   /* of the chain; empty for the desk itself */
  char *station; /* of the desk; NULL when the desk is not known here */
  gint64 desk;   /* its number */
} GuituHubProblem;

#define GUITU_HUB_NAMELESS "nameless"     /* entries of a desk that the hub does not name */
#define GUITU_HUB_UNSIGNED "unsigned"     /* an end that its desk did not sign */
#define GUITU_HUB_UNVERIFIED "unverified" /* entries, or a desk, that are not taken in */
#define GUITU_HUB_LESS "less"             /* the hub has less than it had */
#define GUITU_HUB_MISSING "missing"       /* entries within the chain's end */
#define GUITU_HUB_KEPT_BACK "kept-back"   /* chains together with their ends */
#define GUITU_HUB_PUT_BACK "put-back"     /* this desk was put back to an older state */
#define GUITU_HUB_NOT_SENT "not-sent"     /* entries of this desk that wait for something */

void guitu_hub_problem_free (GuituHubProblem *problem);

/** Returns: (transfer full) (element-type GuituHubProblem). */
GPtrArray *guitu_hub_problems_list (GuituTransaction *transaction, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituHub, guitu_hub_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituHubOutcome, guitu_hub_outcome_clear)

G_END_DECLS
