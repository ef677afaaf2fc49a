/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/linkage-values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VAGUE_SHARE 0.05
#define CLASSES 32 /* of letters in a sketch */
#define START 4    /* letters of which a sketch knows the place */

guint64
_guitu_value_hash (guint64 seed,
                   const void *data,
                   gsize length)
{
  const guint8 *bytes = data;
  guint64 hash = 14695981039346656037u ^ (seed * 0x9e3779b97f4a7c15u);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ bytes[i]) * 1099511628211u;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93u;
  return hash ^ (hash >> 29);
}

/* --- Dates ------------------------------------------------------------------------------------ */

#define DATE_PARTS 3

/* The runs of digits of @text, up to where a time begins. Returns: how many. */
static guint
read_parts (const char *text,
            int parts[DATE_PARTS],
            guint lengths[DATE_PARTS])
{
  guint n = 0;

  while (*text != '\0' && n < DATE_PARTS)
    {
      char *end;

      if (!g_ascii_isdigit (*text))
        {
          text++;
          continue;
        }
      parts[n] = strtol (text, &end, 10);
      lengths[n] = end - text;
      n++;
      text = end;
      if (*text == 'T' || *text == 't' || *text == ':')
        break;
    }
  return n;
}

static void
write_date (int year,
            int month,
            int day,
            char digits[9])
{
  g_snprintf (digits, 9, "%04d", year);
  if (month > 0)
    g_snprintf (digits + 4, 5, "%02d", month);
  else
    memcpy (digits + 4, "??", 2);
  if (day > 0)
    g_snprintf (digits + 6, 3, "%02d", day);
  else
    memcpy (digits + 6, "??", 3);
}

static gboolean
read_single (int number,
             guint length,
             char digits[9])
{
  if (length == 8)
    write_date (number / 10000, number / 100 % 100, number % 100, digits);
  else if (length == 6)
    write_date (number / 100, number % 100, 0, digits);
  else if (length == 4)
    write_date (number, 0, 0, digits);
  else
    return FALSE;
  return TRUE;
}

gboolean
guitu_lists_read_date (const char *text,
                       gboolean is_day_first,
                       char digits[9])
{
  int parts[DATE_PARTS];
  guint lengths[DATE_PARTS];
  guint n = read_parts (text, parts, lengths);

  for (guint i = 0; i < n; i++)
    if (lengths[i] > 8 || (n > 1 && lengths[i] > 4) || (lengths[i] != 4 && n > 1 && parts[i] > 99))
      return FALSE;
  if (n == 1 || (n > 1 && lengths[0] == 8))
    return read_single (parts[0], lengths[0], digits);
  if (n >= 2 && lengths[0] == 4)
    write_date (parts[0], parts[1], n == 3 ? parts[2] : 0, digits);
  else if (n == 3 && lengths[2] == 4)
    write_date (parts[2], is_day_first ? parts[1] : parts[0], is_day_first ? parts[0] : parts[1], digits);
  else if (n == 2 && lengths[1] == 4)
    write_date (parts[1], parts[0], 0, digits);
  else
    return FALSE;
  return TRUE;
}

/* --- Texts ------------------------------------------------------------------------------------ */

/* Small letters and digits with single blanks between the words. (transfer full) */
static char *
make_plain (const char *text)
{
  g_autofree char *normal = _guitu_text_plain (text);
  GString *plain = g_string_new (NULL);
  gboolean is_apart = FALSE;

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (!g_unichar_isalnum (character) && !g_unichar_ismark (character))
        {
          is_apart = is_apart || (character != '\'' && character != 0x2019 && character != 0xb7);
          continue;
        }
      if (is_apart && plain->len > 0)
        g_string_append_c (plain, ' ');
      is_apart = FALSE;
      g_string_append_unichar (plain, character);
    }
  return g_string_free (plain, FALSE);
}

/* Digits, '?' for those that can't be read, and letters. (transfer full) */
static char *
make_digits (const char *text,
             gboolean takes_letters)
{
  g_autofree char *normal = _guitu_text_plain (text);
  GString *digits = g_string_new (NULL);

  for (const char *p = normal; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || *p == '?' || (takes_letters && g_ascii_isalpha (*p)))
      g_string_append_c (digits, *p);
    else if (!takes_letters && (*p == 'x' || *p == '*'))
      g_string_append_c (digits, '?');
  return g_string_free (digits, FALSE);
}

static char *
make_number (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  char *end;
  double number = g_ascii_strtod (plain, &end);

  if (end == plain || *end != '\0' || !isfinite (number))
    return make_plain (text);
  return g_strdup_printf ("%.15g", number);
}

