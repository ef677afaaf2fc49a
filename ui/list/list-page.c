/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/list-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/list/entry-rows.h"
#include "ui/list/entry-window.h"
#include "ui/list/figures.h"
#include "ui/list/list-words.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/place-row.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

enum
{
  OF_ALL,
  OF_OURS,
  OF_OTHERS
};

/* What the choice of states offers; then come the states themselves. */
enum
{
  OPEN,
  EVER,
  FIRST_STATE
};

struct _GuituListPage
{
  GuituPage parent_instance;

  AdwWindowTitle *title;
  GtkDropDown *whose;
  GtkDropDown *state;
  GtkWidget *figures_button;
  GtkStack *stack;
  GuituSection *ours;
  GuituSection *theirs;
  GtkBox *figures_box;
  GtkLabel *figures_words;
  GuituRecordTable *figures;

  JsonArray *entries; /* what "blacklist list" answered; NULL: not yet */
  GCancellable *load;
  gboolean sets_focus;
};

G_DEFINE_FINAL_TYPE (GuituListPage, guitu_list_page, GUITU_TYPE_PAGE)

static gboolean
shows_figures (GuituListPage *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->figures_button));
}

/* --- Entries --------------------------------------------------------------------------------- */

static JsonArray *
entries_of (GuituListPage *self, gboolean is_own)
{
  JsonArray *chosen = json_array_new ();
  guint whose = gtk_drop_down_get_selected (self->whose);
  guint n = (whose == OF_OURS && !is_own) || (whose == OF_OTHERS && is_own) ? 0 : json_array_get_length (self->entries);

  for (guint i = 0; i < n; i++)
    if (guitu_json_flag (json_array_get_object_element (self->entries, i), "own") == is_own)
      json_array_add_object_element (chosen, json_object_ref (json_array_get_object_element (self->entries, i)));
  return chosen;
}

static void
show_entries (GuituListPage *self)
{
  g_autoptr (JsonArray) ours = entries_of (self, TRUE);
  g_autoptr (JsonArray) theirs = entries_of (self, FALSE);
  gboolean is_empty = json_array_get_length (ours) + json_array_get_length (theirs) == 0;

  guitu_section_fill (self->ours, ours);
  guitu_section_fill (self->theirs, theirs);
  if (!shows_figures (self))
    gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
  if (!self->sets_focus)
    return;
  self->sets_focus = FALSE;
  if (!guitu_page_take_focus (GUITU_PAGE (self)) && (is_empty || !gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD)))
    gtk_widget_grab_focus (GTK_WIDGET (self->whose));
}

static void
entries_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituListPage *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->entries, json_array_unref);
  self->entries = json_array_ref (results);
  show_entries (self);
}

/* --- Figures --------------------------------------------------------------------------------- */

static void
figures_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituListPage *self = owner;
  JsonObject *figures = guitu_call_first (results);
  g_autofree char *words = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  words = g_strdup_printf (_ ("Entries and stays from %s to %s. A share that is much greater among the entries than among all stays asks for a look at why."),
                           guitu_json_string (figures, "since"), guitu_json_string (figures, "until"));
  gtk_label_set_text (self->figures_words, words);
  guitu_list_figures_fill (self->figures, figures);
}

/* --- Reading --------------------------------------------------------------------------------- */

static void
name_filters (GuituListPage *self)
{
  guitu_name_drop_down (self->whose, _ ("Whose entries"));
  guitu_name_drop_down (self->state, _ ("In which state"));
}

static void
load (GuituListPage *self)
{
  GuituStation *station = guitu_page_get_station (GUITU_PAGE (self));
  JsonObject *input = json_object_new ();
  guint chosen = gtk_drop_down_get_selected (self->state);

  name_filters (self);
  if (chosen == EVER)
    json_object_set_boolean_member (input, "all", TRUE);
  else if (chosen >= FIRST_STATE)
    json_object_set_string_member (input, "state", guitu_codes_list ("list_state", NULL)[chosen - FIRST_STATE]->code);
  guitu_call (station, "blacklist list", input, guitu_call_renew (&self->load), self, entries_read);
  if (shows_figures (self))
    guitu_call (station, "blacklist figures", NULL, self->load, self, figures_read);
}

static void
on_filter_changed (GuituListPage *self)
{
  if (self->entries != NULL) /* else it was not shown yet */
    load (self);
}

