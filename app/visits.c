/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/visits.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/network.h"
#include "app/rules.h"
#include "db/id.h"

#include <sodium.h>
#include <string.h>

#define KEY_BYTES 32
#define DATE_LENGTH 10

/* --- The key of a number ----------------------------------------------------------------------- */

/* *@has: the station belongs to a network; @key then is what marks are keyed with. */
static gboolean
read_mark_key (GuituTransaction *transaction,
               guint8 key[KEY_BYTES],
               gboolean *has,
               GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) network = guitu_network_find (transaction, &failure);

  *has = network != NULL && guitu_record_is_set (network, GUITU_NETWORK_MARK_KEY) &&
         guitu_key_from_text (guitu_record_text (network, GUITU_NETWORK_MARK_KEY), key, KEY_BYTES);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* (transfer full) (nullable): letters and digits, narrow and in capitals. */
static char *
plain_number (const char *number)
{
  g_autofree char *narrow = number == NULL ? NULL : g_utf8_normalize (number, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *upper = narrow == NULL ? NULL : g_utf8_strup (narrow, -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = upper; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));
  return plain->len == 0 ? NULL : g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
hash_number (const guint8 key[KEY_BYTES],
             const char *plain)
{
  guint8 hash[KEY_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *) plain, strlen (plain), key, KEY_BYTES);
  return guitu_hex (hash, sizeof hash);
}

gboolean
guitu_visits_key (GuituTransaction *transaction,
                  const char *id_number,
                  char **key,
                  GError **error)
{
  g_autofree char *plain = plain_number (id_number);
  guint8 mark_key[KEY_BYTES];
  gboolean has;

  *key = NULL;
  if (plain == NULL)
    return TRUE;
  if (!read_mark_key (transaction, mark_key, &has, error))
    return FALSE;
  if (has)
    *key = hash_number (mark_key, plain);
  sodium_memzero (mark_key, sizeof mark_key);
  return TRUE;
}

gboolean
guitu_visits_key_of_person (GuituTransaction *transaction,
                            const char *person_id,
                            char **key,
                            GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, person_id, error);
  guint fences;

  *key = NULL;
  if (person == NULL || !guitu_fence_of (transaction, person_id, &fences, error))
    return FALSE;
  if (!guitu_person_is_verified (person) || (fences & (GUITU_FENCE_VIOLENCE | GUITU_FENCE_TRAFFICKING)))
    return TRUE;
  return guitu_visits_key (transaction, guitu_record_text (person, GUITU_PERSON_ID_NUMBER), key, error);
}

/* --- Writing marks ----------------------------------------------------------------------------- */

