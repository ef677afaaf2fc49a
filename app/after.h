/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What follows a stay: referrals, follow-up visits and the remedies against a notice
 * (domain.md §10). Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/**
 * Plans the first follow-up of a stay that ends by a way home: so many days after leaving as the
 * rule “follow_up_days_” + way of leaving says, none where there is no such rule. A stay has one
 * open follow-up at most; a second call does nothing.
 */
gboolean guitu_follow_up_plan (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** Adds “days_left” until @due_on (nullable) and “overdue”, counted from today, to what is still open. */
void guitu_due_add (JsonObject *json, const char *due_on);

/** Adds “person_name”: how the person with that id is called, 无名氏 where no name is known. */
gboolean guitu_person_name_add (JsonObject *json, GuituTransaction *transaction, const char *person, GError **error);

/** The last days on which a notice that was served can be fought. Free with guitu_remedies_clear(). */
typedef struct
{
  char *review_until;  /* YYYY-MM-DD: application for administrative reconsideration */
  char *lawsuit_until; /* YYYY-MM-DD: administrative lawsuit */
} GuituRemedies;

/**
 * Counts the days (行政复议法 Art. 20) and months (行政诉讼法 Art. 46) from the day of service, which
 * itself does not count; a last day that is not worked moves to the next one that is (民法典 Art. 203).
 *
 * @served_at: YYYY-MM-DD, or a time that begins so
 */
void guitu_remedies_count (GuituRemedies *remedies, const char *served_at);
void guitu_remedies_clear (GuituRemedies *remedies);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituRemedies, guitu_remedies_clear)

/** Adds “remedies”: {review_until, lawsuit_until} to a stay whose refusal or termination was served. */
void guitu_remedies_add (JsonObject *json, const GuituRecord *stay);

G_END_DECLS
