/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How two names differ. Every way in which a clerk, a dialect or a muddled mind changes a name is a level of its own,
 * because each is as rare as it is. */

#include "db/match-private.h"

#include <string.h>

#define SHORT_NAME 4

/* --- Units by their place --------------------------------------------------------------------------- */

/** What a comparison in order found. */
typedef struct
{
  guint n_same, n_sound, n_shape, n_dialect, n_near, n_not;
  guint wrong; /* the last place that is near or not alike at all */
} Count;

static inline void
count_alike (Count *count,
             GuituAlike alike,
             guint place)
{
  switch (alike)
    {
    case GUITU_ALIKE_SAME:
      count->n_same++;
      break;
    case GUITU_ALIKE_SOUND:
      count->n_sound++;
      break;
    case GUITU_ALIKE_DIALECT:
      count->n_dialect++;
      break;
    case GUITU_ALIKE_SHAPE:
      count->n_shape++;
      break;
    case GUITU_ALIKE_NEAR:
      count->n_near++;
      count->wrong = place;
      break;
    case GUITU_ALIKE_NOT:
    case GUITU_N_ALIKE:
    default:
      count->n_not++;
      count->wrong = place;
    }
}

/** All units are alike. */
static guint
level_of_slips (const Count *count)
{
  guint n_vague = count->n_dialect + count->n_shape;

  if (n_vague == 0)
    return count->n_sound == 0 ? GUITU_NAME_SAME : count->n_sound == 1 ? GUITU_NAME_SOUND
                                                                       : GUITU_NAME_SOUNDS;
  if (n_vague > 1 || count->n_sound > 0)
    return GUITU_NAME_DIALECTS;
  return count->n_shape > 0 ? GUITU_NAME_SHAPE : GUITU_NAME_DIALECT;
}

/** One unit is wrong. */
static guint
level_of_wrong_unit (const Count *count,
                     guint n,
                     guint surname)
{
  gboolean is_exact = count->n_same == n - 1;
  gboolean is_near = count->n_near > 0;

  if (count->wrong < surname)
    {
      if (is_near)
        return GUITU_NAME_SURNAME_NEAR;
      if (n - surname < 2)
        return GUITU_NAME_A_CHARACTER;
      return is_exact ? GUITU_NAME_SURNAME : GUITU_NAME_SURNAME_SOUND;
    }
  if (is_near)
    return GUITU_NAME_CHARACTER_NEAR;
  if (n - surname < 2)
    return is_exact ? GUITU_NAME_ONLY_SURNAME : GUITU_NAME_ONLY_SURNAME_SOUND;
  if (!is_exact)
    return GUITU_NAME_CHARACTER_SOUND;
  return count->wrong == surname ? GUITU_NAME_FIRST : GUITU_NAME_LAST;
}

/** Whether so many units in a row are alike: all by sound, or one by its shape and the others the same. */
static gboolean
are_alike (guint n,
           guint n_same,
           guint n_shape)
{
  return n_shape == 0 || n_same + 1 == n;
}

/** Two neighbours swapped, or the surname put behind. Returns: 0 when neither. */
static guint
level_of_order (const GuituAlikes *columns,
                guint n)
{
  for (guint swap = 0; swap <= n; swap++)
    {
      gboolean is_alike = TRUE;
      guint n_same = 0, n_shape = 0;

      for (guint i = 0; i < n && is_alike; i++)
        {
          /* the last rounds: theirs is ours with the first unit put at the end, or the last at the beginning */
          guint ours = swap == n ? (i + n - 1) % n : swap == n - 1 ? (i + 1) % n
                                                 : i == swap       ? i + 1
                                                 : i == swap + 1   ? i - 1
                                                                   : i;
          GuituAlike alike = GUITU_ALIKE_AT (columns[i], ours);

          is_alike = alike >= GUITU_ALIKE_SHAPE;
          n_same += alike == GUITU_ALIKE_SAME;
          n_shape += alike == GUITU_ALIKE_SHAPE;
        }
      if (is_alike && are_alike (n, n_same, n_shape))
        return n_same == n ? GUITU_NAME_SWAPPED : GUITU_NAME_SWAPPED_SOUND;
    }
  return 0;
}

