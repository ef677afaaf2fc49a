/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case on one page, and the cases in a list: what is next in each, and who works on it. */

#include "app/case.h"

#include "app/access.h"
#include "app/after.h"
#include "app/case-places.h"
#include "app/codes.h"
#include "app/fence.h"
#include "app/links.h"
#include "app/place-guess.h"
#include "app/verbs.h"

#include <string.h>

#define MOST_PLACES 8
#define MOST_SURNAMES 8

static void
set_text (JsonObject *json,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, name, text);
}

static void
set_user (JsonObject *json,
          const char *name,
          GuituTransaction *transaction,
          const char *id)
{
  g_autofree char *called = id == NULL ? NULL : guitu_user_display_name (transaction, id);

  set_text (json, name, called);
}

static void
set_label (JsonObject *json,
           const char *name,
           const char *list,
           const char *code)
{
  if (code != NULL)
    set_text (json, name, guitu_code_label (list, code));
}

/* --- In a line ------------------------------------------------------------------------------- */

static gboolean
is_due (const GuituTask *task)
{
  return task->state == NULL || strcmp (task->state, "open") == 0;
}

/* Duties of the stay that belong to the search as well, and what somebody added by hand. */
static gboolean
is_of_search (const GuituTask *task,
              const GuituCaseFile *file)
{
  static const char *const kinds[] = { "police-report", "stranded-care", "settle", "register", "guardian", "other", NULL };
  const GuituRecord *stay = guitu_case_stay (file);

  if (g_strcmp0 (task->of_case, guitu_record_id (file->record)) == 0)
    return TRUE;
  return stay != NULL && guitu_case_is_open (file->record) && g_strcmp0 (task->stay, guitu_record_id (stay)) == 0 &&
         (g_strv_contains (kinds, task->kind) || !is_due (task));
}

static void
add_next (JsonObject *json,
          const GuituCaseFile *file,
          GPtrArray *tasks,
          const char *now)
{
  gint64 overdue = 0;
  const GuituTask *next = NULL;

  for (guint i = 0; i < tasks->len; i++)
    {
      const GuituTask *task = tasks->pdata[i];

      if (!is_of_search (task, file) || !is_due (task))
        continue;
      next = next == NULL ? task : next;
      overdue += strcmp (guitu_task_state (task, now), "overdue") == 0;
    }
  json_object_set_int_member (json, "n_overdue", overdue);
  if (next != NULL)
    json_object_set_object_member (json, "next_step", guitu_task_to_json (next, now));
}

static gint64
count_waiting (const GuituCaseFile *file)
{
  gint64 n = 0;

  for (guint i = 0; i < file->inquiries->len; i++)
    n += !guitu_record_is_set (file->inquiries->pdata[i], GUITU_INQUIRY_ANSWERED_AT);
  return n;
}

JsonObject *
guitu_case_to_json (GuituTransaction *transaction,
                    const GuituCaseFile *file,
                    GPtrArray *tasks,
                    const char *now,
                    GError **error)
{
  const GuituRecord *record = file->record;
  const GuituRecord *stay = guitu_case_stay (file);
  const char *closed = guitu_record_text (record, GUITU_CASE_CLOSED_AT);
  JsonObject *json = guitu_record_to_json (record, FALSE);
  JsonArray *members = json_array_new ();

  json_object_set_string_member (json, "person", file->persons->pdata[0]);
  json_object_set_string_member (json, "display_name", guitu_person_display_name (file->person));
  set_text (json, "sex", guitu_record_text (file->person, GUITU_PERSON_SEX));
  guitu_person_add_age (json, file->person);
  set_label (json, "state_label", "case_state", guitu_record_text (record, GUITU_CASE_STATE));
  set_label (json, "seeks_label", "case_seeks", guitu_record_text (record, GUITU_CASE_SEEKS));
  set_label (json, "closed_as_label", "case_outcome", guitu_record_text (record, GUITU_CASE_CLOSED_AS));
  set_text (json, "stay_number", stay == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_NUMBER));
  json_object_set_boolean_member (json, "in_house", file->now_here != NULL);
  json_object_set_boolean_member (json, "verified", guitu_person_is_verified (file->person));
  json_object_set_int_member (json, "days", guitu_date_difference (guitu_record_text (record, GUITU_CASE_OPENED_AT), closed != NULL ? closed : now));
  set_user (json, "opened_by_name", transaction, guitu_record_text (record, GUITU_CASE_OPENED_BY));
  set_user (json, "caseworker_name", transaction, guitu_record_text (record, GUITU_CASE_CASEWORKER));
  set_user (json, "closed_by_name", transaction, guitu_record_text (record, GUITU_CASE_CLOSED_BY));
  set_user (json, "second_name", transaction, guitu_record_text (record, GUITU_CASE_SECOND));
  json_object_set_int_member (json, "n_clues", file->clues->len);
  json_object_set_int_member (json, "n_waiting", count_waiting (file));
  json_object_set_array_member (json, "members", members);
  for (guint i = 0; i < file->members->len; i++)
    if (!guitu_record_is_set (file->members->pdata[i], GUITU_CASE_MEMBER_UNTIL))
      {
        JsonObject *member = guitu_record_to_json (file->members->pdata[i], FALSE);

        set_user (member, "user_name", transaction, guitu_record_text (file->members->pdata[i], GUITU_CASE_MEMBER_USER));
        json_array_add_object_element (members, member);
      }
  add_next (json, file, tasks, now);
  return json;
}

