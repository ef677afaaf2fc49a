/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pairs of records that are known to be of one human being, and what they may teach.
 *
 * How a pair was found decides that. Who was found by the name has a name that fits: learnt from such pairs, names
 * would always be right. So a pair teaches of a fact (name, birth, home …) only where that fact had no part in
 * finding it:
 *
 * - Records with the same ID number are of one human being whatever else they say; the number is taken out of both,
 *   with the birth and home that it tells, and teaches nothing.
 * - What somebody said, beside the name, birth and home under which they were identified, was compared by nobody.
 *   (Who could not be identified is not among them, and may have been farther off.)
 * - People decide about what they are shown. A verdict teaches of a fact only if the pair had been shown even with that
 *   fact as wrong as it can be; likewise where nobody decided, but all else leaves no doubt (match-sample.c). Given
 *   that two records are of one human being, facts are thought to be right or wrong independently, as all of the
 *   model thinks: such a choice takes no side in the fact that is learnt.
 *
 * Where both records were taken from documents, the documents agree and not the people: then name, sex, birth, home and
 * nation teach nothing. A telephone is no proof: families share it. */

#include "db/match-learn-private.h"

#include <string.h>

#define MOST_NUMBERS 2000
#define MOST_SAID 2000
#define MOST_VERDICTS 4000
#define SHOWN_FROM 0.2 /* of "possible" */

#define DOCUMENT_FACTS (1u << GUITU_FACT_NAME | 1u << GUITU_FACT_SEX | 1u << GUITU_FACT_BIRTH | 1u << GUITU_FACT_HOME | 1u << GUITU_FACT_NATION)
#define SAID_FACTS (1u << GUITU_FACT_NAME | 1u << GUITU_FACT_BIRTH | 1u << GUITU_FACT_HOME)
#define ALL_FACTS ((1u << GUITU_FACTS) - 1)
#define NO_BOUND (-G_MAXDOUBLE)

GuituFact
_guitu_fact_of (GuituMatchField field)
{
  static const GuituFact facts[GUITU_MATCH_FIELDS] = {
    [GUITU_MATCH_NAME] = GUITU_FACT_NAME,
    [GUITU_MATCH_HEARD] = GUITU_FACT_NAME,
    [GUITU_MATCH_NICKNAME] = GUITU_FACT_NAME,
    [GUITU_MATCH_SEX] = GUITU_FACT_SEX,
    [GUITU_MATCH_DAY] = GUITU_FACT_BIRTH,
    [GUITU_MATCH_AGE] = GUITU_FACT_BIRTH,
    [GUITU_MATCH_HOME] = GUITU_FACT_HOME,
    [GUITU_MATCH_HOME_WIDE] = GUITU_FACT_HOME,
    [GUITU_MATCH_ACCENT] = GUITU_FACT_HOME,
    [GUITU_MATCH_ACCENT_WIDE] = GUITU_FACT_HOME,
    [GUITU_MATCH_MARKS] = GUITU_FACT_MARKS,
    [GUITU_MATCH_HEIGHT] = GUITU_FACT_HEIGHT,
    [GUITU_MATCH_NATION] = GUITU_FACT_NATION,
    [GUITU_MATCH_PHONE] = GUITU_FACT_KIN, /* mostly that of kin */
    [GUITU_MATCH_KIN] = GUITU_FACT_KIN,
    [GUITU_MATCH_ID_NUMBER] = GUITU_FACT_ID_NUMBER,
  };

  return facts[field];
}

guint
_guitu_facts_of (gboolean both_verified)
{
  return both_verified ? ALL_FACTS & ~DOCUMENT_FACTS : ALL_FACTS;
}

void
_guitu_pair_set_least (GuituPair *pair,
                       const GuituScale *scale)
{
  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    {
      double least = 0;

      for (guint level = 1; pair->levels[field] != 0 && _guitu_match_level_exists (field, level); level++)
        least = MIN (least, scale->bits[field][level]);
      pair->least[_guitu_fact_of (field)] += MAX (least, GUITU_MATCH_LEAST_BITS);
    }
}

