/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a verb's function works with. Only app/ includes this header. A verb reads its input,
 * opens a transaction, and emits result objects; it runs on any thread but the GTK thread. */

#include "app/app.h"
#include "app/rights.h"
#include "db/db.h"

G_BEGIN_DECLS

/** Who is logged in. */
typedef struct
{
  char *id;
  char *name;
  char *full_name;
  GuituRole role;
} GuituSession;

/** The full name, or the user name where there is none. */
const char *guitu_session_display_name (const GuituSession *session);

struct _GuituCall
{
  const GuituVerb *verb;
  const char *directory;
  GuituStore *store;           /* NULL for verbs that need none */
  const GuituSession *session; /* NULL for verbs without log-in */
  JsonObject *input;
  GuituEmit emit;
  gpointer emit_data;
  GuituStation *station;     /* NULL, or who is told how far it is */
  GCancellable *cancellable; /* NULL: it can't be cancelled */
  GPtrArray *settling;       /* NULL, or it settles conflicts: the fields (GuituConflict) whose present value stands */
  gboolean is_fence_open;    /* an emergency: a fenced record is shown to who asks, and that is logged */
};

/** Sets an error and returns FALSE. @code is short and stable, @field may be NULL. */
gboolean guitu_fail (GError **error, GuituErrorStatus status, const char *code, const char *field, const char *format, ...) G_GNUC_PRINTF (5, 6);

/** An option's text; %NULL when absent, empty, or nothing but blanks. */
const char *guitu_call_text (GuituCall *call, const char *name);

/** The same for an option that must be there. */
const char *guitu_call_need (GuituCall *call, const char *name, GError **error);

/** Voids @record for a @reason that somebody typed: it says something, and no more than a text holds. Errors: INVALID, naming “reason”. */
gboolean guitu_call_void (GuituTransaction *transaction, GuituRecord *record, const char *reason, GError **error);
gboolean guitu_call_flag (GuituCall *call, const char *name);
gint64 guitu_call_integer (GuituCall *call, const char *name, gint64 fallback);

/** Begins a transaction in the caller's name. */
GuituTransaction *guitu_call_read (GuituCall *call, GError **error);

/** The same for writing; of a call that settles conflicts (“settling”), whatever it then writes settles those of its fields. */
GuituTransaction *guitu_call_write (GuituCall *call, GError **error);

/** Whether the caller has a right of the table (rights.h). */
gboolean guitu_call_may (GuituCall *call, const char *right);

/**
 * The second person who signs with the caller: options "second" (user name) and "second_password".
 * Needs somebody else than the caller who has the right @right; without the option, *@id is %NULL.
 * @id: (out) (transfer full) (nullable): id of the user
 */
gboolean guitu_call_second (GuituCall *call, const char *right, char **id, GError **error);

/** The options that guitu_call_second reads, for a verb's table. */
#define GUITU_SECOND_OPTIONS                                                                       \
  { "second", GUITU_OPTION_TEXT, FALSE, "user name of the second person, who signs with you" },    \
  {                                                                                                \
    "second_password", GUITU_OPTION_TEXT, FALSE, "that person's password ($GUITU_SECOND_PASSWORD)" \
  }

/** Tells that @done of @total parts are done. FALSE (“cancelled”) when nobody wants the rest: the verb ends as on any error. */
gboolean guitu_call_progress (GuituCall *call, guint done, guint total, GError **error);

/** The same as a GuituProgress of the store; @data is the call. */
gboolean guitu_call_tell_progress (guint64 done, guint64 total, gpointer data, GError **error);

/** Gives out one result. @result: (transfer full). */
void guitu_call_emit (GuituCall *call, JsonObject *result);

/* --- Records and JSON ------------------------------------------------------------------------ */

/** Takes the members of @json that are fields of the record's kind, checked by their declaration. Errors name the field. */
gboolean guitu_record_take_json (GuituRecord *record, JsonObject *json, GError **error);

/** Takes one field from @node; null and empty text unset it. Derived fields are left alone. */
gboolean guitu_record_take_member (GuituRecord *record, int position, JsonNode *node, GError **error);

