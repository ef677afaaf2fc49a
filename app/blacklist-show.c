/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking at the list, which is logged with its purpose, also for the person it is about, saying what was done about a warning, and figures
 * that show whether the list falls on some more than on others. */

#include "app/blacklist-private.h"

#include "app/access.h"
#include "app/after.h"
#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"
#include "app/visits.h"

#include <string.h>

/* --- Looking at one ------------------------------------------------------------------------------ */

static void
add_user (JsonObject *json,
          GuituTransaction *transaction,
          const GuituRecord *entry,
          int field)
{
  g_autofree char *name = guitu_record_is_set (entry, field) ? guitu_user_display_name (transaction, guitu_record_text (entry, field)) : NULL;
  g_autofree char *member = g_strconcat (guitu_kind_blacklist.fields[field].name, "_name", NULL);

  if (name != NULL)
    json_object_set_string_member (json, member, name);
}

static void
add_parsed (JsonObject *json,
            const GuituRecord *entry,
            int field)
{
  const char *text = guitu_record_text (entry, field);
  JsonNode *node = text == NULL ? NULL : json_from_string (text, NULL);

  if (node != NULL)
    json_object_set_member (json, guitu_kind_blacklist.fields[field].name, node);
}

static void
add_label (JsonObject *json,
           const char *member,
           const char *list)
{
  const char *code = json_object_get_string_member_with_default (json, member, NULL);
  g_autofree char *name = g_strconcat (member, "_name", NULL);

  if (code != NULL)
    json_object_set_string_member (json, name, guitu_code_label (list, code));
}

/* The whole file of an entry of ours. */
static JsonObject *
entry_to_json (GuituTransaction *transaction,
               const GuituRecord *entry,
               GError **error)
{
  static const int users[] = { GUITU_BLACKLIST_PROPOSED_BY, GUITU_BLACKLIST_REVIEWED_BY, GUITU_BLACKLIST_CORRECTED_BY, GUITU_BLACKLIST_CORRECTED_WITH, GUITU_BLACKLIST_HANDLER, GUITU_BLACKLIST_ENDED_BY };
  static const int parsed[] = { GUITU_BLACKLIST_EVIDENCE, GUITU_BLACKLIST_COUNTS };
  g_autoptr (JsonObject) json = guitu_record_to_json (entry, FALSE);
  g_autofree char *today = guitu_today ();

  json_object_set_string_member (json, "state", guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today));
  json_object_set_boolean_member (json, "own", TRUE);
  for (guint i = 0; i < guitu_kind_blacklist.n_fields; i++)
    if (guitu_kind_blacklist.fields[i].type == GUITU_FIELD_CODE)
      add_label (json, guitu_kind_blacklist.fields[i].name, guitu_kind_blacklist.fields[i].of);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    add_user (json, transaction, entry, users[i]);
  for (guint i = 0; i < G_N_ELEMENTS (parsed); i++)
    add_parsed (json, entry, parsed[i]);
  return guitu_person_name_add (json, transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), error) ? g_steal_pointer (&json) : NULL;
}

/* All that the person may ask for who objects: who knew of it here and elsewhere, and since when it is forgotten. */
static gboolean
add_log (JsonObject *json,
         GuituTransaction *transaction,
         const GuituRecord *entry,
         GError **error)
{
  return _guitu_blacklist_add_answers (json, transaction, guitu_record_text (entry, GUITU_BLACKLIST_LISTING), error) &&
         _guitu_blacklist_add_unconfirmed (json, transaction, entry, error) && _guitu_blacklist_add_looks (json, transaction, entry, error);
}

/* Of an entry whose file is kept no longer: that there was one. Neither the log of accesses names the person. */
static gboolean
show_rest (GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *entry,
           JsonObject **json,
           GError **error)
{
  static const int fields[] = { GUITU_BLACKLIST_FROM, GUITU_BLACKLIST_UNTIL, GUITU_BLACKLIST_ENDED_AT, GUITU_BLACKLIST_RETENTION };
  g_autofree char *today = guitu_today ();
  g_autofree char *look = _guitu_blacklist_look (guitu_record_id (entry), NULL);

  *json = json_object_new ();
  json_object_set_string_member (*json, "id", guitu_record_id (entry));
  json_object_set_boolean_member (*json, "own", TRUE);
  json_object_set_boolean_member (*json, "gone", TRUE);
  json_object_set_string_member (*json, "state", guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today));
  add_label (*json, "state", "list_state");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (guitu_record_is_set (entry, fields[i]))
      json_object_set_string_member (*json, guitu_kind_blacklist.fields[fields[i]].name, guitu_record_text (entry, fields[i]));
  return guitu_access_put (call, transaction, "view-listing", NULL, look, error);
}

