/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * Who brings a person, in what state and with what: 《公安机关护送流浪乞讨人员交接表》 (annex 1 of the
 * 2015 opinions of 民政部 and 公安部) and the same for all others who bring somebody. Two copies.
 */

static const char *const copies[] = { "第一联　护送方留存", "第二联　救助管理机构存档", NULL };

#define DAY "年　　月　　日"
#define HOUR_FIELD "　　　年　　月　　日　　时　　分"

/* clang-format off */
#define PERSON_ROWS \
  { 6, 0, { GUITU_HEADING ("一、护送对象") } }, \
  { 7, 1, { GUITU_FIELD (10, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_PHOTO (5, 6, "照　片") } }, \
  { 7, 1, { GUITU_FIELD (8, 3, "证件类型", "person.id_kind"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } }, \
  { 7, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } }, \
  { 7, 1, { GUITU_FIELD (8, 3, "身高(cm)", "person.height_cm"), GUITU_FIELD (11, 3, "口　音", "person.accent") } }, \
  { 7, 1, { GUITU_FIELD (19, 3, "体貌特征", "person.marks") } }, \
  { 7, 1, { GUITU_FIELD (19, 3, "衣　着", "stay.clothing") } }, \
  { 7, 1, { GUITU_FIELD_HINT (11, 3, "发现时间", "handover.found_at", "　　　年　月　日　时"), GUITU_FIELD (13, 3, "发现地点", "stay.found_place") } }, \
  { 6, 0, { GUITU_HEADING ("二、身体、精神状况和随身物品") } }, \
  { 7, 1, { GUITU_FIELD (8, 3, "健康状况", "person.health"), GUITU_CHECKS (16, 3, "疑似情形", "handover.suspicion", "走失|被遗弃|被拐卖|家庭暴力|无") } }, \
  { 12, 3, { GUITU_PARAGRAPH (12, 3, "交接时\n检　视", "stay.first_look", NULL), GUITU_PARAGRAPH (12, 3, "随身物品", "stay.belongings", NULL) } }

#define TAKEN_ROWS \
  { 7, 1, { GUITU_FIELD_HINT (14, 3, "交接时间", "stay.arrived_at", HOUR_FIELD), GUITU_FIELD (10, 3, "本站编号", "stay.number") } }, \
  { 7, 1, { GUITU_CHECKS (24, 3, "接收意见", NULL, "接收|先送医院救治，医院：　　　　　　　　|不接收，理由：") } }, \
  { 14, 1, { GUITU_SIGNATURE (6, "护送人（一）签名：", DAY), GUITU_SIGNATURE (6, "护送人（二）签名：", DAY), GUITU_SIGNATURE (6, "接收人（一）签名：", DAY), GUITU_SIGNATURE (6, "接收人（二）签名：", DAY) } }

static const GuituRow police_rows[] = {
  PERSON_ROWS,
  { 6, 0, { GUITU_HEADING ("三、护送和已做核查") } },
  { 7, 1, { GUITU_FIELD (24, 4, "护送单位及民警", "stay.brought_by") } },
  { 7, 1, { GUITU_FIELD (12, 3, "警　　号", "handover.badge_numbers"), GUITU_FIELD (12, 3, "联系电话", "handover.phone") } },
  { 7, 1, { GUITU_CHECKS (24, 3, "已做核查", "handover.checks", "人口信息|人像比对|指纹|走失人口库|打拐DNA库|未核查") } },
  { 12, 3, { GUITU_PARAGRAPH (24, 3, "核查结果", "handover.findings", NULL) } },
  { 6, 0, { GUITU_HEADING ("四、交接") } },
  TAKEN_ROWS,
  { 43, 0, { GUITU_STAMP (12, "护送的公安机关（公章）", DAY), GUITU_STAMP (12, "接收的救助管理机构（公章）", DAY) } },
};

static const GuituRow other_rows[] = {
  PERSON_ROWS,
  { 6, 0, { GUITU_HEADING ("三、护送方") } },
  { 7, 1, { GUITU_CHECKS (24, 3, "来站方式", "stay.came_by", "城管护送|其他部门护送|群众引导|医院转入|他站转入") } },
  { 7, 1, { GUITU_FIELD (24, 4, "护送单位及人员", "stay.brought_by") } },
  { 7, 1, { GUITU_FIELD (12, 4, "护送人证件号码", "handover.escort_id"), GUITU_FIELD (12, 3, "联系电话", "handover.phone") } },
  { 7, 1, { GUITU_CHECKS (24, 3, "随附材料", "handover.documents", "出院证明|病历|用药清单|检查报告|发现经过说明|无") } },
  { 12, 3, { GUITU_PARAGRAPH (24, 3, "护送经过", "handover.account", NULL) } },
  { 6, 0, { GUITU_HEADING ("四、交接") } },
  TAKEN_ROWS,
  { 43, 0, { GUITU_STAMP (12, "护送单位（公章；个人护送的不盖章）", DAY), GUITU_STAMP (12, "接收的救助管理机构（公章）", DAY) } },
};
/* clang-format on */

const GuituForm _guitu_form_police_handover_in = {
  .kind = "police-handover-in",
  .title = "公安机关护送流浪乞讨人员交接表",
  .prefix = "GA",
  .copies = copies,
  .rows = police_rows,
  .n_rows = G_N_ELEMENTS (police_rows),
};

const GuituForm _guitu_form_other_handover_in = {
  .kind = "other-handover-in",
  .title = "护送来站交接表",
  .prefix = "HS",
  .copies = copies,
  .rows = other_rows,
  .n_rows = G_N_ELEMENTS (other_rows),
};
