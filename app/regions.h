/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Provinces, prefectures and counties by their six-digit codes (GB/T 2260, kept by the Ministry of
 * Civil Affairs; db/data/regions.csv). Abolished codes stay known: an ID number keeps the code of
 * the place and year in which it was given. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code; /* six digits: two each for province, prefecture, county */
  const char *name; /* without the names of the levels above */
  gboolean is_current;
} GuituRegion;

/**
 * All regions ordered by code, those of one province next to one another.
 *
 * Returns: (transfer none): @n regions, for the life of the process.
 */
const GuituRegion *guitu_regions_list (guint *n);

/** Whether @code is, or once was, the code of a region. */
gboolean guitu_regions_exists (const char *code);

/** The region's own name ("海珠区"), or %NULL for an unknown code. */
const char *guitu_regions_name (const char *code);

/**
 * The name with the levels above it: "广东省广州市海珠区". Levels that only hold a place in the
 * numbering (市辖区, 县, 省直辖县级行政区划) are left out.
 *
 * Returns: (transfer full) (nullable): the name, or %NULL for an unknown code.
 */
char *guitu_regions_full_name (const char *code);

/**
 * The region that @text names: a name with or without the levels above it and with or without 省,
 * 市, 区 and the like ("广州市海珠区", "广州海珠", "海珠区"). Whole names count before shortened
 * ones, and regions of today before abolished ones.
 *
 * Returns: (transfer none) (nullable): the code, or %NULL when no region or more than one is meant.
 */
const char *guitu_regions_find (const char *text);

G_END_DECLS
