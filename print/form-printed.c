/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody who holds a paper finds on it, and under which words. */

#include "print/form.h"

#include <string.h>

#include "print/form-private.h"

/* The words before these in head and foot. */
static const struct
{
  const char *key;
  const char *label;
} frame_labels[] = {
  { "paper.number", "编号" },
  { "paper.issued_at", "签发" },
  { "paper.issued_by", "签发人" },
  { "paper.expires_at", "有效期至" },
  { "paper.sequence", "第几次打印" },
  { "station.name", "单位" },
  { "station.address", "地址" },
  { "station.phone", "电话" },
  { "station.complaints", "投诉电话" },
};

/* The cell that prints @key, and the label to the left of it or the heading above. */
static const GuituCell *
find_cell (const GuituForm *form,
           const char *key,
           const char **before)
{
  *before = NULL;
  for (guint i = 0; i < form->n_rows; i++)
    for (const GuituCell *cell = form->rows[i].cells; cell->kind != GUITU_CELL_NONE; cell++)
      {
        if (cell->key != NULL && strcmp (cell->key, key) == 0)
          return cell;
        if (cell->label != NULL)
          *before = cell->label;
      }
  return NULL;
}

static const char *
frame_label (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (frame_labels); i++)
    if (strcmp (frame_labels[i].key, key) == 0)
      return frame_labels[i].label;
  return NULL;
}

gboolean
guitu_form_prints (const GuituForm *form,
                   const char *key)
{
  g_return_val_if_fail (form != NULL && key != NULL, FALSE);

  return g_strv_contains (guitu_form_keys (form), key);
}

/* Of a table "时间:6|地点:18" the heads of its columns: 时间/地点. */
static char *
heads_of (const char *declared)
{
  g_auto (GStrv) heads = g_strsplit (declared, "|", -1);

  for (guint i = 0; heads[i] != NULL; i++)
    heads[i][strcspn (heads[i], ":")] = '\0';
  return g_strjoinv ("/", heads);
}

char *
guitu_form_label (const GuituForm *form,
                  const GuituFormValues *values,
                  const char *key)
{
  const char *before = NULL;
  const GuituCell *cell;
  const char *label;
  g_autofree char *heads = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *options = NULL;

  g_return_val_if_fail (form != NULL && key != NULL, NULL);

  cell = find_cell (form, key, &before);
  label = cell != NULL ? cell->label : frame_label (key);
  if (label == NULL)
    label = guitu_form_values_get_label (values, key);
  if (label == NULL && cell != NULL && cell->kind == GUITU_CELL_TABLE)
    label = heads = heads_of (cell->text);
  if (label == NULL)
    label = before;
  plain = _guitu_form_plain_label (label != NULL ? label : key);
  if (cell == NULL || cell->kind != GUITU_CELL_CHECKS || cell->text == NULL)
    return g_steal_pointer (&plain);
  options = _guitu_form_plain_label (cell->text);
  return g_strdup_printf ("%s（%s）", plain, g_strdelimit (options, "|", '/'));
}
