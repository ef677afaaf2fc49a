/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * Who says that something is wrong, and what they are told: complaints about the station, and
 * objections to an entry of the list, which somebody other than the first reviewer decides.
 * One copy of each is the person's proof; none of them costs them help.
 */

#define DATE "年　　月　　日"
#define DAY "　　　年　　月　　日"
#define CATEGORIES "重复求助|虚假身份|退票倒票|索要现金|扰乱秩序"

static const char *const complaint_copies[] = { "第一联　投诉人留存", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow complaint_rows[] = {
  { 6, 0, { GUITU_HEADING ("一、投诉（申诉）人") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "投 诉 人", "complaint.by"), GUITU_CHOICE (15, 3, "身　份", "complaint.by_whom", "本人|亲属|监护人|其他") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "联系电话", "complaint.phone"), GUITU_FIELD (15, 3, "联系地址", "complaint.address") } },
  { 7.8, 1, { GUITU_FIELD (7, 3, "受助人员", "person.name"), GUITU_FIELD (7, 3, "本站编号", "stay.number"), GUITU_FIELD (10, 3, "救助编号", "person.national_number") } },
  { 6, 0, { GUITU_HEADING ("二、投诉（申诉）事项") } },
  { 8.6, 1, { GUITU_CHECKS (24, 3, "投诉类别", "complaint.about", "不予或终止救助|工作人员|生活照料|财物保管|个人信息|其他") } },
  { 14, 5, { GUITU_PARAGRAPH (24, 3, "事　项", "complaint.matter", NULL) } },
  { 9, 2, { GUITU_PARAGRAPH (24, 3, "请　求", "complaint.wish", NULL) } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "提交材料", "complaint.evidence") } },
  { 6, 0, { GUITU_HEADING ("三、受理") } },
  { 7.8, 1, { GUITU_FIELD_HINT (9, 3, "收到时间", "complaint.received_at", "　　年　月　日　时"), GUITU_CHOICE (15, 3, "收到方式", "complaint.how", "当面|电话|来信|网络|转办") } },
  { 7.8, 1, { GUITU_FIELD (7, 3, "受 理 人", "complaint.received_by"), GUITU_FIELD (7, 3, "承 办 人", "complaint.handler"), GUITU_FIELD_HINT (10, 3, "办结期限", "complaint.due_on", "　　　年　　月　　日") } },
  { 25.5, 0, { GUITU_SIGNATURE (12, "以上内容属实，已收到本单一联。\n投诉人（签名或按手印）：", DATE), GUITU_THUMB (4), GUITU_SIGNATURE (8, "受理人签名：", DATE) } },
  { 6, 0, { GUITU_HEADING ("四、办理结果") } },
  { 10, 4, { GUITU_PARAGRAPH (24, 3, "核查情况", "complaint.findings", NULL) } },
  { 8.6, 1, { GUITU_CHOICE (12, 3, "认　定", "complaint.outcome", "属实|部分属实|不属实"), GUITU_FIELD_HINT (12, 3, "答复时间", "complaint.answered_at", DAY) } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "处理意见", "complaint.reply", NULL) } },
  { 12, 0, { GUITU_NOTE (24, "对答复有异议的，可以继续向主管本站的民政部门投诉举报，或者依法申请行政复议、提起行政诉讼。投诉不影响接受救助，任何人不得扣压投诉、申诉材料。") } },
  { 43, 0, { GUITU_SIGNATURE (6, "承办人签名：\n（不得是被投诉人）", DATE), GUITU_SIGNATURE (6, "负责人签名：", DATE), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
};
/* clang-format on */

static const char *const complaint_needed[] = { "complaint.matter", NULL };

const GuituForm _guitu_form_complaint_record = {
  .kind = "complaint-record",
  .title = "投诉（申诉）受理单",
  .prefix = "TS",
  .copies = complaint_copies,
  .needed = complaint_needed,
  .rows = complaint_rows,
  .n_rows = G_N_ELEMENTS (complaint_rows),
};

static const char *const objection_copies[] = { "第一联　申请人留存（回执）", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow objection_rows[] = {
  { 6, 0, { GUITU_HEADING ("一、申请人") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (11, 3, "本站编号", "stay.number") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "联系电话", "person.phone"), GUITU_FIELD (15, 3, "经常居住地", "person.address") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "代 理 人", "objection.agent"), GUITU_FIELD (15, 4, "关系和电话", "objection.agent_phone") } },
  { 6, 0, { GUITU_HEADING ("二、所列提示") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "提示编号", "list.number"), GUITU_FIELD (15, 3, "名单名称", "form.list_name") } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "列入单位", "list.station") } },
  { 8.6, 1, { GUITU_CHECKS (24, 3, "提示类别", "list.category", CATEGORIES) } },
  { 7.8, 1, { GUITU_FIELD_HINT (8, 3, "告知日期", "list.told_on", "　　年　月　日"), GUITU_FIELD_HINT (8, 3, "有效期自", "list.from_on", "　　年　月　日"), GUITU_FIELD_HINT (8, 3, "有效期至", "list.until_on", "　　年　月　日") } },
  { 6, 0, { GUITU_HEADING ("三、异议") } },
  { 8.6, 1, { GUITU_CHECKS (24, 3, "请　求", "objection.request", "移出名单|更正内容|说明理由|查阅或复制") } },
  { 16, 6, { GUITU_PARAGRAPH (24, 3, "事　实\n和理由", "objection.facts", NULL) } },
  { 8.6, 1, { GUITU_FIELD (24, 3, "提交材料", "objection.evidence") } },
  { 25.5, 0, { GUITU_SIGNATURE (20, "以上内容由我填写或已向我宣读。\n申请人（签名或按手印）：　　　　　　　　代填人或代理人签名：", DATE), GUITU_THUMB (4) } },
  { 6, 0, { GUITU_HEADING ("四、受理回执") } },
  { 7.8, 1, { GUITU_FIELD_HINT (9, 3, "收到时间", "objection.received_at", "　　年　月　日　时"), GUITU_FIELD (6, 3, "受 理 人", "objection.received_by"), GUITU_FIELD_HINT (9, 3, "办结期限", "objection.due_on", "　　　年　　月　　日") } },
  { 21, 0, { GUITU_NOTE (24, "1．本名单只提示工作人员进一步核实，不是拒绝救助的理由；提出异议不影响接受救助。\n2．异议由未参与原复核的人员办理，决定书送达申请人。\n3．申请人有权查阅、复制与本人有关的记录，补充材料，陈述意见。\n4．决定更正、移出的，通知收到过该提示的其他救助管理机构。") } },
  { 44, 0, { GUITU_SIGNATURE (12, "受理人签名：", DATE), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
};
/* clang-format on */

static const char *const objection_needed[] = { "objection.facts", NULL };

const GuituForm _guitu_form_list_objection = {
  .kind = "list-objection",
  .title = "重复求助提示名单异议申请表",
  .prefix = "MY",
  .copies = objection_copies,
  .needed = objection_needed,
  .rows = objection_rows,
  .n_rows = G_N_ELEMENTS (objection_rows),
};

static const char *const decision_copies[] = { "第一联　送达申请人", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow decision_rows[] = {
  { 6, 0, { GUITU_HEADING ("一、申请人和异议") } },
  { 7.8, 0, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (9, 3, "证件号码", "person.id_number"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } },
  { 7.8, 0, { GUITU_FIELD (9, 3, "提示编号", "list.number"), GUITU_FIELD (15, 3, "名单名称", "form.list_name") } },
  { 7.8, 0, { GUITU_FIELD_HINT (13, 3, "收到异议", "objection.received_at", "　　年　月　日　时"), GUITU_FIELD_HINT (11, 3, "有效期至", "list.until_on", "　　年　月　日") } },
  { 8.6, 0, { GUITU_CHECKS (24, 3, "提示类别", "list.category", CATEGORIES) } },
  { 6, 0, { GUITU_HEADING ("二、查明的事实和理由") } },
  { 11.5, 5, { GUITU_PARAGRAPH (24, 3, "事　实", "decision.facts", NULL) } },
  { 8.6, 1, { GUITU_PARAGRAPH (24, 3, "规　则", "decision.rule", NULL) } },
  { 9, 3, { GUITU_PARAGRAPH (24, 3, "理　由", "decision.reason", NULL) } },
  { 6, 0, { GUITU_HEADING ("三、决定") } },
  { 8.6, 0, { GUITU_CHOICE (14, 3, "决　定", "decision.result", "维持|更正|移出名单"), GUITU_FIELD_HINT (10, 3, "生效日期", "decision.effective_on", "　　　年　　月　　日") } },
  { 7.8, 0, { GUITU_FIELD (8, 3, "原复核人", "list.reviewed_by"), GUITU_FIELD (8, 3, "办 理 人", "decision.handled_by"), GUITU_FIELD (8, 3, "批 准 人", "decision.approved_by") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "更正内容", "decision.correction"), GUITU_FIELD (12, 3, "通知机构", "decision.stations_told") } },
  { 6, 0, { GUITU_HEADING ("四、权利告知和送达") } },
  { 8.6, 0, { GUITU_FIELD (24, 3, "举报投诉", "form.complaint") } },
  { 8.6, 0, { GUITU_FIELD (24, 3, "行政复议", "form.review") } },
  { 8.6, 0, { GUITU_FIELD (24, 3, "行政诉讼", "form.lawsuit") } },
  { 20, 0, { GUITU_SIGNATURE (6, "办理人签名：\n（非原复核人）", DATE), GUITU_SIGNATURE (6, "批准人签名：", DATE), GUITU_SIGNATURE (12, "拒签记录：受送达人拒绝签收，理由：\n\n见证人签名：（一）　　　　　　（二）", DATE) } },
  { 43, 0, { GUITU_SIGNATURE (8, "签收：本决定书已收到，内容已向我说明。\n受送达人（签名）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
};
/* clang-format on */

static const char *const decision_needed[] = { "decision.facts", "decision.result", NULL };

const GuituForm _guitu_form_list_decision = {
  .kind = "list-decision",
  .title = "重复求助提示名单异议处理决定书",
  .prefix = "MJ",
  .copies = decision_copies,
  .needed = decision_needed,
  .rows = decision_rows,
  .n_rows = G_N_ELEMENTS (decision_rows),
};

static const char *const notice_copies[] = { "第一联　送达当事人", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow notice_rows[] = {
  { 7.8, 0, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } },
  { 7.8, 0, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 6, 0, { GUITU_HEADING ("一、告知事项") } },
  { 17, 1, { GUITU_FIELD_HINT (24, 0, NULL, "notice.list_text", "　　　　　　　　：\n　　经复核，我站自　　　年　　月　　日起至　　　年　　月　　日止将你列入下列名单，到期自动失效。名单只提示工作人员进一步核实，不是拒绝救助的理由。") } },
  { 8.6, 0, { GUITU_CHECKS (24, 3, "提示类别", "notice.list_category", CATEGORIES) } },
  { 7.8, 0, { GUITU_FIELD (14, 3, "提示等级", "notice.list_measure"), GUITU_FIELD (10, 3, "名单名称", "form.list_name") } },
  { 12, 4, { GUITU_PARAGRAPH (24, 3, "事　实", "notice.list_facts", NULL) } },
  { 9, 1, { GUITU_PARAGRAPH (24, 3, "规则和\n统　计", "notice.list_rule", NULL) } },
  { 9, 3, { GUITU_PARAGRAPH (24, 3, "本人陈\n述申辩", "notice.list_said", NULL) } },
  { 6, 0, { GUITU_HEADING ("二、权利告知") } },
  { 11, 0, { GUITU_PARAGRAPH (24, 3, "异　议", "notice.list_objection", NULL) } },
  { 7.8, 0, { GUITU_FIELD (24, 3, "使用保存", "notice.list_retention") } },
  { 8.6, 0, { GUITU_FIELD (24, 3, "举报投诉", "form.complaint") } },
  { 8.6, 0, { GUITU_FIELD (24, 3, "行政复议", "form.review") } },
  { 8.6, 0, { GUITU_FIELD (24, 3, "行政诉讼", "form.lawsuit") } },
  { 6, 0, { GUITU_HEADING ("三、签发和送达") } },
  { 7.8, 0, { GUITU_FIELD (7, 3, "提 出 人", "notice.list_proposed_by"), GUITU_FIELD (7, 3, "复 核 人", "notice.list_reviewed_by"), GUITU_FIELD (10, 4, "送达见证人", "notice.list_witness") } },
  { 16, 0, { GUITU_SIGNATURE (12, "复核人签名：", DATE), GUITU_SIGNATURE (12, "拒签记录：受送达人拒绝签收，理由：\n见证人签名：（一）　　　　　　（二）", DATE) } },
  { 43, 0, { GUITU_SIGNATURE (8, "签收：本告知书已收到，内容已向我说明。\n受送达人（签名）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
};
/* clang-format on */

const GuituForm _guitu_form_list_notice = {
  .kind = "list-notice",
  .title = "重复求助提示告知书",
  .prefix = "MG",
  .copies = notice_copies,
  .rows = notice_rows,
  .n_rows = G_N_ELEMENTS (notice_rows),
};
