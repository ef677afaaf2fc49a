/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/paper-field.h"

#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters before the control, so that controls stand below one another. */
#define LABEL_WIDTH 15

/* What was chosen of several terms, as it stands on the paper. */
#define BETWEEN_TERMS "、"

struct _GuituPaperField
{
  GtkBox parent_instance;

  char *key;
  char *label;
  gboolean is_typed;
  gboolean is_needed;
  gboolean is_one;    /* of the terms one at most is meant */
  GtkWidget *control; /* GtkEntry, GtkTextView, a GtkGrid of check buttons, or a GtkLabel to read */
  GtkWidget *message;
  char *kept;
  char *error;
  gboolean is_told; /* the error is to be seen */
};

G_DEFINE_FINAL_TYPE (GuituPaperField, guitu_paper_field, GTK_TYPE_BOX)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- What is wrong ------------------------------------------------------------------------- */

static void
show_message (GuituPaperField *self)
{
  gboolean is_wrong = self->error != NULL && self->is_told;
  const char *text = is_wrong ? self->error : "";

  guitu_label_show (GTK_LABEL (self->message), text);
  (is_wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "error");
  (is_wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->control, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
guitu_paper_field_set_error (GuituPaperField *self, const char *message, gboolean at_once)
{
  gboolean has_focus = (gtk_widget_get_state_flags (self->control) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (message == NULL && self->error == NULL)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  self->is_told = at_once || !has_focus;
  show_message (self);
}

gboolean
guitu_paper_field_is_wrong (GuituPaperField *self)
{
  return self->error != NULL;
}

static void
on_focus_left (GuituPaperField *self)
{
  if (self->error == NULL || self->is_told || self->control == NULL)
    return;
  self->is_told = TRUE;
  show_message (self);
}

/* --- Terms to tick --------------------------------------------------------------------------- */

static void
on_edited (GuituPaperField *self)
{
  guitu_paper_field_set_error (self, NULL, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (GuituPaperField *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

/* Of those of which one is meant the others go. Unlike radio buttons, what was ticked by mistake can be taken back. */
static void
on_ticked (GuituPaperField *self, GtkCheckButton *ticked)
{
  GtkWidget *grid = gtk_widget_get_parent (GTK_WIDGET (ticked));

  if (!gtk_check_button_get_active (ticked))
    return;
  for (GtkWidget *check = gtk_widget_get_first_child (grid); check != NULL; check = gtk_widget_get_next_sibling (check))
    if (check != GTK_WIDGET (ticked))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
}

/* Short terms stand side by side. */
static int
columns_for (const char *const *terms)
{
  glong longest = 0;

  for (gsize i = 0; terms[i] != NULL; i++)
    longest = MAX (longest, g_utf8_strlen (terms[i], -1));
  return longest <= 3 ? 4 : longest <= 5 ? 3
                        : longest <= 9   ? 2
                                         : 1;
}

static GtkWidget *
build_checks (GuituPaperField *self, const char *options)
{
  g_auto (GStrv) terms = g_strsplit (options, "|", -1);
  int columns = columns_for ((const char *const *) terms);
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "column-spacing", 12, NULL);

  for (int i = 0; terms[i] != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (terms[i]);

      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, terms[i], -1);
      gtk_grid_attach (GTK_GRID (grid), check, i % columns, i / columns, 1, 1);
      if (self->is_one)
        g_signal_connect_object (check, "toggled", G_CALLBACK (on_ticked), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
    }
  return grid;
}

static void
set_checks (GtkWidget *grid, const char *text)
{
  g_auto (GStrv) chosen = g_strsplit (text, BETWEEN_TERMS, -1);

  for (GtkWidget *check = gtk_widget_get_first_child (grid); check != NULL; check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 g_strv_contains ((const char *const *) chosen, gtk_check_button_get_label (GTK_CHECK_BUTTON (check))));
}

static char *
get_checks (GtkWidget *grid)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *check = gtk_widget_get_first_child (grid); check != NULL; check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? BETWEEN_TERMS : "", gtk_check_button_get_label (GTK_CHECK_BUTTON (check)));
  return g_string_free (text, FALSE);
}

/* --- Controls -------------------------------------------------------------------------------- */

static GtkWidget *
build_text_view (GuituPaperField *self)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (view, "words");
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  return view;
}

/* What can be typed, where that is not plain to see; NULL: nothing. */
static const char *
example (const char *key)
{
  if (g_str_has_suffix (key, "_on"))
    return _ ("for example 2026-11-30");
  return g_str_has_suffix (key, "_at") ? _ ("for example 11-30 14:05 or 14:05") : NULL;
}

static GtkWidget *
build_entry (GuituPaperField *self)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), example (self->key));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
build_control (GuituPaperField *self, JsonObject *entry)
{
  const char *options = guitu_json_text (entry, "options");

  if (!self->is_typed)
    return guitu_label_new_text ("", "dim-label");
  if (options != NULL)
    return build_checks (self, options);
  return guitu_json_flag (entry, "long") ? build_text_view (self) : build_entry (self);
}

