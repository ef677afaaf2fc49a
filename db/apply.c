/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells and their versions. A row remembers the version of the entry that created it; only cells
 * written again are kept one by one (cell_write). A cell's value is that of the greatest version,
 * so the order in which entries arrive cannot matter. Each write names the version it replaced;
 * writes that nobody replaced are heads, and a cell with two different heads is a conflict. */

#include "db/store-private.h"

#include "db/id.h"
#include "db/match.h"
#include "db/record-private.h"
#include "db/searched-private.h"

#include <string.h>

typedef struct
{
  gint64 row;
  GuituVersion base;
} RowHead;

static int
find_row (GuituConnection *connection,
          const GuituKind *kind,
          const guint8 id[16],
          RowHead *head,
          GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, _guitu_kind_find_sql (kind), error);
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  step = guitu_statement_step (statement, error);
  if (step == 1)
    {
      head->row = guitu_statement_integer (statement, 0);
      head->base.clock = guitu_statement_integer (statement, 1);
      head->base.desk = guitu_statement_integer (statement, 2);
    }
  return step;
}

static gboolean
insert_row (GuituConnection *connection,
            const GuituKind *kind,
            const guint8 id[16],
            const GuituVersion *base,
            RowHead *head,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO \"%s\" (id, base_clock, base_desk) VALUES (?, ?, ?)", kind->name);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_integer (statement, 2, base->clock);
  guitu_statement_bind_integer (statement, 3, base->desk);
  if (!guitu_statement_run (statement, error))
    return FALSE;
  head->row = guitu_connection_last_row (connection);
  head->base = *base;
  return TRUE;
}

/* A cell's name among the writes. Ids are unique within a kind and its owner only: that another station gives a
 * record of its own the id of one of ours must not touch what is known of ours. */
static char *
cell_name (const GuituKind *kind,
           const char *field)
{
  return kind->scope == GUITU_SCOPE_STATION ? g_strdup (field) : g_strconcat (kind->name, ".", field, NULL);
}

/* The greatest version among the writes of one cell; zero when there are none. */
static gboolean
last_write (GuituConnection *connection,
            const GuituKind *kind,
            const guint8 id[16],
            const char *field,
            GuituVersion *version,
            GError **error)
{
  g_autofree char *name = cell_name (kind, field);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT clock, desk FROM cell_write WHERE id = ? AND field = ? ORDER BY clock DESC, desk DESC LIMIT 1", error);
  int step;

  *version = (GuituVersion){ 0 };
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_text (statement, 2, name);
  step = guitu_statement_step (statement, error);
  if (step == 1)
    {
      version->clock = guitu_statement_integer (statement, 0);
      version->desk = guitu_statement_integer (statement, 1);
    }
  return step >= 0;
}

gboolean
_guitu_cell_version (GuituConnection *connection,
                     const GuituKind *kind,
                     const guint8 id[16],
                     const char *field,
                     GuituVersion *version,
                     GError **error)
{
  RowHead head = { 0 };

  if (!last_write (connection, kind, id, field, version, error) ||
      find_row (connection, kind, id, &head, error) < 0)
    return FALSE;
  if (guitu_version_compare (&head.base, version) > 0)
    *version = head.base;
  return TRUE;
}

/* @sql writes to cell_write (with @value) or replaced (without). */
static gboolean
remember (GuituConnection *connection,
          const char *sql,
          const GuituKind *kind,
          const guint8 id[16],
          const char *field,
          const GuituVersion *version,
          const GuituValue *value,
          GError **error)
{
  g_autofree char *name = cell_name (kind, field);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_text (statement, 2, name);
  guitu_statement_bind_integer (statement, 3, version->clock);
  guitu_statement_bind_integer (statement, 4, version->desk);
  if (value != NULL)
    guitu_value_bind (value, statement, 5);
  return guitu_statement_run (statement, error);
}

static gboolean
remember_write (GuituConnection *connection,
                const GuituKind *kind,
                const guint8 id[16],
                const char *field,
                const GuituVersion *version,
                const GuituValue *value,
                GError **error)
{
  return remember (connection,
                   "INSERT OR REPLACE INTO cell_write (id, field, clock, desk, value) VALUES (?, ?, ?, ?, ?)",
                   kind, id, field, version, value, error);
}

