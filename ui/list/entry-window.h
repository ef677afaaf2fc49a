/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An entry of the list with all that makes it fair: its points, who looked, who thinks otherwise, and
 * what can be done about it. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Who stands at the desk, to compare; members may be %NULL. */
typedef struct
{
  const char *photo; /* id of the file */
  const char *stay;
} GuituListAbout;

/**
 * Opens an entry. For one of another station it is asked first why somebody looks, which is recorded and
 * told to that station.
 *
 * @entry: a row of “blacklist list” or a warning
 * @about: (nullable)
 */
void guitu_list_look (GtkWidget *from, GuituStation *station, JsonObject *entry, const GuituListAbout *about);

G_END_DECLS