static void
on_figures_toggled (GuituListPage *self)
{
  if (shows_figures (self))
    gtk_stack_set_visible_child_name (self->stack, "figures");
  if (guitu_station_user (guitu_page_get_station (GUITU_PAGE (self))) != NULL)
    load (self);
}

static JsonObject *
entry_with (GuituListPage *self, const char *id)
{
  for (guint i = 0; self->entries != NULL && i < json_array_get_length (self->entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (self->entries, i);

      if (g_str_equal (guitu_json_string (entry, guitu_json_flag (entry, "own") ? "id" : "listing"), id))
        return entry;
    }
  return NULL;
}

static void
on_open_entry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *entry = entry_with (GUITU_LIST_PAGE (widget), g_variant_get_string (parameter, NULL));

  if (entry != NULL)
    guitu_list_look (widget, guitu_page_get_station (GUITU_PAGE (widget)), entry, NULL);
}

/* --- Page ------------------------------------------------------------------------------------ */

static void
show_name (gpointer owner)
{
  adw_window_title_set_title (GUITU_LIST_PAGE (owner)->title, guitu_list_name ());
}

static void
guitu_list_page_refreshed (GuituPage *page)
{
  load (GUITU_LIST_PAGE (page));
}

static void
guitu_list_page_shown (GuituPage *page)
{
  GuituListPage *self = GUITU_LIST_PAGE (page);

  self->sets_focus = TRUE;
  gtk_widget_set_visible (self->figures_button, guitu_station_may (guitu_page_get_station (page), "blacklist figures"));
  guitu_list_name_read (guitu_page_get_station (page), self, show_name);
  load (self);
}

static void
guitu_list_page_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_LIST_PAGE (page)->load);
}

static void
guitu_list_page_cleared (GuituPage *page)
{
  GuituListPage *self = GUITU_LIST_PAGE (page);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->figures_button), FALSE);
  g_clear_pointer (&self->entries, json_array_unref);
  guitu_section_fill (self->ours, NULL);
  guitu_section_fill (self->theirs, NULL);
  guitu_list_figures_fill (self->figures, NULL);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
guitu_list_page_dispose (GObject *object)
{
  GuituListPage *self = GUITU_LIST_PAGE (object);

  g_clear_object (&self->load);
  g_clear_pointer (&self->entries, json_array_unref);
  G_OBJECT_CLASS (guitu_list_page_parent_class)->dispose (object);
}

static void
guitu_list_page_class_init (GuituListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->dispose = guitu_list_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_list_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_list_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_list_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_list_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.open-entry", "s", on_open_entry);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/list/list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, title);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, whose);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, state);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, figures_button);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, ours);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, theirs);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, figures_box);
  gtk_widget_class_bind_template_child (widget_class, GuituListPage, figures_words);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_figures_toggled);
}

static void
offer_states (GuituListPage *self)
{
  const GuituCode *const *codes = guitu_codes_list ("list_state", NULL);
  g_autoptr (GtkStringList) states = gtk_string_list_new (NULL);

  gtk_string_list_append (states, _ ("Open or in force"));
  gtk_string_list_append (states, _ ("All, also ended"));
  for (guint i = 0; codes[i] != NULL; i++)
    gtk_string_list_append (states, guitu_code_label ("list_state", codes[i]->code));
  gtk_drop_down_set_model (self->state, G_LIST_MODEL (states));
}

static void
guitu_list_page_init (GuituListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_section_set_row (self->ours, guitu_list_entry_row);
  guitu_section_set_row (self->theirs, guitu_list_entry_row);
  offer_states (self);
  show_name (self);
  self->figures = GUITU_RECORD_TABLE (guitu_list_figures_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->figures), TRUE);
  gtk_box_append (self->figures_box, GTK_WIDGET (self->figures));
}

/* --- Its place in the window ------------------------------------------------------------------ */

#define STATION "guitu-station"

static void
place_named (gpointer owner)
{
  guitu_place_row_set_title (owner, guitu_list_name ());
}

static void
on_place_mapped (GtkListBoxRow *place)
{
  GuituStation *station = g_object_get_data (G_OBJECT (place), STATION);

  if (guitu_station_user (station) != NULL)
    guitu_list_name_read (station, place, place_named);
}

void
guitu_list_page_name_place (GtkListBoxRow *place, GuituStation *station)
{
  g_object_set_data_full (G_OBJECT (place), STATION, g_object_ref (station), g_object_unref);
  g_signal_connect (place, "map", G_CALLBACK (on_place_mapped), NULL);
}
