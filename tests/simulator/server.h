/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

SimServer *sim_server_new(Simulator *sim);
GIOStream *sim_server_connect(SimServer *self);
void sim_server_free(SimServer *self);
