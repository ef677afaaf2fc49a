/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store.h"

#include <string.h>

/* --- Declarations ---------------------------------------------------------------------------- */

static gboolean
is_column_name (const char *name)
{
  return name[0] != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz_") == strlen (name);
}

static void
check_kind (const GuituKind *kind)
{
  static const char *const reserved[] = { "row", "id", "base_clock", "base_desk" };
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (is_column_name (kind->name));
  g_assert_cmpuint (kind->n_fields, >=, 2);
  g_assert_cmpuint (kind->n_fields, <=, GUITU_FIELDS_MAX);
  g_assert_cmpstr (kind->fields[kind->n_fields - 1].name, ==, "voided");
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    g_hash_table_add (names, (gpointer) reserved[i]);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const GuituField *field = &kind->fields[i];

      g_assert_true (is_column_name (field->name));
      g_assert_true (g_hash_table_add (names, (gpointer) field->name));
      g_assert_cmpint (guitu_kind_field (kind, field->name), ==, i);
      g_assert_true (field->english != NULL && field->english[0] != '\0');
      g_assert_true (g_utf8_validate (field->chinese, -1, NULL) && field->chinese[0] != '\0');
      if (field->type == GUITU_FIELD_REFERENCE)
        g_assert_nonnull (guitu_kind_find (field->of));
      if (field->type == GUITU_FIELD_CODE)
        g_assert_nonnull (field->of);
    }
}

static void
test_declarations (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const GuituKind *const *kinds = guitu_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      check_kind (kinds[i]);
      g_assert_true (guitu_kind_find (kinds[i]->name) == kinds[i]);
      g_assert_true (g_hash_table_add (seen, (gpointer) kinds[i]->name));
    }
  g_assert_null (guitu_kind_find ("dream"));
  g_assert_cmpint (guitu_kind_field (&guitu_kind_person, "shoe_size"), ==, -1);
}

/* A number can be taken away again like a text. */
static void
test_unset (void)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

  guitu_record_set_integer (person, GUITU_PERSON_HEIGHT_CM, 171);
  guitu_record_set_text (person, GUITU_PERSON_HEIGHT_CM, NULL);
  g_assert_false (guitu_record_is_set (person, GUITU_PERSON_HEIGHT_CM));
  guitu_record_set_text (person, GUITU_PERSON_NAME, "张三");
  guitu_record_set_text (person, GUITU_PERSON_NAME, "");
  g_assert_false (guitu_record_is_set (person, GUITU_PERSON_NAME));
}

/* The enum of positions is what the rest of the program indexes by. */
static void
test_positions (void)
{
  g_assert_cmpint (guitu_kind_field (&guitu_kind_person, "name"), ==, GUITU_PERSON_NAME);
  g_assert_cmpint (guitu_kind_field (&guitu_kind_person, "national_number"), ==, GUITU_PERSON_NATIONAL_NUMBER);
  g_assert_cmpint (guitu_kind_field (&guitu_kind_person, "voided"), ==, GUITU_PERSON_VOIDED);
  g_assert_cmpint (guitu_kind_field (&guitu_kind_stay, "received_by"), ==, GUITU_STAY_RECEIVED_BY);
  g_assert_cmpint (guitu_kind_field (&guitu_kind_paper_mark, "voided"), ==, GUITU_PAPER_MARK_VOIDED);
}

static void
test_schema (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  const GuituKind *const *kinds = guitu_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++)
    for (guint j = 0; j < kinds[i]->n_fields; j++)
      {
        const GuituField *field = &kinds[i]->fields[j];
        g_autofree char *column = g_strdup_printf ("SELECT count (*) FROM pragma_table_info ('%s') WHERE name = '%s'",
                                                   kinds[i]->name, field->name);
        g_autofree char *index = g_strdup_printf ("SELECT count (*) FROM sqlite_schema WHERE type = 'index' AND name = '%s_by_%s'",
                                                  kinds[i]->name, field->name);

        g_assert_cmpint (guitu_test_sql_integer (test->directory, column), ==, 1);
        g_assert_cmpint (guitu_test_sql_integer (test->directory, index), ==, field->flags & GUITU_INDEXED ? 1 : 0);
      }
}

