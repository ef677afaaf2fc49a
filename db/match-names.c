/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as people write and say them: several in one field, with notes, nicknames, only a surname, or a sentence. */

#include "db/match-features.h"

#include "db/reading.h"

#include <string.h>

static gboolean
is_han (gunichar character)
{
  return character >= 0x3400 && (character <= 0x9fff || (character >= 0x20000 && character <= 0x3ffff));
}

static gboolean
is_one_of (gunichar character,
           const char *characters)
{
  return g_utf8_strchr (characters, -1, character) != NULL;
}

/** Whether the two characters call somebody after their name (王师傅) and are no part of it. */
static gboolean
is_title (const gunichar characters[2])
{
  static const char *const titles[] = { "师傅", "师父", "大爷", "大妈", "大娘", "大叔", "大婶", "大姐", "大哥", "大嫂", "老师", "先生", "女士", "同志", "阿姨", "老板", "奶奶", "爷爷", "老头", "老太" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_utf8_get_char (titles[i]) == characters[0] && g_utf8_get_char (g_utf8_next_char (titles[i])) == characters[1])
      return TRUE;
  return FALSE;
}

/** Where the part of a nickname lies that may be of the real name: 小英 and 英子 1, 老王 and 姓王 the surname. */
static void
find_core (GuituNameFeature *name,
           const gunichar *characters)
{
  guint n = name->n_units;

  if (n < 2 || n > 4 || name->is_words)
    return;
  if (n >= 3 && is_title (&characters[n - 2]))
    {
      name->core = 0;
      name->n_core = n - 2;
      return;
    }
  if (n > 3)
    return;
  if (is_one_of (characters[0], "小阿老大姓幺"))
    {
      name->core = 1;
      name->n_core = n - 1;
    }
  else if (is_one_of (characters[n - 1], "某氏娃子儿仔伢哥姐妹叔婶嫂爷婆姨伯狗头"))
    {
      name->core = 0;
      name->n_core = n == 3 && characters[1] == characters[2] ? 1 : n - 1;
    }
  else if (n == 2 && characters[0] == characters[1])
    name->n_core = 1;
}

/** Whether @at stands for a character that nobody could read or wanted to write: 王某英, 王x英, 王*英. */
static gboolean
is_left_open (const char *plain,
              const char *at)
{
  gboolean after_han = at > plain && is_han (g_utf8_get_char (g_utf8_prev_char (at)));
  gboolean before_han = is_han (g_utf8_get_char (g_utf8_next_char (at)));

  return after_han && is_one_of (g_utf8_get_char (at), before_han ? "某x×*?□○〇" : "x×*?□○〇");
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

  if (plain[0] == '\0' || g_str_has_prefix (plain, "无名") || strcmp (plain, "不详") == 0 || strcmp (plain, "未知") == 0)
    return;
  split_name (plain, &name);
  if (name.is_words)
    add_heard (features, plain, shown, is_alias);
  else
    name.surname = guitu_reading_surname_length (plain);
  add_name (features, &name);
}

void
_guitu_names_read (GuituFeatures *features,
                   const char *text,
                   gboolean is_alias)
{
  g_autofree char *plain = text == NULL ? NULL : _guitu_text_plain (text);
  g_auto (GStrv) halves = NULL;
  gboolean is_heard = plain != NULL && (strstr (plain, "(音") != NULL || strstr (plain, "谐音") != NULL || strstr (plain, "同音") != NULL);

  if (plain == NULL)
    return;
  halves = g_strsplit (plain, "、", -1);
  for (guint k = 0; halves[k] != NULL; k++)
    {
      g_auto (GStrv) names = g_strsplit_set (halves[k], ",;/|()[]\n\"", -1);

      for (guint i = 0; names[i] != NULL; i++)
        if (!g_str_has_prefix (names[i], "音") && strcmp (names[i], "谐音") != 0 && strcmp (names[i], "同音") != 0)
          read_one (features, g_strstrip (names[i]), text, is_alias || i > 0 || k > 0, is_heard);
    }
}

/* --- What was said --------------------------------------------------------------------------------- */

static const char *
skip_words (const char *text,
            const char *const words[])
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *at = strstr (text, words[i]);

      if (at != NULL)
        return at + strlen (words[i]);
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
  static const char *const leads[] = { "名字叫", "名字是", "名叫", "叫做", "我叫", "他叫", "她叫", "叫作", "本名", "自称是", "自称", "叫", "名字", "我是", "姓名", NULL };
  g_autofree char *plain = _guitu_text_plain (text);
  const char *at = skip_words (plain, leads);
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

static const char *const kin_words[] = {
  "母亲", "父亲", "妈妈", "爸爸", "哥哥", "姐姐", "弟弟", "妹妹", "丈夫", "妻子", "老公", "老婆", "儿子", "女儿", "叔叔", "婶婶", "姑姑", "舅舅",
  "爷爷", "奶奶", "外公", "外婆", "侄子", "侄女", "女婿", "儿媳", "大哥", "二哥", "三哥", "大姐", "二姐", "三姐", "堂兄", "表哥", "表弟", "堂弟",
  "邻居", "朋友", "同乡", "村长", "监护人", "联系人", "亲属", "孙子", "姐夫", "妹夫", "嫂子", "伯父", "大伯", "父", "母", "兄", "弟", "姐", "妹",
  "夫", "妻", "子", "女", "儿", "哥", "爸", "妈", "舅", "姑", "叔", NULL
};

/** @at after a word for kin and what leads to a name, of which @rest is left; 0 where no name is told. */
static const char *
skip_kin (const char *at,
          gsize length,
          gsize *rest)
{
  static const char *const leads[] = { "的名字叫", "名字叫", "名叫", "叫做", "叫", "是", "名", NULL };
  const char *start = at;
  const char *end = at + length;

  *rest = 0;
  for (guint i = 0; kin_words[i] != NULL; i++)
    if (g_str_has_prefix (at, kin_words[i]) && strlen (kin_words[i]) + 6 <= length)
      {
        at += strlen (kin_words[i]);
        break;
      }
    else if (g_str_has_prefix (at, kin_words[i]) && strlen (kin_words[i]) == length)
      return end; /* who it is, and no name */
  for (guint i = 0; leads[i] != NULL; i++)
    {
      const char *found = g_strstr_len (start, length, leads[i]);

      if (found != NULL && end - found - (gssize) strlen (leads[i]) >= 6)
        {
          at = found + strlen (leads[i]);
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
      guint i = 0;

      while (kin_words[i] != NULL && (strlen (kin_words[i]) > length || !g_str_has_prefix (text, kin_words[i])))
        i++;
      if (kin_words[i] == NULL)
        return FALSE;
      text += strlen (kin_words[i]);
      length -= strlen (kin_words[i]);
    }
  return TRUE;
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
      if (rest >= 6 && rest <= 12 && !is_kin_alone (name, rest))
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
