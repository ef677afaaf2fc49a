/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A merge and its unmerge leave nothing behind. Each case is played twice on one store, within a batch
 * that is undone afterwards: with merges and unmerges between the writes, and without them. */

#include "app/links.h"
#include "app/verbs.h"
#include "db/record-private.h"
#include "store.h"

#include <string.h>

#ifdef __clang__ /* built with sanitizers */
#define CASES 2000
#else
#define CASES 10000
#endif
#define CASES_BETWEEN_VERBS 100 /* the verbs that read are compared in every so manieth case */
#define STEPS 9
#define N_KNOWN 4    /* persons of the store all cases begin with */
#define N_PERSONS 6  /* and those that a case adds */
#define N_BUNDLES 24 /* each holds what the one before it held, and more */

static char *known[N_KNOWN];

typedef struct
{
  GuituTestStore *store;
  GRand *random;
  GPtrArray *bundles;
  char *persons[N_PERSONS];
  guint n_persons;
  guint step;
  guint bundle; /* the next that may come */
  gboolean merges;
} Play;

static void
put (GuituStore *store,
     GuituRecord *record,
     const char *act)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, act, &error);

  g_assert_no_error (error);
  guitu_transaction_put (transaction, record, &error);
  g_assert_no_error (error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

/* Both plays of a case write the same records under the same ids. */
static GuituRecord *
record_new (Play *play,
            const GuituKind *kind)
{
  GuituRecord *record = guitu_record_new (kind);

  g_free (record->id);
  record->id = g_strdup_printf ("%08x-%04x-7000-8000-%012x", g_rand_int (play->random), play->step, g_rand_int (play->random));
  return record;
}

static const char *
any_person (Play *play)
{
  return play->persons[g_rand_int_range (play->random, 0, play->n_persons)];
}

/* --- Writes ----------------------------------------------------------------------------------- */

static void
add_person (Play *play)
{
  g_autoptr (GuituRecord) person = record_new (play, &guitu_kind_person);
  g_autofree char *name = g_strdup_printf ("王%u", g_rand_int_range (play->random, 0, 5));

  if (play->n_persons == N_PERSONS)
    return;
  guitu_record_set_text (person, GUITU_PERSON_NAME, name);
  guitu_record_set_text (person, GUITU_PERSON_SEX, "1");
  put (play->store->store, person, "person add");
  play->persons[play->n_persons++] = g_strdup (guitu_record_id (person));
}

static void
edit_person (Play *play)
{
  static const int fields[] = { GUITU_PERSON_NAME, GUITU_PERSON_ADDRESS, GUITU_PERSON_PHONE, GUITU_PERSON_VERIFIED_BY, GUITU_PERSON_HEALTH };
  static const char *const values[] = { "李四", "某路", "13512345678", "none", "dementia" };
  g_autoptr (GuituTransaction) transaction = guitu_store_read (play->store->store, NULL);
  g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, any_person (play), NULL);
  guint field = g_rand_int_range (play->random, 0, G_N_ELEMENTS (fields));

  g_assert_nonnull (person);
  guitu_record_set_text (person, fields[field], g_rand_boolean (play->random) ? values[field] : NULL);
  if (guitu_record_is_set (person, GUITU_PERSON_NAME))
    put (play->store->store, person, "person edit");
}

static void
add_stay (Play *play)
{
  g_autoptr (GuituRecord) stay = record_new (play, &guitu_kind_stay);

  guitu_record_set_text (stay, GUITU_STAY_PERSON, any_person (play));
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "self");
  guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, "2026-01-31T23:50:00+08:00");
  guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, g_rand_boolean (play->random) ? "2026-02-01T08:00:00+08:00" : NULL);
  put (play->store->store, stay, "stay arrive");
}

static void
add_statement (Play *play)
{
  g_autoptr (GuituRecord) statement = record_new (play, &guitu_kind_statement);

  guitu_record_set_text (statement, GUITU_STATEMENT_PERSON, any_person (play));
  guitu_record_set_text (statement, GUITU_STATEMENT_TEXT, "我从山里来");
  put (play->store->store, statement, "person statement");
}

static void
receive (Play *play)
{
  play->bundle = MIN (play->bundle + g_rand_int_range (play->random, 1, 6), N_BUNDLES - 1);
  guitu_test_import (play->store->store, play->bundles->pdata[play->bundle]);
}

