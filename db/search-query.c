/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns what was typed into FTS5 expressions. Only letters, digits and Han characters get into an
 * expression, each term in quotes, so that nothing typed can be taken for FTS5 syntax. */

#include "db/reading-private.h"
#include "db/search-private.h"

#include <string.h>

#define WORDS_MAX 8
#define LONGEST_TYPED 256 /* bytes */
#define SHORTEST_NUMBER 3
#define SHORTEST_PHONE_TAIL 4
#define READINGS_MAX 4
#define VARIANTS_MAX 16 /* dialect spellings of a syllable */
#define LONGEST_GIVEN_NAME 2

typedef enum
{
  PIECE_HAN,
  PIECE_SYLLABLE, /* "xiu" */
  PIECE_INITIAL,  /* "x", "zh" */
  PIECE_PARTIAL,  /* the start of a syllable at the end of what was typed */
} PieceKind;

typedef struct
{
  PieceKind kind;
  GuituUnit unit; /* the character, or the letters */
} Piece;

typedef struct
{
  char *name;     /* letters without tones and Han characters, or NULL */
  char *number;   /* letters and digits, or NULL */
  GArray *pieces; /* Piece, empty where the letters are no pinyin */
  gboolean has_han;
} Word;

struct _GuituSearchQuery
{
  GArray *words; /* Word */
};

static void
clear_word (gpointer data)
{
  Word *word = data;

  g_free (word->name);
  g_free (word->number);
  g_clear_pointer (&word->pieces, g_array_unref);
}

/** The letters for one initial at @text: 2 for zh, ch, sh, 1 for other consonants, 0 for none. */
static gsize
initial_length (const char *text)
{
  if (text[0] == '\0' || strchr ("bpmfdtnlgkhjqxrzcsyw", text[0]) == NULL)
    return 0;
  return strchr ("zcs", text[0]) != NULL && text[1] == 'h' ? 2 : 1;
}

typedef struct
{
  double cost; /* of the cheapest reading of the first letters; negative where there is none */
  guint8 length;
  PieceKind kind;
} Step;

static void
relax (Step *steps,
       gsize from,
       gsize length,
       PieceKind kind,
       double cost)
{
  Step *step = &steps[from + length];

  if (step->cost >= 0 && step->cost <= steps[from].cost + cost)
    return;
  step->cost = steps[from].cost + cost;
  step->length = length;
  step->kind = kind;
}

/** lü and nü, also as passports write them. */
static gboolean
is_passport_spelling (const char *text,
                      gsize length)
{
  return length == 3 && (text[0] == 'l' || text[0] == 'n') && text[1] == 'y' && text[2] == 'u';
}

static void
find_steps (const char *letters,
            gsize length,
            gboolean is_last,
            Step *steps)
{
  for (gsize i = 0; i <= length; i++)
    steps[i] = (Step){ .cost = i == 0 ? 0 : -1 };
  for (gsize i = 0; i < length; i++)
    {
      gsize initial = initial_length (letters + i);

      if (steps[i].cost < 0)
        continue;
      for (gsize n = 1; n < GUITU_SYLLABLE_SIZE && i + n <= length; n++)
        {
          if (_guitu_reading_is_syllable (letters + i, n))
            relax (steps, i, n, PIECE_SYLLABLE, 1);
          else if (is_passport_spelling (letters + i, n))
            relax (steps, i, n, PIECE_SYLLABLE, 1.05);
          else if (is_last && i + n == length && _guitu_reading_starts_syllable (letters + i, n))
            relax (steps, i, n, PIECE_PARTIAL, 1);
        }
      if (initial > 0 && i + initial <= length)
        relax (steps, i, initial, PIECE_INITIAL, 1.1);
    }
}

