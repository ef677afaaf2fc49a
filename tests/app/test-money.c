/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/papers.h"

#include <string.h>

/* 支付结算办法 Annex 1: noughts between others are written once; before a thousand and before jiao, 零 may be left out; an
 * amount that ends with yuan or jiao ends with 整. */
static void
test_amounts (void)
{
  static const struct
  {
    gint64 fen;
    const char *words;
  } cases[] = {
    { 0, "人民币零元整" },
    { 1, "人民币壹分" },
    { 10, "人民币壹角整" },
    { 101, "人民币壹元零壹分" },
    { 1250, "人民币壹拾贰元伍角整" },
    { 2000, "人民币贰拾元整" },
    { 10000, "人民币壹佰元整" },
    { 10500, "人民币壹佰零伍元整" },
    { 100100, "人民币壹仟零壹元整" },
    { 101001, "人民币壹仟零壹拾元零壹分" },
    { 1000000, "人民币壹万元整" },
    { 1000500, "人民币壹万零伍元整" },
    { 10001000, "人民币壹拾万零壹拾元整" },
    { 10700053, "人民币壹拾万柒仟元伍角叁分" },
    { 100000000000, "人民币壹拾亿元整" },
    { 10000000100, "人民币壹亿零壹元整" },
    { -350, "人民币负叁元伍角整" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = guitu_money_in_words (cases[i].fen);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* What is typed into any cell that is headed in yuan is checked as an amount. */
static void
test_cells (void)
{
  const GuituForm *const *forms = guitu_forms ();
  GuituFormEntry entry;
  guint n = 0;

  for (guint i = 0; forms[i] != NULL; i++)
    for (guint j = 0; guitu_form_entry (forms[i], j, &entry); j++)
      if (entry.label != NULL && strstr (entry.label, "(元)") != NULL && guitu_paper_is_typed (entry.key))
        {
          g_test_message ("%s %s", guitu_form_kind (forms[i]), entry.key);
          g_assert_true (guitu_paper_is_amount (entry.key));
          n++;
        }
  g_assert_cmpuint (n, >, 0);
  g_assert_false (guitu_paper_is_amount ("care.standard"));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/in-words", test_amounts);
  g_test_add_func ("/money/cells", test_cells);
  return g_test_run ();
}
