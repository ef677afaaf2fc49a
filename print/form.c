/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form.h"

#include <string.h>

#include "print/form-private.h"

#define LIST_FORM(name) &_guitu_form_##name,
static const GuituForm *const forms[] = { GUITU_FORMS (LIST_FORM) NULL };
#undef LIST_FORM

/* What head and foot of every form print. */
static const char *const frame_keys[] = {
  "station.name", "station.address", "station.phone", "station.complaints",
  "paper.number", "paper.issued_at", "paper.expires_at", "paper.issued_by", "paper.sequence",
  "form.citation", "ledger.head"
};

const GuituForm *const *
guitu_forms (void)
{
  return forms;
}

const GuituForm *
guitu_form_find (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; forms[i] != NULL; i++)
    if (strcmp (forms[i]->kind, kind) == 0)
      return forms[i];
  return NULL;
}

const char *
guitu_form_kind (const GuituForm *form)
{
  return form->kind;
}

const char *
guitu_form_title (const GuituForm *form)
{
  return form->title;
}

const char *
guitu_form_prefix (const GuituForm *form)
{
  return form->prefix;
}

gboolean
guitu_form_is_label (const GuituForm *form)
{
  return form->sheet != NULL && form->sheet->is_bare;
}

guint
guitu_form_n_copies (const GuituForm *form)
{
  return form->copies != NULL ? g_strv_length ((GStrv) form->copies) : 1;
}

const char *
guitu_form_copy_label (const GuituForm *form,
                       guint i)
{
  g_return_val_if_fail (i < guitu_form_n_copies (form), NULL);

  return form->copies != NULL ? form->copies[i] : NULL;
}

static void
add_key (GPtrArray *keys,
         const char *key)
{
  if (key != NULL && !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, (gpointer) key);
}

static const char *const *
collect_keys (const GuituForm *form)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < form->n_rows; i++)
    for (const GuituCell *cell = form->rows[i].cells; cell->kind != GUITU_CELL_NONE; cell++)
      add_key (keys, cell->key);
  for (guint i = 0; !guitu_form_is_label (form) && i < G_N_ELEMENTS (frame_keys); i++)
    add_key (keys, frame_keys[i]);
  g_ptr_array_add (keys, NULL);
  return (const char *const *) g_ptr_array_free (keys, FALSE);
}

const char *const *
guitu_form_keys (const GuituForm *form)
{
  static const char *const *keys[G_N_ELEMENTS (forms) - 1];
  static gsize collected;

  if (g_once_init_enter (&collected))
    {
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        keys[i] = collect_keys (forms[i]);
      g_once_init_leave (&collected, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (forms[i] == form)
      return keys[i];
  g_return_val_if_reached (NULL);
}

const char *const *
guitu_form_needed (const GuituForm *form)
{
  static const char *const none[] = { NULL };

  return form->needed != NULL ? form->needed : none;
}

/* Blanks and line breaks spread a label over its box; nobody wants them elsewhere. */
char *
_guitu_form_plain_label (const char *label)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_string_free (plain, FALSE);
}

static const GuituCell *
find_entry (const GuituForm *form,
            guint i)
{
  for (guint row = 0; row < form->n_rows; row++)
    for (const GuituCell *cell = form->rows[row].cells; cell->kind != GUITU_CELL_NONE; cell++)
      if (cell->key != NULL && i-- == 0)
        return cell;
  return NULL;
}

gboolean
guitu_form_entry (const GuituForm *form,
                  guint i,
                  GuituFormEntry *entry)
{
  static GPrivate kept = G_PRIVATE_INIT (g_free);
  const GuituCell *cell = find_entry (form, i);

  if (cell == NULL)
    return FALSE;
  g_private_replace (&kept, cell->label == NULL ? NULL : _guitu_form_plain_label (cell->label));
  entry->key = cell->key;
  entry->label = g_private_get (&kept);
  entry->options = cell->kind == GUITU_CELL_CHECKS ? cell->text : NULL;
  entry->is_one = cell->is_one;
  entry->is_long = cell->kind == GUITU_CELL_PARAGRAPH;
  entry->is_table = cell->kind == GUITU_CELL_TABLE;
  return TRUE;
}
