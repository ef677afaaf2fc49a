/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What holds for every seal, whatever it is given: reading, checking and making never crash, what
 * can be read is written again as the same text, and nothing is genuine but what was signed.
 *
 * libFuzzer looks for inputs that break this (clang; with the address and undefined-behaviour
 * sanitizers, in any build directory):
 *
 *   ninja print-seal-fuzz
 *   mkdir found
 *   tests/print/print-seal-fuzz -max_len=1024 -max_total_time=1800 found SOURCE/tests/print/seals
 *
 * It writes what reaches new code to found/, and an input that breaks something to crash-*; both go
 * to seals/ when they are worth keeping (-merge=1 leaves the least that reaches as much). The test
 * print-seal-corpus takes the same source through seals/ without libFuzzer.
 */

#include "seal-fuzz.h"

#include <sodium.h>
#include <string.h>

#include "print/base45-private.h"
#include "print/cbor-private.h"
#include "print/print.h"

#define N_GENUINE 4
#define KEY_ID_OFFSET 8 /* in the COSE_Sign1: tag, array, protected header up to the key id */

typedef struct
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
} KeyPair;

/* One station signed the genuine texts and nothing else; the other signs what the inputs say. */
static KeyPair strict;
static KeyPair willing;
static char *genuine[N_GENUINE];

SealFuzzCounts seal_fuzz_counts;

static void
make_genuine (void)
{
  const GuituSeal contents[N_GENUINE] = {
    { .number = (char *) "JJ-440100-2026-000123",
      .kind = (char *) "escort-handover",
      .station = (char *) "440100JZ",
      .issued_at = 1777790460,
      .expires_at = 1778395260,
      .digest = { 1, 2, 3, 4 },
      .surname = (char *) "𠮷**",
      .birth_year = 1985,
      .sex = (char *) "女",
      .id_last4 = (char *) "002X",
      .destination = (char *) "湖南耒阳" },
    { .number = (char *) "QT-650100-2026-000001",
      .kind = (char *) "bed-label",
      .station = (char *) "650100JZ",
      .issued_at = 1777790460,
      .digest = { 255 } },
    { .number = (char *) "1", .kind = (char *) "k", .station = (char *) "s", .issued_at = 1 },
    { .number = (char *) "HZ-2026-1-00001",
      .kind = (char *) "receipt",
      .station = (char *) "430481JZ",
      .issued_at = 1777790460,
      .digest = { 7 },
      .answers = (char *) "JJ-2026-1-00123 0123456789abcdef0123456789abcdef" },
  };

  for (guint i = 0; i < N_GENUINE; i++)
    genuine[i] = guitu_seal_make (&contents[i], strict.secret_key, NULL);
}

static void
set_up (void)
{
  static const guint8 seeds[2][crypto_sign_SEEDBYTES] = { { 42 }, { 43 } };

  if (genuine[0] != NULL)
    return;
  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_sign_seed_keypair (strict.public_key, strict.secret_key, seeds[0]);
  crypto_sign_seed_keypair (willing.public_key, willing.secret_key, seeds[1]);
  make_genuine ();
}

static gboolean
is_one_of_the_genuine (const char *text)
{
  for (guint i = 0; i < N_GENUINE; i++)
    if (strcmp (text, genuine[i]) == 0)
      return TRUE;
  return FALSE;
}

/* What was read, made anew by another station, says the same but for key id and signature. */
static void
assert_written_again (const GuituSeal *seal,
                      const char *text)
{
  g_autoptr (GByteArray) bytes = _guitu_base45_decode (text + strlen (SEAL_FUZZ_TEXT));
  g_autofree char *body = _guitu_base45_encode (bytes->data, bytes->len);
  g_autofree char *made = guitu_seal_make (seal, willing.secret_key, NULL);
  g_autoptr (GByteArray) made_bytes = NULL;

  g_assert_cmpstr (body, ==, text + strlen (SEAL_FUZZ_TEXT));
  g_assert_nonnull (made);
  made_bytes = _guitu_base45_decode (made + strlen (SEAL_FUZZ_TEXT));
  g_assert_cmpuint (made_bytes->len, ==, bytes->len);
  memcpy (made_bytes->data + KEY_ID_OFFSET, seal->key_id, GUITU_SEAL_KEY_ID_SIZE);
  memcpy (made_bytes->data + made_bytes->len - GUITU_SEAL_SIGNATURE_SIZE, seal->signature, GUITU_SEAL_SIGNATURE_SIZE);
  g_assert_cmpmem (made_bytes->data, made_bytes->len, bytes->data, bytes->len);
}

static void
try_text (const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituSeal) seal = guitu_seal_parse (input, &error);
  g_autofree char *text = NULL;

  if (seal == NULL)
    {
      g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_SEAL);
      seal_fuzz_counts.refused++;
      return;
    }
  g_assert_no_error (error);
  text = g_strdup (input + strspn (input, " \t\r\n"));
  g_strchomp (text);
  assert_written_again (seal, text);
  if (guitu_seal_verify (seal, strict.public_key))
    {
      g_assert_true (is_one_of_the_genuine (text));
      seal_fuzz_counts.genuine++;
    }
  else
    {
      g_assert_false (is_one_of_the_genuine (text));
      seal_fuzz_counts.parsed++;
    }
}

