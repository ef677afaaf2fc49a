/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written at a desk of the simulation: a few records of each sort that leaves the desk are made,
 * and edited again and again, so that desks write one field at once. */

#include "desk.h"

#include "db/id.h"

#include <stdlib.h>
#include <string.h>

#define DAY "2026-11-22"
#define NOW "2026-11-22T03:15:00+08:00"
#define PICTURE_BYTES 48

static char *
random_text (Desk *desk)
{
  static const char *const words[] = { "王秀英", "张伟", "李娜", "南方", "兰芳", "左臂有疤", "四川口音", "不详" };

  return g_strdup_printf ("%s%u", words[g_rand_int_range (desk->chance, 0, G_N_ELEMENTS (words))], g_rand_int_range (desk->chance, 0, 5));
}

static GBytes *
random_picture (Desk *desk)
{
  guint8 *picture = g_malloc (PICTURE_BYTES);

  for (guint i = 0; i < PICTURE_BYTES; i++)
    picture[i] = g_rand_int_range (desk->chance, 0, 256);
  return g_bytes_new_take (picture, PICTURE_BYTES);
}

static const char *
own_station (Desk *desk)
{
  return guitu_store_keys (desk->store)->station;
}

/* One of the latest records of that kind, those of @station alone unless @station_field is negative; NULL without an error: there is none. */
static GuituRecord *
pick (Desk *desk,
      GuituTransaction *transaction,
      const GuituKind *kind,
      int station_field,
      GError **error)
{
  GuituQuery query = { .descending = TRUE, .order_by = GUITU_BY_ROW, .is_ordered = TRUE, .limit = 8, .with_voided = TRUE };
  g_autoptr (GPtrArray) found = NULL;

  if (station_field >= 0)
    query.conditions[0] = (GuituCondition){ station_field, GUITU_EQUAL, own_station (desk) };
  found = guitu_records_find (transaction, kind, &query, error);
  if (found == NULL || found->len == 0)
    return NULL;
  return g_ptr_array_steal_index (found, g_rand_int_range (desk->chance, 0, found->len));
}

/* --- New records ----------------------------------------------------------------------------- */

static GuituRecord *
new_person (Desk *desk)
{
  GuituRecord *person = guitu_record_new (&guitu_kind_person);
  g_autofree char *text = random_text (desk);

  guitu_record_set_text (person, GUITU_PERSON_NAME, text);
  guitu_record_set_text (person, GUITU_PERSON_SEX, "2");
  return person;
}

static GuituRecord *
new_mark (Desk *desk)
{
  g_autofree char *text = random_text (desk);
  GuituRecord *mark;

  if (g_rand_boolean (desk->chance))
    {
      mark = guitu_record_new_owned (&guitu_kind_visit_mark, own_station (desk), NULL, NULL);
      guitu_record_set_text (mark, GUITU_VISIT_MARK_PERSON_KEY, text);
      guitu_record_set_text (mark, GUITU_VISIT_MARK_ARRIVED_ON, DAY);
      return mark;
    }
  mark = guitu_record_new_owned (&guitu_kind_paper_mark, own_station (desk), NULL, NULL);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_NUMBER, text);
  return mark;
}

/* The file of somebody who is handed over. */
static GuituRecord *
new_letter (Desk *desk)
{
  const char *to = g_ptr_array_index (desk->stations, g_rand_int_range (desk->chance, 0, desk->stations->len));
  GuituRecord *letter = guitu_record_new_owned (&guitu_kind_letter, own_station (desk), to, NULL);
  g_autofree char *text = random_text (desk);
  g_autoptr (GBytes) picture = random_picture (desk);

  guitu_record_set_text (letter, GUITU_LETTER_SUBJECT, "hand-over");
  guitu_record_set_text (letter, GUITU_LETTER_CONTENT, text);
  guitu_record_set_bytes (letter, GUITU_LETTER_PICTURE, picture);
  guitu_record_set_text (letter, GUITU_LETTER_SENT_AT, NOW);
  return letter;
}

/* The answer to a letter that came. Its id follows from it: several desks may write it without knowing of one another. */
static GuituRecord *
new_answer (Desk *desk,
            GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GuituRecord) letter = pick (desk, transaction, &guitu_kind_letter, GUITU_LETTER_TO_STATION, error);
  const char *to = letter == NULL ? NULL : guitu_record_text (letter, GUITU_LETTER_STATION);
  g_autofree char *words = to == NULL ? NULL : guitu_id_from_words (NULL, "answer", guitu_record_id (letter), own_station (desk), NULL);
  g_autofree char *id = to == NULL ? NULL : guitu_owned_id (&guitu_kind_letter, own_station (desk), to, words);
  g_autofree char *text = random_text (desk);
  GuituRecord *answer;
  gboolean is_there = TRUE;

  if (id == NULL || !guitu_record_exists (transaction, &guitu_kind_letter, id, &is_there, error) || is_there)
    return NULL;
  answer = guitu_record_new_owned (&guitu_kind_letter, own_station (desk), to, words);
  guitu_record_set_text (answer, GUITU_LETTER_SUBJECT, "answer");
  guitu_record_set_text (answer, GUITU_LETTER_ABOUT, guitu_record_id (letter));
  guitu_record_set_text (answer, GUITU_LETTER_CONTENT, text);
  guitu_record_set_text (answer, GUITU_LETTER_SENT_AT, NOW);
  return answer;
}

