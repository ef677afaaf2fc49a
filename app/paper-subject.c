/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a paper is about: a stay, a way home, a shift, or the house. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/tracing-notice.h"

#include <string.h>

void
guitu_paper_subject_clear (GuituPaperSubject *subject)
{
  g_clear_pointer (&subject->station, guitu_record_free);
  g_clear_pointer (&subject->person, guitu_record_free);
  g_clear_pointer (&subject->stay, guitu_record_free);
  g_clear_pointer (&subject->transfer, guitu_record_free);
  g_clear_pointer (&subject->to_station, guitu_record_free);
  g_clear_pointer (&subject->photo, guitu_record_free);
  g_clear_pointer (&subject->shift, guitu_record_free);
  g_clear_pointer (&subject->typed, json_object_unref);
  g_clear_pointer (&subject->answers, g_free);
}

static gboolean
load_person (GuituPaperSubject *subject,
             GuituTransaction *transaction,
             const char *person,
             GError **error)
{
  const char *photo;

  subject->person = guitu_person_effective (transaction, person, error);
  photo = subject->person == NULL ? NULL : guitu_record_text (subject->person, GUITU_PERSON_PHOTO);
  if (photo == NULL)
    return subject->person != NULL;
  subject->photo = guitu_record_load (transaction, &guitu_kind_file, photo, error);
  return subject->photo != NULL;
}

static gboolean
load_stay (GuituPaperSubject *subject,
           GuituTransaction *transaction,
           const char *stay,
           GError **error)
{
  subject->stay = guitu_stay_find (transaction, stay, error);
  return subject->stay != NULL && load_person (subject, transaction, guitu_record_text (subject->stay, GUITU_STAY_PERSON), error);
}

static gboolean
load_transfer (GuituPaperSubject *subject,
               GuituTransaction *transaction,
               const char *transfer,
               GError **error)
{
  const char *to_station;

  subject->transfer = guitu_record_load (transaction, &guitu_kind_transfer, transfer, error);
  if (subject->transfer == NULL)
    return FALSE;
  to_station = guitu_record_text (subject->transfer, GUITU_TRANSFER_TO_STATION);
  if (to_station != NULL)
    subject->to_station = guitu_known_station (transaction, to_station);
  return load_stay (subject, transaction, guitu_record_text (subject->transfer, GUITU_TRANSFER_STAY), error);
}

static gboolean
begin (GuituPaperSubject *subject,
       GuituCall *call,
       GuituTransaction *transaction,
       GError **error)
{
  subject->call = call;
  if (subject->typed == NULL)
    subject->typed = json_object_new ();
  subject->station = guitu_own_station (transaction, error);
  return subject->station != NULL;
}

gboolean
guitu_paper_subject_load_person (GuituPaperSubject *subject,
                                 GuituCall *call,
                                 GuituTransaction *transaction,
                                 const char *person,
                                 GError **error)
{
  return begin (subject, call, transaction, error) && load_person (subject, transaction, person, error);
}

gboolean
guitu_paper_subject_load (GuituPaperSubject *subject,
                          GuituCall *call,
                          GuituTransaction *transaction,
                          const char *kind,
                          const char *id,
                          GError **error)
{
  if (!begin (subject, call, transaction, error))
    return FALSE;
  switch (guitu_paper_kind (kind)->about)
    {
    case GUITU_PAPER_OF_STAY:
      return load_stay (subject, transaction, id, error) && guitu_notice_paper_photo (transaction, kind, subject, error);
    case GUITU_PAPER_OF_TRANSFER:
      return load_transfer (subject, transaction, id, error);
    case GUITU_PAPER_OF_SHIFT:
      subject->shift = guitu_record_load (transaction, &guitu_kind_shift, id, error);
      return subject->shift != NULL;
    case GUITU_PAPER_OF_FILE:
      return id == NULL || load_stay (subject, transaction, id, error);
    case GUITU_PAPER_OF_HOUSE:
    case GUITU_PAPER_OF_RECEIPT:
    default:
      return TRUE;
    }
}

/* The way home that was planned last for a stay and not given up. (transfer full) */
static char *
last_transfer (GuituTransaction *transaction,
               const char *stay_text,
               GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_stay_find (transaction, stay_text, error);
  GuituQuery query = { .conditions = { { GUITU_TRANSFER_STAY, GUITU_EQUAL, stay == NULL ? NULL : guitu_record_id (stay) } }, .descending = TRUE };
  g_autoptr (GPtrArray) transfers = stay == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_transfer, &query, error);

  if (transfers == NULL)
    return NULL;
  for (guint i = 0; i < transfers->len; i++)
    if (!guitu_record_says (transfers->pdata[i], GUITU_TRANSFER_STATE, "cancelled"))
      return g_strdup (guitu_record_id (transfers->pdata[i]));
  guitu_fail (error, GUITU_ERROR_INVALID, "missing", "transfer", "“transfer” is needed: no way home is planned for the stay %s",
              guitu_record_text (stay, GUITU_STAY_NUMBER));
  return NULL;
}

