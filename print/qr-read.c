/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/qr.h"

#include <zbar.h>

#include "print/error.h"
#include "print/image-private.h"
#include "print/qr-private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (zbar_image_scanner_t, zbar_image_scanner_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (zbar_image_t, zbar_image_destroy)

/* Longest edges at which a picture is looked at. Fine grain of a large photo can hide a code from
 * the scanner, and so can modules of hardly two points. */
static const int edges[] = { 1600, 3200, 800 };

static guint8 *
to_grey (const GdkPixbuf *image)
{
  int width = gdk_pixbuf_get_width (image);
  int height = gdk_pixbuf_get_height (image);
  int channels = gdk_pixbuf_get_n_channels (image);
  int stride = gdk_pixbuf_get_rowstride (image);
  const guint8 *points = gdk_pixbuf_read_pixels (image);
  guint8 *grey = g_malloc ((gsize) width * (gsize) height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = points + (gsize) y * (gsize) stride + (gsize) (x * channels);
        guint value = (p[0] * 299u + p[1] * 587u + p[2] * 114u) / 1000u;

        /* what is transparent shows the white paper below */
        if (channels == 4)
          value = (value * p[3] + 255u * (255u - p[3])) / 255u;
        grey[(gsize) y * (gsize) width + (gsize) x] = (guint8) value;
      }
  return grey;
}

void
_guitu_qr_scan (const GdkPixbuf *image,
                GPtrArray *texts)
{
  g_autoptr (zbar_image_scanner_t) scanner = zbar_image_scanner_create ();
  g_autoptr (zbar_image_t) frame = zbar_image_create ();
  g_autofree guint8 *grey = to_grey (image);
  gulong width = (gulong) gdk_pixbuf_get_width (image);
  gulong height = (gulong) gdk_pixbuf_get_height (image);

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (frame, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (frame, (guint) width, (guint) height);
  zbar_image_set_data (frame, grey, width * height, NULL);
  zbar_scan_image (scanner, frame);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (frame); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    g_ptr_array_add (texts, g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol)));
}

static GdkPixbuf *
scale_to_edge (GdkPixbuf *image,
               int edge)
{
  int width = gdk_pixbuf_get_width (image);
  int height = gdk_pixbuf_get_height (image);
  double scale = (double) edge / MAX (width, height);

  return gdk_pixbuf_scale_simple (image, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)),
                                  GDK_INTERP_BILINEAR);
}

GStrv
guitu_qr_read (GBytes *image,
               GError **error)
{
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (image != NULL, NULL);

  picture = _guitu_image_load (image, error);
  if (picture == NULL)
    return NULL;
  _guitu_qr_scan (picture, texts);
  for (guint i = 0; texts->len == 0 && i < G_N_ELEMENTS (edges); i++)
    {
      g_autoptr (GdkPixbuf) scaled = scale_to_edge (picture, edges[i]);

      if (scaled != NULL)
        _guitu_qr_scan (scaled, texts);
    }
  if (texts->len == 0)
    {
      g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NO_CODE,
                           "No QR code can be read in this picture");
      return NULL;
    }
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_steal (texts, NULL);
}
