/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other stations see of an entry of the list: written when it is approved, emptied when it ends. */

#include "app/blacklist.h"

#include "app/links.h"
#include "app/visits.h"
#include "db/id.h"

#include <string.h>

#define LEAST_SCORE 9.0 /* bits: below, a clerk would look at too many strangers */
#define WARNINGS_SHOWN 5
#define MARKS_RUN 3 /* characters in common that say something */
#define MARKS_WEIGHT 4.0

/* --- Writing ------------------------------------------------------------------------------------ */

/* What leads to the person, and what was said of them: the end takes it. Station, state, dates and category say whose
 * entry of what sort there was, and why it is over. */
static const int personal[] = {
  GUITU_LISTING_NAME, GUITU_LISTING_ALIAS, GUITU_LISTING_SEX, GUITU_LISTING_BIRTH_FROM, GUITU_LISTING_BIRTH_TO,
  GUITU_LISTING_MARKS, GUITU_LISTING_PERSON_KEY, GUITU_LISTING_FACTS, GUITU_LISTING_MEASURE, GUITU_LISTING_ADVICE,
  GUITU_LISTING_RULE, GUITU_LISTING_COUNTS
};

static gboolean
is_personal (int field)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (personal[i] == field)
      return TRUE;
  return FALSE;
}

static void
take_person (GuituRecord *listing,
             const GuituRecord *person)
{
  static const int from[] = { GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_SEX, GUITU_PERSON_BIRTH_FROM, GUITU_PERSON_BIRTH_TO, GUITU_PERSON_MARKS };

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    guitu_record_set_text (listing, personal[i], guitu_record_text (person, from[i]));
}