/* The mark of a stay; %NULL without an error where there is none yet. @id: (out) (transfer full) */
static gboolean
find_mark (GuituTransaction *transaction,
           const guint8 mark_key[KEY_BYTES],
           const GuituRecord *stay,
           GuituRecord **mark,
           char **id,
           GError **error)
{
  g_autofree char *words = guitu_id_from_words (mark_key, "visit", guitu_record_id (stay), NULL);
  g_autoptr (GError) failure = NULL;

  *id = guitu_owned_id (&guitu_kind_visit_mark, guitu_transaction_keys (transaction)->station, NULL, words);
  *mark = guitu_record_load (transaction, &guitu_kind_visit_mark, *id, &failure);
  if (*mark != NULL || g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Why is told to nobody: that somebody is protected must not show. */
static gboolean
withdraw (GuituTransaction *transaction,
          GuituRecord *mark,
          GError **error)
{
  return mark == NULL || guitu_record_is_voided (mark) || guitu_transaction_void (transaction, mark, "撤回", error);
}

static void
set_day (GuituRecord *mark,
         int field,
         const char *time)
{
  g_autofree char *day = time == NULL ? NULL : g_strndup (time, DATE_LENGTH);

  guitu_record_set_text (mark, field, day);
}

static char *
window_start (const char *today)
{
  return guitu_date_add_days (today, -(int) guitu_rules_integer ("visit_window_days", today));
}

/* A request that was turned down is no stay, and what lies before the window is nobody's business any more. */
static gboolean
is_to_be_marked (const GuituRecord *stay,
                 gboolean has_mark)
{
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  g_autofree char *today = guitu_today ();
  g_autofree char *start = window_start (today);

  return !guitu_record_says (stay, GUITU_STAY_DECISION, "refused") && (has_mark || left == NULL || strcmp (left, start) >= 0);
}

static gboolean
mark_stay (GuituTransaction *transaction,
           const guint8 mark_key[KEY_BYTES],
           const GuituRecord *stay,
           const char *key,
           GError **error)
{
  g_autoptr (GuituRecord) mark = NULL;
  g_autofree char *id = NULL;

  if (!find_mark (transaction, mark_key, stay, &mark, &id, error))
    return FALSE;
  if (key == NULL || !is_to_be_marked (stay, mark != NULL))
    return withdraw (transaction, mark, error);
  if (mark == NULL)
    mark = guitu_record_new_owned (&guitu_kind_visit_mark, guitu_transaction_keys (transaction)->station, NULL, id);
  guitu_record_set_text (mark, GUITU_VISIT_MARK_PERSON_KEY, key);
  set_day (mark, GUITU_VISIT_MARK_ARRIVED_ON, guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
  set_day (mark, GUITU_VISIT_MARK_LEFT_ON, guitu_record_text (stay, GUITU_STAY_LEFT_AT));
  guitu_record_set_text (mark, GUITU_VISIT_MARK_LEAVE_BY, guitu_record_text (stay, GUITU_STAY_LEAVE_BY));
  guitu_record_set_text (mark, GUITU_VISIT_MARK_VOIDED, NULL);
  return guitu_transaction_put (transaction, mark, error);
}

gboolean
guitu_visits_mark (GuituTransaction *transaction,
                   const char *person_id,
                   GError **error)
{
  guint8 mark_key[KEY_BYTES];
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) stays = NULL;
  g_autofree char *key = NULL;
  gboolean has;

  if (!read_mark_key (transaction, mark_key, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  ids = guitu_links_members (transaction, person_id, error);
  stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);
  if (stays == NULL || (stays->len > 0 && !guitu_visits_key_of_person (transaction, person_id, &key, error)))
    return FALSE;
  for (guint i = 0; i < stays->len; i++)
    if (!mark_stay (transaction, mark_key, stays->pdata[i], key, error))
      return FALSE;
  return TRUE;
}

gboolean
guitu_visits_unmark (GuituTransaction *transaction,
                     const GuituRecord *stay,
                     GError **error)
{
  g_autoptr (GuituRecord) mark = NULL;
  g_autofree char *id = NULL;
  guint8 mark_key[KEY_BYTES];
  gboolean has;

  if (!read_mark_key (transaction, mark_key, &has, error))
    return FALSE;
  return !has || (find_mark (transaction, mark_key, stay, &mark, &id, error) && withdraw (transaction, mark, error));
}

static gboolean
mark_persons_of (GuituTransaction *transaction,
                 GuituCondition condition,
                 GHashTable *seen,
                 GError **error)
{
  g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &(GuituQuery){ .conditions = { condition } }, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      g_autofree char *leader = guitu_links_leader (transaction, guitu_record_text (stays->pdata[i], GUITU_STAY_PERSON), error);

      if (leader == NULL)
        return FALSE;
      if (g_hash_table_contains (seen, leader))
        continue;
      if (!guitu_visits_mark (transaction, leader, error))
        return FALSE;
      g_hash_table_add (seen, g_steal_pointer (&leader));
    }
  return stays != NULL;
}

gboolean
guitu_visits_fill (GuituTransaction *transaction,
                   guint *n,
                   GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *today = guitu_today ();
  g_autofree char *start = window_start (today);
  const GuituCondition left_since = { GUITU_STAY_LEFT_AT, GUITU_AT_LEAST, start };
  const GuituCondition is_open = { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL };

  if (!mark_persons_of (transaction, left_since, seen, error) || !mark_persons_of (transaction, is_open, seen, error))
    return FALSE;
  if (n != NULL)
    *n = g_hash_table_size (seen);
  return TRUE;
}

/* --- What the marks tell ----------------------------------------------------------------------- */

gboolean
guitu_station_name_add (JsonObject *json,
                        GuituTransaction *transaction,
                        const char *code,
                        GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, code, &failure);
  g_autoptr (GuituRecord) listed = station != NULL || failure != NULL ? NULL : guitu_record_find_one (transaction, &guitu_kind_directory, GUITU_DIRECTORY_CODE, code, &failure);
  const char *name = station != NULL ? guitu_record_text (station, GUITU_STATION_NAME) : NULL;
  const char *phone = station != NULL ? guitu_record_text (station, GUITU_STATION_PHONE) : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (listed != NULL)
    {
      name = guitu_record_text (listed, GUITU_DIRECTORY_NAME);
      phone = guitu_record_text (listed, GUITU_DIRECTORY_PHONE);
    }
  json_object_set_string_member (json, "station_name", name == NULL ? code : name);
  if (phone != NULL)
    json_object_set_string_member (json, "phone", phone);
  return TRUE;
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const GuituRecord *first = *(GuituRecord *const *) a;
  const GuituRecord *second = *(GuituRecord *const *) b;
  int order = strcmp (guitu_record_text (first, GUITU_VISIT_MARK_ARRIVED_ON), guitu_record_text (second, GUITU_VISIT_MARK_ARRIVED_ON));

  return order != 0 ? order : strcmp (guitu_record_id (first), guitu_record_id (second));
}

/* Marks of one person, oldest first; what another station left half written is passed over. */
static GPtrArray *
read_marks (GuituTransaction *transaction,
            const char *key,
            const char *today,
            GError **error)
{
  const GuituQuery of_key = { .conditions = { { GUITU_VISIT_MARK_PERSON_KEY, GUITU_EQUAL, key } } };
  g_autoptr (GPtrArray) found = guitu_records_find (transaction, &guitu_kind_visit_mark, &of_key, error);
  GPtrArray *marks = found == NULL ? NULL : g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  while (found != NULL && found->len > 0)
    {
      GuituRecord *mark = g_ptr_array_steal_index (found, found->len - 1);
      const char *arrived = guitu_record_text (mark, GUITU_VISIT_MARK_ARRIVED_ON);

      if (arrived != NULL && guitu_record_is_set (mark, GUITU_VISIT_MARK_STATION) && strcmp (arrived, today) <= 0)
        g_ptr_array_add (marks, mark);
      else
        guitu_record_free (mark);
    }
  if (marks != NULL)
    g_ptr_array_sort (marks, compare_marks);
  return marks;
}

static JsonObject *
visit_to_json (GuituTransaction *transaction,
               const GuituRecord *mark,
               GError **error)
{
  static const int fields[] = { GUITU_VISIT_MARK_STATION, GUITU_VISIT_MARK_ARRIVED_ON, GUITU_VISIT_MARK_LEFT_ON, GUITU_VISIT_MARK_LEAVE_BY };
  g_autoptr (JsonObject) json = json_object_new ();
  const char *station = guitu_record_text (mark, GUITU_VISIT_MARK_STATION);
  const char *leave_by = guitu_record_text (mark, GUITU_VISIT_MARK_LEAVE_BY);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (guitu_record_is_set (mark, fields[i]))
      json_object_set_string_member (json, guitu_kind_visit_mark.fields[fields[i]].name, guitu_record_text (mark, fields[i]));
  if (leave_by != NULL)
    json_object_set_string_member (json, "leave_by_name", guitu_code_label ("leave_by", leave_by));
  json_object_set_boolean_member (json, "own", strcmp (station, guitu_transaction_keys (transaction)->station) == 0);
  return guitu_station_name_add (json, transaction, station, error) ? g_steal_pointer (&json) : NULL;
}

/* Which words of which rules were read: {name, value, effective_from, source}, and the latest as the version. */
static void
add_parameters (JsonObject *json,
                const char *const names[],
                const char *today)
{
  JsonArray *parameters = json_array_new ();
  const char *version = "";

  for (guint i = 0; names[i] != NULL; i++)
    {
      const GuituRule *rule = guitu_rules_find (names[i], today);
      JsonObject *parameter = json_object_new ();

      json_object_set_string_member (parameter, "name", names[i]);
      json_object_set_string_member (parameter, "value", rule == NULL ? "" : rule->value);
      json_object_set_string_member (parameter, "effective_from", rule == NULL ? "" : rule->effective_from);
      json_object_set_string_member (parameter, "source", rule != NULL && rule->id != NULL ? "station" : "builtin");
      json_array_add_object_element (parameters, parameter);
      if (rule != NULL && strcmp (rule->effective_from, version) > 0)
        version = rule->effective_from;
    }
  json_object_set_string_member (json, "version", version);
  json_object_set_array_member (json, "parameters", parameters);
}

static JsonArray *
count_by_station (GPtrArray *marks,
                  const char *from,
                  guint *stays,
                  guint *stations)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) codes = NULL;
  JsonArray *by_station = json_array_new ();

  for (guint i = 0; i < marks->len; i++)
    {
      const char *station = guitu_record_text (marks->pdata[i], GUITU_VISIT_MARK_STATION);
      const char *arrived = guitu_record_text (marks->pdata[i], GUITU_VISIT_MARK_ARRIVED_ON);
      char *visit = g_strconcat (station, "/", arrived, NULL);

      if (strcmp (arrived, from) < 0)
        g_free (visit);
      else if (g_hash_table_add (seen, visit))
        g_hash_table_insert (counts, (gpointer) station, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, station)) + 1));
    }
  codes = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) strcmp);
  for (GList *code = codes; code != NULL; code = code->next)
    {
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "station", code->data);
      json_object_set_int_member (json, "stays", GPOINTER_TO_UINT (g_hash_table_lookup (counts, code->data)));
      json_array_add_object_element (by_station, json);
    }
  *stays = g_hash_table_size (seen);
  *stations = g_hash_table_size (counts);
  return by_station;
}

