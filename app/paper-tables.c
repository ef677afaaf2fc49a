/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of records as tables of a form: a line for each row, a tab between the cells. Their columns
 * stand in the heads of the forms that print them. */

#include "app/papers.h"

#include "app/beds.h"
#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/transfer.h"

#include <string.h>

/* Cells are one line each; what would begin another becomes a blank. */
void
guitu_paper_add_cell (GString *table,
                      const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text == NULL ? "" : text), "\t\n", ' ');

  if (table->len > 0 && table->str[table->len - 1] != '\n')
    g_string_append_c (table, '\t');
  /* a row may begin with an empty cell, which must not look like no cell at all */
  g_string_append (table, *plain == '\0' ? " " : plain);
}

void
guitu_paper_end_row (GString *table)
{
  g_string_append_c (table, '\n');
}

/* "2026-11-22 03:15" (transfer full) */
static char *
short_time (const char *time)
{
  return time == NULL ? NULL : g_strdelimit (g_strndup (time, strlen ("2026-11-22T03:15")), "T", ' ');
}

void
guitu_paper_add_time (GString *table,
                      const char *time)
{
  g_autofree char *text = short_time (time);

  guitu_paper_add_cell (table, text);
}

void
guitu_paper_add_code (GString *table,
                      const char *list,
                      const char *code)
{
  const GuituCode *found = code == NULL ? NULL : guitu_codes_find (list, code);

  guitu_paper_add_cell (table, found == NULL ? code : found->chinese);
}

void
guitu_paper_add_user (GString *table,
                      GuituTransaction *transaction,
                      const char *id)
{
  g_autofree char *name = id == NULL ? NULL : guitu_user_display_name (transaction, id);

  guitu_paper_add_cell (table, name);
}

/* --- Events ---------------------------------------------------------------------------------- */

static const char *const contact_events[] = { "contact", NULL };
static const char *const medical_events[] = { "medical", "medicine", "hospital", "discharge", NULL };

static GPtrArray *
events_of (GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           GError **error)
{
  const GuituQuery query = {
    .conditions = { { GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (subject->stay) } },
    .is_ordered = TRUE,
    .order_by = GUITU_EVENT_AT,
  };

  return guitu_records_find (transaction, &guitu_kind_event, &query, error);
}

static void
add_event (GString *table,
           GuituTransaction *transaction,
           const GuituRecord *event,
           gboolean with_kind)
{
  guitu_paper_add_time (table, guitu_record_text (event, GUITU_EVENT_AT));
  if (with_kind)
    guitu_paper_add_code (table, "event_kind", guitu_record_text (event, GUITU_EVENT_KIND));
  guitu_paper_add_cell (table, guitu_record_text (event, GUITU_EVENT_TEXT));
  guitu_paper_add_user (table, transaction, guitu_record_text (event, GUITU_EVENT_BY));
  guitu_paper_end_row (table);
}

/* @kinds: NULL for all, with a column that names the kind */
static void
add_events (GString *table,
            GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            const char *const *kinds,
            GError **error)
{
  g_autoptr (GPtrArray) events = events_of (transaction, subject, error);

  for (guint i = 0; events != NULL && i < events->len; i++)
    if (kinds == NULL || g_strv_contains (kinds, guitu_record_text (events->pdata[i], GUITU_EVENT_KIND)))
      add_event (table, transaction, events->pdata[i], kinds == NULL);
}

/* --- Belongings and kin ---------------------------------------------------------------------- */

/* Cash by its amount, anything else by how many there are. */
static void
add_count (GString *table,
           const GuituRecord *belonging)
{
  gint64 fen = guitu_record_integer (belonging, GUITU_BELONGING_AMOUNT_FEN, 0);
  g_autofree char *text = fen > 0 ? guitu_yuan_text (fen) : g_strdup_printf ("%" G_GINT64_FORMAT, guitu_record_integer (belonging, GUITU_BELONGING_COUNT, 1));

  guitu_paper_add_cell (table, text);
}

