/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/figures.h"

#include "ui/widgets/json.h"

#include <glib/gi18n.h>

/* What is counted, and the list of codes that names it; NULL: it names itself. */
static const struct
{
  const char *part;
  const char *title;
  const char *codes;
} groups[] = {
  { "by_sex", N_ ("Sex"), "sex" },
  { "by_age", N_ ("Age"), NULL },
  { "by_disability", N_ ("Disability"), NULL },
  { "by_category", N_ ("Category"), "list_category" },
  { "by_state", N_ ("State"), "list_state" },
  { "by_station", N_ ("Station"), NULL },
  { "objections", N_ ("Objections"), "list_outcome" },
};

static const char *const columns[] = { "entries", "listings", "stays" };

static const char *
value_words (const char *codes, const char *value)
{
  if (codes != NULL && guitu_codes_find (codes, value) != NULL)
    return guitu_code_label (codes, value);
  if (g_str_equal (value, "yes"))
    return _ ("Yes");
  if (g_str_equal (value, "no"))
    return _ ("No");
  if (g_str_equal (value, "unknown"))
    return _ ("Not known");
  return g_str_equal (value, "open") ? _ ("Not decided yet") : value;
}

/* "7 (35 %)"; nothing where it is not counted. */
static char *
cell_text (JsonObject *row, gconstpointer column)
{
  gint64 n = guitu_json_integer (row, column, -1);
  g_autofree char *total_member = g_strconcat (column, "_total", NULL);
  gint64 total = guitu_json_integer (row, total_member, 0);

  if (n < 0)
    return g_strdup ("");
  return total > 0 ? g_strdup_printf ("%d (%d %%)", (int) n, (int) (100 * n / total)) : g_strdup_printf ("%d", (int) n);
}

static char *
text_of (JsonObject *row, gconstpointer member)
{
  return g_strdup (guitu_json_string (row, member));
}

GtkWidget *
guitu_list_figures_new (void)
{
  GtkWidget *table = guitu_record_table_new (_ ("Whom the entries fall on"));

  guitu_record_table_add_column (GUITU_RECORD_TABLE (table), _ ("Counted by"), text_of, "group", FALSE);
  guitu_record_table_add_column (GUITU_RECORD_TABLE (table), _ ("Value"), text_of, "value", TRUE);
  guitu_record_table_add_column (GUITU_RECORD_TABLE (table), _ ("Our entries"), cell_text, columns[0], FALSE);
  guitu_record_table_add_column (GUITU_RECORD_TABLE (table), _ ("Entries of all stations"), cell_text, columns[1], FALSE);
  guitu_record_table_add_column (GUITU_RECORD_TABLE (table), _ ("All stays here"), cell_text, columns[2], FALSE);
  return table;
}

static GList *
values_of (JsonObject *figures, const char *group)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GList *sorted = NULL;
  GHashTableIter iter;
  gpointer value;

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      JsonObject *counts = guitu_json_object (guitu_json_object (figures, columns[i]), group);
      g_autoptr (GList) members = counts == NULL ? NULL : json_object_get_members (counts);

      for (GList *member = members; member != NULL; member = member->next)
        g_hash_table_add (values, g_strdup (member->data));
    }
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    sorted = g_list_prepend (sorted, g_strdup (value));
  return g_list_sort (sorted, (GCompareFunc) strcmp);
}

/* Entries of all stations tell sex and age only while they are in force: their own sum is the whole. */
static gint64
sum_of (JsonObject *counts)
{
  g_autoptr (GList) values = json_object_get_values (counts);
  gint64 sum = 0;

  for (GList *value = values; value != NULL; value = value->next)
    sum += json_node_get_int (value->data);
  return sum;
}

static JsonObject *
row_of (JsonObject *figures, gsize group, const char *value)
{
  JsonObject *names = guitu_json_object (guitu_json_object (figures, "listings"), "station_names");
  const char *station = g_str_equal (groups[group].part, "by_station") && names != NULL ? guitu_json_text (names, value) : NULL;
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "group", _ (groups[group].title));
  json_object_set_string_member (row, "value", station != NULL ? station : value_words (groups[group].codes, value));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      JsonObject *counts = guitu_json_object (guitu_json_object (figures, columns[i]), groups[group].part);
      g_autofree char *total = g_strconcat (columns[i], "_total", NULL);

      if (counts == NULL)
        continue;
      json_object_set_int_member (row, columns[i], guitu_json_integer (counts, value, 0));
      json_object_set_int_member (row, total, sum_of (counts));
    }
  return row;
}

void
guitu_list_figures_fill (GuituRecordTable *table, JsonObject *figures)
{
  g_autoptr (JsonArray) rows = json_array_new ();

  for (gsize i = 0; figures != NULL && i < G_N_ELEMENTS (groups); i++)
    {
      GList *values = values_of (figures, groups[i].part);

      for (GList *value = values; value != NULL; value = value->next)
        json_array_add_object_element (rows, row_of (figures, i, value->data));
      g_list_free_full (values, g_free);
    }
  guitu_record_table_fill (table, rows);
}
