/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shift/shift-page.h"

struct _GuituShiftPage
{
  GuituPage parent_instance;
};

G_DEFINE_FINAL_TYPE (GuituShiftPage, guitu_shift_page, GUITU_TYPE_PAGE)

static void
guitu_shift_page_class_init (GuituShiftPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/guitu/Guitu/shift/shift-page.ui");
}

static void
guitu_shift_page_init (GuituShiftPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
