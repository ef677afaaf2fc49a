/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who goes along and by which way, and what the rules want of that. A rule of law refuses, one of our own
 * warns; which is which stands in app/data/rules.csv: a rule of law has a citation. */

#include "app/links.h"
#include "app/rules.h"
#include "app/situation.h"
#include "app/transfer.h"

#include <string.h>

/* --- Rows ------------------------------------------------------------------------------------ */

GPtrArray *
guitu_transfer_escorts (GuituTransaction *transaction,
                        const GuituRecord *transfer,
                        GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_ESCORT_TRANSFER, GUITU_EQUAL, guitu_record_id (transfer) } } };

  return guitu_records_find (transaction, &guitu_kind_escort, &query, error);
}

static const char *
moment_of (const GuituRecord *waypoint)
{
  const char *passed = guitu_record_text (waypoint, GUITU_WAYPOINT_PASSED_AT);

  return passed != NULL ? passed : guitu_record_text (waypoint, GUITU_WAYPOINT_PLANNED_AT);
}

/* As it was planned; what happened in between by its time. */
static int
compare_waypoints (gconstpointer a,
                   gconstpointer b)
{
  const GuituRecord *one = *(GuituRecord *const *) a;
  const GuituRecord *two = *(GuituRecord *const *) b;
  int order = moment_of (one) == NULL || moment_of (two) == NULL ? 0 : strcmp (moment_of (one), moment_of (two));
  gint64 difference = guitu_record_integer (one, GUITU_WAYPOINT_POSITION, 0) - guitu_record_integer (two, GUITU_WAYPOINT_POSITION, 0);

  return order != 0 ? order : (difference > 0) - (difference < 0);
}

GPtrArray *
guitu_transfer_waypoints (GuituTransaction *transaction,
                          const GuituRecord *transfer,
                          GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_WAYPOINT_TRANSFER, GUITU_EQUAL, guitu_record_id (transfer) } } };
  GPtrArray *waypoints = guitu_records_find (transaction, &guitu_kind_waypoint, &query, error);

  if (waypoints != NULL)
    g_ptr_array_sort (waypoints, compare_waypoints);
  return waypoints;
}

static gboolean
void_all (GuituTransaction *transaction,
          GPtrArray *records,
          GError **error)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!guitu_transaction_void (transaction, records->pdata[i], "改定", error))
      return FALSE;
  return records != NULL;
}

