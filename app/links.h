/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which records of persons are one human being. That is told by links alone ("person merge"): no
 * record is touched by a merge, so that voiding the link takes all of it away. Records joined by
 * active links are a component; one of them leads. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/**
 * The ids of all records joined with @id, itself among them: the one that leads first, the others by
 * id. The leader is the same at every desk that holds the same links, in whatever order they came: of
 * the records that no active link names as the one that follows, that with the smallest id; where
 * there is none (two desks merged against each other), the smallest id of all.
 * Returns: (transfer full) (element-type utf8).
 */
GPtrArray *guitu_links_members (GuituTransaction *transaction, const char *id, GError **error);

/**
 * The records of persons with these ids, as they are; those that have not come to this desk are left
 * out. Errors: NOT_FOUND when none is here. Returns: (transfer full) (element-type GuituRecord).
 */
GPtrArray *guitu_links_persons (GuituTransaction *transaction, GPtrArray *ids, GError **error);

/** The id of the record that leads; @id itself when it is not merged. Returns: (transfer full). */
char *guitu_links_leader (GuituTransaction *transaction, const char *id, GError **error);

/** The active links of one record with that verdict. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_links_of (GuituTransaction *transaction, const char *id, const char *verdict, GError **error);

/**
 * Whether somebody said of the two that they are different people; also of records merged with them.
 * *@link: (out) (transfer full) (nullable): what was said
 */
gboolean guitu_links_find_different (GuituTransaction *transaction, const char *id, const char *other, GuituRecord **link, GError **error);

/** The same of another verdict, such as "unclear". */
gboolean guitu_links_find_decided (GuituTransaction *transaction, const char *id, const char *other, const char *verdict, GuituRecord **link, GError **error);

/** The record that leads the component of @id, for writing. Errors: NOT_FOUND. */
GuituRecord *guitu_person_leader (GuituTransaction *transaction, const char *id, GError **error);

/**
 * The person as all records of the component tell: what the leader says, and where it says nothing
 * (or, for the identity, where it is unverified and another is verified) what the others say. Signs of
 * a disability or of wandering off hold if any record has them. For reading only; its id is the leader's.
 * Errors: NOT_FOUND.
 */
GuituRecord *guitu_person_effective (GuituTransaction *transaction, const char *id, GError **error);

/** Whether the identity was found out, and by something. */
gboolean guitu_person_is_verified (const GuituRecord *person);

/** The records of @kind whose reference @field names any of @ids, newest first. */
GPtrArray *guitu_links_records (GuituTransaction *transaction, const GuituKind *kind, int field, GPtrArray *ids, GError **error);

/**
 * The open stay of the person, whichever record it hangs on; *@stay is %NULL when there is none.
 * @stay: (out) (transfer full) (nullable)
 */
gboolean guitu_links_open_stay (GuituTransaction *transaction, GPtrArray *ids, GuituRecord **stay, GError **error);

G_END_DECLS
