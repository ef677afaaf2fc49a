/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 一人一档: everything about a person in one document, in order of time: of each stay the papers, and
 * where the registration or the record of the stay was never issued, what the records say; then what
 * was scanned. An index stands before all. */

#include "app/papers.h"

#include "app/access.h"
#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

#define PERSON_TITLE "个人信息和自述（系统摘录）"

/* One part of the file, for the index. */
typedef struct
{
  char *title;
  char *number; /* NULL: none */
  char *date;   /* NULL: not known */
  guint page;   /* from 0, without the index */
} Part;

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_free (part->title);
  g_free (part->number);
  g_free (part->date);
}

typedef struct
{
  GuituCall *call;
  GuituTransaction *transaction;
  GuituBook *book;
  GArray *parts; /* of Part */
  JsonArray *warnings;
  GuituRecord *person;
  GPtrArray *stays; /* oldest first */
  GPtrArray *files; /* oldest first */
  guint done;       /* pieces, for the progress */
  guint total;
} File;

static void
file_clear (File *file)
{
  g_clear_pointer (&file->book, guitu_book_free);
  g_clear_pointer (&file->parts, g_array_unref);
  g_clear_pointer (&file->warnings, json_array_unref);
  g_clear_pointer (&file->person, guitu_record_free);
  g_clear_pointer (&file->stays, g_ptr_array_unref);
  g_clear_pointer (&file->files, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, file_clear)

/* Of the same second, the record that was made first: ids are UUIDv7. */
static int
by_time (const GuituRecord *a,
         const GuituRecord *b,
         int field)
{
  int order = g_strcmp0 (guitu_record_text (a, field), guitu_record_text (b, field));

  return order != 0 ? order : strcmp (guitu_record_id (a), guitu_record_id (b));
}

static int
by_arrival (gconstpointer a,
            gconstpointer b)
{
  return by_time (*(GuituRecord *const *) a, *(GuituRecord *const *) b, GUITU_STAY_ARRIVED_AT);
}

static int
by_added (gconstpointer a,
          gconstpointer b)
{
  return by_time (*(GuituRecord *const *) a, *(GuituRecord *const *) b, GUITU_FILE_ADDED);
}

static gboolean
read_records (File *file,
              const char *id,
              GError **error)
{
  g_autoptr (GPtrArray) members = NULL;

  file->person = guitu_person_effective (file->transaction, id, error);
  members = file->person == NULL ? NULL : guitu_links_members (file->transaction, id, error);
  file->stays = members == NULL ? NULL : guitu_links_records (file->transaction, &guitu_kind_stay, GUITU_STAY_PERSON, members, error);
  file->files = file->stays == NULL ? NULL : guitu_links_records (file->transaction, &guitu_kind_file, GUITU_FILE_PERSON, members, error);
  if (file->files == NULL)
    return FALSE;
  g_ptr_array_sort (file->stays, by_arrival);
  g_ptr_array_sort (file->files, by_added);
  file->total = file->stays->len + file->files->len;
  return TRUE;
}

static void
note_part (File *file,
           const char *title,
           const char *number,
           const char *time)
{
  Part part = { g_strdup (title), g_strdup (number), NULL, guitu_book_n_pages (file->book) };

  if (time != NULL)
    {
      g_autofree char *day = g_strndup (time, strlen ("YYYY-MM-DD"));

      part.date = guitu_time_in_chinese (day);
    }
  g_array_append_val (file->parts, part);
}

static gboolean
add_paper (File *file,
           const GuituRecord *paper,
           GError **error)
{
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));
  g_autoptr (GuituFormValues) values = guitu_paper_read_values (file->call, file->transaction, paper, file->warnings, error);

  if (values == NULL)
    return FALSE;
  note_part (file, guitu_form_title (form), guitu_record_text (paper, GUITU_PAPER_NUMBER), guitu_record_text (paper, GUITU_PAPER_ISSUED_AT));
  return guitu_book_add_form (file->book, form, values, GUITU_FORM_FILLED, GUITU_BOOK_KEPT_COPY, guitu_form_title (form), error);
}

static gboolean
is_in_force (const GuituRecord *paper)
{
  return guitu_record_says (paper, GUITU_PAPER_STATE, "issued") || guitu_record_says (paper, GUITU_PAPER_STATE, "used");
}

/* The printing of that kind which is in force, or NULL. */
static const GuituRecord *
find_kind (GPtrArray *papers,
           const char *kind)
{
  for (guint i = papers->len; i > 0; i--)
    if (is_in_force (papers->pdata[i - 1]) && guitu_record_says (papers->pdata[i - 1], GUITU_PAPER_KIND, kind))
      return papers->pdata[i - 1];
  return NULL;
}

