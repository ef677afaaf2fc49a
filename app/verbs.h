/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every verb, one line each: declaration and table come from this list, in the order of the help. */

#include "app/call.h"

G_BEGIN_DECLS

/* clang-format off */
#define GUITU_VERBS(VERB) \
  VERB (init) \
  VERB (user_add) VERB (user_edit) VERB (user_list) VERB (user_disable) VERB (user_passwd) \
  VERB (person_add) VERB (person_edit) VERB (person_show) VERB (person_find) VERB (person_check) VERB (match) VERB (match_learn) VERB (match_weights) \
  VERB (person_statement) VERB (person_history) \
  VERB (person_merge) VERB (person_unmerge) VERB (person_separate) VERB (person_kin) VERB (person_relate) VERB (person_file) \
  VERB (compare) VERB (access_list) \
  VERB (stay_arrive) VERB (stay_admit) VERB (stay_emergency) VERB (stay_outside) VERB (stay_edit) \
  VERB (stay_refuse) VERB (stay_terminate) VERB (stay_review) VERB (stay_serve) VERB (stay_extend) \
  VERB (stay_event) VERB (stay_bed) VERB (stay_ways) VERB (stay_acts) VERB (stay_leave) VERB (stay_reopen) VERB (stay_void) \
  VERB (stay_show) VERB (stay_board) \
  VERB (house_show) VERB (house_add) VERB (house_edit) VERB (house_roll_call) \
  VERB (belongings_take) VERB (belongings_sign) VERB (belongings_give) VERB (belongings_list) \
  VERB (shift_show) VERB (shift_hand_over) VERB (shift_take) VERB (shift_list) \
  VERB (transfer_plan) VERB (transfer_edit) VERB (transfer_approve) VERB (transfer_depart) VERB (transfer_waypoint) VERB (transfer_handover) \
  VERB (transfer_cancel) VERB (transfer_send) VERB (transfer_incoming) VERB (transfer_accept) VERB (transfer_reject) VERB (transfer_show) VERB (transfer_list) \
  VERB (referral_add) VERB (referral_update) VERB (referral_list) VERB (referral_check) \
  VERB (follow_up_add) VERB (follow_up_done) VERB (follow_up_list) \
  VERB (paper_kinds) VERB (paper_issue) VERB (paper_show) VERB (paper_preview) VERB (paper_reprint) \
  VERB (paper_void) VERB (paper_use) VERB (paper_accept) VERB (paper_receipt) VERB (paper_draft) VERB (paper_batch) VERB (paper_gather) \
  VERB (paper_list) VERB (paper_series) VERB (paper_blank) \
  VERB (verify) \
  VERB (blacklist_check) VERB (blacklist_propose) VERB (blacklist_review) VERB (blacklist_serve) VERB (blacklist_correct) \
  VERB (blacklist_object) VERB (blacklist_decide) VERB (blacklist_revoke) VERB (blacklist_show) VERB (blacklist_list) \
  VERB (blacklist_dissent) VERB (blacklist_handled) VERB (blacklist_figures) \
  VERB (case_open) VERB (case_edit) VERB (case_assign) VERB (case_note) VERB (case_clue) VERB (case_clue_update) \
  VERB (case_inquiry) VERB (case_answer) VERB (case_close) VERB (case_reopen) VERB (case_show) VERB (case_list) \
  VERB (missing_add) VERB (missing_edit) VERB (missing_show) VERB (missing_list) VERB (missing_close) VERB (missing_reopen) \
  VERB (finding_list) VERB (finding_show) VERB (finding_decide) \
  VERB (notice_prepare) VERB (notice_edit) VERB (notice_preview) VERB (notice_review) VERB (notice_publish) VERB (notice_refresh) \
  VERB (notice_consent) VERB (notice_withdraw) VERB (notice_channel) VERB (notice_taken_down) VERB (notice_show) VERB (notice_list) \
  VERB (notice_text) VERB (notice_export) \
  VERB (tasks) VERB (task_add) VERB (task_done) VERB (task_waive) VERB (task_reopen) \
  VERB (rule_list) VERB (rule_set) VERB (rule_void) VERB (calendar_show) VERB (calendar_set) VERB (code_set) \
  VERB (file_add) VERB (file_export) \
  VERB (station_show) VERB (station_edit) VERB (station_list) VERB (station_card) VERB (station_trust) VERB (station_publish) VERB (station_vouch) VERB (station_rotate) VERB (station_backup_keys) \
  VERB (desk_invite) VERB (desk_list) VERB (desk_revoke) \
  VERB (bundle_export) VERB (bundle_import) \
  VERB (hub_init) VERB (hub_invite) VERB (hub_renew) VERB (hub_letter) VERB (hub_join) VERB (hub_sync) VERB (hub_status) \
  VERB (conflict_list) VERB (conflict_settle) \
  VERB (ledger_show) VERB (ledger_verify) VERB (check) \
  VERB (codes) VERB (fields) VERB (rights) \
  VERB (demo)
/* clang-format on */

#define GUITU_DECLARE_VERB(symbol) extern const GuituVerb guitu_verb_##symbol;
GUITU_VERBS (GUITU_DECLARE_VERB)
#undef GUITU_DECLARE_VERB

/** A paper record without the bulk of its fields. Returns: (transfer full). */
JsonObject *guitu_paper_to_json (const GuituRecord *paper);

/** Appends a statement in the caller's name. */
gboolean guitu_statement_add (GuituCall *call, GuituTransaction *transaction, GuituRecord *statement, GError **error);

/** Keeps what @before claimed as statements, if @person is verified now and was not before. */
gboolean guitu_claims_keep (GuituCall *call, GuituTransaction *transaction, const GuituRecord *before, const GuituRecord *person, GError **error);

/** Whether “stay edit” takes that field; the others have verbs of their own, or are set by the program. */
gboolean guitu_stay_is_edited (int field);

/** Adds “warnings” of the kinds “visits”, “blacklist” and “missing” about a person who has a record; @arrives: who stands at the door now. */
gboolean guitu_warnings_add (JsonObject *json, GuituTransaction *transaction, const GuituRecord *person, gboolean arrives, GError **error);

/** Adds "conflicts": what two desks wrote at once to a person of “person show”, or to what hangs on it. */
gboolean guitu_conflicts_add (JsonObject *person, GuituTransaction *transaction, gboolean reveal, GError **error);

G_END_DECLS
