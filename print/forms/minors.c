/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * Papers of minors, by the 《未成年人保护法》: the report to the police that Article 11 makes a duty,
 * temporary guardianship (Article 92), the assessment of the guardian without which nobody is sent
 * home (Article 93), and the hand-over there. They name the minor only to those who must act.
 */

#define DATE "年　　月　　日"
#define DAY "　　　年　　月　　日"

/* clang-format off */
/* The two cells that differ stand beside the birth and the number of the ID. */
#define MINOR(first, second) \
  { 6, 0, { GUITU_HEADING ("一、未成年人") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "年　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } }, \
  { 7.8, 1, { GUITU_FIELD_HINT (10, 3, "出生日期", "person.birth", DAY), first } }, \
  { 7.8, 1, { GUITU_FIELD (10, 3, "证件号码", "person.id_number"), second } }, \
  { 7.8, 1, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "本站编号", "stay.number") } }, \
  { 7.8, 1, { GUITU_FIELD (19, 3, "户籍所在地", "person.household") } },

#define HEALTH GUITU_FIELD (9, 3, "健康状况", "person.health")
#define NATION GUITU_FIELD (9, 3, "民　族", "person.nation")
#define FOUND GUITU_FIELD (9, 3, "发现地点", "stay.found_place")
#define WHEREABOUTS GUITU_FIELD (9, 3, "现在何处", "report.whereabouts")
#define SCHOOLING GUITU_FIELD (9, 3, "就学情况", "minor.schooling")

#define GUARDIAN \
  { 7.8, 1, { GUITU_FIELD (7, 3, "监护人姓名", "guardian.name"), GUITU_FIELD (7, 3, "监护人关系", "guardian.kinship"), GUITU_FIELD (10, 3, "监护人电话", "guardian.phone") } }, \
  { 7.8, 1, { GUITU_FIELD (11, 3, "监护人证件", "guardian.id_number"), GUITU_FIELD (13, 3, "监护人住址", "guardian.address") } },

static const char *const station_copies[] = { "第一联　未成年人保护机构存档", "第二联　救助管理机构存档", NULL };

static const GuituRow assessment_rows[] = {
  MINOR (HEALTH, SCHOOLING)
  { 6, 0, { GUITU_HEADING ("二、监护人") } },
  GUARDIAN
  { 7.8, 1, { GUITU_FIELD (11, 3, "职业收入", "guardian.work"), GUITU_FIELD (13, 3, "家庭成员", "guardian.household_members") } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "监护状况", "guardian.situation", "父母双方|父母一方|委托照护|其他监护人|无监护人|查找不到") } },
  { 6, 0, { GUITU_HEADING ("三、评估") } },
  { 7.8, 1, { GUITU_FIELD_HINT (9, 3, "评估日期", "assessment.assessed_on", DAY), GUITU_CHECKS (15, 3, "评估方式", "assessment.method", "走访|视频|电话|函询") } },
  { 7.8, 1, { GUITU_CHOICE (24, 3, "监护意愿", "assessment.willing", "愿意接回|要求他人代接|不愿接回|未能联系") } },
  { 11.5, 3, { GUITU_PARAGRAPH (24, 3, "监护能力\n和照料情况", "assessment.ability", NULL) } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "核实情况", "stay.guardian_check", NULL) } },
  { 12, 1, { GUITU_CHECKS (24, 3, "风险情形", "assessment.risks", "身体伤害|性侵害|遗弃|无人照料|失学辍学|教唆利用乞讨|多次离家|监护人患病或服刑|未发现") } },
  { 7.8, 1, { GUITU_CHOICE (12, 3, "风险等级", "assessment.risk_level", "低|中|高"), GUITU_CHOICE (12, 3, "评估结论", "assessment.result", "宜返回家庭|暂不宜返回") } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "意见建议", "assessment.opinion", NULL) } },
  { 13, 0, { GUITU_SIGNATURE (12, "评估社工签名：", DATE), GUITU_SIGNATURE (12, "未成年人保护科负责人签名：", DATE) } },
  { 43, 0, { GUITU_SIGNATURE (9, "评估结论已向我说明。\n不同意见：\n\n监护人（签名或按手印）：", DATE), GUITU_THUMB (4), GUITU_STAMP (11, "评估机构（公章）", DATE) } },
};
/* clang-format on */

