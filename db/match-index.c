/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Table match_chunk: 88 rows of one kind are one BLOB of packed records, which mostly fills one page of the database,
 * so that all of them are read at the speed of the disk's cache, and a change writes one page. Within a BLOB records
 * lie by row; a row that does not count has none. The packed numbers follow from the tables in db/data and from the
 * readings: where any of them has changed, the index is built anew. */

#include "db/match-index-private.h"

#include "db/match-learn.h"

#include "db/match-resources.h"
#include "db/reading-private.h"

#include <gio/gio.h>
#include <string.h>

#define INDEX_VERSION 4 /* count up with every change of what is packed, or how */

/* --- Packing --------------------------------------------------------------------------------------- */

guint16
_guitu_kin_hash (const GuituNameFeature *name)
{
  guint32 hash = 2166136261u;

  if (GUITU_NAME_IS_NICKNAME (name->n_units, name->n_core))
    return GUITU_KIN_HASH_NICKNAME;
  for (guint i = 0; i < name->n_units; i++)
    hash = (hash ^ _guitu_unit_sound_key (name->units[i])) * 16777619u;
  return MAX (GUITU_KIN_HASH_NICKNAME + 1, (hash ^ hash >> 16) & 0xffff);
}

guint16
_guitu_id_tail_hash (const char *number)
{
  gsize length = strlen (number);
  guint32 hash = 2166136261u;

  if (length < 8)
    return 0;
  for (const char *p = number + length - 4; *p != '\0'; p++)
    if (*p == '?')
      return 0;
    else
      hash = (hash ^ (guint8) *p) * 16777619u;
  return MAX (1, (hash ^ hash >> 16) & 0xffff);
}

guint32
_guitu_phone_number (const char *digits)
{
  gsize length = strlen (digits);
  guint32 number = 0;

  for (const char *p = digits + (length > 9 ? length - 9 : 0); *p != '\0'; p++)
    if (*p == '?')
      return 0;
    else
      number = number * 10 + (*p - '0');
  return number + 1;
}

static void
pack_name (GuituPacked *packed,
           const GuituNameFeature *name)
{
  memcpy (packed->units, name->units, sizeof packed->units);
  packed->flags |= MIN (name->n_units, 15) << 2 | MIN (name->surname, 3) << 6 | MIN (name->core, 3) << 8 |
                   MIN (name->n_core, 3) << 10 | (name->is_alias ? 1 : 0) << 12 | (name->is_heard ? 1 : 0) << 13;
}

guint
_guitu_match_pack (const GuituFeatures *features,
                   GuituPacked *packed)
{
  guint n = MAX (MAX (1, features->n_names), MAX (features->n_births, (features->n_homes + 1) / 2));

  n = MIN (MAX (n, features->n_accents), GUITU_FEATURE_NAMES);
  for (guint i = 0; i < n; i++)
    {
      GuituPacked *one = &packed[i];

      *one = (GuituPacked){ .flags = features->sex, .height = features->height, .nation = features->nation };
      one->row = features->side->row % GUITU_CHUNK_ROWS;
      if (features->n_names > 0)
        pack_name (one, &features->names[i % features->n_names]);
      if (features->n_births > 0)
        {
          one->birth_from = features->births[i % features->n_births].from;
          one->birth_to = features->births[i % features->n_births].to;
        }
      for (guint k = 0; k < G_N_ELEMENTS (one->homes) && features->n_homes > k; k++)
        one->homes[k] = features->homes[(2 * i + k) % features->n_homes].place;
      if (features->n_accents > 0)
        one->accent = features->accents[i % features->n_accents].place;
      memcpy (one->marks, features->marks, sizeof one->marks);
      for (guint k = 0; k < MIN (features->n_kin, G_N_ELEMENTS (one->kin)); k++)
        one->kin[k] = _guitu_kin_hash (&features->kin[k]);
      one->id_tail = _guitu_id_tail_hash (features->id_number);
      if (features->n_phones > 0)
        one->phone = _guitu_phone_number (features->phones[i % features->n_phones]);
    }
  return n;
}

/* --- Chunks ---------------------------------------------------------------------------------------- */

static gboolean
read_chunk (GuituConnection *connection,
            gint64 id,
            GByteArray *chunk,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT data FROM match_chunk WHERE id = ?", error);
  gconstpointer data;
  gsize length = 0;
  int step;

  g_byte_array_set_size (chunk, 0);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, id);
  step = guitu_statement_step (statement, error);
  data = step == 1 ? guitu_statement_bytes (statement, 0, &length) : NULL;
  if (length > 0)
    g_byte_array_append (chunk, data, length);
  return step >= 0;
}

static gboolean
write_chunk (GuituConnection *connection,
             gint64 id,
             const GByteArray *chunk,
             GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, chunk->len == 0 ? "DELETE FROM match_chunk WHERE id = ?1" : "INSERT OR REPLACE INTO match_chunk (id, data) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, id);
  if (chunk->len > 0)
    guitu_statement_bind_bytes (statement, 2, chunk->data, chunk->len);
  return guitu_statement_run (statement, error);
}