static gboolean
show_own (GuituCall *call,
          GuituTransaction *transaction,
          const GuituRecord *entry,
          JsonObject **json,
          GError **error)
{
  const char *listing = guitu_record_text (entry, GUITU_BLACKLIST_LISTING);
  const char *person = guitu_record_text (entry, GUITU_BLACKLIST_PERSON);
  const char *why = guitu_call_text (call, "why");
  g_autofree char *look = _guitu_blacklist_look (guitu_record_id (entry), why);
  g_autofree char *today = guitu_today ();

  if (!guitu_list_is_kept (entry, today))
    return show_rest (call, transaction, entry, json, error);
  if (!guitu_fence_refuse (call, transaction, person, error) || (why != NULL && !guitu_text_check (&guitu_kind_access.fields[GUITU_ACCESS_DETAIL], why, error)))
    return FALSE;
  *json = entry_to_json (transaction, entry, error);
  if (*json == NULL || (listing != NULL && !add_log (*json, transaction, entry, error)))
    return FALSE;
  return guitu_access_put (call, transaction, "view-listing", person, look, error);
}

/* Its station hears of it, once a day from each of us; each look is in our own log. */
static gboolean
tell_look (GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *listing,
           const char *why,
           GError **error)
{
  g_autoptr (JsonObject) content = json_object_new ();
  g_autofree char *today = guitu_today ();
  g_autofree char *round = g_strdup_printf ("%s %s", today, call->session->name);

  json_object_set_string_member (content, "why", why);
  json_object_set_string_member (content, "by", guitu_session_display_name (call->session));
  return guitu_listing_tell (transaction, listing, "looked", round, content, error);
}

static gboolean
show_foreign (GuituCall *call,
              GuituTransaction *transaction,
              JsonObject **json,
              GError **error)
{
  g_autoptr (GuituRecord) listing = _guitu_blacklist_find_listing (call, transaction, error);
  const char *why = listing == NULL ? NULL : guitu_call_need (call, "why", error);
  g_autofree char *detail = why == NULL ? NULL : _guitu_blacklist_look (guitu_record_id (listing), why);

  g_autofree char *today = guitu_today ();

  if (why == NULL || !guitu_text_check (&guitu_kind_access.fields[GUITU_ACCESS_DETAIL], why, error))
    return FALSE;
  *json = guitu_listing_to_json (transaction, listing, TRUE, error);
  if (*json == NULL || (guitu_listing_is_kept (listing, today) && !_guitu_blacklist_add_answers (*json, transaction, guitu_record_id (listing), error)))
    return FALSE;
  return guitu_access_put (call, transaction, "view-listing", NULL, detail, error) &&
         tell_look (call, transaction, listing, why, error);
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) entry = NULL;
  g_autoptr (JsonObject) json = NULL;

  if (transaction == NULL || !_guitu_blacklist_find (call, transaction, &entry, error))
    return FALSE;
  if (!(entry != NULL ? show_own (call, transaction, entry, &json, error) : show_foreign (call, transaction, &json, error)) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- The list ------------------------------------------------------------------------------------ */

static gboolean
is_wanted (GuituCall *call,
           const char *state)
{
  const char *wanted = guitu_call_text (call, "state");

  if (guitu_call_flag (call, "all"))
    return TRUE;
  if (wanted != NULL)
    return g_strcmp0 (wanted, state) == 0;
  return g_strcmp0 (state, "active") == 0 || g_strcmp0 (state, "proposed") == 0 || g_strcmp0 (state, "suspended") == 0;
}

/* What was written about the person is seen when looking at one entry, which is logged. */
static void
hide_file (JsonObject *json)
{
  for (guint i = 0; i < guitu_kind_blacklist.n_fields; i++)
    {
      const GuituField *field = &guitu_kind_blacklist.fields[i];
      g_autofree char *label = g_strconcat (field->name, "_name", NULL);

      if (i == GUITU_BLACKLIST_PERSON || !(field->flags & (GUITU_PERSONAL | GUITU_LONG)))
        continue;
      json_object_remove_member (json, field->name);
      json_object_remove_member (json, label);
    }
}

static gboolean
list_own (GuituCall *call,
          GuituTransaction *transaction,
          const char *today,
          GError **error)
{
  g_autoptr (GPtrArray) entries = guitu_records_find (transaction, &guitu_kind_blacklist, &(GuituQuery){ .descending = TRUE }, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const GuituRecord *entry = entries->pdata[i];
      JsonObject *json;

      if (!guitu_list_is_kept (entry, today) || !is_wanted (call, guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today)))
        continue;
      json = entry_to_json (transaction, entry, error);
      if (json == NULL)
        return FALSE;
      hide_file (json);
      guitu_call_emit (call, json);
    }
  return entries != NULL;
}

