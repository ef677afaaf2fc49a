/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries that a newer program wrote are kept whole, and applied as far as they are understood. */

#define _GNU_SOURCE /* memmem */

#include "store.h"

#include "db/receive-private.h"

#include <sodium.h>
#include <string.h>

/* What a newer program might write: a field, a kind and a sort of value that are not known here. */
static GuituEntry *
newer_entry (const GuituKeys *keys,
             const char *id_text)
{
  static const guint8 id[16] = { 9 };
  GuituEntry *entry = guitu_entry_new ();
  guint8 person[16];
  GuituValue value = { 0 };
  GuituChange *change;

  g_assert_true (guitu_id_to_bytes (id_text, person));
  change = guitu_change_new ("person", person, TRUE);
  entry->format = 2;
  entry->version = (GuituVersion){ (g_get_real_time () / 1000) << 16, keys->desk.desk };
  entry->sequence = 1;
  entry->is_first = TRUE;
  entry->scope = g_strdup ("station");
  entry->station = g_strdup (keys->station);
  entry->act = g_strdup ("person dream");
  guitu_value_set_text (&value, "王秀英");
  guitu_change_add (change, "name", &value);
  guitu_value_set_text (&value, "粤");
  guitu_change_add (change, "accent", &value);
  guitu_value_set_integer (&value, 42);
  guitu_change_add (change, "shoe_size", &value);
  g_ptr_array_add (entry->changes, change);
  change = guitu_change_new ("dream", id, TRUE);
  guitu_change_add (change, "about", &value);
  g_ptr_array_add (entry->changes, change);
  guitu_value_clear (&value);
  guitu_entry_encode (entry);
  return entry;
}

/* Puts a half float (RFC 8949 §3.3) in place of the only 42 of the person. */
static void
make_float (GuituEntry *entry)
{
  static const guint8 key[] = { 0x69, 's', 'h', 'o', 'e', '_', 's', 'i', 'z', 'e', 0x18, 42 };
  gsize length;
  const guint8 *data = g_bytes_get_data (entry->body, &length);
  const guint8 *at = memmem (data, length, key, sizeof key);
  GByteArray *out = g_byte_array_new ();

  g_assert_nonnull (at);
  g_byte_array_append (out, data, at - data + sizeof key - 2);
  g_byte_array_append (out, (const guint8[]){ 0xf9, 0x51, 0x40 }, 3);
  g_byte_array_append (out, at + sizeof key, data + length - at - sizeof key);
  g_bytes_unref (entry->body);
  entry->body = g_byte_array_free_to_bytes (out);
}

static void
receive_newer (GuituTestStore *to,
               const char *id,
               gboolean with_float)
{
  const GuituKeys *own = guitu_store_keys (to->store);
  g_autoptr (GuituKeys) keys = guitu_keys_new_desk (own, 2);
  g_autoptr (GuituEntry) entry = newer_entry (keys, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (to->store, NULL, "bundle import", &error);
  g_autofree char *body = NULL;
  g_autofree char *sql = NULL;
  GuituReceiver receiver;

  if (with_float)
    make_float (entry);
  guitu_entry_sign (entry, keys->desk_secret);
  _guitu_receiver_init (&receiver, transaction->connection, own);
  _guitu_receiver_add_desk (&receiver, &keys->desk, &error);
  g_assert_no_error (error);
  _guitu_receiver_add_entry (&receiver, entry->body, entry->signature, &error);
  g_assert_no_error (error);
  _guitu_receiver_finish (&receiver, &error);
  g_assert_no_error (error);
  _guitu_receiver_clear (&receiver);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  body = guitu_hex (g_bytes_get_data (entry->body, NULL), g_bytes_get_size (entry->body));
  sql = g_strdup_printf ("SELECT count (*) FROM entry WHERE body = x'%s'", body);
  g_assert_cmpint (guitu_test_sql_integer (to->directory, sql), ==, 1);
}

static void
test_newer (gconstpointer with_float)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_id_new ();
  g_autofree char *name = NULL;

  receive_newer (test, id, with_float != NULL);
  name = guitu_test_get (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME);
  g_assert_cmpstr (name, ==, "王秀英");
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry WHERE partial"), ==, 1);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

/* Makes the store look like one of a program that did not know the field yet. */
static void
forget_accent (GuituTestStore *test)
{
  g_clear_pointer (&test->store, guitu_store_close);
  guitu_test_sql (test->directory, "ALTER TABLE person DROP COLUMN accent; PRAGMA user_version = 0");
}

static void
test_upgrade (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_id_new ();
  g_autofree char *accent = NULL;
  g_autofree char *name = NULL;

  receive_newer (test, id, FALSE);
  guitu_test_set (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME, "李伟");
  forget_accent (test);
  guitu_test_store_reopen (test);
  accent = guitu_test_get (test->store, &guitu_kind_person, id, GUITU_PERSON_ACCENT);
  name = guitu_test_get (test->store, &guitu_kind_person, id, GUITU_PERSON_NAME);
  g_assert_cmpstr (accent, ==, "粤");
  g_assert_cmpstr (name, ==, "李伟");
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

/* An upgrade that broke off is taken up when the store is opened the next time. */
static void
test_broken_upgrade (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_id_new ();
  g_autofree char *accent = NULL;
  g_autoptr (GError) error = NULL;

  receive_newer (test, id, FALSE);
  forget_accent (test);
  guitu_test_sql (test->directory, "CREATE TABLE kept AS SELECT number, body FROM entry; UPDATE entry SET body = x'00'");
  g_assert_null (guitu_store_open (test->directory, &error));
  g_assert_nonnull (error);
  guitu_test_sql (test->directory, "UPDATE entry SET body = (SELECT body FROM kept WHERE kept.number = entry.number); DROP TABLE kept");
  guitu_test_store_reopen (test);
  accent = guitu_test_get (test->store, &guitu_kind_person, id, GUITU_PERSON_ACCENT);
  g_assert_cmpstr (accent, ==, "粤");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_data_func ("/newer/fields", NULL, test_newer);
  g_test_add_data_func ("/newer/values", GINT_TO_POINTER (1), test_newer);
  g_test_add_func ("/newer/upgrade", test_upgrade);
  g_test_add_func ("/newer/broken-upgrade", test_broken_upgrade);
  return g_test_run ();
}
