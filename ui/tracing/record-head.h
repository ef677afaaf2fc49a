/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What stands above one record: the photo, what it is called, its state, and a line about it. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_RECORD_HEAD (guitu_record_head_get_type ())
G_DECLARE_FINAL_TYPE (GuituRecordHead, guitu_record_head, GUITU, RECORD_HEAD, GtkBox)

void guitu_record_head_show (GuituRecordHead *head, const char *name, const char *state, const char *about);

/** The photo of @name: @file of the station, (nullable), or @data that came with the record, (nullable). */
void guitu_record_head_show_photo (GuituRecordHead *head, GuituStation *station, const char *file, const char *data);

void guitu_record_head_clear (GuituRecordHead *head);

G_END_DECLS
