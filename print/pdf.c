/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Documents, over libharu's objects.
 *
 * Fonts are not given to libharu's own TrueType code: it embeds most of a CJK font, loses the
 * parts of composite glyphs and can't encode characters beyond U+FFFF. Instead each typeface that
 * a document uses becomes a Type 0 font with Identity-H encoding. Codes are given out in the order
 * of first use, one for each pair of character and glyph; CIDToGIDMap leads from them to the
 * glyphs of the subset that HarfBuzz makes when all text is known, and ToUnicode back to the
 * characters. So content can be written at once, and every character can be searched and copied.
 */

#include "print/pdf-private.h"

#include <hb-subset.h>
#include <hpdf.h>
#include <string.h>

#include "print/error.h"
#include "print/outline-private.h"

#define MAX_CODES 65535

/* The codes of one typeface. Code n stands for used[n - 1]; 0 is .notdef. */
typedef struct
{
  GArray *used;      /* of GuituGlyph */
  GHashTable *codes; /* (glyph, character) -> code */
} FaceUse;

struct _GuituPdf
{
  GuituFonts *fonts;
  HPDF_Doc doc;
  HPDF_Dict resources; /* shared by all pages */
  HPDF_Dict xobjects;
  HPDF_Outline part; /* the last bookmark of the first level; NULL: none yet */
  FaceUse *uses;     /* one per face */
  GuituPrintWarnings *warnings;
};

static void
on_error (HPDF_STATUS error_no,
          HPDF_STATUS detail_no,
          void *user_data)
{
  g_debug ("libharu: error %04lx, %lu", (gulong) error_no, (gulong) detail_no);
}

/* A text for the reader of the document: UTF-16 with its mark, as any language needs. */
static HPDF_Binary
new_text (HPDF_Doc doc,
          const char *utf8)
{
  g_autofree char *valid = g_utf8_make_valid (utf8, -1);
  glong n_units;
  g_autofree gunichar2 *utf16 = g_utf8_to_utf16 (valid, -1, NULL, &n_units, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "\xfe\xff", 2);
  for (glong i = 0; i < n_units; i++)
    {
      guint16 unit = GUINT16_TO_BE (utf16[i]);
      g_byte_array_append (bytes, (const guint8 *) &unit, 2);
    }
  return HPDF_Binary_New (doc->mmgr, bytes->data, bytes->len);
}

static void
set_created_at (HPDF_Doc doc,
                gint64 created_at)
{
  /* China has one time zone. */
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (created_at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  HPDF_Date date;

  if (local == NULL)
    return;
  date = (HPDF_Date){
    g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local),
    g_date_time_get_hour (local), g_date_time_get_minute (local), g_date_time_get_second (local),
    '+', 8, 0
  };
  HPDF_SetInfoDateAttr (doc, HPDF_INFO_CREATION_DATE, date);
  HPDF_SetInfoDateAttr (doc, HPDF_INFO_MOD_DATE, date);
}

void
_guitu_pdf_set_origin (GuituPdf *pdf,
                       const char *author,
                       const char *subject,
                       gint64 created_at)
{
  if (author != NULL)
    HPDF_Dict_Add (pdf->doc->info, "Author", new_text (pdf->doc, author));
  if (subject != NULL)
    HPDF_Dict_Add (pdf->doc->info, "Subject", new_text (pdf->doc, subject));
  if (created_at > 0)
    set_created_at (pdf->doc, created_at);
}

