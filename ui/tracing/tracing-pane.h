/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One part of the place for finding families: a list, and one of its records at a time as a page. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_TRACING_PANE (guitu_tracing_pane_get_type ())
G_DECLARE_DERIVABLE_TYPE (GuituTracingPane, guitu_tracing_pane, GUITU, TRACING_PANE, GuituPage)

struct _GuituTracingPaneClass
{
  GuituPageClass parent_class;

  void (*open) (GuituTracingPane *pane, const char *id);  /* reads and shows that record */
  void (*close) (GuituTracingPane *pane);                 /* back to the list */
  void (*act) (GuituTracingPane *pane, const char *name); /* what a key of the window asks for: “next”, “file”, “add” … */
};

/** Opens the record with that id, as the action “pane.open” does. */
void guitu_tracing_pane_open (GuituTracingPane *pane, const char *id);

/** Goes back to the list. Returns: whether a record was open */
gboolean guitu_tracing_pane_close (GuituTracingPane *pane);

void guitu_tracing_pane_act (GuituTracingPane *pane, const char *name);

/** The id of the record that is open, or %NULL: the list is to be seen. */
const char *guitu_tracing_pane_get_opened (GuituTracingPane *pane);

/* Property: "opened", that id. Action: "pane.open". */

G_END_DECLS
