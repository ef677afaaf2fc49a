/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/news.h"

#define TOASTS "guitu-news" /* (AdwToast) of an overlay: those to be seen and those that wait */

static GPtrArray *
toasts_of (AdwToastOverlay *overlay)
{
  GPtrArray *toasts = g_object_get_data (G_OBJECT (overlay), TOASTS);

  if (toasts == NULL)
    {
      toasts = g_ptr_array_new_with_free_func (g_object_unref);
      g_object_set_data_full (G_OBJECT (overlay), TOASTS, toasts, (GDestroyNotify) g_ptr_array_unref);
    }
  return toasts;
}

static void
on_dismissed (AdwToastOverlay *overlay, AdwToast *toast)
{
  g_ptr_array_remove (toasts_of (overlay), toast);
}

/* The newest goes first: libadwaita 1.2 crashes when a toast that comes up in place of another is
 * dismissed at once. */
void
guitu_news_dismiss (AdwToastOverlay *overlay)
{
  GPtrArray *toasts = toasts_of (overlay);

  while (toasts->len > 0)
    {
      g_autoptr (AdwToast) toast = g_ptr_array_steal_index (toasts, toasts->len - 1);

      adw_toast_dismiss (toast);
    }
}

/* What is new does not wait behind what is old. */
void
guitu_news_show (AdwToastOverlay *overlay, GVariant *news)
{
  const char *text, *label, *action, *target;
  AdwToast *toast;

  g_variant_get (news, "(&s&s&s&s)", &text, &label, &action, &target);
  guitu_news_dismiss (overlay);
  toast = adw_toast_new (text);
  if (*label != '\0')
    {
      adw_toast_set_button_label (toast, label);
      adw_toast_set_action_name (toast, action);
      adw_toast_set_action_target_value (toast, g_variant_new_string (target));
    }
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, G_CONNECT_SWAPPED);
  g_ptr_array_add (toasts_of (overlay), g_object_ref (toast));
  adw_toast_overlay_add_toast (overlay, toast);
}

static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  AdwToastOverlay *found = ADW_IS_TOAST_OVERLAY (widget) ? ADW_TOAST_OVERLAY (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_overlay (child);
  return found;
}

static void
on_show (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_news_show (find_overlay (widget), parameter);
}

void
guitu_news_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-toast", GUITU_NEWS_TYPE, on_show);
}
