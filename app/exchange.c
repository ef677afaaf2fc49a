/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries between desks and stations in files, and checking the ledger. */

#include "app/after-exchange.h"
#include "app/verbs.h"

#include <string.h>

/* --- Bundles --------------------------------------------------------------------------------- */

static gboolean
find_peer (GuituCall *call,
           const char *code,
           GuituPeer *peer,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = NULL;

  if (transaction == NULL)
    return FALSE;
  station = guitu_known_station (transaction, code);
  if (station != NULL && guitu_record_is_set (station, GUITU_STATION_BOX_KEY) &&
      guitu_key_from_text (guitu_record_text (station, GUITU_STATION_BOX_KEY), peer->box_key, sizeof peer->box_key))
    {
      peer->code = code;
      return TRUE;
    }
  return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "to", "Station %s is not known here; trust its card first", code);
}

static gboolean
export_snapshot (GuituCall *call,
                 const char *path,
                 const char *target,
                 GError **error)
{
  JsonObject *json;

  if (guitu_call_text (call, "to") != NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "own-desks-only", "to", "A snapshot is for this station's own desks only");
  if (!guitu_snapshot_export (call->store, target, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "file", path);
  json_object_set_boolean_member (json, "snapshot", TRUE);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_export (GuituCall *call,
            GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  const char *to = guitu_call_text (call, "to");
  g_autofree char *target = path == NULL ? NULL : guitu_output_target (path, "file", error);
  GuituPeer peer;
  GuituExport how = { .since_last = guitu_call_flag (call, "since_last"), .progress = guitu_call_tell_progress, .data = call };
  guint64 count;
  JsonObject *json;

  if (target == NULL)
    return FALSE;
  if (guitu_call_flag (call, "snapshot"))
    return export_snapshot (call, path, target, error);
  if (to != NULL && !find_peer (call, to, &peer, error))
    return FALSE;
  how.to = to == NULL ? NULL : &peer;
  if (!guitu_bundle_export_as (call->store, target, &how, &count, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "file", path);
  json_object_set_int_member (json, "entries", count);
  guitu_call_emit (call, json);
  return TRUE;
}

static JsonArray *
strings_to_json (GPtrArray *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));
  return array;
}

/* Of a big bundle, what was taken so far stays. */
static gboolean
tell_import (guint64 done,
             guint64 total,
             gpointer data,
             GError **error)
{
  if (guitu_call_progress (data, (guint) done, (guint) total, NULL))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "cancelled", NULL, "Cancelled; import the bundle again to go on");
}

static gboolean
run_import (GuituCall *call,
            GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  g_autoptr (GuituReceipt) receipt = NULL;
  JsonObject *json;

  if (path == NULL)
    return FALSE;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return guitu_fail (error, GUITU_ERROR_INVALID, "no-file", "file", "There is no file %s", path);
  receipt = guitu_bundle_import_telling (call->store, path, tell_import, call, error);
  if (receipt == NULL || !guitu_after_exchange (call, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_int_member (json, "added", receipt->added);
  json_object_set_int_member (json, "known", receipt->known);
  json_object_set_array_member (json, "gaps", strings_to_json (receipt->gaps));
  if (receipt->refused->len > 0)
    json_object_set_array_member (json, "refused", strings_to_json (receipt->refused));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Checking -------------------------------------------------------------------------------- */

/* Papers carry the head of the ledger as it was when they were printed: a cut tail shows there. */
static gboolean
check_paper_heads (GuituCall *call,
                   GPtrArray *problems,
                   GError **error)
{
  const GuituQuery all = { 0 };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) papers = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_paper, &all, error);

  if (papers == NULL)
    return FALSE;
  for (guint i = 0; i < papers->len; i++)
    {
      const GuituRecord *paper = g_ptr_array_index (papers, i);
      const char *fields = guitu_record_text (paper, GUITU_PAPER_FIELDS);
      g_autoptr (JsonNode) node = fields == NULL ? NULL : json_from_string (fields, NULL);
      const char *head;
      gboolean has;

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        continue;
      head = json_object_get_string_member_with_default (json_node_get_object (node), "ledger.head", NULL);
      if (head == NULL)
        continue;
      if (!guitu_ledger_has_head (transaction, head, &has, error))
        return FALSE;
      if (!has)
        g_ptr_array_add (problems, g_strdup_printf ("Paper %s was printed when the ledger stood at %s, which it no longer holds",
                                                    guitu_record_text (paper, GUITU_PAPER_NUMBER), head));
    }
  return TRUE;
}

static gboolean
run_verify (GuituCall *call,
            GError **error)
{
  g_autoptr (GuituLedgerReport) report = guitu_ledger_verify (call->store, guitu_call_flag (call, "quick"), error);
  JsonObject *json;
  guint n_problems;

  if (report == NULL || !check_paper_heads (call, report->problems, error))
    return FALSE;
  n_problems = report->problems->len;
  json = json_object_new ();
  json_object_set_string_member (json, "result", n_problems == 0 ? "ok" : "damaged");
  json_object_set_int_member (json, "entries", report->entries);
  json_object_set_int_member (json, "chains", report->chains);
  json_object_set_int_member (json, "rows", report->rows);
  json_object_set_array_member (json, "problems", strings_to_json (report->problems));
  json_object_set_array_member (json, "gaps", strings_to_json (report->gaps));
  guitu_call_emit (call, json);
  if (n_problems == 0)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_UNTRUSTED, "ledger-damaged", NULL, "The ledger does not verify: %s",
                     (char *) report->problems->pdata[0]);
}

