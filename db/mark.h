/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Body marks in words, such as 左手背有刺青 or 额头疤痕, as a part, a side and a kind (db/data/marks.csv). */

#include <glib.h>

G_BEGIN_DECLS

/** 6 bits part, 2 bits side, 5 bits kind; what the table does not know is the hash of its words, from GUITU_MARK_WORDS. */
typedef guint16 GuituMarkId;

#define GUITU_MARK_WORDS 0x8000

typedef enum
{
  GUITU_MARKS_SAME,
  GUITU_MARKS_ALIKE,   /* the same part and a kind of the same sort, or the side is not said */
  GUITU_MARKS_SIDE,    /* left for right */
  GUITU_MARKS_NEAR,    /* a part beside or around it */
  GUITU_MARKS_KIND,    /* the same kind, one of them nowhere in particular */
  GUITU_MARKS_NOTHING, /* nothing alike */
} GuituMarksAlike;

/** Returns: how many marks were found, at most @max. */
guint _guitu_marks_read (const char *text, GuituMarkId *marks, guint max);

GuituMarksAlike _guitu_marks_compare (GuituMarkId ours, GuituMarkId theirs);

G_END_DECLS
