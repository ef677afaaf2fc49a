/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing the notices that are out into a folder that any web server can carry. What was withdrawn goes first: its page
 * becomes one that names nobody, its picture is removed. Each file is whole or not there, what is not of these pages is
 * not touched, and a desk that knows less than the folder writes nothing. */

#include "app/tracing-notice.h"

#include "app/blacklist.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define PHOTO_EDGE 1000 /* points */
#define FILE_MODE 0644  /* for the server to read */
#define FOLDER_MODE 0755
#define JSON_NAME "notices.json"

typedef struct
{
  GuituCall *call;
  char *folder;
  GuituNoticeSite site;
  GHashTable *known;   /* numbers of notices */
  GPtrArray *warnings; /* of text */
  guint n_written;
  guint n_removed;
  guint n_done; /* steps: a picture that is read, or a page that is written */
} Export;

static void
export_clear (Export *export)
{
  g_clear_pointer (&export->folder, g_free);
  if (export->site.station != NULL)
    guitu_record_free ((GuituRecord *) export->site.station);
  g_clear_pointer (&export->site.address, g_free);
  g_clear_pointer (&export->site.updated, g_free);
  g_clear_pointer (&export->site.out, g_ptr_array_unref);
  g_clear_pointer (&export->site.withdrawn, g_ptr_array_unref);
  g_clear_pointer (&export->site.photos, g_hash_table_unref);
  g_clear_pointer (&export->known, g_hash_table_unref);
  g_clear_pointer (&export->warnings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* One step more is done. Cancelled, it ends before the first page is written; from then on all of them are, since a folder
 * where half of the notices are of today is worse than a moment's waiting. */
static gboolean
step (Export *export,
      GError **error)
{
  guint n_out = export->site.out->len;

  return guitu_call_progress (export->call, export->n_done++, 2 * n_out + export->site.withdrawn->len, error);
}

/* --- What is to be written ------------------------------------------------------------------------------ */

static void
note_updated (Export *export,
              const GuituRecord *notice)
{
  const char *updated = guitu_notice_updated (notice);

  if (g_strcmp0 (export->site.updated, updated) >= 0)
    return;
  g_free (export->site.updated);
  export->site.updated = g_strdup (updated);
}

/* Out only where nothing forbids it now, whatever the record says still. */
static gboolean
sort_notice (Export *export,
             GuituTransaction *transaction,
             GuituRecord *notice,
             GError **error)
{
  g_autoptr (GuituRecord) owned = notice;
  const GuituNoticeBar *bar;

  g_hash_table_add (export->known, g_strdup (guitu_record_text (notice, GUITU_NOTICE_NUMBER)));
  if (!guitu_record_is_set (notice, GUITU_NOTICE_PUBLISHED_AT))
    return TRUE;
  note_updated (export, notice);
  if (!guitu_notice_is_out (notice))
    {
      g_ptr_array_add (export->site.withdrawn, g_steal_pointer (&owned));
      return TRUE;
    }
  if (!guitu_notice_bar (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), guitu_record_text (notice, GUITU_NOTICE_CONSENT), &bar, error))
    return FALSE;
  if (bar == NULL)
    g_ptr_array_add (export->site.out, g_steal_pointer (&owned));
  return TRUE;
}

static gboolean
read_site (Export *export,
           GuituTransaction *transaction,
           GError **error)
{
  const GuituQuery newest = { .descending = TRUE };
  g_autofree char *today = guitu_today ();
  const GuituRule *title = guitu_rules_find ("notice_feed_title", today);
  g_autoptr (GPtrArray) notices = NULL;

  export->site.station = guitu_own_station (transaction, error);
  export->site.title = title == NULL ? "" : title->value;
  export->site.address = guitu_notice_web_address ();
  export->site.out = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  export->site.withdrawn = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  export->site.photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  export->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  export->warnings = g_ptr_array_new_with_free_func (g_free);
  notices = export->site.station == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_notice, &newest, error);
  if (notices == NULL)
    return FALSE;
  g_ptr_array_set_free_func (notices, NULL);
  for (guint i = 0; i < notices->len; i++)
    if (!sort_notice (export, transaction, notices->pdata[i], error))
      {
        for (guint j = i + 1; j < notices->len; j++)
          guitu_record_free (notices->pdata[j]);
        return FALSE;
      }
  if (export->site.updated == NULL)
    export->site.updated = guitu_now ();
  return TRUE;
}

/* --- The folder as it is -------------------------------------------------------------------------------- */

