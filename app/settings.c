/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings.h"

#include "app/call.h"

#include <stdlib.h>
#include <string.h>

#define NEVER (-1)

typedef struct
{
  gint64 desk; /* with the folder: of which store */
  char *directory;
  gint64 stamp;
  char *region;
  GPtrArray *records; /* own the text of the rest */
  GArray *rules;      /* GuituRule */
  GHashTable *days;   /* date -> GuituDay */
  GHashTable *years;
  GuituCodeLists *codes;
} Snapshot;

static GMutex lock;          /* guards snapshots, and lets one thread read at a time */
static GPtrArray *snapshots; /* all there ever were */
static Snapshot *current;    /* atomic */

static const Snapshot *
now_in_force (void)
{
  return g_atomic_pointer_get (&current);
}

const char *
guitu_settings_region (void)
{
  const Snapshot *snapshot = now_in_force ();

  return snapshot == NULL || snapshot->region == NULL ? "" : snapshot->region;
}

const GuituRule *
guitu_settings_rules (guint *n)
{
  const Snapshot *snapshot = now_in_force ();

  *n = snapshot == NULL ? 0 : snapshot->rules->len;
  return snapshot == NULL ? NULL : (const GuituRule *) (gpointer) snapshot->rules->data;
}

const GuituDay *
guitu_settings_day (const char *date)
{
  const Snapshot *snapshot = now_in_force ();

  return snapshot == NULL ? NULL : g_hash_table_lookup (snapshot->days, date);
}

gboolean
guitu_settings_know_year (int year)
{
  const Snapshot *snapshot = now_in_force ();

  return snapshot != NULL && g_hash_table_contains (snapshot->years, GINT_TO_POINTER (year));
}

GuituCodeLists *
guitu_settings_codes (void)
{
  const Snapshot *snapshot = now_in_force ();

  return snapshot == NULL ? NULL : snapshot->codes;
}

/* --- Reading --------------------------------------------------------------------------------- */

static const char *
text_of (const GuituRecord *record,
         int field)
{
  const char *text = guitu_record_text (record, field);

  return text == NULL ? "" : text;
}

/* What two desks set for one thing is decided everywhere alike: ids begin with the time, so the
 * later one comes last and holds. */
static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (guitu_record_id (*(GuituRecord *const *) a), guitu_record_id (*(GuituRecord *const *) b));
}

static GPtrArray *
read_kind (Snapshot *snapshot,
           GuituTransaction *transaction,
           const GuituKind *kind,
           GError **error)
{
  g_autoptr (GPtrArray) found = guitu_records_find (transaction, kind, &(GuituQuery){ 0 }, error);

  if (found == NULL)
    return NULL;
  g_ptr_array_sort (found, compare_ids);
  g_ptr_array_add (snapshot->records, g_ptr_array_ref (found));
  return g_steal_pointer (&found);
}

/* A value that the rule can't have, from another program, is passed over: nothing may stop for it. */
static gboolean
read_rules (Snapshot *snapshot,
            GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GPtrArray) found = read_kind (snapshot, transaction, &guitu_kind_rule, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const GuituRecord *record = found->pdata[i];
      const GuituRule *alike = guitu_rules_builtin (text_of (record, GUITU_RULE_NAME));
      GuituRule rule = {
        .name = text_of (record, GUITU_RULE_NAME),
        .value = text_of (record, GUITU_RULE_VALUE),
        .unit = alike == NULL ? "" : alike->unit,
        .effective_from = text_of (record, GUITU_RULE_EFFECTIVE_FROM),
        .effective_until = text_of (record, GUITU_RULE_EFFECTIVE_UNTIL),
        .place = "",
        .citation = text_of (record, GUITU_RULE_CITATION),
        .note = text_of (record, GUITU_RULE_NOTE),
        .id = guitu_record_id (record),
      };

      if (alike != NULL && guitu_rules_check_value (alike, rule.value, NULL))
        g_array_append_val (snapshot->rules, rule);
    }
  return found != NULL;
}

static gboolean
read_days (Snapshot *snapshot,
           GuituTransaction *transaction,
           GError **error)
{
  g_autoptr (GPtrArray) found = read_kind (snapshot, transaction, &guitu_kind_calendar_day, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const GuituRecord *record = found->pdata[i];
      const char *date = text_of (record, GUITU_CALENDAR_DAY_DAY);
      GuituDay *day = g_new (GuituDay, 1);

      *day = (GuituDay){
        strcmp (text_of (record, GUITU_CALENDAR_DAY_WORKS), "yes") == 0,
        text_of (record, GUITU_CALENDAR_DAY_NAME),
        text_of (record, GUITU_CALENDAR_DAY_CITATION),
        TRUE,
      };
      g_hash_table_replace (snapshot->days, (gpointer) date, day);
      if (!day->works)
        g_hash_table_add (snapshot->years, GINT_TO_POINTER (atoi (date)));
    }
  return found != NULL;
}

