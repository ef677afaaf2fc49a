/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One rule with all its versions, past and to come, of the law and of the station. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_RULE_DIALOG (guitu_rule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituRuleDialog, guitu_rule_dialog, GUITU, RULE_DIALOG, AdwWindow)

/** Opens the window of @rule, as "rule list" gave it. */
void guitu_rule_dialog_open (GtkWidget *from, GuituStation *station, JsonObject *rule);

/** The value with its unit: "10 days"; the words of a ground. Returns: (transfer full) */
char *guitu_rule_value_words (JsonObject *rule);

/** From and until when it holds, and where. Returns: (transfer full) */
char *guitu_rule_time_words (JsonObject *rule);

/** The source of law, or that the program chose it itself. Returns: (transfer full) */
char *guitu_rule_source_words (JsonObject *rule);

G_END_DECLS
