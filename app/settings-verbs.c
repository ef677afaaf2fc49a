/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the administrator of a station sets: rules with the days on which they hold, the days of a
 * holiday notice, codes. Each names its source; nothing that was set is deleted. */

#include "app/regions.h"
#include "app/settings.h"
#include "app/verbs.h"

#include <stdlib.h>
#include <string.h>

static void
set_text (JsonObject *json,
          const char *name,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (json, name, text);
}

/* Takes the fields of a setting from the input, and who sets it. Derived fields stay as they are. */
static gboolean
take (GuituCall *call,
      GuituRecord *record,
      int by,
      GError **error)
{
  if (!guitu_record_take_json (record, call->input, error) || !guitu_record_check_required (record, error))
    return FALSE;
  guitu_record_set_text (record, by, call->session->id);
  return TRUE;
}

/* --- Rules ----------------------------------------------------------------------------------- */

static gboolean
holds_now (const GuituRule *rule,
           const char *date)
{
  guint n;
  g_autofree const GuituRule **in_force = guitu_rules_in_force (rule->name, date, &n);

  for (guint i = 0; i < n; i++)
    if (in_force[i] == rule)
      return TRUE;
  return FALSE;
}

static void
emit_rule (GuituCall *call,
           const GuituRule *rule,
           const char *date)
{
  JsonObject *json = json_object_new ();
  const char *label = NULL;
  const char *group = guitu_rules_group (rule->name, &label);

  set_text (json, "id", rule->id);
  set_text (json, "name", rule->name);
  set_text (json, "group", group);
  set_text (json, "label", label);
  set_text (json, "value", rule->value);
  set_text (json, "unit", rule->unit);
  set_text (json, "effective_from", rule->effective_from);
  set_text (json, "effective_until", rule->effective_until);
  set_text (json, "place", rule->place);
  set_text (json, "place_name", *rule->place == '\0' ? NULL : guitu_regions_name (rule->place));
  set_text (json, "citation", rule->citation);
  set_text (json, "note", rule->note);
  set_text (json, "source", rule->id != NULL ? "station" : "builtin");
  json_object_set_boolean_member (json, "in_force", holds_now (rule, date));
  guitu_call_emit (call, json);
}

