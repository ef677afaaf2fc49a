/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/printers.h"

#include "ui/preferences.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>
#include <unistd.h>

char *
guitu_printers_chosen (const char *key)
{
  GSettings *preferences = guitu_preferences ();
  g_autofree char *name = preferences != NULL ? g_settings_get_string (preferences, key) : NULL;

  return name != NULL && *name != '\0' ? g_steal_pointer (&name) : NULL;
}

/* --- Which there are ------------------------------------------------------------------------- */

typedef struct
{
  GObject *owner;
  GuituPrintersFound done;
  GStrvBuilder *names;
} Listing;

static gboolean
on_printer_listed (GtkPrinter *printer, gpointer data)
{
  g_strv_builder_add (((Listing *) data)->names, gtk_printer_get_name (printer));
  return FALSE;
}

static void
listed (gpointer data)
{
  Listing *listing = data;
  g_auto (GStrv) names = g_strv_builder_end (listing->names);

  listing->done (listing->owner, (const char *const *) names);
  g_strv_builder_unref (listing->names);
  g_object_unref (listing->owner);
  g_free (listing);
}

void
guitu_printers_list (gpointer owner, GuituPrintersFound done)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->owner = g_object_ref (owner);
  listing->done = done;
  listing->names = g_strv_builder_new ();
  gtk_enumerate_printers (on_printer_listed, listing, listed, FALSE);
}

/* --- Sending --------------------------------------------------------------------------------- */

typedef struct
{
  GObject *owner;
  GuituPrinted done;
  char *name;
  char *title;
  GBytes *pdf;
  GtkPageSetup *setup;
  GtkPrinter *printer;
  int file; /* what the printer reads; -1: none */
} Job;

static void
job_end (Job *job, const char *problem, const char *details)
{
  job->done (job->owner, problem, details);
  if (job->file >= 0)
    close (job->file);
  g_clear_object (&job->printer);
  g_object_unref (job->setup);
  g_object_unref (job->owner);
  g_bytes_unref (job->pdf);
  g_free (job->name);
  g_free (job->title);
  g_free (job);
}

static void
on_sent (GtkPrintJob *print_job, gpointer data, const GError *error)
{
  job_end (data, error != NULL ? _ ("The printer did not take the paper.") : NULL, error != NULL ? error->message : NULL);
}

/* A file without a name: nothing is left of it. */
static int
open_pdf (GBytes *pdf, GError **error)
{
  g_autofree char *path = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (pdf, &length);
  int file = g_file_open_tmp ("guitu-XXXXXX.pdf", &path, error);

  if (file < 0)
    return -1;
  g_unlink (path);
  if (write (file, data, length) == (gssize) length && lseek (file, 0, SEEK_SET) == 0)
    return file;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (errno));
  close (file);
  return -1;
}

/* The copies that a form has are pages of the PDF: one of each is printed. */
static void
send (Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPrintJob) print_job = NULL;

  gtk_print_settings_set_printer (settings, job->name);
  gtk_print_settings_set_n_copies (settings, 1);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf");
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, job->title);
  print_job = gtk_print_job_new (job->title, job->printer, settings, job->setup);
  job->file = open_pdf (job->pdf, &error);
  if (job->file < 0 || !gtk_print_job_set_source_fd (print_job, job->file, &error))
    {
      job_end (job, _ ("The printer did not take the paper."), error->message);
      return;
    }
  gtk_print_job_send (print_job, on_sent, job, NULL);
}

static void
on_details (GtkPrinter *printer, gboolean is_known, Job *job)
{
  g_signal_handlers_disconnect_by_func (printer, on_details, job);
  if (is_known && gtk_printer_accepts_pdf (printer))
    send (job);
  else
    job_end (job, _ ("The printer does not answer, or takes no PDF."), NULL);
}

static gboolean
on_printer_found (GtkPrinter *printer, gpointer data)
{
  Job *job = data;

  if (g_strcmp0 (gtk_printer_get_name (printer), job->name) != 0)
    return FALSE;
  job->printer = g_object_ref (printer);
  return TRUE;
}

static void
searched (gpointer data)
{
  Job *job = data;

  if (job->printer == NULL)
    {
      g_autofree char *problem = g_strdup_printf (_ ("There is no printer “%s” any more."), job->name);

      job_end (job, problem, NULL);
      return;
    }
  if (gtk_printer_has_details (job->printer))
    {
      on_details (job->printer, TRUE, job);
      return;
    }
  g_signal_connect (job->printer, "details-acquired", G_CALLBACK (on_details), job);
  gtk_printer_request_details (job->printer);
}

void
guitu_printers_send (const char *printer, GBytes *pdf, const char *title, GtkPageSetup *setup, gpointer owner, GuituPrinted done)
{
  Job *job = g_new0 (Job, 1);

  job->owner = g_object_ref (owner);
  job->done = done;
  job->name = g_strdup (printer);
  job->title = g_strdup (title);
  job->pdf = g_bytes_ref (pdf);
  job->setup = g_object_ref (setup);
  job->file = -1;
  gtk_enumerate_printers (on_printer_found, job, searched, FALSE);
}
