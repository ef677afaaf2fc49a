/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking at what fits, and deciding it: the same, two people, or not to be told yet. */

#include "app/findings.h"

#include "app/after.h"
#include "app/fence.h"
#include "app/hand-over.h"
#include "app/links.h"
#include "app/missing.h"
#include "app/verbs.h"
#include "app/visits.h"

#include <string.h>

#define LIST_LIMIT 200

/* Said with everybody whom somebody may have fled from. */
#define PROTECTED "受保护人员：寻找的人可能就是施害人。不得向报失方透露任何情况；系统不发函，由知情人员当面处理。"

/* --- Showing ------------------------------------------------------------------------------------- */

/* The newest stay of the person: when they came, and whether they are here. */
static gboolean
add_stay (JsonObject *json,
          GuituTransaction *transaction,
          GPtrArray *ids,
          GError **error)
{
  g_autoptr (GPtrArray) stays = guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  if (stays == NULL || stays->len == 0)
    return stays != NULL;
  json_object_set_string_member (json, "stay", guitu_record_id (stays->pdata[0]));
  json_object_set_string_member (json, "number", guitu_record_text (stays->pdata[0], GUITU_STAY_NUMBER));
  json_object_set_string_member (json, "arrived_at", guitu_record_text (stays->pdata[0], GUITU_STAY_ARRIVED_AT));
  return TRUE;
}

static gboolean
add_person (JsonObject *json,
            GuituTransaction *transaction,
            const char *id,
            gboolean in_full,
            GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);
  g_autoptr (GuituRecord) person = ids == NULL ? NULL : guitu_person_effective (transaction, id, error);
  g_autoptr (JsonObject) shown = NULL;
  guint fences;

  if (person == NULL || !guitu_fence_of (transaction, id, &fences, error))
    return FALSE;
  shown = in_full ? guitu_person_to_json (person, FALSE) : json_object_new ();
  json_object_set_string_member (shown, "id", guitu_record_id (person));
  json_object_set_string_member (shown, "display_name", guitu_person_display_name (person));
  guitu_person_add_age (shown, person);
  if (!guitu_person_add_presence (shown, transaction, person, error) || !add_stay (shown, transaction, ids, error))
    return FALSE;
  json_object_set_object_member (json, "person", g_steal_pointer (&shown));
  if (fences & (GUITU_FENCE_VIOLENCE | GUITU_FENCE_TRAFFICKING))
    json_object_set_string_member (json, "warning", PROTECTED);
  return TRUE;
}

/* A notice of another station, as it is public. */
static JsonObject *
posting_to_json (GuituTransaction *transaction,
                 const GuituRecord *posting,
                 GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();

  for (guint i = 0; i < GUITU_POSTING_PHOTO; i++)
    {
      g_autofree char *text = guitu_record_show (posting, (int) i);

      if (text != NULL)
        json_object_set_string_member (json, guitu_kind_posting.fields[i].name, text);
    }
  return guitu_station_name_add (json, transaction, guitu_record_text (posting, GUITU_POSTING_STATION), error) ? g_steal_pointer (&json) : NULL;
}

/* What another station wrote that it found. */
static JsonObject *
letter_to_json (GuituTransaction *transaction,
                const GuituRecord *letter,
                GError **error)
{
  static const char *const shown[] = { "verdict", "decided_by", "stay_number", "report_number" };
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonObject) content = guitu_letter_content (letter);
  const char *station = guitu_record_text (letter, GUITU_LETTER_STATION);

  for (guint i = 0; content != NULL && i < G_N_ELEMENTS (shown); i++)
    if (guitu_member_text (content, shown[i]) != NULL)
      json_object_set_string_member (json, shown[i], guitu_member_text (content, shown[i]));
  json_object_set_string_member (json, "station", station);
  json_object_set_string_member (json, "at", guitu_record_text (letter, GUITU_LETTER_SENT_AT));
  return guitu_station_name_add (json, transaction, station, error) ? g_steal_pointer (&json) : NULL;
}

