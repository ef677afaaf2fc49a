/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 送医（转院）单, 出院接回单 and 住院告知书: to the hospital, back from it, and what the person or
 * the kin are told in between. Two copies each. What the doctor finds is written by hand.
 */

static const char *const hospital_copies[] = { "第一联　医院留存", "第二联　本站存档", NULL };
static const char *const notice_copies[] = { "第一联　交本人或亲属", "第二联　本站存档", NULL };
static const char *const needed[] = { "hospital.name", NULL };

/* clang-format off */
#define PERSON_ROWS \
  { 6, 0, { GUITU_HEADING ("一、受助人员") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 2, "年龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "证件类型", "person.id_kind"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "本站编号", "stay.number"), GUITU_FIELD (11, 3, "救助编号", "person.national_number") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "健康状况", "person.health"), GUITU_FIELD (11, 3, "户籍所在地", "person.household") } }, \
  { 7.8, 1, { GUITU_FIELD (19, 3, "联系人情况", "person.kin") } },

#define PAYER "定点医院记账|基本医疗保险|救助站结算|亲属承担|待定"

static const GuituRow admission_rows[] = {
  PERSON_ROWS
  { 6, 0, { GUITU_HEADING ("二、送医（转院）") } },
  { 7.8, 1, { GUITU_CHOICE (9, 3, "事　项", "hospital.act", "送医|转院"), GUITU_FIELD_HINT (15, 3, "送医时间", "hospital.sent_at", "　　　年　　月　　日　　时　　分") } },
  { 7.8, 1, { GUITU_FIELD (11, 3, "送往医院", "hospital.name"), GUITU_FIELD (6, 2, "科室", "hospital.department"), GUITU_FIELD (7, 2, "电话", "hospital.phone") } },
  { 7.8, 1, { GUITU_FIELD (11, 3, "转出医院", "hospital.transferred_from"), GUITU_CHOICE (13, 3, "送医方式", "hospital.sent_how", "120急救|本站车辆|公安机关") } },
  { 7.8, 1, { GUITU_FIELD (11, 3, "送 医 人", "hospital.sent_by"), GUITU_FIELD (13, 3, "陪 护 人", "hospital.attendant") } },
  { 14, 5, { GUITU_PARAGRAPH (24, 3, "病　　情", "hospital.condition", NULL) } },
  { 9, 2, { GUITU_PARAGRAPH (12, 3, "检视情况", "stay.first_look", NULL), GUITU_PARAGRAPH (12, 3, "病史、用药\n和 过 敏", "hospital.history", NULL) } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "已作处置", "hospital.first_aid") } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "随带物品", "hospital.things_taken") } },
  { 7.8, 1, { GUITU_CHOICE (24, 4, "费用结算主体", "hospital.payer", PAYER) } },
  { 7.8, 1, { GUITU_CHOICE (24, 3, "亲属告知", "hospital.kin_told", "已告知|暂未联系到|身份不明|本人不同意告知") } },
  { 6, 0, { GUITU_HEADING ("三、首诊情况（由医院填写）") } },
  { 8.2, 1, { GUITU_CHECKS (24, 3, "处　　理", NULL, "门诊治疗后返站|留院观察|收治住院|转其他医院") } },
  { 22, 5, { GUITU_PARAGRAPH (24, 3, "首诊意见", NULL, NULL) } },
  { 17, 1, { GUITU_SIGNATURE (12, "送医人签名：", "年　　月　　日　　时　　分"), GUITU_SIGNATURE (12, "医护人员签名：", "年　　月　　日　　时　　分") } },
};

const GuituForm _guitu_form_hospital_admission = {
  .kind = "hospital-admission",
  .title = "送医（转院）单",
  .prefix = "SY",
  .copies = hospital_copies,
  .needed = needed,
  .rows = admission_rows,
  .n_rows = G_N_ELEMENTS (admission_rows),
};

