/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sealed paper is worth, told offline from the station directory and the marks that have
 * arrived. Anything but "genuine" is also an error, so that a script can't overlook it. */

#include "app/papers.h"

#include "app/camera.h"
#include "app/paper-fields.h"
#include "app/verbs.h"

#include <string.h>

typedef struct
{
  const char *result;
  const char *advice;
} Verdict;

static const Verdict genuine = { "genuine", "Compare name, sex, year of birth and the last four digits with the person and the paper" };
static const Verdict altered = { "altered", "Do not accept this paper; telephone the station named on it" };
static const Verdict different = { "altered", "What was typed is not what the station sealed: look for a slip in what was typed; without one, the paper was changed, do not accept it, telephone its station" };
static const Verdict unreadable = { "unreadable", "This is not the code of a Guitu paper, or only a part of it; scan the code on the paper once more" };
static const Verdict unknown_issuer = { "unknown-issuer", "This station is not in the directory; telephone it, and trust its card if it is real" };
static const Verdict expired = { "expired", "The paper was genuine but its time is over; ask its station for a new one" };
static const Verdict voided = { "voided", "Its station declared this printing void; ask for the valid one" };
static const Verdict used = { "used", "This paper has been used already; telephone its station" };

#define SEAL_PREFIX "GT1:"
#define LEAST_SEAL_LENGTH 100 /* characters; a seal has several hundred */

/* A parcel's code must not accuse its bearer of forgery, nor a forged seal pass for a parcel's code. */
static gboolean
resembles_seal (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return g_ascii_strncasecmp (text, SEAL_PREFIX, strlen (SEAL_PREFIX)) == 0 || strlen (text) >= LEAST_SEAL_LENGTH;
}

/* The one seal among the codes of a picture: codes of two papers would leave open which is judged. */
static char *
choose_code (GStrv codes,
             GError **error)
{
  const char *seal;

  if (guitu_sight_of ((const char *const *) codes, &seal) == GUITU_SIGHT_SEVERAL)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "several-codes", "image", "The picture shows the codes of several papers; show one at a time");
      return NULL;
    }
  return g_strdup (seal != NULL ? seal : codes[0]);
}

/* --- The camera -------------------------------------------------------------------------------- */

#define SECONDS 30
#define MOST_SECONDS 600

typedef struct
{
  GuituCall *call;
  GError *error; /* cancelled */
  gint64 begin;
  gint64 seconds;
  guint n_pictures;
  GuituSight most; /* that was seen */
  char *seal;
} Watch;

static gboolean
on_looked (const GuituLook *look,
           gpointer data)
{
  Watch *watch = data;
  gint64 passed = (g_get_monotonic_time () - watch->begin) / G_USEC_PER_SEC;

  watch->n_pictures += look->frame->points != NULL ? 1 : 0;
  watch->most = MAX (watch->most, look->sight);
  watch->seal = g_strdup (look->seal);
  return watch->seal == NULL && passed < watch->seconds &&
         guitu_call_progress (watch->call, (guint) passed, (guint) watch->seconds, &watch->error);
}

/* Why no seal was found by a camera that works. */
static void
fail_without_seal (Watch *watch,
                   GError **error)
{
  int seconds = (int) watch->seconds;

  if (watch->error != NULL)
    g_propagate_error (error, watch->error);
  else if (watch->n_pictures == 0)
    guitu_fail (error, GUITU_ERROR_INVALID, "camera-failed", "camera", "The camera gave no picture in %d seconds", seconds);
  else if (watch->most == GUITU_SIGHT_SEVERAL)
    guitu_fail (error, GUITU_ERROR_INVALID, "several-codes", "camera", "The camera saw the codes of several papers at once; show one at a time");
  else
    guitu_fail (error, GUITU_ERROR_INVALID, "no-code", "camera", "The camera saw no code of a paper in %d seconds%s", seconds,
                watch->most == GUITU_SIGHT_FOREIGN ? ", only a code of something else" : "");
}

static char *
look_for_seal (GuituCall *call,
               GError **error)
{
  Watch watch = { .call = call, .begin = g_get_monotonic_time (), .seconds = guitu_call_integer (call, "seconds", SECONDS) };

  if (watch.seconds < 1 || watch.seconds > MOST_SECONDS)
    guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "seconds", "“seconds” must be from 1 to %d", MOST_SECONDS);
  else if (guitu_camera_watch (guitu_call_text (call, "source"), on_looked, &watch, error) && watch.seal == NULL)
    fail_without_seal (&watch, error);
  return watch.seal;
}

