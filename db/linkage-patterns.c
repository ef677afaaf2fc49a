/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pattern is the levels of all fields; they lie one behind the other, and a table of their
 * numbers is probed from the place that a hash tells. */

#include "db/linkage.h"

#include <string.h>

#define FIRST_SLOTS 1024
#define NO_PATTERN G_MAXUINT32

struct _GuituLinkagePatterns
{
  guint n_fields;
  guint length;
  GByteArray *levels;
  GArray *counts; /* double */
  guint32 *slots;
  guint n_slots; /* a power of two */
};

GuituLinkagePatterns *
guitu_linkage_patterns_new (guint n_fields)
{
  GuituLinkagePatterns *patterns = g_new0 (GuituLinkagePatterns, 1);

  g_assert (n_fields > 0);
  patterns->n_fields = n_fields;
  patterns->levels = g_byte_array_new ();
  patterns->counts = g_array_new (FALSE, FALSE, sizeof (double));
  patterns->n_slots = FIRST_SLOTS;
  patterns->slots = g_new (guint32, patterns->n_slots);
  memset (patterns->slots, 0xff, patterns->n_slots * sizeof *patterns->slots);
  return patterns;
}

void
guitu_linkage_patterns_free (GuituLinkagePatterns *patterns)
{
  g_byte_array_unref (patterns->levels);
  g_array_unref (patterns->counts);
  g_free (patterns->slots);
  g_free (patterns);
}

guint
guitu_linkage_patterns_length (const GuituLinkagePatterns *patterns)
{
  return patterns->length;
}

const guint8 *
guitu_linkage_patterns_levels (const GuituLinkagePatterns *patterns,
                               guint pattern)
{
  return patterns->levels->data + (gsize) pattern * patterns->n_fields;
}

double
guitu_linkage_patterns_count (const GuituLinkagePatterns *patterns,
                              guint pattern)
{
  return g_array_index (patterns->counts, double, pattern);
}

static guint64
hash (const guint8 *levels,
      guint n_fields)
{
  guint64 sum = 14695981039346656037u; /* FNV-1a */

  for (guint i = 0; i < n_fields; i++)
    sum = (sum ^ levels[i]) * 1099511628211u;
  return sum ^ (sum >> 29);
}

/* Where a pattern stands, or the free place where it would. */
static guint32 *
find_slot (const GuituLinkagePatterns *patterns,
           const guint8 *levels)
{
  guint mask = patterns->n_slots - 1;
  guint at = hash (levels, patterns->n_fields) & mask;

  while (patterns->slots[at] != NO_PATTERN &&
         memcmp (guitu_linkage_patterns_levels (patterns, patterns->slots[at]), levels, patterns->n_fields) != 0)
    at = (at + 1) & mask;
  return &patterns->slots[at];
}

static void
grow (GuituLinkagePatterns *patterns)
{
  g_free (patterns->slots);
  patterns->n_slots *= 2;
  patterns->slots = g_new (guint32, patterns->n_slots);
  memset (patterns->slots, 0xff, patterns->n_slots * sizeof *patterns->slots);
  for (guint i = 0; i < patterns->length; i++)
    *find_slot (patterns, guitu_linkage_patterns_levels (patterns, i)) = i;
}

guint
guitu_linkage_patterns_add (GuituLinkagePatterns *patterns,
                            const guint8 *levels,
                            double count)
{
  guint32 *slot = find_slot (patterns, levels);

  if (*slot != NO_PATTERN)
    {
      g_array_index (patterns->counts, double, *slot) += count;
      return *slot;
    }
  if (patterns->length >= patterns->n_slots / 2)
    {
      grow (patterns);
      slot = find_slot (patterns, levels);
    }
  *slot = patterns->length++;
  g_byte_array_append (patterns->levels, levels, patterns->n_fields);
  g_array_append_val (patterns->counts, count);
  return patterns->length - 1;
}