/* What another station shares, or wrote: “sought”, “posting” or “letter”. */
static gboolean
add_other (JsonObject *json,
           GuituTransaction *transaction,
           const GuituRecord *finding,
           gboolean in_full,
           GError **error)
{
  g_autoptr (GuituRecord) report = NULL;
  const GuituKind *kind;
  JsonObject *shown;

  if (!guitu_record_is_set (finding, GUITU_FINDING_OTHER))
    return TRUE;
  if (!guitu_finding_report (transaction, finding, &report, error))
    return FALSE;
  if (report == NULL)
    return TRUE;
  kind = guitu_record_kind (report);
  shown = kind == &guitu_kind_sought    ? guitu_sought_to_json (transaction, report, in_full, error)
          : kind == &guitu_kind_posting ? posting_to_json (transaction, report, error)
                                        : letter_to_json (transaction, report, error);
  if (shown == NULL)
    return FALSE;
  json_object_set_object_member (json, kind->name, shown);
  return TRUE;
}

static gboolean
add_report (JsonObject *json,
            GuituCall *call,
            GuituTransaction *transaction,
            const char *id,
            GError **error)
{
  g_autoptr (GuituRecord) missing = guitu_record_load (transaction, &guitu_kind_missing, id, error);
  JsonObject *report = missing == NULL ? NULL : guitu_missing_to_json (call, transaction, missing, FALSE, error);

  if (report != NULL)
    json_object_set_object_member (json, "missing", report);
  return report != NULL;
}

static JsonObject *
begin_json (GuituTransaction *transaction,
            const GuituRecord *finding)
{
  JsonObject *json = guitu_record_to_json (finding, FALSE);
  const char *verdict = guitu_record_text (finding, GUITU_FINDING_VERDICT);
  const char *by = guitu_record_text (finding, GUITU_FINDING_BY);
  g_autofree char *by_name = by == NULL ? NULL : guitu_user_display_name (transaction, by);

  json_object_set_double_member (json, "score", (double) guitu_record_integer (finding, GUITU_FINDING_SCORE, 0) / 1000);
  json_object_set_double_member (json, "probability", (double) guitu_record_integer (finding, GUITU_FINDING_PROBABILITY, 0) / 1000);
  json_object_set_array_member (json, "why", guitu_finding_why (finding));
  json_object_set_string_member (json, "state", verdict == NULL ? "open" : verdict);
  if (verdict != NULL)
    json_object_set_string_member (json, "verdict_name", guitu_code_label ("verdict", verdict));
  if (by_name != NULL)
    json_object_set_string_member (json, "by_name", by_name);
  return json;
}

/* What another desk found may come before the records that it is about. */
static gboolean
has_come (GuituTransaction *transaction,
          const GuituKind *kind,
          const char *id,
          gboolean *has,
          GError **error)
{
  return id == NULL || !*has || guitu_record_exists (transaction, kind, id, has, error);
}

gboolean
guitu_finding_to_json (GuituCall *call,
                       GuituTransaction *transaction,
                       const GuituRecord *finding,
                       gboolean in_full,
                       JsonObject **json,
                       GError **error)
{
  const char *person = guitu_record_text (finding, GUITU_FINDING_PERSON);
  const char *missing = guitu_record_text (finding, GUITU_FINDING_MISSING);
  g_autoptr (JsonObject) made = NULL;
  guint hiding = GUITU_FENCE_NONE;
  gboolean has = TRUE;
  gboolean is_alive;

  *json = NULL;
  if (!has_come (transaction, &guitu_kind_person, person, &has, error) || !has_come (transaction, &guitu_kind_missing, missing, &has, error) ||
      (person != NULL && !guitu_fence_check (call, transaction, person, &hiding, error)))
    return FALSE;
  if (!has || hiding != GUITU_FENCE_NONE)
    return TRUE;
  made = begin_json (transaction, finding);
  if ((person != NULL && !add_person (made, transaction, person, in_full, error)) || (missing != NULL && !add_report (made, call, transaction, missing, error)) ||
      !add_other (made, transaction, finding, in_full, error) || !guitu_finding_is_alive (transaction, finding, &is_alive, error) ||
      (in_full && !guitu_finding_add_letters (made, transaction, finding, error)))
    return FALSE;
  json_object_set_boolean_member (made, "is_over", !is_alive);
  *json = g_steal_pointer (&made);
  return TRUE;
}

gboolean
guitu_findings_add (JsonObject *json,
                    GuituCall *call,
                    GuituTransaction *transaction,
                    const char *missing,
                    GError **error)
{
  const GuituQuery of_report = { .conditions = { { GUITU_FINDING_MISSING, GUITU_EQUAL, missing } }, .descending = TRUE };
  g_autoptr (GPtrArray) findings = guitu_records_find (transaction, &guitu_kind_finding, &of_report, error);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      JsonObject *finding;

      if (!guitu_finding_to_json (call, transaction, findings->pdata[i], FALSE, &finding, error))
        return FALSE;
      if (finding == NULL)
        continue;
      json_object_remove_member (finding, "missing");
      json_array_add_object_element (array, finding);
    }
  if (findings != NULL)
    json_object_set_array_member (json, "findings", g_steal_pointer (&array));
  return findings != NULL;
}

