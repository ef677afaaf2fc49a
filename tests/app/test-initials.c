/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/initials.h"

static void
test_matches (void)
{
  static const struct
  {
    const char *words;
    const char *typed;
    gboolean is_found;
  } cases[] = {
    { "专用车票购票凭证", "zycp", TRUE },
    { "专用车票购票凭证", "GPPZ", TRUE },
    { "专用车票购票凭证", "zycpgppz", TRUE },
    { "专用车票购票凭证", "zycpgppzz", FALSE },
    { "专用车票购票凭证", "zcp", FALSE },
    { "乘车证明（信）", "zmx", TRUE },
    { "重点人员", "cd", TRUE },
    { "重点人员", "zd", TRUE },
    { "DNA 采集申请", "dnacj", TRUE },
    { "床位标签", "床", FALSE },
    { "床位标签", "", FALSE },
    { "", "c", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in %s", cases[i].typed, cases[i].words);
      g_assert_cmpint (guitu_initials_match (cases[i].words, cases[i].typed), ==, cases[i].is_found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/initials/matches", test_matches);
  return g_test_run ();
}
