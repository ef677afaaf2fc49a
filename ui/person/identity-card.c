/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/identity-card.h"

#include "app/app.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuituIdentityCard
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (GuituIdentityCard, guitu_identity_card, ADW_TYPE_BIN)

/* What a statement of the given topic is about; the first rows are there even when nothing is known. */
static const struct
{
  const char *path;
  const char *topic;
  gboolean is_always;
} lines[] = {
  { "person.name", "name", TRUE },
  { "person.sex", NULL, TRUE },
  { "person.birth_from", "age", TRUE },
  { "person.id_number", NULL, TRUE },
  { "person.household", "home", TRUE },
  { "person.address", "home", FALSE },
  { "person.phone", "phone", TRUE },
  { "person.kin", "kin", FALSE },
  { "person.health", "health", TRUE },
  { "person.alias", NULL, FALSE },
  { "person.nation", NULL, FALSE },
  { "person.accent", NULL, FALSE },
  { "person.height_cm", NULL, FALSE },
  { "person.marks", NULL, FALSE },
  { "person.literate", NULL, FALSE },
  { "person.id_override", NULL, FALSE },
  { "person.national_number", NULL, FALSE },
};

static GtkWidget *
build_label (const char *text, const char *style, gboolean is_selectable)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), is_selectable);
  if (is_selectable)
    gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Both ends of the birth stand in one line. */
static const char *
line_label (const char *path)
{
  return strcmp (path, "person.birth_from") == 0 ? _ ("Born") : guitu_field_label (guitu_json_field (path, NULL));
}

static char *
value_words (JsonObject *person, const char *path)
{
  if (strcmp (path, "person.birth_from") == 0)
    {
      g_autofree char *birth = guitu_birth_text (guitu_json_text (person, "birth_from"), guitu_json_text (person, "birth_to"));
      g_autofree char *age = guitu_json_age_words (person);
      g_autoptr (GString) words = g_string_new (birth);

      guitu_json_join (words, age);
      return g_string_free (g_steal_pointer (&words), FALSE);
    }
  return guitu_json_words (person, path);
}

/* The newest statement about @topic, or "". */
static const char *
said_about (JsonObject *person, const char *topic)
{
  JsonArray *statements = guitu_json_array (person, "statements");
  guint n = statements != NULL ? json_array_get_length (statements) : 0;
  const char *newest = "";
  const char *text = "";

  for (guint i = 0; topic != NULL && i < n; i++)
    {
      JsonObject *statement = json_array_get_object_element (statements, i);

      if (strcmp (guitu_json_string (statement, "about"), topic) != 0 ||
          strcmp (guitu_json_string (statement, "heard_at"), newest) < 0)
        continue;
      newest = guitu_json_string (statement, "heard_at");
      text = guitu_json_string (statement, "text");
    }
  return text;
}

static GtkWidget *
with_reveal (GtkWidget *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *button = gtk_button_new_from_icon_name ("view-reveal-symbolic");

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Show the number in full (this is recorded)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Show ID Number"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.reveal");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
attach_line (GtkGrid *grid, int *row, JsonObject *person, gsize index, gboolean is_verified)
{
  const char *path = lines[index].path;
  g_autofree char *value = value_words (person, path);
  const char *said = said_about (person, lines[index].topic);
  const char *claimed = is_verified || *value == '\0' ? said : value;
  GtkWidget *held;

  if (*value == '\0' && *said == '\0' && !lines[index].is_always)
    return;
  held = build_label (*value != '\0' && is_verified ? value : *claimed != '\0' ? claimed
                                                                               : "—",
                      NULL, TRUE);
  if (strchr (value, '*') != NULL && strcmp (path, "person.id_number") == 0)
    held = with_reveal (held);
  gtk_grid_attach (grid, build_label (line_label (path), "dim-label", FALSE), 0, *row, 1, 1);
  gtk_grid_attach (grid, held, is_verified ? 2 : 1, *row, 1, 1);
  gtk_grid_attach (grid, build_label (is_verified && *claimed != '\0' ? claimed : "—", "dim-label", FALSE), is_verified ? 1 : 2, *row, 1, 1);
  *row += 1;
}

static void
attach_heads (GtkGrid *grid, JsonObject *person, gboolean is_verified)
{
  g_autofree char *by = guitu_json_words (person, "person.verified_by");
  g_autofree char *verified = is_verified ? g_strdup_printf (_ ("Verified (%s)"), by) : g_strdup (_ ("Not verified yet"));

  gtk_grid_attach (grid, build_label (_ ("Claimed"), "heading", FALSE), 1, 0, 1, 1);
  gtk_grid_attach (grid, build_label (verified, "heading", FALSE), 2, 0, 1, 1);
}

void
guitu_identity_card_show (GuituIdentityCard *self, JsonObject *person)
{
  const char *verified_by = guitu_json_text (person, "verified_by");
  gboolean is_verified = verified_by != NULL && strcmp (verified_by, "none") != 0;
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  int row = 1;

  gtk_grid_set_column_spacing (grid, 14);
  gtk_grid_set_row_spacing (grid, 6);
  gtk_widget_add_css_class (GTK_WIDGET (grid), "identity");
  gtk_widget_add_css_class (GTK_WIDGET (grid), "card");
  attach_heads (grid, person, is_verified);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    attach_line (grid, &row, person, i, is_verified);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int column;

      gtk_grid_query_child (grid, child, &column, NULL, NULL, NULL);
      gtk_widget_set_hexpand (child, column > 0);
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (grid));
}

static void
guitu_identity_card_class_init (GuituIdentityCardClass *klass)
{
}

static void
guitu_identity_card_init (GuituIdentityCard *self)
{
}
