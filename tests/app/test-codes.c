/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/codes.h"
#include "app/regions.h"
#include "app/table.h"

#include <string.h>

static GuituTable *
parse (const char *text, GError **error)
{
  return guitu_table_parse (text, -1, error);
}

static void
test_table_reads_cells (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTable) table =
      parse ("\xEF\xBB\xBFname,text\r\n姓名,\"a, \"\"b\"\"\r\nc\"\r\n,\n\"\",\"x\"", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (guitu_table_rows (table), ==, 3);
  g_assert_cmpint (guitu_table_column (table, "name"), ==, 0);
  g_assert_cmpint (guitu_table_column (table, "text"), ==, 1);
  g_assert_cmpint (guitu_table_column (table, "other"), ==, -1);
  g_assert_cmpstr (guitu_table_cell (table, 0, 0), ==, "姓名");
  g_assert_cmpstr (guitu_table_cell (table, 0, 1), ==, "a, \"b\"\r\nc");
  g_assert_cmpstr (guitu_table_cell (table, 1, 0), ==, "");
  g_assert_cmpstr (guitu_table_cell (table, 1, 1), ==, "");
  g_assert_cmpstr (guitu_table_cell (table, 2, 0), ==, "");
  g_assert_cmpstr (guitu_table_cell (table, 2, 1), ==, "x");
}

static void
test_table_header_only (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTable) table = parse ("a,b\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (guitu_table_rows (table), ==, 0);
}

static void
test_table_refuses (void)
{
  static const struct
  {
    const char *text;
    gssize length;
    GuituTableError code;
  } cases[] = {
    { "", -1, GUITU_TABLE_ERROR_COLUMNS },
    { "a,a\n", -1, GUITU_TABLE_ERROR_COLUMNS },
    { "a,,c\n", -1, GUITU_TABLE_ERROR_COLUMNS },
    { "a,b\n1\n", -1, GUITU_TABLE_ERROR_COLUMNS },
    { "a,b\n1,2,3\n", -1, GUITU_TABLE_ERROR_COLUMNS },
    { "a,b\n1,2\n\n3,4\n", -1, GUITU_TABLE_ERROR_COLUMNS },
    { "a,b\n1,\"2\n3,4\n", -1, GUITU_TABLE_ERROR_QUOTES },
    { "a,b\n1,\"", -1, GUITU_TABLE_ERROR_QUOTES },
    { "a,b\n1,\"2\"3\n", -1, GUITU_TABLE_ERROR_QUOTES },
    { "a,b\n1,\"2\"\"", -1, GUITU_TABLE_ERROR_QUOTES },
    { "a,b\n1,2\"3\"\n", -1, GUITU_TABLE_ERROR_QUOTES },
    { "a,b\n1, \"2\"\n", -1, GUITU_TABLE_ERROR_QUOTES },
    { "a,b\n1,\xff\n", -1, GUITU_TABLE_ERROR_TEXT },
    { "a,b\n1,\0\n", 8, GUITU_TABLE_ERROR_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituTable) table = guitu_table_parse (cases[i].text, cases[i].length, &error);

      g_assert_null (table);
      g_assert_error (error, GUITU_TABLE_ERROR, (int) cases[i].code);
    }
}

static void
test_table_names_the_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTable) table = parse ("a,b\n\"1\n\n\",2\n3\n", &error);

  g_assert_null (table);
  g_assert_true (g_str_has_prefix (error->message, "Line 5:"));
}

/* Every cut of a good text is refused or read, never read past its end (run it under ASan). */
static void
test_table_cut_anywhere (void)
{
  static const char text[] = "a,b\r\n\"x\"\"y\",\"\r\n\"\r\n1,2\r\n";

  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autofree char *cut = g_memdup2 (text, MAX (length, 1));
      g_autoptr (GuituTable) table = guitu_table_parse (cut, (gssize) length, NULL);

      g_assert_true (table == NULL || guitu_table_rows (table) <= 2);
    }
}

