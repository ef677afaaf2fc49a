/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/stack.h"

static void
hide_others (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL; page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, page != shown, -1);
}

void
guitu_stack_hide_others (GtkStack *stack)
{
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (hide_others), NULL);
  hide_others (stack);
}
