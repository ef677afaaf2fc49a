/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/records.h"

#include <string.h>

#define AS_FIELD(id, column, kind, english_label, chinese_label, list, field_flags) \
  { column, GUITU_FIELD_##kind, english_label, chinese_label, list, field_flags },

#define DECLARE_KIND(symbol, table, fields_macro, kind_scope, english_label, chinese_label, setting) \
  static const GuituField symbol##_fields[] = { fields_macro (AS_FIELD) GUITU_VOIDED_FIELD };        \
  const GuituKind guitu_kind_##symbol = {                                                            \
    table, GUITU_SCOPE_##kind_scope, english_label, chinese_label,                                   \
    symbol##_fields, G_N_ELEMENTS (symbol##_fields), setting                                         \
  };

/* clang-format off */
DECLARE_KIND (station,    "station",    GUITU_STATION_FIELDS,    STATION, "Station",    "救助管理站", TRUE)
DECLARE_KIND (user,       "user",       GUITU_USER_FIELDS,       STATION, "User",       "用户", FALSE)
DECLARE_KIND (access,     "access",     GUITU_ACCESS_FIELDS,     STATION, "Access",     "查阅记录", FALSE)
DECLARE_KIND (file,       "file",       GUITU_FILE_FIELDS,       STATION, "File",       "附件", FALSE)
DECLARE_KIND (person,     "person",     GUITU_PERSON_FIELDS,     STATION, "Person",     "求助人", FALSE)
DECLARE_KIND (statement,  "statement",  GUITU_STATEMENT_FIELDS,  STATION, "Statement",  "自述", FALSE)
DECLARE_KIND (stay,       "stay",       GUITU_STAY_FIELDS,       STATION, "Stay",       "在站记录", FALSE)
DECLARE_KIND (event,      "event",      GUITU_EVENT_FIELDS,      STATION, "Event",      "服务与事件", FALSE)
DECLARE_KIND (transfer,   "transfer",   GUITU_TRANSFER_FIELDS,   STATION, "Transfer",   "护送（转送）", FALSE)
DECLARE_KIND (escort, "escort", GUITU_ESCORT_FIELDS, STATION, "Escort", "护送人员", FALSE)
DECLARE_KIND (waypoint, "waypoint", GUITU_WAYPOINT_FIELDS, STATION, "Waypoint", "护送途中记录", FALSE)
DECLARE_KIND (incoming, "incoming", GUITU_INCOMING_FIELDS, STATION, "Arrival from another station", "外站移交接收", FALSE)
DECLARE_KIND (paper,      "paper",      GUITU_PAPER_FIELDS,      STATION, "Paper",      "文书", FALSE)
DECLARE_KIND (paper_mark, "paper_mark", GUITU_PAPER_MARK_FIELDS, SHARED,  "Paper mark", "文书失效标记", FALSE)
DECLARE_KIND (kin, "kin", GUITU_KIN_FIELDS, STATION, "Kin", "亲属", FALSE)
DECLARE_KIND (person_link, "person_link", GUITU_PERSON_LINK_FIELDS, STATION, "Link of two records", "同一人认定", FALSE)
DECLARE_KIND (relation, "relation", GUITU_RELATION_FIELDS, STATION, "Declared relation", "近亲属备案", FALSE)
DECLARE_KIND (room, "room", GUITU_ROOM_FIELDS, STATION, "Room", "房间", FALSE)
DECLARE_KIND (belonging, "belonging", GUITU_BELONGING_FIELDS, STATION, "Belonging", "寄存物品", FALSE)
DECLARE_KIND (roll_call, "roll_call", GUITU_ROLL_CALL_FIELDS, STATION, "Roll call", "查房点名", FALSE)
DECLARE_KIND (shift, "shift", GUITU_SHIFT_FIELDS, STATION, "Shift", "交接班", FALSE)
DECLARE_KIND (task, "task", GUITU_TASK_FIELDS, STATION, "Task", "待办事项", FALSE)
DECLARE_KIND (referral, "referral", GUITU_REFERRAL_FIELDS, STATION, "Referral", "转介", FALSE)
DECLARE_KIND (follow_up, "follow_up", GUITU_FOLLOW_UP_FIELDS, STATION, "Follow-up", "回访", FALSE)
DECLARE_KIND (rule, "rule", GUITU_RULE_FIELDS, STATION, "Rule", "规则", TRUE)
DECLARE_KIND (calendar_day, "calendar_day", GUITU_CALENDAR_DAY_FIELDS, STATION, "Calendar day", "日历", TRUE)
DECLARE_KIND (local_code, "local_code", GUITU_LOCAL_CODE_FIELDS, STATION, "Local code", "本站代码", TRUE)
DECLARE_KIND (network, "network", GUITU_NETWORK_FIELDS, STATION, "Network", "协作网", TRUE)
DECLARE_KIND (hub_login, "hub_login", GUITU_HUB_LOGIN_FIELDS, STATION, "Log-in at the hub", "中转登录", FALSE)
DECLARE_KIND (directory, "directory", GUITU_DIRECTORY_FIELDS, SHARED, "Directory entry", "站点名录", TRUE)
DECLARE_KIND (rotation, "rotation", GUITU_ROTATION_FIELDS, SHARED, "New keys of a station", "站点换钥", FALSE)
DECLARE_KIND (desk_end, "desk_end", GUITU_DESK_END_FIELDS, SHARED, "End of a desk", "登记台停用", FALSE)
DECLARE_KIND (visit_mark, "visit_mark", GUITU_VISIT_MARK_FIELDS, SHARED, "Visit mark", "求助标记", FALSE)
DECLARE_KIND (letter, "letter", GUITU_LETTER_FIELDS, MAILBOX, "Letter", "站间公函", FALSE)
DECLARE_KIND (blacklist, "blacklist", GUITU_BLACKLIST_FIELDS, STATION, "Entry of the list with its file", "名单档案", FALSE)
DECLARE_KIND (listing, "listing", GUITU_LISTING_FIELDS, SHARED, "Entry of the list", "名单条目", FALSE)
DECLARE_KIND (dissent, "dissent", GUITU_DISSENT_FIELDS, SHARED, "Dissent", "不同意见", FALSE)
DECLARE_KIND (case, "case", GUITU_CASE_FIELDS, STATION, "Case", "寻亲案件", FALSE)
DECLARE_KIND (case_member, "case_member", GUITU_CASE_MEMBER_FIELDS, STATION, "Caseworker of a case", "协办人", FALSE)
DECLARE_KIND (case_note, "case_note", GUITU_CASE_NOTE_FIELDS, STATION, "Note of a case", "寻亲案件记事", FALSE)
DECLARE_KIND (clue, "clue", GUITU_CLUE_FIELDS, STATION, "Clue", "线索", FALSE)
DECLARE_KIND (inquiry, "inquiry", GUITU_INQUIRY_FIELDS, STATION, "Inquiry", "查询登记", FALSE)
DECLARE_KIND (missing, "missing", GUITU_MISSING_FIELDS, STATION, "Missing report", "报失登记", FALSE)
DECLARE_KIND (sought, "sought", GUITU_SOUGHT_FIELDS, SHARED, "Somebody missing, from another station", "协查寻人信息", FALSE)
DECLARE_KIND (notice, "notice", GUITU_NOTICE_FIELDS, STATION, "Notice", "寻亲公告", FALSE)
DECLARE_KIND (notice_channel, "notice_channel", GUITU_NOTICE_CHANNEL_FIELDS, STATION, "Place of a notice", "公告发布渠道", FALSE)
DECLARE_KIND (posting, "posting", GUITU_POSTING_FIELDS, SHARED, "Notice of another station", "共享寻亲公告", FALSE)
DECLARE_KIND (finding, "finding", GUITU_FINDING_FIELDS, STATION, "Possible match", "比对结果", FALSE)
/* clang-format on */

