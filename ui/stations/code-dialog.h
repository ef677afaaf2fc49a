/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A code that two people read to one another, or that is copied by hand: shown large. */

#include "ui/dialogs.h"

G_BEGIN_DECLS

typedef struct
{
  const char *heading;
  const char *body;
  const char *code;
  const char *accept; /* label of the button that says that it is right; NULL where nothing is asked */
} GuituCodeShown;

/** @done: (nullable): runs with @owner, which stays alive, when it was accepted. */
void guitu_code_dialog_show (GtkWidget *from, const GuituCodeShown *shown, gpointer owner, GuituAgreed done);

G_END_DECLS
