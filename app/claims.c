/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person claimed to be is never lost to what was verified: when an identity is verified, the
 * values that stood until then are kept as statements (规程: 自报身份与核实身份分别记录). */

#include "app/links.h"
#include "app/regions.h"
#include "app/verbs.h"

#include <string.h>

static const struct
{
  int field;
  const char *about;
} claims[] = {
  { GUITU_PERSON_NAME, "name" },
  { GUITU_PERSON_BIRTH_FROM, "age" },
  { GUITU_PERSON_HOUSEHOLD, "home" },
  { GUITU_PERSON_PHONE, "phone" },
  { GUITU_PERSON_KIN, "kin" },
};

static char *
claim_text (const GuituRecord *person,
            int field)
{
  const char *text = guitu_record_text (person, field);
  const char *to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);
  char *region;

  if (text == NULL)
    return NULL;
  if (field == GUITU_PERSON_BIRTH_FROM && to != NULL && strcmp (text, to) != 0)
    return g_strdup_printf ("%s – %s", text, to);
  if (field != GUITU_PERSON_HOUSEHOLD)
    return g_strdup (text);
  region = guitu_regions_full_name (text);
  return region != NULL ? region : g_strdup (text);
}

/* -1 on error. What the person said themselves about it is the better record. */
static int
has_statement (GuituTransaction *transaction,
               const GuituRecord *person,
               const char *about,
               GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_STATEMENT_PERSON, GUITU_EQUAL, guitu_record_id (person) },
                                             { GUITU_STATEMENT_ABOUT, GUITU_EQUAL, about } } };
  gint64 count = guitu_records_count (transaction, &guitu_kind_statement, &query, error);

  return count < 0 ? -1 : count > 0;
}

gboolean
guitu_claims_keep (GuituCall *call,
                   GuituTransaction *transaction,
                   const GuituRecord *before,
                   const GuituRecord *person,
                   GError **error)
{
  if (guitu_person_is_verified (before) || !guitu_person_is_verified (person))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autofree char *text = claim_text (before, claims[i].field);
      g_autoptr (GuituRecord) statement = NULL;
      int is_said = text == NULL ? 1 : has_statement (transaction, person, claims[i].about, error);

      if (is_said < 0)
        return FALSE;
      if (is_said)
        continue;
      statement = guitu_record_new (&guitu_kind_statement);
      guitu_record_set_text (statement, GUITU_STATEMENT_PERSON, guitu_record_id (person));
      guitu_record_set_text (statement, GUITU_STATEMENT_ABOUT, claims[i].about);
      guitu_record_set_text (statement, GUITU_STATEMENT_TEXT, text);
      if (!guitu_statement_add (call, transaction, statement, error))
        return FALSE;
    }
  return TRUE;
}
