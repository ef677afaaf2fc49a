/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other stations see of a report: what the family allows, one by one, and never who reported or a number of a
 * document. The end of the search empties it; station, number and state say that there was one. */

#include "app/missing.h"

#include "app/visits.h"
#include "db/id.h"

#include <string.h>

#define LEAST_DIGITS 7 /* in a row, in free text: a telephone or a document */
#define REPORTER "＊"  /* as for numbers: words in its place would be taken for a name, and compared */

/* Each field that goes out, and where it comes from. */
static const struct
{
  int to;
  int from;
  int allowed_by; /* the family's word that it needs, or -1 */
} fields[] = {
  { GUITU_SOUGHT_NAME, GUITU_MISSING_NAME, -1 },
  { GUITU_SOUGHT_ALIAS, GUITU_MISSING_ALIAS, -1 },
  { GUITU_SOUGHT_SEX, GUITU_MISSING_SEX, -1 },
  { GUITU_SOUGHT_BIRTH_FROM, GUITU_MISSING_BIRTH_FROM, -1 },
  { GUITU_SOUGHT_BIRTH_TO, GUITU_MISSING_BIRTH_TO, -1 },
  { GUITU_SOUGHT_NATION, GUITU_MISSING_NATION, -1 },
  { GUITU_SOUGHT_ACCENT, GUITU_MISSING_ACCENT, -1 },
  { GUITU_SOUGHT_MARKS, GUITU_MISSING_MARKS, -1 },
  { GUITU_SOUGHT_CLOTHING, GUITU_MISSING_CLOTHING, -1 },
  { GUITU_SOUGHT_HEALTH, GUITU_MISSING_HEALTH, GUITU_MISSING_ALLOW_HEALTH },
  { GUITU_SOUGHT_LOST_ON, GUITU_MISSING_LOST_ON, -1 },
  { GUITU_SOUGHT_LOST_PLACE, GUITU_MISSING_LOST_PLACE, -1 },
  { GUITU_SOUGHT_HOUSEHOLD, GUITU_MISSING_HOUSEHOLD, -1 },
  { GUITU_SOUGHT_KIN, GUITU_MISSING_KIN, -1 },
  { GUITU_SOUGHT_PHONE, GUITU_MISSING_PHONE, GUITU_MISSING_ALLOW_PHONE },
};

gboolean
guitu_sought_is_open (const GuituRecord *sought)
{
  return guitu_record_says (sought, GUITU_SOUGHT_STATE, "open") && !guitu_record_is_voided (sought);
}

static gboolean
is_allowed (const GuituRecord *missing,
            int field)
{
  return field < 0 || guitu_record_says (missing, field, "yes");
}

static gboolean
is_shared (const GuituRecord *missing)
{
  return guitu_missing_is_open (missing) &&
         (guitu_record_says (missing, GUITU_MISSING_SHARING, "stations") || guitu_record_says (missing, GUITU_MISSING_SHARING, "public"));
}

/* --- Words that must not go out ------------------------------------------------------------------ */

/* How many bytes of digits, with what people put between them, begin at @text. */
static gsize
length_of_digits (const char *text,
                  guint *n_digits)
{
  gsize end = 0;

  *n_digits = 0;
  for (gsize i = 0; g_ascii_isdigit (text[i]) || (*n_digits > 0 && text[i] != '\0' && strchr (" -xX", text[i]) != NULL); i++)
    if (g_ascii_isdigit (text[i]) || text[i] == 'x' || text[i] == 'X')
      {
        *n_digits += g_ascii_isdigit (text[i]);
        end = i + 1;
      }
  return end;
}

/* Numbers by which somebody is reached or known are fields of their own, for each of which the family is asked. */
static char *
without_numbers (const char *text)
{
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *at = narrow == NULL ? text : narrow; *at != '\0';)
    {
      guint n_digits;
      gsize length = length_of_digits (at, &n_digits);

      if (n_digits >= LEAST_DIGITS)
        g_string_append (kept, "＊");
      else
        g_string_append_len (kept, at, length > 0 ? (gssize) length : g_utf8_next_char (at) - at);
      at += length > 0 ? length : (gsize) (g_utf8_next_char (at) - at);
    }
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/* A text as others may read it. Returns: (transfer full) (nullable) */
static char *
text_to_share (const GuituRecord *missing,
               int field)
{
  const char *text = guitu_record_text (missing, field);
  const char *reporter = guitu_record_text (missing, GUITU_MISSING_REPORTER);
  g_autofree char *plain = NULL;

  if (text == NULL || guitu_kind_missing.fields[field].type != GUITU_FIELD_TEXT || field == GUITU_MISSING_PHONE)
    return g_strdup (text);
  plain = without_numbers (text);
  if (reporter != NULL && field != GUITU_MISSING_NAME && strstr (plain, reporter) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (plain, reporter, -1);

      return g_strjoinv (REPORTER, parts);
    }
  return g_steal_pointer (&plain);
}

