/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Candidates come from the tokens of the search index: every block below is a way in which the same
 * person can be recorded with one mistake. All candidates are weighed, few are explained. */

#include "db/match-private.h"
#include "db/reading-private.h"

#include <math.h>
#include <string.h>

#define BLOCK_LIMIT 1500 /* candidates of one block, the newest */
#define COMBINATIONS_MAX 6

#define PERSON_COLUMNS                                                                     \
  "person.row, person.name, person.alias, person.sex, person.birth_from, person.birth_to," \
  " person.id_number, person.phone, person.household, person.height_cm"

static const char *const field_names[GUITU_MATCH_FIELDS] = {
  [GUITU_MATCH_NAME] = "name",
  [GUITU_MATCH_ALIAS] = "alias",
  [GUITU_MATCH_SEX] = "sex",
  [GUITU_MATCH_BIRTH] = "birth",
  [GUITU_MATCH_ID_NUMBER] = "id_number",
  [GUITU_MATCH_PHONE] = "phone",
  [GUITU_MATCH_HOUSEHOLD] = "household",
  [GUITU_MATCH_HEIGHT] = "height_cm",
};

static void
free_reason (gpointer data)
{
  GuituMatchReason *reason = data;

  g_free (reason->ours);
  g_free (reason->theirs);
  g_free (reason);
}

void
guitu_match_free (GuituMatch *match)
{
  g_ptr_array_unref (match->reasons);
  g_free (match);
}

/* --- Explaining ---------------------------------------------------------------------------------- */

static char *
describe_birth (const GuituMatchSide *side)
{
  if (side->birth_from == NULL || side->birth_to == NULL || strcmp (side->birth_from, side->birth_to) == 0)
    return g_strdup (side->birth_from != NULL ? side->birth_from : side->birth_to);
  return g_strconcat (side->birth_from, "/", side->birth_to, NULL); /* an ISO 8601 interval */
}

static char *
describe (const GuituMatchSide *side,
          GuituMatchField field,
          gboolean is_alias)
{
  switch (field)
    {
    case GUITU_MATCH_NAME:
    case GUITU_MATCH_ALIAS:
      return g_strdup (is_alias ? side->alias : side->name);
    case GUITU_MATCH_SEX:
      return g_strdup (side->sex);
    case GUITU_MATCH_BIRTH:
      return describe_birth (side);
    case GUITU_MATCH_ID_NUMBER:
      return g_strdup (side->id_number);
    case GUITU_MATCH_PHONE:
      return g_strdup (side->phone);
    case GUITU_MATCH_HOUSEHOLD:
      return g_strdup (side->household);
    case GUITU_MATCH_HEIGHT:
      return g_strdup_printf ("%d", side->height_cm);
    case GUITU_MATCH_FIELDS:
    default:
      g_assert_not_reached ();
    }
}

static GuituMatch *
explain (const GuituMatchSubject *ours,
         const GuituMatchSubject *theirs)
{
  GuituMatch *match = g_new0 (GuituMatch, 1);
  GuituMatchWeights weights;

  match->row = theirs->side->row;
  match->score = _guitu_match_weigh (ours, theirs, &weights);
  match->probability = _guitu_match_probability (match->score);
  match->reasons = g_ptr_array_new_with_free_func (free_reason);
  for (guint i = 0; i < GUITU_MATCH_FIELDS; i++)
    {
      GuituMatchReason *reason;

      if (isnan (weights.weights[i]))
        continue;
      reason = g_new0 (GuituMatchReason, 1);
      reason->field = field_names[i];
      reason->ours = describe (ours->side, i, weights.ours_is_alias);
      reason->theirs = describe (theirs->side, i, weights.theirs_is_alias);
      reason->weight = weights.weights[i];
      g_ptr_array_add (match->reasons, reason);
    }
  return match;
}

GuituMatch *
guitu_match_compare (const GuituMatchSide *ours,
                     const GuituMatchSide *theirs)
{
  GuituMatchSubject our_subject, their_subject;

  _guitu_match_subject_init (&our_subject, ours);
  _guitu_match_subject_init (&their_subject, theirs);
  return explain (&our_subject, &their_subject);
}

/* --- Blocks -------------------------------------------------------------------------------------- */

typedef void (*WriteUnit) (GString *text, const GuituUnit *unit, guint choice);

static void
write_sound (GString *text,
             const GuituUnit *unit,
             guint choice)
{
  const char *readings[GUITU_UNIT_READINGS];
  guint n_readings = _guitu_search_readings (unit, readings);

  g_string_append (text, readings[choice % n_readings]);
}

static void
write_folded (GString *text,
              const GuituUnit *unit,
              guint choice)
{
  const char *readings[GUITU_UNIT_READINGS];
  guint n_readings = _guitu_search_readings (unit, readings);
  char key[GUITU_SYLLABLE_SIZE];

  _guitu_reading_fold (readings[choice % n_readings], key);
  g_string_append (text, unit->han != 0 ? key : readings[0]);
}

