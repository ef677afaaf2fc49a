/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "print/image-private.h"

#include <string.h>

#include "print/error.h"
#include "print/image.h"

#define MAX_POINTS 64000000
#define TAIL_BYTES 4096  /* where the end is looked for */
#define CHUNK_BYTES 4096 /* how much may be unpacked before the size is known */

/* Only the two kinds we ask for: the library knows many more, each a way in for a hostile file. */
static const char *
recognise (const guint8 *data,
           gsize length)
{
  if (length > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";
  if (length > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "jpeg";
  return NULL;
}

/* The loader shows a picture that was cut short as if it were whole. A PNG ends with its chunk IEND,
 * a JPEG with the marker EOI; cameras may write a little behind it. */
static gboolean
is_whole (const char *type,
          const guint8 *data,
          gsize length)
{
  const char *end = strcmp (type, "png") == 0 ? "IEND" : "\xff\xd9";
  gsize tail = MIN (length, TAIL_BYTES);

  return memmem (data + length - tail, tail, end, strlen (end)) != NULL;
}

static void
on_size_prepared (GdkPixbufLoader *loader,
                  int width,
                  int height,
                  gpointer user_data)
{
  gboolean *too_large = user_data;

  /* A picture of no size is what the loader takes for an error: it stops before it unpacks a row. */
  if ((gint64) width * height > MAX_POINTS)
    {
      *too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
}

static GdkPixbuf *
unpack (GBytes *file,
        gboolean *too_large)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  const char *type = recognise (data, length);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) write_error = NULL;
  GdkPixbuf *image;

  if (type != NULL && is_whole (type, data, length))
    loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), too_large);
  for (gsize i = 0; i < length && write_error == NULL && !*too_large; i += CHUNK_BYTES)
    gdk_pixbuf_loader_write (loader, data + i, MIN (CHUNK_BYTES, length - i), &write_error);
  if (!gdk_pixbuf_loader_close (loader, NULL) || write_error != NULL || *too_large)
    return NULL;
  image = gdk_pixbuf_loader_get_pixbuf (loader);
  return image != NULL ? gdk_pixbuf_apply_embedded_orientation (image) : NULL;
}

GdkPixbuf *
_guitu_image_load (GBytes *file,
                   GError **error)
{
  gboolean too_large = FALSE;
  GdkPixbuf *image = unpack (file, &too_large);

  if (image == NULL)
    g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NOT_AN_IMAGE,
                         too_large ? "The picture is too large"
                                   : "This is not a PNG or JPEG picture, or it is damaged");
  return image;
}

gboolean
guitu_image_check (GBytes *file,
                   GError **error)
{
  g_autoptr (GdkPixbuf) image = _guitu_image_load (file, error);

  return image != NULL;
}

GBytes *
_guitu_image_to_jpeg (GBytes *file,
                      int max_width,
                      int max_height,
                      int *width,
                      int *height,
                      GError **error)
{
  g_autoptr (GdkPixbuf) image = _guitu_image_load (file, error);
  g_autoptr (GdkPixbuf) small = NULL;
  double scale;
  char *data = NULL;
  gsize length;

  if (image == NULL)
    return NULL;
  scale = MIN (1.0, MIN ((double) max_width / gdk_pixbuf_get_width (image),
                         (double) max_height / gdk_pixbuf_get_height (image)));
  *width = MAX (1, (int) (gdk_pixbuf_get_width (image) * scale));
  *height = MAX (1, (int) (gdk_pixbuf_get_height (image) * scale));
  /* over white, should a PNG be transparent */
  small = gdk_pixbuf_composite_color_simple (image, *width, *height, GDK_INTERP_BILINEAR, 255, 8,
                                             0xffffff, 0xffffff);
  if (small == NULL || !gdk_pixbuf_save_to_buffer (small, &data, &length, "jpeg", NULL, "quality", "85", NULL))
    {
      g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NOT_AN_IMAGE,
                           "The picture could not be reduced");
      return NULL;
    }
  return g_bytes_new_take (data, length);
}

GBytes *
guitu_image_scale (GBytes *file,
                   int edge,
                   GError **error)
{
  int width;
  int height;

  return _guitu_image_to_jpeg (file, edge, edge, &width, &height, error);
}
