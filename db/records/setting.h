/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the administrator of a station sets beside the tables that come with the program
 * (app/data/rules.csv, calendar.csv, codes.csv): local rules of law, the days of the State
 * Council's holiday notices, local codes and the line of the official report they count in. */

/* clang-format off */
#define GUITU_RULE_FIELDS(FIELD) \
  FIELD (RULE_NAME,            "name",            TEXT, "Rule",        "规则",   NULL, GUITU_REQUIRED) \
  FIELD (RULE_VALUE,           "value",           TEXT, "Value",       "取值",   NULL, GUITU_REQUIRED) \
  FIELD (RULE_EFFECTIVE_FROM,  "effective_from",  DATE, "In force from", "生效日期", NULL, GUITU_REQUIRED) \
  FIELD (RULE_EFFECTIVE_UNTIL, "effective_until", DATE, "In force until", "失效日期", NULL, GUITU_PLAIN) \
  FIELD (RULE_CITATION,        "citation",        TEXT, "Source",      "依据",   NULL, GUITU_REQUIRED) \
  FIELD (RULE_NOTE,            "note",            TEXT, "Note",        "说明",   NULL, GUITU_LONG) \
  FIELD (RULE_BY,              "by",              REFERENCE, "Set by", "设定人",  "user", GUITU_DERIVED)

#define GUITU_CALENDAR_DAY_FIELDS(FIELD) \
  FIELD (CALENDAR_DAY_DAY,      "day",      DATE, "Day",     "日期",    NULL, GUITU_REQUIRED) \
  FIELD (CALENDAR_DAY_WORKS,    "works",    CODE, "Working day", "是否上班", "yes_no", GUITU_REQUIRED) \
  FIELD (CALENDAR_DAY_NAME,     "name",     TEXT, "Holiday", "节日",    NULL, GUITU_PLAIN) \
  FIELD (CALENDAR_DAY_CITATION, "citation", TEXT, "Source",  "依据",    NULL, GUITU_REQUIRED) \
  FIELD (CALENDAR_DAY_BY,       "by",       REFERENCE, "Set by", "设定人", "user", GUITU_DERIVED)

/* A code of the station's own, or, for a code there is already, the report line it counts in here. */
#define GUITU_LOCAL_CODE_FIELDS(FIELD) \
  FIELD (LOCAL_CODE_LIST,        "list",        TEXT, "List",        "代码表",   NULL, GUITU_REQUIRED) \
  FIELD (LOCAL_CODE_CODE,        "code",        TEXT, "Code",        "代码",    NULL, GUITU_REQUIRED) \
  FIELD (LOCAL_CODE_ENGLISH,     "english",     TEXT, "English",     "英文名称",  NULL, GUITU_PLAIN) \
  FIELD (LOCAL_CODE_CHINESE,     "chinese",     TEXT, "Chinese",     "中文名称",  NULL, GUITU_PLAIN) \
  FIELD (LOCAL_CODE_REPORT_LINE, "report_line", TEXT, "Report line", "报表行",   NULL, GUITU_PLAIN) \
  FIELD (LOCAL_CODE_BY,          "by",          REFERENCE, "Set by", "设定人",   "user", GUITU_DERIVED)
/* clang-format on */
