/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a call about an arriving hand-over means: the scanned paper, the file, what was answered before. */

#include "app/hand-over-private.h"

#include "app/regions.h"
#include "app/rights.h"
#include "app/verbs.h"

#include <string.h>

void
_guitu_matter_clear (GuituMatter *matter)
{
  guitu_seal_found_clear (&matter->found);
  g_clear_pointer (&matter->sealed, g_free);
  g_clear_pointer (&matter->station, g_free);
  g_clear_pointer (&matter->letter, guitu_record_free);
  g_clear_pointer (&matter->content, json_object_unref);
  g_clear_pointer (&matter->incoming, guitu_record_free);
}

const char *
guitu_hand_over_protected (JsonObject *content)
{
  const char *said = guitu_member_text (content, "protected");

  return said == NULL || guitu_codes_find ("fence", said) == NULL ? NULL : said;
}

gboolean
guitu_hand_over_may_see (GuituCall *call,
                         JsonObject *content)
{
  const char *protection = guitu_hand_over_protected (content);

  if (protection == NULL)
    return TRUE;
  return guitu_call_may (call, strcmp (protection, "violence") == 0 ? "see violence" : "see trafficking");
}

/* --- Reading what is meant ----------------------------------------------------------------------- */

static gboolean
is_for_us (GuituCall *call,
           const GuituRecord *letter)
{
  return guitu_record_says (letter, GUITU_LETTER_TO_STATION, guitu_store_keys (call->store)->station) &&
         guitu_record_says (letter, GUITU_LETTER_SUBJECT, "hand-over");
}

static gboolean
read_letter (GuituMatter *matter,
             GuituCall *call,
             GuituTransaction *transaction,
             GError **error)
{
  const char *id = guitu_call_text (call, "letter");
  JsonArray *papers;

  if (id != NULL)
    matter->letter = guitu_record_load (transaction, &guitu_kind_letter, id, error);
  else if (!guitu_hand_over_of_paper (call, transaction, matter->station, matter->sealed, &matter->letter, error))
    return FALSE;
  if (id != NULL && matter->letter == NULL)
    return FALSE;
  if (matter->letter == NULL)
    return TRUE;
  if (!is_for_us (call, matter->letter))
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "letter", "That is no hand-over file for this station");
  matter->content = guitu_letter_content (matter->letter);
  if (matter->content == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "malformed", "letter", "This hand-over file can't be read; ask its station to send it again");
  if (matter->station != NULL && !guitu_record_says (matter->letter, GUITU_LETTER_STATION, matter->station))
    return guitu_fail (error, GUITU_ERROR_INVALID, "another-paper", "letter", "File and paper are of two stations");
  papers = guitu_member_array (matter->content, "papers");
  if (matter->is_scanned && matter->sealed != NULL && papers != NULL && json_array_get_length (papers) > 0 &&
      !guitu_hand_over_names_paper (matter->content, matter->sealed))
    return guitu_fail (error, GUITU_ERROR_INVALID, "another-paper", "letter", "This paper is not of the person whom the file is about; take each of them over with their own paper");
  g_free (matter->station);
  matter->station = g_strdup (guitu_record_text (matter->letter, GUITU_LETTER_STATION));
  return TRUE;
}

static gboolean
take_seal (GuituMatter *matter,
           GuituCall *call,
           GuituTransaction *transaction,
           GError **error)
{
  if (!guitu_seal_found_resolve (&matter->found, call, transaction, error))
    return FALSE;
  if (matter->found.seal == NULL)
    return !matter->is_scanned || guitu_receipt_check (call, transaction, &matter->found, error);
  matter->sealed = guitu_seal_found_answers (&matter->found);
  if (matter->station == NULL)
    matter->station = g_strdup (matter->found.seal->station);
  return TRUE;
}

