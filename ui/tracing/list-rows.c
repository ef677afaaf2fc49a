/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/list-rows.h"

#include "ui/person/person-rows.h"
#include "ui/tracing/match-words.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHOICE "guitu-choice"   /* of the row: the drop-down */
#define GUESSED "guitu-guessed" /* of the row: the number of the meaning */
#define COLUMN "guitu-column"   /* of the drop-down: the header */

/* Of no field of a person: its texts are compared with those of the same header in the other list, or further down. */
#define AS_IT_STANDS "="

/* What a column can be that helps to find a person. */
static const struct
{
  const char *field; /* of “compare” */
  const char *path;  /* whose label it has, or NULL */
  const char *label;
} meanings[] = {
  { NULL, NULL, N_ ("Not used") },
  { "name", "person.name", NULL },
  { "surname", NULL, N_ ("Surname") },
  { "given_name", NULL, N_ ("Given name") },
  { "alias", "person.alias", NULL },
  { "sex", "person.sex", NULL },
  { "birth", NULL, N_ ("Date of birth") },
  { "birth_year", NULL, N_ ("Year of birth") },
  { "birth_month", NULL, N_ ("Month of birth") },
  { "birth_day", NULL, N_ ("Day of birth") },
  { "age", NULL, N_ ("Age") },
  { "id_number", "person.id_number", NULL },
  { "phone", "person.phone", NULL },
  { "household", "person.household", NULL },
  { "address", "person.address", NULL },
  { "nation", "person.nation", NULL },
  { "height_cm", "person.height_cm", NULL },
  { "accent", "person.accent", NULL },
  { "marks", "person.marks", NULL },
  { "kin", "person.kin", NULL },
  { "national_number", "person.national_number", NULL },
  { AS_IT_STANDS, NULL, N_ ("As it stands, between lists") }, /* last: offered only where “compare” sees it so, since it can't be told to */
};

/* --- Columns --------------------------------------------------------------------------------- */

static guint
find_meaning (const char *field)
{
  for (guint i = 1; i < G_N_ELEMENTS (meanings); i++)
    if (g_strcmp0 (meanings[i].field, field) == 0)
      return i;
  return 0;
}

static GtkStringList *
meaning_names (guint guessed)
{
  gsize n = G_N_ELEMENTS (meanings) - (guessed == G_N_ELEMENTS (meanings) - 1 ? 0 : 1);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (names, meanings[i].path != NULL ? guitu_field_label (guitu_json_field (meanings[i].path, NULL)) : _ (meanings[i].label));
  return names;
}

static char *
sample_words (JsonObject *column)
{
  JsonArray *samples = guitu_json_array (column, "samples");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; samples != NULL && i < json_array_get_length (samples); i++)
    guitu_json_join (words, json_array_get_string_element (samples, i));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* The name is kept; the description is what is chosen. */
static void
on_chosen (GtkDropDown *choice, GParamSpec *spec, gpointer data)
{
  g_autofree char *words = guitu_match_column_words (g_object_get_data (G_OBJECT (choice), COLUMN));
  /* Translators: the header of a column of a list */
  g_autofree char *spoken = g_strdup_printf (_ ("What “%s” is"), words);

  guitu_name_drop_down (choice, spoken);
}

GtkWidget *
guitu_list_column_row (JsonObject *column)
{
  const char *header = guitu_json_string (column, "column");
  g_autofree char *samples = sample_words (column);
  g_autofree char *words = guitu_match_column_words (header);
  GtkWidget *row = guitu_section_row_new (words, samples);
  const char *field = guitu_json_text (column, "field");
  guint guessed = find_meaning (field == NULL && guitu_json_flag (column, "compared") ? AS_IT_STANDS : field);
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (meaning_names (guessed)), NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), guessed);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (choice, strpbrk (header, ",=") == NULL); /* which stand between two names of columns */
  g_object_set_data_full (G_OBJECT (choice), COLUMN, g_strdup (header), g_free);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (on_chosen), NULL);
  on_chosen (GTK_DROP_DOWN (choice), NULL, NULL);
  g_object_set_data (G_OBJECT (row), CHOICE, choice);
  g_object_set_data (G_OBJECT (row), GUESSED, GUINT_TO_POINTER (guessed));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  return row;
}

void
guitu_list_column_collect (GtkWidget *row, GString *map, GString *ignore)
{
  GtkDropDown *choice = g_object_get_data (G_OBJECT (row), CHOICE);
  guint chosen = gtk_drop_down_get_selected (choice);
  const char *header = g_object_get_data (G_OBJECT (choice), COLUMN);

  if (chosen == GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), GUESSED)))
    return;
  if (chosen == 0)
    g_string_append_printf (ignore, "%s%s", ignore->len > 0 ? "," : "", header);
  else
    g_string_append_printf (map, "%s%s=%s", map->len > 0 ? "," : "", meanings[chosen].field, header);
}

/* --- What was found -------------------------------------------------------------------------- */

/* Who on file it is, or which row of the same list or of another one. (transfer full) */
static char *
found_words (JsonObject *match)
{
  int row = (int) guitu_json_integer (match, "row", 0), other = (int) guitu_json_integer (match, "other_row", 0);
  const char *name = guitu_json_text (match, "row_name"), *other_name = guitu_json_text (match, "other_name");

  name = name != NULL ? name : "–";
  if (other == 0)
    /* Translators: the number of a row of a list, the name in it, and the person on file that it is */
    return g_strdup_printf (_ ("Row %d, %s: %s on file"), row, name, guitu_json_string (match, "name"));
  /* Translators: the number of a row of a list, the name in it; the same of the row that it is in the other list, or in this one again */
  return g_strdup_printf (_ ("Row %d, %s: row %d, %s"), row, name, other, other_name != NULL ? other_name : "–");
}

GtkWidget *
guitu_list_match_row (JsonObject *match)
{
  const char *person = guitu_json_text (match, "id");
  g_autofree char *why = guitu_match_reason_words (guitu_json_array (match, "why"));
  g_autofree char *likely = guitu_match_likely_words (match);
  g_autofree char *title = found_words (match);
  GtkWidget *row = guitu_section_row_new (title, why);

  guitu_person_row_mark (row, likely, guitu_match_likely_style (match));
  if (person == NULL)
    return row;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", person);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "lists.open");
  return row;
}

GtkWidget *
guitu_list_bad_row (JsonObject *bad)
{
  g_autofree char *title = g_strdup_printf (_ ("Row %d could not be read"), (int) guitu_json_integer (bad, "row", 0));

  return guitu_section_row_new (title, guitu_json_string (bad, "reason"));
}