/* The array that an option holds as text. Returns: (transfer full) (nullable) */
static JsonArray *
read_array (GuituCall *call,
            const char *option,
            GError **error)
{
  const char *text = guitu_call_text (call, option);
  g_autoptr (JsonNode) node = text == NULL ? NULL : json_from_string (text, NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      array = NULL;
  if (array == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "malformed", option, "“%s” is a JSON array of objects", option);
  return array == NULL ? NULL : json_array_ref (array);
}

/* Members that no field takes are typing errors. */
static gboolean
take_object (GuituRecord *record,
             JsonObject *json,
             const char *beside,
             GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);
  JsonObjectIter members;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&members, json);
  while (json_object_iter_next (&members, &name, &node))
    {
      int field = guitu_kind_field (kind, name);

      if (g_strcmp0 (name, beside) == 0)
        continue;
      if (field < 0 || (kind->fields[field].flags & GUITU_DERIVED))
        return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-field", name, "“%s” has no field “%s”", kind->name, name);
      if (!guitu_record_take_member (record, field, node, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Escorts --------------------------------------------------------------------------------- */

/* Somebody of the station by user name or full name; of two with one name it is not known which. */
static gboolean
find_user (GuituTransaction *transaction,
           const char *text,
           GuituRecord **user,
           GError **error)
{
  g_autoptr (GPtrArray) users = guitu_records_find (transaction, &guitu_kind_user, &(GuituQuery){ 0 }, error);
  guint found = 0;

  *user = NULL;
  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      gboolean is_named = guitu_record_says (users->pdata[i], GUITU_USER_NAME, text) || guitu_record_says (users->pdata[i], GUITU_USER_FULL_NAME, text) ||
                          strcmp (guitu_record_id (users->pdata[i]), text) == 0;

      found += is_named;
      if (is_named && found == 1)
        *user = users->pdata[i];
    }
  *user = found == 1 ? guitu_record_load (transaction, &guitu_kind_user, guitu_record_id (*user), error) : NULL;
  return users != NULL && (found != 1 || *user != NULL);
}

static void
set_user (GuituRecord *escort,
          const GuituRecord *user)
{
  const char *name = guitu_record_text (user, GUITU_USER_FULL_NAME);

  guitu_record_set_text (escort, GUITU_ESCORT_USER, guitu_record_id (user));
  guitu_record_set_text (escort, GUITU_ESCORT_NAME, name != NULL ? name : guitu_record_text (user, GUITU_USER_NAME));
  if (!guitu_record_is_set (escort, GUITU_ESCORT_SEX))
    guitu_record_set_text (escort, GUITU_ESCORT_SEX, guitu_record_text (user, GUITU_USER_SEX));
}

/* As it stands on papers: “张芳（女）13800000000”. */
static void
read_name (GuituRecord *escort,
           const char *text)
{
  g_autoptr (GRegex) form = g_regex_new ("^(.*?)(?:[（(](男|女)[)）])?([0-9][0-9-]{6,})?$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sex = NULL;
  g_autofree char *phone = NULL;

  if (!g_regex_match (form, text, 0, &match))
    {
      guitu_record_set_text (escort, GUITU_ESCORT_NAME, text);
      return;
    }
  name = g_match_info_fetch (match, 1);
  sex = g_match_info_fetch (match, 2);
  phone = g_match_info_fetch (match, 3);
  guitu_record_set_text (escort, GUITU_ESCORT_NAME, name);
  guitu_record_set_text (escort, GUITU_ESCORT_PHONE, phone);
  if (sex != NULL && *sex != '\0')
    guitu_record_set_text (escort, GUITU_ESCORT_SEX, strcmp (sex, "女") == 0 ? "2" : "1");
}

/* @json: (nullable): only a @name is known. */
static gboolean
add_escort (GuituTransaction *transaction,
            const GuituRecord *transfer,
            JsonObject *json,
            const char *name,
            GError **error)
{
  g_autoptr (GuituRecord) escort = guitu_record_new (&guitu_kind_escort);
  JsonNode *node = json == NULL ? NULL : json_object_get_member (json, "user");
  const char *named = node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  g_autoptr (GuituRecord) user = NULL;

  guitu_record_set_text (escort, GUITU_ESCORT_TRANSFER, guitu_record_id (transfer));
  if (name != NULL)
    read_name (escort, name);
  if (json != NULL && !take_object (escort, json, "user", error))
    return FALSE;
  if (named == NULL)
    named = guitu_record_text (escort, GUITU_ESCORT_NAME);
  if (named != NULL && !find_user (transaction, named, &user, error))
    return FALSE;
  if (user != NULL)
    set_user (escort, user);
  else if (node != NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "user", "Nobody here is called “%s”", named == NULL ? "" : named);
  return guitu_record_check_required (escort, error) && guitu_phone_check (guitu_record_text (escort, GUITU_ESCORT_PHONE), error) &&
         guitu_transaction_put (transaction, escort, error);
}

/* "李明、张芳（女）" as papers print it. */
static gboolean
set_escorts_text (GuituTransaction *transaction,
                  GuituRecord *transfer,
                  GError **error)
{
  g_autoptr (GPtrArray) escorts = guitu_transfer_escorts (transaction, transfer, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; escorts != NULL && i < escorts->len; i++)
    {
      const char *phone = guitu_record_text (escorts->pdata[i], GUITU_ESCORT_PHONE);

      g_string_append_printf (text, "%s%s%s%s", i == 0 ? "" : "、", guitu_record_text (escorts->pdata[i], GUITU_ESCORT_NAME),
                              guitu_record_says (escorts->pdata[i], GUITU_ESCORT_SEX, "2") ? "（女）" : "", phone == NULL ? "" : phone);
    }
  guitu_record_set_text (transfer, GUITU_TRANSFER_ESCORTS, text->str);
  return escorts != NULL && guitu_text_check (&guitu_kind_transfer.fields[GUITU_TRANSFER_ESCORTS], text->str, error);
}

static gboolean
add_named_escorts (GuituTransaction *transaction,
                   const GuituRecord *transfer,
                   GError **error)
{
  g_autofree char *text = g_strdup (guitu_record_text (transfer, GUITU_TRANSFER_ESCORTS));
  g_autoptr (GRegex) between = g_regex_new ("[、，,；;/\\s]+|和|及", 0, 0, NULL);
  g_auto (GStrv) names = text == NULL ? NULL : g_regex_split (between, text, 0);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (names[i][0] != '\0' && !add_escort (transaction, transfer, NULL, names[i], error))
      return FALSE;
  return TRUE;
}

gboolean
guitu_transfer_take_escorts (GuituCall *call,
                             GuituTransaction *transaction,
                             GuituRecord *transfer,
                             GError **error)
{
  gboolean is_listed = guitu_call_text (call, "company") != NULL;
  g_autoptr (JsonArray) company = NULL;
  g_autoptr (GPtrArray) before = NULL;

  if (!is_listed && !guitu_record_changed (transfer, GUITU_TRANSFER_ESCORTS))
    return TRUE;
  guitu_record_set_text (transfer, GUITU_TRANSFER_EXCEPTION, NULL);
  guitu_record_set_text (transfer, GUITU_TRANSFER_EXCEPTION_BY, NULL);
  before = guitu_transfer_escorts (transaction, transfer, error);
  if (!void_all (transaction, before, error))
    return FALSE;
  if (!is_listed)
    return add_named_escorts (transaction, transfer, error);
  company = read_array (call, "company", error);
  if (company == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (company); i++)
    if (!add_escort (transaction, transfer, json_array_get_object_element (company, i), NULL, error))
      return FALSE;
  return set_escorts_text (transaction, transfer, error);
}

/* --- The route ------------------------------------------------------------------------------- */

/* "宜宾 K1234 10:00 → …" as papers print it. */
static void
set_route_text (GuituRecord *transfer,
                GPtrArray *waypoints)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < waypoints->len; i++)
    {
      const char *place = guitu_record_text (waypoints->pdata[i], GUITU_WAYPOINT_PLACE);
      const char *carrier = guitu_record_text (waypoints->pdata[i], GUITU_WAYPOINT_CARRIER);

      g_string_append_printf (text, "%s%s%s%s", i == 0 ? "" : " → ", place == NULL ? "" : place, place != NULL && carrier != NULL ? " " : "", carrier == NULL ? "" : carrier);
      if (guitu_record_says (waypoints->pdata[i], GUITU_WAYPOINT_KIND, "change"))
        g_string_append (text, "（中转）");
    }
  guitu_record_set_text (transfer, GUITU_TRANSFER_ROUTE, text->str);
}

static gboolean
add_waypoint (GuituTransaction *transaction,
              const GuituRecord *transfer,
              JsonObject *json,
              guint position,
              GPtrArray *waypoints,
              GError **error)
{
  GuituRecord *waypoint = guitu_record_new (&guitu_kind_waypoint);

  g_ptr_array_add (waypoints, waypoint);
  guitu_record_set_text (waypoint, GUITU_WAYPOINT_TRANSFER, guitu_record_id (transfer));
  guitu_record_set_integer (waypoint, GUITU_WAYPOINT_POSITION, position);
  guitu_record_set_text (waypoint, GUITU_WAYPOINT_KIND, "stop");
  if (!take_object (waypoint, json, NULL, error))
    return FALSE;
  if (!guitu_record_is_set (waypoint, GUITU_WAYPOINT_PLACE))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "place", "“place” is needed for every point of the route");
  return guitu_record_check_required (waypoint, error) && guitu_transaction_put (transaction, waypoint, error);
}

