/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A paper is a record: what stands on it is kept word for word, so that the same bytes can be made
 * again years later. A reprint is a new printing of the same number and voids the one before; that
 * another station may know, a mark goes to the shared scope: number, seal and state, no name. */

#include "app/papers.h"

#include "app/regions.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

char *
guitu_seal_name (const char *seal)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const guint8 *) seal, strlen (seal));
  return guitu_hex (hash, 16);
}

JsonObject *
guitu_paper_to_json (const GuituRecord *paper)
{
  JsonObject *json = guitu_record_to_json (paper, FALSE);
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));

  json_object_remove_member (json, "fields");
  if (form != NULL)
    json_object_set_string_member (json, "title", guitu_form_title (form));
  return json;
}

static const GuituForm *
find_form (const char *kind,
           GError **error)
{
  const GuituForm *form = kind == NULL ? NULL : guitu_form_find (kind);

  if (kind == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "missing", "kind", "“kind” is needed: which paper");
  else if (form == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "kind", "There is no paper of the kind “%s”", kind);
  return form;
}

/* --- Rendering ------------------------------------------------------------------------------- */

static GBytes *
render (GuituCall *call,
        const GuituForm *form,
        JsonObject *fields,
        const GuituRecord *photo,
        const char *seal,
        const char *issued_at,
        GuituFormMode mode,
        JsonObject *result,
        GError **error)
{
  g_autoptr (GuituFormValues) values = guitu_paper_values (fields);
  g_autoptr (GBytes) picture = photo == NULL ? NULL : guitu_file_read (call->store, photo, error);
  g_auto (GStrv) warnings = NULL;
  GuituFonts *fonts = guitu_paper_fonts (error);
  GBytes *pdf;

  if (fonts == NULL || (photo != NULL && picture == NULL))
    return NULL;
  if (picture != NULL)
    guitu_form_values_set_photo (values, picture);
  if (seal != NULL)
    {
      g_autofree char *name = guitu_seal_name (seal);
      g_autofree char *words = g_strdup_printf ("%.4s %.4s %.4s", name, name + 4, name + 8);

      guitu_form_values_set_seal (values, seal, words);
    }
  if (issued_at != NULL)
    guitu_form_values_set_issued_at (values, guitu_time_to_unix (issued_at));
  pdf = guitu_form_render (fonts, form, values, mode, &warnings, error);
  for (guint i = 0; pdf != NULL && warnings != NULL && warnings[i] != NULL; i++)
    {
      if (i == 0)
        json_object_set_array_member (result, "print_warnings", json_array_new ());
      json_array_add_string_element (json_object_get_array_member (result, "print_warnings"), warnings[i]);
    }
  return pdf;
}

/* The PDF goes to the file named, or into the result for a window that shows it. */
static gboolean
give_pdf (GuituCall *call,
          GBytes *pdf,
          JsonObject *result,
          GError **error)
{
  const char *path = guitu_call_text (call, "pdf");
  gsize length;
  gconstpointer data = g_bytes_get_data (pdf, &length);

  if (path != NULL)
    {
      if (!guitu_output_file (path, pdf, error))
        return FALSE;
      json_object_set_string_member (result, "pdf_file", path);
    }
  if (guitu_call_flag (call, "inline"))
    {
      g_autofree char *text = g_base64_encode (data, length);

      json_object_set_string_member (result, "pdf", text);
    }
  json_object_set_int_member (result, "bytes", length);
  return TRUE;
}

static gboolean
wants_pdf (GuituCall *call)
{
  return guitu_call_text (call, "pdf") != NULL || guitu_call_flag (call, "inline");
}

