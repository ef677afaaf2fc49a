/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/name-words.h"

#include "db/words-private.h"

#include <string.h>

typedef struct
{
  char *text; /* in which the words lie */
  GPtrArray *lists[GUITU_NAME_WORDS];
} Words;

static const char *const lists[GUITU_NAME_WORDS] = {
  [GUITU_WORDS_LEAD] = "lead",
  [GUITU_WORDS_UNKNOWN] = "unknown",
  [GUITU_WORDS_HEARD] = "heard",
  [GUITU_WORDS_OPEN] = "open",
  [GUITU_WORDS_OPEN_BETWEEN] = "open-between",
  [GUITU_WORDS_BEFORE] = "before",
  [GUITU_WORDS_AFTER] = "after",
  [GUITU_WORDS_ORDER] = "order",
  [GUITU_WORDS_KIN] = "kin",
  [GUITU_WORDS_KIN_LEAD] = "kin-lead",
  [GUITU_WORDS_GIVEN_FREQUENT] = "given-frequent",
  [GUITU_WORDS_GIVEN_COMMON] = "given-common",
};

static void
read_line (char **cells,
           gpointer data)
{
  Words *words = data;
  guint list = 0;

  while (list < GUITU_NAME_WORDS && strcmp (lists[list], cells[0]) != 0)
    list++;
  if (list == GUITU_NAME_WORDS)
    g_error ("names.csv: there is no list %s", cells[0]);
  for (char *word = cells[1], *next; word != NULL; word = next)
    {
      next = strchr (word, '|');
      if (next != NULL)
        *next++ = '\0';
      g_ptr_array_add (words->lists[list], word);
    }
}

static const Words *
get_words (void)
{
  static Words *words;

  if (g_once_init_enter (&words))
    {
      Words *made = g_new0 (Words, 1);

      for (guint i = 0; i < GUITU_NAME_WORDS; i++)
        made->lists[i] = g_ptr_array_new ();
      made->text = _guitu_words_read ("names.csv", 3, read_line, made);
      for (guint i = 0; i < GUITU_NAME_WORDS; i++)
        g_ptr_array_add (made->lists[i], NULL);
      g_once_init_leave (&words, made);
    }
  return words;
}

const char *const *
_guitu_name_words (GuituNameWords list)
{
  return (const char *const *) get_words ()->lists[list]->pdata;
}

gsize
_guitu_name_word_at (GuituNameWords list,
                     const char *text,
                     gsize length)
{
  gsize longest = 0;

  for (const char *const *word = _guitu_name_words (list); *word != NULL; word++)
    {
      gsize size = strlen (*word);

      if (size > longest && size <= length && memcmp (*word, text, size) == 0)
        longest = size;
    }
  return longest;
}

gboolean
_guitu_name_word_is (GuituNameWords list,
                     gunichar character)
{
  for (const char *const *word = _guitu_name_words (list); character != 0 && *word != NULL; word++)
    if (g_utf8_get_char (*word) == character && *g_utf8_next_char (*word) == '\0')
      return TRUE;
  return FALSE;
}

guint
_guitu_name_word_ends (GuituNameWords list,
                       const gunichar *characters,
                       guint n)
{
  guint longest = 0;

  for (const char *const *word = _guitu_name_words (list); *word != NULL; word++)
    {
      guint size = g_utf8_strlen (*word, -1);
      guint same = 0;

      if (size <= longest || size > n)
        continue;
      for (const char *p = *word; *p != '\0' && g_utf8_get_char (p) == characters[n - size + same]; p = g_utf8_next_char (p))
        same++;
      if (same == size)
        longest = size;
    }
  return longest;
}