gboolean
guitu_transfer_take_waypoints (GuituCall *call,
                               GuituTransaction *transaction,
                               GuituRecord *transfer,
                               GError **error)
{
  g_autoptr (GPtrArray) waypoints = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (JsonArray) array = NULL;

  if (guitu_call_text (call, "waypoints") == NULL)
    return TRUE;
  array = read_array (call, "waypoints", error);
  before = array == NULL ? NULL : guitu_transfer_waypoints (transaction, transfer, error);
  if (!void_all (transaction, before, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_waypoint (transaction, transfer, json_array_get_object_element (array, i), i + 1, waypoints, error))
      return FALSE;
  if (!json_object_has_member (call->input, "route"))
    set_route_text (transfer, waypoints);
  return guitu_text_check (&guitu_kind_transfer.fields[GUITU_TRANSFER_ROUTE], guitu_record_is_set (transfer, GUITU_TRANSFER_ROUTE) ? guitu_record_text (transfer, GUITU_TRANSFER_ROUTE) : "", error);
}

/* --- The rules on escorts ---------------------------------------------------------------------- */

static void
add_breach (JsonArray *breaches,
            const GuituRule *rule,
            gboolean is_certain,
            const char *text)
{
  JsonObject *breach = json_object_new ();

  json_object_set_string_member (breach, "kind", "escort-rules");
  json_object_set_string_member (breach, "rule", rule->name);
  json_object_set_boolean_member (breach, "refuses", is_certain && rule->citation[0] != '\0');
  json_object_set_string_member (breach, "text", text);
  if (rule->citation[0] != '\0')
    json_object_set_string_member (breach, "citation", rule->citation);
  json_array_add_object_element (breaches, breach);
}

/* Minors, who shows signs of a disability of the mind, the very old, who can't walk or is gravely ill. */
static gboolean
is_special (const GuituSituation *situation,
            const GuituRecord *person,
            const char *on)
{
  static const char *const helpless[] = { "critical", "dementia", "physical", "visual", NULL };
  const char *health = guitu_record_text (person, GUITU_PERSON_HEALTH);
  const GuituRule *old = guitu_rules_find ("escort_elderly_years", on);
  int least, greatest;

  return situation->may_be_minor || situation->is_impaired || (health != NULL && g_strv_contains (helpless, health)) ||
         (old != NULL && guitu_person_age (person, on, &least, &greatest) && greatest >= g_ascii_strtoll (old->value, NULL, 10));
}

static void
check_number (JsonArray *breaches,
              gboolean special,
              guint n,
              const char *on)
{
  const GuituRule *rule = guitu_rules_find (special ? "escorts_least_special" : "escorts_least", on);
  gint64 least = rule == NULL ? 0 : g_ascii_strtoll (rule->value, NULL, 10);
  g_autofree char *text = NULL;

  if (n >= least)
    return;
  text = g_strdup_printf (special ? "未成年人、有精神障碍或智力残疾迹象、行动不便、危重或高龄人员至少%" G_GINT64_FORMAT "人护送，现有%u人"
                                  : "至少%" G_GINT64_FORMAT "人护送，现有%u人",
                          least, n);
  add_breach (breaches, rule, TRUE, text);
}

static void
check_woman (JsonArray *breaches,
             GPtrArray *escorts,
             const char *on)
{
  const GuituRule *rule = guitu_rules_find ("escort_woman_for_woman", on);
  guint n_women = 0;
  guint n_unknown = 0;

  for (guint i = 0; i < escorts->len; i++)
    {
      n_women += guitu_record_says (escorts->pdata[i], GUITU_ESCORT_SEX, "2");
      n_unknown += !guitu_record_says (escorts->pdata[i], GUITU_ESCORT_SEX, "1") && !guitu_record_says (escorts->pdata[i], GUITU_ESCORT_SEX, "2");
    }
  if (rule == NULL || n_women >= g_ascii_strtoll (rule->value, NULL, 10))
    return;
  add_breach (breaches, rule, n_unknown == 0, n_unknown == 0 ? "女性受助人员须有女性护送人员" : "女性受助人员须有女性护送人员；护送人员的性别没有登记");
}

JsonArray *
guitu_transfer_check_escorts (GuituTransaction *transaction,
                              const GuituRecord *transfer,
                              GError **error)
{
  g_autoptr (JsonArray) breaches = json_array_new ();
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (GPtrArray) escorts = person == NULL ? NULL : guitu_transfer_escorts (transaction, transfer, error);
  g_autofree char *today = guitu_today ();
  GuituSituation situation;

  if (escorts == NULL || !guitu_situation_read (transaction, stay, person, today, &situation, error))
    return NULL;
  if (!guitu_transfer_is_escorted (transfer))
    return g_steal_pointer (&breaches);
  check_number (breaches, is_special (&situation, person, today), escorts->len, today);
  if (guitu_record_says (person, GUITU_PERSON_SEX, "2") && escorts->len > 0)
    check_woman (breaches, escorts, today);
  return g_steal_pointer (&breaches);
}

gboolean
guitu_transfer_exception_read (GuituCall *call,
                               GuituTransferException *exception,
                               GError **error)
{
  exception->reason = guitu_call_text (call, "override");
  if (exception->reason == NULL)
    return TRUE;
  if (!guitu_text_check (&guitu_kind_transfer.fields[GUITU_TRANSFER_EXCEPTION], exception->reason, error))
    return FALSE;
  if (guitu_call_text (call, "second") == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "second-needed", "second", "An exception (override) needs a second person who signs it");
  return guitu_call_second (call, "second", &exception->second, error);
}

void
guitu_transfer_exception_clear (GuituTransferException *exception)
{
  g_clear_pointer (&exception->second, g_free);
}

gboolean
guitu_transfer_enforce_escorts (GuituTransaction *transaction,
                                GuituRecord *transfer,
                                const GuituTransferException *exception,
                                JsonArray **warnings,
                                GError **error)
{
  g_autoptr (JsonArray) breaches = guitu_transfer_check_escorts (transaction, transfer, error);

  for (guint i = 0; breaches != NULL && i < json_array_get_length (breaches); i++)
    {
      JsonObject *breach = json_array_get_object_element (breaches, i);

      if (!json_object_get_boolean_member (breach, "refuses") || guitu_record_is_set (transfer, GUITU_TRANSFER_EXCEPTION))
        continue;
      if (exception->reason == NULL)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "escort-rules", "escorts", "%s（%s）. Only with a reason (override) and a second person",
                           json_object_get_string_member (breach, "text"), json_object_get_string_member (breach, "citation"));
      guitu_record_set_text (transfer, GUITU_TRANSFER_EXCEPTION, exception->reason);
      guitu_record_set_text (transfer, GUITU_TRANSFER_EXCEPTION_BY, exception->second);
    }
  *warnings = g_steal_pointer (&breaches);
  return *warnings != NULL;
}
