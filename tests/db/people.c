/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people.h"

#include "db/search.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Surnames by frequency: the share of the n-th is about 1 / (n + 8). */
static const char *const surnames =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
    "韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单"
    "包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来缪全褚逄仇朴盖区幺召燕应乐";
static const char *const compounds[] = { "欧阳", "司马", "上官", "诸葛", "尉迟", "皇甫", "令狐", "慕容" };
static const char *const male = "伟强磊军洋勇杰涛明超刚平辉国建文志德华金生林海峰荣福永新玉春祥光东宏波鹏宇浩飞龙斌成亮忠贵发义才清庆"
                                "全学长根水大正兴有立良山友保胜云树柱宝昌民仁凯旭俊鑫健晓利毅松";
static const char *const female = "秀英兰芳敏静丽艳娟霞玉桂凤珍梅花红琴云莲香华美月春素淑燕萍玲丹雪慧洁婷颖琳晶倩欣佳怡梦瑶雨珠"
                                  "菊翠爱巧彩金银惠芬贞娥仙叶荣群小翠蓉莉娜薇青清文秋冬银琼";
static const char *const minority[] = { "阿卜杜拉", "买买提", "吐尔逊", "古丽娜尔", "阿依古丽", "艾尼瓦尔", "热合曼", "扎西次仁", "卓玛", "努尔兰" };
static const char *const regions[] = { "440114", "440106", "441900", "430121", "510104", "341203", "411328", "450103", "520102", "422801",
                                       "360734", "500101", "371721", "610102", "653101", "130102", "220102", "350102", "330110", "640104" };

static char *
character_at (const char *list,
              glong position)
{
  const char *start = g_utf8_offset_to_pointer (list, position);

  return g_strndup (start, g_utf8_next_char (start) - start);
}

/** A character of @list, the first ones more often. */
static char *
draw (GRand *random,
      const char *list,
      double flatness)
{
  glong length = g_utf8_strlen (list, -1);
  double top = (length + flatness) / flatness;

  return character_at (list, MIN (length - 1, (glong) (flatness * (pow (top, g_rand_double (random)) - 1))));
}

char *
invented_given_name (GRand *random,
                     gboolean female_name)
{
  g_autofree char *first = draw (random, female_name ? female : male, 40);
  g_autofree char *second = draw (random, female_name ? female : male, 40);

  return g_rand_int_range (random, 0, 100) < 20 ? g_steal_pointer (&first) : g_strconcat (first, second, NULL);
}

static char *
invented_name (GRand *random,
               gboolean is_female)
{
  g_autofree char *given = invented_given_name (random, is_female);
  g_autofree char *surname = NULL;
  int kind = g_rand_int_range (random, 0, 100);

  if (kind < 2)
    return g_strdup_printf ("%s·%s", minority[g_rand_int_range (random, 0, G_N_ELEMENTS (minority))],
                            minority[g_rand_int_range (random, 0, G_N_ELEMENTS (minority))]);
  surname = kind == 2 ? g_strdup (compounds[g_rand_int_range (random, 0, G_N_ELEMENTS (compounds))])
                      : draw (random, surnames, 9);
  return g_strconcat (surname, given, NULL);
}

static char
check_digit (const char *number)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (number[i] - '0');
  return "10X98765432"[sum % 11];
}

void
invented_person_init (InventedPerson *person,
                      GRand *random)
{
  gboolean is_female = g_rand_int_range (random, 0, 100) < 30;
  int year = 1935 + (g_rand_int_range (random, 0, 36) + g_rand_int_range (random, 0, 36));
  int month = g_rand_int_range (random, 1, 13);
  int day = g_rand_int_range (random, 1, 29);

  person->name = invented_name (random, is_female);
  person->sex = is_female ? "2" : "1";
  g_strlcpy (person->household, regions[g_rand_int_range (random, 0, G_N_ELEMENTS (regions))], sizeof person->household);
  g_snprintf (person->birth, sizeof person->birth, "%04d-%02d-%02d", year, month, day);
  g_snprintf (person->id_number, sizeof person->id_number, "%s%04d%02d%02d%03d", person->household, year, month, day,
              g_rand_int_range (random, 0, 500) * 2 + (is_female ? 0 : 1));
  person->id_number[17] = check_digit (person->id_number);
  person->id_number[18] = '\0';
  g_snprintf (person->phone, sizeof person->phone, "1%d%08d", 30 + g_rand_int_range (random, 0, 60), g_rand_int_range (random, 0, 100000000));
  person->height_cm = (is_female ? 157 : 168) + g_rand_int_range (random, -10, 11);
}