/* --- list, show ---------------------------------------------------------------------------------- */

static GPtrArray *
find (GuituCall *call,
      GuituTransaction *transaction,
      GError **error)
{
  const char *person = guitu_call_text (call, "person");
  const char *missing = guitu_call_text (call, "missing");
  GuituQuery query = { .descending = TRUE };
  g_autoptr (GuituRecord) report = NULL;

  if (person != NULL)
    return guitu_findings_of_person (transaction, person, error);
  if (missing != NULL)
    {
      report = guitu_missing_find (transaction, missing, error);
      if (report == NULL)
        return NULL;
      query.conditions[0] = (GuituCondition){ GUITU_FINDING_MISSING, GUITU_EQUAL, guitu_record_id (report) };
    }
  else if (!guitu_call_flag (call, "all"))
    query.conditions[0] = (GuituCondition){ GUITU_FINDING_DECIDED_AT, GUITU_UNSET, NULL };
  return guitu_records_find (transaction, &guitu_kind_finding, &query, error);
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  gint64 first = guitu_record_integer (*(GuituRecord *const *) a, GUITU_FINDING_SCORE, 0);
  gint64 second = guitu_record_integer (*(GuituRecord *const *) b, GUITU_FINDING_SCORE, 0);

  return (first < second) - (first > second);
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  guint limit = CLAMP (guitu_call_integer (call, "limit", LIST_LIMIT), 1, 10000);
  gboolean is_all = guitu_call_flag (call, "all");
  g_autoptr (GuituTransaction) transaction = guitu_findings_catch_up (call->store, NULL, error) ? guitu_call_read (call, error) : NULL;
  g_autoptr (GPtrArray) findings = transaction == NULL ? NULL : find (call, transaction, error);
  guint n = 0;

  if (findings != NULL)
    g_ptr_array_sort (findings, compare_findings);
  for (guint i = 0; findings != NULL && i < findings->len && n < limit; i++)
    {
      gboolean is_alive = TRUE;
      JsonObject *json;

      if (!is_all && !guitu_finding_is_alive (transaction, findings->pdata[i], &is_alive, error))
        return FALSE;
      if (!is_alive)
        continue;
      if (!guitu_finding_to_json (call, transaction, findings->pdata[i], FALSE, &json, error))
        return FALSE;
      if (json == NULL)
        continue;
      guitu_call_emit (call, json);
      n++;
    }
  return findings != NULL;
}

/* The finding, which the caller may see. */
static GuituRecord *
load_finding (GuituCall *call,
              GuituTransaction *transaction,
              const char *id,
              GError **error)
{
  g_autoptr (GuituRecord) finding = guitu_record_load (transaction, &guitu_kind_finding, id, error);
  const char *person = finding == NULL ? NULL : guitu_record_text (finding, GUITU_FINDING_PERSON);

  if (finding == NULL || (person != NULL && !guitu_fence_refuse (call, transaction, person, error)))
    return NULL;
  return g_steal_pointer (&finding);
}

static gboolean
emit_finding (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *finding,
              GError **error)
{
  JsonObject *json;

  if (!guitu_finding_to_json (call, transaction, finding, TRUE, &json, error))
    return FALSE;
  if (json != NULL)
    guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "finding", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) finding = transaction == NULL ? NULL : load_finding (call, transaction, id, error);

  return finding != NULL && emit_finding (call, transaction, finding, error);
}

/* --- decide -------------------------------------------------------------------------------------- */

