/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/conflicts/conflicts-page.h"

#include "ui/calls.h"
#include "ui/conflicts/conflict-rows.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/reveal.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define REFRESH_SECONDS 60
#define RECORDS_SHOWN 50 /* and so many more with each press of the button */
#define DIGITS 9
#define MADE_OF "guitu-made-of" /* of a group: its record as text */
#define LIST "guitu-list"

struct _GuituConflictsPage
{
  GuituPage parent_instance;

  GtkStack *stack;
  GtkBox *groups;
  GtkWidget *more;

  JsonArray *conflicts;  /* NULL until they are read */
  GHashTable *revealed;  /* id of a record -> JsonArray with what is masked in full */
  GPtrArray *lists;      /* (GtkListBox) of the records, in their order */
  guint limit;           /* of records */
  char *user;            /* for whom they were read */
  char *shown;           /* what the rows were made of, as text */
  JsonObject *undo;      /* the call that takes the last choice back, or NULL */
  JsonObject *undo_next; /* the same, while the choice is on its way */
  char *news;            /* what is told when it has arrived */
  gboolean has_changed;  /* it took a value that did not stand */
  gboolean is_busy;
  gboolean sets_focus; /* until what is shown has been read */
  guint timer;
  GCancellable *load;
};

G_DEFINE_FINAL_TYPE (GuituConflictsPage, guitu_conflicts_page, GUITU_TYPE_PAGE)

/* --- Rows ------------------------------------------------------------------------------------ */

/* The row in which the focus is, or NULL. */
static GtkWidget *
focused_row (GuituConflictsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);
  GtkWidget *row = focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->groups)) ? NULL
                   : GTK_IS_LIST_BOX_ROW (focus)                                               ? focus
                                                                                               : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  return row;
}

/* All rows of all records, in their order. Returns: (transfer container) */
static GPtrArray *
all_rows (GuituConflictsPage *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < self->lists->len; i++)
    for (GtkWidget *row = gtk_widget_get_first_child (self->lists->pdata[i]); row != NULL; row = gtk_widget_get_next_sibling (row))
      g_ptr_array_add (rows, row);
  return rows;
}

static gboolean
is_same (JsonObject *one, JsonObject *other)
{
  return g_str_equal (guitu_json_string (one, "id"), guitu_json_string (other, "id")) &&
         g_str_equal (guitu_json_string (one, "field"), guitu_json_string (other, "field"));
}

/* The row of @conflict, or the one in its place when it is settled. */
static void
focus_row (GuituConflictsPage *self, JsonObject *conflict, guint place)
{
  g_autoptr (GPtrArray) rows = all_rows (self);
  GtkWidget *chosen = NULL;

  for (guint i = 0; i < rows->len; i++)
    if (conflict != NULL && is_same (guitu_conflict_row_get (rows->pdata[i]), conflict))
      chosen = rows->pdata[i];
  if (chosen == NULL && rows->len > 0)
    chosen = rows->pdata[MIN (place, rows->len - 1)];
  if (chosen == NULL)
    return;
  gtk_widget_grab_focus (chosen);
  guitu_reveal (chosen);
}

/* From one record's list to the next. */
static gboolean
on_keynav_failed (GuituConflictsPage *self, GtkDirectionType direction, GtkListBox *list)
{
  guint at = 0;
  GtkWidget *row;

  if (!g_ptr_array_find (self->lists, list, &at) || (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN))
    return FALSE;
  if (direction == GTK_DIR_UP ? at == 0 : at + 1 == self->lists->len)
    return FALSE;
  list = self->lists->pdata[direction == GTK_DIR_UP ? at - 1 : at + 1];
  row = direction == GTK_DIR_UP ? gtk_widget_get_last_child (GTK_WIDGET (list)) : gtk_widget_get_first_child (GTK_WIDGET (list));
  gtk_widget_grab_focus (row);
  guitu_reveal (row);
  return TRUE;
}

static void
on_row_activated (GuituConflictsPage *self, GtkListBoxRow *row)
{
  const char *person = guitu_json_text (guitu_conflict_row_get (GTK_WIDGET (row)), "person");

  if (person != NULL)
    guitu_page_open_person (GTK_WIDGET (self), person);
}

