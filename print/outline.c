/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Thinning outlines.
 *
 * Song faces have some 140 points a character, many of them on a line with their neighbours or a
 * hair beside it. Nine tenths of a paper's PDF are outlines, so this is where bytes can be saved:
 * points are put on a grid of 1/512 em, and those without which the outline stays where it is are
 * left out. Of two points side by side at most one goes, so errors do not add up.
 *
 * Tables are those of the OpenType specification: glyf, loca, head.
 */

#include "print/outline-private.h"

#include <string.h>

#define HEADER_SIZE 10 /* number of contours, bounding box */

enum
{
  FLAG_ON_CURVE = 0x01,
  FLAG_X_SHORT = 0x02,
  FLAG_Y_SHORT = 0x04,
  FLAG_REPEAT = 0x08,
  FLAG_X_SAME = 0x10, /* or positive, when short */
  FLAG_Y_SAME = 0x20,
  FLAG_OVERLAP = 0x40,
};

typedef struct
{
  int x, y;
  gboolean is_on_curve;
} Point;

typedef struct
{
  const guint8 *data;
  gsize left;
} Reader;

typedef struct
{
  GArray *points; /* of Point */
  GArray *ends;   /* of guint: where each contour ends, exclusive */
  GArray *flags;  /* of guint8, one a point */
  GArray *thin;   /* of Point: what is left of them */
  gboolean overlaps;
} Outline;

static guint
read_u8 (Reader *reader)
{
  if (reader->left == 0)
    return 0;
  reader->left--;
  return *reader->data++;
}

static guint
read_u16 (Reader *reader)
{
  guint high = read_u8 (reader);

  return high << 8 | read_u8 (reader);
}

static gboolean
read_flags (Reader *reader,
            GArray *flags,
            guint n_points)
{
  guint n_read = 0;

  g_array_set_size (flags, n_points);
  while (n_read < n_points && reader->left > 0)
    {
      guint8 flag = (guint8) read_u8 (reader);
      guint times = (flag & FLAG_REPEAT) != 0 ? read_u8 (reader) + 1 : 1;

      if (times > n_points - n_read)
        return FALSE;
      memset (flags->data + n_read, flag, times);
      n_read += times;
    }
  return n_read == n_points;
}

/* The next coordinate; @is_short and @is_same as the flags of the point say. */
static int
read_coordinate (Reader *reader,
                 int previous,
                 gboolean is_short,
                 gboolean is_same)
{
  if (is_short)
    return previous + (is_same ? 1 : -1) * (int) read_u8 (reader);
  return is_same ? previous : previous + (gint16) read_u16 (reader);
}

static gboolean
read_outline (const guint8 *data,
              gsize length,
              Outline *outline)
{
  Reader reader = { data + HEADER_SIZE, length - HEADER_SIZE };
  int n_contours = (gint16) (data[0] << 8 | data[1]);
  guint end = 0;
  guint skip;
  int x = 0;
  int y = 0;

  g_array_set_size (outline->ends, 0);
  for (int i = 0; i < n_contours; i++)
    {
      guint next = read_u16 (&reader) + 1;

      if (next <= end)
        return FALSE;
      end = next;
      g_array_append_val (outline->ends, end);
    }
  skip = read_u16 (&reader); /* instructions */
  if (n_contours <= 0 || skip > reader.left)
    return FALSE;
  reader.data += skip;
  reader.left -= skip;
  if (!read_flags (&reader, outline->flags, end))
    return FALSE;
  g_array_set_size (outline->points, end);
  for (guint i = 0; i < end; i++)
    {
      guint8 flag = g_array_index (outline->flags, guint8, i);

      x = read_coordinate (&reader, x, (flag & FLAG_X_SHORT) != 0, (flag & FLAG_X_SAME) != 0);
      g_array_index (outline->points, Point, i) = (Point){ x, 0, (flag & FLAG_ON_CURVE) != 0 };
    }
  for (guint i = 0; i < end; i++)
    {
      guint8 flag = g_array_index (outline->flags, guint8, i);

      y = read_coordinate (&reader, y, (flag & FLAG_Y_SHORT) != 0, (flag & FLAG_Y_SAME) != 0);
      g_array_index (outline->points, Point, i).y = y;
    }
  outline->overlaps = (g_array_index (outline->flags, guint8, 0) & FLAG_OVERLAP) != 0;
  return TRUE;
}

/* Whether the outline stays within @tolerance without @b, between @a and @c. */
static gboolean
is_needless (const Point *a,
             const Point *b,
             const Point *c,
             int tolerance)
{
  gint64 cross = (gint64) (b->x - a->x) * (c->y - a->y) - (gint64) (b->y - a->y) * (c->x - a->x);
  gint64 dot = (gint64) (b->x - a->x) * (c->x - b->x) + (gint64) (b->y - a->y) * (c->y - b->y);
  gint64 chord = (gint64) (c->x - a->x) * (c->x - a->x) + (gint64) (c->y - a->y) * (c->y - a->y);

  /* halfway between two control points there is a point anyway */
  if (b->is_on_curve && !a->is_on_curve && !c->is_on_curve)
    return ABS (a->x + c->x - 2 * b->x) <= 2 * tolerance && ABS (a->y + c->y - 2 * b->y) <= 2 * tolerance;
  if (!a->is_on_curve || !c->is_on_curve || dot < 0)
    return FALSE;
  /* a curve keeps half as far from its chord as its control point does */
  if (!b->is_on_curve)
    tolerance *= 2;
  return cross * cross <= (gint64) tolerance * tolerance * chord;
}

