/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many papers in one go: issued for a list of stays, or brought together from the register. All of
 * them or, on any failure and when cancelled, none. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/verbs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_PAPERS 2000
#define MAX_PRINTERS 4
#define MAX_WAITING 32 /* papers with their photos that wait for a printer */
#define WAIT_MICROSECONDS 2000
#define ISSUED_BEFORE_SECONDS (24 * 60 * 60)

/* A paper of its own: rendered off the thread that issues, written when all of them are issued. */
typedef struct
{
  const GuituForm *form;
  GuituFormValues *values; /* until it is rendered */
  char *number;
  char *path;
  GBytes *pdf; /* from then on */
  GStrv found; /* what somebody should look at */
} Job;

/* Where the pages go: into one document, into a folder, or nowhere. */
typedef struct
{
  GuituCall *call;
  GuituTransaction *transaction;
  const char *since;     /* papers of that time on may be of the same work */
  GuituBook *book;       /* NULL: a file for each paper, or none */
  const char *folder;    /* NULL: one document, or none */
  gboolean made_folder;  /* for this alone */
  GThreadPool *printers; /* of Job; with a folder */
  GPtrArray *jobs;       /* of Job, in the order of the papers */
  GMutex lock;           /* guards failure */
  GPtrArray *files;      /* that were written, and were not there before */
  GError *failure;       /* the first one */
  gint is_dropped;       /* atomic: nobody wants what is still to be written */
  JsonArray *warnings;   /* of printing, each with the number of its paper */
  GPtrArray *results;    /* of JsonObject */
  JsonObject *whole;     /* the last of them */
  GBytes *pdf;           /* the one document */
  guint n_papers;
} Pile;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->values, guitu_form_values_free);
  g_clear_pointer (&job->pdf, g_bytes_unref);
  g_clear_pointer (&job->found, g_strfreev);
  g_free (job->number);
  g_free (job->path);
  g_free (job);
}

static void
print_job (gpointer data,
           gpointer user_data)
{
  Job *job = data;
  Pile *pile = user_data;
  g_autoptr (GError) failure = NULL;
  GuituFonts *fonts = g_atomic_int_get (&pile->is_dropped) ? NULL : guitu_paper_fonts (&failure);
  g_autoptr (GBytes) pdf = fonts == NULL ? NULL : guitu_form_render (fonts, job->form, job->values, GUITU_FORM_FILLED, &job->found, &failure);

  g_mutex_lock (&pile->lock);
  if (pdf == NULL && pile->failure == NULL)
    pile->failure = g_steal_pointer (&failure);
  g_mutex_unlock (&pile->lock);
  g_clear_pointer (&job->values, guitu_form_values_free);
  job->pdf = g_steal_pointer (&pdf);
}

/* Waits until all that was given to the printers is written, or lost. */
static void
pile_wait (Pile *pile)
{
  if (pile->printers != NULL)
    g_thread_pool_free (g_steal_pointer (&pile->printers), FALSE, TRUE);
}