static char *
text_of (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

static GtkWidget *
new_group (GuituConflictsPage *self, JsonArray *of_record)
{
  GtkListBox *list;
  GtkWidget *group = guitu_conflict_group_new (of_record, &list);

  g_object_set_data_full (G_OBJECT (group), MADE_OF, text_of (of_record), g_free);
  g_object_set_data (G_OBJECT (group), LIST, list);
  g_signal_connect_object (list, "keynav-failed", G_CALLBACK (on_keynav_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
  return group;
}

/* The group of a record that did not change stays, with its place on the screen. */
static GtkWidget *
take_group (GuituConflictsPage *self, JsonArray *of_record, GtkWidget *after)
{
  const char *id = guitu_json_string (json_array_get_object_element (of_record, 0), "id");
  JsonArray *revealed = g_hash_table_lookup (self->revealed, id);
  g_autofree char *text = text_of (revealed != NULL ? revealed : of_record);
  GtkWidget *group;

  for (group = gtk_widget_get_first_child (GTK_WIDGET (self->groups)); group != NULL; group = gtk_widget_get_next_sibling (group))
    if (g_str_equal (g_object_get_data (G_OBJECT (group), MADE_OF), text))
      {
        gtk_box_reorder_child_after (self->groups, group, after);
        return group;
      }
  group = new_group (self, revealed != NULL ? revealed : of_record);
  gtk_box_insert_child_after (self->groups, group, after);
  return group;
}

/* Conflicts of one record follow one another. Returns: how many records there are. */
static guint
fill_groups (GuituConflictsPage *self)
{
  guint n = self->conflicts == NULL ? 0 : json_array_get_length (self->conflicts);
  GtkWidget *last = NULL;

  g_ptr_array_set_size (self->lists, 0);
  for (guint i = 0, end; i < n; i = end)
    {
      g_autoptr (JsonArray) of_record = json_array_new ();
      const char *id = guitu_json_string (json_array_get_object_element (self->conflicts, i), "id");

      for (end = i; end < n && g_str_equal (guitu_json_string (json_array_get_object_element (self->conflicts, end), "id"), id); end++)
        json_array_add_object_element (of_record, json_object_ref (json_array_get_object_element (self->conflicts, end)));
      last = take_group (self, of_record, last);
      g_ptr_array_add (self->lists, g_object_get_data (G_OBJECT (last), LIST));
    }
  for (GtkWidget *gone; (gone = last == NULL ? gtk_widget_get_first_child (GTK_WIDGET (self->groups)) : gtk_widget_get_next_sibling (last)) != NULL;)
    gtk_box_remove (self->groups, gone);
  return self->lists->len;
}

/* The focus stays in its place among the rows. */
static void
show_all (GuituConflictsPage *self)
{
  GtkWidget *focused = focused_row (self);
  g_autoptr (JsonObject) kept = focused == NULL ? NULL : json_object_ref (guitu_conflict_row_get (focused));
  g_autoptr (GPtrArray) before = all_rows (self);
  gboolean has_rows = self->conflicts != NULL && json_array_get_length (self->conflicts) > 0;
  guint place = 0;

  if (focused != NULL)
    g_ptr_array_find (before, focused, &place);
  gtk_widget_set_visible (self->more, fill_groups (self) >= self->limit);
  gtk_stack_set_visible_child_name (self->stack, self->conflicts == NULL ? "loading" : has_rows ? "list"
                                                                                                : "empty");
  if (self->sets_focus || focused != NULL)
    focus_row (self, kept, place);
}

/* --- Reading --------------------------------------------------------------------------------- */

static void
keep (GuituConflictsPage *self, JsonArray *conflicts)
{
  g_clear_pointer (&self->conflicts, json_array_unref);
  self->conflicts = conflicts != NULL ? json_array_ref (conflicts) : NULL;
}

static void
conflicts_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituConflictsPage *self = owner;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  text = text_of (results);
  if (g_strcmp0 (text, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&text);
      g_hash_table_remove_all (self->revealed);
      keep (self, results);
      show_all (self);
    }
  self->sets_focus = FALSE;
}

/* Somebody else may work here now: what the one before had shown in full is masked again. */
static void
follow_user (GuituConflictsPage *self)
{
  static const char *const acts[] = { "page.choose", "page.keep-all", "page.take-all" };
  GuituStation *station = guitu_page_get_station (GUITU_PAGE (self));

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i], guitu_station_may (station, "conflict settle"));
  if (g_strcmp0 (self->user, guitu_station_user (station)) == 0)
    return;
  g_free (self->user);
  self->user = g_strdup (guitu_station_user (station));
  g_clear_pointer (&self->shown, g_free);
}

static void
guitu_conflicts_page_refreshed (GuituPage *page)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (page);
  JsonObject *input = json_object_new ();

  follow_user (self);
  json_object_set_int_member (input, "limit", self->limit);
  guitu_call (guitu_page_get_station (page), "conflict list", input, guitu_call_renew (&self->load), self, conflicts_read);
}

static void
guitu_conflicts_page_shown (GuituPage *page)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (page);

  self->sets_focus = !guitu_page_take_focus (page);
  if (self->sets_focus)
    focus_row (self, NULL, 0);
  guitu_conflicts_page_refreshed (page);
}