/* The finding of a report and a person, which people may know to fit where the program found nothing. */
static GuituRecord *
find_pair (GuituCall *call,
           GuituTransaction *transaction,
           GError **error)
{
  const char *text = guitu_call_need (call, "missing", error);
  const char *id = text == NULL ? NULL : guitu_call_need (call, "person", error);
  g_autoptr (GuituRecord) missing = id == NULL ? NULL : guitu_missing_find (transaction, text, error);
  g_autoptr (GuituRecord) person = missing == NULL || !guitu_fence_refuse (call, transaction, id, error) ? NULL : guitu_person_leader (transaction, id, error);
  g_autoptr (GPtrArray) known = person == NULL ? NULL : guitu_findings_of_person (transaction, id, error);
  g_autofree char *now = guitu_now ();
  g_autofree char *made = NULL;
  GuituRecord *finding;

  if (known == NULL)
    return NULL;
  for (guint i = 0; i < known->len; i++)
    if (guitu_record_says (known->pdata[i], GUITU_FINDING_MISSING, guitu_record_id (missing)) && !guitu_record_is_set (known->pdata[i], GUITU_FINDING_OTHER))
      return g_ptr_array_steal_index (known, i);
  made = guitu_finding_id (guitu_record_id (person), guitu_record_id (missing));
  finding = guitu_record_new_with_id (&guitu_kind_finding, made);
  guitu_record_set_text (finding, GUITU_FINDING_PERSON, guitu_record_id (person));
  guitu_record_set_text (finding, GUITU_FINDING_MISSING, guitu_record_id (missing));
  guitu_record_set_text (finding, GUITU_FINDING_AT, now);
  return finding;
}

static gboolean
check_is_alive (GuituTransaction *transaction,
                const GuituRecord *finding,
                GError **error)
{
  gboolean is_alive;

  if (!guitu_finding_is_alive (transaction, finding, &is_alive, error))
    return FALSE;
  return is_alive || guitu_fail (error, GUITU_ERROR_REFUSED, "report-ended", NULL, "Nobody searches for that person any more: the report has ended");
}

static gboolean
run_decide (GuituCall *call,
            GError **error)
{
  const char *id = guitu_call_text (call, "finding");
  gboolean is_complete = guitu_call_need (call, "verdict", error) != NULL && guitu_call_need (call, "reason", error) != NULL;
  g_autoptr (GuituTransaction) transaction = is_complete ? guitu_call_write (call, error) : NULL;
  g_autoptr (GuituRecord) finding = NULL;
  g_autofree char *now = guitu_now ();

  if (transaction == NULL)
    return FALSE;
  finding = id != NULL ? load_finding (call, transaction, id, error) : find_pair (call, transaction, error);
  if (finding == NULL || !check_is_alive (transaction, finding, error) || !guitu_call_take (call, "verdict", finding, GUITU_FINDING_VERDICT, error) ||
      !guitu_call_take (call, "reason", finding, GUITU_FINDING_REASON, error))
    return FALSE;
  guitu_record_set_text (finding, GUITU_FINDING_BY, call->session->id);
  guitu_record_set_text (finding, GUITU_FINDING_DECIDED_AT, now);
  if (!guitu_finding_tell (call, transaction, finding, error) || !guitu_transaction_put (transaction, finding, error) ||
      !emit_finding (call, transaction, finding, error))
    return FALSE;
  return guitu_transaction_commit (transaction, error);
}

/* --- Verbs --------------------------------------------------------------------------------------- */

static const GuituOption list_options[] = {
  { "missing", GUITU_OPTION_TEXT, FALSE, "only of this report of ours (id or number), decided or not" },
  { "person", GUITU_OPTION_TEXT, FALSE, "only of this person (id), decided or not" },
  { "all", GUITU_OPTION_FLAG, FALSE, "also what was decided, and what is over" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (200), the likeliest first" },
  { NULL },
};

static const GuituOption show_options[] = {
  { "finding", GUITU_OPTION_TEXT, TRUE, "id of what was found" },
  { NULL },
};

static const GuituOption decide_options[] = {
  { "finding", GUITU_OPTION_TEXT, TRUE, "id of what was found; or else a report and a person" },
  { "verdict", GUITU_OPTION_TEXT, FALSE, "same, different or unclear (codes verdict)" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "by what that was decided" },
  { "missing", GUITU_OPTION_TEXT, FALSE, "id or number of a report of ours" },
  { "person", GUITU_OPTION_TEXT, FALSE, "id of the person" },
  { NULL },
};

const GuituVerb guitu_verb_finding_list = {
  "finding list", "List who may be whom a family looks for, undecided ones, the likeliest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
const GuituVerb guitu_verb_finding_show = {
  "finding show", "Show both sides of what was found, with the reasons", GUITU_VERB_PLAIN, show_options, NULL, run_show
};
const GuituVerb guitu_verb_finding_decide = {
  "finding decide", "Decide whether the two are the same person", GUITU_VERB_WRITES, decide_options, NULL, run_decide
};
