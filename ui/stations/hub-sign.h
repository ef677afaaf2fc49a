/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Tells on @button how the exchange with other desks and stations stands; it hides where there is no hub. */
void guitu_hub_sign_watch (GtkButton *button, GuituStation *station);

G_END_DECLS
