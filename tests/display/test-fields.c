/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/display/display.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/needle.h"
#include "ui/widgets/section.h"

/* Each declared field of the records that people fill in makes a row that takes and gives its value. */
static void
test_every_field (void)
{
  static const char *const kinds[] = { "person", "stay", "statement", "transfer" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const GuituKind *kind = guitu_kind_find (kinds[i]);

      for (guint j = 0; j < kind->n_fields; j++)
        {
          g_autofree char *path = g_strconcat (kinds[i], ".", kind->fields[j].name, NULL);
          GuituFieldRow *row = g_object_ref_sink (guitu_field_row_new (path));
          g_autoptr (GPtrArray) unnamed = display_unnamed (GTK_WIDGET (row));

          g_test_message ("%s", path);
          g_assert_true (guitu_field_row_is_empty (row));
          g_assert_cmpuint (unnamed->len, ==, 0);
          g_object_unref (row);
        }
    }
}

static void
test_code (void)
{
  GuituFieldRow *row = g_object_ref_sink (guitu_field_row_new ("person.nation"));
  g_autoptr (JsonObject) record = json_object_new ();
  g_autofree char *text = NULL;

  guitu_field_row_set_text (row, "56");
  guitu_field_row_collect (row, record);
  g_assert_cmpstr (guitu_json_text (record, "nation"), ==, "56");
  guitu_field_row_set_text (row, "");
  text = guitu_field_row_get_text (row);
  g_assert_cmpstr (text, ==, "");
  g_object_unref (row);
}

static void
test_choices (void)
{
  GuituFieldRow *row = g_object_new (GUITU_TYPE_FIELD_ROW, "field", "person.sex", "choices", 4, NULL);
  g_autofree char *text = NULL;

  g_object_ref_sink (row);
  g_assert_true (guitu_field_row_is_empty (row));
  guitu_field_row_set_text (row, "2");
  text = guitu_field_row_get_text (row);
  g_assert_cmpstr (text, ==, "2");
  guitu_field_row_set_text (row, "");
  g_assert_true (guitu_field_row_is_empty (row));
  g_object_unref (row);
}

static void
test_birth (void)
{
  GuituFieldRow *row = g_object_ref_sink (guitu_field_row_new ("person.birth_from"));
  g_autoptr (JsonObject) record = json_object_new ();
  g_autoptr (JsonObject) same = json_object_new ();

  g_assert_true (guitu_field_row_covers (row, "birth_to"));
  guitu_field_row_set_text (row, "1975-1980");
  guitu_field_row_set_text (row, "1980");
  guitu_field_row_collect (row, record);
  g_assert_cmpstr (guitu_json_text (record, "birth_from"), ==, "1980-01-01");
  g_assert_cmpstr (guitu_json_text (record, "birth_to"), ==, "1980-12-31");
  guitu_field_row_load (row, record);
  g_assert_false (guitu_field_row_is_changed (row));
  guitu_field_row_collect (row, same);
  g_assert_true (json_object_equal (record, same));
  g_object_unref (row);
}

/* A region is shown by name and kept by code, until somebody types over it. */
static void
test_region (void)
{
  GuituFieldRow *row = g_object_ref_sink (guitu_field_row_new ("person.household"));
  g_autoptr (JsonObject) record = json_object_new ();
  g_autoptr (JsonObject) kept = json_object_new ();
  g_autoptr (JsonObject) typed = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (record, "household", "440105");
  json_object_set_string_member (record, "household_name", "广东省广州市海珠区");
  guitu_field_row_load (row, record);
  text = guitu_field_row_get_text (row);
  g_assert_cmpstr (text, ==, "广东省广州市海珠区");
  guitu_field_row_collect (row, kept);
  g_assert_cmpstr (guitu_json_text (kept, "household"), ==, "440105");
  guitu_field_row_set_text (row, "韶关");
  guitu_field_row_collect (row, typed);
  g_assert_cmpstr (guitu_json_text (typed, "household"), ==, "韶关");
  g_object_unref (row);
}

static void
test_error (void)
{
  GuituFieldRow *row = g_object_ref_sink (guitu_field_row_new ("person.phone"));

  guitu_field_row_set_error (row, "No digits");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
  guitu_field_row_set_text (row, "139");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
  g_object_unref (row);
}

static void
test_needle (void)
{
  g_autofree char *needle = guitu_needle_new ("  WANG ");
  g_autofree char *nothing = guitu_needle_new (" ");

  g_assert_true (guitu_needle_is_in (needle, "Li · wang"));
  g_assert_false (guitu_needle_is_in (needle, "Li · Zhang"));
  g_assert_true (guitu_needle_is_in (nothing, ""));
  g_assert_true (guitu_needle_is_in (NULL, "Li"));
}

