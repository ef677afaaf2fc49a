/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a notice says, in the official field order (domain.md §5.3). It begins with what the records tell; each line may
 * be left out, or put into words that the public may read. Health, intellect and mental state are told in official
 * words alone, never as a diagnosis, and no number that leads to the person stands in any line. */

#include "app/tracing-notice.h"

#include "app/codes.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 6 /* in a row: a telephone or document number has more */
#define ABOUT_YEARS 5 /* “约45岁”: that much more on either side */
#define GREATEST_AGE 120

const GuituNoticeLine guitu_notice_lines[] = {
  { "name", "姓名", "person.name", NULL, 40 },
  { "sex", "性别", "person.sex", "sex", 10 },
  { "age", "年龄或目测年龄", "person.age", NULL, 20 },
  { "height", "身高", "person.height_cm", NULL, 20 },
  { "health", "健康状况", "person.health", "notice_health", 20 },
  { "intellect", "智力状况", "tracing.intellect", "notice_intellect", 20 },
  { "mental_state", "精神状态", "tracing.mental_state", "notice_mental", 20 },
  { "marks", "体貌特征", "person.marks", NULL, 200 },
  { "clothing", "发现时衣着特征", "stay.clothing", NULL, 120 },
  { "found_on", "发现日期", "tracing.found_on", NULL, 10 },
  { "found_place", "发现地点", "stay.found_place", NULL, 80 },
  { "accent", "口音", "person.accent", NULL, 60 },
  { NULL, NULL, NULL, NULL, 0 },
};

static const GuituNoticeLine *
find_line (const char *key)
{
  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    if (strcmp (line->key, key) == 0)
      return line;
  return NULL;
}

/* --- From the records ---------------------------------------------------------------------------- */

/* What a notice says of a condition: which line, and which of its codes. */
static const struct
{
  const char *health;
  const char *line;
  const char *code;
} conditions[] = {
  { "healthy", "health", "healthy" },
  { "critical", "health", "ill" },
  { "infectious", "health", "ill" },
  { "ill", "health", "ill" },
  { "pregnant", "health", "unclear" },
  { "drunk", "health", "unclear" },
  { "unknown", "health", "unclear" },
  { "injury", "health", "injury" },
  { "physical", "health", "physical" },
  { "visual", "health", "visual" },
  { "hearing", "health", "hearing" },
  { "speech", "health", "speech" },
  { "intellectual", "intellect", "intellectual" },
  { "dementia", "intellect", "dementia" },
  { "mental", "mental_state", "mental" },
};

static void
set (JsonObject *content,
     const char *key,
     const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (content, key, text);
}

static void
set_condition (JsonObject *content,
               const char *health)
{
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (g_strcmp0 (conditions[i].health, health) == 0)
      set (content, conditions[i].line, guitu_codes_find (find_line (conditions[i].line)->list, conditions[i].code)->chinese);
}

/* Sex where it is known; the other codes say nothing. */
static void
set_sex (JsonObject *content,
         const char *sex)
{
  if (g_strcmp0 (sex, "1") == 0 || g_strcmp0 (sex, "2") == 0)
    set (content, "sex", guitu_codes_find ("sex", sex)->chinese);
}

JsonObject *
guitu_notice_content_from (const GuituRecord *person,
                           const GuituRecord *stay)
{
  JsonObject *content = json_object_new ();
  const char *name = guitu_record_text (person, GUITU_PERSON_NAME);
  gint64 height = guitu_record_integer (person, GUITU_PERSON_HEIGHT_CM, 0);
  g_autofree char *today = guitu_today ();
  g_autofree char *age = guitu_person_age_text (person, today);
  g_autofree char *tall = height > 0 ? g_strdup_printf ("%d厘米", (int) height) : NULL;
  const char *arrived = stay == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  g_autofree char *found_on = arrived == NULL ? NULL : g_strndup (arrived, strlen ("YYYY-MM-DD"));

  set (content, "name", name == NULL ? GUITU_NOTICE_NAMELESS : name);
  set_sex (content, guitu_record_text (person, GUITU_PERSON_SEX));
  set (content, "age", age);
  set (content, "height", tall);
  set_condition (content, guitu_record_text (person, GUITU_PERSON_HEALTH));
  set (content, "marks", guitu_record_text (person, GUITU_PERSON_MARKS));
  set (content, "clothing", stay == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_CLOTHING));
  set (content, "found_on", found_on);
  set (content, "found_place", stay == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_FOUND_PLACE));
  set (content, "accent", guitu_record_text (person, GUITU_PERSON_ACCENT));
  return content;
}

/* --- What may stand there ------------------------------------------------------------------------ */

/* A number of a document or a telephone, however it is spaced, and in whichever digits. */
static gboolean
holds_number (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  guint run = 0;

  for (const char *p = plain == NULL ? text : plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c) && ++run > MOST_DIGITS)
        return TRUE;
      if (!g_unichar_isdigit (c) && !g_unichar_isspace (c) && c != '-' && c != '.' && c != 0x2010 && c != 0x2011)
        run = 0;
    }
  return FALSE;
}

static gboolean
check_text (const GuituNoticeLine *line,
            const char *text,
            GError **error)
{
  GuituField field = guitu_kind_notice.fields[GUITU_NOTICE_CONTENT];

  field.name = line->key;
  if (!guitu_text_check (&field, text, error))
    return FALSE;
  if (g_utf8_strlen (text, -1) > (glong) line->most)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-long", line->key, "“%s” may have %u characters at most", line->label, line->most);
  if (strcmp (line->key, "found_on") != 0 && holds_number (text))
    return guitu_fail (error, GUITU_ERROR_INVALID, "number-not-public", line->key, "“%s”: numbers of documents and telephones of the person, or of others, are not published", line->label);
  return TRUE;
}

