/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows of a list the station knows: each is matched with its persons as somebody at the door is.
 * Whom the caller may not see is not found (fence.h). */

#include "app/compare-private.h"

#include "app/fence.h"
#include "app/identity-number.h"
#include "app/links.h"
#include "app/regions.h"

#include <string.h>

#define LEAST_PROBABILITY 0.01
#define LEAST_KEPT 0.05
#define LIKENESSES_READ 6 /* several may be records of one person */
#define ROWS_BETWEEN 20   /* two looks at whether anybody still waits */
#define AGE_WIDTH 2       /* years that a stated age is off */

/* --- A row as a person ------------------------------------------------------------------------- */

/* As much as is told of it: a year is its first to its last day. */
static void
set_birth (GuituRecord *person,
           const char *text)
{
  char digits[9];
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  int year, month, day;

  if (!guitu_lists_read_date (text, FALSE, digits))
    return;
  year = (int) (g_ascii_strtoll (digits, NULL, 10) / (strchr (digits, '?') == NULL ? 10000 : digits[4] == '?' ? 1
                                                                                                              : 100));
  month = digits[4] == '?' ? 0 : (digits[4] - '0') * 10 + digits[5] - '0';
  day = digits[6] == '?' ? 0 : (digits[6] - '0') * 10 + digits[7] - '0';
  if (month > 12 || (month > 0 && day > 0 && !g_date_valid_dmy (day, month, year)))
    month = day = 0; /* of an impossible day the year may be right */
  from = g_strdup_printf ("%04d-%02d-%02d", year, month == 0 ? 1 : month, day == 0 ? 1 : day);
  to = g_strdup_printf ("%04d-%02d-%02d", year, month == 0 ? 12 : month,
                        day == 0 ? g_date_get_days_in_month (month == 0 ? 12 : month, year) : day);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, from);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, to);
}

static void
set_age (GuituRecord *person,
         const char *text)
{
  g_autofree char *today = guitu_today ();
  int age = (int) g_ascii_strtoll (text, NULL, 10);
  int year = (int) g_ascii_strtoll (today, NULL, 10) - age;
  g_autofree char *from = g_strdup_printf ("%04d-01-01", year - AGE_WIDTH);
  g_autofree char *to = g_strdup_printf ("%04d-12-31", year + AGE_WIDTH - 1);

  if (age <= 0 || age > 120)
    return;
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, from);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, to);
}

static void
set_field (GuituRecord *person,
           int field,
           const char *text)
{
  const GuituField *declared = &guitu_kind_person.fields[field];
  const GuituCode *code;
  const char *region;

  if (declared->type == GUITU_FIELD_CODE)
    {
      code = guitu_codes_parse (declared->of, text);
      if (code != NULL)
        guitu_record_set_text (person, field, code->code);
    }
  else if (declared->type == GUITU_FIELD_REGION)
    {
      region = guitu_regions_exists (text) ? text : guitu_regions_find (text);
      guitu_record_set_text (person, field, region == NULL ? text : region);
    }
  else if (declared->type == GUITU_FIELD_INTEGER)
    guitu_record_set_integer (person, field, g_ascii_strtoll (text, NULL, 10));
  else
    guitu_record_set_text (person, field, text);
}

/* What an ID number says of birth and sex counts where the list does not say it. */
static void
use_identity (GuituRecord *person)
{
  const char *number = guitu_record_text (person, GUITU_PERSON_ID_NUMBER);
  g_autofree char *today = guitu_today ();
  GuituIdentityNumber identity;

  if (number == NULL || !guitu_identity_number_parse (number, today, &identity, NULL))
    return;
  guitu_record_set_text (person, GUITU_PERSON_ID_NUMBER, identity.number);
  if (!guitu_record_is_set (person, GUITU_PERSON_BIRTH_FROM))
    set_birth (person, identity.birth);
  if (!guitu_record_is_set (person, GUITU_PERSON_SEX))
    guitu_record_set_text (person, GUITU_PERSON_SEX, identity.sex);
}

static const int fields[] = {
  GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_SEX, GUITU_PERSON_ID_NUMBER, GUITU_PERSON_HOUSEHOLD, GUITU_PERSON_ADDRESS,
  GUITU_PERSON_PHONE, GUITU_PERSON_NATION, GUITU_PERSON_HEIGHT_CM, GUITU_PERSON_ACCENT, GUITU_PERSON_MARKS, GUITU_PERSON_KIN,
  GUITU_PERSON_NATIONAL_NUMBER
};

/* (transfer full) */
static GuituRecord *
person_of_row (const GuituListComparison *comparison,
               const GuituListRow *row)
{
  GuituRecord *person = guitu_record_new (&guitu_kind_person);
  g_autofree char *birth = _guitu_comparison_text (comparison->file, comparison->meanings, row, "birth");
  g_autofree char *age = _guitu_comparison_text (comparison->file, comparison->meanings, row, "age");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = _guitu_comparison_text (comparison->file, comparison->meanings, row, guitu_kind_person.fields[fields[i]].name);

      if (text != NULL)
        set_field (person, fields[i], text);
    }
  if (birth != NULL)
    set_birth (person, birth);
  else if (age != NULL)
    set_age (person, age);
  use_identity (person);
  return person;
}

