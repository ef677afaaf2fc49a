/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/linkage-comparators.h"

#include "db/match-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WINKLER_LETTERS 4
#define WINKLER_SHARE 0.1
#define LEAST_ALIKE 0.75 /* for anything to be left */
#define ROUNDING 1e-9
#define SHORT_NAME 4 /* units, of which each takes 3 bits */
#define ALIKES_BITS (3 * SHORT_NAME)
#define LAST_NUMBER ((1u << (32 - ALIKES_BITS)) - 1)
#define SHORT_END 4 /* characters, for an end to say anything */
#define LEVELS GUITU_LINKAGE_LEVELS

/* --- Levels ----------------------------------------------------------------------------------- */

enum
{
  TEXT_SAME = 1,
  TEXT_NEAR,      /* a letter wrong; the same words in another order */
  TEXT_ALIKE,     /* two letters wrong, most words */
  TEXT_SHORT,     /* one is the beginning or the end of the other */
  TEXT_FAR,       /* something is left of it */
  TEXT_EXCHANGED, /* it stands in the other column */
  TEXT_OTHER,
};

enum
{
  DATE_SAME = 1,
  DATE_SLIP,  /* a digit wrong, two neighbours or day and month exchanged */
  DATE_PART,  /* one of year, month and day is another one altogether */
  DATE_NEAR,  /* the same year, as far as it is told */
  DATE_YEARS, /* two years off, at most */
  DATE_OTHER,
};

enum
{
  NUMBER_SAME = 1,
  NUMBER_SLIP,
  NUMBER_NEAR, /* a twentieth off, at most */
  NUMBER_OTHER,
};

enum
{
  CODE_SAME = 1,
  CODE_SLIP,
  CODE_HALF, /* two characters wrong, or half of it right */
  CODE_OTHER,
};

enum
{
  CATEGORY_SAME = 1,
  CATEGORY_SLIP,
  CATEGORY_OTHER,
};

typedef struct
{
  guint n_levels;
  double m[LEVELS + 1];
  double u[LEVELS + 1];
  const char *names[LEVELS + 1];
} Scale;

/* What clerks and typists get wrong in the mean of several public lists; each list then tells its own. */
static const Scale scales[GUITU_COLUMN_KINDS] = {
  [GUITU_COLUMN_TEXT] = { TEXT_OTHER,
                          { 0, 0.72, 0.10, 0.05, 0.015, 0.02, 0.005, 0.09 },
                          { 0, 0.005, 0.003, 0.01, 0.004, 0.05, 0.001, 0.927 },
                          { NULL, "same", "near", "alike", "short", "far", "exchanged", "other" } },
  [GUITU_COLUMN_NAME] = { TEXT_OTHER,
                          { 0, 0.75, 0.10, 0.05, 0.015, 0.015, 0.01, 0.06 },
                          { 0, 0.005, 0.003, 0.01, 0.004, 0.05, 0.001, 0.927 },
                          { NULL, "same", "near", "alike", "short", "far", "exchanged", "other" } },
  [GUITU_COLUMN_DATE] = { DATE_OTHER,
                          { 0, 0.85, 0.07, 0.03, 0.015, 0.01, 0.025 },
                          { 0, 0.0002, 0.002, 0.003, 0.02, 0.06, 0.9148 },
                          { NULL, "same", "slip", "part", "year", "years", "other" } },
  [GUITU_COLUMN_NUMBER] = { NUMBER_OTHER,
                            { 0, 0.82, 0.07, 0.03, 0.08 },
                            { 0, 0.02, 0.08, 0.05, 0.85 },
                            { NULL, "same", "slip", "near", "other" } },
  [GUITU_COLUMN_CODE] = { CODE_OTHER,
                          { 0, 0.80, 0.08, 0.03, 0.09 },
                          { 0, 0.002, 0.01, 0.03, 0.958 },
                          { NULL, "same", "slip", "half", "other" } },
  [GUITU_COLUMN_PHONE] = { CODE_OTHER,
                           { 0, 0.70, 0.05, 0.02, 0.23 },
                           { 0, 0.0001, 0.0005, 0.01, 0.9894 },
                           { NULL, "same", "slip", "half", "other" } },
  [GUITU_COLUMN_CATEGORY] = { CATEGORY_OTHER,
                              { 0, 0.90, 0.03, 0.07 },
                              { 0, 0.25, 0.02, 0.73 },
                              { NULL, "same", "slip", "other" } },
};

