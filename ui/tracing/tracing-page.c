/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/tracing-page.h"

#include "ui/tracing/cases-pane.h"
#include "ui/tracing/lists-pane.h"
#include "ui/tracing/notices-pane.h"
#include "ui/tracing/reports-pane.h"
#include "ui/widgets/names.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

struct _GuituTracingPage
{
  GuituPage parent_instance;

  GtkBox *switcher;
  GtkWidget *back;
  GtkStack *panes;
};

G_DEFINE_FINAL_TYPE (GuituTracingPage, guitu_tracing_page, GUITU_TYPE_PAGE)

typedef struct
{
  const char *name;
  const char *title;
  const char *right;
  GType (*type) (void);
} Part;

static const Part parts[] = {
  { "cases", N_ ("_Cases"), "case list", guitu_cases_pane_get_type },
  { "reports", N_ ("Missing _Reports"), "missing list", guitu_reports_pane_get_type },
  { "notices", N_ ("N_otices"), "notice list", guitu_notices_pane_get_type },
  { "lists", N_ ("E_xternal Lists"), "compare", guitu_lists_pane_get_type },
};

/* --- Parts ----------------------------------------------------------------------------------- */

static GuituTracingPane *
visible_pane (GuituTracingPage *self)
{
  GtkWidget *pane = gtk_stack_get_visible_child (self->panes);

  return pane != NULL ? GUITU_TRACING_PANE (pane) : NULL;
}

static void
show_back (GuituTracingPage *self)
{
  GuituTracingPane *pane = visible_pane (self);
  gboolean is_open = pane != NULL && guitu_tracing_pane_get_opened (pane) != NULL;

  gtk_widget_set_visible (self->back, is_open);
}

static GtkWidget *
make_pane (GuituTracingPage *self, const Part *part)
{
  GtkWidget *pane = g_object_new (part->type (), "station", guitu_page_get_station (GUITU_PAGE (self)), NULL);

  g_signal_connect_object (pane, "notify::opened", G_CALLBACK (show_back), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->panes, pane, part->name);
  return pane;
}

static GtkToggleButton *
button_of (GuituTracingPage *self, guint i)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->switcher));

  while (i-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return GTK_TOGGLE_BUTTON (button);
}

/* A part is built when it is first looked at. */
static void
show_part (GuituTracingPage *self, guint i)
{
  if (gtk_stack_get_child_by_name (self->panes, parts[i].name) == NULL)
    make_pane (self, &parts[i]);
  if (visible_pane (self) != NULL)
    guitu_page_leave (GUITU_PAGE (visible_pane (self)));
  gtk_stack_set_visible_child_name (self->panes, parts[i].name);
  gtk_toggle_button_set_active (button_of (self, i), TRUE);
  show_back (self);
}

/* Who is in that part already gets to its list. */
static void
on_part_clicked (GuituTracingPage *self, GtkButton *button)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (GTK_BUTTON (button_of (self, i)) == button)
      {
        gboolean is_there = g_strcmp0 (gtk_stack_get_visible_child_name (self->panes), parts[i].name) == 0;

        if (is_there && guitu_tracing_pane_close (visible_pane (self)))
          return;
        show_part (self, i);
        guitu_page_shown (GUITU_PAGE (visible_pane (self)));
      }
}

/* A button that a key activates counts as clicked a quarter of a second later, after the keys that follow. */
static gboolean
on_part_key (GuituTracingPage *self, gboolean is_cycling, GtkButton *button)
{
  if (is_cycling)
    return FALSE;
  on_part_clicked (self, button);
  return TRUE;
}

/* "cases", or one record of them: "cases/ID". */
static void
on_show_section (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTracingPage *self = GUITU_TRACING_PAGE (widget);
  g_auto (GStrv) place = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].name, place[0]))
      {
        show_part (self, i);
        if (place[1] != NULL)
          guitu_tracing_pane_open (visible_pane (self), place[1]);
        else
          guitu_page_shown (GUITU_PAGE (visible_pane (self)));
      }
}

