/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The house of the demo station: rooms, beds that keep people apart as they must be, things in
 * keeping, somebody on leave and in hospital, a family, and a shift that was handed over. */

#include "app/house.h"

G_BEGIN_DECLS

/** Adds the rooms, unless there are some, and reads the house. Returns: (transfer full). */
GuituHouse *guitu_demo_house_begin (GuituTransaction *transaction, GError **error);

/** Gives an open stay that is not written yet a bed, or none where the house is full. */
void guitu_demo_house_give_bed (const GuituHouse *house, GuituRecord *stay, const GuituRecord *person);

/** Puts a stay that was written into the house, and takes in what they carry. */
gboolean guitu_demo_house_settle (GuituCall *call, GuituTransaction *transaction, GuituHouse *house, const GuituRecord *stay, GError **error);

/** What happened in the house of a new demo station until yesterday. */
gboolean guitu_demo_house_end (GuituCall *call, GuituTransaction *transaction, GuituHouse *house, GError **error);

G_END_DECLS
