/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-page-private.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/person/person-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/photo.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define HISTORY_SHOWN 60
#define PHOTO_EDGE 480 /* points: enough for the avatar at twice the size */

G_DEFINE_FINAL_TYPE (GuituPersonPage, guitu_person_page, GUITU_TYPE_PAGE)

/* The stay that is wanted, else the open one; when there is none, the one that began last. */
static JsonObject *
choose_stay (JsonArray *stays, const char *wanted)
{
  JsonObject *chosen = NULL;
  guint n = stays != NULL ? json_array_get_length (stays) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = json_array_get_object_element (stays, i);

      if (wanted != NULL && g_str_equal (guitu_json_string (stay, "id"), wanted))
        return stay;
      if (guitu_stay_is_open (stay) && wanted == NULL)
        return stay;
      if (chosen == NULL || g_strcmp0 (guitu_json_text (stay, "arrived_at"), guitu_json_text (chosen, "arrived_at")) > 0)
        chosen = stay;
    }
  return chosen;
}

/* --- Photo ----------------------------------------------------------------------------------- */

static void
show_photo (GuituPersonPage *self, GdkTexture *texture)
{
  const char *words = texture != NULL ? _ ("Change Photo") : _ ("Add Photo");

  adw_avatar_set_custom_image (self->photo, GDK_PAINTABLE (texture));
  gtk_widget_set_tooltip_text (self->photo_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->photo_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* A photo that was not shown is asked for again with the next reading: it may have come from another desk. */
static void
lack_photo (GuituPersonPage *self)
{
  g_clear_pointer (&self->photo_file, g_free);
  show_photo (self, NULL);
}

static void
decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = guitu_photo_decode_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    {
      show_photo (self, texture);
      return;
    }
  g_warning ("The photo cannot be shown: %s", error->message);
  guitu_page_toast (GTK_WIDGET (self), _ ("The photo cannot be shown."));
  show_photo (self, NULL);
}

static void
photo_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  if (error != NULL)
    {
      lack_photo (self);
      /* What another desk took may not have come here: that is no failure. */
      if (strcmp (guitu_error_code (error), "no-file") != 0)
        guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_photo_decode (self, guitu_json_string (guitu_call_first (results), "data"), self->photo_load, decoded);
}

static void
load_photo (GuituPersonPage *self)
{
  const char *photo = guitu_json_text (self->person, "photo");
  JsonObject *input;

  adw_avatar_set_text (self->photo, guitu_json_text (self->person, "name"));
  if (g_strcmp0 (photo, self->photo_file) == 0)
    return;
  guitu_call_renew (&self->photo_load);
  lack_photo (self);
  if (photo == NULL)
    return;
  self->photo_file = g_strdup (photo);
  input = json_object_new ();
  json_object_set_string_member (input, "file", photo);
  json_object_set_boolean_member (input, "inline", TRUE);
  json_object_set_int_member (input, "edge", PHOTO_EDGE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "file export", input, self->photo_load, self, photo_read);
}

/* --- Showing --------------------------------------------------------------------------------- */

static void
show_state (GuituPersonPage *self)
{
  g_autofree char *where = guitu_stay_is_open (self->stay) ? guitu_stay_where_words (self->stay) : g_strdup ("");
  g_autoptr (GString) words = g_string_new (*where != '\0' ? where : guitu_stay_state_words (self->stay));
  g_autofree char *days = guitu_stay_days_words (self->stay);
  g_autofree char *bed = NULL;
  const char *styles[] = { "mark", guitu_stay_days_style (self->stay), NULL };

  if (guitu_json_text (self->stay, "bed") != NULL && guitu_stay_is_open (self->stay))
    bed = g_strdup_printf (_ ("Bed %s"), guitu_json_text (self->stay, "bed"));
  guitu_json_join (words, bed);
  guitu_json_join (words, days);
  gtk_label_set_text (self->state, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->state), words->len > 0);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), styles);
}

