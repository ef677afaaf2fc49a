/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-page-private.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/list/propose.h"
#include "ui/papers/kind-chooser.h"
#include "ui/papers/papers-work.h"
#include "ui/person/bed-dialog.h"
#include "ui/person/check-dialog.h"
#include "ui/person/leave-dialog.h"
#include "ui/person/person-acts.h"
#include "ui/tracing/tracing-page.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/second-person.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

static GuituStation *
station_of (GuituPersonPage *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

/* --- Dialogs --------------------------------------------------------------------------------- */

static void
on_warnings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_PERSON_PAGE (widget)->elsewhere));
}

static GuituFormDialog *
new_dialog (GuituPersonPage *self, const char *title, const char *accept, const char *verb, const char *const *fields)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (self), station_of (self), title, accept, verb, fields);

  g_signal_connect_object (dialog, "done", G_CALLBACK (_guitu_person_page_act_done), self, G_CONNECT_SWAPPED);
  return dialog;
}

static void
on_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = {
    "person.name", "person.alias", "person.sex", "person.birth_from", "person.id_kind", "person.id_number",
    "person.id_override", "person.verified_by", "person.household", "person.address", "person.phone",
    "person.birth_lunar", "person.nation", "person.health", "person.impaired", "person.wanders", "person.fence",
    "person.literate", "person.height_cm", "person.accent", "person.marks",
    "person.kin", "person.national_number", "person_link.reason=reason", NULL
  };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GuituFormDialog *dialog;

  if (self->person == NULL)
    return;
  dialog = new_dialog (self, _ ("Edit"), _ ("_Save"), "person edit", fields);
  guitu_form_dialog_ask_second (dialog, guitu_second_person_why_protected ());
  guitu_form_dialog_load (dialog, self->person);
  guitu_form_dialog_set_option (dialog, "id", self->person_id);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_add_statement (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "statement.text", "statement.about", "statement.sound", "statement.language",
                                        "statement.confidence", NULL };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GuituFormDialog *dialog;

  if (self->person == NULL)
    return;
  dialog = new_dialog (self, _ ("Add Statement"), _ ("_Add"), "person statement", fields);
  guitu_form_dialog_set_option (dialog, "person", self->person_id);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_left (GuituPersonPage *self, const char *transfer)
{
  _guitu_person_page_act_done (self, NULL);
  if (*transfer != '\0')
    _guitu_person_page_issue_handover (self, transfer);
}

static void
on_leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GtkWindow *dialog;

  if (self->stay == NULL)
    return;
  dialog = guitu_leave_dialog_new (widget, station_of (self), self->person, self->stay);
  g_signal_connect_object (dialog, "left", G_CALLBACK (on_left), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
on_here_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.register", "s", GUITU_PERSON_PAGE (widget)->person_id);
}

/* --- The other acts --------------------------------------------------------------------------- */

static GuituPersonFile
file_of (GuituPersonPage *self)
{
  return (GuituPersonFile){ station_of (self), self->person, self->stay, self->possible };
}

/* A notice that came of it is printed at once. */
static void
act_done (GuituPersonPage *self, JsonObject *result)
{
  const char *notice = guitu_json_text (guitu_json_object (result, "notice"), "number");

  _guitu_person_page_act_done (self, result);
  if (notice != NULL)
    guitu_page_open_paper (GTK_WIDGET (self), notice);
}

