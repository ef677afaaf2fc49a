/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found out about an entry of the list after a second person approved it: that the person must not be on
 * it, or that another desk, which did not know, wrote something that it can't stand beside. */

#include "app/blacklist.h"

#include "app/links.h"
#include "db/id.h"

#include <string.h>

/* --- Entries that do not go on by themselves ---------------------------------------------------- */

/* Why an entry does not warn any more until a leader has looked. */
typedef struct
{
  const char *exclusion;
  const char *text;    /* of the task; NULL where it warns */
  gboolean is_renamed; /* it warns by an earlier name */
} Doubt;

static const char *
state_of (const GuituRecord *entry)
{
  g_autofree char *today = guitu_today ();

  return guitu_list_state (guitu_record_text (entry, GUITU_BLACKLIST_STATE), guitu_record_text (entry, GUITU_BLACKLIST_UNTIL), today);
}

static gboolean
is_in_force (const GuituRecord *entry)
{
  return g_strcmp0 (state_of (entry), "active") == 0;
}

/* One desk withdrew an entry that the other renewed at that time. */
static gboolean
doubt_renewed (Doubt *doubt,
               GuituTransaction *transaction,
               const GuituRecord *entry,
               GError **error)
{
  const char *id = guitu_record_text (entry, GUITU_BLACKLIST_RENEWS);
  g_autoptr (GuituRecord) earlier = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_blacklist, id, error);

  if (id == NULL || earlier == NULL)
    return id == NULL;
  if (guitu_record_says (earlier, GUITU_BLACKLIST_OUTCOME, "withdrawn") || guitu_record_is_set (earlier, GUITU_BLACKLIST_ENDED_AT))
    doubt->text = "条目已自动暂停：所续期的条目已撤销或移出，请站长移出";
  return TRUE;
}

/* The same at every desk, whichever of the two it had first. */
static gboolean
comes_before (const GuituRecord *entry,
              const GuituRecord *other)
{
  int order = g_strcmp0 (guitu_record_text (entry, GUITU_BLACKLIST_REVIEWED_AT), guitu_record_text (other, GUITU_BLACKLIST_REVIEWED_AT));

  return order < 0 || (order == 0 && strcmp (guitu_record_id (entry), guitu_record_id (other)) < 0);
}

static void
doubt_second (Doubt *doubt,
              const GuituRecord *entry,
              GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (is_in_force (entries->pdata[i]) && comes_before (entries->pdata[i], entry))
      doubt->text = "条目已自动暂停：当事人另有一条有效条目，请站长移出";
}

/* @entries: all about the person, @entry among them */
static gboolean
doubt_entry (Doubt *doubt,
             GuituTransaction *transaction,
             const GuituRecord *entry,
             GPtrArray *entries,
             GError **error)
{
  GuituListingLikeness likeness;

  *doubt = (Doubt){ NULL, NULL, FALSE };
  if (!is_in_force (entry))
    return TRUE;
  if (!guitu_list_exclusion (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), &doubt->exclusion, error) ||
      !guitu_listing_compare (transaction, entry, &likeness, error))
    return FALSE;
  doubt->is_renamed = likeness == GUITU_LISTING_RENAMED;
  if (likeness == GUITU_LISTING_ANOTHER)
    doubt->text = "条目已自动暂停：当事人的证件号码已更正，请站长移出；仍需提示的，核实后重新提出";
  if (doubt->exclusion != NULL)
    doubt->text = "条目已自动暂停：当事人属于不得列入名单的情形，请站长移出";
  if (doubt->text == NULL)
    doubt_second (doubt, entry, entries);
  return doubt->text != NULL || doubt_renewed (doubt, transaction, entry, error);
}

/* Why is nobody else's business: others read that it is suspended. */
static gboolean
suspend (GuituTransaction *transaction,
         GuituRecord *entry,
         const Doubt *doubt,
         GError **error)
{
  const char *id = guitu_record_id (entry);
  const GuituListTask task = { "list-suspended", id, NULL, guitu_record_text (entry, GUITU_BLACKLIST_STAY), doubt->text, "list_decide_working_days", NULL };

  guitu_record_set_text (entry, GUITU_BLACKLIST_STATE, "suspended");
  guitu_record_set_text (entry, GUITU_BLACKLIST_EXCLUSION, doubt->exclusion);
  return guitu_transaction_put (transaction, entry, error) && guitu_listing_end (transaction, entry, "暂停", error) &&
         guitu_list_task_open (transaction, &task, NULL, error) &&
         (doubt->exclusion == NULL || guitu_list_care (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), doubt->exclusion, NULL, error));
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const GuituRecord *const *first = a;
  const GuituRecord *const *second = b;

  return comes_before (*first, *second) ? -1 : 1;
}

