/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One round of taking in what the hub has. */

#include "db/encoding.h"
#include "db/hub-private.h"

G_BEGIN_DECLS

/** A chain of which the hub has more than we. */
typedef struct
{
  char *station;
  gint64 desk;
  char *scope;
  gint64 known; /* we have all up to this one */
  gint64 last;  /* the hub has them up to this one */
  int rank;     /* own station first: it holds what makes the others valid */
  gboolean has_failed;
  gboolean has_hole; /* entries within it are missing at the hub */
} GuituHubWanted;

typedef struct
{
  GuituHubSync *sync;
  GuituTransaction *transaction; /* of what is being written, or NULL */
  GPtrArray *wanted;             /* GuituHubWanted */
  guint since_commit;
  guint64 total;          /* entries to fetch, with those that were fetched */
  gboolean is_first;      /* this desk never got to the end of one */
  gboolean is_long;       /* how far it is is told */
  gboolean has_strangers; /* desks that nobody vouches for here, so far */
} GuituHubPull;

/** The transaction that writes, begun if need be. Returns: (transfer none), or %NULL with @error set. */
GuituConnection *_guitu_hub_pull_begin (GuituHubPull *pull, GError **error);

/** Ends it: before the network is waited for, since somebody may want to save. */
gboolean _guitu_hub_pull_commit (GuituHubPull *pull, GError **error);

gboolean _guitu_hub_pull_note_problem (GuituHubPull *pull, gint64 desk, const char *scope, const char *code, const char *words, GError **error);

/** An array of PostgreSQL's, as text: begun with "{" and ended with "}" by the caller. */
void _guitu_hub_array_add_text (GString *array, const char *text);
void _guitu_hub_array_add_integer (GString *array, gint64 value);

/** Begins to read the entries of a batch. Returns: how many there are */
guint64 _guitu_hub_begin_batch (GBytes *plain, GuituCborReader *reader);

/** The next entry of an opened batch. @body: (out) (transfer full) @signature: (out) (transfer none), of the batch */
gboolean _guitu_hub_next_entry (GuituCborReader *reader, GBytes *plain, GBytes **body, const guint8 **signature, GError **error);

/** Whether an error says that entries are not good, and not that the disk is. */
gboolean _guitu_hub_is_of_entries (const GError *error);

/** In the place of a scope in hub_heard: up to where a chain was searched for new keys. */
#define GUITU_HUB_SEARCHED "searched"

/**
 * Takes from the shared chain of a desk that is certified by none of the @n_keys keys known here of its station the
 * entries by which the station tells of new ones. What does not verify is left, and not fetched again with the same keys.
 */
gboolean _guitu_hub_take_rotations (GuituHubPull *pull, const GuituDesk *desk, guint n_keys, GError **error);

/** Looks at the ends of chains that the hub wrote down since that time, and fills @pull->wanted. */
gboolean _guitu_hub_look_at_heads (GuituHubPull *pull, gint64 since, GError **error);

G_END_DECLS
