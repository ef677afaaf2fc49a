/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a paper follows from its kind and is no matter of how it looks: what it is about, which
 * rule it rests on, how long it is good. */

#include "app/papers.h"

#include <string.h>

/* kind, group, about, rule of the form, rule of its days, whether it says until when it is good */
/* clang-format off */
static const GuituPaperKind paper_kinds[] = {
  { "intake-registration", "arrival", GUITU_PAPER_OF_STAY, "intake_form", "intake_paper_valid_days", TRUE },
  { "arrival-notice", "arrival", GUITU_PAPER_OF_STAY, "arrival_notice_form", "record_paper_valid_days", FALSE },
  { "security-check-record", "arrival", GUITU_PAPER_OF_STAY, "security_check_form", "record_paper_valid_days", FALSE },
  { "belongings-register", "arrival", GUITU_PAPER_OF_STAY, "belongings_form", "record_paper_valid_days", FALSE },
  { "police-handover-in", "arrival", GUITU_PAPER_OF_STAY, "police_handover_form", "record_paper_valid_days", FALSE },
  { "other-handover-in", "arrival", GUITU_PAPER_OF_STAY, "other_handover_form", "record_paper_valid_days", FALSE },
  { "refusal-notice", "arrival", GUITU_PAPER_OF_STAY, "refusal_form", "notice_paper_valid_days", FALSE },
  { "bed-label", "arrival", GUITU_PAPER_OF_STAY, "label_form", "record_paper_valid_days", FALSE },
  { "wrist-band", "arrival", GUITU_PAPER_OF_STAY, "label_form", "record_paper_valid_days", FALSE },
  { "clear-card", "arrival", GUITU_PAPER_OF_STAY, "clear_card_form", "record_paper_valid_days", FALSE },
  { "service-and-leave-record", "house", GUITU_PAPER_OF_STAY, "leave_record_form", "record_paper_valid_days", FALSE },
  { "extension-filing", "house", GUITU_PAPER_OF_STAY, "extension_filing_form", "record_paper_valid_days", FALSE },
  { "hospital-admission", "house", GUITU_PAPER_OF_STAY, "hospital_form", "record_paper_valid_days", FALSE },
  { "hospital-notice", "house", GUITU_PAPER_OF_STAY, "hospital_return_form", "record_paper_valid_days", FALSE },
  { "hospital-return", "house", GUITU_PAPER_OF_STAY, "hospital_return_form", "record_paper_valid_days", FALSE },
  { "shift-handover", "house", GUITU_PAPER_OF_SHIFT, "house_form", "record_paper_valid_days", FALSE },
  { "house-list", "house", GUITU_PAPER_OF_HOUSE, "house_form", "record_paper_valid_days", FALSE },
  { "death-record", "house", GUITU_PAPER_OF_STAY, "death_form", "record_paper_valid_days", FALSE },
  { "voluntary-leave-statement", "leaving", GUITU_PAPER_OF_STAY, "voluntary_leave_form", "record_paper_valid_days", FALSE },
  { "termination-notice", "leaving", GUITU_PAPER_OF_STAY, "termination_form", "notice_paper_valid_days", FALSE },
  { "kin-collection", "leaving", GUITU_PAPER_OF_STAY, "kin_collection_form", "escort_paper_valid_days", TRUE },
  { "train-ticket-voucher", "travel", GUITU_PAPER_OF_STAY, "train_ticket_form", "travel_paper_valid_days", TRUE },
  { "travel-letter", "travel", GUITU_PAPER_OF_STAY, "travel_letter_form", "travel_paper_valid_days", TRUE },
  { "bus-voucher", "travel", GUITU_PAPER_OF_STAY, "voucher_form", "travel_paper_valid_days", TRUE },
  { "boat-voucher", "travel", GUITU_PAPER_OF_STAY, "voucher_form", "travel_paper_valid_days", TRUE },
  { "small-cash-receipt", "travel", GUITU_PAPER_OF_STAY, "small_cash_form", "record_paper_valid_days", FALSE },
  { "escort-approval", "travel", GUITU_PAPER_OF_TRANSFER, "escort_form", "record_paper_valid_days", FALSE },
  { "escort-log", "travel", GUITU_PAPER_OF_TRANSFER, "escort_form", "record_paper_valid_days", FALSE },
  { "escort-handover", "travel", GUITU_PAPER_OF_TRANSFER, "handover_form", "escort_paper_valid_days", TRUE },
  { "return-letter", "travel", GUITU_PAPER_OF_STAY, "return_letter_form", "record_paper_valid_days", FALSE },
  { "receipt", "travel", GUITU_PAPER_OF_RECEIPT, "receipt_form", "record_paper_valid_days", FALSE },
  { "tracing-notice", "tracing", GUITU_PAPER_OF_STAY, "tracing_notice_form", "record_paper_valid_days", FALSE },
  { "inquiry-letter", "tracing", GUITU_PAPER_OF_STAY, "inquiry_letter_form", "record_paper_valid_days", FALSE },
  { "identity-query-register", "tracing", GUITU_PAPER_OF_STAY, "identity_query_form", "record_paper_valid_days", FALSE },
  { "dna-request", "tracing", GUITU_PAPER_OF_STAY, "dna_form", "record_paper_valid_days", FALSE },
  { "dna-register", "tracing", GUITU_PAPER_OF_STAY, "dna_form", "record_paper_valid_days", FALSE },
  { "mandatory-report", "minors", GUITU_PAPER_OF_STAY, "mandatory_report_form", "record_paper_valid_days", FALSE },
  { "temporary-guardianship", "minors", GUITU_PAPER_OF_STAY, "temporary_guardianship_form", "record_paper_valid_days", FALSE },
  { "guardianship-assessment", "minors", GUITU_PAPER_OF_STAY, "guardianship_assessment_form", "record_paper_valid_days", FALSE },
  { "minor-handover", "minors", GUITU_PAPER_OF_TRANSFER, "minor_handover_form", "escort_paper_valid_days", TRUE },
  { "off-site-care-agreement", "care", GUITU_PAPER_OF_STAY, "off_site_care_form", "record_paper_valid_days", FALSE },
  { "care-visit-record", "care", GUITU_PAPER_OF_STAY, "off_site_care_form", "record_paper_valid_days", FALSE },
  { "settlement-application", "care", GUITU_PAPER_OF_STAY, "settlement_form", "record_paper_valid_days", FALSE },
  { "household-registration-letter", "care", GUITU_PAPER_OF_STAY, "household_registration_form", "record_paper_valid_days", FALSE },
  { "complaint-record", "objections", GUITU_PAPER_OF_STAY, "complaint_form", "record_paper_valid_days", FALSE },
  { "list-objection", "objections", GUITU_PAPER_OF_STAY, "list_objection_form", "record_paper_valid_days", FALSE },
  { "list-decision", "objections", GUITU_PAPER_OF_STAY, "list_objection_form", "record_paper_valid_days", FALSE },
  { "list-notice", "objections", GUITU_PAPER_OF_STAY, "list_notice_form", "notice_paper_valid_days", FALSE },
  { "file-index", "file", GUITU_PAPER_OF_FILE, "file_index_form", "record_paper_valid_days", FALSE },
};
/* clang-format on */

gboolean
guitu_paper_is_accepted (const char *kind)
{
  static const char *const kinds[] = {
    "escort-handover", "minor-handover", "return-letter", "train-ticket-voucher", "travel-letter", "bus-voucher", "boat-voucher", NULL
  };

  return g_strv_contains (kinds, kind);
}

const GuituPaperKind *
guitu_paper_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (paper_kinds); i++)
    if (strcmp (paper_kinds[i].kind, kind) == 0)
      return &paper_kinds[i];
  g_return_val_if_reached (NULL);
}
