/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Persons on file who could be the one at the desk, each with the reasons. */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_SAME_PERSON_LIST (guitu_same_person_list_get_type ())
G_DECLARE_FINAL_TYPE (GuituSamePersonList, guitu_same_person_list, GUITU, SAME_PERSON_LIST, AdwBin)

/** @warnings: (nullable): warnings of "person check"; those of kind same-person are shown */
void guitu_same_person_list_fill (GuituSamePersonList *list, JsonArray *warnings);

/** Appends to @card why: what agrees in one line; of what differs both sides, what is typed and what is on file. */
void guitu_same_person_reasons (GtkBox *card, JsonArray *reasons);

/**
 * One side of a reason in words, “ours” or “theirs”, and what its field is called; "birth" stands for both days.
 * @label: (out) (transfer none). Returns: (transfer full)
 */
char *guitu_same_person_words (JsonObject *reason, const char *side, const char **label);

/* Signal: "use" (id): the stay is to be opened for this person. */

G_END_DECLS
