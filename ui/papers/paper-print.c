/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/paper-print.h"

#include "ui/dialogs.h"

#include <glib/gi18n.h>
#include <poppler.h>

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, PopplerDocument *document)
{
  gtk_print_operation_set_n_pages (operation, poppler_document_get_n_pages (document));
}

/* The sheets are made for A4 with margins of their own: full size, smaller only where the paper is. */
static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int number, PopplerDocument *document)
{
  PopplerPage *page = poppler_document_get_page (document, number);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height, scale;

  poppler_page_get_size (page, &width, &height);
  scale = MIN (gtk_print_context_get_width (context) / width, gtk_print_context_get_height (context) / height);
  scale = MIN (scale, 1.0);
  cairo_scale (cr, scale, scale);
  poppler_page_render_for_printing (page, cr);
  g_object_unref (page);
}

static GtkPageSetup *
a4_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_paper_size_free (size);
  return setup;
}

void
guitu_paper_print (GtkWindow *parent, GBytes *pdf, const char *name)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = a4_setup ();

  if (document != NULL)
    {
      gtk_print_operation_set_job_name (operation, name);
      gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
      gtk_print_operation_set_use_full_page (operation, TRUE);
      gtk_print_operation_set_default_page_setup (operation, setup);
      gtk_print_operation_set_embed_page_setup (operation, TRUE);
      g_signal_connect_object (operation, "begin-print", G_CALLBACK (on_begin_print), document, 0);
      g_signal_connect_object (operation, "draw-page", G_CALLBACK (on_draw_page), document, 0);
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error);
      g_object_unref (document);
    }
  if (error != NULL)
    guitu_dialog_tell (GTK_WIDGET (parent), _ ("The paper was not printed"),
                       _ ("Check the printer, then print again. The paper itself is kept."), error->message);
}