/** Cuts @letters into as few pieces as possible and adds them to @pieces. Returns: whether that works. */
static gboolean
cut_letters (const char *letters,
             gsize length,
             gboolean is_last,
             GArray *pieces)
{
  Step steps[GUITU_UNIT_SIZE];
  guint first = pieces->len;

  if (length >= G_N_ELEMENTS (steps))
    return FALSE;
  find_steps (letters, length, is_last, steps);
  if (steps[length].cost < 0)
    return FALSE;
  for (gsize end = length; end > 0; end -= steps[end].length)
    {
      Piece piece = { .kind = steps[end].kind };

      memcpy (piece.unit.text, letters + end - steps[end].length, steps[end].length);
      if (is_passport_spelling (piece.unit.text, steps[end].length))
        strcpy (piece.unit.text + 1, "v");
      g_array_insert_val (pieces, first, piece);
    }
  return TRUE;
}

static GArray *
cut_pieces (const char *name)
{
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  GuituUnit units[GUITU_UNITS_MAX];
  guint n_units = _guitu_search_split (name, units);

  for (guint i = 0; i < n_units; i++)
    {
      Piece piece = { .kind = PIECE_HAN, .unit = units[i] };

      if (units[i].han != 0)
        g_array_append_val (pieces, piece);
      else if (!cut_letters (units[i].text, strlen (units[i].text), i + 1 == n_units, pieces))
        {
          g_array_set_size (pieces, 0);
          break;
        }
    }
  return pieces;
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
  Word word = { 0 };

  if (words->len == WORDS_MAX)
    return;
  if (is_number (text) && strlen (text) >= SHORTEST_NUMBER)
    word.number = g_strdup (text);
  word.name = without_tones (text);
  if (is_number (word.name) && word.number != NULL)
    g_clear_pointer (&word.name, g_free);
  if (word.name != NULL)
    {
      for (const char *p = word.name; *p != '\0'; p = g_utf8_next_char (p))
        word.has_han = word.has_han || is_han_text (p);
      word.pieces = cut_pieces (word.name);
    }
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

/** The digits of @text, where it holds groups of digits and nothing else: "138 0013 8000". */
static char *
joined_digits (const char *text)
{
  GString *digits;

  if (text[strspn (text, "0123456789 -")] != '\0')
    return NULL;
  digits = g_string_new (NULL);
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, digits->len < SHORTEST_NUMBER);
}

GuituSearchQuery *
_guitu_search_query_new (const char *typed)
{
  GuituSearchQuery *query = g_new0 (GuituSearchQuery, 1);
  g_autofree char *head = g_strndup (typed, LONGEST_TYPED);
  g_autofree char *text = _guitu_search_normalize (head);
  g_autofree char *digits = joined_digits (g_strstrip (text));

  query->words = g_array_new (FALSE, TRUE, sizeof (Word));
  g_array_set_clear_func (query->words, clear_word);
  if (digits != NULL)
    add_word (query->words, digits);
  else
    add_words (query->words, text);
  return query;
}

void
_guitu_search_query_free (GuituSearchQuery *query)
{
  g_array_unref (query->words);
  g_free (query);
}

/** Names that start with @text, and unless @at_start those that have it further on. */
static void
add_name_term (GString *expression,
               const char *text,
               gboolean at_start)
{
  _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NAME, text, TRUE);
  if (!at_start)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_INNER, text, TRUE);
}

/** What the end of an ID number, the end of a phone number or a whole number says. */
static void
add_number_exactly (GString *expression,
                    const char *number)
{
  g_autofree char *reversed = g_strreverse (g_strdup (number));
  gsize length = strlen (number);

  _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NUMBER, number, FALSE);
  if (length == GUITU_TAIL_LENGTH)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_TAIL, number, FALSE);
  if (length == GUITU_DAY_LENGTH)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_DAY, number, FALSE);
  if (length >= SHORTEST_PHONE_TAIL)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_PHONE, reversed, TRUE);
}

static void
add_number_start (GString *expression,
                  const char *number)
{
  gsize length = strlen (number);

  if (length >= GUITU_SHORTEST_CUT && length <= GUITU_LONGEST_CUT)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_CUT, number, FALSE);
  else
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NUMBER, number, TRUE);
}

/* --- Characters, syllables and initials mixed: 王xy, wang秀, wxiuying ---------------------------- */

static gboolean
has_piece (const Word *word,
           PieceKind kind,
           guint end)
{
  for (guint i = 0; i < end && i < word->pieces->len; i++)
    if (g_array_index (word->pieces, Piece, i).kind == kind)
      return TRUE;
  return FALSE;
}

