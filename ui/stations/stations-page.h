/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Other stations and the other desks of this one: how the exchange with them stands, and what is done for it. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_STATIONS_PAGE (guitu_stations_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituStationsPage, guitu_stations_page, GUITU, STATIONS_PAGE, GuituPage)

/**
 * Tells what was done with a stick, above the other rows there: "title", "text", "icon", "is_bad".
 *
 * @rows: (transfer full): in place of those before
 */
void guitu_stations_page_tell (GuituStationsPage *page, JsonArray *rows);

/** The network is another one, or just joined: reads anew and connects. */
void guitu_stations_page_joined (GuituStationsPage *page);

/* --- Acts, each behind its own dialogs --- */

/** @to: code of a station; %NULL for the desks of this one */
void guitu_stations_export (GuituStationsPage *page, const char *to);

/** What is new for the other desks of this station since the last bundle. */
void guitu_stations_export_news (GuituStationsPage *page);

/** The whole store, for a new desk to begin with. */
void guitu_stations_export_snapshot (GuituStationsPage *page);
void guitu_stations_import (GuituStationsPage *page);

void guitu_stations_write_card (GuituStationsPage *page);
void guitu_stations_trust_card (GuituStationsPage *page);
void guitu_stations_invite_desk (GuituStationsPage *page);

/** @desk: its id; @title: what it is called */
void guitu_stations_revoke_desk (GuituStationsPage *page, const char *desk, const char *title);
void guitu_stations_back_up_keys (GuituStationsPage *page);
void guitu_stations_publish (GuituStationsPage *page);
void guitu_stations_rotate (GuituStationsPage *page);

void guitu_stations_found_network (GuituStationsPage *page);
void guitu_stations_invite (GuituStationsPage *page);
void guitu_stations_renew_logins (GuituStationsPage *page);
void guitu_stations_vouch (GuituStationsPage *page);
void guitu_stations_join (GuituStationsPage *page);

G_END_DECLS
