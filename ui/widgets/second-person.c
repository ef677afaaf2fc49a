/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/second-person.h"

#include "ui/errors.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

/* Refused without naming a field: a leader does it, or signs. */
#define PROTECTED "protected-fact"

struct _GuituSecondPerson
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group;
  GtkEditable *user;
  GtkEditable *password;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (GuituSecondPerson, guitu_second_person, GTK_TYPE_WIDGET)

static void
guitu_second_person_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (guitu_second_person_parent_class)->dispose (object);
}

static void
guitu_second_person_class_init (GuituSecondPersonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_second_person_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/widgets/second-person.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituSecondPerson, group);
  gtk_widget_class_bind_template_child (widget_class, GuituSecondPerson, user);
  gtk_widget_class_bind_template_child (widget_class, GuituSecondPerson, password);
  gtk_widget_class_bind_template_child (widget_class, GuituSecondPerson, problem);
}

static void
guitu_second_person_init (GuituSecondPerson *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_icons (GTK_WIDGET (self));
}

GuituSecondPerson *
guitu_second_person_new (const char *why)
{
  GuituSecondPerson *self = g_object_new (GUITU_TYPE_SECOND_PERSON, NULL);

  adw_preferences_group_set_description (self->group, why);
  return self;
}

const char *
guitu_second_person_why_protected (void)
{
  return _ ("Only where a low age or signs of a disability are taken back while the person is here: a leader signs, with the reason above.");
}

void
guitu_second_person_collect (GuituSecondPerson *self, JsonObject *input)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->user), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->password), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  if (*gtk_editable_get_text (self->user) == '\0')
    return;
  json_object_set_string_member (input, "second", gtk_editable_get_text (self->user));
  json_object_set_string_member (input, "second_password", gtk_editable_get_text (self->password));
  gtk_editable_set_text (self->password, "");
}

gboolean
guitu_second_person_show_error (GuituSecondPerson *self, const GError *error)
{
  const char *field = guitu_error_field (error);
  gboolean is_protected = g_strcmp0 (guitu_error_code (error), PROTECTED) == 0;
  GtkWidget *row = GTK_WIDGET (is_protected || g_strcmp0 (field, "second") == 0 ? self->user : self->password);
  g_autofree char *sentence = NULL;

  if (!is_protected && (field == NULL || !g_str_has_prefix (field, "second")))
    return FALSE;
  sentence = guitu_error_sentence (error);
  gtk_label_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_widget_grab_focus (row);
  return TRUE;
}
