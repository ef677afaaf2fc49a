/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libFuzzer changes characters; of every four changes three are made to the bytes behind the Base45,
 * which it would hardly ever hit. */

#include <string.h>

#include "print/base45-private.h"
#include "seal-fuzz.h"

#define MAX_BYTES 1400

/* What stands before the Base45 of an input; NULL when it has none. */
static const char *
find_prefix (const char *text)
{
  static const char *const prefixes[] = { SEAL_FUZZ_TEXT, SEAL_FUZZ_SIGN };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (text, prefixes[i]))
      return prefixes[i];
  return NULL;
}

size_t
LLVMFuzzerCustomMutator (uint8_t *data,
                         size_t size,
                         size_t max_size,
                         unsigned int seed)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *prefix = find_prefix (text);
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *body = NULL;
  g_autofree char *changed = NULL;
  gsize n_bytes;

  if (prefix != NULL && seed % 4 != 0)
    bytes = _guitu_base45_decode (g_strchomp (text) + strlen (prefix));
  if (bytes == NULL || bytes->len > MAX_BYTES)
    return LLVMFuzzerMutate (data, size, max_size);
  n_bytes = bytes->len;
  g_byte_array_set_size (bytes, MAX_BYTES);
  n_bytes = LLVMFuzzerMutate (bytes->data, n_bytes, MAX_BYTES);
  body = _guitu_base45_encode (bytes->data, n_bytes);
  changed = g_strconcat (prefix, body, NULL);
  if (strlen (changed) > max_size)
    return LLVMFuzzerMutate (data, size, max_size);
  memcpy (data, changed, strlen (changed));
  return strlen (changed);
}