/* So many stays at so many stations within the window. */
static JsonObject *
judge_repeat (GPtrArray *marks,
              const char *today)
{
  static const char *const names[] = { "visit_least_stays", "visit_least_stations", "visit_window_days", NULL };
  gint64 least_stays = guitu_rules_integer (names[0], today);
  gint64 least_stations = guitu_rules_integer (names[1], today);
  g_autofree char *from = window_start (today);
  JsonObject *json = json_object_new ();
  guint stays, stations;

  json_object_set_string_member (json, "id", "repeat-visits");
  json_object_set_array_member (json, "by_station", count_by_station (marks, from, &stays, &stations));
  json_object_set_boolean_member (json, "met", stays >= least_stays && stations >= least_stations);
  json_object_set_string_member (json, "from", from);
  json_object_set_string_member (json, "until", today);
  json_object_set_int_member (json, "window_days", guitu_rules_integer (names[2], today));
  json_object_set_int_member (json, "stays", stays);
  json_object_set_int_member (json, "stations", stations);
  json_object_set_int_member (json, "least_stays", least_stays);
  json_object_set_int_member (json, "least_stations", least_stations);
  add_parameters (json, names, today);
  return json;
}

/* The day of the next stay after @mark; after the last one, the day on which they stand at the door, or NULL. */
static const char *
came_back_on (GPtrArray *marks,
              guint mark,
              const char *arrives_on)
{
  return mark + 1 < marks->len ? guitu_record_text (marks->pdata[mark + 1], GUITU_VISIT_MARK_ARRIVED_ON) : arrives_on;
}

