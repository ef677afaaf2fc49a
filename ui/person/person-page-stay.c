/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-page-private.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/person/merge-dialog.h"
#include "ui/person/person-acts.h"
#include "ui/person/person-stay-rows.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/second-person.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

#define TIMELINE_SHOWN 8
#define HISTORY_SHOWN 6

/* --- Showing --------------------------------------------------------------------------------- */

static GuituStation *
station_of (GuituPersonPage *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

static void
show_remedies (GuituPersonPage *self, JsonObject *remedies)
{
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->remedies), remedies != NULL);
  if (remedies == NULL)
    return;
  words = g_strdup_printf (_ ("The person may ask for a review until %s, and sue until %s."),
                           guitu_json_string (remedies, "review_until"), guitu_json_string (remedies, "lawsuit_until"));
  gtk_label_set_text (self->remedies, words);
}

static void
stay_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;
  JsonObject *stay = guitu_call_first (results);
  g_autoptr (JsonArray) newest = NULL;

  /* without an answer, nothing stands from before: the record may be fenced since */
  newest = guitu_stay_reverse (guitu_json_array (stay, "timeline"));
  guitu_section_fill (self->timeline, newest);
  show_remedies (self, guitu_json_object (stay, "remedies"));
}

/* Things can be taken in as long as the stay is open; afterwards the list is there if it has anything. */
static void
belongings_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;
  JsonArray *items = guitu_json_array (guitu_call_first (results), "items");

  guitu_section_fill (self->belongings, items);
  if (!guitu_stay_is_open (self->stay) && (items == NULL || json_array_get_length (items) == 0))
    gtk_widget_set_visible (GTK_WIDGET (self->belongings), FALSE);
}

static void
referrals_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  g_clear_pointer (&self->referral_records, json_array_unref);
  self->referral_records = results != NULL ? json_array_ref (results) : NULL;
  guitu_section_fill (self->referrals, results);
}

static void
follow_ups_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  guitu_section_fill (self->follow_ups, results);
}

static void
call_for (GuituPersonPage *self, const char *verb, const char *option, const char *id, GuituCallDone done)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, option, id);
  guitu_call (station_of (self), verb, input, self->load, self, done);
}

static void
show_fence (GuituPersonPage *self)
{
  const char *fence = guitu_json_text (self->person, "fenced");
  const char *kind;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->fence, fence != NULL);
  if (fence == NULL)
    return;
  kind = g_str_equal (fence, "minors") ? guitu_code_label ("board_flag", "minor") : guitu_code_label ("fence", fence);
  words = g_strdup_printf (_ ("This is a protected record (%s). Beds, events and leaving go on as for anybody. To see more, ask: %s"),
                           kind, guitu_json_string (self->person, "ask"));
  gtk_label_set_text (self->fence_words, words);
}

void
_guitu_person_page_show_stay (GuituPersonPage *self)
{
  const char *stay = guitu_json_text (self->stay, "id");
  gboolean is_open = guitu_stay_is_open (self->stay);

  show_fence (self);
  guitu_section_fill (self->kin, guitu_json_array (self->person, "kin_records"));
  guitu_section_fill (self->merged, guitu_json_array (self->person, "merged"));
  guitu_section_fill (self->staff, guitu_json_array (self->person, "related_staff"));
  gtk_widget_set_visible (self->take, is_open);
  call_for (self, "referral list", "person", self->person_id, referrals_read);
  if (stay == NULL)
    {
      guitu_section_fill (self->timeline, NULL);
      guitu_section_fill (self->follow_ups, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->belongings), FALSE);
      show_remedies (self, NULL);
      return;
    }
  call_for (self, "stay show", "stay", stay, stay_read);
  call_for (self, "belongings list", "stay", stay, belongings_read);
  call_for (self, "follow-up list", "stay", stay, follow_ups_read);
}

