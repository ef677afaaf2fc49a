/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/camera.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "print/camera-private.h"
#include "print/error.h"
#include "print/qr-private.h"

#define SLICE 50 /* milliseconds: so soon a failure is noticed */
#define FIRST_DEVICE "/dev/video0"

/* Only the newest picture is kept: who looks at one for long does not lag behind. Larger pictures
 * tell a code no better and take longer. */
#define SINK_NAME "frames"
#define CONVERTER "videoconvert ! videoscale ! "                                                              \
                  "video/x-raw,format=RGB,width=(int)[1,1920],height=(int)[1,1920],pixel-aspect-ratio=1/1 ! " \
                  "appsink name=" SINK_NAME " max-buffers=1 drop=true sync=true"

struct _GuituCamera
{
  GstElement *pipeline;
  GstAppSink *sink;
  GstBus *bus;
};

static GuituPrintError
meaning_of (const GError *from)
{
  if (g_error_matches (from, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT) ||
      g_error_matches (from, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
      g_error_matches (from, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    return GUITU_PRINT_ERROR_CAMERA_PLUGIN;
  if (from->domain == GST_PARSE_ERROR)
    return GUITU_PRINT_ERROR_CAMERA_SOURCE;
  if (g_error_matches (from, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return GUITU_PRINT_ERROR_NO_CAMERA;
  if (g_error_matches (from, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return GUITU_PRINT_ERROR_CAMERA_BUSY;
  if (g_error_matches (from, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED) ||
      g_error_matches (from, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ) ||
      g_error_matches (from, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE))
    return GUITU_PRINT_ERROR_CAMERA_DENIED;
  return GUITU_PRINT_ERROR_CAMERA_FAILED;
}

void
_guitu_camera_explain (const GError *from,
                       GError **error)
{
  static const char *const sentences[] = {
    [GUITU_PRINT_ERROR_NO_CAMERA] = "There is no camera",
    [GUITU_PRINT_ERROR_CAMERA_BUSY] = "Another program is using the camera",
    [GUITU_PRINT_ERROR_CAMERA_DENIED] = "The camera may not be used by this user or program",
    [GUITU_PRINT_ERROR_CAMERA_PLUGIN] = "GStreamer lacks a part that this camera needs (gstreamer1.0-plugins-base and -good)",
    [GUITU_PRINT_ERROR_CAMERA_SOURCE] = "This is no source of pictures for GStreamer",
    [GUITU_PRINT_ERROR_CAMERA_FAILED] = "The camera gives no pictures",
  };
  GuituPrintError meaning = from == NULL ? GUITU_PRINT_ERROR_CAMERA_FAILED : meaning_of (from);

  g_set_error (error, GUITU_PRINT_ERROR, meaning, "%s%s%s", sentences[meaning],
               from == NULL ? "" : ": ", from == NULL ? "" : from->message);
}

/* "No camera" in words of our own: GStreamer has not even been asked. (transfer none) */
static gpointer
fail_without_camera (GError **error)
{
  g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NO_CAMERA, "There is no camera on this machine");
  return NULL;
}

/* What the pipeline complains of, if it does. */
static gboolean
has_complaint (GuituCamera *camera,
               GError **error)
{
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (camera->bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) from = NULL;

  if (message == NULL)
    return FALSE;
  gst_message_parse_error (message, &from, NULL);
  _guitu_camera_explain (from, error);
  return TRUE;
}

/* The first camera that the system tells of. "autovideosrc" will not do: where there is no camera it
 * shows a test picture. (transfer floating) */
static GstElement *
default_source (GError **error)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  GstElement *source = NULL;
  GList *devices;

  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  if (gst_device_monitor_start (monitor))
    {
      devices = gst_device_monitor_get_devices (monitor);
      for (GList *link = devices; link != NULL && source == NULL; link = link->next)
        source = gst_device_create_element (link->data, NULL);
      g_list_free_full (devices, gst_object_unref);
      gst_device_monitor_stop (monitor);
    }
  if (source == NULL && g_file_test (FIRST_DEVICE, G_FILE_TEST_EXISTS))
    source = gst_parse_launch ("v4l2src device=" FIRST_DEVICE, NULL);
  return source != NULL ? source : fail_without_camera (error);
}

/* (transfer floating) */
static GstElement *
make_source (const char *source,
             GError **error)
{
  g_autoptr (GError) from = NULL;
  GstElement *bin;

  if (source == NULL)
    return default_source (error);
  bin = gst_parse_bin_from_description_full (source, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &from);
  if (bin == NULL)
    _guitu_camera_explain (from, error);
  return bin;
}

/* (transfer floating) */
static GstElement *
make_converter (GError **error)
{
  g_autoptr (GError) from = NULL;
  GstElement *bin = gst_parse_bin_from_description_full (CONVERTER, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &from);

  if (bin == NULL)
    _guitu_camera_explain (from, error);
  return bin;
}

/* Fills @camera; it is closed by the caller in either case. */
static gboolean
set_up (GuituCamera *camera,
        const char *source_text,
        GError **error)
{
  GstElement *source = make_source (source_text, error);
  GstElement *converter;

  if (source == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (camera->pipeline), source);
  converter = make_converter (error);
  if (converter == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (camera->pipeline), converter);
  camera->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (converter), SINK_NAME));
  if (!gst_element_link (source, converter))
    {
      g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_CAMERA_SOURCE,
                           "This is no source of pictures for GStreamer");
      return FALSE;
    }
  return TRUE;
}

GuituCamera *
guitu_camera_open (const char *source,
                   GError **error)
{
  g_autoptr (GuituCamera) camera = NULL;
  g_autoptr (GError) from = NULL;

  if (!gst_init_check (NULL, NULL, &from))
    {
      _guitu_camera_explain (from, error);
      return NULL;
    }
  camera = g_new0 (GuituCamera, 1);
  camera->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  camera->bus = gst_element_get_bus (camera->pipeline);
  if (!set_up (camera, source, error))
    return NULL;
  if (gst_element_set_state (camera->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return g_steal_pointer (&camera);
  if (!has_complaint (camera, error))
    _guitu_camera_explain (NULL, error);
  return NULL;
}

void
guitu_camera_close (GuituCamera *camera)
{
  if (camera == NULL)
    return;
  gst_element_set_state (camera->pipeline, GST_STATE_NULL);
  gst_clear_object (&camera->sink);
  gst_clear_object (&camera->bus);
  gst_clear_object (&camera->pipeline);
  g_free (camera);
}

static gboolean
take_sample (GstSample *sample,
             GuituCameraFrame *frame)
{
  GstVideoInfo info;
  GstVideoFrame mapped;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&mapped, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return FALSE;
  frame->width = GST_VIDEO_FRAME_WIDTH (&mapped);
  frame->height = GST_VIDEO_FRAME_HEIGHT (&mapped);
  frame->stride = GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, 0);
  frame->points = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&mapped, 0), (gsize) frame->stride * (gsize) frame->height);
  gst_video_frame_unmap (&mapped);
  return TRUE;
}

gboolean
guitu_camera_pull (GuituCamera *camera,
                   guint milliseconds,
                   GuituCameraFrame *frame,
                   GError **error)
{
  g_return_val_if_fail (camera != NULL && frame != NULL, FALSE);

  *frame = (GuituCameraFrame){ NULL };
  for (guint waited = 0; waited < milliseconds; waited += SLICE)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (camera->sink, MIN (SLICE, milliseconds - waited) * GST_MSECOND);

      if (sample != NULL && take_sample (sample, frame))
        return TRUE;
      if (has_complaint (camera, error))
        return FALSE;
      if (sample == NULL && !gst_app_sink_is_eos (camera->sink))
        continue;
      _guitu_camera_explain (NULL, error);
      return FALSE;
    }
  return TRUE;
}

void
guitu_camera_frame_clear (GuituCameraFrame *frame)
{
  g_clear_pointer (&frame->points, g_bytes_unref);
}

GStrv
guitu_camera_frame_read (const GuituCameraFrame *frame)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GdkPixbuf) image = NULL;

  g_return_val_if_fail (frame != NULL && frame->points != NULL, NULL);

  image = gdk_pixbuf_new_from_bytes (frame->points, GDK_COLORSPACE_RGB, FALSE, 8, frame->width, frame->height, frame->stride);
  _guitu_qr_scan (image, texts);
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_steal (texts, NULL);
}
