/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 护送返乡审批表 and 护送途中记录: before and during an escort; what follows is the hand-over. One
 * copy each, kept in the person's file. Opinions are written by hand, and in the log what nobody recorded.
 */

#define SIGN_AND_DATE "签名：　　　　　年　　月　　日"

/* clang-format off */
static const char *const approval_needed[] = { "transfer.escorts", NULL };

static const GuituRow approval_rows[] = {
  { 6, 0, { GUITU_HEADING ("一、受助人员") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 2, "年龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "健康状况", "person.health"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "本站编号", "stay.number"), GUITU_FIELD (11, 3, "救助编号", "person.national_number") } },
  { 7.2, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7.2, 1, { GUITU_FIELD (19, 3, "联系人情况", "person.kin") } },
  { 6, 0, { GUITU_HEADING ("二、健康风险") } },
  { 7.2, 1, { GUITU_CHECKS (24, 3, "风险事项", "escort.risks", "未见异常|精神障碍|智力障碍|认知障碍|行动不便|心脑血管疾病|癫痫|疑似传染病|易走失|自伤或伤人风险") } },
  { 11, 3, { GUITU_PARAGRAPH (12, 3, "健康交代", "transfer.health_notes", NULL), GUITU_PARAGRAPH (12, 3, "药品和\n用　药", "transfer.medicines", NULL) } },
  { 7.2, 1, { GUITU_CHECKS (24, 3, "出行评估", "escort.fit_to_travel", "可以出行|经医生评估可以出行|需医护人员随行|暂不宜出行") } },
  { 6, 0, { GUITU_HEADING ("三、目的地和接收方") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "返乡方式", "transfer.kind"), GUITU_FIELD (16, 3, "目 的 地", "transfer.to_region") } },
  { 7.2, 1, { GUITU_FIELD (14, 3, "接收单位", "to_station.name"), GUITU_FIELD (10, 3, "单位电话", "to_station.phone") } },
  { 7.2, 1, { GUITU_FIELD (14, 3, "接收联系人", "transfer.receiver"), GUITU_FIELD (10, 3, "答 复 人", "escort.confirmed_with") } },
  { 7.2, 1, { GUITU_FIELD_HINT (11, 3, "确认时间", "escort.confirmed_at", "　　　年　　月　　日　　时"), GUITU_CHECKS (13, 3, "确认方式", "escort.confirmed_how", "电话|函件|系统|亲属当面") } },
  { 6, 0, { GUITU_HEADING ("四、护送安排") } },
  { 7.2, 1, { GUITU_FIELD (24, 3, "护送人员", "transfer.escorts") } },
  { 7.2, 1, { GUITU_CHECKS (24, 3, "人员配备", "escort.staffing", "护送人员2人以上|女性受助人员配女性护送人员|医护人员随行") } },
  { 7.2, 1, { GUITU_FIELD (14, 3, "路线车次", "transfer.route"), GUITU_FIELD_HINT (10, 3, "出发时间", "transfer.departs_at", "　　月　　日　　时") } },
  { 7.2, 2, { GUITU_FIELD (24, 3, "护送方案", "transfer.plan") } },
  { 7.2, 1, { GUITU_FIELD (6, 3, "交通费(元)", "escort.transport_cost"), GUITU_FIELD (6, 3, "食宿费(元)", "escort.lodging_cost"), GUITU_FIELD (6, 3, "其他(元)", "escort.other_cost"), GUITU_FIELD (6, 3, "合计(元)", "escort.total_cost") } },
  { 15, 5, { GUITU_PARAGRAPH (24, 3, "应急预案", "escort.emergency_plan", NULL) } },
  { 6, 0, { GUITU_HEADING ("五、审批") } },
  { 9, 1, { GUITU_FIELD_HINT (24, 3, "经 办 人", NULL, "签名：　　　　　　　　　　　　　　　　　　　　　　年　　月　　日") } },
  { 20, 4, { GUITU_PARAGRAPH (12, 3, "科　长\n意　见", NULL, SIGN_AND_DATE), GUITU_PARAGRAPH (12, 3, "站　长\n意　见", NULL, SIGN_AND_DATE) } },
};

const GuituForm _guitu_form_escort_approval = {
  .kind = "escort-approval",
  .title = "护送返乡审批表",
  .prefix = "HP",
  .needed = approval_needed,
  .rows = approval_rows,
  .n_rows = G_N_ELEMENTS (approval_rows),
};

static const GuituRow log_rows[] = {
  { 7.8, 0, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } },
  { 7.8, 0, { GUITU_FIELD (12, 3, "目 的 地", "transfer.to_region"), GUITU_FIELD (12, 3, "接收单位", "to_station.name") } },
  { 7.8, 0, { GUITU_FIELD (14, 3, "路线车次", "transfer.route"), GUITU_FIELD_HINT (10, 3, "出发时间", "transfer.departs_at", "　　月　　日　　时") } },
  { 7.8, 0, { GUITU_FIELD (24, 3, "护送人员", "transfer.escorts") } },
  { 10, 1, { GUITU_FIELD (12, 3, "健康交代", "transfer.health_notes"), GUITU_FIELD (12, 3, "用药交代", "transfer.medicines") } },
  { 8.4, 14, { GUITU_TABLE (14, "transfer.log", "时间:4|地点:4|饮食:3|服药:3|身体状况:4|异常及处理:6") } },
  { 7.8, 0, { GUITU_FIELD_HINT (12, 3, "到达时间", NULL, "　　　年　　月　　日　　时　　分"), GUITU_CHECKS (12, 3, "途中情况", NULL, "正常|有异常，已记录") } },
  { 17, 0, { GUITU_SIGNATURE (12, "护送人（一）签名：", "年　　月　　日"), GUITU_SIGNATURE (12, "护送人（二）签名：", "年　　月　　日") } },
};

const GuituForm _guitu_form_escort_log = {
  .kind = "escort-log",
  .title = "护送途中记录",
  .prefix = "HJ",
  .rows = log_rows,
  .n_rows = G_N_ELEMENTS (log_rows),
};
/* clang-format on */
