/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a sealed paper is worth: shared by verifying one and accepting one. */

#include "app/papers.h"

G_BEGIN_DECLS

typedef struct
{
  const char *result; /* genuine, altered, unreadable, unknown-issuer, expired, voided, used, not-yet-issued, not-on-record or incomplete */
  const char *advice;
} GuituSealVerdict;

extern const GuituSealVerdict guitu_seal_verdict_genuine;
extern const GuituSealVerdict guitu_seal_verdict_altered;
extern const GuituSealVerdict guitu_seal_verdict_different;     /* altered, too: what was typed does not fit */
extern const GuituSealVerdict guitu_seal_verdict_incomplete;    /* genuine, but not all was typed that must be compared at once */
extern const GuituSealVerdict guitu_seal_verdict_not_on_record; /* our own seal, which our register here does not know */
extern const GuituSealVerdict guitu_seal_verdict_unreadable;
extern const GuituSealVerdict guitu_seal_verdict_unknown_issuer;

/** What was read, and what is known of it. */
typedef struct
{
  char *text;           /* without blanks around it */
  GuituSeal *seal;      /* NULL: it can't be read as one */
  GuituRecord *station; /* that issued it; NULL: not in the directory */
} GuituSealFound;

void guitu_seal_found_clear (GuituSealFound *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituSealFound, guitu_seal_found_clear)

/** The options by which a call shows a seal: text, picture or camera. */
#define GUITU_SEAL_OPTIONS                                                                                                                            \
  { "text", GUITU_OPTION_TEXT, TRUE, "the text of the QR code (GT1:…)" },                                                                             \
      { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of the paper instead (PNG or JPEG)" },                                                  \
      { "camera", GUITU_OPTION_FLAG, FALSE, "look through the camera instead, until a code of a paper is seen" },                                     \
      { "source", GUITU_OPTION_TEXT, FALSE, "with camera: what GStreamer takes in its place, such as “v4l2src device=/dev/video1” ($GUITU_CAMERA)" }, \
  {                                                                                                                                                   \
    "seconds", GUITU_OPTION_INTEGER, FALSE, "with camera: how long to look (30)"                                                                      \
  }

/** Reads what the call shows. Errors: INVALID where nothing can be read at all. */
gboolean guitu_seal_found_read (GuituSealFound *found, GuituCall *call, GError **error);

/** Looks the station up; the code of a label of our own becomes the seal of its paper. */
gboolean guitu_seal_found_resolve (GuituSealFound *found, GuituCall *call, GuituTransaction *transaction, GError **error);

/** Judges it as of @at (seconds since 1970), from the directory, the marks that arrived and the receipts given here. */
gboolean guitu_seal_found_judge (const GuituSealFound *found, GuituTransaction *transaction, gint64 at, const GuituSealVerdict **verdict, GError **error);

/** How a receipt names the seal it answers: number and name of the seal. Returns: (transfer full). */
char *guitu_seal_found_answers (const GuituSealFound *found);

G_END_DECLS
