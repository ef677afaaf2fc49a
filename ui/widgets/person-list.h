/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Persons found, one per row; Enter or a click opens the file, or picks the person. */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PERSON_LIST (guitu_person_list_get_type ())
G_DECLARE_FINAL_TYPE (GuituPersonList, guitu_person_list, GUITU, PERSON_LIST, AdwBin)

/** Called with the record of who was picked. */
typedef void (*GuituPersonPicked) (gpointer owner, JsonObject *person);

/** Enter and click pick for @owner, who lives longer than the list, in place of opening the file. */
void guitu_person_list_set_pick (GuituPersonList *list, GuituPersonPicked picked, gpointer owner);

/** @persons: (nullable): what "person find" answered */
void guitu_person_list_fill (GuituPersonList *list, JsonArray *persons);

guint guitu_person_list_get_length (GuituPersonList *list);

/** Opens or picks the first person, if there is one. */
void guitu_person_list_open_first (GuituPersonList *list);

G_END_DECLS
