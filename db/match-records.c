/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records of several kinds that may be one human being, by comparing with each of them. */

#include "db/match.h"
#include "db/query.h"
#include "db/store-private.h"

#include <string.h>

#define NONE (-1)

/* Where a kind has what is compared; and the state of those that are still of interest. */
static const struct
{
  const GuituKind *kind;
  int name, alias, sex, birth_from, birth_to, id_number, phone, household, height;
  int state;
  const char *open;
} layouts[] = {
  { &guitu_kind_person, GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_SEX, GUITU_PERSON_BIRTH_FROM, GUITU_PERSON_BIRTH_TO,
    GUITU_PERSON_ID_NUMBER, GUITU_PERSON_PHONE, GUITU_PERSON_HOUSEHOLD, GUITU_PERSON_HEIGHT_CM, NONE, NULL },
  { &guitu_kind_missing, GUITU_MISSING_NAME, GUITU_MISSING_ALIAS, GUITU_MISSING_SEX, GUITU_MISSING_BIRTH_FROM, GUITU_MISSING_BIRTH_TO,
    GUITU_MISSING_ID_NUMBER, GUITU_MISSING_PHONE, GUITU_MISSING_HOUSEHOLD, GUITU_MISSING_HEIGHT_CM, GUITU_MISSING_STATE, "open" },
  { &guitu_kind_sought, GUITU_SOUGHT_NAME, GUITU_SOUGHT_ALIAS, GUITU_SOUGHT_SEX, GUITU_SOUGHT_BIRTH_FROM, GUITU_SOUGHT_BIRTH_TO,
    NONE, GUITU_SOUGHT_PHONE, GUITU_SOUGHT_HOUSEHOLD, GUITU_SOUGHT_HEIGHT_CM, GUITU_SOUGHT_STATE, "open" },
  { &guitu_kind_posting, GUITU_POSTING_NAME, GUITU_POSTING_ALIAS, GUITU_POSTING_SEX, GUITU_POSTING_BIRTH_FROM, GUITU_POSTING_BIRTH_TO,
    NONE, NONE, NONE, GUITU_POSTING_HEIGHT_CM, GUITU_POSTING_STATE, "published" },
};

static guint
layout_of (const GuituKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].kind == kind)
      return i;
  g_assert_not_reached ();
}

static const char *
text_of (const GuituRecord *record,
         int field)
{
  return field == NONE ? NULL : guitu_record_text (record, field);
}

static GuituMatchSide
side_of (const GuituRecord *record)
{
  guint i = layout_of (guitu_record_kind (record));

  return (GuituMatchSide){
    .name = text_of (record, layouts[i].name),
    .alias = text_of (record, layouts[i].alias),
    .sex = text_of (record, layouts[i].sex),
    .birth_from = text_of (record, layouts[i].birth_from),
    .birth_to = text_of (record, layouts[i].birth_to),
    .id_number = text_of (record, layouts[i].id_number),
    .phone = text_of (record, layouts[i].phone),
    .household = text_of (record, layouts[i].household),
    .height_cm = (int) guitu_record_integer (record, layouts[i].height, 0),
  };
}

/* What a person without a name said of it; (element-type GuituRecord): statements. */
static GPtrArray *
names_said (GuituTransaction *transaction,
            const GuituRecord *record,
            GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_STATEMENT_PERSON, GUITU_EQUAL, guitu_record_id (record) }, { GUITU_STATEMENT_ABOUT, GUITU_EQUAL, "name" } } };

  if (guitu_record_kind (record) != &guitu_kind_person || guitu_record_is_set (record, GUITU_PERSON_NAME))
    return g_ptr_array_new ();
  return guitu_records_find (transaction, &guitu_kind_statement, &query, error);
}

static void
free_reason (gpointer data)
{
  GuituReason *reason = data;

  g_free (reason->ours);
  g_free (reason->theirs);
}

static void
free_likeness (gpointer data)
{
  GuituLikeness *likeness = data;

  g_clear_pointer (&likeness->person, guitu_record_free);
  g_array_unref (likeness->reasons);
  g_free (likeness);
}