/* --- Writing ------------------------------------------------------------------------------------- */

static void
forget (GuituRecord *sought)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    guitu_record_set_text (sought, fields[i].to, NULL);
  guitu_record_set_text (sought, GUITU_SOUGHT_HEIGHT_CM, NULL);
  guitu_record_set_bytes (sought, GUITU_SOUGHT_PHOTO, NULL);
}

static void
take (GuituRecord *sought,
      const GuituRecord *missing,
      GBytes *photo)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = is_allowed (missing, fields[i].allowed_by) ? text_to_share (missing, fields[i].from) : NULL;

      guitu_record_set_text (sought, fields[i].to, text);
    }
  if (guitu_record_is_set (missing, GUITU_MISSING_HEIGHT_CM))
    guitu_record_set_integer (sought, GUITU_SOUGHT_HEIGHT_CM, guitu_record_integer (missing, GUITU_MISSING_HEIGHT_CM, 0));
  else
    guitu_record_set_text (sought, GUITU_SOUGHT_HEIGHT_CM, NULL);
  guitu_record_set_bytes (sought, GUITU_SOUGHT_PHOTO, photo);
}

/* What is shared of a report; *@sought is %NULL where nothing was. Two desks that share one write one. */
static gboolean
find_sought (GuituTransaction *transaction,
             const GuituRecord *missing,
             GuituRecord **sought,
             char **id,
             GError **error)
{
  g_autofree char *words = guitu_id_from_words (NULL, "sought", guitu_record_id (missing), NULL);

  *id = guitu_owned_id (&guitu_kind_sought, guitu_transaction_keys (transaction)->station, NULL, words);
  return guitu_record_load_if_there (transaction, &guitu_kind_sought, *id, sought, error);
}

static gboolean
has_changed (const GuituRecord *sought)
{
  for (guint i = 0; i < guitu_kind_sought.n_fields; i++)
    if (guitu_record_changed (sought, (int) i))
      return TRUE;
  return FALSE;
}

/* What the family takes back looks to others like a report that was withdrawn. */
static const char *
state_to_share (const GuituRecord *missing)
{
  return guitu_missing_is_open (missing) && !is_shared (missing) ? "withdrawn" : guitu_record_text (missing, GUITU_MISSING_STATE);
}

/* The file of a photo may lie at another desk alone: what went out from there stays then. */
static GBytes *
photo_to_share (GuituStore *store,
                GuituTransaction *transaction,
                const GuituRecord *missing,
                const GuituRecord *sought)
{
  GBytes *photo;

  if (!is_allowed (missing, GUITU_MISSING_ALLOW_PHOTO) || !guitu_record_is_set (missing, GUITU_MISSING_PHOTO))
    return NULL;
  photo = guitu_file_small_photo (store, transaction, guitu_record_text (missing, GUITU_MISSING_PHOTO));
  return photo != NULL || guitu_record_changed (missing, GUITU_MISSING_PHOTO) ? photo : guitu_record_bytes (sought, GUITU_SOUGHT_PHOTO);
}

gboolean
guitu_sought_write (GuituStore *store,
                    GuituTransaction *transaction,
                    GuituRecord *missing,
                    GError **error)
{
  g_autoptr (GuituRecord) sought = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autofree char *now = guitu_now ();
  g_autofree char *id = NULL;

  if (!find_sought (transaction, missing, &sought, &id, error))
    return FALSE;
  if (sought == NULL && !is_shared (missing))
    return TRUE;
  if (sought == NULL)
    sought = guitu_record_new_owned (&guitu_kind_sought, guitu_transaction_keys (transaction)->station, NULL, id);
  if (is_shared (missing))
    {
      photo = photo_to_share (store, transaction, missing, sought);
      take (sought, missing, photo);
    }
  else
    forget (sought);
  guitu_record_set_text (sought, GUITU_SOUGHT_NUMBER, guitu_record_text (missing, GUITU_MISSING_NUMBER));
  guitu_record_set_text (sought, GUITU_SOUGHT_STATE, state_to_share (missing));
  guitu_record_set_text (missing, GUITU_MISSING_SOUGHT, guitu_record_id (sought));
  if (!has_changed (sought))
    return TRUE;
  guitu_record_set_text (sought, GUITU_SOUGHT_AT, now);
  return guitu_transaction_put (transaction, sought, error);
}