/* The shift that the call names, or the last one that was handed over. (transfer full) */
static char *
named_shift (GuituCall *call,
             GuituTransaction *transaction,
             GError **error)
{
  const char *id = guitu_call_text (call, "shift");
  const GuituQuery newest = { .is_ordered = TRUE, .order_by = GUITU_SHIFT_HANDED_AT, .descending = TRUE, .limit = 1 };
  g_autoptr (GPtrArray) shifts = id != NULL ? NULL : guitu_records_find (transaction, &guitu_kind_shift, &newest, error);

  if (id != NULL)
    return g_strdup (id);
  if (shifts != NULL && shifts->len == 0)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "shift", "No shift was handed over yet");
  return shifts == NULL || shifts->len == 0 ? NULL : g_strdup (guitu_record_id (shifts->pdata[0]));
}

/* What a paper is not about can't be meant: nobody gets a paper about somebody else. */
static gboolean
check_options (GuituCall *call,
               const char *kind,
               GError **error)
{
  static const struct
  {
    const char *option;
    guint about; /* bits of GuituPaperAbout */
  } options[] = {
    { "stay", 1 << GUITU_PAPER_OF_STAY | 1 << GUITU_PAPER_OF_TRANSFER },
    { "transfer", 1 << GUITU_PAPER_OF_TRANSFER },
    { "shift", 1 << GUITU_PAPER_OF_SHIFT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (guitu_call_text (call, options[i].option) != NULL && (options[i].about & 1 << guitu_paper_kind (kind)->about) == 0)
      return guitu_fail (error, GUITU_ERROR_INVALID, "not-applicable", options[i].option, "“%s” is no matter of the paper “%s”", options[i].option,
                         guitu_form_title (guitu_form_find (kind)));
  return TRUE;
}

/* Where both are named, the way home must be that of the stay. */
static gboolean
check_same_stay (GuituPaperSubject *subject,
                 GuituCall *call,
                 GuituTransaction *transaction,
                 GError **error)
{
  const char *text = guitu_call_text (call, "stay");
  g_autoptr (GuituRecord) stay = NULL;

  if (text == NULL || subject->transfer == NULL)
    return TRUE;
  stay = guitu_stay_find (transaction, text, error);
  if (stay == NULL)
    return FALSE;
  return strcmp (guitu_record_id (stay), guitu_record_id (subject->stay)) == 0 ||
         guitu_fail (error, GUITU_ERROR_INVALID, "another-stay", "transfer", "This way home is not that of the stay %s", guitu_record_text (stay, GUITU_STAY_NUMBER));
}

static gboolean
read_subject (GuituPaperSubject *subject,
              GuituCall *call,
              GuituTransaction *transaction,
              const char *kind,
              GError **error)
{
  GuituPaperAbout about = guitu_paper_kind (kind)->about;
  const char *transfer = guitu_call_text (call, "transfer");
  const char *stay = NULL;
  g_autofree char *id = NULL;

  if (about == GUITU_PAPER_OF_RECEIPT)
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-kind", "kind", "A receipt is made by “paper accept”, from the seal of what it accepts");
  if (!check_options (call, kind, error))
    return FALSE;
  if (about == GUITU_PAPER_OF_HOUSE)
    return guitu_paper_subject_load (subject, call, transaction, kind, NULL, error);
  if (about == GUITU_PAPER_OF_SHIFT)
    id = named_shift (call, transaction, error);
  else if (about == GUITU_PAPER_OF_TRANSFER && (transfer != NULL || guitu_call_text (call, "stay") == NULL))
    id = g_strdup (guitu_call_need (call, "transfer", error));
  else
    stay = guitu_call_need (call, "stay", error);
  if (stay != NULL)
    id = about == GUITU_PAPER_OF_TRANSFER ? last_transfer (transaction, stay, error) : g_strdup (stay);
  return id != NULL && guitu_paper_subject_load (subject, call, transaction, kind, id, error) && check_same_stay (subject, call, transaction, error);
}

gboolean
guitu_paper_subject_read (GuituPaperSubject *subject,
                          GuituCall *call,
                          GuituTransaction *transaction,
                          const GuituForm *form,
                          GError **error)
{
  return read_subject (subject, call, transaction, guitu_form_kind (form), error) &&
         (subject->stay == NULL || guitu_fence_refuse_stay (call, transaction, subject->stay, error));
}

gboolean
guitu_paper_subject_of (GuituPaperSubject *subject,
                        GuituCall *call,
                        GuituTransaction *transaction,
                        const GuituRecord *paper,
                        GError **error)
{
  const int about[] = { GUITU_PAPER_TRANSFER, GUITU_PAPER_STAY, GUITU_PAPER_SHIFT };
  const char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (about) && id == NULL; i++)
    id = guitu_record_text (paper, about[i]);
  subject->typed = guitu_paper_typed_of (paper);
  subject->answers = g_strdup (guitu_record_text (paper, GUITU_PAPER_ANSWERS));
  return guitu_paper_subject_load (subject, call, transaction, guitu_record_text (paper, GUITU_PAPER_KIND), id, error) &&
         (subject->stay == NULL || guitu_fence_refuse_stay (call, transaction, subject->stay, error));
}

void
guitu_paper_subject_put (const GuituPaperSubject *subject,
                         GuituRecord *paper)
{
  const struct
  {
    int field;
    const GuituRecord *record;
  } about[] = {
    { GUITU_PAPER_STAY, subject->stay },
    { GUITU_PAPER_TRANSFER, subject->transfer },
    { GUITU_PAPER_PHOTO, subject->photo },
    { GUITU_PAPER_SHIFT, subject->shift },
  };

  for (guint i = 0; i < G_N_ELEMENTS (about); i++)
    if (about[i].record != NULL)
      guitu_record_set_text (paper, about[i].field, guitu_record_id (about[i].record));
}
