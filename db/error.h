/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What went wrong in the store, named by what the caller can do about it. */
typedef enum
{
  GUITU_DB_ERROR_STORAGE,   /* the disk or SQLite failed: full, read-only, I/O */
  GUITU_DB_ERROR_LOCKED,    /* another program holds the store; trying again may help */
  GUITU_DB_ERROR_DAMAGED,   /* not a store, or its file is malformed */
  GUITU_DB_ERROR_TOO_NEW,   /* made by a newer version of Guitu */
  GUITU_DB_ERROR_KEY,       /* a key file is missing or unreadable */
  GUITU_DB_ERROR_NOT_FOUND, /* no store in that folder, or no such row */
  GUITU_DB_ERROR_EXISTS,    /* a store is already there */
  GUITU_DB_ERROR_UNTRUSTED, /* a signature, hash or chain does not verify */
  GUITU_DB_ERROR_INVALID,   /* bytes or text that no version of Guitu writes */
} GuituDbError;

#define GUITU_DB_ERROR (guitu_db_error_quark ())
GQuark guitu_db_error_quark (void);

G_END_DECLS