/* --- On one page ----------------------------------------------------------------------------- */

static JsonArray *
places_to_json (const GuituRecord *statement)
{
  g_autoptr (GPtrArray) guesses = guitu_place_guesses (guitu_record_text (statement, GUITU_STATEMENT_TEXT), guitu_record_text (statement, GUITU_STATEMENT_SOUND), MOST_PLACES);
  JsonArray *places = json_array_new ();

  for (guint i = 0; i < guesses->len; i++)
    {
      const GuituPlaceGuess *guess = guesses->pdata[i];
      JsonObject *place = json_object_new ();

      json_object_set_string_member (place, "part", guess->part);
      json_object_set_string_member (place, "code", guess->code);
      json_object_set_string_member (place, "name", guess->name);
      json_object_set_string_member (place, "how", guess->is_written ? "written" : guess->n_alike == 0 ? "sound"
                                                                                                       : "dialect");
      json_object_set_boolean_member (place, "current", guess->is_current);
      json_array_add_object_element (places, place);
    }
  return places;
}

/* The name in “我叫赵小明”. */
static const char *
name_in (const char *text)
{
  static const char *const leads[] = { "名字是", "叫做", "叫", "姓" };

  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    {
      const char *lead = strstr (text, leads[i]);

      if (lead != NULL && lead[strlen (leads[i])] != '\0')
        return lead + strlen (leads[i]);
    }
  return text;
}

static JsonArray *
surnames_to_json (const GuituRecord *statement)
{
  g_autoptr (GPtrArray) guesses = guitu_surname_guesses (name_in (guitu_record_text (statement, GUITU_STATEMENT_TEXT)), guitu_record_text (statement, GUITU_STATEMENT_SOUND), MOST_SURNAMES);
  JsonArray *surnames = json_array_new ();

  for (guint i = 0; i < guesses->len; i++)
    json_array_add_string_element (surnames, guesses->pdata[i]);
  return surnames;
}

/* What the person said, and what it may mean: what somebody thought, and what the program guesses. */
static JsonObject *
statement_to_json (GuituTransaction *transaction,
                   const GuituRecord *statement)
{
  const char *about = guitu_record_text (statement, GUITU_STATEMENT_ABOUT);
  JsonObject *json = guitu_record_to_json (statement, FALSE);

  set_label (json, "about_label", "statement_about", about);
  set_user (json, "heard_by_name", transaction, guitu_record_text (statement, GUITU_STATEMENT_HEARD_BY));
  if (g_strcmp0 (about, "home") == 0 || g_strcmp0 (about, "journey") == 0)
    json_object_set_array_member (json, "places", places_to_json (statement));
  if (g_strcmp0 (about, "name") == 0)
    json_object_set_array_member (json, "surnames", surnames_to_json (statement));
  return json;
}