static void
test_lists_are_whole (void)
{
  const char *const *names = guitu_codes_lists ();

  g_assert_cmpuint (g_strv_length ((char **) names), >=, 20);
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint n = 0;
      const GuituCode *const *list = guitu_codes_list (names[i], &n);

      g_assert_cmpuint (n, >=, 2);
      g_assert_null (list[n]);
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpstr (list[j]->code, !=, "");
          g_assert_cmpstr (list[j]->english, !=, "");
          g_assert_cmpstr (list[j]->chinese, !=, "");
          g_assert_true (guitu_codes_find (names[i], list[j]->code) == list[j]);
          g_assert_true (guitu_codes_parse (names[i], list[j]->code) == list[j]);
          g_assert_true (guitu_codes_parse (names[i], list[j]->english) == list[j]);
          g_assert_true (guitu_codes_parse (names[i], list[j]->chinese) == list[j]);
        }
    }
}

/* The lists that the record kinds of design.md §10 name. */
static void
test_lists_of_records (void)
{
  static const char *const names[] = {
    "sex", "nation", "kinship", "id_kind", "verified_by", "health", "literate", "statement_about",
    "language", "confidence", "came_by", "reason", "decision", "leave_by", "social_security",
    "event_kind", "transfer_kind", "transfer_state", "paper_state", "role", "state", "access_act"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (guitu_codes_list (names[i], NULL));
}

static void
test_standards (void)
{
  guint n = 0;

  g_assert_cmpstr (guitu_codes_find ("sex", "1")->chinese, ==, "男");
  g_assert_cmpstr (guitu_codes_find ("sex", "2")->chinese, ==, "女");
  g_assert_cmpstr (guitu_codes_find ("nation", "01")->chinese, ==, "汉族");
  g_assert_cmpstr (guitu_codes_find ("nation", "05")->chinese, ==, "维吾尔族");
  g_assert_cmpstr (guitu_codes_find ("nation", "56")->chinese, ==, "基诺族");
  g_assert_nonnull (guitu_codes_list ("nation", &n));
  g_assert_cmpuint (n, ==, 58);
  g_assert_cmpstr (guitu_codes_find ("kinship", "52")->chinese, ==, "母亲");
  g_assert_null (guitu_codes_find ("sex", "3"));
  g_assert_null (guitu_codes_find ("nation", "1"));
  g_assert_null (guitu_codes_list ("nothing", &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (guitu_codes_find ("nothing", "1"));
}

static void
test_parse_spellings (void)
{
  static const struct
  {
    const char *list;
    const char *text;
    const char *code;
  } cases[] = {
    { "sex", "男", "1" },
    { "sex", "男性", "1" },
    { "sex", "M", "1" },
    { "sex", "ｍ", "1" },
    { "sex", " Male ", "1" },
    { "sex", "１", "1" },
    { "sex", "female", "2" },
    { "nation", "汉", "01" },
    { "nation", "han", "01" },
    { "id_kind", "身份证", "resident-id" },
    { "id_kind", "resident_ID", "resident-id" },
    { "came_by", "公安护送", "police" },
    { "leave_by", "own will", "own-will" },
    { "health", "痴呆傻", "intellectual" },
    { "health", "传染病(疑似)", "infectious" },
    { "reason", "被偷", "stolen-from" },
    { "sex", "", NULL },
    { "sex", "3", NULL },
    { "sex", "\xff", NULL },
    { "nothing", "1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GuituCode *code = guitu_codes_parse (cases[i].list, cases[i].text);

      g_assert_cmpstr (code != NULL ? code->code : NULL, ==, cases[i].code);
    }
}

/** What papers of the search count is told by codes that there are. */
static void
test_words_on_papers (void)
{
  static const char *const columns[] = { "list", "code", "on_paper", NULL };
  static const char *const lists[][2] = { { "duty", "task_kind" }, { "query", "inquiry_kind" }, { "dna_result", "inquiry_result" } };
  g_autoptr (GuituTable) table = guitu_table_load ("paper-tracing.csv", columns);
  guint n_known = 0;

  for (guint row = 0; row < guitu_table_rows (table); row++)
    for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
      if (strcmp (guitu_table_cell (table, row, 0), lists[i][0]) == 0)
        {
          g_test_message ("%s", guitu_table_cell (table, row, 1));
          g_assert_nonnull (guitu_codes_find (lists[i][1], guitu_table_cell (table, row, 1)));
          n_known++;
        }
  g_assert_cmpuint (n_known, >, 0);
  g_assert_cmpuint (n_known, ==, guitu_table_rows (table));
}

static void
test_regions_names (void)
{
  static const struct
  {
    const char *code;
    const char *name;
  } cases[] = {
    { "440105", "广东省广州市海珠区" },
    { "440100", "广东省广州市" },
    { "440000", "广东省" },
    { "110105", "北京市朝阳区" },
    { "110100", "北京市" },
    { "500236", "重庆市奉节县" },
    { "429004", "湖北省仙桃市" },
    { "659001", "新疆维吾尔自治区石河子市" },
    { "654002", "新疆维吾尔自治区伊犁哈萨克自治州伊宁市" },
    { "110103", "北京市崇文区" },
    { "132132", "河北省邯郸地区涉县" },
    { "449999", NULL },
    { "44", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = guitu_regions_full_name (cases[i].code);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpint (guitu_regions_exists (cases[i].code), ==, cases[i].name != NULL);
    }
  g_assert_cmpstr (guitu_regions_name ("440105"), ==, "海珠区");
  g_assert_null (guitu_regions_name ("449999"));
}

static void
test_regions_find (void)
{
  static const struct
  {
    const char *text;
    const char *code;
  } cases[] = {
    { "广东省广州市海珠区", "440105" },
    { "广州市海珠区", "440105" },
    { "广州海珠", "440105" },
    { " 海珠区 ", "440105" },
    { "海珠", "440105" },
    { "广东", "440000" },
    { "广西", "450000" },
    { "内蒙古", "150000" },
    { "北京", "110000" },
    { "北京朝阳", "110105" },
    { "台湾省", "710000" },
    { "江苏省南京市鼓楼区", "320106" },
    { "吉林市", "220200" },
    { "仙桃", "429004" },
    { "崇文区", "110103" },
    { "鼓楼区", NULL }, /* four cities have one */
    { "吉林", NULL },   /* the province or the city */
    { "广东省海", NULL },
    { "省", NULL },
    { "广东省广东省", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (guitu_regions_find (cases[i].text), ==, cases[i].code);
}

static void
test_regions_table (void)
{
  guint n = 0;
  guint n_current = 0;
  const GuituRegion *regions = guitu_regions_list (&n);

  for (guint i = 0; i < n; i++)
    {
      char province[] = "000000";

      n_current += regions[i].is_current ? 1 : 0;
      g_assert_cmpuint (strspn (regions[i].code, "0123456789"), ==, 6);
      g_assert_cmpstr (regions[i].name, !=, "");
      memcpy (province, regions[i].code, 2);
      g_assert_true (guitu_regions_exists (province));
    }
  g_assert_cmpuint (n_current, >, 3000);
  g_assert_cmpuint (n - n_current, >, 3000);
}

/* The full name of a region of today leads back to it. */
static void
test_regions_there_and_back (void)
{
  guint n = 0;
  const GuituRegion *regions = guitu_regions_list (&n);

  for (guint i = 0; i < n; i += 7)
    {
      g_autofree char *name = guitu_regions_full_name (regions[i].code);
      const char *found = guitu_regions_find (name);
      g_autofree char *back = found != NULL ? guitu_regions_full_name (found) : NULL;

      if (regions[i].is_current)
        g_assert_cmpstr (back, ==, name);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/reads-cells", test_table_reads_cells);
  g_test_add_func ("/table/header-only", test_table_header_only);
  g_test_add_func ("/table/refuses", test_table_refuses);
  g_test_add_func ("/table/names-the-line", test_table_names_the_line);
  g_test_add_func ("/table/cut-anywhere", test_table_cut_anywhere);
  g_test_add_func ("/codes/lists-are-whole", test_lists_are_whole);
  g_test_add_func ("/codes/lists-of-records", test_lists_of_records);
  g_test_add_func ("/codes/standards", test_standards);
  g_test_add_func ("/codes/parse-spellings", test_parse_spellings);
  g_test_add_func ("/codes/words-on-papers", test_words_on_papers);
  g_test_add_func ("/regions/names", test_regions_names);
  g_test_add_func ("/regions/find", test_regions_find);
  g_test_add_func ("/regions/table", test_regions_table);
  g_test_add_func ("/regions/there-and-back", test_regions_there_and_back);
  return g_test_run ();
}
