/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is done with papers that are issued already, one or many: print, save, look. Each shows how far
 * it is, can be cancelled, and tells what came of it where @from stands. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Makes the papers again and opens the print dialog. @numbers: separated by blanks */
void guitu_papers_print (GtkWidget *from, GuituStation *station, const char *numbers);

/** Asks for a file, and writes the papers into it as one PDF. */
void guitu_papers_save (GtkWidget *from, GuituStation *station, const char *numbers);

/** Asks for a folder, and writes a PDF for each paper into it. */
void guitu_papers_save_each (GtkWidget *from, GuituStation *station, const char *numbers);

/** Issues a paper of @kind about what @option ("stay", "transfer") names by @id, and opens it. */
void guitu_papers_issue (GtkWidget *from, GuituStation *station, const char *kind, const char *option, const char *id);

/** The same through the window in which it is filled in, where something is to be typed yet. */
void guitu_papers_fill_in (GtkWidget *from, GuituStation *station, const char *kind, const char *option, const char *id);

/** Opens the paper that @answer, of a verb that issued it, tells of, and tells what it warns of. */
void guitu_papers_open_issued (GtkWidget *from, GuituStation *station, JsonObject *answer);

/** Makes the whole file of a person (一人一档) and opens a window on it. */
void guitu_papers_open_file (GtkWidget *from, GuituStation *station, const char *person);

/** Makes the form of @kind, one of “paper kinds”, to be filled in by hand, and opens a window on it. */
void guitu_papers_open_blank (GtkWidget *from, GuituStation *station, JsonObject *kind);

/** Asks of which of @kinds, and does the same. */
void guitu_papers_choose_blank (GtkWidget *from, GuituStation *station, JsonArray *kinds);

/** Writes what is there already, such as a PDF, and tells when it is on the disk. */
void guitu_papers_write (GtkWidget *from, const char *path, GBytes *content);

/** The PDF of an answer (member "pdf"). Returns: (transfer full) */
GBytes *guitu_papers_pdf (JsonObject *answer);

/** “3 papers saved in …” for the last of the answers of “paper gather” and “paper batch”. Returns: (transfer full) */
char *guitu_papers_saved_words (JsonArray *results, const char *path);

/** Tells what @answer, of a verb that issues papers or makes PDFs, warns of. */
void guitu_papers_tell_warnings (GtkWidget *from, JsonObject *answer);

G_END_DECLS
