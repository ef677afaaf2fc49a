/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/regions.h"

#include "app/table.h"

#include <stdlib.h>
#include <string.h>

#define CODE_LENGTH 6

enum
{
  COLUMN_CODE,
  COLUMN_NAME,
  COLUMN_VALID
};

typedef struct
{
  GuituTable *table; /* owns all text */
  GuituRegion *list; /* ordered by code */
  guint n;
} Regions;

/* The levels of one region from the province down; those that only hold a place are left out. */
typedef struct
{
  const GuituRegion *levels[3];
  guint n;
} Chain;

static const char *const columns[] = { "code", "name", "valid", NULL };

static Regions *
load (void)
{
  Regions *regions = g_new0 (Regions, 1);

  regions->table = guitu_table_load ("regions.csv", columns);
  regions->n = guitu_table_rows (regions->table);
  regions->list = g_new (GuituRegion, regions->n);
  for (guint row = 0; row < regions->n; row++)
    {
      GuituRegion *region = &regions->list[row];

      region->code = guitu_table_cell (regions->table, row, COLUMN_CODE);
      region->name = guitu_table_cell (regions->table, row, COLUMN_NAME);
      region->is_current = g_str_equal (guitu_table_cell (regions->table, row, COLUMN_VALID), "current");
      if (strlen (region->code) != CODE_LENGTH || (row > 0 && strcmp (region[-1].code, region->code) >= 0))
        g_error ("regions.csv: %s is not a code, or not in order", region->code);
    }
  return regions;
}

static const Regions *
all_regions (void)
{
  static Regions *regions = NULL;

  if (g_once_init_enter (&regions))
    g_once_init_leave (&regions, load ());
  return regions;
}

static int
compare_code (const void *code, const void *region)
{
  return strcmp (code, ((const GuituRegion *) region)->code);
}

static const GuituRegion *
find_code (const char *code)
{
  const Regions *regions = all_regions ();

  return bsearch (code, regions->list, regions->n, sizeof *regions->list, compare_code);
}

const GuituRegion *
guitu_regions_list (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = all_regions ()->n;
  return all_regions ()->list;
}

gboolean
guitu_regions_exists (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  return find_code (code) != NULL;
}

const char *
guitu_regions_name (const char *code)
{
  const GuituRegion *region = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  region = find_code (code);
  return region != NULL ? region->name : NULL;
}

static gboolean
is_placeholder (const GuituRegion *region)
{
  return g_str_equal (region->name, "市辖区") || g_str_equal (region->name, "县") || strstr (region->name, "直辖") != NULL;
}

static Chain
chain_of (const GuituRegion *region)
{
  Chain chain = { .n = 0 };

  for (guint digits = 2; digits <= CODE_LENGTH; digits += 2)
    {
      char code[CODE_LENGTH + 1] = "000000";
      const GuituRegion *level = NULL;

      memcpy (code, region->code, digits);
      level = find_code (code);
      if (level != NULL && !is_placeholder (level) && (chain.n == 0 || chain.levels[chain.n - 1] != level))
        chain.levels[chain.n++] = level;
    }
  return chain;
}

char *
guitu_regions_full_name (const char *code)
{
  const GuituRegion *region = NULL;
  g_autoptr (GString) name = NULL;
  Chain chain;

  g_return_val_if_fail (code != NULL, NULL);

  region = find_code (code);
  if (region == NULL)
    return NULL;
  chain = chain_of (region);
  name = g_string_new (NULL);
  for (guint i = 0; i < chain.n; i++)
    g_string_append (name, chain.levels[i]->name);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* The length in bytes of the name without what says the kind of region; 0 when nothing would be
 * left that tells one from another (赵县 is never called 赵). */
static gsize
stem_length (const char *name)
{
  static const char *const endings[] = {
    "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "自治州", "自治县", "自治旗",
    "地区", "省", "市", "区", "县", "旗", "盟"
  };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      {
        gsize length = strlen (name) - strlen (endings[i]);

        return length >= strlen ("广州") ? length : 0;
      }
  return 0;
}

/* The rest of text after a level's name, or NULL when it does not begin with it. */
static const char *
skip_level (const char *text, const GuituRegion *level, gboolean is_whole)
{
  gsize stem = 0;

  if (g_str_has_prefix (text, level->name))
    return text + strlen (level->name);
  if (is_whole)
    return NULL;
  stem = stem_length (level->name);
  return stem > 0 && strncmp (text, level->name, stem) == 0 ? text + stem : NULL;
}

static gboolean
ends_with (const char *text, const char *end, gsize length)
{
  gsize text_length = strlen (text);

  return text_length >= length && strncmp (text + text_length - length, end, length) == 0;
}

/* Whether text names the region: any of the levels above, in order, then the region to the end. */
static gboolean
is_named (const char *text, const GuituRegion *region, gboolean is_whole)
{
  gsize stem = is_whole ? 0 : stem_length (region->name);
  Chain chain;

  if (!g_str_has_suffix (text, region->name) && (stem == 0 || !ends_with (text, region->name, stem)))
    return FALSE;
  chain = chain_of (region);
  if (chain.n == 0 || chain.levels[chain.n - 1] != region)
    return FALSE;
  for (guint i = 0; i < chain.n; i++)
    {
      const char *rest = skip_level (text, chain.levels[i], is_whole);

      if (rest != NULL && (*rest != '\0' || i == chain.n - 1))
        text = rest;
    }
  return *text == '\0';
}

/* Some places had several codes over the years under the same name. */
static gboolean
is_same_place (const GuituRegion *a, const GuituRegion *b)
{
  Chain one = chain_of (a);
  Chain other = chain_of (b);

  for (guint i = 0; i < MIN (one.n, other.n); i++)
    if (!g_str_equal (one.levels[i]->name, other.levels[i]->name))
      return FALSE;
  return one.n == other.n;
}

/* The only region that text names, the first of several codes of one place; NULL with is_doubtful
 * set when different places bear the name. */
static const GuituRegion *
find_only (const char *text, gboolean is_whole, gboolean is_current, gboolean *is_doubtful)
{
  const Regions *regions = all_regions ();
  const GuituRegion *found = NULL;

  for (guint i = 0; i < regions->n; i++)
    {
      const GuituRegion *region = &regions->list[i];

      if (region->is_current != is_current || !is_named (text, region, is_whole))
        continue;
      *is_doubtful = found != NULL && !is_same_place (found, region);
      if (*is_doubtful)
        return NULL;
      if (found == NULL)
        found = region;
    }
  return found;
}

const char *
guitu_regions_find (const char *text)
{
  g_autofree char *plain = NULL;
  gboolean is_doubtful = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  plain = g_strstrip (g_strdup (text));
  if (*plain == '\0')
    return NULL;
  for (guint tier = 0; tier < 4 && !is_doubtful; tier++)
    {
      const GuituRegion *found = find_only (plain, tier < 2, tier % 2 == 0, &is_doubtful);

      if (found != NULL)
        return found->code;
    }
  return NULL;
}
