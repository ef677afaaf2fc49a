/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ctrl+C and its kin. A verb that issues papers and writes files is not left in the middle of it. */

#include "app/ctl/stop.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

/* Some send a signal to the program and to its group at once: that is one wish, not two. */
#define SAME_WISH_MS 200

static GCancellable *cancellable;
static int wake[2];

/* Known to the handler. */
static volatile sig_atomic_t is_held;
static volatile sig_atomic_t is_asked;
static struct timespec asked_at;

static gboolean
is_same_wish (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (now.tv_sec - asked_at.tv_sec) * 1000 + (now.tv_nsec - asked_at.tv_nsec) / 1000000 < SAME_WISH_MS;
}

/* Does nothing but what a handler of signals may do. */
static void
on_signal (int number)
{
  int kept = errno;

  if (is_held && is_asked && is_same_wish ())
    return;
  if (!is_held || is_asked || write (wake[1], "", 1) != 1)
    {
      signal (number, SIG_DFL);
      raise (number);
      return;
    }
  clock_gettime (CLOCK_MONOTONIC, &asked_at); /* first: another thread may get the same wish at once */
  is_asked = 1;
  errno = kept;
}

static gpointer
wait_for_wish (gpointer data)
{
  char byte;
  ssize_t count;

  do
    count = read (wake[0], &byte, 1);
  while (count < 0 && errno == EINTR);
  if (count == 1)
    g_cancellable_cancel (data);
  g_object_unref (data);
  return NULL;
}

GCancellable *
ctl_stop_watch (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction handling = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  sigset_t all;

  if (pipe (wake) != 0)
    return NULL;
  sigemptyset (&all);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaddset (&all, numbers[i]);
  handling.sa_mask = all;
  cancellable = g_cancellable_new ();
  g_thread_unref (g_thread_new ("stop", wait_for_wish, g_object_ref (cancellable)));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction before;

      /* nohup, and a shell for what it runs in the background, have it ignored */
      if (sigaction (numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction (numbers[i], &handling, NULL);
    }
  return cancellable;
}

void
ctl_stop_hold (void)
{
  is_held = 1;
}

void
ctl_stop_release (void)
{
  is_held = 0;
}

gboolean
ctl_stop_is_asked (void)
{
  return is_asked != 0;
}
