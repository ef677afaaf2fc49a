/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/compare-window.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/tracing/compare-rows.h"
#include "ui/tracing/match-words.h"
#include "ui/tracing/report-acts.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"
#include "ui/widgets/photo.h"
#include "ui/widgets/second-person.h"

#include <glib/gi18n.h>

#define GUITU_TYPE_COMPARE_WINDOW (guitu_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituCompareWindow, guitu_compare_window, GUITU, COMPARE_WINDOW, AdwWindow)

struct _GuituCompareWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *content;
  GtkLabel *their_side;
  GuituPhoto *their_photo;
  GtkLabel *their_name;
  GtkLabel *their_summary;
  GuituPhoto *own_photo;
  GtkLabel *own_name;
  GtkLabel *own_summary;
  GtkLabel *likely;
  GtkLabel *warning;
  GtkLabel *decided;
  GtkListBox *fields;
  GtkWidget *same;
  GtkWidget *different;
  GtkWidget *unclear;
  GtkWidget *close_report;

  GuituStation *station;
  char *id;            /* NULL: two persons are compared, and nothing was found yet that has an id */
  JsonObject *finding; /* what “finding show” told, or two persons; NULL: not yet */
};

G_DEFINE_FINAL_TYPE (GuituCompareWindow, guitu_compare_window, ADW_TYPE_WINDOW)

/* --- Verdicts -------------------------------------------------------------------------------- */

/* In the order of the buttons. */
static const struct
{
  const char *verdict;
  const char *title;
  const char *accept;
  const char *intro;
  const char *verb_of_persons;
  const char *intro_of_persons;
} verdicts[] = {
  { "same", N_ ("The Same Person"), N_ ("_The Same"), N_ ("By what it is certain. A station that shared the report is written to; a family is told only once it has confirmed."),
    "person merge", N_ ("By what it is certain. Both records are shown as one from then on; taking it back parts them again.") },
  { "different", N_ ("Not the Same"), N_ ("_Not the Same"), N_ ("By what it is certain. These two are not proposed again."),
    "person separate", N_ ("By what it is certain. These two are not proposed again.") },
  { "unclear", N_ ("Unclear"), N_ ("_Unclear"), N_ ("What is missing to decide. It comes up again."),
    "person separate", N_ ("What is missing to decide. It comes up again.") },
};

/* --- Showing --------------------------------------------------------------------------------- */

