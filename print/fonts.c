/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Finding font files and glyphs.
 *
 * Files are mapped, not read. HarfBuzz is shown a face without cmap, layout and naming tables for
 * subsetting: we ask for glyphs by number, so those tables would only cost time (18 ms a page for
 * a font of 60,000 glyphs) and drag alternate glyphs in.
 */

#include "print/fonts-private.h"

#include <hb-ot.h>
#include <string.h>

#include "print/error.h"

/* Kazakh and Mongolian names: the faces above have few of their letters, as wide as a Han character. */
#define ALPHABETIC_FILE_NAME "DejaVuSerif.ttf"

/* AR PL UMing CN: Song. Its commas and colons stand where they stand in the mainland. */
#define MAINLAND_FILE_NAME "uming.ttc"

/* In order of preference. Only fonts with TrueType outlines: that is what we embed. */
static const char *const file_names[] = {
  "BabelStoneHan.ttf", /* Song, 60,000 characters, also beyond the BMP */
  MAINLAND_FILE_NAME,
  "wqy-zenhei.ttc", /* WenQuanYi Zen Hei: Hei */
  ALPHABETIC_FILE_NAME,
};

static const char *const folders[] = {
  "/app/share/fonts",
  "/app/share/fonts/guitu",
  "/usr/share/fonts/truetype/babelstone",
  "/usr/share/fonts/truetype/arphic",
  "/usr/share/fonts/truetype/wqy",
  "/usr/share/fonts/truetype/dejavu",
  "/usr/share/fonts/babelstone-han-fonts",
  "/usr/share/fonts/cjkuni-uming-fonts",
  "/usr/share/fonts/wqy-zenhei-fonts",
  "/usr/share/fonts/dejavu-serif-fonts",
  "/usr/share/fonts/dejavu",
  "/usr/share/fonts",
  "/usr/local/share/fonts",
};

struct _GuituFonts
{
  GPtrArray *faces;   /* of GuituFace */
  int alphabetic;     /* the face that is asked first for Cyrillic and Greek; -1: none */
  int mainland;       /* the face that is asked first for commas and the like; -1: none */
  GHashTable *glyphs; /* character -> GuituGlyph: a page repeats itself */
};

static void
face_free (gpointer data)
{
  GuituFace *face = data;

  hb_font_destroy (face->font);
  hb_face_destroy (face->outlines);
  hb_face_destroy (face->face);
  g_free (face->name);
  g_free (face);
}

static hb_blob_t *
reference_embedded_table (hb_face_t *self,
                          hb_tag_t tag,
                          void *user_data)
{
  static const hb_tag_t embedded[] = {
    HB_TAG ('g', 'l', 'y', 'f'), HB_TAG ('l', 'o', 'c', 'a'), HB_TAG ('h', 'e', 'a', 'd'),
    HB_TAG ('h', 'h', 'e', 'a'), HB_TAG ('h', 'm', 't', 'x'), HB_TAG ('m', 'a', 'x', 'p')
  };

  for (gsize i = 0; i < G_N_ELEMENTS (embedded); i++)
    if (embedded[i] == tag)
      return hb_face_reference_table (user_data, tag);
  return hb_blob_get_empty ();
}

/* PDF names allow little; so do we. */
static char *
read_name (hb_face_t *face)
{
  char name[64];
  guint size = sizeof name;

  hb_ot_name_get_utf8 (face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-", '-');
  return g_strdup (*name != '\0' ? name : "Unnamed");
}

static void
read_metrics (GuituFace *face)
{
  int units = (int) hb_face_get_upem (face->face);
  hb_blob_t *head = hb_face_reference_table (face->face, HB_TAG ('h', 'e', 'a', 'd'));
  guint length;
  const guint8 *data = (const guint8 *) hb_blob_get_data (head, &length);
  hb_font_extents_t extents = { 0 };

  for (guint i = 0; length >= 44 && i < 4; i++)
    face->bbox[i] = (gint16) (data[36 + 2 * i] << 8 | data[37 + 2 * i]) * 1000 / units;
  hb_blob_destroy (head);
  hb_font_get_h_extents (face->font, &extents);
  face->ascender = extents.ascender * 1000 / units;
  face->descender = extents.descender * 1000 / units;
}

static GuituFace *
load_face (const char *path)
{
  hb_blob_t *file = hb_blob_create_from_file_or_fail (path);
  hb_blob_t *outlines;
  GuituFace *face;

  if (file == NULL)
    return NULL;
  face = g_new0 (GuituFace, 1);
  face->face = hb_face_create (file, 0);
  hb_blob_destroy (file);
  face->outlines = hb_face_create_for_tables (reference_embedded_table, face->face, NULL);
  face->font = hb_font_create (face->face);
  face->name = read_name (face->face);
  read_metrics (face);

  outlines = hb_face_reference_table (face->face, HB_TAG ('g', 'l', 'y', 'f'));
  if (hb_blob_get_length (outlines) == 0)
    g_clear_pointer (&face, face_free);
  hb_blob_destroy (outlines);
  return face;
}

static GuituFace *
find_face (const char *file_name)
{
  const char *path = g_getenv ("GUITU_FONT_PATH");
  g_auto (GStrv) extra = g_strsplit (path != NULL ? path : "", G_SEARCHPATH_SEPARATOR_S, -1);
  GuituFace *face = NULL;

  for (guint i = 0; face == NULL && extra[i] != NULL; i++)
    {
      g_autofree char *file = g_build_filename (extra[i], file_name, NULL);
      face = load_face (file);
    }
  for (guint i = 0; face == NULL && i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *file = g_build_filename (folders[i], file_name, NULL);
      face = load_face (file);
    }
  return face;
}

GuituFonts *
guitu_fonts_new (GError **error)
{
  g_autoptr (GuituFonts) fonts = g_new0 (GuituFonts, 1);

  fonts->faces = g_ptr_array_new_with_free_func (face_free);
  fonts->alphabetic = -1;
  fonts->mainland = -1;
  fonts->glyphs = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    {
      GuituFace *face = find_face (file_names[i]);

      if (face != NULL && strcmp (file_names[i], ALPHABETIC_FILE_NAME) == 0)
        fonts->alphabetic = (int) fonts->faces->len;
      if (face != NULL && strcmp (file_names[i], MAINLAND_FILE_NAME) == 0)
        fonts->mainland = (int) fonts->faces->len;
      if (face != NULL)
        g_ptr_array_add (fonts->faces, face);
    }
  if (fonts->faces->len == 0)
    {
      g_set_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NO_FONT,
                   "None of %s, %s and %s is installed; GUITU_FONT_PATH may name their folder",
                   file_names[0], file_names[1], file_names[2]);
      return NULL;
    }
  return g_steal_pointer (&fonts);
}

