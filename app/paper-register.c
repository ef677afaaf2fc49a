/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The register of papers: looking one up, listing them, and whether the numbers are without gaps. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 200 /* papers listed at a time, unless told */
#define MAX_PAGE 10000

JsonObject *
guitu_paper_to_json (const GuituRecord *paper)
{
  JsonObject *json = guitu_record_to_json (paper, FALSE);
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));

  json_object_remove_member (json, "fields");
  json_object_remove_member (json, "receipt");
  if (form != NULL)
    json_object_set_string_member (json, "title", guitu_form_title (form));
  return json;
}

const GuituForm *
guitu_paper_form (const char *kind,
                  GError **error)
{
  const GuituForm *form = kind == NULL ? NULL : guitu_form_find (kind);

  if (kind == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "missing", "kind", "“kind” is needed: which paper");
  else if (form == NULL || guitu_paper_kind (kind)->about == GUITU_PAPER_OF_FILE)
    guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "kind", "There is no paper of the kind “%s”", kind);
  else
    return form;
  return NULL;
}

GuituRecord *
guitu_paper_find (GuituCall *call,
                  GuituTransaction *transaction,
                  GError **error)
{
  const char *number = guitu_call_need (call, "number", error);
  GuituQuery query = { .conditions = { { GUITU_PAPER_NUMBER, GUITU_EQUAL, number } }, .descending = TRUE, .limit = 1 };
  g_autoptr (GPtrArray) papers = NULL;
  GuituRecord *draft;

  if (number == NULL)
    return NULL;
  papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);
  if (papers == NULL || papers->len > 0)
    return papers == NULL ? NULL : g_ptr_array_steal_index (papers, 0);
  draft = guitu_record_load (transaction, &guitu_kind_paper, number, NULL);
  if (draft != NULL)
    return draft;
  guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "number", "There is no paper with the number %s", number);
  return NULL;
}

GuituRecord *
guitu_paper_find_draft (GuituCall *call,
                        GuituTransaction *transaction,
                        GError **error)
{
  const char *id = guitu_call_need (call, "draft", error);
  g_autoptr (GuituRecord) draft = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_paper, id, error);

  if (draft == NULL)
    return NULL;
  if (guitu_record_is_voided (draft) || !guitu_record_says (draft, GUITU_PAPER_STATE, "draft"))
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "not-a-draft", "draft", "This is no draft any more");
      return NULL;
    }
  return g_steal_pointer (&draft);
}

/* --- Kinds ----------------------------------------------------------------------------------- */

/* By GuituPaperAbout. */
static const char *const about_names[] = { "stay", "transfer", "shift", "house", "receipt", "file" };

static gboolean
run_kinds (GuituCall *call,
           GError **error)
{
  const GuituForm *const *forms = guitu_forms ();

  for (guint i = 0; forms[i] != NULL; i++)
    {
      const GuituPaperKind *kind = guitu_paper_kind (guitu_form_kind (forms[i]));
      JsonObject *json;

      if (kind->about == GUITU_PAPER_OF_FILE)
        continue;
      json = json_object_new ();
      json_object_set_string_member (json, "kind", kind->kind);
      json_object_set_string_member (json, "title", guitu_form_title (forms[i]));
      json_object_set_string_member (json, "prefix", guitu_form_prefix (forms[i]));
      json_object_set_int_member (json, "copies", guitu_form_n_copies (forms[i]));
      json_object_set_string_member (json, "group", kind->group);
      json_object_set_string_member (json, "of", about_names[kind->about]);
      guitu_call_emit (call, json);
    }
  return TRUE;
}

/* --- The list -------------------------------------------------------------------------------- */

