/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question against all packed records.
 *
 * What a unit, place or mark of theirs means to ours is worked out once for each value that comes up and kept in a
 * table by its number. The first round, over a part of the records, counts how
 * often each level comes up: that is u, the chance that two people agree so, for this very question. For names the
 * second round counts again, over all. Few records pass the bound that the five hundred best set. */

#include "db/match-scan-private.h"

#include <math.h>
#include <string.h>

#define DAYS 0x80
#define U_WEIGHT 300 /* how many people the u of the country count for beside those of the store */
#define NAME_U_WEIGHT 2000
#define FEW_MET 2
#define KNOWN GUITU_COLUMN_IS_KNOWN
#define MORE_THAN_NEAR GUITU_COLUMN_MORE_THAN_NEAR
#define UNKNOWN 0xff
#define WIDE 0x80

/** What a packed record says against the question. */
typedef struct
{
  guint8 levels[GUITU_MATCH_FIELDS];
  gboolean is_alias;
} Levels;

/* --- Preparing ------------------------------------------------------------------------------------- */

static void
prepare_names (GuituScan *scan)
{
  for (guint i = 0; i < scan->ours->n_names && scan->n_names < SCAN_NAMES; i++)
    {
      const GuituNameFeature *name = &scan->ours->names[i];
      ScanName *own = &scan->names[scan->n_names++];

      own->columns = g_new0 (GuituAlikes, 65536);
      own->columns[0] = KNOWN; /* of names that are shorter */
      own->form = (GuituNameForm){ MIN (name->n_units, GUITU_PACKED_UNITS), name->surname, name->core, name->n_core };
      memcpy (own->units, name->units, sizeof own->units);
      own->is_heard = name->is_heard;
      own->is_alias = name->is_alias;
    }
}

GuituScan *
_guitu_scan_new (const GuituFeatures *ours,
                 const GuituLinkage *model)
{
  GuituScan *scan = g_new0 (GuituScan, 1);

  scan->ours = ours;
  scan->model = model;
  prepare_names (scan);
  memset (scan->homes, UNKNOWN, sizeof scan->homes);
  memset (scan->accents, UNKNOWN, sizeof scan->accents);
  memset (scan->our_accent, UNKNOWN, sizeof scan->our_accent);
  memset (scan->their_accent, UNKNOWN, sizeof scan->their_accent);
  if (ours->n_marks > 0)
    scan->marks = g_new0 (guint8, 65536);
  for (guint i = 0; i < ours->n_phones; i++)
    scan->phones[i] = _guitu_phone_number (ours->phones[i]);
  for (guint i = 0; i < ours->n_kin; i++)
    scan->kin[i] = _guitu_kin_hash (&ours->kin[i]);
  scan->id_tail = _guitu_id_tail_hash (ours->id_number);
  return scan;
}

void
_guitu_scan_free (GuituScan *scan)
{
  for (guint i = 0; i < scan->n_names; i++)
    g_free (scan->names[i].columns);
  g_free (scan->marks);
  g_free (scan);
}

const GuituScale *
_guitu_scan_scale (const GuituScan *scan)
{
  return &scan->scale;
}

guint64
_guitu_scan_compared (const GuituScan *scan)
{
  return scan->n_compared;
}

/* --- Levels of one record -------------------------------------------------------------------------- */

static GuituAlikes
work_out_column (ScanName *name,
                 GuituUnitId unit)
{
  GuituAlikes column = KNOWN;

  for (guint i = 0; i < name->form.n_units; i++)
    column |= (GuituAlikes) _guitu_unit_compare (name->units[i], unit) << (3 * i);
  name->columns[unit] = column;
  return column;
}