static gboolean
emit_paper (GuituCall *call,
            GuituTransaction *transaction,
            const GuituRecord *paper,
            GError **error)
{
  g_autoptr (JsonObject) result = guitu_paper_to_json (paper);
  g_autoptr (JsonNode) fields = NULL;
  g_autoptr (GuituRecord) photo = NULL;
  g_autoptr (GBytes) pdf = NULL;
  const char *photo_id = guitu_record_text (paper, GUITU_PAPER_PHOTO);

  if (wants_pdf (call))
    {
      const GuituForm *form = find_form (guitu_record_text (paper, GUITU_PAPER_KIND), error);

      fields = json_from_string (guitu_record_text (paper, GUITU_PAPER_FIELDS), NULL);
      if (photo_id != NULL)
        photo = guitu_record_load (transaction, &guitu_kind_file, photo_id, error);
      if (form == NULL || fields == NULL || (photo_id != NULL && photo == NULL))
        return FALSE;
      pdf = render (call, form, json_node_get_object (fields), photo, guitu_record_text (paper, GUITU_PAPER_SEAL),
                    guitu_record_text (paper, GUITU_PAPER_ISSUED_AT), GUITU_FORM_FILLED, result, error);
      if (pdf == NULL || !give_pdf (call, pdf, result, error))
        return FALSE;
    }
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

/* --- Issuing --------------------------------------------------------------------------------- */

/* Surname only; of a name that is not Han its first part. */
static char *
surname_mask (const GuituRecord *person)
{
  const char *name = guitu_record_text (person, GUITU_PERSON_NAME);
  g_autofree char *surname = NULL;

  if (name == NULL)
    return NULL;
  surname = guitu_name_surname (name);
  return g_strconcat (surname, "**", NULL);
}

static char *
destination_text (const GuituPaperSubject *subject)
{
  const char *text = subject->transfer != NULL ? guitu_record_text (subject->transfer, GUITU_TRANSFER_TO_REGION) : NULL;
  char *region;
  glong limit = 30;

  if (text == NULL && subject->transfer != NULL)
    text = guitu_record_text (subject->transfer, GUITU_TRANSFER_TO_STATION);
  if (text == NULL)
    text = guitu_record_text (subject->stay, GUITU_STAY_DESTINATION);
  if (text == NULL)
    return NULL;
  region = guitu_regions_full_name (text);
  if (region != NULL)
    return region;
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), limit));
}

static char *
make_seal (GuituCall *call,
           const GuituPaperSubject *subject,
           const GuituRecord *paper,
           JsonObject *fields,
           GError **error)
{
  g_autoptr (GuituFormValues) values = guitu_paper_values (fields);
  g_autofree char *surname = surname_mask (subject->person);
  g_autofree char *destination = destination_text (subject);
  const char *birth = guitu_record_text (subject->person, GUITU_PERSON_BIRTH_FROM);
  const char *id_number = guitu_record_text (subject->person, GUITU_PERSON_ID_NUMBER);
  const GuituCode *sex = guitu_codes_find ("sex", guitu_record_text (subject->person, GUITU_PERSON_SEX));
  GuituSeal seal = {
    .number = (char *) guitu_record_text (paper, GUITU_PAPER_NUMBER),
    .kind = (char *) guitu_record_text (paper, GUITU_PAPER_KIND),
    .station = (char *) guitu_record_text (subject->station, GUITU_STATION_CODE),
    .issued_at = guitu_time_to_unix (guitu_record_text (paper, GUITU_PAPER_ISSUED_AT)),
    .expires_at = guitu_time_to_unix (guitu_record_text (paper, GUITU_PAPER_EXPIRES_AT)),
    .surname = surname,
    .birth_year = birth == NULL ? 0 : atoi (birth),
    .sex = sex == NULL ? NULL : (char *) sex->chinese,
    .id_last4 = id_number != NULL && strlen (id_number) >= 8 ? (char *) id_number + strlen (id_number) - 4 : NULL,
    .destination = destination,
  };

  guitu_seal_digest (values, seal.digest);
  return guitu_seal_make (&seal, guitu_store_keys (call->store)->station_secret, error);
}

static char *
expiry_of (const char *kind,
           const char *issued_at)
{
  const char *rule = guitu_paper_is_of_transfer (kind) ? "escort_paper_valid_days" : "intake_paper_valid_days";

  return guitu_time_from_unix (guitu_time_to_unix (issued_at) + guitu_rules_integer (rule, issued_at) * 24 * 60 * 60);
}

/* Fills number, times and sequence into the record and among the printed fields, and seals. */
static gboolean
complete (GuituCall *call,
          const GuituPaperSubject *subject,
          GuituRecord *paper,
          JsonObject *fields,
          GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autofree char *expires = expiry_of (guitu_record_text (paper, GUITU_PAPER_KIND), now);
  g_autofree char *issued_words = guitu_time_in_chinese (now);
  g_autofree char *expires_words = guitu_time_in_chinese (expires);
  g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, guitu_record_integer (paper, GUITU_PAPER_SEQUENCE, 1));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *seal = NULL;
  g_autofree char *text = NULL;

  guitu_record_set_text (paper, GUITU_PAPER_ISSUED_AT, now);
  guitu_record_set_text (paper, GUITU_PAPER_EXPIRES_AT, expires);
  guitu_record_set_text (paper, GUITU_PAPER_ISSUED_BY, call->session->id);
  guitu_record_set_text (paper, GUITU_PAPER_STATE, "issued");
  json_object_set_string_member (fields, "paper.number", guitu_record_text (paper, GUITU_PAPER_NUMBER));
  json_object_set_string_member (fields, "paper.issued_at", issued_words);
  json_object_set_string_member (fields, "paper.expires_at", expires_words);
  json_object_set_string_member (fields, "paper.issued_by",
                                 call->session->full_name != NULL ? call->session->full_name : call->session->name);
  json_object_set_string_member (fields, "paper.sequence", sequence);
  seal = make_seal (call, subject, paper, fields, error);
  if (seal == NULL)
    return FALSE;
  json_node_set_object (node, fields);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (paper, GUITU_PAPER_FIELDS, text);
  guitu_record_set_text (paper, GUITU_PAPER_SEAL, seal);
  return TRUE;
}

