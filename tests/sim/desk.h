/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One desk of the simulation (desk.c): what its process holds, and the commands that are kept apart. */

#include "db/db.h"

typedef struct
{
  GuituStore *store;
  const char *url;
  const char *login;
  const char *password;
  GArray *network;
  GPtrArray *stations; /* codes of all others, for letters */
  GRand *chance;
} Desk;

/** Answers the command: with @text, or with the error, which it takes. */
void desk_answer (GError *error, const char *text);

/* work SEED COUNT: so many transactions of whatever a desk may write; and fill COUNT: a year of work, for measuring. */
void desk_work (Desk *desk, char **words);
void desk_fill (Desk *desk, char **words);

/* invite FILE CODE NUMBER [paper], which is the backup of the keys on paper; snapshot FILE. */
void desk_invite (Desk *desk, char **words);
void desk_snapshot (Desk *desk, char **words);

/** The store of a desk that begins with one of these: join INVITATION CODE [SNAPSHOT]. */
GuituStore *desk_join (const char *folder, char **words, GError **error);

/* publish: the station's own entry in the directory; rotate DESKS: new keys, for so many desks that go on. */
void desk_publish (Desk *desk);
void desk_rotate (Desk *desk, char **words);

/* trust CODE KEY BOX-KEY; end DESK-ID; keys. */
void desk_trust (Desk *desk, char **words);
void desk_end (Desk *desk, char **words);
void desk_tell_keys (Desk *desk);
