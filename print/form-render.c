/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One paper: its table is set once, and all copies show the same content streams; only the label
 * of the copy is their own.
 */

#include "print/form.h"

#include "print/error.h"
#include "print/form-page-private.h"
#include "print/image-private.h"
#include "print/qr-private.h"

#define PORTRAIT_WIDTH 420 /* points for 35 mm: 300 dpi */
#define PORTRAIT_HEIGHT 600

static gboolean
has_photo (const GuituForm *form)
{
  for (guint i = 0; i < form->n_rows; i++)
    for (const GuituCell *cell = form->rows[i].cells; cell->kind != GUITU_CELL_NONE; cell++)
      if (cell->kind == GUITU_CELL_PHOTO)
        return TRUE;
  return FALSE;
}

/* A portrait that the form does not show has no place in the file either. */
static gboolean
prepare_portrait (GuituPaper *paper,
                  GError **error)
{
  GBytes *photo = _guitu_form_values_photo (paper->values);

  if (photo == NULL || !has_photo (paper->form))
    return TRUE;
  paper->portrait.jpeg = _guitu_image_to_jpeg (photo, PORTRAIT_WIDTH, PORTRAIT_HEIGHT, &paper->portrait.width,
                                               &paper->portrait.height, error);
  if (paper->portrait.jpeg == NULL)
    return FALSE;
  _guitu_pdf_add_jpeg (paper->pdf, GUITU_PORTRAIT_NAME, paper->portrait.jpeg);
  return TRUE;
}

static gboolean
prepare_seal (GuituPaper *paper,
              GError **error)
{
  const char *seal = _guitu_form_values_seal (paper->values);
  GString *drawing;

  if (seal == NULL || paper->mode != GUITU_FORM_FILLED)
    return TRUE;
  drawing = _guitu_qr_draw (seal, &paper->qr_size, error);
  if (drawing == NULL)
    return FALSE;
  _guitu_pdf_add_drawing (paper->pdf, GUITU_QR_NAME, drawing, paper->qr_size);
  g_string_free (drawing, TRUE);
  return TRUE;
}

static GuituPdfObject
add_copy_label (const GuituPaper *paper,
                guint copy)
{
  GuituCanvas canvas = { paper->fonts, paper->pdf, g_string_new ("") };
  GuituPdfObject content;

  _guitu_paper_draw_copy_label (paper, &canvas, copy);
  content = _guitu_pdf_add_content (paper->pdf, canvas.content);
  g_string_free (canvas.content, TRUE);
  return content;
}

static GuituPdfObject
add_page_content (const GuituPaper *paper,
                  const GString *table,
                  guint i,
                  guint n_pages)
{
  GuituCanvas canvas = { paper->fonts, paper->pdf, g_string_new ("") };
  GuituPdfObject content;

  _guitu_paper_draw_frame (paper, &canvas, i, n_pages);
  g_string_append_len (canvas.content, table->str, (gssize) table->len);
  content = _guitu_pdf_add_content (paper->pdf, canvas.content);
  g_string_free (canvas.content, TRUE);
  return content;
}

static void
free_content (gpointer content)
{
  g_string_free (content, TRUE);
}

static void
draw_copies (const GuituPaper *paper)
{
  g_autoptr (GPtrArray) tables = _guitu_paper_set_table (paper);
  g_autofree GuituPdfObject *contents = g_new (GuituPdfObject, tables->len);

  g_ptr_array_set_free_func (tables, free_content);
  for (guint i = 0; i < tables->len; i++)
    contents[i] = add_page_content (paper, g_ptr_array_index (tables, i), i, tables->len);
  for (guint copy = 0; copy < guitu_form_n_copies (paper->form); copy++)
    {
      const char *label = guitu_form_copy_label (paper->form, copy);
      GuituPdfObject own = label != NULL ? add_copy_label (paper, copy) : NULL;

      for (guint i = 0; i < tables->len; i++)
        {
          GuituPdfObject shown[] = { contents[i], own, NULL };
          _guitu_pdf_add_page (paper->pdf, shown, i == 0 ? label : NULL);
        }
    }
}

/* A blank form shows the station and the labels, and nothing about a person. */
static const GuituFormValues *
values_to_show (const GuituForm *form,
                const GuituFormValues *values,
                GuituFormValues *blank)
{
  const char *const *keys = guitu_form_keys (form);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      guitu_form_values_set_label (blank, keys[i], _guitu_form_values_label (values, keys[i]));
      if (g_str_has_prefix (keys[i], "station.") || g_str_has_prefix (keys[i], "form."))
        guitu_form_values_set (blank, keys[i], guitu_form_values_get (values, keys[i]));
    }
  return blank;
}

GBytes *
guitu_form_render (GuituFonts *fonts,
                   const GuituForm *form,
                   const GuituFormValues *values,
                   GuituFormMode mode,
                   GStrv *warnings,
                   GError **error)
{
  g_autoptr (GuituFormValues) blank = guitu_form_values_new ();
  g_autoptr (GuituPdf) pdf = NULL;
  GBytes *bytes = NULL;
  GuituPaper paper = { .fonts = fonts, .form = form, .values = values, .mode = mode };
  GuituPdfInfo info = { .title = form->title };

  g_return_val_if_fail (fonts != NULL && form != NULL, NULL);

  if (mode == GUITU_FORM_BLANK)
    paper.values = values_to_show (form, values, blank);
  info.author = guitu_form_values_get (paper.values, "station.name");
  info.subject = guitu_form_values_get (paper.values, "paper.number");
  info.created_at = _guitu_form_values_issued_at (paper.values);
  paper.pdf = pdf = _guitu_pdf_new (fonts, &info);
  if (prepare_portrait (&paper, error) && prepare_seal (&paper, error))
    {
      _guitu_paper_measure_frame (&paper);
      draw_copies (&paper);
      bytes = _guitu_pdf_finish (pdf, error);
    }
  g_clear_pointer (&paper.portrait.jpeg, g_bytes_unref);
  if (bytes != NULL && warnings != NULL)
    *warnings = _guitu_pdf_get_warnings (pdf);
  return bytes;
}
