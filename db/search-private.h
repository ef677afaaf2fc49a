/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the search share: how a name is taken apart, the keys of a person, the lists of
 * persons that have a key, and what was typed. search.c tells how they fit together. */

#include "db/search.h"

G_BEGIN_DECLS

/* --- Names (search-names.c) ---------------------------------------------------------------------- */

#define GUITU_UNITS_MAX 24
#define GUITU_UNIT_SIZE 32
#define GUITU_UNIT_READINGS 8

/** A Han character, or a word of another script or of digits. */
typedef struct
{
  gunichar han; /* 0 for words */
  gboolean in_surname;
  char text[GUITU_UNIT_SIZE];
} GuituUnit;

/** Lower case, no accents, simplified, full-width forms made narrow. Returns: (transfer full). */
char *_guitu_search_normalize (const char *text);

#define GUITU_BETWEEN_NAMES ",;/|()[]\n"

/** The names in @text, normalised: it may hold several, or a note in brackets. Returns: (transfer full). */
char **_guitu_search_names (const char *text);

/** Splits a normalised name into units; dots and spaces are left out. Returns: how many. */
guint _guitu_search_split (const char *name, GuituUnit units[GUITU_UNITS_MAX]);

/** How a unit is read, with lü as "lv" and as "lu"; a word is its own reading. Returns: how many, at least 1. */
guint _guitu_search_readings (const GuituUnit *unit, const char *readings[GUITU_UNIT_READINGS]);

/** The letters and digits of a number, lower case. Returns: how many. */
#define GUITU_NUMBER_SIZE 40
gsize _guitu_search_number (const char *text, char number[GUITU_NUMBER_SIZE]);

/** A name taken apart, with the readings of each unit. */
typedef struct
{
  guint n_units;
  GuituUnit units[GUITU_UNITS_MAX];
  guint n_readings[GUITU_UNITS_MAX];
  const char *readings[GUITU_UNITS_MAX][GUITU_UNIT_READINGS];
} GuituSpelling;

/** @name: normalised */
void _guitu_spelling_init (GuituSpelling *spelling, const char *name);

/** In how many ways the units from @start on can be read together, at most @max. */
guint _guitu_spelling_ways (const GuituSpelling *spelling, guint start, guint max);

/** Writes one of these ways, "xiuying", and its initials, "xy"; either may be %NULL. */
void _guitu_spelling_write (const GuituSpelling *spelling, guint start, guint way, GString *sound, GString *initials);

#define GUITU_WAYS_MAX 16 /* of reading a name that are indexed */

/* --- Keys (search-keys.c) ------------------------------------------------------------------------ */

/* A key is a hash of 36 bits of what a person can be found by. Two texts with one hash do no harm:
 * whoever is found is compared with what was typed. For 王秀英, 440114198503122345, 13812345678:
 *
 *   whole name       王秀英 | wangxiuying | wxy
 *   first, further   王 w wa wan wang | 秀 x xi xiu, 英 y yi yin ying
 *   word             of other scripts: j jo joh john johns johnsm johnsmi | s sm smi smit smith
 *   pair             王秀 | wang xiu | wang x | w x, apart from 秀英 | xiu ying | xiu y | x y
 *   gap              王·英
 *   dialect          wang xiu, xiu yin: with the sounds that dialects mix up made one
 *   sound            * xiuying | wang * ying | wangxiu *, * ying | xiu *: those of one star lie together, by the syllable
 *   number           440 … 44011419850, from 3 to 11 digits
 *   tail, phone      2345 | 5678, 45678, 345678
 *   day              19850312 */
typedef enum
{
  GUITU_KEY_WHOLE = 1,
  GUITU_KEY_WHOLE_SOUND,
  GUITU_KEY_WHOLE_INITIALS,
  GUITU_KEY_SOUND, /* of a whole name, and of what is left of it without its first characters, all but one syllable */
  GUITU_KEY_FIRST,
  GUITU_KEY_FURTHER,
  GUITU_KEY_FIRST_WORD, /* of another script, in full or in part; FIRST and FURTHER have its first letter */
  GUITU_KEY_FURTHER_WORD,
  GUITU_KEY_PAIR,
  GUITU_KEY_PAIR_SOUND,
  GUITU_KEY_PAIR_START, /* a syllable and an initial */
  GUITU_KEY_PAIR_INITIALS,
  GUITU_KEY_FURTHER_PAIRS = 32, /* added to the kind of a pair that does not begin the name */
  GUITU_KEY_GAP = 64,
  GUITU_KEY_DIALECT,
  GUITU_KEY_NUMBER,
  GUITU_KEY_WHOLE_NUMBER, /* of at most GUITU_LONGEST_NUMBER_KEY; longer ones are rare at that length */
  GUITU_KEY_TAIL,
  GUITU_KEY_PHONE,
  GUITU_KEY_DAY,
} GuituSearchKeyKind;

