/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/money.h"

#include <string.h>

#define FEN_OF_YUAN 100

gboolean
guitu_money_is (const GuituField *field)
{
  return field->type == GUITU_FIELD_INTEGER && g_str_has_suffix (field->name, "_fen");
}

char *
guitu_money_words (gint64 fen)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / FEN_OF_YUAN, (int) (fen % FEN_OF_YUAN));
}

gboolean
guitu_money_parse (const char *text, gint64 *fen)
{
  g_autoptr (GRegex) shape = g_regex_new ("^\\s*[¥￥]?\\s*([0-9]{1,12})(?:\\.([0-9]{1,2}))?\\s*元?\\s*$", 0, 0, NULL);
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL); /* full-width digits too */
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *yuan = NULL;
  g_autofree char *rest = NULL;

  if (plain == NULL || !g_regex_match (shape, plain, 0, &match))
    return FALSE;
  yuan = g_match_info_fetch (match, 1);
  rest = g_match_info_fetch (match, 2);
  *fen = g_ascii_strtoll (yuan, NULL, 10) * FEN_OF_YUAN;
  if (rest != NULL && *rest != '\0')
    *fen += g_ascii_strtoll (rest, NULL, 10) * (strlen (rest) == 1 ? 10 : 1);
  return TRUE;
}