/** Two mistakes: another surname, and the two characters of the given name swapped. */
static gboolean
is_given_swapped (const GuituAlikes *columns,
                  guint n,
                  guint surname)
{
  return n == surname + 2 && GUITU_ALIKE_AT (columns[surname], surname + 1) >= GUITU_ALIKE_DIALECT &&
         GUITU_ALIKE_AT (columns[surname + 1], surname) >= GUITU_ALIKE_DIALECT;
}

/** Whether the given names have a character in common, wherever it stands: 文军 and 建文. */
static gboolean
share_character (const GuituAlikes *columns,
                 GuituNameForm ours,
                 GuituNameForm theirs)
{
  for (guint k = MAX (theirs.surname, 1); k < theirs.n_units; k++)
    for (guint i = MAX (ours.surname, 1); i < ours.n_units; i++)
      if (GUITU_ALIKE_AT (columns[k], i) == GUITU_ALIKE_SAME)
        return TRUE;
  return FALSE;
}

/** What is left when no alignment works: the surname, a character of the given name, or both. */
static guint
level_of_rest (const GuituAlikes *columns,
               GuituNameForm ours,
               GuituNameForm theirs)
{
  GuituAlike surname = GUITU_ALIKE_AT (columns[0], 0);

  if (surname >= GUITU_ALIKE_DIALECT && share_character (columns, ours, theirs))
    return GUITU_NAME_CHARACTER_SOUND;
  if (surname == GUITU_ALIKE_SAME)
    return GUITU_NAME_ONLY_SURNAME;
  if (surname >= GUITU_ALIKE_DIALECT)
    return GUITU_NAME_ONLY_SURNAME_SOUND;
  for (guint i = 1; i < MIN (ours.n_units, theirs.n_units); i++)
    if (GUITU_ALIKE_AT (columns[i], i) == GUITU_ALIKE_SAME)
      return GUITU_NAME_A_CHARACTER;
  return GUITU_NAME_OTHER;
}

static guint
level_of_same_length (const GuituAlikes *columns,
                      GuituNameForm ours,
                      GuituNameForm theirs)
{
  Count count = { 0 };
  guint n = ours.n_units, surname = MAX (ours.surname, 1);
  guint level;

  for (guint i = 0; i < n; i++)
    count_alike (&count, GUITU_ALIKE_AT (columns[i], i), i);
  if (count.n_near + count.n_not == 0)
    return level_of_slips (&count);
  if (count.n_near + count.n_not > 1)
    {
      level = level_of_order (columns, n);
      if (level == 0 && is_given_swapped (columns, n, surname))
        level = GUITU_NAME_SURNAME_SOUND;
      return level != 0 ? level : level_of_rest (columns, ours, theirs);
    }
  return level_of_wrong_unit (&count, n, surname);
}

/** One of the longer name's units left out. */
static guint
level_of_dropped (const GuituAlikes *columns,
                  GuituNameForm ours,
                  GuituNameForm theirs)
{
  gboolean ours_is_longer = ours.n_units > theirs.n_units;
  guint n = MIN (ours.n_units, theirs.n_units);
  guint best = 0;

  for (guint without = 0; without <= n; without++)
    {
      gboolean is_alike = TRUE, is_exact;
      guint n_same = 0, n_shape = 0;

      for (guint i = 0; i < n && is_alike; i++)
        {
          guint longer = i < without ? i : i + 1;
          GuituAlike alike = ours_is_longer ? GUITU_ALIKE_AT (columns[i], longer) : GUITU_ALIKE_AT (columns[longer], i);

          is_alike = alike >= GUITU_ALIKE_SHAPE;
          n_same += alike == GUITU_ALIKE_SAME;
          n_shape += alike == GUITU_ALIKE_SHAPE;
        }
      is_alike = is_alike && are_alike (n, n_same, n_shape);
      is_exact = n_same == n;
      if (is_alike && (best == 0 || is_exact))
        best = without == 0 && n >= 2 ? GUITU_NAME_GIVEN : is_exact ? GUITU_NAME_DROPPED
                                                                    : GUITU_NAME_DROPPED_SOUND;
      if (is_alike && is_exact)
        break;
    }
  return best;
}

