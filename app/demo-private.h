/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the parts of the demo share: the drawing of lots, names and days. */

#include "app/demo-people.h"

#define GUITU_DEMO_N_PROVINCES 31

/** The counties of a province, as codes. */
typedef struct
{
  GPtrArray *current;
  GPtrArray *abolished;
} GuituDemoCounties;

struct _GuituDemo
{
  guint64 random;
  guint32 today; /* Julian day */
  guint n_people;
  GuituDemoCounties counties[GUITU_DEMO_N_PROVINCES];
  JsonObject *visitor; /* whose stays are being drawn */
  guint32 arrivals[12];
  guint n_arrivals;
  guint next_arrival;
};

/** One value of a list, drawn in proportion to its weight. A list ends with a %NULL value. */
typedef struct
{
  const char *value;
  guint weight;
} GuituDemoLot;

/** The surnames that the program knows, the most frequent first. Returns: (array zero-terminated=1), for the life of the process. */
const char *const *_guitu_demo_surnames (void);

/** A whole number from 0 to @n - 1. */
guint _guitu_demo_below (GuituDemo *demo, guint n);

/** Whether something happens that happens @per_mille times in a thousand. */
gboolean _guitu_demo_chance (GuituDemo *demo, guint per_mille);

const char *_guitu_demo_draw (GuituDemo *demo, const GuituDemoLot *lots);

/** One of the words of an array. */
#define GUITU_DEMO_PICK(demo, words) ((words)[_guitu_demo_below ((demo), G_N_ELEMENTS (words))])

/** YYYY-MM-DD of a Julian day. */
void _guitu_demo_format_day (guint32 day, char date[11]);

/** The Julian day of a date or time that begins with YYYY-MM-DD. */
guint32 _guitu_demo_parse_day (const char *date);

/** A mobile phone number. */
void _guitu_demo_phone (GuituDemo *demo, char phone[12]);

/**
 * A name such as somebody of that nation (GB/T 3304; %NULL for a foreigner), sex (GB/T 2261.1) and
 * year of birth bears. Returns: (transfer full).
 */
char *_guitu_demo_name (GuituDemo *demo, const char *nation, const char *sex, int year);