static void
take_entry (GuituRecord *listing,
            const GuituRecord *entry)
{
  static const int fields[][2] = {
    { GUITU_LISTING_STATE, GUITU_BLACKLIST_STATE },
    { GUITU_LISTING_FROM, GUITU_BLACKLIST_FROM },
    { GUITU_LISTING_UNTIL, GUITU_BLACKLIST_UNTIL },
    { GUITU_LISTING_CATEGORY, GUITU_BLACKLIST_CATEGORY },
    { GUITU_LISTING_FACTS, GUITU_BLACKLIST_FACTS },
    { GUITU_LISTING_MEASURE, GUITU_BLACKLIST_MEASURE },
    { GUITU_LISTING_ADVICE, GUITU_BLACKLIST_ADVICE },
    { GUITU_LISTING_RULE, GUITU_BLACKLIST_RULE },
    { GUITU_LISTING_COUNTS, GUITU_BLACKLIST_COUNTS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    guitu_record_set_text (listing, fields[i][0], guitu_record_text (entry, fields[i][1]));
}

/* That the person objects, and what came of it, though not the words. */
static void
take_objection (GuituRecord *listing,
                const GuituRecord *entry)
{
  guitu_record_set_text (listing, GUITU_LISTING_OBJECTED_AT, guitu_record_text (entry, GUITU_BLACKLIST_OBJECTED_AT));
  guitu_record_set_text (listing, GUITU_LISTING_OUTCOME, guitu_record_text (entry, GUITU_BLACKLIST_OUTCOME));
}

/* Two desks that approve the same entry write one listing. (transfer full) */
static char *
id_of_listing (GuituTransaction *transaction,
               const GuituRecord *entry)
{
  g_autofree char *words = guitu_id_from_words (NULL, "listing", guitu_record_id (entry), NULL);

  return guitu_owned_id (&guitu_kind_listing, guitu_transaction_keys (transaction)->station, NULL, words);
}

/* The listing of an entry; *@listing is %NULL where nobody saw one, or it has not come to this desk. */
static gboolean
find_listing (GuituTransaction *transaction,
              const GuituRecord *entry,
              GuituRecord **listing,
              GError **error)
{
  const char *id = guitu_record_text (entry, GUITU_BLACKLIST_LISTING);

  *listing = NULL;
  return id == NULL || guitu_record_load_if_there (transaction, &guitu_kind_listing, id, listing, error);
}

/* Also where that of another desk has come, and the file of the entry has not. */
static gboolean
begin_listing (GuituTransaction *transaction,
               const GuituRecord *entry,
               GuituRecord **listing,
               GError **error)
{
  g_autofree char *id = id_of_listing (transaction, entry);
  gboolean is_there;

  if (!guitu_record_exists (transaction, &guitu_kind_listing, id, &is_there, error))
    return FALSE;
  *listing = is_there ? guitu_record_load (transaction, &guitu_kind_listing, id, error)
                      : guitu_record_new_owned (&guitu_kind_listing, guitu_transaction_keys (transaction)->station, NULL, id);
  return *listing != NULL;
}

gboolean
guitu_listing_publish (GuituCall *call,
                       GuituTransaction *transaction,
                       GuituRecord *entry,
                       const char *changed,
                       GError **error)
{
  const char *person_id = guitu_record_text (entry, GUITU_BLACKLIST_PERSON);
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, person_id, error);
  g_autoptr (GuituRecord) listing = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autofree char *now = guitu_now ();
  g_autofree char *key = NULL;

  if (person == NULL || !guitu_visits_key_of_person (transaction, person_id, &key, error) || !find_listing (transaction, entry, &listing, error))
    return FALSE;
  if (key == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-stations", NULL, "This station belongs to no network yet: nobody would see the entry (“hub join”)");
  if (listing == NULL && !begin_listing (transaction, entry, &listing, error))
    return FALSE;
  photo = guitu_file_small_photo (call->store, transaction, guitu_record_text (person, GUITU_PERSON_PHOTO));
  guitu_record_set_text (entry, GUITU_BLACKLIST_LISTING, guitu_record_id (listing));
  guitu_record_set_text (listing, GUITU_LISTING_PERSON_KEY, key);
  guitu_record_set_text (listing, GUITU_LISTING_CHANGED, changed);
  guitu_record_set_text (listing, GUITU_LISTING_AT, now);
  guitu_record_set_bytes (listing, GUITU_LISTING_PHOTO, photo);
  take_person (listing, person);
  take_entry (listing, entry);
  take_objection (listing, entry);
  return guitu_transaction_put (transaction, listing, error);
}

gboolean
guitu_listing_tell_objection (GuituTransaction *transaction,
                              const GuituRecord *entry,
                              GError **error)
{
  g_autoptr (GuituRecord) listing = NULL;

  if (!find_listing (transaction, entry, &listing, error))
    return FALSE;
  if (listing == NULL)
    return TRUE;
  take_objection (listing, entry);
  return guitu_transaction_put (transaction, listing, error);
}

gboolean
guitu_listing_names_somebody (const GuituRecord *listing)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (guitu_record_is_set (listing, personal[i]))
      return TRUE;
  return FALSE;
}

void
guitu_listing_forget (GuituRecord *listing)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    guitu_record_set_text (listing, personal[i], NULL);
  guitu_record_set_bytes (listing, GUITU_LISTING_PHOTO, NULL);
}

gboolean
guitu_listing_end (GuituTransaction *transaction,
                   const GuituRecord *entry,
                   const char *changed,
                   GError **error)
{
  g_autoptr (GuituRecord) listing = NULL;
  g_autofree char *now = guitu_now ();

  if (!find_listing (transaction, entry, &listing, error))
    return FALSE;
  if (listing == NULL)
    return TRUE;
  guitu_listing_forget (listing);
  take_objection (listing, entry);
  guitu_record_set_text (listing, GUITU_LISTING_STATE, guitu_record_text (entry, GUITU_BLACKLIST_STATE));
  guitu_record_set_text (listing, GUITU_LISTING_CHANGED, changed);
  guitu_record_set_text (listing, GUITU_LISTING_AT, now);
  return guitu_transaction_put (transaction, listing, error);
}

/* --- When it turns out who it is about ----------------------------------------------------------- */