static JsonObject *
clue_to_json (GuituTransaction *transaction,
              const GuituRecord *clue)
{
  JsonObject *json = guitu_record_to_json (clue, FALSE);

  guitu_json_add_region_name (json, "place");
  set_label (json, "state_label", "clue_state", guitu_record_text (clue, GUITU_CLUE_STATE));
  set_label (json, "source_label", "clue_source", guitu_record_text (clue, GUITU_CLUE_SOURCE));
  set_user (json, "by_name", transaction, guitu_record_text (clue, GUITU_CLUE_BY));
  return json;
}

static JsonObject *
inquiry_to_json (GuituTransaction *transaction,
                 const GuituRecord *inquiry)
{
  JsonObject *json = guitu_record_to_json (inquiry, FALSE);

  set_label (json, "kind_label", "inquiry_kind", guitu_record_text (inquiry, GUITU_INQUIRY_KIND));
  set_label (json, "result_label", "inquiry_result", guitu_record_text (inquiry, GUITU_INQUIRY_RESULT));
  set_user (json, "by_name", transaction, guitu_record_text (inquiry, GUITU_INQUIRY_BY));
  if (!guitu_record_is_set (inquiry, GUITU_INQUIRY_ANSWERED_AT))
    guitu_due_add (json, guitu_record_text (inquiry, GUITU_INQUIRY_DUE_ON));
  return json;
}

static JsonObject *
note_to_json (GuituTransaction *transaction,
              const GuituRecord *note)
{
  JsonObject *json = guitu_record_to_json (note, FALSE);

  set_label (json, "kind_label", "case_note_kind", guitu_record_text (note, GUITU_CASE_NOTE_KIND));
  set_user (json, "by_name", transaction, guitu_record_text (note, GUITU_CASE_NOTE_BY));
  return json;
}

/* Takes no record; each in its own form. */
static void
add_list (JsonObject *json,
          const char *name,
          GuituTransaction *transaction,
          GPtrArray *records,
          JsonObject *(*to_json) (GuituTransaction *transaction, const GuituRecord *record))
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (list, to_json (transaction, records->pdata[i]));
  json_object_set_array_member (json, name, list);
}

static gboolean
add_of_person (JsonObject *json,
               GuituTransaction *transaction,
               const GuituCaseFile *file,
               GError **error)
{
  g_autoptr (GPtrArray) statements = guitu_links_records (transaction, &guitu_kind_statement, GUITU_STATEMENT_PERSON, file->persons, error);
  g_autoptr (GPtrArray) findings = statements == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_finding, GUITU_FINDING_PERSON, file->persons, error);
  const GuituRecord *stay = guitu_case_stay (file);
  JsonObject *person;

  if (findings == NULL)
    return FALSE;
  person = guitu_person_to_json (file->person, FALSE);
  guitu_json_add_region_name (person, "household");
  json_object_set_object_member (json, "person", person);
  if (stay != NULL)
    json_object_set_object_member (json, "stay", guitu_stay_to_json (stay));
  add_list (json, "statements", transaction, statements, statement_to_json);
  json_object_set_array_member (json, "findings", guitu_records_to_json (findings));
  json_object_set_array_member (json, "notices", guitu_records_to_json (file->notices));
  return TRUE;
}

static void
add_tasks (JsonObject *json,
           const GuituCaseFile *file,
           GPtrArray *tasks,
           const char *now)
{
  JsonArray *list = json_array_new ();

  for (int done = 0; done < 2; done++)
    for (guint i = 0; i < tasks->len; i++)
      if (is_of_search (tasks->pdata[i], file) && is_due (tasks->pdata[i]) == !done)
        json_array_add_object_element (list, guitu_task_to_json (tasks->pdata[i], now));
  json_object_set_array_member (json, "tasks", list);
}

static char *
moment (GuituCall *call,
        GError **error)
{
  const char *text = guitu_call_text (call, "on");
  char *time = text == NULL ? guitu_now () : guitu_time_parse (text);

  if (time == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "on", "“%s” is no possible time (YYYY-MM-DD hh:mm)", text);
  return time;
}