/** A nickname's part against a whole name; @is_ours: the nickname is ours. Returns: 0 when it fits nowhere. */
static guint
level_of_nickname (const GuituAlikes *columns,
                   GuituNameForm nickname,
                   GuituNameForm name,
                   gboolean is_ours)
{
  guint found = 0, n_surname = 0;

  for (guint i = nickname.core; i < (guint) nickname.core + nickname.n_core; i++)
    for (guint k = 0; k < name.n_units; k++)
      {
        GuituAlike alike = is_ours ? GUITU_ALIKE_AT (columns[k], i) : GUITU_ALIKE_AT (columns[i], k);

        if (alike < GUITU_ALIKE_SOUND)
          continue;
        found++;
        n_surname += k < MAX (name.surname, 1);
        break;
      }
  if (found == 0 || found < nickname.n_core)
    return 0;
  if (n_surname == found)
    return GUITU_NAME_ONLY_SURNAME;
  return found > 1 ? GUITU_NAME_GIVEN : GUITU_NAME_GIVEN_ONE;
}

guint
_guitu_names_level (const GuituAlikes *columns,
                    GuituNameForm ours,
                    GuituNameForm theirs)
{
  guint level = GUITU_NAME_OTHER, other = 0;

  if (ours.n_units == theirs.n_units)
    level = level_of_same_length (columns, ours, theirs);
  else if (MIN (ours.n_units, theirs.n_units) >= 2)
    {
      if (ABS (ours.n_units - theirs.n_units) == 1)
        other = level_of_dropped (columns, ours, theirs);
      level = other != 0 ? other : level_of_rest (columns, ours, theirs);
    }
  if (ours.n_core > 0)
    {
      other = level_of_nickname (columns, ours, theirs, TRUE);
      level = other == 0 ? level : MIN (level, other);
    }
  if (theirs.n_core > 0)
    {
      other = level_of_nickname (columns, theirs, ours, FALSE);
      level = other == 0 ? level : MIN (level, other);
    }
  if (level == GUITU_NAME_OTHER && MIN (ours.n_units, theirs.n_units) == 1)
    {
      GuituNameForm one = ours.n_units == 1 ? ours : theirs;

      one.core = 0;
      one.n_core = 1;
      other = level_of_nickname (columns, one, ours.n_units == 1 ? theirs : ours, ours.n_units == 1);
      level = other == 0 ? level : other;
    }
  return level;
}

/* --- Words of other scripts ------------------------------------------------------------------------- */

/** Long names in any order of their parts: how many find their like. */
static guint
level_of_long (const GuituAlikes *columns,
               guint n_ours,
               guint n_theirs)
{
  guint shorter = MIN (n_ours, n_theirs), longer = MAX (n_ours, n_theirs);
  guint best[2] = { 0, 0 }; /* alike, and the same */
  guint n_same_place = 0;

  for (int shift = -(int) longer + 1; shift < (int) longer; shift++)
    {
      guint found = 0, same = 0;

      for (guint i = 0; i < n_theirs; i++)
        {
          int at = (int) i + shift;
          GuituAlike alike = at < 0 || at >= (int) n_ours ? GUITU_ALIKE_NOT : GUITU_ALIKE_AT (columns[i], at);

          found += alike >= GUITU_ALIKE_DIALECT;
          same += alike == GUITU_ALIKE_SAME;
        }
      if (found > best[0] || (found == best[0] && same > best[1]))
        {
          best[0] = found;
          best[1] = same;
          n_same_place = shift == 0;
        }
    }
  if (best[0] == longer && n_same_place)
    return best[1] == longer ? GUITU_NAME_SAME : best[1] + 1 == longer ? GUITU_NAME_SOUND
                                                                       : GUITU_NAME_SOUNDS;
  if (best[0] == shorter && shorter >= 2)
    return GUITU_NAME_DROPPED;
  if (best[0] + 1 >= shorter && shorter >= 3)
    return best[1] >= best[0] ? GUITU_NAME_LAST : GUITU_NAME_CHARACTER_SOUND;
  return best[0] * 2 >= longer ? GUITU_NAME_A_CHARACTER : GUITU_NAME_OTHER;
}