static gboolean
is_named_alike (const GuituRecord *listing,
                const GuituRecord *person)
{
  static const int fields[][2] = {
    { GUITU_LISTING_NAME, GUITU_PERSON_NAME },
    { GUITU_LISTING_SEX, GUITU_PERSON_SEX },
    { GUITU_LISTING_BIRTH_FROM, GUITU_PERSON_BIRTH_FROM },
    { GUITU_LISTING_BIRTH_TO, GUITU_PERSON_BIRTH_TO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (guitu_record_text (listing, fields[i][0]), guitu_record_text (person, fields[i][1])) != 0)
      return FALSE;
  return TRUE;
}

gboolean
guitu_listing_compare (GuituTransaction *transaction,
                       const GuituRecord *entry,
                       GuituListingLikeness *likeness,
                       GError **error)
{
  const char *person_id = guitu_record_text (entry, GUITU_BLACKLIST_PERSON);
  g_autoptr (GuituRecord) listing = NULL;
  g_autoptr (GuituRecord) person = NULL;
  g_autofree char *key = NULL;

  *likeness = GUITU_LISTING_SAME;
  if (!find_listing (transaction, entry, &listing, error))
    return FALSE;
  if (listing == NULL || !guitu_record_is_set (listing, GUITU_LISTING_PERSON_KEY))
    return TRUE;
  person = guitu_person_effective (transaction, person_id, error);
  if (person == NULL || !guitu_visits_key_of_person (transaction, person_id, &key, error))
    return FALSE;
  if (key != NULL && !guitu_record_says (listing, GUITU_LISTING_PERSON_KEY, key))
    *likeness = GUITU_LISTING_ANOTHER;
  else if (key != NULL && !is_named_alike (listing, person))
    *likeness = GUITU_LISTING_RENAMED;
  return TRUE;
}

gboolean
guitu_listing_rename (GuituTransaction *transaction,
                      const GuituRecord *entry,
                      GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), error);
  g_autoptr (GuituRecord) listing = NULL;
  g_autofree char *now = guitu_now ();

  if (person == NULL || !find_listing (transaction, entry, &listing, error))
    return FALSE;
  if (listing == NULL)
    return TRUE;
  take_person (listing, person);
  guitu_record_set_text (listing, GUITU_LISTING_CHANGED, GUITU_LISTING_CORRECTED);
  guitu_record_set_text (listing, GUITU_LISTING_AT, now);
  return guitu_transaction_put (transaction, listing, error);
}

/* --- Reading ------------------------------------------------------------------------------------ */

static void
add_codes (JsonObject *json,
           const GuituRecord *listing)
{
  static const int fields[] = { GUITU_LISTING_CATEGORY, GUITU_LISTING_MEASURE, GUITU_LISTING_OUTCOME };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const GuituField *field = &guitu_kind_listing.fields[fields[i]];
      const char *code = guitu_record_text (listing, fields[i]);
      g_autofree char *name = g_strconcat (field->name, "_name", NULL);

      if (code != NULL && json_object_has_member (json, field->name))
        json_object_set_string_member (json, name, guitu_code_label (field->of, code));
    }
}

static void
add_photo (JsonObject *json,
           const GuituRecord *listing,
           gboolean with_photo)
{
  g_autoptr (GBytes) photo = guitu_record_bytes (listing, GUITU_LISTING_PHOTO);
  g_autofree char *text = NULL;
  gsize length;
  const guint8 *data;

  json_object_set_boolean_member (json, "has_photo", photo != NULL);
  if (photo == NULL || !with_photo)
    return;
  data = g_bytes_get_data (photo, &length);
  text = g_base64_encode (data, length);
  json_object_set_string_member (json, "photo", text);
}

/* Another desk of its station may have corrected what was ended meanwhile: its end is what is new. */
static void
tell_end (JsonObject *json,
          const GuituRecord *listing,
          const char *state)
{
  const GuituCode *code = state == NULL ? NULL : guitu_codes_find ("list_state", state);

  if (code != NULL && guitu_record_says (listing, GUITU_LISTING_CHANGED, GUITU_LISTING_CORRECTED))
    json_object_set_string_member (json, "changed", code->chinese);
}

