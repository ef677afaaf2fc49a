/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/case-acts.h"

#include "ui/duty/due-words.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

/* What does each task of a search; the others are done in the file of the person. */
static const struct
{
  const char *kind;
  const char *act;
  const char *preset; /* NULL: none */
  const char *label;
} steps[] = {
  { "quick-query", "inquiry", "national-system", N_ ("Record the _Query…") },
  { "police-query", "inquiry", "police", N_ ("Record the _Query…") },
  { "notice", "notice", NULL, N_ ("_Prepare the Notice…") },
  { "notice-refresh", "notice", NULL, N_ ("_Refresh the Notice…") },
  { "notice-review", "notice", NULL, N_ ("_Look at the Notice…") },
  { "notice-returned", "notice", NULL, N_ ("_Look at the Notice…") },
  { "notice-take-down", "notice", NULL, N_ ("_Look at the Notice…") },
  { "second-interview", "note", "interview", N_ ("_Write the Interview Down…") },
  { "dialect-interview", "note", "interview", N_ ("_Write the Interview Down…") },
  { "dna-request", "inquiry", "dna", N_ ("Record the Re_quest…") },
  { "dna-answer", "answer", "dna", N_ ("Record the _Answer…") },
  { "inquiry-answer", "answer", NULL, N_ ("Record the _Answer…") },
  { "case-plan", "note", "plan", N_ ("_Write the Plan…") },
  { "case-review", "note", "review", N_ ("_Write the Review…") },
  { "case-step", "note", "note", N_ ("_Write What Was Done…") },
  { "case-assign", "assign", NULL, N_ ("_Assign…") },
  { "case-close", "close", NULL, N_ ("Close the Cas_e…") },
  { "clue", "clue-update", NULL, N_ ("_What Came of It…") },
  { "finding", "finding", NULL, N_ ("Comp_are…") },
  { "finding-confirm", "finding", NULL, N_ ("Comp_are…") },
};

static int
find_step (JsonObject *task)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].kind, guitu_json_string (task, "kind")))
      return (int) i;
  return -1;
}

const char *
guitu_case_step_label (JsonObject *task)
{
  int i = find_step (task);

  return i < 0 ? NULL : _ (steps[i].label);
}

const char *
guitu_case_step_act (JsonObject *task, const char **preset)
{
  int i = find_step (task);

  *preset = i < 0 ? NULL : steps[i].preset;
  return i < 0 ? NULL : steps[i].act;
}

static char *
with_due (JsonObject *task, const char *what)
{
  g_autofree char *now = guitu_moment_now ();
  g_autofree char *due = guitu_due_words (guitu_json_text (task, "due_at"), now);
  g_autoptr (GString) words = g_string_new (what);

  guitu_json_join (words, due);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
name_step (JsonObject *task)
{
  const char *label = guitu_json_string (task, "label");
  const char *text = guitu_json_text (task, "text");

  /* Translators: a task, then what it is about */
  return text != NULL ? g_strdup_printf (_ ("%s: %s"), label, text) : g_strdup (label);
}

char *
guitu_case_step_words (JsonObject *task)
{
  g_autofree char *what = name_step (task);

  return with_due (task, what);
}

char *
guitu_case_step_headline (JsonObject *task)
{
  const char *text = guitu_json_text (task, "text");
  gboolean is_noted = g_str_equal (guitu_json_string (task, "kind"), "case-step") && text != NULL;
  g_autofree char *what = is_noted ? g_strdup (text) : name_step (task);
  g_autofree char *line = g_strdup_printf (_ ("Next step: %s"), what);

  return with_due (task, line);
}

const char *
guitu_case_step_style (JsonObject *task)
{
  const char *state = guitu_json_string (task, "state");

  return g_str_equal (state, "overdue") ? "error" : g_str_equal (state, "due") ? "warning"
                                                                               : NULL;
}
