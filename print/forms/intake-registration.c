/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 求助登记表: 《生活无着的流浪乞讨人员救助管理机构工作规程》（民发〔2014〕132号）附件1.
 * One copy, kept in the person's file. The person signs for what was told, not for the opinion below it.
 */

#define SIGN_AND_DATE "年　　月　　日"

static const GuituRow rows[] = {
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_CHECKS (5, 0, NULL, "person.verified", "自报|核实"), GUITU_FIELD (6, 3, "性　别", "person.sex"), GUITU_PHOTO (5, 6, "照　片") } },
  { 7.8, 1, { GUITU_FIELD (13, 4, "曾用名/绰号", "person.alias"), GUITU_FIELD (6, 3, "民　族", "person.nation") } },
  { 7.8, 1, { GUITU_FIELD_HINT (13, 3, "出生日期", "person.birth", "　　　年　　　月　　　日（□估计）"), GUITU_FIELD (6, 3, "年　龄", "person.age") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "证件类型", "person.id_kind"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } },
  { 7.8, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7.8, 1, { GUITU_FIELD (19, 3, "经常居住地", "person.address") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "联系电话", "person.phone"), GUITU_FIELD (8, 3, "健康状况", "person.health"), GUITU_FIELD (8, 3, "识字情况", "person.literate") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "身高(cm)", "person.height_cm"), GUITU_FIELD (16, 3, "口　音", "person.accent") } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "体貌特征", "person.marks") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "救助编号", "person.national_number"), GUITU_FIELD (12, 3, "本站编号", "stay.number") } },
  { 7.8, 1, { GUITU_FIELD (24, 5, "享受社会保障情况", "stay.social_security") } },
  { 7.8, 1, { GUITU_FIELD_HINT (14, 3, "来站时间", "stay.arrived_at", "　　　年　　月　　日　　时　　分"), GUITU_FIELD (10, 3, "来站方式", "stay.came_by") } },
  { 7.8, 1, { GUITU_FIELD (13, 4, "护送单位及人", "stay.brought_by"), GUITU_FIELD (11, 3, "发现地点", "stay.found_place") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "求助原因", "stay.reason"), GUITU_FIELD (12, 3, "求助需求", "stay.request") } },
  { 22, 6, { GUITU_PARAGRAPH (24, 3, "流浪乞讨\n经　　过", "stay.statement", NULL) } },
  { 8.6, 2, { GUITU_FIELD (24, 3, "联系人情况", "person.kin") } },
  { 8.6, 2, { GUITU_FIELD (24, 3, "随身物品", "stay.belongings") } },
  { 8.6, 2, { GUITU_FIELD (12, 3, "检视情况", "stay.first_look"), GUITU_FIELD (12, 3, "安检结果", "stay.security_check") } },
  { 26, 2, { GUITU_SIGNATURE (15, "以上内容已由工作人员向我宣读（本人已阅），情况属实；救助政策和入站须知已告知。\n求助人（签名）：", SIGN_AND_DATE), GUITU_THUMB (4), GUITU_SIGNATURE (5, "代填人（签名）：", SIGN_AND_DATE) } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "代填说明", "intake.written_by") } },
  { 19, 4, { GUITU_PARAGRAPH (24, 3, "甄别意见", "stay.opinion", "接待员：　　　　　　　复核（值班领导）：　　　　　　　　　　　年　　月　　日") } },
};

const GuituForm _guitu_form_intake_registration = {
  .kind = "intake-registration",
  .title = "求助登记表",
  .prefix = "QZ",
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
