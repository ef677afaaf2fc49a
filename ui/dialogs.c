/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialogs.h"

#include <glib/gi18n.h>

typedef struct
{
  GObject *owner;
  GuituAgreed agreed;
  GuituAgreed discarded;
  GuituFileChosen chosen;
} Answer;

static Answer *
answer_new (gpointer owner, GuituAgreed agreed, GuituFileChosen chosen)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->owner = g_object_ref (owner);
  answer->agreed = agreed;
  answer->chosen = chosen;
  return answer;
}

static void
answer_free (gpointer data, GClosure *closure)
{
  Answer *answer = data;

  g_object_unref (answer->owner);
  g_free (answer);
}

static GtkWindow *
window_of (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Answer *answer)
{
  if (g_strcmp0 (response, "accept") == 0)
    answer->agreed (answer->owner);
  else if (g_strcmp0 (response, "discard") == 0)
    answer->discarded (answer->owner);
}

void
guitu_dialog_ask (GtkWidget *from,
                  const char *heading,
                  const char *body,
                  const char *accept,
                  gboolean is_destructive,
                  gpointer owner,
                  GuituAgreed done)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window_of (from), heading, body));

  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (dialog, "accept", accept);
  adw_message_dialog_set_response_appearance (dialog, "accept",
                                              is_destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, is_destructive ? "cancel" : "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), answer_new (owner, done, NULL), answer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
guitu_dialog_keep (GtkWidget *from,
                   const char *heading,
                   const char *body,
                   const char *keep,
                   gpointer owner,
                   GuituAgreed kept,
                   GuituAgreed discarded)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window_of (from), heading, body));
  Answer *answer = answer_new (owner, kept, NULL);

  answer->discarded = discarded;
  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (dialog, "discard", _ ("_Discard"));
  adw_message_dialog_add_response (dialog, "accept", keep);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), answer, answer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
guitu_dialog_tell (GtkWidget *from, const char *heading, const char *body, const char *details)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window_of (from), heading, body));

  if (details != NULL)
    {
      GtkWidget *expander = gtk_expander_new_with_mnemonic (_ ("_Details"));
      GtkWidget *label = gtk_label_new (details);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption");
      gtk_expander_set_child (GTK_EXPANDER (expander), label);
      adw_message_dialog_set_extra_child (dialog, expander);
    }
  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_file_response (GtkNativeDialog *chooser, int response, Answer *answer)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        answer->chosen (answer->owner, path);
    }
  g_object_unref (chooser);
}

static void
choose (GtkFileChooserNative *chooser, gpointer owner, GuituFileChosen done)
{
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (on_file_response), answer_new (owner, NULL, done), answer_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkFileChooserNative *
new_opener (GtkWidget *from, const char *title, GtkFileFilter *filter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, window_of (from), GTK_FILE_CHOOSER_ACTION_OPEN,
                                                               _ ("_Open"), _ ("_Cancel"));

  if (filter != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  return chooser;
}

void
guitu_dialog_open_image (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done)
{
  g_autoptr (GtkFileFilter) images = gtk_file_filter_new ();

  gtk_file_filter_set_name (images, _ ("Images"));
  gtk_file_filter_add_pixbuf_formats (images);
  choose (new_opener (from, title, images), owner, done);
}

gboolean
guitu_dialog_is_picture (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);

  return g_content_type_is_a (type, "image/*");
}

void
guitu_dialog_open_scan (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done)
{
  g_autoptr (GtkFileFilter) scans = gtk_file_filter_new ();

  gtk_file_filter_set_name (scans, _ ("Pictures and PDF"));
  gtk_file_filter_add_mime_type (scans, "image/png");
  gtk_file_filter_add_mime_type (scans, "image/jpeg");
  gtk_file_filter_add_mime_type (scans, "application/pdf");
  choose (new_opener (from, title, scans), owner, done);
}

void
guitu_dialog_open_file (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done)
{
  choose (new_opener (from, title, NULL), owner, done);
}

void
guitu_dialog_save (GtkWidget *from, const char *title, const char *name, gpointer owner, GuituFileChosen done)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, window_of (from), GTK_FILE_CHOOSER_ACTION_SAVE,
                                                               _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  choose (chooser, owner, done);
}

void
guitu_dialog_choose_folder (GtkWidget *from, const char *title, gpointer owner, GuituFileChosen done)
{
  choose (gtk_file_chooser_native_new (title, window_of (from), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), _ ("_Cancel")), owner, done);
}

static gboolean
retitle (GtkWidget *widget, const char *from, const char *to)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), from))
    {
      gtk_label_set_text (GTK_LABEL (widget), to);
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (retitle (child, from, to))
      return TRUE;
  return FALSE;
}

void
guitu_dialog_name_shortcuts (GtkShortcutsWindow *shortcuts)
{
  gtk_window_set_title (GTK_WINDOW (shortcuts), _ ("Keyboard shortcuts"));
  retitle (GTK_WIDGET (shortcuts), g_dgettext ("gtk40", "Shortcuts"), _ ("Keyboard shortcuts"));
}

void
guitu_dialog_about (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name", _ ("Guitu"),
                         "application-icon", "io.github.guitu.Guitu",
                         "version", GUITU_VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _ ("Register, care for and bring home people who have nowhere to go."),
                         NULL);
}
