/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What the program keeps for this user of this computer. (transfer none) (nullable): %NULL where it is
 *  not installed, and nothing can be kept. */
GSettings *guitu_preferences (void);

G_END_DECLS