static gboolean
give_number (GuituCall *call,
             GuituTransaction *transaction,
             GuituRecord *paper,
             const GuituForm *form,
             GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *series = g_strdup_printf ("paper-%s-%.4s", guitu_form_kind (form), today);
  g_autofree char *number = NULL;
  gint64 next;

  if (!guitu_transaction_next_number (transaction, series, &next, error))
    return FALSE;
  number = g_strdup_printf ("%s-%.4s-%" G_GINT64_FORMAT "-%05" G_GINT64_FORMAT, guitu_form_prefix (form), today,
                            guitu_store_keys (call->store)->desk.number, next);
  guitu_record_set_text (paper, GUITU_PAPER_NUMBER, number);
  return TRUE;
}

/* Which stay or transfer a paper of this kind is about. */
static gboolean
load_subject (GuituCall *call,
              GuituTransaction *transaction,
              const GuituForm *form,
              GuituPaperSubject *subject,
              GError **error)
{
  gboolean of_transfer = guitu_paper_is_of_transfer (guitu_form_kind (form));
  const char *text = guitu_call_need (call, of_transfer ? "transfer" : "stay", error);

  if (text == NULL)
    return FALSE;
  return guitu_paper_subject_load (subject, transaction, of_transfer ? NULL : text, of_transfer ? text : NULL, error);
}

static GuituRecord *
issue (GuituCall *call,
       GuituTransaction *transaction,
       const GuituForm *form,
       const GuituPaperSubject *subject,
       const GuituRecord *earlier,
       GError **error)
{
  g_autoptr (GuituRecord) paper = guitu_record_new (&guitu_kind_paper);
  g_autoptr (JsonObject) fields = guitu_paper_collect (transaction, subject, form, error);

  if (fields == NULL)
    return NULL;
  guitu_record_set_text (paper, GUITU_PAPER_KIND, guitu_form_kind (form));
  guitu_record_set_text (paper, GUITU_PAPER_STAY, guitu_record_id (subject->stay));
  if (subject->transfer != NULL)
    guitu_record_set_text (paper, GUITU_PAPER_TRANSFER, guitu_record_id (subject->transfer));
  if (subject->photo != NULL)
    guitu_record_set_text (paper, GUITU_PAPER_PHOTO, guitu_record_id (subject->photo));
  guitu_record_set_integer (paper, GUITU_PAPER_SEQUENCE, earlier == NULL ? 1 : guitu_record_integer (earlier, GUITU_PAPER_SEQUENCE, 1) + 1);
  if (earlier != NULL)
    guitu_record_set_text (paper, GUITU_PAPER_NUMBER, guitu_record_text (earlier, GUITU_PAPER_NUMBER));
  else if (!give_number (call, transaction, paper, form, error))
    return NULL;
  if (!complete (call, subject, paper, fields, error) || !guitu_transaction_put (transaction, paper, error))
    return NULL;
  return g_steal_pointer (&paper);
}

static gboolean
run_issue (GuituCall *call,
           GError **error)
{
  const GuituForm *form = find_form (guitu_call_text (call, "kind"), error);
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_write (call, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) paper = NULL;

  if (transaction == NULL || !load_subject (call, transaction, form, &subject, error))
    return FALSE;
  paper = issue (call, transaction, form, &subject, NULL, error);
  if (paper == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  return transaction != NULL && emit_paper (call, transaction, paper, error);
}

/* --- The life of a paper ---------------------------------------------------------------------- */

/* The newest printing of that number. */
static GuituRecord *
find_paper (GuituCall *call,
            GuituTransaction *transaction,
            GError **error)
{
  const char *number = guitu_call_need (call, "number", error);
  GuituQuery query = { .conditions = { { GUITU_PAPER_NUMBER, GUITU_EQUAL, number } }, .descending = TRUE, .limit = 1 };
  g_autoptr (GPtrArray) papers = NULL;

  if (number == NULL)
    return NULL;
  papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);
  if (papers != NULL && papers->len == 0)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "number", "There is no paper with the number %s", number);
  return papers == NULL || papers->len == 0 ? NULL : g_ptr_array_steal_index (papers, 0);
}

