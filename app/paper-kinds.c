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
};

const GuituPaperKind *
guitu_paper_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (paper_kinds); i++)
    if (strcmp (paper_kinds[i].kind, kind) == 0)
      return &paper_kinds[i];
  g_return_val_if_reached (NULL);
}
