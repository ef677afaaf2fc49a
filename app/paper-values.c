/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands on a paper. Forms name their cells "person.name", "stay.arrived_at" …: the kind of
 * record, and its field. Most are simply shown in Chinese; a few are composed here. */

#include "app/papers.h"

#include "app/beds.h"
#include "app/codes.h"
#include "app/house.h"
#include "app/links.h"
#include "app/list-notice.h"
#include "app/regions.h"
#include "app/tracing-notice.h"

#include <string.h>

/* --- Single fields in Chinese ----------------------------------------------------------------- */

static char *
field_in_words (GuituTransaction *transaction,
                const GuituRecord *record,
                int position)
{
  const GuituField *field = &guitu_record_kind (record)->fields[position];
  const char *text = guitu_record_text (record, position);
  const GuituCode *code;
  char *region;

  if (text == NULL)
    return guitu_record_show (record, position);
  switch (field->type)
    {
    case GUITU_FIELD_CODE:
      code = guitu_codes_find (field->of, text);
      return g_strdup (code == NULL ? text : code->chinese);
    case GUITU_FIELD_DATE:
    case GUITU_FIELD_TIME:
      return guitu_time_in_chinese (text);
    case GUITU_FIELD_REGION:
      region = guitu_regions_full_name (text);
      return region != NULL ? region : g_strdup (text);
    case GUITU_FIELD_REFERENCE:
      return strcmp (field->of, "user") == 0 ? guitu_user_display_name (transaction, text) : NULL;
    case GUITU_FIELD_TEXT:
    case GUITU_FIELD_INTEGER:
    case GUITU_FIELD_BYTES:
    default:
      return g_strdup (text);
    }
}

/* --- Composed fields ------------------------------------------------------------------------- */

static char *
person_name (GuituTransaction *transaction,
             const GuituPaperSubject *subject,
             GError **error)
{
  const char *name = guitu_record_text (subject->person, GUITU_PERSON_NAME);

  if (name != NULL)
    return g_strdup (name);
  if (subject->stay == NULL)
    return g_strdup (GUITU_NAMELESS);
  return g_strdup_printf (GUITU_NAMELESS "（%s）", guitu_record_text (subject->stay, GUITU_STAY_NUMBER));
}

static char *
person_birth (GuituTransaction *transaction,
              const GuituPaperSubject *subject,
              GError **error)
{
  const char *from = guitu_record_text (subject->person, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (subject->person, GUITU_PERSON_BIRTH_TO);

  if (from == NULL)
    return NULL;
  if (to == NULL || strcmp (from, to) == 0)
    return guitu_time_in_chinese (from);
  if (strncmp (from, to, 4) == 0)
    return g_strdup_printf ("约%.4s年", from);
  return g_strdup_printf ("约%.4s—%.4s年", from, to);
}

static char *
person_age (GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            GError **error)
{
  g_autofree char *today = guitu_today ();

  return guitu_person_age_text (subject->person, subject->stay == NULL ? today : guitu_record_text (subject->stay, GUITU_STAY_ARRIVED_AT));
}

/* One of the two boxes of the form. */
static char *
person_verified (GuituTransaction *transaction,
                 const GuituPaperSubject *subject,
                 GError **error)
{
  return g_strdup (guitu_person_is_verified (subject->person) ? "核实" : "自报");
}

/* Everything the person said during this stay or before, oldest first, word for word. */
static char *
statements (GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_id (subject->person), error);
  g_autoptr (GPtrArray) records = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_statement, GUITU_STATEMENT_PERSON, ids, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = records == NULL ? 0 : records->len; i > 0; i--)
    g_string_append_printf (text, "%s%s", text->len == 0 ? "" : "\n", guitu_record_text (records->pdata[i - 1], GUITU_STATEMENT_TEXT));
  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
opinion (GuituTransaction *transaction,
         const GuituPaperSubject *subject,
         GError **error)
{
  const char *decision = guitu_record_text (subject->stay, GUITU_STAY_DECISION);
  const char *ground = guitu_record_text (subject->stay, GUITU_STAY_GROUND);
  const GuituCode *code = decision == NULL ? NULL : guitu_codes_find ("decision", decision);

  if (code == NULL)
    return g_strdup (ground);
  return ground == NULL ? g_strdup (code->chinese) : g_strdup_printf ("%s。%s", code->chinese, ground);
}

