/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/register-bar.h"

#include "ui/board/board-cells.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

struct _GuituRegisterBar
{
  GtkBox parent_instance;

  GtkEditable *text;
  GtkDropDown *kind;
  GtkDropDown *state;
  GtkWidget *from;
  GtkWidget *until;

  GPtrArray *choices; /* of the drop-down of kinds: "kind=bed-label", "group=arrival", "" for all */
  JsonObject *told;   /* what was collected when "changed" was emitted last */
};

G_DEFINE_FINAL_TYPE (GuituRegisterBar, guitu_register_bar, GTK_TYPE_BOX)

enum
{
  CHANGED,
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_day (JsonObject *input, const char *member, GtkWidget *entry)
{
  g_autofree char *day = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  guitu_json_set (input, member, day);
}

JsonObject *
guitu_register_bar_collect (GuituRegisterBar *self)
{
  JsonObject *input = json_object_new ();
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->text)));
  guint kind = gtk_drop_down_get_selected (self->kind);
  guint state = gtk_drop_down_get_selected (self->state);
  g_auto (GStrv) choice = g_strsplit (kind < self->choices->len ? self->choices->pdata[kind] : "", "=", 2);

  guitu_json_set (input, "text", text);
  if (choice[0] != NULL)
    json_object_set_string_member (input, choice[0], choice[1]);
  if (state != 0 && state != GTK_INVALID_LIST_POSITION)
    json_object_set_string_member (input, "state", guitu_codes_list ("paper_state", NULL)[state - 1]->code);
  set_day (input, "from", self->from);
  set_day (input, "until", self->until);
  return input;
}

gboolean
guitu_register_bar_is_set (GuituRegisterBar *self)
{
  g_autoptr (JsonObject) input = guitu_register_bar_collect (self);

  return json_object_get_size (input) > 0;
}

static void
on_changed (GuituRegisterBar *self)
{
  g_autoptr (JsonObject) now = guitu_register_bar_collect (self);

  if (json_object_equal (now, self->told))
    return;
  json_object_unref (self->told);
  self->told = g_steal_pointer (&now);
  gtk_widget_remove_css_class (self->from, "error");
  gtk_widget_remove_css_class (self->until, "error");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chosen (GuituRegisterBar *self)
{
  guitu_name_drop_down (self->kind, _ ("Kind"));
  guitu_name_drop_down (self->state, _ ("State"));
  on_changed (self);
}

static void
on_left (GuituRegisterBar *self)
{
  on_changed (self);
  g_signal_emit (self, signals[LEAVE], 0);
}

static gboolean
on_key (GuituRegisterBar *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  on_left (self);
  return TRUE;
}

void
guitu_register_bar_clear (GuituRegisterBar *self)
{
  gtk_editable_set_text (self->text, "");
  gtk_editable_set_text (GTK_EDITABLE (self->from), "");
  gtk_editable_set_text (GTK_EDITABLE (self->until), "");
  gtk_drop_down_set_selected (self->state, 0);
  gtk_drop_down_set_selected (self->kind, 0);
  on_changed (self);
}

static void
on_stopped (GuituRegisterBar *self)
{
  guitu_register_bar_clear (self);
  g_signal_emit (self, signals[LEAVE], 0);
}

gboolean
guitu_register_bar_show_error (GuituRegisterBar *self, const GError *error)
{
  const char *field = guitu_error_field (error);
  GtkWidget *entry = g_strcmp0 (field, "from") == 0 ? self->from : g_strcmp0 (field, "until") == 0 ? self->until
                                                                                                   : NULL;
  if (entry == NULL)
    return FALSE;
  gtk_widget_add_css_class (entry, "error");
  gtk_widget_grab_focus (entry);
  return TRUE;
}

static void
add_choice (GuituRegisterBar *self, GtkStringList *words, char *line, char *choice)
{
  gtk_string_list_take (words, line);
  g_ptr_array_add (self->choices, choice);
}

/* Each group, and below it its kinds. */
void
guitu_register_bar_set_kinds (GuituRegisterBar *self, JsonArray *kinds)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  const char *before = "";

  g_ptr_array_set_size (self->choices, 0);
  add_choice (self, words, g_strdup (_ ("All")), g_strdup (""));
  for (guint i = 0; i < json_array_get_length (kinds); i++)
    {
      JsonObject *kind = json_array_get_object_element (kinds, i);
      const char *group = guitu_json_string (kind, "group");

      if (!g_str_equal (group, before))
        add_choice (self, words, g_strdup (guitu_code_label ("paper_group", group)), g_strconcat ("group=", group, NULL));
      add_choice (self, words, g_strconcat ("　", guitu_json_string (kind, "title"), NULL), g_strconcat ("kind=", guitu_json_string (kind, "kind"), NULL));
      before = group;
    }
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (words));
}

static gboolean
guitu_register_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GUITU_REGISTER_BAR (widget)->text));
}

static void
guitu_register_bar_dispose (GObject *object)
{
  GuituRegisterBar *self = GUITU_REGISTER_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->told, json_object_unref);
  G_OBJECT_CLASS (guitu_register_bar_parent_class)->dispose (object);
}

static void
guitu_register_bar_class_init (GuituRegisterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_register_bar_dispose;
  widget_class->grab_focus = guitu_register_bar_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/register-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterBar, text);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterBar, kind);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterBar, state);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterBar, from);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterBar, until);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
guitu_register_bar_init (GuituRegisterBar *self)
{
  g_autoptr (JsonArray) none = json_array_new ();

  self->choices = g_ptr_array_new_with_free_func (g_free);
  self->told = json_object_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_board_fill_choice (self->state, NULL, "paper_state");
  guitu_register_bar_set_kinds (self, none);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  on_chosen (self);
}
