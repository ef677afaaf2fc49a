/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Removes a folder of our own making with all that is in it, such as a store that only tries something out. Links are not followed. */
void guitu_folder_remove (const char *path);

G_END_DECLS
