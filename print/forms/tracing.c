/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * Papers of the search for who somebody is, 《关于加强生活无着流浪乞讨人员身份查询和照料安置工作的意见》 of
 * 2015: the public notice within 24 hours, the request to the police for a DNA sample within seven
 * working days and the register of what became of it, and the log of look-ups by face, finger-print
 * or at the police, one line each, that 民办函〔2018〕150号 asks for.
 */

#define DATE "年　　月　　日"
#define DAY "　　　年　　月　　日"
#define MINUTE "　　　年　　月　　日　　时　　分"

/* clang-format off */

/* What families look at, in the official order, as it was approved; nothing else of the person is made public. */
static const GuituRow notice_rows[] = {
  { 11.5, 1, { GUITU_FIELD (12, 5, "姓　　名", "person.name"), GUITU_PHOTO (12, 7, "照　片") } },
  { 11.5, 1, { GUITU_FIELD (12, 5, "性　　别", "person.sex") } },
  { 11.5, 1, { GUITU_FIELD (12, 5, "年龄或目测年龄", "person.age") } },
  { 11.5, 1, { GUITU_FIELD (12, 5, "身　　高", "person.height_cm") } },
  { 11.5, 1, { GUITU_FIELD (12, 5, "健康状况", "person.health") } },
  { 11.5, 1, { GUITU_FIELD (12, 5, "智力状况", "tracing.intellect") } },
  { 11.5, 1, { GUITU_FIELD (12, 5, "精神状态", "tracing.mental_state") } },
  { 14, 2, { GUITU_FIELD (24, 5, "体貌特征", "person.marks") } },
  { 11, 2, { GUITU_FIELD (24, 5, "发现时衣着特征", "stay.clothing") } },
  { 9, 1, { GUITU_FIELD (24, 5, "发现日期", "tracing.found_on") } },
  { 9, 1, { GUITU_FIELD (24, 5, "发现地点", "stay.found_place") } },
  { 9, 1, { GUITU_FIELD (24, 5, "口　　音", "person.accent") } },
  { 9, 1, { GUITU_FIELD (18, 5, "救助机构", "station.name"), GUITU_LINK (6, 4, "tracing.link") } },
  { 9, 1, { GUITU_FIELD (18, 5, "联系电话", "station.phone") } },
  { 9, 1, { GUITU_FIELD (18, 5, "联系地址", "station.address") } },
  { 9, 1, { GUITU_FIELD (18, 5, "公告编号", "tracing.number") } },
  { 44, 0, { GUITU_NOTE (12, "以上为本人自述或目测，可能有误，请家属查看全部公告。提供线索请拨打上列电话，扫“公告编号”右边的码可以看到公告或者拨打电话。"), GUITU_STAMP (12, "审核人：\n（公章）", DATE) } },
};
/* clang-format on */

static const char *const notice_needed[] = { "station.phone", NULL };

const GuituForm _guitu_form_tracing_notice = {
  .kind = "tracing-notice",
  .title = "寻亲公告",
  .prefix = "XQ",
  .sheet = &_guitu_sheet_poster,
  .needed = notice_needed,
  .rows = notice_rows,
  .n_rows = G_N_ELEMENTS (notice_rows),
};

static const char *const copies[] = { "第一联　公安机关", "第二联　本站存档", NULL };