static JsonObject *
show (GuituTransaction *transaction,
      const GuituCaseFile *file,
      const char *now,
      GError **error)
{
  const GuituTaskQuery query = { .now = now, .stay = guitu_case_stay (file), .with_done = TRUE, .of_case = guitu_record_id (file->record) };
  g_autoptr (GPtrArray) tasks = guitu_tasks_read (transaction, &query, error);
  g_autoptr (JsonObject) json = tasks == NULL ? NULL : guitu_case_to_json (transaction, file, tasks, now, error);

  if (json == NULL || !add_of_person (json, transaction, file, error))
    return NULL;
  add_tasks (json, file, tasks, now);
  add_list (json, "clues", transaction, file->clues, clue_to_json);
  add_list (json, "inquiries", transaction, file->inquiries, inquiry_to_json);
  add_list (json, "notes", transaction, file->notes, note_to_json);
  json_object_set_array_member (json, "places", guitu_case_places (json));
  return g_steal_pointer (&json);
}

/* Whoever sees a protected person's case is written down. */
static gboolean
log_view (GuituCall *call,
          const char *person,
          guint fences,
          GError **error)
{
  if (fences == GUITU_FENCE_NONE || guitu_fence_hides (call, fences) != GUITU_FENCE_NONE)
    return TRUE;
  return guitu_access_log (call, "view-fenced", person, NULL, error);
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autofree char *now = moment (call, error);
  g_autoptr (GuituTransaction) transaction = now == NULL ? NULL : guitu_call_read (call, error);
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (JsonObject) json = NULL;
  guint fences;

  if (transaction == NULL || !guitu_call_case (call, transaction, &file, error) ||
      !guitu_fence_of (transaction, file.persons->pdata[0], &fences, error))
    return FALSE;
  json = show (transaction, &file, now, error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (json == NULL || !log_view (call, file.persons->pdata[0], fences, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- In a list ------------------------------------------------------------------------------- */

typedef struct
{
  const char *user; /* id, or NULL */
  gboolean is_unassigned;
  char *from; /* closed in this time, or NULL */
  char *until;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_clear_pointer (&wanted->from, g_free);
  g_clear_pointer (&wanted->until, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

static gboolean
take_day (GuituCall *call,
          const char *option,
          char **day,
          GError **error)
{
  const char *text = guitu_call_text (call, option);

  *day = text == NULL ? NULL : guitu_date_parse (text);
  return text == NULL || *day != NULL ||
         guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", option, "“%s” is no possible date (YYYY-MM-DD)", text);
}

static gboolean
works_on (const GuituCaseFile *file,
          const char *user)
{
  if (guitu_record_says (file->record, GUITU_CASE_CASEWORKER, user))
    return TRUE;
  for (guint i = 0; i < file->members->len; i++)
    if (guitu_record_says (file->members->pdata[i], GUITU_CASE_MEMBER_USER, user) && !guitu_record_is_set (file->members->pdata[i], GUITU_CASE_MEMBER_UNTIL))
      return TRUE;
  return FALSE;
}

static gboolean
is_wanted (const GuituCaseFile *file,
           const Wanted *wanted)
{
  return (wanted->user == NULL || works_on (file, wanted->user)) &&
         (!wanted->is_unassigned || !guitu_record_is_set (file->record, GUITU_CASE_CASEWORKER));
}

/* Open ones; or those that were closed in a time. */
static GPtrArray *
find_cases (GuituTransaction *transaction,
            gboolean is_closed,
            const Wanted *wanted,
            GError **error)
{
  GuituQuery query = { .conditions = { { GUITU_CASE_CLOSED_AT, is_closed ? GUITU_SET : GUITU_UNSET, NULL } } };
  g_autofree char *after = wanted->until == NULL ? NULL : guitu_date_add_days (wanted->until, 1);

  if (is_closed && wanted->from != NULL)
    query.conditions[1] = (GuituCondition){ GUITU_CASE_CLOSED_AT, GUITU_AT_LEAST, wanted->from };
  if (is_closed && after != NULL)
    query.conditions[wanted->from != NULL ? 2 : 1] = (GuituCondition){ GUITU_CASE_CLOSED_AT, GUITU_LESS, after };
  return guitu_records_find (transaction, &guitu_kind_case, &query, error);
}

static const char *
due_of (JsonObject *json)
{
  JsonObject *next = json_object_has_member (json, "next_step") ? json_object_get_object_member (json, "next_step") : NULL;

  return next == NULL ? "9" : json_object_get_string_member_with_default (next, "due_at", "9");
}

/* What is due first comes first. */
static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  JsonObject *one = *(JsonObject *const *) a;
  JsonObject *two = *(JsonObject *const *) b;
  int order = strcmp (due_of (one), due_of (two));

  return order != 0 ? order : strcmp (json_object_get_string_member (one, "opened_at"), json_object_get_string_member (two, "opened_at"));
}

static gboolean
add_line (GPtrArray *lines,
          GHashTable *seen,
          GuituTransaction *transaction,
          GuituRecord *record,
          const Wanted *wanted,
          GPtrArray *tasks,
          const char *now,
          GError **error)
{
  g_auto (GuituCaseFile) file = { 0 };
  JsonObject *json;

  if (!guitu_case_file_read (&file, transaction, record, error))
    return FALSE;
  if (!g_hash_table_add (seen, g_strdup (guitu_record_id (file.record))) || !is_wanted (&file, wanted))
    return TRUE;
  json = guitu_case_to_json (transaction, &file, tasks, now, error);
  if (json != NULL)
    g_ptr_array_add (lines, json);
  return json != NULL;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *name = guitu_call_text (call, "caseworker");
  g_auto (Wanted) wanted = { .is_unassigned = guitu_call_flag (call, "unassigned") };
  g_autofree char *now = moment (call, error);
  g_autoptr (GuituTransaction) transaction = now == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GuituRecord) user = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  gboolean is_closed;

  if (transaction == NULL || !take_day (call, "closed_from", &wanted.from, error) || !take_day (call, "closed_until", &wanted.until, error))
    return FALSE;
  is_closed = guitu_call_flag (call, "closed") || wanted.from != NULL || wanted.until != NULL;
  user = name == NULL ? NULL : guitu_record_find_one (transaction, &guitu_kind_user, GUITU_USER_NAME, name, error);
  if (name != NULL && user == NULL)
    return (error != NULL && *error != NULL) || guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "caseworker", "There is no user “%s”", name);
  wanted.user = user == NULL ? NULL : guitu_record_id (user);
  tasks = is_closed ? g_ptr_array_new () : guitu_tasks_read (transaction, &(GuituTaskQuery){ .now = now }, error);
  cases = tasks == NULL ? NULL : find_cases (transaction, is_closed, &wanted, error);
  while (cases != NULL && cases->len > 0)
    if (!add_line (lines, seen, transaction, g_ptr_array_steal_index (cases, 0), &wanted, tasks, now, error))
      return FALSE;
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    guitu_call_emit (call, json_object_ref (lines->pdata[i]));
  return cases != NULL;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption show_options[] = {
  { "case", GUITU_OPTION_TEXT, TRUE, "id of the case, or of the person, or id or number of the stay" },
  { "on", GUITU_OPTION_TEXT, FALSE, "what is due as of another moment (now)" },
  { NULL },
};

static const GuituOption list_options[] = {
  { "caseworker", GUITU_OPTION_TEXT, FALSE, "only those that this user leads or helps with (user name)" },
  { "unassigned", GUITU_OPTION_FLAG, FALSE, "only those that nobody leads" },
  { "closed", GUITU_OPTION_FLAG, FALSE, "the closed ones" },
  { "closed_from", GUITU_OPTION_TEXT, FALSE, "those closed on that day or later" },
  { "closed_until", GUITU_OPTION_TEXT, FALSE, "those closed on that day or before" },
  { "on", GUITU_OPTION_TEXT, FALSE, "what is due as of another moment (now)" },
  { NULL },
};

const GuituVerb guitu_verb_case_show = {
  "case show", "Show a case: person, words, clues, inquiries, notes, and what is next", GUITU_VERB_PLAIN, show_options, NULL, run_show
};
const GuituVerb guitu_verb_case_list = {
  "case list", "List the open cases, what is due first first; or the closed ones", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
