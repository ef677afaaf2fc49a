/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/duty-acts.h"

#include "ui/page.h"
#include "ui/tracing/case-acts.h"
#include "ui/tracing/tracing-page.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

/* Kinds that a fact ends. The act is one of ui/person/person-acts.c; "": whatever the file offers. */
static const struct
{
  const char *kind;
  const char *label;
  const char *act;
  const char *place; /* a page of the window and a section of it, where it is about no person */
} acts[] = {
  { "papers", N_ ("_Decide…"), "", NULL },
  { "review", N_ ("_Approve…"), "approve", NULL },
  { "serve", N_ ("_Notice Served…"), "serve", NULL },
  { "stay-limit", N_ ("_Extend…"), "extend", NULL },
  { "stranded-care", N_ ("_Care…"), "question", NULL },
  { "return-due", N_ ("_Returned…"), "event", NULL },
  { "search", N_ ("_Note the Search…"), "event", NULL },
  { "double-stay", N_ ("_Void the Stay…"), "void", NULL },
  { "unsigned", N_ ("_Sign in the File"), "", NULL },
  { "belongings", N_ ("_Give Out…"), "give", NULL },
  { "referral", N_ ("_Answer in the File"), "", NULL },
  { "follow-up", N_ ("_Visit in the File"), "", NULL },
  { "calendar", N_ ("_Enter the Holidays"), NULL, "settings/calendar" },
};

static int
find_act (JsonObject *task)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].kind, guitu_json_string (task, "kind")))
      return i;
  return -1;
}

/* What is done in a case, with a report of a family or with a notice: the act, or NULL. */
static const char *
tracing_act (JsonObject *task)
{
  const char *preset;

  return guitu_case_step_act (task, &preset);
}

gboolean
guitu_duty_is_ticked_off (JsonObject *task)
{
  return find_act (task) < 0 && tracing_act (task) == NULL;
}

const char *
guitu_duty_act_label (JsonObject *task)
{
  int i = find_act (task);

  if (tracing_act (task) != NULL)
    return guitu_case_step_label (task);
  return i < 0 ? _ ("_Done…") : _ (acts[i].label);
}

/* The case, where the step stands above it; of a notice that waits, the notice. */
static void
begin_tracing (JsonObject *task, GtkWidget *from)
{
  const char *of = guitu_json_text (task, "case") != NULL ? guitu_json_text (task, "case") : guitu_json_text (task, "person");

  if (g_str_has_prefix (guitu_json_string (task, "kind"), "notice-") && !g_str_equal (guitu_json_string (task, "kind"), "notice-refresh"))
    guitu_tracing_go (from, "notices", guitu_json_text (task, "person"));
  else
    guitu_tracing_go (from, of != NULL ? "cases" : "reports", of);
}

void
guitu_duty_act_begin (JsonObject *task, GtkWidget *from)
{
  int i = find_act (task);

  if (tracing_act (task) != NULL)
    {
      begin_tracing (task, from);
      return;
    }
  g_return_if_fail (i >= 0);
  if (acts[i].place != NULL)
    gtk_widget_activate_action (from, "win.show-page", "s", acts[i].place);
  else if (guitu_json_text (task, "person") != NULL)
    guitu_page_open_person_to (from, guitu_json_text (task, "person"), acts[i].act);
}

char *
guitu_duty_title (JsonObject *task)
{
  gboolean is_own = g_str_equal (guitu_json_string (task, "kind"), "other") && guitu_json_text (task, "text") != NULL;

  return g_strdup (guitu_json_string (task, is_own ? "text" : "label"));
}

/* --- Dialogs --------------------------------------------------------------------------------- */

static GuituFormDialog *
new_dialog (JsonObject *task, GtkWidget *from, GuituStation *station, const char *const *words, const char *const *fields)
{
  g_autofree char *what = guitu_duty_title (task);
  g_autoptr (GString) title = g_string_new (what);

  guitu_json_join (title, guitu_json_text (task, "display_name"));
  return guitu_form_dialog_new (from, station, title->str, words[0], words[1], fields);
}

/* How "task done" and "task waive" are told which task is meant. */
static void
name_task (GuituFormDialog *dialog, JsonObject *task)
{
  const char *id = guitu_json_text (task, "id");

  guitu_form_dialog_set_option (dialog, "kind", id != NULL ? id : guitu_json_string (task, "kind"));
  if (id != NULL)
    return;
  if (guitu_json_text (task, "stay") != NULL)
    guitu_form_dialog_set_option (dialog, "stay", guitu_json_text (task, "stay"));
  else if (guitu_json_text (task, "case") != NULL)
    guitu_form_dialog_set_option (dialog, "case", guitu_json_text (task, "case"));
  if (guitu_json_text (task, "about") != NULL)
    guitu_form_dialog_set_option (dialog, "about", guitu_json_text (task, "about"));
}

GuituFormDialog *
guitu_duty_done_dialog (JsonObject *task, GtkWidget *from, GuituStation *station)
{
  const char *const words[] = { _ ("_Done"), "task done" };
  GuituFormDialog *dialog = new_dialog (task, from, station, words, FIELDS ("task.proof", "task.done_at=at"));

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "proof"), _ ("What shows it: the number of a receipt or a notice, who was told."));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "done_at"), _ ("Empty: now."));
  name_task (dialog, task);
  return dialog;
}

GuituFormDialog *
guitu_duty_waive_dialog (JsonObject *task, GtkWidget *from, GuituStation *station)
{
  const char *const words[] = { _ ("Not _Needed"), "task waive" };
  GuituFormDialog *dialog = new_dialog (task, from, station, words, FIELDS ("person_link.reason=reason"));

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "reason"), _ ("Why it need not be done. Leaders decide that."));
  name_task (dialog, task);
  return dialog;
}

GuituFormDialog *
guitu_duty_take_back_dialog (JsonObject *task, GtkWidget *from, GuituStation *station)
{
  const char *const words[] = { _ ("_Take Back"), "task reopen" };
  GuituFormDialog *dialog = new_dialog (task, from, station, words, FIELDS ("person_link.reason=reason"));

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "reason"), _ ("Why it was not done, or is needed after all."));
  guitu_form_dialog_set_option (dialog, "task", guitu_json_string (task, "id"));
  return dialog;
}

GuituFormDialog *
guitu_duty_add_dialog (GtkWidget *from, GuituStation *station)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Add a Task"), _ ("_Add"), "task add",
                                                   FIELDS ("task.due_at", "task.stay", "task.text"));

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "due_at"), _ ("For example 2026-11-25 14:00"));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "stay"), _ ("The number of a stay. Empty: a task of the station."));
  guitu_form_dialog_set_option (dialog, "kind", "other");
  return dialog;
}