static char *
decided_words (JsonObject *finding)
{
  g_autofree char *verdict = guitu_json_words (finding, "finding.verdict");
  g_autofree char *at = guitu_json_words (finding, "finding.decided_at");
  g_autoptr (GString) words = g_string_new (verdict);

  if (*verdict == '\0')
    return g_strdup (guitu_json_flag (finding, "is_over") ? _ ("Nobody searches for that person any more.") : "");
  guitu_json_join (words, guitu_json_text (finding, "reason"));
  guitu_json_join (words, guitu_json_text (finding, "by_name"));
  guitu_json_join (words, at);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
is_of_persons (GuituCompareWindow *self)
{
  return self->id == NULL;
}

/* Where the report is, and whom to call. */
static char *
report_words (JsonObject *finding)
{
  JsonObject *report = guitu_match_report (finding);
  g_autofree char *lost = guitu_json_text (report, "lost_on") != NULL ? g_strdup_printf (_ ("missing since %s"), guitu_json_string (report, "lost_on")) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  guitu_json_join (words, lost);
  guitu_json_join (words, guitu_json_text (report, "lost_place_name"));
  guitu_json_join (words, guitu_json_text (report, "reporter"));
  guitu_json_join (words, guitu_json_text (report, "family_phone"));
  guitu_json_join (words, guitu_json_text (report, "phone"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_sides (GuituCompareWindow *self)
{
  JsonObject *report = guitu_match_report (self->finding), *own = guitu_match_own (self->finding);
  g_autofree char *their_name = guitu_match_report_words (self->finding);
  g_autofree char *their_summary = is_of_persons (self) ? guitu_json_person_summary (report) : report_words (self->finding);
  g_autofree char *own_summary = guitu_json_person_summary (own);
  g_autoptr (GString) own_name = g_string_new (guitu_json_string (own, "display_name"));
  gboolean is_file = is_of_persons (self) || guitu_json_object (self->finding, "missing") == report; /* what is of our own keeps its photo as a file */

  guitu_json_join (own_name, guitu_json_text (own, "number"));
  if (is_of_persons (self))
    gtk_label_set_text (self->their_side, _ ("Who it may be"));
  gtk_label_set_text (self->their_name, their_name);
  guitu_label_show (self->their_summary, their_summary);
  gtk_label_set_text (self->own_name, own_name->str);
  guitu_label_show (self->own_summary, own_summary);
  if (is_file)
    guitu_photo_show (self->their_photo, self->station, guitu_json_text (report, "photo"), their_name);
  else
    guitu_photo_show_data (self->their_photo, guitu_json_text (report, "photo"), their_name);
  guitu_photo_show (self->own_photo, self->station, guitu_json_text (own, "photo"), own_name->str);
}

/* A report of ours ends once the family has confirmed what somebody judged. */
static gboolean
may_close_report (GuituCompareWindow *self)
{
  JsonObject *missing = guitu_json_object (self->finding, "missing");

  return missing != NULL && g_str_equal (guitu_json_string (self->finding, "verdict"), "same") && g_str_equal (guitu_json_string (missing, "state"), "open") &&
         guitu_station_may (self->station, "missing close");
}

static void
show_acts (GuituCompareWindow *self)
{
  GtkWidget *const buttons[] = { self->same, self->different, self->unclear };
  const char *verdict = guitu_json_string (self->finding, "verdict");

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    gtk_widget_set_visible (buttons[i], guitu_station_may (self->station, is_of_persons (self) ? verdicts[i].verb_of_persons : "finding decide") &&
                                            !guitu_json_flag (self->finding, "is_over") && !g_str_equal (verdict, verdicts[i].verdict));
  gtk_widget_set_visible (self->close_report, may_close_report (self));
}

static void
show (GuituCompareWindow *self)
{
  g_autofree char *likely = guitu_match_likely_words (self->finding);
  g_autofree char *decided = decided_words (self->finding);

  show_sides (self);
  gtk_label_set_text (self->likely, likely);
  guitu_label_show (self->warning, guitu_json_text (self->finding, "warning") == NULL ? "" : _ ("A protected person: who searches may be whom they fled from. Tell the reporting side nothing; no letter is written. Whoever knows the case acts in person."));
  guitu_label_show (self->decided, decided);
  guitu_compare_rows_fill (self->fields, self->finding);
  show_acts (self);
  gtk_widget_set_visible (self->content, TRUE);
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL || !gtk_widget_get_mapped (gtk_window_get_focus (GTK_WINDOW (self))))
    gtk_widget_child_focus (GTK_WIDGET (self->fields), GTK_DIR_TAB_FORWARD);
}

static void
finding_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCompareWindow *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  if (guitu_call_first (results) == NULL)
    return;
  g_clear_pointer (&self->finding, json_object_unref);
  self->finding = json_object_ref (guitu_call_first (results));
  show (self);
}

static void
load (GuituCompareWindow *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "finding", self->id);
  guitu_call (self->station, "finding show", input, NULL, self, finding_read);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static gboolean
on_idle (gpointer window)
{
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

/* What was compared is no longer so. The dialog, which would go with this window, closes first. */
static void
close_later (GuituCompareWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_idle, g_object_ref (self), g_object_unref);
}

/* The record whose identity is known leads. */
static GuituFormDialog *
verdict_on_persons (GuituCompareWindow *self, gsize i)
{
  static const char *const fields[] = { "person_link.reason", NULL };
  JsonObject *own = guitu_match_own (self->finding), *other = guitu_match_report (self->finding);
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (self), self->station, _ (verdicts[i].title), _ (verdicts[i].accept), verdicts[i].verb_of_persons, fields);
  gboolean is_same = g_str_equal (verdicts[i].verdict, "same");
  gboolean is_other_known = !g_str_equal (guitu_json_string (other, "verified_by"), "none") && guitu_json_text (other, "verified_by") != NULL;

  guitu_form_dialog_set_option (dialog, is_same ? "keep" : "first", guitu_json_string (is_other_known ? other : own, "id"));
  guitu_form_dialog_set_option (dialog, "other", guitu_json_string (is_other_known ? own : other, "id"));
  if (g_str_equal (verdicts[i].verdict, "unclear"))
    guitu_form_dialog_set_flag (dialog, "unclear");
  if (is_same)
    guitu_form_dialog_ask_second (dialog, guitu_second_person_why_protected ());
  guitu_form_dialog_explain (dialog, _ (verdicts[i].intro_of_persons));
  g_signal_connect_object (dialog, "done", G_CALLBACK (close_later), self, G_CONNECT_SWAPPED);
  return dialog;
}

static GuituFormDialog *
verdict_on_finding (GuituCompareWindow *self, gsize i)
{
  static const char *const fields[] = { "finding.reason", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (self), self->station, _ (verdicts[i].title), _ (verdicts[i].accept), "finding decide", fields);

  guitu_form_dialog_set_option (dialog, "finding", self->id);
  guitu_form_dialog_set_option (dialog, "verdict", verdicts[i].verdict);
  guitu_form_dialog_explain (dialog, _ (verdicts[i].intro));
  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  return dialog;
}

static void
on_decide (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCompareWindow *self = GUITU_COMPARE_WINDOW (widget);

  for (gsize i = 0; self->finding != NULL && i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_equal (verdicts[i].verdict, g_variant_get_string (parameter, NULL)))
      gtk_window_present (GTK_WINDOW (is_of_persons (self) ? verdict_on_persons (self, i) : verdict_on_finding (self, i)));
}

static void
on_close_report (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituCompareWindow *self = GUITU_COMPARE_WINDOW (widget);
  GuituFormDialog *dialog;

  if (self->finding == NULL || !may_close_report (self))
    return;
  dialog = guitu_report_found_dialog (widget, self->station, guitu_json_object (self->finding, "missing"), self->id);
  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_compare_window_dispose (GObject *object)
{
  GuituCompareWindow *self = GUITU_COMPARE_WINDOW (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->finding, json_object_unref);
  G_OBJECT_CLASS (guitu_compare_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, content);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, their_side);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, their_photo);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, their_name);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, their_summary);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, own_photo);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, own_name);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, own_summary);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, likely);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, decided);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, fields);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, same);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, different);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, unclear);
  gtk_widget_class_bind_template_child (widget_class, GuituCompareWindow, close_report);
}