/** The best level over our names; *@field: that in which it counts. */
static inline guint
name_level (GuituScan *scan,
            const GuituPacked *theirs,
            GuituMatchField *field,
            gboolean *alias)
{
  guint best = GUITU_NAME_LEVELS_END;
  guint n_units = GUITU_PACKED_N_UNITS (theirs->flags);
  guint n = MIN (n_units, GUITU_PACKED_UNITS);

  for (guint i = 0; i < scan->n_names; i++)
    {
      ScanName *name = &scan->names[i];
      GuituAlikes columns[GUITU_PACKED_UNITS];
      GuituAlikes any = 0;
      guint level = GUITU_NAME_OTHER;
      gboolean is_heard = name->is_heard || GUITU_PACKED_IS_HEARD (theirs->flags);

      for (guint k = 0; k < n; k++)
        {
          columns[k] = name->columns[theirs->units[k]];
          if (columns[k] == 0)
            columns[k] = work_out_column (name, theirs->units[k]);
          any |= columns[k];
        }
      if ((any & MORE_THAN_NEAR) != 0)
        level = _guitu_names_level (columns, name->form,
                                    (GuituNameForm){ n, GUITU_PACKED_SURNAME (theirs->flags), GUITU_PACKED_CORE (theirs->flags), GUITU_PACKED_N_CORE (theirs->flags) });
      if (is_heard)
        level = _guitu_name_level_heard (level);
      if (level < best)
        {
          best = level;
          *field = _guitu_name_field (is_heard, GUITU_NAME_IS_NICKNAME (name->form.n_units, name->form.n_core) ||
                                                    GUITU_NAME_IS_NICKNAME (n_units, GUITU_PACKED_N_CORE (theirs->flags)));
          *alias = name->is_alias || GUITU_PACKED_IS_ALIAS (theirs->flags);
        }
    }
  return best;
}

/** The level of an interval, by the best of our births; DAYS when it is of days. */
static guint8
work_out_birth (const GuituScan *scan,
                guint16 from,
                guint16 to)
{
  const GuituBirthFeature birth = { from, to, NULL };
  guint best = GUITU_DAY_LEVELS_END;
  gboolean are_days = FALSE;

  for (guint i = 0; i < scan->ours->n_births; i++)
    {
      guint level = _guitu_births_level (&scan->ours->births[i], &birth);

      if (level >= best)
        continue;
      best = level;
      are_days = _guitu_births_are_days (&scan->ours->births[i], &birth);
    }
  return are_days ? best | DAYS : best;
}

/** Days come from a table, and so do the years, half-years and decades that estimates are given in. */
static inline guint8
birth_level (GuituScan *scan,
             const GuituPacked *theirs)
{
  if (theirs->birth_from == 0 || scan->ours->n_births == 0)
    return 0;
  if (theirs->birth_from != theirs->birth_to)
    {
      IntervalLevel *known = &scan->intervals[(theirs->birth_from * 31u + theirs->birth_to) % INTERVALS_KEPT];

      if (known->from != theirs->birth_from || known->to != theirs->birth_to)
        *known = (IntervalLevel){ theirs->birth_from, theirs->birth_to, work_out_birth (scan, theirs->birth_from, theirs->birth_to) };
      return known->level;
    }
  if (scan->days[theirs->birth_from] == 0)
    scan->days[theirs->birth_from] = work_out_birth (scan, theirs->birth_from, theirs->birth_from);
  return scan->days[theirs->birth_from];
}

static inline void
set_birth (guint8 *levels,
           guint8 level)
{
  levels[GUITU_MATCH_DAY] = (level & DAYS) != 0 ? level & ~DAYS : 0;
  levels[GUITU_MATCH_AGE] = (level & DAYS) != 0 ? 0 : level;
}

static guint8
nearest_place (const GuituPlaceFeature *ours,
               guint n_ours,
               GuituPlaceId theirs)
{
  GuituPlaceLevel best = GUITU_PLACE_OTHER + 1;
  gboolean is_exact = FALSE;

  for (guint i = 0; i < n_ours; i++)
    {
      GuituPlaceLevel level = _guitu_places_compare (ours[i].place, theirs);

      if (level >= best)
        continue;
      best = level;
      is_exact = _guitu_place_is_exact (ours[i].place) && _guitu_place_is_exact (theirs);
    }
  if (best > GUITU_PLACE_OTHER)
    return 0;
  return is_exact ? GUITU_PLACE_LEVEL (best) : GUITU_WIDE_LEVEL (MAX (best, GUITU_PLACE_PROVINCE)) | WIDE;
}