static gboolean
refuse_folder (GError **error)
{
  return guitu_fail (error, GUITU_ERROR_INVALID, "folder-in-use", "folder", "There are other pages in this folder: give one that is empty, or into which this station wrote its notices before");
}

/* A folder that was written from more than is known here: what is withdrawn there must not come back. */
static gboolean
check_not_behind (const Export *export,
                  JsonObject *before,
                  GError **error)
{
  static const char *const lists[] = { "notices", "withdrawn" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonNode *node = json_object_get_member (before, lists[i]);
      JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint j = 0; array != NULL && j < json_array_get_length (array); j++)
        {
          JsonNode *element = json_array_get_element (array, j);
          const char *number = JSON_NODE_HOLDS_OBJECT (element) ? json_object_get_string_member_with_default (json_node_get_object (element), "number", "") : "";
          gboolean is_known = g_hash_table_contains (export->known, number);

          for (guint k = 0; is_known && i == 1 && k < export->site.out->len; k++)
            is_known = !guitu_record_says (export->site.out->pdata[k], GUITU_NOTICE_NUMBER, number);
          if (!is_known)
            return guitu_fail (error, GUITU_ERROR_REFUSED, "behind-folder", "folder", "This folder was written by a desk that knows more of the notice %s: exchange with the other desks first", number);
        }
    }
  return TRUE;
}

/* Only into a folder of this station's notices, or one without pages. */
static gboolean
check_folder (const Export *export,
              GError **error)
{
  static const char *const ours[] = { "index.html", "feed.xml", JSON_NAME };
  g_autofree char *path = g_build_filename (export->folder, JSON_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = g_file_get_contents (path, &text, NULL, NULL) ? json_from_string (text, NULL) : NULL;
  JsonObject *before = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *station = before == NULL ? NULL : json_object_get_member (before, "station");

  if (before != NULL && g_strcmp0 (json_object_get_string_member_with_default (before, "format", ""), "guitu-notices") == 0 && station != NULL && JSON_NODE_HOLDS_OBJECT (station) &&
      guitu_record_says (export->site.station, GUITU_STATION_CODE, json_object_get_string_member_with_default (json_node_get_object (station), "code", "")))
    return check_not_behind (export, before, error);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autofree char *file = g_build_filename (export->folder, ours[i], NULL);

      if (g_file_test (file, G_FILE_TEST_EXISTS))
        return refuse_folder (error);
    }
  return TRUE;
}

/* Only after everything else was found to be right. */
static gboolean
make_folder (const Export *export,
             GError **error)
{
  if (g_mkdir_with_parents (export->folder, FOLDER_MODE) != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unwritable", "folder", "%s: %s", export->folder, g_strerror (errno));
  return TRUE;
}

/* --- Files ------------------------------------------------------------------------------------------------ */

/* One that is the same already stays, so that a server or a copy sees what is new. */
static gboolean
write_file (Export *export,
            const char *name,
            const char *data,
            gsize length,
            GError **error)
{
  g_autofree char *path = g_build_filename (export->folder, name, NULL);
  g_autofree char *present = NULL;
  g_autoptr (GError) failure = NULL;
  gsize present_length;

  if (g_file_get_contents (path, &present, &present_length, NULL) && present_length == length && memcmp (present, data, length) == 0)
    return TRUE;
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, FILE_MODE, &failure))
    return guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", "folder", "%s", failure->message);
  export->n_written++;
  return TRUE;
}

/* @text: (transfer full) */
static gboolean
write_text (Export *export,
            const char *name,
            GString *text,
            GError **error)
{
  gboolean is_written = write_file (export, name, text->str, text->len, error);

  g_string_free (text, TRUE);
  return is_written;
}

/* "photo-G2026-1-0001-2.jpg" is of the notice G2026-1-0001. (transfer full) (nullable) */
static char *
number_of_photo (const char *name)
{
  const char *end = g_str_has_prefix (name, "photo-") && g_str_has_suffix (name, ".jpg") ? strrchr (name, '-') : NULL;
  const char *from = name + strlen ("photo-");

  return end == NULL || end <= from ? NULL : g_strndup (from, (gsize) (end - from));
}

static gboolean
is_wanted (const Export *export,
           const char *name)
{
  GHashTableIter iterator;
  gpointer photo;

  g_hash_table_iter_init (&iterator, export->site.photos);
  while (g_hash_table_iter_next (&iterator, NULL, &photo))
    if (strcmp (photo, name) == 0)
      return TRUE;
  return FALSE;
}