void
_guitu_lesson_add (GuituLesson *lesson,
                   GuituLearntSource source,
                   const GuituMatchSide *ours,
                   const GuituMatchSide *theirs,
                   guint facts,
                   double bound)
{
  GuituPair pair = { .source = source, .facts = facts, .bound = bound };
  GuituFeatures our_features, their_features;
  GuituAgreement agreement;
  GuituScale scale;

  guitu_features_init (&our_features, ours);
  guitu_features_init (&their_features, theirs);
  _guitu_match_agree (&our_features, &their_features, &agreement);
  _guitu_scale_init (&scale, lesson->model, &our_features, &their_features);
  _guitu_scale_weigh (&scale, &our_features, &their_features, &agreement, pair.bits);
  memcpy (pair.levels, agreement.levels, sizeof pair.levels);
  _guitu_pair_set_least (&pair, &scale);
  g_array_append_val (lesson->pairs, pair);
}

/* --- Of persons ------------------------------------------------------------------------------------------ */

gint64
_guitu_match_count_persons (GuituConnection *connection)
{
  return guitu_connection_integer (connection, "SELECT max (row) FROM person", 0, NULL);
}

gboolean
_guitu_lesson_is_verified (GuituLesson *lesson,
                           gint64 person,
                           gboolean *is_verified,
                           GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (lesson->connection, "SELECT coalesce (verified_by, 'none') <> 'none' FROM person WHERE row = ?1", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, person);
  step = guitu_statement_step (statement, error);
  *is_verified = step == 1 && guitu_statement_integer (statement, 0) != 0;
  return step >= 0;
}

static gint64 *
key_of (gint64 person,
        gint64 other)
{
  gint64 *key = g_new (gint64, 1);

  *key = MIN (person, other) << 32 ^ MAX (person, other); /* rows are far fewer than four thousand million */
  return key;
}

gboolean
_guitu_lesson_is_decided (GuituLesson *lesson,
                          gint64 person,
                          gint64 other)
{
  g_autofree gint64 *key = key_of (person, other);

  return g_hash_table_contains (lesson->decided, key);
}

/** Reads two records, and adds them when both are there. Of persons, those that were voided are not. */
static gboolean
add_records (GuituLesson *lesson,
             GuituLearntSource source,
             GuituMatchSubject ours,
             GuituMatchSubject theirs,
             double bound,
             GError **error)
{
  g_auto (GuituMatchRecord) first = { 0 }, second = { 0 };
  int has_first = _guitu_match_record_read (lesson->connection, ours.kind, ours.row, &first, error);
  int has_second = has_first == 1 ? _guitu_match_record_read (lesson->connection, theirs.kind, theirs.row, &second, error) : has_first;
  gboolean both[2] = { FALSE, FALSE };

  if (has_second != 1)
    return has_second == 0;
  if ((ours.kind == GUITU_MATCH_PERSON && (!first.counts || !_guitu_lesson_is_verified (lesson, ours.row, &both[0], error))) ||
      (theirs.kind == GUITU_MATCH_PERSON && (!second.counts || !_guitu_lesson_is_verified (lesson, theirs.row, &both[1], error))))
    return error == NULL || *error == NULL;
  if (source == GUITU_LEARNT_NUMBER)
    first.side.id_number = second.side.id_number = NULL;
  else if (first.side.id_number != NULL && *first.side.id_number != '\0' && g_strcmp0 (first.side.id_number, second.side.id_number) == 0)
    return TRUE; /* the number teaches it */
  _guitu_lesson_add (lesson, source, &first.side, &second.side, _guitu_facts_of (both[0] && both[1]), bound);
  return TRUE;
}

/* --- The same number --------------------------------------------------------------------------------------- */

/** Keeps each of the pairs that come with the same chance (reservoir sampling). */
static void
draw (GuituLesson *lesson,
      GArray *drawn,
      guint n_before,
      gint64 first,
      gint64 last)
{
  GuituMatchSubject pair[2] = { { GUITU_MATCH_PERSON, first }, { GUITU_MATCH_PERSON, last } };
  guint place = n_before < MOST_NUMBERS ? n_before : (guint) g_rand_int_range (lesson->random, 0, (gint32) n_before + 1);

  if (place >= MOST_NUMBERS)
    return;
  if (2 * place + 2 > drawn->len)
    g_array_set_size (drawn, 2 * place + 2);
  memcpy (&g_array_index (drawn, GuituMatchSubject, 2 * place), pair, sizeof pair);
}

