/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as people write and say them: several in one field, with notes, nicknames, only a surname, or a sentence. */

#include "db/match-features.h"

#include "db/name-words.h"
#include "db/reading.h"

#include <string.h>

static gboolean
is_han (gunichar character)
{
  return character >= 0x3400 && (character <= 0x9fff || (character >= 0x20000 && character <= 0x3ffff));
}

/** Whether @n characters tell no more than which child of the family it is: the 二 of 二妹, the 妹 of 小妹. */
static gboolean
is_order (const gunichar *characters,
          guint n)
{
  for (guint i = 0; i < n; i++)
    if (!_guitu_name_word_is (GUITU_WORDS_ORDER, characters[i]) && !_guitu_name_word_is (GUITU_WORDS_AFTER, characters[i]))
      return FALSE;
  return TRUE;
}

/** Where the part of a nickname lies that may be of the real name: 小英 and 英子 1, 老王 and 姓王 the surname. */
static void
find_core (GuituNameFeature *name,
           const gunichar *characters)
{
  guint n = name->n_units;
  guint after = n < 2 || n > 4 || name->is_words ? 0 : _guitu_name_word_ends (GUITU_WORDS_AFTER, characters, n);
  gboolean is_called_before = n >= 2 && _guitu_name_word_is (GUITU_WORDS_BEFORE, characters[0]);

  if (n < 2 || n > 4 || name->is_words || (n == 4 && after < 2) || (n == 2 && after > 1))
    return;
  if (after >= 2 && after < n)
    {
      name->core = is_called_before && after + 1 < n ? 1 : 0; /* 小王师傅 */
      name->n_core = n - after - name->core;
    }
  else if (is_called_before)
    {
      name->core = 1;
      name->n_core = n - 1;
    }
  else if (after == 1)
    name->n_core = n == 3 && characters[1] == characters[2] ? 1 : n - 1;
  else if (n == 2 && characters[0] == characters[1])
    name->n_core = 1;
  if (name->n_core > 0 && n < 4 && after < 2 && is_order (&characters[name->core], name->n_core))
    {
      name->core = 0; /* the whole of it, or nothing */
      name->n_core = n;
    }
}

/** Whether @at stands for a character that nobody could read or wanted to write: 王某英, 王x英, 王*英. */
static gboolean
is_left_open (const char *plain,
              const char *at)
{
  gunichar character = g_utf8_get_char (at);

  if (at == plain || !is_han (g_utf8_get_char (g_utf8_prev_char (at))))
    return FALSE;
  return _guitu_name_word_is (GUITU_WORDS_OPEN, character) ||
         (_guitu_name_word_is (GUITU_WORDS_OPEN_BETWEEN, character) && is_han (g_utf8_get_char (g_utf8_next_char (at))));
}

/** Takes Han characters and words of other scripts apart. */
static void
split_name (const char *plain,
            GuituNameFeature *name)
{
  gunichar characters[GUITU_NAME_UNITS] = { 0 };
  char word[48];
  gsize length = 0;

  for (const char *p = plain;; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character != 0 && is_left_open (plain, p))
        continue;
      if (!is_han (character) && g_unichar_isalnum (character))
        {
          gsize size = g_utf8_next_char (p) - p;

          if (length + size < sizeof word)
            {
              memcpy (word + length, p, size);
              length += size;
            }
          continue;
        }
      if (length > 0 && name->n_units < GUITU_NAME_UNITS)
        {
          word[length] = '\0';
          name->units[name->n_units++] = _guitu_unit_of_word (word);
          name->is_words = TRUE;
          length = 0;
        }
      if (is_han (character) && name->n_units < GUITU_NAME_UNITS)
        {
          GuituUnitId unit = _guitu_unit_of_han (character);
          char text[7] = { 0 };

          g_unichar_to_utf8 (character, text);
          characters[name->n_units] = character;
          name->units[name->n_units++] = unit != GUITU_UNIT_NONE ? unit : _guitu_unit_of_word (text);
        }
      if (character == 0)
        break;
    }
  find_core (name, characters);
}

