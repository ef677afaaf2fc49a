/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/field-row.h"

#include "ui/widgets/choice-group.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/money.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters before the control, so that controls stand below one another. */
#define LABEL_WIDTH 15

/* A drop-down with more codes than this can be searched. */
#define SEARCHED_CODES 13

struct _GuituFieldRow
{
  GtkWidget parent_instance;

  const GuituKind *kind;
  const GuituField *field;
  guint choices; /* columns of buttons for a code; 0: a drop-down */
  gboolean is_stacked;

  GtkWidget *label;
  GtkWidget *body;
  GtkWidget *control; /* GtkEntry, GtkTextView, GtkDropDown or GuituChoiceGroup */
  GtkWidget *message;
  const GuituCode **offered; /* what the drop-down holds, after the empty line; NULL-terminated */
  char *hint;
  char *error;

  /* A region is shown by name and kept by code until somebody types over it. */
  char *loaded_code;
  char *loaded_words;
};

G_DEFINE_FINAL_TYPE (GuituFieldRow, guitu_field_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_CHOICES,
  PROP_STACKED,
  N_PROPS
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_birth (GuituFieldRow *self)
{
  return strcmp (self->field->name, "birth_from") == 0;
}

static void
show_message (GuituFieldRow *self)
{
  const char *text = self->error != NULL ? self->error : self->hint;

  gtk_label_set_text (GTK_LABEL (self->message), text != NULL ? text : "");
  gtk_widget_set_visible (self->message, text != NULL);
  if (self->error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  if (self->control == NULL)
    return;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                               self->error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  if (self->error != NULL)
    gtk_widget_add_css_class (self->control, "error");
  else
    gtk_widget_remove_css_class (self->control, "error");
}

/* "45" says which years that means, so that a slip is seen at once. */
static void
explain_birth (GuituFieldRow *self)
{
  g_autofree char *text = guitu_field_row_get_text (self);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *words = NULL;
  GDate today = guitu_moment_today ();

  if (guitu_birth_parse (text, &today, &from, &to) && strcmp (from, to) != 0)
    /* Translators: first and last possible day of birth */
    words = g_strdup_printf (_ ("Born %s to %s"), from, to);
  guitu_field_row_set_hint (self, words);
}

static void
on_edited (GuituFieldRow *self)
{
  guitu_field_row_set_error (self, NULL);
  if (is_birth (self))
    explain_birth (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (GuituFieldRow *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_selected (GuituFieldRow *self)
{
  guitu_name_drop_down (GTK_DROP_DOWN (self->control), guitu_field_row_get_label (self));
  on_edited (self);
}

/* The codes of the list that are among @only (NULL: all), and their labels after an empty line. */
static GtkStringList *
offer_codes (GuituFieldRow *self, const char *const *only)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  guint n = 0;
  guint n_offered = 0;
  const GuituCode *const *codes = guitu_codes_list (self->field->of, &n);

  g_free (self->offered);
  self->offered = g_new0 (const GuituCode *, n + 1);
  gtk_string_list_append (labels, "—");
  for (guint i = 0; i < n; i++)
    if (only == NULL || g_strv_contains (only, codes[i]->code))
      {
        self->offered[n_offered++] = codes[i];
        gtk_string_list_append (labels, guitu_code_label (self->field->of, codes[i]->code));
      }
  return labels;
}

static GtkWidget *
build_drop_down (GuituFieldRow *self)
{
  GtkExpression *words = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkStringList *labels = offer_codes (self, NULL);
  gboolean is_long = g_list_model_get_n_items (G_LIST_MODEL (labels)) > SEARCHED_CODES;
  GtkWidget *control = gtk_drop_down_new (G_LIST_MODEL (labels), words);

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (control), is_long);
  guitu_name_drop_down (GTK_DROP_DOWN (control), guitu_field_row_get_label (self));
  g_signal_connect_object (control, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  return control;
}

void
guitu_field_row_offer (GuituFieldRow *self, const char *const *codes)
{
  g_autoptr (GtkStringList) labels = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (self->control));
  labels = offer_codes (self, codes);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->control), G_LIST_MODEL (labels));
}

static GtkWidget *
build_choices (GuituFieldRow *self)
{
  GtkWidget *control = guitu_choice_group_new (self->field->of, self->choices);

  g_signal_connect_object (control, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (control, "picked", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
build_text_view (GuituFieldRow *self)
{
  GtkWidget *control = gtk_text_view_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (control), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (control), GTK_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (control, "words");
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  return control;
}

/* What can be typed, where that is not plain to see; NULL: nothing. */
static const char *
example (GuituFieldRow *self)
{
  if (is_birth (self))
    return _ ("1980-05-06, 45 or 40-50");
  if (strcmp (self->field->name, "birth_lunar") == 0)
    return _ ("1950年八月十五");
  if (self->field->type == GUITU_FIELD_DATE)
    return _ ("for example 2026-11-30");
  return self->field->type == GUITU_FIELD_TIME ? _ ("for example 11-30 14:05 or 14:05") : NULL;
}

static GtkWidget *
build_password (GuituFieldRow *self)
{
  GtkWidget *control = gtk_password_entry_new ();

  g_signal_connect_object (control, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (control, "activate", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
build_entry (GuituFieldRow *self)
{
  GtkWidget *control = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (control), example (self));
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 8);
  g_signal_connect_object (control, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (control, "activate", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return control;
}

static void
build_control (GuituFieldRow *self)
{
  const char *label = is_birth (self) ? _ ("Birth or age") : guitu_money_is (self->field) ? _ ("Amount (yuan)")
                                                                                          : guitu_field_label (self->field);

  if (self->field->type == GUITU_FIELD_CODE)
    self->control = self->choices > 0 ? build_choices (self) : build_drop_down (self);
  else if ((self->field->flags & GUITU_LONG) != 0)
    self->control = build_text_view (self);
  else if ((self->field->flags & GUITU_SECRET) != 0)
    self->control = build_password (self);
  else
    self->control = build_entry (self);
  gtk_box_prepend (GTK_BOX (self->body), self->control);
  guitu_field_row_set_label (self, label);
}

/* The properties come in any order: the control is built once all are there. */
static void
guitu_field_row_constructed (GObject *object)
{
  GuituFieldRow *self = GUITU_FIELD_ROW (object);

  G_OBJECT_CLASS (guitu_field_row_parent_class)->constructed (object);
  g_return_if_fail (self->field != NULL);
  if (self->is_stacked)
    {
      GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

      gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
      gtk_widget_add_css_class (GTK_WIDGET (self), "stacked");
    }
  build_control (self);
}

static void
guitu_field_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  GuituFieldRow *self = GUITU_FIELD_ROW (object);

  if (id == PROP_FIELD)
    self->field = guitu_json_field (g_value_get_string (value), &self->kind);
  else if (id == PROP_CHOICES)
    self->choices = g_value_get_uint (value);
  else if (id == PROP_STACKED)
    self->is_stacked = g_value_get_boolean (value);
}

static gboolean
guitu_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GUITU_FIELD_ROW (widget)->control);
}

static void
guitu_field_row_dispose (GObject *object)
{
  GuituFieldRow *self = GUITU_FIELD_ROW (object);
  GtkWidget *child;

  self->control = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (guitu_field_row_parent_class)->dispose (object);
}

static void
guitu_field_row_finalize (GObject *object)
{
  GuituFieldRow *self = GUITU_FIELD_ROW (object);

  g_free (self->offered);
  g_free (self->hint);
  g_free (self->error);
  g_free (self->loaded_code);
  g_free (self->loaded_words);
  G_OBJECT_CLASS (guitu_field_row_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags once = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, once);
  properties[PROP_CHOICES] = g_param_spec_uint ("choices", NULL, NULL, 0, 20, 0, once);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE, once);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guitu_field_row_class_init (GuituFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = guitu_field_row_constructed;
  object_class->set_property = guitu_field_row_set_property;
  object_class->dispose = guitu_field_row_dispose;
  object_class->finalize = guitu_field_row_finalize;
  widget_class->grab_focus = guitu_field_row_grab_focus;
  install_properties (object_class);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "field");
}

static GtkWidget *
build_text (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
guitu_field_row_init (GuituFieldRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->label = build_text ("field-label");
  gtk_label_set_width_chars (GTK_LABEL (self->label), LABEL_WIDTH);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), LABEL_WIDTH);
  gtk_widget_set_valign (self->label, GTK_ALIGN_START);
  self->message = build_text ("field-message");
  gtk_widget_set_visible (self->message, FALSE);
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (self->body, TRUE);
  gtk_box_append (GTK_BOX (self->body), self->message);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
}

GuituFieldRow *
guitu_field_row_new (const char *path)
{
  return g_object_new (GUITU_TYPE_FIELD_ROW, "field", path, NULL);
}

const GuituKind *
guitu_field_row_get_kind (GuituFieldRow *self)
{
  return self->kind;
}

const GuituField *
guitu_field_row_get_field (GuituFieldRow *self)
{
  return self->field;
}

const char *
guitu_field_row_get_label (GuituFieldRow *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}

void
guitu_field_row_set_label (GuituFieldRow *self, const char *label)
{
  gtk_label_set_text (GTK_LABEL (self->label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (GTK_IS_DROP_DOWN (self->control))
    guitu_name_drop_down (GTK_DROP_DOWN (self->control), label);
}

gboolean
guitu_field_row_covers (GuituFieldRow *self, const char *field)
{
  return strcmp (self->field->name, field) == 0 || (is_birth (self) && strcmp (field, "birth_to") == 0);
}

gboolean
guitu_field_row_is_empty (GuituFieldRow *self)
{
  g_autofree char *text = guitu_field_row_get_text (self);

  return *g_strstrip (text) == '\0';
}

gboolean
guitu_field_row_is_changed (GuituFieldRow *self)
{
  g_autofree char *text = guitu_field_row_get_text (self);

  return strcmp (text, self->loaded_words != NULL ? self->loaded_words : "") != 0;
}

static const char *
selected_code (GuituFieldRow *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control));

  return selected == 0 || selected == GTK_INVALID_LIST_POSITION ? NULL : self->offered[selected - 1]->code;
}

char *
guitu_field_row_get_text (GuituFieldRow *self)
{
  if (GTK_IS_EDITABLE (self->control))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  if (GTK_IS_TEXT_VIEW (self->control))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control));
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  if (GTK_IS_DROP_DOWN (self->control))
    return g_strdup (selected_code (self) != NULL ? selected_code (self) : "");
  return g_strdup (guitu_choice_group_get_code (GUITU_CHOICE_GROUP (self->control)) != NULL
                       ? guitu_choice_group_get_code (GUITU_CHOICE_GROUP (self->control))
                       : "");
}