/* Whose paper it is, for a register that is read by people. */
static gboolean
add_person (JsonObject *json,
            GuituTransaction *transaction,
            const GuituRecord *paper,
            GError **error)
{
  const char *stay_id = guitu_record_text (paper, GUITU_PAPER_STAY);
  g_autoptr (GuituRecord) stay = stay_id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, stay_id, error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autofree char *by = NULL;

  if (stay_id != NULL && person == NULL)
    return FALSE;
  if (person != NULL)
    {
      json_object_set_string_member (json, "person", guitu_record_id (person));
      json_object_set_string_member (json, "display_name", guitu_person_display_name (person));
      json_object_set_string_member (json, "stay_number", guitu_record_text (stay, GUITU_STAY_NUMBER));
    }
  by = guitu_record_is_set (paper, GUITU_PAPER_ISSUED_BY) ? guitu_user_display_name (transaction, guitu_record_text (paper, GUITU_PAPER_ISSUED_BY)) : NULL;
  if (by != NULL)
    json_object_set_string_member (json, "issued_by_name", by);
  return TRUE;
}

typedef struct
{
  const char *kind;
  const char *group;
  const char *state;
  char *number; /* part of it */
  char *text;   /* part of what tells papers apart, without regard to case */
  char *from;   /* first day */
  char *until;  /* last day */
} Filter;

static void
filter_clear (Filter *filter)
{
  g_free (filter->number);
  g_free (filter->text);
  g_free (filter->from);
  g_free (filter->until);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, filter_clear)

static gboolean
take_day (GuituCall *call,
          const char *option,
          char **day,
          GError **error)
{
  const char *text = guitu_call_text (call, option);

  *day = text == NULL ? NULL : guitu_date_parse (text);
  if (text != NULL && *day == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", option, "“%s” is no possible date", text);
  return TRUE;
}

static gboolean
take_filter (GuituCall *call,
             Filter *filter,
             GError **error)
{
  const char *state = guitu_call_text (call, "state");
  const char *group_text = guitu_call_text (call, "group");
  const GuituCode *group = group_text == NULL ? NULL : guitu_codes_parse ("paper_group", group_text);
  const GuituCode *code = state == NULL ? NULL : guitu_codes_parse ("paper_state", state);
  const char *number = guitu_call_text (call, "number");
  const char *text = guitu_call_text (call, "text");

  if (state != NULL && code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "state", "“%s” is no state of a paper", state);
  if (group_text != NULL && group == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "group", "“%s” is no group of papers", group_text);
  filter->kind = guitu_call_text (call, "kind");
  filter->group = group == NULL ? NULL : group->code;
  filter->state = code == NULL ? NULL : code->code;
  filter->number = number == NULL ? NULL : g_ascii_strup (number, -1);
  filter->text = text == NULL ? NULL : g_utf8_casefold (text, -1);
  if (filter->kind != NULL && guitu_paper_form (filter->kind, error) == NULL)
    return FALSE;
  return take_day (call, "from", &filter->from, error) && take_day (call, "until", &filter->until, error);
}

static gboolean
is_of_group (const GuituRecord *paper,
             const char *group)
{
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));

  return form != NULL && strcmp (guitu_paper_kind (guitu_form_kind (form))->group, group) == 0;
}

static gboolean
is_listed (const Filter *filter,
           const GuituRecord *paper)
{
  const char *number = guitu_record_text (paper, GUITU_PAPER_NUMBER);
  const char *issued = guitu_record_text (paper, GUITU_PAPER_ISSUED_AT);

  if (filter->state != NULL && !guitu_record_says (paper, GUITU_PAPER_STATE, filter->state))
    return FALSE;
  if (filter->group != NULL && !is_of_group (paper, filter->group))
    return FALSE;
  if (filter->number != NULL && (number == NULL || strstr (number, filter->number) == NULL))
    return FALSE;
  if ((filter->from != NULL || filter->until != NULL) && issued == NULL)
    return FALSE;
  return (filter->from == NULL || strncmp (issued, filter->from, 10) >= 0) && (filter->until == NULL || strncmp (issued, filter->until, 10) <= 0);
}

/* The narrowest of what an index can find. */
static gboolean
build_query (GuituCall *call,
             GuituTransaction *transaction,
             const Filter *filter,
             GuituQuery *query,
             GuituRecord **stay,
             GError **error)
{
  const char *stay_text = guitu_call_text (call, "stay");

  query->descending = TRUE;
  if (stay_text != NULL)
    {
      *stay = guitu_stay_find (transaction, stay_text, error);
      if (*stay == NULL)
        return FALSE;
      query->conditions[0] = (GuituCondition){ GUITU_PAPER_STAY, GUITU_EQUAL, guitu_record_id (*stay) };
    }
  if (filter->kind != NULL)
    query->conditions[stay_text != NULL] = (GuituCondition){ GUITU_PAPER_KIND, GUITU_EQUAL, filter->kind };
  return TRUE;
}

