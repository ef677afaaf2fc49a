/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of those about whom a station asks others to look twice (跑站提示名单), with all that makes it
 * fair (domain.md §4.5), and the little of it that other stations need. */

/* clang-format off */
/* The whole file of an entry. What is in force by date ("lapsed") is worked out, not written. */
#define GUITU_BLACKLIST_FIELDS(FIELD) \
  FIELD (BLACKLIST_PERSON,       "person",       REFERENCE, "Person",        "当事人",    "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (BLACKLIST_STAY,         "stay",         REFERENCE, "Stay",          "在站记录",   "stay", GUITU_INDEXED) \
  FIELD (BLACKLIST_STATE,        "state",        CODE,      "State",         "状态",      "list_state", GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (BLACKLIST_CATEGORY,     "category",     CODE,      "Category",      "类别",      "list_category", GUITU_REQUIRED) \
  FIELD (BLACKLIST_FACTS,        "facts",        TEXT,      "Facts",         "事实",      NULL, GUITU_REQUIRED | GUITU_PERSONAL | GUITU_LONG) \
  FIELD (BLACKLIST_EVIDENCE,     "evidence",     TEXT,      "Evidence",      "证据",      NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_OFFERED,      "offered",      TEXT,      "What was offered", "已提供的救助", NULL, GUITU_REQUIRED | GUITU_PERSONAL | GUITU_LONG) \
  FIELD (BLACKLIST_SAID,         "said",         TEXT,      "Own words",     "本人陈述申辩", NULL, GUITU_REQUIRED | GUITU_PERSONAL | GUITU_LONG) \
  FIELD (BLACKLIST_SCREEN,       "screen",       CODE,      "Health and capacity", "健康和行为能力筛查", "list_screen", GUITU_REQUIRED | GUITU_PERSONAL) \
  FIELD (BLACKLIST_SCREENED_BY,  "screened_by",  TEXT,      "Screened by",   "筛查人",    NULL, GUITU_REQUIRED) \
  FIELD (BLACKLIST_SCREENED_ON,  "screened_on",  DATE,      "Screened on",   "筛查日期",   NULL, GUITU_REQUIRED) \
  FIELD (BLACKLIST_MEASURE,      "measure",      CODE,      "Measure",       "提示等级",   "list_measure", GUITU_REQUIRED) \
  FIELD (BLACKLIST_ADVICE,       "advice",       TEXT,      "What staff should do", "工作人员应当", NULL, GUITU_LONG) \
  FIELD (BLACKLIST_RULE,         "rule",         TEXT,      "Rule",          "规则",      NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_COUNTS,       "counts",       TEXT,      "Counts",        "统计",      NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_PROPOSED_BY,  "proposed_by",  REFERENCE, "Proposed by",   "提出人",    "user", GUITU_DERIVED) \
  FIELD (BLACKLIST_PROPOSED_AT,  "proposed_at",  TIME,      "Proposed at",   "提出时间",   NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_REVIEWED_BY,  "reviewed_by",  REFERENCE, "Reviewed by",   "复核人",    "user", GUITU_DERIVED) \
  FIELD (BLACKLIST_REVIEWED_AT,  "reviewed_at",  TIME,      "Reviewed at",   "复核时间",   NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_REVIEW_NOTE,  "review_note",  TEXT,      "Review",        "复核意见",   NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_SERVED_AT,    "served_at",    TIME,      "Notice served at", "告知书送达时间", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_SERVED_HOW,   "served_how",   CODE,      "How served",    "送达方式",   "signature", GUITU_DERIVED) \
  FIELD (BLACKLIST_SERVED_WITNESS, "served_witness", TEXT,  "Witnesses of service", "送达见证人", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_FROM,         "from",         DATE,      "From",          "有效期自",   NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_UNTIL,        "until",        DATE,      "Until",         "有效期至",   NULL, GUITU_PLAIN) \
  FIELD (BLACKLIST_REVIEW_ON,    "review_on",    DATE,      "Look at again on", "中期复查日期", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_OBJECTION,    "objection",    TEXT,      "Objection",     "异议",      NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_CHANNEL,      "channel",      CODE,      "How it came",   "异议提出方式", "list_channel", GUITU_DERIVED) \
  FIELD (BLACKLIST_OBJECTED_AT,  "objected_at",  TIME,      "Objection of",  "收到异议时间", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_OBJECTED_VIA, "objected_via", TEXT,      "Made at",       "异议受理单位", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_OBJECTION_DUE, "objection_due", DATE,    "To be decided by", "异议办结期限", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_HANDLER,      "handler",      REFERENCE, "Decided by",    "异议办理人",  "user", GUITU_DERIVED) \
  FIELD (BLACKLIST_HANDLED_AT,   "handled_at",   TIME,      "Decided at",    "异议办结时间", NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_OUTCOME,      "outcome",      CODE,      "Outcome",       "异议处理结果", "list_outcome", GUITU_DERIVED) \
  FIELD (BLACKLIST_OUTCOME_NOTE, "outcome_note", TEXT,      "Reason of the outcome", "异议处理理由", NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_EXCLUSION,    "exclusion",    CODE,      "Why not to be listed", "不得列入的情形", "list_exclusion", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (BLACKLIST_CORRECTION,   "correction",   TEXT,      "Corrected because", "更正原因",  NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_CORRECTED_BY, "corrected_by", REFERENCE, "Corrected by",  "更正人",    "user", GUITU_DERIVED) \
  FIELD (BLACKLIST_CORRECTED_WITH, "corrected_with", REFERENCE, "Correction signed by", "更正会签人", "user", GUITU_DERIVED) \
  FIELD (BLACKLIST_ENDED_AT,     "ended_at",     TIME,      "Ended at",      "移出时间",   NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_ENDED_BY,     "ended_by",     REFERENCE, "Ended by",      "移出经办人",  "user", GUITU_DERIVED) \
  FIELD (BLACKLIST_END_REASON,   "end_reason",   TEXT,      "Ended because", "移出原因",   NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (BLACKLIST_RENEWS,       "renews",       REFERENCE, "Renews",        "续期自",    "blacklist", GUITU_DERIVED) \
  FIELD (BLACKLIST_RETENTION,    "retention",    DATE,      "Kept until",    "保存至",    NULL, GUITU_DERIVED) \
  FIELD (BLACKLIST_LISTING,      "listing",      TEXT,      "Entry of the list", "名单条目", NULL, GUITU_INDEXED | GUITU_DERIVED)

/* What other stations see while an entry is in force; when it ends, all that tells who it was goes. */
#define GUITU_LISTING_FIELDS(FIELD) \
  FIELD (LISTING_STATION,    "station",    TEXT,    "Listed by",  "列入单位",  NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (LISTING_PERSON_KEY, "person_key", TEXT,    "Person key", "身份标记",  NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (LISTING_STATE,      "state",      CODE,    "State",      "状态",     "list_state", GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (LISTING_FROM,       "from",       DATE,    "From",       "有效期自",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (LISTING_UNTIL,      "until",      DATE,    "Until",      "有效期至",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (LISTING_NAME,       "name",       TEXT,    "Name",       "姓名",     NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (LISTING_ALIAS,      "alias",      TEXT,    "Alias",      "曾用名/绰号", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (LISTING_SEX,        "sex",        CODE,    "Sex",        "性别",     "sex", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (LISTING_BIRTH_FROM, "birth_from", DATE,    "Born, earliest", "出生日期", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (LISTING_BIRTH_TO,   "birth_to",   DATE,    "Born, latest", "出生日期（至）", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (LISTING_MARKS,      "marks",      TEXT,    "Body marks", "体貌特征",  NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (LISTING_CATEGORY,   "category",   CODE,    "Category",   "类别",     "list_category", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (LISTING_FACTS,      "facts",      TEXT,    "Facts",      "事实",     NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (LISTING_MEASURE,    "measure",    CODE,    "Measure",    "提示等级",  "list_measure", GUITU_DERIVED) \
  FIELD (LISTING_ADVICE,     "advice",     TEXT,    "What staff should do", "工作人员应当", NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (LISTING_RULE,       "rule",       TEXT,    "Rule",       "规则",     NULL, GUITU_DERIVED) \
  FIELD (LISTING_COUNTS,     "counts",     TEXT,    "Counts",     "统计",     NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (LISTING_CHANGED,    "changed",    TEXT,    "What changed", "变更说明", NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (LISTING_AT,         "at",         TIME,    "At",         "时间",     NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (LISTING_OBJECTED_AT, "objected_at", TIME,   "Objected",   "提出异议时间", NULL, GUITU_DERIVED) \
  FIELD (LISTING_OUTCOME,    "outcome",    CODE,    "Outcome of the objection", "异议处理结果", "list_outcome", GUITU_DERIVED) \
  FIELD (LISTING_PHOTO,      "photo",      BYTES,   "Photo",      "照片",     NULL, GUITU_PERSONAL | GUITU_DERIVED)

/* A station that received an entry says why it thinks otherwise. */
#define GUITU_DISSENT_FIELDS(FIELD) \
  FIELD (DISSENT_STATION, "station", TEXT, "From",    "提出单位", NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (DISSENT_LISTING, "listing", TEXT, "Entry",   "名单条目", NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (DISSENT_TEXT,    "text",    TEXT, "Reasons", "不同意见", NULL, GUITU_REQUIRED | GUITU_LONG) \
  FIELD (DISSENT_AT,      "at",      TIME, "At",      "时间",    NULL, GUITU_REQUIRED | GUITU_DERIVED)
/* clang-format on */