/* --- Merges ----------------------------------------------------------------------------------- */

static void
collect (JsonObject *result,
         gpointer data)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_remove_member (result, "as_of");
  json_node_set_object (node, result);
  text = json_to_string (node, FALSE);
  g_string_append_printf (data, "%s\n", text);
}

/* Runs a verb as the manager; what it gives goes to @text, also the error. */
static gboolean
run (Play *play,
     const char *name,
     const char *json,
     GString *text)
{
  GuituSession session = { "01900000-0000-7000-8000-000000000001", "manager", "", GUITU_ROLE_MANAGER };
  g_autoptr (JsonNode) input = json_from_string (json, NULL);
  g_autoptr (GError) error = NULL;
  GuituCall call = {
    .verb = guitu_verb_find (name),
    .store = play->store->store,
    .session = &session,
    .input = json_node_get_object (input),
    .emit = collect,
    .emit_data = text,
  };

  if (call.verb->run (&call, &error))
    return TRUE;
  g_assert_nonnull (error);
  g_string_append_printf (text, "%s\n", error->message);
  return FALSE;
}

/* The random choice is drawn in both plays. */
static void
merge (Play *play)
{
  const char *keep = any_person (play);
  const char *other = any_person (play);
  g_autofree char *json = g_strdup_printf ("{\"keep\":\"%s\",\"other\":\"%s\",\"reason\":\"x\"}", keep, other);
  g_autoptr (GString) text = g_string_new (NULL);

  if (play->merges)
    run (play, "person merge", json, text);
}

static GPtrArray *
active_links (Play *play)
{
  const GuituQuery query = { .conditions = { { GUITU_PERSON_LINK_VERDICT, GUITU_EQUAL, "same" } } };
  g_autoptr (GuituTransaction) transaction = guitu_store_read (play->store->store, NULL);

  return guitu_records_find (transaction, &guitu_kind_person_link, &query, NULL);
}

static void
unmerge_link (Play *play,
              const GuituRecord *link)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"link\":\"%s\",\"reason\":\"y\"}",
                                           guitu_record_text (link, GUITU_PERSON_LINK_OTHER), guitu_record_id (link));
  g_autoptr (GString) text = g_string_new (NULL);

  if (!run (play, "person unmerge", json, text))
    g_error ("%s", text->str);
}

static void
unmerge (Play *play)
{
  guint choice = g_rand_int (play->random);
  g_autoptr (GPtrArray) links = play->merges ? active_links (play) : NULL;

  if (links != NULL && links->len > 0)
    unmerge_link (play, links->pdata[choice % links->len]);
}

static guint
unmerge_all (Play *play)
{
  g_autoptr (GPtrArray) links = active_links (play);

  for (guint i = 0; i < links->len; i++)
    unmerge_link (play, links->pdata[i]);
  return links->len;
}

/* --- What stands afterwards ------------------------------------------------------------------- */

static void
append_records (GString *text,
                GuituTransaction *transaction,
                const GuituKind *kind)
{
  const GuituQuery all = { .with_voided = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = guitu_records_find (transaction, kind, &all, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      g_string_append_printf (text, "%s %s", kind->name, guitu_record_id (records->pdata[i]));
      for (guint j = 0; j < kind->n_fields; j++)
        {
          g_autofree char *value = guitu_record_show (records->pdata[i], j);

          g_string_append_printf (text, "|%s", value == NULL ? "" : value);
        }
      g_string_append_c (text, '\n');
    }
}

static void
append_conflicts (GString *text,
                  GuituTransaction *transaction)
{
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, NULL, NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const GuituConflict *conflict = conflicts->pdata[i];

      g_string_append_printf (text, "conflict %s %s %s", conflict->kind, conflict->id, conflict->field);
      for (guint j = 0; j < conflict->values->len; j++)
        g_string_append_printf (text, "|%s", ((GuituHistoryItem *) conflict->values->pdata[j])->value);
      g_string_append_c (text, '\n');
    }
}

static void
append_all_records (GString *text,
                    Play *play)
{
  const GuituKind *const *kinds = guitu_kinds ();
  g_autoptr (GuituTransaction) transaction = guitu_store_read (play->store->store, NULL);

  for (guint i = 0; kinds[i] != NULL; i++)
    if (kinds[i] != &guitu_kind_person_link)
      append_records (text, transaction, kinds[i]);
  append_conflicts (text, transaction);
}

