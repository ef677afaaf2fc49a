/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom and what a case is about, who works on it, and the notes of that work. */

#include "app/case.h"

#include "app/fence.h"
#include "app/verbs.h"
#include "db/id.h"

#include <string.h>

gboolean
guitu_case_put_and_emit (GuituCall *call,
                         GuituTransaction *transaction,
                         GuituRecord *record,
                         GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);
  int field = guitu_kind_field (kind, "case");
  const char *id = kind == &guitu_kind_case ? guitu_record_id (record) : guitu_record_text (record, field);
  g_autofree char *now = guitu_now ();
  g_autofree char *case_id = g_strdup (id);
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (JsonObject) json = NULL;
  JsonObject *line;

  if (!guitu_transaction_put (transaction, record, error) ||
      !guitu_case_file_read (&file, transaction, guitu_record_load (transaction, &guitu_kind_case, case_id, error), error))
    return FALSE;
  tasks = guitu_tasks_read (transaction, &(GuituTaskQuery){ .now = now, .of_case = guitu_record_id (file.record) }, error);
  line = tasks == NULL ? NULL : guitu_case_to_json (transaction, &file, tasks, now, error);
  if (line == NULL)
    return FALSE;
  json = kind == &guitu_kind_case ? json_object_ref (line) : guitu_record_to_json (record, FALSE);
  if (kind != &guitu_kind_case)
    json_object_set_object_member (json, "of_case", json_object_ref (line));
  json_object_unref (line);
  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- edit ------------------------------------------------------------------------------------ */

static gboolean
take_stay (GuituCall *call,
           GuituTransaction *transaction,
           GuituCaseFile *file,
           GError **error)
{
  const char *text = guitu_call_text (call, "stay");
  g_autoptr (GuituRecord) stay = text == NULL ? NULL : guitu_stay_find (transaction, text, error);

  if (text == NULL)
    return TRUE;
  if (stay == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (file->persons, guitu_record_text (stay, GUITU_STAY_PERSON), g_str_equal, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-their-stay", "stay", "The stay %s is another person's", guitu_record_text (stay, GUITU_STAY_NUMBER));
  guitu_record_set_text (file->record, GUITU_CASE_STAY, guitu_record_id (stay));
  return TRUE;
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_open_case (call, transaction, &file, error) ||
      !guitu_call_take (call, "seeks", file.record, GUITU_CASE_SEEKS, error) || !take_stay (call, transaction, &file, error))
    return FALSE;
  if (!guitu_record_is_set (file.record, GUITU_CASE_SEEKS))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "seeks", "“seeks” is needed: what the case looks for");
  return guitu_case_put_and_emit (call, transaction, file.record, error);
}

/* --- assign ---------------------------------------------------------------------------------- */

/* Somebody at work here whose role works on cases. */
static GuituRecord *
find_worker (GuituTransaction *transaction,
             const char *name,
             const char *option,
             gboolean must_work,
             GError **error)
{
  guint8 bytes[GUITU_ID_BYTES];
  g_autoptr (GuituRecord) user = guitu_id_to_bytes (name, bytes) ? guitu_record_load (transaction, &guitu_kind_user, name, NULL)
                                                                 : guitu_record_find_one (transaction, &guitu_kind_user, GUITU_USER_NAME, name, NULL);

  if (user == NULL)
    {
      guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", option, "There is no user “%s”", name);
      return NULL;
    }
  if (!must_work)
    return g_steal_pointer (&user);
  if (!guitu_record_says (user, GUITU_USER_STATE, "active"))
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "user-gone", option, "%s does not work here any more", name);
      return NULL;
    }
  if (!guitu_rights_allow (guitu_role_parse (guitu_record_text (user, GUITU_USER_ROLE)), "be caseworker"))
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "not-caseworker", option, "The role of %s does not work on cases", name);
      return NULL;
    }
  return g_steal_pointer (&user);
}