static GtkWidget *
row_with_button (JsonObject *record)
{
  GtkWidget *row = guitu_section_row_new (guitu_json_string (record, "title"), "");

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_button_new_with_label ("Act"));
  return row;
}

static JsonArray *
records (guint n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      JsonObject *record = json_object_new ();
      g_autofree char *title = g_strdup_printf ("%u of %u", i, n);

      guitu_json_set (record, "title", title);
      json_array_add_object_element (array, record);
    }
  return array;
}

/* The n-th widget of a type below @root. */
static GtkWidget *
find_below (GtkWidget *root, GType type, guint *n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) && (*n)-- == 0 ? child : find_below (child, type, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
nth (GtkWidget *root, GType type, guint n)
{
  return find_below (root, type, &n);
}

/* A section that is filled anew shows all if all were asked for, and keeps the focus at the same button. */
static void
test_section (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GuituSection *section = g_object_new (GUITU_TYPE_SECTION, "title", "Things", NULL);
  g_autoptr (JsonArray) five = records (5);
  g_autoptr (JsonArray) same = records (5);
  g_autoptr (JsonArray) six = records (6);
  GtkWidget *row;

  gtk_window_set_child (window, GTK_WIDGET (section));
  guitu_section_set_row (section, row_with_button);
  guitu_section_set_limit (section, 2);
  guitu_section_fill (section, five);
  g_assert_null (nth (GTK_WIDGET (section), GTK_TYPE_LIST_BOX_ROW, 2));
  gtk_window_present (window);
  g_signal_emit_by_name (nth (GTK_WIDGET (section), GTK_TYPE_BUTTON, 2), "clicked");
  row = nth (GTK_WIDGET (section), GTK_TYPE_LIST_BOX_ROW, 3);
  gtk_widget_grab_focus (nth (row, GTK_TYPE_BUTTON, 0));
  guitu_section_fill (section, same);
  g_assert_true (row == nth (GTK_WIDGET (section), GTK_TYPE_LIST_BOX_ROW, 3));
  guitu_section_fill (section, six);
  row = nth (GTK_WIDGET (section), GTK_TYPE_LIST_BOX_ROW, 3);
  g_assert_true (gtk_window_get_focus (window) == nth (row, GTK_TYPE_BUTTON, 0));
  g_assert_nonnull (nth (GTK_WIDGET (section), GTK_TYPE_LIST_BOX_ROW, 5));
  guitu_section_fill (section, NULL);
  guitu_section_fill (section, six);
  g_assert_null (nth (GTK_WIDGET (section), GTK_TYPE_LIST_BOX_ROW, 2));
  gtk_window_destroy (window);
}

/* When the row that has the focus goes and no other comes, the focus stays on the page. */
static void
test_last_row (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *outside = gtk_button_new_with_label ("Menu");
  GtkWidget *beside = gtk_button_new_with_label ("Beside");
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GuituSection *section = g_object_new (GUITU_TYPE_SECTION, "title", "Things", NULL);
  g_autoptr (JsonArray) one = records (1);
  g_autoptr (JsonArray) none = json_array_new ();

  gtk_box_append (GTK_BOX (page), GTK_WIDGET (section));
  gtk_box_append (GTK_BOX (page), beside);
  gtk_box_append (GTK_BOX (all), outside);
  gtk_box_append (GTK_BOX (all), page);
  gtk_window_set_child (window, all);
  guitu_section_set_row (section, row_with_button);
  guitu_section_fill (section, one);
  gtk_window_present (window);
  while (!gtk_widget_get_mapped (beside))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (nth (GTK_WIDGET (section), GTK_TYPE_BUTTON, 0));
  guitu_section_fill (section, none);
  g_assert_true (gtk_window_get_focus (window) == beside);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = display_start (&argc, &argv);

  g_test_add_func ("/fields/every-field", test_every_field);
  g_test_add_func ("/fields/code", test_code);
  g_test_add_func ("/fields/choices", test_choices);
  g_test_add_func ("/fields/birth", test_birth);
  g_test_add_func ("/fields/region", test_region);
  g_test_add_func ("/fields/error", test_error);
  g_test_add_func ("/lists/needle", test_needle);
  g_test_add_func ("/lists/section", test_section);
  g_test_add_func ("/lists/last-row", test_last_row);
  return g_test_run ();
}
