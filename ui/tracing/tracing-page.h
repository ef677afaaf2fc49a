/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Finding families: the cases of people who can't say who they are, the reports of families, and the notices. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_TRACING_PAGE (guitu_tracing_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituTracingPage, guitu_tracing_page, GUITU, TRACING_PAGE, GuituPage)

/** Goes from any widget of the window to a part, or to one record there: "cases", "cases/ID", "reports/ID", "notices/ID". */
void guitu_tracing_go (GtkWidget *from, const char *part, const char *id);

G_END_DECLS
