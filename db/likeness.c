/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that may be of one human being, as the rest of the program asks for them. */

#include "db/id.h"
#include "db/match-private.h"
#include "db/query.h"
#include "db/store-private.h"

#include <math.h>
#include <string.h>

static void
reason_clear (gpointer data)
{
  GuituReason *reason = data;

  g_free (reason->ours);
  g_free (reason->theirs);
}

static void
likeness_free (gpointer data)
{
  GuituLikeness *likeness = data;

  guitu_record_free (likeness->person);
  g_array_unref (likeness->reasons);
  g_free (likeness);
}

static GuituLikeness *
likeness_new (GuituRecord *person,
              const GuituMatch *match)
{
  GuituLikeness *likeness = g_new0 (GuituLikeness, 1);

  likeness->person = person;
  likeness->score = match->score;
  likeness->probability = match->probability;
  likeness->certainty = guitu_match_class (match->probability);
  likeness->reasons = g_array_new (FALSE, FALSE, sizeof (GuituReason));
  g_array_set_clear_func (likeness->reasons, reason_clear);
  for (guint i = 0; i < match->reasons->len; i++)
    {
      const GuituMatchReason *from = g_ptr_array_index (match->reasons, i);
      GuituReason reason = { from->field, g_strdup (from->ours), g_strdup (from->theirs), from->weight, from->how };

      g_array_append_val (likeness->reasons, reason);
    }
  return likeness;
}

void
guitu_likeness_add (GuituLikeness *likeness,
                    const char *field,
                    const char *how,
                    const char *ours,
                    const char *theirs,
                    double weight)
{
  const GuituReason reason = { field, g_strdup (ours), g_strdup (theirs), weight, how };
  double odds = exp2 (weight) * likeness->probability;

  g_array_append_val (likeness->reasons, reason);
  likeness->score += weight;
  likeness->probability = odds / (odds + 1 - likeness->probability);
  likeness->certainty = guitu_match_class (likeness->probability);
}

/* --- Sides ----------------------------------------------------------------------------------------- */

/** A field of whatever kind the record is, %NULL where it has none of that name. */
static const char *
text_of (const GuituRecord *record,
         const char *field)
{
  int position = guitu_kind_field (guitu_record_kind (record), field);

  return position < 0 ? NULL : guitu_record_text (record, position);
}

static GuituMatchSide
side_of (const GuituRecord *record)
{
  int height = guitu_kind_field (guitu_record_kind (record), "height_cm");

  return (GuituMatchSide){
    .row = guitu_record_row (record),
    .name = text_of (record, "name"),
    .alias = text_of (record, "alias"),
    .sex = text_of (record, "sex"),
    .birth_from = text_of (record, "birth_from"),
    .birth_to = text_of (record, "birth_to"),
    .id_number = text_of (record, "id_number"),
    .phone = text_of (record, "phone"),
    .household = text_of (record, "household"),
    .address = text_of (record, "address"),
    .nation = text_of (record, "nation"),
    .accent = text_of (record, "accent"),
    .marks = text_of (record, "marks"),
    .kin = text_of (record, "kin"),
    .height_cm = height < 0 ? 0 : guitu_record_integer (record, height, 0),
  };
}

/** What the person said, as far as the store has it. Returns: (element-type GuituRecord) */
static GPtrArray *
find_statements (GuituTransaction *transaction,
                 const GuituRecord *record,
                 GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_STATEMENT_PERSON, GUITU_EQUAL, guitu_record_id (record) } } };

  if (guitu_record_kind (record) != &guitu_kind_person)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  return guitu_records_find (transaction, &guitu_kind_statement, &query, error);
}

static guint
match_kind (const GuituKind *kind)
{
  return kind == &guitu_kind_person    ? GUITU_MATCH_PERSON
         : kind == &guitu_kind_missing ? GUITU_MATCH_MISSING
         : kind == &guitu_kind_sought  ? GUITU_MATCH_SOUGHT
         : kind == &guitu_kind_posting ? GUITU_MATCH_POSTING
                                       : 0;
}

static const GuituKind *
kind_of_match (guint kind)
{
  return kind == GUITU_MATCH_MISSING   ? &guitu_kind_missing
         : kind == GUITU_MATCH_SOUGHT  ? &guitu_kind_sought
         : kind == GUITU_MATCH_POSTING ? &guitu_kind_posting
                                       : &guitu_kind_person;
}

/* --- Matching -------------------------------------------------------------------------------------- */

/** Where the record is kept: one that was put and not loaded again does not know it. */
static gboolean
find_row (GuituTransaction *transaction,
          const GuituRecord *record,
          gint64 *row,
          GError **error)
{
  GuituMatchSubject subject;
  guint8 id[16];

  if (*row != 0 || match_kind (guitu_record_kind (record)) == 0 || !guitu_id_to_bytes (guitu_record_id (record), id))
    return TRUE;
  if (!guitu_match_subject_of (transaction->connection, guitu_record_kind (record)->name, id, &subject, error))
    return FALSE;
  *row = subject.row;
  return TRUE;
}

