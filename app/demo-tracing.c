/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The story is data: steps, each a verb with its input. In texts of an input, “$name.member” is what the step that is
 * kept “as” that name gave out, and “@-12 10:20” or “@-12” a time or day so many days ago. A step whose name stands for
 * nothing is passed over: among very many people, a report may fit nobody. What verbs write as of now is set back.
 *
 * Those whom the lot has put into the house, and whom nobody knows, have caseworkers too, who did what was due: for each
 * kind of task the routine has steps, in which “$task” is the task. Some of what fell due in the last days is still open. */

#include "app/demo-tracing.h"

#include "app/demo-house.h"
#include "app/findings.h"

#include <string.h>

#define STORY "/io/github/guitu/app/demo-tracing.json"
#define ROUTINE "/io/github/guitu/app/demo-routine.json"
#define COLLEAGUE "zhouhang"
#define ROUNDS 6          /* what is done may make other tasks due, that of the next month too */
#define STILL_OPEN_DAYS 2 /* so long a task of one stay in three is overdue: nobody got round to it yet */
#define STAYS_LEFT 3
#define DNA_DAYS 12 /* until the police answer */
#define WORKING_TIME "T10:20:00+08:00"

typedef struct
{
  GuituCall *call;
  GuituSession colleague;
  GuituDemoElsewhere *elsewhere;
  GHashTable *kept; /* name -> JsonObject */
  const char *now;
  guint people;
  guint here;
} Story;

/* --- Texts --------------------------------------------------------------------------------------- */

/* A day of the past, with the time where there is one. Returns: (transfer full). */
static char *
day_ago (const Story *story,
         const char *text)
{
  char *end;
  gint64 days = g_ascii_strtoll (text, &end, 10);
  g_autofree char *day = guitu_date_add_days (story->now, (int) days);

  return *end == ' ' ? g_strdup_printf ("%sT%s:00+08:00", day, end + 1) : g_steal_pointer (&day);
}

/* What “name.member.member” stands for. Returns: (nullable). */
static const char *
find_kept (const Story *story,
           const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  guint n = g_strv_length (parts);
  JsonObject *object = g_hash_table_lookup (story->kept, parts[0]);

  for (guint i = 1; object != NULL && i + 1 < n; i++)
    object = json_object_has_member (object, parts[i]) ? json_object_get_object_member (object, parts[i]) : NULL;
  return object == NULL ? NULL : json_object_get_string_member_with_default (object, parts[n - 1], NULL);
}

/* Puts what they stand for in the place of texts. FALSE: one stands for nothing. */
static gboolean
fill_in (const Story *story,
         JsonObject *input)
{
  g_autoptr (GList) names = json_object_get_members (input);

  for (GList *item = names; item != NULL; item = item->next)
    {
      JsonNode *node = json_object_get_member (input, item->data);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autofree char *filled = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node) && !fill_in (story, json_node_get_object (node)))
        return FALSE;
      if (text == NULL || (*text != '$' && *text != '@'))
        continue;
      filled = *text == '@' ? day_ago (story, text + 1) : g_strdup (find_kept (story, text + 1));
      if (filled == NULL)
        return FALSE;
      json_object_set_string_member (input, item->data, filled);
    }
  return TRUE;
}

/* --- Steps --------------------------------------------------------------------------------------- */

static void
keep_first (JsonObject *result,
            gpointer data)
{
  JsonObject **first = data;

  if (*first == NULL)
    *first = json_object_ref (result);
}

/* Whoever is taken in gets a bed, if there is one left that breaks no rule. */
static gboolean
give_bed (Story *story,
          JsonObject *input,
          GError **error)
{
  g_autoptr (GuituTransaction) reading = guitu_call_read (story->call, error);
  g_autoptr (GuituHouse) house = reading == NULL ? NULL : guitu_house_load (reading, error);
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

  if (house == NULL || !guitu_record_take_json (person, json_object_get_object_member (input, "person"), error))
    return FALSE;
  guitu_demo_house_give_bed (house, stay, person);
  if (guitu_record_is_set (stay, GUITU_STAY_BED))
    json_object_set_string_member (input, "bed", guitu_record_text (stay, GUITU_STAY_BED));
  story->people++;
  story->here++;
  return TRUE;
}

