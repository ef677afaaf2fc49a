/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each kind of record that tells of a stay is a source, and each of its times that is set a moment:
 * which field holds the time, who did it, and which fields say what it was. */

#include "app/timeline.h"

#include "app/links.h"
#include "app/regions.h"
#include "app/rules.h"
#include "print/print.h"

#include <string.h>

#define MAX_TEXTS 5
#define NONE (-1)
#define BY_ID (-2) /* no field has the time; the id tells when the record was made */
#define DATE_LENGTH 10
#define EARLIER_SECONDS 600 /* what was said at the door may be noted before the arrival is */

typedef struct
{
  const char *kind; /* code of the list "timeline" */
  int at;           /* time or date; unset: no such moment */
  int by;           /* user */
  int needs;        /* a field that must be set too */
  int label;        /* a code that says better what it is than the kind does */
  int texts[MAX_TEXTS + 1];
} Moment;

#define TEXTS(...)    \
  {                   \
    __VA_ARGS__, NONE \
  }

/* clang-format off */
static const Moment stay_moments[] = {
  { "arrival", GUITU_STAY_ARRIVED_AT, NONE, NONE, NONE, TEXTS (GUITU_STAY_CAME_BY, GUITU_STAY_BROUGHT_BY, GUITU_STAY_FOUND_PLACE, GUITU_STAY_REASON, GUITU_STAY_REQUEST) },
  { "first-look", GUITU_STAY_ARRIVED_AT, NONE, GUITU_STAY_FIRST_LOOK, NONE, TEXTS (GUITU_STAY_FIRST_LOOK) },
  { "security-check", GUITU_STAY_ARRIVED_AT, NONE, GUITU_STAY_SECURITY_CHECK, NONE, TEXTS (GUITU_STAY_SECURITY_CHECK) },
  { "proposal", GUITU_STAY_PROPOSED_AT, GUITU_STAY_PROPOSED_BY, NONE, NONE, TEXTS (GUITU_STAY_PROPOSAL, GUITU_STAY_LEGAL_GROUND, GUITU_STAY_GROUND) },
  { "review", GUITU_STAY_REVIEWED_AT, GUITU_STAY_REVIEWED_BY, NONE, NONE, TEXTS (GUITU_STAY_REVIEW_NOTE) },
  { "decision", GUITU_STAY_DECIDED_AT, GUITU_STAY_DECIDED_BY, NONE, NONE, TEXTS (GUITU_STAY_DECISION, GUITU_STAY_LEGAL_GROUND) },
  { "admission", GUITU_STAY_ADMITTED_AT, GUITU_STAY_DECIDED_BY, NONE, NONE, TEXTS (GUITU_STAY_DECISION) },
  { "serving", GUITU_STAY_SERVED_AT, NONE, NONE, NONE, TEXTS (GUITU_STAY_SERVED_HOW, GUITU_STAY_SERVED_WITNESS) },
};
static const Moment statement_moments[] = {
  { "statement", GUITU_STATEMENT_HEARD_AT, GUITU_STATEMENT_HEARD_BY, NONE, NONE, TEXTS (GUITU_STATEMENT_ABOUT, GUITU_STATEMENT_TEXT) },
};
static const Moment belonging_moments[] = {
  { "belongings-in", GUITU_BELONGING_IN_AT, GUITU_BELONGING_IN_BY, NONE, NONE, TEXTS (GUITU_BELONGING_KIND, GUITU_BELONGING_NAME, GUITU_BELONGING_COUNT, GUITU_BELONGING_BAG) },
  { "belongings-out", GUITU_BELONGING_OUT_AT, GUITU_BELONGING_OUT_BY, NONE, NONE, TEXTS (GUITU_BELONGING_NAME, GUITU_BELONGING_STATE, GUITU_BELONGING_OUT_TO) },
};
static const Moment event_moments[] = {
  { "event", GUITU_EVENT_AT, GUITU_EVENT_BY, NONE, GUITU_EVENT_KIND, TEXTS (GUITU_EVENT_TEXT, GUITU_EVENT_UNTIL, GUITU_EVENT_FILED, GUITU_EVENT_WITNESS) },
};
static const Moment paper_moments[] = {
  { "paper", GUITU_PAPER_ISSUED_AT, GUITU_PAPER_ISSUED_BY, NONE, NONE, TEXTS (GUITU_PAPER_KIND, GUITU_PAPER_NUMBER, GUITU_PAPER_STATE) },
};
static const Moment transfer_moments[] = {
  { "transfer-planned", BY_ID, NONE, NONE, NONE, TEXTS (GUITU_TRANSFER_KIND, GUITU_TRANSFER_TO_STATION, GUITU_TRANSFER_TO_REGION, GUITU_TRANSFER_RECEIVER) },
  { "transfer-departed", GUITU_TRANSFER_DEPARTS_AT, NONE, NONE, NONE, TEXTS (GUITU_TRANSFER_KIND, GUITU_TRANSFER_ESCORTS, GUITU_TRANSFER_ROUTE) },
  { "transfer-handed-over", GUITU_TRANSFER_HANDED_OVER_AT, NONE, NONE, NONE, TEXTS (GUITU_TRANSFER_KIND, GUITU_TRANSFER_ACCEPTED_BY) },
};
static const Moment task_moments[] = {
  { "task", GUITU_TASK_DONE_AT, GUITU_TASK_BY, NONE, GUITU_TASK_KIND, TEXTS (GUITU_TASK_STATE, GUITU_TASK_TEXT, GUITU_TASK_PROOF) },
};
static const Moment referral_moments[] = {
  { "referral", GUITU_REFERRAL_SENT_ON, GUITU_REFERRAL_BY, NONE, NONE, TEXTS (GUITU_REFERRAL_SCHEME, GUITU_REFERRAL_OFFICE, GUITU_REFERRAL_TEXT) },
  { "referral-closed", GUITU_REFERRAL_CLOSED_ON, NONE, NONE, NONE, TEXTS (GUITU_REFERRAL_SCHEME, GUITU_REFERRAL_STATE, GUITU_REFERRAL_OUTCOME) },
};
static const Moment end_moments[] = {
  { "leaving", GUITU_STAY_LEFT_AT, GUITU_STAY_RELEASED_BY, NONE, NONE, TEXTS (GUITU_STAY_LEAVE_BY, GUITU_STAY_DESTINATION, GUITU_STAY_RECEIVED_BY, GUITU_STAY_GROUND) },
};
static const Moment follow_up_moments[] = {
  { "follow-up-due", GUITU_FOLLOW_UP_DUE_ON, NONE, NONE, NONE, TEXTS (GUITU_FOLLOW_UP_VISITOR) },
  { "follow-up", GUITU_FOLLOW_UP_DONE_ON, GUITU_FOLLOW_UP_BY, NONE, NONE, TEXTS (GUITU_FOLLOW_UP_HOW, GUITU_FOLLOW_UP_VISITOR, GUITU_FOLLOW_UP_FOUND_AT_HOME, GUITU_FOLLOW_UP_TEXT, GUITU_FOLLOW_UP_NEXT) },
};
/* clang-format on */

