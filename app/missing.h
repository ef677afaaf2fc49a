/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reports of families that somebody is missing (报失登记). The report is a record of the station; what the family
 * allows others to see of it is a record that all stations read (sought), emptied when the search ends. Nothing of
 * somebody who is protected from violence or traffickers goes to the family by the program: they may be who the
 * person fled from. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/* --- The report (missing.c, missing-check.c) ---------------------------------------------------- */

/** A report of ours by its id or number. Errors: NOT_FOUND. */
GuituRecord *guitu_missing_find (GuituTransaction *transaction, const char *text, GError **error);

/** Whether the person is searched for still. */
gboolean guitu_missing_is_open (const GuituRecord *missing);

/** The same as a refusal (“report-ended”). */
gboolean guitu_missing_check_is_open (const GuituRecord *missing, GError **error);

/** Rules of a report, those of a person's record among them; fills what the ID number or the lunar date tell. */
gboolean guitu_missing_check (GuituRecord *missing, GError **error);

/** Whom the report is about, or what stands for a name that is not known. */
const char *guitu_missing_display_name (const GuituRecord *missing);

/**
 * A report for who may read it: fields with names of codes and regions; whom it was found to be about only where the
 * caller sees that person. Returns: (transfer full).
 */
JsonObject *guitu_missing_to_json (GuituCall *call, GuituTransaction *transaction, const GuituRecord *missing, gboolean reveal, GError **error);

/** Writes a report that was changed, and what others see of it; commits, and gives it out. */
gboolean guitu_missing_keep (GuituCall *call, GuituTransaction *transaction, GuituRecord *missing, GError **error);

/* --- What others see (missing-share.c) ----------------------------------------------------------- */

/** Whether another station searches for that person still. */
gboolean guitu_sought_is_open (const GuituRecord *sought);

/** Writes what others see of a report, as the family allows now, or empties it; sets “sought” in @missing, which the caller puts. */
gboolean guitu_sought_write (GuituStore *store, GuituTransaction *transaction, GuituRecord *missing, GError **error);

/** Ends what others still see of reports that another desk ended, or shares no more. For after an exchange. */
gboolean guitu_soughts_settle (GuituStore *store, GError **error);

/** What another station shares, with its name and phone; the family's phone is “family_phone”. Returns: (transfer full). */
JsonObject *guitu_sought_to_json (GuituTransaction *transaction, const GuituRecord *sought, gboolean with_photo, GError **error);

/**
 * Weighs against a likeness of a person and a report, whichever of them is @record, that the person was in this station
 * when, and long before, the family missed theirs.
 */
gboolean guitu_missing_weigh_time (GuituTransaction *transaction, const GuituRecord *record, GuituLikeness *likeness, GError **error);

/* --- At the door (missing-warn.c) ---------------------------------------------------------------- */

/**
 * Appends warnings of the kind “missing” about @person, who may have no record yet: families who look for somebody
 * like this. None about somebody who is protected: those are for who works on the case (findings.h).
 */
gboolean guitu_missing_warn (GuituTransaction *transaction, const GuituRecord *person, JsonArray *warnings, GError **error);

/** The same of what was found before, about a person who has a record. */
gboolean guitu_missing_warn_known (GuituTransaction *transaction, const char *person_id, JsonArray *warnings, GError **error);

/** Takes such warnings away again, where what was written since, as the reason of the stay, protects the person. */
gboolean guitu_missing_unwarn (GuituTransaction *transaction, const char *person_id, JsonArray *warnings, GError **error);

G_END_DECLS
