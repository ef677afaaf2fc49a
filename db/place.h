/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Provinces, prefectures and counties (GB/T 2260, db/data/regions.csv) as numbers, and the places and accents
 * that people name in words. */

#include "db/unit.h"

G_BEGIN_DECLS

/** A region: its line in db/data/regions.csv, from 1; from GUITU_FIRST_DIALECT a line of db/data/dialects.csv. */
typedef guint16 GuituPlaceId;

#define GUITU_PLACE_NONE 0
#define GUITU_FIRST_DIALECT 8192

typedef enum
{
  GUITU_PLACE_COUNTY, /* the same one */
  GUITU_PLACE_PREFECTURE,
  GUITU_PLACE_PROVINCE,
  GUITU_PLACE_NEIGHBOUR, /* provinces that touch */
  GUITU_PLACE_OTHER,
} GuituPlaceLevel;

/** From a region code of six digits or more; of an unknown county its prefecture or province. */
GuituPlaceId _guitu_place_of_code (const char *code);

/** The code of a region, %NULL for a dialect. */
const char *_guitu_place_code (GuituPlaceId place);

/** The regions that @text names, the most exact ones. Returns: how many, at most @max. */
guint _guitu_places_read (const char *text, GuituPlaceId *places, guint max);

/** The same by their sound in any dialect. */
guint _guitu_places_heard (const GuituUnitId *units, guint n_units, GuituPlaceId *places, guint max);

/** The dialects and regions whose accent @text tells of. */
guint _guitu_accents_read (const char *text, GuituPlaceId *accents, guint max);

/** Whether of a place more than the province is known. */
gboolean _guitu_place_is_exact (GuituPlaceId place);

/** How near two regions, or the homes of two accents, are. */
GuituPlaceLevel _guitu_places_compare (GuituPlaceId ours, GuituPlaceId theirs);

G_END_DECLS
