/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between reading what a call about an arriving hand-over means, and answering it. */

#include "app/hand-over.h"

G_BEGIN_DECLS

/* What the call is about. */
typedef struct
{
  GuituSealFound found; /* what was scanned, or what the file says was printed; seal NULL: neither */
  gboolean is_scanned;
  char *sealed; /* number and name of that seal */
  char *station;
  GuituRecord *letter;   /* NULL: only the paper is here */
  JsonObject *content;   /* of the letter */
  GuituRecord *incoming; /* what was answered before, or NULL */
} GuituMatter;

void _guitu_matter_clear (GuituMatter *matter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituMatter, _guitu_matter_clear)

/** Reads the seal that the call shows, if any: before a transaction, since the camera takes its time. Errors: INVALID. */
gboolean _guitu_matter_scan (GuituMatter *matter, GuituCall *call, GError **error);

/** Finds the file, the seal that it names, and what was answered. Errors: NOT_FOUND, INVALID. */
gboolean _guitu_matter_read (GuituMatter *matter, GuituCall *call, GuituTransaction *transaction, GError **error);

/** Refuses what can't be trusted, what was withdrawn, and a paper that leads elsewhere. */
gboolean _guitu_matter_judge (GuituMatter *matter, GuituCall *call, GuituTransaction *transaction, GError **error);

G_END_DECLS
