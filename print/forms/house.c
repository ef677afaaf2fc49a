/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 交接班记录 and 在站人员日报: the house at the change of a shift, and on one day. One copy each.
 */

/* clang-format off */
static const GuituRow shift_rows[] = {
  { 7.8, 0, { GUITU_FIELD_HINT (12, 3, "接班时间", "shift.from_at", "　　　年　　月　　日　　时"), GUITU_FIELD_HINT (12, 3, "交班时间", "shift.handed_at", "　　　年　　月　　日　　时") } },
  { 7.8, 0, { GUITU_FIELD (12, 3, "交 班 人", "shift.handed_by"), GUITU_FIELD (12, 3, "接 班 人", "shift.taken_by") } },
  { 6, 0, { GUITU_HEADING ("一、人数") } },
  { 7.8, 0, { GUITU_FIELD (6, 3, "在站人数", "shift.in_house"), GUITU_FIELD (6, 3, "其中男性", "shift.men"), GUITU_FIELD (6, 3, "其中女性", "shift.women"), GUITU_FIELD (6, 3, "未成年人", "shift.minors") } },
  { 7.8, 0, { GUITU_FIELD (6, 3, "本班入站", "shift.admitted"), GUITU_FIELD (6, 3, "本班离站", "shift.left"), GUITU_FIELD (6, 3, "住院就诊", "shift.in_hospital"), GUITU_FIELD (6, 3, "请假外出", "shift.on_leave") } },
  { 7.8, 0, { GUITU_FIELD (6, 3, "查房应到", "shift.expected"), GUITU_FIELD (6, 3, "查房实到", "shift.present"), GUITU_FIELD (12, 3, "未到人员", "shift.absent") } },
  { 6, 0, { GUITU_HEADING ("二、交代事项") } },
  { 26, 3, { GUITU_PARAGRAPH (24, 3, "重点交代", "shift.note", NULL) } },
  { 56, 7, { GUITU_PARAGRAPH (24, 3, "未办事项", "shift.open_items", NULL) } },
  { 6, 0, { GUITU_HEADING ("三、物品和设施") } },
  { 7.8, 0, { GUITU_CHECKS (24, 3, "交接物品", "handover.things", "钥匙|值班电话|对讲机|登记簿册|寄存物品|药品|车辆") } },
  { 7.8, 0, { GUITU_CHECKS (24, 3, "设施检查", "handover.premises", "门窗|水电|消防器材|监控设备|床位|食品留样") } },
  { 15, 2, { GUITU_PARAGRAPH (24, 3, "接班意见", "shift.reply", NULL) } },
  { 17, 0, { GUITU_SIGNATURE (6, "交班人（一）签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "交班人（二）签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "接班人（一）签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "接班人（二）签名：", "年　　月　　日") } },
};

const GuituForm _guitu_form_shift_handover = {
  .kind = "shift-handover",
  .title = "交接班记录",
  .prefix = "JB",
  .rows = shift_rows,
  .n_rows = G_N_ELEMENTS (shift_rows),
};

static const GuituRow list_rows[] = {
  { 7.8, 0, { GUITU_FIELD_HINT (14, 3, "日　期", "house.date", "　　　　年　　月　　日"), GUITU_FIELD (10, 3, "在站人数", "house.count") } },
  { 7.4, 20, { GUITU_TABLE (20, "house.list", "床位:3|姓名:5|性别:2|年龄:3|入站时间:5|天数:2|提示:4") } },
  { 17, 0, { GUITU_SIGNATURE (12, "制表人签名：", "年　　月　　日　　时"), GUITU_SIGNATURE (12, "值班领导签名：", "年　　月　　日　　时") } },
};

const GuituForm _guitu_form_house_list = {
  .kind = "house-list",
  .title = "在站人员日报",
  .prefix = "RB",
  .rows = list_rows,
  .n_rows = G_N_ELEMENTS (list_rows),
};
/* clang-format on */
