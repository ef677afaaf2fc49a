/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says whether a person fits what was typed, how well and by what. The lists only propose persons:
 * what is shown was compared here. */

#include "db/reading-private.h"
#include "db/search-private.h"

#include <string.h>

#define NAMES_MAX 8
#define SHORTEST_WITH_MISTAKE 3 /* Han characters */

/** A person's names taken apart. */
typedef struct
{
  const GuituSearchEntry *entry;
  guint n_names;
  guint n_own; /* of the names; the rest are aliases */
  GuituSpelling names[NAMES_MAX];
} Subject;

static void
add_name (Subject *subject,
          const char *normal)
{
  _guitu_spelling_init (&subject->names[subject->n_names], normal);
  if (subject->names[subject->n_names].n_units > 0)
    subject->n_names++;
}

/* Nearly all texts are one name: hundreds are compared for a key stroke. */
static void
add_names (Subject *subject,
           const char *text)
{
  g_autofree char *normal = text == NULL ? NULL : _guitu_search_normalize (text);
  g_auto (GStrv) names = NULL;

  if (normal != NULL && subject->n_names < NAMES_MAX && strpbrk (normal, GUITU_BETWEEN_NAMES) == NULL)
    add_name (subject, normal);
  else if (normal != NULL)
    names = _guitu_search_names (text);
  for (guint i = 0; names != NULL && names[i] != NULL && subject->n_names < NAMES_MAX; i++)
    add_name (subject, names[i]);
}

static void
subject_init (Subject *subject,
              const GuituSearchEntry *entry)
{
  subject->entry = entry;
  subject->n_names = 0;
  add_names (subject, entry->name);
  subject->n_own = subject->n_names;
  add_names (subject, entry->alias);
}

/* --- Names --------------------------------------------------------------------------------------- */

typedef enum
{
  FIT_NONE,
  FIT_START, /* the piece is the start of the unit */
  FIT_FULL,
} Fit;

static Fit
fit_letters (const GuituPiece *piece,
             const GuituSpelling *name,
             guint unit,
             gboolean is_last)
{
  const char *text = piece->unit.text;
  gsize length = strlen (text);
  Fit fit = FIT_NONE;

  for (guint i = 0; i < name->n_readings[unit] && fit != FIT_FULL; i++)
    {
      const char *reading = name->readings[unit][i];

      if (strncmp (reading, text, length) != 0)
        continue;
      if (reading[length] == '\0')
        fit = FIT_FULL;
      else if (piece->kind == GUITU_PIECE_START && (length == 1 || strcmp (text + 1, "h") == 0))
        fit = FIT_FULL; /* an initial stands for the whole syllable */
      else if (is_last)
        fit = FIT_START;
    }
  return fit;
}

/** Goes through words of another script from @unit on. */
static Fit
fit_literal (const char *text,
             const GuituSpelling *name,
             guint *unit,
             gboolean is_last)
{
  for (; *text != '\0'; (*unit)++)
    {
      const char *word = *unit < name->n_units && name->units[*unit].han == 0 ? name->units[*unit].text : "";

      if (*word == '\0')
        return FIT_NONE;
      if (g_str_has_prefix (text, word))
        text += strlen (word);
      else if (is_last && g_str_has_prefix (word, text))
        {
          (*unit)++;
          return FIT_START;
        }
      else
        return FIT_NONE;
    }
  return FIT_FULL;
}

static GuituSearchLevel
fit_cut_at (const GuituCut *cut,
            const GuituSpelling *name,
            guint start)
{
  guint unit = start;
  gboolean is_whole = start == 0;

  for (guint i = 0; i < cut->n_pieces; i++)
    {
      const GuituPiece *piece = &cut->pieces[i];
      gboolean is_last = i + 1 == cut->n_pieces;
      Fit fit;

      if (unit >= name->n_units)
        return GUITU_SEARCH_LEVELS;
      if (piece->kind == GUITU_PIECE_LITERAL)
        fit = fit_literal (piece->unit.text, name, &unit, is_last);
      else if (piece->kind == GUITU_PIECE_HAN)
        fit = piece->unit.han == name->units[unit++].han ? FIT_FULL : FIT_NONE;
      else
        fit = fit_letters (piece, name, unit++, is_last);
      if (fit == FIT_NONE)
        return GUITU_SEARCH_LEVELS;
      is_whole = is_whole && fit == FIT_FULL;
    }
  if (is_whole && unit == name->n_units)
    return GUITU_SEARCH_EXACT;
  return start == 0 ? GUITU_SEARCH_START : GUITU_SEARCH_PART;
}

