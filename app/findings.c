/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Matching of what is new with what is searched for. It reads beside everybody else and writes only where something
 * fits; the mark up to which the ledger was read is written with it, so that a program that ends in between does the
 * same again, and nothing is passed over. */

#include "app/findings.h"

#include "app/links.h"
#include "app/missing.h"
#include "app/rules.h"
#include "db/id.h"

#include <math.h>
#include <string.h>

#define READER "findings"
#define ACT "finding sync"
#define MOST_NEWS 2000 /* entries read one by one; beyond, all reports are matched */
#define LAG 64         /* entries without anything to match, for which no mark is written */
#define LIKENESSES_READ 20
#define BETTER 500 /* 1/1,000 bit by which a score must grow to be written again */

double
guitu_finding_least (void)
{
  g_autofree char *today = guitu_today ();

  return (double) guitu_rules_integer ("finding_per_mille", today) / 1000;
}

/* --- What fits ----------------------------------------------------------------------------------- */

/* One side is a person of ours, or a report of ours; the other a report of ours, or what another station shares. */
typedef struct
{
  char *person;
  char *missing;
  char *other;
  GuituLikeness *likeness; /* of `likenesses` */
  gboolean is_turned;      /* compared from the side of the report */
} Proposal;

typedef struct
{
  GuituTransaction *transaction;
  GHashTable *persons;   /* ids of records that are to be matched */
  GHashTable *reports;   /* id -> kind */
  GPtrArray *proposals;  /* Proposal */
  GPtrArray *likenesses; /* arrays of GuituLikeness */
  double least;
  gboolean has_matched;
} Matching;

static void
proposal_free (gpointer data)
{
  Proposal *proposal = data;

  g_free (proposal->person);
  g_free (proposal->missing);
  g_free (proposal->other);
  g_free (proposal);
}

