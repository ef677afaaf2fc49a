/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a form is filled in with: as most days, as on the worst one, and with nothing. */

#include <string.h>

#include "print/form-private.h"
#include "sample-seal.h"

typedef enum
{
  FORM_DATA_EASY,
  FORM_DATA_EXTREME,
  FORM_DATA_EMPTY,
} FormData;

/* Names and words as they occur: minority names of twenty characters, beyond U+FFFF, Latin, and
 * one word wider than a column. */
static const char *const form_data_names[] = {
  "阿卜杜热依木·买买提明·吐尔逊江·艾合买提", "𠮷𬱖𫖯䶮𪧶𫍽𬍛", "Maximiliana Konstantinopolitanskaya-Oberhausen de la Cruz y Villavicencio", "欧阳娜娜（曾用名：单仇曾查）", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
};

static inline gboolean
form_data_is_of_the_frame (const char *key)
{
  static const char *const prefixes[] = { "paper.", "station.", "form.", "ledger." };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (key, prefixes[i]))
      return TRUE;
  return FALSE;
}

/* What fits the fields that are on many forms; NULL: no such field. */
static inline const char *
form_data_usual (const char *key)
{
  static const char *const usual[][2] = {
    { "person.name", "王秀英" },
    { "person.sex", "女" },
    { "person.age", "约 41 岁" },
    { "person.id_number", "110101198503070026" },
    { "person.household", "湖南省衡阳市耒阳市" },
    { "person.nation", "汉族" },
    { "person.national_number", "4401002026050300012" },
    { "stay.number", "2026-1-0123" },
    { "stay.arrived_at", "2026年5月3日14时20分" },
    { "stay.admitted_at", "2026年5月3日14时41分" },
    { "stay.left_at", "2026年5月6日9时0分" },
    { "stay.bed_words", "女宿 2 楼 203 室 4 床" },
    { "person.phone", "13800138000" },
    { "person.id_kind", "居民身份证" },
    { "person.kin", "王建国（父），13900139000" },
    { "to_station.name", "耒阳市救助管理站" },
    { "transfer.escorts", "李明、陈芳" },
    { "transfer.route", "G1022 次，广州南至耒阳西" },
    { "station.name", "广州市救助管理站" },
    { "station.address", "广州市天河区员村西街 2 号" },
    { "station.phone", "020-12345678" },
    { "station.complaints", "12345" },
    { "paper.number", "JJ-2026-1-00123" },
    { "paper.issued_at", "2026年5月3日14时41分" },
    { "paper.issued_by", "李明" },
    { "paper.expires_at", "2026年5月10日" },
    { "paper.sequence", "1" },
    { "form.citation", "《城市生活无着的流浪乞讨人员救助管理办法》（国务院令第381号）第十一条" },
    { "ledger.head", "9f3a 02c1 77de" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i][0], key) == 0)
      return usual[i][1];
  return NULL;
}

/* Rows of a table, every cell of them different. (transfer full) */
static inline char *
form_data_table (const GuituCell *cell,
                 guint n_rows,
                 gboolean is_extreme)
{
  g_auto (GStrv) heads = g_strsplit (cell->text, "|", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; heads[j] != NULL; j++)
      {
        const char *name = is_extreme && (i + j) % 7 == 0 ? form_data_names[(i + j) % G_N_ELEMENTS (form_data_names)] : "甲";

        g_string_append_printf (text, "%s%s%u", j > 0 ? "\t" : i > 0 ? "\n"
                                                                     : "",
                                name, i * 10 + j);
      }
  return g_string_free (text, FALSE);
}

/* All options, and what the form does not foresee. (transfer full) */
static inline char *
form_data_checks (const GuituCell *cell,
                  gboolean is_extreme)
{
  g_auto (GStrv) options = g_strsplit (cell->text, "|", -1);
  g_autofree char *all = g_strjoinv ("、", options);

  return is_extreme ? g_strconcat (all, "、另有说明的其他情形", NULL) : g_strdup (options[0]);
}

/* Text of @n sentences, all different. (transfer full) */
static inline char *
form_data_sentences (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "第%u次询问，称因故“离家”（后来），身上没有钱。", i + 1);
  return g_string_free (text, FALSE);
}

/* (transfer full) */
static inline char *
form_data_text (const GuituCell *cell,
                FormData data,
                guint i)
{
  gboolean is_extreme = data == FORM_DATA_EXTREME;

  if (cell->kind == GUITU_CELL_TABLE)
    return form_data_table (cell, is_extreme ? 70 : 3, is_extreme);
  if (cell->kind == GUITU_CELL_CHECKS)
    return form_data_checks (cell, is_extreme);
  if (cell->kind == GUITU_CELL_PARAGRAPH)
    return form_data_sentences (is_extreme ? 60 : 2);
  if (is_extreme)
    return g_strdup (form_data_names[i % G_N_ELEMENTS (form_data_names)]);
  return g_strdup (form_data_usual (cell->key) != NULL ? form_data_usual (cell->key) : "有");
}

static inline void
form_data_fill_frame (GuituFormValues *values,
                      const GuituForm *form,
                      FormData data)
{
  const char *const *keys = guitu_form_keys (form);

  for (guint i = 0; keys[i] != NULL; i++)
    if (form_data_usual (keys[i]) != NULL && form_data_is_of_the_frame (keys[i]))
      guitu_form_values_set (values, keys[i], form_data_usual (keys[i]));
  if (data == FORM_DATA_EXTREME)
    guitu_form_values_set (values, "station.name", "博尔塔拉蒙古自治州阿拉山口市生活无着流浪乞讨人员救助管理站");
}

/* (transfer full): every key with a text, or only those of the frame */
static inline GuituFormValues *
form_data_fill (const GuituForm *form,
                FormData data)
{
  GuituFormValues *values = guitu_form_values_new ();
  g_autofree char *code = sample_code (form);
  guint n = 0;

  if (data == FORM_DATA_EMPTY)
    return values;
  for (guint i = 0; i < form->n_rows; i++)
    for (const GuituCell *cell = form->rows[i].cells; cell->kind != GUITU_CELL_NONE; cell++)
      if (cell->key != NULL && guitu_form_values_get (values, cell->key) == NULL)
        {
          g_autofree char *text = form_data_text (cell, data, n++);

          guitu_form_values_set (values, cell->key, text);
        }
  form_data_fill_frame (values, form, data);
  guitu_form_values_set_seal (values, code, "苹果 长江");
  guitu_form_values_set_issued_at (values, 1777790460);
  return values;
}
