/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * 接收回执: the receiving station says that it accepted a paper of another station and who came with
 * it. Its seal answers that paper's seal; what the accepted paper says stands here as its seal does,
 * and no more. Two copies, one goes back.
 */

static const char *const copies[] = { "第一联　交移交单位", "第二联　本站存档", NULL };

static const char *const needed[] = { "received.number", "receipt.by", NULL };

/* clang-format off */
static const GuituRow rows[] = {
  { 6, 0, { GUITU_HEADING ("一、所接收的文书") } },
  { 8.4, 1, { GUITU_FIELD (12, 3, "文书名称", "received.title"), GUITU_FIELD (12, 3, "文书编号", "received.number") } },
  { 8.4, 1, { GUITU_FIELD (24, 3, "签发单位", "received.station") } },
  { 8.4, 1, { GUITU_FIELD (12, 3, "签发时间", "received.issued"), GUITU_FIELD (12, 3, "校 验 词", "received.words") } },
  { 6, 0, { GUITU_HEADING ("二、受助人员") } },
  { 8.4, 1, { GUITU_FIELD (8, 3, "姓　名", "received.name"), GUITU_FIELD (5, 2, "性别", "received.sex"), GUITU_FIELD (11, 3, "出生年份", "received.birth_year") } },
  { 8.4, 1, { GUITU_FIELD (12, 5, "证件号码后四位", "received.id_last4"), GUITU_FIELD (12, 3, "目 的 地", "received.destination") } },
  { 6, 0, { GUITU_HEADING ("三、接收情况") } },
  { 8.4, 1, { GUITU_FIELD_HINT (12, 3, "接收时间", "receipt.accepted_at", "　　　年　　月　　日　　时"), GUITU_FIELD (12, 3, "接 收 人", "receipt.by") } },
  { 8.4, 1, { GUITU_FIELD (24, 3, "移 交 人", "receipt.handed_over_by") } },
  { 8.4, 1, { GUITU_CHECKS (24, 3, "核对结果", "receipt.checked", "人证相符|健康状况与交代相符|药品齐全|物品与清单相符|随附材料齐全") } },
  { 26, 3, { GUITU_PARAGRAPH (24, 3, "说　明", "receipt.note", NULL) } },
  { 9, 0, { GUITU_NOTE (24, "本单位已查验上述文书的电子封签，确认由签发单位签发、有效、未被使用，并已接收该人员。本回执的电子封签与所接收文书的封签一一对应。") } },
  { 16, 0, { GUITU_SIGNATURE (8, "移交人签名：", "年　　月　　日"), GUITU_SIGNATURE (8, "接收人（一）签名：", "年　　月　　日"), GUITU_SIGNATURE (8, "接收人（二）签名：", "年　　月　　日") } },
  { 46, 0, { GUITU_STAMP (12, "移交单位（公章）", "年　　月　　日"), GUITU_STAMP (12, "接收单位（公章）", "年　　月　　日") } },
};
/* clang-format on */

const GuituForm _guitu_form_receipt = {
  .kind = "receipt",
  .title = "接收回执",
  .prefix = "HZ",
  .copies = copies,
  .needed = needed,
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
