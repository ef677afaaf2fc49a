/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is known of a person, and what was said about them (design.md §10, domain.md §2.1). */

/* clang-format off */
#define GUITU_PERSON_FIELDS(FIELD) \
  FIELD (PERSON_NAME,            "name",            TEXT,    "Name",               "姓名",       NULL, GUITU_PERSONAL | GUITU_SEARCHED) \
  FIELD (PERSON_ALIAS,           "alias",           TEXT,    "Alias",              "曾用名/绰号", NULL, GUITU_PERSONAL | GUITU_SEARCHED) \
  FIELD (PERSON_SEX,             "sex",             CODE,    "Sex",                "性别",       "sex", GUITU_PERSONAL | GUITU_REQUIRED) \
  FIELD (PERSON_BIRTH_FROM,      "birth_from",      DATE,    "Born, earliest",     "出生日期",    NULL, GUITU_PERSONAL | GUITU_SEARCHED) \
  FIELD (PERSON_BIRTH_TO,        "birth_to",        DATE,    "Born, latest",       "出生日期（至）", NULL, GUITU_PERSONAL | GUITU_SEARCHED) \
  FIELD (PERSON_ID_KIND,         "id_kind",         CODE,    "ID document",        "证件类型",    "id_kind", GUITU_PERSONAL) \
  FIELD (PERSON_ID_NUMBER,       "id_number",       TEXT,    "ID number",          "证件号码",    NULL, GUITU_PERSONAL | GUITU_MASKED | GUITU_SEARCHED | GUITU_INDEXED) \
  FIELD (PERSON_ID_OVERRIDE,     "id_override",     TEXT,    "Why the ID number stands", "证件号码例外说明", NULL, GUITU_PERSONAL) \
  FIELD (PERSON_VERIFIED_BY,     "verified_by",     CODE,    "Verified by",        "身份核实方式", "verified_by", GUITU_PERSONAL) \
  FIELD (PERSON_HOUSEHOLD,       "household",       REGION,  "Household register", "户籍所在地",  NULL, GUITU_PERSONAL) \
  FIELD (PERSON_ADDRESS,         "address",         TEXT,    "Usual residence",    "经常居住地",  NULL, GUITU_PERSONAL) \
  FIELD (PERSON_PHONE,           "phone",           TEXT,    "Phone",              "联系电话",    NULL, GUITU_PERSONAL | GUITU_SEARCHED) \
  FIELD (PERSON_NATION,          "nation",          CODE,    "Nation",             "民族",       "nation", GUITU_PERSONAL) \
  FIELD (PERSON_HEIGHT_CM,       "height_cm",       INTEGER, "Height (cm)",        "身高（厘米）", NULL, GUITU_PERSONAL) \
  FIELD (PERSON_ACCENT,          "accent",          TEXT,    "Accent",             "口音",       NULL, GUITU_PERSONAL) \
  FIELD (PERSON_MARKS,           "marks",           TEXT,    "Body marks",         "体貌特征",    NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (PERSON_HEALTH,          "health",          CODE,    "Health",             "健康状况",    "health", GUITU_PERSONAL) \
  FIELD (PERSON_LITERATE,        "literate",        CODE,    "Reads and writes",   "识字情况",    "literate", GUITU_PERSONAL) \
  FIELD (PERSON_IMPAIRED,        "impaired",        CODE,    "Signs of mental or intellectual disability", "精神障碍或智力残疾迹象", "yes_no", GUITU_PERSONAL) \
  FIELD (PERSON_WANDERS,         "wanders",         CODE,    "Tends to wander off", "易走失",  "yes_no", GUITU_PERSONAL) \
  FIELD (PERSON_FENCE,           "fence",           CODE,    "Protected record",   "保护类别",    "fence", GUITU_PERSONAL) \
  FIELD (PERSON_BIRTH_LUNAR,     "birth_lunar",     TEXT,    "Born, lunar calendar", "农历生日",  NULL, GUITU_PERSONAL) \
  FIELD (PERSON_KIN,             "kin",             TEXT,    "Kin and contacts",   "联系人情况",  NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (PERSON_PHOTO,           "photo",           REFERENCE, "Photo",            "照片",       "file", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (PERSON_NATIONAL_NUMBER, "national_number", TEXT,    "National number",    "救助编号",    NULL, GUITU_PERSONAL | GUITU_SEARCHED)

#define GUITU_STATEMENT_FIELDS(FIELD) \
  FIELD (STATEMENT_PERSON,     "person",     REFERENCE, "Person",     "当事人",   "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (STATEMENT_ABOUT,      "about",      CODE,      "About",      "内容类别", "statement_about", GUITU_PLAIN) \
  FIELD (STATEMENT_TEXT,       "text",       TEXT,      "Words",      "原话",    NULL, GUITU_PERSONAL | GUITU_REQUIRED | GUITU_LONG) \
  FIELD (STATEMENT_SOUND,      "sound",      TEXT,      "Sounds like", "读音",   NULL, GUITU_PERSONAL) \
  FIELD (STATEMENT_HEARD_BY,   "heard_by",   REFERENCE, "Heard by",   "记录人",   "user", GUITU_DERIVED) \
  FIELD (STATEMENT_HEARD_AT,   "heard_at",   TIME,      "Heard at",   "记录时间", NULL, GUITU_PLAIN) \
  FIELD (STATEMENT_LANGUAGE,   "language",   CODE,      "Language",   "语言",    "language", GUITU_PLAIN) \
  FIELD (STATEMENT_CONFIDENCE, "confidence", CODE,      "Confidence", "可信度",   "confidence", GUITU_PLAIN) \
  FIELD (STATEMENT_SOURCE,     "source",     TEXT,      "Heard at",   "来源",    NULL, GUITU_DERIVED) \
  FIELD (STATEMENT_MEANS,      "means",      TEXT,      "May mean",   "推测",    NULL, GUITU_PERSONAL | GUITU_LONG)

#define GUITU_FILE_FIELDS(FIELD) \
  FIELD (FILE_PERSON,  "person",  REFERENCE, "Person",     "当事人",   "person", GUITU_INDEXED) \
  FIELD (FILE_TITLE,   "title",   TEXT,      "Title",      "名称",    NULL, GUITU_PLAIN) \
  FIELD (FILE_MEDIA,   "media",   TEXT,      "Media type", "文件类型", NULL, GUITU_DERIVED) \
  FIELD (FILE_DIGEST,  "digest",  TEXT,      "SHA-256",    "校验值",   NULL, GUITU_DERIVED) \
  FIELD (FILE_LENGTH,  "length",  INTEGER,   "Bytes",      "字节数",   NULL, GUITU_DERIVED) \
  FIELD (FILE_ADDED,   "added_at", TIME,     "Added at",   "加入时间", NULL, GUITU_DERIVED) \
  FIELD (FILE_MISSING, "missing", REFERENCE, "Report",     "报失登记", "missing", GUITU_INDEXED)
/* Who belongs to a person, and whether they would take them in. */
#define GUITU_KIN_FIELDS(FIELD) \
  FIELD (KIN_PERSON,  "person",  REFERENCE, "Person",  "当事人",   "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (KIN_NAME,    "name",    TEXT,      "Name",    "姓名",    NULL, GUITU_PERSONAL) \
  FIELD (KIN_KINSHIP, "kinship", CODE,      "Kinship", "关系",    "kinship", GUITU_REQUIRED) \
  FIELD (KIN_PHONE,   "phone",   TEXT,      "Phone",   "联系电话", NULL, GUITU_PERSONAL) \
  FIELD (KIN_ADDRESS, "address", TEXT,      "Address", "住址",    NULL, GUITU_PERSONAL) \
  FIELD (KIN_WILLING, "willing", CODE,      "Would take them in", "接领意愿", "yes_no", GUITU_PERSONAL) \
  FIELD (KIN_SUSPECT, "suspect", CODE,      "Under suspicion", "涉嫌侵害", "yes_no", GUITU_PERSONAL) \
  FIELD (KIN_NOTE,    "note",    TEXT,      "Note",    "备注",    NULL, GUITU_PERSONAL | GUITU_LONG)

/* What somebody decided about two records of persons. "same" joins them for as long as the link is
 * not voided: the records themselves are not touched, so that taking the link away takes all of it
 * away. `person` is the record that leads, `other` the one that follows. */
#define GUITU_PERSON_LINK_FIELDS(FIELD) \
  FIELD (PERSON_LINK_PERSON,  "person",  REFERENCE, "Person",  "当事人",  "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (PERSON_LINK_OTHER,   "other",   REFERENCE, "Other record", "另一记录", "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (PERSON_LINK_VERDICT, "verdict", CODE,      "Verdict", "认定",    "verdict", GUITU_REQUIRED) \
  FIELD (PERSON_LINK_REASON,  "reason",  TEXT,      "Reason",  "理由",    NULL, GUITU_LONG) \
  FIELD (PERSON_LINK_BY,      "by",      REFERENCE, "By",      "认定人",  "user", GUITU_DERIVED) \
  FIELD (PERSON_LINK_AT,      "at",      TIME,      "At",      "认定时间", NULL, GUITU_DERIVED) \
  FIELD (PERSON_LINK_SECOND,  "second",  REFERENCE, "Second person", "第二经办人", "user", GUITU_DERIVED)

/* A member of staff who is kin to a person, or close to them, says so; somebody else decides. */
#define GUITU_RELATION_FIELDS(FIELD) \
  FIELD (RELATION_USER,    "user",    REFERENCE, "User",    "工作人员", "user", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (RELATION_PERSON,  "person",  REFERENCE, "Person",  "当事人",  "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (RELATION_KINSHIP, "kinship", CODE,      "Kinship", "关系",    "kinship", GUITU_PLAIN) \
  FIELD (RELATION_TEXT,    "text",    TEXT,      "Text",    "说明",    NULL, GUITU_PERSONAL) \
  FIELD (RELATION_AT,      "at",      TIME,      "At",      "申报时间", NULL, GUITU_DERIVED)
/* clang-format on */
