/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which lists to read for what was typed. A plan names everybody who fits at its level, and a few who
 * do not: of the lists that must all have a person, long ones are not read when few persons are left. */

#include "db/reading-private.h"
#include "db/search-plan-private.h"

#include <string.h>

#define SYLLABLES_MAX 14 /* that a piece at the end may become; with more, its initial is looked for */
#define PAIRS_MAX 24     /* readings of two neighbours */
#define ALIKE_MAX 16

/* --- Names --------------------------------------------------------------------------------------- */

/** The sounds that a piece can have. Returns: how many, 0 where there are too many or it says the initial only. */
static guint
sounds_of (const GuituPiece *piece,
           gboolean is_last,
           const char *sounds[SYLLABLES_MAX])
{
  guint n_syllables;
  const char *const *syllables;
  guint n_sounds = 0;

  if (piece->kind == GUITU_PIECE_HAN)
    return _guitu_search_readings (&piece->unit, sounds);
  if (piece->kind == GUITU_PIECE_SYLLABLE && !is_last)
    {
      sounds[0] = piece->unit.text;
      return 1;
    }
  if (piece->unit.text[1] == '\0')
    return 0;
  syllables = _guitu_reading_syllables (&n_syllables);
  for (guint i = 0; i < n_syllables; i++)
    {
      if (!g_str_has_prefix (syllables[i], piece->unit.text))
        continue;
      if (n_sounds == SYLLABLES_MAX)
        return 0;
      sounds[n_sounds++] = syllables[i];
    }
  return n_sounds;
}

/** The initials that a piece can have. Returns: how many. */
static guint
initials_of (const GuituPiece *piece,
             char initials[GUITU_UNIT_READINGS][GUITU_SYLLABLE_SIZE])
{
  const char *readings[GUITU_UNIT_READINGS];
  guint n_readings = 1;
  guint n_initials = 0;

  readings[0] = piece->unit.text;
  if (piece->kind == GUITU_PIECE_HAN)
    n_readings = _guitu_search_readings (&piece->unit, readings);
  for (guint i = 0; i < n_readings; i++)
    {
      guint k = 0;

      memset (initials[n_initials], 0, GUITU_SYLLABLE_SIZE);
      g_unichar_to_utf8 (g_utf8_get_char (readings[i]), initials[n_initials]);
      while (strcmp (initials[k], initials[n_initials]) != 0)
        k++;
      if (k == n_initials)
        n_initials++;
    }
  return n_initials;
}

static GuituPlan *
plan_of_pair (GuituSearchLists *lists,
              const GuituCut *cut,
              guint position,
              guint further)
{
  const GuituPiece *pieces = cut->pieces + position;
  char initials[2][GUITU_UNIT_READINGS][GUITU_SYLLABLE_SIZE];
  const char *sounds[2][SYLLABLES_MAX];
  guint n_sounds[2], n_initials[2];
  GuituPlan *plan;

  if (pieces[0].kind == GUITU_PIECE_HAN && pieces[1].kind == GUITU_PIECE_HAN)
    return _guitu_plan_of_list (lists, GUITU_KEY_PAIR + further, pieces[0].unit.text, pieces[1].unit.text);
  if (pieces[0].kind == GUITU_PIECE_LITERAL || pieces[1].kind == GUITU_PIECE_LITERAL)
    return NULL;
  plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);
  for (guint i = 0; i < 2; i++)
    {
      n_sounds[i] = sounds_of (&pieces[i], position + i + 1 == cut->n_pieces, sounds[i]);
      n_initials[i] = initials_of (&pieces[i], initials[i]);
    }
  if (n_sounds[0] * n_sounds[1] > PAIRS_MAX)
    n_sounds[1] = 0;
  for (guint i = 0; i < n_sounds[0]; i++)
    {
      for (guint k = 0; k < n_sounds[1]; k++)
        _guitu_plan_add_list (plan, lists, GUITU_KEY_PAIR_SOUND + further, sounds[0][i], sounds[1][k]);
      for (guint k = 0; k < n_initials[1] && n_sounds[1] == 0; k++)
        _guitu_plan_add_list (plan, lists, GUITU_KEY_PAIR_START + further, sounds[0][i], initials[1][k]);
    }
  for (guint i = 0; i < n_initials[0] && n_sounds[0] == 0; i++)
    for (guint k = 0; k < n_initials[1]; k++)
      _guitu_plan_add_list (plan, lists, GUITU_KEY_PAIR_INITIALS + further, initials[0][i], initials[1][k]);
  return _guitu_plan_simplify (plan);
}

