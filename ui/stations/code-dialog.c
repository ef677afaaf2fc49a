/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stations/code-dialog.h"

#include "ui/widgets/names.h"

#include <glib/gi18n.h>

typedef struct
{
  GObject *owner;
  GuituAgreed done;
} Asked;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *asked = data;

  g_object_unref (asked->owner);
  g_free (asked);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Asked *asked)
{
  if (g_strcmp0 (response, "accept") == 0)
    asked->done (asked->owner);
}

static void
copy (GtkButton *button, const char *code)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), code);
  gtk_button_set_label (button, _ ("Copied"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Copied"), -1);
}

static GtkWidget *
code_widget (const char *code, gboolean is_compared)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (code);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Copy"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "spoken-code");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  guitu_name_buttons (button);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy), g_strdup (code), (GClosureNotify) (GCallback) g_free, 0);
  gtk_widget_set_visible (button, !is_compared);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

void
guitu_code_dialog_show (GtkWidget *from, const GuituCodeShown *shown, gpointer owner, GuituAgreed done)
{
  GtkRoot *root = gtk_widget_get_root (from);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, shown->heading, shown->body));

  adw_message_dialog_set_extra_child (dialog, code_widget (shown->code, shown->accept != NULL));
  if (shown->accept != NULL)
    {
      Asked *asked = g_new (Asked, 1);

      *asked = (Asked){ g_object_ref (owner), done };
      adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
      adw_message_dialog_add_response (dialog, "accept", shown->accept);
      adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_close_response (dialog, "cancel");
      g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), asked, asked_free, 0);
    }
  else
    {
      adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
      adw_message_dialog_set_close_response (dialog, "close");
    }
  gtk_window_present (GTK_WINDOW (dialog));
}
