/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The web pages of the notices that are out: plain files for any server, complete in themselves. Nothing is fetched from
 * elsewhere, and the policy in each page forbids it; the one script is named there by its digest, so that no text of a
 * notice can ever run. Without the script all notices are shown. */

#include "app/tracing-notice.h"

#include "app/codes.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE "/io/github/guitu/app/notices/"
#define ADVICE "公告内容多为本人自述或工作人员目测，姓名、年龄、口音等都可能有误。请家属查看全部公告，不要只凭姓名或年龄排除。"

/* --- Pieces -------------------------------------------------------------------------------------------- */

static const char *
text_of (JsonObject *content,
         const char *key)
{
  return json_object_get_string_member_with_default (content, key, NULL);
}

/* What the program brings along. (transfer full) */
static char *
read_resource (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *data;

  g_assert (bytes != NULL);
  data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}

/* How a policy names a text between tags (CSP Level 3 §2.3.1). (transfer full) */
static char *
digest_of (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *base64 = NULL;

  g_checksum_update (checksum, (const guint8 *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, digest, &length);
  base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("'sha256-%s'", base64);
}

static void
append_escaped (GString *page,
                const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (page, escaped);
}

/* Every %s of @format is escaped; it has no other conversions. */
static void
append (GString *page,
        const char *format,
        ...)
{
  va_list texts;

  va_start (texts, format);
  for (const char *p = format; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == 's')
      {
        append_escaped (page, va_arg (texts, const char *));
        p++;
      }
    else
      g_string_append_c (page, *p);
  va_end (texts);
}

static void
append_attribute (GString *page,
                  const char *name,
                  const char *text)
{
  if (text != NULL)
    append (page, " %s=\"%s\"", name, text);
}

static const char *
station_text (const GuituNoticeSite *site,
              int field)
{
  const char *text = guitu_record_text (site->station, field);

  return text == NULL ? "" : text;
}

/* @script: (nullable): the one that may run on this page */
static GString *
begin_page (const GuituNoticeSite *site,
            const char *title,
            const char *robots,
            const char *script)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
  g_autofree char *style = read_resource ("pages.css");
  g_autofree char *style_digest = digest_of (style);
  g_autofree char *script_digest = script == NULL ? g_strdup ("'none'") : digest_of (script);

  g_string_append_printf (page,
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file: data:; style-src %s; script-src %s; base-uri 'none'; form-action 'none'\">\n",
                          style_digest, script_digest);
  append (page,
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"%s\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<title>%s</title>\n<link rel=\"icon\" href=\"data:,\">\n"
          "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"%s\" href=\"feed.xml\">\n",
          robots, title, site->title);
  g_string_append_printf (page, "<style>%s</style>\n</head>\n<body>\n", style);
  append (page, "<header>\n<p class=\"title\">%s</p>\n<p>%s</p>\n</header>\n<main>\n", site->title, station_text (site, GUITU_STATION_NAME));
  return page;
}

/* The telephone as a link that dials it. */
static void
append_phone (GString *page,
              const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = phone; *p != '\0' && *p != ',' && *p != ';' && *p != '/'; p++)
    if (g_ascii_isdigit (*p) || *p == '+')
      g_string_append_c (digits, *p);
  if (digits->len == 0)
    append_escaped (page, phone);
  else
    append (page, "<a href=\"tel:%s\">%s</a>", digits->str, phone);
}

/* (transfer full): @page itself, complete */
static GString *
end_page (const GuituNoticeSite *site,
          GString *page)
{
  g_autofree char *updated = guitu_time_in_chinese (site->updated);

  append (page, "</main>\n<footer>\n<p>%s", station_text (site, GUITU_STATION_NAME));
  if (guitu_record_is_set (site->station, GUITU_STATION_ADDRESS))
    append (page, "，%s", station_text (site, GUITU_STATION_ADDRESS));
  g_string_append (page, "</p>\n");
  if (guitu_record_is_set (site->station, GUITU_STATION_PHONE))
    {
      g_string_append (page, "<p>电话：");
      append_phone (page, station_text (site, GUITU_STATION_PHONE));
      g_string_append (page, "</p>\n");
    }
  append (page, "<p>更新时间：%s</p>\n</footer>\n", updated);
  return page;
}

