/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Photos and scans lie beside the database, each encrypted with the station's key under the name of
 * its SHA-256; the record in the ledger holds that digest. */

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/links.h"
#include "app/missing.h"
#include "app/verbs.h"

#include "print/print.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define SMALL_PHOTO_BYTES (20 * 1024) /* that other stations see */
#define LEAST_EDGE 16
#define GREATEST_EDGE 4096
#define SMALL_PHOTO_BYTES (20 * 1024)

static char *
file_path (GuituStore *store,
           const char *digest)
{
  g_autofree char *folder = g_strndup (digest, 2);

  return g_build_filename (guitu_store_directory (store), "files", folder, digest, NULL);
}

static gboolean
write_encrypted (GuituStore *store,
                 const char *digest,
                 GBytes *content,
                 GError **error)
{
  g_autofree char *path = file_path (store, digest);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);
  gsize sealed_length = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length;
  g_autofree guint8 *sealed = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", NULL, "%s: %s", folder, g_strerror (errno));
  sealed = g_malloc (sealed_length);
  randombytes_buf (sealed, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (sealed + crypto_secretbox_NONCEBYTES, data, length, sealed, guitu_store_keys (store)->payload);
  return g_file_set_contents_full (path, (char *) sealed, sealed_length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

GBytes *
guitu_file_read (GuituStore *store,
                 const GuituRecord *file,
                 GError **error)
{
  const char *digest = guitu_record_text (file, GUITU_FILE_DIGEST);
  g_autofree char *path = file_path (store, digest);
  g_autofree char *found = NULL;
  g_autofree char *sealed = NULL;
  g_autofree guint8 *plain = NULL;
  gsize length;
  const gsize head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

  if (!g_file_get_contents (path, &sealed, &length, NULL))
    {
      guitu_fail (error, GUITU_ERROR_NOT_FOUND, "no-file", NULL, "The file itself is not at this desk");
      return NULL;
    }
  plain = g_malloc (length);
  if (length < head ||
      crypto_secretbox_open_easy (plain, (guint8 *) sealed + crypto_secretbox_NONCEBYTES, length - crypto_secretbox_NONCEBYTES,
                                  (guint8 *) sealed, guitu_store_keys (store)->payload) != 0)
    {
      guitu_fail (error, GUITU_ERROR_STORAGE, "damaged", NULL, "The stored file is damaged");
      return NULL;
    }
  found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, plain, length - head);
  if (strcmp (found, digest) != 0)
    {
      guitu_fail (error, GUITU_ERROR_STORAGE, "damaged", NULL, "The stored file is another than the one that was kept");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&plain), length - head);
}

/* As small as a glance needs it. */
GBytes *
guitu_file_small_photo (GuituStore *store,
                        GuituTransaction *transaction,
                        const char *id)
{
  static const int edges[] = { 320, 240, 180, 120 };
  g_autoptr (GuituRecord) file = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_file, id, NULL);
  g_autoptr (GBytes) content = file == NULL ? NULL : guitu_file_read (store, file, NULL);

  for (guint i = 0; content != NULL && i < G_N_ELEMENTS (edges); i++)
    {
      g_autoptr (GBytes) small = guitu_image_scale (content, edges[i], NULL);

      if (small != NULL && g_bytes_get_size (small) <= SMALL_PHOTO_BYTES)
        return g_steal_pointer (&small);
    }
  return NULL;
}

static const char *
media_type (GBytes *content)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);

  if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (length >= 5 && memcmp (data, "%PDF-", 5) == 0)
    return "application/pdf";
  return NULL;
}

/* Only what can be shown and printed again is taken; a picture must really be one, and a PDF that can't be read
 * would be missed only in the person's file. */
static const char *
check_content (GBytes *content,
               gboolean is_photo,
               GError **error)
{
  const char *media = media_type (content);

  if (media == NULL || (is_photo && !g_str_has_prefix (media, "image/")))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "not-an-image", "file",
                  is_photo ? "The photo must be a PNG or JPEG picture" : "The file must be a PNG or JPEG picture, or a PDF");
      return NULL;
    }
  if (g_str_has_prefix (media, "image/") && !guitu_image_check (content, NULL))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "not-an-image", "file", "The picture is damaged or too large");
      return NULL;
    }
  if (strcmp (media, "application/pdf") == 0 && !guitu_book_takes_pdf (content))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "unreadable-pdf", "file",
                  "This PDF can't be read: it is damaged, locked with a password, or has too many pages");
      return NULL;
    }
  return media;
}

static GuituRecord *
file_record (const char *person,
             const char *media,
             GBytes *content)
{
  GuituRecord *file = guitu_record_new (&guitu_kind_file);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (file, GUITU_FILE_PERSON, person);
  guitu_record_set_text (file, GUITU_FILE_MEDIA, media);
  guitu_record_set_text (file, GUITU_FILE_DIGEST, digest);
  guitu_record_set_integer (file, GUITU_FILE_LENGTH, g_bytes_get_size (content));
  guitu_record_set_text (file, GUITU_FILE_ADDED, now);
  return file;
}

GuituRecord *
guitu_file_keep_picture (GuituCall *call,
                         GuituTransaction *transaction,
                         const char *person,
                         const char *title,
                         GBytes *content,
                         GError **error)
{
  const char *media = check_content (content, TRUE, error);
  g_autoptr (GuituRecord) file = media == NULL ? NULL : file_record (person, media, content);

  if (file == NULL)
    return NULL;
  guitu_record_set_text (file, GUITU_FILE_TITLE, title);
  return write_encrypted (call->store, guitu_record_text (file, GUITU_FILE_DIGEST), content, error) && guitu_transaction_put (transaction, file, error)
             ? g_steal_pointer (&file)
             : NULL;
}

