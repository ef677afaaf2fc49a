/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From levels to bits, and to reasons that people understand. */

#include "db/match-private.h"
#include "db/name-words.h"
#include "db/words-private.h"

#include <math.h>
#include <string.h>

#define DAYS_IN_YEAR 365.25
#define COMMON_YEARS 45 /* most people who come are born within so many */

#define SURNAMES_MAX 128

/* The surnames that more than one person in 250 has (db/data/surnames.csv, after the census of 2020). */
typedef struct
{
  char *text;
  struct
  {
    GuituUnitId unit;
    double share; /* in 1,000 */
  } surnames[SURNAMES_MAX];
  guint n_surnames;
} Surnames;

#define RARE_SURNAME_SHARE 0.7 /* in 1,000: what the other surnames have in the mean */
#define FREQUENT_SHARE 0.03    /* of a character of given names */
#define COMMON_SHARE 0.011
#define OTHER_SHARE 0.002
#define SHORT_NAMES 0.18 /* have one character after the surname */

static void
read_surname (char **cells,
              gpointer data)
{
  Surnames *surnames = data;

  g_assert (surnames->n_surnames < SURNAMES_MAX);
  surnames->surnames[surnames->n_surnames].unit = _guitu_unit_of_han (g_utf8_get_char (cells[0]));
  surnames->surnames[surnames->n_surnames++].share = g_ascii_strtod (cells[1], NULL);
}

static const Surnames *
get_surnames (void)
{
  static Surnames *surnames;

  if (g_once_init_enter (&surnames))
    {
      Surnames *made = g_new0 (Surnames, 1);

      made->text = _guitu_words_read ("surnames.csv", 2, read_surname, made);
      g_once_init_leave (&surnames, made);
    }
  return surnames;
}

static gboolean
is_among (GuituNameWords list,
          GuituUnitId unit)
{
  gboolean by_sound = !_guitu_unit_is_han (unit);

  for (const char *const *word = _guitu_name_words (list); *word != NULL; word++)
    {
      GuituUnitId other = _guitu_unit_of_han (g_utf8_get_char (*word));

      if (other == unit || (by_sound && _guitu_unit_compare (other, unit) >= GUITU_ALIKE_SOUND))
        return TRUE;
    }
  return FALSE;
}

static double
given_share (GuituUnitId unit)
{
  return is_among (GUITU_WORDS_GIVEN_FREQUENT, unit) ? FREQUENT_SHARE : is_among (GUITU_WORDS_GIVEN_COMMON, unit) ? COMMON_SHARE
                                                                                                                  : OTHER_SHARE;
}

static double
surname_share (const GuituNameFeature *name)
{
  const Surnames *known = get_surnames ();
  double share = RARE_SURNAME_SHARE;

  for (guint i = 0; name->surname < 2 && i < known->n_surnames; i++)
    if (_guitu_unit_compare (known->surnames[i].unit, name->units[0]) >= (_guitu_unit_is_han (name->units[0]) ? GUITU_ALIKE_SAME : GUITU_ALIKE_SOUND))
      share = MAX (share, known->surnames[i].share);
  return share / 1000;
}

void
_guitu_name_shares (const GuituNameFeature *name,
                    double shares[GUITU_MATCH_LEVELS])
{
  guint first = MIN (MAX (name->surname, 1), name->n_units);
  double surname = surname_share (name), given = name->n_units - first == 1 ? SHORT_NAMES : 1 - SHORT_NAMES;
  double whole, one = 0;

  for (guint i = first; i < name->n_units; i++)
    {
      given *= given_share (name->units[i]);
      one = MAX (one, given_share (name->units[i]));
    }
  whole = MAX (surname * given, 1e-9);
  for (guint level = 0; level < GUITU_MATCH_LEVELS; level++)
    shares[level] = 0;
  shares[GUITU_NAME_SAME] = whole;
  shares[GUITU_NAME_SOUND] = shares[GUITU_NAME_SOUNDS] = 4 * whole;
  shares[GUITU_NAME_SHAPE] = 2 * whole;
  shares[GUITU_NAME_DIALECT] = 10 * whole;
  shares[GUITU_NAME_DIALECTS] = 30 * whole;
  shares[GUITU_NAME_SWAPPED] = whole;
  shares[GUITU_NAME_SWAPPED_SOUND] = 20 * whole;
  shares[GUITU_NAME_DROPPED] = name->n_units - first == 1 ? 2 * surname * one : 0.2 * surname * one;
  shares[GUITU_NAME_DROPPED_SOUND] = 8 * shares[GUITU_NAME_DROPPED];
  shares[GUITU_NAME_SURNAME] = shares[GUITU_NAME_SURNAME_NEAR] = given;
  shares[GUITU_NAME_SURNAME_SOUND] = 8 * given;
  shares[GUITU_NAME_FIRST] = name->n_units - first < 2 ? 1e-6 : surname * given_share (name->units[name->n_units - 1]);
  shares[GUITU_NAME_LAST] = name->n_units - first < 2 ? 1e-6 : surname * given_share (name->units[first]);
  shares[GUITU_NAME_CHARACTER_SOUND] = shares[GUITU_NAME_CHARACTER_NEAR] = 8 * surname * one;
  shares[GUITU_NAME_GIVEN] = given;
  shares[GUITU_NAME_GIVEN_ONE] = 2 * one;
  shares[GUITU_NAME_ONLY_SURNAME] = surname;
  shares[GUITU_NAME_ONLY_SURNAME_SOUND] = 2 * surname;
  shares[GUITU_NAME_A_CHARACTER] = one;
  shares[GUITU_NAME_OTHER] = 0.93;
}