/* Thins a contour into @thin; at least three points are left. Returns how many. */
static guint
thin_contour (const Point *contour,
              guint n_points,
              int tolerance,
              Point *thin)
{
  guint n_left = n_points;
  guint n_thin = 0;
  gboolean kept_previous = TRUE;

  for (guint i = 0; i < n_points; i++)
    {
      const Point *a = &contour[(i + n_points - 1) % n_points];
      const Point *c = &contour[(i + 1) % n_points];

      /* the first point stays, so the last one has two neighbours too */
      if (i > 0 && kept_previous && n_left > 3 && is_needless (a, &contour[i], c, tolerance))
        {
          kept_previous = FALSE;
          n_left--;
          continue;
        }
      thin[n_thin++] = contour[i];
      kept_previous = TRUE;
    }
  return n_thin;
}

static int
to_grid (int coordinate,
         int grid)
{
  int shifted = coordinate + grid / 2;

  return shifted - ((shifted % grid) + grid) % grid;
}

static void
thin_outline (Outline *outline,
              int units)
{
  int grid = MAX (1, units / 512);
  int tolerance = units * 4 / 1024; /* at 10.5 points a hundredth of a millimetre */
  Point *points = &g_array_index (outline->points, Point, 0);
  Point *thin;
  guint n_thin = 0;
  guint start = 0;

  for (guint i = 0; i < outline->points->len; i++)
    {
      points[i].x = to_grid (points[i].x, grid);
      points[i].y = to_grid (points[i].y, grid);
    }
  g_array_set_size (outline->thin, outline->points->len);
  thin = &g_array_index (outline->thin, Point, 0);
  for (guint i = 0; i < outline->ends->len; i++)
    {
      guint end = g_array_index (outline->ends, guint, i);

      n_thin += thin_contour (points + start, end - start, tolerance, thin + n_thin);
      g_array_index (outline->ends, guint, i) = n_thin;
      start = end;
    }
  g_array_set_size (outline->thin, n_thin);
}

static void
append_u16 (GByteArray *out,
            guint value)
{
  guint8 bytes[2] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (out, bytes, 2);
}

/* Writes the way from one point to the next at @out; returns where it ends, and in @flags what has
 * to be said of it, given as for x. */
static guint8 *
put_step (guint8 *out,
          int step,
          guint8 *flags)
{
  *flags = step == 0 ? FLAG_X_SAME : 0;
  if (step == 0)
    return out;
  if (ABS (step) > 255)
    {
      *out++ = (guint8) ((guint) step >> 8);
      *out++ = (guint8) step;
      return out;
    }
  *flags = step > 0 ? FLAG_X_SHORT | FLAG_X_SAME : FLAG_X_SHORT;
  *out++ = (guint8) ABS (step);
  return out;
}

/* Flags for y are those for x, one bit on. */
G_STATIC_ASSERT (FLAG_Y_SHORT == FLAG_X_SHORT << 1 && FLAG_Y_SAME == FLAG_X_SAME << 1);

static guint8 *
put_flags (guint8 *out,
           const guint8 *flags,
           guint n_flags)
{
  for (guint i = 0, end; i < n_flags; i = end)
    {
      for (end = i + 1; end < n_flags && end - i <= 255 && flags[end] == flags[i]; end++)
        ;
      *out++ = end - i > 2 ? flags[i] | FLAG_REPEAT : flags[i];
      if (end - i > 2)
        *out++ = (guint8) (end - i - 1);
      else if (end - i == 2)
        *out++ = flags[i];
    }
  return out;
}

static void
write_outline (GByteArray *out,
               const guint8 *header,
               const Outline *outline)
{
  const Point *points = &g_array_index (outline->thin, Point, 0);
  guint n_points = outline->thin->len;
  guint8 *flags = (guint8 *) outline->flags->data;
  Point previous = { 0 };
  guint start;
  guint8 *steps;
  guint8 *end;
  guint8 *flags_end;

  g_byte_array_append (out, header, HEADER_SIZE);
  for (guint i = 0; i < outline->ends->len; i++)
    append_u16 (out, g_array_index (outline->ends, guint, i) - 1);
  append_u16 (out, 0); /* no instructions */

  /* A point takes at most a byte of flags and four of steps. Flags come first but are known last. */
  start = out->len;
  g_byte_array_set_size (out, start + 5 * n_points);
  steps = end = out->data + start + n_points;
  for (guint i = 0; i < n_points; previous = points[i++])
    end = put_step (end, points[i].x - previous.x, &flags[i]);
  previous = (Point){ 0 };
  for (guint i = 0; i < n_points; previous = points[i++])
    {
      guint8 y_flags;

      end = put_step (end, points[i].y - previous.y, &y_flags);
      flags[i] |= (guint8) (y_flags << 1) | (points[i].is_on_curve ? FLAG_ON_CURVE : 0);
    }
  flags[0] |= outline->overlaps ? FLAG_OVERLAP : 0;
  flags_end = put_flags (out->data + start, flags, n_points);
  memmove (flags_end, steps, (gsize) (end - steps));
  g_byte_array_set_size (out, (guint) (flags_end - out->data + (end - steps)));
}

