/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The camera, with the sources that GStreamer has for tests. */

#include "print/print.h"

#include <gst/gst.h>

#include "print/camera-private.h"

#define PATIENCE 20000 /* milliseconds; a busy machine takes its time */

static void
test_frame (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituCamera) camera = guitu_camera_open ("videotestsrc pattern=red ! capsfilter caps=video/x-raw,format=I420,width=322,height=240", &error);
  g_auto (GuituCameraFrame) frame = { NULL };
  g_auto (GStrv) codes = NULL;
  const guint8 *points;

  g_assert_no_error (error);
  g_assert_true (guitu_camera_pull (camera, PATIENCE, &frame, &error));
  g_assert_no_error (error);
  g_assert_cmpint (frame.width, ==, 322);
  g_assert_cmpint (frame.height, ==, 240);
  g_assert_cmpint (frame.stride, >=, 3 * 322);
  g_assert_cmpuint (g_bytes_get_size (frame.points), ==, (gsize) frame.stride * 240);
  points = g_bytes_get_data (frame.points, NULL);
  g_assert_cmpint (points[frame.stride * 120], >, 200); /* red */
  g_assert_cmpint (points[frame.stride * 120 + 1], <, 50);
  codes = guitu_camera_frame_read (&frame);
  g_assert_cmpuint (g_strv_length (codes), ==, 0);
}

/* A large picture is made smaller, in its own shape. */
static void
test_large (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituCamera) camera = guitu_camera_open ("videotestsrc ! capsfilter caps=video/x-raw,width=4000,height=1000", &error);
  g_auto (GuituCameraFrame) frame = { NULL };

  g_assert_no_error (error);
  g_assert_true (guitu_camera_pull (camera, PATIENCE, &frame, &error));
  g_assert_cmpint (frame.width, ==, 1920);
  g_assert_cmpint (frame.height, ==, 480);
}

static void
test_end (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituCamera) camera = guitu_camera_open ("videotestsrc num-buffers=1", &error);
  g_auto (GuituCameraFrame) frame = { NULL };

  g_assert_no_error (error);
  g_assert_true (guitu_camera_pull (camera, PATIENCE, &frame, &error));
  g_assert_nonnull (frame.points);
  guitu_camera_frame_clear (&frame);
  g_assert_false (guitu_camera_pull (camera, PATIENCE, &frame, &error));
  g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_CAMERA_FAILED);
  g_assert_null (frame.points);
}

/* A source that works but has nothing to show is no failure: who looks decides how long to wait. */
static void
test_silent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituCamera) camera = guitu_camera_open ("appsrc is-live=true", &error);
  g_auto (GuituCameraFrame) frame = { NULL };

  g_assert_no_error (error);
  g_assert_true (guitu_camera_pull (camera, 1, &frame, &error));
  g_assert_null (frame.points);
}

static void
test_sources (void)
{
  static const struct
  {
    const char *source;
    GuituPrintError wanted;
  } cases[] = {
    { "", GUITU_PRINT_ERROR_CAMERA_SOURCE },
    { "videotestsrc ! !", GUITU_PRINT_ERROR_CAMERA_SOURCE },
    { "fakesink", GUITU_PRINT_ERROR_CAMERA_SOURCE },
    { "audiotestsrc", GUITU_PRINT_ERROR_CAMERA_SOURCE },
    { "nosuchcamerasrc", GUITU_PRINT_ERROR_CAMERA_PLUGIN },
    { "v4l2src device=/dev/nosuchcamera", GUITU_PRINT_ERROR_NO_CAMERA },
    { "filesrc location=/nosuch ! pngdec", GUITU_PRINT_ERROR_NO_CAMERA },
    { "filesrc location=/dev/null ! pngdec", GUITU_PRINT_ERROR_CAMERA_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituCamera) camera = guitu_camera_open (cases[i].source, &error);
      g_auto (GuituCameraFrame) frame = { NULL };

      g_test_message ("%s", cases[i].source);
      if (camera != NULL)
        g_assert_false (guitu_camera_pull (camera, PATIENCE, &frame, &error));
      g_assert_error (error, GUITU_PRINT_ERROR, (int) cases[i].wanted);
    }
}

static void
test_explained (void)
{
  const struct
  {
    GQuark domain;
    int code;
    GuituPrintError wanted;
  } cases[] = {
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY, GUITU_PRINT_ERROR_CAMERA_BUSY },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, GUITU_PRINT_ERROR_NO_CAMERA },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, GUITU_PRINT_ERROR_CAMERA_DENIED },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED, GUITU_PRINT_ERROR_CAMERA_DENIED },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, GUITU_PRINT_ERROR_CAMERA_FAILED },
    { GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN, GUITU_PRINT_ERROR_CAMERA_PLUGIN },
    { GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND, GUITU_PRINT_ERROR_CAMERA_PLUGIN },
    { GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, GUITU_PRINT_ERROR_CAMERA_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) from = g_error_new_literal (cases[i].domain, cases[i].code, "of GStreamer");
      g_autoptr (GError) error = NULL;

      _guitu_camera_explain (from, &error);
      g_assert_error (error, GUITU_PRINT_ERROR, (int) cases[i].wanted);
      g_assert_nonnull (g_strstr_len (error->message, -1, "of GStreamer"));
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/frame", test_frame);
  g_test_add_func ("/camera/large", test_large);
  g_test_add_func ("/camera/end", test_end);
  g_test_add_func ("/camera/silent", test_silent);
  g_test_add_func ("/camera/sources", test_sources);
  g_test_add_func ("/camera/explained", test_explained);
  return g_test_run ();
}
