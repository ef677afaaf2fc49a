/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A paper that is being filled in: what was typed is kept until it is issued or given up. It has no
 * number yet, so that none is lost. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/verbs.h"

const GuituForm *
guitu_paper_read_matter (GuituCall *call,
                         GuituTransaction *transaction,
                         GuituPaperSubject *subject,
                         GuituRecord **draft,
                         GError **error)
{
  const GuituForm *form = NULL;

  if (guitu_call_text (call, "draft") == NULL)
    {
      form = guitu_paper_form (guitu_call_text (call, "kind"), error);
      if (form == NULL || !guitu_paper_subject_read (subject, call, transaction, form, error))
        return NULL;
    }
  else
    {
      *draft = guitu_paper_find_draft (call, transaction, error);
      form = *draft == NULL ? NULL : guitu_paper_form (guitu_record_text (*draft, GUITU_PAPER_KIND), error);
      if (form == NULL || !guitu_paper_subject_of (subject, call, transaction, *draft, error))
        return NULL;
    }
  return guitu_paper_take_typed (call, form, subject->typed, error) ? form : NULL;
}

static gboolean
run_draft (GuituCall *call,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) draft = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) result = NULL;
  const GuituForm *form = transaction == NULL ? NULL : guitu_paper_read_matter (call, transaction, &subject, &draft, error);

  if (form == NULL)
    return FALSE;
  if (draft == NULL)
    {
      draft = guitu_record_new (&guitu_kind_paper);
      guitu_record_set_text (draft, GUITU_PAPER_KIND, guitu_form_kind (form));
      guitu_record_set_text (draft, GUITU_PAPER_STATE, "draft");
      guitu_paper_subject_put (&subject, draft);
    }
  json_node_set_object (node, subject.typed);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (draft, GUITU_PAPER_FIELDS, text);
  if (!guitu_transaction_put (transaction, draft, error))
    return FALSE;
  result = guitu_paper_present (call, transaction, draft, error);
  if (result == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

static const GuituOption draft_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper (see “paper kinds”)" },
  { "draft", GUITU_OPTION_TEXT, FALSE, "id of a draft to go on with" },
  GUITU_SUBJECT_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_paper_draft = {
  "paper draft", "Keep what was filled in for a paper that is not issued yet", GUITU_VERB_WRITES, draft_options, NULL, run_draft
};
