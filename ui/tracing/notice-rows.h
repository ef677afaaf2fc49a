/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** When it was prepared, published, refreshed and withdrawn, as far as it was. */
void guitu_notice_moments (GString *words, JsonObject *notice);

/** Who it is about, in a few words. Returns: (transfer full) */
char *guitu_notice_name (JsonObject *notice);

/** A notice of “notice list”; activated, it opens (“pane.open”). */
GtkWidget *guitu_notice_row (JsonObject *notice);

/** A line of it. */
/** The same with a button that refreshes it as it is (“notice.refresh”). */
GtkWidget *guitu_notice_refresh_row (JsonObject *notice);

GtkWidget *guitu_notice_line_row (JsonObject *line);

/** A place where it was put up; its button says that it was taken down (“notice.taken-down”). */
GtkWidget *guitu_notice_channel_row (JsonObject *channel);

G_END_DECLS