/** Takes an option of the call, where given, into any field, checked as the field is declared. Errors name the option. */
gboolean guitu_call_take (GuituCall *call, const char *option, GuituRecord *record, int position, GError **error);

/** Whether @text can be kept in @field: characters that show, no more of them than it holds. */
gboolean guitu_text_check (const GuituField *field, const char *text, GError **error);

/** Refuses members of @json that are neither fields of @kind nor options of @verb. */
gboolean guitu_input_check_members (JsonObject *json, const GuituVerb *verb, GError **error);

/** Whether a field of the record holds that text or code; %NULL asks whether it is unset. */
gboolean guitu_record_says (const GuituRecord *record, int position, const char *text);

/** Names the first required field that is not set. */
gboolean guitu_record_check_required (const GuituRecord *record, GError **error);

/** All fields that are set, with the id; masked fields masked unless @reveal. Returns: (transfer full). */
JsonObject *guitu_record_to_json (const GuituRecord *record, gboolean reveal);

/** Adds age (in Chinese), and as numbers age_least, age_greatest and age_exact, where it is known. */
void guitu_person_add_age (JsonObject *json, const GuituRecord *person);

/** What stands where somebody's name is not known. */
#define GUITU_NAMELESS "无名氏"

/** The name, or GUITU_NAMELESS. */
const char *guitu_person_display_name (const GuituRecord *person);

/** Who a user is called: the full name, or else the name to log in with; %NULL for an unknown one. Returns: (transfer full) (nullable). */
char *guitu_user_display_name (GuituTransaction *transaction, const char *id);

/** The same for a person, with display_name, age and household_name. */
JsonObject *guitu_person_to_json (const GuituRecord *person, gboolean reveal);

/** Adds the full name of a region that @json holds by code in @field, as "@field_name". */
void guitu_json_add_region_name (JsonObject *json, const char *field);

/** The same for a stay, with state, days, days_left and destination_name. */
JsonObject *guitu_stay_to_json (const GuituRecord *stay);

/** Copies all @members into @json, in place of those of the same name. */
void guitu_json_add (JsonObject *json, JsonObject *members);

/** A JSON array of records' objects. */
JsonArray *guitu_records_to_json (GPtrArray *records);

/* --- Time ------------------------------------------------------------------------------------ */

/** The time now in China's one zone, "2026-11-22T03:15:00+08:00". Returns: (transfer full). */
char *guitu_now (void);
char *guitu_today (void);

/** Reads a time or date as people type it, in China's zone where no offset is given. Returns: (transfer full) or %NULL. */
char *guitu_time_parse (const char *text);
char *guitu_date_parse (const char *text);

/** A date some days later. @date may be a time. Returns: (transfer full). */
char *guitu_date_add_days (const char *date, int days);

/** The last second of the day of @date, which may be a time. Returns: (transfer full). */
char *guitu_end_of_day (const char *date);

/** Days from the first date to the second; times count by their date. */
int guitu_date_difference (const char *from, const char *to);
gint64 guitu_time_to_unix (const char *time);
char *guitu_time_from_unix (gint64 seconds);

/** When the record was made: its id begins with the milliseconds since 1970 (RFC 9562, UUIDv7). Returns: (transfer full) (nullable). */
char *guitu_record_made_at (const GuituRecord *record);

/** Refuses a time that lies in the future (beyond a clock that runs a little ahead), or before @earliest (nullable). */
gboolean guitu_time_check (const char *time, const char *earliest, const char *field, GError **error);

/** "2026年11月22日", and with the time of day where @text has one. Returns: (transfer full). */
char *guitu_time_in_chinese (const char *text);

/** Least and greatest age in whole years on @date; FALSE when the birth is not known. */
gboolean guitu_person_age (const GuituRecord *person, const char *date, int *least, int *greatest);

/** "45岁", "约40–50岁", or empty. Returns: (transfer full). */
char *guitu_person_age_text (const GuituRecord *person, const char *date);

/* --- Shared between verbs -------------------------------------------------------------------- */

