/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What person-page.c (showing) and person-page-actions.c (doing) share. */

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
  GtkWidget *edit;
  GtkMenuButton *acts;
  GuituSection *conflicts;
  GuituIdentityCard *identity;
  GuituSection *statements;
  GuituSection *stays;
  GuituSection *papers;
  GuituSection *history;
  GtkMenuButton *issue;

  char *person_id;
  JsonObject *person;  /* the latest answer of "person show" */
  JsonObject *stay;    /* the open stay, else the latest; part of @person */
  JsonArray *possible; /* what "stay acts" told of @stay; NULL: not yet */
  JsonArray *kinds;    /* what "paper kinds" answered */
  GCancellable *load;
  gboolean sets_focus; /* once the file is there */
  char *begins;        /* the act that begins then; NULL: none */
};

/** Reads the file anew; @reveal shows the ID number in full, which is recorded. */
void _guitu_person_page_load (GuituPersonPage *self, gboolean reveal);

void _guitu_person_page_install_actions (GtkWidgetClass *widget_class);

/** Enables what the state of the stay allows. */
void _guitu_person_page_update_actions (GuituPersonPage *self);

G_END_DECLS
