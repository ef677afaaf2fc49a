/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What person-page.c (showing) and person-page-actions.c (doing) share. */

#include "ui/list/warning-list.h"
#include "ui/person/identity-card.h"
#include "ui/person/person-page.h"
#include "ui/widgets/section.h"

G_BEGIN_DECLS

struct _GuituPersonPage
{
  GuituPage parent_instance;

  AdwWindowTitle *title;
  GtkScrolledWindow *scroll;
  GtkWidget *content;
  GtkWidget *photo_button;
  AdwAvatar *photo;
  GtkLabel *name;
  GtkLabel *summary;
  GtkLabel *state;
  GtkWidget *admit;
  GtkWidget *leave;
  GtkWidget *again;
  GtkWidget *edit;
  GtkMenuButton *acts;
  GuituSection *conflicts;
  GuituIdentityCard *identity;
  GuituSection *statements;
  GuituSection *stays;
  GuituSection *papers;
  GuituSection *history;
  GuituWarningList *elsewhere;
  GtkWidget *fence;
  GtkLabel *fence_words;
  GtkLabel *remedies;
  GuituSection *timeline;
  GuituSection *belongings;
  GtkWidget *take;
  GuituSection *kin;
  GuituSection *referrals;
  GuituSection *follow_ups;
  GuituSection *transfers;
  GuituSection *files;
  GuituSection *merged;
  GuituSection *staff;
  GtkWidget *issue;

  char *person_id;
  JsonObject *person;          /* the latest answer of "person show" */
  JsonObject *stay;            /* the open stay, else the latest; part of @person */
  JsonArray *possible;         /* what "stay acts" told of @stay; NULL: not yet */
  JsonArray *kinds;            /* what "paper kinds" answered */
  JsonArray *referral_records; /* what "referral list" answered */
  char *emergency;             /* why a protected record is open; NULL: it is not */
  char *emergency_by;          /* whose reason that is */
  char *wanted_stay;           /* the stay that was chosen in the list; NULL: the open one, or the latest */
  char *discarding;            /* the draft of which is asked whether it is given up */
  GCancellable *load;
  gboolean is_loading; /* "person show" is asked */
  char *photo_file;    /* the photo that is shown or being read; NULL: none */
  GCancellable *photo_load;
  gboolean sets_focus; /* once the file is there */
  char *begins;        /* the act that begins then; NULL: none */
};

/** Reads the file anew; @reveal shows the ID number in full, which is recorded. */
void _guitu_person_page_load (GuituPersonPage *self, gboolean reveal);

/**
 * An act of the page was written: the focus goes to what comes next. The file is being read anew
 * already, since the station said that it changed.
 */
void _guitu_person_page_act_done (GuituPersonPage *self, JsonObject *result);

/** Shows @person, an answer of "person show". */
void _guitu_person_page_take (GuituPersonPage *self, JsonObject *person);

/* person-page-stay.c: the sections of the stay. */
void _guitu_person_page_init_stay (GuituPersonPage *self);
void _guitu_person_page_show_stay (GuituPersonPage *self);
void _guitu_person_page_install_stay_actions (GtkWidgetClass *widget_class);

/* person-page-home.c: ways home that were planned, scans and other files. */
void _guitu_person_page_init_home (GuituPersonPage *self);
void _guitu_person_page_show_home (GuituPersonPage *self);
void _guitu_person_page_install_home_actions (GtkWidgetClass *widget_class);

/** Issues the paper that goes along with the way home @transfer; what is to be typed for it is asked first. */
void _guitu_person_page_issue_handover (GuituPersonPage *self, const char *transfer);

/** A section that stands after @before in its column. */
GuituSection *_guitu_person_page_add_section (const char *title, gpointer before);

/** Opens the dialog that merges with another record, or remembers that they are two people. */
void _guitu_person_page_relate (GuituPersonPage *self, gboolean is_same);

void _guitu_person_page_install_actions (GtkWidgetClass *widget_class);

/** Enables what the state of the stay allows. */
void _guitu_person_page_update_actions (GuituPersonPage *self);

G_END_DECLS
