/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people leave in keeping. Two sign for what is taken in, and nothing is withheld: papers and
 * all else are given back when the person asks (救助管理办法 Art. 14). Amounts are whole fen. */

#include "app/house.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

/* How things go out. */
typedef struct
{
  const char *state;
  const char *to;
  const char *sign; /* may be NULL where the police take them */
  const char *note;
  const char *second; /* id */
  const char *at;
} Handing;

static gboolean
has_code (const GuituRecord *record,
          int field,
          const char *code)
{
  return g_strcmp0 (guitu_record_text (record, field), code) == 0;
}

gboolean
guitu_belonging_is_unsigned (const GuituRecord *belonging)
{
  return !guitu_record_is_set (belonging, GUITU_BELONGING_IN_SECOND);
}

static gboolean
is_forbidden (const GuituRecord *belonging)
{
  return has_code (belonging, GUITU_BELONGING_KIND, "forbidden");
}

static gboolean
is_held (const GuituRecord *belonging)
{
  return !guitu_record_is_set (belonging, GUITU_BELONGING_OUT_AT);
}

/* Who went without their things may still fetch them. */
static gboolean
may_go_out (const GuituRecord *belonging)
{
  return is_held (belonging) || has_code (belonging, GUITU_BELONGING_STATE, "entrusted");
}

GPtrArray *
guitu_belongings_of (GuituTransaction *transaction,
                     const char *stay,
                     GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_BELONGING_STAY, GUITU_EQUAL, stay } } };

  return guitu_records_find (transaction, &guitu_kind_belonging, &query, error);
}

GPtrArray *
guitu_belongings_held (GuituTransaction *transaction,
                       GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_BELONGING_OUT_AT, GUITU_UNSET, NULL } } };

  return guitu_records_find (transaction, &guitu_kind_belonging, &query, error);
}

gboolean
guitu_belongings_count (GuituTransaction *transaction,
                        const char *stay,
                        guint *held,
                        guint *kept,
                        GError **error)
{
  g_autoptr (GPtrArray) belongings = guitu_belongings_of (transaction, stay, error);

  *held = *kept = 0;
  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      *held += is_held (belongings->pdata[i]) && !is_forbidden (belongings->pdata[i]);
      *kept += may_go_out (belongings->pdata[i]);
    }
  return belongings != NULL;
}

static JsonObject *
to_json (const GuituRecord *belonging)
{
  JsonObject *json = guitu_record_to_json (belonging, FALSE);

  json_object_set_boolean_member (json, "is_unsigned", guitu_belonging_is_unsigned (belonging));
  return json;
}

/* --- Taking in ------------------------------------------------------------------------------- */

static gboolean
check_taking (const GuituRecord *belonging,
              GError **error)
{
  gboolean is_cash = has_code (belonging, GUITU_BELONGING_KIND, "cash");

  if (!guitu_record_check_required (belonging, error))
    return FALSE;
  if (is_cash && !guitu_record_is_set (belonging, GUITU_BELONGING_AMOUNT_FEN))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "amount_fen", "“amount_fen” is needed for cash: the amount in fen (12.50 yuan is 1250)");
  if (guitu_record_is_set (belonging, GUITU_BELONGING_AMOUNT_FEN) && guitu_record_integer (belonging, GUITU_BELONGING_AMOUNT_FEN, 0) < 1)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "amount_fen", "An amount is at least one fen");
  if (guitu_record_integer (belonging, GUITU_BELONGING_COUNT, 1) < 1)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "count", "There is at least one of a thing that is taken in");
  return TRUE;
}