/* The first of a person's entries comes first: when it is suspended, it stands in the way of none. */
static GPtrArray *
find_entries (GuituTransaction *transaction,
              const char *person_id,
              GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);
  g_autoptr (GPtrArray) entries = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_PERSON, ids, error);

  if (entries != NULL)
    g_ptr_array_sort (entries, compare_entries);
  return g_steal_pointer (&entries);
}

gboolean
guitu_blacklist_recheck (GuituTransaction *transaction,
                         const char *person_id,
                         GError **error)
{
  g_autoptr (GPtrArray) entries = find_entries (transaction, person_id, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      Doubt doubt;

      if (!doubt_entry (&doubt, transaction, entries->pdata[i], entries, error))
        return FALSE;
      if (doubt.text != NULL && !suspend (transaction, entries->pdata[i], &doubt, error))
        return FALSE;
      if (doubt.text == NULL && doubt.is_renamed && !guitu_listing_rename (transaction, entries->pdata[i], error))
        return FALSE;
    }
  return entries != NULL;
}

GPtrArray *
guitu_blacklist_find_doubtful (GuituTransaction *transaction,
                               GError **error)
{
  const GuituQuery active = { .conditions = { { GUITU_BLACKLIST_STATE, GUITU_EQUAL, "active" } } };
  g_autoptr (GPtrArray) entries = guitu_records_find (transaction, &guitu_kind_blacklist, &active, error);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *person = guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_PERSON);
      g_autoptr (GPtrArray) beside = find_entries (transaction, person, error);
      Doubt doubt;

      if (beside == NULL || !doubt_entry (&doubt, transaction, entries->pdata[i], beside, error))
        return NULL;
      if (doubt.text != NULL || doubt.is_renamed)
        g_ptr_array_add (persons, g_strdup (person));
    }
  return entries == NULL ? NULL : g_steal_pointer (&persons);
}

/* --- What took its place -------------------------------------------------------------------------- */

gboolean
guitu_blacklist_find_renewal (GuituTransaction *transaction,
                              const GuituRecord *entry,
                              GuituRecord **renewal,
                              GError **error)
{
  const GuituQuery of_it = { .conditions = { { GUITU_BLACKLIST_RENEWS, GUITU_EQUAL, guitu_record_id (entry) } } };
  g_autoptr (GPtrArray) entries = NULL;

  *renewal = NULL;
  if (!guitu_record_says (entry, GUITU_BLACKLIST_STATE, "renewed"))
    return TRUE;
  entries = guitu_records_find (transaction, &guitu_kind_blacklist, &of_it, error);
  for (guint i = 0; entries != NULL && i < entries->len && *renewal == NULL; i++)
    if (guitu_record_is_set (entries->pdata[i], GUITU_BLACKLIST_LISTING))
      *renewal = g_ptr_array_steal_index (entries, i);
  return entries != NULL;
}

/* --- What needs no doing any more ------------------------------------------------------------------ */