static char *
to_station_name (GuituTransaction *transaction,
                 const GuituPaperSubject *subject,
                 GError **error)
{
  if (subject->to_station != NULL)
    return g_strdup (guitu_record_text (subject->to_station, GUITU_STATION_NAME));
  return subject->transfer == NULL ? NULL : g_strdup (guitu_record_text (subject->transfer, GUITU_TRANSFER_TO_STATION));
}

static char *
bed_words (GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           GError **error)
{
  const char *bed = guitu_record_text (subject->stay, GUITU_STAY_BED);
  int number;
  g_autofree char *name = bed == NULL ? NULL : guitu_bed_split (bed, &number);
  const GuituQuery newest = { .conditions = { { GUITU_ROOM_NAME, GUITU_EQUAL, name } }, .descending = TRUE, .limit = 1 };
  g_autoptr (GPtrArray) rooms = NULL;
  const GuituCode *code = NULL;

  if (bed == NULL)
    return NULL;
  if (!guitu_record_is_set (subject->stay, GUITU_STAY_LEFT_AT)) /* the room may be another's by now */
    {
      rooms = guitu_records_find (transaction, &guitu_kind_room, &newest, error);
      if (rooms == NULL)
        return NULL;
      code = rooms->len == 0 ? NULL : guitu_codes_find ("zone", guitu_record_text (rooms->pdata[0], GUITU_ROOM_ZONE));
    }
  return code == NULL ? g_strdup (bed) : g_strdup_printf ("%s　%s", code->chinese, bed);
}

static char *
days (GuituTransaction *transaction,
      const GuituPaperSubject *subject,
      GError **error)
{
  const char *from = guitu_record_text (subject->stay, GUITU_STAY_ADMITTED_AT);
  g_autofree char *today = guitu_today ();
  const char *left = guitu_record_text (subject->stay, GUITU_STAY_LEFT_AT);

  return from == NULL ? NULL : g_strdup_printf ("%d天", guitu_date_difference (from, left == NULL ? today : left) + 1);
}

/* A field of the last extension of the stay. */
static char *
extension (GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           int field,
           GError **error)
{
  const GuituQuery newest = {
    .conditions = { { GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (subject->stay) }, { GUITU_EVENT_KIND, GUITU_EQUAL, "extension" } },
    .descending = TRUE,
    .limit = 1,
  };
  g_autoptr (GPtrArray) events = guitu_records_find (transaction, &guitu_kind_event, &newest, error);

  return events == NULL || events->len == 0 ? NULL : field_in_words (transaction, events->pdata[0], field);
}

static char *
extended_until (GuituTransaction *transaction,
                const GuituPaperSubject *subject,
                GError **error)
{
  return extension (transaction, subject, GUITU_EVENT_UNTIL, error);
}

static char *
extension_text (GuituTransaction *transaction,
                const GuituPaperSubject *subject,
                GError **error)
{
  return extension (transaction, subject, GUITU_EVENT_TEXT, error);
}

static char *
extension_filed (GuituTransaction *transaction,
                 const GuituPaperSubject *subject,
                 GError **error)
{
  return extension (transaction, subject, GUITU_EVENT_FILED, error);
}

static char *
house_date (GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            GError **error)
{
  g_autofree char *now = guitu_now ();

  return guitu_time_in_chinese (now);
}

static char *
house_count (GuituTransaction *transaction,
             const GuituPaperSubject *subject,
             GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } } };
  gint64 n = guitu_records_count (transaction, &guitu_kind_stay, &open, error);

  return n < 0 ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT "人", n);
}

/* Cash of the person that the station keeps. */
static char *
cash_kept (GuituTransaction *transaction,
           const GuituPaperSubject *subject,
           GError **error)
{
  g_autoptr (GPtrArray) belongings = guitu_belongings_of (transaction, guitu_record_id (subject->stay), error);
  g_autofree char *words = NULL;
  g_autofree char *yuan = NULL;
  gint64 fen = 0;

  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    fen += guitu_record_integer (belongings->pdata[i], GUITU_BELONGING_AMOUNT_FEN, 0);
  if (fen == 0)
    return NULL;
  words = guitu_money_in_words (fen);
  yuan = guitu_yuan_text (fen);
  return g_strdup_printf ("%s（大写：%s）", yuan, words);
}

