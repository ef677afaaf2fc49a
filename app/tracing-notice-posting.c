/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other stations see of a notice. All of it is worked out from what the notice says, so that what was left out or
 * reworded for the public is no more exact here; emptied when the notice is withdrawn. */

#include "app/tracing-notice.h"

#include <stdlib.h>
#include <string.h>

/* What leads to the person: the end takes it. */
static const int personal[] = {
  GUITU_POSTING_NAME, GUITU_POSTING_ALIAS, GUITU_POSTING_SEX, GUITU_POSTING_BIRTH_FROM, GUITU_POSTING_BIRTH_TO, GUITU_POSTING_HEIGHT_CM,
  GUITU_POSTING_ACCENT, GUITU_POSTING_MARKS, GUITU_POSTING_CLOTHING, GUITU_POSTING_HEALTH, GUITU_POSTING_FOUND_ON, GUITU_POSTING_FOUND_PLACE
};

/* Two desks that publish the same notice write one posting. (transfer full) */
static char *
id_of_posting (GuituTransaction *transaction,
               const GuituRecord *notice)
{
  g_autofree char *words = guitu_id_from_words (NULL, "posting", guitu_record_id (notice), NULL);

  return guitu_owned_id (&guitu_kind_posting, guitu_transaction_keys (transaction)->station, NULL, words);
}

/* (transfer full) */
static GuituRecord *
begin_posting (GuituTransaction *transaction,
               const GuituRecord *notice,
               GError **error)
{
  g_autofree char *id = id_of_posting (transaction, notice);
  gboolean is_there;

  if (!guitu_record_exists (transaction, &guitu_kind_posting, id, &is_there, error))
    return NULL;
  return is_there ? guitu_record_load (transaction, &guitu_kind_posting, id, error)
                  : guitu_record_new_owned (&guitu_kind_posting, guitu_transaction_keys (transaction)->station, NULL, id);
}

static const char *
text_of (JsonObject *content,
         const char *key)
{
  return json_object_get_string_member_with_default (content, key, NULL);
}

/* Years before @date, and days after that. (transfer full) */
static char *
years_before (const char *date,
              int years,
              int days)
{
  GDate day;
  char text[16];

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) atoi (date + 8), (GDateMonth) atoi (date + 5), (GDateYear) atoi (date));
  g_date_subtract_years (&day, (guint) years);
  g_date_add_days (&day, (guint) days);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &day);
  return g_strdup (text);
}

/* As of the day on which the words were approved: somebody of 45 was born within that year. */
static void
set_birth (GuituRecord *posting,
           JsonObject *content,
           const char *on)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  int least, greatest;

  if (guitu_notice_ages (content, &least, &greatest))
    {
      from = years_before (on, greatest + 1, 1);
      to = years_before (on, least, 0);
    }
  guitu_record_set_text (posting, GUITU_POSTING_BIRTH_FROM, from);
  guitu_record_set_text (posting, GUITU_POSTING_BIRTH_TO, to);
}

static void
set_height (GuituRecord *posting,
            const char *text)
{
  const char *digits = text == NULL ? NULL : strpbrk (text, "0123456789");
  int height = digits == NULL ? 0 : atoi (digits);

  if (height > 0)
    guitu_record_set_integer (posting, GUITU_POSTING_HEIGHT_CM, height);
  else
    guitu_record_set_text (posting, GUITU_POSTING_HEIGHT_CM, NULL);
}

/* The code of “health” that the official words stand for: the condition of the mind before that of the body. */
static const char *
health_of (JsonObject *content)
{
  static const char *const lines[][2] = { { "mental_state", "notice_mental" }, { "intellect", "notice_intellect" }, { "health", "notice_health" } };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *text = text_of (content, lines[i][0]);
      const GuituCode *code = text == NULL ? NULL : guitu_codes_parse (lines[i][1], text);

      if (code != NULL && guitu_codes_find ("health", code->code) != NULL)
        return code->code;
    }
  return NULL;
}

static void
take_content (GuituRecord *posting,
              JsonObject *content,
              const char *on)
{
  static const struct
  {
    int field;
    const char *key;
  } texts[] = {
    { GUITU_POSTING_ACCENT, "accent" },
    { GUITU_POSTING_MARKS, "marks" },
    { GUITU_POSTING_CLOTHING, "clothing" },
    { GUITU_POSTING_FOUND_ON, "found_on" },
    { GUITU_POSTING_FOUND_PLACE, "found_place" },
  };
  const char *name = text_of (content, "name");
  const char *sex = text_of (content, "sex");
  const GuituCode *code = sex == NULL ? NULL : guitu_codes_parse ("sex", sex);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    guitu_record_set_text (posting, texts[i].field, text_of (content, texts[i].key));
  guitu_record_set_text (posting, GUITU_POSTING_NAME, g_strcmp0 (name, GUITU_NOTICE_NAMELESS) == 0 ? NULL : name);
  guitu_record_set_text (posting, GUITU_POSTING_SEX, code == NULL ? NULL : code->code);
  guitu_record_set_text (posting, GUITU_POSTING_HEALTH, health_of (content));
  set_birth (posting, content, on);
  set_height (posting, text_of (content, "height"));
}