/* Of ours that are open to others, those whose report is not. (element-type GuituRecord): reports */
static GPtrArray *
find_over (GuituTransaction *transaction,
           GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  const GuituQuery ours = { .conditions = { { GUITU_SOUGHT_STATION, GUITU_EQUAL, own }, { GUITU_SOUGHT_STATE, GUITU_EQUAL, "open" } }, .without_bytes = TRUE };
  g_autoptr (GPtrArray) soughts = guitu_records_find (transaction, &guitu_kind_sought, &ours, error);
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  for (guint i = 0; soughts != NULL && i < soughts->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      GuituRecord *missing = guitu_record_find_one (transaction, &guitu_kind_missing, GUITU_MISSING_SOUGHT, guitu_record_id (soughts->pdata[i]), &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (missing != NULL && !is_shared (missing))
        g_ptr_array_add (over, missing);
      else
        g_clear_pointer (&missing, guitu_record_free);
    }
  return soughts == NULL ? NULL : g_steal_pointer (&over);
}

gboolean
guitu_soughts_settle (GuituStore *store,
                      GError **error)
{
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  g_autoptr (GPtrArray) over = reading == NULL ? NULL : find_over (reading, error);
  g_autoptr (GuituTransaction) transaction = NULL;

  if (over == NULL || over->len == 0)
    return over != NULL;
  g_clear_pointer (&reading, guitu_transaction_free);
  g_clear_pointer (&over, g_ptr_array_unref);
  transaction = guitu_store_write (store, NULL, "missing sync", error);
  over = transaction == NULL ? NULL : find_over (transaction, error);
  for (guint i = 0; over != NULL && i < over->len; i++)
    if (!guitu_sought_write (store, transaction, over->pdata[i], error))
      return FALSE;
  return over != NULL && guitu_transaction_commit (transaction, error);
}

/* --- Reading ------------------------------------------------------------------------------------- */

static void
add_photo (JsonObject *json,
           const GuituRecord *sought,
           gboolean with_photo)
{
  g_autoptr (GBytes) photo = guitu_record_bytes (sought, GUITU_SOUGHT_PHOTO);
  gsize length = 0;
  const guint8 *data = photo == NULL ? NULL : g_bytes_get_data (photo, &length);
  g_autofree char *text = data == NULL || !with_photo ? NULL : g_base64_encode (data, length);

  if (with_photo)
    json_object_set_boolean_member (json, "has_photo", photo != NULL);
  if (text != NULL)
    json_object_set_string_member (json, "photo", text);
}

static void
add_labels (JsonObject *json)
{
  for (guint i = 0; i < guitu_kind_sought.n_fields; i++)
    {
      const GuituField *field = &guitu_kind_sought.fields[i];
      g_autofree char *member = g_strconcat (field->name, "_name", NULL);

      if (!json_object_has_member (json, field->name))
        continue;
      if (field->type == GUITU_FIELD_CODE)
        json_object_set_string_member (json, member, guitu_code_label (field->of, json_object_get_string_member (json, field->name)));
      else if (field->type == GUITU_FIELD_REGION)
        guitu_json_add_region_name (json, field->name);
    }
}

JsonObject *
guitu_sought_to_json (GuituTransaction *transaction,
                      const GuituRecord *sought,
                      gboolean with_photo,
                      GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();
  const char *station = guitu_record_text (sought, GUITU_SOUGHT_STATION);

  json_object_set_string_member (json, "sought", guitu_record_id (sought));
  for (guint i = 0; i < GUITU_SOUGHT_PHOTO; i++)
    {
      g_autofree char *text = guitu_record_show (sought, (int) i);

      if (text != NULL && i == GUITU_SOUGHT_HEIGHT_CM)
        json_object_set_int_member (json, "height_cm", guitu_record_integer (sought, GUITU_SOUGHT_HEIGHT_CM, 0));
      else if (text != NULL)
        json_object_set_string_member (json, i == GUITU_SOUGHT_PHONE ? "family_phone" : guitu_kind_sought.fields[i].name, text);
    }
  add_labels (json);
  add_photo (json, sought, with_photo);
  json_object_set_boolean_member (json, "own", g_strcmp0 (station, guitu_transaction_keys (transaction)->station) == 0);
  return guitu_station_name_add (json, transaction, station, error) ? g_steal_pointer (&json) : NULL;
}
