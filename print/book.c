/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pages of one document. A paper's table is set once and all its copies show the same content
 * streams; only the label of the copy is their own. Pages are given to the PDF at the end, when
 * their order and number are known.
 */

#include "print/book.h"

#include <string.h>

#include "print/form-page-private.h"
#include "print/image-private.h"
#include "print/qr-private.h"

#define PORTRAIT_WIDTH 420 /* points for 35 mm: 300 dpi */
#define PORTRAIT_HEIGHT 600
#define MAX_STREAMS 3
#define PAGE_NUMBER_TOP (4.5 * GUITU_MM)
#define PAGE_NUMBER_SIZE 8.0

typedef struct
{
  GuituPdfObject streams[MAX_STREAMS + 1]; /* NULL-terminated */
  double width;
  double height;
  char *bookmark;    /* NULL: none */
  gboolean is_below; /* the bookmark belongs below the one before */
} BookPage;

struct _GuituBook
{
  GuituFonts *fonts;
  GuituPdf *pdf;
  GArray *pages; /* of BookPage */
  gboolean is_numbered;
  guint n_parts; /* for names */
};

static void
clear_page (gpointer data)
{
  g_free (((BookPage *) data)->bookmark);
}

GuituBook *
guitu_book_new (GuituFonts *fonts,
                const char *title,
                gboolean is_numbered)
{
  GuituBook *book = g_new0 (GuituBook, 1);

  book->fonts = fonts;
  book->pdf = _guitu_pdf_new (fonts, title);
  book->is_numbered = is_numbered;
  book->pages = g_array_new (FALSE, TRUE, sizeof (BookPage));
  g_array_set_clear_func (book->pages, clear_page);
  return book;
}

void
guitu_book_free (GuituBook *book)
{
  if (book == NULL)
    return;
  g_array_unref (book->pages);
  _guitu_pdf_free (book->pdf);
  g_free (book);
}

void
guitu_book_set_origin (GuituBook *book,
                       const char *author,
                       gint64 created_at)
{
  _guitu_pdf_set_origin (book->pdf, author, NULL, created_at);
}

guint
guitu_book_n_pages (const GuituBook *book)
{
  return book->pages->len;
}

/* --- Papers ---------------------------------------------------------------------------------- */

static gboolean
has_cell (const GuituForm *form,
          GuituCellKind kind)
{
  for (guint i = 0; i < form->n_rows; i++)
    for (const GuituCell *cell = form->rows[i].cells; cell->kind != GUITU_CELL_NONE; cell++)
      if (cell->kind == kind)
        return TRUE;
  return FALSE;
}

/* A portrait that the form does not show has no place in the file either. */
static gboolean
prepare_portrait (GuituPaper *paper,
                  GError **error)
{
  GBytes *photo = _guitu_form_values_photo (paper->values);

  if (photo == NULL || !has_cell (paper->form, GUITU_CELL_PHOTO))
    return TRUE;
  paper->portrait.jpeg = _guitu_image_to_jpeg (photo, PORTRAIT_WIDTH, PORTRAIT_HEIGHT, &paper->portrait.width,
                                               &paper->portrait.height, error);
  if (paper->portrait.jpeg == NULL)
    return FALSE;
  _guitu_pdf_add_jpeg (paper->pdf, paper->portrait_name, paper->portrait.jpeg);
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
  drawing = _guitu_qr_draw (seal, &paper->code_size, error);
  if (drawing == NULL)
    return FALSE;
  _guitu_pdf_add_drawing (paper->pdf, paper->code_name, drawing, paper->code_size);
  g_string_free (drawing, TRUE);
  return TRUE;
}

/* The text of the form's link; NULL where it has none to show. */
static const char *
link_of (const GuituPaper *paper)
{
  if (paper->mode == GUITU_FORM_BLANK || _guitu_form_values_is_void (paper->values))
    return NULL;
  for (guint i = 0; i < paper->form->n_rows; i++)
    for (const GuituCell *cell = paper->form->rows[i].cells; cell->kind != GUITU_CELL_NONE; cell++)
      if (cell->kind == GUITU_CELL_LINK)
        return guitu_form_values_get (paper->values, cell->text);
  return NULL;
}

static gboolean
prepare_link (GuituPaper *paper,
              GError **error)
{
  const char *link = link_of (paper);
  GString *drawing;

  if (link == NULL)
    return TRUE;
  drawing = _guitu_qr_draw (link, &paper->link_size, error);
  if (drawing == NULL)
    return FALSE;
  _guitu_pdf_add_drawing (paper->pdf, paper->link_name, drawing, paper->link_size);
  g_string_free (drawing, TRUE);
  return TRUE;
}

/* (transfer full): a canvas for a page of @paper */
static GuituCanvas
begin_canvas (const GuituPaper *paper)
{
  return (GuituCanvas){ paper->fonts, paper->pdf, paper->height, g_string_new ("") };
}

static GuituPdfObject
end_canvas (GuituCanvas *canvas)
{
  GuituPdfObject content = _guitu_pdf_add_content (canvas->pdf, canvas->content);

  g_string_free (canvas->content, TRUE);
  return content;
}