static gboolean
take_fields (GuituCall *call,
             GuituRecord *belonging,
             const GuituRecord *stay,
             GError **error)
{
  g_autofree char *now = guitu_now ();

  for (guint i = 0; i < guitu_kind_belonging.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (call->input, guitu_kind_belonging.fields[i].name);

      if (node != NULL && i != GUITU_BELONGING_STAY && !guitu_record_take_member (belonging, i, node, error))
        return FALSE;
    }
  if (has_code (belonging, GUITU_BELONGING_KIND, "cash") && !guitu_record_is_set (belonging, GUITU_BELONGING_NAME))
    guitu_record_set_text (belonging, GUITU_BELONGING_NAME, "现金");
  if (!guitu_record_is_set (belonging, GUITU_BELONGING_COUNT))
    guitu_record_set_integer (belonging, GUITU_BELONGING_COUNT, 1);
  guitu_record_set_text (belonging, GUITU_BELONGING_STAY, guitu_record_id (stay));
  guitu_record_set_text (belonging, GUITU_BELONGING_STATE, "held");
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_AT, now);
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_BY, call->session->id);
  return TRUE;
}

static gboolean
run_take (GuituCall *call,
          GError **error)
{
  g_autofree char *second = NULL;
  g_autoptr (GuituRecord) belonging = guitu_record_new (&guitu_kind_belonging);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  GuituRequest request = { .act = GUITU_ACT_NOTE };

  if (!guitu_call_second (call, "second", &second, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  stay = transaction == NULL ? NULL : guitu_call_stay (call, transaction, error);
  if (stay == NULL || !guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  if (!take_fields (call, belonging, stay, error) || !check_taking (belonging, error))
    return FALSE;
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_SECOND, second);
  if (!guitu_transaction_put (transaction, belonging, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, to_json (belonging));
  return TRUE;
}

/* --- The second signature -------------------------------------------------------------------- */

/* A stay's things, or the one of that id. */
static GPtrArray *
find_named (GuituTransaction *transaction,
            const char *text,
            GError **error)
{
  GuituRecord *one = guitu_record_load (transaction, &guitu_kind_belonging, text, NULL);
  g_autoptr (GuituRecord) stay = NULL;
  GPtrArray *array;

  if (one == NULL)
    {
      stay = guitu_stay_find (transaction, text, error);
      return stay == NULL ? NULL : guitu_belongings_of (transaction, guitu_record_id (stay), error);
    }
  array = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_ptr_array_add (array, one);
  return array;
}

/* Signs what another has signed alone. Returns whether anything was left to this user. */
static gboolean
sign (GuituRecord *belonging,
      const char *user,
      gboolean *is_own)
{
  static const struct
  {
    int first;
    int second;
  } pairs[] = {
    { GUITU_BELONGING_IN_BY, GUITU_BELONGING_IN_SECOND },
    { GUITU_BELONGING_OUT_BY, GUITU_BELONGING_OUT_SECOND },
  };
  gboolean is_signed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (!guitu_record_is_set (belonging, pairs[i].first) || guitu_record_is_set (belonging, pairs[i].second))
        continue;
      if (has_code (belonging, pairs[i].first, user))
        {
          *is_own = TRUE;
          continue;
        }
      guitu_record_set_text (belonging, pairs[i].second, user);
      is_signed = TRUE;
    }
  return is_signed;
}

static gboolean
run_sign (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "item", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GPtrArray) belongings = transaction == NULL ? NULL : find_named (transaction, text, error);
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  gboolean is_own = FALSE;

  if (belongings == NULL)
    return FALSE;
  for (guint i = 0; i < belongings->len; i++)
    {
      if (!sign (belongings->pdata[i], call->session->id, &is_own))
        continue;
      g_ptr_array_add (done, belongings->pdata[i]);
      if (!guitu_transaction_put (transaction, belongings->pdata[i], error))
        return FALSE;
    }
  if (done->len == 0 && is_own)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", "item", "The second signature is somebody else's than yours");
  if (done->len == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "nothing-to-sign", "item", "Everything here is signed by two already");
  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  for (guint i = 0; i < done->len; i++)
    guitu_call_emit (call, to_json (done->pdata[i]));
  return TRUE;
}

/* --- Giving out ------------------------------------------------------------------------------ */

/* What a handing lacks, as the options of “belongings give” are called. */
static const char *
find_gap (const Handing *handing,
          const char **why)
{
  gboolean to_person = strcmp (handing->state, "returned") == 0;
  gboolean to_police = strcmp (handing->state, "police") == 0;

  *why = "who takes the things over";
  if ((to_police || strcmp (handing->state, "handed-on") == 0) && handing->to == NULL)
    return "to";
  *why = "the receipt of the police";
  if (to_police && handing->note == NULL)
    return "note";
  *why = "how it was signed for";
  if (!to_police && handing->sign == NULL)
    return "sign";
  *why = "who saw that the signature was refused";
  if (g_strcmp0 (handing->sign, "refused") == 0 && handing->note == NULL)
    return "note";
  *why = "who signs for the person";
  return g_strcmp0 (handing->sign, "proxy") == 0 && to_person && handing->to == NULL ? "to" : NULL;
}

/* @prefix: how the caller's options begin: "" or "belongings_" */
static gboolean
check_handing (const Handing *handing,
               const char *prefix,
               GError **error)
{
  const char *why;
  const char *gap = find_gap (handing, &why);
  g_autofree char *field = g_strconcat (prefix, gap, NULL);

  if (strcmp (handing->state, "held") == 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", *prefix == '\0' ? "as" : "belongings", "“held” is no way of giving out");
  return gap == NULL || guitu_fail (error, GUITU_ERROR_INVALID, "missing", field, "“%s” is needed: %s", field, why);
}

static gboolean
check_item (const GuituRecord *belonging,
            const Handing *handing,
            GError **error)
{
  if (!may_go_out (belonging))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-given", "item", "“%s” was given out already (%s)",
                       guitu_record_text (belonging, GUITU_BELONGING_NAME), guitu_record_text (belonging, GUITU_BELONGING_OUT_AT));
  if (is_forbidden (belonging) && strcmp (handing->state, "police") != 0 && strcmp (handing->state, "waived") != 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "forbidden-item", "as", "“%s” is forbidden: it goes to the police, or is given up",
                       guitu_record_text (belonging, GUITU_BELONGING_NAME));
  return TRUE;
}

/* A note on giving out stands below the one on taking in. */
static void
add_note (GuituRecord *belonging,
          const char *note)
{
  const char *before = guitu_record_text (belonging, GUITU_BELONGING_NOTE);
  g_autofree char *both = before == NULL || note == NULL ? NULL : g_strdup_printf ("%s\n%s", before, note);

  if (note != NULL)
    guitu_record_set_text (belonging, GUITU_BELONGING_NOTE, both == NULL ? note : both);
}

static gboolean
give (GuituCall *call,
      GuituTransaction *transaction,
      GuituRecord *belonging,
      const Handing *handing,
      GError **error)
{
  g_autofree char *now = guitu_now ();

  if (!check_item (belonging, handing, error))
    return FALSE;
  guitu_record_set_text (belonging, GUITU_BELONGING_STATE, handing->state);
  guitu_record_set_text (belonging, GUITU_BELONGING_OUT_AT, handing->at == NULL ? now : handing->at);
  guitu_record_set_text (belonging, GUITU_BELONGING_OUT_BY, call->session->id);
  guitu_record_set_text (belonging, GUITU_BELONGING_OUT_SECOND, handing->second);
  guitu_record_set_text (belonging, GUITU_BELONGING_OUT_TO, handing->to);
  guitu_record_set_text (belonging, GUITU_BELONGING_OUT_SIGN, handing->sign);
  add_note (belonging, handing->note);
  return guitu_transaction_put (transaction, belonging, error);
}

/* A code of a list from @text, which may be NULL. */
static gboolean
parse_code (const char *list,
            const char *text,
            const char *field,
            const char **code,
            GError **error)
{
  const GuituCode *found = text == NULL ? NULL : guitu_codes_parse (list, text);

  if (text != NULL && found == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", field, "“%s” is not one of the codes of %s", text, list);
  *code = found == NULL ? NULL : found->code;
  return TRUE;
}

static gboolean
check_texts (const Handing *handing,
             GError **error)
{
  return (handing->to == NULL || guitu_text_check (&guitu_kind_belonging.fields[GUITU_BELONGING_OUT_TO], handing->to, error)) &&
         (handing->note == NULL || guitu_text_check (&guitu_kind_belonging.fields[GUITU_BELONGING_NOTE], handing->note, error));
}

static gboolean
read_handing (GuituCall *call,
              Handing *handing,
              GError **error)
{
  const char *state = guitu_call_need (call, "as", error);

  handing->to = guitu_call_text (call, "to");
  handing->note = guitu_call_text (call, "note");
  return state != NULL && parse_code ("belonging_state", state, "as", &handing->state, error) &&
         parse_code ("signature", guitu_call_text (call, "sign"), "sign", &handing->sign, error) &&
         check_texts (handing, error) && check_handing (handing, "", error);
}

static GuituRecord *
find_item (GPtrArray *belongings,
           const char *id)
{
  for (guint i = 0; i < belongings->len; i++)
    if (strcmp (guitu_record_id (belongings->pdata[i]), id) == 0)
      return belongings->pdata[i];
  return NULL;
}

/* Those that are named; of none, all in keeping that may go that way. Returns: (transfer container). */
static GPtrArray *
choose (GPtrArray *belongings,
        const char *names,
        const Handing *handing,
        GError **error)
{
  g_auto (GStrv) ids = g_regex_split_simple ("[\\s,;，、；]+", names == NULL ? "" : names, 0, 0);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; names != NULL && ids[i] != NULL; i++)
    {
      GuituRecord *item = find_item (belongings, ids[i]);

      if (item == NULL && ids[i][0] != '\0')
        {
          guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "item", "This stay has nothing “%s” in keeping", ids[i]);
          return NULL;
        }
      if (item != NULL && !g_ptr_array_find (chosen, item, NULL))
        g_ptr_array_add (chosen, item);
    }
  for (guint i = 0; names == NULL && i < belongings->len; i++)
    if (is_held (belongings->pdata[i]) && check_item (belongings->pdata[i], handing, NULL))
      g_ptr_array_add (chosen, belongings->pdata[i]);
  if (chosen->len == 0)
    {
      guitu_fail (error, GUITU_ERROR_NOT_FOUND, "nothing-held", "item", "Nothing of this stay is in keeping");
      return NULL;
    }
  return g_steal_pointer (&chosen);
}

