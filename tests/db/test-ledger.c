/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store.h"

#include "db/entry.h"

#include <sodium.h>
#include <string.h>

/* --- Encoding -------------------------------------------------------------------------------- */

/* A reader of its own that accepts only what RFC 8949 §4.2.1 allows: shortest heads, definite
 * lengths, map keys in bytewise order without repetition. Returns: the bytes after the item. */
static const guint8 *walk (const guint8 *data, const guint8 *end);

static const guint8 *
walk_head (const guint8 *data,
           const guint8 *end,
           guint64 *argument)
{
  static const guint64 least[] = { 24, 1 << 8, 1 << 16, G_GUINT64_CONSTANT (1) << 32 };
  guint minor = data[0] & 0x1f;

  g_assert_true (data < end);
  *argument = minor;
  data++;
  if (minor < 24)
    return data;
  g_assert_cmpuint (minor, <, 28);
  *argument = 0;
  for (guint i = 0; i < 1u << (minor - 24); i++)
    *argument = *argument << 8 | *data++;
  g_assert_cmpuint (*argument, >=, least[minor - 24]);
  g_assert_true (data <= end);
  return data;
}

static int
compare_keys (const guint8 *key,
              gsize length,
              const guint8 *other,
              gsize other_length)
{
  int order = memcmp (key, other, MIN (length, other_length));

  return order != 0 ? order : (int) length - (int) other_length;
}

static const guint8 *
walk_map (const guint8 *data,
          const guint8 *end,
          guint64 pairs)
{
  const guint8 *before = NULL;
  gsize before_length = 0;

  for (guint64 i = 0; i < pairs; i++)
    {
      const guint8 *key = data;

      data = walk (data, end);
      if (before != NULL)
        g_assert_cmpint (compare_keys (before, before_length, key, data - key), <, 0);
      before = key;
      before_length = data - key;
      data = walk (data, end);
    }
  return data;
}

static const guint8 *
walk (const guint8 *data,
      const guint8 *end)
{
  guint major = data[0] >> 5;
  guint64 argument;

  data = walk_head (data, end, &argument);
  if (major == 2 || major == 3)
    data += argument;
  for (guint64 i = 0; major == 4 && i < argument; i++)
    data = walk (data, end);
  if (major == 5)
    data = walk_map (data, end, argument);
  if (major == 7)
    g_assert_cmpuint (argument, ==, 22);
  g_assert_true (data <= end);
  return data;
}

static void
assert_deterministic (GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  g_assert_true (walk (data, data + length) == data + length);
}

static void
random_value (GRand *random,
              GuituValue *value)
{
  static const gint64 edges[] = { 0, 23, 24, 255, 256, 65535, 65536, G_MAXUINT32, G_GINT64_CONSTANT (1) << 32,
                                  G_MAXINT64, -1, -24, -25, -256, -257, G_MININT64 };
  guint8 bytes[300];

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      guitu_value_clear (value);
      break;
    case 1:
      guitu_value_set_integer (value, edges[g_rand_int_range (random, 0, G_N_ELEMENTS (edges))]);
      break;
    case 2:
      guitu_value_set_text (value, g_rand_boolean (random) ? "" : "阿卜杜拉·买买提 𬱖");
      break;
    default:
      for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = g_rand_int (random);
      guitu_value_set_bytes (value, bytes, g_rand_int_range (random, 0, sizeof bytes));
      break;
    }
}

static void
random_change (GRand *random,
               GuituEntry *entry)
{
  static const char *const fields[] = { "name", "a", "national_number", "zz", "b", "a_field_with_a_name_longer_than_23" };
  guint8 id[16];
  GuituChange *change;
  GuituValue value = { 0 };

  for (guint i = 0; i < sizeof id; i++)
    id[i] = g_rand_int (random);
  change = guitu_change_new (g_rand_boolean (random) ? "person" : "dream", id, g_rand_boolean (random));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GuituCell *cell;
      GuituVersion settled = { g_rand_int (random), g_rand_int (random) };

      if (g_rand_boolean (random))
        continue;
      random_value (random, &value);
      cell = guitu_change_add (change, fields[i], &value);
      if (change->creates)
        continue;
      cell->seen = (GuituVersion){ g_rand_int (random), g_rand_int (random) };
      if (g_rand_boolean (random))
        {
          cell->settled = g_array_new (FALSE, FALSE, sizeof (GuituVersion));
          g_array_append_val (cell->settled, settled);
        }
    }
  guitu_value_clear (&value);
  g_ptr_array_add (entry->changes, change);
}

