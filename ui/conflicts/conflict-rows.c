/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/conflicts/conflict-rows.h"

#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

#include <string.h>

#define CONFLICT "guitu-conflict"
#define SIDE_BY_SIDE 3 /* more values stand below one another */
#define LABEL_CHARACTERS 12

/* --- Words ----------------------------------------------------------------------------------- */

JsonObject *
guitu_conflict_row_get (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), CONFLICT);
}

gboolean
guitu_conflict_is_free (JsonObject *conflict)
{
  return guitu_json_flag (conflict, "choose");
}

/* A field of a newer program has no label here, and no words. */
static gboolean
is_known (JsonObject *conflict)
{
  return guitu_json_text (conflict, "field_english") != NULL;
}

const char *
guitu_conflict_field (JsonObject *conflict)
{
  const GuituField label = { .english = guitu_json_string (conflict, "field_english"), .chinese = guitu_json_string (conflict, "field_chinese") };

  return is_known (conflict) ? guitu_field_label (&label) : guitu_json_string (conflict, "field");
}

static const char *
kind_words (JsonObject *conflict)
{
  const GuituField label = { .english = guitu_json_string (conflict, "kind_english"), .chinese = guitu_json_string (conflict, "kind_chinese") };

  return guitu_field_label (&label);
}

static char *
value_words (JsonObject *conflict, JsonObject *value)
{
  g_autofree char *path = g_strconcat (guitu_json_string (conflict, "kind"), ".", guitu_json_string (conflict, "field"), NULL);
  g_autofree char *words = is_known (conflict) ? guitu_json_value_words (value, path) : g_strdup (guitu_json_text (value, "value"));

  return g_strdup (words == NULL || *words == '\0' ? "—" : words);
}

/* "2026-11-22 10:05:07" for a time; other values as they are kept. */
static char *
exact_words (const char *value)
{
  if (strlen (value) > strlen ("2026-11-22T10:05:07") && value[10] == 'T')
    return g_strdup_printf ("%.10s %.8s", value, value + 11);
  return g_strdup (value);
}

/* Two times that differ by seconds read the same: then they are told to the second. */
char *
guitu_conflict_value (JsonObject *conflict, JsonObject *value)
{
  JsonArray *values = guitu_json_array (conflict, "values");
  g_autofree char *words = value_words (conflict, value);

  for (guint i = 0; i < guitu_json_count (conflict, "values"); i++)
    {
      JsonObject *other = json_array_get_object_element (values, i);
      g_autofree char *others = value_words (conflict, other);

      if (!g_str_equal (guitu_json_string (other, "value"), guitu_json_string (value, "value")) && g_str_equal (words, others))
        return exact_words (guitu_json_string (value, "value"));
    }
  return g_steal_pointer (&words);
}

const char *
guitu_conflict_other_version (JsonObject *conflict, const char *version)
{
  JsonArray *values = guitu_json_array (conflict, "values");
  const char *stood = guitu_json_string (json_array_get_object_element (values, 0), "version");

  if (!guitu_conflict_is_free (conflict))
    return NULL;
  if (!g_str_equal (stood, version))
    return stood;
  return json_array_get_length (values) == 2 ? guitu_json_string (json_array_get_object_element (values, 1), "version") : NULL;
}

JsonObject *
guitu_conflict_find_value (JsonObject *conflict, const char *version)
{
  JsonArray *values = guitu_json_array (conflict, "values");

  for (guint i = 0; i < guitu_json_count (conflict, "values"); i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (values, i), "version"), version))
      return json_array_get_object_element (values, i);
  return NULL;
}

/* The station is told where two of them wrote. */
static gboolean
has_two_stations (JsonObject *conflict)
{
  JsonArray *values = guitu_json_array (conflict, "values");

  for (guint i = 1; i < json_array_get_length (values); i++)
    if (!g_str_equal (guitu_json_string (json_array_get_object_element (values, i), "station"),
                      guitu_json_string (json_array_get_object_element (values, 0), "station")))
      return TRUE;
  return FALSE;
}