/* What the match thinks of names. */
static GuituLinkageField
field_of_han_names (void)
{
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();
  GuituLinkageField field = { .n_levels = GUITU_NAME_LEVELS_END - 1 };

  for (guint level = 1; level <= field.n_levels; level++)
    {
      field.m[level] = guitu_linkage_m (model, GUITU_MATCH_NAME, level);
      field.u[level] = guitu_linkage_u (model, GUITU_MATCH_NAME, level);
    }
  return field;
}

GuituLinkageField
_guitu_comparator_field (GuituColumnKind kind)
{
  const Scale *scale = &scales[kind];
  GuituLinkageField field = { .n_levels = scale->n_levels };

  if (kind == GUITU_COLUMN_HAN_NAME)
    return field_of_han_names ();
  memcpy (field.m, scale->m, sizeof field.m);
  memcpy (field.u, scale->u, sizeof field.u);
  return field;
}

const char *
_guitu_comparator_level (GuituColumnKind kind,
                         guint level)
{
  return kind == GUITU_COLUMN_HAN_NAME ? _guitu_match_how (GUITU_MATCH_NAME, level) : scales[kind].names[level];
}

/* --- Characters ------------------------------------------------------------------------------- */

/* A name was compared with the units that are left from the one before; when the numbers are used up, from none. */
static void
set_name (GuituComparand *comparand)
{
  if (comparand->units == NULL || comparand->number == LAST_NUMBER)
    {
      g_free (comparand->units);
      comparand->units = g_new0 (guint32, G_MAXUINT16 + 1);
      comparand->number = 0;
    }
  comparand->number++;
}

void
_guitu_comparand_clear (GuituComparand *comparand)
{
  g_clear_pointer (&comparand->units, g_free);
}

void
_guitu_comparand_set (GuituComparand *comparand,
                      const GuituValue *value)
{
  if (comparand->value != NULL)
    for (guint i = 0; i < comparand->value->length; i++)
      comparand->places[comparand->value->characters[i] & 0xff] = 0;
  comparand->value = value;
  if (value->name != NULL)
    set_name (comparand);
  for (guint i = 0; i < value->length; i++)
    comparand->places[value->characters[i] & 0xff] |= (guint64) 1 << i;
}

static guint64
below (int place)
{
  return place <= 0 ? 0 : place >= 64 ? G_MAXUINT64
                                      : ((guint64) 1 << place) - 1;
}

/* Of the places that a character may match at, those where it really stands: wide ones share a place in the table. */
static guint64
keep_same (const GuituValue *value,
           guint64 places,
           guint16 character)
{
  for (guint64 left = places; left != 0; left &= left - 1)
    if (value->characters[__builtin_ctzll (left)] != character)
      places &= ~(left & -left);
  return places;
}

double
_guitu_compare_alike (const GuituComparand *ours,
                      const GuituValue *theirs)
{
  const GuituValue *own = ours->value;
  int window = MAX (own->length, theirs->length) / 2 - 1;
  guint64 used = 0;
  guint16 matched[GUITU_VALUE_CHARACTERS];
  guint n = 0, exchanged = 0, at = 0, start = 0;
  double jaro;

  for (int i = 0; i < theirs->length; i++)
    {
      guint64 places = ours->places[theirs->characters[i] & 0xff] & ~used & below (i + MAX (window, 0) + 1) & ~below (i - window);

      if (places != 0 && (own->is_wide || theirs->is_wide))
        places = keep_same (own, places, theirs->characters[i]);
      if (places == 0)
        continue;
      used |= places & -places;
      matched[n++] = theirs->characters[i];
    }
  if (n == 0)
    return 0;
  for (guint64 left = used; left != 0; left &= left - 1)
    exchanged += own->characters[__builtin_ctzll (left)] != matched[at++];
  jaro = ((double) n / own->length + (double) n / theirs->length + (n - exchanged / 2.0) / n) / 3;
  while (start < WINKLER_LETTERS && start < own->length && start < theirs->length && own->characters[start] == theirs->characters[start])
    start++;
  return jaro + start * WINKLER_SHARE * (1 - jaro);
}