static GuituEntry *
random_entry (GRand *random)
{
  GuituEntry *entry = guitu_entry_new ();
  guint n_changes = g_rand_int_range (random, 0, 30);

  entry->sequence = g_rand_boolean (random) ? 1 : 70000;
  entry->is_first = entry->sequence == 1;
  entry->version = (GuituVersion){ 1 + g_rand_int (random), G_MAXINT64 - g_rand_int (random) };
  entry->scope = g_strdup ("station");
  entry->station = g_strdup ("S1");
  entry->act = g_strdup ("person add");
  entry->user = g_rand_boolean (random) ? guitu_id_new () : NULL;
  for (guint i = 0; !entry->is_first && i < GUITU_HASH_BYTES; i++)
    entry->previous[i] = g_rand_int (random);
  for (guint i = 0; i < n_changes; i++)
    random_change (random, entry);
  guitu_entry_encode (entry);
  return entry;
}

static void
assert_changes_equal (const GuituEntry *entry,
                      const GuituEntry *other)
{
  g_assert_cmpuint (entry->changes->len, ==, other->changes->len);
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *a = g_ptr_array_index (entry->changes, i);
      const GuituChange *b = g_ptr_array_index (other->changes, i);

      g_assert_cmpstr (a->kind, ==, b->kind);
      g_assert_cmpmem (a->id, 16, b->id, 16);
      g_assert_cmpint (a->creates, ==, b->creates);
      g_assert_cmpuint (a->cells->len, ==, b->cells->len);
      for (guint j = 0; j < a->cells->len; j++)
        {
          const GuituCell *cell = g_ptr_array_index (a->cells, j);
          const GuituCell *back = g_ptr_array_index (b->cells, j);

          g_assert_cmpstr (cell->field, ==, back->field);
          g_assert_true (guitu_value_equal (&cell->value, &back->value));
          g_assert_cmpint (guitu_version_compare (&cell->seen, &back->seen), ==, 0);
          g_assert_cmpuint (cell->settled ? cell->settled->len : 0, ==, back->settled ? back->settled->len : 0);
        }
    }
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260131);
  const guint8 signature[GUITU_SIGNATURE_BYTES] = { 1, 2, 3 };

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GuituEntry) entry = random_entry (random);
      g_autoptr (GBytes) body = g_bytes_ref (entry->body);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituEntry) back = guitu_entry_decode (body, signature, &error);

      g_assert_no_error (error);
      assert_deterministic (body);
      g_assert_cmpint (back->sequence, ==, entry->sequence);
      g_assert_cmpint (guitu_version_compare (&back->version, &entry->version), ==, 0);
      g_assert_cmpstr (back->user, ==, entry->user);
      g_assert_cmpmem (back->previous, GUITU_HASH_BYTES, entry->previous, GUITU_HASH_BYTES);
      assert_changes_equal (entry, back);
      guitu_entry_encode (back);
      g_assert_true (g_bytes_equal (body, back->body));
    }
}

