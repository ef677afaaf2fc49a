/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/record-private.h"

#include "db/id.h"

#include <string.h>

static GuituRecord *
record_alloc (const GuituKind *kind)
{
  GuituRecord *record = g_new0 (GuituRecord, 1);

  g_assert (kind->n_fields <= GUITU_FIELDS_MAX);
  record->kind = kind;
  record->values = g_new0 (GuituValue, kind->n_fields);
  return record;
}

GuituRecord *
guitu_record_new (const GuituKind *kind)
{
  GuituRecord *record = record_alloc (kind);

  g_assert (kind->scope == GUITU_SCOPE_STATION);
  record->id = guitu_id_new ();
  record->is_new = TRUE;
  return record;
}

GuituRecord *
guitu_record_new_with_id (const GuituKind *kind,
                          const char *id)
{
  GuituRecord *record = record_alloc (kind);

  record->id = g_strdup (id);
  record->is_new = TRUE;
  return record;
}

void
guitu_record_free (GuituRecord *record)
{
  for (guint i = 0; i < record->kind->n_fields; i++)
    guitu_value_clear (&record->values[i]);
  g_free (record->values);
  g_free (record->id);
  g_free (record);
}

const GuituKind *
guitu_record_kind (const GuituRecord *record)
{
  return record->kind;
}

const char *
guitu_record_id (const GuituRecord *record)
{
  return record->id;
}

gint64
guitu_record_row (const GuituRecord *record)
{
  return record->row;
}

const char *
guitu_record_text (const GuituRecord *record,
                   int field)
{
  const GuituValue *value = &record->values[field];

  return value->type == GUITU_VALUE_TEXT ? value->data : NULL;
}

gint64
guitu_record_integer (const GuituRecord *record,
                      int field,
                      gint64 fallback)
{
  const GuituValue *value = &record->values[field];

  return value->type == GUITU_VALUE_INTEGER ? value->integer : fallback;
}

gboolean
guitu_record_is_set (const GuituRecord *record,
                     int field)
{
  return record->values[field].type != GUITU_VALUE_NONE;
}

gboolean
guitu_record_is_voided (const GuituRecord *record)
{
  return guitu_record_is_set (record, record->kind->n_fields - 1);
}

char *
guitu_record_show (const GuituRecord *record,
                   int field)
{
  return guitu_value_to_text (&record->values[field]);
}

gboolean
guitu_record_changed (const GuituRecord *record,
                      int field)
{
  return (record->changed >> field) & 1;
}

void
guitu_record_freeze (GuituRecord *record)
{
  record->is_frozen = TRUE;
  record->changed = 0;
}

void
guitu_record_set_text (GuituRecord *record,
                       int field,
                       const char *text)
{
  GuituValue *value = &record->values[field];

  if (text != NULL && text[0] == '\0')
    text = NULL;
  if (text == NULL ? !guitu_record_is_set (record, field) : g_strcmp0 (guitu_record_text (record, field), text) == 0)
    return;
  guitu_value_set_text (value, text);
  record->changed |= G_GUINT64_CONSTANT (1) << field;
}

void
guitu_record_set_integer (GuituRecord *record,
                          int field,
                          gint64 integer)
{
  GuituValue *value = &record->values[field];

  if (value->type == GUITU_VALUE_INTEGER && value->integer == integer)
    return;
  guitu_value_set_integer (value, integer);
  record->changed |= G_GUINT64_CONSTANT (1) << field;
}

GBytes *
guitu_record_bytes (const GuituRecord *record,
                    int field)
{
  const GuituValue *value = &record->values[field];

  return value->type == GUITU_VALUE_BYTES ? g_bytes_new (value->data, value->length) : NULL;
}

void
guitu_record_set_bytes (GuituRecord *record,
                        int field,
                        GBytes *bytes)
{
  GuituValue value = { 0 };
  gsize length = 0;
  gconstpointer data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &length);

  if (length > 0)
    guitu_value_set_bytes (&value, data, length);
  if (!guitu_value_equal (&record->values[field], &value))
    {
      guitu_value_copy (&value, &record->values[field]);
      record->changed |= G_GUINT64_CONSTANT (1) << field;
    }
  guitu_value_clear (&value);
}

/* SQL that every reading or creation needs, made once for each kind. */
typedef struct
{
  const GuituKind *kind;
  char *columns;
  char *find;
  char *insert;
} KindSql;

static KindSql
make_sql (const GuituKind *kind)
{
  g_autoptr (GString) columns = g_string_new ("id");
  g_autoptr (GString) insert = g_string_new (NULL);

  g_string_printf (insert, "INSERT INTO \"%s\" (id, base_clock, base_desk", kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_string_append_printf (columns, ", \"%s\"", kind->fields[i].name);
      g_string_append_printf (insert, ", \"%s\"", kind->fields[i].name);
    }
  g_string_append (insert, ") VALUES (?, ?, ?");
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');
  return (KindSql){
    .kind = kind,
    .columns = g_string_free (g_steal_pointer (&columns), FALSE),
    .find = g_strdup_printf ("SELECT row, base_clock, base_desk FROM \"%s\" WHERE id = ?", kind->name),
    .insert = g_string_free (g_steal_pointer (&insert), FALSE),
  };
}

static gpointer
make_all_sql (gpointer data)
{
  const GuituKind *const *kinds = guitu_kinds ();
  GArray *all = g_array_new (FALSE, FALSE, sizeof (KindSql));

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      KindSql sql = make_sql (kinds[i]);

      g_array_append_val (all, sql);
    }
  return all;
}

static const KindSql *
sql_of (const GuituKind *kind)
{
  static GOnce once = G_ONCE_INIT;
  const GArray *all = g_once (&once, make_all_sql, NULL);

  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, KindSql, i).kind == kind)
      return &g_array_index (all, KindSql, i);
  g_assert_not_reached ();
}

const char *
_guitu_kind_columns (const GuituKind *kind)
{
  return sql_of (kind)->columns;
}

const char *
_guitu_kind_find_sql (const GuituKind *kind)
{
  return sql_of (kind)->find;
}

const char *
_guitu_kind_insert_sql (const GuituKind *kind)
{
  return sql_of (kind)->insert;
}

GuituRecord *
_guitu_record_read (const GuituKind *kind,
                    GuituStatement *statement)
{
  GuituRecord *record = record_alloc (kind);

  record->row = guitu_statement_integer (statement, 0);
  record->id = guitu_statement_id (statement, 1);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].type == GUITU_FIELD_REFERENCE)
        {
          g_autofree char *id = guitu_statement_id (statement, i + 2);

          guitu_value_set_text (&record->values[i], id);
        }
      else
        {
          guitu_value_read (&record->values[i], statement, i + 2);
        }
    }
  return record;
}
