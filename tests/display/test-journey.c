/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One night at the desk, in the real window on a real store: set up, register, admit, leave, verify. */

#include "tests/display/display.h"
#include "ui/duty/duty-acts.h"
#include "ui/papers/verify-page.h"

static GtkApplication *application;

static GtkWindow *
find_window (const char *type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (window), type) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_window (gpointer type)
{
  return find_window (type) != NULL;
}

static gboolean
has_no_window (gpointer type)
{
  return find_window (type) == NULL;
}

static GtkWidget *
await_window (const char *type)
{
  display_wait (has_window, (gpointer) type);
  return GTK_WIDGET (find_window (type));
}

static void
set_up (GtkWidget *window)
{
  display_type (window, "Station Code", "440105");
  display_type (window, "Station Name", "海珠救助管理站");
  display_type (window, "User Name", "wang");
  display_type (window, "New Password", "secret123");
  display_type (window, "New Password Again", "secret124");
  display_press (window, "_Set Up");
  display_settle (100);
  g_assert_nonnull (display_find (window, "Station Code")); /* the passwords differ: nothing happened */
  display_type (window, "New Password Again", "secret123");
  display_press (window, "_Set Up");
  display_await (window, "Add _Task…");
  gtk_widget_activate_action (window, "win.show-page", "s", "intake");
  display_await (window, "Find a person");
}

static void
log_in_again (GtkWidget *window)
{
  gtk_widget_activate_action (window, "win.log-out", NULL);
  display_type (window, "User", "wang");
  display_type (window, "Password", "wrong");
  display_press (window, "Log In");
  display_await_ready (window, "Log In");
  g_assert_nonnull (display_find (window, "User"));
  display_type (window, "Password", "secret123");
  display_press (window, "Log In");
  display_await (window, "Add _Task…");
  gtk_widget_activate_action (window, "win.show-page", "s", "intake");
  display_await (window, "Find a person");
}

/* What is missing is said at its field; what was typed stays. */
static void
register_person (GtkWidget *window)
{
  display_type (window, "Name", "王秀英");
  display_type (window, "Birth or age", "45");
  gtk_widget_activate_action (window, "win.do", "s", "save");
  display_settle (300);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (display_await (window, "Name"))), ==, "王秀英");
  display_press (window, "Female");
  display_press (window, "Brought by the police");
  display_type (window, "Words", "我要回家");
  display_press (window, "_Register");
  display_await (window, "_Admit…");
}

static void
admit (GtkWidget *window)
{
  GtkWidget *dialog;

  display_press (window, "_Admit…");
  dialog = await_window ("GuituBedDialog");
  display_type (dialog, "Bed", "A-3");
  gtk_widget_activate_action (dialog, "dialog.accept", NULL);
  display_wait (has_no_window, (gpointer) "GuituBedDialog");
  display_settle (300);
  g_assert_null (display_find (window, "_Admit…"));
}

static void
leave (GtkWidget *window)
{
  GtkWidget *dialog;

  display_press (window, "_Leave…");
  dialog = await_window ("GuituLeaveDialog");
  display_press (dialog, "Escorted to the home station");
  display_press (dialog, "_Record Leaving");
  display_settle (300);
  g_assert_nonnull (find_window ("GuituLeaveDialog")); /* the receiving station is missing */
  display_type (dialog, "To station", "韶关市救助管理站");
  display_type (dialog, "To region", "韶关市");
  display_type (dialog, "Escorts", "李明、张红");
  display_type (dialog, "Departs without approval because", "夜间急送");
  display_press (dialog, "_Record Leaving");
  display_wait (has_no_window, (gpointer) "GuituLeaveDialog");
}

/* The paper of the departure is filled in, then there. */
static void
look_at_paper (void)
{
  GtkWidget *window = await_window ("GuituFillWindow");

  display_await (window, "Page 1");
  display_press (window, "_Issue");
  window = await_window ("GuituPaperWindow");
  display_await (window, "Page 1");
  display_await (window, "Page 3");
  gtk_widget_activate_action (window, "paper.zoom-in", NULL);
  display_settle (200);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* After a woman, the next form begins at its first answer again. */
static void
begin_next_form (GtkWidget *window)
{
  gtk_widget_activate_action (window, "win.show-page", "s", "person");
  gtk_widget_activate_action (window, "win.new-person", NULL);
  display_settle (100);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == display_await (window, "Male"));
}

/* Enter in the search opens whoever is found, but not when one has gone elsewhere by then. */
static void
leave_while_it_searches (GtkWidget *window)
{
  gtk_widget_activate_action (window, "win.show-page", "s", "intake");
  display_type (window, "Find a person", "王秀英");
  g_signal_emit_by_name (display_await (window, "Find a person"), "activate");
  gtk_widget_activate_action (window, "win.show-page", "s", "board");
  display_settle (300);
  g_assert_nonnull (display_find (window, "Filter"));
}

/* What the duty of the holidays begins leads to their year. */
static void
enter_holidays (GtkWidget *window)
{
  g_autoptr (JsonObject) task = json_object_new ();
  GtkWidget *year;

  json_object_set_string_member (task, "kind", "calendar");
  guitu_duty_act_begin (task, window);
  year = display_await (window, "Year");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), year));
}

/* A file that is dropped on the page is verified; what is no file of this machine is left alone. */
static gboolean
drop (GtkWidget *page, GFile *file)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  g_autoptr (GObject) target = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  for (guint i = 0; target == NULL && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        target = g_steal_pointer (&controller);
    }
  g_assert_nonnull (target);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  g_signal_emit_by_name (target, "drop", &value, 1.0, 1.0, &is_taken);
  return is_taken;
}

static void
drop_files (GtkWidget *window)
{
  GtkWidget *text = display_await (window, "Text of the code");
  GtkWidget *page = gtk_widget_get_ancestor (text, GUITU_TYPE_VERIFY_PAGE);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/paper.png");
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("https://example.org/paper.png");

  g_assert_false (drop (page, elsewhere));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), !=, "");
  g_assert_true (drop (page, missing));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  display_settle (300);
}

static void
test_night (void)
{
  GtkWidget *window = GTK_WIDGET (display_open_window (application));

  set_up (window);
  log_in_again (window);
  register_person (window);
  admit (window);
  gtk_widget_activate_action (window, "win.show-page", "s", "board");
  display_settle (300);
  gtk_widget_activate_action (window, "win.go-back", NULL);
  gtk_widget_activate_action (window, "win.show-page", "s", "person");
  leave (window);
  look_at_paper ();
  leave_while_it_searches (window);
  enter_holidays (window);
  begin_next_form (window);
  gtk_widget_activate_action (window, "win.show-page", "s", "verify");
  display_type (window, "Text of the code", "GT1:NOT A SEAL");
  g_signal_emit_by_name (display_await (window, "Text of the code"), "activate");
  display_settle (300);
  drop_files (window);
  gtk_window_destroy (GTK_WINDOW (window));
  display_settle (50);
}

int
main (int argc, char **argv)
{
  int status;

  application = display_start (&argc, &argv);
  g_test_add_func ("/journey/night", test_night);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
