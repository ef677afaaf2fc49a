/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first look at every record: few have a name that fits, and of the others few can still come among the best
 * whatever else they say. What that takes, a dozen look-ups, is all that most records cost. */

#include "db/match-scan-private.h"

#include <math.h>

#define UNKNOWN G_MININT16

/* What a record has, as a number. */
#define HAS_MARKS 1
#define HAS_PHONE 2
#define HAS_KIN 4
#define HAS_HOME 8

/* --- Preparing ------------------------------------------------------------------------------------- */

static int
most_of (const GuituScan *scan,
         guint field)
{
  int most = 0;

  for (guint level = 1; level < GUITU_MATCH_LEVELS; level++)
    most = MAX (most, scan->bits[field][level]);
  return most;
}

static void
prepare_most (GuituSift *sift)
{
  const GuituScan *scan = sift->scan;
  const GuituFeatures *ours = scan->ours;
  int looks = (ours->sex != 0 ? most_of (scan, GUITU_MATCH_SEX) : 0) + (ours->height != 0 ? most_of (scan, GUITU_MATCH_HEIGHT) : 0) +
              (ours->nation != 0 ? most_of (scan, GUITU_MATCH_NATION) : 0);
  int accent = ours->n_accents + ours->n_homes > 0 ? MAX (most_of (scan, GUITU_MATCH_ACCENT), most_of (scan, GUITU_MATCH_ACCENT_WIDE)) : 0;

  for (guint has = 0; has < G_N_ELEMENTS (sift->most_of_rest); has++)
    {
      int most = looks + ((has & HAS_HOME) != 0 ? (int) ceil (accent * GUITU_MATCH_SAID_TWICE) : accent);

      if ((has & HAS_MARKS) != 0 && scan->marks != NULL)
        most += most_of (scan, GUITU_MATCH_MARKS);
      if ((has & HAS_PHONE) != 0 && ours->n_phones > 0)
        most += most_of (scan, GUITU_MATCH_PHONE);
      if ((has & HAS_KIN) != 0 && ours->n_kin > 0)
        most += most_of (scan, GUITU_MATCH_KIN);
      sift->most_of_rest[has] = most;
    }
}

/** Names that don't fit: in which field they count is known from their form. */
static void
prepare_others (GuituSift *sift)
{
  GuituScan *scan = sift->scan;

  for (guint form = 0; form < GUITU_PACKED_FORMS; form++)
    {
      GuituPacked other = { .flags = GUITU_PACKED_FLAGS_OF_FORM (form) };
      guint name;

      sift->other_fields[form] = GUITU_MATCH_SEX; /* no name */
      if (scan->n_names == 0 || GUITU_PACKED_N_UNITS (other.flags) == 0)
        continue;
      sift->others[form] = _guitu_scan_name_bits (scan, &other, &name);
      sift->other_fields[form] = name / GUITU_MATCH_LEVELS;
    }
}

GuituSift *
_guitu_sift_new (GuituScan *scan,
                 guint own,
                 gint64 own_row)
{
  GuituSift *sift = g_new0 (GuituSift, 1);

  sift->scan = scan;
  sift->own = own;
  sift->own_row = own_row;
  sift->best = g_array_sized_new (FALSE, FALSE, sizeof (GuituCandidate), GUITU_BEST_KEPT);
  for (guint i = 0; i < G_N_ELEMENTS (sift->days); i++)
    sift->days[i] = UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (sift->homes); i++)
    sift->homes[i] = UNKNOWN;
  sift->days[0] = sift->homes[0] = 0;
  prepare_most (sift);
  prepare_others (sift);
  return sift;
}

void
_guitu_sift_free (GuituSift *sift)
{
  g_array_unref (sift->best);
  g_free (sift);
}

void
_guitu_sift_count (GuituSift *sift)
{
  for (guint field = 0; field < GUITU_MATCH_SEX; field++)
    sift->scan->counts[field][GUITU_NAME_OTHER] += sift->n_others[field];
}

/* --- The best -------------------------------------------------------------------------------------- */

int
_guitu_candidates_compare (gconstpointer a,
                           gconstpointer b)
{
  const GuituCandidate *first = a;
  const GuituCandidate *second = b;

  if (first->score != second->score)
    return first->score < second->score ? 1 : -1;
  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  if (first->row != second->row)
    return first->row < second->row ? -1 : 1;
  return (first->name > second->name) - (first->name < second->name);
}

/** Whether the first is the worse. */
static inline gboolean
is_under (const GuituCandidate *first,
          const GuituCandidate *second)
{
  return _guitu_candidates_compare (first, second) > 0;
}

static void
exchange (GuituCandidate *first,
          GuituCandidate *second)
{
  GuituCandidate kept = *first;

  *first = *second;
  *second = kept;
}

static void
sift_down (GArray *heap)
{
  GuituCandidate *candidates = (GuituCandidate *) (gpointer) heap->data;

  for (guint at = 0, child; (child = 2 * at + 1) < heap->len; at = child)
    {
      if (child + 1 < heap->len && is_under (&candidates[child + 1], &candidates[child]))
        child++;
      if (!is_under (&candidates[child], &candidates[at]))
        return;
      exchange (&candidates[at], &candidates[child]);
    }
}