void
guitu_fonts_free (GuituFonts *fonts)
{
  if (fonts == NULL)
    return;
  g_clear_pointer (&fonts->glyphs, g_hash_table_unref);
  g_clear_pointer (&fonts->faces, g_ptr_array_unref);
  g_free (fonts);
}

guint
_guitu_fonts_n_faces (GuituFonts *fonts)
{
  return fonts->faces->len;
}

const GuituFace *
_guitu_fonts_face (GuituFonts *fonts,
                   guint i)
{
  return g_ptr_array_index (fonts->faces, i);
}

/* A font may list a character and have nothing to show for it: that would print a hole. */
static gboolean
has_ink (const GuituFace *face,
         gunichar character,
         hb_codepoint_t glyph)
{
  hb_glyph_extents_t extents;

  if (!g_unichar_isgraph (character))
    return TRUE;
  return hb_font_get_glyph_extents (face->font, glyph, &extents) &&
         extents.width != 0 && extents.height != 0;
}

static gboolean
look_in_face (const GuituFace *face,
              gunichar character,
              gunichar variation,
              hb_codepoint_t *glyph)
{
  if (variation != 0 &&
      hb_font_get_variation_glyph (face->font, character, variation, glyph) &&
      *glyph != 0 && has_ink (face, character, *glyph))
    return TRUE;
  return hb_font_get_nominal_glyph (face->font, character, glyph) &&
         *glyph != 0 && has_ink (face, character, *glyph);
}

/* How wide a line is on which somebody writes by hand what no typeface has. */
static guint16
gap_advance (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2000 : 700;
}

/* In the mainland these stand at the lower left of their square; the first face has them amid it. */
static gboolean
is_stop (gunichar character)
{
  return character == 0xff0c || character == 0xff1a || character == 0xff1b || character == 0xff01 || character == 0xff1f;
}

static gboolean
is_alphabetic (gunichar character)
{
  GUnicodeScript script = g_unichar_get_script (character);

  return script == G_UNICODE_SCRIPT_CYRILLIC || script == G_UNICODE_SCRIPT_GREEK;
}

static GuituGlyph
look_in_faces (GuituFonts *fonts,
               gunichar character,
               gunichar variation)
{
  GuituGlyph found = { character, GUITU_NO_FACE, gap_advance (character), 0 };

  int first = is_alphabetic (character) ? fonts->alphabetic : is_stop (character) ? fonts->mainland
                                                                                  : -1;

  for (int i = first < 0 ? 0 : -1; i < (int) fonts->faces->len; i++)
    {
      int number = i < 0 ? first : i;
      const GuituFace *face = g_ptr_array_index (fonts->faces, number);
      int units = (int) hb_face_get_upem (face->face);
      hb_codepoint_t glyph;

      if (!look_in_face (face, character, variation, &glyph))
        continue;
      found.face = (guint16) number;
      found.glyph = glyph;
      found.advance = (guint16) ((hb_font_get_glyph_h_advance (face->font, glyph) * 1000 + units / 2) / units);
      break;
    }
  return found;
}

GuituGlyph
_guitu_fonts_lookup (GuituFonts *fonts,
                     gunichar character,
                     gunichar variation)
{
  GuituGlyph *known;

  if (variation != 0)
    return look_in_faces (fonts, character, variation);
  known = g_hash_table_lookup (fonts->glyphs, GUINT_TO_POINTER (character));
  if (known == NULL)
    {
      GuituGlyph found = look_in_faces (fonts, character, 0);

      known = g_memdup2 (&found, sizeof found);
      g_hash_table_insert (fonts->glyphs, GUINT_TO_POINTER (character), known);
    }
  return *known;
}