/* Where the person's things are kept, each place once. */
static char *
belongings_place (GuituTransaction *transaction,
                  const GuituPaperSubject *subject,
                  GError **error)
{
  g_autoptr (GPtrArray) belongings = guitu_belongings_of (transaction, guitu_record_id (subject->stay), error);
  g_autoptr (GPtrArray) places = g_ptr_array_new ();

  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      const char *place = guitu_record_text (belongings->pdata[i], GUITU_BELONGING_PLACE);

      if (place != NULL && !g_ptr_array_find_with_equal_func (places, place, g_str_equal, NULL))
        g_ptr_array_add (places, (gpointer) place);
    }
  g_ptr_array_add (places, NULL);
  return g_strjoinv ("、", (GStrv) places->pdata);
}

/* As it was noted down, or else from the list of kin. */
static char *
person_kin (GuituTransaction *transaction,
            const GuituPaperSubject *subject,
            GError **error)
{
  const char *text = guitu_record_text (subject->person, GUITU_PERSON_KIN);
  char *table = text != NULL ? NULL : guitu_paper_table (transaction, subject, "person.kin_list", error);
  g_autoptr (GString) kin = NULL;

  if (table == NULL)
    return g_strdup (text);
  kin = g_string_new (NULL);
  g_string_append (kin, g_strdelimit (table, "\t", ' '));
  g_free (table);
  g_string_replace (kin, "\n", "；", 0);
  return g_string_free (g_steal_pointer (&kin), FALSE);
}

static char *
cash_in_words (GuituTransaction *transaction,
               const GuituPaperSubject *subject,
               GError **error)
{
  const char *amount = json_object_get_string_member_with_default (subject->typed, "cash.amount", NULL);

  return amount == NULL ? NULL : guitu_money_in_words (guitu_yuan_parse (amount));
}

/* Which records each needs is told by how its key begins. */
static const struct
{
  const char *key;
  char *(*compose) (GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);
} composed[] = {
  { "person.name", person_name },
  { "person.birth", person_birth },
  { "person.age", person_age },
  { "person.verified", person_verified },
  { "person.kin", person_kin },
  { "stay.statement", statements },
  { "stay.opinion", opinion },
  { "stay.bed_words", bed_words },
  { "stay.days", days },
  { "stay.cash_kept", cash_kept },
  { "stay.belongings_place", belongings_place },
  { "stay.extended_until", extended_until },
  { "stay.extension_text", extension_text },
  { "stay.extension_filed", extension_filed },
  { "to_station.name", to_station_name },
  { "transfer.to_station", to_station_name },
  { "shift.open_items", guitu_paper_open_items },
  { "house.date", house_date },
  { "house.count", house_count },
  { "cash.amount_words", cash_in_words },
};

/* --- All of a form --------------------------------------------------------------------------- */

static const GuituRecord *
record_of (const GuituPaperSubject *subject,
           const char *prefix)
{
  if (strcmp (prefix, "person") == 0)
    return subject->person;
  if (strcmp (prefix, "stay") == 0)
    return subject->stay;
  if (strcmp (prefix, "transfer") == 0)
    return subject->transfer;
  if (strcmp (prefix, "station") == 0)
    return subject->station;
  if (strcmp (prefix, "to_station") == 0)
    return subject->to_station;
  if (strcmp (prefix, "shift") == 0)
    return subject->shift;
  return NULL;
}

static gboolean
is_about_other (const GuituPaperSubject *subject,
                const char *key)
{
  gboolean is_of_stay = g_str_has_prefix (key, "stay.") && strcmp (key, "stay.statement") != 0; /* words are kept with the person */

  return (subject->stay == NULL && is_of_stay) ||
         (subject->person == NULL && (g_str_has_prefix (key, "person.") || strcmp (key, "stay.statement") == 0)) ||
         (subject->shift == NULL && g_str_has_prefix (key, "shift."));
}

