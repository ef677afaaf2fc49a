/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The register of papers: looking one up, listing them, and whether the numbers are without gaps. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"

#include "db/register.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 200 /* papers listed at a time, unless told */
#define MAX_PAGE 10000
#define YEAR_LENGTH 4
#define LAST_DAY "9999-12-31" /* no day is after it */

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
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) draft = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_paper, id, &failure);

  if (g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "draft", "There is no draft with the id %s", id);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
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
      if (guitu_record_is_set (stay, GUITU_STAY_LEFT_AT) && !guitu_record_is_voided (stay))
        json_object_set_string_member (json, "stay_left_at", guitu_record_text (stay, GUITU_STAY_LEFT_AT));
    }
  by = guitu_record_is_set (paper, GUITU_PAPER_ISSUED_BY) ? guitu_user_display_name (transaction, guitu_record_text (paper, GUITU_PAPER_ISSUED_BY)) : NULL;
  if (by != NULL)
    json_object_set_string_member (json, "issued_by_name", by);
  return TRUE;
}

/* What is asked for, and the texts that the query points to. */
typedef struct
{
  GuituRegisterQuery query;
  GuituRecord *stay;
  GPtrArray *kinds;  /* NULL-terminated */
  GPtrArray *titled; /* NULL-terminated */
  char *text;        /* without regard to case */
  char *from;        /* first day */
  char *before;      /* the day after the last; NULL: no end */
} Filter;

