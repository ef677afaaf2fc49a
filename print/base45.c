/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/base45-private.h"

#include <string.h>

#define BASE 45u

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static void
append_digits (GString *text,
               guint value,
               guint n_digits)
{
  for (guint i = 0; i < n_digits; i++, value /= BASE)
    g_string_append_c (text, alphabet[value % BASE]);
}

char *
_guitu_base45_encode (const guint8 *data,
                      gsize length)
{
  GString *text = g_string_sized_new (length / 2 * 3 + 3);
  gsize i;

  for (i = 0; i + 1 < length; i += 2)
    append_digits (text, data[i] * 256u + data[i + 1], 3);
  if (i < length)
    append_digits (text, data[i], 2);
  return g_string_free (text, FALSE);
}

/* The value of up to three digits, least first; G_MAXUINT for a foreign character. */
static guint
read_digits (const char *text,
             gsize n_digits)
{
  guint value = 0;

  for (gsize i = n_digits; i-- > 0;)
    {
      const char *digit = memchr (alphabet, text[i], BASE);

      if (digit == NULL)
        return G_MAXUINT;
      value = value * BASE + (guint) (digit - alphabet);
    }
  return value;
}

GByteArray *
_guitu_base45_decode (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += 3)
    {
      gsize n_digits = MIN (3, length - i);
      guint value = read_digits (text + i, n_digits);
      guint8 pair[2] = { (guint8) (value >> 8), (guint8) value };

      if (n_digits == 1 || value > (n_digits == 3 ? 0xffff : 0xff))
        return NULL;
      g_byte_array_append (bytes, n_digits == 3 ? pair : pair + 1, (guint) n_digits - 1);
    }
  return g_steal_pointer (&bytes);
}
