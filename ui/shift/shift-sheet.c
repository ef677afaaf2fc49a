/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shift/shift-sheet.h"

#include "ui/shift/shift-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>

/* Lists that have nothing in them are named in one line at the end: that too is signed. */
static const struct
{
  const char *member;
  const char *title;
  GuituSectionRow row;
} lists[] = {
  { "missing", N_ ("Not found"), guitu_shift_guest_row },
  { "events", N_ ("What happened"), guitu_shift_event_row },
  { "watched", N_ ("To be watched"), guitu_shift_watched_row },
  { "hospital", N_ ("In hospital"), guitu_shift_guest_row },
  { "leave", N_ ("On leave"), guitu_shift_guest_row },
  { "proposals", N_ ("To be reviewed"), guitu_shift_guest_row },
  { "unsigned", N_ ("Belongings to be signed"), guitu_shift_belonging_row },
  { "left_behind", N_ ("Belongings left behind"), guitu_shift_belonging_row },
  { "bed_conflicts", N_ ("Beds against the rules"), guitu_shift_watched_row },
  { "without_bed", N_ ("Without a bed"), guitu_shift_guest_row },
  { "arrivals", N_ ("Arrived"), guitu_shift_arrival_row },
  { "leavings", N_ ("Departed"), guitu_shift_leaving_row },
  { "tasks", N_ ("Overdue and due today"), guitu_shift_task_row },
};

struct _GuituShiftSheet
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *facts;
  GtkLabel *note;
  GtkLabel *reply;
  GtkLabel *none;
  GuituSection *sections[G_N_ELEMENTS (lists)];
};

G_DEFINE_FINAL_TYPE (GuituShiftSheet, guitu_shift_sheet, GTK_TYPE_BOX)

static char *
facts_words (JsonObject *open)
{
  g_autofree char *from = guitu_moment_from_iso (guitu_json_text (open, "from_at"));
  g_autofree char *as_of = guitu_moment_from_iso (guitu_json_text (open, "as_of"));

  return g_strdup_printf (_ ("%s, shift since %s: %d in the house, %d open stays; %u arrived, %u departed"), as_of, from,
                          (int) guitu_json_integer (open, "in_house", 0), (int) guitu_json_integer (open, "open_stays", 0),
                          guitu_json_count (open, "arrivals"), guitu_json_count (open, "leavings"));
}

/* A text of the hand-over after what it is called. */
static void
show_said (GtkLabel *label, const char *path, JsonObject *shift)
{
  const GuituField *field = guitu_json_field (path, NULL);
  const char *text = guitu_json_text (shift, field->name);
  g_autofree char *words = text == NULL ? g_strdup ("") : g_strdup_printf (_ ("%s: %s"), guitu_field_label (field), text);

  guitu_label_show (label, words);
}

static void
fill_lists (GuituShiftSheet *self, JsonObject *open)
{
  g_autoptr (GString) none = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      guint n = guitu_json_count (open, lists[i].member);
      g_autofree char *title = g_strdup_printf ("%s (%u)", _ (lists[i].title), n);

      g_object_set (self->sections[i], "title", title, NULL);
      guitu_section_fill (self->sections[i], guitu_json_array (open, lists[i].member));
      if (n == 0)
        guitu_json_join (none, _ (lists[i].title));
    }
  if (none->len > 0 && open != NULL)
    {
      g_autofree char *words = g_strdup_printf (_ ("None: %s"), none->str);

      guitu_label_show (self->none, words);
    }
  else
    guitu_label_show (self->none, "");
}

void
guitu_shift_sheet_fill (GuituShiftSheet *self, JsonObject *shift, JsonObject *open)
{
  g_autofree char *signed_by = shift == NULL ? g_strdup (_ ("Open now")) : guitu_shift_words (shift);
  g_autofree char *facts = open == NULL ? g_strdup ("") : facts_words (open);

  guitu_label_show (self->title, open == NULL ? "" : signed_by);
  guitu_label_show (self->facts, facts);
  show_said (self->note, "shift.note", shift);
  show_said (self->reply, "shift.reply", shift);
  fill_lists (self, open);
}

static GtkLabel *
add_label (GuituShiftSheet *self, const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (label, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (label), style);
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (label));
  return label;
}

static void
guitu_shift_sheet_class_init (GuituShiftSheetClass *klass)
{
}

static void
guitu_shift_sheet_init (GuituShiftSheet *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->title = add_label (self, "title-3");
  self->facts = add_label (self, "numeric");
  self->note = add_label (self, "notice");
  self->reply = add_label (self, "notice");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      self->sections[i] = g_object_new (GUITU_TYPE_SECTION, "title", _ (lists[i].title), "visible", FALSE, NULL);
      guitu_section_set_row (self->sections[i], lists[i].row);
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->sections[i]));
    }
  self->none = add_label (self, "dim-label");
}
