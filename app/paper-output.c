/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making the PDF of a paper: from the fields the record kept, as a draft of what is known now, or
 * empty to be filled in by hand. */

#include "app/papers.h"

#include "app/access.h"
#include "app/fence.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

/* --- Rendering ------------------------------------------------------------------------------- */

static void
add_warnings (JsonObject *result,
              JsonArray *warnings)
{
  if (json_array_get_length (warnings) > 0)
    json_object_set_array_member (result, "print_warnings", json_array_ref (warnings));
}

gboolean
guitu_paper_set_photo (GuituCall *call,
                       GuituFormValues *values,
                       const GuituRecord *photo,
                       JsonArray *warnings,
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
    json_array_add_string_element (warnings, "The photo is not at this desk; its frame is empty");
  return TRUE;
}

/* A label has no room for a seal: its code names the paper, and twelve digits of what was sealed. */
static void
set_code (GuituFormValues *values,
          const GuituForm *form,
          const GuituRecord *paper,
          const char *station)
{
  const char *seal = guitu_record_text (paper, GUITU_PAPER_SEAL);
  g_autofree char *name = guitu_seal_name (seal);
  g_autofree char *words = guitu_seal_words (seal);
  g_autofree char *code = guitu_label_code (station, guitu_record_text (paper, GUITU_PAPER_NUMBER), name);

  guitu_form_values_set_seal (values, guitu_form_is_label (form) ? code : seal, words);
}

GuituFormValues *
guitu_paper_read_values (GuituCall *call,
                         GuituTransaction *transaction,
                         const GuituRecord *paper,
                         JsonArray *warnings,
                         GError **error)
{
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));
  const char *photo_id = guitu_record_text (paper, GUITU_PAPER_PHOTO);
  g_autoptr (JsonNode) fields = json_from_string (guitu_record_text (paper, GUITU_PAPER_FIELDS), error);
  g_autoptr (GuituFormValues) values = NULL;
  g_autoptr (GuituRecord) photo = NULL;

  if (fields == NULL)
    return NULL;
  if (form == NULL)
    {
      guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "kind", "This program does not know papers of the kind “%s”",
                  guitu_record_text (paper, GUITU_PAPER_KIND));
      return NULL;
    }
  if (photo_id != NULL)
    photo = guitu_record_load (transaction, &guitu_kind_file, photo_id, error);
  if (photo_id != NULL && photo == NULL)
    return NULL;
  values = guitu_paper_values (json_node_get_object (fields));
  if (!guitu_paper_set_photo (call, values, photo, warnings, error))
    return NULL;
  if (guitu_record_is_set (paper, GUITU_PAPER_SEAL))
    set_code (values, form, paper, guitu_store_keys (call->store)->station);
  if (guitu_record_is_set (paper, GUITU_PAPER_ISSUED_AT))
    guitu_form_values_set_issued_at (values, guitu_time_to_unix (guitu_record_text (paper, GUITU_PAPER_ISSUED_AT)));
  guitu_form_values_set_void (values, guitu_record_says (paper, GUITU_PAPER_STATE, "voided") || guitu_record_says (paper, GUITU_PAPER_STATE, "replaced"));
  return g_steal_pointer (&values);
}

static GBytes *
render (const GuituForm *form,
        const GuituFormValues *values,
        GuituFormMode mode,
        JsonArray *warnings,
        GError **error)
{
  GuituFonts *fonts = guitu_paper_fonts (error);
  g_auto (GStrv) found = NULL;
  GBytes *pdf = fonts == NULL ? NULL : guitu_form_render (fonts, form, values, mode, &found, error);

  for (guint i = 0; pdf != NULL && found != NULL && found[i] != NULL; i++)
    json_array_add_string_element (warnings, found[i]);
  return pdf;
}

gboolean
guitu_paper_give_pdf (GuituCall *call,
                      GBytes *pdf,
                      JsonObject *result,
                      GError **error)
{
  const char *path = guitu_call_text (call, "pdf");
  gsize length;
  gconstpointer data = g_bytes_get_data (pdf, &length);

  if (path != NULL)
    {
      if (!guitu_output_file (path, "pdf", pdf, error))
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
guitu_paper_make (GuituCall *call,
                  GuituTransaction *transaction,
                  const GuituRecord *paper,
                  GBytes **pdf,
                  GError **error)
{
  g_autoptr (JsonObject) result = guitu_paper_to_json (paper);
  g_autoptr (JsonArray) warnings = json_array_new ();
  g_autoptr (GuituFormValues) values = NULL;
  gboolean is_draft = guitu_record_says (paper, GUITU_PAPER_STATE, "draft");

  if ((wants_pdf (call) || is_draft) && !guitu_paper_refuse (call, transaction, paper, error))
    return NULL;
  if (is_draft)
    json_object_set_object_member (result, "typed", guitu_paper_typed_of (paper));
  if (!wants_pdf (call) || is_draft)
    return g_steal_pointer (&result);
  values = guitu_paper_read_values (call, transaction, paper, warnings, error);
  *pdf = values == NULL ? NULL : render (guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND)), values, GUITU_FORM_FILLED, warnings, error);
  if (*pdf == NULL)
    return NULL;
  add_warnings (result, warnings);
  return g_steal_pointer (&result);
}

JsonObject *
guitu_paper_present (GuituCall *call,
                     GuituTransaction *transaction,
                     const GuituRecord *paper,
                     GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (JsonObject) result = guitu_paper_make (call, transaction, paper, &pdf, error);

  if (result == NULL || (pdf != NULL && !guitu_paper_give_pdf (call, pdf, result, error)))
    return NULL;
  return g_steal_pointer (&result);
}

/* --- Showing --------------------------------------------------------------------------------- */

