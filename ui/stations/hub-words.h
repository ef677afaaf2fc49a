/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What “hub status” tells, in words. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  GUITU_HUB_NONE, /* this station has joined no hub */
  GUITU_HUB_GOOD,
  GUITU_HUB_BUSY, /* something waits to be sent */
  GUITU_HUB_TROUBLE,
} GuituHubState;

typedef struct
{
  GuituHubState state;
  const char *icon;
  char *words; /* owned; "" for none */
} GuituHubSummary;

/** How it stands, in a few words. @status: (nullable) */
GuituHubSummary guitu_hub_summary (JsonObject *status);

/** How it stands, as notes (guitu_station_note_row()); none where there is no hub. Returns: (transfer full) */
JsonArray *guitu_hub_rows (JsonObject *status);

/** How long ago a time of a record is: "5 minutes ago"; "" for %NULL. Returns: (transfer full) */
char *guitu_hub_age_words (const char *iso);

G_END_DECLS
