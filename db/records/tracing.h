/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The search for who somebody is and where they belong (design.md §10, domain.md §5): the case with its clues and
 * inquiries, the reports of families, the notices, and what was found to fit. */

/* clang-format off */
/* One case a person; opened by itself, by nobody (`opened_by`), while the identity of somebody in the house is
 * not verified. It then `seeks` who they are; whose identity is known, the family alone may be sought. */
#define GUITU_CASE_FIELDS(FIELD) \
  FIELD (CASE_PERSON,        "person",        REFERENCE, "Person",        "当事人",    "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (CASE_STAY,          "stay",          REFERENCE, "Stay",          "在站记录",   "stay", GUITU_INDEXED) \
  FIELD (CASE_SEEKS,         "seeks",         CODE,      "Looks for",     "寻找",      "case_seeks", GUITU_PLAIN) \
  FIELD (CASE_STATE,         "state",         CODE,      "State",         "状态",      "case_state", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (CASE_OPENED_AT,     "opened_at",     TIME,      "Opened at",     "立案时间",   NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (CASE_OPENED_BY,     "opened_by",     REFERENCE, "Opened by",     "立案人",    "user", GUITU_DERIVED) \
  FIELD (CASE_CASEWORKER,    "caseworker",    REFERENCE, "Caseworker",    "主办人",    "user", GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (CASE_IDENTIFIED_AT, "identified_at", TIME,      "Identity found at", "身份查明时间", NULL, GUITU_DERIVED) \
  FIELD (CASE_CLOSED_AT,     "closed_at",     TIME,      "Closed at",     "结案时间",   NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (CASE_CLOSED_AS,     "closed_as",     CODE,      "Closed as",     "结案方式",   "case_outcome", GUITU_DERIVED) \
  FIELD (CASE_CONFIRMED_HOW, "confirmed_how", CODE,      "Confirmed by way of", "确认方式", "confirmed_how", GUITU_DERIVED) \
  FIELD (CASE_CONFIRMED_BY,  "confirmed_by",  TEXT,      "Who confirmed", "确认人",    NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (CASE_CLOSE_TEXT,    "close_text",    TEXT,      "How it was solved", "结案说明", NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (CASE_CLOSED_BY,     "closed_by",     REFERENCE, "Closed by",     "结案经办人",  "user", GUITU_DERIVED) \
  FIELD (CASE_SECOND,        "second",        REFERENCE, "Second person", "复核人",    "user", GUITU_DERIVED)

/* Who else works on a case, and for how long. */
#define GUITU_CASE_MEMBER_FIELDS(FIELD) \
  FIELD (CASE_MEMBER_CASE,  "case",  REFERENCE, "Case",  "寻亲案件", "case", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (CASE_MEMBER_USER,  "user",  REFERENCE, "User",  "协办人",  "user", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (CASE_MEMBER_SINCE, "since", TIME,      "Since", "自",     NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (CASE_MEMBER_UNTIL, "until", TIME,      "Until", "至",     NULL, GUITU_DERIVED)

/* Plans, reviews and notes of a case, and the next step that they name. */
#define GUITU_CASE_NOTE_FIELDS(FIELD) \
  FIELD (CASE_NOTE_CASE,    "case",    REFERENCE, "Case",    "寻亲案件", "case", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (CASE_NOTE_KIND,    "kind",    CODE,      "Kind",    "类别",    "case_note_kind", GUITU_REQUIRED) \
  FIELD (CASE_NOTE_AT,      "at",      TIME,      "At",      "时间",    NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (CASE_NOTE_BY,      "by",      REFERENCE, "By",      "经办人",  "user", GUITU_DERIVED) \
  FIELD (CASE_NOTE_TEXT,    "text",    TEXT,      "Text",    "内容",    NULL, GUITU_REQUIRED | GUITU_PERSONAL | GUITU_LONG) \
  FIELD (CASE_NOTE_NEXT,    "next",    TEXT,      "Next step", "下一步", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (CASE_NOTE_NEXT_ON, "next_on", DATE,      "Next step by", "下一步期限", NULL, GUITU_PLAIN)

/* Something that may lead to the family, and what became of it. */
#define GUITU_CLUE_FIELDS(FIELD) \
  FIELD (CLUE_CASE,      "case",      REFERENCE, "Case",      "寻亲案件", "case", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (CLUE_ABOUT,     "about",     CODE,      "About",     "内容类别", "statement_about", GUITU_PLAIN) \
  FIELD (CLUE_TEXT,      "text",      TEXT,      "Clue",      "线索",    NULL, GUITU_REQUIRED | GUITU_PERSONAL | GUITU_LONG) \
  FIELD (CLUE_PLACE,     "place",     REGION,    "Place",     "地点",    NULL, GUITU_PERSONAL) \
  FIELD (CLUE_SOURCE,    "source",    CODE,      "Source",    "来源",    "clue_source", GUITU_REQUIRED) \
  FIELD (CLUE_INFORMANT, "informant", TEXT,      "Told by",   "提供人",  NULL, GUITU_PERSONAL) \
  FIELD (CLUE_PHONE,     "phone",     TEXT,      "Phone",     "联系电话", NULL, GUITU_PERSONAL) \
  FIELD (CLUE_STATEMENT, "statement", REFERENCE, "Statement", "自述",    "statement", GUITU_PLAIN) \
  FIELD (CLUE_STATE,     "state",     CODE,      "State",     "状态",    "clue_state", GUITU_DERIVED) \
  FIELD (CLUE_OUTCOME,   "outcome",   TEXT,      "What came of it", "核查情况", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (CLUE_AT,        "at",        TIME,      "At",        "时间",    NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (CLUE_BY,        "by",        REFERENCE, "By",        "登记人",  "user", GUITU_DERIVED)

/* One asking of somebody or something: a query by face, finger-print or DNA, at the police or in the national
 * system, a call, a letter, a visit (民办函〔2018〕150号: date, circumstances, who, number, result, by whom). */
#define GUITU_INQUIRY_FIELDS(FIELD) \
  FIELD (INQUIRY_CASE,          "case",          REFERENCE, "Case",          "寻亲案件",  "case", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (INQUIRY_CLUE,          "clue",          REFERENCE, "Clue",          "线索",     "clue", GUITU_PLAIN) \
  FIELD (INQUIRY_KIND,          "kind",          CODE,      "Kind",          "查询方式",  "inquiry_kind", GUITU_REQUIRED) \
  FIELD (INQUIRY_AT,            "at",            TIME,      "At",            "时间",     NULL, GUITU_REQUIRED) \
  FIELD (INQUIRY_BY,            "by",            REFERENCE, "By",            "经办人",   "user", GUITU_DERIVED) \
  FIELD (INQUIRY_OFFICE,        "office",        TEXT,      "Who was asked", "查询单位或联系对象", NULL, GUITU_PERSONAL) \
  FIELD (INQUIRY_PHONE,         "phone",         TEXT,      "Phone",         "联系电话",  NULL, GUITU_PERSONAL) \
  FIELD (INQUIRY_CIRCUMSTANCES, "circumstances", TEXT,      "Circumstances", "情形",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (INQUIRY_NUMBER,        "number",        TEXT,      "Number of the request", "报请或受理编号", NULL, GUITU_PLAIN) \
  FIELD (INQUIRY_SAMPLE,        "sample",        TEXT,      "Number of the sample", "样本编号", NULL, GUITU_PLAIN) \
  FIELD (INQUIRY_COLLECTED_AT,  "collected_at",  TIME,      "Sample taken at", "采集时间", NULL, GUITU_PLAIN) \
  FIELD (INQUIRY_COLLECTED_BY,  "collected_by",  TEXT,      "Sample taken by", "采集人",  NULL, GUITU_PLAIN) \
  FIELD (INQUIRY_DUE_ON,        "due_on",        DATE,      "Answer due on", "应反馈日期", NULL, GUITU_PLAIN) \
  FIELD (INQUIRY_ANSWERED_AT,   "answered_at",   TIME,      "Answered at",   "反馈时间",  NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (INQUIRY_RESULT,        "result",        CODE,      "Result",        "结果",     "inquiry_result", GUITU_PLAIN) \
  FIELD (INQUIRY_TEXT,          "text",          TEXT,      "What was found", "结果说明", NULL, GUITU_PERSONAL | GUITU_LONG)

/* A family reports somebody missing: what they know, who they are, and what others may see of it. */
#define GUITU_MISSING_FIELDS(FIELD) \
  FIELD (MISSING_NUMBER,     "number",     TEXT,      "Number",             "报失编号",   NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (MISSING_NAME,       "name",       TEXT,      "Name",               "姓名",      NULL, GUITU_PERSONAL) \
  FIELD (MISSING_ALIAS,      "alias",      TEXT,      "Alias",              "曾用名/绰号", NULL, GUITU_PERSONAL) \
  FIELD (MISSING_SEX,        "sex",        CODE,      "Sex",                "性别",      "sex", GUITU_PERSONAL | GUITU_REQUIRED) \
  FIELD (MISSING_BIRTH_FROM, "birth_from", DATE,      "Born, earliest",     "出生日期",   NULL, GUITU_PERSONAL) \
  FIELD (MISSING_BIRTH_TO,   "birth_to",   DATE,      "Born, latest",       "出生日期（至）", NULL, GUITU_PERSONAL) \
  FIELD (MISSING_ID_NUMBER,  "id_number",  TEXT,      "ID number",          "证件号码",   NULL, GUITU_PERSONAL | GUITU_MASKED | GUITU_INDEXED) \
  FIELD (MISSING_ID_OVERRIDE, "id_override", TEXT,     "Why the ID number stands", "证件号码例外说明", NULL, GUITU_PERSONAL) \
  FIELD (MISSING_BIRTH_LUNAR, "birth_lunar", TEXT,     "Born, lunar calendar", "农历生日", NULL, GUITU_PERSONAL) \
  FIELD (MISSING_NATION,     "nation",     CODE,      "Nation",             "民族",      "nation", GUITU_PERSONAL) \
  FIELD (MISSING_HEIGHT_CM,  "height_cm",  INTEGER,   "Height (cm)",        "身高（厘米）", NULL, GUITU_PERSONAL) \
  FIELD (MISSING_ACCENT,     "accent",     TEXT,      "Accent",             "口音",      NULL, GUITU_PERSONAL) \
  FIELD (MISSING_MARKS,      "marks",      TEXT,      "Body marks",         "体貌特征",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (MISSING_CLOTHING,   "clothing",   TEXT,      "Clothing",           "走失时衣着",  NULL, GUITU_PERSONAL) \
  FIELD (MISSING_HEALTH,     "health",     CODE,      "Health",             "健康状况",   "health", GUITU_PERSONAL) \
  FIELD (MISSING_LOST_ON,    "lost_on",    DATE,      "Missing since",      "走失日期",   NULL, GUITU_PERSONAL) \
  FIELD (MISSING_LOST_PLACE, "lost_place", REGION,    "Last seen at",       "走失地点",   NULL, GUITU_PERSONAL) \
  FIELD (MISSING_HOUSEHOLD,  "household",  REGION,    "Household register", "户籍所在地",  NULL, GUITU_PERSONAL) \
  FIELD (MISSING_ADDRESS,    "address",    TEXT,      "Usual residence",    "经常居住地",  NULL, GUITU_PERSONAL) \
  FIELD (MISSING_KIN,        "kin",        TEXT,      "Kin",                "亲属姓名",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (MISSING_TEXT,       "text",       TEXT,      "What happened",      "走失经过",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (MISSING_PHOTO,      "photo",      REFERENCE, "Photo",              "照片",      "file", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (MISSING_REPORTER,   "reporter",   TEXT,      "Reported by",        "报失人",    NULL, GUITU_PERSONAL | GUITU_REQUIRED) \
  FIELD (MISSING_KINSHIP,    "kinship",    CODE,      "Kinship of the reporter", "与走失人关系", "kinship", GUITU_PLAIN) \
  FIELD (MISSING_PHONE,      "phone",      TEXT,      "Phone of the reporter", "报失人电话", NULL, GUITU_PERSONAL | GUITU_REQUIRED) \
  FIELD (MISSING_POLICE,     "police",     TEXT,      "Report to the police", "报警回执",  NULL, GUITU_PLAIN) \
  FIELD (MISSING_REPORTED_AT, "reported_at", TIME,    "Reported at",        "报失时间",   NULL, GUITU_REQUIRED) \
  FIELD (MISSING_BY,         "by",         REFERENCE, "Taken down by",      "登记人",    "user", GUITU_DERIVED) \
  FIELD (MISSING_SHARING,    "sharing",    CODE,      "Who may see it",     "家属同意公开的范围", "sharing", GUITU_REQUIRED) \
  FIELD (MISSING_ALLOW_PHOTO, "allow_photo", CODE,    "Photo may be shown", "同意公开照片", "yes_no", GUITU_PLAIN) \
  FIELD (MISSING_ALLOW_PHONE, "allow_phone", CODE,    "Phone may be shown", "同意公开电话", "yes_no", GUITU_PLAIN) \
  FIELD (MISSING_ALLOW_HEALTH, "allow_health", CODE,  "Health may be shown", "同意公开健康状况", "yes_no", GUITU_PLAIN) \
  FIELD (MISSING_STATE,      "state",      CODE,      "State",              "状态",      "missing_state", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (MISSING_FOUND,      "found",      REFERENCE, "Found as",           "找到的求助人", "person", GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (MISSING_FINDING,    "finding",    TEXT,      "Found by",           "依据的比对结果", NULL, GUITU_DERIVED) \
  FIELD (MISSING_CONFIRMED_HOW, "confirmed_how", CODE, "Confirmed by way of", "确认方式",   "confirmed_how", GUITU_DERIVED) \
  FIELD (MISSING_CLOSED_AT,  "closed_at",  TIME,      "Closed at",          "结束时间",   NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (MISSING_CLOSED_BY,  "closed_by",  REFERENCE, "Closed by",          "结束经办人",  "user", GUITU_DERIVED) \
  FIELD (MISSING_CLOSE_TEXT, "close_text", TEXT,      "How it ended",       "结束说明",   NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (MISSING_SOUGHT,     "sought",     TEXT,      "What others see",    "协查信息",   NULL, GUITU_INDEXED | GUITU_DERIVED)

/* What other stations see of a report, as far as the family allows; when it ends, all that tells who it was goes. */
#define GUITU_SOUGHT_FIELDS(FIELD) \
  FIELD (SOUGHT_STATION,    "station",    TEXT,    "From",               "发布单位",   NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (SOUGHT_NUMBER,     "number",     TEXT,    "Number",             "报失编号",   NULL, GUITU_DERIVED) \
  FIELD (SOUGHT_STATE,      "state",      CODE,    "State",              "状态",      "missing_state", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (SOUGHT_NAME,       "name",       TEXT,    "Name",               "姓名",      NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_ALIAS,      "alias",      TEXT,    "Alias",              "曾用名/绰号", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_SEX,        "sex",        CODE,    "Sex",                "性别",      "sex", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_BIRTH_FROM, "birth_from", DATE,    "Born, earliest",     "出生日期",   NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_BIRTH_TO,   "birth_to",   DATE,    "Born, latest",       "出生日期（至）", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_NATION,     "nation",     CODE,    "Nation",             "民族",      "nation", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_HEIGHT_CM,  "height_cm",  INTEGER, "Height (cm)",        "身高（厘米）", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_ACCENT,     "accent",     TEXT,    "Accent",             "口音",      NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_MARKS,      "marks",      TEXT,    "Body marks",         "体貌特征",   NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (SOUGHT_CLOTHING,   "clothing",   TEXT,    "Clothing",           "走失时衣着",  NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_HEALTH,     "health",     CODE,    "Health",             "健康状况",   "health", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_LOST_ON,    "lost_on",    DATE,    "Missing since",      "走失日期",   NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_LOST_PLACE, "lost_place", REGION,  "Last seen at",       "走失地点",   NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_HOUSEHOLD,  "household",  REGION,  "Household register", "户籍所在地",  NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_KIN,        "kin",        TEXT,    "Kin",                "亲属姓名",   NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (SOUGHT_PHONE,      "phone",      TEXT,    "Phone of the family", "家属电话",  NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (SOUGHT_AT,         "at",         TIME,    "At",                 "时间",      NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (SOUGHT_PHOTO,      "photo",      BYTES,   "Photo",              "照片",      NULL, GUITU_PERSONAL | GUITU_DERIVED)

/* A notice to find kin (寻亲公告). What it says is a JSON object: `content` as it was approved, and beside it `draft`,
 * the words of a first or a new edition that wait for approval or were sent back. */
#define GUITU_NOTICE_FIELDS(FIELD) \
  FIELD (NOTICE_NUMBER,       "number",       TEXT,      "Number",       "公告编号",   NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (NOTICE_CASE,         "case",         REFERENCE, "Case",         "寻亲案件",   "case", GUITU_INDEXED) \
  FIELD (NOTICE_PERSON,       "person",       REFERENCE, "Person",       "当事人",    "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (NOTICE_STATE,        "state",        CODE,      "State",        "状态",      "notice_state", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (NOTICE_EDITION,      "edition",      INTEGER,   "Edition",      "版次",      NULL, GUITU_DERIVED) \
  FIELD (NOTICE_CONTENT,      "content",      TEXT,      "Content",      "公告内容",   NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (NOTICE_PHOTO,        "photo",        REFERENCE, "Photo",        "照片",      "file", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (NOTICE_DRAFT,        "draft",        TEXT,      "Words to be approved", "待审内容", NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (NOTICE_DRAFT_PHOTO,  "draft_photo",  REFERENCE, "Photo to be approved", "待审照片", "file", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (NOTICE_DRAFT_STATE,  "draft_state",  CODE,      "State of the draft", "草稿状态", "notice_draft", GUITU_DERIVED) \
  FIELD (NOTICE_GROUND,       "ground",       TEXT,      "Ground",       "公开依据",   NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (NOTICE_CONSENT,      "consent",      CODE,      "The person agrees", "本人意见", "consent", GUITU_PLAIN) \
  FIELD (NOTICE_PREPARED_BY,  "prepared_by",  REFERENCE, "Prepared by",  "拟稿人",    "user", GUITU_DERIVED) \
  FIELD (NOTICE_PREPARED_AT,  "prepared_at",  TIME,      "Prepared at",  "拟稿时间",   NULL, GUITU_DERIVED) \
  FIELD (NOTICE_APPROVED_BY,  "approved_by",  REFERENCE, "Approved by",  "审核人",    "user", GUITU_DERIVED) \
  FIELD (NOTICE_APPROVED_AT,  "approved_at",  TIME,      "Approved at",  "审核时间",   NULL, GUITU_DERIVED) \
  FIELD (NOTICE_REVIEW_NOTE,  "review_note",  TEXT,      "Review",       "审核意见",   NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (NOTICE_PUBLISHED_AT, "published_at", TIME,      "Published at", "发布时间",   NULL, GUITU_DERIVED) \
  FIELD (NOTICE_REFRESHED_AT, "refreshed_at", TIME,      "Refreshed at", "更新时间",   NULL, GUITU_DERIVED) \
  FIELD (NOTICE_WITHDRAWN_AT, "withdrawn_at", TIME,      "Withdrawn at", "撤回时间",   NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (NOTICE_WITHDRAWN_BY, "withdrawn_by", REFERENCE, "Withdrawn by", "撤回人",    "user", GUITU_DERIVED) \
  FIELD (NOTICE_WITHDRAWN_AS, "withdrawn_as", CODE,      "Why withdrawn", "撤回原因",  "withdrawn_as", GUITU_DERIVED) \
  FIELD (NOTICE_WITHDRAWN_TEXT, "withdrawn_text", TEXT,  "Withdrawn because", "撤回说明", NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (NOTICE_POSTING,      "posting",      TEXT,      "What others see", "共享公告", NULL, GUITU_INDEXED | GUITU_DERIVED)

/* Where a notice was put up, and that it was taken down there. */
#define GUITU_NOTICE_CHANNEL_FIELDS(FIELD) \
  FIELD (NOTICE_CHANNEL_NOTICE,       "notice",       REFERENCE, "Notice",       "寻亲公告", "notice", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (NOTICE_CHANNEL_CHANNEL,      "channel",      CODE,      "Channel",      "发布渠道", "notice_channel", GUITU_REQUIRED) \
  FIELD (NOTICE_CHANNEL_PLACE,        "place",        TEXT,      "Where",        "网址或地点", NULL, GUITU_PLAIN) \
  FIELD (NOTICE_CHANNEL_AT,           "at",           TIME,      "At",           "发布时间", NULL, GUITU_REQUIRED) \
  FIELD (NOTICE_CHANNEL_BY,           "by",           REFERENCE, "By",           "发布人",  "user", GUITU_DERIVED) \
  FIELD (NOTICE_CHANNEL_WITHDRAWN_AT, "withdrawn_at", TIME,      "Taken down at", "撤下时间", NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (NOTICE_CHANNEL_WITHDRAWN_BY, "withdrawn_by", REFERENCE, "Taken down by", "撤下人",  "user", GUITU_DERIVED) \
  FIELD (NOTICE_CHANNEL_PROOF,        "proof",        TEXT,      "Proof",        "凭据",    NULL, GUITU_PLAIN)

/* What other stations see of a notice that is out: the same that the public sees. Emptied when it is withdrawn. */
#define GUITU_POSTING_FIELDS(FIELD) \
  FIELD (POSTING_STATION,     "station",     TEXT,    "From",        "发布单位",   NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (POSTING_NUMBER,      "number",      TEXT,    "Number",      "公告编号",   NULL, GUITU_DERIVED) \
  FIELD (POSTING_STATE,       "state",       CODE,    "State",       "状态",      "notice_state", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (POSTING_NAME,        "name",        TEXT,    "Name",        "姓名",      NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_ALIAS,       "alias",       TEXT,    "Alias",       "曾用名/绰号", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_SEX,         "sex",         CODE,    "Sex",         "性别",      "sex", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_BIRTH_FROM,  "birth_from",  DATE,    "Born, earliest", "出生日期", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_BIRTH_TO,    "birth_to",    DATE,    "Born, latest", "出生日期（至）", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_HEIGHT_CM,   "height_cm",   INTEGER, "Height (cm)", "身高（厘米）", NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_ACCENT,      "accent",      TEXT,    "Accent",      "口音",      NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_MARKS,       "marks",       TEXT,    "Body marks",  "体貌特征",   NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (POSTING_CLOTHING,    "clothing",    TEXT,    "Clothing",    "衣着",      NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_HEALTH,      "health",      CODE,    "Health",      "健康状况",   "health", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_FOUND_ON,    "found_on",    DATE,    "Found on",    "发现日期",   NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_FOUND_PLACE, "found_place", TEXT,    "Found at",    "发现地点",   NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (POSTING_AT,          "at",          TIME,    "At",          "时间",      NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (POSTING_PHOTO,       "photo",       BYTES,   "Photo",       "照片",      NULL, GUITU_PERSONAL | GUITU_DERIVED)

/* Two records that may be one human being, of whom one is searched for, and what people decided about it. The id
 * follows from the two, so that two desks that find the same write the same. `other` is the id of what another
 * station shares (sought, posting), or of the letter in which it says what it found. Two records of persons are told apart by links. */
#define GUITU_FINDING_FIELDS(FIELD) \
  FIELD (FINDING_PERSON,     "person",     REFERENCE, "Person",     "求助人",    "person", GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (FINDING_MISSING,    "missing",    REFERENCE, "Report",     "报失登记",   "missing", GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (FINDING_OTHER,      "other",      TEXT,      "At another station", "外站信息", NULL, GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (FINDING_SCORE,      "score",      INTEGER,   "Score (1/1,000 bit)", "分值", NULL, GUITU_DERIVED) \
  FIELD (FINDING_PROBABILITY, "probability", INTEGER, "Probability (1/1,000)", "概率", NULL, GUITU_DERIVED) \
  FIELD (FINDING_WHY,        "why",        TEXT,      "Why",        "依据",      NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (FINDING_AT,         "at",         TIME,      "Found at",   "发现时间",   NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (FINDING_VERDICT,    "verdict",    CODE,      "Verdict",    "认定",      "verdict", GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (FINDING_REASON,     "reason",     TEXT,      "Reason",     "理由",      NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (FINDING_BY,         "by",         REFERENCE, "By",         "认定人",    "user", GUITU_DERIVED) \
  FIELD (FINDING_DECIDED_AT, "decided_at", TIME,      "Decided at", "认定时间",   NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (FINDING_TOLD_AT,    "told_at",    TIME,      "Other side told at", "告知对方时间", NULL, GUITU_DERIVED) \
  FIELD (FINDING_CONFIRMED_AT, "confirmed_at", TIME,  "Family confirmed at", "家属核实时间", NULL, GUITU_DERIVED)
/* clang-format on */