/* Pictures of what is withdrawn, and of earlier editions. */
static gboolean
remove_photos (Export *export,
               GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (export->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *number = number_of_photo (name);
      g_autofree char *path = g_build_filename (export->folder, name, NULL);

      if (number == NULL || !g_hash_table_contains (export->known, number) || is_wanted (export, name))
        continue;
      if (g_unlink (path) != 0)
        return guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", "folder", "%s: %s", path, g_strerror (errno));
      export->n_removed++;
    }
  return folder != NULL || guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", "folder", "%s can't be read", export->folder);
}

static gboolean
write_withdrawn (Export *export,
                 GError **error)
{
  for (guint i = 0; i < export->site.withdrawn->len; i++)
    {
      g_autofree char *name = guitu_notice_page_name (export->site.withdrawn->pdata[i]);

      step (export, NULL);
      if (!write_text (export, name, guitu_notice_withdrawn_page (&export->site), error))
        return FALSE;
    }
  return TRUE;
}

/* The names of all pictures, before any is written: a picture that did not come to this desk has none. */
static gboolean
name_photos (Export *export,
             GuituTransaction *transaction,
             GHashTable *pictures,
             GError **error)
{
  for (guint i = 0; i < export->site.out->len; i++)
    {
      const GuituRecord *notice = export->site.out->pdata[i];
      const char *id = guitu_record_text (notice, GUITU_NOTICE_PHOTO);
      g_autoptr (GuituRecord) file = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_file, id, NULL);
      g_autoptr (GBytes) content = file == NULL ? NULL : guitu_file_read (export->call->store, file, NULL);
      g_autoptr (GBytes) picture = content == NULL ? NULL : guitu_image_scale (content, PHOTO_EDGE, NULL);
      char *name;

      if (!step (export, error))
        return FALSE;
      if (picture == NULL && id != NULL)
        g_ptr_array_add (export->warnings, g_strdup_printf ("The photo of the notice %s is not at this desk", guitu_record_text (notice, GUITU_NOTICE_NUMBER)));
      if (picture == NULL)
        continue;
      name = g_strdup_printf ("photo-%s-%d.jpg", guitu_record_text (notice, GUITU_NOTICE_NUMBER), (int) guitu_record_integer (notice, GUITU_NOTICE_EDITION, 1));
      g_hash_table_insert (export->site.photos, g_strdup (guitu_record_id (notice)), name);
      g_hash_table_insert (pictures, name, g_steal_pointer (&picture));
    }
  return TRUE;
}

static gboolean
write_photos (Export *export,
              GHashTable *pictures,
              GError **error)
{
  GHashTableIter iterator;
  gpointer name, picture;

  g_hash_table_iter_init (&iterator, pictures);
  while (g_hash_table_iter_next (&iterator, &name, &picture))
    {
      gsize length;
      const char *data = g_bytes_get_data (picture, &length);

      if (!write_file (export, name, data, length, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (Export *export,
           GHashTable *pictures,
           GError **error)
{
  if (!write_withdrawn (export, error) || !remove_photos (export, error) || !write_photos (export, pictures, error))
    return FALSE;
  for (guint i = 0; i < export->site.out->len; i++)
    {
      g_autofree char *name = guitu_notice_page_name (export->site.out->pdata[i]);

      step (export, NULL);
      if (!write_text (export, name, guitu_notice_page (&export->site, export->site.out->pdata[i]), error))
        return FALSE;
    }
  return write_text (export, "index.html", guitu_notice_index_page (&export->site), error) &&
         write_text (export, "feed.xml", guitu_notice_feed (&export->site), error) &&
         write_text (export, JSON_NAME, guitu_notice_json (&export->site), error);
}

/* --- That it is there, and no more -------------------------------------------------------------------------- */

/* The open places of the kind “web” of a notice in this folder. */
static GPtrArray *
web_places (const Export *export,
            GuituTransaction *transaction,
            const GuituRecord *notice,
            GError **error)
{
  const GuituQuery there = { .conditions = { { GUITU_NOTICE_CHANNEL_NOTICE, GUITU_EQUAL, guitu_record_id (notice) },
                                             { GUITU_NOTICE_CHANNEL_CHANNEL, GUITU_EQUAL, "web" },
                                             { GUITU_NOTICE_CHANNEL_PLACE, GUITU_EQUAL, export->folder },
                                             { GUITU_NOTICE_CHANNEL_WITHDRAWN_AT, GUITU_UNSET, NULL } } };

  return guitu_records_find (transaction, &guitu_kind_notice_channel, &there, error);
}

/* Written before the page is, so that no page is out of which no record tells. */
static gboolean
note_published (const Export *export,
                GuituTransaction *transaction,
                GError **error)
{
  g_autofree char *now = guitu_now ();

  for (guint i = 0; i < export->site.out->len; i++)
    {
      g_autoptr (GPtrArray) places = web_places (export, transaction, export->site.out->pdata[i], error);
      g_autoptr (GuituRecord) channel = guitu_record_new (&guitu_kind_notice_channel);

      if (places == NULL)
        return FALSE;
      if (places->len > 0)
        continue;
      guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_NOTICE, guitu_record_id (export->site.out->pdata[i]));
      guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_CHANNEL, "web");
      guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_PLACE, export->folder);
      guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_AT, now);
      guitu_record_set_text (channel, GUITU_NOTICE_CHANNEL_BY, export->call->session->id);
      if (!guitu_transaction_put (transaction, channel, error))
        return FALSE;
    }
  return TRUE;
}