/* In the order in which things of the same time are told. */
static const struct
{
  const GuituKind *kind;
  int of; /* the field that names the stay (of statements: its person); NONE: the stay itself */
  const Moment *moments;
  guint n_moments;
} sources[] = {
  { &guitu_kind_stay, NONE, stay_moments, G_N_ELEMENTS (stay_moments) },
  { &guitu_kind_statement, GUITU_STATEMENT_PERSON, statement_moments, G_N_ELEMENTS (statement_moments) },
  { &guitu_kind_belonging, GUITU_BELONGING_STAY, belonging_moments, G_N_ELEMENTS (belonging_moments) },
  { &guitu_kind_event, GUITU_EVENT_STAY, event_moments, G_N_ELEMENTS (event_moments) },
  { &guitu_kind_paper, GUITU_PAPER_STAY, paper_moments, G_N_ELEMENTS (paper_moments) },
  { &guitu_kind_task, GUITU_TASK_STAY, task_moments, G_N_ELEMENTS (task_moments) },
  { &guitu_kind_referral, GUITU_REFERRAL_STAY, referral_moments, G_N_ELEMENTS (referral_moments) },
  { &guitu_kind_transfer, GUITU_TRANSFER_STAY, transfer_moments, G_N_ELEMENTS (transfer_moments) },
  { &guitu_kind_stay, NONE, end_moments, G_N_ELEMENTS (end_moments) },
  { &guitu_kind_follow_up, GUITU_FOLLOW_UP_STAY, follow_up_moments, G_N_ELEMENTS (follow_up_moments) },
};

