/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/page.h"

#include "ui/dialogs.h"
#include "ui/widgets/news.h"

typedef struct
{
  GuituStation *station;
  GtkWidget *focus; /* weak: what had the focus when the page was left */
} GuituPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GuituPage, guitu_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_STATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_station_changed (GuituPage *self)
{
  GuituPageClass *klass = GUITU_PAGE_GET_CLASS (self);

  if (klass->refreshed != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    klass->refreshed (self);
}

static void
set_station (GuituPage *self, GuituStation *station)
{
  GuituPagePrivate *private = guitu_page_get_instance_private (self);

  if (station == NULL)
    return;
  g_return_if_fail (private->station == NULL);
  private->station = g_object_ref (station);
  g_signal_connect_object (station, "changed", G_CALLBACK (on_station_changed), self, G_CONNECT_SWAPPED);
}

static void
guitu_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  GuituPagePrivate *private = guitu_page_get_instance_private (GUITU_PAGE (object));

  if (id == PROP_STATION)
    g_value_set_object (value, private->station);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
guitu_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATION)
    set_station (GUITU_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
guitu_page_dispose (GObject *object)
{
  GuituPagePrivate *private = guitu_page_get_instance_private (GUITU_PAGE (object));

  g_clear_object (&private->station);
  g_clear_weak_pointer (&private->focus);
  G_OBJECT_CLASS (guitu_page_parent_class)->dispose (object);
}

static void
guitu_page_class_init (GuituPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = guitu_page_get_property;
  object_class->set_property = guitu_page_set_property;
  object_class->dispose = guitu_page_dispose;
  properties[PROP_STATION] = g_param_spec_object ("station", NULL, NULL, GUITU_TYPE_STATION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guitu_page_init (GuituPage *self)
{
}

GuituStation *
guitu_page_get_station (GuituPage *self)
{
  GuituPagePrivate *private = guitu_page_get_instance_private (self);

  return private->station;
}

void
guitu_page_shown (GuituPage *self)
{
  GuituPageClass *klass = GUITU_PAGE_GET_CLASS (self);

  if (klass->shown != NULL)
    klass->shown (self);
}

/* An answer that comes late finds nobody who waits for it. */
static void
end_reading (GuituPage *self)
{
  GuituPageClass *klass = GUITU_PAGE_GET_CLASS (self);

  if (klass->left != NULL)
    klass->left (self);
}

void
guitu_page_leave (GuituPage *self)
{
  GuituPagePrivate *private = guitu_page_get_instance_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    g_set_weak_pointer (&private->focus, focus);
  end_reading (self);
}

gboolean
guitu_page_take_focus (GuituPage *self)
{
  GuituPagePrivate *private = guitu_page_get_instance_private (self);

  return private->focus != NULL && gtk_widget_get_mapped (private->focus) && gtk_widget_grab_focus (private->focus);
}

void
guitu_page_clear (GuituPage *self)
{
  GuituPageClass *klass = GUITU_PAGE_GET_CLASS (self);

  if (klass->cleared != NULL)
    klass->cleared (self);
  end_reading (self);
}

void
guitu_page_open_person (GtkWidget *from, const char *person)
{
  guitu_page_open_person_to (from, person, "");
}

void
guitu_page_open_person_to (GtkWidget *from, const char *person, const char *act)
{
  gtk_widget_activate_action (from, "win.open-person", "(ss)", person, act);
}

void
guitu_page_open_paper (GtkWidget *from, const char *number)
{
  gtk_widget_activate_action (from, "win.open-paper", "s", number);
}

void
guitu_page_fill_paper (GtkWidget *from, const char *kind, const char *option, const char *id)
{
  gtk_widget_activate_action (from, "win.fill-paper", "(sss)", kind, option, id);
}

void
guitu_page_toast (GtkWidget *from, const char *text)
{
  guitu_page_toast_with_action (from, text, "", "", "");
}

void
guitu_page_toast_with_action (GtkWidget *from,
                              const char *text,
                              const char *label,
                              const char *action,
                              const char *target)
{
  if (!gtk_widget_activate_action (from, "win.show-toast", GUITU_NEWS_TYPE, text, label, action, target))
    guitu_dialog_tell (from, text, NULL, NULL);
}
