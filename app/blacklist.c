/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How somebody comes onto the list: what the marks count, who must not be on it, the proposal, a second
 * person's review, the notice to the person. */

#include "app/blacklist-private.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/rules.h"
#include "app/verbs.h"
#include "app/visits.h"
#include "db/id.h"

#include <string.h>

/* --- What speaks for it, and what forbids it ----------------------------------------------------- */

/* Counts and exclusion of one person, as of now. */
typedef struct
{
  char *key;             /* NULL: no mark may be kept, or no network */
  const char *exclusion; /* NULL: may be listed */
  JsonObject *judged;    /* of guitu_visits_judge; NULL without a key */
} Case;

static void
case_clear (Case *of)
{
  g_clear_pointer (&of->key, g_free);
  g_clear_pointer (&of->judged, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
case_read (Case *of,
           GuituTransaction *transaction,
           const char *person,
           GError **error)
{
  g_autofree char *today = guitu_today ();

  if (!guitu_list_exclusion (transaction, person, &of->exclusion, error) || !guitu_visits_key_of_person (transaction, person, &of->key, error))
    return FALSE;
  if (of->key != NULL)
    of->judged = guitu_visits_judge (transaction, of->key, today, FALSE, error);
  return of->key == NULL || of->judged != NULL;
}

static gboolean
case_is_met (const Case *of)
{
  return of->judged != NULL && json_object_get_boolean_member (of->judged, "met");
}

static gboolean
run_check (GuituCall *call,
           GError **error)
{
  const char *id = guitu_call_need (call, "person", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_read (call, error);
  g_auto (Case) of = { 0 };
  JsonObject *json;

  if (transaction == NULL || !guitu_fence_refuse (call, transaction, id, error) || !case_read (&of, transaction, id, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "person", id);
  json_object_set_boolean_member (json, "has_network", of.key != NULL || of.exclusion != NULL);
  json_object_set_boolean_member (json, "may_propose", of.exclusion == NULL && of.key != NULL);
  json_object_set_boolean_member (json, "met", case_is_met (&of));
  if (of.exclusion != NULL)
    {
      json_object_set_string_member (json, "exclusion", of.exclusion);
      json_object_set_string_member (json, "exclusion_name", guitu_code_label ("list_exclusion", of.exclusion));
    }
  if (of.judged != NULL)
    json_object_set_object_member (json, "counts", json_object_ref (of.judged));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Proposal ------------------------------------------------------------------------------------ */

/* One line of the evidence: a kept file or a paper with its digest, or else a reference in words. */
static JsonObject *
evidence_of_line (GuituTransaction *transaction,
                  const char *line)
{
  g_autoptr (GuituRecord) file = NULL;
  g_autoptr (GuituRecord) paper = NULL;
  JsonObject *json = json_object_new ();
  guint8 bytes[GUITU_ID_BYTES];

  if (guitu_id_to_bytes (line, bytes))
    file = guitu_record_load (transaction, &guitu_kind_file, line, NULL);
  else
    paper = guitu_record_find_one (transaction, &guitu_kind_paper, GUITU_PAPER_NUMBER, line, NULL);
  json_object_set_string_member (json, "what", file != NULL ? "file" : paper != NULL ? "paper"
                                                                                     : "reference");
  if (file != NULL)
    {
      json_object_set_string_member (json, "file", line);
      json_object_set_string_member (json, "text", guitu_record_is_set (file, GUITU_FILE_TITLE) ? guitu_record_text (file, GUITU_FILE_TITLE) : "");
      json_object_set_string_member (json, "sha256", guitu_record_is_set (file, GUITU_FILE_DIGEST) ? guitu_record_text (file, GUITU_FILE_DIGEST) : "");
      return json;
    }
  json_object_set_string_member (json, "text", line);
  if (paper != NULL)
    {
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, guitu_record_text (paper, GUITU_PAPER_FIELDS), -1);

      json_object_set_string_member (json, "sha256", digest);
    }
  return json;
}

/* Takes the option "evidence", a thing a line. *@n: how many there are */
static gboolean
take_evidence (GuituCall *call,
               GuituTransaction *transaction,
               GuituRecord *entry,
               guint *n,
               GError **error)
{
  const char *text = guitu_call_text (call, "evidence");
  g_auto (GStrv) lines = g_strsplit (text == NULL ? "" : text, "\n", -1);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *written = NULL;
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      json_array_add_object_element (array, evidence_of_line (transaction, lines[i]));
  *n = json_array_get_length (array);
  if (text != NULL && !guitu_text_check (&guitu_kind_blacklist.fields[GUITU_BLACKLIST_EVIDENCE], text, error))
    return FALSE;
  written = *n == 0 ? NULL : json_to_string (node, FALSE);
  guitu_record_set_text (entry, GUITU_BLACKLIST_EVIDENCE, written);
  return TRUE;
}

/* The rule that is met and its counts, as text, so that anybody can count again. */
static void
take_counts (GuituRecord *entry,
             const Case *of)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *rules = json_object_get_array_member (of->judged, "rules");
  g_autofree char *text = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);

      if (json_object_get_boolean_member (rule, "met"))
        g_string_append_printf (names, "%s%s@%s", names->len == 0 ? "" : " ", json_object_get_string_member (rule, "id"), json_object_get_string_member (rule, "version"));
    }
  json_node_set_array (node, rules);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (entry, GUITU_BLACKLIST_COUNTS, text);
  guitu_record_set_text (entry, GUITU_BLACKLIST_RULE, names->str);
}

static gboolean
check_grounds (const GuituRecord *entry,
               const Case *of,
               guint n_evidence,
               GError **error)
{
  const char *category = guitu_record_text (entry, GUITU_BLACKLIST_CATEGORY);

  if (strcmp (category, "repeat") == 0 && !case_is_met (of))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "rule-not-met", "category", "The marks of other stations do not meet the rule for repeated stays (“blacklist check”)");
  if (strcmp (category, "repeat") != 0 && n_evidence == 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "evidence", "“evidence” is needed for this category: what shows it, a thing a line");
  if (guitu_record_says (entry, GUITU_BLACKLIST_MEASURE, "no-ticket") && strcmp (category, "ticket-trade") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "measure-needs-proof", "measure", "No further ticket: only after tickets were returned or sold, with evidence");
  return TRUE;
}

