/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking papers up, and making their PDF: from the fields the record kept, as a draft of what is
 * known now, or empty to be filled in by hand. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

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

const GuituForm *
guitu_paper_form (const char *kind,
                  GError **error)
{
  const GuituForm *form = kind == NULL ? NULL : guitu_form_find (kind);

  if (kind == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "missing", "kind", "“kind” is needed: which paper");
  else if (form == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "kind", "There is no paper of the kind “%s”", kind);
  return form;
}

gboolean
guitu_paper_load_subject (GuituCall *call,
                          GuituTransaction *transaction,
                          const GuituForm *form,
                          GuituPaperSubject *subject,
                          GError **error)
{
  gboolean of_transfer = guitu_paper_kind (guitu_form_kind (form))->about == GUITU_PAPER_OF_TRANSFER;
  const char *text = guitu_call_need (call, of_transfer ? "transfer" : "stay", error);

  if (text == NULL)
    return FALSE;
  return guitu_paper_subject_load (subject, transaction, of_transfer ? NULL : text, of_transfer ? text : NULL, error) &&
         guitu_fence_refuse_stay (call, transaction, subject->stay, error);
}

GuituRecord *
guitu_paper_find (GuituCall *call,
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

/* --- Rendering ------------------------------------------------------------------------------- */

static void
add_warning (JsonObject *result,
             const char *warning)
{
  if (!json_object_has_member (result, "print_warnings"))
    json_object_set_array_member (result, "print_warnings", json_array_new ());
  json_array_add_string_element (json_object_get_array_member (result, "print_warnings"), warning);
}

/* A photo that another desk took may not have come here: the paper leaves its frame empty. */
static gboolean
set_photo (GuituCall *call,
           GuituFormValues *values,
           const GuituRecord *photo,
           JsonObject *result,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) picture = photo == NULL ? NULL : guitu_file_read (call->store, photo, &failure);

  if (picture != NULL)
    guitu_form_values_set_photo (values, picture);
  if (failure != NULL && !g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (failure != NULL)
    add_warning (result, "The photo is not at this desk; its frame is empty");
  return TRUE;
}

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
  g_auto (GStrv) warnings = NULL;
  GuituFonts *fonts = guitu_paper_fonts (error);
  GBytes *pdf;

  if (fonts == NULL || !set_photo (call, values, photo, result, error))
    return NULL;
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
    add_warning (result, warnings[i]);
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

JsonObject *
guitu_paper_present (GuituCall *call,
                     GuituTransaction *transaction,
                     const GuituRecord *paper,
                     GError **error)
{
  g_autoptr (JsonObject) result = guitu_paper_to_json (paper);
  g_autoptr (JsonNode) fields = NULL;
  g_autoptr (GuituRecord) photo = NULL;
  g_autoptr (GBytes) pdf = NULL;
  const char *photo_id = guitu_record_text (paper, GUITU_PAPER_PHOTO);

  if (wants_pdf (call) && !guitu_fence_refuse_record (call, transaction, &guitu_kind_paper, guitu_record_id (paper), error))
    return NULL;
  if (wants_pdf (call))
    {
      const GuituForm *form = guitu_paper_form (guitu_record_text (paper, GUITU_PAPER_KIND), error);

      fields = json_from_string (guitu_record_text (paper, GUITU_PAPER_FIELDS), NULL);
      if (photo_id != NULL)
        photo = guitu_record_load (transaction, &guitu_kind_file, photo_id, error);
      if (form == NULL || fields == NULL || (photo_id != NULL && photo == NULL))
        return NULL;
      pdf = render (call, form, json_node_get_object (fields), photo, guitu_record_text (paper, GUITU_PAPER_SEAL),
                    guitu_record_text (paper, GUITU_PAPER_ISSUED_AT), GUITU_FORM_FILLED, result, error);
      if (pdf == NULL || !give_pdf (call, pdf, result, error))
        return NULL;
    }
  return g_steal_pointer (&result);
}

/* --- Showing --------------------------------------------------------------------------------- */

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) paper = transaction == NULL ? NULL : guitu_paper_find (call, transaction, error);

  JsonObject *result = paper == NULL ? NULL : guitu_paper_present (call, transaction, paper, error);

  if (result == NULL)
    return FALSE;
  guitu_call_emit (call, result);
  return TRUE;
}

static gboolean
run_preview (GuituCall *call,
             GError **error)
{
  const GuituForm *form = guitu_paper_form (guitu_call_text (call, "kind"), error);
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_read (call, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (JsonObject) result = json_object_new ();
  g_autoptr (GBytes) pdf = NULL;

  if (transaction == NULL || !guitu_paper_load_subject (call, transaction, form, &subject, error))
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
  const GuituForm *form = guitu_paper_form (guitu_call_text (call, "kind"), error);
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (JsonObject) result = json_object_new ();
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  g_autofree char *today = guitu_today ();
  const GuituRule *rule;
  g_autoptr (GBytes) pdf = NULL;

  if (station == NULL)
    return FALSE;
  rule = guitu_rules_find (guitu_paper_kind (guitu_form_kind (form))->form_rule, today);
  for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
    if (guitu_record_is_set (station, printed[i]))
      {
        g_autofree char *key = g_strconcat ("station.", guitu_kind_station.fields[printed[i]].name, NULL);

        json_object_set_string_member (fields, key, guitu_record_text (station, printed[i]));
      }
  if (rule != NULL)
    json_object_set_string_member (fields, "form.citation", rule->citation);
  guitu_notice_add_remedies (fields, guitu_form_kind (form), station, today);
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

/* By GuituPaperAbout. */
static const char *const about_names[] = { "stay", "transfer", "shift", "house" };

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
      json_object_set_string_member (json, "of", about_names[guitu_paper_kind (guitu_form_kind (forms[i]))->about]);
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

const GuituOption guitu_paper_subject_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper (see “paper kinds”)" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay" },
  { "transfer", GUITU_OPTION_TEXT, FALSE, "id of the transfer" },
  PDF_OPTIONS,
  { NULL },
};

const GuituOption guitu_paper_number_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper" },
  PDF_OPTIONS,
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
  "paper kinds", "List the kinds of papers", GUITU_VERB_NO_STORE | GUITU_VERB_NO_LOGIN, NULL, NULL, run_kinds
};
const GuituVerb guitu_verb_paper_show = {
  "paper show", "Show a paper; make its PDF again", GUITU_VERB_PLAIN, guitu_paper_number_options, NULL, run_show
};
const GuituVerb guitu_verb_paper_preview = {
  "paper preview", "Make a draft of a paper, without number or seal", GUITU_VERB_PLAIN, guitu_paper_subject_options, NULL, run_preview
};
const GuituVerb guitu_verb_paper_list = {
  "paper list", "List papers, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
const GuituVerb guitu_verb_paper_blank = {
  "paper blank", "Make an empty form to be filled in by hand", GUITU_VERB_NO_LOGIN, blank_options, NULL, run_blank
};
