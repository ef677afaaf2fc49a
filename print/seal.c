/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Making and reading seals.
 *
 * Strictness comes from one idea: what was read is written again, and has to come out the same
 * byte for byte. So there is no second spelling of a number, an order of keys or a length that
 * would pass, and nothing unknown can ride along.
 */

#include "print/seal.h"

#include <sodium.h>
#include <stddef.h>
#include <string.h>

#include "print/base45-private.h"
#include "print/cbor-private.h"
#include "print/error.h"

#define MAX_TEXT 2048

#define COSE_SIGN1_TAG 18
#define COSE_HEADER_ALG 1
#define COSE_HEADER_KID 4
#define COSE_ALG_EDDSA (-8)

/* Keys of the payload, ascending. */
enum
{
  KEY_NUMBER = 1,
  KEY_KIND = 2,
  KEY_STATION = 3,
  KEY_ISSUED_AT = 5,
  KEY_EXPIRES_AT = 6,
  KEY_DIGEST = 7,
  KEY_SURNAME = 8,
  KEY_BIRTH_YEAR = 9,
  KEY_SEX = 10,
  KEY_ID_LAST4 = 11,
  KEY_DESTINATION = 12,
  KEY_ANSWERS = 13,
};

typedef enum
{
  CLAIM_TEXT,
  CLAIM_TIME,
  CLAIM_YEAR,
  CLAIM_DIGEST,
} ClaimType;

/* One line per key of the payload, in the order in which they are written. */
static const struct
{
  guint key;
  ClaimType type;
  gboolean required;
  gsize max_length;
  gsize offset;
} claims[] = {
  { KEY_NUMBER, CLAIM_TEXT, TRUE, 64, offsetof (GuituSeal, number) },
  { KEY_KIND, CLAIM_TEXT, TRUE, 64, offsetof (GuituSeal, kind) },
  { KEY_STATION, CLAIM_TEXT, TRUE, 32, offsetof (GuituSeal, station) },
  { KEY_ISSUED_AT, CLAIM_TIME, TRUE, 0, offsetof (GuituSeal, issued_at) },
  { KEY_EXPIRES_AT, CLAIM_TIME, FALSE, 0, offsetof (GuituSeal, expires_at) },
  { KEY_DIGEST, CLAIM_DIGEST, TRUE, 0, offsetof (GuituSeal, digest) },
  { KEY_SURNAME, CLAIM_TEXT, FALSE, 64, offsetof (GuituSeal, surname) },
  { KEY_BIRTH_YEAR, CLAIM_YEAR, FALSE, 0, offsetof (GuituSeal, birth_year) },
  { KEY_SEX, CLAIM_TEXT, FALSE, 16, offsetof (GuituSeal, sex) },
  { KEY_ID_LAST4, CLAIM_TEXT, FALSE, 4, offsetof (GuituSeal, id_last4) },
  { KEY_DESTINATION, CLAIM_TEXT, FALSE, 128, offsetof (GuituSeal, destination) },
  { KEY_ANSWERS, CLAIM_TEXT, FALSE, 128, offsetof (GuituSeal, answers) },
};

GuituSeal *
guitu_seal_new (void)
{
  return g_new0 (GuituSeal, 1);
}