/* The state in which what a task asks for can be done; %NULL for one that may be done in any, as an objection may. */
static const char *
state_for (const char *kind)
{
  static const char *const states[][2] = {
    { "list-review", "proposed" },
    { "list-serve", "active" },
    { "list-again", "active" },
    { "list-suspended", "suspended" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (kind, states[i][0]) == 0)
      return states[i][1];
  return NULL;
}

static gboolean
is_idle (GuituTransaction *transaction,
         const GuituRecord *task,
         gboolean *is,
         GError **error)
{
  const char *state = state_for (guitu_record_text (task, GUITU_TASK_KIND));
  const char *about = guitu_record_text (task, GUITU_TASK_ABOUT);
  g_autoptr (GuituRecord) entry = NULL;
  g_autoptr (GError) failure = NULL;
  guint8 bytes[GUITU_ID_BYTES];

  *is = FALSE;
  if (state == NULL || about == NULL || !guitu_id_to_bytes (about, bytes))
    return TRUE;
  entry = guitu_record_load (transaction, &guitu_kind_blacklist, about, &failure);
  *is = entry != NULL && g_strcmp0 (state_of (entry), state) != 0;
  if (failure == NULL || g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

GPtrArray *
guitu_list_find_idle_tasks (GuituTransaction *transaction,
                            GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_TASK_DONE_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) tasks = guitu_records_find (transaction, &guitu_kind_task, &open, error);

  for (guint i = tasks == NULL ? 0 : tasks->len; i > 0; i--)
    {
      gboolean is;

      if (!is_idle (transaction, tasks->pdata[i - 1], &is, error))
        return NULL;
      if (!is)
        g_ptr_array_remove_index (tasks, i - 1);
    }
  return g_steal_pointer (&tasks);
}

gboolean
guitu_list_task_waive (GuituTransaction *transaction,
                       GuituRecord *task,
                       GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (task, GUITU_TASK_STATE, "waived");
  guitu_record_set_text (task, GUITU_TASK_DONE_AT, now);
  guitu_record_set_text (task, GUITU_TASK_PROOF, "条目已到期失效或状态已变，无需办理");
  return guitu_transaction_put (transaction, task, error);
}

/* --- What others see of an entry that is over ---------------------------------------------------- */

/* The state that the file of the entry has, or the listing where the file is not here: it may be on its way still. */
static gboolean
find_state (GuituTransaction *transaction,
            const GuituRecord *listing,
            char **state,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) entry = guitu_record_find_one (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_LISTING, guitu_record_id (listing), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *state = g_strdup (entry == NULL ? guitu_record_text (listing, GUITU_LISTING_STATE) : guitu_record_text (entry, GUITU_BLACKLIST_STATE));
  return TRUE;
}

static gboolean
is_over (GuituTransaction *transaction,
         const GuituRecord *listing,
         gboolean *is,
         GError **error)
{
  const char *until = guitu_record_text (listing, GUITU_LISTING_UNTIL);
  gboolean is_active = guitu_record_says (listing, GUITU_LISTING_STATE, "active");
  gboolean names = guitu_listing_names_somebody (listing);
  g_autofree char *today = guitu_today ();
  g_autofree char *state = NULL;

  *is = FALSE;
  if (!is_active && !names)
    return TRUE;
  if (!find_state (transaction, listing, &state, error))
    return FALSE;
  *is = g_strcmp0 (state, "active") != 0 || !is_active || (names && until != NULL && strcmp (until, today) < 0);
  return TRUE;
}

GPtrArray *
guitu_listings_find_over (GuituTransaction *transaction,
                          GError **error)
{
  const GuituQuery ours = { .conditions = { { GUITU_LISTING_STATION, GUITU_EQUAL, guitu_transaction_keys (transaction)->station } }, .without_bytes = TRUE };
  g_autoptr (GPtrArray) listings = guitu_records_find (transaction, &guitu_kind_listing, &ours, error);
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      gboolean is;

      if (!is_over (transaction, listings->pdata[i], &is, error))
        return NULL;
      if (is)
        g_ptr_array_add (over, g_strdup (guitu_record_id (listings->pdata[i])));
    }
  return listings == NULL ? NULL : g_steal_pointer (&over);
}

gboolean
guitu_listing_settle (GuituTransaction *transaction,
                      const char *id,
                      GError **error)
{
  g_autoptr (GuituRecord) listing = guitu_record_load (transaction, &guitu_kind_listing, id, error);
  g_autofree char *now = guitu_now ();
  g_autofree char *state = NULL;
  const GuituCode *code;

  if (listing == NULL || !find_state (transaction, listing, &state, error))
    return FALSE;
  code = guitu_codes_find ("list_state", state);
  if (code != NULL && strcmp (state, "active") != 0 &&
      (!guitu_record_says (listing, GUITU_LISTING_STATE, state) || guitu_record_says (listing, GUITU_LISTING_CHANGED, GUITU_LISTING_CORRECTED)))
    {
      guitu_record_set_text (listing, GUITU_LISTING_STATE, state);
      guitu_record_set_text (listing, GUITU_LISTING_CHANGED, code->chinese);
      guitu_record_set_text (listing, GUITU_LISTING_AT, now);
    }
  guitu_listing_forget (listing);
  return guitu_transaction_put (transaction, listing, error);
}
