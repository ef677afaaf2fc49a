/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/codes.h"

#include "app/settings.h"
#include "app/table.h"

typedef struct
{
  GPtrArray *codes;      /* of GuituCode, NULL-terminated */
  GHashTable *by_code;   /* code -> GuituCode */
  GHashTable *spellings; /* folded text -> GuituCode */
} List;

struct _GuituCodeLists
{
  GuituTable *table; /* owns all text */
  GuituTable *lines;
  GPtrArray *names;  /* of the lists, NULL-terminated */
  GHashTable *lists; /* name -> List */
};

typedef GuituCodeLists Codes;

/* Lists to which a station may add: an added code is only a word there. What the program itself asks
 * for by name (the reasons that fence a record, the events that move somebody) comes with it. */
static const char *const open_lists[] = {
  "came_by", "reason", "event_kind", "belonging_kind", "scheme", "follow_up_how", "task_kind",
  "statement_about", "social_security", "language", "clue_source", "inquiry_kind", "notice_channel", NULL
};

enum
{
  COLUMN_LIST,
  COLUMN_CODE,
  COLUMN_ENGLISH,
  COLUMN_CHINESE,
  COLUMN_ALSO
};

enum
{
  LINE_COLUMN_LIST,
  LINE_COLUMN_CODE,
  LINE_COLUMN_LINE
};

static const char *const line_columns[] = { "list", "code", "line", NULL };

static const char *const columns[] = { "list", "code", "english", "chinese", "also", NULL };

/* One key for all the ways to write the same word. */
static char *
fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = NULL;

  if (plain == NULL)
    return NULL;
  folded = g_utf8_casefold (g_strstrip (plain), -1);
  return g_strdelimit (g_steal_pointer (&folded), " _", '-');
}

static void
add_spelling (List *list, const char *text, GuituCode *code)
{
  char *key = fold (text);
  GuituCode *other = g_hash_table_lookup (list->spellings, key);

  if (other != NULL && other != code)
    g_error ("codes.csv: \"%s\" stands for both %s and %s", text, other->code, code->code);
  g_hash_table_insert (list->spellings, key, code);
}

static List *
find_or_add_list (Codes *codes, const char *name)
{
  List *list = g_hash_table_lookup (codes->lists, name);

  if (list != NULL)
    return list;
  list = g_new0 (List, 1);
  list->codes = g_ptr_array_new ();
  list->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  list->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (codes->lists, (gpointer) name, list);
  g_ptr_array_add (codes->names, (gpointer) name);
  return list;
}

static void
add_row (Codes *codes, guint row)
{
  List *list = find_or_add_list (codes, guitu_table_cell (codes->table, row, COLUMN_LIST));
  g_auto (GStrv) also = g_strsplit (guitu_table_cell (codes->table, row, COLUMN_ALSO), "|", -1);
  GuituCode *code = g_new0 (GuituCode, 1);

  code->code = guitu_table_cell (codes->table, row, COLUMN_CODE);
  code->english = guitu_table_cell (codes->table, row, COLUMN_ENGLISH);
  code->chinese = guitu_table_cell (codes->table, row, COLUMN_CHINESE);
  code->report_line = "";
  g_ptr_array_add (list->codes, code);
  if (!g_hash_table_insert (list->by_code, (gpointer) code->code, code))
    g_error ("codes.csv: %s is twice in its list", code->code);
  add_spelling (list, code->code, code);
  add_spelling (list, code->english, code);
  add_spelling (list, code->chinese, code);
  for (guint i = 0; also[i] != NULL; i++)
    add_spelling (list, also[i], code);
}

static GuituCode *
find_code (Codes *codes, const char *name, const char *code)
{
  List *list = g_hash_table_lookup (codes->lists, name);

  return list == NULL ? NULL : g_hash_table_lookup (list->by_code, code);
}

static void
add_lines (Codes *codes)
{
  for (guint row = 0; row < guitu_table_rows (codes->lines); row++)
    {
      const char *name = guitu_table_cell (codes->lines, row, LINE_COLUMN_LIST);
      GuituCode *code = find_code (codes, name, guitu_table_cell (codes->lines, row, LINE_COLUMN_CODE));

      if (code == NULL)
        g_error ("report-lines.csv: no code %s in %s", guitu_table_cell (codes->lines, row, LINE_COLUMN_CODE), name);
      code->report_line = guitu_table_cell (codes->lines, row, LINE_COLUMN_LINE);
    }
}