const GuituForm _guitu_form_guardianship_assessment = {
  .kind = "guardianship-assessment",
  .title = "家庭监护评估表",
  .prefix = "JP",
  .copies = station_copies,
  .rows = assessment_rows,
  .n_rows = G_N_ELEMENTS (assessment_rows),
};

/* clang-format off */
static const GuituRow temporary_rows[] = {
  MINOR (HEALTH, FOUND)
  { 6, 0, { GUITU_HEADING ("二、临时监护的情形（未成年人保护法第九十二条）") } },
  { 31, 0, { GUITU_CHECKS (24, 0, "法定情形", "guardianship.ground",
      "（一）流浪乞讨或者身份不明，暂时查找不到父母或者其他监护人|"
      "（二）监护人下落不明且无其他人可以担任监护人|"
      "（三）监护人因客观原因或者突发事件不能履行监护职责，导致监护缺失|"
      "（四）监护人拒绝或者怠于履行监护职责，导致无人照料|"
      "（五）监护人教唆或者利用未成年人实施违法犯罪行为，需要带离安置|"
      "（六）遭受监护人严重伤害或者人身安全威胁，需要紧急安置|"
      "（七）法律规定的其他情形") } },
  { 11.5, 4, { GUITU_PARAGRAPH (24, 3, "事实说明", "guardianship.facts", NULL) } },
  { 6, 0, { GUITU_HEADING ("三、监护人（已查找到的填写）") } },
  GUARDIAN
  { 6, 0, { GUITU_HEADING ("四、临时监护和终止") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "民政部门", "guardianship.authority"), GUITU_FIELD (12, 3, "照料机构", "station.name") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "起始日期", "guardianship.from_on", DAY), GUITU_FIELD_HINT (12, 3, "评估期限", "guardianship.assess_by_on", DAY) } },
  { 8.6, 1, { GUITU_CHOICE (24, 3, "安置方式", "guardianship.placement", "救助保护机构收留抚养|儿童福利机构收留抚养|亲属抚养|家庭寄养") } },
  { 8.6, 1, { GUITU_CHOICE (16, 3, "终止情形", "guardianship.ended_by", "送回家庭|长期监护|年满十八|其他"), GUITU_FIELD_HINT (8, 3, "终止日期", "guardianship.ended_on", "　　年　月　日") } },
  { 27, 0, { GUITU_SIGNATURE (6, "社工签名：", DATE), GUITU_SIGNATURE (6, "未成年人保护科\n签名：", DATE), GUITU_SIGNATURE (8, "监护人（签名）：", DATE), GUITU_THUMB (4) } },
  { 43, 0, { GUITU_STAMP (12, "救助管理机构（公章）", DATE), GUITU_STAMP (12, "民政部门（公章）", DATE) } },
};
/* clang-format on */

static const char *const temporary_needed[] = { "guardianship.ground", NULL };

const GuituForm _guitu_form_temporary_guardianship = {
  .kind = "temporary-guardianship",
  .title = "临时监护登记表",
  .prefix = "LJ",
  .copies = station_copies,
  .needed = temporary_needed,
  .rows = temporary_rows,
  .n_rows = G_N_ELEMENTS (temporary_rows),
};

static const char *const report_copies[] = { "第一联　公安机关", "第二联　报告单位存档", NULL };

/* clang-format off */
static const GuituRow report_rows[] = {
  { 7.8, 1, { GUITU_FIELD (14, 3, "报送机关", "report.office"), GUITU_FIELD_HINT (10, 3, "报告时间", "report.reported_at", "　　年　月　日　时") } },
  MINOR (HEALTH, WHEREABOUTS)
  { 7.8, 1, { GUITU_FIELD (8, 3, "监护人姓名", "guardian.name"), GUITU_FIELD (7, 3, "监护人关系", "guardian.kinship"), GUITU_FIELD (9, 3, "监护人电话", "guardian.phone") } },
  { 6, 0, { GUITU_HEADING ("二、报告事项") } },
  { 7.8, 1, { GUITU_FIELD_HINT (11, 3, "发现时间", "report.found_at", "　　年　月　日　时"), GUITU_FIELD (13, 3, "发现地点", "report.found_place") } },
  { 12, 1, { GUITU_CHECKS (24, 3, "情　形", "report.situation", "身体伤害|性侵害|家庭暴力|虐待|遗弃|疑似被拐卖|教唆利用乞讨|走失|无人照料|其他危险情形") } },
  { 16, 6, { GUITU_PARAGRAPH (24, 3, "事实线索", "report.facts", NULL) } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "涉嫌侵害人", "report.suspect") } },
  { 9, 2, { GUITU_PARAGRAPH (12, 3, "已采取的\n措　施", "report.measures", NULL), GUITU_PARAGRAPH (12, 3, "保存的\n证　据", "report.evidence", NULL) } },
  { 7.8, 1, { GUITU_FIELD (6, 3, "报 告 人", "report.reporter"), GUITU_FIELD (7, 3, "报告人电话", "report.phone"), GUITU_CHECKS (11, 3, "报告方式", "report.how", "110|当面|书面") } },
  { 43, 0, { GUITU_SIGNATURE (6, "报告人签名：", DATE), GUITU_SIGNATURE (6, "负责人签名：", DATE), GUITU_STAMP (12, "报告单位（公章）", DATE) } },
  { 43, 0, { GUITU_SIGNATURE (12, "回执：已收到本报告。回执编号：\n□立案侦查　□调查处理　□移送：\n接报人（签名、警号、电话）：", "年　　月　　日　　时　　分"), GUITU_STAMP (12, "公安机关（公章）", DATE) } },
};
/* clang-format on */

