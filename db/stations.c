/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One look-up for “the station with that code as we know it”. The roots are the card we trusted and what
 * an authority vouches for; from each of them the station's own rotations are followed. A rotation is a
 * statement signed with the old key and with the new one. Where two of them leave the same old key,
 * somebody else knows that key: neither is followed, until a new card or the authority decides. */

#include "db/stations-private.h"

#include "db/ends-private.h"
#include "db/records.h"

#include <sodium.h>
#include <string.h>

void
guitu_station_key_free (GuituStationKey *key)
{
  g_free (key->until);
  g_free (key);
}

static GuituStationKey *
key_new (const guint8 key[GUITU_PUBLIC_KEY_BYTES],
         const char *box_key,
         gboolean is_current)
{
  GuituStationKey *made = g_new0 (GuituStationKey, 1);

  memcpy (made->key, key, sizeof made->key);
  made->has_box_key = box_key != NULL && guitu_key_from_text (box_key, made->box_key, sizeof made->box_key);
  made->is_current = is_current;
  return made;
}

static GuituStationKey *
find_key (GPtrArray *keys,
          const guint8 key[GUITU_PUBLIC_KEY_BYTES])
{
  for (guint i = 0; i < keys->len; i++)
    {
      GuituStationKey *known = g_ptr_array_index (keys, i);

      if (memcmp (known->key, key, sizeof known->key) == 0)
        return known;
    }
  return NULL;
}

/* --- Roots ----------------------------------------------------------------------------------- */

static gboolean
read_roots (GuituConnection *connection,
            const char *sql,
            const char *code,
            gboolean with_voided,
            GPtrArray *keys,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, code);
  guitu_statement_bind_integer (statement, 2, with_voided);
  while ((step = guitu_statement_step (statement, error)) == 1)
    if (guitu_key_from_text (guitu_statement_text (statement, 0), key, sizeof key) && find_key (keys, key) == NULL)
      g_ptr_array_add (keys, key_new (key, guitu_statement_text (statement, 1), TRUE));
  return step == 0;
}

#define AUTHORITIES                                                            \
  "(SELECT code FROM station WHERE authority = 'yes' AND voided IS NULL UNION" \
  " SELECT authority FROM network WHERE voided IS NULL AND authority IS NOT NULL)"

/* A station may be in the directory twice, where two desks of ours trusted it at once. Where an authority
 * vouches for the station, that counts, and the card is what we had before. */
static gboolean
read_all_roots (GuituConnection *connection,
                const char *code,
                gboolean with_voided,
                GPtrArray *keys,
                GError **error)
{
  guint n_vouched;

  if (!read_roots (connection,
                   "SELECT key, box_key FROM directory WHERE code = ?1 AND key IS NOT NULL AND station <> code AND station IN " AUTHORITIES
                   " AND (?2 OR voided IS NULL) ORDER BY base_clock DESC, base_desk DESC",
                   code, with_voided, keys, error))
    return FALSE;
  n_vouched = keys->len;
  if (!read_roots (connection, "SELECT key, box_key FROM station WHERE code = ?1 AND key IS NOT NULL AND (?2 OR voided IS NULL) ORDER BY base_clock DESC, base_desk DESC",
                   code, with_voided, keys, error))
    return FALSE;
  for (guint i = n_vouched; n_vouched > 0 && i < keys->len; i++)
    ((GuituStationKey *) g_ptr_array_index (keys, i))->is_current = FALSE;
  return TRUE;
}

static void
take_own (const GuituKeys *own,
          GPtrArray *keys)
{
  GuituStationKey *current = key_new (own->station_public, NULL, TRUE);

  memcpy (current->box_key, own->box_public, sizeof current->box_key);
  current->has_box_key = TRUE;
  g_ptr_array_add (keys, current);
  for (guint i = 0; i < own->former->len; i++)
    g_ptr_array_add (keys, key_new (g_array_index (own->former, GuituFormerKeys, i).station_public, NULL, FALSE));
}

/* --- Rotations ------------------------------------------------------------------------------- */

typedef struct
{
  guint8 old_key[GUITU_PUBLIC_KEY_BYTES];
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  char *box_key;
  char *at;
} Rotation;

static void
rotation_clear (gpointer data)
{
  Rotation *rotation = data;

  g_free (rotation->box_key);
  g_free (rotation->at);
}

