/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/entry.h"

#include "db/encoding.h"
#include "db/id.h"

#include <sodium.h>
#include <string.h>

#define LAST_MEMBER 9

static void
cell_free (gpointer data)
{
  GuituCell *cell = data;

  g_free (cell->field);
  guitu_value_clear (&cell->value);
  g_clear_pointer (&cell->settled, g_array_unref);
  g_free (cell);
}

GuituChange *
guitu_change_new (const char *kind,
                  const guint8 id[16],
                  gboolean creates)
{
  GuituChange *change = g_new0 (GuituChange, 1);

  change->kind = g_strdup (kind);
  memcpy (change->id, id, sizeof change->id);
  change->creates = creates;
  change->cells = g_ptr_array_new_with_free_func (cell_free);
  return change;
}

void
guitu_change_free (GuituChange *change)
{
  g_free (change->kind);
  g_ptr_array_unref (change->cells);
  g_free (change);
}

GuituCell *
guitu_change_add (GuituChange *change,
                  const char *field,
                  const GuituValue *value)
{
  GuituCell *cell = g_new0 (GuituCell, 1);

  cell->field = g_strdup (field);
  guitu_value_copy (value, &cell->value);
  g_ptr_array_add (change->cells, cell);
  return cell;
}

int
guitu_version_compare (const GuituVersion *version,
                       const GuituVersion *other)
{
  if (version->clock != other->clock)
    return version->clock < other->clock ? -1 : 1;
  if (version->desk != other->desk)
    return version->desk < other->desk ? -1 : 1;
  return 0;
}

GuituEntry *
guitu_entry_new (void)
{
  GuituEntry *entry = g_new0 (GuituEntry, 1);

  entry->format = GUITU_ENTRY_FORMAT;
  entry->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_change_free);
  return entry;
}

void
guitu_entry_free (GuituEntry *entry)
{
  g_free (entry->scope);
  g_free (entry->station);
  g_free (entry->user);
  g_free (entry->act);
  g_ptr_array_unref (entry->changes);
  g_clear_pointer (&entry->body, g_bytes_unref);
  g_free (entry);
}

/* Deterministic order of text keys: shorter first, then bytewise. */
static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const GuituCell *cell = *(const GuituCell *const *) a;
  const GuituCell *other = *(const GuituCell *const *) b;
  gsize length = strlen (cell->field);
  gsize other_length = strlen (other->field);

  if (length != other_length)
    return length < other_length ? -1 : 1;
  return strcmp (cell->field, other->field);
}

static void
encode_cell (GByteArray *out,
             const GuituCell *cell,
             gboolean creates)
{
  guint n_settled = cell->settled == NULL ? 0 : cell->settled->len;

  guitu_cbor_put_text (out, cell->field);
  if (creates)
    {
      guitu_cbor_put_value (out, &cell->value);
      return;
    }
  guitu_cbor_put_array (out, 4);
  guitu_cbor_put_value (out, &cell->value);
  guitu_cbor_put_integer (out, cell->seen.clock);
  guitu_cbor_put_integer (out, cell->seen.desk);
  guitu_cbor_put_array (out, 2 * n_settled);
  for (guint i = 0; i < n_settled; i++)
    {
      const GuituVersion *version = &g_array_index (cell->settled, GuituVersion, i);

      guitu_cbor_put_integer (out, version->clock);
      guitu_cbor_put_integer (out, version->desk);
    }
}

static void
encode_change (GByteArray *out,
               GuituChange *change)
{
  guitu_cbor_put_array (out, 4);
  guitu_cbor_put_text (out, change->kind);
  guitu_cbor_put_bytes (out, change->id, sizeof change->id);
  guitu_cbor_put_integer (out, change->creates ? 1 : 0);
  g_ptr_array_sort (change->cells, compare_cells);
  guitu_cbor_put_map (out, change->cells->len);
  for (guint i = 0; i < change->cells->len; i++)
    encode_cell (out, g_ptr_array_index (change->cells, i), change->creates);
}

