/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preparing a notice to find kin: the words that the public is to read wait as a draft until somebody else approves
 * them. What is out stays as it was approved while a new edition waits. */

#include "app/tracing-notice.h"

#include "app/blacklist.h"
#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

/* --- Drafts ---------------------------------------------------------------------------------------- */

static gboolean
refuse_bar (GuituTransaction *transaction,
            const char *person,
            const char *consent,
            const char *field,
            GError **error)
{
  const GuituNoticeBar *bar;

  if (!guitu_notice_bar (transaction, person, consent, &bar, error))
    return FALSE;
  return bar == NULL || guitu_fail (error, GUITU_ERROR_REFUSED, bar->code, field, "%s", bar->message);
}

/* The photo that the option names, or *@photo as it is; none where it is left out. */
static gboolean
take_photo (GuituCall *call,
            GuituTransaction *transaction,
            const char *person,
            char **photo,
            GError **error)
{
  const char *id = guitu_call_text (call, "photo");
  const char *left_out = guitu_call_text (call, "leave_out");
  g_auto (GStrv) names = g_strsplit_set (left_out == NULL ? "" : left_out, " ,", -1);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GuituRecord) file = NULL;

  if (g_strv_contains ((const char *const *) names, "photo"))
    g_clear_pointer (photo, g_free);
  if (id == NULL)
    return TRUE;
  ids = guitu_links_members (transaction, person, error);
  file = ids == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_file, id, error);
  if (file == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (ids, guitu_record_text (file, GUITU_FILE_PERSON), g_str_equal, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "another-person", "photo", "This picture is of somebody else");
  if (!g_str_has_prefix (guitu_record_text (file, GUITU_FILE_MEDIA), "image/"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-an-image", "photo", "This file is no picture");
  g_free (*photo);
  *photo = g_strdup (id);
  return TRUE;
}

/* Draft words wait for somebody else, as a task. */
static gboolean
put_draft (GuituCall *call,
           GuituTransaction *transaction,
           GuituRecord *notice,
           JsonObject *content,
           const char *photo,
           GError **error)
{
  const char *id = guitu_record_id (notice);
  g_autofree char *now = guitu_now ();
  g_autofree char *text = g_strdup_printf ("审核公告%s第%d版", guitu_record_text (notice, GUITU_NOTICE_NUMBER), (int) guitu_record_integer (notice, GUITU_NOTICE_EDITION, 0) + 1);

  guitu_notice_content_write (notice, GUITU_NOTICE_DRAFT, content);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_PHOTO, photo);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_STATE, "waiting");
  guitu_record_set_text (notice, GUITU_NOTICE_PREPARED_BY, call->session->id);
  guitu_record_set_text (notice, GUITU_NOTICE_PREPARED_AT, now);
  if (!guitu_notice_is_out (notice))
    guitu_record_set_text (notice, GUITU_NOTICE_STATE, "draft");
  return guitu_list_tasks_close (transaction, "notice-re", id, call->session->id, error) &&
         guitu_notice_task (transaction, notice, "notice-review", id, now, text, error) && guitu_transaction_put (transaction, notice, error);
}

/* --- A new one --------------------------------------------------------------------------------------- */

static gboolean
give_number (GuituTransaction *transaction,
             GuituRecord *notice,
             GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *number = guitu_number_next (transaction, "notice", "G", today, 4, error);

  guitu_record_set_text (notice, GUITU_NOTICE_NUMBER, number);
  return number != NULL;
}

/* Whom the call means: the person, or that of a case. (transfer full) */
static char *
person_of (GuituCall *call,
           GuituTransaction *transaction,
           GError **error)
{
  const char *id = guitu_call_text (call, "case");
  const char *person = id == NULL ? guitu_call_need (call, "person", error) : NULL;
  g_autoptr (GuituRecord) record = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_case, id, error);

  if (record != NULL)
    person = guitu_record_text (record, GUITU_CASE_PERSON);
  return person == NULL ? NULL : guitu_links_leader (transaction, person, error);
}

/* The open case of the person, where there is one. */
static gboolean
take_case (GuituTransaction *transaction,
           GuituRecord *notice,
           GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), error);
  g_autoptr (GPtrArray) cases = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_case, GUITU_CASE_PERSON, ids, error);

  for (guint i = 0; cases != NULL && i < cases->len; i++)
    if (!guitu_record_is_set (cases->pdata[i], GUITU_CASE_CLOSED_AT))
      {
        guitu_record_set_text (notice, GUITU_NOTICE_CASE, guitu_record_id (cases->pdata[i]));
        break;
      }
  return cases != NULL;
}