static gboolean
run_verb (Story *story,
          JsonObject *step,
          JsonObject *input,
          GError **error)
{
  const char *name = json_object_get_string_member_with_default (step, "as", NULL);
  const char *by = json_object_get_string_member_with_default (step, "by", "");
  gboolean is_elsewhere = g_str_equal (by, "elsewhere");
  JsonObject *first = NULL;
  GuituCall call = *story->call;
  gboolean good;

  call.verb = guitu_verb_find (json_object_get_string_member (step, "verb"));
  call.input = input;
  call.emit = keep_first;
  call.emit_data = &first;
  if (is_elsewhere)
    {
      call.store = guitu_demo_elsewhere_store (story->elsewhere);
      call.session = guitu_demo_elsewhere_session (story->elsewhere);
    }
  else if (g_str_equal (by, "colleague"))
    call.session = &story->colleague;
  good = (!g_str_equal (call.verb->name, "stay admit") || give_bed (story, input, error)) && call.verb->run (&call, error);
  story->here -= g_str_equal (call.verb->name, "stay leave");
  if (good && name != NULL && first != NULL)
    g_hash_table_insert (story->kept, g_strdup (name), json_object_ref (first));
  g_clear_pointer (&first, json_object_unref);
  return good;
}

/* As if it had been written at its time. */
static gboolean
set_back (Story *story,
          const char *kind,
          JsonObject *input,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (story->call, error);
  g_autoptr (GuituRecord) record = transaction == NULL ? NULL : guitu_record_load (transaction, guitu_kind_find (kind), json_object_get_string_member (input, "id"), error);
  g_autoptr (GList) names = json_object_get_members (input);

  if (record == NULL)
    return FALSE;
  for (GList *item = names; item != NULL; item = item->next)
    if (strcmp (item->data, "id") != 0)
      guitu_record_set_text (record, guitu_kind_field (guitu_record_kind (record), item->data), json_object_get_string_member (input, item->data));
  return guitu_transaction_put (transaction, record, error) && guitu_transaction_commit (transaction, error);
}

static gboolean
run_step (Story *story,
          JsonObject *step,
          GError **error)
{
  const char *kind = json_object_get_string_member_with_default (step, "set_back", NULL);
  JsonObject *input = json_object_has_member (step, "input") ? json_object_get_object_member (step, "input") : NULL;

  if (json_object_has_member (step, "carry"))
    return guitu_demo_elsewhere_carry (story->elsewhere, story->call, error);
  if (json_object_has_member (step, "match"))
    return guitu_findings_catch_up (story->call->store, NULL, error);
  if (!fill_in (story, input))
    return TRUE;
  if (kind != NULL)
    return set_back (story, kind, input, error);
  return run_verb (story, step, input, error);
}

/* --- The story ----------------------------------------------------------------------------------- */

/* Who looks for families; without a password nobody logs in by that name. */
static gboolean
add_colleague (Story *story,
               GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (story->call, error);
  g_autoptr (GuituRecord) user = guitu_record_new (&guitu_kind_user);

  guitu_record_set_text (user, GUITU_USER_NAME, COLLEAGUE);
  guitu_record_set_text (user, GUITU_USER_FULL_NAME, "周航");
  guitu_record_set_text (user, GUITU_USER_ROLE, "caseworker");
  guitu_record_set_text (user, GUITU_USER_STATE, "active");
  story->colleague = (GuituSession){ .id = g_strdup (guitu_record_id (user)), .name = COLLEAGUE, .full_name = "周航", .role = GUITU_ROLE_CASEWORKER };
  return transaction != NULL && guitu_transaction_put (transaction, user, error) && guitu_transaction_commit (transaction, error);
}

static gboolean
tell (Story *story,
      GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (STORY, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = bytes == NULL ? NULL : g_bytes_get_data (bytes, &length);
  JsonArray *steps;

  if (text == NULL || !json_parser_load_from_data (parser, text, (gssize) length, error))
    return FALSE;
  steps = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (steps); i++)
    if (!run_step (story, json_array_get_object_element (steps, i), error))
      {
        g_prefix_error (error, "Step %u of %s: ", i + 1, STORY);
        return FALSE;
      }
  return TRUE;
}

/* --- What is done for everybody ------------------------------------------------------------------ */

static void
collect_task (JsonObject *result,
              gpointer data)
{
  json_array_add_object_element (data, json_object_ref (result));
}

static JsonArray *
read_tasks (Story *story,
            GError **error)
{
  g_autoptr (JsonArray) tasks = json_array_new ();
  g_autoptr (JsonObject) input = json_object_new ();
  GuituCall call = *story->call;

  call.verb = guitu_verb_find ("tasks");
  call.input = input;
  call.emit = collect_task;
  call.emit_data = tasks;
  return call.verb->run (&call, error) ? g_steal_pointer (&tasks) : NULL;
}

/* Who is of the story has caseworkers who know what they leave undone; but nobody stays beyond the term. */
static gboolean
is_of_story (const Story *story,
             const char *person)
{
  GHashTableIter iterator;
  gpointer kept;

  g_hash_table_iter_init (&iterator, story->kept);
  while (g_hash_table_iter_next (&iterator, NULL, &kept))
    if (json_object_has_member (kept, "person") && JSON_NODE_HOLDS_OBJECT (json_object_get_member (kept, "person")) &&
        g_strcmp0 (json_object_get_string_member_with_default (json_object_get_object_member (kept, "person"), "id", NULL), person) == 0)
      return TRUE;
  return FALSE;
}