void
invented_person_clear (InventedPerson *person)
{
  g_clear_pointer (&person->name, g_free);
}

GuituConnection *
people_store_open (char **directory)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GuituConnection *connection;

  *directory = g_dir_make_tmp ("guitu-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (*directory, "people.db", NULL);
  connection = guitu_connection_open (path, TRUE, TRUE, &error);
  g_assert_no_error (error);
  guitu_connection_run (connection,
                        "CREATE TABLE person (row INTEGER PRIMARY KEY, id BLOB, name TEXT, alias TEXT, sex TEXT,"
                        " birth_from TEXT, birth_to TEXT, id_number TEXT, phone TEXT, household TEXT, height_cm INTEGER,"
                        " national_number TEXT, voided TEXT) STRICT",
                        &error);
  g_assert_no_error (error);
  g_assert_true (guitu_search_prepare (connection, NULL, NULL, &error));
  g_assert_no_error (error);
  return connection;
}

GuituConnection *
people_store_open_reader (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (directory, "people.db", NULL);
  GuituConnection *connection = guitu_connection_open (path, FALSE, FALSE, &error);

  g_assert_no_error (error);
  return connection;
}

void
people_store_close (GuituConnection *connection,
                    char *directory)
{
  static const char *const files[] = { "people.db", "people.db-wal", "people.db-shm" };

  guitu_connection_close (connection);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
  g_free (directory);
}

void
people_store_add (GuituConnection *connection,
                  gint64 row,
                  const InventedPerson *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection,
                                "INSERT INTO person (row, name, sex, birth_from, birth_to, id_number, phone, household, height_cm)"
                                " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8)",
                                &error);
  GuituSearchEntry entry = {
    .row = row,
    .name = person->name,
    .id_number = person->id_number,
    .phone = person->phone,
    .birth_from = person->birth,
    .birth_to = person->birth,
  };

  g_assert_no_error (error);
  guitu_statement_bind_integer (statement, 1, row);
  guitu_statement_bind_text (statement, 2, person->name);
  guitu_statement_bind_text (statement, 3, person->sex);
  guitu_statement_bind_text (statement, 4, person->birth);
  guitu_statement_bind_text (statement, 5, person->id_number);
  guitu_statement_bind_text (statement, 6, person->phone);
  guitu_statement_bind_text (statement, 7, person->household);
  guitu_statement_bind_integer (statement, 8, person->height_cm);
  g_assert_true (guitu_statement_run (statement, &error));
  g_assert_true (guitu_search_update (connection, NULL, &entry, &error));
  g_assert_no_error (error);
}

void
people_store_fill (GuituConnection *connection,
                   gint64 first_row,
                   guint count,
                   guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gint64 start = g_get_monotonic_time ();

  g_assert_true (guitu_connection_run (connection, "BEGIN IMMEDIATE", NULL));
  for (gint64 row = first_row; row < first_row + count; row++)
    {
      g_auto (InventedPerson) person = { 0 };

      invented_person_init (&person, random);
      people_store_add (connection, row, &person);
    }
  g_assert_true (guitu_search_settle (connection, NULL));
  g_assert_true (guitu_connection_run (connection, "COMMIT", NULL));
  g_test_message ("%u persons stored in %.1f s", count, (g_get_monotonic_time () - start) / 1e6);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

void
report_times (const char *what,
              GArray *seconds)
{
  g_array_sort (seconds, compare_doubles);
  g_test_message ("%s: p50 %.3f ms, p99 %.3f ms, worst %.3f ms of %u", what,
                  1e3 * g_array_index (seconds, double, seconds->len / 2),
                  1e3 * g_array_index (seconds, double, seconds->len * 99 / 100),
                  1e3 * g_array_index (seconds, double, seconds->len - 1), seconds->len);
}
