/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo-people.h"

#include "app/codes.h"
#include "app/identity-number.h"
#include "app/regions.h"

#include <string.h>

#define TODAY "2026-05-20"
#define N_PEOPLE 20000

static const char *
text_of (JsonObject *object, const char *field)
{
  return json_object_get_string_member_with_default (object, field, NULL);
}

static void
append_json (GString *all, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append (all, text);
  g_string_append_c (all, '\n');
}

static char *
everything (guint64 seed, guint n)
{
  g_autoptr (GuituDemo) demo = guitu_demo_new (seed, TODAY);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) person = guitu_demo_person (demo);
      JsonObject *stay = NULL;

      append_json (all, person);
      while ((stay = guitu_demo_stay (demo, person)) != NULL)
        {
          g_autoptr (GPtrArray) statements = guitu_demo_statements (demo, person, stay);

          append_json (all, stay);
          for (guint j = 0; j < statements->len; j++)
            append_json (all, g_ptr_array_index (statements, j));
          json_object_unref (stay);
        }
    }
  return g_string_free (all, FALSE);
}

static void
test_same_seed_same_people (void)
{
  g_autofree char *one = everything (7, 500);
  g_autofree char *again = everything (7, 500);
  g_autofree char *other = everything (8, 500);

  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, other);
}

/* What another machine, compiler or locale must draw too. */
static void
test_same_everywhere (void)
{
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, TODAY);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (JsonObject) person = guitu_demo_person (demo);

      g_string_append_printf (names, "%s ", text_of (person, "name"));
    }
  g_assert_cmpstr (names->str, ==,
                   "曹小军 杨双峰 卢勇林 魏泽浩 王明轩 王嘉帅 黎倩怡 黄玉艳 李嘉敏 史宏飞 石梦慧 沙马·子嘿 ");
}

static void
assert_code (JsonObject *object, const char *field, const char *list)
{
  const char *code = text_of (object, field);

  if (code != NULL)
    g_assert_nonnull (guitu_codes_find (list, code));
}