static void
append_verbs (GString *text,
              Play *play)
{
  g_autoptr (GPtrArray) stays = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (play->store->store, NULL);

  stays = guitu_records_find (transaction, &guitu_kind_stay, &(GuituQuery){ 0 }, NULL);
  g_clear_pointer (&transaction, guitu_transaction_free);
  run (play, "person find", "{}", text);
  run (play, "person find", "{\"text\":\"王\"}", text);
  run (play, "person check", "{\"name\":\"王1\",\"sex\":\"1\",\"phone\":\"13512345678\"}", text);
  run (play, "stay board", "{}", text);
  run (play, "transfer list", "{}", text);
  run (play, "paper list", "{}", text);
  for (guint i = 0; i < play->n_persons; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\"}", play->persons[i]);

      run (play, "person show", json, text);
    }
  for (guint i = 0; i < stays->len; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"stay\":\"%s\"}", guitu_record_id (stays->pdata[i]));

      run (play, "stay show", json, text);
    }
}

/* --- Cases ------------------------------------------------------------------------------------ */

static char *
play_case (GuituTestStore *store,
           GPtrArray *bundles,
           guint number,
           gboolean merges,
           guint *n_merged)
{
  static void (*const steps[]) (Play * play) = { add_person, edit_person, edit_person, add_stay, add_statement,
                                                 merge, merge, merge, unmerge };
  Play play = { .store = store, .random = g_rand_new_with_seed (number), .bundles = bundles, .merges = merges };
  GString *text = g_string_new (NULL);

  g_assert_true (guitu_store_begin_batch (store->store, NULL));
  for (guint i = 0; i < N_KNOWN; i++)
    play.persons[play.n_persons++] = g_strdup (known[i]);
  for (play.step = 0; play.step < STEPS; play.step++)
    if (g_rand_int_range (play.random, 0, 12) == 0)
      receive (&play);
    else
      steps[g_rand_int_range (play.random, 0, G_N_ELEMENTS (steps))](&play);
  if (merges)
    *n_merged += unmerge_all (&play);
  append_all_records (text, &play);
  if (number % CASES_BETWEEN_VERBS == 0)
    append_verbs (text, &play);
  g_assert_true (guitu_store_end_batch (store->store, FALSE, NULL));
  for (guint i = 0; i < play.n_persons; i++)
    g_free (play.persons[i]);
  g_rand_free (play.random);
  return g_string_free (text, FALSE);
}

/* What a second desk of the station wrote, a little more in each bundle. */
static GPtrArray *
write_bundles (GuituTestStore *second,
               const char *folder)
{
  GPtrArray *bundles = g_ptr_array_new_with_free_func (g_free);
  const char *const names[] = { "赵六", "李四", "王五" };

  for (guint i = 0; i < N_BUNDLES; i++)
    {
      const char *person = known[i % N_KNOWN];
      g_autofree char *name = g_strdup_printf ("bundle-%u", i);

      if (i % 3 == 0)
        g_free (guitu_test_stay_add (second->store, person));
      else if (i % 3 == 1)
        guitu_test_set (second->store, &guitu_kind_person, person, GUITU_PERSON_NAME, names[i / 3 % 3]);
      else
        g_free (guitu_test_person_add (second->store, "孙七"));
      g_ptr_array_add (bundles, g_build_filename (folder, name, NULL));
      guitu_test_export (second->store, bundles->pdata[i], NULL);
    }
  return bundles;
}

/* A second desk that knows what the first wrote. */
static GuituTestStore *
second_desk (GuituTestStore *first,
             gint64 number,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) invitation = guitu_keys_make_invitation (guitu_store_keys (first->store), number, "CODE", NULL);
  g_autoptr (GuituKeys) keys = guitu_keys_open_invitation (invitation, "CODE", NULL, &error);
  GuituTestStore *second;

  g_assert_no_error (error);
  second = guitu_test_store_new (keys);
  guitu_test_export (first->store, path, NULL);
  guitu_test_import (second->store, path);
  return second;
}

