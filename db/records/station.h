/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stations, their users, and what stations tell one another about papers. */

/* clang-format off */
#define GUITU_STATION_FIELDS(FIELD) \
  FIELD (STATION_CODE,    "code",    TEXT,   "Code",    "站点代码",  NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (STATION_NAME,    "name",    TEXT,   "Name",    "站名",     NULL, GUITU_REQUIRED) \
  FIELD (STATION_REGION,  "region",  REGION, "Region",  "所在地区",  NULL, GUITU_PLAIN) \
  FIELD (STATION_ADDRESS, "address", TEXT,   "Address", "地址",     NULL, GUITU_PLAIN) \
  FIELD (STATION_PHONE,   "phone",   TEXT,   "Phone",   "电话",     NULL, GUITU_PLAIN) \
  FIELD (STATION_COMPLAINTS, "complaints", TEXT, "Complaints", "投诉电话", NULL, GUITU_PLAIN) \
  FIELD (STATION_KEY,     "key",     TEXT,   "Key",     "公钥",     NULL, GUITU_DERIVED) \
  FIELD (STATION_BOX_KEY, "box_key", TEXT,   "Sealing key", "密封公钥", NULL, GUITU_DERIVED) \
  FIELD (STATION_STATE,   "state",   CODE,   "State",   "状态",     "state", GUITU_DERIVED) \
  FIELD (STATION_AUTHORITY, "authority", CODE, "Vouches for others", "可为其他站点作保", "yes_no", GUITU_DERIVED)

#define GUITU_USER_FIELDS(FIELD) \
  FIELD (USER_NAME,     "name",     TEXT, "User name", "用户名",  NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (USER_FULL_NAME, "full_name", TEXT, "Full name", "姓名",  NULL, GUITU_PLAIN) \
  FIELD (USER_ROLE,     "role",     CODE, "Role",      "岗位",    "role", GUITU_REQUIRED) \
  FIELD (USER_SEX,      "sex",      CODE, "Sex",       "性别",    "sex", GUITU_PLAIN) \
  FIELD (USER_STATE,    "state",    CODE, "State",     "状态",    "state", GUITU_DERIVED) \
  FIELD (USER_PASSWORD, "password", TEXT, "Password",  "口令",    NULL, GUITU_SECRET | GUITU_DERIVED)

/* Who saw, or tried, what: log-ins that failed, sensitive fields shown in full. */
#define GUITU_ACCESS_FIELDS(FIELD) \
  FIELD (ACCESS_USER,   "user",   TEXT,      "User",   "用户",   NULL, GUITU_INDEXED) \
  FIELD (ACCESS_ACT,    "act",    CODE,      "Act",    "行为",   "access_act", GUITU_REQUIRED) \
  FIELD (ACCESS_PERSON, "person", REFERENCE, "Person", "当事人", "person", GUITU_INDEXED) \
  FIELD (ACCESS_DETAIL, "detail", TEXT,      "Detail", "说明",   NULL, GUITU_PLAIN) \
  FIELD (ACCESS_AT,     "at",     TIME,      "At",     "时间",   NULL, GUITU_REQUIRED | GUITU_INDEXED)

/* A paper that is no longer good: the least that another station needs to refuse it. */
#define GUITU_PAPER_MARK_FIELDS(FIELD) \
  FIELD (PAPER_MARK_STATION, "station", TEXT, "Station", "签发站",   NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (PAPER_MARK_NUMBER,  "number",  TEXT, "Number",  "文书编号", NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (PAPER_MARK_SEALED,  "sealed",  TEXT, "Seal digest", "封签摘要", NULL, GUITU_REQUIRED) \
  FIELD (PAPER_MARK_STATE,   "state",   CODE, "State",   "状态",    "paper_state", GUITU_REQUIRED) \
  FIELD (PAPER_MARK_AT,      "at",      TIME, "At",      "时间",    NULL, GUITU_REQUIRED)
/* clang-format on */