/* The official word, or the day, that was meant. (transfer full) (nullable) */
static char *
official (const GuituNoticeLine *line,
          const char *text,
          GError **error)
{
  const GuituCode *code = line->list == NULL ? NULL : guitu_codes_parse (line->list, text);
  g_autofree char *today = guitu_today ();
  g_autofree char *day = strcmp (line->key, "found_on") == 0 ? guitu_date_parse (text) : NULL;

  if (line->list != NULL && code == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", line->key, "“%s” is not one of the codes of %s", text, line->list);
  else if (strcmp (line->key, "found_on") == 0 && (day == NULL || strcmp (day, today) > 0))
    guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", line->key, "“%s” is no possible day (YYYY-MM-DD)", text);
  else
    return day != NULL ? g_steal_pointer (&day) : g_strdup (code != NULL ? code->chinese : text);
  return NULL;
}

static gboolean
take_line (JsonObject *content,
           const char *key,
           JsonNode *node,
           GError **error)
{
  const GuituNoticeLine *line = find_line (key);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;

  if (line == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "no-such-line", key, "A notice has no line “%s”", key);
  if (!JSON_NODE_HOLDS_NULL (node) && json_node_get_value_type (node) != G_TYPE_STRING)
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", key, "“%s” must be a text", key);
  text = JSON_NODE_HOLDS_NULL (node) ? g_strdup ("") : g_strstrip (json_node_dup_string (node));
  if (text[0] == '\0')
    {
      json_object_remove_member (content, key);
      return TRUE;
    }
  plain = check_text (line, text, error) ? official (line, text, error) : NULL;
  if (plain == NULL)
    return FALSE;
  json_object_set_string_member (content, key, plain);
  return TRUE;
}

static gboolean
take_words (JsonObject *content,
            JsonNode *node,
            GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *text;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", "content", "“content” is an object: what each line says");
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &text))
    if (!take_line (content, key, text, error))
      return FALSE;
  return TRUE;
}

static gboolean
leave_out (JsonObject *content,
           const char *keys,
           GError **error)
{
  g_auto (GStrv) names = g_strsplit_set (keys == NULL ? "" : keys, " ,", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (names[i][0] == '\0' || strcmp (names[i], "photo") == 0)
        continue;
      if (find_line (names[i]) == NULL)
        return guitu_fail (error, GUITU_ERROR_INVALID, "no-such-line", "leave_out", "A notice has no line “%s”", names[i]);
      json_object_remove_member (content, names[i]);
    }
  return TRUE;
}

/* What came from the records is looked at like what was typed: nobody writes a telephone number under body marks for the public. */
static gboolean
check_all (JsonObject *content,
           GError **error)
{
  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      const char *text = json_object_get_string_member_with_default (content, line->key, NULL);

      if (text != NULL && !check_text (line, text, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_notice_content_take (GuituCall *call,
                           JsonObject *content,
                           GError **error)
{
  return take_words (content, json_object_get_member (call->input, "content"), error) &&
         leave_out (content, guitu_call_text (call, "leave_out"), error) && check_all (content, error);
}

/* --- Kept ------------------------------------------------------------------------------------------ */

JsonObject *
guitu_notice_content_read (const GuituRecord *notice,
                           int field)
{
  const char *text = guitu_record_text (notice, field);
  g_autoptr (JsonNode) node = text == NULL ? NULL : json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
}

/* In the order of the lines, so that the same content is the same text. */
void
guitu_notice_content_write (GuituRecord *notice,
                            int field,
                            JsonObject *content)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) ordered = json_object_new ();
  g_autofree char *text = NULL;

  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    set (ordered, line->key, json_object_get_string_member_with_default (content, line->key, NULL));
  json_node_set_object (node, ordered);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (notice, field, text);
}

/* --- Read by people ---------------------------------------------------------------------------------- */

char *
guitu_notice_text_of (JsonObject *content,
                      const char *key)
{
  const char *text = json_object_get_string_member_with_default (content, key, NULL);

  if (text == NULL)
    return NULL;
  return strcmp (key, "found_on") == 0 ? guitu_time_in_chinese (text) : g_strdup (text);
}

gboolean
guitu_notice_ages (JsonObject *content,
                   int *least,
                   int *greatest)
{
  const char *text = json_object_get_string_member_with_default (content, "age", NULL);
  g_autofree char *plain = text == NULL ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  int found[2] = { -1, -1 };
  guint n = 0;

  for (const char *p = plain; p != NULL && *p != '\0' && n < 2;)
    if (g_ascii_isdigit (*p))
      found[n++] = (int) strtol (p, (char **) &p, 10);
    else
      p++;
  if (n == 0 || found[0] > GREATEST_AGE || found[1] > GREATEST_AGE)
    return FALSE;
  *least = n == 2 ? MIN (found[0], found[1]) : strstr (plain, "约") != NULL ? MAX (found[0] - ABOUT_YEARS, 0)
                                                                            : found[0];
  *greatest = n == 2 ? MAX (found[0], found[1]) : strstr (plain, "约") != NULL ? found[0] + ABOUT_YEARS
                                                                               : found[0];
  return TRUE;
}

char *
guitu_notice_summary (JsonObject *content,
                      gboolean with_name)
{
  static const char *const keys[] = { "name", "sex", "age" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = with_name ? 0 : 1; i < G_N_ELEMENTS (keys); i++)
    {
      const char *part = json_object_get_string_member_with_default (content, keys[i], NULL);

      if (part != NULL)
        g_string_append_printf (text, "%s%s%s", text->len == 0 ? "" : "，", i == 0 && strcmp (part, GUITU_NOTICE_NAMELESS) == 0 ? "姓名" : "", part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