#define GUITU_KEY_BITS 36
#define GUITU_SHORTEST_NUMBER 3
#define GUITU_LONGEST_NUMBER_KEY 11
#define GUITU_TAIL_LENGTH 4
#define GUITU_LONGEST_PHONE_KEY 6
#define GUITU_DAY_LENGTH 8
#define GUITU_LONGEST_WORD_KEY 7 /* letters */

/** @second: (nullable): its other part */
guint64 _guitu_search_key (guint kind, const char *first, const char *second);

/* The last bits of a key of GUITU_KEY_SOUND say which syllable it is. */
#define GUITU_SYLLABLE_BITS 10

/** The key of a sound of @length letters, with the syllable number 0 in place of the letters between @from and @to. */
guint64 _guitu_search_sound_key (const char *letters, gsize length, gsize from, gsize to);

/** Where a sound of less than 32 letters can be cut. Bit i: the letters before i, from i on, are syllables. */
void _guitu_search_limits (const char *letters, gsize length, guint32 *before, guint32 *after);
#define GUITU_SHORTEST_SOUND 4 /* in which a mistake is made good */
#define GUITU_LONGEST_SOUND 31

/** Sets @keys (guint64) to those of a person, in order and each once. */
void _guitu_search_keys (const GuituSearchEntry *entry, GArray *keys);

/** Puts @keys (guint64) in order, each once. */
void _guitu_search_sort_keys (GArray *keys);

/* --- Lists (search-lists.c, search-build.c) ------------------------------------------------------ */

/** A range of rows whose lists lie together. */
typedef struct
{
  guint id;
  gint64 first_row;
  gint64 last_row;
} GuituSegment;

typedef struct
{
  GuituConnection *connection;
  GArray *segments;                /* GuituSegment, the newest first, without gaps */
  gint64 last_row;                 /* persons after it are not in the lists yet */
  GuituStatement *reading;         /* of first parts */
  GuituStatement *reading_further; /* of others */
  GHashTable *kept;                /* slot -> GuituBlock: first parts that were read; what was typed asks for the same ones again and again */
  GError *error;                   /* the first that came up while reading */
} GuituSearchLists;

gboolean _guitu_search_lists_open (GuituSearchLists *lists, GuituConnection *connection, GError **error);
void _guitu_search_lists_clear (GuituSearchLists *lists);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituSearchLists, _guitu_search_lists_clear)

/** A run of blocks in memory: entries of one block. */
typedef struct
{
  GByteArray *data;
  const guint8 *next;
  guint64 key;        /* of the current entry */
  gboolean is_last;   /* whether it is the last part of its list */
  const guint8 *list; /* its bytes */
  const guint8 *end;
} GuituBlock;

/** Keeps @block, or with %NULL that there is none, for those who look for that first part of a list later. */
void _guitu_search_lists_keep (GuituSearchLists *lists, gint64 slot, const GuituBlock *block);

#define GUITU_WINDOW_ROWS 65536

/** A set of persons among neighbouring rows: a bit for each, and one for each 64 of these that are not all 0. */
typedef struct
{
  gint64 high; /* the newest row */
  guint size;  /* rows, a multiple of 64; 0 before the first use */
  guint64 bits[GUITU_WINDOW_ROWS / 64];
  guint64 words[GUITU_WINDOW_ROWS / 64 / 64];
} GuituWindow;

/** Empties the window and moves it: to the @size rows (at most GUITU_WINDOW_ROWS) of which @high is the newest. */
void _guitu_window_move (GuituWindow *window, gint64 high, guint size);

