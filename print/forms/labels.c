/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 床位标签 and 腕带: what tells who somebody is when they cannot say it. On sheets of their own,
 * without a head; the code says the rest to those who may know it.
 */

/* clang-format off */
/* The name stands first and large; what is long shrinks, so that a label is one sheet. */
static const GuituRow bed_rows[] = {
  { 13, 1, { GUITU_LARGE (24, 3, "姓名", "person.name") } },
  { 9.2, 0, { GUITU_FIELD (7, 3, "性别", "person.sex"), GUITU_FIELD (9, 3, "年龄", "person.age"), GUITU_CODE (8, 3) } },
  { 9.2, 0, { GUITU_FIELD (16, 3, "床位", "stay.bed_words") } },
  { 9.2, 0, { GUITU_FIELD (16, 3, "编号", "stay.number") } },
  { 12.4, 3, { GUITU_FIELD (24, 5, "食药警示", "label.warnings") } },
  { 7.5, 0, { GUITU_FIELD (24, 5, "入站时间", "stay.admitted_at") } },
};

const GuituForm _guitu_form_bed_label = {
  .kind = "bed-label",
  .title = "床位标签",
  .prefix = "CW",
  .sheet = &_guitu_sheet_bed_label,
  .rows = bed_rows,
  .n_rows = G_N_ELEMENTS (bed_rows),
};

static const GuituRow band_rows[] = {
  { 11.5, 1, { GUITU_LARGE (11, 2, "姓名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (6, 2, "年龄", "person.age"), GUITU_CODE (3, 2) } },
  { 9, 1, { GUITU_FIELD (5, 2, "编号", "stay.number"), GUITU_FIELD (11, 2, "救助站", "station.name"), GUITU_FIELD (5, 2, "电话", "station.phone") } },
};

const GuituForm _guitu_form_wrist_band = {
  .kind = "wrist-band",
  .title = "腕带",
  .prefix = "WD",
  .sheet = &_guitu_sheet_wrist_band,
  .rows = band_rows,
  .n_rows = G_N_ELEMENTS (band_rows),
};
/* clang-format on */