static void
add_name (GuituFeatures *features,
          const GuituNameFeature *name)
{
  for (guint i = 0; i < features->n_names; i++)
    if (features->names[i].n_units == name->n_units && memcmp (features->names[i].units, name->units, sizeof name->units) == 0)
      return;
  if (name->n_units > 0 && features->n_names < GUITU_FEATURE_NAMES)
    features->names[features->n_names++] = *name;
}

/** A name that is pinyin. Returns: whether it is. */
static gboolean
add_heard (GuituFeatures *features,
           const char *text,
           const char *shown,
           gboolean is_alias)
{
  GuituNameFeature name = { .is_alias = is_alias, .is_heard = TRUE, .surname = 1, .text = shown };

  name.n_units = _guitu_pinyin_parse (text, name.units, GUITU_NAME_UNITS);
  if (name.n_units < 2)
    return FALSE;
  add_name (features, &name);
  return TRUE;
}

/** One name; @plain: without accents and so on. */
static void
read_one (GuituFeatures *features,
          const char *plain,
          const char *shown,
          gboolean is_alias,
          gboolean is_heard)
{
  GuituNameFeature name = { .is_alias = is_alias, .is_heard = is_heard, .text = shown };

  if (plain[0] == '\0' || _guitu_name_word_at (GUITU_WORDS_UNKNOWN, plain, strlen (plain)) > 0)
    return;
  split_name (plain, &name);
  if (name.is_words)
    add_heard (features, plain, shown, is_alias);
  else
    name.surname = guitu_reading_surname_length (plain);
  add_name (features, &name);
}

/** Whether a name is told with the remark that its sound alone is known: 王秀英（音）, 谐音王秀英. */
static gboolean
is_said_heard (const char *plain)
{
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = _guitu_name_word_at (GUITU_WORDS_HEARD, p, strlen (p));

      if (length > 0 && (g_utf8_next_char (p) < p + length || (p > plain && p[-1] == '(')))
        return TRUE;
    }
  return FALSE;
}

void
_guitu_names_read (GuituFeatures *features,
                   const char *text,
                   gboolean is_alias)
{
  g_autofree char *plain = text == NULL ? NULL : _guitu_text_plain (text);
  g_auto (GStrv) halves = NULL;
  gboolean is_heard = plain != NULL && is_said_heard (plain);

  if (plain == NULL)
    return;
  halves = g_strsplit (plain, "、", -1);
  for (guint k = 0; halves[k] != NULL; k++)
    {
      g_auto (GStrv) names = g_strsplit_set (halves[k], ",;/|()[]\n\"", -1);

      for (guint i = 0; names[i] != NULL; i++)
        if (_guitu_name_word_at (GUITU_WORDS_HEARD, names[i], strlen (names[i])) == 0)
          read_one (features, g_strstrip (names[i]), text, is_alias || i > 0 || k > 0, is_heard);
    }
}

/* --- What was said --------------------------------------------------------------------------------- */

static const char *
skip_lead (const char *text)
{
  for (const char *const *word = _guitu_name_words (GUITU_WORDS_LEAD); *word != NULL; word++)
    {
      const char *at = strstr (text, *word);

      if (at != NULL)
        return at + strlen (*word);
    }
  return text;
}

static gsize
han_length (const char *text)
{
  const char *p = text;

  while (is_han (g_utf8_get_char (p)) || g_utf8_get_char (p) == 0xb7)
    p = g_utf8_next_char (p);
  return p - text;
}

