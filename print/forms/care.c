/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * Papers of those who stay: care outside the station and its visits, the application to be settled
 * and the letter to the police for the household register when nobody could say for three months
 * who the person is, and the record of a death.
 */

#define DATE "年　　月　　日"
#define DAY "　　　年　　月　　日"

static const char *const agreement_copies[] = { "第一联　乙方留存", "第二联　甲方存档", NULL };

/* clang-format off */
#define PERSON(heading) \
  { 6, 0, { GUITU_HEADING (heading) } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "年　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } }, \
  { 7.8, 1, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "本站编号", "stay.number") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "证件类型", "person.id_kind"), GUITU_FIELD (11, 3, "证件号码", "person.id_number") } },

/* Of whom nobody knows who they are there are no papers to name. */
#define UNKNOWN(heading) \
  { 6, 0, { GUITU_HEADING (heading) } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "年　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } }, \
  { 7.8, 1, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "本站编号", "stay.number") } }, \
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "来站时间", "stay.arrived_at", "　　　年　　月　　日　　时"), GUITU_FIELD (7, 3, "在站天数", "stay.days") } }, \
  { 7.8, 1, { GUITU_FIELD (19, 3, "发现地点", "stay.found_place") } }, \
  { 7.8, 1, { GUITU_FIELD (19, 3, "体貌特征", "person.marks") } },

static const GuituRow agreement_rows[] = {
  { 7.8, 0, { GUITU_FIELD (12, 4, "甲方（委托）", "station.name"), GUITU_FIELD (12, 4, "乙方（受托）", "care.institution") } },
  { 7.8, 0, { GUITU_FIELD (12, 4, "甲方地址", "station.address"), GUITU_FIELD (12, 4, "乙方地址", "care.institution_address") } },
  { 7.8, 0, { GUITU_FIELD (12, 4, "甲方电话", "station.phone"), GUITU_FIELD (12, 4, "乙方联系人", "care.institution_contact") } },
  PERSON ("一、受托养人员")
  { 7.8, 1, { GUITU_FIELD (10, 3, "健康状况", "person.health"), GUITU_FIELD (9, 3, "照料等级", "care.level") } },
  { 7.8, 1, { GUITU_FIELD (19, 3, "特别交代", "care.special_needs") } },
  { 6, 0, { GUITU_HEADING ("二、期限、费用和其他约定") } },
  { 7.8, 0, { GUITU_FIELD_HINT (12, 3, "托养自", "care.from_on", DAY), GUITU_FIELD_HINT (12, 3, "托养至", "care.until_on", DAY) } },
  { 7.8, 0, { GUITU_FIELD (12, 3, "费用标准", "care.standard"), GUITU_FIELD (12, 3, "结算方式", "care.payment") } },
  { 7.8, 0, { GUITU_FIELD (8, 3, "探访次数", "care.visits"), GUITU_FIELD (16, 3, "其他约定", "care.other_terms") } },
  { 6, 0, { GUITU_HEADING ("三、甲方责任") } },
  { 21, 1, { GUITU_NOTE (24, "1．如实说明受托养人员的身体、精神和用药情况，移交衣物、药品和材料。\n2．按约定支付费用；不向受托养人员收取费用。\n3．按约定探访并记录，督促乙方改正发现的问题。\n4．继续寻亲；身份查明、亲属接领或者另行安置的，及时办理转出。") } },
  { 6, 0, { GUITU_HEADING ("四、乙方责任") } },
  { 26, 1, { GUITU_NOTE (24, "1．提供食宿、衣物、日常照料、护理和用药管理，分性别居住，未成年人与成年人分开居住。\n2．不得打骂、体罚、虐待、限制人身自由或者组织劳动，不得收取财物，不得转托他人。\n3．发生急病、伤亡、走失或者侵害的，立即救治、查找、报警，并立即通知甲方。\n4．保护个人信息；记录其讲述的姓名、地名、亲属和口音，告知甲方。\n5．接受甲方和民政部门的探访、检查。") } },
  { 11.5, 0, { GUITU_NOTE (24, "期满需要继续托养的另行签订。一方违反本协议的，另一方可以解除协议；解除前妥善安排受托养人员。争议协商解决，协商不成的依法处理。") } },
  { 44, 0, { GUITU_STAMP (12, "甲方（公章）\n代表签名：", DATE), GUITU_STAMP (12, "乙方（公章）\n代表签名：", DATE) } },
};
/* clang-format on */

static const char *const care_needed[] = { "care.institution", NULL };

const GuituForm _guitu_form_off_site_care_agreement = {
  .kind = "off-site-care-agreement",
  .title = "站外托养协议书",
  .prefix = "TY",
  .copies = agreement_copies,
  .needed = care_needed,
  .rows = agreement_rows,
  .n_rows = G_N_ELEMENTS (agreement_rows),
};

static const char *const visit_copies[] = { "第一联　托养机构留存", "第二联　救助管理机构存档", NULL };

/* clang-format off */
static const GuituRow visit_rows[] = {
  PERSON ("一、受托养人员")
  { 7.8, 1, { GUITU_FIELD (19, 3, "托养机构", "care.institution") } },
  { 7.8, 1, { GUITU_FIELD_HINT (10, 3, "托养自", "care.from_on", "　　年　月　日"), GUITU_FIELD_HINT (9, 3, "托养至", "care.until_on", "　　年　月　日") } },
  { 6, 0, { GUITU_HEADING ("二、探访") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "探访时间", "visit.made_at", "　　　年　　月　　日　　时"), GUITU_CHOICE (12, 3, "探访方式", "visit.how", "实地|视频|电话") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "探 访 人", "visit.visitors"), GUITU_FIELD (12, 3, "接 待 人", "visit.received_by") } },
  { 6, 0, { GUITU_HEADING ("三、所见情况") } },
  { 8.6, 1, { GUITU_CHOICE (12, 3, "是否在院", "visit.present", "在院|就医|外出|走失"), GUITU_CHOICE (12, 3, "身体状况", "visit.health", "平稳|患病|外伤") } },
  { 8.6, 1, { GUITU_CHOICE (12, 3, "精神状况", "visit.mood", "平稳|波动|异常"), GUITU_CHOICE (12, 3, "用药管理", "visit.medicines", "按医嘱|有差错|无用药") } },
  { 8.6, 1, { GUITU_CHOICE (12, 3, "衣着卫生", "visit.hygiene", "符合|不符合"), GUITU_CHOICE (12, 3, "饮食居住", "visit.living", "符合|不符合") } },
  { 11.5, 4, { GUITU_PARAGRAPH (24, 3, "情况说明", "visit.findings", NULL) } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "本人反映", "visit.person_words", NULL) } },
  { 9, 2, { GUITU_PARAGRAPH (24, 3, "寻亲线索", "visit.clues", NULL) } },
  { 10, 2, { GUITU_PARAGRAPH (12, 3, "发现问题", "visit.problems", NULL), GUITU_PARAGRAPH (12, 3, "整改要求\n和期限", "visit.remedy", NULL) } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 4, "下次探访日期", "visit.next_on", DAY), GUITU_CHOICE (12, 4, "托养意见", "visit.opinion", "继续|调整|转出") } },
  { 15, 0, { GUITU_SIGNATURE (12, "探访人（一）签名：", DATE), GUITU_SIGNATURE (12, "探访人（二）签名：", DATE) } },
  { 44, 0, { GUITU_SIGNATURE (8, "受托养人员（能表达意见的）\n签名或按手印：", DATE), GUITU_THUMB (4), GUITU_STAMP (12, "托养机构（公章）\n代表签名：", DATE) } },
};
/* clang-format on */

