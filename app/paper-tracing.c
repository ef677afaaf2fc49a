/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What papers say of the search for somebody's identity: from the inquiries, notes and notices of the
 * case. What was ticked off before there were cases is told as it was noted then. */

#include "app/papers.h"

#include "app/case.h"
#include "app/links.h"
#include "app/table.h"

#include <string.h>

/* --- Which codes count, and their words on paper ---------------------------------------------- */

enum
{
  COLUMN_LIST,
  COLUMN_CODE,
  COLUMN_ON_PAPER
};

/* app/data/paper-tracing.csv: "duty" the tasks by which somebody's identity and kin are looked for, "query" the inquiries
 * that are queries of an identity (calls, letters and visits are not), in the order of the boxes of the form, and
 * "dna_result" the answers that the form has a choice for. */
static const GuituTable *
get_words (void)
{
  static const char *const columns[] = { "list", "code", "on_paper", NULL };
  static GuituTable *words;

  if (g_once_init_enter (&words))
    g_once_init_leave (&words, guitu_table_load ("paper-tracing.csv", columns));
  return words;
}

/* What papers call a code of a list: "" where they have no word of their own, NULL where it is not in the list. */
static const char *
word_on_paper (const char *list,
               const char *code)
{
  const GuituTable *words = get_words ();

  for (guint row = 0; code != NULL && row < guitu_table_rows (words); row++)
    if (strcmp (guitu_table_cell (words, row, COLUMN_LIST), list) == 0 && strcmp (guitu_table_cell (words, row, COLUMN_CODE), code) == 0)
      return guitu_table_cell (words, row, COLUMN_ON_PAPER);
  return NULL;
}

/* --- The case --------------------------------------------------------------------------------- */

/* The person's case that is open, or the last one. @has_case: (out) */
static gboolean
read_case (GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           GuituCaseFile *file,
           gboolean *has_case,
           GError **error)
{
  g_autoptr (GPtrArray) ids = subject->person == NULL ? NULL : guitu_links_members (transaction, guitu_record_id (subject->person), error);
  g_autoptr (GPtrArray) cases = ids == NULL ? NULL : guitu_cases_of (transaction, ids, error);
  guint chosen;

  *has_case = cases != NULL && cases->len > 0;
  if (!*has_case)
    return subject->person == NULL || cases != NULL;
  chosen = cases->len - 1;
  for (guint i = 0; i < cases->len; i++)
    if (guitu_case_is_open (cases->pdata[i]))
      chosen = i;
  return guitu_case_file_read (file, transaction, g_ptr_array_steal_index (cases, chosen), error);
}

/* "未查到：…"; (transfer full) */
static char *
result_in_words (const GuituRecord *inquiry)
{
  const char *code = guitu_record_text (inquiry, GUITU_INQUIRY_RESULT);
  const GuituCode *found = code == NULL ? NULL : guitu_codes_find ("inquiry_result", code);
  const char *text = guitu_record_text (inquiry, GUITU_INQUIRY_TEXT);
  const char *result = found == NULL ? "" : found->chinese;

  return text == NULL ? g_strdup (result) : g_strconcat (result, "：", text, NULL);
}

/* --- The search ------------------------------------------------------------------------------ */

static gboolean
is_tracing (const GuituTask *task)
{
  return task->stay != NULL && word_on_paper ("duty", task->kind) != NULL;
}

static gboolean
add_tasks (GString *table,
           GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           GError **error)
{
  g_autofree char *now = guitu_now ();
  const GuituTaskQuery query = { .now = now, .stay = subject->stay, .with_done = TRUE };
  g_autoptr (GPtrArray) tasks = guitu_tasks_read (transaction, &query, error);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      const GuituTask *task = tasks->pdata[i];

      if (!is_tracing (task))
        continue;
      guitu_paper_add_code (table, "task_kind", task->kind);
      guitu_paper_add_time (table, task->due_at);
      guitu_paper_add_time (table, task->done_at);
      guitu_paper_add_cell (table, task->proof);
      guitu_paper_add_cell (table, task->by_name);
      guitu_paper_end_row (table);
    }
  return tasks != NULL;
}

static void
add_inquiry (GString *table,
             GuituTransaction *transaction,
             const GuituRecord *inquiry)
{
  g_autofree char *result = result_in_words (inquiry);

  guitu_paper_add_code (table, "inquiry_kind", guitu_record_text (inquiry, GUITU_INQUIRY_KIND));
  guitu_paper_add_cell (table, guitu_record_text (inquiry, GUITU_INQUIRY_DUE_ON));
  guitu_paper_add_time (table, guitu_record_text (inquiry, GUITU_INQUIRY_AT));
  guitu_paper_add_cell (table, result);
  guitu_paper_add_user (table, transaction, guitu_record_text (inquiry, GUITU_INQUIRY_BY));
  guitu_paper_end_row (table);
}