/* No entry lasts longer than the rule for its category. */
static gboolean
check_until (const GuituRecord *entry,
             const char *today,
             GError **error)
{
  const char *rule = guitu_list_is_fraud (guitu_record_text (entry, GUITU_BLACKLIST_CATEGORY)) ? "list_fraud_days" : "list_count_days";
  g_autofree char *most = guitu_date_add_days (today, (int) guitu_rules_integer (rule, today));
  const char *until = guitu_record_text (entry, GUITU_BLACKLIST_UNTIL);

  if (until == NULL || (strcmp (until, today) > 0 && strcmp (until, most) <= 0))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "until", "An entry of this category ends between tomorrow and %s", most);
}

/* The follow-up is written; that there is no entry is an error all the same. */
static gboolean
give_care (GuituCall *call,
           GuituTransaction *transaction,
           const char *person,
           const char *exclusion,
           GError **error)
{
  g_autofree char *task = NULL;
  JsonObject *json;

  if (!guitu_list_care (transaction, person, exclusion, &task, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "result", "excluded");
  json_object_set_string_member (json, "exclusion", exclusion);
  json_object_set_string_member (json, "exclusion_name", guitu_code_label ("list_exclusion", exclusion));
  json_object_set_string_member (json, "task", task);
  guitu_call_emit (call, json);
  return guitu_fail (error, GUITU_ERROR_REFUSED, "list-excluded", "person", "This person must not be on the list (%s); a task to care for them was opened in its place",
                     exclusion);
}

/* What is reviewed waits for no other proposal: two desks may have made one each. */
static gboolean
stands_against (const GuituRecord *other,
                const GuituRecord *entry,
                const char *today)
{
  const char *state = guitu_list_state (guitu_record_text (other, GUITU_BLACKLIST_STATE), guitu_record_text (other, GUITU_BLACKLIST_UNTIL), today);

  return (g_strcmp0 (state, "proposed") == 0 && !guitu_record_is_set (entry, GUITU_BLACKLIST_PROPOSED_AT)) || g_strcmp0 (state, "active") == 0 ||
         g_strcmp0 (state, "suspended") == 0;
}

/* One entry of a person at a time; a renewal stands beside the one it is to follow. */
static gboolean
check_only (GuituTransaction *transaction,
            const GuituRecord *entry,
            GError **error)
{
  const char *renews = guitu_record_text (entry, GUITU_BLACKLIST_RENEWS);
  g_autofree char *today = guitu_today ();
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), error);
  g_autoptr (GPtrArray) entries = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_PERSON, ids, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (stands_against (entries->pdata[i], entry, today) && g_strcmp0 (guitu_record_id (entries->pdata[i]), renews) != 0)
      return guitu_fail (error, GUITU_ERROR_REFUSED, "listed-already", "person", "There is an entry about this person already: correct it, or renew it with new facts");
  return entries != NULL;
}