/* The COSE_Sign1 of any payload at all. (transfer full) */
static char *
sign (const GByteArray *payload)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) to_sign = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *body = NULL;
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];
  guint8 signature[crypto_sign_BYTES];

  guitu_seal_key_id (willing.public_key, key_id);
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
  crypto_sign_detached (signature, NULL, to_sign->data, to_sign->len, willing.secret_key);
  _guitu_cbor_put_tag (out, 18);
  _guitu_cbor_put_array (out, 4);
  _guitu_cbor_put_bytes (out, header->data, header->len);
  _guitu_cbor_put_map (out, 0);
  _guitu_cbor_put_bytes (out, payload->data, payload->len);
  _guitu_cbor_put_bytes (out, signature, sizeof signature);
  body = _guitu_base45_encode (out->data, out->len);
  return g_strconcat (SEAL_FUZZ_TEXT, body, NULL);
}

/* A payload that is signed properly is accepted only in the one form in which we would write it. */
static void
try_signed (char *input)
{
  g_autoptr (GByteArray) payload = _guitu_base45_decode (g_strchomp (input));
  g_autoptr (GuituSeal) seal = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  if (payload == NULL)
    return;
  text = sign (payload);
  seal = guitu_seal_parse (text, NULL);
  if (seal == NULL)
    {
      seal_fuzz_counts.unlike++;
      return;
    }
  g_assert_true (guitu_seal_verify (seal, willing.public_key));
  g_assert_false (guitu_seal_verify (seal, strict.public_key));
  again = guitu_seal_make (seal, willing.secret_key, NULL);
  g_assert_cmpstr (again, ==, text);
  seal_fuzz_counts.accepted++;
}

static char *
or_empty (char *text)
{
  return text != NULL ? text : (char *) "";
}

static void
assert_same_content (const GuituSeal *a,
                     const GuituSeal *b)
{
  g_assert_cmpstr (a->number, ==, b->number);
  g_assert_cmpstr (a->kind, ==, b->kind);
  g_assert_cmpstr (a->station, ==, b->station);
  g_assert_cmpint (a->issued_at, ==, b->issued_at);
  g_assert_cmpint (a->expires_at, ==, b->expires_at);
  g_assert_cmpmem (a->digest, sizeof a->digest, b->digest, sizeof b->digest);
  g_assert_cmpstr (or_empty (a->surname), ==, or_empty (b->surname));
  g_assert_cmpint (a->birth_year, ==, b->birth_year);
  g_assert_cmpstr (or_empty (a->sex), ==, or_empty (b->sex));
  g_assert_cmpstr (or_empty (a->id_last4), ==, or_empty (b->id_last4));
  g_assert_cmpstr (or_empty (a->destination), ==, or_empty (b->destination));
  g_assert_cmpstr (or_empty (a->answers), ==, or_empty (b->answers));
}

/* Fields that are sealed come back as they were. */
static void
try_made (const char *input)
{
  g_auto (GStrv) lines = g_strsplit (input, "\n", 11);
  char *fields[11] = { NULL };
  GuituSeal content = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituSeal) seal = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    fields[i] = lines[i];
  content.number = fields[0];
  content.kind = fields[1];
  content.station = fields[2];
  content.issued_at = g_ascii_strtoll (or_empty (fields[3]), NULL, 10);
  content.expires_at = g_ascii_strtoll (or_empty (fields[4]), NULL, 10);
  content.surname = fields[5];
  content.birth_year = (int) g_ascii_strtoll (or_empty (fields[6]), NULL, 10);
  content.sex = fields[7];
  content.id_last4 = fields[8];
  content.destination = fields[9];
  content.answers = fields[10];
  memcpy (content.digest, input, MIN (strlen (input), sizeof content.digest));
  text = guitu_seal_make (&content, willing.secret_key, &error);
  if (text == NULL)
    {
      g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_SEAL);
      return;
    }
  seal = guitu_seal_parse (text, &error);
  g_assert_no_error (error);
  g_assert_true (guitu_seal_verify (seal, willing.public_key));
  assert_same_content (seal, &content);
  seal_fuzz_counts.made++;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *input = g_malloc (size + 1);

  set_up ();
  if (size > 0)
    memcpy (input, data, size);
  input[size] = '\0';
  if (g_str_has_prefix (input, SEAL_FUZZ_SIGN))
    try_signed (input + strlen (SEAL_FUZZ_SIGN));
  else if (g_str_has_prefix (input, SEAL_FUZZ_MAKE))
    try_made (input + strlen (SEAL_FUZZ_MAKE));
  else
    try_text (input);
  return 0;
}