/* Nobody sees a part without the right to it; the first that is left comes to the front. */
static void
show_parts (GuituTracingPage *self)
{
  GuituStation *station = guitu_page_get_station (GUITU_PAGE (self));
  int first = -1;
  gboolean is_shown = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gboolean may = guitu_station_may (station, parts[i].right);

      gtk_widget_set_visible (GTK_WIDGET (button_of (self, i)), may);
      first = may && first < 0 ? (int) i : first;
      is_shown |= may && g_strcmp0 (gtk_stack_get_visible_child_name (self->panes), parts[i].name) == 0;
    }
  if (!is_shown && first >= 0)
    show_part (self, first);
}

/* --- Keys ------------------------------------------------------------------------------------ */

static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTracingPane *pane = visible_pane (GUITU_TRACING_PAGE (widget));

  if (pane != NULL)
    guitu_tracing_pane_close (pane);
}

/* Where nothing is to be found by typing, people are found at the intake desk. */
static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTracingPane *pane = visible_pane (GUITU_TRACING_PAGE (widget));

  if (pane != NULL && GUITU_IS_REPORTS_PANE (pane) && guitu_tracing_pane_get_opened (pane) == NULL)
    {
      guitu_tracing_pane_act (pane, "find");
      return;
    }
  gtk_widget_activate_action (widget, "win.show-page", "s", "intake");
  gtk_widget_activate_action (widget, "win.find", NULL);
}

/* "page.add-statement" is the act “add-statement” of the part that is to be seen. */
static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTracingPane *pane = visible_pane (GUITU_TRACING_PAGE (widget));

  if (pane != NULL)
    guitu_tracing_pane_act (pane, action + strlen ("page."));
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_tracing_page_shown (GuituPage *page)
{
  GuituTracingPage *self = GUITU_TRACING_PAGE (page);

  show_parts (self);
  if (visible_pane (self) != NULL)
    guitu_page_shown (GUITU_PAGE (visible_pane (self)));
}

static void
guitu_tracing_page_left (GuituPage *page)
{
  GuituTracingPane *pane = visible_pane (GUITU_TRACING_PAGE (page));

  if (pane != NULL)
    guitu_page_leave (GUITU_PAGE (pane));
}

static void
guitu_tracing_page_cleared (GuituPage *page)
{
  GuituTracingPage *self = GUITU_TRACING_PAGE (page);

  for (GtkWidget *pane = gtk_widget_get_first_child (GTK_WIDGET (self->panes)); pane != NULL; pane = gtk_widget_get_next_sibling (pane))
    guitu_page_clear (GUITU_PAGE (pane));
}

static void
guitu_tracing_page_class_init (GuituTracingPageClass *klass)
{
  static const char *const acts[] = { "page.admit", "page.open", "page.add", "page.add-statement", "page.note-event", "page.edit", "page.print", NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GUITU_PAGE_CLASS (klass)->shown = guitu_tracing_page_shown;
  GUITU_PAGE_CLASS (klass)->left = guitu_tracing_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_tracing_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.show-section", "s", on_show_section);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  for (gsize i = 0; acts[i] != NULL; i++)
    gtk_widget_class_install_action (widget_class, acts[i], NULL, on_act);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/tracing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituTracingPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, GuituTracingPage, back);
  gtk_widget_class_bind_template_child (widget_class, GuituTracingPage, panes);
}

static void
guitu_tracing_page_init (GuituTracingPage *self)
{
  GtkWidget *first = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->panes);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_mnemonic (_ (parts[i].title));

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      first = first != NULL ? first : button;
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_part_clicked), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (button, "mnemonic-activate", G_CALLBACK (on_part_key), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->switcher, button);
    }
  guitu_name_buttons (GTK_WIDGET (self));
}

void
guitu_tracing_go (GtkWidget *from, const char *part, const char *id)
{
  g_autofree char *place = id != NULL ? g_strdup_printf ("tracing/%s/%s", part, id) : g_strdup_printf ("tracing/%s", part);

  gtk_widget_activate_action (from, "win.show-page", "s", place);
}