static const GuituRow return_rows[] = {
  PERSON_ROWS
  { 6, 0, { GUITU_HEADING ("二、住院和出院") } },
  { 7.8, 1, { GUITU_FIELD (11, 3, "医　　院", "hospital.name"), GUITU_FIELD (6, 2, "科室", "hospital.department"), GUITU_FIELD (7, 2, "电话", "hospital.phone") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "入院时间", "hospital.admitted_at", "　　　年　　月　　日　　时"), GUITU_FIELD_HINT (12, 3, "出院时间", "hospital.discharged_at", "　　　年　　月　　日　　时") } },
  { 12, 4, { GUITU_PARAGRAPH (24, 3, "出院诊断", "hospital.diagnosis", NULL) } },
  { 7.8, 1, { GUITU_CHOICE (17, 3, "出院情况", "hospital.outcome", "治愈|好转|稳定|未愈|本人要求出院"), GUITU_FIELD (7, 3, "费用(元)", "hospital.cost") } },
  { 14, 5, { GUITU_PARAGRAPH (24, 3, "医嘱和\n用　药", "hospital.advice", NULL) } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "复诊时间", "hospital.next_visit", "　　　年　　月　　日"), GUITU_FIELD (12, 3, "带回药品", "hospital.medicines") } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "随附材料", "hospital.papers", "出院证明|出院小结|检查报告|处方|费用清单") } },
  { 7.8, 1, { GUITU_CHOICE (24, 4, "费用结算主体", "hospital.payer", PAYER) } },
  { 6, 0, { GUITU_HEADING ("三、接回") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "接回时间", "hospital.returned_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "接 回 人", "hospital.fetched_by") } },
  { 7.8, 1, { GUITU_CHOICE (24, 3, "回站安排", "hospital.afterwards", "返回原床位|观察隔离|特殊照料|直接安排离站") } },
  { 12, 3, { GUITU_PARAGRAPH (24, 3, "护理交代", "hospital.care", NULL) } },
  { 18, 1, { GUITU_SIGNATURE (8, "接回人签名：", "年　　月　　日"), GUITU_SIGNATURE (8, "医院医护人员签名：", "年　　月　　日"), GUITU_SIGNATURE (8, "站内接收人签名：", "年　　月　　日") } },
};

const GuituForm _guitu_form_hospital_return = {
  .kind = "hospital-return",
  .title = "出院接回单",
  .prefix = "CY",
  .copies = hospital_copies,
  .needed = needed,
  .rows = return_rows,
  .n_rows = G_N_ELEMENTS (return_rows),
};

static const GuituRow notice_rows[] = {
  { 7.8, 0.5, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } },
  { 7.8, 0.5, { GUITU_FIELD (11, 3, "住院医院", "hospital.name"), GUITU_FIELD (6, 2, "科室", "hospital.department"), GUITU_FIELD (7, 2, "电话", "hospital.phone") } },
  { 7.8, 0.5, { GUITU_FIELD_HINT (12, 3, "入院时间", "hospital.admitted_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "医院地址", "hospital.address") } },
  { 7.8, 0.5, { GUITU_FIELD (12, 4, "本站联系人", "hospital.contact"), GUITU_FIELD (12, 3, "联系电话", "station.phone") } },
  { 9, 1, { GUITU_FIELD (24, 3, "住院原因", "hospital.condition") } },
  { 6, 0, { GUITU_HEADING ("一、告知事项") } },
  { 50, 1, { GUITU_NOTE (24, "　　1. 受助人员因病在上述医院住院。住院期间救助不中断，由本站联系人与医院保持联系。\n　　2. 检查、治疗由医院按照诊疗规范进行。依法需要本人或者近亲属同意的，由医生告知。\n　　3. 本站不向受助人员及其亲属收取救助费用。医疗费用按照当地规定结算。\n　　4. 寄存在本站的物品继续由本站保管，可以随时要求取回。\n　　5. 病情允许出院时，本站凭出院证明接回或者安排离站。\n　　6. 成年受助人员可以要求停止救助、自行离院，请先告知医生和本站联系人，办理手续并取回物品。未办理手续擅自离开医院的，按主动放弃救助记录。\n　　7. 对住院安排有意见的，可以拨打本站投诉电话，也可以向本站所在地民政部门举报。") } },
  { 6, 0, { GUITU_HEADING ("二、告知对象和送达") } },
  { 7.8, 0.5, { GUITU_CHECKS (24, 3, "告知对象", "hospital.told_to", "本人|近亲属|监护人|所在单位") } },
  { 7.8, 0.5, { GUITU_FIELD (12, 4, "被告知人姓名", "hospital.told_name"), GUITU_FIELD (12, 4, "与受助人关系", "hospital.told_kinship") } },
  { 7.8, 0.5, { GUITU_CHECKS (12, 3, "告知方式", "hospital.told_how", "当面|电话|邮寄"), GUITU_FIELD_HINT (12, 3, "告知时间", "hospital.told_at", "　　　年　　月　　日　　时") } },
  { 30, 1, { GUITU_SIGNATURE (20, "以上内容已向我说明，本告知书已收到。\n被告知人（签名或按手印）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4) } },
  { 44, 1, { GUITU_SIGNATURE (12, "未能签收记录：□拒绝签收　□病情不能签收\n情况说明：\n\n见证人签名：（一）　　　　　　（二）\n\n经办人签名：", "年　　月　　日"), GUITU_STAMP (12, "告知单位（公章）", "年　　月　　日") } },
};

const GuituForm _guitu_form_hospital_notice = {
  .kind = "hospital-notice",
  .title = "住院告知书",
  .prefix = "ZG",
  .copies = notice_copies,
  .needed = needed,
  .rows = notice_rows,
  .n_rows = G_N_ELEMENTS (notice_rows),
};
/* clang-format on */
