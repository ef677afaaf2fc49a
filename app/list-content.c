/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a column holds, told from what stands in it. */

#include "app/codes.h"
#include "app/identity-number.h"
#include "app/list-mapping.h"

#include <string.h>

#define LOOKED_AT 2000 /* values of a list */
#define FEW_VALUES 40
#define LONG_NUMBER 5

typedef struct
{
  guint n; /* that say something */
  guint n_different;
  guint dates;
  guint day_first;   /* dates whose first number can only be a day */
  guint month_first; /* … a month */
  guint numbers;
  guint padded;      /* whole numbers that begin with 0 */
  guint lengths[32]; /* of what consists of digits */
  guint codes;       /* letters and digits in one word */
  guint identities;
  guint sexes;
  guint mobiles;
  guint han_names;
  guint letters;
  gboolean is_sequence; /* 0, 1, 2 … or 1, 2, 3 … */
  GHashTable *different;
} Content;

static gboolean
is_digits (const char *cell)
{
  return *cell != '\0' && cell[strspn (cell, "0123456789")] == '\0';
}

static gboolean
is_date (const char *cell)
{
  char digits[9];
  int year, month, day;

  if (!guitu_lists_read_date (cell, FALSE, digits) || strchr (digits, '?') != NULL)
    return FALSE;
  year = (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + digits[3] - '0';
  month = (digits[4] - '0') * 10 + digits[5] - '0';
  day = (digits[6] - '0') * 10 + digits[7] - '0';
  return year >= 1700 && year <= 2100 && month >= 1 && day >= 1 && month <= 31 && day <= 31 && (month <= 12 || day <= 12);
}

static gboolean
is_identity (const char *cell)
{
  g_autofree char *today = guitu_today ();

  return (strlen (cell) == 18 || strlen (cell) == 15) && guitu_identity_number_parse (cell, today, NULL, NULL);
}

static gboolean
is_han_name (const char *cell)
{
  glong length = g_utf8_strlen (cell, -1);

  for (const char *at = cell; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_get_script (g_utf8_get_char (at)) != G_UNICODE_SCRIPT_HAN)
      return FALSE;
  return length >= 2 && length <= 4;
}

/* Of 3/12/1950 it can't be told which is the month; of 23/12/1950 it can. */
static void
look_at_date (Content *content,
              const char *cell)
{
  gsize length = strspn (cell, "0123456789");
  const char *second = cell + length + strcspn (cell + length, "0123456789");

  content->dates++;
  if (length == 0 || length > 2 || *second == '\0')
    return;
  content->day_first += g_ascii_strtoll (cell, NULL, 10) > 12;
  content->month_first += g_ascii_strtoll (second, NULL, 10) > 12;
}

static void
look_at (Content *content,
         const char *cell)
{
  gsize length = strlen (cell);
  char *end;

  content->n++;
  content->n_different += g_hash_table_add (content->different, (gpointer) cell);
  if (is_date (cell))
    look_at_date (content, cell);
  g_ascii_strtod (cell, &end);
  content->numbers += end != cell && *end == '\0';
  if (is_digits (cell))
    {
      content->padded += length > 1 && *cell == '0';
      content->lengths[MIN (length, G_N_ELEMENTS (content->lengths) - 1)]++;
      content->mobiles += length == 11 && *cell == '1';
    }
  content->codes += length >= 3 && strpbrk (cell, "0123456789") != NULL && strchr (cell, ' ') == NULL && g_str_is_ascii (cell);
  content->identities += is_identity (cell);
  content->sexes += guitu_codes_parse ("sex", cell) != NULL;
  content->han_names += is_han_name (cell);
  for (const char *at = cell; *at != '\0'; at++)
    content->letters += !g_ascii_isdigit (*at) && *at != ' ';
}

static void
look_at_column (Content *content,
                const GuituListFile *file,
                guint column)
{
  guint step = MAX (1, file->rows->len / LOOKED_AT);
  gint64 before = 0;
  gboolean is_sequence = file->rows->len > 2;

  for (guint i = 0; i < file->rows->len; i++)
    {
      const GuituListRow *row = file->rows->pdata[i];
      const char *cell = row->cells[column];
      gint64 number = is_digits (cell) && strlen (cell) < 12 ? g_ascii_strtoll (cell, NULL, 10) : -1;

      is_sequence = is_sequence && number >= 0 && (i == 0 ? number <= 1 : number == before + 1);
      before = number;
      if (*cell != '\0' && i % step == 0)
        look_at (content, cell);
    }
  content->is_sequence = is_sequence;
}

static gboolean
is_most (guint part,
         guint n,
         double share)
{
  return n > 0 && part >= share * n;
}

static guint
usual_length (const Content *content)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (content->lengths); i++)
    if (content->lengths[i] > content->lengths[best])
      best = i;
  return best;
}