/* Whether one character differs, is too many or missing, or two neighbours are exchanged. */
static gboolean
is_slip (const GuituValue *ours,
         const GuituValue *theirs)
{
  int shorter = MIN (ours->length, theirs->length), first = 0, last = 0;
  int left;

  if (abs (ours->length - theirs->length) > 1)
    return FALSE;
  while (first < shorter && ours->characters[first] == theirs->characters[first])
    first++;
  while (last < shorter - first && ours->characters[ours->length - 1 - last] == theirs->characters[theirs->length - 1 - last])
    last++;
  left = MAX (ours->length, theirs->length) - first - last;
  return left <= 1 || (left == 2 && ours->length == theirs->length && ours->characters[first] == theirs->characters[first + 1] &&
                       ours->characters[first + 1] == theirs->characters[first]);
}

static guint
common_start (const GuituValue *ours,
              const GuituValue *theirs)
{
  guint n = 0;

  while (n < ours->length && n < theirs->length && ours->characters[n] == theirs->characters[n])
    n++;
  return n;
}

static guint
common_end (const GuituValue *ours,
            const GuituValue *theirs)
{
  guint n = 0;

  while (n < ours->length && n < theirs->length &&
         ours->characters[ours->length - 1 - n] == theirs->characters[theirs->length - 1 - n])
    n++;
  return n;
}

/* --- Texts ------------------------------------------------------------------------------------ */

/* The share of the words that both have (Dice), each by how rare it is. */
static float
common_words (const GuituValue *ours,
              const GuituValue *theirs)
{
  const float *word_bits = ours->n_words > 1 ? ours->word_bits : &ours->bits;
  guint i = 0, k = 0;
  float bits = 0;

  while (i < ours->n_words && k < theirs->n_words)
    if (ours->words[i] == theirs->words[k])
      {
        bits += word_bits[i];
        i++;
        k++;
      }
    else if (ours->words[i] < theirs->words[k])
      i++;
    else
      k++;
  return bits > 0 ? 2 * bits / (ours->bits + theirs->bits) : 0;
}

static guint8
compare_texts (const GuituComparand *ours,
               const GuituValue *theirs)
{
  const GuituValue *own = ours->value;
  double alike = _guitu_compare_alike (ours, theirs);
  double words = 0;
  guint shorter = MIN (own->length, theirs->length);

  if (alike >= 0.92)
    return TEXT_NEAR;
  if (own->n_words > 1 || theirs->n_words > 1)
    words = common_words (own, theirs);
  if (words >= 0.99)
    return TEXT_NEAR;
  if (alike >= 0.85 || words >= 0.6)
    return TEXT_ALIKE;
  if (common_start (own, theirs) == shorter || (shorter >= SHORT_END && common_end (own, theirs) == shorter))
    return TEXT_SHORT;
  return alike >= LEAST_ALIKE || words >= 0.3 ? TEXT_FAR : TEXT_OTHER;
}

/* The most that Jaro and Winkler can give with so many letters in common: (n / a + n / b + 1) / 3, and a tenth of what is
 * left for each letter with which both begin. */
gboolean
_guitu_sketches_may_be_alike (const GuituSketch *ours,
                              const GuituSketch *theirs)
{
  guint common = (guint) __builtin_popcountll (ours->letters & theirs->letters) + MIN (ours->further, theirs->further);
  guint32 different = ours->start ^ theirs->start;
  guint start = different == 0 ? WINKLER_LETTERS : (guint) __builtin_ctz (different) / 8;
  double jaro = (LEAST_ALIKE - WINKLER_SHARE * start) / (1 - WINKLER_SHARE * start);

  return (ours->words & theirs->words) != 0 || common >= MIN (ours->length, theirs->length) ||
         common * (guint) (ours->length + theirs->length) >= (3 * jaro - 1 - ROUNDING) * ours->length * theirs->length;
}

