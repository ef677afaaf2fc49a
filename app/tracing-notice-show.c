/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notices on the screen: lists, one with all that is known of it, the draft as it will hang on the wall, and texts for
 * channels that take nothing else. */

#include "app/tracing-notice.h"

#include "app/blacklist.h"
#include "app/verbs.h"

#include <string.h>

/* --- As JSON ------------------------------------------------------------------------------------------ */

static JsonArray *
lines_of (JsonObject *content)
{
  JsonArray *lines = json_array_new ();

  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      g_autofree char *text = guitu_notice_text_of (content, line->key);
      JsonObject *json;

      if (text == NULL)
        continue;
      json = json_object_new ();
      json_object_set_string_member (json, "key", line->key);
      json_object_set_string_member (json, "label", line->label);
      json_object_set_string_member (json, "text", text);
      json_array_add_object_element (lines, json);
    }
  return lines;
}

static void
add_user (JsonObject *json,
          GuituTransaction *transaction,
          const GuituRecord *record,
          int field)
{
  const char *id = guitu_record_text (record, field);
  g_autofree char *name = id == NULL ? NULL : guitu_user_display_name (transaction, id);
  g_autofree char *member = g_strconcat (guitu_record_kind (record)->fields[field].name, "_name", NULL);

  if (name != NULL)
    json_object_set_string_member (json, member, name);
}

static void
add_label (JsonObject *json,
           const char *member,
           const char *list,
           const char *code)
{
  if (code != NULL)
    json_object_set_string_member (json, member, guitu_code_label (list, code));
}

JsonObject *
guitu_notice_to_json (GuituTransaction *transaction,
                      const GuituRecord *notice)
{
  static const int users[] = { GUITU_NOTICE_PREPARED_BY, GUITU_NOTICE_APPROVED_BY, GUITU_NOTICE_WITHDRAWN_BY };
  gboolean has_content = guitu_record_is_set (notice, GUITU_NOTICE_CONTENT);
  gboolean has_draft = guitu_record_is_set (notice, GUITU_NOTICE_DRAFT);
  const char *state = guitu_notice_state (notice);
  JsonObject *json = guitu_record_to_json (notice, FALSE);
  JsonObject *content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  JsonObject *draft = guitu_notice_content_read (notice, GUITU_NOTICE_DRAFT);
  g_autofree char *page = guitu_notice_page_name (notice);

  json_object_set_string_member (json, "state", state);
  add_label (json, "state_name", "notice_state", state);
  add_label (json, "withdrawn_as_name", "withdrawn_as", guitu_record_text (notice, GUITU_NOTICE_WITHDRAWN_AS));
  json_object_set_array_member (json, "lines", lines_of (has_draft ? draft : content));
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    add_user (json, transaction, notice, users[i]);
  json_object_set_string_member (json, "page", page);
  json_object_remove_member (json, "content");
  json_object_remove_member (json, "draft");
  if (has_content)
    json_object_set_object_member (json, "content", json_object_ref (content));
  if (has_draft)
    json_object_set_object_member (json, "draft", json_object_ref (draft));
  json_object_unref (content);
  json_object_unref (draft);
  return json;
}

gboolean
guitu_notice_commit (GuituCall *call,
                     GuituTransaction *transaction,
                     const GuituRecord *notice,
                     GError **error)
{
  g_autofree char *id = g_strdup (guitu_record_id (notice));
  g_autoptr (GuituTransaction) reading = NULL;
  g_autoptr (GuituRecord) written = NULL;

  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  reading = guitu_call_read (call, error);
  written = reading == NULL ? NULL : guitu_record_load (reading, &guitu_kind_notice, id, error);
  if (written == NULL)
    return FALSE;
  guitu_call_emit (call, guitu_notice_to_json (reading, written));
  return TRUE;
}

/* --- Lists ---------------------------------------------------------------------------------------------- */

static gboolean
is_wanted (GuituCall *call,
           const GuituRecord *notice)
{
  const char *state = guitu_call_text (call, "state");

  if (guitu_call_flag (call, "waiting"))
    return guitu_record_says (notice, GUITU_NOTICE_DRAFT_STATE, "waiting");
  if (state != NULL)
    return g_strcmp0 (state, guitu_notice_state (notice)) == 0;
  return guitu_call_flag (call, "all") || !guitu_record_is_set (notice, GUITU_NOTICE_WITHDRAWN_AT);
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *state = guitu_call_text (call, "state");
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  const GuituQuery newest = { .descending = TRUE };

  if (state != NULL && guitu_codes_find ("notice_state", state) == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "state", "“%s” is not one of the codes of notice_state", state);
  transaction = guitu_call_read (call, error);
  notices = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_notice, &newest, error);
  for (guint i = 0; notices != NULL && i < notices->len; i++)
    if (is_wanted (call, notices->pdata[i]))
      guitu_call_emit (call, guitu_notice_to_json (transaction, notices->pdata[i]));
  return notices != NULL;
}

