/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 护送（转送）交接单: handing a person over to another station, to the station of the home place
 * or to kin. Three copies; the receiving side's part is filled in by hand.
 */

static const char *const copies[] = { "第一联　移交方留存", "第二联　接收方留存", "第三联　随档", NULL };

static const GuituRow rows[] = {
  { 6, 0, { GUITU_HEADING ("一、受助人员") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "年　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "证件类型", "person.id_kind"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } },
  { 7.8, 1, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "本站编号", "stay.number") } },
  { 7.8, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7.8, 1, { GUITU_FIELD (19, 3, "联系人情况", "person.kin") } },
  { 6, 0, { GUITU_HEADING ("二、护送安排") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "移交单位", "station.name"), GUITU_FIELD (12, 3, "接收单位", "to_station.name") } },
  { 7.8, 1, { GUITU_FIELD (7, 3, "护送方式", "transfer.kind"), GUITU_FIELD (8, 3, "目 的 地", "transfer.to_region"), GUITU_FIELD (9, 3, "接收人员", "transfer.receiver") } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "护送人员", "transfer.escorts") } },
  { 7.8, 1, { GUITU_FIELD (14, 3, "路线车次", "transfer.route"), GUITU_FIELD_HINT (10, 3, "出发时间", "transfer.departs_at", "　　月　　日　　时") } },
  { 6, 0, { GUITU_HEADING ("三、交接内容") } },
  { 12, 3, { GUITU_PARAGRAPH (12, 3, "健康交代", "transfer.health_notes", NULL), GUITU_PARAGRAPH (12, 3, "用药交代", "transfer.medicines", NULL) } },
  { 12, 3, { GUITU_PARAGRAPH (24, 3, "物品清单", "transfer.luggage", NULL) } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "随附材料", "transfer.documents", "求助登记表|病历|药品|照片|寻亲材料") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "交接时间", "transfer.handed_over_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "交接地点", "handover.place") } },
  { 7.8, 1, { GUITU_FIELD (12, 4, "移交人证件号", NULL), GUITU_FIELD (12, 4, "接收人证件号", NULL) } },
  { 6, 0, { GUITU_HEADING ("四、接收意见（由接收方填写）") } },
  { 8.6, 1, { GUITU_CHECKS (24, 0, NULL, NULL, "接收|拒收，理由：") } },
  { 15, 1, { GUITU_SIGNATURE (6, "移交人（一）签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "移交人（二）签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "接收人（一）签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "接收人（二）签名：", "年　　月　　日") } },
  { 44, 1, { GUITU_STAMP (12, "移交单位（公章）", "年　　月　　日"), GUITU_STAMP (12, "接收单位（公章）", "年　　月　　日") } },
};

const GuituForm _guitu_form_escort_handover = {
  .kind = "escort-handover",
  .title = "护送（转送）交接单",
  .prefix = "JJ",
  .copies = copies,
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