static gboolean
run_give (GuituCall *call,
          GError **error)
{
  Handing handing = { 0 };
  g_autofree char *second = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GPtrArray) belongings = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  if (!read_handing (call, &handing, error) || !guitu_call_second (call, "second", &second, error))
    return FALSE;
  handing.second = second;
  transaction = guitu_call_write (call, error);
  stay = transaction == NULL ? NULL : guitu_call_stay (call, transaction, error);
  belongings = stay == NULL ? NULL : guitu_belongings_of (transaction, guitu_record_id (stay), error);
  chosen = belongings == NULL ? NULL : choose (belongings, guitu_call_text (call, "item"), &handing, error);
  if (chosen == NULL)
    return FALSE;
  for (guint i = 0; i < chosen->len; i++)
    if (!give (call, transaction, chosen->pdata[i], &handing, error))
      return FALSE;
  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  for (guint i = 0; i < chosen->len; i++)
    guitu_call_emit (call, to_json (chosen->pdata[i]));
  return TRUE;
}

gboolean
guitu_belongings_settle (GuituCall *call,
                         GuituTransaction *transaction,
                         const GuituRecord *stay,
                         JsonObject *how,
                         GError **error)
{
  const char *state = json_object_get_string_member_with_default (how, "belongings", NULL);
  const char *sign = json_object_get_string_member_with_default (how, "belongings_sign", NULL);
  Handing handing = {
    .to = json_object_get_string_member_with_default (how, "belongings_to", NULL),
    .note = json_object_get_string_member_with_default (how, "belongings_note", NULL),
    .at = guitu_record_text (stay, GUITU_STAY_LEFT_AT),
  };
  g_autoptr (GPtrArray) belongings = NULL;

  if (state == NULL)
    return TRUE;
  if (!parse_code ("belonging_state", state, "belongings", &handing.state, error) ||
      !parse_code ("signature", sign, "belongings_sign", &handing.sign, error) ||
      !check_texts (&handing, error) || !check_handing (&handing, "belongings_", error))
    return FALSE;
  belongings = guitu_belongings_of (transaction, guitu_record_id (stay), error);
  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      gboolean stays_here = is_forbidden (belongings->pdata[i]) && strcmp (handing.state, "police") != 0;

      if (is_held (belongings->pdata[i]) && !stays_here && !give (call, transaction, belongings->pdata[i], &handing, error))
        return FALSE;
    }
  return belongings != NULL;
}