/* The paper that the file names last answers for those before; without a scan it is taken as the file has it. */
static gboolean
read_named_seal (GuituMatter *matter,
                 GuituCall *call,
                 GuituTransaction *transaction,
                 GError **error)
{
  JsonArray *papers = guitu_member_array (matter->content, "papers");

  for (guint i = papers == NULL ? 0 : json_array_get_length (papers); i > 0 && matter->found.text == NULL; i--)
    {
      JsonNode *node = json_array_get_element (papers, i - 1);
      JsonObject *paper = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (guitu_member_text (paper, "seal") != NULL && g_strcmp0 (guitu_member_text (paper, "state"), "issued") == 0)
        matter->found.text = g_strdup (guitu_member_text (paper, "seal"));
    }
  if (matter->found.text == NULL)
    return TRUE;
  matter->found.seal = guitu_seal_parse (matter->found.text, NULL);
  return take_seal (matter, call, transaction, error);
}

/* The seal is read before the transaction: the camera takes its time. */
gboolean
_guitu_matter_scan (GuituMatter *matter,
                    GuituCall *call,
                    GError **error)
{
  const char *seal = guitu_call_text (call, "seal");

  matter->is_scanned = seal != NULL || guitu_call_text (call, "image") != NULL || guitu_call_flag (call, "camera");
  if (!matter->is_scanned)
    return guitu_call_text (call, "letter") != NULL ||
           guitu_fail (error, GUITU_ERROR_INVALID, "missing", "letter", "“letter” is needed: the hand-over file; or the code of the paper (“seal”, “image”, “camera”)");
  if (seal == NULL)
    return guitu_seal_found_read (&matter->found, call, error);
  matter->found.text = g_strstrip (g_strdup (seal));
  matter->found.seal = guitu_seal_parse (matter->found.text, NULL);
  return TRUE;
}

gboolean
_guitu_matter_read (GuituMatter *matter,
                    GuituCall *call,
                    GuituTransaction *transaction,
                    GError **error)
{
  if (matter->is_scanned && !take_seal (matter, call, transaction, error))
    return FALSE;
  return read_letter (matter, call, transaction, error) &&
         (matter->is_scanned || read_named_seal (matter, call, transaction, error)) &&
         guitu_incoming_find (transaction, matter->letter, matter->sealed, &matter->incoming, error);
}

/* Whether a text on a paper names this station, its place, or one that lies in it or around it. */
static gboolean
is_here (const GuituRecord *own,
         const char *destination)
{
  const char *name = guitu_record_text (own, GUITU_STATION_NAME);
  const char *code = guitu_record_text (own, GUITU_STATION_REGION);
  g_autofree char *region = code == NULL ? NULL : guitu_regions_full_name (code);

  return destination == NULL || strstr (destination, name) != NULL || region == NULL || g_str_has_prefix (region, destination) ||
         g_str_has_prefix (destination, region);
}

static gboolean
check_destination (const GuituMatter *matter,
                   GuituCall *call,
                   GuituTransaction *transaction,
                   GError **error)
{
  g_autoptr (GuituRecord) own = NULL;

  if (matter->letter != NULL || matter->found.seal == NULL || guitu_call_text (call, "elsewhere") != NULL)
    return TRUE;
  own = guitu_own_station (transaction, error);
  if (own == NULL || is_here (own, matter->found.seal->destination))
    return own != NULL;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "another-station", "elsewhere",
                     "This paper brings the person to %s; accept it here only with a reason, or register who is here with “stay arrive”", matter->found.seal->destination);
}

/* A seal that the file names, and that can't be trusted, makes no receipt; the file itself is signed. */
gboolean
_guitu_matter_judge (GuituMatter *matter,
                     GuituCall *call,
                     GuituTransaction *transaction,
                     GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (matter->content != NULL && json_object_has_member (matter->content, "withdrawn"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "withdrawn", "letter", "That station took this hand-over back; register who is here with “stay arrive”");
  if (matter->found.seal == NULL)
    return TRUE;
  if (guitu_receipt_check (call, transaction, &matter->found, &failure))
    return check_destination (matter, call, transaction, error);
  if (matter->is_scanned)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_clear_pointer (&matter->found.seal, guitu_seal_free);
  return TRUE;
}