/* Ends the validity of one printing, here and for every station. */
static gboolean
retire (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *paper,
        const char *state,
        const char *reason,
        GError **error)
{
  g_autoptr (GuituRecord) mark = guitu_record_new (&guitu_kind_paper_mark);
  g_autofree char *sealed = guitu_seal_name (guitu_record_text (paper, GUITU_PAPER_SEAL));
  g_autofree char *now = guitu_now ();

  if (strcmp (guitu_record_text (paper, GUITU_PAPER_STATE), "issued") != 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-valid", "number", "This paper is no longer valid (%s)",
                       guitu_record_text (paper, GUITU_PAPER_STATE));
  guitu_record_set_text (paper, GUITU_PAPER_STATE, state);
  guitu_record_set_text (paper, GUITU_PAPER_REASON, reason);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_STATION, guitu_store_keys (call->store)->station);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_NUMBER, guitu_record_text (paper, GUITU_PAPER_NUMBER));
  guitu_record_set_text (mark, GUITU_PAPER_MARK_SEALED, sealed);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_STATE, state);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_AT, now);
  return guitu_transaction_put (transaction, paper, error) && guitu_transaction_put (transaction, mark, error);
}

static gboolean
run_reprint (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) earlier = transaction == NULL ? NULL : find_paper (call, transaction, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) paper = NULL;
  const GuituForm *form;

  if (earlier == NULL)
    return FALSE;
  form = find_form (guitu_record_text (earlier, GUITU_PAPER_KIND), error);
  if (form == NULL || !retire (call, transaction, earlier, "replaced", NULL, error) ||
      !guitu_paper_subject_load (&subject, transaction, guitu_record_text (earlier, GUITU_PAPER_STAY),
                                 guitu_record_text (earlier, GUITU_PAPER_TRANSFER), error))
    return FALSE;
  paper = issue (call, transaction, form, &subject, earlier, error);
  if (paper == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  return transaction != NULL && emit_paper (call, transaction, paper, error);
}

static gboolean
run_void (GuituCall *call,
          GError **error)
{
  const char *reason = guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) paper = transaction == NULL ? NULL : find_paper (call, transaction, error);

  if (paper == NULL || !retire (call, transaction, paper, "voided", reason, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_paper_to_json (paper));
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) paper = transaction == NULL ? NULL : find_paper (call, transaction, error);

  return paper != NULL && emit_paper (call, transaction, paper, error);
}

static gboolean
run_preview (GuituCall *call,
             GError **error)
{
  const GuituForm *form = find_form (guitu_call_text (call, "kind"), error);
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_read (call, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (JsonObject) result = json_object_new ();
  g_autoptr (GBytes) pdf = NULL;

  if (transaction == NULL || !load_subject (call, transaction, form, &subject, error))
    return FALSE;
  fields = guitu_paper_collect (transaction, &subject, form, error);
  if (fields == NULL)
    return FALSE;
  pdf = render (call, form, fields, subject.photo, NULL, NULL, GUITU_FORM_DRAFT, result, error);
  if (pdf == NULL || !give_pdf (call, pdf, result, error))
    return FALSE;
  json_object_set_string_member (result, "kind", guitu_form_kind (form));
  json_object_set_string_member (result, "title", guitu_form_title (form));
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

static gboolean
run_blank (GuituCall *call,
           GError **error)
{
  static const int printed[] = { GUITU_STATION_NAME, GUITU_STATION_ADDRESS, GUITU_STATION_PHONE, GUITU_STATION_COMPLAINTS };
  const GuituForm *form = find_form (guitu_call_text (call, "kind"), error);
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (JsonObject) result = json_object_new ();
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  g_autofree char *today = guitu_today ();
  const GuituRule *rule;
  g_autoptr (GBytes) pdf = NULL;

  if (station == NULL)
    return FALSE;
  rule = guitu_rules_find (guitu_paper_is_of_transfer (guitu_form_kind (form)) ? "handover_form" : "intake_form", today);
  for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
    if (guitu_record_is_set (station, printed[i]))
      {
        g_autofree char *key = g_strconcat ("station.", guitu_kind_station.fields[printed[i]].name, NULL);

        json_object_set_string_member (fields, key, guitu_record_text (station, printed[i]));
      }
  if (rule != NULL)
    json_object_set_string_member (fields, "form.citation", rule->citation);
  pdf = render (call, form, fields, NULL, NULL, NULL, GUITU_FORM_BLANK, result, error);
  if (pdf == NULL || !give_pdf (call, pdf, result, error))
    return FALSE;
  json_object_set_string_member (result, "kind", guitu_form_kind (form));
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_text (call, "stay");
  GuituQuery query = { .descending = TRUE, .limit = 1000 };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GPtrArray) papers = NULL;

  if (transaction == NULL)
    return FALSE;
  if (text != NULL)
    {
      stay = guitu_stay_find (transaction, text, error);
      if (stay == NULL)
        return FALSE;
      query.conditions[0] = (GuituCondition){ GUITU_PAPER_STAY, GUITU_EQUAL, guitu_record_id (stay) };
    }
  papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);
  if (papers == NULL)
    return FALSE;
  for (guint i = 0; i < papers->len; i++)
    guitu_call_emit (call, guitu_paper_to_json (g_ptr_array_index (papers, i)));
  return TRUE;
}

