/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * What is told, checked and taken into keeping when a person comes in: 入站须知和个人信息处理告知书,
 * 安全检查记录, 随身物品寄存取回登记表.
 */

#define DAY "年　　月　　日"
#define MINUTE "年　　月　　日　　时　　分"

/* clang-format off */
#define WHO_ROW(stretch) \
  { 7.8, stretch, { GUITU_FIELD (8, 2, "姓名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } }
/* clang-format on */

/* --- 入站须知和个人信息处理告知书 ------------------------------------------------------------------ */

static const char *const told_copies[] = { "第一联　本人留存", "第二联　本站存档", NULL };

/* clang-format off */
#define TOLD(label, wording) GUITU_FIELD_HINT (24, 4, label, NULL, wording)

static const GuituRow told_rows[] = {
  WHO_ROW (1),
  { 6, 0, { GUITU_HEADING ("一、入站须知") } },
  { 0, 2, { TOLD ("救助内容", "本站根据你的需要无偿提供：（一）食物；（二）住处；（三）在站内突发急病的，及时送医院救治；（四）帮助联系亲属或者所在单位；（五）没有交通费返回住所地或者所在单位的，提供乘车凭证。（《救助管理办法》第七条）") } },
  { 0, 1, { GUITU_FIELD_HINT (24, 4, "救助期限", "form.stay_limit", "一般不超过＿＿＿天；因特殊情况需要延长的，由本站报上级民政部门备案。") } },
  { 0, 2, { TOLD ("站内规则", "如实提供姓名等基本情况；接受安全检查，不带危险品、违禁品；随身物品登记，非生活必需品由本站寄存，离站归还，证件随时取回；男女分室住宿，女性由女性工作人员管理；按时作息，不打架，不妨碍他人；外出先告知值班人员。") } },
  { 0, 2, { TOLD ("自愿离站", "你可以随时要求离站，本站不限制。离站前请告知工作人员，取回物品。未成年人、行动不便的人和有精神障碍或者智力残疾迹象的人，由亲属接领或者由本站护送。不办手续自行离开的，视为放弃救助；以后生活仍无着落的，可以再次求助。") } },
  { 0, 1, { TOLD ("不收费用\n不派劳动", "本站不向你、你的亲属和所在单位收取任何费用，不组织你从事生产劳动（办法第十条）。工作人员收费、索要财物、打骂、扣押证件的，请举报。") } },
  { 7.8, 1, { GUITU_FIELD_HINT (14, 4, "举报投诉", NULL, "可以向民政部门举报（办法第十五条）。"), GUITU_FIELD (10, 3, "投诉电话", "station.complaints") } },
  { 6, 0, { GUITU_HEADING ("二、个人信息处理告知") } },
  { 7.8, 1, { GUITU_FIELD (14, 4, "处 理 者", "station.name"), GUITU_FIELD (10, 3, "联系方式", "station.phone") } },
  { 0, 1, { TOLD ("目的和方式", "为履行救助职责而收集、记录、查询、保存：核实身份，安排食宿和医疗，联系亲属，返乡和安置，统计和接受监督。") } },
  { 0, 2, { TOLD ("信息种类", "姓名、出生日期、证件、户籍、住址、电话、亲属；求助原因和经过；随身物品；在站记录。其中照片、人脸、指纹、健康状况和不满十四周岁未成年人的信息是敏感个人信息，只在核实身份、救治和寻亲确有必要时使用。") } },
  { 0, 1, { GUITU_FIELD_HINT (24, 4, "保存期限", "form.retention", "离站后保存＿＿＿年，期满删除或者匿名化；法律、行政法规另有规定的从其规定。") } },
  { 0, 2, { TOLD ("向谁提供", "主管民政部门和全国救助管理信息系统；核实身份的公安机关；救治你的医院；接收你的救助管理机构、亲属或者单位。身份不明的，照片和体貌特征可以用于寻亲公告。遭受家庭暴力的，有关信息不向加害人提供，不用于寻亲公告。") } },
  { 0, 1, { TOLD ("你的权利", "查阅、复制本人信息；要求更正、补充；要求删除；要求说明处理规则；对处理有异议的向本站提出，也可以向民政部门投诉。行使权利不影响获得救助。") } },
  { 6, 0, { GUITU_HEADING ("三、签收") } },
  { 27, 0, { GUITU_SIGNATURE (12, "以上内容已由工作人员向我说明，我已知道。不满十四周岁的，由监护人或者陪同人签名。\n求助人（签名）：", DAY), GUITU_THUMB (4), GUITU_SIGNATURE (8, "接待员（签名）：", MINUTE) } },
  { 7.8, 0, { GUITU_NOTE (24, "□ 拒绝签收，理由：　　　　　　　　　　　见证人签名（一）：　　　　　　（二）：") } },
};
/* clang-format on */

const GuituForm _guitu_form_arrival_notice = {
  .kind = "arrival-notice",
  .title = "入站须知和个人信息处理告知书",
  .prefix = "RZ",
  .copies = told_copies,
  .rows = told_rows,
  .n_rows = G_N_ELEMENTS (told_rows),
};

/* --- 安全检查记录 --------------------------------------------------------------------------------- */

/* clang-format off */
static const GuituRow security_rows[] = {
  WHO_ROW (1),
  { 7.8, 1, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 7.8, 1, { GUITU_FIELD_HINT (14, 3, "来站时间", "stay.arrived_at", "　　　年　　月　　日　　时　　分"), GUITU_FIELD (10, 3, "来站方式", "stay.came_by") } },
  { 6, 0, { GUITU_HEADING ("一、检查情况") } },
  { 7.8, 1, { GUITU_FIELD_HINT (14, 3, "检查时间", "security.checked_at", "　　　年　　月　　日　　时　　分"), GUITU_FIELD (10, 3, "检查地点", "security.place") } },
  { 7.8, 1, { GUITU_FIELD (14, 4, "检查员（一）", "security.inspector"), GUITU_CHOICE (10, 5, "检查员（一）性别", "security.inspector_sex", "男|女") } },
  { 7.8, 1, { GUITU_FIELD (14, 4, "检查员（二）", "security.second_inspector"), GUITU_CHOICE (10, 5, "检查员（二）性别", "security.second_inspector_sex", "男|女") } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "检查方式", "security.method", "安检门|手持探测器|X光机|人工检查") } },
  { 7.8, 1, { GUITU_CHOICE (24, 3, "配合情况", "security.cooperation", "配合|说明后配合|拒不配合") } },
  { 18, 2, { GUITU_PARAGRAPH (24, 3, "安检结果", "stay.security_check", NULL) } },
  { 6, 0, { GUITU_HEADING ("二、违禁品和危险品") } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "发现物品", "security.found", "未发现|管制器具|易燃易爆品|疑似毒品|毒害品|其他") } },
  { 24, 3, { GUITU_PARAGRAPH (24, 3, "物品特征", "security.items", NULL) } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "处　　置", "security.disposal", "移交公安机关|本人同意销毁|本站封存|寄存，离站归还") } },
  { 7.8, 1, { GUITU_FIELD (12, 4, "接收公安机关", "security.police_unit"), GUITU_FIELD (12, 4, "移交凭据编号", "security.police_number") } },
  { 14, 1, { GUITU_PARAGRAPH (24, 3, "随身药品", "security.medicines", NULL) } },
  { 6, 0, { GUITU_HEADING ("三、签名") } },
  { 7.8, 0, { GUITU_NOTE (24, "检查由与求助人同性别的工作人员进行，两人在场。随身物品另行登记、寄存。") } },
  { 27, 0, { GUITU_SIGNATURE (6, "检查员（一）签名：", DAY), GUITU_SIGNATURE (6, "检查员（二）签名：", DAY), GUITU_SIGNATURE (8, "以上检查和处置属实。\n求助人（签名）：", DAY), GUITU_THUMB (4) } },
  { 7.8, 0, { GUITU_NOTE (24, "□ 拒绝签名，理由：　　　　　　　　　　　见证人签名（一）：　　　　　　（二）：") } },
};
/* clang-format on */

