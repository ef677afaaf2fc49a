/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The signed ends of the chains say what the hub has; our own ledger says what of it is here, so that
 * nothing is skipped in whatever order transactions there commit. */

#include "db/hub-pull-private.h"

#include "db/receive-private.h"
#include "db/stations-private.h"

#include <string.h>

#define OF_DESK ""         /* a problem of the desk itself, whatever the scope */
#define OF_OTHERS "others" /* what its shared end says of its other chains */
#define UNSIGNED "The end of a chain at the hub is not signed by its desk: it was altered there"

/* --- Desks ----------------------------------------------------------------------------------- */

static void
take_desk (const PGresult *result,
           const GuituHubHead *head,
           GuituDesk *desk)
{
  gsize length;
  const guint8 *bytes = _guitu_hub_bytes (result, 0, 1, &length);

  desk->desk = head->desk;
  desk->station = g_strdup (head->station);
  desk->number = _guitu_hub_integer (result, 0, 0);
  memcpy (desk->public_key, bytes, MIN (length, sizeof desk->public_key));
  bytes = _guitu_hub_bytes (result, 0, 2, &length);
  memcpy (desk->certificate, bytes, MIN (length, sizeof desk->certificate));
}

/* Its station may have told of new keys in an entry of this very desk. A quick look does not look for it again and again. */
static gboolean
look_for_keys (GuituHubPull *pull,
               const GuituDesk *desk,
               GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  g_autoptr (GPtrArray) keys = connection == NULL ? NULL : _guitu_station_keys (connection, pull->sync->keys.own, desk->station, FALSE, error);
  g_autoptr (GuituStatement) statement = keys == NULL ? NULL : guitu_connection_prepare (connection, "SELECT 1 FROM hub_problem WHERE desk = ? AND scope = '" OF_DESK "'", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, desk->desk);
  step = guitu_statement_step (statement, error);
  if (step < 0)
    return FALSE;
  g_clear_pointer (&statement, guitu_statement_free);
  return keys->len == 0 || (step == 1 && pull->sync->depth == GUITU_HUB_QUICK) || _guitu_hub_take_rotations (pull, desk, keys->len, error);
}

/* The certificate of a desk that is not known here. *@found: FALSE when nobody here vouches for it, or when it did
 * not itself sign that it is of this station: anybody could certify a key that is another's. */
static gboolean
ask_for_desk (GuituHubPull *pull,
              const GuituHubHead *head,
              GuituDesk *desk,
              gboolean *found,
              GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) result = NULL;
  g_autoptr (GError) failure = NULL;
  GuituConnection *connection;
  GuituReceiver receiver;

  if (!_guitu_hub_pull_commit (pull, error))
    return FALSE;
  _guitu_hub_add_text (&parameters, head->station);
  _guitu_hub_add_integer (&parameters, head->desk);
  result = _guitu_hub_query (pull->sync->hub, "SELECT number, public_key, certificate FROM guitu.desk WHERE station = $1 AND desk = $2::bigint", &parameters, error);
  if (result == NULL)
    return FALSE;
  if (PQntuples (result) == 0)
    return _guitu_hub_pull_note_problem (pull, head->desk, OF_DESK, GUITU_HUB_NAMELESS, "Entries of a desk that the hub does not name", error);
  take_desk (result, head, desk);
  if (!_guitu_hub_head_is_signed (head, desk))
    return _guitu_hub_pull_note_problem (pull, head->desk, OF_DESK, GUITU_HUB_UNSIGNED, UNSIGNED, error);
  connection = _guitu_hub_pull_begin (pull, error);
  if (connection == NULL)
    return FALSE;
  _guitu_receiver_init (&receiver, connection, pull->sync->keys.own);
  *found = _guitu_receiver_add_desk (&receiver, desk, &failure);
  _guitu_receiver_clear (&receiver);
  pull->has_strangers |= !*found;
  if (!*found && strcmp (head->scope, GUITU_SCOPE_NAME_SHARED) == 0 && !look_for_keys (pull, desk, error))
    return FALSE;
  return _guitu_hub_pull_note_problem (pull, head->desk, OF_DESK, failure == NULL ? NULL : GUITU_HUB_UNVERIFIED, failure == NULL ? NULL : failure->message, error);
}

