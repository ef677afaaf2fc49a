/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Persons found, one per row; Enter or a click opens the file. */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PERSON_LIST (guitu_person_list_get_type ())
G_DECLARE_FINAL_TYPE (GuituPersonList, guitu_person_list, GUITU, PERSON_LIST, AdwBin)

/** @persons: (nullable): what "person find" answered */
void guitu_person_list_fill (GuituPersonList *list, JsonArray *persons);

guint guitu_person_list_get_length (GuituPersonList *list);

/** Opens the file of the first person, if there is one. */
void guitu_person_list_open_first (GuituPersonList *list);

G_END_DECLS
