/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A side of a comparison taken apart once, so that it can be compared millions of times: names as units, births as
 * days, places, accents and marks as numbers. Needs no store. */

#include "db/mark.h"
#include "db/match.h"
#include "db/place.h"
#include "db/unit.h"

G_BEGIN_DECLS

#define GUITU_NAME_UNITS 8
#define GUITU_FEATURE_NAMES 8
#define GUITU_FEATURE_BIRTHS 3
#define GUITU_FEATURE_PLACES 6
#define GUITU_FEATURE_ACCENTS 3
#define GUITU_FEATURE_MARKS 6
#define GUITU_FEATURE_PHONES 4
#define GUITU_FEATURE_KIN 4
#define GUITU_NUMBER_SIZE 20

typedef struct
{
  GuituUnitId units[GUITU_NAME_UNITS];
  guint8 n_units;
  guint8 surname; /* units of the surname; 0: not known */
  guint8 core;    /* of a nickname (小英, 铁娃, 老王, 姓王): the unit that may be part of the real name */
  guint8 n_core;  /* 0: it is no nickname */
  guint8 is_alias;
  guint8 is_heard;  /* its sound alone is known */
  guint8 is_words;  /* of another script */
  const char *text; /* as it was written */
} GuituNameFeature;

#define GUITU_BIRTH_EPOCH_YEAR 1880

typedef struct
{
  guint16 from; /* days since 1 January 1880, from 1 */
  guint16 to;
  const char *text; /* the statement it comes from, %NULL for the record's own */
} GuituBirthFeature;

typedef struct
{
  GuituPlaceId place;
  const char *text;
} GuituPlaceFeature;

typedef struct
{
  const GuituMatchSide *side;
  GuituNameFeature names[GUITU_FEATURE_NAMES];
  GuituBirthFeature births[GUITU_FEATURE_BIRTHS];
  GuituPlaceFeature homes[GUITU_FEATURE_PLACES];
  GuituPlaceFeature accents[GUITU_FEATURE_ACCENTS];
  GuituMarkId marks[GUITU_FEATURE_MARKS];
  char phones[GUITU_FEATURE_PHONES][GUITU_NUMBER_SIZE]; /* digits, ? where one can't be read */
  char id_number[GUITU_NUMBER_SIZE];                    /* 18 places, or as many as there are */
  GuituNameFeature kin[GUITU_FEATURE_KIN];
  guint8 n_names;
  guint8 n_births;
  guint8 n_homes;
  guint8 n_accents;
  guint8 n_marks;
  guint8 n_phones;
  guint8 n_kin;
  guint8 sex;    /* 1, 2, 0: not known */
  guint8 nation; /* GB/T 3304, 0: not known */
  guint8 height; /* cm */
} GuituFeatures;

/** @side must outlive @features. */
void guitu_features_init (GuituFeatures *features, const GuituMatchSide *side);

/** The day @year, @month, @day (1880 … 2058), or 0. */
guint16 _guitu_day_of (int year, int month, int day);

/** The other way round. */
void _guitu_day_split (guint16 day, int *year, int *month, int *day_of_month);

/* --- Parts of it ----------------------------------------------------------------------------------- */

/** Adds the names in @text (it may hold several, or a note in brackets). */
void _guitu_names_read (GuituFeatures *features, const char *text, gboolean is_alias);

/** Adds a name from what somebody said, and how it sounded. */
void _guitu_names_hear (GuituFeatures *features, const GuituMatchStatement *statement);

/** Adds the names of kin in a free text. */
void _guitu_kin_read (GuituFeatures *features, const char *text);

/** The birth that an age in words tells ("五十多岁", "属龙，六十上下", "63年生"), said in @year. */
gboolean _guitu_age_read (const char *text, int year, GuituBirthFeature *birth);

G_END_DECLS
