/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 《重复求助提示告知书》: what the person is told of an entry of the list, and how to fight it (个人信息保护法
 * Art. 17, 24). Its texts come from the entry that is in force about the person of the stay. */

#include "app/list-notice.h"

#include "app/blacklist.h"
#include "app/links.h"
#include "app/rules.h"

#include <string.h>

#define KIND "list-notice"

/* *@entry: the one in force, or %NULL. */
static gboolean
find_entry (GuituTransaction *transaction,
            const GuituRecord *stay,
            GuituRecord **entry,
            GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (GPtrArray) entries = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_PERSON, ids, error);
  g_autofree char *today = guitu_today ();

  *entry = NULL;
  for (guint i = 0; entries != NULL && i < entries->len && *entry == NULL; i++)
    if (g_strcmp0 (guitu_list_state (guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_STATE), guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_UNTIL), today), "active") == 0)
      *entry = g_ptr_array_steal_index (entries, i);
  return entries != NULL;
}

gboolean
guitu_list_notice_check (GuituTransaction *transaction,
                         const char *kind,
                         const GuituRecord *stay,
                         GError **error)
{
  g_autoptr (GuituRecord) entry = NULL;

  if (strcmp (kind, KIND) != 0)
    return TRUE;
  if (!find_entry (transaction, stay, &entry, error))
    return FALSE;
  return entry != NULL || guitu_fail (error, GUITU_ERROR_REFUSED, "not-reviewed", "stay", "This notice needs an entry of the list that a second person has reviewed");
}

/* --- Texts ---------------------------------------------------------------------------------------- */

static void
set (JsonObject *fields,
     const char *key,
     const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (fields, key, text);
}

static void
set_code (JsonObject *fields,
          const char *key,
          const char *list,
          const char *code)
{
  const GuituCode *found = code == NULL ? NULL : guitu_codes_find (list, code);

  set (fields, key, found == NULL ? NULL : found->chinese);
}

static void
set_text (JsonObject *fields,
          const GuituPaperSubject *subject,
          const GuituRecord *entry)
{
  const char *name = guitu_record_text (subject->person, GUITU_PERSON_NAME);
  g_autofree char *from = guitu_time_in_chinese (guitu_record_text (entry, GUITU_BLACKLIST_FROM));
  g_autofree char *until = guitu_time_in_chinese (guitu_record_text (entry, GUITU_BLACKLIST_UNTIL));
  g_autofree char *today = guitu_today ();
  g_autofree char *text = g_strdup_printf ("%s：\n　　经复核，我站自%s起至%s止将你列入%s，到期自动失效。名单只提示工作人员进一步核实，不是拒绝救助的理由。",
                                           name == NULL ? "求助人" : name, from, until, guitu_list_called (today));

  set (fields, "notice.list_text", text);
}

/* The counts in words: at which stations how often. An entry for anything else does not rest on them. */
static void
set_counts (JsonObject *fields,
            const GuituRecord *entry)
{
  const char *counts = guitu_record_text (entry, GUITU_BLACKLIST_COUNTS);
  g_autoptr (JsonNode) node = counts == NULL ? NULL : json_from_string (counts, NULL);
  JsonObject *repeat = node == NULL ? NULL : json_array_get_object_element (json_node_get_array (node), 0);
  g_autofree char *text = NULL;

  if (repeat == NULL || !guitu_record_says (entry, GUITU_BLACKLIST_CATEGORY, "repeat"))
    return;
  text = g_strdup_printf ("规则：%d日内在%d个以上救助站求助%d次以上（%s版）。统计：%s至%s在%d个救助站求助%d次。",
                          (int) json_object_get_int_member (repeat, "window_days"), (int) json_object_get_int_member (repeat, "least_stations"),
                          (int) json_object_get_int_member (repeat, "least_stays"), json_object_get_string_member (repeat, "version"),
                          json_object_get_string_member (repeat, "from"), json_object_get_string_member (repeat, "until"),
                          (int) json_object_get_int_member (repeat, "stations"), (int) json_object_get_int_member (repeat, "stays"));
  set (fields, "notice.list_rule", text);
}

static void
set_rights (JsonObject *fields,
            const GuituRecord *entry)
{
  const char *from = guitu_record_text (entry, GUITU_BLACKLIST_FROM);
  g_autofree char *kept = guitu_time_in_chinese (guitu_record_text (entry, GUITU_BLACKLIST_RETENTION));
  g_autofree char *objection = g_strdup_printf ("可随时向本站或任何救助管理站书面、口头陈述申辩，提出异议，查阅、复制、更正有关记录；本站自收到之日起%d个工作日内由未参与提出和复核的人员办理。",
                                                (int) guitu_rules_integer ("list_objection_working_days", from));
  g_autofree char *retention = g_strdup_printf ("名单仅供协作网内救助管理站核实使用，档案保存至%s。", kept);

  set (fields, "notice.list_objection", objection);
  set (fields, "notice.list_retention", retention);
}

static void
set_user (JsonObject *fields,
          const char *key,
          GuituTransaction *transaction,
          const char *user)
{
  g_autofree char *name = user == NULL ? NULL : guitu_user_display_name (transaction, user);

  set (fields, key, name);
}

gboolean
guitu_list_notice_collect (JsonObject *fields,
                           const char *kind,
                           GuituTransaction *transaction,
                           const GuituPaperSubject *subject,
                           GError **error)
{
  g_autoptr (GuituRecord) entry = NULL;

  if (strcmp (kind, KIND) != 0 || subject->stay == NULL)
    return TRUE;
  if (!find_entry (transaction, subject->stay, &entry, error))
    return FALSE;
  if (entry == NULL)
    return TRUE;
  set_text (fields, subject, entry);
  set_code (fields, "notice.list_category", "list_category", guitu_record_text (entry, GUITU_BLACKLIST_CATEGORY));
  set_code (fields, "notice.list_measure", "list_measure", guitu_record_text (entry, GUITU_BLACKLIST_MEASURE));
  set (fields, "notice.list_facts", guitu_record_text (entry, GUITU_BLACKLIST_FACTS));
  set (fields, "notice.list_said", guitu_record_text (entry, GUITU_BLACKLIST_SAID));
  set_counts (fields, entry);
  set_rights (fields, entry);
  set_user (fields, "notice.list_proposed_by", transaction, guitu_record_text (entry, GUITU_BLACKLIST_PROPOSED_BY));
  set_user (fields, "notice.list_reviewed_by", transaction, guitu_record_text (entry, GUITU_BLACKLIST_REVIEWED_BY));
  set (fields, "notice.list_witness", guitu_record_text (entry, GUITU_BLACKLIST_SERVED_WITNESS));
  return TRUE;
}
