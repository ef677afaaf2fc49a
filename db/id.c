/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/id.h"

#include <sodium.h>
#include <string.h>

#define TEXT_LENGTH 36

static gboolean
is_dash (gsize position)
{
  return position == 8 || position == 13 || position == 18 || position == 23;
}

char *
guitu_id_new (void)
{
  guint8 bytes[GUITU_ID_BYTES];
  guint64 milliseconds = g_get_real_time () / 1000;

  randombytes_buf (bytes, sizeof bytes);
  for (int i = 0; i < 6; i++)
    bytes[i] = milliseconds >> (8 * (5 - i));
  bytes[6] = 0x70 | (bytes[6] & 0x0f); /* version 7 */
  bytes[8] = 0x80 | (bytes[8] & 0x3f); /* variant of RFC 9562 */
  return guitu_id_from_bytes (bytes);
}

char *
guitu_id_from_words (const guint8 *key,
                     ...)
{
  crypto_generichash_state state;
  guint8 bytes[GUITU_ID_BYTES];
  const char *word;
  va_list words;

  crypto_generichash_init (&state, key, key == NULL ? 0 : 32, sizeof bytes);
  va_start (words, key);
  while ((word = va_arg (words, const char *)) != NULL)
    crypto_generichash_update (&state, (const guint8 *) word, strlen (word) + 1);
  va_end (words);
  crypto_generichash_final (&state, bytes, sizeof bytes);
  bytes[6] = 0x80 | (bytes[6] & 0x0f); /* version 8 */
  bytes[8] = 0x80 | (bytes[8] & 0x3f); /* variant of RFC 9562 */
  return guitu_id_from_bytes (bytes);
}

gboolean
guitu_id_to_bytes (const char *text,
                   guint8 bytes[GUITU_ID_BYTES])
{
  gsize length = strlen (text);
  guint digit = 0;

  if (length != TEXT_LENGTH)
    return FALSE;
  for (gsize i = 0; i < TEXT_LENGTH; i++)
    {
      if (is_dash (i))
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
      if (digit % 2 == 0)
        bytes[digit / 2] = g_ascii_xdigit_value (text[i]) << 4;
      else
        bytes[digit / 2] |= g_ascii_xdigit_value (text[i]);
      digit++;
    }
  return TRUE;
}

char *
guitu_id_from_bytes (const guint8 bytes[GUITU_ID_BYTES])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (TEXT_LENGTH + 1);
  guint digit = 0;

  for (gsize i = 0; i < TEXT_LENGTH; i++)
    {
      if (is_dash (i))
        {
          text[i] = '-';
          continue;
        }
      text[i] = digits[digit % 2 == 0 ? bytes[digit / 2] >> 4 : bytes[digit / 2] & 0x0f];
      digit++;
    }
  text[TEXT_LENGTH] = '\0';
  return text;
}
