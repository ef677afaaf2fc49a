/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/label.h"

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
guitu_label_new_line (const char *style)
{
  GtkWidget *label = new_label (NULL, style);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

GtkWidget *
guitu_label_new_text (const char *text, const char *style)
{
  GtkWidget *label = new_label (text, style);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

void
guitu_label_show (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}