/* --- Han names ---------------------------------------------------------------------------------- */

/* How @unit is like each unit of ours: names are many, their characters few, so that it is worked out once for a name. */
static GuituAlikes
alikes_of (const GuituComparand *ours,
           GuituUnitId unit)
{
  const GuituNameFeature *name = ours->value->name;
  guint32 *kept = &ours->units[unit];
  GuituAlikes alikes = 0;

  if (*kept >> ALIKES_BITS == ours->number)
    return *kept & ((1 << ALIKES_BITS) - 1);
  for (guint i = 0; i < name->n_units; i++)
    alikes |= (GuituAlikes) _guitu_unit_compare (name->units[i], unit) << (3 * i);
  *kept = ours->number << ALIKES_BITS | alikes;
  return alikes;
}

static guint8
compare_han_names (const GuituComparand *ours,
                   const GuituNameFeature *theirs)
{
  const GuituNameFeature *own = ours->value->name;
  gboolean is_short = own->n_units <= SHORT_NAME && theirs->n_units <= SHORT_NAME && !own->is_words && !theirs->is_words;
  GuituAlikes columns[SHORT_NAME] = { 0 };
  guint level;

  for (guint i = 0; is_short && i < theirs->n_units; i++)
    columns[i] = alikes_of (ours, theirs->units[i]);
  level = is_short ? _guitu_names_level (columns, (GuituNameForm){ own->n_units, own->surname, own->core, own->n_core },
                                         (GuituNameForm){ theirs->n_units, theirs->surname, theirs->core, theirs->n_core })
                   : _guitu_names_compare (own, theirs);
  return own->is_heard || theirs->is_heard ? _guitu_name_level_heard (level) : level;
}

/* --- Dates, numbers, codes ---------------------------------------------------------------------- */

static gboolean
same_part (const char *ours,
           const char *theirs,
           guint at,
           guint length)
{
  return memcmp (ours + at, theirs + at, length) == 0;
}

static gboolean
are_near_years (const char *ours,
                const char *theirs)
{
  int years[2] = { 0 };

  for (guint i = 0; i < 4; i++)
    {
      years[0] = years[0] * 10 + ours[i] - '0';
      years[1] = years[1] * 10 + theirs[i] - '0';
    }
  return abs (years[0] - years[1]) <= 2;
}

/* Of one date no more than the month or the year is told. */
static guint8
compare_vague_dates (const char *ours,
                     const char *theirs)
{
  gboolean have_months = ours[4] != '?' && theirs[4] != '?';
  guint wrong = 0;

  for (guint i = 0; i < 4; i++)
    wrong += ours[i] != theirs[i];
  if (have_months && !same_part (ours, theirs, 4, 2))
    return wrong == 0 ? DATE_PART : are_near_years (ours, theirs) ? DATE_YEARS
                                                                  : DATE_OTHER;
  if (wrong == 0)
    return DATE_NEAR;
  if (have_months && wrong == 1)
    return DATE_SLIP;
  return are_near_years (ours, theirs) ? DATE_YEARS : DATE_OTHER;
}

static guint8
compare_dates (const GuituValue *ours,
               const GuituValue *theirs)
{
  const char *a = ours->date, *b = theirs->date;
  gboolean same_year = same_part (a, b, 0, 4), same_month = same_part (a, b, 4, 2), same_day = same_part (a, b, 6, 2);

  if (a[0] == '\0' || b[0] == '\0')
    return is_slip (ours, theirs) ? DATE_SLIP : DATE_OTHER;
  if (strchr (a, '?') != NULL || strchr (b, '?') != NULL)
    return compare_vague_dates (a, b);
  if (is_slip (ours, theirs) || (same_year && memcmp (a + 4, b + 6, 2) == 0 && memcmp (a + 6, b + 4, 2) == 0))
    return DATE_SLIP;
  if (same_year + same_month + same_day == 2)
    return DATE_PART;
  if (same_year)
    return DATE_NEAR;
  return are_near_years (a, b) ? DATE_YEARS : DATE_OTHER;
}