/* The text itself, or what is found in a picture of the paper. */
static char *
seal_text (GuituCall *call,
           GError **error)
{
  const char *text = guitu_call_text (call, "text");
  const char *image = guitu_call_text (call, "image");
  g_autoptr (GBytes) content = NULL;
  g_auto (GStrv) codes = NULL;

  if (text != NULL)
    return g_strdup (text);
  if (guitu_call_flag (call, "camera"))
    return look_for_seal (call, error);
  if (image == NULL)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "missing", "text", "“text” is needed: what the scanner read; or “image”, or “camera”");
      return NULL;
    }
  content = guitu_input_file (image, "image", error);
  codes = content == NULL ? NULL : guitu_qr_read (content, error);
  return codes == NULL ? NULL : choose_code (codes, error);
}

/* --- Judging ----------------------------------------------------------------------------------- */

static gboolean
find_mark (GuituTransaction *transaction,
           const GuituSeal *seal,
           const char *text,
           const Verdict **verdict,
           GError **error)
{
  const GuituQuery query = {
    .conditions = { { GUITU_PAPER_MARK_NUMBER, GUITU_EQUAL, seal->number },
                    { GUITU_PAPER_MARK_STATION, GUITU_EQUAL, seal->station } },
  };
  g_autofree char *name = guitu_seal_name (text);
  g_autoptr (GPtrArray) marks = guitu_records_find (transaction, &guitu_kind_paper_mark, &query, error);

  if (marks == NULL)
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    {
      const GuituRecord *mark = g_ptr_array_index (marks, i);
      const char *state = guitu_record_text (mark, GUITU_PAPER_MARK_STATE);

      if (g_strcmp0 (guitu_record_text (mark, GUITU_PAPER_MARK_SEALED), name) == 0)
        *verdict = g_strcmp0 (state, "used") == 0 ? &used : &voided;
    }
  return TRUE;
}

static gboolean
judge (GuituTransaction *transaction,
       const GuituSeal *seal,
       const GuituRecord *station,
       const char *text,
       gint64 at,
       const Verdict **verdict,
       GError **error)
{
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];

  if (station == NULL || !guitu_record_is_set (station, GUITU_STATION_KEY) ||
      !guitu_key_from_text (guitu_record_text (station, GUITU_STATION_KEY), key, sizeof key))
    {
      *verdict = &unknown_issuer;
      return TRUE;
    }
  guitu_seal_key_id (key, key_id);
  if (memcmp (key_id, seal->key_id, sizeof key_id) != 0 || !guitu_seal_verify (seal, key))
    {
      *verdict = &altered;
      return TRUE;
    }
  *verdict = seal->expires_at != 0 && at > seal->expires_at ? &expired : &genuine;
  return find_mark (transaction, seal, text, verdict, error);
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
verdict_to_json (const Verdict *verdict,
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
          const Verdict *verdict,
          JsonObject *json,
          GError **error)
{
  guitu_call_emit (call, json);
  if (verdict == &genuine || guitu_call_flag (call, "tolerate"))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_UNTRUSTED, verdict->result, NULL, "%s", verdict->advice);
}

/* What is read, and what is known of it. */
typedef struct
{
  GuituTransaction *transaction;
  GuituSeal *seal;
  GuituRecord *station;
  char *text;
} Found;

static void
found_clear (Found *found)
{
  g_clear_pointer (&found->transaction, guitu_transaction_free);
  g_clear_pointer (&found->seal, guitu_seal_free);
  g_clear_pointer (&found->station, guitu_record_free);
  g_clear_pointer (&found->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* The fields of a paper whose seal is its station's own: which there are, and whether those @typed
 * (nullable) are the ones that were sealed. */
static JsonArray *
compare_fields (const Found *found,
                JsonObject *typed,
                gboolean *is_same,
                GError **error)
{
  const GuituForm *form = guitu_form_find (found->seal->kind);
  g_autoptr (JsonArray) printed = form == NULL ? NULL : guitu_paper_printed (form, found->seal, found->station);

  if (form == NULL)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "unknown-form", "fields", "This program does not know the form “%s”; a newer one may", found->seal->kind);
      return NULL;
    }
  if (typed != NULL && !guitu_paper_compare (form, found->seal, printed, typed, is_same, error))
    return NULL;
  return g_steal_pointer (&printed);
}