/* The bytes of an entry are a file format: this one was written out by hand from RFC 8949. */
static void
test_known_bytes (void)
{
  static const guint8 id[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
  const char *expected = "aa"
                         "0001"                                                 /* format */
                         "0105"                                                 /* desk */
                         "026773746174696f6e"                                   /* scope "station" */
                         "0301"                                                 /* sequence */
                         "041a00010000"                                         /* clock 65536 */
                         "05625331"                                             /* station "S1" */
                         "06f6"                                                 /* no user */
                         "0740"                                                 /* nothing before */
                         "0881846464656d6f500102030405060708090a0b0c0d0e0f1001" /* one creating change of a "demo" */
                         "a2626e6f1818646e616d6563e78e8b"                       /* "no": 24 before "name": 王 */
                         "0963616464";                                          /* act "add" */
  g_autoptr (GuituEntry) entry = guitu_entry_new ();
  GuituChange *change = guitu_change_new ("demo", id, TRUE);
  g_autofree char *hex = NULL;
  GuituValue value = { 0 };
  gsize length;
  gconstpointer data;

  entry->version = (GuituVersion){ 65536, 5 };
  entry->sequence = 1;
  entry->is_first = TRUE;
  entry->scope = g_strdup ("station");
  entry->station = g_strdup ("S1");
  entry->act = g_strdup ("add");
  guitu_value_set_text (&value, "王");
  guitu_change_add (change, "name", &value);
  guitu_value_set_integer (&value, 24);
  guitu_change_add (change, "no", &value);
  g_ptr_array_add (entry->changes, change);
  guitu_entry_encode (entry);
  data = g_bytes_get_data (entry->body, &length);
  hex = guitu_hex (data, length);
  g_assert_cmpstr (hex, ==, expected);
}

/* Whatever bytes come in, reading them ends with an entry or INVALID. */
static void
test_any_bytes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const guint8 signature[GUITU_SIGNATURE_BYTES] = { 0 };

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GuituEntry) entry = random_entry (random);
      gsize length;
      gconstpointer data = g_bytes_get_data (entry->body, &length);
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GuituEntry) back = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < 3; j++)
        copy[g_rand_int_range (random, 0, MIN (length, 120))] = g_rand_int (random);
      body = g_bytes_new (copy, g_rand_boolean (random) ? length : (gsize) g_rand_int_range (random, 0, length));
      back = guitu_entry_decode (body, signature, &error);
      if (back == NULL)
        g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
    }
}

static void
test_signature (void)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) other = guitu_keys_new_desk (keys, 2);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GuituEntry) entry = random_entry (random);

  guitu_entry_sign (entry, keys->desk_secret);
  g_assert_true (guitu_entry_is_signed_by (entry, keys->desk.public_key));
  g_assert_false (guitu_entry_is_signed_by (entry, other->desk.public_key));
  entry->signature[GUITU_SIGNATURE_BYTES - 1] ^= 1;
  g_assert_false (guitu_entry_is_signed_by (entry, keys->desk.public_key));
}

/* --- Chain ----------------------------------------------------------------------------------- */

static GuituTransaction *
begin (GuituTestStore *test)
{
  g_autoptr (GError) error = NULL;
  GuituTransaction *transaction = guitu_store_write (test->store, NULL, "test", &error);

  g_assert_no_error (error);
  return transaction;
}

static void
put_person (GuituTransaction *transaction,
            const char *name)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GError) error = NULL;

  guitu_record_set_text (person, GUITU_PERSON_NAME, name);
  guitu_transaction_put (transaction, person, &error);
  g_assert_no_error (error);
}

static void
put_mark (GuituTransaction *transaction,
          const char *station)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, station, NULL, NULL);
  g_autoptr (GError) error = NULL;

  guitu_record_set_text (mark, GUITU_PAPER_MARK_NUMBER, "1");
  guitu_transaction_put (transaction, mark, &error);
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
test_two_scopes (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GuituTransaction) transaction = begin (test);

      put_person (transaction, "王秀英");
      put_mark (transaction, "S1");
      put_person (transaction, "李伟");
      commit (transaction);
    }
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry WHERE scope = 'station'"), ==, 3);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry WHERE scope = 'shared'"), ==, 3);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM chain WHERE sequence = 3"), ==, 2);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry_row"), ==, 9);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

static void
test_next_entry (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GuituTransaction) transaction = begin (test);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      put_person (transaction, "王秀英");
      guitu_transaction_next_entry (transaction, &error);
      g_assert_no_error (error);
    }
  commit (transaction);
  g_clear_pointer (&transaction, guitu_transaction_free);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry"), ==, 5);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (DISTINCT clock) FROM entry"), ==, 5);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

static void
test_nothing_written (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GuituTransaction) transaction = begin (test);

  commit (transaction);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry"), ==, 0);
}

/* --- Rollback -------------------------------------------------------------------------------- */

static gint64
take_number (GuituTransaction *transaction)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  guitu_transaction_next_number (transaction, "stay-2026", &number, &error);
  g_assert_no_error (error);
  return number;
}

