/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who may do and see what: one declared table (app/data/rights.csv), a row a right and a column a
 * role. A verb's right is its name; rights that begin with "see" say whose records and which fields
 * are shown; the others are named where they are asked for. */

#include <glib.h>

G_BEGIN_DECLS

/** Bits; the codes of the list "role" in that order. */
typedef enum
{
  GUITU_ROLE_INTAKE = 1 << 0,
  GUITU_ROLE_CASEWORKER = 1 << 1,
  GUITU_ROLE_MEDICAL = 1 << 2,
  GUITU_ROLE_MINORS = 1 << 3,
  GUITU_ROLE_MANAGER = 1 << 4,
  GUITU_ROLE_AUDITOR = 1 << 5,
  GUITU_ROLE_ADMINISTRATOR = 1 << 6,
} GuituRole;

/** Whether @role has the right, which must be in the table; anything else is a fault of the program and aborts. */
gboolean guitu_rights_allow (GuituRole role, const char *right);

/** The bit of a code of the list "role", or 0. */
GuituRole guitu_role_parse (const char *code);

G_END_DECLS