/* Works in the transaction that writes. *@found: FALSE also for what is said of a desk in another station's name. */
static gboolean
find_desk (GuituHubPull *pull,
           const GuituHubHead *head,
           GuituDesk *desk,
           gboolean *found,
           GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  int step = connection == NULL ? -1 : _guitu_desk_find (connection, head->desk, desk, error);

  *found = FALSE;
  if (step == 0)
    return ask_for_desk (pull, head, desk, found, error);
  if (step != 1)
    return FALSE;
  *found = strcmp (desk->station, head->station) == 0;
  return !*found || _guitu_hub_pull_note_problem (pull, head->desk, OF_DESK, NULL, NULL, error);
}

/* --- Ends of chains -------------------------------------------------------------------------- */

/* What is here of a chain. */
typedef struct
{
  gint64 stored; /* its greatest entry */
  gint64 heard;  /* what its desk signed before */
  gint64 heard_at;
  gboolean has_problem;
} Known;

static gboolean
read_known (GuituConnection *connection,
            const GuituHubHead *head,
            Known *known,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT max (ifnull ((SELECT sequence FROM chain WHERE desk = ?1 AND scope = ?2), 0),"
      " ifnull ((SELECT max (sequence) FROM refused_entry WHERE desk = ?1 AND scope = ?2), 0)), h.sequence, h.signed_at,"
      " EXISTS (SELECT 1 FROM hub_problem WHERE desk = ?1 AND scope IN (?2, ''))"
      " FROM (SELECT 1) LEFT JOIN hub_heard h ON h.desk = ?1 AND h.scope = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, head->desk);
  guitu_statement_bind_text (statement, 2, head->scope);
  if (guitu_statement_step (statement, error) != 1)
    return FALSE;
  known->stored = guitu_statement_integer (statement, 0);
  known->heard = guitu_statement_integer (statement, 1);
  known->heard_at = guitu_statement_integer (statement, 2);
  known->has_problem = guitu_statement_integer (statement, 3);
  return TRUE;
}

/* Up to where the chain is here without a gap. Entries that came in a bundle may lie beyond one. Only a full
 * comparison counts from the beginning. */
static gboolean
read_unbroken (GuituHubSync *sync,
               GuituConnection *connection,
               const GuituHubHead *head,
               gint64 stored,
               gint64 *unbroken,
               GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "WITH start (at) AS (SELECT CASE WHEN ?4 THEN 0 ELSE ifnull ((SELECT unbroken FROM hub_heard WHERE desk = ?1 AND scope = ?2), 0) END),"
      " held (sequence) AS (SELECT sequence FROM entry WHERE desk = ?1 AND scope = ?2 AND sequence > (SELECT at FROM start)"
      " UNION ALL SELECT sequence FROM refused_entry WHERE desk = ?1 AND scope = ?2 AND sequence > (SELECT at FROM start))"
      " SELECT CASE WHEN (SELECT count (*) FROM held) = ?3 - at THEN ?3"
      "  WHEN NOT EXISTS (SELECT 1 FROM held WHERE sequence = at + 1) THEN at"
      "  ELSE (SELECT min (h.sequence) FROM held h WHERE NOT EXISTS (SELECT 1 FROM held n WHERE n.sequence = h.sequence + 1)) END FROM start",
      error);

  *unbroken = stored;
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, head->desk);
  guitu_statement_bind_text (statement, 2, head->scope);
  guitu_statement_bind_integer (statement, 3, stored);
  guitu_statement_bind_integer (statement, 4, sync->depth != GUITU_HUB_QUICK);
  if (guitu_statement_step (statement, error) != 1)
    return FALSE;
  *unbroken = guitu_statement_integer (statement, 0);
  return TRUE;
}