static guint8
compare_numbers (const GuituValue *ours,
                 const GuituValue *theirs)
{
  double greatest = MAX (fabs (ours->number), fabs (theirs->number));

  if (ours->length > 1 && theirs->length > 1 && is_slip (ours, theirs))
    return NUMBER_SLIP;
  if (isnan (ours->number) || isnan (theirs->number))
    return is_slip (ours, theirs) ? NUMBER_SLIP : NUMBER_OTHER;
  return fabs (ours->number - theirs->number) <= MAX (1, greatest / 20) ? NUMBER_NEAR : NUMBER_OTHER;
}

static guint8
compare_codes (const GuituValue *ours,
               const GuituValue *theirs)
{
  guint length = MAX (ours->length, theirs->length);

  if (length >= 3 && is_slip (ours, theirs))
    return CODE_SLIP;
  return length >= 4 && common_start (ours, theirs) + common_end (ours, theirs) >= MAX (length - 2, (length + 1) / 2) ? CODE_HALF : CODE_OTHER;
}

/* The last digits of two numbers, where each may have a country or an area before them. */
static guint8
compare_phones (const GuituValue *ours,
                const GuituValue *theirs)
{
  guint shorter = MIN (ours->length, theirs->length), wrong = 0;

  if (shorter < 6)
    return CODE_OTHER;
  for (guint i = 1; i <= shorter; i++)
    {
      guint16 a = ours->characters[ours->length - i], b = theirs->characters[theirs->length - i];

      wrong += a != b && a != '?' && b != '?';
    }
  if (wrong == 0)
    return CODE_SAME;
  if (wrong == 1 || is_slip (ours, theirs))
    return CODE_SLIP;
  return wrong == 2 ? CODE_HALF : CODE_OTHER;
}

/* --- All kinds -------------------------------------------------------------------------------- */

guint8
_guitu_comparator_other (GuituColumnKind kind)
{
  return scales[kind].n_levels;
}

gboolean
_guitu_comparator_may_be_exchanged (GuituColumnKind kind,
                                    guint8 level)
{
  return (kind == GUITU_COLUMN_NAME || kind == GUITU_COLUMN_TEXT) && (level == 0 || level > TEXT_ALIKE);
}

guint8
_guitu_comparator_exchanged (GuituColumnKind kind)
{
  return kind == GUITU_COLUMN_NAME || kind == GUITU_COLUMN_TEXT ? TEXT_EXCHANGED : 0;
}

gboolean
_guitu_comparator_may_be_across (guint8 across)
{
  return across <= TEXT_FAR;
}

/* Where the one is sure, something that is left of the other one will do. */
gboolean
_guitu_comparator_are_exchanged (guint8 across,
                                 guint8 back)
{
  guint8 better = MIN (across, back), worse = MAX (across, back);

  if (better == 0)
    return worse > 0 && worse <= TEXT_NEAR;
  return worse <= (better == TEXT_SAME ? TEXT_FAR : better == TEXT_NEAR ? TEXT_ALIKE
                                                                        : 0);
}

guint8
_guitu_compare (GuituColumnKind kind,
                const GuituComparand *ours,
                const GuituValue *theirs,
                gboolean are_same)
{
  if (ours->value->length == 0 || theirs->length == 0)
    return 0;
  if (are_same)
    return 1;
  switch (kind)
    {
    case GUITU_COLUMN_DATE:
      return compare_dates (ours->value, theirs);
    case GUITU_COLUMN_NUMBER:
      return compare_numbers (ours->value, theirs);
    case GUITU_COLUMN_CODE:
      return compare_codes (ours->value, theirs);
    case GUITU_COLUMN_PHONE:
      return compare_phones (ours->value, theirs);
    case GUITU_COLUMN_HAN_NAME:
      return compare_han_names (ours, theirs->name);
    case GUITU_COLUMN_CATEGORY:
      return ours->value->length >= 2 && theirs->length >= 2 && is_slip (ours->value, theirs) ? CATEGORY_SLIP : CATEGORY_OTHER;
    case GUITU_COLUMN_TEXT:
    case GUITU_COLUMN_NAME:
    case GUITU_COLUMN_KINDS:
    default:
      return compare_texts (ours, theirs);
    }
}