gboolean
guitu_belongings_keep_forbidden (GuituTransaction *transaction,
                                 const GuituRecord *stay,
                                 GError **error)
{
  g_autoptr (GPtrArray) belongings = guitu_belongings_of (transaction, guitu_record_id (stay), error);

  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      if (!is_held (belongings->pdata[i]) || !is_forbidden (belongings->pdata[i]))
        continue;
      guitu_record_set_text (belongings->pdata[i], GUITU_BELONGING_STATE, "entrusted");
      if (!guitu_transaction_put (transaction, belongings->pdata[i], error))
        return FALSE;
    }
  return belongings != NULL;
}

/* --- Listing --------------------------------------------------------------------------------- */

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_call_stay (call, transaction, error);
  g_autoptr (GPtrArray) belongings = stay == NULL ? NULL : guitu_belongings_of (transaction, guitu_record_id (stay), error);
  JsonArray *items;
  JsonObject *json;
  gint64 cash = 0, cash_held = 0, n_held = 0;

  if (belongings == NULL)
    return FALSE;
  items = json_array_new ();
  for (guint i = 0; i < belongings->len; i++)
    {
      const GuituRecord *belonging = belongings->pdata[i];
      gint64 amount = has_code (belonging, GUITU_BELONGING_KIND, "cash") ? guitu_record_integer (belonging, GUITU_BELONGING_AMOUNT_FEN, 0) : 0;

      cash += amount;
      cash_held += is_held (belonging) ? amount : 0;
      n_held += is_held (belonging);
      if (is_held (belonging) || !guitu_call_flag (call, "held"))
        json_array_add_object_element (items, to_json (belonging));
    }
  json = json_object_new ();
  json_object_set_string_member (json, "stay", guitu_record_id (stay));
  json_object_set_array_member (json, "items", items);
  json_object_set_int_member (json, "held", n_held);
  json_object_set_int_member (json, "cash_fen", cash);
  json_object_set_int_member (json, "cash_held_fen", cash_held);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption take_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption sign_options[] = {
  { "item", GUITU_OPTION_TEXT, TRUE, "id of a thing, or id or number of a stay: all that waits for a second signature" },
  { NULL },
};