/** Whether the word mixes what the plain terms can't find: they hold one script, all full or all initials. */
static gboolean
is_mixed (const Word *word)
{
  guint n_pieces = word->pieces == NULL ? 0 : word->pieces->len;
  gboolean has_syllable;

  if (n_pieces < 2)
    return FALSE;
  has_syllable = has_piece (word, PIECE_SYLLABLE, n_pieces) || has_piece (word, PIECE_PARTIAL, n_pieces);
  if (word->has_han)
    return has_syllable || has_piece (word, PIECE_INITIAL, n_pieces);
  return has_syllable && has_piece (word, PIECE_INITIAL, n_pieces - 1);
}

/** Writes the initials of all pieces; @choice picks among the readings of Han characters. */
static void
write_initials (GString *initials,
                const GArray *pieces,
                guint choice)
{
  g_string_truncate (initials, 0);
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      const char *readings[GUITU_UNIT_READINGS];
      guint n_readings = _guitu_search_readings (&piece->unit, readings);

      g_string_append_unichar (initials, g_utf8_get_char (readings[choice % n_readings]));
      choice /= n_readings;
    }
}

static guint
count_choices (const GArray *pieces,
               guint max)
{
  const char *readings[GUITU_UNIT_READINGS];
  guint choices = 1;

  for (guint i = 0; i < pieces->len; i++)
    choices = MIN (choices * _guitu_search_readings (&g_array_index (pieces, Piece, i).unit, readings), max);
  return choices;
}

/** Requires the run of pieces of one kind that starts at @start. Returns: where it ends. */
static guint
add_run (GString *expression,
         const GArray *pieces,
         guint start)
{
  PieceKind kind = g_array_index (pieces, Piece, start).kind;
  g_autoptr (GString) run = g_string_new (NULL);
  guint end = start;

  for (; end < pieces->len && g_array_index (pieces, Piece, end).kind == kind; end++)
    g_string_append (run, g_array_index (pieces, Piece, end).unit.text);
  if (kind == PIECE_SYLLABLE && end + 1 == pieces->len && g_array_index (pieces, Piece, end).kind == PIECE_PARTIAL)
    g_string_append (run, g_array_index (pieces, Piece, end++).unit.text);
  if (kind == PIECE_INITIAL)
    return end;
  g_string_append (expression, " AND (");
  if (start == 0)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NAME, run->str, TRUE);
  _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_INNER, run->str, TRUE);
  g_string_append_c (expression, ')');
  return end;
}

/** All initials in a row, and each run of characters or syllables somewhere. */
static void
add_mixed (GString *expression,
           const Word *word)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  guint choices = count_choices (word->pieces, READINGS_MAX);

  g_string_append (expression, "((");
  for (guint i = 0; i < choices; i++)
    {
      write_initials (initials, word->pieces, i);
      add_name_term (expression, initials->str, FALSE);
    }
  g_string_append_c (expression, ')');
  for (guint i = 0; i < word->pieces->len;)
    i = add_run (expression, word->pieces, i);
  g_string_append_c (expression, ')');
}

/* --- Same sound and dialect spellings ------------------------------------------------------------ */

static gboolean
is_sound (const Word *word)
{
  return word->pieces != NULL && word->pieces->len > 0 &&
         !has_piece (word, PIECE_INITIAL, word->pieces->len);
}

/** Writes the sound of all pieces; @replacement, when not %NULL, stands in for the piece @position. */
static void
write_sound (GString *sound,
             const GArray *pieces,
             guint choice,
             guint position,
             const char *replacement)
{
  g_string_truncate (sound, 0);
  for (guint i = 0; i < pieces->len; i++)
    {
      const char *readings[GUITU_UNIT_READINGS];
      guint n_readings = _guitu_search_readings (&g_array_index (pieces, Piece, i).unit, readings);

      g_string_append (sound, replacement != NULL && i == position ? replacement : readings[choice % n_readings]);
      choice /= n_readings;
    }
}