static GuituLikeness *
likeness_of (const GuituMatch *match)
{
  GuituLikeness *likeness = g_new0 (GuituLikeness, 1);

  likeness->score = match->score;
  likeness->probability = match->probability;
  likeness->reasons = g_array_new (FALSE, FALSE, sizeof (GuituReason));
  g_array_set_clear_func (likeness->reasons, free_reason);
  for (guint i = 0; i < match->reasons->len; i++)
    {
      const GuituMatchReason *from = match->reasons->pdata[i];
      GuituReason reason = { from->field, g_strdup (from->ours), g_strdup (from->theirs), from->weight };

      g_array_append_val (likeness->reasons, reason);
    }
  return likeness;
}

/* By the name that fits best. */
static GuituMatch *
compare (const GuituMatchSide *ours,
         GPtrArray *our_names,
         const GuituMatchSide *theirs,
         GPtrArray *their_names)
{
  GuituMatch *best = guitu_match_compare (ours, theirs);

  for (guint i = 0; i < our_names->len + their_names->len; i++)
    {
      gboolean is_ours = i < our_names->len;
      const GuituRecord *statement = is_ours ? our_names->pdata[i] : their_names->pdata[i - our_names->len];
      gboolean has_sound = guitu_record_is_set (statement, GUITU_STATEMENT_SOUND);
      const char *name = guitu_record_text (statement, has_sound ? GUITU_STATEMENT_SOUND : GUITU_STATEMENT_TEXT);
      GuituMatchSide sides[] = { *ours, *theirs };
      GuituMatch *match;

      sides[is_ours ? 0 : 1].name = name;
      match = guitu_match_compare (&sides[0], &sides[1]);
      if (match->score > best->score)
        {
          GuituMatch *worse = best;

          best = match;
          match = worse;
        }
      guitu_match_free (match);
    }
  return best;
}

static gboolean
match_kind (GuituTransaction *transaction,
            const GuituRecord *record,
            GPtrArray *names,
            const GuituKind *kind,
            double least,
            GPtrArray *likenesses,
            GError **error)
{
  guint layout = layout_of (kind);
  GuituQuery query = { .without_bytes = TRUE };
  const GuituMatchSide ours = side_of (record);
  g_autoptr (GPtrArray) records = NULL;

  if (layouts[layout].state != NONE)
    query.conditions[0] = (GuituCondition){ layouts[layout].state, GUITU_EQUAL, layouts[layout].open };
  records = guitu_records_find (transaction, kind, &query, error);
  while (records != NULL && records->len > 0)
    {
      g_autoptr (GuituRecord) other = g_ptr_array_steal_index (records, records->len - 1);
      const GuituMatchSide theirs = side_of (other);
      g_autoptr (GPtrArray) their_names = names_said (transaction, other, error);
      g_autoptr (GuituMatch) match = NULL;
      GuituLikeness *likeness;

      if (their_names == NULL)
        return FALSE;
      match = compare (&ours, names, &theirs, their_names);
      if (match->probability < least || strcmp (guitu_record_id (record), guitu_record_id (other)) == 0)
        continue;
      likeness = likeness_of (match);
      likeness->person = g_steal_pointer (&other);
      g_ptr_array_add (likenesses, likeness);
    }
  return records != NULL;
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  const GuituLikeness *first = *(GuituLikeness *const *) a;
  const GuituLikeness *second = *(GuituLikeness *const *) b;

  return (first->score < second->score) - (first->score > second->score);
}

GPtrArray *
guitu_records_match (GuituTransaction *transaction,
                     const GuituRecord *record,
                     const GuituKind *const *kinds,
                     double least,
                     guint limit,
                     GError **error)
{
  g_autoptr (GPtrArray) likenesses = g_ptr_array_new_with_free_func (free_likeness);
  g_autoptr (GPtrArray) names = names_said (transaction, record, error);

  if (names == NULL)
    return NULL;
  for (guint i = 0; kinds[i] != NULL; i++)
    if (!match_kind (transaction, record, names, kinds[i], least, likenesses, error))
      return NULL;
  g_ptr_array_sort (likenesses, compare_scores);
  g_ptr_array_set_size (likenesses, (int) MIN (likenesses->len, limit));
  return g_steal_pointer (&likenesses);
}
