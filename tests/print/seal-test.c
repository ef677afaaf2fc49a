/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "print/base45-private.h"
#include "print/cbor-private.h"
#include "print/print.h"

typedef struct
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  GuituSeal content;
  char *text;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 42 };
  g_autoptr (GError) error = NULL;

  crypto_sign_seed_keypair (fixture->public_key, fixture->secret_key, seed);
  fixture->content = (GuituSeal){
    .number = (char *) "JJ-440100-2026-000123",
    .kind = (char *) "escort-handover",
    .station = (char *) "440100JZ",
    .issued_at = 1777790460,
    .expires_at = 1778395260,
    .digest = { 1, 2, 3, 4 },
    .surname = (char *) "𠮷**",
    .birth_year = 1985,
    .sex = (char *) "女",
    .id_last4 = (char *) "002X",
    .destination = (char *) "湖南耒阳",
  };
  fixture->text = guitu_seal_make (&fixture->content, fixture->secret_key, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_free (fixture->text);
}

static gboolean
is_genuine (const char *text,
            const guint8 *public_key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituSeal) seal = guitu_seal_parse (text, &error);

  if (seal == NULL)
    {
      g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_SEAL);
      return FALSE;
    }
  return guitu_seal_verify (seal, public_key);
}

/* The examples of RFC 9285 §4.3 and §4.4. */
static void
test_base45_vectors (void)
{
  static const struct
  {
    const char *bytes;
    const char *text;
  } vectors[] = {
    { "AB", "BB8" },
    { "Hello!!", "%69 VD92EX0" },
    { "base-45", "UJCLQE7W581" },
    { "ietf!", "QED8WEX0" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      gsize length = strlen (vectors[i].bytes);
      g_autofree char *text = _guitu_base45_encode ((const guint8 *) vectors[i].bytes, length);
      g_autoptr (GByteArray) bytes = _guitu_base45_decode (vectors[i].text);

      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_cmpmem (bytes->data, bytes->len, vectors[i].bytes, length);
    }
}

static void
test_base45_refuses (void)
{
  /* RFC 9285 §4.4: "GGW" is 65536; then a two-digit group over 255, a lone digit, bad characters */
  static const char *const wrong[] = { "GGW", ":::", "::", "V5", "BB8B", "B", "bb8", "BB,", "B\n8", "é8" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GByteArray) bytes = _guitu_base45_decode (wrong[i]);
      g_assert_null (bytes);
    }
}

static void
test_round_trip (Fixture *fixture,
                 gconstpointer data)
{
  const char *around[] = { "%s", " \t\r\n%s\r\n", "%s " };

  for (gsize i = 0; i < G_N_ELEMENTS (around); i++)
    {
      g_auto (GStrv) parts = g_strsplit (around[i], "%s", 2);
      g_autofree char *text = g_strconcat (parts[0], fixture->text, parts[1], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituSeal) seal = guitu_seal_parse (text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (seal->number, ==, fixture->content.number);
      g_assert_cmpstr (seal->kind, ==, fixture->content.kind);
      g_assert_cmpstr (seal->station, ==, fixture->content.station);
      g_assert_cmpint (seal->issued_at, ==, fixture->content.issued_at);
      g_assert_cmpint (seal->expires_at, ==, fixture->content.expires_at);
      g_assert_cmpmem (seal->digest, 16, fixture->content.digest, 16);
      g_assert_cmpstr (seal->surname, ==, fixture->content.surname);
      g_assert_cmpint (seal->birth_year, ==, fixture->content.birth_year);
      g_assert_cmpstr (seal->sex, ==, fixture->content.sex);
      g_assert_cmpstr (seal->id_last4, ==, fixture->content.id_last4);
      g_assert_cmpstr (seal->destination, ==, fixture->content.destination);
      g_assert_true (guitu_seal_verify (seal, fixture->public_key));
    }
}

static void
test_absent_fields (Fixture *fixture,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituSeal) seal = NULL;
  g_autofree char *text = NULL;

  fixture->content.expires_at = 0;
  fixture->content.surname = NULL;
  fixture->content.birth_year = 0;
  fixture->content.sex = NULL;
  fixture->content.id_last4 = (char *) "";
  fixture->content.destination = NULL;
  text = guitu_seal_make (&fixture->content, fixture->secret_key, &error);
  g_assert_no_error (error);
  seal = guitu_seal_parse (text, &error);
  g_assert_no_error (error);
  g_assert_null (seal->surname);
  g_assert_null (seal->id_last4);
  g_assert_cmpint (seal->expires_at, ==, 0);
  g_assert_true (guitu_seal_verify (seal, fixture->public_key));
}

