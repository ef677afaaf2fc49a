/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/match-index-private.h"

G_BEGIN_DECLS

/** Weights are whole numbers of this part of a bit while millions are added. */
#define GUITU_SCAN_UNIT 64

typedef struct
{
  guint kind;
  gint64 row;
  int score; /* in GUITU_SCAN_UNIT of a bit, without the name; of the best of its names with the name */
  int name;  /* its field × GUITU_MATCH_LEVELS + level */
} GuituCandidate;

/** One question: what is asked, and what the store says of it. */
typedef struct _GuituScan GuituScan;

GuituScan *_guitu_scan_new (const GuituFeatures *ours, const GuituLinkage *model);
void _guitu_scan_free (GuituScan *scan);

/**
 * Reads the whole index of @kinds. First a part of it tells how frequent each level is among the people there; then
 * all are weighed, without the row @own_row of @own. @candidates: (element-type GuituCandidate): the best, not in order.
 */
gboolean _guitu_scan_run (GuituScan *scan, GuituConnection *connection, guint kinds, guint own, gint64 own_row, GArray *candidates, GError **error);

/** The weights by which the question is judged, after it was run. */
const GuituScale *_guitu_scan_scale (const GuituScan *scan);

/** How many records were compared. */
guint64 _guitu_scan_compared (const GuituScan *scan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituScan, _guitu_scan_free)

G_END_DECLS