static char *
date_option (GuituCall *call,
             const char *name,
             GError **error)
{
  const char *text = guitu_call_text (call, name);
  char *date = text == NULL ? guitu_today () : guitu_date_parse (text);

  if (date == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", name, "“%s” is no possible date (YYYY-MM-DD)", text);
  return date;
}

static void
emit_rules (GuituCall *call,
            const GuituRule *rules,
            guint n,
            const char *date)
{
  const char *name = guitu_call_text (call, "name");

  for (guint i = 0; i < n; i++)
    if ((name == NULL || strcmp (rules[i].name, name) == 0) && (guitu_call_flag (call, "all") || holds_now (&rules[i], date)))
      emit_rule (call, &rules[i], date);
}

static gboolean
run_rule_list (GuituCall *call,
               GError **error)
{
  const char *name = guitu_call_text (call, "name");
  g_autofree char *date = date_option (call, "on", error);
  guint n, n_own;
  const GuituRule *rules = guitu_rules_list (&n);
  const GuituRule *own = guitu_settings_rules (&n_own);

  if (date == NULL)
    return FALSE;
  if (name != NULL && guitu_rules_builtin (name) == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "name", "There is no rule “%s”", name);
  emit_rules (call, own, n_own, date);
  emit_rules (call, rules, n, date);
  return TRUE;
}

static gboolean
check_rule (const GuituRecord *record,
            GError **error)
{
  const char *name = guitu_record_text (record, GUITU_RULE_NAME);
  const char *until = guitu_record_text (record, GUITU_RULE_EFFECTIVE_UNTIL);
  const GuituRule *alike = guitu_rules_builtin (name);

  if (alike == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "name", "There is no rule “%s”; “rule list” names them", name);
  if (until != NULL && strcmp (until, guitu_record_text (record, GUITU_RULE_EFFECTIVE_FROM)) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "ends-before-it-begins", "effective_until", "The rule would end (%s) before it begins", until);
  return guitu_rules_check_value (alike, guitu_record_text (record, GUITU_RULE_VALUE), error);
}

static gboolean
run_rule_set (GuituCall *call,
              GError **error)
{
  g_autoptr (GuituRecord) record = guitu_record_new (&guitu_kind_rule);
  g_autoptr (GuituTransaction) transaction = NULL;

  if (!take (call, record, GUITU_RULE_BY, error) || !check_rule (record, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !guitu_transaction_put (transaction, record, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (record, FALSE));
  return TRUE;
}

static gboolean
run_rule_void (GuituCall *call,
               GError **error)
{
  const char *id = guitu_call_need (call, "rule", error);
  const char *reason = id == NULL ? NULL : guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) record = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_rule, id, error);

  if (record == NULL)
    return FALSE;
  if (guitu_record_is_voided (record))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-voided", "rule", "This rule does not stand any more");
  if (!guitu_call_void (transaction, record, reason, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (record, FALSE));
  return TRUE;
}

/* --- Calendar -------------------------------------------------------------------------------- */

/* Only the days that are not as their weekday says. */
static JsonArray *
special_days (int year)
{
  JsonArray *days = json_array_new ();
  g_autofree char *date = g_strdup_printf ("%04d-01-01", year);

  while (atoi (date) == year)
    {
      GuituDay day = guitu_calendar_day (date);
      char *next = guitu_date_add_days (date, 1);

      if (*day.citation != '\0')
        {
          JsonObject *json = json_object_new ();

          json_object_set_string_member (json, "day", date);
          json_object_set_boolean_member (json, "works", day.works);
          set_text (json, "name", day.name);
          set_text (json, "citation", day.citation);
          set_text (json, "source", day.is_own ? "station" : "builtin");
          json_array_add_object_element (days, json);
        }
      g_free (date);
      date = next;
    }
  return days;
}

static gboolean
run_calendar_show (GuituCall *call,
                   GError **error)
{
  g_autofree char *today = guitu_today ();
  gint64 year = guitu_call_integer (call, "year", atoi (today));
  JsonObject *json;

  if (year < 1900 || year > 2200)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "year", "There is no calendar of that year");
  json = json_object_new ();
  json_object_set_int_member (json, "year", year);
  json_object_set_boolean_member (json, "known", guitu_calendar_knows (year));
  json_object_set_array_member (json, "days", special_days (year));
  guitu_call_emit (call, json);
  return TRUE;
}

/* The record that is there for the same thing, or the new one. Only the fields of a key are compared. */
static GuituRecord *
find_alike (GuituTransaction *transaction,
            const GuituRecord *record,
            int first,
            int second,
            GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);
  g_autoptr (GPtrArray) found = guitu_records_find (transaction, kind, &(GuituQuery){ 0 }, error);
  guint at = G_MAXUINT;

  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    if (strcmp (guitu_record_text (found->pdata[i], first), guitu_record_text (record, first)) == 0 &&
        strcmp (guitu_record_text (found->pdata[i], second), guitu_record_text (record, second)) == 0 &&
        (at == G_MAXUINT || strcmp (guitu_record_id (found->pdata[at]), guitu_record_id (found->pdata[i])) < 0))
      at = i;
  return at == G_MAXUINT ? guitu_record_new (kind) : g_ptr_array_steal_index (found, at);
}

/* Writes what was taken into @like over what stood there for the same day or code. */
static gboolean
replace (GuituCall *call,
         const GuituRecord *like,
         int first,
         int second,
         GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) record = transaction == NULL ? NULL : find_alike (transaction, like, first, second, error);

  if (record == NULL)
    return FALSE;
  for (guint i = 0; i < guitu_record_kind (like)->n_fields; i++)
    if (g_strcmp0 (guitu_record_text (record, i), guitu_record_text (like, i)) != 0)
      guitu_record_set_text (record, i, guitu_record_text (like, i));
  if (!guitu_transaction_put (transaction, record, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (record, FALSE));
  return TRUE;
}

static gboolean
run_calendar_set (GuituCall *call,
                  GError **error)
{
  g_autoptr (GuituRecord) record = guitu_record_new (&guitu_kind_calendar_day);

  return take (call, record, GUITU_CALENDAR_DAY_BY, error) &&
         replace (call, record, GUITU_CALENDAR_DAY_DAY, GUITU_CALENDAR_DAY_DAY, error);
}

/* --- Codes ----------------------------------------------------------------------------------- */

