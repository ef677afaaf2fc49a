/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who is searched for at the demo station: people whom nobody knows, what they say, reports of families, one of them
 * at another station, what fits and what was decided, and notices in every state (app/data/demo-tracing.json). */

#include "app/call.h"

G_BEGIN_DECLS

/** Tells the story through the verbs, in the caller's name and that of a colleague. *@people: who came, each once; *@here: who of them are in the house */
gboolean guitu_demo_tracing (GuituCall *call, guint *people, guint *here, GError **error);

/** A station that is invented, too, in a folder of its own. (demo-elsewhere.c) */
typedef struct _GuituDemoElsewhere GuituDemoElsewhere;

/** Makes that station, and lets ours trust it. Returns: (transfer full) (nullable). */
GuituDemoElsewhere *guitu_demo_elsewhere_new (GuituCall *call, GError **error);

/** Its store, and who works there. */
GuituStore *guitu_demo_elsewhere_store (GuituDemoElsewhere *self);
const GuituSession *guitu_demo_elsewhere_session (GuituDemoElsewhere *self);

/** Brings what it shares to our station. */
gboolean guitu_demo_elsewhere_carry (GuituDemoElsewhere *self, GuituCall *call, GError **error);

/** Also removes its folder. */
void guitu_demo_elsewhere_free (GuituDemoElsewhere *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituDemoElsewhere, guitu_demo_elsewhere_free)

G_END_DECLS