static GuituRecord *
new_listing (Desk *desk)
{
  GuituRecord *listing = guitu_record_new_owned (&guitu_kind_listing, own_station (desk), NULL, NULL);
  g_autofree char *name = random_text (desk);
  g_autofree char *facts = random_text (desk);
  g_autoptr (GBytes) photo = random_picture (desk);

  guitu_record_set_text (listing, GUITU_LISTING_PERSON_KEY, name);
  guitu_record_set_text (listing, GUITU_LISTING_STATE, "active");
  guitu_record_set_text (listing, GUITU_LISTING_FROM, DAY);
  guitu_record_set_text (listing, GUITU_LISTING_NAME, name);
  guitu_record_set_text (listing, GUITU_LISTING_FACTS, facts);
  guitu_record_set_bytes (listing, GUITU_LISTING_PHOTO, photo);
  guitu_record_set_text (listing, GUITU_LISTING_AT, NOW);
  return listing;
}

/* About an entry of the list, whosever it is. */
static GuituRecord *
new_dissent (Desk *desk,
             GuituTransaction *transaction,
             GError **error)
{
  g_autoptr (GuituRecord) listing = pick (desk, transaction, &guitu_kind_listing, -1, error);
  g_autofree char *text = random_text (desk);
  GuituRecord *dissent;

  if (listing == NULL)
    return NULL;
  dissent = guitu_record_new_owned (&guitu_kind_dissent, own_station (desk), NULL, NULL);
  guitu_record_set_text (dissent, GUITU_DISSENT_LISTING, guitu_record_id (listing));
  guitu_record_set_text (dissent, GUITU_DISSENT_TEXT, text);
  guitu_record_set_text (dissent, GUITU_DISSENT_AT, NOW);
  return dissent;
}

/* @record: (transfer full) (nullable): nothing to write, or the error is set. */
static gboolean
put (GuituTransaction *transaction,
     GuituRecord *record,
     const GError *failure,
     GError **error)
{
  g_autoptr (GuituRecord) owned = record;

  if (failure != NULL)
    {
      g_propagate_error (error, g_error_copy (failure));
      return FALSE;
    }
  return owned == NULL || guitu_transaction_put (transaction, owned, error);
}

static gboolean
put_new (Desk *desk,
         GuituTransaction *transaction,
         GError **error)
{
  g_autoptr (GError) failure = NULL;
  GuituRecord *record = NULL;

  switch (g_rand_int_range (desk->chance, 0, 8))
    {
    case 0:
    case 1:
      record = new_person (desk);
      break;
    case 2:
    case 3:
      record = new_mark (desk);
      break;
    case 4:
      record = new_letter (desk);
      break;
    case 5:
      record = new_answer (desk, transaction, &failure);
      break;
    case 6:
      record = new_listing (desk);
      break;
    default:
      record = new_dissent (desk, transaction, &failure);
      break;
    }
  return put (transaction, record, failure, error);
}

/* --- Changes --------------------------------------------------------------------------------- */

/* The kinds whose records are changed, which field says whose they are, and what may be written to. */
static const struct
{
  const GuituKind *kind;
  int station; /* negative: those of the own station are all there are */
  int fields[4];
  guint n_fields;
} edited[] = {
  { &guitu_kind_person, -1, { GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_MARKS, GUITU_PERSON_ACCENT }, 4 },
  { &guitu_kind_visit_mark, GUITU_VISIT_MARK_STATION, { GUITU_VISIT_MARK_LEAVE_BY }, 1 },
  { &guitu_kind_letter, GUITU_LETTER_STATION, { GUITU_LETTER_CONTENT }, 1 },
  { &guitu_kind_listing, GUITU_LISTING_STATION, { GUITU_LISTING_FACTS, GUITU_LISTING_ADVICE, GUITU_LISTING_CHANGED }, 3 },
  { &guitu_kind_dissent, GUITU_DISSENT_STATION, { GUITU_DISSENT_TEXT }, 1 },
};

static gboolean
put_edit (Desk *desk,
          GuituTransaction *transaction,
          GError **error)
{
  /* Half of all edits are of persons. */
  guint which = g_rand_boolean (desk->chance) ? 0 : g_rand_int_range (desk->chance, 0, G_N_ELEMENTS (edited));
  g_autoptr (GError) failure = NULL;
  GuituRecord *record = pick (desk, transaction, edited[which].kind, edited[which].station, &failure);
  g_autofree char *text = random_text (desk);

  if (record != NULL && !guitu_record_is_voided (record))
    guitu_record_set_text (record, edited[which].fields[g_rand_int_range (desk->chance, 0, edited[which].n_fields)], text);
  return put (transaction, record, failure, error);
}