static void
pile_clear (Pile *pile)
{
  pile_wait (pile);
  g_mutex_clear (&pile->lock);
  g_clear_error (&pile->failure);
  g_clear_pointer (&pile->book, guitu_book_free);
  g_clear_pointer (&pile->files, g_ptr_array_unref);
  g_clear_pointer (&pile->jobs, g_ptr_array_unref);
  g_clear_pointer (&pile->pdf, g_bytes_unref);
  g_clear_pointer (&pile->warnings, json_array_unref);
  g_clear_pointer (&pile->results, g_ptr_array_unref);
  g_clear_pointer (&pile->whole, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pile, pile_clear)

static gboolean
check_folder (const char *folder,
              GError **error)
{
  g_autofree char *path = g_build_filename (folder, "paper.pdf", NULL);

  return guitu_output_check (path, "folder", error);
}

static gboolean
pile_begin (Pile *pile,
            GuituCall *call,
            GuituTransaction *transaction,
            const char *title,
            GError **error)
{
  gboolean is_one = guitu_call_text (call, "pdf") != NULL || guitu_call_flag (call, "inline");
  GuituFonts *fonts = guitu_paper_fonts (error);

  g_mutex_init (&pile->lock);
  pile->call = call;
  pile->transaction = transaction;
  pile->folder = guitu_call_text (call, "folder");
  pile->files = g_ptr_array_new_with_free_func (g_free);
  pile->jobs = g_ptr_array_new_with_free_func (job_free);
  pile->warnings = json_array_new ();
  pile->results = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  pile->whole = json_object_new ();
  if (fonts == NULL)
    return FALSE;
  if (pile->folder == NULL && json_object_has_member (call->input, "folder") && !json_object_get_null_member (call->input, "folder"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "folder", "“folder” needs the path of a folder");
  if (is_one && pile->folder != NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "usage", "folder", "The papers go into one PDF or into a folder, not both");
  pile->made_folder = pile->folder != NULL && !g_file_test (pile->folder, G_FILE_TEST_EXISTS);
  if (pile->folder != NULL && g_mkdir_with_parents (pile->folder, 0700) != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unwritable", "folder", "%s: %s", pile->folder, g_strerror (errno));
  if (pile->folder != NULL && !check_folder (pile->folder, error))
    return FALSE;
  if (pile->folder != NULL)
    pile->printers = g_thread_pool_new (print_job, pile, (int) MIN (g_get_num_processors (), MAX_PRINTERS), FALSE, NULL);
  if (is_one)
    pile->book = guitu_book_new (fonts, title, FALSE);
  return TRUE;
}

/* Removes what was written: nothing is half done. */
static void
pile_drop (Pile *pile)
{
  g_atomic_int_set (&pile->is_dropped, TRUE);
  pile_wait (pile);
  for (guint i = 0; pile->files != NULL && i < pile->files->len; i++)
    g_unlink (pile->files->pdata[i]);
  if (pile->made_folder)
    g_rmdir (pile->folder);
}

/* Takes @values. */
static void
pile_push (Pile *pile,
           const GuituForm *form,
           GuituFormValues *values,
           const char *number)
{
  g_autofree char *name = g_strconcat (number, ".pdf", NULL);
  Job job = { form, values, g_strdup (number), g_build_filename (pile->folder, name, NULL), NULL, NULL };

  while (g_thread_pool_unprocessed (pile->printers) > MAX_WAITING)
    g_usleep (WAIT_MICROSECONDS);
  g_ptr_array_add (pile->jobs, g_memdup2 (&job, sizeof job));
  g_thread_pool_push (pile->printers, pile->jobs->pdata[pile->jobs->len - 1], NULL);
}

/* What somebody should look at: on which of the papers, they must know. */
static void
warn_of_printing (Pile *pile,
                  const char *number,
                  const char *text)
{
  g_autofree char *words = g_strdup_printf ("%s: %s", number, text);

  json_array_add_string_element (pile->warnings, words);
}

static gboolean
add_to_book (Pile *pile,
             const GuituForm *form,
             const GuituFormValues *values,
             const char *number,
             GError **error)
{
  const char *name = guitu_form_values_get (values, "person.name");
  g_autofree char *bookmark = g_strdup_printf ("%s　%s", number, name == NULL ? guitu_form_title (form) : name);
  g_auto (GStrv) found = NULL;

  if (!guitu_book_add_form (pile->book, form, values, GUITU_FORM_FILLED, GUITU_BOOK_ALL_COPIES, bookmark, error))
    return FALSE;
  found = guitu_book_take_warnings (pile->book);
  for (guint i = 0; found[i] != NULL; i++)
    warn_of_printing (pile, number, found[i]);
  return TRUE;
}

static gboolean
pile_add (Pile *pile,
          const GuituRecord *paper,
          GError **error)
{
  const char *number = guitu_record_text (paper, GUITU_PAPER_NUMBER);
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));
  g_autoptr (JsonArray) found = json_array_new ();
  g_autoptr (GuituFormValues) values = NULL;

  g_ptr_array_add (pile->results, guitu_paper_to_json (paper));
  pile->n_papers++;
  if (pile->book == NULL && pile->folder == NULL)
    return TRUE;
  values = guitu_paper_read_values (pile->call, pile->transaction, paper, found, error);
  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (found); i++)
    warn_of_printing (pile, number, json_array_get_string_element (found, i));
  if (pile->folder == NULL)
    return add_to_book (pile, form, values, number, error);
  pile_push (pile, form, g_steal_pointer (&values), number);
  return TRUE;
}

