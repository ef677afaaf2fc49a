/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the duty page and the board take to open with a full house and a long history behind it:
 * from the key to the frame in which a screen full of what was read anew is painted. The baseline is a page that reads
 * nothing. Prints lines like those of “guituctl bench”. */

#include "app/ctl/full-house.h"
#include "store.h"
#include "tests/display/display.h"
#include "ui/page.h"

#include <stdlib.h>
#include <time.h>

#define PASSWORD "bench-password"
#define ROUNDS 15
#define SCREEN_ROWS 12 /* what is below the edge may come later (ui/widgets/growing.h) */
#define EMPTY_PAGE "verify"
#define SETTLE_MILLISECONDS 400

typedef struct
{
  GtkWidget *list; /* NULL: nothing is waited for */
  gboolean is_in_frame;
  gint64 at; /* 0: not yet */
} Painted;

static void
ignore (JsonObject *result, gpointer data)
{
}

static GuituStation *
make_station (const char *folder)
{
  GuituStation *station = guitu_station_new (folder);
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = NULL;

  json_object_set_string_member (input, "station", "BENCH");
  json_object_set_string_member (input, "name", "测试站");
  json_object_set_string_member (input, "admin", "bench");
  json_object_set_string_member (input, "password", PASSWORD);
  guitu_station_run (station, "init", input, ignore, NULL, &error);
  g_assert_no_error (error);
  store = guitu_store_open (folder, &error);
  g_assert_no_error (error);
  bench_fill_house (store, &error);
  g_assert_no_error (error);
  return station;
}

/* The list of a page; those of drop-downs do not count. */
static GtkWidget *
find_list (GtkWidget *root)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_VIEW (root) || GTK_IS_COLUMN_VIEW (root))
    return root;
  if (GTK_IS_POPOVER (root))
    return NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static guint
n_rows (GtkWidget *list)
{
  GtkSelectionModel *model = GTK_IS_LIST_VIEW (list) ? gtk_list_view_get_model (GTK_LIST_VIEW (list))
                                                     : gtk_column_view_get_model (GTK_COLUMN_VIEW (list));

  return model == NULL ? 0 : g_list_model_get_n_items (G_LIST_MODEL (model));
}

static gboolean
is_filled (Painted *painted)
{
  return painted->list == NULL || n_rows (painted->list) >= SCREEN_ROWS;
}

/* What is there when a frame begins is in it when it has been painted. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Painted *painted = data;

  painted->is_in_frame = is_filled (painted);
  return G_SOURCE_CONTINUE;
}

static void
on_painted (GdkFrameClock *clock, Painted *painted)
{
  if (painted->is_in_frame && painted->at == 0)
    painted->at = g_get_monotonic_time ();
}

static gboolean
is_painted (gpointer data)
{
  return ((Painted *) data)->at != 0;
}

static GuituPage *
page_of (GtkWidget *widget, const char *type)
{
  GuituPage *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return GUITU_PAGE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = page_of (child, type);
  return found;
}

/* Milliseconds of processor that this thread has had. */
static double
processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

static double
open_page (GtkWidget *window, const char *name, const char *type, double *processor)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 start = g_get_monotonic_time ();
  double before = processor_time ();
  Painted painted = { 0 };
  gulong handler;
  guint tick;

  gtk_widget_activate_action (window, "win.show-page", "s", name);
  if (type != NULL)
    {
      painted.list = find_list (GTK_WIDGET (page_of (window, type)));
      g_assert_nonnull (painted.list);
    }
  tick = gtk_widget_add_tick_callback (window, on_frame, &painted, NULL);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);
  display_wait (is_painted, &painted);
  gtk_widget_remove_tick_callback (window, tick);
  g_signal_handler_disconnect (clock, handler);
  *processor = processor_time () - before;
  return (double) (painted.at - start) / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
median (double *numbers)
{
  qsort (numbers, ROUNDS, sizeof *numbers, compare);
  return numbers[ROUNDS / 2];
}

static void
report (const char *what, const char *name, double *times, double *processor, double baseline)
{
  double value = median (times);

  g_print ("{\"name\":\"%s %s\",\"value\":%.1f,\"unit\":\"ms\",\"baseline\":%.1f,\"ratio\":%.1f,\"window_thread\":%.1f}\n",
           what, name, value, baseline, value / baseline, median (processor));
}

/* First again and again as at a desk, then each time with a page that has forgotten what it showed. */
static void
measure (GtkWidget *window, const char *name, const char *type)
{
  double empty[ROUNDS], again[ROUNDS], anew[ROUNDS];
  double ignored[ROUNDS], again_processor[ROUNDS], anew_processor[ROUNDS];

  open_page (window, name, type, ignored);
  for (guint i = 0; i < ROUNDS; i++)
    {
      empty[i] = open_page (window, EMPTY_PAGE, NULL, &ignored[i]);
      again[i] = open_page (window, name, type, &again_processor[i]);
      display_settle (SETTLE_MILLISECONDS);
      open_page (window, EMPTY_PAGE, NULL, &ignored[i]);
      guitu_page_clear (page_of (window, type));
      display_settle (SETTLE_MILLISECONDS);
      anew[i] = open_page (window, name, type, &anew_processor[i]);
      display_settle (SETTLE_MILLISECONDS);
    }
  report ("open again", name, again, again_processor, median (empty));
  report ("open anew", name, anew, anew_processor, median (empty));
}

int
main (int argc, char **argv)
{
  GtkApplication *application = display_start (&argc, &argv);
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GuituStation) station = make_station (path);
  GtkWidget *window = GTK_WIDGET (guitu_window_new (application, station));
  double ignored;

  gtk_window_present (GTK_WINDOW (window));
  display_type (window, "User", "bench");
  display_type (window, "Password", PASSWORD);
  display_press (window, "Log In");
  display_await (window, "Add _Task…");
  open_page (window, EMPTY_PAGE, NULL, &ignored);
  measure (window, "duty", "GuituDutyPage");
  measure (window, "board", "GuituBoardPage");
  gtk_window_destroy (GTK_WINDOW (window));
  guitu_test_directory_remove (folder);
  return 0;
}