static inline guint8
place_level (guint8 *table,
             const GuituPlaceFeature *ours,
             guint n_ours,
             GuituPlaceId theirs)
{
  if (theirs == 0 || n_ours == 0)
    return 0;
  if (table[theirs] == UNKNOWN)
    table[theirs] = nearest_place (ours, n_ours, theirs);
  return table[theirs];
}

static inline void
set_place (guint8 *levels,
           guint8 level,
           GuituMatchField exact,
           GuituMatchField wide)
{
  levels[exact] = (level & WIDE) != 0 ? 0 : level;
  levels[wide] = (level & WIDE) != 0 ? level & ~WIDE : 0;
}

static inline void
home_level (GuituScan *scan,
            const GuituPacked *theirs,
            guint8 *levels)
{
  const GuituFeatures *ours = scan->ours;
  guint8 first = place_level (scan->homes, ours->homes, ours->n_homes, theirs->homes[0]);
  guint8 second = theirs->homes[1] == 0 || theirs->homes[1] == theirs->homes[0]
                      ? 0
                      : place_level (scan->homes, ours->homes, ours->n_homes, theirs->homes[1]);

  /* the other field's levels begin with the province */
  if (second != 0 && (first == 0 || (first & ~WIDE) + ((first & WIDE) != 0 ? 2 : 0) > (second & ~WIDE) + ((second & WIDE) != 0 ? 2 : 0)))
    first = second;
  set_place (levels, first, GUITU_MATCH_HOME, GUITU_MATCH_HOME_WIDE);
}

static inline void
accent_level (GuituScan *scan,
              const GuituPacked *theirs,
              guint8 *levels)
{
  const GuituFeatures *ours = scan->ours;
  guint8 level = place_level (scan->accents, ours->accents, ours->n_accents, theirs->accent);

  if (level == 0)
    level = place_level (scan->our_accent, ours->accents, ours->n_accents, theirs->homes[0]);
  if (level == 0)
    level = place_level (scan->their_accent, ours->homes, ours->n_homes, theirs->accent);
  set_place (levels, level, GUITU_MATCH_ACCENT, GUITU_MATCH_ACCENT_WIDE);
}

static inline guint
mark_level (GuituScan *scan,
            const GuituPacked *theirs)
{
  guint best = GUITU_MARKS_LEVELS_END;
  guint n_alike = 0;

  if (scan->marks == NULL || theirs->marks[0] == 0)
    return 0;
  for (guint i = 0; i < GUITU_PACKED_MARKS && theirs->marks[i] != 0; i++)
    {
      guint8 *level = &scan->marks[theirs->marks[i]];

      if (*level == 0)
        *level = _guitu_marks_level (scan->ours->marks, scan->ours->n_marks, &theirs->marks[i], 1);
      n_alike += *level <= GUITU_MARKS_LEVEL (GUITU_MARKS_ALIKE);
      best = MIN (best, *level);
    }
  return n_alike >= 2 ? GUITU_MARKS_TWO : best;
}

/** Nicknames say nothing at first: what they are part of is not packed. */
static guint
kin_level (const GuituScan *scan,
           const GuituPacked *theirs)
{
  guint best = GUITU_KIN_OTHER;

  for (guint i = 0; i < scan->ours->n_kin; i++)
    for (guint k = 0; k < G_N_ELEMENTS (theirs->kin) && theirs->kin[k] != 0; k++)
      if (scan->kin[i] == GUITU_KIN_HASH_NICKNAME || theirs->kin[k] == GUITU_KIN_HASH_NICKNAME)
        best = best == GUITU_KIN_OTHER ? 0 : best;
      else if (scan->kin[i] == theirs->kin[k])
        best = GUITU_KIN_SAME;
  return best;
}