static GtkWidget *
build_notice (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
build_fence (GuituPersonPage *self)
{
  GtkWidget *words = build_notice (NULL);
  GtkWidget *open = gtk_button_new_with_label (_ ("Open in an Emergency…"));

  self->fence = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->fence_words = GTK_LABEL (words);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "page.open-emergency");
  gtk_widget_add_css_class (self->fence, "notice");
  gtk_widget_set_visible (self->fence, FALSE);
  gtk_box_append (GTK_BOX (self->fence), words);
  gtk_box_append (GTK_BOX (self->fence), open);
}

static GtkWidget *
build_take (void)
{
  GtkWidget *take = gtk_button_new_with_label (_ ("Take In…"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (take), "s", "take");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (take), "page.act");
  gtk_widget_add_css_class (take, "flat");
  return take;
}

GuituSection *
_guitu_person_page_add_section (const char *title, gpointer before)
{
  GuituSection *section = g_object_new (GUITU_TYPE_SECTION, "title", title, "visible", FALSE, NULL);

  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (before)), GTK_WIDGET (section), before);
  return section;
}

/* Left what belongs to the person, right what happened. */
static void
build_sections (GuituPersonPage *self)
{
  GtkWidget *head = gtk_widget_get_first_child (self->content);
  GtkWidget *identity = gtk_widget_get_first_child (gtk_widget_get_parent (GTK_WIDGET (self->statements)));

  build_fence (self);
  self->remedies = GTK_LABEL (build_notice (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->remedies), "notice");
  gtk_widget_set_visible (GTK_WIDGET (self->remedies), FALSE);
  gtk_box_insert_child_after (GTK_BOX (self->content), self->fence, head);
  gtk_box_insert_child_after (GTK_BOX (self->content), GTK_WIDGET (self->remedies), self->fence);
  self->belongings = _guitu_person_page_add_section (_ ("Belongings"), identity);
  self->take = build_take ();
  g_object_set (self->belongings, "empty", _ ("Nothing is in keeping."), "suffix", self->take, NULL);
  self->kin = _guitu_person_page_add_section (_ ("Kin"), self->belongings);
  self->merged = _guitu_person_page_add_section (_ ("Merged Records"), self->statements);
  self->staff = _guitu_person_page_add_section (_ ("Staff Who Are Close to This Person"), self->merged);
  self->timeline = _guitu_person_page_add_section (_ ("Timeline of the Stay"), self->stays);
  self->referrals = _guitu_person_page_add_section (_ ("Referrals"), self->timeline);
  self->follow_ups = _guitu_person_page_add_section (_ ("Follow-ups"), self->referrals);
}

void
_guitu_person_page_init_stay (GuituPersonPage *self)
{
  build_sections (self);
  guitu_section_set_row (self->timeline, guitu_stay_moment_row);
  guitu_section_set_limit (self->timeline, TIMELINE_SHOWN);
  guitu_section_set_limit (self->history, HISTORY_SHOWN);
  guitu_section_set_row (self->belongings, guitu_stay_belonging_row);
  guitu_section_set_row (self->kin, guitu_stay_kin_row);
  guitu_section_set_row (self->referrals, guitu_stay_referral_row);
  guitu_section_set_row (self->follow_ups, guitu_stay_follow_up_row);
  guitu_section_set_row (self->merged, guitu_stay_merged_row);
  guitu_section_set_row (self->staff, guitu_stay_staff_row);
}

/* --- Doing ----------------------------------------------------------------------------------- */

static JsonObject *
find_record (JsonArray *records, const char *id)
{
  guint n = records != NULL ? json_array_get_length (records) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (records, i), "id"), id))
      return json_array_get_object_element (records, i);
  return NULL;
}

static void
signed_by_second (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
}

static void
on_sign (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "item", g_variant_get_string (parameter, NULL));
  guitu_call (station_of (GUITU_PERSON_PAGE (widget)), "belongings sign", input, NULL, widget, signed_by_second);
}