static void
test_rollback (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "before");
  g_autofree char *before = guitu_test_dump_all (test->directory);
  g_autofree char *after = NULL;

  {
    g_autoptr (GuituTransaction) transaction = begin (test);
    g_autoptr (GError) error = NULL;

    put_person (transaction, "王秀英");
    put_mark (transaction, "S1");
    take_number (transaction);
    guitu_transaction_next_entry (transaction, &error);
    put_person (transaction, "李伟");
  }
  after = guitu_test_dump_all (test->directory);
  g_assert_cmpstr (before, ==, after);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GuituTransaction) transaction = guitu_store_read (test->store, &error);
    g_autoptr (GPtrArray) found = guitu_persons_search (transaction, "李伟", 10, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (found->len, ==, 0);
  }
}

/* A transaction in which something failed can't be committed: its rows would have no entry. */
static void
test_failed_put (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *before = guitu_test_dump_all (test->directory);
  g_autofree char *after = NULL;

  {
    g_autoptr (GuituTransaction) transaction = begin (test);
    g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
    g_autoptr (GError) error = NULL;

    put_person (transaction, "good");
    guitu_record_set_text (person, GUITU_PERSON_HEIGHT_CM, "tall");
    g_assert_false (guitu_transaction_put (transaction, person, &error));
    g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
    g_clear_error (&error);
    g_assert_false (guitu_transaction_commit (transaction, &error));
    g_assert_nonnull (error);
  }
  after = guitu_test_dump_all (test->directory);
  g_assert_cmpstr (before, ==, after);
}

static void
test_numbers (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);

  for (gint64 i = 1; i <= 6; i++)
    {
      g_autoptr (GuituTransaction) lost = begin (test);

      g_assert_cmpint (take_number (lost), ==, 2 * i - 1);
      g_assert_cmpint (take_number (lost), ==, 2 * i);
      g_clear_pointer (&lost, guitu_transaction_free);
      {
        g_autoptr (GuituTransaction) kept = begin (test);

        g_assert_cmpint (take_number (kept), ==, 2 * i - 1);
        g_assert_cmpint (take_number (kept), ==, 2 * i);
        commit (kept);
      }
    }
}

/* --- Heads ----------------------------------------------------------------------------------- */

static gboolean
has_head (GuituTestStore *test,
          const char *head)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (test->store, &error);
  gboolean has;

  guitu_ledger_has_head (transaction, head, &has, &error);
  g_assert_no_error (error);
  return has;
}

static char *
read_head (GuituTestStore *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (test->store, &error);
  char *head = guitu_ledger_head (transaction, &error);

  g_assert_no_error (error);
  return head;
}

static void
test_heads (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *empty = read_head (test);
  g_autofree char *first_id = guitu_test_person_add (test->store, "王秀英");
  g_autofree char *first = read_head (test);
  g_autofree char *second_id = guitu_test_person_add (test->store, "李伟");
  g_autofree char *second = read_head (test);
  g_autofree char *wrong = g_strdup (first);

  g_assert_cmpstr (first, !=, second);
  g_assert_true (has_head (test, empty));
  g_assert_true (has_head (test, first));
  g_assert_true (has_head (test, second));
  wrong[strlen (wrong) - 1] ^= 1;
  g_assert_false (has_head (test, wrong));
  g_assert_false (has_head (test, "nonsense"));
  g_assert_false (has_head (test, "0000000000000001:x:0011223344556677"));
  guitu_test_sql (test->directory, "DELETE FROM entry WHERE sequence = 2");
  g_assert_true (has_head (test, first));
  g_assert_false (has_head (test, second));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/ledger/encoding/round-trip", test_round_trip);
  g_test_add_func ("/ledger/encoding/known-bytes", test_known_bytes);
  g_test_add_func ("/ledger/encoding/any-bytes", test_any_bytes);
  g_test_add_func ("/ledger/signature", test_signature);
  g_test_add_func ("/ledger/two-scopes", test_two_scopes);
  g_test_add_func ("/ledger/next-entry", test_next_entry);
  g_test_add_func ("/ledger/nothing-written", test_nothing_written);
  g_test_add_func ("/ledger/rollback", test_rollback);
  g_test_add_func ("/ledger/failed-put", test_failed_put);
  g_test_add_func ("/ledger/numbers", test_numbers);
  g_test_add_func ("/ledger/heads", test_heads);
  return g_test_run ();
}