static void
append_photo (GString *page,
              const GuituNoticeSite *site,
              const GuituRecord *notice,
              JsonObject *content,
              gboolean is_lazy)
{
  const char *photo = g_hash_table_lookup (site->photos, guitu_record_id (notice));
  g_autofree char *summary = guitu_notice_summary (content, FALSE);

  if (photo == NULL)
    append (page, "<div class=\"blank\">暂无照片</div>\n");
  else
    append (page, is_lazy ? "<img src=\"%s\" alt=\"照片：%s\" loading=\"lazy\">\n" : "<img src=\"%s\" alt=\"照片：%s\">\n", photo, summary);
}

/* --- The index -------------------------------------------------------------------------------------------- */

/* All that can be searched for, in lower case. (transfer full) */
static char *
searched_text (const GuituRecord *notice,
               JsonObject *content)
{
  g_autoptr (GString) text = g_string_new (guitu_record_text (notice, GUITU_NOTICE_NUMBER));

  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      g_autofree char *part = guitu_notice_text_of (content, line->key);

      if (part != NULL)
        g_string_append_printf (text, " %s", part);
    }
  return g_utf8_strdown (text->str, -1);
}

static void
append_card (GString *page,
             const GuituNoticeSite *site,
             const GuituRecord *notice)
{
  g_autoptr (JsonObject) content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  g_autofree char *name = guitu_notice_page_name (notice);
  g_autofree char *summary = guitu_notice_summary (content, TRUE);
  g_autofree char *text = searched_text (notice, content);
  g_autofree char *day = guitu_notice_text_of (content, "found_on");
  const char *sex = text_of (content, "sex");
  const char *place = text_of (content, "found_place");
  int least, greatest;

  g_string_append (page, "<li");
  append_attribute (page, "data-sex", sex);
  if (guitu_notice_ages (content, &least, &greatest))
    g_string_append_printf (page, " data-least=\"%d\" data-greatest=\"%d\"", least, greatest);
  append_attribute (page, "data-text", text);
  g_string_append (page, ">\n");
  append_photo (page, site, notice, content, TRUE);
  append (page, "<div class=\"words\">\n<h2><a href=\"%s\">%s</a></h2>\n", name, summary);
  if (day != NULL || place != NULL)
    append (page, "<p>%s%s%s被发现</p>\n", day == NULL ? "" : day, place == NULL ? "" : "在", place == NULL ? "" : place);
  append (page, "<p>公告编号：%s</p>\n</div>\n</li>\n", guitu_record_text (notice, GUITU_NOTICE_NUMBER));
}

static void
append_filter (GString *page)
{
  static const char *const sexes[] = { "1", "2" };

  g_string_append (page, "<form id=\"filter\" hidden role=\"search\" aria-label=\"筛选公告\">\n<label>性别<select name=\"sex\"><option value=\"\">不限</option>");
  for (guint i = 0; i < G_N_ELEMENTS (sexes); i++)
    append (page, "<option value=\"%s\">%s</option>", guitu_codes_find ("sex", sexes[i])->chinese, guitu_codes_find ("sex", sexes[i])->chinese);
  g_string_append (page, "</select></label>\n<label>年龄（相差10岁以内都列出）<input name=\"age\" type=\"number\" min=\"0\" max=\"120\" inputmode=\"numeric\"></label>\n"
                         "<label>地点、体貌等词语<input name=\"text\" type=\"search\" autocomplete=\"off\"></label>\n<button type=\"reset\">全部显示</button>\n</form>\n");
}

