/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/after-exchange.h"

#include "app/blacklist.h"
#include "app/findings.h"
#include "app/hand-over.h"
#include "app/missing.h"
#include "app/tracing-notice.h"
#include "db/stations.h"

gboolean
guitu_after_exchange (GuituCall *call,
                      GError **error)
{
  gboolean adopted;

  return guitu_store_follow_rotation (call->store, &adopted, error) && guitu_transfers_take_answers (call, error) &&
         guitu_listings_answer (call->store, NULL, error) && guitu_soughts_settle (call->store, error) &&
         guitu_findings_take_letters (call->store, error) && guitu_findings_catch_up (call->store, NULL, error) && guitu_notices_settle (call->store, error);
}