static char *
desk_words (JsonObject *value)
{
  guint desk = guitu_json_integer (value, "desk", 0);

  return desk == 0 ? g_strdup (_ ("Unknown desk")) : g_strdup_printf (_ ("Desk %u"), desk);
}

/* Desk, user and time of a write. */
static char *
who_words (JsonObject *conflict, JsonObject *value)
{
  g_autofree char *desk = desk_words (value);
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (value, "at"));
  g_autoptr (GString) words = g_string_new (desk);
  const char *user = guitu_json_text (value, "user_name");

  if (has_two_stations (conflict))
    guitu_json_join (words, guitu_json_text (value, "station"));
  guitu_json_join (words, user != NULL ? user : guitu_json_text (value, "user"));
  guitu_json_join (words, at);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- Values ---------------------------------------------------------------------------------- */

static char *
spoken_value (JsonObject *conflict, JsonObject *value, const char *words)
{
  g_autofree char *who = who_words (conflict, value);
  const char *field = guitu_conflict_field (conflict);

  if (guitu_json_flag (value, "stands"))
    return g_strdup_printf (_ ("Keep %s “%s” (%s)"), field, words, who);
  return g_strdup_printf (_ ("Take %s “%s” (%s)"), field, words, who);
}

/* "1", which is the key that chooses it; the value; who wrote it; and whether it stands. */
static GtkWidget *
value_content (JsonObject *conflict, JsonObject *value, const char *words, guint number)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *text = guitu_label_new_text (words, NULL);
  g_autofree char *digit = g_strdup_printf ("%u", number);
  g_autofree char *who = who_words (conflict, value);
  GtkWidget *key = gtk_label_new (digit);

  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (key, "key-hint");
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), text);
  gtk_box_append (GTK_BOX (lines), guitu_label_new_text (who, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (lines), "dim-label");
  gtk_box_append (GTK_BOX (box), key);
  gtk_box_append (GTK_BOX (box), lines);
  if (guitu_json_flag (value, "stands"))
    {
      GtkWidget *mark = gtk_label_new (_ ("Stands"));

      gtk_widget_add_css_class (mark, "mark");
      gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), mark);
    }
  return box;
}

static GtkWidget *
value_button (JsonObject *conflict, JsonObject *value, guint number)
{
  g_autofree char *words = guitu_conflict_value (conflict, value);
  g_autofree char *spoken = spoken_value (conflict, value, words);
  gboolean stands = guitu_json_flag (value, "stands");
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), value_content (conflict, value, words, number));
  gtk_widget_add_css_class (button, "value");
  if (stands)
    gtk_widget_add_css_class (button, "stands");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ssss)", guitu_json_string (conflict, "kind"), guitu_json_string (conflict, "id"),
                                    guitu_json_string (conflict, "field"), guitu_json_string (value, "version"));
  if (stands || guitu_conflict_is_free (conflict))
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.choose");
  else
    gtk_widget_set_sensitive (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return button;
}

/* Why only the value that stands can be confirmed. */
static const char *
fixed_words (JsonObject *conflict)
{
  if (guitu_conflict_is_free (conflict))
    return "";
  return g_str_equal (guitu_json_string (conflict, "fixed"), "derived-field")
             ? _ ("Set by the program: what stands can be confirmed.")
             : _ ("Changed by an act of its own: confirm what stands, then do that act in the file.");
}

static GtkWidget *
field_row (JsonObject *conflict)
{
  JsonArray *values = guitu_json_array (conflict, "values");
  guint n = json_array_get_length (values);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = guitu_label_new_text (guitu_conflict_field (conflict), NULL);
  GtkWidget *side = gtk_box_new (n > SIDE_BY_SIDE ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *fixed = guitu_label_new_text (NULL, "caption");

  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARACTERS);
  gtk_box_set_homogeneous (GTK_BOX (side), TRUE);
  gtk_widget_set_hexpand (side, TRUE);
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (side), value_button (conflict, json_array_get_object_element (values, i), i + 1));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), side);
  gtk_widget_add_css_class (fixed, "dim-label");
  guitu_label_show (GTK_LABEL (fixed), fixed_words (conflict));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), fixed);
  gtk_widget_add_css_class (box, "conflict");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), CONFLICT, json_object_ref (conflict), (GDestroyNotify) json_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, guitu_conflict_field (conflict), -1);
  return row;
}