gboolean
guitu_posting_publish (GuituStore *store,
                       GuituTransaction *transaction,
                       GuituRecord *notice,
                       GError **error)
{
  g_autoptr (GuituRecord) posting = begin_posting (transaction, notice, error);
  g_autoptr (JsonObject) content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  g_autoptr (GBytes) photo = guitu_file_small_photo (store, transaction, guitu_record_text (notice, GUITU_NOTICE_PHOTO));
  g_autofree char *now = guitu_now ();

  if (posting == NULL)
    return FALSE;
  guitu_record_set_text (notice, GUITU_NOTICE_POSTING, guitu_record_id (posting));
  guitu_record_set_text (posting, GUITU_POSTING_NUMBER, guitu_record_text (notice, GUITU_NOTICE_NUMBER));
  guitu_record_set_text (posting, GUITU_POSTING_STATE, "published");
  guitu_record_set_text (posting, GUITU_POSTING_AT, now);
  guitu_record_set_bytes (posting, GUITU_POSTING_PHOTO, photo);
  take_content (posting, content, guitu_record_text (notice, GUITU_NOTICE_APPROVED_AT));
  return guitu_transaction_put (transaction, posting, error);
}

/* *@posting is %NULL where nobody saw one, or it has not come to this desk. */
static gboolean
find_posting (GuituTransaction *transaction,
              const GuituRecord *notice,
              GuituRecord **posting,
              GError **error)
{
  const char *id = guitu_record_text (notice, GUITU_NOTICE_POSTING);

  *posting = NULL;
  return id == NULL || guitu_record_load_if_there (transaction, &guitu_kind_posting, id, posting, error);
}

static gboolean
names_somebody (const GuituRecord *posting)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (guitu_record_is_set (posting, personal[i]))
      return TRUE;
  return guitu_record_is_set (posting, GUITU_POSTING_PHOTO) || !guitu_record_says (posting, GUITU_POSTING_STATE, "withdrawn");
}

gboolean
guitu_posting_end (GuituTransaction *transaction,
                   const GuituRecord *notice,
                   GError **error)
{
  g_autoptr (GuituRecord) posting = NULL;
  g_autofree char *now = guitu_now ();

  if (!find_posting (transaction, notice, &posting, error))
    return FALSE;
  if (posting == NULL || !names_somebody (posting))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    guitu_record_set_text (posting, personal[i], NULL);
  guitu_record_set_bytes (posting, GUITU_POSTING_PHOTO, NULL);
  guitu_record_set_text (posting, GUITU_POSTING_STATE, "withdrawn");
  guitu_record_set_text (posting, GUITU_POSTING_AT, now);
  return guitu_transaction_put (transaction, posting, error);
}

gboolean
guitu_posting_is_over (GuituTransaction *transaction,
                       const GuituRecord *notice,
                       gboolean *is_over,
                       GError **error)
{
  g_autoptr (GuituRecord) posting = NULL;

  *is_over = FALSE;
  if (!guitu_record_is_set (notice, GUITU_NOTICE_WITHDRAWN_AT))
    return TRUE;
  if (!find_posting (transaction, notice, &posting, error))
    return FALSE;
  *is_over = posting != NULL && names_somebody (posting);
  return TRUE;
}

GPtrArray *
guitu_postings_find_over (GuituTransaction *transaction,
                          GError **error)
{
  const GuituQuery ours = { .conditions = { { GUITU_POSTING_STATION, GUITU_EQUAL, guitu_transaction_keys (transaction)->station } }, .without_bytes = TRUE };
  g_autoptr (GPtrArray) postings = guitu_records_find (transaction, &guitu_kind_posting, &ours, error);
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; postings != NULL && i < postings->len && failure == NULL; i++)
    {
      g_autoptr (GuituRecord) notice = names_somebody (postings->pdata[i]) ? guitu_record_find_one (transaction, &guitu_kind_notice, GUITU_NOTICE_POSTING, guitu_record_id (postings->pdata[i]), &failure)
                                                                           : NULL;

      if (notice != NULL && guitu_record_is_set (notice, GUITU_NOTICE_WITHDRAWN_AT))
        g_ptr_array_add (over, g_steal_pointer (&notice));
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return postings == NULL || failure != NULL ? NULL : g_steal_pointer (&over);
}
