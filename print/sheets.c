/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

const GuituSheet _guitu_sheet_a4 = { 210, 297, 25, 15, 8, 6, 10.5, 22, FALSE };
const GuituSheet _guitu_sheet_poster = { 210, 297, 25, 15, 8, 6, 16, 34, FALSE };
const GuituSheet _guitu_sheet_bed_label = { 100, 70, 4, 4, 4, 4, 12, 0, TRUE };
const GuituSheet _guitu_sheet_wrist_band = { 250, 25, 20, 20, 2, 2, 10.5, 0, TRUE };