static void
test_make_refuses (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (200, 'A');
  struct
  {
    char **field;
    const char *value;
  } wrong[] = {
    { &fixture->content.number, NULL },
    { &fixture->content.number, "" },
    { &fixture->content.kind, long_text },
    { &fixture->content.station, "440\n100" },
    { &fixture->content.surname, "\xff**" },
    { &fixture->content.id_last4, "00266" },
    { &fixture->content.destination, long_text },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      char *right = *wrong[i].field;

      *wrong[i].field = (char *) wrong[i].value;
      g_assert_null (guitu_seal_make (&fixture->content, fixture->secret_key, &error));
      g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_SEAL);
      *wrong[i].field = right;
    }
}

/* No character can be changed, left out, doubled or swapped with the next. */
static void
test_every_character_counts (Fixture *fixture,
                             gconstpointer data)
{
  static const char others[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:agz\n\t,\x7f\xe4";
  gsize length = strlen (fixture->text);

  g_assert_true (is_genuine (fixture->text, fixture->public_key));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GString) text = g_string_new (fixture->text);
      char right = text->str[i];

      for (gsize j = 0; j < strlen (others); j++)
        if (others[j] != right)
          {
            text->str[i] = others[j];
            g_assert_false (is_genuine (text->str, fixture->public_key));
          }
      text->str[i] = right;
      g_string_insert_c (text, (gssize) i, right);
      g_assert_false (is_genuine (text->str, fixture->public_key));
      g_string_erase (text, (gssize) i, 2);
      g_assert_false (is_genuine (text->str, fixture->public_key));
      if (i + 1 < length && fixture->text[i + 1] != right)
        {
          g_string_assign (text, fixture->text);
          text->str[i] = text->str[i + 1];
          text->str[i + 1] = right;
          g_assert_false (is_genuine (text->str, fixture->public_key));
        }
    }
}

/* Every bit of the bytes behind the text, the signature's included. */
static void
test_every_bit_counts (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (GByteArray) bytes = _guitu_base45_decode (fixture->text + 4);

  for (guint i = 0; i < bytes->len * 8; i++)
    {
      g_autofree char *body = NULL;
      g_autofree char *text = NULL;

      bytes->data[i / 8] ^= (guint8) (1u << i % 8);
      body = _guitu_base45_encode (bytes->data, bytes->len);
      text = g_strconcat ("GT1:", body, NULL);
      g_assert_false (is_genuine (text, fixture->public_key));
      bytes->data[i / 8] ^= (guint8) (1u << i % 8);
    }
}

/* S + L signs as well as S in a lax Ed25519; it must not here. */
static void
test_signature_has_one_form (Fixture *fixture,
                             gconstpointer data)
{
  static const guint8 order[32] = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10
  };
  g_autoptr (GuituSeal) seal = guitu_seal_parse (fixture->text, NULL);
  guint carry = 0;

  g_assert_true (guitu_seal_verify (seal, fixture->public_key));
  for (guint i = 0; i < 32; i++)
    {
      carry += seal->signature[32 + i] + order[i];
      seal->signature[32 + i] = (guint8) carry;
      carry >>= 8;
    }
  g_assert_false (guitu_seal_verify (seal, fixture->public_key));
}