static gboolean
read_numbers (GuituLesson *lesson,
              GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      lesson->connection, "SELECT min (row), max (row) FROM person WHERE id_number > '' GROUP BY id_number HAVING count (*) > 1", error);
  g_autoptr (GArray) drawn = g_array_new (FALSE, TRUE, sizeof (GuituMatchSubject));
  int step = -1;

  for (guint n = 0; statement != NULL && (step = guitu_statement_step (statement, error)) == 1; n++)
    draw (lesson, drawn, n, guitu_statement_integer (statement, 0), guitu_statement_integer (statement, 1));
  for (guint i = 0; step == 0 && i + 1 < drawn->len; i += 2)
    if (!add_records (lesson, GUITU_LEARNT_NUMBER, g_array_index (drawn, GuituMatchSubject, i), g_array_index (drawn, GuituMatchSubject, i + 1), NO_BOUND, error))
      return FALSE;
  return step == 0;
}

/* --- What was said ------------------------------------------------------------------------------------------- */

/** What a person said beside what they were found to be. What the staff saw, such as marks, stands once and is no second word. */
static gboolean
add_said (GuituLesson *lesson,
          gint64 row,
          GError **error)
{
  g_auto (GuituMatchRecord) record = { 0 };
  int found = _guitu_match_record_read (lesson->connection, GUITU_MATCH_PERSON, row, &record, error);

  if (found == 1 && record.counts)
    {
      const GuituMatchSide said = { .row = row, .accent = record.side.accent, .statements = record.side.statements, .n_statements = record.side.n_statements };
      const GuituMatchSide is = {
        .row = row,
        .name = record.side.name,
        .alias = record.side.alias,
        .birth_from = record.side.birth_from,
        .birth_to = record.side.birth_to,
        .id_number = record.side.id_number,
        .household = record.side.household,
      };

      _guitu_lesson_add (lesson, GUITU_LEARNT_SAID, &said, &is, SAID_FACTS, NO_BOUND);
    }
  return found >= 0;
}

static gboolean
read_said (GuituLesson *lesson,
           GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      lesson->connection,
      "SELECT person.row FROM (SELECT person, max (row) AS newest FROM statement WHERE voided IS NULL AND about IN ('name', 'age', 'home')"
      " GROUP BY person ORDER BY newest DESC LIMIT ?1) AS said JOIN person ON person.id = said.person"
      " WHERE coalesce (verified_by, 'none') <> 'none'",
      error);
  int step = -1;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, MOST_SAID);
  while ((step = guitu_statement_step (statement, error)) == 1)
    if (!add_said (lesson, guitu_statement_integer (statement, 0), error))
      return FALSE;
  return step == 0;
}

/* --- What people decided --------------------------------------------------------------------------------------- */

typedef struct
{
  GuituMatchSubject ours, theirs;
} Decided;

/* A table that has not been made yet holds nothing: tests of a part have few. */
static const struct
{
  const char *table;
  const char *count;
} verdict_tables[] = {
  { "person_link", "SELECT count (*) FROM person_link WHERE voided IS NULL" },
  { "finding", "SELECT count (*) FROM finding WHERE voided IS NULL AND verdict IS NOT NULL" },
};

gint64
_guitu_match_count_verdicts (GuituConnection *connection,
                             GError **error)
{
  gint64 n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (verdict_tables); i++)
    {
      gint64 here = guitu_connection_has_table (connection, verdict_tables[i].table) ? guitu_connection_integer (connection, verdict_tables[i].count, -1, error) : 0;

      if (here < 0)
        return -1;
      n += here;
    }
  return n;
}

/** The row of a record of one of these kinds; row 0 where it is of none. */
static gboolean
find_subject (GuituLesson *lesson,
              const char *id,
              guint first,
              guint last,
              GuituMatchSubject *subject,
              GError **error)
{
  *subject = (GuituMatchSubject){ 0 };
  for (guint kind = first; id != NULL && kind <= last && subject->row == 0; kind++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT row FROM \"%s\" WHERE id = ?1", _guitu_match_table (kind));
      g_autoptr (GuituStatement) statement = guitu_connection_prepare (lesson->connection, sql, error);
      int step;

      if (statement == NULL)
        return FALSE;
      guitu_statement_bind_id (statement, 1, id);
      step = guitu_statement_step (statement, error);
      if (step < 0)
        return FALSE;
      if (step == 1)
        *subject = (GuituMatchSubject){ kind, guitu_statement_integer (statement, 0) };
    }
  return TRUE;
}

