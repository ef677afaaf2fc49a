/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/list-mapping.h"

#include "app/table.h"

#include <string.h>

#define WHOLE 1000 /* what reading all of a header counts, besides its characters */

typedef struct
{
  char *field;
  char *kind;
  char **headers; /* "=name" stands for the whole of a header alone */
} Field;

static const char *const kind_names[] = { "text", "name", "date", "number", "code", "phone", "category" };

const char *
guitu_list_kind_name (GuituColumnKind kind)
{
  return kind_names[kind];
}

static GuituColumnKind
kind_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (strcmp (kind_names[i], name) == 0)
      return i;
  return GUITU_COLUMN_TEXT;
}

/* --- Fields ----------------------------------------------------------------------------------- */

static gpointer
load_fields (gpointer unused)
{
  static const char *const names[] = { "field", "kind", "headers", NULL };
  GuituTable *table = guitu_table_load ("list-columns.csv", names);
  GArray *fields = g_array_new (TRUE, TRUE, sizeof (Field));

  for (guint i = 0; i < guitu_table_rows (table); i++)
    {
      Field field = { g_strdup (guitu_table_cell (table, i, 0)), g_strdup (guitu_table_cell (table, i, 1)),
                      g_strsplit (guitu_table_cell (table, i, 2), "|", -1) };

      g_array_append_val (fields, field);
    }
  guitu_table_free (table);
  return g_array_free (fields, FALSE);
}

/* All of them, up to one without a name. */
static const Field *
list_fields (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_fields, NULL);
}

static const Field *
find_field (const char *name)
{
  for (const Field *field = list_fields (); field->field != NULL; field++)
    if (strcmp (field->field, name) == 0)
      return field;
  return NULL;
}

/* --- Headers ---------------------------------------------------------------------------------- */

/* "DateOfBirth", "date-of-birth" and "Date of birth (d.m.y)" are the same words. */
char *
guitu_list_plain_header (const char *header)
{
  g_autofree char *normal = g_utf8_normalize (header, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *plain = g_string_new (NULL);
  gboolean was_small = FALSE, is_apart = FALSE;

  for (const char *at = normal == NULL ? "" : normal; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_isalnum (character))
        {
          is_apart = TRUE;
          was_small = FALSE;
          continue;
        }
      if (plain->len > 0 && (is_apart || (was_small && g_unichar_isupper (character))))
        g_string_append_c (plain, ' ');
      g_string_append_unichar (plain, g_unichar_tolower (character));
      was_small = g_unichar_islower (character);
      is_apart = FALSE;
    }
  return g_string_free (plain, FALSE);
}

static gboolean
is_han (const char *text)
{
  return g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN;
}

