/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notices that must end for what other desks wrote, or that ended while another desk still wrote what others see. Only
 * what came since is looked at, so that thousands of notices cost nothing; all of them where too much came to be read
 * one by one, and where a desk ended, which makes rows anew that no entry names. */

#include "app/tracing-notice.h"

#include "app/links.h"
#include "db/news.h"

#define READER "notices"
#define ACT "notices settle"
#define MOST_NEWS 2000 /* entries read one by one */
#define LAG 64         /* entries without an end, for which no mark is written */

typedef struct
{
  GuituTransaction *transaction;
  GHashTable *seen;    /* ids of persons */
  GHashTable *persons; /* ids of those with a notice that must end */
  GHashTable *over;    /* ids of notices that ended, and whose posting still tells of somebody */
} Settling;

static void
settling_init (Settling *settling,
               GuituTransaction *transaction)
{
  settling->transaction = transaction;
  settling->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  settling->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  settling->over = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
settling_clear (Settling *settling)
{
  g_clear_pointer (&settling->seen, g_hash_table_unref);
  g_clear_pointer (&settling->persons, g_hash_table_unref);
  g_clear_pointer (&settling->over, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settling, settling_clear)

/* --- What is looked at --------------------------------------------------------------------------- */

static gboolean
look_at_notice (Settling *settling,
                const GuituRecord *notice,
                GError **error)
{
  gboolean is_over;
  const char *as;

  if (guitu_record_is_set (notice, GUITU_NOTICE_WITHDRAWN_AT))
    {
      if (!guitu_posting_is_over (settling->transaction, notice, &is_over, error))
        return FALSE;
      if (is_over)
        g_hash_table_add (settling->over, g_strdup (guitu_record_id (notice)));
      return TRUE;
    }
  if (!guitu_notice_find_end (settling->transaction, notice, &as, error))
    return FALSE;
  if (as != NULL)
    g_hash_table_add (settling->persons, g_strdup (guitu_record_text (notice, GUITU_NOTICE_PERSON)));
  return TRUE;
}

static gboolean
look_at_person (Settling *settling,
                const char *person,
                GError **error)
{
  g_autoptr (GPtrArray) notices = NULL;

  if (person == NULL || !g_hash_table_add (settling->seen, g_strdup (person)))
    return TRUE;
  notices = guitu_notices_of (settling->transaction, person, error);
  for (guint i = 0; notices != NULL && i < notices->len; i++)
    if (!guitu_record_is_set (notices->pdata[i], GUITU_NOTICE_WITHDRAWN_AT) && !look_at_notice (settling, notices->pdata[i], error))
      return FALSE;
  return notices != NULL;
}

static gboolean
look_at_each (Settling *settling,
              const GuituQuery *query,
              GError **error)
{
  g_autoptr (GPtrArray) notices = guitu_records_find (settling->transaction, &guitu_kind_notice, query, error);

  for (guint i = 0; notices != NULL && i < notices->len; i++)
    if (!look_at_notice (settling, notices->pdata[i], error))
      return FALSE;
  return notices != NULL;
}

/* An objection counts from the day on which its person is of age, which nobody writes. */
static gboolean
look_at_objections (Settling *settling,
                    GError **error)
{
  const GuituQuery objected = { .conditions = { { GUITU_NOTICE_WITHDRAWN_AT, GUITU_UNSET, NULL }, { GUITU_NOTICE_CONSENT, GUITU_EQUAL, "objects" } } };

  return look_at_each (settling, &objected, error);
}

static gboolean
look_at_all (Settling *settling,
             GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_NOTICE_WITHDRAWN_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) over = NULL;

  if (!look_at_each (settling, &open, error))
    return FALSE;
  over = guitu_postings_find_over (settling->transaction, error);
  for (guint i = 0; over != NULL && i < over->len; i++)
    g_hash_table_add (settling->over, g_strdup (guitu_record_id (over->pdata[i])));
  return over != NULL;
}

/* Kinds from which the end of a notice follows, and the fields that lead to its person. */
static const struct
{
  const GuituKind *kind;
  int persons[2]; /* -1: none */
} kinds_of_persons[] = {
  { &guitu_kind_stay, { GUITU_STAY_PERSON, -1 } },
  { &guitu_kind_case, { GUITU_CASE_PERSON, -1 } },
  { &guitu_kind_person_link, { GUITU_PERSON_LINK_PERSON, GUITU_PERSON_LINK_OTHER } },
};

static gboolean
look_at_persons_of (Settling *settling,
                    const GuituRecord *record,
                    GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds_of_persons); i++)
    for (guint j = 0; j < G_N_ELEMENTS (kinds_of_persons[i].persons); j++)
      if (kinds_of_persons[i].kind == guitu_record_kind (record) && kinds_of_persons[i].persons[j] >= 0 &&
          !look_at_person (settling, guitu_record_text (record, kinds_of_persons[i].persons[j]), error))
        return FALSE;
  return TRUE;
}

