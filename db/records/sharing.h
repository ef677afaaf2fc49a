/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What stations tell one another, and what they need to do so (design.md §3, §4). */

/* clang-format off */

/* The network a station belongs to: the keys of the shared scope, known to its stations and not to the
 * hub. A newer epoch's key encrypts from then on; marks are keyed with one key for good. */
#define GUITU_NETWORK_FIELDS(FIELD) \
  FIELD (NETWORK_NAME,        "name",        TEXT,    "Network",     "协作网名称",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (NETWORK_EPOCH,       "epoch",       INTEGER, "Key epoch",   "密钥期次",   NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (NETWORK_KEY,         "key",         TEXT,    "Shared key",  "共享密钥",   NULL, GUITU_SECRET | GUITU_DERIVED) \
  FIELD (NETWORK_MARK_KEY,    "mark_key",    TEXT,    "Mark key",    "标记密钥",   NULL, GUITU_SECRET | GUITU_DERIVED) \
  FIELD (NETWORK_AUTHORITY,   "authority",   TEXT,    "Run by",      "牵头单位",   NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (NETWORK_URL,         "url",         TEXT,    "Hub",         "中转数据库",  NULL, GUITU_DERIVED) \
  FIELD (NETWORK_CERTIFICATE, "certificate", TEXT,    "Certificate of the hub", "中转数据库证书", NULL, GUITU_LONG | GUITU_DERIVED)

/* A log-in of this station at the hub; a desk takes one that is free. */
#define GUITU_HUB_LOGIN_FIELDS(FIELD) \
  FIELD (HUB_LOGIN_LOGIN,    "login",    TEXT,    "Log-in",   "登录名",  NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (HUB_LOGIN_PASSWORD, "password", TEXT,    "Password", "口令",   NULL, GUITU_SECRET | GUITU_DERIVED) \
  FIELD (HUB_LOGIN_DESK,     "desk",     INTEGER, "Desk",     "登记台",  NULL, GUITU_DERIVED)

/* A station as the network's authority vouches for it, or as it describes itself. */
#define GUITU_DIRECTORY_FIELDS(FIELD) \
  FIELD (DIRECTORY_STATION,    "station",    TEXT,   "Written by", "登记单位",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (DIRECTORY_CODE,       "code",       TEXT,   "Code",       "站点代码",  NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (DIRECTORY_NAME,       "name",       TEXT,   "Name",       "站名",     NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (DIRECTORY_REGION,     "region",     REGION, "Region",     "所在地区",  NULL, GUITU_DERIVED) \
  FIELD (DIRECTORY_ADDRESS,    "address",    TEXT,   "Address",    "地址",     NULL, GUITU_DERIVED) \
  FIELD (DIRECTORY_PHONE,      "phone",      TEXT,   "Phone",      "电话",     NULL, GUITU_DERIVED) \
  FIELD (DIRECTORY_COMPLAINTS, "complaints", TEXT,   "Complaints", "投诉电话",  NULL, GUITU_DERIVED) \
  FIELD (DIRECTORY_KEY,        "key",        TEXT,   "Key",        "公钥",     NULL, GUITU_DERIVED) \
  FIELD (DIRECTORY_BOX_KEY,    "box_key",    TEXT,   "Sealing key", "密封公钥", NULL, GUITU_DERIVED)

/* A desk that writes no more, stolen or retired, and where each of its chains ends: what goes beyond is refused. */
#define GUITU_DESK_END_FIELDS(FIELD) \
  FIELD (DESK_END_STATION, "station", TEXT,    "Station", "站点代码", NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (DESK_END_DESK,    "desk",    INTEGER, "Desk",    "登记台",   NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (DESK_END_CHAINS,  "chains",  TEXT,    "Ends at", "止于",    NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (DESK_END_AT,      "at",      TIME,    "At",      "时间",    NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (DESK_END_REASON,  "reason",  TEXT,    "Reason",  "原因",    NULL, GUITU_DERIVED)

/* That a station has new keys, because somebody may know the old ones: signed with the old key and with the
 * new one. The desks that go on, each with its certificate by the new key and, sealed for that desk, the new
 * secrets, are a JSON array. */
#define GUITU_ROTATION_FIELDS(FIELD) \
  FIELD (ROTATION_STATION, "station",  TEXT, "Station",     "站点代码",  NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (ROTATION_OLD_KEY, "old_key",  TEXT, "Old key",     "原公钥",   NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (ROTATION_KEY,     "key",      TEXT, "Key",         "公钥",     NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (ROTATION_BOX_KEY, "box_key",  TEXT, "Sealing key", "密封公钥",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (ROTATION_DESKS,   "desks",    TEXT, "Desks",       "登记台",   NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (ROTATION_AT,      "at",       TIME, "At",          "时间",     NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (ROTATION_BY_OLD,  "by_old",   TEXT, "Signed with the old key", "原公钥签名", NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (ROTATION_BY_NEW,  "by_new",   TEXT, "Signed with the new key", "新公钥签名", NULL, GUITU_REQUIRED | GUITU_DERIVED)

/* That somebody with a verified ID number stayed at a station: no name, the number as a keyed hash. */
#define GUITU_VISIT_MARK_FIELDS(FIELD) \
  FIELD (VISIT_MARK_STATION,    "station",    TEXT, "Station",    "救助站",   NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (VISIT_MARK_PERSON_KEY, "person_key", TEXT, "Person key", "身份标记",  NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (VISIT_MARK_ARRIVED_ON, "arrived_on", DATE, "Arrived on", "来站日期",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (VISIT_MARK_LEFT_ON,    "left_on",    DATE, "Left on",    "离站日期",  NULL, GUITU_DERIVED) \
  FIELD (VISIT_MARK_LEAVE_BY,   "leave_by",   CODE, "Left by",    "离站方式",  "leave_by", GUITU_DERIVED)

/* What one station writes to another, sealed: a person's hand-over file, the answer to it, what became of
 * somebody. The content is a JSON object whose members the subject decides. */
#define GUITU_LETTER_FIELDS(FIELD) \
  FIELD (LETTER_STATION,    "station",    TEXT,  "From",    "来文单位", NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (LETTER_TO_STATION, "to_station", TEXT,  "To",      "收文单位", NULL, GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (LETTER_SUBJECT,    "subject",    CODE,  "Subject", "事由",    "letter_subject", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (LETTER_ABOUT,      "about",      TEXT,  "About",   "关于",    NULL, GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (LETTER_CONTENT,    "content",    TEXT,  "Content", "内容",    NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (LETTER_PICTURE,    "picture",    BYTES, "Picture", "照片",    NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (LETTER_SENT_AT,    "sent_at",    TIME,  "Sent at", "发出时间", NULL, GUITU_REQUIRED | GUITU_DERIVED)
/* clang-format on */