gboolean
guitu_paper_log (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituRecord *paper,
                 GError **error)
{
  const char *stay_id = guitu_record_text (paper, GUITU_PAPER_STAY);
  g_autoptr (GuituRecord) stay = stay_id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, stay_id, error);

  if (stay_id != NULL && stay == NULL)
    return FALSE;
  return guitu_access_log (call, "print", stay == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_PERSON), guitu_record_text (paper, GUITU_PAPER_NUMBER), error);
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) paper = transaction == NULL ? NULL : guitu_paper_find (call, transaction, error);
  g_autoptr (JsonObject) result = paper == NULL ? NULL : guitu_paper_present (call, transaction, paper, error);

  if (result == NULL || (wants_pdf (call) && !guitu_paper_log (call, transaction, paper, error)))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

/* What of a form is missing, and whether it is needed: what a window marks. */
static JsonArray *
entries_to_json (const GuituForm *form,
                 JsonObject *fields,
                 const char *id_number)
{
  JsonArray *entries = json_array_new ();
  g_autoptr (GuituFormValues) labels = guitu_paper_values (fields);
  GuituFormEntry entry;

  for (guint i = 0; guitu_form_entry (form, i, &entry); i++)
    {
      JsonObject *json = json_object_new ();
      const char *label = entry.label != NULL ? entry.label : guitu_form_values_get_label (labels, entry.key);

      json_object_set_string_member (json, "key", entry.key);
      json_object_set_string_member (json, "label", label != NULL ? label : entry.key);
      if (json_object_has_member (fields, entry.key))
        json_object_set_string_member (json, "value", strcmp (entry.key, "person.id_number") == 0 ? id_number : json_object_get_string_member (fields, entry.key));
      if (entry.options != NULL)
        json_object_set_string_member (json, "options", entry.options);
      if (entry.options != NULL)
        json_object_set_boolean_member (json, "one", entry.is_one);
      json_object_set_boolean_member (json, "long", entry.is_long);
      json_object_set_boolean_member (json, "table", entry.is_table);
      json_object_set_boolean_member (json, "typed", !entry.is_table && guitu_paper_is_typed (entry.key));
      json_object_set_boolean_member (json, "needed", g_strv_contains (guitu_form_needed (form), entry.key));
      json_array_add_object_element (entries, json);
    }
  return entries;
}

static gboolean
run_preview (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) draft = NULL;
  g_autoptr (JsonObject) result = json_object_new ();
  g_autoptr (JsonArray) warnings = json_array_new ();
  const GuituForm *form = transaction == NULL ? NULL : guitu_paper_read_matter (call, transaction, &subject, &draft, error);
  g_autoptr (JsonObject) fields = form == NULL ? NULL : guitu_paper_collect (transaction, &subject, form, error);
  g_autoptr (GuituFormValues) values = fields == NULL ? NULL : guitu_paper_values (fields);
  g_autoptr (JsonObject) person = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (values == NULL || !guitu_paper_set_photo (call, values, subject.photo, warnings, error))
    return FALSE;
  if (wants_pdf (call))
    pdf = render (form, values, GUITU_FORM_DRAFT, warnings, error);
  if (wants_pdf (call) && (pdf == NULL || !guitu_paper_give_pdf (call, pdf, result, error)))
    return FALSE;
  json_object_set_string_member (result, "kind", guitu_form_kind (form));
  json_object_set_string_member (result, "title", guitu_form_title (form));
  person = subject.person == NULL ? json_object_new () : guitu_record_to_json (subject.person, FALSE); /* masked */
  if (subject.stay != NULL)
    json_object_set_string_member (result, "stay", guitu_record_id (subject.stay));
  json_object_set_array_member (result, "entries", entries_to_json (form, fields, json_object_get_string_member_with_default (person, "id_number", "")));
  add_warnings (result, warnings);
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
  g_autoptr (JsonArray) warnings = json_array_new ();
  g_autoptr (GuituTransaction) transaction = form == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  g_autoptr (GuituFormValues) values = NULL;
  g_autofree char *today = guitu_today ();
  g_autoptr (GBytes) pdf = NULL;

  if (station == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
    if (guitu_record_is_set (station, printed[i]))
      {
        g_autofree char *key = g_strconcat ("station.", guitu_kind_station.fields[printed[i]].name, NULL);

        json_object_set_string_member (fields, key, guitu_record_text (station, printed[i]));
      }
  guitu_paper_add_wording (fields, form, station, today);
  values = guitu_paper_values (fields);
  pdf = render (form, values, GUITU_FORM_BLANK, warnings, error);
  if (pdf == NULL || !guitu_paper_give_pdf (call, pdf, result, error))
    return FALSE;
  json_object_set_string_member (result, "kind", guitu_form_kind (form));
  add_warnings (result, warnings);
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

const GuituOption guitu_paper_subject_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper (see “paper kinds”)" },
  { "draft", GUITU_OPTION_TEXT, FALSE, "id of a draft, instead of kind and what it is about" },
  GUITU_SUBJECT_OPTIONS,
  GUITU_PDF_OPTIONS,
  { NULL },
};

const GuituOption guitu_paper_number_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

static const GuituOption blank_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of paper (see “paper kinds”)" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_paper_show = {
  "paper show", "Show a paper; make its PDF again", GUITU_VERB_PLAIN, guitu_paper_number_options, NULL, run_show
};
const GuituVerb guitu_verb_paper_preview = {
  "paper preview", "Make a draft of a paper, without number or seal, and list what it asks for", GUITU_VERB_PLAIN, guitu_paper_subject_options, NULL, run_preview
};
const GuituVerb guitu_verb_paper_blank = {
  "paper blank", "Make an empty form to be filled in by hand", GUITU_VERB_NO_LOGIN, blank_options, NULL, run_blank
};
