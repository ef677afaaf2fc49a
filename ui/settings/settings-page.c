/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/settings-page.h"

struct _GuituSettingsPage
{
  GuituPage parent_instance;
};

G_DEFINE_FINAL_TYPE (GuituSettingsPage, guitu_settings_page, GUITU_TYPE_PAGE)

static void
guitu_settings_page_class_init (GuituSettingsPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/guitu/Guitu/settings/settings-page.ui");
}

static void
guitu_settings_page_init (GuituSettingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