JsonObject *
guitu_listing_to_json (GuituTransaction *transaction,
                       const GuituRecord *listing,
                       gboolean with_photo,
                       GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autofree char *today = guitu_today ();
  const char *station = guitu_record_text (listing, GUITU_LISTING_STATION);
  const char *state = guitu_list_state (guitu_record_text (listing, GUITU_LISTING_STATE), guitu_record_text (listing, GUITU_LISTING_UNTIL), today);
  gboolean is_over = g_strcmp0 (state, "active") != 0;

  json_object_set_string_member (json, "listing", guitu_record_id (listing));
  for (guint i = 0; i < GUITU_LISTING_PHOTO; i++)
    if (i != GUITU_LISTING_PERSON_KEY && i != GUITU_LISTING_COUNTS && guitu_record_text (listing, i) != NULL &&
        !(is_over && is_personal (i)))
      json_object_set_string_member (json, guitu_kind_listing.fields[i].name, guitu_record_text (listing, i));
  if (guitu_record_is_set (listing, GUITU_LISTING_COUNTS) && !is_over)
    {
      g_autoptr (JsonNode) counts = json_from_string (guitu_record_text (listing, GUITU_LISTING_COUNTS), NULL);

      if (counts != NULL)
        json_object_set_member (json, "counts", g_steal_pointer (&counts));
    }
  json_object_set_string_member (json, "state", state == NULL ? "" : state);
  if (state != NULL)
    json_object_set_string_member (json, "state_name", guitu_code_label ("list_state", state));
  json_object_set_boolean_member (json, "own", g_strcmp0 (station, guitu_transaction_keys (transaction)->station) == 0);
  if (is_over)
    tell_end (json, listing, state);
  add_codes (json, listing);
  if (!is_over)
    add_photo (json, listing, with_photo);
  return guitu_station_name_add (json, transaction, station, error) ? g_steal_pointer (&json) : NULL;
}

/* --- At the door -------------------------------------------------------------------------------- */

/* What a clerk must know to ask on; facts and photo are for who looks at the entry, which is logged. */
static JsonObject *
warning_of (GuituTransaction *transaction,
            const GuituRecord *listing,
            gboolean is_exact,
            GError **error)
{
  JsonObject *json = guitu_listing_to_json (transaction, listing, FALSE, error);
  g_autofree char *today = guitu_today ();
  static const char *const unseen[] = { "facts", "counts", "alias", "birth_from", "birth_to", "marks" };
  g_autofree char *text = NULL;

  if (json == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (unseen); i++)
    json_object_remove_member (json, unseen[i]);
  json_object_set_string_member (json, "kind", "blacklist");
  json_object_set_string_member (json, "id", guitu_record_id (listing));
  json_object_set_boolean_member (json, "exact", is_exact);
  text = g_strdup_printf ("%s%s：%s，%s，至%s", is_exact ? "" : "可能在", guitu_list_called (today),
                          guitu_codes_find ("list_category", guitu_record_text (listing, GUITU_LISTING_CATEGORY)) == NULL
                              ? ""
                              : guitu_codes_find ("list_category", guitu_record_text (listing, GUITU_LISTING_CATEGORY))->chinese,
                          json_object_get_string_member (json, "station_name"), guitu_record_text (listing, GUITU_LISTING_UNTIL));
  json_object_set_string_member (json, "text", text);
  return json;
}

static gboolean
is_in_force (const GuituRecord *listing,
             const char *today)
{
  const char *until = guitu_record_text (listing, GUITU_LISTING_UNTIL);

  return guitu_record_says (listing, GUITU_LISTING_STATE, "active") && until != NULL && strcmp (until, today) >= 0;
}