static GuituPlan *
plan_of_unit (GuituSearchLists *lists,
              const GuituPiece *piece,
              gboolean is_first)
{
  guint kind = is_first ? GUITU_KEY_FIRST : GUITU_KEY_FURTHER;
  g_autofree char *start = NULL;

  if (piece->kind != GUITU_PIECE_LITERAL)
    return _guitu_plan_of_list (lists, kind, piece->unit.text, NULL);
  start = g_utf8_substring (piece->unit.text, 0, MIN (GUITU_LONGEST_WORD_KEY, g_utf8_strlen (piece->unit.text, -1)));
  return _guitu_plan_of_list (lists, is_first ? GUITU_KEY_FIRST_WORD : GUITU_KEY_FURTHER_WORD, start, NULL);
}

typedef struct
{
  guint n_pieces[3]; /* of the kinds Han, syllable and start */
  gboolean has_literal;
} Kinds;

static Kinds
kinds_of (const GuituCut *cut)
{
  Kinds kinds = { 0 };

  for (guint i = 0; i < cut->n_pieces; i++)
    if (cut->pieces[i].kind == GUITU_PIECE_LITERAL)
      kinds.has_literal = TRUE;
    else
      kinds.n_pieces[cut->pieces[i].kind]++;
  return kinds;
}

/** Whether the pairs of the piece say all that its own list does. */
static gboolean
is_in_pair (const GuituCut *cut,
            guint position)
{
  GuituPieceKind kind = cut->pieces[position].kind;

  if (kind == GUITU_PIECE_LITERAL || cut->n_pieces == 1)
    return FALSE;
  if (kind == GUITU_PIECE_START)
    return cut->pieces[position].unit.text[1] == '\0';
  if (position > 0 && (cut->pieces[position - 1].kind == kind || (kind == GUITU_PIECE_SYLLABLE && cut->pieces[position - 1].kind == GUITU_PIECE_HAN)))
    return TRUE;
  return position + 1 < cut->n_pieces &&
         (cut->pieces[position + 1].kind == kind ||
          (kind == GUITU_PIECE_SYLLABLE && cut->pieces[position + 1].kind < GUITU_PIECE_LITERAL));
}

/** Who has the pieces in a row, at the beginning of a name or further on. */
static GuituPlan *
plan_of_cut (GuituSearchLists *lists,
             const GuituCut *cut,
             gboolean is_first)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_COMMON);

  for (guint i = 0; i + 1 < cut->n_pieces; i++)
    _guitu_plan_add (plan, plan_of_pair (lists, cut, i, is_first && i == 0 ? 0 : GUITU_KEY_FURTHER_PAIRS));
  for (guint i = 0; i + 2 < cut->n_pieces; i++) /* two characters say more than a sound between them */
    if (cut->pieces[i].kind == GUITU_PIECE_HAN && cut->pieces[i + 2].kind == GUITU_PIECE_HAN &&
        (cut->pieces[i + 1].kind == GUITU_PIECE_SYLLABLE || cut->pieces[i + 1].kind == GUITU_PIECE_START))
      _guitu_plan_add (plan, _guitu_plan_of_list (lists, GUITU_KEY_GAP, cut->pieces[i].unit.text, cut->pieces[i + 2].unit.text));
  for (guint i = 0; i < cut->n_pieces; i++)
    if (!is_in_pair (cut, i))
      _guitu_plan_add (plan, plan_of_unit (lists, &cut->pieces[i], is_first && i == 0));
  return _guitu_plan_choose (lists, plan);
}

/** All ways to write the sounds or initials of a whole name. */
static GuituPlan *
plan_of_whole (GuituSearchLists *lists,
               const GuituCut *cut,
               guint kind)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);
  GuituSpelling spelling = { .n_units = cut->n_pieces };

  for (guint i = 0; i < cut->n_pieces; i++)
    {
      spelling.units[i] = cut->pieces[i].unit;
      spelling.n_readings[i] = 1;
      spelling.readings[i][0] = spelling.units[i].text;
      if (cut->pieces[i].kind == GUITU_PIECE_HAN)
        spelling.n_readings[i] = _guitu_search_readings (&spelling.units[i], spelling.readings[i]);
    }
  for (guint way = 0; way < _guitu_spelling_ways (&spelling, 0, GUITU_WAYS_MAX); way++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gboolean is_sound = kind == GUITU_KEY_WHOLE_SOUND;

      _guitu_spelling_write (&spelling, 0, way, is_sound ? text : NULL, is_sound ? NULL : text);
      _guitu_plan_add_list (plan, lists, kind, text->str, NULL);
    }
  return _guitu_plan_simplify (plan);
}