static GuituColumnKind
kind_of_content (const Content *content)
{
  guint length = usual_length (content);
  guint digits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (content->lengths); i++)
    digits += content->lengths[i];
  if (is_most (content->dates, content->n, 0.8))
    return GUITU_COLUMN_DATE;
  if (is_most (content->mobiles, content->n, 0.7))
    return GUITU_COLUMN_PHONE;
  if (content->n_different <= FEW_VALUES && content->n > content->n_different * 5)
    return GUITU_COLUMN_CATEGORY;
  if (is_most (content->numbers, content->n, 0.9))
    return is_most (digits, content->n, 0.9) && (is_most (content->padded, content->n, 0.05) || (length >= 4 && is_most (content->lengths[length], digits, 0.9)))
               ? GUITU_COLUMN_CODE
               : GUITU_COLUMN_NUMBER;
  if (is_most (content->codes, content->n, 0.8) && content->letters < content->n * 6)
    return GUITU_COLUMN_CODE;
  return is_most (content->han_names, content->n, 0.8) ? GUITU_COLUMN_NAME : GUITU_COLUMN_TEXT;
}

GuituColumnKind
guitu_list_kind_of (const GuituListFile *file,
                    guint column,
                    const GuituListFile *other,
                    guint other_column,
                    gboolean *is_day_first)
{
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);
  Content content = { .different = different };

  look_at_column (&content, file, column);
  if (other != NULL)
    look_at_column (&content, other, other_column);
  *is_day_first = content.day_first > content.month_first;
  return kind_of_content (&content);
}

/* What nobody calls a column: a day, a sex, the number of an identity or a telephone. A year may be the name of one. */
static gboolean
is_value (const char *cell)
{
  return is_date (cell) || is_identity (cell) || guitu_codes_parse ("sex", cell) != NULL || (is_digits (cell) && strlen (cell) >= LONG_NUMBER);
}

gboolean
guitu_list_has_header (const GuituListFile *file)
{
  gboolean has_value = FALSE;

  for (guint i = 0; i < file->n_columns; i++)
    {
      const char *cell = file->first == NULL ? "" : file->first->cells[i];

      if (*cell == '\0')
        continue;
      if (guitu_list_header_is_known (cell))
        return TRUE;
      has_value = has_value || is_value (cell);
    }
  return !has_value;
}

/* What needs no header to be known. */
static const char *
field_of_content (const Content *content)
{
  if (is_most (content->identities, content->n, 0.6))
    return "id_number";
  if (is_most (content->mobiles, content->n, 0.8))
    return "phone";
  if (is_most (content->sexes, content->n, 0.95) && (content->n_different >= 2 || content->n == 1) && content->n_different <= 4 && !is_most (content->numbers, content->n, 0.5))
    return "sex";
  if (is_most (content->dates, content->n, 0.8))
    return "birth";
  return is_most (content->han_names, content->n, 0.9) && content->n_different * 2 > content->n ? "name" : NULL;
}

/* Whether a header that is none of a birth speaks of some day: that of an entry, a visit or a document. */
static gboolean
is_other_day (const char *header)
{
  static const char *const words[] = { "date", "dt", "time", "day", "on", "at", "since", "until", "from", "to", NULL };
  static const char *const parts[] = { "日期", "时间", "日", "年月" };
  g_autofree char *plain = guitu_list_plain_header (header);
  g_auto (GStrv) said = g_strsplit (plain, " ", -1);

  for (guint i = 0; said[i] != NULL; i++)
    if (g_strv_contains (words, said[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (plain, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
look (GuituListMeaning *meanings,
      const GuituListFile *file,
      guint column)
{
  GuituListMeaning *meaning = &meanings[column];
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);
  Content content = { .different = different };
  const char *field;

  look_at_column (&content, file, column);
  field = meaning->field == NULL && meaning->kind == GUITU_COLUMN_KINDS ? field_of_content (&content) : NULL;
  if (meaning->kind == GUITU_COLUMN_KINDS)
    meaning->kind = kind_of_content (&content);
  meaning->is_day_first = content.day_first > content.month_first;
  if (!meaning->is_compared)
    return;
  if (content.n == 0 || (content.n_different == 1 && content.n > 1))
    {
      meaning->is_compared = FALSE;
      meaning->by = content.n == 0 ? "empty" : "constant";
    }
  else if (content.is_sequence && strcmp (meaning->by, "map") != 0)
    {
      meaning->is_compared = FALSE;
      meaning->field = NULL;
      meaning->by = "row-id";
    }
  else if (field != NULL && guitu_list_meanings_find (meanings, file, field) < 0 && !(strcmp (field, "birth") == 0 && is_other_day (file->header[column])))
    {
      meaning->field = field;
      if (strcmp (field, "sex") == 0)
        meaning->kind = GUITU_COLUMN_CATEGORY; /* however few there are */
    }
}

void
guitu_list_meanings_look (GuituListMeaning *meanings,
                          const GuituListFile *file)
{
  for (guint i = 0; i < file->n_columns; i++)
    look (meanings, file, i);
}
