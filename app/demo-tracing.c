/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The story is data: steps, each a verb with its input. In texts of an input, “$name.member” is what the step that is
 * kept “as” that name gave out, and “@-12 10:20” or “@-12” a time or day so many days ago. A step whose name stands for
 * nothing is passed over: among very many people, a report may fit nobody. What verbs write as of now is set back. */

#include "app/demo-tracing.h"

#include "app/demo-house.h"
#include "app/findings.h"

#include <string.h>

#define STORY "/io/github/guitu/app/demo-tracing.json"
#define COLLEAGUE "zhouhang"

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
  gboolean good = elsewhere != NULL && add_colleague (&story, error) && tell (&story, error);

  *people = story.people;
  *here = story.here;
  g_free (story.colleague.id);
  return good;
}