GPtrArray *
guitu_records_match (GuituTransaction *transaction,
                     const GuituRecord *record,
                     const GuituKind *const *kinds,
                     double least,
                     guint limit,
                     GError **error)
{
  GuituMatchSide side = side_of (record);
  g_autoptr (GPtrArray) statements = find_statements (transaction, record, error);
  g_autoptr (GArray) said = g_array_new (FALSE, FALSE, sizeof (GuituMatchStatement));
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GPtrArray) likenesses = g_ptr_array_new_with_free_func (likeness_free);
  guint wanted = 0;

  if (statements == NULL || !find_row (transaction, record, &side.row, error))
    return NULL;
  for (guint i = 0; i < statements->len; i++)
    {
      const GuituRecord *statement = statements->pdata[i];

      const GuituMatchStatement one = {
        text_of (statement, "about"),
        text_of (statement, "text"),
        text_of (statement, "sound"),
        text_of (statement, "heard_at"),
      };

      g_array_append_val (said, one);
    }
  side.statements = (const GuituMatchStatement *) said->data;
  side.n_statements = said->len;
  for (guint i = 0; kinds[i] != NULL; i++)
    wanted |= 1u << match_kind (kinds[i]);
  matches = guitu_match_find (transaction->connection, &side, match_kind (guitu_record_kind (record)), wanted, least, limit, error);
  if (matches == NULL)
    return NULL;
  for (guint i = 0; i < matches->len; i++)
    {
      const GuituMatch *match = matches->pdata[i];
      GuituRecord *other = _guitu_record_load_row (transaction, kind_of_match (match->kind), match->row, error);

      if (other == NULL)
        return NULL;
      g_ptr_array_add (likenesses, likeness_new (other, match));
    }
  return g_steal_pointer (&likenesses);
}

GPtrArray *
guitu_persons_match (GuituTransaction *transaction,
                     const GuituRecord *person,
                     double least,
                     guint limit,
                     GError **error)
{
  static const GuituKind *const kinds[] = { &guitu_kind_person, NULL };

  return guitu_records_match (transaction, person, kinds, least, limit, error);
}

/* --- Entries of the list ----------------------------------------------------------------------- */

/* Those that sex or age rule out are not compared, nor those of quite another name: a day of birth is shared by many. The
 * photo is not read. */
#define LISTINGS_SQL                                                                         \
  "SELECT row, name, alias, sex, birth_from, birth_to FROM listing INDEXED BY listing_match" \
  " WHERE state = 'active' AND voided IS NULL AND \"until\" >= ?1"                           \
  " AND (?2 IS NULL OR sex IS NULL OR sex = ?2 OR sex NOT IN ('1', '2'))"                    \
  " AND (?3 IS NULL OR birth_to IS NULL OR substr (birth_to, 1, 4) + 3 >= ?3)"               \
  " AND (?4 IS NULL OR birth_from IS NULL OR substr (birth_from, 1, 4) - 3 <= ?4)"

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  double first = (*(GuituMatch *const *) a)->score;
  double second = (*(GuituMatch *const *) b)->score;

  return (first < second) - (first > second);
}

static void
bind_year (GuituStatement *statement,
           int parameter,
           const char *date)
{
  if (date != NULL)
    guitu_statement_bind_integer (statement, parameter, g_ascii_strtoll (date, NULL, 10));
  else
    guitu_statement_bind_text (statement, parameter, NULL);
}

static GPtrArray *
weigh_listings (GuituTransaction *transaction,
                const GuituMatchSide *ours,
                const char *today,
                double least,
                GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_match_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, LISTINGS_SQL, error);
  gboolean has_sex = ours->sex != NULL && (ours->sex[0] == '1' || ours->sex[0] == '2');
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();
  GuituFeatures features;
  GuituScale scale;
  int step = -1;

  if (statement == NULL)
    return NULL;
  guitu_features_init (&features, ours);
  _guitu_scale_init (&scale, model, &features, NULL);
  guitu_statement_bind_text (statement, 1, today);
  guitu_statement_bind_text (statement, 2, has_sex ? ours->sex : NULL);
  bind_year (statement, 3, ours->birth_from);
  bind_year (statement, 4, ours->birth_to);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      const GuituMatchSide theirs = {
        .row = guitu_statement_integer (statement, 0),
        .name = guitu_statement_text (statement, 1),
        .alias = guitu_statement_text (statement, 2),
        .sex = guitu_statement_text (statement, 3),
        .birth_from = guitu_statement_text (statement, 4),
        .birth_to = guitu_statement_text (statement, 5),
      };
      GuituFeatures other;
      GuituAgreement agreement;
      double weights[GUITU_MATCH_FIELDS];

      guitu_features_init (&other, &theirs);
      _guitu_match_agree (&features, &other, &agreement);
      if (agreement.levels[GUITU_MATCH_NAME] != GUITU_NAME_OTHER &&
          _guitu_scale_weigh (&scale, &features, &other, &agreement, weights) >= least)
        g_ptr_array_add (matches, guitu_match_compare (ours, &theirs));
    }
  g_ptr_array_sort (matches, compare_matches);
  return step == 0 ? g_steal_pointer (&matches) : NULL;
}

GPtrArray *
guitu_listings_match (GuituTransaction *transaction,
                      const GuituRecord *person,
                      const char *today,
                      double least,
                      guint limit,
                      GError **error)
{
  const GuituMatchSide side = {
    .name = guitu_record_text (person, GUITU_PERSON_NAME),
    .alias = guitu_record_text (person, GUITU_PERSON_ALIAS),
    .sex = guitu_record_text (person, GUITU_PERSON_SEX),
    .birth_from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM),
    .birth_to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO),
  };
  g_autoptr (GPtrArray) matches = weigh_listings (transaction, &side, today, least, error);
  g_autoptr (GPtrArray) likenesses = g_ptr_array_new_with_free_func (likeness_free);

  for (guint i = 0; matches != NULL && i < matches->len && i < limit; i++)
    {
      const GuituMatch *match = g_ptr_array_index (matches, i);
      GuituRecord *listing = _guitu_record_load_row (transaction, &guitu_kind_listing, match->row, error);

      if (listing == NULL)
        return NULL;
      g_ptr_array_add (likenesses, likeness_new (listing, match));
    }
  return matches == NULL ? NULL : g_steal_pointer (&likenesses);
}
