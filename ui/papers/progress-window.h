/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A verb that takes its time, behind a small window that tells how far it is and can cancel it. */

#include "ui/calls.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PROGRESS_WINDOW (guitu_progress_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituProgressWindow, guitu_progress_window, GUITU, PROGRESS_WINDOW, AdwWindow)

/** What is done, and for whom. */
typedef struct
{
  GtkWidget *from;
  GuituStation *station;
  const char *title; /* what is being done, in words */
  const char *verb;
  gpointer owner; /* a GObject, kept alive until the end */
  GuituCallDone done;
} GuituProgressWork;

/**
 * Runs the verb; the window closes before the owner is told. A verb that was cancelled ends with the
 * error “cancelled”. Nobody is told when the window was closed from outside: its user has left.
 *
 * @input: (transfer full)
 */
void guitu_progress_run (const GuituProgressWork *work, JsonObject *input);

G_END_DECLS