/* How much of the header the known one is: 0 nothing, its characters where it is a part, WHOLE more where it is all of it. */
static guint
likeness (const char *plain,
          const char *known)
{
  gboolean is_whole = *known == '=';
  const char *words = known + is_whole, *at;
  gsize length = strlen (words);

  if (length == 0)
    return 0;
  if (strcmp (plain, words) == 0)
    return WHOLE + length;
  at = is_whole || g_utf8_strlen (words, -1) < 2 ? NULL : strstr (plain, words);
  if (at == NULL)
    return 0;
  if (is_han (words))
    return length;
  /* whole words, and a number behind is no other word */
  return (at == plain || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ' || g_ascii_isdigit (at[length])) ? length : 0;
}

/* The field of which a header reads most. */
static const Field *
field_by_header (const char *header,
                 guint *best)
{
  g_autofree char *plain = guitu_list_plain_header (header);
  const Field *found = NULL;

  *best = 0;
  for (const Field *field = list_fields (); field->field != NULL; field++)
    for (guint i = 0; field->headers[i] != NULL; i++)
      {
        guint alike = likeness (plain, field->headers[i]);

        if (alike <= *best)
          continue;
        *best = alike;
        found = field;
      }
  if (found == NULL && (g_str_has_suffix (plain, " id") || g_str_has_suffix (plain, " uuid")))
    found = find_field ("label"); /* some other thing's number */
  return found;
}

gboolean
guitu_list_header_is_known (const char *header)
{
  guint likeness;

  return field_by_header (header, &likeness) != NULL && likeness >= WHOLE;
}

/* Place, city or name of something else: what stands beside the known words changes what is meant. */
static gboolean
is_of_something_else (const char *header)
{
  static const char *const words[] = { "place", "city", "country", "town", "state", "school", "company", "street", "cert", "certificate", "address", NULL };
  g_autofree char *plain = guitu_list_plain_header (header);
  g_auto (GStrv) parts = g_strsplit (plain, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strv_contains (words, parts[i]))
      return TRUE;
  return strstr (plain, "地点") != NULL || strstr (plain, "单位") != NULL || strstr (plain, "学校") != NULL || strstr (plain, "经办") != NULL;
}

static gboolean
is_plain_of (const char *field,
             const char *const *fields)
{
  return g_strv_contains (fields, field);
}

static void
set_meaning (GuituListMeaning *meaning,
             const Field *field,
             const char *by)
{
  static const char *const not_compared[] = { "row_id", "label", NULL };
  static const char *const no_fields[] = { "text", "code", "number", "date", "category", NULL };

  meaning->kind = kind_by_name (field->kind);
  meaning->field = is_plain_of (field->field, no_fields) ? NULL : field->field;
  meaning->is_compared = !is_plain_of (field->field, not_compared);
  meaning->by = meaning->is_compared ? by : strcmp (field->field, "row_id") == 0 ? "row-id"
                                                                                 : "label";
}

/* The header that reads most like a field gets it; others that read like it are compared as its kind. */
static void
guess_by_headers (GuituListMeaning *meanings,
                  const GuituListFile *file)
{
  for (guint i = 0; i < file->n_columns; i++)
    {
      guint own, best = 0;
      const Field *field = field_by_header (file->header[i], &own);

      if (field == NULL || (own < WHOLE && is_of_something_else (file->header[i]) && !g_str_has_prefix (field->field, "address") && strcmp (field->field, "number") != 0 && strcmp (field->field, "code") != 0))
        continue;
      set_meaning (&meanings[i], field, "header");
      for (guint k = 0; k < file->n_columns; k++)
        {
          guint other;

          if (k != i && field_by_header (file->header[k], &other) == field && (other > own || (other == own && k < i)))
            best = MAX (best, other);
        }
      if (best > 0 && meanings[i].is_compared)
        meanings[i].field = NULL;
    }
}

/* --- What was said ---------------------------------------------------------------------------- */

static int
find_column (const GuituListFile *file,
             const char *name)
{
  g_autofree char *plain = guitu_list_plain_header (name);

  for (guint i = 0; i < file->n_columns; i++)
    if (strcmp (file->header[i], name) == 0)
      return i;
  for (guint i = 0; i < file->n_columns; i++)
    {
      g_autofree char *header = guitu_list_plain_header (file->header[i]);

      if (*plain != '\0' && strcmp (header, plain) == 0)
        return i;
    }
  return -1;
}

/* Of "field=column". Returns: whether it is that. */
static gboolean
split_map (const char *part,
           char **field,
           char **column)
{
  const char *equals = strchr (part, '=');

  if (equals == NULL)
    return FALSE;
  *field = g_strstrip (g_strndup (part, equals - part));
  *column = g_strstrip (g_strdup (equals + 1));
  return TRUE;
}

static void
take_map (GuituListMeaning *meanings,
          const GuituListFile *file,
          const char *part)
{
  g_autofree char *name = NULL;
  g_autofree char *header = NULL;
  const Field *field;
  int column;

  if (!split_map (part, &name, &header))
    return;
  field = find_field (name);
  column = find_column (file, header);
  if (field == NULL || column < 0)
    return;
  for (guint i = 0; i < file->n_columns; i++)
    if (g_strcmp0 (meanings[i].field, field->field) == 0)
      meanings[i].field = NULL;
  set_meaning (&meanings[column], field, "map");
}

GuituListMeaning *
guitu_list_meanings_new (const GuituListFile *file,
                         const char *map,
                         const char *ignore)
{
  GuituListMeaning *meanings = g_new0 (GuituListMeaning, file->n_columns + 1);
  g_auto (GStrv) maps = g_strsplit (map == NULL ? "" : map, ",", -1);
  g_auto (GStrv) ignored = g_strsplit (ignore == NULL ? "" : ignore, ",", -1);

  for (guint i = 0; i < file->n_columns; i++)
    meanings[i] = (GuituListMeaning){ .kind = GUITU_COLUMN_KINDS, .is_compared = TRUE, .by = "content" };
  guess_by_headers (meanings, file);
  for (guint i = 0; maps[i] != NULL; i++)
    take_map (meanings, file, maps[i]);
  for (guint i = 0; ignored[i] != NULL; i++)
    {
      int column = find_column (file, g_strstrip (ignored[i]));

      if (column >= 0)
        meanings[column] = (GuituListMeaning){ .kind = GUITU_COLUMN_KINDS, .by = "ignore" };
    }
  return meanings;
}

static gboolean
check_column (const GuituListFile *file,
              const GuituListFile *other,
              const char *column,
              const char *option,
              GError **error)
{
  if (find_column (file, column) >= 0 || (other != NULL && find_column (other, column) >= 0))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-column", option, "There is no column “%s”", column);
}

gboolean
guitu_list_meanings_check (const GuituListFile *file,
                           const GuituListFile *other,
                           const char *map,
                           const char *ignore,
                           GError **error)
{
  g_auto (GStrv) maps = g_strsplit (map == NULL ? "" : map, ",", -1);
  g_auto (GStrv) ignored = g_strsplit (ignore == NULL ? "" : ignore, ",", -1);

  for (guint i = 0; maps[i] != NULL; i++)
    {
      g_autofree char *field = NULL;
      g_autofree char *column = NULL;

      if (!split_map (maps[i], &field, &column))
        return guitu_fail (error, GUITU_ERROR_INVALID, "bad-map", "map", "“%s” is not of the form field=column", maps[i]);
      if (find_field (field) == NULL)
        return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-field", "map", "There is no field “%s” that a column could be", field);
      if (!check_column (file, other, column, "map", error))
        return FALSE;
    }
  for (guint i = 0; ignored[i] != NULL; i++)
    if (!check_column (file, other, g_strstrip (ignored[i]), "ignore", error))
      return FALSE;
  return TRUE;
}

int
guitu_list_meanings_find (const GuituListMeaning *meanings,
                          const GuituListFile *file,
                          const char *field)
{
  for (guint i = 0; i < file->n_columns; i++)
    if (meanings[i].field != NULL && strcmp (meanings[i].field, field) == 0)
      return i;
  return -1;
}
