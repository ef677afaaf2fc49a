/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Amounts are kept in whole fen and typed and shown in yuan. */

#include "app/app.h"

G_BEGIN_DECLS

/** Whether the field holds an amount: whole fen, by its name ("amount_fen"). */
gboolean guitu_money_is (const GuituField *field);

/** 12050 is "120.50". Returns: (transfer full). */
char *guitu_money_words (gint64 fen);

/** Reads "120", "120.5", "¥120.50" or "120.50元". Returns: whether it is an amount. */
gboolean guitu_money_parse (const char *text, gint64 *fen);

G_END_DECLS
