/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "orders.h"
#include "simulator.h"

const char *sim_taps_apply(Simulator *sim, SimOrder *order, const char *tap, const char *status);
gboolean sim_taps_is_status(const char *status);
void sim_taps_order_created(Simulator *sim, SimOrder *order);
void
sim_taps_order_cancelled(Simulator *sim, SimOrder *order, const char *status, const char *reason);
guint sim_taps_ingest_all(Simulator *sim);