GBytes *
_guitu_rotation_message (const char *station,
                         const char *old_key,
                         const char *key,
                         const char *box_key,
                         const char *at,
                         const char *desks)
{
  char *text = g_strdup_printf ("guitu-rotation-v1\nstation=%s\nold_key=%s\nkey=%s\nbox_key=%s\nat=%s\ndesks=%s\n", station,
                                old_key, key, box_key, at, desks == NULL ? "" : desks);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_signed (GBytes *message,
           const char *signature_text,
           const guint8 key[GUITU_PUBLIC_KEY_BYTES])
{
  guint8 signature[crypto_sign_BYTES];
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  return signature_text != NULL && guitu_key_from_text (signature_text, signature, sizeof signature) &&
         crypto_sign_verify_detached (signature, data, length, key) == 0;
}

/* Columns: old_key, key, box_key, at, desks, by_old, by_new. */
static gboolean
take_rotation (GuituStatement *statement,
               const char *station,
               Rotation *rotation)
{
  g_autoptr (GBytes) message = NULL;

  for (int i = 0; i < 4; i++)
    if (guitu_statement_is_null (statement, i))
      return FALSE;
  message = _guitu_rotation_message (station, guitu_statement_text (statement, 0), guitu_statement_text (statement, 1),
                                     guitu_statement_text (statement, 2), guitu_statement_text (statement, 3), guitu_statement_text (statement, 4));
  if (!guitu_key_from_text (guitu_statement_text (statement, 0), rotation->old_key, sizeof rotation->old_key) ||
      !guitu_key_from_text (guitu_statement_text (statement, 1), rotation->key, sizeof rotation->key) ||
      !is_signed (message, guitu_statement_text (statement, 5), rotation->old_key) ||
      !is_signed (message, guitu_statement_text (statement, 6), rotation->key))
    return FALSE;
  rotation->box_key = g_strdup (guitu_statement_text (statement, 2));
  rotation->at = g_strdup (guitu_statement_text (statement, 3));
  return TRUE;
}

static GArray *
read_rotations (GuituConnection *connection,
                const char *code,
                GError **error)
{
  g_autoptr (GArray) rotations = g_array_new (FALSE, TRUE, sizeof (Rotation));
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT old_key, key, box_key, at, desks, by_old, by_new FROM rotation WHERE station = ? ORDER BY base_clock, base_desk", error);
  int step;

  g_array_set_clear_func (rotations, rotation_clear);
  if (statement == NULL)
    return NULL;
  guitu_statement_bind_text (statement, 1, code);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      Rotation rotation = { 0 };

      if (take_rotation (statement, code, &rotation))
        g_array_append_val (rotations, rotation);
    }
  return step == 0 ? g_steal_pointer (&rotations) : NULL;
}

static gboolean
is_disputed (GArray *rotations,
             const Rotation *rotation)
{
  for (guint i = 0; i < rotations->len; i++)
    {
      const Rotation *other = &g_array_index (rotations, Rotation, i);

      if (memcmp (other->old_key, rotation->old_key, sizeof other->old_key) == 0 &&
          memcmp (other->key, rotation->key, sizeof other->key) != 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether something was learned. A disputed one leads back from the new key, but not forward to it. */
static gboolean
follow (GPtrArray *keys,
        const Rotation *rotation,
        gboolean disputed)
{
  GuituStationKey *old = find_key (keys, rotation->old_key);
  GuituStationKey *new = find_key (keys, rotation->key);

  if (old == NULL && new == NULL)
    return FALSE;
  if (old != NULL && new != NULL)
    {
      gboolean is_news = old->is_current && new->is_current;

      if (old->until == NULL)
        old->until = g_strdup (rotation->at);
      old->is_current = old->is_current && !is_news;
      return is_news;
    }
  if (new == NULL && disputed)
    return FALSE;
  if (new == NULL)
    g_ptr_array_add (keys, key_new (rotation->key, rotation->box_key, old->is_current));
  else
    {
      old = key_new (rotation->old_key, NULL, FALSE);
      g_ptr_array_add (keys, old);
    }
  old->is_current = FALSE;
  g_free (old->until);
  old->until = g_strdup (rotation->at);
  return TRUE;
}

static gboolean
follow_all (GuituConnection *connection,
            const char *code,
            GPtrArray *keys,
            GError **error)
{
  g_autoptr (GArray) rotations = read_rotations (connection, code, error);
  gboolean learned = TRUE;

  if (rotations == NULL)
    return FALSE;
  while (learned)
    {
      learned = FALSE;
      for (guint i = 0; i < rotations->len; i++)
        {
          const Rotation *rotation = &g_array_index (rotations, Rotation, i);

          learned |= follow (keys, rotation, is_disputed (rotations, rotation));
        }
    }
  return TRUE;
}

static int
compare_current (gconstpointer a,
                 gconstpointer b)
{
  const GuituStationKey *key = *(const GuituStationKey *const *) a;
  const GuituStationKey *other = *(const GuituStationKey *const *) b;

  return other->is_current - key->is_current;
}

GPtrArray *
_guitu_station_keys (GuituConnection *connection,
                     const GuituKeys *own,
                     const char *code,
                     gboolean with_voided,
                     GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_station_key_free);

  if (strcmp (code, own->station) == 0)
    take_own (own, keys);
  else if (!read_all_roots (connection, code, with_voided, keys, error))
    return NULL;
  if (keys->len > 0 && !follow_all (connection, code, keys, error))
    return NULL;
  g_ptr_array_sort (keys, compare_current);
  return g_steal_pointer (&keys);
}

GPtrArray *
guitu_station_keys (GuituTransaction *transaction,
                    const char *code,
                    GError **error)
{
  return _guitu_station_keys (transaction->connection, guitu_transaction_keys (transaction), code, FALSE, error);
}

const GuituStationKey *
guitu_station_key_current (GPtrArray *keys)
{
  const GuituStationKey *first = keys->len == 0 ? NULL : g_ptr_array_index (keys, 0);

  return first != NULL && first->is_current ? first : NULL;
}

static const char *
cell_text (const GuituChange *change,
           const char *field)
{
  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);

      if (strcmp (cell->field, field) == 0 && cell->value.type == GUITU_VALUE_TEXT)
        return cell->value.data;
    }
  return NULL;
}