/* The name of somebody who is protected finds nothing: that would tell who it is. */
static gboolean
says (GuituCall *call,
      GuituTransaction *transaction,
      JsonObject *json,
      const char *text)
{
  static const char *const members[] = { "number", "title", "stay_number", "display_name" };
  const char *stay = json_object_get_string_member_with_default (json, "stay", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *words = json_object_get_string_member_with_default (json, members[i], NULL);
      g_autofree char *folded = words == NULL ? NULL : g_utf8_casefold (words, -1);
      g_autoptr (GError) fenced = NULL;

      if (folded != NULL && strstr (folded, text) != NULL)
        return strcmp (members[i], "display_name") != 0 || guitu_fence_refuse_record (call, transaction, &guitu_kind_stay, stay, &fenced);
    }
  return FALSE;
}

/* A paper as the register shows it. Returns: (transfer full) (nullable): NULL, without an error, where the filter leaves it out. */
static JsonObject *
entry_of (GuituCall *call,
          GuituTransaction *transaction,
          const Filter *filter,
          const GuituRecord *paper,
          GError **error)
{
  g_autoptr (JsonObject) json = NULL;

  if (!is_listed (filter, paper))
    return NULL;
  json = guitu_paper_to_json (paper);
  if (!add_person (json, transaction, paper, error))
    return NULL;
  return filter->text == NULL || says (call, transaction, json, filter->text) ? g_steal_pointer (&json) : NULL;
}

static gboolean
emit_page (GuituCall *call,
           GuituTransaction *transaction,
           const Filter *filter,
           const GuituQuery *query,
           GError **error)
{
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, query, error);
  gint64 skip = guitu_call_integer (call, "skip", 0);
  gint64 left = guitu_call_integer (call, "limit", PAGE);

  for (guint i = 0; papers != NULL && i < papers->len && left > 0; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (JsonObject) json = entry_of (call, transaction, filter, papers->pdata[i], &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (json == NULL || skip-- > 0)
        continue;
      guitu_call_emit (call, g_steal_pointer (&json));
      left--;
    }
  return papers != NULL;
}

/* Whether an index alone finds what is asked for: then no more is read than is given out. */
static gboolean
is_of_index (const Filter *filter)
{
  return filter->group == NULL && filter->state == NULL && filter->number == NULL && filter->text == NULL && filter->from == NULL && filter->until == NULL;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_auto (Filter) filter = { 0 };
  GuituQuery query = { 0 };
  g_autoptr (GuituRecord) stay = NULL;
  gint64 limit = guitu_call_integer (call, "limit", PAGE);
  gint64 skip = guitu_call_integer (call, "skip", 0);

  if (transaction == NULL || !take_filter (call, &filter, error) || !build_query (call, transaction, &filter, &query, &stay, error))
    return FALSE;
  if (limit < 1 || limit > MAX_PAGE || skip < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", limit < 1 || limit > MAX_PAGE ? "limit" : "skip",
                       "From 1 to %d papers are listed at a time", MAX_PAGE);
  if (is_of_index (&filter) && skip < G_MAXINT)
    query.limit = (guint) (skip + limit);
  return emit_page (call, transaction, &filter, &query, error);
}

/* --- Numbers --------------------------------------------------------------------------------- */

/* The numbers of one kind, year and desk: "QZ-2026-1". */
typedef struct
{
  const char *kind;
  GHashTable *seen; /* of number */
  guint last;
} Series;

static void
series_free (gpointer data)
{
  g_hash_table_unref (((Series *) data)->seen);
  g_free (data);
}