/* Who is on it is seen when looking at one, with a purpose that is told; the list of all of them tells where, for
 * what and until when, and of the name how it begins. */
static void
hide_person (JsonObject *json,
             const GuituRecord *listing)
{
  const char *name = json_object_has_member (json, "name") ? guitu_record_text (listing, GUITU_LISTING_NAME) : NULL;

  for (guint i = 0; i < guitu_kind_listing.n_fields; i++)
    {
      const GuituField *field = &guitu_kind_listing.fields[i];
      g_autofree char *label = g_strconcat (field->name, "_name", NULL);

      if (!(field->flags & GUITU_PERSONAL))
        continue;
      json_object_remove_member (json, field->name);
      json_object_remove_member (json, label);
    }
  json_object_remove_member (json, "has_photo");
  if (name != NULL)
    {
      g_autofree char *first = g_utf8_substring (name, 0, 1);
      g_autofree char *begins = g_strconcat (first, "**", NULL);

      json_object_set_string_member (json, "name", begins);
    }
}

static gboolean
list_foreign (GuituCall *call,
              GuituTransaction *transaction,
              const char *today,
              GError **error)
{
  g_autoptr (GPtrArray) listings = guitu_records_find (transaction, &guitu_kind_listing, &(GuituQuery){ .descending = TRUE }, error);

  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      const GuituRecord *listing = listings->pdata[i];
      const char *state = guitu_list_state (guitu_record_text (listing, GUITU_LISTING_STATE), guitu_record_text (listing, GUITU_LISTING_UNTIL), today);
      JsonObject *json;

      if (guitu_record_says (listing, GUITU_LISTING_STATION, guitu_transaction_keys (transaction)->station) || !guitu_listing_is_kept (listing, today) || !is_wanted (call, state))
        continue;
      json = guitu_listing_to_json (transaction, listing, FALSE, error);
      if (json == NULL)
        return FALSE;
      json_object_remove_member (json, "counts");
      hide_person (json, listing);
      guitu_call_emit (call, json);
    }
  return listings != NULL;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);

  return transaction != NULL && list_own (call, transaction, today, error) && (guitu_call_flag (call, "own") || list_foreign (call, transaction, today, error));
}

/* --- What a receiving station says --------------------------------------------------------------- */

static gboolean
run_dissent (GuituCall *call,
             GError **error)
{
  const char *text = guitu_call_need (call, "text", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) listing = transaction == NULL ? NULL : _guitu_blacklist_find_listing (call, transaction, error);
  g_autoptr (GuituRecord) dissent = NULL;
  g_autofree char *now = guitu_now ();

  if (listing == NULL)
    return FALSE;
  if (guitu_record_says (listing, GUITU_LISTING_STATION, guitu_transaction_keys (transaction)->station))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "own-entry", "entry", "This is an entry of your own station: correct or remove it");
  dissent = guitu_record_new_owned (&guitu_kind_dissent, guitu_transaction_keys (transaction)->station, NULL, NULL);
  guitu_record_set_text (dissent, GUITU_DISSENT_LISTING, guitu_record_id (listing));
  guitu_record_set_text (dissent, GUITU_DISSENT_AT, now);
  if (!guitu_call_take (call, "text", dissent, GUITU_DISSENT_TEXT, error) || !guitu_transaction_put (transaction, dissent, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (dissent, FALSE));
  return TRUE;
}

