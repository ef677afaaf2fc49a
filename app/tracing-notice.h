/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Notices to find kin (寻亲公告): one prepares what the public may read of a person whom nobody knows, another
 * one approves it, and it is withdrawn by itself once the family is found, the person objects, or must be
 * protected (domain.md §1.5, §1.7, §1.8, §5.3; as a template DB37/T 4766.1—2024). The file of a notice is a
 * record of the station (notice); what other stations see of it is a record they all read (posting). Only app/
 * includes this header. */

#include "app/papers.h"

G_BEGIN_DECLS

/* --- What it says (tracing-notice-content.c) ---------------------------------------------------- */

/** A line of the notice. The photo stands before them, who to call after them. */
typedef struct
{
  const char *key;   /* in the content, and on the command line */
  const char *label; /* in the official words */
  const char *paper; /* the key of the poster */
  const char *list;  /* code list whose words alone may stand there; NULL: free text */
  guint most;        /* characters */
} GuituNoticeLine;

/** The lines in the official order, ended by one without a key. */
extern const GuituNoticeLine guitu_notice_lines[];

/** What stands where nobody knows the name. */
#define GUITU_NOTICE_NAMELESS "不详"

/** What records tell of a person, as far as a notice may say it. @stay: (nullable). Returns: (transfer full). */
JsonObject *guitu_notice_content_from (const GuituRecord *person, const GuituRecord *stay);

/**
 * Takes the options “content” (words in the place of others) and “leave_out” of the call. Refuses what is no line, is
 * too long, or tells a number that leads to the person. Errors: INVALID, naming the line.
 */
gboolean guitu_notice_content_take (GuituCall *call, JsonObject *content, GError **error);

/** The content that is kept in @field of the notice; an empty one where there is none. Returns: (transfer full). */
JsonObject *guitu_notice_content_read (const GuituRecord *notice, int field);
void guitu_notice_content_write (GuituRecord *notice, int field, JsonObject *content);

/** The text of a line, ready to be read: days in words; %NULL where it is left out. Returns: (transfer full) (nullable). */
char *guitu_notice_text_of (JsonObject *content, const char *key);

/** The numbers in a text such as “约40—50岁”; one number with 约 has five more on either side. FALSE: there is none. */
gboolean guitu_notice_ages (JsonObject *content, int *least, int *greatest);

/** “男，约45岁”: who it is in few words, for headings and where a picture can't be seen. Returns: (transfer full). */
char *guitu_notice_summary (JsonObject *content, gboolean with_name);

/* --- What forbids it, and its end (tracing-notice-end.c) ---------------------------------------- */

/** Why nobody may be sought in public, as the records tell it now. */
typedef struct
{
  const char *code; /* of the error */
  const char *as;   /* of “withdrawn_as”: as what a notice that is out ends */
  const char *message;
} GuituNoticeBar;

/**
 * What forbids to look for the kin of a person in public. @consent: (nullable): what the person says of it
 * *@bar: (out) (transfer none) (nullable)
 */
gboolean guitu_notice_bar (GuituTransaction *transaction, const char *person_id, const char *consent, const GuituNoticeBar **bar, GError **error);

/** Whether the person is, or may be, a minor: then the notice rests on the exception of 未成年人保护法 Art. 103 alone. */
gboolean guitu_notice_is_of_minor (GuituTransaction *transaction, const char *person_id, gboolean *is, GError **error);

/** The state that the record has; one that was withdrawn at any desk is. */
const char *guitu_notice_state (const GuituRecord *notice);
gboolean guitu_notice_is_out (const GuituRecord *notice);

/** All notices of a person, newest first. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_notices_of (GuituTransaction *transaction, const char *person_id, GError **error);

/** The one that is not withdrawn; *@notice is %NULL where there is none. */
gboolean guitu_notice_find_open (GuituTransaction *transaction, const char *person_id, GuituRecord **notice, GError **error);

/** The notice that the option “notice” names, by id or number, or by the id of its person. %NULL with no error of its own without a @transaction. Refuses what is fenced off. */
GuituRecord *guitu_call_notice (GuituCall *call, GuituTransaction *transaction, GError **error);

/**
 * Withdraws it: the posting is emptied, drafts are no more to be approved, printed posters are void, and each channel
 * that people must take down becomes a task. @user: (nullable): by the program. @text: (nullable)
 */
gboolean guitu_notice_end (GuituTransaction *transaction, GuituRecord *notice, const char *as, const char *text, const char *user, GError **error);

/** A task about a notice, or one of its channels. */
gboolean guitu_notice_task (GuituTransaction *transaction, const GuituRecord *notice, const char *kind, const char *about, const char *round, const char *text, GError **error);

