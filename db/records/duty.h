/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is due and what was done about it, during the stay and after it (domain.md §1.10, §10). */

/* clang-format off */
/* A deadline that follows from a stay or a case has no record until something was done about it: `about` tells
 * which one where a kind comes again ("2026-10", "2"). A task added by hand has its `due_at`. */
#define GUITU_TASK_FIELDS(FIELD) \
  FIELD (TASK_KIND,    "kind",    CODE,      "Kind",    "事项",     "task_kind", GUITU_REQUIRED) \
  FIELD (TASK_STAY,    "stay",    REFERENCE, "Stay",    "在站记录",  "stay", GUITU_INDEXED | GUITU_OPEN_INDEX) \
  FIELD (TASK_CASE,    "case",    REFERENCE, "Case",    "寻亲案件",  "case", GUITU_INDEXED) \
  FIELD (TASK_ABOUT,   "about",   TEXT,      "Which",   "期次",     NULL, GUITU_PLAIN) \
  FIELD (TASK_TEXT,    "text",    TEXT,      "Text",    "内容",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (TASK_DUE_AT,  "due_at",  TIME,      "Due",     "期限",     NULL, GUITU_PLAIN) \
  FIELD (TASK_STATE,   "state",   CODE,      "State",   "状态",     "task_state", GUITU_DERIVED) \
  FIELD (TASK_DONE_AT, "done_at", TIME,      "Done at", "办理时间",  NULL, GUITU_OPEN_INDEX) \
  FIELD (TASK_BY,      "by",      REFERENCE, "By",      "办理人",    "user", GUITU_DERIVED) \
  FIELD (TASK_PROOF,   "proof",   TEXT,      "Proof",   "凭据",     NULL, GUITU_PERSONAL | GUITU_LONG)

#define GUITU_REFERRAL_FIELDS(FIELD) \
  FIELD (REFERRAL_PERSON,  "person",  REFERENCE, "Person",   "当事人",   "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (REFERRAL_STAY,    "stay",    REFERENCE, "Stay",     "在站记录",  "stay", GUITU_INDEXED) \
  FIELD (REFERRAL_SCHEME,  "scheme",  CODE,      "Scheme",   "救助项目",  "scheme", GUITU_REQUIRED) \
  FIELD (REFERRAL_OFFICE,  "office",  TEXT,      "Office",   "受理单位",  NULL, GUITU_REQUIRED) \
  FIELD (REFERRAL_PHONE,   "phone",   TEXT,      "Phone",    "联系电话",  NULL, GUITU_PLAIN) \
  FIELD (REFERRAL_PAPERS,  "papers",  TEXT,      "Papers handed over", "移交材料", NULL, GUITU_LONG) \
  FIELD (REFERRAL_TEXT,    "text",    TEXT,      "Matter",   "事由",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (REFERRAL_SENT_ON, "sent_on", DATE,      "Sent on",  "转介日期",  NULL, GUITU_PLAIN) \
  FIELD (REFERRAL_DUE_ON,  "due_on",  DATE,      "Due on",   "应答期限",  NULL, GUITU_PLAIN) \
  FIELD (REFERRAL_STATE,   "state",   CODE,      "State",    "状态",     "referral_state", GUITU_PLAIN) \
  FIELD (REFERRAL_OUTCOME, "outcome", TEXT,      "Outcome",  "结果",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (REFERRAL_CLOSED_ON, "closed_on", DATE,  "Closed on", "办结日期", NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (REFERRAL_BY,      "by",      REFERENCE, "By",       "经办人",    "user", GUITU_DERIVED)

#define GUITU_FOLLOW_UP_FIELDS(FIELD) \
  FIELD (FOLLOW_UP_STAY,          "stay",          REFERENCE, "Stay",          "在站记录",  "stay", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (FOLLOW_UP_TRANSFER,      "transfer",      REFERENCE, "Transfer",      "护送（转送）", "transfer", GUITU_INDEXED) \
  FIELD (FOLLOW_UP_DUE_ON,        "due_on",        DATE,      "Due on",        "应回访日期", NULL, GUITU_REQUIRED) \
  FIELD (FOLLOW_UP_DONE_ON,       "done_on",       DATE,      "Done on",       "回访日期",  NULL, GUITU_OPEN_INDEX) \
  FIELD (FOLLOW_UP_HOW,           "how",           CODE,      "How",           "回访方式",  "follow_up_how", GUITU_PLAIN) \
  FIELD (FOLLOW_UP_BY,            "by",            REFERENCE, "By",            "回访人",    "user", GUITU_DERIVED) \
  FIELD (FOLLOW_UP_VISITOR,       "visitor",       TEXT,      "Who went",      "到访人",    NULL, GUITU_PLAIN) \
  FIELD (FOLLOW_UP_FOUND_AT_HOME, "found_at_home", CODE,      "Found at home", "是否在家",  "yes_no", GUITU_PLAIN) \
  FIELD (FOLLOW_UP_TEXT,          "text",          TEXT,      "What was found", "回访情况", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (FOLLOW_UP_NEXT,          "next",          TEXT,      "Next step",     "下一步",    NULL, GUITU_PERSONAL | GUITU_LONG)
/* clang-format on */