/** What is seldom known on both sides. */
static inline void
number_levels (const GuituScan *scan,
               const GuituPacked *theirs,
               guint8 *levels)
{
  levels[GUITU_MATCH_PHONE] = levels[GUITU_MATCH_KIN] = levels[GUITU_MATCH_ID_NUMBER] = 0;
  if (theirs->phone != 0 && scan->ours->n_phones > 0)
    {
      levels[GUITU_MATCH_PHONE] = GUITU_PHONE_OTHER;
      for (guint i = 0; i < scan->ours->n_phones; i++)
        {
          char digits[GUITU_NUMBER_SIZE];
          guint level;

          if (scan->phones[i] == theirs->phone)
            levels[GUITU_MATCH_PHONE] = GUITU_PHONE_SAME;
          if (levels[GUITU_MATCH_PHONE] == GUITU_PHONE_SAME || strlen (scan->ours->phones[i]) < 9)
            continue;
          for (guint32 rest = theirs->phone - 1, at = 9; at > 0; rest /= 10)
            digits[--at] = '0' + rest % 10;
          digits[9] = '\0';
          level = _guitu_phones_level (scan->ours->phones[i] + strlen (scan->ours->phones[i]) - 9, digits);
          levels[GUITU_MATCH_PHONE] = MIN (levels[GUITU_MATCH_PHONE], level);
        }
    }
  if (theirs->kin[0] != 0 && scan->ours->n_kin > 0)
    levels[GUITU_MATCH_KIN] = kin_level (scan, theirs);
  if (theirs->id_tail != 0 && scan->id_tail != 0)
    levels[GUITU_MATCH_ID_NUMBER] = scan->id_tail == theirs->id_tail ? GUITU_ID_PARTIAL : 0;
}

static inline void
rest_levels (GuituScan *scan,
             const GuituPacked *theirs,
             guint8 *levels)
{
  const GuituFeatures *ours = scan->ours;
  guint sex = GUITU_PACKED_SEX (theirs->flags);

  levels[GUITU_MATCH_SEX] = ours->sex == 0 || sex == 0 ? 0 : ours->sex == sex ? 1
                                                                              : 2;
  accent_level (scan, theirs, levels);
  levels[GUITU_MATCH_MARKS] = mark_level (scan, theirs);
  levels[GUITU_MATCH_HEIGHT] = ours->height == 0 || theirs->height == 0 ? 0 : _guitu_heights_level (ours->height, theirs->height);
  levels[GUITU_MATCH_NATION] = ours->nation == 0 || theirs->nation == 0 ? 0 : ours->nation == theirs->nation ? 1
                                                                                                             : 2;
  number_levels (scan, theirs, levels);
}

/* --- Counting -------------------------------------------------------------------------------------- */

void
_guitu_scan_count (GuituScan *scan,
                   const GuituPacked *theirs)
{
  Levels found = { .levels = { 0 } };
  GuituMatchField field = GUITU_MATCH_NAME;

  if (scan->n_names > 0 && GUITU_PACKED_N_UNITS (theirs->flags) > 0)
    {
      guint level = name_level (scan, theirs, &field, &found.is_alias);

      found.levels[field] = level;
    }
  set_birth (found.levels, birth_level (scan, theirs));
  home_level (scan, theirs, found.levels);
  rest_levels (scan, theirs, found.levels);
  for (guint i = 0; i < GUITU_MATCH_FIELDS; i++)
    scan->counts[i][found.levels[i]]++;
}

static double
share_of_level (const GuituScan *scan,
                guint field,
                guint level,
                double given,
                double weight)
{
  double n = 0;

  for (guint i = 1; i < GUITU_MATCH_LEVELS; i++)
    n += scan->counts[field][i];
  /* that nothing rare was met among so many does not make it rarer than was thought */
  weight = MAX (weight, MIN (n, FEW_MET / given));
  return (scan->counts[field][level] + weight * given) / (n + weight);
}