void
guitu_seal_free (GuituSeal *seal)
{
  if (seal == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    if (claims[i].type == CLAIM_TEXT)
      g_free (G_STRUCT_MEMBER (char *, seal, claims[i].offset));
  g_free (seal);
}

static gboolean
text_is_proper (const char *text,
                gsize length,
                gsize max_length)
{
  const char *end = text + length;

  if (length == 0 || length > max_length || !g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
claim_is_present (const GuituSeal *seal,
                  gsize i)
{
  switch (claims[i].type)
    {
    case CLAIM_TEXT:
      {
        const char *text = G_STRUCT_MEMBER (char *, seal, claims[i].offset);
        return text != NULL && *text != '\0';
      }
    case CLAIM_TIME:
      return G_STRUCT_MEMBER (gint64, seal, claims[i].offset) != 0;
    case CLAIM_YEAR:
      return G_STRUCT_MEMBER (int, seal, claims[i].offset) != 0;
    case CLAIM_DIGEST:
    default:
      return TRUE;
    }
}

static gboolean
claim_is_proper (const GuituSeal *seal,
                 gsize i)
{
  if (!claim_is_present (seal, i))
    return !claims[i].required;
  if (claims[i].type == CLAIM_TEXT)
    {
      const char *text = G_STRUCT_MEMBER (char *, seal, claims[i].offset);
      return text_is_proper (text, strlen (text), claims[i].max_length);
    }
  if (claims[i].type == CLAIM_YEAR)
    return seal->birth_year > 0 && seal->birth_year < 10000;
  if (claims[i].type == CLAIM_TIME)
    return G_STRUCT_MEMBER (gint64, seal, claims[i].offset) > 0;
  return TRUE;
}

static void
put_claim (GByteArray *out,
           const GuituSeal *seal,
           gsize i)
{
  _guitu_cbor_put_int (out, claims[i].key);
  switch (claims[i].type)
    {
    case CLAIM_TEXT:
      _guitu_cbor_put_text (out, G_STRUCT_MEMBER (char *, seal, claims[i].offset));
      break;
    case CLAIM_TIME:
      _guitu_cbor_put_int (out, G_STRUCT_MEMBER (gint64, seal, claims[i].offset));
      break;
    case CLAIM_YEAR:
      _guitu_cbor_put_int (out, seal->birth_year);
      break;
    case CLAIM_DIGEST:
    default:
      _guitu_cbor_put_bytes (out, seal->digest, GUITU_SEAL_DIGEST_SIZE);
      break;
    }
}

static GByteArray *
write_payload (const GuituSeal *seal)
{
  GByteArray *out = g_byte_array_new ();
  gsize n_claims = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    n_claims += claim_is_present (seal, i) ? 1 : 0;
  _guitu_cbor_put_map (out, n_claims);
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    if (claim_is_present (seal, i))
      put_claim (out, seal, i);
  return out;
}

static GByteArray *
write_protected_header (const guint8 *key_id)
{
  GByteArray *out = g_byte_array_new ();

  _guitu_cbor_put_map (out, 2);
  _guitu_cbor_put_int (out, COSE_HEADER_ALG);
  _guitu_cbor_put_int (out, COSE_ALG_EDDSA);
  _guitu_cbor_put_int (out, COSE_HEADER_KID);
  _guitu_cbor_put_bytes (out, key_id, GUITU_SEAL_KEY_ID_SIZE);
  return out;
}

/* What is signed: the Sig_structure of RFC 9052 §4.4. */
static GByteArray *
write_sig_structure (const GuituSeal *seal,
                     const guint8 *key_id)
{
  g_autoptr (GByteArray) header = write_protected_header (key_id);
  g_autoptr (GByteArray) payload = write_payload (seal);
  GByteArray *out = g_byte_array_new ();

  _guitu_cbor_put_array (out, 4);
  _guitu_cbor_put_text (out, "Signature1");
  _guitu_cbor_put_bytes (out, header->data, header->len);
  _guitu_cbor_put_bytes (out, NULL, 0);
  _guitu_cbor_put_bytes (out, payload->data, payload->len);
  return out;
}

static GByteArray *
write_sign1 (const GuituSeal *seal,
             const guint8 *key_id,
             const guint8 *signature)
{
  g_autoptr (GByteArray) header = write_protected_header (key_id);
  g_autoptr (GByteArray) payload = write_payload (seal);
  GByteArray *out = g_byte_array_new ();

  _guitu_cbor_put_tag (out, COSE_SIGN1_TAG);
  _guitu_cbor_put_array (out, 4);
  _guitu_cbor_put_bytes (out, header->data, header->len);
  _guitu_cbor_put_map (out, 0);
  _guitu_cbor_put_bytes (out, payload->data, payload->len);
  _guitu_cbor_put_bytes (out, signature, GUITU_SEAL_SIGNATURE_SIZE);
  return out;
}

char *
guitu_seal_make (const GuituSeal *content,
                 const guint8 secret_key[64],
                 GError **error)
{
  g_autoptr (GByteArray) to_sign = NULL;
  g_autoptr (GByteArray) sign1 = NULL;
  g_autofree char *body = NULL;
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];
  guint8 signature[GUITU_SEAL_SIGNATURE_SIZE];

  g_return_val_if_fail (content != NULL && secret_key != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    if (!claim_is_proper (content, i))
      {
        g_set_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_SEAL,
                     "Field %u of the seal is missing, too long or not proper text", claims[i].key);
        return NULL;
      }

  crypto_sign_ed25519_sk_to_pk (public_key, secret_key);
  guitu_seal_key_id (public_key, key_id);
  to_sign = write_sig_structure (content, key_id);
  crypto_sign_detached (signature, NULL, to_sign->data, to_sign->len, secret_key);
  sign1 = write_sign1 (content, key_id, signature);
  body = _guitu_base45_encode (sign1->data, sign1->len);
  return g_strconcat (GUITU_SEAL_PREFIX, body, NULL);
}

static gboolean
read_bytes (GuituCborReader *reader,
            guint8 *out,
            gsize length)
{
  if (!_guitu_cbor_next (reader, GUITU_CBOR_BYTES) || reader->value != length)
    return FALSE;
  memcpy (out, reader->string, length);
  return TRUE;
}

static gboolean
read_claim (GuituCborReader *reader,
            GuituSeal *seal,
            gsize i)
{
  if (claims[i].type == CLAIM_DIGEST)
    return read_bytes (reader, seal->digest, GUITU_SEAL_DIGEST_SIZE);
  if (claims[i].type == CLAIM_TEXT)
    {
      char **text = &G_STRUCT_MEMBER (char *, seal, claims[i].offset);

      if (*text != NULL || !_guitu_cbor_next (reader, GUITU_CBOR_TEXT) ||
          !text_is_proper ((const char *) reader->string, reader->value, claims[i].max_length))
        return FALSE;
      *text = g_strndup ((const char *) reader->string, reader->value);
      return TRUE;
    }
  if (!_guitu_cbor_next (reader, GUITU_CBOR_UINT) ||
      reader->value > (claims[i].type == CLAIM_YEAR ? 9999 : (guint64) G_MAXINT64))
    return FALSE;
  if (claims[i].type == CLAIM_YEAR)
    seal->birth_year = (int) reader->value;
  else
    G_STRUCT_MEMBER (gint64, seal, claims[i].offset) = (gint64) reader->value;
  return TRUE;
}

static gboolean
read_payload (GuituCborReader *reader,
              GuituSeal *seal)
{
  guint64 n_claims;

  if (!_guitu_cbor_next (reader, GUITU_CBOR_MAP))
    return FALSE;
  n_claims = reader->value;
  for (gsize i = 0; n_claims > 0 && i < G_N_ELEMENTS (claims); i++)
    {
      GuituCborReader peek = *reader;

      if (!_guitu_cbor_next (&peek, GUITU_CBOR_UINT))
        return FALSE;
      if (peek.value != claims[i].key)
        continue;
      *reader = peek;
      if (!read_claim (reader, seal, i))
        return FALSE;
      n_claims--;
    }
  return n_claims == 0 && reader->left == 0;
}

static gboolean
read_protected_header (GuituCborReader *reader,
                       GuituSeal *seal)
{
  return _guitu_cbor_next (reader, GUITU_CBOR_MAP) && reader->value == 2 &&
         _guitu_cbor_next (reader, GUITU_CBOR_UINT) && reader->value == COSE_HEADER_ALG &&
         _guitu_cbor_next (reader, GUITU_CBOR_NEGATIVE) && reader->value == -1 - COSE_ALG_EDDSA &&
         _guitu_cbor_next (reader, GUITU_CBOR_UINT) && reader->value == COSE_HEADER_KID &&
         read_bytes (reader, seal->key_id, GUITU_SEAL_KEY_ID_SIZE) && reader->left == 0;
}

static gboolean
read_sign1 (const GByteArray *bytes,
            GuituSeal *seal)
{
  GuituCborReader reader = { bytes->data, bytes->len, 0, NULL };
  GuituCborReader inner;

  if (!_guitu_cbor_next (&reader, GUITU_CBOR_TAG) || reader.value != COSE_SIGN1_TAG ||
      !_guitu_cbor_next (&reader, GUITU_CBOR_ARRAY) || reader.value != 4 ||
      !_guitu_cbor_next (&reader, GUITU_CBOR_BYTES))
    return FALSE;
  inner = (GuituCborReader){ reader.string, reader.value, 0, NULL };
  if (!read_protected_header (&inner, seal) ||
      !_guitu_cbor_next (&reader, GUITU_CBOR_MAP) || reader.value != 0 ||
      !_guitu_cbor_next (&reader, GUITU_CBOR_BYTES))
    return FALSE;
  inner = (GuituCborReader){ reader.string, reader.value, 0, NULL };
  return read_payload (&inner, seal) &&
         read_bytes (&reader, seal->signature, GUITU_SEAL_SIGNATURE_SIZE) && reader.left == 0;
}

/* Whether @seal, written again, gives @bytes. */
static gboolean
is_canonical (const GuituSeal *seal,
              const GByteArray *bytes)
{
  g_autoptr (GByteArray) again = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    if (!claim_is_proper (seal, i))
      return FALSE;
  again = write_sign1 (seal, seal->key_id, seal->signature);
  return again->len == bytes->len && memcmp (again->data, bytes->data, bytes->len) == 0;
}

GuituSeal *
guitu_seal_parse (const char *text,
                  GError **error)
{
  g_autoptr (GuituSeal) seal = guitu_seal_new ();
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *body = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  /* The blank is a digit of Base45, but never the last one (its value is beyond what the last digit
   * of a group can be), so blanks at the end are not part of the seal. */
  text += strspn (text, " \t\r\n");
  length = strnlen (text, MAX_TEXT + 1);
  while (length > 0 && strchr (" \t\r\n", text[length - 1]) != NULL)
    length--;
  body = g_strndup (text, length);
  if (length <= MAX_TEXT && g_str_has_prefix (body, GUITU_SEAL_PREFIX))
    bytes = _guitu_base45_decode (body + strlen (GUITU_SEAL_PREFIX));
  if (bytes == NULL || !read_sign1 (bytes, seal) || !is_canonical (seal, bytes))
    {
      g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_SEAL,
                           "This is not a seal, or it has been damaged");
      return NULL;
    }
  return g_steal_pointer (&seal);
}

gboolean
guitu_seal_verify (const GuituSeal *seal,
                   const guint8 public_key[32])
{
  g_autoptr (GByteArray) signed_bytes = NULL;
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];

  g_return_val_if_fail (seal != NULL && public_key != NULL, FALSE);

  guitu_seal_key_id (public_key, key_id);
  if (memcmp (key_id, seal->key_id, sizeof key_id) != 0)
    return FALSE;
  signed_bytes = write_sig_structure (seal, seal->key_id);
  return crypto_sign_verify_detached (seal->signature, signed_bytes->data, signed_bytes->len,
                                      public_key) == 0;
}

void
guitu_seal_key_id (const guint8 public_key[32],
                   guint8 key_id[GUITU_SEAL_KEY_ID_SIZE])
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, public_key, crypto_sign_PUBLICKEYBYTES);
  memcpy (key_id, hash, GUITU_SEAL_KEY_ID_SIZE);
}
