/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What came from a scanner or a camera, as pictures for a page.
 *
 * A JPEG of sensible size that lies upright is taken as it is: unpacking and packing three hundred
 * of them would take a minute. Everything else becomes a JPEG that shows what a scanner at 200 dpi
 * would have shown of A4.
 */

#include "print/scan-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <string.h>

#include "print/book.h"
#include "print/error.h"
#include "print/image-private.h"

#define MAX_WIDTH 1654 /* A4 at 200 dpi */
#define MAX_HEIGHT 2339
#define MAX_BYTES_AS_IS 1000000
#define PDF_SCALE (150 / 72.0)
#define MAX_PDF_PAGES 500
#define MAX_PDF_EDGE 3000 /* points: a page of a plan is reduced to this */

static void
free_picture (gpointer data)
{
  GuituPicture *picture = data;

  g_bytes_unref (picture->jpeg);
  g_free (picture);
}

static void
add (GPtrArray *pictures,
     GBytes *jpeg,
     int width,
     int height)
{
  GuituPicture picture = { jpeg, width, height };

  g_ptr_array_add (pictures, g_memdup2 (&picture, sizeof picture));
}

/* --- JPEG as it is ---------------------------------------------------------------------------- */

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xc2;
}

/* Reads the size from the frame header (ITU-T T.81, B.2.2). FALSE where the picture has to be
 * unpacked: turned by its Exif part, not grey or colour, or of another making. */
static gboolean
read_frame (const guint8 *data,
            gsize length,
            int *width,
            int *height)
{
  for (gsize i = 2; i + 9 < length && data[i] == 0xff;)
    {
      gsize segment = (gsize) data[i + 2] << 8 | data[i + 3];

      if (data[i + 1] == 0xe1 && memcmp (data + i + 4, "Exif", 4) == 0)
        return FALSE;
      if (is_frame (data[i + 1]))
        {
          *height = data[i + 5] << 8 | data[i + 6];
          *width = data[i + 7] << 8 | data[i + 8];
          return data[i + 4] == 8 && (data[i + 9] == 1 || data[i + 9] == 3);
        }
      i += 2 + segment;
    }
  return FALSE;
}

static gboolean
take_as_is (GPtrArray *pictures,
            GBytes *file)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  int width;
  int height;

  if (length < 16 || length > MAX_BYTES_AS_IS || data[0] != 0xff || data[1] != 0xd8 || !read_frame (data, length, &width, &height))
    return FALSE;
  if (width == 0 || height == 0 || width > 2 * MAX_HEIGHT || height > 2 * MAX_HEIGHT)
    return FALSE;
  add (pictures, g_bytes_ref (file), width, height);
  return TRUE;
}

/* --- PDF -------------------------------------------------------------------------------------- */

/* A picture of what @surface shows, without its unused byte. */
static GdkPixbuf *
surface_to_pixbuf (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *from = cairo_image_surface_get_data (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  for (int y = 0; pixbuf != NULL && y < height; y++)
    {
      const guint32 *row = (const guint32 *) (const void *) (from + (gsize) y * (gsize) stride);
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, to += 3)
        {
          to[0] = (guint8) (row[x] >> 16);
          to[1] = (guint8) (row[x] >> 8);
          to[2] = (guint8) row[x];
        }
    }
  return pixbuf;
}

static gboolean
add_pdf_page (GPtrArray *pictures,
              PopplerPage *page)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  double width;
  double height;
  double scale;
  char *data;
  gsize length;

  poppler_page_get_size (page, &width, &height);
  scale = MIN (PDF_SCALE, MAX_PDF_EDGE / MAX (MAX (width, height), 1));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixbuf = surface_to_pixbuf (surface);
  cairo_surface_destroy (surface);
  if (pixbuf == NULL || !gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", NULL, "quality", "80", NULL))
    return FALSE;
  add (pictures, g_bytes_new_take (data, length), gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  return TRUE;
}

/* @pictures: (nullable): only looks whether each page is there */
static gboolean
read_pdf (GPtrArray *pictures,
          GBytes *file)
{
  PopplerDocument *document = poppler_document_new_from_bytes (file, NULL, NULL);
  g_autoptr (GObject) owned = document == NULL ? NULL : G_OBJECT (document);
  int n_pages = document == NULL ? 0 : poppler_document_get_n_pages (document);

  for (int i = 0; i < n_pages && n_pages <= MAX_PDF_PAGES; i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      gboolean is_read = page != NULL && (pictures == NULL || add_pdf_page (pictures, page));

      g_clear_object (&page);
      if (!is_read)
        return FALSE;
    }
  return n_pages > 0 && n_pages <= MAX_PDF_PAGES;
}

gboolean
guitu_book_takes_pdf (GBytes *file)
{
  return read_pdf (NULL, file);
}

/* --- Any --------------------------------------------------------------------------------------- */

GPtrArray *
_guitu_scan_read (GBytes *file,
                  GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (free_picture);
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  GBytes *jpeg;
  int width;
  int height;

  if (take_as_is (pictures, file))
    return g_steal_pointer (&pictures);
  if (length > 5 && memcmp (data, "%PDF-", 5) == 0)
    {
      if (read_pdf (pictures, file))
        return g_steal_pointer (&pictures);
      g_set_error_literal (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NOT_AN_IMAGE, "This PDF cannot be read");
      return NULL;
    }
  jpeg = _guitu_image_to_jpeg (file, MAX_WIDTH, MAX_HEIGHT, &width, &height, error);
  if (jpeg == NULL)
    return NULL;
  add (pictures, jpeg, width, height);
  return g_steal_pointer (&pictures);
}
