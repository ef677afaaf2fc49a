/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Fields, levels and weights of the match (db/match.h). */

#include "db/linkage.h"
#include "db/match-features.h"

G_BEGIN_DECLS

typedef enum
{
  GUITU_MATCH_NAME,     /* names as they are written */
  GUITU_MATCH_HEARD,    /* names of which one was only heard */
  GUITU_MATCH_NICKNAME, /* names of which one is a nickname or a single character */
  GUITU_MATCH_SEX,
  GUITU_MATCH_DAY,         /* births, both known to the day */
  GUITU_MATCH_AGE,         /* births, one or both estimated */
  GUITU_MATCH_HOME,        /* homes, both known to the prefecture at least */
  GUITU_MATCH_HOME_WIDE,   /* homes, of one the province alone is known */
  GUITU_MATCH_ACCENT,      /* accents, or the accent of one and the home of the other */
  GUITU_MATCH_ACCENT_WIDE, /* the same, of one the province alone is known */
  GUITU_MATCH_MARKS,
  GUITU_MATCH_HEIGHT,
  GUITU_MATCH_NATION,
  GUITU_MATCH_PHONE,
  GUITU_MATCH_ID_NUMBER,
  GUITU_MATCH_KIN,
  GUITU_MATCH_FIELDS,
} GuituMatchField;

/* Levels: 0 says nothing, 1 is the best. */
typedef enum
{
  GUITU_NAME_SAME = 1,
  GUITU_NAME_SOUND,    /* one character of the same sound */
  GUITU_NAME_SOUNDS,   /* several */
  GUITU_NAME_SHAPE,    /* one that looks alike */
  GUITU_NAME_DIALECT,  /* one that sounds alike in dialects */
  GUITU_NAME_DIALECTS, /* several, or with other slips */
  GUITU_NAME_SWAPPED,  /* two neighbours, or surname and given name */
  GUITU_NAME_SWAPPED_SOUND,
  GUITU_NAME_DROPPED, /* one character more or less */
  GUITU_NAME_DROPPED_SOUND,
  GUITU_NAME_SURNAME, /* the given name fits, the surname does not */
  GUITU_NAME_SURNAME_SOUND,
  GUITU_NAME_SURNAME_NEAR, /* 黄 for 王 */
  GUITU_NAME_FIRST,        /* the first character of the given name differs */
  GUITU_NAME_LAST,         /* the last does */
  GUITU_NAME_CHARACTER_SOUND,
  GUITU_NAME_CHARACTER_NEAR,
  GUITU_NAME_GIVEN,     /* the given name alone is said */
  GUITU_NAME_GIVEN_ONE, /* a nickname with a character of it */
  GUITU_NAME_ONLY_SURNAME,
  GUITU_NAME_ONLY_SURNAME_SOUND,
  GUITU_NAME_A_CHARACTER,
  GUITU_NAME_OTHER,
  GUITU_NAME_LEVELS_END,
} GuituNameLevel;

typedef enum
{
  GUITU_DAY_SAME = 1,
  GUITU_DAY_SLIP, /* one of year, month and day differs, or month and day are swapped */
  GUITU_DAY_1_YEAR,
  GUITU_DAY_3_YEARS,
  GUITU_DAY_6_YEARS,
  GUITU_DAY_12_YEARS,
  GUITU_DAY_25_YEARS,
  GUITU_DAY_MORE,
  GUITU_DAY_LEVELS_END,
} GuituDayLevel;

/* Of ages: in the middle of the interval, at its edge, and the same distances beyond it. */
#define GUITU_AGE_MIDDLE GUITU_DAY_SAME
#define GUITU_AGE_EDGE GUITU_DAY_SLIP

#define GUITU_MARKS_TWO 1 /* two marks agree; then 2 + GuituMarksAlike */
#define GUITU_MARKS_LEVEL(alike) (2 + (guint) (alike))
#define GUITU_MARKS_LEVELS_END (GUITU_MARKS_LEVEL (GUITU_MARKS_NOTHING) + 1)

#define GUITU_PLACE_LEVEL(level) (1 + (guint) (level))
#define GUITU_WIDE_LEVEL(level) ((guint) (level) - (guint) GUITU_PLACE_PROVINCE + 1)

typedef enum
{
  GUITU_PHONE_SAME = 1,
  GUITU_PHONE_PARTIAL, /* all digits that can be read fit */
  GUITU_PHONE_SLIP,    /* one digit wrong, or two swapped */
  GUITU_PHONE_OTHER,
} GuituPhoneLevel;

typedef enum
{
  GUITU_ID_SAME = 1,
  GUITU_ID_PARTIAL,
  GUITU_ID_SLIP,
  GUITU_ID_OTHER,
} GuituIdLevel;

typedef enum
{
  GUITU_KIN_SAME = 1,
  GUITU_KIN_SOUND,
  GUITU_KIN_NICKNAME, /* of one a nickname is told, and it is made of the other's name */
  GUITU_KIN_PART,     /* more of the name fits than the surname */
  GUITU_KIN_SURNAME,
  GUITU_KIN_OTHER,
} GuituKinLevel;

/** Whether it is one of the fields of names. */
#define GUITU_MATCH_IS_NAME(field) ((field) <= GUITU_MATCH_NICKNAME)

