/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody typed from a paper, beside what its seal vouches for. The seal holds one fingerprint of
 * all fields: that tells everything or nothing. What tells of a single field is the little that stands
 * in the seal in clear, and, at the station that issued the paper, its register. */

#include "app/paper-fields.h"

#include <string.h>

void
guitu_paper_comparison_clear (GuituPaperComparison *comparison)
{
  g_clear_pointer (&comparison->differ, json_array_unref);
  g_clear_pointer (&comparison->missing, json_array_unref);
}

/* --- As it is printed -------------------------------------------------------------------------- */

/* Units that people leave out. */
static const struct
{
  const char *key;
  const char *unit;
} units[] = {
  { "person.age", "岁" },
  { "stay.days", "天" },
  { "house.count", "人" },
};

/* The field of a record that a key names, or NULL. */
static const GuituField *
field_of (const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, ".", 2);
  const GuituKind *kind = parts[0] == NULL ? NULL : guitu_kind_find (parts[0]);
  int position = kind == NULL || parts[1] == NULL ? -1 : guitu_kind_field (kind, parts[1]);

  return position < 0 ? NULL : &kind->fields[position];
}

static gboolean
is_moment (const char *key)
{
  const GuituField *field = field_of (key);

  return (field != NULL && (field->type == GUITU_FIELD_DATE || field->type == GUITU_FIELD_TIME)) || strcmp (key, "person.birth") == 0 ||
         g_str_has_suffix (key, "_on") || g_str_has_suffix (key, "_at") || g_str_has_suffix (key, "_until") || g_str_has_suffix (key, ".date");
}

/* “1949-12-31” and “1949/12/31” as “1949年12月31日”. (nullable) (transfer full) */
static char *
moment_in_words (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *dashed = plain == NULL ? NULL : g_strdelimit (g_strdup (plain), "/.", '-');
  g_autofree char *day = dashed == NULL ? NULL : guitu_date_parse (dashed);
  g_autofree char *time = dashed == NULL || day != NULL ? NULL : guitu_time_parse (dashed);

  return day == NULL && time == NULL ? NULL : guitu_time_in_chinese (day != NULL ? day : time);
}

/* “170cm” where the form prints the unit beside the number: 170. */
static char *
number_alone (const char *text)
{
  static const char *const suffixes[] = { "CM", "厘米", "公分", "KG", "公斤", "千克", "次打印", NULL };
  g_autofree char *plain = guitu_seal_canonical (text);
  gsize n_digits = strspn (plain, "0123456789");

  return n_digits > 0 && g_strv_contains (suffixes, plain + n_digits) ? g_strndup (plain, n_digits) : g_strdup (text);
}

static char *
with_unit (const char *key,
           const char *text)
{
  g_autofree char *plain = guitu_seal_canonical (text);
  gsize length = strlen (plain);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].key, key) == 0 && length > 0 && g_ascii_isdigit (plain[length - 1]))
      return g_strconcat (plain, units[i].unit, NULL);
  return NULL;
}

/* A typed text as the paper has it: “77” years are printed “77岁”, a day in Chinese words, and what is
 * sealed as “2” is printed “第2次打印”. (transfer full) */
static char *
as_printed (const char *key,
            const char *text)
{
  const GuituField *field = field_of (key);
  char *words;

  if (strcmp (key, "paper.sequence") == 0 && g_str_has_prefix (text, "第"))
    return number_alone (text + strlen ("第"));
  words = with_unit (key, text);
  if (words == NULL && is_moment (key))
    words = moment_in_words (text);
  if (words != NULL)
    return words;
  return field != NULL && field->type == GUITU_FIELD_INTEGER ? number_alone (text) : g_strdup (text);
}

/* --- Single fields ------------------------------------------------------------------------------ */

/* What is written for @key, an empty text included; NULL where nothing was. */
static const char *
typed_of (JsonObject *typed,
          const char *key)
{
  return json_object_get_string_member_with_default (typed, key, NULL);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *plain = text == NULL ? NULL : guitu_seal_canonical (text);

  return plain == NULL || *plain == '\0';
}

/* Whether something stands there on every paper of the form, so that an empty text was not typed from it. */
static gboolean
is_always_there (const GuituForm *form,
                 const GuituSeal *seal,
                 const char *key)
{
  const GuituField *field = field_of (key);

  if (g_strv_contains (guitu_form_needed (form), key) || (field != NULL && (field->flags & GUITU_REQUIRED)))
    return TRUE;
  if (strcmp (key, "person.id_number") == 0)
    return seal->id_last4 != NULL;
  if (strcmp (key, "person.birth") == 0 || strcmp (key, "person.age") == 0)
    return seal->birth_year != 0;
  return strcmp (key, "person.name") == 0 || strcmp (key, "person.verified") == 0 || strcmp (key, "stay.number") == 0 ||
         strcmp (key, "paper.issued_by") == 0 || strcmp (key, "paper.sequence") == 0;
}