static void
set_focus (GuituPersonPage *self)
{
  if (!self->sets_focus)
    return;
  self->sets_focus = FALSE;
  if (gtk_widget_get_visible (self->admit))
    gtk_widget_grab_focus (self->admit);
  else if (gtk_widget_get_visible (self->leave))
    gtk_widget_grab_focus (self->leave);
  else if (gtk_widget_get_visible (self->again))
    gtk_widget_grab_focus (self->again);
  else
    gtk_widget_grab_focus (self->edit);
}

/* What the file was opened for. */
static void
begin_act (GuituPersonPage *self)
{
  g_autofree char *act = g_steal_pointer (&self->begins);

  if (act != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.act", "s", act);
}

/* Which of the stays, papers and kin a conflict is about, in "of". */
static void
name_conflicts (JsonObject *person)
{
  static const struct
  {
    const char *list;
    const char *member;
  } named[] = { { "stays", "number" }, { "papers", "number" }, { "transfers", "to_station" }, { "kin_records", "name" } };
  JsonArray *conflicts = guitu_json_array (person, "conflicts");

  for (guint i = 0; i < guitu_json_count (person, "conflicts"); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (named); j++)
      for (guint k = 0; k < guitu_json_count (person, named[j].list); k++)
        {
          JsonObject *conflict = json_array_get_object_element (conflicts, i);
          JsonObject *record = json_array_get_object_element (guitu_json_array (person, named[j].list), k);

          if (g_str_equal (guitu_json_string (record, "id"), guitu_json_string (conflict, "id")))
            guitu_json_set (conflict, "of", guitu_json_text (record, named[j].member));
        }
}

/* Who is meant, and what everybody who meets them must know. */
static char *
summary_words (JsonObject *person)
{
  static const char *const marks[] = { "wanders", "impaired" };
  g_autofree char *summary = guitu_json_person_summary (person);
  g_autoptr (GString) words = g_string_new (summary);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (guitu_json_string (person, marks[i]), "yes"))
      guitu_json_join (words, guitu_code_label ("board_flag", marks[i]));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_person (GuituPersonPage *self)
{
  g_autofree char *summary = summary_words (self->person);
  const char *name = guitu_json_string (self->person, "display_name");

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, guitu_json_string (self->stay, "number"));
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->summary, summary);
  show_state (self);
  guitu_identity_card_show (self->identity, self->person);
  guitu_section_fill (self->statements, guitu_json_array (self->person, "statements"));
  guitu_section_fill (self->stays, guitu_json_array (self->person, "stays"));
  guitu_section_fill (self->papers, guitu_json_array (self->person, "papers"));
  guitu_warning_list_set_about (self->elsewhere, guitu_json_text (self->person, "photo"), guitu_json_text (self->stay, "id"));
  guitu_warning_list_fill (self->elsewhere, guitu_page_get_station (GUITU_PAGE (self)), guitu_json_array (self->person, "warnings"));
  name_conflicts (self->person);
  guitu_section_fill (self->conflicts, guitu_json_array (self->person, "conflicts"));
  _guitu_person_page_update_actions (self);
  gtk_widget_set_visible (self->content, TRUE);
  load_photo (self);
  set_focus (self);
}

static void
history_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;
  g_autoptr (JsonArray) grouped = NULL;

  if (error == NULL) /* the file itself is there; nothing stands from before it was fenced */
    grouped = guitu_person_group_history (results, HISTORY_SHOWN);
  guitu_section_fill (self->history, grouped);
}

static void
kinds_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  if (error != NULL)
    return;
  self->kinds = json_array_ref (results);
  _guitu_person_page_update_actions (self);
}

static void
possible_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  g_clear_pointer (&self->possible, json_array_unref);
  self->possible = error == NULL ? json_array_ref (results) : json_array_new (); /* trying tells as well */
  _guitu_person_page_update_actions (self);
  begin_act (self);
}

static void
ask_possible (GuituPersonPage *self)
{
  JsonObject *input;

  if (self->stay == NULL)
    {
      begin_act (self);
      return;
    }
  input = json_object_new ();
  json_object_set_string_member (input, "stay", guitu_json_string (self->stay, "id"));
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "stay acts", input, self->load, self, possible_read);
}

