/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

void sim_generator_add_items(Simulator *sim, guint n_items, guint seed);