/* Makes what is to be written; nothing is written yet. */
static gboolean
pile_finish (Pile *pile,
             GError **error)
{
  JsonObject *whole = pile->whole;
  const char *path = guitu_call_text (pile->call, "pdf");

  pile_wait (pile);
  if (pile->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&pile->failure));
      return FALSE;
    }
  for (guint i = 0; i < pile->jobs->len; i++)
    {
      const Job *job = pile->jobs->pdata[i];

      for (guint j = 0; job->found != NULL && job->found[j] != NULL; j++)
        warn_of_printing (pile, job->number, job->found[j]);
    }
  json_object_set_int_member (whole, "papers", pile->n_papers);
  json_object_set_int_member (whole, "left_out", pile->results->len - pile->n_papers);
  g_ptr_array_add (pile->results, json_object_ref (whole));
  if (pile->book != NULL && pile->n_papers > 0)
    {
      json_object_set_int_member (whole, "pages", guitu_book_n_pages (pile->book));
      pile->pdf = guitu_book_finish (pile->book, error);
      /* once more: in the time that many papers take a stick may be pulled out */
      if (pile->pdf == NULL || (path != NULL && !guitu_output_check (path, "pdf", error)))
        return FALSE;
    }
  if (json_array_get_length (pile->warnings) > 0)
    json_object_set_array_member (whole, "print_warnings", json_array_ref (pile->warnings));
  return TRUE;
}

/* Writes the files. What somebody saved there earlier is replaced, and never taken away. */
static gboolean
pile_write (Pile *pile,
            GError **error)
{
  for (guint i = 0; i < pile->jobs->len; i++)
    {
      const Job *job = pile->jobs->pdata[i];
      gboolean is_new = !g_file_test (job->path, G_FILE_TEST_EXISTS);

      if (!guitu_output_file (job->path, "folder", job->pdf, error))
        return FALSE;
      if (is_new)
        g_ptr_array_add (pile->files, g_strdup (job->path));
    }
  if (pile->made_folder && pile->jobs->len == 0)
    g_rmdir (pile->folder);
  return pile->pdf == NULL || guitu_paper_give_pdf (pile->call, pile->pdf, pile->whole, error);
}

static void
pile_emit (const Pile *pile)
{
  for (guint i = 0; i < pile->results->len; i++)
    guitu_call_emit (pile->call, json_object_ref (pile->results->pdata[i]));
}

/* --- For many stays --------------------------------------------------------------------------- */

/* Words between commas, blanks or line ends, each once. */
static GPtrArray *
split_words (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",;\n\r\t", ' ');
  g_auto (GStrv) words = g_strsplit (plain, " ", -1);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !g_ptr_array_find_with_equal_func (list, words[i], g_str_equal, NULL))
      g_ptr_array_add (list, g_strdup (words[i]));
  return list;
}

static GPtrArray *
stays_of_house (GuituTransaction *transaction,
                GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &open, error);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    g_ptr_array_add (ids, g_strdup (guitu_record_id (stays->pdata[i])));
  if (stays == NULL)
    g_clear_pointer (&ids, g_ptr_array_unref);
  return ids;
}

static GPtrArray *
chosen_stays (GuituCall *call,
              GuituTransaction *transaction,
              GError **error)
{
  const char *text = guitu_call_text (call, "stays");
  g_autoptr (GPtrArray) stays = NULL;

  if (guitu_call_flag (call, "in_house") && text != NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "usage", "stays", "The papers are for these stays or for the house, not both");
  else if (guitu_call_flag (call, "in_house"))
    stays = stays_of_house (transaction, error);
  else if (text != NULL)
    stays = split_words (text);
  else
    guitu_fail (error, GUITU_ERROR_INVALID, "missing", "stays", "“stays” is needed: numbers of stays; or “in_house”");
  if (stays != NULL && (stays->len == 0 || stays->len > MAX_PAPERS))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "stays", "From 1 to %d papers are made at a time, not %u", MAX_PAPERS, stays->len);
      return NULL;
    }
  return g_steal_pointer (&stays);
}