static void
filter_clear (Filter *filter)
{
  g_clear_pointer (&filter->stay, guitu_record_free);
  g_clear_pointer (&filter->kinds, g_ptr_array_unref);
  g_clear_pointer (&filter->titled, g_ptr_array_unref);
  g_free (filter->text);
  g_free (filter->from);
  g_free (filter->before);
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
has_title (const GuituForm *form,
           const char *text)
{
  g_autofree char *title = g_utf8_casefold (guitu_form_title (form), -1);

  return strstr (title, text) != NULL;
}

/* The kinds of that group (NULL: any), and those in whose title the text stands. */
static void
choose_kinds (Filter *filter,
              const char *kind,
              const char *group)
{
  const GuituForm *const *forms = guitu_forms ();

  filter->kinds = g_ptr_array_new ();
  filter->titled = g_ptr_array_new ();
  for (guint i = 0; forms[i] != NULL; i++)
    {
      const char *name = guitu_form_kind (forms[i]);

      if ((kind == NULL || strcmp (name, kind) == 0) && (group == NULL || strcmp (guitu_paper_kind (name)->group, group) == 0))
        g_ptr_array_add (filter->kinds, (gpointer) name);
      if (filter->text != NULL && has_title (forms[i], filter->text))
        g_ptr_array_add (filter->titled, (gpointer) name);
    }
  if (filter->kinds->len == 0)
    g_ptr_array_add (filter->kinds, (gpointer) ""); /* a kind that is not of this group: nothing */
  g_ptr_array_add (filter->kinds, NULL);
  g_ptr_array_add (filter->titled, NULL);
  if (kind != NULL || group != NULL)
    filter->query.kinds = (const char *const *) filter->kinds->pdata;
  filter->query.titled = (const char *const *) filter->titled->pdata;
}

static gboolean
take_days (GuituCall *call,
           Filter *filter,
           GError **error)
{
  g_autofree char *until = NULL;

  if (!take_day (call, "from", &filter->from, error) || !take_day (call, "until", &until, error))
    return FALSE;
  filter->before = until == NULL || strcmp (until, LAST_DAY) == 0 ? NULL : guitu_date_add_days (until, 1);
  filter->query.from = filter->from;
  filter->query.before = filter->before;
  return TRUE;
}

static gboolean
take_filter (GuituCall *call,
             GuituTransaction *transaction,
             Filter *filter,
             GError **error)
{
  const char *state = guitu_call_text (call, "state");
  const char *group_text = guitu_call_text (call, "group");
  const GuituCode *group = group_text == NULL ? NULL : guitu_codes_parse ("paper_group", group_text);
  const GuituCode *code = state == NULL ? NULL : guitu_codes_parse ("paper_state", state);
  const char *kind = guitu_call_text (call, "kind");
  const char *stay = guitu_call_text (call, "stay");

  if (state != NULL && code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "state", "“%s” is no state of a paper", state);
  if (group_text != NULL && group == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "group", "“%s” is no group of papers", group_text);
  filter->stay = stay == NULL ? NULL : guitu_stay_find (transaction, stay, error);
  if ((stay != NULL && filter->stay == NULL) || (kind != NULL && guitu_paper_form (kind, error) == NULL))
    return FALSE;
  filter->text = guitu_call_text (call, "text") == NULL ? NULL : g_utf8_casefold (guitu_call_text (call, "text"), -1);
  filter->query.text = filter->text;
  filter->query.is_in_nameless = filter->text != NULL && strstr (GUITU_NAMELESS, filter->text) != NULL;
  filter->query.stay = filter->stay == NULL ? NULL : guitu_record_id (filter->stay);
  filter->query.state = code == NULL ? NULL : code->code;
  filter->query.number = guitu_call_text (call, "number");
  choose_kinds (filter, kind, group == NULL ? NULL : group->code);
  return take_days (call, filter, error);
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

/* A paper as the register shows it. Returns: (transfer full) (nullable): NULL, without an error, where the text is not found in it. */
static JsonObject *
entry_of (GuituCall *call,
          GuituTransaction *transaction,
          const Filter *filter,
          const GuituRecord *paper,
          GError **error)
{
  g_autoptr (JsonObject) json = guitu_paper_to_json (paper);

  if (!add_person (json, transaction, paper, error))
    return NULL;
  return filter->text == NULL || says (call, transaction, json, filter->text) ? g_steal_pointer (&json) : NULL;
}

/* Gives out what is asked for of some papers; @skip and @left go on counting. */
static gboolean
emit_papers (GuituCall *call,
             GuituTransaction *transaction,
             const Filter *filter,
             GPtrArray *papers,
             gint64 *skip,
             gint64 *left,
             GError **error)
{
  for (guint i = 0; *left > 0 && i < papers->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (JsonObject) json = entry_of (call, transaction, filter, papers->pdata[i], &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (json == NULL)
        continue;
      if (*skip > 0)
        {
          (*skip)--;
          continue;
        }
      guitu_call_emit (call, g_steal_pointer (&json));
      (*left)--;
    }
  return TRUE;
}

/* Of what a text finds, the names of protected people are left out: then more is read. */
static gboolean
emit_page (GuituCall *call,
           GuituTransaction *transaction,
           Filter *filter,
           gint64 skip,
           gint64 left,
           GError **error)
{
  gboolean is_exact = filter->text == NULL;
  guint n_found;

  filter->query.skip = is_exact ? (guint) MIN (skip, G_MAXINT) : 0;
  if (is_exact)
    skip = 0;
  do
    {
      g_autoptr (GPtrArray) papers = NULL;

      filter->query.limit = (guint) MIN (skip + left, MAX_PAGE);
      papers = guitu_register_find (transaction, &filter->query, error);
      if (papers == NULL || !emit_papers (call, transaction, filter, papers, &skip, &left, error))
        return FALSE;
      n_found = papers->len;
      if (n_found > 0)
        filter->query.below = guitu_record_row (papers->pdata[n_found - 1]);
    }
  while (!is_exact && left > 0 && n_found == filter->query.limit);
  return TRUE;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_auto (Filter) filter = { 0 };
  gint64 limit = guitu_call_integer (call, "limit", PAGE);
  gint64 skip = guitu_call_integer (call, "skip", 0);

  if (transaction == NULL || !take_filter (call, transaction, &filter, error))
    return FALSE;
  if (limit < 1 || limit > MAX_PAGE || skip < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", limit < 1 || limit > MAX_PAGE ? "limit" : "skip",
                       "From 1 to %d papers are listed at a time", MAX_PAGE);
  return emit_page (call, transaction, &filter, skip, limit, error);
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

/* The series that are counted. Numbers come sorted by kind: mostly it is the same series again. */
typedef struct
{
  const char *year; /* NULL: every year */
  GHashTable *all;  /* name -> Series */
  const GuituForm *form;
  Series *last;
  char *last_name;
} Count;

static gboolean
is_of_year (const char *number,
            const char *dash,
            const char *year)
{
  const char *at = year == NULL ? NULL : strchr (number, '-');
  gsize length = year == NULL ? 0 : strlen (year);

  return year == NULL || (at != NULL && at < dash && strncmp (at + 1, year, length) == 0 && at[1 + length] == '-');
}

static Series *
find_series (Count *count,
             const char *kind,
             const char *number,
             gsize length)
{
  if (count->last_name != NULL && strncmp (count->last_name, number, length) == 0 && count->last_name[length] == '\0')
    return count->last;
  g_free (count->last_name);
  count->last_name = g_strndup (number, length);
  count->last = g_hash_table_lookup (count->all, count->last_name);
  if (count->last == NULL)
    {
      count->last = g_new0 (Series, 1);
      count->last->kind = kind;
      count->last->seen = g_hash_table_new (g_direct_hash, g_direct_equal);
      g_hash_table_insert (count->all, g_strdup (count->last_name), count->last);
    }
  return count->last;
}

static void
count_paper (const char *kind,
             const char *number,
             gpointer data)
{
  Count *count = data;
  const char *dash = strrchr (number, '-');
  guint n = dash == NULL ? 0 : (guint) strtoul (dash + 1, NULL, 10);
  Series *series;

  if (count->form == NULL || strcmp (guitu_form_kind (count->form), kind) != 0)
    count->form = guitu_form_find (kind);
  if (dash == NULL || count->form == NULL || !is_of_year (number, dash, count->year))
    return;
  series = find_series (count, guitu_form_kind (count->form), number, (gsize) (dash - number));
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
is_year (const char *text)
{
  return strlen (text) == YEAR_LENGTH && strspn (text, "0123456789") == YEAR_LENGTH;
}

static gboolean
run_series (GuituCall *call,
            GError **error)
{
  const char *year = guitu_call_text (call, "year");
  gboolean is_asked_well = year == NULL || is_year (year) ||
                           guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "year", "“%s” is no year of four digits", year);
  g_autoptr (GuituTransaction) transaction = is_asked_well ? guitu_call_read (call, error) : NULL;
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, series_free);
  Count count = { .year = year, .all = all };
  gboolean is_read = transaction != NULL && guitu_register_numbers (transaction, count_paper, &count, error);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (all), (GCompareFunc) strcmp);

  g_free (count.last_name);
  for (const GList *name = names; is_read && name != NULL; name = name->next)
    guitu_call_emit (call, series_to_json (name->data, g_hash_table_lookup (all, name->data)));
  return is_read;
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
