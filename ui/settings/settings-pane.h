/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One section of the settings: a title with buttons beside it, a sentence about it, and lists below. */

#include "ui/calls.h"
#include "ui/page.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/section.h"

G_BEGIN_DECLS

#define GUITU_TYPE_SETTINGS_PANE (guitu_settings_pane_get_type ())
G_DECLARE_DERIVABLE_TYPE (GuituSettingsPane, guitu_settings_pane, GUITU, SETTINGS_PANE, GuituPage)

struct _GuituSettingsPaneClass
{
  GuituPageClass parent_class;

  void (*load) (GuituSettingsPane *pane); /* reads anew: the pane came to the front, or the station changed */
};

/** Reads anew; what is being read already ends. */
void guitu_settings_pane_load (GuituSettingsPane *pane);

/**
 * Asks for what the pane shows. When it is left, or loads anew, the answer is not waited for any more.
 *
 * @input: (transfer full) (nullable)
 */
void guitu_settings_pane_read (GuituSettingsPane *pane, const char *verb, JsonObject *input, GuituCallDone done);

/** Title, and what this section is about. */
void guitu_settings_pane_describe (GuituSettingsPane *pane, const char *title, const char *about);

/** A button beside the title, @action of the pane. (transfer none) */
GtkWidget *guitu_settings_pane_add_button (GuituSettingsPane *pane, const char *label, const char *action);

/** Anything else beside the title. */
void guitu_settings_pane_add_control (GuituSettingsPane *pane, GtkWidget *control);

/** A list below the others; @empty: said when there is nothing in it, %NULL to hide it then. (transfer none) */
GuituSection *guitu_settings_pane_add_section (GuituSettingsPane *pane, const char *title, const char *empty, GuituSectionRow row);

/** Any widget below the others. */
void guitu_settings_pane_add (GuituSettingsPane *pane, GtkWidget *widget);

/** The widget takes all the room below the title; there are no lists then. */
void guitu_settings_pane_fill (GuituSettingsPane *pane, GtkWidget *widget);

/** Whether who is logged in has the right. */
gboolean guitu_settings_pane_may (GuituSettingsPane *pane, const char *right);

/** Tells every record whether who is logged in may change it ("may_edit"), for the row functions. */
void guitu_settings_pane_mark (GuituSettingsPane *pane, JsonArray *records, const char *right);

/** A button at the end of a row; @name: what it is called to who does not see it. */
void guitu_settings_row_add_button (GtkWidget *row, const char *label, const char *name, const char *action, const char *target);

/** Small words at the end of a row; nothing happens for an empty text. */
void guitu_settings_row_add_text (GtkWidget *row, const char *text, const char *style);

/** The record of @records with that id, or %NULL. */
JsonObject *guitu_settings_find (JsonArray *records, const char *id);

G_END_DECLS
