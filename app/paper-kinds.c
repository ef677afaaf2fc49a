/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a paper follows from its kind and is no matter of how it looks: what it is about, which
 * rule it rests on, how long it is good. */

#include "app/papers.h"

#include <string.h>

/* kind, about, rule of the form, rule of its days, whether it says until when it is good */
static const GuituPaperKind paper_kinds[] = {
  { "file-index", GUITU_PAPER_OF_FILE, "file_index_form", "record_paper_valid_days", FALSE },
  { "intake-registration", GUITU_PAPER_OF_STAY, "intake_form", "intake_paper_valid_days", TRUE },
  { "escort-handover", GUITU_PAPER_OF_TRANSFER, "handover_form", "escort_paper_valid_days", TRUE },
  { "refusal-notice", GUITU_PAPER_OF_STAY, "refusal_form", "notice_paper_valid_days", FALSE },
  { "termination-notice", GUITU_PAPER_OF_STAY, "termination_form", "notice_paper_valid_days", FALSE },
  { "arrival-notice", GUITU_PAPER_OF_STAY, "arrival_notice_form", "record_paper_valid_days", FALSE },
  { "voluntary-leave-statement", GUITU_PAPER_OF_STAY, "voluntary_leave_form", "record_paper_valid_days", FALSE },
  { "service-and-leave-record", GUITU_PAPER_OF_STAY, "leave_record_form", "record_paper_valid_days", FALSE },
  { "security-check-record", GUITU_PAPER_OF_STAY, "security_check_form", "record_paper_valid_days", FALSE },
  { "belongings-register", GUITU_PAPER_OF_STAY, "belongings_form", "record_paper_valid_days", FALSE },
  { "police-handover-in", GUITU_PAPER_OF_STAY, "police_handover_form", "record_paper_valid_days", FALSE },
  { "other-handover-in", GUITU_PAPER_OF_STAY, "other_handover_form", "record_paper_valid_days", FALSE },
  { "extension-filing", GUITU_PAPER_OF_STAY, "extension_filing_form", "record_paper_valid_days", FALSE },
  { "train-ticket-voucher", GUITU_PAPER_OF_STAY, "train_ticket_form", "travel_paper_valid_days", TRUE },
  { "travel-letter", GUITU_PAPER_OF_STAY, "travel_letter_form", "travel_paper_valid_days", TRUE },
  { "bus-voucher", GUITU_PAPER_OF_STAY, "voucher_form", "travel_paper_valid_days", TRUE },
  { "boat-voucher", GUITU_PAPER_OF_STAY, "voucher_form", "travel_paper_valid_days", TRUE },
  { "small-cash-receipt", GUITU_PAPER_OF_STAY, "small_cash_form", "record_paper_valid_days", FALSE },
  { "escort-approval", GUITU_PAPER_OF_TRANSFER, "escort_form", "record_paper_valid_days", FALSE },
  { "escort-log", GUITU_PAPER_OF_TRANSFER, "escort_form", "record_paper_valid_days", FALSE },
  { "kin-collection", GUITU_PAPER_OF_STAY, "kin_collection_form", "escort_paper_valid_days", TRUE },
  { "hospital-admission", GUITU_PAPER_OF_STAY, "hospital_form", "record_paper_valid_days", FALSE },
  { "hospital-return", GUITU_PAPER_OF_STAY, "hospital_return_form", "record_paper_valid_days", FALSE },
  { "hospital-notice", GUITU_PAPER_OF_STAY, "hospital_return_form", "record_paper_valid_days", FALSE },
  { "inquiry-letter", GUITU_PAPER_OF_STAY, "inquiry_letter_form", "record_paper_valid_days", FALSE },
  { "return-letter", GUITU_PAPER_OF_STAY, "return_letter_form", "record_paper_valid_days", FALSE },
  { "bed-label", GUITU_PAPER_OF_STAY, "label_form", "record_paper_valid_days", FALSE },
  { "wrist-band", GUITU_PAPER_OF_STAY, "label_form", "record_paper_valid_days", FALSE },
  { "shift-handover", GUITU_PAPER_OF_SHIFT, "house_form", "record_paper_valid_days", FALSE },
  { "house-list", GUITU_PAPER_OF_HOUSE, "house_form", "record_paper_valid_days", FALSE },
  { "clear-card", GUITU_PAPER_OF_STAY, "clear_card_form", "record_paper_valid_days", FALSE },
  { "tracing-notice", GUITU_PAPER_OF_STAY, "tracing_notice_form", "record_paper_valid_days", FALSE },
  { "dna-request", GUITU_PAPER_OF_STAY, "dna_form", "record_paper_valid_days", FALSE },
  { "dna-register", GUITU_PAPER_OF_STAY, "dna_form", "record_paper_valid_days", FALSE },
  { "identity-query-register", GUITU_PAPER_OF_STAY, "identity_query_form", "record_paper_valid_days", FALSE },
  { "guardianship-assessment", GUITU_PAPER_OF_STAY, "guardianship_assessment_form", "record_paper_valid_days", FALSE },
  { "temporary-guardianship", GUITU_PAPER_OF_STAY, "temporary_guardianship_form", "record_paper_valid_days", FALSE },
  { "mandatory-report", GUITU_PAPER_OF_STAY, "mandatory_report_form", "record_paper_valid_days", FALSE },
  { "minor-handover", GUITU_PAPER_OF_TRANSFER, "minor_handover_form", "escort_paper_valid_days", TRUE },
  { "off-site-care-agreement", GUITU_PAPER_OF_STAY, "off_site_care_form", "record_paper_valid_days", FALSE },
  { "care-visit-record", GUITU_PAPER_OF_STAY, "off_site_care_form", "record_paper_valid_days", FALSE },
  { "settlement-application", GUITU_PAPER_OF_STAY, "settlement_form", "record_paper_valid_days", FALSE },
  { "household-registration-letter", GUITU_PAPER_OF_STAY, "household_registration_form", "record_paper_valid_days", FALSE },
  { "death-record", GUITU_PAPER_OF_STAY, "death_form", "record_paper_valid_days", FALSE },
  { "complaint-record", GUITU_PAPER_OF_STAY, "complaint_form", "record_paper_valid_days", FALSE },
  { "list-objection", GUITU_PAPER_OF_STAY, "list_objection_form", "record_paper_valid_days", FALSE },
  { "list-decision", GUITU_PAPER_OF_STAY, "list_objection_form", "record_paper_valid_days", FALSE },
};

const GuituPaperKind *
guitu_paper_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (paper_kinds); i++)
    if (strcmp (paper_kinds[i].kind, kind) == 0)
      return &paper_kinds[i];
  g_return_val_if_reached (NULL);
}