/** Adds whether the person is "in_house", and if so the "state" of that stay. */
gboolean guitu_person_add_presence (JsonObject *json, GuituTransaction *transaction, const GuituRecord *person, GError **error);

/** The name of the stay's state (workflow.h): "arrived", "in-house", "left" … */
const char *guitu_stay_state (const GuituRecord *stay);

/** Whether that is a telephone number as people write it; %NULL is fine. The error names the field "phone". */
gboolean guitu_phone_check (const char *phone, GError **error);

/** Rules of a person record (ID number, birth, phone, height); fills what the ID number tells. */
gboolean guitu_person_check (GuituRecord *person, GError **error);

/** Warnings that @person may be somebody we have: an array of {kind, id, score, text, why}. */
JsonArray *guitu_person_warnings (GuituTransaction *transaction, const GuituRecord *person, GError **error);

/** Why two records are alike: [{field, ours, theirs, weight}] of GuituReason. Returns: (transfer full). */
JsonArray *guitu_reasons_to_json (GArray *reasons);

/** Adds score, probability, certainty (sure, likely, possible, weak) and why. */
void guitu_likeness_to_json (JsonObject *json, const GuituLikeness *likeness);

/** The stay named by @option (id or number). */
GuituRecord *guitu_stay_find (GuituTransaction *transaction, const char *text, GError **error);

/** The same that the call's option “stay” names; %NULL with no error of its own without a @transaction. */
GuituRecord *guitu_call_stay (GuituCall *call, GuituTransaction *transaction, GError **error);

