/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what was typed: words, and how each can be cut into Han characters, syllables and initials.
 *
 * Letters are cut into as few pieces as possible ("wangxy": wang x y), also in several ways ("fangan":
 * fang an, fan gan); besides, into one piece more where all are syllables ("xian": xi an), and short
 * ones into initials only ("wan": w a n). */

#include "db/reading-private.h"
#include "db/search-private.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_TYPED 256  /* bytes */
#define LONGEST_INITIALS 3 /* in other ways than syllables, where they are syllables too */
#define PHONE_LENGTH 11    /* of a mobile telephone */
#define LONGEST_SYLLABLE (GUITU_SYLLABLE_SIZE - 2)

/* --- Cutting letters ----------------------------------------------------------------------------- */

typedef struct
{
  const char *letters;
  gsize length;
  gboolean is_last;                 /* they end what was typed */
  guint least[GUITU_UNIT_SIZE + 1]; /* pieces that the letters from there on need; G_MAXUINT where there is no way */
  GuituCut cut;
  guint limit;
  gboolean only_initials;
  GArray *cuts;
} Cutter;

/** lü and nü, also as passports write them. */
static gboolean
is_passport_spelling (const char *text,
                      gsize length)
{
  return length == 3 && (text[0] == 'l' || text[0] == 'n') && text[1] == 'y' && text[2] == 'u';
}

/** What the letters at @position of that number are. Returns: whether they are a piece. */
static gboolean
is_piece (const Cutter *cutter,
          gsize position,
          gsize length,
          GuituPieceKind *kind)
{
  const char *text = cutter->letters + position;

  *kind = GUITU_PIECE_SYLLABLE;
  if (length > 1 && !cutter->only_initials &&
      (_guitu_reading_is_syllable (text, length) || is_passport_spelling (text, length)))
    return TRUE;
  *kind = GUITU_PIECE_START;
  if (length == 1)
    return strchr ("iuv", text[0]) == NULL && g_ascii_islower (text[0]);
  if (length == 2 && text[1] == 'h' && strchr ("zcs", text[0]) != NULL)
    return TRUE;
  return !cutter->only_initials && cutter->is_last && position + length == cutter->length &&
         _guitu_reading_starts_syllable (text, length);
}

static void
find_least (Cutter *cutter)
{
  GuituPieceKind kind;

  cutter->least[cutter->length] = 0;
  for (gsize i = cutter->length; i-- > 0;)
    {
      cutter->least[i] = G_MAXUINT;
      for (gsize n = 1; n <= LONGEST_SYLLABLE && i + n <= cutter->length; n++)
        if (is_piece (cutter, i, n, &kind) && cutter->least[i + n] != G_MAXUINT)
          cutter->least[i] = MIN (cutter->least[i], cutter->least[i + n] + 1);
    }
}

static void
cut_from (Cutter *cutter,
          gsize position,
          gboolean has_initial)
{
  guint n_pieces = cutter->cut.n_pieces;

  if (cutter->cuts->len == GUITU_READINGS_OF_TYPED)
    return;
  if (position == cutter->length)
    {
      if (n_pieces == cutter->limit && (!has_initial || cutter->only_initials || n_pieces == cutter->least[0]))
        g_array_append_val (cutter->cuts, cutter->cut);
      return;
    }
  for (gsize n = MIN (LONGEST_SYLLABLE, cutter->length - position); n > 0; n--)
    {
      GuituPiece *piece = &cutter->cut.pieces[n_pieces];
      GuituPieceKind kind;

      if (cutter->least[position + n] == G_MAXUINT || n_pieces + 1 + cutter->least[position + n] > cutter->limit ||
          !is_piece (cutter, position, n, &kind))
        continue;
      *piece = (GuituPiece){ .kind = kind };
      memcpy (piece->unit.text, cutter->letters + position, n);
      if (is_passport_spelling (piece->unit.text, n))
        strcpy (piece->unit.text + 1, "v");
      cutter->cut.n_pieces = n_pieces + 1;
      cut_from (cutter, position + n,
                has_initial || (kind == GUITU_PIECE_START && (n == 1 || position + n < cutter->length)));
      cutter->cut.n_pieces = n_pieces;
    }
}

static void
cut_with (Cutter *cutter,
          guint more)
{
  find_least (cutter);
  if (cutter->least[0] > GUITU_PIECES_MAX - 1)
    return;
  cutter->limit = cutter->least[0] + more;
  cut_from (cutter, 0, FALSE);
}