static gboolean
run_kinds (GuituCall *call,
           GError **error)
{
  const GuituForm *const *forms = guitu_forms ();

  for (guint i = 0; forms[i] != NULL; i++)
    {
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "kind", guitu_form_kind (forms[i]));
      json_object_set_string_member (json, "title", guitu_form_title (forms[i]));
      json_object_set_int_member (json, "copies", guitu_form_n_copies (forms[i]));
      json_object_set_string_member (json, "of", guitu_paper_is_of_transfer (guitu_form_kind (forms[i])) ? "transfer" : "stay");
      guitu_call_emit (call, json);
    }
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

#define PDF_OPTIONS                                                            \
  { "pdf", GUITU_OPTION_FILE, FALSE, "write the PDF to this file" },           \
  {                                                                            \
    "inline", GUITU_OPTION_FLAG, FALSE, "give the PDF as Base64 in the result" \
  }

static const GuituOption issue_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper (see “paper kinds”)" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay" },
  { "transfer", GUITU_OPTION_TEXT, FALSE, "id of the transfer" },
  PDF_OPTIONS,
  { NULL },
};

static const GuituOption number_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper" },
  PDF_OPTIONS,
  { NULL },
};

static const GuituOption void_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why it is no longer good" },
  { NULL },
};

static const GuituOption blank_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper (see “paper kinds”)" },
  PDF_OPTIONS,
  { NULL },
};

static const GuituOption list_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "only papers of this stay" },
  { NULL },
};

const GuituVerb guitu_verb_paper_kinds = {
  "paper kinds", "List the kinds of papers", GUITU_VERB_NO_STORE | GUITU_VERB_NO_LOGIN, 0, NULL, NULL, run_kinds
};
const GuituVerb guitu_verb_paper_issue = {
  "paper issue", "Issue a paper: number it, seal it, keep what it says", GUITU_VERB_WRITES,
  GUITU_ROLES_STAFF, issue_options, NULL, run_issue
};
const GuituVerb guitu_verb_paper_show = {
  "paper show", "Show a paper; make its PDF again", GUITU_VERB_PLAIN, 0, number_options, NULL, run_show
};
const GuituVerb guitu_verb_paper_preview = {
  "paper preview", "Make a draft of a paper, without number or seal", GUITU_VERB_PLAIN, 0, issue_options, NULL, run_preview
};
const GuituVerb guitu_verb_paper_reprint = {
  "paper reprint", "Print a paper anew with what is known now; the earlier printing becomes void", GUITU_VERB_WRITES,
  GUITU_ROLES_STAFF, number_options, NULL, run_reprint
};
const GuituVerb guitu_verb_paper_void = {
  "paper void", "Declare a paper void, for every station", GUITU_VERB_WRITES, GUITU_ROLES_STAFF, void_options, NULL, run_void
};
const GuituVerb guitu_verb_paper_list = {
  "paper list", "List papers, newest first", GUITU_VERB_PLAIN, 0, list_options, NULL, run_list
};
const GuituVerb guitu_verb_paper_blank = {
  "paper blank", "Make an empty form to be filled in by hand", GUITU_VERB_NO_LOGIN, 0, blank_options, NULL, run_blank
};