typedef struct
{
  char *key;   /* sorts by time */
  guint order; /* among those of the same time */
  JsonObject *json;
} Item;

typedef struct
{
  GuituTransaction *transaction;
  const GuituRecord *stay;
  GArray *items;     /* Item */
  GHashTable *names; /* id of a user -> name */
} Timeline;

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->key);
  g_clear_pointer (&item->json, json_object_unref);
}

/* --- Words ----------------------------------------------------------------------------------- */

static const char *
name_of (Timeline *timeline,
         const char *user)
{
  if (!g_hash_table_contains (timeline->names, user))
    g_hash_table_insert (timeline->names, g_strdup (user), guitu_user_display_name (timeline->transaction, user));
  return g_hash_table_lookup (timeline->names, user);
}

/* Returns: (transfer full) (nullable). */
static char *
field_in_words (const GuituRecord *record,
                int position)
{
  const GuituField *field = &guitu_record_kind (record)->fields[position];
  const char *text = guitu_record_text (record, position);
  const GuituForm *form;
  char *region;

  if (text == NULL)
    return guitu_record_show (record, position);
  if (field->type == GUITU_FIELD_CODE && strcmp (field->of, "yes_no") == 0)
    return g_strdup_printf ("%s: %s", guitu_field_label (field), guitu_code_label (field->of, text));
  if (field->type == GUITU_FIELD_CODE)
    return g_strdup (guitu_code_label (field->of, text));
  if (field->type == GUITU_FIELD_REGION)
    {
      region = guitu_regions_full_name (text);
      return region != NULL ? region : g_strdup (text);
    }
  if (field->type == GUITU_FIELD_TIME)
    return g_strdup_printf ("%.10s %.5s", text, text + DATE_LENGTH + 1);
  form = guitu_record_kind (record) == &guitu_kind_paper && position == GUITU_PAPER_KIND ? guitu_form_find (text) : NULL;
  return g_strdup (form == NULL ? text : guitu_form_title (form));
}

static char *
moment_text (const GuituRecord *record,
             const Moment *moment)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; moment->texts[i] != NONE; i++)
    {
      g_autofree char *words = field_in_words (record, moment->texts[i]);

      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len == 0 ? "" : " · ", words);
    }
  return g_string_free (text, FALSE);
}

/* --- Times ----------------------------------------------------------------------------------- */

/* A day without a time comes when the record was made, if that was on the day, or else at its end;
 * a day that closes a record was written later than the record was made. */
static char *
sorting_key (const GuituRecord *record,
             const Moment *moment,
             const char *at)
{
  gboolean closes = moment->at >= 0 && (guitu_record_kind (record)->fields[moment->at].flags & GUITU_OPEN_INDEX);
  g_autofree char *made = NULL;

  if (strlen (at) > DATE_LENGTH)
    return g_strdup (at);
  made = closes ? NULL : guitu_record_made_at (record);
  if (made != NULL && g_str_has_prefix (made, at))
    return g_steal_pointer (&made);
  return guitu_end_of_day (at);
}

static gboolean
has_departed (const GuituRecord *transfer)
{
  const char *state = guitu_record_text (transfer, GUITU_TRANSFER_STATE);
  const char *const before[] = { "planned", "approved", "cancelled", NULL };

  return state != NULL && !g_strv_contains (before, state);
}

/* A departure that is only planned, and a visit that was made, are no moments of their own. */
static gboolean
happened (const GuituRecord *record,
          const Moment *moment)
{
  if (strcmp (moment->kind, "transfer-departed") == 0)
    return has_departed (record);
  if (strcmp (moment->kind, "follow-up-due") == 0)
    return !guitu_record_is_set (record, GUITU_FOLLOW_UP_DONE_ON);
  return moment->needs == NONE || guitu_record_is_set (record, moment->needs);
}