void
guitu_entry_encode (GuituEntry *entry)
{
  GByteArray *out = g_byte_array_new ();
  guint8 user[GUITU_ID_BYTES];

  guitu_cbor_put_map (out, 10);
  guitu_cbor_put_unsigned (out, 0);
  guitu_cbor_put_integer (out, entry->format);
  guitu_cbor_put_unsigned (out, 1);
  guitu_cbor_put_integer (out, entry->version.desk);
  guitu_cbor_put_unsigned (out, 2);
  guitu_cbor_put_text (out, entry->scope);
  guitu_cbor_put_unsigned (out, 3);
  guitu_cbor_put_integer (out, entry->sequence);
  guitu_cbor_put_unsigned (out, 4);
  guitu_cbor_put_integer (out, entry->version.clock);
  guitu_cbor_put_unsigned (out, 5);
  guitu_cbor_put_text (out, entry->station);
  guitu_cbor_put_unsigned (out, 6);
  if (entry->user != NULL && guitu_id_to_bytes (entry->user, user))
    guitu_cbor_put_bytes (out, user, sizeof user);
  else
    guitu_cbor_put_null (out);
  guitu_cbor_put_unsigned (out, 7);
  guitu_cbor_put_bytes (out, entry->previous, entry->is_first ? 0 : GUITU_HASH_BYTES);
  guitu_cbor_put_unsigned (out, 8);
  guitu_cbor_put_array (out, entry->changes->len);
  for (guint i = 0; i < entry->changes->len; i++)
    encode_change (out, g_ptr_array_index (entry->changes, i));
  guitu_cbor_put_unsigned (out, 9);
  guitu_cbor_put_text (out, entry->act);
  g_clear_pointer (&entry->body, g_bytes_unref);
  entry->body = g_byte_array_free_to_bytes (out);
}

/* --- Decoding --------------------------------------------------------------------------------- */

static gboolean
decode_text (GuituCborReader *reader,
             char **text)
{
  const char *start;
  gsize length;

  if (*text != NULL || !guitu_cbor_next_text (reader, &start, &length))
    return FALSE;
  *text = g_strndup (start, length);
  return TRUE;
}

static gboolean
skip_rest (GuituCborReader *reader,
           guint64 count)
{
  for (guint64 i = 0; i < count; i++)
    if (!guitu_cbor_skip (reader))
      return FALSE;
  return TRUE;
}

static gboolean
decode_settled (GuituCborReader *reader,
                GuituCell *cell)
{
  guint64 length;

  if (!guitu_cbor_next_array (reader, &length) || length % 2 != 0)
    return FALSE;
  for (guint64 i = 0; i < length; i += 2)
    {
      GuituVersion version;

      if (!guitu_cbor_next_integer (reader, &version.clock) || !guitu_cbor_next_integer (reader, &version.desk))
        return FALSE;
      if (cell->settled == NULL)
        cell->settled = g_array_new (FALSE, FALSE, sizeof (GuituVersion));
      g_array_append_val (cell->settled, version);
    }
  return TRUE;
}

static gboolean
decode_value (GuituCborReader *reader,
              GuituCell *cell)
{
  cell->is_opaque = !guitu_cbor_next_value (reader, &cell->value);
  return !cell->is_opaque || guitu_cbor_skip (reader);
}

static gboolean
decode_cell (GuituCborReader *reader,
             GuituChange *change)
{
  GuituCell *cell = g_new0 (GuituCell, 1);
  guint64 length;

  g_ptr_array_add (change->cells, cell);
  if (!decode_text (reader, &cell->field))
    return FALSE;
  if (change->creates)
    return decode_value (reader, cell);
  return guitu_cbor_next_array (reader, &length) && length >= 4 && decode_value (reader, cell) &&
         guitu_cbor_next_integer (reader, &cell->seen.clock) &&
         guitu_cbor_next_integer (reader, &cell->seen.desk) && decode_settled (reader, cell) &&
         skip_rest (reader, length - 4);
}

static gboolean
decode_change (GuituCborReader *reader,
               GuituEntry *entry)
{
  GuituChange *change = g_new0 (GuituChange, 1);
  const guint8 *id;
  guint64 length;
  guint64 n_cells;
  gsize id_length;
  gint64 creates;

  change->cells = g_ptr_array_new_with_free_func (cell_free);
  g_ptr_array_add (entry->changes, change);
  if (!guitu_cbor_next_array (reader, &length) || length < 4 || !decode_text (reader, &change->kind) ||
      !guitu_cbor_next_bytes (reader, &id, &id_length) || id_length != sizeof change->id ||
      !guitu_cbor_next_integer (reader, &creates) || !guitu_cbor_next_map (reader, &n_cells))
    return FALSE;
  memcpy (change->id, id, sizeof change->id);
  change->creates = creates != 0;
  for (guint64 i = 0; i < n_cells; i++)
    if (!decode_cell (reader, change))
      return FALSE;
  return skip_rest (reader, length - 4);
}

static gboolean
decode_changes (GuituCborReader *reader,
                GuituEntry *entry)
{
  guint64 length;

  if (!guitu_cbor_next_array (reader, &length))
    return FALSE;
  for (guint64 i = 0; i < length; i++)
    if (!decode_change (reader, entry))
      return FALSE;
  return TRUE;
}