/* Whether the records say something else by now than the paper does. */
static gboolean
is_outdated (const GuituRecord *paper,
             JsonObject *now)
{
  g_autoptr (JsonNode) kept = json_from_string (guitu_record_text (paper, GUITU_PAPER_FIELDS), NULL);
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (kept == NULL)
    return TRUE;
  json_object_iter_init (&iter, now);
  while (json_object_iter_next (&iter, &key, &node))
    if ((g_str_has_prefix (key, "person.") || g_str_has_prefix (key, "stay.")) && strcmp (key, "person.age") != 0 && strcmp (key, "stay.days") != 0 &&
        g_strcmp0 (json_node_get_string (node), json_object_get_string_member_with_default (json_node_get_object (kept), key, NULL)) != 0)
      return TRUE;
  return FALSE;
}

/* A minor who is here again is seen by everybody on duty; what was written of earlier stays is not. */
static gboolean
leave_out_if_fenced (File *file,
                     const GuituRecord *stay,
                     gboolean *is_out,
                     GError **error)
{
  g_autoptr (GError) failure = NULL;

  *is_out = !guitu_fence_refuse_stay (file->call, file->transaction, stay, &failure);
  if (!*is_out)
    return TRUE;
  if (!g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  note_part (file, "以前的在站记录（受保护，未列入）", guitu_record_text (stay, GUITU_STAY_NUMBER), guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
  json_array_add_string_element (file->warnings, "An earlier stay is protected; the file names it only");
  return TRUE;
}

/* What the records say of a stay, on a form that nobody has issued, or that said less when it was. */
static gboolean
add_extract (File *file,
             const char *kind,
             const GuituRecord *stay,
             GPtrArray *papers,
             GError **error)
{
  const GuituForm *form = guitu_form_find (kind);
  const GuituRecord *paper = find_kind (papers, kind);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (GuituFormValues) values = NULL;
  g_autofree char *title = g_strconcat (guitu_form_title (form), paper == NULL ? "（系统摘录）" : "（签发后的记录）", NULL);

  if (!guitu_paper_subject_load (&subject, file->call, file->transaction, kind, guitu_record_id (stay), error))
    return FALSE;
  fields = guitu_paper_collect (file->transaction, &subject, form, error);
  if (fields == NULL || (paper != NULL && !is_outdated (paper, fields)))
    return fields != NULL;
  json_object_set_string_member (fields, "paper.number", "系统摘录，未签发");
  values = guitu_paper_values (fields);
  if (!guitu_paper_set_photo (file->call, values, subject.photo, file->warnings, error))
    return FALSE;
  note_part (file, title, NULL, guitu_record_text (stay, paper == NULL ? GUITU_STAY_ARRIVED_AT : GUITU_STAY_LEFT_AT));
  return guitu_book_add_form (file->book, form, values, GUITU_FORM_FILLED, GUITU_BOOK_KEPT_COPY, title, error);
}

/* What was declared void is named, so that its number is no gap in the file. */
static gboolean
add_issued (File *file,
            const GuituRecord *paper,
            GError **error)
{
  const GuituForm *form = guitu_form_find (guitu_record_text (paper, GUITU_PAPER_KIND));

  if (is_in_force (paper))
    return add_paper (file, paper, error);
  if (guitu_record_says (paper, GUITU_PAPER_STATE, "voided") && form != NULL)
    {
      g_autofree char *title = g_strconcat (guitu_form_title (form), "（已作废，未列入）", NULL);

      note_part (file, title, guitu_record_text (paper, GUITU_PAPER_NUMBER), guitu_record_text (paper, GUITU_PAPER_ISSUED_AT));
    }
  return TRUE;
}

static gboolean
add_stay (File *file,
          const GuituRecord *stay,
          GError **error)
{
  const GuituQuery of_stay = { .conditions = { { GUITU_PAPER_STAY, GUITU_EQUAL, guitu_record_id (stay) } } };
  g_autoptr (GPtrArray) papers = guitu_records_find (file->transaction, &guitu_kind_paper, &of_stay, error);
  guint held;
  guint kept;

  if (papers == NULL || (find_kind (papers, "intake-registration") == NULL && !add_extract (file, "intake-registration", stay, papers, error)))
    return FALSE;
  for (guint i = 0; i < papers->len; i++)
    if (!add_issued (file, papers->pdata[i], error))
      return FALSE;
  if (find_kind (papers, "intake-registration") != NULL && !add_extract (file, "intake-registration", stay, papers, error))
    return FALSE;
  if (!guitu_belongings_count (file->transaction, guitu_record_id (stay), &held, &kept, error) ||
      (held + kept > 0 && !add_extract (file, "belongings-register", stay, papers, error)))
    return FALSE;
  return !guitu_record_is_set (stay, GUITU_STAY_ADMITTED_AT) || add_extract (file, "service-and-leave-record", stay, papers, error);
}

/* Somebody without a stay, such as one who only was outside or was registered by mistake: what is known, and said. */
static gboolean
add_person (File *file,
            GError **error)
{
  const GuituForm *form = guitu_form_find ("intake-registration");
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (GuituFormValues) values = NULL;
  g_autofree char *made = guitu_record_made_at (file->person);

  if (!guitu_paper_subject_load_person (&subject, file->call, file->transaction, guitu_record_id (file->person), error))
    return FALSE;
  fields = guitu_paper_collect (file->transaction, &subject, form, error);
  if (fields == NULL)
    return FALSE;
  json_object_set_string_member (fields, "paper.number", "系统摘录，未签发");
  values = guitu_paper_values (fields);
  if (!guitu_paper_set_photo (file->call, values, subject.photo, file->warnings, error))
    return FALSE;
  note_part (file, PERSON_TITLE, NULL, made);
  return guitu_book_add_form (file->book, form, values, GUITU_FORM_FILLED, GUITU_BOOK_KEPT_COPY, PERSON_TITLE, error);
}

/* A scan that is at another desk, or that nobody can read, is named in the index all the same: the file
 * says what it lacks. */
static void
add_scan (File *file,
          const GuituRecord *scan)
{
  const char *title = guitu_record_text (scan, GUITU_FILE_TITLE);
  gboolean is_portrait = g_strcmp0 (guitu_record_id (scan), guitu_record_text (file->person, GUITU_PERSON_PHOTO)) == 0;
  const char *shown = title != NULL ? title : is_portrait ? "照片"
                                                          : "扫描件";
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) content = guitu_file_read (file->call->store, scan, &failure);

  gboolean is_elsewhere = g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_NOT_FOUND);
  guint at = file->parts->len;

  note_part (file, shown, NULL, guitu_record_text (scan, GUITU_FILE_ADDED));
  if (content == NULL || !guitu_book_add_scan (file->book, content, shown, NULL))
    {
      Part *part = &g_array_index (file->parts, Part, at);

      g_free (part->title);
      part->title = g_strconcat (shown, is_elsewhere ? "（存于其他工作台）" : "（无法读取）", NULL);
      json_array_add_string_element (file->warnings, is_elsewhere ? "A scan is not at this desk; the file names it only"
                                                                  : "A scan cannot be read; the file names it only");
    }
}