static void
guitu_compare_window_class_init (GuituCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_PHOTO);
  G_OBJECT_CLASS (klass)->dispose = guitu_compare_window_dispose;
  gtk_widget_class_install_action (widget_class, "compare.decide", "s", on_decide);
  gtk_widget_class_install_action (widget_class, "compare.close-report", NULL, on_close_report);
  guitu_news_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/compare-window.ui");
  bind_children (widget_class);
}

static void
guitu_compare_window_init (GuituCompareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
}

void
guitu_compare_open (GtkWidget *from, GuituStation *station, const char *finding)
{
  GuituCompareWindow *self = g_object_new (GUITU_TYPE_COMPARE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->id = g_strdup (finding);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
}

static void
open_persons (GtkWidget *from, GuituStation *station, const char *finding)
{
  g_autoptr (JsonNode) node = json_from_string (finding, NULL);
  GuituCompareWindow *self;

  g_return_if_fail (node != NULL);
  self = g_object_new (GUITU_TYPE_COMPARE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "transient-for", gtk_widget_get_root (from), NULL);
  self->station = g_object_ref (station);
  self->finding = json_node_dup_object (node);
  show (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* --- Rows that lead here --------------------------------------------------------------------- */

#define STATION_OF "guitu-station-of"

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituStationOf station_of = g_type_get_qdata (G_OBJECT_TYPE (widget), g_quark_from_static_string (STATION_OF));

  guitu_compare_open (widget, station_of (widget), g_variant_get_string (parameter, NULL));
}

/* The target is all that is known of the two: nothing of it was written down. */
static void
on_open_persons (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituStationOf station_of = g_type_get_qdata (G_OBJECT_TYPE (widget), g_quark_from_static_string (STATION_OF));

  open_persons (widget, station_of (widget), g_variant_get_string (parameter, NULL));
}

void
guitu_compare_install (GtkWidgetClass *widget_class, GuituStationOf station_of)
{
  g_type_set_qdata (G_TYPE_FROM_CLASS (widget_class), g_quark_from_static_string (STATION_OF), station_of);
  gtk_widget_class_install_action (widget_class, "compare.open", "s", on_open);
  gtk_widget_class_install_action (widget_class, "compare.persons", "s", on_open_persons);
}