/** Why a notice must end, as the records tell now. *@as: (out) (nullable): a code of “withdrawn_as” */
gboolean guitu_notice_find_end (GuituTransaction *transaction, const GuituRecord *notice, const char **as, GError **error);

/** Withdraws those of a person that must end. */
gboolean guitu_notices_recheck (GuituTransaction *transaction, const char *person, GError **error);

/** Withdraws what must not be out any more, as what was written in this transaction tells. @persons: ids, those of persons and stays that were written */
gboolean guitu_notices_follow (GuituTransaction *transaction, GHashTable *persons, GError **error);

/* --- What other desks wrote (tracing-notice-settle.c) ------------------------------------------- */

/** Withdraws what must not be out any more, as what came in an exchange tells: of all notices the first time, then of those that it touched. */
gboolean guitu_notices_settle (GuituStore *store, GError **error);

/* --- What others see (tracing-notice-posting.c) ------------------------------------------------- */

/** Writes what other stations see: what the notice says, and no more. */
gboolean guitu_posting_publish (GuituStore *store, GuituTransaction *transaction, GuituRecord *notice, GError **error);

/** Empties it; also of a notice that nobody saw. */
gboolean guitu_posting_end (GuituTransaction *transaction, const GuituRecord *notice, GError **error);

/** Whether others still read of somebody in a notice that is withdrawn. */
gboolean guitu_posting_is_over (GuituTransaction *transaction, const GuituRecord *notice, gboolean *is_over, GError **error);

/** Our postings that tell of somebody though their notice is withdrawn. Returns: (transfer full) (element-type GuituRecord): the notices */
GPtrArray *guitu_postings_find_over (GuituTransaction *transaction, GError **error);

/* --- Given out (tracing-notice-show.c) ---------------------------------------------------------- */

/** The notice with its words as objects (“content”, “draft”), its “lines” in the official order, names of users, and its “page”. Returns: (transfer full). */
JsonObject *guitu_notice_to_json (GuituTransaction *transaction, const GuituRecord *notice);

/** Commits, and gives out the notice as it is then: what follows by itself may have ended it. */
gboolean guitu_notice_commit (GuituCall *call, GuituTransaction *transaction, const GuituRecord *notice, GError **error);

/* --- Outputs ------------------------------------------------------------------------------------ */

/** The poster: refuses (“notice-not-approved”, or what forbids the notice) where nothing approved is to be printed; other kinds pass. */
gboolean guitu_notice_paper_check (GuituTransaction *transaction, const char *kind, const GuituRecord *person, GError **error);

/** The poster's photo is that of the notice. Other kinds are left alone. */
gboolean guitu_notice_paper_photo (GuituTransaction *transaction, const char *kind, GuituPaperSubject *subject, GError **error);

/** Puts what was approved in the place of what the records tell; nothing for other kinds. */
gboolean guitu_notice_paper_collect (JsonObject *fields, const char *kind, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

/** The same of any content: the lines of the poster, and its code. */
void guitu_notice_paper_set (JsonObject *fields, JsonObject *content, const GuituRecord *notice, const GuituRecord *station);

/** The address under which the station's pages lie, with a “/” at its end, or %NULL (rule “notice_web_address”). Returns: (transfer full) (nullable). */
char *guitu_notice_web_address (void);

/** The file of its page: “notice-G2026-1-0001.html”. Returns: (transfer full). */
char *guitu_notice_page_name (const GuituRecord *notice);

/** What pages and feed are made from. All texts are as records have them: whoever writes them out escapes them. */
typedef struct
{
  const GuituRecord *station;
  const char *title;
  char *address;        /* as guitu_notice_web_address() */
  char *updated;        /* when anything changed last */
  GPtrArray *out;       /* GuituRecord: notices that are out, newest first */
  GPtrArray *withdrawn; /* those that were out */
  GHashTable *photos;   /* id of a notice -> name of its picture */
} GuituNoticeSite;

/** Whole files. Returns: (transfer full). */
GString *guitu_notice_index_page (const GuituNoticeSite *site);
GString *guitu_notice_page (const GuituNoticeSite *site, const GuituRecord *notice);
GString *guitu_notice_withdrawn_page (const GuituNoticeSite *site);
GString *guitu_notice_feed (const GuituNoticeSite *site);
GString *guitu_notice_json (const GuituNoticeSite *site);

/** When what it says changed last. Returns: (transfer none). */
const char *guitu_notice_updated (const GuituRecord *notice);

G_END_DECLS
