/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

#define SIM_DAY_MS G_GINT64_CONSTANT(86400000)

gint64 sim_clock_now_ms(const Simulator *sim);
void sim_clock_advance(Simulator *sim, gint64 ms);
char *sim_clock_format(gint64 at_ms);