static gboolean
note_verdict (GuituLesson *lesson,
              const Decided *decided,
              const char *verdict,
              GArray *same)
{
  if (decided->ours.row == 0 || decided->theirs.row == 0)
    return TRUE; /* the other side has not come to this desk */
  if (decided->ours.kind == GUITU_MATCH_PERSON && decided->theirs.kind == GUITU_MATCH_PERSON)
    g_hash_table_add (lesson->decided, key_of (decided->ours.row, decided->theirs.row));
  if (strcmp (verdict, "different") == 0)
    lesson->n_different++;
  else if (strcmp (verdict, "same") == 0 && same->len < MOST_VERDICTS)
    g_array_append_vals (same, decided, 1);
  return TRUE;
}

static gboolean
read_links (GuituLesson *lesson,
            GArray *same,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      lesson->connection,
      "SELECT one.row, two.row, link.verdict FROM person_link AS link JOIN person AS one ON one.id = link.person JOIN person AS two ON two.id = link.other"
      " WHERE link.voided IS NULL ORDER BY link.row DESC",
      error);
  int step = -1;

  while (statement != NULL && (step = guitu_statement_step (statement, error)) == 1)
    {
      const Decided decided = { { GUITU_MATCH_PERSON, guitu_statement_integer (statement, 0) }, { GUITU_MATCH_PERSON, guitu_statement_integer (statement, 1) } };

      note_verdict (lesson, &decided, guitu_statement_text (statement, 2), same);
    }
  return step == 0;
}

/** A person and a report, ours or another station's; or a report of ours and another station's. */
static gboolean
read_findings (GuituLesson *lesson,
               GArray *same,
               GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      lesson->connection, "SELECT person, missing, other, verdict FROM finding WHERE voided IS NULL AND verdict IN ('same', 'different') ORDER BY row DESC", error);
  int step = -1;

  while (statement != NULL && (step = guitu_statement_step (statement, error)) == 1)
    {
      g_autofree char *person = guitu_statement_is_null (statement, 0) ? NULL : guitu_statement_id (statement, 0);
      g_autofree char *missing = guitu_statement_is_null (statement, 1) ? NULL : guitu_statement_id (statement, 1);
      const char *ours = person != NULL ? person : missing;
      const char *theirs = person != NULL && missing != NULL ? missing : guitu_statement_text (statement, 2);
      Decided decided;

      if (!find_subject (lesson, ours, GUITU_MATCH_PERSON, GUITU_MATCH_MISSING, &decided.ours, error) ||
          !find_subject (lesson, theirs, GUITU_MATCH_MISSING, GUITU_MATCH_POSTING, &decided.theirs, error))
        return FALSE;
      note_verdict (lesson, &decided, guitu_statement_text (statement, 3), same);
    }
  return step == 0;
}

static gboolean
read_verdicts (GuituLesson *lesson,
               GError **error)
{
  g_autoptr (GArray) same = g_array_new (FALSE, FALSE, sizeof (Decided));
  double bound = guitu_linkage_prior_bits (SHOWN_FROM, 1) - _guitu_match_prior (GUITU_MATCH_KNOWN_BEFORE, lesson->n_persons);

  if ((guitu_connection_has_table (lesson->connection, "person_link") && !read_links (lesson, same, error)) ||
      (guitu_connection_has_table (lesson->connection, "finding") && !read_findings (lesson, same, error)))
    return FALSE;
  for (guint i = 0; i < same->len; i++)
    {
      const Decided *decided = &g_array_index (same, Decided, i);

      if (!add_records (lesson, GUITU_LEARNT_VERDICT, decided->ours, decided->theirs, bound, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_lesson_read_known (GuituLesson *lesson,
                          GError **error)
{
  return read_numbers (lesson, error) && read_said (lesson, error) && read_verdicts (lesson, error);
}