static void
assert_identity (JsonObject *person)
{
  g_autoptr (GError) error = NULL;
  GuituIdentityNumber number;

  g_assert_true (guitu_identity_number_parse (text_of (person, "id_number"), TODAY, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (number.number, ==, text_of (person, "id_number"));
  g_assert_cmpstr (number.sex, ==, text_of (person, "sex"));
  g_assert_cmpstr (number.birth, ==, text_of (person, "birth_from"));
  g_assert_cmpstr (number.birth, ==, text_of (person, "birth_to"));
  g_assert_cmpstr (number.region, ==, text_of (person, "household"));
  g_assert_true (guitu_regions_exists (number.region));
}

static void
test_people_are_sound (void)
{
  g_autoptr (GuituDemo) demo = guitu_demo_new (42, TODAY);

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (JsonObject) person = guitu_demo_person (demo);
      const char *name = text_of (person, "name");
      const char *phone = text_of (person, "phone");
      const char *id_kind = text_of (person, "id_kind");

      assert_code (person, "sex", "sex");
      assert_code (person, "nation", "nation");
      assert_code (person, "id_kind", "id_kind");
      assert_code (person, "verified_by", "verified_by");
      assert_code (person, "health", "health");
      assert_code (person, "literate", "literate");
      g_assert_nonnull (text_of (person, "sex"));
      g_assert_cmpstr (text_of (person, "birth_from"), <=, text_of (person, "birth_to"));
      g_assert_cmpstr (text_of (person, "birth_to"), <, TODAY);
      if (name != NULL)
        {
          g_assert_true (g_utf8_validate (name, -1, NULL));
          g_assert_cmpint (g_utf8_strlen (name, -1), >=, 2);
          g_assert_cmpint (g_utf8_strlen (name, -1), <=, 64);
        }
      if (phone != NULL)
        g_assert_true (strlen (phone) == 11 && strspn (phone, "0123456789") == 11);
      g_assert_cmpint (text_of (person, "id_number") == NULL, ==, g_str_equal (id_kind, "none"));
      if (text_of (person, "id_number") != NULL && !g_str_equal (id_kind, "passport"))
        assert_identity (person);
    }
}

static gboolean
has_rare_character (const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (g_utf8_get_char (at) > 0xFFFF || (g_utf8_get_char (at) >= 0x3400 && g_utf8_get_char (at) < 0x4E00))
      return TRUE;
  return FALSE;
}

static GHashTable *
abolished_codes (void)
{
  GHashTable *codes = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;
  const GuituRegion *regions = guitu_regions_list (&n);

  for (guint i = 0; i < n; i++)
    if (!regions[i].is_current)
      g_hash_table_add (codes, (gpointer) regions[i].code);
  return codes;
}

static void
assert_share (const char *what, guint n, double least, double most)
{
  double share = 100.0 * n / N_PEOPLE;

  g_test_message ("%s: %.2f %%", what, share);
  g_assert_cmpfloat (share, >=, least);
  g_assert_cmpfloat (share, <=, most);
}

static void
test_shares (void)
{
  g_autoptr (GuituDemo) demo = guitu_demo_new (3, TODAY);
  g_autoptr (GHashTable) abolished = abolished_codes ();
  guint n_unknown = 0, n_no_number = 0, n_wang = 0, n_dot = 0, n_latin = 0, n_rare = 0, n_abolished = 0;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (JsonObject) person = guitu_demo_person (demo);
      const char *name = text_of (person, "name");
      const char *household = text_of (person, "household");

      n_no_number += text_of (person, "id_number") == NULL;
      n_unknown += name == NULL;
      if (name == NULL)
        continue;
      n_wang += g_str_has_prefix (name, "王");
      n_dot += strstr (name, "·") != NULL;
      n_latin += g_ascii_isalpha (*name);
      n_rare += has_rare_character (name);
      n_abolished += household != NULL && g_hash_table_contains (abolished, household);
    }
  assert_share ("unknown", n_unknown, 6, 8);
  assert_share ("without number", n_no_number, 13, 18);
  assert_share ("surname 王", n_wang, 5.5, 8);
  assert_share ("name with a dot", n_dot, 1, 4);
  assert_share ("Latin name", n_latin, 0.1, 0.8);
  assert_share ("characters of the extensions", n_rare, 0.4, 2);
  assert_share ("household under an abolished code", n_abolished, 4, 15);
}

static void
assert_stay (JsonObject *person, JsonObject *stay, gboolean is_minor)
{
  const char *leave_by = text_of (stay, "leave_by");
  const char *decision = text_of (stay, "decision");
  const char *health = text_of (person, "health");
  gboolean is_mental = g_strcmp0 (health, "mental") == 0 || g_strcmp0 (health, "intellectual") == 0;

  assert_code (stay, "came_by", "came_by");
  assert_code (stay, "reason", "reason");
  assert_code (stay, "decision", "decision");
  assert_code (stay, "leave_by", "leave_by");
  assert_code (stay, "social_security", "social_security");
  g_assert_nonnull (text_of (stay, "came_by"));
  g_assert_cmpstr (text_of (stay, "arrived_at"), <, TODAY);
  g_assert_cmpstr (text_of (person, "birth_to"), <, text_of (stay, "arrived_at"));
  g_assert_cmpint (leave_by != NULL, ==, text_of (stay, "left_at") != NULL);
  if (g_str_equal (decision, "refused"))
    g_assert_nonnull (text_of (stay, "ground"));
  if (g_str_equal (decision, "refused") || g_str_equal (decision, "outside"))
    g_assert_null (text_of (stay, "admitted_at"));
  else
    g_assert_cmpstr (text_of (stay, "arrived_at"), <=, text_of (stay, "admitted_at"));
  if (leave_by != NULL)
    {
      g_assert_cmpstr (text_of (stay, "admitted_at"), <, text_of (stay, "left_at"));
      g_assert_cmpstr (text_of (stay, "left_at"), <, TODAY);
      g_assert_false (g_str_equal (leave_by, "own-will") && (is_minor || is_mental));
    }
}