/* Nothing of one person is there while the next is read, to be seen or to be acted upon. */
static void
forget (GuituPersonPage *self)
{
  GuituSection *const sections[] = {
    self->conflicts, self->statements, self->stays, self->papers, self->history, self->timeline, self->belongings,
    self->kin, self->referrals, self->follow_ups, self->merged, self->staff, self->transfers, self->files
  };

  self->stay = NULL;
  g_clear_pointer (&self->possible, json_array_unref);
  g_clear_pointer (&self->referral_records, json_array_unref);
  g_clear_pointer (&self->person, json_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    guitu_section_fill (sections[i], NULL);
  guitu_warning_list_fill (self->elsewhere, NULL, NULL);
  _guitu_person_page_update_actions (self);
  gtk_widget_set_visible (self->content, FALSE);
  guitu_call_renew (&self->photo_load);
  lack_photo (self);
}

static void
person_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPersonPage *self = owner;

  self->is_loading = FALSE;
  if (error == NULL)
    {
      _guitu_person_page_take (self, guitu_call_first (results));
      return;
    }
  forget (self); /* it may be another user who looks now */
  guitu_error_show (GTK_WIDGET (self), error);
}

void
_guitu_person_page_take (GuituPersonPage *self, JsonObject *person)
{
  JsonObject *input;

  self->stay = NULL;
  g_clear_pointer (&self->possible, json_array_unref);
  g_clear_pointer (&self->person, json_object_unref);
  self->person = json_object_ref (person);
  self->stay = choose_stay (guitu_json_array (self->person, "stays"), self->wanted_stay);
  show_person (self);
  _guitu_person_page_show_stay (self);
  _guitu_person_page_show_home (self);
  ask_possible (self);
  input = json_object_new ();
  json_object_set_string_member (input, "id", self->person_id);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person history", input, self->load, self, history_read);
  if (self->kinds == NULL)
    guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "paper kinds", NULL, NULL, self, kinds_read);
}

void
_guitu_person_page_load (GuituPersonPage *self, gboolean reveal)
{
  JsonObject *input;

  if (self->person_id == NULL)
    return;
  input = json_object_new ();
  if (g_strcmp0 (self->emergency_by, guitu_station_user (guitu_page_get_station (GUITU_PAGE (self)))) != 0)
    g_clear_pointer (&self->emergency, g_free); /* the reason was somebody else's */
  json_object_set_string_member (input, "id", self->person_id);
  guitu_json_set (input, "reason", self->emergency);
  if (reveal)
    json_object_set_boolean_member (input, "reveal", TRUE);
  self->is_loading = TRUE;
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "person show", input, guitu_call_renew (&self->load), self, person_read);
}

/* Rules of the house that what was changed breaks now. */
static void
tell_broken_rules (GuituPersonPage *self, JsonObject *result)
{
  JsonArray *warnings = guitu_json_array (result, "warnings");
  guint n = warnings != NULL ? json_array_get_length (warnings) : 0;
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      JsonArray *codes = guitu_json_array (json_array_get_object_element (warnings, i), "rules");

      for (guint j = 0; codes != NULL && j < json_array_get_length (codes); j++)
        guitu_json_join (rules, guitu_code_label ("bed_rule", json_array_get_string_element (codes, j)));
    }
  if (rules->len == 0)
    return;
  words = g_strdup_printf (_ ("The bed does not fit any more: %s"), rules->str);
  guitu_page_toast (GTK_WIDGET (self), words);
}

static void
tell_stays_left (GuituPersonPage *self, JsonObject *result)
{
  guint n = guitu_json_count (result, "stays_left");
  g_autofree char *words = NULL;

  if (n == 0)
    return;
  words = g_strdup_printf (ngettext ("%u stay was registered while the records were one. See whose it is.",
                                     "%u stays were registered while the records were one. See whose they are.", n),
                           n);
  guitu_page_toast (GTK_WIDGET (self), words);
}

