/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is thought of each level before anything is learnt.
 *
 * m, how often a level is seen of one human being at two times, follows the kinds of error of real tracing cases
 * (domain.md §5.4) and is generous to the rarer ones: a clue that nobody expected is worth a look. u, how often of two
 * people, is for a comparison without a store; a question to a store counts its own (db/match-scan.c), and for names
 * it follows from the frequency of their characters (db/match-weights.c). */

#include "db/match-private.h"

#include <string.h>

#define NAME_U                                                                                                                           \
  {                                                                                                                                      \
    0, 1e-5, 8e-5, 1e-4, 3e-5, 4e-4, 1e-3, 2e-5, 2e-4, 2e-4, 1e-3, 5e-4, 1e-3, 1e-3, 2e-3, 2e-3, 4e-3, 8e-3, 5e-4, 5e-3, 2.5e-2, 1.5e-2, \
        5e-3, 0.93                                                                                                                       \
  }
#define DISTANCE_U                                       \
  {                                                      \
    0, 5e-5, 0.009, 0.035, 0.07, 0.10, 0.17, 0.28, 0.336 \
  }

/* clang-format off */
static const GuituLinkageField fields[GUITU_MATCH_FIELDS] = {
  [GUITU_MATCH_NAME] = { "name", GUITU_NAME_LEVELS_END - 1,
    { 0, 0.55, 0.09, 0.02, 0.025, 0.05, 0.02, 0.015, 0.004, 0.025, 0.01, 0.02, 0.008, 0.015, 0.02, 0.02, 0.012, 0.015, 0.008, 0.012,
      0.015, 0.006, 0.006, 0.034 }, NAME_U },
  [GUITU_MATCH_HEARD] = { "heard", GUITU_NAME_LEVELS_END - 1,
    { 0, 0.001, 0.001, 0.64, 0.001, 0.14, 0.04, 0.003, 0.013, 0.003, 0.025, 0.002, 0.018, 0.025, 0.002, 0.002, 0.017, 0.025, 0.006, 0.006,
      0.003, 0.008, 0.002, 0.017 }, NAME_U },
  [GUITU_MATCH_NICKNAME] = { "nickname", GUITU_NAME_LEVELS_END - 1,
    { 0, 0.14, 0.02, 0.01, 0.002, 0.006, 0.002, 0.001, 0.001, 0.008, 0.002, 0.001, 0.001, 0.001, 0.002, 0.002, 0.001, 0.002, 0.08, 0.35,
      0.16, 0.02, 0.018, 0.17 }, NAME_U },
  [GUITU_MATCH_SEX] = { "sex", 2, { 0, 0.99, 0.01 }, { 0, 0.6, 0.4 } },
  [GUITU_MATCH_DAY] = { "day", 8, { 0, 0.78, 0.08, 0.03, 0.03, 0.03, 0.02, 0.02, 0.01 }, DISTANCE_U },
  [GUITU_MATCH_AGE] = { "age", 8, { 0, 0.52, 0.18, 0.08, 0.07, 0.06, 0.05, 0.03, 0.01 }, { 0, 0.08, 0.08, 0.05, 0.07, 0.10, 0.16, 0.22, 0.24 } },
  [GUITU_MATCH_HOME] = { "home", 5, { 0, 0.70, 0.10, 0.09, 0.04, 0.07 }, { 0, 0.001, 0.004, 0.055, 0.22, 0.72 } },
  [GUITU_MATCH_HOME_WIDE] = { "home-wide", 3, { 0, 0.86, 0.06, 0.08 }, { 0, 0.06, 0.22, 0.72 } },
  [GUITU_MATCH_ACCENT] = { "accent", 5, { 0, 0.38, 0.24, 0.22, 0.10, 0.06 }, { 0, 0.001, 0.006, 0.055, 0.22, 0.718 } },
  [GUITU_MATCH_ACCENT_WIDE] = { "accent-wide", 3, { 0, 0.82, 0.12, 0.06 }, { 0, 0.06, 0.22, 0.72 } },
  [GUITU_MATCH_MARKS] = { "marks", 7, { 0, 0.06, 0.50, 0.16, 0.05, 0.07, 0.02, 0.14 }, { 0, 2e-4, 0.004, 0.012, 0.006, 0.04, 0.01, 0.9278 } },
  [GUITU_MATCH_HEIGHT] = { "height", 5, { 0, 0.50, 0.33, 0.11, 0.04, 0.02 }, { 0, 0.22, 0.24, 0.19, 0.19, 0.16 } },
  [GUITU_MATCH_NATION] = { "nation", 2, { 0, 0.98, 0.02 }, { 0, 0.85, 0.15 } },
  [GUITU_MATCH_PHONE] = { "phone", 4, { 0, 0.50, 0.06, 0.09, 0.35 }, { 0, 1e-6, 1e-5, 1e-6, 0.999988 } },
  [GUITU_MATCH_ID_NUMBER] = { "id", 4, { 0, 0.90, 0.02, 0.05, 0.03 }, { 0, 1e-9, 1e-6, 1e-7, 0.9999989 } },
  [GUITU_MATCH_KIN] = { "kin", 6, { 0, 0.42, 0.14, 0.08, 0.05, 0.08, 0.23 }, { 0, 3e-4, 0.002, 0.006, 0.008, 0.09, 0.8937 } },
};

static const char *const names[GUITU_MATCH_FIELDS] = {
  "name", "name", "name", "sex", "birth", "birth", "household", "household", "accent", "accent", "marks", "height_cm", "nation", "phone", "id_number", "kin",
};

static const char *const name_hows[GUITU_NAME_LEVELS_END] = {
  "", "same", "sound", "sound", "shape", "dialect", "dialect", "swapped", "swapped", "dropped", "dropped", "surname", "surname", "surname-near",
  "one-character", "one-character", "one-character", "one-character", "given-name", "nickname", "surname-only", "surname-only", "a-character", "different",
};
static const char *const day_hows[] = { "", "same", "slip", "near", "near", "far", "far", "far", "different" };
static const char *const age_hows[] = { "", "interval", "interval", "near", "near", "far", "far", "far", "different" };
static const char *const place_hows[] = { "", "same", "prefecture", "province", "neighbour", "different" };
static const char *const wide_hows[] = { "", "province", "neighbour", "different" };
static const char *const mark_hows[] = { "", "several", "same", "alike", "side", "near", "kind", "different" };
static const char *const height_hows[] = { "", "same", "near", "near", "far", "different" };
static const char *const code_hows[] = { "", "same", "different" };
static const char *const number_hows[] = { "", "same", "partial", "one-digit", "different" };
static const char *const kin_hows[] = { "", "same", "sound", "nickname", "one-character", "surname-only", "different" };
/* clang-format on */

static const char *const *const hows[GUITU_MATCH_FIELDS] = {
  name_hows,
  name_hows,
  name_hows,
  code_hows,
  day_hows,
  age_hows,
  place_hows,
  wide_hows,
  place_hows,
  wide_hows,
  mark_hows,
  height_hows,
  code_hows,
  number_hows,
  number_hows,
  kin_hows,
};

GuituLinkage *
_guitu_match_model_new (void)
{
  return guitu_linkage_new (fields, GUITU_MATCH_FIELDS);
}

gboolean
_guitu_match_level_exists (GuituMatchField field,
                           guint level)
{
  return level >= 1 && level <= fields[field].n_levels;
}

const char *
_guitu_match_field_name (GuituMatchField field)
{
  return names[field];
}

const char *
_guitu_match_how (GuituMatchField field,
                  guint level)
{
  return hows[field][level];
}