/* --- The index -------------------------------------------------------------------------------- */

static char *
entries (const File *file,
         guint first_page)
{
  GString *table = g_string_new (NULL);
  guint n_pages = guitu_book_n_pages (file->book);

  for (guint i = 0; i < file->parts->len; i++)
    {
      const Part *part = &g_array_index (file->parts, Part, i);
      guint end = i + 1 < file->parts->len ? g_array_index (file->parts, Part, i + 1).page : n_pages;
      g_autofree char *page = end == part->page ? g_strdup ("—") : g_strdup_printf ("%u", first_page + part->page);

      g_string_append_printf (table, "%s%u\t%s\t%s\t%s\t%s", i == 0 ? "" : "\n", i + 1, part->title,
                              part->number == NULL ? "" : part->number, part->date == NULL ? "" : part->date, page);
    }
  return g_string_free (table, FALSE);
}

static GuituFormValues *
index_values (File *file,
              GError **error)
{
  g_auto (GuituPaperSubject) subject = { 0 };
  const GuituForm *form = guitu_form_find ("file-index");
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (GuituFormValues) values = NULL;
  g_autofree char *now = guitu_now ();
  g_autofree char *opened = guitu_record_made_at (file->person);
  g_autofree char *made_words = guitu_time_in_chinese (now);
  g_autofree char *opened_words = opened == NULL ? NULL : guitu_time_in_chinese (opened);
  g_autofree char *stays = g_strdup_printf ("%u", file->stays->len);

  if (guitu_paper_subject_load (&subject, file->call, file->transaction, "file-index",
                                file->stays->len == 0 ? NULL : guitu_record_id (file->stays->pdata[file->stays->len - 1]), error))
    fields = guitu_paper_collect (file->transaction, &subject, form, error);
  if (fields == NULL)
    return NULL;
  if (file->stays->len == 0)
    json_object_set_string_member (fields, "person.name", guitu_person_display_name (file->person));
  json_object_set_string_member (fields, "file.stays", stays);
  json_object_set_string_member (fields, "file.made_at", made_words);
  if (opened_words != NULL)
    json_object_set_string_member (fields, "file.opened_at", opened_words);
  values = guitu_paper_values (fields);
  return guitu_paper_set_photo (file->call, values, subject.photo, file->warnings, error) ? g_steal_pointer (&values) : NULL;
}