/** Whether somebody can have the piece as a whole: "zh" stands for a syllable, "zha" for the start of one. */
static gboolean
is_complete (const GuituPiece *piece)
{
  const char *text = piece->unit.text;

  return piece->kind != GUITU_PIECE_START || text[1] == '\0' || strcmp (text + 1, "h") == 0;
}

/** Those of the pieces of which the sounds or initials of a whole name do not say all. */
static void
add_units (GuituPlan *plan,
           GuituSearchLists *lists,
           const GuituCut *cut)
{
  for (guint i = 0; i < cut->n_pieces; i++)
    if (cut->pieces[i].kind == GUITU_PIECE_HAN || (cut->pieces[i].kind == GUITU_PIECE_START && cut->pieces[i].unit.text[1] != '\0'))
      _guitu_plan_add (plan, plan_of_unit (lists, &cut->pieces[i], i == 0));
}

/** Whose whole name it is. */
static GuituPlan *
plan_exactly (GuituSearchLists *lists,
              const GuituCut *cut)
{
  Kinds kinds = kinds_of (cut);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean has_initials = kinds.n_pieces[GUITU_PIECE_START] > 0;
  GuituPlan *plan;

  if (!is_complete (&cut->pieces[cut->n_pieces - 1]))
    return NULL;
  if (kinds.n_pieces[GUITU_PIECE_SYLLABLE] == 0 && !has_initials)
    {
      for (guint i = 0; i < cut->n_pieces; i++)
        g_string_append (text, cut->pieces[i].unit.text);
      return _guitu_plan_of_list (lists, GUITU_KEY_WHOLE, text->str, NULL);
    }
  if (kinds.has_literal)
    return NULL;
  plan = _guitu_plan_of_parts (GUITU_PLAN_COMMON);
  _guitu_plan_add (plan, plan_of_whole (lists, cut, has_initials ? GUITU_KEY_WHOLE_INITIALS : GUITU_KEY_WHOLE_SOUND));
  if (has_initials && kinds.n_pieces[GUITU_PIECE_START] < cut->n_pieces)
    _guitu_plan_add (plan, plan_of_cut (lists, cut, TRUE));
  else
    add_units (plan, lists, cut);
  return _guitu_plan_choose (lists, plan);
}

/* --- Numbers ------------------------------------------------------------------------------------- */

static GuituPlan *
plan_of_number (GuituSearchLists *lists,
                const char *number)
{
  g_autofree char *start = g_strndup (number, GUITU_LONGEST_NUMBER_KEY);

  return _guitu_plan_of_list (lists, GUITU_KEY_NUMBER, start, NULL);
}

static void
add_ends (GuituPlan *plan,
          GuituSearchLists *lists,
          const char *number)
{
  gsize length = strlen (number);

  _guitu_plan_add_list (plan, lists, GUITU_KEY_WHOLE_NUMBER, number, NULL);
  if (length == GUITU_TAIL_LENGTH)
    _guitu_plan_add_list (plan, lists, GUITU_KEY_TAIL, number, NULL);
  if (length >= GUITU_TAIL_LENGTH)
    _guitu_plan_add_list (plan, lists, GUITU_KEY_PHONE, number + length - MIN (length, GUITU_LONGEST_PHONE_KEY), NULL);
  if (length == GUITU_DAY_LENGTH)
    _guitu_plan_add_list (plan, lists, GUITU_KEY_DAY, number, NULL);
}

/* --- Words --------------------------------------------------------------------------------------- */

/** Who has the word at @level or, with @or_better, at a better one. */
static GuituPlan *
plan_of_word (GuituSearchLists *lists,
              const GuituWord *word,
              GuituSearchLevel level,
              gboolean or_better)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);

  if (word->number != NULL && (or_better || level == GUITU_SEARCH_EXACT))
    add_ends (plan, lists, word->number);
  if (word->number != NULL && (or_better || level == GUITU_SEARCH_START || strlen (word->number) > GUITU_LONGEST_NUMBER_KEY))
    _guitu_plan_add (plan, plan_of_number (lists, word->number));
  for (guint i = 0; i < word->cuts->len; i++)
    {
      const GuituCut *cut = &g_array_index (word->cuts, GuituCut, i);

      if (level == GUITU_SEARCH_EXACT)
        _guitu_plan_add (plan, plan_exactly (lists, cut));
      if (level == GUITU_SEARCH_START || (or_better && level == GUITU_SEARCH_PART))
        _guitu_plan_add (plan, plan_of_cut (lists, cut, TRUE));
      if (level == GUITU_SEARCH_PART)
        _guitu_plan_add (plan, plan_of_cut (lists, cut, FALSE));
    }
  return _guitu_plan_simplify (plan);
}

