/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 明白卡: for the person, in large type and in words that need no explanation. What it promises is
 * what the law promises (办法 7, 10, 11, 15).
 */

/* clang-format off */
static const GuituRow rows[] = {
  { 13, 1, { GUITU_FIELD (14, 5, "姓　名", "person.name"), GUITU_FIELD (10, 4, "编号", "stay.number") } },
  { 13, 1, { GUITU_FIELD (24, 5, "床　位", "stay.bed_words") } },
  { 13, 1, { GUITU_FIELD_HINT (24, 5, "住到哪天", "stay.due_on", "　　　　年　　　月　　　日") } },
  { 18, 2, { GUITU_FIELD_HINT (24, 5, "能得到", NULL, "有饭吃，有床睡。生病送您去医院。\n帮您找家人、打电话。没有路费，给您车票。") } },
  { 13, 1, { GUITU_FIELD_HINT (24, 5, "要花钱吗", NULL, "不要钱。有人向您要钱，请告诉我们。") } },
  { 18, 2, { GUITU_FIELD_HINT (24, 5, "能离开吗", NULL, "成年人想走就能走，先取回自己的东西。\n小孩和要人照顾的人，家人来接，或者我们送。") } },
  { 18, 2, { GUITU_FIELD_HINT (24, 5, "怎么回家", NULL, "告诉我们家在哪里、家里有谁。\n我们联系家人，给您车票，或者送您回家。") } },
  { 13, 1, { GUITU_FIELD (24, 5, "有事找谁", "card.contact") } },
  { 13, 1, { GUITU_FIELD (24, 5, "本站电话", "station.phone") } },
  { 13, 1, { GUITU_FIELD (24, 5, "投诉电话", "station.complaints") } },
  { 18, 1, { GUITU_NOTE (24, "对我们不满意，可以打投诉电话，也可以找当地民政局。投诉不影响您在这里吃住。请收好这张卡。") } },
};
/* clang-format on */

const GuituForm _guitu_form_clear_card = {
  .kind = "clear-card",
  .title = "明白卡",
  .prefix = "MK",
  .sheet = &_guitu_sheet_poster,
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
