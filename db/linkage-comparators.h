/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How alike two values are, as levels of the model (linkage.h). */

#include "db/linkage-values.h"
#include "db/linkage.h"

G_BEGIN_DECLS

/** The field of the model for a kind of column, with what is thought of its levels before anything is learnt. */
GuituLinkageField _guitu_comparator_field (GuituColumnKind kind);

/** What a level is called: "same", "alike" … Static. */
const char *_guitu_comparator_level (GuituColumnKind kind, guint level);

/** A value that many others are compared with. */
typedef struct
{
  const GuituValue *value;
  guint64 places[256]; /* where each of the first 256 characters stands */
  guint32 *units;      /* nullable; of a Han name: how each unit is like its own (GuituAlikes), with the number of the name */
  guint32 number;      /* counted up with each name */
} GuituComparand;

/** @comparand: all 0 at first, then as it was left for the value before. */
void _guitu_comparand_set (GuituComparand *comparand, const GuituValue *value);

void _guitu_comparand_clear (GuituComparand *comparand);

/** The level; 0 where one of both is not known. */
guint8 _guitu_compare (GuituColumnKind kind, const GuituComparand *ours, const GuituValue *theirs, gboolean are_same);

/** Whether two different texts, or names, can be compared to anything but the last level. */
gboolean _guitu_sketches_may_be_alike (const GuituSketch *ours, const GuituSketch *theirs);

/** The last level of a kind: nothing alike. */
guint8 _guitu_comparator_other (GuituColumnKind kind);

/** Whether a level of two columns whose values may be exchanged leaves room for that; the level that says so. */
gboolean _guitu_comparator_may_be_exchanged (GuituColumnKind kind, guint8 level);
guint8 _guitu_comparator_exchanged (GuituColumnKind kind);

/** Whether the levels of one value, and of both, compared with those of the other column, may say, or say, that they are exchanged. */
gboolean _guitu_comparator_may_be_across (guint8 across);
gboolean _guitu_comparator_are_exchanged (guint8 across, guint8 back);

/** Jaro and Winkler: 0 … 1. */
double _guitu_compare_alike (const GuituComparand *ours, const GuituValue *theirs);

G_END_DECLS