static char *
text_of (GuituTransaction *transaction,
         const GuituPaperSubject *subject,
         const char *key,
         GError **error)
{
  g_auto (GStrv) parts = g_strsplit (key, ".", 2);
  const GuituRecord *record;
  char *table;
  int position;

  if (guitu_paper_is_typed (key))
    {
      const char *typed = json_object_get_string_member_with_default (subject->typed, key, NULL);

      return typed != NULL ? g_strdup (typed) : guitu_paper_tracing_value (transaction, subject, key, error);
    }
  if (parts[0] == NULL || parts[1] == NULL || is_about_other (subject, key))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (composed); i++)
    if (strcmp (composed[i].key, key) == 0)
      return composed[i].compose (transaction, subject, error);
  table = subject->shift != NULL ? guitu_paper_shift_number (transaction, subject, key, error)
                                 : guitu_paper_table (transaction, subject, key, error);
  if (table != NULL)
    return table;
  record = record_of (subject, parts[0]);
  position = record == NULL ? -1 : guitu_kind_field (guitu_record_kind (record), parts[1]);
  return position < 0 ? NULL : field_in_words (transaction, record, position);
}

static void
take (JsonObject *fields,
      const char *key,
      char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (fields, key, text);
  g_free (text);
}

JsonObject *
guitu_paper_collect (GuituTransaction *transaction,
                     const GuituPaperSubject *subject,
                     const GuituForm *form,
                     GError **error)
{
  const char *const *keys = guitu_form_keys (form);
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *today = guitu_today ();
  gboolean is_of_arrival = subject->stay != NULL && strcmp (guitu_form_kind (form), "intake-registration") == 0;
  char *head = guitu_ledger_head (transaction, error);

  if (head == NULL)
    return NULL;
  take (fields, "ledger.head", head);
  /* a list that could not be read is no empty list: better no paper than one that lies */
  for (guint i = 0; keys[i] != NULL && failure == NULL; i++)
    if (strcmp (keys[i], "ledger.head") != 0)
      take (fields, keys[i], text_of (transaction, subject, keys[i], &failure));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  guitu_paper_add_wording (fields, form, subject->station, is_of_arrival ? guitu_record_text (subject->stay, GUITU_STAY_ARRIVED_AT) : today);
  if (!guitu_notice_collect (fields, guitu_form_kind (form), transaction, subject, error) ||
      !guitu_list_notice_collect (fields, guitu_form_kind (form), transaction, subject, error) ||
      !guitu_notice_paper_collect (fields, guitu_form_kind (form), transaction, subject, error))
    return NULL;
  return g_steal_pointer (&fields);
}

/* The Chinese term of a key that names a field as declared. */
static const char *
label_of (const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, ".", 2);
  const GuituKind *kind;
  int position;

  if (parts[0] == NULL || parts[1] == NULL)
    return NULL;
  kind = guitu_kind_find (strcmp (parts[0], "to_station") == 0 ? "station" : parts[0]);
  position = kind == NULL ? -1 : guitu_kind_field (kind, parts[1]);
  return position < 0 ? NULL : kind->fields[position].chinese;
}

/* The terms of all keys of all forms, looked up once. */
static GHashTable *
all_labels (void)
{
  static GHashTable *labels;

  if (g_once_init_enter (&labels))
    {
      GHashTable *found = g_hash_table_new (g_str_hash, g_str_equal);
      const GuituForm *const *forms = guitu_forms ();

      for (guint i = 0; forms[i] != NULL; i++)
        for (const char *const *at = guitu_form_keys (forms[i]); *at != NULL; at++)
          if (label_of (*at) != NULL)
            g_hash_table_insert (found, (gpointer) *at, (gpointer) label_of (*at));
      g_once_init_leave (&labels, found);
    }
  return labels;
}

GuituFormValues *
guitu_paper_values (JsonObject *fields)
{
  GuituFormValues *values = guitu_form_values_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  guitu_form_values_share_labels (values, all_labels ());
  json_object_iter_init (&iter, fields);
  while (json_object_iter_next (&iter, &key, &node))
    guitu_form_values_set (values, key, json_node_get_string (node));
  return values;
}

GuituFonts *
guitu_paper_fonts (GError **error)
{
  static GPrivate fonts = G_PRIVATE_INIT ((GDestroyNotify) guitu_fonts_free);
  GuituFonts *loaded = g_private_get (&fonts);

  if (loaded == NULL)
    {
      loaded = guitu_fonts_new (error);
      g_private_set (&fonts, loaded);
    }
  return loaded;
}
