/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an entry may write: its scope says which kinds, and the id of a row that several stations read says
 * whose it is (owned-id.c). */

#include "db/receive-private.h"

#include "db/ends-private.h"
#include "db/owned-id-private.h"
#include "db/records.h"

#include <string.h>

#define CLOCK_AHEAD_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

gboolean
_guitu_refuse (GError **error,
               const char *format,
               ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED, message);
  return FALSE;
}

static gboolean
is_scope_of (const GuituKind *kind,
             const char *scope)
{
  switch (kind->scope)
    {
    case GUITU_SCOPE_SHARED:
      return strcmp (scope, GUITU_SCOPE_NAME_SHARED) == 0;
    case GUITU_SCOPE_MAILBOX:
      return g_str_has_prefix (scope, GUITU_SCOPE_NAME_TO);
    case GUITU_SCOPE_STATION:
    default:
      return strcmp (scope, GUITU_SCOPE_NAME_STATION) == 0;
    }
}

/* Whether a station's desks may read a scope of another station's desk. */
static gboolean
may_read (const char *station,
          const char *scope)
{
  const char *addressee = g_str_has_prefix (scope, GUITU_SCOPE_NAME_TO) ? scope + strlen (GUITU_SCOPE_NAME_TO) : NULL;

  return strcmp (scope, GUITU_SCOPE_NAME_SHARED) == 0 || g_strcmp0 (addressee, station) == 0;
}

/* A letter stays in the mailbox it was written to. */
static gboolean
check_addressee (const GuituEntry *entry,
                 const char *to_station,
                 GError **error)
{
  return g_strcmp0 (to_station, entry->scope + strlen (GUITU_SCOPE_NAME_TO)) == 0 ||
         _guitu_refuse (error, "Station %s wrote a letter into the wrong mailbox", entry->station);
}

static gboolean
check_cells (const GuituKind *kind,
             const GuituEntry *entry,
             const GuituChange *change,
             GError **error)
{
  gboolean is_owned = !change->creates;

  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);

      if (kind->scope == GUITU_SCOPE_MAILBOX && strcmp (cell->field, "to_station") == 0 &&
          !check_addressee (entry, cell->value.data, error))
        return FALSE;
      if (strcmp (cell->field, "station") != 0)
        continue;
      if (g_strcmp0 (cell->value.data, entry->station) != 0)
        return _guitu_refuse (error, "Station %s wrote in another station's name", entry->station);
      is_owned = TRUE;
    }
  return is_owned || _guitu_refuse (error, "Station %s wrote a %s that belongs to nobody", entry->station, kind->name);
}

gboolean
_guitu_change_counts (const GuituEntry *entry,
                      const GuituChange *change)
{
  const GuituKind *kind = guitu_kind_find (change->kind);

  return kind == NULL || _guitu_owned_by (kind, change->id, entry->station, entry->scope);
}

/* Before stations shared anything, the ids of marks of papers did not say whose they are. They are let pass, without effect. */
static gboolean
is_before_owners (const GuituKind *kind,
                  const GuituChange *change)
{
  return kind == &guitu_kind_paper_mark && change->creates;
}

static gboolean
check_change (const GuituEntry *entry,
              const GuituChange *change,
              GError **error)
{
  const GuituKind *kind = guitu_kind_find (change->kind);

  if (kind == NULL)
    return TRUE;
  if (!is_scope_of (kind, entry->scope))
    return _guitu_refuse (error, "An entry of station %s writes a %s where it may not", entry->station, change->kind);
  if (kind->scope == GUITU_SCOPE_STATION)
    return TRUE;
  if (!_guitu_change_counts (entry, change) && !is_before_owners (kind, change))
    return _guitu_refuse (error, "Station %s wrote to another station's record", entry->station);
  return check_cells (kind, entry, change, error);
}

gboolean
_guitu_entry_check_author (const GuituEntry *entry,
                           const char *own_station,
                           GError **error)
{
  gint64 limit = (g_get_real_time () / 1000 + CLOCK_AHEAD_MS) << 16;

  if (strcmp (entry->station, own_station) != 0 && !may_read (own_station, entry->scope))
    return _guitu_refuse (error, "Station %s sent entries that only its own desks may read", entry->station);
  if (entry->version.clock > limit)
    return _guitu_refuse (error, "A desk of station %s has a clock more than a day ahead; set its date first", entry->station);
  for (guint i = 0; i < entry->changes->len; i++)
    if (!check_change (entry, g_ptr_array_index (entry->changes, i), error))
      return FALSE;
  return TRUE;
}