static void
on_give (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  const GuituPersonFile file = { station_of (self), self->person, self->stay, self->possible };
  GuituFormDialog *dialog = guitu_person_act_dialog (guitu_person_act_find ("give"), widget, &file);

  guitu_form_dialog_set_option (dialog, "item", g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_edit_kin (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  const GuituPersonFile file = { station_of (self), self->person, self->stay, self->possible };
  JsonObject *kin = find_record (guitu_json_array (self->person, "kin_records"), g_variant_get_string (parameter, NULL));
  GuituFormDialog *dialog;

  if (kin == NULL)
    return;
  dialog = guitu_person_act_dialog (guitu_person_act_find ("kin"), widget, &file);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Kin"));
  guitu_form_dialog_load (dialog, kin);
  guitu_form_dialog_set_option (dialog, "person", guitu_json_string (kin, "person"));
  guitu_form_dialog_set_option (dialog, "id", guitu_json_string (kin, "id"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_update_referral (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "referral.state", "referral.outcome", "referral.sent_on", "referral.due_on", NULL };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  JsonObject *referral = find_record (self->referral_records, id);
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, station_of (self), _ ("How Far the Referral Got"), _ ("_Save"), "referral update", fields);

  guitu_form_dialog_set_option (dialog, "referral", id);
  if (referral != NULL)
    guitu_form_dialog_load (dialog, referral);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_close_follow_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "follow_up.how", "follow_up.found_at_home", "follow_up.text", "follow_up.visitor",
                                        "follow_up.done_on", "follow_up.next", NULL };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, station_of (self), _ ("What the Follow-up Found"), _ ("_Save"), "follow-up done", fields);

  guitu_form_dialog_set_option (dialog, "follow_up", g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_unmerge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "person_link.reason", NULL };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, station_of (self), _ ("Take the Merge Back"), _ ("_Take Back"), "person unmerge", fields);
  const char *id, *link;

  g_variant_get (parameter, "(&s&s)", &id, &link);
  guitu_form_dialog_set_option (dialog, "id", id);
  guitu_form_dialog_set_option (dialog, "link", link);
  guitu_form_dialog_ask_second (dialog, guitu_second_person_why_protected ());
  g_signal_connect_object (dialog, "done", G_CALLBACK (_guitu_person_page_act_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_show_stay (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);

  g_free (self->wanted_stay);
  self->wanted_stay = g_variant_dup_string (parameter, NULL);
  _guitu_person_page_load (self, FALSE);
}

/* Until the file is left, each reading of it is one more view that is recorded with the reason. */
static void
on_opened (GuituFormDialog *dialog, JsonObject *result, GuituPersonPage *self)
{
  g_free (self->emergency);
  g_free (self->emergency_by);
  self->emergency_by = g_strdup (guitu_station_user (station_of (self)));
  self->emergency = guitu_field_row_get_text (guitu_form_dialog_row (dialog, "reason"));
  _guitu_person_page_take (self, result);
}

static void
on_open_emergency (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "person_link.reason", NULL };
  GuituPersonPage *self = GUITU_PERSON_PAGE (widget);
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, station_of (self), _ ("Open in an Emergency"), _ ("_Open"), "person show", fields);

  guitu_form_dialog_set_option (dialog, "id", self->person_id);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_opened), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_guitu_person_page_relate (GuituPersonPage *self, gboolean is_same)
{
  GtkWindow *dialog = guitu_merge_dialog_new (GTK_WIDGET (self), station_of (self), self->person, is_same);

  g_signal_connect_object (dialog, "done", G_CALLBACK (_guitu_person_page_act_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

void
_guitu_person_page_install_stay_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.sign-belonging", "s", on_sign);
  gtk_widget_class_install_action (widget_class, "page.give-belonging", "s", on_give);
  gtk_widget_class_install_action (widget_class, "page.edit-kin", "s", on_edit_kin);
  gtk_widget_class_install_action (widget_class, "page.update-referral", "s", on_update_referral);
  gtk_widget_class_install_action (widget_class, "page.close-follow-up", "s", on_close_follow_up);
  gtk_widget_class_install_action (widget_class, "page.unmerge", "(ss)", on_unmerge);
  gtk_widget_class_install_action (widget_class, "page.show-stay", "s", on_show_stay);
  gtk_widget_class_install_action (widget_class, "page.open-emergency", NULL, on_open_emergency);
}
