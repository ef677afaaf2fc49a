/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of a hand-over's lists; who stands there opens their file. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GtkWidget *guitu_shift_task_row (JsonObject *task);
GtkWidget *guitu_shift_event_row (JsonObject *event);
GtkWidget *guitu_shift_arrival_row (JsonObject *stay);
GtkWidget *guitu_shift_leaving_row (JsonObject *stay);

/** Somebody of whom nothing more is to be said than where they are and until when. */
GtkWidget *guitu_shift_guest_row (JsonObject *guest);

/** Somebody with what to watch for. */
GtkWidget *guitu_shift_watched_row (JsonObject *guest);
GtkWidget *guitu_shift_belonging_row (JsonObject *belonging);

/** An earlier hand-over; opens it. */
GtkWidget *guitu_shift_shift_row (JsonObject *shift);

/** "陈敏 → 张芳 · 2026-11-21 20:00": who handed over, who took over, when. (transfer full) */
char *guitu_shift_words (JsonObject *shift);

G_END_DECLS