static void
select_code (GuituFieldRow *self, const char *code)
{
  guint selected = 0;

  for (guint i = 0; self->offered[i] != NULL; i++)
    if (strcmp (self->offered[i]->code, code) == 0)
      selected = i + 1;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), selected);
}

void
guitu_field_row_set_text (GuituFieldRow *self, const char *text)
{
  const char *value = text != NULL ? text : "";

  if (GTK_IS_EDITABLE (self->control))
    gtk_editable_set_text (GTK_EDITABLE (self->control), value);
  else if (GTK_IS_TEXT_VIEW (self->control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control)), value, -1);
  else if (GTK_IS_DROP_DOWN (self->control))
    select_code (self, value);
  else
    guitu_choice_group_set_code (GUITU_CHOICE_GROUP (self->control), *value != '\0' ? value : NULL);
}

void
guitu_field_row_load (GuituFieldRow *self, JsonObject *object)
{
  const char *code = guitu_json_text (object, self->field->name);
  g_autofree char *path = g_strconcat (self->kind->name, ".", self->field->name, NULL);
  g_autofree char *words = NULL;

  if (self->field->type == GUITU_FIELD_CODE)
    words = g_strdup (code);
  else if (is_birth (self))
    words = guitu_birth_text (code, guitu_json_text (object, "birth_to"));
  else
    words = guitu_json_words (object, path);
  guitu_field_row_set_text (self, words);
  g_free (self->loaded_code);
  self->loaded_code = g_strdup (code);
  g_free (self->loaded_words);
  self->loaded_words = g_steal_pointer (&words);
}

