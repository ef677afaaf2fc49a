/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/known-person.h"

#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which topic of a statement a field belongs to; the others are "other". */
static const struct
{
  const char *field;
  const char *about;
} topics[] = {
  { "name", "name" },
  { "alias", "name" },
  { "birth_from", "age" },
  { "household", "home" },
  { "address", "home" },
  { "kin", "kin" },
  { "phone", "phone" },
  { "health", "health" },
};

/* "0" and "9" of GB/T 2261.1: not known, not stated. */
static gboolean
is_no_answer (const char *field, const char *value)
{
  return strcmp (field, "sex") == 0 && (strcmp (value, "0") == 0 || strcmp (value, "9") == 0);
}

static char *
words_of (JsonObject *record, const GuituField *field)
{
  g_autofree char *path = g_strconcat ("person.", field->name, NULL);

  if (strcmp (field->name, "birth_from") == 0)
    return guitu_birth_text (guitu_json_text (record, "birth_from"), guitu_json_text (record, "birth_to"));
  return guitu_json_words (record, path);
}

/* The file shows an ID number with stars in the middle. */
static gboolean
fits_mask (const char *mask, const char *text)
{
  if (strlen (mask) != strlen (text))
    return FALSE;
  for (; *mask != '\0'; mask++, text++)
    if (*mask != '*' && g_ascii_toupper (*mask) != g_ascii_toupper (*text))
      return FALSE;
  return TRUE;
}

/* A span of days agrees with the file when the file's days lie in it. */
static gboolean
agrees (JsonObject *file, JsonObject *typed, const GuituField *field)
{
  g_autofree char *ours = words_of (typed, field);
  g_autofree char *theirs = words_of (file, field);

  if (strcmp (field->name, "birth_from") == 0)
    return strcmp (guitu_json_string (typed, "birth_from"), guitu_json_string (file, "birth_from")) <= 0 &&
           strcmp (guitu_json_string (typed, "birth_to"), guitu_json_string (file, "birth_to")) >= 0;
  if (strcmp (field->name, "id_number") == 0)
    return fits_mask (theirs, ours);
  if (field->type == GUITU_FIELD_REGION)
    return strcmp (guitu_json_string (typed, field->name), guitu_json_string (file, field->name)) == 0 || strstr (theirs, ours) != NULL;
  return strcmp (ours, theirs) == 0;
}

static const char *
topic_of (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    if (strcmp (topics[i].field, field) == 0)
      return topics[i].about;
  return "other";
}

static void
copy_member (JsonObject *object, const char *name, JsonNode *value, gpointer into)
{
  json_object_set_member (into, name, json_node_copy (value));
}

static void
add_statement (GuituKnownPerson *known, const GuituField *field, const char *words)
{
  JsonObject *statement = json_object_new ();
  /* What is kept is written in official terms, whatever language the window speaks. */
  g_autofree char *text = g_strdup_printf ("%s：%s", field->chinese, words);

  json_object_set_string_member (statement, "about", topic_of (field->name));
  json_object_set_string_member (statement, "text", text);
  json_array_add_object_element (known->statements, statement);
}

static void
compare_row (GuituKnownPerson *known, JsonObject *file, GuituFieldRow *row, GString *added, GString *differing)
{
  const GuituField *field = guitu_field_row_get_field (row);
  const char *label = guitu_field_row_get_label (row);
  g_autoptr (JsonObject) typed = json_object_new ();
  g_autofree char *ours = NULL;
  g_autofree char *theirs = words_of (file, field);
  g_autofree char *line = NULL;

  guitu_field_row_collect (row, typed);
  ours = words_of (typed, field);
  if (is_no_answer (field->name, guitu_json_string (typed, field->name)))
    return;
  if (*theirs == '\0' || is_no_answer (field->name, guitu_json_string (file, field->name)))
    {
      json_object_foreach_member (typed, copy_member, known->additions);
      /* Translators: the name of a field, then what was typed into it */
      line = g_strdup_printf (_ ("%s: %s"), label, ours);
      guitu_json_join (added, line);
      return;
    }
  if (agrees (file, typed, field))
    return;
  add_statement (known, field, ours);
  /* Translators: the name of a field, what the file says, what was typed */
  line = g_strdup_printf (_ ("%s: in the file %s, typed %s"), label, theirs, ours);
  guitu_json_join (differing, line);
}

/* Two lines: what is new, and what is otherwise. */
static char *
join_words (const char *added, const char *differing)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (*added != '\0')
    g_string_append_printf (words, _ ("Will be added to the file: %s"), added);
  if (*added != '\0' && *differing != '\0')
    g_string_append_c (words, '\n');
  if (*differing != '\0')
    g_string_append_printf (words, _ ("Differs from the file, and will be kept as a statement: %s"), differing);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

GuituKnownPerson *
guitu_known_person_compare (JsonObject *file, GtkWidget *rows)
{
  GuituKnownPerson *known = g_new0 (GuituKnownPerson, 1);
  g_autoptr (GPtrArray) list = guitu_rows_list (rows);
  g_autoptr (GString) added = g_string_new (NULL);
  g_autoptr (GString) differing = g_string_new (NULL);

  known->additions = json_object_new ();
  known->statements = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      GuituFieldRow *row = g_ptr_array_index (list, i);
      gboolean is_override = guitu_field_row_covers (row, "id_override");

      /* why a number stands is worth nothing without the number */
      if (!g_str_equal (guitu_field_row_get_kind (row)->name, "person") || guitu_field_row_is_empty (row) ||
          (is_override && !json_object_has_member (known->additions, "id_number")))
        continue;
      compare_row (known, file, row, added, differing);
    }
  known->words = join_words (added->str, differing->str);
  return known;
}

void
guitu_known_person_free (GuituKnownPerson *known)
{
  json_object_unref (known->additions);
  json_array_unref (known->statements);
  g_free (known->words);
  g_free (known);
}