static char *
get_text (GuituPaperField *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (self->control))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  if (GTK_IS_LABEL (self->control))
    return g_strdup (gtk_label_get_text (GTK_LABEL (self->control)));
  if (GTK_IS_GRID (self->control))
    return get_checks (self->control);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_text (GuituPaperField *self, const char *text)
{
  if (GTK_IS_EDITABLE (self->control))
    gtk_editable_set_text (GTK_EDITABLE (self->control), text);
  else if (GTK_IS_GRID (self->control))
    set_checks (self->control, text);
  else if (GTK_IS_TEXT_VIEW (self->control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control)), text, -1);
}

/* --- What the records tell ------------------------------------------------------------------- */

/* Where that which is missing on the paper can be filled in. */
static const struct
{
  const char *beginning; /* of the key */
  const char *home;
} homes[] = {
  { "person.", N_ ("from the file of the person") },
  { "stay.", N_ ("from the acts in the file of the person") },
  { "transfer.", N_ ("from the way home in the file of the person") },
  { "to_station.", N_ ("from the card of that station") },
  { "station.", N_ ("from Settings, This Station") },
  { "shift.", N_ ("from the hand-over of the shift") },
  { "notice.", N_ ("from Settings, Rules") },
  { "form.", N_ ("from Settings, Rules") },
};

/* (transfer full) */
static char *
missing_words (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_has_prefix (key, homes[i].beginning))
      return g_strdup_printf ("%s · %s", _ ("Not filled in"), _ (homes[i].home));
  return g_strdup (_ ("Not filled in"));
}

/* Only what the paper needs takes the focus when it is missing: there is nothing to do about the others. */
void
guitu_paper_field_show (GuituPaperField *self, JsonObject *entry)
{
  const char *value = guitu_json_text (entry, "value");
  gboolean is_wanted = value == NULL && self->is_needed;
  g_autofree char *words = value != NULL ? g_strdup (value) : missing_words (self->key);
  g_autofree char *name = NULL;

  if (self->is_typed)
    return;
  name = g_strdup_printf ("%s: %s", self->label, words);
  gtk_label_set_text (GTK_LABEL (self->control), words);
  gtk_widget_set_focusable (self->control, is_wanted);
  (is_wanted ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "wanted");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (value != NULL)
    guitu_paper_field_set_error (self, NULL, TRUE);
}

/* --- What was typed -------------------------------------------------------------------------- */

const char *
guitu_paper_field_get_key (GuituPaperField *self)
{
  return self->key;
}

gboolean
guitu_paper_field_is_typed (GuituPaperField *self)
{
  return self->is_typed;
}

gboolean
guitu_paper_field_is_changed (GuituPaperField *self)
{
  g_autofree char *text = self->is_typed ? get_text (self) : NULL;

  return text != NULL && strcmp (text, self->kept) != 0;
}

void
guitu_paper_field_keep (GuituPaperField *self)
{
  g_free (self->kept);
  self->kept = get_text (self);
}

