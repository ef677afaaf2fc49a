/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 不予救助通知书 and 终止救助通知书: 《生活无着的流浪乞讨人员救助管理机构工作规程》（民发〔2014〕132号）附件2
 * and 附件5. Two copies, one for the person. Both rest on a ground in law, on facts, and on a second
 * person who reviewed them; only what is decided differs.
 */

static const char *const copies[] = { "第一联　送达当事人", "第二联　本站存档", NULL };

/* clang-format off */
#define NOTICE_ROWS(words) \
  { 7.8, 0, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } }, \
  { 7.8, 0, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } }, \
  { 6, 0, { GUITU_HEADING ("一、决定") } }, \
  { 17, 1, { GUITU_FIELD_HINT (24, 0, NULL, "notice.decision", words) } }, \
  { 7.8, 0, { GUITU_FIELD (24, 3, "法定情形", "notice.ground") } }, \
  { 7.8, 0, { GUITU_FIELD (24, 3, "法律依据", "notice.citation") } }, \
  { 14, 4, { GUITU_PARAGRAPH (24, 3, "事实和\n证　据", "stay.ground", NULL) } }, \
  { 9, 1, { GUITU_PARAGRAPH (24, 3, "转介建议", "notice.referrals", NULL) } }, \
  { 6, 0, { GUITU_HEADING ("二、权利告知") } }, \
  { 9, 0, { GUITU_FIELD (24, 3, "举报投诉", "form.complaint") } }, \
  { 9, 0, { GUITU_FIELD (24, 3, "行政复议", "form.review") } }, \
  { 9, 0, { GUITU_FIELD (24, 3, "行政诉讼", "form.lawsuit") } }, \
  { 7.8, 0, { GUITU_FIELD_HINT (12, 5, "申请复议的最后一日", "notice.review_until", "　　　　年　　月　　日"), GUITU_FIELD_HINT (12, 5, "提起诉讼的最后一日", "notice.lawsuit_until", "　　　　年　　月　　日") } }, \
  { 6, 0, { GUITU_HEADING ("三、签发和送达") } }, \
  { 7.8, 0, { GUITU_FIELD (7, 3, "经 办 人", "stay.proposed_by"), GUITU_FIELD (7, 3, "审 核 人", "stay.reviewed_by"), GUITU_FIELD (10, 4, "送达见证人", "stay.served_witness") } }, \
  { 7.8, 0, { GUITU_FIELD_HINT (10, 3, "送达时间", "stay.served_at", "　　年　月　日　时　分"), GUITU_CHECKS (14, 3, "送达方式", "stay.served_how", "本人签字|按手印|代签|拒签") } }, \
  { 20, 0, { GUITU_SIGNATURE (6, "经办人签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "审核人签名：", "年　　月　　日"), GUITU_SIGNATURE (12, "拒签记录：受送达人拒绝签收，理由：\n\n见证人签名：（一）　　　　　　（二）", "年　　月　　日") } }, \
  { 43, 0, { GUITU_SIGNATURE (8, "签收：本通知书已收到，内容已向我说明。\n受送达人（签名）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4), GUITU_STAMP (12, "签发单位（公章）", "年　　月　　日") } },
/* clang-format on */

static const GuituRow refusal_rows[] = { NOTICE_ROWS ("　　　　　　　　：\n　　你于　　　　年　　月　　日　　时　　分来我站求助。经甄别和复核，你有下列法定情形。根据所列规定，决定不予救助。") };

const GuituForm _guitu_form_refusal_notice = {
  .kind = "refusal-notice",
  .title = "不予救助通知书",
  .prefix = "BY",
  .copies = copies,
  .rows = refusal_rows,
  .n_rows = G_N_ELEMENTS (refusal_rows),
};

static const GuituRow termination_rows[] = { NOTICE_ROWS ("　　　　　　　　：\n　　你于　　　　年　　月　　日　　时　　分来我站求助。经查明和复核，你有下列法定情形。根据所列规定，决定自　　　　年　　月　　日　　时　　分起终止救助。") };

const GuituForm _guitu_form_termination_notice = {
  .kind = "termination-notice",
  .title = "终止救助通知书",
  .prefix = "ZZ",
  .copies = copies,
  .rows = termination_rows,
  .n_rows = G_N_ELEMENTS (termination_rows),
};
