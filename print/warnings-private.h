/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What somebody should look at on a printed page, for it is not as it was meant. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GuituPrintWarnings GuituPrintWarnings;

GuituPrintWarnings *_guitu_print_warnings_new (void);
void _guitu_print_warnings_free (GuituPrintWarnings *warnings);

/* A character that no typeface has; @field (may be NULL): the label of its cell. */
void _guitu_print_warnings_note_missing (GuituPrintWarnings *warnings,
                                         gunichar character,
                                         const char *field);

/* That the text of the cell labelled @field was cut off. */
void _guitu_print_warnings_note_cut (GuituPrintWarnings *warnings,
                                     const char *field);

/* In words, what was noted since the last call. (transfer full) */
GStrv _guitu_print_warnings_take (GuituPrintWarnings *warnings);

G_END_DECLS
