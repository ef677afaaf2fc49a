/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/propose.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/list/entry-rows.h"
#include "ui/list/list-words.h"
#include "ui/page.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define GUITU_TYPE_PROPOSAL (guitu_proposal_get_type ())
G_DECLARE_FINAL_TYPE (GuituProposal, guitu_proposal, GUITU, PROPOSAL, GObject)

/* What is being proposed, while it is counted and asked for. */
struct _GuituProposal
{
  GObject parent_instance;

  GtkWidget *from;
  GuituStation *station;
  char *person;
  char *name;
  char *renews; /* NULL: a new entry */
};

G_DEFINE_FINAL_TYPE (GuituProposal, guitu_proposal, G_TYPE_OBJECT)

static void
guitu_proposal_finalize (GObject *object)
{
  GuituProposal *self = GUITU_PROPOSAL (object);

  g_object_unref (self->from);
  g_object_unref (self->station);
  g_free (self->person);
  g_free (self->name);
  g_free (self->renews);
  G_OBJECT_CLASS (guitu_proposal_parent_class)->finalize (object);
}

static void
guitu_proposal_class_init (GuituProposalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guitu_proposal_finalize;
}

static void
guitu_proposal_init (GuituProposal *self)
{
}

/* --- Care in its place ----------------------------------------------------------------------- */

static void
care_opened (gpointer owner, JsonArray *results, GError *error)
{
  GuituProposal *self = owner;

  if (error != NULL && g_str_equal (guitu_error_code (error), "list-excluded"))
    guitu_page_toast (self->from, _ ("The task to care for them is open; it stands under Duty."));
  else if (error != NULL)
    guitu_error_show (self->from, error);
}

/* The verb refuses the entry, and opens the task. */
static void
open_care (gpointer owner)
{
  GuituProposal *self = owner;
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "person", self->person);
  guitu_call (self->station, "blacklist propose", input, NULL, self, care_opened);
}

static void
tell_exclusion (GuituProposal *self, const char *exclusion)
{
  g_autofree char *heading = g_strdup_printf (_ ("Care for %s, Not an Entry"), self->name);
  /* Translators: why somebody must not be on the list */
  g_autofree char *body = g_strdup_printf (_ ("%s: whoever this is true of is never on the list. Coming back often is a sign that they need more help. A task is opened in its place: screening, family, and a follow-up at home."),
                                           exclusion);

  guitu_dialog_ask (self->from, heading, body, _ ("_Open the Task"), FALSE, self, open_care);
}

/* --- The form -------------------------------------------------------------------------------- */

static void
proposed (GtkWidget *from)
{
  guitu_page_toast (from, _ ("Proposed. Somebody else, a leader, reviews it; until then nobody sees it."));
}

static char *
counts_words (JsonObject *checked)
{
  JsonObject *counts = guitu_json_object (checked, "counts");
  g_autofree char *rules = guitu_list_rules_words (guitu_json_array (counts, "rules"));
  const char *follows = guitu_json_flag (checked, "met") ? _ ("The counts allow the category “Repeated stays”. They are no proof of anything else.")
                                                         : _ ("The counts do not allow the category “Repeated stays”; any other needs evidence.");

  return g_strdup_printf ("%s\n\n%s", rules, follows);
}

static void
ask (GuituProposal *self, JsonObject *checked)
{
  static const char *const fields[] = { "blacklist.category", "blacklist.facts", "blacklist.evidence", "blacklist.offered", "blacklist.said", "blacklist.screen", "blacklist.screened_by",
                                        "blacklist.screened_on", "blacklist.measure", "blacklist.advice", "blacklist.until", NULL };
  g_autofree char *title = g_strdup_printf (self->renews != NULL ? _ ("Propose the Renewal: %s") : _ ("Propose for the List: %s"), self->name);
  g_autofree char *words = counts_words (checked);
  GuituFormDialog *dialog = guitu_form_dialog_new (self->from, self->station, title, _ ("_Propose"), "blacklist propose", fields);

  guitu_form_dialog_set_option (dialog, "person", self->person);
  if (self->renews != NULL)
    guitu_form_dialog_set_option (dialog, "renews", self->renews);
  guitu_form_dialog_explain (dialog, words);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "facts"), _ ("What happened, each line beginning with the day, such as 2026-01-31; no judging words."));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "evidence"), _ ("A thing a line: the number of a paper or ticket, or a reference in words. Needed for all but repeated stays."));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "until"), _ ("Left empty: as long as the rule allows."));
  g_signal_connect_object (dialog, "done", G_CALLBACK (proposed), self->from, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
checked (gpointer owner, JsonArray *results, GError *error)
{
  GuituProposal *self = owner;
  JsonObject *told = guitu_call_first (results);
  g_autofree char *sentence = NULL;

  if (error != NULL)
    guitu_error_show (self->from, error);
  else if (guitu_json_text (told, "exclusion") != NULL)
    tell_exclusion (self, guitu_json_string (told, "exclusion_name"));
  else if (guitu_json_flag (told, "may_propose"))
    ask (self, told);
  else
    {
      sentence = guitu_error_sentence_for ("no-stations", NULL, "");
      guitu_page_toast (self->from, sentence);
    }
}

void
guitu_list_propose (GtkWidget *from, GuituStation *station, JsonObject *renewed, JsonObject *person)
{
  g_autoptr (GuituProposal) self = g_object_new (GUITU_TYPE_PROPOSAL, NULL);
  JsonObject *input = json_object_new ();

  self->from = g_object_ref (from);
  self->station = g_object_ref (station);
  self->person = g_strdup (renewed != NULL ? guitu_json_string (renewed, "person") : guitu_json_string (person, "id"));
  self->name = g_strdup (renewed != NULL ? guitu_list_entry_name (renewed) : guitu_json_string (person, "display_name"));
  self->renews = renewed != NULL ? g_strdup (guitu_json_string (renewed, "id")) : NULL;
  json_object_set_string_member (input, "person", self->person);
  guitu_call (station, "blacklist check", input, NULL, self, checked);
}