/* The pages of the index push the others back: it is set once to count them, and once more. */
static gboolean
add_index (File *file,
           GError **error)
{
  const GuituForm *form = guitu_form_find ("file-index");
  guint first = guitu_book_n_pages (file->book);
  g_autoptr (GuituFormValues) values = index_values (file, error);
  g_autofree char *counted = entries (file, 1);
  g_autofree char *text = NULL;
  guint n_pages;

  if (values == NULL)
    return FALSE;
  guitu_form_values_set (values, "file.entries", counted);
  n_pages = guitu_form_count_pages (guitu_paper_fonts (NULL), form, values, GUITU_FORM_FILLED);
  text = entries (file, n_pages + 1);
  guitu_form_values_set (values, "file.entries", text);
  if (!guitu_book_add_form (file->book, form, values, GUITU_FORM_FILLED, GUITU_BOOK_KEPT_COPY, guitu_form_title (form), error))
    return FALSE;
  guitu_book_move_to_front (file->book, first);
  return TRUE;
}

/* --- All --------------------------------------------------------------------------------------- */

static gboolean
add_all (File *file,
         GError **error)
{
  gboolean is_out;

  if (file->stays->len == 0 && !add_person (file, error))
    return FALSE;
  for (guint i = 0; i < file->stays->len; i++)
    if (!leave_out_if_fenced (file, file->stays->pdata[i], &is_out, error) || (!is_out && !add_stay (file, file->stays->pdata[i], error)) ||
        !guitu_call_progress (file->call, ++file->done, file->total, error))
      return FALSE;
  for (guint i = 0; i < file->files->len; i++)
    {
      add_scan (file, file->files->pdata[i]);
      if (!guitu_call_progress (file->call, ++file->done, file->total, error))
        return FALSE;
    }
  return add_index (file, error);
}

static gboolean
begin_book (File *file,
            GError **error)
{
  GuituFonts *fonts = guitu_paper_fonts (error);
  g_autoptr (GuituRecord) station = fonts == NULL ? NULL : guitu_own_station (file->transaction, error);
  g_autofree char *title = g_strdup_printf ("%s　一人一档", guitu_person_display_name (file->person));

  if (station == NULL)
    return FALSE;
  file->book = guitu_book_new (fonts, title, TRUE);
  guitu_book_set_origin (file->book, guitu_record_text (station, GUITU_STATION_NAME), 0);
  return TRUE;
}

static JsonObject *
file_to_json (const File *file)
{
  JsonObject *json = json_object_new ();
  JsonArray *parts = json_array_new ();

  json_object_set_string_member (json, "person", guitu_record_id (file->person));
  json_object_set_string_member (json, "display_name", guitu_person_display_name (file->person));
  json_object_set_int_member (json, "pages", guitu_book_n_pages (file->book));
  for (guint i = 0; i < file->parts->len; i++)
    json_array_add_string_element (parts, g_array_index (file->parts, Part, i).title);
  json_object_set_array_member (json, "parts", parts);
  if (json_array_get_length (file->warnings) > 0)
    json_object_set_array_member (json, "print_warnings", json_array_ref (file->warnings));
  return json;
}

static gboolean
run_file (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "person", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_read (call, error);
  g_auto (File) file = { .call = call, .transaction = transaction };
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GBytes) pdf = NULL;

  file.parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (file.parts, part_clear);
  file.warnings = json_array_new ();
  if (transaction == NULL || !guitu_fence_refuse (call, transaction, id, error) || !read_records (&file, id, error) ||
      !begin_book (&file, error) || !add_all (&file, error))
    return FALSE;
  result = file_to_json (&file);
  pdf = guitu_book_finish (file.book, error);
  if (pdf == NULL || !guitu_access_log (call, "view", id, "一人一档", error) || !guitu_paper_give_pdf (call, pdf, result, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

static const GuituOption file_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_person_file = {
  "person file", "Everything about a person in one PDF: index, papers, records, scans", GUITU_VERB_PLAIN, file_options, NULL, run_file
};