static void
belongings_in (GString *table,
               GuituTransaction *transaction,
               const GuituPaperSubject *subject,
               GError **error)
{
  g_autoptr (GPtrArray) belongings = guitu_belongings_of (transaction, guitu_record_id (subject->stay), error);

  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      const GuituRecord *belonging = belongings->pdata[i];
      const char *bag = guitu_record_text (belonging, GUITU_BELONGING_BAG);
      const char *seal = guitu_record_text (belonging, GUITU_BELONGING_SEAL);
      g_autofree char *kept = g_strdup_printf ("%s%s%s", bag == NULL ? "" : bag, bag != NULL && seal != NULL ? "/" : "", seal == NULL ? "" : seal);

      guitu_paper_add_cell (table, guitu_record_text (belonging, GUITU_BELONGING_NAME));
      add_count (table, belonging);
      guitu_paper_add_cell (table, guitu_record_text (belonging, GUITU_BELONGING_FEATURES));
      guitu_paper_add_cell (table, kept);
      guitu_paper_add_time (table, guitu_record_text (belonging, GUITU_BELONGING_IN_AT));
      guitu_paper_end_row (table);
    }
}

static void
belongings_out (GString *table,
                GuituTransaction *transaction,
                const GuituPaperSubject *subject,
                GError **error)
{
  g_autoptr (GPtrArray) belongings = guitu_belongings_of (transaction, guitu_record_id (subject->stay), error);

  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      const GuituRecord *belonging = belongings->pdata[i];

      if (!guitu_record_is_set (belonging, GUITU_BELONGING_OUT_AT))
        continue;
      guitu_paper_add_cell (table, guitu_record_text (belonging, GUITU_BELONGING_NAME));
      add_count (table, belonging);
      guitu_paper_add_code (table, "belonging_state", guitu_record_text (belonging, GUITU_BELONGING_STATE));
      guitu_paper_add_time (table, guitu_record_text (belonging, GUITU_BELONGING_OUT_AT));
      guitu_paper_add_cell (table, guitu_record_text (belonging, GUITU_BELONGING_OUT_TO));
      guitu_paper_end_row (table);
    }
}

static void
kin_list (GString *table,
          GuituTransaction *transaction,
          const GuituPaperSubject *subject,
          GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_id (subject->person), error);
  g_autoptr (GPtrArray) kin = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_kin, GUITU_KIN_PERSON, ids, error);

  for (guint i = 0; kin != NULL && i < kin->len; i++)
    {
      guitu_paper_add_cell (table, guitu_record_text (kin->pdata[i], GUITU_KIN_NAME));
      guitu_paper_add_code (table, "kinship", guitu_record_text (kin->pdata[i], GUITU_KIN_KINSHIP));
      guitu_paper_add_cell (table, guitu_record_text (kin->pdata[i], GUITU_KIN_PHONE));
      guitu_paper_add_cell (table, guitu_record_text (kin->pdata[i], GUITU_KIN_ADDRESS));
      guitu_paper_end_row (table);
    }
}

/* --- The road -------------------------------------------------------------------------------- */

/* Time, place, meals, medicine, condition (seen and written on the way), and whatever else happened. */
static void
add_waypoint (GString *table,
              const GuituRecord *waypoint)
{
  const char *text = guitu_record_text (waypoint, GUITU_WAYPOINT_TEXT);
  gboolean is_meal = guitu_record_says (waypoint, GUITU_WAYPOINT_KIND, "meal");
  gboolean is_medicine = guitu_record_says (waypoint, GUITU_WAYPOINT_KIND, "medicine");
  const GuituCode *kind = guitu_codes_find ("waypoint_kind", guitu_record_text (waypoint, GUITU_WAYPOINT_KIND));
  const char *done = text != NULL ? text : kind == NULL ? NULL
                                                        : kind->chinese;

  guitu_paper_add_time (table, guitu_record_text (waypoint, GUITU_WAYPOINT_PASSED_AT));
  guitu_paper_add_cell (table, guitu_record_text (waypoint, GUITU_WAYPOINT_PLACE));
  guitu_paper_add_cell (table, is_meal ? done : NULL);
  guitu_paper_add_cell (table, is_medicine ? done : NULL);
  guitu_paper_add_cell (table, NULL);
  guitu_paper_add_cell (table, is_meal || is_medicine ? NULL : done);
  guitu_paper_end_row (table);
}

static void
journey (GString *table,
         GuituTransaction *transaction,
         const GuituPaperSubject *subject,
         GError **error)
{
  g_autoptr (GPtrArray) waypoints = subject->transfer == NULL ? NULL : guitu_transfer_waypoints (transaction, subject->transfer, error);

  for (guint i = 0; waypoints != NULL && i < waypoints->len; i++)
    if (guitu_record_is_set (waypoints->pdata[i], GUITU_WAYPOINT_PASSED_AT))
      add_waypoint (table, waypoints->pdata[i]);
}

