/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/record-head.h"

#include "ui/widgets/label.h"
#include "ui/widgets/photo.h"

#define PHOTO_WIDTH 90
#define PHOTO_HEIGHT 110

struct _GuituRecordHead
{
  GtkBox parent_instance;

  GuituPhoto *photo;
  GtkWidget *name;
  GtkWidget *state;
  GtkWidget *about;
};

G_DEFINE_FINAL_TYPE (GuituRecordHead, guitu_record_head, GTK_TYPE_BOX)

void
guitu_record_head_show (GuituRecordHead *self, const char *name, const char *state, const char *about)
{
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->state), state);
  guitu_label_show (GTK_LABEL (self->about), about);
}

void
guitu_record_head_show_photo (GuituRecordHead *self, GuituStation *station, const char *file, const char *data)
{
  const char *name = gtk_label_get_text (GTK_LABEL (self->name));

  if (data != NULL)
    guitu_photo_show_data (self->photo, data, name);
  else
    guitu_photo_show (self->photo, station, file, name);
}

void
guitu_record_head_clear (GuituRecordHead *self)
{
  guitu_record_head_show (self, "", "", "");
  guitu_photo_clear (self->photo);
}

static void
guitu_record_head_class_init (GuituRecordHeadClass *klass)
{
}

static void
guitu_record_head_init (GuituRecordHead *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->photo = g_object_new (GUITU_TYPE_PHOTO, "valign", GTK_ALIGN_START, "vexpand", FALSE, NULL);
  self->name = guitu_label_new_line ("title-2");
  self->state = guitu_label_new_line ("mark");
  self->about = guitu_label_new_text ("", NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->photo), PHOTO_WIDTH, PHOTO_HEIGHT);
  gtk_widget_set_valign (self->state, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (first), self->name);
  gtk_box_append (GTK_BOX (first), self->state);
  gtk_box_append (GTK_BOX (words), first);
  gtk_box_append (GTK_BOX (words), self->about);
  gtk_box_set_spacing (GTK_BOX (self), 14);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->photo));
  gtk_box_append (GTK_BOX (self), words);
}
