/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/compare-rows.h"

#include "ui/intake/same-person-list.h"
#include "ui/tracing/match-words.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>
#include <math.h>

#define MOST_BITS 12.0 /* where the bar is full */
#define BAR_WIDTH 70

/* What is compared: as the report calls it, as the person's record does, and as the reasons do. */
static const struct
{
  const char *theirs;
  const char *ours;
  const char *reason;
} fields[] = {
  { "missing.name", "person.name", "name" },
  { "missing.alias", "person.alias", "alias" },
  { "missing.sex", "person.sex", "sex" },
  { "missing.birth_from", "person.birth_from", "birth" },
  { "missing.height_cm", "person.height_cm", "height_cm" },
  { "missing.accent", "person.accent", "accent" },
  { "missing.household", "person.household", "household" },
  { "missing.address", "person.address", "address" },
  { "missing.marks", "person.marks", "marks" },
  { "missing.clothing", "stay.clothing", "clothing" },
  { "missing.health", "person.health", "health" },
  { "missing.nation", "person.nation", "nation" },
  { "missing.kin", "person.kin", "kin" },
  { "missing.phone", "person.phone", "phone" },
  { "missing.id_number", "person.id_number", "id_number" },
};

static JsonObject *
find_reason (JsonObject *finding, const char *field)
{
  JsonArray *why = guitu_json_array (finding, "why");

  for (guint i = 0; why != NULL && i < json_array_get_length (why); i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (why, i), "field"), field))
      return json_array_get_object_element (why, i);
  return NULL;
}

/* A field of one side in words; both days of a birth stand in one. */
static char *
words_of (JsonObject *side, const char *path)
{
  if (g_str_has_suffix (path, ".birth_from"))
    return guitu_birth_text (guitu_json_text (side, "birth_from"), guitu_json_text (side, "birth_to"));
  return guitu_json_words (side, path);
}

static GtkWidget *
build_cell (const char *text, const char *style, GtkSizeGroup *group)
{
  GtkWidget *label = guitu_label_new_text (text, style);

  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_size_group_add_widget (group, label);
  return label;
}

/* The bar says the same as the words beside it. */
static GtkWidget *
build_bar (JsonObject *reason)
{
  double weight = guitu_match_weight (reason);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, MOST_BITS);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), MIN (fabs (weight), MOST_BITS));
  gtk_widget_add_css_class (bar, weight < 0 ? "against" : "for");
  gtk_widget_set_size_request (bar, BAR_WIDTH, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_opacity (bar, reason == NULL ? 0 : 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, guitu_match_weight_words (reason), -1);
  return bar;
}

static GtkWidget *
build_row (const char *label, const char *theirs, const char *ours, JsonObject *reason, GtkSizeGroup *const *groups)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *fits = reason == NULL ? g_strdup ("") : g_strdup_printf (_ ("%s, %s"), guitu_match_how_words (reason), guitu_match_weight_words (reason));
  /* Translators: a field, what the report says, what our record says, how it fits */
  g_autofree char *spoken = g_strdup_printf (_ ("%s: theirs %s, ours %s. %s"), label, *theirs != '\0' ? theirs : "–", *ours != '\0' ? ours : "–", fits);

  gtk_box_append (GTK_BOX (box), build_cell (label, "dim-label", groups[0]));
  gtk_box_append (GTK_BOX (box), build_cell (theirs, NULL, groups[1]));
  gtk_box_append (GTK_BOX (box), build_cell (ours, NULL, groups[1]));
  gtk_box_append (GTK_BOX (box), build_cell (fits, "caption", groups[2]));
  gtk_box_append (GTK_BOX (box), build_bar (reason));
  gtk_widget_add_css_class (box, "person-cell");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

/* A reason about something that is no field of both, such as what was said. */
static gboolean
is_field (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].reason, name))
      return TRUE;
  return FALSE;
}

static void
add_other_reasons (GtkListBox *list, JsonObject *finding, GtkSizeGroup *const *groups)
{
  JsonArray *why = guitu_json_array (finding, "why");

  for (guint i = 0; why != NULL && i < json_array_get_length (why); i++)
    {
      JsonObject *reason = json_array_get_object_element (why, i);
      const char *label = NULL;
      g_autofree char *ours = guitu_same_person_words (reason, "ours", &label);
      g_autofree char *theirs = guitu_same_person_words (reason, "theirs", &label);

      if (!is_field (guitu_json_string (reason, "field")))
        gtk_list_box_append (list, build_row (label, theirs, ours, reason, groups));
    }
}

/* What was compared may have been said, and stand in no field: then the reason tells it. */
static char *
told (JsonObject *side, const char *path, JsonObject *reason, const char *member)
{
  char *words = words_of (side, path);
  const char *label = NULL;

  if (*words != '\0' || reason == NULL)
    return words;
  g_free (words);
  return guitu_same_person_words (reason, member, &label);
}

void
guitu_compare_rows_fill (GtkListBox *list, JsonObject *finding)
{
  JsonObject *report = guitu_match_report (finding), *own = guitu_match_own (finding);
  gboolean is_of_report = own == guitu_json_object (finding, "missing"); /* no person is here: a notice of another station fits a report of ours */
  gboolean is_of_persons = guitu_json_object (finding, GUITU_MATCH_OTHER) != NULL;
  GtkSizeGroup *groups[3];
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    groups[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      JsonObject *reason = find_reason (finding, fields[i].reason);
      g_autofree char *theirs = told (report, is_of_persons ? fields[i].ours : fields[i].theirs, reason, "theirs");
      g_autofree char *ours = told (own, is_of_report ? fields[i].theirs : fields[i].ours, reason, "ours");
      const char *label = g_str_has_suffix (fields[i].theirs, ".birth_from") ? _ ("Born") : guitu_field_label (guitu_json_field (is_of_persons ? fields[i].ours : fields[i].theirs, NULL));

      if (*theirs != '\0' || *ours != '\0')
        gtk_list_box_append (list, build_row (label, theirs, ours, reason, groups));
    }
  add_other_reasons (list, finding, groups);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    g_object_unref (groups[i]);
}