/** The name in a sentence such as “我叫王秀英（音）”, or @text itself when it is short. */
static char *
name_in_words (const char *text)
{
  g_autofree char *plain = _guitu_text_plain (text);
  const char *at = skip_lead (plain);
  const char *surname = strstr (plain, "姓");
  gsize length;

  while (*at != '\0' && !is_han (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  if (at == plain && surname != NULL)
    at = surname; /* 姓王: a surname alone, which is a nickname to us */
  length = han_length (at);
  if (length == 0 || length > 8 * 3)
    return NULL;
  if (length > 4 * 3 && memchr (at, 0xc2, length) == NULL)
    return NULL;
  return g_strndup (at, length);
}

void
_guitu_names_hear (GuituFeatures *features,
                   const GuituMatchStatement *statement)
{
  g_autofree char *name = statement->text == NULL ? NULL : name_in_words (statement->text);
  gboolean has_sound = statement->sound != NULL && add_heard (features, statement->sound, statement->sound, FALSE);

  if (name != NULL)
    read_one (features, name, statement->text, FALSE, TRUE); /* the characters are the clerk's */
  else if (!has_sound && statement->text != NULL)
    add_heard (features, statement->text, statement->text, FALSE);
}

/* --- Kin ------------------------------------------------------------------------------------------- */

#define SHORTEST_KIN 6 /* two characters, in bytes */
#define LONGEST_KIN 12

/** The word for kin with which @text begins, with the child it is (大女儿). Returns: its length, 0 for none. */
static gsize
kin_word_at (const char *text,
             gsize length)
{
  gsize order = _guitu_name_word_at (GUITU_WORDS_ORDER, text, length);
  gsize kin = _guitu_name_word_at (GUITU_WORDS_KIN, text, length);
  gsize after = order == 0 ? 0 : _guitu_name_word_at (GUITU_WORDS_KIN, text + order, length - order);

  return kin == 0 && after > strlen ("妹") ? order + after : kin; /* 二妹 is what somebody is called */
}

/** @at after a word for kin and what leads to a name, of which @rest is left; 0 where no name is told. */
static const char *
skip_kin (const char *at,
          gsize length,
          gsize *rest)
{
  const char *start = at;
  const char *end = at + length;
  gsize kin = kin_word_at (at, length);

  *rest = 0;
  if (kin == length)
    return end; /* who it is, and no name */
  if (kin + SHORTEST_KIN <= length)
    at += kin;
  for (const char *const *lead = _guitu_name_words (GUITU_WORDS_KIN_LEAD); *lead != NULL; lead++)
    {
      const char *found = g_strstr_len (start, length, *lead);

      if (found != NULL && end - found - (gssize) strlen (*lead) >= SHORTEST_KIN)
        {
          at = found + strlen (*lead);
          break;
        }
    }
  *rest = end - at;
  return at;
}

/** Whether @text is made of words for kin alone: those before it or after it have the names. */
static gboolean
is_kin_alone (const char *text,
              gsize length)
{
  while (length > 0)
    {
      gsize kin = kin_word_at (text, length);

      if (kin == 0)
        return FALSE;
      text += kin;
      length -= kin;
    }
  return TRUE;
}

/** Whether the word before @text is one for kin in somebody's own speech, which the brackets at @text explain: 赖子（儿子）叫阿强. */
static gboolean
is_explained (const char *text)
{
  gsize length = *text == '(' ? han_length (text + 1) : 0;
  const char *after = text + 1 + length;

  return length > 0 && *after == ')' && is_kin_alone (text + 1, length) &&
         _guitu_name_word_at (GUITU_WORDS_KIN_LEAD, after + 1, strlen (after + 1)) > 0;
}

/** After a remark with which @text begins, that tells how it was said: （手势）. */
static const char *
skip_remark (const char *text)
{
  const char *end = NULL;

  if (g_str_has_prefix (text, "（") || *text == '(')
    end = strstr (text, *text == '(' ? ")" : "）");
  return end == NULL ? text : g_utf8_next_char (end);
}

void
_guitu_kin_read (GuituFeatures *features,
                 const char *text)
{
  g_autofree char *plain = _guitu_text_plain (skip_remark (text));

  for (const char *p = plain; *p != '\0' && features->n_kin < GUITU_FEATURE_KIN;)
    {
      gsize length = han_length (p), rest = 0;
      const char *name = length == 0 ? p : skip_kin (p, length, &rest);

      if (length == 0)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      if (rest >= SHORTEST_KIN && rest <= LONGEST_KIN && !is_kin_alone (name, rest) && !is_explained (p + length))
        {
          g_autofree char *own = g_strndup (name, rest);
          GuituNameFeature *kin = &features->kin[features->n_kin];

          *kin = (GuituNameFeature){ .text = text };
          split_name (own, kin);
          kin->surname = guitu_reading_surname_length (own);
          features->n_kin += kin->n_units >= 2;
        }
      p += length;
    }
}
