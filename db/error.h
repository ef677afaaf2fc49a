/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What went wrong in the store, named by what the caller can do about it. */
typedef enum
{
  GUITU_DB_ERROR_STORAGE,         /* the disk or SQLite failed: full, read-only, I/O */
  GUITU_DB_ERROR_LOCKED,          /* another program holds the store; trying again may help */
  GUITU_DB_ERROR_DAMAGED,         /* not a store, or its file is malformed */
  GUITU_DB_ERROR_TOO_NEW,         /* made by a newer version of Guitu */
  GUITU_DB_ERROR_KEY,             /* a key file is missing or unreadable */
  GUITU_DB_ERROR_NOT_FOUND,       /* no store in that folder, or no such row */
  GUITU_DB_ERROR_EXISTS,          /* a store is already there */
  GUITU_DB_ERROR_UNTRUSTED,       /* a signature, hash or chain does not verify */
  GUITU_DB_ERROR_INVALID,         /* bytes or text that no version of Guitu writes */
  GUITU_DB_ERROR_HUB_AWAY,        /* the hub does not answer, or the connection broke */
  GUITU_DB_ERROR_HUB_LOGIN,       /* it refuses the log-in */
  GUITU_DB_ERROR_HUB_CERTIFICATE, /* it does not prove to be the hub, or does not encrypt */
  GUITU_DB_ERROR_HUB_VERSION,     /* that database is no hub, or one of another version */
  GUITU_DB_ERROR_HUB_READ_ONLY,   /* it takes nothing at present */
  GUITU_DB_ERROR_HUB_FULL,        /* its disk is full */
  GUITU_DB_ERROR_HUB_REFUSED,     /* it does not let this log-in do that */
  GUITU_DB_ERROR_NOT_OURS,        /* another station's record, which only that station changes */
  GUITU_DB_ERROR_CLOCK,           /* this computer's clock is far from everybody else's */
} GuituDbError;

#define GUITU_DB_ERROR (guitu_db_error_quark ())
GQuark guitu_db_error_quark (void);

/** Told how much is done; %FALSE with @error set stops the work. */
typedef gboolean (*GuituProgress) (guint64 done, guint64 total, gpointer data, GError **error);

G_END_DECLS
