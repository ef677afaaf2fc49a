/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Records that not everybody on duty may read: of victims of domestic violence, of people freed from
 * traffickers, and of minors who are not in the house (未成年人保护法 Art. 103: no disclosure of what
 * identifies a minor in such a case; 反家庭暴力法 Art. 5: privacy). Here alone is decided whose record
 * is fenced and from whom; what a verb gives out passes guitu_fence_filter on its way. Only app/
 * includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** Bits; a record may stand behind several. */
typedef enum
{
  GUITU_FENCE_NONE = 0,
  GUITU_FENCE_VIOLENCE = 1 << 0,
  GUITU_FENCE_TRAFFICKING = 1 << 1,
  GUITU_FENCE_MINORS = 1 << 2,
} GuituFence;

/** What stands in the place of a name. */
#define GUITU_FENCE_NAME "受保护人员"

/**
 * The fences around a person, whichever of the merged records @person_id is: what the record says, the
 * reason of any stay, and the age, which counts while nobody of them has an open stay (stays that are
 * over remain fenced even then). A person who is not known is not fenced.
 * @fences: (out): bits of GuituFence
 */
gboolean guitu_fence_of (GuituTransaction *transaction, const char *person_id, guint *fences, GError **error);

/** Whether somebody may search for the person to harm them: a fence for violence or traffickers. Nothing that leads to them goes out. */
gboolean guitu_fence_protects (GuituTransaction *transaction, const char *person_id, gboolean *protects, GError **error);

/** Those of @fences behind which the caller does not see; 0: all is shown. */
guint guitu_fence_hides (GuituCall *call, guint fences);

/** The same for a person at once. @hiding: (out): bits of GuituFence */
gboolean guitu_fence_check (GuituCall *call, GuituTransaction *transaction, const char *person_id, guint *hiding, GError **error);

/**
 * Refuses (“fenced”) to show or change the details of a person whom the caller may not see. What helps the
 * person goes on without it: arriving, beds, events, leaving.
 */
gboolean guitu_fence_refuse (GuituCall *call, GuituTransaction *transaction, const char *person_id, GError **error);

/** Refuses to change the reason of a stay (member "reason") for who may not see the record: the fence follows from it. */
gboolean guitu_fence_keep (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** Refuses what belongs to @stay: once it is over, also the stay of a minor who is here again. */
gboolean guitu_fence_refuse_stay (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** The same for the person to whom a record of any kind belongs. @kind: (nullable): no such kind, nobody's record */
gboolean guitu_fence_refuse_record (GuituCall *call, GuituTransaction *transaction, const GuituKind *kind, const char *id, GError **error);

/** Refuses a list that somebody else made, of everybody in the house, to whoever does not see everybody. */
gboolean guitu_fence_refuse_list (GuituCall *call, GError **error);

/**
 * What may be shown of the results of a verb: objects about a person behind a fence (the person, a stay,
 * transfer, paper, event, task …, found by their members id, person, stay and transfer) keep what the
 * house needs (number, bed, state, days, age, sex) and get the members "fenced" and "display_name".
 * Where a record can't be read to find that out, nothing is given out but the error.
 * Returns: (transfer full) (element-type JsonObject): @results itself, where the caller sees everything.
 */
JsonArray *guitu_fence_filter (GuituCall *call, JsonArray *results, GError **error);

G_END_DECLS