/** What the counts say of the chance of each level. Numbers are too rare to be counted. */
void
_guitu_scan_weigh_counts (GuituScan *scan,
                          gboolean only_names)
{
  double shares[GUITU_MATCH_LEVELS] = { 0 };

  if (scan->ours->n_names > 0)
    _guitu_name_shares (&scan->ours->names[0], shares);
  for (guint field = 0; field < (only_names ? GUITU_MATCH_SEX : GUITU_MATCH_FIELDS); field++)
    {
      gboolean is_name = GUITU_MATCH_IS_NAME (field);
      gboolean is_number = field == GUITU_MATCH_PHONE || field == GUITU_MATCH_ID_NUMBER || field == GUITU_MATCH_KIN;

      for (guint level = 1; level < GUITU_MATCH_LEVELS; level++)
        {
          double m = _guitu_match_level_exists (field, level) ? guitu_linkage_m (scan->model, field, level) : 0;
          double u = m <= 0 ? 1 : is_name ? MAX (shares[level], 1e-9)
                                          : guitu_linkage_u (scan->model, field, level);

          if (m <= 0)
            continue;
          if (!is_number)
            u = share_of_level (scan, field, level, u, is_name ? NAME_U_WEIGHT : U_WEIGHT);
          scan->scale.bits[field][level] = log2 (m / u);
          scan->bits[field][level] = (int) (MAX (scan->scale.bits[field][level], GUITU_MATCH_LEAST_BITS) * GUITU_SCAN_UNIT);
        }
    }
  scan->scale.is_counted = TRUE;
}

/** Takes over what another scan of the same question counted. */
void
_guitu_scan_weigh_like (GuituScan *scan,
                        const GuituScan *other)
{
  scan->scale = other->scale;
  memcpy (scan->bits, other->bits, sizeof scan->bits);
}

/* --- Bits of one record ---------------------------------------------------------------------------- */

int
_guitu_scan_name_bits (GuituScan *scan,
                       const GuituPacked *theirs,
                       guint *name)
{
  GuituMatchField field = GUITU_MATCH_NAME;
  gboolean is_alias = FALSE;
  guint level = name_level (scan, theirs, &field, &is_alias);
  int bits = scan->bits[field][level];

  *name = field * GUITU_MATCH_LEVELS + level;
  return is_alias && bits > 0 ? MAX (0, bits - (int) (GUITU_MATCH_ALIAS_LOSS * GUITU_SCAN_UNIT)) : bits;
}

int
_guitu_scan_birth_bits (GuituScan *scan,
                        const GuituPacked *theirs)
{
  guint8 level = birth_level (scan, theirs);

  return scan->bits[(level & DAYS) != 0 ? GUITU_MATCH_DAY : GUITU_MATCH_AGE][level & ~DAYS];
}

int
_guitu_scan_home_bits (GuituScan *scan,
                       const GuituPacked *theirs)
{
  guint8 levels[GUITU_MATCH_FIELDS];

  home_level (scan, theirs, levels);
  return scan->bits[GUITU_MATCH_HOME][levels[GUITU_MATCH_HOME]] + scan->bits[GUITU_MATCH_HOME_WIDE][levels[GUITU_MATCH_HOME_WIDE]];
}

int
_guitu_scan_rest_bits (GuituScan *scan,
                       const GuituPacked *theirs,
                       gboolean has_home)
{
  guint8 levels[GUITU_MATCH_FIELDS];
  int bits, accent;

  rest_levels (scan, theirs, levels);
  accent = scan->bits[GUITU_MATCH_ACCENT][levels[GUITU_MATCH_ACCENT]] + scan->bits[GUITU_MATCH_ACCENT_WIDE][levels[GUITU_MATCH_ACCENT_WIDE]];
  bits = scan->bits[GUITU_MATCH_SEX][levels[GUITU_MATCH_SEX]] + (has_home ? (int) (accent * GUITU_MATCH_SAID_TWICE) : accent);
  for (guint field = GUITU_MATCH_MARKS; field < GUITU_MATCH_FIELDS; field++)
    bits += scan->bits[field][levels[field]];
  return bits;
}
