/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include "ui/dialogs.h"
#include "ui/measure.h"
#include "ui/window.h"

#include <glib/gi18n.h>

struct _GuituApplication
{
  AdwApplication parent_instance;
  char *store;
  gboolean measures_start; /* see ui/measure.h */
  gboolean measures_empty_window;
};

G_DEFINE_FINAL_TYPE (GuituApplication, guitu_application, ADW_TYPE_APPLICATION)

/* Key commands. "win.do" passes a command on to the page that is to be seen: every page installs those
 * of its actions "page.…" that make sense there. */
static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "win.show-page('duty')", { "<Control>1" } },
  { "win.show-page('intake')", { "<Control>2" } },
  { "win.show-page('board')", { "<Control>3" } },
  { "win.show-page('shift')", { "<Control>4" } },
  { "win.show-page('verify')", { "<Control>5" } },
  { "win.show-page('papers')", { "<Control>6" } },
  { "win.show-page('settings')", { "<Control>7" } },
  { "win.show-page('conflicts')", { "<Control>8" } },
  { "win.show-page('stations')", { "<Control>9" } },
  { "win.show-page('list')", { "<Control>0" } },
  { "win.do('warnings')", { "<Control><Shift>v" } },
  { "win.show-page('transfers')", { "<Control>j" } },
  { "win.show-page('tracing')", { "<Control>g" } },
  { "win.go-back", { "<Alt>Left" } },
  { "win.find", { "<Control>f" } },
  { "win.new-person", { "<Control>n" } },
  { "win.do('save')", { "<Control>s" } },
  { "win.do('admit')", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.do('leave')", { "<Control>l" } },
  { "win.do('edit')", { "<Control>e" } },
  { "win.do('open')", { "<Control>o" } },
  { "win.do('camera')", { "<Control>k" } },
  { "win.do('add-statement')", { "<Control><Shift>s" } },
  { "win.do('give-bed')", { "<Control>b" } },
  { "win.do('note-event')", { "<Control>m" } },
  { "win.do('roll-call')", { "<Control>r" } },
  { "win.do('help-first')", { "<Control><Shift>e" } },
  { "win.do('to-hospital')", { "<Control><Shift>h" } },
  { "win.do('to-police')", { "<Control><Shift>p" } },
  { "win.do('done')", { "<Control>d" } },
  { "win.do('waive')", { "<Control><Shift>d" } },
  { "win.do('add')", { "<Control><Shift>n" } },
  { "win.do('hand-over')", { "<Control>h" } },
  { "win.do('take-over')", { "<Control>t" } },
  { "win.do('helped-outside')", { "<Control><Shift>o" } },
  { "win.do('print')", { "<Control>p" } },
  { "win.do('save-each')", { "<Control><Shift>f" } },
  { "win.do('reprint')", { "<Control><Shift>r" } },
  { "win.do('use')", { "<Control>u" } },
  { "win.do('void')", { "<Control>Delete", "<Control>KP_Delete" } },
  { "win.do('issue-many')", { "<Control><Shift>m" } },
  { "win.do('whole-file')", { "<Control><Shift>a" } },
  { "win.do('blank')", { "<Control><Shift>b" } },
  { "win.do('sync')", { "F5" } },
  { "win.log-out", { "<Control><Shift>l" } },
  { "win.change-user", { "<Control><Shift>w" } },
  { "win.lock", { "<Control><Shift>k" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "app.quit", { "<Control>q" } },
};

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guitu_dialog_about (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  while (window != NULL && gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  if (window != NULL)
    gtk_window_close (window);
}

static gboolean
is_usable (GtkWindow *window)
{
  return guitu_window_is_usable (GUITU_WINDOW (window));
}

static GtkWindow *
make_window (GuituApplication *self)
{
  g_autoptr (GuituStation) station = NULL;
  GtkWindow *window;

  if (self->measures_empty_window)
    {
      window = guitu_measure_empty_window (GTK_APPLICATION (self));
      guitu_measure_until (window, NULL);
      return window;
    }
  station = guitu_station_new (self->store);
  window = GTK_WINDOW (guitu_window_new (GTK_APPLICATION (self), station));
  if (self->measures_start)
    guitu_measure_until (window, is_usable);
  return window;
}

static void
guitu_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = make_window (GUITU_APPLICATION (application));
  gtk_window_present (window);
}

static void
guitu_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "about", on_about },
    { "quit", on_quit },
  };

  G_APPLICATION_CLASS (guitu_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name ("io.github.guitu.Guitu");
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action, accelerators[i].keys);
}

static int
guitu_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  GuituApplication *self = GUITU_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("guitu %s\n", GUITU_VERSION);
      return 0;
    }
  if (self->store != NULL || self->measures_start || self->measures_empty_window)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
guitu_application_finalize (GObject *object)
{
  g_free (GUITU_APPLICATION (object)->store);
  G_OBJECT_CLASS (guitu_application_parent_class)->finalize (object);
}

static void
guitu_application_class_init (GuituApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = guitu_application_finalize;
  application_class->activate = guitu_application_activate;
  application_class->startup = guitu_application_startup;
  application_class->handle_local_options = guitu_application_handle_local_options;
}

static void
guitu_application_init (GuituApplication *self)
{
  const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store, N_ ("The folder of the station's records"), N_ ("FOLDER") },
    { "measure-start", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->measures_start, NULL, NULL },
    { "measure-empty-window", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->measures_empty_window, NULL, NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Tell the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GApplication *
guitu_application_new (void)
{
  return g_object_new (GUITU_TYPE_APPLICATION,
                       "application-id", "io.github.guitu.Guitu",
                       "resource-base-path", "/io/github/guitu/Guitu",
                       NULL);
}