static const GuituOption give_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "item", GUITU_OPTION_TEXT, FALSE, "ids of the things (all that is in keeping)" },
  { "as", GUITU_OPTION_TEXT, FALSE, "how: returned, handed-on, waived, entrusted or police (codes belonging_state)" },
  { "to", GUITU_OPTION_TEXT, FALSE, "who takes the things, where it is not the person" },
  { "sign", GUITU_OPTION_TEXT, FALSE, "how it was signed for (codes signature)" },
  { "note", GUITU_OPTION_TEXT, FALSE, "receipt of the police, or who saw that the signature was refused" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption list_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "held", GUITU_OPTION_FLAG, FALSE, "only what is in keeping" },
  { NULL },
};

const GuituVerb guitu_verb_belongings_take = {
  "belongings take", "Take a thing into keeping", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, take_options, &guitu_kind_belonging, run_take
};
const GuituVerb guitu_verb_belongings_sign = {
  "belongings sign", "Sign as the second person for what another took in or gave out", GUITU_VERB_WRITES, sign_options, NULL, run_sign
};
const GuituVerb guitu_verb_belongings_give = {
  "belongings give", "Give things back, on, or to the police", GUITU_VERB_WRITES, give_options, NULL, run_give
};
const GuituVerb guitu_verb_belongings_list = {
  "belongings list", "List what a person left in keeping", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
