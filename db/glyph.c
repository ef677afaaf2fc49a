/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Characters that are misread for one another (末 and 未, 侯 and 候). Nobody has a free list of them, so they are
 * told by what the Unicode Han database says of their parts: the Cangjie code, which spells them, the four corners, the
 * strokes, and the phonetic series, whose characters have a part in common (瑶 and 谣). Each says so much for or against;
 * how much was found by logistic regression over pairs that people do mistake, and pairs of characters of given names that
 * nobody does, and rounded. */

#include "db/unit.h"

#include "db/match-resources.h"

#include <gio/gio.h>
#include <string.h>

#define TABLE_PATH "/io/github/guitu/db/glyphs.bin"
#define FIRST_HAN 0x3400
#define LAST_HAN 0x9fff
#define UNKNOWN_CORNERS 0xffff
#define CODE_LENGTH 5
#define N_SERIES 2

/* In points. */
#define ALL_LETTERS 70 /* of the codes in common, or the share of it */
#define SAME_CORNER 14
#define SAME_CORNERS 10 /* more when all four are the same, and the strokes nearly so (土 and 士) */
#define SAME_SERIES 42
#define SAME_ENDING 6     /* each letter with which both codes end: the right side of a character, or what is below */
#define STROKE_APART (-6) /* each of the first six */
#define FEW_STROKES 5     /* more when both have few, and as many but one */
#define ALIKE_FROM 65

#define SAME_CORNERS_APART 2
#define FEW 6
#define MOST_STROKES_APART 6

typedef struct
{
  guint32 code;
  guint16 corners;
  guint8 strokes;
  guint8 unused;
  guint16 series[N_SERIES]; /* 0 ends them */
} Glyph;

G_STATIC_ASSERT (sizeof (Glyph) == 12);

static const Glyph *
get_table (void)
{
  static const Glyph *table;

  if (g_once_init_enter (&table))
    {
      GBytes *bytes = g_resource_lookup_data (guitu_match_get_resource (), TABLE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (bytes == NULL || g_bytes_get_size (bytes) != (LAST_HAN - FIRST_HAN + 1) * sizeof (Glyph))
        g_error ("The table of characters is damaged");
      g_once_init_leave (&table, g_bytes_get_data (bytes, NULL));
    }
  return table;
}

static guint
spell (const Glyph *glyph,
       guint8 letters[CODE_LENGTH])
{
  guint32 code = GUINT32_FROM_LE (glyph->code);
  guint n = 0;

  for (; n < CODE_LENGTH && (code & 31) != 0; code >>= 5)
    letters[n++] = code & 31;
  return n;
}

/** Letters that two codes have in common, in order. */
static guint
common_letters (const guint8 *ours,
                guint n_ours,
                const guint8 *theirs,
                guint n_theirs)
{
  guint8 longest[CODE_LENGTH + 1][CODE_LENGTH + 1] = { 0 };

  for (guint i = 0; i < n_ours; i++)
    for (guint k = 0; k < n_theirs; k++)
      longest[i + 1][k + 1] = ours[i] == theirs[k] ? longest[i][k] + 1 : MAX (longest[i][k + 1], longest[i + 1][k]);
  return longest[n_ours][n_theirs];
}

static guint
same_corners (const Glyph *ours,
              const Glyph *theirs)
{
  guint16 a = GUINT16_FROM_LE (ours->corners);
  guint16 b = GUINT16_FROM_LE (theirs->corners);
  guint same = 0;

  for (guint shift = 0; a != UNKNOWN_CORNERS && b != UNKNOWN_CORNERS && shift < 16; shift += 4)
    same += ((a >> shift) & 15) == ((b >> shift) & 15);
  return same;
}

static guint
same_ending (const guint8 *ours,
             guint n_ours,
             const guint8 *theirs,
             guint n_theirs)
{
  guint n = 0;

  while (n < MIN (n_ours, n_theirs) && ours[n_ours - 1 - n] == theirs[n_theirs - 1 - n])
    n++;
  return n;
}

static gboolean
share_series (const Glyph *ours,
              const Glyph *theirs)
{
  for (guint i = 0; i < N_SERIES && ours->series[i] != 0; i++)
    for (guint k = 0; k < N_SERIES; k++)
      if (ours->series[i] == theirs->series[k])
        return TRUE;
  return FALSE;
}

gboolean
_guitu_glyph_alike (gunichar ours,
                    gunichar theirs)
{
  const Glyph *a, *b;
  guint8 our_letters[CODE_LENGTH], their_letters[CODE_LENGTH];
  guint n_ours, n_theirs, corners, apart;
  int points = 0;

  if (ours < FIRST_HAN || ours > LAST_HAN || theirs < FIRST_HAN || theirs > LAST_HAN)
    return FALSE;
  a = get_table () + (ours - FIRST_HAN);
  b = get_table () + (theirs - FIRST_HAN);
  n_ours = spell (a, our_letters);
  n_theirs = spell (b, their_letters);
  if (n_ours + n_theirs > 0)
    points += ALL_LETTERS * 2 * common_letters (our_letters, n_ours, their_letters, n_theirs) / (n_ours + n_theirs);
  corners = same_corners (a, b);
  apart = ABS (a->strokes - b->strokes);
  points += SAME_CORNER * corners + SAME_ENDING * same_ending (our_letters, n_ours, their_letters, n_theirs);
  points += STROKE_APART * (int) MIN (apart, MOST_STROKES_APART);
  if (corners == 4 && apart <= SAME_CORNERS_APART)
    points += SAME_CORNERS;
  if (MAX (a->strokes, b->strokes) <= FEW && apart <= 1)
    points += FEW_STROKES;
  if (share_series (a, b))
    points += SAME_SERIES;
  return points >= ALIKE_FROM;
}
