/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same notices for programs: a feed (Atom, RFC 4287) in which a withdrawn one leaves no more than its tombstone
 * (RFC 6721), and a JSON file, which also tells a later export whose folder this is. */

#include "app/tracing-notice.h"

#include "app/rules.h"

#include <string.h>

#define FORMAT "guitu-notices"

static void
append_element (GString *feed,
                const char *name,
                const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (feed, "<%s>%s</%s>\n", name, escaped, name);
}

/* Where the file lies on the web; beside the feed, as long as the station has set no address. (transfer full) */
static char *
address_of (const GuituNoticeSite *site,
            const char *file)
{
  return g_strconcat (site->address == NULL ? "" : site->address, file, NULL);
}

static void
append_link (GString *feed,
             const GuituNoticeSite *site,
             const char *relation,
             const char *type,
             const char *file)
{
  g_autofree char *address = address_of (site, file);
  g_autofree char *escaped = g_markup_escape_text (address, -1);

  g_string_append_printf (feed, "<link rel=\"%s\" type=\"%s\" href=\"%s\"/>\n", relation, type, escaped);
}

/* All that the notice says, a line each. (transfer full) */
static char *
words_of (JsonObject *content,
          const GuituNoticeSite *site)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *phone = guitu_record_text (site->station, GUITU_STATION_PHONE);

  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      g_autofree char *part = guitu_notice_text_of (content, line->key);

      if (part != NULL)
        g_string_append_printf (text, "%s：%s\n", line->label, part);
    }
  g_string_append_printf (text, "救助机构联系方式：%s %s", guitu_record_text (site->station, GUITU_STATION_NAME), phone == NULL ? "" : phone);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
guitu_notice_updated (const GuituRecord *notice)
{
  static const int moments[] = { GUITU_NOTICE_WITHDRAWN_AT, GUITU_NOTICE_REFRESHED_AT, GUITU_NOTICE_PUBLISHED_AT };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (guitu_record_is_set (notice, moments[i]))
      return guitu_record_text (notice, moments[i]);
  return "";
}

static void
append_entry (GString *feed,
              const GuituNoticeSite *site,
              const GuituRecord *notice)
{
  g_autoptr (JsonObject) content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  g_autofree char *id = g_strconcat ("urn:uuid:", guitu_record_id (notice), NULL);
  g_autofree char *summary = guitu_notice_summary (content, TRUE);
  g_autofree char *words = words_of (content, site);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  g_autofree char *page = guitu_notice_page_name (notice);
  const char *photo = g_hash_table_lookup (site->photos, guitu_record_id (notice));

  g_string_append (feed, "<entry>\n");
  append_element (feed, "id", id);
  append_element (feed, "title", summary);
  append_element (feed, "published", guitu_record_text (notice, GUITU_NOTICE_PUBLISHED_AT));
  append_element (feed, "updated", guitu_notice_updated (notice));
  append_link (feed, site, "alternate", "text/html", page);
  if (photo != NULL)
    append_link (feed, site, "enclosure", "image/jpeg", photo);
  g_string_append_printf (feed, "<content type=\"text\">%s</content>\n</entry>\n", escaped);
}

/* Readers that saw the entry drop it; a year is long enough for each to come by. */
static gboolean
is_told (const GuituRecord *notice)
{
  g_autofree char *today = guitu_today ();

  return guitu_date_difference (guitu_record_text (notice, GUITU_NOTICE_WITHDRAWN_AT), today) <= guitu_rules_integer ("notice_tombstone_days", today);
}

