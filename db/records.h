/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The record kinds and the positions of their fields, from the declarations in db/records/.
 * Adding a field: one line there, and GUITU_SCHEMA_VERSION up by one in db/schema.c. */

#include "db/field.h"
#include "db/records/duty.h"
#include "db/records/house.h"
#include "db/records/list.h"
#include "db/records/person.h"
#include "db/records/setting.h"
#include "db/records/sharing.h"
#include "db/records/station.h"
#include "db/records/stay.h"
#include "db/records/tracing.h"

G_BEGIN_DECLS

#define GUITU_FIELD_POSITION(id, ...) GUITU_##id,

/* clang-format off */
enum { GUITU_STATION_FIELDS (GUITU_FIELD_POSITION) GUITU_STATION_VOIDED };
enum { GUITU_USER_FIELDS (GUITU_FIELD_POSITION) GUITU_USER_VOIDED };
enum { GUITU_ACCESS_FIELDS (GUITU_FIELD_POSITION) GUITU_ACCESS_VOIDED };
enum { GUITU_FILE_FIELDS (GUITU_FIELD_POSITION) GUITU_FILE_VOIDED };
enum { GUITU_PERSON_FIELDS (GUITU_FIELD_POSITION) GUITU_PERSON_VOIDED };
enum { GUITU_STATEMENT_FIELDS (GUITU_FIELD_POSITION) GUITU_STATEMENT_VOIDED };
enum { GUITU_STAY_FIELDS (GUITU_FIELD_POSITION) GUITU_STAY_VOIDED };
enum { GUITU_EVENT_FIELDS (GUITU_FIELD_POSITION) GUITU_EVENT_VOIDED };
enum { GUITU_TRANSFER_FIELDS (GUITU_FIELD_POSITION) GUITU_TRANSFER_VOIDED };
enum { GUITU_ESCORT_FIELDS (GUITU_FIELD_POSITION) GUITU_ESCORT_VOIDED };
enum { GUITU_WAYPOINT_FIELDS (GUITU_FIELD_POSITION) GUITU_WAYPOINT_VOIDED };
enum { GUITU_INCOMING_FIELDS (GUITU_FIELD_POSITION) GUITU_INCOMING_VOIDED };
enum { GUITU_PAPER_FIELDS (GUITU_FIELD_POSITION) GUITU_PAPER_VOIDED };
enum { GUITU_PAPER_MARK_FIELDS (GUITU_FIELD_POSITION) GUITU_PAPER_MARK_VOIDED };
enum { GUITU_KIN_FIELDS (GUITU_FIELD_POSITION) GUITU_KIN_VOIDED };
enum { GUITU_PERSON_LINK_FIELDS (GUITU_FIELD_POSITION) GUITU_PERSON_LINK_VOIDED };
enum { GUITU_RELATION_FIELDS (GUITU_FIELD_POSITION) GUITU_RELATION_VOIDED };
enum { GUITU_ROOM_FIELDS (GUITU_FIELD_POSITION) GUITU_ROOM_VOIDED };
enum { GUITU_BELONGING_FIELDS (GUITU_FIELD_POSITION) GUITU_BELONGING_VOIDED };
enum { GUITU_ROLL_CALL_FIELDS (GUITU_FIELD_POSITION) GUITU_ROLL_CALL_VOIDED };
enum { GUITU_SHIFT_FIELDS (GUITU_FIELD_POSITION) GUITU_SHIFT_VOIDED };
enum { GUITU_TASK_FIELDS (GUITU_FIELD_POSITION) GUITU_TASK_VOIDED };
enum { GUITU_REFERRAL_FIELDS (GUITU_FIELD_POSITION) GUITU_REFERRAL_VOIDED };
enum { GUITU_FOLLOW_UP_FIELDS (GUITU_FIELD_POSITION) GUITU_FOLLOW_UP_VOIDED };
enum { GUITU_RULE_FIELDS (GUITU_FIELD_POSITION) GUITU_RULE_VOIDED };
enum { GUITU_CALENDAR_DAY_FIELDS (GUITU_FIELD_POSITION) GUITU_CALENDAR_DAY_VOIDED };
enum { GUITU_LOCAL_CODE_FIELDS (GUITU_FIELD_POSITION) GUITU_LOCAL_CODE_VOIDED };
enum { GUITU_NETWORK_FIELDS (GUITU_FIELD_POSITION) GUITU_NETWORK_VOIDED };
enum { GUITU_HUB_LOGIN_FIELDS (GUITU_FIELD_POSITION) GUITU_HUB_LOGIN_VOIDED };
enum { GUITU_DIRECTORY_FIELDS (GUITU_FIELD_POSITION) GUITU_DIRECTORY_VOIDED };
enum { GUITU_DESK_END_FIELDS (GUITU_FIELD_POSITION) GUITU_DESK_END_VOIDED };
enum { GUITU_ROTATION_FIELDS (GUITU_FIELD_POSITION) GUITU_ROTATION_VOIDED };
enum { GUITU_VISIT_MARK_FIELDS (GUITU_FIELD_POSITION) GUITU_VISIT_MARK_VOIDED };
enum { GUITU_LETTER_FIELDS (GUITU_FIELD_POSITION) GUITU_LETTER_VOIDED };
enum { GUITU_BLACKLIST_FIELDS (GUITU_FIELD_POSITION) GUITU_BLACKLIST_VOIDED };
enum { GUITU_LISTING_FIELDS (GUITU_FIELD_POSITION) GUITU_LISTING_VOIDED };
enum { GUITU_DISSENT_FIELDS (GUITU_FIELD_POSITION) GUITU_DISSENT_VOIDED };
enum { GUITU_CASE_FIELDS (GUITU_FIELD_POSITION) GUITU_CASE_VOIDED };
enum { GUITU_CASE_MEMBER_FIELDS (GUITU_FIELD_POSITION) GUITU_CASE_MEMBER_VOIDED };
enum { GUITU_CASE_NOTE_FIELDS (GUITU_FIELD_POSITION) GUITU_CASE_NOTE_VOIDED };
enum { GUITU_CLUE_FIELDS (GUITU_FIELD_POSITION) GUITU_CLUE_VOIDED };
enum { GUITU_INQUIRY_FIELDS (GUITU_FIELD_POSITION) GUITU_INQUIRY_VOIDED };
enum { GUITU_MISSING_FIELDS (GUITU_FIELD_POSITION) GUITU_MISSING_VOIDED };
enum { GUITU_SOUGHT_FIELDS (GUITU_FIELD_POSITION) GUITU_SOUGHT_VOIDED };
enum { GUITU_NOTICE_FIELDS (GUITU_FIELD_POSITION) GUITU_NOTICE_VOIDED };
enum { GUITU_NOTICE_CHANNEL_FIELDS (GUITU_FIELD_POSITION) GUITU_NOTICE_CHANNEL_VOIDED };
enum { GUITU_POSTING_FIELDS (GUITU_FIELD_POSITION) GUITU_POSTING_VOIDED };
enum { GUITU_FINDING_FIELDS (GUITU_FIELD_POSITION) GUITU_FINDING_VOIDED };
/* clang-format on */

