/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/duty-rows.h"

#include "ui/duty/due-words.h"
#include "ui/duty/duty-acts.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

#define LATELY_DAYS 7

static const struct
{
  const char *state;
  const char *heading;
  const char *style;
} states[] = {
  { "overdue", N_ ("Overdue"), "error" },
  { "due", N_ ("Due today"), "warning" },
  { "later", N_ ("Later"), "dim-label" },
};

static guint
find_state (JsonObject *task)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].state, guitu_json_string (task, "state")))
      return i;
  return G_N_ELEMENTS (states);
}

static gboolean
is_over (JsonObject *task)
{
  return find_state (task) == G_N_ELEMENTS (states);
}

/* A row about a task, without what is said at its side. */
static JsonObject *
task_row (JsonObject *task)
{
  JsonObject *row = json_object_new ();
  g_autofree char *title = guitu_duty_title (task);
  g_autoptr (GString) detail = g_string_new (guitu_json_string (task, "display_name"));
  g_autofree char *key = g_strjoin ("|", guitu_json_string (task, "kind"), guitu_json_string (task, "stay"),
                                    guitu_json_string (task, "about"), guitu_json_string (task, "id"), NULL);

  guitu_json_join (detail, guitu_json_text (task, "number"));
  if (!g_str_equal (title, guitu_json_string (task, "text")))
    guitu_json_join (detail, guitu_json_text (task, "text"));
  guitu_json_join (detail, guitu_json_text (task, "proof"));
  guitu_json_set (row, "title", title);
  guitu_json_set (row, "detail", detail->len > 0 ? detail->str : _ ("The station"));
  guitu_json_set (row, "person", guitu_json_text (task, "person"));
  guitu_json_set (row, "key", key);
  json_object_set_object_member (row, "task", json_object_ref (task));
  return row;
}

JsonArray *
guitu_duty_task_rows (JsonArray *tasks, const GuituFigure *figure)
{
  JsonArray *rows = json_array_new ();
  g_autofree char *now = guitu_moment_now ();
  guint n = tasks != NULL ? json_array_get_length (tasks) : 0;
  guint last = G_N_ELEMENTS (states);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *task = json_array_get_object_element (tasks, i);
      g_autofree char *side = guitu_due_words (guitu_json_text (task, "due_at"), now);
      guint state = find_state (task);
      JsonObject *row;

      if (is_over (task) || (figure != NULL && !guitu_figure_covers (figure, task)))
        continue;
      row = task_row (task);
      guitu_json_set (row, "side", side);
      guitu_json_set (row, "style", states[state].style);
      if (state != last)
        guitu_json_set (row, "heading", _ (states[state].heading));
      last = state;
      json_array_add_object_element (rows, row);
    }
  return rows;
}

static int
compare_done (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (guitu_json_text (*(JsonObject *const *) b, "done_at"), guitu_json_text (*(JsonObject *const *) a, "done_at"));
}

/* "Done 2026-11-22 10:05 · 张芳" */
static char *
done_words (JsonObject *task)
{
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (task, "done_at"));
  g_autoptr (GString) words = g_string_new (guitu_code_label ("task_state", guitu_json_string (task, "state")));

  guitu_json_join (words, at);
  guitu_json_join (words, guitu_json_text (task, "by_name"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

JsonArray *
guitu_duty_done_rows (JsonArray *tasks)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  g_autoptr (GTimeZone) here = guitu_time_zone ();
  g_autoptr (GDateTime) now = g_date_time_new_now (here);
  g_autoptr (GDateTime) since = g_date_time_add_days (now, -LATELY_DAYS);
  g_autofree char *first = g_date_time_format_iso8601 (since);
  JsonArray *rows = json_array_new ();
  guint n = tasks != NULL ? json_array_get_length (tasks) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *task = json_array_get_object_element (tasks, i);

      if (is_over (task) && g_strcmp0 (guitu_json_text (task, "done_at"), first) >= 0)
        g_ptr_array_add (done, task);
    }
  g_ptr_array_sort (done, compare_done);
  for (guint i = 0; i < done->len; i++)
    {
      JsonObject *row = task_row (done->pdata[i]);
      g_autofree char *side = done_words (done->pdata[i]);

      guitu_json_set (row, "side", side);
      guitu_json_set (row, "style", "dim-label");
      if (i == 0)
        guitu_json_set (row, "heading", _ ("Done in the last seven days"));
      json_array_add_object_element (rows, row);
    }
  return rows;
}

static JsonObject *
stay_row (JsonObject *stay)
{
  JsonObject *person = guitu_json_object (stay, "person");
  JsonObject *row = json_object_new ();
  g_autoptr (GString) detail = g_string_new (guitu_json_string (stay, "number"));
  g_autofree char *summary = guitu_json_person_summary (person);
  g_autofree char *where = guitu_stay_where_words (stay);
  g_autofree char *days = guitu_stay_days_words (stay);

  guitu_json_join (detail, summary);
  guitu_json_join (detail, guitu_json_text (stay, "bed"));
  guitu_json_join (detail, where);
  guitu_json_set (row, "title", guitu_json_string (person, "display_name"));
  guitu_json_set (row, "detail", detail->str);
  guitu_json_set (row, "side", *days != '\0' ? days : guitu_stay_state_words (stay));
  guitu_json_set (row, "style", guitu_stay_days_style (stay));
  guitu_json_set (row, "person", guitu_json_text (person, "id"));
  guitu_json_set (row, "key", guitu_json_text (stay, "id"));
  return row;
}

JsonArray *
guitu_duty_stay_rows (JsonArray *stays, const GuituFigure *figure)
{
  JsonArray *rows = json_array_new ();
  guint n = stays != NULL ? json_array_get_length (stays) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *stay = json_array_get_object_element (stays, i);
      JsonObject *row;

      if (!guitu_figure_covers (figure, stay))
        continue;
      row = stay_row (stay);
      if (json_array_get_length (rows) == 0)
        guitu_json_set (row, "heading", _ (figure->label));
      json_array_add_object_element (rows, row);
    }
  return rows;
}