static gboolean
is_code (const char *text)
{
  return strlen (text) <= 32 && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

/* A code that comes with the program keeps its meaning: only its report line can be set. */
static gboolean
check_known_code (const GuituRecord *record,
                  GError **error)
{
  int named = guitu_record_is_set (record, GUITU_LOCAL_CODE_CHINESE) ? GUITU_LOCAL_CODE_CHINESE : GUITU_LOCAL_CODE_ENGLISH;

  if (guitu_record_is_set (record, named))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "code-of-the-program", guitu_kind_local_code.fields[named].name,
                       "The code “%s” comes with the program; only its report line can be set", guitu_record_text (record, GUITU_LOCAL_CODE_CODE));
  if (!guitu_record_is_set (record, GUITU_LOCAL_CODE_REPORT_LINE))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "report_line", "“report_line” is needed: the line in which this code counts");
  return TRUE;
}

static gboolean
check_new_code (const GuituRecord *record,
                const char *list,
                GError **error)
{
  static const int words[] = { GUITU_LOCAL_CODE_CODE, GUITU_LOCAL_CODE_CHINESE, GUITU_LOCAL_CODE_ENGLISH };
  const char *code = guitu_record_text (record, GUITU_LOCAL_CODE_CODE);

  if (!guitu_codes_is_open (list))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "closed-list", "list", "The program works by the codes of “%s”; none can be added", list);
  if (!is_code (code))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-a-code", "code", "A code is made of small letters, digits and hyphens, at most 32");
  if (!guitu_record_is_set (record, GUITU_LOCAL_CODE_CHINESE))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "chinese", "“chinese” is needed: what the code is called");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *word = guitu_record_text (record, words[i]);
      const GuituCode *other = word == NULL ? NULL : guitu_codes_parse (list, word);

      if (other != NULL && strcmp (other->code, code) != 0)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "code-taken", guitu_kind_local_code.fields[words[i]].name,
                           "“%s” stands for “%s” already", word, other->code);
    }
  return TRUE;
}

static gboolean
run_code_set (GuituCall *call,
              GError **error)
{
  g_autoptr (GuituRecord) record = guitu_record_new (&guitu_kind_local_code);
  const char *line, *list;
  const GuituCode *known;

  if (!take (call, record, GUITU_LOCAL_CODE_BY, error))
    return FALSE;
  list = guitu_record_text (record, GUITU_LOCAL_CODE_LIST);
  line = guitu_record_text (record, GUITU_LOCAL_CODE_REPORT_LINE);
  if (guitu_codes_list (list, NULL) == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "list", "There is no code list “%s”", list);
  known = guitu_codes_find (list, guitu_record_text (record, GUITU_LOCAL_CODE_CODE));
  if (known != NULL && !known->is_local ? !check_known_code (record, error) : !check_new_code (record, list, error))
    return FALSE;
  if (line != NULL && !guitu_codes_has_line (list, line))
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "report_line", "The report has no line “%s” for this list", line);
  return replace (call, record, GUITU_LOCAL_CODE_LIST, GUITU_LOCAL_CODE_CODE, error);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption rule_list_options[] = {
  { "name", GUITU_OPTION_TEXT, TRUE, "only the rules of this name" },
  { "on", GUITU_OPTION_TEXT, FALSE, "what holds on this day (today)" },
  { "all", GUITU_OPTION_FLAG, FALSE, "also what does not hold on that day, or not here" },
  { NULL },
};

static const GuituOption rule_void_options[] = {
  { "rule", GUITU_OPTION_TEXT, TRUE, "id of a rule that the station set" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why it does not stand" },
  { NULL },
};

static const GuituOption calendar_options[] = {
  { "year", GUITU_OPTION_INTEGER, TRUE, "of which year (this one)" },
  { NULL },
};

const GuituVerb guitu_verb_rule_list = {
  "rule list", "List the rules with the days on which they hold and their sources", GUITU_VERB_PLAIN, rule_list_options, NULL, run_rule_list
};
const GuituVerb guitu_verb_rule_set = {
  "rule set", "Set a rule for this station, from a day on", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, NULL, &guitu_kind_rule, run_rule_set
};
const GuituVerb guitu_verb_rule_void = {
  "rule void", "Take back a rule that the station set", GUITU_VERB_WRITES, rule_void_options, NULL, run_rule_void
};
const GuituVerb guitu_verb_calendar_show = {
  "calendar show", "Show the holidays and the days worked in exchange", GUITU_VERB_PLAIN, calendar_options, NULL, run_calendar_show
};
const GuituVerb guitu_verb_calendar_set = {
  "calendar set", "Enter a day of a holiday notice", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, NULL, &guitu_kind_calendar_day, run_calendar_set
};
const GuituVerb guitu_verb_code_set = {
  "code set", "Add a code of the station's own, or set the report line of one", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, NULL, &guitu_kind_local_code, run_code_set
};