static const char *const visit_needed[] = { "care.institution", "visit.made_at", NULL };

const GuituForm _guitu_form_care_visit_record = {
  .kind = "care-visit-record",
  .title = "托养探访记录",
  .prefix = "TF",
  .copies = visit_copies,
  .needed = visit_needed,
  .rows = visit_rows,
  .n_rows = G_N_ELEMENTS (visit_rows),
};

static const char *const settlement_copies[] = { "第一联　民政部门", "第二联　公安机关", "第三联　本站存档", NULL };

/* clang-format off */
static const GuituRow settlement_rows[] = {
  UNKNOWN ("一、受助人员（身份未能查明）")
  { 7.8, 1, { GUITU_FIELD (10, 3, "健康状况", "person.health"), GUITU_FIELD (14, 3, "口　音", "person.accent") } },
  { 6, 0, { GUITU_HEADING ("二、查找和核查情况") } },
  { 6.4, 1, { GUITU_TABLE (3, "stay.searches", "事项:5|期限:5|办理时间:5|凭据:5|办理人:4") } },
  { 6, 0, { GUITU_HEADING ("三、申请") } },
  { 8.6, 1, { GUITU_CHOICE (24, 3, "安置方式", "settlement.placement", "公办福利机构|儿童福利机构|特困供养机构|精神卫生机构|其他") } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "申请事由", "settlement.reason", NULL) } },
  { 8.6, 1, { GUITU_CHECKS (24, 3, "附　件", "settlement.attachments", "寻亲公告|DNA采集比对反馈|公安机关核查结果|求助登记表|照片") } },
  { 43, 0, { GUITU_SIGNATURE (6, "经办人签名：", DATE), GUITU_SIGNATURE (6, "站长签名：", DATE), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
  { 43, 0, { GUITU_STAMP (12, "民政部门意见：□同意　□不同意，理由：\n（公章）", DATE), GUITU_STAMP (12, "公安机关意见：□同意落户　□不同意，理由：\n（公章）", DATE) } },
};
/* clang-format on */

const GuituForm _guitu_form_settlement_application = {
  .kind = "settlement-application",
  .title = "安置申请表",
  .prefix = "AZ",
  .copies = settlement_copies,
  .rows = settlement_rows,
  .n_rows = G_N_ELEMENTS (settlement_rows),
};

static const char *const letter_copies[] = { "第一联　公安机关", "第二联　民政部门", "第三联　本站存档", NULL };

/* clang-format off */
static const GuituRow letter_rows[] = {
  { 8.6, 0, { GUITU_FIELD (24, 3, "致", "registration.office") } },
  { 16.5, 1, { GUITU_NOTE (24, "　　下列受助人员在我站接受救助，经发布寻亲公告、采集DNA比对、公安机关核查，至今未能查明身份和户籍，民政部门已作出安置意见。现一人一函，申请为其办理户口登记；登记后查明原有户籍的，我站及时函告。请予办理，并将结果函告我站。") } },
  UNKNOWN ("一、申请落户人员")
  { 6, 0, { GUITU_HEADING ("二、申请登记事项") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "登记姓名", "registration.name"), GUITU_FIELD_HINT (10, 4, "登记出生日期", "registration.born_on", "　　年　月　日"), GUITU_FIELD (6, 3, "登记民族", "registration.nation") } },
  { 7.8, 1, { GUITU_FIELD (14, 3, "登记地址", "registration.address"), GUITU_FIELD (10, 3, "集 体 户", "registration.collective_household") } },
  { 7.8, 1, { GUITU_FIELD (14, 4, "安置意见文号", "registration.settlement_number"), GUITU_FIELD (10, 3, "联 系 人", "registration.contact") } },
  { 6, 0, { GUITU_HEADING ("三、随函材料") } },
  { 12, 1, { GUITU_CHECKS (24, 0, "随函材料", "registration.attachments", "安置申请表及民政部门安置意见|寻亲公告及发布证明|DNA采集登记表及比对反馈|公安机关身份核查结果|求助登记表|户口登记申请审批表|集体户口簿|近期照片") } },
  { 7.8, 2, { GUITU_PARAGRAPH (24, 3, "需要说明", "registration.remarks", NULL) } },
  { 43, 0, { GUITU_SIGNATURE (6, "经办人签名：", DATE), GUITU_SIGNATURE (6, "站长签名：", DATE), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
  { 43, 0, { GUITU_SIGNATURE (12, "回执：□受理　□补充材料：\n□不予办理，理由：\n承办人（签名、电话）：", DATE), GUITU_STAMP (12, "公安机关（公章）", DATE) } },
};
/* clang-format on */

static const char *const letter_needed[] = { "registration.office", "registration.name", NULL };

const GuituForm _guitu_form_household_registration_letter = {
  .kind = "household-registration-letter",
  .title = "落户申请函",
  .prefix = "LH",
  .copies = letter_copies,
  .needed = letter_needed,
  .rows = letter_rows,
  .n_rows = G_N_ELEMENTS (letter_rows),
};

/* clang-format off */
static const GuituRow death_rows[] = {
  PERSON ("一、死亡人员")
  { 7.8, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },
  { 7.8, 1, { GUITU_FIELD_HINT (19, 3, "来站时间", "stay.arrived_at", "　　　年　　月　　日　　时　　分") } },
  { 6, 0, { GUITU_HEADING ("二、死亡") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "死亡时间", "death.died_at", "　　年　月　日　时　分"), GUITU_FIELD (12, 3, "死亡地点", "death.place") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "死亡原因", "death.cause"), GUITU_FIELD (12, 3, "认定单位", "death.certified_by") } },
  { 7.8, 1, { GUITU_FIELD (12, 4, "死亡证明编号", "stay.death_certificate"), GUITU_FIELD (12, 3, "报警回执", "stay.police_report") } },
  { 11.5, 3, { GUITU_PARAGRAPH (24, 3, "发现和\n救治经过", "death.account", NULL) } },
  { 6, 0, { GUITU_HEADING ("三、报告和告知") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "出警单位", "death.police"), GUITU_FIELD (12, 3, "公安结论", "death.police_finding") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "报民政部门", "death.reported_to"), GUITU_FIELD (12, 3, "公告情况", "death.public_notice") } },
  { 6.4, 1, { GUITU_TABLE (1, "person.kin_list", "亲属姓名:6|关系:4|电话:6|住址:8") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "告知亲属", "death.kin_told"), GUITU_FIELD (12, 3, "亲属意见", "death.kin_words") } },
  { 6, 0, { GUITU_HEADING ("四、遗体、骨灰和遗物") } },
  { 7.8, 1, { GUITU_CHOICE (12, 3, "遗体去向", "death.remains", "存放|火化|亲属领回"), GUITU_FIELD (12, 4, "存放火化单位", "death.mortuary") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "火化日期", "death.cremated_on", DAY), GUITU_FIELD (12, 3, "骨灰去向", "death.ashes") } },
  { 9, 2, { GUITU_PARAGRAPH (24, 3, "遗物处理", "death.belongings", NULL) } },
  { 43, 0, { GUITU_SIGNATURE (6, "经办人签名：", DATE), GUITU_SIGNATURE (6, "站长签名：", DATE), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
};
/* clang-format on */

static const char *const death_needed[] = { "death.died_at", NULL };

const GuituForm _guitu_form_death_record = {
  .kind = "death-record",
  .title = "死亡处置记录",
  .prefix = "SW",
  .needed = death_needed,
  .rows = death_rows,
  .n_rows = G_N_ELEMENTS (death_rows),
};
