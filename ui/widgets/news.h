/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* News of a window: toasts of which only the newest is to be seen. */

#include <adwaita.h>

G_BEGIN_DECLS

/** Type of the action "win.show-toast": text, label of a button or "", its action and the target. */
#define GUITU_NEWS_TYPE "(ssss)"

/** Shows a toast in place of those before it. @told: of type GUITU_NEWS_TYPE */
void guitu_news_show (AdwToastOverlay *toasts, GVariant *told);

/** Gives windows of this class the action "win.show-toast", as the main window has it, so that errors and news find
 * their place there too: in the first toast overlay of the window. */
void guitu_news_install (GtkWidgetClass *widget_class);

/** Takes away what is to be seen, and what waits for its place. */
void guitu_news_dismiss (AdwToastOverlay *toasts);

G_END_DECLS
