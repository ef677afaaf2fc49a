/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A list from outside, as other departments and programs write them: CSV in UTF-8, UTF-16 or GB 18030,
 * with commas, semicolons or tabs; or a workbook of Excel 2007 and later (.xlsx, ECMA-376). Nothing is
 * lost in silence: what can't be read as a row is told with its number. Only app/ includes this header. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint number; /* as a spreadsheet counts: the header is row 1, if it comes first */
  char **cells; /* one per column, "" where nothing stands; texts belong to the list */
} GuituListRow;

/** A row that can't be used. */
typedef struct
{
  guint number;
  guint line;         /* of the file, where it begins; 0 in a workbook */
  char **cells;       /* as far as they can be told apart; of a line with broken quotation marks the whole of it */
  const char *reason; /* "too-many-cells", "too-few-cells", "open-quotes", "bad-quotes", "bad-characters" (static) */
} GuituListBadRow;

typedef struct
{
  char *name; /* of the file, without its folder */
  guint n_columns;
  char **header;        /* as written; "column 3" where nothing stands, "name (2)" where it stands twice */
  gboolean is_headless; /* there is none: the columns are numbered */
  GPtrArray *rows;      /* GuituListRow */
  GArray *bad;          /* GuituListBadRow */
  gboolean is_single;   /* it has one column, so that one cell is no title */
  guint n_title;        /* rows above the header */
  const char *encoding; /* "UTF-8", "UTF-16", "GB18030", "WINDOWS-1252"; NULL of a workbook */
  char separator;       /* of a workbook ',' */
  GuituListRow *first;  /* the header as a row */
  GStringChunk *texts;
} GuituListFile;

/** Reads a file of at most 64 MB (256 MB unpacked). Errors: INVALID, naming @field: “no-file”, “too-large”, “old-workbook”, “bad-workbook”. There may be no rows. */
GuituListFile *guitu_list_file_read (const char *path, const char *field, GError **error);
void guitu_list_file_free (GuituListFile *file);

/** Takes what was read as the header for the first row: the columns are numbered then. */
void guitu_list_file_drop_header (GuituListFile *file);

/* --- For the readers of each format ------------------------------------------------------------ */

/** Takes a row as it stands; the first with two cells or more becomes the header. @cells are copied, except the array. */
void _guitu_list_file_take (GuituListFile *file, GPtrArray *cells, guint number, guint line, const char *reason);

/** Reads the first sheet with rows. @content: a zip archive */
gboolean _guitu_list_sheet_read (GuituListFile *file, GBytes *content, const char *field, GError **error);

/** Texts of @content, decoded, as rows. */
gboolean _guitu_list_text_read (GuituListFile *file, GBytes *content, const char *field, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituListFile, guitu_list_file_free)

G_END_DECLS