/* What was shown in full is not left on the screen. */
static void
guitu_conflicts_page_left (GuituPage *page)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (page);

  guitu_call_renew (&self->load);
  if (g_hash_table_size (self->revealed) == 0)
    return;
  g_hash_table_remove_all (self->revealed);
  show_all (self);
}

static void
guitu_conflicts_page_cleared (GuituPage *page)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (page);

  g_hash_table_remove_all (self->revealed);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->undo, json_object_unref);
  self->limit = RECORDS_SHOWN;
  keep (self, NULL);
  show_all (self);
}

static gboolean
on_minute (gpointer data)
{
  if (guitu_station_user (guitu_page_get_station (data)) != NULL)
    guitu_conflicts_page_refreshed (data);
  return G_SOURCE_CONTINUE;
}

static void
guitu_conflicts_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (guitu_conflicts_page_parent_class)->map (widget);
  GUITU_CONFLICTS_PAGE (widget)->timer = g_timeout_add_seconds (REFRESH_SECONDS, on_minute, widget);
}

static void
guitu_conflicts_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GUITU_CONFLICTS_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (guitu_conflicts_page_parent_class)->unmap (widget);
}

/* --- Settling -------------------------------------------------------------------------------- */

static void
settled (gpointer owner, JsonArray *results, GError *error)
{
  GuituConflictsPage *self = owner;
  g_autofree char *news = g_steal_pointer (&self->news);

  self->is_busy = FALSE;
  g_clear_pointer (&self->undo, json_object_unref);
  if (error != NULL)
    {
      g_clear_pointer (&self->undo_next, json_object_unref);
      guitu_error_show (GTK_WIDGET (self), error);
      guitu_conflicts_page_refreshed (GUITU_PAGE (self));
      return;
    }
  self->undo = g_steal_pointer (&self->undo_next);
  if (self->undo != NULL)
    guitu_page_toast_with_action (GTK_WIDGET (self), news, self->has_changed ? _ ("Undo (Ctrl+Z)") : _ ("Take the Other (Ctrl+Z)"), "win.do", "undo");
  else
    guitu_page_toast (GTK_WIDGET (self), news);
}

/* @news, @undo: (transfer full): what is told and kept once it is done. */
static void
settle (GuituConflictsPage *self, JsonObject *input, char *news, JsonObject *undo)
{
  g_free (self->news);
  self->news = news;
  g_clear_pointer (&self->undo_next, json_object_unref);
  self->undo_next = undo;
  self->is_busy = TRUE;
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "conflict settle", input, NULL, self, settled);
}

static JsonObject *
new_input (const char *kind, const char *id, const char *field, const char *version)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "kind", kind);
  json_object_set_string_member (input, "id", id);
  guitu_json_set (input, "field", field);
  guitu_json_set (input, "version", version);
  if (field == NULL)
    json_object_set_boolean_member (input, "all", TRUE);
  return input;
}

static JsonObject *
find_conflict (GuituConflictsPage *self, const char *id, const char *field)
{
  g_autoptr (GPtrArray) rows = all_rows (self);

  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *conflict = guitu_conflict_row_get (rows->pdata[i]);

      if (g_str_equal (guitu_json_string (conflict, "id"), id) && g_str_equal (guitu_json_string (conflict, "field"), field))
        return conflict;
    }
  return NULL;
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (widget);
  const char *kind, *id, *field, *version, *other;
  JsonObject *conflict, *value;
  g_autofree char *words = NULL;

  g_variant_get (parameter, "(&s&s&s&s)", &kind, &id, &field, &version);
  conflict = find_conflict (self, id, field);
  value = guitu_conflict_find_value (conflict, version);
  if (self->is_busy || value == NULL)
    return;
  other = guitu_conflict_other_version (conflict, version);
  words = guitu_conflict_value (conflict, value);
  self->has_changed = !guitu_json_flag (value, "stands");
  settle (self, new_input (kind, id, field, version), g_strdup_printf (_ ("%s is “%s” now"), guitu_conflict_field (conflict), words),
          other == NULL ? NULL : new_input (kind, id, field, other));
}

static void
on_keep_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (widget);
  const char *kind, *id;

  g_variant_get (parameter, "(&s&s)", &kind, &id);
  if (!self->is_busy)
    settle (self, new_input (kind, id, NULL, NULL), g_strdup (_ ("All of this record stands as it is")), NULL);
}

static void
on_take_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (widget);
  const char *kind, *id, *version;

  g_variant_get (parameter, "(&s&s&s)", &kind, &id, &version);
  if (!self->is_busy)
    settle (self, new_input (kind, id, NULL, version), g_strdup (_ ("All that this desk wrote was taken; the history keeps the rest")), NULL);
}

static void
on_undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (widget);

  if (self->undo != NULL && !self->is_busy)
    settle (self, g_steal_pointer (&self->undo), g_strdup (_ ("The other value was taken instead")), NULL);
}

