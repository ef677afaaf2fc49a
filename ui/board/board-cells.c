/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/board/board-cells.h"

#include "ui/widgets/json.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *path; /* the declared field whose label is the title; NULL: title */
  const char *title;
  const char *sample;
} columns[] = {
  [GUITU_BOARD_NAME] = { "person.name", NULL, "欧阳娜娜欧阳" },
  [GUITU_BOARD_BED] = { "stay.bed", NULL, "男1012-12" },
  [GUITU_BOARD_ABOUT] = { NULL, N_ ("Sex and Age"), "女 · 约45–50岁" },
  [GUITU_BOARD_NUMBER] = { "stay.number", NULL, "2026-1-0001" },
  [GUITU_BOARD_LIMIT] = { NULL, N_ ("Limit"), "10 days left" },
  [GUITU_BOARD_WHERE] = { NULL, N_ ("Where"), "去向不明 · 12-31 23:59" },
  [GUITU_BOARD_MARKS] = { NULL, N_ ("To Be Known"), "未成年 · 易走失 · 身份未确认 · 先行救助" },
};

const char *
guitu_board_title (GuituBoardColumn column)
{
  const char *path = columns[column].path;

  return path != NULL ? guitu_field_label (guitu_json_field (path, NULL)) : _ (columns[column].title);
}

const char *
guitu_board_sample (GuituBoardColumn column)
{
  return columns[column].sample;
}

static JsonObject *
person_of (JsonObject *stay)
{
  return guitu_json_object (stay, "person");
}

static char *
about_words (JsonObject *stay)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *sex = guitu_json_words (person_of (stay), "person.sex");
  g_autofree char *age = guitu_json_age_words (person_of (stay));

  guitu_json_join (words, sex);
  guitu_json_join (words, age);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Where somebody is who is not in the house; then what they wait for. */
static char *
where_words (JsonObject *stay)
{
  g_autofree char *where = guitu_stay_where_words (stay);
  g_autoptr (GString) words = g_string_new (where);

  if (!g_str_equal (guitu_json_string (stay, "state"), "in-house"))
    guitu_json_join (words, guitu_stay_state_words (stay));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What the columns “where” and “limit” tell already. */
static gboolean
is_told (const char *flag)
{
  static const char *const told[] = { "hospital", "leave", "missing", "overdue", NULL };

  return g_strv_contains (told, flag);
}

static char *
codes_words (JsonObject *stay, const char *member, const char *list)
{
  JsonArray *codes = guitu_json_array (stay, member);
  guint n = codes != NULL ? json_array_get_length (codes) : 0;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (!is_told (json_array_get_string_element (codes, i)))
      guitu_json_join (words, guitu_code_label (list, json_array_get_string_element (codes, i)));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
guitu_board_conflicts (JsonObject *stay)
{
  return codes_words (stay, "conflicts", "bed_rule");
}

char *
guitu_board_text (JsonObject *stay, GuituBoardColumn column)
{
  switch (column)
    {
    case GUITU_BOARD_NAME:
      return g_strdup (guitu_json_string (person_of (stay), "display_name"));
    case GUITU_BOARD_BED:
      return guitu_json_words (stay, "stay.bed");
    case GUITU_BOARD_ABOUT:
      return about_words (stay);
    case GUITU_BOARD_NUMBER:
      return guitu_json_words (stay, "stay.number");
    case GUITU_BOARD_LIMIT:
      return guitu_stay_days_words (stay);
    case GUITU_BOARD_WHERE:
      return where_words (stay);
    case GUITU_BOARD_MARKS:
    case GUITU_BOARD_N_COLUMNS:
    default:
      return guitu_json_text (stay, "fenced") != NULL ? g_strdup (guitu_code_label ("board_flag", "fenced"))
                                                      : codes_words (stay, "flags", "board_flag");
    }
}

const char *
guitu_board_zone (JsonObject *stay)
{
  const char *zone = guitu_json_text (stay, "zone");

  if (guitu_json_text (stay, "bed") == NULL)
    return _ ("Without a Bed");
  return zone != NULL ? guitu_code_label ("zone", zone) : _ ("Other Beds");
}

char *
guitu_board_words (JsonObject *stay)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *conflicts = guitu_board_conflicts (stay);

  for (guint i = 0; i < GUITU_BOARD_N_COLUMNS; i++)
    {
      g_autofree char *text = guitu_board_text (stay, i);

      guitu_json_join (words, text);
    }
  guitu_json_join (words, conflicts);
  guitu_json_join (words, guitu_board_zone (stay));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

gboolean
guitu_board_has_flag (JsonObject *stay, const char *flag)
{
  JsonArray *flags = guitu_json_array (stay, "flags");
  guint n = flags != NULL ? json_array_get_length (flags) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (json_array_get_string_element (flags, i), flag))
      return TRUE;
  return FALSE;
}

void
guitu_board_fill_choice (GtkDropDown *choice, const char *also, const char *list)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint n = 0;
  const GuituCode *const *codes = guitu_codes_list (list, &n);

  gtk_string_list_append (words, _ ("All"));
  if (also != NULL)
    gtk_string_list_append (words, also);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (words, guitu_code_label (list, codes[i]->code));
  gtk_drop_down_set_model (choice, G_LIST_MODEL (words));
}

static const struct
{
  const char *member;
  const char *words;
  const char *style; /* when there are any */
} totals[] = {
  { "men", N_ ("Men"), NULL },
  { "women", N_ ("Women"), NULL },
  { "minors", N_ ("Minors"), NULL },
  { "hospital", N_ ("In hospital"), "warning" },
  { "leave", N_ ("On leave"), "warning" },
  { "missing", N_ ("Not found"), "error" },
  { "free_beds", N_ ("Free beds"), "success" },
};

void
guitu_board_fill_totals (GtkBox *box, JsonObject *counts)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      gint64 n = guitu_json_integer (counts, totals[i].member, 0);
      g_autofree char *words = g_strdup_printf ("%s %d", _ (totals[i].words), (int) n);
      GtkWidget *label = gtk_label_new (words);

      gtk_widget_add_css_class (label, "mark");
      if (n > 0 && totals[i].style != NULL)
        gtk_widget_add_css_class (label, totals[i].style);
      gtk_box_append (box, label);
    }
}
