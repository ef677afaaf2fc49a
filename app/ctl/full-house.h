/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A large station to measure on: a full house, and a long history behind it. */

#include "db/store.h"

G_BEGIN_DECLS

#define BENCH_OPEN_STAYS 300

/** Writes %BENCH_OPEN_STAYS open stays and 30,000 past ones of 10,000 people. */
gboolean bench_fill_house (GuituStore *store, GError **error);

G_END_DECLS
