/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-rows.h"

#include "app/app.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>
#include <string.h>

static GtkWidget *
add_button (GtkWidget *row, const char *icon, const char *tip, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *spoken = g_strdup_printf ("%s %s", tip, target);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

void
guitu_person_row_mark (GtkWidget *row, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  if (*words == '\0')
    return;
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "mark");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

GtkWidget *
guitu_person_statement_row (JsonObject *statement)
{
  g_autoptr (GString) about = g_string_new (NULL);
  g_autofree char *topic = guitu_json_words (statement, "statement.about");
  g_autofree char *heard = guitu_json_words (statement, "statement.heard_at");
  g_autofree char *confidence = guitu_json_words (statement, "statement.confidence");
  g_autofree char *words = g_strdup_printf ("“%s”", guitu_json_string (statement, "text"));

  guitu_json_join (about, topic);
  guitu_json_join (about, guitu_json_text (statement, "sound"));
  guitu_json_join (about, confidence);
  guitu_json_join (about, heard);
  guitu_json_join (about, guitu_json_text (statement, "heard_by_name"));
  return guitu_section_row_new (words, about->str);
}

GtkWidget *
guitu_person_stay_row (JsonObject *stay)
{
  g_autoptr (GString) title = g_string_new (guitu_json_string (stay, "number"));
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *came_by = guitu_json_words (stay, "stay.came_by");
  g_autofree char *leave_by = guitu_json_words (stay, "stay.leave_by");
  g_autofree char *arrived = guitu_json_words (stay, "stay.arrived_at");
  g_autofree char *left = guitu_json_words (stay, "stay.left_at");
  g_autofree char *days = guitu_stay_days_words (stay);
  g_autofree char *bed = guitu_json_text (stay, "bed") != NULL ? g_strdup_printf (_ ("Bed %s"), guitu_json_text (stay, "bed")) : NULL;
  GtkWidget *row;

  guitu_json_join (title, came_by);
  guitu_json_join (title, leave_by);
  g_string_append (detail, arrived);
  if (*left != '\0')
    g_string_append_printf (detail, " → %s", left);
  guitu_json_join (detail, bed);
  row = guitu_section_row_new (title->str, detail->str);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Show the timeline of this stay"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (stay, "id"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.show-stay");
  if (*days != '\0')
    guitu_person_row_mark (row, days, guitu_stay_days_style (stay));
  else
    guitu_person_row_mark (row, guitu_stay_state_words (stay), NULL);
  return row;
}

/* Says what a button is about where its target is no words. */
static void
speak (GtkWidget *button, const char *about)
{
  g_autofree char *spoken = g_strdup_printf ("%s %s", gtk_widget_get_tooltip_text (button), about);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* What is not issued yet has no number: it goes on, or is given up. */
static GtkWidget *
draft_row (JsonObject *paper)
{
  const char *id = guitu_json_string (paper, "id");
  const char *title = guitu_json_string (paper, "title");
  g_autofree char *words = guitu_json_words (paper, "paper.state");
  GtkWidget *row = guitu_section_row_new (title, _ ("Not issued yet"));
  GtkWidget *open;

  guitu_person_row_mark (row, words, "dim-label");
  speak (add_button (row, "user-trash-symbolic", _ ("Discard the Draft"), "page.discard-draft", id), title);
  open = add_button (row, "document-edit-symbolic", _ ("Go On with the Draft"), "page.fill-draft", id);
  speak (open, title);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), open);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  return row;
}

GtkWidget *
guitu_person_paper_row (JsonObject *paper)
{
  const char *number = guitu_json_string (paper, "number");
  const char *state = guitu_json_string (paper, "state");
  g_autofree char *words = guitu_json_words (paper, "paper.state");
  g_autofree char *issued = guitu_json_words (paper, "paper.issued_at");
  g_autoptr (GString) detail = g_string_new (number);
  GtkWidget *row;
  GtkWidget *open;
  gboolean is_good = g_str_equal (state, "issued");

  if (g_str_equal (state, "draft"))
    return draft_row (paper);
  guitu_json_join (detail, issued);
  row = guitu_section_row_new (guitu_json_string (paper, "title"), detail->str);
  guitu_person_row_mark (row, words, is_good ? "success" : "dim-label");
  if (is_good)
    {
      add_button (row, "document-revert-symbolic", _ ("Reprint"), "page.reprint-paper", number);
      add_button (row, "user-trash-symbolic", _ ("Void"), "page.void-paper", number);
    }
  open = add_button (row, "document-print-preview-symbolic", _ ("Open"), "win.open-paper", number);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), open);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  return row;
}

static const char *
field_label (const char *kind_name, const char *name)
{
  const GuituKind *kind = guitu_kind_find (kind_name);
  int index = kind != NULL ? guitu_kind_field (kind, name) : -1;

  return index >= 0 ? guitu_field_label (&kind->fields[index]) : name;
}

/* --- History --------------------------------------------------------------------------------- */

static const struct
{
  const char *act;
  const char *words;
} acts[] = {
  { "person add", N_ ("Registered") },
  { "stay arrive", N_ ("Registered") },
  { "stay admit", N_ ("Registered and admitted") },
  { "person edit", N_ ("Changed") },
  { "conflict settle", N_ ("Conflict settled") },
  { "file add", N_ ("File added") },
  { "demo", N_ ("Invented for practice") },
};