static gboolean
note_heard (GuituConnection *connection,
            const GuituHubHead *head,
            gint64 unbroken,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "INSERT INTO hub_heard (desk, scope, sequence, signed_at, unbroken) VALUES (?, ?, ?, ?, ?) ON CONFLICT (desk, scope) DO UPDATE"
      " SET sequence = max (sequence, excluded.sequence), signed_at = max (signed_at, excluded.signed_at), unbroken = excluded.unbroken",
      error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, head->desk);
  guitu_statement_bind_text (statement, 2, head->scope);
  guitu_statement_bind_integer (statement, 3, head->last);
  guitu_statement_bind_integer (statement, 4, head->signed_at);
  guitu_statement_bind_integer (statement, 5, unbroken);
  return guitu_statement_run (statement, error);
}

/* What a desk has signed of its other chains: the most that it ever said, whatever end the hub shows next. */
static gboolean
note_others (GuituHubPull *pull,
             GuituConnection *connection,
             const GuituHubHead *head,
             GError **error)
{
  const GuituKeys *own = pull->sync->keys.own;
  GuituHubHead others = { .desk = head->desk, .scope = OF_OTHERS, .signed_at = head->signed_at };

  if (strcmp (head->scope, GUITU_SCOPE_NAME_SHARED) != 0 || head->desk == own->desk.desk)
    return TRUE;
  if (!_guitu_hub_vouched (connection, own, head, &others.last, error))
    return FALSE;
  return others.last < 0 || note_heard (connection, &others, 0, error);
}

static void
want (GuituHubPull *pull,
      const GuituHubHead *head,
      const GuituDesk *desk,
      gint64 known)
{
  GuituHubWanted *wanted = g_new0 (GuituHubWanted, 1);

  wanted->station = g_strdup (head->station);
  wanted->desk = head->desk;
  wanted->scope = g_strdup (head->scope);
  wanted->known = known;
  wanted->last = head->last;
  wanted->rank = strcmp (desk->station, pull->sync->keys.own->station) == 0 ? 0 : 1;
  g_ptr_array_add (pull->wanted, wanted);
}

static gboolean
take_head (GuituHubPull *pull,
           const GuituHubHead *head,
           const GuituDesk *desk,
           GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  gboolean is_own = head->desk == pull->sync->keys.own->desk.desk;
  Known known;
  gint64 unbroken;

  if (connection == NULL || !read_known (connection, head, &known, error))
    return FALSE;
  if (!_guitu_hub_head_is_signed (head, desk))
    return _guitu_hub_pull_note_problem (pull, head->desk, head->scope, GUITU_HUB_UNSIGNED, UNSIGNED, error);
  if (!read_unbroken (pull->sync, connection, head, known.stored, &unbroken, error) || !note_heard (connection, head, unbroken, error) ||
      !note_others (pull, connection, head, error))
    return FALSE;
  if (head->last > unbroken)
    want (pull, head, desk, unbroken);
  if (head->last < known.heard && !is_own)
    return _guitu_hub_pull_note_problem (pull, head->desk, head->scope, GUITU_HUB_LESS, "The hub has less of a desk than it had before: it was put back to an older state, or entries were taken out", error);
  return head->last > unbroken || is_own || _guitu_hub_pull_note_problem (pull, head->desk, head->scope, NULL, NULL, error);
}

static gboolean
look_at_head (GuituHubPull *pull,
              const GuituHubHead *head,
              GError **error)
{
  GuituDesk desk = { 0 };
  gboolean found;
  gboolean good = find_desk (pull, head, &desk, &found, error) &&
                  (!found || take_head (pull, head, &desk, error));

  guitu_desk_clear (&desk);
  return good;
}