/** Jaro's likeness of two words, 0 … 1, with Winkler's bonus for the same beginning. Of 32 letters at most. */
static double
jaro_winkler (const char *ours,
              const char *theirs)
{
  gsize n_ours = MIN (strlen (ours), 32), n_theirs = MIN (strlen (theirs), 32);
  gsize window = MAX (n_ours, n_theirs) / 2;
  gboolean our_taken[32] = { FALSE }, their_taken[32] = { FALSE };
  double common = 0, swapped = 0, jaro;
  gsize k = 0, prefix = 0;

  window = window > 0 ? window - 1 : 0;
  for (gsize i = 0; i < n_ours; i++)
    for (gsize j = i > window ? i - window : 0; j < MIN (n_theirs, i + window + 1); j++)
      if (!their_taken[j] && ours[i] == theirs[j])
        {
          our_taken[i] = their_taken[j] = TRUE;
          common++;
          break;
        }
  if (common == 0)
    return 0;
  for (gsize i = 0; i < n_ours; i++)
    if (our_taken[i])
      {
        while (!their_taken[k])
          k++;
        swapped += ours[i] != theirs[k++];
      }
  jaro = (common / n_ours + common / n_theirs + (common - swapped / 2) / common) / 3;
  while (prefix < MIN (4, MIN (n_ours, n_theirs)) && ours[prefix] == theirs[prefix])
    prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

static GuituAlike
compare_words (const char *ours,
               const char *theirs)
{
  if (strcmp (ours, theirs) == 0)
    return GUITU_ALIKE_SAME;
  if (ours[0] == theirs[0] && (ours[1] == '\0' || theirs[1] == '\0'))
    return GUITU_ALIKE_DIALECT; /* an initial */
  return jaro_winkler (ours, theirs) >= 0.9 ? GUITU_ALIKE_SOUND : GUITU_ALIKE_NOT;
}

/** How many words find their like, in whatever order. */
static guint
count_words (const GuituAlikes *columns,
             guint n_ours,
             guint n_theirs)
{
  guint taken = 0, n = 0;

  for (guint k = 0; k < n_theirs; k++)
    for (guint i = 0; i < n_ours; i++)
      if ((taken >> i & 1) == 0 && GUITU_ALIKE_AT (columns[k], i) >= GUITU_ALIKE_DIALECT)
        {
          taken |= 1u << i;
          n++;
          break;
        }
  return n;
}

static guint
compare_scripts (const GuituNameFeature *ours,
                 const GuituNameFeature *theirs)
{
  g_autofree char *our_plain = _guitu_text_plain (ours->text);
  g_autofree char *their_plain = _guitu_text_plain (theirs->text);
  g_auto (GStrv) our_words = g_strsplit_set (our_plain, " .,-", -1);
  g_auto (GStrv) their_words = g_strsplit_set (their_plain, " .,-", -1);
  GuituAlikes columns[GUITU_NAME_UNITS] = { 0 };
  guint n_ours = 0, n_theirs = 0, level;

  for (guint i = 0; their_words[i] != NULL && n_theirs < GUITU_NAME_UNITS; i++)
    {
      if (their_words[i][0] == '\0')
        continue;
      n_ours = 0;
      for (guint k = 0; our_words[k] != NULL && n_ours < GUITU_NAME_UNITS; k++)
        if (our_words[k][0] != '\0')
          columns[n_theirs] |= (GuituAlikes) compare_words (our_words[k], their_words[i]) << (3 * n_ours++);
      n_theirs++;
    }
  level = n_ours == n_theirs && n_ours <= SHORT_NAME && n_ours > 0 ? level_of_same_length (columns, (GuituNameForm){ .n_units = n_ours }, (GuituNameForm){ .n_units = n_theirs })
                                                                   : level_of_long (columns, n_ours, n_theirs);
  if (level > GUITU_NAME_DROPPED && n_ours >= 2 && n_theirs >= 2 && count_words (columns, n_ours, n_theirs) == MIN (n_ours, n_theirs))
    return n_ours == n_theirs ? GUITU_NAME_SWAPPED : GUITU_NAME_DROPPED;
  return level;
}

guint
_guitu_names_compare (const GuituNameFeature *ours,
                      const GuituNameFeature *theirs)
{
  GuituAlikes columns[GUITU_NAME_UNITS] = { 0 };
  GuituNameForm our_form = { ours->n_units, ours->surname, ours->core, ours->n_core };
  GuituNameForm their_form = { theirs->n_units, theirs->surname, theirs->core, theirs->n_core };

  if (ours->is_words && theirs->is_words)
    return compare_scripts (ours, theirs);
  for (guint k = 0; k < theirs->n_units; k++)
    for (guint i = 0; i < ours->n_units; i++)
      columns[k] |= (GuituAlikes) _guitu_unit_compare (ours->units[i], theirs->units[k]) << (3 * i);
  if (ours->n_units > SHORT_NAME || theirs->n_units > SHORT_NAME)
    return level_of_long (columns, ours->n_units, theirs->n_units);
  return _guitu_names_level (columns, our_form, their_form);
}