static inline void
_guitu_window_add (GuituWindow *window,
                   guint bit)
{
  window->bits[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
  window->words[bit / 64 / 64] |= G_GUINT64_CONSTANT (1) << bit / 64 % 64;
}

/** Returns: the newest row of the set that is not above @row, 0 where there is none. */
gint64 _guitu_window_next (const GuituWindow *window, gint64 row);

/** Leaves those in @window who are in @other, which is of the same rows. Returns: how many. */
guint _guitu_window_keep (GuituWindow *window, const GuituWindow *other);

/** Walks the list of one key from the newest person to the oldest. */
typedef struct
{
  GuituSearchLists *lists;
  guint64 key;
  guint segment; /* position in lists->segments */
  guint part;
  gboolean is_loaded;
  GuituBlock block; /* its current entry is the part that is read */
  const guint8 *next;
  guint offset; /* of the current row before the segment's last row */
  guint oldest; /* offset of the last row of the part */
  gint64 row;
} GuituCursor;

void _guitu_cursor_init (GuituCursor *cursor, GuituSearchLists *lists, guint64 key);
void _guitu_cursor_clear (GuituCursor *cursor);

/** Goes on to the newest row that is not above @row. Returns: it, 0 when there is none (or lists->error is set). */
gint64 _guitu_cursor_seek (GuituCursor *cursor, gint64 row);

/** Puts those persons of the list into @window who belong there; the cursor must not be beyond it. */
void _guitu_cursor_fill (GuituCursor *cursor, GuituWindow *window);

/** Puts @keys (guint64) in order, each once, and leaves those in it that have lists. */
void _guitu_search_lists_leave (GuituSearchLists *lists, GArray *keys);

/** About how many persons the list has; looks into the largest segment. */
double _guitu_cursor_estimate (GuituCursor *cursor);

/** Adds @row to the list of @key or takes it out; the row must be in a segment. */
gboolean _guitu_search_lists_change (GuituSearchLists *lists, guint64 key, gint64 row, gboolean adds, GError **error);

/** Writes the lists of one segment; postings come in the order of key and offset. */
typedef struct
{
  GuituSearchLists *lists;
  GuituSegment segment;
  guint64 key;
  guint part;
  guint first;
  guint offset;
  gboolean is_empty;
  GByteArray *list;  /* distances of the list that is being written */
  GByteArray *block; /* entries of the block that is being written */
  gint64 slot;
  guint64 last_key; /* in the block */
} GuituListWriter;

gboolean _guitu_list_writer_init (GuituListWriter *writer, GuituSearchLists *lists, gint64 first_row, gint64 last_row, GError **error);
gboolean _guitu_list_writer_add (GuituListWriter *writer, guint64 key, guint offset, GError **error);

/** Writes what is left and the segment itself. */
gboolean _guitu_list_writer_finish (GuituListWriter *writer, GError **error);
void _guitu_list_writer_clear (GuituListWriter *writer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituListWriter, _guitu_list_writer_clear)

typedef gboolean (*GuituPostingFunction) (guint64 key, gint64 row, gpointer data);

/** Calls @function for everything that the lists of @segment hold, in the order of the keys. */
gboolean _guitu_search_lists_each (GuituSearchLists *lists, const GuituSegment *segment, GuituPostingFunction function, gpointer data, GError **error);

#define GUITU_BLOCK_SIZE 950 /* four make a page of SQLite's */
#define GUITU_PART_SIZE 4030 /* of a long list: one makes a page of SQLite's */
#define GUITU_PART_BITS 12
#define GUITU_PART_MASK ((1 << GUITU_PART_BITS) - 1)
#define GUITU_SEGMENT_BITS 15
#define GUITU_OFFSET_BITS 24

gint64 _guitu_lists_slot (guint segment, guint64 key, guint part);
guint64 _guitu_lists_slot_key (gint64 slot);

/** Reads a block from the row of a statement that selects slot and rows; then the entries one by one. */
void _guitu_block_init (GuituBlock *block);
void _guitu_block_clear (GuituBlock *block);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituBlock, _guitu_block_clear)
void _guitu_block_load (GuituBlock *block, GuituStatement *statement);
gboolean _guitu_block_next (GuituBlock *block);

/**
 * Reads the part of the list of @key into @block, or what the block has where it would be.
 * Returns: the slot of the block, -1 for none.
 */
gint64 _guitu_search_lists_read (GuituSearchLists *lists, const GuituSegment *segment, guint64 key, guint part, GuituBlock *block, gboolean *is_there, GError **error);

/** Sets @offsets (guint) to those of a list. */
void _guitu_list_decode (const guint8 *list, const guint8 *end, GArray *offsets);

