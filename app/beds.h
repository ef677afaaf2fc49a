/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who may sleep where. Plain data in, a set of broken rules out: no store, no clock, so that a test
 * can walk millions of cases. Sexes apart: 救助管理办法 Art. 8; minors: 未成年人保护法 Art. 2, 93;
 * observation and isolation: 工作规程 Art. 8. */

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_BEDS_MAX 60 /* in one room */

/** Broken rules. The first four are facts and never overridden. */
typedef enum
{
  GUITU_BED_IS_FINE = 0,
  GUITU_BED_UNKNOWN = 1 << 0,     /* there is no such bed */
  GUITU_BED_CLOSED = 1 << 1,      /* the bed is not in use */
  GUITU_BED_ROOM_CLOSED = 1 << 2, /* nor is the whole room */
  GUITU_BED_TAKEN = 1 << 3,       /* somebody else has it */
  GUITU_BED_MIXED_SEX = 1 << 4,   /* another sex in the room, or a room for the other sex */
  GUITU_BED_MINOR_APART = 1 << 5, /* a minor beside unrelated adults, or an adult among minors */
  GUITU_BED_ISOLATION = 1 << 6,   /* an infectious disease among others, or others among the infectious */
  GUITU_BED_FAMILY = 1 << 7,      /* a room for one family takes another person */
} GuituBedRules;

#define GUITU_BED_HARD (GUITU_BED_UNKNOWN | GUITU_BED_CLOSED | GUITU_BED_ROOM_CLOSED | GUITU_BED_TAKEN)

typedef enum
{
  GUITU_ZONE_UNKNOWN, /* no house is declared */
  GUITU_ZONE_MEN,
  GUITU_ZONE_WOMEN,
  GUITU_ZONE_MINORS,
  GUITU_ZONE_FAMILY,
  GUITU_ZONE_ISOLATION,
  GUITU_ZONE_CARE,
} GuituZone;

/** A person as far as beds care. An age that is only estimated may be both of minor and of adult. */
typedef struct
{
  char sex; /* GB/T 2261.1: '1', '2'; '0' and '9' are not known */
  gboolean may_be_minor;
  gboolean may_be_adult;
  gboolean is_infectious;
  const char *family; /* those of one mark are one family; NULL: nobody's */
  const char *bed;    /* the bed they have, or, for who looks for one, would have; NULL: none */
} GuituBedGuest;

/** A room; zero-initialised with is_declared unset where the station has not told its rooms. */
typedef struct
{
  gboolean is_declared;
  gboolean is_closed;
  GuituZone zone;
  char sex; /* '1' or '2' for a room of one sex, else 0 */
  int n_beds;
  guint64 closed_beds; /* bit n - 1: bed n */
} GuituBedRoom;

/** The zone of a code (codes "zone"). */
GuituZone guitu_zone_parse (const char *code);

/**
 * The rules that @guest would break in bed number @number of @room, in which @others sleep.
 * Where no house is declared, @number does not matter.
 */
GuituBedRules guitu_bed_check (const GuituBedGuest *guest, const GuituBedRoom *room, int number, const GuituBedGuest *others, guint n);

/**
 * Takes "101-3" apart: the room is what stands before the last hyphen, or the whole text.
 * @number: (out): the bed's number, 0 where there is none
 * Returns: (transfer full): the room's name
 */
char *guitu_bed_split (const char *bed, int *number);

/** Bed text in one spelling: full-width forms become plain, "101 - 03" becomes "101-3". Returns: (transfer full) (nullable). */
char *guitu_bed_normalise (const char *text);

/** Compares names as people order them: "9" before "10". */
int guitu_natural_compare (const char *a, const char *b);

/** Codes of the rules, "mixed-sex isolation", in a %NULL-terminated array. Returns: (transfer full). */
GStrv guitu_bed_rule_codes (GuituBedRules rules);

/* --- Where people are ------------------------------------------------------------------------ */

/**
 * Where a person is after an event, by codes "where" and "event_kind". @where: %NULL is the house.
 * @moves: (out): whether the event says anything about where the person is
 * Returns: (nullable): %NULL if it moves nobody, or can't happen to somebody who is there.
 */
const char *guitu_where_after (const char *where, const char *event, gboolean *moves);

G_END_DECLS