/* What is typed for a day or time, as records hold it; an hour alone stays one. (transfer full) (nullable) */
static char *
to_iso (const char *key, const char *text)
{
  gboolean is_day = g_str_has_suffix (key, "_on");
  gboolean is_time = g_str_has_suffix (key, "_at") && g_utf8_strlen (text, -1) > 5;
  char *iso = is_day || is_time ? guitu_moment_to_iso (text) : NULL;

  if (iso != NULL && is_day)
    iso[10] = '\0';
  return iso;
}

void
guitu_paper_field_collect (GuituPaperField *self, JsonObject *fields)
{
  g_autofree char *text = g_strstrip (get_text (self));
  g_autofree char *iso = to_iso (self->key, text);

  if (!guitu_paper_field_is_changed (self))
    return;
  if (*text == '\0')
    json_object_set_null_member (fields, self->key);
  else
    json_object_set_string_member (fields, self->key, iso != NULL ? iso : text);
}

/* --- Construction ---------------------------------------------------------------------------- */

/* A group of check buttons takes no focus itself: its first one does. */
static gboolean
guitu_paper_field_grab_focus (GtkWidget *widget)
{
  GtkWidget *control = GUITU_PAPER_FIELD (widget)->control;

  return gtk_widget_grab_focus (GTK_IS_GRID (control) ? gtk_widget_get_first_child (control) : control);
}

static void
guitu_paper_field_dispose (GObject *object)
{
  GUITU_PAPER_FIELD (object)->control = NULL;
  G_OBJECT_CLASS (guitu_paper_field_parent_class)->dispose (object);
}

static void
guitu_paper_field_finalize (GObject *object)
{
  GuituPaperField *self = GUITU_PAPER_FIELD (object);

  g_free (self->key);
  g_free (self->label);
  g_free (self->kept);
  g_free (self->error);
  G_OBJECT_CLASS (guitu_paper_field_parent_class)->finalize (object);
}

static void
guitu_paper_field_class_init (GuituPaperFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guitu_paper_field_dispose;
  object_class->finalize = guitu_paper_field_finalize;
  widget_class->grab_focus = guitu_paper_field_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "field");
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guitu_paper_field_init (GuituPaperField *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static GtkWidget *
build_label (GuituPaperField *self)
{
  /* Translators: a field of a paper that must be filled in before it is issued */
  g_autofree char *marked = g_strdup_printf (_ ("%s *"), self->label);
  GtkWidget *label = guitu_label_new_text (self->is_typed && self->is_needed ? marked : self->label, "field-label");

  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_WIDTH);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_WIDTH);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  return label;
}

static void
build (GuituPaperField *self, JsonObject *entry)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->control = build_control (self, entry);
  self->message = guitu_label_new_text ("", "field-message");
  gtk_widget_set_visible (self->message, FALSE);
  gtk_widget_set_hexpand (body, TRUE);
  gtk_box_append (GTK_BOX (body), self->control);
  gtk_box_append (GTK_BOX (body), self->message);
  gtk_box_append (GTK_BOX (self), build_label (self));
  gtk_box_append (GTK_BOX (self), body);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
}

/* Where the form has no words for it, the verb gives the key. */
gboolean
guitu_paper_field_has_label (JsonObject *entry)
{
  return !g_str_equal (guitu_json_string (entry, "label"), guitu_json_string (entry, "key"));
}

GuituPaperField *
guitu_paper_field_new (JsonObject *entry)
{
  GuituPaperField *self = g_object_new (GUITU_TYPE_PAPER_FIELD, NULL);

  self->key = g_strdup (guitu_json_string (entry, "key"));
  self->label = g_strdup (guitu_paper_field_has_label (entry) ? guitu_json_string (entry, "label") : "");
  self->is_typed = guitu_json_flag (entry, "typed");
  self->is_needed = guitu_json_flag (entry, "needed");
  self->is_one = guitu_json_flag (entry, "one");
  build (self, entry);
  set_text (self, guitu_json_string (entry, "value"));
  guitu_paper_field_keep (self);
  guitu_paper_field_show (self, entry);
  if (!self->is_typed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "told");
  return self;
}
