/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The dialogs whose classes newer toolkits replace, behind functions that will stay. */

#include <adwaita.h>

G_BEGIN_DECLS

/** Called when the user agreed. */
typedef void (*GuituAgreed) (gpointer owner);

/**
 * Asks before something is lost. @done runs with @owner, which stays alive, if the answer is @accept.
 */
void guitu_dialog_ask (GtkWidget *from,
                       const char *heading,
                       const char *body,
                       const char *accept,
                       gboolean is_destructive,
                       gpointer owner,
                       GuituAgreed done);

/**
 * Asks before a window with something typed is closed: @keep (such as "_Save") and discarding it are
 * offered beside going on. @owner stays alive.
 */
void guitu_dialog_keep (GtkWidget *from,
                        const char *heading,
                        const char *body,
                        const char *keep,
                        gpointer owner,
                        GuituAgreed kept,
                        GuituAgreed discarded);

/** Tells something that must not be missed. @details: (nullable): shown small and selectable */
void guitu_dialog_tell (GtkWidget *from, const char *heading, const char *body, const char *details);

/** Called with the path that was chosen; not called when nothing was. */
typedef void (*GuituFileChosen) (gpointer owner, const char *path);

/** Lets the user choose an image to read. */
void guitu_dialog_open_image (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done);

/** Whether a file that was chosen is a picture, by its name. */
gboolean guitu_dialog_is_picture (const char *path);

/** Lets the user choose a picture or a PDF to read. */
void guitu_dialog_open_scan (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done);

/** Lets the user choose any file to read. */
void guitu_dialog_open_file (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done);

/** Lets the user choose where to write; @name is the proposal. */
void guitu_dialog_save (GtkWidget *from, const char *title, const char *name, gpointer owner, GuituFileChosen done);

/** Lets the user choose a folder to write into. */
void guitu_dialog_choose_folder (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done);

/** Calls the window of the keys what the menu calls it; GTK has a word of its own. */
void guitu_dialog_name_shortcuts (GtkShortcutsWindow *shortcuts);

void guitu_dialog_about (GtkWindow *parent);

G_END_DECLS
