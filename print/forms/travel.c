/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/form-private.h"

/*
 * The way home: 专用车票购票凭证, 乘车证明（信）, vouchers for bus and boat, and the receipt for the fare
 * of a short way. A ticket is paid by the station and refunded to it, never to who travels.
 */

#define DAY "年　　月　　日"
#define DAY_FIELD "　　　年　　月　　日"

static const char *const rail_copies[] = { "第一联　车站留存", "第二联　本人持有", "第三联　本站存根", NULL };
static const char *const journey_needed[] = { "ticket.to", "ticket.departs_on", NULL };

/* clang-format off */
/* Who travels, with a photo beside it. */
#define TRAVELLER_ROWS(number) \
  { 6, 0, { GUITU_HEADING ("一、乘车人") } }, \
  { 7.6, 1, { GUITU_FIELD (10, 3, "姓　名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_PHOTO (5, 5, "照　片") } }, \
  { 7.6, 1, { GUITU_FIELD (19, 4, "身份证件类型", "person.id_kind") } }, \
  { 7.6, 1, { GUITU_FIELD (19, 4, "身份证件号码", "person.id_number") } }, \
  { 7.6, 1, { GUITU_FIELD (19, 4, number, "person.national_number") } }, \
  { 7.6, 1, { GUITU_FIELD (10, 4, "本站编号", "stay.number"), GUITU_FIELD (9, 3, "离站方式", "stay.leave_by") } }

/* Where to change, and who helps there: the person has no other way to know. */
#define TRANSIT_ROWS(place) \
  { 7.6, 1, { GUITU_FIELD (8, 3, place, "ticket.via"), GUITU_FIELD (16, 4, "中转地救助站", "ticket.via_station") } }, \
  { 7.6, 1, { GUITU_FIELD (15, 3, "救助站地址", "ticket.via_address"), GUITU_FIELD (9, 3, "救助站电话", "ticket.via_phone") } }

#define SIGN_ROW \
  { 43, 0, { GUITU_SIGNATURE (6, "经办人（签名）：", DAY), GUITU_SIGNATURE (6, "领导（签名）：", DAY), GUITU_STAMP (12, "救助管理站（公章）", DAY) } }

#define RECEIVED_ROW(words) \
  { 27, 1, { GUITU_SIGNATURE (20, words, DAY), GUITU_THUMB (4) } }

/* --- 专用车票购票凭证 ------------------------------------------------------------------------------ */

static const GuituRow train_rows[] = {
  TRAVELLER_ROWS ("救助编号"),
  { 6, 0, { GUITU_HEADING ("二、车票（票面加印“助”字）") } },
  { 7.6, 1, { GUITU_FIELD_HINT (10, 3, "乘车日期", "ticket.departs_on", DAY_FIELD), GUITU_FIELD_HINT (7, 3, "开车时间", "ticket.departs_at", "　　时　　分"), GUITU_FIELD (7, 2, "车次", "ticket.train") } },
  { 7.6, 1, { GUITU_FIELD (12, 3, "发　　站", "ticket.from"), GUITU_FIELD (12, 3, "到　　站", "ticket.to") } },
  { 7.6, 1, { GUITU_CHOICE (15, 3, "席　　别", "ticket.seat_class", "硬座|二等座|硬卧|其他"), GUITU_FIELD (4, 2, "车厢", "ticket.coach"), GUITU_FIELD (5, 2, "座号", "ticket.seat") } },
  { 7.6, 1, { GUITU_FIELD_HINT (8, 3, "票价(元)", "ticket.price", NULL), GUITU_FIELD (16, 4, "票款支付账户", "ticket.account") } },
  { 6, 0, { GUITU_HEADING ("三、中转（直达的不填）") } },
  TRANSIT_ROWS ("中 转 站"),
  { 0, 1, { GUITU_NOTE (24, "1. 请凭本凭证为上列受助人员发售专用车票。票款由救助管理站以公务卡或者约定账户支付。\n2. 退票款原路退回上列账户，不得退给受助人员。\n3. 有直达车的购买直达车票；需要中转的，已将中转站和中转地救助站的地址、电话告知本人。\n4. 本凭证限本人使用一次，涂改、转让无效；印有二维码的，真伪以扫码核验为准。") } },
  { 6, 0, { GUITU_HEADING ("四、签发和使用") } },
  { 27, 1, { GUITU_SIGNATURE (10, "车站售票记录（票号、售票员）：", DAY), GUITU_SIGNATURE (10, "车票和中转信息已收到。本人（签名）：", DAY), GUITU_THUMB (4) } },
  SIGN_ROW,
};
/* clang-format on */

const GuituForm _guitu_form_train_ticket_voucher = {
  .kind = "train-ticket-voucher",
  .title = "专用车票购票凭证",
  .prefix = "CP",
  .copies = rail_copies,
  .needed = journey_needed,
  .rows = train_rows,
  .n_rows = G_N_ELEMENTS (train_rows),
};

/* --- 乘车证明（信） -------------------------------------------------------------------------------- */

/* clang-format off */
static const GuituRow letter_rows[] = {
  { 9, 1, { GUITU_FIELD_HINT (24, 3, "致", NULL, "各火车站、列车工作人员") } },
  { 22, 3, { GUITU_NOTE (24, "　　兹证明下列人员是本站的受助人员，没有身份证件，现返回住所地或者所在单位。请准予凭本证明购票、进站和乘车。\n　　购票时以下列救助号作为证件号码。本证明有本人照片并盖有本站公章，与持证人不符的无效。") } },
  TRAVELLER_ROWS ("救 助 号"),
  { 6, 0, { GUITU_HEADING ("二、行程") } },
  { 7.6, 1, { GUITU_FIELD_HINT (12, 3, "乘车日期", "ticket.departs_on", DAY_FIELD), GUITU_FIELD (12, 3, "车　　次", "ticket.train") } },
  { 7.6, 1, { GUITU_FIELD (12, 3, "起　　站", "ticket.from"), GUITU_FIELD (12, 3, "讫　　站", "ticket.to") } },
  TRANSIT_ROWS ("中 转 站"),
  { 11, 1, { GUITU_NOTE (24, "退票款不得退给本人，由救助管理站办理，原路退回。本证明限本人使用一次，涂改、转让无效；印有二维码的，真伪以扫码核验为准。") } },
  { 6, 0, { GUITU_HEADING ("三、签发") } },
  RECEIVED_ROW ("本证明和车票已收到。\n本人（签名）："),
  SIGN_ROW,
};
/* clang-format on */

const GuituForm _guitu_form_travel_letter = {
  .kind = "travel-letter",
  .title = "乘车证明（信）",
  .prefix = "CC",
  .copies = rail_copies,
  .needed = journey_needed,
  .rows = letter_rows,
  .n_rows = G_N_ELEMENTS (letter_rows),
};

/* --- 汽车乘车凭证, 乘船凭证 ------------------------------------------------------------------------ */

static const char *const bus_copies[] = { "第一联　车站留存", "第二联　本站存根", NULL };
static const char *const boat_copies[] = { "第一联　港口留存", "第二联　本站存根", NULL };

/* clang-format off */
#define ROAD_ROWS(heading, day, line, from, to, place, seat) \
  TRAVELLER_ROWS ("救助编号"), \
  { 6, 0, { GUITU_HEADING (heading) } }, \
  { 7.6, 1, { GUITU_FIELD_HINT (10, 3, day, "ticket.departs_on", DAY_FIELD), GUITU_FIELD_HINT (7, 3, "开行时间", "ticket.departs_at", "　　时　　分"), GUITU_FIELD (7, 2, line, "ticket.train") } }, \
  { 7.6, 1, { GUITU_FIELD (12, 3, from, "ticket.from"), GUITU_FIELD (12, 3, to, "ticket.to") } }, \
  { 7.6, 1, { GUITU_FIELD (8, 3, seat, "ticket.seat"), GUITU_FIELD (6, 3, "票价(元)", "ticket.price"), GUITU_FIELD (10, 4, "票款支付账户", "ticket.account") } }, \
  { 6, 0, { GUITU_HEADING ("三、中转（直达的不填）") } }, \
  TRANSIT_ROWS (place), \
  { 0, 1, { GUITU_NOTE (24, "1. 请凭本凭证为上列受助人员办理乘运。票款由救助管理站支付，退票款原路退回，不得退给本人。\n2. 需要中转的，已将中转地救助站的地址、电话告知本人。\n3. 本凭证限本人使用一次，涂改、转让无效；印有二维码的，真伪以扫码核验为准。") } }, \
  { 6, 0, { GUITU_HEADING ("四、签发和使用") } }, \
  { 15, 2, { GUITU_SIGNATURE (24, "承运方查验记录（票号、经办人）：", DAY) } }, \
  RECEIVED_ROW ("车（船）票和中转信息已收到。\n本人（签名）："), \
  SIGN_ROW

static const GuituRow bus_rows[] = { ROAD_ROWS ("二、车票", "乘车日期", "班次", "发　　站", "到　　站", "中 转 站", "座　　号") };
static const GuituRow boat_rows[] = { ROAD_ROWS ("二、船票", "乘船日期", "航次", "出 发 港", "到 达 港", "中 转 港", "舱位席位") };
/* clang-format on */

const GuituForm _guitu_form_bus_voucher = {
  .kind = "bus-voucher",
  .title = "汽车乘车凭证",
  .prefix = "QC",
  .copies = bus_copies,
  .needed = journey_needed,
  .rows = bus_rows,
  .n_rows = G_N_ELEMENTS (bus_rows),
};

const GuituForm _guitu_form_boat_voucher = {
  .kind = "boat-voucher",
  .title = "乘船凭证",
  .prefix = "CB",
  .copies = boat_copies,
  .needed = journey_needed,
  .rows = boat_rows,
  .n_rows = G_N_ELEMENTS (boat_rows),
};

/* --- 短途交通费签收单 ------------------------------------------------------------------------------ */

static const char *const cash_needed[] = { "cash.amount", "cash.purpose", NULL };

/* clang-format off */
static const GuituRow cash_rows[] = {
  { 9, 1, { GUITU_FIELD (8, 2, "姓名", "person.name"), GUITU_FIELD (4, 2, "性别", "person.sex"), GUITU_FIELD (5, 2, "年龄", "person.age"), GUITU_FIELD (7, 3, "本站编号", "stay.number") } },
  { 9, 1, { GUITU_FIELD (9, 3, "证件类型", "person.id_kind"), GUITU_FIELD (15, 3, "证件号码", "person.id_number") } },
  { 9, 1, { GUITU_FIELD (12, 3, "救助编号", "person.national_number"), GUITU_FIELD (12, 3, "去　　向", "stay.destination") } },
  { 6, 0, { GUITU_HEADING ("一、短途交通费") } },
  { 11, 1, { GUITU_FIELD (8, 3, "金额(元)", "cash.amount"), GUITU_FIELD_HINT (16, 3, "金额大写", "cash.amount_words", "　　　佰　　　拾　　　元　　　角　　　分") } },
  { 24, 2, { GUITU_PARAGRAPH (24, 3, "事　　由", "cash.purpose", NULL) } },
  { 9, 1, { GUITU_FIELD_HINT (24, 3, "限额规定", "form.cash_limit", "原则上不提供现金；因特殊情况需要提供短途公共交通费的，一般不超过＿＿＿元，并留存签收字据。") } },
  { 6, 0, { GUITU_HEADING ("二、签收和审批") } },
  { 30, 1, { GUITU_SIGNATURE (20, "上列款项已如数收到，用于支付短途公共交通费。\n\n本人（签名）：", "年　　月　　日　　时　　分"), GUITU_THUMB (4) } },
  { 28, 1, { GUITU_SIGNATURE (12, "经办人（签名）：", DAY), GUITU_SIGNATURE (12, "审批人（签名）：", DAY) } },
  { 8.6, 0, { GUITU_NOTE (24, "本人收款但不能或者拒绝签名的，见证人签名（一）：　　　　　　　（二）：") } },
  { 60, 4, { GUITU_SIGNATURE (24, "票据粘贴处：", NULL) } },
};
/* clang-format on */

const GuituForm _guitu_form_small_cash_receipt = {
  .kind = "small-cash-receipt",
  .title = "短途交通费签收单",
  .prefix = "XJ",
  .needed = cash_needed,
  .rows = cash_rows,
  .n_rows = G_N_ELEMENTS (cash_rows),
};