GString *
guitu_notice_feed (const GuituNoticeSite *site)
{
  g_autofree char *id = guitu_id_from_words (NULL, "notices", guitu_record_text (site->station, GUITU_STATION_CODE), NULL);
  g_autofree char *urn = g_strconcat ("urn:uuid:", id, NULL);
  GString *feed = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" xml:lang=\"zh-CN\">\n");

  append_element (feed, "id", urn);
  append_element (feed, "title", site->title);
  append_element (feed, "updated", site->updated);
  g_string_append (feed, "<author>\n");
  append_element (feed, "name", guitu_record_text (site->station, GUITU_STATION_NAME));
  g_string_append (feed, "</author>\n");
  append_link (feed, site, "self", "application/atom+xml", "feed.xml");
  append_link (feed, site, "alternate", "text/html", "index.html");
  for (guint i = 0; i < site->out->len; i++)
    append_entry (feed, site, site->out->pdata[i]);
  for (guint i = 0; i < site->withdrawn->len; i++)
    if (is_told (site->withdrawn->pdata[i]))
      g_string_append_printf (feed, "<at:deleted-entry ref=\"urn:uuid:%s\" when=\"%s\"/>\n", guitu_record_id (site->withdrawn->pdata[i]),
                              guitu_record_text (site->withdrawn->pdata[i], GUITU_NOTICE_WITHDRAWN_AT));
  g_string_append (feed, "</feed>\n");
  return feed;
}

/* --- JSON --------------------------------------------------------------------------------------------------- */

static void
set (JsonObject *json,
     const char *member,
     const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, member, text);
}

static JsonObject *
notice_json (const GuituNoticeSite *site,
             const GuituRecord *notice)
{
  g_autofree char *id = g_strconcat ("urn:uuid:", guitu_record_id (notice), NULL);
  g_autofree char *page = guitu_notice_page_name (notice);
  g_autoptr (JsonObject) content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  JsonObject *json = json_object_new ();
  int least, greatest;

  set (json, "id", id);
  set (json, "number", guitu_record_text (notice, GUITU_NOTICE_NUMBER));
  json_object_set_int_member (json, "edition", guitu_record_integer (notice, GUITU_NOTICE_EDITION, 1));
  set (json, "published_at", guitu_record_text (notice, GUITU_NOTICE_PUBLISHED_AT));
  set (json, "updated_at", guitu_notice_updated (notice));
  set (json, "page", page);
  set (json, "photo", g_hash_table_lookup (site->photos, guitu_record_id (notice)));
  if (guitu_notice_ages (content, &least, &greatest))
    {
      json_object_set_int_member (json, "age_least", least);
      json_object_set_int_member (json, "age_greatest", greatest);
    }
  json_object_set_object_member (json, "content", g_steal_pointer (&content));
  return json;
}

static JsonObject *
station_json (const GuituRecord *station)
{
  static const int fields[] = { GUITU_STATION_CODE, GUITU_STATION_NAME, GUITU_STATION_PHONE, GUITU_STATION_ADDRESS };
  JsonObject *json = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    set (json, guitu_kind_station.fields[fields[i]].name, guitu_record_text (station, fields[i]));
  return json;
}

static JsonArray *
withdrawn_json (const GuituNoticeSite *site)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < site->withdrawn->len; i++)
    {
      g_autofree char *id = g_strconcat ("urn:uuid:", guitu_record_id (site->withdrawn->pdata[i]), NULL);
      JsonObject *json = json_object_new ();

      set (json, "id", id);
      set (json, "number", guitu_record_text (site->withdrawn->pdata[i], GUITU_NOTICE_NUMBER));
      set (json, "withdrawn_at", guitu_record_text (site->withdrawn->pdata[i], GUITU_NOTICE_WITHDRAWN_AT));
      json_array_add_object_element (array, json);
    }
  return array;
}

GString *
guitu_notice_json (const GuituNoticeSite *site)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *json = json_object_new ();
  JsonArray *notices = json_array_new ();
  g_autofree char *text = NULL;

  json_node_take_object (node, json);
  set (json, "format", FORMAT);
  json_object_set_int_member (json, "version", 1);
  set (json, "title", site->title);
  set (json, "updated", site->updated);
  json_object_set_object_member (json, "station", station_json (site->station));
  for (guint i = 0; i < site->out->len; i++)
    json_array_add_object_element (notices, notice_json (site, site->out->pdata[i]));
  json_object_set_array_member (json, "notices", notices);
  json_object_set_array_member (json, "withdrawn", withdrawn_json (site));
  text = json_to_string (node, TRUE);
  return g_string_append_c (g_string_new (text), '\n');
}
