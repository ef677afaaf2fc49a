/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verb that tells what a paper is worth. Anything but "genuine" is also an error, so that a script
 * can't overlook it. */

#include "app/seal-judge.h"

#include "app/paper-fields.h"
#include "app/verbs.h"

#include <string.h>

#define LEAST_SEAL_LENGTH 100 /* characters; a seal has several hundred */

/* A parcel's code must not accuse its bearer of forgery, nor a forged seal pass for a parcel's code. */
static gboolean
resembles_seal (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return g_ascii_strncasecmp (text, GUITU_SEAL_PREFIX, strlen (GUITU_SEAL_PREFIX)) == 0 || strlen (text) >= LEAST_SEAL_LENGTH;
}

static void
set_text (JsonObject *json,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, member, text);
}

static JsonObject *
verdict_to_json (const GuituSealVerdict *verdict,
                 const GuituSeal *seal,
                 const GuituRecord *station)
{
  JsonObject *json = json_object_new ();
  const GuituForm *form = seal == NULL ? NULL : guitu_form_find (seal->kind);
  g_autofree char *issued = seal == NULL ? NULL : guitu_time_from_unix (seal->issued_at);
  g_autofree char *expires = seal == NULL || seal->expires_at == 0 ? NULL : guitu_time_from_unix (seal->expires_at);

  json_object_set_string_member (json, "result", verdict->result);
  json_object_set_string_member (json, "advice", verdict->advice);
  if (seal == NULL)
    return json;
  set_text (json, "number", seal->number);
  set_text (json, "kind", seal->kind);
  set_text (json, "title", form == NULL ? NULL : guitu_form_title (form));
  set_text (json, "station", seal->station);
  set_text (json, "station_name", station == NULL ? NULL : guitu_record_text (station, GUITU_STATION_NAME));
  set_text (json, "station_phone", station == NULL ? NULL : guitu_record_text (station, GUITU_STATION_PHONE));
  set_text (json, "issued_at", issued);
  set_text (json, "expires_at", expires);
  set_text (json, "name", seal->surname);
  set_text (json, "sex", seal->sex);
  set_text (json, "id_tail", seal->id_last4);
  set_text (json, "destination", seal->destination);
  if (seal->birth_year != 0)
    json_object_set_int_member (json, "birth_year", seal->birth_year);
  return json;
}

/* Gives out @json; (transfer full). */
static gboolean
conclude (GuituCall *call,
          const GuituSealVerdict *verdict,
          JsonObject *json,
          GError **error)
{
  guitu_call_emit (call, json);
  if (verdict == &guitu_seal_verdict_genuine || guitu_call_flag (call, "tolerate"))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_UNTRUSTED, verdict->result, NULL, "%s", verdict->advice);
}

/* What our register holds of a printing, for those who may read it there: it can tell field by field. */
static JsonNode *
kept_fields (GuituCall *call,
             GuituTransaction *transaction,
             const GuituRecord *paper)
{
  if (paper == NULL || call->session == NULL || !guitu_paper_refuse (call, transaction, paper, NULL))
    return NULL;
  return json_from_string (guitu_record_text (paper, GUITU_PAPER_FIELDS), NULL);
}

/* The fields of a paper whose seal is its station's own: which there are, and whether those @typed
 * (nullable) are the ones that were sealed. */
static JsonArray *
compare_fields (const GuituSealFound *found,
                JsonObject *typed,
                JsonObject *kept,
                GuituPaperComparison *comparison,
                GError **error)
{
  const GuituForm *form = guitu_form_find (found->seal->kind);
  g_autoptr (JsonArray) printed = form == NULL ? NULL : guitu_paper_printed (form, found->seal, found->station, kept);

  if (form == NULL)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "unknown-form", "fields", "This program does not know the form “%s”; a newer one may", found->seal->kind);
      return NULL;
    }
  if (typed != NULL && !guitu_paper_compare (comparison, found->seal, printed, typed, kept, error))
    return NULL;
  return g_steal_pointer (&printed);
}

static void
put_comparison (JsonObject *json,
                const GuituPaperComparison *comparison)
{
  static const char *const words[] = { "same", "different", "partly", "incomplete" }; /* by GuituPaperFit */

  json_object_set_string_member (json, "fields", words[comparison->fit]);
  if (json_array_get_length (comparison->differ) > 0)
    json_object_set_array_member (json, "differ", json_array_ref (comparison->differ));
  if (comparison->fit != GUITU_PAPER_SAME && json_array_get_length (comparison->missing) > 0)
    json_object_set_array_member (json, "missing", json_array_ref (comparison->missing));
}

/* What weighs more than the seal alone. */
static const GuituSealVerdict *
weigh (const GuituSealVerdict *verdict,
       gboolean is_unknown_here,
       const GuituPaperComparison *comparison)
{
  if (comparison->fit == GUITU_PAPER_DIFFERENT)
    return &guitu_seal_verdict_different;
  if (verdict != &guitu_seal_verdict_genuine)
    return verdict;
  if (is_unknown_here)
    return &guitu_seal_verdict_not_on_record;
  return comparison->fit == GUITU_PAPER_INCOMPLETE ? &guitu_seal_verdict_incomplete : verdict;
}