static gboolean
is_open (JsonObject *stay)
{
  return text_of (stay, "admitted_at") != NULL && text_of (stay, "left_at") == NULL;
}

static guint
count_sound_statements (GuituDemo *demo, JsonObject *person, JsonObject *stay)
{
  g_autoptr (GPtrArray) statements = guitu_demo_statements (demo, person, stay);

  for (guint i = 0; i < statements->len; i++)
    {
      JsonObject *statement = g_ptr_array_index (statements, i);

      assert_code (statement, "about", "statement_about");
      assert_code (statement, "language", "language");
      assert_code (statement, "confidence", "confidence");
      g_assert_nonnull (text_of (statement, "text"));
      g_assert_cmpstr (text_of (statement, "heard_at"), >=, text_of (stay, "arrived_at"));
    }
  return statements->len;
}

static void
assert_follows (JsonObject *before, JsonObject *stay)
{
  g_assert_false (is_open (before));
  g_assert_cmpstr (text_of (before, "arrived_at"), <, text_of (stay, "arrived_at"));
  if (text_of (before, "left_at") != NULL)
    g_assert_cmpstr (text_of (before, "left_at"), <, text_of (stay, "arrived_at"));
}

static void
test_stays_are_sound (void)
{
  g_autoptr (GuituDemo) demo = guitu_demo_new (5, TODAY);
  guint n_open = 0, n_repeated = 0, n_statements = 0, n_frequent = 0;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (JsonObject) person = guitu_demo_person (demo);
      g_autoptr (JsonObject) before = NULL;
      JsonObject *stay = NULL;
      guint n = 0;
      gboolean is_minor = g_strcmp0 (text_of (person, "birth_from"), "2012-05-20") > 0;

      for (; (stay = guitu_demo_stay (demo, person)) != NULL; n++)
        {
          assert_stay (person, stay, is_minor);
          n_statements += count_sound_statements (demo, person, stay) > 0;
          if (before != NULL)
            assert_follows (before, stay);
          n_open += is_open (stay);
          g_clear_pointer (&before, json_object_unref);
          before = stay;
        }
      g_assert_cmpuint (n, >=, 1);
      g_assert_null (guitu_demo_stay (demo, person));
      n_repeated += n > 1;
      n_frequent += n >= 5;
    }
  assert_share ("in the house", n_open, 3, 9);
  assert_share ("more than one stay", n_repeated, 7, 13);
  assert_share ("five stays and more", n_frequent, 0.5, 3);
  assert_share ("stays with statements", n_statements, 30, 80);
}

/* Run with -m perf. */
static void
test_speed (void)
{
  g_autoptr (GuituDemo) demo = guitu_demo_new (9, TODAY);
  gint64 begin = g_get_monotonic_time ();
  double seconds = 0;

  for (guint i = 0; i < 10 * N_PEOPLE; i++)
    json_object_unref (guitu_demo_person (demo));
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_test_maximized_result (10 * N_PEOPLE / seconds, "%.0f people a second", 10 * N_PEOPLE / seconds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-people/same-seed-same-people", test_same_seed_same_people);
  g_test_add_func ("/demo-people/same-everywhere", test_same_everywhere);
  g_test_add_func ("/demo-people/people-are-sound", test_people_are_sound);
  g_test_add_func ("/demo-people/shares", test_shares);
  g_test_add_func ("/demo-people/stays-are-sound", test_stays_are_sound);
  if (g_test_perf ())
    g_test_add_func ("/demo-people/speed", test_speed);
  return g_test_run ();
}
