/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/qr-file.h"

#include "app/papers.h"

gboolean
guitu_qr_is_file (const char *path)
{
  return g_str_has_suffix (path, ".png") || g_str_has_suffix (path, ".pdf");
}

gboolean
guitu_qr_write (const char *path,
                const GuituQrSheet *sheet,
                GError **error)
{
  gboolean is_picture = g_str_has_suffix (path, ".png");
  GuituFonts *fonts = is_picture ? NULL : guitu_paper_fonts (error);
  g_autoptr (GBytes) content = NULL;

  if (is_picture)
    content = guitu_qr_picture (sheet->code, error);
  else if (fonts != NULL)
    content = guitu_qr_sheet (fonts, sheet, error);
  return content != NULL && guitu_output_file (path, "file", content, error);
}

GBytes *
guitu_qr_from_picture (const char *path,
                       const char *option,
                       const char *prefix,
                       GError **error)
{
  g_autoptr (GBytes) picture = guitu_input_file (path, option, error);
  g_auto (GStrv) codes = picture == NULL ? NULL : guitu_qr_read (picture, error);

  if (codes == NULL)
    return NULL;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      GBytes *content = guitu_qr_unpack (prefix, codes[i]);

      if (content != NULL)
        return content;
    }
  guitu_fail (error, GUITU_ERROR_INVALID, "other-code", option, "The code in this picture is of another kind");
  return NULL;
}
