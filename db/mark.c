/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/mark.h"

#include "db/words-private.h"

#include <stdlib.h>
#include <string.h>

#define PARTS_MAX 64
#define KINDS_MAX 32
#define WORDS_MAX 512
#define SCAR_ANY 2

typedef enum
{
  LIST_PART,
  LIST_SIDE,
  LIST_KIND,
} List;

typedef struct
{
  const char *text;
  guint8 length;
  guint8 list;
  guint8 code;
  guint16 next; /* the next word with the same third byte, 0 ends */
} Word;

typedef struct
{
  char *text;
  Word words[WORDS_MAX];
  guint n_words;
  guint16 heads[256]; /* words by their third byte, which tells characters apart best */
  guint8 part_groups[PARTS_MAX];
  guint8 kind_groups[KINDS_MAX];
  guint8 part_of_kind[KINDS_MAX]; /* where a kind is when no part is said */
} Marks;

static void
read_line (char **cells,
           gpointer data)
{
  Marks *marks = data;
  guint code = atoi (cells[1]);
  guint group = atoi (cells[2]);
  List list = strcmp (cells[0], "part") == 0 ? LIST_PART : strcmp (cells[0], "side") == 0 ? LIST_SIDE
                                                                                          : LIST_KIND;

  if (strcmp (cells[0], "alone") == 0)
    {
      marks->part_of_kind[code] = group;
      return;
    }
  if (list == LIST_PART)
    marks->part_groups[code] = group;
  else if (list == LIST_KIND)
    marks->kind_groups[code] = group;
  for (const char *word = cells[3]; word != NULL; word = strchr (word, '|') == NULL ? NULL : strchr (word, '|') + 1)
    {
      guint16 *head = &marks->heads[(guint8) word[2]];

      g_assert (marks->n_words + 1 < WORDS_MAX);
      marks->words[++marks->n_words] = (Word){ word, strcspn (word, "|"), list, code, *head };
      *head = marks->n_words;
    }
}

static const Marks *
get_marks (void)
{
  static Marks *marks;

  if (g_once_init_enter (&marks))
    {
      Marks *made = g_new0 (Marks, 1);

      made->text = _guitu_words_read ("marks.csv", 4, read_line, made);
      g_once_init_leave (&marks, made);
    }
  return marks;
}

typedef struct
{
  guint part;
  guint side;
  guint kind;
  gsize length; /* of the longest word that told the kind */
  gsize part_length;
} Clause;

/** The longest word at @text; of the same length, the kind before the side and the part. */
static const Word *
longest_word (const Marks *marks,
              const char *text)
{
  const Word *longest = NULL;

  for (guint i = marks->heads[(guint8) text[2]]; i != 0; i = marks->words[i].next)
    {
      const Word *word = &marks->words[i];

      if ((longest == NULL || word->length > longest->length || (word->length == longest->length && word->list > longest->list)) &&
          strncmp (text, word->text, word->length) == 0)
        longest = word;
    }
  return longest;
}

static void
take_word (Clause *clause,
           const Word *word)
{
  if (word->list == LIST_SIDE)
    clause->side = word->code;
  else if (word->list == LIST_KIND && word->length >= clause->length)
    {
      clause->kind = word->code;
      clause->length = word->length;
    }
  else if (word->list == LIST_PART && word->length >= clause->part_length)
    {
      clause->part = word->code;
      clause->part_length = word->length;
    }
}

/** One clause. Returns: the mark, or 0. */
static GuituMarkId
read_clause (const Marks *marks,
             const char *text,
             gsize length,
             guint *side)
{
  Clause clause = { .side = *side };
  guint32 hash = 2166136261u;

  for (const char *p = text; p < text + length;)
    {
      const Word *word = (guint8) *p >= 0xe0 ? longest_word (marks, p) : NULL;

      if (word != NULL)
        take_word (&clause, word);
      for (const char *end = word != NULL ? p + word->length : g_utf8_next_char (p); p < end; p++)
        hash = (hash ^ (guint8) *p) * 16777619u;
    }
  if (clause.kind == 0)
    return clause.part != 0 || length < 6 ? 0 : GUITU_MARK_WORDS | (hash ^ hash >> 15) % GUITU_MARK_WORDS;
  if (clause.part == 0)
    clause.part = marks->part_of_kind[clause.kind];
  return clause.part | clause.side << 6 | clause.kind << 8;
}

guint
_guitu_marks_read (const char *text,
                   GuituMarkId *found,
                   guint max)
{
  static const char *const ends[] = { "，", "、", "；", "。", ",", ";", "\n", " ", "/", "（", "）", "(", ")" };
  const Marks *marks = get_marks ();
  guint n = 0;

  while (*text != '\0' && n < max)
    {
      const char *end = text + strlen (text);
      gsize skip = 0;
      guint side = 0;
      GuituMarkId mark;

      for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
        {
          const char *at = strstr (text, ends[i]);

          if (at != NULL && at < end)
            {
              end = at;
              skip = strlen (ends[i]);
            }
        }
      mark = read_clause (marks, text, end - text, &side);
      for (guint i = 0; i < n; i++)
        if (found[i] == mark)
          mark = 0;
      if (mark != 0)
        found[n++] = mark;
      text = end + skip;
    }
  return n;
}

/* --- Comparing ------------------------------------------------------------------------------------- */

GuituMarksAlike
_guitu_marks_compare (GuituMarkId ours,
                      GuituMarkId theirs)
{
  const Marks *marks = get_marks ();
  guint our_part = ours & 63, their_part = theirs & 63;
  guint our_side = ours >> 6 & 3, their_side = theirs >> 6 & 3;
  guint our_kind = ours >> 8 & 31, their_kind = theirs >> 8 & 31;
  gboolean is_related;

  if (ours == theirs)
    return our_part == 0 ? GUITU_MARKS_ALIKE : GUITU_MARKS_SAME;
  if (((ours | theirs) & GUITU_MARK_WORDS) != 0)
    return GUITU_MARKS_NOTHING;
  is_related = marks->kind_groups[our_kind] == marks->kind_groups[their_kind];
  if (!is_related)
    return GUITU_MARKS_NOTHING;
  if (our_part == their_part)
    {
      if (our_side == their_side || our_side == 0 || their_side == 0)
        return GUITU_MARKS_ALIKE;
      return our_kind == their_kind ? GUITU_MARKS_SIDE : GUITU_MARKS_NEAR;
    }
  if (our_part == 0 || their_part == 0)
    return our_kind == their_kind || our_kind == SCAR_ANY || their_kind == SCAR_ANY ? GUITU_MARKS_KIND : GUITU_MARKS_NOTHING;
  if (marks->part_groups[our_part] == marks->part_groups[their_part] ||
      (marks->part_groups[our_part] >= 6 && marks->part_groups[our_part] <= 7 && marks->part_groups[their_part] >= 6 && marks->part_groups[their_part] <= 7))
    return GUITU_MARKS_NEAR;
  return GUITU_MARKS_NOTHING;
}