/* What this station can do with a good paper: “accept” one of another station, or enter the “receipt” for one of its own. */
static const char *
next_step (GuituCall *call,
           const GuituSeal *seal)
{
  if (strcmp (seal->station, guitu_store_keys (call->store)->station) == 0)
    return NULL;
  if (seal->answers != NULL)
    return "receipt";
  return guitu_paper_is_accepted (seal->kind) ? "accept" : NULL;
}

/* Judges a seal that can be read. */
static gboolean
verify_seal (GuituCall *call,
             GuituTransaction *transaction,
             const GuituSealFound *found,
             const char *at,
             JsonObject *typed,
             GError **error)
{
  gboolean is_ours = strcmp (found->seal->station, guitu_store_keys (call->store)->station) == 0;
  const GuituSealVerdict *verdict = &guitu_seal_verdict_altered;
  g_autoptr (JsonArray) printed = NULL;
  g_autoptr (GuituRecord) paper = NULL;
  g_autoptr (JsonNode) kept = NULL;
  g_auto (GuituPaperComparison) comparison = { GUITU_PAPER_SAME, NULL, NULL };
  JsonObject *json;

  if (!guitu_seal_found_judge (found, transaction, guitu_time_to_unix (at), &verdict, error))
    return FALSE;
  if (verdict == &guitu_seal_verdict_altered) /* An unverified seal's words are nobody's: they are not shown. */
    return conclude (call, verdict, verdict_to_json (verdict, NULL, NULL), error);
  if (verdict == &guitu_seal_verdict_unknown_issuer)
    return conclude (call, verdict, verdict_to_json (verdict, found->seal, found->station), error);
  paper = is_ours ? guitu_paper_on_record (transaction, found->seal, found->text) : NULL;
  kept = kept_fields (call, transaction, paper);
  if (typed != NULL || guitu_form_find (found->seal->kind) != NULL)
    {
      printed = compare_fields (found, typed, kept == NULL ? NULL : json_node_get_object (kept), &comparison, error);
      if (printed == NULL)
        return FALSE;
    }
  verdict = weigh (verdict, is_ours && paper == NULL, &comparison);
  json = verdict_to_json (verdict, found->seal, found->station);
  if (typed != NULL)
    put_comparison (json, &comparison);
  if (is_ours)
    json_object_set_boolean_member (json, "record", paper != NULL);
  if (printed != NULL)
    json_object_set_array_member (json, "printed", g_steal_pointer (&printed));
  if (verdict == &guitu_seal_verdict_genuine)
    set_text (json, "next", next_step (call, found->seal));
  return conclude (call, verdict, json, error);
}

/* A day is meant as a whole: what was issued in the course of it has been issued. (nullable) (transfer full) */
static char *
moment_of (const char *text)
{
  g_autofree char *day = text == NULL ? NULL : guitu_date_parse (text);

  if (text == NULL)
    return guitu_now ();
  return day != NULL ? guitu_end_of_day (day) : guitu_time_parse (text);
}

static gboolean
run_verify (GuituCall *call,
            GError **error)
{
  const char *at_text = guitu_call_text (call, "at");
  g_autofree char *at = moment_of (at_text);
  g_autoptr (JsonObject) typed = NULL;
  g_auto (GuituSealFound) found = { NULL };
  g_autoptr (GuituTransaction) transaction = NULL;
  const GuituSealVerdict *verdict;

  if (at == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "at", "“%s” is no possible time", at_text);
  if (!guitu_paper_typed (call, &typed, error) || !guitu_seal_found_read (&found, call, error))
    return FALSE;
  transaction = guitu_call_read (call, error);
  if (transaction == NULL || !guitu_seal_found_resolve (&found, call, transaction, error))
    return FALSE;
  if (found.seal != NULL)
    return verify_seal (call, transaction, &found, at, typed, error);
  verdict = resembles_seal (found.text) ? &guitu_seal_verdict_altered : &guitu_seal_verdict_unreadable;
  return conclude (call, verdict, verdict_to_json (verdict, NULL, NULL), error);
}

static const GuituOption verify_options[] = {
  GUITU_SEAL_OPTIONS,
  { "fields", GUITU_OPTION_RECORD, FALSE, "what is typed from the paper, a JSON object of the keys in “printed”, \"\" where the paper is empty; or --set fields.KEY=TEXT" },
  { "at", GUITU_OPTION_TEXT, FALSE, "as of this time, or the end of this day, instead of now" },
  { "tolerate", GUITU_OPTION_FLAG, FALSE, "exit with 0 whatever the result is" },
  { NULL },
};

const GuituVerb guitu_verb_verify = {
  "verify", "Tell whether a sealed paper is genuine, altered, expired, void or used", GUITU_VERB_NO_LOGIN, verify_options, NULL, run_verify
};
