/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/list-settings.h"

#include "ui/dialogs.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

struct _GuituListSettings
{
  GtkBox parent_instance;

  GtkDropDown *where;
  GtkWidget *other;
  GtkLabel *other_name;
  GtkDropDown *header;
  GtkDropDown *least;

  char *with;          /* another list, in which the rows are looked for; NULL: not chosen yet */
  const char *said;    /* “yes” or “no”: whether the first row names the columns; NULL: as it is seen from what stands there */
  gboolean is_setting; /* not the user but the program sets the drop-downs */
};

G_DEFINE_FINAL_TYPE (GuituListSettings, guitu_list_settings, GTK_TYPE_BOX)

static guint changed_signal, read_anew_signal;

/* In the order of the drop-downs. */
enum
{
  AMONG_PEOPLE,
  WITHIN_LIST,
  IN_OTHER_LIST,
};

/* What the first row is, in the order of its drop-down. */
enum
{
  NAMES_COLUMNS,
  IS_PERSON,
};

/* The probabilities are those of the words that stand at each match; NULL: what “compare” takes by itself. */
static const char *const least_told[] = { NULL, "0", "0.8", "0.99" };

static void
show_other (GuituListSettings *self)
{
  g_autofree char *name = self->with == NULL ? g_strdup (_ ("Choose the Other List…")) : g_path_get_basename (self->with);
  /* Translators: the file of the list in which the rows of another are looked for */
  g_autofree char *spoken = self->with == NULL ? g_strdup (name) : g_strdup_printf (_ ("The other list: %s"), name);

  gtk_label_set_text (self->other_name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->other), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (self->other, gtk_drop_down_get_selected (self->where) == IN_OTHER_LIST);
}

static void
other_chosen (gpointer owner, const char *path)
{
  GuituListSettings *self = owner;

  g_free (self->with);
  self->with = g_strdup (path);
  show_other (self);
  gtk_widget_grab_focus (self->other);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_choose_other (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_file (widget, _ ("The Other List"), widget, other_chosen);
}

static void
on_setting_changed (GuituListSettings *self)
{
  guitu_name_drop_down (self->where, _ ("Look among"));
  guitu_name_drop_down (self->least, _ ("Matches to tell"));
  if (!self->is_setting)
    g_signal_emit (self, changed_signal, 0);
}

/* Who looks in another list is asked for it at once. */
static void
on_where_changed (GuituListSettings *self)
{
  g_clear_pointer (&self->with, g_free);
  show_other (self);
  on_setting_changed (self);
  if (!self->is_setting && gtk_drop_down_get_selected (self->where) == IN_OTHER_LIST)
    on_choose_other (GTK_WIDGET (self), NULL, NULL);
}

static void
on_header_changed (GuituListSettings *self)
{
  guitu_name_drop_down (self->header, _ ("What the first row is"));
  if (self->is_setting)
    return;
  self->said = gtk_drop_down_get_selected (self->header) == NAMES_COLUMNS ? "yes" : "no";
  g_signal_emit (self, read_anew_signal, 0);
}

void
guitu_list_settings_reset (GuituListSettings *self)
{
  self->is_setting = TRUE;
  self->said = NULL;
  gtk_drop_down_set_selected (self->where, AMONG_PEOPLE);
  gtk_drop_down_set_selected (self->least, 0);
  self->is_setting = FALSE;
}

void
guitu_list_settings_show_header (GuituListSettings *self, gboolean names_columns)
{
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->header, names_columns ? NAMES_COLUMNS : IS_PERSON);
  self->is_setting = FALSE;
}

const char *
guitu_list_settings_said (GuituListSettings *self)
{
  return self->said;
}

gboolean
guitu_list_settings_is_of_people (GuituListSettings *self)
{
  return gtk_drop_down_get_selected (self->where) == AMONG_PEOPLE;
}

gboolean
guitu_list_settings_ready (GuituListSettings *self)
{
  if (gtk_drop_down_get_selected (self->where) != IN_OTHER_LIST || self->with != NULL)
    return TRUE;
  on_choose_other (GTK_WIDGET (self), NULL, NULL);
  return FALSE;
}

void
guitu_list_settings_collect (GuituListSettings *self, JsonObject *input)
{
  if (gtk_drop_down_get_selected (self->where) == WITHIN_LIST)
    json_object_set_boolean_member (input, "within", TRUE);
  else if (gtk_drop_down_get_selected (self->where) == IN_OTHER_LIST)
    guitu_json_set (input, "with", self->with);
  guitu_json_set (input, "header", self->said);
  guitu_json_set (input, "least", least_told[gtk_drop_down_get_selected (self->least)]);
}

static void
guitu_list_settings_finalize (GObject *object)
{
  g_free (GUITU_LIST_SETTINGS (object)->with);
  G_OBJECT_CLASS (guitu_list_settings_parent_class)->finalize (object);
}

static void
guitu_list_settings_class_init (GuituListSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = guitu_list_settings_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  read_anew_signal = g_signal_new ("read-anew", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "list-settings.choose-other", NULL, on_choose_other);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/tracing/list-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituListSettings, where);
  gtk_widget_class_bind_template_child (widget_class, GuituListSettings, other);
  gtk_widget_class_bind_template_child (widget_class, GuituListSettings, other_name);
  gtk_widget_class_bind_template_child (widget_class, GuituListSettings, header);
  gtk_widget_class_bind_template_child (widget_class, GuituListSettings, least);
  gtk_widget_class_bind_template_callback (widget_class, on_where_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_header_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_setting_changed);
}

static void
guitu_list_settings_init (GuituListSettings *self)
{
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  on_where_changed (self);
  on_header_changed (self);
  self->is_setting = FALSE;
}
