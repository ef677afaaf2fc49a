/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the board says of somebody who is here, in words. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The columns of the board; where somebody sleeps is also the order of its rows. */
typedef enum
{
  GUITU_BOARD_NAME,
  GUITU_BOARD_BED,
  GUITU_BOARD_ABOUT, /* sex and age */
  GUITU_BOARD_NUMBER,
  GUITU_BOARD_LIMIT,
  GUITU_BOARD_WHERE,
  GUITU_BOARD_MARKS,
  GUITU_BOARD_N_COLUMNS
} GuituBoardColumn;

const char *guitu_board_title (GuituBoardColumn column);

/** What must fit into the column at least, in whatever font. */
const char *guitu_board_sample (GuituBoardColumn column);

/** Returns: (transfer full): the words of a cell. */
char *guitu_board_text (JsonObject *stay, GuituBoardColumn column);

/** The rules of the house that are broken, in words; "" when none is. Returns: (transfer full). */
char *guitu_board_conflicts (JsonObject *stay);

/** Everything in one line, to be searched and spoken. Returns: (transfer full). */
char *guitu_board_words (JsonObject *stay);

/** Whether the flag is one of those of @stay (codes board_flag). */
gboolean guitu_board_has_flag (JsonObject *stay, const char *flag);

/** The zone in words: also for who has no bed, or one in no room that is set up. */
const char *guitu_board_zone (JsonObject *stay);

/** Offers "All", @also (nullable), and the codes of a list, in this order. */
void guitu_board_fill_choice (GtkDropDown *choice, const char *also, const char *list);

/** Puts a mark for each of the totals of "stay board" into @box. */
void guitu_board_fill_totals (GtkBox *box, JsonObject *counts);

G_END_DECLS