/* Written after the page was replaced: the writing is the proof. */
static gboolean
note_taken_down (const Export *export,
                 GuituTransaction *transaction,
                 GError **error)
{
  const char *user = export->call->session->id;
  g_autofree char *now = guitu_now ();

  for (guint i = 0; i < export->site.withdrawn->len; i++)
    {
      g_autoptr (GPtrArray) places = web_places (export, transaction, export->site.withdrawn->pdata[i], error);

      for (guint j = 0; places != NULL && j < places->len; j++)
        {
          guitu_record_set_text (places->pdata[j], GUITU_NOTICE_CHANNEL_WITHDRAWN_AT, now);
          guitu_record_set_text (places->pdata[j], GUITU_NOTICE_CHANNEL_WITHDRAWN_BY, user);
          guitu_record_set_text (places->pdata[j], GUITU_NOTICE_CHANNEL_PROOF, "网页已重新生成");
          if (!guitu_transaction_put (transaction, places->pdata[j], error) ||
              !guitu_list_tasks_close (transaction, "notice-take-down", guitu_record_id (places->pdata[j]), user, error))
            return FALSE;
        }
      if (places == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
note (const Export *export,
      gboolean (*write) (const Export *export, GuituTransaction *transaction, GError **error),
      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (export->call, error);

  return transaction != NULL && write (export, transaction, error) && guitu_transaction_commit (transaction, error);
}

/* --- The verb ------------------------------------------------------------------------------------------------- */

static void
emit (const Export *export)
{
  JsonObject *json = json_object_new ();
  JsonArray *warnings = json_array_new ();

  for (guint i = 0; i < export->warnings->len; i++)
    json_array_add_string_element (warnings, export->warnings->pdata[i]);
  json_object_set_string_member (json, "folder", export->folder);
  json_object_set_int_member (json, "published", export->site.out->len);
  json_object_set_int_member (json, "withdrawn", export->site.withdrawn->len);
  json_object_set_int_member (json, "photos", g_hash_table_size (export->site.photos));
  json_object_set_int_member (json, "written", export->n_written);
  json_object_set_int_member (json, "removed", export->n_removed);
  json_object_set_array_member (json, "warnings", warnings);
  guitu_call_emit (export->call, json);
}

static gboolean
run_export (GuituCall *call,
            GError **error)
{
  const char *folder = guitu_call_need (call, "folder", error);
  g_auto (Export) export = { .call = call, .folder = folder == NULL ? NULL : g_canonicalize_filename (folder, NULL) };
  g_autoptr (GHashTable) pictures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GuituTransaction) transaction = folder == NULL ? NULL : guitu_call_read (call, error);

  if (transaction == NULL || !read_site (&export, transaction, error) || !check_folder (&export, error) || !name_photos (&export, transaction, pictures, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (!make_folder (&export, error) || !note (&export, note_published, error) || !write_all (&export, pictures, error) || !note (&export, note_taken_down, error))
    return FALSE;
  emit (&export);
  return TRUE;
}

static const GuituOption export_options[] = {
  { "folder", GUITU_OPTION_FILE, TRUE, "the folder that the web server shows; it is made where there is none" },
  { NULL },
};

const GuituVerb guitu_verb_notice_export = {
  "notice export", "Write the notices that are out as web pages, feed and JSON into a folder", GUITU_VERB_WRITES, export_options, NULL, run_export
};
