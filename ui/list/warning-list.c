/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/warning-list.h"

#include "ui/intake/same-person-list.h"
#include "ui/list/entry-acts.h"
#include "ui/list/entry-window.h"
#include "ui/list/list-words.h"
#include "ui/tracing/match-words.h"
#include "ui/tracing/tracing-page.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"

#include <glib/gi18n.h>

#define VISITS_SHOWN 6

struct _GuituWarningList
{
  AdwBin parent_instance;

  GListStore *records;
  GtkWidget *list;
  GuituStation *station;
  char *photo;
  char *stay;
};

G_DEFINE_FINAL_TYPE (GuituWarningList, guitu_warning_list, ADW_TYPE_BIN)

/* --- Where to ask ---------------------------------------------------------------------------- */

static JsonObject *
repeat_rule (JsonObject *warning)
{
  JsonArray *rules = guitu_json_array (warning, "rules");

  return rules != NULL && json_array_get_length (rules) > 0 ? json_array_get_object_element (rules, 0) : NULL;
}

static char *
visits_title (JsonObject *warning)
{
  JsonObject *rule = repeat_rule (warning);
  guint n = (guint) guitu_json_integer (rule, "stations", 0);

  return g_strdup_printf (ngettext ("Asked for help at %u station in %d days", "Asked for help at %u stations in %d days", n), n,
                          (int) guitu_json_integer (rule, "window_days", 0));
}

/* Which rules make it a prompt. */
static void
append_rules (GtkBox *card, JsonArray *rules)
{
  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      g_autofree char *words = guitu_list_rule_words (rule);

      if (guitu_json_flag (rule, "met"))
        gtk_box_append (card, guitu_label_new_text (words, "caption"));
    }
}

static void
append_visits (GtkBox *card, JsonObject *warning)
{
  JsonArray *visits = guitu_json_array (warning, "visits");
  guint n = guitu_json_count (warning, "visits");
  g_autofree char *more = NULL;

  for (guint i = 0; i < MIN (n, VISITS_SHOWN); i++)
    {
      g_autofree char *line = guitu_list_visit_words (json_array_get_object_element (visits, i));

      gtk_box_append (card, guitu_label_new_text (line, "caption"));
    }
  if (n > VISITS_SHOWN)
    {
      more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - VISITS_SHOWN), n - VISITS_SHOWN);
      gtk_box_append (card, guitu_label_new_text (more, "caption"));
    }
  append_rules (card, guitu_json_array (warning, "rules"));
  gtk_box_append (card, guitu_label_new_text (_ ("Telephone there to learn what was tried. Help is given as to anybody."), "caption"));
}

/* --- What the list advises ------------------------------------------------------------------- */

static char *
listing_title (JsonObject *warning)
{
  if (guitu_json_flag (warning, "exact"))
    return g_strdup_printf (_ ("%s: %s"), guitu_list_name (), guitu_json_string (warning, "category_name"));
  /* Translators: the name of the list, then whom its entry is about */
  return g_strdup_printf (_ ("Perhaps on the %s: %s"), guitu_list_name (), guitu_json_string (warning, "name"));
}

static void
on_look_clicked (GtkWidget *button, GuituListItem *record)
{
  GuituWarningList *self = GUITU_WARNING_LIST (gtk_widget_get_ancestor (button, GUITU_TYPE_WARNING_LIST));
  const GuituListAbout about = { self->photo, self->stay };

  guitu_list_look (button, self->station, guitu_list_item_get_object (record), &about);
}