GuituPdf *
_guitu_pdf_new (GuituFonts *fonts,
                const char *title)
{
  GuituPdf *pdf = g_new0 (GuituPdf, 1);

  pdf->fonts = fonts;
  pdf->warnings = _guitu_print_warnings_new ();
  pdf->uses = g_new0 (FaceUse, _guitu_fonts_n_faces (fonts));
  for (guint i = 0; i < _guitu_fonts_n_faces (fonts); i++)
    {
      pdf->uses[i].used = g_array_new (FALSE, FALSE, sizeof (GuituGlyph));
      pdf->uses[i].codes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    }

  pdf->doc = HPDF_New (on_error, NULL);
  if (pdf->doc == NULL)
    g_error ("Out of memory");
  HPDF_SetCompressionMode (pdf->doc, HPDF_COMP_ALL);
  pdf->doc->pdf_version = HPDF_VER_15; /* ActualText */
  if (title != NULL)
    HPDF_Dict_Add (pdf->doc->info, "Title", new_text (pdf->doc, title));
  HPDF_Dict_Add (pdf->doc->catalog, "Lang", HPDF_String_New (pdf->doc->mmgr, "zh-CN", NULL));
  pdf->resources = HPDF_Dict_New (pdf->doc->mmgr);
  HPDF_Xref_Add (pdf->doc->xref, pdf->resources);
  pdf->xobjects = HPDF_Dict_New (pdf->doc->mmgr);
  HPDF_Dict_Add (pdf->resources, "XObject", pdf->xobjects);
  return pdf;
}

void
_guitu_pdf_free (GuituPdf *pdf)
{
  if (pdf == NULL)
    return;
  for (guint i = 0; i < _guitu_fonts_n_faces (pdf->fonts); i++)
    {
      g_array_unref (pdf->uses[i].used);
      g_hash_table_unref (pdf->uses[i].codes);
    }
  g_free (pdf->uses);
  _guitu_print_warnings_free (pdf->warnings);
  HPDF_Free (pdf->doc);
  g_free (pdf);
}

guint16
_guitu_pdf_use_glyph (GuituPdf *pdf,
                      const GuituGlyph *glyph)
{
  FaceUse *use = &pdf->uses[glyph->face];
  gint64 key = (gint64) glyph->glyph << 32 | glyph->character;
  guint16 code = (guint16) GPOINTER_TO_UINT (g_hash_table_lookup (use->codes, &key));

  if (code == 0 && use->used->len < MAX_CODES)
    {
      g_array_append_val (use->used, *glyph);
      code = (guint16) use->used->len;
      g_hash_table_insert (use->codes, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (code));
    }
  return code;
}

GuituPrintWarnings *
_guitu_pdf_warnings (GuituPdf *pdf)
{
  return pdf->warnings;
}

static HPDF_Dict
add_stream (GuituPdf *pdf,
            gconstpointer data,
            gsize length)
{
  HPDF_Dict stream = HPDF_DictStream_New (pdf->doc->mmgr, pdf->doc->xref);

  if (stream == NULL)
    return NULL;
  stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
  HPDF_Stream_Write (stream->stream, data, (HPDF_UINT) length);
  return stream;
}

GuituPdfObject
_guitu_pdf_add_content (GuituPdf *pdf,
                        const GString *content)
{
  return add_stream (pdf, content->str, content->len);
}

static HPDF_Array
new_numbers (HPDF_Doc doc,
             const int *numbers,
             guint n_numbers)
{
  HPDF_Array array = HPDF_Array_New (doc->mmgr);

  for (guint i = 0; array != NULL && i < n_numbers; i++)
    HPDF_Array_AddNumber (array, numbers[i]);
  return array;
}

void
_guitu_pdf_add_drawing (GuituPdf *pdf,
                        const char *name,
                        const GString *content,
                        int size)
{
  HPDF_Dict form = add_stream (pdf, content->str, content->len);

  if (form == NULL)
    return;
  HPDF_Dict_AddName (form, "Type", "XObject");
  HPDF_Dict_AddName (form, "Subtype", "Form");
  HPDF_Dict_Add (form, "BBox", new_numbers (pdf->doc, (int[]){ 0, 0, size, size }, 4));
  HPDF_Dict_Add (pdf->xobjects, name, form);
}