GString *
guitu_notice_index_page (const GuituNoticeSite *site)
{
  g_autofree char *script = read_resource ("pages.js");
  g_autofree char *title = g_strdup_printf ("%s　%s", site->title, station_text (site, GUITU_STATION_NAME));
  GString *page = begin_page (site, title, "noarchive", script);

  g_string_append (page, "<h1>正在寻找亲人</h1>\n<p class=\"advice\">" ADVICE "</p>\n");
  append_filter (page);
  g_string_append_printf (page, "<p class=\"count\" id=\"count\" aria-live=\"polite\">共%u则公告</p>\n<ul class=\"cards\">\n", site->out->len);
  for (guint i = 0; i < site->out->len; i++)
    append_card (page, site, site->out->pdata[i]);
  g_string_append (page, "</ul>\n");
  end_page (site, page);
  g_string_append_printf (page, "<script>%s</script>\n</body>\n</html>\n", script);
  return page;
}

/* --- One notice -------------------------------------------------------------------------------------------- */

static void
append_line (GString *page,
             const char *label,
             const char *text)
{
  if (text != NULL && text[0] != '\0')
    append (page, "<div><dt>%s</dt><dd>%s</dd></div>\n", label, text);
}

static void
append_contact (GString *page,
                const GuituNoticeSite *site)
{
  append_line (page, "救助机构", station_text (site, GUITU_STATION_NAME));
  append_line (page, "救助机构地址", station_text (site, GUITU_STATION_ADDRESS));
  g_string_append (page, "</dl>\n");
  if (!guitu_record_is_set (site->station, GUITU_STATION_PHONE))
    return;
  g_string_append (page, "<p class=\"call\">提供线索请拨打：");
  append_phone (page, station_text (site, GUITU_STATION_PHONE));
  g_string_append (page, "</p>\n");
}

GString *
guitu_notice_page (const GuituNoticeSite *site,
                   const GuituRecord *notice)
{
  g_autoptr (JsonObject) content = guitu_notice_content_read (notice, GUITU_NOTICE_CONTENT);
  g_autofree char *summary = guitu_notice_summary (content, TRUE);
  g_autofree char *title = g_strdup_printf ("%s：%s", site->title, summary);
  g_autofree char *published = guitu_time_in_chinese (guitu_record_text (notice, GUITU_NOTICE_PUBLISHED_AT));
  GString *page = begin_page (site, title, "noarchive", NULL);

  append (page, "<p class=\"back\"><a href=\"index.html\">查看全部公告</a></p>\n<h1>%s</h1>\n<article>\n<div class=\"photo\">\n", summary);
  append_photo (page, site, notice, content, FALSE);
  g_string_append (page, "</div>\n<div>\n<dl>\n");
  for (const GuituNoticeLine *line = guitu_notice_lines; line->key != NULL; line++)
    {
      g_autofree char *text = guitu_notice_text_of (content, line->key);

      append_line (page, line->label, text);
    }
  append_contact (page, site);
  append (page, "<p class=\"small\">公告编号：%s，第", guitu_record_text (notice, GUITU_NOTICE_NUMBER));
  g_string_append_printf (page, "%d版", (int) guitu_record_integer (notice, GUITU_NOTICE_EDITION, 1));
  append (page, "，发布时间：%s</p>\n</div>\n</article>\n<p class=\"advice\">" ADVICE "</p>\n", published);
  end_page (site, page);
  g_string_append (page, "</body>\n</html>\n");
  return page;
}

GString *
guitu_notice_withdrawn_page (const GuituNoticeSite *site)
{
  GString *page = begin_page (site, "此公告已撤回", "noindex, noarchive", NULL);

  g_string_append (page, "<h1>此公告已撤回</h1>\n<p>这则寻亲公告不再公开，请不要转发以前看到的内容。</p>\n<p class=\"back\"><a href=\"index.html\">查看全部公告</a></p>\n");
  end_page (site, page);
  g_string_append (page, "</body>\n</html>\n");
  return page;
}