/* What the comparison suggests becomes a referral, with the arithmetic as its reason. */
static void
on_refer (GuituPersonPage *self, const char *scheme, const char *arithmetic)
{
  GuituPersonFile file = file_of (self);
  GuituFormDialog *dialog;

  if (self->person == NULL)
    return;
  dialog = guitu_person_act_dialog (guitu_person_act_find ("refer"), GTK_WIDGET (self), &file);
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "scheme"), scheme);
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "text"), arithmetic);
  gtk_widget_grab_focus (GTK_WIDGET (guitu_form_dialog_row (dialog, "office")));
  g_signal_connect_object (dialog, "done", G_CALLBACK (act_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The case, where there is one; else the error says that there is none. */
static void
case_found (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  else
    guitu_tracing_go (GTK_WIDGET (owner), "cases", guitu_json_text (guitu_call_first (results), "id"));
}

static void
go_to_case (GuituPersonPage *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "case", self->person_id);
  guitu_call (station_of (self), "case show", input, NULL, self, case_found);
}

static void
begin_special (GuituPersonPage *self, const char *name)
{
  GtkWindow *dialog;

  if (g_str_equal (name, "to-case"))
    {
      go_to_case (self);
      return;
    }
  if (g_str_equal (name, "check"))
    {
      dialog = guitu_check_dialog_new (GTK_WIDGET (self), station_of (self), self->person);
      g_signal_connect_object (dialog, "refer", G_CALLBACK (on_refer), self, G_CONNECT_SWAPPED);
      gtk_window_present (dialog);
      return;
    }

  if (g_str_equal (name, "list"))
    {
      guitu_list_propose (GTK_WIDGET (self), station_of (self), NULL, self->person);
      return;
    }
  if (g_str_equal (name, "merge") || g_str_equal (name, "separate"))
    {
      _guitu_person_page_relate (self, g_str_equal (name, "merge"));
      return;
    }
  dialog = (g_str_equal (name, "admit") ? guitu_bed_dialog_new_to_admit : guitu_bed_dialog_new) (GTK_WIDGET (self), station_of (self), self->stay);
  g_signal_connect_object (dialog, "done", G_CALLBACK (_guitu_person_page_act_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
begin (GuituPersonPage *self, const char *name)
{
  const GuituPersonAct *act = guitu_person_act_find (name);
  g_autofree char *refusal = act == NULL ? NULL : guitu_person_act_refusal (act, self->possible);
  GuituPersonFile file = file_of (self);
  GuituFormDialog *dialog;

  if (act == NULL || self->person == NULL || !guitu_person_act_is_possible (act, self->stay))
    return;
  if (refusal != NULL)
    {
      guitu_page_toast (GTK_WIDGET (self), refusal);
      return;
    }
  if (guitu_person_act_is_special (act))
    {
      begin_special (self, name);
      return;
    }
  dialog = guitu_person_act_dialog (act, GTK_WIDGET (self), &file);
  g_signal_connect_object (dialog, "done", G_CALLBACK (act_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin (GUITU_PERSON_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
on_admit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin (GUITU_PERSON_PAGE (widget), "admit");
}

/* The action of what is closed; it is never enabled. */
static void
on_act_closed (GtkWidget *widget, const char *action, GVariant *parameter)
{
}

/* What the board offers by the same keys. */
static void
on_give_bed (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "page.act", "s", "bed");
}

static void
on_note_event (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "page.act", "s", "event");
}

/* --- Photo and ID number ---------------------------------------------------------------------- */

static void
photo_added (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
}

static void
on_photo_chosen (gpointer owner, const char *path)
{
  GuituPersonPage *self = owner;
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "person", self->person_id);
  json_object_set_string_member (input, "file", path);
  json_object_set_boolean_member (input, "photo", TRUE);
  guitu_call (station_of (self), "file add", input, NULL, self, photo_added);
}

static void
on_add_photo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_image (widget, _ ("Add Photo"), widget, on_photo_chosen);
}

static void
on_reveal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  _guitu_person_page_load (GUITU_PERSON_PAGE (widget), TRUE);
}

/* --- Papers ---------------------------------------------------------------------------------- */

static void
paper_made (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_papers_open_issued (GTK_WIDGET (self), station_of (self), guitu_call_first (results));
}

/* The id of the latest transfer of the stay that is shown, or NULL. */
static const char *
latest_transfer (GuituPersonPage *self)
{
  JsonArray *transfers = guitu_json_array (self->person, "transfers");
  guint n = transfers != NULL ? json_array_get_length (transfers) : 0;
  const char *latest = NULL;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *transfer = json_array_get_object_element (transfers, i);

      /* ids are UUIDv7: the greatest is the newest */
      if (g_strcmp0 (guitu_json_text (transfer, "stay"), guitu_json_text (self->stay, "id")) == 0 &&
          g_strcmp0 (guitu_json_text (transfer, "id"), latest) > 0)
        latest = guitu_json_text (transfer, "id");
    }
  return latest;
}

void
_guitu_person_page_issue_handover (GuituPersonPage *self, const char *transfer)
{
  guitu_papers_fill_in (GTK_WIDGET (self), station_of (self), "escort-handover", "transfer", transfer);
}

/* The kinds that the stay, or its way home, can have a paper of. (transfer full) */
static JsonArray *
possible_kinds (GuituPersonPage *self)
{
  JsonArray *possible = json_array_new ();
  guint n = self->kinds != NULL ? json_array_get_length (self->kinds) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *kind = json_array_get_object_element (self->kinds, i);
      const char *of = guitu_json_string (kind, "of");

      if (g_str_equal (of, "stay") || (g_str_equal (of, "transfer") && latest_transfer (self) != NULL))
        json_array_add_object_element (possible, json_object_ref (kind));
    }
  return possible;
}