static gboolean
decode_user (GuituCborReader *reader,
             GuituEntry *entry)
{
  const guint8 *user;
  gsize length;

  if (!guitu_cbor_next_bytes (reader, &user, &length))
    return guitu_cbor_skip (reader);
  if (length == GUITU_ID_BYTES && entry->user == NULL)
    entry->user = guitu_id_from_bytes (user);
  return TRUE;
}

static gboolean
decode_previous (GuituCborReader *reader,
                 GuituEntry *entry)
{
  const guint8 *hash;
  gsize length;

  if (!guitu_cbor_next_bytes (reader, &hash, &length) || (length != 0 && length != GUITU_HASH_BYTES))
    return FALSE;
  entry->is_first = length == 0;
  if (!entry->is_first)
    memcpy (entry->previous, hash, length);
  return TRUE;
}

static gboolean
decode_member (GuituCborReader *reader,
               GuituEntry *entry,
               gint64 key)
{
  switch (key)
    {
    case 0:
      return guitu_cbor_next_integer (reader, &entry->format);
    case 1:
      return guitu_cbor_next_integer (reader, &entry->version.desk);
    case 2:
      return decode_text (reader, &entry->scope);
    case 3:
      return guitu_cbor_next_integer (reader, &entry->sequence);
    case 4:
      return guitu_cbor_next_integer (reader, &entry->version.clock);
    case 5:
      return decode_text (reader, &entry->station);
    case 6:
      return decode_user (reader, entry);
    case 7:
      return decode_previous (reader, entry);
    case 8:
      return decode_changes (reader, entry);
    case 9:
      return decode_text (reader, &entry->act);
    default:
      return guitu_cbor_skip (reader);
    }
}

static gboolean
decode_body (GuituCborReader *reader,
             GuituEntry *entry)
{
  guint64 n_members;
  guint members = 0; /* a bit for each of those that every format has */

  if (!guitu_cbor_next_map (reader, &n_members))
    return FALSE;
  for (guint64 i = 0; i < n_members; i++)
    {
      gint64 key;

      if (!guitu_cbor_next_integer (reader, &key) || !decode_member (reader, entry, key))
        return FALSE;
      if (key >= 0 && key <= LAST_MEMBER)
        {
          if (members & 1u << key)
            return FALSE;
          members |= 1u << key;
        }
    }
  return reader->at == reader->end && members == (1u << (LAST_MEMBER + 1)) - 1 &&
         entry->sequence >= 1 && entry->version.clock > 0 && entry->version.desk > 0 &&
         entry->is_first == (entry->sequence == 1);
}

GuituEntry *
guitu_entry_decode (GBytes *body,
                    const guint8 signature[GUITU_SIGNATURE_BYTES],
                    GError **error)
{
  g_autoptr (GuituEntry) entry = guitu_entry_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  GuituCborReader reader = { data, length > 0 ? data + length : data };

  if (!decode_body (&reader, entry))
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "A ledger entry is malformed");
      return NULL;
    }
  entry->body = g_bytes_ref (body);
  memcpy (entry->signature, signature, GUITU_SIGNATURE_BYTES);
  return g_steal_pointer (&entry);
}

/* --- Signing and hashing ---------------------------------------------------------------------- */

/* What is signed: a fixed text that keeps entry signatures apart from all others, and the hash. */
static void
signed_message (GBytes *body,
                guint8 message[16 + GUITU_HASH_BYTES])
{
  gsize length;
  gconstpointer data = g_bytes_get_data (body, &length);

  memcpy (message, "guitu-entry-v1\0\0", 16);
  crypto_generichash (message + 16, GUITU_HASH_BYTES, data, length, NULL, 0);
}

void
guitu_entry_sign (GuituEntry *entry,
                  const guint8 secret_key[64])
{
  guint8 message[16 + GUITU_HASH_BYTES];

  signed_message (entry->body, message);
  crypto_sign_detached (entry->signature, NULL, message, sizeof message, secret_key);
}

gboolean
guitu_entry_is_signed_by (const GuituEntry *entry,
                          const guint8 public_key[32])
{
  guint8 message[16 + GUITU_HASH_BYTES];

  signed_message (entry->body, message);
  return crypto_sign_verify_detached (entry->signature, message, sizeof message, public_key) == 0;
}

void
guitu_entry_hash (GBytes *body,
                  const guint8 signature[GUITU_SIGNATURE_BYTES],
                  guint8 hash[GUITU_HASH_BYTES])
{
  crypto_generichash_state state;
  gsize length;
  gconstpointer data = g_bytes_get_data (body, &length);

  crypto_generichash_init (&state, NULL, 0, GUITU_HASH_BYTES);
  crypto_generichash_update (&state, data, length);
  crypto_generichash_update (&state, signature, GUITU_SIGNATURE_BYTES);
  crypto_generichash_final (&state, hash, GUITU_HASH_BYTES);
}