/* What is as it was the last time is not looked at: no signature is checked, nothing is written. */
static gboolean
is_news (GuituHubSync *sync,
         GuituConnection *connection,
         const GuituHubHead *head,
         gboolean *is_new,
         GError **error)
{
  Known known;
  gint64 unbroken;

  if (!read_known (connection, head, &known, error))
    return FALSE;
  unbroken = known.stored;
  if (sync->depth != GUITU_HUB_QUICK && !read_unbroken (sync, connection, head, known.stored, &unbroken, error))
    return FALSE;
  *is_new = unbroken < head->last || known.heard != head->last || known.heard_at != head->signed_at || known.has_problem;
  return TRUE;
}

/* Which chains have news, as PostgreSQL's arrays. */
typedef struct
{
  GString *stations;
  GString *desks;
  GString *scopes;
} Keys;

static void
keys_clear (Keys *keys)
{
  GString *all[] = { keys->stations, keys->desks, keys->scopes };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL)
      g_string_free (all[i], TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

/* @result: all that is asked of every end, so that the rest is asked only of those with news. */
static gboolean
list_news (GuituHubSync *sync,
           const PGresult *result,
           Keys *keys,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, error);

  *keys = (Keys){ g_string_new ("{"), g_string_new ("{"), g_string_new ("{") };
  if (transaction == NULL)
    return FALSE;
  for (int row = 0; row < PQntuples (result); row++)
    {
      const GuituHubHead head = {
        .desk = _guitu_hub_integer (result, row, 1),
        .scope = _guitu_hub_text (result, row, 2),
        .last = _guitu_hub_integer (result, row, 3),
        .signed_at = _guitu_hub_integer (result, row, 4),
      };
      gboolean is_new;

      if (!is_news (sync, transaction->connection, &head, &is_new, error))
        return FALSE;
      if (!is_new)
        continue;
      _guitu_hub_array_add_text (keys->stations, _guitu_hub_text (result, row, 0));
      _guitu_hub_array_add_integer (keys->desks, head.desk);
      _guitu_hub_array_add_text (keys->scopes, head.scope);
    }
  g_string_append_c (keys->stations, '}');
  g_string_append_c (keys->desks, '}');
  g_string_append_c (keys->scopes, '}');
  return TRUE;
}