/* What the person said during this stay, of all they ever said. */
static gboolean
is_of_stay (const Timeline *timeline,
            const GuituRecord *record)
{
  const char *left = guitu_record_text (timeline->stay, GUITU_STAY_LEFT_AT);
  const char *heard;
  gint64 at;

  if (guitu_record_kind (record) != &guitu_kind_statement)
    return TRUE;
  heard = guitu_record_text (record, GUITU_STATEMENT_HEARD_AT);
  if (heard == NULL)
    return FALSE;
  at = guitu_time_to_unix (heard);
  return at >= guitu_time_to_unix (guitu_record_text (timeline->stay, GUITU_STAY_ARRIVED_AT)) - EARLIER_SECONDS &&
         (left == NULL || at <= guitu_time_to_unix (left));
}

/* --- Telling --------------------------------------------------------------------------------- */

static void
tell (Timeline *timeline,
      const GuituRecord *record,
      const Moment *moment,
      const char *at)
{
  const char *by = moment->by == NONE ? NULL : guitu_record_text (record, moment->by);
  const char *label = moment->label == NONE ? NULL : guitu_record_text (record, moment->label);
  g_autofree char *text = moment_text (record, moment);
  Item item = { sorting_key (record, moment, at), timeline->items->len, json_object_new () };

  json_object_set_string_member (item.json, "at", at);
  json_object_set_string_member (item.json, "kind", moment->kind);
  json_object_set_string_member (item.json, "label",
                                 label == NULL ? guitu_code_label ("timeline", moment->kind)
                                               : guitu_code_label (guitu_record_kind (record)->fields[moment->label].of, label));
  if (text[0] != '\0')
    json_object_set_string_member (item.json, "text", text);
  if (by != NULL)
    json_object_set_string_member (item.json, "by", by);
  if (by != NULL && name_of (timeline, by) != NULL)
    json_object_set_string_member (item.json, "by_name", name_of (timeline, by));
  json_object_set_string_member (item.json, "ref", guitu_record_id (record));
  json_object_set_string_member (item.json, "record", guitu_record_kind (record)->name);
  g_array_append_val (timeline->items, item);
}

static void
tell_record (Timeline *timeline,
             const GuituRecord *record,
             const Moment *moments,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *made = moments[i].at == BY_ID ? guitu_record_made_at (record) : NULL;
      const char *at = made != NULL ? made : moments[i].at < 0 ? NULL
                                                               : guitu_record_text (record, moments[i].at);

      if (at != NULL && happened (record, &moments[i]))
        tell (timeline, record, &moments[i], at);
    }
}

/* Whichever of merged records the person spoke as. */
static GPtrArray *
find_statements (Timeline *timeline,
                 GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (timeline->transaction, guitu_record_text (timeline->stay, GUITU_STAY_PERSON), error);

  return ids == NULL ? NULL : guitu_links_records (timeline->transaction, &guitu_kind_statement, GUITU_STATEMENT_PERSON, ids, error);
}

static gboolean
tell_source (Timeline *timeline,
             guint source,
             GError **error)
{
  const GuituKind *kind = sources[source].kind;
  const GuituQuery query = { .conditions = { { sources[source].of, GUITU_EQUAL, guitu_record_id (timeline->stay) } } };
  g_autoptr (GPtrArray) records = kind == &guitu_kind_statement ? find_statements (timeline, error)
                                                                : guitu_records_find (timeline->transaction, kind, &query, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (is_of_stay (timeline, records->pdata[i]))
      tell_record (timeline, records->pdata[i], sources[source].moments, sources[source].n_moments);
  return records != NULL;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *first = a;
  const Item *second = b;
  int difference = strcmp (first->key, second->key);

  return difference != 0 ? difference : (first->order > second->order) - (first->order < second->order);
}

gboolean
guitu_timeline_add (JsonObject *json,
                    GuituTransaction *transaction,
                    const GuituRecord *stay,
                    GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Timeline timeline = { transaction, stay, items, names };
  JsonArray *array;

  g_array_set_clear_func (items, clear_item);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i].of == NONE)
      tell_record (&timeline, stay, sources[i].moments, sources[i].n_moments);
    else if (!tell_source (&timeline, i, error))
      return FALSE;
  g_array_sort (items, compare_items);
  array = json_array_sized_new (items->len);
  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (array, g_steal_pointer (&g_array_index (items, Item, i).json));
  json_object_set_array_member (json, "timeline", array);
  return TRUE;
}