static char *
to_text (const GByteArray *bytes)
{
  g_autofree char *body = _guitu_base45_encode (bytes->data, bytes->len);

  return g_strconcat ("GT1:", body, NULL);
}

/* Other spellings of the same content: a longer head, another order, something unknown. */
static void
test_parse_wants_the_one_form (Fixture *fixture,
                               gconstpointer data)
{
  struct
  {
    const char *what;
    guint offset;
    guint removed;
    const char *inserted;
    gsize n_inserted;
  } edits[] = {
    { "tag with a long head", 0, 1, "\xd8\x12", 2 },
    { "no tag", 0, 1, "", 0 },
    { "array with a long head", 1, 1, "\x98\x04", 2 },
    { "array without a length", 1, 1, "\x9f", 1 },
    { "protected header with a long head", 2, 1, "\x58\x0d", 2 },
    { "unprotected header holds something", 16, 1, "\xa1\x05\x40", 3 },
    { "one more item", 0, 0, "\x00", 1 },
  };
  g_autoptr (GByteArray) right = _guitu_base45_decode (fixture->text + 4);

  g_assert_cmphex (right->data[2], ==, 0x4d);
  g_assert_cmphex (right->data[16], ==, 0xa0);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *text = NULL;
      guint rest = edits[i].offset + edits[i].removed;

      g_byte_array_append (bytes, right->data, edits[i].offset);
      g_byte_array_append (bytes, (const guint8 *) edits[i].inserted, (guint) edits[i].n_inserted);
      g_byte_array_append (bytes, right->data + rest, right->len - rest);
      text = to_text (bytes);
      g_test_message ("%s", edits[i].what);
      g_assert_null (guitu_seal_parse (text, NULL));
    }
  g_byte_array_append (right, (const guint8 *) "", 1);
  {
    g_autofree char *text = to_text (right);
    g_assert_null (guitu_seal_parse (text, NULL));
  }
}

/* A payload that we did not write: properly signed by the station, but not in our form. */
static char *
sign_payload (Fixture *fixture,
              const GByteArray *payload)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) to_sign = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];
  guint8 signature[crypto_sign_BYTES];

  guitu_seal_key_id (fixture->public_key, key_id);
  _guitu_cbor_put_map (header, 2);
  _guitu_cbor_put_int (header, 1);
  _guitu_cbor_put_int (header, -8);
  _guitu_cbor_put_int (header, 4);
  _guitu_cbor_put_bytes (header, key_id, sizeof key_id);
  _guitu_cbor_put_array (to_sign, 4);
  _guitu_cbor_put_text (to_sign, "Signature1");
  _guitu_cbor_put_bytes (to_sign, header->data, header->len);
  _guitu_cbor_put_bytes (to_sign, NULL, 0);
  _guitu_cbor_put_bytes (to_sign, payload->data, payload->len);
  crypto_sign_detached (signature, NULL, to_sign->data, to_sign->len, fixture->secret_key);
  _guitu_cbor_put_tag (out, 18);
  _guitu_cbor_put_array (out, 4);
  _guitu_cbor_put_bytes (out, header->data, header->len);
  _guitu_cbor_put_map (out, 0);
  _guitu_cbor_put_bytes (out, payload->data, payload->len);
  _guitu_cbor_put_bytes (out, signature, sizeof signature);
  return to_text (out);
}

static GByteArray *
write_payload (const int *keys,
               guint n_keys)
{
  GByteArray *payload = g_byte_array_new ();
  static const guint8 digest[16];

  _guitu_cbor_put_map (payload, n_keys);
  for (guint i = 0; i < n_keys; i++)
    {
      _guitu_cbor_put_int (payload, keys[i]);
      if (keys[i] == 5 || keys[i] == 6)
        _guitu_cbor_put_int (payload, 1777790460);
      else if (keys[i] == 7)
        _guitu_cbor_put_bytes (payload, digest, sizeof digest);
      else
        _guitu_cbor_put_text (payload, "x");
    }
  return payload;
}

