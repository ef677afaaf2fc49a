/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The comparators of all fields but names: each gives a level. */

#include "db/match-private.h"

#include <stdlib.h>
#include <string.h>

/* --- Births ---------------------------------------------------------------------------------------- */

#define DAYS_IN_YEAR 365.25
#define WIDE_INTERVAL 1500 /* days: in wider ones the middle is likelier than the edge */

gboolean
_guitu_births_are_days (const GuituBirthFeature *ours,
                        const GuituBirthFeature *theirs)
{
  return ours->from == ours->to && theirs->from == theirs->to;
}

static guint
level_of_distance (guint days)
{
  static const guint16 limits[] = { 366, 1096, 2192, 4383, 9132 };
  guint level = GUITU_DAY_1_YEAR;

  for (guint i = 0; i < G_N_ELEMENTS (limits) && days > limits[i]; i++)
    level++;
  return level;
}

static guint
level_of_days (guint16 ours,
               guint16 theirs)
{
  int our_year, our_month, our_day, year, month, day;

  if (ours == theirs)
    return GUITU_DAY_SAME;
  _guitu_day_split (ours, &our_year, &our_month, &our_day);
  _guitu_day_split (theirs, &year, &month, &day);
  if ((our_year == year) + (our_month == month) + (our_day == day) >= 2 ||
      (our_year == year && our_month == day && our_day == month))
    return GUITU_DAY_SLIP;
  return level_of_distance (ours > theirs ? ours - theirs : theirs - ours);
}

guint
_guitu_births_level (const GuituBirthFeature *ours,
                     const GuituBirthFeature *theirs)
{
  int gap, width, apart;

  if (_guitu_births_are_days (ours, theirs))
    return level_of_days (ours->from, theirs->from);
  gap = MAX ((int) ours->from - theirs->to, (int) theirs->from - ours->to);
  if (gap > 0)
    return level_of_distance (gap);
  width = MAX (ours->to - ours->from, theirs->to - theirs->from);
  apart = abs (((int) ours->from + ours->to) - ((int) theirs->from + theirs->to)) / 2;
  return width < WIDE_INTERVAL || apart * 4 <= width ? GUITU_AGE_MIDDLE : GUITU_AGE_EDGE;
}

/* --- Height, places, marks -------------------------------------------------------------------------- */

guint
_guitu_heights_level (guint8 ours,
                      guint8 theirs)
{
  guint apart = ours > theirs ? ours - theirs : theirs - ours;

  return apart <= 2 ? 1 : apart <= 5 ? 2
                      : apart <= 8   ? 3
                      : apart <= 13  ? 4
                                     : 5;
}

static void
agree_on_homes (const GuituFeatures *ours,
                const GuituFeatures *theirs,
                GuituAgreement *agreement)
{
  GuituPlaceLevel best = GUITU_PLACE_OTHER + 1;
  gboolean is_exact = FALSE;

  for (guint i = 0; i < ours->n_homes; i++)
    for (guint k = 0; k < theirs->n_homes; k++)
      {
        GuituPlaceLevel level = _guitu_places_compare (ours->homes[i].place, theirs->homes[k].place);
        gboolean exact = _guitu_place_is_exact (ours->homes[i].place) && _guitu_place_is_exact (theirs->homes[k].place);

        if (level >= best)
          continue;
        best = level;
        is_exact = exact;
        agreement->our_home = i;
        agreement->their_home = k;
      }
  if (best > GUITU_PLACE_OTHER)
    return;
  if (is_exact)
    agreement->levels[GUITU_MATCH_HOME] = GUITU_PLACE_LEVEL (best);
  else
    agreement->levels[GUITU_MATCH_HOME_WIDE] = GUITU_WIDE_LEVEL (MAX (best, GUITU_PLACE_PROVINCE));
}

typedef struct
{
  GuituPlaceLevel level;
  gboolean is_exact;
  guint ours, theirs;
} Nearest;

static Nearest
find_nearest (const GuituPlaceFeature *ours,
              guint n_ours,
              const GuituPlaceFeature *theirs,
              guint n_theirs)
{
  Nearest nearest = { .level = GUITU_PLACE_OTHER + 1 };

  for (guint i = 0; i < n_ours; i++)
    for (guint k = 0; k < n_theirs; k++)
      {
        GuituPlaceLevel level = _guitu_places_compare (ours[i].place, theirs[k].place);

        if (level < nearest.level)
          nearest = (Nearest){ level, _guitu_place_is_exact (ours[i].place) && _guitu_place_is_exact (theirs[k].place), i, k };
      }
  return nearest;
}