/* What is known of a proposal that came to nothing is not kept longer than that of an entry. */
static void
reject (GuituRecord *entry)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *kept = guitu_date_add_days (today, (int) guitu_rules_integer ("list_retention_days", today));

  guitu_record_set_text (entry, GUITU_BLACKLIST_STATE, "rejected");
  guitu_record_set_text (entry, GUITU_BLACKLIST_RETENTION, kept);
}

static GuituRecord *
read_proposal (GuituCall *call,
               GuituTransaction *transaction,
               GError **error)
{
  g_autoptr (GuituRecord) entry = guitu_record_new (&guitu_kind_blacklist);
  g_autoptr (GuituRecord) stay = NULL;
  const char *renews = guitu_call_text (call, "renews");
  g_autofree char *today = guitu_today ();
  const char *person;

  if (!guitu_record_take_json (entry, call->input, error))
    return NULL;
  guitu_record_set_text (entry, GUITU_BLACKLIST_STATE, "proposed");
  if (renews != NULL && !_guitu_blacklist_follow (transaction, entry, renews, error))
    return NULL;
  if (!guitu_record_check_required (entry, error) || !check_until (entry, today, error) || !guitu_list_check_advice (guitu_record_text (entry, GUITU_BLACKLIST_ADVICE), error) ||
      !guitu_list_check_screening (entry, error))
    return NULL;
  person = guitu_record_text (entry, GUITU_BLACKLIST_PERSON);
  if (!guitu_fence_refuse (call, transaction, person, error) || !check_only (transaction, entry, error) ||
      !_guitu_blacklist_check_news (transaction, entry, error) || !guitu_list_newest_stay (transaction, person, &stay, error))
    return NULL;
  if (stay != NULL)
    guitu_record_set_text (entry, GUITU_BLACKLIST_STAY, guitu_record_id (stay));
  return g_steal_pointer (&entry);
}

gboolean
_guitu_blacklist_emit (GuituCall *call,
                       const GuituRecord *entry)
{
  JsonObject *json = guitu_record_to_json (entry, FALSE);
  g_autofree char *today = guitu_today ();

  json_object_set_string_member (json, "state", guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today));
  guitu_call_emit (call, json);
  return TRUE;
}

/* Known before anything else is asked for: nobody writes a file about somebody who gets care in its place. */
static gboolean
refuse_excluded (GuituCall *call,
                 GuituTransaction *transaction,
                 GError **error)
{
  const char *person = guitu_call_text (call, "person");
  const char *exclusion;

  if (person == NULL)
    return TRUE;
  if (!guitu_fence_refuse (call, transaction, person, error) || !guitu_list_exclusion (transaction, person, &exclusion, error))
    return FALSE;
  return exclusion == NULL || give_care (call, transaction, person, exclusion, error);
}

