/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 自行离站声明书 and 在站服务及离站登记表: 《生活无着的流浪乞讨人员救助管理机构工作规程》（民发〔2014〕132号）
 * 附件3 and 附件4; and 延长救助期限备案表, asked for by 实施细则 Art 12.
 */

#define DAY "年　　月　　日"
#define HOUR_FIELD "　　　年　　月　　日　　时　　分"

/* --- 自行离站声明书 -------------------------------------------------------------------------------- */

static const char *const statement_copies[] = { "第一联　本人留存", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow statement_rows[] = {
  { 8.6, 1, { GUITU_FIELD (9, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (6, 2, "民族", "person.nation") } },
  { 8.6, 1, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 8.6, 1, { GUITU_FIELD (24, 3, "户籍所在地", "person.household") } },
  { 8.6, 1, { GUITU_FIELD (12, 3, "救助编号", "person.national_number"), GUITU_FIELD (12, 3, "本站编号", "stay.number") } },
  { 8.6, 1, { GUITU_FIELD_HINT (14, 3, "入站时间", "stay.admitted_at", HOUR_FIELD), GUITU_FIELD (10, 3, "联系电话", "person.phone") } },
  { 6, 0, { GUITU_HEADING ("一、本人声明") } },
  { 32, 2, { GUITU_NOTE (24, "　　我因生活无着，在本站接受救助。现在我自愿离开救助管理站，这是我本人的意思，没有人强迫。\n　　工作人员已经告诉我：可以继续在站接受救助；没有交通费的，可以申请乘车凭证和路上必要的饮食；寄存的物品和证件可以全部取回；离站以后生活仍无着落的，可以再次求助。\n　　离站手续办完以后，我自行负责返回和以后的生活。") } },
  { 22, 3, { GUITU_PARAGRAPH (24, 3, "离站原因", "leaving.reason", NULL) } },
  { 8.6, 1, { GUITU_FIELD (14, 3, "离站去向", "stay.destination"), GUITU_CHOICE (10, 3, "乘车凭证", "leaving.wants_ticket", "需要|不需要") } },
  { 8.6, 1, { GUITU_CHOICE (24, 3, "寄存物品", "leaving.belongings", "没有寄存|全部取回|部分取回，其余由本站代管|自愿放弃") } },
  { 34, 2, { GUITU_SIGNATURE (20, "以上内容我已阅读（工作人员已向我宣读），是我的真实意思。\n\n声明人（签名）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4) } },
  { 6, 0, { GUITU_HEADING ("二、本站办理") } },
  { 8.6, 1, { GUITU_CHECKS (24, 3, "经办核对", "leaving.checked", "达到可以自行离站的年龄|无精神障碍或者智力残疾迹象") } },
  { 8.6, 1, { GUITU_FIELD_HINT (14, 3, "离站时间", "stay.left_at", HOUR_FIELD), GUITU_FIELD (10, 3, "经 办 人", "stay.released_by") } },
  { 20, 1, { GUITU_SIGNATURE (8, "见证人（签名）：", DAY), GUITU_SIGNATURE (8, "经办人（签名）：", DAY), GUITU_SIGNATURE (8, "值班领导（签名）：", DAY) } },
  { 8.6, 0, { GUITU_NOTE (24, "□ 本人离站但拒绝签名，说明：　　　　　　　　见证人签名（一）：　　　　　　（二）：") } },
};
/* clang-format on */

const GuituForm _guitu_form_voluntary_leave_statement = {
  .kind = "voluntary-leave-statement",
  .title = "自行离站声明书",
  .prefix = "ZY",
  .copies = statement_copies,
  .rows = statement_rows,
  .n_rows = G_N_ELEMENTS (statement_rows),
};

/* --- 在站服务及离站登记表 -------------------------------------------------------------------------- */

/* clang-format off */
static const GuituRow service_rows[] = {
  { 7.8, 0, { GUITU_FIELD (8, 2, "姓名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "健康状况", "person.health") } },
  { 7.8, 0, { GUITU_FIELD (12, 3, "救助编号", "person.national_number"), GUITU_FIELD (12, 3, "本站编号", "stay.number") } },
  { 7.8, 0, { GUITU_FIELD_HINT (13, 3, "入站时间", "stay.admitted_at", "　　　年　　月　　日　　时"), GUITU_FIELD_HINT (11, 4, "救助期限至", "stay.due_on", "　　　年　　月　　日") } },
  { 7.8, 0, { GUITU_FIELD (19, 3, "房间床位", "stay.bed_words"), GUITU_FIELD (5, 3, "在站天数", "stay.days") } },
  { 6, 0, { GUITU_HEADING ("一、在站服务") } },
  { 6, 4, { GUITU_TABLE (3, "stay.services", "日期时间:5|项目:4|内容:11|经办人:4") } },
  { 6, 0, { GUITU_HEADING ("二、医疗") } },
  { 6, 2, { GUITU_TABLE (1, "stay.medical", "时间:5|内容:15|经办人:4") } },
  { 6, 0, { GUITU_HEADING ("三、通讯联系") } },
  { 6, 2, { GUITU_TABLE (1, "stay.contacts", "时间:5|内容:15|经办人:4") } },
  { 6, 0, { GUITU_HEADING ("四、身份查询和寻亲") } },
  { 6, 2, { GUITU_TABLE (2, "stay.searches", "事项:5|期限:5|办理时间:5|凭据:5|办理人:4") } },
  { 6, 0, { GUITU_HEADING ("五、离站") } },
  { 7.8, 0, { GUITU_FIELD_HINT (14, 3, "离站时间", "stay.left_at", HOUR_FIELD), GUITU_FIELD (10, 3, "离站方式", "stay.leave_by") } },
  { 7.8, 0, { GUITU_FIELD (14, 3, "去　　向", "stay.destination"), GUITU_FIELD (10, 3, "接 收 人", "stay.received_by") } },
  { 7.8, 0, { GUITU_FIELD (7, 2, "车次", "ticket.train"), GUITU_FIELD (6, 2, "到站", "ticket.to"), GUITU_FIELD_HINT (11, 3, "乘车日期", "ticket.departs_on", "　　　年　　月　　日") } },
  { 6, 0, { GUITU_HEADING ("六、物品交还") } },
  { 6, 2, { GUITU_TABLE (1, "stay.belongings_out", "物品:5|数量:4|去向:4|取回时间:5|领取人:6") } },
  { 27, 0, { GUITU_SIGNATURE (8, "记录属实，物品已交还。\n受助人（签名）：", DAY), GUITU_THUMB (4), GUITU_SIGNATURE (6, "管理员（签名）：", DAY), GUITU_SIGNATURE (6, "值班领导（签名）：", DAY) } },
};
/* clang-format on */

const GuituForm _guitu_form_service_and_leave_record = {
  .kind = "service-and-leave-record",
  .title = "在站服务及离站登记表",
  .prefix = "FW",
  .rows = service_rows,
  .n_rows = G_N_ELEMENTS (service_rows),
};

/* --- 延长救助期限备案表 ---------------------------------------------------------------------------- */

static const char *const extension_copies[] = { "第一联　报上级民政部门", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow extension_rows[] = {
  { 7.8, 1, { GUITU_FIELD (8, 2, "姓名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "健康状况", "person.health") } },
  { 7.8, 1, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "户籍所在地", "person.household") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "救助编号", "person.national_number"), GUITU_FIELD (12, 3, "本站编号", "stay.number") } },
  { 7.8, 1, { GUITU_FIELD_HINT (14, 3, "入站时间", "stay.admitted_at", HOUR_FIELD), GUITU_FIELD (10, 3, "在站天数", "stay.days") } },
  { 6, 0, { GUITU_HEADING ("一、延长的期限和理由") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "原期限至", "extension.from", "　　　年　　月　　日"), GUITU_FIELD_HINT (12, 3, "拟延长至", "extension.until", "　　　年　　月　　日") } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "延长事由", "extension.ground", "医疗|寻亲|天气|交通|其他") } },
  { 26, 4, { GUITU_PARAGRAPH (24, 3, "具体理由", "extension.reason", NULL) } },
  { 14, 2, { GUITU_PARAGRAPH (24, 3, "期间安排", "extension.plan", NULL) } },
  { 6, 0, { GUITU_HEADING ("二、本站意见") } },
  { 22, 1, { GUITU_SIGNATURE (12, "科长意见：\n\n签名：", DAY), GUITU_SIGNATURE (12, "站长意见：\n\n签名：", DAY) } },
  { 44, 0, { GUITU_STAMP (12, "报送单位（公章）", DAY), GUITU_STAMP (12, "上级民政部门备案（公章）", DAY) } },
  { 7.8, 0, { GUITU_FIELD (12, 4, "备案部门经办", NULL), GUITU_FIELD (12, 3, "备案文号", NULL) } },
  { 7.8, 0, { GUITU_NOTE (24, "期满仍需延长的，重新填写本表备案。期限届满以前本人要求离站的，不受本表限制。") } },
};
/* clang-format on */

const GuituForm _guitu_form_extension_filing = {
  .kind = "extension-filing",
  .title = "延长救助期限备案表",
  .prefix = "YQ",
  .copies = extension_copies,
  .rows = extension_rows,
  .n_rows = G_N_ELEMENTS (extension_rows),
};