static gboolean
remember_replaced (GuituConnection *connection,
                   const GuituKind *kind,
                   const guint8 id[16],
                   const char *field,
                   const GuituVersion *version,
                   GError **error)
{
  if (version->clock == 0)
    return TRUE;
  return remember (connection, "INSERT OR IGNORE INTO replaced (id, field, clock, desk) VALUES (?, ?, ?, ?)",
                   kind, id, field, version, NULL, error);
}

static gboolean
set_column (GuituConnection *connection,
            const GuituKind *kind,
            gint64 row,
            const char *field,
            const GuituValue *value,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ? WHERE row = ?", kind->name, field);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_value_bind (value, statement, 1);
  guitu_statement_bind_integer (statement, 2, row);
  return guitu_statement_run (statement, error);
}

GArray *
_guitu_cell_heads (GuituConnection *connection,
                   const GuituKind *kind,
                   const guint8 id[16],
                   const char *field,
                   GError **error)
{
  g_autofree char *name = cell_name (kind, field);
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (GuituVersion));
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT w.clock, w.desk FROM cell_write w WHERE w.id = ?1 AND w.field = ?2 AND NOT EXISTS"
      " (SELECT 1 FROM replaced r WHERE r.id = w.id AND r.field = w.field AND r.clock = w.clock AND r.desk = w.desk)"
      " ORDER BY w.clock DESC, w.desk DESC",
      error);
  GuituVersion version;
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_text (statement, 2, name);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      version.clock = guitu_statement_integer (statement, 0);
      version.desk = guitu_statement_integer (statement, 1);
      g_array_append_val (heads, version);
    }
  return step == 0 ? g_steal_pointer (&heads) : NULL;
}