static gboolean
run_propose (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) entry = transaction == NULL || !refuse_excluded (call, transaction, error) ? NULL : read_proposal (call, transaction, error);
  const char *person = entry == NULL ? NULL : guitu_record_text (entry, GUITU_BLACKLIST_PERSON);
  g_autofree char *now = guitu_now ();
  g_auto (Case) of = { 0 };
  GuituListTask task = { "list-review", NULL, NULL, NULL, NULL, "list_decide_working_days", NULL };
  guint n_evidence;

  if (entry == NULL || !case_read (&of, transaction, person, error))
    return FALSE;
  if (of.exclusion == NULL && guitu_record_says (entry, GUITU_BLACKLIST_SCREEN, "signs"))
    of.exclusion = "screen";
  if (of.exclusion != NULL)
    return give_care (call, transaction, person, of.exclusion, error);
  if (of.key == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-stations", NULL, "This station belongs to no network yet: nobody would see the entry (“hub join”)");
  if (!take_evidence (call, transaction, entry, &n_evidence, error) || !check_grounds (entry, &of, n_evidence, error))
    return FALSE;
  take_counts (entry, &of);
  guitu_record_set_text (entry, GUITU_BLACKLIST_PROPOSED_BY, call->session->id);
  guitu_record_set_text (entry, GUITU_BLACKLIST_PROPOSED_AT, now);
  task.about = guitu_record_id (entry);
  task.stay = guitu_record_text (entry, GUITU_BLACKLIST_STAY);
  return guitu_transaction_put (transaction, entry, error) && guitu_list_task_open (transaction, &task, NULL, error) &&
         guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

/* --- Review -------------------------------------------------------------------------------------- */

static gboolean
end_renewed (GuituTransaction *transaction,
             const GuituRecord *entry,
             GError **error)
{
  const char *id = guitu_record_text (entry, GUITU_BLACKLIST_RENEWS);
  g_autoptr (GuituRecord) earlier = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_blacklist, id, error);

  if (id == NULL)
    return TRUE;
  if (earlier == NULL)
    return FALSE;
  guitu_record_set_text (earlier, GUITU_BLACKLIST_STATE, "renewed");
  return guitu_list_tasks_close (transaction, "list-", id, guitu_record_text (entry, GUITU_BLACKLIST_REVIEWED_BY), error) &&
         guitu_transaction_put (transaction, earlier, error) && guitu_listing_end (transaction, earlier, "由续期条目替代", error);
}

static void
set_dates (GuituRecord *entry)
{
  const char *rule = guitu_list_is_fraud (guitu_record_text (entry, GUITU_BLACKLIST_CATEGORY)) ? "list_fraud_days" : "list_count_days";
  g_autofree char *today = guitu_today ();
  g_autofree char *most = guitu_date_add_days (today, (int) guitu_rules_integer (rule, today));
  g_autofree char *again = guitu_date_add_days (today, (int) guitu_rules_integer ("list_review_days", today));
  const char *until = guitu_record_text (entry, GUITU_BLACKLIST_UNTIL);
  g_autofree char *kept = NULL;

  guitu_record_set_text (entry, GUITU_BLACKLIST_FROM, today);
  if (until == NULL || strcmp (until, most) > 0)
    guitu_record_set_text (entry, GUITU_BLACKLIST_UNTIL, most);
  until = guitu_record_text (entry, GUITU_BLACKLIST_UNTIL);
  guitu_record_set_text (entry, GUITU_BLACKLIST_REVIEW_ON, strcmp (again, until) < 0 ? again : until);
  kept = guitu_date_add_days (until, (int) guitu_rules_integer ("list_retention_days", today));
  guitu_record_set_text (entry, GUITU_BLACKLIST_RETENTION, kept);
}

static gboolean
approve (GuituCall *call,
         GuituTransaction *transaction,
         GuituRecord *entry,
         GError **error)
{
  const char *stay = guitu_record_text (entry, GUITU_BLACKLIST_STAY);
  const char *id = guitu_record_id (entry);
  const GuituListTask serve = { "list-serve", id, NULL, stay, NULL, "list_serve_working_days", NULL };
  const GuituListTask again = { "list-again", id, NULL, stay, "条目是否仍有必要", "list_review_days", NULL };

  guitu_record_set_text (entry, GUITU_BLACKLIST_STATE, "active");
  set_dates (entry);
  return guitu_listing_publish (call, transaction, entry, guitu_record_is_set (entry, GUITU_BLACKLIST_RENEWS) ? "续期" : "列入", error) &&
         end_renewed (transaction, entry, error) && guitu_list_task_open (transaction, &serve, NULL, error) &&
         guitu_list_task_open (transaction, &again, NULL, error);
}