/* Judges a seal that can be read. */
static gboolean
verify_seal (GuituCall *call,
             const Found *found,
             const char *at,
             JsonObject *typed,
             GError **error)
{
  g_autoptr (JsonArray) printed = NULL;
  const Verdict *verdict = &altered;
  gboolean is_same = TRUE;
  JsonObject *json;

  if (!judge (found->transaction, found->seal, found->station, found->text, guitu_time_to_unix (at), &verdict, error))
    return FALSE;
  if (verdict == &altered) /* An unverified seal's words are nobody's: they are not shown. */
    return conclude (call, verdict, verdict_to_json (verdict, NULL, NULL), error);
  if (verdict == &unknown_issuer)
    return conclude (call, verdict, verdict_to_json (verdict, found->seal, found->station), error);
  if (typed != NULL || guitu_form_find (found->seal->kind) != NULL)
    {
      printed = compare_fields (found, typed, &is_same, error);
      if (printed == NULL)
        return FALSE;
    }
  if (!is_same)
    verdict = &different;
  json = verdict_to_json (verdict, found->seal, found->station);
  if (typed != NULL)
    json_object_set_string_member (json, "fields", is_same ? "same" : "different");
  if (strcmp (found->seal->station, guitu_store_keys (call->store)->station) == 0)
    json_object_set_boolean_member (json, "record", guitu_paper_is_on_record (found->transaction, found->seal, found->text));
  if (printed != NULL)
    json_object_set_array_member (json, "printed", g_steal_pointer (&printed));
  return conclude (call, verdict, json, error);
}

static gboolean
run_verify (GuituCall *call,
            GError **error)
{
  const char *at_text = guitu_call_text (call, "at");
  g_autofree char *at = at_text == NULL ? guitu_now () : guitu_time_parse (at_text);
  g_autoptr (JsonObject) typed = NULL;
  g_auto (Found) found = { NULL };
  const Verdict *verdict;

  if (at == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "at", "“%s” is no possible time", at_text);
  if (!guitu_paper_typed (call, &typed, error))
    return FALSE;
  found.text = seal_text (call, error);
  if (found.text == NULL)
    return FALSE;
  g_strstrip (found.text);
  found.seal = guitu_seal_parse (found.text, NULL);
  if (found.seal == NULL)
    {
      verdict = resembles_seal (found.text) ? &altered : &unreadable;
      return conclude (call, verdict, verdict_to_json (verdict, NULL, NULL), error);
    }
  found.transaction = guitu_call_read (call, error);
  if (found.transaction == NULL)
    return FALSE;
  found.station = guitu_record_find_one (found.transaction, &guitu_kind_station, GUITU_STATION_CODE, found.seal->station, NULL);
  return verify_seal (call, &found, at, typed, error);
}

static const GuituOption verify_options[] = {
  { "text", GUITU_OPTION_TEXT, TRUE, "the text of the QR code (GT1:…)" },
  { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of the paper instead (PNG or JPEG)" },
  { "camera", GUITU_OPTION_FLAG, FALSE, "look through the camera instead, until a code of a paper is seen" },
  { "source", GUITU_OPTION_TEXT, FALSE, "with camera: what GStreamer takes in its place, such as “v4l2src device=/dev/video1” ($GUITU_CAMERA)" },
  { "seconds", GUITU_OPTION_INTEGER, FALSE, "with camera: how long to look (30)" },
  { "fields", GUITU_OPTION_RECORD, FALSE, "what is typed from the paper, a JSON object of the keys in “printed”; or --set fields.KEY=TEXT" },
  { "at", GUITU_OPTION_TEXT, FALSE, "as of this time instead of now" },
  { "tolerate", GUITU_OPTION_FLAG, FALSE, "exit with 0 whatever the result is" },
  { NULL },
};

const GuituVerb guitu_verb_verify = {
  "verify", "Tell whether a sealed paper is genuine, altered, expired, void or used", GUITU_VERB_NO_LOGIN, verify_options, NULL, run_verify
};
