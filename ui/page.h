/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What every page of the window is: it knows the station, hears of changes while it is to be seen,
 * and takes key commands through the actions it installs under "page." (see application.c). */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PAGE (guitu_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (GuituPage, guitu_page, GUITU, PAGE, AdwBin)

struct _GuituPageClass
{
  AdwBinClass parent_class;

  void (*shown) (GuituPage *page);     /* the page came to the front: read anew, set the focus */
  void (*left) (GuituPage *page);      /* another page came to the front: end what is being read for this one */
  void (*refreshed) (GuituPage *page); /* the station changed while the page is to be seen */
  void (*cleared) (GuituPage *page);   /* the user left: forget everything personal */
};

/** (transfer none) */
GuituStation *guitu_page_get_station (GuituPage *page);

void guitu_page_shown (GuituPage *page);

/** The page is about to give way to another one: remembers where the focus is, and ends what it reads. */
void guitu_page_leave (GuituPage *page);

/** Puts the focus back to where it was when the page was left. Returns: whether that was possible */
gboolean guitu_page_take_focus (GuituPage *page);

void guitu_page_clear (GuituPage *page);

/* What the window does for a page. */
void guitu_page_open_person (GtkWidget *from, const char *person);

/** The same, and once the file is there begins @act (ui/person/person-acts.h). */
void guitu_page_open_person_to (GtkWidget *from, const char *person, const char *act);
void guitu_page_open_paper (GtkWidget *from, const char *number);

/** Opens a paper to be filled in and issued; see guitu_fill_window_open(). */
void guitu_page_fill_paper (GtkWidget *from, const char *kind, const char *option, const char *id);
/** A toast of the window, or a dialog of its own where @from stands in a dialog, which has no toasts. */
void guitu_page_toast (GtkWidget *from, const char *text);

/** A toast with a button that runs an action with a text as its target. */
void guitu_page_toast_with_action (GtkWidget *from,
                                   const char *text,
                                   const char *label,
                                   const char *action,
                                   const char *target);

G_END_DECLS