static void
collect_birth (const char *text, JsonObject *object)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  GDate today = guitu_moment_today ();

  if (!guitu_birth_parse (text, &today, &from, &to))
    from = g_strdup (text); /* refused by the rules, which name the field */
  json_object_set_string_member (object, "birth_from", from);
  json_object_set_string_member (object, "birth_to", to != NULL ? to : from);
}

void
guitu_field_row_collect (GuituFieldRow *self, JsonObject *object)
{
  const char *name = self->field->name;
  g_autofree char *text = guitu_field_row_get_text (self);
  g_autofree char *iso = NULL;
  char *end = NULL;
  gint64 number;

  g_strstrip (text);
  if (*text == '\0')
    {
      json_object_set_null_member (object, name);
      if (is_birth (self))
        json_object_set_null_member (object, "birth_to");
      return;
    }
  if (self->loaded_words != NULL && strcmp (text, self->loaded_words) == 0 && self->field->type == GUITU_FIELD_REGION)
    {
      json_object_set_string_member (object, name, self->loaded_code);
      return;
    }
  if (is_birth (self))
    {
      collect_birth (text, object);
      return;
    }
  if (self->field->type == GUITU_FIELD_TIME)
    iso = guitu_moment_to_iso (text);
  if (guitu_money_is (self->field) && guitu_money_parse (text, &number))
    {
      json_object_set_int_member (object, name, number);
      return;
    }
  number = g_ascii_strtoll (text, &end, 10);
  if (!guitu_money_is (self->field) && self->field->type == GUITU_FIELD_INTEGER && *end == '\0')
    json_object_set_int_member (object, name, number);
  else
    json_object_set_string_member (object, name, iso != NULL ? iso : text);
}

void
guitu_field_row_set_error (GuituFieldRow *self, const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  show_message (self);
}

void
guitu_field_row_set_hint (GuituFieldRow *self, const char *text)
{
  if (g_strcmp0 (self->hint, text) == 0)
    return;
  g_free (self->hint);
  self->hint = g_strdup (text);
  show_message (self);
}