gboolean
_guitu_cell_heads_differ (GuituConnection *connection,
                          const GuituKind *kind,
                          const guint8 id[16],
                          const char *field,
                          gboolean *differ,
                          GError **error)
{
  g_autofree char *name = cell_name (kind, field);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT count (*) FROM (SELECT DISTINCT w.value FROM cell_write w WHERE w.id = ?1 AND w.field = ?2 AND NOT EXISTS"
      " (SELECT 1 FROM replaced r WHERE r.id = w.id AND r.field = w.field AND r.clock = w.clock AND r.desk = w.desk))",
      error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_text (statement, 2, name);
  if (guitu_statement_step (statement, error) != 1)
    return FALSE;
  *differ = guitu_statement_integer (statement, 0) > 1;
  return TRUE;
}

static gboolean
note_conflict (GuituConnection *connection,
               const GuituKind *kind,
               const guint8 id[16],
               const char *field,
               GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;
  gboolean differ = FALSE;

  if (!_guitu_cell_heads_differ (connection, kind, id, field, &differ, error))
    return FALSE;
  statement = guitu_connection_prepare (
      connection,
      differ ? "INSERT OR IGNORE INTO conflict (id, field, kind) VALUES (?1, ?2, ?3)"
             : "DELETE FROM conflict WHERE id = ?1 AND field = ?2 AND kind = ?3",
      error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_text (statement, 2, field);
  guitu_statement_bind_text (statement, 3, kind->name);
  return guitu_statement_run (statement, error);
}

/* Whether the value fits the declared field, so that a STRICT table takes it. */
static gboolean
fits (const GuituField *field,
      const GuituValue *value)
{
  switch (value->type)
    {
    case GUITU_VALUE_INTEGER:
      return field->type == GUITU_FIELD_INTEGER;
    case GUITU_VALUE_BYTES:
      return field->type == GUITU_FIELD_BYTES ||
             (field->type == GUITU_FIELD_REFERENCE && value->length == GUITU_ID_BYTES);
    case GUITU_VALUE_TEXT:
      return field->type != GUITU_FIELD_INTEGER && field->type != GUITU_FIELD_REFERENCE &&
             field->type != GUITU_FIELD_BYTES;
    case GUITU_VALUE_NONE:
    default:
      return TRUE;
    }
}

/* A cell of a newer program may have a field or a sort of value that is not known here: it stays in
 * the entry, and is applied once the program knows it. */
static gboolean
is_known (const GuituKind *kind,
          const GuituCell *cell,
          gboolean *partial)
{
  int field = guitu_kind_field (kind, cell->field);

  if (field >= 0 && !cell->is_opaque && fits (&kind->fields[field], &cell->value))
    return TRUE;
  *partial = TRUE;
  return FALSE;
}

/* A cell written twice by one entry has seen the entry's own version, which stands all the same. */
static gboolean
remember_seen (GuituConnection *connection,
               const GuituKind *kind,
               const guint8 id[16],
               const GuituCell *cell,
               const GuituVersion *version,
               GError **error)
{
  guint n_settled = cell->settled == NULL ? 0 : cell->settled->len;

  if (guitu_version_compare (&cell->seen, version) != 0 &&
      !remember_replaced (connection, kind, id, cell->field, &cell->seen, error))
    return FALSE;
  for (guint i = 0; i < n_settled; i++)
    {
      const GuituVersion *settled = &g_array_index (cell->settled, GuituVersion, i);

      if (guitu_version_compare (settled, version) != 0 &&
          !remember_replaced (connection, kind, id, cell->field, settled, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_cell (GuituConnection *connection,
            const GuituKind *kind,
            const guint8 id[16],
            const RowHead *head,
            const GuituCell *cell,
            const GuituVersion *version,
            GError **error)
{
  GuituVersion present;
  gboolean is_first;

  if (!last_write (connection, kind, id, cell->field, &present, error))
    return FALSE;
  is_first = present.clock == 0;
  if (guitu_version_compare (&head->base, &present) > 0)
    present = head->base;
  if (!remember_write (connection, kind, id, cell->field, version, &cell->value, error) ||
      !remember_seen (connection, kind, id, cell, version, error))
    return FALSE;
  if (guitu_version_compare (version, &present) >= 0 &&
      !set_column (connection, kind, head->row, cell->field, &cell->value, error))
    return FALSE;
  /* The only write of a cell can't disagree with another. */
  return is_first || note_conflict (connection, kind, id, cell->field, error);
}

/* The cells of a creating change by the position of their field. */
static void
sort_cells (const GuituKind *kind,
            const GuituChange *change,
            const GuituCell *cells[GUITU_FIELDS_MAX],
            gboolean *partial)
{
  memset (cells, 0, GUITU_FIELDS_MAX * sizeof *cells);
  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);

      if (is_known (kind, cell, partial))
        cells[guitu_kind_field (kind, cell->field)] = cell;
    }
}

/* The usual creation: a row nobody has heard of, written in one statement. */
static gboolean
create_row (GuituConnection *connection,
            const GuituKind *kind,
            const GuituChange *change,
            const GuituVersion *version,
            gboolean *partial,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, _guitu_kind_insert_sql (kind), error);
  const GuituCell *cells[GUITU_FIELDS_MAX];

  if (statement == NULL)
    return FALSE;
  sort_cells (kind, change, cells, partial);
  guitu_statement_bind_bytes (statement, 1, change->id, 16);
  guitu_statement_bind_integer (statement, 2, version->clock);
  guitu_statement_bind_integer (statement, 3, version->desk);
  for (guint i = 0; i < kind->n_fields; i++)
    if (cells[i] != NULL)
      guitu_value_bind (&cells[i]->value, statement, i + 4);
  return guitu_statement_run (statement, error);
}

static gboolean
set_base (GuituConnection *connection,
          const GuituKind *kind,
          gint64 row,
          const GuituVersion *version,
          GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET base_clock = ?, base_desk = ? WHERE row = ?", kind->name);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, version->clock);
  guitu_statement_bind_integer (statement, 2, version->desk);
  guitu_statement_bind_integer (statement, 3, row);
  return guitu_statement_run (statement, error);
}

/* A creation that comes after writes to its row: it fills in only what is still older. A creation
 * writes every field, those it does not name as empty, so that two of them converge as well. */
static gboolean
create_late (GuituConnection *connection,
             const GuituKind *kind,
             const GuituChange *change,
             RowHead *head,
             const GuituVersion *version,
             gboolean *partial,
             GError **error)
{
  const GuituValue nothing = { 0 };
  const GuituCell *cells[GUITU_FIELDS_MAX];

  sort_cells (kind, change, cells, partial);
  if (guitu_version_compare (&head->base, version) > 0)
    return TRUE;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const char *field = kind->fields[i].name;
      GuituVersion present;

      if (!last_write (connection, kind, change->id, field, &present, error))
        return FALSE;
      if (guitu_version_compare (version, &present) > 0 &&
          !set_column (connection, kind, head->row, field, cells[i] == NULL ? &nothing : &cells[i]->value, error))
        return FALSE;
    }
  return set_base (connection, kind, head->row, version, error);
}

static gboolean
write_cells (GuituConnection *connection,
             const GuituKind *kind,
             const GuituChange *change,
             const RowHead *head,
             const GuituVersion *version,
             gboolean *partial,
             GError **error)
{
  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);

      if (is_known (kind, cell, partial) &&
          !write_cell (connection, kind, change->id, head, cell, version, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_to_kind (GuituConnection *connection,
               const GuituKind *kind,
               const GuituChange *change,
               const GuituVersion *version,
               gboolean *partial,
               GError **error)
{
  const GuituVersion nothing = { 0 };
  RowHead head;
  int found = find_row (connection, kind, change->id, &head, error);

  if (found < 0)
    return FALSE;
  if (found == 0 && change->creates)
    return create_row (connection, kind, change, version, partial, error);
  if (found == 0 && kind->scope != GUITU_SCOPE_STATION)
    return TRUE; /* nobody could tell whose it is: it is applied when the row begins */
  if (found == 0 && !insert_row (connection, kind, change->id, &nothing, &head, error))
    return FALSE;
  if (change->creates)
    return create_late (connection, kind, change, &head, version, partial, error);
  return write_cells (connection, kind, change, &head, version, partial, error);
}

static gboolean
is_searched (const GuituKind *kind,
             const GuituChange *change)
{
  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);
      int field = guitu_kind_field (kind, cell->field);

      if (field >= 0 && (kind->fields[field].flags & GUITU_SEARCHED))
        return TRUE;
    }
  return FALSE;
}

gboolean
_guitu_change_replay (GuituConnection *connection,
                      const GuituChange *change,
                      const GuituVersion *version,
                      gboolean *partial,
                      GError **error)
{
  const GuituKind *kind = guitu_kind_find (change->kind);

  if (kind != NULL)
    return apply_to_kind (connection, kind, change, version, partial, error);
  *partial = TRUE;
  return TRUE;
}

gboolean
_guitu_settings_stamp (GuituConnection *connection,
                       GError **error)
{
  return guitu_connection_run (connection,
                               "INSERT INTO meta (name, value) VALUES ('settings', 1)"
                               " ON CONFLICT (name) DO UPDATE SET value = value + 1",
                               error);
}

/* The same, with the search index. */
static gboolean
apply_searched (GuituConnection *connection,
                const GuituKind *kind,
                const GuituChange *change,
                const GuituVersion *version,
                gboolean *partial,
                GError **error)
{
  g_auto (GuituSearched) before = { 0 };
  g_auto (GuituSearched) now = { 0 };

  if (kind != &guitu_kind_person || !is_searched (kind, change))
    return _guitu_change_replay (connection, change, version, partial, error);
  return _guitu_searched_read (connection, change->id, &before, error) &&
         apply_to_kind (connection, kind, change, version, partial, error) &&
         _guitu_searched_read (connection, change->id, &now, error) &&
         guitu_search_update (connection, before.exists ? &before.entry : NULL, &now.entry, error);
}

gboolean
_guitu_change_apply (GuituConnection *connection,
                     const GuituChange *change,
                     const GuituVersion *version,
                     gboolean *partial,
                     GError **error)
{
  const GuituKind *kind = guitu_kind_find (change->kind);
  GuituMatchSubject before, now;

  if (kind != NULL && kind->is_setting && !_guitu_settings_stamp (connection, error))
    return FALSE;
  if (kind == NULL || !guitu_match_reads (kind->name))
    return apply_searched (connection, kind, change, version, partial, error);
  return guitu_match_subject_of (connection, kind->name, change->id, &before, error) &&
         apply_searched (connection, kind, change, version, partial, error) &&
         guitu_match_subject_of (connection, kind->name, change->id, &now, error) &&
         guitu_match_follow (connection, &before, &now, error);
}