static gsize
read_offset (Reader *loca,
             gboolean is_long)
{
  gsize value = read_u16 (loca);

  return is_long ? value << 16 | read_u16 (loca) : value * 2;
}

static void
append_offset (GByteArray *loca,
               guint offset,
               gboolean is_long)
{
  if (is_long)
    append_u16 (loca, offset >> 16);
  append_u16 (loca, (is_long ? offset : offset / 2) & 0xffff);
}

/* Fills @glyf and @loca; FALSE when the font's own make no sense. */
static gboolean
thin_glyphs (hb_blob_t *old_glyf,
             hb_blob_t *old_loca,
             gboolean is_long,
             int units,
             GByteArray *glyf,
             GByteArray *loca)
{
  guint glyf_length, loca_length;
  const guint8 *glyphs = (const guint8 *) hb_blob_get_data (old_glyf, &glyf_length);
  Reader offsets = { (const guint8 *) hb_blob_get_data (old_loca, &loca_length), loca_length };
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (Point));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) flags = g_array_new (FALSE, FALSE, sizeof (guint8));
  g_autoptr (GArray) thin = g_array_new (FALSE, FALSE, sizeof (Point));
  Outline outline = { points, ends, flags, thin, FALSE };
  gsize start = read_offset (&offsets, is_long);

  append_offset (loca, 0, is_long);
  while (offsets.left > 0)
    {
      gsize end = read_offset (&offsets, is_long);

      if (end < start || end > glyf_length)
        return FALSE;
      /* composite and empty glyphs go over as they are */
      if (end - start > HEADER_SIZE && read_outline (glyphs + start, end - start, &outline))
        {
          thin_outline (&outline, units);
          write_outline (glyf, glyphs + start, &outline);
        }
      else
        g_byte_array_append (glyf, glyphs + start, (guint) (end - start));
      while (glyf->len % 4 != 0)
        g_byte_array_append (glyf, (const guint8 *) "", 1);
      append_offset (loca, glyf->len, is_long);
      start = end;
    }
  return glyf->len <= glyf_length;
}

static void
add_table (hb_face_t *builder,
           hb_tag_t tag,
           const GByteArray *table)
{
  hb_blob_t *blob = hb_blob_create ((const char *) table->data, table->len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);

  hb_face_builder_add_table (builder, tag, blob);
  hb_blob_destroy (blob);
}

static hb_blob_t *
build_font (hb_face_t *face,
            const GByteArray *glyf,
            const GByteArray *loca)
{
  static const hb_tag_t kept[] = {
    HB_TAG ('h', 'e', 'a', 'd'), HB_TAG ('h', 'h', 'e', 'a'), HB_TAG ('h', 'm', 't', 'x'),
    HB_TAG ('m', 'a', 'x', 'p')
  };
  hb_face_t *builder = hb_face_builder_create ();
  hb_blob_t *font;

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      hb_blob_t *table = hb_face_reference_table (face, kept[i]);

      hb_face_builder_add_table (builder, kept[i], table);
      hb_blob_destroy (table);
    }
  add_table (builder, HB_TAG ('g', 'l', 'y', 'f'), glyf);
  add_table (builder, HB_TAG ('l', 'o', 'c', 'a'), loca);
  font = hb_face_reference_blob (builder);
  hb_face_destroy (builder);
  return font;
}

hb_blob_t *
_guitu_outline_thin (hb_face_t *face)
{
  hb_blob_t *head = hb_face_reference_table (face, HB_TAG ('h', 'e', 'a', 'd'));
  hb_blob_t *old_glyf = hb_face_reference_table (face, HB_TAG ('g', 'l', 'y', 'f'));
  hb_blob_t *old_loca = hb_face_reference_table (face, HB_TAG ('l', 'o', 'c', 'a'));
  g_autoptr (GByteArray) glyf = g_byte_array_new ();
  g_autoptr (GByteArray) loca = g_byte_array_new ();
  guint head_length;
  const char *head_data = hb_blob_get_data (head, &head_length);
  hb_blob_t *font;

  if (head_length >= 54 && thin_glyphs (old_glyf, old_loca, head_data[51] != 0, (int) hb_face_get_upem (face), glyf, loca))
    font = build_font (face, glyf, loca);
  else
    font = hb_face_reference_blob (face);
  hb_blob_destroy (head);
  hb_blob_destroy (old_glyf);
  hb_blob_destroy (old_loca);
  return font;
}
