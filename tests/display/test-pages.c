/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/display/display.h"
#include "ui/board/board-page.h"
#include "ui/dialogs.h"
#include "ui/intake/intake-page.h"
#include "ui/login/login-page.h"
#include "ui/login/setup-page.h"
#include "ui/papers/paper-window.h"
#include "ui/papers/verify-page.h"
#include "ui/person/leave-dialog.h"
#include "ui/person/person-page.h"
#include "ui/widgets/form-dialog.h"

static GtkApplication *application;

static void
assert_named (GtkWidget *root)
{
  g_autoptr (GPtrArray) unnamed = display_unnamed (root);

  for (guint i = 0; i < unnamed->len; i++)
    g_test_message ("no accessible name: %s", (char *) g_ptr_array_index (unnamed, i));
  g_assert_cmpuint (unnamed->len, ==, 0);
}

static void
test_pages (void)
{
  const GType types[] = { GUITU_TYPE_LOGIN_PAGE, GUITU_TYPE_SETUP_PAGE, GUITU_TYPE_INTAKE_PAGE,
                          GUITU_TYPE_BOARD_PAGE, GUITU_TYPE_VERIFY_PAGE, GUITU_TYPE_PERSON_PAGE };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *page = g_object_ref_sink (g_object_new (types[i], NULL));

      g_test_message ("%s", g_type_name (types[i]));
      assert_named (page);
      g_object_unref (page);
    }
}

static void
test_window (void)
{
  GuituWindow *window = display_open_window (application);

  display_await (GTK_WIDGET (window), "Station Code"); /* there is no store: it asks to set one up */
  assert_named (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
  display_settle (50);
}

static void
test_dialogs (void)
{
  static const char *const fields[] = { "stay.bed", "stay.ground", NULL };
  GuituWindow *window = display_open_window (application);
  g_autoptr (GuituStation) station = NULL;
  g_autoptr (JsonObject) record = json_object_new ();
  GtkWindow *windows[3];

  g_object_get (window, "station", &station, NULL);
  windows[0] = GTK_WINDOW (guitu_form_dialog_new (GTK_WIDGET (window), station, "Admit", "_Admit", "stay admit", fields));
  windows[1] = guitu_leave_dialog_new (GTK_WIDGET (window), station, record, record);
  windows[2] = guitu_paper_window_open (GTK_WIDGET (window), station, "X");
  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      gtk_window_present (windows[i]);
      display_settle (100);
      assert_named (GTK_WIDGET (windows[i]));
      gtk_window_destroy (windows[i]);
    }
  display_settle (200);
  gtk_window_destroy (GTK_WINDOW (window));
  display_settle (50);
}

static void
test_questions (void)
{
  GuituWindow *window = display_open_window (application);

  guitu_dialog_tell (GTK_WIDGET (window), "Heading", "Body", "Details");
  guitu_dialog_ask (GTK_WIDGET (window), "Heading", "Body", "_Discard", TRUE, window, NULL);
  display_settle (100);
  gtk_window_destroy (GTK_WINDOW (window));
  display_settle (50);
}

/* The screen of the desks that people have: 1366 × 768, and smaller ones. */
static void
test_least_width (void)
{
  GuituWindow *window = display_open_window (application);
  int least;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 1200);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 700);
  gtk_window_destroy (GTK_WINDOW (window));
  display_settle (50);
}

int
main (int argc, char **argv)
{
  int status;

  application = display_start (&argc, &argv);
  g_test_add_func ("/pages/named", test_pages);
  g_test_add_func ("/pages/window", test_window);
  g_test_add_func ("/pages/dialogs", test_dialogs);
  g_test_add_func ("/pages/questions", test_questions);
  g_test_add_func ("/pages/least-width", test_least_width);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
