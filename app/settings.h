/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the administrator set beside the tables that come with the program: local rules, days of the
 * calendar, codes, and the region of the station. It is read from the store into one snapshot that
 * never changes and that every thread sees; what reads rules, calendar and codes gives out texts of
 * it, so old snapshots stay for the life of the process. */

#include "app/calendar.h"
#include "app/codes.h"
#include "app/rules.h"
#include "db/db.h"

G_BEGIN_DECLS

/**
 * Makes the settings of @store those of the process. Cheap when nothing was set since; called before
 * every verb that has a store.
 */
gboolean guitu_settings_refresh (GuituStore *store, GError **error);

/** What was read from @store may not have been kept (a batch that failed): the next refresh reads again. */
void guitu_settings_forget (GuituStore *store);

/** Region code of the station whose settings are in force, or "". */
const char *guitu_settings_region (void);

/** The rules that the station set itself, oldest first. */
const GuituRule *guitu_settings_rules (guint *n);

/** What the station entered for a day (YYYY-MM-DD), or %NULL. */
const GuituDay *guitu_settings_day (const char *date);

/** Whether the station entered a holiday of that year. */
gboolean guitu_settings_know_year (int year);

/** The code lists with the station's own codes, or %NULL while it has none. */
GuituCodeLists *guitu_settings_codes (void);

G_END_DECLS