/* An accent that was heard counts by the other's accent, or where that is not known by the other's home. */
static void
agree_on_accents (const GuituFeatures *ours,
                  const GuituFeatures *theirs,
                  GuituAgreement *agreement)
{
  Nearest nearest = find_nearest (ours->accents, ours->n_accents, theirs->accents, theirs->n_accents);

  if (nearest.level > GUITU_PLACE_OTHER && ours->n_accents > 0)
    {
      nearest = find_nearest (ours->accents, ours->n_accents, theirs->homes, theirs->n_homes);
      agreement->their_accent_is_home = TRUE;
    }
  else if (nearest.level > GUITU_PLACE_OTHER && theirs->n_accents > 0)
    {
      nearest = find_nearest (ours->homes, ours->n_homes, theirs->accents, theirs->n_accents);
      agreement->our_accent_is_home = TRUE;
    }
  if (nearest.level > GUITU_PLACE_OTHER)
    return;
  agreement->our_accent = nearest.ours;
  agreement->their_accent = nearest.theirs;
  if (nearest.is_exact)
    agreement->levels[GUITU_MATCH_ACCENT] = GUITU_PLACE_LEVEL (nearest.level);
  else
    agreement->levels[GUITU_MATCH_ACCENT_WIDE] = GUITU_WIDE_LEVEL (MAX (nearest.level, GUITU_PLACE_PROVINCE));
}

guint
_guitu_marks_level (const GuituMarkId *ours,
                    guint n_ours,
                    const GuituMarkId *theirs,
                    guint n_theirs)
{
  GuituMarksAlike best = GUITU_MARKS_NOTHING;
  guint n_alike = 0;

  for (guint i = 0; i < n_ours; i++)
    {
      GuituMarksAlike found = GUITU_MARKS_NOTHING;

      for (guint k = 0; k < n_theirs; k++)
        found = MIN (found, _guitu_marks_compare (ours[i], theirs[k]));
      n_alike += found <= GUITU_MARKS_ALIKE;
      best = MIN (best, found);
    }
  return n_alike >= 2 ? GUITU_MARKS_TWO : GUITU_MARKS_LEVEL (best);
}

/* --- Numbers --------------------------------------------------------------------------------------- */

/** Compares what both can be read of; of no use after more than @most are wrong. */
static guint
count_wrong (const char *ours,
             const char *theirs,
             gsize length,
             guint most,
             guint *n_read,
             gboolean *is_swapped)
{
  guint wrong = 0;
  gsize first = 0, last = 0;

  *n_read = 0;
  for (gsize i = 0; i < length && wrong <= most; i++)
    {
      if (ours[i] == '?' || theirs[i] == '?')
        continue;
      (*n_read)++;
      if (ours[i] == theirs[i])
        continue;
      if (wrong++ == 0)
        first = i;
      last = i;
    }
  *is_swapped = wrong == 2 && last == first + 1 && ours[first] == theirs[last] && ours[last] == theirs[first];
  return wrong;
}

guint
_guitu_phones_level (const char *ours,
                     const char *theirs)
{
  gsize n_ours = strlen (ours), n_theirs = strlen (theirs), length = MIN (n_ours, n_theirs);
  guint n_read;
  gboolean is_swapped;
  guint wrong = count_wrong (ours + n_ours - length, theirs + n_theirs - length, length, 2, &n_read, &is_swapped);

  if (wrong == 0 && n_read >= 7)
    return n_ours == n_theirs && n_read == length ? GUITU_PHONE_SAME : GUITU_PHONE_PARTIAL;
  if ((wrong == 1 || is_swapped) && n_ours == n_theirs && n_read >= 9)
    return GUITU_PHONE_SLIP;
  return GUITU_PHONE_OTHER;
}

guint
_guitu_id_numbers_level (const char *ours,
                         const char *theirs)
{
  gsize n_ours = strlen (ours), n_theirs = strlen (theirs), length = MIN (n_ours, n_theirs);
  guint n_read;
  gboolean is_swapped;
  guint wrong = count_wrong (ours, theirs, length, n_ours == n_theirs ? 2 : length, &n_read, &is_swapped);

  if (length < 4)
    return 0;
  if (wrong == 0 && n_ours == n_theirs && n_read + 1 >= length)
    return GUITU_ID_SAME;
  if (wrong == 0 && n_read >= 8)
    return GUITU_ID_PARTIAL;
  if (n_ours != n_theirs && n_read >= 4)
    {
      wrong = count_wrong (ours + n_ours - length, theirs + n_theirs - length, length, 0, &n_read, &is_swapped);
      if (wrong == 0)
        return GUITU_ID_PARTIAL;
    }
  if ((wrong <= 2 || is_swapped) && n_read >= 14)
    return GUITU_ID_SLIP;
  return GUITU_ID_OTHER;
}

static void
agree_on_numbers (const GuituFeatures *ours,
                  const GuituFeatures *theirs,
                  GuituAgreement *agreement)
{
  guint best = 0;

  for (guint i = 0; i < ours->n_phones; i++)
    for (guint k = 0; k < theirs->n_phones; k++)
      {
        guint level = _guitu_phones_level (ours->phones[i], theirs->phones[k]);

        best = best == 0 ? level : MIN (best, level);
      }
  agreement->levels[GUITU_MATCH_PHONE] = best;
  if (ours->id_number[0] != '\0' && theirs->id_number[0] != '\0')
    agreement->levels[GUITU_MATCH_ID_NUMBER] = _guitu_id_numbers_level (ours->id_number, theirs->id_number);
}