/* What the values of a kind are told apart by: two that are the same here are the same. (transfer full) */
static char *
make_plain_of_kind (const GuituValues *values,
                    const char *text)
{
  char date[9];

  switch (values->kind)
    {
    case GUITU_COLUMN_HAN_NAME:
      return _guitu_text_plain (text);
    case GUITU_COLUMN_DATE:
      return guitu_lists_read_date (text, values->column->is_day_first, date) ? g_strdup (date) : make_plain (text);
    case GUITU_COLUMN_PHONE:
      return make_digits (text, FALSE);
    case GUITU_COLUMN_CODE:
      return make_digits (text, TRUE);
    case GUITU_COLUMN_NUMBER:
      return make_number (text);
    case GUITU_COLUMN_TEXT:
    case GUITU_COLUMN_NAME:
    case GUITU_COLUMN_CATEGORY:
    case GUITU_COLUMN_KINDS:
    default:
      return make_plain (text);
    }
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

static void
read_words (GuituValue *value,
            const char *plain)
{
  guint32 words[GUITU_VALUE_WORDS];

  for (const char *at = plain; *at != '\0' && value->n_words < GUITU_VALUE_WORDS;)
    {
      gsize length = strcspn (at, " ");

      words[value->n_words++] = _guitu_value_hash (0, at, length);
      at += length + (at[length] == ' ');
    }
  qsort (words, value->n_words, sizeof *words, compare_words);
  value->words = g_memdup2 (words, value->n_words * sizeof *words);
}

/* The name as the match compares it; none of “unknown” and the like. Returns: (transfer full) (nullable). */
static GuituNameFeature *
read_name (const char *plain)
{
  static const GuituMatchSide nobody = { 0 };
  g_autofree GuituFeatures *features = g_new0 (GuituFeatures, 1);
  GuituNameFeature *name;

  features->side = &nobody;
  _guitu_names_read (features, plain, FALSE);
  if (features->n_names == 0)
    return NULL;
  name = g_memdup2 (&features->names[0], sizeof *name);
  name->text = g_strdup (plain);
  return name;
}

static void
read_characters (GuituValue *value,
                 const char *plain)
{
  guint16 characters[GUITU_VALUE_CHARACTERS];

  for (const char *p = plain; *p != '\0' && value->length < GUITU_VALUE_CHARACTERS; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      value->is_wide = value->is_wide || character > 0xff;
      characters[value->length++] = character ^ (character >> 16);
    }
  value->characters = g_memdup2 (characters, value->length * sizeof *characters);
}

static void
value_init (GuituValue *value,
            const char *plain,
            const GuituValues *of)
{
  char *end;

  read_characters (value, plain);
  if (of->kind == GUITU_COLUMN_HAN_NAME)
    value->name = read_name (plain);
  read_words (value, plain);
  value->number = g_ascii_strtod (plain, &end);
  if (end == plain || *end != '\0')
    value->number = NAN;
  if (of->kind == GUITU_COLUMN_DATE && strlen (plain) == 8)
    memcpy (value->date, plain, 9);
  _guitu_value_add_keys (value, plain, of);
}

static void
value_clear (gpointer data)
{
  GuituValue *value = data;

  g_free (value->characters);
  if (value->name != NULL)
    g_free ((char *) value->name->text);
  g_free (value->name);
  g_free (value->words);
  g_free (value->word_bits);
  g_free (value->keys);
}

/* --- Columns ---------------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *plain;   /* to numbers of values */
  GHashTable *written; /* the same as it stands in the list */
} Known;

/* The number of the value, known or new. */
static guint32
find_value (GuituValues *values,
            Known *known,
            const char *text)
{
  g_autofree char *plain = make_plain_of_kind (values, text);
  GuituValue value = { 0 };
  gpointer number;

  if (*plain == '\0')
    return 0;
  if (g_hash_table_lookup_extended (known->plain, plain, NULL, &number))
    return GPOINTER_TO_UINT (number);
  value_init (&value, plain, values);
  if (values->kind == GUITU_COLUMN_HAN_NAME && value.name == NULL)
    {
      value_clear (&value); /* that nobody knows it makes nobody the same */
      return 0;
    }
  g_array_append_val (values->values, value);
  g_hash_table_insert (known->plain, g_steal_pointer (&plain), GUINT_TO_POINTER (values->values->len - 1));
  return values->values->len - 1;
}

static guint32
find_written (GuituValues *values,
              Known *known,
              const char *text)
{
  gpointer number;

  if (text == NULL || *text == '\0')
    return 0;
  if (!g_hash_table_lookup_extended (known->written, text, NULL, &number))
    {
      number = GUINT_TO_POINTER (find_value (values, known, text));
      g_hash_table_insert (known->written, (gpointer) text, number);
    }
  g_array_index (values->values, GuituValue, GPOINTER_TO_UINT (number)).n_rows++;
  return GPOINTER_TO_UINT (number);
}

static gboolean
is_han (const GuituListColumn *column,
        const char *text)
{
  return g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN;
}

static gboolean
is_year (const GuituListColumn *column,
         const char *text)
{
  char date[9];

  return guitu_lists_read_date (text, column->is_day_first, date) && date[4] == '?';
}

