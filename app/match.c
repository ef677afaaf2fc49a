/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who might this be? A person, a report of a family or a notice against all others, or what is known of somebody who
 * is in no record yet. It only shows: nothing is joined. */

#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

#define LIMIT 20
#define GREATEST_LIMIT 200
#define READ_MORE 2 /* several records may be of one person */

/* clang-format off */
static const GuituKind *const searched_kinds[] = { &guitu_kind_person, &guitu_kind_missing, &guitu_kind_sought, &guitu_kind_posting, NULL };
/* clang-format on */

/** The record of any kind that is matched. */
static GuituRecord *
find_record (GuituTransaction *transaction,
             const char *id,
             GError **error)
{
  for (guint i = 0; searched_kinds[i] != NULL; i++)
    {
      gboolean is_there = FALSE;

      if (!guitu_record_exists (transaction, searched_kinds[i], id, &is_there, error))
        return NULL;
      if (is_there)
        return guitu_record_load (transaction, searched_kinds[i], id, error);
    }
  guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "id", "There is no person, report or notice with that id");
  return NULL;
}

static void
emit_labelled (GuituCall *call,
               JsonObject *json)
{
  const char *label = guitu_call_text (call, "label");

  if (label != NULL)
    json_object_set_string_member (json, "label", label);
  guitu_call_emit (call, json);
}

static gboolean
take_kinds (GuituCall *call,
            const GuituKind *kinds[G_N_ELEMENTS (searched_kinds)],
            GError **error)
{
  const char *among = guitu_call_text (call, "among");
  g_auto (GStrv) words = g_strsplit (among == NULL ? "person" : among, ",", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL && n + 1 < G_N_ELEMENTS (searched_kinds); i++)
    {
      guint k = 0;

      while (searched_kinds[k] != NULL && strcmp (searched_kinds[k]->name, g_strstrip (words[i])) != 0)
        k++;
      if (searched_kinds[k] == NULL)
        return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "among", "“%s” is none of person, missing, sought and posting", words[i]);
      kinds[n++] = searched_kinds[k];
    }
  kinds[n] = NULL;
  return TRUE;
}

/** A share or probability, a decimal number as a text; 0 without it. */
static gboolean
take_share (GuituCall *call,
            const char *option,
            double *share,
            GError **error)
{
  const char *text = guitu_call_text (call, option);
  char *end = NULL;

  *share = text == NULL ? 0 : g_ascii_strtod (text, &end);
  if (text == NULL || (end != text && *end == '\0' && *share >= 0 && *share <= 1))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", option, "“%s” is from 0 to 1, such as 0.99", option);
}

static GuituRecord *
take_record (GuituCall *call,
             GuituTransaction *transaction,
             GError **error)
{
  const char *id = guitu_call_text (call, "id");
  g_autoptr (GuituRecord) record = NULL;

  if (id == NULL)
    {
      record = guitu_record_new (&guitu_kind_person);
      return guitu_record_take_json (record, call->input, error) ? g_steal_pointer (&record) : NULL;
    }
  record = find_record (transaction, id, error);
  if (record == NULL || !guitu_fence_refuse_record (call, transaction, guitu_record_kind (record), id, error))
    return NULL;
  return g_steal_pointer (&record);
}

/* The answer to one question. */
typedef struct
{
  GuituCall *call;
  GuituTransaction *transaction;
  const GuituRecord *record;
  GHashTable *seen; /* ids of those who lead, whom the answer holds or who were asked about */
  double precision; /* the share of the hits that is to be right */
  double right;     /* how many of those shown are expected to be */
  guint n_shown;
  guint limit;
  gboolean is_full;
} Answer;

/** Whether one more is shown: no later one is likelier, so that with the first who is not the answer ends. */
static gboolean
takes (Answer *answer,
       const GuituLikeness *likeness)
{
  double right = answer->right + likeness->probability;

  answer->is_full = answer->n_shown >= answer->limit || right < answer->precision * (answer->n_shown + 1);
  if (answer->is_full)
    return FALSE;
  answer->right = right;
  answer->n_shown++;
  return TRUE;
}

