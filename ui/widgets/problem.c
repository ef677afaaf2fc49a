/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/problem.h"

#include "ui/errors.h"

/* GTK 4.8 tells nobody that a label came up, but a screen reader hears of another description. */
static void
describe_window (GtkLabel *problem, const char *sentence)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (problem));

  if (root != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

void
guitu_problem_tell (GtkLabel *problem, const char *sentence, const char *style)
{
  const char *styles[] = { "banner", style, NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (problem), styles);
  gtk_label_set_text (problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (problem), TRUE);
  describe_window (problem, sentence);
}

void
guitu_problem_show (GtkLabel *problem, const GError *error)
{
  g_autofree char *sentence = guitu_error_sentence (error);

  guitu_problem_tell (problem, sentence, "error");
}

void
guitu_problem_clear (GtkLabel *problem)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (problem)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (problem), FALSE);
  describe_window (problem, "");
}
