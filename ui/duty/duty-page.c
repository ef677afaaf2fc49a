/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/duty-page.h"

struct _GuituDutyPage
{
  GuituPage parent_instance;
};

G_DEFINE_FINAL_TYPE (GuituDutyPage, guitu_duty_page, GUITU_TYPE_PAGE)

static void
guitu_duty_page_class_init (GuituDutyPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/guitu/Guitu/duty/duty-page.ui");
}

static void
guitu_duty_page_init (GuituDutyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
