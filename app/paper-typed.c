/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is filled in for one paper alone, since no record holds it: the train of a ticket, the number
 * of a sample. Which keys these are follows from the forms: all that no record and no rule tells. */

#include "app/papers.h"

#include "app/paper-fields.h"
#include "app/rules.h"

#include <stdio.h>
#include <string.h>

#define MOST_DAYS_AHEAD 366 /* of a journey */

/* Of "escort.total_cost". */
static const char *const parts[] = { "escort.transport_cost", "escort.lodging_cost", "escort.other_cost" };

/* Beginnings of keys that records, rules and the program itself tell. */
static const char *const told[] = {
  "person.", "stay.", "transfer.", "station.", "to_station.", "shift.", "house.", "file.", "form.", "paper.", "ledger.", "notice.", "tracing.", NULL
};

gboolean
guitu_paper_is_typed (const char *key)
{
  for (guint i = 0; told[i] != NULL; i++)
    if (g_str_has_prefix (key, told[i]))
      return FALSE;
  return strcmp (key, "cash.amount_words") != 0;
}

/* --- Checking what was typed ----------------------------------------------------------------- */

static gboolean
refuse (GError **error,
        const char *code,
        const char *key,
        const char *format,
        const char *text)
{
  g_autofree char *message = g_strdup_printf ("“%s” %s", text, format);

  return guitu_fail (error, GUITU_ERROR_INVALID, code, key, "%s", message);
}

/* "8:30" where the day stands beside it on the paper. (transfer full) (nullable) */
static char *
hour_in_words (const char *text)
{
  guint hour, minute;
  char rest;

  if (sscanf (text, "%2u:%2u%c", &hour, &minute, &rest) != 2 || hour > 23 || minute > 59)
    return NULL;
  return g_strdup_printf ("%02u时%02u分", hour, minute);
}

/* What is written down when it has happened: the rest may be planned, as a journey is. */
static const char *const happened[] = {
  "assessment.assessed_on", "complaint.answered_at", "complaint.received_at", "death.cremated_on", "death.died_at", "dna.collected_at",
  "dna.fed_back_on", "dna.requested_on", "escort.confirmed_at", "handover.found_at", "hospital.admitted_at", "hospital.discharged_at",
  "hospital.returned_at", "hospital.told_at", "list.told_on", "objection.received_at", "receipt.accepted_at", "registration.born_on",
  "report.found_at", "report.reported_at", "security.checked_at", "visit.made_at", NULL
};

/* @parsed: a day or a time. */
static gboolean
check_happened (const char *key,
                const char *parsed,
                GError **error)
{
  g_autofree char *today = guitu_today ();

  if (!g_strv_contains (happened, key))
    return TRUE;
  if (strlen (parsed) > strlen (today))
    return guitu_time_check (parsed, NULL, key, error);
  return strcmp (parsed, today) <= 0 || guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", key, "“%s” (%s) lies in the future", key, parsed);
}

/* A journey is planned for the next weeks; what is further away is a slip, and would be good until then. */
static gboolean
check_journey (const char *key,
               const char *parsed,
               GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *last = guitu_date_add_days (today, MOST_DAYS_AHEAD);

  if (strcmp (key, "ticket.departs_on") != 0)
    return TRUE;
  if (strcmp (parsed, today) < 0)
    return refuse (error, "impossible-date", key, "has passed: nobody travels on that day", parsed);
  return strcmp (parsed, last) <= 0 || refuse (error, "too-far", key, "is more than a year from now", parsed);
}

/* Days and times are kept as they are printed. (transfer full) (nullable) */
static char *
time_in_words (const char *key,
               const char *text,
               GError **error)
{
  gboolean is_day = g_str_has_suffix (key, "_on");
  g_autofree char *hour = is_day ? NULL : hour_in_words (text);
  g_autofree char *parsed = is_day ? guitu_date_parse (text) : guitu_time_parse (text);

  if (hour != NULL)
    return g_steal_pointer (&hour);
  if (parsed != NULL)
    return check_journey (key, parsed, error) && check_happened (key, parsed, error) ? guitu_time_in_chinese (parsed) : NULL;
  refuse (error, "impossible-date", key, "is no possible date or time", text);
  return NULL;
}