static gboolean
warn_by_key (GuituTransaction *transaction,
             const char *key,
             const char *today,
             JsonArray *warnings,
             GError **error)
{
  const GuituQuery of_key = { .conditions = { { GUITU_LISTING_PERSON_KEY, GUITU_EQUAL, key } } };
  g_autoptr (GPtrArray) listings = guitu_records_find (transaction, &guitu_kind_listing, &of_key, error);

  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      JsonObject *json = is_in_force (listings->pdata[i], today) ? warning_of (transaction, listings->pdata[i], TRUE, error) : NULL;

      if (json == NULL && is_in_force (listings->pdata[i], today))
        return FALSE;
      if (json != NULL)
        json_object_set_double_member (json, "score", 100);
      if (json != NULL)
        json_array_add_object_element (warnings, json);
    }
  return listings != NULL;
}

/* (transfer full) (nullable): words about the body that both have. */
static char *
common_run (const char *ours,
            const char *theirs)
{
  glong length = ours == NULL || theirs == NULL ? 0 : g_utf8_strlen (ours, -1);

  for (glong i = 0; i + MARKS_RUN <= length; i++)
    {
      g_autofree char *run = g_utf8_substring (ours, i, i + MARKS_RUN);

      if (strstr (theirs, run) != NULL)
        return g_steal_pointer (&run);
    }
  return NULL;
}

static void
weigh_marks (GuituLikeness *likeness,
             const GuituRecord *person)
{
  const char *ours = guitu_record_text (person, GUITU_PERSON_MARKS);
  const char *theirs = guitu_record_text (likeness->person, GUITU_LISTING_MARKS);
  g_autofree char *run = common_run (ours, theirs);
  GuituReason reason = { "marks", NULL, NULL, MARKS_WEIGHT, "same" };

  if (run == NULL)
    return;
  reason.ours = g_strdup (ours);
  reason.theirs = g_strdup (theirs);
  g_array_append_val (likeness->reasons, reason);
  likeness->score += MARKS_WEIGHT;
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  double first = (*(GuituLikeness *const *) a)->score;
  double second = (*(GuituLikeness *const *) b)->score;

  return (first < second) - (first > second);
}

/* Somebody without papers: who it may be, for a comparison of the faces. */
static gboolean
warn_by_likeness (GuituTransaction *transaction,
                  const GuituRecord *person,
                  const char *today,
                  JsonArray *warnings,
                  GError **error)
{
  g_autoptr (GPtrArray) likenesses = guitu_listings_match (transaction, person, today, LEAST_SCORE - MARKS_WEIGHT, 4 * WARNINGS_SHOWN, error);

  if (likenesses == NULL)
    return FALSE;
  for (guint i = 0; i < likenesses->len; i++)
    weigh_marks (likenesses->pdata[i], person);
  g_ptr_array_sort (likenesses, compare_scores);
  for (guint i = 0; i < MIN (likenesses->len, WARNINGS_SHOWN); i++)
    {
      const GuituLikeness *likeness = likenesses->pdata[i];
      JsonObject *json = likeness->score < LEAST_SCORE ? NULL : warning_of (transaction, likeness->person, FALSE, error);

      if (likeness->score < LEAST_SCORE)
        break;
      if (json == NULL)
        return FALSE;
      json_object_set_double_member (json, "score", likeness->score);
      json_object_set_array_member (json, "why", guitu_reasons_to_json (likeness->reasons));
      json_array_add_object_element (warnings, json);
    }
  return TRUE;
}

gboolean
guitu_listings_warn (GuituTransaction *transaction,
                     const GuituRecord *person,
                     JsonArray *warnings,
                     GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *key = NULL;

  if (!guitu_visits_key (transaction, guitu_record_text (person, GUITU_PERSON_ID_NUMBER), &key, error))
    return FALSE;
  if (key != NULL)
    return warn_by_key (transaction, key, today, warnings, error);
  if (guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER) || !guitu_record_is_set (person, GUITU_PERSON_NAME))
    return TRUE;
  return warn_by_likeness (transaction, person, today, warnings, error);
}