void
_guitu_scale_init (GuituScale *scale,
                   const GuituLinkage *model,
                   const GuituFeatures *ours,
                   const GuituFeatures *theirs)
{
  double shares[GUITU_MATCH_LEVELS], others[GUITU_MATCH_LEVELS] = { 0 };

  scale->is_counted = FALSE;
  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    for (guint level = 0; level < GUITU_MATCH_LEVELS; level++)
      {
        guint8 levels[GUITU_MATCH_FIELDS] = { 0 };

        levels[field] = level;
        scale->bits[field][level] = _guitu_match_level_exists (field, level) ? guitu_linkage_weight (model, field, levels) : 0;
      }
  if (ours->n_names == 0)
    return;
  _guitu_name_shares (&ours->names[0], shares);
  if (theirs != NULL && theirs->n_names > 0)
    _guitu_name_shares (&theirs->names[0], others);
  for (guint level = 1; level < GUITU_NAME_LEVELS_END; level++)
    shares[level] = MAX (shares[level], others[level]);
  for (guint level = 1; level < GUITU_NAME_LEVELS_END; level++)
    for (guint field = GUITU_MATCH_NAME; GUITU_MATCH_IS_NAME (field); field++)
      scale->bits[field][level] = log2 (guitu_linkage_m (model, field, level) / MAX (shares[level], 1e-9));
}

/** Half of the span of ages that fit, as a share of those of all people: wide intervals fit many. */
static double
share_of_ages (const GuituFeatures *ours,
               const GuituFeatures *theirs,
               const GuituAgreement *agreement)
{
  const GuituBirthFeature *a = &ours->births[agreement->our_birth];
  const GuituBirthFeature *b = &theirs->births[agreement->their_birth];
  double days = (a->to - a->from) + (b->to - b->from) + DAYS_IN_YEAR;

  return CLAMP (days / (2 * COMMON_YEARS * DAYS_IN_YEAR), 0.01, 0.5);
}

double
_guitu_scale_weigh (const GuituScale *scale,
                    const GuituFeatures *ours,
                    const GuituFeatures *theirs,
                    const GuituAgreement *agreement,
                    double weights[GUITU_MATCH_FIELDS])
{
  gboolean has_home = agreement->levels[GUITU_MATCH_HOME] != 0 || agreement->levels[GUITU_MATCH_HOME_WIDE] != 0;
  double score = 0;

  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    {
      weights[field] = agreement->levels[field] == 0 ? 0 : MAX (scale->bits[field][agreement->levels[field]], GUITU_MATCH_LEAST_BITS);
      if (field == GUITU_MATCH_AGE && !scale->is_counted && agreement->levels[field] != 0 && agreement->levels[field] <= GUITU_AGE_EDGE)
        weights[field] += log2 (0.08 / share_of_ages (ours, theirs, agreement)); /* in the place of the u of the model */
      if (has_home && (field == GUITU_MATCH_ACCENT || field == GUITU_MATCH_ACCENT_WIDE))
        weights[field] *= GUITU_MATCH_SAID_TWICE;
      if (GUITU_MATCH_IS_NAME (field) && weights[field] > 0 &&
          (ours->names[agreement->our_name].is_alias || theirs->names[agreement->their_name].is_alias))
        weights[field] = MAX (0, weights[field] - GUITU_MATCH_ALIAS_LOSS);
      score += weights[field];
    }
  return score;
}

/* --- Reasons --------------------------------------------------------------------------------------- */

static void
free_reason (gpointer data)
{
  GuituMatchReason *reason = data;

  g_free (reason->ours);
  g_free (reason->theirs);
  g_free (reason);
}

void
guitu_match_free (GuituMatch *match)
{
  g_ptr_array_unref (match->reasons);
  g_free (match);
}

GuituMatch *
_guitu_match_new (guint kind,
                  gint64 row)
{
  GuituMatch *match = g_new0 (GuituMatch, 1);

  match->kind = kind;
  match->row = row;
  match->reasons = g_ptr_array_new_with_free_func (free_reason);
  return match;
}

void
_guitu_match_add_reason (GuituMatch *match,
                         const char *field,
                         const char *how,
                         const char *ours,
                         const char *theirs,
                         double weight)
{
  GuituMatchReason *reason = g_new0 (GuituMatchReason, 1);

  *reason = (GuituMatchReason){ field, how, g_strdup (ours), g_strdup (theirs), weight };
  g_ptr_array_add (match->reasons, reason);
}

