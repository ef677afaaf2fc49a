/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Gives the buttons under @root the accessible name that people read. GTK 4.8 calls a button with a
 * mnemonic "_Register Register": the raw label, then the label that it is labelled by.
 */
void guitu_name_buttons (GtkWidget *root);

/** Gives buttons under @root that are only a picture, such as the eye of a password, the name of their tip. */
void guitu_name_icons (GtkWidget *root);

/**
 * Names what takes the focus of a drop-down of texts: a button of its own, which GTK leaves without a
 * name. To be called again when another text is selected.
 */
void guitu_name_drop_down (GtkDropDown *drop_down, const char *name);

/** A label without its mnemonic: "Register" for "_Register" and for "Register(_R)". (transfer full) */
char *guitu_name_strip (const char *label);

G_END_DECLS