static void
test_merge_is_undone (void)
{
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *carried = g_build_filename (folder, "carried", NULL);
  g_autoptr (GuituTestStore) store = guitu_test_store_new (NULL);
  g_autoptr (GuituTestStore) second = NULL;
  g_autoptr (GPtrArray) bundles = NULL;
  guint n_merged = 0;

  for (guint i = 0; i < N_KNOWN; i++)
    known[i] = guitu_test_person_add (store->store, i % 2 == 0 ? "王1" : "李四");
  second = second_desk (store, 2, carried);
  bundles = write_bundles (second, folder);
  for (guint i = 0; i < CASES; i++)
    {
      g_autofree char *merged = play_case (store, bundles, i, TRUE, &n_merged);
      g_autofree char *twin = play_case (store, bundles, i, FALSE, &n_merged);

      if (strcmp (merged, twin) != 0)
        g_error ("case %u:\n%s\n---\n%s", i, merged, twin);
    }
  g_assert_cmpuint (n_merged, >, CASES / 2);
  for (guint i = 0; i < N_KNOWN; i++)
    g_free (known[i]);
  guitu_test_directory_remove (folder);
}

/* --- Convergence ------------------------------------------------------------------------------ */

static void
link_two (GuituStore *store,
          const char *person,
          const char *other)
{
  g_autoptr (GuituRecord) link = guitu_record_new (&guitu_kind_person_link);

  guitu_record_set_text (link, GUITU_PERSON_LINK_PERSON, person);
  guitu_record_set_text (link, GUITU_PERSON_LINK_OTHER, other);
  guitu_record_set_text (link, GUITU_PERSON_LINK_VERDICT, "same");
  put (store, link, "person merge");
}

static char *
leaders (GuituStore *store,
         char **ids,
         guint n)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) members = guitu_links_members (transaction, ids[i], NULL);
      g_autofree char *leader = guitu_links_leader (transaction, ids[i], NULL);

      g_assert_cmpstr (leader, ==, members->pdata[0]);
      for (guint j = 0; j < members->len; j++)
        g_string_append_printf (text, "%s ", (char *) members->pdata[j]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* Both merge what they like, also against each other and in circles; then they hear of it. */
static void
test_desks_agree (void)
{
  enum
  {
    N = 8
  };
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "carried", NULL);
  g_autoptr (GuituTestStore) first = guitu_test_store_new (NULL);
  g_autoptr (GuituTestStore) second = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  char *ids[N];

  for (guint i = 0; i < N; i++)
    ids[i] = guitu_test_person_add (first->store, "王五");
  second = second_desk (first, 2, path);
  for (guint round = 0; round < 12; round++)
    {
      g_autofree char *at_first = NULL;
      g_autofree char *at_second = NULL;

      for (guint i = 0; i < 2; i++)
        {
          guint a = g_rand_int_range (random, 0, N);
          guint b = (a + g_rand_int_range (random, 1, N)) % N;

          link_two (i == 0 ? first->store : second->store, ids[a], ids[b]);
        }
      guitu_test_export (first->store, path, NULL);
      guitu_test_import (second->store, path);
      guitu_test_export (second->store, path, NULL);
      guitu_test_import (first->store, path);
      at_first = leaders (first->store, ids, N);
      at_second = leaders (second->store, ids, N);
      g_assert_cmpstr (at_first, ==, at_second);
    }
  for (guint i = 0; i < N; i++)
    g_free (ids[i]);
  guitu_test_directory_remove (folder);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Who leads a circle, a pair merged both ways, and two roots. */
static void
test_leader (void)
{
  g_autoptr (GuituTestStore) store = guitu_test_store_new (NULL);
  char *ids[7];
  const struct
  {
    guint person;
    guint other;
  } links[] = { { 1, 0 }, { 0, 1 }, { 3, 2 }, { 4, 2 }, { 6, 5 } };
  const guint expected[] = { 0, 0, 3, 3, 3, 6, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = guitu_test_person_add (store->store, "王五");
  qsort (ids, G_N_ELEMENTS (ids), sizeof ids[0], compare_texts); /* ids of one millisecond come in any order */
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    link_two (store->store, ids[links[i].person], ids[links[i].other]);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GuituTransaction) transaction = guitu_store_read (store->store, NULL);
      g_autofree char *leader = guitu_links_leader (transaction, ids[i], NULL);

      g_assert_cmpstr (leader, ==, ids[expected[i]]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/leader", test_leader);
  g_test_add_func ("/merge/desks-agree", test_desks_agree);
  g_test_add_func ("/merge/is-undone", test_merge_is_undone);
  return g_test_run ();
}