static void
on_kind_chosen (GuituPersonPage *self, JsonObject *kind)
{
  gboolean is_of_transfer = g_str_equal (guitu_json_string (kind, "of"), "transfer");

  if (self->stay == NULL)
    return;
  guitu_page_fill_paper (GTK_WIDGET (self), guitu_json_string (kind, "kind"), guitu_json_string (kind, "of"),
                         is_of_transfer ? latest_transfer (self) : guitu_json_string (self->stay, "id"));
}

static void
on_blank_chosen (GuituPersonPage *self, JsonObject *kind)
{
  guitu_papers_open_blank (GTK_WIDGET (self), station_of (self), kind);
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  g_autoptr (JsonArray) kinds = possible_kinds (self);
  GtkWindow *chooser;

  if (self->stay == NULL || json_array_get_length (kinds) == 0)
    return;
  chooser = guitu_kind_chooser_new (widget, kinds);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_kind_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "blank", G_CALLBACK (on_blank_chosen), self, G_CONNECT_SWAPPED);
  gtk_window_present (chooser);
}

/* --- Drafts ---------------------------------------------------------------------------------- */

static void
on_fill_draft (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_page_fill_paper (widget, "", "draft", g_variant_get_string (parameter, NULL));
}

static void
draft_discarded (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
}

static void
discard_draft (gpointer owner)
{
  GuituPersonPage *self = owner;
  JsonObject *input = json_object_new ();

  guitu_json_set (input, "number", self->discarding);
  json_object_set_string_member (input, "reason", _ ("Draft discarded"));
  guitu_call (station_of (self), "paper void", input, NULL, self, draft_discarded);
}

static void
on_discard_draft (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);

  g_free (self->discarding);
  self->discarding = g_variant_dup_string (parameter, NULL);
  guitu_dialog_ask (widget, _ ("Discard the draft?"), _ ("What was typed for this paper is given up. No number is lost."), _ ("_Discard"), TRUE, self, discard_draft);
}

static void
on_reprint (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "number", g_variant_get_string (parameter, NULL));
  guitu_call (station_of (GUITU_PERSON_PAGE (widget)), "paper reprint", input, NULL, widget, paper_made);
}

static void
on_void (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "paper.voided=reason", NULL };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GuituFormDialog *dialog = new_dialog (self, _ ("Void the Paper"), _ ("_Void"), "paper void", fields);

  guitu_form_dialog_set_option (dialog, "number", g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
settled (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
}

static void
on_settle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  JsonObject *input = json_object_new ();
  const char *kind, *id, *field;

  g_variant_get (parameter, "(&s&s&s)", &kind, &id, &field);
  json_object_set_string_member (input, "kind", kind);
  json_object_set_string_member (input, "id", id);
  json_object_set_string_member (input, "field", field);
  guitu_call (station_of (self), "conflict settle", input, NULL, self, settled);
}