const GuituForm _guitu_form_security_check_record = {
  .kind = "security-check-record",
  .title = "安全检查记录",
  .prefix = "AJ",
  .rows = security_rows,
  .n_rows = G_N_ELEMENTS (security_rows),
};

/* --- 随身物品寄存取回登记表 ------------------------------------------------------------------------ */

static const char *const belongings_copies[] = { "第一联　本人留存", "第二联　本站存档", NULL };

/* clang-format off */
static const GuituRow belongings_rows[] = {
  WHO_ROW (0),
  { 7.8, 0, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 6, 0, { GUITU_HEADING ("一、寄存") } },
  { 6.4, 3, { GUITU_TABLE (6, "stay.belongings_in", "物品:5|数量:4|特征:6|袋号/封签:4|寄存时间:5") } },
  { 7.8, 0, { GUITU_FIELD_HINT (14, 3, "寄存现金", "stay.cash_kept", "　　　　　元（大写：　　　　　　　　　）"), GUITU_FIELD (10, 3, "存放位置", "stay.belongings_place") } },
  { 27, 0, { GUITU_SIGNATURE (6, "寄存经办人签名：", DAY), GUITU_SIGNATURE (6, "寄存复核人签名：", DAY), GUITU_SIGNATURE (8, "当面清点、封签无误。\n本人（签名）：", DAY), GUITU_THUMB (4) } },
  { 6, 0, { GUITU_HEADING ("二、取回") } },
  { 6.4, 3, { GUITU_TABLE (4, "stay.belongings_out", "物品:5|数量:4|去向:4|取回时间:5|领取人:6") } },
  { 7.8, 0, { GUITU_CHECKS (24, 3, "领 取 人", NULL, "本人|接领人|护送人，姓名和证件号码：") } },
  { 27, 0, { GUITU_SIGNATURE (6, "取回经办人签名：", DAY), GUITU_SIGNATURE (6, "取回复核人签名：", DAY), GUITU_SIGNATURE (8, "封签完好，物品如数收到。\n领取人（签名）：", DAY), GUITU_THUMB (4) } },
  { 0, 0, { GUITU_NOTE (24, "证件和申诉、控告材料不得扣押，本人要求时随时归还。现金、贵重物品和证件逐件登记。拒绝签名的，由两名见证人签名：（一）　　　　　　　（二）") } },
};
/* clang-format on */

const GuituForm _guitu_form_belongings_register = {
  .kind = "belongings-register",
  .title = "随身物品寄存取回登记表",
  .prefix = "WP",
  .copies = belongings_copies,
  .rows = belongings_rows,
  .n_rows = G_N_ELEMENTS (belongings_rows),
};
