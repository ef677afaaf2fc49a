/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a seal from a text, a picture or the camera, and telling offline what it is worth: from the
 * station directory, the marks that have arrived, and the receipts that were given here. */

#include "app/seal-judge.h"

#include "app/camera.h"

#include <string.h>

const GuituSealVerdict guitu_seal_verdict_genuine = { "genuine", "Compare name, sex, year of birth and the last four digits with the person and the paper" };
const GuituSealVerdict guitu_seal_verdict_altered = { "altered", "Do not accept this paper; telephone the station named on it" };
const GuituSealVerdict guitu_seal_verdict_different = { "altered", "What was typed is not what the station sealed: look for a slip in what was typed; without one, the paper was changed, do not accept it, telephone its station" };
const GuituSealVerdict guitu_seal_verdict_incomplete = { "incomplete", "The seal is genuine, but what was typed can't be judged yet: type everything that stands on the paper; if all of it was typed, the paper was changed: do not accept it" };
const GuituSealVerdict guitu_seal_verdict_not_on_record = { "not-on-record", "It bears this station's own seal, but is not in the register of this desk: exchange with the desk that issued it, or ask there; if no desk did, treat the paper as suspect and tell the leader" };
const GuituSealVerdict guitu_seal_verdict_unreadable = { "unreadable", "This is not the code of a Guitu paper, or only a part of it; scan the code on the paper once more" };
const GuituSealVerdict guitu_seal_verdict_unknown_issuer = { "unknown-issuer", "This station is not in the directory; telephone it, and trust its card if it is real" };
static const GuituSealVerdict expired = { "expired", "The paper was genuine but its time is over; ask its station for a new one" };
static const GuituSealVerdict not_yet_issued = { "not-yet-issued", "At that time the paper had not been issued; look at its date, and at the clock of this computer" };
static const GuituSealVerdict voided = { "voided", "Its station declared this printing void; ask for the valid one" };
static const GuituSealVerdict used = { "used", "This paper has been used already; telephone its station" };

#define CLOCK_TOLERANCE_SECONDS 600 /* between the clocks of two stations */
#define LABEL_DIGITS 12             /* of the seal's name, in the code of a label */

void
guitu_seal_found_clear (GuituSealFound *found)
{
  g_clear_pointer (&found->text, g_free);
  g_clear_pointer (&found->seal, guitu_seal_free);
  g_clear_pointer (&found->station, guitu_record_free);
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

gboolean
guitu_seal_found_read (GuituSealFound *found,
                       GuituCall *call,
                       GError **error)
{
  found->text = seal_text (call, error);
  if (found->text == NULL)
    return FALSE;
  g_strstrip (found->text);
  found->seal = guitu_seal_parse (found->text, NULL);
  return TRUE;
}

/* The paper of ours that a label belongs to: “GT0:STATION:NUMBER:1A2B3C4D5E6F”. */
static gboolean
take_label (GuituSealFound *found,
            GuituCall *call,
            GuituTransaction *transaction,
            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (found->text, ":", 4);
  GuituQuery of_number = { 0 };
  g_autoptr (GPtrArray) papers = NULL;

  if (g_strv_length (parts) != 4 || strlen (parts[3]) != LABEL_DIGITS || g_ascii_strcasecmp (parts[1], guitu_store_keys (call->store)->station) != 0)
    return TRUE;
  of_number.conditions[0] = (GuituCondition){ GUITU_PAPER_NUMBER, GUITU_EQUAL, parts[2] };
  papers = guitu_records_find (transaction, &guitu_kind_paper, &of_number, error);
  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      const char *seal = guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL);
      g_autofree char *name = seal == NULL ? NULL : guitu_seal_name (seal);

      if (name == NULL || g_ascii_strncasecmp (name, parts[3], LABEL_DIGITS) != 0)
        continue;
      g_free (found->text);
      found->text = g_strdup (seal);
      found->seal = guitu_seal_parse (seal, NULL);
      break;
    }
  return papers != NULL;
}

gboolean
guitu_seal_found_resolve (GuituSealFound *found,
                          GuituCall *call,
                          GuituTransaction *transaction,
                          GError **error)
{
  if (found->seal == NULL && g_ascii_strncasecmp (found->text, GUITU_LABEL_PREFIX, strlen (GUITU_LABEL_PREFIX)) == 0 &&
      !take_label (found, call, transaction, error))
    return FALSE;
  if (found->seal != NULL)
    found->station = guitu_known_station (transaction, found->seal->station);
  return TRUE;
}