static GuituPlan *
plan_of_words (GuituSearchLists *lists,
               const GuituSearchQuery *query,
               GuituSearchLevel level)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_COMMON);

  if (query->words->len < 2)
    return _guitu_plan_simplify (plan);
  for (guint i = 0; i < query->words->len; i++)
    {
      gboolean at_start = i == 0 && level == GUITU_SEARCH_WORDS;
      gboolean or_better = i > 0 || at_start; /* who starts with the first word was looked for before */
      GuituPlan *part = plan_of_word (lists, &g_array_index (query->words, GuituWord, i),
                                      at_start ? GUITU_SEARCH_START : GUITU_SEARCH_PART, or_better);

      if (part == NULL)
        {
          _guitu_plan_free (plan);
          return NULL;
        }
      _guitu_plan_add (plan, part);
    }
  return _guitu_plan_choose (lists, plan);
}

/* --- Tolerance ----------------------------------------------------------------------------------- */

static GuituPlan *
plan_of_alike (GuituSearchLists *lists,
               const GuituPiece *piece)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);
  const char *sounds[SYLLABLES_MAX];
  const char *alike[ALIKE_MAX];
  guint n_sounds = sounds_of (piece, FALSE, sounds);

  for (guint i = 0; i < n_sounds; i++)
    {
      guint n_alike = _guitu_reading_alike (sounds[i], alike, ALIKE_MAX - 1);

      alike[n_alike++] = sounds[i];
      for (guint k = 0; k < n_alike; k++)
        {
          _guitu_plan_add_list (plan, lists, GUITU_KEY_FIRST, alike[k], NULL);
          _guitu_plan_add_list (plan, lists, GUITU_KEY_FURTHER, alike[k], NULL);
        }
    }
  return _guitu_plan_simplify (plan);
}

static GuituPlan *
plan_of_dialect_pair (GuituSearchLists *lists,
                      const GuituPiece *pieces)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);
  const char *first[SYLLABLES_MAX], *second[SYLLABLES_MAX];
  guint n_first = sounds_of (&pieces[0], FALSE, first);
  guint n_second = sounds_of (&pieces[1], FALSE, second);

  for (guint i = 0; i < n_first; i++)
    for (guint k = 0; k < n_second; k++)
      {
        char keys[2][GUITU_SYLLABLE_SIZE];

        _guitu_reading_fold (first[i], keys[0]);
        _guitu_reading_fold (second[k], keys[1]);
        _guitu_plan_add_list (plan, lists, GUITU_KEY_DIALECT, keys[0], keys[1]);
      }
  return _guitu_plan_simplify (plan);
}

static GuituPlan *
plan_of_sound (GuituSearchLists *lists,
               const GuituWord *word)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);

  for (guint i = 0; i < word->cuts->len; i++)
    {
      const GuituCut *cut = &g_array_index (word->cuts, GuituCut, i);
      Kinds kinds = kinds_of (cut);
      GuituPlan *common;

      if (kinds.has_literal || kinds.n_pieces[GUITU_PIECE_START] > 0)
        continue;
      if (cut->n_pieces == 1)
        {
          _guitu_plan_add (plan, plan_of_alike (lists, &cut->pieces[0]));
          continue;
        }
      common = _guitu_plan_of_parts (GUITU_PLAN_COMMON);
      for (guint k = 0; k + 1 < cut->n_pieces; k++)
        _guitu_plan_add (common, plan_of_dialect_pair (lists, cut->pieces + k));
      _guitu_plan_add (plan, _guitu_plan_choose (lists, common));
    }
  return _guitu_plan_simplify (plan);
}

/** The characters @position and the one after it, or with @is_gap the one after that, next to each other or apart. */
static void
add_neighbours (GuituPlan *plan,
                GuituSearchLists *lists,
                const GuituCut *cut,
                guint position,
                gboolean is_gap)
{
  guint kind = is_gap ? GUITU_KEY_GAP : position == 0 ? GUITU_KEY_PAIR
                                                      : GUITU_KEY_PAIR + GUITU_KEY_FURTHER_PAIRS;

  _guitu_plan_add (plan, _guitu_plan_of_list (lists, kind, cut->pieces[position].unit.text, cut->pieces[position + (is_gap ? 2 : 1)].unit.text));
}