/* Half-way between the start and the end; by day, where there are days. (transfer full) */
static char *
time_of_work (const char *starts,
              const char *due)
{
  g_autoptr (GTimeZone) zone = guitu_time_zone ();
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (starts, zone);
  g_autoptr (GDateTime) to = g_date_time_new_from_iso8601 (due, zone);
  GTimeSpan span = from == NULL || to == NULL ? 0 : g_date_time_difference (to, from);
  g_autoptr (GDateTime) at = from == NULL ? NULL : g_date_time_add (from, span / 2);
  g_autofree char *day = at == NULL ? NULL : g_date_time_format (at, "%Y-%m-%d");

  if (at == NULL)
    return g_strdup (starts);
  return span > 2 * G_TIME_SPAN_DAY ? g_strconcat (day, WORKING_TIME, NULL) : g_date_time_format (at, "%Y-%m-%dT%H:%M:00+08:00");
}

static gboolean
is_left (const Story *story,
         JsonObject *task)
{
  const char *kind = json_object_get_string_member (task, "kind");
  g_autofree char *lately = guitu_date_add_days (story->now, -STILL_OPEN_DAYS);
  const char *last = strrchr (json_object_get_string_member_with_default (task, "number", ""), '-'); /* part of the number of the stay */
  guint64 number = last == NULL ? 0 : g_ascii_strtoull (last + 1, NULL, 10);

  if (!json_object_has_member (task, "starts_at") || strcmp (json_object_get_string_member (task, "due_at"), story->now) >= 0)
    return TRUE;
  if (strcmp (kind, "stay-limit") == 0)
    return FALSE;
  return (strcmp (json_object_get_string_member (task, "due_at"), lately) >= 0 && number % STAYS_LEFT == 1) ||
         is_of_story (story, json_object_get_string_member_with_default (task, "person", NULL));
}

/* The steps of its kind, with the task at hand. */
static gboolean
do_task (Story *story,
         JsonObject *task,
         JsonArray *steps,
         GError **error)
{
  g_autofree char *at = time_of_work (json_object_get_string_member (task, "starts_at"), json_object_get_string_member (task, "due_at"));
  g_autofree char *answered = guitu_date_add_days (at, DNA_DAYS);
  g_autofree char *proof = g_strdup_printf ("演示-%s", json_object_get_string_member_with_default (task, "number", ""));

  json_object_set_string_member (task, "at", at);
  json_object_set_string_member (task, "proof", proof);
  if (strcmp (answered, story->now) < 0)
    {
      g_autofree char *time = g_strconcat (answered, WORKING_TIME, NULL);

      json_object_set_string_member (task, "answered", time);
    }
  g_hash_table_insert (story->kept, g_strdup ("task"), json_object_ref (task));
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      g_autofree char *text = json_to_string (json_array_get_element (steps, i), FALSE); /* which is filled in */
      g_autoptr (JsonNode) fresh = json_from_string (text, error);

      if (fresh == NULL || !run_step (story, json_node_get_object (fresh), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_routine (Story *story,
            GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (ROUTINE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonNode) routine = bytes == NULL ? NULL : json_from_string (g_bytes_get_data (bytes, NULL), error);

  for (guint round = 0; routine != NULL && round < ROUNDS; round++)
    {
      g_autoptr (JsonArray) tasks = read_tasks (story, error);

      if (tasks == NULL)
        return FALSE;
      for (guint i = 0; i < json_array_get_length (tasks); i++)
        {
          JsonObject *task = json_array_get_object_element (tasks, i);
          const char *kind = json_object_get_string_member (task, "kind");

          if (!json_object_has_member (json_node_get_object (routine), kind) || is_left (story, task))
            continue;
          if (!do_task (story, task, json_object_get_array_member (json_node_get_object (routine), kind), error))
            {
              g_prefix_error (error, "Task %s of %s: ", kind, ROUTINE);
              return FALSE;
            }
        }
    }
  return routine != NULL;
}

gboolean
guitu_demo_tracing (GuituCall *call,
                    guint *people,
                    guint *here,
                    GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituDemoElsewhere) elsewhere = guitu_demo_elsewhere_new (call, error);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  Story story = { .call = call, .elsewhere = elsewhere, .kept = kept, .now = now };
  gboolean good = elsewhere != NULL && add_colleague (&story, error) && tell (&story, error) && do_routine (&story, error);

  *people = story.people;
  *here = story.here;
  g_free (story.colleague.id);
  return good;
}