void
_guitu_pdf_add_jpeg (GuituPdf *pdf,
                     const char *name,
                     GBytes *jpeg)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  HPDF_Image image = HPDF_LoadJpegImageFromMem (pdf->doc, data, (HPDF_UINT) length);

  if (image != NULL)
    HPDF_Dict_Add (pdf->xobjects, name, image);
}

static void
add_bookmark (GuituPdf *pdf,
              HPDF_Page page,
              const char *bookmark,
              gboolean is_below)
{
  HPDF_Outline outline = HPDF_CreateOutline (pdf->doc, is_below ? pdf->part : NULL, "", NULL);

  if (outline == NULL)
    return;
  HPDF_Dict_Add (outline, "Title", new_text (pdf->doc, bookmark));
  HPDF_Outline_SetDestination (outline, HPDF_Page_CreateDestination (page));
  HPDF_SetPageMode (pdf->doc, HPDF_PAGE_MODE_USE_OUTLINE);
  if (is_below)
    HPDF_Outline_SetOpened (pdf->part, HPDF_FALSE);
  else
    pdf->part = outline;
}

void
_guitu_pdf_add_page (GuituPdf *pdf,
                     const GuituPdfObject *contents,
                     double width,
                     double height,
                     const char *bookmark,
                     gboolean is_below)
{
  HPDF_Page page = HPDF_AddPage (pdf->doc);
  HPDF_Array streams = HPDF_Array_New (pdf->doc->mmgr);

  if (page == NULL || streams == NULL)
    return;
  HPDF_Page_SetWidth (page, (HPDF_REAL) width);
  HPDF_Page_SetHeight (page, (HPDF_REAL) height);
  for (guint i = 0; contents[i] != NULL; i++)
    HPDF_Array_Add (streams, contents[i]);
  HPDF_Dict_Add (page, "Contents", streams);
  HPDF_Dict_Add (page, "Resources", pdf->resources);
  if (bookmark != NULL)
    add_bookmark (pdf, page, bookmark, is_below);
}