/* --- One ------------------------------------------------------------------------------------------------- */

static gboolean
add_channels (JsonObject *json,
              GuituTransaction *transaction,
              const GuituRecord *notice,
              GError **error)
{
  const GuituQuery of_it = { .conditions = { { GUITU_NOTICE_CHANNEL_NOTICE, GUITU_EQUAL, guitu_record_id (notice) } } };
  g_autoptr (GPtrArray) channels = guitu_records_find (transaction, &guitu_kind_notice_channel, &of_it, error);
  JsonArray *array;

  if (channels == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < channels->len; i++)
    {
      JsonObject *channel = guitu_record_to_json (channels->pdata[i], FALSE);

      add_label (channel, "channel_name", "notice_channel", guitu_record_text (channels->pdata[i], GUITU_NOTICE_CHANNEL_CHANNEL));
      add_user (channel, transaction, channels->pdata[i], GUITU_NOTICE_CHANNEL_BY);
      add_user (channel, transaction, channels->pdata[i], GUITU_NOTICE_CHANNEL_WITHDRAWN_BY);
      json_array_add_object_element (array, channel);
    }
  json_object_set_array_member (json, "channels", array);
  return TRUE;
}

/* What stands against it now, and whether approval must name the ground of a minor. */
static gboolean
add_bar (JsonObject *json,
         GuituTransaction *transaction,
         const GuituRecord *notice,
         GError **error)
{
  const char *person = guitu_record_text (notice, GUITU_NOTICE_PERSON);
  const GuituNoticeBar *bar;
  gboolean is_of_minor;

  if (!guitu_notice_bar (transaction, person, guitu_record_text (notice, GUITU_NOTICE_CONSENT), &bar, error) ||
      !guitu_notice_is_of_minor (transaction, person, &is_of_minor, error))
    return FALSE;
  json_object_set_boolean_member (json, "of_minor", is_of_minor);
  if (bar != NULL)
    json_object_set_string_member (json, "bar", bar->code);
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) notice = guitu_call_notice (call, transaction, error);
  g_autoptr (JsonObject) json = notice == NULL ? NULL : guitu_notice_to_json (transaction, notice);

  if (json == NULL || !add_channels (json, transaction, notice, error) || !add_bar (json, transaction, notice, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- The poster before it is approved ----------------------------------------------------------------------- */

static gboolean
load_subject (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *notice,
              GuituPaperSubject *subject,
              GError **error)
{
  const char *person = guitu_record_text (notice, GUITU_NOTICE_PERSON);
  g_autoptr (GuituRecord) stay = NULL;

  if (!guitu_list_newest_stay (transaction, person, &stay, error))
    return FALSE;
  return stay == NULL ? guitu_paper_subject_load_person (subject, call, transaction, person, error)
                      : guitu_paper_subject_load (subject, call, transaction, "tracing-notice", guitu_record_id (stay), error);
}

/* (transfer full) */
static GBytes *
draw_draft (GuituCall *call,
            GuituTransaction *transaction,
            const GuituRecord *notice,
            GError **error)
{
  gboolean has_draft = guitu_record_is_set (notice, GUITU_NOTICE_DRAFT);
  const GuituForm *form = guitu_form_find ("tracing-notice");
  const char *photo_id = guitu_record_text (notice, has_draft ? GUITU_NOTICE_DRAFT_PHOTO : GUITU_NOTICE_PHOTO);
  g_autoptr (JsonObject) content = guitu_notice_content_read (notice, has_draft ? GUITU_NOTICE_DRAFT : GUITU_NOTICE_CONTENT);
  g_autoptr (JsonArray) warnings = json_array_new ();
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (GuituFormValues) values = NULL;
  g_autoptr (GuituRecord) photo = NULL;
  GuituFonts *fonts = guitu_paper_fonts (error);

  if (fonts == NULL || !load_subject (call, transaction, notice, &subject, error))
    return NULL;
  fields = guitu_paper_collect (transaction, &subject, form, error);
  photo = photo_id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_file, photo_id, error);
  if (fields == NULL || (photo_id != NULL && photo == NULL))
    return NULL;
  guitu_notice_paper_set (fields, content, notice, subject.station);
  values = guitu_paper_values (fields);
  return guitu_paper_set_photo (call, values, photo, warnings, error) ? guitu_form_render (fonts, form, values, GUITU_FORM_DRAFT, NULL, error) : NULL;
}

static gboolean
run_preview (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) notice = guitu_call_notice (call, transaction, error);
  g_autoptr (GBytes) pdf = notice == NULL ? NULL : draw_draft (call, transaction, notice, error);
  g_autoptr (JsonObject) json = pdf == NULL ? NULL : guitu_notice_to_json (transaction, notice);

  if (json == NULL || !add_bar (json, transaction, notice, error) || !guitu_paper_give_pdf (call, pdf, json, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- Texts for other channels ------------------------------------------------------------------------------- */

static void
append_contact (GString *text,
                const GuituRecord *station,
                const GuituRecord *notice,
                const char *before)
{
  g_autofree char *address = guitu_notice_web_address ();
  g_autofree char *page = guitu_notice_page_name (notice);
  const char *phone = guitu_record_text (station, GUITU_STATION_PHONE);

  g_string_append_printf (text, "%s%s%s%s", before, guitu_record_text (station, GUITU_STATION_NAME), phone == NULL ? "" : " ", phone == NULL ? "" : phone);
  if (address != NULL)
    g_string_append_printf (text, " %s%s", address, page);
}

/* One paragraph, as a message. */
static void
write_short (GString *text,
             JsonObject *content)
{
  static const char *const keys[] = { "height", "marks", "clothing", "accent" };
  static const char *const words[] = { "身高", "", "衣着：", "口音：" };
  g_autofree char *summary = guitu_notice_summary (content, TRUE);
  g_autofree char *day = guitu_notice_text_of (content, "found_on");
  g_autofree char *place = guitu_notice_text_of (content, "found_place");

  g_string_append_printf (text, "【寻亲】%s", summary);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *part = guitu_notice_text_of (content, keys[i]);

      if (part != NULL)
        g_string_append_printf (text, "，%s%s", words[i], part);
    }
  if (day != NULL || place != NULL)
    g_string_append_printf (text, "。%s%s%s被发现", day == NULL ? "" : day, place == NULL ? "" : "在", place == NULL ? "" : place);
  g_string_append (text, "，正在寻找亲人。");
}

static void
write_long (GString *text,
            JsonObject *content)
{
  g_string_append (text, "寻亲公告\n");
  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      g_autofree char *part = guitu_notice_text_of (content, line->key);

      if (part != NULL)
        g_string_append_printf (text, "%s：%s\n", line->label, part);
    }
  g_string_append (text, "以上为本人自述或工作人员目测，可能有误，请家属查看全部公告。\n");
}

static gboolean
run_text (GuituCall *call,
          GError **error)
{
  const char *length = guitu_call_text (call, "for");
  gboolean is_long = g_strcmp0 (length, "long") == 0;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) notice = NULL;
  g_autoptr (GuituRecord) station = NULL;
  g_autoptr (JsonObject) content = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *json;

  if (length != NULL && !is_long && strcmp (length, "short") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "for", "“%s” is neither “short” nor “long”", length);
  transaction = guitu_call_read (call, error);
  notice = guitu_call_notice (call, transaction, error);
  station = notice == NULL ? NULL : guitu_own_station (transaction, error);
  if (station == NULL)
    return FALSE;
  if (!guitu_notice_is_out (notice))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-published", "notice", "The notice is “%s”: only what is published is given out", guitu_notice_state (notice));
  content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  if (is_long)
    write_long (text, content);
  else
    write_short (text, content);
  append_contact (text, station, notice, "联系：");
  json = json_object_new ();
  json_object_set_string_member (json, "id", guitu_record_id (notice));
  json_object_set_string_member (json, "person", guitu_record_text (notice, GUITU_NOTICE_PERSON));
  json_object_set_string_member (json, "text", text->str);
  json_object_set_int_member (json, "characters", g_utf8_strlen (text->str, -1));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ------------------------------------------------------------------------------------------------------ */

static const GuituOption list_options[] = {
  { "state", GUITU_OPTION_TEXT, FALSE, "only those in this state (codes notice_state)" },
  { "waiting", GUITU_OPTION_FLAG, FALSE, "only those of which words wait for approval" },
  { "all", GUITU_OPTION_FLAG, FALSE, "also those that were withdrawn" },
  { NULL },
};

static const GuituOption notice_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { NULL },
};

static const GuituOption preview_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

static const GuituOption text_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { "for", GUITU_OPTION_TEXT, FALSE, "“short”, one paragraph for messages, or “long”, all lines (short)" },
  { NULL },
};

const GuituVerb guitu_verb_notice_list = {
  "notice list", "List the notices to find kin, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
const GuituVerb guitu_verb_notice_show = {
  "notice show", "Show a notice with the places where it was put up", GUITU_VERB_PLAIN, notice_options, NULL, run_show
};
const GuituVerb guitu_verb_notice_preview = {
  "notice preview", "Show what waits for approval, as the poster that it becomes", GUITU_VERB_PLAIN, preview_options, NULL, run_preview
};
const GuituVerb guitu_verb_notice_text = {
  "notice text", "Give a published notice as a text for messages and other sites", GUITU_VERB_PLAIN, text_options, NULL, run_text
};