static gboolean
is_wanted (const GuituHubPull *pull,
           const GuituHubHead *head)
{
  for (guint i = 0; i < pull->wanted->len; i++)
    {
      const GuituHubWanted *wanted = g_ptr_array_index (pull->wanted, i);

      if (wanted->desk == head->desk && strcmp (wanted->scope, head->scope) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
look_at_all (GuituHubPull *pull,
             const PGresult *result,
             GError **error)
{
  for (int row = 0; row < PQntuples (result); row++)
    {
      const GuituHubHead head = _guitu_hub_head (result, row);

      if (!is_wanted (pull, &head) && !look_at_head (pull, &head, error))
        return FALSE;
    }
  return TRUE;
}

/* --- What is kept back ----------------------------------------------------------------------- */

/* The numbers are whatever some desk signed: total() can't overflow. A desk that ended signs nothing that would clear its alarm. */
#define KEPT_BACK_SQL                                                                                                          \
  "SELECT ifnull (max (h.sequence) FILTER (WHERE h.scope = 'others'), 0) > total (h.sequence) FILTER"                          \
  " (WHERE CASE WHEN d.station = ?3 THEN h.scope NOT IN ('shared', 'others', '" GUITU_HUB_SEARCHED "') ELSE h.scope = ?4 END)" \
  " AND NOT EXISTS (SELECT 1 FROM chain_limit l WHERE l.desk = d.desk AND l.station = d.station), count (*)"                   \
  " FROM desk d JOIN hub_heard h ON h.desk = d.desk WHERE d.desk = ?1 AND d.station = ?2"

#define NOBODY -2 /* of that station that is known here */

/* Whether the desk has signed that there is more for us than the hub ever showed: 1, 0, NOBODY or, on error, -1. */
static int
is_kept_back (GuituHubPull *pull,
              const char *station,
              gint64 desk,
              GError **error)
{
  const GuituKeys *own = pull->sync->keys.own;
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  g_autofree char *letters = g_strconcat (GUITU_SCOPE_NAME_TO, own->station, NULL);
  g_autoptr (GuituStatement) statement = connection == NULL ? NULL : guitu_connection_prepare (connection, KEPT_BACK_SQL, error);

  if (statement == NULL)
    return -1;
  guitu_statement_bind_integer (statement, 1, desk);
  guitu_statement_bind_text (statement, 2, station);
  guitu_statement_bind_text (statement, 3, own->station);
  guitu_statement_bind_text (statement, 4, letters);
  if (guitu_statement_step (statement, error) != 1)
    return -1;
  return guitu_statement_integer (statement, 1) == 0 ? NOBODY : guitu_statement_integer (statement, 0) != 0;
}

/* The hub may keep back whole chains, with their ends, while that of the shared one goes on. A quick look sees only
 * what was written of late: before anybody is blamed, all that it has of the desk is asked for. */
static gboolean
compare_others (GuituHubPull *pull,
                const char *station,
                gint64 desk,
                GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) result = NULL;
  int kept_back = is_kept_back (pull, station, desk, error);

  if (kept_back == 1)
    {
      if (!_guitu_hub_pull_commit (pull, error))
        return FALSE;
      _guitu_hub_add_text (&parameters, station);
      _guitu_hub_add_integer (&parameters, desk);
      result = _guitu_hub_query (pull->sync->hub, "SELECT " GUITU_HUB_HEAD_COLUMNS " FROM guitu.head WHERE station = $1 AND desk = $2::bigint", &parameters, error);
      if (result == NULL || !look_at_all (pull, result, error))
        return FALSE;
      kept_back = is_kept_back (pull, station, desk, error);
    }
  if (kept_back < 0)
    return kept_back == NOBODY;
  return _guitu_hub_pull_note_problem (pull, desk, OF_OTHERS, kept_back ? GUITU_HUB_KEPT_BACK : NULL, "The hub keeps back entries of a desk that are meant for this station", error);
}

static gboolean
compare_all (GuituHubPull *pull,
             const PGresult *result,
             GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int row = 0; row < PQntuples (result); row++)
    {
      const char *station = _guitu_hub_text (result, row, 0);
      gint64 desk = _guitu_hub_integer (result, row, 1);

      if (g_hash_table_add (done, g_strdup_printf ("%s %" G_GINT64_FORMAT, station, desk)) && !compare_others (pull, station, desk, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_hub_look_at_heads (GuituHubPull *pull,
                          gint64 since,
                          GError **error)
{
  g_auto (GuituHubParameters) since_parameter = { 0 };
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) all = NULL;
  g_autoptr (GuituHubResult) result = NULL;
  g_auto (Keys) keys = { 0 };

  _guitu_hub_add_integer (&since_parameter, since);
  all = _guitu_hub_query (pull->sync->hub, "SELECT station, desk, scope, last_entry, signed_at FROM guitu.head WHERE stamp >= $1::bigint", &since_parameter, error);
  if (all == NULL || !list_news (pull->sync, all, &keys, error))
    return FALSE;
  if (strcmp (keys.desks->str, "{}") == 0)
    return TRUE;
  _guitu_hub_add_text (&parameters, keys.stations->str);
  _guitu_hub_add_text (&parameters, keys.desks->str);
  _guitu_hub_add_text (&parameters, keys.scopes->str);
  result = _guitu_hub_query (pull->sync->hub,
                             "SELECT " GUITU_HUB_HEAD_COLUMNS " FROM unnest ($1::text[], $2::bigint[], $3::text[]) AS w (station, desk, scope)"
                             " JOIN guitu.head h USING (station, desk, scope)",
                             &parameters, error);
  return result != NULL && look_at_all (pull, result, error) && compare_all (pull, result, error);
}