/* What the person says of it now, or what they said last: who objected has not agreed because the notice is a new one. */
static gboolean
take_consent (GuituCall *call,
              GuituTransaction *transaction,
              GuituRecord *notice,
              GError **error)
{
  g_autoptr (GPtrArray) former = guitu_notices_of (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), error);

  if (former == NULL)
    return FALSE;
  for (guint i = 0; i < former->len && !guitu_record_is_set (notice, GUITU_NOTICE_CONSENT); i++)
    guitu_record_set_text (notice, GUITU_NOTICE_CONSENT, guitu_record_text (former->pdata[i], GUITU_NOTICE_CONSENT));
  return guitu_call_take (call, "consent", notice, GUITU_NOTICE_CONSENT, error);
}

static GuituRecord *
begin_notice (GuituCall *call,
              GuituTransaction *transaction,
              GError **error)
{
  g_autofree char *person = person_of (call, transaction, error);
  g_autoptr (GuituRecord) notice = NULL;
  g_autoptr (GuituRecord) open = NULL;

  if (person == NULL || !guitu_fence_refuse (call, transaction, person, error))
    return NULL;
  notice = guitu_record_new (&guitu_kind_notice);
  guitu_record_set_text (notice, GUITU_NOTICE_PERSON, person);
  if (!take_consent (call, transaction, notice, error) ||
      !refuse_bar (transaction, person, guitu_record_text (notice, GUITU_NOTICE_CONSENT), "person", error) ||
      !guitu_notice_find_open (transaction, person, &open, error))
    return NULL;
  if (open != NULL)
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "notice-exists", "person", "There is a notice about this person already (%s): change that one, or renew it", guitu_record_text (open, GUITU_NOTICE_NUMBER));
      return NULL;
    }
  guitu_record_set_text (notice, GUITU_NOTICE_STATE, "draft");
  return take_case (transaction, notice, error) && give_number (transaction, notice, error) ? g_steal_pointer (&notice) : NULL;
}

/* What the records tell of the person now. *@photo: (out) (transfer full) (nullable). Returns: (transfer full) */
static JsonObject *
read_records (GuituTransaction *transaction,
              const char *person_id,
              char **photo,
              GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, person_id, error);
  g_autoptr (GuituRecord) stay = NULL;

  if (person == NULL || !guitu_list_newest_stay (transaction, person_id, &stay, error))
    return NULL;
  *photo = g_strdup (guitu_record_text (person, GUITU_PERSON_PHOTO));
  return guitu_notice_content_from (person, stay);
}

static gboolean
run_prepare (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) notice = transaction == NULL ? NULL : begin_notice (call, transaction, error);
  const char *person = notice == NULL ? NULL : guitu_record_text (notice, GUITU_NOTICE_PERSON);
  g_autofree char *photo = NULL;
  g_autoptr (JsonObject) content = person == NULL ? NULL : read_records (transaction, person, &photo, error);

  return content != NULL && guitu_notice_content_take (call, content, error) && take_photo (call, transaction, person, &photo, error) &&
         put_draft (call, transaction, notice, content, photo, error) && guitu_notice_commit (call, transaction, notice, error);
}

/* --- Another wording ----------------------------------------------------------------------------------- */

/* The words to begin with: a draft that waits or was sent back, or what was approved, or the records. */
static JsonObject *
read_words (GuituCall *call,
            GuituTransaction *transaction,
            const GuituRecord *notice,
            char **photo,
            GError **error)
{
  gboolean has_draft = guitu_record_is_set (notice, GUITU_NOTICE_DRAFT);

  if (guitu_call_flag (call, "afresh"))
    return read_records (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), photo, error);
  *photo = g_strdup (guitu_record_text (notice, has_draft ? GUITU_NOTICE_DRAFT_PHOTO : GUITU_NOTICE_PHOTO));
  return guitu_notice_content_read (notice, has_draft ? GUITU_NOTICE_DRAFT : GUITU_NOTICE_CONTENT);
}