/* Asks for help again soon after leaving with a ticket. */
static JsonObject *
judge_return (GPtrArray *marks,
              const char *today,
              gboolean arrives)
{
  static const char *const names[] = { "visit_return_days", "visit_window_days", NULL };
  int days = (int) guitu_rules_integer (names[0], today);
  g_autofree char *from = window_start (today);
  JsonObject *json = json_object_new ();
  guint met = 0;

  json_object_set_string_member (json, "id", "return-after-ticket");
  for (guint i = 0; i < marks->len; i++)
    {
      const char *left = guitu_record_text (marks->pdata[i], GUITU_VISIT_MARK_LEFT_ON);
      const char *back = came_back_on (marks, i, arrives ? today : NULL);

      if (left == NULL || back == NULL || !guitu_record_says (marks->pdata[i], GUITU_VISIT_MARK_LEAVE_BY, "ticket") || strcmp (left, from) < 0 ||
          strcmp (back, left) < 0 || guitu_date_difference (left, back) > days)
        continue;
      met++;
      json_object_set_string_member (json, "station", guitu_record_text (marks->pdata[i], GUITU_VISIT_MARK_STATION));
      json_object_set_string_member (json, "left_on", left);
      json_object_set_string_member (json, "back_on", back);
    }
  json_object_set_boolean_member (json, "met", met > 0);
  json_object_set_int_member (json, "times", met);
  json_object_set_int_member (json, "return_days", days);
  json_object_set_string_member (json, "from", from);
  json_object_set_string_member (json, "until", today);
  add_parameters (json, names, today);
  return json;
}