/** All neighbours but those of the character @wrong, of which another one stands in the place. */
static GuituPlan *
plan_around (GuituSearchLists *lists,
             const GuituCut *cut,
             guint wrong)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_COMMON);

  for (guint i = 0; i + 1 < cut->n_pieces; i++)
    if (i != wrong && i + 1 != wrong)
      add_neighbours (plan, lists, cut, i, FALSE);
  if (wrong > 0 && wrong + 1 < cut->n_pieces)
    add_neighbours (plan, lists, cut, wrong - 1, TRUE);
  return _guitu_plan_choose (lists, plan);
}

/** All neighbours, but a character that was not typed is between @position and the one after it. */
static GuituPlan *
plan_between (GuituSearchLists *lists,
              const GuituCut *cut,
              guint position)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_COMMON);

  for (guint i = 0; i + 1 < cut->n_pieces; i++)
    if (i != position)
      add_neighbours (plan, lists, cut, i, FALSE);
  _guitu_plan_add (plan, _guitu_plan_of_list (lists, GUITU_KEY_GAP, cut->pieces[position].unit.text, cut->pieces[position + 1].unit.text));
  return _guitu_plan_choose (lists, plan);
}

/** Who bears the name of these characters without the one at @left_out, with those at @swapped and after it swapped. */
static GuituPlan *
plan_of_changed (GuituSearchLists *lists,
                 const GuituCut *cut,
                 guint left_out,
                 guint swapped)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < cut->n_pieces; i++)
    {
      guint from = i == swapped ? i + 1 : i > 0 && i - 1 == swapped ? i - 1
                                                                    : i;

      if (i != left_out)
        g_string_append (name, cut->pieces[from].unit.text);
    }
  return _guitu_plan_of_list (lists, GUITU_KEY_WHOLE, name->str, NULL);
}

/** A character wrong, left out, too many or swapped with the next. A name that goes on, or starts before, fits at a better level. */
static void
add_wrong_characters (GuituPlan *plan,
                      GuituSearchLists *lists,
                      const GuituCut *cut)
{
  guint n = cut->n_pieces;

  if (kinds_of (cut).n_pieces[GUITU_PIECE_HAN] < n || n < 2)
    return;
  for (guint i = 0; i + 1 < n; i++)
    if (n == 2 || (i > 0 && i + 2 < n)) /* the outer ones are among those around a wrong character */
      _guitu_plan_add (plan, plan_between (lists, cut, i));
  for (guint i = 0; n > 2 && i < n; i++)
    {
      _guitu_plan_add (plan, plan_around (lists, cut, i));
      _guitu_plan_add (plan, plan_of_changed (lists, cut, i, n));
      if (i + 1 < n)
        _guitu_plan_add (plan, plan_of_changed (lists, cut, n, i));
    }
}

static GuituPlan *
plan_of_mistakes (GuituSearchLists *lists,
                  GuituSearchQuery *query)
{
  GuituPlan *plan = _guitu_plan_of_parts (GUITU_PLAN_UNION);
  g_autoptr (GArray) keys = NULL;

  if (query->joined.cuts->len == 1)
    add_wrong_characters (plan, lists, &g_array_index (query->joined.cuts, GuituCut, 0));
  if (query->letters == NULL)
    return _guitu_plan_simplify (plan);
  keys = _guitu_search_mistakes (lists, query->letters);
  for (guint i = 0; i < keys->len; i++)
    _guitu_plan_add (plan, _guitu_plan_of_key (lists, g_array_index (keys, guint64, i)));
  return _guitu_plan_simplify (plan);
}

GuituPlan *
_guitu_plan_new (GuituSearchLists *lists,
                 GuituSearchQuery *query,
                 GuituSearchLevel level)
{
  const GuituWord *word = query->is_joined ? &query->joined : &g_array_index (query->words, GuituWord, 0);

  if (query->words->len == 0)
    return NULL;
  if (level <= GUITU_SEARCH_PART && (query->is_joined || query->words->len == 1))
    return plan_of_word (lists, word, level, FALSE);
  if (level == GUITU_SEARCH_WORDS || level == GUITU_SEARCH_WORDS_PART)
    return plan_of_words (lists, query, level);
  if (level == GUITU_SEARCH_SOUND && query->is_joined)
    return plan_of_sound (lists, &query->joined);
  return level == GUITU_SEARCH_MISTAKE && query->is_joined ? plan_of_mistakes (lists, query) : NULL;
}
