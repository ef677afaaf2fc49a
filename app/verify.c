/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sealed paper is worth, told offline from the station directory and the marks that have
 * arrived. Anything but "genuine" is also an error, so that a script can't overlook it. */

#include "app/papers.h"

#include "app/verbs.h"

#include <string.h>

typedef struct
{
  const char *result;
  const char *advice;
} Verdict;

static const Verdict genuine = { "genuine", "Compare name, sex, year of birth and the last four digits with the person and the paper" };
static const Verdict altered = { "altered", "Do not accept this paper; telephone the station named on it" };
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

/* The one seal among the codes of a picture. A page shows the same code on each copy, but codes of
 * two papers would leave open which of them is judged. */
static char *
choose_code (GStrv codes,
             GError **error)
{
  const char *seal = NULL;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (!g_str_has_prefix (codes[i], SEAL_PREFIX))
        continue;
      if (seal != NULL && strcmp (seal, codes[i]) != 0)
        {
          guitu_fail (error, GUITU_ERROR_INVALID, "several-codes", "image", "The picture shows the codes of several papers; show one at a time");
          return NULL;
        }
      seal = codes[i];
    }
  return g_strdup (seal != NULL ? seal : codes[0]);
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
  if (image == NULL)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "missing", "text", "“text” is needed: what the scanner read; or “image”");
      return NULL;
    }
  content = guitu_input_file (image, "image", error);
  codes = content == NULL ? NULL : guitu_qr_read (content, error);
  return codes == NULL ? NULL : choose_code (codes, error);
}

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
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *name = guitu_seal_name (stripped);
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

static gboolean
conclude (GuituCall *call,
          const Verdict *verdict,
          const GuituSeal *seal,
          const GuituRecord *station,
          GError **error)
{
  guitu_call_emit (call, verdict_to_json (verdict, seal, station));
  if (verdict == &genuine || guitu_call_flag (call, "tolerate"))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_UNTRUSTED, verdict->result, NULL, "%s", verdict->advice);
}

static gboolean
run_verify (GuituCall *call,
            GError **error)
{
  const char *at_text = guitu_call_text (call, "at");
  g_autofree char *at = at_text == NULL ? guitu_now () : guitu_time_parse (at_text);
  g_autofree char *text = NULL;
  g_autoptr (GuituSeal) seal = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) station = NULL;
  const Verdict *verdict = &altered;

  if (at == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "at", "“%s” is no possible time", at_text);
  text = seal_text (call, error);
  if (text == NULL)
    return FALSE;
  seal = guitu_seal_parse (text, NULL);
  if (seal == NULL)
    return conclude (call, resembles_seal (text) ? &altered : &unreadable, NULL, NULL, error);
  transaction = guitu_call_read (call, error);
  if (transaction == NULL)
    return FALSE;
  station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, seal->station, NULL);
  if (!judge (transaction, seal, station, text, guitu_time_to_unix (at), &verdict, error))
    return FALSE;
  /* An unverified seal's words are nobody's: they are not shown. */
  return conclude (call, verdict, verdict == &altered ? NULL : seal, station, error);
}

static const GuituOption verify_options[] = {
  { "text", GUITU_OPTION_TEXT, TRUE, "the text of the QR code (GT1:…)" },
  { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of the paper instead (PNG or JPEG)" },
  { "at", GUITU_OPTION_TEXT, FALSE, "as of this time instead of now" },
  { "tolerate", GUITU_OPTION_FLAG, FALSE, "exit with 0 whatever the result is" },
  { NULL },
};

const GuituVerb guitu_verb_verify = {
  "verify", "Tell whether a sealed paper is genuine, altered, expired, void or used", GUITU_VERB_NO_LOGIN, verify_options, NULL, run_verify
};
