/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/verbs.h"

#include <string.h>

#define GUITU_VERB_ADDRESS(symbol) &guitu_verb_##symbol,

static const GuituVerb *const verbs[] = {
  GUITU_VERBS (GUITU_VERB_ADDRESS)
      NULL,
};

const GuituVerb *const *
guitu_verbs (void)
{
  return verbs;
}

const GuituVerb *
guitu_verb_find (const char *name)
{
  for (guint i = 0; verbs[i] != NULL; i++)
    if (strcmp (verbs[i]->name, name) == 0)
      return verbs[i];
  return NULL;
}