/** Returns: (transfer full): the ways to cut a run of letters (GuituCut). */
static GArray *
cut_letters (const char *letters,
             gboolean is_last)
{
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (GuituCut));
  Cutter cutter = { .letters = letters, .length = strlen (letters), .is_last = is_last, .cuts = cuts };
  GuituCut literal = { .n_pieces = 1, .pieces = { { .kind = GUITU_PIECE_LITERAL } } };

  g_strlcpy (literal.pieces[0].unit.text, letters, GUITU_UNIT_SIZE);
  if (cutter.length < GUITU_UNIT_SIZE && g_ascii_islower (letters[0]))
    {
      cut_with (&cutter, 0);
      if (cutter.limit > 0)
        {
          cut_with (&cutter, 1);
          if (cutter.length > 1 && cutter.length <= LONGEST_INITIALS && cutter.least[0] < cutter.length)
            {
              cutter.only_initials = TRUE;
              cut_with (&cutter, 0);
            }
        }
    }
  if (cutter.length > 1 || cuts->len == 0)
    g_array_append_val (cuts, literal);
  return cuts;
}

/** Makes of each cut in @cuts as many as @further has, each followed by one of those. */
static GArray *
append_cuts (GArray *cuts,
             const GArray *further)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (GuituCut));

  for (guint k = 0; k < further->len; k++)
    for (guint i = 0; i < cuts->len && result->len < GUITU_READINGS_OF_TYPED; i++)
      {
        GuituCut cut = g_array_index (cuts, GuituCut, i);
        const GuituCut *more = &g_array_index (further, GuituCut, k);

        if (cut.n_pieces + more->n_pieces > GUITU_PIECES_MAX)
          continue;
        memcpy (cut.pieces + cut.n_pieces, more->pieces, more->n_pieces * sizeof *more->pieces);
        cut.n_pieces += more->n_pieces;
        g_array_append_val (result, cut);
      }
  g_array_unref (cuts);
  return result;
}

/** Returns: (transfer full): the ways to cut @name (GuituCut). */
static GArray *
cut_name (const char *name)
{
  GArray *cuts = g_array_new (FALSE, TRUE, sizeof (GuituCut));
  GuituUnit units[GUITU_UNITS_MAX];
  guint n_units = _guitu_search_split (name, units);

  g_array_set_size (cuts, n_units > 0);
  for (guint i = 0; i < n_units; i++)
    {
      GuituCut han = { .n_pieces = 1, .pieces = { { .kind = GUITU_PIECE_HAN, .unit = units[i] } } };
      g_autoptr (GArray) further = NULL;

      if (units[i].han != 0)
        {
          further = g_array_new (FALSE, FALSE, sizeof (GuituCut));
          g_array_append_val (further, han);
        }
      else
        further = cut_letters (units[i].text, i + 1 == n_units);
      cuts = append_cuts (cuts, further);
    }
  return cuts;
}

/* --- Words --------------------------------------------------------------------------------------- */

static void
clear_word (gpointer data)
{
  GuituWord *word = data;

  g_free (word->typed);
  g_free (word->name);
  g_free (word->number);
  g_clear_pointer (&word->cuts, g_array_unref);
}

static gboolean
is_han_text (const char *text)
{
  return g_utf8_get_char (text) >= 0x2e80 && guitu_reading_find (g_utf8_get_char (text), FALSE)[0] != NULL;
}

/** Copies @text without the digits 1 to 5 that stand alone after a letter: the tones of pinyin. */
static char *
without_tones (const char *text)
{
  GString *result = g_string_new (NULL);

  for (gsize i = 0; text[i] != '\0'; i++)
    if (text[i] < '1' || text[i] > '5' || i == 0 || !g_ascii_isalpha (text[i - 1]) || g_ascii_isdigit (text[i + 1]))
      g_string_append_c (result, text[i]);
  return g_string_free (result, FALSE);
}

/** Whether @text has digits, and besides them ASCII letters only. */
static gboolean
is_number (const char *text)
{
  gboolean has_digit = FALSE;

  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isalnum (*text))
        return FALSE;
      has_digit = has_digit || g_ascii_isdigit (*text);
    }
  return has_digit;
}

static void
add_word (GArray *words,
          const char *text)
{
  GuituWord word = { 0 };

  if (words->len == GUITU_SEARCH_WORDS_MAX)
    return;
  word.typed = g_strdup (text);
  if (is_number (text) && strlen (text) >= GUITU_SHORTEST_NUMBER && strlen (text) < GUITU_NUMBER_SIZE)
    word.number = g_strdup (text);
  word.name = without_tones (text);
  if (is_number (word.name) && word.number != NULL)
    g_clear_pointer (&word.name, g_free);
  word.cuts = word.name == NULL ? g_array_new (FALSE, FALSE, sizeof (GuituCut)) : cut_name (word.name);
  g_array_append_val (words, word);
}