extern const GuituKind guitu_kind_station;
extern const GuituKind guitu_kind_user;
extern const GuituKind guitu_kind_access;
extern const GuituKind guitu_kind_file;
extern const GuituKind guitu_kind_person;
extern const GuituKind guitu_kind_statement;
extern const GuituKind guitu_kind_stay;
extern const GuituKind guitu_kind_event;
extern const GuituKind guitu_kind_transfer;
extern const GuituKind guitu_kind_escort;
extern const GuituKind guitu_kind_waypoint;
extern const GuituKind guitu_kind_incoming;
extern const GuituKind guitu_kind_paper;
extern const GuituKind guitu_kind_paper_mark;
extern const GuituKind guitu_kind_kin;
extern const GuituKind guitu_kind_person_link;
extern const GuituKind guitu_kind_relation;
extern const GuituKind guitu_kind_room;
extern const GuituKind guitu_kind_belonging;
extern const GuituKind guitu_kind_roll_call;
extern const GuituKind guitu_kind_shift;
extern const GuituKind guitu_kind_task;
extern const GuituKind guitu_kind_referral;
extern const GuituKind guitu_kind_follow_up;
extern const GuituKind guitu_kind_rule;
extern const GuituKind guitu_kind_calendar_day;
extern const GuituKind guitu_kind_local_code;
extern const GuituKind guitu_kind_network;
extern const GuituKind guitu_kind_hub_login;
extern const GuituKind guitu_kind_directory;
extern const GuituKind guitu_kind_desk_end;
extern const GuituKind guitu_kind_rotation;
extern const GuituKind guitu_kind_visit_mark;
extern const GuituKind guitu_kind_letter;
extern const GuituKind guitu_kind_blacklist;
extern const GuituKind guitu_kind_listing;
extern const GuituKind guitu_kind_dissent;
extern const GuituKind guitu_kind_case;
extern const GuituKind guitu_kind_case_member;
extern const GuituKind guitu_kind_case_note;
extern const GuituKind guitu_kind_clue;
extern const GuituKind guitu_kind_inquiry;
extern const GuituKind guitu_kind_missing;
extern const GuituKind guitu_kind_sought;
extern const GuituKind guitu_kind_notice;
extern const GuituKind guitu_kind_notice_channel;
extern const GuituKind guitu_kind_posting;
extern const GuituKind guitu_kind_finding;

G_END_DECLS
