/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desks of the station: one more by invitation, and one less when it is stolen or retired. */

#include "app/network.h"
#include "app/qr-file.h"
#include "app/verbs.h"
#include "db/hub.h"

#include <sodium.h>
#include <string.h>

#define DESK_ID_DIGITS 16

/* --- One more -------------------------------------------------------------------------------- */

/* Letters and digits that are not mistaken for one another when read aloud. */
static char *
one_time_code (void)
{
  static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  GString *code = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (code, "%s%c", i > 0 && i % 5 == 0 ? "-" : "", letters[randombytes_uniform (strlen (letters))]);
  return g_string_free (code, FALSE);
}

/* Numbers are given out by one desk's series, starting after its own. */
static gboolean
next_desk_number (GuituCall *call,
                  gint64 *number,
                  GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GPtrArray) desks = transaction == NULL ? NULL : guitu_desks_list (transaction, error);
  gint64 greatest = 0;

  if (desks == NULL || !guitu_transaction_next_number (transaction, "desk", number, error))
    return FALSE;
  for (guint i = 0; i < desks->len; i++)
    {
      const GuituDesk *desk = g_ptr_array_index (desks, i);

      if (strcmp (desk->station, guitu_store_keys (call->store)->station) == 0)
        greatest = MAX (greatest, desk->number);
    }
  *number = MAX (*number + guitu_store_keys (call->store)->desk.number, greatest + 1);
  return guitu_transaction_commit (transaction, error);
}