static void
keep (GArray *heap,
      const GuituCandidate *candidate)
{
  GuituCandidate *candidates = (GuituCandidate *) (gpointer) heap->data;

  if (heap->len == GUITU_BEST_KEPT)
    {
      if (!is_under (&candidates[0], candidate))
        return;
      candidates[0] = *candidate;
      sift_down (heap);
      return;
    }
  g_array_append_val (heap, *candidate);
  candidates = (GuituCandidate *) (gpointer) heap->data;
  for (guint at = heap->len - 1; at > 0 && is_under (&candidates[at], &candidates[(at - 1) / 2]); at = (at - 1) / 2)
    exchange (&candidates[at], &candidates[(at - 1) / 2]);
}

/* --- One record ------------------------------------------------------------------------------------ */

/** Whether one of our names has a character that is more than near to one of theirs, as far as is known. */
static inline gboolean
may_fit (const GuituScan *scan,
         const GuituPacked *theirs)
{
  GuituAlikes any = 0, all = GUITU_COLUMN_IS_KNOWN;

  for (guint i = 0; i < scan->n_names; i++)
    {
      const GuituAlikes *columns = scan->names[i].columns;

      for (guint k = 0; k < GUITU_PACKED_UNITS; k++)
        {
          any |= columns[theirs->units[k]];
          all &= columns[theirs->units[k]];
        }
    }
  return (any & GUITU_COLUMN_MORE_THAN_NEAR) != 0 || all == 0;
}

static inline int
weigh_name (GuituSift *sift,
            const GuituPacked *theirs,
            guint *name)
{
  GuituScan *scan = sift->scan;
  guint form = GUITU_PACKED_FORM (theirs->flags);
  guint field = sift->other_fields[form];
  int bits;

  if (field != GUITU_MATCH_SEX && may_fit (scan, theirs))
    {
      bits = _guitu_scan_name_bits (scan, theirs, name);
      scan->counts[*name / GUITU_MATCH_LEVELS][*name % GUITU_MATCH_LEVELS]++;
      return bits;
    }
  sift->n_others[field]++;
  *name = field == GUITU_MATCH_SEX ? 0 : field * GUITU_MATCH_LEVELS + GUITU_NAME_OTHER;
  return sift->others[form];
}

static inline int
weigh_birth (GuituSift *sift,
             const GuituPacked *theirs)
{
  gint16 *known = &sift->days[theirs->birth_from];

  if (theirs->birth_from != theirs->birth_to)
    return _guitu_scan_birth_bits (sift->scan, theirs);
  if (*known == UNKNOWN)
    *known = _guitu_scan_birth_bits (sift->scan, theirs);
  return *known;
}

static inline int
weigh_home (GuituSift *sift,
            const GuituPacked *theirs)
{
  gint16 *known = &sift->homes[theirs->homes[0]];

  if (theirs->homes[1] != 0 && theirs->homes[1] != theirs->homes[0])
    return _guitu_scan_home_bits (sift->scan, theirs);
  if (*known == UNKNOWN)
    *known = _guitu_scan_home_bits (sift->scan, theirs);
  return *known;
}

void
_guitu_sift_chunk (GuituSift *sift,
                   gint64 chunk,
                   const GuituPacked *packed,
                   guint n)
{
  const GuituScan *scan = sift->scan;
  GuituCandidate candidate = { .kind = GUITU_CHUNK_KIND (chunk) };
  int floor = sift->best->len < GUITU_BEST_KEPT ? G_MININT : g_array_index (sift->best, GuituCandidate, 0).score;

  sift->n_compared += n;
  for (const GuituPacked *theirs = packed; theirs < packed + n; theirs++)
    {
      gboolean has_home = theirs->homes[0] != 0 && scan->ours->n_homes > 0;
      guint has = (theirs->marks[0] != 0 ? HAS_MARKS : 0) | (theirs->phone != 0 ? HAS_PHONE : 0) | (theirs->kin[0] != 0 ? HAS_KIN : 0) |
                  (has_home ? HAS_HOME : 0);
      guint name;
      int score = weigh_name (sift, theirs, &name) + weigh_birth (sift, theirs) + weigh_home (sift, theirs);

      if (score + sift->most_of_rest[has] < floor && (scan->id_tail == 0 || theirs->id_tail != scan->id_tail))
        continue;
      candidate.score = score + _guitu_scan_rest_bits (sift->scan, theirs, has_home);
      candidate.row = GUITU_CHUNK_FIRST_ROW (chunk) + theirs->row;
      candidate.name = name;
      if (candidate.score < floor || (candidate.row == sift->own_row && candidate.kind == sift->own))
        continue;
      keep (sift->best, &candidate);
      if (sift->best->len == GUITU_BEST_KEPT)
        floor = g_array_index (sift->best, GuituCandidate, 0).score;
    }
}
