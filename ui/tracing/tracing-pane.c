/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/tracing-pane.h"

typedef struct
{
  char *opened;
} GuituTracingPanePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GuituTracingPane, guitu_tracing_pane, GUITU_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_OPENED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_opened (GuituTracingPane *self, const char *id)
{
  GuituTracingPanePrivate *private = guitu_tracing_pane_get_instance_private (self);

  g_free (private->opened);
  private->opened = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPENED]);
}

void
guitu_tracing_pane_open (GuituTracingPane *self, const char *id)
{
  g_autofree char *copy = g_strdup (id); /* it may be that of the row that goes */

  set_opened (self, copy);
  GUITU_TRACING_PANE_GET_CLASS (self)->open (self, copy);
}

gboolean
guitu_tracing_pane_close (GuituTracingPane *self)
{
  if (guitu_tracing_pane_get_opened (self) == NULL)
    return FALSE;
  set_opened (self, NULL);
  GUITU_TRACING_PANE_GET_CLASS (self)->close (self);
  return TRUE;
}

void
guitu_tracing_pane_act (GuituTracingPane *self, const char *name)
{
  GuituTracingPaneClass *klass = GUITU_TRACING_PANE_GET_CLASS (self);

  if (klass->act != NULL)
    klass->act (self, name);
}

const char *
guitu_tracing_pane_get_opened (GuituTracingPane *self)
{
  GuituTracingPanePrivate *private = guitu_tracing_pane_get_instance_private (self);

  return private->opened;
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_tracing_pane_open (GUITU_TRACING_PANE (widget), g_variant_get_string (parameter, NULL));
}

static void
guitu_tracing_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_OPENED)
    g_value_set_string (value, guitu_tracing_pane_get_opened (GUITU_TRACING_PANE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
guitu_tracing_pane_finalize (GObject *object)
{
  GuituTracingPanePrivate *private = guitu_tracing_pane_get_instance_private (GUITU_TRACING_PANE (object));

  g_free (private->opened);
  G_OBJECT_CLASS (guitu_tracing_pane_parent_class)->finalize (object);
}

static void
guitu_tracing_pane_class_init (GuituTracingPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = guitu_tracing_pane_get_property;
  G_OBJECT_CLASS (klass)->finalize = guitu_tracing_pane_finalize;
  properties[PROP_OPENED] = g_param_spec_string ("opened", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "pane.open", "s", on_open);
}

static void
guitu_tracing_pane_init (GuituTracingPane *self)
{
}
