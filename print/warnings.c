/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/warnings-private.h"

/* What no typeface has of one cell. */
typedef struct
{
  char *field;        /* its label; NULL: outside the table */
  GArray *characters; /* gunichar, in order of first use */
} Missing;

struct _GuituPrintWarnings
{
  GArray *missing; /* of Missing, in order of first use */
  GPtrArray *cut;  /* labels of cells whose text was cut off */
};

static void
clear_missing (gpointer data)
{
  Missing *missing = data;

  g_free (missing->field);
  g_array_unref (missing->characters);
}

GuituPrintWarnings *
_guitu_print_warnings_new (void)
{
  GuituPrintWarnings *warnings = g_new0 (GuituPrintWarnings, 1);

  warnings->missing = g_array_new (FALSE, FALSE, sizeof (Missing));
  g_array_set_clear_func (warnings->missing, clear_missing);
  warnings->cut = g_ptr_array_new_with_free_func (g_free);
  return warnings;
}

void
_guitu_print_warnings_free (GuituPrintWarnings *warnings)
{
  g_array_unref (warnings->missing);
  g_ptr_array_unref (warnings->cut);
  g_free (warnings);
}

/* What is noted of this cell; made if there is none. */
static Missing *
find_missing (GuituPrintWarnings *warnings,
              const char *field)
{
  Missing missing = { g_strdup (field), NULL };

  for (guint i = 0; i < warnings->missing->len; i++)
    if (g_strcmp0 (g_array_index (warnings->missing, Missing, i).field, field) == 0)
      {
        g_free (missing.field);
        return &g_array_index (warnings->missing, Missing, i);
      }
  missing.characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_array_append_val (warnings->missing, missing);
  return &g_array_index (warnings->missing, Missing, warnings->missing->len - 1);
}

static gboolean
has_character (const Missing *missing,
               gunichar character)
{
  for (guint i = 0; i < missing->characters->len; i++)
    if (g_array_index (missing->characters, gunichar, i) == character)
      return TRUE;
  return FALSE;
}

void
_guitu_print_warnings_note_missing (GuituPrintWarnings *warnings,
                                    gunichar character,
                                    const char *field)
{
  Missing *missing;

  /* what is drawn was noted by its cell before */
  for (guint i = 0; field == NULL && i < warnings->missing->len; i++)
    if (has_character (&g_array_index (warnings->missing, Missing, i), character))
      return;
  missing = find_missing (warnings, field);
  if (!has_character (missing, character))
    g_array_append_val (missing->characters, character);
}

/* "U+0626 U+0627" (transfer full) */
static char *
codes_of (const Missing *missing)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < missing->characters->len; i++)
    g_string_append_printf (codes, "%sU+%04X", i > 0 ? " " : "", g_array_index (missing->characters, gunichar, i));
  return g_string_free (g_steal_pointer (&codes), FALSE);
}

void
_guitu_print_warnings_note_cut (GuituPrintWarnings *warnings,
                                const char *field)
{
  if (!g_ptr_array_find_with_equal_func (warnings->cut, field, g_str_equal, NULL))
    g_ptr_array_add (warnings->cut, g_strdup (field));
}

GStrv
_guitu_print_warnings_take (GuituPrintWarnings *warnings)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  for (guint i = 0; i < warnings->missing->len; i++)
    {
      const Missing *missing = &g_array_index (warnings->missing, Missing, i);
      const char *field = missing->field != NULL ? missing->field : "";
      g_autofree char *codes = codes_of (missing);
      g_autofree char *sentence = g_strdup_printf ("%s: no typeface has it; write it by hand on the line%s%s%s", codes,
                                                   *field != '\0' ? " (" : "", field, *field != '\0' ? ")" : "");

      g_strv_builder_add (sentences, sentence);
    }
  for (guint i = 0; i < warnings->cut->len; i++)
    {
      g_autofree char *sentence = g_strdup_printf ("Too long for this label, its end is left off (%s)", (const char *) warnings->cut->pdata[i]);

      g_strv_builder_add (sentences, sentence);
    }
  g_array_set_size (warnings->missing, 0);
  g_ptr_array_set_size (warnings->cut, 0);
  return g_strv_builder_end (sentences);
}