/* --- What is found ----------------------------------------------------------------------------- */

static JsonArray *
explain (const GuituListComparison *comparison,
         const GuituLikeness *likeness)
{
  JsonArray *why = json_array_new ();

  for (guint i = 0; i < likeness->reasons->len; i++)
    {
      const GuituReason *reason = &g_array_index (likeness->reasons, GuituReason, i);
      gboolean is_masked = strcmp (reason->field, "id_number") == 0 && !comparison->reveal;
      g_autofree char *ours = is_masked && reason->ours != NULL ? guitu_identity_number_mask (reason->ours) : g_strdup (reason->ours);
      g_autofree char *theirs = is_masked && reason->theirs != NULL ? guitu_identity_number_mask (reason->theirs) : g_strdup (reason->theirs);
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "field", reason->field);
      json_object_set_string_member (json, "ours", ours == NULL ? "" : ours);
      json_object_set_string_member (json, "theirs", theirs == NULL ? "" : theirs);
      json_object_set_double_member (json, "weight", reason->weight);
      if (reason->how != NULL)
        json_object_set_string_member (json, "how", reason->how);
      json_array_add_object_element (why, json);
    }
  return why;
}

typedef struct
{
  GuituListComparison *comparison;
  GuituTransaction *transaction;
  GArray *probabilities;
  GHashTable *seen; /* who was found for this row already */
} Search;

static gboolean
take_likeness (Search *search,
               guint row,
               const GuituLikeness *likeness,
               GError **error)
{
  GuituListComparison *comparison = search->comparison;
  const char *id = guitu_record_id (likeness->person);
  g_autofree char *leader = guitu_links_leader (search->transaction, id, error);
  g_autoptr (GuituRecord) person = NULL;
  GuituListMatch *match;
  guint hiding;

  if (leader == NULL || !guitu_fence_check (comparison->call, search->transaction, id, &hiding, error))
    return FALSE;
  if (hiding != 0 || g_hash_table_contains (search->seen, leader))
    return TRUE;
  g_array_append_val (search->probabilities, likeness->probability);
  person = guitu_person_effective (search->transaction, id, error);
  if (person == NULL)
    return FALSE;
  if (likeness->probability >= LEAST_KEPT || (comparison->least >= 0 && likeness->probability >= comparison->least))
    {
      match = g_new0 (GuituListMatch, 1);
      match->row = row;
      match->score = likeness->score;
      match->probability = likeness->probability;
      match->match_id = g_strdup (leader);
      match->match_name = g_strdup (guitu_person_display_name (person));
      match->why = explain (comparison, likeness);
      g_ptr_array_add (comparison->matches, match);
    }
  g_hash_table_add (search->seen, g_steal_pointer (&leader));
  return TRUE;
}

static gboolean
search_row (Search *search,
            guint row,
            GError **error)
{
  GuituListComparison *comparison = search->comparison;
  g_autoptr (GuituRecord) person = person_of_row (comparison, comparison->file->rows->pdata[row]);
  double least = comparison->least >= 0 ? MIN (comparison->least, LEAST_PROBABILITY) : LEAST_PROBABILITY;
  g_autoptr (GPtrArray) likenesses = guitu_persons_match (search->transaction, person, least, LIKENESSES_READ, error);

  g_hash_table_remove_all (search->seen);
  for (guint i = 0; likenesses != NULL && i < likenesses->len; i++)
    if (!take_likeness (search, row, likenesses->pdata[i], error))
      return FALSE;
  return likenesses != NULL;
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const GuituListMatch *first = *(GuituListMatch *const *) a;
  const GuituListMatch *second = *(GuituListMatch *const *) b;

  if (first->probability != second->probability)
    return first->probability < second->probability ? 1 : -1;
  if (first->score != second->score)
    return first->score < second->score ? 1 : -1;
  return (first->row > second->row) - (first->row < second->row);
}

gboolean
_guitu_compare_persons (GuituListComparison *comparison,
                        GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (comparison->call, error);
  g_autoptr (GArray) probabilities = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { comparison, transaction, probabilities, seen };
  guint n_rows = comparison->file->rows->len;

  if (transaction == NULL)
    return FALSE;
  for (guint row = 0; row < n_rows; row++)
    if (!search_row (&search, row, error) ||
        ((row + 1) % ROWS_BETWEEN == 0 && !guitu_call_progress (comparison->call, row + 1, n_rows, error)))
      return FALSE;
  g_ptr_array_sort (comparison->matches, compare_matches);
  _guitu_comparison_take (comparison, probabilities);
  return TRUE;
}