/* The way back from codes to characters, for searching and copying. */
static HPDF_Dict
add_to_unicode (GuituPdf *pdf,
                const GArray *used)
{
  g_autoptr (GString) cmap = g_string_new (
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");

  /* a range must not leave its high byte, so there is one for each 256 codes */
  for (guint i = 0; i < used->len; i++)
    {
      guint code = i + 1;
      gunichar c = g_array_index (used, GuituGlyph, i).character;

      if (i == 0 || code % 256 == 0)
        g_string_append_printf (cmap, "1 beginbfrange\n<%04X> <%04X> [", code, MIN (code | 0xff, used->len));
      if (c > 0xffff)
        g_string_append_printf (cmap, "<%04X%04X>", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
      else
        g_string_append_printf (cmap, "<%04X>", c);
      if (code % 256 == 255 || code == used->len)
        g_string_append (cmap, "]\nendbfrange\n");
    }
  g_string_append (cmap, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  return add_stream (pdf, cmap->str, cmap->len);
}

/* Most characters are as wide as the type is high; the others are listed, those side by side together. */
static HPDF_Array
new_widths (HPDF_Doc doc,
            const GArray *used)
{
  HPDF_Array widths = HPDF_Array_New (doc->mmgr);
  HPDF_Array together = NULL;

  for (guint i = 0; i < used->len; i++)
    {
      int advance = g_array_index (used, GuituGlyph, i).advance;

      if (advance == 1000)
        {
          together = NULL;
          continue;
        }
      if (together == NULL)
        {
          together = HPDF_Array_New (doc->mmgr);
          HPDF_Array_AddNumber (widths, (HPDF_INT32) i + 1);
          HPDF_Array_Add (widths, together);
        }
      HPDF_Array_AddNumber (together, advance);
    }
  return widths;
}

/* The subset of a typeface, and where its glyphs went. */
static hb_blob_t *
make_subset (const GuituFace *face,
             const GArray *used,
             guint8 *cid_to_gid)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_subset_plan_t *plan;
  hb_face_t *subset = NULL;
  hb_blob_t *blob = NULL;

  if (input == NULL)
    return NULL;
  for (guint i = 0; i < used->len; i++)
    hb_set_add (hb_subset_input_glyph_set (input), g_array_index (used, GuituGlyph, i).glyph);
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING);
  plan = hb_subset_plan_create_or_fail (face->outlines, input);
  if (plan != NULL)
    {
      const hb_map_t *moved = hb_subset_plan_old_to_new_glyph_mapping (plan);

      for (guint i = 0; i < used->len; i++)
        {
          guint gid = hb_map_get (moved, g_array_index (used, GuituGlyph, i).glyph);

          cid_to_gid[2 * (i + 1)] = (guint8) (gid >> 8);
          cid_to_gid[2 * (i + 1) + 1] = (guint8) gid;
        }
      subset = hb_subset_plan_execute_or_fail (plan);
      hb_subset_plan_destroy (plan);
    }
  if (subset != NULL)
    blob = _guitu_outline_thin (subset);
  hb_face_destroy (subset);
  hb_subset_input_destroy (input);
  return blob;
}

/* PDF wants six letters before the name of a subset, others for another subset. */
static char *
subset_name (const GuituFace *face,
             hb_blob_t *subset)
{
  guint length;
  const char *data = hb_blob_get_data (subset, &length);
  guint32 hash = 2166136261u;
  char tag[7] = "";

  for (guint i = 0; i < length; i++)
    hash = (hash ^ (guint8) data[i]) * 16777619u;
  for (guint i = 0; i < 6; i++, hash /= 26)
    tag[i] = (char) ('A' + hash % 26);
  return g_strconcat (tag, "+", face->name, NULL);
}

static HPDF_Dict
new_descriptor (GuituPdf *pdf,
                const GuituFace *face,
                const char *name,
                hb_blob_t *subset)
{
  guint length;
  const char *data = hb_blob_get_data (subset, &length);
  HPDF_Dict file = add_stream (pdf, data, length);
  HPDF_Dict descriptor = HPDF_Dict_New (pdf->doc->mmgr);

  if (file == NULL || descriptor == NULL)
    return NULL;
  HPDF_Dict_AddNumber (file, "Length1", (HPDF_INT32) length);
  HPDF_Xref_Add (pdf->doc->xref, descriptor);
  HPDF_Dict_AddName (descriptor, "Type", "FontDescriptor");
  HPDF_Dict_AddName (descriptor, "FontName", name);
  HPDF_Dict_AddNumber (descriptor, "Flags", HPDF_FONT_SYMBOLIC);
  HPDF_Dict_Add (descriptor, "FontBBox", new_numbers (pdf->doc, face->bbox, 4));
  HPDF_Dict_AddNumber (descriptor, "ItalicAngle", 0);
  HPDF_Dict_AddNumber (descriptor, "Ascent", face->ascender);
  HPDF_Dict_AddNumber (descriptor, "Descent", face->descender);
  HPDF_Dict_AddNumber (descriptor, "CapHeight", face->ascender);
  HPDF_Dict_AddNumber (descriptor, "StemV", 80);
  HPDF_Dict_Add (descriptor, "FontFile2", file);
  return descriptor;
}

static HPDF_Dict
new_cid_font (GuituPdf *pdf,
              const char *name,
              HPDF_Dict descriptor,
              const GArray *used,
              HPDF_Dict cid_to_gid)
{
  HPDF_Doc doc = pdf->doc;
  HPDF_Dict font = HPDF_Dict_New (doc->mmgr);
  HPDF_Dict system = HPDF_Dict_New (doc->mmgr);

  if (font == NULL || system == NULL)
    return NULL;
  HPDF_Dict_Add (system, "Registry", HPDF_String_New (doc->mmgr, "Adobe", NULL));
  HPDF_Dict_Add (system, "Ordering", HPDF_String_New (doc->mmgr, "Identity", NULL));
  HPDF_Dict_AddNumber (system, "Supplement", 0);
  HPDF_Xref_Add (doc->xref, font);
  HPDF_Dict_AddName (font, "Type", "Font");
  HPDF_Dict_AddName (font, "Subtype", "CIDFontType2");
  HPDF_Dict_AddName (font, "BaseFont", name);
  HPDF_Dict_Add (font, "CIDSystemInfo", system);
  HPDF_Dict_Add (font, "FontDescriptor", descriptor);
  HPDF_Dict_AddNumber (font, "DW", 1000);
  HPDF_Dict_Add (font, "W", new_widths (doc, used));
  HPDF_Dict_Add (font, "CIDToGIDMap", cid_to_gid);
  return font;
}

static void
add_font (GuituPdf *pdf,
          HPDF_Dict fonts,
          guint i)
{
  const GuituFace *face = _guitu_fonts_face (pdf->fonts, i);
  const GArray *used = pdf->uses[i].used;
  gsize map_size = 2 * (used->len + 1);
  g_autofree guint8 *cid_to_gid = g_malloc0 (map_size);
  g_autofree char *name = NULL;
  g_autofree char *key = g_strdup_printf ("F%u", i);
  hb_blob_t *subset = make_subset (face, used, cid_to_gid);
  HPDF_Dict font = HPDF_Dict_New (pdf->doc->mmgr);
  HPDF_Array descendants = HPDF_Array_New (pdf->doc->mmgr);

  if (subset == NULL || font == NULL || descendants == NULL)
    {
      HPDF_SetError (&pdf->doc->error, HPDF_TTF_INVALID_FOMAT, 0);
      hb_blob_destroy (subset);
      return;
    }
  name = subset_name (face, subset);
  HPDF_Xref_Add (pdf->doc->xref, font);
  HPDF_Array_Add (descendants, new_cid_font (pdf, name, new_descriptor (pdf, face, name, subset), used, add_stream (pdf, cid_to_gid, map_size)));
  HPDF_Dict_AddName (font, "Type", "Font");
  HPDF_Dict_AddName (font, "Subtype", "Type0");
  HPDF_Dict_AddName (font, "BaseFont", name);
  HPDF_Dict_AddName (font, "Encoding", "Identity-H");
  HPDF_Dict_Add (font, "DescendantFonts", descendants);
  HPDF_Dict_Add (font, "ToUnicode", add_to_unicode (pdf, used));
  HPDF_Dict_Add (fonts, key, font);
  hb_blob_destroy (subset);
}

GBytes *
_guitu_pdf_finish (GuituPdf *pdf,
                   GError **error)
{
  HPDF_Dict fonts = HPDF_Dict_New (pdf->doc->mmgr);
  HPDF_UINT32 length = 0;
  g_autofree guint8 *data = NULL;

  HPDF_Dict_Add (pdf->resources, "Font", fonts);
  for (guint i = 0; i < _guitu_fonts_n_faces (pdf->fonts); i++)
    if (pdf->uses[i].used->len > 0)
      add_font (pdf, fonts, i);

  if (HPDF_GetError (pdf->doc) == HPDF_OK)
    HPDF_SaveToStream (pdf->doc);
  if (HPDF_GetError (pdf->doc) == HPDF_OK)
    {
      length = HPDF_GetStreamSize (pdf->doc);
      data = g_malloc (length);
      HPDF_ResetStream (pdf->doc);
      HPDF_ReadFromStream (pdf->doc, data, &length);
    }
  if (HPDF_GetError (pdf->doc) != HPDF_OK || length == 0)
    {
      g_set_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_PDF,
                   "The PDF could not be made (libharu error %04lx)", (gulong) HPDF_GetError (pdf->doc));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}
