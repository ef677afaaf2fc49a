/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 协查函 and 流出地接回函: letters to another office, in the manner of GB/T 9704 (addressee, body,
 * closing, seal). Below is the slip that the other office tears off, fills in and sends back; it
 * bears the number of the letter, so that it finds its way without the rest.
 */

#define CUT "－－－－－－－－－－－－－－－－－－－　沿此线裁下　－－－－－－－－－－－－－－－－－－－"

static const char *const copies[] = { "第一联　送收函单位", "第二联　本站存档", NULL };
static const char *const needed[] = { "letter.to", NULL };

/* clang-format off */
#define ANSWER_ROW \
  { 7, 0, { GUITU_FIELD_HINT (9, 3, "回复期限", "letter.reply_by", "　　年　　月　　日"), GUITU_FIELD (7, 3, "联 系 人", "letter.contact"), GUITU_FIELD (8, 3, "联系电话", "station.phone") } },

#define SLIP_ROWS \
  { 7, 0, { GUITU_FIELD (14, 3, "致", "station.name"), GUITU_FIELD (10, 3, "来函编号", "paper.number") } }, \
  { 7, 0, { GUITU_FIELD (14, 3, "受助人员", "person.name"), GUITU_FIELD (10, 3, "本站编号", "stay.number") } },

static const GuituRow inquiry_rows[] = {
  { 7.2, 0, { GUITU_FIELD (24, 3, "主　送", "letter.to") } },
  { 12, 1, { GUITU_NOTE (24, "　　下列人员由我站救助，目前身份尚未查清（或有待核实）。为帮助其查明身份、联系亲属，现将有关情况函告如下，请予协助查询。") } },
  { 7, 1, { GUITU_FIELD (9, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (6, 2, "年龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7, 1, { GUITU_CHECKS (9, 3, "姓名来源", "person.verified", "自报|核实"), GUITU_FIELD (10, 3, "证件号码", "person.id_number") } },
  { 7, 1, { GUITU_FIELD (5, 3, "身高(cm)", "person.height_cm"), GUITU_FIELD (14, 3, "口　音", "person.accent") } },
  { 7, 1, { GUITU_FIELD (19, 3, "体貌特征", "person.marks") } },
  { 7, 1, { GUITU_FIELD (19, 3, "衣　着", "stay.clothing") } },
  { 7, 1, { GUITU_FIELD_HINT (12, 3, "入站时间", "stay.admitted_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "发现地点", "stay.found_place") } },
  { 10, 4, { GUITU_PARAGRAPH (24, 3, "本人自述", "stay.statement", NULL) } },
  { 7, 0, { GUITU_CHECKS (24, 3, "协查事项", "letter.matters", "核实身份|核实户籍|查找亲属|比对失踪人员|核实监护情况") } },
  { 8.5, 3, { GUITU_PARAGRAPH (24, 3, "具体请求\n和 线 索", "letter.request", NULL) } },
  ANSWER_ROW
  { 44, 0, { GUITU_SIGNATURE (12, "　　请于回复期限前填写回执，盖章后寄回或者传回我站。逾期未能查清的，也请告知进展。\n　　所附个人信息仅用于本次协查，请勿公开或者转作他用。\n　　特此函告，请予协助。", NULL), GUITU_STAMP (12, "发函单位（公章）", "年　　月　　日") } },
  { 5.6, 0, { GUITU_NOTE (24, CUT) } },
  { 6, 0, { GUITU_HEADING ("协查函回执") } },
  SLIP_ROWS
  { 44, 1, { GUITU_SIGNATURE (12, "□身份已核实　□查无此人　□仍在查询\n结果（姓名、户籍、亲属及电话）：", "经办人：　　　　　电话：　　　　　　　"), GUITU_STAMP (12, "回复单位（公章）", "年　　月　　日") } },
};

const GuituForm _guitu_form_inquiry_letter = {
  .kind = "inquiry-letter",
  .title = "协查函",
  .prefix = "XC",
  .copies = copies,
  .needed = needed,
  .rows = inquiry_rows,
  .n_rows = G_N_ELEMENTS (inquiry_rows),
};

static const GuituRow return_rows[] = {
  { 7.2, 0, { GUITU_FIELD (24, 3, "主　送", "letter.to") } },
  { 12, 1, { GUITU_NOTE (24, "　　下列人员在我站受助，经核实，其户籍所在地（住所地）在你辖区。因其不能自行返乡，现将有关情况函告如下，请协调接回并妥善安置。") } },
  { 7, 1, { GUITU_FIELD (9, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (6, 2, "年龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7, 1, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (10, 3, "证件号码", "person.id_number") } },
  { 7, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7, 1, { GUITU_FIELD (19, 3, "经常居住地", "person.address") } },
  { 7, 1, { GUITU_FIELD (9, 3, "健康状况", "person.health"), GUITU_FIELD (10, 3, "核实方式", "person.verified_by") } },
  { 7, 1, { GUITU_FIELD_HINT (12, 3, "入站时间", "stay.admitted_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "救助编号", "person.national_number") } },
  { 7, 1, { GUITU_FIELD (24, 3, "亲属情况", "person.kin") } },
  { 7, 0, { GUITU_CHECKS (24, 3, "接回事由", "letter.reason", "亲属拒绝接领|亲属无力接领|查找不到亲属|需要专人照料|未成年人") } },
  { 8.5, 4, { GUITU_PARAGRAPH (24, 3, "联系亲属\n经　　过", "letter.kin_contacts", NULL) } },
  { 7, 0, { GUITU_CHOICE (24, 3, "建议方式", "letter.proposal", "请派员来站接回|由我站护送至你站交接|约定中途交接") } },
  ANSWER_ROW
  { 44, 0, { GUITU_SIGNATURE (12, "　　请于回复期限前填写回执，告知接回时间、人员和方式，盖章后寄回或者传回我站。随身物品、病历和求助材料在交接时一并移交。\n　　特此函告，请予协助。", NULL), GUITU_STAMP (12, "发函单位（公章）", "年　　月　　日") } },
  { 5.6, 0, { GUITU_NOTE (24, CUT) } },
  { 6, 0, { GUITU_HEADING ("流出地接回函回执") } },
  SLIP_ROWS
  { 44, 1, { GUITU_SIGNATURE (12, "□派员接回：　　年　　月　　日\n□请护送至我单位交接\n□不能接回，理由：", "接回人员：　　　　　电话：　　　　　　　"), GUITU_STAMP (12, "回复单位（公章）", "年　　月　　日") } },
};

const GuituForm _guitu_form_return_letter = {
  .kind = "return-letter",
  .title = "流出地接回函",
  .prefix = "JH",
  .copies = copies,
  .needed = needed,
  .rows = return_rows,
  .n_rows = G_N_ELEMENTS (return_rows),
};
/* clang-format on */