GuituRecord *
_guitu_blacklist_load (GuituCall *call,
                       GuituTransaction *transaction,
                       const char *state,
                       GError **error)
{
  const char *id = transaction == NULL ? NULL : guitu_call_need (call, "entry", error);
  g_autoptr (GuituRecord) entry = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_blacklist, id, error);
  g_autofree char *today = guitu_today ();
  const char *present = entry == NULL ? NULL : guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today);

  if (entry == NULL || g_strcmp0 (present, state) == 0)
    return g_steal_pointer (&entry);
  guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-state", "entry", "The entry is “%s”; this is for one that is “%s”", present, state);
  return NULL;
}

/* Between proposal and review the entry that is to be renewed may have been ended, or objected to. */
static gboolean
check_renewed (GuituTransaction *transaction,
               const GuituRecord *entry,
               GError **error)
{
  const char *id = guitu_record_text (entry, GUITU_BLACKLIST_RENEWS);
  g_autoptr (GuituRecord) earlier = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_blacklist, id, error);

  if (id == NULL || earlier == NULL)
    return id == NULL;
  if (!guitu_record_says (earlier, GUITU_BLACKLIST_STATE, "active"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "renewed-ended", "entry", "The entry that this one renews was ended meanwhile (%s): reject this one",
                       guitu_record_text (earlier, GUITU_BLACKLIST_STATE));
  if (guitu_record_is_set (earlier, GUITU_BLACKLIST_OBJECTED_AT) && !guitu_record_is_set (earlier, GUITU_BLACKLIST_OUTCOME))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "objection-open", "entry", "An objection to the entry that this one renews must be decided first");
  return TRUE;
}

/* What was not known when it was proposed counts now. */
static gboolean
check_excluded (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *entry,
                gboolean *is_excluded,
                GError **error)
{
  const char *person = guitu_record_text (entry, GUITU_BLACKLIST_PERSON);
  const char *exclusion;

  if (!guitu_list_exclusion (transaction, person, &exclusion, error))
    return FALSE;
  *is_excluded = exclusion != NULL;
  if (exclusion == NULL)
    return TRUE;
  reject (entry);
  guitu_record_set_text (entry, GUITU_BLACKLIST_EXCLUSION, exclusion);
  return guitu_transaction_put (transaction, entry, error) &&
         guitu_list_tasks_close (transaction, "list-review", guitu_record_id (entry), call->session->id, error) &&
         give_care (call, transaction, person, exclusion, error);
}

