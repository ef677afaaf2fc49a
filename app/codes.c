/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/codes.h"

#include "app/table.h"

typedef struct
{
  GPtrArray *codes;      /* of GuituCode, NULL-terminated */
  GHashTable *by_code;   /* code -> GuituCode */
  GHashTable *spellings; /* folded text -> GuituCode */
} List;

typedef struct
{
  GuituTable *table; /* owns all text */
  GPtrArray *names;  /* of the lists, NULL-terminated */
  GHashTable *lists; /* name -> List */
} Codes;

enum
{
  COLUMN_LIST,
  COLUMN_CODE,
  COLUMN_ENGLISH,
  COLUMN_CHINESE,
  COLUMN_ALSO
};

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
  g_ptr_array_add (list->codes, code);
  if (!g_hash_table_insert (list->by_code, (gpointer) code->code, code))
    g_error ("codes.csv: %s is twice in its list", code->code);
  add_spelling (list, code->code, code);
  add_spelling (list, code->english, code);
  add_spelling (list, code->chinese, code);
  for (guint i = 0; also[i] != NULL; i++)
    add_spelling (list, also[i], code);
}

static Codes *
load (void)
{
  Codes *codes = g_new0 (Codes, 1);
  GHashTableIter iter;
  gpointer list;

  codes->table = guitu_table_load ("codes.csv", columns);
  codes->names = g_ptr_array_new ();
  codes->lists = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < guitu_table_rows (codes->table); row++)
    add_row (codes, row);
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

  if (g_once_init_enter (&codes))
    g_once_init_leave (&codes, load ());
  return codes;
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