static void
add_notice (GString *table,
            GuituTransaction *transaction,
            const GuituRecord *notice)
{
  if (!guitu_record_is_set (notice, GUITU_NOTICE_PUBLISHED_AT))
    return;
  guitu_paper_add_code (table, "task_kind", "notice");
  guitu_paper_add_cell (table, NULL);
  guitu_paper_add_time (table, guitu_record_text (notice, GUITU_NOTICE_PUBLISHED_AT));
  guitu_paper_add_cell (table, guitu_record_text (notice, GUITU_NOTICE_NUMBER));
  guitu_paper_add_user (table, transaction, guitu_record_text (notice, GUITU_NOTICE_APPROVED_BY));
  guitu_paper_end_row (table);
}

static void
add_interview (GString *table,
               GuituTransaction *transaction,
               const GuituRecord *note)
{
  if (!guitu_record_says (note, GUITU_CASE_NOTE_KIND, "interview"))
    return;
  guitu_paper_add_code (table, "case_note_kind", "interview");
  guitu_paper_add_cell (table, NULL);
  guitu_paper_add_time (table, guitu_record_text (note, GUITU_CASE_NOTE_AT));
  guitu_paper_add_cell (table, guitu_record_text (note, GUITU_CASE_NOTE_TEXT));
  guitu_paper_add_user (table, transaction, guitu_record_text (note, GUITU_CASE_NOTE_BY));
  guitu_paper_end_row (table);
}

void
guitu_paper_add_searches (GString *table,
                          GuituTransaction *transaction,
                          const GuituPaperSubject *subject,
                          GError **error)
{
  g_auto (GuituCaseFile) file = { 0 };
  gboolean has_case;

  if (!add_tasks (table, transaction, subject, error) || !read_case (transaction, subject, &file, &has_case, error) || !has_case)
    return;
  for (guint i = 0; i < file.inquiries->len; i++)
    add_inquiry (table, transaction, file.inquiries->pdata[i]);
  for (guint i = 0; i < file.notes->len; i++)
    add_interview (table, transaction, file.notes->pdata[i]);
  for (guint i = 0; i < file.notices->len; i++)
    add_notice (table, transaction, file.notices->pdata[i]);
}

/* --- The register of queries ----------------------------------------------------------------- */

static gboolean
is_query (const GuituRecord *inquiry)
{
  return word_on_paper ("query", guitu_record_text (inquiry, GUITU_INQUIRY_KIND)) != NULL;
}

/* Quick queries that were ticked off. */
static gboolean
add_ticked (GString *table,
            GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            GError **error)
{
  const GuituQuery of_stay = { .conditions = { { GUITU_TASK_STAY, GUITU_EQUAL, guitu_record_id (subject->stay) } } };
  g_autoptr (GPtrArray) tasks = guitu_records_find (transaction, &guitu_kind_task, &of_stay, error);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      const GuituRecord *task = tasks->pdata[i];

      if (!guitu_record_says (task, GUITU_TASK_KIND, "quick-query") || !guitu_record_says (task, GUITU_TASK_STATE, "done"))
        continue;
      guitu_paper_add_time (table, guitu_record_text (task, GUITU_TASK_DONE_AT));
      guitu_paper_add_code (table, "task_kind", "quick-query");
      guitu_paper_add_cell (table, NULL);
      guitu_paper_add_cell (table, guitu_record_text (task, GUITU_TASK_PROOF));
      guitu_paper_add_user (table, transaction, guitu_record_text (task, GUITU_TASK_BY));
      guitu_paper_end_row (table);
    }
  return tasks != NULL;
}

void
guitu_paper_add_queries (GString *table,
                         GuituTransaction *transaction,
                         const GuituPaperSubject *subject,
                         GError **error)
{
  g_auto (GuituCaseFile) file = { 0 };
  gboolean has_case;

  if (!add_ticked (table, transaction, subject, error) || !read_case (transaction, subject, &file, &has_case, error) || !has_case)
    return;
  for (guint i = 0; i < file.inquiries->len; i++)
    {
      const GuituRecord *inquiry = file.inquiries->pdata[i];
      g_autofree char *result = result_in_words (inquiry);

      if (!is_query (inquiry))
        continue;
      guitu_paper_add_time (table, guitu_record_text (inquiry, GUITU_INQUIRY_AT));
      guitu_paper_add_code (table, "inquiry_kind", guitu_record_text (inquiry, GUITU_INQUIRY_KIND));
      guitu_paper_add_cell (table, guitu_record_text (inquiry, GUITU_INQUIRY_CIRCUMSTANCES));
      guitu_paper_add_cell (table, result);
      guitu_paper_add_user (table, transaction, guitu_record_text (inquiry, GUITU_INQUIRY_BY));
      guitu_paper_end_row (table);
    }
}

/* --- Single values --------------------------------------------------------------------------- */

static const GuituRecord *
last_inquiry (const GuituCaseFile *file,
              const char *kind)
{
  for (guint i = file->inquiries->len; i > 0; i--)
    if (guitu_record_says (file->inquiries->pdata[i - 1], GUITU_INQUIRY_KIND, kind))
      return file->inquiries->pdata[i - 1];
  return NULL;
}