/** Refuses a stay that would lie at the time of another one of the person. */
gboolean guitu_stay_check_overlap (GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** Refuses a person who would have been born after the arrival of @stay. */
gboolean guitu_stay_check_birth (const GuituRecord *stay, const GuituRecord *person, GError **error);

/** Somebody at the door: the stay, who it is, and who they may be. */
typedef struct
{
  GuituRecord *stay;
  GuituRecord *person;
  JsonArray *warnings;
  gboolean ends_at_once; /* helped in the street: over when it begins */
} GuituArrival;

/** What guitu_arrival_begin reads. */
#define GUITU_ARRIVAL_OPTIONS_NEW                                                                                      \
  { "person", GUITU_OPTION_RECORD, TRUE, "id of the person; or, in JSON, an object with the fields of a new one" },    \
      { "words", GUITU_OPTION_TEXT, FALSE, "what the person said at the door, word for word" },                        \
  {                                                                                                                    \
    "looked", GUITU_OPTION_FLAG, FALSE, "“person check” has been looked at: do not look for the same person again" \
  }
#define GUITU_ARRIVAL_OPTIONS                                                                                           \
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of a registered arrival" },                                          \
      { "person", GUITU_OPTION_RECORD, FALSE, "id of a person who arrives now; in JSON also the fields of a new one" }, \
      { "words", GUITU_OPTION_TEXT, FALSE, "what the person said at the door, word for word" },                         \
  {                                                                                                                     \
    "looked", GUITU_OPTION_FLAG, FALSE, "“person check” has been looked at: do not look for the same person again"  \
  }

/**
 * Takes the arrival that the caller means, registered before (option "stay") or now, with the fields
 * given; what is new is written, nothing is committed.
 * Returns: (transfer full) (nullable): the transaction
 */
GuituTransaction *guitu_arrival_begin (GuituCall *call, GuituArrival *arrival, GError **error);

/** Writes the person, if new, and the stay with its number: now, unless it says when. Errors: INVALID, REFUSED (“already-here”). */
gboolean guitu_arrival_put (GuituTransaction *transaction, const GuituArrival *arrival, GError **error);

/** The stay, with members "stay", "person" and "warnings". Returns: (transfer full). */
JsonObject *guitu_arrival_to_json (const GuituArrival *arrival);
void guitu_arrival_clear (GuituArrival *arrival);

/** Writes the decision for the person into the stay: decision, admitted_at (now; with an arrival entered late, then), the end of the term. Errors: INVALID. */
gboolean guitu_stay_admit (GuituCall *call, GuituRecord *stay, const char *decision, GError **error);

/**
 * The next number of a series of this desk, "B2026-1-0042": @prefix, the year in which @time lies, the desk, and the count
 * of the series in that year with at least @digits digits. Returns: (transfer full).
 */
char *guitu_number_next (GuituTransaction *transaction, const char *series, const char *prefix, const char *time, int digits, GError **error);

/** Gives a stay its number, "2026-1-0042": year of arrival, desk, and the next of that series. */
gboolean guitu_stay_give_number (GuituTransaction *transaction, GuituRecord *stay, GError **error);

/**
 * The stays of the number @typed, in full or by its last digits (“2026-1-0042”, “1-0042”, “42”); by those
 * alone only of this and the last two years. Returns: (transfer full) (element-type GuituRecord).
 */
GPtrArray *guitu_stays_by_number (GuituTransaction *transaction, const char *typed, GError **error);

/** Who takes the person over, for the tables of verbs that end a stay. */
#define GUITU_RECEIVER_OPTIONS                                                                                   \
  { "received_by", GUITU_OPTION_TEXT, FALSE, "who receives the person" },                                        \
      { "receiver_kinship", GUITU_OPTION_TEXT, FALSE, "what they are to the person (codes kinship)" },           \
      { "receiver_id", GUITU_OPTION_TEXT, FALSE, "ID number of who collects the person, seen on the document" }, \
      { "receiver_phone", GUITU_OPTION_TEXT, FALSE, "telephone of who collects the person" },                    \
      { "receiver_proof", GUITU_OPTION_TEXT, FALSE, "what shows that they belong together" },                    \
  {                                                                                                              \
    "guardian_check", GUITU_OPTION_TEXT, FALSE, "for a minor: how guardianship was verified and assessed"        \
  }

/** Ends a stay, as @how says; used by leaving, departing escorts and emergencies. */
gboolean guitu_stay_close (GuituCall *call, GuituTransaction *transaction, GuituRecord *stay, JsonObject *how, GError **error);

/** Cancels the ways home that are planned for a stay and were not taken. */
gboolean guitu_transfers_cancel (GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** Cancels the departure that ended a stay, which is opened again since nobody departed. */
gboolean guitu_transfers_undo (GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** A station we know by its code or its name, or %NULL. */
GuituRecord *guitu_known_station (GuituTransaction *transaction, const char *text);

/** The record of this station. */
GuituRecord *guitu_own_station (GuituTransaction *transaction, GError **error);

/** The content of a stored file. Returns: (transfer full). */
GBytes *guitu_file_read (GuituStore *store, const GuituRecord *file, GError **error);

/** A photo as small as other stations see it; %NULL where there is none, or it is not at this desk. @id: (nullable): of the file. Returns: (transfer full) (nullable). */
GBytes *guitu_file_small_photo (GuituStore *store, GuituTransaction *transaction, const char *id);

/** Hash of a password for storage, and the check. */
char *guitu_password_hash (const char *password);
gboolean guitu_password_matches (const char *hash, const char *password);

/** Makes a user record; the password is checked for length. */
GuituRecord *guitu_user_new (const char *name, const char *full_name, const char *role, const char *password, GError **error);

/** Reads a file given by the user. Errors: INVALID naming @field. */
GBytes *guitu_input_file (const char *path, const char *field, GError **error);

/** The file that @path is or, through symbolic links, leads to; it need not be there yet. Returns: (transfer full). Errors: INVALID naming @field. */
char *guitu_output_target (const char *path, const char *field, GError **error);

/** Whether a file could be written there, before something is done that can't be undone. Errors: INVALID naming @field. */
gboolean guitu_output_check (const char *path, const char *field, GError **error);

/** The same for every option of the call that names a file to write; a path without a character is an error too. */
gboolean guitu_call_check_outputs (GuituCall *call, GError **error);

/** Writes a result file, whole or not at all; through a link to where it leads. Errors: INVALID (the place) and STORAGE, naming @field. */
gboolean guitu_output_file (const char *path, const char *field, GBytes *content, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituArrival, guitu_arrival_clear)

G_END_DECLS