/* --- Ids ------------------------------------------------------------------------------------- */

static void
test_ids (void)
{
  static const char *const bad[] = { "", "0", "01890a5d-ac96-774b-bcce-b302099a805", "01890A5D-AC96-774B-BCCE-B302099A8057",
                                     "01890a5dxac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a80570", "g1890a5d-ac96-774b-bcce-b302099a8057" };
  g_autofree char *first = guitu_id_new ();
  g_autofree char *back = NULL;
  guint8 bytes[GUITU_ID_BYTES];

  g_assert_true (guitu_id_to_bytes (first, bytes));
  g_assert_cmpint (bytes[6] >> 4, ==, 7);
  g_assert_cmpint (bytes[8] >> 6, ==, 2);
  back = guitu_id_from_bytes (bytes);
  g_assert_cmpstr (first, ==, back);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (guitu_id_to_bytes (bad[i], bytes));
}

/* --- Put and load ---------------------------------------------------------------------------- */

static GuituTransaction *
begin (GuituTestStore *test)
{
  g_autoptr (GError) error = NULL;
  GuituTransaction *transaction = guitu_store_write (test->store, NULL, "test", &error);

  g_assert_no_error (error);
  return transaction;
}

static void
put (GuituTransaction *transaction,
     GuituRecord *record)
{
  g_autoptr (GError) error = NULL;

  guitu_transaction_put (transaction, record, &error);
  g_assert_no_error (error);
}

static void
commit (GuituTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
test_round_trip (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autoptr (GuituTransaction) transaction = begin (test);
  g_autoptr (GuituRecord) loaded = NULL;
  g_autoptr (GuituRecord) loaded_stay = NULL;
  g_autoptr (GError) error = NULL;

  guitu_record_set_text (person, GUITU_PERSON_NAME, "𬱖𫖯 · 阿卜杜拉");
  guitu_record_set_text (person, GUITU_PERSON_MARKS, "line one\nline two");
  guitu_record_set_integer (person, GUITU_PERSON_HEIGHT_CM, 0);
  guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
  put (transaction, person);
  put (transaction, stay);
  commit (transaction);
  g_clear_pointer (&transaction, guitu_transaction_free);
  guitu_test_store_reopen (test);
  transaction = guitu_store_read (test->store, &error);
  loaded = guitu_record_load (transaction, &guitu_kind_person, guitu_record_id (person), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guitu_record_text (loaded, GUITU_PERSON_NAME), ==, "𬱖𫖯 · 阿卜杜拉");
  g_assert_cmpstr (guitu_record_text (loaded, GUITU_PERSON_MARKS), ==, "line one\nline two");
  g_assert_cmpint (guitu_record_integer (loaded, GUITU_PERSON_HEIGHT_CM, -1), ==, 0);
  g_assert_false (guitu_record_is_set (loaded, GUITU_PERSON_ALIAS));
  g_assert_cmpint (guitu_record_row (loaded), >, 0);
  loaded_stay = guitu_record_find_one (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, guitu_record_id (person), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guitu_record_id (loaded_stay), ==, guitu_record_id (stay));
  g_assert_cmpstr (guitu_record_text (loaded_stay, GUITU_STAY_PERSON), ==, guitu_record_id (person));
}

static void
test_not_found (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (test->store, &error);

  g_assert_null (guitu_record_load (transaction, &guitu_kind_person, id, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (guitu_record_load (transaction, &guitu_kind_person, "no id", &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND);
}

/* Setting a field to what it is writes nothing; setting one field writes one cell. */
static void
test_differences (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  gint64 entries = guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry");
  g_autofree char *name = NULL;

  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM cell_write"), ==, 0);
  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME, "王秀英");
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry"), ==, entries);
  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME, "王秀瑛");
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry"), ==, entries + 1);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM cell_write"), ==, 1);
  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME, "");
  name = guitu_test_get (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME);
  g_assert_null (name);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

