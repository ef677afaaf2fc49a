/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/call.h"
#include "app/station-private.h"

#include "print/print.h"

#include <stdarg.h>

/* An error of Guitu carries a code and the field it is about. */
typedef struct
{
  char *code;
  char *field;
} GuituErrorPrivate;

static void
guitu_error_private_init (GuituErrorPrivate *private)
{
}

static void
guitu_error_private_copy (const GuituErrorPrivate *from,
                          GuituErrorPrivate *to)
{
  to->code = g_strdup (from->code);
  to->field = g_strdup (from->field);
}

static void
guitu_error_private_clear (GuituErrorPrivate *private)
{
  g_free (private->code);
  g_free (private->field);
}

G_DEFINE_EXTENDED_ERROR (GuituError, guitu_error)

static void
set_error (GError **error,
           GuituErrorStatus status,
           const char *code,
           const char *field,
           const char *message)
{
  GuituErrorPrivate *private;

  if (error == NULL)
    return;
  g_set_error_literal (error, GUITU_ERROR, status, message);
  private = guitu_error_get_private (*error);
  private->code = g_strdup (code);
  private->field = g_strdup (field);
}

gboolean
guitu_fail (GError **error,
            GuituErrorStatus status,
            const char *code,
            const char *field,
            const char *format,
            ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  set_error (error, status, code, field, message);
  return FALSE;
}

const char *
guitu_error_code (const GError *error)
{
  if (error->domain != GUITU_ERROR)
    return "failed";
  return guitu_error_get_private (error)->code;
}

const char *
guitu_error_field (const GError *error)
{
  if (error->domain != GUITU_ERROR)
    return NULL;
  return guitu_error_get_private (error)->field;
}

/* What errors of the layers below mean to the user. */
static const struct
{
  GuituDbError from;
  GuituErrorStatus status;
  const char *code;
} db_errors[] = {
  { GUITU_DB_ERROR_STORAGE, GUITU_ERROR_STORAGE, "storage" },
  { GUITU_DB_ERROR_LOCKED, GUITU_ERROR_STORAGE, "locked" },
  { GUITU_DB_ERROR_DAMAGED, GUITU_ERROR_STORAGE, "damaged" },
  { GUITU_DB_ERROR_TOO_NEW, GUITU_ERROR_STORAGE, "too-new" },
  { GUITU_DB_ERROR_KEY, GUITU_ERROR_STORAGE, "missing-key" },
  { GUITU_DB_ERROR_NOT_FOUND, GUITU_ERROR_NOT_FOUND, "not-found" },
  { GUITU_DB_ERROR_EXISTS, GUITU_ERROR_REFUSED, "exists" },
  { GUITU_DB_ERROR_UNTRUSTED, GUITU_ERROR_UNTRUSTED, "untrusted" },
  { GUITU_DB_ERROR_INVALID, GUITU_ERROR_INVALID, "malformed" },
  { GUITU_DB_ERROR_HUB_AWAY, GUITU_ERROR_NETWORK, "hub-away" },
  { GUITU_DB_ERROR_HUB_LOGIN, GUITU_ERROR_NETWORK, "hub-login" },
  { GUITU_DB_ERROR_HUB_CERTIFICATE, GUITU_ERROR_NETWORK, "hub-certificate" },
  { GUITU_DB_ERROR_HUB_VERSION, GUITU_ERROR_NETWORK, "hub-version" },
  { GUITU_DB_ERROR_HUB_READ_ONLY, GUITU_ERROR_NETWORK, "hub-read-only" },
  { GUITU_DB_ERROR_HUB_FULL, GUITU_ERROR_NETWORK, "hub-full" },
  { GUITU_DB_ERROR_HUB_REFUSED, GUITU_ERROR_NETWORK, "hub-refused" },
  { GUITU_DB_ERROR_NOT_OURS, GUITU_ERROR_REFUSED, "not-ours" },
  { GUITU_DB_ERROR_CLOCK, GUITU_ERROR_REFUSED, "clock" },
};

static const struct
{
  GuituPrintError from;
  GuituErrorStatus status;
  const char *code;
  const char *field;
} print_errors[] = {
  { GUITU_PRINT_ERROR_NOT_AN_IMAGE, GUITU_ERROR_INVALID, "not-an-image", "image" },
  { GUITU_PRINT_ERROR_NO_CODE, GUITU_ERROR_INVALID, "no-code", "image" },
  { GUITU_PRINT_ERROR_SEAL, GUITU_ERROR_UNTRUSTED, "bad-seal", NULL },
  { GUITU_PRINT_ERROR_TOO_LONG, GUITU_ERROR_INVALID, "too-long", NULL },
  { GUITU_PRINT_ERROR_NO_CAMERA, GUITU_ERROR_INVALID, "no-camera", "camera" },
  { GUITU_PRINT_ERROR_CAMERA_BUSY, GUITU_ERROR_INVALID, "camera-busy", "camera" },
  { GUITU_PRINT_ERROR_CAMERA_DENIED, GUITU_ERROR_INVALID, "camera-denied", "camera" },
  { GUITU_PRINT_ERROR_CAMERA_PLUGIN, GUITU_ERROR_INVALID, "camera-plugin", "camera" },
  { GUITU_PRINT_ERROR_CAMERA_SOURCE, GUITU_ERROR_INVALID, "camera-source", "source" },
  { GUITU_PRINT_ERROR_CAMERA_FAILED, GUITU_ERROR_INVALID, "camera-failed", "camera" },
};

static void
translate_print (GError **error,
                 const GError *from)
{
  for (guint i = 0; i < G_N_ELEMENTS (print_errors); i++)
    if ((int) print_errors[i].from == from->code)
      {
        set_error (error, print_errors[i].status, print_errors[i].code, print_errors[i].field, from->message);
        return;
      }
  set_error (error, GUITU_ERROR_STORAGE, "print", NULL, from->message);
}

void
_guitu_error_translate (GError **error)
{
  g_autoptr (GError) from = NULL;

  if (error == NULL || *error == NULL || (*error)->domain == GUITU_ERROR)
    return;
  from = g_steal_pointer (error);
  if (from->domain == GUITU_PRINT_ERROR)
    {
      translate_print (error, from);
      return;
    }
  for (guint i = 0; from->domain == GUITU_DB_ERROR && i < G_N_ELEMENTS (db_errors); i++)
    {
      if ((int) db_errors[i].from != from->code)
        continue;
      set_error (error, db_errors[i].status, db_errors[i].code, NULL, from->message);
      return;
    }
  set_error (error, GUITU_ERROR_STORAGE, "storage", NULL, from->message);
}