static GuituRecord *
issue_for (Pile *pile,
           const GuituForm *form,
           const char *stay,
           GError **error)
{
  GuituCall *call = pile->call;
  GuituTransaction *transaction = pile->transaction;
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) paper = NULL;

  if (!guitu_paper_subject_load (&subject, call, transaction, guitu_form_kind (form), stay, error) ||
      !guitu_fence_refuse_stay (call, transaction, subject.stay, error) ||
      !guitu_notice_refuse_another (transaction, guitu_form_kind (form), subject.stay, error) ||
      !guitu_paper_take_typed (call, form, subject.typed, error))
    return NULL;
  paper = guitu_paper_issue_subject (call, transaction, form, &subject, NULL, NULL, error);
  if (paper == NULL || !guitu_paper_warn_of_earlier (transaction, paper, pile->since, pile->whole, error))
    return NULL;
  guitu_paper_warn_of_person (paper, subject.stay, subject.person, pile->whole);
  return g_steal_pointer (&paper);
}

/* Whether it is a rule, or something missing, that stands against one stay; a full disk stands against all. */
static gboolean
is_of_one_stay (const GError *failure)
{
  return g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_REFUSED) || g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_INVALID) ||
         g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_NOT_FOUND);
}

/* Refuses all papers because of one stay, by its number: an id tells nobody who it is, a name may be protected. */
static void
refuse_all (const Pile *pile,
            const char *text,
            GError *failure,
            GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_stay_find (pile->transaction, text, NULL);
  const char *number = stay == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_NUMBER);
  const char *hint = is_of_one_stay (failure) ? ". With “skip”, such stays are left out and the others get their papers" : "";
  char *message = g_strdup_printf ("Stay %s: %s%s", number != NULL ? number : text, failure->message, hint);

  g_free (failure->message);
  failure->message = message;
  g_propagate_error (error, failure);
}

/* A stay that a rule leaves out is named, and the others go on. */
static void
note_skipped (Pile *pile,
              const char *stay,
              const GError *failure)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "stay", stay);
  json_object_set_string_member (json, "skipped", guitu_error_code (failure));
  json_object_set_string_member (json, "message", failure->message);
  if (guitu_error_field (failure) != NULL)
    json_object_set_string_member (json, "field", guitu_error_field (failure));
  g_ptr_array_add (pile->results, json);
}

static gboolean
issue_each (Pile *pile,
            const GuituForm *form,
            GPtrArray *stays,
            GError **error)
{
  for (guint i = 0; i < stays->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GuituRecord) paper = issue_for (pile, form, stays->pdata[i], &failure);

      if (paper == NULL && guitu_call_flag (pile->call, "skip") && is_of_one_stay (failure))
        note_skipped (pile, stays->pdata[i], failure);
      else if (paper == NULL)
        {
          refuse_all (pile, stays->pdata[i], g_steal_pointer (&failure), error);
          return FALSE;
        }
      else if (!pile_add (pile, paper, error))
        return FALSE;
      if (!guitu_call_progress (pile->call, i + 1, stays->len, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_batch (GuituCall *call,
           GError **error)
{
  const GuituForm *form = guitu_paper_form (guitu_call_text (call, "kind"), error);
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GPtrArray) stays = transaction == NULL ? NULL : chosen_stays (call, transaction, error);
  g_autoptr (JsonObject) typed = json_object_new ();
  g_autofree char *now = guitu_now ();
  g_autofree char *since = guitu_time_from_unix (guitu_time_to_unix (now) - ISSUED_BEFORE_SECONDS);
  g_auto (Pile) pile = { .since = since };

  if (stays == NULL)
    return FALSE;
  if (guitu_paper_kind (guitu_form_kind (form))->about != GUITU_PAPER_OF_STAY)
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-kind", "kind", "“%s” is no paper of a stay", guitu_form_title (form));
  /* what is typed for all of them is no matter of one stay */
  if (!guitu_paper_take_typed (call, form, typed, error) || !pile_begin (&pile, call, transaction, guitu_form_title (form), error))
    return FALSE;
  /* no file before the record is durable: there must be no seal that the register does not know */
  if (!guitu_paper_warn_of_clock (transaction, now, pile.whole, error) || !issue_each (&pile, form, stays, error) || !pile_finish (&pile, error) ||
      !guitu_call_progress (call, stays->len, stays->len, error) || !guitu_transaction_commit (transaction, error))
    {
      pile_drop (&pile);
      return FALSE;
    }
  if (!pile_write (&pile, error))
    {
      g_prefix_error (error, "The papers are issued, but not all of them were written: make them again with “paper gather”. ");
      return FALSE;
    }
  pile_emit (&pile);
  return TRUE;
}

/* --- From the register ------------------------------------------------------------------------ */

static GuituRecord *
find_number (GuituCall *call,
             GuituTransaction *transaction,
             const char *number,
             GError **error)
{
  const GuituQuery newest = { .conditions = { { GUITU_PAPER_NUMBER, GUITU_EQUAL, number } }, .descending = TRUE, .limit = 1 };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &newest, error);

  if (papers == NULL)
    return NULL;
  if (papers->len == 0)
    {
      guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "numbers", "There is no paper with the number %s", number);
      return NULL;
    }
  if (!guitu_paper_refuse (call, transaction, papers->pdata[0], error))
    return NULL;
  return g_ptr_array_steal_index (papers, 0);
}

