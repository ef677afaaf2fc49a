/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/records.h"

#include <string.h>

#define AS_FIELD(id, column, kind, english_label, chinese_label, list, field_flags) \
  { column, GUITU_FIELD_##kind, english_label, chinese_label, list, field_flags },

#define DECLARE_KIND(symbol, table, fields_macro, kind_scope, english_label, chinese_label)   \
  static const GuituField symbol##_fields[] = { fields_macro (AS_FIELD) GUITU_VOIDED_FIELD }; \
  const GuituKind guitu_kind_##symbol = {                                                     \
    table, GUITU_SCOPE_##kind_scope, english_label, chinese_label,                            \
    symbol##_fields, G_N_ELEMENTS (symbol##_fields)                                           \
  };

/* clang-format off */
DECLARE_KIND (station,    "station",    GUITU_STATION_FIELDS,    STATION, "Station",    "救助管理站")
DECLARE_KIND (user,       "user",       GUITU_USER_FIELDS,       STATION, "User",       "用户")
DECLARE_KIND (access,     "access",     GUITU_ACCESS_FIELDS,     STATION, "Access",     "查阅记录")
DECLARE_KIND (file,       "file",       GUITU_FILE_FIELDS,       STATION, "File",       "附件")
DECLARE_KIND (person,     "person",     GUITU_PERSON_FIELDS,     STATION, "Person",     "求助人")
DECLARE_KIND (statement,  "statement",  GUITU_STATEMENT_FIELDS,  STATION, "Statement",  "自述")
DECLARE_KIND (stay,       "stay",       GUITU_STAY_FIELDS,       STATION, "Stay",       "在站记录")
DECLARE_KIND (event,      "event",      GUITU_EVENT_FIELDS,      STATION, "Event",      "服务与事件")
DECLARE_KIND (transfer,   "transfer",   GUITU_TRANSFER_FIELDS,   STATION, "Transfer",   "护送（转送）")
DECLARE_KIND (paper,      "paper",      GUITU_PAPER_FIELDS,      STATION, "Paper",      "文书")
DECLARE_KIND (paper_mark, "paper_mark", GUITU_PAPER_MARK_FIELDS, SHARED,  "Paper mark", "文书失效标记")
/* clang-format on */

static const GuituKind *const kinds[] = {
  &guitu_kind_station,
  &guitu_kind_user,
  &guitu_kind_access,
  &guitu_kind_file,
  &guitu_kind_person,
  &guitu_kind_statement,
  &guitu_kind_stay,
  &guitu_kind_event,
  &guitu_kind_transfer,
  &guitu_kind_paper,
  &guitu_kind_paper_mark,
  NULL,
};

const GuituKind *const *
guitu_kinds (void)
{
  return kinds;
}

const GuituKind *
guitu_kind_find (const char *name)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (strcmp (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}

int
guitu_kind_field (const GuituKind *kind,
                  const char *name)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return i;
  return -1;
}