/* A picture or paper of a report, which the family gave; a photo goes out as far as they allow. */
static gboolean
hang_on_report (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *file,
                GError **error)
{
  g_autoptr (GuituRecord) missing = guitu_missing_find (transaction, guitu_call_text (call, "missing"), error);

  if (missing == NULL || !guitu_missing_check_is_open (missing, error))
    return FALSE;
  guitu_record_set_text (file, GUITU_FILE_MISSING, guitu_record_id (missing));
  if (!guitu_transaction_put (transaction, file, error))
    return FALSE;
  if (!guitu_call_flag (call, "photo"))
    return TRUE;
  guitu_record_set_text (missing, GUITU_MISSING_PHOTO, guitu_record_id (file));
  return guitu_sought_write (call->store, transaction, missing, error) && guitu_transaction_put (transaction, missing, error);
}

static gboolean
hang_on_person (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *file,
                GError **error)
{
  const char *id = guitu_record_text (file, GUITU_FILE_PERSON);
  gboolean is_photo = guitu_call_flag (call, "photo");
  g_autoptr (GuituRecord) person = guitu_person_leader (transaction, id, error);

  if (person == NULL || (is_photo && !guitu_fence_refuse (call, transaction, id, error)))
    return FALSE;
  if (is_photo)
    guitu_record_set_text (person, GUITU_PERSON_PHOTO, guitu_record_id (file));
  return guitu_transaction_put (transaction, file, error) && guitu_transaction_put (transaction, person, error);
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  gboolean is_of_report = guitu_call_text (call, "missing") != NULL;
  const char *person_id = is_of_report ? NULL : guitu_call_need (call, "person", error);
  const char *path = person_id == NULL && !is_of_report ? NULL : guitu_call_need (call, "file", error);
  g_autoptr (GBytes) content = path == NULL ? NULL : guitu_input_file (path, "file", error);
  const char *media = content == NULL ? NULL : check_content (content, guitu_call_flag (call, "photo"), error);
  g_autoptr (GuituTransaction) transaction = media == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) file = NULL;

  if (transaction == NULL)
    return FALSE;
  file = file_record (person_id, media, content);
  if (!guitu_call_take (call, "title", file, GUITU_FILE_TITLE, error) ||
      !write_encrypted (call->store, guitu_record_text (file, GUITU_FILE_DIGEST), content, error) ||
      !(is_of_report ? hang_on_report (call, transaction, file, error) : hang_on_person (call, transaction, file, error)) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (file, FALSE));
  return TRUE;
}

/* A picture that is only looked at is made small here, in a worker, not by the window. */
static gboolean
scale (GuituCall *call,
       GBytes **content,
       GError **error)
{
  gint64 edge = guitu_call_integer (call, "edge", 0);
  GBytes *scaled;

  if (!json_object_has_member (call->input, "edge"))
    return TRUE;
  if (edge < LEAST_EDGE || edge > GREATEST_EDGE)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "edge", "The edge is given in points, from %d to %d", LEAST_EDGE, GREATEST_EDGE);
  scaled = guitu_image_scale (*content, edge, NULL);
  if (scaled == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-an-image", "file", "This file is no picture");
  g_bytes_unref (*content);
  *content = scaled;
  return TRUE;
}

static gboolean
run_export (GuituCall *call,
            GError **error)
{
  const char *id = guitu_call_need (call, "file", error);
  const char *path = guitu_call_text (call, "to");
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) file = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_file, id, error);
  g_autoptr (GBytes) content = NULL;
  JsonObject *json;

  if (file == NULL || !guitu_fence_refuse_record (call, transaction, &guitu_kind_file, id, error))
    return FALSE;
  content = guitu_file_read (call->store, file, error);
  if (content == NULL || !scale (call, &content, error) || (path != NULL && !guitu_output_file (path, "to", content, error)))
    return FALSE;
  json = guitu_record_to_json (file, FALSE);
  if (guitu_call_flag (call, "inline"))
    {
      gsize length;
      gconstpointer data = g_bytes_get_data (content, &length);
      g_autofree char *text = g_base64_encode (data, length);

      json_object_set_string_member (json, "data", text);
    }
  guitu_call_emit (call, json);
  return TRUE;
}

static const GuituOption add_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "file", GUITU_OPTION_FILE, TRUE, "the picture (PNG, JPEG) or PDF" },
  { "missing", GUITU_OPTION_TEXT, FALSE, "in place of the person: id or number of the report of a family" },
  { "title", GUITU_OPTION_TEXT, FALSE, "what it is" },
  { "photo", GUITU_OPTION_FLAG, FALSE, "it is the portrait" },
  { NULL },
};

static const GuituOption export_options[] = {
  { "file", GUITU_OPTION_TEXT, TRUE, "id of the file record" },
  { "to", GUITU_OPTION_OUTPUT, FALSE, "write it to this file" },
  { "inline", GUITU_OPTION_FLAG, FALSE, "give it as Base64 in the result" },
  { "edge", GUITU_OPTION_INTEGER, FALSE, "a picture only: as JPEG, neither side over so many points" },
  { NULL },
};

const GuituVerb guitu_verb_file_add = {
  "file add", "Keep a photo or scan of a person or a report, encrypted", GUITU_VERB_WRITES, add_options, NULL, run_add
};
const GuituVerb guitu_verb_file_export = {
  "file export", "Give a kept file back", GUITU_VERB_PLAIN, export_options, NULL, run_export
};
