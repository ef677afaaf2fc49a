/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/choice-group.h"

#include "app/app.h"

#include <string.h>

struct _GuituChoiceGroup
{
  GtkWidget parent_instance;

  GPtrArray *buttons; /* (GtkToggleButton), owned by the tree */
  GPtrArray *codes;   /* (const char *), one per button */
  gboolean is_quiet;  /* while several buttons are set at once */
};

G_DEFINE_FINAL_TYPE (GuituChoiceGroup, guitu_choice_group, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
active_index (GuituChoiceGroup *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
      return (int) i;
  return -1;
}

/* Only one button takes the focus by Tab; the arrow keys reach the others. */
static void
rove (GuituChoiceGroup *self, guint to)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_set_focusable (g_ptr_array_index (self->buttons, i), i == to);
}

static void
pick (GuituChoiceGroup *self, guint index, gboolean with_focus)
{
  GtkWidget *button = g_ptr_array_index (self->buttons, index);

  gtk_widget_set_focusable (button, TRUE);
  if (with_focus)
    gtk_widget_grab_focus (button);
  rove (self, index);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
on_toggled (GtkToggleButton *button, GuituChoiceGroup *self)
{
  if (self->is_quiet || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < self->buttons->len; i++)
    if (g_ptr_array_index (self->buttons, i) == (gpointer) button)
      rove (self, i);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GB/T 2261.1 gives the sexes digits that people know; other lists are counted from 1, the tenth is 0,
 * and letters go on from there. */
static char
digit_of (GuituChoiceGroup *self, guint index)
{
  const char *code = g_ptr_array_index (self->codes, index);

  if (strlen (code) == 1 && g_ascii_isdigit (*code))
    return *code;
  if (index < 9)
    return (char) ('1' + index);
  return index == 9 ? '0' : (char) ('a' + (index - 10) % 26);
}

static gboolean
pick_by_digit (GuituChoiceGroup *self, guint key)
{
  guint32 c = gdk_keyval_to_unicode (gdk_keyval_to_lower (key));

  for (guint i = 0; i < self->buttons->len; i++)
    if ((guint32) digit_of (self, i) == c)
      {
        pick (self, i, TRUE);
        g_signal_emit (self, signals[PICKED], 0);
        return TRUE;
      }
  return FALSE;
}

static gboolean
on_key_pressed (GuituChoiceGroup *self, guint key, guint code, GdkModifierType modifiers)
{
  int n = (int) self->buttons->len;
  int at = 0;
  int step = 0;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_Up || key == GDK_KEY_KP_Left || key == GDK_KEY_KP_Up)
    step = -1;
  else if (key == GDK_KEY_Right || key == GDK_KEY_Down || key == GDK_KEY_KP_Right || key == GDK_KEY_KP_Down)
    step = 1;
  if (step == 0)
    return pick_by_digit (self, key);
  for (at = 0; at < n; at++)
    if (gtk_widget_has_focus (g_ptr_array_index (self->buttons, at)))
      break;
  pick (self, (guint) ((at + step + n) % n), TRUE);
  return TRUE;
}

static GtkWidget *
build_button (const char *words, char digit)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (words);
  char digits[] = { g_ascii_toupper (digit), '\0' };
  GtkWidget *mark = gtk_label_new (digits);

  gtk_widget_add_css_class (mark, "digit");
  gtk_label_set_width_chars (GTK_LABEL (mark), 1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return button;
}

static void
append (GuituChoiceGroup *self, const char *list, const GuituCode *code, guint columns)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  guint i = self->buttons->len;
  GtkWidget *button;
  GtkGridLayoutChild *place;

  g_ptr_array_add (self->codes, (gpointer) code->code);
  button = build_button (guitu_code_label (list, code->code), digit_of (self, i));
  if (i > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->buttons, button);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  place = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, button));
  gtk_grid_layout_child_set_column (place, (int) (i % columns));
  gtk_grid_layout_child_set_row (place, (int) (i / columns));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
}

/* Male and female come before what the standard numbers 0 and 9: not known, not stated. */
static void
fill (GuituChoiceGroup *self, const char *list, guint columns)
{
  guint n = 0;
  const GuituCode *const *codes = guitu_codes_list (list, &n);

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        gboolean is_late = g_str_equal (codes[i]->code, "0") || g_str_equal (codes[i]->code, "9");

        if (is_late == (pass == 1))
          append (self, list, codes[i], columns);
      }
  if (n > 0)
    rove (self, 0);
}

static gboolean
guitu_choice_group_grab_focus (GtkWidget *widget)
{
  GuituChoiceGroup *self = GUITU_CHOICE_GROUP (widget);
  int at = MAX (active_index (self), 0);

  if (self->buttons->len == 0)
    return FALSE;
  rove (self, (guint) at);
  return gtk_widget_grab_focus (g_ptr_array_index (self->buttons, at));
}

static void
guitu_choice_group_dispose (GObject *object)
{
  GtkWidget *child;

  GUITU_CHOICE_GROUP (object)->is_quiet = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (guitu_choice_group_parent_class)->dispose (object);
}

static void
guitu_choice_group_finalize (GObject *object)
{
  GuituChoiceGroup *self = GUITU_CHOICE_GROUP (object);

  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->codes);
  G_OBJECT_CLASS (guitu_choice_group_parent_class)->finalize (object);
}

static void
guitu_choice_group_class_init (GuituChoiceGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_choice_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = guitu_choice_group_finalize;
  widget_class->grab_focus = guitu_choice_group_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_GRID_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "choices");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guitu_choice_group_init (GuituChoiceGroup *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGridLayout *layout = GTK_GRID_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  self->buttons = g_ptr_array_new ();
  self->codes = g_ptr_array_new ();
  gtk_grid_layout_set_column_spacing (layout, 6);
  gtk_grid_layout_set_row_spacing (layout, 6);
  gtk_grid_layout_set_column_homogeneous (layout, TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
guitu_choice_group_new (const char *list, guint columns)
{
  GuituChoiceGroup *self = g_object_new (GUITU_TYPE_CHOICE_GROUP, NULL);

  fill (self, list, columns);
  return GTK_WIDGET (self);
}

const char *
guitu_choice_group_get_code (GuituChoiceGroup *self)
{
  int at = active_index (self);

  return at >= 0 ? g_ptr_array_index (self->codes, at) : NULL;
}

void
guitu_choice_group_set_code (GuituChoiceGroup *self, const char *code)
{
  const char *before = guitu_choice_group_get_code (self);

  if (g_strcmp0 (before, code) == 0)
    return;
  self->is_quiet = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      gboolean is_it = g_strcmp0 (g_ptr_array_index (self->codes, i), code) == 0;

      gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i), is_it);
      if (is_it)
        rove (self, i);
    }
  if (code == NULL && self->buttons->len > 0)
    rove (self, 0);
  self->is_quiet = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}
