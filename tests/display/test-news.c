/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/display/display.h"
#include "ui/widgets/news.h"

/* As long as a toast takes to come up and to fade, and longer. */
#define ANIMATION_MS 1500

typedef struct
{
  GtkWindow *window;
  AdwToastOverlay *toasts;
} Stage;

static Stage
open_stage (void)
{
  Stage stage = { GTK_WINDOW (gtk_window_new ()), ADW_TOAST_OVERLAY (adw_toast_overlay_new ()) };

  adw_toast_overlay_set_child (stage.toasts, gtk_label_new ("desk"));
  gtk_window_set_child (stage.window, GTK_WIDGET (stage.toasts));
  gtk_window_set_default_size (stage.window, 600, 400);
  gtk_window_present (stage.window);
  display_settle (200);
  return stage;
}

/* The button is what is looked for. */
static void
tell (Stage *stage, const char *button)
{
  guitu_news_show (stage->toasts, g_variant_new (GUITU_NEWS_TYPE, "News", button, "win.nothing", ""));
}

static gboolean
is_told (gpointer data)
{
  return display_find (GTK_WIDGET (((Stage *) data)->toasts), "second") != NULL;
}

/* What comes in place of older news is taken away as soon as it is there, or a moment later. */
static void
test_dismissed_at_once (void)
{
  Stage stage = open_stage ();

  for (guint after = 0; after <= 300; after += 60)
    {
      tell (&stage, "first");
      g_assert_nonnull (display_await (GTK_WIDGET (stage.toasts), "first"));
      tell (&stage, "second");
      display_settle (after);
      guitu_news_dismiss (stage.toasts);
      display_settle (ANIMATION_MS);
      g_assert_null (display_find (GTK_WIDGET (stage.toasts), "first"));
      g_assert_null (display_find (GTK_WIDGET (stage.toasts), "second"));
    }
  gtk_window_destroy (stage.window);
}

/* The newest is to be seen, and what it replaced is not. */
static void
test_newest (void)
{
  Stage stage = open_stage ();

  tell (&stage, "first");
  g_assert_nonnull (display_await (GTK_WIDGET (stage.toasts), "first"));
  tell (&stage, "between");
  tell (&stage, "second");
  display_wait (is_told, &stage);
  display_settle (ANIMATION_MS);
  g_assert_nonnull (display_find (GTK_WIDGET (stage.toasts), "second"));
  g_assert_null (display_find (GTK_WIDGET (stage.toasts), "first"));
  g_assert_null (display_find (GTK_WIDGET (stage.toasts), "between"));
  gtk_window_destroy (stage.window);
}

/* The picture that closes a toast is read out. */
static void
test_close_button (void)
{
  Stage stage = open_stage ();
  g_autoptr (GPtrArray) unnamed = NULL;

  tell (&stage, "first");
  g_assert_nonnull (display_await (GTK_WIDGET (stage.toasts), "first"));
  unnamed = display_unnamed (GTK_WIDGET (stage.toasts));
  g_assert_cmpuint (unnamed->len, ==, 0);
  g_assert_true (GTK_IS_BUTTON (display_find (GTK_WIDGET (stage.toasts), "Dismiss")));
  display_settle (ANIMATION_MS);
  display_press (GTK_WIDGET (stage.toasts), "Dismiss");
  display_settle (ANIMATION_MS);
  g_assert_null (display_find (GTK_WIDGET (stage.toasts), "first"));
  gtk_window_destroy (stage.window);
}

/* A window that closes takes its news along, those that wait too. */
static void
test_closed (void)
{
  Stage stage = open_stage ();

  tell (&stage, "first");
  g_assert_nonnull (display_await (GTK_WIDGET (stage.toasts), "first"));
  tell (&stage, "second");
  gtk_window_destroy (stage.window);
  display_settle (ANIMATION_MS);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = display_start (&argc, &argv);

  g_test_add_func ("/news/dismissed-at-once", test_dismissed_at_once);
  g_test_add_func ("/news/newest", test_newest);
  g_test_add_func ("/news/close-button", test_close_button);
  g_test_add_func ("/news/closed", test_closed);
  return g_test_run ();
}