/* --- Records --------------------------------------------------------------------------------- */

/* Behind a fence there is nothing to choose, but whom to ask. */
static GtkWidget *
fenced_row (JsonObject *conflict)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *words = g_strdup_printf (_ ("What two desks wrote here is for %s to settle."), guitu_json_string (conflict, "ask"));
  GtkWidget *label = guitu_label_new_text (words, NULL);

  gtk_widget_add_css_class (label, "conflict");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), CONFLICT, json_object_ref (conflict), (GDestroyNotify) json_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return row;
}

static GtkWidget *
add_button (GtkWidget *head, const char *label, const char *about, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", label, about);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_box_append (GTK_BOX (head), button);
  return button;
}

/* The first value among @conflicts that does not stand and was written with others of them. */
static JsonObject *
find_set (JsonArray *conflicts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    {
      JsonObject *conflict = json_array_get_object_element (conflicts, i);
      JsonArray *values = guitu_json_array (conflict, "values");

      for (guint j = 1; guitu_conflict_is_free (conflict) && j < json_array_get_length (values); j++)
        {
          JsonObject *value = json_array_get_object_element (values, j);

          if (!g_hash_table_add (seen, (gpointer) guitu_json_string (value, "version")))
            return value;
        }
    }
  return NULL;
}

static gboolean
is_masked (JsonArray *conflicts)
{
  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    if (guitu_json_flag (json_array_get_object_element (conflicts, i), "masked"))
      return TRUE;
  return FALSE;
}

static void
add_buttons (GtkWidget *head, JsonArray *conflicts, const char *title)
{
  JsonObject *first = json_array_get_object_element (conflicts, 0);
  JsonObject *set = find_set (conflicts);
  const char *id = guitu_json_string (first, "id");
  GtkWidget *button;

  if (is_masked (conflicts))
    gtk_actionable_set_action_target (GTK_ACTIONABLE (add_button (head, _ ("Show Numbers"), title, "page.reveal")), "s", id);
  if (set != NULL)
    {
      g_autofree char *desk = desk_words (set);
      g_autofree char *label = g_strdup_printf (_ ("Take All: %s"), desk);

      button = add_button (head, label, title, "page.take-all");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", guitu_json_string (first, "kind"), id, guitu_json_string (set, "version"));
    }
  button = add_button (head, _ ("Keep All"), title, "page.keep-all");
  gtk_widget_set_tooltip_text (button, _ ("Keep everything of this record as it stands (Ctrl+D)"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", guitu_json_string (first, "kind"), id);
}

GtkWidget *
guitu_conflict_group_new (JsonArray *conflicts, GtkListBox **list)
{
  JsonObject *first = json_array_get_object_element (conflicts, 0);
  const char *person = guitu_json_text (first, "person");
  gboolean is_fenced = guitu_json_text (first, "fenced") != NULL;
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = guitu_label_new_line ("heading");
  GtkWidget *rows = gtk_list_box_new ();
  g_autoptr (GString) title = g_string_new (is_fenced ? _ ("Protected person") : guitu_json_text (first, "display_name"));

  if (!is_fenced)
    guitu_json_join (title, kind_words (first));
  guitu_json_join (title, guitu_json_text (first, "of"));
  gtk_label_set_text (GTK_LABEL (label), title->str);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  if (person != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (add_button (head, _ ("Open File"), title->str, "page.open-person")), "s", person);
  if (!is_fenced)
    add_buttons (head, conflicts, title->str);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, title->str, -1);
  for (guint i = 0; i < (is_fenced ? 1 : json_array_get_length (conflicts)); i++)
    gtk_list_box_append (GTK_LIST_BOX (rows), is_fenced ? fenced_row (first) : field_row (json_array_get_object_element (conflicts, i)));
  gtk_box_append (GTK_BOX (group), head);
  gtk_box_append (GTK_BOX (group), rows);
  *list = GTK_LIST_BOX (rows);
  return group;
}