static gboolean
read_codes (Snapshot *snapshot,
            GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GPtrArray) found = read_kind (snapshot, transaction, &guitu_kind_local_code, error);
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (GuituLocalCode));

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const GuituRecord *record = found->pdata[i];
      GuituLocalCode code = {
        text_of (record, GUITU_LOCAL_CODE_LIST),
        text_of (record, GUITU_LOCAL_CODE_CODE),
        text_of (record, GUITU_LOCAL_CODE_ENGLISH),
        text_of (record, GUITU_LOCAL_CODE_CHINESE),
        text_of (record, GUITU_LOCAL_CODE_REPORT_LINE),
      };

      g_array_append_val (codes, code);
    }
  if (codes->len > 0)
    snapshot->codes = guitu_codes_merge ((const GuituLocalCode *) (gpointer) codes->data, codes->len);
  return found != NULL;
}

/* A store without a station record is one that is being made. */
static gboolean
read_region (Snapshot *snapshot,
             GuituTransaction *transaction,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) station = guitu_own_station (transaction, &failure);

  if (station != NULL)
    snapshot->region = g_strdup (guitu_record_text (station, GUITU_STATION_REGION));
  else if (failure != NULL && !g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND) &&
           !g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

static void
snapshot_free (Snapshot *snapshot)
{
  g_free (snapshot->directory);
  g_free (snapshot->region);
  g_ptr_array_unref (snapshot->records);
  g_array_unref (snapshot->rules);
  g_hash_table_unref (snapshot->days);
  g_hash_table_unref (snapshot->years);
  g_free (snapshot);
}

static Snapshot *
snapshot_read (GuituStore *store,
               gint64 stamp,
               GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  Snapshot *snapshot;

  if (transaction == NULL)
    return NULL;
  snapshot = g_new0 (Snapshot, 1);
  snapshot->desk = guitu_store_keys (store)->desk.desk;
  snapshot->directory = g_strdup (guitu_store_directory (store));
  snapshot->stamp = stamp;
  snapshot->records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  snapshot->rules = g_array_new (FALSE, FALSE, sizeof (GuituRule));
  snapshot->days = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  snapshot->years = g_hash_table_new (NULL, NULL);
  if (read_region (snapshot, transaction, error) && read_rules (snapshot, transaction, error) &&
      read_days (snapshot, transaction, error) && read_codes (snapshot, transaction, error))
    return snapshot;
  snapshot_free (snapshot);
  return NULL;
}

/* --- In force -------------------------------------------------------------------------------- */

static gboolean
is_of (const Snapshot *snapshot,
       GuituStore *store)
{
  return snapshot->desk == guitu_store_keys (store)->desk.desk &&
         strcmp (snapshot->directory, guitu_store_directory (store)) == 0;
}

static Snapshot *
find_snapshot (GuituStore *store,
               gint64 stamp)
{
  for (guint i = snapshots == NULL ? 0 : snapshots->len; i > 0; i--)
    {
      Snapshot *snapshot = snapshots->pdata[i - 1];

      if (snapshot->stamp == stamp && is_of (snapshot, store))
        return snapshot;
    }
  return NULL;
}

gboolean
guitu_settings_refresh (GuituStore *store,
                        GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  Snapshot *snapshot;
  gint64 stamp;

  if (!guitu_store_settings_stamp (store, &stamp, error))
    return FALSE;
  locker = g_mutex_locker_new (&lock);
  snapshot = find_snapshot (store, stamp);
  if (snapshot == NULL)
    {
      snapshot = snapshot_read (store, stamp, error);
      if (snapshot == NULL)
        return FALSE;
      if (snapshots == NULL)
        snapshots = g_ptr_array_new ();
      g_ptr_array_add (snapshots, snapshot);
    }
  g_atomic_pointer_set (&current, snapshot);
  return TRUE;
}

void
guitu_settings_forget (GuituStore *store)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; snapshots != NULL && i < snapshots->len; i++)
    if (is_of (snapshots->pdata[i], store))
      ((Snapshot *) snapshots->pdata[i])->stamp = NEVER;
}