/* clang-format off */
#define SAMPLED_PERSON \
  { 6, 0, { GUITU_HEADING ("一、被采集人") } }, \
  { 7.8, 1, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "约　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } }, \
  { 7.8, 1, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "本站编号", "stay.number") } }, \
  { 7.8, 1, { GUITU_FIELD_HINT (19, 3, "入站时间", "stay.admitted_at", MINUTE) } }, \
  { 7.8, 1, { GUITU_FIELD (19, 3, "发现地点", "stay.found_place") } }, \
  { 7.8, 1, { GUITU_FIELD (19, 3, "体貌特征", "person.marks") } },

static const GuituRow request_rows[] = {
  SAMPLED_PERSON
  { 7.8, 1, { GUITU_FIELD (10, 3, "健康状况", "person.health"), GUITU_FIELD (14, 3, "口　音", "person.accent") } },
  { 6, 0, { GUITU_HEADING ("二、报请") } },
  { 7.8, 1, { GUITU_FIELD (24, 3, "报请机关", "dna.office") } },
  { 7.8, 1, { GUITU_CHECKS (24, 3, "已做查询", "dna.queries_done", "指纹|人脸识别|公安人口信息|走失人口库|寻亲网|寻亲公告") } },
  { 10, 2, { GUITU_PARAGRAPH (24, 3, "查询结果", "dna.queries_found", NULL) } },
  { 10, 3, { GUITU_PARAGRAPH (24, 3, "报请事由", "dna.reason", NULL) } },
  { 11.5, 0, { GUITU_NOTE (24, "　　上列人员经快速查询，身份仍未查明。报请贵单位自收到本表之日起一个月内免费采集其DNA样本，录入全国打拐DNA信息库比对，并将情况反馈本站。") } },
  { 44, 0, { GUITU_SIGNATURE (6, "经办人签名：", DATE), GUITU_SIGNATURE (6, "负责人签名：", DATE), GUITU_STAMP (12, "报请单位（公章）", DATE) } },
  { 44, 0, { GUITU_SIGNATURE (12, "接收回执（由公安机关填写）：\n□接收　□退回，理由：\n拟采集时间：　　　年　　月　　日\n接收人（签名、警号、电话）：", DATE), GUITU_STAMP (12, "公安机关（公章）", DATE) } },
};
/* clang-format on */

static const char *const request_needed[] = { "dna.office", NULL };

const GuituForm _guitu_form_dna_request = {
  .kind = "dna-request",
  .title = "DNA采集报请表",
  .prefix = "DN",
  .copies = copies,
  .needed = request_needed,
  .rows = request_rows,
  .n_rows = G_N_ELEMENTS (request_rows),
};

/* clang-format off */
static const GuituRow register_rows[] = {
  SAMPLED_PERSON
  { 7.8, 1, { GUITU_FIELD (12, 4, "报请表编号", "dna.request_number"), GUITU_FIELD_HINT (12, 3, "报请日期", "dna.requested_on", DAY) } },
  { 6, 0, { GUITU_HEADING ("二、采集") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "采集机关", "dna.office"), GUITU_FIELD (12, 3, "采 集 人", "dna.collected_by") } },
  { 7.8, 1, { GUITU_FIELD_HINT (12, 3, "采集时间", "dna.collected_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "采集地点", "dna.place") } },
  { 7.8, 1, { GUITU_FIELD (12, 3, "样本编号", "dna.sample_number"), GUITU_CHOICE (12, 3, "样本种类", "dna.sample_kind", "血样|口腔拭子|其他") } },
  { 25.5, 0, { GUITU_NOTE (10, "采集前已向被采集人说明：样本和数据只用于查明身份和寻亲。"), GUITU_SIGNATURE (10, "被采集人（签名或按手印）：", DATE), GUITU_THUMB (4) } },
  { 16, 1, { GUITU_SIGNATURE (12, "采集人（签名、警号）：", DATE), GUITU_SIGNATURE (12, "本站陪同人员签名：", DATE) } },
  { 6, 0, { GUITU_HEADING ("三、反馈") } },
  { 7.8, 1, { GUITU_FIELD_HINT (10, 3, "反馈日期", "dna.fed_back_on", DAY), GUITU_CHOICE (14, 3, "比对结果", "dna.result", "比中|未比中|继续比对") } },
  { 13, 4, { GUITU_PARAGRAPH (24, 3, "反馈情况", "dna.feedback", NULL) } },
  { 10, 2, { GUITU_PARAGRAPH (24, 3, "后续办理", "dna.next", NULL) } },
  { 44, 0, { GUITU_STAMP (12, "采集机关（公章）", DATE), GUITU_STAMP (12, "救助管理机构（公章）", DATE) } },
};
/* clang-format on */

const GuituForm _guitu_form_dna_register = {
  .kind = "dna-register",
  .title = "DNA采集登记表",
  .prefix = "DJ",
  .copies = copies,
  .rows = register_rows,
  .n_rows = G_N_ELEMENTS (register_rows),
};

/* clang-format off */
static const GuituRow query_rows[] = {
  { 6, 0, { GUITU_HEADING ("一、待核查人员") } },
  { 7.8, 0, { GUITU_FIELD (8, 3, "姓　名", "person.name"), GUITU_FIELD (5, 2, "性别", "person.sex"), GUITU_FIELD (6, 3, "年　龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } },
  { 7.8, 0, { GUITU_FIELD (10, 3, "救助编号", "person.national_number"), GUITU_FIELD (9, 3, "本站编号", "stay.number") } },
  { 7.8, 0, { GUITU_FIELD_HINT (19, 3, "来站时间", "stay.arrived_at", MINUTE) } },
  { 7.8, 0, { GUITU_FIELD (8, 3, "来站方式", "stay.came_by"), GUITU_FIELD (11, 3, "发现地点", "stay.found_place") } },
  { 7.8, 0, { GUITU_FIELD (19, 3, "体貌特征", "person.marks") } },
  { 6, 0, { GUITU_HEADING ("二、查询登记（每次查询登记一行）") } },
  { 9, 1, { GUITU_TABLE (10, "stay.queries", "日期:5|方式:4|情形:5|结果:6|经办人:4") } },
  { 6, 0, { GUITU_HEADING ("三、查询结论") } },
  { 8.6, 0, { GUITU_CHOICE (24, 3, "查询结论", "query.conclusion", "查明|有线索|未查明") } },
  { 14, 1, { GUITU_PARAGRAPH (24, 3, "结论说明", "query.conclusion_text", NULL) } },
  { 12, 0, { GUITU_NOTE (24, "查询只为履行救助职责、查明受助人员身份。人脸、指纹等信息属于敏感个人信息，查询结果不得用于其他目的，不得向无关人员提供。") } },
  { 20, 0, { GUITU_SIGNATURE (12, "登记人签名：", DATE), GUITU_SIGNATURE (12, "复核人签名：", DATE) } },
};
/* clang-format on */

const GuituForm _guitu_form_identity_query_register = {
  .kind = "identity-query-register",
  .title = "身份核查（人脸识别）查询登记表",
  .prefix = "SF",
  .rows = query_rows,
  .n_rows = G_N_ELEMENTS (query_rows),
};