/** Puts the records of a row in place of those that are there. */
static void
replace_row (GByteArray *chunk,
             guint8 row,
             const GuituPacked *packed,
             guint n)
{
  guint from = 0, to, n_all = chunk->len / sizeof (GuituPacked);
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  while (from < n_all && ((const GuituPacked *) (gconstpointer) chunk->data)[from].row < row)
    from++;
  to = from;
  while (to < n_all && ((const GuituPacked *) (gconstpointer) chunk->data)[to].row == row)
    to++;
  if (to < n_all)
    g_byte_array_append (rest, chunk->data + to * sizeof (GuituPacked), (n_all - to) * sizeof (GuituPacked));
  g_byte_array_set_size (chunk, from * sizeof (GuituPacked));
  g_byte_array_append (chunk, (const guint8 *) packed, n * sizeof (GuituPacked));
  g_byte_array_append (chunk, rest->data, rest->len);
}

static gboolean
put_row (GuituConnection *connection,
         guint kind,
         gint64 row,
         const GuituPacked *packed,
         guint n,
         GError **error)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  gint64 id = GUITU_CHUNK_ID (kind, row);

  if (!read_chunk (connection, id, chunk, error))
    return FALSE;
  if (chunk->len == 0 && n == 0)
    return TRUE;
  replace_row (chunk, row % GUITU_CHUNK_ROWS, packed, n);
  return write_chunk (connection, id, chunk, error);
}

/* --- Following the records ------------------------------------------------------------------------- */

static gboolean
find_subject (GuituConnection *connection,
              const char *sql,
              const guint8 id[16],
              gint64 *row,
              GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  step = guitu_statement_step (statement, error);
  if (step == 1)
    *row = guitu_statement_integer (statement, 0);
  return step >= 0;
}

gboolean
guitu_match_reads (const char *kind)
{
  if (strcmp (kind, "statement") == 0)
    return TRUE;
  for (guint i = GUITU_MATCH_PERSON; i < GUITU_MATCH_KINDS_END; i++)
    if (strcmp (kind, _guitu_match_table (i)) == 0)
      return TRUE;
  return FALSE;
}

gboolean
guitu_match_subject_of (GuituConnection *connection,
                        const char *kind,
                        const guint8 id[16],
                        GuituMatchSubject *subject,
                        GError **error)
{
  *subject = (GuituMatchSubject){ 0 };
  if (strcmp (kind, "statement") == 0)
    {
      subject->kind = GUITU_MATCH_PERSON;
      return find_subject (connection, "SELECT row FROM person WHERE id = (SELECT person FROM statement WHERE id = ?)", id, &subject->row, error);
    }
  for (guint i = GUITU_MATCH_PERSON; i < GUITU_MATCH_KINDS_END; i++)
    if (strcmp (kind, _guitu_match_table (i)) == 0)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT row FROM \"%s\" WHERE id = ?", kind);

        subject->kind = i;
        return find_subject (connection, sql, id, &subject->row, error);
      }
  return TRUE;
}

static gboolean
update (GuituConnection *connection,
        const GuituMatchSubject *subject,
        GError **error)
{
  g_auto (GuituMatchRecord) record = { 0 };
  GuituPacked packed[GUITU_FEATURE_NAMES];
  guint n = 0;
  int found;

  if (subject->row == 0)
    return TRUE;
  found = _guitu_match_record_read (connection, subject->kind, subject->row, &record, error);
  if (found < 0)
    return FALSE;
  if (found == 1 && record.counts)
    {
      GuituFeatures features;

      guitu_features_init (&features, &record.side);
      n = _guitu_match_pack (&features, packed);
    }
  return put_row (connection, subject->kind, subject->row, packed, n, error);
}

gboolean
guitu_match_follow (GuituConnection *connection,
                    const GuituMatchSubject *before,
                    const GuituMatchSubject *now,
                    GError **error)
{
  gboolean is_other = before->row != now->row || before->kind != now->kind;

  return (!is_other || update (connection, before, error)) && update (connection, now, error);
}

/* --- Building, checking ---------------------------------------------------------------------------- */

typedef struct
{
  gint64 id;
  GByteArray *chunk;
  gboolean (*done) (GuituConnection *connection, gint64 id, const GByteArray *chunk, gpointer data, GError **error);
  gpointer data;
} Builder;

static gboolean
end_chunk (GuituConnection *connection,
           Builder *builder,
           GError **error)
{
  gboolean good = builder->chunk->len == 0 || builder->done (connection, builder->id, builder->chunk, builder->data, error);

  g_byte_array_set_size (builder->chunk, 0);
  return good;
}

