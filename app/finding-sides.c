/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom a finding is about: a person or a report of ours, and on the other side a report of ours, or what another
 * station shares or wrote. */

#include "app/findings.h"

#include "app/links.h"
#include "app/missing.h"
#include "db/id.h"

#include <string.h>

char *
guitu_finding_id (const char *person_or_report,
                  const char *report)
{
  return guitu_id_from_words (NULL, "finding", person_or_report, report, NULL);
}

gboolean
guitu_finding_report (GuituTransaction *transaction,
                      const GuituRecord *finding,
                      GuituRecord **report,
                      GError **error)
{
  static const GuituKind *const kinds[] = { &guitu_kind_sought, &guitu_kind_posting, &guitu_kind_letter };
  const char *other = guitu_record_text (finding, GUITU_FINDING_OTHER);
  const char *missing = guitu_record_text (finding, GUITU_FINDING_MISSING);

  *report = NULL;
  for (guint i = 0; other != NULL && *report == NULL && i < G_N_ELEMENTS (kinds); i++)
    if (!guitu_record_load_if_there (transaction, kinds[i], other, report, error))
      return FALSE;
  return other != NULL || missing == NULL || guitu_record_load_if_there (transaction, &guitu_kind_missing, missing, report, error);
}

gboolean
guitu_finding_report_is_open (const GuituRecord *report)
{
  const GuituKind *kind = guitu_record_kind (report);

  if (kind == &guitu_kind_missing)
    return guitu_missing_is_open (report);
  if (kind == &guitu_kind_sought)
    return guitu_sought_is_open (report);
  if (kind == &guitu_kind_posting)
    return guitu_record_says (report, GUITU_POSTING_STATE, "published") && !guitu_record_is_voided (report);
  return TRUE;
}

static gboolean
is_there (GuituTransaction *transaction,
          const GuituKind *kind,
          const char *id,
          gboolean *is,
          GError **error)
{
  g_autoptr (GuituRecord) record = NULL;

  if (!guitu_record_load_if_there (transaction, kind, id, &record, error))
    return FALSE;
  *is = record != NULL && !guitu_record_is_voided (record) && (kind != &guitu_kind_missing || guitu_missing_is_open (record));
  return TRUE;
}

gboolean
guitu_finding_is_alive (GuituTransaction *transaction,
                        const GuituRecord *finding,
                        gboolean *is_alive,
                        GError **error)
{
  const char *person = guitu_record_text (finding, GUITU_FINDING_PERSON);
  const char *missing = guitu_record_text (finding, GUITU_FINDING_MISSING);
  g_autoptr (GuituRecord) report = NULL;

  *is_alive = !guitu_record_is_voided (finding);
  if ((*is_alive && person != NULL && !is_there (transaction, &guitu_kind_person, person, is_alive, error)) ||
      (*is_alive && missing != NULL && !is_there (transaction, &guitu_kind_missing, missing, is_alive, error)) ||
      (*is_alive && !guitu_finding_report (transaction, finding, &report, error)))
    return FALSE;
  *is_alive = *is_alive && report != NULL && guitu_finding_report_is_open (report);
  return TRUE;
}

JsonArray *
guitu_finding_why (const GuituRecord *finding)
{
  const char *text = guitu_record_text (finding, GUITU_FINDING_WHY);
  g_autoptr (JsonNode) node = text == NULL ? NULL : json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_ref (json_node_get_array (node)) : json_array_new ();
}

GPtrArray *
guitu_findings_of_person (GuituTransaction *transaction,
                          const char *person_id,
                          GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);

  return ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_finding, GUITU_FINDING_PERSON, ids, error);
}

gboolean
guitu_finding_names (const GuituRecord *finding,
                     const char *report)
{
  return guitu_record_says (finding, GUITU_FINDING_OTHER, report) ||
         (!guitu_record_is_set (finding, GUITU_FINDING_OTHER) && guitu_record_says (finding, GUITU_FINDING_MISSING, report));
}

gboolean
guitu_findings_are_different (GuituTransaction *transaction,
                              const char *person_id,
                              const char *report,
                              gboolean *are,
                              GError **error)
{
  g_autoptr (GPtrArray) findings = guitu_findings_of_person (transaction, person_id, error);

  *are = FALSE;
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    *are |= guitu_finding_names (findings->pdata[i], report) && guitu_record_says (findings->pdata[i], GUITU_FINDING_VERDICT, "different");
  return findings != NULL;
}