/* The record that says that somebody helps with the case: one of both, however often they come and go. */
static gboolean
set_member (GuituTransaction *transaction,
            const GuituRecord *record,
            const GuituRecord *user,
            gboolean helps,
            GError **error)
{
  g_autofree char *id = guitu_id_from_words (NULL, "case-member", guitu_record_id (record), guitu_record_id (user), NULL);
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituRecord) member = NULL;
  gboolean is_there;

  if (!guitu_record_exists (transaction, &guitu_kind_case_member, id, &is_there, error))
    return FALSE;
  member = is_there ? guitu_record_load (transaction, &guitu_kind_case_member, id, error) : guitu_record_new_with_id (&guitu_kind_case_member, id);
  if (member == NULL)
    return FALSE;
  if (!helps && (!is_there || guitu_record_is_set (member, GUITU_CASE_MEMBER_UNTIL)))
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "release", "%s does not work on this case", guitu_record_text (user, GUITU_USER_NAME));
  if (helps && is_there && !guitu_record_is_set (member, GUITU_CASE_MEMBER_UNTIL))
    return TRUE;
  guitu_record_set_text (member, GUITU_CASE_MEMBER_CASE, guitu_record_id (record));
  guitu_record_set_text (member, GUITU_CASE_MEMBER_USER, guitu_record_id (user));
  if (helps)
    guitu_record_set_text (member, GUITU_CASE_MEMBER_SINCE, now);
  guitu_record_set_text (member, GUITU_CASE_MEMBER_UNTIL, helps ? NULL : now);
  return guitu_transaction_put (transaction, member, error);
}

static gboolean
release (GuituTransaction *transaction,
         GuituRecord *record,
         const char *name,
         GError **error)
{
  g_autoptr (GuituRecord) user = find_worker (transaction, name, "release", FALSE, error);

  if (user == NULL)
    return FALSE;
  if (!guitu_record_says (record, GUITU_CASE_CASEWORKER, guitu_record_id (user)))
    return set_member (transaction, record, user, FALSE, error);
  guitu_record_set_text (record, GUITU_CASE_CASEWORKER, NULL);
  return TRUE;
}

static gboolean
run_assign (GuituCall *call,
            GError **error)
{
  const char *lead = guitu_call_text (call, "caseworker");
  const char *helper = guitu_call_text (call, "member");
  const char *gone = guitu_call_text (call, "release");
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) leader = NULL;
  g_autoptr (GuituRecord) member = NULL;
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_open_case (call, transaction, &file, error))
    return FALSE;
  if (lead == NULL && helper == NULL && gone == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "caseworker", "“caseworker” is needed, or “member” or “release”");
  if (gone != NULL && !release (transaction, file.record, gone, error))
    return FALSE;
  leader = lead == NULL ? NULL : find_worker (transaction, lead, "caseworker", TRUE, error);
  member = helper == NULL ? NULL : find_worker (transaction, helper, "member", TRUE, error);
  if ((lead != NULL && leader == NULL) || (helper != NULL && member == NULL))
    return FALSE;
  if (leader != NULL)
    guitu_record_set_text (file.record, GUITU_CASE_CASEWORKER, guitu_record_id (leader));
  if (member != NULL && !set_member (transaction, file.record, member, TRUE, error))
    return FALSE;
  return guitu_case_put_and_emit (call, transaction, file.record, error);
}

/* --- note ------------------------------------------------------------------------------------ */

static gboolean
put_note (GuituCall *call,
          GuituTransaction *transaction,
          GuituRecord *note,
          GError **error)
{
  g_autofree char *now = guitu_now ();

  if (!guitu_record_is_set (note, GUITU_CASE_NOTE_AT))
    guitu_record_set_text (note, GUITU_CASE_NOTE_AT, now);
  guitu_record_set_text (note, GUITU_CASE_NOTE_BY, call->session->id);
  return guitu_record_check_required (note, error) && guitu_transaction_put (transaction, note, error);
}

gboolean
guitu_case_note (GuituCall *call,
                 GuituTransaction *transaction,
                 const char *case_id,
                 const char *kind,
                 const char *text,
                 GError **error)
{
  g_autoptr (GuituRecord) note = guitu_record_new (&guitu_kind_case_note);

  if (!guitu_text_check (&guitu_kind_case_note.fields[GUITU_CASE_NOTE_TEXT], text, error))
    return FALSE;
  guitu_record_set_text (note, GUITU_CASE_NOTE_CASE, case_id);
  guitu_record_set_text (note, GUITU_CASE_NOTE_KIND, kind);
  guitu_record_set_text (note, GUITU_CASE_NOTE_TEXT, text);
  return put_note (call, transaction, note, error);
}