/* Files themselves don't travel in bundles: one that another desk added may not be here. */
static gboolean
was_added_here (GuituCall *call,
                GuituTransaction *transaction,
                const GuituRecord *file,
                gboolean *was_added,
                GError **error)
{
  g_autoptr (GPtrArray) history = guitu_record_history (transaction, guitu_record_id (file), error);

  *was_added = FALSE;
  if (history == NULL)
    return FALSE;
  for (guint i = 0; i < history->len; i++)
    {
      const GuituHistoryItem *item = g_ptr_array_index (history, i);

      *was_added |= item->created && item->desk == guitu_store_keys (call->store)->desk.desk;
    }
  return TRUE;
}

typedef struct
{
  guint good;
  guint elsewhere;
  GPtrArray *problems;
} FileReport;

static gboolean
check_file (GuituCall *call,
            GuituTransaction *transaction,
            const GuituRecord *file,
            FileReport *report,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) content = guitu_file_read (call->store, file, &failure);
  gboolean is_missing = g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_NOT_FOUND);
  gboolean was_here = TRUE;

  if (is_missing && !was_added_here (call, transaction, file, &was_here, error))
    return FALSE;
  if (!was_here)
    report->elsewhere++;
  else if (content != NULL)
    report->good++;
  else
    g_ptr_array_add (report->problems, g_strdup_printf ("The kept file %s (added %s) is %s", guitu_record_id (file),
                                                        guitu_record_text (file, GUITU_FILE_ADDED), is_missing ? "missing" : "damaged"));
  return TRUE;
}

static gboolean
check_files (GuituCall *call,
             FileReport *report,
             GError **error)
{
  const GuituQuery all = { .with_voided = TRUE };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) files = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_file, &all, error);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const GuituRecord *file = g_ptr_array_index (files, i);

      if (guitu_record_is_set (file, GUITU_FILE_DIGEST) && !check_file (call, transaction, file, report, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_check (GuituCall *call,
           GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  FileReport report = { 0 };
  gboolean is_readable;
  JsonObject *json;

  if (guitu_call_flag (call, "rebuild_index") && !guitu_store_rebuild_index (call->store, guitu_call_tell_progress, call, error))
    return FALSE;
  problems = guitu_store_check (call->store, error);
  if (problems == NULL)
    return FALSE;
  is_readable = problems->len == 0;
  report.problems = problems;
  if (is_readable && !check_files (call, &report, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "integrity", problems->len == 0 ? "ok" : "damaged");
  json_object_set_int_member (json, "files", report.good);
  json_object_set_int_member (json, "files_elsewhere", report.elsewhere);
  json_object_set_array_member (json, "problems", strings_to_json (problems));
  guitu_call_emit (call, json);
  if (is_readable && !run_verify (call, error))
    return FALSE;
  return problems->len == 0 || guitu_fail (error, GUITU_ERROR_STORAGE, "damaged", NULL, "The store is damaged: %s", (char *) problems->pdata[0]);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption file_option[] = {
  { "file", GUITU_OPTION_FILE, TRUE, "the file" },
  { NULL },
};

static const GuituOption export_options[] = {
  { "file", GUITU_OPTION_OUTPUT, TRUE, "the file to write" },
  { "to", GUITU_OPTION_TEXT, FALSE, "code of another station: what every station may read and the letters to it, sealed for it" },
  { "snapshot", GUITU_OPTION_FLAG, FALSE, "the whole store as it stands, for a new desk of this station to begin with" },
  { "since_last", GUITU_OPTION_FLAG, FALSE, "only what is new since the last bundle made here for the same receiver, if that arrived; else everything" },
  { NULL },
};

static const GuituOption verify_options[] = {
  { "quick", GUITU_OPTION_FLAG, FALSE, "check the chains, but do not replay them against the records" },
  { NULL },
};

static const GuituOption check_options[] = {
  { "quick", GUITU_OPTION_FLAG, FALSE, "check the chains, but do not replay them against the records" },
  { "rebuild_index", GUITU_OPTION_FLAG, FALSE, "first build the search index anew from the records" },
  { NULL },
};

const GuituVerb guitu_verb_bundle_export = {
  "bundle export", "Write the ledger's entries to an encrypted file for another desk or station", GUITU_VERB_PLAIN, export_options, NULL, run_export
};
const GuituVerb guitu_verb_bundle_import = {
  "bundle import", "Take in the entries of a bundle", GUITU_VERB_WRITES | GUITU_VERB_NO_LOGIN, file_option, NULL, run_import
};
const GuituVerb guitu_verb_ledger_verify = {
  "ledger verify", "Check every chain, and the records against a replay", GUITU_VERB_NO_LOGIN, verify_options, NULL, run_verify
};
const GuituVerb guitu_verb_check = {
  "check", "Check the database file, the search index, the kept files and the ledger", GUITU_VERB_NO_LOGIN, check_options, NULL, run_check
};