/* What the desk did stands with the stay, and its station reads it. */
static gboolean
note_handling (GuituCall *call,
               GuituTransaction *transaction,
               const GuituRecord *listing,
               const GuituCode *what,
               JsonObject *json,
               GError **error)
{
  const char *note = guitu_call_text (call, "note");
  g_autoptr (GuituRecord) stay = guitu_call_stay (call, transaction, error);
  g_autofree char *today = guitu_today ();
  g_autofree char *text = g_strdup_printf ("%s：%s%s%s", guitu_list_called (today), what->chinese, note == NULL ? "" : "。", note == NULL ? "" : note);
  g_autoptr (GuituRecord) event = stay == NULL ? NULL : guitu_record_new (&guitu_kind_event);
  g_autofree char *now = guitu_now ();

  if (event == NULL || !guitu_text_check (&guitu_kind_event.fields[GUITU_EVENT_TEXT], text, error))
    return FALSE;
  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
  guitu_record_set_text (event, GUITU_EVENT_KIND, "other");
  guitu_record_set_text (event, GUITU_EVENT_AT, now);
  guitu_record_set_text (event, GUITU_EVENT_TEXT, text);
  guitu_record_set_text (event, GUITU_EVENT_BY, call->session->id);
  json_object_set_string_member (json, "listing", guitu_record_id (listing));
  json_object_set_string_member (json, "stay", guitu_record_id (stay));
  json_object_set_string_member (json, "what", what->code);
  return guitu_transaction_put (transaction, event, error);
}

static gboolean
run_handled (GuituCall *call,
             GError **error)
{
  const char *text = guitu_call_need (call, "what", error);
  const GuituCode *what = text == NULL ? NULL : guitu_codes_parse ("list_handling", text);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) listing = NULL;
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonObject) content = json_object_new ();
  g_autofree char *round = NULL;

  if (text == NULL)
    return FALSE;
  if (what == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "what", "“%s” is not one of the codes of list_handling", text);
  transaction = guitu_call_write (call, error);
  listing = transaction == NULL ? NULL : _guitu_blacklist_find_listing (call, transaction, error);
  if (listing == NULL || !note_handling (call, transaction, listing, what, json, error))
    return FALSE;
  json_object_set_string_member (content, "what", what->code);
  round = g_strdup_printf ("%s %s", json_object_get_string_member (json, "stay"), what->code);
  if (!guitu_listing_tell (transaction, listing, "handled", round, content, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- Verbs --------------------------------------------------------------------------------------- */

#define ENTRY_OPTION                                                                         \
  {                                                                                          \
    "entry", GUITU_OPTION_TEXT, TRUE, "id of the entry, or of what other stations see of it" \
  }

static const GuituOption show_options[] = {
  ENTRY_OPTION,
  { "why", GUITU_OPTION_TEXT, FALSE, "what for; needed for another station's entry, which is told" },
  { NULL },
};

static const GuituOption list_options[] = {
  { "state", GUITU_OPTION_TEXT, FALSE, "only entries in this state (codes list_state)" },
  { "all", GUITU_OPTION_FLAG, FALSE, "also what has ended" },
  { "own", GUITU_OPTION_FLAG, FALSE, "only entries of this station" },
  { NULL },
};

static const GuituOption dissent_options[] = {
  ENTRY_OPTION,
  { "text", GUITU_OPTION_TEXT, FALSE, "why this station thinks otherwise; every station reads it" },
  { NULL },
};

static const GuituOption handled_options[] = {
  ENTRY_OPTION,
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay" },
  { "what", GUITU_OPTION_TEXT, FALSE, "what was done (codes list_handling)" },
  { "note", GUITU_OPTION_TEXT, FALSE, "in words, for the stay" },
  { NULL },
};

const GuituVerb guitu_verb_blacklist_show = {
  "blacklist show", "Show an entry of the list, with who received it, looked, dissents and took in its end; the look is logged", GUITU_VERB_WRITES, show_options, NULL, run_show
};
const GuituVerb guitu_verb_blacklist_list = {
  "blacklist list", "List the entries of this station with their files, and those of others", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
const GuituVerb guitu_verb_blacklist_dissent = {
  "blacklist dissent", "Say why this station thinks otherwise about another's entry", GUITU_VERB_WRITES, dissent_options, NULL, run_dissent
};
const GuituVerb guitu_verb_blacklist_handled = {
  "blacklist handled", "Note what was done about a warning of the list", GUITU_VERB_WRITES, handled_options, NULL, run_handled
};
