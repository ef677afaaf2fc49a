/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The poster (寻亲公告 as a paper): it prints what was approved, nothing else, with a code that leads to the page of the
 * notice, or where the station has none, calls its telephone. */

#include "app/tracing-notice.h"

#include "app/rules.h"

#include <string.h>

#define KIND "tracing-notice"
#define LEFT_OUT "—" /* nothing is to be added there by hand */

char *
guitu_notice_web_address (void)
{
  g_autofree char *today = guitu_today ();
  const GuituRule *rule = guitu_rules_find ("notice_web_address", today);

  if (rule == NULL || rule->value[0] == '\0')
    return NULL;
  return g_str_has_suffix (rule->value, "/") ? g_strdup (rule->value) : g_strconcat (rule->value, "/", NULL);
}

char *
guitu_notice_page_name (const GuituRecord *notice)
{
  return g_strdup_printf ("notice-%s.html", guitu_record_text (notice, GUITU_NOTICE_NUMBER));
}

/* *@notice: the one whose words somebody approved, or %NULL. */
static gboolean
find_approved (GuituTransaction *transaction,
               const char *person,
               GuituRecord **notice,
               GError **error)
{
  if (!guitu_notice_find_open (transaction, person, notice, error))
    return FALSE;
  if (*notice != NULL && !guitu_record_is_set (*notice, GUITU_NOTICE_CONTENT))
    g_clear_pointer (notice, guitu_record_free);
  return TRUE;
}

gboolean
guitu_notice_paper_check (GuituTransaction *transaction,
                          const char *kind,
                          const GuituRecord *person,
                          GError **error)
{
  g_autoptr (GuituRecord) notice = NULL;
  const GuituNoticeBar *bar;

  if (strcmp (kind, KIND) != 0 || person == NULL)
    return TRUE;
  if (!guitu_notice_bar (transaction, guitu_record_id (person), NULL, &bar, error) || !find_approved (transaction, guitu_record_id (person), &notice, error))
    return FALSE;
  if (bar != NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, bar->code, "stay", "%s", bar->message);
  return notice != NULL || guitu_fail (error, GUITU_ERROR_REFUSED, "notice-not-approved", "stay", "A poster prints what somebody else has approved: prepare the notice (“notice prepare”), and have it reviewed");
}

gboolean
guitu_notice_paper_photo (GuituTransaction *transaction,
                          const char *kind,
                          GuituPaperSubject *subject,
                          GError **error)
{
  g_autoptr (GuituRecord) notice = NULL;
  const char *photo;

  if (strcmp (kind, KIND) != 0 || subject->person == NULL)
    return TRUE;
  g_clear_pointer (&subject->photo, guitu_record_free);
  if (!find_approved (transaction, guitu_record_id (subject->person), &notice, error))
    return FALSE;
  photo = notice == NULL ? NULL : guitu_record_text (notice, GUITU_NOTICE_PHOTO);
  if (photo != NULL)
    subject->photo = guitu_record_load (transaction, &guitu_kind_file, photo, error);
  return photo == NULL || subject->photo != NULL;
}

/* “020-1234 5678” as a telephone dials it. (transfer full) (nullable) */
static char *
call_of (const GuituRecord *station)
{
  const char *phone = guitu_record_text (station, GUITU_STATION_PHONE);
  g_autoptr (GString) digits = g_string_new ("tel:");

  for (const char *p = phone; p != NULL && *p != '\0' && *p != ',' && *p != ';' && *p != '/'; p++)
    if (g_ascii_isdigit (*p) || *p == '+')
      g_string_append_c (digits, *p);
  return digits->len > strlen ("tel:") ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

void
guitu_notice_paper_set (JsonObject *fields,
                        JsonObject *content,
                        const GuituRecord *notice,
                        const GuituRecord *station)
{
  g_autofree char *address = guitu_notice_web_address ();
  g_autofree char *page = notice == NULL ? NULL : guitu_notice_page_name (notice);
  g_autofree char *link = notice == NULL ? NULL : address != NULL ? g_strconcat (address, page, NULL)
                                                                  : call_of (station);

  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      g_autofree char *text = guitu_notice_text_of (content, line->key);

      json_object_remove_member (fields, line->paper);
      if (text != NULL || notice != NULL)
        json_object_set_string_member (fields, line->paper, text == NULL ? LEFT_OUT : text);
    }
  if (link != NULL)
    json_object_set_string_member (fields, "tracing.link", link);
  if (notice != NULL)
    json_object_set_string_member (fields, "tracing.number", guitu_record_text (notice, GUITU_NOTICE_NUMBER));
}

gboolean
guitu_notice_paper_collect (JsonObject *fields,
                            const char *kind,
                            GuituTransaction *transaction,
                            const GuituPaperSubject *subject,
                            GError **error)
{
  g_autoptr (GuituRecord) notice = NULL;
  g_autoptr (JsonObject) content = NULL;

  if (strcmp (kind, KIND) != 0 || subject->person == NULL)
    return TRUE;
  if (!find_approved (transaction, guitu_record_id (subject->person), &notice, error))
    return FALSE;
  content = notice == NULL ? json_object_new () : guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  guitu_notice_paper_set (fields, content, notice, subject->station);
  return TRUE;
}