/* The cash that the rules allow (规程: 原则上不得给现金, 一般不超过20元). */
static gboolean
check_cash (const char *key,
            const char *text,
            GError **error)
{
  g_autofree char *today = guitu_today ();
  gint64 fen = guitu_yuan_parse (text);
  int limit = guitu_rules_integer ("cash_limit_yuan", today);

  if (fen <= 0)
    return refuse (error, "not-a-number", key, "is no amount in yuan, such as 12.50", text);
  if (limit > 0 && fen > 100 * limit)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "over-limit", key, "%s yuan is more than the rule “cash_limit_yuan” allows (%d)", text, limit);
  return TRUE;
}

gboolean
guitu_paper_is_amount (const char *key)
{
  static const char *const amounts[] = { "cash.amount", "escort.lodging_cost", "escort.other_cost", "escort.total_cost",
                                         "escort.transport_cost", "hospital.cost", "ticket.price", NULL };

  return g_strv_contains (amounts, key);
}

/* The sum stands on the paper where its parts do: it must be theirs. @least: of so many parts on, it is checked. */
static gboolean
check_sum (JsonObject *typed,
           guint least,
           GError **error)
{
  const char *total = json_object_get_string_member_with_default (typed, "escort.total_cost", NULL);
  gint64 sum = 0;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *part = json_object_get_string_member_with_default (typed, parts[i], NULL);

      sum += part == NULL ? 0 : guitu_yuan_parse (part);
      n += part != NULL;
    }
  return total == NULL || n < least || guitu_yuan_parse (total) == sum ||
         guitu_fail (error, GUITU_ERROR_INVALID, "wrong-sum", "escort.total_cost", "%s yuan is not the sum of the other amounts", total);
}

/* Whether a line of the form holds it, or a paragraph. */
static gboolean
is_long (const GuituForm *form,
         const char *key)
{
  GuituFormEntry entry;

  for (guint i = 0; guitu_form_entry (form, i, &entry); i++)
    if (strcmp (entry.key, key) == 0)
      return entry.is_long || entry.is_table || entry.options != NULL;
  return FALSE;
}

static gboolean
put_typed (const GuituForm *form,
           JsonObject *typed,
           const char *key,
           const char *text,
           GError **error)
{
  const GuituField field = { .name = "fields", .type = GUITU_FIELD_TEXT, .flags = is_long (form, key) ? GUITU_LONG : GUITU_PLAIN };
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GError) failure = NULL;

  json_object_remove_member (typed, key);
  if (*stripped == '\0')
    return TRUE;
  if (!guitu_text_check (&field, stripped, &failure))
    return guitu_fail (error, GUITU_ERROR_INVALID, guitu_error_code (failure), key, "%s", failure->message);
  if (strcmp (key, "cash.amount") == 0 && !check_cash (key, stripped, error))
    return FALSE;
  if (guitu_paper_is_amount (key) && guitu_yuan_parse (stripped) < 0)
    return refuse (error, "not-a-number", key, "is no amount in yuan, such as 12.50", stripped);
  if (g_str_has_suffix (key, "_on") || g_str_has_suffix (key, "_at"))
    {
      g_autofree char *words = time_in_words (key, stripped, error);

      if (words == NULL)
        return FALSE;
      json_object_set_string_member (typed, key, words);
      return TRUE;
    }
  json_object_set_string_member (typed, key, stripped);
  return TRUE;
}