static gboolean
is_same (const GuituRecord *notice,
         JsonObject *content,
         const char *photo)
{
  g_autoptr (GuituRecord) other = guitu_record_new (&guitu_kind_notice);

  guitu_notice_content_write (other, GUITU_NOTICE_CONTENT, content);
  return guitu_record_says (notice, GUITU_NOTICE_CONTENT, guitu_record_text (other, GUITU_NOTICE_CONTENT)) && guitu_record_says (notice, GUITU_NOTICE_PHOTO, photo);
}

static GuituRecord *
load_for (GuituCall *call,
          GuituTransaction *transaction,
          gboolean is_out,
          GError **error)
{
  g_autoptr (GuituRecord) notice = guitu_call_notice (call, transaction, error);
  const char *state = notice == NULL ? NULL : guitu_notice_state (notice);

  if (notice == NULL || !refuse_bar (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), guitu_record_text (notice, GUITU_NOTICE_CONSENT), "notice", error))
    return NULL;
  if (guitu_notice_is_out (notice) == is_out && strcmp (state, "withdrawn") != 0)
    return g_steal_pointer (&notice);
  guitu_fail (error, GUITU_ERROR_REFUSED, "notice-state", "notice", "The notice is “%s”; this is for one that is %s", state, is_out ? "published" : "not published yet");
  return NULL;
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) notice = transaction == NULL ? NULL : load_for (call, transaction, FALSE, error);
  g_autofree char *photo = NULL;
  g_autoptr (JsonObject) content = notice == NULL ? NULL : read_words (call, transaction, notice, &photo, error);

  return content != NULL && guitu_notice_content_take (call, content, error) &&
         take_photo (call, transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), &photo, error) &&
         put_draft (call, transaction, notice, content, photo, error) && guitu_notice_commit (call, transaction, notice, error);
}

/* Looked at and found right as it is: that is what the month asks for. Other words or another photo are approved anew. */
static gboolean
run_refresh (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) notice = transaction == NULL ? NULL : load_for (call, transaction, TRUE, error);
  g_autofree char *now = guitu_now ();
  g_autofree char *photo = NULL;
  g_autoptr (JsonObject) content = notice == NULL ? NULL : read_words (call, transaction, notice, &photo, error);

  if (content == NULL || !guitu_notice_content_take (call, content, error) ||
      !take_photo (call, transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), &photo, error))
    return FALSE;
  if (!is_same (notice, content, photo))
    return put_draft (call, transaction, notice, content, photo, error) && guitu_notice_commit (call, transaction, notice, error);
  guitu_record_set_text (notice, GUITU_NOTICE_REFRESHED_AT, now);
  return guitu_transaction_put (transaction, notice, error) && guitu_notice_commit (call, transaction, notice, error);
}

/* --- Verbs ------------------------------------------------------------------------------------------------ */

#define WORDS_OPTIONS                                                                                                                                         \
  { "content", GUITU_OPTION_RECORD, FALSE, "words in the place of those from the records: --set content.LINE=TEXT; the lines are name sex age height health " \
                                           "intellect mental_state marks clothing found_on found_place accent" },                                             \
      { "leave_out", GUITU_OPTION_TEXT, FALSE, "lines that the public does not read, with commas between them; also “photo”" },                               \
  {                                                                                                                                                           \
    "photo", GUITU_OPTION_TEXT, FALSE, "id of a kept picture of the person, in the place of the portrait"                                                     \
  }

static const GuituOption prepare_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "case", GUITU_OPTION_TEXT, FALSE, "id of the case, in the place of the person" },
  { "consent", GUITU_OPTION_TEXT, FALSE, "what the person says of it (codes consent)" },
  WORDS_OPTIONS,
  { NULL },
};

static const GuituOption edit_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  WORDS_OPTIONS,
  { "afresh", GUITU_OPTION_FLAG, FALSE, "begin with what the records tell now" },
  { NULL },
};

const GuituVerb guitu_verb_notice_prepare = {
  "notice prepare", "Prepare a notice to find the kin of somebody whom nobody knows; somebody else approves it", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, prepare_options, NULL, run_prepare
};
const GuituVerb guitu_verb_notice_edit = {
  "notice edit", "Change a notice that is not published yet; it is approved anew", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, NULL, run_edit
};
const GuituVerb guitu_verb_notice_refresh = {
  "notice refresh", "Renew a notice that is out; other words or another photo wait for approval", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, NULL, run_refresh
};
