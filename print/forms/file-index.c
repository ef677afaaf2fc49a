/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 一人一档目录: what is in a person's file and on which page. Made with the file, never issued by
 * itself.
 */

/* clang-format off */
static const GuituRow rows[] = {
  { 7.8, 0, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "年　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7.8, 0, { GUITU_FIELD (19, 3, "证件号码", "person.id_number") } },
  { 7.8, 0, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7.8, 0, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "在站次数", "file.stays") } },
  { 7.8, 0, { GUITU_FIELD (10, 3, "建档时间", "file.opened_at"), GUITU_FIELD (9, 3, "整理时间", "file.made_at") } },
  { 6, 0, { GUITU_HEADING ("档案材料") } },
  { 7.4, 0, { GUITU_TABLE (1, "file.entries", "序号:2|材料名称:8|编　号:6|日　期:5|页码:3") } },
  { 15, 0, { GUITU_SIGNATURE (12, "整理人签名：", "年　　月　　日"), GUITU_SIGNATURE (12, "审核人签名：", "年　　月　　日") } },
};
/* clang-format on */

const GuituForm _guitu_form_file_index = {
  .kind = "file-index",
  .title = "一人一档目录",
  .prefix = "DA",
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
