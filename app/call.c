/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/call.h"

#include "app/station-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define INPUT_FILE_LIMIT (64 * 1024 * 1024)
#define MAX_LINKS 40 /* as many as the system follows */

static JsonNode *
find_option (GuituCall *call,
             const char *name)
{
  JsonNode *node = json_object_get_member (call->input, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

/* Blanks say nothing, whatever their width. */
static gboolean
says_something (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char_validated (at, -1);

      if (character == (gunichar) -1 || character == (gunichar) -2 || !g_unichar_isspace (character))
        return TRUE;
    }
  return FALSE;
}

const char *
guitu_call_text (GuituCall *call,
                 const char *name)
{
  JsonNode *node = find_option (call, name);
  const char *text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  return text != NULL && says_something (text) ? text : NULL;
}

const char *
guitu_call_need (GuituCall *call,
                 const char *name,
                 GError **error)
{
  const char *text = guitu_call_text (call, name);

  if (text == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "missing", name, "“%s” is needed", name);
  return text;
}

gboolean
guitu_call_void (GuituTransaction *transaction,
                 GuituRecord *record,
                 const char *reason,
                 GError **error)
{
  static const GuituField field = { .name = "reason", .type = GUITU_FIELD_TEXT, .flags = GUITU_LONG };

  if (reason == NULL || !says_something (reason))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", field.name, "“reason” is needed");
  return guitu_text_check (&field, reason, error) && guitu_transaction_void (transaction, record, reason, error);
}

gboolean
guitu_call_flag (GuituCall *call,
                 const char *name)
{
  JsonNode *node = find_option (call, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

gint64
guitu_call_integer (GuituCall *call,
                    const char *name,
                    gint64 fallback)
{
  JsonNode *node = find_option (call, name);

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);
  return json_node_get_int (node);
}

gboolean
guitu_call_may (GuituCall *call,
                const char *right)
{
  return guitu_rights_allow (call->session->role, right);
}

GuituTransaction *
guitu_call_read (GuituCall *call,
                 GError **error)
{
  return guitu_store_read (call->store, error);
}

GuituTransaction *
guitu_call_write (GuituCall *call,
                  GError **error)
{
  g_autoptr (GuituTransaction) transaction =
      guitu_store_write (call->store, call->session == NULL ? NULL : call->session->id, call->verb->name, error);

  if (transaction == NULL || call->settling == NULL)
    return g_steal_pointer (&transaction);
  guitu_transaction_settle_by_putting (transaction);
  for (guint i = 0; i < call->settling->len; i++)
    {
      const GuituConflict *conflict = g_ptr_array_index (call->settling, i);

      if (!guitu_transaction_settle (transaction, conflict->kind, conflict->id, conflict->field, error))
        return NULL;
    }
  return g_steal_pointer (&transaction);
}

void
guitu_call_emit (GuituCall *call,
                 JsonObject *result)
{
  call->emit (result, call->emit_data);
  json_object_unref (result);
}

GBytes *
guitu_input_file (const char *path,
                  const char *field,
                  GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GError) failure = NULL;
  GBytes *content;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "no-file", field, "There is no file %s", path);
      return NULL;
    }
  if (g_file_info_get_size (info) > INPUT_FILE_LIMIT)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "too-large", field, "The file %s is larger than 64 MB", path);
      return NULL;
    }
  content = g_file_load_bytes (file, NULL, NULL, &failure);
  if (content == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "unreadable", field, "%s", failure->message);
  return content;
}

char *
guitu_output_target (const char *path,
                     const char *field,
                     GError **error)
{
  g_autofree char *target = g_strdup (path);

  /* a device or a pipe may be a link that leads nowhere by name, such as /dev/stdout */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "unwritable", field, "%s is there already, and is no regular file", path);
      return NULL;
    }
  for (int i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *next = g_file_read_link (target, NULL);
      g_autofree char *folder = g_path_get_dirname (target);

      if (next == NULL)
        return g_steal_pointer (&target);
      g_free (target);
      target = g_path_is_absolute (next) ? g_steal_pointer (&next) : g_build_filename (folder, next, NULL);
    }
  guitu_fail (error, GUITU_ERROR_INVALID, "unwritable", field, "%s: %s", path, g_strerror (ELOOP));
  return NULL;
}

gboolean
guitu_output_check (const char *path,
                    const char *field,
                    GError **error)
{
  g_autofree char *target = guitu_output_target (path, field, error);
  g_autofree char *folder = target == NULL ? NULL : g_path_get_dirname (target);
  g_autofree char *probe = target == NULL ? NULL : g_strconcat (target, ".XXXXXX", NULL);
  int file;

  if (target == NULL)
    return FALSE;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return guitu_fail (error, GUITU_ERROR_INVALID, "unwritable", field, "There is no folder %s: make it first", folder);
  file = g_mkstemp (probe);
  if (file < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unwritable", field, "%s: %s", path, g_strerror (errno));
  g_close (file, NULL);
  g_unlink (probe);
  return TRUE;
}

gboolean
guitu_call_check_outputs (GuituCall *call,
                          GError **error)
{
  for (const GuituOption *option = call->verb->options; option != NULL && option->name != NULL; option++)
    {
      JsonNode *node = option->type == GUITU_OPTION_OUTPUT ? find_option (call, option->name) : NULL;

      if (node == NULL)
        continue;
      if (!says_something (json_node_get_string (node)))
        return guitu_fail (error, GUITU_ERROR_INVALID, "missing", option->name, "“%s” needs the path of a file", option->name);
      if (!guitu_output_check (json_node_get_string (node), option->name, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_output_file (const char *path,
                   const char *field,
                   GBytes *content,
                   GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);
  g_autofree char *target = guitu_output_target (path, field, error);
  g_autoptr (GError) failure = NULL;

  if (target == NULL)
    return FALSE;
  if (g_file_set_contents_full (target, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", field, "%s", failure->message);
}

gboolean
guitu_call_progress (GuituCall *call,
                     guint done,
                     guint total,
                     GError **error)
{
  if (g_cancellable_is_cancelled (call->cancellable))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "cancelled", NULL, "Cancelled; nothing was done");
  if (call->station != NULL)
    _guitu_station_tell_progress (call->station, call->cancellable, done, total);
  return TRUE;
}

gboolean
guitu_call_tell_progress (guint64 done,
                          guint64 total,
                          gpointer data,
                          GError **error)
{
  return guitu_call_progress (data, (guint) done, (guint) total, error);
}

const char *
guitu_session_display_name (const GuituSession *session)
{
  return session->full_name != NULL ? session->full_name : session->name;
}