char *
guitu_seal_found_answers (const GuituSealFound *found)
{
  g_autofree char *name = guitu_seal_name (found->text);

  return g_strdup_printf ("%s %s", found->seal->number, name);
}

static void
take_state (const char *state,
            const GuituSealVerdict **verdict)
{
  if (g_strcmp0 (state, "issued") != 0)
    *verdict = g_strcmp0 (state, "used") == 0 ? &used : &voided;
}

/* Of a paper of this station the register tells. */
static gboolean
find_own_state (GuituTransaction *transaction,
                const GuituSeal *seal,
                const char *text,
                const GuituSealVerdict **verdict,
                GError **error)
{
  const GuituQuery of_number = { .conditions = { { GUITU_PAPER_NUMBER, GUITU_EQUAL, seal->number } } };
  g_autofree char *name = guitu_seal_name (text);
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &of_number, error);

  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      const char *sealed = guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL);
      g_autofree char *own_name = sealed == NULL ? NULL : guitu_seal_name (sealed);

      if (g_strcmp0 (own_name, name) == 0)
        take_state (guitu_record_text (papers->pdata[i], GUITU_PAPER_STATE), verdict);
    }
  return papers != NULL;
}

static gboolean
find_mark (GuituTransaction *transaction,
           const GuituSeal *seal,
           const char *text,
           const GuituSealVerdict **verdict,
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

      if (g_strcmp0 (guitu_record_text (mark, GUITU_PAPER_MARK_SEALED), name) == 0)
        take_state (guitu_record_text (mark, GUITU_PAPER_MARK_STATE), verdict);
    }
  return TRUE;
}

/* Whether the key that the seal names made it, at a time when the station used that key. */
static gboolean
is_made_with (const GuituSeal *seal,
              const GuituStationKey *key)
{
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];

  guitu_seal_key_id (key->key, key_id);
  if (memcmp (key_id, seal->key_id, sizeof key_id) != 0 || !guitu_seal_verify (seal, key->key))
    return FALSE;
  return key->is_current || key->until == NULL || seal->issued_at <= guitu_time_to_unix (key->until) + CLOCK_TOLERANCE_SECONDS;
}

static gboolean
judge (GuituTransaction *transaction,
       const GuituSeal *seal,
       const GuituRecord *station,
       const char *text,
       gint64 at,
       const GuituSealVerdict **verdict,
       GError **error)
{
  g_autoptr (GPtrArray) keys = guitu_station_keys (transaction, seal->station, error);
  gboolean is_genuine = FALSE;

  if (keys == NULL)
    return FALSE;
  if (station == NULL || keys->len == 0)
    {
      *verdict = &guitu_seal_verdict_unknown_issuer;
      return TRUE;
    }
  for (guint i = 0; i < keys->len; i++)
    is_genuine |= is_made_with (seal, g_ptr_array_index (keys, i));
  if (!is_genuine)
    {
      *verdict = &guitu_seal_verdict_altered;
      return TRUE;
    }
  *verdict = &guitu_seal_verdict_genuine;
  if (seal->expires_at != 0 && at > seal->expires_at)
    *verdict = &expired;
  else if (at < seal->issued_at - CLOCK_TOLERANCE_SECONDS)
    *verdict = &not_yet_issued;
  return strcmp (seal->station, guitu_transaction_keys (transaction)->station) == 0
             ? find_own_state (transaction, seal, text, verdict, error)
             : find_mark (transaction, seal, text, verdict, error);
}

/* Whether this station has accepted it already. */
static gboolean
find_receipt (const GuituSealFound *found,
              GuituTransaction *transaction,
              const GuituSealVerdict **verdict,
              GError **error)
{
  g_autofree char *answers = guitu_seal_found_answers (found);
  const GuituQuery given = { .conditions = { { GUITU_PAPER_ANSWERS, GUITU_EQUAL, answers } } };
  g_autoptr (GPtrArray) receipts = guitu_records_find (transaction, &guitu_kind_paper, &given, error);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    if (!guitu_record_says (receipts->pdata[i], GUITU_PAPER_STATE, "voided") && *verdict == &guitu_seal_verdict_genuine)
      *verdict = &used;
  return receipts != NULL;
}

gboolean
guitu_seal_found_judge (const GuituSealFound *found,
                        GuituTransaction *transaction,
                        gint64 at,
                        const GuituSealVerdict **verdict,
                        GError **error)
{
  return judge (transaction, found->seal, found->station, found->text, at, verdict, error) && find_receipt (found, transaction, verdict, error);
}