static const GuituKind *const kinds[] = {
  &guitu_kind_station,
  &guitu_kind_user,
  &guitu_kind_access,
  &guitu_kind_file,
  &guitu_kind_person,
  &guitu_kind_statement,
  &guitu_kind_stay,
  &guitu_kind_event,
  &guitu_kind_transfer,
  &guitu_kind_escort,
  &guitu_kind_waypoint,
  &guitu_kind_incoming,
  &guitu_kind_paper,
  &guitu_kind_paper_mark,
  &guitu_kind_kin,
  &guitu_kind_person_link,
  &guitu_kind_relation,
  &guitu_kind_room,
  &guitu_kind_belonging,
  &guitu_kind_roll_call,
  &guitu_kind_shift,
  &guitu_kind_task,
  &guitu_kind_referral,
  &guitu_kind_follow_up,
  &guitu_kind_rule,
  &guitu_kind_calendar_day,
  &guitu_kind_local_code,
  &guitu_kind_network,
  &guitu_kind_hub_login,
  &guitu_kind_directory,
  &guitu_kind_desk_end,
  &guitu_kind_rotation,
  &guitu_kind_visit_mark,
  &guitu_kind_letter,
  &guitu_kind_blacklist,
  &guitu_kind_listing,
  &guitu_kind_dissent,
  &guitu_kind_case,
  &guitu_kind_case_member,
  &guitu_kind_case_note,
  &guitu_kind_clue,
  &guitu_kind_inquiry,
  &guitu_kind_missing,
  &guitu_kind_sought,
  &guitu_kind_notice,
  &guitu_kind_notice_channel,
  &guitu_kind_posting,
  &guitu_kind_finding,
  NULL,
};

const GuituKind *const *
guitu_kinds (void)
{
  return kinds;
}

const GuituKind *
guitu_kind_find (const char *name)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (strcmp (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}

int
guitu_kind_field (const GuituKind *kind,
                  const char *name)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return i;
  return -1;
}