static GuituPdfObject
add_copy_label (const GuituPaper *paper,
                guint copy)
{
  GuituCanvas canvas = begin_canvas (paper);

  _guitu_paper_draw_copy_label (paper, &canvas, copy);
  return end_canvas (&canvas);
}

static GuituPdfObject
add_page_content (const GuituPaper *paper,
                  const GString *table,
                  guint i,
                  guint n_pages)
{
  GuituCanvas canvas = begin_canvas (paper);

  _guitu_paper_draw_frame (paper, &canvas, i, n_pages);
  g_string_append_len (canvas.content, table->str, (gssize) table->len);
  return end_canvas (&canvas);
}

static void
free_content (gpointer content)
{
  g_string_free (content, TRUE);
}

static void
add_copy (GuituBook *book,
          const GuituPaper *paper,
          guint copy,
          GuituPdfObject *contents,
          guint n_contents,
          const char *bookmark,
          gboolean is_below)
{
  GuituPdfObject own = guitu_form_copy_label (paper->form, copy) != NULL ? add_copy_label (paper, copy) : NULL;

  for (guint i = 0; i < n_contents; i++)
    {
      BookPage page = { { contents[i], own, NULL }, paper->width, paper->height, i == 0 ? g_strdup (bookmark) : NULL, is_below };

      g_array_append_val (book->pages, page);
    }
}

static void
add_copies (GuituBook *book,
            const GuituPaper *paper,
            GuituBookCopies copies,
            const char *bookmark)
{
  g_autoptr (GPtrArray) tables = _guitu_paper_set_table (paper);
  g_autofree GuituPdfObject *contents = g_new (GuituPdfObject, tables->len);
  guint n_copies = guitu_form_n_copies (paper->form);
  guint first = copies == GUITU_BOOK_KEPT_COPY ? n_copies - 1 : 0;

  g_ptr_array_set_free_func (tables, free_content);
  for (guint i = 0; i < tables->len; i++)
    contents[i] = add_page_content (paper, g_ptr_array_index (tables, i), i, tables->len);
  for (guint copy = first; copy < n_copies; copy++)
    {
      const char *label = guitu_form_copy_label (paper->form, copy);
      gboolean is_part = bookmark != NULL && copy == first;

      add_copy (book, paper, copy, contents, tables->len, is_part ? bookmark : label, bookmark != NULL && !is_part);
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
      guitu_form_values_set_label (blank, keys[i], guitu_form_values_get_label (values, keys[i]));
      if (g_str_has_prefix (keys[i], "station.") || g_str_has_prefix (keys[i], "form."))
        guitu_form_values_set (blank, keys[i], guitu_form_values_get (values, keys[i]));
    }
  return blank;
}

gboolean
guitu_book_add_form (GuituBook *book,
                     const GuituForm *form,
                     const GuituFormValues *values,
                     GuituFormMode mode,
                     GuituBookCopies copies,
                     const char *bookmark,
                     GError **error)
{
  g_autoptr (GuituFormValues) blank = guitu_form_values_new ();
  GuituPaper paper = { .fonts = book->fonts, .form = form, .values = values, .mode = mode, .pdf = book->pdf };
  gboolean is_prepared;

  g_return_val_if_fail (form != NULL, FALSE);

  if (mode == GUITU_FORM_BLANK)
    paper.values = values_to_show (form, values, blank);
  g_snprintf (paper.portrait_name, sizeof paper.portrait_name, "P%u", book->n_parts);
  g_snprintf (paper.link_name, sizeof paper.link_name, "L%u", book->n_parts);
  g_snprintf (paper.code_name, sizeof paper.code_name, "Q%u", book->n_parts++);
  _guitu_paper_measure_sheet (&paper);
  is_prepared = prepare_portrait (&paper, error) && prepare_seal (&paper, error) && prepare_link (&paper, error);
  if (is_prepared)
    {
      _guitu_paper_measure_frame (&paper);
      add_copies (book, &paper, copies, bookmark);
    }
  g_clear_pointer (&paper.portrait.jpeg, g_bytes_unref);
  return is_prepared;
}

guint
guitu_form_count_pages (GuituFonts *fonts,
                        const GuituForm *form,
                        const GuituFormValues *values,
                        GuituFormMode mode)
{
  g_autoptr (GArray) places = guitu_form_places (fonts, form, values, mode);

  return g_array_index (places, GuituFormPlace, places->len - 1).page + 1;
}

GArray *
guitu_form_places (GuituFonts *fonts,
                   const GuituForm *form,
                   const GuituFormValues *values,
                   GuituFormMode mode)
{
  g_autoptr (GuituFormValues) blank = guitu_form_values_new ();
  g_autoptr (GuituPdf) pdf = _guitu_pdf_new (fonts, NULL);
  g_autoptr (GPtrArray) tables = NULL;
  GuituPaper paper = { .fonts = fonts, .form = form, .values = values, .mode = mode, .pdf = pdf };

  paper.places = g_array_new (FALSE, FALSE, sizeof (GuituFormPlace));
  if (mode == GUITU_FORM_BLANK)
    paper.values = values_to_show (form, values, blank);
  _guitu_paper_measure_sheet (&paper);
  _guitu_paper_measure_frame (&paper);
  tables = _guitu_paper_set_table (&paper);
  g_ptr_array_set_free_func (tables, free_content);
  return paper.places;
}

