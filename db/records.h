/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The record kinds and the positions of their fields, from the declarations in db/records/.
 * Adding a field: one line there, and GUITU_SCHEMA_VERSION up by one in db/schema.c. */

#include "db/field.h"
#include "db/records/person.h"
#include "db/records/station.h"
#include "db/records/stay.h"

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
enum { GUITU_PAPER_FIELDS (GUITU_FIELD_POSITION) GUITU_PAPER_VOIDED };
enum { GUITU_PAPER_MARK_FIELDS (GUITU_FIELD_POSITION) GUITU_PAPER_MARK_VOIDED };
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
extern const GuituKind guitu_kind_paper;
extern const GuituKind guitu_kind_paper_mark;

G_END_DECLS