/* A record put twice in one transaction keeps what was put last, here and at another desk. */
static void
test_put_twice (void)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) other_keys = guitu_keys_new_desk (keys, 2);
  g_autoptr (GuituTestStore) test = guitu_test_store_new (keys);
  g_autoptr (GuituTestStore) other = guitu_test_store_new (other_keys);
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autofree char *path = g_build_filename (test->directory, "bundle", NULL);
  g_autofree char *name = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  {
    g_autoptr (GuituTransaction) transaction = begin (test);

    guitu_record_set_text (person, GUITU_PERSON_NAME, "first");
    put (transaction, person);
    guitu_record_set_text (person, GUITU_PERSON_NAME, "second");
    guitu_record_set_text (person, GUITU_PERSON_ALIAS, "alias");
    put (transaction, person);
    guitu_record_set_text (person, GUITU_PERSON_NAME, "third");
    put (transaction, person);
    commit (transaction);
  }
  name = guitu_test_get (test->store, &guitu_kind_person, guitu_record_id (person), GUITU_PERSON_NAME);
  g_assert_cmpstr (name, ==, "third");
  {
    g_autoptr (GuituTransaction) transaction = begin (test);

    guitu_record_set_text (person, GUITU_PERSON_NAME, "fourth");
    put (transaction, person);
    guitu_record_set_text (person, GUITU_PERSON_NAME, "fifth");
    put (transaction, person);
    commit (transaction);
  }
  g_free (name);
  name = guitu_test_get (test->store, &guitu_kind_person, guitu_record_id (person), GUITU_PERSON_NAME);
  g_assert_cmpstr (name, ==, "fifth");
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM conflict"), ==, 0);
  guitu_test_export (test->store, path, NULL);
  guitu_test_import (other->store, path);
  ours = guitu_test_dump (test->directory);
  theirs = guitu_test_dump (other->directory);
  g_assert_cmpstr (ours, ==, theirs);
}

static void
test_void (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  GuituQuery query = { .with_voided = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = begin (test);
  g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, id, &error);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_false (guitu_record_is_voided (person));
  guitu_transaction_void (transaction, person, "entered twice", &error);
  g_assert_no_error (error);
  g_assert_cmpint (guitu_records_count (transaction, &guitu_kind_person, &query, &error), ==, 1);
  query.with_voided = FALSE;
  g_assert_cmpint (guitu_records_count (transaction, &guitu_kind_person, &query, &error), ==, 0);
  found = guitu_persons_search (transaction, "王秀", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 0);
  commit (transaction);
}

/* --- Finding --------------------------------------------------------------------------------- */

static void
test_find (void)
{
  static const char *const births[] = { "1950-01-01", "1960-06-30", NULL, "1970-12-31" };
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  GuituQuery query = { .conditions = { { GUITU_PERSON_BIRTH_FROM, GUITU_AT_LEAST, "1955-01-01" } },
                       .is_ordered = TRUE,
                       .order_by = GUITU_PERSON_BIRTH_FROM,
                       .descending = TRUE };
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    {
      g_autofree char *id = guitu_test_person_add (test->store, "王秀英");

      guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_BIRTH_FROM, births[i]);
    }
  transaction = guitu_store_read (test->store, &error);
  found = guitu_records_find (transaction, &guitu_kind_person, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (guitu_record_text (g_ptr_array_index (found, 0), GUITU_PERSON_BIRTH_FROM), ==, "1970-12-31");
  query.conditions[1] = (GuituCondition){ GUITU_PERSON_BIRTH_FROM, GUITU_LESS, "1970-01-01" };
  g_assert_cmpint (guitu_records_count (transaction, &guitu_kind_person, &query, &error), ==, 1);
  query.conditions[0] = query.conditions[1] = (GuituCondition){ GUITU_PERSON_BIRTH_FROM, GUITU_UNSET, NULL };
  g_assert_cmpint (guitu_records_count (transaction, &guitu_kind_person, &query, &error), ==, 1);
  query.conditions[0] = query.conditions[1] = (GuituCondition){ GUITU_PERSON_NAME, GUITU_EQUAL, "王" };
  g_assert_cmpint (guitu_records_count (transaction, &guitu_kind_person, &query, &error), ==, 0);
}

