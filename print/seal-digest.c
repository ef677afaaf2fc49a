/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The fingerprint of what a paper prints.
 *
 * Somebody else types from the paper what we sealed, with another input method: what the eye can't
 * tell apart there must not count. seal.h says which these differences are.
 */

#include "print/seal.h"

#include <sodium.h>
#include <string.h>

#include "print/cbor-private.h"
#include "print/form-private.h"

/* Signs that are typed for one another, after NFKC. */
static const struct
{
  gunichar first;
  gunichar last;
  gunichar as;
} alike[] = {
  { 0x2010, 0x2015, '-' },
  { 0x2212, 0x2212, '-' },
  { 0x2018, 0x201b, '\'' },
  { 0x201c, 0x201f, '"' },
  { 0x2022, 0x2022, 0xb7 }, /* in names of minorities */
  { 0x2027, 0x2027, 0xb7 },
  { 0x30fb, 0x30fb, 0xb7 },
  { 0x3001, 0x3001, ',' },
  { 0x3002, 0x3002, '.' },
  { 0x301c, 0x301c, '~' },
};

static gunichar
common_form (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
    if (character >= alike[i].first && character <= alike[i].last)
      return alike[i].as;
  return character < 0x80 ? (gunichar) g_ascii_toupper ((char) character) : character;
}

static gboolean
is_word (gunichar character)
{
  return character < 0x80 && g_ascii_isalnum ((char) character);
}

char *
guitu_seal_canonical (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString *out = g_string_new (NULL);
  gunichar last = 0;
  gboolean is_apart = FALSE;

  for (const char *at = normal != NULL ? normal : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character))
        {
          is_apart = TRUE;
          continue;
        }
      character = common_form (character);
      if (is_apart && is_word (last) && is_word (character))
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, character);
      last = character;
      is_apart = FALSE;
    }
  return g_string_free (out, FALSE);
}

gboolean
guitu_seal_counts (const char *key)
{
  return strcmp (key, "ledger.head") != 0 && !g_str_has_prefix (key, "form.");
}

/* RFC 8949 §4.2.1: by the bytes of the encoded key, so the shorter text comes first. */
static gint
compare_keys (gconstpointer a,
              gconstpointer b)
{
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);

  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;
  return strcmp (a, b);
}

void
guitu_seal_digest (const GuituFormValues *values,
                   guint8 digest[GUITU_SEAL_DIGEST_SIZE])
{
  g_autoptr (GList) keys = g_list_sort (_guitu_form_values_keys (values), compare_keys);
  g_autoptr (GByteArray) pairs = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 hash[crypto_hash_sha256_BYTES];
  gsize n_pairs = 0;

  for (GList *link = keys; link != NULL; link = link->next)
    {
      g_autofree char *text = guitu_seal_canonical (guitu_form_values_get (values, link->data));

      if (text[0] == '\0' || !guitu_seal_counts (link->data))
        continue;
      _guitu_cbor_put_text (pairs, link->data);
      _guitu_cbor_put_text (pairs, text);
      n_pairs++;
    }
  _guitu_cbor_put_map (out, n_pairs);
  g_byte_array_append (out, pairs->data, pairs->len);
  crypto_hash_sha256 (hash, out->data, out->len);
  memcpy (digest, hash, GUITU_SEAL_DIGEST_SIZE);
}
