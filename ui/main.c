/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  const char *locales = g_getenv ("GUITU_LOCALE_DIR");
  g_autoptr (GApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : GUITU_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = guitu_application_new ();
  return g_application_run (application, argc, argv);
}