static gboolean
review (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *entry,
        gboolean approves,
        GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (entry, GUITU_BLACKLIST_REVIEWED_BY, call->session->id);
  guitu_record_set_text (entry, GUITU_BLACKLIST_REVIEWED_AT, now);
  if (!guitu_call_take (call, "reason", entry, GUITU_BLACKLIST_REVIEW_NOTE, error))
    return FALSE;
  if (!approves)
    reject (entry);
  else if (!approve (call, transaction, entry, error))
    return FALSE;
  return guitu_list_tasks_close (transaction, "list-review", guitu_record_id (entry), call->session->id, error) &&
         guitu_transaction_put (transaction, entry, error) && guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

static gboolean
run_review (GuituCall *call,
            GError **error)
{
  gboolean approves = guitu_call_flag (call, "approve");
  g_autofree char *today = guitu_today ();
  gboolean is_excluded = FALSE;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) entry = NULL;

  if (approves == guitu_call_flag (call, "reject"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "approve", "Say whether you approve or reject what was proposed");
  if (guitu_call_need (call, "reason", error) == NULL)
    return FALSE;
  transaction = guitu_call_write (call, error);
  entry = _guitu_blacklist_load (call, transaction, "proposed", error);
  if (entry == NULL)
    return FALSE;
  if (guitu_record_says (entry, GUITU_BLACKLIST_PROPOSED_BY, call->session->id))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", NULL, "Somebody other than who proposed the entry reviews it");
  if (!check_excluded (call, transaction, entry, &is_excluded, error) || is_excluded)
    return FALSE;
  if (approves && (!check_renewed (transaction, entry, error) || !check_only (transaction, entry, error) || !check_until (entry, today, error)))
    return FALSE;
  return review (call, transaction, entry, approves, error);
}

/* --- Notice to the person ------------------------------------------------------------------------ */

static gboolean
run_serve (GuituCall *call,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_need (call, "served_how", error) == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) entry = _guitu_blacklist_load (call, transaction, "active", error);
  g_autofree char *now = guitu_now ();

  if (entry == NULL || !guitu_call_take (call, "served_how", entry, GUITU_BLACKLIST_SERVED_HOW, error) ||
      !guitu_call_take (call, "served_witness", entry, GUITU_BLACKLIST_SERVED_WITNESS, error) ||
      !guitu_call_take (call, "served_at", entry, GUITU_BLACKLIST_SERVED_AT, error))
    return FALSE;
  if (!guitu_record_is_set (entry, GUITU_BLACKLIST_SERVED_AT))
    guitu_record_set_text (entry, GUITU_BLACKLIST_SERVED_AT, now);
  if (guitu_record_says (entry, GUITU_BLACKLIST_SERVED_HOW, "refused") && !guitu_record_is_set (entry, GUITU_BLACKLIST_SERVED_WITNESS))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "served_witness", "A refused signature needs the names of two witnesses");
  return guitu_time_check (guitu_record_text (entry, GUITU_BLACKLIST_SERVED_AT), guitu_record_text (entry, GUITU_BLACKLIST_REVIEWED_AT), "served_at", error) &&
         guitu_list_tasks_close (transaction, "list-serve", guitu_record_id (entry), call->session->id, error) &&
         guitu_transaction_put (transaction, entry, error) && guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

/* --- Verbs --------------------------------------------------------------------------------------- */

static const GuituOption check_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { NULL },
};

static const GuituOption propose_options[] = {
  { "evidence", GUITU_OPTION_TEXT, FALSE, "what shows it, a thing a line: the id of a kept file, the number of a paper, or a reference in words" },
  { "renews", GUITU_OPTION_TEXT, FALSE, "id of the entry that this one renews, with new facts" },
  { NULL },
};

static const GuituOption review_options[] = {
  { "entry", GUITU_OPTION_TEXT, TRUE, "id of the entry" },
  { "approve", GUITU_OPTION_FLAG, FALSE, "agree to what was proposed: other stations see it from then on" },
  { "reject", GUITU_OPTION_FLAG, FALSE, "do not agree" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why" },
  { NULL },
};

static const GuituOption serve_options[] = {
  { "entry", GUITU_OPTION_TEXT, TRUE, "id of the entry" },
  { "served_how", GUITU_OPTION_TEXT, FALSE, "how it was acknowledged (codes signature)" },
  { "served_witness", GUITU_OPTION_TEXT, FALSE, "who saw a signature refused: two names" },
  { "served_at", GUITU_OPTION_TEXT, FALSE, "when (now)" },
  { NULL },
};

const GuituVerb guitu_verb_blacklist_check = {
  "blacklist check", "Count the visit marks of a person, and tell whether they may be proposed for the list", GUITU_VERB_PLAIN, check_options, NULL, run_check
};
const GuituVerb guitu_verb_blacklist_propose = {
  "blacklist propose", "Propose an entry of the list, or the renewal of one; a second person reviews it", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, propose_options, &guitu_kind_blacklist, run_propose
};
const GuituVerb guitu_verb_blacklist_review = {
  "blacklist review", "Approve or reject a proposed entry of the list", GUITU_VERB_WRITES, review_options, NULL, run_review
};
const GuituVerb guitu_verb_blacklist_serve = {
  "blacklist serve", "Note that the notice of the list was handed to the person", GUITU_VERB_WRITES, serve_options, NULL, run_serve
};