/* What was written down where somebody could not tell. */
static gboolean
add_doubt (JsonObject *json,
           GuituTransaction *transaction,
           const char *id,
           const char *other,
           GError **error)
{
  g_autoptr (GuituRecord) doubt = NULL;
  g_autofree char *by = NULL;

  if (!guitu_links_find_decided (transaction, id, other, "unclear", &doubt, error))
    return FALSE;
  if (doubt == NULL)
    return TRUE;
  by = guitu_user_display_name (transaction, guitu_record_text (doubt, GUITU_PERSON_LINK_BY));
  json_object_set_string_member (json, "verdict", "unclear");
  json_object_set_string_member (json, "reason", guitu_record_text (doubt, GUITU_PERSON_LINK_REASON));
  json_object_set_string_member (json, "decided_at", guitu_record_text (doubt, GUITU_PERSON_LINK_AT));
  if (by != NULL)
    json_object_set_string_member (json, "by_name", by);
  return TRUE;
}

/* Each person once, by the record that leads; nobody behind a fence, nobody whom somebody told apart. */
static gboolean
emit_person (Answer *answer,
             const GuituLikeness *likeness,
             GError **error)
{
  const char *id = guitu_record_id (likeness->person);
  g_autoptr (GuituRecord) person = guitu_person_effective (answer->transaction, id, error);
  g_autoptr (GuituRecord) different = NULL;
  g_autoptr (JsonObject) json = NULL;
  guint hiding;

  if (person == NULL || !guitu_fence_check (answer->call, answer->transaction, guitu_record_id (person), &hiding, error) ||
      !guitu_links_find_different (answer->transaction, guitu_record_id (answer->record), id, &different, error))
    return FALSE;
  if (hiding != GUITU_FENCE_NONE || different != NULL || !g_hash_table_add (answer->seen, g_strdup (guitu_record_id (person))) || !takes (answer, likeness))
    return TRUE;
  json = guitu_person_to_json (person, FALSE);
  if (!guitu_person_add_presence (json, answer->transaction, person, error) || !add_doubt (json, answer->transaction, guitu_record_id (answer->record), id, error))
    return FALSE;
  guitu_likeness_to_json (json, likeness);
  emit_labelled (answer->call, g_steal_pointer (&json));
  return TRUE;
}

static void
emit_other (Answer *answer,
            const GuituLikeness *likeness)
{
  JsonObject *json;

  if (!takes (answer, likeness))
    return;
  json = guitu_record_to_json (likeness->person, FALSE);
  guitu_likeness_to_json (json, likeness);
  emit_labelled (answer->call, json);
}

static gboolean
run_match (GuituCall *call,
           GError **error)
{
  guint limit = CLAMP (guitu_call_integer (call, "limit", LIMIT), 1, GREATEST_LIMIT);
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GuituKind *kinds[G_N_ELEMENTS (searched_kinds)];
  g_autoptr (GPtrArray) likenesses = NULL;
  g_autoptr (GuituRecord) record = NULL;
  Answer answer = { .call = call, .transaction = transaction, .seen = seen, .limit = limit };
  double least;

  if (transaction == NULL || !take_kinds (call, kinds, error) || !take_share (call, "least", &least, error) || !take_share (call, "precision", &answer.precision, error))
    return FALSE;
  answer.record = record = take_record (call, transaction, error);
  likenesses = record == NULL ? NULL : guitu_records_match (transaction, record, kinds, least, READ_MORE * limit, error);
  if (likenesses == NULL)
    return FALSE;
  if (guitu_record_kind (record) == &guitu_kind_person)
    {
      char *own = guitu_links_leader (transaction, guitu_record_id (record), error);

      if (own == NULL)
        return FALSE;
      g_hash_table_add (seen, own);
    }
  for (guint i = 0; i < likenesses->len && !answer.is_full; i++)
    {
      const GuituLikeness *likeness = likenesses->pdata[i];

      if (guitu_record_kind (likeness->person) != &guitu_kind_person)
        emit_other (&answer, likeness);
      else if (!emit_person (&answer, likeness, error))
        return FALSE;
    }
  return TRUE;
}

static const GuituOption match_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of a person, a missing report or a notice; without it, the fields of a person" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (20)" },
  { "least", GUITU_OPTION_TEXT, FALSE, "only with a probability of at least this (0 … 1)" },
  { "precision", GUITU_OPTION_TEXT, FALSE, "only as many of the best as there can be while this share of them is expected to be right (0.99: of 100 hits that are shown, 99)" },
  { "label", GUITU_OPTION_TEXT, FALSE, "given back with each hit: tells the answers to several questions apart" },
  { "among", GUITU_OPTION_TEXT, FALSE, "person, missing, sought, posting, or several with commas between (person)" },
  { NULL },
};

const GuituVerb guitu_verb_match = {
  "match", "Tell who somebody might be, best first, with probability and reasons", GUITU_VERB_READS_STDIN, match_options, &guitu_kind_person, run_match
};
