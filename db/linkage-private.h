/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/linkage.h"

G_BEGIN_DECLS

/* The row 0 of a table is what holds whatever the parent says; with a parent, the row of each of its levels
 * what holds then. */
typedef double GuituLinkageTable[GUITU_LINKAGE_LEVELS + 1][GUITU_LINKAGE_LEVELS + 1];

typedef struct
{
  GuituLinkageField given;
  int parent;
  GuituLinkageTable m;
  GuituLinkageTable u;
  GuituLinkageTable bits;
  gboolean is_own;           /* of the one alone, not of the family */
  GuituLinkageTable related; /* the shares among relatives */
  GuituLinkageTable related_bits;
} GuituLinkageLink;

struct _GuituLinkage
{
  guint n_fields;
  double prior; /* bits */
  gboolean has_related;
  double related_prior; /* bits */
  GuituLinkageLink links[GUITU_LINKAGE_FIELDS];
};

/** What relatives agree in so, beside what is so by chance, in bits. */
double _guitu_linkage_related_score (const GuituLinkage *linkage, const guint8 *levels);

/** Makes the weights of a field from its m and u. */
void _guitu_linkage_weigh (GuituLinkageLink *link);

G_END_DECLS
