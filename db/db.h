/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the rest of the program may call of db/: records as declared, the store and its
 * transactions, reading back, and the ledger as a whole. SQL stays below this line. */

#include "db/error.h"
#include "db/field.h"
#include "db/hub.h"
#include "db/id.h"
#include "db/keys.h"
#include "db/ledger.h"
#include "db/name.h"
#include "db/news.h"
#include "db/query.h"
#include "db/record.h"
#include "db/records.h"
#include "db/stations.h"
#include "db/store.h"
