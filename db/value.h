/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/connection.h"

G_BEGIN_DECLS

typedef enum
{
  GUITU_VALUE_NONE,
  GUITU_VALUE_INTEGER,
  GUITU_VALUE_TEXT,
  GUITU_VALUE_BYTES,
} GuituValueType;

/** The content of a cell as it is stored and carried: nothing, a number, text, or bytes. */
typedef struct
{
  GuituValueType type;
  gint64 integer;
  char *data; /* text with its NUL, or bytes */
  gsize length;
} GuituValue;

void guitu_value_clear (GuituValue *value);
void guitu_value_set_integer (GuituValue *value, gint64 integer);
void guitu_value_set_text (GuituValue *value, const char *text);
void guitu_value_set_text_length (GuituValue *value, const char *text, gsize length);
void guitu_value_set_bytes (GuituValue *value, gconstpointer data, gsize length);
void guitu_value_copy (const GuituValue *from, GuituValue *to);
gboolean guitu_value_equal (const GuituValue *value, const GuituValue *other);
void guitu_value_bind (const GuituValue *value, GuituStatement *statement, int parameter);
void guitu_value_read (GuituValue *value, GuituStatement *statement, int column);

/** The value as a person would read it: numbers in digits, 16 bytes as an id. Returns: (nullable) (transfer full). */
char *guitu_value_to_text (const GuituValue *value);

G_END_DECLS