static void
count_paper (GHashTable *all,
             const GuituRecord *paper)
{
  const char *number = guitu_record_text (paper, GUITU_PAPER_NUMBER);
  const char *dash = number == NULL ? NULL : strrchr (number, '-');
  g_autofree char *name = dash == NULL ? NULL : g_strndup (number, (gsize) (dash - number));
  guint n = dash == NULL ? 0 : (guint) strtoul (dash + 1, NULL, 10);
  Series *series;

  if (name == NULL)
    return;
  series = g_hash_table_lookup (all, name);
  if (series == NULL)
    {
      series = g_new0 (Series, 1);
      series->kind = guitu_form_kind (guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND)));
      series->seen = g_hash_table_new (g_direct_hash, g_direct_equal);
      g_hash_table_insert (all, g_steal_pointer (&name), series);
    }
  g_hash_table_add (series->seen, GUINT_TO_POINTER (n));
  series->last = MAX (series->last, n);
}

static JsonObject *
series_to_json (const char *name,
                const Series *series)
{
  JsonObject *json = json_object_new ();
  JsonArray *missing = json_array_new ();

  json_object_set_string_member (json, "series", name);
  json_object_set_string_member (json, "kind", series->kind);
  json_object_set_string_member (json, "title", guitu_form_title (guitu_form_find (series->kind)));
  json_object_set_int_member (json, "last", series->last);
  json_object_set_int_member (json, "count", g_hash_table_size (series->seen));
  for (guint n = 1; n <= series->last; n++)
    if (!g_hash_table_contains (series->seen, GUINT_TO_POINTER (n)))
      json_array_add_int_element (missing, n);
  json_object_set_array_member (json, "missing", missing);
  return json;
}

static gboolean
run_series (GuituCall *call,
            GError **error)
{
  const char *year = guitu_call_text (call, "year");
  g_autofree char *infix = year == NULL ? NULL : g_strdup_printf ("-%s-", year);
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  const GuituQuery everything = { .with_voided = TRUE };
  g_autoptr (GPtrArray) papers = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_paper, &everything, error);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, series_free);
  g_autoptr (GList) names = NULL;

  for (guint i = 0; papers != NULL && i < papers->len; i++)
    if (guitu_form_find (guitu_record_text (papers->pdata[i], GUITU_PAPER_KIND)) != NULL)
      count_paper (all, papers->pdata[i]);
  names = g_list_sort (g_hash_table_get_keys (all), (GCompareFunc) strcmp);
  for (const GList *name = names; name != NULL; name = name->next)
    if (infix == NULL || strstr (name->data, infix) != NULL)
      guitu_call_emit (call, series_to_json (name->data, g_hash_table_lookup (all, name->data)));
  return papers != NULL;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption list_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "only papers of this stay" },
  { "kind", GUITU_OPTION_TEXT, FALSE, "only papers of this kind (see “paper kinds”)" },
  { "group", GUITU_OPTION_TEXT, FALSE, "only of this group of kinds (codes paper_group)" },
  { "state", GUITU_OPTION_TEXT, FALSE, "only in this state (codes paper_state)" },
  { "number", GUITU_OPTION_TEXT, FALSE, "only with this in their number" },
  { "text", GUITU_OPTION_TEXT, FALSE, "only with this in number, title, number of the stay or name" },
  { "from", GUITU_OPTION_TEXT, FALSE, "issued on this day or later" },
  { "until", GUITU_OPTION_TEXT, FALSE, "issued on this day or earlier" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "so many at most (200)" },
  { "skip", GUITU_OPTION_INTEGER, FALSE, "leave out so many of the newest" },
  { NULL },
};

static const GuituOption series_options[] = {
  { "year", GUITU_OPTION_TEXT, TRUE, "only of this year" },
  { NULL },
};

const GuituVerb guitu_verb_paper_kinds = {
  "paper kinds", "List the kinds of papers", GUITU_VERB_NO_STORE | GUITU_VERB_NO_LOGIN, NULL, NULL, run_kinds
};
const GuituVerb guitu_verb_paper_list = {
  "paper list", "The register: papers that were issued, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
const GuituVerb guitu_verb_paper_series = {
  "paper series", "How far the numbers of each kind, year and desk have come, and which are missing", GUITU_VERB_PLAIN, series_options, NULL, run_series
};