static void
test_payload_has_one_form (Fixture *fixture,
                           gconstpointer data)
{
  static const struct
  {
    int keys[8];
    guint n_keys;
    gboolean is_right;
  } payloads[] = {
    { { 1, 2, 3, 5, 7 }, 5, TRUE },
    { { 1, 2, 3, 5, 6, 7 }, 6, TRUE },
    { { 2, 1, 3, 5, 7 }, 5, FALSE },          /* order */
    { { 1, 2, 3, 5 }, 4, FALSE },             /* digest missing */
    { { 2, 3, 5, 7 }, 4, FALSE },             /* number missing */
    { { 1, 1, 2, 3, 5, 7 }, 6, FALSE },       /* twice */
    { { 1, 2, 3, 4, 5, 7 }, 6, FALSE },       /* unknown */
    { { 1, 2, 3, 5, 7, 14 }, 6, FALSE },      /* unknown */
    { { 1, 2, 3, 5, 6, 7, 8, 9 }, 8, FALSE }, /* year is not a number */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GByteArray) payload = write_payload (payloads[i].keys, payloads[i].n_keys);
      g_autofree char *text = sign_payload (fixture, payload);

      g_assert_cmpint (is_genuine (text, fixture->public_key), ==, payloads[i].is_right);
    }
}

static void
test_hostile_texts (void)
{
  static const char *const texts[] = {
    "", " ", "GT1:", "GT1", "gt1:BB8", "GT2:BB8", "HC1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8"
  };
  g_autofree char *long_text = g_strnfill (5000, '0');
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (guitu_seal_parse (texts[i], NULL));
  memcpy (long_text, "GT1:", 4);
  g_assert_null (guitu_seal_parse (long_text, NULL));
  for (guint i = 0; i < 20000; i++)
    {
      guint8 bytes[64];
      g_autofree char *body = NULL;
      g_autofree char *text = NULL;
      guint length = (guint) g_rand_int_range (random, 0, sizeof bytes);

      for (guint j = 0; j < length; j++)
        bytes[j] = (guint8) g_rand_int (random);
      memcpy (bytes, "\xd2\x84\x4d\xa2\x01\x27\x04\x48", MIN (length, 8 * (i % 2)));
      body = _guitu_base45_encode (bytes, length);
      text = g_strconcat ("GT1:", body, NULL);
      g_assert_null (guitu_seal_parse (text, NULL));
    }
}

static void
test_other_key (Fixture *fixture,
                gconstpointer data)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 43 };
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  crypto_sign_seed_keypair (public_key, secret_key, seed);
  g_assert_false (is_genuine (fixture->text, public_key));
}

static void
test_digest (void)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  /* {"b": "2", "aa": "一"}: the shorter key first */
  static const guint8 encoded[] = { 0xa2, 0x61, 'b', 0x61, '2', 0x62, 'a', 'a', 0x63, 0xe4, 0xb8, 0x80 };
  guint8 hash[crypto_hash_sha256_BYTES];
  guint8 digest[GUITU_SEAL_DIGEST_SIZE];

  guitu_form_values_set (values, "aa", "一");
  guitu_form_values_set (values, "b", "2");
  guitu_form_values_set (values, "c", "");
  guitu_form_values_set (values, "ledger.head", "9f3a");
  guitu_form_values_set (values, "form.citation", "第五条");
  guitu_form_values_set_label (values, "b", "乙");
  guitu_seal_digest (values, digest);
  crypto_hash_sha256 (hash, encoded, sizeof encoded);
  g_assert_cmpmem (digest, sizeof digest, hash, sizeof digest);

  guitu_form_values_set (values, "b", "3");
  guitu_seal_digest (values, digest);
  g_assert_true (memcmp (digest, hash, sizeof digest) != 0);
}