/** A nickname that fits nowhere says nothing: it need not be made of the name. */
static guint
kin_level (const GuituNameFeature *ours,
           const GuituNameFeature *theirs)
{
  guint name = _guitu_names_compare (ours, theirs);

  if (GUITU_NAME_IS_NICKNAME (ours->n_units, ours->n_core) || GUITU_NAME_IS_NICKNAME (theirs->n_units, theirs->n_core))
    return name <= GUITU_NAME_GIVEN_ONE ? GUITU_KIN_NICKNAME : name <= GUITU_NAME_ONLY_SURNAME_SOUND ? GUITU_KIN_SURNAME
                                                                                                     : 0;
  return name == GUITU_NAME_SAME ? GUITU_KIN_SAME : name <= GUITU_NAME_DIALECTS         ? GUITU_KIN_SOUND
                                                : name < GUITU_NAME_ONLY_SURNAME        ? GUITU_KIN_PART
                                                : name <= GUITU_NAME_ONLY_SURNAME_SOUND ? GUITU_KIN_SURNAME
                                                                                        : GUITU_KIN_OTHER;
}

static void
agree_on_kin (const GuituFeatures *ours,
              const GuituFeatures *theirs,
              GuituAgreement *agreement)
{
  guint best = 0;

  for (guint i = 0; i < ours->n_kin; i++)
    for (guint k = 0; k < theirs->n_kin; k++)
      {
        guint level = kin_level (&ours->kin[i], &theirs->kin[k]);

        best = best == 0 || (level != 0 && level < best) ? level : best;
      }
  agreement->levels[GUITU_MATCH_KIN] = best;
}

/* --- All ------------------------------------------------------------------------------------------- */

static void
agree_on_names (const GuituFeatures *ours,
                const GuituFeatures *theirs,
                GuituAgreement *agreement)
{
  guint best = GUITU_NAME_LEVELS_END;
  GuituMatchField field = GUITU_MATCH_NAME;

  for (guint i = 0; i < ours->n_names; i++)
    for (guint k = 0; k < theirs->n_names; k++)
      {
        const GuituNameFeature *our_name = &ours->names[i], *their_name = &theirs->names[k];
        guint level = _guitu_names_compare (our_name, their_name);
        gboolean is_heard = our_name->is_heard || their_name->is_heard;

        level = is_heard ? _guitu_name_level_heard (level) : level;
        if (level >= best)
          continue;
        best = level;
        field = _guitu_name_field (is_heard, GUITU_NAME_IS_NICKNAME (our_name->n_units, our_name->n_core) || GUITU_NAME_IS_NICKNAME (their_name->n_units, their_name->n_core));
        agreement->our_name = i;
        agreement->their_name = k;
      }
  if (best < GUITU_NAME_LEVELS_END)
    agreement->levels[field] = best;
}

static void
agree_on_births (const GuituFeatures *ours,
                 const GuituFeatures *theirs,
                 GuituAgreement *agreement)
{
  guint best = GUITU_DAY_LEVELS_END;

  for (guint i = 0; i < ours->n_births; i++)
    for (guint k = 0; k < theirs->n_births; k++)
      {
        guint level = _guitu_births_level (&ours->births[i], &theirs->births[k]);

        if (level >= best)
          continue;
        best = level;
        agreement->our_birth = i;
        agreement->their_birth = k;
      }
  if (best < GUITU_DAY_LEVELS_END)
    agreement->levels[_guitu_births_are_days (&ours->births[agreement->our_birth], &theirs->births[agreement->their_birth]) ? GUITU_MATCH_DAY : GUITU_MATCH_AGE] = best;
}

void
_guitu_match_agree (const GuituFeatures *ours,
                    const GuituFeatures *theirs,
                    GuituAgreement *agreement)
{
  *agreement = (GuituAgreement){ 0 };
  agree_on_names (ours, theirs, agreement);
  if (ours->sex != 0 && theirs->sex != 0)
    agreement->levels[GUITU_MATCH_SEX] = ours->sex == theirs->sex ? 1 : 2;
  agree_on_births (ours, theirs, agreement);
  agree_on_homes (ours, theirs, agreement);
  agree_on_accents (ours, theirs, agreement);
  if (ours->n_marks > 0 && theirs->n_marks > 0)
    agreement->levels[GUITU_MATCH_MARKS] = _guitu_marks_level (ours->marks, ours->n_marks, theirs->marks, theirs->n_marks);
  if (ours->height > 0 && theirs->height > 0)
    agreement->levels[GUITU_MATCH_HEIGHT] = _guitu_heights_level (ours->height, theirs->height);
  if (ours->nation > 0 && theirs->nation > 0)
    agreement->levels[GUITU_MATCH_NATION] = ours->nation == theirs->nation ? 1 : 2;
  agree_on_numbers (ours, theirs, agreement);
  agree_on_kin (ours, theirs, agreement);
}
