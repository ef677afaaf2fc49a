/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of people about whom a station asks the others to look twice (跑站提示名单). It advises and never
 * blocks: whoever stands at the door is helped. Two people make an entry, a third decides objections, it ends
 * by itself, and those who need protection are never on it (domain.md §4.3–4.5). The whole file of an entry is
 * a record of the station (blacklist); what others need of it is a record they all read (listing). Only app/
 * includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/* --- Rules (blacklist-rules.c) ------------------------------------------------------------------ */

/** The state on @today: an entry in force or suspended whose time is over is “lapsed”. @state, @until: as the record has them. */
const char *guitu_list_state (const char *state, const char *until, const char *today);

/** Whether the file of an entry is kept still: until its day, which review and end set. */
gboolean guitu_list_is_kept (const GuituRecord *entry, const char *today);

/** The same for what others see of it, whose file is elsewhere: as long after its end. */
gboolean guitu_listing_is_kept (const GuituRecord *listing, const char *today);

/**
 * Why a person must not be listed, as all records of the person tell: a code of “list_exclusion”, or %NULL.
 * @exclusion: (out) (transfer none)
 */
gboolean guitu_list_exclusion (GuituTransaction *transaction, const char *person_id, const char **exclusion, GError **error);

/** Whether each line is a dated fact, short, and judges nobody. Errors: INVALID, naming “facts”. @after: (nullable): one line at least is newer. */
gboolean guitu_list_check_facts (const char *facts, const char *after, GError **error);

/** Whether @advice, which every station reads, is short and judges nobody, as the facts. @advice: (nullable). Errors: INVALID, naming “advice”. */
gboolean guitu_list_check_advice (const char *advice, GError **error);

/** Whether somebody looked at the person's health not long before the proposal. Errors: INVALID. */
gboolean guitu_list_check_screening (const GuituRecord *entry, GError **error);

/** What the list is called on a day (rule “list_name”): stations have names of their own for it. */
const char *guitu_list_called (const char *on);

/** Whether entries of that category rest on evidence of fraud, and may last longer. */
gboolean guitu_list_is_fraud (const char *category);

/** A task that the list asks for. */
typedef struct
{
  const char *kind;  /* of task_kind */
  const char *about; /* id of the entry; for “anti-wander” of the person */
  const char *round; /* what tells it from an earlier one of that kind about the same; may be %NULL */
  const char *stay;  /* may be %NULL */
  const char *text;
  const char *rule;      /* whose limit ends it; */
  const char *starts_at; /* or %NULL for now */
} GuituListTask;

/** Writes the task, unless it is there. Two desks that do it at once write one. @id: (out) (optional) (transfer full) */
gboolean guitu_list_task_open (GuituTransaction *transaction, const GuituListTask *task, char **id, GError **error);

/** Whether such a task was ever opened; kind, about and round tell. */
gboolean guitu_list_task_is_known (GuituTransaction *transaction, const GuituListTask *task, gboolean *is_known, GError **error);

/** Notes all open tasks about @about as done by @user, whose kind begins with @kind (“list-”: all of the list). */
gboolean guitu_list_tasks_close (GuituTransaction *transaction, const char *kind, const char *about, const char *user, GError **error);

/** The newest stay of a person, open or not; *@stay is %NULL when there is none. */
gboolean guitu_list_newest_stay (GuituTransaction *transaction, const char *person_id, GuituRecord **stay, GError **error);

/** Opens the follow-up that somebody who must not be listed gets in its place. @id: (out) (optional) (transfer full) */
gboolean guitu_list_care (GuituTransaction *transaction, const char *person_id, const char *exclusion, char **id, GError **error);

/* --- What others see (listing.c) ---------------------------------------------------------------- */

/** What is new of an entry that was corrected, in the words that other stations read and by which they tell. */
#define GUITU_LISTING_CORRECTED "更正"

/** Writes what other stations see of an entry in force. @changed: what is new, in words */
gboolean guitu_listing_publish (GuituCall *call, GuituTransaction *transaction, GuituRecord *entry, const char *changed, GError **error);

/** Others see that the person objects to the entry, and what was decided. Also of an entry that nobody saw. */
gboolean guitu_listing_tell_objection (GuituTransaction *transaction, const GuituRecord *entry, GError **error);

/** Whether what others see still says whom it is about; and empties that. Its ledger entries stay, as everywhere. */
gboolean guitu_listing_names_somebody (const GuituRecord *listing);
void guitu_listing_forget (GuituRecord *listing);

/** Ends what others see: only that it was there, and why it is not any more, stays. Also of an entry that nobody saw. */
gboolean guitu_listing_end (GuituTransaction *transaction, const GuituRecord *entry, const char *changed, GError **error);

