/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes what the fuzzer found worth keeping through the same checks, in any build. */

#include <glib/gstdio.h>
#include <string.h>

#include "seal-fuzz.h"

#define MOST_FILES 100
#define MOST_BYTES 1024

static void
try_bytes (const char *data,
           gsize length)
{
  LLVMFuzzerTestOneInput ((const uint8_t *) data, length);
}

/* The input itself, and every beginning of it: a code that was not scanned to its end. */
static void
try_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (length, <, MOST_BYTES);
  g_assert_true (g_utf8_validate (data, (gssize) length, NULL));
  for (gsize i = 0; i <= length; i++)
    try_bytes (data, i);
}

static void
test_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "seals", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  g_assert_nonnull (files);
  for (const char *name = g_dir_read_name (files); name != NULL; name = g_dir_read_name (files))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_test_message ("%s", name);
      try_file (path);
      n_files++;
    }
  g_assert_cmpuint (n_files, <, MOST_FILES);
  g_test_message ("%u files: %u refused, %u read but not genuine, %u genuine; signed: %u unlike ours, "
                  "%u accepted; %u made",
                  n_files, seal_fuzz_counts.refused, seal_fuzz_counts.parsed, seal_fuzz_counts.genuine,
                  seal_fuzz_counts.unlike, seal_fuzz_counts.accepted, seal_fuzz_counts.made);

  /* every way through is there */
  g_assert_cmpuint (seal_fuzz_counts.refused, >, 0);
  g_assert_cmpuint (seal_fuzz_counts.parsed, >, 0);
  g_assert_cmpuint (seal_fuzz_counts.genuine, >=, 4);
  g_assert_cmpuint (seal_fuzz_counts.unlike, >, 0);
  g_assert_cmpuint (seal_fuzz_counts.accepted, >, 0);
  g_assert_cmpuint (seal_fuzz_counts.made, >, 0);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/corpus", test_corpus);
  return g_test_run ();
}
