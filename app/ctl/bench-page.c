/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page: 30 ruled rows of labels and values in Chinese, over 330 different characters, a seal as
 * a vector QR code. Ours and the same page through Pango and Cairo are drawn in turn, in the same
 * typeface. */

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <sodium.h>
#include <string.h>

#include "app/ctl/bench.h"
#include "print/form-private.h"
#include "print/print.h"

#define N_ROWS 30
#define N_RUNS 31
#define MM (72 / 25.4)
#define FONT "BabelStone Han"

static const char *const labels[N_ROWS] = {
  "姓名", "曾用名", "性别", "民族", "出生日期", "年龄",
  "证件类型", "证件号码", "户籍所在地", "经常居住地", "联系电话", "健康状况",
  "识字情况", "身高", "口音", "体貌特征", "救助编号", "社会保障",
  "来站时间", "来站方式", "护送单位", "发现地点", "求助原因", "求助需求",
  "流浪经过", "联系人", "随身物品", "检视情况", "安检结果", "甄别意见"
};

static const char *const texts[N_ROWS] = {
  "阿卜杜拉·买买提·吐尔逊江",
  "老江、小买",
  "男",
  "维吾尔族",
  "1978年至1982年之间（估计）",
  "约46岁",
  "居民身份证",
  "653101198003150017",
  "新疆维吾尔自治区喀什地区喀什市恰萨街道某某社区12号",
  "广东省广州市白云区（流动），无固定住处",
  "13800138000",
  "肢体残疾，右腿行走不便",
  "识字，能书写，能看懂路牌",
  "172厘米",
  "新疆喀什口音，能说简单普通话",
  "左手背有约3厘米旧伤，右耳缺耳垂；体态偏瘦，短发，上唇有须",
  "4401032026050300017",
  "最低生活保障（本人述，待核实）",
  "2026年5月3日14时20分",
  "公安护送",
  "广州市公安局白云分局三元里派出所李明（警号012345）",
  "广州火车站东广场天桥下",
  "务工不着、钱包被盗，没有亲友投靠",
  "返回户籍地，途中饮食，购买车票",
  "四月二十日由喀什乘火车来广州找工作，四月二十九日钱包、手机丢失。先后在天桥下过夜四晚，靠别人给的食物度日，希望尽快与家里取得联络",
  "兄：买买提·吐尔逊，电话13900139000，住喀什市；母：古丽",
  "黑色双肩包一个、衣服三件、毛巾、茶杯各一，现金二十三元五角",
  "意识清楚，无外伤，体温36.5℃，精神正常",
  "未发现违禁品；水果刀一把代为保管",
  "经询问和查询，该人自身无力解决食宿，属于救助对象，建议予以救助，并通知流入地、流出地有关部门协助接领"
};

typedef struct
{
  GByteArray *bytes;
  double seconds;
} Page;

typedef struct
{
  GuituFonts *fonts;
  GuituForm form;
  GuituFormValues *values;
  char *seal;
} Bench;

static cairo_status_t
collect (void *closure,
         const unsigned char *data,
         unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
pango_text (cairo_t *cr,
            PangoFontDescription *font,
            const char *text,
            double size,
            double x,
            double y,
            double width,
            PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
cairo_code (cairo_t *cr,
            const char *text,
            double x,
            double y,
            double edge)
{
  QRinput *input = QRinput_new2 (0, QR_ECLEVEL_Q);
  QRcode *code;
  double unit;

  QRinput_append (input, QR_MODE_AN, (int) strlen (text), (const guint8 *) text);
  code = QRcode_encodeInput (input);
  unit = edge / (code->width + 8);
  for (int row = 0; row < code->width; row++)
    for (int start = 0, end; start < code->width; start = end + 1)
      {
        for (end = start; end < code->width && (code->data[row * code->width + end] & 1) != 0; end++)
          ;
        if (end > start)
          cairo_rectangle (cr, x + (4 + start) * unit, y + (4 + row) * unit, (end - start) * unit, unit);
      }
  cairo_fill (cr);
  QRcode_free (code);
  QRinput_free (input);
}

static Page
draw_with_cairo (const Bench *bench)
{
  gint64 start = g_get_monotonic_time ();
  Page page = { g_byte_array_new (), 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, page.bytes, 595.28, 841.89);
  cairo_t *cr = cairo_create (surface);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  double left = 25 * MM;
  double top = 52 * MM;
  double width = 170 * MM;
  double height = 7.3 * MM;

  pango_text (cr, font, guitu_form_values_get (bench->values, "station.name"), 14, left, 15 * MM, width, PANGO_ALIGN_CENTER);
  pango_text (cr, font, bench->form.title, 22, left, 22 * MM, width, PANGO_ALIGN_CENTER);
  pango_text (cr, font, guitu_form_values_get (bench->values, "paper.number"), 10.5, left, 45 * MM, width, PANGO_ALIGN_LEFT);
  cairo_code (cr, bench->seal, 157 * MM, 8 * MM, 38 * MM);
  for (guint i = 0; i < N_ROWS; i++)
    {
      pango_text (cr, font, labels[i], 10.5, left, top + i * height + 4, 35 * MM, PANGO_ALIGN_CENTER);
      pango_text (cr, font, texts[i], 10.5, left + 37 * MM, top + i * height + 4, width - 39 * MM, PANGO_ALIGN_LEFT);
    }
  cairo_set_line_width (cr, 0.5);
  for (guint i = 0; i <= N_ROWS; i++)
    {
      cairo_move_to (cr, left, top + i * height);
      cairo_line_to (cr, left + width, top + i * height);
    }
  cairo_move_to (cr, left + 35 * MM, top);
  cairo_line_to (cr, left + 35 * MM, top + N_ROWS * height);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1.2);
  cairo_rectangle (cr, left, top, width, N_ROWS * height);
  cairo_stroke (cr);
  pango_text (cr, font, "第 1 页　共 1 页", 9, left, 280 * MM, width, PANGO_ALIGN_RIGHT);
  pango_font_description_free (font);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  page.seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  return page;
}

static Page
draw_with_guitu (const Bench *bench)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes = guitu_form_render (bench->fonts, &bench->form, bench->values, GUITU_FORM_FILLED, NULL, &error);
  Page page = { NULL, (double) (g_get_monotonic_time () - start) / 1e6 };

  if (bytes == NULL)
    g_error ("%s", error->message);
  page.bytes = g_bytes_unref_to_array (bytes);
  return page;
}