/* --- Acts on the row that has the focus ------------------------------------------------------ */

/* The digit of a value. */
static gboolean
on_digit (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkWidget *row = focused_row (GUITU_CONFLICTS_PAGE (widget));
  JsonObject *conflict = row == NULL ? NULL : guitu_conflict_row_get (row);
  guint at = g_variant_get_int32 (arguments);
  JsonObject *value = at >= guitu_json_count (conflict, "values") ? NULL : json_array_get_object_element (guitu_json_array (conflict, "values"), at);

  if (value == NULL)
    return FALSE;
  if (!guitu_json_flag (value, "stands") && !guitu_conflict_is_free (conflict))
    {
      g_autofree char *why = guitu_error_sentence_for (guitu_json_string (conflict, "fixed"), NULL, "");

      guitu_page_toast (widget, why);
    }
  else
    gtk_widget_activate_action (widget, "page.choose", "(ssss)", guitu_json_string (conflict, "kind"), guitu_json_string (conflict, "id"),
                                guitu_json_string (conflict, "field"), guitu_json_string (value, "version"));
  return TRUE;
}

static void
on_done (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *row = focused_row (GUITU_CONFLICTS_PAGE (widget));
  JsonObject *conflict = row == NULL ? NULL : guitu_conflict_row_get (row);

  if (conflict != NULL)
    gtk_widget_activate_action (widget, "page.keep-all", "(ss)", guitu_json_string (conflict, "kind"), guitu_json_string (conflict, "id"));
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *row = focused_row (GUITU_CONFLICTS_PAGE (widget));

  if (row != NULL)
    on_row_activated (GUITU_CONFLICTS_PAGE (widget), GTK_LIST_BOX_ROW (row));
}

static void
on_open_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_page_open_person (widget, g_variant_get_string (parameter, NULL));
}

static void
on_more (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (widget);

  self->limit += RECORDS_SHOWN;
  guitu_conflicts_page_refreshed (GUITU_PAGE (self));
}

static void
revealed (gpointer owner, JsonArray *results, GError *error)
{
  GuituConflictsPage *self = owner;
  JsonObject *first = guitu_call_first (results);

  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error);
  if (first == NULL || self->conflicts == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_hash_table_insert (self->revealed, g_strdup (guitu_json_string (first, "id")), json_array_ref (results));
  show_all (self);
}

static void
on_reveal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "id", g_variant_get_string (parameter, NULL));
  json_object_set_boolean_member (input, "reveal", TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (widget)), "conflict list", input, NULL, widget, revealed);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_conflicts_page_dispose (GObject *object)
{
  GuituConflictsPage *self = GUITU_CONFLICTS_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->load);
  keep (self, NULL);
  g_clear_pointer (&self->undo, json_object_unref);
  g_clear_pointer (&self->undo_next, json_object_unref);
  g_clear_pointer (&self->news, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (guitu_conflicts_page_parent_class)->dispose (object);
}

static void
guitu_conflicts_page_finalize (GObject *object)
{
  g_ptr_array_unref (GUITU_CONFLICTS_PAGE (object)->lists);
  g_hash_table_unref (GUITU_CONFLICTS_PAGE (object)->revealed);
  G_OBJECT_CLASS (guitu_conflicts_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.choose", "(ssss)", on_choose);
  gtk_widget_class_install_action (widget_class, "page.keep-all", "(ss)", on_keep_all);
  gtk_widget_class_install_action (widget_class, "page.take-all", "(sss)", on_take_all);
  gtk_widget_class_install_action (widget_class, "page.reveal", "s", on_reveal);
  gtk_widget_class_install_action (widget_class, "page.open-person", "s", on_open_person);
  gtk_widget_class_install_action (widget_class, "page.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "page.done", NULL, on_done);
  gtk_widget_class_install_action (widget_class, "page.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "page.more", NULL, on_more);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "page.undo", NULL);
  for (int i = 0; i < DIGITS; i++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + i, 0, on_digit, "i", i);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_1 + i, 0, on_digit, "i", i);
    }
}

static void
guitu_conflicts_page_class_init (GuituConflictsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_conflicts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = guitu_conflicts_page_finalize;
  widget_class->map = guitu_conflicts_page_map;
  widget_class->unmap = guitu_conflicts_page_unmap;
  GUITU_PAGE_CLASS (klass)->shown = guitu_conflicts_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_conflicts_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_conflicts_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_conflicts_page_cleared;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/conflicts/conflicts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituConflictsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituConflictsPage, groups);
  gtk_widget_class_bind_template_child (widget_class, GuituConflictsPage, more);
}

static void
guitu_conflicts_page_init (GuituConflictsPage *self)
{
  self->limit = RECORDS_SHOWN;
  self->lists = g_ptr_array_new ();
  self->revealed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_array_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
}
