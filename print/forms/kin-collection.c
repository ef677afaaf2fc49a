/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 亲属接领表: kin take a person home. Two copies, one for who takes them. Copies of papers and the
 * photo of both together are fastened behind it.
 */

static const char *const copies[] = { "第一联　接领人留存", "第二联　本站存档", NULL };
static const char *const needed[] = { "stay.received_by", "stay.receiver_kinship", NULL };

/* clang-format off */
static const GuituRow rows[] = {
  { 6, 0, { GUITU_HEADING ("一、受助人员") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 2, "年龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "证件类型", "person.id_kind"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "本站编号", "stay.number"), GUITU_FIELD (11, 3, "救助编号", "person.national_number") } },
  { 7.2, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "健康状况", "person.health"), GUITU_FIELD_HINT (11, 3, "入站时间", "stay.admitted_at", "　　　年　　月　　日　　时") } },
  { 6, 0, { GUITU_HEADING ("二、接领人") } },
  { 7.2, 1, { GUITU_FIELD (8, 3, "姓　名", "stay.received_by"), GUITU_FIELD (8, 4, "与受助人关系", "stay.receiver_kinship"), GUITU_FIELD (8, 3, "联系电话", "stay.receiver_phone") } },
  { 7.2, 1, { GUITU_FIELD (11, 3, "证件号码", "stay.receiver_id"), GUITU_FIELD (13, 3, "住　址", "receiver.address") } },
  { 7.2, 1, { GUITU_CHECKS (24, 3, "关系证明", "stay.receiver_proof", "户口簿|身份证|结婚证|出生证明|公安证明|村（居）委会证明") } },
  { 7.2, 1, { GUITU_CHECKS (24, 3, "查验附件", "receiver.attachments", "接领人身份证件复印件|关系证明复印件|接领人照片|双方合影") } },
  { 9, 3, { GUITU_PARAGRAPH (24, 3, "监护核实\n评　　估", "stay.guardian_check", NULL) } },
  { 6, 0, { GUITU_HEADING ("三、物品交还") } },
  { 7, 2, { GUITU_TABLE (3, "stay.belongings_out", "物品:6|数量:4|去向:4|取回时间:6|领取人:4") } },
  { 6, 0, { GUITU_HEADING ("四、告知和承诺") } },
  { 26, 1, { GUITU_NOTE (24, "已向接领人告知：\n1. 照料好受助人员的生活，按医嘱安排治疗和用药。\n2. 对未成年人等依法应当监护的人，履行监护职责，不得遗弃、虐待，不得利用其乞讨。\n3. 采取措施防止走失；再次走失的，及时向公安机关报案并告知本站。\n4. 家庭生活有困难的，可以向户籍所在地乡镇人民政府、街道办事处申请社会救助。") } },
  { 26, 2, { GUITU_SIGNATURE (20, "以上事项我已知悉。所提供的证件和材料真实，我接领上述受助人员并承诺履行照料（监护）责任，寄存物品已当面点清。\n接领人（签名）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4) } },
  { 26, 2, { GUITU_SIGNATURE (8, "受助人（签名）：", "年　　月　　日"), GUITU_THUMB (4), GUITU_SIGNATURE (6, "经办人签名：", "年　　月　　日"), GUITU_SIGNATURE (6, "领导签名：", "年　　月　　日") } },
};
/* clang-format on */

const GuituForm _guitu_form_kin_collection = {
  .kind = "kin-collection",
  .title = "亲属接领表",
  .prefix = "JL",
  .copies = copies,
  .needed = needed,
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