/** The start of a name with everything that dialects mix up made one. */
static void
add_folded (GString *expression,
            const GArray *pieces,
            guint choice)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const char *readings[GUITU_UNIT_READINGS];
      guint n_readings = _guitu_search_readings (&g_array_index (pieces, Piece, i).unit, readings);
      char key[GUITU_SYLLABLE_SIZE];

      _guitu_reading_fold (readings[choice % n_readings], key);
      g_string_append (folded, key);
      choice /= n_readings;
    }
  _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_SOUND, folded->str, TRUE);
}

/** The ends of names have no folded tokens: one syllable at a time is spelt as in a dialect. */
static void
add_dialect_spellings (GString *expression,
                       const GArray *pieces)
{
  g_autoptr (GString) sound = g_string_new (NULL);
  const char *readings[GUITU_UNIT_READINGS];
  const char *alike[VARIANTS_MAX];

  for (guint position = 0; position < pieces->len; position++)
    {
      guint n_alike;

      _guitu_search_readings (&g_array_index (pieces, Piece, position).unit, readings);
      n_alike = _guitu_reading_alike (readings[0], alike, VARIANTS_MAX);
      for (guint i = 0; i < n_alike; i++)
        {
          write_sound (sound, pieces, 0, position, alike[i]);
          _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_INNER, sound->str, TRUE);
        }
    }
}

static void
add_alike (GString *expression,
           const Word *word)
{
  g_autoptr (GString) sound = g_string_new (NULL);
  guint choices = count_choices (word->pieces, READINGS_MAX);

  for (guint i = 0; i < choices; i++)
    {
      add_folded (expression, word->pieces, i);
      write_sound (sound, word->pieces, i, 0, NULL);
      _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_INNER, sound->str, TRUE);
    }
  if (word->pieces->len <= LONGEST_GIVEN_NAME)
    add_dialect_spellings (expression, word->pieces);
}

/* --- Levels -------------------------------------------------------------------------------------- */

/** Everything a word can mean. */
static void
add_any (GString *expression,
         const Word *word,
         gboolean at_start)
{
  if (word->name != NULL)
    add_name_term (expression, word->name, at_start);
  if (word->number != NULL)
    {
      add_number_exactly (expression, word->number);
      add_number_start (expression, word->number);
    }
}

/** Adds what @word means at @level. Returns: whether that is more than at the level before. */
static gboolean
add_word_at (GString *expression,
             const Word *word,
             GuituSearchLevel level,
             gboolean is_first)
{
  switch (level)
    {
    case GUITU_SEARCH_EXACT:
      if (word->name != NULL)
        _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NAME, word->name, FALSE);
      if (word->number != NULL)
        add_number_exactly (expression, word->number);
      return TRUE;
    case GUITU_SEARCH_START:
      add_any (expression, word, is_first);
      return is_first;
    case GUITU_SEARCH_MIXED:
      add_any (expression, word, FALSE);
      if (!is_mixed (word))
        return FALSE;
      g_string_append (expression, " OR ");
      add_mixed (expression, word);
      return TRUE;
    case GUITU_SEARCH_ALIKE:
      add_any (expression, word, FALSE);
      if (!is_sound (word))
        return FALSE;
      add_alike (expression, word);
      return TRUE;
    case GUITU_SEARCH_ANY:
      add_any (expression, word, FALSE);
      return TRUE;
    case GUITU_SEARCH_LEVELS:
    default:
      g_assert_not_reached ();
    }
}

char *
_guitu_search_query_expression (const GuituSearchQuery *query,
                                GuituSearchLevel level)
{
  g_autoptr (GString) expression = g_string_new (NULL);
  gboolean adds = FALSE;

  for (guint i = 0; i < query->words->len; i++)
    {
      g_string_append (expression, i == 0 ? "(" : " AND (");
      if (add_word_at (expression, &g_array_index (query->words, Word, i), level, i == 0))
        adds = TRUE;
      g_string_append_c (expression, ')');
    }
  if (!adds || (level == GUITU_SEARCH_EXACT && query->words->len > 1))
    return NULL;
  return g_string_free (g_steal_pointer (&expression), FALSE);
}