#define GUITU_MATCH_LEVELS GUITU_NAME_LEVELS_END /* more than any field has */

/** What of two sides agreed best: for the reasons. Positions in the features, -1: the record's own. */
typedef struct
{
  guint8 levels[GUITU_MATCH_FIELDS];
  guint8 our_name, their_name;
  guint8 our_birth, their_birth;
  guint8 our_home, their_home;
  guint8 our_accent, their_accent;
  gboolean our_accent_is_home, their_accent_is_home;
} GuituAgreement;

/** Compares all fields. */
void _guitu_match_agree (const GuituFeatures *ours, const GuituFeatures *theirs, GuituAgreement *agreement);

/* --- Comparators ----------------------------------------------------------------------------------- */

/** How one of their units is like each of ours: 3 bits each (GuituAlike), ours 0 lowest. */
typedef guint32 GuituAlikes;

#define GUITU_ALIKE_AT(alikes, ours) ((GuituAlike) ((alikes) >> (3 * (ours)) & 7))

typedef struct
{
  guint8 n_units;
  guint8 surname;
  guint8 core;
  guint8 n_core;
} GuituNameForm;

/** The level of two names whose units are alike so; @columns: one per unit of theirs. Of up to four units each. */
guint _guitu_names_level (const GuituAlikes *columns, GuituNameForm ours, GuituNameForm theirs);

/** The level of two names, of any length. */
guint _guitu_names_compare (const GuituNameFeature *ours, const GuituNameFeature *theirs);

/** In which field two names are compared. */
static inline GuituMatchField
_guitu_name_field (gboolean is_heard,
                   gboolean is_nickname)
{
  return is_nickname ? GUITU_MATCH_NICKNAME : is_heard ? GUITU_MATCH_HEARD
                                                       : GUITU_MATCH_NAME;
}

/** What a level says when one of the names was only heard: the characters say nothing then. */
static inline guint
_guitu_name_level_heard (guint level)
{
  return level < GUITU_NAME_SOUNDS ? GUITU_NAME_SOUNDS : level;
}

#define GUITU_NAME_IS_NICKNAME(n_units, n_core) ((n_core) > 0 || (n_units) == 1)

guint _guitu_births_level (const GuituBirthFeature *ours, const GuituBirthFeature *theirs);

/** Whether both are known to the day. */
gboolean _guitu_births_are_days (const GuituBirthFeature *ours, const GuituBirthFeature *theirs);

guint _guitu_heights_level (guint8 ours, guint8 theirs);
guint _guitu_phones_level (const char *ours, const char *theirs);
guint _guitu_id_numbers_level (const char *ours, const char *theirs);
guint _guitu_marks_level (const GuituMarkId *ours, guint n_ours, const GuituMarkId *theirs, guint n_theirs);

/* --- Weights --------------------------------------------------------------------------------------- */

/** Nothing speaks against more than this, in bits: every fact can be a lie or a slip. */
#define GUITU_MATCH_LEAST_BITS (-9)

/** An accent says where somebody is from, and so does the home: what both say is counted once, and this part of the second. */
#define GUITU_MATCH_SAID_TWICE 0.3

/** In bits: an alias fits a name less often than the name does. */
#define GUITU_MATCH_ALIAS_LOSS 1.0

/** The weights for one question: bits by field and level. */
typedef struct
{
  double bits[GUITU_MATCH_FIELDS][GUITU_MATCH_LEVELS];
  gboolean is_counted; /* in a store */
} GuituScale;

#define GUITU_MATCH_KNOWN_BEFORE 0.33 /* of those who are asked about, so many are there */

/** The odds, in bits, that one of @n_subjects is who is asked about, where that is so of the share @known of those who are asked about. */
double _guitu_match_prior (double known, double n_subjects);

/** The model with the m and u that are thought of the country. Returns: (transfer full). */
GuituLinkage *_guitu_match_model_new (void);

gboolean _guitu_match_level_exists (GuituMatchField field, guint level);

/** The name of a field in reasons. */
const char *_guitu_match_field_name (GuituMatchField field);
const char *_guitu_match_how (GuituMatchField field, guint level);

/** The share of people who have such a name at each level by the frequency of its parts in the country. */
void _guitu_name_shares (const GuituNameFeature *name, double shares[GUITU_MATCH_LEVELS]);

/** Weights without a store: of two names the more frequent counts. @theirs: (nullable): not known yet */
void _guitu_scale_init (GuituScale *scale, const GuituLinkage *model, const GuituFeatures *ours, const GuituFeatures *theirs);

/** The weights of an agreement: one per field; 0 where nothing is said. Fields that tell the same are counted less. */
double _guitu_scale_weigh (const GuituScale *scale, const GuituFeatures *ours, const GuituFeatures *theirs, const GuituAgreement *agreement, double weights[GUITU_MATCH_FIELDS]);

/** Adds the reasons to a match whose score is set. */
void _guitu_match_explain (GuituMatch *match, const GuituFeatures *ours, const GuituFeatures *theirs, const GuituAgreement *agreement, const double weights[GUITU_MATCH_FIELDS]);

GuituMatch *_guitu_match_new (guint kind, gint64 row);
void _guitu_match_add_reason (GuituMatch *match, const char *field, const char *how, const char *ours, const char *theirs, double weight);

G_END_DECLS