/* The search index follows what is written, in the same transaction. */
static void
test_search_follows (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) new = NULL;

  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME, "欧阳娜娜");
  transaction = guitu_store_read (test->store, &error);
  old = guitu_persons_search (transaction, "王秀英", 10, &error);
  new = guitu_persons_search (transaction, "ouyang", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (old->len, ==, 0);
  g_assert_cmpuint (new->len, ==, 1);
}

/* --- History --------------------------------------------------------------------------------- */

static void
test_history (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  g_autofree char *another = guitu_test_person_add (test->store, "another");
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GPtrArray) items = NULL;
  const GuituHistoryItem *last;

  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_HEALTH, "sick");
  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_HEALTH, NULL);
  transaction = guitu_store_read (test->store, &error);
  items = guitu_record_history (transaction, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 4); /* name and sex at creation, then two edits */
  for (guint i = 0; i < items->len; i++)
    {
      const GuituHistoryItem *item = g_ptr_array_index (items, i);

      g_assert_cmpint (item->desk, ==, guitu_store_keys (test->store)->desk.desk);
      g_assert_cmpint (item->created, ==, i < 2);
      g_assert_cmpstr (item->act, ==, i < 2 ? "person add" : "edit");
      g_assert_cmpint (ABS ((item->clock >> 16) - g_get_real_time () / 1000), <, 60000);
    }
  last = g_ptr_array_index (items, 3);
  g_assert_cmpstr (last->field, ==, "health");
  g_assert_null (last->value);
}

/* Where a series is not counted yet, it goes on after the greatest number that this desk gave out. */
static void
test_numbers_go_on (void)
{
  static const struct
  {
    const GuituKind *kind;
    int field;
    const char *numbers[2];
    const char *series;
  } series[] = {
    { &guitu_kind_stay, GUITU_STAY_NUMBER, { "2026-1-0041", "2026-9-0090" }, "stay-2026" },
    { &guitu_kind_missing, GUITU_MISSING_NUMBER, { "B2026-1-0041", "B2025-1-0090" }, "missing-2026" },
    { &guitu_kind_notice, GUITU_NOTICE_NUMBER, { "G2026-1-0041", "G2026-1-0002" }, "notice-2026" },
  };
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (test->store, NULL, "test", &failure);

  g_assert_no_error (failure);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 number = 0;

      for (guint j = 0; j < G_N_ELEMENTS (series[i].numbers); j++)
        {
          g_autoptr (GuituRecord) record = guitu_record_new (series[i].kind);

          guitu_record_set_text (record, series[i].field, series[i].numbers[j]);
          guitu_transaction_put (transaction, record, &error);
          g_assert_no_error (error);
        }
      guitu_transaction_next_number (transaction, series[i].series, &number, &error);
      g_assert_no_error (error);
      g_assert_cmpint (number, ==, 42);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/declarations", test_declarations);
  g_test_add_func ("/record/unset", test_unset);
  g_test_add_func ("/record/positions", test_positions);
  g_test_add_func ("/record/schema", test_schema);
  g_test_add_func ("/record/ids", test_ids);
  g_test_add_func ("/record/round-trip", test_round_trip);
  g_test_add_func ("/record/not-found", test_not_found);
  g_test_add_func ("/record/only-differences", test_differences);
  g_test_add_func ("/record/put-twice", test_put_twice);
  g_test_add_func ("/record/void", test_void);
  g_test_add_func ("/record/find", test_find);
  g_test_add_func ("/record/search-follows", test_search_follows);
  g_test_add_func ("/record/history", test_history);
  g_test_add_func ("/record/numbers-go-on", test_numbers_go_on);
  return g_test_run ();
}