/** Dates as an ISO 8601 interval, or what was said. */
static char *
show_birth (const GuituFeatures *features,
            guint which)
{
  const GuituBirthFeature *birth = &features->births[which];
  int year, month, day, last_year, last_month, last_day;

  if (birth->text != NULL)
    return g_strdup (birth->text);
  _guitu_day_split (birth->from, &year, &month, &day);
  if (birth->from == birth->to)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  _guitu_day_split (birth->to, &last_year, &last_month, &last_day);
  return g_strdup_printf ("%04d-%02d-%02d/%04d-%02d-%02d", year, month, day, last_year, last_month, last_day);
}

/** Of a number, the county: the rest of it is nobody's home. */
static char *
show_home (const GuituFeatures *features,
           guint which)
{
  const char *text = features->homes[which].text;

  return text == features->side->id_number ? g_strndup (text, 6) : g_strdup (text);
}

static char *
show (const GuituFeatures *features,
      GuituMatchField field,
      guint which,
      gboolean is_home)
{
  const GuituMatchSide *side = features->side;

  switch (field)
    {
    case GUITU_MATCH_NAME:
    case GUITU_MATCH_HEARD:
    case GUITU_MATCH_NICKNAME:
      return g_strdup (features->names[which].text);
    case GUITU_MATCH_SEX:
      return g_strdup (side->sex);
    case GUITU_MATCH_DAY:
    case GUITU_MATCH_AGE:
      return show_birth (features, which);
    case GUITU_MATCH_HOME:
    case GUITU_MATCH_HOME_WIDE:
      return show_home (features, which);
    case GUITU_MATCH_ACCENT:
    case GUITU_MATCH_ACCENT_WIDE:
      return is_home ? show_home (features, which) : g_strdup (features->accents[which].text);
    case GUITU_MATCH_MARKS:
      return g_strdup (side->marks);
    case GUITU_MATCH_HEIGHT:
      return g_strdup_printf ("%d", side->height_cm);
    case GUITU_MATCH_NATION:
      return g_strdup (side->nation);
    case GUITU_MATCH_PHONE:
      return g_strdup (features->phones[0]);
    case GUITU_MATCH_ID_NUMBER:
      return g_strdup (side->id_number);
    case GUITU_MATCH_KIN:
      return g_strdup (features->kin[0].text);
    case GUITU_MATCH_FIELDS:
    default:
      g_assert_not_reached ();
    }
}

void
_guitu_match_explain (GuituMatch *match,
                      const GuituFeatures *ours,
                      const GuituFeatures *theirs,
                      const GuituAgreement *agreement,
                      const double weights[GUITU_MATCH_FIELDS])
{
  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    {
      gboolean is_name = GUITU_MATCH_IS_NAME (field);
      gboolean is_birth = field == GUITU_MATCH_DAY || field == GUITU_MATCH_AGE;
      gboolean is_home = field == GUITU_MATCH_HOME || field == GUITU_MATCH_HOME_WIDE;
      const char *name = _guitu_match_field_name (field);
      g_autofree char *our_text = NULL, *their_text = NULL;

      if (agreement->levels[field] == 0)
        continue;
      if (is_name && (ours->names[agreement->our_name].is_alias || theirs->names[agreement->their_name].is_alias))
        name = "alias";
      our_text = show (ours, field, is_name ? agreement->our_name : is_birth ? agreement->our_birth
                                                                : is_home    ? agreement->our_home
                                                                             : agreement->our_accent,
                       agreement->our_accent_is_home);
      their_text = show (theirs, field, is_name ? agreement->their_name : is_birth ? agreement->their_birth
                                                                      : is_home    ? agreement->their_home
                                                                                   : agreement->their_accent,
                         agreement->their_accent_is_home);
      _guitu_match_add_reason (match, name, _guitu_match_how (field, agreement->levels[field]), our_text, their_text, weights[field]);
    }
}

GuituMatch *
guitu_match_compare (const GuituMatchSide *ours,
                     const GuituMatchSide *theirs)
{
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();
  GuituMatch *match = _guitu_match_new (0, theirs->row);
  GuituFeatures our_features, their_features;
  GuituAgreement agreement;
  GuituScale scale;
  double weights[GUITU_MATCH_FIELDS];

  guitu_features_init (&our_features, ours);
  guitu_features_init (&their_features, theirs);
  _guitu_match_agree (&our_features, &their_features, &agreement);
  _guitu_scale_init (&scale, model, &our_features, &their_features);
  match->score = _guitu_scale_weigh (&scale, &our_features, &their_features, &agreement, weights);
  match->probability = guitu_linkage_probability (match->score + guitu_linkage_prior_bits (1, 65536));
  _guitu_match_explain (match, &our_features, &their_features, &agreement, weights);
  return match;
}