static void
measure_page (const Bench *bench)
{
  double ours[N_RUNS];
  double theirs[N_RUNS];
  gsize our_size = 0;
  gsize their_size = 0;

  /* the first of each pays for what later ones find in the caches */
  for (int i = -1; i < N_RUNS; i++)
    {
      Page a = draw_with_guitu (bench);
      Page b = draw_with_cairo (bench);

      ours[MAX (i, 0)] = a.seconds;
      theirs[MAX (i, 0)] = b.seconds;
      our_size = a.bytes->len;
      their_size = b.bytes->len;
      g_byte_array_unref (a.bytes);
      g_byte_array_unref (b.bytes);
    }
  bench_report ("page-size", our_size, "bytes", their_size);
  bench_report ("page-time", bench_median (ours, N_RUNS) * 1000, "ms", bench_median (theirs, N_RUNS) * 1000);
}

/* Beside the signature check alone, of some other 256 bytes. */
static void
measure_verify (const char *text,
                const guint8 *public_key)
{
  double ours[N_RUNS];
  double bare[N_RUNS];

  for (int i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GuituSeal) seal = guitu_seal_parse (text, NULL);

      if (seal == NULL || !guitu_seal_verify (seal, public_key))
        g_error ("The seal does not verify");
      ours[i] = (double) (g_get_monotonic_time () - start);
      start = g_get_monotonic_time ();
      if (crypto_sign_verify_detached (seal->signature, (guint8[256]){ 0 }, 256, public_key) == 0)
        g_error ("A wrong signature verifies");
      bare[i] = (double) (g_get_monotonic_time () - start);
    }
  bench_report ("seal-verify", bench_median (ours, N_RUNS) / 1000, "ms", bench_median (bare, N_RUNS) / 1000);
}

static char *
make_seal (const GuituFormValues *values,
           guint8 *public_key)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 7 };
  g_autoptr (GError) error = NULL;
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  GuituSeal content = {
    .number = (char *) "JJ-440100-2026-000123", .kind = (char *) "escort-handover", .station = (char *) "440100JZ", .issued_at = 1777790460, .expires_at = 1778395260, .surname = (char *) "欧**", .birth_year = 1985, .sex = (char *) "女", .id_last4 = (char *) "0026", .destination = (char *) "湖南耒阳"
  };
  char *text;

  crypto_sign_seed_keypair (public_key, secret_key, seed);
  guitu_seal_digest (values, content.digest);
  text = guitu_seal_make (&content, secret_key, &error);
  if (text == NULL)
    g_error ("%s", error->message);
  return text;
}

gboolean
bench_page (GError **error)
{
  static GuituRow rows[N_ROWS];
  Bench bench = { guitu_fonts_new (error), { .kind = "bench", .title = "救助管理站登记表", .prefix = "B", .rows = rows, .n_rows = N_ROWS }, guitu_form_values_new (), NULL };
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];

  if (bench.fonts == NULL || sodium_init () < 0)
    {
      guitu_form_values_free (bench.values);
      return FALSE;
    }
  for (guint i = 0; i < N_ROWS; i++)
    {
      rows[i] = (GuituRow){ 7, 0, { GUITU_FIELD (24, 5, labels[i], labels[i]) } };
      guitu_form_values_set (bench.values, labels[i], texts[i]);
    }
  guitu_form_values_set (bench.values, "station.name", "广州市救助管理站");
  guitu_form_values_set (bench.values, "paper.number", "JJ-440100-2026-000123");
  bench.seal = make_seal (bench.values, public_key);
  guitu_form_values_set_seal (bench.values, bench.seal, NULL);
  measure_page (&bench);
  measure_verify (bench.seal, public_key);
  g_free (bench.seal);
  guitu_form_values_free (bench.values);
  guitu_fonts_free (bench.fonts);
  return TRUE;
}
