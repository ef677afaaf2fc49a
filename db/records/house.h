/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The house: rooms with their beds, what people leave in keeping, the round at night, and the
 * hand-over from one shift to the next (domain.md §2 S3, S6, S7; §9). */

/* clang-format off */
/* A bed is called by its room's name and its number: "101-3". */
#define GUITU_ROOM_FIELDS(FIELD) \
  FIELD (ROOM_NAME,        "name",        TEXT,    "Room",          "房间",     NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (ROOM_ZONE,        "zone",        CODE,    "Zone",          "分区",     "zone", GUITU_REQUIRED) \
  FIELD (ROOM_SEX,         "sex",         CODE,    "For",           "入住性别",  "sex", GUITU_PLAIN) \
  FIELD (ROOM_BEDS,        "beds",        INTEGER, "Beds",          "床位数",    NULL, GUITU_REQUIRED) \
  FIELD (ROOM_CLOSED_BEDS, "closed_beds", TEXT,    "Beds not in use", "停用床位", NULL, GUITU_PLAIN) \
  FIELD (ROOM_NOTE,        "note",        TEXT,    "Note",          "备注",     NULL, GUITU_PLAIN) \
  FIELD (ROOM_STATE,       "state",       CODE,    "State",         "状态",     "state", GUITU_DERIVED)

/* Amounts of money are whole fen. */
#define GUITU_BELONGING_FIELDS(FIELD) \
  FIELD (BELONGING_STAY,       "stay",        REFERENCE, "Stay",          "在站记录",  "stay", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (BELONGING_KIND,       "kind",        CODE,      "Kind",          "物品类别",  "belonging_kind", GUITU_REQUIRED) \
  FIELD (BELONGING_NAME,       "name",        TEXT,      "Item",          "物品名称",  NULL, GUITU_PERSONAL | GUITU_REQUIRED) \
  FIELD (BELONGING_COUNT,      "count",       INTEGER,   "Count",         "数量",     NULL, GUITU_PLAIN) \
  FIELD (BELONGING_FEATURES,   "features",    TEXT,      "Features",      "特征",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (BELONGING_AMOUNT_FEN, "amount_fen",  INTEGER,   "Amount (fen)",  "金额（分）", NULL, GUITU_PERSONAL) \
  FIELD (BELONGING_BAG,        "bag",         TEXT,      "Bag number",    "袋号",     NULL, GUITU_PLAIN) \
  FIELD (BELONGING_SEAL,       "seal",        TEXT,      "Seal number",   "封签号",    NULL, GUITU_PLAIN) \
  FIELD (BELONGING_PLACE,      "place",       TEXT,      "Kept at",       "存放位置",  NULL, GUITU_PLAIN) \
  FIELD (BELONGING_STATE,      "state",       CODE,      "Whereabouts",   "物品去向",  "belonging_state", GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (BELONGING_IN_AT,      "in_at",       TIME,      "Taken in at",   "寄存时间",  NULL, GUITU_DERIVED) \
  FIELD (BELONGING_IN_BY,      "in_by",       REFERENCE, "Taken in by",   "寄存经办人", "user", GUITU_DERIVED) \
  FIELD (BELONGING_IN_SECOND,  "in_second",   REFERENCE, "Second signature, in", "寄存复核人", "user", GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (BELONGING_IN_SIGN,    "in_sign",     CODE,      "Person's signature, in", "寄存本人签认", "signature", GUITU_PLAIN) \
  FIELD (BELONGING_OUT_AT,     "out_at",      TIME,      "Given out at",  "取回时间",  NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (BELONGING_OUT_BY,     "out_by",      REFERENCE, "Given out by",  "取回经办人", "user", GUITU_DERIVED) \
  FIELD (BELONGING_OUT_SECOND, "out_second",  REFERENCE, "Second signature, out", "取回复核人", "user", GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (BELONGING_OUT_TO,     "out_to",      TEXT,      "Given to",      "领取人",    NULL, GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (BELONGING_OUT_SIGN,   "out_sign",    CODE,      "Signature, out", "取回签认",  "signature", GUITU_DERIVED) \
  FIELD (BELONGING_NOTE,       "note",        TEXT,      "Note",          "备注",     NULL, GUITU_PERSONAL | GUITU_LONG)

/* `absent` holds the numbers of the stays whose person was not in their bed, one a line. */
#define GUITU_ROLL_CALL_FIELDS(FIELD) \
  FIELD (ROLL_CALL_AT,       "at",       TIME,      "At",       "时间",   NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (ROLL_CALL_BY,       "by",       REFERENCE, "By",       "查房人", "user", GUITU_DERIVED) \
  FIELD (ROLL_CALL_EXPECTED, "expected", INTEGER,   "Expected", "应到",   NULL, GUITU_DERIVED) \
  FIELD (ROLL_CALL_PRESENT,  "present",  INTEGER,   "Present",  "实到",   NULL, GUITU_DERIVED) \
  FIELD (ROLL_CALL_ABSENT,   "absent",   TEXT,      "Not there", "未到",  NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (ROLL_CALL_ZONE,     "zone",     CODE,      "Zone",     "分区",   "zone", GUITU_PLAIN) \
  FIELD (ROLL_CALL_NOTE,     "note",     TEXT,      "Note",     "备注",   NULL, GUITU_LONG)

/* `open_items` is what was open when the shift was handed over, as JSON: what both sides signed. */
#define GUITU_SHIFT_FIELDS(FIELD) \
  FIELD (SHIFT_FROM_AT,    "from_at",    TIME,      "From",        "接班时间",  NULL, GUITU_DERIVED) \
  FIELD (SHIFT_HANDED_AT,  "handed_at",  TIME,      "Handed over", "交班时间",  NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (SHIFT_HANDED_BY,  "handed_by",  REFERENCE, "Handed over by", "交班人", "user", GUITU_DERIVED) \
  FIELD (SHIFT_TAKEN_AT,   "taken_at",   TIME,      "Taken over",  "接班签认时间", NULL, GUITU_DERIVED | GUITU_OPEN_INDEX) \
  FIELD (SHIFT_TAKEN_BY,   "taken_by",   REFERENCE, "Taken over by", "接班人",  "user", GUITU_DERIVED) \
  FIELD (SHIFT_IN_HOUSE,   "in_house",   INTEGER,   "In the house", "在站人数", NULL, GUITU_DERIVED) \
  FIELD (SHIFT_NOTE,       "note",       TEXT,      "To be watched", "重点交代", NULL, GUITU_LONG) \
  FIELD (SHIFT_REPLY,      "reply",      TEXT,      "Remarks on taking over", "接班意见", NULL, GUITU_LONG) \
  FIELD (SHIFT_OPEN_ITEMS, "open_items", TEXT,      "Open",        "未办事项",  NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED)
/* clang-format on */