static gboolean
gather_each (Pile *pile,
             GPtrArray *numbers,
             GError **error)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      g_autoptr (GuituRecord) paper = find_number (pile->call, pile->transaction, numbers->pdata[i], error);

      if (paper == NULL || !pile_add (pile, paper, error) || !guitu_paper_log (pile->call, pile->transaction, paper, error) ||
          !guitu_call_progress (pile->call, i + 1, numbers->len, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_gather (GuituCall *call,
            GError **error)
{
  const char *text = guitu_call_need (call, "numbers", error);
  g_autoptr (GPtrArray) numbers = text == NULL ? NULL : split_words (text);
  g_autoptr (GuituTransaction) transaction = numbers == NULL ? NULL : guitu_call_read (call, error);
  g_auto (Pile) pile = { 0 };

  if (transaction == NULL)
    return FALSE;
  if (numbers->len == 0 || numbers->len > MAX_PAPERS)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "numbers", "From 1 to %d papers are made at a time, not %u", MAX_PAPERS, numbers->len);
  if (!pile_begin (&pile, call, transaction, "文书", error))
    return FALSE;
  if (gather_each (&pile, numbers, error) && pile_finish (&pile, error) && pile_write (&pile, error))
    {
      pile_emit (&pile);
      return TRUE;
    }
  pile_drop (&pile);
  return FALSE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

#define PILE_OPTIONS                                                                      \
  GUITU_PDF_OPTIONS,                                                                      \
  {                                                                                       \
    "folder", GUITU_OPTION_FILE, FALSE, "write a PDF for each paper, named by its number" \
  }

static const GuituOption batch_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper, of those about a stay" },
  { "stays", GUITU_OPTION_TEXT, FALSE, "numbers of stays, separated by commas or blanks" },
  { "in_house", GUITU_OPTION_FLAG, FALSE, "everybody who is here instead" },
  { "skip", GUITU_OPTION_FLAG, FALSE, "leave out stays that a rule refuses, instead of doing nothing" },
  { "fields", GUITU_OPTION_RECORD, FALSE, "what is filled in on all of them; or --set KEY=TEXT for each" },
  PILE_OPTIONS,
  { NULL },
};

static const GuituOption gather_options[] = {
  { "numbers", GUITU_OPTION_TEXT, TRUE, "numbers of papers, separated by commas or blanks" },
  PILE_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_paper_batch = {
  "paper batch", "Issue a paper for each of many stays: all of them, or none", GUITU_VERB_WRITES, batch_options, NULL, run_batch
};
const GuituVerb guitu_verb_paper_gather = {
  "paper gather", "Make the PDFs of many issued papers again", GUITU_VERB_PLAIN, gather_options, NULL, run_gather
};