static const char *const report_needed[] = { "report.office", "report.facts", NULL };

const GuituForm _guitu_form_mandatory_report = {
  .kind = "mandatory-report",
  .title = "强制报告单",
  .prefix = "QB",
  .copies = report_copies,
  .needed = report_needed,
  .rows = report_rows,
  .n_rows = G_N_ELEMENTS (report_rows),
};

static const char *const handover_copies[] = { "第一联　移交方留存", "第二联　接收方留存", "第三联　随档", NULL };

/* clang-format off */
static const GuituRow handover_rows[] = {
  MINOR (HEALTH, NATION)
  { 6, 0, { GUITU_HEADING ("二、评估和交接") } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "评估结果", "stay.guardian_check", NULL) } },
  { 7.8, 1, { GUITU_CHOICE (9, 3, "风险等级", "assessment.risk_level", "低|中|高"), GUITU_FIELD (15, 3, "就学安排", "minor.schooling_plan") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "移交单位", "station.name"), GUITU_FIELD (12, 3, "接收单位", "to_station.name") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "护送人员", "transfer.escorts"), GUITU_FIELD (12, 3, "路线车次", "transfer.route") } },
  { 7.8, 1, { GUITU_FIELD (8, 3, "接 收 人", "stay.received_by"), GUITU_FIELD (8, 3, "关　系", "stay.receiver_kinship"), GUITU_FIELD (8, 3, "接收人电话", "stay.receiver_phone") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "接收人证件", "stay.receiver_id"), GUITU_FIELD (12, 3, "关系证明", "stay.receiver_proof") } },
  { 10, 2, { GUITU_PARAGRAPH (12, 3, "健康用药", "transfer.health_notes", NULL), GUITU_PARAGRAPH (12, 3, "物品清单", "transfer.luggage", NULL) } },
  { 8.6, 1, { GUITU_CHECKS (24, 3, "随附材料", "transfer.documents", "家庭监护评估表|求助登记表|病历|药品|照片") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "交接时间", "transfer.handed_over_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "交接地点", NULL) } },
  { 16.5, 0, { GUITU_NOTE (24, "监护职责告知：监护人应当抚养、教育和保护未成年人，不得虐待、遗弃、使其失学或者乞讨，不得使未满十六周岁的未成年人脱离监护单独生活；无力照料的，可以向户籍地民政部门申请救助。接收单位应当回访；再次发现监护缺失的，依法报告。") } },
  { 25.5, 1, { GUITU_SIGNATURE (6, "移交人（一）签名：", DATE), GUITU_SIGNATURE (6, "移交人（二）签名：", DATE), GUITU_SIGNATURE (8, "监护人或接收人：以上\n职责已知悉。签名：", DATE), GUITU_THUMB (4) } },
  { 44, 0, { GUITU_STAMP (12, "移交单位（公章）", DATE), GUITU_STAMP (12, "接收单位（公章；由单位接收的）", DATE) } },
};
/* clang-format on */

const GuituForm _guitu_form_minor_handover = {
  .kind = "minor-handover",
  .title = "护送未成年人返回交接单",
  .prefix = "WJ",
  .copies = handover_copies,
  .rows = handover_rows,
  .n_rows = G_N_ELEMENTS (handover_rows),
};