JsonObject *
guitu_visits_judge (GuituTransaction *transaction,
                    const char *key,
                    const char *today,
                    gboolean arrives,
                    GError **error)
{
  g_autoptr (GPtrArray) marks = read_marks (transaction, key, today, error);
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonArray) visits = json_array_new ();
  JsonArray *rules = json_array_new ();

  json_object_set_array_member (json, "rules", rules);
  for (guint i = marks == NULL ? 0 : marks->len; i > 0; i--)
    {
      JsonObject *visit = visit_to_json (transaction, marks->pdata[i - 1], error);

      if (visit == NULL)
        return NULL;
      json_array_add_object_element (visits, visit);
    }
  if (marks == NULL)
    return NULL;
  json_array_add_object_element (rules, judge_repeat (marks, today));
  json_array_add_object_element (rules, judge_return (marks, today, arrives));
  json_object_set_boolean_member (json, "met", json_object_get_boolean_member (json_array_get_object_element (rules, 0), "met") || json_object_get_boolean_member (json_array_get_object_element (rules, 1), "met"));
  json_object_set_array_member (json, "visits", g_steal_pointer (&visits));
  return g_steal_pointer (&json);
}

/* --- Warnings ---------------------------------------------------------------------------------- */

static gboolean
is_elsewhere (JsonArray *visits)
{
  for (guint i = 0; i < json_array_get_length (visits); i++)
    if (!json_object_get_boolean_member (json_array_get_object_element (visits, i), "own"))
      return TRUE;
  return FALSE;
}

gboolean
guitu_visits_warn (GuituTransaction *transaction,
                   const GuituRecord *person,
                   gboolean arrives,
                   JsonArray *warnings,
                   GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autoptr (JsonObject) json = NULL;
  JsonObject *repeat;
  JsonArray *visits;

  if (!guitu_visits_key (transaction, guitu_record_text (person, GUITU_PERSON_ID_NUMBER), &key, error))
    return FALSE;
  if (key == NULL)
    return TRUE;
  json = guitu_visits_judge (transaction, key, today, arrives, error);
  if (json == NULL)
    return FALSE;
  visits = json_object_get_array_member (json, "visits");
  if (!is_elsewhere (visits) && !json_object_get_boolean_member (json, "met"))
    return TRUE;
  repeat = json_array_get_object_element (json_object_get_array_member (json, "rules"), 0);
  text = g_strdup_printf ("近%d日内在%d个救助站求助%d次", (int) json_object_get_int_member (repeat, "window_days"),
                          (int) json_object_get_int_member (repeat, "stations"), (int) json_object_get_int_member (repeat, "stays"));
  json_object_set_string_member (json, "kind", "visits");
  json_object_set_int_member (json, "score", json_object_get_int_member (repeat, "stays"));
  json_object_set_string_member (json, "text", text);
  json_array_add_object_element (warnings, g_steal_pointer (&json));
  return TRUE;
}