/* --- Scans ----------------------------------------------------------------------------------- */

static void
add_picture (GuituBook *book,
             const GuituPicture *picture,
             const char *bookmark)
{
  const GuituSheet *a4 = &_guitu_sheet_a4;
  BookPage page = { .width = a4->width * GUITU_MM, .height = a4->height * GUITU_MM, .bookmark = g_strdup (bookmark) };
  double margin = 12 * GUITU_MM; /* below the number of the page */
  double scale = MIN ((page.width - 2 * margin) / picture->width, (page.height - 2 * margin) / picture->height);
  GuituBox box = { 0, 0, picture->width * scale, picture->height * scale };
  GuituCanvas canvas = { book->fonts, book->pdf, page.height, g_string_new ("") };
  char name[16];

  g_snprintf (name, sizeof name, "S%u", book->n_parts++);
  _guitu_pdf_add_jpeg (book->pdf, name, picture->jpeg);
  box.x = (page.width - box.width) / 2;
  box.y = (page.height - box.height) / 2;
  _guitu_canvas_show (&canvas, name, &box, 1);
  page.streams[0] = end_canvas (&canvas);
  g_array_append_val (book->pages, page);
}

gboolean
guitu_book_add_scan (GuituBook *book,
                     GBytes *file,
                     const char *bookmark,
                     GError **error)
{
  g_autoptr (GPtrArray) pictures = _guitu_scan_read (file, error);

  if (pictures == NULL)
    return FALSE;
  for (guint i = 0; i < pictures->len; i++)
    add_picture (book, g_ptr_array_index (pictures, i), i == 0 ? bookmark : NULL);
  return TRUE;
}

/* --- The document ---------------------------------------------------------------------------- */

void
guitu_book_move_to_front (GuituBook *book,
                          guint first)
{
  guint n_moved = book->pages->len - first;
  g_autofree BookPage *moved = NULL;
  BookPage *pages = (BookPage *) (void *) book->pages->data;

  g_return_if_fail (first <= book->pages->len);

  moved = g_memdup2 (pages + first, n_moved * sizeof (BookPage));
  memmove (pages + n_moved, pages, first * sizeof (BookPage));
  memcpy (pages, moved, n_moved * sizeof (BookPage));
}

static GuituPdfObject
add_page_number (GuituBook *book,
                 const BookPage *page,
                 guint i)
{
  g_autofree char *words = g_strdup_printf ("总第 %u 页　共 %u 页", i + 1, book->pages->len);
  GuituCanvas canvas = { book->fonts, book->pdf, page->height, g_string_new ("") };
  GuituBox box = { 0, PAGE_NUMBER_TOP, page->width, 0 };
  g_autoptr (GuituText) text = _guitu_text_new (book->fonts, words, PAGE_NUMBER_SIZE, page->width);

  _guitu_canvas_draw_text (&canvas, text, 0, text->lines->len, &box, GUITU_ALIGN_CENTER, 0);
  return end_canvas (&canvas);
}

GStrv
guitu_book_take_warnings (GuituBook *book)
{
  return _guitu_print_warnings_take (_guitu_pdf_warnings (book->pdf));
}

GBytes *
guitu_book_finish (GuituBook *book,
                   GError **error)
{
  for (guint i = 0; i < book->pages->len; i++)
    {
      BookPage *page = &g_array_index (book->pages, BookPage, i);
      guint n_streams = 0;

      while (page->streams[n_streams] != NULL)
        n_streams++;
      if (book->is_numbered)
        page->streams[n_streams] = add_page_number (book, page, i);
      _guitu_pdf_add_page (book->pdf, page->streams, page->width, page->height, page->bookmark, page->is_below);
    }
  return _guitu_pdf_finish (book->pdf, error);
}

GBytes *
guitu_form_render (GuituFonts *fonts,
                   const GuituForm *form,
                   const GuituFormValues *values,
                   GuituFormMode mode,
                   GStrv *warnings,
                   GError **error)
{
  g_autoptr (GuituBook) book = NULL;
  const char *number = mode == GUITU_FORM_BLANK ? NULL : guitu_form_values_get (values, "paper.number");
  GBytes *bytes;

  g_return_val_if_fail (fonts != NULL && form != NULL, NULL);

  book = guitu_book_new (fonts, form->title, FALSE);
  _guitu_pdf_set_origin (book->pdf, guitu_form_values_get (values, "station.name"), number,
                         mode == GUITU_FORM_BLANK ? 0 : _guitu_form_values_issued_at (values));
  if (!guitu_book_add_form (book, form, values, mode, GUITU_BOOK_ALL_COPIES, NULL, error))
    return NULL;
  bytes = guitu_book_finish (book, error);
  if (bytes != NULL && warnings != NULL)
    *warnings = guitu_book_take_warnings (book);
  return bytes;
}