/* A next step has a day by which it is taken, and the day is not over. */
static gboolean
check_next (const GuituRecord *note,
            GError **error)
{
  const char *on = guitu_record_text (note, GUITU_CASE_NOTE_NEXT_ON);
  gboolean has_next = guitu_record_is_set (note, GUITU_CASE_NOTE_NEXT);

  if (has_next && on == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "next_on", "“next_on” is needed: until when the next step is taken");
  if (!has_next && on != NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "next", "“next” is needed: what is to be done next");
  if (on != NULL && strncmp (on, guitu_record_text (note, GUITU_CASE_NOTE_AT), strlen ("YYYY-MM-DD")) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-early", "next_on", "The next step (%s) would be due before the note", on);
  return TRUE;
}

static gboolean
run_note (GuituCall *call,
          GError **error)
{
  static const int taken[] = { GUITU_CASE_NOTE_KIND, GUITU_CASE_NOTE_TEXT, GUITU_CASE_NOTE_NEXT, GUITU_CASE_NOTE_NEXT_ON, GUITU_CASE_NOTE_AT };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) note = guitu_record_new (&guitu_kind_case_note);
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_open_case (call, transaction, &file, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (!guitu_call_take (call, guitu_kind_case_note.fields[taken[i]].name, note, taken[i], error))
      return FALSE;
  if (guitu_record_says (note, GUITU_CASE_NOTE_KIND, GUITU_CASE_NOTE_REOPENED))
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "kind", "A search is taken up again by “case reopen”, which writes this note");
  if (!guitu_record_is_set (note, GUITU_CASE_NOTE_KIND))
    guitu_record_set_text (note, GUITU_CASE_NOTE_KIND, "note");
  guitu_record_set_text (note, GUITU_CASE_NOTE_CASE, guitu_record_id (file.record));
  if (guitu_record_is_set (note, GUITU_CASE_NOTE_AT) && !guitu_time_check (guitu_record_text (note, GUITU_CASE_NOTE_AT), NULL, "at", error))
    return FALSE;
  return put_note (call, transaction, note, error) && check_next (note, error) && guitu_case_put_and_emit (call, transaction, note, error);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

#define CASE_OPTION                                                                                  \
  {                                                                                                  \
    "case", GUITU_OPTION_TEXT, TRUE, "id of the case, or of the person, or id or number of the stay" \
  }

static const GuituOption edit_options[] = {
  CASE_OPTION,
  { "seeks", GUITU_OPTION_TEXT, FALSE, "“identity”, or “kin” when it is known who they are (codes case_seeks)" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay with which it began" },
  { NULL },
};

static const GuituOption assign_options[] = {
  CASE_OPTION,
  { "caseworker", GUITU_OPTION_TEXT, FALSE, "user name of who leads the search" },
  { "member", GUITU_OPTION_TEXT, FALSE, "user name of somebody who helps" },
  { "release", GUITU_OPTION_TEXT, FALSE, "user name of somebody who works on it no longer" },
  { NULL },
};

static const GuituOption note_options[] = {
  CASE_OPTION,
  { "kind", GUITU_OPTION_TEXT, FALSE, "plan, review, interview or note (codes case_note_kind)" },
  { "text", GUITU_OPTION_TEXT, FALSE, "what was planned, found out, said or done" },
  { "next", GUITU_OPTION_TEXT, FALSE, "the next step; it stands until the next note" },
  { "next_on", GUITU_OPTION_TEXT, FALSE, "the day by which it is taken" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when it was (now)" },
  { NULL },
};

const GuituVerb guitu_verb_case_edit = {
  "case edit", "Change what a case looks for, and with which stay it began", GUITU_VERB_WRITES, edit_options, NULL, run_edit
};
const GuituVerb guitu_verb_case_assign = {
  "case assign", "Name who leads the search, and who helps", GUITU_VERB_WRITES, assign_options, NULL, run_assign
};
const GuituVerb guitu_verb_case_note = {
  "case note", "Note a plan, a review, an interview, and the next step", GUITU_VERB_WRITES, note_options, NULL, run_note
};