static gboolean
take_member (const GuituForm *form,
             JsonObject *typed,
             const char *key,
             JsonNode *node,
             GError **error)
{
  if (!g_strv_contains (guitu_form_keys (form), key))
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-field", key, "“%s” has no field “%s”", guitu_form_title (form), key);
  /* what a receipt says of the accepted paper stands in that paper's seal */
  if (!guitu_paper_is_typed (key) || g_str_has_prefix (key, "received."))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-typed", key, "“%s” comes from the records: change it there", key);
  if (!JSON_NODE_HOLDS_NULL (node) && json_node_get_value_type (node) != G_TYPE_STRING)
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", key, "“%s” must be text", key);
  return put_typed (form, typed, key, JSON_NODE_HOLDS_NULL (node) ? "" : json_node_get_string (node), error);
}

/* Members of @object, whose names stand behind @prefix. */
static gboolean
take_object (const GuituForm *form,
             JsonObject *typed,
             const char *prefix,
             JsonObject *object,
             GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *key = g_strconcat (prefix, name, NULL);

      if (!take_member (form, typed, key, node, error))
        return FALSE;
    }
  return TRUE;
}

/* (nullable) (transfer full): as text that compares in order */
static char *
moment_of (JsonObject *typed,
           const char *key)
{
  const char *words = json_object_get_string_member_with_default (typed, key, NULL);
  char *day = words == NULL ? NULL : guitu_date_parse (words);

  return words == NULL || day != NULL ? day : guitu_time_parse (words);
}

/* Nobody is cremated before dying, or discharged before being admitted. */
static gboolean
check_order (JsonObject *typed,
             GError **error)
{
  static const char *const pairs[][2] = {
    { "death.died_at", "death.cremated_on" },
    { "hospital.admitted_at", "hospital.discharged_at" },
    { "complaint.received_at", "complaint.answered_at" },
    { "care.from_on", "care.until_on" },
    { "list.from_on", "list.until_on" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *first = moment_of (typed, pairs[i][0]);
      g_autofree char *second = moment_of (typed, pairs[i][1]);

      if (first != NULL && second != NULL && strncmp (second, first, MIN (strlen (first), strlen (second))) < 0)
        return guitu_fail (error, GUITU_ERROR_INVALID, "too-early", pairs[i][1], "“%s” (%s) lies before “%s” (%s)", pairs[i][1], second, pairs[i][0], first);
    }
  return TRUE;
}

gboolean
guitu_paper_take_typed (GuituCall *call,
                        const GuituForm *form,
                        JsonObject *typed,
                        GError **error)
{
  g_autoptr (JsonObject) fields = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!guitu_paper_typed (call, &fields, error) || (fields != NULL && !take_object (form, typed, "", fields, error)))
    return FALSE;
  json_object_iter_init (&iter, call->input);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *prefix = g_strconcat (name, ".", NULL);

      if (strcmp (name, "fields") != 0 && JSON_NODE_HOLDS_OBJECT (node) &&
          !take_object (form, typed, prefix, json_node_get_object (node), error))
        return FALSE;
    }
  /* what is still to come may make up the sum */
  return check_order (typed, error) && check_sum (typed, G_N_ELEMENTS (parts), error);
}

gboolean
guitu_paper_check_complete (const GuituForm *form,
                            JsonObject *fields,
                            GError **error)
{
  const char *const *needed = guitu_form_needed (form);

  for (guint i = 0; needed[i] != NULL; i++)
    if (!json_object_has_member (fields, needed[i]))
      return guitu_fail (error, GUITU_ERROR_INVALID, "missing", needed[i], "“%s” is needed on the paper “%s”", needed[i], guitu_form_title (form));
  return check_sum (fields, 1, error);
}

JsonObject *
guitu_paper_typed_of (const GuituRecord *paper)
{
  const char *text = guitu_record_text (paper, GUITU_PAPER_FIELDS);
  g_autoptr (JsonNode) kept = text == NULL ? NULL : json_from_string (text, NULL);
  JsonObject *typed = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (kept == NULL)
    return typed;
  json_object_iter_init (&iter, json_node_get_object (kept));
  while (json_object_iter_next (&iter, &key, &node))
    if (guitu_paper_is_typed (key))
      json_object_set_member (typed, key, json_node_copy (node));
  return typed;
}