static gboolean
is_same_text (const char *a,
              const char *b)
{
  g_autofree char *one = guitu_seal_canonical (a == NULL ? "" : a);
  g_autofree char *other = guitu_seal_canonical (b == NULL ? "" : b);

  return strcmp (one, other) == 0;
}

/* Whether what stands in the seal in clear contradicts the text. @text: as printed. */
static gboolean
contradicts_seal (const GuituSeal *seal,
                  const char *key,
                  const char *text,
                  const char *known)
{
  g_autofree char *plain = guitu_seal_canonical (text);
  g_autofree char *year = g_strdup_printf ("%d", seal->birth_year);
  g_autofree char *surname = guitu_seal_canonical (seal->surname == NULL ? "" : seal->surname);

  if (known != NULL && !g_str_has_prefix (key, "station.")) /* a station's telephone may be another by now */
    return !is_same_text (text, known);
  surname[strcspn (surname, "*")] = '\0';
  if (strcmp (key, "person.name") == 0)
    return !g_str_has_prefix (plain, surname);
  if (strcmp (key, "person.id_number") == 0 && seal->id_last4 != NULL)
    return !g_str_has_suffix (plain, seal->id_last4);
  return strcmp (key, "person.birth") == 0 && seal->birth_year != 0 && strstr (plain, year) == NULL;
}

/* --- All of them -------------------------------------------------------------------------------- */

static void
note (JsonArray *list,
      JsonObject *field)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "key", json_object_get_string_member (field, "key"));
  json_object_set_string_member (entry, "label", json_object_get_string_member (field, "label"));
  json_array_add_object_element (list, entry);
}

static gboolean
check_keys (const GuituForm *form,
            JsonObject *typed,
            GError **error)
{
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, typed);
  while (json_object_iter_next (&iter, &key, NULL))
    if (!guitu_paper_field_counts (form, key))
      return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-field", key, "《%s》 prints no field “%s”; “printed” of the result lists them", guitu_form_title (form), key);
  return TRUE;
}

/* Takes one field among those whose fingerprint is made, and notes what can be said of it alone. Where it is known
 * what stands there, an empty text says that it was not typed. */
static void
compare_field (GuituPaperComparison *comparison,
               GuituFormValues *values,
               const GuituSeal *seal,
               JsonObject *field,
               JsonObject *typed,
               JsonObject *kept)
{
  const char *key = json_object_get_string_member (field, "key");
  const char *known = json_object_get_string_member_with_default (field, "text", NULL);
  const char *told = typed_of (typed, key);
  const char *given = known != NULL && is_blank (told) ? NULL : told;
  const char *sealed = kept == NULL ? NULL : typed_of (kept, key);
  g_autofree char *text = NULL;

  if (is_blank (given) && known == NULL && (given == NULL || is_always_there (guitu_form_find (seal->kind), seal, key)))
    {
      note (comparison->missing, field);
      return;
    }
  text = as_printed (key, given != NULL ? given : known);
  guitu_form_values_set (values, key, text);
  if (given != NULL && (kept != NULL ? !is_same_text (text, sealed) : !is_blank (given) && contradicts_seal (seal, key, text, known)))
    note (comparison->differ, field);
}

/* What the directory has of a station now may be something else than what it printed then. */
static void
note_unread_of_station (GuituPaperComparison *comparison,
                        JsonArray *printed,
                        JsonObject *typed)
{
  for (guint i = 0; i < json_array_get_length (printed); i++)
    {
      JsonObject *field = json_array_get_object_element (printed, i);
      const char *key = json_object_get_string_member (field, "key");

      if (g_str_has_prefix (key, "station.") && json_object_has_member (field, "text") && is_blank (typed_of (typed, key)))
        note (comparison->missing, field);
    }
}

gboolean
guitu_paper_compare (GuituPaperComparison *comparison,
                     const GuituSeal *seal,
                     JsonArray *printed,
                     JsonObject *typed,
                     JsonObject *kept,
                     GError **error)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  guint8 digest[GUITU_SEAL_DIGEST_SIZE];

  if (!check_keys (guitu_form_find (seal->kind), typed, error))
    return FALSE;
  comparison->differ = json_array_new ();
  comparison->missing = json_array_new ();
  for (guint i = 0; i < json_array_get_length (printed); i++)
    compare_field (comparison, values, seal, json_array_get_object_element (printed, i), typed, kept);
  guitu_seal_digest (values, digest);
  if (memcmp (digest, seal->digest, sizeof digest) == 0)
    {
      comparison->fit = GUITU_PAPER_SAME;
      return TRUE;
    }
  if (kept == NULL)
    note_unread_of_station (comparison, printed, typed);
  if (json_array_get_length (comparison->differ) > 0 || json_array_get_length (comparison->missing) == 0)
    comparison->fit = GUITU_PAPER_DIFFERENT;
  else
    comparison->fit = kept != NULL ? GUITU_PAPER_PARTLY : GUITU_PAPER_INCOMPLETE;
  return TRUE;
}
