/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who the person is: what they claim and what is verified, side by side. Neither overwrites the other. */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_IDENTITY_CARD (guitu_identity_card_get_type ())
G_DECLARE_FINAL_TYPE (GuituIdentityCard, guitu_identity_card, GUITU, IDENTITY_CARD, AdwBin)

/** @person: what "person show" answered, with its statements */
void guitu_identity_card_show (GuituIdentityCard *card, JsonObject *person);

/* The button beside a masked ID number activates "page.reveal". */

G_END_DECLS
