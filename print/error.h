/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_PRINT_ERROR (guitu_print_error_quark ())

typedef enum
{
  GUITU_PRINT_ERROR_NO_FONT,      /* no usable typeface on this machine */
  GUITU_PRINT_ERROR_PDF,          /* the PDF could not be built (out of memory) */
  GUITU_PRINT_ERROR_TOO_LONG,     /* text too long for a QR code */
  GUITU_PRINT_ERROR_SEAL,         /* not a seal, or not in its one permitted form */
  GUITU_PRINT_ERROR_NOT_AN_IMAGE, /* neither PNG nor JPEG, damaged, or larger than we accept */
  GUITU_PRINT_ERROR_NO_CODE,      /* a picture without a readable QR code */
} GuituPrintError;

GQuark guitu_print_error_quark (void);

G_END_DECLS
