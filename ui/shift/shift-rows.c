/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shift/shift-rows.h"

#include "app/app.h"
#include "ui/duty/due-words.h"
#include "ui/duty/duty-acts.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

static char *
at_words (JsonObject *record)
{
  return guitu_moment_from_iso (guitu_json_text (record, "at"));
}

/* A row that opens the file of who it is about, if it is about somebody. */
static GtkWidget *
person_row (JsonObject *record, const char *title, const char *detail)
{
  GtkWidget *row = guitu_section_row_new (title, detail);
  const char *person = guitu_json_text (record, "person");

  if (person == NULL)
    return row;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-person");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", person, "");
  return row;
}

static GString *
name_words (JsonObject *record)
{
  GString *words = g_string_new (guitu_json_string (record, "display_name"));

  guitu_json_join (words, guitu_json_text (record, "number"));
  return words;
}

/* Sex, age and bed. */
static GString *
guest_words (JsonObject *guest)
{
  GString *words = g_string_new (NULL);
  g_autofree char *sex = guitu_json_words (guest, "person.sex");
  g_autofree char *age = guitu_json_age_words (guest);
  const char *bed = guitu_json_text (guest, "bed");

  guitu_json_join (words, sex);
  guitu_json_join (words, age);
  if (bed != NULL)
    {
      g_autofree char *in_bed = g_strdup_printf (_ ("Bed %s"), bed);

      guitu_json_join (words, in_bed);
    }
  return words;
}

GtkWidget *
guitu_shift_task_row (JsonObject *task)
{
  g_autofree char *title = guitu_duty_title (task);
  g_autofree char *now = guitu_moment_now ();
  g_autofree char *due = guitu_due_words (guitu_json_text (task, "due_at"), now);
  g_autoptr (GString) detail = name_words (task);

  guitu_json_join (detail, due);
  return person_row (task, title, detail->str);
}

GtkWidget *
guitu_shift_event_row (JsonObject *event)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) detail = name_words (event);
  g_autofree char *kind = guitu_json_words (event, "event.kind");
  g_autofree char *at = at_words (event);

  guitu_json_join (title, kind);
  guitu_json_join (title, guitu_json_text (event, "text"));
  guitu_json_join (detail, at);
  return person_row (event, title->str, detail->str);
}

static GtkWidget *
moved_row (JsonObject *stay, const char *how)
{
  g_autoptr (GString) title = name_words (stay);
  g_autoptr (GString) detail = guest_words (stay);
  g_autofree char *at = at_words (stay);

  guitu_json_join (detail, how);
  guitu_json_join (detail, at);
  return person_row (stay, title->str, detail->str);
}

GtkWidget *
guitu_shift_arrival_row (JsonObject *stay)
{
  return moved_row (stay, NULL);
}

GtkWidget *
guitu_shift_leaving_row (JsonObject *stay)
{
  g_autofree char *how = guitu_json_words (stay, "stay.leave_by");

  return moved_row (stay, how);
}

GtkWidget *
guitu_shift_guest_row (JsonObject *guest)
{
  g_autoptr (GString) title = name_words (guest);
  g_autoptr (GString) detail = guest_words (guest);
  g_autofree char *where = guitu_stay_where_words (guest);

  guitu_json_join (detail, where);
  return person_row (guest, title->str, detail->str);
}

GtkWidget *
guitu_shift_watched_row (JsonObject *guest)
{
  g_autoptr (GString) title = name_words (guest);
  g_autoptr (GString) detail = guest_words (guest);
  JsonArray *flags = guitu_json_array (guest, "flags");
  guint n = guitu_json_count (guest, "flags");

  for (guint i = 0; i < n; i++)
    {
      const char *label = guitu_code_label ("board_flag", json_array_get_string_element (flags, i));

      guitu_json_join (detail, label);
    }
  return person_row (guest, title->str, detail->str);
}

GtkWidget *
guitu_shift_belonging_row (JsonObject *belonging)
{
  g_autoptr (GString) detail = name_words (belonging);

  return person_row (belonging, guitu_json_string (belonging, "name"), detail->str);
}

char *
guitu_shift_words (JsonObject *shift)
{
  g_autofree char *handed = guitu_moment_from_iso (guitu_json_text (shift, "handed_at"));
  g_autofree char *taken = guitu_moment_from_iso (guitu_json_text (shift, "taken_at"));

  if (*taken == '\0')
    return g_strdup_printf (_ ("Handed over by %s, %s; not taken over yet"), guitu_json_string (shift, "handed_by_name"), handed);
  return g_strdup_printf (_ ("Handed over by %s, %s; taken over by %s, %s"), guitu_json_string (shift, "handed_by_name"), handed,
                          guitu_json_string (shift, "taken_by_name"), taken);
}

GtkWidget *
guitu_shift_shift_row (JsonObject *shift)
{
  g_autofree char *title = guitu_shift_words (shift);
  g_autoptr (GString) detail = g_string_new (guitu_json_string (shift, "note"));
  GtkWidget *row;

  guitu_json_join (detail, guitu_json_text (shift, "reply"));
  row = guitu_section_row_new (title, detail->str);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.show-shift");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (shift, "id"));
  return row;
}