static void
append_buttons (GuituWarningList *self, GtkBox *card, GuituListItem *record)
{
  JsonObject *warning = guitu_list_item_get_object (record);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *look = gtk_button_new_with_mnemonic (_ ("Look at the Entr_y…"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (look), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Look at the Entry…"), -1);
  g_signal_connect_object (look, "clicked", G_CALLBACK (on_look_clicked), record, 0);
  gtk_widget_set_margin_top (buttons, 4);
  gtk_box_append (GTK_BOX (buttons), look);
  if (self->stay != NULL && guitu_station_may (self->station, "blacklist handled"))
    gtk_box_append (GTK_BOX (buttons), guitu_list_handled_button (self->station, guitu_json_string (warning, "id"), self->stay));
  gtk_box_append (card, buttons);
}

static void
append_listing (GuituWarningList *self, GtkBox *card, GuituListItem *record)
{
  JsonObject *warning = guitu_list_item_get_object (record);
  g_autoptr (GString) words = g_string_new (guitu_json_string (warning, "measure_name"));
  g_autofree char *from = guitu_list_station_words (warning);
  g_autofree char *until = g_strdup_printf (_ ("until %s"), guitu_json_string (warning, "until"));

  if (!guitu_json_flag (warning, "exact"))
    {
      guitu_json_join (words, guitu_json_text (warning, "category_name"));
      guitu_same_person_reasons (card, guitu_json_array (warning, "why"));
      gtk_box_append (card, guitu_label_new_text (_ ("Compare the faces before anything is held against somebody."), "caption"));
    }
  gtk_box_append (card, guitu_label_new_text (words->str, NULL));
  g_string_assign (words, from);
  guitu_json_join (words, until);
  gtk_box_append (card, guitu_label_new_text (words->str, "caption"));
  gtk_box_append (card, guitu_label_new_text (guitu_json_text (warning, "advice") != NULL ? guitu_json_string (warning, "advice")
                                                                                          : _ ("This is advice: nobody is refused because of it."),
                                              "caption"));
  if (guitu_json_text (warning, "objected_at") != NULL && guitu_json_text (warning, "outcome") == NULL)
    gtk_box_append (card, guitu_label_new_text (_ ("The person objects to this entry; that is not decided yet."), "caption"));
  append_buttons (self, card, record);
}

/* --- Who is searched for by a family --------------------------------------------------------- */

static gboolean
is_missing (JsonObject *warning)
{
  return g_str_equal (guitu_json_string (warning, "kind"), "missing");
}

static char *
missing_title (JsonObject *warning)
{
  g_autofree char *likely = guitu_match_likely_words (warning);

  /* Translators: the number of a family's report, then how likely it fits */
  return g_strdup_printf (_ ("A family may be looking for this person: report %s (%s)"), guitu_json_string (warning, "number"), likely);
}

static void
on_report_clicked (GtkWidget *button, GuituListItem *record)
{
  guitu_tracing_go (button, "reports", guitu_json_text (guitu_list_item_get_object (record), "missing"));
}

static void
append_missing (GuituWarningList *self, GtkBox *card, GuituListItem *record)
{
  JsonObject *warning = guitu_list_item_get_object (record);
  g_autofree char *from = guitu_list_station_words (warning);
  g_autofree char *lost = guitu_json_text (warning, "lost_on") == NULL ? NULL : g_strdup_printf (_ ("missing since %s"), guitu_json_string (warning, "lost_on"));
  g_autofree char *family = guitu_json_text (warning, "family_phone") == NULL ? NULL : g_strdup_printf (_ ("phone of the family %s"), guitu_json_string (warning, "family_phone"));
  g_autoptr (GString) words = g_string_new (guitu_json_string (warning, "name"));

  guitu_json_join (words, lost);
  guitu_json_join (words, from);
  guitu_json_join (words, family);
  gtk_box_append (card, guitu_label_new_text (words->str, NULL));
  guitu_same_person_reasons (card, guitu_json_array (warning, "why"));
  gtk_box_append (card, guitu_label_new_text (_ ("Ask the person alone first, whether they want it, and whether there was violence at home. Only then is the family called."), "caption"));
  if (guitu_json_text (warning, "missing") != NULL && guitu_station_may (self->station, "missing show"))
    {
      GtkWidget *open = gtk_button_new_with_label (_ ("Open the Report"));

      g_signal_connect_object (open, "clicked", G_CALLBACK (on_report_clicked), record, 0);
      gtk_widget_set_halign (open, GTK_ALIGN_START);
      gtk_box_append (card, open);
    }
}

/* --- The list -------------------------------------------------------------------------------- */

static GtkWidget *
create_card (gpointer item, gpointer data)
{
  GuituWarningList *self = data;
  JsonObject *warning = guitu_list_item_get_object (item);
  gboolean is_visits = g_str_equal (guitu_json_string (warning, "kind"), "visits");
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *title = is_visits ? visits_title (warning) : is_missing (warning) ? missing_title (warning)
                                                                                     : listing_title (warning);

  gtk_box_append (GTK_BOX (card), guitu_label_new_text (title, "heading"));
  if (is_visits)
    append_visits (GTK_BOX (card), warning);
  else if (is_missing (warning))
    append_missing (self, GTK_BOX (card), item);
  else
    append_listing (self, GTK_BOX (card), item);
  gtk_widget_add_css_class (card, "person-cell");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), card);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, is_visits || is_missing (warning));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static gboolean
guitu_warning_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GUITU_WARNING_LIST (widget)->list, GTK_DIR_TAB_FORWARD);
}

static void
guitu_warning_list_dispose (GObject *object)
{
  GuituWarningList *self = GUITU_WARNING_LIST (object);

  g_clear_object (&self->records);
  g_clear_object (&self->station);
  g_clear_pointer (&self->photo, g_free);
  g_clear_pointer (&self->stay, g_free);
  G_OBJECT_CLASS (guitu_warning_list_parent_class)->dispose (object);
}

static void
guitu_warning_list_class_init (GuituWarningListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_warning_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = guitu_warning_list_grab_focus;
}

static void
guitu_warning_list_init (GuituWarningList *self)
{
  self->records = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->records), create_card, self, NULL);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (self->list, "station-warnings");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What other stations know"), -1);
  adw_bin_set_child (ADW_BIN (self), self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guitu_warning_list_set_about (GuituWarningList *self, const char *photo, const char *stay)
{
  g_free (self->photo);
  g_free (self->stay);
  self->photo = g_strdup (photo);
  self->stay = g_strdup (stay);
}

static gboolean
is_ours (JsonObject *warning)
{
  const char *kind = guitu_json_string (warning, "kind");

  return g_str_equal (kind, "visits") || g_str_equal (kind, "blacklist") || is_missing (warning);
}

void
guitu_warning_list_fill (GuituWarningList *self, GuituStation *station, JsonArray *warnings)
{
  g_autoptr (JsonArray) ours = json_array_new ();
  guint n = warnings != NULL ? json_array_get_length (warnings) : 0;

  g_set_object (&self->station, station);
  for (guint i = 0; i < n; i++)
    if (is_ours (json_array_get_object_element (warnings, i)))
      json_array_add_object_element (ours, json_object_ref (json_array_get_object_element (warnings, i)));
  guitu_list_item_update (self->records, ours);
  gtk_widget_set_visible (GTK_WIDGET (self), json_array_get_length (ours) > 0);
}