/* The hub's address and a log-in for the new desk; none where there is no hub. */
static gboolean
note_for_desk (GuituCall *call,
               gint64 number,
               char **note,
               GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GError) failure = NULL;

  if (transaction == NULL)
    return FALSE;
  *note = guitu_network_note (transaction, number, &failure);
  if (failure == NULL)
    return guitu_transaction_commit (transaction, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run_invite (GuituCall *call,
            GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  g_autofree char *code = one_time_code ();
  g_autofree char *note = NULL;
  g_autoptr (GBytes) invitation = NULL;
  JsonObject *json;
  gint64 number;

  if (path == NULL || !next_desk_number (call, &number, error) || !note_for_desk (call, number, &note, error))
    return FALSE;
  invitation = guitu_keys_make_invitation (guitu_store_keys (call->store), number, code, note == NULL ? "" : note);
  if (!guitu_output_file (path, "file", invitation, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "file", path);
  json_object_set_string_member (json, "code", code);
  json_object_set_int_member (json, "desk", number);
  json_object_set_boolean_member (json, "hub", note != NULL);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Keys on paper --------------------------------------------------------------------------- */

static gboolean
print_backup (GuituCall *call,
              const char *path,
              GBytes *locked,
              GError **error)
{
  g_autofree char *text = guitu_qr_pack (GUITU_BACKUP_PREFIX, locked);
  g_autofree char *today = guitu_today ();
  g_autofree char *date = guitu_time_in_chinese (today);
  g_autofree char *above = g_strdup_printf ("站点代码：%s\n制作日期：%s", guitu_store_keys (call->store)->station, date);
  const GuituQrSheet sheet = {
    .title = "本站密钥备份",
    .code = text,
    .above = above,
    .below = "一、本页与口令合在一起，即可代表本站。请把本页锁入保险柜，口令另处保管，不得写在本页上。\n"
             "二、全部电脑损坏或者丢失时，在新电脑上选择“加入已有站点或用密钥备份恢复”，扫描本页并输入口令；再导入任一登记台或者中转数据库的数据，记录即可恢复。\n"
             "三、更换本站密钥以后，本页作废，请销毁并重新制作。",
  };

  return guitu_qr_write (path, &sheet, error);
}

static gboolean
run_backup_keys (GuituCall *call,
                 GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  g_autofree char *code = one_time_code ();
  g_autoptr (GBytes) locked = NULL;
  JsonObject *json;
  gint64 number;

  if (path == NULL)
    return FALSE;
  if (!guitu_qr_is_file (path))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-a-page", "file", "The backup is a page to print or a picture: end the name of the file in .pdf or .png");
  if (!next_desk_number (call, &number, error))
    return FALSE;
  locked = guitu_keys_make_invitation (guitu_store_keys (call->store), number, code, NULL);
  if (!print_backup (call, path, locked, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "file", path);
  json_object_set_string_member (json, "code", code);
  json_object_set_int_member (json, "desk", number);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Which desks there are ------------------------------------------------------------------- */

/* As 16 hexadecimal digits: JSON's numbers are too short for it. */
static char *
desk_id_text (gint64 desk)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", desk);
}

/* The first end that the desk's own station declared, or %NULL. */
static GuituRecord *
find_end (GuituTransaction *transaction,
          const GuituDesk *desk,
          GError **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, desk->desk);
  const GuituQuery of_desk = {
    .conditions = { { GUITU_DESK_END_DESK, GUITU_EQUAL, id }, { GUITU_DESK_END_STATION, GUITU_EQUAL, desk->station } },
    .is_ordered = TRUE,
    .order_by = GUITU_DESK_END_AT,
    .limit = 1,
    .with_voided = TRUE,
  };
  g_autoptr (GPtrArray) ends = guitu_records_find (transaction, &guitu_kind_desk_end, &of_desk, error);

  return ends == NULL || ends->len == 0 ? NULL : g_ptr_array_steal_index (ends, 0);
}

static gboolean
add_end (JsonObject *json,
         GuituTransaction *transaction,
         const GuituDesk *desk,
         GError **error)
{
  g_autoptr (GuituRecord) end = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean ended;

  if (!guitu_desk_is_ended (transaction, desk, &ended, error))
    return FALSE;
  json_object_set_boolean_member (json, "ended", ended);
  end = ended ? find_end (transaction, desk, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (end != NULL && guitu_record_is_set (end, GUITU_DESK_END_AT))
    json_object_set_string_member (json, "ended_at", guitu_record_text (end, GUITU_DESK_END_AT));
  if (end != NULL && guitu_record_is_set (end, GUITU_DESK_END_REASON))
    json_object_set_string_member (json, "reason", guitu_record_text (end, GUITU_DESK_END_REASON));
  return TRUE;
}

/* @json: (transfer none) */
static gboolean
describe_desk (JsonObject *json,
               GuituCall *call,
               GuituTransaction *transaction,
               const GuituDesk *desk,
               GError **error)
{
  g_autofree char *id = desk_id_text (desk->desk);

  json_object_set_string_member (json, "station", desk->station);
  json_object_set_int_member (json, "desk", desk->number);
  json_object_set_string_member (json, "id", id);
  json_object_set_boolean_member (json, "own", strcmp (desk->station, guitu_store_keys (call->store)->station) == 0);
  json_object_set_boolean_member (json, "this", desk->desk == guitu_store_keys (call->store)->desk.desk);
  guitu_network_put_heard (json, guitu_hub_heard_at (transaction, desk->desk));
  return add_end (json, transaction, desk, error);
}

static gboolean
emit_desk (GuituCall *call,
           GuituTransaction *transaction,
           const GuituDesk *desk,
           GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();

  if (!describe_desk (json, call, transaction, desk, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static gboolean
run_desk_list (GuituCall *call,
               GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) desks = transaction == NULL ? NULL : guitu_desks_list (transaction, error);

  if (desks == NULL)
    return FALSE;
  for (guint i = 0; i < desks->len; i++)
    if (!emit_desk (call, transaction, g_ptr_array_index (desks, i), error))
      return FALSE;
  return TRUE;
}

/* --- One less -------------------------------------------------------------------------------- */

static gboolean
is_meant (const GuituDesk *desk,
          const char *text)
{
  g_autofree char *id = desk_id_text (desk->desk);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, desk->number);

  return strcmp (number, text) == 0 || g_ascii_strcasecmp (id, text) == 0;
}

/* A desk of this station by its number, or by its id where an invitation was used twice. */
static const GuituDesk *
find_desk (GuituCall *call,
           GPtrArray *desks,
           const char *text,
           GError **error)
{
  const GuituKeys *keys = guitu_store_keys (call->store);
  const GuituDesk *found = NULL;

  for (guint i = 0; i < desks->len; i++)
    {
      const GuituDesk *desk = g_ptr_array_index (desks, i);

      if (strcmp (desk->station, keys->station) != 0 || !is_meant (desk, text))
        continue;
      if (found != NULL)
        return guitu_fail (error, GUITU_ERROR_INVALID, "several-desks", "desk", "Several desks have the number %s; give the id of one (“desk list”)", text), NULL;
      found = desk;
    }
  if (found == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "desk", "This station has no desk %s", text);
  else if (found->desk == keys->desk.desk)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "this-desk", "desk", "This is the desk you work at; revoke it from another one"), NULL;
  return found;
}

static gboolean
end_desk (GuituCall *call,
          GuituTransaction *transaction,
          const GuituDesk *desk,
          GError **error)
{
  g_autoptr (GuituRecord) end = guitu_record_new_owned (&guitu_kind_desk_end, desk->station, NULL, NULL);
  g_autofree char *chains = guitu_desk_chains (transaction, desk->desk, error);
  g_autofree char *now = guitu_now ();

  if (chains == NULL || !guitu_call_take (call, "reason", end, GUITU_DESK_END_REASON, error))
    return FALSE;
  guitu_record_set_integer (end, GUITU_DESK_END_DESK, desk->desk);
  guitu_record_set_text (end, GUITU_DESK_END_CHAINS, chains);
  guitu_record_set_text (end, GUITU_DESK_END_AT, now);
  return guitu_transaction_put (transaction, end, error);
}

static gboolean
run_revoke (GuituCall *call,
            GError **error)
{
  const char *text = guitu_call_need (call, "desk", error);
  const char *reason = text == NULL ? NULL : guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GPtrArray) desks = transaction == NULL ? NULL : guitu_desks_list (transaction, error);
  const GuituDesk *desk = desks == NULL ? NULL : find_desk (call, desks, text, error);
  g_autoptr (GuituTransaction) after = NULL;
  gboolean ended;

  if (desk == NULL || !guitu_desk_is_ended (transaction, desk, &ended, error))
    return FALSE;
  if (ended)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "ended", "desk", "Desk %s was ended before", text);
  if (!end_desk (call, transaction, desk, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  after = guitu_call_read (call, error);
  return after != NULL && emit_desk (call, after, desk, error);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption invite_options[] = {
  { "file", GUITU_OPTION_OUTPUT, TRUE, "the file to write" },
  { NULL },
};

static const GuituOption backup_options[] = {
  { "file", GUITU_OPTION_OUTPUT, TRUE, "the page to write: .pdf, or .png for the QR code alone" },
  { NULL },
};

static const GuituOption revoke_options[] = {
  { "desk", GUITU_OPTION_TEXT, TRUE, "number of the desk, or its id (see “desk list”)" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why: stolen, lost, retired; other stations read it, too" },
  { NULL },
};

const GuituVerb guitu_verb_desk_invite = {
  "desk invite", "Write an invitation for another desk of this station, and tell its one-time code", GUITU_VERB_WRITES, invite_options, NULL, run_invite
};
const GuituVerb guitu_verb_desk_list = {
  "desk list", "List the desks known here", GUITU_VERB_PLAIN, NULL, NULL, run_desk_list
};
const GuituVerb guitu_verb_desk_revoke = {
  "desk revoke", "End a desk that was stolen, lost or retired: what it writes after what is known here counts no more", GUITU_VERB_WRITES, revoke_options, NULL, run_revoke
};
const GuituVerb guitu_verb_station_backup_keys = {
  "station backup-keys", "Print this station's keys as a QR code, locked with a code that is told once: to keep in a safe", GUITU_VERB_WRITES, backup_options, NULL, run_backup_keys
};
