/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One episode of help: from the door to the way out (design.md §10, domain.md §2). */

/* clang-format off */
#define GUITU_STAY_FIELDS(FIELD) \
  FIELD (STAY_NUMBER,          "number",          TEXT,      "Number",            "本站编号",   NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (STAY_PERSON,          "person",          REFERENCE, "Person",            "求助人",    "person", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (STAY_CAME_BY,         "came_by",         CODE,      "Came by",           "来站方式",   "came_by", GUITU_REQUIRED) \
  FIELD (STAY_BROUGHT_BY,      "brought_by",      TEXT,      "Brought by",        "护送单位及人员", NULL, GUITU_PERSONAL) \
  FIELD (STAY_REASON,          "reason",          CODE,      "Reason",            "求助原因",   "reason", GUITU_PLAIN) \
  FIELD (STAY_FOUND_PLACE,     "found_place",     TEXT,      "Found at",          "发现地点",   NULL, GUITU_PERSONAL) \
  FIELD (STAY_ARRIVED_AT,      "arrived_at",      TIME,      "Arrived at",        "来站时间",   NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (STAY_REQUEST,         "request",         TEXT,      "Asks for",          "求助需求",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (STAY_BELONGINGS,      "belongings",      TEXT,      "Belongings",        "随身物品",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (STAY_CLOTHING,        "clothing",        TEXT,      "Clothing",          "衣着",      NULL, GUITU_PERSONAL) \
  FIELD (STAY_WANTS_IN,        "wants_in",        CODE,      "Wants to come in",  "愿意入站",   "yes_no", GUITU_PLAIN) \
  FIELD (STAY_GIVEN,           "given",           TEXT,      "Given outside the station", "发放物资", NULL, GUITU_LONG) \
  FIELD (STAY_FIRST_LOOK,      "first_look",      TEXT,      "First look",        "检视情况",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (STAY_SECURITY_CHECK,  "security_check",  TEXT,      "Security check",    "安检结果",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (STAY_SOCIAL_SECURITY, "social_security", CODE,      "Social security",   "享受社会保障情况", "social_security", GUITU_PERSONAL) \
  FIELD (STAY_DECISION,        "decision",        CODE,      "Decision",          "甄别决定",   "decision", GUITU_PLAIN) \
  FIELD (STAY_GROUND,          "ground",          TEXT,      "Ground",            "依据和理由",  NULL, GUITU_LONG) \
  FIELD (STAY_LEGAL_GROUND,    "legal_ground",    CODE,      "Legal ground",      "法定情形",   "legal_ground", GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (STAY_PROPOSAL,        "proposal",        CODE,      "Proposed",          "拟作决定",   "proposal", GUITU_DERIVED) \
  FIELD (STAY_PROPOSED_BY,     "proposed_by",     REFERENCE, "Proposed by",       "提出人",    "user", GUITU_DERIVED) \
  FIELD (STAY_PROPOSED_AT,     "proposed_at",     TIME,      "Proposed at",       "提出时间",   NULL, GUITU_DERIVED) \
  FIELD (STAY_DECIDED_AT,      "decided_at",      TIME,      "Decided at",        "决定时间",   NULL, GUITU_DERIVED) \
  FIELD (STAY_DECIDED_BY,      "decided_by",      REFERENCE, "Decided by",        "经办人",    "user", GUITU_DERIVED) \
  FIELD (STAY_REVIEWED_BY,     "reviewed_by",     REFERENCE, "Reviewed by",       "复核人",    "user", GUITU_DERIVED) \
  FIELD (STAY_REVIEWED_AT,     "reviewed_at",     TIME,      "Reviewed at",       "复核时间",   NULL, GUITU_DERIVED) \
  FIELD (STAY_REVIEW_NOTE,     "review_note",     TEXT,      "Review",            "复核意见",   NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (STAY_SERVED_AT,       "served_at",       TIME,      "Notice served at",  "通知书送达时间", NULL, GUITU_DERIVED) \
  FIELD (STAY_SERVED_HOW,      "served_how",      CODE,      "How served",        "送达方式",   "signature", GUITU_DERIVED) \
  FIELD (STAY_SERVED_WITNESS,  "served_witness",  TEXT,      "Witnesses of service", "送达见证人", NULL, GUITU_DERIVED) \
  FIELD (STAY_ADMITTED_AT,     "admitted_at",     TIME,      "Admitted at",       "入站时间",   NULL, GUITU_PLAIN) \
  FIELD (STAY_DUE_ON,          "due_on",          DATE,      "Due on",            "救助期限至",  NULL, GUITU_DERIVED) \
  FIELD (STAY_BED,             "bed",             TEXT,      "Bed",               "床位",      NULL, GUITU_PLAIN) \
  FIELD (STAY_FAMILY,          "family",          TEXT,      "Family",            "家庭组",    NULL, GUITU_PLAIN) \
  FIELD (STAY_WHERE,           "where",           CODE,      "Where now",         "现在何处",   "where", GUITU_DERIVED) \
  FIELD (STAY_WHERE_UNTIL,     "where_until",     TIME,      "Until",             "预计返站时间", NULL, GUITU_DERIVED) \
  FIELD (STAY_CARE,            "care",            CODE,      "Care of the stranded", "滞留照料方式", "care", GUITU_PLAIN) \
  FIELD (STAY_LEFT_AT,         "left_at",         TIME,      "Left at",           "离站时间",   NULL, GUITU_INDEXED | GUITU_OPEN_INDEX) \
  FIELD (STAY_LEAVE_BY,        "leave_by",        CODE,      "Left by",           "离站方式",   "leave_by", GUITU_INDEXED) \
  FIELD (STAY_DESTINATION,     "destination",     REGION,    "Destination",       "去向",      NULL, GUITU_PERSONAL) \
  FIELD (STAY_RECEIVED_BY,     "received_by",     TEXT,      "Received by",       "接收人/单位", NULL, GUITU_PERSONAL) \
  FIELD (STAY_RECEIVER_KINSHIP, "receiver_kinship", CODE,    "Kinship of who receives", "接领人关系", "kinship", GUITU_PERSONAL) \
  FIELD (STAY_RECEIVER_ID,     "receiver_id",     TEXT,      "ID number of who receives", "接领人证件号码", NULL, GUITU_PERSONAL | GUITU_MASKED) \
  FIELD (STAY_RECEIVER_PHONE,  "receiver_phone",  TEXT,      "Phone of who receives", "接领人电话", NULL, GUITU_PERSONAL) \
  FIELD (STAY_RECEIVER_PROOF,  "receiver_proof",  TEXT,      "Proof of kinship",  "关系证明",   NULL, GUITU_PERSONAL) \
  FIELD (STAY_GUARDIAN_CHECK,  "guardian_check",  TEXT,      "Check of the guardian", "监护核实评估", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (STAY_SEARCH_ACTIONS,  "search_actions",  TEXT,      "Searched",          "查找经过",   NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (STAY_CCTV,            "cctv",            TEXT,      "CCTV reference",    "监控录像编号", NULL, GUITU_PLAIN) \
  FIELD (STAY_POLICE_REPORT,   "police_report",   TEXT,      "Report to the police", "报警回执",  NULL, GUITU_PLAIN) \
  FIELD (STAY_DEATH_CERTIFICATE, "death_certificate", TEXT,  "Death certificate", "死亡证明编号", NULL, GUITU_PLAIN) \
  FIELD (STAY_RELEASED_BY,     "released_by",     REFERENCE, "Released by",       "离站经办人",  "user", GUITU_DERIVED)

#define GUITU_EVENT_FIELDS(FIELD) \
  FIELD (EVENT_STAY,    "stay",    REFERENCE, "Stay",    "在站记录", "stay", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (EVENT_KIND,    "kind",    CODE,      "Kind",    "事项",    "event_kind", GUITU_REQUIRED) \
  FIELD (EVENT_AT,      "at",      TIME,      "At",      "时间",    NULL, GUITU_INDEXED) \
  FIELD (EVENT_TEXT,    "text",    TEXT,      "Text",    "内容",    NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (EVENT_UNTIL,   "until",   TIME,      "Until",   "至",      NULL, GUITU_PLAIN) \
  FIELD (EVENT_FILED,   "filed",   TEXT,      "Filed as", "备案文号", NULL, GUITU_PLAIN) \
  FIELD (EVENT_SECOND,  "second",  REFERENCE, "Second person", "第二经办人", "user", GUITU_DERIVED) \
  FIELD (EVENT_BY,      "by",      REFERENCE, "By",      "经办人",  "user", GUITU_DERIVED) \
  FIELD (EVENT_WITNESS, "witness", TEXT,      "Witness", "见证人",  NULL, GUITU_PERSONAL)

#define GUITU_TRANSFER_FIELDS(FIELD) \
  FIELD (TRANSFER_KIND,           "kind",           CODE,      "Kind",             "返乡方式",     "transfer_kind", GUITU_REQUIRED) \
  FIELD (TRANSFER_STAY,           "stay",           REFERENCE, "Stay",             "在站记录",     "stay", GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (TRANSFER_TO_STATION,     "to_station",     TEXT,      "To station",       "接收单位",     NULL, GUITU_PLAIN) \
  FIELD (TRANSFER_TO_REGION,      "to_region",      REGION,    "To region",        "目的地",      NULL, GUITU_PERSONAL) \
  FIELD (TRANSFER_RECEIVER,       "receiver",       TEXT,      "Receiver",         "接收联系人及电话", NULL, GUITU_PERSONAL) \
  FIELD (TRANSFER_PLAN,           "plan",           TEXT,      "Plan",             "护送方案",     NULL, GUITU_LONG) \
  FIELD (TRANSFER_ESCORTS,        "escorts",        TEXT,      "Escorts",          "护送人员",     NULL, GUITU_PLAIN) \
  FIELD (TRANSFER_DEPARTS_AT,     "departs_at",     TIME,      "Departs at",       "出发时间",     NULL, GUITU_PLAIN) \
  FIELD (TRANSFER_ROUTE,          "route",          TEXT,      "Route",            "路线车次",     NULL, GUITU_LONG) \
  FIELD (TRANSFER_MEDICINES,      "medicines",      TEXT,      "Medicines",        "随带药品及用药交代", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (TRANSFER_HEALTH_NOTES,   "health_notes",   TEXT,      "Health notes",     "健康交代",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (TRANSFER_LUGGAGE,        "luggage",        TEXT,      "Luggage",          "物品清单",     NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (TRANSFER_DOCUMENTS,      "documents",      TEXT,      "Papers along",     "随附材料",     NULL, GUITU_LONG) \
  FIELD (TRANSFER_STATE,          "state",          CODE,      "State",            "状态",        "transfer_state", GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (TRANSFER_HANDED_OVER_AT, "handed_over_at", TIME,      "Handed over at",   "交接时间",     NULL, GUITU_PLAIN) \
  FIELD (TRANSFER_ACCEPTED_BY,    "accepted_by",    TEXT,      "Accepted by",      "接收人",      NULL, GUITU_PERSONAL) \
  FIELD (TRANSFER_RECEIPT,        "receipt",        TEXT,      "Receipt",          "回执",        NULL, GUITU_DERIVED) \
  FIELD (TRANSFER_REASON,         "reason",         TEXT,      "Reason",           "护送（转送）事由", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (TRANSFER_ARRIVES_AT,     "arrives_at",     TIME,      "Expected arrival", "预计到达时间",  NULL, GUITU_PLAIN) \
  FIELD (TRANSFER_RISK,           "risk",           CODE,      "Risk",             "风险等级",     "risk_level", GUITU_PERSONAL) \
  FIELD (TRANSFER_MEASURES,       "measures",       TEXT,      "Measures against the risk", "风险防范措施", NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (TRANSFER_EMERGENCY,      "emergency",      TEXT,      "Departs without approval because", "紧急出发理由", NULL, GUITU_LONG) \
  FIELD (TRANSFER_EXCEPTION,      "exception",      TEXT,      "Exception to the rules because", "例外理由", NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (TRANSFER_EXCEPTION_BY,   "exception_by",   REFERENCE, "Exception signed by", "例外复核人", "user", GUITU_DERIVED) \
  FIELD (TRANSFER_PLANNED_BY,     "planned_by",     REFERENCE, "Planned by",       "拟定人",      "user", GUITU_DERIVED) \
  FIELD (TRANSFER_APPROVED_BY,    "approved_by",    REFERENCE, "Approved by",      "审批人",      "user", GUITU_DERIVED) \
  FIELD (TRANSFER_APPROVED_AT,    "approved_at",    TIME,      "Approved at",      "审批时间",     NULL, GUITU_DERIVED) \
  FIELD (TRANSFER_APPROVAL_NOTE,  "approval_note",  TEXT,      "Leader's opinion", "审批意见",     NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (TRANSFER_HANDED_OVER_TO, "handed_over_to", TEXT,      "Handed over to",   "交接对象",     NULL, GUITU_PERSONAL) \
  FIELD (TRANSFER_HANDED_OVER_PLACE, "handed_over_place", TEXT, "Handed over at the place", "交接地点", NULL, GUITU_PERSONAL) \
  FIELD (TRANSFER_ACCEPTED_AT,    "accepted_at",    TIME,      "Accepted at",      "接收时间",     NULL, GUITU_DERIVED) \
  FIELD (TRANSFER_REFUSAL,        "refusal",        CODE,      "Not accepted because", "拒收事由",  "hand_over_refusal", GUITU_DERIVED) \
  FIELD (TRANSFER_OUTCOME,        "outcome",        TEXT,      "Answer of the receiver", "接收单位意见", NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (TRANSFER_DIFFERENCES,    "differences",    TEXT,      "Differences of the belongings", "物品差异", NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (TRANSFER_CLOSED_AT,      "closed_at",      TIME,      "Closed at",        "办结时间",     NULL, GUITU_DERIVED | GUITU_OPEN_INDEX)

/* Who goes along: one of the station, or a name from outside. */
#define GUITU_ESCORT_FIELDS(FIELD) \
  FIELD (ESCORT_TRANSFER, "transfer", REFERENCE, "Transfer", "护送（转送）", "transfer", GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (ESCORT_USER,     "user",     REFERENCE, "User",     "工作人员",    "user", GUITU_DERIVED) \
  FIELD (ESCORT_NAME,     "name",     TEXT,      "Name",     "姓名",       NULL, GUITU_REQUIRED) \
  FIELD (ESCORT_SEX,      "sex",      CODE,      "Sex",      "性别",       "sex", GUITU_PLAIN) \
  FIELD (ESCORT_PHONE,    "phone",    TEXT,      "Phone",    "联系电话",    NULL, GUITU_PLAIN) \
  FIELD (ESCORT_ROLE,     "role",     CODE,      "Task on the way", "护送分工", "escort_role", GUITU_PLAIN)

/* A place on the way, or what happened there. An escort works from paper and may enter it later, with
 * its own time. Where one changes, the person is told name, address and telephone of the rescue station
 * there (规程). Amounts are whole fen. */
#define GUITU_WAYPOINT_FIELDS(FIELD) \
  FIELD (WAYPOINT_TRANSFER,   "transfer",   REFERENCE, "Transfer",  "护送（转送）", "transfer", GUITU_REQUIRED | GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (WAYPOINT_POSITION,   "position",   INTEGER,   "Position",  "序号",       NULL, GUITU_DERIVED) \
  FIELD (WAYPOINT_KIND,       "kind",       CODE,      "Kind",      "事项",       "waypoint_kind", GUITU_REQUIRED) \
  FIELD (WAYPOINT_PLACE,      "place",      TEXT,      "Place",     "地点",       NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_STATION,    "station",    TEXT,      "Rescue station there", "中转地救助机构", NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_PLANNED_AT, "planned_at", TIME,      "Planned at", "计划时间",   NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_CARRIER,    "carrier",    TEXT,      "Train, bus or car", "车次（车牌）", NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_TICKET,     "ticket",     TEXT,      "Ticket number", "票号",    NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_PRICE_FEN,  "price_fen",  INTEGER,   "Price (fen)", "票价（分）", NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_SPECIAL,    "special",    CODE,      "Special ticket", "专用车票", "yes_no", GUITU_PLAIN) \
  FIELD (WAYPOINT_PASSED_AT,  "passed_at",  TIME,      "Passed at", "实际时间",    NULL, GUITU_PLAIN) \
  FIELD (WAYPOINT_TEXT,       "text",       TEXT,      "Text",      "情况",       NULL, GUITU_PERSONAL | GUITU_LONG) \
  FIELD (WAYPOINT_BY,         "by",         REFERENCE, "By",        "记录人",     "user", GUITU_DERIVED)

/* What this station answered to another one that brought somebody: to its letter, to its paper, or to
 * both. `sealed` names the paper by number and seal; the desk that accepted fills in the file when the
 * letter comes after the paper. */
#define GUITU_INCOMING_FIELDS(FIELD) \
  FIELD (INCOMING_FROM_STATION, "from_station", TEXT,      "From",     "移交单位",  NULL, GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (INCOMING_LETTER,       "letter",       TEXT,      "Hand-over file", "移交档案", NULL, GUITU_INDEXED | GUITU_OPEN_INDEX | GUITU_DERIVED) \
  FIELD (INCOMING_SEALED,       "sealed",       TEXT,      "Paper",    "移交文书",  NULL, GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (INCOMING_ABOUT,        "about",        TEXT,      "Their transfer", "对方护送记录", NULL, GUITU_DERIVED) \
  FIELD (INCOMING_STATE,        "state",        CODE,      "State",    "状态",     "transfer_state", GUITU_REQUIRED | GUITU_DERIVED) \
  FIELD (INCOMING_STAY,         "stay",         REFERENCE, "Stay",     "在站记录",  "stay", GUITU_INDEXED | GUITU_DERIVED) \
  FIELD (INCOMING_REFUSAL,      "refusal",      CODE,      "Not accepted because", "拒收事由", "hand_over_refusal", GUITU_DERIVED) \
  FIELD (INCOMING_REASON,       "reason",       TEXT,      "Reason",   "理由",     NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (INCOMING_DIFFERENCES,  "differences",  TEXT,      "Differences of the belongings", "物品差异", NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (INCOMING_HANDED_BY,    "handed_by",    TEXT,      "Brought by", "移交人",  NULL, GUITU_DERIVED) \
  FIELD (INCOMING_RECEIPT,      "receipt",      TEXT,      "Receipt",  "接收回执",  NULL, GUITU_DERIVED) \
  FIELD (INCOMING_AT,           "at",           TIME,      "At",       "时间",     NULL, GUITU_DERIVED) \
  FIELD (INCOMING_BY,           "by",           REFERENCE, "By",       "经办人",    "user", GUITU_DERIVED) \
  FIELD (INCOMING_DESK,         "desk",         INTEGER,   "Desk",     "登记台",    NULL, GUITU_DERIVED) \
  FIELD (INCOMING_FILLED_AT,    "filled_at",    TIME,      "File filled in at", "档案补录时间", NULL, GUITU_DERIVED)

#define GUITU_PAPER_FIELDS(FIELD) \
  FIELD (PAPER_NUMBER,     "number",     TEXT,      "Number",     "编号",     NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (PAPER_KIND,       "kind",       TEXT,      "Kind",       "文书种类",  NULL, GUITU_REQUIRED | GUITU_INDEXED) \
  FIELD (PAPER_STAY,       "stay",       REFERENCE, "Stay",       "在站记录",  "stay", GUITU_INDEXED) \
  FIELD (PAPER_TRANSFER,   "transfer",   REFERENCE, "Transfer",   "护送（转送）", "transfer", GUITU_INDEXED) \
  FIELD (PAPER_FIELDS,     "fields",     TEXT,      "Fields",     "所印内容",  NULL, GUITU_PERSONAL | GUITU_LONG | GUITU_DERIVED) \
  FIELD (PAPER_PHOTO,      "photo",      REFERENCE, "Photo",      "照片",     "file", GUITU_PERSONAL | GUITU_DERIVED) \
  FIELD (PAPER_SEQUENCE,   "sequence",   INTEGER,   "Printing",   "印次",     NULL, GUITU_DERIVED) \
  FIELD (PAPER_STATE,      "state",      CODE,      "State",      "状态",     "paper_state", GUITU_DERIVED) \
  FIELD (PAPER_REASON,     "reason",     TEXT,      "Reason",     "作废原因",  NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (PAPER_SEAL,       "seal",       TEXT,      "Seal",       "电子封签",  NULL, GUITU_DERIVED) \
  FIELD (PAPER_ISSUED_BY,  "issued_by",  REFERENCE, "Issued by",  "签发人",   "user", GUITU_DERIVED) \
  FIELD (PAPER_ISSUED_AT,  "issued_at",  TIME,      "Issued at",  "签发时间",  NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (PAPER_EXPIRES_AT, "expires_at", TIME,      "Expires at", "有效期至",  NULL, GUITU_DERIVED) \
  FIELD (PAPER_SHIFT,      "shift",      REFERENCE, "Shift",      "班次",     "shift", GUITU_INDEXED) \
  FIELD (PAPER_ANSWERS,    "answers",    TEXT,      "Answers",    "所回执文书", NULL, GUITU_DERIVED | GUITU_INDEXED) \
  FIELD (PAPER_RECEIPT,    "receipt",    TEXT,      "Receipt",    "回执封签",  NULL, GUITU_LONG | GUITU_DERIVED) \
  FIELD (PAPER_USED_AT,    "used_at",    TIME,      "Used at",    "使用时间",  NULL, GUITU_DERIVED)
/* clang-format on */