/* As the box of the form is called. */
static char *
queries_done (const GuituCaseFile *file)
{
  const GuituTable *words = get_words ();
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  gboolean is_out = FALSE;

  for (guint row = 0; row < guitu_table_rows (words); row++)
    {
      const char *box = guitu_table_cell (words, row, COLUMN_ON_PAPER);

      if (strcmp (guitu_table_cell (words, row, COLUMN_LIST), "query") == 0 && *box != '\0' &&
          last_inquiry (file, guitu_table_cell (words, row, COLUMN_CODE)) != NULL)
        g_ptr_array_add (done, (gpointer) box);
    }
  for (guint i = 0; i < file->notices->len; i++)
    is_out |= guitu_record_is_set (file->notices->pdata[i], GUITU_NOTICE_PUBLISHED_AT);
  if (is_out)
    g_ptr_array_add (done, (gpointer) "寻亲公告");
  g_ptr_array_add (done, NULL);
  return g_strjoinv ("、", (char **) done->pdata);
}

/* "人脸比对：未查到；公安人口信息查询：…" */
static char *
queries_found (const GuituCaseFile *file)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < file->inquiries->len; i++)
    {
      const GuituRecord *inquiry = file->inquiries->pdata[i];
      const GuituCode *kind = guitu_codes_find ("inquiry_kind", guitu_record_text (inquiry, GUITU_INQUIRY_KIND));
      g_autofree char *result = result_in_words (inquiry);

      if (is_query (inquiry) && !guitu_record_says (inquiry, GUITU_INQUIRY_KIND, "dna") && guitu_record_is_set (inquiry, GUITU_INQUIRY_ANSWERED_AT) && kind != NULL)
        g_string_append_printf (text, "%s%s：%s", text->len > 0 ? "；" : "", kind->chinese, result);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the choice of the form calls the answer. */
static char *
dna_result (const GuituRecord *dna)
{
  return g_strdup (word_on_paper ("dna_result", guitu_record_text (dna, GUITU_INQUIRY_RESULT)));
}

/* Whether it was found out, or anything points to somebody; nothing before the first answer. */
static char *
conclusion (const GuituCaseFile *file)
{
  gboolean is_answered = FALSE;
  gboolean has_trace = FALSE;

  for (guint i = 0; i < file->inquiries->len; i++)
    {
      is_answered |= guitu_record_is_set (file->inquiries->pdata[i], GUITU_INQUIRY_ANSWERED_AT);
      has_trace |= guitu_record_says (file->inquiries->pdata[i], GUITU_INQUIRY_RESULT, "possible") ||
                   guitu_record_says (file->inquiries->pdata[i], GUITU_INQUIRY_RESULT, "found");
    }
  if (guitu_person_is_verified (file->person))
    return g_strdup ("查明");
  return has_trace ? g_strdup ("有线索") : is_answered ? g_strdup ("未查明")
                                                       : NULL;
}

static char *
dna_value (const GuituRecord *dna,
           const char *key)
{
  static const struct
  {
    const char *key;
    int field;
  } values[] = {
    { "dna.office", GUITU_INQUIRY_OFFICE },
    { "dna.request_number", GUITU_INQUIRY_NUMBER },
    { "dna.requested_on", GUITU_INQUIRY_AT },
    { "dna.reason", GUITU_INQUIRY_CIRCUMSTANCES },
    { "dna.sample_number", GUITU_INQUIRY_SAMPLE },
    { "dna.collected_at", GUITU_INQUIRY_COLLECTED_AT },
    { "dna.collected_by", GUITU_INQUIRY_COLLECTED_BY },
    { "dna.fed_back_on", GUITU_INQUIRY_ANSWERED_AT },
    { "dna.feedback", GUITU_INQUIRY_TEXT },
  };

  if (strcmp (key, "dna.result") == 0)
    return dna_result (dna);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const char *text = guitu_record_text (dna, values[i].field);
      g_autofree char *day = text == NULL ? NULL : g_strndup (text, strlen ("YYYY-MM-DD"));

      if (strcmp (values[i].key, key) != 0 || text == NULL)
        continue;
      if (g_str_has_suffix (key, "_on"))
        return guitu_time_in_chinese (day);
      return g_str_has_suffix (key, "_at") ? guitu_time_in_chinese (text) : g_strdup (text);
    }
  return NULL;
}

char *
guitu_paper_tracing_value (GuituTransaction *transaction,
                           const GuituPaperSubject *subject,
                           const char *key,
                           GError **error)
{
  g_auto (GuituCaseFile) file = { 0 };
  const GuituRecord *dna;
  gboolean has_case;

  if (!(g_str_has_prefix (key, "dna.") || strcmp (key, "query.conclusion") == 0) || !read_case (transaction, subject, &file, &has_case, error) || !has_case)
    return NULL;
  if (strcmp (key, "query.conclusion") == 0)
    return conclusion (&file);
  if (strcmp (key, "dna.queries_done") == 0)
    return queries_done (&file);
  if (strcmp (key, "dna.queries_found") == 0)
    return queries_found (&file);
  dna = last_inquiry (&file, "dna");
  return dna == NULL ? NULL : dna_value (dna, key);
}