static void
matching_init (Matching *matching,
               GuituTransaction *transaction)
{
  *matching = (Matching){ .transaction = transaction, .least = guitu_finding_least () };
  matching->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  matching->reports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  matching->proposals = g_ptr_array_new_with_free_func (proposal_free);
  matching->likenesses = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static void
matching_clear (Matching *matching)
{
  g_clear_pointer (&matching->persons, g_hash_table_unref);
  g_clear_pointer (&matching->reports, g_hash_table_unref);
  g_clear_pointer (&matching->proposals, g_ptr_array_unref);
  g_clear_pointer (&matching->likenesses, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matching, matching_clear)

static gboolean
is_of_another_station (GuituTransaction *transaction,
                       const GuituRecord *record)
{
  int field = guitu_kind_field (guitu_record_kind (record), "station");

  return !guitu_record_says (record, field, guitu_transaction_keys (transaction)->station);
}

static gboolean
name_side (Proposal *proposal,
           GuituTransaction *transaction,
           const GuituRecord *record,
           GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);

  if (kind == &guitu_kind_person)
    proposal->person = guitu_links_leader (transaction, guitu_record_id (record), error);
  else if (kind == &guitu_kind_missing)
    proposal->missing = g_strdup (guitu_record_id (record));
  else
    proposal->other = g_strdup (guitu_record_id (record));
  return kind != &guitu_kind_person || proposal->person != NULL;
}

/* Matches one record with all of those kinds. */
static gboolean
match_with (Matching *matching,
            const GuituRecord *record,
            const GuituKind *const *kinds,
            GError **error)
{
  gboolean is_turned = guitu_record_kind (record) != &guitu_kind_person && kinds[0] != &guitu_kind_posting;
  GPtrArray *likenesses = guitu_records_match (matching->transaction, record, kinds, matching->least, LIKENESSES_READ, error);

  matching->has_matched = TRUE;
  if (likenesses == NULL)
    return FALSE;
  g_ptr_array_add (matching->likenesses, likenesses);
  for (guint i = 0; i < likenesses->len; i++)
    {
      GuituLikeness *likeness = likenesses->pdata[i];
      const GuituKind *kind = guitu_record_kind (likeness->person);
      Proposal *proposal;

      if (kind->scope == GUITU_SCOPE_SHARED && !is_of_another_station (matching->transaction, likeness->person))
        continue;
      if (!guitu_missing_weigh_time (matching->transaction, record, likeness, error))
        return FALSE;
      if (likeness->probability < matching->least)
        continue;
      proposal = g_new0 (Proposal, 1);
      proposal->likeness = likeness;
      proposal->is_turned = is_turned;
      g_ptr_array_add (matching->proposals, proposal);
      if (!name_side (proposal, matching->transaction, record, error) || !name_side (proposal, matching->transaction, likeness->person, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
match_person (Matching *matching,
              const char *id,
              GError **error)
{
  static const GuituKind *const kinds[] = { &guitu_kind_missing, &guitu_kind_sought, NULL };
  g_autoptr (GuituRecord) person = NULL;

  if (!guitu_record_load_if_there (matching->transaction, &guitu_kind_person, id, &person, error))
    return FALSE;
  return person == NULL || guitu_record_is_voided (person) || match_with (matching, person, kinds, error);
}

static gboolean
match_report (Matching *matching,
              const GuituKind *kind,
              const char *id,
              GError **error)
{
  static const GuituKind *const with_persons[] = { &guitu_kind_person, NULL };
  static const GuituKind *const with_postings[] = { &guitu_kind_posting, NULL };
  static const GuituKind *const with_reports[] = { &guitu_kind_missing, NULL };
  g_autoptr (GuituRecord) report = NULL;

  if (!guitu_record_load_if_there (matching->transaction, kind, id, &report, error))
    return FALSE;
  if (report == NULL || !guitu_finding_report_is_open (report) || (kind->scope == GUITU_SCOPE_SHARED && !is_of_another_station (matching->transaction, report)))
    return TRUE;
  if (kind == &guitu_kind_posting)
    return match_with (matching, report, with_reports, error);
  return match_with (matching, report, with_persons, error) && (kind != &guitu_kind_missing || match_with (matching, report, with_postings, error));
}

/* --- What is new --------------------------------------------------------------------------------- */

/* The first is a report of ours, the others come from other stations; persons are matched with two of them. */
#define KINDS_OF_PERSONS 2
static const struct
{
  const GuituKind *kind;
  int state;
  const char *open;
} reports_known[] = {
  { &guitu_kind_missing, GUITU_MISSING_STATE, "open" },
  { &guitu_kind_sought, GUITU_SOUGHT_STATE, "open" },
  { &guitu_kind_posting, GUITU_POSTING_STATE, "published" },
};

/* @n_kinds: how many of the kinds above */
static gboolean
add_open_reports (Matching *matching,
                  GHashTable *reports,
                  guint n_kinds,
                  guint limit,
                  GError **error)
{
  for (guint i = 0; i < n_kinds; i++)
    {
      const GuituQuery open = { .conditions = { { reports_known[i].state, GUITU_EQUAL, reports_known[i].open } }, .without_bytes = TRUE, .limit = limit };
      g_autoptr (GPtrArray) found = guitu_records_find (matching->transaction, reports_known[i].kind, &open, error);

      for (guint j = 0; found != NULL && j < found->len; j++)
        g_hash_table_insert (reports, g_strdup (guitu_record_id (found->pdata[j])), (gpointer) reports_known[i].kind);
      if (found == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The persons to whom what was written belongs. */
static gboolean
add_persons_of (Matching *matching,
                const GuituNewsItem *item,
                const int *references,
                guint n_references,
                GError **error)
{
  g_autoptr (GuituRecord) record = NULL;

  if (!guitu_record_load_if_there (matching->transaction, item->kind, item->id, &record, error))
    return FALSE;
  for (guint i = 0; record != NULL && i < n_references; i++)
    if (guitu_record_is_set (record, references[i]))
      g_hash_table_add (matching->persons, g_strdup (guitu_record_text (record, references[i])));
  return TRUE;
}

static gboolean
add_news (Matching *matching,
          const GuituNews *news,
          GError **error)
{
  static const int of_link[] = { GUITU_PERSON_LINK_PERSON, GUITU_PERSON_LINK_OTHER };
  static const int of_statement[] = { GUITU_STATEMENT_PERSON };
  static const int of_kin[] = { GUITU_KIN_PERSON };

  for (guint i = 0; i < news->items->len; i++)
    {
      const GuituNewsItem *item = news->items->pdata[i];
      gboolean is_good = TRUE;

      if (item->kind == &guitu_kind_person)
        g_hash_table_add (matching->persons, g_strdup (item->id));
      else if (item->kind == &guitu_kind_person_link)
        is_good = add_persons_of (matching, item, of_link, G_N_ELEMENTS (of_link), error);
      else if (item->kind == &guitu_kind_statement)
        is_good = add_persons_of (matching, item, of_statement, G_N_ELEMENTS (of_statement), error);
      else if (item->kind == &guitu_kind_kin)
        is_good = add_persons_of (matching, item, of_kin, G_N_ELEMENTS (of_kin), error);
      else if (item->kind != &guitu_kind_finding)
        g_hash_table_insert (matching->reports, g_strdup (item->id), (gpointer) item->kind);
      if (!is_good)
        return FALSE;
    }
  return TRUE;
}

/* All pairs in which something is new, from the side that has fewer: where many people came at once, the reports are
 * matched with all persons. */
static gboolean
choose (Matching *matching,
        const GuituNews *news,
        GError **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iterator;
  gpointer id, kind;
  guint n_persons;

  if (!news->is_complete)
    return add_open_reports (matching, matching->reports, G_N_ELEMENTS (reports_known), 0, error);
  if (!add_news (matching, news, error))
    return FALSE;
  n_persons = g_hash_table_size (matching->persons);
  if (n_persons == 0)
    return TRUE;
  if (!add_open_reports (matching, open, KINDS_OF_PERSONS, n_persons, error))
    return FALSE;
  if (g_hash_table_size (open) >= n_persons)
    return TRUE;
  g_hash_table_remove_all (matching->persons);
  g_hash_table_iter_init (&iterator, open);
  while (g_hash_table_iter_next (&iterator, &id, &kind))
    g_hash_table_insert (matching->reports, g_strdup (id), kind);
  return TRUE;
}

static gboolean
match_all (Matching *matching,
           GError **error)
{
  GHashTableIter iterator;
  gpointer id, kind;

  g_hash_table_iter_init (&iterator, matching->persons);
  while (g_hash_table_iter_next (&iterator, &id, NULL))
    if (!match_person (matching, id, error))
      return FALSE;
  g_hash_table_iter_init (&iterator, matching->reports);
  while (g_hash_table_iter_next (&iterator, &id, &kind))
    if (!match_report (matching, kind, id, error))
      return FALSE;
  return TRUE;
}

/* --- Writing ------------------------------------------------------------------------------------- */

/* As [{field, ours, theirs, weight}]: ours is the person's, or where there is none the report's of ours. */
static JsonArray *
why_of (const Proposal *proposal)
{
  JsonArray *array = guitu_reasons_to_json (proposal->likeness->reasons);

  for (guint i = 0; proposal->is_turned && i < json_array_get_length (array); i++)
    {
      JsonObject *reason = json_array_get_object_element (array, i);
      g_autofree char *ours = g_strdup (json_object_get_string_member (reason, "ours"));
      g_autofree char *theirs = g_strdup (json_object_get_string_member (reason, "theirs"));

      json_object_set_string_member (reason, "ours", theirs);
      json_object_set_string_member (reason, "theirs", ours);
    }
  return array;
}

static char *
array_to_text (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

/* Which facts were compared, without what they weigh. (transfer full) */
static char *
facts_of (JsonArray *why)
{
  static const char *const members[] = { "field", "ours", "theirs" };
  GString *facts = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (why); i++)
    for (guint j = 0; j < G_N_ELEMENTS (members); j++)
      g_string_append_printf (facts, "%s\n", json_object_get_string_member_with_default (json_array_get_object_element (why, i), members[j], ""));
  return g_string_free (facts, FALSE);
}

/* The finding of the two that is here already, by whichever of the merged records; *@finding is %NULL where there is none. */
static gboolean
find_known (GuituTransaction *transaction,
            const Proposal *proposal,
            const char *id,
            GuituRecord **finding,
            GError **error)
{
  const char *report = proposal->other != NULL ? proposal->other : proposal->missing;
  g_autoptr (GPtrArray) findings = NULL;

  if (!guitu_record_load_if_there (transaction, &guitu_kind_finding, id, finding, error))
    return FALSE;
  if (*finding != NULL || proposal->person == NULL)
    return TRUE;
  findings = guitu_findings_of_person (transaction, proposal->person, error);
  for (guint i = 0; findings != NULL && *finding == NULL && i < findings->len; i++)
    if (guitu_finding_names (findings->pdata[i], report))
      *finding = g_ptr_array_steal_index (findings, i);
  return findings != NULL;
}

/* What was decided stands; what is open is told better where it fits better, or the facts are others. */
static gboolean
is_to_be_told (const GuituRecord *finding,
               int score,
               JsonArray *why)
{
  g_autoptr (JsonArray) before = guitu_finding_why (finding);
  g_autofree char *facts_before = facts_of (before);
  g_autofree char *facts = facts_of (why);

  if (guitu_record_is_voided (finding))
    return FALSE;
  if (guitu_record_is_set (finding, GUITU_FINDING_VERDICT) && !guitu_record_says (finding, GUITU_FINDING_VERDICT, "unclear"))
    return FALSE;
  return strcmp (facts, facts_before) != 0 || score >= guitu_record_integer (finding, GUITU_FINDING_SCORE, 0) + BETTER;
}

static gboolean
put_proposal (GuituTransaction *transaction,
              const Proposal *proposal,
              GError **error)
{
  g_autofree char *id = guitu_finding_id (proposal->person != NULL ? proposal->person : proposal->missing,
                                          proposal->other != NULL ? proposal->other : proposal->missing);
  g_autoptr (JsonArray) why = why_of (proposal);
  g_autofree char *text = array_to_text (why);
  int score = (int) lround (proposal->likeness->score * 1000);
  g_autoptr (GuituRecord) finding = NULL;
  g_autofree char *now = guitu_now ();

  if (!find_known (transaction, proposal, id, &finding, error))
    return FALSE;
  if (finding != NULL && !is_to_be_told (finding, score, why))
    return TRUE;
  if (finding == NULL)
    {
      finding = guitu_record_new_with_id (&guitu_kind_finding, id);
      guitu_record_set_text (finding, GUITU_FINDING_PERSON, proposal->person);
      guitu_record_set_text (finding, GUITU_FINDING_MISSING, proposal->missing);
      guitu_record_set_text (finding, GUITU_FINDING_OTHER, proposal->other);
      guitu_record_set_text (finding, GUITU_FINDING_AT, now);
    }
  guitu_record_set_integer (finding, GUITU_FINDING_SCORE, score);
  guitu_record_set_integer (finding, GUITU_FINDING_PROBABILITY, (int) lround (proposal->likeness->probability * 1000));
  guitu_record_set_text (finding, GUITU_FINDING_WHY, text);
  return guitu_transaction_put (transaction, finding, error);
}

/* Two desks that found the same at once may have weighed it a little differently: what stands, stands. What people
 * decided differently is theirs to settle. */
static gboolean
is_settled_by_itself (const GuituConflict *conflict)
{
  static const int fields[] = { GUITU_FINDING_SCORE, GUITU_FINDING_PROBABILITY, GUITU_FINDING_WHY, GUITU_FINDING_AT };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (conflict->field, guitu_kind_finding.fields[fields[i]].name) == 0)
      return TRUE;
  return FALSE;
}

/* *@n: how many there are; @settles: and ends them */
static gboolean
find_disputes (GuituTransaction *transaction,
               const GuituNews *news,
               gboolean settles,
               guint *n,
               GError **error)
{
  *n = 0;
  for (guint i = 0; i < news->items->len; i++)
    {
      const GuituNewsItem *item = news->items->pdata[i];
      g_autoptr (GPtrArray) conflicts = item->kind != &guitu_kind_finding ? g_ptr_array_new () : guitu_conflicts_list (transaction, item->id, error);

      if (conflicts == NULL)
        return FALSE;
      for (guint j = 0; j < conflicts->len; j++)
        {
          const GuituConflict *conflict = conflicts->pdata[j];

          if (!is_settled_by_itself (conflict))
            continue;
          (*n)++;
          if (settles && !guitu_transaction_settle (transaction, conflict->kind, conflict->id, conflict->field, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_down (GuituStore *store,
            const Matching *matching,
            const GuituNews *news,
            GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, ACT, error);
  guint n_disputes;

  if (transaction == NULL || !find_disputes (transaction, news, TRUE, &n_disputes, error))
    return FALSE;
  for (guint i = 0; i < matching->proposals->len; i++)
    if (!put_proposal (transaction, matching->proposals->pdata[i], error))
      return FALSE;
  return guitu_news_note (transaction, READER, news->until, error) && guitu_transaction_commit (transaction, error);
}

static gboolean
has_open_reports (Matching *matching,
                  gboolean *has,
                  GError **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!add_open_reports (matching, open, G_N_ELEMENTS (reports_known), 1, error))
    return FALSE;
  *has = g_hash_table_size (open) > 0;
  return TRUE;
}

/* Where nobody is searched for, nothing is read and no mark written: when the first report comes, more may be new than
 * is read one by one, and then the reports are matched with everybody. */
gboolean
guitu_findings_catch_up (GuituStore *store,
                         gboolean *has_written,
                         GError **error)
{
  static const GuituKind *const kinds[] = { &guitu_kind_person, &guitu_kind_statement, &guitu_kind_kin, &guitu_kind_person_link,
                                            &guitu_kind_missing, &guitu_kind_sought, &guitu_kind_posting, &guitu_kind_finding, NULL };
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  g_autoptr (GuituNews) news = NULL;
  g_auto (Matching) matching = { 0 };
  gboolean has_reports = FALSE;
  guint n_disputes;

  if (has_written != NULL)
    *has_written = FALSE;
  if (reading == NULL)
    return FALSE;
  matching_init (&matching, reading);
  if (!has_open_reports (&matching, &has_reports, error))
    return FALSE;
  if (!has_reports)
    return TRUE;
  news = guitu_news_read (reading, READER, kinds, MOST_NEWS, error);
  if (news == NULL || news->until == news->from)
    return news != NULL;
  if (!choose (&matching, news, error) || !match_all (&matching, error) || !find_disputes (reading, news, FALSE, &n_disputes, error))
    return FALSE;
  g_clear_pointer (&reading, guitu_transaction_free);
  matching.transaction = NULL;
  if (!matching.has_matched && n_disputes == 0 && news->is_complete && news->until - news->from < LAG)
    return TRUE;
  if (has_written != NULL)
    *has_written = matching.proposals->len > 0;
  return write_down (store, &matching, news, error);
}