/* An entry of the list ends: all that tells who it was goes. */
static void
forget (GuituRecord *listing)
{
  for (guint i = 0; i < guitu_kind_listing.n_fields; i++)
    if (i != GUITU_LISTING_PHOTO && (guitu_kind_listing.fields[i].flags & GUITU_PERSONAL))
      guitu_record_set_text (listing, i, NULL);
  guitu_record_set_bytes (listing, GUITU_LISTING_PHOTO, NULL);
  guitu_record_set_text (listing, GUITU_LISTING_STATE, "removed");
}

static gboolean
put_end (Desk *desk,
         GuituTransaction *transaction,
         GError **error)
{
  guint which = g_rand_int_range (desk->chance, 1, G_N_ELEMENTS (edited));
  g_autoptr (GError) failure = NULL;
  GuituRecord *record = pick (desk, transaction, edited[which].kind, edited[which].station, &failure);
  gboolean good;

  if (record != NULL && edited[which].kind == &guitu_kind_listing)
    forget (record);
  if (record == NULL || edited[which].kind == &guitu_kind_listing || guitu_record_is_voided (record))
    return put (transaction, record, failure, error);
  good = guitu_transaction_void (transaction, record, "taken back", error);
  guitu_record_free (record);
  return good;
}

/* Whether this station may settle what desks wrote there: not in another one's record. */
static gboolean
is_ours (Desk *desk,
         GuituTransaction *transaction,
         const GuituConflict *conflict)
{
  const GuituKind *kind = guitu_kind_find (conflict->kind);
  int station = guitu_kind_field (kind, "station");
  g_autoptr (GuituRecord) record = kind->scope == GUITU_SCOPE_STATION ? NULL : guitu_record_load (transaction, kind, conflict->id, NULL);

  return kind->scope == GUITU_SCOPE_STATION || (record != NULL && g_strcmp0 (guitu_record_text (record, station), own_station (desk)) == 0);
}

static gboolean
settle_one (Desk *desk,
            GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, NULL, error);
  const GuituConflict *conflict;

  if (conflicts == NULL || conflicts->len == 0)
    return conflicts != NULL;
  conflict = g_ptr_array_index (conflicts, g_rand_int_range (desk->chance, 0, conflicts->len));
  return !is_ours (desk, transaction, conflict) || guitu_transaction_settle (transaction, conflict->kind, conflict->id, conflict->field, error);
}

static gboolean
change_once (Desk *desk,
             GuituTransaction *transaction,
             GError **error)
{
  int what = g_rand_int_range (desk->chance, 0, 40);

  if (what == 0)
    guitu_transaction_settle_by_putting (transaction);
  return what < 12   ? put_new (desk, transaction, error)
         : what < 36 ? put_edit (desk, transaction, error)
         : what < 38 ? put_end (desk, transaction, error)
                     : settle_one (desk, transaction, error);
}

static gboolean
work_once (Desk *desk,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "simulation", error);
  guint n_changes = g_rand_int_range (desk->chance, 1, 4);
  gboolean good = transaction != NULL;

  for (guint i = 0; good && i < n_changes; i++)
    good = change_once (desk, transaction, error);
  return good && guitu_transaction_commit (transaction, error);
}

void
desk_work (Desk *desk,
           char **words)
{
  GError *error = NULL;
  guint count = atoi (words[2]);

  g_rand_set_seed (desk->chance, strtoul (words[1], NULL, 10));
  for (guint i = 0; i < count && error == NULL; i++)
    work_once (desk, &error);
  desk_answer (error, "");
}

/* --- For measuring --------------------------------------------------------------------------- */

/* Many entries, as a year of work leaves them: somebody comes, and six entries later goes. */
void
desk_fill (Desk *desk,
           char **words)
{
  GError *error = NULL;
  guint count = atoi (words[1]);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "fill", &error);
  g_autoptr (GuituRecord) stay = NULL;

  for (guint i = 0; i < count && error == NULL; i++)
    {
      g_autofree char *text = random_text (desk);

      if (i % 6 == 0)
        {
          g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

          guitu_record_set_text (person, GUITU_PERSON_NAME, text);
          guitu_record_set_text (person, GUITU_PERSON_SEX, "2");
          guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, "1985-03-12");
          g_clear_pointer (&stay, guitu_record_free);
          stay = guitu_record_new (&guitu_kind_stay);
          guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
          guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "police");
          guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, "2026-11-22T03:15:00+08:00");
          guitu_transaction_put (transaction, person, &error);
        }
      else
        guitu_record_set_text (stay, i % 6 == 1 ? GUITU_STAY_BED : i % 6 == 2 ? GUITU_STAY_REQUEST
                                                               : i % 6 == 3   ? GUITU_STAY_BELONGINGS
                                                               : i % 6 == 4   ? GUITU_STAY_CLOTHING
                                                                              : GUITU_STAY_DESTINATION,
                               text);
      if (error == NULL && guitu_transaction_put (transaction, stay, &error))
        guitu_transaction_next_entry (transaction, &error);
    }
  if (error == NULL)
    guitu_transaction_commit (transaction, &error);
  desk_answer (error, "");
}
