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

/** The least probability that is shown: a decimal number as a text. */
static gboolean
take_least (GuituCall *call,
            double *least,
            GError **error)
{
  const char *text = guitu_call_text (call, "least");
  char *end = NULL;

  *least = text == NULL ? 0 : g_ascii_strtod (text, &end);
  if (text == NULL || (*end == '\0' && *least >= 0 && *least <= 1))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "least", "“least” is a probability, from 0 to 1");
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

/* Each person once, by the record that leads; nobody behind a fence, nobody whom somebody told apart. */
static gboolean
emit_person (GuituCall *call,
             GuituTransaction *transaction,
             const GuituRecord *record,
             const GuituLikeness *likeness,
             GHashTable *seen,
             GError **error)
{
  const char *id = guitu_record_id (likeness->person);
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, id, error);
  g_autoptr (GuituRecord) different = NULL;
  g_autoptr (JsonObject) json = NULL;
  guint hiding;

  if (person == NULL || !guitu_fence_check (call, transaction, guitu_record_id (person), &hiding, error) ||
      !guitu_links_find_different (transaction, guitu_record_id (record), id, &different, error))
    return FALSE;
  if (hiding != GUITU_FENCE_NONE || different != NULL || !g_hash_table_add (seen, g_strdup (guitu_record_id (person))))
    return TRUE;
  json = guitu_person_to_json (person, FALSE);
  if (!guitu_person_add_presence (json, transaction, person, error))
    return FALSE;
  guitu_likeness_to_json (json, likeness);
  emit_labelled (call, g_steal_pointer (&json));
  return TRUE;
}

static void
emit_other (GuituCall *call,
            const GuituLikeness *likeness)
{
  JsonObject *json = guitu_record_to_json (likeness->person, FALSE);

  guitu_likeness_to_json (json, likeness);
  emit_labelled (call, json);
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
  guint n_others = 0;
  double least;

  if (transaction == NULL || !take_kinds (call, kinds, error) || !take_least (call, &least, error))
    return FALSE;
  record = take_record (call, transaction, error);
  likenesses = record == NULL ? NULL : guitu_records_match (transaction, record, kinds, least, READ_MORE * limit, error);
  if (likenesses == NULL)
    return FALSE;
  if (guitu_record_kind (record) == &guitu_kind_person)
    {
      char *own = guitu_links_leader (transaction, guitu_record_id (record), error);

      if (own == NULL)
        return FALSE;
      g_hash_table_add (seen, own);
      limit++;
    }
  for (guint i = 0; i < likenesses->len && g_hash_table_size (seen) + n_others < limit; i++)
    {
      const GuituLikeness *likeness = likenesses->pdata[i];

      if (guitu_record_kind (likeness->person) != &guitu_kind_person)
        {
          emit_other (call, likeness);
          n_others++;
        }
      else if (!emit_person (call, transaction, record, likeness, seen, error))
        return FALSE;
    }
  return TRUE;
}

static const GuituOption match_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of a person, a missing report or a notice; without it, the fields of a person" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (20)" },
  { "least", GUITU_OPTION_TEXT, FALSE, "only with a probability of at least this (0 … 1)" },
  { "label", GUITU_OPTION_TEXT, FALSE, "given back with each hit: tells the answers to several questions apart" },
  { "among", GUITU_OPTION_TEXT, FALSE, "person, missing, sought, posting, or several with commas between (person)" },
  { NULL },
};

const GuituVerb guitu_verb_match = {
  "match", "Tell who somebody might be, best first, with probability and reasons", GUITU_VERB_READS_STDIN, match_options, &guitu_kind_person, run_match
};
