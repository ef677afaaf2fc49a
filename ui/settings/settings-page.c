/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/settings-page.h"

#include "ui/settings/access-pane.h"
#include "ui/settings/calendar-pane.h"
#include "ui/settings/codes-pane.h"
#include "ui/settings/house-pane.h"
#include "ui/settings/printers-pane.h"
#include "ui/settings/rights-pane.h"
#include "ui/settings/rules-pane.h"
#include "ui/settings/station-pane.h"
#include "ui/settings/users-pane.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

struct _GuituSettingsPage
{
  GuituPage parent_instance;

  GtkListBox *list;
  GtkStack *panes;
  gboolean is_here; /* shown, and not left since */
};

G_DEFINE_FINAL_TYPE (GuituSettingsPage, guitu_settings_page, GUITU_TYPE_PAGE)

typedef struct
{
  const char *name;
  const char *title;
  const char *right; /* without which the section is not there; NULL: for everybody */
  GType (*type) (void);
} Place;

static const Place places[] = {
  { "house", N_ ("House"), NULL, guitu_house_pane_get_type },
  { "rules", N_ ("Rules"), NULL, guitu_rules_pane_get_type },
  { "calendar", N_ ("Calendar"), NULL, guitu_calendar_pane_get_type },
  { "codes", N_ ("Code Lists"), NULL, guitu_codes_pane_get_type },
  { "users", N_ ("Users"), NULL, guitu_users_pane_get_type },
  { "rights", N_ ("Rights"), NULL, guitu_rights_pane_get_type },
  { "access", N_ ("Access Log"), "access list", guitu_access_pane_get_type },
  { "station", N_ ("This Station"), NULL, guitu_station_pane_get_type },
  { "printers", N_ ("Printers"), NULL, guitu_printers_pane_get_type },
};

static GuituPage *
visible_pane (GuituSettingsPage *self)
{
  GtkWidget *pane = gtk_stack_get_visible_child (self->panes);

  return pane != NULL ? GUITU_PAGE (pane) : NULL;
}

/* A section is built when it is first looked at. */
static void
show_pane (GuituSettingsPage *self, const Place *place)
{
  if (gtk_stack_get_child_by_name (self->panes, place->name) == NULL)
    gtk_stack_add_named (self->panes, g_object_new (place->type (), "station", guitu_page_get_station (GUITU_PAGE (self)), NULL), place->name);
  if (visible_pane (self) != NULL)
    guitu_page_leave (visible_pane (self));
  gtk_stack_set_visible_child_name (self->panes, place->name);
  guitu_page_shown (visible_pane (self));
}

static void
on_row_selected (GuituSettingsPage *self, GtkListBoxRow *row)
{
  if (row != NULL)
    show_pane (self, &places[gtk_list_box_row_get_index (row)]);
}

static void
on_show_section (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituSettingsPage *self = GUITU_SETTINGS_PAGE (widget);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, g_variant_get_string (parameter, NULL)))
      {
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
        gtk_widget_grab_focus (GTK_WIDGET (visible_pane (self)));
      }
}

/* Enter goes on into the section. */
static void
on_row_activated (GuituSettingsPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (visible_pane (self)), GTK_DIR_TAB_FORWARD);
}

static gboolean
may_see (GuituSettingsPage *self, const Place *place)
{
  return place->right == NULL || guitu_station_may (guitu_page_get_station (GUITU_PAGE (self)), place->right);
}

/* Another user sees other sections. Returns: whether a section came to the front. */
static gboolean
show_places (GuituSettingsPage *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i)), may_see (self, &places[i]));
  if (selected != NULL && gtk_widget_get_visible (GTK_WIDGET (selected)))
    return FALSE;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  return TRUE;
}

static void
guitu_settings_page_unmap (GtkWidget *widget)
{
  GUITU_SETTINGS_PAGE (widget)->is_here = FALSE;
  GTK_WIDGET_CLASS (guitu_settings_page_parent_class)->unmap (widget);
}

/* Whoever is here already goes back to the list of sections. */
static void
guitu_settings_page_shown (GuituPage *page)
{
  GuituSettingsPage *self = GUITU_SETTINGS_PAGE (page);

  if (!show_places (self))
    guitu_page_shown (visible_pane (self));
  if (self->is_here || !guitu_page_take_focus (page))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
  self->is_here = TRUE;
}

static void
guitu_settings_page_left (GuituPage *page)
{
  GuituPage *pane = visible_pane (GUITU_SETTINGS_PAGE (page));

  if (pane != NULL)
    guitu_page_leave (pane);
}

static void
guitu_settings_page_refreshed (GuituPage *page)
{
  show_places (GUITU_SETTINGS_PAGE (page));
}

static void
guitu_settings_page_cleared (GuituPage *page)
{
  GuituSettingsPage *self = GUITU_SETTINGS_PAGE (page);

  gtk_list_box_select_row (self->list, NULL);
  for (GtkWidget *pane = gtk_widget_get_first_child (GTK_WIDGET (self->panes)); pane != NULL; pane = gtk_widget_get_next_sibling (pane))
    guitu_page_clear (GUITU_PAGE (pane));
}

static void
guitu_settings_page_class_init (GuituSettingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->unmap = guitu_settings_page_unmap;
  GUITU_PAGE_CLASS (klass)->shown = guitu_settings_page_shown;
  GUITU_PAGE_CLASS (klass)->left = guitu_settings_page_left;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_settings_page_refreshed;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_settings_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.show-section", "s", on_show_section);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/settings/settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituSettingsPage, list);
  gtk_widget_class_bind_template_child (widget_class, GuituSettingsPage, panes);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
guitu_settings_page_init (GuituSettingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->panes);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *label = gtk_label_new (_ (places[i].title));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (places[i].title), -1);
      gtk_list_box_append (self->list, row);
    }
}
