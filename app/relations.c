/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who belongs to a person: kin, and members of staff, who say so and do not decide then. */

#include "app/relations.h"
#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

/* --- Kin -------------------------------------------------------------------------------------- */

/* The option "person" may name any of merged records, so it is not taken as a field. */
static gboolean
take_fields (GuituRecord *record,
             int person_field,
             JsonObject *input,
             GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, kind->fields[i].name);

      if (node != NULL && (int) i != person_field && !guitu_record_take_member (record, i, node, error))
        return FALSE;
    }
  return TRUE;
}

/* New kin of that person, or the record that is to be changed. */
static GuituRecord *
load_kin (GuituTransaction *transaction,
          const char *id,
          const char *person_id,
          GError **error)
{
  g_autoptr (GuituRecord) kin = id == NULL ? guitu_record_new (&guitu_kind_kin) : guitu_record_load (transaction, &guitu_kind_kin, id, error);
  g_autoptr (GPtrArray) ids = kin == NULL ? NULL : guitu_links_members (transaction, person_id, error);

  if (ids == NULL)
    return NULL;
  if (id == NULL)
    guitu_record_set_text (kin, GUITU_KIN_PERSON, person_id);
  if (g_ptr_array_find_with_equal_func (ids, guitu_record_text (kin, GUITU_KIN_PERSON), g_str_equal, NULL))
    return g_steal_pointer (&kin);
  guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "id", "This person has no such kin");
  return NULL;
}

static gboolean
run_kin (GuituCall *call,
         GError **error)
{
  const char *person_id = guitu_call_need (call, "person", error);
  g_autoptr (GuituTransaction) transaction = person_id == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) person = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_person, person_id, error);
  g_autoptr (GuituRecord) kin = NULL;

  if (person == NULL || !guitu_fence_refuse (call, transaction, person_id, error))
    return FALSE;
  kin = load_kin (transaction, guitu_call_text (call, "id"), person_id, error);
  if (kin == NULL || !take_fields (kin, GUITU_KIN_PERSON, call->input, error) ||
      !guitu_record_check_required (kin, error) || !guitu_phone_check (guitu_record_text (kin, GUITU_KIN_PHONE), error) ||
      !guitu_transaction_put (transaction, kin, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (kin, FALSE));
  return TRUE;
}

/* --- Members of staff ------------------------------------------------------------------------- */

/* Everybody for themselves; a leader also for others, who may not have said so. */
static gboolean
find_user (GuituCall *call,
           GuituTransaction *transaction,
           char **id,
           GError **error)
{
  const char *name = guitu_call_text (call, "user");
  g_autoptr (GuituRecord) user = NULL;

  if (name == NULL || strcmp (name, call->session->name) == 0 || strcmp (name, call->session->id) == 0)
    {
      *id = g_strdup (call->session->id);
      return TRUE;
    }
  if (!guitu_call_may (call, "relate others"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "user", "Everybody declares for themselves; only a leader does it for somebody else");
  user = guitu_record_load (transaction, &guitu_kind_user, name, NULL);
  if (user == NULL)
    user = guitu_record_find_one (transaction, &guitu_kind_user, GUITU_USER_NAME, name, NULL);
  if (user == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "user", "There is no user “%s”", name);
  *id = g_strdup (guitu_record_id (user));
  return TRUE;
}

static gboolean
run_relate (GuituCall *call,
            GError **error)
{
  const char *person_id = guitu_call_need (call, "person", error);
  g_autoptr (GuituTransaction) transaction = person_id == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) person = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_person, person_id, error);
  g_autoptr (GuituRecord) relation = guitu_record_new (&guitu_kind_relation);
  g_autofree char *user = NULL;
  g_autofree char *now = guitu_now ();
  static const int taken[] = { GUITU_RELATION_KINSHIP, GUITU_RELATION_TEXT };

  if (person == NULL || !find_user (call, transaction, &user, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      JsonNode *node = json_object_get_member (call->input, guitu_kind_relation.fields[taken[i]].name);

      if (node != NULL && !guitu_record_take_member (relation, taken[i], node, error))
        return FALSE;
    }
  if (!guitu_record_is_set (relation, GUITU_RELATION_KINSHIP) && !guitu_record_is_set (relation, GUITU_RELATION_TEXT))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "kinship", "“kinship” is needed, or “text”: how you are related");
  guitu_record_set_text (relation, GUITU_RELATION_USER, user);
  guitu_record_set_text (relation, GUITU_RELATION_PERSON, person_id);
  guitu_record_set_text (relation, GUITU_RELATION_AT, now);
  if (!guitu_transaction_put (transaction, relation, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (relation, FALSE));
  return TRUE;
}

gboolean
guitu_relation_find (GuituTransaction *transaction,
                     const char *user_id,
                     const char *person_id,
                     gboolean *is_related,
                     GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);
  g_autoptr (GPtrArray) relations =
      ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_relation, GUITU_RELATION_PERSON, ids, error);

  *is_related = FALSE;
  for (guint i = 0; relations != NULL && i < relations->len; i++)
    *is_related |= strcmp (guitu_record_text (relations->pdata[i], GUITU_RELATION_USER), user_id) == 0;
  return relations != NULL;
}

gboolean
guitu_relations_add (JsonObject *json,
                     GuituTransaction *transaction,
                     GPtrArray *ids,
                     GError **error)
{
  g_autoptr (GPtrArray) relations = guitu_links_records (transaction, &guitu_kind_relation, GUITU_RELATION_PERSON, ids, error);
  JsonArray *staff;

  if (relations == NULL)
    return FALSE;
  staff = json_array_new ();
  json_object_set_array_member (json, "related_staff", staff);
  for (guint i = 0; i < relations->len; i++)
    {
      JsonObject *relation = guitu_record_to_json (relations->pdata[i], FALSE);
      g_autoptr (GuituRecord) user =
          guitu_record_load (transaction, &guitu_kind_user, guitu_record_text (relations->pdata[i], GUITU_RELATION_USER), NULL);

      if (user != NULL)
        json_object_set_string_member (relation, "user_name", guitu_record_text (user, GUITU_USER_NAME));
      json_array_add_object_element (staff, relation);
    }
  return TRUE;
}

/* --- Verbs ------------------------------------------------------------------------------------ */

static const GuituOption kin_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "id", GUITU_OPTION_TEXT, FALSE, "id of a relative who is known already: changes that record" },
  { NULL },
};

static const GuituOption relate_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "kinship", GUITU_OPTION_TEXT, FALSE, "how you are related (codes kinship)" },
  { "text", GUITU_OPTION_TEXT, FALSE, "another closeness, in words" },
  { "user", GUITU_OPTION_TEXT, FALSE, "who is related (yourself); only leaders name somebody else" },
  { NULL },
};

const GuituVerb guitu_verb_person_kin = {
  "person kin", "Add a relative of a person, or change one", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, kin_options, &guitu_kind_kin, run_kin
};
const GuituVerb guitu_verb_person_relate = {
  "person relate", "Declare that you are related to a person; you do not decide about them then", GUITU_VERB_WRITES, relate_options, NULL, run_relate
};