static gboolean
look_at_item (Settling *settling,
              const GuituNewsItem *item,
              GError **error)
{
  g_autoptr (GuituRecord) record = NULL;
  g_autoptr (GError) failure = NULL;

  if (item->kind == &guitu_kind_person)
    return look_at_person (settling, item->id, error);
  if (item->kind == &guitu_kind_posting)
    record = guitu_record_find_one (settling->transaction, &guitu_kind_notice, GUITU_NOTICE_POSTING, item->id, &failure);
  else
    guitu_record_load_if_there (settling->transaction, item->kind, item->id, &record, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  return guitu_record_kind (record) == &guitu_kind_notice ? look_at_notice (settling, record, error) : look_at_persons_of (settling, record, error);
}

static gboolean
names_all (const GuituNews *news)
{
  for (guint i = 0; i < news->items->len; i++)
    if (((const GuituNewsItem *) news->items->pdata[i])->kind == &guitu_kind_desk_end)
      return TRUE;
  return !news->is_complete;
}

static gboolean
look (Settling *settling,
      const GuituNews *news,
      GError **error)
{
  if (names_all (news))
    return look_at_all (settling, error);
  for (guint i = 0; i < news->items->len; i++)
    if (!look_at_item (settling, news->items->pdata[i], error))
      return FALSE;
  return look_at_objections (settling, error);
}

/* --- Writing ------------------------------------------------------------------------------------- */

static gboolean
settle (Settling *settling,
        GuituTransaction *transaction,
        GError **error)
{
  GHashTableIter iterator;
  gpointer id;

  g_hash_table_iter_init (&iterator, settling->persons);
  while (g_hash_table_iter_next (&iterator, &id, NULL))
    if (!guitu_notices_recheck (transaction, id, error))
      return FALSE;
  g_hash_table_iter_init (&iterator, settling->over);
  while (g_hash_table_iter_next (&iterator, &id, NULL))
    {
      g_autoptr (GuituRecord) notice = guitu_record_load (transaction, &guitu_kind_notice, id, error);

      if (notice == NULL || !guitu_notice_end (transaction, notice, guitu_record_text (notice, GUITU_NOTICE_WITHDRAWN_AS), guitu_record_text (notice, GUITU_NOTICE_WITHDRAWN_TEXT), guitu_record_text (notice, GUITU_NOTICE_WITHDRAWN_BY), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_notices (GuituTransaction *transaction,
             gboolean *has,
             GError **error)
{
  const GuituQuery any = { .limit = 1 };
  g_autoptr (GPtrArray) notices = guitu_records_find (transaction, &guitu_kind_notice, &any, error);

  *has = notices != NULL && notices->len > 0;
  return notices != NULL;
}

/* Where there is no notice nothing is read and no mark written: with the first one, all that came before counts as too much. */
gboolean
guitu_notices_settle (GuituStore *store,
                      GError **error)
{
  static const GuituKind *const kinds[] = { &guitu_kind_person, &guitu_kind_stay, &guitu_kind_case, &guitu_kind_person_link,
                                            &guitu_kind_notice, &guitu_kind_posting, &guitu_kind_desk_end, NULL };
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituNews) news = NULL;
  g_auto (Settling) settling = { 0 };
  gboolean has;

  if (reading == NULL || !has_notices (reading, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  settling_init (&settling, reading);
  news = guitu_news_read (reading, READER, kinds, MOST_NEWS, error);
  if (news == NULL || !look (&settling, news, error))
    return FALSE;
  if (g_hash_table_size (settling.persons) + g_hash_table_size (settling.over) == 0 && !names_all (news) && news->until - news->from < LAG)
    return TRUE;
  g_clear_pointer (&reading, guitu_transaction_free);
  transaction = guitu_store_write (store, NULL, ACT, error);
  return transaction != NULL && settle (&settling, transaction, error) && guitu_news_note (transaction, READER, news->until, error) &&
         guitu_transaction_commit (transaction, error);
}