static GuituSearchLevel
fit_name (const GuituWord *word,
          const GuituSpelling *name)
{
  GuituSearchLevel best = GUITU_SEARCH_LEVELS;

  for (guint i = 0; i < word->cuts->len && best != GUITU_SEARCH_EXACT; i++)
    for (guint start = 0; start < name->n_units && best > GUITU_SEARCH_EXACT + (start > 0 ? GUITU_SEARCH_PART : 0); start++)
      best = MIN (best, fit_cut_at (&g_array_index (word->cuts, GuituCut, i), name, start));
  return best;
}

/* --- Same sound and mistakes --------------------------------------------------------------------- */

static gboolean
is_alike (const GuituPiece *piece,
          const GuituSpelling *name,
          guint unit)
{
  const char *one[] = { piece->unit.text };
  const char *many[GUITU_UNIT_READINGS];
  guint n_readings = piece->kind == GUITU_PIECE_HAN ? _guitu_search_readings (&piece->unit, many) : 1;
  const char *const *readings = piece->kind == GUITU_PIECE_HAN ? many : one;

  if (name->units[unit].han == 0)
    return FALSE;
  for (guint i = 0; i < n_readings; i++)
    for (guint k = 0; k < name->n_readings[unit]; k++)
      if (guitu_reading_confusable (readings[i], name->readings[unit][k]))
        return TRUE;
  return FALSE;
}

static gboolean
has_sounds_only (const GuituCut *cut)
{
  for (guint i = 0; i < cut->n_pieces; i++)
    if (cut->pieces[i].kind != GUITU_PIECE_HAN && cut->pieces[i].kind != GUITU_PIECE_SYLLABLE)
      return FALSE;
  return cut->n_pieces > 0;
}

static gboolean
sounds_alike (const GuituCut *cut,
              const GuituSpelling *name)
{
  for (guint start = 0; start + cut->n_pieces <= name->n_units; start++)
    {
      guint i = 0;

      while (i < cut->n_pieces && is_alike (&cut->pieces[i], name, start + i))
        i++;
      if (i == cut->n_pieces)
        return TRUE;
    }
  return FALSE;
}

