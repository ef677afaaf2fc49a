/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/news.h"

#include "ui/widgets/names.h"

#include <glib/gi18n.h>

#define NEWS "guitu-news"
#define COMES_UP_US 500000 /* the animation of a toast takes 250 ms */

/* The news of an overlay. */
typedef struct
{
  AdwToast *shown;
  gint64 shown_at; /* of the frame clock */
  gboolean is_leaving;
  AdwToast *waiting; /* until what it replaces is off the screen */
  guint tick;        /* that looks whether it is */
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_clear_object (&news->shown);
  g_clear_object (&news->waiting);
  g_free (news);
}

static News *
news_of (AdwToastOverlay *overlay)
{
  News *news = g_object_get_data (G_OBJECT (overlay), NEWS);

  if (news == NULL)
    {
      news = g_new0 (News, 1);
      g_object_set_data_full (G_OBJECT (overlay), NEWS, news, news_free);
    }
  return news;
}

static void
on_dismissed (AdwToastOverlay *overlay, AdwToast *toast)
{
  News *news = news_of (overlay);

  if (news->shown == toast)
    g_clear_object (&news->shown);
}

/* A toast stands in the overlay until it has faded. */
static gboolean
is_empty (AdwToastOverlay *overlay)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay));

  return child == NULL || (child == adw_toast_overlay_get_child (overlay) && gtk_widget_get_next_sibling (child) == NULL);
}

/* The button that closes a toast is only a picture, which libadwaita 1.2 leaves without a name. */
static void
name_close_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL && gtk_widget_get_tooltip_text (widget) == NULL)
    {
      gtk_widget_set_tooltip_text (widget, _ ("Dismiss"));
      guitu_name_icons (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_close_button (child);
}

static void
add_toast (AdwToastOverlay *overlay, News *news)
{
  GtkWidget *content = adw_toast_overlay_get_child (overlay);

  adw_toast_overlay_add_toast (overlay, g_object_ref (news->shown));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (child != content)
      name_close_button (child);
}

/* Dismisses what has come up, and then shows what waits. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AdwToastOverlay *overlay = ADW_TOAST_OVERLAY (widget);
  News *news = data;

  if (news->is_leaving && news->shown != NULL)
    {
      if (gdk_frame_clock_get_frame_time (clock) - news->shown_at >= COMES_UP_US)
        {
          g_autoptr (AdwToast) shown = g_steal_pointer (&news->shown);

          adw_toast_dismiss (shown);
        }
      return G_SOURCE_CONTINUE;
    }
  if (!is_empty (overlay))
    return G_SOURCE_CONTINUE;
  news->tick = 0;
  if (news->waiting == NULL)
    return G_SOURCE_REMOVE;
  news->shown = g_steal_pointer (&news->waiting);
  news->shown_at = gdk_frame_clock_get_frame_time (clock);
  news->is_leaving = FALSE;
  add_toast (overlay, news);
  return G_SOURCE_REMOVE;
}

/* Toasts of libadwaita 1.2 are freed while their animation still runs where one comes up over another, or is dismissed
 * while it comes up. So they do neither. */
void
guitu_news_dismiss (AdwToastOverlay *overlay)
{
  News *news = news_of (overlay);

  g_clear_object (&news->waiting);
  news->is_leaving = TRUE;
  if (news->shown != NULL && news->tick == 0)
    news->tick = gtk_widget_add_tick_callback (GTK_WIDGET (overlay), on_frame, news, NULL);
}

/* What is new does not wait behind what is old, but lets it fade. */
void
guitu_news_show (AdwToastOverlay *overlay, GVariant *told)
{
  const char *text, *label, *action, *target;
  News *news = news_of (overlay);

  guitu_news_dismiss (overlay);
  g_variant_get (told, "(&s&s&s&s)", &text, &label, &action, &target);
  news->waiting = adw_toast_new (text);
  if (*label != '\0')
    {
      adw_toast_set_button_label (news->waiting, label);
      adw_toast_set_action_name (news->waiting, action);
      adw_toast_set_action_target_value (news->waiting, g_variant_new_string (target));
    }
  g_signal_connect_object (news->waiting, "dismissed", G_CALLBACK (on_dismissed), overlay, G_CONNECT_SWAPPED);
  if (news->tick == 0)
    news->tick = gtk_widget_add_tick_callback (GTK_WIDGET (overlay), on_frame, news, NULL);
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