/** What others see of a person, compared with who the person is now; append only. */
typedef enum
{
  GUITU_LISTING_SAME,    /* also where nobody sees anything */
  GUITU_LISTING_RENAMED, /* the same ID number, another name, sex or birth */
  GUITU_LISTING_ANOTHER, /* another ID number: warnings are about a stranger */
} GuituListingLikeness;
gboolean guitu_listing_compare (GuituTransaction *transaction, const GuituRecord *entry, GuituListingLikeness *likeness, GError **error);

/** Others see the person as they are called now, as a correction. */
gboolean guitu_listing_rename (GuituTransaction *transaction, const GuituRecord *entry, GError **error);

/** Appends warnings of the kind “blacklist” about @person: the one whose ID number it is, or who it may be. */
gboolean guitu_listings_warn (GuituTransaction *transaction, const GuituRecord *person, JsonArray *warnings, GError **error);

/** An entry of the list for those who look at it: fields, station with phone, state on @today, photo as Base64. Returns: (transfer full). */
JsonObject *guitu_listing_to_json (GuituTransaction *transaction, const GuituRecord *listing, gboolean with_photo, GError **error);

/* --- What is found out later (blacklist-watch.c) ------------------------------------------------- */

/**
 * Suspends the entries in force about a person who must not be listed, as is known now, or whose ID number has become
 * another, the later of two about one person, and one that renews what was withdrawn; a leader gets a task. Where only
 * the name has changed, others see that.
 */
gboolean guitu_blacklist_recheck (GuituTransaction *transaction, const char *person_id, GError **error);

/** The open tasks that nobody can do any more, as the entry lapsed, is suspended, or another desk decided on it; no objections. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_list_find_idle_tasks (GuituTransaction *transaction, GError **error);

/** Notes that such a task is not needed. */
gboolean guitu_list_task_waive (GuituTransaction *transaction, GuituRecord *task, GError **error);

/** The entry that a second person approved in the place of @entry; *@renewal is %NULL where there is none. */
gboolean guitu_blacklist_find_renewal (GuituTransaction *transaction, const GuituRecord *entry, GuituRecord **renewal, GError **error);

/** Of whom that is to be done, as other desks have written. Returns: (transfer full) (element-type utf8). */
GPtrArray *guitu_blacklist_find_doubtful (GuituTransaction *transaction, GError **error);

/**
 * The ids of our listings that name somebody, or are in force, though their time is over or the file of the entry
 * says that it ended: all that each desk wrote stands there. Returns: (transfer full) (element-type utf8).
 */
GPtrArray *guitu_listings_find_over (GuituTransaction *transaction, GError **error);

/** Empties one of them, and ends it as the file of the entry says. */
gboolean guitu_listing_settle (GuituTransaction *transaction, const char *id, GError **error);

/* --- Letters between stations about it (listing-letters.c) --------------------------------------- */

/**
 * Empties what ended of our own, and answers what has arrived: confirms to their stations that entries, suspensions and removals are here, takes
 * objections that other stations accepted for us, suspends entries that can't stand as they are, and waives what
 * can't be done any more.
 * To be called after every sync and every bundle that was imported; it writes nothing when there is nothing to
 * answer, and two desks of a station write the same. @n: (out) (optional): how much was written.
 */
gboolean guitu_listings_answer (GuituStore *store, guint *n, GError **error);

/**
 * Writes to the station of @listing what was done with it here, once for each act and @round.
 * @content: (nullable): further members
 */
gboolean guitu_listing_tell (GuituTransaction *transaction, const GuituRecord *listing, const char *act, const char *round, JsonObject *content, GError **error);

/** The same to any station, from the one that listed. */
gboolean guitu_listing_write (GuituTransaction *transaction, const GuituRecord *listing, const char *to, const char *act, const char *round, JsonObject *content, GError **error);

/** What stations wrote about a listing, oldest first: [{station, station_name, act, act_name, at, …}]. Returns: (transfer full). */
JsonArray *guitu_listing_letters (GuituTransaction *transaction, const char *listing, GError **error);

/** What the person objects, how it came, at which station (code), and when; in which letter, %NULL where it was said here. */
typedef struct
{
  const char *text;
  const char *channel;
  const char *station;
  const char *at;
  const char *letter;
} GuituListObjection;

/** Takes an objection into the entry: due date, task for who decides it; beside one that is not decided yet. */
gboolean guitu_blacklist_object (GuituTransaction *transaction, GuituRecord *entry, const GuituListObjection *objection, GError **error);

/* --- What was decided (list-decided.c) ----------------------------------------------------------- */

/** Writes outcome and reason to the stations that took the objection that was decided. */
gboolean guitu_list_tell_decision (GuituTransaction *transaction, const GuituRecord *entry, GError **error);

/** Letters of that kind that came, of which the person is to be told. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_list_find_decisions (GuituTransaction *transaction, GError **error);

/** Opens the task to tell the person. */
gboolean guitu_list_take_decision (GuituTransaction *transaction, const GuituRecord *letter, GError **error);

G_END_DECLS