/** Adds the words of @text; a number of two or more digits right after a Han character is a word. */
static void
add_words (GArray *words,
           const char *text)
{
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gboolean cuts = p > text && g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]) &&
                      is_han_text (g_utf8_prev_char (p));

      if (word->len > 0 && (cuts || g_unichar_isspace (character) || strchr (",;/|()[]-", *p) != NULL))
        {
          add_word (words, word->str);
          g_string_truncate (word, 0);
        }
      if (*p == '\0')
        return;
      if (g_unichar_isalnum (character))
        g_string_append_unichar (word, character);
    }
}

/** A day as people write it, "1963-5-12", "1963年5月12日": as records have it, without what is between. Returns: NULL where it is none. */
static char *
written_day (const char *text)
{
  guint year, month, day;
  int length = 0;
  const char *rest;

  if (sscanf (text, "%4u%*1[-./]%2u%*1[-./]%2u%n", &year, &month, &day, &length) < 3 &&
      sscanf (text, "%4u年%2u月%2u%n", &year, &month, &day, &length) < 3)
    return NULL;
  rest = text + length;
  if (year < 1000 || (*rest != '\0' && strcmp (rest, "日") != 0 && strcmp (rest, "号") != 0))
    return NULL;
  return g_strdup_printf ("%04u%02u%02u", year, month, day);
}

/** Takes China's prefix from a number that is dialled from abroad, or copied from a telephone. */
static void
drop_country (GString *digits,
              gboolean is_dialled)
{
  static const char *const prefixes[] = { "0086", "86" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (digits->str, prefixes[i]) && (is_dialled || digits->len == strlen (prefixes[i]) + PHONE_LENGTH))
      {
        g_string_erase (digits, 0, strlen (prefixes[i]));
        return;
      }
}

/** The digits of @text, where it holds groups of digits and nothing else: "138 0013 8000", "+86 138-0013-8000". */
static char *
joined_digits (const char *text)
{
  char *day = written_day (text);
  GString *digits;

  if (day != NULL || text[strspn (text, "0123456789 -+()")] != '\0')
    return day;
  digits = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  drop_country (digits, strchr (text, '+') != NULL);
  return g_string_free (digits, digits->len < GUITU_SHORTEST_NUMBER);
}

/** All words as one name: "wang xiuying" is a whole name, "王 x" the start of one. */
static void
join_words (GuituSearchQuery *query,
            const char *typed)
{
  g_autoptr (GString) name = g_string_new (NULL);
  GuituWord *first = query->words->len == 0 ? NULL : &g_array_index (query->words, GuituWord, 0);
  GArray *cuts;

  for (guint i = 0; i < query->words->len; i++)
    if (first[i].name == NULL)
      return;
  if (first == NULL)
    return;
  cuts = g_array_new (FALSE, TRUE, sizeof (GuituCut));
  g_array_set_size (cuts, 1);
  for (guint i = 0; i < query->words->len; i++)
    {
      g_string_append (name, first[i].name);
      cuts = append_cuts (cuts, first[i].cuts);
    }
  query->is_joined = TRUE;
  query->joined = (GuituWord){ .typed = g_strdup (typed), .name = g_strdup (name->str), .cuts = cuts };
  if (query->words->len == 1)
    query->joined.number = g_strdup (first->number);
  if (name->len > 0 && strspn (name->str, "abcdefghijklmnopqrstuvwxyz") == name->len)
    query->letters = g_strdup (name->str);
}

GuituSearchQuery *
_guitu_search_query_new (const char *typed)
{
  GuituSearchQuery *query = g_new0 (GuituSearchQuery, 1);
  g_autofree char *head = g_strndup (typed, LONGEST_TYPED);
  g_autofree char *text = _guitu_search_normalize (head);
  g_autofree char *digits = joined_digits (g_strstrip (text));

  query->words = g_array_new (FALSE, TRUE, sizeof (GuituWord));
  g_array_set_clear_func (query->words, clear_word);
  if (digits != NULL)
    add_word (query->words, digits);
  else
    add_words (query->words, text);
  join_words (query, text);
  return query;
}

void
_guitu_search_query_free (GuituSearchQuery *query)
{
  g_array_unref (query->words);
  clear_word (&query->joined);
  g_free (query->letters);
  g_free (query);
}