/** An entry of a block: key, list, and whether it is the last part of it. @last_key: of the entry before. */
void _guitu_block_put (GByteArray *block, guint64 last_key, guint64 key, const guint8 *list, guint length, gboolean is_last);
gboolean _guitu_block_write (GuituConnection *connection, gint64 slot, const GByteArray *block, GError **error);

void _guitu_number_put (GByteArray *data, guint64 number);
guint64 _guitu_number_take (const guint8 **cursor);

/** Puts the persons after the last segment into a new one, up to the row @last; joins small segments. */
gboolean _guitu_search_lists_fold (GuituSearchLists *lists, gint64 last, GError **error);

/** Puts all persons into segments that are as large as they get. @progress: (nullable): in persons. */
gboolean _guitu_search_lists_build (GuituSearchLists *lists, GuituProgress progress, gpointer data, GError **error);

/* --- Mistakes in letters (search-mistakes.c) ------------------------------------------------------ */

/** Whether one letter must be put in, taken out, replaced or swapped with its neighbour to make @b of @a. */
gboolean _guitu_search_is_one_mistake (const char *a, gsize n_a, const char *b, gsize n_b);

/** The keys of all sounds that there are and that are one mistake away from @letters. Returns: (transfer full): guint64. */
GArray *_guitu_search_mistakes (GuituSearchLists *lists, const char *letters);

/* --- Persons ------------------------------------------------------------------------------------- */

#define GUITU_SEARCH_COLUMNS "row, name, alias, id_number, national_number, phone, birth_from, birth_to, voided"

/** The entry in the current row of a statement that selects GUITU_SEARCH_COLUMNS; it owns the texts. */
GuituSearchEntry _guitu_search_read (GuituStatement *statement);

typedef gboolean (*GuituSearchFunction) (GuituConnection *connection, const GuituSearchEntry *entry, gpointer data, GError **error);

/** Calls @function for the persons of these rows, until it fails. */
gboolean _guitu_search_each (GuituConnection *connection, gint64 first, gint64 last, GuituSearchFunction function, gpointer data, GError **error);

/* --- What was typed (search-query.c) ------------------------------------------------------------- */

typedef enum
{
  GUITU_PIECE_HAN,
  GUITU_PIECE_SYLLABLE, /* "xiu" */
  GUITU_PIECE_START,    /* the start of a syllable: "x", "zh"; longer ones only at the end of what was typed */
  GUITU_PIECE_LITERAL,  /* the start of a name in another script */
} GuituPieceKind;

typedef struct
{
  GuituPieceKind kind;
  GuituUnit unit; /* the character, or the letters */
} GuituPiece;

#define GUITU_PIECES_MAX 24
#define GUITU_READINGS_OF_TYPED 10 /* ways to cut what was typed into pieces */

typedef struct
{
  guint n_pieces;
  GuituPiece pieces[GUITU_PIECES_MAX];
} GuituCut;

typedef struct
{
  char *typed;  /* as it was typed */
  char *name;   /* letters without tones and Han characters, or NULL */
  char *number; /* letters and digits, or NULL */
  GArray *cuts; /* GuituCut */
} GuituWord;

typedef struct
{
  GArray *words;    /* GuituWord */
  GuituWord joined; /* all words as one, unless one of them can only be a number */
  gboolean is_joined;
  char *letters; /* joined, where there is nothing but a to z */
} GuituSearchQuery;

GuituSearchQuery *_guitu_search_query_new (const char *typed);
void _guitu_search_query_free (GuituSearchQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituSearchQuery, _guitu_search_query_free)

/* --- Whether somebody fits (search-fit.c) -------------------------------------------------------- */

/** Compares @entry with what was typed, at @level or better. Returns: whether it fits; then @hit says how. */
gboolean _guitu_search_fit (GuituSearchQuery *query, const GuituSearchEntry *entry, GuituSearchLevel level, GuituSearchHit *hit);

/* --- Who may fit (search-plan.c) ----------------------------------------------------------------- */

/** Lists that are united or cut: a superset of those who fit at one level. */
typedef struct _GuituPlan GuituPlan;

/** Returns: (transfer full) (nullable): %NULL where the level has nobody that the levels before do not have. */
GuituPlan *_guitu_plan_new (GuituSearchLists *lists, GuituSearchQuery *query, GuituSearchLevel level);
void _guitu_plan_free (GuituPlan *plan);
gint64 _guitu_plan_seek (GuituPlan *plan, gint64 row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituPlan, _guitu_plan_free)

G_END_DECLS