static void
assert_canonical (const char *text,
                  const char *wanted)
{
  g_autofree char *found = guitu_seal_canonical (text);
  g_autofree char *again = guitu_seal_canonical (found);

  g_assert_cmpstr (found, ==, wanted);
  g_assert_cmpstr (again, ==, wanted);
}

static void
test_canonical (void)
{
  assert_canonical (" 李　明\n", "李明");
  assert_canonical ("１１０105x", "110105X");
  assert_canonical ("我要回家，\r\n我家在、宜宾。", "我要回家,我家在,宜宾.");
  assert_canonical ("（约1960—1965年）", "(约1960-1965年)");
  assert_canonical ("阿卜杜拉•买买提", "阿卜杜拉·买买提");
  assert_canonical ("John  \tSmith", "JOHN SMITH");
  assert_canonical ("水杯\t1\t2\n药\t3", "水杯1 2药3");
  assert_canonical ("“家”", "\"家\"");
  assert_canonical ("\xef\xa4\x80", "豈"); /* U+F900 */
  assert_canonical ("𠮷", "𠮷");
  assert_canonical (" \n　", "");
  assert_canonical ("\xff", "");
  assert_canonical ("1 23", "1 23");
  assert_canonical ("12 3", "12 3");
}

/* Blanks and the width of signs don't count, nor a text of nothing but blanks; another word does. */
static void
test_typed_again (void)
{
  g_autoptr (GuituFormValues) sealed = guitu_form_values_new ();
  g_autoptr (GuituFormValues) typed = guitu_form_values_new ();
  guint8 one[GUITU_SEAL_DIGEST_SIZE];
  guint8 other[GUITU_SEAL_DIGEST_SIZE];

  guitu_form_values_set (sealed, "person.name", "李明");
  guitu_form_values_set (sealed, "stay.statement", "我要回家，\n我家在宜宾");
  guitu_form_values_set (typed, "person.name", "李 明");
  guitu_form_values_set (typed, "stay.statement", "我要回家,我家在 宜宾");
  guitu_form_values_set (typed, "person.alias", "　");
  guitu_seal_digest (sealed, one);
  guitu_seal_digest (typed, other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
  guitu_form_values_set (typed, "person.name", "李朋");
  guitu_seal_digest (typed, other);
  g_assert_true (memcmp (one, other, sizeof one) != 0);
}

static void
test_fits_a_code (Fixture *fixture,
                  gconstpointer data)
{
  /* the printed code has room for this with modules of half a millimetre */
  g_assert_cmpuint (strlen (fixture->text), <=, 330);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/base45/rfc9285-vectors", test_base45_vectors);
  g_test_add_func ("/base45/refuses-what-no-bytes-have", test_base45_refuses);
  ADD ("/seal/round-trip", test_round_trip);
  ADD ("/seal/absent-fields", test_absent_fields);
  ADD ("/seal/make-refuses-improper-fields", test_make_refuses);
  ADD ("/seal/every-character-counts", test_every_character_counts);
  ADD ("/seal/every-bit-counts", test_every_bit_counts);
  ADD ("/seal/signature-has-one-form", test_signature_has_one_form);
  ADD ("/seal/parse-wants-the-one-form", test_parse_wants_the_one_form);
  ADD ("/seal/payload-has-one-form", test_payload_has_one_form);
  ADD ("/seal/other-key", test_other_key);
  ADD ("/seal/fits-a-code", test_fits_a_code);
  g_test_add_func ("/seal/hostile-texts", test_hostile_texts);
  g_test_add_func ("/seal/digest", test_digest);
  g_test_add_func ("/seal/canonical", test_canonical);
  g_test_add_func ("/seal/typed-again", test_typed_again);
  return g_test_run ();
}
