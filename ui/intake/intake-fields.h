/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which fields the registration form asks for beside those that must be filled, and in which order. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Puts the rows for the person and for the arrival into the grids. */
void guitu_intake_fields_fill (GtkGrid *person, GtkGrid *arrival);

G_END_DECLS
