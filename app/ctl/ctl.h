/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

G_BEGIN_DECLS

/** A parsed command line. */
typedef struct
{
  char *store;
  char *user;
  gboolean pretty;
  gboolean wants_help;
  gboolean wants_stdin; /* "-" was given */
  gboolean is_bench;
  char *bench; /* which figures; NULL: all */
  const GuituVerb *verb;
  char *group; /* the first word of verbs, such as "person" */
  JsonObject *input;
  guint n_options; /* --name value and --set, but not positional words */
} GuituCommand;

void ctl_command_clear (GuituCommand *command);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituCommand, ctl_command_clear)

/** Reads the command line. Errors: INVALID. */
gboolean ctl_parse (GuituCommand *command, int argc, char **argv, GError **error);

gboolean ctl_has_option (const GuituVerb *verb, const char *name);

/** Help on one verb; without @verb, on those of @group; without both, on all. */
void ctl_print_help (const GuituVerb *verb, const char *group);

/** Help on “bench”, which is no verb. */
void ctl_print_bench_help (void);

/** Whether the verb begins with the word @group. */
gboolean ctl_is_of_group (const GuituVerb *verb, const char *group);

/** Sets an error of bad usage and returns FALSE. */
gboolean ctl_fail (GError **error, const char *code, const char *field, const char *message);

G_END_DECLS