static const char *
act_words (const char *act)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].act, act))
      return _ (acts[i].words);
  return act;
}

static gboolean
is_same_act (JsonObject *a, JsonObject *b)
{
  return g_str_equal (guitu_json_string (a, "at"), guitu_json_string (b, "at")) &&
         g_str_equal (guitu_json_string (a, "act"), guitu_json_string (b, "act")) &&
         g_str_equal (guitu_json_string (a, "user"), guitu_json_string (b, "user"));
}

JsonArray *
guitu_person_group_history (JsonArray *changes, guint limit)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (JsonArray) newest = json_array_new ();
  JsonObject *last = NULL;
  guint n = changes != NULL ? json_array_get_length (changes) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      if (last == NULL || !is_same_act (last, change))
        {
          last = json_object_new ();
          guitu_json_set (last, "at", guitu_json_text (change, "at"));
          guitu_json_set (last, "act", guitu_json_text (change, "act"));
          guitu_json_set (last, "user", guitu_json_text (change, "user"));
          json_object_set_array_member (last, "changes", json_array_new ());
          g_ptr_array_add (groups, last);
        }
      json_array_add_object_element (json_object_get_array_member (last, "changes"), json_object_ref (change));
    }
  for (guint i = groups->len; i > 0 && json_array_get_length (newest) < limit; i--)
    json_array_add_object_element (newest, json_object_ref (g_ptr_array_index (groups, i - 1)));
  return g_steal_pointer (&newest);
}

/* The value that a field got in an act, or NULL. */
static const char *
value_in (JsonArray *changes, const char *field)
{
  guint n = json_array_get_length (changes);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (changes, i), "field"), field))
      return guitu_json_text (json_array_get_object_element (changes, i), "value");
  return NULL;
}

/* "Sex Female": a field and what it became; NULL for what another entry tells, and for what only programs read. */
static char *
change_words (JsonObject *change, JsonArray *changes)
{
  const char *name = guitu_json_string (change, "field");
  const GuituKind *kind = guitu_kind_find ("person");
  int position = guitu_kind_field (kind, name);
  g_autofree char *path = g_strconcat ("person.", name, NULL);
  g_autofree char *value = NULL;

  if (g_str_equal (name, "photo"))
    return g_strdup (_ ("Photo changed"));
  if (position < 0 || kind->fields[position].type == GUITU_FIELD_REFERENCE)
    return NULL;
  if (g_str_equal (name, "birth_to") && value_in (changes, "birth_from") != NULL)
    return NULL;
  if (g_str_has_prefix (name, "birth_"))
    {
      const char *from = value_in (changes, "birth_from");
      const char *to = value_in (changes, "birth_to");

      value = guitu_birth_text (from, from != NULL && to == NULL ? from : to);
      return g_strdup_printf ("%s %s", _ ("Born"), *value != '\0' ? value : "—");
    }
  value = guitu_json_value_words (change, path);
  return g_strdup_printf ("%s %s", guitu_field_label (&kind->fields[position]), *value != '\0' ? value : "—");
}

GtkWidget *
guitu_person_history_row (JsonObject *act)
{
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (act, "at"));
  g_autoptr (GString) title = g_string_new (act_words (guitu_json_string (act, "act")));
  g_autoptr (GString) detail = g_string_new (NULL);
  JsonArray *changes = guitu_json_array (act, "changes");
  guint n = changes != NULL ? json_array_get_length (changes) : 0;

  guitu_json_join (title, guitu_json_text (act, "user"));
  guitu_json_join (title, at);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = change_words (json_array_get_object_element (changes, i), changes);

      guitu_json_join (detail, words);
    }
  return guitu_section_row_new (title->str, detail->str);
}

/* --- Conflicts ------------------------------------------------------------------------------- */

GtkWidget *
guitu_person_conflict_row (JsonObject *conflict)
{
  const char *kind = guitu_json_string (conflict, "kind");
  const char *field = guitu_json_string (conflict, "field");
  g_autofree char *path = g_strconcat (kind, ".", field, NULL);
  g_autoptr (GString) detail = g_string_new (NULL);
  JsonArray *values = guitu_json_array (conflict, "values");
  guint n = values != NULL ? json_array_get_length (values) : 0;
  g_autoptr (GString) title = NULL;
  GtkWidget *row, *button;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *value = json_array_get_object_element (values, i);
      g_autofree char *at = guitu_moment_from_iso (guitu_json_text (value, "at"));
      g_autofree char *words = guitu_json_value_words (value, path);
      g_autofree char *line = g_strdup_printf ("%s (%s, %s)", words, guitu_json_string (value, "user"), at);

      if (i > 0)
        g_string_append_c (detail, '\n');
      g_string_append (detail, line);
    }
  title = g_string_new (g_str_equal (kind, "person") ? NULL : guitu_json_text (conflict, "of"));
  guitu_json_join (title, field_label (kind, field));
  row = guitu_section_row_new (title->str, detail->str);
  button = add_button (row, "object-select-symbolic", _ ("The first value is right"), "page.settle", title->str);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", kind, guitu_json_string (conflict, "id"), field);
  return row;
}

GtkWidget *
guitu_person_conflicts_link (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Compare All"));

  gtk_widget_set_tooltip_text (button, _ ("All conflicts, with both values (Ctrl+8)"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "conflicts");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-page");
  return button;
}