/* --- The house ------------------------------------------------------------------------------- */

static void
add_flags (GString *table,
           const GuituHouse *house,
           const GuituHouseGuest *guest)
{
  g_auto (GStrv) flags = guitu_house_flags (house, guest);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; flags[i] != NULL; i++)
    {
      const GuituCode *flag = guitu_codes_find ("board_flag", flags[i]);

      g_string_append_printf (words, "%s%s", i == 0 ? "" : "、", flag == NULL ? flags[i] : flag->chinese);
    }
  guitu_paper_add_cell (table, words->str);
}

/* The name stays away where who prints the list may not see the record. */
static gboolean
add_guest (GString *table,
           GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           const GuituHouse *house,
           const GuituHouseGuest *guest,
           GError **error)
{
  const char *arrived = guitu_record_text (guest->stay, GUITU_STAY_ARRIVED_AT);
  const char *admitted = guitu_record_text (guest->stay, GUITU_STAY_ADMITTED_AT);
  g_autofree char *age = guitu_person_age_text (guest->person, house->today);
  g_autofree char *days = g_strdup_printf ("%d", guitu_date_difference (admitted == NULL ? arrived : admitted, house->today) + 1);
  guint hiding;

  if (!guitu_fence_check (subject->call, transaction, guitu_record_id (guest->person), &hiding, error))
    return FALSE;
  guitu_paper_add_cell (table, guest->bed);
  guitu_paper_add_cell (table, hiding != 0 ? GUITU_FENCE_NAME : guitu_person_display_name (guest->person));
  guitu_paper_add_code (table, "sex", guitu_record_text (guest->person, GUITU_PERSON_SEX));
  guitu_paper_add_cell (table, age);
  guitu_paper_add_time (table, admitted == NULL ? arrived : admitted);
  guitu_paper_add_cell (table, days);
  if (hiding != 0)
    guitu_paper_add_cell (table, NULL);
  else
    add_flags (table, house, guest);
  guitu_paper_end_row (table);
  return TRUE;
}

static int
by_bed (gconstpointer a,
        gconstpointer b)
{
  const GuituHouseGuest *first = *(GuituHouseGuest *const *) a;
  const GuituHouseGuest *second = *(GuituHouseGuest *const *) b;

  return guitu_natural_compare (first->bed == NULL ? "" : first->bed, second->bed == NULL ? "" : second->bed);
}

static void
house_list (GString *table,
            GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            GError **error)
{
  g_autoptr (GuituHouse) house = guitu_house_load (transaction, error);
  g_autoptr (GPtrArray) guests = house == NULL ? NULL : g_ptr_array_copy (house->guests, NULL, NULL);

  if (guests == NULL)
    return;
  g_ptr_array_set_free_func (guests, NULL);
  g_ptr_array_sort (guests, by_bed);
  for (guint i = 0; i < guests->len; i++)
    if (!add_guest (table, transaction, subject, house, guests->pdata[i], error))
      return; /* who can't be judged is not listed, and neither is anybody else: a list with a hole lies */
}

/* --- All ------------------------------------------------------------------------------------- */

static const struct
{
  const char *key;
  void (*add) (GString *table, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error); /* NULL: events */
  const char *const *events;                                                                                     /* of these kinds; NULL: all, named */
} tables[] = {
  { "stay.services", NULL, NULL },
  { "stay.contacts", NULL, contact_events },
  { "stay.medical", NULL, medical_events },
  { "stay.searches", guitu_paper_add_searches, NULL },
  { "stay.queries", guitu_paper_add_queries, NULL },
  { "stay.belongings_in", belongings_in, NULL },
  { "stay.belongings_out", belongings_out, NULL },
  { "person.kin_list", kin_list, NULL },
  { "transfer.log", journey, NULL },
  { "house.list", house_list, NULL },
};

char *
guitu_paper_table (GuituTransaction *transaction,
                   const GuituPaperSubject *subject,
                   const char *key,
                   GError **error)
{
  GString *table;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (strcmp (tables[i].key, key) != 0 || (subject->stay == NULL && !g_str_has_prefix (key, "house.")))
        continue;
      table = g_string_new (NULL);
      if (tables[i].add != NULL)
        tables[i].add (table, transaction, subject, error);
      else
        add_events (table, transaction, subject, tables[i].events, error);
      if (table->len > 0)
        g_string_truncate (table, table->len - 1); /* the end of the last row */
      return g_string_free (table, table->len == 0);
    }
  return NULL;
}