void
_guitu_person_page_act_done (GuituPersonPage *self, JsonObject *result)
{
  if (result != NULL)
    {
      tell_broken_rules (self, result);
      tell_stays_left (self, result);
    }
  self->sets_focus = TRUE;
  if (!self->is_loading && gtk_widget_get_mapped (GTK_WIDGET (self)))
    set_focus (self);
}

void
guitu_person_page_open (GuituPersonPage *self, const char *person, const char *act)
{
  g_clear_pointer (&self->emergency, g_free);
  g_free (self->begins);
  self->begins = *act != '\0' ? g_strdup (act) : NULL;
  if (g_strcmp0 (self->person_id, person) != 0)
    {
      guitu_call_renew (&self->load);
      self->is_loading = FALSE;
      forget (self);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
      g_free (self->person_id);
      self->person_id = g_strdup (person);
      g_clear_pointer (&self->wanted_stay, g_free);
    }
  self->sets_focus = TRUE;
}

/* --- Page ------------------------------------------------------------------------------------ */

static void
guitu_person_page_reload (GuituPage *page)
{
  _guitu_person_page_load (GUITU_PERSON_PAGE (page), FALSE);
}

static void
guitu_person_page_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_PERSON_PAGE (page)->load);
  GUITU_PERSON_PAGE (page)->is_loading = FALSE;
}

static void
guitu_person_page_cleared (GuituPage *page)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (page);

  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->emergency, g_free);
  g_clear_pointer (&self->wanted_stay, g_free);
  g_clear_pointer (&self->begins, g_free);
  forget (self);
  adw_window_title_set_title (self->title, "");
  adw_window_title_set_subtitle (self->title, "");
}

static void
guitu_person_page_dispose (GObject *object)
{
  GuituPersonPage *self = GUITU_PERSON_PAGE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->photo_load);
  g_clear_pointer (&self->photo_file, g_free);
  self->stay = NULL;
  g_clear_pointer (&self->possible, json_array_unref);
  g_clear_pointer (&self->person, json_object_unref);
  g_clear_pointer (&self->kinds, json_array_unref);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->begins, g_free);
  g_clear_pointer (&self->emergency, g_free);
  g_clear_pointer (&self->emergency_by, g_free);
  g_clear_pointer (&self->wanted_stay, g_free);
  g_clear_pointer (&self->discarding, g_free);
  g_clear_pointer (&self->referral_records, json_array_unref);
  G_OBJECT_CLASS (guitu_person_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, title);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, content);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, photo_button);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, photo);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, name);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, summary);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, state);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, admit);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, leave);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, again);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, edit);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, acts);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, identity);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, statements);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, stays);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, papers);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, history);
  gtk_widget_class_bind_template_child (widget_class, GuituPersonPage, issue);
}

static void
guitu_person_page_class_init (GuituPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  g_type_ensure (GUITU_TYPE_IDENTITY_CARD);
  g_type_ensure (GUITU_TYPE_WARNING_LIST);
  G_OBJECT_CLASS (klass)->dispose = guitu_person_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_person_page_reload;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_person_page_reload;
  GUITU_PAGE_CLASS (klass)->left = guitu_person_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_person_page_cleared;
  _guitu_person_page_install_actions (widget_class);
  _guitu_person_page_install_stay_actions (widget_class);
  _guitu_person_page_install_home_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/person/person-page.ui");
  bind_children (widget_class);
}

static void
guitu_person_page_init (GuituPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_section_set_row (self->conflicts, guitu_person_conflict_row);
  g_object_set (self->conflicts, "suffix", guitu_person_conflicts_link (), NULL);
  guitu_section_set_row (self->statements, guitu_person_statement_row);
  guitu_section_set_row (self->stays, guitu_person_stay_row);
  guitu_section_set_row (self->papers, guitu_person_paper_row);
  guitu_section_set_row (self->history, guitu_person_history_row);
  _guitu_person_page_init_stay (self);
  _guitu_person_page_init_home (self);
}