/* --- State ----------------------------------------------------------------------------------- */

/* Whoever was helped first is admitted later. */
static gboolean
waits_for_papers (GuituPersonPage *self)
{
  const GuituPersonAct *admit = guitu_person_act_find ("admit");
  g_autofree char *refusal = guitu_person_act_refusal (admit, self->possible);

  return self->possible != NULL && guitu_person_act_is_possible (admit, self->stay) && refusal == NULL;
}

/* Nobody has two open stays, and the dead do not come back. */
static gboolean
may_come_again (GuituPersonPage *self)
{
  JsonArray *stays = guitu_json_array (self->person, "stays");
  guint n = stays != NULL ? json_array_get_length (stays) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = json_array_get_object_element (stays, i);

      if (guitu_stay_is_open (stay) || g_str_equal (guitu_json_string (stay, "state"), "dead"))
        return FALSE;
    }
  return self->person != NULL;
}

void
_guitu_person_page_update_actions (GuituPersonPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const char *state = guitu_json_string (self->stay, "state");
  gboolean waits = g_str_equal (state, "arrived") || g_str_equal (state, "refusal-proposed") || waits_for_papers (self);
  gboolean is_open = self->stay != NULL && guitu_stay_is_open (self->stay);
  GuituPersonFile file = file_of (self);
  g_autoptr (GMenuModel) acts = NULL;

  gtk_widget_action_set_enabled (widget, "page.act-closed", FALSE);
  gtk_widget_action_set_enabled (widget, "page.admit", waits);
  gtk_widget_action_set_enabled (widget, "page.leave", is_open);
  gtk_widget_set_visible (self->admit, waits);
  gtk_widget_set_visible (self->leave, is_open);
  gtk_widget_set_visible (self->again, may_come_again (self));
  gtk_widget_action_set_enabled (widget, "page.print", self->stay != NULL);
  gtk_widget_set_visible (self->issue, self->stay != NULL);
  if (self->stay != NULL && self->possible == NULL)
    return; /* the menu comes once, whole */
  acts = guitu_person_acts_menu (&file, "page.act");
  gtk_menu_button_set_menu_model (self->acts, acts);
}

void
_guitu_person_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.admit", NULL, on_admit);
  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
  gtk_widget_class_install_action (widget_class, "page.here-again", NULL, on_here_again);
  gtk_widget_class_install_action (widget_class, "page.edit", NULL, on_edit);
  gtk_widget_class_install_action (widget_class, "page.act", "s", on_act);
  gtk_widget_class_install_action (widget_class, "page.act-closed", NULL, on_act_closed);
  gtk_widget_class_install_action (widget_class, "page.give-bed", NULL, on_give_bed);
  gtk_widget_class_install_action (widget_class, "page.note-event", NULL, on_note_event);
  gtk_widget_class_install_action (widget_class, "page.add-statement", NULL, on_add_statement);
  gtk_widget_class_install_action (widget_class, "page.add-photo", NULL, on_add_photo);
  gtk_widget_class_install_action (widget_class, "page.reveal", NULL, on_reveal);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "page.warnings", NULL, on_warnings);
  gtk_widget_class_install_action (widget_class, "page.fill-draft", "s", on_fill_draft);
  gtk_widget_class_install_action (widget_class, "page.discard-draft", "s", on_discard_draft);
  gtk_widget_class_install_action (widget_class, "page.reprint-paper", "s", on_reprint);
  gtk_widget_class_install_action (widget_class, "page.void-paper", "s", on_void);
  gtk_widget_class_install_action (widget_class, "page.settle", "(sss)", on_settle);
}
