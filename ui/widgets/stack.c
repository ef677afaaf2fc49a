/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/stack.h"

static void
set_hidden (GtkAccessible *accessible, gboolean is_hidden)
{
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_HIDDEN, is_hidden, -1);
}

/* Asked for its parts, GTK names the pages of a stack or the widgets in them, so both are hidden. */
static void
hide_others (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      set_hidden (GTK_ACCESSIBLE (gtk_stack_get_page (stack, child)), child != shown);
      set_hidden (GTK_ACCESSIBLE (child), child != shown);
    }
}

void
guitu_stack_hide_others (GtkStack *stack)
{
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (hide_others), NULL);
  hide_others (stack);
}
