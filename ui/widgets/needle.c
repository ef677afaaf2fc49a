/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/needle.h"

#include <string.h>

char *
guitu_needle_new (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  return g_utf8_casefold (text, -1);
}

gboolean
guitu_needle_is_in (const char *needle, const char *words)
{
  g_autofree char *folded = NULL;

  if (needle == NULL || *needle == '\0')
    return TRUE;
  folded = g_utf8_casefold (words, -1);
  return strstr (folded, needle) != NULL;
}