static gboolean
fit_sound (const GuituWord *word,
           const GuituSpelling *name)
{
  for (guint i = 0; i < word->cuts->len; i++)
    {
      const GuituCut *cut = &g_array_index (word->cuts, GuituCut, i);

      if (has_sounds_only (cut) && sounds_alike (cut, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_same (const GuituCut *cut,
         guint piece,
         const GuituSpelling *name,
         guint unit)
{
  return name->units[unit].han != 0 && name->units[unit].han == cut->pieces[piece].unit.han;
}

/** One character wrong, missing or too many, or two neighbours swapped. */
static gboolean
fit_wrong_character (const GuituCut *cut,
                     const GuituSpelling *name)
{
  guint typed = cut->n_pieces;
  guint ours = name->n_units;
  guint head = 0;
  guint tail = 0;

  if (MAX (typed, ours) < SHORTEST_WITH_MISTAKE || typed < 2)
    return FALSE;
  for (guint i = 0; i < typed; i++)
    if (cut->pieces[i].kind != GUITU_PIECE_HAN)
      return FALSE;
  while (head < typed && head < ours && is_same (cut, head, name, head))
    head++;
  while (tail < typed - head && tail < ours - head && is_same (cut, typed - 1 - tail, name, ours - 1 - tail))
    tail++;
  typed -= head + tail;
  ours -= head + tail;
  if (typed == 2 && ours == 2)
    return is_same (cut, head, name, head + 1) && is_same (cut, head + 1, name, head);
  return typed <= 1 && ours <= 1 && typed + ours > 0;
}

static gboolean
fit_mistake (const GuituSearchQuery *query,
             const GuituSpelling *name)
{
  gsize length = query->letters == NULL ? 0 : strlen (query->letters);
  g_autoptr (GString) sound = NULL;

  if (query->joined.cuts->len == 1 && fit_wrong_character (&g_array_index (query->joined.cuts, GuituCut, 0), name))
    return TRUE;
  if (length < GUITU_SHORTEST_SOUND || length > GUITU_LONGEST_SOUND)
    return FALSE;
  sound = g_string_new (NULL);
  for (guint start = 0; start == 0 || start + 1 < name->n_units; start++)
    for (guint way = 0; way < _guitu_spelling_ways (name, start, GUITU_WAYS_MAX); way++)
      {
        g_string_truncate (sound, 0);
        _guitu_spelling_write (name, start, way, sound, NULL);
        if (_guitu_search_is_one_mistake (query->letters, length, sound->str, sound->len))
          return TRUE;
      }
  return FALSE;
}

/* --- Numbers ------------------------------------------------------------------------------------- */

static GuituSearchLevel
fit_number (const char *typed,
            const char *text)
{
  char number[GUITU_NUMBER_SIZE];
  gsize length = _guitu_search_number (text, number);

  if (length < GUITU_SHORTEST_NUMBER || !g_str_has_prefix (number, typed))
    return GUITU_SEARCH_LEVELS;
  return number[strlen (typed)] == '\0' ? GUITU_SEARCH_EXACT : GUITU_SEARCH_START;
}

static gboolean
is_tail_of_id (const char *typed,
               const char *text)
{
  char number[GUITU_NUMBER_SIZE];
  gsize length = _guitu_search_number (text, number);

  return strlen (typed) == GUITU_TAIL_LENGTH && length >= 2 * GUITU_TAIL_LENGTH &&
         strcmp (number + length - GUITU_TAIL_LENGTH, typed) == 0;
}

static gboolean
is_tail_of_phone (const char *typed,
                  const char *text)
{
  g_autofree char *normal = text == NULL || strlen (typed) < GUITU_TAIL_LENGTH ? NULL : _guitu_search_normalize (text);
  g_auto (GStrv) phones = normal == NULL ? NULL : g_strsplit_set (normal, ",;/|\n", -1);
  char number[GUITU_NUMBER_SIZE];

  for (guint i = 0; phones != NULL && phones[i] != NULL; i++)
    {
      _guitu_search_number (phones[i], number);
      if (g_str_has_suffix (number, typed))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_day (const char *typed,
        const GuituSearchEntry *entry)
{
  char number[GUITU_NUMBER_SIZE];

  if (strlen (typed) != GUITU_DAY_LENGTH)
    return FALSE;
  if (entry->birth_from != NULL && g_strcmp0 (entry->birth_from, entry->birth_to) == 0 &&
      _guitu_search_number (entry->birth_from, number) == GUITU_DAY_LENGTH && strcmp (number, typed) == 0)
    return TRUE;
  return _guitu_search_number (entry->id_number, number) == 18 && strncmp (number + 6, typed, GUITU_DAY_LENGTH) == 0;
}

static GuituSearchLevel
fit_numbers (const char *typed,
             const GuituSearchEntry *entry,
             GuituSearchReason *reason)
{
  GuituSearchLevel id = fit_number (typed, entry->id_number);
  GuituSearchLevel national = fit_number (typed, entry->national_number);

  reason->way = "tail";
  reason->field = "id_number";
  if (id > GUITU_SEARCH_EXACT && is_tail_of_id (typed, entry->id_number))
    return GUITU_SEARCH_EXACT;
  reason->field = "phone";
  if (MIN (id, national) > GUITU_SEARCH_EXACT && is_tail_of_phone (typed, entry->phone))
    return GUITU_SEARCH_EXACT;
  reason->way = "exact";
  reason->field = "birth_from";
  if (MIN (id, national) > GUITU_SEARCH_EXACT && is_day (typed, entry))
    return GUITU_SEARCH_EXACT;
  reason->field = national < id ? "national_number" : "id_number";
  if (MIN (id, national) > GUITU_SEARCH_EXACT)
    reason->way = "start";
  return MIN (id, national);
}

/* --- All of it ----------------------------------------------------------------------------------- */

static const char *const ways[GUITU_SEARCH_LEVELS] = {
  [GUITU_SEARCH_EXACT] = "exact",
  [GUITU_SEARCH_START] = "start",
  [GUITU_SEARCH_PART] = "part",
};

/** The best that the word is of the person, and by what. */
static GuituSearchLevel
fit_word (const GuituWord *word,
          const Subject *subject,
          GuituSearchReason *reason)
{
  GuituSearchLevel best = GUITU_SEARCH_LEVELS;

  if (word->number != NULL)
    best = fit_numbers (word->number, subject->entry, reason);
  for (guint i = 0; i < subject->n_names && best != GUITU_SEARCH_EXACT; i++)
    {
      GuituSearchLevel level = fit_name (word, &subject->names[i]);

      if (level >= best)
        continue;
      best = level;
      reason->field = i < subject->n_own ? "name" : "alias";
      reason->way = ways[level];
    }
  return best;
}

static GuituSearchLevel
fit_words (const GuituSearchQuery *query,
           const Subject *subject,
           GuituSearchHit *hit)
{
  GuituSearchLevel level = GUITU_SEARCH_WORDS;

  hit->n_reasons = 0;
  for (guint i = 0; i < query->words->len; i++)
    {
      GuituSearchLevel fit = fit_word (&g_array_index (query->words, GuituWord, i), subject, &hit->reasons[i]);

      if (fit == GUITU_SEARCH_LEVELS)
        return fit;
      if (i == 0 && fit > GUITU_SEARCH_START)
        level = GUITU_SEARCH_WORDS_PART;
    }
  hit->n_reasons = query->words->len;
  return level;
}

static GuituSearchLevel
fit_tolerantly (GuituSearchQuery *query,
                const Subject *subject,
                GuituSearchLevel level,
                GuituSearchReason *reason)
{
  for (guint i = 0; i < subject->n_names; i++)
    {
      reason->field = i < subject->n_own ? "name" : "alias";
      reason->way = "sound";
      if (fit_sound (&query->joined, &subject->names[i]))
        return GUITU_SEARCH_SOUND;
    }
  for (guint i = 0; i < subject->n_names && level >= GUITU_SEARCH_MISTAKE; i++)
    {
      reason->field = i < subject->n_own ? "name" : "alias";
      reason->way = "mistake";
      if (fit_mistake (query, &subject->names[i]))
        return GUITU_SEARCH_MISTAKE;
    }
  return GUITU_SEARCH_LEVELS;
}

gboolean
_guitu_search_fit (GuituSearchQuery *query,
                   const GuituSearchEntry *entry,
                   GuituSearchLevel level,
                   GuituSearchHit *hit)
{
  Subject subject;

  if (entry->is_voided)
    return FALSE;
  subject_init (&subject, entry);
  *hit = (GuituSearchHit){ .row = entry->row, .level = GUITU_SEARCH_LEVELS, .n_reasons = 1 };
  if (query->is_joined)
    hit->level = fit_word (&query->joined, &subject, &hit->reasons[0]);
  else if (query->words->len == 1)
    hit->level = fit_word (&g_array_index (query->words, GuituWord, 0), &subject, &hit->reasons[0]);
  if (hit->level > level && level >= GUITU_SEARCH_WORDS && query->words->len > 1)
    hit->level = fit_words (query, &subject, hit);
  if (hit->level > level && level >= GUITU_SEARCH_SOUND && query->is_joined)
    {
      hit->n_reasons = 1;
      hit->level = fit_tolerantly (query, &subject, level, &hit->reasons[0]);
    }
  return hit->level <= level;
}