/* Whether the statement is genuine, leaves a key that @keys hold as current, and lists the desk. */
static gboolean
vouches (const GuituChange *change,
         const char *station,
         GPtrArray *keys,
         const GuituDesk *desk)
{
  const char *old_key = cell_text (change, "old_key");
  const char *key = cell_text (change, "key");
  const char *box_key = cell_text (change, "box_key");
  const char *at = cell_text (change, "at");
  const char *desks = cell_text (change, "desks");
  g_autofree char *desk_key = guitu_key_to_text (desk->public_key, sizeof desk->public_key);
  g_autoptr (GBytes) message = NULL;
  const GuituStationKey *known;
  guint8 old_bytes[GUITU_PUBLIC_KEY_BYTES];
  guint8 bytes[GUITU_PUBLIC_KEY_BYTES];

  if (old_key == NULL || key == NULL || box_key == NULL || at == NULL || desks == NULL ||
      !guitu_key_from_text (old_key, old_bytes, sizeof old_bytes) || !guitu_key_from_text (key, bytes, sizeof bytes))
    return FALSE;
  known = find_key (keys, old_bytes);
  message = _guitu_rotation_message (station, old_key, key, box_key, at, desks);
  return known != NULL && known->is_current && strstr (desks, desk_key) != NULL &&
         is_signed (message, cell_text (change, "by_old"), old_bytes) && is_signed (message, cell_text (change, "by_new"), bytes);
}

gboolean
_guitu_rotation_vouches (GuituConnection *connection,
                         const GuituKeys *own,
                         const GuituEntry *entry,
                         const GuituDesk *desk)
{
  g_autoptr (GPtrArray) keys = NULL;

  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (!change->creates || strcmp (change->kind, guitu_kind_rotation.name) != 0 || strcmp (entry->station, desk->station) != 0)
        continue;
      if (keys == NULL)
        keys = _guitu_station_keys (connection, own, desk->station, FALSE, NULL);
      if (keys != NULL && vouches (change, desk->station, keys, desk))
        return TRUE;
    }
  return FALSE;
}

/* --- Desks ----------------------------------------------------------------------------------- */

int
_guitu_desk_find_certifier (GuituConnection *connection,
                            const GuituKeys *own,
                            const GuituDesk *desk,
                            gboolean with_voided,
                            gboolean *is_known,
                            GError **error)
{
  g_autoptr (GPtrArray) keys = NULL;
  gint64 limit;

  *is_known = strcmp (desk->station, own->station) == 0;
  if (*is_known && guitu_desk_is_certified (desk, own->station_public))
    return 1;
  keys = _guitu_station_keys (connection, own, desk->station, with_voided, error);
  if (keys == NULL || !_guitu_chain_limit (connection, desk->desk, desk->station, "", &limit, error))
    return -1;
  *is_known = keys->len > 0;
  for (guint i = 0; i < keys->len; i++)
    {
      const GuituStationKey *key = g_ptr_array_index (keys, i);

      if ((key->is_current || limit != G_MAXINT64 || (with_voided && strcmp (desk->station, own->station) != 0)) && guitu_desk_is_certified (desk, key->key))
        return 1;
    }
  return 0;
}
