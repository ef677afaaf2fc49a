/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-fixture.h"

/* Row numbers are positions from 1. */
const GuituSearchEntry persons[N_PERSONS] = {
  { .row = 1, .name = "王秀英", .id_number = "44011419630512302X", .phone = "13812345678", .national_number = "JZ20240012" },
  { .row = 2, .name = "王伟", .id_number = "440114198503122345", .phone = "13987654321" },
  { .row = 3, .name = "王伟民" },
  { .row = 4, .name = "單雄信", .alias = "老单、二哥" },
  { .row = 5, .name = "曾国强" },
  { .row = 6, .name = "阿卜杜拉·买买提" },
  { .row = 7, .name = "John Smith" },
  { .row = 8, .name = "吕小娜" },
  { .row = 9, .name = "欧阳秀" },
  { .row = 10, .name = "李乐行", .alias = "阿乐" },
  { .row = 11, .name = "赵四(音)", .phone = "020-8765 4321/13700001111" },
  { .row = 12, .name = "José Müller" },
  { .row = 13, .name = "尉迟恭" },
  { .row = 14, .name = "张三丰", .id_number = "E12345678" },
  { .row = 15, .name = "刘岚", .birth_from = "1970-01-31", .birth_to = "1970-01-31" },
};

void
change (GuituConnection *connection,
        const GuituSearchEntry *before,
        const GuituSearchEntry *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection,
                                now == NULL ? "DELETE FROM person WHERE row = ?1"
                                            : "INSERT OR REPLACE INTO person (row, name, alias, id_number, national_number, phone, birth_from, birth_to)"
                                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                &error);

  g_assert_no_error (error);
  guitu_statement_bind_integer (statement, 1, now != NULL ? now->row : before->row);
  if (now != NULL)
    {
      const char *const texts[] = { now->name, now->alias, now->id_number, now->national_number, now->phone, now->birth_from, now->birth_to };

      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        guitu_statement_bind_text (statement, i + 2, texts[i]);
    }
  g_assert_true (guitu_statement_run (statement, &error));
  g_assert_true (guitu_search_update (connection, before, now, &error));
  g_assert_no_error (error);
}

void
add (GuituConnection *connection,
     const GuituSearchEntry *entry)
{
  change (connection, NULL, entry);
}

void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->connection = people_store_open (&fixture->directory);
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    add (fixture->connection, &persons[i]);
}

void
set_up_listed (Fixture *fixture,
               gconstpointer data)
{
  set_up (fixture, data);
  g_assert_true (guitu_search_rebuild (fixture->connection, NULL, NULL, NULL));
}

void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  people_store_close (fixture->connection, fixture->directory);
}

GArray *
find (Fixture *fixture,
      const char *typed,
      guint limit)
{
  g_autoptr (GError) error = NULL;
  GArray *rows = guitu_search_find (fixture->connection, typed, limit, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, <=, limit);
  return rows;
}

gboolean
finds (Fixture *fixture,
       const char *typed,
       gint64 row)
{
  g_autoptr (GArray) rows = find (fixture, typed, 50);

  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, GuituSearchHit, i).row == row)
      return TRUE;
  return FALSE;
}

gint64
first (Fixture *fixture,
       const char *typed)
{
  g_autoptr (GArray) rows = find (fixture, typed, 50);

  return rows->len == 0 ? 0 : g_array_index (rows, GuituSearchHit, 0).row;
}

void
assert_finds (Fixture *fixture,
              const Case *c)
{
  if (finds (fixture, c->typed, c->row))
    return;
  g_test_message ("%s does not find %s", c->typed, persons[c->row - 1].name);
  g_test_fail ();
}