static gboolean
add_record (GuituConnection *connection,
            const GuituMatchRecord *record,
            gpointer data,
            GError **error)
{
  Builder *builder = data;
  GuituPacked packed[GUITU_FEATURE_NAMES];
  GuituFeatures features;
  gint64 id = GUITU_CHUNK_ID (record->kind, record->side.row);

  if (id != builder->id && !end_chunk (connection, builder, error))
    return FALSE;
  builder->id = id;
  guitu_features_init (&features, &record->side);
  g_byte_array_append (builder->chunk, (const guint8 *) packed, _guitu_match_pack (&features, packed) * sizeof *packed);
  return TRUE;
}

/** Makes all chunks, one after another. */
static gboolean
make_chunks (GuituConnection *connection,
             Builder *builder,
             GError **error)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();

  builder->chunk = chunk;
  for (guint kind = GUITU_MATCH_PERSON; kind < GUITU_MATCH_KINDS_END; kind++)
    if (guitu_connection_has_table (connection, _guitu_match_table (kind)) &&
        (!_guitu_match_records_each (connection, kind, add_record, builder, error) || !end_chunk (connection, builder, error)))
      return FALSE;
  return TRUE;
}

static gboolean
keep_chunk (GuituConnection *connection,
            gint64 id,
            const GByteArray *chunk,
            gpointer data,
            GError **error)
{
  return write_chunk (connection, id, chunk, error);
}

/** What the packed numbers depend on. */
static gint64
current_version (void)
{
  static const char *const files[] = { "regions.csv", "dialects.csv", "marks.csv", "names.csv" };
  guint32 hash = _guitu_reading_fingerprint () ^ G_BYTE_ORDER;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/io/github/guitu/db/", files[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (guitu_match_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);

      for (gsize k = 0; k < length; k++)
        hash = (hash ^ data[k]) * 16777619u;
    }
  return ((gint64) INDEX_VERSION << 32) | hash;
}

static gboolean
build (GuituConnection *connection,
       GError **error)
{
  g_autofree char *note = g_strdup_printf ("INSERT INTO match_version (version) VALUES (%" G_GINT64_FORMAT ")", current_version ());
  Builder builder = { .done = keep_chunk };

  return guitu_connection_run (connection,
                               "DROP TABLE IF EXISTS match_chunk; DROP TABLE IF EXISTS match_version;"
                               "CREATE TABLE match_chunk (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;"
                               "CREATE TABLE match_version (version INTEGER NOT NULL) STRICT;",
                               error) &&
         make_chunks (connection, &builder, error) && guitu_connection_run (connection, note, error);
}

gboolean
guitu_match_rebuild (GuituConnection *connection,
                     GError **error)
{
  if (!guitu_connection_run (connection, "SAVEPOINT match_rebuild", error))
    return FALSE;
  if (build (connection, error) && _guitu_match_learnt_mend (connection, error) && guitu_connection_run (connection, "RELEASE match_rebuild", error))
    return TRUE;
  guitu_connection_run (connection, "ROLLBACK TO match_rebuild; RELEASE match_rebuild", NULL);
  return FALSE;
}

gboolean
guitu_match_prepare (GuituConnection *connection,
                     GError **error)
{
  if (guitu_connection_has_table (connection, "match_version") && guitu_connection_has_table (connection, "match_chunk") &&
      guitu_connection_integer (connection, "SELECT version FROM match_version", 0, NULL) == current_version ())
    return _guitu_match_learnt_prepare (connection, error);
  return guitu_match_rebuild (connection, error);
}

typedef struct
{
  gint64 n_chunks;
  gboolean differs;
} Check;

static gboolean
compare_chunk (GuituConnection *connection,
               gint64 id,
               const GByteArray *chunk,
               gpointer data,
               GError **error)
{
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  Check *check = data;

  if (!read_chunk (connection, id, kept, error))
    return FALSE;
  check->n_chunks++;
  check->differs |= kept->len != chunk->len || memcmp (kept->data, chunk->data, chunk->len) != 0;
  return TRUE;
}

gboolean
guitu_match_check (GuituConnection *connection,
                   char **problem,
                   GError **error)
{
  Check check = { 0 };
  Builder builder = { .done = compare_chunk, .data = &check };
  gboolean is_compared;

  *problem = NULL;
  if (!guitu_connection_run (connection, "BEGIN", error))
    return FALSE;
  is_compared = make_chunks (connection, &builder, error);
  if (is_compared && (check.differs || guitu_connection_integer (connection, "SELECT count(*) FROM match_chunk", -1, NULL) != check.n_chunks))
    *problem = g_strdup ("The index of the match does not fit the records; build it anew");
  if (is_compared && *problem == NULL)
    is_compared = _guitu_match_learnt_check (connection, problem, error);
  guitu_connection_run (connection, "ROLLBACK", NULL);
  return is_compared;
}

gint64
guitu_match_bytes (GuituConnection *connection)
{
  return guitu_connection_integer (connection, "SELECT sum (pgsize) FROM dbstat WHERE name = 'match_chunk'", 0, NULL);
}