static gboolean
stands_for_another (List *list, const char *text)
{
  g_autofree char *key = fold (text);

  return key == NULL || g_hash_table_contains (list->spellings, key);
}

static void
add_local (Codes *codes, const GuituLocalCode *local)
{
  List *list = g_hash_table_lookup (codes->lists, local->list);
  GuituCode *code = find_code (codes, local->list, local->code);

  if (list == NULL)
    return;
  if (code == NULL)
    {
      if (!guitu_codes_is_open (local->list) || *local->chinese == '\0' || stands_for_another (list, local->code) ||
          stands_for_another (list, local->chinese) || (*local->english != '\0' && stands_for_another (list, local->english)))
        return;
      code = g_new0 (GuituCode, 1);
      code->code = local->code;
      code->chinese = local->chinese;
      code->english = *local->english == '\0' ? local->chinese : local->english;
      code->report_line = "";
      code->is_local = TRUE;
      g_ptr_array_add (list->codes, code);
      g_hash_table_insert (list->by_code, (gpointer) code->code, code);
      add_spelling (list, code->code, code);
      add_spelling (list, code->english, code);
      add_spelling (list, code->chinese, code);
    }
  if (*local->report_line != '\0')
    code->report_line = local->report_line;
}

GuituCodeLists *
guitu_codes_merge (const GuituLocalCode *local, guint n)
{
  Codes *codes = g_new0 (Codes, 1);
  GHashTableIter iter;
  gpointer list;

  codes->table = guitu_table_load ("codes.csv", columns);
  codes->lines = guitu_table_load ("report-lines.csv", line_columns);
  codes->names = g_ptr_array_new ();
  codes->lists = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < guitu_table_rows (codes->table); row++)
    add_row (codes, row);
  add_lines (codes);
  for (guint i = 0; i < n; i++)
    add_local (codes, &local[i]);
  g_ptr_array_add (codes->names, NULL);
  g_hash_table_iter_init (&iter, codes->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    g_ptr_array_add (((List *) list)->codes, NULL);
  return codes;
}

static Codes *
all_codes (void)
{
  static Codes *codes = NULL;
  Codes *of_station = guitu_settings_codes ();

  if (of_station != NULL)
    return of_station;
  if (g_once_init_enter (&codes))
    g_once_init_leave (&codes, guitu_codes_merge (NULL, 0));
  return codes;
}

gboolean
guitu_codes_is_open (const char *list)
{
  return g_strv_contains (open_lists, list);
}

gboolean
guitu_codes_has_line (const char *list, const char *line)
{
  const Codes *codes = all_codes ();
  gboolean has_lines = FALSE;

  for (guint row = 0; row < guitu_table_rows (codes->lines); row++)
    {
      if (!g_str_equal (guitu_table_cell (codes->lines, row, LINE_COLUMN_LIST), list))
        continue;
      if (g_str_equal (guitu_table_cell (codes->lines, row, LINE_COLUMN_LINE), line))
        return TRUE;
      has_lines = TRUE;
    }
  return !has_lines;
}

const GuituCode *const *
guitu_codes_list (const char *list, guint *n)
{
  List *found = NULL;

  g_return_val_if_fail (list != NULL, NULL);

  found = g_hash_table_lookup (all_codes ()->lists, list);
  if (n != NULL)
    *n = found != NULL ? found->codes->len - 1 : 0;
  return found != NULL ? (const GuituCode *const *) found->codes->pdata : NULL;
}

const char *const *
guitu_codes_lists (void)
{
  return (const char *const *) all_codes ()->names->pdata;
}

const GuituCode *
guitu_codes_find (const char *list, const char *code)
{
  List *found = NULL;

  g_return_val_if_fail (list != NULL && code != NULL, NULL);

  found = g_hash_table_lookup (all_codes ()->lists, list);
  return found != NULL ? g_hash_table_lookup (found->by_code, code) : NULL;
}

const GuituCode *
guitu_codes_parse (const char *list, const char *text)
{
  List *found = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (list != NULL && text != NULL, NULL);

  found = g_hash_table_lookup (all_codes ()->lists, list);
  key = fold (text);
  return found != NULL && key != NULL ? g_hash_table_lookup (found->spellings, key) : NULL;
}
