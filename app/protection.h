/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What protects a person while they are in our care, a low age or signs of a disability, is not taken
 * off their record in passing. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** What protected the person before an edit. */
typedef struct
{
  GuituRecord *stay; /* the open one; NULL: nobody is in our care */
  gboolean may_be_child;
  gboolean may_be_minor;
  gboolean is_impaired;
  gboolean is_verified;
} GuituProtection;

void guitu_protection_clear (GuituProtection *protection);

/** Reads what protects the person now, whichever of merged records @person_id is. */
gboolean guitu_protection_read (GuituTransaction *transaction, const char *person_id, GuituProtection *protection, GError **error);

/**
 * After the change was put: refuses (“protected-fact”) when less protects the person than @before, unless
 * the identity was verified before, or an identity card shows the age; or a leader (the caller, or
 * @second) takes it off with the option "reason". @is_taken_off tells the latter, and may be NULL.
 */
gboolean guitu_protection_check (GuituCall *call, GuituTransaction *transaction, const char *person_id, const GuituProtection *before, const char *second, gboolean *is_taken_off, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituProtection, guitu_protection_clear)

G_END_DECLS
