/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/section.h"

#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

struct _GuituSection
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkWidget *head;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *more; /* shows what is beyond the limit */
  GListStore *items;
  GtkSliceListModel *shown;
  guint limit;          /* 0: none */
  gboolean is_expanded; /* all were asked for */
  char *filled;         /* what the rows were made of, and on which day, as text; NULL: nothing yet */
  GuituSectionRow row;
};

G_DEFINE_FINAL_TYPE (GuituSection, guitu_section, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_EMPTY,
  PROP_SUFFIX,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GuituSection *self = data;

  return self->row (guitu_list_item_get_object (item));
}

static void
set_title (GuituSection *self, const char *title)
{
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
guitu_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  GuituSection *self = GUITU_SECTION (object);

  if (id == PROP_TITLE)
    set_title (self, g_value_get_string (value));
  else if (id == PROP_EMPTY)
    gtk_label_set_text (GTK_LABEL (self->empty), g_value_get_string (value));
  else if (id == PROP_SUFFIX && g_value_get_object (value) != NULL)
    gtk_box_append (GTK_BOX (self->head), g_value_get_object (value));
}

static void
guitu_section_dispose (GObject *object)
{
  GuituSection *self = GUITU_SECTION (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->items);
  g_clear_pointer (&self->filled, g_free);
  G_OBJECT_CLASS (guitu_section_parent_class)->dispose (object);
}

static void
guitu_section_class_init (GuituSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = guitu_section_set_property;
  object_class->dispose = guitu_section_dispose;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_EMPTY] = g_param_spec_string ("empty", NULL, NULL, NULL, flags);
  properties[PROP_SUFFIX] = g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/* The focus goes on to the first row that was hidden. */
static void
show_all (GuituSection *self)
{
  GtkListBoxRow *row;

  self->is_expanded = TRUE;
  gtk_slice_list_model_set_size (self->shown, G_MAXUINT);
  gtk_widget_set_visible (self->more, FALSE);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) self->limit);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
limit (GuituSection *self, guint n)
{
  gboolean is_beyond = self->limit > 0 && n > self->limit && !self->is_expanded;
  g_autofree char *words = g_strdup_printf (_ ("Show All (%u)"), n);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", gtk_label_get_text (self->title), words);

  gtk_slice_list_model_set_size (self->shown, is_beyond ? self->limit : G_MAXUINT);
  gtk_button_set_label (GTK_BUTTON (self->more), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (self->more, is_beyond);
}

static void
guitu_section_init (GuituSection *self)
{
  self->items = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  self->shown = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), 0, G_MAXUINT);
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->list = gtk_list_box_new ();
  self->empty = gtk_label_new (NULL);
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE); /* else a sentence makes the page wider than the screen */
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  self->more = gtk_button_new_with_label (_ ("Show All"));
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (show_all), self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_append (GTK_BOX (self->head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self), self->head);
  gtk_box_append (GTK_BOX (self), self->list);
  gtk_box_append (GTK_BOX (self), self->more);
  gtk_box_append (GTK_BOX (self), self->empty);
}

void
guitu_section_set_limit (GuituSection *self, guint limit)
{
  self->limit = limit;
}

void
guitu_section_set_row (GuituSection *self, GuituSectionRow row)
{
  self->row = row;
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->shown), create_row, self, NULL);
}

/* Where the focus is: which row, and which of its buttons. */
typedef struct
{
  int row;    /* -1: in none */
  int button; /* -1: on the row itself */
} Place;

static void
gather_buttons (GtkWidget *widget, GPtrArray *buttons)
{
  if (GTK_IS_BUTTON (widget))
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gather_buttons (child, buttons);
}

static Place
focused_place (GuituSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, self->list) ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  guint button = 0;

  if (row == NULL)
    return (Place){ -1, -1 };
  gather_buttons (row, buttons);
  return (Place){ gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), g_ptr_array_find (buttons, focus, &button) ? (int) button : -1 };
}

/* A row that is gone keeps the focus until somebody else gets it. */
static void
focus_beside (GtkWidget *section)
{
  gtk_root_set_focus (gtk_widget_get_root (section), NULL);
  for (GtkWidget *other = gtk_widget_get_first_child (gtk_widget_get_parent (section)); other != NULL; other = gtk_widget_get_next_sibling (other))
    if (other != section && gtk_widget_child_focus (other, GTK_DIR_TAB_FORWARD))
      return;
}

/* The rows are made anew: the focus stays where it was among them or, without any, beside them. */
static void
focus_place (GuituSection *self, Place place, guint n)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MIN (place.row, (int) n - 1));
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  if (row == NULL)
    {
      focus_beside (GTK_WIDGET (self));
      return;
    }
  gather_buttons (GTK_WIDGET (row), buttons);
  gtk_widget_grab_focus (place.button >= 0 && place.button < (int) buttons->len ? buttons->pdata[place.button] : GTK_WIDGET (row));
}

gboolean
guitu_section_keep_focus (GtkWidget *within)
{
  GtkRoot *root = gtk_widget_get_root (within);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, within))
    return TRUE;
  return gtk_widget_child_focus (within, GTK_DIR_TAB_FORWARD);
}

/* The same records make the same rows, until the words for a day change at midnight. */
static char *
fingerprint (JsonArray *records)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), records);
  g_autofree char *text = json_to_string (node, FALSE);
  GDate today = guitu_moment_today ();

  return g_strdup_printf ("%u %s", g_date_get_julian (&today), text);
}

/* What is hidden with the keyboard in it stays in the way of Tab among its neighbours. */
static void
forget_focus (GuituSection *self)
{
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  for (GtkWidget *widget = self->list; widget != NULL; widget = gtk_widget_get_parent (widget))
    gtk_widget_set_focus_child (widget, NULL);
}

void
guitu_section_fill (GuituSection *self, JsonArray *records)
{
  guint n = records != NULL ? json_array_get_length (records) : 0;
  gboolean says_empty = *gtk_label_get_text (GTK_LABEL (self->empty)) != '\0';
  g_autofree char *filled = n > 0 ? fingerprint (records) : NULL;
  Place place = focused_place (self);

  if (filled != NULL && g_strcmp0 (filled, self->filled) == 0)
    return;
  g_free (self->filled);
  self->filled = g_steal_pointer (&filled);
  if (records == NULL)
    self->is_expanded = FALSE;
  limit (self, n);
  guitu_list_item_fill (self->items, records);
  if (place.row >= 0 && n == 0)
    forget_focus (self);
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || says_empty);
  if (place.row >= 0)
    focus_place (self, place, n);
}

GtkWidget *
guitu_section_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-selectable", FALSE, NULL);

  /* the labels learn that there is no markup only when the row is made */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}
