/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Help is written nowhere: it is read off the verbs, their options and the fields of records. */

#include "app/ctl/ctl.h"

#include <stdio.h>
#include <string.h>

#define BENCH_HELP "Measure store, page, papers, search, window, duty, intake, match and compare, each beside its baseline"

gboolean
ctl_is_of_group (const GuituVerb *verb,
                 const char *group)
{
  return g_str_has_prefix (verb->name, group) && verb->name[strlen (group)] == ' ';
}

static void
print_verbs (const char *group)
{
  for (const GuituVerb *const *verb = guitu_verbs (); *verb != NULL; verb++)
    if (group == NULL || ctl_is_of_group (*verb, group))
      printf ("  %-20s %s\n", (*verb)->name, (*verb)->help);
}

static void
print_all (void)
{
  printf ("guituctl [--store DIR] [--as USER] [--pretty] VERB …\n\n"
          "One JSON object per result on standard output, one on standard error when something fails.\n"
          "$GUITU_STORE and $GUITU_PASSWORD may stand in. “guituctl VERB --help” tells its options.\n\n");
  print_verbs (NULL);
  printf ("  %-20s %s\n", "bench [NAME]", BENCH_HELP);
  printf ("\nExit status: 0 done, 1 a rule refuses, 2 usage or bad input, 3 not found, 4 storage,\n"
          "5 a seal, signature or chain does not verify, 6 network.\n");
}

static void
print_options (const GuituVerb *verb)
{
  for (const GuituOption *option = verb->options; option != NULL && option->name != NULL; option++)
    {
      const char *value = option->type == GUITU_OPTION_FLAG      ? ""
                          : option->type == GUITU_OPTION_INTEGER ? " NUMBER"
                          : option->type == GUITU_OPTION_FILE    ? " FILE"
                          : option->type == GUITU_OPTION_OUTPUT  ? " FILE"
                                                                 : " TEXT";
      g_autofree char *name = g_strconcat ("--", option->name, value, NULL);

      printf ("  %-26s %s%s\n", name, option->help, option->is_positional ? " (or the plain word)" : "");
    }
}

static const char *
kind_of_value (const GuituField *field)
{
  switch (field->type)
    {
    case GUITU_FIELD_INTEGER:
      return "whole number";
    case GUITU_FIELD_DATE:
      return "YYYY-MM-DD";
    case GUITU_FIELD_TIME:
      return "YYYY-MM-DD hh:mm";
    case GUITU_FIELD_CODE:
      return "code";
    case GUITU_FIELD_REFERENCE:
      return "id";
    case GUITU_FIELD_REGION:
      return "region code or place";
    case GUITU_FIELD_BYTES:
      return "bytes";
    case GUITU_FIELD_TEXT:
    default:
      return "text";
    }
}

static void
print_fields (const GuituKind *kind)
{
  printf ("\nFields (--set FIELD=VALUE, or as JSON on standard input; beside options, the word - asks for it):\n");
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const GuituField *field = &kind->fields[i];

      if (field->flags & GUITU_DERIVED)
        continue;
      printf ("  %-18s %s (%s), %s%s%s%s\n", field->name, field->english, field->chinese, kind_of_value (field),
              field->type == GUITU_FIELD_CODE ? ": guituctl codes " : "",
              field->type == GUITU_FIELD_CODE ? field->of : "",
              field->flags & GUITU_REQUIRED ? "; needed" : "");
    }
}

void
ctl_print_bench_help (void)
{
  printf ("guituctl bench …\n\n%s.\n\n", BENCH_HELP);
  printf ("  %-26s %s\n", "--people N", "search among so many people (1,000,000), compare lists of so many rows (50,000)");
  printf ("  %-26s %s\n", "--postgres URL", "let PostgreSQL (pg_trgm) search among the same people, in a temporary table");
  printf ("  %-26s %s\n", "[NAME]", "only these figures: store, page, papers, search, window, duty, intake, match or compare");
}

void
ctl_print_help (const GuituVerb *verb,
                const char *group)
{
  if (verb == NULL && group != NULL)
    {
      printf ("guituctl %s …\n\n", group);
      print_verbs (group);
      return;
    }
  if (verb == NULL)
    {
      print_all ();
      return;
    }
  printf ("guituctl %s …\n\n%s.\n\n", verb->name, verb->help);
  print_options (verb);
  if (verb->fields != NULL)
    print_fields (verb->fields);
}
