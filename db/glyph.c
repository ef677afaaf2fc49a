/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Characters that are misread for one another (末 and 未, 侯 and 候). Nobody has a free list of them, so they are
 * told by what the Unicode Han database says of their parts: the Cangjie code, which spells them, and the four corners. */

#include "db/unit.h"

#include "db/match-resources.h"

#include <gio/gio.h>
#include <string.h>

#define TABLE_PATH "/io/github/guitu/db/glyphs.bin"
#define FIRST_HAN 0x3400
#define LAST_HAN 0x9fff
#define UNKNOWN_CORNERS 0xffff
#define CODE_LENGTH 5
#define STROKES_APART 3
#define SAME_CORNERS_APART 2 /* strokes, where all four corners are the same (土 and 士) */

typedef struct
{
  guint32 code;
  guint16 corners;
  guint8 strokes;
  guint8 unused;
} Glyph;

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

gboolean
_guitu_glyph_alike (gunichar ours,
                    gunichar theirs)
{
  const Glyph *a, *b;
  guint8 our_letters[CODE_LENGTH], their_letters[CODE_LENGTH];
  guint n_ours, n_theirs, common, corners;

  if (ours < FIRST_HAN || ours > LAST_HAN || theirs < FIRST_HAN || theirs > LAST_HAN)
    return FALSE;
  a = get_table () + (ours - FIRST_HAN);
  b = get_table () + (theirs - FIRST_HAN);
  if (ABS (a->strokes - b->strokes) > STROKES_APART)
    return FALSE;
  n_ours = spell (a, our_letters);
  n_theirs = spell (b, their_letters);
  common = 2 * common_letters (our_letters, n_ours, their_letters, n_theirs);
  corners = same_corners (a, b);
  if (common == 0)
    return corners == 4 && ABS (a->strokes - b->strokes) <= SAME_CORNERS_APART;
  return 4 * common >= 3 * (n_ours + n_theirs) || (2 * common >= n_ours + n_theirs && corners >= 3) ||
         (5 * common >= 3 * (n_ours + n_theirs) && corners >= 2) || corners == 4 ||
         (3 * common >= n_ours + n_theirs && corners >= 2 && a->strokes == b->strokes);
}