/** Adds exact terms for all readings (at most COMBINATIONS_MAX) of @units. */
static void
add_readings (GString *expression,
              char kind,
              const GuituUnit *const *units,
              guint n_units,
              WriteUnit write)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *readings[GUITU_UNIT_READINGS];
  guint combinations = 1;

  for (guint i = 0; i < n_units; i++)
    combinations = MIN (combinations * _guitu_search_readings (units[i], readings), COMBINATIONS_MAX);
  for (guint i = 0; i < combinations; i++)
    {
      guint rest = i;

      g_string_truncate (text, 0);
      for (guint k = 0; k < n_units; k++)
        {
          write (text, units[k], rest);
          rest /= _guitu_search_readings (units[k], readings);
        }
      _guitu_search_add_term (expression, " OR ", kind, text->str, FALSE);
    }
}

/** The whole name as it sounds in any dialect; also with two neighbours swapped, or one left out. */
static void
add_name_sounds (GString *expression,
                 const GuituMatchName *name)
{
  const GuituUnit *units[GUITU_UNITS_MAX];

  for (guint i = 0; i < name->n_units; i++)
    units[i] = &name->units[i];
  add_readings (expression, GUITU_TOKEN_SOUND, units, name->n_units, write_folded);
  for (guint i = 0; i + 1 < name->n_units; i++)
    {
      units[i] = &name->units[i + 1];
      units[i + 1] = &name->units[i];
      add_readings (expression, GUITU_TOKEN_SOUND, units, name->n_units, write_folded);
      units[i] = &name->units[i];
      units[i + 1] = &name->units[i + 1];
    }
  for (guint without = 0; name->n_units > 2 && without < name->n_units; without++)
    {
      guint n_units = 0;

      for (guint i = 0; i < name->n_units; i++)
        if (i != without)
          units[n_units++] = &name->units[i];
      add_readings (expression, GUITU_TOKEN_SOUND, units, n_units, write_folded);
    }
}

/** The given name with another surname. */
static void
add_given_name (GString *expression,
                const GuituMatchName *name)
{
  const GuituUnit *units[GUITU_UNITS_MAX];
  guint n_units = 0;

  for (guint i = MAX (name->surname, 1); i < name->n_units; i++)
    units[n_units++] = &name->units[i];
  if (n_units == 1)
    _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_INNER, units[0]->text, FALSE);
  else if (n_units > 1)
    add_readings (expression, GUITU_TOKEN_INNER, units, n_units, write_sound);
}

/** The name with one character after the surname wrong, left out or put in: its start, or surname and end. */
static void
add_other_character (GString *expression,
                     const GuituMatchName *name)
{
  guint surname = MAX (name->surname, 1);
  g_autoptr (GString) start = g_string_new (NULL);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) end = g_string_new (NULL);

  if (name->n_units < surname + 1 || name->n_units < 2)
    return;
  for (guint i = 0; i < name->n_units; i++)
    {
      if (i < surname)
        g_string_append (first, name->units[i].text);
      if (i + 1 < name->n_units || name->n_units == surname + 1)
        g_string_append (start, name->units[i].text);
    }
  g_string_append (end, name->units[name->n_units - 1].text);
  _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NAME, start->str, TRUE);
  g_string_append (expression, " OR (");
  _guitu_search_add_term (expression, "", GUITU_TOKEN_NAME, first->str, TRUE);
  _guitu_search_add_term (expression, " AND ", GUITU_TOKEN_INNER, end->str, FALSE);
  g_string_append_c (expression, ')');
}

/** Anybody of the same surname from the same county: nothing else is left of a given name of one character. */
static void
add_countryman (GString *expression,
                const GuituMatchName *name,
                const char *household)
{
  g_autoptr (GString) surname = g_string_new (NULL);
  g_autofree char *county = household == NULL ? NULL : g_strndup (household, GUITU_COUNTY_LENGTH);

  if (county == NULL || strlen (county) < GUITU_COUNTY_LENGTH || strspn (county, "0123456789") < GUITU_COUNTY_LENGTH ||
      name->n_units != name->surname + 1)
    return;
  for (guint i = 0; i < name->surname; i++)
    g_string_append (surname, name->units[i].text);
  g_string_append (expression, expression->len > 0 ? " OR (" : "(");
  _guitu_search_add_term (expression, "", GUITU_TOKEN_NAME, surname->str, TRUE);
  g_string_append (expression, " AND (");
  _guitu_search_add_term (expression, "", GUITU_TOKEN_HOUSEHOLD, county, FALSE);
  _guitu_search_add_term (expression, " OR ", GUITU_TOKEN_NUMBER, county, TRUE);
  g_string_append (expression, "))");
}

