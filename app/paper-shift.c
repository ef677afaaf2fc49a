/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a shift left to the next one, in words: the snapshot that was kept when it was handed over. */

#include "app/papers.h"

#include "app/fence.h"

/* In the order in which the next shift wants to know. */
static const struct
{
  const char *member;
  const char *title;
} lists[] = {
  { "watched", "重点人员" },
  { "hospital", "住院" },
  { "leave", "请假外出" },
  { "missing", "未在站" },
  { "without_bed", "待安排床位" },
  { "proposals", "待复核决定" },
  { "bed_conflicts", "床位不符规定" },
  { "arrivals", "本班来站" },
  { "leavings", "本班离站" },
  { "events", "本班事件" },
  { "tasks", "待办事项" },
  { "unsigned", "物品待签认" },
  { "left_behind", "遗留物品" },
};

/* Adds "张超（2026-1-0034）报警" for one thing that is open. */
static void
append_item (GString *text,
             JsonObject *item)
{
  const char *name = json_object_get_string_member_with_default (item, "display_name", NULL);
  const char *number = json_object_get_string_member_with_default (item, "number", NULL);
  const char *kind = json_object_get_string_member_with_default (item, "kind", NULL);
  const char *words = json_object_get_string_member_with_default (item, "text", NULL);
  const char *thing = json_object_get_string_member_with_default (item, "name", NULL);
  const GuituCode *code = kind == NULL ? NULL : guitu_codes_find ("task_kind", kind);

  if (code == NULL && kind != NULL)
    code = guitu_codes_find ("event_kind", kind);
  if (name != NULL)
    g_string_append (text, name);
  if (number != NULL)
    g_string_append_printf (text, "（%s）", number);
  if (code != NULL)
    g_string_append (text, code->chinese);
  if (thing != NULL)
    g_string_append (text, thing);
  if (words != NULL)
    g_string_append_printf (text, "：%s", words);
}

/* One thing a line: what is to be ticked off is not read as a run of text. */
static void
append_list (GString *text,
             const char *title,
             JsonArray *items)
{
  g_string_append_printf (text, "%s%s（%u）：", text->len == 0 ? "" : "\n", title, json_array_get_length (items));
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      g_string_append_printf (text, "\n%u. ", i + 1);
      append_item (text, json_array_get_object_element (items, i));
    }
}

/* How many the snapshot lists. */
static char *
count_list (JsonObject *open,
            const char *member)
{
  JsonNode *list = json_object_get_member (open, member);

  return list == NULL || !JSON_NODE_HOLDS_ARRAY (list) ? NULL : g_strdup_printf ("%u", json_array_get_length (json_node_get_array (list)));
}

/* The last roll call of the shift, or NULL. (transfer full) */
static GuituRecord *
last_roll_call (GuituTransaction *transaction,
                const GuituRecord *shift,
                GError **error)
{
  const GuituQuery of_shift = {
    .conditions = { { GUITU_ROLL_CALL_AT, GUITU_AT_LEAST, guitu_record_text (shift, GUITU_SHIFT_FROM_AT) },
                    { GUITU_ROLL_CALL_AT, GUITU_LESS, guitu_record_text (shift, GUITU_SHIFT_HANDED_AT) } },
    .is_ordered = TRUE,
    .order_by = GUITU_ROLL_CALL_AT,
    .descending = TRUE,
    .limit = 1,
  };
  g_autoptr (GPtrArray) calls = NULL;

  if (!guitu_record_is_set (shift, GUITU_SHIFT_FROM_AT) || !guitu_record_is_set (shift, GUITU_SHIFT_HANDED_AT))
    return NULL;
  calls = guitu_records_find (transaction, &guitu_kind_roll_call, &of_shift, error);
  return calls == NULL || calls->len == 0 ? NULL : g_ptr_array_steal_index (calls, 0);
}

static char *
roll_call_number (GuituTransaction *transaction,
                  const GuituPaperSubject *subject,
                  int field,
                  GError **error)
{
  g_autoptr (GuituRecord) roll_call = last_roll_call (transaction, subject->shift, error);

  return roll_call == NULL ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, guitu_record_integer (roll_call, field, 0));
}

char *
guitu_paper_shift_number (GuituTransaction *transaction,
                          const GuituPaperSubject *subject,
                          const char *key,
                          GError **error)
{
  static const struct
  {
    const char *key;
    const char *member; /* of the snapshot; NULL: from the roll call */
    int field;
  } numbers[] = {
    { "shift.admitted", "arrivals", 0 },
    { "shift.left", "leavings", 0 },
    { "shift.in_hospital", "hospital", 0 },
    { "shift.on_leave", "leave", 0 },
    { "shift.expected", NULL, GUITU_ROLL_CALL_EXPECTED },
    { "shift.present", NULL, GUITU_ROLL_CALL_PRESENT },
  };
  const char *kept = guitu_record_text (subject->shift, GUITU_SHIFT_OPEN_ITEMS);
  g_autoptr (JsonNode) node = kept == NULL ? NULL : json_from_string (kept, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!g_str_equal (numbers[i].key, key))
        continue;
      if (numbers[i].member == NULL)
        return roll_call_number (transaction, subject, numbers[i].field, error);
      return node == NULL ? NULL : count_list (json_node_get_object (node), numbers[i].member);
    }
  return NULL;
}

char *
guitu_paper_open_items (GuituTransaction *transaction,
                        const GuituPaperSubject *subject,
                        GError **error)
{
  const char *kept = guitu_record_text (subject->shift, GUITU_SHIFT_OPEN_ITEMS);
  g_autoptr (JsonNode) node = kept == NULL ? NULL : json_from_string (kept, error);
  g_autoptr (JsonArray) whole = json_array_new ();
  g_autoptr (JsonArray) shown = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *open;

  if (node == NULL)
    return NULL;
  json_array_add_object_element (whole, json_object_ref (json_node_get_object (node)));
  shown = guitu_fence_filter (subject->call, whole, error);
  if (shown == NULL)
    return NULL;
  open = json_array_get_object_element (shown, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonNode *list = json_object_get_member (open, lists[i].member);

      if (list != NULL && JSON_NODE_HOLDS_ARRAY (list) && json_array_get_length (json_node_get_array (list)) > 0)
        append_list (text, lists[i].title, json_node_get_array (list));
    }
  return text->len == 0 ? g_strdup ("无") : g_string_free (g_steal_pointer (&text), FALSE);
}