/* The share of what is told in both lists that @is. */
static double
share_of (const GuituValues *values,
          gboolean (*is) (const GuituListColumn *column, const char *text))
{
  const char *const *texts[2] = { values->column->ours, values->column->theirs };
  guint n = 0, n_told = 0;

  for (guint side = 0; side < 2; side++)
    for (guint row = 0; texts[side] != NULL && row < values->n_rows[side]; row++)
      if (texts[side][row] != NULL && texts[side][row][0] != '\0')
        {
          n_told++;
          n += is (values->column, texts[side][row]);
        }
  return n_told == 0 ? 0 : (double) n / n_told;
}

static GuituColumnKind
kind_of (const GuituValues *values)
{
  gboolean is_name = values->column->kind == GUITU_COLUMN_NAME && values->column->exchanged < 0;

  return is_name && share_of (values, is_han) > 0.5 ? GUITU_COLUMN_HAN_NAME : values->column->kind;
}

/* In how many values each word stands. (transfer full) (element-type hash count) */
static GHashTable *
count_words (const GArray *all)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (guint i = 1; i < all->len; i++)
    {
      const GuituValue *value = &g_array_index (all, GuituValue, i);

      for (guint k = 0; k < value->n_words; k++)
        if (k == 0 || value->words[k] != value->words[k - 1])
          {
            gpointer word = GUINT_TO_POINTER (value->words[k]);

            g_hash_table_insert (counts, word, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, word)) + 1));
          }
    }
  return counts;
}

/* “Restaurant” says less than what the place is called. */
static void
weigh_words (GArray *all)
{
  g_autoptr (GHashTable) counts = count_words (all);

  for (guint i = 1; i < all->len; i++)
    {
      GuituValue *value = &g_array_index (all, GuituValue, i);

      if (value->n_words > 1)
        value->word_bits = g_new (float, value->n_words);
      for (guint k = 0; k < value->n_words; k++)
        {
          float bits = log2f ((float) all->len / (float) GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (value->words[k]))));

          if (value->word_bits != NULL)
            value->word_bits[k] = bits;
          value->bits += bits;
        }
    }
}

static GuituSketch
sketch_of (const GuituValue *value)
{
  GuituSketch sketch = { .length = value->length };
  guint counts[CLASSES] = { 0 };

  for (guint i = 0; i < value->length; i++)
    counts[value->characters[i] % CLASSES]++;
  for (guint i = 0; i < CLASSES; i++)
    {
      sketch.letters |= (counts[i] > 1 ? (guint64) 3 : counts[i]) << (2 * i);
      sketch.further += MAX (counts[i], 2) - 2;
    }
  for (guint i = 0; i < value->n_words; i++)
    sketch.words |= (guint64) 1 << value->words[i] % 64;
  for (guint i = 0; i < MIN (value->length, START); i++)
    sketch.start |= (guint32) (value->characters[i] & 0xff) << (8 * i);
  return sketch;
}

static void
sketch_values (GuituValues *values)
{
  values->sketches = g_new (GuituSketch, values->values->len);
  for (guint i = 0; i < values->values->len; i++)
    values->sketches[i] = sketch_of (&g_array_index (values->values, GuituValue, i));
}

void
_guitu_values_init (GuituValues *values,
                    const GuituListColumn *columns,
                    guint number,
                    guint n_ours,
                    guint n_theirs)
{
  g_autoptr (GHashTable) plain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  Known known = { plain, written };
  const GuituListColumn *column = &columns[number];
  const char *const *texts[2] = { column->ours, column->theirs };

  values->column = column;
  values->number = number;
  values->group = column->exchanged >= 0 ? MIN (number, (guint) column->exchanged) : number;
  values->n_rows[0] = n_ours;
  values->n_rows[1] = column->theirs == NULL ? n_ours : n_theirs;
  values->kind = kind_of (values);
  values->is_vague = values->kind == GUITU_COLUMN_DATE && share_of (values, is_year) > VAGUE_SHARE;
  values->values = g_array_new (FALSE, TRUE, sizeof (GuituValue));
  g_array_set_clear_func (values->values, value_clear);
  g_array_set_size (values->values, 1);
  for (guint side = 0; side < 2; side++)
    {
      if (texts[side] == NULL)
        {
          values->rows[1] = values->rows[0];
          continue;
        }
      values->rows[side] = g_new (guint32, values->n_rows[side] + 1);
      for (guint row = 0; row < values->n_rows[side]; row++)
        values->rows[side][row] = find_written (values, &known, texts[side][row]);
    }
  if (values->kind != GUITU_COLUMN_TEXT && values->kind != GUITU_COLUMN_NAME)
    return;
  weigh_words (values->values);
  sketch_values (values);
}

void
_guitu_values_clear (GuituValues *values)
{
  if (values->rows[1] != values->rows[0])
    g_free (values->rows[1]);
  g_clear_pointer (&values->rows[0], g_free);
  values->rows[1] = NULL;
  g_clear_pointer (&values->values, g_array_unref);
  g_clear_pointer (&values->sketches, g_free);
}