/** The tokens of our numbers: the whole ID number, its last four and its day of birth, the phone's end. */
static void
add_numbers (GString *expression,
             const GuituMatchSide *side)
{
  GuituSearchEntry entry = { .id_number = side->id_number, .phone = side->phone, .birth_from = side->birth_from, .birth_to = side->birth_to };
  g_autofree char *tokens = _guitu_search_tokens (&entry);
  g_auto (GStrv) words = g_strsplit (g_strstrip (tokens), " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == GUITU_TOKEN_PHONE && strlen (words[i]) > 1 + GUITU_TAIL_LENGTH)
        words[i][1 + GUITU_TAIL_LENGTH] = '\0';
      if (words[i][0] != '\0' && words[i][0] != GUITU_TOKEN_CUT)
        _guitu_search_add_term (expression, " OR ", words[i][0], words[i] + 1, words[i][0] == GUITU_TOKEN_PHONE);
    }
}

/* --- Candidates ---------------------------------------------------------------------------------- */

typedef struct
{
  gint64 row;
  double score;
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->score != second->score)
    return first->score < second->score ? 1 : -1;
  return first->row < second->row ? 1 : -1;
}

static GuituMatchSide
read_side (GuituStatement *statement)
{
  return (GuituMatchSide){
    .row = guitu_statement_integer (statement, 0),
    .name = guitu_statement_text (statement, 1),
    .alias = guitu_statement_text (statement, 2),
    .sex = guitu_statement_text (statement, 3),
    .birth_from = guitu_statement_text (statement, 4),
    .birth_to = guitu_statement_text (statement, 5),
    .id_number = guitu_statement_text (statement, 6),
    .phone = guitu_statement_text (statement, 7),
    .household = guitu_statement_text (statement, 8),
    .height_cm = guitu_statement_integer (statement, 9),
  };
}

typedef struct
{
  GuituConnection *connection;
  GuituMatchSubject ours;
  GArray *candidates; /* Candidate */
  GHashTable *known;  /* rows */
} Linkage;

/** Weighs the newest persons that @expression finds. */
static gboolean
weigh_block (Linkage *linkage,
             GString *expression,
             GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;
  GuituMatchSubject theirs;
  GuituMatchWeights weights;
  int result;

  if (expression->len == 0)
    return TRUE;
  statement = guitu_connection_prepare (linkage->connection,
                                        "SELECT " PERSON_COLUMNS
                                        " FROM person_search CROSS JOIN person ON person.row = person_search.rowid"
                                        " WHERE person_search MATCH ?1 AND person.voided IS NULL"
                                        " ORDER BY person_search.rowid DESC LIMIT ?2",
                                        error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, expression->str);
  guitu_statement_bind_integer (statement, 2, BLOCK_LIMIT);
  while ((result = guitu_statement_step (statement, error)) == 1)
    {
      GuituMatchSide side = read_side (statement);
      Candidate candidate = { .row = side.row };

      if (side.row == linkage->ours.side->row || !g_hash_table_add (linkage->known, GSIZE_TO_POINTER ((gsize) side.row)))
        continue;
      _guitu_match_subject_init (&theirs, &side);
      candidate.score = _guitu_match_weigh (&linkage->ours, &theirs, &weights);
      g_array_append_val (linkage->candidates, candidate);
    }
  return result == 0;
}

static gboolean
weigh_candidates (Linkage *linkage,
                  GError **error)
{
  void (*const blocks[]) (GString *, const GuituMatchName *) = { add_name_sounds, add_given_name, add_other_character };
  g_autoptr (GString) expression = g_string_new (NULL);

  add_numbers (expression, linkage->ours.side);
  if (!weigh_block (linkage, expression, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_string_truncate (expression, 0);
      for (guint k = 0; k < linkage->ours.n_names; k++)
        blocks[i](expression, &linkage->ours.names[k]);
      if (!weigh_block (linkage, expression, error))
        return FALSE;
    }
  g_string_truncate (expression, 0);
  for (guint k = 0; k < linkage->ours.n_names; k++)
    add_countryman (expression, &linkage->ours.names[k], linkage->ours.side->household);
  return weigh_block (linkage, expression, error);
}

/** Adds the explained match of @row to @matches. */
static gboolean
explain_row (Linkage *linkage,
             gint64 row,
             GPtrArray *matches,
             GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (linkage->connection, "SELECT " PERSON_COLUMNS " FROM person WHERE row = ?1", error);
  GuituMatchSubject theirs;
  GuituMatchSide side;
  int result;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, row);
  result = guitu_statement_step (statement, error);
  if (result != 1)
    return result == 0;
  side = read_side (statement);
  _guitu_match_subject_init (&theirs, &side);
  g_ptr_array_add (matches, explain (&linkage->ours, &theirs));
  return TRUE;
}

GPtrArray *
guitu_match_find (GuituConnection *connection,
                  const GuituMatchSide *person,
                  double least,
                  guint limit,
                  GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_match_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  Linkage linkage = { .connection = connection, .candidates = candidates, .known = known };

  _guitu_match_subject_init (&linkage.ours, person);
  if (!weigh_candidates (&linkage, error))
    return NULL;
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && matches->len < limit; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (_guitu_match_probability (candidate->score) < least)
        break;
      if (!explain_row (&linkage, candidate->row, matches, error))
        return NULL;
    }
  return g_steal_pointer (&matches);
}
