/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/fonts.h"

G_BEGIN_DECLS

/**
 * guitu_qr_read:
 * @image: a PNG or JPEG file, such as a photo or a scan of a paper
 *
 * Finds every QR code in a picture. Pictures of more than 64 million points are refused before
 * they are unpacked.
 *
 * Returns: (transfer full) (nullable): the texts found, at least one; NULL with
 *   GUITU_PRINT_ERROR_NOT_AN_IMAGE or GUITU_PRINT_ERROR_NO_CODE
 */
GStrv guitu_qr_read (GBytes *image,
                     GError **error);

/**
 * guitu_qr_picture:
 *
 * Returns: (transfer full) (nullable): a PNG of the QR code of @text (error correction level Q), with
 *   its quiet zone, 8 points a module; NULL with GUITU_PRINT_ERROR_TOO_LONG
 */
GBytes *guitu_qr_picture (const char *text,
                          GError **error);

/* A page that is about one QR code. */
typedef struct
{
  const char *title;
  const char *code;  /* text of the QR code */
  const char *above; /* lines of text */
  const char *below;
} GuituQrSheet;

/**
 * guitu_qr_sheet:
 *
 * Returns: (transfer full) (nullable): a PDF of one A4 page; NULL with GUITU_PRINT_ERROR_TOO_LONG
 */
GBytes *guitu_qr_sheet (GuituFonts *fonts,
                        const GuituQrSheet *sheet,
                        GError **error);

/**
 * guitu_qr_pack:
 * @prefix: tells what it is: capital letters and digits, ended by a colon
 *
 * Bytes as text that takes little room in a QR code: Base45 (RFC 9285). (transfer full)
 */
char *guitu_qr_pack (const char *prefix,
                     GBytes *content);

/* The bytes of such a text, blanks around it set aside; NULL where it is none. (transfer full) */
GBytes *guitu_qr_unpack (const char *prefix,
                         const char *text);

G_END_DECLS
