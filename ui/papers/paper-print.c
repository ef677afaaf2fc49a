/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/paper-print.h"

#include "ui/dialogs.h"
#include "ui/page.h"
#include "ui/papers/printers.h"

#include <glib/gi18n.h>
#include <math.h>
#include <poppler.h>

#define POINTS_PER_MM (72 / 25.4)

/* What is lower or narrower than this is a label: a postcard is larger. */
#define LABEL_EDGE_MM 90

/* --- Sizes ----------------------------------------------------------------------------------- */

static void
page_size (PopplerDocument *document, int number, double *width, double *height)
{
  PopplerPage *page = poppler_document_get_page (document, number);

  poppler_page_get_size (page, width, height);
  g_object_unref (page);
}

static GtkPaperSize *
paper_size (double width, double height)
{
  GtkPaperSize *a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autofree char *name = NULL;

  if (fabs (gtk_paper_size_get_width (a4, GTK_UNIT_POINTS) - width) < 2 && fabs (gtk_paper_size_get_height (a4, GTK_UNIT_POINTS) - height) < 2)
    return a4;
  gtk_paper_size_free (a4);
  name = g_strdup_printf ("%.0f × %.0f mm", width / POINTS_PER_MM, height / POINTS_PER_MM);
  return gtk_paper_size_new_custom (name, name, width, height, GTK_UNIT_POINTS);
}

/* The sheets have margins of their own. (transfer full) */
static GtkPageSetup *
page_setup (PopplerDocument *document, int number)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  double width, height;
  GtkPaperSize *size;

  page_size (document, number, &width, &height);
  size = paper_size (width, height);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_paper_size_free (size);
  return setup;
}

static gboolean
is_label (PopplerDocument *document)
{
  double width, height;

  page_size (document, 0, &width, &height);
  return MIN (width, height) < LABEL_EDGE_MM * POINTS_PER_MM;
}

/* --- The dialog ------------------------------------------------------------------------------ */

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, PopplerDocument *document)
{
  gtk_print_operation_set_n_pages (operation, poppler_document_get_n_pages (document));
}

static void
on_page_setup (GtkPrintOperation *operation, GtkPrintContext *context, int number, GtkPageSetup *setup, PopplerDocument *document)
{
  g_autoptr (GtkPageSetup) own = page_setup (document, number);

  gtk_page_setup_set_paper_size (setup, gtk_page_setup_get_paper_size (own));
}

/* The sheets are made in full size, smaller only where the paper is. */
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

static void
tell_problem (GtkWindow *parent, const char *problem)
{
  guitu_dialog_tell (GTK_WIDGET (parent), _ ("The paper was not printed"),
                     _ ("Check the printer, then print again. The paper itself is kept."), problem);
}

/* The copies that a form has are pages of the PDF already: the dialog begins with one. */
static void
run_dialog (GtkWindow *parent, PopplerDocument *document, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup (document, 0);

  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_object (operation, "begin-print", G_CALLBACK (on_begin_print), document, 0);
  g_signal_connect_object (operation, "request-page-setup", G_CALLBACK (on_page_setup), document, 0);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (on_draw_page), document, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error);
  if (error != NULL)
    tell_problem (parent, error->message);
}

/* --- Straight to a printer ------------------------------------------------------------------- */

static void
on_printed (gpointer owner, const char *problem, const char *details)
{
  g_autofree char *words = NULL;

  if (problem == NULL)
    {
      guitu_page_toast (owner, _ ("Sent to the printer"));
      return;
    }
  words = g_strdup_printf ("%s\n\n%s", problem, _ ("Ctrl+Shift+P prints on another one. Which one is used is set in Settings, Printers."));
  guitu_dialog_tell (owner, _ ("The paper was not printed"), words, details);
}

void
guitu_paper_print (GtkWindow *parent, GBytes *pdf, const char *name, gboolean asks)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_autofree char *printer = NULL;

  if (document == NULL)
    {
      tell_problem (parent, error->message);
      return;
    }
  printer = asks ? NULL : guitu_printers_chosen (is_label (document) ? GUITU_LABEL_PRINTER_KEY : GUITU_PRINTER_KEY);
  if (printer == NULL)
    run_dialog (parent, document, name);
  else
    {
      g_autoptr (GtkPageSetup) setup = page_setup (document, 0);

      guitu_printers_send (printer, pdf, name, setup, parent, on_printed);
    }
  g_object_unref (document);
}
